/*
 * fuzz_reason.c - any bytes as the Reason header lines of one message, and through to the verdict.
 *
 * The same lines are read by the iterator, joined by commas, folded at every blank, given to a release as parsed
 * parts, and given to it as a whole message: all must tell the same.
 *
 * SPDX-License-Identifier: MIT
 */
#include "verdict.h"

#define FOUND(findings, rule) ((findings) >> SIPCAUSE_RULE_##rule & 1)

/* ---- one reader for one line or many ------------------------------------------------------------------- */

typedef struct reader {
    const pieces *lines;
    size_t at; /* the line after the one that is being read */
    sipcause_reason_iterator iterator;
} reader;

static bool next_value(reader *from, sipcause_reason *value)
{
    for (;; from->at++) {
        if (from->at && sipcause_reason_next(&from->iterator, value))
            return true;
        if (from->at == from->lines->count)
            return false;
        const sipcause_slice *line = &from->lines->piece[from->at];
        if (from->at == 0)
            sipcause_reason_begin(&from->iterator, line->text, line->length);
        else
            sipcause_reason_continue(&from->iterator, line->text, line->length);
    }
}

/* ---- what holds of a value ------------------------------------------------------------------------------- */

static void read_sentence(digest *of, const sipcause_reason *value, uint32_t rule)
{
    char sentence[512];
    size_t length = sipcause_reason_sentence(value, rule, sentence, sizeof sentence);
    PROMISE(length > 0 && strlen(sentence) == (length < sizeof sentence ? length : sizeof sentence - 1));
    PROMISE(sipcause_reason_sentence(value, rule, NULL, 0) == length);
    digest_text(of, sentence);
}

static void read_findings(digest *of, const sipcause_reason *value, uint64_t findings)
{
    PROMISE(findings < (uint64_t)1 << (SIPCAUSE_RULE_CONTROL_CHARACTER + 1));
    for (uint32_t rule = 1; rule < 64; rule++)
        if (findings >> rule & 1)
            read_sentence(of, value, rule);
}

static void read_text(digest *of, const sipcause_reason *value)
{
    size_t length = sipcause_reason_text(value, NULL, 0);
    char *text = malloc(length + 1);
    PROMISE(text && length <= value->text.length);
    PROMISE(sipcause_reason_text(value, text, length + 1) == length && text[length] == 0);
    if (length) {
        char kept = text[length - 1];
        PROMISE(sipcause_reason_text(value, text, length) == length && text[length - 1] == 0);
        text[length - 1] = kept;
    }
    digest_bytes(of, text, length);
    free(text);
}

/* No value is longer than its line, and each is read once: the walk over parameters only moves on. */
static void read_parameters(digest *of, const sipcause_reason *value)
{
    size_t position = 0, before = 0;
    sipcause_slice name, content;
    const char *bytes = value->parameters.text;
    bool text_seen = false;
    while (sipcause_reason_parameter(value, &position, &name, &content)) {
        PROMISE(position > before && position <= value->parameters.length);
        PROMISE(name.length && slice_within(name, bytes, value->parameters.length));
        PROMISE(slice_within(content, bytes, value->parameters.length));
        if (name.length == 4 && content.text && !text_seen && strchr("tT", name.text[0]) &&
            strchr("eE", name.text[1]) && strchr("xX", name.text[2]) && strchr("tT", name.text[3])) {
            text_seen = true;
            PROMISE(slice_same(content, value->text));
        }
        digest_slice(of, name);
        digest_slice(of, content);
        before = position;
    }
    PROMISE(text_seen == (value->text.text != NULL));
    PROMISE(!sipcause_reason_parameter(value, &position, &name, &content));
}

/* All that a value says. What of it does not depend on where it stands in memory, nor on folds. */
static digest read_value(const sipcause_reason *value)
{
    digest of = DIGEST_EMPTY;
    PROMISE(value->protocol.length);
    PROMISE(value->has_cause <= 1 && (value->has_cause || value->cause == 0));
    PROMISE(value->location == SIPCAUSE_LOCATION_NONE || sipcause_location_name(value->location));
    PROMISE(value->space == SIPCAUSE_SPACE_NONE || sipcause_space_name(value->space));
    PROMISE(!(value->has_cause && FOUND(value->findings, BAD_CAUSE)));
    digest_slice(&of, value->protocol);
    digest_number(&of, value->findings);
    digest_number(&of, value->has_cause);
    digest_number(&of, value->cause);
    digest_number(&of, value->space);
    digest_number(&of, value->location);
    read_text(&of, value);
    read_parameters(&of, value);
    read_findings(&of, value, value->findings);
    return of;
}

