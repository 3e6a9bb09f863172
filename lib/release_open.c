/*
 * release_open.c - which messages of a call are evidence.
 *
 *   INVITE without To tag, new CSeq   all before it is history: challenge, redirect, next trunk alike
 *   INVITE with To tag, its answers   never final; a refusal over media is remembered
 *   1xx                               180: alerted; any but 100: progressed; kept for its Reason
 *   2xx to INVITE                     answered
 *   3xx-6xx to INVITE                 kept, once where it is sent again
 *   CANCEL                            the first is kept
 *   BYE                               the first, and the first that carries something
 *
 * SPDX-License-Identifier: MIT
 */
#include "release.h"

#include <string.h>

static bool has_final(const sipcause_release *release)
{
    for (const kept_message *at = message_at(release, release->first_message); at; at = message_at(release, at->next))
        if (at->status >= 300)
            return true;
    return release->answered;
}

/* Whether an INVITE without To tag is a new attempt at the call. It is not when it is a retransmission or
 * the other leg of a proxy (a number that was there already), nor when another caller sends it while the
 * first INVITE is open: that is the far side of a B2BUA that keeps the Call-ID. */
bool release_begins_attempt(const sipcause_release *release, uint32_t cseq, bool same_caller)
{
    if (!release->has_invite || !cseq)
        return true;
    return same_caller ? cseq > release->invite_cseq : has_final(release);
}

static void open_invite(sipcause_release *release, uint32_t cseq, bool same_caller)
{
    if (!release_begins_attempt(release, cseq, same_caller))
        return;
    if (release->has_invite || release->replied || release->first_message) {
        release_forget(release);
        release->attempts++;
    }
    release->has_invite = true;
    release->any_open = true;
    release->invite_cseq = cseq;
}

bool release_kept_already(const sipcause_release *release, uint8_t method)
{
    for (const kept_message *at = message_at(release, release->first_message); at; at = message_at(release, at->next))
        if (at->method == method && (at->first_line || method != METHOD_BYE))
            return true;
    return false;
}

void release_open_nothing(sipcause_release *release)
{
    release->any_open = true;
    release->open = 0;
    release->memory_short = false;
}

/* Of BYEs that carry nothing the first is kept, and the last one while its headers may still come. */
static void drop_spare_bye(sipcause_release *release)
{
    const kept_message *last = message_at(release, release->last_message),
                       *at = message_at(release, release->first_message);
    if (!last || last->method != METHOD_BYE || last->first_line)
        return;
    while (at->method != METHOD_BYE)
        at = message_at(release, at->next);
    if (at != last)
        release_drop_last(release);
}

static void open_reinvite(sipcause_release *release, uint32_t cseq)
{
    release->reinvite_cseq = cseq;
    if (!release->has_invite)
        release->answered = true; /* inside a dialog whose beginning was not seen */
}

int release_open_request(sipcause_release *release, sipcause_slice method, uint8_t side, sipcause_slice to_tag,
                         uint32_t cseq, bool same_caller)
{
    opening opened = {METHOD_ANY, 0, side, {NULL, 0}, to_tag};
    release_open_nothing(release);
    if (text_same_exactly(method.text, method.length, "INVITE")) {
        if (to_tag.length == 0)
            open_invite(release, cseq, same_caller);
        else
            open_reinvite(release, cseq);
        return SIPCAUSE_OK;
    }
    if (text_same_exactly(method.text, method.length, "CANCEL"))
        opened.method = METHOD_CANCEL;
    else if (text_same_exactly(method.text, method.length, "BYE"))
        opened.method = METHOD_BYE;
    if (opened.method == METHOD_ANY || release_kept_already(release, opened.method))
        return SIPCAUSE_OK;
    if (opened.method == METHOD_CANCEL && cseq && cseq < release->invite_cseq)
        return SIPCAUSE_OK; /* sent again, of an attempt that is history */
    drop_spare_bye(release);
    return release_keep_message(release, &opened);
}

bool release_of_dialog(const sipcause_release *release, uint32_t cseq)
{
    if (cseq && cseq == release->reinvite_cseq && (release->answered || cseq != release->invite_cseq))
        return true;
    return release->answered && (!cseq || !release->invite_cseq || cseq != release->invite_cseq);
}

bool release_follow_cseq(sipcause_release *release, uint32_t cseq)
{
    if (!cseq || !release->invite_cseq || cseq == release->invite_cseq || cseq == release->reinvite_cseq)
        return false;
    if (cseq < release->invite_cseq)
        return true;
    if (!release->answered)
        open_invite(release, cseq, true); /* the INVITE of this attempt was not seen */
    return false;
}

/* A final response sent again because its ACK was late. */
static bool repeats_last(const sipcause_release *release, const opening *opened)
{
    const kept_message *last = message_at(release, release->last_message);
    return last && opened->status >= 300 && last->status == opened->status &&
           last->to_tag_length == opened->to_tag.length &&
           (last->to_tag_length == 0 ||
            memcmp(release->arena + last->to_tag, opened->to_tag.text, last->to_tag_length) == 0);
}

static bool refuses_media(uint32_t status)
{
    return status == 415 || status == 488 || status == 606;
}

int release_open_response(sipcause_release *release, uint32_t status, sipcause_slice phrase, sipcause_slice to_tag,
                          bool in_dialog)
{
    opening opened = {METHOD_RESPONSE, (uint16_t)status, SIPCAUSE_SIDE_UNKNOWN, phrase, to_tag};
    release_open_nothing(release);
    if (status < 100 || status > 699) {
        release->malformed = true;
        release->replied = release->replied || !in_dialog;
        return SIPCAUSE_OK;
    }
    if (in_dialog) {
        if (refuses_media(status))
            release->media_status = (uint16_t)status;
        else if (status >= 200 && status < 300)
            release->media_status = 0; /* agreed in the end */
        return SIPCAUSE_OK;
    }
    release->replied = true;
    if (status >= 200 && status < 300)
        release->answered = true;
    else if (status == 180)
        release->alerted = true;
    if (status > 100 && status < 200)
        release->progressed = true;
    if (status == 100 || (status >= 200 && status < 300) || repeats_last(release, &opened))
        return SIPCAUSE_OK;
    return release_keep_message(release, &opened);
}
