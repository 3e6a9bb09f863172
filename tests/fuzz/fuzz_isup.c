/*
 * fuzz_isup.c - any octets as the cause indicators of a REL, and through to what other networks are told.
 *
 * They are decoded, encoded and decoded again, also as those of a whole REL; told to a release by themselves, in a BYE,
 * in a 404 and in its body; decided; turned into the REL of the next network, and into the SIP answer of every profile,
 * which is decided in its turn.
 *
 * SPDX-License-Identifier: MIT
 */
#include "verdict.h"

enum { DIAGNOSTIC = 32, ENCODED_MOST = 3 + DIAGNOSTIC };

/* ---- octets --------------------------------------------------------------------------------------------------- */

/* Whether the octets are encoded back to themselves: all extension bits are as Q.763 clause 3.12 wants them, the spare
 * bit is 0, and no diagnostics were cut. */
static bool canonical(const uint8_t *octets, size_t length, const sipcause_isup *read)
{
    size_t cause_at = read->has_recommendation ? 2 : 1;
    return !(octets[0] & 0x10) && (octets[cause_at] & 0x80) && length <= cause_at + 1 + DIAGNOSTIC;
}

static bool decode(const uint8_t *octets, size_t length, sipcause_isup *read)
{
    sipcause_isup again;
    uint8_t encoded[ENCODED_MOST];
    int result = sipcause_isup_decode(octets, length, read);
    PROMISE(result == SIPCAUSE_OK || result == SIPCAUSE_ERROR_VALUE);
    if (result != SIPCAUSE_OK)
        return false;
    PROMISE(read->cause < 128 && read->location < 16 && read->coding < 4 && read->recommendation < 128);
    PROMISE(read->has_recommendation <= 1 && read->diagnostic_length <= DIAGNOSTIC);
    PROMISE(read->has_recommendation || read->recommendation == 0);
    int written = sipcause_isup_encode(read, encoded, sizeof encoded);
    if (read->cause == 0) {
        PROMISE(written == SIPCAUSE_ERROR_RANGE);
        return true;
    }
    PROMISE(written == 2 + read->has_recommendation + read->diagnostic_length);
    PROMISE(sipcause_isup_encode(read, encoded, (size_t)written - 1) == SIPCAUSE_ERROR_SPACE);
    PROMISE(sipcause_isup_decode(encoded, (size_t)written, &again) == SIPCAUSE_OK);
    PROMISE(memcmp(read, &again, sizeof again) == 0);
    if (canonical(octets, length, read))
        PROMISE((size_t)written == length && memcmp(octets, encoded, length) == 0);
    return true;
}

/* The same octets as the cause indicators of a whole REL, as application/isup carries it (RFC 3204). */
static size_t wrap(const uint8_t *octets, size_t length, uint8_t *message)
{
    static const uint8_t before[] = {0x0c, 2, 0}; /* message type, both pointers of the variable part */
    memcpy(message, before, sizeof before);
    message[sizeof before] = (uint8_t)length;
    if (length)
        memcpy(message + sizeof before + 1, octets, length);
    return sizeof before + 1 + length;
}

/* Any octets are a message or none; a REL around readable ones tells the same as these. */
static void check_message(const uint8_t *octets, size_t length, const sipcause_isup *read)
{
    sipcause_isup made;
    uint8_t message[4 + UINT8_MAX];
    int result = sipcause_isup_message(octets, length, &made);
    PROMISE(result == SIPCAUSE_OK || result == SIPCAUSE_ERROR_VALUE || result == SIPCAUSE_ERROR_MISSING);
    PROMISE(result == SIPCAUSE_ERROR_MISSING || (length && octets[0] == 0x0c));
    if (length > UINT8_MAX)
        return;
    result = sipcause_isup_message(message, wrap(octets, length, message), &made);
    PROMISE(result == (read ? SIPCAUSE_OK : SIPCAUSE_ERROR_VALUE));
    PROMISE(!read || memcmp(read, &made, sizeof made) == 0);
}

/* ---- in a call ------------------------------------------------------------------------------------------------- */

/* What the REL stands in. */
enum carrier { ALONE, IN_BYE, IN_404, IN_BODY, CARRIERS };

static void tell(sipcause_release *release, enum carrier in, const uint8_t *octets, size_t length)
{
    sipcause_release_reset(release);
    PROMISE(sipcause_release_request(release, "INVITE", 6, SIPCAUSE_SIDE_CALLER, NULL, 0, 1) == SIPCAUSE_OK);
    if (in == IN_BYE) {
        PROMISE(sipcause_release_response(release, 200, "OK", 2, "INVITE", 6, "2", 1, 1) == SIPCAUSE_OK);
        PROMISE(sipcause_release_request(release, "BYE", 3, SIPCAUSE_SIDE_CALLEE, "1", 1, 2) == SIPCAUSE_OK);
    } else if (in == IN_404 || in == IN_BODY) {
        PROMISE(sipcause_release_response(release, 404, "Not Found", 9, "INVITE", 6, "2", 1, 1) == SIPCAUSE_OK);
    }
    if (in == IN_BODY && length <= UINT8_MAX) {
        uint8_t message[4 + UINT8_MAX];
        size_t whole = wrap(octets, length, message);
        PROMISE(sipcause_release_body(release, "application/isup;version=itu-t92+", SIPCAUSE_TEXT, message, whole) ==
                SIPCAUSE_OK);
        return;
    }
    PROMISE(sipcause_release_isup(release, octets, length) == SIPCAUSE_OK);
}

