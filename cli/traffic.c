/*
 * traffic.c - reads traces and hands on their calls.
 *
 * SPDX-License-Identifier: MIT
 */
#include "traffic.h"

#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct traffic {
    const traffic_receiver *receiver;
    calls *joined;
    progress shown;
} traffic;

int traffic_open(const cli_options *options, const sipcause_table **table)
{
    int inputs = options->mapping != NULL && strcmp(options->mapping, "-") == 0 ? 1 : 0;
    for (int i = 0; i < options->count; i++)
        inputs += strcmp(options->arguments[i], "-") == 0;
    if (inputs + (options->count == 0) > 1)
        return cli_usage(options->command, "standard input can be read only once");
    return mapping_open(options->mapping, table);
}

static void take_message(void *context, const trace_message *message)
{
    traffic *of = context;
    calls_message(of->joined, message);
}

static void take_progress(void *context, uint64_t bytes, uint64_t size)
{
    traffic *of = context;
    progress_show(&of->shown, bytes, size, calls_counted(of->joined)->ended);
}

static void take_survey(void *context, const char *path, int file, sipcause_slice head)
{
    const traffic *of = context;
    of->receiver->survey(of->receiver->context, path, file, head);
}

/* Why nothing was read of a file. */
static void say_failure(const cli_options *options, const char *file, int failure)
{
    if (failure == TRACE_CAPTURE)
        cli_say("%s: a packet capture, not text; ngrep turns it into text: "
                "ngrep -q -t -W byline -I FILE | sipcause %s",
                file, options->command);
    else if (failure == TRACE_PACKED)
        cli_say("%s: compressed, or UTF-16, and no plain text: unpack or convert it first", file);
    else if (failure == TRACE_SURVEY)
        cli_say("%s: a saved survey, and no trace; it is for sipcause survey", file);
    else
        cli_say("%s: %s", file, strerror(failure));
}

int traffic_read(const cli_options *options, const sipcause_table *table, bool lines, const traffic_receiver *receiver,
                 calls_counts *counts)
{
    static char input[] = "-", *only_input[] = {input};
    char **files = options->count > 0 ? options->arguments : only_input;
    int count = options->count > 0 ? options->count : 1;
    int status = EXIT_DONE;
    traffic of = {receiver, calls_new(table, receiver->call, receiver->context),
                  progress_new(lines && isatty(STDOUT_FILENO))};
    trace *read = trace_new(take_message, &of);
    if (receiver->survey != NULL)
        trace_take_surveys(read, take_survey);
    for (int i = 0; i < count; i++) {
        int failure = trace_read(read, files[i], of.shown.wanted ? take_progress : NULL);
        progress_erase(&of.shown);
        if (failure != 0) {
            say_failure(options, files[i], failure);
            status = EXIT_FILE;
        }
    }
    trace_free(read);
    calls_end(of.joined);
    *counts = *calls_counted(of.joined);
    calls_free(of.joined);
    return status;
}

void traffic_say_empty(const calls_counts *counts)
{
    if (counts->messages == 0)
        cli_say("no SIP message was found: SIP is read as text, each start line at the beginning of a line; "
                "packet captures must be exported as text first");
}

void traffic_say_uncounted(const calls_counts *counts, const char *where)
{
    if (counts->unfinished + counts->late + counts->other_leg + counts->other + counts->no_call_id + counts->cut == 0)
        return;
    /* Not cli_say: a high count is no number that --redact should hide. */
    fprintf(stderr,
            "sipcause: calls unfinished: %llu; of %llu messages late: %llu, of another leg: %llu, other: %llu, "
            "without Call-ID: %llu, cut: %llu (%s)\n",
            (unsigned long long)counts->unfinished, (unsigned long long)counts->messages,
            (unsigned long long)counts->late, (unsigned long long)counts->other_leg, (unsigned long long)counts->other,
            (unsigned long long)counts->no_call_id, (unsigned long long)counts->cut, where);
}

sipcause_verdict traffic_verdict(const calls_ended *call, bool explained)
{
    const sipcause_verdict *made = explained ? sipcause_explain(call->release) : sipcause_decide(call->release);
    if (made == NULL)
        need_failed();
    sipcause_verdict verdict = *made;
    if (call->cut)
        verdict.flags |= SIPCAUSE_FLAG_TRUNCATED;
    return verdict;
}

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

bool traffic_fails(const cli_options *options, const sipcause_verdict *verdict, const sipcause_release *release)
{
    return (verdict->flags & options->fail_flags) || (options->fail_rules && has_rule(release, options->fail_rules));
}
