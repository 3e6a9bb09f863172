/*
 * sets.c - messages that are worked on together, and what is ours of the work.
 *
 * SPDX-License-Identifier: MIT
 */
#include "sections.h"

#include <stdlib.h>

set set_first(const corpus *of, size_t count)
{
    if (count > of->count)
        fail("has fewer messages than are asked for", "corpus");
    if (!count)
        count = of->count;
    const bench_message **messages = allocated(count, sizeof *messages);
    for (size_t i = 0; i < count; i++)
        messages[i] = &of->messages[i];
    return set_of(messages, count);
}

set set_of(const bench_message **messages, size_t count)
{
    set made = {messages, allocated(count, sizeof *made.wires), allocated(count, sizeof *made.reasons), count};
    for (size_t i = 0; i < count; i++) {
        made.wires[i] = (piece){messages[i]->bytes, messages[i]->length};
        made.reasons[i] = (piece){messages[i]->reason, messages[i]->reason_length};
    }
    return made;
}

void set_free(set *of)
{
    free(of->messages);
    free(of->wires);
    free(of->reasons);
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
        sipcause_reason_begin(&iterator, reads->of.reasons[i].bytes, reads->of.reasons[i].length);
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
        sipcause_release_reset(reads->release);
        if (sipcause_release_message(reads->release, reads->of.wires[i].bytes, reads->of.wires[i].length) !=
            SIPCAUSE_OK)
            fail("a message was refused", NULL);
        const sipcause_verdict *verdict = sipcause_decide(reads->release);
        if (!verdict)
            fail("memory is short", NULL);
        sum += verdict->decided_by.value + verdict->disposition_id + verdict->route;
    }
    return sum;
}
