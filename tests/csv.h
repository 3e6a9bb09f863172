/*
 * csv.h - reads the CSV files of data/ for the suites that hold the library against them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_TEST_CSV_H
#define SIPCAUSE_TEST_CSV_H

#include "harness.h"

#include <stdio.h>
#include <string.h>

enum { COLUMNS = 16 };

/* A row being read; text[i] is NUL-terminated in the file's own bytes. */
typedef struct csv {
    char *at;
    char *text[COLUMNS];
    char *heading[COLUMNS];
    size_t count;
} csv;

static inline void split(csv *file, char **into)
{
    size_t used = 0;
    char *line = file->at, *end = strchr(line, '\n');
    ck_assert_ptr_nonnull(end);
    *end = 0;
    file->at = end + 1;
    for (char *from = line; from && used < COLUMNS; used++) {
        char *to = from;
        into[used] = from;
        if (*from == '"') {
            for (from++; *from && !(from[0] == '"' && from[1] != '"'); from += from[0] == '"' ? 2 : 1)
                *to++ = *from;
            from++;
        } else {
            while (*from && *from != ',')
                from++;
            to = from;
        }
        bool more = *from == ',';
        *to = 0;
        from = more ? from + 1 : NULL;
    }
    file->count = used;
}

static inline void csv_open_path(csv *file, const char *path)
{
    file->at = keep_file(path, NULL);
    while (*file->at == '#')
        file->at = strchr(file->at, '\n') + 1;
    split(file, file->heading);
}

static inline void csv_open(csv *file, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "data/%s", name);
    csv_open_path(file, path);
}

static inline bool csv_next(csv *file)
{
    if (!*file->at)
        return false;
    split(file, file->text);
    return true;
}

static inline const char *column(const csv *file, const char *name)
{
    for (size_t i = 0; i < file->count; i++)
        if (strcmp(file->heading[i], name) == 0)
            return file->text[i];
    ck_abort_msg("no column %s", name);
}

/* Whether an entry says what a row does. */
static inline void check_entry(const sipcause_entry *entry, const csv *file, const char *what)
{
    ck_assert_msg(entry != NULL, "%s is not mapped", what);
    ck_assert_uint_eq(entry->size, sizeof *entry);
    ck_assert_str_eq(entry->disposition, column(file, "disposition"));
    ck_assert_str_eq(sipcause_disposition_name(NULL, entry->disposition_id), entry->disposition);
    ck_assert_str_eq(sipcause_outcome_name(entry->outcome), column(file, "outcome"));
    ck_assert_str_eq(sipcause_party_name(entry->party), column(file, "party"));
    ck_assert_str_eq(sipcause_route_name(entry->route), column(file, "route"));
}

#endif
