/*
 * builder.h - a table while it is being made; shared by builder.c, disposition.c and row.c (what callers say) and freeze.c (the
 * frozen table made of it).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_BUILDER_H
#define SIPCAUSE_BUILDER_H

#include "internal.h"

/* A place in the builder's text; 0: none. Texts stand NUL-terminated, one after the other. */
typedef uint32_t text_at;

/* What an entry will be. */
typedef struct draft_entry {
    text_at name, note, file;
    uint32_t line;
    uint32_t disposition; /* its id; NO_DISPOSITION: mapped under conditions only */
    uint16_t outcome, party, route, flags;
} draft_entry;
#define NO_DISPOSITION UINT32_MAX

typedef struct draft_refinement {
    draft_entry entry;
    condition when;
} draft_refinement;

typedef struct draft {
    sipcause_code code; /* space none: taken back */
    draft_entry entry;
    uint32_t column;
    uint32_t refinement_first, refinement_count;
    uint32_t inherited; /* copied from the table that is extended: may be said again */
} draft;

typedef struct draft_disposition {
    text_at name;
    uint16_t outcome, party, route, reserved;
    uint32_t line, column;
} draft_disposition;

typedef struct draft_header {
    text_at name, parameter;
    uint16_t space;
    uint8_t uri_parameter;
    uint32_t line, column;
} draft_header;

enum { HEADERS_MOST = 16, PRECEDENCE_MOST = 32, ROWS_MOST = 0xfffffe };

struct sipcause_builder {
    const sipcause_table *base;       /* the built-in profile under the table; NULL: none */
    const interwork_rules *interwork; /* NULL: none */
    text_at name, file;
    char *text;
    uint32_t text_length, text_capacity;
    draft *rows;
    uint32_t row_count, row_capacity;
    draft_refinement *refinements;
    uint32_t refinement_count, refinement_capacity;
    text_at *words; /* of the token codes, by value */
    uint32_t word_count, word_capacity;
    hash_slot *slots; /* every row by its code, words by their text */
    uint32_t slot_count;
    uint32_t seed;                   /* of the hash, the frozen table's too */
    draft_disposition *dispositions; /* declared ones; ids go on after the built-in ones */
    uint32_t disposition_count, disposition_capacity;
    uint32_t *labels; /* declared dispositions by the hash of their names: index + 1 */
    uint32_t label_count;
    draft_header headers[HEADERS_MOST];
    uint32_t header_count;
    uint16_t precedence[PRECEDENCE_MOST];
    uint32_t precedence_count; /* 0: the base's */
    bool own_headers;          /* the base's list does not hold */
    bool headers_said;         /* ... because the caller said so, not because a table was copied */
    bool own_no_cause;         /* the base's no-cause rows do not hold */
    bool touched;              /* something beyond names was said */
};

/* The dispositions that are built in, the same in every profile; their ids come first. */
static inline const sipcause_table *standard_table(void)
{
    return profiles[0].table;
}

static inline const char *text_in(const sipcause_builder *builder, text_at at)
{
    return at ? builder->text + at : NULL;
}

/* Puts the builder's file into the error of a call that failed; returns result. */
int builder_result(const sipcause_builder *builder, int result, sipcause_error *error);

/* Copies a text; 0 when memory is short or text is NULL. */
text_at builder_text(sipcause_builder *builder, const char *text, size_t length);
/* Copies a text that may be absent; then *at stays. False when memory is short. */
bool builder_copy_text(sipcause_builder *builder, const char *text, text_at *at);

/* A frozen entry or its `when` items of code, copied into the builder. False when memory is short. */
bool builder_copy_entry(sipcause_builder *builder, const sipcause_entry *from, sipcause_code code, draft_entry *to);
bool builder_copy_refinements(sipcause_builder *builder, const refinement *from, uint32_t count, draft *to);

/* Room for one row more, in the list and in the hash. False when memory is short. */
bool builder_reserve_row(sipcause_builder *builder);
/* What the hash knows a code by: its value, or its word's hash. */
uint32_t builder_hash_value(const sipcause_builder *builder, sipcause_code code);
void builder_hash_put(const sipcause_builder *builder, hash_slot *slots, uint32_t count, uint32_t space, uint32_t value,
                      uint32_t number);
/* The row of a code; of a word when own is given. NULL: there is none. */
draft *builder_find_row(const sipcause_builder *builder, uint32_t space, uint32_t value, const char *own,
                        size_t own_length);

/* disposition.c: the id of a name, built in ones first, then declared; NO_DISPOSITION. */
uint32_t builder_disposition_id(const sipcause_builder *builder, const char *name);
/* Appends a disposition whose name has been copied. False when memory is short. */
bool builder_add_disposition(sipcause_builder *builder, draft_disposition new);

/* The words of a row, where it has them. */
int builder_read_words(const sipcause_row *from, uint16_t *outcome, uint16_t *party, uint16_t *route,
                       sipcause_error *error);

#endif
