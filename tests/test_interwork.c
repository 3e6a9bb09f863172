/*
 * Interworking beyond the tables' rows (tests/test_builtin_calls.c has those): the Reason that is written, 603+
 * answers, what is refused, round trips.
 *
 * SPDX-License-Identifier: MIT
 */
#include "harness.h"

#include <string.h>

static const struct {
    const char *profile;
    uint8_t cause, location, diagnostic_length;
    uint16_t status;
    const char *phrase, *reason;
} to_sip[] = {
    {"default", 21, SIPCAUSE_LOCATION_TN, 0, 603, "Decline", "Q.850;cause=21;text=\"Call rejected\";location=TN"},
    {"default", 21, SIPCAUSE_LOCATION_U, 0, 603, "Decline", "Q.850;cause=21;text=\"Call rejected\";location=U"},
    {"rfc3398", 21, SIPCAUSE_LOCATION_TN, 0, 403, "Forbidden", "Q.850;cause=21;text=\"Call rejected\";location=TN"},
    {"rfc3398", 21, SIPCAUSE_LOCATION_U, 0, 603, "Decline", "Q.850;cause=21;text=\"Call rejected\";location=U"},
    {"fcc-2026", 21, SIPCAUSE_LOCATION_TN, 0, 403, "Forbidden", "Q.850;cause=21;text=\"Call rejected\";location=TN"},
    {"fcc-2026", 21, SIPCAUSE_LOCATION_U, 0, 603, "Decline", "Q.850;cause=21;text=\"Call rejected\";location=U"},
    {"rfc3398", 22, SIPCAUSE_LOCATION_LN, 0, 410, "Gone", "Q.850;cause=22;text=\"Number changed\";location=LN"},
    {"rfc3398", 22, SIPCAUSE_LOCATION_LN, 4, 301, "Moved Permanently",
     "Q.850;cause=22;text=\"Number changed\";location=LN"},
    {"default", 33, SIPCAUSE_LOCATION_BI, 0, 500, "Server Internal Error", "Q.850;cause=33;location=BI"},
    {"default", 44, SIPCAUSE_LOCATION_LN, 0, 0, NULL, NULL},
    {"default", 16, SIPCAUSE_LOCATION_U, 0, 0, NULL, NULL},
    {"blocking", 21, SIPCAUSE_LOCATION_RLN, 0, 603, "Decline", "Q.850;cause=21;text=\"Call rejected\";location=RLN"},
};

static void check_text(const char *is, const char *wanted)
{
    if (wanted)
        ck_assert_str_eq(is, wanted);
    else
        ck_assert_ptr_null(is);
}

START_TEST(test_to_sip)
{
    char buffer[2048];
    sipcause_response response;
    sipcause_isup isup = {
        .cause = to_sip[_i].cause, .location = to_sip[_i].location, .diagnostic_length = to_sip[_i].diagnostic_length};
    const sipcause_table *table = sipcause_builtin(to_sip[_i].profile);
    ck_assert_int_eq(sipcause_to_sip(table, &isup, NULL, buffer, sizeof buffer, &response), SIPCAUSE_OK);
    ck_assert_uint_eq(response.status, to_sip[_i].status);
    check_text(response.phrase, to_sip[_i].phrase);
    check_text(response.reason, to_sip[_i].reason);
    ck_assert_int_eq(sipcause_to_sip(table, &isup, NULL, NULL, 0, &response), SIPCAUSE_OK);
    ck_assert_uint_eq(response.status, to_sip[_i].status);
    ck_assert_ptr_null(response.reason);
}
END_TEST

START_TEST(test_no_rule_and_no_fallback)
{
    char buffer[64];
    sipcause_response response;
    sipcause_isup isup = {.cause = 17, .location = 0};
    const sipcause_table *blocking = sipcause_builtin("blocking");
    ck_assert_int_eq(sipcause_to_sip(blocking, &isup, NULL, buffer, sizeof buffer, &response),
                     SIPCAUSE_ERROR_UNKNOWN_CODE);
    sipcause_release *release = keep_release(sipcause_release_new(blocking));
    NEED(release);
    NEED(sipcause_release_response(release, 486, "x", 1, NULL, 0, NULL, 0, 1) == SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_to_isup(release, &isup), SIPCAUSE_ERROR_UNKNOWN_CODE);
    ck_assert_uint_eq(isup.cause, 0);
}
END_TEST

