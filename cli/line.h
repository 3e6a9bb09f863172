/*
 * line.h - what a line of a trace is; inline, as they are asked of every line.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_LINE_H
#define SIPCAUSE_LINE_H

#include "character.h"

#include <stddef.h>
#include <string.h>

/* RFC 3261 section 25.1: token. */
static inline void fill_token(bool *token)
{
    for (int c = 1; c < 256; c++)
        token[c] = is_alphanumeric((char)c) || strchr("-.!%*_+`'~", c) != NULL;
}

/* The length of a line without its line end. */
static inline size_t stripped(const char *line, size_t whole)
{
    if (whole > 0 && line[whole - 1] == '\n')
        whole--;
    if (whole > 0 && line[whole - 1] == '\r')
        whole--;
    return whole;
}

/* The status line or request line of RFC 3261 section 7; most lines fail at one comparison. */
static inline bool is_start_line(const bool *token, const char *line, size_t length)
{
    while (length > 0 && is_blank(*line)) {
        line++;
        length--;
    }
    while (length > 0 && is_blank(line[length - 1]))
        length--;
    if (length < 11)
        return false;
    if (line[0] == 'S' && memcmp(line, "SIP/2.0 ", 8) == 0)
        return line[8] >= '1' && line[8] <= '9' && line[9] >= '0' && line[9] <= '9' && line[10] >= '0' &&
               line[10] <= '9' && (length == 11 || is_blank(line[11]));
    if (line[length - 1] != '0' || memcmp(line + length - 8, " SIP/2.0", 8) != 0)
        return false;
    size_t at = 0, end = length - 8;
    while (at < end && token[(unsigned char)line[at]])
        at++;
    if (at == 0 || at >= end || line[at] != ' ' || !is_letter(line[0]))
        return false;
    const char *uri = line + at + 1;
    size_t uri_length = end - at - 1;
    return memchr(uri, ':', uri_length) != NULL && memchr(uri, ' ', uri_length) == NULL;
}

/* "Name :" at the start of a line; names of headers begin with a letter, time stamps do not. */
static inline bool is_header(const bool *token, const char *line, size_t length)
{
    size_t at = 0;
    if (length == 0 || !is_letter(line[0]))
        return false;
    while (at < length && token[(unsigned char)line[at]])
        at++;
    while (at < length && is_blank(line[at]))
        at++;
    return at < length && line[at] == ':';
}

#endif
