/*
 * summary.h - what the calls of a trace come to.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_SUMMARY_H
#define SIPCAUSE_SUMMARY_H

#include "calls.h"

typedef struct summary summary;

summary *summary_new(const sipcause_table *table);
void summary_free(summary *of);
void summary_add(summary *of, const sipcause_verdict *verdict);
/* A number of calls or messages and what they are; nothing where there are none. */
void summary_line(uint64_t count, const char *what);
/* Where the messages went, for people. */
void summary_messages(const calls_counts *counts);
void summary_text(const summary *of, const calls_counts *counts);
void summary_json(const summary *of, const calls_counts *counts);

#endif
