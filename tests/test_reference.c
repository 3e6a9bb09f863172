/*
 * test_reference.c - the Reason reader against a second one, over a million headers that are made of the grammar's own
 * rules, half of them spoilt afterwards.
 *
 * Where the grammar holds, both must read the same values and the library must find nothing against the grammar; where
 * it does not, the library must find something against it. The headers are the same in every run.
 *
 * SPDX-License-Identifier: MIT
 */
#include "harness.h"
#include "made_reason.h"
#include "reference_compare.h"

enum { HEADERS = 1000000, HEADERS_SLOW = 20000, HEADERS_MEMORY = 100 };

/* Returns whether the header is grammatical. */
static bool compare(const header *sent, uint32_t number)
{
    bool grammatical;
    const char *differs = reference_difference(sent->bytes, sent->length, &grammatical);
    if (differs) /* a million assertions would take longer than the reading */
        ck_abort_msg("header %u: they differ in %s: %s", (unsigned)number, differs, sent->bytes);
    return grammatical;
}

START_TEST(test_both_read_the_same)
{
    static header sent;
    uint32_t count = sized(HEADERS, HEADERS_SLOW, HEADERS_MEMORY), grammatical = 0;
    sent.state = 0x5eed1234;
    for (uint32_t number = 0; number < count; number++) {
        make_valid(&sent);
        if (number % 2)
            spoil(&sent);
        bool held = compare(&sent, number);
        grammatical += held;
        if (!held && number % 2 == 0 && sent.length < HEADER_MOST)
            ck_abort_msg("header %u is made by the grammar: %s", (unsigned)number, sent.bytes);
    }
    /* Of the spoilt ones many are grammatical still; both kinds must be there. */
    ck_assert_uint_ge(grammatical, count / 2);
    ck_assert_uint_lt(grammatical, count / 10 * 9);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("reference");
    add_test(suite, test_both_read_the_same);
    return suite;
}
