/*
 * lines.h - the lines of which nearly all of a trace consists, taken many at a time.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_LINES_H
#define SIPCAUSE_LINES_H

#include "scan.h"

/* Takes the lines from of->at on that are headers, SDP or empty and change nothing but what is left of a body. */
void lines_take(trace *of);

#endif
