/*
 * message.c - a message to its verdict.
 *
 * SPDX-License-Identifier: MIT
 */
#include "sections.h"

enum { SETS = 4 };

/* The first message of about the common length that is not awkward and carries a Reason and a carrier's code. */
static set hot(const corpus *of)
{
    set made = set_first(of, 1024);
    for (size_t i = 0; i < of->count; i++) {
        const bench_message *like = &of->messages[i];
        if (!like->awkward && like->length > 700 && like->length < 730 && like->truth.reason_count == 1 &&
            *like->truth.vendor) {
            for (size_t k = 0; k < made.count; k++)
                made.messages[k] = like;
            return made;
        }
    }
    fail("has no message of the common kind", "corpus");
}

static set awkward(const corpus *of)
{
    set made = set_first(of, 0);
    made.count = 0;
    for (size_t i = 0; i < of->count && made.count < 1024; i++)
        if (of->messages[i].awkward)
            made.messages[made.count++] = &of->messages[i];
    return made;
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
    static const char *const names[SETS] = {"message, 1,024 different", "message, the same", "message, 16,384 different",
                                            "message, awkward ones"};
    sipcause_table *table = load_carrier(of);
    sipcause_release *release = sipcause_release_new(table);
    if (!release)
        fail("memory is short", NULL);
    set sets[SETS] = {set_first(of, 1024), hot(of), set_first(of, 16384), awkward(of)};
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
    sipcause_release_free(release);
    sipcause_table_unref(table);
}
