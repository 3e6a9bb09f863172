/*
 * What a builder refuses, and what it then says.
 *
 * SPDX-License-Identifier: MIT
 */
#include "harness.h"

#include <string.h>

static const struct {
    uint16_t space;
    uint32_t value;
    sipcause_row from;
    int code;
    const char *text;
} refused[] = {
    {SIPCAUSE_SPACE_SIP, 34, {.disposition = "Busy"}, SIPCAUSE_ERROR_CAUSE_IN_STATUS, "No circuit/channel available"},
    {SIPCAUSE_SPACE_SIP, 99, {.disposition = "Busy"}, SIPCAUSE_ERROR_CAUSE_IN_STATUS, "q850:99"},
    {SIPCAUSE_SPACE_SIP, 999, {.disposition = "Busy"}, SIPCAUSE_ERROR_RANGE, "100-699"},
    {SIPCAUSE_SPACE_SIP, 807, {.disposition = "Busy"}, SIPCAUSE_ERROR_FREESWITCH_NUMBER, "PROGRESS_TIMEOUT"},
    {SIPCAUSE_SPACE_Q850, 503, {.disposition = "Busy"}, SIPCAUSE_ERROR_STATUS_IN_CAUSE, "Service Unavailable"},
    {SIPCAUSE_SPACE_Q850, 0, {.disposition = "Busy"}, SIPCAUSE_ERROR_CAUSE_ZERO, "1-127"},
    {SIPCAUSE_SPACE_Q850, 128, {.disposition = "Busy"}, SIPCAUSE_ERROR_RANGE, "1-127"},
    {200, 1, {.disposition = "Busy"}, SIPCAUSE_ERROR_UNKNOWN_CODE, "200"},
    {SIPCAUSE_SPACE_NONE, 1, {.disposition = "Busy"}, SIPCAUSE_ERROR_UNKNOWN_CODE, "0"},
    {SIPCAUSE_SPACE_SIP, 486, {.disposition = "Bussy"}, SIPCAUSE_ERROR_UNKNOWN_DISPOSITION, "did you mean \"Busy\"?"},
    {SIPCAUSE_SPACE_SIP, 486, {.disposition = "busy"}, SIPCAUSE_ERROR_UNKNOWN_DISPOSITION, "did you mean \"Busy\"?"},
    {SIPCAUSE_SPACE_SIP, 486, {.disposition = "Quite Another"}, SIPCAUSE_ERROR_UNKNOWN_DISPOSITION, "declare it"},
    {SIPCAUSE_SPACE_SIP, 486, {.outcome = "bussy"}, SIPCAUSE_ERROR_UNKNOWN_CODE, "no outcome \"bussy\""},
    {SIPCAUSE_SPACE_SIP, 486, {.party = "carrier"}, SIPCAUSE_ERROR_UNKNOWN_CODE, "no party \"carrier\""},
    {SIPCAUSE_SPACE_SIP, 486, {.route = "retry"}, SIPCAUSE_ERROR_UNKNOWN_CODE, "no route \"retry\""},
    {SIPCAUSE_SPACE_CARRIER, 601, {.note = "x"}, SIPCAUSE_ERROR_MISSING, "names no disposition"},
    {SIPCAUSE_SPACE_SIP, 200, {.note = "x"}, SIPCAUSE_ERROR_MISSING, "names no disposition"},
    {SIPCAUSE_SPACE_TOKEN, 0, {.disposition = "Busy"}, SIPCAUSE_ERROR_MISUSE, "token"},
};

START_TEST(test_refused_rows)
{
    sipcause_error error;
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    sipcause_row from = refused[_i].from;
    from.line = 12;
    from.column = 5;
    int result = sipcause_builder_map(builder, sipcause_code_make(refused[_i].space, refused[_i].value), &from, &error);
    NEED(result != SIPCAUSE_ERROR_MEMORY);
    ck_assert_int_eq(result, refused[_i].code);
    ck_assert_int_eq(error.code, refused[_i].code);
    ck_assert_msg(strstr(error.text, refused[_i].text) != NULL, "%s", error.text);
    if (result != SIPCAUSE_ERROR_MISUSE)
        ck_assert_uint_eq(error.line * 100 + error.column, 1205);
    sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
    NEED(table);
    sipcause_cursor cursor = {0, 0, 0}, standard = {0, 0, 0};
    const sipcause_entry *entry;
    while ((entry = sipcause_table_next(table, &cursor, NULL)) != NULL)
        ck_assert_ptr_eq(entry, sipcause_table_next(NULL, &standard, NULL)); /* nothing was added */
}
END_TEST

