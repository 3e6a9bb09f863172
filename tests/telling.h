/*
 * telling.h - tells a release one call line by line, as parsed parts or as whole messages, and asks its
 * verdict by name. The lines are those of tests/calls/ (test_decide.c describes them).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_TELLING_H
#define SIPCAUSE_TELLING_H

#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGE_MOST = 65536, BODY_MOST = 4096 };

/* A call being told, in either way. */
typedef struct telling {
    const char *file;
    sipcause_table *table;
    sipcause_release *release;
    bool whole; /* as whole messages */
    char message[MESSAGE_MOST];
    size_t length;
    char type[256]; /* the Content-Type of the message that is told */
    char body[BODY_MOST];
    size_t body_length;
    size_t content_length;
    bool has_body, has_type, has_content_length;
    bool failed; /* memory ran out */
} telling;

static inline bool told(telling *call, int result)
{
    if (result == SIPCAUSE_ERROR_MEMORY)
        call->failed = true;
    else
        ck_assert_msg(result == SIPCAUSE_OK, "%s: %s", call->file, sipcause_error_name(result));
    return !call->failed;
}

static inline void flush_whole(telling *call)
{
    if (call->has_body && !call->has_content_length)
        call->length += (size_t)snprintf(call->message + call->length, MESSAGE_MOST - call->length,
                                         "Content-Length: %zu\r\n", call->body_length);
    call->length += (size_t)snprintf(call->message + call->length, MESSAGE_MOST - call->length, "\r\n");
    ck_assert_uint_le(call->length + call->body_length, MESSAGE_MOST);
    memcpy(call->message + call->length, call->body, call->body_length);
    told(call, sipcause_release_message(call->release, call->message, call->length + call->body_length));
}

/* As a stack would that has cut the body to its length. */
static inline void flush_body(telling *call)
{
    size_t length = call->body_length;
    if (call->has_content_length && call->content_length < length)
        length = call->content_length;
    told(call, sipcause_release_body(call->release, call->has_type ? call->type : NULL,
                                     call->has_type ? SIPCAUSE_TEXT : 0, call->body, length));
}

/* Gives the gathered message to the release, or the body that is gathered for it. */
static inline void flush(telling *call)
{
    if (call->length)
        flush_whole(call);
    else if (call->has_body)
        flush_body(call);
    call->length = call->body_length = 0;
    call->has_body = call->has_type = call->has_content_length = false;
}

static inline const char *option(const char *line, const char *name, char *value, size_t size)
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

static inline options take_options(char *line)
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

static inline void tell_request(telling *call, char *line)
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

static inline void tell_response(telling *call, char *line)
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

/* What a header says of the body that follows; the first of a name counts. */
static inline void remember_body(telling *call, const char *name, size_t length, const char *value)
{
    if (!call->has_type && (text_same_name(name, length, "content-type") || text_same_name(name, length, "c"))) {
        snprintf(call->type, sizeof call->type, "%s", value);
        call->has_type = true;
    }
    if (!call->has_content_length &&
        (text_same_name(name, length, "content-length") || text_same_name(name, length, "l"))) {
        call->content_length = strtoul(value, NULL, 10);
        call->has_content_length = true;
    }
}

static inline void tell_header(telling *call, const char *line)
{
    const char *colon = strchr(line, ':');
    ck_assert_msg(colon != NULL, "%s: what is \"%s\"?", call->file, line);
    const char *value = colon + 1 + strspn(colon + 1, " ");
    remember_body(call, line, (size_t)(colon - line), value);
    if (call->whole)
        call->length += (size_t)snprintf(call->message + call->length, MESSAGE_MOST - call->length, "%s\r\n", line);
    else
        told(call, sipcause_release_header(call->release, line, (size_t)(colon - line), value, SIPCAUSE_TEXT));
}

/* Octets in hexadecimal; returns how many. */
static inline size_t read_octets(const char *text, char *octets, size_t size)
{
    size_t count = 0;
    unsigned octet;
    int used;
    for (; count < size && sscanf(text, "%2x%n", &octet, &used) == 1; text += used)
        octets[count++] = (char)octet;
    return count;
}

static inline void tell_isup(telling *call, const char *line)
{
    char octets[64];
    flush(call);
    told(call, sipcause_release_isup(call->release, octets, read_octets(line + 4, octets, sizeof octets)));
}

/* A line of a body: "| text" or "+ 0c 02". There is a line end between two of them, none behind the last. */
static inline void tell_body(telling *call, const char *line)
{
    char *to = call->body + call->body_length;
    ck_assert_uint_lt(call->body_length + strlen(line), BODY_MOST);
    if (call->has_body) {
        memcpy(to, "\r\n", 2);
        to += 2;
    }
    if (line[0] == '+') {
        to += read_octets(line + 1, to, strlen(line) / 2);
    } else if (line[1]) {
        memcpy(to, line + 2, strlen(line + 2));
        to += strlen(line + 2);
    }
    call->body_length = (size_t)(to - call->body);
    call->has_body = true;
}

/* Breaks a line where it says <fold>. */
static inline void fold(char *line)
{
    char *at = strstr(line, "<fold>");
    if (at) {
        memcpy(at, "\r\n ", 3);
        memmove(at + 3, at + 6, strlen(at + 6) + 1);
    }
}

static inline void tell(telling *call, char *line)
{
    fold(line);
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
    } else if (line[0] == '|' || line[0] == '+') {
        tell_body(call, line);
    } else {
        tell_header(call, line);
    }
}

/* ---- what must be so ------------------------------------------------------------------------------- */

static inline void list_flags(uint32_t flags, char *text, size_t size)
{
    text[0] = 0;
    for (unsigned bit = 0; bit < 32; bit++)
        if (flags >> bit & 1) {
            strncat(text, text[0] ? " " : "", size - strlen(text) - 1);
            strncat(text, sipcause_flag_name(1u << bit), size - strlen(text) - 1);
        }
}

/* Their rules, or their sentences. */
static inline void list_findings(const sipcause_release *release, bool sentences, char *text, size_t size)
{
    text[0] = 0;
    for (size_t i = 0; i < sipcause_finding_count(release); i++) {
        const sipcause_finding *finding = sipcause_finding_at(release, i);
        ck_assert(finding->message[0] != 0);
        strncat(text, !text[0] ? "" : sentences ? " | " : " ", size - strlen(text) - 1);
        strncat(text, sentences ? finding->message : sipcause_rule_name(finding->rule), size - strlen(text) - 1);
    }
}

static inline const char *or_none(const char *text)
{
    return text && text[0] ? text : "none";
}

static inline const char *code_text(const telling *call, sipcause_code code, char *text, size_t size)
{
    if (code.space == SIPCAUSE_SPACE_NONE)
        return "none";
    sipcause_code_format(call->table, code, text, size);
    return text;
}

static inline const char *number_text(bool there, uint32_t number, char *text, size_t size)
{
    snprintf(text, size, "%u", (unsigned)number);
    return there ? text : "none";
}

static inline const char *answer(const telling *call, const sipcause_verdict *verdict, const char *key, char *text,
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
    if (strcmp(key, "released-by") == 0)
        return sipcause_side_name(verdict->released_by);
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
    if (strcmp(key, "jwscard") == 0)
        return or_none(verdict->jwscard);
    if (strcmp(key, "flags") == 0)
        list_flags(verdict->flags, text, size);
    else if (strcmp(key, "findings") == 0 || strcmp(key, "sentences") == 0)
        list_findings(release, key[0] == 's', text, size);
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

#endif
