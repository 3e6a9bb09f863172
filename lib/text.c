/*
 * text.c - ASCII without a locale: comparing, reading numbers, finding what was meant, writing.
 *
 * SPDX-License-Identifier: MIT
 */
#include "internal.h"

#include <string.h>

char text_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool text_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool alphanumeric(char c)
{
    char lower = text_lower(c);
    return text_digit(c) || (lower >= 'a' && lower <= 'z');
}

bool text_token_character(char c)
{
    return alphanumeric(c) || (c && strchr("-.!%*_+`'~", c) != NULL);
}

bool text_word_character(char c)
{
    return alphanumeric(c) || c == '_' || c == '.' || c == '-';
}

bool text_same(const char *a, size_t a_length, const char *b, size_t b_length)
{
    if (a_length != b_length)
        return false;
    for (size_t i = 0; i < a_length; i++)
        if (text_lower(a[i]) != text_lower(b[i]))
            return false;
    return true;
}

bool text_same_name(const char *a, size_t a_length, const char *name)
{
    for (size_t i = 0; i < a_length; i++)
        if (!name[i] || (a[i] != name[i] && text_lower(a[i]) != text_lower(name[i])))
            return false; /* mostly at the first character */
    return !name[a_length];
}

bool text_same_exactly(const char *a, size_t a_length, const char *name)
{
    return strlen(name) == a_length && (a_length == 0 || memcmp(a, name, a_length) == 0);
}

enum word_kind text_word_kind(const char *text, size_t length)
{
    bool digits = true;
    if (length < 1 || length > 31)
        return WORD_NONE;
    for (size_t i = 0; i < length; i++) {
        if (!text_word_character(text[i]))
            return WORD_NONE;
        digits = digits && text_digit(text[i]);
    }
    return digits ? WORD_NUMBER : WORD_OWN;
}

bool text_number(const char *text, size_t length, uint32_t *number)
{
    uint64_t value = 0;
    if (length == 0)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!text_digit(text[i]))
            return false;
        value = value * 10 + (uint64_t)(text[i] - '0');
        if (value > UINT32_MAX)
            return false;
    }
    *number = (uint32_t)value;
    return true;
}

enum { NEAR_LENGTH = 40 }; /* longer words are not compared: nobody mistypes those */

static unsigned least(unsigned a, unsigned b, unsigned c)
{
    unsigned smaller = a < b ? a : b;
    return smaller < c ? smaller : c;
}

/* Edits (insert, delete, replace, swap neighbours) that turn a into b. */
static unsigned edit_distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    unsigned rows[3][NEAR_LENGTH + 1];
    for (unsigned j = 0; j <= b_length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        unsigned *now = rows[i % 3], *before = rows[(i + 2) % 3], *two_before = rows[(i + 1) % 3];
        now[0] = (unsigned)i;
        for (size_t j = 1; j <= b_length; j++) {
            char x = text_lower(a[i - 1]), y = text_lower(b[j - 1]);
            now[j] = least(before[j] + 1, now[j - 1] + 1, before[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == text_lower(b[j - 2]) && text_lower(a[i - 2]) == y &&
                two_before[j - 2] + 1 < now[j])
                now[j] = two_before[j - 2] + 1;
        }
    }
    return rows[a_length % 3][b_length];
}

unsigned text_nearness(const char *text, size_t length, const char *candidate)
{
    size_t candidate_length = strlen(candidate);
    if (length == 0 || length > NEAR_LENGTH || candidate_length > NEAR_LENGTH)
        return 0;
    unsigned distance = edit_distance(text, length, candidate, candidate_length);
    size_t shorter = length < candidate_length ? length : candidate_length;
    /* A third of the word may be wrong; of a short one, one letter. */
    unsigned allowed = shorter < 4 ? 1 : (unsigned)(shorter / 3);
    return distance <= allowed && distance < shorter ? distance + 1 : 0;
}

void write_bytes(writer *out, const char *bytes, size_t length)
{
    if (out->length < out->size) {
        size_t room = out->size - out->length;
        memcpy(out->buffer + out->length, bytes, length < room ? length : room);
    }
    out->length += length;
}

void write_text(writer *out, const char *text)
{
    write_bytes(out, text, strlen(text));
}

void write_number(writer *out, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    write_bytes(out, digits + at, sizeof digits - at);
}

size_t text_decode(const unsigned char *at, const unsigned char *end, uint32_t *character)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t width = at[0] < 0x80 ? 1 : at[0] < 0xc2 ? 0 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : at[0] < 0xf5 ? 4 : 0;
    if (!width || width > (size_t)(end - at))
        return 0;
    uint32_t value = width == 1 ? at[0] : at[0] & (0x7fu >> width);
    for (size_t i = 1; i < width; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (at[i] & 0x3fu);
    }
    if ((width > 1 && value < least[width]) || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
        return 0;
    *character = value;
    return width;
}

/* Blanks and marks that look like a blank, or like nothing. */
static bool invisible(uint32_t c)
{
    return c == 0xa0 || c == 0xad || c == 0x61c || c == 0x180e || (c >= 0x2000 && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202f) || (c >= 0x205f && c <= 0x206f) || c == 0x3000 || c == 0xfeff;
}

void write_shown(writer *out, const char *text, size_t length)
{
    static const char digits[] = "0123456789ABCDEF";
    const unsigned char *at = (const unsigned char *)text, *end = at + length;
    while (at < end) {
        uint32_t c;
        size_t width = text_decode(at, end, &c);
        if (!width && *at >= 0xc2 && end - at < (*at < 0xe0 ? 2 : *at < 0xf0 ? 3 : 4)) /* cut in its midst */
            break;
        if (!width) { /* not UTF-8: the name of a file may be anything */
            write_text(out, "?");
            at++;
            continue;
        }
        if (invisible(c) || c < 0x20 || (c >= 0x7f && c < 0xa0)) {
            write_text(out, "<U+");
            for (int shift = c > 0xffff ? 20 : 12; shift >= 0; shift -= 4)
                write_bytes(out, digits + (c >> shift & 15), 1);
            write_text(out, ">");
        } else {
            write_bytes(out, (const char *)at, width);
        }
        at += width;
    }
}

void write_quoted(writer *out, const char *bytes, size_t length)
{
    size_t shown = length > 64 ? 64 : length;
    for (size_t i = 0; i < shown; i++) {
        unsigned char c = (unsigned char)bytes[i];
        write_bytes(out, c < 0x20 || c >= 0x7f ? "?" : bytes + i, 1);
    }
    if (shown < length)
        write_text(out, "...");
}

size_t write_end(writer *out)
{
    if (out->size)
        out->buffer[out->length < out->size ? out->length : out->size - 1] = 0;
    return out->length;
}
