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

/* The bit of a header's first letter, the same for both cases; for masks of the letters that matter. Other bytes have
 * the bit of some letter too: a name is compared whole afterwards. */
static inline uint32_t message_letter(char c)
{
    return (uint32_t)1 << ((unsigned char)c & 31);
}

#define MESSAGE_BLANKS (TEXT_BIT(' ') | TEXT_BIT('\t') | TEXT_BIT('\r') | TEXT_BIT('\n'))

static inline bool message_blank(char c)
{
    return (unsigned char)c <= ' ' && (MESSAGE_BLANKS >> c & 1);
}

/* Passes the line at hand; its folds begin with blanks, and no header does. */
static inline void message_pass_line(message_walk *walk)
{
    const char *stop = memchr(walk->at, '\n', (size_t)(walk->end - walk->at));
    walk->at = stop ? stop + 1 : walk->end;
}

/* Goes on to the next header line that begins with one of the letters, from the beginning of a line; false at the empty
 * line, which is passed, and at the end of the bytes. */
static inline bool message_seek(message_walk *walk, uint32_t letters)
{
    letters |= message_letter('\r') | message_letter('\n'); /* to see the empty line */
    if (walk->complete)
        return false;
    for (; walk->at < walk->end; message_pass_line(walk)) {
        const char *at = walk->at;
        if (!(letters & message_letter(*at)))
            continue;
        if (!message_blank(*at))
            return true;
        walk->complete = *at == '\n' || (*at == '\r' && walk->end - at > 1 && at[1] == '\n');
        if (!walk->complete)
            continue;
        walk->at = at + (*at == '\n' ? 1 : 2);
        return false;
    }
    return false;
}

/* Takes the line at hand with its folds, without its line end (a CR may be left). */
static inline sipcause_slice message_take_line(message_walk *walk)
{
    const char *from = walk->at, *end = walk->end, *next = from, *stop;
    do {
        stop = memchr(next, '\n', (size_t)(end - next));
        if (!stop) {
            next = stop = end;
            break;
        }
        next = stop + 1;
    } while (next < end && (*next == ' ' || *next == '\t'));
    walk->at = next;
    sipcause_slice line = {from, (size_t)(stop - from)};
    return line;
}

/* The next header line, whatever it begins with. */
static inline bool message_line(message_walk *walk, sipcause_slice *line)
{
    bool found = message_seek(walk, UINT32_MAX);
    if (found)
        *line = message_take_line(walk);
    return found;
}

/* Reads the start line: sets method, phrase and status, and the walk on the first header line. False: not SIP. */
bool message_start(const char *bytes, size_t length, message_walk *walk, sipcause_message *message);

static inline sipcause_slice message_trimmed(const char *from, const char *to)
{
    while (from < to && message_blank(*from))
        from++;
    while (to > from && message_blank(to[-1]))
        to--;
    sipcause_slice made = {from, (size_t)(to - from)};
    return made;
}

/* HCOLON = *( SP / HTAB ) ":" SWS: where the value begins behind a name of that length; NULL: the name goes on. */
static inline const char *message_behind_colon(sipcause_slice line, size_t name_length)
{
    const char *at = line.text + name_length, *end = line.text + line.length;
    if (name_length >= line.length)
        return NULL;
    while (at < end && message_blank(*at))
        at++;
    return at < end && *at == ':' ? at + 1 : NULL;
}

/* The same, and the value without the blanks around it. */
static inline bool message_value(sipcause_slice line, size_t name_length, sipcause_slice *value)
{
    const char *at = message_behind_colon(line, name_length);
    if (at)
        *value = message_trimmed(at, line.text + line.length);
    return at != NULL;
}

/* Whether a line is the header of that name, in any case; then value is what message_value gives. */
static inline bool message_line_is(sipcause_slice line, const char *name, size_t length, sipcause_slice *value)
{
    return line.length > length && text_same(line.text, length, name, length) && message_value(line, length, value);
}

/* Behind the quoted string that begins at `at`. */
const char *message_behind_quoted(const char *at, const char *end);

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

enum { MESSAGE_NAME_ROOM = 16 }; /* every known name is shorter */

/* Which of the known headers that are asked for (bits 1 << known) the name at `at` stands for, and its length. Whether
 * it ends there message_behind_colon tells; only a compact form, with which many names begin, ends for certain. A name
 * cannot be found across a line's end: none has a line end in it. */
static inline enum known_header message_name(const char *at, const char *end, const uint32_t asked, size_t *length)
{
    char padded[MESSAGE_NAME_ROOM];
    if (end - at < MESSAGE_NAME_ROOM) { /* at the very end of the message only */
        memset(padded, 0, sizeof padded);
        at = memcpy(padded, at, (size_t)(end - at));
    }
    uint64_t begin = bytes_load(at);
    uint32_t four = (uint32_t)begin | 0x20202020; /* by these letters nearly every line is told from a name */
#define ASKED(known) ((asked >> HEADER_##known) & 1)
#define KNOWN(first, rest, known)                                                                                      \
    if (ASKED(known) && BYTES_BEGIN(four, first) && BYTES_BEGIN(begin >> 32, rest))                                    \
    return *length = sizeof first rest - 1, HEADER_##known
#define KNOWN_LONG(first, next, rest, known)                                                                           \
    if (ASKED(known) && BYTES_BEGIN(four, first) && BYTES_BEGIN(begin >> 32, next) &&                                  \
        BYTES_BEGIN(bytes_load(at + 8), rest))                                                                         \
    return *length = sizeof first next rest - 1, HEADER_##known
#define COMPACT(name, known)                                                                                           \
    if (ASKED(known) && BYTES_BEGIN(begin, name) && (at[1] == ':' || message_blank(at[1])))                            \
    return *length = 1, HEADER_##known
    /* One after another: these are predicted well, a jump by the first letter is not. */
    KNOWN("cseq", "", CSEQ);
    KNOWN("to", "", TO);
    KNOWN("reas", "on", REASON);
    KNOWN("from", "", FROM);
    KNOWN("warn", "ing", WARNING);
    KNOWN_LONG("retr", "y-af", "ter", RETRY_AFTER);
    KNOWN_LONG("call", "-inf", "o", CALL_INFO);
    KNOWN("via", "", VIA);
    KNOWN("call", "-id", CALL_ID);
    KNOWN_LONG("cont", "ent-", "length", CONTENT_LENGTH);
    KNOWN_LONG("cont", "ent-", "type", CONTENT_TYPE);
    COMPACT("t", TO);
    COMPACT("f", FROM);
    COMPACT("v", VIA);
    COMPACT("i", CALL_ID);
    COMPACT("l", CONTENT_LENGTH);
    COMPACT("c", CONTENT_TYPE);
    return HEADER_OTHER;
#undef ASKED
#undef KNOWN
#undef KNOWN_LONG
#undef COMPACT
}

/* Which known header a line is, and its value; of HEADER_OTHER value is untouched. */
enum known_header message_line_header(sipcause_slice line, sipcause_slice *value);

/* Puts what a header says into the message; the first of a name counts. */
void message_take(sipcause_message *message, enum known_header header, sipcause_slice value);
/* The same of CSeq; of a From or To, whose tag part is. */
void message_take_cseq(sipcause_message *message, sipcause_slice value);
void message_take_tag(sipcause_slice *part, sipcause_slice value);

#endif
