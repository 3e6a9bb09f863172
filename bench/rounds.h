/*
 * rounds.h - timing what is compared in rounds that alternate, and the rows that come of it.
 *
 * In every round each contender works once, in another order, for some milliseconds; what is told is the median of
 * the rounds' ratios with its quartiles, so that what else the machine does falls on all alike. Time is that of the
 * processor, which leaves out what others take of it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ROUNDS_H
#define ROUNDS_H

#include <stddef.h>
#include <stdint.h>

enum { CONTENDERS_MOST = 12, ROUNDS_MOST = 99 };

typedef struct contender {
    const char *name;
    uint64_t (*work)(void *on); /* what it returns is kept, so that it cannot be left out */
    void *on;
    double units; /* how many messages, values, lookups, rows one work is */
} contender;

typedef struct spread {
    double median, low, high; /* low and high: the quartiles */
} spread;

typedef struct rounds {
    unsigned count;
    size_t contenders;
    double nanoseconds[CONTENDERS_MOST][ROUNDS_MOST]; /* a unit */
} rounds;

/* So many rounds of at least seven, each contender of a round at least so many milliseconds. */
void rounds_run(rounds *to, const contender *of, size_t count, unsigned times, double milliseconds);

/* What one contender takes of another's time. */
spread rounds_ratio(const rounds *of, size_t which, size_t base);

/* Nanoseconds a unit. */
double rounds_median(const rounds *of, size_t which);

/* ---- rows --------------------------------------------------------------------------------------------------- */

/* A ratio as a row. name: what table.py's targets are told by; unit: what the nanoseconds are of. */
void row_ratio(const char *name, const rounds *of, size_t which, size_t base, const char *base_name, const char *unit);

/* The same of a spread that was made otherwise. nanoseconds, base: 0: none. */
void row_spread(const char *name, spread ratio, unsigned times, const char *base_name, double nanoseconds, double base,
                const char *unit);

/* A figure that is no ratio of times: a count, an exponent. */
void row_figure(const char *name, double value, const char *unit);

/* There is no figure, and why: "not installed". */
void row_without(const char *name, const char *why);

#endif
