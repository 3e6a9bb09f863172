/*
 * need.c - memory, or the end of the command.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void need_failed(void)
{
    fputs("sipcause: out of memory\n", stderr); /* cli_say may want memory itself */
    exit(EXIT_FILE);
}

void *need_room(size_t count, size_t size)
{
    void *room = calloc(count, size);
    if (room == NULL)
        need_failed();
    return room;
}

void *need_more(void *block, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        need_failed();
    void *room = realloc(block, count * size);
    if (room == NULL)
        need_failed();
    return room;
}
