/*
 * What two tables say differently: the places, and what each says there.
 *
 * Two tables differ in one thing (everything.h), or are made at random (random_table.h).
 *
 * SPDX-License-Identifier: MIT
 */
#include "everything.h"
#include "random_table.h"

#include <stdio.h>

/* ---- what holds of every comparison ------------------------------------------------------------------------- */

static bool sound_side(const sipcause_said *said)
{
    return (said->file || (!said->line && !said->column)) && (!said->file || (said->text && *said->file)) &&
           (!said->text || (*said->text && !strchr(said->text, '\n')));
}

/* What is wrong with a difference; NULL: nothing. There are so many that libcheck is only told of a fault. */
static const char *fault_of(const sipcause_difference *one)
{
    char written[64];
    if (one->size != sizeof *one || !SIPCAUSE_HAS(one, reserved))
        return "size";
    if (!sipcause_difference_kind_name(one->kind) || !*one->key)
        return "kind or key";
    if (!one->a.text && !one->b.text)
        return "nobody says anything";
    if (one->a.text && one->b.text && strcmp(one->a.text, one->b.text) == 0)
        return "both say the same";
    if (!sound_side(&one->a) || !sound_side(&one->b))
        return "text or place";
    if (one->kind == SIPCAUSE_DIFFERENCE_ROW && !one->code_text)
        return "no code";
    if (one->code.space == SIPCAUSE_SPACE_NONE)
        return NULL;
    sipcause_code_format(NULL, one->code, written, sizeof written);
    return one->code_text && strcmp(one->code_text, written) == 0 ? NULL : "the code's text";
}

static bool same_side(const sipcause_said *one, const sipcause_said *other)
{
    return (one->text && other->text ? strcmp(one->text, other->text) == 0 : one->text == other->text) &&
           one->line == other->line && one->column == other->column;
}

/* The difference with that key; NULL. It mostly is at the same place: only words and dispositions stand in the order of
 * the first table. */
static const sipcause_difference *difference_of_key(const sipcause_comparison *all, const sipcause_difference *wanted,
                                                    size_t place)
{
    size_t count = sipcause_difference_count(all);
    for (size_t i = 0; i < count; i++) {
        const sipcause_difference *one = sipcause_difference_at(all, (place + i) % count);
        if (one->kind == wanted->kind && strcmp(one->key, wanted->key) == 0)
            return one;
    }
    return NULL;
}

/* Compares both ways round: there is a difference exactly where the tables are not equal. NULL: memory is short. */
static sipcause_comparison *compared(const sipcause_table *a, const sipcause_table *b)
{
    sipcause_comparison *there = sipcause_compare(a, b), *back = sipcause_compare(b, a);
    size_t count = sipcause_difference_count(there);
    if (!there || !back) {
        ck_assert(out_of_memory());
        sipcause_comparison_free(there);
        sipcause_comparison_free(back);
        return NULL;
    }
    ck_assert_int_eq(count == 0, sipcause_table_equal(a, b));
    ck_assert_uint_eq(sipcause_difference_count(back), count);
    ck_assert_ptr_null(sipcause_difference_at(there, count));
    for (size_t i = 0; i < count; i++) {
        const sipcause_difference *one = sipcause_difference_at(there, i), *other = difference_of_key(back, one, i);
        const char *fault = fault_of(one);
        if (!fault && (!other || !same_side(&one->a, &other->b) || !same_side(&one->b, &other->a)))
            fault = "another the other way round";
        if (fault)
            ck_abort_msg("%s: %s", one->key, fault);
    }
    sipcause_comparison_free(back);
    return there;
}

/* ---- one thing different ------------------------------------------------------------------------------------- */

