/*
 * stamp.c - the time in a log line.
 *
 * SPDX-License-Identifier: MIT
 */
#include "stamp.h"
#include "character.h"

#include <string.h>

enum { LOOKED_AT = 160 }; /* a stamp stands in the first so many bytes of a line */

static const int64_t DAY = 86400000;

static bool digits(const char *at, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!is_digit(at[i]))
            return false;
    return true;
}

static int64_t number(const char *at, size_t count)
{
    int64_t value = 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (at[i] - '0');
    return value;
}

/* The number of two digits; -1: they are none. */
static inline int64_t two_digits(const char *at)
{
    return is_digit(at[0]) && is_digit(at[1]) ? (at[0] - '0') * 10 + (at[1] - '0') : -1;
}

/* Days since 1970-01-01 of the civil calendar. */
static int64_t days_from_date(int64_t year, int64_t month, int64_t day)
{
    if (month <= 2) {
        year--;
        month += 12;
    }
    int64_t of_year = (153 * (month - 3) + 2) / 5 + day - 1;
    return year * 365 + year / 4 - year / 100 + year / 400 + of_year - 719468;
}

/* Milliseconds after ".123456" or ",123". */
static int64_t fraction(const char *at, const char *end)
{
    if (end - at < 2 || (*at != '.' && *at != ',') || !is_digit(at[1]))
        return 0;
    int64_t value = 0, scale = 100;
    for (at++; at < end && scale > 0 && is_digit(*at); at++, scale /= 10)
        value += (*at - '0') * scale;
    return value;
}

/* A date that ends where a time begins: "2026-11-21 ", "2026/11/21T". */
static bool date_before(const char *line, const char *time, int64_t *days)
{
    if (time - line < 11 || !(is_blank(time[-1]) || time[-1] == 'T' || time[-1] == '_'))
        return false;
    const char *date = time - 11;
    char between = date[4];
    if ((between != '-' && between != '/') || date[7] != between)
        return false;
    int64_t century = two_digits(date), year = two_digits(date + 2);
    int64_t month = two_digits(date + 5), day = two_digits(date + 8);
    if (century < 0 || year < 0 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    *days = days_from_date(century * 100 + year, month, day);
    return true;
}

/* The second of the day of HH:MM:SS around its first colon, which is no part of 00:11:22:33:44:55 or of an address;
 * -1: it is none. */
static int64_t second_at(const char *line, const char *colon, const char *end)
{
    if (colon - line < 2 || end - colon < 6 || colon[3] != ':')
        return -1;
    const char *at = colon - 2;
    int64_t hour = two_digits(at), minute = two_digits(at + 3), second = two_digits(at + 6);
    if (at > line && (is_digit(at[-1]) || at[-1] == ':' || at[-1] == '.'))
        return -1;
    if (end - at > 8 && (is_digit(at[8]) || at[8] == ':'))
        return -1;
    bool is_time = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
    return is_time ? (hour * 60 + minute) * 60 + second : -1;
}

/* The day of a bare time: the one that brings it nearest to the last. */
static int64_t near_last(int64_t time_of_day, int64_t last)
{
    if (last == STAMP_NONE)
        return time_of_day;
    int64_t time = last - last % DAY + time_of_day;
    if (time < last - DAY / 2)
        return time + DAY;
    return time > last + DAY / 2 && time >= DAY ? time - DAY : time;
}

static bool epoch(const char *line, size_t length, int64_t *time)
{
    if (length < 12 || line[10] != '.' || !digits(line, 10) || !is_digit(line[11]))
        return false;
    *time = number(line, 10) * 1000 + fraction(line + 10, line + length);
    return true;
}

enum stamp stamp_find(const char *line, size_t length, int64_t last, int64_t *time)
{
    if (length == 0)
        return STAMP_ABSENT;
    size_t skip = length > 6 && memcmp(line, "time: ", 6) == 0 ? 6 : 0;
    if (is_digit(line[skip]) && epoch(line + skip, length - skip, time))
        return STAMP_EPOCH;
    const char *end = line + (length < LOOKED_AT ? length : LOOKED_AT);
    for (const char *at = line; at < end;) {
        const char *colon = memchr(at, ':', (size_t)(end - at));
        if (colon == NULL)
            return STAMP_ABSENT;
        int64_t second = second_at(line, colon, end), days;
        if (second >= 0) {
            const char *start = colon - 2;
            int64_t of_day = second * 1000 + fraction(start + 8, line + length);
            *time = date_before(line, start, &days) ? days * DAY + of_day : near_last(of_day, last);
            return STAMP_CLOCK;
        }
        at = colon + 1;
    }
    return STAMP_ABSENT;
}
