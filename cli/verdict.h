/*
 * verdict.h - a verdict as JSON and as a line for people.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_VERDICT_H
#define SIPCAUSE_VERDICT_H

#include "sipcause.h"

/* A line of JSON. release: for the findings. */
void verdict_json(const sipcause_table *table, sipcause_slice call_id, const sipcause_verdict *verdict,
                  const sipcause_release *release);

/* Columns; the head names them. */
void verdict_head(const sipcause_table *table);
void verdict_text(const sipcause_table *table, sipcause_slice call_id, const sipcause_verdict *verdict);

#endif
