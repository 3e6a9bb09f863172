/*
 * progress.h - how far a long trace is, on a terminal.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_PROGRESS_H
#define SIPCAUSE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct progress {
    int64_t shown_when;
    bool wanted; /* standard error is a terminal */
    bool shown;
} progress;

/* lines_on_terminal: lines of output go to the terminal and show how far it is themselves. */
progress progress_new(bool lines_on_terminal);
void progress_show(progress *of, uint64_t bytes, uint64_t size, uint64_t calls); /* at most once a second */
void progress_erase(progress *of);

#endif
