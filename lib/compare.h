/*
 * compare.h - differences of two tables on their way into a comparison. Private.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_COMPARE_H
#define SIPCAUSE_COMPARE_H

#include "yaml_write.h"

struct sipcause_comparison {
    const sipcause_table *a, *b;
    sipcause_difference **differences;
    uint32_t count, capacity;
    bool memory_short;
};

/* What one of the tables says at a place. */
typedef struct side {
    const sipcause_table *table; /* NULL: it says nothing there */
    const void *what;            /* for the writer */
    uint32_t count;
    const char *file; /* NULL or "": not known */
    said_at said;
} side;

/* Writes it as a mapping file would, in one line. whole: with what that leaves to the reader. */
typedef void side_writer(yaml *to, const side *of, bool whole);

/* One difference, before it has a memory of its own. */
typedef struct difference_of {
    uint16_t kind;       /* enum sipcause_difference_kind */
    const char *section; /* what the key begins with: "map." */
    const char *name;    /* what it ends with; NULL: the code */
    sipcause_code code;  /* of SPACE_FALLBACK and SIPCAUSE_SPACE_TOKEN too; space none: none */
    const char *own;     /* a token's word */
    side_writer *write;
    side a, b;
} difference_of;

/* Adds a difference. When memory is short the comparison remembers it. */
void compare_add(sipcause_comparison *comparison, const difference_of *of);

/* ---- compare_rows.c ---------------------------------------------------------------------------------------- */

void compare_map(sipcause_comparison *comparison);
void compare_interworking(sipcause_comparison *comparison);
/* The rows of one code, class or word; one of them may be NULL. own: the word; NULL: it is none. */
void compare_row(sipcause_comparison *comparison, const row *of_a, const row *of_b, const char *own);

/* ---- compare_lists.c: what has a name, matched by that ---------------------------------------------------- */

void compare_dispositions(sipcause_comparison *comparison);
void compare_words(sipcause_comparison *comparison);

#endif
