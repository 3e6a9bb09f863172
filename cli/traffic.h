/*
 * traffic.h - reads traces and hands on their calls; for classify, explain and survey.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_TRAFFIC_H
#define SIPCAUSE_TRAFFIC_H

#include "calls.h"
#include "command.h"

/* Opens the table that -m names. Returns EXIT_DONE, or how the command is to end: all is said then. */
int traffic_open(const cli_options *options, const sipcause_table **table);

/* Who receives what traces hold. */
typedef struct traffic_receiver {
    calls_receiver *call;
    trace_survey *survey; /* saved surveys among the files; NULL: they are refused */
    void *context;
} traffic_receiver;

/* Reads all files that the command line names, or standard input, to the end of the last call. lines: whether lines of
 * output show on a terminal how far it is. Returns EXIT_DONE or EXIT_FILE. */
int traffic_read(const cli_options *options, const sipcause_table *table, bool lines, const traffic_receiver *receiver,
                 calls_counts *counts);

/* Says what there is to say of a trace without any SIP message. */
void traffic_say_empty(const calls_counts *counts);
/* Says on standard error what JSON does not tell of; where: which option tells of all. */
void traffic_say_uncounted(const calls_counts *counts, const char *where);

/* The verdict on a call, or explained how it was reached; it ends the command when memory is short. What a message lost
 * because it was cut has the flag that what does not fit into a release has. */
sipcause_verdict traffic_verdict(const calls_ended *call, bool explained);

/* Whether a call has what --fail-on names. */
bool traffic_fails(const cli_options *options, const sipcause_verdict *verdict, const sipcause_release *release);

#endif
