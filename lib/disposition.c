/*
 * disposition.c - the dispositions of a table while it is being made: those that are built in, and those
 * that its author declares. A hostile file may declare very many, so that these are found by hash.
 *
 * SPDX-License-Identifier: MIT
 */
#include "builder.h"

#include <string.h>

static uint32_t label_hash(const sipcause_builder *builder, const char *name)
{
    uint32_t hash = table_hash_word(builder->seed, name, strlen(name));
    return hash ^ hash >> 15;
}

static void put_label(const sipcause_builder *builder, uint32_t *labels, uint32_t count, uint32_t index)
{
    uint32_t at = label_hash(builder, text_in(builder, builder->dispositions[index].name));
    while (labels[at & (count - 1)])
        at++;
    labels[at & (count - 1)] = index + 1;
}

bool builder_add_disposition(sipcause_builder *builder, draft_disposition new)
{
    uint32_t needed = builder->disposition_count + 1;
    if (!memory_reserve((void **)&builder->dispositions, &builder->disposition_capacity, needed, sizeof new))
        return false;
    if (needed * 2 > builder->label_count) { /* at most half full */
        uint32_t count = builder->label_count ? builder->label_count * 2 : 16;
        uint32_t *labels = memory_allocate(count, sizeof *labels);
        if (!labels)
            return false;
        for (uint32_t i = 0; i < builder->disposition_count; i++)
            put_label(builder, labels, count, i);
        memory_free(builder->labels);
        builder->labels = labels;
        builder->label_count = count;
    }
    builder->dispositions[builder->disposition_count] = new;
    put_label(builder, builder->labels, builder->label_count, builder->disposition_count++);
    return true;
}

/* The name of disposition id, built in or declared; NULL from the last on. */
static const char *disposition_name(const sipcause_builder *builder, uint32_t id)
{
    const sipcause_table *standard = standard_table();
    if (id < standard->disposition_count)
        return standard->dispositions[id].name;
    id -= standard->disposition_count;
    return id < builder->disposition_count ? text_in(builder, builder->dispositions[id].name) : NULL;
}

static uint32_t find_disposition(const sipcause_builder *builder, const char *name)
{
    const sipcause_table *standard = standard_table();
    for (uint32_t id = 0; id < standard->disposition_count; id++)
        if (strcmp(standard->dispositions[id].name, name) == 0)
            return id;
    if (!builder->label_count)
        return NO_DISPOSITION;
    for (uint32_t at = label_hash(builder, name);; at++) {
        uint32_t found = builder->labels[at & (builder->label_count - 1)];
        if (!found)
            return NO_DISPOSITION;
        if (strcmp(text_in(builder, builder->dispositions[found - 1].name), name) == 0)
            return standard->disposition_count + found - 1;
    }
}

/* With these factors those that are built in do not share a place. */
static uint32_t *recent_place(sipcause_builder *builder, const char *name)
{
    const unsigned char *at = (const unsigned char *)name;
    return &builder->recent[(at[0] && at[1] ? at[0] + 4u * at[1] + 13u * at[2] : at[0]) % RECENT_COUNT];
}

/* Most rows name one of a few dispositions: what was found is looked at first the next time. */
uint32_t builder_disposition_id(sipcause_builder *builder, const char *name)
{
    uint32_t *recent = recent_place(builder, name);
    if (*recent && strcmp(disposition_name(builder, *recent - 1), name) == 0)
        return *recent - 1;
    uint32_t id = find_disposition(builder, name);
    if (id != NO_DISPOSITION)
        *recent = id + 1;
    return id;
}

void builder_take_disposition(const sipcause_builder *builder, uint32_t id, draft_entry *to)
{
    const sipcause_table *standard = standard_table();
    if (id < standard->disposition_count) {
        const disposition *built_in = &standard->dispositions[id];
        to->outcome = (uint8_t)built_in->outcome;
        to->party = (uint8_t)built_in->party;
        to->route = (uint8_t)built_in->route;
    } else {
        const draft_disposition *declared = &builder->dispositions[id - standard->disposition_count];
        to->outcome = declared->outcome;
        to->party = declared->party;
        to->route = declared->route;
    }
    to->disposition = id;
}

