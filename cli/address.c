/*
 * address.c - addresses of networks, and UUIDs, in a text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "private.h"

#include <string.h>

/* ---- IPv4 -------------------------------------------------------------------------------------------------- */

/* One to three digits, at most 255. Returns how many; 0: it is not that. */
static size_t octet_at(sipcause_slice text, size_t at, unsigned char *octet)
{
    unsigned value = 0;
    size_t count = 0;
    for (; count < 4 && is_digit(byte_at(text, at + count)); count++)
        value = value * 10 + (unsigned)(text.text[at + count] - '0');
    if (count == 0 || count == 4 || value > 255)
        return 0;
    *octet = (unsigned char)value;
    return count;
}

/* Four octets. */
static size_t octets_at(sipcause_slice text, size_t from, unsigned char octets[4])
{
    size_t at = from;
    for (int i = 0; i < 4; i++) {
        if (i > 0 && byte_at(text, at++) != '.')
            return 0;
        size_t count = octet_at(text, at, &octets[i]);
        if (count == 0)
            return 0;
        at += count;
    }
    return at - from;
}

/* A fifth number is a port, as some programs write it; with six and more it is something else. */
static size_t ipv4(sipcause_slice text, size_t at, gathered *key)
{
    unsigned char octets[4];
    if (at > 0 && (is_digit(text.text[at - 1]) || (text.text[at - 1] == '.' && at > 1 && is_digit(text.text[at - 2]))))
        return 0;
    size_t length = octets_at(text, at, octets), end = at + length;
    if (length == 0)
        return 0;
    if (byte_at(text, end) == '.' && is_digit(byte_at(text, end + 1))) {
        size_t more = end + 1;
        while (more - end < 7 && is_digit(byte_at(text, more)))
            more++;
        if (byte_at(text, more) == '.' && is_digit(byte_at(text, more + 1)))
            return 0;
    }
    gather(key, (const char *)octets, sizeof octets);
    return length;
}

/* ---- IPv6 -------------------------------------------------------------------------------------------------- */