/* The keys that differ, each with a blank behind it. */
static const char *const keys_of[DIFFERENCES] = {
    [SAME] = "",
    [TABLE_NAME] = "name ",
    [EFFECTIVE] = "effective ",
    [EFFECTIVE_NONE] = "effective ",
    [SEVERITY] = "check.redundant ",
    [IGNORED] = "ignore-reason ",
    [IGNORED_MORE] = "ignore-reason ",
    [HEADER_NAME] = "cause-headers ",
    [HEADER_PARAMETER] = "cause-headers ",
    [HEADER_SPACE] = "cause-headers ",
    [HEADER_URI] = "cause-headers ",
    [HEADER_MISSING] = "cause-headers ",
    [PRECEDENCE_ORDER] = "precedence ",
    [PRECEDENCE_MISSING] = "precedence ",
    [LABEL_NAME] = "dispositions.Spare dispositions.spare ",
    [LABEL_OUTCOME] = "dispositions.Ours map.sip.480 ", /* an item takes its outcome from Ours */
    [LABEL_PARTY] = "dispositions.Ours map.sip.480 ",
    [LABEL_ROUTE] = "dispositions.Ours map.sip.480 ",
    [LABEL_MORE] = "dispositions.More ",
    [ROW_DISPOSITION] = "map.carrier.7 ",
    [ROW_NAME] = "map.carrier.7 ",
    [ROW_NOTE] = "map.carrier.7 ",
    [ROW_NO_NOTE] = "map.carrier.7 ",
    [ROW_OUTCOME] = "map.carrier.7 ",
    [ROW_PARTY] = "map.carrier.7 ",
    [ROW_ROUTE] = "map.carrier.7 ",
    [ROW_CAPPED] = "map.carrier.7 ",
    [ROW_UNINFORMATIVE] = "map.carrier.7 ",
    [ROW_CODE] = "map.carrier.7 map.carrier.8 ",
    [ROW_SPACE] = "map.stir.5 map.emm.5 ",
    [ROW_MORE] = "map.carrier.8 ",
    [WORD] = "map.carrier.D35 map.carrier.D36 ",
    [WORD_CASE] = "map.carrier.D35 map.carrier.d35 ",
    [WORD_ORDER] = "map.carrier ",
    [CLASS_ROW] = "map.sip.5xx ",
    [DEFAULT_ROW] = "map.default ",
    [NO_CAUSE_ROW] = "map.no-cause.answered ",
    [NO_CAUSE_MORE] = "map.no-cause.cancelled ",
    [LOCAL_ROW] = "map.local.tls ",
    [BARE_ROW] = "map.q850.120 ",
    [ITEM_ORDER] = "map.sip.480 ",
    [ITEM_MISSING] = "map.sip.480 ",
    [ITEM_DISPOSITION] = "map.sip.480 ",
    [ITEM_NAME] = "map.sip.480 ",
    [ITEM_NOTE] = "map.sip.480 ",
    [ITEM_ROUTE] = "map.sip.480 ",
    [ITEM_CAPPED] = "map.sip.480 ",
    [ITEM_UNINFORMATIVE] = "map.sip.480 ",
    [PHRASE] = "map.sip.480 ",
    [PHRASE_CASE] = "map.sip.480 ",
    [PHRASE_ORDER] = "map.sip.480 ",
    [TEXT] = "map.sip.480 ",
    [WARNING] = "map.sip.480 ",
    [CODE_VALUE] = "map.sip.480 ",
    [CODE_SPACE] = "map.sip.480 ",
    [CODE_WORD] = "map.sip.480 ",
    [LOCATIONS] = "map.sip.480 ",
    [METHODS] = "map.sip.480 ",
    [CODINGS] = "map.sip.480 ",
    [ANSWERED] = "map.sip.480 ",
    [ALERTED] = "map.sip.480 ",
    [PROGRESSED] = "map.sip.480 ",
    [NOTICE] = "map.sip.480 ",
    [DIAGNOSTIC] = "map.sip.480 ",
    [RULE_FROM] = "interworking.sip-to-isup.603 interworking.sip-to-isup.604 ",
    [RULE_TO] = "interworking.sip-to-isup.BYE interworking.sip-to-isup.603 ",
    [RULE_LOCATION] = "interworking.sip-to-isup.BYE interworking.sip-to-isup.603 ",
    [RULE_NO_LOCATION] = "interworking.sip-to-isup.BYE interworking.sip-to-isup.603 ",
    [RULE_CONDITION] = "interworking.sip-to-isup.6xx interworking.sip-to-isup.603 ",
    [RULE_ORDER] = "interworking.sip-to-isup.6xx interworking.sip-to-isup.603 ",
    [RULE_MISSING] = "interworking.isup-to-sip.21 ",
    [RULE_REDRESS] = "interworking.isup-to-sip.21 ",
    [RULE_TO_SIP] = "interworking.isup-to-sip.default interworking.isup-to-sip.21 ",
    [CLASS_LOCATION] = "interworking.sip-to-isup.location.4xx ",
    [REQUEST_LOCATION] = "interworking.sip-to-isup.location.requests ",
};

