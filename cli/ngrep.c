/*
 * ngrep.c - packets as ngrep prints them when it keeps no lines.
 *
 * SPDX-License-Identifier: MIT
 */
#include "ngrep.h"
#include "line.h"

#include <stdint.h>

enum {
    LONGEST_NAME = 64,  /* of a header; bounds what is looked at for each pair of dots */
    LONGEST_METHOD = 32 /* of a request that follows a body */
};

static const size_t NONE = SIZE_MAX;

static bool two_dots(const char *text, size_t length)
{
    return length >= 2 && text[0] == '.' && text[1] == '.';
}

/* The end of what stands between blanks. */
static size_t word_end(const char *line, size_t length, size_t at)
{
    while (at < length && line[at] != ' ')
        at++;
    return at;
}

bool ngrep_is_head(const char *line, size_t length, size_t *payload)
{
    if (length < 8 || (line[0] != 'U' && line[0] != 'T'))
        return false;
    size_t at = 1;
    if (line[at] == '(') /* -N: the protocol's number */
        at = word_end(line, length, at);
    if (at >= length || line[at] != ' ')
        return false;
    for (int words = 0; words < 4; words++) { /* a date, a time, an address */
        size_t end = word_end(line, length, ++at);
        if (end >= length)
            return false;
        if (end == at + 2 && line[at] == '-' && line[at + 1] == '>') {
            at = word_end(line, length, end + 1);
            break;
        }
        if (words == 3)
            return false;
        at = end;
    }
    for (;;) { /* TCP's flags, the fragment, the packet's number */
        size_t next = at + 1, end = word_end(line, length, next);
        if (next >= length)
            break;
        const char *sign = line + next;
        bool fragment = (*sign == '+' || is_digit(*sign)) && memchr(sign, '@', end - next) != NULL;
        if (*sign != '[' && *sign != '#' && !fragment)
            break;
        at = end;
    }
    *payload = at + 1 < length ? at + 1 : length;
    return true;
}

bool ngrep_is_header(const char *text, size_t length)
{
    size_t at = 0, most = length < LONGEST_NAME ? length : LONGEST_NAME;
    if (length == 0 || !is_letter(text[0]))
        return false;
    while (at < most && (is_letter(text[at]) || is_digit(text[at]) || text[at] == '-' || text[at] == '_'))
        at++;
    while (at < most && is_blank(text[at]))
        at++;
    return at < most && text[at] == ':';
}

/* "SIP/2.0 4" or "INVITE s". */
static bool begins_message(const bool *token, const char *text, size_t length)
{
    size_t at = 0, most = length < LONGEST_METHOD ? length : LONGEST_METHOD;
    if (length > 8 && memcmp(text, "SIP/2.0 ", 8) == 0)
        return is_digit(text[8]);
    while (at < most && token[(unsigned char)text[at]])
        at++;
    return at > 0 && at + 1 < most && is_letter(text[0]) && text[at] == ' ' && is_letter(text[at + 1]);
}

/* Where the first line ends: at ".." before a header; NONE: not in this text. */
static size_t first_line(const char *text, size_t length)
{
    for (size_t at = 0; at + 2 < length; at++)
        if (two_dots(text + at, length - at) && ngrep_is_header(text + at + 2, length - at - 2))
            return at;
    return NONE;
}

/* Whether a piece ends in ".." and the beginning of a name. */
static bool ends_in_name(const char *text, size_t length)
{
    size_t at = length;
    while (at > 0 && (is_letter(text[at - 1]) || is_digit(text[at - 1]) || text[at - 1] == '-' || text[at - 1] == '_'))
        at--;
    return at >= 2 && two_dots(text + at - 2, 2);
}

enum ngrep_form ngrep_form_of(const bool *token, const char *line, size_t length)
{
    bool piece = length > 2 && line[0] == ' ' && line[1] == ' ' && line[2] != ' ';
    const char *text = line + (piece ? 2 : 0);
    size_t left = length - (piece ? 2 : 0);
    if (!begins_message(token, text, left))
        return NGREP_LINES;
    size_t end = first_line(text, left);
    if (end != NONE && is_start_line(token, text, end))
        return piece ? NGREP_PIECE : NGREP_TEXT;
    if (!piece)
        return NGREP_LINES;
    return is_start_line(token, text, left) && !ends_in_name(text, left) ? NGREP_UNSURE : NGREP_PIECE;
}

/* The value of a line "Content-Length: 67", "l:67"; NONE: another line. */
static size_t content_length(const char *line, size_t length)
{
    static const char name[] = "content-length";
    size_t at = 0;
    length = length < LONGEST_NAME ? length : LONGEST_NAME;
    while (at < length && at < sizeof name - 1 && (line[at] | 0x20) == (name[at] | 0x20))
        at++;
    if (at < sizeof name - 1) {
        if (length == 0 || (line[0] | 0x20) != 'l')
            return NONE;
        at = 1;
    }
    while (at < length && is_blank(line[at]))
        at++;
    if (at >= length || line[at] != ':')
        return NONE;
    for (at++; at < length && is_blank(line[at]);)
        at++;
    size_t value = 0, start = at;
    for (; at < length && is_digit(line[at]) && value < 1000000; at++)
        value = value * 10 + (size_t)(line[at] - '0');
    return at > start ? value : NONE;
}

/* Whether what follows the headers is a body of that length and nothing else, or another message behind it. */
static bool body_fits(const bool *token, const char *rest, size_t length, size_t body)
{
    return body == length || (body < length && begins_message(token, rest + body, length - body));
}

size_t ngrep_lines(const bool *token, const char *text, size_t length, char *lines, size_t *written)
{
    size_t end = first_line(text, length), out = 0, line = 0, body = NONE, first_end = NONE;
    if (end == NONE || !is_start_line(token, text, end))
        return 0;
    for (size_t at = 0; at < length;) {
        const char *next = text + at + 2;
        size_t left = length - at;
        if (!two_dots(text + at, left)) {
            lines[out++] = text[at++];
        } else if (left == 2 || ngrep_is_header(next, left - 2)) {
            size_t told = content_length(lines + line, out - line);
            body = told == NONE ? body : told;
            lines[out++] = '\n';
            line = out;
            at += 2;
        } else if (two_dots(next, left - 2)) {
            size_t told = content_length(lines + line, out - line);
            told = told == NONE ? body : told;
            if (told != NONE && body_fits(token, next + 2, left - 4, told)) {
                memcpy(lines + out, "\n\n", 2);
                *written = out + 2;
                return at + 4 + told;
            }
            first_end = first_end == NONE ? out : first_end;
            lines[out++] = text[at++];
        } else {
            lines[out++] = text[at++];
        }
    }
    if (first_end != NONE) {
        memcpy(lines + first_end, "\n\n", 2);
        out = first_end + 2;
    }
    *written = out;
    return length;
}
