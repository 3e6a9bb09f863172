/*
 * freeze_when.c - conditions in a frozen table, and what hangs on them: refinements and interworking rules.
 *
 * SPDX-License-Identifier: MIT
 */
#include "freeze.h"

#include <string.h>

/* ---- counting ----------------------------------------------------------------------------------------------- */

static uint32_t parts_of_rules(const draft_rules *rules)
{
    uint32_t parts = 0;
    for (uint32_t i = 0; i < rules->count; i++) /* those that are replaced as well: they are few */
        parts += rules->rules[i].condition.when.part_count;
    return parts;
}

/* What there is of conditions: interworking rules, and the parts of theirs and of the refinements'. */
void freeze_count_conditions(const sipcause_builder *builder, const uint32_t *order, layout *at)
{
    for (uint32_t i = 0; at->refinements && i < at->rows; i++) {
        const draft *of = &builder->rows[order[i]];
        const draft_refinement *items = refinements_in(builder, of);
        for (uint32_t j = 0; j < refinement_count(builder, of); j++)
            at->parts += items[j].condition.when.part_count;
    }
    if (!builder->own_interwork)
        return;
    at->to_isup = builder_order_rules(&builder->to_isup, NULL);
    at->to_sip = builder_order_rules(&builder->to_sip, NULL);
    at->parts += parts_of_rules(&builder->to_isup) + parts_of_rules(&builder->to_sip);
}

/* Rows are sorted with two of these lists, rules put in order with one. */
size_t freeze_order_room(const sipcause_builder *builder)
{
    size_t room = (size_t)builder->row_count * 2;
    if (room < builder->to_isup.count)
        room = builder->to_isup.count;
    return room < builder->to_sip.count ? builder->to_sip.count : room;
}

/* ---- filling ------------------------------------------------------------------------------------------------ */

/* A condition and its parts. */
static condition freeze_condition(freezing *now, const draft_condition *from)
{
    condition when = from->when;
    condition_part *parts = (condition_part *)(void *)(now->memory + now->at->parts_at) + now->parts_used;
    when.parts = when.part_count ? parts : NULL;
    for (uint16_t i = 0; i < when.part_count; i++) {
        const draft_part *part = &now->builder->parts[from->first_part + i];
        parts[i].kind = part->kind;
        parts[i].space = part->space;
        parts[i].value = part->value;
        parts[i].text = frozen_text(now, part->text);
    }
    now->parts_used += when.part_count;
    return when;
}

void freeze_refinements(freezing *now, const draft *from, sipcause_entry *row_entry, refinement *to)
{
    const draft_refinement *item = refinements_in(now->builder, from);
    row_entry->when_count = refinement_count(now->builder, from);
    for (uint32_t i = 0; i < row_entry->when_count; i++, item++) {
        to[i].when = freeze_condition(now, &item->condition);
        freeze_entry(now, &item->entry, draft_code(from), &to[i].entry);
        if (!item->entry.name)
            to[i].entry.name = row_entry->name;
    }
}

static const interwork_rule *freeze_rules(freezing *now, const draft_rules *from, size_t at, uint32_t count)
{
    interwork_rule *to = (interwork_rule *)(void *)(now->memory + at);
    builder_order_rules(from, now->order);
    for (uint32_t i = 0; i < count; i++) {
        const draft_rule *rule = &from->rules[now->order[i]];
        to[i].from = rule->from;
        to[i].to = rule->to;
        to[i].location = rule->location;
        to[i].flags = rule->flags;
        to[i].said = rule->said;
        to[i].when = freeze_condition(now, &rule->condition);
    }
    return to;
}

void freeze_interwork(freezing *now)
{
    const sipcause_builder *builder = now->builder;
    interwork_rules *own = &now->table->own_interwork;
    now->table->interwork = builder->interwork;
    if (!builder->own_interwork)
        return;
    own->to_isup = freeze_rules(now, &builder->to_isup, now->at->to_isup_at, now->at->to_isup);
    own->to_sip = freeze_rules(now, &builder->to_sip, now->at->to_sip_at, now->at->to_sip);
    own->to_isup_count = now->at->to_isup;
    own->to_sip_count = now->at->to_sip;
    memcpy(own->class_location, builder->class_location, sizeof own->class_location);
    memcpy(own->class_said, builder->class_said, sizeof own->class_said);
    own->class_own = builder->class_own;
    now->table->interwork = own;
}
