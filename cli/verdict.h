/*
 * verdict.h - a verdict as JSON and as a line for people.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_VERDICT_H
#define SIPCAUSE_VERDICT_H

#include "sipcause.h"

/* , "name":{"space":"sip","value":503}, with_source: and the source; a code of no space: null. */
void json_code(const char *name, const sipcause_table *table, sipcause_code code, const char *source, bool with_source);

/* An object without its closing brace. release: for the findings. */
void verdict_json(const sipcause_table *table, sipcause_slice call_id, const sipcause_verdict *verdict,
                  const sipcause_release *release);

/* The names of flags with commas between them; "-": none. */
void verdict_flags(uint32_t flags);

/* Columns; the head names them. disposition: the width of that column. */
void verdict_head(size_t disposition);
void verdict_text(const sipcause_table *table, size_t disposition, sipcause_slice call_id,
                  const sipcause_verdict *verdict);

#endif
