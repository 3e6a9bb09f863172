/*
 * row.c - what callers say of codes, headers and precedence while a table is being made.
 *
 * A row inherits from the row of the same code in the table that is extended:
 *   it names another disposition   that disposition's outcome, party and route; inherited `when` items
 *                                  and the mark uninformative are dropped
 *   it names the same, or none     all that it does not say itself
 * The default and the no-cause rows inherit nothing: they are replaced whole.
 *
 * SPDX-License-Identifier: MIT
 */
#include "builder.h"

#include <string.h>

/* "sip:486", "5xx", "default", "no-cause: answered" for messages. */
static void name_code(sipcause_code code, const char *own, size_t own_length, char *buffer, size_t size)
{
    writer out = {buffer, size, 0};
    if (code.space == SIPCAUSE_SPACE_TOKEN) {
        write_text(&out, "carrier:");
        write_bytes(&out, own, own_length);
    } else if (code.space != SPACE_FALLBACK) {
        out.length = sipcause_code_format(NULL, code, buffer, size);
    } else if (code.value < FALLBACK_DEFAULT) {
        write_number(&out, code.value);
        write_text(&out, "xx");
    } else if (code.value == FALLBACK_DEFAULT) {
        write_text(&out, "default");
    } else {
        const char *kind = sipcause_no_cause_name(code.value - FALLBACK_NO_CAUSE);
        write_text(&out, "no-cause: ");
        write_text(&out, kind ? kind : "?");
    }
    write_end(&out);
}

/* What the new row starts from. False when memory is short. */
static bool inherit(sipcause_builder *builder, const draft *earlier, draft *new)
{
    new->entry.disposition = NO_DISPOSITION;
    if (new->code.space == SPACE_FALLBACK &&new->code.value >= FALLBACK_DEFAULT)
        return true; /* replaced whole */
    if (earlier) {
        *new = *earlier;
        new->inherited = false;
        return true;
    }
    const row *base = builder->base ? table_row(builder->base, new->code) : NULL;
    if (!base)
        return true;
    return builder_copy_entry(builder, &base->entry, new->code, &new->entry) &&
           builder_copy_refinements(builder, table_refinements(builder->base, base), base->refinement_count, new);
}

static int take_disposition(const sipcause_builder *builder, const sipcause_row *from, draft *new,
                            sipcause_error *error)
{
    uint32_t id = builder_disposition_id(builder, from->disposition);
    if (id == NO_DISPOSITION) {
        const char *nearest = builder_nearest_disposition(builder, from->disposition);
        size_t length = strlen(from->disposition);
        char said[200];
        writer out = {said, sizeof said, 0};
        write_shown(&out, from->disposition, length > 64 ? 64 : length);
        write_end(&out);
        return error_set(error, SIPCAUSE_ERROR_UNKNOWN_DISPOSITION, from->line, from->column,
                         "there is no disposition \"%s%s\"%s%s%s", said, length > 64 ? "..." : "",
                         nearest ? "; did you mean \"" : "; declare it under dispositions", nearest ? nearest : "",
                         nearest ? "\"?" : "");
    }
    if (id == new->entry.disposition)
        return SIPCAUSE_OK;
    const sipcause_table *standard = standard_table();
    draft_entry *to = &new->entry;
    if (id < standard->disposition_count) {
        const disposition *built_in = &standard->dispositions[id];
        to->outcome = built_in->outcome;
        to->party = built_in->party;
        to->route = built_in->route;
    } else {
        const draft_disposition *declared = &builder->dispositions[id - standard->disposition_count];
        to->outcome = declared->outcome;
        to->party = declared->party;
        to->route = declared->route;
    }
    to->disposition = id;
    to->flags = 0;
    to->note = 0; /* it spoke of the old meaning */
    new->refinement_count = 0;
    return SIPCAUSE_OK;
}

