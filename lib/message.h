/*
 * message.h - walking over a SIP message's header lines without a call per line, and over a header's value: for
 * message.c, for release_message.c, which reads thousands of messages for a few headers each, and for the readers of
 * bodies and of Call-Info.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_MESSAGE_H
#define SIPCAUSE_MESSAGE_H

#include "bytes.h"
#include "internal.h"

#include <string.h>

typedef struct message_walk {
    const char *at; /* the start of a line */
    const char *end;
    bool complete; /* the empty line was met; at is behind it */
} message_walk;

/* The next header line, folds included, without its line end (a CR may be left); false at the empty
 * line and at the end of the bytes. */
static inline bool message_line(message_walk *walk, sipcause_slice *line)
{
    const char *from = walk->at, *end = walk->end, *stop, *from_here = from;
    if (from == end || walk->complete)
        return false;
    if (*from == '\n' || (*from == '\r' && end - from > 1 && from[1] == '\n')) {
        walk->at = from + (*from == '\n' ? 1 : 2);
        walk->complete = true;
        return false;
    }
    for (;;) {
        stop = memchr(from_here, '\n', (size_t)(end - from_here));
        if (!stop) {
            walk->at = stop = end;
            break;
        }
        walk->at = from_here = stop + 1;
        if (from_here == end || (*from_here != ' ' && *from_here != '\t'))
            break;
    }
    line->text = from;
    line->length = (size_t)(stop - from);
    return true;
}

/* Reads the start line into a zeroed message and sets the walk on the first header line. False: not SIP. */
bool message_start(const char *bytes, size_t length, message_walk *walk, sipcause_message *message);

static inline bool message_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static inline sipcause_slice message_trimmed(const char *from, const char *to)
{
    while (from < to && message_blank(*from))
        from++;
    while (to > from && message_blank(to[-1]))
        to--;
    sipcause_slice made = {from, (size_t)(to - from)};
    return made;
}

/* HCOLON = *( SP / HTAB ) ":" SWS, behind a name of that length: the value without the blanks around it. */
static inline bool message_value(sipcause_slice line, size_t name_length, sipcause_slice *value)
{
    const char *at = line.text + name_length, *end = line.text + line.length;
    while (at < end && message_blank(*at))
        at++;
    if (at == end || *at != ':')
        return false;
    *value = message_trimmed(at + 1, end);
    return true;
}

/* Whether a line is the header of that name, in any case; then value is what message_value gives. */
static inline bool message_line_is(sipcause_slice line, const char *name, size_t length, sipcause_slice *value)
{
    return line.length > length && text_same(line.text, length, name, length) && message_value(line, length, value);
}

/* The bit of a header's first letter, the same for both cases; for masks of the letters that matter. */
static inline uint32_t message_letter(char c)
{
    return (uint32_t)1 << ((unsigned char)c & 31);
}

/* Behind the quoted string that begins at `at`. */
static inline const char *message_behind_quoted(const char *at, const char *end)
{
    for (at++; at < end && *at != '"'; at++)
        if (*at == '\\' && at + 1 < end)
            at++;
    return at < end ? at + 1 : end;
}

/* What is between the quotes, of which the last may be missing; a value without the first is left as it is. */
static inline sipcause_slice message_unquoted(sipcause_slice value)
{
    if (value.length == 0 || *value.text != '"')
        return value;
    value.text++;
    value.length--;
    if (value.length && value.text[value.length - 1] == '"')
        value.length--;
    return value;
}

/* The first parameter of that name behind a ";", up to the first comma; those of a URI in < > do not count. content is
 * what follows its "=", quotes included. */
bool message_parameter(sipcause_slice value, const char *name, sipcause_slice *content);

/* Which known header a line is, and its value; of HEADER_OTHER value is untouched. */
enum known_header message_line_header(sipcause_slice line, sipcause_slice *value);

/* Puts what a header says into the message; the first of a name counts. */
void message_take(sipcause_message *message, enum known_header header, sipcause_slice value);

#endif
