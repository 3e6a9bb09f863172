/*
 * candidate.c - the codes that may decide a call (steps 1 to 5 of decide.c), in the table's precedence.
 *
 * SPDX-License-Identifier: MIT
 */
#include "bytes.h"
#include "decide.h"
#include "message.h"

#include <string.h>

const char *candidate_source_name(const candidate *one)
{
    switch (one->source) {
    case SIPCAUSE_SOURCE_NONE: return NULL;
    case SIPCAUSE_SOURCE_HEADER: return one->header;
    default: return sipcause_source_name(one->source);
    }
}

/* Before an answer 16 tells nothing by itself; what it means under a condition has told. */
static bool uninformative(const decision *now, const candidate *one)
{
    if (one->entry->flags & SIPCAUSE_ENTRY_UNINFORMATIVE)
        return true;
    return one->code.space == SIPCAUSE_SPACE_Q850 && one->code.value == 16 && one->entry == &one->of->entry &&
           !now->final->answered;
}

/* As the first of its kind. The one that is looked at is now->next. */
static void remember(decision *now, candidate *one, const candidate **as)
{
    if (*as)
        return;
    *as = one;
    now->next = one + 1;
}

static void note_unmapped(decision *now, candidate *one)
{
    sipcause_code code = one->code;
    if (code.space == SIPCAUSE_SPACE_CARRIER || code.space == SIPCAUSE_SPACE_TOKEN)
        now->flags |= SIPCAUSE_FLAG_UNMAPPED_CARRIER_CODE;
    if (code.space != SIPCAUSE_SPACE_SIP || code.value < 300)
        return; /* SIP;cause=200 is evidence under conditions only */
    now->flags |= SIPCAUSE_FLAG_UNMAPPED_STATUS;
    remember(now, one, &now->unmapped);
}

/* Where a Q.850 candidate comes from: a header has no location, a REL beside another cause its own. */
static uint8_t q850_location(const evidence *found, uint8_t source)
{
    switch (source) {
    case SIPCAUSE_SOURCE_HEADER: return SIPCAUSE_LOCATION_NONE;
    case SIPCAUSE_SOURCE_ISUP: return found->isup.location;
    default: return found->now.location;
    }
}

/* A row that another cause header named says the same again. Each asks the whole message for its conditions: were it
 * asked as often as a hostile message names it, that would cost the square of the message's length. */
static bool asked_before(decision *now, const row *of)
{
    for (uint32_t i = 0; i < now->header_row_count; i++)
        if (now->header_rows[i] == of)
            return true;
    if (now->header_row_count == HEADER_ROWS_MOST) {
        now->flags |= SIPCAUSE_FLAG_TRUNCATED;
        return true;
    }
    now->header_rows[now->header_row_count++] = of;
    return false;
}

static void explain(decision *now, candidate *one, uint32_t fate)
{
    if (now->release->explaining)
        one->asked = explain_asked(now, one, fate);
}

/* SIP;cause=480 in a 480 says it once more. */
static bool says_status(const decision *now, sipcause_code code)
{
    return code.space == SIPCAUSE_SPACE_SIP && code.value == now->found->message->status;
}

/* What a candidate's row means now. */
static const sipcause_entry *entry_now(const decision *now, const candidate *one)
{
    const row *of = one->of;
    if (!of || !of->entry.when_count)
        return of && of->entry.disposition ? &of->entry : NULL; /* as nearly every row */
    situation how = now->found->now;
    how.location = one->location;
    return table_entry_now(now->release->table, of, &how);
}

static void consider_informative(decision *now, candidate *one)
{
    if (one->source != SIPCAUSE_SOURCE_STATUS_LINE && !says_status(now, one->code))
        now->tells_more = true;
    remember(now, one, &now->winner);
    if (one->code.space == SIPCAUSE_SPACE_Q850)
        remember(now, one, &now->q850);
    if (one->code.space == SIPCAUSE_SPACE_SIP)
        remember(now, one, &now->sip);
}

static void consider_row(decision *now, sipcause_code code, const row *of, uint8_t source, const char *header)
{
    candidate *made = now->next;
    uint8_t location = code.space == SIPCAUSE_SPACE_Q850 ? q850_location(now->found, source) : now->found->now.location;
    *made = (candidate){code, of, NULL, header, 0, source, location};
    made->entry = entry_now(now, made);
    if (!made->entry) {
        explain(now, made, SIPCAUSE_FATE_UNMAPPED);
        note_unmapped(now, made);
        return;
    }
    bool yields = uninformative(now, made);
    explain(now, made, yields ? SIPCAUSE_FATE_YIELDS : SIPCAUSE_FATE_OUTRANKED); /* but for the winner */
    remember(now, made, &now->first);
    if (!yields)
        consider_informative(now, made);
}

