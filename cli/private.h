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

#include "character.h"
#include "gather.h"

#include "sipcause.h"

/* '\0' behind the end, and before the start. */
static inline char byte_at(sipcause_slice text, size_t at)
{
    return at < text.length ? text.text[at] : '\0';
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
