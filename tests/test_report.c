/*
 * test_report.c - how much rules matter, how many findings are kept, and what misuse comes to. What is found:
 * test_validate.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>

/* Freed at the test's end; NULL when memory is short. */
static sipcause_report *new_report(void)
{
    return keep_report(sipcause_report_new());
}

static const char confused[] = "sipcause: 1\nmap:\n  carrier:\n    503: Network Error\n    403: Busy\n";

START_TEST(severities_are_set)
{
    sipcause_report *report = new_report();
    NEED(report);
    NEED(sipcause_validate_bytes(confused, SIPCAUSE_TEXT, "a", report) == SIPCAUSE_OK);
    ck_assert_uint_eq(sipcause_report_count_of(report, SIPCAUSE_SEVERITY_WARNING), 2);
    ck_assert_int_eq(sipcause_report_severity(report, SIPCAUSE_RULE_STATUS_IN_CAUSE, SIPCAUSE_SEVERITY_ERROR), 0);
    NEED(sipcause_validate_bytes(confused, SIPCAUSE_TEXT, "b", report) == SIPCAUSE_OK);
    ck_assert_uint_eq(sipcause_report_count_of(report, SIPCAUSE_SEVERITY_ERROR), 2);
    ck_assert_int_eq(sipcause_report_severity(report, SIPCAUSE_RULE_STATUS_IN_CAUSE, SIPCAUSE_SEVERITY_OFF), 0);
    NEED(sipcause_validate_bytes(confused, SIPCAUSE_TEXT, "c", report) == SIPCAUSE_OK);
    ck_assert_uint_eq(sipcause_report_count(report), 4);
    ck_assert_str_eq(sipcause_report_at(report, 1)->file, "a");
    ck_assert_str_eq(sipcause_report_at(report, 2)->file, "b");
    ck_assert_ptr_null(sipcause_report_at(report, 4));
    sipcause_report_clear(report);
    ck_assert_uint_eq(sipcause_report_count(report), 0);
    ck_assert_uint_eq(sipcause_report_count_of(report, SIPCAUSE_SEVERITY_ERROR), 0);
    NEED(sipcause_validate_bytes(confused, SIPCAUSE_TEXT, "d", report) == SIPCAUSE_OK);
    ck_assert_uint_eq(sipcause_report_count(report), 0);
    ck_assert_int_eq(sipcause_report_severity(report, 39, SIPCAUSE_SEVERITY_OFF), SIPCAUSE_ERROR_UNKNOWN_CODE);
    ck_assert_int_eq(sipcause_report_severity(report, 1, 9), SIPCAUSE_ERROR_UNKNOWN_CODE);
}
END_TEST

/* A file says how much a rule matters, the report goes before it, and what stops loading is an error to both. */
START_TEST(a_file_says_how_much_a_rule_matters)
{
    static const char off[] = "sipcause: 1\nmap: {carrier: {503: Busy}}\ncheck: {status-in-cause: off}\n";
    static const char refused_all_the_same[] = "sipcause: 1\nmap: {q850: {503: Busy}}\ncheck: {status-in-cause: off}\n";
    sipcause_report *report = new_report();
    NEED(report);
    NEED(sipcause_validate_bytes(off, SIPCAUSE_TEXT, "off", report) == SIPCAUSE_OK);
    ck_assert_uint_eq(sipcause_report_count(report), 0);
    NEED(sipcause_validate_bytes(refused_all_the_same, SIPCAUSE_TEXT, "refused", report) == SIPCAUSE_OK);
    ck_assert_uint_eq(sipcause_report_count_of(report, SIPCAUSE_SEVERITY_ERROR), 1);
    ck_assert_int_eq(sipcause_report_severity(report, SIPCAUSE_RULE_STATUS_IN_CAUSE, SIPCAUSE_SEVERITY_NOTE), 0);
    NEED(sipcause_validate_bytes(off, SIPCAUSE_TEXT, "off", report) == SIPCAUSE_OK);
    ck_assert_uint_eq(sipcause_report_count_of(report, SIPCAUSE_SEVERITY_NOTE), 1);
}
END_TEST

