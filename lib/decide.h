/*
 * decide.h - a decision while it is being made; shared by decide.c (which piece of evidence decides), candidate.c (which
 * codes may), blocking.c (what a block says) and explain*.c (how it came to that).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_DECIDE_H
#define SIPCAUSE_DECIDE_H

#include "release.h"

typedef struct candidate {
    sipcause_code code;
    const row *of;               /* the row that the entry is of; NULL: there is none */
    const sipcause_entry *entry; /* NULL: there is no candidate */
    uint8_t source;
    const char *source_name;
    uint8_t location; /* of a Q.850 cause */
    uint32_t asked;   /* which of the codes it is that explain.c keeps, from 1; 0: not kept */
} candidate;

/* What a carrier's word is asked as that the table does not have: no row of a table has that number. */
#define WORD_UNKNOWN sipcause_code_make(SIPCAUSE_SPACE_TOKEN, UINT32_MAX)

/* No honest message names more rows with conditions in its cause headers. */
enum { HEADER_ROWS_MOST = 16 };

typedef struct decision {
    sipcause_release *release;
    const final_message *final;
    const evidence *found;
    candidate winner;    /* the first informative one */
    candidate first;     /* the first one at all */
    candidate q850, sip; /* the first informative ones of these spaces */
    candidate unmapped;  /* a status without a row; it has no entry */
    uint32_t flags;
    bool carrier_seen;
    sipcause_code carrier;
    bool status_asked;
    bool tells_more;   /* something informative is there that the status line does not say itself */
    bool recording;    /* codes of a space that precedence leaves out */
    bool reasons_only; /* of a provisional response only its Reason is asked */
    bool own_failure;  /* our own failure counts; a CANCEL is its consequence */
    uint32_t header_row_count;
    /* Rows with conditions that a cause header has named; last, as they are set only so far as they count. */
    const row *header_rows[HEADER_ROWS_MOST];
} decision;

/* Considers all codes of now->found in the table's precedence (steps 1 to 5). */
void candidates_consider(decision *now);
/* A final 487 that stands alone says itself that the call was cancelled; a 16 beside it adds nothing. */
void candidates_prefer_cancelled(decision *now);

/* The lines of a message that carry a cause header of the table, from `line` on; NULL: no more. text: receives what may be
 * its code; of length 0: it is there and carries none. */
const kept_line *candidates_header_line(const sipcause_release *release, const evidence *found, uint8_t header,
                                        const kept_line *line, sipcause_slice *text);

/* What a text is as a code of a cause header's space. */
enum carries {
    CARRIES_CODE,         /* a code */
    CARRIES_WORD,         /* a word that the table does not have: code is WORD_UNKNOWN, and of NULL */
    CARRIES_OUT_OF_RANGE, /* a number that its space does not have */
    CARRIES_NO_NUMBER     /* neither, where words are no codes */
};
enum carries candidates_header_code(const sipcause_table *table, const sipcause_cause_header *header,
                                    sipcause_slice text, sipcause_code *code, const row **of);

/* Whether the table asks a space at all. */
bool candidates_ask(const sipcause_table *table, uint32_t space);

/* A code for a sentence, with its standard name: "q850:17 (User busy)". */
void decide_write_code(writer *out, const sipcause_table *table, sipcause_code code);

/* What is said where the table says nothing at all. */
extern const sipcause_entry decide_unknown;

/* Which situation it is where no code decides: enum sipcause_no_cause. */
uint32_t decide_no_cause(const decision *now);

/* explain.c, while a decision is explained: a code that the table is asked for, and the fate that it has so far, which
 * gives its `asked`; and at the end all steps. */
uint32_t explain_asked(decision *now, const candidate *one, uint32_t fate);
void explain_finish(decision *now, const candidate *decided, const sipcause_verdict *verdict);

/* The contacts of a whole 603+, into the verdict. */
void blocking_fill_notice(sipcause_release *release, const evidence *found, sipcause_verdict *verdict);
/* Where the jCard of a 608 is, into the verdict. */
void blocking_fill_card(sipcause_release *release, const evidence *found, sipcause_verdict *verdict);
/* The finding for what is almost a 603+. */
void blocking_note_near_miss(sipcause_release *release, const evidence *found);
uint16_t blocking_of(const candidate *decided, const sipcause_entry *entry, bool notice);

#endif
