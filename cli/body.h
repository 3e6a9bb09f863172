/*
 * body.h - where a body ends, and whether it is all there.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_BODY_H
#define SIPCAUSE_BODY_H

#include "scan.h"

/* What the headers say of the body: its length, its kind, and whether the message is held for it. */
void body_expect(trace *of, const sipcause_message *parts);

/* "Content-Type: message/sipfrag", the header of a part. */
bool body_is_fragment_type(const char *line, size_t length);

/* A start line in a body, whatever stands before it. */
bool body_is_start(const trace *of, const char *line, size_t length);

/* Whether the body, of which of->body bytes are to come from the line at `at` on, is all in the buffer, so that such
 * a line is its own. */
bool body_is_whole(trace *of, size_t at);

/* What a line of the body counts of its length. A line that ends in LF alone ended in CR LF on the wire. */
uint64_t body_counted(const trace *of, const char *line, size_t length, size_t whole);

#endif
