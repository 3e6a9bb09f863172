/*
 * yaml_rows.c - `map`: rows with their conditions as the text of a mapping file.
 *
 * A row, and an item of its `when`, says what reading its line would not give by itself: row.c and when.c tell what
 * that is.
 *
 * SPDX-License-Identifier: MIT
 */
#include "equal.h"
#include "yaml_write.h"

#include <string.h>

/* ---- conditions -------------------------------------------------------------------------------------------- */

static void write_part(yaml *to, const condition_part *part)
{
    if (part->text)
        yaml_text(to, part->text);
    else
        write_number(&to->out, part->value);
}

static const char *part_key(const condition_part *part)
{
    switch (part->kind) {
    case PART_PHRASE: return "phrase";
    case PART_TEXT: return "text";
    case PART_WARNING: return "warning";
    default: return sipcause_space_name(part->space == SIPCAUSE_SPACE_TOKEN ? SIPCAUSE_SPACE_CARRIER : part->space);
    }
}

/* One value stands alone, several are a list. */
static void write_parts(yaml_keys *keys, const condition *when)
{
    for (uint32_t at = 0, end; at < when->part_count; at = end) {
        const condition_part *first = &when->parts[at];
        for (end = at + 1; end < when->part_count && condition_same_list(first, &when->parts[end]);)
            end++;
        bool several = end - at > 1;
        yaml_keys list = {keys->to, 0, false};
        yaml_key(keys, part_key(first));
        write_text(&keys->to->out, several ? "[" : "");
        for (; at < end; at++) {
            yaml_key(&list, NULL);
            write_part(keys->to, &when->parts[at]);
        }
        write_text(&keys->to->out, several ? "]" : "");
    }
}

static const char *method_name(uint32_t method)
{
    static const char *const names[] = {"INVITE", "CANCEL", "BYE"}; /* as SIP spells them */
    return method >= 1 && method <= 3 ? names[method - 1] : NULL;
}

static void write_bits(yaml_keys *keys, const char *key, uint32_t bits, const char *(*name)(uint32_t))
{
    bool several = (bits & (bits - 1)) != 0;
    yaml_keys list = {keys->to, 0, false};
    if (!bits)
        return;
    yaml_key(keys, key);
    write_text(&keys->to->out, several ? "[" : "");
    for (uint32_t i = 0; i < 16; i++)
        if (bits >> i & 1)
            yaml_word(&list, NULL, name(i));
    write_text(&keys->to->out, several ? "]" : "");
}

static void write_tri(yaml_keys *keys, const char *key, uint8_t value)
{
    if (value != ANY)
        yaml_truth(keys, key, value == YES);
}

void yaml_condition(yaml_keys *keys, const condition *when)
{
    write_parts(keys, when);
    write_bits(keys, "location", when->locations, sipcause_location_name);
    write_bits(keys, "method", when->methods, method_name);
    write_bits(keys, "coding", when->codings, sipcause_coding_name);
    write_tri(keys, "answered", when->answered);
    write_tri(keys, "alerted", when->alerted);
    write_tri(keys, "progressed", when->progressed);
    write_tri(keys, "notice", when->notice);
    write_tri(keys, "diagnostic", when->diagnostic);
}

/* ---- rows -------------------------------------------------------------------------------------------------- */

/* What a line would mean that named its disposition only. */
typedef struct meaning {
    uint16_t outcome, party, route, flags;
} meaning;

static meaning of_disposition(const sipcause_table *table, const sipcause_entry *entry)
{
    const disposition *named = &table->dispositions[entry->disposition_id];
    meaning plain = {named->outcome, named->party, named->route, 0};
    return plain;
}

/* A route that is written is not capped, unless that is written too. */
static void write_route(yaml_keys *keys, const sipcause_entry *entry, const meaning *otherwise)
{
    bool given = entry->flags & SIPCAUSE_ENTRY_ROUTE_GIVEN, was_given = otherwise->flags & SIPCAUSE_ENTRY_ROUTE_GIVEN;
    bool written = entry->route != otherwise->route || (given && !was_given);
    if (written)
        yaml_word(keys, "route", sipcause_route_name(entry->route));
    if (!given && (written || was_given))
        yaml_truth(keys, "capped", true);
}

