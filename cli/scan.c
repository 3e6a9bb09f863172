/*
 * scan.c - what the lines of a trace are.
 *
 *   outside  -> a SIP start line -> headers; a packet of ngrep's without lines -> pieces
 *   headers  -> an empty line -> body; a line that is neither header nor fold -> outside
 *            -> more than 64 KiB -> rest (the same, nothing kept)
 *   body     -> its Content-Length -> outside; a SIP start line -> headers, unless the body is all there, or may
 *               itself hold one (message/sipfrag, multipart)
 *   pieces   -> a line that is no further piece -> outside
 *
 * A message is handed on where it lies in the buffer, at the end of its headers; one with an ISUP or multipart body
 * at the body's end.
 *
 * SPDX-License-Identifier: MIT
 */
#include "scan.h"
#include "body.h"
#include "line.h"
#include "ngrep.h"

#include <string.h>

enum {
    LONGEST_BRACKETS = 64,           /* "[2026-11-20 10:00:00.000] " */
    LONGEST_PIECE = 255,             /* ngrep keeps its width in a byte */
    MOST_AWAITED = MOST_HEADERS / 2, /* of a start line with a dot and the line behind it */
};

static void hand_on(trace *of, const trace_message *message)
{
    of->stamped = of->epoch = false;
    of->receiver(of->context, message);
}

/* The message up to `end`, its parts read from the headers. */
static trace_message message_until(const trace *of, size_t end, size_t head)
{
    trace_message message = {.time = of->time, .stamped = of->stamped};
    message.bytes = of->copying ? of->copy : of->buffer + of->message;
    message.length = of->copying ? of->copied : end - of->message;
    size_t length = head < message.length ? head : message.length;
    sipcause_message_parse(message.bytes, length, &message.parts); /* zeroed when it is no message */
    return message;
}

/* A message whose headers end at `end`. */
static void deliver(trace *of, size_t end, bool cut)
{
    trace_message message = message_until(of, end, SIZE_MAX);
    message.cut = cut;
    body_expect(of, &message.parts);
    of->held = false;
    hand_on(of, &message);
}

/* The same at the empty line: it may be held until its body has been read. */
static void deliver_or_hold(trace *of, size_t end)
{
    trace_message message = message_until(of, end, SIZE_MAX);
    body_expect(of, &message.parts);
    of->head = message.length;
    if (!of->held)
        hand_on(of, &message);
}

/* The body ends at `end`. */
static void end_body(trace *of, size_t end)
{
    of->mode = OUTSIDE;
    if (!of->held)
        return;
    of->held = false;
    trace_message message = message_until(of, end, of->head);
    hand_on(of, &message);
}

size_t scan_prefix(const trace *of, const char *line, size_t length)
{
    size_t at = 0, most = of->indent < length ? of->indent : length;
    if (of->bracketed)
        return most + 1 >= of->indent && line[0] == '[' && line[of->indent - 2] == ']' ? most : 0;
    while (at < most && is_blank(line[at]))
        at++;
    return at;
}

bool scan_copy_line(trace *of, const char *line, size_t length)
{
    size_t skip = scan_prefix(of, line, length);
    if (length - skip >= MOST_HEADERS - of->copied)
        return false;
    memcpy(of->copy + of->copied, line + skip, length - skip);
    of->copied += length - skip;
    of->copy[of->copied++] = '\n';
    return true;
}

/* Whether a start line's dot is its CR: then the next line ends in a dot, too. How much of that one has been read by
 * chance makes no difference: only what scan_waits waits for is looked at. */
static bool is_dotted(const trace *of, const char *line, size_t length, size_t whole)
{
    if (length == 0 || line[length - 1] != '.')
        return false;
    size_t most = of->at + MOST_AWAITED < of->end ? of->at + MOST_AWAITED : of->end;
    const char *next = line + whole, *end = of->buffer + most;
    const char *line_end = next < end ? memchr(next, '\n', (size_t)(end - next)) : NULL;
    return line_end == NULL ? of->dots : line_end > next && line_end[-1] == '.';
}

size_t scan_brackets(const trace *of, const char *line, size_t length)
{
    if (length < LONGEST_BRACKETS / 4 || line[0] != '[')
        return 0;
    const char *close = memchr(line, ']', length < LONGEST_BRACKETS ? length : LONGEST_BRACKETS);
    size_t skip = close == NULL ? length : (size_t)(close - line) + 2;
    return skip < length && close[1] == ' ' && is_start_line(of->token, line + skip, length - skip) ? skip : 0;
}

