/* SPDX-License-Identifier: MIT */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind { TABLE, BUILDER, RELEASE, REPORT, SURVEY, BLOCK };
static struct kept {
    enum kind kind;
    void *what;
} kept[64];
static size_t kept_count;
static bool in_memory_run;
static bool refused_in_run;
static long fail_at = -1;
static bool fail_ever_after;

bool out_of_memory(void)
{
#ifdef SIPCAUSE_TEST_MEMORY
    return memory_failed();
#else
    return false;
#endif
}

bool memory_run(void)
{
    return in_memory_run;
}

unsigned sized(unsigned whole, unsigned slow, unsigned memory)
{
    return in_memory_run ? memory : getenv("SLOW_RUN") ? slow : whole;
}

static void *keep(enum kind kind, void *what)
{
    if (what) {
        ck_assert_uint_lt(kept_count, sizeof kept / sizeof *kept);
        kept[kept_count].kind = kind;
        kept[kept_count++].what = what;
    }
    return what;
}

sipcause_table *keep_table(sipcause_table *table)
{
    return keep(TABLE, table);
}

sipcause_builder *keep_builder(sipcause_builder *builder)
{
    return keep(BUILDER, builder);
}

sipcause_release *keep_release(sipcause_release *release)
{
    return keep(RELEASE, release);
}

sipcause_report *keep_report(sipcause_report *report)
{
    return keep(REPORT, report);
}

sipcause_survey *keep_survey(sipcause_survey *survey)
{
    return keep(SURVEY, survey);
}

sipcause_builder *new_builder(const sipcause_table *base)
{
    return keep_builder(sipcause_builder_new(base));
}

bool map(sipcause_builder *builder, sipcause_code code, sipcause_row from)
{
    sipcause_error error;
    int result = sipcause_builder_map(builder, code, &from, &error);
    ck_assert_msg(result == SIPCAUSE_OK || result == SIPCAUSE_ERROR_MEMORY, "%s", error.text);
    return result == SIPCAUSE_OK;
}

char *keep_file(const char *path, size_t *length)
{
    const char *root = getenv("SRCDIR");
    char full[4096];
    snprintf(full, sizeof full, "%s/%s", root ? root : ".", path);
    FILE *file = fopen(full, "rb");
    ck_assert_msg(file != NULL, "cannot open %s", full);
    char *bytes = NULL;
    size_t used = 0, got;
    do {
        bytes = realloc(bytes, used + 65537);
        ck_assert_ptr_nonnull(bytes);
        got = fread(bytes + used, 1, 65536, file);
        used += got;
    } while (got);
    fclose(file);
    bytes[used] = 0;
    if (length)
        *length = used;
    return keep(BLOCK, bytes);
}

static void set_up(void)
{
    kept_count = 0;
#ifdef SIPCAUSE_TEST_MEMORY
    memory_fail_at(fail_at, fail_ever_after);
#endif
}

static void tear_down(void)
{
    while (kept_count) {
        struct kept *last = &kept[--kept_count];
        switch (last->kind) {
        case TABLE: sipcause_table_unref(last->what); break;
        case BUILDER: sipcause_builder_free(last->what); break;
        case RELEASE: sipcause_release_free(last->what); break;
        case REPORT: sipcause_report_free(last->what); break;
        case SURVEY: sipcause_survey_free(last->what); break;
        case BLOCK: free(last->what); break;
        }
    }
#ifdef SIPCAUSE_TEST_MEMORY
    refused_in_run |= memory_failed();
    memory_fail_at(-1, false);
    ck_assert_msg(memory_live() == 0, "%ld blocks were left allocated", memory_live());
#endif
}

/* Where allocations fail, a suite is one test of libcheck's, whose files and timers of each cost more than most do. */
static struct listed {
    const TTest *test;
    int loops;
} listed[128];
static size_t listed_count;
static const char *running; /* which of them, and in which loop */
static int running_loop;

/* The fixture around it belongs to the test that fails, which is left at once. */
START_TEST(every_test)
{
    for (size_t i = 0; i < listed_count; i++)
        for (int loop = 0; loop < listed[i].loops; loop++) {
            tear_down();
            running = listed[i].test->name;
            running_loop = loop;
            set_up();
            listed[i].test->fn(loop);
        }
}
END_TEST

void add_test_named(Suite *suite, const char *name, const TTest *test, int loops)
{
    if (in_memory_run && test != every_test) {
        if (listed_count == sizeof listed / sizeof *listed)
            abort(); /* libcheck's assertions are for a test that runs */
        listed[listed_count++] = (struct listed){test, loops};
        return;
    }
    TCase *one = tcase_create(name);
    tcase_add_checked_fixture(one, set_up, tear_down);
    tcase_set_timeout(one, 240);
    tcase_add_loop_test(one, test, 0, loops);
    suite_add_tcase(suite, one);
}

/* Returns the number of failed tests. In the memory run nothing forks: a crash ends the program. */
static int run_once(bool fork, enum print_output print)
{
    listed_count = 0;
    Suite *suite = make_suite();
    if (in_memory_run)
        add_test(suite, every_test);
    SRunner *runner = srunner_create(suite);
    if (!fork)
        srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, print);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}

static int run_without_memory(void)
{
    in_memory_run = true;
    long runs = 0;
    for (int ever_after = 0; ever_after < 2; ever_after++) {
        for (long n = 0;; n++) {
            fail_at = n;
            fail_ever_after = ever_after;
            refused_in_run = false;
            runs++;
            if (run_once(false, CK_SILENT)) {
                fprintf(stderr, "%s, loop %d, with allocation %ld refused%s:\n", running, running_loop, n,
                        ever_after ? " and all later ones" : "");
                run_once(false, CK_NORMAL);
                return 1;
            }
            if (!refused_in_run)
                break;
        }
    }
    printf("%ld runs, every allocation refused in turn\n", runs);
    return 0;
}

int main(int count, char **arguments)
{
    if (count > 1 && strcmp(arguments[1], "--memory") == 0)
        return run_without_memory();
    return run_once(true, CK_NORMAL) ? EXIT_FAILURE : EXIT_SUCCESS;
}
