/*
 * validate_standard.h - what the rules on meanings ask of the standards, and of what the file extends. Private.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_VALIDATE_STANDARD_H
#define SIPCAUSE_VALIDATE_STANDARD_H

#include "validate.h"

/* The row of a code, or of SPACE_FALLBACK, in the profile "default"; NULL: the standards do not know it. */
const row *standard_row(sipcause_code code);
/* What it means there; NULL: nothing, or under conditions only. */
const sipcause_entry *standard_entry(sipcause_code code);
/* Whether an outcome is that of a call that failed: neither one that went well or elsewhere, nor one that the caller
 * took back, nor one of which nothing is known. */
bool outcome_failed(uint32_t outcome);

/* The row of the same code in the table that the file extends; NULL: none, or nothing is extended. */
const row *extended_row(const validation *now, const row *of);
/* Whether a row only means what the one meant that it replaces: it is the other file's to mend then. */
bool meaning_inherited(const validation *now, const row *of);
/* Whether the file says for the code by itself what it means: in its row, unless that only repeats what the table means
 * that it extends, or in an item whose conditions tell no more than how far the call had come. A meaning that is marked
 * uninformative is a stopgap, and claims nothing. */
bool meant_by_code(const validation *now, const subject *of);
/* Whether a condition looks at more than how far the call had come: at what some message says. */
bool condition_tells(const condition *when);

/* For sentences: sip:404 "Not Found". Room for 160 bytes. */
enum { SHOWN_CODE = 160 };
const char *show_code(const validation *now, sipcause_code code, char text[SHOWN_CODE]);
/* What to write instead of a row or an item: the disposition. Room for 200 bytes. */
enum { SUGGESTED = 200 };
const char *suggest_meaning(const validation *now, const subject *of, const char *label, char text[SUGGESTED]);

#endif
