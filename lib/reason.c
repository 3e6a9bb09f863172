/*
 * reason.c - the Reason header field.
 *
 * SPDX-License-Identifier: MIT
 */
#include "reason_cursor.h"

#include <string.h>

/*
 * The grammar (RFC 3326 section 2, RFC 8606 section 4, RFC 9410; RFC 3261 section 25.1):
 *
 *     SWS           = [LWS]              LWS = [*WSP CRLF] 1*WSP
 *     token         = 1*(alphanum / "-" / "." / "!" / "%" / "*" / "_" / "+" / "`" / "'" / "~")
 *     quoted-string = SWS DQUOTE *(qdtext / quoted-pair) DQUOTE
 *     gen-value     = token / host / quoted-string
 *     reason-params = ("cause" EQUAL 1*DIGIT) / ("text" EQUAL quoted-string)
 *                     / ("location" EQUAL isup-location-value) / (token [EQUAL gen-value])
 *     reason-value  = ("SIP" / "Q.850" / token) *(SWS ";" SWS reason-params)
 *     Reason        = "Reason" HCOLON reason-value *(SWS "," SWS reason-value)
 *
 * and the code in the same order. The wire keeps to none of it, so every rule also says what is
 * done with bytes that it has no place for, and notes a finding. The cursor only ever moves on: the
 * time is linear in the bytes whatever they are. SWS, token, quoted-string and gen-value stand in reason_cursor.h.
 */

/* ---- reason-params ---------------------------------------------------------------------------------- */

enum kind { OTHER, CAUSE, TEXT, LOCATION };

typedef struct parameter {
    sipcause_slice name;
    sipcause_slice content; /* text is NULL when there is no "=" */
    enum kind kind;
    bool quoted;
    bool numbered; /* the content is the digits of number */
    uint32_t number;
} parameter;

static enum kind kind_of(sipcause_slice name)
{
    if (text_same_name(name.text, name.length, "cause"))
        return CAUSE;
    if (text_same_name(name.text, name.length, "text"))
        return TEXT;
    return text_same_name(name.text, name.length, "location") ? LOCATION : OTHER;
}

/* A name and its "=" without blanks: the names that nearly every value has are not read letter by letter. False: nothing
 * was read. */
INLINED bool read_known_name(cursor *c, parameter *read)
{
    uint64_t begin;
    if (!load_here(c, c->at, &begin))
        return false;
    size_t length;
    if (BYTES_BEGIN(begin, "cause=")) {
        read->kind = CAUSE;
        length = 5;
    } else if (BYTES_BEGIN(begin, "text=")) {
        read->kind = TEXT;
        length = 4;
    } else if (BYTES_BEGIN(begin, "location") && c->end - c->at > 8 && c->at[8] == '=') {
        read->kind = LOCATION;
        length = 8;
    } else {
        return false;
    }
    read->name = slice(c->at, c->at + length);
    c->at += length + 1;
    return true;
}

/* A name and its "=". */
INLINED bool read_name(cursor *c, parameter *read)
{
    read->name = read_token(c);
    read->kind = kind_of(read->name);
    skip_blanks(c);
    if (!here_is(c, '='))
        return false;
    c->at++;
    return true;
}

/* Up to four digits, as nearly every cause has, at once. False: nothing was read. */
INLINED bool read_number(cursor *c, parameter *read)
{
    uint64_t loaded;
    if (!load_here(c, c->at, &loaded))
        return false;
    unsigned digits = bytes_digits(loaded);
    const char *behind = c->at + digits;
    if (digits - 1 > 3 || (behind < c->end && !(class_of(*behind) & (BLANK | DELIMITER))))
        return false;
    read->numbered = true;
    read->number = bytes_number(loaded, digits);
    read->content = slice(c->at, behind);
    c->at = behind;
    return true;
}

/* What follows the "=". */
INLINED void read_content(cursor *c, parameter *read)
{
    if (read->kind == CAUSE && read_number(c, read))
        return;
    skip_blanks(c);
    if (here_is(c, '"')) {
        read->quoted = true;
        read->content = read_quoted(c);
    } else if (read->kind == TEXT) {
        const char *from = c->at;
        *c = pass_unquoted_text(*c);
        read->content = slice_trimmed(from, c->at);
    } else {
        read->content = read_unquoted(c);
        if (!read->content.length && read->kind != CAUSE)
            note(c, FINDING(STRAY_CHARACTER)); /* an "=" before nothing */
    }
}

/* On from bytes that begin no parameter: up to the next blank, parameter or value. */
static cursor pass_stray(cursor c)
{
    note(&c, FINDING(STRAY_CHARACTER));
    while (c.at < c.end && !(class_of(*c.at) & BLANK) && *c.at != ';' && *c.at != ',') {
        if (*c.at == '"')
            read_quoted(&c);
        else
            c.at++;
    }
    return c;
}

