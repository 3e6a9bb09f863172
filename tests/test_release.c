/*
 * The release as a workspace: reuse, limits, misuse, bytes that are no message. What calls mean is in
 * tests/calls (test_decide.c).
 *
 * SPDX-License-Identifier: MIT
 */
#include "harness.h"

#include <stdio.h>
#include <string.h>

static const char invite[] = "INVITE sip:b@example.net SIP/2.0\r\nFrom: <sip:a@example.com>;tag=a\r\n"
                             "To: <sip:b@example.net>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\r\n";
static const char blocked[] =
    "SIP/2.0 603 Network Blocked\r\nFrom: <sip:a@example.com>;tag=a\r\nTo: <sip:b@example.net>;tag=b\r\n"
    "Call-ID: 1\r\nCSeq: 1 INVITE\r\nX-Cause-Code: 699\r\nRetry-After: 5\r\n"
    "Reason: SIP;cause=603;text=\"v=analytics1;url=https://example.com/\\r;tel=+1\";location=TN, "
    "Q.850;cause=xx\r\n\r\n";

static const char rel[] = "\x0c\x02\x00\x02\x80\x95";

static bool message(sipcause_release *release, const char *text)
{
    return sipcause_release_message(release, text, strlen(text)) == SIPCAUSE_OK;
}

START_TEST(test_reused_release_allocates_nothing)
{
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    for (int round = 0; round < 3; round++) {
#ifdef SIPCAUSE_TEST_MEMORY
        long before = memory_requests();
#endif
        sipcause_release_reset(release);
        NEED(message(release, invite) && message(release, blocked));
        NEED(sipcause_release_body(release, "application/isup", SIPCAUSE_TEXT, rel, sizeof rel - 1) == SIPCAUSE_OK);
        const sipcause_verdict *verdict = sipcause_decide(release);
        NEED(verdict);
        ck_assert_str_eq(verdict->disposition, "Fraud / Security Block");
        ck_assert_str_eq(verdict->notice_url, "https://example.com/r");
        ck_assert_uint_eq(sipcause_finding_count(release), 1); /* bad-cause */
#ifdef SIPCAUSE_TEST_MEMORY
        if (round > 0)
            ck_assert_int_eq(memory_requests(), before);
#endif
    }
}
END_TEST

START_TEST(test_reset_forgets_the_call)
{
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    NEED(message(release, invite) && message(release, blocked));
    NEED(sipcause_decide(release));
    sipcause_release_reset(release);
    ck_assert_uint_eq(sipcause_finding_count(release), 0);
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_str_eq(verdict->disposition, "Unknown");
    ck_assert_uint_eq(verdict->status, 0);
    ck_assert_uint_eq(verdict->decided_by.space, SIPCAUSE_SPACE_NONE);
    ck_assert_ptr_null(verdict->notice_url);
    ck_assert_ptr_null(verdict->carrier_text);
    ck_assert_uint_eq(verdict->location, SIPCAUSE_LOCATION_NONE);
}
END_TEST

START_TEST(test_evidence_grows_and_is_decided_again)
{
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    NEED(sipcause_release_response(release, 480, "x", 1, NULL, 0, "b", 1, 1) == SIPCAUSE_OK);
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_str_eq(verdict->disposition, "Unreachable");
    NEED(sipcause_release_header(release, "REASON", 6, "Q.850;cause=17", SIPCAUSE_TEXT) == SIPCAUSE_OK);
    verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_str_eq(verdict->disposition, "Busy");
}
END_TEST

START_TEST(test_table_lives_as_long_as_its_release)
{
    sipcause_builder *builder = keep_builder(sipcause_builder_new(NULL));
    NEED(builder);
    NEED(sipcause_builder_map(builder, sipcause_status(486), &(sipcause_row){.disposition = "Rejected"}, NULL) ==
         SIPCAUSE_OK);
    sipcause_table *table = sipcause_builder_table(builder, NULL);
    NEED(table);
    sipcause_release *release = keep_release(sipcause_release_new(table));
    sipcause_table_unref(table); /* the release has its own reference */
    NEED(release);
    NEED(sipcause_release_response(release, 486, "x", 1, NULL, 0, NULL, 0, 1) == SIPCAUSE_OK);
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_str_eq(verdict->disposition, "Rejected");
    sipcause_release_table(release, NULL);
    NEED(sipcause_release_response(release, 486, "x", 1, NULL, 0, NULL, 0, 1) == SIPCAUSE_OK);
    verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_str_eq(verdict->disposition, "Busy");
}
END_TEST

