/*
 * message.c - a message to its verdict.
 *
 * SPDX-License-Identifier: MIT
 */
#include "sections.h"

#include <stdlib.h>
#include <string.h>

enum { SETS = 5, AWKWARD = 1024 };

/* The first message of about the common length that is not awkward and carries a Reason and a carrier's code. */
static set hot(const corpus *of)
{
    const bench_message **same = allocated(1024, sizeof *same);
    for (size_t i = 0; i < of->count; i++) {
        const bench_message *like = &of->messages[i];
        if (!like->awkward && like->length > 700 && like->length < 730 && like->truth.reason_count == 1 &&
            *like->truth.vendor) {
            for (size_t k = 0; k < 1024; k++)
                same[k] = like;
            return set_of(same, 1024);
        }
    }
    fail("has no message of the common kind", "corpus");
}

/* The awkward ones, copied to where they lie side by side as the others do. */
static set awkward(const corpus *of, bench_message **copies, char **bytes)
{
    const bench_message **listed = allocated(AWKWARD, sizeof *listed);
    size_t count = 0;
    char *to = *bytes = allocated(of->message_length, 1);
    *copies = allocated(AWKWARD, sizeof **copies);
    for (size_t i = 0; i < of->count && count < AWKWARD; i++) {
        if (!of->messages[i].awkward)
            continue;
        bench_message *copy = *copies + count;
        *copy = of->messages[i];
        memcpy(to, copy->bytes, copy->length);
        copy->bytes = to;
        to += copy->length;
        listed[count++] = copy;
    }
    if (count < AWKWARD)
        fail("has fewer awkward messages than are asked for", "corpus");
    return set_of(listed, count);
}

static void check(const set *of, const sipcause_table *table, sipcause_release *release)
{
    for (size_t i = 0; i < of->count; i++) {
        const char *wrong = disagreement(table, release, of->messages[i]);
        if (wrong)
            fail("is not as it was generated", wrong);
    }
}

void measure_message(const corpus *of)
{
    static rounds timed;
    static const char *const names[SETS] = {"message, 1,024 different", "message, the same", "message, 64 different",
                                            "message, 16,384 different", "message, 1,024 awkward"};
    bench_message *copies;
    char *bytes;
    sipcause_table *table = load_carrier(of);
    sipcause_release *release = sipcause_release_new(table);
    if (!release)
        fail("memory is short", NULL);
    set sets[SETS] = {set_first(of, 1024), hot(of), set_first(of, 64), set_first(of, 16384),
                      awkward(of, &copies, &bytes)};
    reader readers[SETS];
    contender contenders[2 * SETS];
    for (size_t i = 0; i < SETS; i++) {
        check(&sets[i], table, release);
        readers[i] = (reader){sets[i], release};
        contenders[2 * i] = set_contender("walk", walk_newlines, &sets[i]);
        contenders[2 * i + 1] = (contender){"verdict", read_verdicts, &readers[i], (double)sets[i].count};
    }
    rounds_run(&timed, contenders, sizeof contenders / sizeof *contenders, ROUNDS, MILLISECONDS);
    for (size_t i = 0; i < SETS; i++)
        row_ratio(names[i], &timed, 2 * i + 1, 2 * i, "newline walk of the same", "message");
    measure_peers("message", &sets[0], false, read_verdicts, &readers[0]);
    for (size_t i = 0; i < SETS; i++)
        set_free(&sets[i]);
    free(copies);
    free(bytes);
    sipcause_release_free(release);
    sipcause_table_unref(table);
}