static uint64_t read_lines(const pieces *lines, digest *of)
{
    reader from = {.lines = lines};
    sipcause_reason value;
    uint64_t all = 0;
    while (next_value(&from, &value)) {
        const sipcause_slice *line = &lines->piece[from.at - 1];
        PROMISE(slice_within(value.protocol, line->text, line->length));
        PROMISE(slice_within(value.text, line->text, line->length));
        PROMISE(slice_within(value.parameters, line->text, line->length));
        digest_number(of, read_value(&value).sum);
        all |= value.findings;
    }
    uint64_t loose = sipcause_reason_findings(&from.iterator);
    PROMISE(!sipcause_reason_next(&from.iterator, &value));
    PROMISE(sipcause_reason_findings(&from.iterator) == loose);
    read_findings(of, NULL, loose);
    digest_number(of, loose);
    return all | loose;
}

/* ---- the same lines in another form ------------------------------------------------------------------------- */

/* RFC 3261 section 7.3.1: several lines are one line, joined by commas. */
static pieces joined(const pieces *lines)
{
    size_t length = 0;
    for (size_t i = 0; i < lines->count; i++)
        length += lines->piece[i].length + 1;
    char *text = malloc(length), *at = text;
    PROMISE(text);
    for (size_t i = 0; i < lines->count; i++) {
        if (i)
            *at++ = ',';
        memcpy(at, lines->piece[i].text, lines->piece[i].length);
        at += lines->piece[i].length;
    }
    pieces made = {.piece = {{text, length - 1}}, .count = 1};
    return made;
}

/* A fold before every blank outside quotes: it is white space there as the blank is. */
static sipcause_slice folded(sipcause_slice line)
{
    char *text = malloc(3 * line.length + 1), *to = text;
    bool quoted = false;
    PROMISE(text);
    for (size_t i = 0; i < line.length; i++) {
        char c = line.text[i];
        if (!quoted && (c == ' ' || c == '\t')) {
            *to++ = '\r';
            *to++ = '\n';
        } else if (c == '"') {
            quoted = !quoted;
        } else if (quoted && c == '\\' && i + 1 < line.length && line.text[i + 1] != '\r' && line.text[i + 1] != '\n') {
            *to++ = c;
            c = line.text[++i];
        }
        *to++ = c;
    }
    sipcause_slice made = {text, (size_t)(to - text)};
    return made;
}

static void compare_forms(const pieces *lines, uint64_t findings, digest wanted)
{
    digest as_joined = DIGEST_EMPTY, as_folded = DIGEST_EMPTY;
    if (!FOUND(findings, TEXT_UNTERMINATED)) { /* that takes the next line along */
        pieces one = joined(lines);
        read_lines(&one, &as_joined);
        PROMISE(as_joined.sum == wanted.sum);
        pieces_free(&one);
    }
    if (!FOUND(findings, TEXT_NOT_QUOTED)) { /* blanks are part of such a text */
        pieces many = {.count = 0};
        for (; many.count < lines->count; many.count++)
            many.piece[many.count] = folded(lines->piece[many.count]);
        read_lines(&many, &as_folded);
        PROMISE(as_folded.sum == wanted.sum);
        pieces_free(&many);
    }
}

/* ---- told to a release ----------------------------------------------------------------------------------------- */

#define DIALOG                                                                                                         \
    "Via: SIP/2.0/TCP a.example;branch=z9hG4bK1\r\nFrom: <sip:a@a.example>;tag=1\r\nTo: <sip:b@b.example>;tag=2\r\n"   \
    "Call-ID: 1\r\n"
#define INVITE                                                                                                         \
    "INVITE sip:b@b.example SIP/2.0\r\nFrom: <sip:a@a.example>;tag=1\r\nTo: <sip:b@b.example>\r\nCSeq: 1 "             \
    "INVITE\r\n\r\n"

