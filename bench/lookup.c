/*
 * lookup.c - a lookup through the shared library, each waiting for the answer of the one before.
 *
 * Where in a list the next code is read depends on the last answer, by an AND with a zero that the compiler does not
 * know. The base is the least that a lookup can be: the same loop with one load from an array of answers in place of
 * the call. For a carrier's codes, which no array holds, it is a load that waits for the one before it, in memory that
 * the second cache holds and the first does not.
 *
 * SPDX-License-Identifier: MIT
 */
#include "sections.h"

#include <stdlib.h>

enum { CODES = 2048, VALUES = 1024, CARRIER_ROWS = 10000, FAR_WORDS = 65536 }; /* 256 KiB of 4 bytes each */

typedef struct asked {
    const sipcause_table *table;
    const sipcause_code *codes;
    size_t count;
    const void *const *answers; /* by value */
} asked;

static volatile uintptr_t zero;

static uint64_t load_one(void *on)
{
    const asked *of = on;
    uintptr_t last = 0, nothing = zero;
    for (size_t i = 0; i < of->count; i++)
        last = (uintptr_t)of->answers[of->codes[i + (last & nothing)].value];
    return last;
}

static uint64_t look_up(void *on)
{
    const asked *of = on;
    uintptr_t last = 0, nothing = zero;
    for (size_t i = 0; i < of->count; i++)
        last = (uintptr_t)sipcause_lookup(of->table, of->codes[i + (last & nothing)]);
    return last;
}

static uint32_t random_below(uint32_t below)
{
    static uint64_t state = 88172645463325252U;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32) % below;
}

/* ---- the standard codes -------------------------------------------------------------------------------------- */

/* The SIP status codes that a table maps, or those that it does not. */
static size_t collect(const sipcause_table *table, bool mapped, uint32_t *to)
{
    size_t count = 0;
    for (uint32_t value = 300; value < 700; value++)
        if ((sipcause_lookup(table, sipcause_status(value)) != NULL) == mapped)
            to[count++] = value;
    return count;
}

/* What is looked up must be what a walk over the table comes to. */
static void check_lookups(const sipcause_table *table, size_t hits)
{
    sipcause_cursor cursor = {0};
    sipcause_code code;
    const sipcause_entry *entry;
    while ((entry = sipcause_table_next(table, &cursor, &code))) {
        if (code.space != SIPCAUSE_SPACE_SIP || code.value < 300 || code.value >= 700)
            continue;
        if (!hits-- || sipcause_lookup(table, code) != entry)
            fail("a status is not looked up as the table has it", "default");
    }
    if (hits)
        fail("statuses are found that the table does not have", "default");
}

static void fill(sipcause_code *to, const uint32_t *from, size_t count, char order)
{
    for (size_t i = 0; i < CODES; i++) {
        size_t which = order == 'r' ? random_below((uint32_t)count) : order == 's' ? i % count : count / 2;
        to[i] = sipcause_status(from[which]);
    }
}

static contender asks(const char *name, uint64_t (*work)(void *), asked *on)
{
    contender made = {name, work, on, (double)on->count};
    return made;
}

static void standard(void)
{
    static rounds timed;
    static const void *answers[VALUES];
    static sipcause_code codes[4][CODES];
    static uint32_t found[VALUES];
    const sipcause_table *table = sipcause_builtin(NULL);
    asked of[4];
    for (uint32_t i = 0; i < VALUES; i++)
        answers[i] = sipcause_lookup(table, sipcause_status(i));
    size_t hits = collect(table, true, found);
    check_lookups(table, hits);
    for (int i = 0; i < 3; i++)
        fill(codes[i], found, hits, "rsc"[i]);
    fill(codes[3], found, collect(table, false, found), 'r');
    for (int i = 0; i < 4; i++)
        of[i] = (asked){table, codes[i], CODES, answers};
    contender contenders[] = {asks("load", load_one, &of[0]),      asks("random", look_up, &of[0]),
                              asks("sequential", look_up, &of[1]), asks("constant", look_up, &of[2]),
                              asks("misses", look_up, &of[3]),     asks("loads of misses", load_one, &of[3])};
    rounds_run(&timed, contenders, sizeof contenders / sizeof *contenders, ROUNDS, MILLISECONDS);
    row_ratio("lookup, random codes", &timed, 1, 0, "an L1 load in its place", "lookup");
    row_ratio("lookup, random by sequential", &timed, 1, 2, "sequential codes", "lookup");
    row_ratio("lookup, random by constant", &timed, 1, 3, "one code", "lookup");
    row_ratio("lookup, misses", &timed, 4, 5, "an L1 load in its place", "lookup");
}

/* ---- a carrier's codes --------------------------------------------------------------------------------------- */

typedef struct far {
    const uint32_t *chain;
    size_t steps;
} far;

/* The same loop as of the lookups, over more than the first cache holds. */
static uint64_t load_far(void *on)
{
    const far *of = on;
    uint32_t at = 0;
    for (size_t i = 0; i < of->steps; i++)
        at = of->chain[at];
    return at;
}

static void shuffle(uint32_t *values, size_t count, bool one_circle)
{
    for (size_t i = count - 1; i > 0; i--) {
        size_t other = random_below((uint32_t)(one_circle ? i : i + 1));
        uint32_t kept = values[i];
        values[i] = values[other];
        values[other] = kept;
    }
}

static void carrier(void)
{
    static rounds timed;
    static uint32_t numbers[CARRIER_ROWS], chain[FAR_WORDS];
    static sipcause_code hits[CARRIER_ROWS], misses[CARRIER_ROWS];
    char *text;
    size_t count, length = make_mapping(CARRIER_ROWS, &text, numbers, &count);
    sipcause_table *table = load_mapping(text, length);
    free(text);
    shuffle(numbers, count, false);
    for (size_t i = 0; i < count; i++) {
        hits[i] = sipcause_carrier(numbers[i]);
        misses[i] = sipcause_carrier(numbers[i] + 1000000);
        if (sipcause_lookup(table, misses[i]))
            fail("a code that no row has is found", "acme.yaml");
    }
    for (uint32_t i = 0; i < FAR_WORDS; i++)
        chain[i] = i;
    shuffle(chain, FAR_WORDS, true);
    asked hit = {table, hits, count, NULL};
    asked miss = {table, misses, count, NULL};
    far loads = {chain, CARRIER_ROWS};
    contender contenders[] = {{"load", load_far, &loads, CARRIER_ROWS},
                              asks("carrier", look_up, &hit),
                              asks("carrier's misses", look_up, &miss)};
    rounds_run(&timed, contenders, 3, ROUNDS, MILLISECONDS);
    row_ratio("lookup, carrier code among 10,000", &timed, 1, 0, "dependent L2 load", "lookup");
    row_ratio("lookup, carrier code not among 10,000", &timed, 2, 0, "dependent L2 load", "lookup");
    sipcause_table_unref(table);
}

void measure_lookup(void)
{
    standard();
    carrier();
}
