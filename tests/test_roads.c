/*
 * test_roads.c - a Reason header tells the same on every road: read by the iterator, in a whole message, in parsed
 * parts, and through the command's `reason` and `classify`.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "reason_json.h"

#include <sys/wait.h>
#include <unistd.h>

/* ---- the command ---------------------------------------------------------------------------------------------- */

/* Runs build/sipcause on what `input` holds and reads all that it prints. */
static void run_command(char *const arguments[], FILE *input, char *output, size_t size)
{
    char path[4096];
    const char *build = getenv("BUILD");
    FILE *printed = tmpfile();
    int status;
    snprintf(path, sizeof path, "%s/sipcause", build ? build : "build");
    ck_assert_ptr_nonnull(printed);
    if (input)
        rewind(input);
    fflush(NULL);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        if (dup2(fileno(printed), STDOUT_FILENO) < 0 || (input && dup2(fileno(input), STDIN_FILENO) < 0))
            _exit(126);
        execv(path, arguments);
        _exit(127);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%s ended with %d", path, status);
    rewind(printed);
    size_t length = fread(output, 1, size - 1, printed);
    ck_assert_uint_lt(length, size - 1);
    output[length] = 0;
    fclose(printed);
}

START_TEST(test_command_reads_the_same)
{
    static char expected[ANSWER], printed[ANSWER];
    static char command[] = "sipcause", reason[] = "reason", json[] = "--json", end[] = "--";
    unsigned compared = 0;
    if (memory_run())
        return;
    make_cases();
    for (unsigned i = 0; i < case_count; i++) {
        char *arguments[4 + LINES_MOST + 1] = {command, reason, json, end};
        memcpy(arguments + 4, cases[i].line, sizeof cases[i].line);
        if (!expected_reason(&cases[i], expected))
            continue;
        run_command(arguments, NULL, printed, sizeof printed);
        if (strcmp(printed, expected) != 0)
            ck_abort_msg("case %u: the command prints\n%snot\n%s", i, printed, expected);
        compared++;
    }
    ck_assert_uint_gt(compared, case_count / 2);
    free_cases();
}
END_TEST

/* ---- in a call -------------------------------------------------------------------------------------------------- */

/* A 480 with these lines; its length. */
static size_t make_message(const lines *of, unsigned number, char *to, size_t size)
{
    static const char start[] = "SIP/2.0 480 Temporarily Unavailable\r\nVia: SIP/2.0/UDP a.example;branch=z9hG4bK1\r\n"
                                "From: <sip:a@a.example>;tag=1\r\nTo: <sip:b@b.example>;tag=2\r\nCSeq: 1 INVITE\r\n";
    int length = snprintf(to, size, "%sCall-ID: case-%u\r\n", start, number);
    for (unsigned i = 0; i < of->count; i++)
        length += snprintf(to + length, size - (size_t)length, "Reason: %s\r\n", of->line[i]);
    length += snprintf(to + length, size - (size_t)length, "\r\n");
    ck_assert_uint_lt((size_t)length, size);
    return (size_t)length;
}

static const char invite[] = "INVITE sip:b@b.example SIP/2.0\r\nVia: SIP/2.0/UDP a.example;branch=z9hG4bK1\r\n"
                             "From: <sip:a@a.example>;tag=1\r\nTo: <sip:b@b.example>\r\nCSeq: 1 INVITE\r\n";

static bool ok(int result)
{
    ck_assert(result == SIPCAUSE_OK || (result == SIPCAUSE_ERROR_MEMORY && out_of_memory()));
    return result == SIPCAUSE_OK;
}

static bool tell_whole(sipcause_release *release, const lines *of)
{
    static char message[8192];
    sipcause_release_reset(release);
    size_t length = make_message(of, 0, message, sizeof message);
    return ok(sipcause_release_message(release, invite, SIPCAUSE_TEXT)) &&
           ok(sipcause_release_message(release, message, length));
}

static bool tell_parts(sipcause_release *release, const lines *of)
{
    sipcause_release_reset(release);
    bool told =
        ok(sipcause_release_request(release, "INVITE", 6, SIPCAUSE_SIDE_CALLER, NULL, 0, 1)) &&
        ok(sipcause_release_response(release, 480, "Temporarily Unavailable", SIPCAUSE_TEXT, "INVITE", 6, "2", 1, 1));
    for (unsigned i = 0; i < of->count && told; i++)
        told = ok(sipcause_release_header(release, "Reason", 6, of->line[i], SIPCAUSE_TEXT));
    return told;
}

/* The part of a verdict that its Reason decides, as `sipcause classify --json` says it; NULL: memory is short. */
static const char *verdict_text(sipcause_release *release, char *text, size_t size)
{
    const sipcause_verdict *verdict = sipcause_decide(release);
    if (!verdict)
        return NULL;
    const char *location = sipcause_location_name(verdict->location), *quote = location ? "\"" : "";
    char q850[8] = "null";
    if (verdict->q850)
        snprintf(q850, sizeof q850, "%u", verdict->q850);
    int length = snprintf(text, size, "{\"space\":\"%s\",\"value\":%u,\"source\":\"%s\"} %s %s%s%s",
                          sipcause_space_name(verdict->decided_by.space), (unsigned)verdict->decided_by.value,
                          verdict->source_name, q850, quote, location ? location : "null", quote);
    for (size_t i = 0; i < sipcause_finding_count(release); i++)
        length += snprintf(text + length, size - (size_t)length, " %s",
                           sipcause_rule_name(sipcause_finding_at(release, i)->rule));
    ck_assert_uint_lt((size_t)length, size);
    return text;
}

