/*
 * reason_check.c - the strict reading of a Reason header: the lenient one of reason.c, stopped at the first thing that
 * it would have named.
 *
 * SPDX-License-Identifier: MIT
 */
#include "reason.h"

/* What is wrong with the meaning of a value; the other findings are the grammar's, which has their place. */
#define OF_MEANING                                                                                                     \
    (FINDING(CAUSE_OUT_OF_RANGE) | FINDING(CAUSE_ZERO) | FINDING(DUPLICATE_PROTOCOL) | FINDING(UNKNOWN_PROTOCOL) |     \
     FINDING(UNKNOWN_LOCATION) | FINDING(UNASSIGNED_STATUS) | FINDING(SIP_CAUSE_IS_Q850) |                             \
     FINDING(Q850_CAUSE_IS_STATUS) | FINDING(FREESWITCH_NUMBER))

static uint32_t first_rule(uint64_t findings)
{
    for (uint32_t rule = 1; rule < 64; rule++) /* those that have a bit */
        if ((findings >> rule & 1) && rule_severities[rule] >= SIPCAUSE_SEVERITY_WARNING)
            return rule;
    return 0;
}

/* Where a value's meaning is wrong: at its cause, its location, or, as to its protocol, where it begins. */
static const char *place_of(const sipcause_reason *reason, uint32_t rule)
{
    const char *wanted = rule == SIPCAUSE_RULE_UNKNOWN_LOCATION ? "location"
                         : rule == SIPCAUSE_RULE_UNKNOWN_PROTOCOL || rule == SIPCAUSE_RULE_DUPLICATE_PROTOCOL ? NULL
                                                                                                              : "cause";
    size_t position = 0;
    sipcause_slice name, content;
    while (wanted && sipcause_reason_parameter(reason, &position, &name, &content))
        if (text_same_name(name.text, name.length, wanted))
            return name.text;
    return reason->protocol.text;
}

static int refuse(sipcause_error *error, const char *from, const char *at, const sipcause_reason *reason, uint32_t rule)
{
    char sentence[400];
    size_t offset = (size_t)(at - from);
    sipcause_reason_sentence(reason, rule, sentence, sizeof sentence);
    error_set(error, SIPCAUSE_ERROR_VALUE, 1, (uint32_t)(offset < UINT32_MAX ? offset + 1 : UINT32_MAX), "%s [%s]",
              sentence, sipcause_rule_name(rule));
    if (error)
        error->offset = offset;
    return SIPCAUSE_ERROR_VALUE;
}

int sipcause_reason_check(const char *value, size_t length, sipcause_error *error)
{
    sipcause_reason_iterator iterator;
    sipcause_reason reason;
    bool more;
    error_clear(error);
    if (!value)
        return error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no header value");
    sipcause_reason_begin(&iterator, value, length);
    do {
        more = sipcause_reason_next(&iterator, &reason);
        uint64_t first = iterator.reserved[REASON_FIRST];
        uint32_t meant = more ? first_rule(reason.findings & OF_MEANING) : 0;
        const char *place = (const char *)(uintptr_t)iterator.reserved[REASON_PLACE];
        const char *meaning = meant ? place_of(&reason, meant) : NULL;
        if (first && !(meaning && meaning < place)) { /* what was dropped may have no value behind it */
            bool of_value = more && place >= reason.protocol.text;
            return refuse(error, value, place, of_value ? &reason : NULL, first_rule(first));
        }
        if (meaning)
            return refuse(error, value, meaning, &reason, meant);
    } while (more);
    return SIPCAUSE_OK;
}
