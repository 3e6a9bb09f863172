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

/* ---- yaml_write.c: what stands behind the keys of settings, in one line ---------------------------------- */

void yaml_disposition(yaml *to, const disposition *own);
void yaml_headers(yaml *to, const sipcause_table *table);
void yaml_precedence(yaml *to, const sipcause_table *table);
void yaml_ignored(yaml *to, const sipcause_table *table);
void yaml_effective(yaml *to, const sipcause_table *table); /* not SIPCAUSE_ALWAYS */

/* ---- yaml_rows.c --------------------------------------------------------------------------------------- */

void yaml_condition(yaml_keys *keys, const condition *when);
/* `map` and all in it. */
void yaml_map(yaml *to, const sipcause_table *table);
/* What stands behind a row's key, in one line. whole: with what its disposition says already. */
void yaml_row(yaml *to, const sipcause_table *table, const row *of, bool whole);

/* ---- yaml_interwork.c ------------------------------------------------------------------------------------ */

void yaml_interworking(yaml *to, const interwork_rules *rules);
/* Of the rules, how many are of the code of the first. */
uint32_t yaml_rules_count(const interwork_rule *rules, uint32_t count);
/* The key of such rules, and what stands behind it, in one line. */
void yaml_from(yaml *to, bool to_isup, uint32_t from);
void yaml_rules(yaml *to, bool to_isup, const interwork_rule *rules, uint32_t count);
/* The key of a location that is told; NULL: none is of those hundreds. */
enum { LOCATIONS_TOLD = 7 };
const char *yaml_location_key(uint32_t hundreds);

#endif
