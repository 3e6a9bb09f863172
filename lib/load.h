/*
 * load.h - a mapping file or a trunk object on its way from events into a builder. Private.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_LOAD_H
#define SIPCAUSE_LOAD_H

#include "yaml_events.h"

/* Texts that outlive their events, until the row that they belong to is in the builder. */
typedef struct scratch {
    char *text;
    uint32_t length;
    uint32_t capacity;
} scratch;

/* A text in the scratch; 0: none. */
typedef uint32_t kept_at;

/*
 * The root keys of a mapping file may stand in any order, but `extends` must be known before a
 * disposition is declared, and both before a row. One pass does when they are written in that order;
 * else there is a pass for every stage.
 */
enum stage { STAGE_ANY = 0, STAGE_EXTENDS = 1, STAGE_DISPOSITIONS = 2, STAGE_ROWS = 3 };

/* What a reader returns when the document must be read again, stage by stage; beside SIPCAUSE_OK and
 * the negative errors. */
enum { LOAD_AGAIN = 1 };

typedef struct loader {
    yaml_events *events;
    sipcause_error *error;     /* never NULL */
    sipcause_builder *builder; /* NULL until something is to be built */
    const char *file;
    scratch kept;
    kept_at name;
    enum stage only;    /* the stage of this pass; STAGE_ANY: all in one */
    enum stage reached; /* the latest stage that a key of this pass belonged to */
} loader;

/* A key, and what reads the value after it. */
typedef struct load_key {
    const char *name;
    int (*read)(loader *load, const event *key);
    enum stage stage;
} load_key;

/* ---- load.c ----------------------------------------------------------------------------------------- */

/* A builder that extends base; there is none yet. NULL with the error set. */
sipcause_builder *load_begin(loader *load, const sipcause_table *base);
/* The builder, made at its first use; NULL with the error set. */
sipcause_builder *load_builder(loader *load);
/* The next event. */
int load_next(loader *load, event *now);
/* Passes over a key's value. */
int load_skip(loader *load);
/* Reads the root's beginning and its first key, from the start of the document. */
int load_root(loader *load, event *first);

/* ---- load_scalar.c ---------------------------------------------------------------------------------- */

#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
int load_fail(loader *load, place at, int code, const char *format, ...);
/* The same with a second place. */
int load_fail_twice(loader *load, place at, place first, const char *key);
/* Completes an error of the builder's, which knows the line and column only. Returns result. */
int load_offset(loader *load, int result, place at);

/* Somebody's text, fit for a sentence: short, and without control characters. */
typedef struct shown {
    char text[200];
} shown;
shown load_shown(const event *scalar);

/* Empty, `~`, null. */
bool load_is_null(const event *scalar);
bool load_is(const event *scalar, const char *name); /* without case */

/* Whether a scalar is a number as our files write them. 1: it is; 0: it is a word; negative: it is
 * neither, and the error says what YAML would make of it. words: any word may stand here. */
int load_number(loader *load, const event *scalar, bool words, uint32_t *number);
/* The value after a key that wants one text that is not empty. */
int load_text(loader *load, const event *key, event *value);
/* true or false: 1 or 0; negative: an error. */
int load_boolean(loader *load, const event *key);
/* A carrier's own word. */
int load_check_word(loader *load, const event *scalar);
/* The nearer of two names to what was written; nearest may be NULL. */
const char *load_nearer(const event *scalar, const char *nearest, const char *name);
/* Refuses a key that is none, with the nearest that is. */
int load_unknown_key(loader *load, const event *key, const char *where, const char *const *names, size_t count);
/* A code space by name; negative: an error. */
int load_space(loader *load, const event *scalar);

/* Copies a scalar's text; 0 when memory is short. */
kept_at load_keep(loader *load, const event *scalar);
const char *load_kept(const loader *load, kept_at at); /* NULL for 0 */

/* ---- load_item.c ------------------------------------------------------------------------------------- */

/* The keys of rows, dispositions and cause headers. */
enum field {
    FIELD_DISPOSITION,
    FIELD_OUTCOME,
    FIELD_PARTY,
    FIELD_ROUTE,
    FIELD_UNINFORMATIVE,
    FIELD_NAME,
    FIELD_NOTE,
    FIELD_WHEN,
    FIELD_PARAM,
    FIELD_SPACE,
    FIELD_URI_PARAM,
    FIELD_COUNT
};

/* A mapping of such keys. */
typedef struct item {
    kept_at text[FIELD_COUNT];   /* 0: not said */
    uint32_t value[FIELD_COUNT]; /* of uninformative and uri-param: 1 yes, 2 no; of space: its number */
    place key[FIELD_COUNT];      /* line 0: not said */
    place at[FIELD_COUNT];
} item;

/* Reads a mapping that has begun. what: for messages; fields: 1 << enum field of those allowed. */
int load_item(loader *load, const char *what, uint32_t fields, item *read);

/* ---- load_row.c -------------------------------------------------------------------------------------- */

/* What a row is for. */
typedef struct row_target {
    enum { ROW_CODE, ROW_WORD, ROW_CLASS, ROW_DEFAULT, ROW_NO_CAUSE } kind;
    sipcause_code code; /* value: the class' hundreds, the situation */
    place at;
    char own[32]; /* ROW_WORD: NUL-terminated */
} row_target;

/* Puts a row into the builder. said: where its disposition stands, if it has one. */
int load_put(loader *load, const row_target *target, sipcause_row *says, place said);
/* Reads the row after its key. */
int load_row(loader *load, const row_target *target);
/* The number, class, name or word that a key under a space is. */
int load_target(loader *load, uint32_t space, const event *key, row_target *target);

/* ---- load_map.c, load_list.c, load_mapping.c, load_trunk.c -------------------------------------------- */

int load_map(loader *load, const event *key);
int load_dispositions(loader *load, const event *key);
int load_cause_headers(loader *load, const event *key);
int load_precedence(loader *load, const event *key);
/* `sipcause: 1`. */
int load_version(loader *load, const event *key);
/* A mapping file; its root has begun, and this is its first key. */
int load_mapping(loader *load, const event *first);
/* A trunk object, from its beginning. */
int load_trunk(loader *load);

#endif
