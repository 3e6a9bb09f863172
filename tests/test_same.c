/*
 * test_same.c - a table that is built in C and one that is loaded from a file are the same table: whatever the file can
 * say, the builder can.
 *
 * tests/data/whole.yaml says everything once; here it is said again, in the same order.
 *
 * SPDX-License-Identifier: MIT
 */
#include "harness.h"

#include <string.h>

/* ---- what the file says, in C ------------------------------------------------------------------------------ */

static bool settings(sipcause_builder *builder)
{
    static const sipcause_cause_header headers[] = {
        {.name = "X-Cause-Code", .space = SIPCAUSE_SPACE_CARRIER},
        {.name = "P-Asserted-Identity", .parameter = "cause", .space = SIPCAUSE_SPACE_CARRIER},
        {.name = "X-Asterisk-HangupCauseCode", .space = SIPCAUSE_SPACE_Q850},
    };
    static const uint16_t precedence[] = {SIPCAUSE_SPACE_CARRIER, SIPCAUSE_SPACE_Q850, SIPCAUSE_SPACE_SIP};
    static const uint16_t ignored[] = {486, 183};
    static const sipcause_row labels[] = {
        {.disposition = "Number Portability Failure"},
        {.disposition = "Toll Fraud Hold", .outcome = "blocked", .party = "network", .route = "stop"},
    };
    bool done = sipcause_builder_name(builder, "acme", NULL) == SIPCAUSE_OK &&
                sipcause_builder_effective(builder, 1774393200) == SIPCAUSE_OK &&
                sipcause_builder_precedence(builder, precedence, 3, NULL) == SIPCAUSE_OK &&
                sipcause_builder_ignore_reason(builder, ignored, 2, NULL) == SIPCAUSE_OK &&
                sipcause_builder_check(builder, SIPCAUSE_RULE_REDUNDANT, SIPCAUSE_SEVERITY_OFF, NULL) == SIPCAUSE_OK;
    for (size_t i = 0; i < sizeof headers / sizeof *headers && done; i++)
        done = sipcause_builder_cause_header(builder, &headers[i], 0, 0, NULL) == SIPCAUSE_OK;
    for (size_t i = 0; i < sizeof labels / sizeof *labels && done; i++)
        done = sipcause_builder_disposition(builder, &labels[i], NULL) == SIPCAUSE_OK;
    return done;
}

static bool conditional_rows(sipcause_builder *builder)
{
    static const char *const capacity[] = {"*capacity*"}, *const texts[] = {"*spam*", "?x"}, *const words[] = {"D35"};
    static const sipcause_code codes[] = {{SIPCAUSE_SPACE_CARRIER, 0, 601}, {SIPCAUSE_SPACE_Q850, 0, 21}};
    static const uint16_t warnings[] = {304};
    static const sipcause_refinement of_480[] = {
        {.condition = {.phrases = capacity, .phrase_count = 1}, .row = {.disposition = "Network Error"}},
        {.condition = {.texts = texts,
                       .text_count = 2,
                       .codes = codes,
                       .code_count = 2,
                       .words = words,
                       .word_count = 1,
                       .warnings = warnings,
                       .warning_count = 1,
                       .methods = 1 << SIPCAUSE_METHOD_INVITE | 1 << SIPCAUSE_METHOD_BYE,
                       .codings = 1 << SIPCAUSE_CODING_NATIONAL},
         .row = {.disposition = "Toll Fraud Hold", .route = "next", .capped = 1}},
    };
    static const sipcause_refinement of_21[] = {
        {.condition = {.locations = 1 << SIPCAUSE_LOCATION_TN}, .row = {.disposition = "Fraud / Security Block"}}};
    static const sipcause_refinement of_tls[] = {{.condition = {.alerted = 1}, .row = {.disposition = "Busy"}}};
    sipcause_row row_480 = {
        .disposition = "No Answer", .note = "ticket 4711, interconnect guide 2026-02", .when = of_480, .when_count = 2};
    sipcause_row row_21 = {.when = of_21, .when_count = 1};
    sipcause_row row_tls = {.disposition = "Toll Fraud Hold", .when = of_tls, .when_count = 1};
    return map(builder, sipcause_status(480), row_480) && map(builder, sipcause_q850(21), row_21) &&
           sipcause_builder_map_local(builder, SIPCAUSE_LOCAL_TLS, &row_tls, NULL) == SIPCAUSE_OK;
}

