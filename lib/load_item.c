/*
 * load_item.c - mappings of known keys with one value each: long rows, dispositions, cause headers.
 *
 * SPDX-License-Identifier: MIT
 */
#include "load.h"

#include <string.h>

/* The number of a value in a closed list, kept as its text: the builder reads it again. */
static int check_word(loader *load, const event *value, const char *list, int (*from_name)(const char *, size_t),
                      const word *words, size_t count)
{
    if (from_name(value->text, value->length) >= 0)
        return SIPCAUSE_OK;
    const char *nearest = NULL;
    for (size_t i = 0; i < count; i++)
        nearest = load_nearer(value, nearest, words[i].name);
    if (nearest)
        return load_fail(load, value->at, SIPCAUSE_ERROR_UNKNOWN_CODE, "there is no %s `%s`; did you mean `%s`?", list,
                         load_shown(value).text, nearest);
    char names[400];
    writer out = {names, sizeof names, 0};
    for (size_t i = 0; i < count; i++) {
        write_text(&out, i ? ", " : "");
        write_text(&out, words[i].name);
    }
    write_end(&out);
    return load_fail(load, value->at, SIPCAUSE_ERROR_UNKNOWN_CODE, "there is no %s `%s`; there are %s", list,
                     load_shown(value).text, names);
}

static int check_outcome(loader *load, const event *value)
{
    return check_word(load, value, "outcome", sipcause_outcome_from_name, words_outcome, words_outcome_count);
}

static int check_party(loader *load, const event *value)
{
    return check_word(load, value, "party", sipcause_party_from_name, words_party, words_party_count);
}

static int check_route(loader *load, const event *value)
{
    return check_word(load, value, "route", sipcause_route_from_name, words_route, words_route_count);
}

enum field_kind { KIND_TEXT, KIND_BOOLEAN, KIND_SPACE, KIND_LATER };

static const struct {
    const char *name;
    enum field_kind kind;
    int (*check)(loader *load, const event *value);
} fields_known[FIELD_COUNT] = {
    [FIELD_DISPOSITION] = {"disposition", KIND_TEXT, NULL},
    [FIELD_OUTCOME] = {"outcome", KIND_TEXT, check_outcome},
    [FIELD_PARTY] = {"party", KIND_TEXT, check_party},
    [FIELD_ROUTE] = {"route", KIND_TEXT, check_route},
    [FIELD_UNINFORMATIVE] = {"uninformative", KIND_BOOLEAN, NULL},
    [FIELD_NAME] = {"name", KIND_TEXT, NULL},
    [FIELD_NOTE] = {"note", KIND_TEXT, NULL},
    [FIELD_WHEN] = {"when", KIND_LATER, NULL},
    [FIELD_PARAM] = {"param", KIND_TEXT, NULL},
    [FIELD_SPACE] = {"space", KIND_SPACE, NULL},
    [FIELD_URI_PARAM] = {"uri-param", KIND_BOOLEAN, NULL},
};

static int find_field(loader *load, const char *what, uint32_t fields, const event *key)
{
    const char *names[FIELD_COUNT];
    size_t count = 0;
    for (int i = 0; i < FIELD_COUNT; i++) {
        if (!(fields & 1u << i))
            continue;
        if (load_is(key, fields_known[i].name))
            return i;
        names[count++] = fields_known[i].name;
    }
    return load_unknown_key(load, key, what, names, count);
}

static int read_field(loader *load, int field, const event *key, item *read)
{
    event value;
    int result;
    switch (fields_known[field].kind) {
    case KIND_LATER:
        return load_fail(load, key->at, SIPCAUSE_ERROR_UNSUPPORTED, "`%s` is not supported yet",
                         fields_known[field].name);
    case KIND_BOOLEAN:
        result = load_boolean(load, key);
        read->value[field] = result == 1 ? 1 : 2;
        return result < 0 ? result : SIPCAUSE_OK;
    case KIND_SPACE:
        result = load_text(load, key, &value);
        if (result == SIPCAUSE_OK)
            result = load_space(load, &value);
        read->value[field] = result > 0 ? (uint32_t)result : 0;
        return result < 0 ? result : SIPCAUSE_OK;
    default:
        result = load_text(load, key, &value);
        if (result == SIPCAUSE_OK && fields_known[field].check)
            result = fields_known[field].check(load, &value);
        if (result != SIPCAUSE_OK)
            return result;
        read->at[field] = value.at;
        read->text[field] = load_keep(load, &value);
        return read->text[field] ? SIPCAUSE_OK : SIPCAUSE_ERROR_MEMORY;
    }
}

int load_item(loader *load, const char *what, uint32_t fields, item *read)
{
    event key;
    memset(read, 0, sizeof *read);
    for (;;) {
        int result = load_next(load, &key);
        if (result != SIPCAUSE_OK || key.kind == EVENT_CLOSE)
            return result;
        int field = find_field(load, what, fields, &key);
        if (field < 0)
            return field;
        if (read->key[field].line)
            return load_fail_twice(load, key.at, read->key[field], fields_known[field].name);
        read->key[field] = key.at;
        result = read_field(load, field, &key, read);
        if (result != SIPCAUSE_OK)
            return result;
    }
}