/* SEMI and a name; false at the value's end. *has_content: an "=" follows. */
INLINED bool next_name(cursor *c, parameter *read, bool *has_content)
{
    for (;;) {
        if (!here_is(c, ';')) {
            skip_blanks(c);
            if (c->at == c->end || *c->at == ',')
                return false;
        }
        if (*c->at == ';') {
            c->at++;
            skip_blanks(c);
            *has_content = read_known_name(c, read);
            if (*has_content)
                return true;
            if (c->at == c->end || *c->at == ';' || *c->at == ',') {
                note(c, FINDING(EMPTY_PARAMETER));
                continue;
            }
        } else {
            note(c, FINDING(STRAY_CHARACTER)); /* its semicolon is missing */
        }
        if (here(c, TOKEN)) {
            *has_content = read_name(c, read);
            return true;
        }
        *c = pass_stray(*c);
    }
}

/* *(SEMI reason-params): the next one; false at the value's end. */
INLINED bool next_parameter(cursor *c, parameter *read)
{
    bool has_content;
    if (!next_name(c, read, &has_content))
        return false;
    read->content = slice(NULL, NULL);
    read->quoted = read->numbered = false;
    if (has_content)
        read_content(c, read);
    return true;
}

/* cause = 1*DIGIT, out of quotes */
static cursor read_quoted_cause(cursor c, sipcause_slice digits, sipcause_reason *reason)
{
    note_at(&c, digits.text, FINDING(CAUSE_QUOTED));
    while (digits.length && (class_of(*digits.text) & BLANK)) {
        digits.text++;
        digits.length--;
    }
    digits = slice_trimmed(digits.text, digits.text + digits.length);
    reason->has_cause = text_number(digits.text, digits.length, &reason->cause);
    return c;
}

INLINED void take_cause(cursor *c, const parameter *read, sipcause_reason *reason)
{
    sipcause_slice digits = read->content;
    if (read->numbered) {
        reason->has_cause = true;
        reason->cause = read->number;
    } else if (read->quoted) {
        *c = read_quoted_cause(*c, digits, reason);
    } else {
        reason->has_cause = text_number(digits.text, digits.length, &reason->cause);
    }
    if (!reason->has_cause)
        note_at(c, read->name.text, FINDING(BAD_CAUSE));
}

/* ---- reason-value ----------------------------------------------------------------------------------- */

/* protocol; empty when the value does not begin with one. */
INLINED sipcause_slice read_protocol(cursor *c, uint16_t *space)
{
    const char *from = c->at;
    if (c->end - from >= 8) { /* nearly every value is of one of two protocols */
        uint64_t begin = bytes_load(from);
        if (BYTES_BEGIN(begin, "q.850;")) {
            *space = SIPCAUSE_SPACE_Q850;
            c->at += 5;
            return slice(from, c->at);
        }
        if (BYTES_BEGIN(begin, "sip;")) {
            *space = SIPCAUSE_SPACE_SIP;
            c->at += 3;
            return slice(from, c->at);
        }
    }
    sipcause_slice token = read_token(c);
    cursor after = *c;
    skip_blanks(&after);
    *space = reason_space(token);
    return here_is(&after, '=') ? slice(from, from) : token; /* cause=16;Q.850 */
}

/* From behind the protocol to the comma or the end. */
INLINED void read_value(cursor *c, sipcause_reason *reason)
{
    bool cause_seen = false, location_seen = false;
    sipcause_slice location = {NULL, 0};
    const char *from = c->at;
    parameter read;
    if (c->at < c->end && !(class_of(*c->at) & (BLANK | DELIMITER)))
        *c = pass_stray(*c); /* glued to the protocol: SIP/2.0;cause=503 */
    while (next_parameter(c, &read)) {
        if (read.kind == CAUSE) {
            if (cause_seen)
                note_at(c, read.name.text, FINDING(DUPLICATE_CAUSE));
            else
                take_cause(c, &read, reason);
            cause_seen = true;
        } else if (read.kind == TEXT) {
            if (!read.content.text)
                note_at(c, read.name.text, FINDING(TEXT_NOT_QUOTED));
            else if (!reason->text.text)
                reason->text = read.content;
        } else if (read.kind == LOCATION && !location_seen) {
            location_seen = true;
            location = read.content;
            if (read.quoted)
                note_at(c, location.text, FINDING(STRAY_CHARACTER));
        }
    }
    reason->parameters = slice_trimmed(from, c->at);
    reason->findings = c->findings;
    if (reason->has_cause && (reason->space != SIPCAUSE_SPACE_Q850 || reason->cause - 1 > 126))
        reason_judge_cause(reason);
    if (location_seen)
        reason_judge_location(reason, location);
}

/* ---- Reason ------------------------------------------------------------------------------------------- */