START_TEST(test_refused_twice)
{
    sipcause_error error;
    char text[1024];
    sipcause_row first = {.disposition = "Busy", .line = 3, .column = 5};
    sipcause_row second = {.disposition = "Busy", .line = 9, .column = 7};
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    NEED(map(builder, sipcause_status(486), first));
    ck_assert_int_eq(sipcause_builder_map(builder, sipcause_status(486), &second, &error),
                     SIPCAUSE_ERROR_DUPLICATE_KEY);
    sipcause_error_format(&error, text, sizeof text);
    ck_assert_str_eq(text, "9:7: error: sip:486 is mapped twice [duplicate-key]\n3:5: note: first defined here");
    NEED(sipcause_builder_name(builder, NULL, "acme.db") == SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_builder_map(builder, sipcause_status(486), &second, &error),
                     SIPCAUSE_ERROR_DUPLICATE_KEY);
    ck_assert_str_eq(error.source, "acme.db");
    NEED(sipcause_builder_map_token(builder, "D35", 3, &first, NULL) == SIPCAUSE_OK);
    int result = sipcause_builder_map_token(builder, "D35", 3, &second, &error);
    NEED(result != SIPCAUSE_ERROR_MEMORY);
    ck_assert_int_eq(result, SIPCAUSE_ERROR_DUPLICATE_KEY);
    ck_assert_str_eq(error.text, "carrier:D35 is mapped twice");
    NEED(sipcause_builder_map_token(builder, "d35", 3, &first, NULL) == SIPCAUSE_OK);
    NEED(sipcause_builder_map_class(builder, 5, &first, NULL) == SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_builder_map_class(builder, 5, &second, &error), SIPCAUSE_ERROR_DUPLICATE_KEY);
    ck_assert_str_eq(error.text, "sip:5xx is mapped twice");
    NEED(sipcause_builder_map_default(builder, &first, NULL) == SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_builder_map_default(builder, &second, &error), SIPCAUSE_ERROR_DUPLICATE_KEY);
    ck_assert_str_eq(error.text, "default is mapped twice");
    NEED(sipcause_builder_map_no_cause(builder, SIPCAUSE_NO_CAUSE_CANCELLED, &first, NULL) == SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_builder_map_no_cause(builder, SIPCAUSE_NO_CAUSE_CANCELLED, &second, &error),
                     SIPCAUSE_ERROR_DUPLICATE_KEY);
    ck_assert_str_eq(error.text, "no-cause:cancelled is mapped twice");
    ck_assert_uint_eq(error.second_line, 3);
}
END_TEST

/* Carrier numbers are told apart by their order as long as they rise, and by a hash from then on. */
static const struct {
    uint32_t values[6];
    uint32_t twice; /* where the one stands that came before; 6: none */
} orders[] = {
    {{1, 2, 3, 4, 5, 4294967295u}, 6}, {{4294967295u, 1, 2, 3, 4, 4294967295u}, 5},
    {{5, 4, 3, 2, 1, 0}, 6},           {{1, 2, 3, 7, 5, 7}, 5},
    {{1, 2, 2, 3, 4, 5}, 2},           {{0, 0, 1, 2, 3, 4}, 1},
    {{3, 9, 1, 10, 11, 10}, 5},        {{1, 2, 3, 4, 5, 1}, 5},
};

