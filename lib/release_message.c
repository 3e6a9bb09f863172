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

/* Whether the caller's tag is known, so that From tells who sent a message. */
static bool knows_caller(const sipcause_release *release)
{
    return release->has_invite && release->caller_tag_length;
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

/* ---- its lines ------------------------------------------------------------------------------------------ */

typedef struct gathered {
    sipcause_slice value;
    uint8_t known;        /* enum known_header */
    uint8_t cause_header; /* NO_CAUSE_HEADER */
} gathered;

enum { GATHERED_MOST = 16 }; /* no honest message has more; those of another are walked over twice */

/* What is gathered while the lines are walked over. */
typedef struct gathering {
    const sipcause_release *release;
    uint32_t letters; /* first letters of the headers that matter to this message */
    message_walk walk;
    sipcause_message parts;
    const char *behind; /* where the last line that is evidence ends */
    unsigned count;
    gathered lines[GATHERED_MOST];
} gathering;

static uint8_t cause_header_of(const sipcause_table *table, sipcause_slice line, sipcause_slice *value)
{
    for (uint8_t i = 0; i < table->cause_header_count; i++) {
        const char *name = table->cause_headers[i].name;
        size_t length = 0; /* up to where the line says the name: mostly it differs early */
        while (name[length] && length < line.length &&
               (line.text[length] == name[length] || text_lower(line.text[length]) == text_lower(name[length])))
            length++;
        if (!name[length] && message_value(line, length, value))
            return i;
    }
    return NO_CAUSE_HEADER;
}

/* The known headers that are asked for: bit 1 << known. All else tells nothing of the call's end. */
#define ASKED                                                                                                          \
    (1u << HEADER_CSEQ | 1u << HEADER_FROM | 1u << HEADER_TO | 1u << HEADER_REASON | 1u << HEADER_RETRY_AFTER |        \
     1u << HEADER_WARNING | 1u << HEADER_CALL_INFO)

/* Reads a header; of those that tell who sent the message and what it belongs to, the parts. Whether it is evidence. */
static bool read_header(gathering *of, sipcause_slice line, enum known_header known, size_t name_length, gathered *to)
{
    sipcause_message *parts = &of->parts;
    to->cause_header = NO_CAUSE_HEADER;
    if (of->release->cause_letters & message_letter(*line.text))
        to->cause_header = cause_header_of(of->release->table, line, &to->value);
    bool is_cause = to->cause_header != NO_CAUSE_HEADER;
    if (known == HEADER_OTHER || !message_value(line, name_length, &to->value))
        known = HEADER_OTHER;
    to->known = (uint8_t)known;
    switch (known) {
    case HEADER_OTHER: return is_cause;
    case HEADER_CSEQ: message_take_cseq(parts, to->value); return is_cause;
    case HEADER_FROM: message_take_tag(&parts->from_tag, to->value); return is_cause;
    case HEADER_TO: message_take_tag(&parts->to_tag, to->value); return is_cause;
    default: return is_cause || release_keeps(known, parts->status);
    }
}

/* Walks on to the end of the headers, or until no more lines can be gathered. */
static void gather(gathering *of)
{
    message_walk walk = of->walk; /* in registers, as this loop sees every line of every message */
    const uint32_t letters = of->letters, cause_letters = of->release->cause_letters;
    unsigned count = 0;
    while (count < GATHERED_MOST && message_seek(&walk, letters)) {
        size_t length = 0;
        enum known_header known = message_name(walk.at, walk.end, ASKED, &length);
        if (known == HEADER_OTHER && !(cause_letters & message_letter(*walk.at))) {
            message_pass_line(&walk);
            continue;
        }
        sipcause_slice line = message_take_line(&walk);
        if (!read_header(of, line, known, length, &of->lines[count]))
            continue;
        of->behind = walk.at;
        count++;
    }
    of->count = count;
    of->walk = walk;
}

/* ---- opening it ------------------------------------------------------------------------------------------ */

static int open_message(sipcause_release *release, gathering *of)
{
    sipcause_message *parts = &of->parts;
    bool caller_known = knows_caller(release);
    bool caller = caller_known && is_caller(release, parts->from_tag);
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

/* ---- keeping its lines -------------------------------------------------------------------------------- */

static int keep_lines(sipcause_release *release, const gathering *of)
{
    int result = SIPCAUSE_OK;
    for (const gathered *line = of->lines; line < of->lines + of->count && result == SIPCAUSE_OK; line++)
        result = release_keep_line(release, line->known, line->cause_header, line->value.text, line->value.length);
    return result;
}

/* The same of a message that may have more lines than can be gathered at once: these are gone over once more. */
static int keep_all_lines(sipcause_release *release, gathering *of, const char *headers)
{
    if (!headers)
        return keep_lines(release, of);
    int result;
    of->walk.at = headers;
    of->walk.complete = false;
    do {
        gather(of);
        result = keep_lines(release, of);
    } while (result == SIPCAUSE_OK && of->count == GATHERED_MOST);
    return result;
}

int sipcause_release_message(sipcause_release *release, const void *bytes, size_t length)
{
    gathering of; /* only what is asked for is ever set: most of it would be zeroed for nothing */
    of.release = release;
    of.behind = NULL;
    of.parts.cseq = 0;
    of.parts.cseq_method = (sipcause_slice){NULL, 0};
    of.parts.from_tag = (sipcause_slice){NULL, 0};
    of.parts.to_tag = (sipcause_slice){NULL, 0};
    if (!release || (!bytes && length))
        return SIPCAUSE_ERROR_MISUSE;
    length = text_length(bytes, length);
    if (!bytes || !message_start(bytes, length, &of.walk, &of.parts))
        return SIPCAUSE_ERROR_VALUE;
    of.letters = release->letters;
    if (of.parts.status && !knows_caller(release)) /* nobody asks who sent a response */
        of.letters &= ~message_letter('f') | release->cause_letters;
    const char *headers = of.walk.at, *again = NULL;
    gather(&of);
    for (; of.count == GATHERED_MOST; again = headers) /* what the message is, its last line may tell */
        gather(&of);
    int result = open_message(release, &of);
    if (result != SIPCAUSE_OK || !release->open)
        return result;
    if (of.behind == of.walk.end && of.behind[-1] != '\n') /* it has no end: cause=1 may have been cause=16 */
        release->malformed = true;
    result = keep_all_lines(release, &of, again);
    if (result == SIPCAUSE_OK && of.walk.at < of.walk.end && release_body_counts(release))
        result = release_keep_body_of(release, bytes, length);
    if (result != SIPCAUSE_OK)
        release_drop_last(release); /* all of it or nothing */
    return result;
}