START_TEST(test_one_difference)
{
    if (memory_run() && _i % 16)
        return; /* a few show where memory is asked for */
    const sipcause_table *base = sipcause_builtin("blocking");
    sipcause_table *one = everything(base, SAME), *other = everything(base, _i);
    NEED(one && other);
    sipcause_comparison *all = compared(one, other);
    NEED(all);
    char keys[256] = "";
    for (size_t i = 0; i < sipcause_difference_count(all); i++) {
        strcat(keys, sipcause_difference_at(all, i)->key);
        strcat(keys, " ");
    }
    sipcause_comparison_free(all);
    ck_assert_str_eq(keys, keys_of[_i]);
}
END_TEST

/* ---- what each says ------------------------------------------------------------------------------------------- */

/* Two files, and what they say differently: kind, key and code, and of each the text and its place. */
static const char first_file[] = "sipcause: 1\n"
                                 "name: one\n"
                                 "extends: default\n"
                                 "dispositions: [{name: Held, outcome: blocked}, Gone]\n"
                                 "cause-headers: [X-Other]\n"
                                 "ignore-reason: [486]\n"
                                 "map:\n"
                                 "  sip:\n"
                                 "    480:\n"
                                 "      disposition: No Answer\n"
                                 "      when:\n"
                                 "        - {phrase: \"*capacity*\", disposition: Network Error}\n"
                                 "    5xx: {disposition: Busy, note: all of them}\n"
                                 "  carrier:\n"
                                 "    601: Held\n"
                                 "interworking:\n"
                                 "  sip-to-isup:\n"
                                 "    603: {cause: 21, location: TN}\n"
                                 "    location: {4xx: LN}\n";
static const char second_file[] = "sipcause: 1\n"
                                  "name: two\n"
                                  "extends: default\n"
                                  "effective: 2026-03-25\n"
                                  "dispositions: [Gone, {name: Held, outcome: rejected}]\n"
                                  "precedence: [sip, carrier]\n"
                                  "map:\n"
                                  "  carrier:\n"
                                  "    601: Held\n"
                                  "    D36: Gone\n"
                                  "  no-cause: {answered: Busy}\n"
                                  "interworking:\n"
                                  "  sip-to-isup:\n"
                                  "    BYE: 31\n"
                                  "    5xx: none\n"
                                  "check: {redundant: \"off\"}\n";
static const struct {
    const char *where, *a, *b;
} differences[] = {
    {"setting name -", "one <-:0:0>", "two <-:0:0>"},
    {"setting effective -", "- <-:0:0>", "2026-03-25T00:00:00Z <-:0:0>"},
    {"disposition dispositions.Held -", "{name: Held, outcome: blocked} <-:0:0>",
     "{name: Held, outcome: rejected} <-:0:0>"},
    {"order dispositions -", "[Held, Gone] <-:0:0>", "[Gone, Held] <-:0:0>"},
    {"setting cause-headers -", "[X-Other] <-:0:0>", "[X-Cause-Code] <-:0:0>"},
    {"setting precedence -", "[carrier, q850, sip] <-:0:0>", "[sip, carrier] <-:0:0>"},
    {"setting ignore-reason -", "[486] <-:0:0>", "- <-:0:0>"},
    {"row map.sip.480 sip:480",
     "{disposition: No Answer, when: [{phrase: \"*capacity*\", disposition: Network Error}]} <one.yaml:9:5>",
     "{disposition: Unreachable, when: [{warning: [304, 305], disposition: Media Mismatch}, {answered: false, alerted: "
     "true, disposition: No Answer}]} <built-in:0:0>"},
    {"row map.sip.5xx sip:5xx", "{disposition: Busy, note: all of them} <one.yaml:13:5>",
     "Network Error <built-in:0:0>"},
    /* where a line would be the same, what it takes from its disposition is said, too */
    {"row map.carrier.601 carrier:601",
     "{disposition: Held, outcome: blocked, party: unknown, route: none, capped: true} <one.yaml:15:5>",
     "{disposition: Held, outcome: rejected, party: unknown, route: none, capped: true} <two.yaml:9:5>"},
    {"row map.carrier.D36 carrier:D36", "- <-:0:0>", "Gone <two.yaml:10:5>"},
    {"row map.no-cause.answered no-cause:answered", "Normal Clearing <built-in:0:0>", "Busy <two.yaml:11:14>"},
    {"row map.no-cause.cancelled no-cause:cancelled",
     "{disposition: Customer Abandon, when: [{text: [\"*completed elsewhere\", \"*completion elsewhere\"], "
     "disposition: Answered Elsewhere}]} <built-in:0:0>",
     "- <-:0:0>"},
    {"row map.no-cause.no-reply no-cause:no-reply", "Network Error <built-in:0:0>", "- <-:0:0>"},
    {"row map.no-cause.otherwise no-cause:otherwise", "Unknown <built-in:0:0>", "- <-:0:0>"},
    {"interworking interworking.sip-to-isup.BYE -", "{cause: 16, location: U} <-:0:0>", "31 <two.yaml:14:5>"},
    {"interworking interworking.sip-to-isup.5xx sip:5xx", "- <-:0:0>", "none <two.yaml:15:5>"},
    {"interworking interworking.sip-to-isup.603 sip:603", "{cause: 21, location: TN} <one.yaml:18:5>",
     "{cause: 21, location: U, when: [{notice: true, cause: 21, location: U}]} <-:0:0>"},
    {"interworking interworking.sip-to-isup.location.4xx -", "LN <one.yaml:19:16>", "BI <-:0:0>"},
    {"severity check.redundant -", "note <-:0:0>", "\"off\" <-:0:0>"},
};

