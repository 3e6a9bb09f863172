/*
 * Explanations: what is said of one piece of evidence in one call. What holds of every explanation is checked with the
 * calls of test_decide.c (explaining.h).
 *
 * SPDX-License-Identifier: MIT
 */
#include "explaining.h"

static const char mapping[] = "sipcause: 1\n"
                              "name: acme\n"
                              "cause-headers: [X-Cause-Code, {name: Call-Info, param: code}]\n"
                              "map:\n"
                              "  carrier: {0: Busy, 602: {disposition: Network Error, uninformative: true}}\n"
                              "  sip:\n"
                              "    5xx: {disposition: Network Error, when: [{phrase: '*cap*', disposition: Busy}]}\n"
                              "  no-cause:\n"
                              "    otherwise: {disposition: Unknown, when: [{alerted: true, disposition: No Answer}]}\n"
                              "    answered: Normal Clearing\n";

/* In the call the only step with that text has this fate, code, condition ("-": none) and sentence. */
typedef struct wanted {
    const char *call; /* lines as in tests/calls/ */
    const char *text; /* NULL: the step that decides has no text */
    const char *code;
    const char *condition;
    const char *said; /* fate and sentence */
} wanted;

static const wanted all[] = {
    /* an unknown word is not the number 0 */
    {"INVITE\n486 Busy Here\nX-Cause-Code: FOO\nX-Cause-Code: 0", "FOO", "-", "-",
     "unmapped: the table \"acme\" has no row for it"},
    {"INVITE\n486 Busy Here\nX-Cause-Code: FOO\nX-Cause-Code: 0", "0", "carrier:0", "-",
     "decides: the first that tells something, asked in the order carrier, q850, sip"},
    {"INVITE\n404 Not Found\nX-Cause-Code: FOO\n486 Busy Here", "FOO", "-", "-",
     "not-final: a later final response decides"},
    {"INVITE\n404 Not Found\nX-Cause-Code: 5\n486 Busy Here", "5", "carrier:5", "-",
     "not-final: a later final response decides"},
    /* conditions of class and fallback rows */
    {"INVITE\n599 at cap", "599 at cap", "sip:599", "{phrase: \"*cap*\"}",
     "decides: the table \"acme\" has no row of its own for it, and nothing else tells: that of its class holds"},
    {"INVITE\n180 Ringing", NULL, "-", "{alerted: true}",
     "decides: no evidence decides: the row no-cause: otherwise holds"},
    /* one runner-up, whatever else has its code */
    {"INVITE\n603 Decline\nReason: Q.850;cause=34\nReason: SIP;cause=603", "603 Decline", "sip:603", "-",
     "runner-up: it contradicts q850:34 (No circuit/channel available), which is asked before it and decides; "
     "interworking turns neither into the other"},
    {"INVITE\n603 Decline\nReason: Q.850;cause=34\nReason: SIP;cause=603", "SIP;cause=603", "sip:603", "-",
     "outranked: q850:34 (No circuit/channel available) is asked before it and decides; alone it would have been "
     "Rejected, rejected"},
    /* a provisional response that decides */
    {"INVITE\n183 Progress\nReason: SIP;cause=404, Q.850;cause=34\n480 Gone", "480 Gone", "sip:480", "-",
     "outranked: it says no more than the status line, and a provisional response tells why: that decides"},
    {"INVITE\n183 Progress\nReason: SIP;cause=404, Q.850;cause=34\n480 Gone", "SIP;cause=404", "sip:404", "-",
     "outranked: q850:34 (No circuit/channel available) is asked before it and decides; alone it would have been "
     "Invalid Number, invalid-number"},
    {"INVITE\n183 Progress\nReason: SIP;cause=404\n183 Progress\nReason: Q.850;cause=34\n480 Gone", "SIP;cause=404",
     "sip:404", "-", "outranked: a later provisional response decides"},
    /* a 603+ and a cause that is none of it */
    {"INVITE\n603 Network Blocked\nReason: Q.850;cause=127, Q.850;cause=21;text=\"v=analytics1;id=7\"",
     "Q.850;cause=21;text=\"v=analytics1;id=7\"", "q850:21", "-",
     "not-asked: a value of the same protocol stands before it; the first usable one counts"},
    {"INVITE\n603 Network Blocked\nReason: Q.850;cause=21;text=\"v=analytics1;id=7\"",
     "Q.850;cause=21;text=\"v=analytics1;id=7\"", "q850:21", "-",
     "not-asked: it says no more than the 603+ does, for which the status line is asked"},
    {"INVITE\n603 Network Blocked\nReason: SIP;cause=603;text=\"v=analytics1;id=7\"\nisup 80 95", "80 95", "q850:21",
     "{location: U}", "not-asked: it says no more than the 603+ does, for which the status line is asked"},
    {"INVITE\n603 Network Blocked\nReason: Q.850;cause=21;text=\"v=analytics1;id=7\"\nisup 80 9f", "80 9f", "q850:31",
     "-", "not-asked: the cause 21 of the 603+ goes before it"},
    /* of what is no code the first counts */
    {"INVITE\n480 Gone\nRetry-After: soon\nRetry-After: 5\nRetry-After: 7", "soon", "-", "-",
     "no-code: it gives no number of seconds"},
    {"INVITE\n480 Gone\nRetry-After: soon\nRetry-After: 5\nRetry-After: 7", "5", "-", "-",
     "no-code: it turns the route into later"},
    {"INVITE\n480 Gone\nRetry-After: soon\nRetry-After: 5\nRetry-After: 7", "7", "-", "-",
     "no-code: another one stands before it; the first counts"},
    {"INVITE\n608 Rejected\nCall-Info: <a:b>\nCall-Info: <a:c>;purpose=jwscard\nCall-Info: <a:d>;purpose=jwscard",
     "<a:b>", "-", "-", "no-code: no card that tells who blocked"},
    {"INVITE\n608 Rejected\nCall-Info: <a:b>\nCall-Info: <a:c>;purpose=jwscard\nCall-Info: <a:d>;purpose=jwscard",
     "<a:c>;purpose=jwscard", "-", "-",
     "no-code: where the card is that tells who blocked; it is neither fetched nor verified"},
    {"INVITE\n608 Rejected\nCall-Info: <a:b>\nCall-Info: <a:c>;purpose=jwscard\nCall-Info: <a:d>;purpose=jwscard",
     "<a:d>;purpose=jwscard", "-", "-", "no-code: another one stands before it and names a card; the first counts"},
    {"INVITE\n486 Busy\nCall-Info: <a:b>;code=0", "<a:b>;code=0", "carrier:0", "-",
     "decides: the first that tells something, asked in the order carrier, q850, sip"},
    /* RELs */
    {"INVITE\nisup 80 91\n503 Gone\nisup 80 a2", "80 91", "q850:17", "-",
     "not-asked: another REL tells of the same end; the first readable one counts, that of the message before others"},
    {"INVITE\nisup 80 91\n503 Gone\nisup 80 a2", "80 a2", "q850:34", "-",
     "decides: the first that tells something, asked in the order carrier, q850, sip"},
    {"INVITE\nisup 80\nisup 80 91", "80 91", "q850:17", "-",
     "decides: the first that tells something, asked in the order carrier, q850, sip"},
    /* another value of the code of a 603+ */
    {"INVITE\n603 Network Blocked\nReason: Q.850;cause=21;text=\"v=analytics1;id=7\", SIP;cause=603", "SIP;cause=603",
     "sip:603", "{notice: true}", "outranked: sip:603 (Decline) is asked before it and decides; it says the same"},
    {"INVITE\n603 Network Blocked\nReason: SIP;cause=603, SIP;cause=603;text=\"v=analytics1;id=7\"",
     "SIP;cause=603;text=\"v=analytics1;id=7\"", "sip:603", "{notice: true}",
     "decides: the first that tells something, asked in the order carrier, q850, sip"},
    /* our own failure */
    {"INVITE\n503 Gone\nlocal timeout\nCANCEL\n487 Terminated", "503 Gone", "sip:503", "-",
     "not-final: a later final response is 487"},
    {"INVITE\nlocal timeout\nCANCEL\n487 Terminated", "487 Terminated", "sip:487", "-",
     "not-final: 487 only tells that the CANCEL was obeyed"},
    /* messages that do not decide */
    {"INVITE\n503 Gone\nCANCEL\n487 Terminated", "503 Gone", "sip:503", "-",
     "not-final: a later final response is 487: the CANCEL decides"},
    {"INVITE\n503 Gone\nBYE caller\n487 Terminated", "503 Gone", "sip:503", "-",
     "not-final: a later final response is 487: the BYE with which the caller gave up decides"},
    {"INVITE\nBYE caller\n487 Terminated", "487 Terminated", "sip:487", "-",
     "not-final: 487 only tells that the call was given up: the BYE decides"},
    {"INVITE\nCANCEL\nBYE caller\nReason: Q.850;cause=16", "Q.850;cause=16", "q850:16", "-",
     "not-final: the CANCEL decides"},
    {"INVITE\n603 Decline to=a\n607 Unwanted to=b", "603 Decline", "sip:603", "-",
     "not-final: a later final response decides"},
    {"INVITE\n486 Busy to=a\n607 Unwanted to=b", "486 Busy", "sip:486", "-",
     "not-final: a 6xx speaks for every branch and goes before it"},
    {"INVITE\n607 Unwanted to=a\n486 Busy to=b", "486 Busy", "sip:486", "-",
     "not-final: a 6xx speaks for every branch and goes before it"},
};

