/*
 * validate_number.c - numbers that fit into the range of their space, and that nobody has assigned a meaning there.
 *
 * Vendors do send some of them. Whoever means such a one says so with a name: of its own beside it, and is not asked
 * again wherever the number stands. Of one number one rule speaks: one that is a Q.850 cause value is cause-in-status',
 * one that FreeSWITCH has for its own causes freeswitch-number's, the rest is unassigned-status'.
 *
 * SPDX-License-Identifier: MIT
 */
#include "validate_rules.h"

#include <stdio.h>

/* FreeSWITCH's own causes stood on 500 to 503 and 600 to 624 until then (data/freeswitch.csv). */
static const char moved[] = "2022-06-07";

static const char *freeswitch_name(uint32_t value)
{
    return sipcause_code_name(sipcause_code_make(SIPCAUSE_SPACE_FREESWITCH, value));
}

/* The number that FreeSWITCH has now for the cause of this name. */
static uint32_t freeswitch_now(const char *name)
{
    for (size_t i = standard_names_count; i-- > 0;)
        if (standard_names[i].space == SIPCAUSE_SPACE_FREESWITCH && standard_names[i].key &&
            validate_same_name(standard_names[i].name, name))
            return standard_names[i].value;
    return 0;
}

/* Neither a standard nor the table names it; a row that was left out for an error may do so. */
static bool nameless(const validation *now, sipcause_code code)
{
    if (sipcause_code_name(code))
        return false;
    const row *mapped = table_row(now->table, code);
    return mapped ? !mapped->entry.name : now->whole;
}

/* ---- freeswitch-number ------------------------------------------------------------------------------------- */

/* A number that it has now, and no number of SIP's: 142. */
static bool freeswitch_alone(const validation *now, uint32_t status)
{
    const char *own = nameless(now, sipcause_status(status)) ? freeswitch_name(status) : NULL;
    return own && freeswitch_now(own) == status;
}

bool validate_meant_for_freeswitch(const validation *now, const subject *of)
{
    uint32_t value = of->row->code.value;
    const char *own = of->row->code.space == SIPCAUSE_SPACE_SIP ? freeswitch_name(value) : NULL;
    if (!own)
        return false;
    if (sipcause_code_name(sipcause_status(value)) && freeswitch_now(own) == value)
        return false; /* 487, which FreeSWITCH took over from SIP */
    own_names said = validate_own_names(now, of);
    return freeswitch_alone(now, value) || (said.name && validate_same_name(said.name, own)) ||
           (said.label && validate_same_name(said.label, own));
}

static void freeswitch_row(validation *now, const subject *of)
{
    char suggestion[SUGGESTED_ROW], number[64] = "";
    if (!validate_meant_for_freeswitch(now, of))
        return;
    uint32_t value = of->row->code.value;
    const char *status = sipcause_code_name(sipcause_status(value)), *own = freeswitch_name(value);
    finding_of found =
        validate_row_at(now, SIPCAUSE_RULE_FREESWITCH_NUMBER, of, SIPCAUSE_SPACE_FREESWITCH, value, suggestion);
    if (freeswitch_now(own) != value)
        snprintf(number, sizeof number, " (%u since %s)", (unsigned)freeswitch_now(own), moved);
    if (status)
        report_add(now->report, &found,
                   "%u is SIP status \"%s\"; %s is FreeSWITCH's own cause of that number%s. Write it under "
                   "freeswitch:, or calls with the status are taken for it",
                   (unsigned)value, status, own, number);
    else
        report_add(now->report, &found,
                   "%u is FreeSWITCH's own number of %s%s, and no SIP status code. Write it under freeswitch:",
                   (unsigned)value, own, number);
}

void validate_freeswitch_number(validation *now, const subject *of)
{
    uint32_t at = 0, value;
    char suggestion[64];
    if (!of->item)
        freeswitch_row(now, of);
    while (of->item && validate_next_condition(of, SIPCAUSE_SPACE_SIP, &at, &value)) {
        if (!freeswitch_alone(now, value))
            continue;
        finding_of found = validate_condition_at(now, SIPCAUSE_RULE_FREESWITCH_NUMBER, of, SIPCAUSE_SPACE_FREESWITCH,
                                                 value, suggestion);
        report_add(now->report, &found,
                   "the condition sip: %u waits for a number that is FreeSWITCH's own, of %s, and no SIP status code. "
                   "Write freeswitch: %u",
                   (unsigned)value, freeswitch_name(value), (unsigned)value);
    }
}

/* ---- unassigned-status ------------------------------------------------------------------------------------- */

static bool unassigned_status(const validation *now, uint32_t value)
{
    return nameless(now, sipcause_status(value)) && !sipcause_code_name(sipcause_q850(value)) &&
           !freeswitch_alone(now, value);
}

/* ", FreeSWITCH's ATTENDED_TRANSFER of before 2022-06-07 under freeswitch:" */
static const char *other_reading(uint32_t value, const char *where, char text[128])
{
    const char *own = freeswitch_name(value);
    *text = 0;
    if (own)
        snprintf(text, 128, ", FreeSWITCH's %s of before %s %s", own, moved, where);
    return text;
}