static void write_entry(yaml_keys *keys, const sipcause_entry *entry, const meaning *otherwise, const char *name)
{
    bool uninformative = entry->flags & SIPCAUSE_ENTRY_UNINFORMATIVE;
    if (entry->disposition) {
        yaml_pair(keys, "disposition", entry->disposition);
        if (entry->outcome != otherwise->outcome)
            yaml_word(keys, "outcome", sipcause_outcome_name(entry->outcome));
        if (entry->party != otherwise->party)
            yaml_word(keys, "party", sipcause_party_name(entry->party));
        write_route(keys, entry, otherwise);
        if (uninformative != (bool)(otherwise->flags & SIPCAUSE_ENTRY_UNINFORMATIVE))
            yaml_truth(keys, "uninformative", uninformative);
    }
    if (entry->name && !(name && strcmp(entry->name, name) == 0))
        yaml_pair(keys, "name", entry->name);
    else if (!entry->name && name) /* cannot be: one without a name has that */
        keys->to->unsayable = true;
    if (entry->note)
        yaml_pair(keys, "note", entry->note);
}

/* Like nothing that a line can mean: all is written. */
static const meaning unlike_any = {UINT16_MAX, UINT16_MAX, UINT16_MAX, 0};

/* What an item that names the same disposition would mean is what its row means. */
static void write_item(yaml *to, const sipcause_table *table, const row *of, const refinement *item, bool whole)
{
    const sipcause_entry *entry = &item->entry;
    meaning otherwise = {of->entry.outcome, of->entry.party, of->entry.route, of->entry.flags};
    yaml_keys keys = {to, 0, false};
    if (!entry->disposition || condition_empty(&item->when)) {
        to->unsayable = true;
        return;
    }
    if (whole)
        otherwise = unlike_any;
    else if (!of->entry.disposition || of->entry.disposition_id != entry->disposition_id)
        otherwise = of_disposition(table, entry);
    write_text(&to->out, "{");
    yaml_condition(&keys, &item->when);
    write_entry(&keys, entry, &otherwise, of->entry.name);
    write_text(&to->out, "}");
}

static void write_items(yaml *to, const sipcause_table *table, const row *of, unsigned indent)
{
    const refinement *items = table_refinements(table, of);
    yaml_line(to, indent);
    write_text(&to->out, "when:");
    for (uint32_t i = 0; i < of->entry.when_count; i++) {
        yaml_line(to, indent + 2);
        write_text(&to->out, "- ");
        write_item(to, table, of, &items[i], false);
    }
}

/* All of a row in one line, {a: b, c: d}. */
static void write_flow(yaml *to, const sipcause_table *table, const row *of, const meaning *otherwise,
                       const char *standard, bool whole)
{
    const refinement *items = of->entry.when_count ? table_refinements(table, of) : NULL;
    yaml_keys keys = {to, 0, false}, list = {to, 0, false};
    write_text(&to->out, "{");
    write_entry(&keys, &of->entry, otherwise, standard);
    if (items) {
        yaml_key(&keys, "when");
        write_text(&to->out, "[");
    }
    for (uint32_t i = 0; i < of->entry.when_count; i++) {
        yaml_key(&list, NULL);
        write_item(to, table, of, &items[i], whole);
    }
    write_text(&to->out, items ? "]}" : "}");
}

/* Whether the row says nothing but its disposition. */
static bool only_disposition(const row *of, const meaning *otherwise, const char *standard)
{
    const sipcause_entry *entry = &of->entry;
    return entry->disposition && !entry->when_count && !entry->note && !entry->flags &&
           entry->outcome == otherwise->outcome && entry->party == otherwise->party &&
           entry->route == otherwise->route &&
           (entry->name && standard ? strcmp(entry->name, standard) == 0 : entry->name == standard);
}

/* What stands behind a row's key, which begins at indent. */
static void write_row(yaml *to, const sipcause_table *table, const row *of, unsigned indent)
{
    const char *standard = sipcause_code_name(of->code);
    meaning otherwise = {0, 0, 0, 0};
    yaml dry = {{NULL, 0, 0}, false};
    const char *remark = standard && of->entry.name && strcmp(standard, of->entry.name) == 0 ? standard : NULL;
    if (of->entry.disposition)
        otherwise = of_disposition(table, &of->entry);
    bool brief = false;
    if (!of->entry.when_count) {
        write_flow(&dry, table, of, &otherwise, standard, false);
        brief = dry.out.length < YAML_WIDTH; /* a blank is before it */
    }
    bool bare = only_disposition(of, &otherwise, standard);
    if (bare) {
        write_text(&to->out, " ");
        yaml_text(to, of->entry.disposition);
    } else if (brief) {
        write_text(&to->out, " ");
        write_flow(to, table, of, &otherwise, standard, false);
    }
    if (remark) {
        write_text(&to->out, "  # ");
        write_text(&to->out, remark);
    }
    if (bare || brief)
        return;
    yaml_keys keys = {to, indent + 2, false};
    write_entry(&keys, &of->entry, &otherwise, standard);
    if (of->entry.when_count)
        write_items(to, table, of, indent + 2);
}

