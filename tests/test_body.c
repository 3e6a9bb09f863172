/*
 * The REL in a body: what MIME allows, what it does not, and what hostile senders make of it. What such bodies mean
 * for a call is in tests/calls/body-* (test_decide.c), what the octets of a REL may be in test_isup.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "harness.h"
#include "release.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where a text says @, this REL stands; where it says %, one that is cut. */
static const char rel[] = "\x0c\x02\x00\x02\x84\x91", cut_rel[] = "\x0c\x02\x00\x02\x84";
enum { REL_CAUSE = 17, REL_LENGTH = sizeof rel - 1, CUT = -1 };

static size_t write_octets(const char *text, char *to)
{
    const char *begin = to;
    for (; *text; text++) {
        bool whole = *text == '@';
        if (!whole && *text != '%') {
            *to++ = *text;
            continue;
        }
        memcpy(to, whole ? rel : cut_rel, whole ? REL_LENGTH : sizeof cut_rel - 1);
        to += whole ? REL_LENGTH : sizeof cut_rel - 1;
    }
    return (size_t)(to - begin);
}

/* A release in which a final response is open. */
static sipcause_release *opened(void)
{
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    if (release && sipcause_release_response(release, 500, "x", 1, NULL, 0, NULL, 0, 1) != SIPCAUSE_OK)
        return NULL;
    return release;
}

/* What the verdict has of a REL: its cause, CUT, or 0; -2: memory is short. */
static int found(sipcause_release *release)
{
    const sipcause_verdict *verdict = sipcause_decide(release);
    if (!verdict)
        return -2;
    if (verdict->q850 == 0 && (verdict->flags & SIPCAUSE_FLAG_MALFORMED_EVIDENCE))
        return CUT;
    return verdict->q850;
}

/* The bytes are given from the heap, so that the sanitizers see the first one beyond them. */
static int found_in(sipcause_release *release, const char *type, const char *bytes, size_t length)
{
    char *copy = malloc(length ? length : 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, length);
    sipcause_release_reset(release);
    int result = sipcause_release_response(release, 500, "x", 1, NULL, 0, NULL, 0, 1);
    if (result == SIPCAUSE_OK)
        result = sipcause_release_body(release, type, SIPCAUSE_TEXT, copy, length);
    free(copy);
    return result == SIPCAUSE_OK ? found(release) : -2;
}

START_TEST(test_types)
{
    static const struct {
        const char *type;
        int found;
    } cases[] = {
        {"application/isup", REL_CAUSE},
        {"APPLICATION/ISUP;version=ansi00", REL_CAUSE},
        {" application/ISUP ; version=itu-t92+ ; base=itu-t92+", REL_CAUSE},
        {"application \t/\r\n ISUP", REL_CAUSE},
        {"application/isup;", REL_CAUSE},
        {"application/isup;version=\"", REL_CAUSE},
        {"application/isups", 0},
        {"application/isu", 0},
        {"application/isup x", 0},
        {"application/isup, application/sdp", 0},
        {"application", 0},
        {"application/", 0},
        {"/isup", 0},
        {"isup", 0},
        {"", 0},
        {"  ", 0},
        {"application/sdp;x=application/isup", 0},
        {"multipart", 0},
        {"multipart/;boundary=b", 0},
        {"multipart/mixed", 0},
    };
    sipcause_release *release = opened();
    NEED(release);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int is = found_in(release, cases[i].type, rel, REL_LENGTH);
        NEED(is != -2);
        ck_assert_msg(is == cases[i].found, "%s: %d", cases[i].type, is);
    }
}
END_TEST

#define ISUP                  "Content-Type: application/isup\r\n\r\n"
#define SEVENTY               "0123456789012345678901234567890123456789012345678901234567890123456789"
#define OPEN(boundary, inner) "--" boundary "\r\nContent-Type: multipart/mixed;boundary=" inner "\r\n\r\n"
#define MIXED                 "multipart/mixed;boundary=b"

