/*
 * Tables made in C: what rows inherit, what is refused, what the frozen table answers.
 *
 * SPDX-License-Identifier: MIT
 */
#include "harness.h"

#include <stdio.h>
#include <string.h>

static sipcause_builder *new_builder(const sipcause_table *base)
{
    return keep_builder(sipcause_builder_new(base));
}

static bool map(sipcause_builder *builder, sipcause_code code, sipcause_row from)
{
    sipcause_error error;
    int result = sipcause_builder_map(builder, code, &from, &error);
    ck_assert_msg(result == SIPCAUSE_OK || result == SIPCAUSE_ERROR_MEMORY, "%s", error.text);
    return result == SIPCAUSE_OK;
}

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
    NEED(map(builder, sipcause_carrier(602), (sipcause_row){.disposition = "Network Error", .route = "later", .note = "n"}));
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
    NEED(sipcause_builder_map_no_cause(first, SIPCAUSE_NO_CAUSE_ANSWERED, &(sipcause_row){.disposition = "Busy"}, NULL) == SIPCAUSE_OK);
    NEED(sipcause_builder_cause_header(first, &header, 0, 0, NULL) == SIPCAUSE_OK);
    NEED(sipcause_builder_precedence(first, order, 2, NULL) == SIPCAUSE_OK);
    sipcause_table *base = keep_table(sipcause_builder_table(first, NULL));
    NEED(base);
    sipcause_builder *second = new_builder(base);
    NEED(second);
    NEED(map(second, sipcause_carrier(1), (sipcause_row){.note = "again"})); /* inherits all but the note */
    NEED(sipcause_builder_map_token(second, "D36", 3, &(sipcause_row){.disposition = "Toll Fraud Hold"}, NULL) == SIPCAUSE_OK);
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
    static const char *const order[] = {"sip:486",        "sip:603",      "sip:607",       "sip:608",
                                        "q850:21",        "carrier:0",    "carrier:4000000000", "carrier:zeta",
                                        "carrier:alpha",  "stir:436"};
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
    uint32_t count = memory_run() ? 100 : 100000;
    sipcause_builder *builder = new_builder(NULL);
    NEED(builder);
    char token[16];
    for (uint32_t i = 0; i < count; i++) {
        uint32_t value = i * 2654435761u; /* each once, in no order */
        NEED(map(builder, sipcause_carrier(value), (sipcause_row){.disposition = i % 2 ? "Busy" : "Rejected", .line = i + 1}));
        int length = snprintf(token, sizeof token, "W%u", i);
        NEED(sipcause_builder_map_token(builder, token, (size_t)length, &(sipcause_row){.disposition = "Busy", .line = i + 1}, NULL) == SIPCAUSE_OK);
    }
    sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
    NEED(table);
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
        NEED(map(builder, i % 4 ? sipcause_carrier(600 + i) : sipcause_status(480 + i), (sipcause_row){.disposition = "Busy", .line = i + 1}));
    sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
    NEED(table);
    /* the rows themselves, an index of a few bytes a row, and the table's own head */
    ck_assert_uint_le(sipcause_table_bytes(table), 20 * (sizeof(row) + 32) + sizeof(sipcause_table) + 256);
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

/* ---- what is refused -------------------------------------------------------------------------------- */

