/*
 * compare_lists.c - dispositions and a carrier's own words of two tables: matched by their names, and their order.
 *
 * SPDX-License-Identifier: MIT
 */
#include "compare.h"

#include "equal.h"

#include <string.h>

/* Names that are different from each other. */
typedef struct list {
    const sipcause_table *table;
    const char *(*name)(const sipcause_table *table, uint32_t index);
    uint32_t count;
    const uint32_t *in_other; /* where each stands in the other list, + 1; 0: it does not */
} list;

static const char *disposition_at(const sipcause_table *table, uint32_t index)
{
    return table->dispositions[index].name;
}

static const char *word_at(const sipcause_table *table, uint32_t index)
{
    return table->words[index];
}

static const char *name_of(const list *of, uint32_t index)
{
    return of->name(of->table, index);
}

static bool same_list(const list *a, const list *b)
{
    if (a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (strcmp(name_of(a, i), name_of(b, i)) != 0)
            return false;
    return true;
}

/* ---- matching ---------------------------------------------------------------------------------------------- */

/* At most half full, so that a search ends. A file's author must not know which names meet: see sipcause_table.seed. */
typedef struct names {
    const list *of;
    uint32_t *slots; /* index + 1 */
    uint32_t mask;
} names;

static uint32_t *slot_of(const names *in, const char *name)
{
    uint32_t at = table_hash_word(in->of->table->seed, name, strlen(name));
    for (at ^= at >> 15;; at++) {
        uint32_t *slot = &in->slots[at & in->mask];
        if (!*slot || strcmp(name_of(in->of, *slot - 1), name) == 0)
            return slot;
    }
}

/* Finds each in the other list. Returns what is to be freed; NULL: memory is short. */
static uint32_t *match(list *a, list *b)
{
    uint32_t room = 16;
    while (room / 2 < b->count)
        room *= 2;
    uint32_t *memory = memory_allocate((size_t)room + a->count + b->count, sizeof *memory);
    if (!memory)
        return NULL;
    names in_b = {b, memory, room - 1};
    uint32_t *of_a = memory + room, *of_b = of_a + a->count;
    for (uint32_t i = 0; i < b->count; i++)
        *slot_of(&in_b, name_of(b, i)) = i + 1;
    for (uint32_t i = 0; i < a->count; i++) {
        of_a[i] = *slot_of(&in_b, name_of(a, i));
        if (of_a[i])
            of_b[of_a[i] - 1] = i + 1;
    }
    a->in_other = of_a;
    b->in_other = of_b;
    return memory;
}

/* ---- their order ------------------------------------------------------------------------------------------- */

/* Those of a list that are in both, from one to another. */
typedef struct stretch {
    const list *of;
    uint32_t first, last;
} stretch;

static void write_stretch(yaml *to, const side *of, bool whole)
{
    const stretch *some = of->what;
    yaml_keys keys = {to, 0, false};
    (void)whole;
    write_text(&to->out, "[");
    for (uint32_t i = some->first; i <= some->last; i++)
        if (some->of->in_other[i])
            yaml_pair(&keys, NULL, name_of(some->of, i));
    write_text(&to->out, "]");
}

/* Of the names that are in both lists, those from the first to the last that stand elsewhere. */
static void compare_order(sipcause_comparison *now, const list *a, const list *b, const char *key)
{
    stretch in_a = {a, 0, 0}, in_b = {b, 0, 0};
    bool any = false;
    for (uint32_t i = 0, j = 0; i < a->count; i++) {
        if (!a->in_other[i])
            continue;
        while (!b->in_other[j])
            j++;
        if (a->in_other[i] != j + 1) {
            in_a.first = any ? in_a.first : i;
            in_b.first = any ? in_b.first : j;
            in_a.last = i;
            in_b.last = j;
            any = true;
        }
        j++;
    }
    difference_of of = {.kind = SIPCAUSE_DIFFERENCE_ORDER, .section = "", .name = key, .write = write_stretch};
    of.a = (side){.table = a->table, .what = &in_a};
    of.b = (side){.table = b->table, .what = &in_b};
    if (any)
        compare_add(now, &of);
}

/* ---- both kinds of lists ----------------------------------------------------------------------------------- */

enum { NOWHERE = UINT32_MAX };
typedef void pair_comparer(sipcause_comparison *now, uint32_t in_a, uint32_t in_b);

static void compare_lists(sipcause_comparison *now, list a, list b, const char *key, pair_comparer *compare)
{
    if (same_list(&a, &b)) {
        for (uint32_t i = 0; i < a.count; i++)
            compare(now, i, i);
        return;
    }
    uint32_t *memory = match(&a, &b);
    if (!memory) {
        now->memory_short = true;
        return;
    }
    for (uint32_t i = 0; i < a.count; i++)
        compare(now, i, a.in_other[i] ? a.in_other[i] - 1 : NOWHERE);
    for (uint32_t i = 0; i < b.count; i++)
        if (!b.in_other[i])
            compare(now, NOWHERE, i);
    compare_order(now, &a, &b, key);
    memory_free(memory);
}

static void write_disposition(yaml *to, const side *of, bool whole)
{
    (void)whole;
    yaml_disposition(to, of->what);
}

static side side_of_disposition(const sipcause_table *table, uint32_t index)
{
    bool there = index != NOWHERE;
    return (side){.table = there ? table : NULL, .what = there ? &table->dispositions[index] : NULL};
}

static void compare_disposition(sipcause_comparison *now, uint32_t in_a, uint32_t in_b)
{
    difference_of of = {.kind = SIPCAUSE_DIFFERENCE_DISPOSITION, .section = "dispositions."};
    of.a = side_of_disposition(now->a, in_a);
    of.b = side_of_disposition(now->b, in_b);
    if (of.a.what && of.b.what && equal_disposition(of.a.what, of.b.what))
        return;
    of.name = of.a.what ? disposition_at(of.a.table, in_a) : disposition_at(of.b.table, in_b);
    of.write = write_disposition;
    compare_add(now, &of);
}

void compare_dispositions(sipcause_comparison *now)
{
    list a = {now->a, disposition_at, now->a->disposition_count, NULL};
    list b = {now->b, disposition_at, now->b->disposition_count, NULL};
    compare_lists(now, a, b, "dispositions", compare_disposition);
}

static const row *word_row(const sipcause_table *table, uint32_t index)
{
    return index != NOWHERE ? &table->rows[table->token_first + index] : NULL;
}

static void compare_word(sipcause_comparison *now, uint32_t in_a, uint32_t in_b)
{
    const sipcause_table *a = now->a, *b = now->b;
    compare_row(now, word_row(a, in_a), word_row(b, in_b), in_a != NOWHERE ? word_at(a, in_a) : word_at(b, in_b));
}

void compare_words(sipcause_comparison *now)
{
    list a = {now->a, word_at, now->a->token_count, NULL};
    list b = {now->b, word_at, now->b->token_count, NULL};
    compare_lists(now, a, b, "map.carrier", compare_word);
}
