/* SPDX-License-Identifier: MIT */
#include "harness.h"

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
        notice_parts parts = parsed(cases[i].text);
        ck_assert_msg(is(parts.url, cases[i].url) && is(parts.tel, cases[i].tel) && is(parts.email, cases[i].email) &&
                          is(parts.id, cases[i].id),
                      "%s", cases[i].text);
        ck_assert_msg(parts.begins == cases[i].begins && parts.further == cases[i].further &&
                          parts.contact == cases[i].contact,
                      "%s", cases[i].text);
    }
    notice_parts parts;
    notice_parse(NULL, 0, &parts);
    ck_assert(!parts.begins);
}
END_TEST

typedef bool valid(const char *text, size_t length);

static void check_all(valid *check, const char *const *texts, bool wanted)
{
    for (; *texts; texts++)
        ck_assert_msg(check(*texts, strlen(*texts)) == wanted, "%s", *texts);
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
    static const char *const no_emails[] = {"", "a", "@b", "a@", "a@b@c", "a b@c", "a;b@c", "\"a\"@b", "@", NULL};
    static const char *const ids[] = {"a", "A-z_0", "1234567890123456789012345678901234567890123456789012345678901234",
                                      NULL};
    static const char *const no_ids[] = {
        "", "a.b", "a b", "a;b", "\xc3\xa9", "12345678901234567890123456789012345678901234567890123456789012345", NULL};
    check_all(notice_url_valid, urls, true);
    check_all(notice_url_valid, no_urls, false);
    check_all(notice_tel_valid, tels, true);
    check_all(notice_tel_valid, no_tels, false);
    check_all(notice_email_valid, emails, true);
    check_all(notice_email_valid, no_emails, false);
    check_all(notice_id_valid, ids, true);
    check_all(notice_id_valid, no_ids, false);
    ck_assert(!notice_url_valid("https://a\0b", 11)); /* a NUL is no character of them */
    ck_assert(!notice_url_valid("https://\0", 9));
    ck_assert(!notice_email_valid("a@\0", 3));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("notice");
    add_test(suite, attributes);
    add_test(suite, contacts);
    return suite;
}
