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

/* Behind the line at `at`, of whose bytes those before `searched` hold no line end; 0: its end is not in the buffer. */
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

/* Headers before which nothing stands: they are looked at again when all are there. */
static void take_headers(trace *of)
{
    for (size_t next; (next = behind_line(of, of->searched)) != 0; of->at = of->searched = next) {
        const char *line = of->buffer + of->at;
        if (!is_header(of->token, line, next - of->at) || !keep_header(of, line, next - of->at)) {
            of->searched = next - 1;
            return;
        }
    }
    of->searched = of->end;
}

/* "m=audio 4000 RTP/AVP 8": neither a start line nor what ends SDP. */
static inline bool is_sdp(const char *line, size_t whole)
{
    return is_letter(line[0]) && line[1] == '=' && whole <= MOST_HEADERS;
}

/* SDP whose message was handed on, and before whose lines nothing stands. */
static void take_sdp(trace *of)
{
    for (size_t next; (next = behind_line(of, of->searched)) != 0; of->at = of->searched = next) {
        const char *line = of->buffer + of->at;
        size_t whole = next - of->at, bytes = of->crlf ? whole : stripped(line, whole) + 2;
        if (!is_sdp(line, whole) || bytes >= of->body) {
            of->searched = next - 1;
            return;
        }
        of->body -= bytes;
    }
    of->searched = of->end;
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
