/*
 * call.c - one open call, and the store of all of them by Call-ID.
 *
 * SPDX-License-Identifier: MIT
 */
#include "call.h"
#include "command.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_LEGS = 32,  /* transactions remembered of one call */
    MOST_SEEN = 64,  /* messages remembered of one call */
    MOST_POOL = 4096 /* calls whose memory is kept for the next */
};

struct call_store {
    const sipcause_table *table;
    call **slots;
    size_t slot_count; /* a power of two */
    size_t count;
    call *pool;
    size_t pool_count;
};

call_store *call_store_new(const sipcause_table *table)
{
    call_store *of = need_room(1, sizeof *of);
    of->table = table;
    of->slot_count = 1024;
    of->slots = need_room(of->slot_count, sizeof *of->slots);
    return of;
}

static void free_call(call *one)
{
    sipcause_release_free(one->release);
    free(one->call_id);
    free(one->legs);
    free(one->seen);
    free(one);
}

void call_store_free(call_store *of)
{
    while (of->pool != NULL) {
        call *next = of->pool->chain;
        free_call(of->pool);
        of->pool = next;
    }
    free(of->slots);
    free(of);
}

static call **slot_of(const call_store *of, uint64_t hash)
{
    return &of->slots[hash & (of->slot_count - 1)];
}

call *call_store_find(const call_store *of, sipcause_slice call_id, uint64_t hash)
{
    for (call *one = *slot_of(of, hash); one != NULL; one = one->chain)
        if (one->hash == hash && one->call_id_length == call_id.length &&
            memcmp(one->call_id, call_id.text, call_id.length) == 0)
            return one;
    return NULL;
}

static void grow(call_store *of)
{
    call **old = of->slots;
    size_t old_count = of->slot_count;
    of->slot_count *= 2;
    of->slots = need_room(of->slot_count, sizeof *of->slots);
    for (size_t i = 0; i < old_count; i++) {
        for (call *one = old[i]; one != NULL;) {
            call *next = one->chain, **slot = slot_of(of, one->hash);
            one->chain = *slot;
            *slot = one;
            one = next;
        }
    }
    free(old);
}

/* An empty call: one of the pool, or a new one. */
static call *fresh_call(call_store *of)
{
    call *one = of->pool;
    if (one != NULL) {
        of->pool = one->chain;
        of->pool_count--;
        call kept = *one;
        memset(one, 0, sizeof *one);
        one->release = kept.release;
        one->call_id = kept.call_id;
        one->call_id_room = kept.call_id_room;
        one->legs = kept.legs;
        one->leg_room = kept.leg_room;
        one->seen = kept.seen;
        one->seen_room = kept.seen_room;
        return one;
    }
    one = need_room(1, sizeof *one);
    one->release = sipcause_release_new(of->table);
    if (one->release == NULL)
        need_failed();
    return one;
}

call *call_store_put_in(call_store *of, sipcause_slice call_id, uint64_t hash)
{
    if (of->count >= of->slot_count)
        grow(of);
    call *one = fresh_call(of);
    if (one->call_id_room < call_id.length) {
        one->call_id = need_more(one->call_id, call_id.length, 1);
        one->call_id_room = (uint32_t)call_id.length;
    }
    memcpy(one->call_id, call_id.text, call_id.length);
    one->call_id_length = (uint32_t)call_id.length;
    one->hash = hash;
    call **slot = slot_of(of, hash);
    one->chain = *slot;
    *slot = one;
    of->count++;
    return one;
}

void call_store_take_out(call_store *of, call *one)
{
    call **link = slot_of(of, one->hash);
    while (*link != one)
        link = &(*link)->chain;
    *link = one->chain;
    of->count--;
    if (of->pool_count >= MOST_POOL) {
        free_call(one);
        return;
    }
    sipcause_release_reset(one->release);
    one->chain = of->pool;
    of->pool = one;
    of->pool_count++;
}

call_leg *call_find_leg(const call *of, uint64_t transaction)
{
    uint32_t held = of->leg_count < MOST_LEGS ? of->leg_count : MOST_LEGS;
    for (uint32_t i = 0; i < held; i++)
        if (of->legs[i].transaction == transaction)
            return &of->legs[i];
    return NULL;
}

/* The room that a ring of at most `most` needs for one more. */
static uint32_t more_room(uint32_t room, uint32_t most)
{
    uint32_t more = room == 0 ? 4 : room * 2;
    return more < most ? more : most;
}

void call_add_leg(call *of, uint64_t transaction, uint64_t branch, enum leg_kind kind)
{
    if (of->leg_count == of->leg_room && of->leg_room < MOST_LEGS) {
        of->leg_room = more_room(of->leg_room, MOST_LEGS);
        of->legs = need_more(of->legs, of->leg_room, sizeof *of->legs);
    }
    call_leg *leg = &of->legs[of->leg_count++ % MOST_LEGS];
    leg->transaction = transaction;
    leg->branch = branch;
    leg->kind = kind;
}

bool call_seen(call *of, uint64_t identity)
{
    uint32_t held = of->seen_count < MOST_SEEN ? of->seen_count : MOST_SEEN;
    for (uint32_t i = 0; i < held; i++)
        if (of->seen[i] == identity)
            return true;
    if (of->seen_count == of->seen_room && of->seen_room < MOST_SEEN) {
        of->seen_room = more_room(of->seen_room, MOST_SEEN);
        of->seen = need_more(of->seen, of->seen_room, sizeof *of->seen);
    }
    of->seen[of->seen_count++ % MOST_SEEN] = identity;
    return false;
}
