/*
 * show.c - sipcause show: the effective table, row by row or as a mapping file.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "entry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct shown {
    bool json;
    bool measured; /* false: only find the width of the codes */
    entry_columns columns;
} shown;

static void show_row(shown *of, const char *code, const sipcause_entry *entry, const char *name)
{
    size_t length = strlen(code);
    if (entry == NULL)
        return;
    if (!of->measured)
        of->columns.code = length > of->columns.code ? length : of->columns.code;
    else if (of->json)
        entry_json_whole(code, entry, name);
    else
        entry_text_whole(of->columns, code, entry, name);
}

/* A row that is no code's. */
static void show_other(shown *of, const char *code, const sipcause_entry *entry)
{
    if (entry != NULL)
        show_row(of, code, entry, entry->name);
}

static void show_others(shown *of, const sipcause_table *table)
{
    char text[96];
    for (uint32_t hundreds = 3; hundreds <= 6; hundreds++) {
        snprintf(text, sizeof text, "sip:%uxx", (unsigned)hundreds);
        show_other(of, text, sipcause_table_class(table, hundreds));
    }
    for (uint32_t local = 1; sipcause_local_name(local) != NULL; local++) {
        snprintf(text, sizeof text, "local:%s", sipcause_local_name(local));
        show_other(of, text, sipcause_table_local(table, local));
    }
    for (uint32_t situation = 1; sipcause_no_cause_name(situation) != NULL; situation++) {
        snprintf(text, sizeof text, "no-cause:%s", sipcause_no_cause_name(situation));
        show_other(of, text, sipcause_table_no_cause(table, situation));
    }
    show_other(of, "default", sipcause_table_default(table));
}

static void show_rows(shown *of, const sipcause_table *table)
{
    sipcause_cursor cursor = {0, 0, 0};
    sipcause_code code;
    const sipcause_entry *entry;
    char text[96];
    while ((entry = sipcause_table_next(table, &cursor, &code)) != NULL) {
        sipcause_code_format(table, code, text, sizeof text);
        show_row(of, text, entry, entry->name != NULL ? entry->name : sipcause_code_name(code));
    }
    show_others(of, table);
}

/* What most tables do not say has no line where it is not said. */
static void show_ignored(const sipcause_table *table)
{
    bool any = false;
    for (uint32_t status = 100; status <= 699; status++) {
        if (!sipcause_table_ignores_reason(table, status))
            continue;
        out_format("%s%u", any ? ", " : "\nignore reason  ", (unsigned)status);
        any = true;
    }
}

static void show_effective(const sipcause_table *table)
{
    int64_t seconds = sipcause_table_effective(table);
    time_t when = (time_t)seconds;
    struct tm parts;
    if (seconds == SIPCAUSE_ALWAYS)
        return;
    if ((int64_t)when != seconds || gmtime_r(&when, &parts) == NULL)
        out_format("\neffective      %lld seconds since 1970", (long long)seconds);
    else
        out_format("\neffective      %04lld-%02d-%02dT%02d:%02d:%02dZ", 1900LL + parts.tm_year, parts.tm_mon + 1,
                   parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

/* Where the carrier puts its codes, and which are asked first. */
static void show_settings(const sipcause_table *table)
{
    sipcause_cause_header header;
    const char *name = sipcause_table_name(table);
    out_text("table          ");
    out_visible(name, strlen(name));
    out_text("\ncause headers  ");
    size_t count = sipcause_cause_header_count(table);
    for (size_t i = 0; i < count && sipcause_cause_header_at(table, i, &header); i++) {
        out_text(i == 0 ? "" : ", ");
        out_text(header.name);
        if (header.parameter != NULL)
            out_format(";%s", header.parameter);
        if (header.space != SIPCAUSE_SPACE_CARRIER)
            out_format(" (%s)", code_space_printed(header.space));
    }
    out_text(count == 0 ? "none\nprecedence     " : "\nprecedence     ");
    for (size_t i = 0; i < sipcause_precedence_count(table); i++)
        out_format("%s%s", i == 0 ? "" : ", ", code_space_printed(sipcause_precedence_at(table, i)));
    show_ignored(table);
    show_effective(table);
    out_text("\n\n");
}

static int show_yaml(const sipcause_table *table)
{
    size_t length = sipcause_table_yaml(table, NULL, 0);
    if (length == 0) { /* only a table made in C can be like that */
        cli_say("the table holds something that no mapping file can say");
        return EXIT_FILE;
    }
    char *text = need_room(length + 1, 1);
    sipcause_table_yaml(table, text, length + 1);
    out_bytes(text, length);
    free(text);
    return EXIT_DONE;
}

int run_show(const cli_options *options)
{
    const sipcause_table *table;
    int status = mapping_open(options->mapping, &table);
    if (status != EXIT_DONE)
        return status;
    if (options->format != NULL && strcmp(options->format, "yaml") == 0) {
        status = show_yaml(table);
        sipcause_table_unref(table);
        return status;
    }
    shown rows = {.json = options->json, .columns = {4, disposition_columns(table)}};
    show_rows(&rows, table);
    rows.measured = true;
    if (!options->json) {
        show_settings(table);
        entry_head(rows.columns);
    }
    show_rows(&rows, table);
    sipcause_table_unref(table);
    return EXIT_DONE;
}
