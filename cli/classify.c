/*
 * classify.c - sipcause classify: a verdict for every call of a trace.
 *
 * SPDX-License-Identifier: MIT
 */
#include "entry.h"
#include "summary.h"
#include "traffic.h"
#include "verdict.h"

typedef struct classification {
    const cli_options *options;
    const sipcause_table *table;
    summary *sums;
    size_t columns; /* of a disposition */
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
            verdict_head(of->columns);
        of->head_written = true;
        verdict_text(of->table, of->columns, call->call_id, &verdict);
    }
}

static void finish(classification *of, const calls_counts *counts)
{
    traffic_say_empty(counts);
    if (of->options->json && of->options->summary) {
        summary_json(of->sums, counts);
    } else if (of->options->json) {
        out_flush();
        traffic_say_uncounted(counts, "--summary counts all");
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
    of.columns = disposition_columns(of.table);
    const traffic_receiver receiver = {.call = take_call, .context = &of};
    status = traffic_read(options, of.table, options->json || !options->summary, &receiver, &counts);
    if (status == EXIT_DONE || counts.messages > 0)
        finish(&of, &counts);
    summary_free(of.sums);
    sipcause_table_unref(of.table);
    return status == EXIT_DONE && of.failed ? EXIT_FOUND : status;
}
