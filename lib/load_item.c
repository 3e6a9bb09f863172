/*
 * load_item.c - mappings of known keys: long rows, `when` items, dispositions, cause headers, interworking rules.
 *
 * SPDX-License-Identifier: MIT
 */
#include "load.h"

#include <stddef.h>
#include <string.h>

/* Its number, a part of its meaning and a misspelt name tell which one is meant. */
int load_location(loader *load, const event *scalar)
{
    uint32_t number, found = SIPCAUSE_LOCATION_NONE, known = 0;
    if (sipcause_location_from_name(scalar->text, scalar->length) < 0 && load_number(load, scalar, true, &number) > 0 &&
        sipcause_location_name(number))
        return load_fail(load, scalar->at, SIPCAUSE_ERROR_UNKNOWN_CODE,
                         "a location is written by its name: that of %u is `%s`", (unsigned)number,
                         sipcause_location_name(number));
    if (load->error->code)
        return load->error->code;
    for (uint32_t i = 0; i < 16 && scalar->length >= 4; i++) {
        const char *meaning = sipcause_location_meaning(i);
        for (; meaning && strlen(meaning) >= scalar->length; meaning++)
            if (text_same_name(meaning, scalar->length, scalar->text)) {
                found = i;
                known++;
                break;
            }
    }
    if (known == 1)
        return load_suggest(load, sipcause_location_name(found),
                            load_fail(load, scalar->at, SIPCAUSE_ERROR_UNKNOWN_CODE,
                                      "there is no location `%s`; did you mean `%s` (%s)?", load_shown(scalar).text,
                                      sipcause_location_name(found), sipcause_location_meaning(found)));
    return load_word(load, scalar, "location", words_location, words_location_count);
}

static int check_outcome(loader *load, const event *value)
{
    return load_word(load, value, "outcome", words_outcome, words_outcome_count);
}

static int check_party(loader *load, const event *value)
{
    return load_word(load, value, "party", words_party, words_party_count);
}

static int check_route(loader *load, const event *value)
{
    return load_word(load, value, "route", words_route, words_route_count);
}

/* The number of a cause value or a status. */
static int check_cause(loader *load, const event *value)
{
    return load_answer(load, SIPCAUSE_SPACE_Q850, value);
}

static int check_status(loader *load, const event *value)
{
    return load_answer(load, SIPCAUSE_SPACE_SIP, value);
}

enum field_kind { KIND_TEXT, KIND_NUMBER, KIND_BOOLEAN, KIND_CONDITION, KIND_WHEN };

/* A text is kept as it is, the check of a number gives it; negative: the error. */
static const struct {
    const char *name;
    enum field_kind kind;
    int (*check)(loader *load, const event *value);
} fields_known[FIELD_COUNT] = {
    [FIELD_DISPOSITION] = {"disposition", KIND_TEXT, NULL},
    [FIELD_OUTCOME] = {"outcome", KIND_TEXT, check_outcome},
    [FIELD_PARTY] = {"party", KIND_TEXT, check_party},
    [FIELD_ROUTE] = {"route", KIND_TEXT, check_route},
    [FIELD_CAPPED] = {"capped", KIND_BOOLEAN, NULL},
    [FIELD_UNINFORMATIVE] = {"uninformative", KIND_BOOLEAN, NULL},
    [FIELD_NAME] = {"name", KIND_TEXT, NULL},
    [FIELD_NOTE] = {"note", KIND_TEXT, NULL},
    [FIELD_WHEN] = {"when", KIND_WHEN, NULL},
    [FIELD_PARAM] = {"param", KIND_TEXT, NULL},
    [FIELD_SPACE] = {"space", KIND_NUMBER, load_space},
    [FIELD_URI_PARAM] = {"uri-param", KIND_BOOLEAN, NULL},
    [FIELD_CAUSE] = {"cause", KIND_NUMBER, check_cause},
    [FIELD_STATUS] = {"status", KIND_NUMBER, check_status},
    [FIELD_TO_LOCATION] = {"location", KIND_NUMBER, load_location},
    [FIELD_REDRESS] = {"redress", KIND_BOOLEAN, NULL},
    [FIELD_PHRASE] = {"phrase", KIND_CONDITION, NULL},
    [FIELD_TEXT] = {"text", KIND_CONDITION, NULL},
    [FIELD_LOCATION] = {"location", KIND_CONDITION, NULL},
    [FIELD_METHOD] = {"method", KIND_CONDITION, NULL},
    [FIELD_ANSWERED] = {"answered", KIND_BOOLEAN, NULL},
    [FIELD_ALERTED] = {"alerted", KIND_BOOLEAN, NULL},
    [FIELD_PROGRESSED] = {"progressed", KIND_BOOLEAN, NULL},
    [FIELD_NOTICE] = {"notice", KIND_BOOLEAN, NULL},
    [FIELD_WARNING] = {"warning", KIND_CONDITION, NULL},
    [FIELD_DIAGNOSTIC] = {"diagnostic", KIND_BOOLEAN, NULL},
    [FIELD_CODING] = {"coding", KIND_CONDITION, NULL},
    [FIELD_CODE] = {"carrier", KIND_CONDITION, NULL}, /* the likeliest of the spaces, for did-you-mean */
};

