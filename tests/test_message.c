/* SPDX-License-Identifier: MIT */
#include "harness.h"
#include "message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sipcause_message parsed(const char *bytes)
{
    sipcause_message message;
    ck_assert_msg(sipcause_message_parse(bytes, strlen(bytes), &message), "%s", bytes);
    return message;
}

static void check_slice(sipcause_slice slice, const char *wanted)
{
    ck_assert_msg(text_same_exactly(slice.text, slice.length, wanted), "%.*s, not %s", (int)slice.length,
                  slice.text ? slice.text : "", wanted);
}

/* RFC 8606 section 5, with a body. */
static const char not_found[] = "SIP/2.0 404 Not Found\r\n"
                                "Via: SIP/2.0/TCP proxy.example.com:5060;branch=z9hG4bKx5st\r\n"
                                "Via: SIP/2.0/TCP 192.0.2.3:5060;branch=z9hG4bK4321\r\n"
                                "From: Alice <sips:alice@atlanta.example.com>;tag=1234567\r\n"
                                "To: Bob <sips:bob@biloxi.example.com>;tag=765432\r\n"
                                "Call-ID: 12345600@atlanta.example.com\r\n"
                                "CSeq: 1 INVITE\r\n"
                                "Reason: Q.850;cause=1;text=\"Unallocated (unassigned) number\";\r\n"
                                "     location=LN\r\n"
                                "Content-Type: application/ISUP;version=itu-t92+\r\n"
                                "Content-Length: 14\r\n"
                                "\r\n"
                                "Reason: body\r\n";

START_TEST(response)
{
    sipcause_message message = parsed(not_found);
    ck_assert_uint_eq(message.status, 404);
    check_slice(message.method, "");
    check_slice(message.phrase, "Not Found");
    check_slice(message.branch, "z9hG4bKx5st");
    check_slice(message.from_tag, "1234567");
    check_slice(message.to_tag, "765432");
    check_slice(message.call_id, "12345600@atlanta.example.com");
    check_slice(message.cseq_method, "INVITE");
    check_slice(message.content_type, "application/ISUP;version=itu-t92+");
    ck_assert_uint_eq(message.cseq, 1);
    ck_assert_uint_eq(message.has_content_length, 1);
    ck_assert_uint_eq(message.content_length, 14);
    ck_assert_uint_eq(message.complete, 1);
    ck_assert_uint_eq(message.header_length, strlen(not_found) - 14);
}
END_TEST

START_TEST(request_compact_and_odd)
{
    sipcause_message message =
        parsed("\r\n\n\r\nBYE sip:a@b;x=1 sip/2.0\n"
               "v : SIP/2.0/UDP [2001:db8::1];received=\"a,b;branch=no\" ; BRANCH = z9 , SIP/2.0/UDP b;branch=z8\n"
               "V: SIP/2.0/UDP c;branch=z7\n"
               "F:\"A ;tag=1 \\\" <x>\" <sip:a@b;tag=2>;x;tag=3\r\n"
               "t: sip:b@c;tag=4\n"
               "I:\r\n one\r\n"
               "CSEQ:\t0007\r\n\tBYE\r\n"
               "l: 0\r\n"
               "c:\n");
    ck_assert_uint_eq(message.status, 0);
    check_slice(message.method, "BYE");
    check_slice(message.branch, "z9");
    check_slice(message.from_tag, "3");
    check_slice(message.to_tag, "4");
    check_slice(message.call_id, "one");
    check_slice(message.cseq_method, "BYE");
    ck_assert_uint_eq(message.cseq, 7);
    ck_assert_uint_eq(message.has_content_length, 1);
    ck_assert_uint_eq(message.complete, 0);
}
END_TEST

