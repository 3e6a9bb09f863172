/*
 * freeze.c - the frozen table made of a builder: counted first, then laid out in one allocation.
 *
 *     table | rows | refinements | rules to ISUP | rules to SIP | parts | cause headers | dispositions | words |
 *     slots | precedence | asked | ignored | severities | text
 *
 * The parts stand in falling order of alignment, so none needs padding.
 *
 * SPDX-License-Identifier: MIT
 */
#include "freeze.h"

#include <string.h>

/* ---- order ----------------------------------------------------------------------------------------- */

/* The rows that have slots come first, in the order of these: sip, q850, fallback; then the others. */
static inline uint32_t rank_of(const draft *at)
{
    uint32_t space = at->space;
    return (space == SPACE_FALLBACK ? SIPCAUSE_SPACE_CARRIER : space + (space >= SIPCAUSE_SPACE_CARRIER)) & 0xff;
}

static inline uint64_t key_of(const draft *at)
{
    return (uint64_t)rank_of(at) << 32 | at->value;
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

/* Linear in the rows' number. The rows that count are in order, and stay in it where their keys are the same. */
static void sort_rows(const draft *rows, uint32_t *order, uint32_t *other, uint32_t count)
{
    enum { KEY_BITS = 40 };
    uint32_t *from = order, *to = other;
    for (unsigned shift = 0; shift < KEY_BITS; shift += 8) { /* five: it ends in other */
        sort_pass(rows, from, to, count, shift);
        uint32_t *swap = from;
        from = to;
        to = swap;
    }
    memcpy(order, other, count * sizeof *order);
}

/* Counts the rows that count, and those of each rank. Returns whether the values rise within each. */
static bool count_rows(const sipcause_builder *builder, uint32_t ranks[256], layout *at)
{
    const draft *rows = builder->rows;
    uint32_t last[256] = {0}, refinements = 0; /* last: the values before, by rank */
    bool rising = true;
    for (uint32_t i = 0; i < builder->row_count; i++) {
        if (rows[i].space == SIPCAUSE_SPACE_NONE)
            continue;
        uint32_t rank = rank_of(&rows[i]);
        rising = rising && rows[i].value >= last[rank];
        last[rank] = rows[i].value;
        ranks[rank]++;
        refinements += refinement_count(builder, &rows[i]);
    }
    for (unsigned rank = 0; rank < 256; rank++)
        at->rows += ranks[rank];
    at->refinements = refinements;
    return rising;
}

/* Puts the builder's rows that count into order, and counts them and what hangs on them. order has room for twice as
 * many. Files tend to be in order within each space: then to know where each rank begins is all it takes. */
static void order_rows(const sipcause_builder *builder, uint32_t *order, layout *at)
{
    const draft *rows = builder->rows;
    uint32_t ranks[256] = {0}, starts[256], before = 0;
    bool rising = count_rows(builder, ranks, at);
    for (unsigned rank = 0; rank < 256; rank++) {
        starts[rank] = before;
        before += ranks[rank];
    }
    for (uint32_t i = 0; i < builder->row_count; i++)
        if (rows[i].space != SIPCAUSE_SPACE_NONE)
            order[starts[rank_of(&rows[i])]++] = i;
    if (!rising)
        sort_rows(rows, order, order + builder->row_count, at->rows);
}

/* ---- layout ---------------------------------------------------------------------------------------- */

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

/* How many rows have slots: they stand first. */
static uint32_t count_slotted(const sipcause_builder *builder, const uint32_t *order, uint32_t count)
{
    uint32_t slotted = 0;
    while (slotted < count &&
           table_slot(builder->rows[order[slotted]].space, builder->rows[order[slotted]].value) < SLOT_COUNT)
        slotted++;
    return slotted;
}

static uint32_t slots_for(uint32_t rows)
{
    uint32_t slots = rows ? 2 : 0;
    while (slots < rows * 2)
        slots *= 2;
    return slots;
}

static bool any_severity(const sipcause_builder *builder)
{
    for (uint32_t rule = 0; rule < RULES_MOST; rule++)
        if (builder->severities[rule])
            return true;
    return false;
}

static void lay_out(const sipcause_builder *builder, const uint32_t *order, layout *at)
{
    uint16_t asked[PRECEDENCE_MOST + 4];
    freeze_count_conditions(builder, order, at);
    at->headers = builder->own_headers ? builder->header_count : 0;
    at->dispositions =
        builder->disposition_count ? standard_table()->disposition_count + builder->disposition_count : 0;
    at->words = builder->word_count;
    at->slotted = count_slotted(builder, order, at->rows);
    at->slots = slots_for(at->rows - at->slotted);
    at->precedence = builder->precedence_count;
    at->asked = expand_precedence(builder->precedence, builder->precedence_count, asked);
    at->ignored = builder->ignored_count;
    at->severities = any_severity(builder) ? RULES_MOST : 0;
    at->text = builder->text_length;
    size_t *bytes = &at->bytes;
    *bytes = sizeof(sipcause_table);
    at->rows_at = take(bytes, at->rows, sizeof(row));
    at->refinements_at = take(bytes, at->refinements, sizeof(refinement));
    at->to_isup_at = take(bytes, at->to_isup, sizeof(interwork_rule));
    at->to_sip_at = take(bytes, at->to_sip, sizeof(interwork_rule));
    at->parts_at = take(bytes, at->parts, sizeof(condition_part));
    at->headers_at = take(bytes, at->headers, sizeof(sipcause_cause_header));
    at->dispositions_at = take(bytes, at->dispositions, sizeof(disposition));
    at->words_at = take(bytes, at->words, sizeof(char *));
    at->slots_at = take(bytes, at->slots, sizeof(hash_slot));
    at->precedence_at = take(bytes, at->precedence, sizeof(uint16_t));
    at->asked_at = take(bytes, at->asked, sizeof(uint16_t));
    at->ignored_at = take(bytes, at->ignored, sizeof(uint16_t));
    at->severities_at = take(bytes, at->severities, sizeof(uint8_t));
    at->text_at = take(bytes, at->text, 1);
}

/* ---- filling --------------------------------------------------------------------------------------- */

static void freeze_rows(freezing *now)
{
    const sipcause_builder *builder = now->builder;
    row *rows = (row *)(void *)(now->memory + now->at->rows_at);
    refinement *refinements = (refinement *)(void *)(now->memory + now->at->refinements_at);
    uint32_t used = 0;
    for (uint32_t i = 0; i < now->at->rows; i++) {
        const draft *from = &builder->rows[now->order[i]];
        freeze_entry(now, &from->entry, draft_code(from), &rows[i].entry);
        rows[i].code = draft_code(from);
        rows[i].refinement_first = used;
        if (from->refinements)
            freeze_refinements(now, from, &rows[i].entry, &refinements[used]);
        used += rows[i].entry.when_count;
        if (from->space == SIPCAUSE_SPACE_TOKEN && now->table->token_count++ == 0)
            now->table->token_first = i;
    }
    now->table->rows = rows;
    now->table->row_count = now->at->rows;
    now->table->refinements = refinements;
    now->table->refinement_count = used;
}

static void freeze_index(const freezing *now)
{
    hash_slot *slots = (hash_slot *)(void *)(now->memory + now->at->slots_at);
    const draft *rows = now->builder->rows;
    sipcause_table *table = now->table;
    uint32_t i = 0;
    for (; i < now->at->slotted; i++) {
        const draft *of = &rows[now->order[i]];
        uint32_t slot = table_slot(of->space, of->value);
        table->slotted[slot / SLOT_BITS] |= (uint64_t)1 << slot % SLOT_BITS;
        for (uint32_t behind = slot / SLOT_BITS + 1; behind < SLOT_WORDS; behind++)
            table->slotted_before[behind]++;
    }
    for (; i < now->at->rows; i++) {
        const draft *of = &rows[now->order[i]];
        uint32_t value = builder_hash_value(now->builder, draft_code(of));
        hash_slot *put = builder_hash_put(now->builder, slots, now->at->slots, of->space, value, i);
        if (of->entry.disposition == NO_DISPOSITION)
            put->row |= HASH_CONDITIONAL;
    }
    table->slots = now->at->slots ? slots : NULL;
    table->slot_mask = now->at->slots ? now->at->slots - 1 : 0;
    table->by_slot = now->builder->base ? now->builder->base->by_slot : NULL;
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

static void freeze_settings(const freezing *now)
{
    const sipcause_builder *builder = now->builder;
    uint16_t *ignored = (uint16_t *)(void *)(now->memory + now->at->ignored_at);
    uint8_t *severities = (uint8_t *)(now->memory + now->at->severities_at);
    memcpy(ignored, builder->ignored, now->at->ignored * sizeof *ignored);
    memcpy(severities, builder->severities, now->at->severities);
    now->table->ignored = ignored;
    now->table->ignored_count = (uint16_t)now->at->ignored;
    now->table->severities = now->at->severities ? severities : NULL;
    now->table->effective = builder->effective;
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
    uint32_t *order = memory_resize(NULL, freeze_order_room(builder), sizeof *order);
    char *memory = NULL;
    if (order) {
        order_rows(builder, order, &at);
        lay_out(builder, order, &at);
        memory = memory_resize(NULL, 1, at.bytes);
    }
    if (!memory) {
        memory_free(order);
        error_memory(error);
        return NULL;
    }
    sipcause_table *table = (sipcause_table *)(void *)memory;
    freezing now = {builder, table, memory, &at, order, 0};
    memset(memory, 0, at.rows_at); /* rows and text, by far the most of it, are written whole */
    memset(memory + at.refinements_at, 0, at.text_at - at.refinements_at);
    freeze_index(&now); /* first, as long as the zeroed slots are in the cache */
    memcpy(memory + at.text_at, builder->text, builder->text_length);
    table->base = builder->base;
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
    freeze_settings(&now);
    freeze_interwork(&now);
    memory_free(order);
    return table;
}
