/*
 * survey.c - sipcause survey: what traffic really carries, counted.
 *
 * What is printed is what a saved survey holds: it is saved, redacted where that is wanted, and loaded again, which
 * brings its kinds into their order.
 *
 * SPDX-License-Identifier: MIT
 */
#include "survey.h"

#include "content.h"
#include "redact.h"
#include "summary.h"
#include "traffic.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAVED_MOST = 32 * 1024 * 1024 }; /* as the library takes them */

typedef struct counting {
    const cli_options *options;
    sipcause_survey *survey;
    int status;  /* EXIT_FILE: something could not be counted */
    bool saved;  /* a saved survey was among the files */
    bool failed; /* something of --fail-on was found */
} counting;

/* ---- counting ---------------------------------------------------------------------------------------------- */

/* What the library says of something that was to be counted. */
static void take_result(counting *of, int result, const char *what)
{
    if (result == SIPCAUSE_ERROR_MEMORY)
        need_failed();
    if (result != SIPCAUSE_OK && of->status == EXIT_DONE)
        cli_say("%s: with it there would be more calls than a survey counts",
                what); /* once: no further one is counted either */
    if (result != SIPCAUSE_OK)
        of->status = EXIT_FILE;
}

static void take_call(void *context, const calls_ended *call)
{
    counting *of = context;
    if (of->options->fail_flags != 0 || of->options->fail_rules != 0) {
        sipcause_verdict verdict = traffic_verdict(call, false);
        of->failed = of->failed || traffic_fails(of->options, &verdict, call->release);
    }
    take_result(of, sipcause_survey_add(of->survey, call->release), "the trace");
}

static void take_survey(void *context, const char *path, int file, sipcause_slice head)
{
    counting *of = context;
    sipcause_error error;
    gathered saved = {NULL, 0, 0};
    of->saved = true;
    gather(&saved, head.text, head.length);
    int reason = content_read(file, SAVED_MOST, &saved);
    if (reason != 0) {
        free(saved.bytes);
        cli_say("%s: %s", path, strerror(reason));
        of->status = EXIT_FILE;
        return;
    }
    sipcause_survey *loaded = sipcause_survey_load(saved.bytes, saved.length, path, &error);
    free(saved.bytes);
    if (loaded == NULL) {
        cli_show_error(&error);
        of->status = EXIT_FILE;
        return;
    }
    take_result(of, sipcause_survey_merge(of->survey, loaded), path);
    sipcause_survey_free(loaded);
}

/* Counts what the files of the options hold. Returns EXIT_DONE or EXIT_FILE; the survey is there in either case. */
static int count_files(counting *of, const sipcause_table *table, calls_counts *counts)
{
    const traffic_receiver receiver = {.call = take_call, .survey = take_survey, .context = of};
    of->survey = sipcause_survey_new();
    if (of->survey == NULL)
        need_failed();
    int status = traffic_read(of->options, table, false, &receiver, counts);
    return status == EXIT_DONE ? of->status : status;
}

int survey_open(const cli_options *options, const char *path, const sipcause_table *table, sipcause_survey **survey)
{
    char *name = (char *)(uintptr_t)path; /* as a word of a command line */
    cli_options alone = {.command = options->command, .arguments = &name, .count = 1};
    counting of = {.options = &alone};
    calls_counts counts;
    int status = count_files(&of, table, &counts);
    if (status == EXIT_DONE && !of.saved)
        traffic_say_empty(&counts);
    if (status != EXIT_DONE) {
        sipcause_survey_free(of.survey);
        of.survey = NULL;
    }
    *survey = of.survey;
    return status;
}

/* ---- what is kept ------------------------------------------------------------------------------------------ */

/* To be freed. */
static char *saved_text(const sipcause_survey *survey)
{
    size_t length = sipcause_survey_save(survey, NULL, 0, NULL);
    char *text = need_room(length + 1, 1);
    if (length == 0 || sipcause_survey_save(survey, text, length + 1, NULL) == 0)
        need_failed();
    return text;
}

