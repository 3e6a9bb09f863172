/*
 * rounds.c - timing what is compared in rounds that alternate, and the rows that come of it.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L

#include "rounds.h"
#include "corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static volatile uint64_t kept;

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return (double)at.tv_sec * 1e9 + (double)at.tv_nsec;
}

/* Nanoseconds. */
static double timed(const contender *of, unsigned repeats)
{
    uint64_t sum = 0;
    double begin = now();
    for (unsigned i = 0; i < repeats; i++)
        sum += of->work(of->on);
    double taken = now() - begin;
    kept += sum;
    return taken;
}

/* How often it must work to take that long; it is warm then too. */
static unsigned repeats_of(const contender *of, double nanoseconds)
{
    double taken = timed(of, 1);
    taken = timed(of, 1);
    return taken >= nanoseconds ? 1 : 1 + (unsigned)(nanoseconds / (taken > 100 ? taken : 100));
}

void rounds_run(rounds *to, const contender *of, size_t count, unsigned times, double milliseconds)
{
    unsigned repeats[CONTENDERS_MOST];
    if (count > CONTENDERS_MOST || times < 7 || times > ROUNDS_MOST)
        fail("so many rounds or contenders there cannot be", of->name);
    to->count = times;
    to->contenders = count;
    for (size_t i = 0; i < count; i++)
        repeats[i] = repeats_of(&of[i], milliseconds * 1e6);
    for (unsigned round = 0; round < times; round++) {
        for (size_t i = 0; i < count; i++) {
            size_t which = (i + round) % count;
            double taken = timed(&of[which], repeats[which]);
            to->nanoseconds[which][round] = taken / repeats[which] / of[which].units;
        }
    }
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static spread spread_of(double *values, unsigned count)
{
    qsort(values, count, sizeof *values, compare);
    spread found = {values[count / 2], values[count / 4], values[count - 1 - count / 4]};
    return found;
}

spread rounds_ratio(const rounds *of, size_t which, size_t base)
{
    double ratios[ROUNDS_MOST];
    for (unsigned i = 0; i < of->count; i++)
        ratios[i] = of->nanoseconds[which][i] / of->nanoseconds[base][i];
    return spread_of(ratios, of->count);
}

double rounds_median(const rounds *of, size_t which)
{
    double values[ROUNDS_MOST];
    for (unsigned i = 0; i < of->count; i++)
        values[i] = of->nanoseconds[which][i];
    return spread_of(values, of->count).median;
}

/* ---- rows --------------------------------------------------------------------------------------------------- */

void row_spread(const char *name, spread ratio, unsigned times, const char *base_name, double nanoseconds, double base,
                const char *unit)
{
    printf("{\"row\": \"%s\", \"ratio\": %.4f, \"low\": %.4f, \"high\": %.4f, \"rounds\": %u, \"of\": \"%s\"", name,
           ratio.median, ratio.low, ratio.high, times, base_name);
    if (nanoseconds > 0)
        printf(", \"nanoseconds\": %.3f, \"base_nanoseconds\": %.3f", nanoseconds, base);
    printf(", \"unit\": \"%s\"}\n", unit);
    fflush(stdout);
}

void row_ratio(const char *name, const rounds *of, size_t which, size_t base, const char *base_name, const char *unit)
{
    row_spread(name, rounds_ratio(of, which, base), of->count, base_name, rounds_median(of, which),
               rounds_median(of, base), unit);
}

void row_figure(const char *name, double value, const char *unit)
{
    printf("{\"row\": \"%s\", \"value\": %.4f, \"unit\": \"%s\"}\n", name, value, unit);
    fflush(stdout);
}

void row_without(const char *name, const char *why)
{
    printf("{\"row\": \"%s\", \"without\": \"%s\"}\n", name, why);
    fflush(stdout);
}
