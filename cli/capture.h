/*
 * capture.h - tells a packet capture, what is packed, and a saved survey from a trace.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_CAPTURE_H
#define SIPCAUSE_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>

enum { CAPTURE_BYTES = 64 }; /* a file's first bytes that tell, or all there are */

/* Whether a file that begins with these bytes is a capture of libpcap or a pcapng file. */
bool capture_is(const char *bytes, size_t length);

/* Whether it is compressed (gzip, bzip2, xz, zstd) or UTF-16. */
bool capture_is_packed(const char *bytes, size_t length);

/* Whether it is a saved survey. */
bool capture_is_survey(const char *bytes, size_t length);

#endif
