/*
 * bench_load.c - what loading a mapping file costs beyond libyaml's bare event parse of the same bytes, and what
 * validating it costs beyond loading it.
 *
 * Both of a pair are timed in one process, in rounds that alternate, so that what else the machine does falls on
 * both. A round of loading frees the table, a round of parsing makes and deletes the parser, a round of validating
 * clears the report.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L

#include "sipcause.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yaml.h>

enum { ROUNDS = 75, SIZES = 3, TARGET_ROWS = 10000 };

static const unsigned sizes[SIZES] = {1000, 10000, 100000};
static const unsigned repeats[SIZES] = {40, 4, 1}; /* in a round, so that none is shorter than the clock is good for */

typedef struct document {
    char *text;
    size_t length;
    unsigned rows;
} document;

typedef struct spread {
    double median, low, high, best; /* low and high: the quartiles */
} spread;

static void fail(const char *what)
{
    fprintf(stderr, "bench_load: %s\n", what);
    exit(1);
}

/* ---- the file ---------------------------------------------------------------------------------------- */

/* The same numbers everywhere: xorshift32 (Marsaglia). */
static unsigned next_random(unsigned *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* As interconnect engineers write them: numbers ascending with gaps, now and then a word, now and then a long row. */
static document make_document(unsigned rows)
{
    static const char *const routes[] = {"next", "later", "stop"};
    size_t room = 64 + (size_t)rows * 80, labels = sipcause_disposition_count(NULL);
    document made = {malloc(room), 0, rows};
    unsigned state = 20260325, code = 100;
    if (!made.text)
        fail("memory is short");
    made.length = (size_t)sprintf(made.text, "sipcause: 1\nname: acme\nmap:\n  carrier:\n");
    for (unsigned i = 0; i < rows; i++) {
        char *to = made.text + made.length;
        const char *label = sipcause_disposition_name(NULL, next_random(&state) % labels);
        unsigned kind = next_random(&state) % 10;
        code += 1 + next_random(&state) % 4;
        if (kind == 0)
            made.length += (size_t)sprintf(to, "    %u: {disposition: %s, route: %s}\n", code, label,
                                           routes[next_random(&state) % 3]);
        else
            made.length += (size_t)sprintf(to, kind == 1 ? "    D%u: %s\n" : "    %u: %s\n", code, label);
    }
    return made;
}

/* ---- what is timed ------------------------------------------------------------------------------------- */

static void parse(const document *from)
{
    yaml_parser_t parser;
    yaml_event_t event;
    int end = 0;
    if (!yaml_parser_initialize(&parser))
        fail("memory is short");
    yaml_parser_set_input_string(&parser, (const unsigned char *)from->text, from->length);
    while (!end) {
        if (!yaml_parser_parse(&parser, &event))
            fail("libyaml refuses the file");
        end = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

static void load(const document *from)
{
    sipcause_error error;
    sipcause_table *table = sipcause_load_bytes(from->text, from->length, "acme.yaml", &error);
    if (!table)
        fail(error.text);
    sipcause_table_unref(table);
}

static sipcause_report *report; /* used again, as a checker of many files does */

static void validate(const document *from)
{
    sipcause_report_clear(report);
    if (sipcause_validate_bytes(from->text, from->length, "acme.yaml", report) != SIPCAUSE_OK)
        fail("the file cannot be validated");
}

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e9 + (double)at.tv_nsec;
}

/* Nanoseconds a row. */
static double timed(void (*work)(const document *), const document *from, unsigned times)
{
    double begin = now();
    for (unsigned i = 0; i < times; i++)
        work(from);
    return (now() - begin) / times / from->rows;
}

/* ---- the table ------------------------------------------------------------------------------------------ */

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static spread spread_of(double values[ROUNDS])
{
    qsort(values, ROUNDS, sizeof *values, compare);
    spread found = {values[ROUNDS / 2], values[ROUNDS / 4], values[ROUNDS - 1 - ROUNDS / 4], *values};
    return found;
}

/* What is held against what. */
typedef struct pair {
    const char *base_name, *name;
    void (*base)(const document *);
    void (*work)(const document *);
    double target; /* at TARGET_ROWS, as a ratio of the two */
} pair;

static const pair pairs[] = {
    {"bare parse", "load", parse, load, 1.10},
    {"load", "validate", load, validate, 2.00},
};

/* Prints one line. Returns the nanoseconds a row that the work takes. */
static double measure(const pair *of, const document *from, unsigned times)
{
    double bases[ROUNDS], works[ROUNDS], ratios[ROUNDS];
    of->base(from); /* one each beforehand, so that the first round is as the others */
    of->work(from);
    for (int i = 0; i < ROUNDS; i++) {
        bases[i] = timed(of->base, from, times);
        works[i] = timed(of->work, from, times);
        ratios[i] = works[i] / bases[i];
    }
    spread base = spread_of(bases), work = spread_of(works), ratio = spread_of(ratios);
    printf("%8u %9zu %7.1f (%5.1f-%5.1f) %7.1f (%5.1f-%5.1f) %6.3f (%.3f-%.3f) %6.3f", from->rows, from->length,
           base.median, base.low, base.high, work.median, work.low, work.high, ratio.median, ratio.low, ratio.high,
           work.best / base.best);
    if (from->rows == TARGET_ROWS)
        printf("  target %.2f %s", of->target, ratio.median <= of->target ? "ok" : "miss");
    printf("\n");
    return work.median;
}

static void compare_pair(const pair *of)
{
    double worked[SIZES];
    printf("%8s %9s %21s %21s %20s %6s\n", "rows", "bytes", of->base_name, of->name, "ratio", "bests'");
    for (int i = 0; i < SIZES; i++) {
        document made = make_document(sizes[i]);
        worked[i] = measure(of, &made, repeats[i]);
        free(made.text);
    }
    printf("time grows with rows to the power of %.3f from 1,000 to 10,000, of %.3f from 10,000 to 100,000\n",
           1 + log10(worked[1] / worked[0]), 1 + log10(worked[2] / worked[1]));
}

int main(void)
{
    report = sipcause_report_new();
    if (!report)
        fail("memory is short");
    printf(
        "libyaml %s; medians of %d rounds, in brackets the quartiles, last the ratio of the best; times are ns a row\n",
        yaml_get_version_string(), ROUNDS);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        compare_pair(&pairs[i]);
    sipcause_report_free(report);
    return 0;
}
