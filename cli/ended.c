/*
 * ended.c - the last 65,536 Call-IDs that have ended, by their hashes.
 *
 * SPDX-License-Identifier: MIT
 */
#include "ended.h"
#include "command.h"

#include <stdlib.h>

enum { KEPT = 65536 };

/* A ring of hashes, chained by their low bits; numbers are places in the ring + 1, 0 is none. */
struct ended_ids {
    uint64_t hash[KEPT];
    uint32_t chain[KEPT];
    uint32_t first[KEPT];
    uint32_t next; /* the place to be written next: the oldest */
    uint32_t count;
};

ended_ids *ended_new(void)
{
    return need_room(1, sizeof(ended_ids));
}

void ended_free(ended_ids *of)
{
    free(of);
}

static void forget(ended_ids *of, uint32_t place)
{
    uint32_t *link = &of->first[of->hash[place] % KEPT];
    while (*link != place + 1)
        link = &of->chain[*link - 1];
    *link = of->chain[place];
}

void ended_add(ended_ids *of, uint64_t hash)
{
    uint32_t place = of->next;
    if (of->count == KEPT)
        forget(of, place);
    else
        of->count++;
    of->hash[place] = hash;
    of->chain[place] = of->first[hash % KEPT];
    of->first[hash % KEPT] = place + 1;
    of->next = (place + 1) % KEPT;
}

bool ended_has(const ended_ids *of, uint64_t hash)
{
    for (uint32_t link = of->first[hash % KEPT]; link != 0; link = of->chain[link - 1])
        if (of->hash[link - 1] == hash)
            return true;
    return false;
}
