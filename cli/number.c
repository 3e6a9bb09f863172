/*
 * number.c - telephone numbers in a text.
 *
 * A number is: seven and more digits in a row; digits in groups after "+", "00", "011" or a "0" that is no zero of a
 * date; and the groups of North America, 3-3-4 and 3-4. All of its digits are part of it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "private.h"
#include "utf8.h"

#include <string.h>

enum {
    LEAST_BARE = 7,     /* digits of a number that stands bare */
    LEAST_PLUS = 5,     /* after a "+": "+0100" is a time zone */
    MOST_DIGITS = 15,   /* ITU-T E.164: an international number is no longer */
    MOST_NATIONAL = 12, /* with its "0", of those that are written in groups */
    NORTH_AMERICA = 10  /* digits of a number there, without the 1 */
};

static size_t digits_at(sipcause_slice text, size_t at)
{
    size_t end = at;
    while (is_digit(byte_at(text, end)))
        end++;
    return end - at;
}

/* The bytes of one to three characters that may stand between two groups, when a digit follows them; 0: there are
 * none. What is invisible separates nothing for a reader, so it counts too. */
static size_t separators(sipcause_slice text, size_t from)
{
    size_t at = from;
    for (int count = 0; count < 4 && at < text.length; count++) {
        unsigned char c = (unsigned char)text.text[at];
        uint32_t point;
        if (is_digit(text.text[at]))
            return at - from;
        if (c < 0x80 && c > ' ' && c != 0x7F && strchr("-.()/_\\", c) == NULL)
            return 0;
        at += utf8_next(text.text + at, text.length - at, &point);
    }
    return 0;
}

/* The zero of "+49 (0)30 ..." is not dialled with the rest. */
static bool is_trunk_zero(sipcause_slice text, size_t at)
{
    return text.text[at] == '0' && at > 0 && text.text[at - 1] == '(' && byte_at(text, at + 1) == ')';
}

/* Groups of digits from the digit at `at`; returns their end. Where a number is complete, as it has `most` digits or
 * many in a row, what a blank parts from it is something else, and only a hyphen goes on. */
static size_t groups(sipcause_slice text, size_t at, size_t most, gathered *key)
{
    size_t start = key->length;
    for (;;) {
        size_t count = digits_at(text, at);
        if (!is_trunk_zero(text, at))
            gather(key, text.text + at, count);
        at += count;
        size_t between = separators(text, at), total = key->length - start;
        bool complete = count >= LEAST_BARE || total >= most;
        if (between == 0 || (complete && !(between == 1 && text.text[at] == '-')))
            return at;
        at += between;
    }
}

/* "+1 (212) 555-0100" at its plus. */
static size_t after_plus(sipcause_slice text, size_t at, gathered *key)
{
    size_t start = key->length, first = at + 1 + separators(text, at + 1);
    char digit = byte_at(text, first);
    if (!is_digit(digit) || digit == '0')
        return 0;
    size_t end = groups(text, first, digit == '1' ? 1 + NORTH_AMERICA : MOST_DIGITS, key);
    if (key->length - start >= LEAST_PLUS)
        return end - at;
    key->length = start;
    return 0;
}

/* "05.11.2026", "05.11.26" */
static bool is_date(sipcause_slice text, size_t at)
{
    size_t first = digits_at(text, at), second = digits_at(text, at + first + 1);
    char separator = byte_at(text, at + first);
    size_t third = digits_at(text, at + first + 1 + second + 1);
    return first == 2 && (separator == '.' || separator == '/' || separator == '-') && (second == 1 || second == 2) &&
           byte_at(text, at + first + 1 + second) == separator && (third == 4 || third == 2);
}

/* "0049 30 1234567", "011 49 30 1234567", "020 7946 0958"; "+0100" and "-0500" are time zones. */
static size_t after_prefix(sipcause_slice text, size_t at, gathered *key)
{
    size_t start = key->length, count = digits_at(text, at);
    bool zone = count == 4 && at > 0 && (text.text[at - 1] == '+' || text.text[at - 1] == '-');
    char second = byte_at(text, at + 1), third = byte_at(text, at + 2);
    size_t prefix = second != '0' ? 0 : 2, most = prefix + (third == '1' ? 1 + NORTH_AMERICA : MOST_DIGITS);
    if (byte_at(text, at) != '0' || count < 2 + prefix / 2 || (prefix > 0 && third == '0') || zone || is_date(text, at))
        return 0;
    if (prefix == 0)
        most = second == '1' && third == '1' ? 3 + MOST_DIGITS : MOST_NATIONAL;
    size_t end = groups(text, at, most, key);
    if (key->length - start >= LEAST_BARE)
        return end - at;
    key->length = start;
    return 0;
}

