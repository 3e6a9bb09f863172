/*
 * compare_rows.c - the rows of two tables, matched by their codes, and their interworking rules.
 *
 * SPDX-License-Identifier: MIT
 */
#include "compare.h"

#include "equal.h"

/* ---- rows -------------------------------------------------------------------------------------------------- */

static void write_row(yaml *to, const side *of, bool whole)
{
    yaml_row(to, of->table, of->what, whole);
}

static side side_of_row(const sipcause_table *table, const row *of)
{
    side none = {NULL, NULL, 0, NULL, {0, 0}};
    side one = {table, of, 0, of ? of->entry.file : NULL, {of ? of->entry.line : 0, of ? of->entry.column : 0}};
    return of ? one : none;
}

void compare_row(sipcause_comparison *now, const row *of_a, const row *of_b, const char *own)
{
    if ((!of_a && !of_b) || (of_a && of_b && equal_meanings(now->a, of_a, now->b, of_b)))
        return;
    difference_of of = {.kind = SIPCAUSE_DIFFERENCE_ROW, .section = "map.", .own = own, .write = write_row};
    of.code = of_a ? of_a->code : of_b->code;
    of.a = side_of_row(now->a, of_a);
    of.b = side_of_row(now->b, of_b);
    compare_add(now, &of);
}

/* A fallback row that says something; NULL. */
static const row *fallback_of(const sipcause_table *table, uint32_t fallback)
{
    const row *of = table_fallback_row(table, fallback);
    return of && (of->entry.disposition || of->entry.when_count) ? of : NULL;
}

static void compare_fallbacks(sipcause_comparison *now, uint32_t first, uint32_t last)
{
    for (uint32_t fallback = first; fallback <= last; fallback++)
        compare_row(now, fallback_of(now->a, fallback), fallback_of(now->b, fallback), NULL);
}

/* The rows of numbers: those that are no code's, and words, are compared by themselves. */
static const row *next_number(row_walk *walk)
{
    const row *of = row_walk_next(walk);
    while (of && (of->code.space == SPACE_FALLBACK || of->code.space == SIPCAUSE_SPACE_TOKEN))
        of = row_walk_next(walk);
    return of;
}

/* Two walks over numbers, side by side. */
typedef struct numbers {
    row_walk walk_a, walk_b;
    const row *of_a, *of_b;
} numbers;

static uint64_t place_of(const row *of)
{
    return of ? (uint64_t)of->code.space << 32 | of->code.value : UINT64_MAX;
}

static void compare_numbers(sipcause_comparison *now, numbers *at, uint32_t last_space)
{
    for (;;) {
        uint64_t of_a = place_of(at->of_a), of_b = place_of(at->of_b), first = of_a < of_b ? of_a : of_b;
        if (first == UINT64_MAX || first >> 32 > last_space)
            return;
        compare_row(now, of_a == first ? at->of_a : NULL, of_b == first ? at->of_b : NULL, NULL);
        if (of_a == first)
            at->of_a = next_number(&at->walk_a);
        if (of_b == first)
            at->of_b = next_number(&at->walk_b);
    }
}

void compare_map(sipcause_comparison *now)
{
    numbers at = {.walk_a = {now->a, 0, 0}, .walk_b = {now->b, 0, 0}};
    at.of_a = next_number(&at.walk_a);
    at.of_b = next_number(&at.walk_b);
    compare_numbers(now, &at, SIPCAUSE_SPACE_SIP);
    compare_fallbacks(now, FALLBACK_CLASS + 3, FALLBACK_CLASS + 6);
    compare_numbers(now, &at, SIPCAUSE_SPACE_CARRIER);
    compare_words(now);
    compare_numbers(now, &at, SPACES_MOST);
    compare_fallbacks(now, FALLBACK_LOCAL + SIPCAUSE_LOCAL_TIMEOUT, FALLBACK_LOCAL + SIPCAUSE_LOCAL_LIMIT);
    compare_fallbacks(now, FALLBACK_NO_CAUSE + SIPCAUSE_NO_CAUSE_ANSWERED,
                      FALLBACK_NO_CAUSE + SIPCAUSE_NO_CAUSE_OTHERWISE);
    compare_fallbacks(now, FALLBACK_DEFAULT, FALLBACK_DEFAULT);
}

/* ---- interworking ------------------------------------------------------------------------------------------ */

static void write_to_isup(yaml *to, const side *of, bool whole)
{
    (void)whole;
    yaml_rules(to, true, of->what, of->count);
}

