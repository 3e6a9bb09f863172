/*
 * Whether two tables say the same: a table with everything, and the same with one thing different. Each is written as a
 * mapping file, too.
 *
 * SPDX-License-Identifier: MIT
 */
#include "everything.h"

START_TEST(test_everything)
{
    if (memory_run() && _i > 1)
        return; /* a few show where memory is asked for */
    const sipcause_table *base = sipcause_builtin(sipcause_builtin_name((size_t)_i));
    sipcause_table *one = everything(base, SAME), *other = everything(base, SAME);
    NEED(one && other);
    ck_assert(sipcause_table_equal(one, other));
    ck_assert(!sipcause_table_equal(one, base));
    NEED(comes_back(one));
}
END_TEST

START_TEST(test_one_difference)
{
    if (memory_run() && _i % 16)
        return; /* a few show where memory is asked for */
    const sipcause_table *base = sipcause_builtin("blocking");
    sipcause_table *one = everything(base, SAME), *other = everything(base, _i);
    NEED(one && other);
    ck_assert_int_eq(sipcause_table_equal(one, other), _i == SAME);
    ck_assert_int_eq(sipcause_table_equal(other, one), _i == SAME);
    NEED(comes_back(other));
    static char here[sizeof text];
    strcpy(here, text);
    NEED(comes_back(one));
    ck_assert_int_eq(strcmp(text, here) == 0, _i == SAME); /* and its text shows it */
}
END_TEST

/* ---- equal however it came about -------------------------------------------------------------------------------- */

START_TEST(test_place_does_not_matter)
{
    sipcause_builder *one = new_builder(NULL), *other = new_builder(NULL);
    NEED(one && other);
    NEED(sipcause_builder_name(one, "default", "one.yaml") == SIPCAUSE_OK);
    NEED(sipcause_builder_name(other, "default", "other.yaml") == SIPCAUSE_OK);
    NEED(map(one, sipcause_status(486), (sipcause_row){.disposition = "Busy", .line = 7}));
    sipcause_table *said = keep_table(sipcause_builder_table(one, NULL));
    sipcause_table *unsaid = keep_table(sipcause_builder_table(other, NULL));
    NEED(said && unsaid);
    ck_assert(sipcause_table_equal(said, unsaid)); /* the profile's row says it too */
    ck_assert(sipcause_table_equal(said, NULL));
    ck_assert(sipcause_table_equal(NULL, unsaid));
    ck_assert(sipcause_table_equal(NULL, NULL));
}
END_TEST

/* Where parameters are looked for does not matter to a header that has none. */
START_TEST(test_header_without_parameter)
{
    sipcause_table *tables[2];
    for (size_t i = 0; i < COUNT(tables); i++) {
        sipcause_builder *builder = new_builder(NULL);
        const sipcause_cause_header header = {.name = "X", .space = SIPCAUSE_SPACE_Q850, .uri_parameter = (uint8_t)i};
        NEED(builder);
        NEED(sipcause_builder_cause_header(builder, &header, 0, 0, NULL) == SIPCAUSE_OK);
        tables[i] = keep_table(sipcause_builder_table(builder, NULL));
        NEED(tables[i]);
        NEED(comes_back(tables[i]));
    }
    ck_assert(sipcause_table_equal(tables[0], tables[1]));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("equal");
    add_loop_test(suite, test_everything, (int)sipcause_builtin_count());
    add_loop_test(suite, test_one_difference, DIFFERENCES);
    add_test(suite, test_place_does_not_matter);
    add_test(suite, test_header_without_parameter);
    return suite;
}
