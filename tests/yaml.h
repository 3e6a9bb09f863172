/*
 * yaml.h - a table to the text of a mapping file and back, for the suites yaml, yaml_random, equal and compare.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_TEST_YAML_H
#define SIPCAUSE_TEST_YAML_H

#include "harness.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static char text[1 << 18], again[1 << 18];

/* Writes the table, loads that, compares, and writes it once more. False when memory is short. */
static inline bool comes_back(const sipcause_table *table)
{
    sipcause_error error;
    size_t length = sipcause_table_yaml(table, text, sizeof text);
    ck_assert_uint_gt(length, 0);
    ck_assert_uint_lt(length, sizeof text);
    sipcause_table *loaded = keep_table(sipcause_load_bytes(text, length, "yaml", &error));
    if (!loaded) {
        ck_assert_msg(out_of_memory(), "%u:%u: %s\n%s", (unsigned)error.line, (unsigned)error.column, error.text, text);
        return false;
    }
    ck_assert_uint_eq(sipcause_table_yaml(loaded, again, sizeof again), length);
    ck_assert_str_eq(again, text);
    ck_assert_msg(sipcause_table_equal(table, loaded) && sipcause_table_equal(loaded, table), "not equal:\n%s", text);
    return true;
}

/* What a file must quote, escape or leave alone. */
static const char *const odd_texts[] = {
    "Busy Here", /* 486's own name */
    "Decline",
    "null",
    "Null",
    "~",
    "true",
    "off",
    "y",
    "No",
    "none",
    "007",
    "1",
    "1.0",
    "-1",
    "1e3",
    "0x10",
    "1_000",
    "2026-03-25",
    ".inf",
    "=",
    "<<",
    "- x",
    "-",
    "---",
    "...",
    "? x",
    "a: b",
    "a:",
    ":",
    "#x",
    "x #y",
    "[x]",
    "{x}",
    ",",
    "a, b",
    "]",
    "'",
    "''",
    "\"",
    "it's",
    "say \"so\"",
    "*alias",
    "&anchor",
    "!tag",
    "%TAG",
    "@at",
    "`tick`",
    "|",
    ">",
    "back\\slash \\n \\ud83d\\ude00",
    " leading",
    "trailing ",
    "two  blanks",
    "tab\there",
    "\t",
    "line\nend",
    "line\r\nend",
    "\n",
    "\x01\x1b[31m\x7f",
    "\xc2\x80\xc2\x85\xc2\x9f",
    "\xc2\xa0",
    "\xe2\x80\xa8\xe2\x80\xa9",
    "\xef\xbb\xbf",
    "\xef\xbf\xbe\xef\xbf\xbf",
    "\xef\xbf\xbd",
    "\xf0\x9f\x98\x80",
    "\xf4\x8f\xbf\xbf",
    "M\xc3\xbcnchen",
    "\xe2\x80\xaeg",
};

#endif
