/*
 * freeze.c - the frozen table made of a builder: counted first, then laid out in one allocation.
 *
 *     table | rows | refinements | cause headers | dispositions | words | slots | cells |
 *     precedence | asked | directory | text
 *
 * The parts stand in falling order of alignment, so none needs padding.
 *
 * SPDX-License-Identifier: MIT
 */
#include "builder.h"

#include <string.h>

/* How many of each the table will have, and where each part starts. */
typedef struct layout {
    uint32_t rows, refinements, headers, dispositions, words, slots, pages, precedence, asked, directory, text;
    size_t rows_at, refinements_at, headers_at, dispositions_at, words_at, slots_at, cells_at, precedence_at, asked_at,
        directory_at, text_at, bytes;
} layout;

/* What is being filled. */
typedef struct freezing {
    const sipcause_builder *builder;
    sipcause_table *table;
    char *memory;
    const layout *at;
    uint32_t *order; /* the builder's rows by their keys */
} freezing;

/* ---- order ----------------------------------------------------------------------------------------- */

/* The rows that have slots come first, so that their numbers fit the cells: sip, q850, fallback; then the others. */
static uint64_t key_of(const draft *at)
{
    if (at->code.space == SPACE_FALLBACK)
        return (uint64_t)SIPCAUSE_SPACE_CARRIER << 32 | at->code.value;
    return (uint64_t)(at->code.space + (at->code.space >= SIPCAUSE_SPACE_CARRIER)) << 32 | at->code.value;
}

/* One pass of a radix sort over eight bits of the key; stable. */
static void sort_pass(const draft *rows, const uint32_t *from, uint32_t *to, uint32_t count, unsigned shift)
{
    uint32_t starts[257] = {0};
    for (uint32_t i = 0; i < count; i++)
        starts[(key_of(&rows[from[i]]) >> shift & 0xff) + 1]++;
    for (unsigned i = 0; i < 256; i++)
        starts[i + 1] += starts[i];
    for (uint32_t i = 0; i < count; i++)
        to[starts[key_of(&rows[from[i]]) >> shift & 0xff]++] = from[i];
}

/* The builder's rows that count, in order; linear in their number. order has room for twice as many. */
static uint32_t sort_rows(const sipcause_builder *builder, uint32_t *order)
{
    uint32_t count = 0;
    bool sorted = true;
    for (uint32_t i = 0; i < builder->row_count; i++) {
        if (builder->rows[i].code.space == SIPCAUSE_SPACE_NONE)
            continue;
        order[count++] = i;
        if (count > 1 && key_of(&builder->rows[order[count - 2]]) > key_of(&builder->rows[i]))
            sorted = false;
    }
    uint32_t *from = order, *to = order + builder->row_count;
    for (unsigned shift = 0; shift < 40 && !sorted; shift += 8) {
        sort_pass(builder->rows, from, to, count, shift);
        uint32_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != order)
        memcpy(order, from, count * sizeof *order);
    return count;
}

/* ---- layout ---------------------------------------------------------------------------------------- */

/* Gives every page that has a row its number, from 1. Returns how many there are. */
static uint32_t number_pages(const sipcause_builder *builder, const uint32_t *order, uint32_t count, uint8_t *pages)
{
    uint32_t used = 0;
    memset(pages, 0, PAGE_COUNT);
    for (uint32_t i = 0; i < count; i++) {
        sipcause_code code = builder->rows[order[i]].code;
        uint32_t slot = table_slot(code.space, code.value);
        if (slot < SLOT_COUNT && !pages[slot / PAGE_SLOTS])
            pages[slot / PAGE_SLOTS] = (uint8_t)(++used);
    }
    return used;
}

/* The spaces that follow q850 unless precedence names them itself. */
static uint32_t expand_precedence(const uint16_t *spaces, uint32_t count, uint16_t *asked)
{
    static const uint16_t followers[] = {SIPCAUSE_SPACE_FREESWITCH, SIPCAUSE_SPACE_PREEMPTION,
                                         SIPCAUSE_SPACE_RELEASE_CAUSE, SIPCAUSE_SPACE_FAILURE_CAUSE};
    uint32_t used = 0;
    for (uint32_t i = 0; i < count; i++) {
        asked[used++] = spaces[i];
        for (size_t f = 0; spaces[i] == SIPCAUSE_SPACE_Q850 && f < sizeof followers / sizeof *followers; f++) {
            bool named = false;
            for (uint32_t j = 0; j < count; j++)
                named = named || spaces[j] == followers[f];
            if (!named)
                asked[used++] = followers[f];
        }
    }
    return used;
}

static size_t take(size_t *bytes, size_t count, size_t size)
{
    size_t at = *bytes;
    *bytes += count * size;
    return at;
}

