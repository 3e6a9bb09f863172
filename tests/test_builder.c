/*
 * Tables made in C: what rows inherit, what is refused, what the frozen table answers.
 *
 * SPDX-License-Identifier: MIT
 */
#include "harness.h"

#include <stdio.h>

static void check(const sipcause_entry *entry, const char *label, const char *outcome, const char *party,
                  const char *route)
{
    ck_assert_ptr_nonnull(entry);
    ck_assert_str_eq(entry->disposition, label);
    ck_assert_str_eq(sipcause_outcome_name(entry->outcome), outcome);
    ck_assert_str_eq(sipcause_party_name(entry->party), party);
    ck_assert_str_eq(sipcause_route_name(entry->route), route);
}

START_TEST(test_overlay_leaves_the_rest)
{
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    NEED(sipcause_builder_name(builder, "acme", "acme.db") == SIPCAUSE_OK);
    NEED(map(builder, sipcause_status(403), (sipcause_row){.disposition = "Fraud / Security Block", .line = 7}));
    NEED(map(builder, sipcause_carrier(602),
             (sipcause_row){.disposition = "Network Error", .route = "later", .note = "n"}));
    sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
    NEED(table);
    const sipcause_entry *entry = sipcause_lookup(table, sipcause_status(403));
    check(entry, "Fraud / Security Block", "blocked", "network", "stop");
    ck_assert_str_eq(entry->name, "Forbidden");
    ck_assert_str_eq(entry->file, "acme.db");
    ck_assert_uint_eq(entry->line, 7);
    ck_assert_uint_eq(entry->flags, 0);
    entry = sipcause_lookup(table, sipcause_carrier(602));
    check(entry, "Network Error", "network-failure", "network", "later");
    ck_assert_str_eq(entry->note, "n");
    ck_assert_ptr_null(entry->name);
    ck_assert_uint_eq(entry->flags, SIPCAUSE_ENTRY_ROUTE_GIVEN);
    ck_assert_ptr_eq(sipcause_lookup(table, sipcause_status(486)), sipcause_lookup(NULL, sipcause_status(486)));
    ck_assert_ptr_eq(sipcause_table_default(table), sipcause_table_default(NULL));
    ck_assert_ptr_null(sipcause_lookup(table, sipcause_carrier(601)));
    ck_assert_ptr_null(sipcause_lookup(table, sipcause_status(602)));
    ck_assert_str_eq(sipcause_table_name(table), "acme");
}
END_TEST

START_TEST(test_row_keeps_what_it_does_not_say)
{
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    /* 34 is Network Error with outcome congestion: naming the same disposition keeps that */
    NEED(map(builder, sipcause_q850(34), (sipcause_row){.disposition = "Network Error", .note = "ours"}));
    NEED(map(builder, sipcause_q850(42), (sipcause_row){.disposition = "Unreachable"}));
    NEED(map(builder, sipcause_q850(31), (sipcause_row){.disposition = "Unreachable"}));
    NEED(map(builder, sipcause_q850(127), (sipcause_row){.party = "network"}));
    sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
    NEED(table);
    check(sipcause_lookup(table, sipcause_q850(34)), "Network Error", "congestion", "network", "next");
    check(sipcause_lookup(table, sipcause_q850(42)), "Unreachable", "unreachable", "callee", "stop");
    ck_assert_uint_eq(sipcause_lookup(table, sipcause_q850(31))->flags, 0); /* another disposition: informative */
    ck_assert_uint_eq(sipcause_lookup(table, sipcause_q850(127))->flags, SIPCAUSE_ENTRY_UNINFORMATIVE);
    ck_assert_uint_eq(sipcause_lookup(table, sipcause_q850(127))->party, SIPCAUSE_PARTY_NETWORK);
}
END_TEST

/* A 603 with a whole notice under a table; NULL when memory is short. */
static const char *blocked_disposition(const sipcause_table *table)
{
    static const char reason[] = "SIP;cause=603;text=\"v=analytics1;url=https://example.com\"";
    sipcause_release *release = keep_release(sipcause_release_new(table));
    if (!release ||
        sipcause_release_response(release, 603, "Network Blocked", SIPCAUSE_TEXT, NULL, 0, NULL, 0, 0) != SIPCAUSE_OK ||
        sipcause_release_header(release, "Reason", 6, reason, SIPCAUSE_TEXT) != SIPCAUSE_OK)
        return NULL;
    const sipcause_verdict *verdict = sipcause_decide(release);
    return verdict ? verdict->disposition : NULL;
}

