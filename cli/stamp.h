/*
 * stamp.h - the time in a log line.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_STAMP_H
#define SIPCAUSE_STAMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STAMP_NONE INT64_MIN

enum stamp { STAMP_ABSENT, STAMP_CLOCK, STAMP_EPOCH };

/*
 * Finds the first time stamp of a line: HH:MM:SS with an optional fraction, with or without a date
 * (YYYY-MM-DD or YYYY/MM/DD) before it, or epoch seconds with a fraction at the line's start or
 * after "time: " there, as Kamailio's sipdump writes them.
 * Zones are not read: a trace is of one zone. A bare time is taken as the one nearest to `last`, so
 * that it goes on at midnight.
 * Parameters: line, length: without its line end. last: the last time found, STAMP_NONE: none.
 * Returns: which there is. time: receives milliseconds.
 */
enum stamp stamp_find(const char *line, size_t length, int64_t last, int64_t *time);

#endif