START_TEST(test_to_sip_of_another_coding)
{
    char buffer[256];
    sipcause_response response;
    sipcause_isup isup = {.cause = 17, .location = 0, .coding = 2};
    ck_assert_int_eq(sipcause_to_sip(NULL, &isup, NULL, buffer, sizeof buffer, &response), SIPCAUSE_OK);
    ck_assert_uint_eq(response.status, 500); /* the profile's fallback: 17 means something else there */
    ck_assert_ptr_null(response.reason);
}
END_TEST

START_TEST(test_to_sip_refuses)
{
    char buffer[64];
    sipcause_response response;
    sipcause_isup good = {.cause = 17, .location = 0}, zero = {.cause = 0}, high = {.cause = 128},
                  nowhere = {.cause = 17, .location = 16}, foreign = {.cause = 17, .coding = 4};
    ck_assert_int_eq(sipcause_to_sip(NULL, &foreign, NULL, buffer, sizeof buffer, &response), SIPCAUSE_ERROR_RANGE);
    ck_assert_int_eq(sipcause_to_sip(NULL, &zero, NULL, buffer, sizeof buffer, &response), SIPCAUSE_ERROR_RANGE);
    ck_assert_int_eq(sipcause_to_sip(NULL, &high, NULL, buffer, sizeof buffer, &response), SIPCAUSE_ERROR_RANGE);
    ck_assert_int_eq(sipcause_to_sip(NULL, &nowhere, NULL, buffer, sizeof buffer, &response), SIPCAUSE_ERROR_RANGE);
    ck_assert_int_eq(sipcause_to_sip(NULL, &good, NULL, buffer, 8, &response), SIPCAUSE_ERROR_SPACE);
    ck_assert_int_eq(sipcause_to_sip(NULL, NULL, NULL, buffer, 8, &response), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_to_sip(NULL, &good, NULL, NULL, 8, &response), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_to_isup(NULL, &good), SIPCAUSE_ERROR_MISUSE);
}
END_TEST

START_TEST(test_603plus_answer)
{
    char buffer[2048];
    sipcause_response response;
    sipcause_isup user = {.cause = 21, .location = SIPCAUSE_LOCATION_U},
                  transit = {.cause = 21, .location = SIPCAUSE_LOCATION_TN};
    sipcause_notice redress = {.url = "https://example.com/redress",
                               .tel = "+12155550100",
                               .email = "a@example.com",
                               .id = "12-a_B",
                               .location = SIPCAUSE_LOCATION_TN};
    const sipcause_table *fcc = sipcause_builtin("fcc-2026");
    ck_assert_int_eq(sipcause_to_sip(fcc, &user, &redress, buffer, sizeof buffer, &response), SIPCAUSE_OK);
    ck_assert_uint_eq(response.status, 603);
    ck_assert_str_eq(response.phrase, "Network Blocked");
    ck_assert_str_eq(response.reason, "Q.850;cause=21;text=\"v=analytics1;url=https://example.com/redress;"
                                      "tel=+12155550100;email=a@example.com;id=12-a_B\";location=TN");
    /* what was written is read back as a whole notice */
    sipcause_release *release = keep_release(sipcause_release_new(fcc));
    NEED(release);
    NEED(sipcause_release_response(release, response.status, response.phrase, SIPCAUSE_TEXT, NULL, 0, NULL, 0, 0) ==
         SIPCAUSE_OK);
    NEED(sipcause_release_header(release, "Reason", 6, response.reason, SIPCAUSE_TEXT) == SIPCAUSE_OK);
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_uint_eq(verdict->block, SIPCAUSE_BLOCK_NETWORK);
    ck_assert_str_eq(verdict->notice_url, redress.url);
    ck_assert_str_eq(verdict->notice_id, redress.id);
    ck_assert_uint_eq(sipcause_finding_count(release), 0);
    /* another location, another profile: no notice */
    ck_assert_int_eq(sipcause_to_sip(fcc, &transit, &redress, buffer, sizeof buffer, &response), SIPCAUSE_OK);
    ck_assert_uint_eq(response.status, 403);
    ck_assert_int_eq(sipcause_to_sip(NULL, &user, &redress, buffer, sizeof buffer, &response), SIPCAUSE_OK);
    ck_assert_str_eq(response.phrase, "Decline");
}
END_TEST