START_TEST(test_refinements_follow_the_disposition)
{
    sipcause_builder *same = new_builder(NULL), *other = new_builder(NULL);
    NEED(same && other);
    NEED(map(same, sipcause_status(603), (sipcause_row){.disposition = "Rejected", .note = "mine"}));
    NEED(map(other, sipcause_status(603), (sipcause_row){.disposition = "Busy"}));
    sipcause_table *kept = keep_table(sipcause_builder_table(same, NULL));
    sipcause_table *dropped = keep_table(sipcause_builder_table(other, NULL));
    NEED(kept && dropped);
    /* over a table that was itself built, the same */
    sipcause_builder *third = new_builder(kept);
    NEED(third);
    NEED(map(third, sipcause_carrier(1), (sipcause_row){.disposition = "Busy"}));
    sipcause_table *copied = keep_table(sipcause_builder_table(third, NULL));
    NEED(copied);
    const char *by_kept = blocked_disposition(kept), *by_dropped = blocked_disposition(dropped);
    const char *by_copied = blocked_disposition(copied);
    NEED(by_kept && by_dropped && by_copied);
    ck_assert_str_eq(by_kept, "Fraud / Security Block");
    ck_assert_str_eq(by_dropped, "Busy");
    ck_assert_str_eq(by_copied, "Fraud / Security Block");
}
END_TEST

START_TEST(test_table_over_table)
{
    sipcause_builder *first = new_builder(sipcause_builtin("rfc3398"));
    NEED(first);
    sipcause_row own = {.disposition = "Toll Fraud Hold", .outcome = "blocked", .party = "network", .route = "stop"};
    sipcause_cause_header header = {.name = "X-One", .parameter = "code", .space = SIPCAUSE_SPACE_CARRIER};
    const uint16_t order[] = {SIPCAUSE_SPACE_SIP, SIPCAUSE_SPACE_CARRIER};
    NEED(sipcause_builder_disposition(first, &own, NULL) == SIPCAUSE_OK);
    NEED(map(first, sipcause_carrier(1), (sipcause_row){.disposition = "Toll Fraud Hold", .name = "Hold", .line = 3}));
    NEED(sipcause_builder_map_token(first, "D35", 3, &(sipcause_row){.disposition = "Busy"}, NULL) == SIPCAUSE_OK);
    NEED(sipcause_builder_map_no_cause(first, SIPCAUSE_NO_CAUSE_ANSWERED, &(sipcause_row){.disposition = "Busy"},
                                       NULL) == SIPCAUSE_OK);
    NEED(sipcause_builder_cause_header(first, &header, 0, 0, NULL) == SIPCAUSE_OK);
    NEED(sipcause_builder_precedence(first, order, 2, NULL) == SIPCAUSE_OK);
    sipcause_table *base = keep_table(sipcause_builder_table(first, NULL));
    NEED(base);
    sipcause_builder *second = new_builder(base);
    NEED(second);
    NEED(map(second, sipcause_carrier(1), (sipcause_row){.note = "again"})); /* inherits all but the note */
    NEED(sipcause_builder_map_token(second, "D36", 3, &(sipcause_row){.disposition = "Toll Fraud Hold"}, NULL) ==
         SIPCAUSE_OK);
    NEED(sipcause_builder_map_token(second, "D35", 3, &(sipcause_row){.disposition = "Rejected"}, NULL) == SIPCAUSE_OK);
    sipcause_table *table = keep_table(sipcause_builder_table(second, NULL));
    NEED(table);
    const sipcause_entry *entry = sipcause_lookup(table, sipcause_carrier(1));
    check(entry, "Toll Fraud Hold", "blocked", "network", "stop");
    ck_assert_str_eq(entry->name, "Hold");
    ck_assert_str_eq(entry->note, "again");
    check(sipcause_lookup_token(table, "D35", 3), "Rejected", "rejected", "callee", "stop");
    check(sipcause_lookup_token(table, "D36", SIPCAUSE_TEXT), "Toll Fraud Hold", "blocked", "network", "stop");
    ck_assert_ptr_null(sipcause_lookup_token(base, "D36", 3));
    ck_assert_uint_eq(sipcause_disposition_count(table), sipcause_disposition_count(NULL) + 1);
    ck_assert_ptr_null(sipcause_table_no_cause(table, SIPCAUSE_NO_CAUSE_CANCELLED)); /* replaced whole */
    check(sipcause_table_no_cause(table, SIPCAUSE_NO_CAUSE_ANSWERED), "Busy", "busy", "callee", "stop");
    ck_assert_uint_eq(sipcause_precedence_count(table), 2);
    ck_assert_uint_eq(sipcause_precedence_at(table, 0), SIPCAUSE_SPACE_SIP);
    ck_assert_uint_eq(sipcause_precedence_at(table, 2), SIPCAUSE_SPACE_NONE);
    sipcause_cause_header got;
    ck_assert_uint_eq(sipcause_cause_header_count(table), 1);
    ck_assert(sipcause_cause_header_at(table, 0, &got));
    ck_assert_str_eq(got.name, "X-One");
    ck_assert_str_eq(got.parameter, "code");
    ck_assert(!sipcause_cause_header_at(table, 1, &got));
}
END_TEST

