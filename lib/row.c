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

/* What the new row starts from. False when memory is short. */
static bool inherit(sipcause_builder *builder, const draft *earlier, draft *new)
{
    new->entry.disposition = NO_DISPOSITION;
    uint32_t value = new->value;
    if (new->space == SPACE_FALLBACK && value >= FALLBACK_DEFAULT &&value < FALLBACK_LOCAL)
        return true; /* replaced whole */
    if (earlier) {
        *new = *earlier;
        new->inherited = false;
        return true;
    }
    /* No profile maps carriers' codes, of which there are most. */
    bool own = new->space == SIPCAUSE_SPACE_CARRIER || new->space == SIPCAUSE_SPACE_TOKEN;
    const row *base = builder->base && !own ? table_row(builder->base, draft_code(new)) : NULL;
    if (!base)
        return true;
    return builder_copy_entry(builder, &base->entry, draft_code(new), &new->entry) &&
           builder_copy_refinements(builder, builder->base, base, new);
}

static int refuse_disposition(sipcause_builder *builder, const sipcause_row *from, sipcause_error *error)
{
    const char *nearest = builder_nearest_disposition(builder, from->disposition);
    size_t length = strlen(from->disposition);
    char shown[200];
    writer out = {shown, sizeof shown, 0};
    write_shown(&out, from->disposition, length > 64 ? 64 : length);
    write_end(&out);
    error_set(error, SIPCAUSE_ERROR_UNKNOWN_DISPOSITION, from->line, from->column,
              "there is no disposition \"%s%s\"%s%s%s", shown, length > 64 ? "..." : "",
              nearest ? "; did you mean \"" : "; declare it under dispositions", nearest ? nearest : "",
              nearest ? "\"?" : "");
    return error_suggest(error, SIPCAUSE_ERROR_UNKNOWN_DISPOSITION, nearest);
}

static int take_disposition(sipcause_builder *builder, const sipcause_row *from, draft_entry *to, sipcause_error *error)
{
    uint32_t id = builder_disposition_id(builder, from->disposition);
    if (id == NO_DISPOSITION)
        return refuse_disposition(builder, from, error);
    if (id == to->disposition)
        return SIPCAUSE_OK;
    builder_take_disposition(builder, id, to);
    to->flags = 0;
    to->note = 0; /* it spoke of the old meaning */
    return SIPCAUSE_OK;
}

static void set_flag(draft_entry *to, uint8_t flag, bool set)
{
    to->flags = (uint8_t)(set ? to->flags | flag : to->flags & ~flag);
}

/* An empty text says nothing. */
static const char *said(const char *text)
{
    return text && *text ? text : NULL;
}

int builder_read_entry(sipcause_builder *builder, const sipcause_row *from, draft_entry *to, sipcause_error *error)
{
    int result = from->disposition ? take_disposition(builder, from, to, error) : SIPCAUSE_OK;
    bool meaning =
        from->outcome || from->party || from->route || said(from->note) || from->uninformative || from->capped;
    if (result != SIPCAUSE_OK)
        return result;
    if (to->disposition == NO_DISPOSITION && (meaning || !from->when_count))
        return error_set(error, SIPCAUSE_ERROR_MISSING, from->line, from->column,
                         "the row names no disposition and has none to inherit");
    if (from->outcome || from->party || from->route)
        result = builder_read_words(from, &to->outcome, &to->party, &to->route, error);
    if (result != SIPCAUSE_OK)
        return result;
    if (from->uninformative > NO || from->capped > NO)
        return error_set(error, SIPCAUSE_ERROR_VALUE, from->line, from->column,
                         "uninformative and capped are 0, 1 or 2");
    if (from->uninformative)
        set_flag(to, SIPCAUSE_ENTRY_UNINFORMATIVE, from->uninformative == YES);
    if (from->route || from->capped)
        set_flag(to, SIPCAUSE_ENTRY_ROUTE_GIVEN, from->capped != YES);
    if (!builder_copy_text(builder, said(from->name), &to->name) ||
        !builder_copy_text(builder, said(from->note), &to->note))
        return error_memory(error);
    to->file = builder->file;
    to->said = (said_at){from->line, from->column};
    return SIPCAUSE_OK;
}

/* The new row: what is inherited, then what it says itself. */
static int resolve(sipcause_builder *builder, const draft *earlier, const sipcause_row *from, draft *new,
                   sipcause_error *error)
{
    if (!inherit(builder, earlier, new))
        return error_memory(error);
    uint32_t before = new->entry.disposition;
    int result = builder_read_entry(builder, from, &new->entry, error);
    if (result != SIPCAUSE_OK)
        return result;
    if (before != new->entry.disposition)
        new->refinements = 0; /* they spoke of the old meaning */
    uint32_t inherited = refinement_count(builder, new);
    result = builder_add_refinements(builder, from, new, error);
    if (result != SIPCAUSE_OK || !from->uninformative)
        return result;
    /* The inherited ones come last. Only now: they may be the earlier row's, which a refused call leaves as it was. */
    for (uint32_t i = refinement_count(builder, new) - inherited; i < refinement_count(builder, new); i++)
        set_flag(&refinements_in(builder, new)[i].entry, SIPCAUSE_ENTRY_UNINFORMATIVE, from->uninformative == YES);
    return SIPCAUSE_OK;
}