static void consider(decision *now, uint32_t space, uint32_t value, uint8_t source)
{
    sipcause_code code = {(uint16_t)space, 0, value};
    consider_row(now, code, table_row(now->release->table, code), source, NULL);
}

/* The text of the first carrier code; that of the deciding one goes before it. */
static void remember_carrier(decision *now, sipcause_slice text, sipcause_code code)
{
    char *kept = now->release->carrier_text;
    size_t most = sizeof now->release->carrier_text - 1, length = text.length < most ? text.length : most;
    bool decides = now->winner && now->winner->source == SIPCAUSE_SOURCE_HEADER && code_same(now->winner->code, code);
    if (now->carrier_seen && !decides)
        return;
    memcpy(kept, text.text, length);
    kept[length] = 0;
    now->carrier = code;
    now->carrier_seen = true;
}

/* A cause header that is there and carries no code of its space. */
static void note_no_code(decision *now, const sipcause_cause_header *header, sipcause_slice text)
{
    char sentence[256];
    writer out = {sentence, sizeof sentence, 0};
    write_text(&out, "the header ");
    write_text(&out, header->name);
    if (text.length) {
        now->flags |= SIPCAUSE_FLAG_MALFORMED_EVIDENCE;
        write_text(&out, " says \"");
        write_quoted(&out, text.text, text.length);
        write_text(&out, "\", which is no code of the space ");
        write_text(&out, sipcause_space_name(header->space));
    } else {
        write_text(&out, " is there and empty: it carries no code");
    }
    finding_add(now->release, text.length ? SIPCAUSE_RULE_BAD_CAUSE : SIPCAUSE_RULE_CAUSE_EMPTY, sentence,
                write_end(&out));
}

/* Whether there is anything but blanks and quotes. */
static bool says_something(sipcause_slice value)
{
    for (size_t i = 0; i < value.length; i++)
        if (!message_blank(value.text[i]) && value.text[i] != '"' && value.text[i] != '\'')
            return true;
    return false;
}

enum carries candidates_header_code(const sipcause_table *table, const sipcause_cause_header *header,
                                    sipcause_slice text, sipcause_code *code, const row **of)
{
    uint32_t number;
    *of = NULL;
    if (text_number(text.text, text.length, &number)) {
        *code = (sipcause_code){header->space, 0, number};
        if (!sipcause_code_valid(*code))
            return CARRIES_OUT_OF_RANGE;
        *of = table_row(table, *code);
        return CARRIES_CODE;
    }
    *code = WORD_UNKNOWN;
    if (header->space != SIPCAUSE_SPACE_CARRIER)
        return CARRIES_NO_NUMBER;
    *of = table_word_row(table, text.text, text.length);
    if (!*of)
        return CARRIES_WORD;
    *code = (*of)->code;
    return CARRIES_CODE;
}

/* Of a row with conditions once, however often the message names it. */
static void consider_header_row(decision *now, sipcause_code code, const row *of, const char *header)
{
    if (now->recording || (of && of->entry.when_count && asked_before(now, of)))
        return;
    consider_row(now, code, of, SIPCAUSE_SOURCE_HEADER, header);
}

static void consider_text(decision *now, const sipcause_cause_header *header, sipcause_slice text)
{
    static const sipcause_code none = {SIPCAUSE_SPACE_NONE, 0, 0};
    sipcause_code code;
    const row *of;
    bool had_winner = now->winner != NULL;
    enum carries read = candidates_header_code(now->release->table, header, text, &code, &of);
    if (read == CARRIES_CODE || read == CARRIES_WORD)
        consider_header_row(now, code, of, header->name);
    else
        note_no_code(now, header, text);
    if (header->space == SIPCAUSE_SPACE_CARRIER && (!had_winner || !now->carrier_seen))
        remember_carrier(now, text, read == CARRIES_WORD ? none : code);
}

const kept_line *candidates_header_line(const sipcause_release *release, const evidence *found, uint8_t header,
                                        const kept_line *line, sipcause_slice *text)
{
    const sipcause_cause_header *wanted = &release->table->cause_headers[header];
    uint8_t same = table_same_header(release->table, header);
    for (; line; line = line_at(release, line->next)) {
        sipcause_slice value = {line_bytes(line), line->length};
        if (line->cause_header == same && !line_ignored(found, line) &&
            message_header_code(value, wanted->parameter, wanted->uri_parameter, text))
            return line;
    }
    return NULL;
}

