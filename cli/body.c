/*
 * body.c - where a body ends, and whether it is all there.
 *
 * SPDX-License-Identifier: MIT
 */
#include "body.h"
#include "line.h"

#include <string.h>

static bool type_is(sipcause_slice type, const char *name)
{
    size_t length = strlen(name);
    if (type.length < length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (to_lower(type.text[i]) != name[i])
            return false;
    return true;
}

void body_expect(trace *of, const sipcause_message *parts)
{
    of->fragment = type_is(parts->content_type, "message/sip");
    of->multipart = type_is(parts->content_type, "multipart/");
    of->part = false;
    of->body = parts->has_content_length ? parts->content_length : 0;
    of->to_empty = (of->fragment || of->multipart) && !parts->has_content_length;
    of->sdp = type_is(parts->content_type, "application/sdp");
    of->whole = false;
    of->held = (of->multipart || type_is(parts->content_type, "application/isup")) && of->body > 0 &&
               of->body <= MOST_BODY && !of->dots; /* where CR is a dot, so are an ISUP body's bytes */
}

bool body_is_fragment_type(const char *line, size_t length)
{
    static const char name[] = "content-type:";
    sipcause_slice rest = {line, length};
    if (!type_is(rest, name))
        return false;
    rest.text += sizeof name - 1;
    rest.length -= sizeof name - 1;
    for (; rest.length > 0 && is_blank(*rest.text); rest.length--)
        rest.text++;
    return type_is(rest, "message/sip");
}

uint64_t body_counted(const trace *of, const char *line, size_t length, size_t whole)
{
    uint64_t bytes = of->crlf || whole == length ? whole : length + 2;
    return of->indent == 0 ? bytes : bytes - scan_prefix(of, line, length);
}

/* Where the body, of which of->body bytes are to come from the line at `at` on, ends in the buffer.
 * Returns false when it is not all there. */
static bool find_end(trace *of, size_t at, size_t *end)
{
    uint64_t left = of->body;
    size_t most = at + 2 * (size_t)left; /* what scan_waits has waited for */
    if (of->crlf && of->indent == 0) {
        *end = at + (size_t)left;
        return *end <= of->end;
    }
    while (left > 0) {
        const char *line = of->buffer + at, *line_end = memchr(line, '\n', of->end - at);
        size_t whole = line_end == NULL ? of->end - at : (size_t)(line_end - line) + 1;
        if (whole == 0 || at + whole > most || of->looked + whole > of->gone + of->at + MOST_BODY)
            return false;
        of->looked += whole;
        size_t length = stripped(line, whole);
        uint64_t bytes = body_counted(of, line, length, whole);
        at += bytes <= left ? whole : scan_prefix(of, line, length) + (size_t)left;
        left = bytes <= left ? left - bytes : 0;
    }
    *end = at;
    return true;
}

/* Whether what stands at `at` stands behind a whole body: nothing, a start line or, at a line's beginning, neither a
 * header nor SDP. Behind one that was cut its length ends somewhere in later messages. */
static bool goes_on_after(const trace *of, size_t at)
{
    bool begins = of->buffer[at - 1] == '\n', mark = true;
    size_t most = of->end - at < AFTER_BODY ? of->end : at + AFTER_BODY;
    while (at < most && (is_blank(of->buffer[at]) || memchr("\r\n\v", of->buffer[at], 3) != NULL)) {
        begins |= of->buffer[at] == '\n';
        at++;
    }
    if (at == most)
        return true;
    const char *line = of->buffer + at, *line_end = memchr(line, '\n', most - at);
    size_t length = stripped(line, line_end == NULL ? most - at : (size_t)(line_end - line) + 1);
    if (is_start_line(of->token, line, length) || scan_brackets(of, line, length) > 0)
        return true;
    for (size_t i = 0; i < length && mark; i++)
        mark = !of->token[(unsigned char)line[i]] || line[i] == '-' || line[i] == '~';
    return mark || (begins && !is_header(of->token, line, length) && !(length > 1 && line[1] == '='));
}

bool body_is_whole(trace *of, size_t at)
{
    size_t end;
    return !of->sdp && !of->to_empty && of->body <= MOST_BODY && find_end(of, at, &end) && goes_on_after(of, end);
}

bool body_is_start(const trace *of, const char *line, size_t length)
{
    size_t skip = of->bracketed ? scan_prefix(of, line, length) : 0;
    return is_start_line(of->token, line + skip, length - skip) ||
           (length > 0 && line[0] == '[' && skip == 0 && scan_brackets(of, line, length) > 0);
}
