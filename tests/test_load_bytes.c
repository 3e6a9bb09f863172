/*
 * test_load_bytes.c - loading what no folder can hold: documents that are large, deep, cut or no text, and
 * files that are no files.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "harness.h"
#include "yaml_events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what is large ------------------------------------------------------------------------ */

static char *repeat(const char *head, const char *piece, size_t count, const char *tail, size_t *length)
{
    size_t head_length = strlen(head), piece_length = strlen(piece), tail_length = strlen(tail);
    *length = head_length + piece_length * count + tail_length;
    char *text = malloc(*length + 1), *at = text;
    ck_assert_ptr_nonnull(text);
    memcpy(at, head, head_length);
    at += head_length;
    for (size_t i = 0; i < count; i++, at += piece_length)
        memcpy(at, piece, piece_length);
    memcpy(at, tail, tail_length + 1);
    return text;
}

/* Loads, frees the text, and tells the error's number; SIPCAUSE_OK when it made a table. */
static int load_and_free(char *text, size_t length, sipcause_error *error)
{
    sipcause_table *table = sipcause_load_bytes(text, length, NULL, error);
    free(text);
    sipcause_table_unref(table);
    return table ? SIPCAUSE_OK : error->code;
}

static const char small[] = "sipcause: 1\nmap: {carrier: {601: Busy}}\n";

START_TEST(sixteen_mebibytes_are_the_limit)
{
    sipcause_error error;
    size_t length, fill = (size_t)16 * 1024 * 1024 - strlen(small);
    if (memory_run())
        return;
    char *text = repeat(small, "#", fill, "", &length);
    ck_assert_int_eq(load_and_free(text, length, &error), SIPCAUSE_OK);
    text = repeat(small, "#", fill + 1, "", &length);
    ck_assert_int_eq(load_and_free(text, length, &error), SIPCAUSE_ERROR_TOO_LARGE);
    ck_assert_str_eq(error.text, "the file is larger than 16 MiB");
}
END_TEST

START_TEST(nesting_has_an_end)
{
    sipcause_error error;
    size_t length;
    size_t deep = sized(1000000, 50000, 100);
    static const char *const pieces[] = {"[", "{a: ", "- ", "? "};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        char *text = repeat("", pieces[i], deep, "", &length);
        int code = load_and_free(text, length, &error);
        if (code == SIPCAUSE_ERROR_MEMORY && out_of_memory())
            return;
        ck_assert_msg(code == SIPCAUSE_ERROR_NESTING || code == SIPCAUSE_ERROR_SYNTAX, "%s: %s", pieces[i], error.text);
    }
}
END_TEST

/* A mapping file has 8 levels; what stands deeper is mostly refused by its key before. */
START_TEST(events_stop_at_their_limit)
{
    static const char nine[] = "a:\n  - [{b: {c: [[[[d]]]]}}]\n";
    sipcause_error error;
    for (uint32_t limit = 8; limit <= 9; limit++) {
        event now = {0};
        int result;
        error_clear(&error);
        yaml_events *events = yaml_events_open(nine, strlen(nine), YAML_LARGEST, &error);
        NEED(events != NULL);
        yaml_events_limit(events, limit);
        do
            result = yaml_events_next(events, &now, &error);
        while (result == SIPCAUSE_OK && now.kind != EVENT_END);
        int again = yaml_events_next(events, &now, &error); /* libyaml would say that all is well */
        yaml_events_close(events);
        ck_assert_int_eq(result, limit == 8 ? SIPCAUSE_ERROR_NESTING : SIPCAUSE_OK);
        ck_assert_int_ne(again, SIPCAUSE_OK);
        if (limit == 8) {
            ck_assert_str_eq(error.text, "this is nested more than 8 levels deep");
            ck_assert_uint_eq(error.column, 17);
        }
    }
}
END_TEST

/* 62 collections around the list and its items: 64 levels. One more is too much. */
START_TEST(a_trunk_object_has_64_levels)
{
    static const char tail[] = "{\"causeCodeMappings\":[{\"sipCauseCode\":601,\"disposition\":\"Busy\"}]}";
    sipcause_error error;
    for (size_t around = 61; around <= 62; around++) {
        char closing[64];
        size_t length;
        memset(closing, ']', around);
        closing[around] = 0;
        char whole_tail[256];
        snprintf(whole_tail, sizeof whole_tail, "%s%s", tail, closing);
        char *text = repeat("", "[", around, whole_tail, &length);
        int code = load_and_free(text, length, &error);
        if (code == SIPCAUSE_ERROR_MEMORY && out_of_memory())
            return;
        ck_assert_int_eq(code, around == 61 ? SIPCAUSE_OK : SIPCAUSE_ERROR_NESTING);
    }
}
END_TEST