START_TEST(test_too_much_evidence_is_said)
{
    static char value[40000];
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    memset(value, 'x', sizeof value);
    memcpy(value, "Q.850;cause=17;text=\"", 21);
    NEED(sipcause_release_response(release, 480, "x", 1, NULL, 0, NULL, 0, 1) == SIPCAUSE_OK);
    NEED(sipcause_release_header(release, "Reason", 6, value, sizeof value) == SIPCAUSE_OK);
    NEED(sipcause_release_header(release, "Reason", 6, value, sizeof value) == SIPCAUSE_OK);
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_str_eq(verdict->disposition, "Busy"); /* what is kept still counts */
    ck_assert_uint_ne(verdict->flags & SIPCAUSE_FLAG_TRUNCATED, 0);
    ck_assert_uint_eq(sipcause_finding_at(release, 0)->rule, SIPCAUSE_RULE_TEXT_UNTERMINATED);
}
END_TEST

/* Whatever comes before, there is room for what ends the call. */
START_TEST(test_what_comes_last_has_room)
{
    static char big[60000];
    char tag[16];
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    memset(big, 'x', sizeof big);
    NEED(message(release, invite));
    for (unsigned i = 0; i < 700; i++) {
        int length = snprintf(tag, sizeof tag, "t%u", i);
        NEED(sipcause_release_response(release, 183, "Session Progress", 16, NULL, 0, tag, (size_t)length, 1) ==
             SIPCAUSE_OK);
        NEED(sipcause_release_header(release, "Reason", 6, i ? "Q.850;cause=1" : big, i ? SIPCAUSE_TEXT : sizeof big) ==
             SIPCAUSE_OK);
    }
    for (unsigned i = 0; i < 700; i++) {
        int length = snprintf(tag, sizeof tag, "t%u", i);
        NEED(sipcause_release_response(release, 404, "Not Found", 9, NULL, 0, tag, (size_t)length, 1) == SIPCAUSE_OK);
    }
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_str_eq(verdict->disposition, "Invalid Number");
    ck_assert_uint_ne(verdict->flags & SIPCAUSE_FLAG_TRUNCATED, 0);
    sipcause_release_reset(release);
    NEED(message(release, invite));
    for (unsigned i = 0; i < 2000; i++) { /* the same response again and again is one */
        NEED(sipcause_release_response(release, 486, "Busy Here", 9, NULL, 0, "b", 1, 1) == SIPCAUSE_OK);
        NEED(sipcause_release_header(release, "Reason", 6, "Q.850;cause=17", SIPCAUSE_TEXT) == SIPCAUSE_OK);
    }
    verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_uint_eq(verdict->flags, 0);
    sipcause_release_reset(release);
    for (uint32_t i = 0; i < 5000; i++)
        NEED(sipcause_release_request(release, "BYE", 3, i ? SIPCAUSE_SIDE_CALLEE : SIPCAUSE_SIDE_CALLER, "b", 1,
                                      i + 2) == SIPCAUSE_OK);
    verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_uint_eq(verdict->flags, SIPCAUSE_FLAG_NO_CAUSE);
    ck_assert_uint_eq(verdict->released_by, SIPCAUSE_SIDE_CALLER);
}
END_TEST

START_TEST(test_length_up_to_the_nul)
{
    sipcause_message parts;
    sipcause_slice name, value;
    size_t position = 0;
    sipcause_isup isup;
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    ck_assert(sipcause_message_parse(blocked, SIPCAUSE_TEXT, &parts));
    ck_assert_uint_eq(parts.status, 603);
    ck_assert(sipcause_message_header(blocked, SIPCAUSE_TEXT, &position, &name, &value));
    NEED(sipcause_release_message(release, blocked, SIPCAUSE_TEXT) == SIPCAUSE_OK);
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_uint_eq(verdict->status, 603);
    ck_assert_int_eq(sipcause_isup_decode("\x80\x91", SIPCAUSE_TEXT, &isup), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_release_isup(release, "\x80\x91", SIPCAUSE_TEXT), SIPCAUSE_ERROR_MISUSE);
}
END_TEST

