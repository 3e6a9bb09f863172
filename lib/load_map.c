/*
 * load_map.c - `map`: its sections and their keys.
 *
 * SPDX-License-Identifier: MIT
 */
#include "load.h"

#include <stdio.h>

enum {
    SECTIONS_MOST = 80,
    SECTION_LOCAL = 77,
    SECTION_DEFAULT = 78,
    SECTION_NO_CAUSE = 79
}; /* the others: enum sipcause_space */

/* A key of no-cause or local. */
static int situation_target(loader *load, uint32_t section, const event *key, row_target *target)
{
    bool local = section == SECTION_LOCAL;
    const word *words = local ? words_local : words_no_cause;
    size_t known = local ? words_local_count : words_no_cause_count, count = 0;
    const char *names[8];
    for (; count < known && count < sizeof names / sizeof *names; count++) {
        names[count] = words[count].name;
        if (!load_is(key, names[count]))
            continue;
        target->kind = local ? ROW_LOCAL : ROW_NO_CAUSE;
        target->code.value = words[count].number;
        target->at = key->at;
        return SIPCAUSE_OK;
    }
    return load_unknown_key(load, key, local ? "local" : "no-cause", names, count);
}

static int read_section(loader *load, uint32_t section, const event *key)
{
    event now;
    row_target target;
    shown name = load_shown(key);
    bool open;
    char takes[256];
    snprintf(takes, sizeof takes, "`%s` takes rows, each a code and its disposition", name.text);
    int result = load_open_mapping(load, takes, &open);
    if (result != SIPCAUSE_OK || !open)
        return result;
    uint32_t depth = load_depth(load);
    for (;;) {
        result = load_next(load, &now);
        if (result != SIPCAUSE_OK || now.kind == EVENT_CLOSE)
            return result;
        target.kind = ROW_CODE; /* of a key that is no code an error tells none */
        target.code.space = SIPCAUSE_SPACE_NONE;
        if (section != SIPCAUSE_SPACE_CARRIER || !load_short_target(&now, &target))
            result = section >= SECTION_LOCAL ? situation_target(load, section, &now, &target)
                                              : load_target(load, section, &now, &target);
        if (result == SIPCAUSE_OK)
            result = load_row(load, &target);
        if (result != SIPCAUSE_OK && (result = load_recover_row(load, result, &target, depth)) != SIPCAUSE_OK)
            return result;
    }
}

static int refuse_section(loader *load, const event *key)
{
    const char *names[SECTIONS_MOST] = {"sip", "q850", "carrier", "no-cause", "default", "local"};
    size_t count = 6;
    uint32_t number;
    int numeric = load_number(load, key, false, &number);
    if (numeric < 0)
        return numeric;
    if (numeric)
        return load_fail(load, key->at, SIPCAUSE_ERROR_UNKNOWN_CODE,
                         "%u has no code space: write it under `sip`, `q850` or `carrier`", (unsigned)number);
    if (load_is(key, "token"))
        return load_fail(load, key->at, SIPCAUSE_ERROR_UNKNOWN_KEY,
                         "a carrier's own words are written under `carrier`");
    for (size_t i = 0; i < words_space_count && count < SECTIONS_MOST; i++)
        if (words_space[i].number > SIPCAUSE_SPACE_TOKEN)
            names[count++] = words_space[i].name;
    return load_unknown_key(load, key, "map", names, count);
}

/* The section that a key of `map` names; negative: an error. */
static int section_of(loader *load, const event *key)
{
    if (load_is(key, "no-cause"))
        return SECTION_NO_CAUSE;
    if (load_is(key, "local"))
        return SECTION_LOCAL;
    if (load_is(key, "default"))
        return SECTION_DEFAULT;
    int space = sipcause_space_from_name(key->text, key->length);
    if (space <= SIPCAUSE_SPACE_NONE || space == SIPCAUSE_SPACE_TOKEN || space >= SECTION_LOCAL)
        return refuse_section(load, key);
    return space;
}

/* A section and its rows; first: where each stood before. */
static int read_key(loader *load, const event *key, place *first)
{
    int section = section_of(load, key);
    if (section < 0)
        return section;
    shown name = load_shown(key);
    if (first[section].line)
        return load_fail_twice(load, key->at, first[section], name.text);
    first[section] = key->at;
    row_target target = {.kind = ROW_DEFAULT, .at = key->at};
    if (section != SECTION_DEFAULT)
        return read_section(load, (uint32_t)section, key);
    uint32_t depth = load_depth(load);
    return load_recover_row(load, load_row(load, &target), &target, depth);
}

int load_map(loader *load, const event *key)
{
    place first[SECTIONS_MOST] = {{0, 0, 0}};
    event now;
    bool open;
    (void)key;
    int result = load_open_mapping(load, "`map` takes sections such as `sip` and `carrier`", &open);
    uint32_t depth = load_depth(load);
    while (result == SIPCAUSE_OK && open && (result = load_next(load, &now)) == SIPCAUSE_OK && now.kind != EVENT_CLOSE)
        result = load_recover(load, read_key(load, &now, first), depth);
    return result;
}