/* What an iterator has in its reserved room before what reason.h names: whether a value must follow (at the start of a
 * line, behind a comma). */
enum { AWAITS = 0 };

INLINED void take_line(sipcause_reason_iterator *iterator, const char *value, size_t length)
{
    iterator->next = value ? value : "";
    iterator->end = iterator->next + text_length(value, length);
    iterator->reserved[AWAITS] = value != NULL;
}

void sipcause_reason_begin(sipcause_reason_iterator *iterator, const char *value, size_t length)
{
    memset(iterator, 0, sizeof *iterator);
    take_line(iterator, value, length);
}

void sipcause_reason_continue(sipcause_reason_iterator *iterator, const char *value, size_t length)
{
    take_line(iterator, value, length);
}

/* Remembers where the grammar was left for the first time. */
static void keep_place(sipcause_reason_iterator *iterator, const char *place, uint64_t finding)
{
    if (iterator->reserved[REASON_PLACE])
        return;
    iterator->reserved[REASON_PLACE] = (uintptr_t)place;
    iterator->reserved[REASON_FIRST] = finding;
}

/* A value without a protocol is dropped up to the next comma outside quotes. */
static cursor drop_value(sipcause_reason_iterator *iterator, cursor c)
{
    keep_place(iterator, c.at, FINDING(BAD_PROTOCOL));
    while (c.at < c.end && *c.at != ',') {
        if (*c.at == '"')
            read_quoted(&c);
        else
            c.at++;
    }
    iterator->pending |= FINDING(BAD_PROTOCOL) | (c.findings & FINDING(TEXT_UNTERMINATED));
    c.findings = 0;
    return c;
}

/* Only STIR says what several values of it mean (RFC 9410 section 6). */
INLINED void note_protocol(sipcause_reason_iterator *iterator, sipcause_reason *reason, uint16_t space)
{
    uint64_t seen = (uint64_t)1 << space;
    if (space == SIPCAUSE_SPACE_NONE) {
        if (iterator->reserved[REASON_STRANGERS]++ < REASON_STRANGERS_MOST && reason_nearest_protocol(reason->protocol))
            reason->findings |= FINDING(UNKNOWN_PROTOCOL);
    } else if ((iterator->spaces_seen & seen) && space != SIPCAUSE_SPACE_STIR) {
        reason->findings |= FINDING(DUPLICATE_PROTOCOL);
    }
    iterator->spaces_seen |= seen;
}

static NOT_INLINED bool next_value(sipcause_reason_iterator *iterator, sipcause_reason *reason)
{
    cursor c = {iterator->next, iterator->end, iterator->next, 0, NULL, 0};
    for (;;) {
        skip_blanks(&c);
        if (c.at == c.end || *c.at == ',') {
            if (iterator->reserved[AWAITS]) {
                iterator->pending |= FINDING(EMPTY_VALUE);
                keep_place(iterator, c.at, FINDING(EMPTY_VALUE));
            }
            iterator->reserved[AWAITS] = c.at < c.end;
            iterator->next = c.at;
            if (c.at == c.end)
                return false;
            c.at++;
            continue;
        }
        iterator->reserved[AWAITS] = 0;
        uint16_t space;
        sipcause_slice token = read_protocol(&c, &space);
        if (token.length == 0) {
            c = drop_value(iterator, c);
            continue;
        }
        memset(reason, 0, sizeof *reason);
        reason->protocol = token;
        reason->location = SIPCAUSE_LOCATION_NONE;
        reason->space = space;
        read_value(&c, reason);
        if (c.deviates)
            keep_place(iterator, c.deviates, c.first);
        note_protocol(iterator, reason, space);
        iterator->next = c.at;
        return true;
    }
}

/* Every second call finds the end: that need not make room for reading a value. */
bool sipcause_reason_next(sipcause_reason_iterator *iterator, sipcause_reason *reason)
{
    bool ended = iterator->next == iterator->end && !iterator->reserved[AWAITS];
    return ended ? false : next_value(iterator, reason);
}

uint64_t sipcause_reason_findings(const sipcause_reason_iterator *iterator)
{
    return iterator->pending;
}

/* ---- what a caller asks of a value ---------------------------------------------------------------------- */

bool sipcause_reason_parameter(const sipcause_reason *reason, size_t *position, sipcause_slice *name,
                               sipcause_slice *content)
{
    const char *from = reason->parameters.text;
    if (!from || *position >= reason->parameters.length)
        return false;
    cursor c = {from + *position, from + reason->parameters.length, from, 0, NULL, 0};
    parameter read;
    if (*position == 0 && !(class_of(*c.at) & (BLANK | DELIMITER)))
        c = pass_stray(c);
    bool found = next_parameter(&c, &read);
    *position = (size_t)(c.at - from);
    if (!found)
        return false;
    *name = read.name;
    *content = read.content;
    return true;
}