START_TEST(test_carrier_numbers_in_any_order)
{
    sipcause_error error;
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    sipcause_row from = {.disposition = "Busy"};
    NEED(sipcause_builder_map_token(builder, "D35", SIPCAUSE_TEXT, &from, NULL) == SIPCAUSE_OK);
    for (uint32_t i = 0; i < 6; i++) {
        from.line = i + 1;
        int result = sipcause_builder_map(builder, sipcause_carrier(orders[_i].values[i]), &from, &error);
        NEED(result != SIPCAUSE_ERROR_MEMORY);
        ck_assert_int_eq(result, i == orders[_i].twice ? SIPCAUSE_ERROR_DUPLICATE_KEY : SIPCAUSE_OK);
    }
    sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
    NEED(table);
    for (uint32_t i = 0; i < 6; i++) {
        const sipcause_entry *entry = sipcause_lookup(table, sipcause_carrier(orders[_i].values[i]));
        ck_assert_ptr_nonnull(entry);
        ck_assert(i == orders[_i].twice ? entry->line < i + 1 : entry->line == i + 1);
    }
    ck_assert_ptr_nonnull(sipcause_lookup_token(table, "D35", SIPCAUSE_TEXT));
    builder = new_builder(table);
    NEED(builder);
    from.line = 0;
    for (uint32_t i = 0; i < 6; i++) { /* in the table that extends it each may be said once again */
        int result = sipcause_builder_map(builder, sipcause_carrier(orders[_i].values[i]), &from, &error);
        NEED(result != SIPCAUSE_ERROR_MEMORY);
        ck_assert_int_eq(result, i == orders[_i].twice ? SIPCAUSE_ERROR_DUPLICATE_KEY : SIPCAUSE_OK);
    }
}
END_TEST

START_TEST(test_refused_words)
{
    static const char *const bad[] = {"", "a b", "0123456789012345678901234567890x", "\xc3\xa9", "a:b", "99999999999"};
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    sipcause_row from = {.disposition = "Busy"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int result = sipcause_builder_map_token(builder, bad[i], SIPCAUSE_TEXT, &from, NULL);
        ck_assert_int_eq(result, i == 5 ? SIPCAUSE_ERROR_RANGE : SIPCAUSE_ERROR_VALUE);
    }
    NEED(sipcause_builder_map_token(builder, "0601", 4, &from, NULL) == SIPCAUSE_OK); /* digits are a number */
    sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
    NEED(table);
    ck_assert_ptr_nonnull(sipcause_lookup(table, sipcause_carrier(601)));
    ck_assert_ptr_nonnull(sipcause_lookup_token(table, "00601", 5));
    ck_assert_ptr_null(sipcause_lookup_token(table, "", 0));
    ck_assert_ptr_null(sipcause_lookup_token(table, NULL, 0));
}
END_TEST

START_TEST(test_refused_dispositions_and_headers)
{
    sipcause_error error;
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    sipcause_row busy = {.disposition = "Busy", .line = 2, .column = 3},
                 own = {.disposition = "Own", .line = 4, .column = 3};
    ck_assert_int_eq(sipcause_builder_disposition(builder, &busy, &error), SIPCAUSE_ERROR_DUPLICATE_KEY);
    ck_assert_str_eq(error.text, "\"Busy\" is built in; it need not be declared");
    NEED(sipcause_builder_disposition(builder, &own, NULL) == SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_builder_disposition(builder, &own, &error), SIPCAUSE_ERROR_DUPLICATE_KEY);
    ck_assert_uint_eq(error.second_line, 4);
    ck_assert_int_eq(sipcause_builder_disposition(builder, &(sipcause_row){.disposition = ""}, &error),
                     SIPCAUSE_ERROR_VALUE);
    sipcause_cause_header bad_name = {.name = "X Cause", .space = SIPCAUSE_SPACE_CARRIER};
    sipcause_cause_header bad_space = {.name = "X-Cause", .space = SIPCAUSE_SPACE_TOKEN};
    sipcause_cause_header good = {.name = "X-Cause", .space = SIPCAUSE_SPACE_CARRIER};
    sipcause_cause_header same = {.name = "x-cause", .space = SIPCAUSE_SPACE_CARRIER};
    ck_assert_int_eq(sipcause_builder_cause_header(builder, &bad_name, 1, 1, &error), SIPCAUSE_ERROR_VALUE);
    ck_assert_int_eq(sipcause_builder_cause_header(builder, &bad_space, 1, 1, &error), SIPCAUSE_ERROR_VALUE);
    NEED(sipcause_builder_cause_header(builder, &good, 5, 5, &error) == SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_builder_cause_header(builder, &same, 6, 5, &error), SIPCAUSE_ERROR_DUPLICATE_KEY);
    ck_assert_uint_eq(error.second_line, 5);
    const uint16_t twice[] = {SIPCAUSE_SPACE_SIP, SIPCAUSE_SPACE_SIP}, none[] = {SIPCAUSE_SPACE_NONE};
    ck_assert_int_eq(sipcause_builder_precedence(builder, twice, 2, &error), SIPCAUSE_ERROR_DUPLICATE_KEY);
    ck_assert_int_eq(sipcause_builder_precedence(builder, none, 1, &error), SIPCAUSE_ERROR_VALUE);
    ck_assert_int_eq(sipcause_builder_precedence(builder, twice, 0, &error), SIPCAUSE_ERROR_MISUSE);
}
END_TEST