/* A readable REL is copied as it is, whatever the table says; an ITU-T cause is the verdict's. */
static void check_call(const sipcause_release *release, const sipcause_verdict *verdict, enum carrier in,
                       const sipcause_isup *read)
{
    sipcause_isup next;
    bool usable = read && read->cause != 0, itu_t = usable && read->coding == SIPCAUSE_CODING_ITU_T;
    int result = sipcause_to_isup(release, &next);
    PROMISE(verdict->answered == (in == IN_BYE));
    PROMISE(verdict->q850 == (itu_t ? read->cause : 0));
    PROMISE(verdict->location == (itu_t ? read->location : SIPCAUSE_LOCATION_NONE));
    PROMISE(!(verdict->flags & SIPCAUSE_FLAG_FOREIGN_CODING) == !(read && read->coding != SIPCAUSE_CODING_ITU_T));
    PROMISE((verdict->flags & SIPCAUSE_FLAG_MALFORMED_EVIDENCE) || (read && (read->cause || read->coding)));
    if (usable)
        PROMISE(result == SIPCAUSE_OK && memcmp(&next, read, sizeof next) == 0);
}

static void decide(const sipcause_table *table, const uint8_t *octets, size_t length, const sipcause_isup *read)
{
    sipcause_release *release = sipcause_release_new(table);
    PROMISE(release);
    for (enum carrier in = ALONE; in < CARRIERS; in++) {
        digest first = DIGEST_EMPTY, again = DIGEST_EMPTY;
        tell(release, in, octets, length);
        check_call(release, digest_verdict(&first, table, release), in, read);
        digest_isup(&first, release);
        tell(release, in, octets, length);
        digest_verdict(&again, table, release);
        digest_isup(&again, release);
        PROMISE(first.sum == again.sum);
    }
    sipcause_release_free(release);
}

/* ---- answered in SIP ------------------------------------------------------------------------------------------ */

/* The Reason of an answer carries the cause and the location home (RFC 6432 section 3, RFC 8606 section 4). */
static void check_answer(const sipcause_table *table, const sipcause_isup *read, const sipcause_response *answer)
{
    digest of = DIGEST_EMPTY;
    sipcause_release *release = sipcause_release_new(table);
    PROMISE(release);
    PROMISE(sipcause_release_request(release, "INVITE", 6, SIPCAUSE_SIDE_CALLER, NULL, 0, 1) == SIPCAUSE_OK);
    PROMISE(sipcause_release_response(release, answer->status, answer->phrase, SIPCAUSE_TEXT, "INVITE", 6, "2", 1, 1) ==
            SIPCAUSE_OK);
    if (answer->reason)
        PROMISE(sipcause_release_header(release, "Reason", 6, answer->reason, SIPCAUSE_TEXT) == SIPCAUSE_OK);
    const sipcause_verdict *verdict = digest_verdict(&of, table, release);
    PROMISE(verdict->status == answer->status);
    PROMISE(!(verdict->flags & (SIPCAUSE_FLAG_MALFORMED_EVIDENCE | SIPCAUSE_FLAG_TRUNCATED)));
    bool ignored = sipcause_table_ignores_reason(table, answer->status);
    if (answer->reason && strncmp(answer->reason, "Q.850;", 6) == 0 && !verdict->has_notice && !ignored) {
        PROMISE(verdict->q850 == read->cause);
        PROMISE(verdict->location == read->location);
    }
    sipcause_release_free(release);
}

static void answer(const sipcause_table *table, const sipcause_isup *read, const sipcause_notice *redress)
{
    enum { ROOM = 2048 };
    char reason[ROOM];
    sipcause_response made, bare;
    int result = sipcause_to_sip(table, read, redress, reason, sizeof reason, &made);
    if (read->cause == 0) {
        PROMISE(result == SIPCAUSE_ERROR_RANGE);
        return;
    }
    PROMISE(result == SIPCAUSE_OK || result == SIPCAUSE_ERROR_UNKNOWN_CODE);
    PROMISE(sipcause_to_sip(table, read, redress, NULL, 0, &bare) == result);
    if (result != SIPCAUSE_OK)
        return;
    PROMISE(bare.status == made.status && bare.phrase == made.phrase && !bare.reason);
    PROMISE(made.status == 0 || (made.status >= 300 && made.status <= 699));
    PROMISE(!made.reason || (made.reason == reason && strlen(reason) < ROOM));
    if (made.reason) {
        char small[ROOM];
        PROMISE(sipcause_to_sip(table, read, redress, small, strlen(reason), &bare) == SIPCAUSE_ERROR_SPACE);
        PROMISE(sipcause_to_sip(table, read, redress, small, strlen(reason) + 1, &bare) == SIPCAUSE_OK);
    }
    if (made.status)
        check_answer(table, read, &made);
}

static void answer_all(const sipcause_isup *read)
{
    static const sipcause_notice redress = {.url = "https://example.net/redress", .location = SIPCAUSE_LOCATION_LN};
    for (size_t i = 0; i < sipcause_builtin_count(); i++) {
        const sipcause_table *profile = sipcause_builtin(sipcause_builtin_name(i));
        answer(profile, read, NULL);
        answer(profile, read, &redress);
    }
    answer(rich_table(), read, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    sipcause_isup read;
    bool readable = decode(bytes, length, &read);
    check_message(bytes, length, readable ? &read : NULL);
    for (size_t i = 0; i < sipcause_builtin_count(); i++)
        decide(sipcause_builtin(sipcause_builtin_name(i)), bytes, length, readable ? &read : NULL);
    decide(rich_table(), bytes, length, readable ? &read : NULL);
    if (readable)
        answer_all(&read);
    return 0;
}
