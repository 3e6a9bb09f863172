/*
 * validate_redundant.c - what a file says although the table that it extends says it already.
 *
 * A row with a note of its own says more. So may rows for whatever no other row is for (classes, the default, calls
 * without a cause), and single rules of interworking: they are written down to be seen, or as part of a list that is
 * taken over whole.
 *
 * SPDX-License-Identifier: MIT
 */
#include "equal.h"
#include "validate_rules.h"
#include "validate_standard.h"

/* ---- rows and items ----------------------------------------------------------------------------------------- */

static uint32_t own_items(const validation *now, const row *of, const refinement *items)
{
    uint32_t count = 0; /* they come before those that are inherited */
    while (count < of->entry.when_count && validate_own(now, &items[count].entry))
        count++;
    return count;
}

/* Whether the own items from `first` on are the inherited ones that follow them once more: without them nothing would
 * change. */
static bool repeats(const refinement *items, uint32_t first, uint32_t own, uint32_t all)
{
    for (uint32_t i = first; i < own; i++) {
        uint32_t twin = own + i - first;
        if (twin >= all || !condition_same(&items[i].when, &items[twin].when) ||
            !entry_same(&items[i].entry, &items[twin].entry))
            return false;
    }
    return true;
}

/* An item is redundant with all own ones behind it only: between it and its twin none of another meaning may stand. The
 * standards have no more than a few to repeat. */
static bool item_repeats(const validation *now, const subject *of)
{
    enum { LOOKED_AT = 8 };
    const refinement *items = table_refinements(now->table, of->row);
    uint32_t all = of->row->entry.when_count;
    if (of->index + LOOKED_AT < all && validate_own(now, &items[of->index + LOOKED_AT].entry))
        return false;
    uint32_t own = own_items(now, of->row, items);
    for (uint32_t first = own > LOOKED_AT ? own - LOOKED_AT : 0; first <= of->index; first++)
        if (repeats(items, first, own, all))
            return true;
    return false;
}

static bool row_repeats(const validation *now, const row *of)
{
    const row *before = of->code.space == SPACE_FALLBACK ? NULL : extended_row(now, of);
    return before && entry_same(&before->entry, &of->entry) &&
           !(of->entry.when_count && own_items(now, of, table_refinements(now->table, of)));
}

void validate_redundant(validation *now, const subject *of)
{
    char code[SHOWN_CODE];
    if (!now->extended || !now->whole || !(of->item ? item_repeats(now, of) : row_repeats(now, of->row)))
        return;
    finding_of found = validate_at(now, SIPCAUSE_RULE_REDUNDANT, of);
    show_code(now, of->row->code, code);
    if (of->item)
        report_add(now->report, &found, "this item of %s is inherited as well: it can be left out", code);
    else
        report_add(now->report, &found,
                   "%s means just this where it is inherited: the row can be left out. A note says why it stands here",
                   code);
}

/* ---- interworking rules ------------------------------------------------------------------------------------- */

typedef struct direction {
    const interwork_rule *rules;
    uint32_t count;
} direction;

static direction direction_of(const interwork_rules *all, bool to_isup)
{
    direction to = {to_isup ? all->to_isup : all->to_sip, to_isup ? all->to_isup_count : all->to_sip_count};
    return to;
}

/* Whether the file has rules for this direction, and all of them, and so the direction, are as they are inherited. The
 * first of them by line goes into first. */
static bool direction_repeats(direction own, direction before, const interwork_rule **first)
{
    *first = NULL;
    if (own.count != before.count)
        return false;
    for (uint32_t i = 0; i < own.count; i++) {
        const interwork_rule *rule = &own.rules[i];
        if (!interwork_rule_same(rule, &before.rules[i]))
            return false;
        if ((rule->flags & RULE_OWN) && (!*first || rule->said.line < (*first)->said.line))
            *first = rule;
    }
    return *first != NULL;
}

void validate_redundant_rules(validation *now)
{
    const interwork_rules *own = now->table->interwork, *before = now->extended ? now->extended->interwork : NULL;
    if (!before || own == before || !now->whole)
        return;
    if (own->class_own)
        return;
    for (int to_isup = 1; to_isup >= 0; to_isup--) {
        crossing of = {to_isup, NULL};
        if (!direction_repeats(direction_of(own, to_isup), direction_of(before, to_isup), &of.rule))
            continue;
        finding_of found = validate_crossing_at(now, SIPCAUSE_RULE_REDUNDANT, &of);
        report_add(now->report, &found, "%s says of no code what is not inherited: all of it can be left out",
                   to_isup ? "sip-to-isup" : "isup-to-sip");
    }
}