/* A start line. length: without its line end and its dot. */
static void begin_message(trace *of, const char *line, size_t length, size_t whole, bool dots)
{
    of->mode = HEADERS;
    of->message = (size_t)(line - of->buffer);
    of->dots = dots;
    of->crlf = dots || (whole >= 2 && line[whole - 2] == '\r');
    of->indent = scan_brackets(of, line, length);
    of->bracketed = of->indent > 0;
    of->copied = 0;
    of->unsure = false;
    while (!of->bracketed && is_blank(line[of->indent]))
        of->indent++;
    of->copying = dots || of->indent > 0;
    if (of->copying && !scan_copy_line(of, line, length))
        of->mode = REST;
}

/* The messages in a packet's text that ngrep wrote without lines; a segment of TCP may hold several. */
static void take_text(trace *of, const char *text, size_t length)
{
    size_t left = length < MOST_HEADERS ? length : MOST_HEADERS;
    while (left > 0 && text[left - 1] == ' ')
        left--; /* what fills up the last piece */
    for (;;) {
        size_t used = ngrep_lines(of->token, text, left, of->copy, &of->copied);
        if (used == 0)
            break;
        of->copying = of->dots = true;
        deliver(of, 0, false);
        text += used;
        left -= used;
    }
    of->mode = OUTSIDE;
}

/* A further piece of ngrep's text. */
static void add_piece(trace *of, const char *line, size_t length)
{
    if (length > of->width || length > MOST_HEADERS - of->pieced)
        length = 0;
    memcpy(of->pieces + of->pieced, line, length);
    of->pieced += length;
    if (length < of->width)
        take_text(of, of->pieces, of->pieced);
}

static void first_piece(trace *of, const char *line, size_t length)
{
    of->mode = PIECES;
    of->pieced = 0;
    of->width = length;
    add_piece(of, line, length);
}

/* The line after ngrep's for a packet. Returns whether it was taken. */
static bool take_packet(trace *of, const char *line, size_t length, size_t whole)
{
    switch (ngrep_form_of(of->token, line, length)) {
    case NGREP_LINES: return false;
    case NGREP_TEXT: take_text(of, line, length); return true;
    case NGREP_PIECE:
        if (length - 2 > LONGEST_PIECE)
            return false;
        first_piece(of, line + 2, length - 2);
        return true;
    case NGREP_UNSURE:
        begin_message(of, line, length, whole, false);
        of->unsure = length - 2 <= LONGEST_PIECE;
        return true;
    }
    return false;
}

static void find_stamp(trace *of, const char *line, size_t length)
{
    int64_t time = of->time;
    enum stamp found = stamp_find(line, length, of->time, &time);
    if (found == STAMP_ABSENT || (of->epoch && found != STAMP_EPOCH))
        return;
    of->time = time;
    of->stamped = true;
    of->epoch = found == STAMP_EPOCH;
}

/* A line between messages. whole: the length with its line end. */
static void outside_line(trace *of, const char *line, size_t whole)
{
    size_t length = stripped(line, whole), payload;
    bool packet = of->packet;
    of->mode = OUTSIDE;
    of->packet = false;
    if (packet && take_packet(of, line, length, whole))
        return;
    bool dots = is_dotted(of, line, length, whole);
    if (is_start_line(of->token, line, length - dots) || scan_brackets(of, line, length) > 0) {
        begin_message(of, line, length - dots, whole, dots);
    } else if (ngrep_is_head(line, length, &payload)) {
        find_stamp(of, line, payload);
        of->packet = payload == length;
        if (payload < length)
            take_text(of, line + payload, length - payload);
    } else {
        find_stamp(of, line, length);
    }
}

/* The line after a start line that may be a piece. Returns whether both are pieces. */
static bool take_as_piece(trace *of, const char *line, size_t length)
{
    of->unsure = false;
    if (scan_prefix(of, line, length) < 2 || ngrep_is_header(line + 2, length - 2))
        return false;
    first_piece(of, of->copy, of->copied - 1);
    add_piece(of, line + 2, length - 2);
    return true;
}

/* A line of a message's headers: header, fold, the empty line, or the first that is none of these. */
static void header_line(trace *of, const char *line, size_t length, size_t whole)
{
    if (of->mode == HEADERS && !of->copying && is_header(of->token, line, length) &&
        (size_t)(line - of->buffer) + whole - of->message <= MOST_HEADERS)
        return; /* what nearly every line is */
    size_t start = (size_t)(line - of->buffer), skip = of->indent == 0 ? 0 : scan_prefix(of, line, length),
           blanks = skip;
    while (blanks < length && is_blank(line[blanks]))
        blanks++;
    bool empty = blanks == length;
    bool goes_on = !empty && skip == of->indent && (blanks > skip || is_header(of->token, line + skip, length - skip));
    if (of->unsure && take_as_piece(of, line, length))
        return;
    if (!empty && !goes_on) {
        if (of->mode == HEADERS)
            deliver(of, start, false);
        outside_line(of, line, whole);
        return;
    }
    if (of->mode == HEADERS) {
        bool room = of->copying ? scan_copy_line(of, line, length) : start + whole - of->message <= MOST_HEADERS;
        if (!room) {
            deliver(of, start, true);
            of->mode = REST;
        } else if (empty) {
            deliver_or_hold(of, start + whole);
        }
    }
    if (empty)
        of->mode = of->body > 0 || of->to_empty ? BODY : OUTSIDE;
}

