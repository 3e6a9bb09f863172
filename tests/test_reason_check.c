/*
 * test_reason_check.c - the strict reading of a Reason header: where it stops, and at what.
 *
 * SPDX-License-Identifier: MIT
 */
#include "harness.h"

#include <stdio.h>
#include <string.h>

START_TEST(where_it_stops)
{
    static const struct {
        const char *value;
        uint32_t column;
        const char *rule;
    } cases[] = {
        {"Q.850;cause=16;text=\"Normal call clearing\"", 0, NULL},
        {" SIP ;cause=200 ;text=\"a;b,c=\\\"d\" ,\r\n Q.850;cause=1;location=LN;x", 0, NULL},
        {"SIP;cause=603;text=\"v=analytics1;url=https://example.com\";location=LN", 0, NULL},
        {"Preemption;cause=1;location=U", 0, NULL}, /* location-ignored is a note */
        {"STIR;cause=436, STIR;cause=438", 0, NULL},
        {"", 1, "empty-value"},
        {"SIP,,Q.850", 5, "empty-value"},
        {"SIP;cause=486,", 15, "empty-value"},
        {"SIP;cause=486, ;cause=17", 16, "bad-protocol"},
        {"SIP;;cause=486", 5, "empty-parameter"},
        {"Q.850;cause=abc", 7, "bad-cause"},
        {"Q.850;cause", 7, "bad-cause"},
        {"Q.850;cause=4294967296", 7, "bad-cause"},
        {"Q.850;cause=\"16\"", 14, "cause-quoted"},
        {"Q.850;cause=16;location=LN;cause=17", 28, "duplicate-cause"},
        {"Q.850;cause=16;text=Normal", 21, "text-not-quoted"},
        {"Q.850;cause=16;text=\"Normal", 21, "text-unterminated"},
        {"Q.850;cause=16;text=\"a\002b\"", 23, "control-character"},
        {"Q.850 cause=16", 7, "stray-character"},
        {"SIP;cause=486, Q.850;cause=0", 22, "cause-zero"},
        {"SIP;cause=486, Q.850;cause=200", 22, "q850-cause-is-status"},
        {"SIP;cause=486, SIP;cause=487", 16, "duplicate-protocol"},
        {"Q.850;cause=16;location=XX;;", 16, "unknown-location"},
        {"Q.850;cause=16;;location=XX", 16, "empty-parameter"},
        {"Q.850;cause=0 x", 7, "cause-zero"},
        {"Q.85;cause=16", 1, "unknown-protocol"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sipcause_error error;
        char bracketed[64];
        int result = sipcause_reason_check(cases[i].value, SIPCAUSE_TEXT, &error);
        ck_assert_msg(result == (cases[i].rule ? SIPCAUSE_ERROR_VALUE : SIPCAUSE_OK), "%s: %s", cases[i].value,
                      error.text);
        ck_assert_int_eq(sipcause_reason_check(cases[i].value, SIPCAUSE_TEXT, NULL), result);
        ck_assert_int_eq(error.code, result);
        if (!cases[i].rule)
            continue;
        snprintf(bracketed, sizeof bracketed, "[%s]", cases[i].rule);
        ck_assert_msg(strstr(error.text, bracketed) != NULL, "%s: %s", cases[i].value, error.text);
        ck_assert_msg(error.column == cases[i].column && error.line == 1 && error.offset == cases[i].column - 1,
                      "%s: column %u: %s", cases[i].value, (unsigned)error.column, error.text);
    }
    ck_assert_int_eq(sipcause_reason_check(NULL, 0, NULL), SIPCAUSE_ERROR_MISUSE);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("reason_check");
    add_test(suite, where_it_stops);
    return suite;
}
