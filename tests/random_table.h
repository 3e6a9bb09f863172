/*
 * random_table.h - tables made at random, for the suites yaml_random and compare.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_TEST_RANDOM_TABLE_H
#define SIPCAUSE_TEST_RANDOM_TABLE_H

#include "yaml.h"

static uint32_t seed;

static inline uint32_t any(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

#define PICK(array) ((array)[any((uint32_t)COUNT(array))])

/* Texts and numbers that a random condition points to. */
static struct pool {
    const char *phrases[3], *words[2];
    sipcause_code codes[3];
    uint16_t warnings[2];
} pools[8];

static inline sipcause_condition any_condition(struct pool *pool)
{
    static const char *const own[] = {"D35", "null", "0x10", "a.b"};
    for (size_t i = 0; i < 3; i++)
        pool->phrases[i] = PICK(odd_texts);
    for (size_t i = 0; i < 2; i++)
        pool->words[i] = PICK(own);
    pool->warnings[0] = (uint16_t)(100 + any(900));
    pool->warnings[1] = (uint16_t)(100 + any(900));
    pool->codes[0] = sipcause_status(100 + any(600));
    pool->codes[1] = any(2) ? sipcause_carrier(any(UINT32_MAX)) : sipcause_q850(1 + any(127));
    pool->codes[2] = sipcause_code_make(SIPCAUSE_SPACE_STIR, any(900));
    const sipcause_condition when = {
        .phrases = pool->phrases,
        .phrase_count = any(3),
        .texts = pool->phrases + 1,
        .text_count = any(3),
        .codes = pool->codes,
        .code_count = any(4),
        .words = pool->words,
        .word_count = any(3),
        .warnings = pool->warnings,
        .warning_count = any(3),
        .locations = (uint16_t)(any(2) ? any(65536) : 0),
        .methods = (uint16_t)(any(8) << 1),
        .codings = (uint16_t)any(16),
        .answered = (uint8_t)any(3),
        .alerted = (uint8_t)any(3),
        .progressed = (uint8_t)any(3),
        .notice = (uint8_t)any(3),
        .diagnostic = (uint8_t)(1 + any(2)), /* one condition there must be */
    };
    return when;
}

static inline sipcause_row any_row(void)
{
    static const char *const labels[] = {"Busy", "Network Error", "Media Mismatch", "Mine", "- x", "Unknown"};
    static const char *const outcomes[] = {NULL, NULL, "busy", "blocked"}, *const parties[] = {NULL, NULL, "caller"};
    static const char *const routes[] = {NULL, NULL, "next", "stop", "none", "amend", "later"};
    const sipcause_row says = {
        .disposition = PICK(labels),
        .name = any(3) ? NULL : PICK(odd_texts),
        .note = any(3) ? NULL : PICK(odd_texts),
        .outcome = PICK(outcomes),
        .party = PICK(parties),
        .route = PICK(routes),
        .uninformative = (uint8_t)any(3),
        .capped = (uint8_t)any(3),
    };
    return says;
}

/* Maps one code more, or fails at one that is mapped already. */
static inline bool map_any(sipcause_builder *builder)
{
    sipcause_refinement items[COUNT(pools)];
    sipcause_row says = any_row();
    says.when_count = any(3) ? 0 : 1 + any(COUNT(pools));
    says.when = says.when_count ? items : NULL;
    bool bare = says.when_count && !any(4); /* under conditions only */
    for (size_t i = 0; i < says.when_count; i++) {
        const sipcause_refinement item = {any_condition(&pools[i]), any_row()};
        items[i] = item;
        if (!bare && !any(3))
            items[i].row.disposition = says.disposition;
    }
    if (bare) {
        const sipcause_row conditions = {.when = items, .when_count = says.when_count, .name = says.name};
        says = conditions;
    }
    static const uint32_t statuses[] = {408, 480, 486, 487, 503, 603, 200};
    int result;
    switch (any(6)) {
    case 0: result = sipcause_builder_map(builder, sipcause_status(PICK(statuses)), &says, NULL); break;
    case 1: result = sipcause_builder_map(builder, sipcause_q850(1 + any(127)), &says, NULL); break;
    case 2: result = sipcause_builder_map(builder, sipcause_carrier(any(5000)), &says, NULL); break;
    case 3: result = sipcause_builder_map_class(builder, 3 + any(4), &says, NULL); break;
    case 4: result = sipcause_builder_map_local(builder, 1 + any(5), &says, NULL); break;
    default: result = sipcause_builder_map_no_cause(builder, 1 + any(4), &says, NULL); break;
    }
    return result != SIPCAUSE_ERROR_MEMORY;
}

static inline bool rule_any(sipcause_builder *builder)
{
    sipcause_condition when = any_condition(&pools[0]), there = {.codings = (uint16_t)(1 + any(15))};
    when.locations = 0; /* to ISUP no file can say it */
    there.locations = (uint16_t)any(65536);
    const sipcause_translation to_isup[] = {
        {.when = &when, .to = (uint16_t)any(128), .has_location = (uint8_t)any(2), .location = (uint8_t)any(16)},
        {.to = (uint16_t)any(128), .has_location = (uint8_t)any(2), .location = (uint8_t)any(16)}};
    const sipcause_translation to_sip[] = {
        {.when = &there, .to = (uint16_t)(300 + any(400)), .redress = (uint8_t)any(2)},
        {.to = 0, .redress = (uint8_t)any(2)}};
    uint32_t from = any(2) ? any(7) : 300 + any(400);
    return sipcause_builder_to_isup(builder, from, to_isup, 1 + any(2), 0, 0, NULL) != SIPCAUSE_ERROR_MEMORY &&
           sipcause_builder_to_sip(builder, any(128), to_sip, 1 + any(2), 0, 0, NULL) != SIPCAUSE_ERROR_MEMORY;
}

/* A table over another. NULL: memory is short. */
static inline sipcause_table *any_table(const sipcause_table *base, bool labels_too)
{
    sipcause_builder *builder = new_builder(base);
    const sipcause_row labels[] = {{.disposition = "Mine"}, {.disposition = "- x", .route = "next"}};
    if (!builder)
        return NULL;
    for (size_t i = 0; i < COUNT(labels) && labels_too; i++)
        if (sipcause_builder_disposition(builder, &labels[i], NULL) != SIPCAUSE_OK)
            return NULL;
    for (uint32_t i = memory_run() ? 3 : any(60); i; i--)
        if (!map_any(builder) || !rule_any(builder))
            return NULL;
    return keep_table(sipcause_builder_table(builder, NULL));
}

#endif
