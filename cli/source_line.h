/*
 * source_line.h - the line of a file that a finding is about, with a caret below the column.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_SOURCE_LINE_H
#define SIPCAUSE_SOURCE_LINE_H

#include "gather.h"

#include <stdbool.h>
#include <stdint.h>

/* One file at a time. Zero it; free it with source_free. */
typedef struct source {
    gathered bytes;
    gathered name;   /* whose they are; NUL-terminated */
    bool there;      /* false: there is nothing to be shown */
    uint32_t *lines; /* where each begins; none: not asked yet */
    size_t count, room;
} source;

/* Reads a file in place of the one that is there. Returns 0 or the errno; of what is no regular file nothing is shown.
 */
int source_read(source *of, const char *name);
/* The same with bytes that the caller has put there. */
void source_given(source *of, const char *name);
/* Shows a line; that of another file is read first. What cannot be shown is left out. */
void source_show(source *of, const char *name, uint32_t line, uint32_t column);
void source_free(source *of);

#endif
