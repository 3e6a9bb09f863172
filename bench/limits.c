/*
 * limits.c - what no reader can be faster than: loads that wait for each other, walks, copies.
 *
 * SPDX-License-Identifier: MIT
 */
#include "sections.h"

#include <stdlib.h>
#include <string.h>

enum { L1_WORDS = 2048, L2_WORDS = 32768, STEPS = 65536 }; /* of 8 bytes: 16 KiB, 256 KiB */

uint64_t walk(const char *at, size_t length, int byte)
{
    const char *end = at + length;
    uint64_t found = 0;
    while (at < end && (at = memchr(at, byte, (size_t)(end - at)))) {
        at++;
        found++;
    }
    return found;
}

uint64_t walk_newlines(void *on)
{
    const set *of = on;
    uint64_t found = 0;
    for (size_t i = 0; i < of->count; i++)
        found += walk(of->wires[i].bytes, of->wires[i].length, '\n');
    return found;
}

uint64_t walk_semicolons(void *on)
{
    const set *of = on;
    uint64_t found = 0;
    for (size_t i = 0; i < of->count; i++)
        found += walk(of->reasons[i].bytes, of->reasons[i].length, ';');
    return found;
}

/* Seen from outside this file, so that what is written to it counts. */
extern char copied[1024];
char copied[1024];

uint64_t copy_messages(void *on)
{
    const set *of = on;
    uint64_t sum = 0;
    for (size_t i = 0; i < of->count; i++) {
        memcpy(copied, of->wires[i].bytes, of->wires[i].length);
        sum += (unsigned char)copied[i % sizeof copied];
    }
    return sum;
}

uint64_t copy_reasons(void *on)
{
    const set *of = on;
    uint64_t sum = 0;
    for (size_t i = 0; i < of->count; i++) {
        memcpy(copied, of->reasons[i].bytes, of->reasons[i].length);
        sum += (unsigned char)copied[i % 64];
    }
    return sum;
}

/* ---- loads --------------------------------------------------------------------------------------------------- */

/* A way through all words that comes back to the first: each word tells the next (Sattolo's shuffle). */
static size_t *make_chain(size_t words)
{
    size_t *chain = allocated(words, sizeof *chain);
    uint64_t state = 88172645463325252U;
    for (size_t i = 0; i < words; i++)
        chain[i] = i;
    for (size_t i = words - 1; i > 0; i--) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        size_t other = state % i, kept = chain[i];
        chain[i] = chain[other];
        chain[other] = kept;
    }
    return chain;
}

static uint64_t follow(void *on)
{
    const size_t *chain = on;
    size_t at = 0;
    for (unsigned i = 0; i < STEPS; i++)
        at = chain[at];
    return at;
}

/* ---- rows ----------------------------------------------------------------------------------------------------- */

void measure_limits(const corpus *of)
{
    static rounds timed;
    set some = set_first(of, 1024);
    size_t *near = make_chain(L1_WORDS), *far = make_chain(L2_WORDS);
    contender contenders[] = {
        {"L1", follow, near, STEPS},
        {"L2", follow, far, STEPS},
        set_contender("copies", copy_messages, &some),
        set_contender("newlines", walk_newlines, &some),
        set_contender("copied values", copy_reasons, &some),
        set_contender("semicolons", walk_semicolons, &some),
    };
    rounds_run(&timed, contenders, sizeof contenders / sizeof *contenders, ROUNDS, MILLISECONDS);
    row_ratio("limit: dependent L1 load (16 KiB)", &timed, 0, 0, "itself", "load");
    row_ratio("limit: dependent L2 load (256 KiB)", &timed, 1, 0, "dependent L1 load", "load");
    row_ratio("limit: newline walk, 1,024 messages", &timed, 3, 2, "memcpy of the same", "message");
    row_ratio("limit: ; walk, 1,024 Reason values", &timed, 5, 4, "memcpy of the same", "value");
    free(near);
    free(far);
    set_free(&some);
}
