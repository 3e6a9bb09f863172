/*
 * explain.h - a decision while it is being explained; shared by explain.c (which steps there are), explain_pieces.c
 * (which pieces of evidence a message holds) and explain_text.c (what is said of them).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_EXPLAIN_H
#define SIPCAUSE_EXPLAIN_H

#include "decide.h"

/* A code that the decision asked the table for. */
typedef struct asked_code {
    candidate one; /* of NULL: the table has no row; entry NULL: it says nothing in this call */
    const kept_message *message;
    uint8_t fate; /* as far as it was known when it was asked */
    bool told;    /* a step tells of it */
} asked_code;

/* A step; its texts may move until the last one is kept. */
typedef struct explained {
    sipcause_step step;
    uint32_t text_at, condition_at, sentence_at; /* 0: none */
    uint32_t rank;                               /* in which turn it was asked */
} explained;

struct explanation {
    asked_code *asked;
    uint32_t asked_count, asked_capacity;
    explained *steps;
    uint32_t step_count, step_capacity;
    char *texts;
    uint32_t texts_used, texts_capacity;
    uint32_t conditional; /* rows with conditions that were asked for pieces that the decision did not ask */
    uint32_t left_out;    /* pieces without a step, for there were too many */
};

enum { STEPS_MOST = 1024, STEP_TEXT = 255, SENTENCE_ROOM = 512 };

/* A piece of evidence, as it stands in a kept message. */
typedef struct piece {
    const kept_message *message;
    const kept_line *line; /* NULL: its start line */
    const evidence *read;  /* all that this message says */
    sipcause_code code;    /* space none: it is no code */
    const char *source_name;
    sipcause_slice text;
    const sipcause_reason *reason; /* the value that it is; NULL: it is none */
    const char *fault;             /* why it cannot be a candidate; NULL: it can */
    uint8_t source;
    uint8_t location;
    enum known_header no_code; /* Retry-After, Warning or Call-Info; HEADER_OTHER: it is none of them */
} piece;

/* What the sentences are about. */
typedef struct account {
    decision *now;
    const candidate *decided;
    const sipcause_verdict *verdict;
} account;

/* ---- explain.c: one step ------------------------------------------------------------------------------------- */

void explain_piece(const account *of, const piece *one);

/* ---- explain_pieces.c ----------------------------------------------------------------------------------------- */

/* Every piece of a message. */
void explain_message(const account *of, const kept_message *message);

/* ---- explain_text.c ------------------------------------------------------------------------------------- */

void explain_final_sentence(const account *of, writer *out);
void explain_asked_sentence(const account *of, const asked_code *asked, uint32_t fate, writer *out);
/* Why a piece that is a code was not asked. */
void explain_unasked_sentence(const account *of, const piece *one, writer *out);
void explain_not_final_sentence(const account *of, const piece *one, writer *out);
void explain_no_code_sentence(const account *of, const piece *one, writer *out);
void explain_fallback_sentence(const account *of, writer *out);
void explain_left_out_sentence(const account *of, writer *out);
void explain_route_sentence(const account *of, writer *out);

#endif
