/*
 * folders.h - the folders tests/KIND/NAME/, each of them one test of the suites load, extends and validate.
 *
 * Who includes it defines _POSIX_C_SOURCE first.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_FOLDERS_H
#define SIPCAUSE_FOLDERS_H

#include "harness.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Where allocations fail, a folder is done with once none was refused: the later ones concern longer tests. */
typedef struct folders {
    const char *kind;
    const char *with; /* only those that have this file; NULL: all */
    char names[1024][64];
    bool done[1024];
    int count;
    int left[1024]; /* the numbers of those to be run now */
    int left_count;
} folders;

static inline int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

static inline void path_of(const char *kind, const char *name, const char *file, char *path, size_t size)
{
    const char *root = getenv("SRCDIR");
    snprintf(path, size, "%s/tests/%s/%s/%s", root ? root : ".", kind, name, file);
}

static inline bool has_file(const char *kind, const char *name, const char *file)
{
    char path[4096];
    path_of(kind, name, file ? file : "", path, sizeof path);
    return access(path, F_OK) == 0;
}

/* The folders of a kind; once. */
static inline void list_folders(folders *found)
{
    char path[4096];
    const struct dirent *item;
    if (found->count)
        return;
    path_of(found->kind, "", "", path, sizeof path);
    DIR *directory = opendir(path);
    while (directory && (item = readdir(directory)) != NULL)
        if (item->d_name[0] != '.' && found->count < 1024 && has_file(found->kind, item->d_name, found->with))
            snprintf(found->names[found->count++], sizeof found->names[0], "%.63s", item->d_name);
    if (directory)
        closedir(directory);
    qsort(found->names, (size_t)found->count, sizeof found->names[0], compare_names);
}

/* Makes out which are to be run now. */
static inline void list_left(folders *found)
{
    found->left_count = 0;
    for (int i = 0; i < found->count; i++)
        if (!found->done[i])
            found->left[found->left_count++] = i;
}

/* The same for all kinds of a suite; once none is left, all are. */
static inline void begin_round(folders *const all[], int kinds)
{
    int left = 0;
    for (int i = 0; i < kinds; i++) {
        list_folders(all[i]);
        list_left(all[i]);
        left += all[i]->left_count;
    }
    for (int i = 0; i < kinds && !left; i++) { /* the next round of refusals */
        memset(all[i]->done, 0, sizeof all[i]->done);
        list_left(all[i]);
    }
}

/* The folder of a test's number. */
static inline const char *begin_folder(folders *found, int number)
{
    found->done[found->left[number]] = false;
    return found->names[found->left[number]];
}

static inline void end_folder(folders *found, int number)
{
    found->done[found->left[number]] = memory_run() && !out_of_memory();
}

/* A file of a folder; NULL: there is none. Freed at the test's end. */
static inline char *read_of(const char *kind, const char *name, const char *file, size_t *length)
{
    char path[4096];
    path_of(kind, name, file, path, sizeof path);
    if (access(path, F_OK) != 0)
        return NULL;
    snprintf(path, sizeof path, "tests/%s/%s/%s", kind, name, file);
    return keep_file(path, length);
}

#endif