static bool plain_rows(sipcause_builder *builder)
{
    static const sipcause_row network = {.disposition = "Network Error"}, unknown = {.disposition = "Unknown"},
                              block = {.disposition = "Fraud / Security Block"}, busy = {.disposition = "Busy"},
                              normal = {.disposition = "Normal Clearing"}, gone = {.disposition = "Customer Abandon"};
    sipcause_row later = {.disposition = "Network Error", .route = "later"};
    return map(builder, sipcause_status(403), block) && map(builder, sipcause_q850(17), busy) &&
           map(builder, sipcause_carrier(601), block) && map(builder, sipcause_carrier(602), later) &&
           sipcause_builder_map_token(builder, "D35", 3, &block, NULL) == SIPCAUSE_OK &&
           sipcause_builder_map_class(builder, 5, &network, NULL) == SIPCAUSE_OK &&
           sipcause_builder_map_no_cause(builder, SIPCAUSE_NO_CAUSE_ANSWERED, &normal, NULL) == SIPCAUSE_OK &&
           sipcause_builder_map_no_cause(builder, SIPCAUSE_NO_CAUSE_CANCELLED, &gone, NULL) == SIPCAUSE_OK &&
           sipcause_builder_map_no_cause(builder, SIPCAUSE_NO_CAUSE_NO_REPLY, &network, NULL) == SIPCAUSE_OK &&
           sipcause_builder_map_no_cause(builder, SIPCAUSE_NO_CAUSE_OTHERWISE, &unknown, NULL) == SIPCAUSE_OK &&
           sipcause_builder_map_default(builder, &unknown, NULL) == SIPCAUSE_OK;
}

static bool to_isup(sipcause_builder *builder, uint32_t from, uint16_t cause, uint8_t location)
{
    sipcause_translation answer = {
        .to = cause, .has_location = location != SIPCAUSE_LOCATION_NONE, .location = location};
    return sipcause_builder_to_isup(builder, from, &answer, 1, 0, 0, NULL) == SIPCAUSE_OK;
}

static bool to_sip(sipcause_builder *builder, uint32_t from, uint16_t status)
{
    sipcause_translation answer = {.to = status};
    return sipcause_builder_to_sip(builder, from, &answer, 1, 0, 0, NULL) == SIPCAUSE_OK;
}

static bool interworking(sipcause_builder *builder)
{
    static const char *const busy_text[] = {"*busy*"};
    sipcause_condition busy = {.texts = busy_text, .text_count = 1}, diagnostic = {.diagnostic = 1};
    sipcause_translation of_603 = {.when = &busy, .to = 17};
    sipcause_translation of_22[] = {{.when = &diagnostic, .to = 301}, {.to = 410}};
    const uint8_t none = SIPCAUSE_LOCATION_NONE;
    return to_isup(builder, 607, 21, none) && to_isup(builder, 608, 21, SIPCAUSE_LOCATION_U) &&
           to_isup(builder, SIPCAUSE_FROM_BYE, 16, none) && to_isup(builder, SIPCAUSE_FROM_CANCEL, 31, none) &&
           to_isup(builder, 487, 0, none) && to_isup(builder, SIPCAUSE_FROM_DEFAULT, 31, none) &&
           to_isup(builder, 5, 41, none) &&
           sipcause_builder_to_isup(builder, 603, &of_603, 1, 0, 0, NULL) == SIPCAUSE_OK &&
           sipcause_builder_class_location(builder, 4, SIPCAUSE_LOCATION_BI, 0, 0, NULL) == SIPCAUSE_OK &&
           sipcause_builder_class_location(builder, 5, SIPCAUSE_LOCATION_BI, 0, 0, NULL) == SIPCAUSE_OK &&
           sipcause_builder_class_location(builder, 6, SIPCAUSE_LOCATION_U, 0, 0, NULL) == SIPCAUSE_OK &&
           to_sip(builder, 21, 603) && to_sip(builder, 44, 0) && to_sip(builder, SIPCAUSE_FROM_DEFAULT, 500) &&
           sipcause_builder_to_sip(builder, 22, of_22, 2, 0, 0, NULL) == SIPCAUSE_OK;
}

/* ---- the two ------------------------------------------------------------------------------------------------ */

