/*
 * count.c - does what is counted by callgrind so many times, without the clock: instructions.sh.
 *
 * SPDX-License-Identifier: MIT
 */
#include "sections.h"

#include <stdio.h>
#include <string.h>

/* The statuses of the messages in the built-in table: nearly all are mapped. */
static uint64_t look_up_all(void *on)
{
    const reader *reads = on;
    uint64_t sum = 0;
    for (size_t i = 0; i < reads->of.count; i++)
        sum += sipcause_lookup(NULL, sipcause_status(reads->of.messages[i]->truth.status)) != NULL;
    return sum;
}

int count_work(const char *kind, unsigned passes, const corpus *of)
{
    sipcause_table *table = load_carrier(of);
    reader reads = {set_first(of, 1024), sipcause_release_new(table)};
    const contender all[] = {
        {"message", read_verdicts, &reads, (double)reads.of.count},
        {"Reason value", read_reasons, &reads, (double)reads.of.count},
        {"lookup", look_up_all, &reads, (double)reads.of.count},
    };
    int status = 1;
    if (!reads.release)
        fail("memory is short", NULL);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!strcmp(kind, all[i].name)) {
            uint64_t sum = 0;
            for (unsigned pass = 0; pass < passes; pass++)
                sum += all[i].work(all[i].on);
            printf("%.0f\n", all[i].units);
            status = sum == 0 && passes > 0;
        }
    set_free(&reads.of);
    sipcause_release_free(reads.release);
    sipcause_table_unref(table);
    return status;
}
