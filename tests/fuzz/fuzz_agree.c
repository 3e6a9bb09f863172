/*
 * fuzz_agree.c - what must agree about one call, and about each of its Reason headers.
 *
 * Messages that are told whole and those that are told in parts, by somebody who knows what they are without asking
 * the library's own parser, give the same verdict, findings, ISUP cause and survey. Of each Reason header the strict
 * reading refuses what the lenient one finds fault with and nothing else, and the reader of tests/reference_reason.h
 * reads the same.
 *
 * A message of an input is a line that says what it is, header lines, an empty line, the body:
 *
 *     >1- INVITE            who sends it (> the caller, < the callee), CSeq's number, To tag or -, the method
 *     <1b 603 Declined      a response to INVITE
 *     <2b BYE 200 OK        a response to another request
 *
 * SPDX-License-Identifier: MIT
 */
#include "verdict.h"

#include "../reference_compare.h"

#include <strings.h>

enum { HEADERS_KEPT = 32, LONGEST_METHOD = 32 };

typedef struct told {
    bool of_caller;
    uint32_t cseq, status; /* 0: a request */
    sipcause_slice to_tag, method, phrase, content_type, body;
    sipcause_slice name[HEADERS_KEPT], value[HEADERS_KEPT];
    size_t headers;
} told;

/* ---- what an input says ------------------------------------------------------------------------------------------ */

/* Takes bytes off the front of what is left. */
static sipcause_slice take_bytes(sipcause_slice *left, size_t length)
{
    sipcause_slice taken = {left->text, length};
    left->text += length;
    left->length -= length;
    return taken;
}

/* A line with its folds; its line end is taken as well. */
static sipcause_slice take_line(sipcause_slice *left, bool folds)
{
    size_t length = 0;
    while (length < left->length &&
           (left->text[length] != '\n' ||
            (folds && length + 1 < left->length && (left->text[length + 1] == ' ' || left->text[length + 1] == '\t'))))
        length++;
    sipcause_slice line = take_bytes(left, length);
    if (left->length > 0)
        take_bytes(left, 1);
    return line;
}

static sipcause_slice trimmed(sipcause_slice text)
{
    while (text.length && wire_blank(*text.text))
        take_bytes(&text, 1);
    while (text.length && wire_blank(text.text[text.length - 1]))
        text.length--;
    return text;
}

static sipcause_slice take_token(sipcause_slice *left)
{
    size_t length = 0;
    while (length < left->length && left->text[length] && strchr(TOKEN, left->text[length]))
        length++;
    return take_bytes(left, length);
}

static bool is_name(sipcause_slice name, const char *text)
{
    return name.length == strlen(text) && strncasecmp(name.text, text, name.length) == 0;
}

/* The headers that say what the first line says, or what calls in parts cannot be told: that a body is encoded. */
static bool is_frame(sipcause_slice name)
{
    static const char *const frame[] = {"from", "f", "to",  "t", "call-id",        "i", "content-encoding",
                                        "cseq", "e", "via", "v", "content-length", "l", "content-transfer-encoding"};
    for (size_t i = 0; i < sizeof frame / sizeof *frame; i++)
        if (is_name(name, frame[i]))
            return true;
    return false;
}

static bool take_status(told *of, sipcause_slice *left)
{
    if (left->length < 3 || (left->length > 3 && left->text[3] != ' ') || *left->text < '1' || *left->text > '9')
        return false;
    for (size_t i = 0; i < 3; i++) {
        if (left->text[i] < '0' || left->text[i] > '9')
            return false;
        of->status = of->status * 10 + (uint32_t)(left->text[i] - '0');
    }
    take_bytes(left, 3);
    of->phrase = trimmed(*left);
    return true;
}

/* Returns false: it is no such line. */
static bool read_start(told *of, sipcause_slice line)
{
    if (line.length < 5 || !strchr("<>", *line.text) || !*line.text || line.text[1] < '0' || line.text[1] > '9')
        return false;
    of->of_caller = *line.text == '>';
    of->cseq = (uint32_t)(line.text[1] - '0');
    take_bytes(&line, 2);
    of->to_tag = *line.text == '-' ? (sipcause_slice){NULL, 0} : take_token(&line);
    take_bytes(&line, of->to_tag.length == 0 && *line.text == '-');
    line = trimmed(line);
    if (take_status(of, &line)) {
        of->method = (sipcause_slice){"INVITE", 6};
        return true;
    }
    of->status = 0;
    of->method = take_token(&line);
    bool letter = of->method.length > 0 && ((*of->method.text | 0x20) >= 'a' && (*of->method.text | 0x20) <= 'z');
    line = trimmed(line);
    return letter && of->method.length <= LONGEST_METHOD && (take_status(of, &line) || (of->status = 0) == 0);
}

