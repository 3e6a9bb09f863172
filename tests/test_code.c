/*
 * Codes as text, there and back.
 *
 * SPDX-License-Identifier: MIT
 */
#include "harness.h"

#include <string.h>

static const struct {
    const char *text;
    int result;
    uint16_t space;
    uint32_t value;
} codes[] = {
    {"sip:503", SIPCAUSE_OK, SIPCAUSE_SPACE_SIP, 503},
    {"SIP:503", SIPCAUSE_OK, SIPCAUSE_SPACE_SIP, 503},
    {"sip:busy-here", SIPCAUSE_OK, SIPCAUSE_SPACE_SIP, 486},
    {"q850:user-busy", SIPCAUSE_OK, SIPCAUSE_SPACE_Q850, 17},
    {"q850:127", SIPCAUSE_OK, SIPCAUSE_SPACE_Q850, 127},
    {"carrier:0", SIPCAUSE_OK, SIPCAUSE_SPACE_CARRIER, 0},
    {"carrier:4294967295", SIPCAUSE_OK, SIPCAUSE_SPACE_CARRIER, 4294967295u},
    {"freeswitch:607", SIPCAUSE_OK, SIPCAUSE_SPACE_FREESWITCH, 607},
    {"s1ap-nas:3", SIPCAUSE_OK, SIPCAUSE_SPACE_S1AP_NAS, 3},
    {"503", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {"", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {":503", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {"sipp:503", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {"token:1", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {"none:1", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {"sip:", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {"sip:no-such-name", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {"sip:34", SIPCAUSE_ERROR_CAUSE_IN_STATUS, 0, 0},
    {"q850:503", SIPCAUSE_ERROR_STATUS_IN_CAUSE, 0, 0},
    {"q850:0", SIPCAUSE_ERROR_CAUSE_ZERO, 0, 0},
    {"sip:0503", SIPCAUSE_ERROR_RANGE, 0, 0},
    {"sip:+503", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {"carrier:4294967296", SIPCAUSE_ERROR_RANGE, 0, 0},
    {"carrier:D35", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {"sip:not-acceptable", SIPCAUSE_ERROR_AMBIGUOUS, 0, 0},
};

START_TEST(test_code_text)
{
    sipcause_error error;
    sipcause_code code = {9, 9, 9};
    int result = sipcause_code_parse(NULL, codes[_i].text, SIPCAUSE_TEXT, &code, &error);
    ck_assert_int_eq(result, codes[_i].result);
    if (result == SIPCAUSE_OK) {
        ck_assert_uint_eq(code.space, codes[_i].space);
        ck_assert_uint_eq(code.value, codes[_i].value);
        ck_assert_uint_eq(code.reserved, 0);
        return;
    }
    ck_assert_uint_eq(code.value, 9); /* unchanged */
    ck_assert_int_eq(error.code, result);
    ck_assert_uint_ne(strlen(error.text), 0);
    ck_assert_uint_ge(error.column, 1);
    if (strcmp(codes[_i].text, "sip:not-acceptable") == 0)
        ck_assert(strstr(error.text, "406") && strstr(error.text, "606"));
    if (strcmp(codes[_i].text, "sipp:503") == 0)
        ck_assert(strstr(error.text, "did you mean sip?"));
}
END_TEST

START_TEST(test_code_format_is_cut_like_snprintf)
{
    char text[5] = "xxxx";
    ck_assert_uint_eq(sipcause_code_format(NULL, sipcause_status(503), text, sizeof text), 7);
    ck_assert_str_eq(text, "sip:");
    ck_assert_uint_eq(sipcause_code_format(NULL, sipcause_status(503), NULL, 0), 7);
    ck_assert_str_eq(sipcause_version(), "0.1.0");
    ck_assert_uint_eq(sipcause_version_number(), 100);
}
END_TEST

#define COUNT(array) (int)(sizeof(array) / sizeof *(array))

Suite *make_suite(void)
{
    Suite *suite = suite_create("code");
    add_loop_test(suite, test_code_text, COUNT(codes));
    add_test(suite, test_code_format_is_cut_like_snprintf);
    return suite;
}
