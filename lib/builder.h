/*
 * builder.h - a table while it is being made; shared by builder.c, disposition.c and row.c (what callers say) and
 * freeze.c (the frozen table made of it).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_BUILDER_H
#define SIPCAUSE_BUILDER_H

#include "internal.h"

#include <string.h>

/* A place in the builder's text; 0: none. Texts stand NUL-terminated, one after the other. */
typedef uint32_t text_at;

/* What an entry will be. */
typedef struct draft_entry {
    text_at name, note, file;
    said_at said;
    uint32_t disposition; /* its id; NO_DISPOSITION: mapped under conditions only */
    uint8_t outcome, party, route, flags;
} draft_entry;
#define NO_DISPOSITION UINT32_MAX

/* A condition_part whose text is the builder's. */
typedef struct draft_part {
    uint16_t kind, space;
    uint32_t value;
    text_at text;
} draft_part;

typedef struct draft_condition {
    condition when; /* without its parts */
    uint32_t first_part;
} draft_condition;

typedef struct draft_refinement {
    draft_entry entry; /* without a name of its own it has the row's */
    draft_condition condition;
    uint32_t count; /* in the first of a row: how many the row has; they stand together */
} draft_refinement;

/* Kept small: there is one for every line of a file, and all of them go through the cache twice. */
typedef struct draft {
    uint16_t space; /* none: taken back */
    bool inherited; /* copied from the table that is extended: may be said again */
    uint32_t value;
    draft_entry entry;
    uint32_t refinements; /* the number of the first + 1; 0: the row has none */
} draft;

static inline sipcause_code draft_code(const draft *of)
{
    return (sipcause_code){of->space, 0, of->value};
}

typedef struct draft_disposition {
    text_at name;
    uint8_t outcome, party, route;
    uint32_t line, column;
} draft_disposition;

typedef struct draft_header {
    text_at name, parameter;
    uint16_t space;
    uint8_t uri_parameter;
    uint32_t line, column;
} draft_header;

typedef struct draft_rule {
    uint16_t from, to;
    uint8_t location, flags;
    said_at said;
    draft_condition condition;
} draft_rule;

/* What was said of one code's interworking. */
typedef struct rules_said {
    said_at at;
    uint8_t how; /* enum rules_how */
} rules_said;
enum rules_how { RULES_INHERITED = 0, RULES_BEFORE = 1, RULES_INSTEAD = 2 };

/* The rules of one direction: those that are inherited, then the own ones. */
typedef struct draft_rules {
    draft_rule *rules;
    uint32_t count, capacity;
    uint32_t inherited;
    rules_said *said; /* by from; NULL: nothing yet */
} draft_rules;

enum {
    HEADERS_MOST = 16,
    PRECEDENCE_MOST = 32,
    ROWS_MOST = 0xfffffe,
    IGNORED_MOST = 600,
    FROM_MOST = 700,
    RECENT_COUNT = 32
};