/* Of all steps one is meant, and one decides. */
static void check_said(const wanted *want, telling *call)
{
    const sipcause_step *found = NULL;
    char code[64] = "-", said[600];
    unsigned deciding = 0;
    for (size_t i = 0; i < sipcause_step_count(call->release); i++) {
        const sipcause_step *step = sipcause_step_at(call->release, i);
        deciding += step->fate == SIPCAUSE_FATE_DECIDES;
        if (want->text ? step->text && strcmp(step->text, want->text) == 0
                       : step->fate == SIPCAUSE_FATE_DECIDES && !step->text) {
            ck_assert_msg(!found, "%s: two steps", want->call);
            found = step;
        }
    }
    ck_assert_msg(found && deciding == 1, "%s: no step, or %u decide", want->call, deciding);
    if (found->code.space != SIPCAUSE_SPACE_NONE)
        sipcause_code_format(call->table, found->code, code, sizeof code);
    ck_assert_str_eq(code, want->code);
    ck_assert_str_eq(found->condition ? found->condition : "-", want->condition);
    snprintf(said, sizeof said, "%s: %s", sipcause_fate_name(found->fate), found->sentence);
    ck_assert_msg(strcmp(said, want->said) == 0, "%s: %s", want->call, said);
}

START_TEST(test_said)
{
    static telling call;
    char lines[1024];
    memset(&call, 0, sizeof call);
    call.file = all[_i].call;
    call.table = keep_table(sipcause_load_bytes(mapping, sizeof mapping - 1, "acme.yaml", NULL));
    NEED(call.table);
    call.release = keep_release(sipcause_release_new(call.table));
    NEED(call.release);
    snprintf(lines, sizeof lines, "%s", all[_i].call);
    for (char *line = strtok(lines, "\n"); line && !call.failed; line = strtok(NULL, "\n"))
        tell(&call, line);
    NEED(!call.failed);
    NEED(sipcause_explain(call.release));
    check_said(&all[_i], &call);
}
END_TEST

