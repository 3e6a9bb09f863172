/*
 * test_load.c - mapping files and trunk objects: the folders tests/valid and tests/invalid.
 *
 * invalid/NAME/error is one line: LINE COLUMN RULE SECOND_LINE:SECOND_COLUMN|- TEXT.
 * valid/NAME/expected has lines QUERY = ANSWER; see answer() for the queries. A row's answer is
 * DISPOSITION / OUTCOME / PARTY / ROUTE, then what else it says: uninformative, line N, name "...", note "...".
 *
 * SPDX-License-Identifier: MIT
 */
#include "harness.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what a table answers ------------------------------------------------------------------------------- */

static void describe(const sipcause_entry *entry, const char *standard, char *out, size_t size)
{
    if (!entry) {
        snprintf(out, size, "unmapped");
        return;
    }
    size_t used =
        (size_t)snprintf(out, size, "%s / %s / %s / %s", entry->disposition, sipcause_outcome_name(entry->outcome),
                         sipcause_party_name(entry->party), sipcause_route_name(entry->route));
    if (entry->flags & SIPCAUSE_ENTRY_UNINFORMATIVE)
        used += (size_t)snprintf(out + used, size - used, " uninformative");
    if (entry->line)
        used += (size_t)snprintf(out + used, size - used, " line %u", (unsigned)entry->line);
    if (entry->name && !(standard && strcmp(standard, entry->name) == 0))
        used += (size_t)snprintf(out + used, size - used, " name \"%s\"", entry->name);
    if (entry->note && entry->line)
        snprintf(out + used, size - used, " note \"%s\"", entry->note);
}

static void describe_header(const sipcause_table *table, size_t index, char *out, size_t size)
{
    sipcause_cause_header header;
    if (sipcause_cause_header_at(table, index, &header))
        snprintf(out, size, "%s %s %s%s", header.name, header.parameter ? header.parameter : "-",
                 sipcause_space_name(header.space), header.uri_parameter ? " uri-param" : "");
    else
        snprintf(out, size, "none");
}

static size_t own_rows(const sipcause_table *table)
{
    sipcause_cursor cursor = {0, 0, 0};
    const sipcause_entry *entry;
    size_t count = 0;
    while ((entry = sipcause_table_next(table, &cursor, NULL)) != NULL)
        count += entry->line != 0;
    return count;
}

static bool has_disposition(const sipcause_table *table, const char *name)
{
    for (size_t id = 0; id < sipcause_disposition_count(table); id++)
        if (strcmp(sipcause_disposition_name(table, id), name) == 0)
            return true;
    return false;
}

/* name, rows (of the file itself), headers, header N, precedence, disposition X, 5xx, default,
 * no-cause X, and codes: sip:503. */
static void answer(const sipcause_table *table, const char *query, char *out, size_t size)
{
    sipcause_code code;
    if (strcmp(query, "name") == 0) {
        snprintf(out, size, "%s", sipcause_table_name(table));
    } else if (strcmp(query, "rows") == 0) {
        snprintf(out, size, "%zu", own_rows(table));
    } else if (strcmp(query, "headers") == 0) {
        snprintf(out, size, "%zu", sipcause_cause_header_count(table));
    } else if (strncmp(query, "header ", 7) == 0) {
        describe_header(table, strtoul(query + 7, NULL, 10), out, size);
    } else if (strcmp(query, "precedence") == 0) {
        out[0] = 0;
        for (size_t i = 0, used = 0; i < sipcause_precedence_count(table); i++)
            used += (size_t)snprintf(out + used, size - used, "%s%s", i ? " " : "",
                                     sipcause_space_name(sipcause_precedence_at(table, i)));
    } else if (strncmp(query, "disposition ", 12) == 0) {
        snprintf(out, size, "%s", has_disposition(table, query + 12) ? "known" : "unknown");
    } else if (strcmp(query, "default") == 0) {
        describe(sipcause_table_default(table), NULL, out, size);
    } else if (strncmp(query, "no-cause ", 9) == 0) {
        describe(sipcause_table_no_cause(table, (uint32_t)sipcause_no_cause_from_name(query + 9, SIPCAUSE_TEXT)), NULL,
                 out, size);
    } else if (strlen(query) == 3 && strcmp(query + 1, "xx") == 0) {
        describe(sipcause_table_class(table, (uint32_t)(query[0] - '0')), NULL, out, size);
    } else if (strncmp(query, "word ", 5) == 0) {
        describe(sipcause_lookup_token(table, query + 5, SIPCAUSE_TEXT), NULL, out, size);
    } else if (sipcause_code_parse(table, query, SIPCAUSE_TEXT, &code, NULL) == SIPCAUSE_OK) {
        describe(sipcause_lookup(table, code), sipcause_code_name(code), out, size);
    } else {
        snprintf(out, size, "no such query");
    }
}

