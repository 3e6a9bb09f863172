/*
 * code.c - a code: a space and a value.
 *
 * SPDX-License-Identifier: MIT
 */
#include "internal.h"

#include <string.h>

sipcause_code sipcause_code_make(uint16_t space, uint32_t value)
{
    sipcause_code code = {space, 0, value};
    return code;
}

bool sipcause_code_valid(sipcause_code code)
{
    switch (code.space) {
    case SIPCAUSE_SPACE_NONE: return false;
    case SIPCAUSE_SPACE_SIP: return code.value >= 100 && code.value <= 699;
    case SIPCAUSE_SPACE_Q850: return code.value >= 1 && code.value <= 127;
    case SIPCAUSE_SPACE_CARRIER:
    case SIPCAUSE_SPACE_TOKEN: return true; /* most rows are of these: the list of names need not be searched */
    default: return sipcause_space_name(code.space) != NULL;
    }
}

/* By the slot; else the last name that does not stand behind the code's: which half it is in decides an address and no
 * way. */
static const standard_name *standard(sipcause_code code)
{
    uint32_t slot = table_slot(code.space, code.value);
    if (slot < SLOT_FALLBACK) /* nearly all that are asked for: every finding of a call names its codes */
        return standard_slots[slot] ? &standard_names[standard_slots[slot] - 1] : NULL;
    const standard_name *at = standard_names;
    uint64_t wanted = (uint64_t)code.space << 32 | code.value;
    for (size_t left = standard_names_count; left > 1; left -= left / 2) {
        const standard_name *half = at + left / 2;
        at = ((uint64_t)half->space << 32 | half->value) <= wanted ? half : at;
    }
    return at->space == code.space && at->value == code.value ? at : NULL;
}

const char *sipcause_code_name(sipcause_code code)
{
    bool named = code.space != SIPCAUSE_SPACE_CARRIER && code.space != SIPCAUSE_SPACE_TOKEN;
    const standard_name *found = named ? standard(code) : NULL; /* rows of carriers' codes come by the thousand */
    return found ? found->name : NULL;
}

/* FreeSWITCH writes its names with _ where a key has -. */
static bool has_key(const standard_name *name, const char *key, size_t length)
{
    size_t i = 0;
    for (; name->key && i < length && name->key[i]; i++)
        if (name->key[i] != (key[i] == '_' && name->space == SIPCAUSE_SPACE_FREESWITCH ? '-' : text_lower(key[i])))
            return false;
    return name->key && i == length && !name->key[i];
}

size_t code_by_key(uint32_t space, const char *key, size_t length, sipcause_code found[2])
{
    size_t count = 0;
    for (size_t i = 0; i < standard_names_count; i++) {
        const standard_name *at = &standard_names[i];
        if (at->space != space || !has_key(at, key, length))
            continue;
        if (count < 2)
            found[count] = sipcause_code_make(at->space, at->value);
        count++;
    }
    return count;
}

/* A status code where a cause value belongs, or the other way round; name: what it is of the other space. */
static int refuse_other(sipcause_code code, const char *name, uint32_t line, uint32_t column, sipcause_error *error)
{
    bool status = code.space == SIPCAUSE_SPACE_Q850; /* that is what it is */
    const char *other = status ? "sip" : "q850";
    char suggestion[32]; /* as a condition and a section of `map` are written */
    writer out = {suggestion, sizeof suggestion, 0};
    write_text(&out, other);
    write_text(&out, ": ");
    write_number(&out, code.value);
    write_end(&out);
    int result = error_set(error, status ? SIPCAUSE_ERROR_STATUS_IN_CAUSE : SIPCAUSE_ERROR_CAUSE_IN_STATUS, line,
                           column, "%u is the %s \"%s\", not a %s; for the %s write %s:%u", (unsigned)code.value,
                           status ? "SIP status code" : "Q.850 cause value", name,
                           status ? "Q.850 cause value (1-127)" : "SIP status code (100-699)",
                           status ? "status" : "cause", other, (unsigned)code.value);
    return error_suggest(error, result, suggestion);
}

