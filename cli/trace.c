/*
 * trace.c - finds the SIP messages in a text trace.
 *
 *   outside  -> a SIP start line -> headers
 *   headers  -> an empty line -> body; a line that is neither header nor fold -> outside
 *            -> more than 64 KiB -> rest (the same, nothing kept)
 *   body     -> its Content-Length -> outside; a SIP start line -> headers, unless the body may
 *               itself hold one (message/sipfrag, multipart)
 *
 * Lines are found by memchr in one buffer; a message is handed on where it lies in it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"
#include "line.h"
#include "trace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BUFFER = 512 * 1024,
    MOST_HEADERS = 64 * 1024 /* what is kept of one message */
};

enum mode { OUTSIDE, HEADERS, REST, BODY };

struct trace {
    trace_receiver *receiver;
    void *context;
    char *buffer;
    size_t at;       /* the next line */
    size_t searched; /* no line end between at and here */
    size_t end;
    enum mode mode;
    bool inside_line; /* what follows is the rest of a line too long for the buffer */
    size_t message;   /* HEADERS: where the message begins */
    size_t indent;    /* blanks before its start line and all its lines */
    bool dots;        /* a dot before each line end: what ngrep -W byline makes of CR */
    bool copying;     /* its lines are copied without either */
    char *copy;
    size_t copied;
    bool crlf;      /* its lines end in CR LF */
    uint64_t body;  /* BODY: bytes to come */
    bool multipart; /* BODY: has parts, which may be message/sipfrag */
    bool part;      /* BODY: the headers of such a part */
    bool fragment;  /* BODY: the next line is the first of a message/sipfrag: the only one in it
                       that can be a start line (RFC 3420 section 2.1) */
    bool ended;     /* the file has no more bytes */
    bool sdp;       /* BODY: a line that is no SDP ends it */
    bool to_empty;  /* BODY: of unknown length, ends at an empty line */
    int64_t time;
    bool stamped;
    bool token[256]; /* whether a character may stand in a name */
};

trace *trace_new(trace_receiver *receiver, void *context)
{
    trace *of = need_room(1, sizeof *of);
    of->receiver = receiver;
    of->context = context;
    of->buffer = need_room(BUFFER, 1);
    of->copy = need_room(MOST_HEADERS, 1);
    of->time = STAMP_NONE;
    fill_token(of->token);
    return of;
}

void trace_free(trace *of)
{
    free(of->buffer);
    free(of->copy);
    free(of);
}

static bool type_is(sipcause_slice type, const char *name)
{
    size_t length = strlen(name);
    if (type.length < length)
        return false;
    for (size_t i = 0; i < length; i++) {
        char c = type.text[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != name[i])
            return false;
    }
    return true;
}

/* Where the body of a message ends. */
static void expect_body(trace *of, const sipcause_message *parts)
{
    of->fragment = type_is(parts->content_type, "message/sip");
    of->multipart = type_is(parts->content_type, "multipart/");
    of->part = false;
    of->body = parts->has_content_length ? parts->content_length : 0;
    of->to_empty = (of->fragment || of->multipart) && !parts->has_content_length;
    of->sdp = type_is(parts->content_type, "application/sdp");
}

/* Hands on a message whose headers end at `end`. */
static void deliver(trace *of, size_t end, bool cut)
{
    trace_message message = {.cut = cut, .time = of->time, .stamped = of->stamped};
    message.bytes = of->copying ? of->copy : of->buffer + of->message;
    message.length = of->copying ? of->copied : end - of->message;
    sipcause_message_parse(message.bytes, message.length, &message.parts); /* zeroed when it is no message */
    expect_body(of, &message.parts);
    of->stamped = false;
    of->receiver(of->context, &message);
}

/* Keeps a line of a message that is copied. Returns false when there is no room. */
static bool copy_line(trace *of, const char *line, size_t length)
{
    size_t skip = 0;
    while (skip < of->indent && skip < length && blank(line[skip]))
        skip++;
    if (length - skip >= MOST_HEADERS - of->copied)
        return false;
    memcpy(of->copy + of->copied, line + skip, length - skip);
    of->copied += length - skip;
    of->copy[of->copied++] = '\n';
    return true;
}