static void write_to_sip(yaml *to, const side *of, bool whole)
{
    (void)whole;
    yaml_rules(to, false, of->what, of->count);
}

static void write_location(yaml *to, const side *of, bool whole)
{
    const uint8_t *location = of->what;
    (void)whole;
    write_text(&to->out, sipcause_location_name(*location));
}

/* What a table says of interworking somewhere; what is inherited from another file has no place. */
static side side_of_rules(const sipcause_table *table, const void *what, uint32_t count, said_at said)
{
    bool built_in = table->built_in || (table->base && table->interwork == table->base->interwork);
    side one = {table, what, count, built_in ? "built-in" : said.line ? table->file : NULL, said};
    return one;
}

/* The rules of one code, which of them stand in a file first. */
static side side_of_code(const sipcause_table *table, const interwork_rule *rules, uint32_t count)
{
    said_at said = {0, 0};
    for (uint32_t i = 0; i < count && !said.line; i++)
        said = rules[i].said;
    side none = {NULL, NULL, 0, NULL, {0, 0}};
    return count ? side_of_rules(table, rules, count, said) : none;
}

static sipcause_code code_from(bool to_isup, uint32_t from)
{
    if (!to_isup && from != SIPCAUSE_FROM_DEFAULT)
        return sipcause_q850(from);
    if (to_isup && from > 6)
        return sipcause_status(from);
    if (to_isup && from >= 3)
        return sipcause_code_make(SPACE_FALLBACK, FALLBACK_CLASS + from);
    return sipcause_code_make(SIPCAUSE_SPACE_NONE, 0);
}

static void add_rules(sipcause_comparison *now, bool to_isup, side a, side b)
{
    const interwork_rule *first = a.table ? a.what : b.what;
    char name[16];
    yaml written = {{name, sizeof name, 0}, false};
    yaml_from(&written, to_isup, first->from);
    write_end(&written.out);
    difference_of of = {.kind = SIPCAUSE_DIFFERENCE_INTERWORKING, .name = name, .a = a, .b = b};
    of.section = to_isup ? "interworking.sip-to-isup." : "interworking.isup-to-sip.";
    of.code = code_from(to_isup, first->from);
    of.write = to_isup ? write_to_isup : write_to_sip;
    compare_add(now, &of);
}

static void compare_rules(sipcause_comparison *now, bool to_isup)
{
    const interwork_rules *a = now->a->interwork, *b = now->b->interwork;
    const interwork_rule *at_a = to_isup ? a->to_isup : a->to_sip, *at_b = to_isup ? b->to_isup : b->to_sip;
    uint32_t left_a = to_isup ? a->to_isup_count : a->to_sip_count;
    uint32_t left_b = to_isup ? b->to_isup_count : b->to_sip_count;
    while (left_a || left_b) {
        uint32_t count_a = yaml_rules_count(at_a, left_a), count_b = yaml_rules_count(at_b, left_b);
        if (left_a && left_b && at_a->from != at_b->from) { /* only one of them has a rule for that */
            bool first_is_a = at_a->from < at_b->from;
            count_a = first_is_a ? count_a : 0;
            count_b = first_is_a ? 0 : count_b;
        }
        if (!equal_rules(at_a, count_a, at_b, count_b))
            add_rules(now, to_isup, side_of_code(now->a, at_a, count_a), side_of_code(now->b, at_b, count_b));
        at_a += count_a;
        at_b += count_b;
        left_a -= count_a;
        left_b -= count_b;
    }
}

static void compare_locations(sipcause_comparison *now)
{
    const interwork_rules *a = now->a->interwork, *b = now->b->interwork;
    for (uint32_t i = 0; i < LOCATIONS_TOLD; i++) {
        const char *key = yaml_location_key(i);
        if (!key || a->class_location[i] == b->class_location[i])
            continue;
        difference_of of = {.kind = SIPCAUSE_DIFFERENCE_INTERWORKING, .name = key, .write = write_location};
        of.section = "interworking.sip-to-isup.location.";
        of.a = side_of_rules(now->a, &a->class_location[i], 1, a->class_said[i]);
        of.b = side_of_rules(now->b, &b->class_location[i], 1, b->class_said[i]);
        compare_add(now, &of);
    }
}

void compare_interworking(sipcause_comparison *now)
{
    compare_rules(now, true);
    compare_locations(now);
    compare_rules(now, false);
}