START_TEST(start_lines)
{
    static const struct {
        const char *line;
        unsigned status;
        const char *method, *phrase;
    } good[] = {
        {"SIP/2.0 200 OK\r\n", 200, "", "OK"},
        {"SIP/2.0 603 Network Blocked", 603, "", "Network Blocked"},
        {"sip/2.0 486\r\n", 486, "", ""},
        {"SIP/2.0 486 \r\n", 486, "", ""},
        {"SIP/2.0  486  Busy  Here  \n", 486, "", "Busy  Here"},
        {"INVITE sip:a@b SIP/2.0\r\n", 0, "INVITE", ""},
        {"X-y.z tel:+1 SIP/2.0", 0, "X-y.z", ""},
        {"ACK   sip:a@b   SIP/2.0  \r\n", 0, "ACK", ""},
    };
    static const char *const bad[] = {
        "",
        "\r\n\r\n",
        "SIP/2.0",
        "SIP/2.0\r\n",
        "SIP/2.0 ",
        "SIP/2.0 20",
        "SIP/2.0 2x0 OK",
        "SIP/2.0 2000 OK",
        "SIP/2.0 099 X",
        "SIP/2.0200 OK",
        "SIP/3.0 200 OK",
        "HTTP/1.1 200 OK\r\n",
        "INVITE sip:a@b\r\n",
        "INVITE SIP/2.0\r\n",
        "INVITE  SIP/2.0\r\n",
        "INVITE sip:a@b HTTP/1.1",
        " INVITE",
        "sip:a@b SIP/2.0",
        "Via: SIP/2.0/UDP a SIP/2.0",
        "IN\x01VITE sip:a SIP/2.0",
        "\n: x SIP/2.0",
        "GET / HTTP/1.1\r\n",
    };
    sipcause_message message;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        message = parsed(good[i].line);
        ck_assert_uint_eq(message.status, good[i].status);
        check_slice(message.method, good[i].method);
        check_slice(message.phrase, good[i].phrase);
        ck_assert_uint_eq(message.header_length, strlen(good[i].line));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!sipcause_message_parse(bad[i], strlen(bad[i]), &message), "%s", bad[i]);
    ck_assert(!sipcause_message_parse(NULL, 0, &message));
}
END_TEST

START_TEST(what_is_missing_or_twice)
{
    sipcause_message message =
        parsed("SIP/2.0 200 OK\r\nTo: <sip:a;tag=1>\r\nTo: <sip:a>;tag=2\r\nVia: x\r\n"
               "Via: y;branch=2\r\nCall-ID: 1\r\nCall-ID: 2\r\nCSeq: x\r\nCSeq: 2 BYE\r\n"
               "From: <sip:a>;tag\r\nContent-Length: 5x\r\nTotal: 3\r\nFromage: x;tag=1\r\n\r\n");
    check_slice(message.to_tag, "");
    check_slice(message.branch, "");
    check_slice(message.from_tag, "");
    check_slice(message.call_id, "1");
    ck_assert_uint_eq(message.cseq, 0);
    ck_assert_uint_eq(message.has_content_length, 0);
    message = parsed("SIP/2.0 200 OK\r\nCSeq: 2147483648 INVITE\r\nContent-Length: 18446744073709551615\r\n");
    ck_assert_uint_eq(message.cseq, 0);
    check_slice(message.cseq_method, "INVITE");
    ck_assert(message.content_length == UINT64_MAX);
    message = parsed("SIP/2.0 200 OK\r\nContent-Length: 18446744073709551616\r\n");
    ck_assert_uint_eq(message.has_content_length, 0);
}
END_TEST

START_TEST(walk)
{
    static const char bytes[] = "SIP/2.0 200 OK\r\n Z: the start line goes on\r\nA: 1\r\nno colon here\r\n"
                                ": no name\r\nB  :\t 2\r\n \tand 3 \r\nC:\nD: x:y\r\n\r\nE: body\r\n";
    static const char *const wanted[][2] = {{"A", "1"}, {"B", "2\r\n \tand 3"}, {"C", ""}, {"D", "x:y"}};
    size_t position = 0;
    sipcause_slice name, value;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        ck_assert(sipcause_message_header(bytes, sizeof bytes - 1, &position, &name, &value));
        check_slice(name, wanted[i][0]);
        check_slice(value, wanted[i][1]);
    }
    ck_assert(!sipcause_message_header(bytes, sizeof bytes - 1, &position, &name, &value));
    ck_assert(!sipcause_message_header(bytes, sizeof bytes - 1, &position, &name, &value));
    position = 0;
    ck_assert(!sipcause_message_header(NULL, 0, &position, &name, &value));
    ck_assert(!sipcause_message_header("SIP/2.0 200 OK", 14, &position, &name, &value));
}
END_TEST

/* Every prefix of a message is read without a byte beyond it (the sanitizers look), and no prefix tells
 * anything but the beginning of what the whole tells. */
START_TEST(cut_anywhere)
{
    size_t whole = sizeof not_found - 1;
    for (size_t length = 0; length < whole; length++) {
        char *copy = malloc(length + 1); /* the heap's own guard is what a cut message must not reach */
        ck_assert_ptr_nonnull(copy);
        memcpy(copy, not_found, length);
        sipcause_message message;
        sipcause_slice name, value;
        size_t position = 0;
        if (sipcause_message_parse(copy, length, &message)) {
            ck_assert_uint_eq(message.status, 404);
            ck_assert_uint_le(message.header_length, length);
        }
        while (sipcause_message_header(copy, length, &position, &name, &value))
            ck_assert_uint_le(position, length);
        free(copy);
    }
}
END_TEST