static const struct {
    const char *what, *type, *body;
    int found;
} parts[] = {
    {"one part", MIXED, "--b\r\n" ISUP "@\r\n--b--\r\n", REL_CAUSE},
    {"line ends of LF", MIXED, "--b\nContent-Type: application/isup\n\n@\n--b--\n", REL_CAUSE},
    {"no last delimiter", MIXED, "--b\r\n" ISUP "@", REL_CAUSE},
    {"no first delimiter", MIXED, ISUP "@\r\n--b--\r\n", 0},
    {"a preamble", MIXED, "This is MIME.\r\n\r\n" ISUP "%\r\n--b\r\n" ISUP "@\r\n--b--", REL_CAUSE},
    {"an epilogue", MIXED, "--b--\r\n--b\r\n" ISUP "@\r\n--b--", 0},
    {"blanks behind the delimiter", MIXED, "--b \t \r\n" ISUP "@\r\n--b-- \r\n", REL_CAUSE},
    {"cut before the delimiter", MIXED, "--b\r\n" ISUP "%\r\n--b--\r\n", CUT},
    {"cut by the end", MIXED, "--b\r\n" ISUP "%", CUT},
    {"an empty part", MIXED, "--b\r\n" ISUP "\r\n--b--", 0},
    {"a delimiter in place of the body", MIXED, "--b\r\n" ISUP "--b--", 0},
    {"headers without an end", MIXED, "--b\r\nContent-Type: application/isup\r\n@\r\n--b--", 0},
    {"no headers", MIXED, "--b\r\n\r\n@\r\n--b--", 0},
    {"nothing", MIXED, "", 0},
    {"a delimiter alone", MIXED, "--b", 0},
    {"half a delimiter", MIXED, "--", 0},
    {"compact and folded", MIXED, "--b\r\nC :\r\n application/isup\r\n ;x=y\r\n\r\n@\r\n--b--", REL_CAUSE},
    {"two types", MIXED, "--b\r\nContent-Type: text/plain\r\n" ISUP "@\r\n--b--", 0},
    {"8bit", MIXED, "--b\r\nContent-Transfer-Encoding: 8BIT\r\n" ISUP "@\r\n--b--", REL_CAUSE},
    {"identity", MIXED, "--b\r\ncontent-encoding: Identity\r\n" ISUP "@\r\n--b--", REL_CAUSE},
    {"quoted-printable", MIXED, "--b\r\nContent-Transfer-Encoding: quoted-printable\r\n" ISUP "@\r\n--b--", 0},
    {"compressed", MIXED, "--b\r\ne: gzip\r\n" ISUP "@\r\n--b--", 0},
    {"the boundary within octets", MIXED, "--b\r\n" ISUP "@--b--\r\n --b\r\n-b\r\n--b--", REL_CAUSE},
    {"a longer boundary", MIXED, "--bb\r\n" ISUP "@\r\n--b\r\n" ISUP "%\r\n--b--\r\n", CUT},
    {"the boundary in another case", MIXED, "--B\r\n" ISUP "@\r\n--B--", 0},
    {"a boundary in quotes", "multipart/x; boundary = \"a b;c\"", "--a b;c\r\n" ISUP "@\r\n--a b;c--", REL_CAUSE},
    {"its name in capitals", "Multipart/Mixed ;x=\";boundary=n\";BOUNDARY=b", "--b\r\n" ISUP "@", REL_CAUSE},
    {"no boundary", "multipart/mixed", "--\r\n" ISUP "@\r\n----", 0},
    {"an empty boundary", "multipart/mixed;boundary=", "--\r\n" ISUP "@\r\n----", 0},
    {"an empty one in quotes", "multipart/mixed;boundary=\"\"", "--\r\n" ISUP "@\r\n----", 0},
    {"a lone quote", "multipart/mixed;boundary=\"", "--\r\n" ISUP "@\r\n----", 0},
    {"a quote without an end", "multipart/mixed;boundary=\"b", "--b\r\n" ISUP "@\r\n--b--", REL_CAUSE},
    {"70 characters", "multipart/mixed;boundary=" SEVENTY, "--" SEVENTY "\r\n" ISUP "@", REL_CAUSE},
    {"71 characters", "multipart/mixed;boundary=" SEVENTY "x", "--" SEVENTY "x\r\n" ISUP "@", 0},
    {"four levels", MIXED, OPEN("b", "c") OPEN("c", "d") OPEN("d", "e") "--e\r\n" ISUP "@\r\n--e--", REL_CAUSE},
    {"five levels", MIXED, OPEN("b", "c") OPEN("c", "d") OPEN("d", "e") OPEN("e", "f") "--f\r\n" ISUP "@", 0},
    {"behind five levels", MIXED,
     OPEN("b", "c") OPEN("c", "d") OPEN("d", "e") OPEN("e", "f") "--f\r\n\r\n--f--\r\n--e--\r\n--d\r\n" ISUP "@",
     REL_CAUSE},
    {"an inner end that is missing", MIXED, OPEN("b", "c") "--c\r\n\r\nx\r\n--b\r\n" ISUP "@\r\n--b--", REL_CAUSE},
    {"all ends at once", MIXED, OPEN("b", "c") "--c\r\n\r\nx\r\n--b--\r\n--c\r\n" ISUP "@", 0},
    {"two levels of one boundary", MIXED, OPEN("b", "b") "--b\r\n" ISUP "@\r\n--b--\r\n--b--", REL_CAUSE},
    {"an outer boundary that begins the inner", MIXED, OPEN("b", "bc") "--bc\r\n" ISUP "@\r\n--bc--\r\n--b--",
     REL_CAUSE},
    {"an inner multipart without boundary", MIXED,
     "--b\r\nContent-Type: multipart/mixed\r\n\r\n--b\r\n" ISUP "@\r\n--b--", REL_CAUSE},
};
enum { PARTS = sizeof parts / sizeof *parts };

