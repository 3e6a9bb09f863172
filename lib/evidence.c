/*
 * evidence.c - reads what a kept message says.
 *
 * Nothing is decided here: Reason values, the REL's cause indicators, Retry-After, Warning, the pieces of a
 * 603+ and the jCard of a 608 are gathered, and what is wrong with them is noted.
 *
 * SPDX-License-Identifier: MIT
 */
#include "notice.h"
#include "release.h"
#include "report.h"

#include <string.h>

/* ---- findings -------------------------------------------------------------------------------------- */

void finding_add(sipcause_release *release, uint32_t rule, const char *sentence, size_t length)
{
    uint32_t severity = release ? sipcause_table_severity(release->table, rule) : SIPCAUSE_SEVERITY_OFF;
    if (severity == SIPCAUSE_SEVERITY_OFF &&
        !(release && release->report && report_wants(release->report, release->table, rule)))
        return;
    if (release->finding_count == FINDINGS_MOST) {
        release->findings_cut = true;
        return;
    }
    uint32_t at = release->sentences_used;
    if (!memory_reserve((void **)&release->sentences, &release->sentences_capacity, at + (uint32_t)length + 1, 1) ||
        !memory_reserve((void **)&release->findings, &release->finding_capacity, release->finding_count + 1,
                        sizeof *release->findings)) {
        release->memory_short = true;
        return;
    }
    memcpy(release->sentences + at, sentence, length);
    release->sentences[at + length] = 0;
    release->sentences_used = at + (uint32_t)length + 1;
    noted *made = &release->findings[release->finding_count++];
    memset(made, 0, sizeof *made);
    made->sentence_at = at;
    made->finding.size = sizeof made->finding;
    made->finding.rule = (uint16_t)rule;
    made->finding.severity = (uint16_t)severity;
}

static void finding_of_reason(sipcause_release *release, const sipcause_reason *value, uint32_t rule)
{
    char sentence[512];
    if (!release)
        return;
    size_t length = sipcause_reason_sentence(value, rule, sentence, sizeof sentence);
    finding_add(release, rule, sentence, length < sizeof sentence ? length : sizeof sentence - 1);
}

static void note_mask(sipcause_release *findings_of, const sipcause_reason *value, uint64_t mask)
{
    for (uint32_t rule = 0; mask; rule++, mask >>= 1)
        if (mask & 1)
            finding_of_reason(findings_of, value, rule);
}

/* ---- Reason ---------------------------------------------------------------------------------------- */

/* A 603+ says v=analytics1 in the text; where it stands in a parameter it was nearly one. */
static bool notice_outside(const sipcause_reason *value)
{
    size_t position = 0;
    sipcause_slice name, content;
    while (sipcause_reason_parameter(value, &position, &name, &content))
        if (text_same_name(name.text, name.length, "v") && content.text &&
            text_same_name(content.text, content.length, "analytics1"))
            return true;
    return false;
}

/* Which piece of a 603+ the text of a Reason with the right code is; 0: none. */
static uint8_t notice_piece_of(const sipcause_reason *value)
{
    sipcause_slice text = value->text;
    notice_parts parts;
    enum notice_start start = notice_start_of(text.text, text.length);
    if (start == NOTICE_STARTS_NEARLY && (value->findings >> SIPCAUSE_RULE_TEXT_NOT_QUOTED & 1))
        return PIECE_NAKED; /* it ended at the first semicolon */
    if (text_same_name(text.text, text.length, "v=analytics1"))
        return PIECE_BARE;
    if (start == NOTICE_STARTS_NEARLY)
        return PIECE_OTHER;
    if (start == NOTICE_STARTS_OTHERWISE)
        return notice_outside(value) ? PIECE_OUTSIDE : 0;
    notice_parse(text.text, text.length, &parts);
    return parts.further ? PIECE_TEXT : PIECE_BARE;
}

/* Whether a 603+ may have that code in its Reason. */
static bool notice_code(const sipcause_reason *value)
{
    return value->has_cause && ((value->cause == 603 && value->space == SIPCAUSE_SPACE_SIP) ||
                                (value->cause == 21 && value->space == SIPCAUSE_SPACE_Q850));
}