/* The findings are the iterator's, in their order, and the Q.850 cause is that of its first usable value. */
static void compare_with_iterator(const lines *of, const sipcause_release *release, const sipcause_verdict *verdict,
                                  unsigned number)
{
    reading from = {.of = of};
    sipcause_reason value, q850 = {.location = SIPCAUSE_LOCATION_NONE};
    size_t at = 0;
    for (bool more = true; more;) {
        more = next_value(&from, &value);
        uint64_t findings = more ? value.findings : sipcause_reason_findings(&from.iterator);
        if (more && !q850.cause && value.space == SIPCAUSE_SPACE_Q850 && value.has_cause && value.cause - 1 < 127)
            q850 = value;
        for (uint32_t rule = 1; rule < 64; rule++) {
            const sipcause_finding *finding = sipcause_finding_at(release, at);
            if (findings >> rule & 1 && !(finding && sipcause_finding_at(release, at++)->rule == rule))
                ck_abort_msg("case %u: finding %u is not %s", number, (unsigned)at, sipcause_rule_name(rule));
        }
    }
    if (verdict->q850 != q850.cause || verdict->location != q850.location)
        ck_abort_msg("case %u: cause %u at %u is not %u at %u", number, verdict->q850, verdict->location,
                     (unsigned)q850.cause, q850.location);
}

START_TEST(test_whole_and_parts_and_iterator_agree)
{
    static char as_whole[ANSWER], as_parts[ANSWER];
    sipcause_release *whole = keep_release(sipcause_release_new(NULL));
    sipcause_release *parts = keep_release(sipcause_release_new(NULL));
    NEED(whole && parts);
    make_cases();
    unsigned step = sized(1, 10, 50), compared = 0;
    for (unsigned i = 0; i < case_count && !out_of_memory(); i += step) {
        if (!tell_parts(parts, &cases[i]) || !verdict_text(parts, as_parts, sizeof as_parts))
            break;
        compare_with_iterator(&cases[i], parts, sipcause_decide(parts), i);
        if (!fits(&cases[i], false))
            continue;
        if (!tell_whole(whole, &cases[i]) || !verdict_text(whole, as_whole, sizeof as_whole))
            break;
        if (strcmp(as_whole, as_parts) != 0)
            ck_abort_msg("case %u: whole %s, in parts %s", i, as_whole, as_parts);
        compared++;
    }
    free_cases();
    ck_assert(out_of_memory() || compared > CASES_MOST / 2 / step);
}
END_TEST

/* ---- a trace of them ---------------------------------------------------------------------------------------------- */

/* Copies what stands behind "name": up to the next key. */
static const char *copy_field(const char *line, const char *name, char *to, size_t size)
{
    const char *from = strstr(line, name);
    ck_assert_ptr_nonnull(from);
    from += strlen(name);
    const char *stop = *from == '{' ? strchr(from, '}') + 1 : strchr(from, ',');
    size_t length = (size_t)(stop - from);
    ck_assert_uint_lt(length, size);
    memcpy(to, from, length);
    to[length] = 0;
    return to;
}

/* The same of a line of `sipcause classify --json`. */
static void line_text(const char *line, char *text, size_t size)
{
    char decided[128], q850[16], location[16];
    int length = snprintf(text, size, "%s %s %s", copy_field(line, "\"decided_by\":", decided, sizeof decided),
                          copy_field(line, "\"q850\":", q850, sizeof q850),
                          copy_field(line, "\"location\":", location, sizeof location));
    for (const char *at = line; (at = strstr(at, "{\"rule\":\"")) != NULL;) {
        at += strlen("{\"rule\":\"");
        length += snprintf(text + length, size - (size_t)length, " %.*s", (int)strcspn(at, "\""), at);
    }
    ck_assert_uint_lt((size_t)length, size);
}

static void write_trace(FILE *trace)
{
    static char message[8192];
    for (unsigned i = 0; i < case_count; i++) {
        if (!fits(&cases[i], true))
            continue;
        fprintf(trace, "%sCall-ID: case-%u\r\n\r\n", invite, i);
        fwrite(message, 1, make_message(&cases[i], i, message, sizeof message), trace);
    }
}

START_TEST(test_trace_says_the_same)
{
    enum { PRINTED = 4 * 1024 * 1024 };
    static char printed[PRINTED], text[ANSWER], wanted[ANSWER];
    static char command[] = "sipcause", classify[] = "classify", json[] = "--json", input[] = "-";
    char *arguments[] = {command, classify, json, input, NULL};
    if (memory_run())
        return;
    sipcause_release *whole = keep_release(sipcause_release_new(NULL));
    FILE *trace = tmpfile();
    ck_assert(whole && trace);
    make_cases();
    write_trace(trace);
    run_command(arguments, trace, printed, sizeof printed);
    fclose(trace);
    unsigned compared = 0, number;
    for (char *line = printed, *next; *line; line = next) {
        next = strchr(line, '\n');
        *next++ = 0;
        ck_assert_int_eq(sscanf(line, "{\"call_id\":\"case-%u\"", &number), 1);
        ck_assert_uint_lt(number, case_count);
        ck_assert(tell_whole(whole, &cases[number]));
        verdict_text(whole, wanted, sizeof wanted);
        line_text(line, text, sizeof text);
        if (strcmp(text, wanted) != 0)
            ck_abort_msg("case %u: the trace says %s, the library %s", number, text, wanted);
        compared++;
    }
    for (unsigned i = 0; i < case_count; i++)
        compared -= fits(&cases[i], true);
    ck_assert_uint_eq(compared, 0);
    free_cases();
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("roads");
    add_test(suite, test_command_reads_the_same);
    add_test(suite, test_whole_and_parts_and_iterator_agree);
    add_test(suite, test_trace_says_the_same);
    return suite;
}
