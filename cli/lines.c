/*
 * lines.c - the lines of which nearly all of a trace consists, taken many at a time.
 *
 * Each function takes as many lines as there are of a kind that scan_line would take one by one, and stops at the
 * first that asks for more than a glance.
 *
 * SPDX-License-Identifier: MIT
 */
#include "lines.h"

#include "line.h"

#include <string.h>

/* Behind the next line end from `searched` on; 0: there is none in the buffer. */
static inline size_t behind_line(const trace *of, size_t searched)
{
    const char *line_end = memchr(of->buffer + searched, '\n', of->end - searched);
    return line_end == NULL ? 0 : (size_t)(line_end - of->buffer) + 1;
}

/* Keeps a header, of which the message is copied or left where it is. Returns false when there is no room. */
static inline bool keep_header(trace *of, const char *line, size_t whole)
{
    if (!of->copying)
        return (size_t)(line - of->buffer) + whole - of->message <= MOST_HEADERS;
    size_t length = stripped(line, whole);
    return scan_copy_line(of, line, length - scan_is_dotted(of, line, length));
}

/* All lines before `at` are taken; next: behind the line there, which is not. */
static void stop(trace *of, size_t at, size_t next)
{
    of->at = at;
    of->searched = next == 0 ? of->end : next - 1;
}

/* Headers before which nothing stands: they are looked at again when all are there. */
static void take_headers(trace *of)
{
    size_t at = of->at, next = behind_line(of, of->searched);
    while (next != 0 && is_header(of->token, of->buffer + at, next - at) &&
           keep_header(of, of->buffer + at, next - at)) {
        at = next;
        next = behind_line(of, at);
    }
    stop(of, at, next);
}

/* "m=audio 4000 RTP/AVP 8": neither a start line nor what ends SDP. */
static inline bool is_sdp(const char *line, size_t whole)
{
    return is_letter(line[0]) && line[1] == '=' && whole <= MOST_HEADERS;
}

/* SDP whose message was handed on, and before whose lines nothing stands. */
static void take_sdp(trace *of)
{
    size_t at = of->at, next = behind_line(of, of->searched);
    while (next != 0 && is_sdp(of->buffer + at, next - at)) {
        size_t bytes = of->crlf ? next - at : stripped(of->buffer + at, next - at) + 2;
        if (bytes >= of->body)
            break;
        of->body -= bytes;
        at = next;
        next = behind_line(of, at);
    }
    stop(of, at, next);
}

/* Empty lines between messages. */
static void take_empty(trace *of)
{
    for (;;) {
        const char *line = of->buffer + of->at;
        size_t left = of->end - of->at;
        size_t whole = left > 0 && line[0] == '\n' ? 1 : left > 1 && line[0] == '\r' && line[1] == '\n' ? 2 : 0;
        if (whole == 0)
            return;
        of->packet = false;
        of->at = of->searched = of->at + whole;
    }
}

void lines_take(trace *of)
{
    if (of->mode == HEADERS && of->indent == 0)
        take_headers(of);
    else if (of->mode == BODY && of->sdp && of->indent == 0)
        take_sdp(of);
    else if (of->mode == OUTSIDE)
        take_empty(of);
}