/* More codes than are kept: the one that decides is told though it is asked after thousands that tell nothing. */
START_TEST(test_decider_behind_thousands)
{
    static telling call;
    memset(&call, 0, sizeof call);
    call.file = "behind thousands";
    call.table = keep_table(sipcause_load_bytes(mapping, sizeof mapping - 1, "acme.yaml", NULL));
    NEED(call.table);
    call.release = keep_release(sipcause_release_new(call.table));
    NEED(call.release);
    NEED(sipcause_release_request(call.release, "BYE", 3, SIPCAUSE_SIDE_CALLER, "t", 1, 0) == SIPCAUSE_OK);
    for (int i = 0; i < 2500; i++)
        NEED(sipcause_release_header(call.release, "X-Cause-Code", 12, "602", 3) == SIPCAUSE_OK);
    NEED(sipcause_release_header(call.release, "Reason", 6, "Q.850;cause=17", SIPCAUSE_TEXT) == SIPCAUSE_OK);
    const sipcause_verdict *verdict = sipcause_decide(call.release);
    NEED(verdict);
    ck_assert_uint_eq(verdict->decided_by.value, 17);
    check_explanation(&call, verdict);
}
END_TEST

/* A table without a word on the call: a step decides, and no row stands behind it. */
START_TEST(test_nothing_said)
{
    static const char empty[] = "sipcause: 1\nextends: none\nmap: {q850: {17: Busy}}\n";
    sipcause_table *table = keep_table(sipcause_load_bytes(empty, sizeof empty - 1, "empty.yaml", NULL));
    NEED(table);
    sipcause_release *release = keep_release(sipcause_release_new(table));
    NEED(release);
    NEED(sipcause_release_response(release, 503, NULL, 0, NULL, 0, NULL, 0, 1) == SIPCAUSE_OK);
    const sipcause_verdict *verdict = sipcause_explain(release);
    NEED(verdict);
    ck_assert_str_eq(verdict->disposition, "Unknown");
    ck_assert_uint_eq(sipcause_step_count(release), 3);
    ck_assert_uint_eq(sipcause_step_at(release, 1)->fate, SIPCAUSE_FATE_DECIDES);
    ck_assert_ptr_null(sipcause_step_at(release, 1)->entry);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("explain");
    add_loop_test(suite, test_said, (int)(sizeof all / sizeof *all));
    add_test(suite, test_nothing_said);
    add_test(suite, test_decider_behind_thousands);
    return suite;
}
