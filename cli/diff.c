/*
 * diff.c - sipcause diff: what two tables say differently.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

/* One of the two tables, as the command line names it. */
typedef struct operand {
    const char *name;
    const sipcause_table *table;
} operand;

/* ---- for people -------------------------------------------------------------------------------------------- */

enum { PLACE_BYTES = 256, FOLDED_FROM = 100 };

/* "acme.yaml:12"; what has no line is named after the table that says it. A long name loses its beginning. */
static void write_place(const operand *of, const sipcause_said *said, char to[PLACE_BYTES])
{
    const size_t most = PLACE_BYTES - 32; /* bytes of the name; the others are for what stands around it */
    const char *name = said->line != 0 ? said->file : of->name;
    size_t length = strlen(name);
    bool inherited = said->file != NULL && strcmp(said->file, "built-in") == 0 && sipcause_builtin(of->name) == NULL;
    const char *cut = length > most ? "..." : "";
    name += length > most ? length - most : 0;
    if (said->line != 0)
        snprintf(to, PLACE_BYTES, "%s%s:%u", cut, name, (unsigned)said->line);
    else
        snprintf(to, PLACE_BYTES, "%s%s%s", cut, name, inherited ? " (built-in)" : "");
}

static size_t columns_of(const char *text)
{
    size_t columns = 0, length = strlen(text);
    for (size_t at = 0; at < length; columns++) {
        uint32_t point;
        at += utf8_next(text + at, length - at, &point);
    }
    return columns;
}

/* A long text has each item of its `when` in a line of its own, which it may in YAML, too: items are the mappings that
 * stand at the third level. */
static void put_text(const char *text)
{
    size_t length = strlen(text), start = 0;
    unsigned level = 0;
    bool quoted = false;
    for (size_t at = 0; at < length && length > FOLDED_FROM; at++) {
        char c = text[at];
        if (c == '"') {
            quoted = !quoted;
        } else if (quoted) {
            at += c == '\\'; /* what is behind it ends no quotes */
        } else if (c == '}' || c == ']') {
            level--;
        } else if (c == '{' || c == '[') {
            if (c == '{' && level == 2) {
                size_t blank = text[at - 1] == ' ';
                out_visible(text + start, at - start - blank);
                out_text("\n        ");
                start = at;
            }
            level++;
        }
    }
    out_visible(text + start, length - start);
}

static void put_side(const char *sign, const char *place, size_t columns, const sipcause_said *said,
                     enum out_colour colour)
{
    if (said->text == NULL)
        return;
    out_text("  ");
    out_colour(colour);
    out_text(sign);
    out_column(place, columns, 0);
    put_text(said->text);
    out_colour(PLAIN);
    out_text("\n");
}

static void put_difference(const operand *a, const operand *b, const sipcause_difference *one)
{
    char place_a[PLACE_BYTES], place_b[PLACE_BYTES];
    write_place(a, &one->a, place_a);
    write_place(b, &one->b, place_b);
    size_t columns_a = one->a.text != NULL ? columns_of(place_a) : 0;
    size_t columns_b = one->b.text != NULL ? columns_of(place_b) : 0;
    size_t columns = columns_a > columns_b ? columns_a : columns_b;
    out_colour(BOLD);
    out_visible(one->key, strlen(one->key));
    out_colour(PLAIN);
    out_text("\n");
    put_side("- ", place_a, columns, &one->a, RED);
    put_side("+ ", place_b, columns, &one->b, GREEN);
}

static void put_count(const operand *a, const operand *b, size_t count)
{
    if (count == 0) {
        out_text("no differences\n");
        return;
    }
    out_number(count);
    out_text(count == 1 ? " difference: - " : " differences: - ");
    out_visible(a->name, strlen(a->name));
    out_text(", + ");
    out_visible(b->name, strlen(b->name));
    out_text("\n");
}

/* ---- JSON -------------------------------------------------------------------------------------------------- */

static void json_side(const char *name, const sipcause_said *said)
{
    json_name(name, false);
    if (said->text == NULL) {
        out_text("null");
        return;
    }
    out_text("{\"text\":");
    json_string(said->text, strlen(said->text));
    json_text("file", said->file);
    json_number_or_null("line", said->line);
    out_text("}");
}

static void json_difference(const sipcause_difference *one)
{
    out_text("{\"key\":");
    json_string(one->key, strlen(one->key));
    json_text("kind", sipcause_difference_kind_name(one->kind));
    json_text("code", one->code_text);
    json_side("a", &one->a);
    json_side("b", &one->b);
    out_text("}\n");
}

/* ---- the subcommand ---------------------------------------------------------------------------------------- */

static bool show_differences(const operand *a, const operand *b, bool json)
{
    const sipcause_difference *one;
    sipcause_comparison *all = sipcause_compare(a->table, b->table);
    if (all == NULL)
        need_failed();
    size_t count = sipcause_difference_count(all);
    for (size_t i = 0; (one = sipcause_difference_at(all, i)) != NULL; i++) {
        if (json)
            json_difference(one);
        else
            put_difference(a, b, one);
    }
    if (!json)
        put_count(a, b, count);
    sipcause_comparison_free(all);
    return count != 0;
}

int run_diff(const cli_options *options)
{
    operand a = {options->arguments[0], NULL}, b = {options->arguments[1], NULL};
    if (strcmp(a.name, "-") == 0 && strcmp(b.name, "-") == 0)
        return cli_usage("diff", "only one of the tables can be on standard input");
    int status = mapping_open(a.name, &a.table);
    if (status == EXIT_DONE)
        status = mapping_open(b.name, &b.table);
    if (status == EXIT_DONE && show_differences(&a, &b, options->json))
        status = EXIT_FOUND;
    sipcause_table_unref(a.table);
    sipcause_table_unref(b.table);
    return status;
}
