/* SPDX-License-Identifier: MIT */
#include "harness.h"
#include "notice.h"

#include <stdio.h>
#include <string.h>

static notice_parts parsed(const char *text)
{
    notice_parts parts;
    notice_parse(text, strlen(text), &parts);
    return parts;
}

static bool is(sipcause_slice slice, const char *wanted)
{
    return wanted ? text_same_exactly(slice.text, slice.length, wanted) : slice.text == NULL;
}

START_TEST(attributes)
{
    static const struct {
        const char *text, *url, *tel, *email, *id;
        bool begins, further, contact;
    } cases[] = {
        {"v=analytics1;url=https://example.com;id=12345", "https://example.com", NULL, NULL, "12345", true, true, true},
        {"v=analytics1;id=a_b-9;email=a@b.example;tel=+12155550112", NULL, "+12155550112", "a@b.example", "a_b-9", true,
         true, true},
        {"V=Analytics1;URL=https://example.com", "https://example.com", NULL, NULL, NULL, true, true, true},
        {"v=analytics1; url = https://a.example ; tel=+1", "https://a.example", "+1", NULL, NULL, true, true, true},
        {"v=analytics1;url=https://a.example?x=1;url=https://b.example", "https://a.example?x=1", NULL, NULL, NULL,
         true, true, true},
        {"v=analytics1;url=http://a.example", "http://a.example", NULL, NULL, NULL, true, true, false},
        {"v=analytics1;other=1", NULL, NULL, NULL, NULL, true, true, false},
        {"v=analytics1;url=", "", NULL, NULL, NULL, true, true, false},
        {"v=analytics1;", NULL, NULL, NULL, NULL, true, false, false},
        {"v=analytics1;;;", NULL, NULL, NULL, NULL, true, false, false},
        {"v=analytics1;word;=x", NULL, NULL, NULL, NULL, true, false, false},
        {"v=analytics1", NULL, NULL, NULL, NULL, false, false, false},
        {"v=analytics12;url=https://a.example", NULL, NULL, NULL, NULL, false, false, false},
        {"url=https://a.example;v=analytics1;", NULL, NULL, NULL, NULL, false, false, false},
        {" v=analytics1;url=https://a.example", NULL, NULL, NULL, NULL, false, false, false},
        {"Call Rejected", NULL, NULL, NULL, NULL, false, false, false},
        {"", NULL, NULL, NULL, NULL, false, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text = cases[i].text;
        notice_parts parts = parsed(text);
        ck_assert_msg(is(parts.values[NOTICE_URL], cases[i].url) && is(parts.values[NOTICE_TEL], cases[i].tel) &&
                          is(parts.values[NOTICE_EMAIL], cases[i].email) && is(parts.values[NOTICE_ID], cases[i].id),
                      "%s", text);
        ck_assert_msg((notice_start_of(text, strlen(text)) == NOTICE_STARTS) == cases[i].begins &&
                          parts.further == cases[i].further && parts.contact == cases[i].contact,
                      "%s", text);
    }
    notice_parts parts;
    notice_parse(NULL, 0, &parts);
    ck_assert(!parts.further);
}
END_TEST

START_TEST(starts)
{
    static const char *const nearly[] = {"v=analytics1",         "v=analytics2;url=https://a.example",
                                         " v=analytics1;tel=+1", "v = analytics1;tel=+1",
                                         "v=analytics1 ;tel=+1", "V=Analytics",
                                         "v=analytics10;tel=+1", NULL};
    static const char *const otherwise[] = {"",
                                            " ",
                                            "v",
                                            "v=",
                                            "v=1;url=https://a.example",
                                            "video=analytics1;",
                                            "Call rejected",
                                            "url=https://a.example;v=analytics1;",
                                            "vv=analytics1;",
                                            NULL};
    for (const char *const *text = nearly; *text; text++)
        ck_assert_msg(notice_start_of(*text, strlen(*text)) == NOTICE_STARTS_NEARLY, "%s", *text);
    for (const char *const *text = otherwise; *text; text++)
        ck_assert_msg(notice_start_of(*text, strlen(*text)) == NOTICE_STARTS_OTHERWISE, "%s", *text);
}
END_TEST

static void check_all(enum notice_name name, const char *const *texts, bool wanted)
{
    for (; *texts; texts++)
        ck_assert_msg(!notice_fault(name, *texts, strlen(*texts)) == wanted, "%s", *texts);
}

START_TEST(contacts)
{
    static const char *const urls[] = {"https://example.com",    "HTTPS://a/",         "https://a.example:8443/x?y=1#z",
                                       "https://[2001:db8::1]/", "https://user@host/", NULL};
    static const char *const no_urls[] = {"",
                                          "https://",
                                          "https:///x",
                                          "https://?x",
                                          "https://#",
                                          "https://:443",
                                          "https://user@",
                                          "http://a.example",
                                          "sip:a@b",
                                          "https://a b",
                                          "https://a;b",
                                          "https://a\"b",
                                          "https://a\\b",
                                          "https://a\x7f",
                                          "https://a\nb",
                                          "https://\xc3\xa9",
                                          NULL};
    static const char *const tels[] = {"+1", "+123456789012345", NULL};
    static const char *const no_tels[] = {"", "+", "12", "+1234567890123456", "+1-800", "+1 8", "++1", NULL};
    static const char *const emails[] = {"a@b", "a.b+c@d.example", NULL};
    static const char *const no_emails[] = {"",      "a",       "@b", "a@",         "a@b@c", "a b@c",
                                            "a;b@c", "\"a\"@b", "@",  "mailto:a@b", NULL};
    static const char *const ids[] = {"a", "A-z_0", "1234567890123456789012345678901234567890123456789012345678901234",
                                      NULL};
    static const char *const no_ids[] = {
        "", "a.b", "a b", "a;b", "\xc3\xa9", "12345678901234567890123456789012345678901234567890123456789012345", NULL};
    check_all(NOTICE_URL, urls, true);
    check_all(NOTICE_URL, no_urls, false);
    check_all(NOTICE_TEL, tels, true);
    check_all(NOTICE_TEL, no_tels, false);
    check_all(NOTICE_EMAIL, emails, true);
    check_all(NOTICE_EMAIL, no_emails, false);
    check_all(NOTICE_ID, ids, true);
    check_all(NOTICE_ID, no_ids, false);
    ck_assert(notice_fault(NOTICE_URL, "https://a\0b", 11)); /* a NUL is no character of them */
    ck_assert(notice_fault(NOTICE_URL, "https://\0", 9));
    ck_assert(notice_fault(NOTICE_EMAIL, "a@\0", 3));
}
END_TEST

/* ---- composing --------------------------------------------------------------------------------------- */

static uint32_t random_state;

static uint32_t any(uint32_t below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

/* Appends up to `most` characters, at least one. */
static void append(char *text, const char *of, uint32_t most)
{
    size_t length = strlen(text), characters = strlen(of);
    for (uint32_t count = 1 + any(most); count; count--)
        text[length++] = of[any((uint32_t)characters)];
    text[length] = 0;
}

/* A contact that a 603+ answer may carry, with all that its attributes may hold. */
typedef struct contact {
    sipcause_notice notice;
    char url[1100], tel[20], email[300], id[80];
} contact;

static void make_contact(contact *made)
{
    static const uint8_t locations[] = {0,
                                        SIPCAUSE_LOCATION_NONE,
                                        SIPCAUSE_LOCATION_LPN,
                                        SIPCAUSE_LOCATION_LN,
                                        SIPCAUSE_LOCATION_TN,
                                        SIPCAUSE_LOCATION_RLN,
                                        SIPCAUSE_LOCATION_RPN};
    static const char names[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    static const char others[] = "!#$%&'()*+,-./0:=?A[]^_`a{|}~";
    uint32_t which = 1 + any(7);
    memset(made, 0, sizeof *made);
    strcpy(made->url, any(2) ? "https://" : "HTTPS://");
    append(made->url, names, 30);
    strcat(made->url, "/");
    append(made->url, any(2) ? others : names, 980);
    strcpy(made->tel, "+");
    append(made->tel, "0123456789", 15);
    append(made->email, others, 60);
    strcat(made->email, "@");
    append(made->email, names, 190);
    append(made->id, names, 64);
    made->notice.url = which & 1 ? made->url : NULL;
    made->notice.tel = which & 2 ? made->tel : NULL;
    made->notice.email = which & 4 ? made->email : NULL;
    made->notice.id = any(2) ? made->id : NULL;
    made->notice.location = locations[any(sizeof locations)];
}

static bool same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* What is composed is a whole 603+ to the library itself, without any finding. */
START_TEST(composed_and_read)
{
    static contact made;
    char reason[2048], message[4096];
    sipcause_response response;
    random_state = (uint32_t)_i;
    make_contact(&made);
    ck_assert_int_eq(sipcause_notice_response(&made.notice, reason, sizeof reason, &response, NULL), SIPCAUSE_OK);
    ck_assert_uint_eq(response.status, 603);
    snprintf(message, sizeof message,
             "SIP/2.0 %u %s\r\nFrom: <sip:a@a>;tag=1\r\nTo: <sip:b@b>;tag=2\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n"
             "Reason: %s\r\n\r\n",
             (unsigned)response.status, response.phrase, response.reason);
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    NEED(sipcause_release_message(release, message, strlen(message)) == SIPCAUSE_OK);
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_uint_eq(verdict->has_notice, 1);
    ck_assert_uint_eq(verdict->block, SIPCAUSE_BLOCK_NETWORK);
    ck_assert_msg(same(verdict->notice_url, made.notice.url) && same(verdict->notice_tel, made.notice.tel) &&
                      same(verdict->notice_email, made.notice.email) && same(verdict->notice_id, made.notice.id),
                  "%s", reason);
    ck_assert_uint_eq(verdict->notice_location, made.notice.location ? made.notice.location : SIPCAUSE_LOCATION_NONE);
    ck_assert_msg(sipcause_finding_count(release) == 0, "%s", reason);
}
END_TEST

START_TEST(composing_without_room)
{
    char reason[64], text[] = "SIP;cause=603;text=\"v=analytics1;tel=+1\"";
    const sipcause_notice notice = {.tel = "+1"}, bad = {.tel = "1"};
    const sipcause_response none = {.status = 0};
    sipcause_response response;
    sipcause_error error;
    ck_assert_int_eq(sipcause_notice_response(&notice, reason, sizeof text, &response, &error), SIPCAUSE_OK);
    ck_assert_str_eq(response.reason, text);
    ck_assert_str_eq(response.phrase, "Network Blocked");
    ck_assert_int_eq(sipcause_notice_response(&notice, reason, sizeof text - 1, &response, &error),
                     SIPCAUSE_ERROR_SPACE);
    ck_assert_mem_eq(&response, &none, sizeof none);
    ck_assert_int_eq(error.code, SIPCAUSE_ERROR_SPACE);
    ck_assert_int_eq(sipcause_notice_response(&notice, reason, 0, &response, NULL), SIPCAUSE_ERROR_SPACE);
    ck_assert_int_eq(sipcause_notice_response(&bad, reason, sizeof reason, &response, NULL), SIPCAUSE_ERROR_NOTICE);
    ck_assert_mem_eq(&response, &none, sizeof none);
    ck_assert_int_eq(sipcause_notice_response(NULL, reason, sizeof reason, &response, NULL), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_notice_response(&notice, NULL, 0, &response, NULL), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_notice_response(&notice, reason, sizeof reason, NULL, &error), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(error.code, SIPCAUSE_ERROR_MISUSE);
}
END_TEST

/* ---- folded lines -------------------------------------------------------------------------------------- */

#define FOLDED "Q.850;cause=21;\r\n text=\"v=analytics1;\r\n\turl=https://a.example;tel=+1\";\r\n location=TN"
#define CARDS  "<https://a.example/x>\r\n\t;purpose=icon,\r\n <https://a.example/y>\r\n ;purpose\r\n =\r\n jwscard"

/* Decides on a response with that one header, as a whole message or in parts; NULL: memory is short. */
static const sipcause_verdict *answered_by(sipcause_release *release, bool whole, const char *line, const char *name,
                                           const char *value)
{
    char message[1024];
    snprintf(message, sizeof message,
             "SIP/2.0 %s\r\nFrom: <sip:a@a>;tag=1\r\nTo: <sip:b@b>;tag=2\r\nCSeq: 1 INVITE\r\n%s: %s\r\n\r\n", line,
             name, value);
    int result = whole ? sipcause_release_message(release, message, strlen(message))
                       : sipcause_release_response(release, 600u + (uint32_t)(line[2] - '0'), line + 4, SIPCAUSE_TEXT,
                                                   NULL, 0, NULL, 0, 1);
    if (result == SIPCAUSE_OK && !whole)
        result = sipcause_release_header(release, name, SIPCAUSE_TEXT, value, SIPCAUSE_TEXT);
    return result == SIPCAUSE_OK ? sipcause_decide(release) : NULL;
}

START_TEST(folded)
{
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    const sipcause_verdict *verdict = answered_by(release, _i, "603 Network Blocked", "Reason", FOLDED);
    NEED(verdict);
    ck_assert_uint_eq(verdict->has_notice, 1);
    ck_assert_str_eq(verdict->notice_url, "https://a.example");
    ck_assert_uint_eq(verdict->notice_location, SIPCAUSE_LOCATION_TN);
    ck_assert_uint_eq(sipcause_finding_count(release), 1);
    ck_assert_str_eq(sipcause_finding_at(release, 0)->message,
                     "the attribute \" url=https://a.example\" of the 603+ answer has blanks around its name or value: "
                     "they do not count");
    sipcause_release_reset(release);
    verdict = answered_by(release, _i, "608 Rejected", "call-INFO", CARDS);
    NEED(verdict);
    ck_assert_str_eq(verdict->jwscard, "https://a.example/y");
    ck_assert_uint_eq(verdict->flags, SIPCAUSE_FLAG_JWSCARD_UNVERIFIED);
    sipcause_release_reset(release);
    verdict = answered_by(release, _i, "608 Rejected", "Call-Info", "<https://a.example/\r\n y>;purpose=jwscard");
    NEED(verdict);
    ck_assert_ptr_null(verdict->jwscard); /* a URI has no blank in it */
    ck_assert_uint_eq(sipcause_finding_at(release, 0)->rule, SIPCAUSE_RULE_JWSCARD_MISSING);
}
END_TEST

/* What was sent is quoted so that a terminal has nothing to obey, and cut. */
START_TEST(sentences_are_safe)
{
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    const sipcause_verdict *verdict = answered_by(release, _i, "603 Network Blocked", "Reason",
                                                  "SIP;cause=603;text=\"v=analytics1;\x1b[2Jx\xff=\x7f\"");
    NEED(verdict);
    for (size_t i = 0; i < sipcause_finding_count(release); i++)
        for (const char *at = sipcause_finding_at(release, i)->message; *at; at++)
            ck_assert_msg(*at >= ' ' && *at < 0x7f, "%s", sipcause_finding_at(release, i)->message);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("notice");
    add_test(suite, attributes);
    add_test(suite, starts);
    add_test(suite, contacts);
    add_loop_test(suite, composed_and_read, memory_run() ? 2 : 400);
    add_test(suite, composing_without_room);
    add_loop_test(suite, folded, 2);
    add_loop_test(suite, sentences_are_safe, 2);
    return suite;
}
