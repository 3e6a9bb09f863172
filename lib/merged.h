/*
 * merged.h - the rows of a table and of the profile under it, as one. Private.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_MERGED_H
#define SIPCAUSE_MERGED_H

#include "internal.h"

/* Where a walk stands; begin with the table and zeros. */
typedef struct row_walk {
    const sipcause_table *table;
    uint32_t own, base;
} row_walk;

/* The next row that holds, rows of SPACE_FALLBACK and those that are mapped under conditions only included: by space
 * and value, the fallback rows between q850 and carrier, words as they were added. NULL at the end. */
const row *row_walk_next(row_walk *walk);

/* Whether two entries say the same, be they of different tables; what their `when` says is not looked at. Dispositions
 * are compared by their names: an id is of one table. */
bool entry_same(const sipcause_entry *a, const sipcause_entry *b);
bool condition_same(const condition *a, const condition *b);
bool interwork_rule_same(const interwork_rule *a, const interwork_rule *b);

#endif