START_TEST(test_603plus_answer_of_the_longest_kind)
{
    char buffer[2048], url[1025], email[255], id[65];
    sipcause_response response;
    sipcause_isup user = {.cause = 21, .location = SIPCAUSE_LOCATION_U};
    memset(url, 'u', sizeof url);
    memcpy(url, "https://", 8);
    memset(email, 'e', sizeof email);
    email[100] = '@';
    memset(id, '9', sizeof id);
    url[sizeof url - 1] = email[sizeof email - 1] = id[sizeof id - 1] = 0;
    sipcause_notice redress = {
        .url = url, .tel = "+123456789012345", .email = email, .id = id, .location = SIPCAUSE_LOCATION_RLN};
    ck_assert_int_eq(sipcause_to_sip(sipcause_builtin("fcc-2026"), &user, &redress, buffer, sizeof buffer, &response),
                     SIPCAUSE_OK);
    ck_assert(strstr(response.reason, ";location=RLN"));
}
END_TEST

static const sipcause_notice forbidden[] = {
    {.id = "1"},                              /* no contact */
    {.url = "http://example.com"},            /* not https */
    {.url = "https://"},                      /* no host */
    {.url = "https://example.com/a\";x=\"b"}, /* would end the text */
    {.url = "https://example.com/a;tel=+1"},  /* would be two attributes */
    {.url = "https://example.com/a b"},
    {.url = "https://example.com/\\"},
    {.url = "https://example.com/\xc3\xa9"},
    {.url = ""},
    {.url = "https://example.com/\r\nX: y"},
    {.tel = "12155550100"},
    {.tel = "+1-215-555-0100"},
    {.tel = "+1234567890123456"},
    {.email = "example.com"},
    {.email = "a@b@c"},
    {.url = "https://example.com", .id = "a b"},
    {.url = "https://example.com", .id = "0123456789012345678901234567890123456789012345678901234567890123x"},
    {.url = "https://example.com", .location = SIPCAUSE_LOCATION_BI},
    {.url = "https://example.com", .location = 99},
};

/* Whatever cause a rule answers with redress, the answer is what the library itself knows for a 603+. */
static const sipcause_isup redressed[] = {
    {.cause = 21}, {.cause = 34, .location = SIPCAUSE_LOCATION_TN}, {.cause = 3, .coding = SIPCAUSE_CODING_NATIONAL}};

START_TEST(test_603plus_answer_comes_back)
{
    char buffer[2048];
    sipcause_response response;
    const sipcause_notice contact = {.tel = "+18005550100"};
    const sipcause_translation answer = {.to = 603, .redress = 1}, busy = {.to = 486, .redress = 1};
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    int result = sipcause_builder_to_sip(builder, 34, &busy, 1, 0, 0, NULL);
    NEED(result != SIPCAUSE_ERROR_MEMORY);
    ck_assert_int_eq(result, SIPCAUSE_ERROR_RANGE);
    for (uint32_t from = 0; from <= 127; from++)
        NEED(sipcause_builder_to_sip(builder, from, &answer, 1, 0, 0, NULL) == SIPCAUSE_OK);
    sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
    NEED(table);
    ck_assert_int_eq(sipcause_to_sip(table, &redressed[_i], &contact, buffer, sizeof buffer, &response), SIPCAUSE_OK);
    sipcause_release *release = keep_release(sipcause_release_new(table));
    NEED(release);
    NEED(sipcause_release_response(release, response.status, response.phrase, SIPCAUSE_TEXT, NULL, 0, NULL, 0, 0) ==
         SIPCAUSE_OK);
    NEED(sipcause_release_header(release, "Reason", 6, response.reason, SIPCAUSE_TEXT) == SIPCAUSE_OK);
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_uint_eq(verdict->has_notice, 1);
    ck_assert_str_eq(verdict->notice_tel, "+18005550100");
}
END_TEST