static sipcause_table *load_whole(void)
{
    size_t length;
    sipcause_error error;
    const char *bytes = keep_file("tests/data/whole.yaml", &length);
    sipcause_table *table = keep_table(sipcause_load_bytes(bytes, length, "whole.yaml", &error));
    ck_assert_msg(table || error.code == SIPCAUSE_ERROR_MEMORY, "%u:%u: %s", (unsigned)error.line,
                  (unsigned)error.column, error.text);
    return table;
}

START_TEST(the_file_and_the_builder_say_the_same)
{
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    NEED(settings(builder) && plain_rows(builder) && conditional_rows(builder) && interworking(builder));
    sipcause_table *built = keep_table(sipcause_builder_table(builder, NULL)), *loaded = load_whole();
    NEED(built && loaded);
    ck_assert(sipcause_table_equal(built, loaded));
    ck_assert(sipcause_table_equal(loaded, built));
}
END_TEST

/* A call that ends with one response. */
static const char *label_of(sipcause_release *release, uint32_t status, const char *phrase, const char *reason)
{
    sipcause_release_reset(release);
    if (sipcause_release_request(release, "INVITE", 6, SIPCAUSE_SIDE_CALLER, NULL, 0, 1) != SIPCAUSE_OK ||
        sipcause_release_response(release, status, phrase, SIPCAUSE_TEXT, NULL, 0, "t", 1, 1) != SIPCAUSE_OK ||
        (reason && sipcause_release_header(release, "Reason", 6, reason, SIPCAUSE_TEXT) != SIPCAUSE_OK))
        return NULL;
    const sipcause_verdict *verdict = sipcause_decide(release);
    return verdict ? verdict->disposition : NULL;
}

/* Both are equal because both say it, not because both say nothing. */
START_TEST(what_they_say_decides)
{
    static const struct {
        uint32_t status;
        const char *phrase, *reason, *label;
    } calls[] = {
        {480, "No Capacity", NULL, "Network Error"},
        {480, "Gone fishing", NULL, "No Answer"},
        {500, "Oops", "Q.850;cause=21;location=TN", "Fraud / Security Block"},
        {500, "Oops", "Q.850;cause=21;location=U", "Rejected"},
        {486, "Busy Here", "Q.850;cause=21;location=TN", "Busy"}, /* ignore-reason */
        {599, "Odd", NULL, "Network Error"},
    };
    sipcause_table *table = load_whole();
    NEED(table);
    sipcause_release *release = keep_release(sipcause_release_new(table));
    NEED(release);
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        const char *label = label_of(release, calls[i].status, calls[i].phrase, calls[i].reason);
        NEED(label);
        ck_assert_msg(strcmp(label, calls[i].label) == 0, "%u %s: %s", (unsigned)calls[i].status, calls[i].phrase,
                      label);
    }
}
END_TEST

/* `check` reaches what a verdict finds: off is not told, and the rest has the severity of the table. */
START_TEST(severities_reach_findings)
{
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    ck_assert_int_eq(sipcause_builder_check(builder, SIPCAUSE_RULE_CAUSE_QUOTED, SIPCAUSE_SEVERITY_OFF, NULL),
                     SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_builder_check(builder, SIPCAUSE_RULE_EMPTY_PARAMETER, SIPCAUSE_SEVERITY_ERROR, NULL),
                     SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_builder_check(builder, SIPCAUSE_RULE_EMPTY_PARAMETER, SIPCAUSE_SEVERITY_NOTE, NULL),
                     SIPCAUSE_ERROR_DUPLICATE_KEY);
    ck_assert_int_eq(sipcause_builder_check(builder, 25, SIPCAUSE_SEVERITY_NOTE, NULL), SIPCAUSE_ERROR_UNKNOWN_CODE);
    sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
    NEED(table);
    sipcause_release *release = keep_release(sipcause_release_new(table));
    NEED(release);
    NEED(label_of(release, 486, "Busy Here", "Q.850;;cause=\"17\""));
    ck_assert_uint_eq(sipcause_finding_count(release), 1);
    ck_assert_uint_eq(sipcause_finding_at(release, 0)->rule, SIPCAUSE_RULE_EMPTY_PARAMETER);
    ck_assert_uint_eq(sipcause_finding_at(release, 0)->severity, SIPCAUSE_SEVERITY_ERROR);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("same");
    add_test(suite, severities_reach_findings);
    add_test(suite, the_file_and_the_builder_say_the_same);
    add_test(suite, what_they_say_decides);
    return suite;
}
