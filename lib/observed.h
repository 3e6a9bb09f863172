/*
 * observed.h - what surveyed traffic carries that a table does not map, as the rules on real traffic count it. Private.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_OBSERVED_H
#define SIPCAUSE_OBSERVED_H

#include "internal.h"

/* A code that the table does not map, and the calls that carry it. */
typedef struct unmapped {
    uint16_t status;    /* it is counted by the status beside it; 0: whatever that is */
    sipcause_code code; /* of SIPCAUSE_SPACE_TOKEN word tells which */
    const char *word;   /* NULL: a number */
    const char *header; /* the cause header that it was met in first; NULL: none */
    uint64_t calls;
    uint64_t unknown; /* how many of these are decided as unknown */
} unmapped;

/* Some of them. Zero it to start. */
typedef struct tally {
    unmapped *items;
    uint32_t count, capacity;
} tally;

/* Adds what is not mapped in an observation, of the spaces that the table asks, each for the status 0; unknown is left 0.
 * False: memory is short. */
bool observed_unmapped(const sipcause_table *table, const sipcause_observation *seen, tally *to);
/* Adds the carrier's code alone, asked or not, for that status. */
bool observed_carrier(const sipcause_table *table, const sipcause_observation *seen, uint16_t status, tally *to);
/* The table's first cause header of a name; NULL: it has none. */
const sipcause_cause_header *observed_header(const sipcause_table *table, const char *name);
/* Makes one of those of the same status and code, and puts those of most calls first, status by status. */
bool observed_merge(tally *of);
/* Marks the rows of the table itself, not of its profile, that an observation has a code for; met: one byte a row. */
void observed_mark(const sipcause_table *table, const sipcause_observation *seen, uint8_t *met);

/* Decides the call that was observed, as far as it is known. Returns: 1: its outcome is unknown, 0: it is known;
 * negative: memory is short. */
int observed_unknown(sipcause_release *release, const sipcause_observation *seen);

#endif
