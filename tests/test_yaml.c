/*
 * Tables as mapping files: what is written loads to an equal table, and what no file can say is not written.
 *
 * SPDX-License-Identifier: MIT
 */
#include "harness.h"
#include "yaml.h"

#include <stdio.h>

/* ---- there and back -------------------------------------------------------------------------------------------- */

/* The builder's table comes back; false when memory is short. */
static bool built_comes_back(const sipcause_builder *builder)
{
    sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
    return table && comes_back(table);
}

START_TEST(test_profiles)
{
    if (memory_run() && _i > 1)
        return; /* a few show where memory is asked for */
    const sipcause_table *table = sipcause_builtin(sipcause_builtin_name((size_t)_i));
    ck_assert_ptr_nonnull(table);
    NEED(comes_back(table));
    for (size_t i = 0; i < sipcause_builtin_count(); i++)
        ck_assert_int_eq(sipcause_table_equal(table, sipcause_builtin(sipcause_builtin_name(i))), i == (size_t)_i);
}
END_TEST

/* The first of a chain of tables; NULL when memory is short. */
static sipcause_table *first_of_chain(void)
{
    sipcause_builder *builder = new_builder(sipcause_builtin("fcc-2026"));
    const sipcause_row label = {.disposition = "Ours", .outcome = "blocked", .route = "later"};
    const sipcause_refinement item = {{.alerted = 1}, {.disposition = "Busy", .name = "item"}};
    sipcause_row says = {.disposition = "Ours", .uninformative = 1, .note = "first", .when = &item, .when_count = 1};
    if (!builder || sipcause_builder_disposition(builder, &label, NULL) != SIPCAUSE_OK ||
        sipcause_builder_map_token(builder, "null", SIPCAUSE_TEXT, &says, NULL) != SIPCAUSE_OK ||
        sipcause_builder_map_no_cause(builder, SIPCAUSE_NO_CAUSE_CANCELLED, &label, NULL) != SIPCAUSE_OK ||
        !map(builder, sipcause_carrier(7), says) || !map(builder, sipcause_status(480), says))
        return NULL;
    return keep_table(sipcause_builder_table(builder, NULL));
}

/* A table that extends a table that extends a profile; a disposition goes away and comes back. */
START_TEST(test_chain)
{
    static const char *const labels[] = {"Busy", "Ours"};
    sipcause_table *base = first_of_chain();
    NEED(base);
    for (size_t i = 0; i < COUNT(labels); i++) {
        sipcause_builder *builder = new_builder(base);
        const sipcause_row own = {.disposition = "Ours", .note = "again"};
        const sipcause_translation to = {.to = 500};
        NEED(builder);
        NEED(map(builder, sipcause_carrier(7), (sipcause_row){.disposition = labels[i]}));
        NEED(map(builder, sipcause_status(480), (sipcause_row){.disposition = labels[i]}));
        NEED(map(builder, sipcause_status(408), (sipcause_row){.name = "renamed", .route = "none"}));
        NEED(map(builder, sipcause_q850(21 + (uint32_t)i),
                 (sipcause_row){.party = "caller", .capped = 1, .route = "amend"}));
        NEED(sipcause_builder_map_token(builder, i ? "zz" : "null", SIPCAUSE_TEXT, &own, NULL) == SIPCAUSE_OK);
        NEED(sipcause_builder_to_sip(builder, 21, &to, 1, 0, 0, NULL) == SIPCAUSE_OK);
        base = keep_table(sipcause_builder_table(builder, NULL));
        NEED(base);
        NEED(comes_back(base));
    }
    ck_assert_str_eq(sipcause_lookup(base, sipcause_carrier(7))->disposition, "Ours");
    ck_assert_uint_eq(sipcause_lookup(base, sipcause_carrier(7))->when_count, 0);
}
END_TEST

START_TEST(test_nothing)
{
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    ck_assert_int_eq(sipcause_builder_clear(builder), SIPCAUSE_OK);
    NEED(built_comes_back(builder));
    ck_assert_str_eq(text, "sipcause: 1\nextends: none\ncause-headers: []\nprecedence: [carrier, q850, sip]\n"
                           "interworking:\n  sip-to-isup:\n"
                           "    location: {requests: U, 3xx: BI, 4xx: BI, 5xx: BI, 6xx: U}\n");
}
END_TEST

/* ---- texts ----------------------------------------------------------------------------------------------------- */

