/*
 * progress.c - how far a long trace is, on a terminal.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static int64_t seconds_now(void)
{
    struct timespec now = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec;
}

progress progress_new(bool lines_on_terminal)
{
    progress of = {.wanted = isatty(STDERR_FILENO) && !lines_on_terminal};
    if (of.wanted)
        of.shown_when = seconds_now();
    return of;
}

void progress_show(progress *of, uint64_t bytes, uint64_t size, uint64_t calls)
{
    if (!of->wanted)
        return;
    int64_t now = seconds_now();
    if (now == of->shown_when)
        return;
    of->shown_when = now;
    of->shown = true;
    fprintf(stderr, "\r%llu MB, %llu calls", (unsigned long long)(bytes / 1000000), (unsigned long long)calls);
    if (size >= bytes && size > 0)
        fprintf(stderr, ", %llu %%", (unsigned long long)(bytes / (size / 100 + 1)));
    fputs("\033[K", stderr);
}

void progress_erase(progress *of)
{
    if (of->shown)
        fputs("\r\033[K", stderr);
    of->shown = false;
}
