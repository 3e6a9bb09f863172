/*
 * test_glob.c - patterns, against a table and against a matcher that is slow and plainly right.
 *
 * SPDX-License-Identifier: MIT
 */
#include "harness.h"

#include <string.h>

static const struct {
    const char *pattern, *text;
    bool matches;
} cases[] = {
    {"*", "", true},
    {"*", "anything", true},
    {"?", "", false},
    {"?", "x", true},
    {"?", "xy", false},
    {"abc", "abc", true},
    {"abc", "ABC", true},
    {"ABC", "abc", true},
    {"abc", "abcd", false},
    {"abc", "xabc", false},
    {"abc", "", false},
    {"*capacity*", "No Capacity Available", true},
    {"*capacity*", "capacit", false},
    {"* D35", "Invalid Caller Origination Number D35", true},
    {"* D35", "Invalid Caller Origination Number D3", false},
    {"* D3", "Invalid Caller Origination Number D35", false},
    {"a*b*c", "abc", true},
    {"a*b*c", "aXXbYYc", true},
    {"a*b*c", "acb", false},
    {"a*a", "a", false},
    {"a*a", "aa", true},
    {"*aab", "aaab", true}, /* the segment begins anew inside what it has seen */
    {"*aab*aab", "aab", false},
    {"*aab*aab", "aabaab", true},
    {"**x**", "axb", true},
    {"?*?", "a", false},
    {"?*?", "ab", true},
    {"a?c",
     "a\xc3\xa9"
     "c",
     true}, /* ? is a character, not a byte */
    {"a??c",
     "a\xc3\xa9"
     "c",
     false},
    {"*?", "\xf0\x9f\x98\x80", true},
    {"\xc3\x89*", "\xc3\x89t\xc3\xa9", true},
    {"\xc3\x89*", "\xc3\xa9t\xc3\xa9", false}, /* only ASCII case is ignored */
    {"a*", "", false},
};

START_TEST(every_case)
{
    size_t count = sizeof cases / sizeof *cases;
    for (size_t i = 0; i < count; i++) {
        bool found = glob_matches(cases[i].pattern, cases[i].text, strlen(cases[i].text));
        ck_assert_msg(found == cases[i].matches, "\"%s\" on \"%s\" says %d", cases[i].pattern, cases[i].text, found);
    }
}
END_TEST

/* Escapes and folds of a quoted text are undone while it is read. */
START_TEST(quoted_texts)
{
    ck_assert(glob_matches_quoted("say \"hi\"", "say \\\"hi\\\"", 10));
    ck_assert(glob_matches_quoted("a b", "a \r\n\t b", 7));
    ck_assert(glob_matches_quoted("a b", "a\n b", 4));
    ck_assert(!glob_matches_quoted("a b", "a\nb", 3));
    ck_assert(glob_matches_quoted("back\\slash", "back\\\\slash", 11));
    ck_assert(glob_matches_quoted("*", "\\", 1));
    ck_assert(!glob_matches_quoted("?", "\\", 1));
}
END_TEST

/* What a pattern of characters a, b, ? and * says, by trying everything. */
static bool slowly(const char *pattern, const char *text)
{
    if (!*pattern)
        return !*text;
    if (*pattern == '*')
        return slowly(pattern + 1, text) || (*text && slowly(pattern, text + 1));
    return *text && (*pattern == '?' || *pattern == *text) && slowly(pattern + 1, text + 1);
}

/* Every pattern of up to 5 and every text of up to 6 characters of a small alphabet. */
START_TEST(agrees_with_the_slow_matcher)
{
    static const char signs[] = "ab?*", letters[] = "ab";
    char pattern[6], text[7];
    unsigned compared = 0;
    for (unsigned p = 1; p < 1u << 12; p++) {
        size_t length = 0;
        for (unsigned rest = p; rest > 1 && length < 5; rest /= 4)
            pattern[length++] = signs[rest % 4];
        pattern[length] = 0;
        if (!length)
            continue;
        for (unsigned t = 1; t < 1u << 7; t++) {
            length = 0;
            for (unsigned rest = t; rest > 1; rest /= 2)
                text[length++] = letters[rest % 2];
            text[length] = 0;
            if (glob_matches(pattern, text, length) != slowly(pattern, text))
                ck_abort_msg("\"%s\" on \"%s\"", pattern, text);
            compared++;
        }
    }
    ck_assert_uint_gt(compared, 400000);
}
END_TEST

START_TEST(patterns_that_are_refused)
{
    char longest[257];
    memset(longest, 'x', sizeof longest);
    longest[256] = 0;
    ck_assert_ptr_nonnull(glob_fault(""));
    ck_assert_ptr_nonnull(glob_fault(longest));
    for (size_t i = 60; i < 255; i += 60)
        longest[i] = '*';
    ck_assert_ptr_nonnull(glob_fault(longest));
    longest[255] = 0;
    ck_assert_ptr_null(glob_fault(longest));
    longest[60] = longest[65] = 'x';
    ck_assert_ptr_nonnull(glob_fault(longest)); /* over 64 between two stars */
    ck_assert_ptr_null(glob_fault("*"));
}
END_TEST

/* 64 characters are the most that a segment has: its last bit must count. */
START_TEST(a_segment_of_64)
{
    char pattern[80], text[200];
    memset(pattern, 'x', sizeof pattern);
    pattern[0] = '*';
    pattern[65] = 0;
    ck_assert_ptr_null(glob_fault(pattern));
    memset(text, 'x', sizeof text);
    ck_assert(!glob_matches(pattern, text, 63));
    ck_assert(glob_matches(pattern, text, 64));
    ck_assert(glob_matches(pattern, text, 200));
    text[199] = 'y';
    ck_assert(!glob_matches(pattern, text, 200));
    ck_assert(!glob_matches(pattern + 1, text, 65));
    ck_assert(glob_matches(pattern + 1, text, 64));
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("glob");
    add_test(suite, every_case);
    add_test(suite, quoted_texts);
    add_test(suite, agrees_with_the_slow_matcher);
    add_test(suite, patterns_that_are_refused);
    add_test(suite, a_segment_of_64);
    return suite;
}