/* Keeps a line of a body that is copied, without what stands before it, and with its line end. */
static void copy_body(trace *of, const char *line, size_t used)
{
    size_t skip = scan_prefix(of, line, used);
    if (used - skip > MOST_HEADERS + MOST_BODY - of->copied)
        return;
    memcpy(of->copy + of->copied, line + skip, used - skip);
    of->copied += used - skip;
}

static void body_line(trace *of, const char *line, size_t length, size_t whole)
{
    size_t start = (size_t)(line - of->buffer);
    bool hidden = of->fragment;
    of->fragment = of->part && length == 0;
    of->part = of->multipart && length > 0 && (of->part || body_is_fragment_type(line, length));
    bool ends = of->sdp && length > 0 && (length < 2 || line[1] != '=');
    if (!hidden && !of->whole && (ends || body_is_start(of, line, length))) {
        of->whole = body_is_whole(of, start);
        if (!of->whole) {
            end_body(of, start);
            outside_line(of, line, whole);
            return;
        }
    }
    if (of->to_empty) {
        if (length == 0)
            of->mode = OUTSIDE;
        return;
    }
    uint64_t bytes = body_counted(of, line, length, whole);
    size_t used = whole;
    if (bytes > of->body) { /* it ends within the line */
        size_t skip = scan_prefix(of, line, length);
        used = skip + (of->body < length - skip ? (size_t)of->body : length - skip);
    }
    if (of->held && of->copying)
        copy_body(of, line, used);
    if (bytes < of->body) {
        of->body -= bytes;
        return;
    }
    end_body(of, start + used);
    if (used < length)
        outside_line(of, line + used, whole - used);
}

void scan_line(trace *of, size_t start, size_t whole)
{
    const char *line = of->buffer + start;
    size_t length = stripped(line, whole);
    if (of->mode != OUTSIDE && of->mode != PIECES)
        length -= scan_is_dotted(of, line, length);
    switch (of->mode) {
    case OUTSIDE: outside_line(of, line, whole); break;
    case HEADERS:
    case REST: header_line(of, line, length, whole); break;
    case BODY: body_line(of, line, length, whole); break;
    case PIECES:
        if (length > 2 && line[0] == ' ' && line[1] == ' ') {
            add_piece(of, line + 2, length - 2);
        } else {
            take_text(of, of->pieces, of->pieced);
            outside_line(of, line, whole);
        }
        break;
    }
}

void scan_pass_over(trace *of, size_t length)
{
    if (of->mode != BODY || of->to_empty)
        return;
    of->body = of->body > length ? of->body - length : 0;
    if (of->body == 0)
        end_body(of, of->at);
}

bool scan_waits(const trace *of, size_t next)
{
    const char *line = of->buffer + of->at;
    size_t length = stripped(line, next - of->at);
    if (of->ended || length == 0)
        return false;
    bool dot = line[length - 1] == '.', body = of->mode == BODY;
    if (body && !of->whole && !of->sdp && !of->to_empty && of->body <= MOST_BODY &&
        of->end - of->at < (of->crlf && of->indent == 0 ? 1 : 2) * of->body + AFTER_BODY &&
        body_is_start(of, line, length - (of->dots && dot)))
        return true;
    /* A start line that ends in a dot: is that dot its CR? */
    return dot && of->end - of->at < MOST_AWAITED && memchr(of->buffer + next, '\n', of->end - next) == NULL &&
           (body || is_start_line(of->token, line, length - 1));
}

void scan_long_line(trace *of, size_t length)
{
    if (of->mode == HEADERS) {
        deliver(of, of->at, true);
        of->mode = REST;
    }
    scan_line(of, of->at, MOST_HEADERS);
    if (of->mode == HEADERS) { /* a start line of that length */
        deliver(of, of->at + MOST_HEADERS, true);
        of->mode = REST;
    }
    scan_pass_over(of, length - MOST_HEADERS);
}

void scan_end(trace *of)
{
    if (of->mode == HEADERS)
        deliver(of, of->end, false);
    if (of->mode == PIECES)
        take_text(of, of->pieces, of->pieced);
    if (of->mode == BODY)
        end_body(of, of->end);
    of->packet = false;
    of->mode = OUTSIDE;
}