int code_check(sipcause_code code, uint32_t line, uint32_t column, sipcause_error *error)
{
    if (sipcause_code_valid(code))
        return SIPCAUSE_OK;
    unsigned value = code.value;
    const char *status = sipcause_code_name(sipcause_status(code.value));
    const char *cause = sipcause_code_name(sipcause_q850(code.value));
    const char *freeswitch = sipcause_code_name(sipcause_code_make(SIPCAUSE_SPACE_FREESWITCH, code.value));
    if (code.space == SIPCAUSE_SPACE_Q850 && status)
        return refuse_other(code, status, line, column, error);
    if (code.space == SIPCAUSE_SPACE_SIP && cause)
        return refuse_other(code, cause, line, column, error);
    if (code.space == SIPCAUSE_SPACE_Q850 && value == 0)
        return error_set(error, SIPCAUSE_ERROR_CAUSE_ZERO, line, column, "0 is no cause: Q.850 cause values are 1-127");
    if (code.space == SIPCAUSE_SPACE_Q850)
        return error_set(error, SIPCAUSE_ERROR_RANGE, line, column, "%u is no Q.850 cause value: those are 1-127",
                         value);
    if (code.space == SIPCAUSE_SPACE_SIP && freeswitch)
        return error_set(
            error, SIPCAUSE_ERROR_FREESWITCH_NUMBER, line, column,
            "%u is FreeSWITCH's %s, not a SIP status code (100-699); for FreeSWITCH's number write freeswitch:%u",
            value, freeswitch, value);
    if (code.space == SIPCAUSE_SPACE_SIP)
        return error_set(error, SIPCAUSE_ERROR_RANGE, line, column, "%u is no SIP status code: those are 100-699",
                         value);
    return error_set(error, SIPCAUSE_ERROR_UNKNOWN_CODE, line, column, "there is no code space number %u",
                     (unsigned)code.space);
}

/* The space before the colon. */
static int parse_space(const char *text, size_t length, size_t *after, uint32_t *space, sipcause_error *error)
{
    const char *colon = length ? memchr(text, ':', length) : NULL;
    if (!colon)
        return error_set(
            error, SIPCAUSE_ERROR_UNKNOWN_CODE, 1, 1,
            "\"%.*s\" has no code space: write sip:, q850: or carrier: before the number, for example sip:503",
            (int)(length < 64 ? length : 64), length ? text : "");
    size_t name_length = (size_t)(colon - text);
    int number = sipcause_space_from_name(text, name_length);
    if (number <= SIPCAUSE_SPACE_NONE || number == SIPCAUSE_SPACE_TOKEN) {
        const char *nearest = NULL;
        unsigned best = 0;
        for (size_t i = 0; i < words_space_count; i++) {
            bool writable =
                words_space[i].number != SIPCAUSE_SPACE_NONE && words_space[i].number != SIPCAUSE_SPACE_TOKEN;
            unsigned near = writable ? text_nearness(text, name_length, words_space[i].name) : 0;
            if (near && (!best || near < best)) {
                best = near;
                nearest = words_space[i].name;
            }
        }
        error_set(error, SIPCAUSE_ERROR_UNKNOWN_CODE, 1, 1, "there is no code space \"%.*s\"%s%s%s",
                  (int)(name_length < 64 ? name_length : 64), text, nearest ? "; did you mean " : "",
                  nearest ? nearest : "", nearest ? "?" : "");
        return error_suggest(error, SIPCAUSE_ERROR_UNKNOWN_CODE, nearest);
    }
    *after = name_length + 1;
    *space = (uint32_t)number;
    return SIPCAUSE_OK;
}

static int parse_key(uint32_t space, const char *key, size_t length, uint32_t column, sipcause_code *code,
                     sipcause_error *error)
{
    sipcause_code found[2];
    int shown = (int)(length < 64 ? length : 64);
    switch (code_by_key(space, key, length, found)) {
    case 0:
        return error_set(error, SIPCAUSE_ERROR_UNKNOWN_CODE, 1, column, "%s has no code named \"%.*s\"",
                         sipcause_space_name(space), shown, key);
    case 1: *code = found[0]; return SIPCAUSE_OK;
    default:
        return error_set(error, SIPCAUSE_ERROR_AMBIGUOUS, 1, column,
                         "\"%.*s\" is the name of both %u and %u: write the number", shown, key,
                         (unsigned)found[0].value, (unsigned)found[1].value);
    }
}

