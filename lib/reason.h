/*
 * reason.h - what reason.c, the grammar, has of reason_value.c, the meaning.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_REASON_H
#define SIPCAUSE_REASON_H

#include "internal.h"

#define FINDING(rule) ((uint64_t)1 << SIPCAUSE_RULE_##rule)

/* Where in an iterator's reserved room stand the address of the first byte that the grammar has no place for, and the
 * finding that names it (0: none yet), and how many values were of no registered protocol. */
enum { REASON_STRANGERS = 1, REASON_PLACE = 2, REASON_FIRST = 3 };

/* So many values of no registered protocol are held against the registry: that takes longer than reading a value, and a
 * message that has more is made to take long. */
enum { REASON_STRANGERS_MOST = 8 };

/* For who asks for values and not for what is wrong with them: none is held against the registry. */
static inline void reason_begin_quietly(sipcause_reason_iterator *iterator)
{
    sipcause_reason_begin(iterator, NULL, 0);
    iterator->reserved[REASON_STRANGERS] = REASON_STRANGERS_MOST;
}

/* The length of a line end that folds, CRLF or LF before a blank; else 0. at < end. */
static inline size_t reason_fold(const char *at, const char *end)
{
    size_t line_end = end - at > 1 && at[0] == '\r' && at[1] == '\n' ? 2 : *at == '\n' ? 1 : 0;
    if (line_end == 0 || (size_t)(end - at) <= line_end)
        return 0;
    return at[line_end] == ' ' || at[line_end] == '\t' ? line_end : 0;
}

/* A quoted text as it is meant, stretch by stretch: escapes undone, folds one blank. position: 0 at first. */
bool reason_plain(const char *text, size_t length, size_t *position, sipcause_slice *run);
/* The code space of a Reason protocol in any case; SIPCAUSE_SPACE_NONE: not registered. */
uint16_t reason_space(sipcause_slice token);
/* The registered protocol that a token is near to; NULL. */
const char *reason_nearest_protocol(sipcause_slice token);
/* Holds a value's cause against its space. */
void reason_judge_cause(sipcause_reason *reason);
/* Takes the value's location where it counts. */
void reason_judge_location(sipcause_reason *reason, sipcause_slice location);

#endif
