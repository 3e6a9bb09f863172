/*
 * condition.c - whether a condition of a `when` item or of an interworking rule holds.
 *
 * All that it says must hold, and of each of its lists one part. What the evidence lacks never holds.
 *
 * SPDX-License-Identifier: MIT
 */
#include "message.h"
#include "reason.h"
#include "release.h"

static bool tri_holds(uint8_t wanted, bool is)
{
    return wanted == ANY || (wanted == YES) == is;
}

/* ---- what a message carries --------------------------------------------------------------------------- */

static const kept_line *first_line(const situation *now)
{
    return line_at(now->release, now->found->message->first_line);
}

static bool has_phrase(const situation *now, const condition_part *part)
{
    const kept_message *message = now->found->message;
    return message->phrase && glob_matches(part->text, now->release->arena + message->phrase, message->phrase_length);
}

/* Whether a Reason value has a text or a code of the list from `part` up to `stop`. */
static bool tells(told_reason told, const condition_part *part, const condition_part *stop)
{
    for (; part < stop; part++) {
        if (part->kind == PART_TEXT
                ? told.text.text && glob_matches_quoted(part->text, told.text.text, told.text.length)
                : told.code.space == part->space && told.code.value == part->value)
            return true;
    }
    return false;
}

/* The same of all that stand in the message. */
static bool headers_tell(const situation *now, const condition_part *part, const condition_part *stop)
{
    sipcause_reason_iterator iterator;
    sipcause_reason value;
    reason_begin_quietly(&iterator);
    for (const kept_line *line = first_line(now); line; line = line_at(now->release, line->next)) {
        if (line->known != HEADER_REASON)
            continue;
        sipcause_reason_continue(&iterator, line_bytes(line), line->length);
        while (sipcause_reason_next(&iterator, &value))
            if (tells(told_by(&value), part, stop))
                return true;
    }
    return false;
}

static bool has_reason(const situation *now, const condition_part *part, const condition_part *stop)
{
    const evidence *found = now->found;
    if (found->reason_count > REASONS_KEPT)
        return headers_tell(now, part, stop);
    for (uint32_t i = 0; i < found->reason_count; i++)
        if (tells(found->reasons[i], part, stop))
            return true;
    return false;
}

/* Behind the next comma outside quotes; NULL: there is none. */
static const char *next_warning(const char *at, const char *end)
{
    while (at < end && *at != ',')
        at = *at == '"' ? message_behind_quoted(at, end) : at + 1;
    return at < end ? at + 1 : NULL;
}

/* The warn-codes of a Warning header, RFC 3261 section 20.43: at the beginning, and after each comma outside quotes. */
static bool line_warns(const kept_line *line, uint32_t wanted)
{
    const char *at = line_bytes(line), *end = at + line->length;
    for (; at; at = memchr(at, ',', (size_t)(end - at)) ? next_warning(at, end) : NULL) {
        uint32_t code;
        while (at < end && message_blank(*at))
            at++;
        if (end - at >= 3 && text_number(at, 3, &code) && code == wanted && (end - at == 3 || !text_digit(at[3])))
            return true;
    }
    return false;
}

static bool has_warning(const situation *now, const condition_part *part)
{
    for (const kept_line *line = first_line(now); line; line = line_at(now->release, line->next))
        if (line->known == HEADER_WARNING && line_warns(line, part->value))
            return true;
    return false;
}

static bool header_is(const kept_line *line, const sipcause_cause_header *header, const condition_part *part)
{
    uint32_t number;
    sipcause_slice value = {line_bytes(line), line->length}, text;
    if (!message_header_code(value, header->parameter, header->uri_parameter, &text) || !text.length)
        return false;
    if (part->space == SIPCAUSE_SPACE_TOKEN)
        return text_same_exactly(text.text, text.length, part->text);
    return text_number(text.text, text.length, &number) && number == part->value;
}

static bool has_header(const situation *now, const condition_part *part)
{
    const sipcause_table *table = now->release->table;
    uint16_t space = part->space == SIPCAUSE_SPACE_TOKEN ? SIPCAUSE_SPACE_CARRIER : part->space;
    for (uint8_t i = 0; i < table->cause_header_count; i++) {
        if (table->cause_headers[i].space != space)
            continue;
        uint8_t same = table_same_header(table, i);
        for (const kept_line *line = first_line(now); line; line = line_at(now->release, line->next))
            if (line->cause_header == same && !line_ignored(now->found, line) &&
                header_is(line, &table->cause_headers[i], part))
                return true;
    }
    return false;
}

