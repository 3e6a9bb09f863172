/*
 * agree.c - holds the library's answers against what the generator knows of its messages.
 *
 *   agree FOLDER     what corpus.py wrote
 *
 * SPDX-License-Identifier: MIT
 */
#include "sections.h"

#include <stdio.h>

static unsigned tell(const bench_message *of, const char *what)
{
    if (!what)
        return 0;
    printf("not as generated: %s (expected %s, %s; value: %.*s)\n%.*s\n", what, of->decided_by, of->disposition,
           (int)of->reason_length, of->reason, (int)of->length, of->bytes);
    return 1;
}

int main(int count, char **arguments)
{
    if (count != 2)
        fail("needs the folder that corpus.py wrote", NULL);
    corpus of = corpus_read(arguments[1]);
    sipcause_table *table = load_carrier(&of);
    sipcause_release *release = sipcause_release_new(table);
    unsigned wrong = 0;
    if (!release)
        fail("memory is short", NULL);
    for (size_t i = 0; i < of.count; i++)
        wrong += tell(&of.messages[i], disagreement(table, release, &of.messages[i])) +
                 tell(&of.messages[i], reason_disagreement(&of.messages[i]));
    printf("%zu messages and as many Reason values: %u not as generated\n", of.count, wrong);
    sipcause_release_free(release);
    sipcause_table_unref(table);
    corpus_free(&of);
    return wrong != 0;
}
