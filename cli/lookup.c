/*
 * lookup.c - sipcause lookup: what a table says of codes.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "entry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct asked {
    const char *text; /* as it was asked for */
    char code[96];    /* as it is printed */
    sipcause_code number;
    const sipcause_entry *entry;
} asked;

/* "carrier:D35" may be a word that the table lacks: not mapped, but no mistake. */
static bool is_carrier_word(const char *text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";
    if (strncmp(text, "carrier:", 8) != 0)
        return false;
    size_t length = strlen(text + 8);
    return length >= 1 && length <= 31 && strspn(text + 8, letters) == length &&
           strspn(text + 8, "0123456789") != length;
}

static int resolve(const sipcause_table *table, asked *one)
{
    sipcause_error error;
    if (sipcause_code_parse(table, one->text, SIPCAUSE_TEXT, &one->number, &error) == SIPCAUSE_OK) {
        sipcause_code_format(table, one->number, one->code, sizeof one->code);
        one->entry = sipcause_lookup(table, one->number);
        return EXIT_DONE;
    }
    if (error.code == SIPCAUSE_ERROR_UNKNOWN_CODE && is_carrier_word(one->text)) {
        snprintf(one->code, sizeof one->code, "%s", one->text);
        return EXIT_DONE;
    }
    return cli_usage("lookup", "%s: %s", one->text, error.text);
}

/* What an unmapped code falls to, and the name of that row. */
static const sipcause_entry *falls_to(const sipcause_table *table, sipcause_code code, char *row, size_t size)
{
    const sipcause_entry *entry = NULL;
    if (code.space == SIPCAUSE_SPACE_SIP)
        entry = sipcause_table_class(table, code.value / 100);
    if (entry != NULL) {
        snprintf(row, size, "%uxx", (unsigned)(code.value / 100));
        return entry;
    }
    snprintf(row, size, "default");
    return sipcause_table_default(table);
}

static void print(const sipcause_table *table, const asked *one, entry_columns columns, bool json)
{
    const char *standard = sipcause_code_name(one->number);
    const char *name = one->entry != NULL && one->entry->name != NULL ? one->entry->name : standard;
    if (json) {
        entry_json(one->code, one->entry, name);
    } else if (one->entry != NULL) {
        entry_text(columns, one->code, one->entry, name);
    } else {
        char row[16];
        const sipcause_entry *entry = falls_to(table, one->number, row, sizeof row);
        out_column(one->code, columns.code, 0);
        out_text("not mapped");
        if (entry != NULL) {
            out_format("; alone it falls to %s: ", row);
            out_visible(entry->disposition, strlen(entry->disposition));
        }
        if (name != NULL)
            out_format("  (%s)", name);
        out_text("\n");
    }
}

int run_lookup(const cli_options *options)
{
    const sipcause_table *table;
    int status = mapping_open(options->mapping, &table);
    if (status != EXIT_DONE)
        return status;
    size_t count = (size_t)options->count;
    entry_columns columns = {4, disposition_columns(table)};
    bool unmapped = false, mapped = false;
    asked *all = need_room(count, sizeof *all);
    for (size_t i = 0; i < count && status == EXIT_DONE; i++) {
        all[i].text = options->arguments[i];
        status = resolve(table, &all[i]);
        unmapped |= all[i].entry == NULL;
        mapped |= all[i].entry != NULL;
        columns.code = strlen(all[i].code) > columns.code ? strlen(all[i].code) : columns.code;
    }
    if (status == EXIT_DONE && !options->json && mapped)
        entry_head(columns);
    for (size_t i = 0; i < count && status == EXIT_DONE; i++)
        print(table, &all[i], columns, options->json);
    free(all);
    sipcause_table_unref(table);
    return status == EXIT_DONE && unmapped ? EXIT_FOUND : status;
}