/* The survey that a saved text holds, its most frequent kinds first; takes the text. */
static sipcause_survey *read_again(char *text)
{
    sipcause_error error;
    sipcause_survey *survey = sipcause_survey_load(text, SIPCAUSE_TEXT, "-", &error);
    free(text);
    if (survey == NULL)
        need_failed(); /* it was saved just now: there is no other error */
    return survey;
}

/* Gathers what stands before the value of a key, and the value redacted; in the saved form neither codes nor names hold
 * a comma. Returns what follows; NULL: the key does not come any more. */
static const char *redact_value(gathered *out, const char *at, const char *key)
{
    const char *value = strstr(at, key);
    if (value == NULL)
        return NULL;
    value += strlen(key);
    gather(out, at, (size_t)(value - at));
    size_t length = strcspn(value, ",");
    bool quoted = *value == '"';
    sipcause_slice shown = redact_text(value + quoted, length - 2 * (size_t)quoted);
    bool same = shown.length + 2 * (size_t)quoted == length && memcmp(shown.text, value + quoted, shown.length) == 0;
    if (same) {
        gather(out, value, length);
    } else {
        gather(out, "\"", 1);
        gather(out, shown.text, shown.length);
        gather(out, "\"", 1);
    }
    return value + length;
}

/* The same for the reason; a code has no room for a placeholder, and is left out. */
static const char *redact_reason(gathered *out, const char *at)
{
    static const char key[] = ",\"reason\":", number[] = ",\"value\":";
    const char *reason = strstr(at, key) + strlen(key);
    gather(out, at, (size_t)(reason - at));
    if (*reason != '{' || !redact_hides(strtoull(strstr(reason, number) + strlen(number), NULL, 10)))
        return reason;
    gather(out, "null", 4);
    return strchr(reason, '}') + 1;
}

/* A saved text without what --redact hides; takes the text. */
static char *redacted_text(char *text)
{
    gathered out = {NULL, 0, 0};
    const char *at = text, *next = text;
    while ((next = redact_value(&out, at, ",\"carrier\":")) != NULL)
        at = redact_reason(&out, redact_value(&out, next, ",\"header\":"));
    gather(&out, at, strlen(at) + 1);
    free(text);
    return out.bytes;
}

static void print_json(const sipcause_survey *survey)
{
    char *text = saved_text(survey);
    if (redact_wanted()) { /* what has one placeholder is one kind, which may be more frequent than before */
        sipcause_survey *redacted = read_again(redacted_text(text));
        text = saved_text(redacted);
        sipcause_survey_free(redacted);
    }
    out_text(text);
    free(text);
}

/* ---- for people -------------------------------------------------------------------------------------------- */

enum { CODE_MOST = 48, TEXT_ROOM = 300 };

/* "601 (X-Cause-Code)"; false: there is none. */
static bool carrier_text(const sipcause_observation *seen, char text[TEXT_ROOM])
{
    if (seen->carrier == NULL)
        return false;
    snprintf(text, TEXT_ROOM, "%s (%s)", seen->carrier, seen->header);
    return true;
}

/* "34 LN". */
static bool q850_text(const sipcause_observation *seen, char text[TEXT_ROOM])
{
    const char *location = sipcause_location_name(seen->location);
    if (seen->q850 == 0)
        return false;
    snprintf(text, TEXT_ROOM, "%u%s%s", (unsigned)seen->q850, location == NULL ? "" : " ",
             location == NULL ? "" : location);
    return true;
}

/* "sip:16". */
static bool reason_text(const sipcause_observation *seen, char text[TEXT_ROOM])
{
    if (seen->reason.space == SIPCAUSE_SPACE_NONE)
        return false;
    sipcause_code_format(NULL, seen->reason, text, TEXT_ROOM);
    return true;
}

static bool status_text(const sipcause_observation *seen, char text[TEXT_ROOM])
{
    if (seen->status == 0)
        return false;
    snprintf(text, TEXT_ROOM, "%u", (unsigned)seen->status);
    return true;
}