static uint32_t slots_for(const sipcause_builder *builder, const uint32_t *order, uint32_t count)
{
    uint32_t sparse = 0;
    for (uint32_t i = 0; i < count; i++) {
        sipcause_code code = builder->rows[order[i]].code;
        sparse += table_slot(code.space, code.value) == SLOT_COUNT;
    }
    uint32_t slots = sparse ? 2 : 0;
    while (slots < sparse * 2)
        slots *= 2;
    return slots;
}

static void count_parts(const sipcause_builder *builder, const uint32_t *order, layout *at)
{
    uint8_t pages[PAGE_COUNT];
    uint16_t asked[PRECEDENCE_MOST + 4];
    for (uint32_t i = 0; i < at->rows; i++)
        at->refinements += builder->rows[order[i]].refinement_count;
    at->headers = builder->own_headers ? builder->header_count : 0;
    at->dispositions =
        builder->disposition_count ? standard_table()->disposition_count + builder->disposition_count : 0;
    at->words = builder->word_count;
    at->slots = slots_for(builder, order, at->rows);
    at->pages = number_pages(builder, order, at->rows, pages);
    at->precedence = builder->precedence_count;
    at->asked = expand_precedence(builder->precedence, builder->precedence_count, asked);
    at->text = builder->text_length;
    size_t *bytes = &at->bytes;
    *bytes = sizeof(sipcause_table);
    at->rows_at = take(bytes, at->rows, sizeof(row));
    at->refinements_at = take(bytes, at->refinements, sizeof(refinement));
    at->headers_at = take(bytes, at->headers, sizeof(sipcause_cause_header));
    at->dispositions_at = take(bytes, at->dispositions, sizeof(disposition));
    at->words_at = take(bytes, at->words, sizeof(char *));
    at->slots_at = take(bytes, at->slots, sizeof(hash_slot));
    at->cells_at = take(bytes, (size_t)(at->pages + 1) * PAGE_SLOTS, sizeof(uint16_t));
    at->precedence_at = take(bytes, at->precedence, sizeof(uint16_t));
    at->asked_at = take(bytes, at->asked, sizeof(uint16_t));
    at->directory_at = take(bytes, PAGE_COUNT, sizeof(uint8_t));
    at->text_at = take(bytes, at->text, 1);
}

/* ---- filling --------------------------------------------------------------------------------------- */

static const char *frozen_text(const freezing *now, text_at at)
{
    return at ? now->memory + now->at->text_at + at : NULL;
}

static void freeze_entry(const freezing *now, const draft_entry *from, sipcause_code code, sipcause_entry *to)
{
    to->size = sizeof *to;
    if (from->disposition != NO_DISPOSITION) {
        to->disposition_id = from->disposition;
        to->disposition = now->table->dispositions[from->disposition].name;
    }
    to->name = from->name ? frozen_text(now, from->name) : sipcause_code_name(code);
    to->note = frozen_text(now, from->note);
    to->file = from->file ? frozen_text(now, from->file) : "";
    to->line = from->line;
    to->outcome = from->outcome;
    to->party = from->party;
    to->route = from->route;
    to->flags = from->flags;
}

static void freeze_rows(const freezing *now)
{
    const sipcause_builder *builder = now->builder;
    row *rows = (row *)(void *)(now->memory + now->at->rows_at);
    refinement *refinements = (refinement *)(void *)(now->memory + now->at->refinements_at);
    uint32_t used = 0;
    for (uint32_t i = 0; i < now->at->rows; i++) {
        const draft *from = &builder->rows[now->order[i]];
        rows[i].code = from->code;
        freeze_entry(now, &from->entry, from->code, &rows[i].entry);
        rows[i].refinement_first = used;
        rows[i].refinement_count = from->refinement_count;
        for (uint32_t j = 0; j < from->refinement_count; j++) {
            const draft_refinement *item = &builder->refinements[from->refinement_first + j];
            refinements[used].when = item->when;
            freeze_entry(now, &item->entry, from->code, &refinements[used++].entry);
        }
        if (from->code.space == SIPCAUSE_SPACE_TOKEN && now->table->token_count++ == 0)
            now->table->token_first = i;
    }
    now->table->rows = rows;
    now->table->row_count = now->at->rows;
    now->table->refinements = refinements;
    now->table->refinement_count = used;
}

