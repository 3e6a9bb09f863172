/*
 * table.c - a frozen table and everything that can be asked of it.
 *
 * A table is one allocation. An overlay holds its own rows only and points to the built-in profile
 * under it; there are never more than these two levels, since the builder copies the rows of a table
 * that was itself loaded. So a lookup asks the own pages first and the profile's second.
 *
 * SPDX-License-Identifier: MIT
 */
#include "internal.h"

#include <string.h>

const sipcause_table *table_of(const sipcause_table *table)
{
    return table ? table : profiles[0].table;
}

/* ---- profiles and references --------------------------------------------------------------------- */

static const profile *profile_named(const char *name)
{
    if (!name)
        return &profiles[0];
    for (size_t i = 0; i < profiles_count; i++)
        if (strcmp(profiles[i].name, name) == 0)
            return &profiles[i];
    return NULL;
}

const sipcause_table *sipcause_builtin(const char *name)
{
    const profile *found = profile_named(name);
    return found ? found->table : NULL;
}

size_t sipcause_builtin_count(void)
{
    return profiles_count;
}

const char *sipcause_builtin_name(size_t index)
{
    return index < profiles_count ? profiles[index].name : NULL;
}

const char *sipcause_builtin_description(const char *name)
{
    const profile *found = profile_named(name);
    return found ? found->description : NULL;
}

sipcause_table *sipcause_table_ref(const sipcause_table *table)
{
    sipcause_table *counted = (sipcause_table *)table; /* only the count changes, and built-in tables have none */
    if (counted && !counted->built_in)
        atomic_fetch_add_explicit(&counted->references, 1, memory_order_relaxed);
    return counted;
}

void sipcause_table_unref(const sipcause_table *table)
{
    sipcause_table *counted = (sipcause_table *)table;
    if (!counted || counted->built_in)
        return;
    /* Release and acquire: whoever frees sees every other thread's last reads done. */
    if (atomic_fetch_sub_explicit(&counted->references, 1, memory_order_acq_rel) == 1)
        memory_free(counted);
}

const char *sipcause_table_name(const sipcause_table *table)
{
    return table_of(table)->name;
}

size_t sipcause_table_bytes(const sipcause_table *table)
{
    return table_of(table)->bytes;
}

/* ---- lookup --------------------------------------------------------------------------------------- */

uint32_t table_hash_word(uint32_t seed, const char *text, size_t length)
{
    uint32_t hash = 2166136261u ^ seed; /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash;
}

static uint32_t bits_set(uint64_t bits)
{
    bits -= bits >> 1 & UINT64_MAX / 3; /* in each two */
    bits = (bits & UINT64_MAX / 5) + (bits >> 2 & UINT64_MAX / 5);
    bits = (bits + (bits >> 4)) & UINT64_MAX / 17;
    return (uint32_t)(bits * (UINT64_MAX / 255) >> 56); /* the sum of the bytes */
}

/* Whether an overlay has a row of its own there. */
static inline bool says_itself(const sipcause_table *table, uint32_t slot)
{
    return table->slotted[slot / SLOT_BITS] >> slot % SLOT_BITS & 1;
}

/* That row. */
static const row *own_row_in_slot(const sipcause_table *table, uint32_t slot)
{
    uint64_t before = table->slotted[slot / SLOT_BITS] & (((uint64_t)1 << slot % SLOT_BITS) - 1);
    return &table->rows[table->slotted_before[slot / SLOT_BITS] + bits_set(before)];
}

static inline const row *profile_row_in_slot(const sipcause_table *table, uint32_t slot)
{
    return table->by_slot ? table->by_slot[slot] : NULL;
}

static int compare_codes(sipcause_code a, sipcause_code b)
{
    if (a.space != b.space)
        return a.space < b.space ? -1 : 1;
    return a.value < b.value ? -1 : a.value > b.value;
}

