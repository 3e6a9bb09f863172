/*
 * capture.c - tells a packet capture, what is packed, and a saved survey from a trace.
 *
 * SPDX-License-Identifier: MIT
 */
#include "capture.h"

#include <string.h>

enum { MAGIC_BYTES = 12 }; /* of pcapng; those of pcap are 4 */

/* The magic numbers of pcap-savefile(5), microseconds and nanoseconds, in either byte order. */
static const char magic[][5] = {"\xA1\xB2\xC3\xD4", "\xD4\xC3\xB2\xA1", "\xA1\xB2\x3C\x4D", "\x4D\x3C\xB2\xA1"};

/* What holds text in another form, which would only be "no SIP message": gzip (RFC 1952), bzip2, xz, zstd (RFC 8878),
 * UTF-16 with its byte order mark. */
static const struct {
    const char *bytes;
    size_t length;
} packed[] = {{"\x1F\x8B\x08", 3},
              {"BZh", 3},
              {"\xFD"
               "7zXZ",
               5},
              {"\x28\xB5\x2F\xFD", 4},
              {"\xFF\xFE", 2},
              {"\xFE\xFF", 2}};

bool capture_is_packed(const char *bytes, size_t length)
{
    for (size_t i = 0; i < sizeof packed / sizeof packed[0]; i++)
        if (length >= packed[i].length && memcmp(bytes, packed[i].bytes, packed[i].length) == 0)
            return true;
    return false;
}

bool capture_is(const char *bytes, size_t length)
{
    if (length < MAGIC_BYTES)
        return false;
    for (size_t i = 0; i < sizeof magic / sizeof magic[0]; i++)
        if (memcmp(bytes, magic[i], 4) == 0)
            return true;
    /* pcapng: the type of the section header block is a palindrome, its order stands behind the length. */
    return memcmp(bytes, "\n\r\r\n", 4) == 0 &&
           (memcmp(bytes + 8, "\x1A\x2B\x3C\x4D", 4) == 0 || memcmp(bytes + 8, "\x4D\x3C\x2B\x1A", 4) == 0);
}

/* {"survey", after a byte order mark and with blanks, as editors leave them. */
bool capture_is_survey(const char *bytes, size_t length)
{
    static const char begin[] = "{\"survey\"";
    size_t at = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0, met = 0;
    for (; at < length && begin[met] != '\0'; at++) {
        if (bytes[at] == begin[met])
            met++;
        else if (met > 1 || memchr(" \t\r\n", bytes[at], 4) == NULL)
            return false;
    }
    return begin[met] == '\0';
}