START_TEST(test_parts)
{
    char bytes[2048];
    size_t length = write_octets(parts[_i].body, bytes);
    sipcause_release *release = opened();
    NEED(release);
    int is = found_in(release, parts[_i].type, bytes, length);
    NEED(is != -2);
    ck_assert_msg(is == parts[_i].found, "%s: %d", parts[_i].what, is);
    if (memory_run())
        return;
    for (size_t cut = 0; cut < length; cut++) { /* the sanitizers look */
        is = found_in(release, parts[_i].type, bytes, cut);
        ck_assert_int_ge(is, CUT);
    }
}
END_TEST

/* ---- whole messages ---------------------------------------------------------------------------------- */

#define FINAL    "SIP/2.0 500 x\r\nCSeq: 1 INVITE\r\n"
#define ISUP_ALL "Content-Type: application/isup\r\n"

static const struct {
    const char *what, *message;
    int found;
} messages[] = {
    {"no Content-Length", FINAL ISUP_ALL "\r\n@", REL_CAUSE},
    {"one of 6", FINAL ISUP_ALL "Content-Length: 6\r\n\r\n@", REL_CAUSE},
    {"the first of two", FINAL ISUP_ALL "l: 0\r\nContent-Length: 6\r\n\r\n@", 0},
    {"one that is no number", FINAL ISUP_ALL "Content-Length: 5x\r\n\r\n@", REL_CAUSE},
    {"one that is huge", FINAL ISUP_ALL "Content-Length: 18446744073709551615\r\n\r\n@", REL_CAUSE},
    {"one that is beyond all", FINAL ISUP_ALL "Content-Length: 99999999999999999999\r\n\r\n@", REL_CAUSE},
    {"LF alone", "SIP/2.0 500 x\nCSeq: 1 INVITE\nc: application/isup\n\n@", REL_CAUSE},
    {"no empty line", FINAL ISUP_ALL "@", 0},
    {"compressed", FINAL ISUP_ALL "Content-Encoding: gzip\r\n\r\n@", 0},
    {"a transfer encoding", FINAL ISUP_ALL "Content-Transfer-Encoding: base64\r\n\r\n@", 0},
    {"an encoding that leaves it", FINAL ISUP_ALL "Content-Transfer-Encoding: binary\r\ne: \r\n\r\n@", REL_CAUSE},
    {"cut", FINAL ISUP_ALL "Content-Length: 6\r\n\r\n%", CUT},
    {"a Reason in the body is none", FINAL ISUP_ALL "\r\nReason: Q.850;cause=1\r\n", 0},
    {"parts", FINAL "Content-Type: " MIXED "\r\n\r\n--b\r\n" ISUP "@\r\n--b--\r\n", REL_CAUSE},
    {"parts, with a length", FINAL "Content-Length: 45\r\nc:" MIXED "\r\n\r\n--b\r\n" ISUP "@\r\n--b--\r\n", REL_CAUSE},
    {"parts, a length that cuts", FINAL "Content-Length: 44\r\nc:" MIXED "\r\n\r\n--b\r\n" ISUP "@\r\n--b--\r\n", CUT},
    {"another method", "SIP/2.0 500 x\r\nCSeq: 1 OPTIONS\r\n" ISUP_ALL "\r\n@", 0},
    {"a BYE", "BYE sip:a SIP/2.0\r\nCSeq: 2 BYE\r\n" ISUP_ALL "\r\n@", REL_CAUSE},
    {"a CANCEL", "CANCEL sip:a SIP/2.0\r\nCSeq: 1 CANCEL\r\n" ISUP_ALL "\r\n@", REL_CAUSE},
    {"an INFO", "INFO sip:a SIP/2.0\r\nCSeq: 1 INFO\r\n" ISUP_ALL "\r\n@", 0},
    {"an INVITE", "INVITE sip:a SIP/2.0\r\nCSeq: 1 INVITE\r\n" ISUP_ALL "\r\n@", 0},
};

