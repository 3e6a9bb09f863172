/*
 * Tables made at random, written as mapping files and loaded again.
 *
 * SPDX-License-Identifier: MIT
 */
#include "random_table.h"

/* Two tables, one over the other, over a profile. */
START_TEST(test_random)
{
    seed = 7u + (uint32_t)_i;
    const sipcause_table *base = sipcause_builtin(sipcause_builtin_name((size_t)_i % sipcause_builtin_count()));
    for (int level = 0; level < 2; level++) {
        base = any_table(base, level == 0);
        NEED(base);
        NEED(comes_back(base));
    }
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("yaml_random");
    add_loop_test(suite, test_random, (int)sized(300, 50, 3));
    return suite;
}
