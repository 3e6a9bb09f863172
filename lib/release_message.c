/*
 * release_message.c - whole SIP messages of a call, read in one pass: while the lines are walked over,
 * those that may be evidence are gathered; what the message is, and so whether they count, is known at
 * the end only. The few that may carry a REL and have a body are gone over once more (body.c).
 *
 * SPDX-License-Identifier: MIT
 */
#include "message.h"
#include "release.h"

/* ---- who sent it, and whether it is of the dialog ---------------------------------------------------- */

static void remember_caller(sipcause_release *release, sipcause_slice tag)
{
    size_t kept = tag.length < sizeof release->caller_tag ? tag.length : sizeof release->caller_tag;
    if (kept)
        memcpy(release->caller_tag, tag.text, kept);
    release->caller_tag_length = tag.length;
}

static bool is_caller(const sipcause_release *release, sipcause_slice tag)
{
    size_t kept = tag.length < sizeof release->caller_tag ? tag.length : sizeof release->caller_tag;
    return release->caller_tag_length == tag.length && (kept == 0 || memcmp(release->caller_tag, tag.text, kept) == 0);
}

static int open_request(sipcause_release *release, const sipcause_message *parts, bool caller_known, bool caller)
{
    uint8_t side = !caller_known ? SIPCAUSE_SIDE_UNKNOWN : caller ? SIPCAUSE_SIDE_CALLER : SIPCAUSE_SIDE_CALLEE;
    bool same_caller = !caller_known || caller;
    bool initial = parts->to_tag.length == 0 && text_same_exactly(parts->method.text, parts->method.length, "INVITE");
    if (initial && release_begins_attempt(release, parts->cseq, same_caller))
        remember_caller(release, parts->from_tag);
    return release_open_request(release, parts->method, side, parts->to_tag, parts->cseq, same_caller);
}

static int open_message(sipcause_release *release, const sipcause_message *parts)
{
    bool caller_known = release->has_invite && release->caller_tag_length;
    bool caller = is_caller(release, parts->from_tag);
    if (parts->status == 0)
        return open_request(release, parts, caller_known, caller);
    bool no_cseq = parts->cseq_method.length == 0; /* cut off, most likely: taken for an answer to the INVITE */
    bool to_invite = no_cseq || text_same_exactly(parts->cseq_method.text, parts->cseq_method.length, "INVITE");
    bool of_callee = caller_known && !caller;
    if (!to_invite || (!of_callee && release_follow_cseq(release, parts->cseq))) {
        release_open_nothing(release);
        return SIPCAUSE_OK;
    }
    release->malformed = release->malformed || no_cseq;
    bool in_dialog = of_callee || (!(no_cseq && release->invite_cseq) && release_of_dialog(release, parts->cseq));
    return release_open_response(release, parts->status, parts->phrase, parts->to_tag, in_dialog);
}

/* ---- its lines ------------------------------------------------------------------------------------------ */

typedef struct gathered {
    sipcause_slice value;
    uint8_t known;        /* enum known_header */
    uint8_t cause_header; /* NO_CAUSE_HEADER */
} gathered;

static uint8_t cause_header_of(const sipcause_table *table, sipcause_slice line, sipcause_slice *value)
{
    for (uint8_t i = 0; i < table->cause_header_count; i++) {
        const char *name = table->cause_headers[i].name;
        if (text_lower(*name) == text_lower(*line.text) && message_line_is(line, name, strlen(name), value))
            return i;
    }
    return NO_CAUSE_HEADER;
}

/* Whether a line may be evidence; what it says of the message itself goes into parts. */
static bool gather(const sipcause_release *release, sipcause_slice line, sipcause_message *parts, gathered *to)
{
    if (line.length == 0 || !(release->letters & message_letter(*line.text)))
        return false;
    enum known_header known = message_line_header(line, &to->value);
    if (known == HEADER_CSEQ || known == HEADER_FROM ||
        known == HEADER_TO) /* the rest tells nothing of the call's end */
        message_take(parts, known, to->value);
    to->known = (uint8_t)known;
    to->cause_header = cause_header_of(release->table, line, &to->value);
    return release_keeps(known, parts->status) || to->cause_header != NO_CAUSE_HEADER;
}

static int keep(sipcause_release *release, const gathered *line)
{
    return release_keep_line(release, line->known, line->cause_header, line->value.text, line->value.length);
}

enum { GATHERED_MOST = 16 }; /* no honest message has more; those of another are walked over twice */

int sipcause_release_message(sipcause_release *release, const void *bytes, size_t length)
{
    sipcause_message parts = {.status = 0};
    gathered lines[GATHERED_MOST], more;
    size_t count = 0;
    bool evidence_last = false;
    message_walk walk, rest = {NULL, NULL, false};
    sipcause_slice line;
    if (!release || (!bytes && length))
        return SIPCAUSE_ERROR_MISUSE;
    length = text_length(bytes, length);
    if (!bytes || !message_start(bytes, length, &walk, &parts))
        return SIPCAUSE_ERROR_VALUE;
    while (message_line(&walk, &line)) {
        evidence_last = gather(release, line, &parts, count < GATHERED_MOST ? &lines[count] : &more);
        count += evidence_last && count < GATHERED_MOST;
        if (count == GATHERED_MOST && !rest.at)
            rest = walk;
    }
    int result = open_message(release, &parts);
    if (result != SIPCAUSE_OK || !release->open)
        return result;
    for (size_t i = 0; i < count && result == SIPCAUSE_OK; i++)
        result = keep(release, &lines[i]);
    if (evidence_last && !walk.complete && ((const char *)bytes)[length - 1] != '\n')
        release->malformed = true; /* the line may have been cut: cause=1 may have been cause=16 */
    while (rest.at && result == SIPCAUSE_OK && message_line(&rest, &line))
        if (gather(release, line, &parts, &more))
            result = keep(release, &more);
    if (result == SIPCAUSE_OK && walk.at < walk.end && release_body_counts(release))
        result = release_keep_body_of(release, bytes, length);
    if (result != SIPCAUSE_OK)
        release_drop_last(release); /* all of it or nothing */
    return result;
}
