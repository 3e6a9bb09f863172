/*
 * memory.c - the one door to the heap.
 *
 * Everything that the library allocates passes here, so that sizes are checked for overflow in one
 * place and a test build can refuse any allocation it likes.
 *
 * SPDX-License-Identifier: MIT
 */
#include "internal.h"

#include <stdlib.h>

#ifdef SIPCAUSE_TEST_MEMORY
static long countdown = -1;
static bool refuse_ever_after;
static bool refused;
static long live;
static long requests;

void memory_fail_at(long n, bool ever_after)
{
    countdown = n;
    refuse_ever_after = ever_after;
    refused = false;
}

bool memory_failed(void)
{
    return refused;
}

long memory_live(void)
{
    return live;
}

long memory_requests(void)
{
    return requests;
}

static bool refuse(void)
{
    requests++;
    if (refused && refuse_ever_after)
        return true;
    if (countdown < 0 || countdown-- > 0)
        return false;
    refused = true;
    return true;
}

static void count_block(long change)
{
    live += change;
}
#else
static inline bool refuse(void)
{
    return false;
}

static inline void count_block(long change)
{
    (void)change;
}
#endif

void *memory_allocate(size_t count, size_t size)
{
    if (refuse())
        return NULL;
    void *block = calloc(count ? count : 1, size ? size : 1); /* calloc checks the product itself */
    if (block)
        count_block(1);
    return block;
}

void *memory_resize(void *block, size_t count, size_t size)
{
    if (refuse() || (size && count > SIZE_MAX / size))
        return NULL;
    size_t bytes = count * size;
    void *moved = realloc(block, bytes ? bytes : 1);
    if (moved && !block)
        count_block(1);
    return moved;
}

void memory_free(void *block)
{
    if (block)
        count_block(-1);
    free(block);
}

bool memory_reserve(void **array, uint32_t *capacity, uint32_t needed, size_t size)
{
    if (needed <= *capacity)
        return true;
    uint32_t grown = *capacity < 8 ? 8 : *capacity;
    while (grown < needed) {
        if (grown > UINT32_MAX / 2)
            return false;
        grown *= 2;
    }
    void *moved = memory_resize(*array, grown, size);
    if (!moved)
        return false;
    *array = moved;
    *capacity = grown;
    return true;
}
