/*
 * main.c - measures what is named, else everything, and prints a row a line for table.py.
 *
 *   bench FOLDER [limits | lookup | reason | message | load | growth]...
 *   bench --count KIND PASSES FOLDER    does that work so many times (count.c)
 *
 * FOLDER is what corpus.py wrote, of 16,384 messages at least where messages are measured.
 *
 * SPDX-License-Identifier: MIT
 */
#include "sections.h"

#include <stdlib.h>
#include <string.h>

static void lookup(const corpus *of)
{
    (void)of;
    measure_lookup();
}

static void load(const corpus *of)
{
    (void)of;
    measure_load();
}

static const struct section {
    const char *name;
    void (*measure)(const corpus *of);
} sections[] = {{"limits", measure_limits},   {"lookup", lookup}, {"reason", measure_reason},
                {"message", measure_message}, {"load", load},     {"growth", measure_growth}};

enum { SECTIONS = sizeof sections / sizeof *sections };

static bool wanted(const char *name, int count, char **names)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(names[i], name))
            return true;
    return count == 0;
}

/* A name that is none would measure nothing, and say so nowhere. */
static void check_names(int count, char **names)
{
    for (int i = 0; i < count; i++) {
        size_t which = 0;
        while (which < SECTIONS && strcmp(names[i], sections[which].name) != 0)
            which++;
        if (which == SECTIONS)
            fail("is no section: limits, lookup, reason, message, load, growth", names[i]);
    }
}

int main(int count, char **arguments)
{
    if (count == 5 && !strcmp(arguments[1], "--count")) {
        corpus of = corpus_read(arguments[4]);
        int status = count_work(arguments[2], (unsigned)strtoul(arguments[3], NULL, 10), &of);
        corpus_free(&of);
        return status;
    }
    if (count < 2)
        fail("needs the folder that corpus.py wrote", NULL);
    check_names(count - 2, arguments + 2);
    corpus of = corpus_read(arguments[1]);
    for (size_t i = 0; i < SECTIONS; i++)
        if (wanted(sections[i].name, count - 2, arguments + 2))
            sections[i].measure(&of);
    corpus_free(&of);
    return 0;
}
