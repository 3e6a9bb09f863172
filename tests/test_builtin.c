/*
 * The built-in data: every code of every CSV file in data/ answers through the public interface. What takes a call or a
 * translation to ask for is in test_builtin_calls.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "csv.h"

#include <stdlib.h>

/* ---- profiles, dispositions, protocols ---------------------------------------------------------------- */

START_TEST(test_profiles)
{
    csv file;
    size_t count = 0;
    csv_open(&file, "profiles.csv");
    while (csv_next(&file)) {
        const char *name = column(&file, "name");
        ck_assert_str_eq(sipcause_builtin_name(count++), name);
        ck_assert_str_eq(sipcause_table_name(sipcause_builtin(name)), name);
        ck_assert_str_eq(sipcause_builtin_description(name), column(&file, "description"));
    }
    ck_assert_uint_eq(sipcause_builtin_count(), count);
    ck_assert_ptr_null(sipcause_builtin_name(count));
    ck_assert_ptr_null(sipcause_builtin("Default"));
    ck_assert_ptr_null(sipcause_builtin_description("no"));
    ck_assert_ptr_eq(sipcause_builtin(NULL), sipcause_builtin("default"));
}
END_TEST

START_TEST(test_dispositions)
{
    csv file;
    size_t id = 0;
    csv_open(&file, "dispositions.csv");
    while (csv_next(&file)) {
        ck_assert_str_eq(sipcause_disposition_name(NULL, id), column(&file, "name"));
        /* a row that names it takes all the rest from it */
        sipcause_builder *builder = keep_builder(sipcause_builder_new(NULL));
        NEED(builder);
        sipcause_row named = {.disposition = column(&file, "name")};
        NEED(sipcause_builder_map(builder, sipcause_carrier(1), &named, NULL) == SIPCAUSE_OK);
        sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
        NEED(table);
        const sipcause_entry *entry = sipcause_lookup(table, sipcause_carrier(1));
        ck_assert_uint_eq(entry->disposition_id, id++);
        ck_assert_str_eq(sipcause_outcome_name(entry->outcome), column(&file, "outcome"));
        ck_assert_str_eq(sipcause_party_name(entry->party), column(&file, "party"));
        ck_assert_str_eq(sipcause_route_name(entry->route), column(&file, "route"));
    }
    ck_assert_uint_eq(sipcause_disposition_count(NULL), id);
    ck_assert_ptr_null(sipcause_disposition_name(NULL, id));
}
END_TEST

START_TEST(test_reason_protocols)
{
    csv file;
    csv_open(&file, "reason_protocols.csv");
    while (csv_next(&file)) {
        char value[64];
        sipcause_reason_iterator iterator;
        sipcause_reason reason;
        const char *space = column(&file, "space");
        snprintf(value, sizeof value, "%s;cause=200", column(&file, "protocol"));
        sipcause_reason_begin(&iterator, value, SIPCAUSE_TEXT);
        ck_assert(sipcause_reason_next(&iterator, &reason));
        ck_assert_str_eq(sipcause_space_name(reason.space), space);
        ck_assert_uint_eq(reason.cause, 200);
    }
}
END_TEST

/* ---- what codes mean -------------------------------------------------------------------------------- */

/* The row of a code, in every profile that maps it. */
static void check_row(const csv *file, sipcause_code code, const char *name)
{
    ck_assert_str_eq(sipcause_code_name(code), name);
    for (size_t i = 0; i < sipcause_builtin_count(); i++) {
        const char *profile_name = sipcause_builtin_name(i);
        const sipcause_entry *entry = sipcause_lookup(sipcause_builtin(profile_name), code);
        if (!column(file, "disposition")[0]) {
            ck_assert_msg(entry == NULL, "%u is mapped", (unsigned)code.value);
        } else if (strcmp(profile_name, "blocking") != 0 || entry) {
            check_entry(entry, file, name);
            ck_assert_str_eq(entry->name, name);
            ck_assert_int_eq(entry->flags & SIPCAUSE_ENTRY_UNINFORMATIVE, column(file, "uninformative")[0] != 0);
        }
    }
}

static uint32_t number(const csv *file, const char *name)
{
    return (uint32_t)strtoul(column(file, name), NULL, 10);
}

