/*
 * load.h - a mapping file or a trunk object on its way from events into a builder. Private.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_LOAD_H
#define SIPCAUSE_LOAD_H

#include "report.h"
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

/* One of a list in a condition, as it was read; see struct condition_part. */
typedef struct load_part {
    uint16_t kind, space;
    uint32_t value;
    kept_at text;
} load_part;

/* What the rows of a `when` list, or one row's interworking, are made of until they are in the builder. All arrays are
 * kept for the next row. */
typedef struct when_list {
    struct when_item *items;
    uint32_t count, capacity;
    load_part *parts;
    uint32_t part_count, part_capacity;
    sipcause_refinement *refinements; /* the items as the builder takes them, their lists in the arrays below */
    uint32_t refinement_capacity;
    const char **texts;
    uint32_t text_capacity;
    sipcause_code *codes;
    uint32_t code_capacity;
    uint16_t *warnings;
    uint32_t warning_capacity;
    sipcause_translation *translations;
    uint32_t translation_capacity;
} when_list;

/* A file on the way up a chain of `extends`. */
typedef struct load_file {
    const char *path;
    uint64_t device, number;       /* which file it is, whatever its name */
    size_t length;                 /* of the files up to it but the first, which nobody extends */
    const struct load_file *below; /* the one that extends it; NULL: it was asked for */
} load_file;

/* What a reader returns when the document must be read again, stage by stage; beside SIPCAUSE_OK and
 * the negative errors. */
enum { LOAD_AGAIN = 1 };

