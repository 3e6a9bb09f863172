/*
 * load_interwork.c - `interworking`: what a code becomes on the other side of a gateway.
 *
 * SPDX-License-Identifier: MIT
 */
#include "load.h"

#include <stdio.h>
#include <string.h>

/* One direction. */
typedef struct direction {
    const char *name;
    bool to_isup;
    uint32_t from_space;
    enum field to;
    uint32_t fields;      /* of a row, */
    uint32_t when_fields; /* and of its `when` items */
} direction;

static const direction directions[] = {
    {"sip-to-isup", true, SIPCAUSE_SPACE_SIP, FIELD_CAUSE, FIELD(CAUSE) | FIELD(TO_LOCATION) | FIELD(WHEN),
     FIELD(CAUSE) | FIELD(TO_LOCATION) | (FIELDS_OF_CONDITION & ~FIELD(LOCATION))},
    {"isup-to-sip", false, SIPCAUSE_SPACE_Q850, FIELD_STATUS, FIELD(STATUS) | FIELD(REDRESS) | FIELD(WHEN),
     FIELD(STATUS) | FIELD(REDRESS) | FIELD(LOCATION) | FIELD(CODING) | FIELD(DIAGNOSTIC)},
};

/* ---- codes ------------------------------------------------------------------------------------------------- */

int load_answer(loader *load, uint32_t space, const event *value)
{
    row_target target;
    if (load_is(value, "none"))
        return 0;
    if (space == SIPCAUSE_SPACE_Q850 && memchr(value->text, '/', value->length)) /* as `sipcause translate` prints it */
        return load_suggest(load, "{cause: 17, location: U}",
                            load_fail(load, value->at, SIPCAUSE_ERROR_VALUE,
                                      "%s: a cause value and a location are written {cause: 17, location: U}",
                                      load_shown(value).text));
    int result = load_code(load, space, value, &target);
    if (result != SIPCAUSE_OK)
        return load_advise(load, result,
                           space == SIPCAUSE_SPACE_Q850 ? "under `sip-to-isup` the cause value comes second"
                                                        : "under `isup-to-sip` the status comes second");
    if (space == SIPCAUSE_SPACE_SIP && target.code.value < 300)
        return load_fail(load, value->at, SIPCAUSE_ERROR_RANGE, "%s ends no call: a final status is 300-699",
                         load_shown(value).text);
    return (int)target.code.value;
}

/* A key that is no code at all. */
static int refuse_from(loader *load, const direction *way, const event *key)
{
    static const char *const requests[] = {"BYE", "CANCEL", "default", "location"};
    const char *nearest = NULL;
    for (size_t i = 0; i < sizeof requests / sizeof *requests && way->to_isup; i++)
        nearest = load_nearer(key, nearest, requests[i]);
    error_clear(load->error);
    if (nearest)
        return load_suggest(load, nearest,
                            load_fail(load, key->at, SIPCAUSE_ERROR_UNKNOWN_CODE,
                                      "`%s` has no rule for `%s`; did you mean `%s`?", way->name, load_shown(key).text,
                                      nearest));
    return load_fail(load, key->at, SIPCAUSE_ERROR_UNKNOWN_CODE, "`%s` has no rule for `%s`: a rule is for %s",
                     way->name, load_shown(key).text,
                     way->to_isup ? "a status, a class, BYE, CANCEL or default" : "a cause value or default");
}