static void freeze_index(const freezing *now)
{
    uint8_t *directory = (uint8_t *)(now->memory + now->at->directory_at);
    uint16_t *cells = (uint16_t *)(void *)(now->memory + now->at->cells_at);
    hash_slot *slots = (hash_slot *)(void *)(now->memory + now->at->slots_at);
    number_pages(now->builder, now->order, now->at->rows, directory);
    for (uint32_t i = 0; i < now->at->rows; i++) {
        sipcause_code code = now->table->rows[i].code;
        uint32_t slot = table_slot(code.space, code.value);
        if (slot < SLOT_COUNT) /* these rows stand first and are at most SLOT_COUNT: 16 bits hold their number */
            cells[directory[slot / PAGE_SLOTS] * PAGE_SLOTS + slot % PAGE_SLOTS] = (uint16_t)(i + 1);
        else
            builder_hash_put(now->builder, slots, now->at->slots, code.space, builder_hash_value(now->builder, code),
                             i);
    }
    now->table->directory = directory;
    now->table->cells = cells;
    now->table->slots = now->at->slots ? slots : NULL;
    now->table->slot_mask = now->at->slots ? now->at->slots - 1 : 0;
}

static void freeze_dispositions(const freezing *now)
{
    const sipcause_table *standard = standard_table();
    sipcause_table *table = now->table;
    table->dispositions = standard->dispositions;
    table->disposition_count = standard->disposition_count;
    if (!now->at->dispositions)
        return;
    disposition *to = (disposition *)(void *)(now->memory + now->at->dispositions_at);
    memcpy(to, standard->dispositions, standard->disposition_count * sizeof *to);
    for (uint32_t i = 0; i < now->builder->disposition_count; i++) {
        const draft_disposition *from = &now->builder->dispositions[i];
        disposition own = {frozen_text(now, from->name), from->outcome, from->party, from->route, 0};
        to[standard->disposition_count + i] = own;
    }
    table->dispositions = to;
    table->disposition_count = now->at->dispositions;
}

static void freeze_lists(const freezing *now)
{
    const sipcause_builder *builder = now->builder;
    const sipcause_table *base = builder->base;
    sipcause_table *table = now->table;
    if (builder->own_headers) {
        sipcause_cause_header *to = (sipcause_cause_header *)(void *)(now->memory + now->at->headers_at);
        for (uint32_t i = 0; i < builder->header_count; i++) {
            const draft_header *from = &builder->headers[i];
            to[i].name = frozen_text(now, from->name);
            to[i].parameter = frozen_text(now, from->parameter);
            to[i].space = from->space;
            to[i].uri_parameter = from->uri_parameter;
        }
        table->cause_headers = to;
        table->cause_header_count = (uint16_t)builder->header_count;
    } else if (base) {
        table->cause_headers = base->cause_headers;
        table->cause_header_count = base->cause_header_count;
    }
    if (builder->precedence_count) {
        uint16_t *precedence = (uint16_t *)(void *)(now->memory + now->at->precedence_at);
        uint16_t *asked = (uint16_t *)(void *)(now->memory + now->at->asked_at);
        memcpy(precedence, builder->precedence, builder->precedence_count * sizeof *precedence);
        table->precedence = precedence;
        table->precedence_count = (uint16_t)builder->precedence_count;
        table->asked = asked;
        table->asked_count = (uint16_t)expand_precedence(precedence, builder->precedence_count, asked);
    } else {
        const sipcause_table *from = base ? base : standard_table(); /* some order there must be */
        table->precedence = from->precedence;
        table->precedence_count = from->precedence_count;
        table->asked = from->asked;
        table->asked_count = from->asked_count;
    }
}

static void freeze_words(const freezing *now)
{
    const char **words = (const char **)(void *)(now->memory + now->at->words_at);
    for (uint32_t i = 0; i < now->at->words; i++)
        words[i] = frozen_text(now, now->builder->words[i]);
    now->table->words = words;
}

sipcause_table *sipcause_builder_table(const sipcause_builder *builder, sipcause_error *error)
{
    error_clear(error);
    if (!builder) {
        error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no builder");
        return NULL;
    }
    layout at = {0};
    uint32_t *order = memory_allocate((size_t)builder->row_count * 2, sizeof *order);
    char *memory = NULL;
    if (order) {
        at.rows = sort_rows(builder, order);
        count_parts(builder, order, &at);
        memory = memory_allocate(1, at.bytes);
    }
    if (!memory) {
        memory_free(order);
        error_memory(error);
        return NULL;
    }
    sipcause_table *table = (sipcause_table *)(void *)memory;
    freezing now = {builder, table, memory, &at, order};
    memcpy(memory + at.text_at, builder->text, builder->text_length);
    table->base = builder->base;
    table->interwork = builder->interwork;
    table->seed = builder->seed;
    table->replaces_no_cause = builder->own_no_cause;
    table->name = builder->name ? frozen_text(&now, builder->name) : "";
    table->file = frozen_text(&now, builder->file);
    table->bytes = at.bytes;
    atomic_init(&table->references, 1);
    freeze_dispositions(&now);
    freeze_lists(&now);
    freeze_rows(&now);
    freeze_words(&now);
    freeze_index(&now);
    memory_free(order);
    return table;
}