static void read_notice(const sipcause_reason *value, evidence *found)
{
    if (found->notice_pieces & PIECE_TEXT)
        return;
    if (!notice_code(value)) {
        if (notice_start_of(value->text.text, value->text.length) == NOTICE_STARTS)
            found->notice_pieces |= PIECE_STRAY;
        return;
    }
    uint8_t piece = notice_piece_of(value);
    found->notice_pieces |= piece;
    if (piece == PIECE_TEXT || piece == PIECE_OTHER)
        found->notice_text = value->text;
    if (piece == PIECE_TEXT)
        found->notice_location = value->location;
}

static void evidence_take(evidence *found, uint32_t space, uint32_t value, uint8_t location, uint8_t source)
{
    found->by_space[space] = (found_code){value, location, source};
    found->spaces |= UINT64_C(1) << space;
}

static void read_value(const sipcause_reason *value, evidence *found)
{
    sipcause_code code = {value->space, 0, value->cause};
    if (found->reason_count < REASONS_KEPT)
        found->reasons[found->reason_count] = told_by(value);
    found->reason_count++;
    if (value->text.text)
        found->has_text = true;
    read_notice(value, found);
    if (value->findings >> SIPCAUSE_RULE_BAD_CAUSE & 1)
        found->flags |= SIPCAUSE_FLAG_MALFORMED_EVIDENCE;
    if (!value->has_cause || code.space == SIPCAUSE_SPACE_NONE)
        return;
    if (code.space != SIPCAUSE_SPACE_Q850 && found->other_protocol.space == SIPCAUSE_SPACE_NONE)
        found->other_protocol = code;
    if (!sipcause_code_valid(code))
        found->flags |= SIPCAUSE_FLAG_MALFORMED_EVIDENCE;
    else if (value->space < SPACES_MOST && !evidence_code(found, value->space))
        evidence_take(found, value->space, value->cause, value->location, SIPCAUSE_SOURCE_REASON);
}

static void read_reason(const kept_line *line, sipcause_reason_iterator *iterator, bool *begun, evidence *found,
                        sipcause_release *findings_of)
{
    sipcause_reason value;
    if (*begun)
        sipcause_reason_continue(iterator, line_bytes(line), line->length);
    else
        sipcause_reason_begin(iterator, line_bytes(line), line->length);
    *begun = true;
    while (sipcause_reason_next(iterator, &value)) {
        note_mask(findings_of, &value, value.findings);
        if (!found->reason_ignored)
            read_value(&value, found);
    }
}

/* ---- the others ------------------------------------------------------------------------------------ */

static void read_isup(const kept_line *line, evidence *found, sipcause_release *findings_of)
{
    sipcause_isup read;
    bool usable = sipcause_isup_decode(line_bytes(line), line->length, &read) == SIPCAUSE_OK &&
                  (read.coding != SIPCAUSE_CODING_ITU_T || read.cause != 0);
    if (!usable) {
        static const char sentence[] = "the cause indicators of the REL hold no cause value";
        found->flags |= SIPCAUSE_FLAG_MALFORMED_EVIDENCE;
        finding_add(findings_of, SIPCAUSE_RULE_BAD_CAUSE, sentence, sizeof sentence - 1);
    }
    if (!usable || found->has_isup)
        return;
    found->isup = read;
    found->has_isup = true;
    found->isup_line = line;
    if (read.coding != 0)
        found->flags |= SIPCAUSE_FLAG_FOREIGN_CODING; /* its numbers are not Q.850's */
}

/* Retry-After = delta-seconds [comment] *(SEMI retry-param), RFC 3261 section 20.33. */
void evidence_retry_after(const kept_line *line, evidence *found)
{
    const char *bytes = line_bytes(line);
    size_t start = 0, end;
    while (start < line->length && (bytes[start] == ' ' || bytes[start] == '\t'))
        start++;
    for (end = start; end < line->length && text_digit(bytes[end]);)
        end++;
    if (!found->has_retry_after)
        found->has_retry_after = text_number(bytes + start, end - start, &found->retry_after);
}

/* It may be a cause header of any answer; a jCard is a 608's only. */
static void read_call_info(const kept_line *line, evidence *found)
{
    sipcause_slice value = {line_bytes(line), line->length};
    if (found->message->status == 608)
        call_info_read(value, found);
}