/* What a row is for: a code, a class, BYE, CANCEL or default; negative: an error. */
static int read_from(loader *load, const direction *way, const event *key)
{
    row_target target;
    if (load_is(key, "default"))
        return SIPCAUSE_FROM_DEFAULT;
    if (way->to_isup && (load_is(key, "BYE") || load_is(key, "CANCEL")))
        return load_is(key, "BYE") ? SIPCAUSE_FROM_BYE : SIPCAUSE_FROM_CANCEL;
    int result = load_is(key, "none") ? refuse_from(load, way, key) : load_target(load, way->from_space, key, &target);
    if (result == SIPCAUSE_ERROR_UNKNOWN_CODE && !*load->error->suggestion)
        return refuse_from(load, way, key);
    if (result != SIPCAUSE_OK)
        return load_advise(load, result,
                           way->to_isup ? "under `sip-to-isup` the status comes first"
                                        : "under `isup-to-sip` the cause value comes first");
    if (way->to_isup && target.kind == ROW_CODE && target.code.value < 300)
        return load_fail(load, key->at, SIPCAUSE_ERROR_RANGE, "%s ends no call: a final status is 300-699",
                         load_shown(key).text);
    return (int)target.code.value;
}

/* ---- rows -------------------------------------------------------------------------------------------------- */

/* What the row says itself, the last of its items: it always holds. */
static int add_plain(loader *load, const direction *way, const item *said, place at)
{
    if (!said->key[way->to].line) {
        if (said->key[FIELD_TO_LOCATION].line || said->key[FIELD_REDRESS].line || !load->when.count)
            return load_fail(load, at, SIPCAUSE_ERROR_MISSING, "the rule has no `%s`",
                             way->to_isup ? "cause" : "status");
        return SIPCAUSE_OK;
    }
    return load_when_add(load, said, at, load->when.part_count) ? SIPCAUSE_OK : SIPCAUSE_ERROR_MEMORY;
}

static int put_answers(loader *load, const direction *way, uint32_t from, place at)
{
    when_list *when = &load->when;
    int result;
    sipcause_builder *builder = load_builder(load);
    const sipcause_refinement *read = builder ? load_refinements(load, &result) : NULL;
    if (!read || !memory_reserve((void **)&when->translations, &when->translation_capacity, when->count,
                                 sizeof(sipcause_translation)))
        return error_memory(load->error);
    for (uint32_t i = 0; i < when->count; i++) {
        const when_item *one = &when->items[i];
        sipcause_translation answer = {
            .when = one->conditional ? &read[i].condition : NULL,
            .to = one->to,
            .has_location = one->to_location != SIPCAUSE_LOCATION_NONE,
            .location = one->to_location,
            .redress = one->redress,
        };
        when->translations[i] = answer;
    }
    int (*put)(sipcause_builder *, uint32_t, const sipcause_translation *, size_t, uint32_t, uint32_t,
               sipcause_error *) = way->to_isup ? sipcause_builder_to_isup : sipcause_builder_to_sip;
    return load_offset(load, put(builder, from, when->translations, when->count, at.line, at.column, load->error), at);
}

/* The value of a row: a code, none, or a mapping. */
static int read_answers(loader *load, const direction *way, place at)
{
    event value;
    item said;
    int result = load_next(load, &value);
    if (result != SIPCAUSE_OK)
        return result;
    if (value.kind == EVENT_LIST)
        return load_fail(load, value.at, SIPCAUSE_ERROR_TYPE, "a rule is a %s, none, or a mapping, not a list",
                         way->to_isup ? "cause value" : "status");
    if (value.kind == EVENT_MAPPING) {
        result = load_item_of(load, "a rule", way->fields, way->when_fields, &said);
        return result == SIPCAUSE_OK ? add_plain(load, way, &said, at) : result;
    }
    if (load_is_null(&value) || value.length == 0)
        return load_fail(load, at, SIPCAUSE_ERROR_MISSING,
                         "the rule is empty; write `none` when nothing is to be sent");
    memset(&said, 0, sizeof said);
    int to = load_answer(load, way->to_isup ? SIPCAUSE_SPACE_Q850 : SIPCAUSE_SPACE_SIP, &value);
    if (to < 0)
        return to;
    said.key[way->to] = value.at;
    said.value[way->to] = (uint32_t)to;
    return add_plain(load, way, &said, at);
}