static bool is_initial(const told *of)
{
    return of->status == 0 && of->to_tag.length == 0 && of->method.length == 6 &&
           memcmp(of->method.text, "INVITE", 6) == 0;
}

static bool read_told(told *of, sipcause_slice left)
{
    memset(of, 0, sizeof *of);
    if (!read_start(of, take_line(&left, false)))
        return false;
    of->of_caller |= is_initial(of); /* in parts, an INVITE that begins a dialog is always the caller's */
    while (left.length > 0) {
        sipcause_slice line = take_line(&left, true), name = take_token(&line);
        if (name.length + trimmed(line).length == 0)
            break;
        if (name.length == 0 || line.length == 0 || *line.text != ':' || is_frame(name) || of->headers == HEADERS_KEPT)
            continue;
        take_bytes(&line, 1);
        of->name[of->headers] = name;
        of->value[of->headers] = trimmed(line);
        if (!of->content_type.text && (is_name(name, "content-type") || is_name(name, "c")))
            of->content_type = of->value[of->headers];
        of->headers++;
    }
    of->body = left;
    return true;
}

/* ---- told in parts, and whole --------------------------------------------------------------------------------- */

static void tell_parts(sipcause_release *release, const told *of, bool *caller_known)
{
    uint32_t side = of->of_caller ? SIPCAUSE_SIDE_CALLER : SIPCAUSE_SIDE_CALLEE;
    *caller_known = *caller_known || is_initial(of);
    int result =
        of->status ? sipcause_release_response(release, of->status, of->phrase.text, of->phrase.length, of->method.text,
                                               of->method.length, of->to_tag.text, of->to_tag.length, of->cseq)
                   : sipcause_release_request(release, of->method.text, of->method.length,
                                              *caller_known ? side : SIPCAUSE_SIDE_UNKNOWN, of->to_tag.text,
                                              of->to_tag.length, of->cseq);
    PROMISE(result == SIPCAUSE_OK);
    for (size_t i = 0; i < of->headers; i++)
        PROMISE(sipcause_release_header(release, of->name[i].text, of->name[i].length, of->value[i].text,
                                        of->value[i].length) == SIPCAUSE_OK);
    PROMISE(sipcause_release_body(release, of->content_type.text, of->content_type.length, of->body.text,
                                  of->body.length) == SIPCAUSE_OK);
}

static char *put(char *to, sipcause_slice text)
{
    return text.length ? (char *)memcpy(to, text.text, text.length) + text.length : to;
}

static size_t put_frame(char *to, const told *of)
{
    int made, method = (int)of->method.length, tag = (int)of->to_tag.length;
    made = of->status ? sprintf(to, "SIP/2.0 %u ", (unsigned)of->status)
                      : sprintf(to, "%.*s sip:b@b.example SIP/2.0", method, of->method.text);
    char *next = put(to + made, of->phrase);
    /* The answers are to the caller: of_caller says who sends. */
    next += sprintf(next, "\r\nFrom: <sip:a@a.example>;tag=%s\r\n", of->of_caller || of->status ? "caller" : "callee");
    next += sprintf(next, "To: <sip:b@b.example>%s%.*s\r\n", tag ? ";tag=" : "", tag, tag ? of->to_tag.text : "");
    next += sprintf(next, "CSeq: %u %.*s\r\n", (unsigned)of->cseq, method, of->method.text);
    return (size_t)(next - to);
}

static void tell_whole(sipcause_release *release, const told *of)
{
    size_t room = 256 + of->method.length * 2 + of->phrase.length + of->to_tag.length + of->body.length;
    for (size_t i = 0; i < of->headers; i++)
        room += of->name[i].length + of->value[i].length + sizeof ": \r\n";
    char *whole = malloc(room), *next = whole;
    PROMISE(whole);
    next += put_frame(whole, of);
    for (size_t i = 0; i < of->headers; i++) {
        next = put(next, of->name[i]);
        next = put(next, (sipcause_slice){": ", 2});
        next = put(next, of->value[i]);
        next = put(next, (sipcause_slice){"\r\n", 2});
    }
    next += sprintf(next, "Content-Length: %zu\r\n\r\n", of->body.length);
    next = put(next, of->body);
    sipcause_slice message = exact_copy(whole, (size_t)(next - whole));
    PROMISE(sipcause_release_message(release, message.text, message.length) == SIPCAUSE_OK);
    free((char *)(uintptr_t)message.text);
    free(whole);
}

