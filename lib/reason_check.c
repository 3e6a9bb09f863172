/*
 * reason_check.c - the strict reading of a Reason header: the lenient one of reason.c, stopped at the first thing that
 * it would have named.
 *
 * SPDX-License-Identifier: MIT
 */
#include "reason.h"

static uint32_t first_rule(uint64_t findings)
{
    for (uint32_t rule = 1; rule < RULES_MOST; rule++)
        if ((findings >> rule & 1) && rule_severities[rule] >= SIPCAUSE_SEVERITY_WARNING)
            return rule;
    return 0;
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
        uint32_t meant = more ? first_rule(reason.findings) : 0;
        if (first) { /* no value of its own may stand behind what was dropped */
            const char *place = (const char *)(uintptr_t)iterator.reserved[REASON_PLACE];
            bool of_value = more && place >= reason.protocol.text;
            return refuse(error, value, place, of_value ? &reason : NULL, first_rule(first));
        }
        if (meant)
            return refuse(error, value, reason.protocol.text, &reason, meant);
    } while (more);
    return SIPCAUSE_OK;
}
