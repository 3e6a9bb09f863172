/*
 * sets.c - messages that are worked on together, and what is ours of the work.
 *
 * SPDX-License-Identifier: MIT
 */
#include "sections.h"

#include <stdlib.h>

set set_first(const corpus *of, size_t count)
{
    set made = {NULL, count && count < of->count ? count : of->count};
    made.messages = allocated(made.count, sizeof *made.messages);
    for (size_t i = 0; i < made.count; i++)
        made.messages[i] = &of->messages[i];
    return made;
}

void set_free(set *of)
{
    free(of->messages);
    of->messages = NULL;
}

contender set_contender(const char *name, uint64_t (*work)(void *on), const set *of)
{
    contender made = {name, work, (void *)of, (double)of->count};
    return made;
}

sipcause_table *load_carrier(const corpus *of)
{
    sipcause_error error;
    sipcause_table *table = sipcause_load_bytes(of->mapping, of->mapping_length, "carrier.yaml", &error);
    if (!table)
        fail(error.text, "carrier.yaml");
    return table;
}

uint64_t read_reasons(void *on)
{
    const reader *reads = on;
    uint64_t sum = 0;
    for (size_t i = 0; i < reads->of.count; i++) {
        sipcause_reason_iterator iterator;
        sipcause_reason value;
        sipcause_reason_begin(&iterator, reads->of.messages[i]->reason, reads->of.messages[i]->reason_length);
        while (sipcause_reason_next(&iterator, &value))
            sum += value.cause + value.text.length + value.location;
    }
    return sum;
}

uint64_t read_verdicts(void *on)
{
    const reader *reads = on;
    uint64_t sum = 0;
    for (size_t i = 0; i < reads->of.count; i++) {
        const bench_message *message = reads->of.messages[i];
        sipcause_release_reset(reads->release);
        if (sipcause_release_message(reads->release, message->bytes, message->length) != SIPCAUSE_OK)
            fail("a message was refused", NULL);
        const sipcause_verdict *verdict = sipcause_decide(reads->release);
        if (!verdict)
            fail("memory is short", NULL);
        sum += verdict->decided_by.value + verdict->disposition_id + verdict->route;
    }
    return sum;
}
