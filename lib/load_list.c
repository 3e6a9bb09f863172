/*
 * load_list.c - the lists of a mapping file: dispositions, cause-headers, precedence.
 *
 * SPDX-License-Identifier: MIT
 */
#include "load.h"

#include <stdio.h>
#include <string.h>

int load_list(loader *load, const event *key, bool *open)
{
    event now;
    shown name = load_shown(key);
    int result = load_next(load, &now);
    *open = result == SIPCAUSE_OK && now.kind == EVENT_LIST;
    if (result != SIPCAUSE_OK || *open || (now.kind == EVENT_SCALAR && load_is_null(&now)))
        return result;
    if (now.kind == EVENT_MAPPING)
        return load_fail(load, now.at, SIPCAUSE_ERROR_TYPE, "`%s` takes a list, not a mapping", name.text);
    char list[sizeof name.text + 2];
    snprintf(list, sizeof list, "[%s]", load_shown(&now).text);
    return load_suggest(
        load, now.length <= 64 ? list : NULL,
        load_fail(load, now.at, SIPCAUSE_ERROR_TYPE, "`%s` takes a list, not a text: write it in [ ]", name.text));
}

int load_list_item(loader *load, event *now, const char *what)
{
    int result = load_next(load, now);
    if (result != SIPCAUSE_OK)
        return result;
    if (now->kind == EVENT_CLOSE)
        return 0;
    if (now->kind == EVENT_SCALAR && (load_is_null(now) || now->length == 0))
        return load_fail(load, now->at, SIPCAUSE_ERROR_MISSING,
                         now->quoted   ? "%s is missing; this text is empty"
                         : now->length ? "%s is missing; %s is nothing to YAML"
                                       : "%s is missing after the `-`",
                         what, load_shown(now).text);
    return 1;
}

int load_open_mapping(loader *load, const char *takes, bool *open)
{
    event now;
    int result = load_next(load, &now);
    *open = result == SIPCAUSE_OK && now.kind == EVENT_MAPPING;
    if (result != SIPCAUSE_OK || *open || (now.kind == EVENT_SCALAR && load_is_null(&now)))
        return result;
    if (now.kind == EVENT_SCALAR && !now.quoted && memchr(now.text, ':', now.length))
        return load_fail(load, now.at, SIPCAUSE_ERROR_TYPE, "%s, not the text `%s`; a blank is missing behind a `:`",
                         takes, load_shown(&now).text);
    return load_fail(load, now.at, SIPCAUSE_ERROR_TYPE, "%s, not a %s", takes,
                     now.kind == EVENT_LIST ? "list" : "text");
}

/* Reads an item's mapping, or takes the text as its name. */
static int read_item(loader *load, const event *first, const char *what, uint32_t fields, item *said)
{
    event now = *first;
    if (now.kind == EVENT_MAPPING) {
        int result = load_item(load, what, fields, said);
        if (result == SIPCAUSE_OK && !said->text[FIELD_NAME])
            result = load_fail(load, now.at, SIPCAUSE_ERROR_MISSING, "%s has no `name`", what);
        return result;
    }
    if (now.kind == EVENT_LIST)
        return load_fail(load, now.at, SIPCAUSE_ERROR_TYPE, "%s is a text or a mapping, not a list", what);
    item plain = {.text = {0}};
    *said = plain;
    said->at[FIELD_NAME] = now.at;
    said->text[FIELD_NAME] = load_keep(load, &now);
    return said->text[FIELD_NAME] ? SIPCAUSE_OK : SIPCAUSE_ERROR_MEMORY;
}

static int put_disposition(loader *load, sipcause_builder *builder, const event *first)
{
    const uint32_t fields = 1 << FIELD_NAME | 1 << FIELD_OUTCOME | 1 << FIELD_PARTY | 1 << FIELD_ROUTE;
    item said;
    int result = read_item(load, first, "a disposition", fields, &said);
    if (result != SIPCAUSE_OK)
        return result;
    sipcause_row says = {
        .disposition = load_kept(load, said.text[FIELD_NAME]),
        .outcome = load_kept(load, said.text[FIELD_OUTCOME]),
        .party = load_kept(load, said.text[FIELD_PARTY]),
        .route = load_kept(load, said.text[FIELD_ROUTE]),
        .line = said.at[FIELD_NAME].line,
        .column = said.at[FIELD_NAME].column,
    };
    return load_offset(load, sipcause_builder_disposition(builder, &says, load->error), said.at[FIELD_NAME]);
}

int load_dispositions(loader *load, const event *key)
{
    event now;
    bool open;
    uint32_t before = load->kept.length;
    sipcause_builder *builder = load_builder(load);
    if (!builder)
        return SIPCAUSE_ERROR_MEMORY;
    int result = load_list(load, key, &open);
    load->unsure = load->unsure || result != SIPCAUSE_OK;
    uint32_t depth = load_depth(load);
    while (result == SIPCAUSE_OK && open && (result = load_list_item(load, &now, "a disposition")) != SIPCAUSE_OK) {
        if (result > 0)
            result = put_disposition(load, builder, &now);
        load->unsure = load->unsure || (result != SIPCAUSE_OK && result != SIPCAUSE_ERROR_DUPLICATE_KEY);
        result = load_recover(load, result, depth);
        load->kept.length = before;
    }
    return result;
}

