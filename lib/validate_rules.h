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
enum { SUGGESTED_ROW = 240 }; /* bytes: the 64 of a label may become escapes that are two and a half times as long */
/* "map: {sip: {503: Network Error}}", the label in quotes where it needs them; NULL: for the reader to find. */
void validate_write_row(char text[SUGGESTED_ROW], const char *space, const char *value, const char *label);
/* A finding about a row, with the same row for another code to be written instead. */
finding_of validate_row_at(const validation *now, uint32_t rule, const subject *of, uint32_t space, uint32_t value,
                           char suggestion[SUGGESTED_ROW]);
/* The codes of one space that the conditions of an item name, from *at on; false: there is none any more. */
bool validate_next_condition(const subject *of, uint32_t space, uint32_t *at, uint32_t *value);
/* A finding about such a condition, with "carrier: 601" to be written instead. */
finding_of validate_condition_at(const validation *now, uint32_t rule, const subject *of, uint32_t space,
                                 uint32_t value, char suggestion[64]);

/* validate_number.c */
void validate_unassigned_status(validation *now, const subject *of);
void validate_unassigned_status_crossing(validation *now, const crossing *of);
void validate_freeswitch_number(validation *now, const subject *of);
void validate_unassigned_cause(validation *now, const subject *of);
void validate_unassigned_cause_crossing(validation *now, const crossing *of);
/* Whether a row under sip is meant for one of FreeSWITCH's own numbers. */
bool validate_meant_for_freeswitch(const validation *now, const subject *of);

/* validate_name.c */
void validate_name_mismatch(validation *now, const subject *of);
/* What a row says of its code itself, and did not inherit; NULL: nothing. */
typedef struct own_names {
    const char *name, *label;
} own_names;
own_names validate_own_names(const validation *now, const subject *of);
/* Whether two names are the same but for case, for blanks, hyphens and underscores, and for what stands in brackets. */
bool validate_same_name(const char *a, const char *b);

/* validate_meaning.c */
void validate_media_as_network(validation *now, const subject *of);
void validate_success_as_failure(validation *now, const subject *of);
void validate_failure_as_success(validation *now, const subject *of);

/* validate_blocking.c */
void validate_block_retried(validation *now, const subject *of);
void validate_block_as_decline(validation *now, const subject *of);
void validate_decline_as_block(validation *now, const subject *of);

/* validate_missing.c */
void validate_no_default(validation *now);
void validate_no_cause_rows(validation *now);
void validate_standard_cleared(validation *now);

/* validate_redundant.c */
void validate_redundant(validation *now, const subject *of);
void validate_redundant_rules(validation *now);

/* validate_shadowed.c */
void validate_shadowed(validation *now, const subject *of);
void validate_shadowed_rule(validation *now, const crossing *of);
void validate_spaces_left_out(validation *now);

/* validate_interwork.c */
void validate_lossy_roundtrip(validation *now, const crossing *of);
void validate_circuit_cause_to_status(validation *now, const crossing *of);
void validate_no_request_rules(validation *now);

/* validate_refusal.c */
void validate_block_retried_crossing(validation *now, const crossing *of);
void validate_block_as_decline_crossing(validation *now, const crossing *of);
void validate_decline_as_block_crossing(validation *now, const crossing *of);
void validate_location_defeats_notice(validation *now);
/* Whether cause 21 comes back as a 603+ by its location: with U, and not with every other. */
bool validate_notice_by_location(const sipcause_table *table);

/* validate_observed.c */
void validate_never_observed(validation *now);
void validate_unmapped_observed(validation *now);
void validate_wrong_space_observed(validation *now);

#endif