static void describe_error(const sipcause_error *error, char *out, size_t size)
{
    char second[32] = "-";
    if (error->second_line)
        snprintf(second, sizeof second, "%u:%u", (unsigned)error->second_line, (unsigned)error->second_column);
    snprintf(out, size, "%u %u %s %s %s", (unsigned)error->line, (unsigned)error->column,
             sipcause_error_name(error->code), second, error->text);
}

/* ---- the folders ----------------------------------------------------------------------------------------- */

/* Calls check for every folder in tests/KIND; returns how many there were. */
static unsigned walk(const char *kind, void (*check)(const char *folder))
{
    const char *root = getenv("SRCDIR");
    char path[4096], folder[4096];
    unsigned count = 0;
    snprintf(path, sizeof path, "%s/tests/%s", root ? root : ".", kind);
    DIR *directory = opendir(path);
    ck_assert_msg(directory != NULL, "cannot open %s", path);
    const struct dirent *found;
    while ((found = readdir(directory)) != NULL) {
        if (found->d_name[0] == '.')
            continue;
        snprintf(folder, sizeof folder, "tests/%s/%s", kind, found->d_name);
        check(folder);
        count++;
    }
    closedir(directory);
    return count;
}

/* A file of a folder; to be freed at once, as there are more folders than keep_file keeps. */
static char *read_of(const char *folder, const char *name, size_t *length)
{
    static char bytes[65536];
    static char line[65536];
    char *room = strcmp(name, "map.yaml") == 0 ? bytes : line;
    const char *root = getenv("SRCDIR");
    char path[4096];
    snprintf(path, sizeof path, "%s/%s/%s", root ? root : ".", folder, name);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "cannot open %s", path);
    *length = fread(room, 1, sizeof bytes - 1, file);
    room[*length] = 0;
    fclose(file);
    return room;
}

static void check_invalid(const char *folder)
{
    size_t length, error_length;
    sipcause_error error;
    char found[1024];
    const char *bytes = read_of(folder, "map.yaml", &length);
    char *expected = read_of(folder, "error", &error_length);
    expected[strcspn(expected, "\n")] = 0;
    sipcause_table *table = sipcause_load_bytes(bytes, length, "map.yaml", &error);
    if (!table && error.code == SIPCAUSE_ERROR_MEMORY && out_of_memory())
        return;
    ck_assert_msg(table == NULL, "%s was loaded", folder);
    describe_error(&error, found, sizeof found);
    ck_assert_msg(strcmp(found, expected) == 0, "%s\n  expected: %s\n  found:    %s", folder, expected, found);
    ck_assert_str_eq(error.source, "map.yaml");
    /* The offset is that of the line and column. */
    size_t line_start = (size_t)error.offset - (error.column ? error.column - 1 : 0);
    bool begins = line_start == 0 || bytes[line_start - 1] == '\n' || bytes[line_start - 1] == '\r' ||
                  (line_start == 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0);
    ck_assert_msg(!error.line || begins, "%s: offset %lu", folder, (unsigned long)error.offset);
    ck_assert_ptr_null(sipcause_load_bytes(bytes, length, NULL, NULL));
}

static void check_valid(const char *folder)
{
    size_t length, expected_length;
    sipcause_error error;
    char found[1024], text[2048];
    const char *bytes = read_of(folder, "map.yaml", &length);
    char *line = read_of(folder, "expected", &expected_length);
    sipcause_table *table = sipcause_load_bytes(bytes, length, "map.yaml", &error);
    if (!table && error.code == SIPCAUSE_ERROR_MEMORY && out_of_memory())
        return;
    if (!table)
        sipcause_error_format(&error, text, sizeof text);
    ck_assert_msg(table != NULL, "%s: %s", folder, text);
    ck_assert_int_eq(error.code, SIPCAUSE_OK);
    while (*line) {
        char *end = line + strcspn(line, "\n"), *equals = strstr(line, " = ");
        char *next = *end ? end + 1 : end;
        ck_assert_msg(equals != NULL && equals < end, "%s: a line without \" = \"", folder);
        *end = *equals = 0;
        answer(table, line, found, sizeof found);
        if (strcmp(found, equals + 3) != 0) {
            snprintf(text, sizeof text, "%s\n  %s\n  expected: %s\n  found:    %s", folder, line, equals + 3, found);
            sipcause_table_unref(table);
            ck_abort_msg("%s", text);
        }
        line = next;
    }
    sipcause_table_unref(table);
}

START_TEST(every_valid_file_answers_as_expected)
{
    ck_assert_uint_ge(walk("valid", check_valid), 15);
}
END_TEST

START_TEST(every_invalid_file_is_refused_at_its_place)
{
    ck_assert_uint_ge(walk("invalid", check_invalid), 45);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("load");
    add_test(suite, every_valid_file_answers_as_expected);
    add_test(suite, every_invalid_file_is_refused_at_its_place);
    return suite;
}