/* The messages that can carry a Reason that counts. status 0: a request. */
static const struct shape {
    const char *before; /* a message that comes first; NULL: none */
    const char *start;  /* the message of the Reason up to it */
    uint32_t status;
    const char *word; /* its method, or its phrase */
    const char *after;
    bool decides; /* the verdict is made of its Reason */
} shapes[] = {
    {"SIP/2.0 200 OK\r\n" DIALOG "CSeq: 1 INVITE\r\n\r\n", "BYE sip:b@b.example SIP/2.0\r\n" DIALOG "CSeq: 2 BYE\r\n",
     0, "BYE", NULL, true},
    {NULL, "SIP/2.0 480 No capacity\r\n" DIALOG "CSeq: 1 INVITE\r\n", 480, "No capacity", NULL, true},
    {NULL, "SIP/2.0 603 Network Blocked\r\n" DIALOG "CSeq: 1 INVITE\r\n", 603, "Network Blocked", NULL, true},
    {NULL, "SIP/2.0 486 Busy Here\r\n" DIALOG "CSeq: 1 INVITE\r\n", 486, "Busy Here", NULL, true},
    {NULL,
     "CANCEL sip:b@b.example SIP/2.0\r\nFrom: <sip:a@a.example>;tag=1\r\nTo: <sip:b@b.example>\r\nCSeq: 1 CANCEL\r\n",
     0, "CANCEL", "SIP/2.0 487 Request Terminated\r\n" DIALOG "CSeq: 1 INVITE\r\n\r\n", true},
    {NULL, "SIP/2.0 183 Session Progress\r\n" DIALOG "CSeq: 1 INVITE\r\n", 183, "Session Progress",
     "SIP/2.0 480 Temporarily Unavailable\r\n" DIALOG "CSeq: 1 INVITE\r\n\r\n", false},
};

static void tell_message(sipcause_release *release, const char *message)
{
    if (message)
        PROMISE(sipcause_release_message(release, message, SIPCAUSE_TEXT) == SIPCAUSE_OK);
}

static void tell_parts(sipcause_release *release, const struct shape *shape, const pieces *lines)
{
    int result;
    if (shape->status)
        result = sipcause_release_response(release, shape->status, shape->word, SIPCAUSE_TEXT, "INVITE", 6, "2", 1, 1);
    else
        result = sipcause_release_request(release, shape->word, SIPCAUSE_TEXT, SIPCAUSE_SIDE_CALLER,
                                          shape->before ? "2" : NULL, shape->before != NULL, shape->before ? 2 : 1);
    PROMISE(result == SIPCAUSE_OK);
    for (size_t i = 0; i < lines->count; i++)
        PROMISE(sipcause_release_header(release, "Reason", 6, lines->piece[i].text, lines->piece[i].length) ==
                SIPCAUSE_OK);
}

static void tell_whole(sipcause_release *release, const struct shape *shape, const pieces *lines)
{
    size_t length = strlen(shape->start) + 2;
    for (size_t i = 0; i < lines->count; i++)
        length += lines->piece[i].length + sizeof "Reason: \r\n" - 1;
    char *message = malloc(length), *at = message;
    PROMISE(message);
    at = (char *)memcpy(at, shape->start, strlen(shape->start)) + strlen(shape->start);
    for (size_t i = 0; i < lines->count; i++) {
        at = (char *)memcpy(at, "Reason: ", 8) + 8;
        at = (char *)memcpy(at, lines->piece[i].text, lines->piece[i].length) + lines->piece[i].length;
        at = (char *)memcpy(at, "\r\n", 2) + 2;
    }
    memcpy(at, "\r\n", 2);
    PROMISE(sipcause_release_message(release, message, length) == SIPCAUSE_OK);
    free(message);
}

/* A header line ends at a line end that no blank follows, so not every value can stand in a message. */
static bool fits_message(const pieces *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        const sipcause_slice *line = &lines->piece[i];
        for (size_t j = 0; j < line->length; j++)
            if (line->text[j] == '\n' &&
                (j + 1 == line->length || (line->text[j + 1] != ' ' && line->text[j + 1] != '\t')))
                return false;
    }
    return true;
}

/* ---- what the verdict must say ------------------------------------------------------------------------------------ */