START_TEST(ten_thousand_rows_are_all_there)
{
    uint32_t count = memory_run() ? 40 : 10000;
    char *text = malloc(64 + (size_t)count * 64);
    ck_assert_ptr_nonnull(text);
    size_t used = (size_t)sprintf(text, "sipcause: 1\nmap:\n  carrier:\n");
    for (uint32_t i = 0; i < count; i++)
        used += (size_t)sprintf(text + used, "    %u: %s\n", (unsigned)(i * 7), i % 2 ? "Busy" : "Network Error");
    sipcause_error error;
    sipcause_table *table = keep_table(sipcause_load_bytes(text, used, "many", &error));
    free(text);
    NEED(table != NULL);
    for (uint32_t i = 0; i < count; i++) {
        const sipcause_entry *entry = sipcause_lookup(table, sipcause_carrier(i * 7));
        ck_assert_ptr_nonnull(entry);
        ck_assert_uint_eq(entry->line, i + 4);
        ck_assert_str_eq(entry->disposition, i % 2 ? "Busy" : "Network Error");
        ck_assert_str_eq(entry->file, "many");
    }
}
END_TEST

/* A pair of escapes counts as the twelve bytes that it is, before and after it. */
START_TEST(joined_surrogates_leave_columns_true)
{
    static const char format[] = "{\"a\":\"\\ud83d\\ude00 \xc3\xa9 \\\\ud83d\\\\ude00\",\"causeCodeMappings\":[\n"
                                 "{\"d\":\"%s\",\"sipCauseCode\":601,\"disposition\":\"\\uD83D\\uDE00\"},"
                                 "{\"e\":\"\\ud83d\\ude00\",\"sipCauseCode\":\"601\",\"disposition\":\"Busy\"}]}";
    char text[512];
    sipcause_error error;
    snprintf(text, sizeof text, format, "\\ud83d\\ude00\\ud83d\\ude00");
    ck_assert_ptr_null(sipcause_load_bytes(text, strlen(text), NULL, &error));
    NEED(error.code == SIPCAUSE_ERROR_DUPLICATE_KEY);
    const char *line = strchr(text, '\n') + 1;
    ck_assert_uint_eq(error.line, 2);
    ck_assert_uint_eq(error.column, (size_t)(strstr(text, "\"601\"") - line) + 1);
    ck_assert_uint_eq(error.second_line, 2);
    ck_assert_uint_eq(error.second_column, (size_t)(strstr(text, "601,") - line) + 1);
    ck_assert_uint_eq(error.offset, (size_t)(strstr(text, "\"601\"") - text));
}
END_TEST

/* ---- bytes and files --------------------------------------------------------------------------------------- */

static void refuse_bytes(const char *bytes, size_t length, int code, uint32_t line, uint32_t column)
{
    sipcause_error error;
    ck_assert_ptr_null(sipcause_load_bytes(bytes, length, NULL, &error));
    if (error.code == SIPCAUSE_ERROR_MEMORY && out_of_memory())
        return;
    ck_assert_int_eq(error.code, code);
    ck_assert_uint_eq(error.line, line);
    ck_assert_uint_eq(error.column, column);
    ck_assert_str_eq(error.source, "-");
}

START_TEST(bytes_that_are_no_text_are_refused)
{
    static const struct {
        const char *bytes;
        size_t length;
    } sequences[] = {{"\x80", 1},         {"\xc0\x80", 2},         {"\xc1\xbf", 2},         {"\xe0\x9f\xbf", 3},
                     {"\xed\xa0\x80", 3}, {"\xf0\x8f\xbf\xbf", 4}, {"\xf4\x90\x80\x80", 4}, {"\xf5\x80\x80\x80", 4},
                     {"\xff", 1},         {"\xe2\x82", 2},         {"\xf0\x9f\x98", 3},     {"\0", 1}};
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
        char text[64] = "sipcause: 1\n# \xc3\xa9 ";
        size_t before = strlen(text);
        memcpy(text + before, sequences[i].bytes, sequences[i].length);
        refuse_bytes(text, before + sequences[i].length, SIPCAUSE_ERROR_ENCODING, 2, 6);
        memcpy(text + before + sequences[i].length, " is\r\n", 5);
        refuse_bytes(text, before + sequences[i].length + 5, SIPCAUSE_ERROR_ENCODING, 2, 6);
    }
    refuse_bytes("\xff\xfes\0i\0p\0", 8, SIPCAUSE_ERROR_ENCODING, 1, 1);
    refuse_bytes("s\0i\0p\0c\0", 8, SIPCAUSE_ERROR_ENCODING, 1, 1);
    refuse_bytes("\0s\0i\0p\0c", 8, SIPCAUSE_ERROR_ENCODING, 1, 1);
    refuse_bytes("\x07", 1, SIPCAUSE_ERROR_SYNTAX, 1, 1);
    refuse_bytes("abcdefgh\x7f"
                 "abcdefgh",
                 17, SIPCAUSE_ERROR_SYNTAX, 1, 9);
    refuse_bytes("a\r\nb\rc\n\xc2\x80", 9, SIPCAUSE_ERROR_SYNTAX, 4, 1);
    refuse_bytes(NULL, 0, SIPCAUSE_ERROR_FORMAT, 1, 1);
    refuse_bytes("", 0, SIPCAUSE_ERROR_FORMAT, 1, 1);
    sipcause_error error;
    ck_assert_ptr_null(sipcause_load_bytes(NULL, 1, NULL, &error));
    ck_assert_int_eq(error.code, SIPCAUSE_ERROR_MISUSE);
}
END_TEST