/* The new row: what is inherited, then what it says itself. */
static int resolve(sipcause_builder *builder, const draft *earlier, const sipcause_row *from, draft *new,
                   sipcause_error *error)
{
    if (!inherit(builder, earlier, new))
        return error_memory(error);
    int result = from->disposition ? take_disposition(builder, from, new, error) : SIPCAUSE_OK;
    if (result != SIPCAUSE_OK)
        return result;
    if (new->entry.disposition == NO_DISPOSITION)
        return error_set(error, SIPCAUSE_ERROR_MISSING, from->line, from->column,
                         "the row names no disposition and has none to inherit");
    result = builder_read_words(from, &new->entry.outcome, &new->entry.party, &new->entry.route, error);
    if (result != SIPCAUSE_OK)
        return result;
    if (from->uninformative > 2)
        return error_set(error, SIPCAUSE_ERROR_VALUE, from->line, from->column, "uninformative is 0, 1 or 2");
    if (from->route)
        new->entry.flags |= SIPCAUSE_ENTRY_ROUTE_GIVEN;
    if (from->uninformative == 1)
        new->entry.flags |= SIPCAUSE_ENTRY_UNINFORMATIVE;
    else if (from->uninformative == 2)
        new->entry.flags &= (uint16_t)~SIPCAUSE_ENTRY_UNINFORMATIVE;
    if (!builder_copy_text(builder, from->name, &new->entry.name) ||
        !builder_copy_text(builder, from->note, &new->entry.note))
        return error_memory(error);
    uint16_t silent = (uint16_t)(SIPCAUSE_ENTRY_UNINFORMATIVE & new->entry.flags);
    for (uint32_t i = 0; from->uninformative && i < new->refinement_count; i++) {
        draft_entry *item = &builder->refinements[new->refinement_first + i].entry;
        item->flags = (uint16_t)((item->flags & ~SIPCAUSE_ENTRY_UNINFORMATIVE) | silent);
    }
    new->entry.file = builder->file;
    new->entry.line = from->line;
    new->column = from->column;
    return SIPCAUSE_OK;
}

static int refuse_duplicate(const draft *earlier, const sipcause_row *from, const char *own, size_t own_length,
                            sipcause_error *error)
{
    char name[64];
    name_code(earlier->code, own, own_length, name, sizeof name);
    int result = error_set(error, SIPCAUSE_ERROR_DUPLICATE_KEY, from->line, from->column, "%s is mapped twice", name);
    error_second(error, earlier->entry.line, earlier->column);
    return result;
}

/* Adds or replaces one row; a word's text is own, its code's value the next free one. */
static int put_row(sipcause_builder *builder, sipcause_code code, const char *own, size_t own_length,
                   const sipcause_row *from, sipcause_error *error)
{
    if (builder->row_count >= ROWS_MOST)
        return error_set(error, SIPCAUSE_ERROR_TOO_LARGE, from->line, from->column, "a table holds at most %u rows",
                         (unsigned)ROWS_MOST);
    if (!builder_reserve_row(builder))
        return error_memory(error);
    uint32_t value = own ? table_hash_word(builder->seed, own, own_length) : code.value;
    draft *earlier = builder_find_row(builder, code.space, value, own, own_length);
    if (earlier && !earlier->inherited)
        return refuse_duplicate(earlier, from, own, own_length, error);
    draft new = {.code = earlier ? earlier->code : sipcause_code_make(code.space, code.value)};
    int result = resolve(builder, earlier, from, &new, error);
    if (result != SIPCAUSE_OK)
        return result;
    if (earlier) {
        *earlier = new;
        builder->touched = true;
        return SIPCAUSE_OK;
    }
    if (own) {
        text_at copy = builder_text(builder, own, own_length);
        if (!copy || !memory_reserve((void **)&builder->words, &builder->word_capacity, builder->word_count + 1,
                                     sizeof *builder->words))
            return error_memory(error);
        builder->words[builder->word_count++] = copy;
    }
    builder_hash_put(builder, builder->slots, builder->slot_count, code.space, value, builder->row_count);
    builder->rows[builder->row_count++] = new;
    builder->touched = true;
    return SIPCAUSE_OK;
}

int builder_map(sipcause_builder *builder, sipcause_code code, const sipcause_row *from, sipcause_error *error)
{
    if (code.space != SPACE_FALLBACK) {
        int result = code_check(code, from->line, from->column, error);
        if (result != SIPCAUSE_OK)
            return result;
    }
    return put_row(builder, code, NULL, 0, from, error);
}

int sipcause_builder_map(sipcause_builder *builder, sipcause_code code, const sipcause_row *from, sipcause_error *error)
{
    error_clear(error);
    if (!builder || !from || code.space == SIPCAUSE_SPACE_TOKEN)
        return error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no builder, no row, or a code of the space token");
    if (code.space == SPACE_FALLBACK)
        return error_set(error, SIPCAUSE_ERROR_UNKNOWN_CODE, from->line, from->column,
                         "there is no code space number %u", (unsigned)code.space);
    return builder_result(builder, builder_map(builder, code, from, error), error);
}

