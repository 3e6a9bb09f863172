/*
 * equal.c - whether two tables say the same, however their rows are shared out between them and what they extend.
 *
 * Both are walked row by row in one order, so that no row has to be looked for.
 *
 * SPDX-License-Identifier: MIT
 */
#include "equal.h"

#include <string.h>

/* ---- the walk ---------------------------------------------------------------------------------------------- */

/* The order of freeze.c: the fallback rows come behind q850. */
static uint64_t key_of(sipcause_code code)
{
    uint32_t space = code.space == SPACE_FALLBACK ? SIPCAUSE_SPACE_CARRIER
                                                  : code.space + (uint32_t)(code.space >= SIPCAUSE_SPACE_CARRIER);
    return (uint64_t)space << 32 | code.value;
}

static bool is_no_cause(sipcause_code code)
{
    return code.space == SPACE_FALLBACK && code.value > FALLBACK_NO_CAUSE &&
           code.value <= FALLBACK_NO_CAUSE + SIPCAUSE_NO_CAUSE_OTHERWISE;
}

/* The next row of the profile that is not replaced whole; NULL. */
static const row *base_row(row_walk *walk)
{
    const sipcause_table *base = walk->table->base;
    while (base && walk->base < base->row_count && walk->table->replaces_no_cause &&
           is_no_cause(base->rows[walk->base].code))
        walk->base++;
    return base && walk->base < base->row_count ? &base->rows[walk->base] : NULL;
}

const row *row_walk_next(row_walk *walk)
{
    for (;;) {
        const row *own = walk->own < walk->table->row_count ? &walk->table->rows[walk->own] : NULL;
        const row *base = base_row(walk);
        if (!own && !base)
            return NULL;
        bool take_own = own && (!base || key_of(own->code) <= key_of(base->code));
        bool pass_base = base && (!own || key_of(base->code) <= key_of(own->code)); /* an own row hides the profile's */
        const row *next = take_own ? own : base;
        walk->own += take_own;
        walk->base += pass_base;
        if (next->entry.disposition || next->entry.when_count)
            return next;
    }
}

/* ---- rows -------------------------------------------------------------------------------------------------- */

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool condition_same(const condition *a, const condition *b)
{
    if (a->part_count != b->part_count || a->locations != b->locations || a->methods != b->methods ||
        a->codings != b->codings || a->answered != b->answered || a->alerted != b->alerted ||
        a->progressed != b->progressed || a->notice != b->notice || a->diagnostic != b->diagnostic)
        return false;
    for (uint16_t i = 0; i < a->part_count; i++) {
        const condition_part *one = &a->parts[i], *other = &b->parts[i];
        if (one->kind != other->kind || one->space != other->space || one->value != other->value ||
            !same_text(one->text, other->text))
            return false;
    }
    return true;
}

bool entry_same(const sipcause_entry *a, const sipcause_entry *b)
{
    return a->outcome == b->outcome && a->party == b->party && a->route == b->route && a->flags == b->flags &&
           a->when_count == b->when_count && same_text(a->disposition, b->disposition) && same_text(a->name, b->name) &&
           same_text(a->note, b->note);
}

bool equal_meanings(const sipcause_table *a, const row *of_a, const sipcause_table *b, const row *of_b)
{
    if (of_a == of_b) /* often both are the profile's */
        return true;
    if (!entry_same(&of_a->entry, &of_b->entry))
        return false;
    const refinement *items_a = table_refinements(a, of_a), *items_b = table_refinements(b, of_b);
    for (uint32_t i = 0; i < of_a->entry.when_count; i++)
        if (!condition_same(&items_a[i].when, &items_b[i].when) || !entry_same(&items_a[i].entry, &items_b[i].entry))
            return false;
    return true;
}

static bool same_code(const sipcause_table *a, sipcause_code of_a, const sipcause_table *b, sipcause_code of_b)
{
    return code_same(of_a, of_b) && (of_a.space != SIPCAUSE_SPACE_TOKEN ||
                                     strcmp(sipcause_code_word(a, of_a), sipcause_code_word(b, of_b)) == 0);
}

