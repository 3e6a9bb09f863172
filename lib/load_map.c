/*
 * load_map.c - `map`: its sections and their keys.
 *
 * SPDX-License-Identifier: MIT
 */
#include "load.h"

enum { SECTIONS_MOST = 80, SECTION_DEFAULT = 78, SECTION_NO_CAUSE = 79 }; /* the others: enum sipcause_space */

static int no_cause_target(loader *load, const event *key, row_target *target)
{
    int number = sipcause_no_cause_from_name(key->text, key->length);
    const char *names[8];
    size_t count = 0;
    if (number < 0) {
        for (; count < words_no_cause_count && count < sizeof names / sizeof *names; count++)
            names[count] = words_no_cause[count].name;
        return load_unknown_key(load, key, "no-cause", names, count);
    }
    target->kind = ROW_NO_CAUSE;
    target->code.value = (uint32_t)number;
    target->at = key->at;
    return SIPCAUSE_OK;
}

static int read_section(loader *load, uint32_t section, const event *key)
{
    event now;
    row_target target;
    shown name = load_shown(key);
    int result = load_next(load, &now);
    if (result != SIPCAUSE_OK)
        return result;
    if (now.kind == EVENT_SCALAR && load_is_null(&now))
        return SIPCAUSE_OK;
    if (now.kind != EVENT_MAPPING)
        return load_fail(load, now.at, SIPCAUSE_ERROR_TYPE,
                         "`%s` takes rows, each a code and its disposition, not a %s", name.text,
                         now.kind == EVENT_LIST ? "list" : "text");
    for (;;) {
        result = load_next(load, &now);
        if (result != SIPCAUSE_OK || now.kind == EVENT_CLOSE)
            return result;
        result = section == SECTION_NO_CAUSE ? no_cause_target(load, &now, &target)
                                             : load_target(load, section, &now, &target);
        if (result == SIPCAUSE_OK)
            result = load_row(load, &target);
        if (result != SIPCAUSE_OK)
            return result;
    }
}

static int refuse_section(loader *load, const event *key)
{
    const char *names[SECTIONS_MOST] = {"sip", "q850", "carrier", "no-cause", "default"};
    size_t count = 5;
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
    if (load_is(key, "default"))
        return SECTION_DEFAULT;
    int space = sipcause_space_from_name(key->text, key->length);
    if (space <= SIPCAUSE_SPACE_NONE || space == SIPCAUSE_SPACE_TOKEN || space >= SECTION_DEFAULT)
        return refuse_section(load, key);
    return space;
}

int load_map(loader *load, const event *key)
{
    place first[SECTIONS_MOST] = {{0, 0, 0}};
    event now;
    shown name;
    (void)key;
    int result = load_next(load, &now);
    if (result != SIPCAUSE_OK || (now.kind == EVENT_SCALAR && load_is_null(&now)))
        return result;
    if (now.kind != EVENT_MAPPING)
        return load_fail(load, now.at, SIPCAUSE_ERROR_TYPE,
                         "`map` takes sections such as `sip` and `carrier`, not a %s",
                         now.kind == EVENT_LIST ? "list" : "text");
    for (;;) {
        result = load_next(load, &now);
        if (result != SIPCAUSE_OK || now.kind == EVENT_CLOSE)
            return result;
        int section = section_of(load, &now);
        if (section < 0)
            return section;
        name = load_shown(&now);
        if (first[section].line)
            return load_fail_twice(load, now.at, first[section], name.text);
        first[section] = now.at;
        row_target target = {.kind = ROW_DEFAULT, .at = now.at};
        result = section == SECTION_DEFAULT ? load_row(load, &target) : read_section(load, (uint32_t)section, &now);
        if (result != SIPCAUSE_OK)
            return result;
    }
}