static void write_said(const sipcause_said *said, char *to, size_t size)
{
    snprintf(to, size, "%s <%s:%u:%u>", said->text ? said->text : "-", said->file ? said->file : "-",
             (unsigned)said->line, (unsigned)said->column);
}

START_TEST(test_what_each_says)
{
    sipcause_table *one = keep_table(sipcause_load_bytes(first_file, SIPCAUSE_TEXT, "one.yaml", NULL));
    sipcause_table *two = keep_table(sipcause_load_bytes(second_file, SIPCAUSE_TEXT, "two.yaml", NULL));
    NEED(one && two);
    sipcause_comparison *all = compared(one, two);
    NEED(all);
    ck_assert_uint_eq(sipcause_difference_count(all), COUNT(differences));
    for (size_t i = 0; i < COUNT(differences); i++) {
        char where[64], a[256], b[256];
        const sipcause_difference *found = sipcause_difference_at(all, i);
        snprintf(where, sizeof where, "%s %s %s", sipcause_difference_kind_name(found->kind), found->key,
                 found->code_text ? found->code_text : "-");
        write_said(&found->a, a, sizeof a);
        write_said(&found->b, b, sizeof b);
        ck_assert_str_eq(where, differences[i].where);
        ck_assert_str_eq(a, differences[i].a);
        ck_assert_str_eq(b, differences[i].b);
    }
    sipcause_comparison_free(all);
}
END_TEST

/* What no file can say is a difference like any other; it is shown as far as it goes. */
START_TEST(test_unsayable)
{
    const sipcause_table *tables[2];
    for (size_t i = 0; i < COUNT(tables); i++) {
        sipcause_builder *builder = new_builder(NULL);
        const sipcause_row says = {.disposition = "Busy", .note = i ? "" : "a\xff\xfe z"};
        NEED(builder);
        NEED(sipcause_builder_name(builder, "x", NULL) == SIPCAUSE_OK);
        NEED(sipcause_builder_effective(builder, i ? INT64_MAX : INT64_MIN + 1) == SIPCAUSE_OK);
        NEED(map(builder, sipcause_status(486), says));
        tables[i] = keep_table(sipcause_builder_table(builder, NULL));
        NEED(tables[i]);
    }
    sipcause_comparison *all = compared(tables[0], tables[1]);
    NEED(all);
    ck_assert_uint_eq(sipcause_difference_count(all), 2);
    ck_assert_str_eq(sipcause_difference_at(all, 0)->a.text, "-9223372036854775807");
    ck_assert_str_eq(sipcause_difference_at(all, 0)->b.text, "9223372036854775807");
    ck_assert_str_eq(sipcause_difference_at(all, 1)->a.text,
                     "{disposition: Busy, note: \"a\xef\xbf\xbd\xef\xbf\xbd z\"}");
    ck_assert_str_eq(sipcause_difference_at(all, 1)->b.text, "Busy");
    sipcause_comparison_free(all);
}
END_TEST

/* ---- many ----------------------------------------------------------------------------------------------------- */

