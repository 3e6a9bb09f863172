/*
 * corpus.h - reading what corpus.py wrote.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CORPUS_H
#define CORPUS_H

#include "bench.h"

typedef struct corpus {
    bench_message *messages;
    size_t count;
    char *message_bytes; /* all of them, one behind the other */
    size_t message_length;
    char *reason_bytes; /* likewise */
    size_t reason_length;
    char *mapping; /* the carrier's mapping file */
    size_t mapping_length;
} corpus;

/* Reads the folder; exits with a message where it is not as it should be. */
corpus corpus_read(const char *folder);
void corpus_free(corpus *of);

/* Writes a line on standard error and exits. */
_Noreturn void fail(const char *what, const char *which);

void *allocated(size_t count, size_t size);

#endif
