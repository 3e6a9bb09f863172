/*
 * yaml_write.h - a table on its way into the text of a mapping file. Private.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_YAML_WRITE_H
#define SIPCAUSE_YAML_WRITE_H

#include "internal.h"

enum { YAML_WIDTH = 100 }; /* the columns that a mapping in one line may take */

typedef struct yaml {
    writer out;
    bool unsayable; /* something cannot be said in a mapping file */
} yaml;

/* A mapping or list that is being written. */
typedef struct yaml_keys {
    yaml *to;
    unsigned indent; /* of its keys, one a line; 0: all of it in one line, {a: b, c: d} */
    bool any;
} yaml_keys;

/* ---- yaml_text.c --------------------------------------------------------------------------------------- */

/* A new line and blanks. */
void yaml_line(yaml *to, unsigned indent);
/* Somebody's text, quoted where it must be; an empty one cannot be said. */
void yaml_text(yaml *to, const char *text);
/* The next key and its colon; a list in one line is written with key NULL. */
void yaml_key(yaml_keys *keys, const char *key);
void yaml_word(yaml_keys *keys, const char *key, const char *ours); /* a word of ours: plain */
void yaml_pair(yaml_keys *keys, const char *key, const char *text); /* somebody's text */
void yaml_truth(yaml_keys *keys, const char *key, bool value);

/* ---- yaml_rows.c --------------------------------------------------------------------------------------- */

void yaml_condition(yaml_keys *keys, const condition *when);
/* `map` and all in it. */
void yaml_map(yaml *to, const sipcause_table *table);

/* ---- yaml_interwork.c ------------------------------------------------------------------------------------ */

void yaml_interworking(yaml *to, const interwork_rules *rules);

#endif
