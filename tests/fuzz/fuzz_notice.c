/*
 * fuzz_notice.c - any bytes as the text of the Reason of a 603 Network Blocked, and back into an answer.
 *
 * What the verdict reads of a 603+ is put into a sipcause_notice. Where that passes sipcause_notice_check, the profile
 * fcc-2026 makes an answer of it, and the verdict on that answer must read the same again.
 *
 * SPDX-License-Identifier: MIT
 */
#include "verdict.h"

/* ---- what is told ---------------------------------------------------------------------------------------------- */

/* A 603+ may say either (ATIS-1000099); the text goes between quotes as it is, and may end them itself. */
static const char *const codes[] = {"Q.850;cause=21;location=LN;text=\"", "SIP;cause=603;location=TN;text=\""};

static sipcause_slice reason_of(const char *code, const uint8_t *bytes, size_t length)
{
    size_t before = strlen(code);
    char *value = malloc(before + length + 1);
    PROMISE(value);
    memcpy(value, code, before);
    if (length)
        memcpy(value + before, bytes, length);
    value[before + length] = '"';
    sipcause_slice made = {value, before + length + 1};
    return made;
}

static void tell(sipcause_release *release, const char *phrase, sipcause_slice reason)
{
    sipcause_release_reset(release);
    PROMISE(sipcause_release_request(release, "INVITE", 6, SIPCAUSE_SIDE_CALLER, NULL, 0, 1) == SIPCAUSE_OK);
    PROMISE(sipcause_release_response(release, 603, phrase, SIPCAUSE_TEXT, "INVITE", 6, "2", 1, 1) == SIPCAUSE_OK);
    PROMISE(sipcause_release_header(release, "Reason", 6, reason.text, reason.length) == SIPCAUSE_OK);
}

static bool has_finding(const sipcause_release *release, uint32_t rule)
{
    for (size_t i = 0; i < sipcause_finding_count(release); i++)
        if (sipcause_finding_at(release, i)->rule == rule)
            return true;
    return false;
}

/* ---- what is read ------------------------------------------------------------------------------------------------ */

/* The contacts of a verdict, which lives no longer than its release's next decision. */
typedef struct contacts {
    sipcause_notice notice;
    char *texts[4];
} contacts;

static char *copied(const char *text)
{
    return text ? (char *)(uintptr_t)exact_copy(text, strlen(text) + 1).text : NULL;
}

static contacts contacts_of(const sipcause_verdict *verdict)
{
    contacts made = {.texts = {copied(verdict->notice_url), copied(verdict->notice_tel), copied(verdict->notice_email),
                               copied(verdict->notice_id)}};
    made.notice.url = made.texts[0];
    made.notice.tel = made.texts[1];
    made.notice.email = made.texts[2];
    made.notice.id = made.texts[3];
    made.notice.location = verdict->notice_location;
    return made;
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool check(const sipcause_notice *notice)
{
    sipcause_error error;
    int result = sipcause_notice_check(notice, &error);
    PROMISE(result == SIPCAUSE_OK || result == SIPCAUSE_ERROR_NOTICE);
    PROMISE(error.code == result && (error.text[0] != 0) == (result != SIPCAUSE_OK));
    PROMISE(sipcause_notice_check(notice, NULL) == result);
    return result == SIPCAUSE_OK;
}

/* ---- and answered -------------------------------------------------------------------------------------------------- */

/* An answer that tells of the contact is a whole 603+ for whoever gets it. */
static void check_answer(sipcause_release *release, const sipcause_response *answer, const sipcause_notice *notice)
{
    digest of = DIGEST_EMPTY;
    sipcause_slice reason = {answer->reason, strlen(answer->reason)};
    tell(release, answer->phrase, reason);
    const sipcause_verdict *verdict = digest_verdict(&of, NULL, release);
    PROMISE(verdict->has_notice && verdict->block == SIPCAUSE_BLOCK_NETWORK);
    PROMISE(sipcause_finding_count(release) == 0 && verdict->flags == 0);
    PROMISE(same_text(verdict->notice_url, notice->url) && same_text(verdict->notice_tel, notice->tel));
    PROMISE(same_text(verdict->notice_email, notice->email) && same_text(verdict->notice_id, notice->id));
    PROMISE(verdict->notice_location == notice->location);
}

/* By itself, without any REL that it translates. */
static void compose_alone(sipcause_release *release, const sipcause_notice *notice, bool valid)
{
    char reason[2048];
    sipcause_response answer;
    sipcause_error error;
    int result = sipcause_notice_response(notice, reason, sizeof reason, &answer, &error);
    PROMISE(result == (valid ? SIPCAUSE_OK : SIPCAUSE_ERROR_NOTICE) && error.code == result);
    if (!valid)
        return;
    PROMISE(answer.status == 603 && strcmp(answer.phrase, "Network Blocked") == 0 && answer.reason == reason);
    check_answer(release, &answer, notice);
}

/* Under the profile that makes it one; its isup and its redress are those of a block by the callee's network. */
static void compose(sipcause_release *release, const sipcause_notice *notice, bool valid)
{
    static const sipcause_isup rejected = {.cause = 21, .location = SIPCAUSE_LOCATION_U};
    char reason[2048];
    sipcause_response answer;
    int result = sipcause_to_sip(sipcause_builtin("fcc-2026"), &rejected, notice, reason, sizeof reason, &answer);
    PROMISE(result == (valid ? SIPCAUSE_OK : SIPCAUSE_ERROR_NOTICE));
    if (!valid)
        return;
    PROMISE(answer.status == 603 && strcmp(answer.phrase, "Network Blocked") == 0 && answer.reason == reason);
    check_answer(release, &answer, notice);
}

static void read_and_answer(sipcause_release *release, sipcause_slice reason, bool has_nul)
{
    digest first = DIGEST_EMPTY, again = DIGEST_EMPTY;
    tell(release, "network blocked", reason);
    digest_verdict(&first, NULL, release);
    const sipcause_verdict *verdict = digest_verdict(&again, NULL, release);
    PROMISE(first.sum == again.sum);
    PROMISE(verdict->has_notice || !(verdict->notice_url || verdict->notice_tel || verdict->notice_email));
    PROMISE(!verdict->has_notice == has_finding(release, SIPCAUSE_RULE_NEAR_603PLUS));
    if (!verdict->has_notice)
        return;
    contacts read = contacts_of(verdict);
    bool no_contact = has_finding(release, SIPCAUSE_RULE_NOTICE_CONTACT);
    bool valid = check(&read.notice);
    PROMISE(!valid || !no_contact || has_nul); /* a C text ends at its NUL, the wire's goes on */
    compose(release, &read.notice, valid);
    compose_alone(release, &read.notice, valid);
    for (size_t i = 0; i < 4; i++)
        free(read.texts[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    sipcause_release *release = sipcause_release_new(NULL);
    PROMISE(release);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        sipcause_slice reason = reason_of(codes[i], bytes, length);
        read_and_answer(release, reason, length && memchr(bytes, 0, length));
        free((char *)(uintptr_t)reason.text);
    }
    sipcause_release_free(release);
    return 0;
}
