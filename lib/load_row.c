/*
 * load_row.c - one row of a mapping file: what it is for, and what it says.
 *
 * SPDX-License-Identifier: MIT
 */
#include "load.h"

#include <stdio.h>
#include <string.h>

/* ---- what a row is for --------------------------------------------------------------------------------- */

/* A standard name in the wrong space is a status taken for a cause, or the other way round. */
static int refuse_name(loader *load, uint32_t space, const event *key)
{
    sipcause_code found[2];
    uint32_t other = space == SIPCAUSE_SPACE_SIP ? SIPCAUSE_SPACE_Q850 : SIPCAUSE_SPACE_SIP;
    bool standard = space == SIPCAUSE_SPACE_SIP || space == SIPCAUSE_SPACE_Q850;
    const char *nearest = NULL;
    if (standard && code_by_key(other, key->text, key->length, found) == 1)
        return load_fail(load, key->at,
                         space == SIPCAUSE_SPACE_SIP ? SIPCAUSE_ERROR_CAUSE_IN_STATUS : SIPCAUSE_ERROR_STATUS_IN_CAUSE,
                         "`%s` is %s %u, not of `%s`; write it under `%s`", load_shown(key).text,
                         other == SIPCAUSE_SPACE_SIP ? "the SIP status code" : "the Q.850 cause value",
                         (unsigned)found[0].value, sipcause_space_name(space), sipcause_space_name(other));
    for (size_t i = 0; i < standard_names_count; i++)
        if (standard_names[i].space == space && standard_names[i].key)
            nearest = load_nearer(key, nearest, standard_names[i].key);
    return load_suggest(load, nearest,
                        load_fail(load, key->at, SIPCAUSE_ERROR_UNKNOWN_CODE, "`%s` has no code named `%s`%s%s%s",
                                  sipcause_space_name(space), load_shown(key).text, nearest ? "; did you mean `" : "",
                                  nearest ? nearest : "", nearest ? "`?" : ""));
}

static int target_by_name(loader *load, uint32_t space, const event *key, row_target *target)
{
    sipcause_code found[2];
    switch (code_by_key(space, key->text, key->length, found)) {
    case 0: return refuse_name(load, space, key);
    case 1: target->code = found[0]; return SIPCAUSE_OK;
    default:
        return load_fail(load, key->at, SIPCAUSE_ERROR_AMBIGUOUS,
                         "`%s` is the name of both %u and %u; write the number", load_shown(key).text,
                         (unsigned)found[0].value, (unsigned)found[1].value);
    }
}

/* 5xx. */
static bool class_of(const event *key, uint32_t *hundreds)
{
    if (key->length != 3 || !text_digit(key->text[0]) || !text_same_name(key->text + 1, 2, "xx"))
        return false;
    *hundreds = (uint32_t)(key->text[0] - '0');
    return true;
}

/* 601-605. */
static bool is_range(const event *key)
{
    size_t first = 0, at;
    while (first < key->length && text_digit(key->text[first]))
        first++;
    for (at = first + 1; at < key->length && text_digit(key->text[at]);)
        at++;
    return first > 0 && first + 1 < key->length && key->text[first] == '-' && at == key->length;
}

static int target_by_class(loader *load, const event *key, row_target *target, uint32_t hundreds)
{
    if (hundreds < 3 || hundreds > 6)
        return load_fail(load, key->at, SIPCAUSE_ERROR_RANGE,
                         "there is no row for the class %s; the classes are 3xx, 4xx, 5xx and 6xx",
                         load_shown(key).text);
    target->kind = ROW_CLASS;
    target->code.value = hundreds;
    return SIPCAUSE_OK;
}

int load_target(loader *load, uint32_t space, const event *key, row_target *target)
{
    uint32_t number;
    target->at = key->at;
    target->kind = ROW_CODE;
    int numeric = load_number(load, key, space == SIPCAUSE_SPACE_CARRIER, &number);
    if (numeric < 0)
        return numeric;
    if (numeric) {
        target->code = sipcause_code_make((uint16_t)space, number);
        if (space == SIPCAUSE_SPACE_CARRIER) /* any number is one */
            return SIPCAUSE_OK;
        return load_offset(load, code_check(target->code, key->at.line, key->at.column, load->error), key->at);
    }
    if (load_is_null(key))
        return load_fail(load, key->at, SIPCAUSE_ERROR_VALUE,
                         key->length ? "%s is nothing to YAML; quote it if it is a word"
                                     : "a code is missing before the `:`%s",
                         load_shown(key).text);
    if (space == SIPCAUSE_SPACE_CARRIER && !key->quoted && (class_of(key, &number) || is_range(key)))
        return load_fail(
            load, key->at, SIPCAUSE_ERROR_VALUE,
            "%s: there are no classes or ranges of a carrier's codes; write each number, or quote it if it is a word",
            load_shown(key).text);
    if (space == SIPCAUSE_SPACE_CARRIER) {
        int result = load_check_word(load, key);
        if (result != SIPCAUSE_OK)
            return result;
        target->kind = ROW_WORD;
        memcpy(target->own, key->text, key->length + 1);
        return SIPCAUSE_OK;
    }
    if (space == SIPCAUSE_SPACE_SIP && class_of(key, &number))
        return target_by_class(load, key, target, number);
    return target_by_name(load, space, key, target);
}