START_TEST(test_iteration_in_order)
{
    sipcause_builder *builder = new_builder(sipcause_builtin("blocking"));
    NEED(builder);
    NEED(map(builder, sipcause_carrier(4000000000u), (sipcause_row){.disposition = "Busy"}));
    NEED(sipcause_builder_map_token(builder, "zeta", 4, &(sipcause_row){.disposition = "Busy"}, NULL) == SIPCAUSE_OK);
    NEED(sipcause_builder_map_token(builder, "alpha", 5, &(sipcause_row){.disposition = "Busy"}, NULL) == SIPCAUSE_OK);
    NEED(map(builder, sipcause_code_make(SIPCAUSE_SPACE_STIR, 436), (sipcause_row){.disposition = "Busy"}));
    NEED(map(builder, sipcause_carrier(0), (sipcause_row){.disposition = "Busy"}));
    NEED(map(builder, sipcause_status(607), (sipcause_row){.disposition = "Busy"}));
    NEED(map(builder, sipcause_status(486), (sipcause_row){.disposition = "Busy"}));
    sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
    NEED(table);
    static const char *const order[] = {
        "sip:486",      "sip:603",       "sip:607", "sip:608", "q850:21", "carrier:0", "carrier:4000000000",
        "carrier:zeta", "carrier:alpha", "stir:436"};
    sipcause_cursor cursor = {0, 0, 0};
    sipcause_code code, parsed;
    char text[64];
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const sipcause_entry *entry = sipcause_table_next(table, &cursor, &code);
        ck_assert_ptr_nonnull(entry);
        ck_assert_ptr_eq(entry, sipcause_lookup(table, code));
        sipcause_code_format(table, code, text, sizeof text);
        ck_assert_str_eq(text, order[i]);
        ck_assert_int_eq(sipcause_code_parse(table, text, SIPCAUSE_TEXT, &parsed, NULL), SIPCAUSE_OK);
        ck_assert_mem_eq(&parsed, &code, sizeof code);
    }
    ck_assert_ptr_null(sipcause_table_next(table, &cursor, &code));
    ck_assert_ptr_null(sipcause_table_next(table, &cursor, &code));
}
END_TEST