/* Up to four hexadecimal digits. Returns how many. */
static size_t group_at(sipcause_slice text, size_t at, unsigned *group)
{
    size_t count = 0;
    *group = 0;
    for (; count < 4 && is_hex(byte_at(text, at + count)); count++) {
        char c = text.text[at + count];
        *group = *group << 4 | (unsigned)(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return count;
}

/* RFC 4291 section 2.2, all of the text. */
static bool parse_ipv6(sipcause_slice text, unsigned char address[16])
{
    unsigned char bytes[20] = {0};
    size_t filled = 0, gap = SIZE_MAX, at = 0;
    if (text.length > 1 && memcmp(text.text, "::", 2) == 0) {
        gap = 0;
        at = 2;
    }
    while (at < text.length && filled < 16) {
        unsigned group;
        size_t count = octets_at(text, at, bytes + filled);
        if (count > 0 && at + count == text.length) {
            filled += 4;
            at = text.length;
            break;
        }
        count = group_at(text, at, &group);
        if (count == 0)
            return false;
        bytes[filled++] = (unsigned char)(group >> 8);
        bytes[filled++] = (unsigned char)group;
        at += count;
        if (at == text.length)
            break;
        if (text.text[at++] != ':' || at == text.length)
            return false;
        if (text.text[at] == ':') {
            if (gap != SIZE_MAX)
                return false;
            gap = filled;
            at++;
        }
    }
    if (at != text.length || filled > 16 || (filled < 16) != (gap != SIZE_MAX))
        return false;
    memset(address, 0, 16);
    gap = gap == SIZE_MAX ? filled : gap;
    memcpy(address, bytes, gap);
    memcpy(address + 16 - (filled - gap), bytes + gap, filled - gap);
    return true;
}

static bool in_ipv6(char c)
{
    return is_hex(c) || c == ':' || c == '.';
}

static bool is_mac(sipcause_slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if (i % 3 == 2 ? text.text[i] != ':' : !is_hex(text.text[i]))
            return false;
    return text.length == 17;
}

/* Whether a row of hexadecimal digits, colons and points is to be taken for an address: an IPv6 address that is
 * misspelled, or has its port behind another colon, is one too. A time has two colons, apart. */
static bool looks_ipv6(sipcause_slice text, bool alone)
{
    size_t colons = 0, doubles = 0;
    bool digit = false;
    for (size_t i = 0; i < text.length; i++) {
        colons += text.text[i] == ':';
        doubles += text.text[i] == ':' && byte_at(text, i + 1) == ':';
        digit |= is_digit(text.text[i]);
    }
    return (colons >= 7 || (doubles > 0 && colons < text.length) || is_mac(text)) && (digit || alone);
}

static size_t ipv6(sipcause_slice text, size_t at, size_t *searched, gathered *key)
{
    static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    unsigned char address[16];
    size_t end = at;
    if (at < *searched || (text.text[at] == ':' && byte_at(text, at + 1) != ':')) /* "address:2001:db8::1" */
        return 0;
    while (end < text.length && in_ipv6(text.text[end]))
        end++;
    *searched = end;
    bool alone = (at == 0 || !is_alphanumeric(text.text[at - 1])) && !is_alphanumeric(byte_at(text, end));
    while (end > at &&
           (text.text[end - 1] == '.' || (text.text[end - 1] == ':' && !(end - at > 1 && text.text[end - 2] == ':'))))
        end--;
    sipcause_slice found = {text.text + at, end - at};
    if (!looks_ipv6(found, alone))
        return 0;
    if (!parse_ipv6(found, address))
        gather_lower(key, found.text, found.length);
    else if (memcmp(address, mapped, sizeof mapped) == 0) /* the same address as in IPv4 */
        gather(key, (const char *)address + 12, 4);
    else
        gather(key, (const char *)address, 16);
    return end - at;
}

size_t private_address(sipcause_slice text, size_t at, size_t *searched, gathered *key)
{
    char c = byte_at(text, at);
    size_t start = key->length, open = c == '[';
    if (open > 0)
        c = byte_at(text, at + 1);
    if (!is_hex(c) && c != ':')
        return 0;
    size_t length = ipv6(text, at + open, searched, key);
    if (length == 0 && is_digit(c))
        length = ipv4(text, at + open, key);
    if (length == 0 || open == 0 || byte_at(text, at + 1 + length) == ']')
        return length + (length > 0 ? 2 * open : 0);
    key->length = start; /* the bracket is another's: the address comes without it */
    *searched = at;
    return 0;
}

/* ---- UUIDs ------------------------------------------------------------------------------------------------- */

static size_t hex_at(sipcause_slice text, size_t at)
{
    size_t end = at;
    while (is_hex(byte_at(text, end)))
        end++;
    return end - at;
}

/* RFC 9562 section 4: 8-4-4-4-12 hexadecimal digits; what hangs on before and behind goes with them. */
size_t private_uuid(sipcause_slice text, size_t at, gathered *key)
{
    static const size_t groups[] = {4, 4, 4, 12};
    enum { DIGITS = 32 };
    if (!is_hex(byte_at(text, at)) || (at > 0 && is_hex(text.text[at - 1])))
        return 0;
    size_t first = hex_at(text, at), end = at + first;
    for (size_t i = 0; i < 4 && first >= 8; i++) {
        size_t count = byte_at(text, end) == '-' ? hex_at(text, end + 1) : 0;
        if (i == 3 ? count < groups[i] : count != groups[i]) {
            end = at + first;
            break;
        }
        end += 1 + count;
    }
    if (end == at + first && first < DIGITS)
        return 0;
    for (size_t i = at; i < end; i++)
        if (text.text[i] != '-')
            gather_lower(key, text.text + i, 1);
    return end - at;
}
