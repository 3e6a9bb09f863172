/*
 * freeze.h - a table while it is being frozen; shared by freeze.c (rows, lists, index) and freeze_when.c (conditions
 * and what hangs on them).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_FREEZE_H
#define SIPCAUSE_FREEZE_H

#include "builder.h"

/* How many of each the table will have, and where each part starts. */
typedef struct layout {
    uint32_t rows, slotted, refinements, to_isup, to_sip, parts, headers, dispositions, words, slots, precedence, asked,
        ignored, severities, text;
    size_t rows_at, refinements_at, to_isup_at, to_sip_at, parts_at, headers_at, dispositions_at, words_at, slots_at,
        precedence_at, asked_at, ignored_at, severities_at, text_at, bytes;
} layout;

/* What is being filled. */
typedef struct freezing {
    const sipcause_builder *builder;
    sipcause_table *table;
    char *memory;
    const layout *at;
    uint32_t *order;     /* the builder's rows by their keys */
    uint32_t parts_used; /* of the table's */
} freezing;

static inline const char *frozen_text(const freezing *now, text_at at)
{
    return at ? now->memory + now->at->text_at + at : NULL;
}

/* Whole: rows are not zeroed beforehand. */
static inline void freeze_entry(const freezing *now, const draft_entry *from, sipcause_code code, sipcause_entry *to)
{
    bool mapped = from->disposition != NO_DISPOSITION;
    *to = (sipcause_entry){
        .size = sizeof *to,
        .disposition_id = mapped ? from->disposition : 0,
        .disposition = mapped ? now->table->dispositions[from->disposition].name : NULL,
        .name = from->name ? frozen_text(now, from->name) : sipcause_code_name(code),
        .note = frozen_text(now, from->note),
        .file = from->file ? frozen_text(now, from->file) : "",
        .line = from->said.line,
        .outcome = from->outcome,
        .party = from->party,
        .route = from->route,
        .flags = from->flags,
        .column = from->said.column,
    };
}

/* ---- freeze_when.c --------------------------------------------------------------------------------------------- */

/* How many parts and interworking rules there will be; rows and refinements are counted. */
void freeze_count_conditions(const sipcause_builder *builder, const uint32_t *order, layout *at);
/* How long a list of numbers must be that orders the rows, and later the rules. */
size_t freeze_order_room(const sipcause_builder *builder);
/* The refinements of a row that has some; without a name of its own one has the row's. */
void freeze_refinements(freezing *now, const draft *from, sipcause_entry *row_entry, refinement *to);
/* Uses the room of order, which is not needed any more. */
void freeze_interwork(freezing *now);

#endif
