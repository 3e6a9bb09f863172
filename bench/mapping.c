/*
 * mapping.c - a mapping file of any size.
 *
 * SPDX-License-Identifier: MIT
 */
#include "sections.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_LINES = 4 };

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

/* The row of one line: its code as a number or as a word, and what it is mapped to. */
static bool answers_row(const sipcause_table *table, const char *row, uint32_t line)
{
    char word[32], label[64];
    if (sscanf(row, " %31[^:]: {disposition: %63[^,]", word, label) != 2 &&
        sscanf(row, " %31[^:]: %63[^}]", word, label) != 2)
        return false;
    const sipcause_entry *entry = sipcause_lookup_token(table, word, strlen(word));
    if (*word != 'D' && entry != sipcause_lookup(table, sipcause_carrier((uint32_t)strtoul(word, NULL, 10))))
        return false;
    return entry && entry->line == line && !strcmp(entry->disposition, label);
}

sipcause_table *load_mapping(const char *text, size_t length)
{
    sipcause_error error;
    sipcause_table *table = sipcause_load_bytes(text, length, "acme.yaml", &error);
    uint32_t line = 0;
    if (!table)
        fail(error.text, "acme.yaml");
    for (const char *end; (end = strchr(text, '\n')); text = end + 1) {
        char row[128]; /* sscanf looks for the end of its text before it begins */
        snprintf(row, sizeof row, "%.*s", (int)(end - text), text);
        if (++line > HEAD_LINES && !answers_row(table, row, line))
            fail("a row is not looked up as it was written", row);
    }
    return table;
}