/* A disposition's name holds no control characters. */
static bool printable(const char *label)
{
    for (; *label; label++)
        if ((unsigned char)*label < 0x20 || *label == 0x7f)
            return false;
    return true;
}

START_TEST(test_texts)
{
    if (memory_run() && _i % 16)
        return; /* a few show where memory is asked for */
    const char *odd = odd_texts[_i];
    const sipcause_condition when = {.phrases = &odd, .phrase_count = 1, .texts = &odd, .text_count = 1};
    const sipcause_refinement item = {when, {.disposition = "Busy", .name = odd, .note = odd}};
    sipcause_row says = {.disposition = "Busy", .name = odd, .note = odd, .when = &item, .when_count = 1};
    sipcause_builder *builder = new_builder(sipcause_builtin("blocking"));
    NEED(builder);
    NEED(sipcause_builder_name(builder, odd, odd) == SIPCAUSE_OK);
    if (printable(odd)) {
        const sipcause_row label = {.disposition = odd}, other = {.disposition = "x", .route = "next"};
        NEED(sipcause_builder_disposition(builder, &label, NULL) == SIPCAUSE_OK);
        NEED(sipcause_builder_disposition(builder, &other, NULL) == SIPCAUSE_OK);
        NEED(map(builder, sipcause_carrier(1), label));
        says.disposition = odd;
    }
    NEED(map(builder, sipcause_status(486), says));
    says.when_count = 0;
    says.when = NULL;
    NEED(map(builder, sipcause_status(603), says));
    NEED(built_comes_back(builder));
}
END_TEST

START_TEST(test_words)
{
    static const char *const own[] = {"null",       "NULL",
                                      "true",       "off",
                                      "no",         "0x10",
                                      "1_000",      "1e3",
                                      "010x",       "-",
                                      "--",         "---",
                                      "...",        ".",
                                      "_",          "1.5",
                                      "-7",         "D35",
                                      "5xx",        "6XX",
                                      "601-605",    "0b1",
                                      "0o7",        "e",
                                      "2026-03-25", "y",
                                      "default",    "none",
                                      "08",         "1.5e3",
                                      ".nan",       "busy",
                                      "q850.",      "abcdefghijklmnopqrstuvwxyz_.-9"};
    sipcause_builder *builder = new_builder(sipcause_builtin("blocking"));
    NEED(builder);
    const sipcause_condition when = {.words = own, .word_count = 28};
    const sipcause_refinement item = {when, {.disposition = "Busy"}};
    for (size_t i = 0; i < COUNT(own); i++) {
        const sipcause_row says = {.disposition = "Busy", .when = i ? NULL : &item, .when_count = i == 0};
        NEED(sipcause_builder_map_token(builder, own[i], SIPCAUSE_TEXT, &says, NULL) == SIPCAUSE_OK);
    }
    NEED(built_comes_back(builder));
    for (size_t i = 0; i < COUNT(own); i++)
        ck_assert_ptr_nonnull(strstr(text, own[i]));
}
END_TEST

/* ---- what no file can say --------------------------------------------------------------------------------------- */

static void check_unsayable(const sipcause_table *table)
{
    char little[4] = "abc";
    ck_assert_uint_eq(sipcause_table_yaml(table, NULL, 0), 0);
    ck_assert_uint_eq(sipcause_table_yaml(table, little, sizeof little), 0);
    ck_assert_str_eq(little, "");
    ck_assert(sipcause_table_equal(table, table));
}

START_TEST(test_not_utf8)
{
    if (memory_run() && _i)
        return; /* a few show where memory is asked for */
    static const char *const bad[] = {"\xff",         "\x80",         "a\xe2\x82",        "\xc0\x80",
                                      "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80",
                                      "ok\xc3"};
    for (size_t place = 0; place < 5; place++) {
        sipcause_builder *builder = new_builder(NULL);
        const char *odd = bad[_i];
        const sipcause_refinement item = {
            {.phrases = place == 3 ? &odd : NULL, .phrase_count = place == 3, .alerted = 1},
            {.disposition = "Busy", .note = place == 4 ? odd : NULL}};
        const sipcause_row label = {.disposition = place == 0 ? odd : "x"};
        const sipcause_row says = {
            .disposition = "Busy", .note = place == 1 ? odd : NULL, .when = &item, .when_count = 1};
        NEED(builder);
        NEED(sipcause_builder_name(builder, place == 2 ? odd : "ok", NULL) == SIPCAUSE_OK);
        NEED(sipcause_builder_disposition(builder, &label, NULL) == SIPCAUSE_OK);
        NEED(map(builder, sipcause_status(486), says));
        sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
        NEED(table);
        check_unsayable(table);
    }
}
END_TEST

