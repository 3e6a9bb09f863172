/*
 * Decisions: every file of tests/calls/ tells one call and what must come of it.
 *
 *     # what this call is about
 *     profile fcc-2026            optional; or "mapping" and a mapping file up to a line "end"
 *     INVITE [cseq=N] [in-dialog] [from=callee]
 *     180 Ringing [to=TAG] [cseq=N]  a response to the INVITE (CSeq 1 unless said), with its phrase
 *     CANCEL, BYE caller, BYE callee, BYE
 *     Name: value                 a header of the message above
 *     isup 80 95                  a REL's cause indicators, in hexadecimal octets
 *     local timeout
 *     = key value                 what must be so; "none" where there must be nothing
 *
 * Each call is given once as parsed parts and once as whole messages; both must agree.
 *
 * SPDX-License-Identifier: MIT
 */
#include "harness.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGE_MOST = 65536 };

/* A call being told, in either way. */
typedef struct telling {
    const char *file;
    sipcause_table *table;
    sipcause_release *release;
    bool whole; /* as whole messages */
    char message[MESSAGE_MOST];
    size_t length;
    bool failed; /* memory ran out */
} telling;

static bool told(telling *call, int result)
{
    if (result == SIPCAUSE_ERROR_MEMORY)
        call->failed = true;
    else
        ck_assert_msg(result == SIPCAUSE_OK, "%s: %s", call->file, sipcause_error_name(result));
    return !call->failed;
}

/* Gives the gathered message to the release. */
static void flush(telling *call)
{
    if (!call->length)
        return;
    call->length += (size_t)snprintf(call->message + call->length, MESSAGE_MOST - call->length, "\r\n");
    told(call, sipcause_release_message(call->release, call->message, call->length));
    call->length = 0;
}

static const char *option(const char *line, const char *name, char *value, size_t size)
{
    const char *at = strstr(line, name);
    size_t length = 0;
    value[0] = 0;
    if (!at)
        return NULL;
    at += strlen(name);
    while (at[length] && at[length] != ' ' && length + 1 < size)
        length++;
    memcpy(value, at, length);
    value[length] = 0;
    return value;
}

/* The options of a line, cut off it. */
typedef struct options {
    char to[64], cseq[16];
    bool in_dialog, callee;
} options;

static options take_options(char *line)
{
    options taken;
    char ignored[16];
    option(line, " to=", taken.to, sizeof taken.to);
    option(line, " cseq=", taken.cseq, sizeof taken.cseq);
    taken.in_dialog = strstr(line, " in-dialog") != NULL;
    taken.callee = option(line, " from=callee", ignored, sizeof ignored) != NULL || strstr(line, " callee") != NULL;
    static const char *const names[] = {" to=", " cseq=", " in-dialog", " from=callee"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *at = strstr(line, names[i]);
        if (at)
            *at = 0;
    }
    return taken;
}

static void tell_request(telling *call, char *line)
{
    options with = take_options(line);
    char method[32];
    sscanf(line, "%31s", method);
    bool bye = strcmp(method, "BYE") == 0;
    bool side_known = !bye || strstr(line, "caller") || strstr(line, "callee");
    const char *to = with.in_dialog || bye ? "callee-tag" : "";
    unsigned cseq = with.cseq[0] ? (unsigned)atoi(with.cseq) : bye ? 9 : 1;
    if (call->whole) {
        call->length = (size_t)snprintf(
            call->message, MESSAGE_MOST,
            "%s sip:b@example.net SIP/2.0\r\nVia: SIP/2.0/UDP a.example.com;branch=z9hG4bK%u\r\n"
            "From: <sip:a@example.com>;tag=%s\r\nTo: <sip:b@example.net>%s%s\r\nCall-ID: call@example.com\r\n"
            "CSeq: %u %s\r\n",
            method, cseq,
            !side_known   ? "nobody"
            : with.callee ? "callee-tag"
                          : "caller-tag",
            to[0] ? ";tag=" : "", with.callee ? "caller-tag" : to, cseq, method);
        return;
    }
    uint32_t side = !side_known ? SIPCAUSE_SIDE_UNKNOWN : with.callee ? SIPCAUSE_SIDE_CALLEE : SIPCAUSE_SIDE_CALLER;
    told(call,
         sipcause_release_request(call->release, method, SIPCAUSE_TEXT, side, to[0] ? to : NULL, strlen(to), cseq));
}

static void tell_response(telling *call, char *line)
{
    options with = take_options(line);
    const char *phrase = strchr(line, ' ') ? strchr(line, ' ') + 1 : "";
    const char *to = with.to[0] ? with.to : "callee-tag";
    unsigned cseq = with.cseq[0] ? (unsigned)atoi(with.cseq) : 1;
    if (call->whole) {
        call->length = (size_t)snprintf(
            call->message, MESSAGE_MOST,
            "SIP/2.0 %s\r\nv: SIP/2.0/UDP a.example.com;branch=z9hG4bK%u\r\nf: <sip:a@example.com>;tag=caller-tag\r\n"
            "t: \"B ;tag=no\" <sip:b@example.net>;tag=%s\r\ni: call@example.com\r\nCSeq: %u INVITE\r\n",
            line, cseq, to, cseq);
        return;
    }
    told(call, sipcause_release_response(call->release, (uint32_t)atoi(line), phrase, SIPCAUSE_TEXT, "INVITE", 6, to,
                                         strlen(to), cseq));
}

static void tell_header(telling *call, const char *line)
{
    const char *colon = strchr(line, ':');
    ck_assert_msg(colon != NULL, "%s: what is \"%s\"?", call->file, line);
    const char *value = colon + 1 + strspn(colon + 1, " ");
    if (call->whole)
        call->length += (size_t)snprintf(call->message + call->length, MESSAGE_MOST - call->length, "%s\r\n", line);
    else
        told(call, sipcause_release_header(call->release, line, (size_t)(colon - line), value, SIPCAUSE_TEXT));
}

