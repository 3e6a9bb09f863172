/*
 * sort.c - sorting without recursion, and in time that no input can make longer.
 *
 * SPDX-License-Identifier: MIT
 */
#include "internal.h"

#include <string.h>

/* A merge sort. */
bool sort_stable(const void **items, uint32_t count, bool (*before)(const void *a, const void *b))
{
    const void **other = (const void **)memory_resize(NULL, count, sizeof *other);
    if (!other)
        return false;
    for (uint32_t width = 1; width < count; width *= 2) {
        for (uint32_t start = 0; start < count; start += 2 * width) {
            uint32_t middle = start + width < count ? start + width : count;
            uint32_t end = middle + width < count ? middle + width : count;
            for (uint32_t to = start, a = start, b = middle; to < end; to++) {
                bool second = a == middle || (b < end && before(items[b], items[a]));
                other[to] = second ? items[b++] : items[a++];
            }
        }
        memcpy(items, other, count * sizeof *items);
    }
    memory_free(other);
    return true;
}
