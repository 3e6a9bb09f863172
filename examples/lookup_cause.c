/*
 * lookup_cause.c - what a mapping file says of one cause.
 *
 *     cc lookup_cause.c $(pkg-config --cflags --libs libsipcause) -o lookup_cause
 *     ./lookup_cause                           q850:34 by the built-in profile
 *     ./lookup_cause acme.yaml carrier:601     a code by a mapping file
 *
 * SPDX-License-Identifier: MIT
 */
#include <sipcause.h>

#include <stdio.h>

/* Prints a set error as "file:line:column: error: sentence [name]". */
static int complain(const sipcause_error *error)
{
    char text[1024];
    sipcause_error_format(error, text, sizeof text);
    fprintf(stderr, "%s\n", text);
    return 1;
}

int main(int argc, char **argv)
{
    const char *wanted = argc > 2 ? argv[2] : "q850:34";
    sipcause_error error = {0};

    /* A file's table is ours to give back; the built-in one need not be, and may be. */
    const sipcause_table *table;
    if (argc > 1)
        table = sipcause_load_file(argv[1], &error);
    else
        table = sipcause_builtin(NULL);
    if (table == NULL)
        return complain(&error);

    /* "601" alone would be refused: a number without its space is no code. */
    sipcause_code code;
    if (sipcause_code_parse(table, wanted, SIPCAUSE_TEXT, &code, &error) != SIPCAUSE_OK) {
        sipcause_table_unref(table);
        return complain(&error);
    }

    /* NULL is no error: the table has no row for this code. A call that ended with it would fall to
     * its class (5xx) or to the default. */
    const sipcause_entry *entry = sipcause_lookup(table, code);
    if (entry == NULL)
        printf("%s is not mapped\n", wanted);
    else
        printf("%s: %s\n  name     %s\n  outcome  %s\n  party    %s\n  route    %s\n  from     %s\n", wanted,
               entry->disposition, entry->name != NULL ? entry->name : "-", sipcause_outcome_name(entry->outcome),
               sipcause_party_name(entry->party), sipcause_route_name(entry->route), entry->file);

    sipcause_table_unref(table);
    return 0;
}
