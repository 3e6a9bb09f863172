/*
 * The closed lists: numbers and names, as data/words.csv has them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "csv.h"

#include <stdlib.h>

typedef const char *(*name_function)(uint32_t);
typedef int (*number_function)(const char *, size_t);

static const struct {
    const char *list;
    name_function name;
    number_function number;
} lists[] = {
    {"outcome", sipcause_outcome_name, sipcause_outcome_from_name},
    {"party", sipcause_party_name, sipcause_party_from_name},
    {"route", sipcause_route_name, sipcause_route_from_name},
    {"block", sipcause_block_name, sipcause_block_from_name},
    {"source", sipcause_source_name, sipcause_source_from_name},
    {"side", sipcause_side_name, sipcause_side_from_name},
    {"local", sipcause_local_name, sipcause_local_from_name},
    {"no_cause", sipcause_no_cause_name, sipcause_no_cause_from_name},
    {"flag", sipcause_flag_name, sipcause_flag_from_name},
    {"severity", sipcause_severity_name, sipcause_severity_from_name},
    {"rule", sipcause_rule_name, sipcause_rule_from_name},
    {"location", sipcause_location_name, sipcause_location_from_name},
    {"method", sipcause_method_name, sipcause_method_from_name},
    {"coding", sipcause_coding_name, sipcause_coding_from_name},
    {"fate", sipcause_fate_name, sipcause_fate_from_name},
    {"difference_kind", sipcause_difference_kind_name, sipcause_difference_kind_from_name},
    {"space", sipcause_space_name, sipcause_space_from_name},
};

START_TEST(test_words)
{
    csv file;
    csv_open(&file, "words.csv");
    while (csv_next(&file)) {
        const char *list = column(&file, "list"), *name = column(&file, "name");
        uint32_t number = (uint32_t)strtoul(column(&file, "number"), NULL, 0);
        if (strcmp(list, "error") == 0) {
            ck_assert_str_eq(sipcause_error_name(-(int)number), name);
            continue;
        }
        size_t at = 0;
        while (at < sizeof lists / sizeof *lists && strcmp(lists[at].list, list) != 0)
            at++;
        ck_assert_msg(at < sizeof lists / sizeof *lists, "no list %s", list);
        ck_assert_str_eq(lists[at].name(number), name);
        ck_assert_int_eq(lists[at].number(name, SIPCAUSE_TEXT), (int)number);
        if (strcmp(list, "location") == 0 && number < 16)
            ck_assert_str_eq(sipcause_location_meaning(number), column(&file, "meaning"));
        if (strcmp(list, "rule") == 0)
            ck_assert_str_eq(sipcause_severity_name(sipcause_rule_severity(number)), column(&file, "severity"));
    }
}
END_TEST

START_TEST(test_words_unknown)
{
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        ck_assert_ptr_null(lists[i].name(9999));
        ck_assert_int_eq(lists[i].number("no such word", SIPCAUSE_TEXT), SIPCAUSE_ERROR_UNKNOWN_CODE);
        ck_assert_int_eq(lists[i].number("", 0), SIPCAUSE_ERROR_UNKNOWN_CODE);
        ck_assert_int_eq(lists[i].number(NULL, 0), SIPCAUSE_ERROR_UNKNOWN_CODE);
    }
    ck_assert_ptr_null(sipcause_error_name(1));
    ck_assert_ptr_null(sipcause_error_name(-9999));
    ck_assert_ptr_null(sipcause_location_meaning(16));
    ck_assert_uint_eq(sipcause_rule_severity(39), SIPCAUSE_SEVERITY_OFF);
    ck_assert_int_eq(sipcause_outcome_from_name("BUSYnot", 4), SIPCAUSE_OUTCOME_BUSY);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("words");
    add_test(suite, test_words);
    add_test(suite, test_words_unknown);
    return suite;
}