START_TEST(test_many_rows)
{
    uint32_t count = sized(100000, 10000, 100);
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    char token[16];
    for (uint32_t i = 0; i < count; i++) {
        uint32_t value = i * 2654435761u; /* each once, in no order */
        NEED(map(builder, sipcause_carrier(value),
                 (sipcause_row){.disposition = i % 2 ? "Busy" : "Rejected", .line = i + 1}));
        int length = snprintf(token, sizeof token, "W%u", i);
        NEED(sipcause_builder_map_token(builder, token, (size_t)length,
                                        &(sipcause_row){.disposition = "Busy", .line = i + 1}, NULL) == SIPCAUSE_OK);
    }
    sipcause_row rejected = {.disposition = "Rejected"};
    NEED(sipcause_builder_map_default(builder, &rejected, NULL) == SIPCAUSE_OK);
    NEED(sipcause_builder_map_class(builder, 5, &rejected, NULL) == SIPCAUSE_OK);
    NEED(sipcause_builder_map_no_cause(builder, SIPCAUSE_NO_CAUSE_ANSWERED, &rejected, NULL) == SIPCAUSE_OK);
    NEED(map(builder, sipcause_status(486), rejected));
    sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
    NEED(table);
    ck_assert_str_eq(sipcause_table_default(table)->disposition, "Rejected");
    ck_assert_str_eq(sipcause_table_class(table, 5)->disposition, "Rejected");
    ck_assert_str_eq(sipcause_table_no_cause(table, SIPCAUSE_NO_CAUSE_ANSWERED)->disposition, "Rejected");
    ck_assert_str_eq(sipcause_lookup(table, sipcause_status(486))->disposition, "Rejected");
    for (uint32_t i = 0; i < count; i++) {
        const sipcause_entry *entry = sipcause_lookup(table, sipcause_carrier(i * 2654435761u));
        ck_assert_ptr_nonnull(entry);
        ck_assert_uint_eq(entry->line, i + 1);
        snprintf(token, sizeof token, "W%u", i);
        entry = sipcause_lookup_token(table, token, SIPCAUSE_TEXT);
        ck_assert_ptr_nonnull(entry);
        ck_assert_uint_eq(entry->line, i + 1);
    }
    sipcause_cursor cursor = {0, 0, 0};
    sipcause_code code, last = {0, 0, 0};
    uint32_t seen = 0;
    while (sipcause_table_next(table, &cursor, &code)) {
        ck_assert(code.space > last.space || (code.space == last.space && code.value > last.value));
        last = code;
        seen++;
    }
    uint32_t standard = 0;
    for (cursor = (sipcause_cursor){0, 0, 0}; sipcause_table_next(NULL, &cursor, NULL);)
        standard++;
    ck_assert_uint_eq(seen, standard + 2 * count);
}
END_TEST

START_TEST(test_small_overlay_is_small)
{
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    for (uint32_t i = 0; i < 20; i++)
        NEED(map(builder, i % 4 ? sipcause_carrier(600 + i) : sipcause_status(480 + i),
                 (sipcause_row){.disposition = "Busy", .line = i + 1}));
    sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
    NEED(table);
    /* the rows themselves, an index of a few bytes a row, and the table's own head */
    ck_assert_uint_le(sipcause_table_bytes(table), 20 * (sizeof(row) + 32) + sizeof(sipcause_table) + 256);
}
END_TEST

/* The dense codes that a lookup finds are those that the list has, and each is the same entry. */
static void check_dense(const sipcause_table *table)
{
    static const struct {
        uint16_t space, end;
    } dense[] = {{SIPCAUSE_SPACE_NONE, 300}, {SIPCAUSE_SPACE_SIP, 1100}, {SIPCAUSE_SPACE_Q850, 1100}, {255, 300}};
    uint32_t found = 0, listed = 0;
    for (size_t i = 0; i < sizeof dense / sizeof *dense; i++)
        for (uint32_t value = 0; value < dense[i].end; value++)
            found += sipcause_lookup(table, sipcause_code_make(dense[i].space, value)) != NULL;
    sipcause_cursor cursor = {0, 0, 0};
    sipcause_code code;
    const sipcause_entry *entry;
    while ((entry = sipcause_table_next(table, &cursor, &code)) != NULL) {
        listed += code.space <= SIPCAUSE_SPACE_Q850;
        if (code.space <= SIPCAUSE_SPACE_Q850)
            ck_assert_ptr_eq(sipcause_lookup(table, code), entry);
    }
    ck_assert_uint_gt(listed, 0);
    ck_assert_uint_eq(found, listed);
}