struct sipcause_builder {
    const sipcause_table *base;       /* the built-in profile under the table; NULL: none */
    const interwork_rules *interwork; /* those that hold until some are said */
    bool own_interwork;               /* to_isup, to_sip and class_location hold instead */
    draft_rules to_isup, to_sip;
    uint8_t class_location[8];
    said_at class_said[8];
    uint8_t class_own;
    int64_t effective;
    uint8_t severities[RULES_MOST]; /* enum sipcause_severity + 1; 0: not said */
    uint16_t ignored[IGNORED_MOST]; /* ascending */
    uint32_t ignored_count;
    text_at name, file;
    const char *copied_file; /* the file of the entry that was copied last, */
    text_at copied_file_at;  /* and the copy */
    char *text;
    uint32_t text_length, text_capacity;
    draft *rows;
    uint32_t row_count, row_capacity;
    draft_refinement *refinements;
    uint32_t refinement_count, refinement_capacity;
    draft_part *parts;
    uint32_t part_count, part_capacity;
    text_at *words; /* of the token codes, by value */
    uint32_t word_count, word_capacity;
    hash_slot *slots; /* the rows by their codes, words by their text */
    uint32_t slot_count, hashed_count;
    uint64_t carrier_free;           /* carrier numbers from here on have no row */
    bool carrier_hashed;             /* false: those that have came in rising order, and the hash does not hold them */
    uint32_t seed;                   /* of the hash, the frozen table's too */
    draft_disposition *dispositions; /* declared ones; ids go on after the built-in ones */
    uint32_t disposition_count, disposition_capacity;
    uint32_t compared; /* declared ones that were compared with unknown ones */
    uint32_t *labels;  /* declared dispositions by the hash of their names: index + 1 */
    uint32_t label_count;
    uint32_t recent[RECENT_COUNT]; /* by its first characters, the disposition that was last asked for: id + 1 */
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

static inline draft_refinement *refinements_in(const sipcause_builder *builder, const draft *of)
{
    return of->refinements ? &builder->refinements[of->refinements - 1] : NULL;
}

static inline uint32_t refinement_count(const sipcause_builder *builder, const draft *of)
{
    return of->refinements ? refinements_in(builder, of)->count : 0;
}

static inline const char *text_in(const sipcause_builder *builder, text_at at)
{
    return at ? builder->text + at : NULL;
}

/* Puts the builder's file into the error of a call that failed; returns result. */
int builder_result(const sipcause_builder *builder, int result, sipcause_error *error);

/* Copies a text; 0 when memory is short or text is NULL. */
text_at builder_text(sipcause_builder *builder, const char *text, size_t length);
/* Copies a text that may be absent, as it mostly is; then *at stays. False when memory is short. */
static inline bool builder_copy_text(sipcause_builder *builder, const char *text, text_at *at)
{
    text_at copied = text ? builder_text(builder, text, strlen(text)) : 0;
    if (copied)
        *at = copied;
    return copied || !text;
}

/* A frozen entry of code, copied into the builder. False when memory is short. */
bool builder_copy_entry(sipcause_builder *builder, const sipcause_entry *from, sipcause_code code, draft_entry *to);

/* ---- when.c: these return false, or the error set, when memory is short ---- */

/* A frozen condition, or the `when` items of a frozen row, copied into the builder. */
bool builder_copy_condition(sipcause_builder *builder, const condition *from, draft_condition *to);
bool builder_copy_refinements(sipcause_builder *builder, const sipcause_table *table, const row *of, draft *to);
/* A caller's condition, NULL: none; line and column for errors. */
int builder_read_condition(sipcause_builder *builder, const sipcause_condition *from, uint32_t line, uint32_t column,
                           draft_condition *to, sipcause_error *error);
/* Puts the row's own `when` items before those that `to` has inherited. */
int builder_add_refinements(sipcause_builder *builder, const sipcause_row *from, draft *to, sipcause_error *error);

/* ---- row.c: what a row says itself, over what it has inherited ---- */

int builder_read_entry(sipcause_builder *builder, const sipcause_row *from, draft_entry *to, sipcause_error *error);

/* ---- interwork_build.c ---- */

/* Makes the inherited rules the builder's own. False when memory is short. */
bool builder_copy_interwork(sipcause_builder *builder);
/* How many rules of a direction the table will have, and their numbers, ordered by from. order may be NULL. */
uint32_t builder_order_rules(const draft_rules *rules, uint32_t *order);

/* ---- builder.c ---- */

/* Most rows are carrier numbers in rising order. While they are, the greatest tells that the next one is new, and
 * only the frozen table needs a hash of them. */
static inline bool builder_in_hash(const sipcause_builder *builder, uint32_t space)
{
    return space != SIPCAUSE_SPACE_CARRIER || builder->carrier_hashed;
}
/* Makes ready for one row more, of this code, and for finding whether there is one already. False when memory is
 * short. */
bool builder_reserve_row(sipcause_builder *builder, sipcause_code code);
/* Where that row is made: it counts once it is appended. */
static inline draft *builder_next_row(const sipcause_builder *builder)
{
    return &builder->rows[builder->row_count];
}
/* value: what the hash knows it by. */
void builder_append_row(sipcause_builder *builder, uint32_t value);
/* What the hash knows a code by: its value, or its word's hash. */
uint32_t builder_hash_value(const sipcause_builder *builder, sipcause_code code);
/* Puts row `number` into the first free one of count slots; returns that. */
static inline hash_slot *builder_hash_put(const sipcause_builder *builder, hash_slot *slots, uint32_t count,
                                          uint32_t space, uint32_t value, uint32_t number)
{
    uint32_t at = table_hash(builder->seed, space, value);
    while (slots[at & (count - 1)].row)
        at++;
    hash_slot *put = &slots[at & (count - 1)];
    put->value = value;
    put->row = space << 24 | (number + 1);
    return put;
}
/* The row of a code; of a word when own is given. NULL: there is none. */
draft *builder_find_row(const sipcause_builder *builder, uint32_t space, uint32_t value, const char *own,
                        size_t own_length);

/* disposition.c: the id of a name, built in ones first, then declared; NO_DISPOSITION. */
uint32_t builder_disposition_id(sipcause_builder *builder, const char *name);
/* Gives an entry a disposition and what that means. */
void builder_take_disposition(const sipcause_builder *builder, uint32_t id, draft_entry *to);
/* Appends a disposition whose name has been copied. False when memory is short. */
bool builder_add_disposition(sipcause_builder *builder, draft_disposition new);

/* The words of a row, where it has them. */
int builder_read_words(const sipcause_row *from, uint8_t *outcome, uint8_t *party, uint8_t *route,
                       sipcause_error *error);

#endif
