/*
 * utf8.h - one character of UTF-8, RFC 3629.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_UTF8_H
#define SIPCAUSE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_INVALID UINT32_MAX

/* Reads the character at the start of length > 0 bytes. Returns how many bytes it takes; point is
 * UTF8_INVALID for bytes that are no character: those that one U+FFFD stands for (Unicode 3.9). */
size_t utf8_next(const char *bytes, size_t length, uint32_t *point);

/* No control character, no line separator, nothing that turns the direction of what stands around it, and nothing
 * that is there without being seen. */
bool utf8_visible(uint32_t point);

/* How many bytes there are before the first that is not one of ASCII's visible characters. */
size_t utf8_plain(const char *bytes, size_t length);

/* Puts out what a terminal may be shown, a `?` for each character that it would obey and for bytes that are no
 * character. Returns the number of characters. */
size_t utf8_show(const char *bytes, size_t length, void (*put)(const char *bytes, size_t length));

#endif
