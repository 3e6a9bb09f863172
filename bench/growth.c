/*
 * growth.c - messages and Reason headers once, ten times and a hundred times as long.
 *
 * SPDX-License-Identifier: MIT
 */
#include "sections.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZES = 3 };

static const unsigned sizes[SIZES] = {1, 10, 100};

/* A message whose headers but for the start line stand there so many times. */
static char *lengthen(const bench_message *from, unsigned times, size_t *length)
{
    size_t start = (size_t)((const char *)memchr(from->bytes, '\n', from->length) - from->bytes) + 1;
    size_t headers = from->length - start - 2; /* without the empty line */
    char *made = allocated(start + headers * times + 2, 1), *to = made + start;
    memcpy(made, from->bytes, start);
    for (unsigned i = 0; i < times; i++, to += headers)
        memcpy(to, from->bytes + start, headers);
    memcpy(to, "\r\n", 2);
    *length = (size_t)(to - made) + 2;
    return made;
}

/* A header of so many values. */
static char *repeat(const bench_message *from, unsigned times, size_t *length)
{
    char *made = allocated((from->reason_length + 1) * times, 1), *to = made;
    for (unsigned i = 0; i < times; i++) {
        memcpy(to, from->reason, from->reason_length);
        to += from->reason_length;
        *to++ = ',';
    }
    *length = (size_t)(to - made) - 1;
    return made;
}

static void tell(const rounds *timed, const char *name)
{
    char row[64];
    for (size_t i = 1; i < SIZES; i++) {
        snprintf(row, sizeof row, "growth: %s, %u to %u times as long", name, sizes[i - 1], sizes[i]);
        row_figure(row, 1 + log10(rounds_ratio(timed, i, i - 1).median), "exponent");
    }
}

/* adds_up: what the work returns is in proportion to the length; else it is the same. */
static void grow(const char *name, const bench_message *from, uint64_t (*work)(void *),
                 char *(*longer)(const bench_message *, unsigned, size_t *), bool adds_up)
{
    static rounds timed;
    bench_message made[SIZES];
    char *texts[SIZES];
    reader readers[SIZES];
    contender contenders[SIZES];
    sipcause_release *release = sipcause_release_new(NULL);
    if (!release)
        fail("memory is short", NULL);
    for (size_t i = 0; i < SIZES; i++) {
        size_t length;
        texts[i] = longer(from, sizes[i], &length);
        made[i] = (bench_message){.bytes = texts[i], .length = length, .reason = texts[i], .reason_length = length};
        const bench_message **one = allocated(1, sizeof *one);
        *one = &made[i];
        readers[i] = (reader){set_of(one, 1), release};
        contenders[i] = (contender){name, work, &readers[i], sizes[i]};
    }
    for (size_t i = 0; i < SIZES; i++)
        if (work(&readers[i]) != work(&readers[0]) * (adds_up ? sizes[i] : 1))
            fail("more of the same is not read as the same", name);
    rounds_run(&timed, contenders, SIZES, ROUNDS, MILLISECONDS);
    tell(&timed, name);
    for (size_t i = 0; i < SIZES; i++) {
        set_free(&readers[i].of);
        free(texts[i]);
    }
    sipcause_release_free(release);
}

void measure_growth(const corpus *of)
{
    for (size_t i = 0; i < of->count; i++)
        if (of->messages[i].truth.reason_count == 1 && *of->messages[i].truth.vendor) {
            grow("message", &of->messages[i], read_verdicts, lengthen, false);
            grow("Reason header", &of->messages[i], read_reasons, repeat, true);
            return;
        }
    fail("has no message with a Reason and a carrier's code", "corpus");
}