/* Neighbours of two lines of tables, so that the rows under some of them are the same. */
START_TEST(test_random)
{
    seed = 1000u + (uint32_t)_i;
    const sipcause_table *tables[5] = {sipcause_builtin(sipcause_builtin_name((size_t)_i % sipcause_builtin_count()))};
    for (size_t i = 1; i < COUNT(tables); i++) {
        tables[i] = any_table(i == 4 ? NULL : tables[(i - 1) / 2], i == 1 || i == 4);
        NEED(tables[i]);
    }
    for (size_t i = 0; i < COUNT(tables); i++) {
        for (size_t j = i; j < COUNT(tables); j++) {
            sipcause_comparison *all = compared(tables[i], tables[j]);
            NEED(all);
            sipcause_comparison_free(all);
        }
    }
}
END_TEST

/* Two lists of words, or of dispositions, of which some are in both; what is in one only is told, and whether those in
 * both stand in the same order. */
START_TEST(test_lists)
{
    seed = 50u + (uint32_t)_i;
    static const char *const names[] = {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"};
    sipcause_table *tables[2];
    const char *in[2][COUNT(names)];
    size_t counts[2] = {0, 0};
    for (size_t t = 0; t < 2; t++) {
        sipcause_builder *builder = new_builder(NULL);
        NEED(builder);
        size_t start = any(4);
        for (size_t i = 0; i < COUNT(names); i++) {
            const sipcause_row label = {.disposition = names[(start + i) % COUNT(names)]};
            if (any(3) == 0)
                continue;
            NEED(sipcause_builder_disposition(builder, &label, NULL) == SIPCAUSE_OK);
            NEED(sipcause_builder_map_token(builder, label.disposition, SIPCAUSE_TEXT, &label, NULL) == SIPCAUSE_OK);
            in[t][counts[t]++] = label.disposition;
        }
        tables[t] = keep_table(sipcause_builder_table(builder, NULL));
        NEED(tables[t]);
    }
    size_t alone = counts[0] + counts[1], last = 0;
    bool moved = false;
    for (size_t i = 0; i < counts[0]; i++) {
        for (size_t j = 0; j < counts[1]; j++) {
            if (strcmp(in[0][i], in[1][j]) != 0)
                continue;
            alone -= 2;
            moved = moved || j < last;
            last = j;
        }
    }
    sipcause_comparison *all = compared(tables[0], tables[1]);
    NEED(all);
    ck_assert_uint_eq(sipcause_difference_count(all), 2 * (alone + moved));
    sipcause_comparison_free(all);
}
END_TEST

/* ---- memory --------------------------------------------------------------------------------------------------- */

START_TEST(test_references)
{
    sipcause_table *one = sipcause_load_bytes(first_file, SIPCAUSE_TEXT, "one.yaml", NULL);
    sipcause_table *two = one ? sipcause_load_bytes(second_file, SIPCAUSE_TEXT, "two.yaml", NULL) : NULL;
    sipcause_comparison *all = two ? sipcause_compare(one, two) : NULL;
    sipcause_table_unref(one);
    sipcause_table_unref(two);
    NEED(all);
    ck_assert_str_eq(sipcause_difference_at(all, 0)->a.text, "one");
    ck_assert_str_eq(sipcause_difference_at(all, 7)->a.file, "one.yaml");
    sipcause_comparison_free(all);
    sipcause_comparison_free(NULL);
    ck_assert_uint_eq(sipcause_difference_count(NULL), 0);
    ck_assert_ptr_null(sipcause_difference_at(NULL, 0));
}
END_TEST

/* Tables that say the same cost one block, however large they are. */
START_TEST(test_equal_tables)
{
    sipcause_table *one = everything(NULL, SAME), *other = everything(NULL, SAME);
    NEED(one && other);
#ifdef SIPCAUSE_TEST_MEMORY
    long requests = memory_requests();
#endif
    sipcause_comparison *all = sipcause_compare(one, other);
    NEED(all);
    ck_assert_uint_eq(sipcause_difference_count(all), 0);
#ifdef SIPCAUSE_TEST_MEMORY
    ck_assert_int_eq(memory_requests(), requests + 1);
#endif
    sipcause_comparison_free(all);
    all = sipcause_compare(NULL, sipcause_builtin("default"));
    NEED(all);
    ck_assert_uint_eq(sipcause_difference_count(all), 0);
    sipcause_comparison_free(all);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("compare");
    add_loop_test(suite, test_one_difference, DIFFERENCES);
    add_test(suite, test_what_each_says);
    add_test(suite, test_unsayable);
    add_loop_test(suite, test_random, (int)sized(100, 20, 3));
    add_loop_test(suite, test_lists, (int)sized(200, 40, 3));
    add_test(suite, test_references);
    add_test(suite, test_equal_tables);
    return suite;
}