/* Own rows beside the profile's and over them, and without a profile. */
START_TEST(test_dense_codes)
{
    for (size_t i = 0; i < sipcause_builtin_count(); i++)
        check_dense(sipcause_builtin(sipcause_builtin_name(i)));
    for (int cleared = 0; cleared < 2; cleared++) {
        sipcause_builder *builder = new_builder(NULL);
        NEED(builder);
        if (cleared)
            ck_assert_int_eq(sipcause_builder_clear(builder), SIPCAUSE_OK);
        for (uint32_t i = 0; i < 128; i += 1 + i % 9) {
            NEED(map(builder, sipcause_status(699 - 3 * i), (sipcause_row){.disposition = "Busy"}));
            NEED(i == 0 || map(builder, sipcause_q850(i), (sipcause_row){.disposition = "Busy"}));
            sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
            NEED(table);
            check_dense(table);
        }
    }
}
END_TEST

/* Rows that map their codes under conditions only are found by no number of a space, known or not. */
START_TEST(test_lookup_of_unknown_spaces)
{
    const sipcause_refinement item = {{.alerted = 1}, {.disposition = "No Answer"}};
    const sipcause_row conditional = {.when = &item, .when_count = 1};
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    ck_assert_int_eq(sipcause_builder_clear(builder), SIPCAUSE_OK);
    for (uint16_t space = SIPCAUSE_SPACE_CARRIER; space < SPACES_MOST; space++)
        NEED(space == SIPCAUSE_SPACE_TOKEN || !sipcause_space_name(space) ||
             map(builder, sipcause_code_make(space, 7), conditional));
    sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
    NEED(table);
    for (uint32_t space = 0; space <= UINT16_MAX; space++)
        if (sipcause_lookup(table, sipcause_code_make((uint16_t)space, 7)))
            ck_abort_msg("space %u", (unsigned)space);
}
END_TEST

START_TEST(test_clear)
{
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    ck_assert_int_eq(sipcause_builder_clear(builder), SIPCAUSE_OK);
    NEED(map(builder, sipcause_status(486), (sipcause_row){.disposition = "Busy"}));
    ck_assert_int_eq(sipcause_builder_clear(builder), SIPCAUSE_ERROR_MISUSE);
    sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
    NEED(table);
    ck_assert_ptr_nonnull(sipcause_lookup(table, sipcause_status(486)));
    ck_assert_ptr_null(sipcause_lookup(table, sipcause_status(503)));
    ck_assert_ptr_null(sipcause_table_default(table));
    ck_assert_ptr_null(sipcause_table_class(table, 5));
    ck_assert_uint_eq(sipcause_cause_header_count(table), 0);
    ck_assert_uint_gt(sipcause_precedence_count(table), 0);
    ck_assert_uint_eq(sipcause_disposition_count(table), sipcause_disposition_count(NULL));
    ck_assert_ptr_null(sipcause_lookup(table, sipcause_status(603)));
}
END_TEST

/* A refused call leaves the items that it would have changed as they were. */
START_TEST(test_refused_call_changes_nothing)
{
    const sipcause_refinement item = {{.alerted = 1}, {.disposition = "No Answer"}};
    const sipcause_refinement bad = {{.answered = 1}, {.disposition = "Nobody's"}};
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    NEED(map(builder, sipcause_status(480), (sipcause_row){.disposition = "Busy", .when = &item, .when_count = 1}));
    sipcause_table *base = keep_table(sipcause_builder_table(builder, NULL));
    NEED(base);
    sipcause_builder *over = new_builder(base);
    NEED(over);
    const sipcause_row refused = {.uninformative = 1, .when = &bad, .when_count = 1};
    ck_assert_int_lt(sipcause_builder_map(over, sipcause_status(480), &refused, NULL), 0);
    sipcause_table *same = keep_table(sipcause_builder_table(over, NULL));
    NEED(same);
    ck_assert(sipcause_table_equal(base, same));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("builder");
    add_test(suite, test_overlay_leaves_the_rest);
    add_test(suite, test_row_keeps_what_it_does_not_say);
    add_test(suite, test_refinements_follow_the_disposition);
    add_test(suite, test_table_over_table);
    add_test(suite, test_iteration_in_order);
    add_test(suite, test_many_rows);
    add_test(suite, test_small_overlay_is_small);
    add_test(suite, test_dense_codes);
    add_test(suite, test_lookup_of_unknown_spaces);
    add_test(suite, test_clear);
    add_test(suite, test_refused_call_changes_nothing);
    return suite;
}
