/*
 * finding.h - what is wrong with a mapping file, for people and as JSON.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_FINDING_H
#define SIPCAUSE_FINDING_H

#include "sipcause.h"
#include "source_line.h"

/* "file:line:column: severity: sentence [rule]", and the second place in a line of its own. file: whose it is.
 * of: shows the lines that it speaks of; NULL: they are not wanted. */
void finding_text(const sipcause_finding *finding, const char *file, source *of);
void finding_json(const sipcause_finding *finding, const char *file);

#endif