bool builder_has_disposition(sipcause_builder *builder, const char *name)
{
    return builder_disposition_id(builder, name) != NO_DISPOSITION;
}

/* All that are declared are compared only so often: where each of thousands is unknown, hardly any is misspelt. */
const char *builder_nearest_disposition(sipcause_builder *builder, const char *name)
{
    enum { COMPARED_MOST = 1 << 20 };
    const char *at, *nearest = NULL;
    unsigned best = 0;
    bool declared = builder->compared < COMPARED_MOST;
    if (declared)
        builder->compared += builder->disposition_count;
    for (uint32_t id = 0; (at = disposition_name(builder, id)) != NULL; id++) {
        if (!declared && id >= standard_table()->disposition_count)
            break;
        unsigned near = text_nearness(name, strlen(name), at);
        if (near && (!best || near < best)) {
            best = near;
            nearest = at;
        }
    }
    return nearest;
}

/* A word of a closed list, or what it was. */
static int read_word(const char *name, int (*from_name)(const char *, size_t), const char *list,
                     const sipcause_row *from, uint8_t *number, sipcause_error *error)
{
    if (!name)
        return SIPCAUSE_OK;
    int read = from_name(name, SIPCAUSE_TEXT);
    if (read < 0)
        return error_set(error, SIPCAUSE_ERROR_UNKNOWN_CODE, from->line, from->column, "there is no %s \"%.64s\"", list,
                         name);
    *number = (uint8_t)read;
    return SIPCAUSE_OK;
}

int builder_read_words(const sipcause_row *from, uint8_t *outcome, uint8_t *party, uint8_t *route,
                       sipcause_error *error)
{
    int result = read_word(from->outcome, sipcause_outcome_from_name, "outcome", from, outcome, error);
    if (result == SIPCAUSE_OK)
        result = read_word(from->party, sipcause_party_from_name, "party", from, party, error);
    if (result == SIPCAUSE_OK)
        result = read_word(from->route, sipcause_route_from_name, "route", from, route, error);
    return result;
}

static int declare(sipcause_builder *builder, const sipcause_row *from, sipcause_error *error)
{
    size_t length = strlen(from->disposition);
    draft_disposition new = {0, 0, 0, 0, from->line, from->column};
    bool printable = true;
    for (size_t i = 0; i < length; i++)
        printable = printable && (unsigned char)from->disposition[i] >= 0x20 && from->disposition[i] != 0x7f;
    if (length < 1 || length > 64 || !printable)
        return error_set(error, SIPCAUSE_ERROR_VALUE, from->line, from->column,
                         "a disposition's name has 1 to 64 bytes%s", printable ? "" : " and no control characters");
    uint32_t id = builder_disposition_id(builder, from->disposition);
    if (id != NO_DISPOSITION) {
        bool built_in = id < standard_table()->disposition_count;
        const draft_disposition *first =
            built_in ? NULL : &builder->dispositions[id - standard_table()->disposition_count];
        int result =
            error_set(error, SIPCAUSE_ERROR_DUPLICATE_KEY, from->line, from->column, "\"%s\" is %s", from->disposition,
                      built_in      ? "built in; it need not be declared"
                      : first->line ? "declared twice"
                                    : "declared already; what is extended may have done it");
        if (first)
            error_second(error, first->line, first->column);
        return result;
    }
    int result = builder_read_words(from, &new.outcome, &new.party, &new.route, error);
    if (result != SIPCAUSE_OK)
        return result;
    if (!builder_copy_text(builder, from->disposition, &new.name) || !builder_add_disposition(builder, new))
        return error_memory(error);
    builder->touched = true;
    return SIPCAUSE_OK;
}

int sipcause_builder_disposition(sipcause_builder *builder, const sipcause_row *from, sipcause_error *error)
{
    error_clear(error);
    if (!builder || !from || !from->disposition)
        return error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no builder, or no name for the disposition");
    return builder_result(builder, declare(builder, from, error), error);
}