static void unassigned_status_row(validation *now, const subject *of)
{
    uint32_t value = of->row->code.value;
    char suggestion[SUGGESTED_ROW], other[128];
    if (of->row->code.space != SIPCAUSE_SPACE_SIP || !unassigned_status(now, value) ||
        validate_meant_for_freeswitch(now, of))
        return;
    finding_of found =
        validate_row_at(now, SIPCAUSE_RULE_UNASSIGNED_STATUS, of, SIPCAUSE_SPACE_CARRIER, value, suggestion);
    if (of->entry->flags & SIPCAUSE_ENTRY_UNINFORMATIVE) /* nobody says so of a code that tells something */
        found.suggestion = "name: ...";
    report_add(now->report, &found,
               "%u is no registered SIP status code. A carrier's cause value belongs under carrier:%s; to a status "
               "that a vendor sends all the same give a name: of its own",
               (unsigned)value, other_reading(value, "under freeswitch:", other));
}

void validate_unassigned_status(validation *now, const subject *of)
{
    uint32_t at = 0, value;
    char suggestion[64], other[128];
    if (!of->item)
        unassigned_status_row(now, of);
    while (of->item && validate_next_condition(of, SIPCAUSE_SPACE_SIP, &at, &value)) {
        if (!unassigned_status(now, value))
            continue;
        finding_of found =
            validate_condition_at(now, SIPCAUSE_RULE_UNASSIGNED_STATUS, of, SIPCAUSE_SPACE_CARRIER, value, suggestion);
        report_add(now->report, &found,
                   "the condition sip: %u waits for a status code that is not registered. A carrier's cause value is "
                   "asked for with carrier:%s",
                   (unsigned)value, other_reading(value, "with freeswitch:", other));
    }
}

/* Whether this is the first rule of its row that asks for, or answers with, its number. */
static bool first_of_row(const validation *now, const crossing *of, bool answer)
{
    const interwork_rules *all = now->table->interwork;
    const interwork_rule *first = of->to_isup ? all->to_isup : all->to_sip, *before = of->rule - 1;
    return of->rule == first || before->from != of->rule->from || (answer && before->to != of->rule->to);
}

void validate_unassigned_status_crossing(validation *now, const crossing *of)
{
    bool answer = !of->to_isup;
    uint32_t value = answer ? of->rule->to : of->rule->from;
    if (value < 300 || !unassigned_status(now, value) || !first_of_row(now, of, answer))
        return;
    finding_of found = validate_crossing_at(now, SIPCAUSE_RULE_UNASSIGNED_STATUS, of);
    if (answer)
        report_add(now->report, &found,
                   "%u is no registered SIP status code: who gets it takes it for %u (RFC 3261 section 8.1.3.2). Send "
                   "a registered one",
                   (unsigned)value, (unsigned)(value / 100 * 100));
    else
        report_add(now->report, &found,
                   "%u is no registered SIP status code, so that the rule waits for a response that is not sent. A "
                   "carrier's cause value has no rule here; a status that a vendor sends all the same is given a name: "
                   "in map: sip:",
                   (unsigned)value);
}

/* ---- unassigned-cause -------------------------------------------------------------------------------------- */

static void unassigned_cause_row(validation *now, const subject *of)
{
    uint32_t value = of->row->code.value;
    char suggestion[SUGGESTED_ROW];
    if (of->row->code.space != SIPCAUSE_SPACE_Q850 || !nameless(now, of->row->code))
        return;
    finding_of found =
        validate_row_at(now, SIPCAUSE_RULE_UNASSIGNED_CAUSE, of, SIPCAUSE_SPACE_CARRIER, value, suggestion);
    report_add(now->report, &found,
               "Q.850 assigns no cause value %u. What the carrier sends in a header of its own belongs under carrier:; "
               "to a cause value that a switch sends all the same give a name: of its own",
               (unsigned)value);
}

void validate_unassigned_cause(validation *now, const subject *of)
{
    uint32_t at = 0, value;
    char suggestion[64];
    if (!of->item)
        unassigned_cause_row(now, of);
    while (of->item && validate_next_condition(of, SIPCAUSE_SPACE_Q850, &at, &value)) {
        if (!nameless(now, sipcause_q850(value)))
            continue;
        finding_of found =
            validate_condition_at(now, SIPCAUSE_RULE_UNASSIGNED_CAUSE, of, SIPCAUSE_SPACE_CARRIER, value, suggestion);
        report_add(now->report, &found,
                   "the condition q850: %u waits for a cause value that Q.850 does not assign. What the carrier sends "
                   "in a header of its own is asked for with carrier:",
                   (unsigned)value);
    }
}

void validate_unassigned_cause_crossing(validation *now, const crossing *of)
{
    bool answer = of->to_isup;
    uint32_t value = answer ? of->rule->to : of->rule->from;
    if (!value || !nameless(now, sipcause_q850(value)) || !first_of_row(now, of, answer))
        return;
    finding_of found = validate_crossing_at(now, SIPCAUSE_RULE_UNASSIGNED_CAUSE, of);
    report_add(now->report, &found,
               answer ? "Q.850 assigns no cause value %u: no exchange behind the gateway knows what it means. Send one "
                        "that is assigned"
                      : "Q.850 assigns no cause value %u, so that the rule waits for a REL that is not sent. A cause "
                        "value that a switch sends all the same is given a name: in map: q850:",
               (unsigned)value);
}
