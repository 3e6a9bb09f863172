/*
 * reason_value.c - what a value of a Reason header means once reason.c has read it: its code space,
 * what is wrong with its cause and location, its text, and a sentence for each finding.
 *
 * SPDX-License-Identifier: MIT
 */
#include "bytes.h"
#include "notice.h"
#include "reason.h"

/* ---- protocol ------------------------------------------------------------------------------------- */

uint16_t reason_space(sipcause_slice token)
{
    char first = token.length ? text_lower(*token.text) : 0; /* which tells nearly all of them apart */
    for (size_t i = 0; i < protocols_count; i++)
        if (text_lower(*protocols[i].name) == first && text_same_name(token.text, token.length, protocols[i].name))
            return protocols[i].space;
    return SIPCAUSE_SPACE_NONE;
}

const char *reason_nearest_protocol(sipcause_slice token)
{
    const char *nearest = NULL;
    unsigned best = 0;
    for (size_t i = 0; i < protocols_count; i++) {
        unsigned nearness = text_nearness(token.text, token.length, protocols[i].name);
        if (nearness && (!best || nearness < best)) {
            best = nearness;
            nearest = protocols[i].name;
        }
    }
    return nearest;
}

/* ---- cause ------------------------------------------------------------------------------------------ */

static const char *freeswitch_name(uint32_t cause)
{
    return sipcause_code_name(sipcause_code_make(SIPCAUSE_SPACE_FREESWITCH, cause));
}

/* FreeSWITCH sends numbers of its own as SIP;cause=. Several are status codes too, so that only its own
 * name in the text tells them apart. */
static bool freeswitch_text(const sipcause_reason *reason)
{
    char last = reason->text.length ? reason->text.text[reason->text.length - 1] : 'a';
    const char *name = last < 'a' ? freeswitch_name(reason->cause) : NULL; /* these are in capitals */
    return name && text_same_exactly(reason->text.text, reason->text.length, name);
}

static void judge_status(sipcause_reason *reason)
{
    sipcause_code status = sipcause_status(reason->cause);
    if (!sipcause_code_valid(status))
        reason->findings |=
            sipcause_code_name(sipcause_q850(reason->cause)) ? FINDING(SIP_CAUSE_IS_Q850) : FINDING(CAUSE_OUT_OF_RANGE);
    else if (!sipcause_code_name(status))
        reason->findings |= FINDING(UNASSIGNED_STATUS);
    if (freeswitch_text(reason)) {
        reason->space = SIPCAUSE_SPACE_FREESWITCH;
        reason->findings &= ~FINDING(CAUSE_OUT_OF_RANGE);
        reason->findings |= FINDING(FREESWITCH_NUMBER);
    }
}

void reason_judge_cause(sipcause_reason *reason)
{
    if (reason->space == SIPCAUSE_SPACE_FREESWITCH) {
        if (reason->cause > 127)
            reason->findings |= FINDING(FREESWITCH_NUMBER);
        else
            reason->space = SIPCAUSE_SPACE_Q850; /* up to there FreeSWITCH's numbers are those of Q.850 */
    }
    if (reason->space == SIPCAUSE_SPACE_NONE)
        return;
    if (reason->cause == 0)
        reason->findings |= FINDING(CAUSE_ZERO);
    else if (reason->space == SIPCAUSE_SPACE_SIP)
        judge_status(reason);
    else if (reason->space == SIPCAUSE_SPACE_Q850 && reason->cause > 127)
        reason->findings |= sipcause_code_name(sipcause_status(reason->cause)) ? FINDING(Q850_CAUSE_IS_STATUS)
                                                                               : FINDING(CAUSE_OUT_OF_RANGE);
}

/* ---- location ----------------------------------------------------------------------------------------- */

/* RFC 8606 section 4 restricts the location to Q.850; the 603+ profile has it on SIP;cause=603 too. */
static bool location_counts(const sipcause_reason *reason)
{
    if (reason->space == SIPCAUSE_SPACE_Q850)
        return true;
    return reason->space == SIPCAUSE_SPACE_SIP && reason->cause == 603 &&
           notice_start_of(reason->text.text, reason->text.length) == NOTICE_STARTS;
}

/* isup-location-value (RFC 8606 section 4) in any case; negative: none of them. Here and not in the list
 * of words because the search in that would take longer than the rest of the value. */
