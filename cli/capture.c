/*
 * capture.c - tells a packet capture from text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "capture.h"

#include <string.h>

/* The magic numbers of pcap-savefile(5), microseconds and nanoseconds, in either byte order. */
static const char magic[][5] = {"\xA1\xB2\xC3\xD4", "\xD4\xC3\xB2\xA1", "\xA1\xB2\x3C\x4D", "\x4D\x3C\xB2\xA1"};

bool capture_is(const char *bytes, size_t length)
{
    if (length < CAPTURE_BYTES)
        return false;
    for (size_t i = 0; i < sizeof magic / sizeof magic[0]; i++)
        if (memcmp(bytes, magic[i], 4) == 0)
            return true;
    /* pcapng: the type of the section header block is a palindrome, its order stands behind the length. */
    return memcmp(bytes, "\n\r\r\n", 4) == 0 &&
           (memcmp(bytes + 8, "\x1A\x2B\x3C\x4D", 4) == 0 || memcmp(bytes + 8, "\x4D\x3C\x2B\x1A", 4) == 0);
}
