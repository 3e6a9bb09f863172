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

#endif