static int refuse_duplicate(const draft *earlier, const sipcause_row *from, const char *own, size_t own_length,
                            sipcause_error *error)
{
    char name[64];
    writer out = {name, sizeof name, 0};
    code_write(&out, draft_code(earlier), own, own_length);
    write_end(&out);
    int result = error_set(error, SIPCAUSE_ERROR_DUPLICATE_KEY, from->line, from->column, "%s is mapped twice", name);
    error_second(error, earlier->entry.said.line, earlier->entry.said.column);
    return result;
}

/* Adds or replaces one row; a word's text is own, its code's value the next free one. */
static int put_row(sipcause_builder *builder, sipcause_code code, const char *own, size_t own_length,
                   const sipcause_row *from, sipcause_error *error)
{
    if (builder->row_count >= ROWS_MOST)
        return error_set(error, SIPCAUSE_ERROR_TOO_LARGE, from->line, from->column, "a table holds at most %u rows",
                         (unsigned)ROWS_MOST);
    if (!builder_reserve_row(builder, code))
        return error_memory(error);
    uint32_t value = own ? table_hash_word(builder->seed, own, own_length) : code.value;
    draft *earlier = builder_in_hash(builder, code.space)
                         ? builder_find_row(builder, code.space, value, own, own_length)
                         : NULL; /* builder_reserve_row has seen that it is new */
    if (earlier && !earlier->inherited)
        return refuse_duplicate(earlier, from, own, own_length, error);
    draft *new = builder_next_row(builder);
    *new = (draft){.space = code.space, .value = earlier ? earlier->value : code.value};
    int result = resolve(builder, earlier, from, new, error);
    if (result != SIPCAUSE_OK)
        return result;
    if (earlier) {
        *earlier = *new;
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
    builder_append_row(builder, value);
    builder->touched = true;
    return SIPCAUSE_OK;
}

int builder_map(sipcause_builder *builder, sipcause_code code, const sipcause_row *from, sipcause_error *error)
{
    if (code.space != SPACE_FALLBACK && code.space != SIPCAUSE_SPACE_CARRIER) { /* any number is a carrier's */
        int result = code_check(code, from->line, from->column, error);
        if (result != SIPCAUSE_OK)
            return result;
    }
    return put_row(builder, code, NULL, 0, from, error);
}

bool builder_map_rising(sipcause_builder *builder, uint32_t number, const char *name, uint32_t line, uint32_t column)
{
    if (builder->carrier_hashed || number < builder->carrier_free || builder->row_count >= ROWS_MOST ||
        builder->row_count == builder->row_capacity || (builder->base && builder->base->slots))
        return false;
    uint32_t id = builder_disposition_id(builder, name);
    if (id == NO_DISPOSITION)
        return false;
    draft *new = builder_next_row(builder);
    *new = (draft){
        .space = SIPCAUSE_SPACE_CARRIER, .value = number, .entry = {.file = builder->file, .said = {line, column}}};
    builder_take_disposition(builder, id, &new->entry);
    builder_append_row(builder, number);
    builder->touched = true;
    return true;
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
    enum word_kind kind = text_word_kind(token, length);
    if (kind == WORD_NONE)
        return error_set(error, SIPCAUSE_ERROR_VALUE, from->line, from->column,
                         "a carrier's word has 1 to 31 of the characters A-Z a-z 0-9 _ . -");
    uint32_t number;
    if (kind == WORD_NUMBER && !text_number(token, length, &number))
        return error_set(error, SIPCAUSE_ERROR_RANGE, from->line, from->column,
                         "%.*s is no carrier number: those are at most 4294967295", (int)length, token);
    if (kind == WORD_NUMBER)
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
        return builder_result(builder,
                              error_set(error, SIPCAUSE_ERROR_RANGE, from->line, from->column,
                                        "classes are 3 to 6, situations those of enum sipcause_no_cause, own failures "
                                        "those of enum sipcause_local"),
                              error);
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
        if (at->inherited && at->space == SPACE_FALLBACK && at->value > FALLBACK_NO_CAUSE &&
            at->value <= FALLBACK_NO_CAUSE + SIPCAUSE_NO_CAUSE_OTHERWISE)
            at->space = SIPCAUSE_SPACE_NONE;
    }
}

int builder_keep_no_cause(sipcause_builder *builder, sipcause_error *error)
{
    for (uint32_t kind = SIPCAUSE_NO_CAUSE_ANSWERED; builder->base && kind <= SIPCAUSE_NO_CAUSE_OTHERWISE; kind++) {
        sipcause_code code = sipcause_code_make(SPACE_FALLBACK, FALLBACK_NO_CAUSE + kind);
        const row *base = table_row(builder->base, code);
        if (!base || builder_find_row(builder, SPACE_FALLBACK, code.value, NULL, 0))
            continue;
        if (!builder_reserve_row(builder, code))
            return error_memory(error);
        draft *new = builder_next_row(builder);
        *new = (draft){.space = code.space, .value = code.value};
        if (!builder_copy_entry(builder, &base->entry, code, &new->entry) ||
            !builder_copy_refinements(builder, builder->base, base, new))
            return error_memory(error);
        builder_append_row(builder, code.value);
    }
    return SIPCAUSE_OK;
}

int sipcause_builder_map_default(sipcause_builder *builder, const sipcause_row *from, sipcause_error *error)
{
    return map_fallback(builder, true, FALLBACK_DEFAULT, from, error);
}

int sipcause_builder_map_local(sipcause_builder *builder, uint32_t local, const sipcause_row *from,
                               sipcause_error *error)
{
    return map_fallback(builder, local >= SIPCAUSE_LOCAL_TIMEOUT && local <= SIPCAUSE_LOCAL_LIMIT,
                        FALLBACK_LOCAL + local, from, error);
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
