/*
 * diff.c - sipcause diff: what two tables say differently.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
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

/* The items of a text's `when`: the mappings that stand at the third level. */
typedef struct items {
    sipcause_slice *at; /* each with its braces */
    size_t count, room;
} items;

static void add_item(items *of, const char *start, const char *end)
{
    if (of->count == of->room) {
        of->room = of->room == 0 ? 16 : of->room * 2;
        of->at = need_more(of->at, of->room, sizeof *of->at);
    }
    of->at[of->count++] = (sipcause_slice){start, (size_t)(end - start)};
}

static items items_of(const char *text)
{
    items found = {NULL, 0, 0};
    const char *start = text;
    unsigned level = 0;
    bool quoted = false;
    for (const char *at = text; text != NULL && *at != '\0'; at++) {
        if (*at == '"') {
            quoted = !quoted;
        } else if (quoted) {
            at += *at == '\\' && at[1] != '\0'; /* what is behind it ends no quotes */
        } else if (*at == '{' || *at == '[') {
            start = level++ == 2 ? at : start;
        } else if ((*at == '}' || *at == ']') && --level == 2 && *at == '}') {
            add_item(&found, start, at + 1);
        }
    }
    return found;
}

static bool same_item(sipcause_slice a, sipcause_slice b)
{
    return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

/* How many items both have at their beginning, and at their end. */
typedef struct shared {
    size_t first, last;
} shared;

static shared shared_items(const items *a, const items *b)
{
    size_t least = a->count < b->count ? a->count : b->count;
    shared both = {0, 0};
    while (both.first < least && same_item(a->at[both.first], b->at[both.first]))
        both.first++;
    while (both.first + both.last < least &&
           same_item(a->at[a->count - both.last - 1], b->at[b->count - both.last - 1]))
        both.last++;
    return both;
}

/* A run of items, each in a line of its own, which it may in YAML, too; a long one that both texts have is counted. */
static void put_items(const items *of, size_t first, size_t end, bool both_have)
{
    if (both_have && end - first > 2) {
        out_format("\n        ... %zu items that both have", end - first);
        return;
    }
    for (size_t i = first; i < end; i++) {
        out_text("\n        ");
        out_visible(of->at[i].text, of->at[i].length);
        out_text(i + 1 < of->count ? "," : "");
    }
}

static void put_text(const char *text, const items *of, shared both)
{
    size_t length = strlen(text);
    if (of->count == 0 || length <= FOLDED_FROM) {
        out_visible(text, length);
        return;
    }
    const char *end = of->at[of->count - 1].text + of->at[of->count - 1].length;
    out_visible(text, (size_t)(of->at[0].text - text));
    put_items(of, 0, both.first, true);
    put_items(of, both.first, of->count - both.last, false);
    put_items(of, of->count - both.last, of->count, true);
    out_visible(end, length - (size_t)(end - text));
}

/* What one of the tables says, ready to be printed. */
typedef struct line {
    const char *sign, *text; /* text NULL: nothing */
    char place[PLACE_BYTES];
    items when;
    enum out_colour colour;
} line;

static line line_of(const operand *of, const sipcause_said *said, const char *sign, enum out_colour colour)
{
    line made = {.sign = sign, .text = said->text, .when = items_of(said->text), .colour = colour};
    write_place(of, said, made.place);
    return made;
}

static void put_line(const line *of, size_t columns, shared both)
{
    if (of->text == NULL)
        return;
    out_text("  ");
    out_colour(of->colour);
    out_text(of->sign);
    out_column(of->place, columns, 0);
    put_text(of->text, &of->when, both);
    out_colour(PLAIN);
    out_text("\n");
}

static void put_difference(const operand *a, const operand *b, const sipcause_difference *one)
{
    line of_a = line_of(a, &one->a, "- ", RED), of_b = line_of(b, &one->b, "+ ", GREEN);
    size_t columns_a = of_a.text != NULL ? columns_of(of_a.place) : 0;
    size_t columns_b = of_b.text != NULL ? columns_of(of_b.place) : 0;
    size_t columns = columns_a > columns_b ? columns_a : columns_b;
    shared both = shared_items(&of_a.when, &of_b.when);
    out_colour(BOLD);
    out_visible(one->key, strlen(one->key));
    out_colour(PLAIN);
    out_text("\n");
    put_line(&of_a, columns, both);
    put_line(&of_b, columns, both);
    free(of_a.when.at);
    free(of_b.when.at);
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