static const struct {
    uint16_t space;
    uint32_t value;
    sipcause_row from;
    int code;
    const char *text;
} refused[] = {
    {SIPCAUSE_SPACE_SIP, 34, {.disposition = "Busy"}, SIPCAUSE_ERROR_CAUSE_IN_STATUS, "No circuit/channel available"},
    {SIPCAUSE_SPACE_SIP, 99, {.disposition = "Busy"}, SIPCAUSE_ERROR_CAUSE_IN_STATUS, "q850:99"},
    {SIPCAUSE_SPACE_SIP, 700, {.disposition = "Busy"}, SIPCAUSE_ERROR_RANGE, "100-699"},
    {SIPCAUSE_SPACE_Q850, 503, {.disposition = "Busy"}, SIPCAUSE_ERROR_STATUS_IN_CAUSE, "Service Unavailable"},
    {SIPCAUSE_SPACE_Q850, 0, {.disposition = "Busy"}, SIPCAUSE_ERROR_RANGE, "1-127"},
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
    ck_assert_int_eq(sipcause_builder_map(builder, sipcause_status(486), &second, &error), SIPCAUSE_ERROR_DUPLICATE_KEY);
    sipcause_error_format(&error, text, sizeof text);
    ck_assert_str_eq(text, "9:7: error: sip:486 is mapped twice [duplicate-key]\n3:5: note: first defined here");
    NEED(sipcause_builder_map_token(builder, "D35", 3, &first, NULL) == SIPCAUSE_OK);
    int result = sipcause_builder_map_token(builder, "D35", 3, &second, &error);
    NEED(result != SIPCAUSE_ERROR_MEMORY);
    ck_assert_int_eq(result, SIPCAUSE_ERROR_DUPLICATE_KEY);
    ck_assert_str_eq(error.text, "carrier:D35 is mapped twice");
    NEED(sipcause_builder_map_token(builder, "d35", 3, &first, NULL) == SIPCAUSE_OK);
    NEED(sipcause_builder_map_class(builder, 5, &first, NULL) == SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_builder_map_class(builder, 5, &second, &error), SIPCAUSE_ERROR_DUPLICATE_KEY);
    ck_assert_str_eq(error.text, "5xx is mapped twice");
    NEED(sipcause_builder_map_default(builder, &first, NULL) == SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_builder_map_default(builder, &second, &error), SIPCAUSE_ERROR_DUPLICATE_KEY);
    ck_assert_str_eq(error.text, "default is mapped twice");
    NEED(sipcause_builder_map_no_cause(builder, SIPCAUSE_NO_CAUSE_CANCELLED, &first, NULL) == SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_builder_map_no_cause(builder, SIPCAUSE_NO_CAUSE_CANCELLED, &second, &error), SIPCAUSE_ERROR_DUPLICATE_KEY);
    ck_assert_str_eq(error.text, "no-cause: cancelled is mapped twice");
    ck_assert_uint_eq(error.second_line, 3);
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
    sipcause_row busy = {.disposition = "Busy", .line = 2, .column = 3}, own = {.disposition = "Own", .line = 4, .column = 3};
    ck_assert_int_eq(sipcause_builder_disposition(builder, &busy, &error), SIPCAUSE_ERROR_DUPLICATE_KEY);
    ck_assert_str_eq(error.text, "\"Busy\" is built in; it need not be declared");
    NEED(sipcause_builder_disposition(builder, &own, NULL) == SIPCAUSE_OK);
    ck_assert_int_eq(sipcause_builder_disposition(builder, &own, &error), SIPCAUSE_ERROR_DUPLICATE_KEY);
    ck_assert_uint_eq(error.second_line, 4);
    ck_assert_int_eq(sipcause_builder_disposition(builder, &(sipcause_row){.disposition = ""}, &error), SIPCAUSE_ERROR_VALUE);
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

/* ---- codes as text ---------------------------------------------------------------------------------- */

static const struct {
    const char *text;
    int result;
    uint16_t space;
    uint32_t value;
} codes[] = {
    {"sip:503", SIPCAUSE_OK, SIPCAUSE_SPACE_SIP, 503},
    {"SIP:503", SIPCAUSE_OK, SIPCAUSE_SPACE_SIP, 503},
    {"sip:busy-here", SIPCAUSE_OK, SIPCAUSE_SPACE_SIP, 486},
    {"q850:user-busy", SIPCAUSE_OK, SIPCAUSE_SPACE_Q850, 17},
    {"q850:127", SIPCAUSE_OK, SIPCAUSE_SPACE_Q850, 127},
    {"carrier:0", SIPCAUSE_OK, SIPCAUSE_SPACE_CARRIER, 0},
    {"carrier:4294967295", SIPCAUSE_OK, SIPCAUSE_SPACE_CARRIER, 4294967295u},
    {"freeswitch:607", SIPCAUSE_OK, SIPCAUSE_SPACE_FREESWITCH, 607},
    {"s1ap-nas:3", SIPCAUSE_OK, SIPCAUSE_SPACE_S1AP_NAS, 3},
    {"503", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {"", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {":503", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {"sipp:503", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {"token:1", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {"none:1", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {"sip:", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {"sip:no-such-name", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {"sip:34", SIPCAUSE_ERROR_CAUSE_IN_STATUS, 0, 0},
    {"q850:503", SIPCAUSE_ERROR_STATUS_IN_CAUSE, 0, 0},
    {"q850:0", SIPCAUSE_ERROR_RANGE, 0, 0},
    {"sip:0503", SIPCAUSE_ERROR_RANGE, 0, 0},
    {"sip:+503", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {"carrier:4294967296", SIPCAUSE_ERROR_RANGE, 0, 0},
    {"carrier:D35", SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0},
    {"sip:not-acceptable", SIPCAUSE_ERROR_AMBIGUOUS, 0, 0},
};

START_TEST(test_code_text)
{
    sipcause_error error;
    sipcause_code code = {9, 9, 9};
    int result = sipcause_code_parse(NULL, codes[_i].text, SIPCAUSE_TEXT, &code, &error);
    ck_assert_int_eq(result, codes[_i].result);
    if (result == SIPCAUSE_OK) {
        ck_assert_uint_eq(code.space, codes[_i].space);
        ck_assert_uint_eq(code.value, codes[_i].value);
        ck_assert_uint_eq(code.reserved, 0);
        return;
    }
    ck_assert_uint_eq(code.value, 9); /* unchanged */
    ck_assert_int_eq(error.code, result);
    ck_assert_uint_ne(strlen(error.text), 0);
    ck_assert_uint_ge(error.column, 1);
    if (strcmp(codes[_i].text, "sip:not-acceptable") == 0)
        ck_assert(strstr(error.text, "406") && strstr(error.text, "606"));
    if (strcmp(codes[_i].text, "sipp:503") == 0)
        ck_assert(strstr(error.text, "did you mean sip?"));
}
END_TEST

START_TEST(test_code_format_is_cut_like_snprintf)
{
    char text[5] = "xxxx";
    ck_assert_uint_eq(sipcause_code_format(NULL, sipcause_status(503), text, sizeof text), 7);
    ck_assert_str_eq(text, "sip:");
    ck_assert_uint_eq(sipcause_code_format(NULL, sipcause_status(503), NULL, 0), 7);
    ck_assert_str_eq(sipcause_version(), "0.1.0");
    ck_assert_uint_eq(sipcause_version_number(), 100);
}
END_TEST

#define COUNT(array) (int)(sizeof(array) / sizeof *(array))

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
    add_test(suite, test_clear);
    add_loop_test(suite, test_refused_rows, COUNT(refused));
    add_test(suite, test_refused_twice);
    add_test(suite, test_refused_words);
    add_test(suite, test_refused_dispositions_and_headers);
    add_test(suite, test_null_is_accepted_or_misuse);
    add_loop_test(suite, test_code_text, COUNT(codes));
    add_test(suite, test_code_format_is_cut_like_snprintf);
    return suite;
}
