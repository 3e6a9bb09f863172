/*
 * test_round_trip.c - every mapping file of the tree and every profile, written as a mapping file and loaded again, is
 * an equal table; written once more it is the same text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "harness.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The text of a table, in the test's own memory; NULL: nothing could be written. */
static char *text_of(const sipcause_table *table)
{
    size_t length = sipcause_table_yaml(table, NULL, 0);
    char *text = malloc(length + 1);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(sipcause_table_yaml(table, text, length + 1), length);
    if (length)
        return text;
    free(text);
    return NULL;
}

/* Returns false when memory ran out. */
static bool comes_back(const sipcause_table *table, const char *what)
{
    sipcause_error error;
    char *text = text_of(table);
    ck_assert_msg(text != NULL, "%s cannot be written", what);
    sipcause_table *again = sipcause_load_bytes(text, SIPCAUSE_TEXT, "again", &error);
    bool short_of_memory = !again && error.code == SIPCAUSE_ERROR_MEMORY && out_of_memory();
    ck_assert_msg(again || short_of_memory, "%s: %u:%u: %s\n%s", what, (unsigned)error.line, (unsigned)error.column,
                  error.text, text);
    if (again) {
        char *twice = text_of(again);
        ck_assert_msg(sipcause_table_equal(table, again), "%s differs after\n%s", what, text);
        ck_assert_msg(twice && strcmp(text, twice) == 0, "%s is written otherwise the second time", what);
        free(twice);
    }
    sipcause_table_unref(again);
    free(text);
    return !short_of_memory;
}

/* survey.json beside a mapping file is what test_validate.c holds it against. */
static bool is_mapping(const char *name)
{
    const char *end = strrchr(name, '.');
    return end && strcmp(name, "survey.json") != 0 && (strcmp(end, ".yaml") == 0 || strcmp(end, ".json") == 0);
}

/* All files below a folder; returns how many came back. may_fail: some are there to be refused. */
static unsigned walk(const char *folder, bool may_fail)
{
    char path[4096];
    unsigned count = 0;
    DIR *directory = opendir(folder);
    const struct dirent *found;
    while (directory && (found = readdir(directory)) != NULL) {
        if (found->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, found->d_name);
        if (!is_mapping(found->d_name)) {
            count += walk(path, may_fail);
            continue;
        }
        sipcause_error error;
        sipcause_table *table = sipcause_load_file(path, &error);
        bool short_of_memory = !table && error.code == SIPCAUSE_ERROR_MEMORY && out_of_memory();
        ck_assert_msg(table || may_fail || short_of_memory, "%s:%u:%u: %s", error.source, (unsigned)error.line,
                      (unsigned)error.column, error.text);
        count += table && comes_back(table, path);
        sipcause_table_unref(table);
    }
    if (directory)
        closedir(directory);
    return count;
}

static const struct {
    const char *folder;
    bool may_fail;
    unsigned least;
} trees[] = {
    {"tests/valid", false, 30},
    {"tests/extends", true, 5},
    {"tests/data", false, 1},
    {"examples", false, 22},
};

START_TEST(every_file)
{
    const char *root = getenv("SRCDIR");
    char folder[4096];
    if (memory_run() && trees[_i].least > 1)
        return; /* the one file that says everything will do */
    snprintf(folder, sizeof folder, "%s/%s", root ? root : ".", trees[_i].folder);
    unsigned count = walk(folder, trees[_i].may_fail);
    ck_assert_msg(count >= trees[_i].least || out_of_memory(), "%s: only %u", trees[_i].folder, count);
}
END_TEST

START_TEST(every_profile)
{
    for (size_t i = 0; i < sipcause_builtin_count(); i++)
        comes_back(sipcause_builtin(sipcause_builtin_name(i)), sipcause_builtin_name(i));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("round trip");
    add_loop_test(suite, every_file, (int)(sizeof trees / sizeof *trees));
    add_test(suite, every_profile);
    return suite;
}
