/*
 * Decisions: every file of tests/calls/ tells one call and what must come of it.
 *
 *     # what this call is about
 *     profile fcc-2026            optional; or "mapping" and a mapping file up to a line "end"
 *     INVITE [cseq=N] [in-dialog] [from=callee]
 *     180 Ringing [to=TAG] [cseq=N]  a response to the INVITE (CSeq 1 unless said), with its phrase
 *     CANCEL, BYE caller, BYE callee, BYE
 *     Name: value                 a header of the message above; <fold> breaks its line
 *     | text                      a line of its body
 *     + 0c 02 00 02 8a 95         the same in hexadecimal octets; Content-Length is added where no header says it
 *     isup 80 95                  a REL's cause indicators, in hexadecimal octets
 *     local timeout
 *     = key value                 what must be so; "none" where there must be nothing
 *
 * Each call is given once as parsed parts and once as whole messages; both must agree.
 *
 * SPDX-License-Identifier: MIT
 */
#include "explaining.h"

#include <dirent.h>
static void check(telling *call, const char *line)
{
    char key[32], text[1024] = "";
    sscanf(line, "= %31s", key);
    const char *wanted = line + 2 + strlen(key);
    wanted += strspn(wanted, " ");
    const sipcause_verdict *verdict = sipcause_decide(call->release);
    if (!verdict) {
        ck_assert_msg(out_of_memory(), "%s: no verdict", call->file);
        call->failed = true;
        return;
    }
    const char *is = answer(call, verdict, key, text, sizeof text);
    ck_assert_msg(strcmp(is, wanted) == 0, "%s (%s): %s is \"%s\", wanted \"%s\"", call->file,
                  call->whole ? "whole messages" : "parsed parts", key, is, wanted);
    check_explanation(call, sipcause_decide(call->release));
}

/* ---- a file ---------------------------------------------------------------------------------------- */

/* The table that a file begins with; *rest is what follows. */
static sipcause_table *take_table(const char *file, char **rest)
{
    char *at = *rest;
    if (strncmp(at, "profile ", 8) == 0) {
        char *name = at + 8;
        *rest = strchr(name, '\n') + 1;
        (*rest)[-1] = 0;
        const sipcause_table *built_in = sipcause_builtin(name);
        ck_assert_msg(built_in != NULL, "%s: no profile %s", file, name);
        return sipcause_table_ref(built_in);
    }
    if (strncmp(at, "mapping\n", 8) == 0) {
        char *end = strstr(at, "\nend\n");
        ck_assert_msg(end != NULL, "%s: the mapping has no end", file);
        *rest = end + 5;
        sipcause_error error;
        char text[1024];
        sipcause_table *table = sipcause_load_bytes(at + 8, (size_t)(end + 1 - (at + 8)), file, &error);
        if (!table)
            sipcause_error_format(&error, text, sizeof text);
        ck_assert_msg(table || error.code == SIPCAUSE_ERROR_MEMORY, "%s: %s", file, table ? "" : text);
        return table;
    }
    return sipcause_table_ref(sipcause_builtin(NULL));
}

static void run_call(const char *file, char *text, bool whole)
{
    static telling call;
    ck_assert_msg(*text == '#', "%s: the first line does not say what it is about", file);
    while (*text == '#' || *text == '\n')
        text = strchr(text, '\n') + 1;
    sipcause_table *table = take_table(file, &text);
    NEED(table);
    keep_table(table);
    memset(&call, 0, sizeof call);
    call.file = file;
    call.whole = whole;
    call.table = table;
    call.release = keep_release(sipcause_release_new(table));
    NEED(call.release);
    unsigned checks = 0;
    for (char *line = strtok(text, "\n"); line && !call.failed; line = strtok(NULL, "\n")) {
        if (line[0] == '#')
            continue;
        if (line[0] != '=') {
            tell(&call, line);
            continue;
        }
        flush(&call);
        if (!call.failed)
            check(&call, line);
        checks++;
    }
    ck_assert_msg(call.failed || checks, "%s checks nothing", file);
}

