/*
 * show.c - sipcause show: the effective table.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "entry.h"

#include <stdio.h>
#include <string.h>

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
        entry_json(code, entry, name);
    else
        entry_text(of->columns, code, entry, name);
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
    for (uint32_t hundreds = 3; hundreds <= 6; hundreds++) {
        entry = sipcause_table_class(table, hundreds);
        snprintf(text, sizeof text, "sip:%uxx", (unsigned)hundreds);
        show_row(of, text, entry, entry == NULL ? NULL : entry->name);
    }
    for (uint32_t situation = 1; sipcause_no_cause_name(situation) != NULL; situation++) {
        entry = sipcause_table_no_cause(table, situation);
        snprintf(text, sizeof text, "no-cause:%s", sipcause_no_cause_name(situation));
        show_row(of, text, entry, entry == NULL ? NULL : entry->name);
    }
    entry = sipcause_table_default(table);
    show_row(of, "default", entry, entry == NULL ? NULL : entry->name);
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
    out_text("\n\n");
}

int run_show(const cli_options *options)
{
    const sipcause_table *table;
    int status = mapping_open(options->mapping, &table);
    if (status != EXIT_DONE)
        return status;
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
