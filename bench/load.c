/*
 * load.c - what loading a mapping file costs beyond libyaml's bare event parse of the same bytes, validating it beyond
 * loading it, and how both grow with its rows.
 *
 * SPDX-License-Identifier: MIT
 */
#include "sections.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <yaml.h>

enum { SIZES = 3, WORKS = 3 };

static const unsigned sizes[SIZES] = {1000, 10000, 100000};
static const char *const rows_of[SIZES] = {"1,000", "10,000", "100,000"};

typedef struct document {
    char *text;
    size_t length;
    sipcause_report *report; /* used again, as a checker of many files does */
} document;

static uint64_t walk_lines(void *on)
{
    const document *from = on;
    return walk(from->text, from->length, '\n');
}

static uint64_t parse(void *on)
{
    const document *from = on;
    yaml_parser_t parser;
    yaml_event_t event;
    uint64_t events = 0;
    int end = 0;
    if (!yaml_parser_initialize(&parser))
        fail("memory is short", NULL);
    yaml_parser_set_input_string(&parser, (const unsigned char *)from->text, from->length);
    while (!end) {
        if (!yaml_parser_parse(&parser, &event))
            fail("libyaml refuses the file", NULL);
        end = event.type == YAML_STREAM_END_EVENT;
        events++;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return events;
}

static uint64_t load(void *on)
{
    const document *from = on;
    sipcause_error error;
    sipcause_table *table = sipcause_load_bytes(from->text, from->length, "acme.yaml", &error);
    if (!table)
        fail(error.text, "acme.yaml");
    uint64_t bytes = sipcause_table_bytes(table);
    sipcause_table_unref(table);
    return bytes;
}

static uint64_t validate(void *on)
{
    const document *from = on;
    sipcause_report_clear(from->report);
    if (sipcause_validate_bytes(from->text, from->length, "acme.yaml", from->report) != SIPCAUSE_OK)
        fail("the file cannot be validated", NULL);
    return sipcause_report_count(from->report);
}

/* That all of it is read: every row is looked up, none is an error. */
static void check(document *of, unsigned rows)
{
    sipcause_table_unref(load_mapping(of->text, of->length));
    validate(of);
    if (sipcause_report_count_of(of->report, SIPCAUSE_SEVERITY_ERROR))
        fail("a row that is right is called an error", "acme.yaml");
    if (parse(of) < 2 * (uint64_t)rows)
        fail("has fewer events than rows", "acme.yaml");
}

/* Rows of one work for the three sizes: its ratio to another. */
static void tell(const rounds *timed, const char *name, size_t which, size_t base, const char *base_name)
{
    char row[64];
    for (size_t i = 0; i < SIZES; i++) {
        snprintf(row, sizeof row, "%s, %s rows", name, rows_of[i]);
        row_ratio(row, timed, i * WORKS + which, i * WORKS + base, base_name, "row");
    }
}

/* Time grows with the rows to that power; 1 is in proportion. */
static void tell_growth(const rounds *timed, const char *name, size_t which)
{
    char row[64];
    for (size_t i = 1; i < SIZES; i++) {
        spread grown = rounds_ratio(timed, i * WORKS + which, (i - 1) * WORKS + which);
        snprintf(row, sizeof row, "growth: %s, %s to %s rows", name, rows_of[i - 1], rows_of[i]);
        row_figure(row, 1 + log10(grown.median), "exponent");
    }
}

void measure_load(void)
{
    static rounds timed;
    document documents[SIZES];
    contender contenders[SIZES * WORKS + 1];
    sipcause_report *report = sipcause_report_new();
    if (!report)
        fail("memory is short", NULL);
    for (size_t i = 0; i < SIZES; i++) {
        documents[i].length = make_mapping(sizes[i], &documents[i].text, NULL, NULL);
        documents[i].report = report;
        check(&documents[i], sizes[i]);
        contenders[i * WORKS] = (contender){"parse", parse, &documents[i], sizes[i]};
        contenders[i * WORKS + 1] = (contender){"load", load, &documents[i], sizes[i]};
        contenders[i * WORKS + 2] = (contender){"validate", validate, &documents[i], sizes[i]};
    }
    contenders[SIZES * WORKS] = (contender){"walk", walk_lines, &documents[1], sizes[1]};
    rounds_run(&timed, contenders, SIZES * WORKS + 1, ROUNDS, 2 * MILLISECONDS);
    row_ratio("limit: libyaml's bare event parse, 10,000 rows", &timed, WORKS, SIZES * WORKS,
              "newline walk of the same", "row");
    tell(&timed, "load", 1, 0, "libyaml's bare event parse");
    tell(&timed, "validate", 2, 1, "load");
    tell_growth(&timed, "bare event parse", 0);
    tell_growth(&timed, "load", 1);
    tell_growth(&timed, "validate", 2);
    for (size_t i = 0; i < SIZES; i++)
        free(documents[i].text);
    sipcause_report_free(report);
}