/* Every prefix of a file loads or is refused; none crashes, hangs or leaks. */
START_TEST(every_prefix_is_dealt_with)
{
    static const char *const texts[] = {
        "\xef\xbb\xbfsipcause: 1\r\nname: \"\xc3\xa9\\x41\"\nextends: default\ndispositions: [A, {name: 'B', route: "
        "stop}]\n"
        "map:\n  sip:\n    busy-here: {disposition: >-\n      A\n    , note: |\n      x\n  }\n  carrier: {? D35 : B}\n",
        "{\"causeCodeMappings\":[{\"sipCauseCode\":\"7\",\"disposition\":\"\\ud83d\\ude00\"},{\"sipCauseCode\":null,"
        "\"disposition\":\"\\u00e9\"}]}",
    };
    if (memory_run())
        return;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t whole = strlen(texts[i]);
        for (size_t length = 0; length <= whole; length++) {
            char *copy = malloc(length ? length : 1); /* so that reading beyond it is noticed */
            ck_assert_ptr_nonnull(copy);
            memcpy(copy, texts[i], length);
            sipcause_error error;
            sipcause_table *table = sipcause_load_bytes(copy, length, NULL, &error);
            ck_assert(!table == (error.code != SIPCAUSE_OK));
            ck_assert(table || error.text[0]);
            sipcause_table_unref(table);
            free(copy);
        }
    }
}
END_TEST

START_TEST(files_that_cannot_be_read)
{
    sipcause_error error;
    ck_assert_ptr_null(sipcause_load_file("/no/such/file", &error));
    ck_assert_int_eq(error.code, SIPCAUSE_ERROR_FILE);
    ck_assert_str_eq(error.text, "there is no such file");
    ck_assert_str_eq(error.source, "/no/such/file");
    ck_assert_ptr_null(sipcause_load_file("/", &error));
    NEED(error.code == SIPCAUSE_ERROR_FILE);
    ck_assert_str_eq(error.text, "this is a directory, not a file");
    ck_assert_ptr_null(sipcause_load_file(NULL, &error));
    ck_assert_int_eq(error.code, SIPCAUSE_ERROR_MISUSE);
    ck_assert_ptr_null(sipcause_load_file("/no/such/file", NULL));
    if (memory_run() || access("/dev/zero", R_OK) != 0)
        return;
    ck_assert_ptr_null(sipcause_load_file("/dev/zero", &error)); /* it has no end */
    ck_assert_int_eq(error.code, SIPCAUSE_ERROR_TOO_LARGE);
    ck_assert_ptr_null(sipcause_load_file("/dev/null", &error));
    ck_assert_int_eq(error.code, SIPCAUSE_ERROR_FORMAT);
}
END_TEST

START_TEST(a_file_and_a_fifo_load)
{
    char folder[] = "/tmp/sipcause-load-XXXXXX", path[64];
    sipcause_error error;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/map.yaml", folder);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(small, file);
    fclose(file);
    sipcause_table *table = keep_table(sipcause_load_file(path, &error));
    bool good = table || out_of_memory();
    if (table)
        good = strcmp(sipcause_lookup(table, sipcause_carrier(601))->file, path) == 0;
    remove(path);
    if (good && !memory_run() && mkfifo(path, 0600) == 0) {
        if (fork() == 0) {
            FILE *pipe = fopen(path, "wb");
            for (const char *at = small; pipe && *at; at++) { /* byte by byte */
                fputc(*at, pipe);
                fflush(pipe);
            }
            _exit(pipe ? fclose(pipe) : 1);
        }
        good = keep_table(sipcause_load_file(path, &error)) != NULL;
        remove(path);
    }
    rmdir(folder);
    ck_assert(good);
}
END_TEST

START_TEST(test_text_up_to_its_nul)
{
    sipcause_table *table = keep_table(sipcause_load_bytes("sipcause: 1\nname: short\n", SIPCAUSE_TEXT, NULL, NULL));
    NEED(table);
    ck_assert_str_eq(sipcause_table_name(table), "short");
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("load_bytes");
    add_test(suite, sixteen_mebibytes_are_the_limit);
    add_test(suite, nesting_has_an_end);
    add_test(suite, events_stop_at_their_limit);
    add_test(suite, a_trunk_object_has_64_levels);
    add_test(suite, ten_thousand_rows_are_all_there);
    add_test(suite, joined_surrogates_leave_columns_true);
    add_test(suite, bytes_that_are_no_text_are_refused);
    add_test(suite, every_prefix_is_dealt_with);
    add_test(suite, files_that_cannot_be_read);
    add_test(suite, a_file_and_a_fifo_load);
    add_test(suite, test_text_up_to_its_nul);
    return suite;
}
