/*
 * decide.h - a decision while it is being made; shared by decide.c (which piece of evidence decides), candidate.c (which
 * codes may), conflict.c (which codes contradict each other), blocking.c (what a block says) and explain*.c (how it came
 * to that).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_DECIDE_H
#define SIPCAUSE_DECIDE_H

#include "release.h"

typedef struct candidate {
    sipcause_code code;
    const row *of;               /* the row that the entry is of; NULL: there is none */
    const sipcause_entry *entry; /* NULL: the table says nothing of it in this call */
    const char *header;          /* of a cause header its name */
    uint32_t asked;              /* which of the codes it is that explain.c keeps, from 1; 0: not kept */
    uint8_t source;
    uint8_t location; /* of a Q.850 cause */
} candidate;

/* What a carrier's word is asked as that the table does not have: no row of a table has that number. */
#define WORD_UNKNOWN sipcause_code_make(SIPCAUSE_SPACE_TOKEN, UINT32_MAX)

/* No honest message names more rows with conditions in its cause headers. */
enum { HEADER_ROWS_MOST = 16 };

/* A decision remembers five candidates, and there is one that it looks at. */
enum { CANDIDATES_MOST = 6 };

typedef struct decision {
    sipcause_release *release;
    const final_message *final;
    const evidence *found;
    /* Of candidates; NULL: there is none. */
    const candidate *winner;     /* the first informative one */
    const candidate *first;      /* the first one at all */
    const candidate *q850, *sip; /* the first informative ones of these spaces */
    const candidate *unmapped;   /* a status without a row; it has no entry */
    candidate *next;             /* of candidates, behind those that are remembered */
    sipcause_code carrier;
    uint32_t flags;
    bool carrier_seen;
    bool status_asked;
    bool tells_more;   /* something informative is there that the status line does not say itself */
    bool recording;    /* codes of a space that precedence leaves out */
    bool reasons_only; /* of a provisional response only its Reason is asked */
    bool own_failure;  /* our own failure counts; a CANCEL is its consequence */
    uint32_t header_row_count;
    /* Set only so far as they count, and so not cleared with the rest. */
    const row *header_rows[HEADER_ROWS_MOST]; /* rows with conditions that a cause header has named */
    candidate candidates[CANDIDATES_MOST];
} decision;

/* Where its code stood, as a verdict says it; NULL: nowhere. */
const char *candidate_source_name(const candidate *one);
/* Considers all codes of now->found in the table's precedence (steps 1 to 5). */
void candidates_consider(decision *now);
/* Where nothing is informative: a final 487 that stands alone says itself that the call was cancelled; a 16 beside it
 * adds nothing. */
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

/* A status that says hardly anything. */
static inline bool decide_generic(uint32_t status)
{
    return status == 480 || status == 487 || status == 500;
}

/* conflict.c: notes where the first Q.850 cause and the first status, which must be there, contradict each other. */
void conflict_find(decision *now, const candidate *decided, sipcause_verdict *verdict);

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

/* What a 603+, or what is almost one, and a 608 say beside their codes: into the verdict and the findings. */
void blocking_fill(sipcause_release *release, const evidence *found, sipcause_verdict *verdict);
uint16_t blocking_of(const candidate *decided, const sipcause_entry *entry, bool notice);

#endif
