/*
 * validate_condition.h - what follows from conditions alone, whatever the call. Private.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_VALIDATE_CONDITION_H
#define SIPCAUSE_VALIDATE_CONDITION_H

#include "internal.h"

/* Whether `weaker` holds whenever `stronger` does. effort: how much may still be compared, so that long lists of a
 * hostile file cost no more than their length; when it is used up the answer is no. */
bool condition_implies(const condition *stronger, const condition *weaker, uint32_t *effort);

/* The end of the list of parts that begins at `first`. */
uint32_t condition_list_end(const condition *when, uint32_t first);

/* Why a condition never holds, since one part of it excludes another; NULL: it may hold. */
const char *condition_contradicts(const condition *when);

#endif