START_TEST(test_messages)
{
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
        char bytes[1024];
        size_t length = write_octets(messages[i].message, bytes);
        sipcause_release *release = keep_release(sipcause_release_new(NULL));
        NEED(release);
        int result = sipcause_release_message(release, bytes, length);
        NEED(result != SIPCAUSE_ERROR_MEMORY);
        ck_assert_int_eq(result, SIPCAUSE_OK);
        int is = found(release);
        NEED(is != -2);
        ck_assert_msg(is == messages[i].found, "%s: %d", messages[i].what, is);
    }
}
END_TEST

/* Cut anywhere, a message tells of its REL, or that it was cut, or nothing. */
START_TEST(test_message_cut_anywhere)
{
    char bytes[1024];
    size_t length =
        write_octets(FINAL "Content-Type: " MIXED "\r\n\r\n" OPEN("b", "c") "--c\r\n" ISUP "@\r\n--c--", bytes);
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    for (size_t cut = memory_run() ? length : 20; cut <= length; cut++) {
        char *copy = malloc(cut);
        ck_assert_ptr_nonnull(copy);
        memcpy(copy, bytes, cut);
        sipcause_release_reset(release);
        int result = sipcause_release_message(release, copy, cut);
        free(copy);
        NEED(result == SIPCAUSE_OK);
        int is = found(release);
        NEED(is != -2);
        ck_assert_msg(is == REL_CAUSE || is == CUT || is == 0, "cut at %zu: %d", cut, is);
        ck_assert_msg((is == REL_CAUSE) == (cut >= length - 7), "cut at %zu: %d", cut, is);
    }
}
END_TEST

/* ---- hostile ones ------------------------------------------------------------------------------------ */

/* Bodies of megabytes made of one piece over and over: work that grew with the square of them would take hours. */
static const struct {
    const char *what, *type, *piece;
} endless[] = {
    {"delimiters", MIXED, "--b\r\n"},
    {"almost delimiters", "multipart/mixed;boundary=" SEVENTY, "--" SEVENTY "x\r\n--" SEVENTY},
    {"headers without an end", MIXED, "--b\r\nContent-Type: application/isup\r\n"},
    {"folds", MIXED, "--b\r\nc:\r\n \r\n "},
    {"folds of one header", MIXED, "\r\n "},
    {"empty lines", MIXED, "\n"},
    {"one line", MIXED, "-"},
    {"one blank header", MIXED, "Content-Type                               "},
    {"other messages", MIXED, "--b\r\n" ISUP "\x10\r\n"},
    {"RELs that are cut", MIXED, "--b\r\n" ISUP "%\r\n"},
    {"levels that never begin", MIXED, OPEN("b", "c")},
    {"levels of one boundary", MIXED, OPEN("b", "b")},
    {"levels", MIXED, OPEN("b", "c") OPEN("c", "d") OPEN("d", "e") OPEN("e", "f")},
    {"levels that end", MIXED, OPEN("b", "c") "--c\r\n\r\n--c--\r\n"},
    {"levels without an end", MIXED, "--b\r\nContent-Type: multipart/mixed;boundary=b\r\n"},
    {"zeros and ones", MIXED, "\x01\n"},
};

START_TEST(test_endless)
{
    size_t most = sized(4 << 20, 256 << 10, 4096), used = 0;
    char *bytes = malloc(most + 512);
    ck_assert_ptr_nonnull(bytes);
    used = write_octets("--b\r\n", bytes); /* whatever follows is in a part */
    while (used < most)
        used += write_octets(endless[_i].piece, bytes + used);
    sipcause_release *release = opened();
    int result =
        release ? sipcause_release_body(release, endless[_i].type, SIPCAUSE_TEXT, bytes, used) : SIPCAUSE_ERROR_MEMORY;
    free(bytes);
    NEED(result == SIPCAUSE_OK);
    int is = found(release);
    NEED(is != -2);
    ck_assert_msg(is == (strstr(endless[_i].piece, "%") ? CUT : 0), "%s: %d", endless[_i].what, is);
    ck_assert_uint_eq(release->truncated, 0); /* what is nothing takes no room */
}
END_TEST

