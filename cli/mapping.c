/*
 * mapping.c - the table that -m names: a profile, a file, or "-" for standard input.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_BYTES = 16 * 1024 * 1024 };

/* All of standard input, reading stops once it is more than a mapping may have. */
static char *read_input(size_t *length)
{
    char *bytes = NULL;
    size_t room = 0;
    *length = 0;
    while (*length <= MOST_BYTES) {
        if (*length == room) {
            room = room == 0 ? 64 * 1024 : room * 2;
            bytes = need_more(bytes, room, 1);
        }
        ssize_t got = read(STDIN_FILENO, bytes + *length, room - *length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            cli_say("cannot read standard input: %s", strerror(errno));
            free(bytes);
            return NULL;
        }
        if (got == 0)
            break;
        *length += (size_t)got;
    }
    return bytes;
}

static void say_error(const sipcause_error *error)
{
    char text[1024];
    sipcause_error_format(error, text, sizeof text);
    cli_show_lines(text);
}

static int unknown_profile(const char *name)
{
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
        if (strpbrk(mapping, "/.") == NULL && access(mapping, F_OK) != 0)
            return unknown_profile(mapping);
        *table = sipcause_load_file(mapping, &error);
    } else {
        size_t length;
        char *bytes = read_input(&length);
        if (bytes == NULL)
            return EXIT_FILE;
        *table = sipcause_load_bytes(bytes, length, "-", &error);
        free(bytes);
    }
    if (*table != NULL)
        return EXIT_DONE;
    say_error(&error);
    return EXIT_FILE;
}
