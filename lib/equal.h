/*
 * equal.h - whether two tables say the same of one thing. Private.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_EQUAL_H
#define SIPCAUSE_EQUAL_H

#include "internal.h"

bool equal_names(const sipcause_table *a, const sipcause_table *b);
bool equal_dates(const sipcause_table *a, const sipcause_table *b);
bool equal_headers(const sipcause_table *a, const sipcause_table *b);
bool equal_precedence(const sipcause_table *a, const sipcause_table *b);
bool equal_ignored(const sipcause_table *a, const sipcause_table *b);
bool equal_disposition(const disposition *one, const disposition *other);
/* What rows mean, whatever their codes are. */
bool equal_meanings(const sipcause_table *a, const row *of_a, const sipcause_table *b, const row *of_b);
bool equal_rules(const interwork_rule *a, uint32_t a_count, const interwork_rule *b, uint32_t b_count);

#endif