void yaml_row(yaml *to, const sipcause_table *table, const row *of, bool whole)
{
    const char *standard = whole ? NULL : sipcause_code_name(of->code);
    meaning otherwise = unlike_any;
    if (!whole && of->entry.disposition)
        otherwise = of_disposition(table, &of->entry);
    if (only_disposition(of, &otherwise, standard))
        yaml_text(to, of->entry.disposition);
    else
        write_flow(to, table, of, &otherwise, standard, whole);
}

/* ---- sections ---------------------------------------------------------------------------------------------- */

/* `map` so far: a heading is written when its first row comes. */
typedef struct map_state {
    yaml *to;
    const sipcause_table *table;
    const char *section; /* the one that is open; NULL: none, and no `map` either */
} map_state;

static void begin_row(map_state *map, const char *section)
{
    if (!map->section)
        write_text(&map->to->out, "\nmap:");
    if (!map->section || strcmp(map->section, section) != 0) {
        yaml_line(map->to, 2);
        write_text(&map->to->out, section);
        write_text(&map->to->out, ":");
    }
    map->section = section;
    yaml_line(map->to, 4);
}

static void write_code_row(map_state *map, const row *of)
{
    bool token = of->code.space == SIPCAUSE_SPACE_TOKEN;
    begin_row(map, sipcause_space_name(token ? SIPCAUSE_SPACE_CARRIER : of->code.space));
    if (token)
        yaml_text(map->to, sipcause_code_word(map->table, of->code));
    else
        write_number(&map->to->out, of->code.value);
    write_text(&map->to->out, ":");
    write_row(map->to, map->table, of, 4);
}

/* Fallback rows first to last, when the table has them; name: of the key of such a number. */
static void write_fallbacks(map_state *map, const char *section, uint32_t before, uint32_t first, uint32_t last,
                            const char *(*name)(uint32_t))
{
    for (uint32_t number = first; number <= last; number++) {
        const row *of = table_fallback_row(map->table, before + number);
        if (!of || (!of->entry.disposition && !of->entry.when_count))
            continue;
        begin_row(map, section);
        write_text(&map->to->out, name(number));
        write_text(&map->to->out, ":");
        write_row(map->to, map->table, of, 4);
    }
}

static const char *class_name(uint32_t hundreds)
{
    static const char *const names[] = {"3xx", "4xx", "5xx", "6xx"};
    return names[hundreds - 3];
}

static void write_default(map_state *map)
{
    const row *of = table_fallback_row(map->table, FALLBACK_DEFAULT);
    if (!of || (!of->entry.disposition && !of->entry.when_count))
        return;
    if (!map->section)
        write_text(&map->to->out, "\nmap:");
    map->section = "default";
    yaml_line(map->to, 2);
    write_text(&map->to->out, "default:");
    write_row(map->to, map->table, of, 2);
}

void yaml_map(yaml *to, const sipcause_table *table)
{
    map_state map = {to, table, NULL};
    row_walk walk = {table, 0, 0};
    const row *of = row_walk_next(&walk);
    for (; of && of->code.space == SIPCAUSE_SPACE_SIP; of = row_walk_next(&walk))
        write_code_row(&map, of);
    write_fallbacks(&map, "sip", FALLBACK_CLASS, 3, 6, class_name);
    for (; of; of = row_walk_next(&walk))
        if (of->code.space != SPACE_FALLBACK)
            write_code_row(&map, of);
    write_fallbacks(&map, "local", FALLBACK_LOCAL, SIPCAUSE_LOCAL_TIMEOUT, SIPCAUSE_LOCAL_LIMIT, sipcause_local_name);
    write_fallbacks(&map, "no-cause", FALLBACK_NO_CAUSE, SIPCAUSE_NO_CAUSE_ANSWERED, SIPCAUSE_NO_CAUSE_OTHERWISE,
                    sipcause_no_cause_name);
    write_default(&map);
}