static char files[512][160];
static int file_count;

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void list_files(void)
{
    char path[4096];
    const char *root = getenv("SRCDIR");
    snprintf(path, sizeof path, "%s/tests/calls", root ? root : ".");
    DIR *folder = opendir(path);
    file_count = 0;
    for (struct dirent *item; folder && (item = readdir(folder)) != NULL;)
        if (item->d_name[0] != '.' && file_count < 512)
            snprintf(files[file_count++], sizeof files[0], "tests/calls/%.120s", item->d_name);
    if (folder)
        closedir(folder);
    qsort(files, (size_t)file_count, sizeof files[0], compare_names);
}

START_TEST(test_calls_are_there)
{
    ck_assert_int_ge(file_count, 60);
}
END_TEST

START_TEST(test_call_in_parts)
{
    run_call(files[_i], keep_file(files[_i], NULL), false);
}
END_TEST

START_TEST(test_call_in_messages)
{
    run_call(files[_i], keep_file(files[_i], NULL), true);
}
END_TEST

/* Rows with conditions that cause headers name over and over are asked once: this would take minutes. */
START_TEST(test_conditions_and_endless_cause_headers)
{
    static const char mapping[] = "sipcause: 1\nmap: {carrier: {601: {disposition: Rejected, when: [{text: '*b*', "
                                  "disposition: Busy}, {carrier: 9, disposition: Busy}]}, 602: Busy}}\n";
    static char text[20000];
    memset(text, 'a', sizeof text);
    memcpy(text, "SIP;text=\"", 10);
    sipcause_table *table = keep_table(sipcause_load_bytes(mapping, sizeof mapping - 1, "m", NULL));
    NEED(table);
    sipcause_release *release = keep_release(sipcause_release_new(table));
    NEED(release);
    NEED(sipcause_release_response(release, 500, "x", 1, NULL, 0, NULL, 0, 0) == SIPCAUSE_OK);
    NEED(sipcause_release_header(release, "Reason", 6, text, sizeof text) == SIPCAUSE_OK);
    for (int i = 0; i < 1500; i++)
        NEED(sipcause_release_header(release, "X-Cause-Code", 12, "601", 3) == SIPCAUSE_OK);
    for (int i = 0; i < (memory_run() ? 1 : 500); i++) {
        const sipcause_verdict *verdict = sipcause_decide(release);
        NEED(verdict);
        ck_assert_str_eq(verdict->disposition, "Rejected");
        ck_assert_uint_eq(verdict->flags & SIPCAUSE_FLAG_TRUNCATED, 0);
    }
}
END_TEST

/* More evidence than an explanation has room for: what decides is told all the same, and how much is not. */
START_TEST(test_endless_evidence_is_explained)
{
    static telling call;
    memset(&call, 0, sizeof call);
    call.file = "endless evidence";
    call.table = keep_table(sipcause_table_ref(sipcause_builtin(NULL)));
    call.release = keep_release(sipcause_release_new(NULL));
    NEED(call.release);
    NEED(sipcause_release_response(call.release, 503, "x", 1, NULL, 0, NULL, 0, 0) == SIPCAUSE_OK);
    for (int i = 0; i < 1200; i++)
        NEED(sipcause_release_header(call.release, i % 2 ? "X-Cause-Code" : "Reason", SIPCAUSE_TEXT,
                                     i % 2 ? "999" : "X;cause=1", SIPCAUSE_TEXT) == SIPCAUSE_OK);
    const sipcause_verdict *verdict = sipcause_decide(call.release);
    NEED(verdict);
    ck_assert_uint_eq(verdict->status, 503);
    check_explanation(&call, verdict);
    if (call.failed)
        return;
    NEED(sipcause_explain(call.release));
    size_t count = sipcause_step_count(call.release);
    ck_assert_uint_le(count, 1030);
    ck_assert_str_eq(sipcause_step_at(call.release, count - 2)->sentence,
                     "more evidence than is told of here: 177 further pieces");
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("decide");
    list_files();
    add_test(suite, test_calls_are_there);
    add_loop_test(suite, test_call_in_parts, file_count);
    add_loop_test(suite, test_call_in_messages, file_count);
    add_test(suite, test_conditions_and_endless_cause_headers);
    add_test(suite, test_endless_evidence_is_explained);
    return suite;
}
