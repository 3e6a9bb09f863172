/*
 * character.h - kinds of ASCII characters, whatever the locale.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_CHARACTER_H
#define SIPCAUSE_CHARACTER_H

#include <stdbool.h>

static inline bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static inline bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool is_alphanumeric(char c)
{
    return is_digit(c) || is_letter(c);
}

static inline char to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

#endif
