/*
 * harness.h - what every suite shares: one main, cleaning up, and running out of memory.
 *
 * A suite defines make_suite() and its tests. Run with --memory (a build with SIPCAUSE_TEST_MEMORY),
 * the whole suite runs again and again, allocation 0, 1, 2 ... refused, once alone and once with all
 * later ones, until nothing was refused any more. A test says with NEED what may fail for lack of
 * memory, and hands what it makes to keep(): then it may simply end early, and nothing may be left.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_HARNESS_H
#define SIPCAUSE_HARNESS_H

#include "internal.h"

#include <check.h>

Suite *make_suite(void);

/* Adds a test with the shared set-up and tear-down; a case's name is the test's. */
void add_test_named(Suite *suite, const char *name, const TTest *test, int loops);
#define add_test(suite, test) add_test_named(suite, #test, test, 1)
/* The test runs with _i from 0 to count - 1. */
#define add_loop_test(suite, test, count) add_test_named(suite, #test, test, count)

/* Whether an allocation was refused in this test. */
bool out_of_memory(void);
/* True in the run where allocations fail: tests that are large for their own sake may be smaller. */
bool memory_run(void);

/* How large a test is that is large for its own sake: the whole, under valgrind or a sanitizer, in the memory run. */
unsigned sized(unsigned whole, unsigned slow, unsigned memory);

/* What must hold unless memory ran out; then the test ends here, quietly. */
#define NEED(condition)                                                                                                \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            ck_assert_msg(out_of_memory(), "%s", "needed: " #condition);                                               \
            return;                                                                                                    \
        }                                                                                                              \
    } while (0)

/* Frees at the test's end; returns what it was given (NULL too). */
sipcause_table *keep_table(sipcause_table *table);
sipcause_builder *keep_builder(sipcause_builder *builder);
sipcause_release *keep_release(sipcause_release *release);
sipcause_report *keep_report(sipcause_report *report);
sipcause_survey *keep_survey(sipcause_survey *survey);
/* A new builder that is freed at the test's end; NULL when memory is short. */
sipcause_builder *new_builder(const sipcause_table *base);
/* Maps a code; false when memory is short, any other error fails the test. */
bool map(sipcause_builder *builder, sipcause_code code, sipcause_row from);
/* A whole file of the tests' folder (path relative to the source's root), NUL-terminated; freed at the test's end. */
char *keep_file(const char *path, size_t *length);

#endif