int load_code(loader *load, uint32_t space, const event *value, row_target *target)
{
    int result = load_target(load, space, value, target);
    if (result == SIPCAUSE_OK && target->kind == ROW_CLASS)
        return load_fail(load, value->at, SIPCAUSE_ERROR_VALUE, "%s is a class; here one status is wanted",
                         load_shown(value).text);
    return result;
}

int load_advise(loader *load, int result, const char *advice)
{
    char *text = load->error->text, *end = strrchr(text, ';');
    if ((result == SIPCAUSE_ERROR_STATUS_IN_CAUSE || result == SIPCAUSE_ERROR_CAUSE_IN_STATUS) && end)
        snprintf(end, sizeof load->error->text - (size_t)(end - text), "; %s", advice);
    return result;
}

/* ---- what it says ---------------------------------------------------------------------------------------- */

int load_put(loader *load, const row_target *target, sipcause_row *says, place said)
{
    sipcause_error *error = load->error;
    sipcause_builder *builder = load->builder ? load->builder : load_builder(load);
    int result;
    if (!builder)
        return SIPCAUSE_ERROR_MEMORY;
    says->line = target->at.line;
    says->column = target->at.column;
    switch (target->kind) {
    case ROW_CODE: result = builder_map(builder, target->code, says, error); break; /* most rows; it clears no error */
    case ROW_WORD: result = sipcause_builder_map_token(builder, target->own, SIPCAUSE_TEXT, says, error); break;
    case ROW_CLASS: result = sipcause_builder_map_class(builder, target->code.value, says, error); break;
    case ROW_DEFAULT: result = sipcause_builder_map_default(builder, says, error); break;
    case ROW_LOCAL: result = sipcause_builder_map_local(builder, target->code.value, says, error); break;
    default: result = sipcause_builder_map_no_cause(builder, target->code.value, says, error); break;
    }
    if (result == SIPCAUSE_ERROR_MISSING && load->unread) /* of what is inherited */
        load->silent = true;
    if (result == SIPCAUSE_OK || !error->line)
        return result;
    /* A disposition stands beside or below the key of its row or the beginning of its item. */
    bool own = result == SIPCAUSE_ERROR_UNKNOWN_DISPOSITION && said.line && error->line == target->at.line &&
               error->column == target->at.column;
    place at = own ? said : load_when_place(load, error, target->at);
    error->line = at.line;
    error->column = at.column;
    error->offset = at.offset;
    return result;
}

static int put_long(loader *load, const row_target *target)
{
    item said;
    uint32_t before = load->kept.length;
    load_when_clear(load);
    load->about = target; /* the items of its `when` are told of one by one */
    int result = load_item(load, "a row", FIELDS_OF_ROW | FIELD(WHEN), &said);
    load->about = NULL;
    if (result != SIPCAUSE_OK)
        return result;
    bool empty = true;
    for (int i = 0; i < FIELD_COUNT; i++)
        empty = empty && !said.key[i].line;
    if (empty)
        return load_fail(load, target->at, SIPCAUSE_ERROR_MISSING, "the row is empty; name its disposition");
    sipcause_row says = load_says(load, &said);
    says.when = load_refinements(load, &result);
    says.when_count = says.when ? load->when.count : 0;
    if (result == SIPCAUSE_OK)
        result = load_put(load, target, &says, said.at[FIELD_DISPOSITION]);
    load_when_clear(load);
    load->kept.length = before;
    return result;
}

/* What follows was to be rows of its own. */
static int refuse_lines(loader *load, const event *value)
{
    error_clear(load->error);
    return load_fail(load, value->at, SIPCAUSE_ERROR_UNKNOWN_DISPOSITION,
                     value->quoted ? "there is no disposition \"%s\": the quoted text ends in line %u only; is a quote "
                                     "missing here?"
                                   : "there is no disposition \"%s\": the text goes on to line %u, which is indented "
                                     "more than this row",
                     load_shown(value).text, (unsigned)value->last_line);
}

int load_row(loader *load, const row_target *target)
{
    event value;
    int result = load_next(load, &value);
    if (result != SIPCAUSE_OK)
        return result;
    if (value.kind == EVENT_LIST)
        return load_fail(load, value.at, SIPCAUSE_ERROR_TYPE, "a row is a disposition or a mapping, not a list");
    if (value.kind == EVENT_MAPPING)
        return put_long(load, target);
    if (value.length <= 4 && (load_is_null(&value) || value.length == 0))
        return load_fail(load, target->at, SIPCAUSE_ERROR_MISSING, "the row is empty; name its disposition");
    if (target->kind == ROW_CODE && target->code.space == SIPCAUSE_SPACE_CARRIER && load->builder &&
        builder_map_rising(load->builder, target->code.value, value.text, target->at.line, target->at.column))
        return SIPCAUSE_OK;
    sipcause_row says = {.disposition = value.text};
    result = load_put(load, target, &says, value.at);
    return result == SIPCAUSE_ERROR_UNKNOWN_DISPOSITION && value.last_line ? refuse_lines(load, &value) : result;
}