/* Nothing else of the space is mapped or has a name. */
static void check_rest(uint16_t space, const bool listed[1000])
{
    for (uint32_t value = 0; value < 1000; value++)
        if (!listed[value]) {
            ck_assert_ptr_null(sipcause_lookup(NULL, sipcause_code_make(space, value)));
            ck_assert_ptr_null(sipcause_code_name(sipcause_code_make(space, value)));
        }
}

static void check_codes(const char *name, uint16_t space, const char *number_column, const char *name_column)
{
    csv file;
    bool listed[1000] = {false};
    csv_open(&file, name);
    while (csv_next(&file)) {
        listed[number(&file, number_column)] = true;
        check_row(&file, sipcause_code_make(space, number(&file, number_column)), column(&file, name_column));
    }
    check_rest(space, listed);
}

START_TEST(test_every_status)
{
    check_codes("sip_status.csv", SIPCAUSE_SPACE_SIP, "code", "phrase");
    ck_assert_ptr_null(sipcause_lookup(NULL, sipcause_status(601)));
    ck_assert_ptr_null(sipcause_lookup(NULL, sipcause_status(602)));
    ck_assert_ptr_null(sipcause_lookup(NULL, sipcause_status(UINT32_MAX)));
}
END_TEST

START_TEST(test_every_cause)
{
    check_codes("q850.csv", SIPCAUSE_SPACE_Q850, "cause", "name");
}
END_TEST

/* What is read for "space:name". */
static sipcause_code named(const char *space, const char *name)
{
    char text[128];
    sipcause_code code = {0, 0, 0};
    snprintf(text, sizeof text, "%s:%s", space, name);
    ck_assert_msg(sipcause_code_parse(NULL, text, SIPCAUSE_TEXT, &code, NULL) == SIPCAUSE_OK, "%s is not read", text);
    return code;
}

START_TEST(test_every_freeswitch_cause)
{
    csv file;
    bool listed[1000] = {false};
    csv_open(&file, "freeswitch.csv");
    while (csv_next(&file)) {
        const char *name = column(&file, "name");
        static const char *const numbers[] = {"code", "before"};
        for (size_t i = 0; i < 2; i++)
            if (column(&file, numbers[i])[0]) {
                listed[number(&file, numbers[i])] = true;
                check_row(&file, sipcause_code_make(SIPCAUSE_SPACE_FREESWITCH, number(&file, numbers[i])), name);
            }
        ck_assert_uint_eq(named("freeswitch", name).value, number(&file, "code")); /* never the one before */
    }
    check_rest(SIPCAUSE_SPACE_FREESWITCH, listed);
}
END_TEST

START_TEST(test_every_reason_cause)
{
    csv file;
    static bool listed[SIPCAUSE_SPACE_STIR + 1][1000];
    memset(listed, 0, sizeof listed);
    csv_open(&file, "reason_causes.csv");
    while (csv_next(&file)) {
        uint16_t space = (uint16_t)sipcause_space_from_name(column(&file, "space"), SIPCAUSE_TEXT);
        ck_assert_uint_ge(space, SIPCAUSE_SPACE_PREEMPTION);
        ck_assert_uint_le(space, SIPCAUSE_SPACE_STIR);
        listed[space][number(&file, "cause")] = true;
        check_row(&file, sipcause_code_make(space, number(&file, "cause")), column(&file, "name"));
    }
    for (uint16_t space = SIPCAUSE_SPACE_PREEMPTION; space <= SIPCAUSE_SPACE_STIR; space++)
        check_rest(space, listed[space]);
    ck_assert_uint_eq(named("preemption", "ua-preemption").value, 1);
    ck_assert_uint_eq(named("release-cause", "rtp-rtcp-time-out").value, 2);
    ck_assert_uint_eq(named("failure-cause", "media-bearer-or-qos-lost").value, 1);
    ck_assert_uint_eq(named("stir", "Stale-Date").value, 403);
    ck_assert_uint_eq(named("freeswitch", "progress_timeout").value, 807);
}
END_TEST

