/*
 * explain_pieces.c - the pieces of evidence in a kept message: status line, Reason values, cause headers, the REL, and
 * what conditions and the route ask.
 *
 * SPDX-License-Identifier: MIT
 */
#include "explain.h"
#include "reason.h"

static void add_status(const account *of, piece one)
{
    char line[STEP_TEXT + 1];
    writer out = {line, sizeof line, 0};
    const kept_message *message = one.message;
    write_number(&out, message->status);
    write_text(&out, message->phrase_length ? " " : "");
    if (message->phrase)
        write_bytes(&out, of->now->release->arena + message->phrase, message->phrase_length);
    one.code = sipcause_status(message->status);
    one.line = NULL;
    one.source = SIPCAUSE_SOURCE_STATUS_LINE;
    one.source_name = sipcause_source_name(SIPCAUSE_SOURCE_STATUS_LINE);
    one.text = (sipcause_slice){line, out.length < STEP_TEXT ? out.length : STEP_TEXT};
    explain_piece(of, &one);
}

/* What cannot be a candidate, of a Reason value, and why; false: it may be one. */
static bool write_fault(const sipcause_reason *reason, writer *out)
{
    static const uint32_t faults[] = {SIPCAUSE_RULE_BAD_CAUSE, SIPCAUSE_RULE_CAUSE_ZERO,
                                      SIPCAUSE_RULE_SIP_CAUSE_IS_Q850, SIPCAUSE_RULE_Q850_CAUSE_IS_STATUS,
                                      SIPCAUSE_RULE_CAUSE_OUT_OF_RANGE};
    if (reason->has_cause && sipcause_code_valid(sipcause_code_make(reason->space, reason->cause)))
        return false;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (reason->findings >> faults[i] & 1) {
            char sentence[SENTENCE_ROOM];
            sipcause_reason_sentence(reason, faults[i], sentence, sizeof sentence);
            write_text(out, sentence);
            return true;
        }
    write_text(out, reason->has_cause ? "the protocol is not registered: its number is no code" : "it has no cause");
    return true;
}

static void add_reason_value(const account *of, piece one, const sipcause_reason *value)
{
    char fault[SENTENCE_ROOM];
    writer out = {fault, sizeof fault, 0};
    one.reason = value;
    one.text.text = value->protocol.text;
    one.text.length = (size_t)(value->parameters.text + value->parameters.length - value->protocol.text);
    one.location = value->location;
    if (write_fault(value, &out)) {
        write_end(&out);
        one.fault = fault;
    } else {
        one.code = sipcause_code_make(value->space, value->cause);
    }
    explain_piece(of, &one);
}

static void add_reason(const account *of, piece one, const kept_line *line, sipcause_reason_iterator *iterator)
{
    sipcause_reason value;
    one.source = SIPCAUSE_SOURCE_REASON;
    one.source_name = sipcause_source_name(SIPCAUSE_SOURCE_REASON);
    sipcause_reason_continue(iterator, line_bytes(line), line->length);
    while (sipcause_reason_next(iterator, &value))
        add_reason_value(of, one, &value);
}

static void add_isup(const account *of, piece one, const kept_line *line)
{
    static const char digits[] = "0123456789abcdef";
    char octets[3 * 32 + 4];
    writer out = {octets, sizeof octets, 0};
    sipcause_isup isup;
    const unsigned char *bytes = (const unsigned char *)line_bytes(line);
    for (uint32_t i = 0; i < line->length && i < 32; i++) {
        write_text(&out, i ? " " : "");
        write_bytes(&out, &digits[bytes[i] >> 4], 1);
        write_bytes(&out, &digits[bytes[i] & 15], 1);
    }
    if (line->length > 32)
        write_text(&out, "...");
    one.text = (sipcause_slice){octets, out.length};
    one.source = SIPCAUSE_SOURCE_ISUP;
    one.source_name = sipcause_source_name(SIPCAUSE_SOURCE_ISUP);
    if (sipcause_isup_decode(bytes, line->length, &isup) != SIPCAUSE_OK) {
        one.fault = "it cannot be read: too short, or octet 1a without an end";
    } else if (isup.coding != SIPCAUSE_CODING_ITU_T) {
        one.fault = "its coding standard is not that of ITU-T: the number is none of Q.850's";
    } else if (isup.cause == 0) {
        one.fault = "0 is no cause value";
    } else {
        one.code = sipcause_q850(isup.cause);
        one.location = isup.location;
    }
    explain_piece(of, &one);
}

static void add_header(const account *of, piece one, const sipcause_cause_header *header, sipcause_slice text)
{
    static const char *const faults[] = {[CARRIES_OUT_OF_RANGE] = "the number is none of its space",
                                         [CARRIES_NO_NUMBER] = "it carries no number, which a code of its space is"};
    sipcause_code code;
    const row *ignored;
    enum carries read = candidates_header_code(of->now->release->table, header, text, &code, &ignored);
    one.source = SIPCAUSE_SOURCE_HEADER;
    one.source_name = header->name;
    if (!text.length)
        one.fault = "it is there and carries no code";
    else if (read == CARRIES_OUT_OF_RANGE || read == CARRIES_NO_NUMBER)
        one.fault = faults[read];
    else
        one.code = code;
    explain_piece(of, &one);
}

static void add_headers(const account *of, const piece *empty)
{
    const sipcause_release *release = of->now->release;
    for (uint8_t i = 0; i < release->table->cause_header_count; i++) {
        sipcause_slice text;
        const kept_line *line = line_at(release, empty->message->first_line);
        for (; (line = candidates_header_line(release, empty->read, i, line, &text)) != NULL;
             line = line_at(release, line->next)) {
            piece one = *empty;
            one.line = line;
            one.text = (sipcause_slice){line_bytes(line), line->length};
            add_header(of, one, &release->table->cause_headers[i], text);
        }
    }
}

static void add_other(const account *of, piece one, const kept_line *line, const char *name)
{
    one.text = (sipcause_slice){line_bytes(line), line->length};
    one.source = SIPCAUSE_SOURCE_HEADER;
    one.source_name = name;
    one.no_code = (enum known_header)line->known;
    explain_piece(of, &one);
}

/* All pieces of one message. */
void explain_message(const account *of, const kept_message *message)
{
    const sipcause_release *release = of->now->release;
    sipcause_reason_iterator iterator;
    evidence other;
    piece one = {.message = message, .read = of->now->found, .location = SIPCAUSE_LOCATION_NONE};
    if (message != of->now->found->message) {
        evidence_read(release, message, of->now->final, &other, NULL);
        one.read = &other;
    }
    reason_begin_quietly(&iterator);
    add_headers(of, &one);
    for (const kept_line *line = line_at(release, message->first_line); line; line = line_at(release, line->next)) {
        one.line = line;
        switch (line->known) {
        case HEADER_REASON: add_reason(of, one, line, &iterator); break;
        case HEADER_RETRY_AFTER: add_other(of, one, line, "Retry-After"); break;
        case HEADER_WARNING: add_other(of, one, line, "Warning"); break;
        case HEADER_CALL_INFO:
            if (message->status == 608) /* else it is there as a cause header */
                add_other(of, one, line, "Call-Info");
            break;
        case LINE_ISUP: add_isup(of, one, line); break;
        default: break;
        }
    }
    if (message->status >= 300)
        add_status(of, one);
}
