/*
 * json.h - reads the test cases in tests/data/NAME.jsonl, one object a line. It is a reader for our own files:
 * what it does not know fails the test.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_JSON_H
#define SIPCAUSE_JSON_H

#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline void json_blanks(const char **at)
{
    while (**at == ' ' || **at == '\t')
        (*at)++;
}

/* Whether the next character is wanted; then it is passed. */
static inline bool json_is(const char **at, char wanted)
{
    json_blanks(at);
    if (**at != wanted)
        return false;
    (*at)++;
    return true;
}

static inline void json_need(const char **at, char wanted)
{
    ck_assert_msg(json_is(at, wanted), "expected %c at: %.40s", wanted, *at);
}

/* A string, escapes undone (\u up to ff makes one byte: wire bytes, not characters). Returns its length. */
static inline size_t json_string(const char **at, char *text, size_t size)
{
    size_t length = 0;
    json_need(at, '"');
    while (**at != '"') {
        char c = *(*at)++;
        ck_assert_msg(c != 0 && length + 1 < size, "a string is too long or has no end");
        if (c == '\\') {
            c = *(*at)++;
            switch (c) {
            case 'n': c = '\n'; break;
            case 'r': c = '\r'; break;
            case 't': c = '\t'; break;
            case 'u': {
                char digits[5] = {0};
                memcpy(digits, *at, 4);
                c = (char)strtoul(digits, NULL, 16);
                *at += 4;
                break;
            }
            default: break;
            }
        }
        text[length++] = c;
    }
    (*at)++;
    text[length] = 0;
    return length;
}

/* null or a number; false for null. */
static inline bool json_number(const char **at, long *number)
{
    char *end;
    json_blanks(at);
    if (strncmp(*at, "null", 4) == 0) {
        *at += 4;
        return false;
    }
    *number = strtol(*at, &end, 10);
    ck_assert_msg(end != *at, "expected a number at: %.40s", *at);
    *at = end;
    return true;
}

/* Passes whatever stands there. */
static inline void json_skip(const char **at)
{
    char text[4096];
    long number;
    json_blanks(at);
    if (**at == '"') {
        json_string(at, text, sizeof text);
    } else if (json_is(at, '[')) {
        while (!json_is(at, ']')) {
            json_skip(at);
            json_is(at, ',');
        }
    } else if (strncmp(*at, "true", 4) == 0) {
        *at += 4;
    } else if (strncmp(*at, "false", 5) == 0) {
        *at += 5;
    } else {
        json_number(at, &number);
    }
}

#endif
