/*
 * gather.c - bytes that grow.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "character.h"
#include "gather.h"

#include <string.h>

void gather(gathered *of, const char *bytes, size_t length)
{
    if (length > of->room - of->length) {
        size_t room = (of->length + length) * 2;
        of->bytes = need_more(of->bytes, room, 1);
        of->room = room;
    }
    if (length > 0)
        memcpy(of->bytes + of->length, bytes, length);
    of->length += length;
}

void gather_lower(gathered *of, const char *bytes, size_t length)
{
    size_t start = of->length;
    gather(of, bytes, length);
    for (size_t i = start; i < of->length; i++)
        of->bytes[i] = to_lower(of->bytes[i]);
}
