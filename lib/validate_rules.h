/*
 * validate_rules.h - the rules that the list of validate.c names, by the file that they are in. Private.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_VALIDATE_RULES_H
#define SIPCAUSE_VALIDATE_RULES_H

#include "validate.h"

/* validate_space.c */
void validate_status_in_cause(validation *now, const subject *of);
void validate_cause_in_status(validation *now, const subject *of);

#endif