/* The length of `count` digits, or as many and more, and of what separates them from more; 0: it is not that. */
static size_t group_of(sipcause_slice text, size_t at, size_t count, gathered *key)
{
    size_t between = digits_at(text, at) == count ? separators(text, at + count) : 0;
    if (between == 0)
        return 0;
    gather(key, text.text + at, count);
    return count + between;
}

/* "(212)5550100", "212-5550100" */
static size_t two_groups(sipcause_slice text, size_t at, gathered *key)
{
    char behind = byte_at(text, at + 3);
    bool parenthesis = at > 0 && text.text[at - 1] == '(' && behind == ')';
    size_t next = at + 4 + (parenthesis && byte_at(text, at + 4) == ' ');
    if (digits_at(text, at) != 3 || (!parenthesis && behind != '-' && behind != '.') || digits_at(text, next) != 7)
        return 0;
    gather(key, text.text + at, 3);
    gather(key, text.text + next, 7);
    return next + 7 - at;
}

/* "1-212-555-0100", "(212) 555-0100", "555-0100", from the first digit. */
static size_t north_american(sipcause_slice text, size_t from, gathered *key)
{
    size_t start = key->length, at = from;
    if (digits_at(text, at) == 3 && byte_at(text, at + 3) == '-' && digits_at(text, at + 4) == 4) {
        gather(key, text.text + at, 3);
        gather(key, text.text + at + 4, 4);
        return 8;
    }
    if (byte_at(text, at) == '1')
        at += group_of(text, at, 1, key);
    size_t two = two_groups(text, at, key);
    if (two > 0)
        return at + two - from;
    for (int i = 0; i < 2; i++) {
        size_t used = group_of(text, at, 3, key);
        if (used == 0) {
            key->length = start;
            return 0;
        }
        at += used;
    }
    size_t last = digits_at(text, at);
    if (last < 4) {
        key->length = start;
        return 0;
    }
    gather(key, text.text + at, last);
    return at + last - from;
}

/* The international form of what had no "+". */
static void make_international(gathered *key, size_t start)
{
    char *digits = key->bytes + start;
    size_t count = key->length - start, prefix = 0;
    if (count > NORTH_AMERICA && memcmp(digits, "011", 3) == 0)
        prefix = 3;
    else if (count > LEAST_BARE && memcmp(digits, "00", 2) == 0)
        prefix = 2;
    memmove(digits, digits + prefix, count - prefix);
    key->length -= prefix;
    if (prefix == 0 && count == NORTH_AMERICA && digits[0] >= '2' && digits[3] >= '2') {
        gather(key, "1", 1);
        digits = key->bytes + start;
        memmove(digits + 1, digits, count);
        digits[0] = '1';
    }
}

/* A row of digits; 4294967295 is no number of a telephone but the highest that a code can have. */
static size_t bare(sipcause_slice text, size_t at, gathered *key)
{
    static const char highest[] = "4294967295";
    size_t count = digits_at(text, at);
    if (count < LEAST_BARE || (count == sizeof highest - 1 && memcmp(text.text + at, highest, count) == 0))
        return 0;
    gather(key, text.text + at, count);
    return count;
}

size_t private_number(sipcause_slice text, size_t at, gathered *key)
{
    size_t start = key->length, open = byte_at(text, at) == '(', first = at + open;
    if (byte_at(text, at) == '+')
        return after_plus(text, at, key);
    if (!is_digit(byte_at(text, first)) || (at > 0 && is_digit(text.text[at - 1])))
        return 0;
    /* Within a date, a time or an address only what would be a number alone is one. */
    bool inside = at > 1 && strchr("-./:", text.text[at - 1]) != NULL && is_digit(text.text[at - 2]);
    size_t length = inside ? 0 : after_prefix(text, first, key);
    if (length == 0 && !inside)
        length = north_american(text, first, key);
    if (length == 0 && open == 0)
        length = bare(text, at, key);
    if (length == 0 || (open > 0 && memchr(text.text + at, ')', length) == NULL)) {
        key->length = start; /* a parenthesis around it all is none of its own */
        return 0;
    }
    make_international(key, start);
    return length + open;
}

/* The library cuts what it quotes and puts "..." there; of a carrier's own code it keeps 63 bytes. */
size_t private_remainder(sipcause_slice text, size_t at, size_t *searched, gathered *key)
{
    enum { CODE_KEPT = 63 };
    size_t end = at;
    char first = byte_at(text, at);
    if (at < *searched || (!is_digit(first) && first != '+' && first != '('))
        return 0;
    while (end < text.length && (is_hex(text.text[end]) || strchr("+-.:()/\\ ", text.text[end]) != NULL))
        end++;
    *searched = end;
    bool cut = end - at > 3 && memcmp(text.text + end - 3, "...", 3) == 0;
    if (!cut && !(end == text.length && text.length == CODE_KEPT))
        return 0;
    size_t length = end - at - (cut ? 3 : 0);
    gather(key, text.text + at, length);
    return length;
}
