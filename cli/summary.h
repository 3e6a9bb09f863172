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
void summary_text(const summary *of, const calls_counts *counts);
void summary_json(const summary *of, const calls_counts *counts);

#endif
