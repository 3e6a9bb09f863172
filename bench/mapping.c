/*
 * mapping.c - a mapping file of any size.
 *
 * SPDX-License-Identifier: MIT
 */
#include "sections.h"

#include <stdio.h>

/* The same numbers everywhere: xorshift32 (Marsaglia). */
static unsigned next_random(unsigned *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* Numbers ascending with gaps, now and then a word, now and then a long row. */
size_t make_mapping(unsigned rows, char **text, uint32_t *numbers, size_t *count)
{
    static const char *const routes[] = {"next", "later", "stop"};
    size_t length, labels = sipcause_disposition_count(NULL), found = 0;
    unsigned state = 20260325, code = 100;
    *text = allocated(64 + (size_t)rows * 80, 1);
    length = (size_t)sprintf(*text, "sipcause: 1\nname: acme\nmap:\n  carrier:\n");
    for (unsigned i = 0; i < rows; i++) {
        char *to = *text + length;
        const char *label = sipcause_disposition_name(NULL, next_random(&state) % labels);
        unsigned kind = next_random(&state) % 10;
        code += 1 + next_random(&state) % 4;
        if (kind == 0)
            length += (size_t)sprintf(to, "    %u: {disposition: %s, route: %s}\n", code, label,
                                      routes[next_random(&state) % 3]);
        else
            length += (size_t)sprintf(to, kind == 1 ? "    D%u: %s\n" : "    %u: %s\n", code, label);
        if (numbers && kind != 1)
            numbers[found++] = code;
    }
    if (count)
        *count = found;
    return length;
}
