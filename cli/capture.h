/*
 * capture.h - tells a packet capture from text.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_CAPTURE_H
#define SIPCAUSE_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>

enum { CAPTURE_BYTES = 12 }; /* a file's first bytes that tell */

/* Whether a file that begins with these bytes is a capture of libpcap or a pcapng file. */
bool capture_is(const char *bytes, size_t length);

#endif