static void check_finding(const sipcause_release *release, const sipcause_table *table, const sipcause_reason *value,
                          uint64_t findings, size_t *at)
{
    for (uint32_t rule = 1; rule < 64; rule++) {
        if (!(findings >> rule & 1) || sipcause_table_severity(table, rule) == SIPCAUSE_SEVERITY_OFF)
            continue;
        const sipcause_finding *finding = sipcause_finding_at(release, *at);
        if (!finding) { /* a release keeps 64 */
            PROMISE(*at == 64);
            return;
        }
        char sentence[512];
        sipcause_reason_sentence(value, rule, sentence, sizeof sentence);
        PROMISE(finding->rule == rule && strcmp(finding->message, sentence) == 0);
        PROMISE(finding->severity == sipcause_table_severity(table, rule));
        ++*at;
    }
}

/* The findings are the iterator's, one by one; the Q.850 cause is that of its first usable value. */
static void check_verdict(const sipcause_release *release, const sipcause_table *table, const struct shape *shape,
                          const sipcause_verdict *verdict, const pieces *lines)
{
    reader from = {.lines = lines};
    sipcause_reason value, q850 = {.cause = 0, .location = SIPCAUSE_LOCATION_NONE};
    size_t at = 0;
    if (!shape->decides)
        return;
    while (next_value(&from, &value)) {
        if (!q850.cause && value.space == SIPCAUSE_SPACE_Q850 && value.has_cause && value.cause > 0 &&
            value.cause < 128)
            q850 = value;
        check_finding(release, table, &value, value.findings, &at);
    }
    check_finding(release, table, NULL, sipcause_reason_findings(&from.iterator), &at);
    if (shape->status && sipcause_table_ignores_reason(table, shape->status)) {
        PROMISE(verdict->q850 == 0);
        return;
    }
    sipcause_isup isup;
    PROMISE(verdict->q850 == q850.cause);
    PROMISE(verdict->location == q850.location);
    if (q850.cause && !verdict->has_notice) {
        PROMISE(sipcause_to_isup(release, &isup) == SIPCAUSE_OK && isup.cause == q850.cause);
        PROMISE(q850.location == SIPCAUSE_LOCATION_NONE || isup.location == q850.location);
    }
}

/* In the message that the shape says, as parts and whole. */
static void decide(const sipcause_table *table, const struct shape *shape, const pieces *lines)
{
    sipcause_release *parts = sipcause_release_new(table), *whole = sipcause_release_new(table);
    digest of_parts = DIGEST_EMPTY, of_whole = DIGEST_EMPTY, again = DIGEST_EMPTY;
    PROMISE(parts && whole);
    tell_message(parts, INVITE);
    tell_message(parts, shape->before);
    tell_parts(parts, shape, lines);
    tell_message(parts, shape->after);
    check_verdict(parts, table, shape, digest_verdict(&of_parts, table, parts), lines);
    digest_isup(&of_parts, parts);
    digest_survey(&of_parts, parts);
    digest_verdict(&again, table, parts);
    digest_isup(&again, parts);
    digest_survey(&again, parts);
    PROMISE(again.sum == of_parts.sum);
    if (fits_message(lines)) {
        tell_message(whole, INVITE);
        tell_message(whole, shape->before);
        tell_whole(whole, shape, lines);
        tell_message(whole, shape->after);
        digest_verdict(&of_whole, table, whole);
        digest_isup(&of_whole, whole);
        digest_survey(&of_whole, whole);
        PROMISE(of_whole.sum == of_parts.sum);
    }
    sipcause_release_free(parts);
    sipcause_release_free(whole);
}

/* The value of a header line is what stands between the blanks around it. */
static void trim(pieces *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        sipcause_slice whole = lines->piece[i], inner = whole;
        while (inner.length && wire_blank(*inner.text)) {
            inner.text++;
            inner.length--;
        }
        while (inner.length && wire_blank(inner.text[inner.length - 1]))
            inner.length--;
        lines->piece[i] = exact_copy(inner.text, inner.length);
        free((char *)(uintptr_t)whole.text);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    pieces lines = pieces_cut(bytes, length);
    digest as_sent = DIGEST_EMPTY, trimmed = DIGEST_EMPTY;
    read_lines(&lines, &as_sent);
    trim(&lines);
    uint64_t findings = read_lines(&lines, &trimmed);
    compare_forms(&lines, findings, trimmed);
    const struct shape *shape = &shapes[length % (sizeof shapes / sizeof *shapes)]; /* all would take long */
    decide(NULL, shape, &lines);
    decide(rich_table(), shape, &lines);
    pieces_free(&lines);
    return 0;
}