typedef struct loader {
    yaml_events *events;
    sipcause_report *report; /* what is wrong is found here, and reading goes on behind it; NULL: it ends there */
    bool silent;             /* ... but not in this pass, which comes upon what an earlier one has told */
    bool incomplete;         /* something was left out */
    bool unsure;             /* ... on which it depends what dispositions there are */
    bool unread;             /* what the file extends: nobody knows what is inherited */
    bool trunk;              /* it is a trunk object */
    const struct row_target *about; /* what the row that is wrong is for; NULL: it is not known */
    const sipcause_table *extended; /* what the file says that it extends; NULL: nothing */
    said_at extends;                /* where it says so; line 0: nowhere */
    sipcause_error *error;          /* never NULL */
    sipcause_builder *builder;      /* NULL until something is to be built */
    const char *file;
    const load_file *from; /* NULL: bytes from memory, which have no folder */
    sipcause_table *base;  /* what a file is extended from, read once */
    size_t length;         /* of the document */
    scratch kept;
    when_list when;
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

/* ---- load_file.c ------------------------------------------------------------------------------------ */

/* The table of a document; from: NULL where bytes are from memory. error is not NULL and has been cleared. report: what
 * is wrong goes there, and the table is made of what is right; NULL: the first error ends it. */
sipcause_table *load_document(const void *bytes, size_t length, const char *name, const load_file *from,
                              sipcause_report *report, sipcause_error *error);
/* The table of the file that `extends` names, once loaded and then kept; NULL with the error set. */
const sipcause_table *load_extended(loader *load, const event *path);

/* ---- load.c ----------------------------------------------------------------------------------------- */

/* load_report.c: what a reader does about a part that has failed: with a report it is told there, and passed over.
 * depth: load_depth of where to go on. Returns SIPCAUSE_OK when reading goes on. */
int load_recover(loader *load, int result, uint32_t depth);
/* The same about a row. */
int load_recover_row(loader *load, int result, const struct row_target *about, uint32_t depth);
/* How many collections are open: that of the keys or items of the innermost one. */
uint32_t load_depth(const loader *load);
/* The same at the end of a document that ended with an error. SIPCAUSE_OK: what stood before it makes a table. */
int load_end(loader *load, int result);
/* Finds what is wrong with the table that the document made. */
void load_validate(const loader *load, const sipcause_table *table);

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
__attribute__((cold, format(printf, 4, 5)))
#endif
int load_fail(loader *load, place at, int code, const char *format, ...);
/* The same with a second place. */
int load_fail_twice(loader *load, place at, place first, const char *key);
/* Adds to an error what to write instead. Returns result. */
int load_suggest(loader *load, const char *suggestion, int result);
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
/* A word of a closed list; negative: an error that names the nearest, or all. */
int load_word(loader *load, const event *scalar, const char *list, const word *words, size_t count);

/* Begins the list after a key. *open: there are items; else it was empty. `key:` says nothing, `key: []` says
 * that there are none. */
int load_list(loader *load, const event *key, bool *open);
/* The next item of the list that was begun. Returns 1; 0 at its end; negative: an error. */
int load_list_item(loader *load, event *now, const char *what);
/* Begins the mapping after a key; *open as above. takes: what the key takes, for the message. */
int load_open_mapping(loader *load, const char *takes, bool *open);

/* Copies a scalar's text; 0 when memory is short. */
kept_at load_keep(loader *load, const event *scalar);
const char *load_kept(const loader *load, kept_at at); /* NULL for 0 */

/* ---- load_item.c ------------------------------------------------------------------------------------- */

/* The keys of rows, `when` items, dispositions, cause headers and interworking rules. */
enum field {
    FIELD_DISPOSITION,
    FIELD_OUTCOME,
    FIELD_PARTY,
    FIELD_ROUTE,
    FIELD_CAPPED,
    FIELD_UNINFORMATIVE,
    FIELD_NAME,
    FIELD_NOTE,
    FIELD_WHEN,
    FIELD_PARAM,
    FIELD_SPACE,
    FIELD_URI_PARAM,
    FIELD_CAUSE, /* of interworking, as the following */
    FIELD_STATUS,
    FIELD_TO_LOCATION,
    FIELD_REDRESS,
    FIELD_PHRASE, /* conditions from here on */
    FIELD_TEXT,
    FIELD_LOCATION,
    FIELD_METHOD,
    FIELD_ANSWERED,
    FIELD_ALERTED,
    FIELD_PROGRESSED,
    FIELD_NOTICE,
    FIELD_WARNING,
    FIELD_DIAGNOSTIC,
    FIELD_CODING,
    FIELD_CODE, /* the name of a space */
    FIELD_COUNT
};
#define FIELD(name) (1u << FIELD_##name)
#define FIELDS_OF_ROW                                                                                                  \
    (FIELD(DISPOSITION) | FIELD(OUTCOME) | FIELD(PARTY) | FIELD(ROUTE) | FIELD(CAPPED) | FIELD(UNINFORMATIVE) |        \
     FIELD(NAME) | FIELD(NOTE))
#define FIELDS_OF_CONDITION                                                                                            \
    (FIELD(PHRASE) | FIELD(TEXT) | FIELD(LOCATION) | FIELD(METHOD) | FIELD(ANSWERED) | FIELD(ALERTED) |                \
     FIELD(PROGRESSED) | FIELD(NOTICE) | FIELD(WARNING) | FIELD(DIAGNOSTIC) | FIELD(CODING) | FIELD(CODE))

/* A mapping of such keys. */
typedef struct item {
    kept_at text[FIELD_COUNT];   /* 0: not said */
    uint32_t value[FIELD_COUNT]; /* of true and false: 1 and 2; else its number, or the bits of a list */
    place key[FIELD_COUNT];      /* line 0: not said */
    place at[FIELD_COUNT];
    place code_key[SPACES_MOST]; /* of the spaces that are conditions; only where key[FIELD_CODE] is said */
} item;

/* An item of `when`, or what an interworking row says itself. */
typedef struct when_item {
    place at;
    place said; /* where its disposition stands; line 0: nowhere */
    kept_at disposition, outcome, party, route, name, note;
    uint32_t first_part, part_count;
    uint16_t locations, methods, codings, to;
    uint8_t uninformative, capped, answered, alerted, progressed, notice, diagnostic;
    uint8_t to_location, redress;
    bool conditional; /* else it always holds */
} when_item;

/* A location by name; negative: an error. */
int load_location(loader *load, const event *scalar);
/* Reads a mapping that has begun. what: for messages; fields: 1 << enum field of those allowed. */
int load_item(loader *load, const char *what, uint32_t fields, item *read);
/* The same where `when` items have other fields than those of a row. */
int load_item_of(loader *load, const char *what, uint32_t fields, uint32_t when_fields, item *read);
/* What the row of an item says; its texts are kept ones. */
sipcause_row load_says(const loader *load, const item *said);

/* ---- load_when.c ------------------------------------------------------------------------------------- */

/* Reads a condition's value, one or a list, after its key. field: FIELD_PHRASE and so on. */
int load_condition(loader *load, enum field field, const event *key, item *read);
/* Reads the list after `when`; fields: those of an item beside its conditions. */
int load_when(loader *load, const event *key, uint32_t fields);
/* Forgets the items of the row before. */
void load_when_clear(loader *load);
/* Appends an item. False when memory is short. */
bool load_when_add(loader *load, const item *said, place at, uint32_t first_part);
/* The items as the builder takes them; NULL when there are none, or memory is short (*result says). */
const sipcause_refinement *load_refinements(loader *load, int *result);
/* The place of an item that an error of the builder speaks of, or of its disposition; its line and column are in the
 * error. */
place load_when_place(const loader *load, const sipcause_error *error, place otherwise);

/* ---- load_row.c -------------------------------------------------------------------------------------- */

/* What a row is for. */
typedef struct row_target {
    enum { ROW_CODE, ROW_WORD, ROW_CLASS, ROW_DEFAULT, ROW_NO_CAUSE, ROW_LOCAL } kind;
    sipcause_code code; /* value: the class' hundreds, the situation */
    place at;
    char own[32]; /* ROW_WORD: NUL-terminated */
} row_target;

/* Puts a row into the builder. said: where its disposition stands, if it has one. */
int load_put(loader *load, const row_target *target, sipcause_row *says, place said);
/* Reads the row after its key. */
int load_row(loader *load, const row_target *target);
/* A carrier's number as nearly all are written: one to nine digits that do not begin with 0. False: ask load_target. */
static inline bool load_short_target(const event *key, row_target *target)
{
    uint32_t number = 0;
    if (key->length < 1 || key->length > 9 || key->text[0] == '0')
        return false;
    for (size_t i = 0; i < key->length; i++) {
        unsigned digit = (unsigned)(key->text[i] - '0');
        if (digit > 9)
            return false;
        number = number * 10 + digit;
    }
    target->kind = ROW_CODE;
    target->code = (sipcause_code){SIPCAUSE_SPACE_CARRIER, 0, number};
    target->at = key->at;
    return true;
}
/* The number, class, name or word that a key under a space is. */
int load_target(loader *load, uint32_t space, const event *key, row_target *target);
/* The same for a value that is one code, no class. *own: the carrier's word where it is none. */
int load_code(loader *load, uint32_t space, const event *value, row_target *target);

/* When result says that a code is of the other space, what to do about it instead of writing it under that. Returns
 * result. */
int load_advise(loader *load, int result, const char *advice);

/* ---- load_map.c, load_list.c, load_setting.c, load_interwork.c, load_mapping.c, load_trunk.c -------------------- */

int load_map(loader *load, const event *key);
int load_dispositions(loader *load, const event *key);
int load_cause_headers(loader *load, const event *key);
int load_precedence(loader *load, const event *key);
int load_ignore_reason(loader *load, const event *key);
int load_check(loader *load, const event *key);
int load_effective(loader *load, const event *key);
int load_interworking(loader *load, const event *key);
/* A cause value or a status that an interworking rule answers with, 0: none; negative: an error. */
int load_answer(loader *load, uint32_t space, const event *value);
/* `sipcause: 1`. */
int load_version(loader *load, const event *key);
/* A mapping file; its root has begun, and this is its first key. */
int load_mapping(loader *load, const event *first);
/* A trunk object, from its beginning. */
int load_trunk(loader *load);

#endif