/* The builder refuses a bad name too, but cannot tell where the parameter stands. */
static int check_token(loader *load, const item *said, enum field field, const char *what)
{
    const char *text = load_kept(load, said->text[field]);
    size_t length = text_length(text, text ? SIPCAUSE_TEXT : 0);
    bool good = !text || (length >= 1 && length <= 64);
    for (size_t i = 0; i < length && good; i++)
        good = text_token_character(text[i]);
    if (good)
        return SIPCAUSE_OK;
    event shown_as = {.text = text, .length = length};
    return load_fail(load, said->at[field], SIPCAUSE_ERROR_VALUE,
                     "\"%s\" is no %s: 1 to 64 letters, digits and -.!%%*_+`'~", load_shown(&shown_as).text, what);
}

static int put_header(loader *load, sipcause_builder *builder, const item *said, bool uri_parameter)
{
    int result = check_token(load, said, FIELD_NAME, "name of a header");
    if (result == SIPCAUSE_OK)
        result = check_token(load, said, FIELD_PARAM, "name of a parameter");
    if (result != SIPCAUSE_OK)
        return result;
    sipcause_cause_header header = {
        .name = load_kept(load, said->text[FIELD_NAME]),
        .parameter = load_kept(load, said->text[FIELD_PARAM]),
        .space = said->value[FIELD_SPACE] ? (uint16_t)said->value[FIELD_SPACE] : SIPCAUSE_SPACE_CARRIER,
        .uri_parameter = uri_parameter,
    };
    place at = said->at[FIELD_NAME];
    return load_offset(load, sipcause_builder_cause_header(builder, &header, at.line, at.column, load->error), at);
}

int load_cause_headers(loader *load, const event *key)
{
    const uint32_t fields = 1 << FIELD_NAME | 1 << FIELD_PARAM | 1 << FIELD_SPACE | 1 << FIELD_URI_PARAM;
    event now;
    item said;
    bool open, any = false;
    uint32_t before = load->kept.length;
    sipcause_builder *builder = load_builder(load);
    if (!builder)
        return SIPCAUSE_ERROR_MEMORY;
    int result = load_list(load, key, &open);
    uint32_t depth = load_depth(load);
    while (result == SIPCAUSE_OK && open && (result = load_list_item(load, &now, "a cause header")) != SIPCAUSE_OK) {
        any = true;
        if (result > 0)
            result = read_item(load, &now, "a cause header", fields, &said);
        if (result == SIPCAUSE_OK && said.value[FIELD_URI_PARAM] == 1 && !said.text[FIELD_PARAM])
            result = load_fail(load, said.key[FIELD_URI_PARAM], SIPCAUSE_ERROR_MISSING, "`uri-param` needs a `param`");
        if (result == SIPCAUSE_OK)
            result = put_header(load, builder, &said, said.value[FIELD_URI_PARAM] == 1);
        result = load_recover(load, result, depth);
        load->kept.length = before;
    }
    if (result == SIPCAUSE_OK && open && !any)
        result = sipcause_builder_no_cause_headers(builder);
    return result;
}

int load_precedence(loader *load, const event *key)
{
    enum { MOST = 32 };
    uint16_t spaces[MOST];
    place places[MOST];
    size_t count = 0;
    event now;
    bool open;
    place at = key->at;
    sipcause_builder *builder = load_builder(load);
    if (!builder)
        return SIPCAUSE_ERROR_MEMORY;
    int result = load_list(load, key, &open);
    while (result == SIPCAUSE_OK && open && (result = load_list_item(load, &now, "a code space")) > 0) {
        if (now.kind != EVENT_SCALAR)
            return load_fail(load, now.at, SIPCAUSE_ERROR_TYPE, "a code space is a word, not a %s",
                             now.kind == EVENT_LIST ? "list" : "mapping");
        int space = load_space(load, &now);
        if (space < 0)
            return space;
        for (size_t i = 0; i < count; i++)
            if (spaces[i] == (uint16_t)space)
                return load_fail_twice(load, now.at, places[i], sipcause_space_name((uint32_t)space));
        if (count == MOST) /* cannot be: there are fewer spaces */
            return load_fail(load, now.at, SIPCAUSE_ERROR_TOO_LARGE, "precedence names at most 32 code spaces");
        places[count] = now.at;
        spaces[count++] = (uint16_t)space;
        result = SIPCAUSE_OK;
    }
    if (result != SIPCAUSE_OK || !open)
        return result;
    if (!count)
        return load_fail(load, at, SIPCAUSE_ERROR_VALUE,
                         "precedence is empty: name at least one code space, or leave it out");
    return load_offset(load, sipcause_builder_precedence(builder, spaces, count, load->error), at);
}
