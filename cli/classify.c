/*
 * classify.c - sipcause classify: a verdict for every call of a trace.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "calls.h"
#include "progress.h"
#include "summary.h"
#include "verdict.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct classification {
    const cli_options *options;
    const sipcause_table *table;
    calls *joined;
    summary *sums;
    progress shown;
    bool head_written;
    bool failed; /* something of --fail-on was found */
} classification;

static bool has_rule(const sipcause_release *release, uint64_t rules)
{
    size_t count = sipcause_finding_count(release);
    for (size_t i = 0; i < count; i++) {
        uint32_t rule = sipcause_finding_at(release, i)->rule;
        if (rule < 64 && (rules >> rule & 1))
            return true;
    }
    return false;
}

static void take_call(void *context, sipcause_slice call_id, sipcause_release *release)
{
    classification *of = context;
    const cli_options *options = of->options;
    const sipcause_verdict *verdict = sipcause_decide(release);
    if (verdict == NULL)
        need_failed();
    summary_add(of->sums, verdict);
    if ((verdict->flags & options->fail_flags) || (options->fail_rules && has_rule(release, options->fail_rules)))
        of->failed = true;
    if (options->json) {
        verdict_json(of->table, call_id, verdict, release);
    } else if (!options->summary) {
        if (!of->head_written)
            verdict_head(of->table);
        of->head_written = true;
        verdict_text(of->table, call_id, verdict);
    }
}

static void take_message(void *context, const trace_message *message)
{
    classification *of = context;
    calls_message(of->joined, message);
}

static void take_progress(void *context, uint64_t bytes, uint64_t size)
{
    classification *of = context;
    progress_show(&of->shown, bytes, size, calls_counted(of->joined)->ended);
}

/* Reads all files. Returns EXIT_DONE or EXIT_FILE. */
static int read_files(classification *of)
{
    static char input[] = "-", *only_input[] = {input};
    char **files = of->options->count > 0 ? of->options->arguments : only_input;
    int count = of->options->count > 0 ? of->options->count : 1;
    int status = EXIT_DONE;
    trace *read = trace_new(take_message, of);
    for (int i = 0; i < count; i++) {
        int failure = trace_read(read, files[i], of->shown.wanted ? take_progress : NULL);
        progress_erase(&of->shown);
        if (failure != 0) {
            cli_say("%s: %s", files[i], strerror(failure));
            status = EXIT_FILE;
        }
    }
    trace_free(read);
    return status;
}

/* With --json and no --summary, what no line tells of. */
static void say_uncounted(const calls_counts *counts)
{
    if (counts->unfinished + counts->late + counts->other_leg + counts->other + counts->no_call_id + counts->cut == 0)
        return;
    cli_say("calls unfinished: %llu; of %llu messages late: %llu, of another leg: %llu, other: %llu, "
            "without Call-ID: %llu, cut: %llu (--summary counts all)",
            (unsigned long long)counts->unfinished, (unsigned long long)counts->messages,
            (unsigned long long)counts->late, (unsigned long long)counts->other_leg, (unsigned long long)counts->other,
            (unsigned long long)counts->no_call_id, (unsigned long long)counts->cut);
}

static void finish(classification *of)
{
    const calls_counts *counts = calls_counted(of->joined);
    if (counts->messages == 0)
        cli_say("no SIP message was found: classify reads SIP as text, each start line at the beginning of a line; "
                "packet captures must be exported as text first");
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
    int inputs = options->mapping != NULL && strcmp(options->mapping, "-") == 0 ? 1 : 0;
    for (int i = 0; i < options->count; i++)
        inputs += strcmp(options->arguments[i], "-") == 0;
    if (inputs + (options->count == 0) > 1)
        return cli_usage("classify", "standard input can be read only once");
    int status = mapping_open(options->mapping, &of.table);
    if (status != EXIT_DONE)
        return status;
    bool lines = options->json || !options->summary;
    of.shown = progress_new(lines && isatty(STDOUT_FILENO));
    of.sums = summary_new(of.table);
    of.joined = calls_new(of.table, take_call, &of);
    status = read_files(&of);
    calls_end(of.joined);
    if (status == EXIT_DONE || calls_counted(of.joined)->messages > 0)
        finish(&of);
    calls_free(of.joined);
    summary_free(of.sums);
    sipcause_table_unref(of.table);
    return status == EXIT_DONE && of.failed ? EXIT_FOUND : status;
}