START_TEST(test_dates)
{
    static const struct {
        int64_t seconds;
        const char *date; /* NULL: none that a file could say */
    } dates[] = {
        {0, "1970-01-01T00:00:00Z"},
        {-1, "1969-12-31T23:59:59Z"},
        {1774396800, "2026-03-25T00:00:00Z"},
        {951782399, "2000-02-28T23:59:59Z"},
        {951782400, "2000-02-29T00:00:00Z"},
        {-2203891200, "1900-03-01T00:00:00Z"},
        {-2203891201, "1900-02-28T23:59:59Z"},
        {1709251199, "2024-02-29T23:59:59Z"},
        {-62135596800, "0001-01-01T00:00:00Z"},
        {253402300799, "9999-12-31T23:59:59Z"},
        {-62135596801, NULL},
        {253402300800, NULL},
        {INT64_MAX, NULL},
        {INT64_MIN + 1, NULL},
    };
    for (size_t i = 0; i < COUNT(dates); i++) {
        char line[64];
        sipcause_builder *builder = new_builder(sipcause_builtin("blocking"));
        NEED(builder);
        ck_assert_int_eq(sipcause_builder_effective(builder, dates[i].seconds), SIPCAUSE_OK);
        sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
        NEED(table);
        if (!dates[i].date) {
            check_unsayable(table);
            continue;
        }
        NEED(comes_back(table));
        snprintf(line, sizeof line, "\neffective: %s\n", dates[i].date);
        ck_assert_ptr_nonnull(strstr(text, line));
    }
}
END_TEST

/* What a file refuses the builder refuses too, and an empty text says nothing. */
START_TEST(test_refused)
{
    const sipcause_condition there = {.locations = 1}, always = {.answered = 0};
    const sipcause_refinement item = {always, {.disposition = "Busy"}};
    const sipcause_row bare = {.disposition = "Busy", .when = &item, .when_count = 1};
    const sipcause_row empty = {.disposition = "Busy", .name = "", .note = ""};
    const sipcause_translation located[] = {{.when = &there, .to = 17}, {.to = 16}};
    const sipcause_translation twice[] = {{.when = &always, .to = 17}, {.to = 16}};
    sipcause_builder *builder = new_builder(sipcause_builtin("blocking"));
    NEED(builder);
    NEED(sipcause_builder_map(builder, sipcause_status(480), &bare, NULL) == SIPCAUSE_ERROR_VALUE);
    NEED(sipcause_builder_to_isup(builder, 486, located, 2, 0, 0, NULL) == SIPCAUSE_ERROR_VALUE);
    NEED(sipcause_builder_to_isup(builder, 486, twice, 2, 0, 0, NULL) == SIPCAUSE_ERROR_VALUE);
    NEED(map(builder, sipcause_status(486), empty));
    NEED(built_comes_back(builder));
}
END_TEST

/* ---- as snprintf does ------------------------------------------------------------------------------------------- */

START_TEST(test_room)
{
    size_t length = sipcause_table_yaml(NULL, text, sizeof text);
    ck_assert_uint_eq(strlen(text), length);
    ck_assert_uint_eq(sipcause_table_yaml(NULL, NULL, 0), length);
    ck_assert_uint_eq(sipcause_table_yaml(NULL, again, length + 1), length);
    ck_assert_str_eq(again, text);
    memset(again, 'x', sizeof again);
    ck_assert_uint_eq(sipcause_table_yaml(NULL, again, length), length);
    ck_assert_uint_eq(strlen(again), length - 1); /* cut, and still a text */
    ck_assert_mem_eq(again, text, length - 1);
    ck_assert_int_eq(again[length], 'x');
    ck_assert_uint_eq(sipcause_table_yaml(NULL, again, 1), length);
    ck_assert_str_eq(again, "");
    ck_assert_uint_eq(sipcause_table_yaml(NULL, NULL, 7), length);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("yaml");
    add_loop_test(suite, test_profiles, (int)sipcause_builtin_count());
    add_test(suite, test_chain);
    add_test(suite, test_nothing);
    add_loop_test(suite, test_texts, (int)COUNT(odd_texts));
    add_test(suite, test_words);
    add_loop_test(suite, test_not_utf8, 9);
    add_test(suite, test_dates);
    add_test(suite, test_refused);
    add_test(suite, test_room);
    return suite;
}