static void compare_roads(const sipcause_table *table, const told *messages, size_t count)
{
    sipcause_release *parts = sipcause_release_new(table), *whole = sipcause_release_new(table);
    digest of_parts = DIGEST_EMPTY, of_whole = DIGEST_EMPTY;
    bool caller_known = false;
    PROMISE(parts && whole);
    for (size_t i = 0; i < count; i++) {
        tell_parts(parts, &messages[i], &caller_known);
        tell_whole(whole, &messages[i]);
    }
    digest_verdict(&of_parts, table, parts);
    digest_verdict(&of_whole, table, whole);
    PROMISE(of_parts.sum == of_whole.sum);
    PROMISE(digest_isup(&of_parts, parts) == digest_isup(&of_whole, whole));
    digest_survey(&of_parts, parts);
    digest_survey(&of_whole, whole);
    PROMISE(of_parts.sum == of_whole.sum);
    sipcause_release_free(parts);
    sipcause_release_free(whole);
}

/* ---- a Reason header, by three readers --------------------------------------------------------------------------- */

static uint64_t read_lenient(sipcause_slice value)
{
    sipcause_reason_iterator iterator;
    sipcause_reason read;
    uint64_t findings = 0;
    sipcause_reason_begin(&iterator, value.text, value.length);
    while (sipcause_reason_next(&iterator, &read))
        findings |= read.findings;
    return findings | sipcause_reason_findings(&iterator);
}

/* What is refused is of a rule that the lenient reading found, too. */
static void check_strict(sipcause_slice value, uint64_t findings)
{
    sipcause_error error;
    int result = sipcause_reason_check(value.text, value.length, &error);
    PROMISE(result == error.code && result == sipcause_reason_check(value.text, value.length, NULL));
    PROMISE((result == SIPCAUSE_OK) == only_notes(findings));
    if (result == SIPCAUSE_OK)
        return;
    const char *open = strrchr(error.text, '['), *shut = open ? strchr(open, ']') : NULL;
    PROMISE(result == SIPCAUSE_ERROR_VALUE && shut && error.line == 1);
    PROMISE(error.offset <= value.length && error.column == error.offset + 1 && is_utf8(error.text));
    int rule = sipcause_rule_from_name(open + 1, (size_t)(shut - open) - 1);
    PROMISE(rule > 0 && rule < 64 && findings >> rule & 1);
    PROMISE(sipcause_rule_severity((uint32_t)rule) > SIPCAUSE_SEVERITY_NOTE);
}

/* As the only evidence, in a BYE: the verdict finds no more wrong with it than the iterator does. */
static void check_verdict(sipcause_slice value, uint64_t findings)
{
    sipcause_release *release = sipcause_release_new(NULL);
    digest of = DIGEST_EMPTY;
    PROMISE(release);
    PROMISE(sipcause_release_request(release, "BYE", 3, SIPCAUSE_SIDE_UNKNOWN, "t", 1, 1) == SIPCAUSE_OK);
    PROMISE(sipcause_release_header(release, "Reason", 6, value.text, value.length) == SIPCAUSE_OK);
    digest_verdict(&of, NULL, release);
    for (size_t i = 0; i < sipcause_finding_count(release); i++) {
        uint32_t rule = sipcause_finding_at(release, i)->rule;
        PROMISE(rule > SIPCAUSE_RULE_CONTROL_CHARACTER || findings >> rule & 1);
    }
    sipcause_release_free(release);
}

static void check_reference(sipcause_slice value)
{
    char text[REFERENCE_MOST + 1];
    size_t parameters = 0;
    bool grammatical;
    if (value.length > REFERENCE_MOST || memchr(value.text, 0, value.length))
        return;
    for (size_t i = 0; i < value.length; i++)
        parameters += value.text[i] == ';';
    if (parameters > REFERENCE_PARAMETERS)
        return; /* as many as the other reader has room for */
    memcpy(text, value.text, value.length);
    text[value.length] = 0;
    const char *differs = reference_difference(text, value.length, &grammatical);
    if (differs)
        fprintf(stderr, "they differ in %s: %s\n", differs, text);
    PROMISE(!differs);
}

static void compare_readers(sipcause_slice value)
{
    sipcause_slice copy = exact_copy(value.text, value.length);
    uint64_t findings = read_lenient(copy);
    check_strict(copy, findings);
    check_verdict(copy, findings);
    check_reference(copy);
    free((char *)(uintptr_t)copy.text);
}

/* ---- all of it --------------------------------------------------------------------------------------------------- */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static told messages[PIECES_MOST];
    pieces cut = pieces_cut(bytes, length);
    size_t count = 0;
    for (size_t i = 0; i < cut.count; i++)
        count += read_told(&messages[count], cut.piece[i]);
    compare_roads(NULL, messages, count);
    compare_roads(rich_table(), messages, count);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < messages[i].headers; j++)
            if (is_name(messages[i].name[j], "reason"))
                compare_readers(messages[i].value[j]);
    pieces_free(&cut);
    return 0;
}
