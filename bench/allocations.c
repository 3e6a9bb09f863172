/*
 * allocations.c - how often the library asks for memory once it is warm: it is linked with the library whose
 * allocator counts (SIPCAUSE_TEST_MEMORY).
 *
 *   allocations FOLDER
 *
 * SPDX-License-Identifier: MIT
 */
#include "sections.h"

long memory_requests(void);

/* Requests a unit, on the second time. */
static void count(const char *row, uint64_t (*work)(void *on), reader *on)
{
    work(on);
    long before = memory_requests();
    if (work(on) == 0 || before == 0)
        fail("nothing was done", row);
    row_figure(row, (double)(memory_requests() - before) / (double)on->of.count, "allocation");
}

/* What counting is worth: a release is not made of nothing. */
static uint64_t make_release(void *on)
{
    const reader *reads = on;
    sipcause_release *release = sipcause_release_new(NULL);
    sipcause_release_free(release);
    return reads->of.count;
}

static uint64_t look_up(void *on)
{
    const reader *reads = on;
    uint64_t sum = 0;
    for (size_t i = 0; i < reads->of.count; i++)
        sum += sipcause_lookup(NULL, sipcause_status(reads->of.messages[i]->truth.status)) != NULL;
    return sum;
}

int main(int arguments, char **given)
{
    if (arguments != 2)
        fail("needs the folder that corpus.py wrote", NULL);
    corpus of = corpus_read(given[1]);
    sipcause_table *table = load_carrier(&of);
    reader reads = {set_first(&of, 0), sipcause_release_new(table)}, one = {set_first(&of, 1), NULL};
    if (!reads.release)
        fail("memory is short", NULL);
    count("allocations: a message, once warm", read_verdicts, &reads);
    count("allocations: a Reason value", read_reasons, &reads);
    count("allocations: a lookup", look_up, &reads);
    count("allocations: a new release", make_release, &one);
    set_free(&reads.of);
    set_free(&one.of);
    sipcause_release_free(reads.release);
    sipcause_table_unref(table);
    corpus_free(&of);
    return 0;
}