START_TEST(test_header_after_a_failed_open_goes_nowhere)
{
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    NEED(sipcause_release_response(release, 503, "x", 1, NULL, 0, NULL, 0, 1) == SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_release_request(release, "BYE", 3, 9, NULL, 0, 2), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_release_header(release, "Reason", 6, "Q.850;cause=1", SIPCAUSE_TEXT),
                     SIPCAUSE_ERROR_MISUSE);
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_uint_eq(verdict->q850, 0);
}
END_TEST

START_TEST(test_response_without_cseq)
{
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    NEED(message(release, "SIP/2.0 486 Busy Here\r\nCall-ID: 1\r\n\r\n"));
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_str_eq(verdict->disposition, "Busy");
    ck_assert_uint_eq(verdict->flags, SIPCAUSE_FLAG_MALFORMED_EVIDENCE);
    ck_assert_uint_eq(sipcause_finding_count(release), 1);
}
END_TEST

START_TEST(test_who_released)
{
    static const uint32_t sides[] = {SIPCAUSE_SIDE_CALLER, SIPCAUSE_SIDE_CALLEE, SIPCAUSE_SIDE_UNKNOWN};
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    for (size_t i = 0; i < 3; i++) {
        sipcause_release_reset(release);
        NEED(sipcause_release_response(release, 200, "OK", 2, NULL, 0, "b", 1, 1) == SIPCAUSE_OK);
        NEED(sipcause_release_request(release, "BYE", 3, sides[i], "b", 1, 2) == SIPCAUSE_OK);
        const sipcause_verdict *verdict = sipcause_decide(release);
        NEED(verdict);
        ck_assert_uint_eq(verdict->released_by, sides[i]);
    }
}
END_TEST

START_TEST(test_endless_provisional_responses)
{
    char tag[16];
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    NEED(message(release, invite));
    for (unsigned i = 0; i < 5000; i++) {
        int length = snprintf(tag, sizeof tag, "t%u", i);
        NEED(sipcause_release_response(release, 183, "Session Progress", 16, NULL, 0, tag, (size_t)length, 1) ==
             SIPCAUSE_OK);
    }
    NEED(sipcause_release_response(release, 486, "Busy Here", 9, NULL, 0, "t1", 2, 1) == SIPCAUSE_OK);
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_str_eq(verdict->disposition, "Busy");
    ck_assert_uint_eq(verdict->flags, 0); /* those that carry nothing take no room */
}
END_TEST

START_TEST(test_endless_findings)
{
    static char value[20001];
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    for (size_t i = 0; i + 1 < sizeof value; i += 4)
        memcpy(value + i, "SIP,", 4);
    value[sizeof value - 1] = 0;
    NEED(sipcause_release_response(release, 486, "x", 1, NULL, 0, NULL, 0, 1) == SIPCAUSE_OK);
    NEED(sipcause_release_header(release, "Reason", 6, value, SIPCAUSE_TEXT) == SIPCAUSE_OK);
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_uint_ne(verdict->flags & SIPCAUSE_FLAG_TRUNCATED, 0);
    ck_assert_uint_gt(sipcause_finding_count(release), 0);
    ck_assert_ptr_null(sipcause_finding_at(release, sipcause_finding_count(release)));
}
END_TEST

START_TEST(test_bytes_that_are_no_message)
{
    static const char *const texts[] = {"",
                                        "\r\n\r\n",
                                        "hello",
                                        "HTTP/1.1 200 OK\r\n\r\n",
                                        "SIP/2.0 99 No\r\n\r\n",
                                        "SIP/2.0 abc No\r\n\r\n",
                                        "GET / HTTP/1.0\r\n\r\n",
                                        "\x16\x03\x01"};
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(sipcause_release_message(release, texts[i], strlen(texts[i])) == SIPCAUSE_ERROR_VALUE, "%s",
                      texts[i]);
    NEED(message(release, "SIP/2.0 486 Busy Here\r\nCSeq: 1 INVITE")); /* cut, and still evidence */
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_str_eq(verdict->disposition, "Busy");
}
END_TEST

