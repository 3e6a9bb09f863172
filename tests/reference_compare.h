/*
 * reference_compare.h - the library's reading of a Reason header against that of reference_reason.h.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_REFERENCE_COMPARE_H
#define SIPCAUSE_REFERENCE_COMPARE_H

#include "reference_reason.h"

/* The longest header that may be compared, which may hold that many values. */
enum { REFERENCE_MOST = 960 };

#define RULE(name) ((uint64_t)1 << SIPCAUSE_RULE_##name)
#define GRAMMAR                                                                                                        \
    (RULE(TEXT_NOT_QUOTED) | RULE(TEXT_UNTERMINATED) | RULE(CAUSE_QUOTED) | RULE(BAD_CAUSE) | RULE(EMPTY_PARAMETER) |  \
     RULE(EMPTY_VALUE) | RULE(BAD_PROTOCOL) | RULE(STRAY_CHARACTER) | RULE(CONTROL_CHARACTER))

static inline bool same_slice(sipcause_slice a, sipcause_slice b)
{
    return (a.text == NULL) == (b.text == NULL) && a.length == b.length &&
           (a.length == 0 || memcmp(a.text, b.text, a.length) == 0);
}

static inline bool same_parameters(const sipcause_reason *read, const reference_value *wanted)
{
    size_t position = 0;
    sipcause_slice name, content;
    for (size_t i = 0; i < wanted->parameters; i++)
        if (!sipcause_reason_parameter(read, &position, &name, &content) || !same_slice(name, wanted->name[i]) ||
            !same_slice(content, wanted->content[i]))
            return false;
    return !sipcause_reason_parameter(read, &position, &name, &content);
}

/* What a location counts for is not the grammar's to say (RFC 8606 section 4): where it counts, it is the one sent. */
static inline bool same_location(const sipcause_reason *read, const reference_value *wanted)
{
    int sent = wanted->location.text ? sipcause_location_from_name(wanted->location.text, wanted->location.length) : -1;
    if (read->space == SIPCAUSE_SPACE_Q850)
        return read->location == (sent < 0 ? SIPCAUSE_LOCATION_NONE : sent);
    return read->location == SIPCAUSE_LOCATION_NONE || read->location == sent;
}

/* What is wrong with a value; NULL: nothing. */
static inline const char *difference(const sipcause_reason *read, const reference_value *wanted)
{
    char text[REFERENCE_TEXT];
    size_t length = sipcause_reason_text(read, text, sizeof text);
    if (!same_slice(read->protocol, wanted->protocol))
        return "the protocol";
    if (read->has_cause != wanted->has_cause || (read->has_cause && read->cause != wanted->cause))
        return "the cause";
    if ((read->text.text != NULL) != wanted->has_text || length != wanted->text_length ||
        memcmp(text, wanted->text, length) != 0)
        return "the text";
    if (!same_location(read, wanted))
        return "the location";
    if (!(read->findings & RULE(CONTROL_CHARACTER)) != !wanted->escapes_control)
        return "an escaped control character";
    return same_parameters(read, wanted) ? NULL : "the parameters";
}

/* Whether all that was found is at most a note. */
static inline bool only_notes(uint64_t findings)
{
    for (uint32_t rule = 1; rule < 64; rule++)
        if (findings >> rule & 1 && sipcause_rule_severity(rule) > SIPCAUSE_SEVERITY_NOTE)
            return false;
    return true;
}

static inline const char *by_library(const char *bytes, size_t length, const reference_value *wanted,
                                     size_t wanted_count, bool grammatical)
{
    sipcause_reason_iterator iterator;
    sipcause_reason read;
    uint64_t findings = 0;
    size_t count = 0;
    sipcause_reason_begin(&iterator, bytes, length);
    for (; sipcause_reason_next(&iterator, &read); count++) {
        const char *differs = grammatical && count < wanted_count ? difference(&read, &wanted[count]) : NULL;
        if (differs)
            return differs;
        findings |= read.findings;
    }
    findings |= sipcause_reason_findings(&iterator);
    bool clean = only_notes(findings);
    if ((sipcause_reason_check(bytes, length, NULL) == SIPCAUSE_OK) != clean)
        return "the strict reading";
    if (!grammatical) /* of a second cause only that it is there is told */
        return !(findings & (GRAMMAR | RULE(DUPLICATE_CAUSE))) ? "what is not grammatical"
               : clean                                         ? "its severity"
                                                               : NULL;
    if (findings & GRAMMAR & ~RULE(CONTROL_CHARACTER))
        return "what is grammatical";
    return count == wanted_count ? NULL : "how many values there are";
}

/* What the two differ in; NULL: nothing. bytes end with a NUL, and hold none. grammatical: receives whether the grammar
 * holds. */
static inline const char *reference_difference(const char *bytes, size_t length, bool *grammatical)
{
    static reference_value wanted[REFERENCE_MOST + 1];
    size_t count;
    *grammatical = reference_read(bytes, length, wanted, &count);
    return by_library(bytes, length, wanted, count, *grammatical);
}

#endif
