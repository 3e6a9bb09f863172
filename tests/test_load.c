/*
 * test_load.c - mapping files and trunk objects: the folders tests/valid and tests/invalid.
 *
 * valid/NAME/expected has lines QUERY = ANSWER, and invalid/NAME/error is one line; asking.h describes both. Folders
 * without that file are test_validate.c's.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "asking.h"
#include "folders.h"

static folders valid = {.kind = "valid", .with = "expected"}, invalid = {.kind = "invalid", .with = "error"};

START_TEST(every_valid_file_answers_as_expected)
{
    const char *name = begin_folder(&valid, _i);
    size_t length = 0;
    sipcause_error error;
    const char *bytes = read_of("valid", name, "map.yaml", &length);
    char *expected = read_of("valid", name, "expected", NULL);
    ck_assert_msg(bytes && expected, "%s: a file is missing", name);
    sipcause_table *table = keep_table(sipcause_load_bytes(bytes, length, "map.yaml", &error));
    if (!table && out_of_memory())
        return;
    ck_assert_msg(table != NULL, "%s:%u:%u: %s", name, (unsigned)error.line, (unsigned)error.column, error.text);
    ck_assert_int_eq(error.code, SIPCAUSE_OK);
    check_answers(name, table, expected);
    check_round_trip(name, table);
    end_folder(&valid, _i);
}
END_TEST

START_TEST(every_invalid_file_is_refused_at_its_place)
{
    const char *name = begin_folder(&invalid, _i);
    size_t length = 0;
    sipcause_error error;
    char found[1024];
    const char *bytes = read_of("invalid", name, "map.yaml", &length);
    char *expected = read_of("invalid", name, "error", NULL);
    ck_assert_msg(bytes && expected, "%s: a file is missing", name);
    expected[strcspn(expected, "\n")] = 0;
    sipcause_table *table = keep_table(sipcause_load_bytes(bytes, length, "map.yaml", &error));
    if (!table && error.code == SIPCAUSE_ERROR_MEMORY && out_of_memory())
        return;
    ck_assert_msg(table == NULL, "%s was loaded", name);
    describe_error(&error, found, sizeof found);
    ck_assert_msg(strcmp(found, expected) == 0, "%s\n  expected: %s\n  found:    %s", name, expected, found);
    ck_assert_str_eq(error.source, "map.yaml");
    for (const char *at = error.text; *at; at++)
        ck_assert_msg((unsigned char)*at >= ' ', "%s: a control character in the sentence", name);
    /* The offset is that of the line and column. */
    size_t line_start = (size_t)error.offset - (error.column ? error.column - 1 : 0);
    bool begins = line_start == 0 || bytes[line_start - 1] == '\n' || bytes[line_start - 1] == '\r' ||
                  (line_start == 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0);
    ck_assert_msg(!error.line || begins, "%s: offset %lu", name, (unsigned long)error.offset);
    ck_assert_ptr_null(sipcause_load_bytes(bytes, length, NULL, NULL));
    end_folder(&invalid, _i);
}
END_TEST

/* A condition lists at most 65535 things; a row has at most 4096 items. */
static char *list_of(size_t count, const char *before, const char *item, const char *after, size_t *length)
{
    size_t item_length = strlen(item);
    char *text = malloc(strlen(before) + count * item_length + strlen(after) + 1), *at = text;
    ck_assert_ptr_nonnull(text);
    at += sprintf(at, "%s", before);
    for (size_t i = 0; i < count; i++, at += item_length)
        memcpy(at, item, item_length);
    at += sprintf(at, "%s", after);
    *length = (size_t)(at - text);
    return text;
}

static const char *load_list_of(size_t count, const char *before, const char *item, const char *after,
                                sipcause_error *error)
{
    size_t length;
    char *text = list_of(count, before, item, after, &length);
    sipcause_table *table = sipcause_load_bytes(text, length, NULL, error);
    free(text);
    sipcause_table_unref(table);
    if (!table && error->code == SIPCAUSE_ERROR_MEMORY && out_of_memory())
        return NULL;
    return table ? "" : error->text;
}

START_TEST(lists_have_an_end)
{
    static const char begin[] = "sipcause: 1\nmap:\n  carrier:\n    601: {when: [";
    sipcause_error error;
    if (memory_run())
        return;
    SAYS(load_list_of(65535, "sipcause: 1\nmap: {sip: {480: {when: [{carrier: [", "7,", "], disposition: Busy}]}}}",
                      &error),
         "");
    SAYS(load_list_of(65536, "sipcause: 1\nmap: {sip: {480: {when: [{carrier: [", "7,", "], disposition: Busy}]}}}",
                      &error),
         "a condition lists at most 65535 things");
    ck_assert_uint_eq(error.line, 2);
    SAYS(load_list_of(65535, "sipcause: 1\nmap: {sip: {480: {when: [{phrase: [", "'*',", "], disposition: Busy}]}}}",
                      &error),
         "");
    SAYS(load_list_of(4096, begin, "{answered: true, disposition: Busy},", "]}\n", &error), "");
    SAYS(load_list_of(4097, begin, "{answered: true, disposition: Busy},", "]}\n", &error),
         "a row has at most 4096 items under `when`");
}
END_TEST

START_TEST(the_folders_are_there)
{
    ck_assert_int_ge(valid.count, 60);
    ck_assert_int_ge(invalid.count, 400);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("load");
    folders *const all[] = {&valid, &invalid};
    begin_round(all, 2);
    add_test(suite, the_folders_are_there);
    add_loop_test(suite, every_valid_file_answers_as_expected, valid.left_count);
    add_loop_test(suite, every_invalid_file_is_refused_at_its_place, invalid.left_count);
    add_test(suite, lists_have_an_end);
    return suite;
}
