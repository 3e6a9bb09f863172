/*
 * test_reference.c - the Reason reader against a second one, over a million headers that are made of the grammar's own
 * rules, half of them spoilt afterwards.
 *
 * Where the grammar holds, both must read the same values and the library must find nothing against the grammar; where
 * it does not, the library must find something against it. The headers are the same in every run.
 *
 * SPDX-License-Identifier: MIT
 */
#include "harness.h"
#include "made_reason.h"
#include "reference_reason.h"

enum { HEADERS = 1000000, HEADERS_SLOW = 20000, HEADERS_MEMORY = 100, VALUES_MOST = HEADER_MOST };

#define RULE(name) ((uint64_t)1 << SIPCAUSE_RULE_##name)
#define GRAMMAR                                                                                                        \
    (RULE(TEXT_NOT_QUOTED) | RULE(TEXT_UNTERMINATED) | RULE(CAUSE_QUOTED) | RULE(BAD_CAUSE) | RULE(EMPTY_PARAMETER) |  \
     RULE(EMPTY_VALUE) | RULE(BAD_PROTOCOL) | RULE(STRAY_CHARACTER) | RULE(CONTROL_CHARACTER))

/* ---- read by both ------------------------------------------------------------------------------------------ */

static bool same_slice(sipcause_slice a, sipcause_slice b)
{
    return (a.text == NULL) == (b.text == NULL) && a.length == b.length &&
           (a.length == 0 || memcmp(a.text, b.text, a.length) == 0);
}

static bool same_parameters(const sipcause_reason *read, const reference_value *wanted)
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
static bool same_location(const sipcause_reason *read, const reference_value *wanted)
{
    int sent = wanted->location.text ? sipcause_location_from_name(wanted->location.text, wanted->location.length) : -1;
    if (read->space == SIPCAUSE_SPACE_Q850)
        return read->location == (sent < 0 ? SIPCAUSE_LOCATION_NONE : sent);
    return read->location == SIPCAUSE_LOCATION_NONE || read->location == sent;
}

/* What is wrong with a value; NULL: nothing. */
static const char *difference(const sipcause_reason *read, const reference_value *wanted)
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
static bool only_notes(uint64_t findings)
{
    for (uint32_t rule = 1; rule < 64; rule++)
        if (findings >> rule & 1 && sipcause_rule_severity(rule) > SIPCAUSE_SEVERITY_NOTE)
            return false;
    return true;
}

static const char *by_library(const header *sent, const reference_value *wanted, size_t wanted_count, bool grammatical)
{
    sipcause_reason_iterator iterator;
    sipcause_reason read;
    uint64_t findings = 0;
    size_t count = 0;
    sipcause_reason_begin(&iterator, sent->bytes, sent->length);
    for (; sipcause_reason_next(&iterator, &read); count++) {
        const char *differs = grammatical && count < wanted_count ? difference(&read, &wanted[count]) : NULL;
        if (differs)
            return differs;
        findings |= read.findings;
    }
    findings |= sipcause_reason_findings(&iterator);
    bool clean = only_notes(findings);
    if ((sipcause_reason_check(sent->bytes, sent->length, NULL) == SIPCAUSE_OK) != clean)
        return "the strict reading";
    if (!grammatical) /* of a second cause only that it is there is told */
        return !(findings & (GRAMMAR | RULE(DUPLICATE_CAUSE))) ? "what is not grammatical"
               : clean                                         ? "its severity"
                                                               : NULL;
    if (findings & GRAMMAR & ~RULE(CONTROL_CHARACTER))
        return "what is grammatical";
    return count == wanted_count ? NULL : "how many values there are";
}

/* Returns whether the header is grammatical. */
static bool compare(const header *sent, uint32_t number)
{
    static reference_value wanted[VALUES_MOST];
    size_t count;
    bool grammatical = reference_read(sent->bytes, sent->length, wanted, &count);
    const char *differs = by_library(sent, wanted, count, grammatical);
    if (differs) /* a million assertions would take longer than the reading */
        ck_abort_msg("header %u: they differ in %s: %s", (unsigned)number, differs, sent->bytes);
    return grammatical;
}

START_TEST(test_both_read_the_same)
{
    static header sent;
    uint32_t count = sized(HEADERS, HEADERS_SLOW, HEADERS_MEMORY), grammatical = 0;
    sent.state = 0x5eed1234;
    for (uint32_t number = 0; number < count; number++) {
        make_valid(&sent);
        if (number % 2)
            spoil(&sent);
        bool held = compare(&sent, number);
        grammatical += held;
        if (!held && number % 2 == 0 && sent.length < HEADER_MOST)
            ck_abort_msg("header %u is made by the grammar: %s", (unsigned)number, sent.bytes);
    }
    /* Of the spoilt ones many are grammatical still; both kinds must be there. */
    ck_assert_uint_ge(grammatical, count / 2);
    ck_assert_uint_lt(grammatical, count / 10 * 9);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("reference");
    add_test(suite, test_both_read_the_same);
    return suite;
}