START_TEST(test_cut_in_the_middle_of_a_cause)
{
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    NEED(message(release, "SIP/2.0 480 x\r\nCSeq: 1 INVITE\r\nReason: Q.850;cause=1"));
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_uint_ne(verdict->flags & SIPCAUSE_FLAG_MALFORMED_EVIDENCE, 0);
    sipcause_release_reset(release);
    NEED(message(release, "SIP/2.0 480 x\r\nCSeq: 1 INVITE\r\nReason: Q.850;cause=1\r\n"));
    verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_uint_eq(verdict->flags, 0);
}
END_TEST

START_TEST(test_more_evidence_lines_than_honest_messages_have)
{
    char text[4096];
    size_t length = (size_t)snprintf(text, sizeof text, "SIP/2.0 480 x\r\nCSeq: 1 INVITE\r\n");
    for (int i = 0; i < 40; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "Reason: X-%d;cause=1\r\n", i);
    snprintf(text + length, sizeof text - length, "Reason: Q.850;cause=17\r\nTo: <sip:b>;tag=b\r\n\r\n");
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    NEED(message(release, text));
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_str_eq(verdict->disposition, "Busy"); /* the forty-first counts as the first does */
}
END_TEST

START_TEST(test_impossible_status)
{
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    ck_assert_int_eq(sipcause_release_response(release, 999, "x", 1, NULL, 0, NULL, 0, 1), SIPCAUSE_OK);
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_uint_ne(verdict->flags & SIPCAUSE_FLAG_MALFORMED_EVIDENCE, 0);
    ck_assert_uint_eq(verdict->status, 0);
}
END_TEST

START_TEST(test_misuse)
{
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    ck_assert_int_eq(sipcause_release_header(release, "Reason", 6, "x", 1), SIPCAUSE_ERROR_MISUSE); /* none is open */
    ck_assert_int_eq(sipcause_release_message(NULL, "x", 1), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_release_message(release, NULL, 1), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_release_request(release, NULL, 0, 0, NULL, 0, 0), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_release_request(release, "BYE", 3, 7, NULL, 0, 0), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_release_response(NULL, 486, NULL, 0, NULL, 0, NULL, 0, 0), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_release_isup(release, NULL, 3), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_release_local(release, 0), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_release_local(release, 99), SIPCAUSE_ERROR_MISUSE);
    sipcause_release_table(NULL, NULL);
}
END_TEST

START_TEST(test_headers_nobody_wants)
{
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    NEED(sipcause_release_response(release, 486, NULL, 0, "INVITE", SIPCAUSE_TEXT, NULL, 0, 0) == SIPCAUSE_OK);
    NEED(sipcause_release_header(release, "Contact", 7, "<sip:x>", SIPCAUSE_TEXT) == SIPCAUSE_OK);
    NEED(sipcause_release_header(release, "X-Cause-Code", SIPCAUSE_TEXT, NULL, 0) == SIPCAUSE_OK);
    NEED(sipcause_release_response(release, 503, NULL, 0, "OPTIONS", SIPCAUSE_TEXT, NULL, 0, 0) == SIPCAUSE_OK);
    NEED(sipcause_release_header(release, "Reason", 6, "Q.850;cause=17", SIPCAUSE_TEXT) == SIPCAUSE_OK);
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_uint_eq(verdict->status, 486); /* only responses to INVITE count */
    ck_assert_uint_eq(verdict->q850, 0);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("release");
    add_test(suite, test_reused_release_allocates_nothing);
    add_test(suite, test_reset_forgets_the_call);
    add_test(suite, test_evidence_grows_and_is_decided_again);
    add_test(suite, test_table_lives_as_long_as_its_release);
    add_test(suite, test_too_much_evidence_is_said);
    add_test(suite, test_what_comes_last_has_room);
    add_test(suite, test_length_up_to_the_nul);
    add_test(suite, test_header_after_a_failed_open_goes_nowhere);
    add_test(suite, test_response_without_cseq);
    add_test(suite, test_who_released);
    add_test(suite, test_endless_provisional_responses);
    add_test(suite, test_endless_findings);
    add_test(suite, test_bytes_that_are_no_message);
    add_test(suite, test_cut_in_the_middle_of_a_cause);
    add_test(suite, test_more_evidence_lines_than_honest_messages_have);
    add_test(suite, test_impossible_status);
    add_test(suite, test_misuse);
    add_test(suite, test_headers_nobody_wants);
    return suite;
}
