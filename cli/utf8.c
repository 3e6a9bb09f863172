/*
 * utf8.c - one character of UTF-8, RFC 3629.
 *
 * SPDX-License-Identifier: MIT
 */
#include "utf8.h"

#include <string.h>

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

/* Unicode's general categories Cc, Cf (as far as it is in no word of any language), Zl, Zp. */
bool utf8_visible(uint32_t point)
{
    static const struct {
        uint32_t first, last;
    } invisible[] = {
        {0, 0x1F},        {0x7F, 0x9F},     {0xAD, 0xAD},       {0x61C, 0x61C},
        {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E},   {0x2060, 0x206F},
        {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}, {UTF8_INVALID, UTF8_INVALID},
    };
    if (point >= 0x20 && point < 0x7F) /* nearly all */
        return true;
    for (size_t i = 0; i < sizeof invisible / sizeof *invisible; i++)
        if (point >= invisible[i].first && point <= invisible[i].last)
            return false;
    return true;
}

/* Whether all of eight bytes are visible characters of ASCII: none below 0x20, none above 0x7E. */
static inline bool are_plain(const char *bytes)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
    uint64_t eight;
    memcpy(&eight, bytes, sizeof eight);
    return ((eight | (eight + ones) | (eight - (ones << 5))) & high) == 0;
}

size_t utf8_plain(const char *bytes, size_t length)
{
    size_t at = 0;
    while (length - at >= 8 && are_plain(bytes + at))
        at += 8;
    while (at < length && bytes[at] >= 0x20 && bytes[at] < 0x7F)
        at++;
    return at;
}

size_t utf8_show(const char *bytes, size_t length, void (*put)(const char *bytes, size_t length))
{
    size_t columns = 0;
    for (size_t at = 0; at < length; columns++) {
        size_t plain = utf8_plain(bytes + at, length - at);
        put(bytes + at, plain);
        columns += plain;
        at += plain;
        if (at == length)
            break;
        uint32_t point;
        size_t used = utf8_next(bytes + at, length - at, &point);
        if (utf8_visible(point))
            put(bytes + at, used);
        else
            put("?", 1);
        at += used;
    }
    return columns;
}