static int read_row(loader *load, const direction *way, const event *key)
{
    uint32_t before = load->kept.length;
    place at = key->at;
    int from = read_from(load, way, key);
    if (from < 0)
        return from;
    load_when_clear(load);
    int result = read_answers(load, way, at);
    if (result == SIPCAUSE_OK)
        result = put_answers(load, way, (uint32_t)from, at);
    load_when_clear(load);
    load->kept.length = before;
    return result;
}

/* Which of the keys it is; negative: it is none, or stood there before, at first[its number]. */
static int find_key(loader *load, const event *key, const char *where, const char *const *names, size_t count,
                    place *first)
{
    size_t at = 0;
    while (at < count && !load_is(key, names[at]))
        at++;
    if (at == count)
        return load_unknown_key(load, key, where, names, count);
    if (first[at].line)
        return load_fail_twice(load, key->at, first[at], load_shown(key).text);
    first[at] = key->at;
    return (int)at;
}

/* `location`: the location of each class. */
static int read_locations(loader *load)
{
    static const char *const names[] = {"requests", "3xx", "4xx", "5xx", "6xx"};
    static const uint32_t hundreds[] = {0, 3, 4, 5, 6};
    enum { CLASSES = sizeof names / sizeof *names };
    place first[CLASSES] = {{0, 0, 0}};
    event key, value;
    bool open;
    int result = load_open_mapping(load, "`location` takes classes and their locations, `4xx: BI` for one", &open);
    while (result == SIPCAUSE_OK && open && (result = load_next(load, &key)) == SIPCAUSE_OK &&
           key.kind != EVENT_CLOSE) {
        int at = find_key(load, &key, "location", names, CLASSES, first);
        if (at < 0)
            return at;
        place said = key.at;
        result = load_text(load, &key, &value);
        int location = result == SIPCAUSE_OK ? load_location(load, &value) : result;
        if (location < 0)
            return location;
        sipcause_builder *builder = load_builder(load);
        result = builder ? sipcause_builder_class_location(builder, hundreds[at], (uint32_t)location, said.line,
                                                           said.column, load->error)
                         : SIPCAUSE_ERROR_MEMORY;
    }
    return result;
}

/* A rule, or the locations of the classes; locations: where those stood before. */
static int read_rule(loader *load, const direction *way, const event *key, place *locations)
{
    if (!way->to_isup || !load_is(key, "location"))
        return read_row(load, way, key);
    if (locations->line)
        return load_fail_twice(load, key->at, *locations, "location");
    *locations = key->at;
    return read_locations(load);
}

static int read_direction(loader *load, const direction *way)
{
    event key;
    bool open;
    place locations = {0, 0, 0};
    char takes[128];
    snprintf(takes, sizeof takes, "`%s` takes rules, `%s` for one", way->name, way->to_isup ? "607: 21" : "21: 603");
    int result = load_open_mapping(load, takes, &open);
    uint32_t depth = load_depth(load);
    while (result == SIPCAUSE_OK && open && (result = load_next(load, &key)) == SIPCAUSE_OK && key.kind != EVENT_CLOSE)
        result = load_recover(load, read_rule(load, way, &key, &locations), depth);
    return result;
}

int load_interworking(loader *load, const event *key)
{
    enum { DIRECTIONS = sizeof directions / sizeof *directions };
    const char *const names[DIRECTIONS] = {directions[0].name, directions[1].name};
    place first[DIRECTIONS] = {{0, 0, 0}};
    event now;
    bool open;
    (void)key;
    int result = load_open_mapping(load, "`interworking` takes `sip-to-isup` and `isup-to-sip`", &open);
    uint32_t depth = load_depth(load);
    while (result == SIPCAUSE_OK && open && (result = load_next(load, &now)) == SIPCAUSE_OK &&
           now.kind != EVENT_CLOSE) {
        int at = find_key(load, &now, "interworking", names, DIRECTIONS, first);
        result = load_recover(load, at < 0 ? at : read_direction(load, &directions[at]), depth);
    }
    return result;
}
