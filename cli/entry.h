/*
 * entry.h - a table's row as JSON and as a line for people; lookup and show share it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_ENTRY_H
#define SIPCAUSE_ENTRY_H

#include "sipcause.h"

/* {"code","mapped","disposition","name","outcome","party","route"}; entry NULL: not mapped. */
void entry_json(const char *code, const sipcause_entry *entry, const char *name);
/* The same of a mapped row with "note" and "when", the number of its meanings under conditions. */
void entry_json_whole(const char *code, const sipcause_entry *entry, const char *name);

/* The columns of the same. */
typedef struct entry_columns {
    size_t code;
    size_t disposition;
} entry_columns;

/* The widest disposition that the table knows, but no more than 40: labels of one's own may be
 * long. */
size_t disposition_columns(const sipcause_table *table);
void entry_head(entry_columns columns);
void entry_text(entry_columns columns, const char *code, const sipcause_entry *entry, const char *name);
/* The same with a hint at the meanings under conditions. */
void entry_text_whole(entry_columns columns, const char *code, const sipcause_entry *entry, const char *name);

#endif
