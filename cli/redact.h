/*
 * redact.h - --redact: what is private is replaced by what says only its kind and number.
 *
 * What goes out to people or as JSON goes through redact_text at the door (output.c, json.c, main.c), so that no
 * subcommand has to think of it; it must do so once, and before anything is cut.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_REDACT_H
#define SIPCAUSE_REDACT_H

#include "sipcause.h"

/* From now on. */
void redact_begin(void);

/* The text with placeholders in it, valid until the next call; without --redact the text itself. */
sipcause_slice redact_text(const char *bytes, size_t length);

/* Whether --redact is wanted. */
bool redact_wanted(void);

/* Whether a number of a message is one that redact_text would replace. */
bool redact_hides(uint64_t number);

#endif
