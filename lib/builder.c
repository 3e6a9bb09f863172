/*
 * builder.c - a table while it is being made: its texts, its hash, and what it copies of its base.
 *
 * Whatever can fail is done before anything is changed, so that a refused call leaves the builder as it
 * was.
 *
 * SPDX-License-Identifier: MIT
 */
#include "builder.h"

#include <string.h>

/* ---- texts and hash ------------------------------------------------------------------------------- */

text_at builder_text(sipcause_builder *builder, const char *text, size_t length)
{
    if (!text || length >= UINT32_MAX / 4 - builder->text_length)
        return 0;
    uint32_t needed = builder->text_length + (uint32_t)length + 1;
    if (!memory_reserve((void **)&builder->text, &builder->text_capacity, needed, 1))
        return 0;
    text_at at = builder->text_length;
    if (length)
        memcpy(builder->text + at, text, length);
    builder->text[at + length] = 0;
    builder->text_length = needed;
    return at;
}

uint32_t builder_hash_value(const sipcause_builder *builder, sipcause_code code)
{
    if (code.space != SIPCAUSE_SPACE_TOKEN)
        return code.value;
    const char *own = text_in(builder, builder->words[code.value]);
    return table_hash_word(builder->seed, own, strlen(own));
}

/* Room for `more` in the hash, which is kept at most half full. */
static bool reserve_slots(sipcause_builder *builder, uint32_t more)
{
    uint32_t needed = (builder->hashed_count + more) * 2, count = builder->slot_count ? builder->slot_count : 64;
    if (needed <= builder->slot_count)
        return true;
    while (count < needed)
        count *= 2;
    hash_slot *slots = memory_allocate(count, sizeof *slots);
    if (!slots)
        return false;
    for (uint32_t i = 0; i < builder->slot_count; i++) {
        hash_slot old = builder->slots[i];
        if (old.row)
            builder_hash_put(builder, slots, count, old.row >> 24, old.value, (old.row & 0xffffff) - 1);
    }
    memory_free(builder->slots);
    builder->slots = slots;
    builder->slot_count = count;
    return true;
}

/* The order has ended: now the hash must tell. */
static bool hash_carrier(sipcause_builder *builder)
{
    if (!reserve_slots(builder, builder->row_count + 1))
        return false;
    for (uint32_t i = 0; i < builder->row_count; i++) {
        const draft *at = &builder->rows[i];
        if (at->space != SIPCAUSE_SPACE_CARRIER)
            continue;
        builder_hash_put(builder, builder->slots, builder->slot_count, at->space, at->value, i);
        builder->hashed_count++;
    }
    builder->carrier_hashed = true;
    return true;
}

/* Exactly: who knows the number beforehand needs no more. */
bool builder_reserve_rows(sipcause_builder *builder, uint32_t count)
{
    if (count <= builder->row_capacity)
        return true;
    draft *moved = memory_resize(builder->rows, count, sizeof *moved);
    if (!moved)
        return false;
    builder->rows = moved;
    builder->row_capacity = count;
    return true;
}

bool builder_reserve_row(sipcause_builder *builder, sipcause_code code)
{
    if (!memory_reserve((void **)&builder->rows, &builder->row_capacity, builder->row_count + 1, sizeof(draft)))
        return false;
    if (builder_in_hash(builder, code.space))
        return reserve_slots(builder, 1);
    return code.value >= builder->carrier_free || hash_carrier(builder);
}

void builder_append_row(sipcause_builder *builder, uint32_t value)
{
    const draft *new = builder_next_row(builder);
    uint32_t space = new->space;
    if (builder_in_hash(builder, space)) {
        builder_hash_put(builder, builder->slots, builder->slot_count, space, value, builder->row_count);
        builder->hashed_count++;
    }
    if (space == SIPCAUSE_SPACE_CARRIER && new->value >= builder->carrier_free)
        builder->carrier_free = (uint64_t) new->value + 1;
    builder->row_count++;
}

/* The row of a code; of a word when word is given. NULL: there is none. */
draft *builder_find_row(const sipcause_builder *builder, uint32_t space, uint32_t value, const char *own,
                        size_t own_length)
{
    if (!builder->slot_count)
        return NULL;
    for (uint32_t at = table_hash(builder->seed, space, value);; at++) {
        hash_slot slot = builder->slots[at & (builder->slot_count - 1)];
        if (slot.row == 0)
            return NULL;
        if (slot.value != value || slot.row >> 24 != space)
            continue;
        draft *found = &builder->rows[(slot.row & 0xffffff) - 1];
        if (found->space == space &&
            (!own || text_same_exactly(own, own_length, text_in(builder, builder->words[found->value]))))
            return found;
    }
}

/* ---- making and freeing ---------------------------------------------------------------------------- */

int builder_result(const sipcause_builder *builder, int result, sipcause_error *error)
{
    if (result != SIPCAUSE_OK)
        error_source(error, text_in(builder, builder->file));
    return result;
}

bool builder_copy_entry(sipcause_builder *builder, const sipcause_entry *from, sipcause_code code, draft_entry *to)
{
    const char *standard = sipcause_code_name(code);
    bool named = from->name && !(standard && strcmp(standard, from->name) == 0); /* freeze.c finds those itself */
    memset(to, 0, sizeof *to);
    to->said = (said_at){from->line, from->column};
    to->disposition = from->disposition ? from->disposition_id : NO_DISPOSITION;
    to->outcome = (uint8_t)from->outcome;
    to->party = (uint8_t)from->party;
    to->route = (uint8_t)from->route;
    to->flags = (uint8_t)from->flags;
    if (from->file && from->file == builder->copied_file) {
        to->file = builder->copied_file_at; /* that of most rows is the same */
    } else if (builder_copy_text(builder, from->file, &to->file)) {
        builder->copied_file = from->file;
        builder->copied_file_at = to->file;
    } else {
        return false;
    }
    return builder_copy_text(builder, named ? from->name : NULL, &to->name) &&
           builder_copy_text(builder, from->note, &to->note);
}

