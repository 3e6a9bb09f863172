/*
 * reference_value.h - what reference_reason.h reads of a value of a Reason header.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_REFERENCE_VALUE_H
#define SIPCAUSE_REFERENCE_VALUE_H

#include "sipcause.h"

enum { REFERENCE_PARAMETERS = 64, REFERENCE_TEXT = 1024 };

typedef struct reference_value {
    sipcause_slice protocol, name[REFERENCE_PARAMETERS], content[REFERENCE_PARAMETERS], location;
    uint64_t cause;
    size_t parameters, text_length;
    bool has_cause, has_text, escapes_control; /* the last: a quoted-pair of a control character is there */
    char text[REFERENCE_TEXT];                 /* as it is meant */
} reference_value;

#endif