static int location_number(sipcause_slice location)
{
    static const uint64_t names[16] = {
        BYTES_EIGHT(BYTES_AT, "u"),      BYTES_EIGHT(BYTES_AT, "lpn"),    BYTES_EIGHT(BYTES_AT, "ln"),
        BYTES_EIGHT(BYTES_AT, "tn"),     BYTES_EIGHT(BYTES_AT, "rln"),    BYTES_EIGHT(BYTES_AT, "rpn"),
        BYTES_EIGHT(BYTES_AT, "loc-6"),  BYTES_EIGHT(BYTES_AT, "intl"),   BYTES_EIGHT(BYTES_AT, "loc-8"),
        BYTES_EIGHT(BYTES_AT, "loc-9"),  BYTES_EIGHT(BYTES_AT, "bi"),     BYTES_EIGHT(BYTES_AT, "loc-11"),
        BYTES_EIGHT(BYTES_AT, "loc-12"), BYTES_EIGHT(BYTES_AT, "loc-13"), BYTES_EIGHT(BYTES_AT, "loc-14"),
        BYTES_EIGHT(BYTES_AT, "loc-15"),
    };
    uint64_t sent = 0;
    if (location.length > 6)
        return -1;
    for (size_t i = 0; i < location.length; i++) {
        unsigned char c = (unsigned char)location.text[i];
        if (c == 0)
            return -1;
        sent |= (uint64_t)(c >= 'A' && c <= 'Z' ? c + 0x20u : c) << 8 * i;
    }
    for (int number = 0; number < 16; number++)
        if (names[number] == sent)
            return number;
    return -1;
}

void reason_judge_location(sipcause_reason *reason, sipcause_slice location)
{
    int number = location.text ? location_number(location) : -1;
    if (!location_counts(reason))
        reason->findings |= FINDING(LOCATION_IGNORED);
    else if (number < 0)
        reason->findings |= FINDING(UNKNOWN_LOCATION);
    else
        reason->location = (uint8_t)number;
}

/* ---- text ----------------------------------------------------------------------------------------------- */

static bool wire_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The length of [*WSP CRLF] 1*WSP, which is one blank; 0: no fold begins here. *past: where to look on then. */
static inline size_t fold_at(const char *at, const char *end, const char **past)
{
    const char *next = at;
    *past = at + 1;
    if (!wire_blank(*at) && *at != '\r' && *at != '\n')
        return 0; /* as nearly everywhere */
    while (next < end && wire_blank(*next))
        next++;
    *past = next > at ? next : at + 1;
    size_t fold = next < end ? reason_fold(next, end) : 0;
    if (!fold)
        return 0;
    for (next += fold; next < end && wire_blank(*next);)
        next++;
    return (size_t)(next - at);
}

bool reason_plain(const char *text, size_t length, size_t *position, sipcause_slice *run)
{
    static const char blank[] = " ";
    if (*position >= length)
        return false;
    const char *at = text + *position, *end = text + length, *past;
    size_t fold = fold_at(at, end, &past);
    if (fold) {
        run->text = blank;
        run->length = 1;
        *position += fold;
        return true;
    }
    run->text = at;
    if (*at == '\\') { /* it goes, and the byte behind it stands for itself, but for a line end */
        run->text = ++at;
        if (at < end && *at != '\r' && *at != '\n')
            at++;
    }
    while (at < end && *at != '\\' && !fold_at(at, end, &past))
        at = past;
    run->length = (size_t)(at - run->text);
    *position = (size_t)(at - text);
    return true;
}

size_t reason_unescape(const char *text, size_t length, char *buffer, size_t size)
{
    writer out = {buffer, buffer ? size : 0, 0};
    sipcause_slice run;
    size_t position = 0;
    while (reason_plain(text, length, &position, &run))
        write_bytes(&out, run.text, run.length);
    return write_end(&out);
}

size_t sipcause_reason_text(const sipcause_reason *reason, char *buffer, size_t size)
{
    return reason_unescape(reason->text.text, reason->text.length, buffer, size);
}

/* ---- sentences -------------------------------------------------------------------------------------------- */

static void write_slice(writer *out, sipcause_slice wire)
{
    write_text(out, "\"");
    if (wire.text)
        write_quoted(out, wire.text, wire.length);
    write_text(out, "\"");
}

/* What the value's parameter number `which` (from 0) of that name was; text is NULL when there is none. */
static sipcause_slice sent(const sipcause_reason *reason, const char *parameter, unsigned which)
{
    size_t position = 0;
    sipcause_slice name, content, none = {NULL, 0};
    while (sipcause_reason_parameter(reason, &position, &name, &content))
        if (text_same_name(name.text, name.length, parameter) && which-- == 0)
            return content;
    return none;
}

