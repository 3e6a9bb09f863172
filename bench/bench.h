/*
 * bench.h - what the measuring programs share: the messages with what is known of them, the rounds, the rows.
 *
 * A program prints one JSON object a line for each row of the table that `make bench` shows; table.py makes the
 * table of them all. Every figure is a ratio of two times that were taken in the same rounds.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stddef.h>

/* ---- the corpus -------------------------------------------------------------------------------------- */

enum { REASONS_MOST = 8 };

/* What a parser is asked of a response: the status, each Reason value, and the code in the vendor's header. */
typedef struct bench_answer {
    unsigned status;
    unsigned reason_count;
    struct {
        char protocol[16]; /* case does not matter */
        unsigned cause;    /* 0: it has none */
    } reasons[REASONS_MOST];
    char vendor[32]; /* the value of X-Cause-Code; empty: there is none */
} bench_answer;

typedef struct bench_message {
    const char *bytes;
    size_t length;
    bench_answer truth;   /* what the generator wrote */
    char decided_by[32];  /* the code that must decide, as sipcause_code_format writes it */
    char disposition[64]; /* the disposition that must come of it */
    const char *reason;   /* one Reason value, none of the message's, for the parsers of values */
    size_t reason_length;
    bench_answer reason_truth; /* what stands in that value: reasons alone */
    bool awkward;              /* compact names, folds, odd cases and blanks, escapes in texts: a tenth are */
} bench_message;

/* ---- peers --------------------------------------------------------------------------------------------- */

/* A parser of another project, asked for the same. Each function returns false when it cannot read what it is given;
 * answer is zeroed by the caller. */
typedef struct bench_peer {
    const char *name;    /* "libosip2" */
    const char *version; /* of the library that is linked */
    bool (*begin)(void); /* once */
    bool (*read)(const bench_message *message, bench_answer *answer);
    bool (*read_reason)(const char *value, size_t length, bench_answer *answer); /* a Reason value alone; NULL: it
                                                                                    has nothing for that */
    void (*end)(void);
} bench_peer;

extern const bench_peer peer_osip, peer_sofia, peer_sofia_lean, peer_re;

#endif