/* A code in the status line, the REL or a cause header. */
static bool has_code(const situation *now, const condition_part *part)
{
    const sipcause_isup *isup = &now->found->isup;
    if (part->space == SIPCAUSE_SPACE_SIP && now->found->message->status == part->value)
        return true;
    if (part->space == SIPCAUSE_SPACE_Q850 && now->found->has_isup && isup->coding == SIPCAUSE_CODING_ITU_T &&
        isup->cause == part->value)
        return true;
    return has_header(now, part);
}

/* ---- conditions ---------------------------------------------------------------------------------------- */

static bool part_holds(const condition_part *part, const situation *now)
{
    switch (part->kind) {
    case PART_PHRASE: return has_phrase(now, part);
    case PART_WARNING: return has_warning(now, part);
    case PART_CODE: return has_code(now, part);
    default: return false;
    }
}

/* Whether there is anything that a part of this kind could be. */
static bool may_hold(const condition_part *part, const situation *now)
{
    if (!now->release || !now->found)
        return false;
    switch (part->kind) {
    case PART_WARNING: return now->found->has_warning;
    case PART_TEXT: return now->found->has_text;
    default: return true;
    }
}

/* Whether one of the list from `part` up to `stop` holds. The Reason headers are read once for all of them. */
static bool list_holds(const situation *now, const condition_part *part, const condition_part *stop)
{
    bool in_reason = part->kind == PART_TEXT || (part->kind == PART_CODE && part->space != SIPCAUSE_SPACE_CARRIER &&
                                                 part->space != SIPCAUSE_SPACE_TOKEN);
    for (const condition_part *at = part; at < stop; at++)
        if (part_holds(at, now))
            return true;
    return in_reason && has_reason(now, part, stop);
}

bool condition_empty(const condition *when)
{
    return !(when->part_count || when->locations || when->methods || when->codings || when->answered || when->alerted ||
             when->progressed || when->notice || when->diagnostic);
}

bool condition_same_list(const condition_part *a, const condition_part *b)
{
    uint16_t a_space = a->space == SIPCAUSE_SPACE_TOKEN ? SIPCAUSE_SPACE_CARRIER : a->space;
    uint16_t b_space = b->space == SIPCAUSE_SPACE_TOKEN ? SIPCAUSE_SPACE_CARRIER : b->space;
    return a->kind == b->kind && a_space == b_space;
}

/* Of each list one part. */
static bool parts_hold(const condition *when, const situation *now)
{
    const condition_part *at = when->parts, *end = at + when->part_count;
    while (at < end) {
        const condition_part *first = at;
        if (!may_hold(first, now))
            return false;
        while (at < end && condition_same_list(first, at))
            at++;
        if (!list_holds(now, first, at))
            return false;
    }
    return true;
}

/* What it says of the call. Most conditions say nothing of it. */
static bool call_holds(const condition *when, const situation *now)
{
    if (!(when->answered | when->alerted | when->progressed | when->notice | when->diagnostic))
        return true;
    return tri_holds(when->answered, now->answered) && tri_holds(when->alerted, now->alerted) &&
           tri_holds(when->progressed, now->progressed) && tri_holds(when->notice, now->notice) &&
           tri_holds(when->diagnostic, now->diagnostic);
}

/* The cheap tests first. Inline, for the refinements of a row are gone through for nearly every call. */
static inline bool holds(const condition *when, const situation *now)
{
    if (when->locations && (now->location == SIPCAUSE_LOCATION_NONE || !(when->locations >> now->location & 1)))
        return false;
    if (when->codings && (now->coding == CODING_NONE || !(when->codings >> now->coding & 1)))
        return false;
    if (when->methods && !(when->methods >> now->method & 1))
        return false;
    return call_holds(when, now) && (!when->part_count || parts_hold(when, now));
}

bool condition_holds(const condition *when, const situation *now)
{
    return holds(when, now);
}

const sipcause_entry *table_entry_now(const sipcause_table *table, const row *of, const situation *now)
{
    const refinement *items = table_refinements(table, of);
    for (uint32_t i = 0; i < of->entry.when_count; i++)
        if (holds(&items[i].when, now))
            return &items[i].entry;
    return of->entry.disposition ? &of->entry : NULL;
}
