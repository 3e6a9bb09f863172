/*
 * profiles.c - sipcause profiles: the built-in tables.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include <string.h>

int run_profiles(const cli_options *options)
{
    size_t columns = 0;
    for (size_t i = 0; i < sipcause_builtin_count(); i++) {
        size_t length = strlen(sipcause_builtin_name(i));
        columns = length > columns ? length : columns;
    }
    for (size_t i = 0; i < sipcause_builtin_count(); i++) {
        const char *name = sipcause_builtin_name(i);
        const char *description = sipcause_builtin_description(name);
        if (options->json) {
            out_text("{\"name\":");
            json_string(name, strlen(name));
            json_text("description", description);
            out_text("}\n");
        } else {
            out_column(name, columns, 0);
            out_text(description == NULL ? "-" : description);
            out_text("\n");
        }
    }
    return EXIT_DONE;
}
