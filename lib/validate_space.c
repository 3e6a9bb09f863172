/*
 * validate_space.c - a status code where a cause value belongs, and a cause value where a status code belongs.
 *
 * What fits into no range of its space is refused where it is loaded, under the same rules (code_check). Here are those
 * that fit, and are most likely confused nevertheless: whoever maps the status 503 as the carrier's cause value loses
 * the 601 that the carrier sends beside it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "validate_rules.h"
#include "yaml_write.h"

#include <stdio.h>

void validate_write_row(char text[SUGGESTED_ROW], const char *space, const char *value, const char *label)
{
    yaml to = {{text, SUGGESTED_ROW, 0}, false};
    write_text(&to.out, "map: {");
    write_text(&to.out, space);
    write_text(&to.out, ": {");
    write_text(&to.out, value);
    write_text(&to.out, ": ");
    if (label)
        yaml_text(&to, label);
    else
        write_text(&to.out, "...");
    write_text(&to.out, "}}");
    write_end(&to.out);
}

finding_of validate_row_at(const validation *now, uint32_t rule, const subject *of, uint32_t space, uint32_t value,
                           char suggestion[SUGGESTED_ROW])
{
    char number[16];
    finding_of found = validate_at(now, rule, of);
    snprintf(number, sizeof number, "%u", (unsigned)value);
    validate_write_row(suggestion, sipcause_space_name(space), number, of->entry->disposition);
    found.suggestion = suggestion;
    return found;
}

bool validate_next_condition(const subject *of, uint32_t space, uint32_t *at, uint32_t *value)
{
    const condition *when = &of->item->when;
    while (*at < when->part_count) {
        const condition_part *part = &when->parts[(*at)++];
        if (part->kind != PART_CODE || part->space != space)
            continue;
        *value = part->value;
        return true;
    }
    return false;
}

finding_of validate_condition_at(const validation *now, uint32_t rule, const subject *of, uint32_t space,
                                 uint32_t value, char suggestion[64])
{
    finding_of found = validate_at(now, rule, of);
    snprintf(suggestion, 64, "%s: %u", sipcause_space_name(space), (unsigned)value);
    found.suggestion = suggestion;
    return found;
}

/* ---- status-in-cause --------------------------------------------------------------------------------------- */

static void status_as_cause(validation *now, const subject *of)
{
    uint32_t value = of->row->code.value;
    const char *status = sipcause_code_name(sipcause_status(value));
    char suggestion[SUGGESTED_ROW];
    if (of->row->code.space != SIPCAUSE_SPACE_CARRIER || !status)
        return;
    finding_of found = validate_row_at(now, SIPCAUSE_RULE_STATUS_IN_CAUSE, of, SIPCAUSE_SPACE_SIP, value, suggestion);
    report_add(now->report, &found,
               "%u is SIP status \"%s\"; %s expects the cause value that the carrier sends in its header. "
               "To map the status, write it under map: sip:",
               (unsigned)value, status, now->trunk ? "sipCauseCode" : "map: carrier:");
}

void validate_status_in_cause(validation *now, const subject *of)
{
    uint32_t at = 0, value;
    char suggestion[64];
    if (!of->item) {
        status_as_cause(now, of);
        return;
    }
    while (validate_next_condition(of, SIPCAUSE_SPACE_CARRIER, &at, &value)) {
        const char *status = sipcause_code_name(sipcause_status(value));
        if (!status)
            continue;
        finding_of found =
            validate_condition_at(now, SIPCAUSE_RULE_STATUS_IN_CAUSE, of, SIPCAUSE_SPACE_SIP, value, suggestion);
        report_add(now->report, &found,
                   "%u is SIP status \"%s\"; the condition carrier: expects the cause value that the carrier sends in "
                   "its header. For calls with the status, write sip: %u",
                   (unsigned)value, status, (unsigned)value);
    }
}

/* ---- cause-in-status --------------------------------------------------------------------------------------- */

/* 100 to 127 can be either. No status of theirs ends a call, so that a row for one never decides. */
static void cause_as_status(validation *now, const subject *of, uint32_t value)
{
    const uint32_t rule = SIPCAUSE_RULE_CAUSE_IN_STATUS, space = SIPCAUSE_SPACE_Q850;
    char suggestion[SUGGESTED_ROW];
    const char *cause = value <= 127 ? sipcause_code_name(sipcause_q850(value)) : NULL;
    const char *status = sipcause_code_name(sipcause_status(value));
    if (!cause)
        return;
    finding_of found = of->item ? validate_condition_at(now, rule, of, space, value, suggestion)
                                : validate_row_at(now, rule, of, space, value, suggestion);
    if (status)
        report_add(now->report, &found,
                   "%u is Q.850 cause value \"%s\" as well as SIP status \"%s\", which ends no call. To map the cause "
                   "value, write it under q850:",
                   (unsigned)value, cause, status);
    else
        report_add(
            now->report, &found,
            "%u is Q.850 cause value \"%s\"; sip: expects a status code, and %u is none. To map the cause value, "
            "write it under q850:",
            (unsigned)value, cause, (unsigned)value);
}

void validate_cause_in_status(validation *now, const subject *of)
{
    uint32_t at = 0, value;
    if (!of->item && of->row->code.space == SIPCAUSE_SPACE_SIP)
        cause_as_status(now, of, of->row->code.value);
    while (of->item && validate_next_condition(of, SIPCAUSE_SPACE_SIP, &at, &value))
        cause_as_status(now, of, value);
}
