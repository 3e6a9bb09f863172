/*
 * entry.c - a table's row as JSON and as a line for people.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "entry.h"

#include <string.h>

/* The object without its end. */
static void put_json(const char *code, const sipcause_entry *entry, const char *name)
{
    out_text("{\"code\":");
    json_string(code, strlen(code));
    json_bool("mapped", entry != NULL);
    json_text("disposition", entry == NULL ? NULL : entry->disposition);
    json_text("name", name);
    json_text("outcome", entry == NULL ? NULL : sipcause_outcome_name(entry->outcome));
    json_text("party", entry == NULL ? NULL : sipcause_party_name(entry->party));
    json_text("route", entry == NULL ? NULL : sipcause_route_name(entry->route));
}

void entry_json(const char *code, const sipcause_entry *entry, const char *name)
{
    put_json(code, entry, name);
    out_text("}\n");
}

void entry_json_whole(const char *code, const sipcause_entry *entry, const char *name)
{
    put_json(code, entry, name);
    json_text("note", entry->note);
    json_count("when", entry->when_count);
    out_text("}\n");
}

size_t disposition_columns(const sipcause_table *table)
{
    size_t widest = 0;
    for (size_t i = 0; i < sipcause_disposition_count(table); i++) {
        size_t length = strlen(sipcause_disposition_name(table, i));
        widest = length > widest ? length : widest;
    }
    return widest > 40 ? 40 : widest;
}

void entry_head(entry_columns columns)
{
    out_colour(BOLD);
    out_column("CODE", columns.code, 0);
    out_column("DISPOSITION", columns.disposition, 0);
    out_column("OUTCOME", 18, 0);
    out_column("PARTY", 7, 0);
    out_column("ROUTE", 5, 0);
    out_text("NAME");
    out_colour(PLAIN);
    out_text("\n");
}

static void put_text(entry_columns columns, const char *code, const sipcause_entry *entry, const char *name)
{
    out_column(code, columns.code, 0);
    out_column(entry->disposition, columns.disposition, 0);
    out_column(sipcause_outcome_name(entry->outcome), 18, 0);
    out_column(sipcause_party_name(entry->party), 7, 0);
    out_column(sipcause_route_name(entry->route), 5, 0);
    out_visible(name == NULL ? "-" : name, name == NULL ? 1 : strlen(name));
}

static void put_note(const sipcause_entry *entry)
{
    if (entry->note != NULL) {
        out_text("  # ");
        out_visible(entry->note, strlen(entry->note));
    }
    out_text("\n");
}

void entry_text(entry_columns columns, const char *code, const sipcause_entry *entry, const char *name)
{
    put_text(columns, code, entry, name);
    put_note(entry);
}

void entry_text_whole(entry_columns columns, const char *code, const sipcause_entry *entry, const char *name)
{
    put_text(columns, code, entry, name);
    if (entry->when_count != 0)
        out_format("  (+%u when)", (unsigned)entry->when_count);
    put_note(entry);
}
