/*
 * mapping.c - the table that -m names: a profile, a file, or "-" for standard input.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "content.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int mapping_input(gathered *into)
{
    int reason = content_read(STDIN_FILENO, CONTENT_OF_MAPPING, into);
    if (reason == 0)
        return EXIT_DONE;
    cli_say("cannot read standard input: %s", strerror(reason));
    return EXIT_FILE;
}

int mapping_named(const char *name)
{
    if (sipcause_builtin(name) != NULL || strpbrk(name, "/.") != NULL || access(name, F_OK) == 0)
        return EXIT_DONE;
    char names[256] = "";
    for (size_t i = 0; i < sipcause_builtin_count(); i++) {
        size_t length = strlen(names);
        snprintf(names + length, sizeof names - length, "%s%s", i == 0 ? "" : ", ", sipcause_builtin_name(i));
    }
    cli_say("'%s' is neither a profile (%s) nor a file", name, names);
    return EXIT_USAGE;
}

int mapping_open(const char *mapping, const sipcause_table **table)
{
    sipcause_error error;
    if (mapping == NULL || strcmp(mapping, "-") != 0) {
        *table = sipcause_builtin(mapping);
        if (*table != NULL)
            return EXIT_DONE;
        int status = mapping_named(mapping);
        if (status != EXIT_DONE)
            return status;
        *table = sipcause_load_file(mapping, &error);
    } else {
        gathered input = {NULL, 0, 0};
        int status = mapping_input(&input);
        *table = status == EXIT_DONE ? sipcause_load_bytes(input.bytes, input.length, "-", &error) : NULL;
        free(input.bytes);
        if (status != EXIT_DONE)
            return status;
    }
    if (*table != NULL)
        return EXIT_DONE;
    cli_show_error(&error);
    return EXIT_FILE;
}