/* "486 is the SIP status code "Busy Here", not a Q.850 cause value (1-127)" */
static void write_other_space(writer *out, uint32_t cause, const char *is, const char *name, const char *is_not)
{
    write_number(out, cause);
    write_text(out, is);
    write_text(out, " \"");
    write_text(out, name ? name : "?");
    write_text(out, "\", not ");
    write_text(out, is_not);
}

static void write_number_is(writer *out, uint32_t cause, const char *rest)
{
    write_number(out, cause);
    write_text(out, rest);
}

static void write_bad_cause(writer *out, const sipcause_reason *reason)
{
    sipcause_slice cause = sent(reason, "cause", 0);
    bool digits = cause.length > 0;
    for (size_t i = 0; i < cause.length && digits; i++)
        digits = text_digit(cause.text[i]);
    if (!cause.length) {
        write_text(out, "the cause has no value");
        return;
    }
    write_text(out, "the cause ");
    write_slice(out, cause);
    write_text(out, digits ? " is over 4294967295: it was not read" : " is no decimal number: it was not read");
}

static void write_second_cause(writer *out, const sipcause_reason *reason)
{
    write_text(out, "a second cause ");
    write_slice(out, sent(reason, "cause", 1));
    write_text(out, " stands in the same value; the first counts");
}

static void write_freeswitch(writer *out, uint32_t cause)
{
    const char *own = freeswitch_name(cause), *status = sipcause_code_name(sipcause_status(cause));
    write_number_is(out, cause, " is FreeSWITCH's own number");
    if (own) {
        write_text(out, " for ");
        write_text(out, own);
    }
    write_text(out, ", not ");
    if (status) {
        write_text(out, "the SIP status code \"");
        write_text(out, status);
        write_text(out, "\"");
    } else {
        write_text(out, "a SIP status code");
    }
}

static void write_location(writer *out, const sipcause_reason *reason, const char *rest)
{
    write_text(out, "the location ");
    write_slice(out, sent(reason, "location", 0));
    write_text(out, rest);
}

static void write_text_finding(writer *out, const sipcause_reason *reason, const char *rest)
{
    write_text(out, "the text ");
    write_slice(out, reason->text);
    write_text(out, rest);
}

static void write_protocol_finding(writer *out, const sipcause_reason *reason)
{
    const char *nearest = reason_nearest_protocol(reason->protocol);
    write_slice(out, reason->protocol);
    write_text(out, " is no registered Reason protocol");
    if (nearest) {
        write_text(out, "; did you mean ");
        write_text(out, nearest);
        write_text(out, "?");
    }
}

/* "Q.850;cause=486: ", what the sentence is about. */
static void write_subject(writer *out, const sipcause_reason *reason)
{
    write_quoted(out, reason->protocol.text, reason->protocol.length);
    if (reason->has_cause) {
        write_text(out, ";cause=");
        write_number(out, reason->cause);
    }
    write_text(out, ": ");
}

/* Findings that are of a value and name something in it; false: the rule is none of them. */
static bool write_value_finding(writer *out, const sipcause_reason *reason, uint32_t rule)
{
    uint32_t cause = reason->cause;
    switch (rule) {
    case SIPCAUSE_RULE_TEXT_NOT_QUOTED:
        write_text_finding(out, reason, " is not in quotes; it was read up to the next semicolon or comma");
        return true;
    case SIPCAUSE_RULE_CONTROL_CHARACTER:
        write_text_finding(out, reason, " or another quoted string has a control character in it");
        return true;
    case SIPCAUSE_RULE_BAD_CAUSE: write_bad_cause(out, reason); return true;
    case SIPCAUSE_RULE_CAUSE_OUT_OF_RANGE:
        write_number_is(out, cause,
                        reason->space == SIPCAUSE_SPACE_Q850 ? " is no Q.850 cause value (1-127)"
                                                             : " is no SIP status code (100-699)");
        return true;
    case SIPCAUSE_RULE_DUPLICATE_CAUSE: write_second_cause(out, reason); return true;
    case SIPCAUSE_RULE_UNKNOWN_PROTOCOL: write_protocol_finding(out, reason); return true;
    case SIPCAUSE_RULE_UNKNOWN_LOCATION:
        write_location(out, reason, " is none of RFC 8606's sixteen (U, LPN, LN, TN, RLN, RPN, INTL, BI, LOC-n)");
        return true;
    case SIPCAUSE_RULE_LOCATION_IGNORED:
        write_location(out, reason, " is ignored: only a Q.850 cause has one (RFC 8606 section 4)");
        return true;
    case SIPCAUSE_RULE_UNASSIGNED_STATUS: write_number_is(out, cause, " is no registered SIP status code"); return true;
    case SIPCAUSE_RULE_SIP_CAUSE_IS_Q850:
        write_other_space(out, cause, " is the Q.850 cause value", sipcause_code_name(sipcause_q850(cause)),
                          "a SIP status code (100-699)");
        return true;
    case SIPCAUSE_RULE_Q850_CAUSE_IS_STATUS:
        write_other_space(out, cause, " is the SIP status code", sipcause_code_name(sipcause_status(cause)),
                          "a Q.850 cause value (1-127)");
        return true;
    case SIPCAUSE_RULE_FREESWITCH_NUMBER: write_freeswitch(out, cause); return true;
    default: return false;
    }
}

