/*
 * reason_lines.h - the Reason header lines of a message: those of tests/data/reason*.jsonl and several hundred made ones.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_REASON_LINES_H
#define SIPCAUSE_REASON_LINES_H

#include "json.h"
#include "made_reason.h"

enum { MADE = 500, CASES_MOST = 800, LINES_MOST = 4 };

/* The Reason header lines of one message. They hold no NUL: no argument of a command can. */
typedef struct lines {
    unsigned count;
    char *line[LINES_MOST + 1]; /* NULL behind the last, as execv wants it */
} lines;

static lines cases[CASES_MOST];
static unsigned case_count;

/* ---- the headers ----------------------------------------------------------------------------------------- */

/* What is at both ends is no part of a header's value. */
static inline char *trimmed(const char *value, size_t length)
{
    while (length && strchr(" \t\r\n", value[length - 1]))
        length--;
    size_t skip = strspn(value, " \t\r\n");
    return strndup(value + (skip < length ? skip : length), skip < length ? length - skip : 0);
}

static inline void read_headers(const char *line)
{
    char key[32], value[1024];
    lines *to = &cases[case_count];
    bool has_nul = false;
    for (json_need(&line, '{'); !json_is(&line, '}'); json_is(&line, ',')) {
        json_string(&line, key, sizeof key);
        json_need(&line, ':');
        if (strcmp(key, "headers") != 0) {
            json_skip(&line);
            continue;
        }
        for (json_need(&line, '['); !json_is(&line, ']'); json_is(&line, ',')) {
            ck_assert_uint_lt(to->count, LINES_MOST);
            size_t length = json_string(&line, value, sizeof value);
            has_nul |= strlen(value) < length;
            to->line[to->count++] = trimmed(value, length);
        }
    }
    case_count += !has_nul;
    for (; has_nul && to->count; to->line[to->count] = NULL)
        free(to->line[--to->count]);
}

static inline void read_file(const char *path)
{
    for (char *line = keep_file(path, NULL), *next; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = 0;
        read_headers(line);
    }
}

static inline void make_cases(void)
{
    header made = {.state = 20261121};
    case_count = 0;
    read_file("tests/data/reason.jsonl");
    read_file("tests/data/reason_made.jsonl");
    for (unsigned i = 0; i < MADE; i++) {
        lines *to = &cases[case_count++];
        for (unsigned count = 1 + draw(&made, 2); count; count--) {
            make_valid(&made);
            if (draw(&made, 2))
                spoil(&made);
            to->line[to->count++] = trimmed(made.bytes, made.length);
        }
    }
}

static inline void free_cases(void)
{
    for (; case_count; case_count--) {
        for (unsigned i = 0; i < cases[case_count - 1].count; i++)
            free(cases[case_count - 1].line[i]);
        memset(&cases[case_count - 1], 0, sizeof *cases);
    }
}

/* A header line goes on where its line end is followed by a blank, so that not every value can stand in a message. In a
 * trace a line of blanks alone ends the message, too. */
static inline bool fits(const lines *of, bool in_trace)
{
    for (unsigned i = 0; i < of->count; i++)
        for (const char *end = of->line[i]; (end = strchr(end, '\n')) != NULL; end++)
            if ((end[1] != ' ' && end[1] != '\t') || (in_trace && strchr("\r\n", end[1 + strspn(end + 1, " \t")])))
                return false;
    return true;
}

/* ---- by the iterator --------------------------------------------------------------------------------------- */

typedef struct reading {
    const lines *of;
    unsigned at; /* the line after the one that is being read */
    sipcause_reason_iterator iterator;
} reading;

static inline bool next_value(reading *from, sipcause_reason *value)
{
    for (;; from->at++) {
        if (from->at && sipcause_reason_next(&from->iterator, value))
            return true;
        if (from->at == from->of->count)
            return false;
        const char *line = from->of->line[from->at];
        if (from->at == 0)
            sipcause_reason_begin(&from->iterator, line, SIPCAUSE_TEXT);
        else
            sipcause_reason_continue(&from->iterator, line, SIPCAUSE_TEXT);
    }
}

#endif