/* What a key that may not stand here would be elsewhere. */
static int refuse_field(loader *load, const char *what, uint32_t fields, const event *key)
{
    enum { NAMES_MOST = FIELD_COUNT + SPACES_MOST };
    const char *names[NAMES_MOST];
    size_t count = 0;
    bool conditions = (fields & (FIELD(PHRASE) | FIELD(LOCATION))) != 0;
    if (fields & FIELD(WHEN) && !conditions)
        for (int i = FIELD_PHRASE; i < FIELD_COUNT; i++)
            if (load_is(key, fields_known[i].name))
                return load_fail(load, key->at, SIPCAUSE_ERROR_UNKNOWN_KEY,
                                 "`%s` is a condition: it stands in an item of `when`", fields_known[i].name);
    if (conditions && load_is(key, "when"))
        return load_fail(load, key->at, SIPCAUSE_ERROR_UNKNOWN_KEY,
                         "an item of `when` has no `when` of its own; what one item says must all hold");
    if (fields & FIELD(CODE) && load_is(key, "token"))
        return load_fail(load, key->at, SIPCAUSE_ERROR_UNKNOWN_KEY,
                         "a carrier's own words are written under `carrier`");
    for (int i = 0; i < FIELD_COUNT; i++) { /* the conditions first */
        int field = (i + FIELD_PHRASE) % FIELD_COUNT;
        if (fields & 1u << field)
            names[count++] = fields_known[field].name;
    }
    for (size_t i = 0; fields & FIELD(CODE) && i < words_space_count && count < NAMES_MOST; i++)
        if (words_space[i].number != SIPCAUSE_SPACE_NONE && words_space[i].number != SIPCAUSE_SPACE_TOKEN)
            names[count++] = words_space[i].name;
    return load_unknown_key(load, key, what, names, count);
}

static int find_field(loader *load, const char *what, uint32_t fields, const event *key)
{
    for (int i = 0; i < FIELD_COUNT; i++)
        if (fields & 1u << i && load_is(key, fields_known[i].name))
            return i;
    int space = fields & FIELD(CODE) ? sipcause_space_from_name(key->text, key->length) : SIPCAUSE_SPACE_NONE;
    if (space > SIPCAUSE_SPACE_NONE && space != SIPCAUSE_SPACE_TOKEN)
        return FIELD_CODE;
    return refuse_field(load, what, fields, key);
}

static int read_field(loader *load, int field, uint32_t when_fields, const event *key, item *read)
{
    event value;
    int result;
    switch (fields_known[field].kind) {
    case KIND_WHEN: return load_when(load, key, when_fields);
    case KIND_CONDITION: return load_condition(load, (enum field)field, key, read);
    case KIND_BOOLEAN:
        result = load_boolean(load, key);
        read->value[field] = result == 1 ? 1 : 2;
        return result < 0 ? result : SIPCAUSE_OK;
    case KIND_NUMBER:
        result = load_text(load, key, &value);
        if (result == SIPCAUSE_OK)
            result = fields_known[field].check(load, &value);
        read->value[field] = result > 0 ? (uint32_t)result : 0;
        return result < 0 ? result : SIPCAUSE_OK;
    default:
        result = load_text(load, key, &value);
        if (result == SIPCAUSE_OK && fields_known[field].check)
            result = fields_known[field].check(load, &value);
        if (result < 0)
            return result;
        read->at[field] = value.at;
        read->text[field] = load_keep(load, &value);
        return read->text[field] ? SIPCAUSE_OK : SIPCAUSE_ERROR_MEMORY;
    }
}

/* Where the key stood before; a space's own place, as all of them are one field. */
static place *key_place(item *read, int field, const event *key)
{
    if (field != FIELD_CODE)
        return &read->key[field];
    if (!read->key[field].line)
        memset(read->code_key, 0, sizeof read->code_key);
    return &read->code_key[sipcause_space_from_name(key->text, key->length)];
}

int load_item_of(loader *load, const char *what, uint32_t fields, uint32_t when_fields, item *read)
{
    event key;
    memset(read, 0, offsetof(item, code_key)); /* most name no space: see key_place */
    for (;;) {
        int result = load_next(load, &key);
        if (result != SIPCAUSE_OK || key.kind == EVENT_CLOSE)
            return result;
        int field = find_field(load, what, fields, &key);
        if (field < 0)
            return field;
        place *first = key_place(read, field, &key);
        if (first->line)
            return load_fail_twice(load, key.at, *first, load_shown(&key).text);
        *first = read->key[field] = key.at;
        result = read_field(load, field, when_fields, &key, read);
        if (result != SIPCAUSE_OK)
            return result;
    }
}

int load_item(loader *load, const char *what, uint32_t fields, item *read)
{
    return load_item_of(load, what, fields, FIELDS_OF_ROW | FIELDS_OF_CONDITION, read);
}

sipcause_row load_says(const loader *load, const item *said)
{
    sipcause_row says = {
        .disposition = load_kept(load, said->text[FIELD_DISPOSITION]),
        .name = load_kept(load, said->text[FIELD_NAME]),
        .note = load_kept(load, said->text[FIELD_NOTE]),
        .outcome = load_kept(load, said->text[FIELD_OUTCOME]),
        .party = load_kept(load, said->text[FIELD_PARTY]),
        .route = load_kept(load, said->text[FIELD_ROUTE]),
        .uninformative = (uint8_t)said->value[FIELD_UNINFORMATIVE],
        .capped = (uint8_t)said->value[FIELD_CAPPED],
    };
    return says;
}