static int parse_value(const sipcause_table *table, uint32_t space, const char *value, size_t length, uint32_t column,
                       sipcause_code *code, sipcause_error *error)
{
    int shown = (int)(length < 64 ? length : 64);
    bool digits = length > 0;
    for (size_t i = 0; i < length && digits; i++)
        digits = text_digit(value[i]);
    if (digits) {
        uint32_t number;
        if ((length > 1 && value[0] == '0') || !text_number(value, length, &number))
            return error_set(error, SIPCAUSE_ERROR_RANGE, 1, column,
                             "%.*s: a number has no leading zeros and is at most 4294967295", shown, value);
        sipcause_code read = sipcause_code_make((uint16_t)space, number);
        int result = code_check(read, 1, column, error);
        if (result == SIPCAUSE_OK)
            *code = read;
        return result;
    }
    if (space != SIPCAUSE_SPACE_CARRIER)
        return parse_key(space, value, length, column, code, error);
    bool writable = length >= 1 && length <= 31;
    for (size_t i = 0; i < length; i++)
        writable = writable && text_word_character(value[i]);
    if (!writable)
        return error_set(error, SIPCAUSE_ERROR_VALUE, 1, column,
                         "\"%.*s\" is no carrier's word: those have 1 to 31 of the characters A-Z a-z 0-9 _ . -", shown,
                         value);
    const row *found = table_word_row(table, value, length);
    if (!found)
        return error_set(error, SIPCAUSE_ERROR_UNKNOWN_CODE, 1, column,
                         "the table \"%s\" does not map the carrier's word \"%.*s\"", sipcause_table_name(table), shown,
                         value);
    *code = found->code;
    return SIPCAUSE_OK;
}

int sipcause_code_parse(const sipcause_table *table, const char *text, size_t length, sipcause_code *code,
                        sipcause_error *error)
{
    error_clear(error);
    if (!text || !code)
        return error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no text, or nowhere to put the code");
    length = text_length(text, length);
    size_t after = 0;
    uint32_t space = SIPCAUSE_SPACE_NONE;
    int result = parse_space(text, length, &after, &space, error);
    if (result != SIPCAUSE_OK)
        return result;
    return parse_value(table_of(table), space, text + after, length - after, (uint32_t)after + 1, code, error);
}

const char *sipcause_code_word(const sipcause_table *table, sipcause_code code)
{
    table = table_of(table);
    if (code.space != SIPCAUSE_SPACE_TOKEN || code.value >= table->token_count)
        return NULL;
    return table->words[code.value];
}

void code_write(writer *out, sipcause_code code, const char *own, size_t own_length)
{
    const char *space = sipcause_space_name(code.space == SIPCAUSE_SPACE_TOKEN ? SIPCAUSE_SPACE_CARRIER : code.space);
    if (code.space == SPACE_FALLBACK && code.value == FALLBACK_DEFAULT) {
        write_text(out, "default");
    } else if (code.space == SPACE_FALLBACK && code.value < FALLBACK_DEFAULT) {
        write_text(out, "sip:");
        write_number(out, code.value);
        write_text(out, "xx");
    } else if (code.space == SPACE_FALLBACK) {
        bool local = code.value > FALLBACK_LOCAL;
        write_text(out, local ? "local:" : "no-cause:");
        write_text(out, local ? sipcause_local_name(code.value - FALLBACK_LOCAL)
                              : sipcause_no_cause_name(code.value - FALLBACK_NO_CAUSE));
    } else {
        write_text(out, space ? space : "?");
        write_text(out, code.space == SIPCAUSE_SPACE_TOKEN && !own ? ":#" : ":");
        if (own)
            write_bytes(out, own, own_length);
        else
            write_number(out, code.value);
    }
}

size_t sipcause_code_format(const sipcause_table *table, sipcause_code code, char *buffer, size_t size)
{
    writer out = {buffer, buffer ? size : 0, 0};
    const char *own = sipcause_code_word(table, code);
    if (code.space == SPACE_FALLBACK) /* a number that no caller may know */
        code.space = UINT16_MAX;
    code_write(&out, code, own, own ? strlen(own) : 0);
    return write_end(&out);
}
