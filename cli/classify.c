/*
 * classify.c - sipcause classify: a verdict for every call of a trace.
 *
 * SPDX-License-Identifier: MIT
 */
#include "summary.h"
#include "traffic.h"
#include "verdict.h"

#include <stdio.h>

typedef struct classification {
    const cli_options *options;
    const sipcause_table *table;
    summary *sums;
    bool head_written;
    bool failed; /* something of --fail-on was found */
} classification;

static void take_call(void *context, const calls_ended *call)
{
    classification *of = context;
    const cli_options *options = of->options;
    sipcause_verdict verdict = traffic_verdict(call, false);
    summary_add(of->sums, &verdict);
    of->failed = of->failed || traffic_fails(options, &verdict, call->release);
    if (options->json) {
        verdict_json(of->table, call->call_id, &verdict, call->release);
        out_text("}\n");
    } else if (!options->summary) {
        if (!of->head_written)
            verdict_head(of->table);
        of->head_written = true;
        verdict_text(of->table, call->call_id, &verdict);
    }
}

/* With --json and no --summary, what no line tells of. */
static void say_uncounted(const calls_counts *counts)
{
    if (counts->unfinished + counts->late + counts->other_leg + counts->other + counts->no_call_id + counts->cut == 0)
        return;
    /* Not cli_say: a high count is no number that --redact should hide. */
    fprintf(stderr,
            "sipcause: calls unfinished: %llu; of %llu messages late: %llu, of another leg: %llu, other: %llu, "
            "without Call-ID: %llu, cut: %llu (--summary counts all)\n",
            (unsigned long long)counts->unfinished, (unsigned long long)counts->messages,
            (unsigned long long)counts->late, (unsigned long long)counts->other_leg, (unsigned long long)counts->other,
            (unsigned long long)counts->no_call_id, (unsigned long long)counts->cut);
}

static void finish(classification *of, const calls_counts *counts)
{
    traffic_say_empty(counts);
    if (of->options->json && of->options->summary) {
        summary_json(of->sums, counts);
    } else if (of->options->json) {
        out_flush();
        say_uncounted(counts);
    } else {
        if (of->head_written)
            out_text("\n");
        summary_text(of->sums, counts);
    }
}

int run_classify(const cli_options *options)
{
    classification of = {.options = options};
    calls_counts counts;
    int status = traffic_open(options, &of.table);
    if (status != EXIT_DONE)
        return status;
    of.sums = summary_new(of.table);
    status = traffic_read(options, of.table, options->json || !options->summary, take_call, &of, &counts);
    if (status == EXIT_DONE || counts.messages > 0)
        finish(&of, &counts);
    summary_free(of.sums);
    sipcause_table_unref(of.table);
    return status == EXIT_DONE && of.failed ? EXIT_FOUND : status;
}