/* Whether a start line's dot is its CR: then the next line ends in a dot, too. */
static bool is_dotted(const trace *of, const char *line, size_t length, size_t whole)
{
    if (length == 0 || line[length - 1] != '.')
        return false;
    const char *next = line + whole, *end = of->buffer + of->end;
    const char *line_end = memchr(next, '\n', (size_t)(end - next));
    return line_end == NULL ? of->dots : line_end > next && line_end[-1] == '.';
}

/* A line between messages. whole: the length with its line end. */
static void outside_line(trace *of, const char *line, size_t whole)
{
    size_t length = stripped(line, whole);
    bool dots = is_dotted(of, line, length, whole);
    of->mode = OUTSIDE;
    if (is_start_line(of->token, line, length - dots)) {
        of->mode = HEADERS;
        of->message = (size_t)(line - of->buffer);
        of->dots = dots;
        of->crlf = dots || whole > length + 1;
        of->indent = 0;
        of->copied = 0;
        while (blank(line[of->indent]))
            of->indent++;
        of->copying = dots || of->indent > 0;
        if (of->copying && !copy_line(of, line, length - dots))
            of->mode = REST;
    } else if (stamp_find(line, length, of->time, &of->time)) {
        of->stamped = true;
    }
}

static void begin_body(trace *of)
{
    of->mode = of->body > 0 || of->to_empty ? BODY : OUTSIDE;
}

/* A line of a message's headers: header, fold, the empty line, or the first that is none of these.
 */
static void header_line(trace *of, const char *line, size_t length, size_t whole)
{
    size_t start = (size_t)(line - of->buffer), blanks = 0;
    while (blanks < length && blank(line[blanks]))
        blanks++;
    bool empty = blanks == length;
    size_t indent = of->indent < blanks ? of->indent : blanks;
    bool goes_on =
        !empty && blanks >= of->indent && (blanks > of->indent || is_header(of->token, line + indent, length - indent));
    if (!empty && !goes_on) {
        if (of->mode == HEADERS)
            deliver(of, start, false);
        outside_line(of, line, whole);
        return;
    }
    if (of->mode == HEADERS) {
        bool room = of->copying ? copy_line(of, line, length) : start + whole - of->message <= MOST_HEADERS;
        if (!room) {
            deliver(of, start, true);
            of->mode = REST;
        } else if (empty) {
            deliver(of, start + whole, false);
        }
    }
    if (empty)
        begin_body(of);
}

/* "Content-Type: message/sipfrag", the header of a part. */
static bool is_fragment_type(const char *line, size_t length)
{
    static const char name[] = "content-type:";
    sipcause_slice rest = {line, length};
    if (!type_is(rest, name))
        return false;
    rest.text += sizeof name - 1;
    rest.length -= sizeof name - 1;
    for (; rest.length > 0 && blank(*rest.text); rest.length--)
        rest.text++;
    return type_is(rest, "message/sip");
}

static void body_line(trace *of, const char *line, size_t length, size_t whole)
{
    bool hidden = of->fragment;
    of->fragment = of->part && length == 0;
    of->part = of->multipart && length > 0 && (of->part || is_fragment_type(line, length));
    if (!hidden &&
        (is_start_line(of->token, line, length) || (of->sdp && length > 0 && (length < 2 || line[1] != '=')))) {
        outside_line(of, line, whole);
        return;
    }
    uint64_t counted = of->crlf || whole == length ? whole : length + 2;
    for (size_t i = 0; i < of->indent && i < length && blank(line[i]); i++)
        counted--;
    if (of->to_empty) {
        if (length == 0)
            of->mode = OUTSIDE;
    } else if (counted < of->body) {
        of->body -= counted;
    } else {
        size_t used = of->body < length ? (size_t)of->body : length;
        of->mode = OUTSIDE;
        if (used < length)
            outside_line(of, line + used, whole - used);
    }
}

/* One line, `whole` bytes with its line end where it has one. */
static void take_line(trace *of, size_t start, size_t whole)
{
    const char *line = of->buffer + start;
    size_t length = stripped(line, whole);
    if (of->dots && of->mode != OUTSIDE && length > 0 && line[length - 1] == '.')
        length--;
    switch (of->mode) {
    case OUTSIDE: outside_line(of, line, whole); break;
    case HEADERS:
    case REST: header_line(of, line, length, whole); break;
    case BODY: body_line(of, line, length, whole); break;
    }
}

