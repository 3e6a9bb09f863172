/*
 * gather.h - bytes that grow.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_GATHER_H
#define SIPCAUSE_GATHER_H

#include <stddef.h>

typedef struct gathered {
    char *bytes;
    size_t length, room;
} gathered;

void gather(gathered *of, const char *bytes, size_t length);
void gather_lower(gathered *of, const char *bytes, size_t length); /* ASCII letters as small ones */

#endif
