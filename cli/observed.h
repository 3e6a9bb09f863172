/*
 * observed.h - the real traffic that mapping files are held against.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_OBSERVED_H
#define SIPCAUSE_OBSERVED_H

#include "command.h"

/* Zero it but for options, whose --observed it is; free it with observed_free. */
typedef struct observed {
    const cli_options *options;
    sipcause_survey *survey;     /* NULL: not read yet */
    const sipcause_table *table; /* by whose cause headers it was counted */
    int status;                  /* EXIT_FILE: the traffic could not be read, not for every file, or is none */
} observed;

/* Has a report hold a file, or a table, against the traffic; against none where there is none, or the file does not
 * load, which is said. The traffic is counted again when another file has other cause headers. The table, which may be
 * NULL, is given back. */
void observed_file(observed *of, const char *path, sipcause_report *report);
void observed_table(observed *of, const char *name, sipcause_report *report, const sipcause_table *table);
void observed_free(observed *of);

#endif