static bool same_rows(const sipcause_table *a, const sipcause_table *b)
{
    row_walk walk_a = {a, 0, 0}, walk_b = {b, 0, 0};
    for (;;) {
        const row *of_a = row_walk_next(&walk_a), *of_b = row_walk_next(&walk_b);
        if (!of_a || !of_b)
            return of_a == of_b;
        if (!same_code(a, of_a->code, b, of_b->code) || !equal_meanings(a, of_a, b, of_b))
            return false;
    }
}

/* ---- what is no row ------------------------------------------------------------------------------------------ */

bool equal_names(const sipcause_table *a, const sipcause_table *b)
{
    return strcmp(a->name, b->name) == 0;
}

bool equal_dates(const sipcause_table *a, const sipcause_table *b)
{
    return a->effective == b->effective;
}

bool equal_disposition(const disposition *one, const disposition *other)
{
    return one->outcome == other->outcome && one->party == other->party && one->route == other->route &&
           strcmp(one->name, other->name) == 0;
}

static bool same_dispositions(const sipcause_table *a, const sipcause_table *b)
{
    if (a->disposition_count != b->disposition_count)
        return false;
    for (uint32_t i = 0; i < a->disposition_count; i++)
        if (!equal_disposition(&a->dispositions[i], &b->dispositions[i]))
            return false;
    return true;
}

bool equal_headers(const sipcause_table *a, const sipcause_table *b)
{
    if (a->cause_header_count != b->cause_header_count)
        return false;
    for (uint16_t i = 0; i < a->cause_header_count; i++) {
        const sipcause_cause_header *one = &a->cause_headers[i], *other = &b->cause_headers[i];
        /* without a parameter it does not matter where parameters are looked for */
        bool uri = one->parameter && one->uri_parameter, other_uri = other->parameter && other->uri_parameter;
        if (one->space != other->space || uri != other_uri || strcmp(one->name, other->name) != 0 ||
            !same_text(one->parameter, other->parameter))
            return false;
    }
    return true;
}

static bool same_numbers(const uint16_t *a, uint16_t a_count, const uint16_t *b, uint16_t b_count)
{
    if (a_count != b_count)
        return false;
    for (uint16_t i = 0; i < a_count; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

bool equal_precedence(const sipcause_table *a, const sipcause_table *b)
{
    return same_numbers(a->precedence, a->precedence_count, b->precedence, b->precedence_count);
}

bool equal_ignored(const sipcause_table *a, const sipcause_table *b)
{
    return same_numbers(a->ignored, a->ignored_count, b->ignored, b->ignored_count);
}

bool interwork_rule_same(const interwork_rule *a, const interwork_rule *b)
{
    return a->from == b->from && a->to == b->to && a->location == b->location && !((a->flags ^ b->flags) & TO_NOTICE) &&
           condition_same(&a->when, &b->when);
}

bool equal_rules(const interwork_rule *a, uint32_t a_count, const interwork_rule *b, uint32_t b_count)
{
    if (a_count != b_count)
        return false;
    for (uint32_t i = 0; i < a_count; i++)
        if (!interwork_rule_same(&a[i], &b[i]))
            return false;
    return true;
}

static bool same_interwork(const interwork_rules *a, const interwork_rules *b)
{
    static const uint8_t told[] = {0, 3, 4, 5, 6}; /* nothing asks for the others */
    if (a == b)
        return true;
    for (size_t i = 0; i < sizeof told; i++)
        if (a->class_location[told[i]] != b->class_location[told[i]])
            return false;
    return equal_rules(a->to_isup, a->to_isup_count, b->to_isup, b->to_isup_count) &&
           equal_rules(a->to_sip, a->to_sip_count, b->to_sip, b->to_sip_count);
}

static bool same_severities(const sipcause_table *a, const sipcause_table *b)
{
    for (uint32_t rule = 0; rule < RULES_MOST; rule++)
        if (sipcause_table_severity(a, rule) != sipcause_table_severity(b, rule))
            return false;
    return true;
}

bool sipcause_table_equal(const sipcause_table *a, const sipcause_table *b)
{
    a = table_of(a);
    b = table_of(b);
    if (a == b)
        return true;
    return equal_names(a, b) && equal_dates(a, b) && same_dispositions(a, b) && equal_headers(a, b) &&
           equal_precedence(a, b) && equal_ignored(a, b) && same_severities(a, b) &&
           same_interwork(a->interwork, b->interwork) && same_rows(a, b);
}