START_TEST(known_headers)
{
    static const struct {
        const char *name;
        enum known_header header;
    } cases[] = {
        {"Call-ID", HEADER_CALL_ID},
        {"i", HEADER_CALL_ID},
        {"I", HEADER_CALL_ID},
        {"CSeq", HEADER_CSEQ},
        {"from", HEADER_FROM},
        {"F", HEADER_FROM},
        {"TO", HEADER_TO},
        {"t", HEADER_TO},
        {"Via", HEADER_VIA},
        {"v", HEADER_VIA},
        {"Content-Length", HEADER_CONTENT_LENGTH},
        {"l", HEADER_CONTENT_LENGTH},
        {"content-type", HEADER_CONTENT_TYPE},
        {"c", HEADER_CONTENT_TYPE},
        {"REASON", HEADER_REASON},
        {"Retry-After", HEADER_RETRY_AFTER},
        {"Warning", HEADER_WARNING},
        {"", HEADER_OTHER},
        {"r", HEADER_OTHER},
        {"Reasons", HEADER_OTHER},
        {"Reaso", HEADER_OTHER},
        {"Contact", HEADER_OTHER},
        {"m", HEADER_OTHER},
        {"Refer-To", HEADER_OTHER},
        {"X-Cause-Code", HEADER_OTHER},
        {"w", HEADER_OTHER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char bytes[64];
        sipcause_slice value = {NULL, 0};
        ck_assert_msg(message_known_header(cases[i].name, SIPCAUSE_TEXT) == cases[i].header, "%s", cases[i].name);
        sipcause_slice line = {bytes, (size_t)snprintf(bytes, sizeof bytes, "%s \t: value \r", cases[i].name)};
        ck_assert_msg(message_line_header(line, &value) == cases[i].header, "%s", bytes);
        if (cases[i].header != HEADER_OTHER)
            check_slice(value, "value");
    }
}
END_TEST

START_TEST(header_code)
{
    static const struct {
        const char *value, *parameter;
        bool uri_parameter;
        const char *code; /* NULL: absent */
    } cases[] = {
        {"601", NULL, false, "601"},
        {"  \"601\" ", NULL, false, "601"},
        {" 'D10' (busy)", NULL, false, "D10"},
        {"VENDOR_403;x=1", NULL, false, "VENDOR_403"},
        {"0601", NULL, false, "0601"},
        {"", NULL, false, ""},
        {" \"\" ", NULL, false, ""},
        {";601", NULL, false, ""},
        {"<sip:a@b>;cause=601", "cause", false, "601"},
        {"<sip:a@b>;x=\"cause=1;cause=2\";Cause = \"601\"", "cause", false, "601"},
        {"\"a;cause=1\" <sip:a@b;cause=2>;cause=601", "cause", false, "601"},
        {"\"a;cause=1\" <sip:a@b;cause=2>;cause=601", "cause", true, "2"},
        {"<sip:a@b;cause=404>", "cause", false, NULL},
        {"<sip:a@b;cause=404>", "cause", true, "404"},
        {"<sip:a@b;x;cause=404;user=phone>", "cause", true, "404"},
        {"sip:a@b;cause=601", "cause", false, "601"},
        {"tel:+1;x=1;cause=601,tel:+2", "cause", false, "601"},
        {"<sip:a@b>;x=1, <tel:+1>;cause=601", "cause", false, "601"},
        {"<sip:a@b>;causes=1;xcause=2;cause=D35 ;y", "cause", false, "D35"},
        {"<sip:a@b>;cause=", "cause", false, ""},
        {"<sip:a@b>;cause", "cause", false, ""},
        {"<sip:a@b>;cause;x=1", "cause", false, ""},
        {"<sip:a@b>;x=1", "cause", false, NULL},
        {"cause=601; text=x", "cause", false, "601"},
        {"cause", "cause", false, NULL},
        {"", "cause", false, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sipcause_slice value = {cases[i].value, strlen(cases[i].value)}, code = {NULL, 0};
        bool found = message_header_code(value, cases[i].parameter, cases[i].uri_parameter, &code);
        ck_assert_msg(found == (cases[i].code != NULL), "%s", cases[i].value);
        if (found)
            check_slice(code, cases[i].code);
    }
    sipcause_slice absent = {NULL, 0}, code;
    ck_assert(!message_header_code(absent, NULL, false, &code));
    ck_assert(!message_header_code(absent, "cause", false, &code));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("message");
    add_test(suite, response);
    add_test(suite, request_compact_and_odd);
    add_test(suite, start_lines);
    add_test(suite, what_is_missing_or_twice);
    add_test(suite, walk);
    add_test(suite, cut_anywhere);
    add_test(suite, known_headers);
    add_test(suite, header_code);
    return suite;
}
