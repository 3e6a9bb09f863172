/*
 * sections.h - what is measured: each section prints its rows. And what several of them work on.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SECTIONS_H
#define SECTIONS_H

#include "corpus.h"
#include "rounds.h"
#include "sipcause.h"

/* Rounds of a section, and what a contender of a round works at least. */
enum { ROUNDS = 51 };
#define MILLISECONDS 2.0

typedef struct piece {
    const char *bytes;
    size_t length;
} piece;

/* Some of the messages, in an order; one may stand there several times. Where their bytes are lies close together, so
 * that finding them costs as little as it can. */
typedef struct set {
    const bench_message **messages;
    piece *wires;   /* their bytes */
    piece *reasons; /* their Reason values */
    size_t count;
} set;

/* What is measured of ours, on a set. */
typedef struct reader {
    set of;
    sipcause_release *release;
} reader;

void measure_limits(const corpus *of);
void measure_lookup(void);
void measure_reason(const corpus *of);
void measure_message(const corpus *of);
void measure_load(void);
void measure_growth(const corpus *of);

/* ---- sets --------------------------------------------------------------------------------------------------- */

/* The first so many messages; 0: all. */
set set_first(const corpus *of, size_t count);

/* Those of a list, which is the set's from then on. */
set set_of(const bench_message **messages, size_t count);
void set_free(set *of);

/* A contender on a set: what a unit is, is a message. */
contender set_contender(const char *name, uint64_t (*work)(void *on), const set *of);

/* ---- work on a set: walks (on is a set), and what is ours (on is a reader) ---------------------------------- */

uint64_t walk_newlines(void *on);   /* memchr from line to line over each message */
uint64_t walk_semicolons(void *on); /* the same over each Reason value */
uint64_t copy_messages(void *on);
uint64_t copy_reasons(void *on);
uint64_t read_reasons(void *on);  /* every Reason value in full */
uint64_t read_verdicts(void *on); /* every message to its verdict */

/* Every Reason value in full, and into an answer, as the peers have it: answers.c. */
uint64_t answer_reasons(void *on);

/* How often a byte stands there, by a memchr from each to the next. */
uint64_t walk(const char *at, size_t length, int byte);

/* A table of the corpus' carrier; exits when it cannot be loaded. */
sipcause_table *load_carrier(const corpus *of);

/* A mapping file of so many rows as interconnect engineers write them. Returns: its length; *text is to be freed.
 * numbers: receives the codes of the rows that are numbers, *count how many; may be NULL. */
size_t make_mapping(unsigned rows, char **text, uint32_t *numbers, size_t *count);

/* Loads it; exits where a lookup does not answer what its row says. */
sipcause_table *load_mapping(const char *text, size_t length);

/* ---- answers ------------------------------------------------------------------------------------------------ */

bool answers_agree(const bench_answer *given, const bench_answer *truth);

/* Whether our own answers are the generator's. Returns: NULL; else what is not. */
const char *disagreement(const sipcause_table *table, sipcause_release *release, const bench_message *message);

/* The same of its Reason value. */
const char *reason_disagreement(const bench_message *message);

/* ---- peers --------------------------------------------------------------------------------------------------- */

/* Their times by ours on what they answer right, a row each and one of the fastest. */
void measure_peers(const char *what, const set *of, bool of_reasons, uint64_t (*ours)(void *), reader *with);

/* ---- instructions -------------------------------------------------------------------------------------------- */

/* Does what is counted so many times; prints how many units that were. */
int count_work(const char *kind, unsigned passes, const corpus *of);

#endif
