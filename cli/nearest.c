/*
 * nearest.c - which name was meant.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "character.h"
#include "nearest.h"

#include <string.h>

size_t nearest_distance(const char *word, size_t length, const char *name)
{
    size_t other = strlen(name), shorter = length < other ? length : other, begin = 0, end = 0;
    while (begin < shorter && to_lower(word[begin]) == to_lower(name[begin]))
        begin++;
    while (end < shorter - begin && to_lower(word[length - 1 - end]) == to_lower(name[other - 1 - end]))
        end++;
    size_t distance = (length > other ? length : other) - begin - end;
    return distance <= 2 && distance * 2 < shorter ? distance : 0;
}

const char *nearest_name(const char *word, size_t length, const char *(*name_of)(uint32_t number))
{
    const char *nearest = NULL;
    size_t best = 0;
    for (uint32_t number = 0; number < 256; number++) {
        const char *name = name_of(number);
        size_t distance = name == NULL ? 0 : nearest_distance(word, length, name);
        if (distance > 0 && (nearest == NULL || distance < best)) {
            nearest = name;
            best = distance;
        }
    }
    return nearest;
}