static const sipcause_condition without_array[] = {
    {.phrase_count = 1}, {.text_count = 1}, {.warning_count = 1}, {.code_count = 1}, {.word_count = 1},
};

START_TEST(test_lists_without_array)
{
    sipcause_error error;
    sipcause_refinement item = {without_array[_i], {.disposition = "Busy"}};
    sipcause_row from = {.when = &item, .when_count = 1};
    sipcause_translation answer = {.when = &without_array[_i], .to = 17};
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    int result = sipcause_builder_map(builder, sipcause_status(480), &from, &error);
    NEED(result != SIPCAUSE_ERROR_MEMORY);
    ck_assert_int_eq(result, SIPCAUSE_ERROR_MISUSE);
    result = sipcause_builder_to_isup(builder, 480, &answer, 1, 0, 0, &error);
    NEED(result != SIPCAUSE_ERROR_MEMORY);
    ck_assert_int_eq(result, SIPCAUSE_ERROR_MISUSE);
    sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
    NEED(table);
    ck_assert_uint_lt(sipcause_table_bytes(table),
                      sizeof(sipcause_table) + 64); /* no copy of the inherited rules was left behind */
}
END_TEST

START_TEST(test_null_is_accepted_or_misuse)
{
    ck_assert_int_eq(sipcause_builder_map(NULL, sipcause_status(486), NULL, NULL), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_builder_name(NULL, NULL, NULL), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_builder_clear(NULL), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_builder_no_cause_headers(NULL), SIPCAUSE_ERROR_MISUSE);
    ck_assert_ptr_null(sipcause_builder_table(NULL, NULL));
    sipcause_builder_free(NULL);
    sipcause_table_unref(NULL);
    ck_assert_ptr_null(sipcause_table_ref(NULL));
    sipcause_table_unref(sipcause_table_ref(sipcause_builtin(NULL)));
    sipcause_release_free(NULL);
    sipcause_release_reset(NULL);
    ck_assert_ptr_null(sipcause_decide(NULL));
    ck_assert_uint_eq(sipcause_finding_count(NULL), 0);
}
END_TEST

#define COUNT(array) (int)(sizeof(array) / sizeof *(array))

/* An error of a refinement is at the row's place where it has none of its own, and has the builder's file. */
START_TEST(test_place_of_refinement)
{
    const sipcause_refinement empty = {.row = {.disposition = "Busy"}};
    const sipcause_row says = {.disposition = "Busy", .when = &empty, .when_count = 1, .line = 9, .column = 2};
    sipcause_error error;
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    NEED(sipcause_builder_name(builder, NULL, "db") == SIPCAUSE_OK);
    NEED(sipcause_builder_map(builder, sipcause_status(480), &says, &error) == SIPCAUSE_ERROR_VALUE);
    ck_assert_uint_eq(error.line, 9);
    ck_assert_uint_eq(error.column, 2);
    ck_assert_str_eq(error.source, "db");
    ck_assert_int_eq(sipcause_builder_map_class(builder, 2, &says, &error), SIPCAUSE_ERROR_RANGE);
    ck_assert_str_eq(error.source, "db");
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("row");
    add_loop_test(suite, test_refused_rows, COUNT(refused));
    add_test(suite, test_refused_twice);
    add_loop_test(suite, test_carrier_numbers_in_any_order, COUNT(orders));
    add_test(suite, test_refused_words);
    add_test(suite, test_refused_dispositions_and_headers);
    add_loop_test(suite, test_lists_without_array, COUNT(without_array));
    add_test(suite, test_null_is_accepted_or_misuse);
    add_test(suite, test_place_of_refinement);
    return suite;
}