/* Parameters of a Content-Type are as long as somebody likes. */
START_TEST(test_endless_type)
{
    size_t length = sized(4 << 20, 256 << 10, 4096);
    static const char *const pieces[] = {";", ";boundary", ";x=\"", "; ", ";b", "\\\"", "<;", "<>;boundary "};
    sipcause_release *release = opened();
    NEED(release);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        char *type = malloc(length + 64);
        ck_assert_ptr_nonnull(type);
        size_t used = (size_t)sprintf(type, "multipart/mixed;x=\"y\"");
        while (used < length)
            used += (size_t)sprintf(type + used, "%s", pieces[i]);
        int is = found_in(release, type, "--b\r\n\r\n", 7);
        free(type);
        NEED(is != -2);
        ck_assert_int_eq(is, 0);
    }
}
END_TEST

/* Where headers have filled the room that a message has, the REL is left out, and the verdict says so. */
START_TEST(test_no_room)
{
    static char reason[16000];
    memset(reason, 'x', sizeof reason);
    sipcause_release *release = opened();
    NEED(release);
    for (int i = 0; i < 3; i++)
        NEED(sipcause_release_header(release, "Reason", 6, reason, sizeof reason) == SIPCAUSE_OK);
    for (int i = 0; i < 1000; i++)
        NEED(sipcause_release_body(release, "application/isup", 16, rel, REL_LENGTH) == SIPCAUSE_OK);
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_uint_ne(verdict->flags & SIPCAUSE_FLAG_TRUNCATED, 0);
    ck_assert_uint_eq(verdict->q850, REL_CAUSE);
}
END_TEST

/* Given part by part, as a stack does that has taken the multipart apart. */
START_TEST(test_parts_one_by_one)
{
    sipcause_release *release = opened();
    NEED(release);
    NEED(sipcause_release_body(release, "application/sdp", 15, "v=0\r\n", 5) == SIPCAUSE_OK);
    NEED(sipcause_release_body(release, "application/isup", 16, cut_rel, sizeof cut_rel - 1) == SIPCAUSE_OK);
    NEED(sipcause_release_body(release, "application/isup", 16, rel, REL_LENGTH) == SIPCAUSE_OK);
    NEED(sipcause_release_body(release, NULL, 0, rel, REL_LENGTH) == SIPCAUSE_OK);
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_uint_eq(verdict->q850, REL_CAUSE);
    ck_assert_uint_eq(verdict->location, SIPCAUSE_LOCATION_RLN);
    ck_assert_uint_eq(verdict->source, SIPCAUSE_SOURCE_ISUP);
    ck_assert_uint_eq(verdict->flags, SIPCAUSE_FLAG_MALFORMED_EVIDENCE);
}
END_TEST

START_TEST(test_misuse)
{
    static const char type[] = "application/isup";
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    ck_assert_int_eq(sipcause_release_body(release, type, 16, rel, 6), SIPCAUSE_ERROR_MISUSE); /* none is open */
    NEED(sipcause_release_response(release, 180, NULL, 0, NULL, 0, NULL, 0, 0) == SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_release_body(NULL, type, 16, rel, 6), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_release_body(release, NULL, 16, rel, 6), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_release_body(release, type, 16, NULL, 6), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_release_body(release, type, 16, rel, SIPCAUSE_TEXT), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_release_body(release, NULL, 0, NULL, 0), SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_release_body(release, NULL, SIPCAUSE_TEXT, rel, 6), SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_release_body(release, type, 16, rel, 6), SIPCAUSE_OK); /* of no message that counts */
    NEED(sipcause_release_isup(release, "\x84\x90", 2) == SIPCAUSE_OK); /* a release of the ISUP side has no body */
    ck_assert_int_eq(sipcause_release_body(release, type, 16, rel, 6), SIPCAUSE_OK);
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    ck_assert_uint_eq(verdict->q850, 16);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("body");
    add_test(suite, test_types);
    add_loop_test(suite, test_parts, PARTS);
    add_test(suite, test_messages);
    add_test(suite, test_message_cut_anywhere);
    add_loop_test(suite, test_endless, (int)(sizeof endless / sizeof *endless));
    add_test(suite, test_endless_type);
    add_test(suite, test_no_room);
    add_test(suite, test_parts_one_by_one);
    add_test(suite, test_misuse);
    return suite;
}