/* The spaces between and behind those that the tables map, and codes around their first and last rows. */
START_TEST(test_codes_that_no_row_is_for)
{
    const sipcause_code codes[] = {
        {SIPCAUSE_SPACE_NONE, 0, 0},          {SIPCAUSE_SPACE_CARRIER, 0, 607},    {SIPCAUSE_SPACE_TOKEN, 0, 0},
        {SIPCAUSE_SPACE_FREESWITCH, 0, 0},    {SIPCAUSE_SPACE_FREESWITCH, 0, 826}, {SIPCAUSE_SPACE_STIR, 0, 439},
        {SIPCAUSE_SPACE_EMM, 0, 1},           {SIPCAUSE_SPACE_NGAP_PROT, 0, 1},    {254, 0, 1},
        {SIPCAUSE_SPACE_STIR, 0, UINT32_MAX}, {UINT16_MAX, 0, UINT32_MAX}};
    sipcause_builder *builder = keep_builder(sipcause_builder_new(sipcause_builtin(NULL)));
    NEED(builder);
    sipcause_table *overlay = keep_table(sipcause_builder_table(builder, NULL));
    NEED(overlay);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        for (size_t at = 0; at < sipcause_builtin_count(); at++)
            ck_assert_ptr_null(sipcause_lookup(sipcause_builtin(sipcause_builtin_name(at)), codes[i]));
        ck_assert_ptr_null(sipcause_lookup(overlay, codes[i]));
    }
}
END_TEST

/* A table sees what it extends, what it says itself goes before it, and "none" is none. */
START_TEST(test_tables_that_extend)
{
    const sipcause_code user_ends = sipcause_code_make(SIPCAUSE_SPACE_RELEASE_CAUSE, 1),
                        lost = sipcause_code_make(SIPCAUSE_SPACE_RELEASE_CAUSE, 3);
    const sipcause_row busy = {.disposition = "Busy"};
    for (int extends = 0; extends < 2; extends++) {
        sipcause_builder *builder = keep_builder(sipcause_builder_new(sipcause_builtin("fcc-2026")));
        NEED(builder);
        if (!extends)
            NEED(sipcause_builder_clear(builder) == SIPCAUSE_OK);
        NEED(sipcause_builder_map(builder, user_ends, &busy, NULL) == SIPCAUSE_OK);
        sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
        NEED(table);
        ck_assert_str_eq(sipcause_lookup(table, user_ends)->disposition, "Busy");
        const sipcause_entry *inherited = sipcause_lookup(table, lost);
        if (extends)
            ck_assert_str_eq(inherited->name, "Media bearer loss");
        else
            ck_assert_ptr_null(inherited);
    }
    ck_assert_str_eq(sipcause_lookup(NULL, user_ends)->disposition, "Normal Clearing");
}
END_TEST

START_TEST(test_rows_come_in_order)
{
    for (size_t i = 0; i < sipcause_builtin_count(); i++) {
        const sipcause_table *table = sipcause_builtin(sipcause_builtin_name(i));
        sipcause_cursor cursor = {0, 0, 0};
        sipcause_code code, last = {0, 0, 0};
        const sipcause_entry *entry;
        for (; (entry = sipcause_table_next(table, &cursor, &code)) != NULL; last = code) {
            ck_assert(code.space > last.space || (code.space == last.space && code.value > last.value));
            ck_assert_ptr_eq(sipcause_lookup(table, code), entry);
        }
    }
}
END_TEST

START_TEST(test_blocking_has_its_own_rows_only)
{
    sipcause_cursor cursor = {0, 0, 0};
    sipcause_code code;
    const sipcause_code wanted[] = {sipcause_status(603), sipcause_status(607), sipcause_status(608),
                                    sipcause_q850(21)};
    const sipcause_table *blocking = sipcause_builtin("blocking");
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        ck_assert_ptr_nonnull(sipcause_table_next(blocking, &cursor, &code));
        ck_assert_mem_eq(&code, &wanted[i], sizeof code);
    }
    ck_assert_ptr_null(sipcause_table_next(blocking, &cursor, &code));
    ck_assert_ptr_null(sipcause_table_default(blocking));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("builtin");
    add_test(suite, test_profiles);
    add_test(suite, test_dispositions);
    add_test(suite, test_reason_protocols);
    add_test(suite, test_every_status);
    add_test(suite, test_every_cause);
    add_test(suite, test_every_freeswitch_cause);
    add_test(suite, test_every_reason_cause);
    add_test(suite, test_codes_that_no_row_is_for);
    add_test(suite, test_tables_that_extend);
    add_test(suite, test_rows_come_in_order);
    add_test(suite, test_blocking_has_its_own_rows_only);
    return suite;
}
