/*
 * bench_load.c - what loading a mapping file costs beyond libyaml's bare event parse of the same bytes.
 *
 * Both are timed in one process, in rounds that alternate, so that what else the machine does falls on
 * both. A round of loading frees the table, a round of parsing makes and deletes the parser.
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

static const double target = 1.10; /* at TARGET_ROWS, as a ratio to the bare parse */
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

/* Prints one line. Returns the nanoseconds a row that loading takes. */
static double measure(const document *from, unsigned times)
{
    double parses[ROUNDS], loads[ROUNDS], ratios[ROUNDS];
    parse(from); /* one each beforehand, so that the first round is as the others */
    load(from);
    for (int i = 0; i < ROUNDS; i++) {
        parses[i] = timed(parse, from, times);
        loads[i] = timed(load, from, times);
        ratios[i] = loads[i] / parses[i];
    }
    spread parsed = spread_of(parses), loaded = spread_of(loads), ratio = spread_of(ratios);
    printf("%8u %9zu %7.1f (%5.1f-%5.1f) %7.1f (%5.1f-%5.1f) %6.3f (%.3f-%.3f) %6.3f", from->rows, from->length,
           parsed.median, parsed.low, parsed.high, loaded.median, loaded.low, loaded.high, ratio.median, ratio.low,
           ratio.high, loaded.best / parsed.best);
    if (from->rows == TARGET_ROWS)
        printf("  target %.2f %s", target, ratio.median <= target ? "ok" : "miss");
    printf("\n");
    return loaded.median;
}

int main(void)
{
    double loaded[SIZES];
    printf(
        "libyaml %s; medians of %d rounds, in brackets the quartiles, last the ratio of the best; times are ns a row\n",
        yaml_get_version_string(), ROUNDS);
    printf("%8s %9s %21s %21s %20s %6s\n", "rows", "bytes", "bare parse", "load", "ratio", "bests'");
    for (int i = 0; i < SIZES; i++) {
        document made = make_document(sizes[i]);
        loaded[i] = measure(&made, repeats[i]);
        free(made.text);
    }
    printf("time grows with rows to the power of %.3f from 1,000 to 10,000, of %.3f from 10,000 to 100,000\n",
           1 + log10(loaded[1] / loaded[0]), 1 + log10(loaded[2] / loaded[1]));
    return 0;
}
