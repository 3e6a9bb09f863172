/*
 * validate.h - what the rules on mapping files and tables are given, and what they are. Private.
 *
 * A rule is a function that looks at one thing and adds a finding where it is wrong. All of them stand in the list of
 * validate.c; which file they are in goes by what they are about.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_VALIDATE_H
#define SIPCAUSE_VALIDATE_H

#include "report.h"

/* What is validated. */
typedef struct validation {
    sipcause_report *report;
    const sipcause_table *table;
    const sipcause_table *extended; /* what its rows replace: a file's table or a profile; NULL: nothing is known, or it
                                       extends nothing */
    said_at extends;                /* where it says what it extends; line 0: nowhere */
    const char *file; /* whose rows are looked at; "": a builder's without a name, "built-in": a profile's */
    bool trunk;       /* it is a trunk object: its numbers stand after sipCauseCode */
    bool whole;       /* nothing was left out for an error: what is missing is missing */
} validation;

/* A row of the file, or an item of its `when`. */
typedef struct subject {
    const row *row;
    const refinement *item;      /* NULL: the row itself */
    const sipcause_entry *entry; /* the item's or the row's. Of a row that is mapped under conditions only it is asked
                                    about with disposition NULL */
    uint32_t index;              /* the item's, from 0 */
} subject;

/* A rule of interworking of the file. */
typedef struct crossing {
    bool to_isup;
    const interwork_rule *rule;
} crossing;

/* What the rule is asked about: each row and item, each interworking rule, or the table as a whole, once. The functions
 * hold for what they are given alone, and are not called when the rule is off. */
typedef struct rule_asked {
    uint32_t rule;
    void (*of_row)(validation *now, const subject *of);
    void (*of_crossing)(validation *now, const crossing *of);
    void (*of_table)(validation *now);
} rule_asked;

/* validate.c */
/* Asks all rules; what was found is in the report. */
void validate_all(validation *now);
/* A finding about a row or an item, at its place, with its code; the caller may change more of it. */
finding_of validate_at(const validation *now, uint32_t rule, const subject *of);
/* The same about an interworking rule. */
finding_of validate_crossing_at(const validation *now, uint32_t rule, const crossing *of);
/* The same about the table as a whole. */
finding_of validate_table_at(const validation *now, uint32_t rule);
/* Whether an entry is of the file that is validated, and not inherited. */
bool validate_own(const validation *now, const sipcause_entry *entry);

#endif
