/*
 * report.h - findings on their way into a report. Private.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_REPORT_H
#define SIPCAUSE_REPORT_H

#include "internal.h"

/* What a finding is about, and where. Zero it, then fill in what is known. */
typedef struct finding_of {
    uint32_t rule;
    const sipcause_table *table; /* whose severities hold, and whose words a code may be; NULL: "default" */
    const char *file;            /* NULL: evidence of a call */
    said_at at, second;
    sipcause_code code;     /* of SPACE_FALLBACK and SIPCAUSE_SPACE_TOKEN too; space none: none */
    const char *code_text;  /* NULL: that of the code */
    const char *suggestion; /* NULL or "": none */
    uint16_t severity;      /* the rule's own in this case; 0: as the rule has it */
    bool blocks;            /* the file cannot be loaded with it: an error, whatever is set */
} finding_of;

/* Adds a finding, unless its rule is off. When memory is short the report remembers it. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
void report_add(sipcause_report *report, const finding_of *of, const char *sentence, ...);
/* Whether a finding of the rule would be kept at all: for rules that cost something to ask. */
bool report_wants(const sipcause_report *report, const sipcause_table *table, uint32_t rule);

/* For a rule that could not be asked because memory was short. */
void report_short(sipcause_report *report);

/* A call that fills a report adds all that it finds, in the order of their places, or, when memory is short,
 * nothing. report_end returns result, or SIPCAUSE_ERROR_MEMORY when memory was short. */
typedef struct report_mark {
    uint32_t count;
    uint64_t severities[4];
} report_mark;
report_mark report_begin(sipcause_report *report);
/* Where it stands, and back to there; NULL is accepted. */
report_mark report_here(const sipcause_report *report);
void report_back(sipcause_report *report, report_mark mark);
int report_end(sipcause_report *report, report_mark mark, int result);

/* What traffic the report is held against; NULL: none. */
const sipcause_survey *report_survey(const sipcause_report *report);

#endif
