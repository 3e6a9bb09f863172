/*
 * survey.h - what the files of the survey share. Private.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_SURVEY_H
#define SIPCAUSE_SURVEY_H

#include "internal.h"

enum {
    SURVEY_VERSION = 1,       /* of the saved form */
    SURVEY_CARRIER_MOST = 63, /* bytes of a code that a call brings, as in a verdict */
    SURVEY_TEXT_MOST = 127,   /* ... of a text in a saved survey: a word whose numbers are redacted is longer */
    SURVEY_FILE_LARGEST = 32 * 1024 * 1024 /* bytes: above SIPCAUSE_SURVEY_MOST rows of the longest texts */
};
#define SURVEY_CALLS_MOST                                                                                              \
    ((UINT64_C(1) << 53) - 1) /* integers that every JSON reader reads exactly, RFC 8259 section 6 */

/* The keys of a saved survey, of a row and of its reason, in the order in which they are written. */
enum survey_key { KEY_SURVEY, KEY_CALLS, KEY_OTHER, KEY_ROWS, SURVEY_KEYS };
enum row_key {
    ROW_CALLS,
    ROW_METHOD,
    ROW_ANSWERED,
    ROW_STATUS,
    ROW_Q850,
    ROW_LOCATION,
    ROW_CARRIER,
    ROW_HEADER,
    ROW_REASON,
    ROW_KEYS
};
enum reason_key { REASON_SPACE, REASON_VALUE, REASON_KEYS };
extern const char *const survey_keys[SURVEY_KEYS], *const survey_row_keys[ROW_KEYS],
                                                       *const survey_reason_keys[REASON_KEYS];

/* Counts so many calls of a kind; seen->calls is not looked at. Returns SIPCAUSE_OK, or _MEMORY, _RANGE: nothing has
 * changed then. */
int survey_count(sipcause_survey *survey, const sipcause_observation *seen, uint64_t calls);
/* Counts calls of no kind that is kept. */
int survey_count_other(sipcause_survey *survey, uint64_t calls);
/* What an observation is that says nothing. */
sipcause_observation survey_nothing(void);

#endif