START_TEST(test_603plus_refuses)
{
    char buffer[2048];
    sipcause_response response;
    sipcause_isup user = {.cause = 21, .location = SIPCAUSE_LOCATION_U};
    ck_assert_int_eq(
        sipcause_to_sip(sipcause_builtin("fcc-2026"), &user, &forbidden[_i], buffer, sizeof buffer, &response),
        SIPCAUSE_ERROR_NOTICE);
    sipcause_error error;
    ck_assert_int_eq(sipcause_notice_check(&forbidden[_i], &error), SIPCAUSE_ERROR_NOTICE);
    ck_assert_uint_ne(strlen(error.text), 0);
    sipcause_error composing;
    ck_assert_int_eq(sipcause_notice_response(&forbidden[_i], buffer, sizeof buffer, &response, &composing),
                     SIPCAUSE_ERROR_NOTICE);
    ck_assert_str_eq(composing.text, error.text);
    /* where no notice is made the contact is not looked at: a typing error must not stop every call */
    ck_assert_int_eq(sipcause_to_sip(NULL, &user, &forbidden[_i], buffer, sizeof buffer, &response), SIPCAUSE_OK);
}
END_TEST

START_TEST(test_notice_check)
{
    const sipcause_notice good = {.tel = "+1", .location = SIPCAUSE_LOCATION_NONE};
    ck_assert_int_eq(sipcause_notice_check(&good, NULL), SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_notice_check(NULL, NULL), SIPCAUSE_ERROR_MISUSE);
}
END_TEST

START_TEST(test_to_isup_has_nothing_to_translate)
{
    sipcause_isup isup;
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    ck_assert_int_eq(sipcause_to_isup(release, &isup), SIPCAUSE_ERROR_MISSING);
    NEED(sipcause_release_request(release, "INVITE", 6, SIPCAUSE_SIDE_CALLER, NULL, 0, 1) == SIPCAUSE_OK);
    NEED(sipcause_release_response(release, 180, "Ringing", 7, NULL, 0, NULL, 0, 1) == SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_to_isup(release, &isup), SIPCAUSE_ERROR_MISSING);
}
END_TEST

START_TEST(test_to_isup_copies_the_rel)
{
    static const unsigned char rel[] = {0x04, 0x80, 0x96, 0x03, 0x12}; /* octet 1a, cause 22, diagnostics */
    sipcause_isup isup;
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    NEED(sipcause_release_response(release, 410, "Gone", 4, NULL, 0, NULL, 0, 1) == SIPCAUSE_OK);
    NEED(sipcause_release_isup(release, rel, sizeof rel) == SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_to_isup(release, &isup), SIPCAUSE_OK);
    ck_assert_uint_eq(isup.cause, 22);
    ck_assert_uint_eq(isup.location, SIPCAUSE_LOCATION_RLN);
    ck_assert_uint_eq(isup.diagnostic_length, 2);
    unsigned char octets[16];
    ck_assert_int_eq(sipcause_isup_encode(&isup, octets, sizeof octets), (int)sizeof rel);
    ck_assert_mem_eq(octets, rel, sizeof rel);
}
END_TEST

#define COUNT(array) (int)(sizeof(array) / sizeof *(array))

Suite *make_suite(void)
{
    Suite *suite = suite_create("interwork");
    add_loop_test(suite, test_to_sip, COUNT(to_sip));
    add_test(suite, test_no_rule_and_no_fallback);
    add_test(suite, test_to_sip_of_another_coding);
    add_test(suite, test_to_sip_refuses);
    add_test(suite, test_603plus_answer);
    add_test(suite, test_603plus_answer_of_the_longest_kind);
    add_loop_test(suite, test_603plus_answer_comes_back, 3);
    add_loop_test(suite, test_603plus_refuses, COUNT(forbidden));
    add_test(suite, test_notice_check);
    add_test(suite, test_to_isup_has_nothing_to_translate);
    add_test(suite, test_to_isup_copies_the_rel);
    return suite;
}
