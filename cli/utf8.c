/*
 * utf8.c - one character of UTF-8, RFC 3629.
 *
 * SPDX-License-Identifier: MIT
 */
#include "utf8.h"

#include <stdbool.h>

size_t utf8_next(const char *bytes, size_t length, uint32_t *point)
{
    const unsigned char *at = (const unsigned char *)bytes;
    unsigned char first = at[0];
    if (first < 0x80) {
        *point = first;
        return 1;
    }
    *point = UTF8_INVALID;
    if (first < 0xC2 || first > 0xF4)
        return 1;
    size_t more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    /* The second byte's range excludes what is overlong, surrogates, and beyond U+10FFFF. */
    unsigned char least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    unsigned char most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    uint32_t value = first & (0x3Fu >> more);
    for (size_t i = 1; i <= more; i++) {
        if (i >= length || at[i] < least || at[i] > most)
            return i;
        value = value << 6 | (at[i] & 0x3Fu);
        least = 0x80;
        most = 0xBF;
    }
    *point = value;
    return more + 1;
}

/* No control character, no line separator, nothing that turns the direction of what stands around it. */
static bool visible(uint32_t point)
{
    return point >= 0x20 && (point < 0x7F || point >= 0xA0) && point != UTF8_INVALID && point != 0x061C &&
           !(point >= 0x200E && point <= 0x200F) && !(point >= 0x2028 && point <= 0x202E) &&
           !(point >= 0x2066 && point <= 0x2069);
}

size_t utf8_show(const char *bytes, size_t length, void (*put)(const char *bytes, size_t length))
{
    size_t columns = 0;
    for (size_t at = 0; at < length; columns++) {
        uint32_t point;
        size_t used = utf8_next(bytes + at, length - at, &point);
        if (visible(point))
            put(bytes + at, used);
        else
            put("?", 1);
        at += used;
    }
    return columns;
}