/* The report goes before the release's table too, and leaves the findings of the release alone. */
START_TEST(a_report_goes_before_the_table_of_a_release)
{
    static const char off[] = "sipcause: 1\nmap: {carrier: {5: Busy}}\ncheck: {cause-quoted: off}\n";
    static const char message[] = "SIP/2.0 486 Busy Here\r\nCSeq: 1 INVITE\r\n"
                                  "Reason: Q.850;cause=\"17\";text=busy\r\n\r\n";
    sipcause_report *report = new_report();
    sipcause_table *table = keep_table(sipcause_load_bytes(off, SIPCAUSE_TEXT, "off", NULL));
    NEED(report && table);
    sipcause_release *release = keep_release(sipcause_release_new(table));
    NEED(release && sipcause_release_message(release, message, SIPCAUSE_TEXT) == SIPCAUSE_OK);
    NEED(sipcause_validate_release(release, report) == SIPCAUSE_OK);
    ck_assert_uint_eq(sipcause_report_count(report), 1);
    ck_assert_uint_eq(sipcause_report_at(report, 0)->rule, SIPCAUSE_RULE_TEXT_NOT_QUOTED);
    sipcause_report_clear(report);
    ck_assert_int_eq(sipcause_report_severity(report, SIPCAUSE_RULE_CAUSE_QUOTED, SIPCAUSE_SEVERITY_ERROR), 0);
    ck_assert_int_eq(sipcause_report_severity(report, SIPCAUSE_RULE_TEXT_NOT_QUOTED, SIPCAUSE_SEVERITY_OFF), 0);
    NEED(sipcause_validate_release(release, report) == SIPCAUSE_OK);
    ck_assert_uint_eq(sipcause_report_count(report), 1);
    ck_assert_uint_eq(sipcause_report_at(report, 0)->rule, SIPCAUSE_RULE_CAUSE_QUOTED);
    ck_assert_uint_eq(sipcause_report_at(report, 0)->severity, SIPCAUSE_SEVERITY_ERROR);
    ck_assert_ptr_null(sipcause_report_at(report, 0)->file);
    ck_assert_uint_eq(sipcause_finding_count(release), 1);
    ck_assert_uint_eq(sipcause_finding_at(release, 0)->rule, SIPCAUSE_RULE_TEXT_NOT_QUOTED);
}
END_TEST

/* More findings than are kept are counted. */
START_TEST(findings_have_an_end)
{
    enum { ROWS = SIPCAUSE_REPORT_MOST + 1000 };
    if (memory_run())
        return;
    char *text = malloc((size_t)ROWS * 16 + 64), *at = text;
    ck_assert_ptr_nonnull(text);
    at += sprintf(at, "sipcause: 1\nmap:\n  carrier:\n");
    for (int i = 0; i < ROWS; i++)
        at += sprintf(at, "    %d: X\n", i);
    sipcause_report *report = new_report();
    ck_assert_int_eq(sipcause_validate_bytes(text, SIPCAUSE_TEXT, NULL, report), SIPCAUSE_OK);
    free(text);
    ck_assert_uint_eq(sipcause_report_count(report), SIPCAUSE_REPORT_MOST);
    ck_assert_uint_eq(sipcause_report_count_of(report, SIPCAUSE_SEVERITY_ERROR), ROWS);
    ck_assert_str_eq(sipcause_report_at(report, 0)->file, "-");
}
END_TEST

START_TEST(a_file_that_is_not_there_is_found)
{
    sipcause_report *report = new_report();
    NEED(report);
    int result = sipcause_validate_file("tests/no/such.yaml", report);
    NEED(result != SIPCAUSE_ERROR_MEMORY);
    ck_assert_int_eq(result, SIPCAUSE_ERROR_FILE);
    ck_assert_uint_eq(sipcause_report_count(report), 1);
    ck_assert_uint_eq(sipcause_report_at(report, 0)->rule, SIPCAUSE_RULE_FILE);
}
END_TEST

START_TEST(misuse_is_refused)
{
    sipcause_report *report = new_report();
    NEED(report);
    ck_assert_int_eq(sipcause_validate_file(NULL, report), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_validate_file("x", NULL), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_validate_bytes(NULL, 5, "x", report), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_validate_bytes("x", 1, "x", NULL), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_validate_table(NULL, NULL), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_validate_release(NULL, report), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_report_severity(NULL, 1, 1), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_report_observe(NULL, NULL), SIPCAUSE_ERROR_MISUSE);
    ck_assert_uint_eq(sipcause_report_count(NULL), 0);
    ck_assert_ptr_null(sipcause_report_at(NULL, 0));
    ck_assert_uint_eq(sipcause_report_count_of(report, 99), 0);
    sipcause_report_clear(NULL);
    sipcause_report_free(NULL);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("report");
    add_test(suite, severities_are_set);
    add_test(suite, a_file_says_how_much_a_rule_matters);
    add_test(suite, a_report_goes_before_the_table_of_a_release);
    add_test(suite, findings_have_an_end);
    add_test(suite, a_file_that_is_not_there_is_found);
    add_test(suite, misuse_is_refused);
    return suite;
}