static void tell_isup(telling *call, const char *line)
{
    unsigned char octets[64];
    size_t count = 0;
    unsigned octet;
    int used;
    flush(call);
    for (line += 4; sscanf(line, "%2x%n", &octet, &used) == 1; line += used)
        octets[count++] = (unsigned char)octet;
    told(call, sipcause_release_isup(call->release, octets, count));
}

static void tell(telling *call, char *line)
{
    if (strncmp(line, "isup ", 5) == 0) {
        tell_isup(call, line);
    } else if (strncmp(line, "local ", 6) == 0) {
        flush(call);
        told(call, sipcause_release_local(call->release, (uint32_t)sipcause_local_from_name(line + 6, SIPCAUSE_TEXT)));
    } else if (line[0] >= '0' && line[0] <= '9') {
        flush(call);
        tell_response(call, line);
    } else if (strncmp(line, "INVITE", 6) == 0 || strncmp(line, "CANCEL", 6) == 0 || strncmp(line, "BYE", 3) == 0) {
        flush(call);
        tell_request(call, line);
    } else {
        tell_header(call, line);
    }
}

/* ---- what must be so ------------------------------------------------------------------------------- */

static void list_flags(uint32_t flags, char *text, size_t size)
{
    text[0] = 0;
    for (unsigned bit = 0; bit < 32; bit++)
        if (flags >> bit & 1) {
            strncat(text, text[0] ? " " : "", size - strlen(text) - 1);
            strncat(text, sipcause_flag_name(1u << bit), size - strlen(text) - 1);
        }
}

static void list_findings(const sipcause_release *release, char *text, size_t size)
{
    text[0] = 0;
    for (size_t i = 0; i < sipcause_finding_count(release); i++) {
        const sipcause_finding *finding = sipcause_finding_at(release, i);
        ck_assert(finding->message[0] != 0);
        strncat(text, text[0] ? " " : "", size - strlen(text) - 1);
        strncat(text, sipcause_rule_name(finding->rule), size - strlen(text) - 1);
    }
}

static const char *or_none(const char *text)
{
    return text && text[0] ? text : "none";
}

static const char *code_text(const telling *call, sipcause_code code, char *text, size_t size)
{
    if (code.space == SIPCAUSE_SPACE_NONE)
        return "none";
    sipcause_code_format(call->table, code, text, size);
    return text;
}

static const char *number_text(bool there, uint32_t number, char *text, size_t size)
{
    snprintf(text, size, "%u", (unsigned)number);
    return there ? text : "none";
}

static const char *answer(const telling *call, const sipcause_verdict *verdict, const char *key, char *text,
                          size_t size)
{
    const sipcause_release *release = call->release;
    if (strcmp(key, "disposition") == 0)
        return verdict->disposition;
    if (strcmp(key, "outcome") == 0)
        return sipcause_outcome_name(verdict->outcome);
    if (strcmp(key, "party") == 0)
        return sipcause_party_name(verdict->party);
    if (strcmp(key, "route") == 0)
        return sipcause_route_name(verdict->route);
    if (strcmp(key, "block") == 0)
        return sipcause_block_name(verdict->block);
    if (strcmp(key, "decided") == 0)
        return code_text(call, verdict->decided_by, text, size);
    if (strcmp(key, "runner-up") == 0)
        return code_text(call, verdict->runner_up, text, size);
    if (strcmp(key, "source") == 0)
        return or_none(verdict->source_name);
    if (strcmp(key, "status") == 0)
        return number_text(verdict->status != 0, verdict->status, text, size);
    if (strcmp(key, "q850") == 0)
        return number_text(verdict->q850 != 0, verdict->q850, text, size);
    if (strcmp(key, "location") == 0)
        return or_none(sipcause_location_name(verdict->location));
    if (strcmp(key, "answered") == 0)
        return verdict->answered ? "yes" : "no";
    if (strcmp(key, "retry-after") == 0)
        return number_text(verdict->has_retry_after, verdict->retry_after, text, size);
    if (strcmp(key, "carrier") == 0)
        return or_none(verdict->carrier_text);
    if (strcmp(key, "url") == 0)
        return or_none(verdict->notice_url);
    if (strcmp(key, "tel") == 0)
        return or_none(verdict->notice_tel);
    if (strcmp(key, "email") == 0)
        return or_none(verdict->notice_email);
    if (strcmp(key, "id") == 0)
        return or_none(verdict->notice_id);
    if (strcmp(key, "notice-location") == 0)
        return or_none(sipcause_location_name(verdict->notice_location));
    if (strcmp(key, "flags") == 0)
        list_flags(verdict->flags, text, size);
    else if (strcmp(key, "findings") == 0)
        list_findings(release, text, size);
    else if (strcmp(key, "note") == 0)
        return or_none(verdict->note);
    else if (strcmp(key, "isup") == 0) {
        sipcause_isup isup;
        if (sipcause_to_isup(release, &isup) != SIPCAUSE_OK || isup.cause == 0)
            return "none";
        snprintf(text, size, "%u/%s", isup.cause, sipcause_location_name(isup.location));
    } else {
        ck_abort_msg("%s: what is \"= %s\"?", call->file, key);
    }
    return or_none(text);
}

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

Suite *make_suite(void)
{
    Suite *suite = suite_create("decide");
    list_files();
    add_test(suite, test_calls_are_there);
    add_loop_test(suite, test_call_in_parts, file_count);
    add_loop_test(suite, test_call_in_messages, file_count);
    return suite;
}