static int map_token(sipcause_builder *builder, const char *token, size_t length, const sipcause_row *from,
                     sipcause_error *error)
{
    bool valid = length >= 1 && length <= 31, digits = true;
    for (size_t i = 0; i < length; i++) {
        valid = valid && text_word_character(token[i]);
        digits = digits && text_digit(token[i]);
    }
    if (!valid)
        return error_set(error, SIPCAUSE_ERROR_VALUE, from->line, from->column,
                         "a carrier's word has 1 to 31 of the characters A-Z a-z 0-9 _ . -");
    uint32_t number;
    if (digits && !text_number(token, length, &number))
        return error_set(error, SIPCAUSE_ERROR_RANGE, from->line, from->column,
                         "%.*s is no carrier number: those are at most 4294967295", (int)length, token);
    if (digits)
        return builder_map(builder, sipcause_carrier(number), from, error);
    return put_row(builder, sipcause_code_make(SIPCAUSE_SPACE_TOKEN, builder->word_count), token, length, from, error);
}

int sipcause_builder_map_token(sipcause_builder *builder, const char *token, size_t length, const sipcause_row *from,
                               sipcause_error *error)
{
    error_clear(error);
    if (!builder || !from || !token)
        return error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no builder, no row or no word");
    length = text_length(token, length);
    return builder_result(builder, map_token(builder, token, length, from, error), error);
}

static int map_fallback(sipcause_builder *builder, bool valid, uint32_t fallback, const sipcause_row *from,
                        sipcause_error *error)
{
    error_clear(error);
    if (!builder || !from)
        return error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no builder or no row");
    if (!valid)
        return error_set(error, SIPCAUSE_ERROR_RANGE, from->line, from->column,
                         "classes are 3 to 6, situations those of enum sipcause_no_cause");
    return builder_result(builder, builder_map(builder, sipcause_code_make(SPACE_FALLBACK, fallback), from, error),
                          error);
}

int sipcause_builder_map_class(sipcause_builder *builder, uint32_t hundreds, const sipcause_row *from,
                               sipcause_error *error)
{
    return map_fallback(builder, hundreds >= 3 && hundreds <= 6, FALLBACK_CLASS + hundreds, from, error);
}

/* Takes the inherited no-cause rows back: they are replaced whole. */
static void drop_no_cause(sipcause_builder *builder)
{
    for (uint32_t i = 0; i < builder->row_count; i++) {
        draft *at = &builder->rows[i];
        if (at->inherited && at->code.space == SPACE_FALLBACK && at->code.value > FALLBACK_NO_CAUSE &&
            at->code.value <= FALLBACK_NO_CAUSE + SIPCAUSE_NO_CAUSE_OTHERWISE)
            at->code.space = SIPCAUSE_SPACE_NONE;
    }
}

int sipcause_builder_map_default(sipcause_builder *builder, const sipcause_row *from, sipcause_error *error)
{
    return map_fallback(builder, true, FALLBACK_DEFAULT, from, error);
}

int sipcause_builder_map_no_cause(sipcause_builder *builder, uint32_t kind, const sipcause_row *from,
                                  sipcause_error *error)
{
    bool valid = kind >= SIPCAUSE_NO_CAUSE_ANSWERED && kind <= SIPCAUSE_NO_CAUSE_OTHERWISE;
    int result = map_fallback(builder, valid, FALLBACK_NO_CAUSE + kind, from, error);
    if (result == SIPCAUSE_OK) {
        drop_no_cause(builder);
        builder->own_no_cause = true;
    }
    return result;
}

/* ---- headers and precedence ------------------------------------------------------------------------ */

static bool token_of_length(const char *text, size_t most)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++)
        if (!text_token_character(text[i]))
            return false;
    return length >= 1 && length <= most;
}

static const draft_header *same_header(const sipcause_builder *builder, const sipcause_cause_header *header)
{
    for (uint32_t i = 0; builder->headers_said && i < builder->header_count; i++) {
        const draft_header *at = &builder->headers[i];
        const char *name = text_in(builder, at->name), *parameter = text_in(builder, at->parameter);
        if (at->space == header->space && text_same_name(header->name, strlen(header->name), name) &&
            !parameter == !header->parameter &&
            (!parameter || text_same_name(parameter, strlen(parameter), header->parameter)))
            return at;
    }
    return NULL;
}