/* Copies the own rows of a table that was itself built: there are never more than two levels. */
static bool copy_rows(sipcause_builder *builder, const sipcause_table *from)
{
    for (uint32_t i = 0; i < from->token_count; i++) {
        text_at own = builder_text(builder, from->words[i], strlen(from->words[i]));
        if (!own || !memory_reserve((void **)&builder->words, &builder->word_capacity, i + 1, sizeof(text_at)))
            return false;
        builder->words[builder->word_count++] = own;
    }
    for (uint32_t i = 0; i < from->row_count; i++) {
        const row *old = &from->rows[i];
        if (!builder_reserve_row(builder, old->code))
            return false;
        draft *to = builder_next_row(builder);
        *to = (draft){.space = old->code.space, .inherited = true, .value = old->code.value};
        if (!builder_copy_entry(builder, &old->entry, old->code, &to->entry) ||
            !builder_copy_refinements(builder, from, old, to))
            return false;
        builder_append_row(builder, builder_hash_value(builder, old->code));
    }
    return true;
}

static bool copy_lists(sipcause_builder *builder, const sipcause_table *from)
{
    uint32_t standard = standard_table()->disposition_count;
    for (uint32_t i = standard; i < from->disposition_count; i++) {
        const disposition *old = &from->dispositions[i];
        draft_disposition new = {0, (uint8_t)old->outcome, (uint8_t)old->party, (uint8_t)old->route, 0, 0};
        if (!builder_copy_text(builder, old->name, &new.name) || !builder_add_disposition(builder, new))
            return false;
    }
    for (uint32_t i = 0; i < from->cause_header_count; i++) {
        const sipcause_cause_header *old = &from->cause_headers[i];
        draft_header *to = &builder->headers[builder->header_count++];
        to->space = old->space;
        to->uri_parameter = old->uri_parameter;
        if (!builder_copy_text(builder, old->name, &to->name) ||
            !builder_copy_text(builder, old->parameter, &to->parameter))
            return false;
    }
    builder->own_headers = true;
    builder->own_no_cause = from->replaces_no_cause;
    for (uint32_t i = 0; i < from->ignored_count; i++)
        builder->ignored[i] = from->ignored[i];
    builder->ignored_count = from->ignored_count;
    builder->precedence_count = from->precedence_count;
    if (from->precedence_count)
        memcpy(builder->precedence, from->precedence, from->precedence_count * sizeof *builder->precedence);
    return true;
}

sipcause_builder *sipcause_builder_new(const sipcause_table *base)
{
    base = table_of(base);
    sipcause_builder *builder = memory_allocate(1, sizeof *builder);
    if (!builder)
        return NULL;
    builder->seed =
        (uint32_t)((uintptr_t)builder >> 4) * 2654435761u; /* where addresses are random, nobody knows it beforehand */
    builder->base = base->built_in ? base : base->base;
    builder->interwork = base->interwork;
    builder->effective = SIPCAUSE_ALWAYS;
    builder->text_length = 1; /* 0 says that there is no text */
    bool done = memory_reserve((void **)&builder->text, &builder->text_capacity, 1, 1);
    if (done) {
        builder->text[0] = 0;
        done = base->built_in || (copy_rows(builder, base) && copy_lists(builder, base) &&
                                  (base->interwork != &base->own_interwork || builder_copy_interwork(builder)));
    }
    if (done && !base->built_in)
        done = sipcause_builder_name(builder, base->name, base->file) == SIPCAUSE_OK;
    if (!done) {
        sipcause_builder_free(builder);
        return NULL;
    }
    return builder;
}

void sipcause_builder_free(sipcause_builder *builder)
{
    if (!builder)
        return;
    memory_free(builder->text);
    memory_free(builder->rows);
    memory_free(builder->refinements);
    memory_free(builder->parts);
    memory_free(builder->to_isup.rules);
    memory_free(builder->to_isup.said);
    memory_free(builder->to_sip.rules);
    memory_free(builder->to_sip.said);
    memory_free(builder->words);
    memory_free(builder->slots);
    memory_free(builder->dispositions);
    memory_free(builder->labels);
    memory_free(builder);
}

int sipcause_builder_name(sipcause_builder *builder, const char *name, const char *file)
{
    text_at new_name, new_file;
    if (!builder)
        return SIPCAUSE_ERROR_MISUSE;
    new_name = builder->name;
    new_file = builder->file;
    if (!builder_copy_text(builder, name, &new_name) || !builder_copy_text(builder, file, &new_file))
        return SIPCAUSE_ERROR_MEMORY;
    builder->name = new_name;
    builder->file = new_file;
    return SIPCAUSE_OK;
}

int sipcause_builder_clear(sipcause_builder *builder)
{
    if (!builder || builder->touched)
        return SIPCAUSE_ERROR_MISUSE;
    builder->base = NULL;
    builder->interwork = &interwork_none;
    builder->own_interwork = false;
    builder->to_isup.count = builder->to_sip.count = builder->ignored_count = 0;
    builder->row_count = builder->refinement_count = builder->word_count = 0;
    builder->header_count = builder->precedence_count = 0;
    builder->own_headers = builder->headers_said = builder->own_no_cause = false;
    memory_free(builder->slots);
    builder->slots = NULL;
    builder->slot_count = builder->hashed_count = 0;
    builder->carrier_free = 0;
    builder->carrier_hashed = false;
    return SIPCAUSE_OK;
}