/* What ended the call. */
static const char *end_text(const sipcause_observation *seen)
{
    switch (seen->method) {
    case SIPCAUSE_METHOD_INVITE: return "failed";
    case SIPCAUSE_METHOD_CANCEL: return "cancelled";
    case SIPCAUSE_METHOD_BYE: return seen->answered ? "answered, BYE" : "given up by BYE";
    default: return seen->answered ? "answered" : seen->q850 != 0 ? "released" : "no reply";
    }
}

static const struct {
    const char *head;
    bool (*text)(const sipcause_observation *seen, char text[TEXT_ROOM]);
} columns[] = {{"STATUS", status_text}, {"Q.850", q850_text}, {"CARRIER", carrier_text}, {"REASON", reason_text}};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void print_row(const sipcause_survey *survey, const sipcause_observation *seen, const size_t widths[COLUMNS])
{
    char text[TEXT_ROOM];
    double share = (double)seen->calls / (double)sipcause_survey_calls(survey);
    out_format("%10llu  %5.1f %%  ", (unsigned long long)seen->calls, 100 * share);
    for (size_t i = 0; i < COLUMNS; i++)
        out_column(columns[i].text(seen, text) ? text : NULL, widths[i], CODE_MOST);
    out_text(end_text(seen));
    out_text("\n");
}

static void print_table(const sipcause_survey *survey)
{
    size_t widths[COLUMNS], count = sipcause_survey_count(survey);
    char text[TEXT_ROOM];
    for (size_t i = 0; i < COLUMNS; i++) {
        widths[i] = strlen(columns[i].head);
        for (size_t row = 0; row < count; row++) {
            size_t length = columns[i].text(sipcause_survey_at(survey, row), text) ? strlen(text) : 0;
            widths[i] = length > widths[i] ? length : widths[i];
        }
        widths[i] = widths[i] < CODE_MOST ? widths[i] : CODE_MOST;
    }
    if (count == 0)
        return;
    out_colour(BOLD);
    out_text("     CALLS    SHARE  ");
    for (size_t i = 0; i < COLUMNS; i++)
        out_column(columns[i].head, widths[i], 0);
    out_text("END");
    out_colour(PLAIN);
    out_text("\n");
    for (size_t row = 0; row < count; row++)
        print_row(survey, sipcause_survey_at(survey, row), widths);
    out_text("\n");
}

static void print_text(const sipcause_survey *survey, const calls_counts *counts)
{
    sipcause_survey *ordered = read_again(saved_text(survey));
    print_table(ordered);
    out_colour(BOLD);
    out_text("Calls");
    out_colour(PLAIN);
    out_format("\n%10llu  in all; kinds of evidence: %llu\n", (unsigned long long)sipcause_survey_calls(survey),
               (unsigned long long)sipcause_survey_count(survey));
    summary_line(sipcause_survey_other(survey), "other: of further kinds, which found no room any more");
    summary_line(counts->unfinished, "unfinished at the end of the input: not counted");
    if (counts->messages > 0)
        summary_messages(counts);
    sipcause_survey_free(ordered);
}

int run_survey(const cli_options *options)
{
    counting of = {.options = options};
    const sipcause_table *table;
    calls_counts counts;
    int status = traffic_open(options, &table);
    if (status != EXIT_DONE)
        return status;
    status = count_files(&of, table, &counts);
    if (status == EXIT_DONE && !of.saved)
        traffic_say_empty(&counts);
    bool any = sipcause_survey_calls(of.survey) > 0 || counts.messages > 0;
    if (options->json && (any || status == EXIT_DONE)) {
        print_json(of.survey);
        out_flush();
        traffic_say_uncounted(&counts, "without --json all is told");
    } else if (any || status == EXIT_DONE) {
        print_text(of.survey, &counts);
    }
    sipcause_survey_free(of.survey);
    sipcause_table_unref(table);
    return status == EXIT_DONE && of.failed ? EXIT_FOUND : status;
}