/* What is said of the others, with or without a value. */
static const char *general_sentence(uint32_t rule)
{
    switch (rule) {
    case SIPCAUSE_RULE_TEXT_NOT_QUOTED: return "a text is not in quotes";
    case SIPCAUSE_RULE_TEXT_UNTERMINATED:
        return "a closing quote is missing; everything up to the end was taken as quoted";
    case SIPCAUSE_RULE_CAUSE_QUOTED: return "the cause is in quotes; it was read nevertheless";
    case SIPCAUSE_RULE_BAD_CAUSE: return "a cause is no decimal number up to 4294967295";
    case SIPCAUSE_RULE_CAUSE_OUT_OF_RANGE: return "a cause is outside the range of its protocol";
    case SIPCAUSE_RULE_CAUSE_ZERO: return "0 is no cause";
    case SIPCAUSE_RULE_CAUSE_EMPTY: return "a cause header is there and has no value";
    case SIPCAUSE_RULE_DUPLICATE_CAUSE: return "a value has a second cause; the first counts";
    case SIPCAUSE_RULE_DUPLICATE_PROTOCOL:
        return "a second value of the same protocol (RFC 9366); the first usable one counts";
    case SIPCAUSE_RULE_EMPTY_PARAMETER: return "a semicolon has no parameter behind it";
    case SIPCAUSE_RULE_EMPTY_VALUE: return "a Reason header has an empty value";
    case SIPCAUSE_RULE_BAD_PROTOCOL: return "a Reason value does not begin with a protocol; it was dropped";
    case SIPCAUSE_RULE_UNKNOWN_PROTOCOL: return "a Reason protocol is not registered";
    case SIPCAUSE_RULE_UNKNOWN_LOCATION: return "a location is none of RFC 8606's sixteen";
    case SIPCAUSE_RULE_LOCATION_IGNORED:
        return "a location is ignored: only a Q.850 cause has one (RFC 8606 section 4)";
    case SIPCAUSE_RULE_STRAY_CHARACTER: return "bytes that the grammar of Reason has no place for were skipped";
    case SIPCAUSE_RULE_UNASSIGNED_STATUS: return "a cause is no registered SIP status code";
    case SIPCAUSE_RULE_SIP_CAUSE_IS_Q850: return "a Q.850 cause value stands under the protocol SIP";
    case SIPCAUSE_RULE_Q850_CAUSE_IS_STATUS: return "a SIP status code stands under the protocol Q.850";
    case SIPCAUSE_RULE_FREESWITCH_NUMBER: return "a cause is one of FreeSWITCH's own numbers, not a SIP status code";
    case SIPCAUSE_RULE_CONTROL_CHARACTER: return "a quoted string has a control character in it";
    case SIPCAUSE_RULE_STATUS_CONTRADICTS_REASON:
        return "the Q.850 cause and the SIP status code tell different stories";
    case SIPCAUSE_RULE_NEAR_603PLUS: return "almost a 603+ answer, and not recognised as one";
    case SIPCAUSE_RULE_NOTICE_CONTACT: return "a 603+ answer without a usable redress contact (url, tel or email)";
    case SIPCAUSE_RULE_NOTICE_ATTRIBUTE: return "an attribute or the location of a 603+ answer is not of its form";
    case SIPCAUSE_RULE_JWSCARD_MISSING: return "a 608 answer without a Call-Info whose purpose is jwscard (RFC 8688)";
    default: return "";
    }
}

size_t sipcause_reason_sentence(const sipcause_reason *reason, uint32_t rule, char *buffer, size_t size)
{
    writer out = {buffer, buffer ? size : 0, 0};
    const char *general = general_sentence(rule);
    if (reason && *general)
        write_subject(&out, reason);
    if (!reason || !write_value_finding(&out, reason, rule))
        write_text(&out, general);
    return write_end(&out);
}
