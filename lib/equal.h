/*
 * equal.h - whether two tables say the same of one thing, and their rows as they hold. Private.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_EQUAL_H
#define SIPCAUSE_EQUAL_H

#include "internal.h"

/* ---- the rows of a table and of the profile under it, as one ------------------------------------------------- */

/* Where a walk stands; begin with the table and zeros. */
typedef struct row_walk {
    const sipcause_table *table;
    uint32_t own, base;
} row_walk;

/* The next row that holds, rows of SPACE_FALLBACK and those that are mapped under conditions only included: by space
 * and value, the fallback rows between q850 and carrier, words as they were added. NULL at the end. */
const row *row_walk_next(row_walk *walk);

/* ---- whether two say the same --------------------------------------------------------------------------------- */

/* Whether two entries say the same, be they of different tables; what their `when` says is not looked at. Dispositions
 * are compared by their names: an id is of one table. */
bool entry_same(const sipcause_entry *a, const sipcause_entry *b);
bool condition_same(const condition *a, const condition *b);
bool interwork_rule_same(const interwork_rule *a, const interwork_rule *b);

bool equal_names(const sipcause_table *a, const sipcause_table *b);
bool equal_dates(const sipcause_table *a, const sipcause_table *b);
bool equal_headers(const sipcause_table *a, const sipcause_table *b);
bool equal_precedence(const sipcause_table *a, const sipcause_table *b);
bool equal_ignored(const sipcause_table *a, const sipcause_table *b);
bool equal_disposition(const disposition *one, const disposition *other);
/* What rows mean, whatever their codes are. */
bool equal_meanings(const sipcause_table *a, const row *of_a, const sipcause_table *b, const row *of_b);
bool equal_rules(const interwork_rule *a, uint32_t a_count, const interwork_rule *b, uint32_t b_count);

#endif