static void consider_headers(decision *now, uint32_t space)
{
    const sipcause_release *release = now->release;
    for (uint8_t i = 0; i < release->table->cause_header_count; i++) {
        const sipcause_cause_header *header = &release->table->cause_headers[i];
        sipcause_slice text;
        if (header->space != space)
            continue;
        const kept_line *line = line_at(release, now->found->message->first_line);
        for (; line && (line = candidates_header_line(release, now->found, i, line, &text)) != NULL;
             line = line_at(release, line->next)) {
            sipcause_slice value = {line_bytes(line), line->length};
            if (text.length)
                consider_text(now, header, text);
            else
                note_no_code(now, header, !header->parameter && says_something(value) ? value : text);
        }
    }
}

static void consider_reason(decision *now, uint32_t space)
{
    const found_code *code = evidence_code(now->found, space);
    if (code)
        consider(now, space, code->value, code->source);
}

static void consider_status(decision *now)
{
    uint32_t status = now->found->message->status;
    uint8_t source = now->found->now.notice ? SIPCAUSE_SOURCE_REASON : SIPCAUSE_SOURCE_STATUS_LINE;
    if (status >= 300 && !now->status_asked)
        consider(now, SIPCAUSE_SPACE_SIP, status, source);
    now->status_asked = true;
}

bool candidates_ask(const sipcause_table *table, uint32_t space)
{
    for (uint32_t i = 0; i < table->asked_count; i++)
        if (table->asked[i] == space)
            return true;
    return false;
}

static void consider_q850(decision *now)
{
    const found_code *code = evidence_code(now->found, SIPCAUSE_SPACE_Q850);
    if (now->found->now.notice && candidates_ask(now->release->table, SIPCAUSE_SPACE_SIP)) {
        consider_status(now);
        if (code && code->value == 21)
            return; /* it is the 603+ itself */
    }
    if (!code)
        return;
    consider_reason(now, SIPCAUSE_SPACE_Q850);
    const sipcause_isup *isup = &now->found->isup;
    if (code->source == SIPCAUSE_SOURCE_REASON && now->found->has_isup && isup->coding == 0 && isup->cause != 0)
        consider(now, SIPCAUSE_SPACE_Q850, isup->cause, SIPCAUSE_SOURCE_ISUP);
}

/* Where spaces stand in the table's order, for only few are there: bit 1 << place. */
static uint64_t places_of(const sipcause_release *release, uint64_t spaces)
{
    uint64_t places = 0;
    for (; spaces; spaces &= spaces - 1)
        places |= UINT64_C(1) << release->asked_at[bits_lowest(spaces)];
    return places & ~(UINT64_C(1) << NOT_ASKED);
}

static void consider_space(decision *now, uint32_t space)
{
    switch (space) {
    case SIPCAUSE_SPACE_CARRIER: break; /* it stands in cause headers alone */
    case SIPCAUSE_SPACE_Q850: consider_q850(now); break;
    case SIPCAUSE_SPACE_SIP: consider_status(now); /* fall through */
    default: consider_reason(now, space); break;
    }
}

void candidates_consider(decision *now)
{
    const sipcause_release *release = now->release;
    uint64_t in_headers = now->reasons_only || !now->found->has_cause_header ? 0 : release->cause_spaces;
    uint64_t present = now->found->spaces | in_headers | UINT64_C(1) << SIPCAUSE_SPACE_SIP |
                       (uint64_t)now->found->now.notice << SIPCAUSE_SPACE_Q850;
    for (uint64_t places = places_of(release, present); places; places &= places - 1) {
        uint32_t space = release->table->asked[bits_lowest(places)];
        consider_space(now, space);
        if (in_headers >> space & 1)
            consider_headers(now, space);
    }
    now->recording = true;
    if ((in_headers >> SIPCAUSE_SPACE_CARRIER & 1) && release->asked_at[SIPCAUSE_SPACE_CARRIER] == NOT_ASKED)
        consider_headers(now, SIPCAUSE_SPACE_CARRIER);
    now->recording = false;
    now->flags |= now->found->flags;
}

void candidates_prefer_cancelled(decision *now)
{
    sipcause_code terminated = sipcause_status(487);
    if (!now->status_asked || now->found->message->status != terminated.value)
        return;
    const row *of = table_row(now->release->table, terminated);
    if (!of)
        return;
    now->first = NULL;
    consider_row(now, terminated, of, SIPCAUSE_SOURCE_STATUS_LINE, NULL);
}
