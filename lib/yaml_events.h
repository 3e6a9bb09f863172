/*
 * yaml_events.h - YAML as a stream of marked events, and the text under it. Private.
 *
 * What libyaml leaves to its callers is settled here, so that the loader sees scalars, mappings and
 * lists with true places and nothing else: no tags, anchors, aliases, second documents, keys that are
 * collections, or nesting without end.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_YAML_EVENTS_H
#define SIPCAUSE_YAML_EVENTS_H

#include "internal.h"

enum {
    YAML_LARGEST = 16 * 1024 * 1024, /* bytes of a mapping file or a trunk object */
    YAML_LEVELS_MAPPING = 8,         /* collections within each other: a mapping file, */
    YAML_LEVELS_TRUNK = 64,          /* a trunk object */
    YAML_PADDING = 16                /* libyaml looks a few bytes beyond a text's end */
};

/* Where something stands: line and column from 1, columns in bytes; offset in bytes from 0. */
typedef struct place {
    uint32_t line;
    uint32_t column;
    uint32_t offset;
} place;

/* ---- yaml_source.c: the bytes ------------------------------------------------------------------ */

/* A place that moves on with the characters libyaml counts. */
typedef struct yaml_cursor {
    uint32_t index;      /* characters of the original text before it */
    uint32_t offset;     /* bytes */
    uint32_t line;       /* from 1 */
    uint32_t line_start; /* the offset at which that line begins */
    uint32_t joins;      /* how many surrogate pairs lie before it */
} yaml_cursor;

typedef struct yaml_source {
    const unsigned char *bytes; /* as they were given; the caller's */
    size_t length;
    unsigned char *text; /* what libyaml reads: no byte order mark, surrogate pairs joined, YAML_PADDING zeros behind */
    size_t text_length;  /* in bytes */
    size_t characters;   /* ... and in characters */
    uint32_t *joins;     /* for each pair joined, the index of the character after it in text */
    uint32_t join_count;
    uint32_t join_capacity;
    uint32_t start; /* of the first character: 3 after a byte order mark */
    bool flow;      /* the document begins as JSON does */
    bool ascii;     /* characters are bytes, and libyaml's own marks are true */
    yaml_cursor cursor;
} yaml_source;

/* Checks the bytes, at most `largest` (whole MiB), and makes them ready. Returns SIPCAUSE_OK, or _TOO_LARGE, _ENCODING, _SYNTAX (control
 * characters), _MEMORY with the error set. Close it in either case. */
int yaml_source_open(yaml_source *source, const void *bytes, size_t length, size_t largest, sipcause_error *error);
void yaml_source_close(yaml_source *source);
/* Where a character of text stands in bytes. Fast while the indexes grow. */
place yaml_source_place(yaml_source *source, size_t index);
/* Where a byte stands. */
place yaml_source_place_of_byte(const yaml_source *source, size_t offset);

/* ---- yaml_events.c ------------------------------------------------------------------------------ */

enum event_kind {
    EVENT_END = 0, /* of the document; nothing may be asked for after it */
    EVENT_SCALAR,
    EVENT_MAPPING,
    EVENT_LIST,
    EVENT_CLOSE /* of the innermost mapping or list */
};

typedef struct event {
    enum event_kind kind;
    place at;
    const char *text; /* a scalar's, NUL-terminated and without other NULs; until the next event */
    size_t length;
    uint32_t depth;     /* how many collections are open around it: the root has 0, its keys 1 */
    bool key;           /* a key of a mapping */
    bool quoted;        /* a scalar that is not plain */
    uint32_t last_line; /* of a scalar that goes on there; else 0 */
} event;

typedef struct yaml_events yaml_events;

/* The bytes, at most `largest` (whole MiB), must stay until the events are closed. Returns NULL with the error set. */
yaml_events *yaml_events_open(const void *bytes, size_t length, size_t largest, sipcause_error *error);
void yaml_events_close(yaml_events *events);
/* How many levels of collections are allowed from now on. */
void yaml_events_limit(yaml_events *events, uint32_t levels);
/* Back to the beginning. */
int yaml_events_rewind(yaml_events *events, sipcause_error *error);
/* The next event. After an error every further call fails too. */
int yaml_events_next(yaml_events *events, event *now, sipcause_error *error);

/* How many collections are open. */
uint32_t yaml_events_depth(const yaml_events *events);
/* Passes over what is left of the key or item that was begun where `depth` collections were open. Fails as
 * yaml_events_next does. */
int yaml_events_pass(yaml_events *events, uint32_t depth, sipcause_error *error);
/* Whether an error has ended the reading. */
bool yaml_events_failed(const yaml_events *events);

/* error_set at a place, with its offset. */
#if defined(__GNUC__)
__attribute__((cold, format(printf, 4, 5)))
#endif
int place_fail(sipcause_error *error, place at, int code, const char *format, ...);

#endif
