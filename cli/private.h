/*
 * private.h - what a text may tell of people and networks: numbers, addresses, URIs, UUIDs.
 *
 * A finder looks at one place of a text. It returns how many bytes from there are private, 0 for none, and adds to
 * `key` what makes the value the same however it is spelled. It takes time in proportion to what it finds, or a
 * bounded time where it finds nothing: a text is searched in linear time.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_PRIVATE_H
#define SIPCAUSE_PRIVATE_H

#include "sipcause.h"

/* Bytes that grow. */
typedef struct gathered {
    char *bytes;
    size_t length, room;
} gathered;

void gather(gathered *of, const char *bytes, size_t length);
void gather_lower(gathered *of, const char *bytes, size_t length); /* ASCII letters as small ones */

/* '\0' behind the end, and before the start. */
static inline char byte_at(sipcause_slice text, size_t at)
{
    return at < text.length ? text.text[at] : '\0';
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

/* Telephone numbers: key is the digits, in international form where that can be told. */
size_t private_number(sipcause_slice text, size_t at, gathered *key);
/* The rest of what the library cut, where less than a number is left of one. searched: kept by the caller, 0 at
 * first. */
size_t private_remainder(sipcause_slice text, size_t at, size_t *searched, gathered *key);

/* IPv4, IPv6 with or without brackets, and MAC addresses: key is the address in binary. searched: as above, another.
 */
size_t private_address(sipcause_slice text, size_t at, size_t *searched, gathered *key);

/* UUIDs with or without hyphens, and longer runs of hexadecimal digits: key is those digits. */
size_t private_uuid(sipcause_slice text, size_t at, gathered *key);

/* SIP, SIPS, TEL, MAILTO and other URIs that name people. */
typedef struct private_uri {
    size_t length;
    sipcause_slice subject; /* what it names: the user, or a tel URI's number */
    bool tel;
} private_uri;
bool private_uri_at(sipcause_slice text, size_t at, private_uri *uri, gathered *key);

#endif