/* The rest of a line whose beginning was taken already: only a body counts it. */
static void pass_over(trace *of, size_t length)
{
    if (of->mode != BODY || of->to_empty)
        return;
    of->body = of->body > length ? of->body - length : 0;
    if (of->body == 0)
        of->mode = OUTSIDE;
}

/* A start line that ends in a dot cannot be told before the next line is there. */
static bool waits_for_next(const trace *of, size_t next)
{
    const char *line = of->buffer + of->at;
    size_t length = stripped(line, next - of->at);
    return !of->ended && length > 0 && line[length - 1] == '.' && of->end - of->at < MOST_HEADERS / 2 &&
           memchr(of->buffer + next, '\n', of->end - next) == NULL && is_start_line(of->token, line, length - 1);
}

/* A line over MOST_HEADERS, or the beginning of one: that says what it is, and what follows is passed over. */
static void take_long(trace *of, size_t length)
{
    if (of->mode == HEADERS) {
        deliver(of, of->at, true);
        of->mode = REST;
    }
    take_line(of, of->at, MOST_HEADERS);
    if (of->mode == HEADERS) { /* a start line of that length */
        deliver(of, of->at + MOST_HEADERS, true);
        of->mode = REST;
    }
    pass_over(of, length - MOST_HEADERS);
}

static void take_lines(trace *of)
{
    for (;;) {
        char *line_end = memchr(of->buffer + of->searched, '\n', of->end - of->searched);
        if (line_end == NULL) {
            of->searched = of->end;
            return;
        }
        size_t next = (size_t)(line_end - of->buffer) + 1;
        if (!of->inside_line && waits_for_next(of, next)) {
            of->searched = next - 1;
            return;
        }
        if (of->inside_line)
            pass_over(of, next - of->at);
        else if (next - of->at > MOST_HEADERS)
            take_long(of, next - of->at);
        else
            take_line(of, of->at, next - of->at);
        of->inside_line = false;
        of->at = of->searched = next;
    }
}

/* Makes room for the next read: what has been taken goes, and so does a line that is too long. */
static void make_room(trace *of)
{
    size_t unfinished = of->end - of->at;
    if (of->inside_line && unfinished > 0) {
        pass_over(of, unfinished);
        of->at = of->end;
    } else if (unfinished > MOST_HEADERS) {
        take_long(of, unfinished);
        of->inside_line = true;
        of->at = of->end;
    }
    size_t keep = of->mode == HEADERS && !of->copying ? of->message : of->at;
    if (keep == 0)
        return;
    memmove(of->buffer, of->buffer + keep, of->end - keep);
    of->at -= keep;
    of->searched = of->searched > keep ? of->searched - keep : 0;
    of->end -= keep;
    of->message = 0;
}

/* The end of a file ends its last line and its last message. */
static void finish(trace *of)
{
    of->ended = true;
    take_lines(of);
    of->ended = false;
    if (of->at < of->end && !of->inside_line)
        take_line(of, of->at, of->end - of->at);
    if (of->mode == HEADERS)
        deliver(of, of->end, false);
    of->mode = OUTSIDE;
    of->inside_line = false;
    of->at = of->searched = of->end = 0;
}

int trace_read(trace *of, const char *path, void (*progress)(void *context, uint64_t bytes, uint64_t size))
{
    bool input = strcmp(path, "-") == 0;
    int file = input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (file < 0)
        return errno;
    if (fstat(file, &about) != 0)
        about.st_mode = 0; /* no size, so no percentage */
    uint64_t bytes = 0, size = S_ISREG(about.st_mode) ? (uint64_t)about.st_size : 0;
    int failure = 0;
    for (;;) {
        make_room(of);
        ssize_t got = read(file, of->buffer + of->end, BUFFER - of->end);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            failure = errno;
        if (got <= 0)
            break;
        of->end += (size_t)got;
        if (bytes == 0 && got >= 3 && memcmp(of->buffer, "\xEF\xBB\xBF", 3) == 0)
            of->at = of->searched = 3; /* a byte order mark, as some editors put it before the first line */
        bytes += (uint64_t)got;
        take_lines(of);
        if (progress != NULL)
            progress(of->context, bytes, size);
    }
    finish(of);
    if (!input)
        close(file);
    return failure;
}