static bool phrase_is_blocked(const sipcause_release *release, const kept_message *message)
{
    static const char blocked[] = "Network Blocked";
    return message->phrase_length == sizeof blocked - 1 &&
           text_same(release->arena + message->phrase, sizeof blocked - 1, blocked, sizeof blocked - 1);
}

/* The Q.850 cause of the REL stands in where no Reason gave one, and its location where that gave none. */
static void join_isup(evidence *found)
{
    found_code *q850 = &found->by_space[SIPCAUSE_SPACE_Q850];
    bool usable = found->has_isup && found->isup.coding == 0 && found->isup.cause != 0;
    if (usable && !evidence_code(found, SIPCAUSE_SPACE_Q850))
        evidence_take(found, SIPCAUSE_SPACE_Q850, found->isup.cause, found->isup.location, SIPCAUSE_SOURCE_ISUP);
    else if (usable && q850->location == SIPCAUSE_LOCATION_NONE && q850->value == found->isup.cause)
        q850->location = found->isup.location;
    found->now.location = evidence_code(found, SIPCAUSE_SPACE_Q850) ? q850->location : SIPCAUSE_LOCATION_NONE;
    found->now.coding = found->has_isup ? found->isup.coding : CODING_NONE;
    found->now.diagnostic = usable && found->isup.diagnostic_length > 0;
}

/* A REL of the ISUP side tells of the same end as the message that decides, be that another such REL. */
static void borrow_isup(const sipcause_release *release, evidence *found, sipcause_release *findings_of)
{
    const kept_message *at = message_at(release, release->first_message);
    for (; at && !found->has_isup; at = message_at(release, at->next)) {
        bool other = at->method == METHOD_ANY && at != found->message;
        const kept_line *line = other ? line_at(release, at->first_line) : NULL;
        for (; line && !found->has_isup; line = line_at(release, line->next))
            if (line->known == LINE_ISUP)
                read_isup(line, found, findings_of);
    }
}

static void read_message(const sipcause_release *release, const kept_message *message, const final_message *final,
                         evidence *found, sipcause_release *findings_of, bool trusting)
{
    sipcause_reason_iterator iterator;
    bool begun = false;
    memset(found, 0, offsetof(evidence, isup));
    found->message = message;
    found->notice_location = SIPCAUSE_LOCATION_NONE;
    if (!trusting && message->status && release->table->ignored_count)
        found->reason_ignored = sipcause_table_ignores_reason(release->table, message->status);
    found->now.release = release;
    found->now.found = found;
    found->now.method = message->method;
    found->now.answered = final->answered;
    found->now.alerted = release->alerted;
    found->now.progressed = release->progressed;
    if (message->status == 603)
        found->notice_pieces |= PIECE_STATUS;
    if (phrase_is_blocked(release, message))
        found->notice_pieces |= PIECE_PHRASE;
    for (const kept_line *line = line_at(release, message->first_line); line; line = line_at(release, line->next)) {
        if (line->cause_header != NO_CAUSE_HEADER)
            found->has_cause_header = true;
        switch (line->known) {
        case HEADER_REASON: read_reason(line, &iterator, &begun, found, findings_of); break;
        case HEADER_RETRY_AFTER: evidence_retry_after(line, found); break;
        case HEADER_CALL_INFO: read_call_info(line, found); break;
        case HEADER_WARNING: found->has_warning = true; break;
        case LINE_ISUP: read_isup(line, found, findings_of); break;
        default: break;
        }
    }
    if (begun)
        note_mask(findings_of, NULL, sipcause_reason_findings(&iterator));
    if (message == final->message)
        borrow_isup(release, found, findings_of);
    join_isup(found);
    found->now.notice = (found->notice_pieces & PIECES_ALL) == PIECES_ALL;
}

void evidence_read(const sipcause_release *release, const kept_message *message, const final_message *final,
                   evidence *found, sipcause_release *findings_of)
{
    read_message(release, message, final, found, findings_of, false);
}

void evidence_read_untrusted(const sipcause_release *release, const kept_message *message, const final_message *final,
                             evidence *found)
{
    read_message(release, message, final, found, NULL, true);
}
