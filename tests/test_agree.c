/*
 * Random calls told as parsed parts and as whole messages: the verdicts must agree, and sending every
 * message twice must change nothing.
 *
 * SPDX-License-Identifier: MIT
 */
#include "telling.h"

enum { CALLS = 2000, LINES_MOST = 12 };

static const char *const messages[] = {
    "INVITE cseq=1",
    "INVITE cseq=2",
    "INVITE cseq=3",
    "INVITE in-dialog cseq=3",
    "INVITE in-dialog cseq=7 from=callee",
    "180 Ringing",
    "183 Session Progress cseq=2",
    "183 Session Progress to=other",
    "200 OK",
    "200 OK cseq=2",
    "302 Moved Temporarily",
    "401 Unauthorized",
    "407 Proxy Authentication Required cseq=2",
    "408 Request Timeout cseq=2",
    "480 Temporarily Unavailable",
    "486 Busy Here cseq=2",
    "487 Request Terminated",
    "488 Not Acceptable Here cseq=3",
    "500 Server Internal Error to=other",
    "599 Odd",
    "603 Decline",
    "603 Network Blocked cseq=2",
    "608 Rejected",
    "CANCEL",
    "BYE caller",
    "BYE callee",
};
static const char *const headers[] = {
    "Reason: Q.850;cause=17;location=TN",
    "Reason: SIP;cause=480, Q.850;cause=31",
    "Reason: SIP;cause=603;text=\"v=analytics1;url=https://example.com\";location=LN",
    "Reason: Q.850;cause=21;location=U",
    "Reason: SIP;cause=200;text=\"Call completed elsewhere\"",
    "Reason: Q.850;cause=abc",
    "X-Cause-Code: 601",
    "Retry-After: 30",
    "Reason: SIP;cause=603;text=\"v=analytics1;url=http://example.com;x\";location=U",
    "Call-Info: <https://example.com/a>;purpose=icon, <https://example.com/b>;purpose=jwscard",
    "Call-Info: <https://example.com/c>;purpose=jwscard",
    "Warning: 305 example.com \"Incompatible media format\"",
    "Content-Type: application/isup;version=itu-t92+",
    "+ 0c 02 00 02 84 a2",
    "+ 0c 02 00 04 80",
};
static const char *const asked[] = {
    "disposition", "outcome", "party",    "route",    "block",   "decided", "runner-up",   "source", "status", "q850",
    "location",    "flags",   "findings", "answered", "carrier", "url",     "retry-after", "isup",   "jwscard"};

/* A small generator of its own, so that a call that fails can be told again by its number. */
static uint32_t draw(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 16) % below;
}

#define COUNT(array) (uint32_t)(sizeof(array) / sizeof *(array))

/* The call of that number, every message `times` times. */
static void tell_random(telling *call, uint32_t number, unsigned times)
{
    uint32_t state = number * 2654435761u + 1;
    uint32_t lines = 1 + draw(&state, LINES_MOST);
    const char *in_message[4];
    for (uint32_t i = 0; i < lines && !call->failed; i++) {
        uint32_t count = 0;
        in_message[count++] = messages[draw(&state, COUNT(messages))];
        while (count < 4 && draw(&state, 2))
            in_message[count++] = headers[draw(&state, COUNT(headers))];
        for (unsigned again = 0; again < times; again++)
            for (uint32_t j = 0; j < count && !call->failed; j++) {
                char line[160];
                snprintf(line, sizeof line, "%s", in_message[j]);
                tell(call, line);
            }
    }
    flush(call);
}

static bool begin(telling *call, bool whole)
{
    memset(call, 0, sizeof *call);
    call->file = "a random call";
    call->table = sipcause_table_ref(sipcause_builtin(NULL));
    call->whole = whole;
    call->release = keep_release(sipcause_release_new(NULL));
    return call->release != NULL;
}

static void compare(uint32_t number, const char *how, const telling *one, const telling *other)
{
    const sipcause_verdict *first = sipcause_decide(one->release), *second = sipcause_decide(other->release);
    NEED(first && second);
    for (uint32_t i = 0; i < COUNT(asked); i++) {
        char a[1024] = "", b[1024] = "";
        const char *is = answer(one, first, asked[i], a, sizeof a);
        const char *as = answer(other, second, asked[i], b, sizeof b);
        ck_assert_msg(strcmp(is, as) == 0, "call %u, %s: %s is \"%s\" and \"%s\"", (unsigned)number, how, asked[i], is,
                      as);
    }
}

START_TEST(test_parts_and_messages_agree)
{
    static telling parts, whole, twice;
    NEED(begin(&parts, false) && begin(&whole, true) && begin(&twice, true));
    for (uint32_t number = 0; number < sized(CALLS, CALLS / 10, 20); number++) {
        sipcause_release_reset(parts.release);
        sipcause_release_reset(whole.release);
        sipcause_release_reset(twice.release);
        tell_random(&parts, number, 1);
        tell_random(&whole, number, 1);
        tell_random(&twice, number, 2);
        NEED(!parts.failed && !whole.failed && !twice.failed);
        compare(number, "parts and messages", &parts, &whole);
        compare(number, "once and twice", &whole, &twice);
        if (out_of_memory())
            return;
    }
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("agree");
    add_test(suite, test_parts_and_messages_agree);
    return suite;
}