static int check_header(const sipcause_builder *builder, const sipcause_cause_header *header, uint32_t line,
                        uint32_t column, sipcause_error *error)
{
    if (!token_of_length(header->name, 64) || (header->parameter && !token_of_length(header->parameter, 64)))
        return error_set(error, SIPCAUSE_ERROR_VALUE, line, column,
                         "a header's or parameter's name has 1 to 64 token characters (RFC 3261)");
    if (!header->parameter && text_same_name(header->name, strlen(header->name), "Reason"))
        return error_set(error, SIPCAUSE_ERROR_VALUE, line, column,
                         "Reason is read by itself, value by value; its place is in the precedence");
    if (header->space == SIPCAUSE_SPACE_TOKEN || header->space == SIPCAUSE_SPACE_NONE ||
        !sipcause_space_name(header->space))
        return error_set(error, SIPCAUSE_ERROR_VALUE, line, column, "a cause header's codes cannot be of that space");
    const draft_header *first = same_header(builder, header);
    if (first) {
        int result =
            error_set(error, SIPCAUSE_ERROR_DUPLICATE_KEY, line, column, "the header %s is listed twice", header->name);
        error_second(error, first->line, first->column);
        return result;
    }
    if (builder->headers_said && builder->header_count == HEADERS_MOST)
        return error_set(error, SIPCAUSE_ERROR_TOO_LARGE, line, column, "at most %d cause headers are read",
                         (int)HEADERS_MOST);
    return SIPCAUSE_OK;
}

int sipcause_builder_no_cause_headers(sipcause_builder *builder)
{
    if (!builder)
        return SIPCAUSE_ERROR_MISUSE;
    builder->headers_said = builder->own_headers = builder->touched = true;
    builder->header_count = 0;
    return SIPCAUSE_OK;
}

static int add_header(sipcause_builder *builder, const sipcause_cause_header *header, uint32_t line, uint32_t column,
                      sipcause_error *error)
{
    int result = check_header(builder, header, line, column, error);
    if (result != SIPCAUSE_OK)
        return result;
    draft_header new = {0, 0, header->space, header->uri_parameter, line, column};
    if (!builder_copy_text(builder, header->name, &new.name) ||
        !builder_copy_text(builder, header->parameter, &new.parameter))
        return error_memory(error);
    if (!builder->headers_said)
        sipcause_builder_no_cause_headers(builder); /* the first one replaces what was inherited */
    builder->headers[builder->header_count++] = new;
    return SIPCAUSE_OK;
}

int sipcause_builder_cause_header(sipcause_builder *builder, const sipcause_cause_header *header, uint32_t line,
                                  uint32_t column, sipcause_error *error)
{
    error_clear(error);
    if (!builder || !header || !header->name)
        return error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no builder, or no name for the header");
    return builder_result(builder, add_header(builder, header, line, column, error), error);
}

static int set_precedence(sipcause_builder *builder, const uint16_t *spaces, size_t count, sipcause_error *error)
{
    for (size_t i = 0; i < count; i++) {
        const char *name = sipcause_space_name(spaces[i]);
        if (!name || spaces[i] == SIPCAUSE_SPACE_NONE || spaces[i] == SIPCAUSE_SPACE_TOKEN)
            return error_set(error, SIPCAUSE_ERROR_VALUE, 0, 0, "precedence names a space that cannot decide");
        for (size_t j = 0; j < i; j++)
            if (spaces[j] == spaces[i])
                return error_set(error, SIPCAUSE_ERROR_DUPLICATE_KEY, 0, 0, "precedence names %s twice", name);
    }
    memcpy(builder->precedence, spaces, count * sizeof *spaces);
    builder->precedence_count = (uint32_t)count;
    builder->touched = true;
    return SIPCAUSE_OK;
}

int sipcause_builder_precedence(sipcause_builder *builder, const uint16_t *spaces, size_t count, sipcause_error *error)
{
    error_clear(error);
    if (!builder || !spaces || count < 1 || count > PRECEDENCE_MOST)
        return error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no builder, or not 1 to %d spaces", (int)PRECEDENCE_MOST);
    return builder_result(builder, set_precedence(builder, spaces, count, error), error);
}