/* Among the rows of a built-in table with slots, or those without. */
static const row *row_in_order(const sipcause_table *table, sipcause_code code, bool slotted)
{
    uint32_t low = slotted ? 0 : table->slotted_count, high = slotted ? table->slotted_count : table->row_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = compare_codes(table->rows[middle].code, code);
        if (order == 0)
            return &table->rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* mapped: only a row that maps the code under any condition. */
static const row *row_in_hash(const sipcause_table *table, sipcause_code code, bool mapped)
{
    uint32_t passed = mapped ? 0 : HASH_CONDITIONAL;
    for (uint32_t at = table_hash(table->seed, code.space, code.value);; at++) {
        hash_slot slot = table->slots[at & table->slot_mask];
        if (slot.row == 0)
            return NULL;
        if (slot.value == code.value && ((slot.row & ~passed) >> 24) == code.space)
            return &table->rows[(slot.row & 0xffffff) - 1];
    }
}

static const row *own_row(const sipcause_table *table, sipcause_code code, bool mapped)
{
    const row *found = NULL;
    if (code.space == SIPCAUSE_SPACE_TOKEN)
        found = code.value < table->token_count ? &table->rows[table->token_first + code.value] : NULL;
    else if (table->slots)
        return row_in_hash(table, code, mapped);
    else if (table->built_in &&
             code.space != SIPCAUSE_SPACE_CARRIER) /* no built-in table maps these, of which most are */
        found = row_in_order(table, code, false);
    return found && mapped && !found->entry.disposition ? NULL : found;
}

/* Of a code that has no slot. An overlay's row takes over the profile's meaning where it says none: one without a
 * meaning hides none. */
static NOT_INLINED const row *row_without_slot(const sipcause_table *table, sipcause_code code, bool mapped)
{
    if (code.space >= SPACES_MOST) /* none; it could be taken for one with HASH_CONDITIONAL */
        return NULL;
    const row *found = own_row(table, code, mapped);
    if (!found && table->base)
        found = own_row(table->base, code, mapped);
    return found;
}

const row *table_row(const sipcause_table *table, sipcause_code code)
{
    uint32_t slot = table_slot(code.space, code.value);
    if (slot == SLOT_COUNT)
        return row_without_slot(table, code, false);
    if (says_itself(table, slot))
        return own_row_in_slot(table, slot);
    const sipcause_table *base = table->built_in ? table : table->base;
    const row *found = profile_row_in_slot(table, slot);
    return found || !base ? found : row_in_order(base, code, true);
}

const row *table_word_row(const sipcause_table *table, const char *text, size_t length)
{
    if (!table->slots)
        return NULL;
    uint32_t hash = table_hash_word(table->seed, text, length);
    for (uint32_t at = table_hash(table->seed, SIPCAUSE_SPACE_TOKEN, hash);; at++) {
        hash_slot slot = table->slots[at & table->slot_mask];
        if (slot.row == 0)
            return NULL;
        if (slot.value != hash || (slot.row & ~HASH_CONDITIONAL) >> 24 != SIPCAUSE_SPACE_TOKEN)
            continue;
        const row *found = &table->rows[(slot.row & 0xffffff) - 1];
        if (text_same_exactly(text, length, table->words[found->code.value]))
            return found;
    }
}

const row *table_fallback_row(const sipcause_table *table, uint32_t fallback)
{
    bool no_cause = fallback > FALLBACK_NO_CAUSE && fallback <= FALLBACK_NO_CAUSE + SIPCAUSE_NO_CAUSE_OTHERWISE;
    if (says_itself(table, SLOT_FALLBACK + fallback))
        return own_row_in_slot(table, SLOT_FALLBACK + fallback);
    return no_cause && table->replaces_no_cause ? NULL : profile_row_in_slot(table, SLOT_FALLBACK + fallback);
}

static inline const sipcause_entry *entry_of(const row *found)
{
    return found ? &found->entry : NULL;
}

static inline const sipcause_entry *entry_if_mapped(const row *found)
{
    return found && found->entry.disposition ? &found->entry : NULL;
}

static const sipcause_entry *fallback_entry(const sipcause_table *table, uint32_t fallback)
{
    return entry_if_mapped(table_fallback_row(table_of(table), fallback));
}

const refinement *table_refinements(const sipcause_table *table, const row *of)
{
    if (table->base && (of < table->rows || of >= table->rows + table->row_count))
        table = table->base;
    return table->refinements + of->refinement_first;
}

/* On the way of a code that an overlay leaves to its profile there are two loads that wait for one another, that of the
 * code and that of its row's address, and no branch that depends on which code it is, found or not. */
const sipcause_entry *sipcause_lookup(const sipcause_table *table, sipcause_code code)
{
    table = table_of(table);
    if (code.space > SIPCAUSE_SPACE_Q850) /* SPACE_FALLBACK, which is not the public's, is found by its slot alone */
        return entry_of(row_without_slot(table, code, true));
    uint32_t slot = table_slot(code.space, code.value);
    if (slot == SLOT_COUNT)
        return NULL;
    if (says_itself(table, slot))
        return entry_if_mapped(own_row_in_slot(table, slot));
    return entry_of(profile_row_in_slot(table, slot));
}

const sipcause_entry *sipcause_lookup_token(const sipcause_table *table, const char *token, size_t length)
{
    uint32_t number;
    length = text_length(token, length);
    if (length == 0)
        return NULL;
    if (text_number(token, length, &number))
        return sipcause_lookup(table, sipcause_carrier(number));
    return entry_if_mapped(table_word_row(table_of(table), token, length));
}

const sipcause_entry *sipcause_table_class(const sipcause_table *table, uint32_t hundreds)
{
    if (hundreds < 3 || hundreds > 6)
        return NULL;
    return fallback_entry(table, FALLBACK_CLASS + hundreds);
}

const sipcause_entry *sipcause_table_default(const sipcause_table *table)
{
    return fallback_entry(table, FALLBACK_DEFAULT);
}

const sipcause_entry *sipcause_table_no_cause(const sipcause_table *table, uint32_t kind)
{
    if (kind < SIPCAUSE_NO_CAUSE_ANSWERED || kind > SIPCAUSE_NO_CAUSE_OTHERWISE)
        return NULL;
    return fallback_entry(table, FALLBACK_NO_CAUSE + kind);
}

const sipcause_entry *sipcause_table_local(const sipcause_table *table, uint32_t local)
{
    if (local < SIPCAUSE_LOCAL_TIMEOUT || local > SIPCAUSE_LOCAL_LIMIT)
        return NULL;
    return fallback_entry(table, FALLBACK_LOCAL + local);
}

/* ---- lists ---------------------------------------------------------------------------------------- */

size_t sipcause_disposition_count(const sipcause_table *table)
{
    return table_of(table)->disposition_count;
}

const char *sipcause_disposition_name(const sipcause_table *table, size_t id)
{
    table = table_of(table);
    return id < table->disposition_count ? table->dispositions[id].name : NULL;
}

size_t sipcause_cause_header_count(const sipcause_table *table)
{
    return table_of(table)->cause_header_count;
}

bool sipcause_cause_header_at(const sipcause_table *table, size_t index, sipcause_cause_header *header)
{
    table = table_of(table);
    if (index >= table->cause_header_count || !header)
        return false;
    *header = table->cause_headers[index];
    return true;
}

size_t sipcause_precedence_count(const sipcause_table *table)
{
    return table_of(table)->precedence_count;
}

uint32_t sipcause_precedence_at(const sipcause_table *table, size_t index)
{
    table = table_of(table);
    return index < table->precedence_count ? table->precedence[index] : SIPCAUSE_SPACE_NONE;
}

uint8_t table_same_header(const sipcause_table *table, uint8_t index)
{
    const char *name = table->cause_headers[index].name;
    uint8_t same = 0;
    while (same < index && !text_same_name(name, strlen(name), table->cause_headers[same].name))
        same++;
    return same;
}

bool sipcause_table_ignores_reason(const sipcause_table *table, uint32_t status)
{
    table = table_of(table);
    for (uint32_t i = 0; i < table->ignored_count; i++)
        if (table->ignored[i] == status)
            return true;
    return false;
}

int64_t sipcause_table_effective(const sipcause_table *table)
{
    return table_of(table)->effective;
}

uint32_t sipcause_table_severity(const sipcause_table *table, uint32_t rule)
{
    table = table_of(table);
    if (table->severities && rule < RULES_MOST && table->severities[rule])
        return table->severities[rule] - 1u;
    return sipcause_rule_severity(rule);
}

/* ---- iteration ------------------------------------------------------------------------------------ */

/* The row under the cursor that belongs to a mapped code, skipping the others; NULL at the end. */
static const row *mapped_row(const sipcause_table *table, uint32_t *at)
{
    for (; table && *at < table->row_count; ++*at) {
        const row *here = &table->rows[*at];
        if (here->code.space != SPACE_FALLBACK && here->entry.disposition)
            return here;
    }
    return NULL;
}

const sipcause_entry *sipcause_table_next(const sipcause_table *table, sipcause_cursor *cursor, sipcause_code *code)
{
    if (!cursor)
        return NULL;
    table = table_of(table);
    const row *own = mapped_row(table, &cursor->own);
    const row *base = mapped_row(table->base, &cursor->base);
    int order = !own ? 1 : !base ? -1 : compare_codes(own->code, base->code);
    const row *next = order <= 0 ? own : base;
    if (!next)
        return NULL;
    cursor->own += order <= 0;
    cursor->base += order >= 0; /* an overridden row of the base is passed with the own one */
    if (code)
        *code = next->code;
    return &next->entry;
}
