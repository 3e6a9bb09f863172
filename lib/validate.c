/*
 * validate.c - what is wrong with a table that loads: the list of rules, and the walk that asks them.
 *
 *     rows and items, interworking rules -> each rule that is not off -> findings
 *
 * SPDX-License-Identifier: MIT
 */
#include "release.h"
#include "validate_rules.h"

#include <string.h>

/* By number, as enum sipcause_rule has them. Those of the wire are raised where the wire is read, and what a file cannot
 * be loaded with where it is loaded. */
static const rule_asked rules[] = {
    {.rule = SIPCAUSE_RULE_UNASSIGNED_STATUS,
     .of_row = validate_unassigned_status,
     .of_crossing = validate_unassigned_status_crossing},
    {.rule = SIPCAUSE_RULE_FREESWITCH_NUMBER, .of_row = validate_freeswitch_number},
    {.rule = SIPCAUSE_RULE_STATUS_IN_CAUSE, .of_row = validate_status_in_cause},
    {.rule = SIPCAUSE_RULE_CAUSE_IN_STATUS, .of_row = validate_cause_in_status},
    {.rule = SIPCAUSE_RULE_UNASSIGNED_CAUSE,
     .of_row = validate_unassigned_cause,
     .of_crossing = validate_unassigned_cause_crossing},
    {.rule = SIPCAUSE_RULE_NAME_MISMATCH, .of_row = validate_name_mismatch},
    {.rule = SIPCAUSE_RULE_MEDIA_AS_NETWORK, .of_row = validate_media_as_network},
    {.rule = SIPCAUSE_RULE_SUCCESS_AS_FAILURE, .of_row = validate_success_as_failure},
    {.rule = SIPCAUSE_RULE_FAILURE_AS_SUCCESS, .of_row = validate_failure_as_success},
    {.rule = SIPCAUSE_RULE_BLOCK_RETRIED,
     .of_row = validate_block_retried,
     .of_crossing = validate_block_retried_crossing},
    {.rule = SIPCAUSE_RULE_BLOCK_AS_DECLINE,
     .of_row = validate_block_as_decline,
     .of_crossing = validate_block_as_decline_crossing},
    {.rule = SIPCAUSE_RULE_DECLINE_AS_BLOCK,
     .of_row = validate_decline_as_block,
     .of_crossing = validate_decline_as_block_crossing},
    {.rule = SIPCAUSE_RULE_NO_DEFAULT, .of_table = validate_no_default},
    {.rule = SIPCAUSE_RULE_NO_CAUSE_ROWS, .of_table = validate_no_cause_rows},
    {.rule = SIPCAUSE_RULE_STANDARD_CLEARED, .of_table = validate_standard_cleared},
    {.rule = SIPCAUSE_RULE_REDUNDANT, .of_row = validate_redundant, .of_table = validate_redundant_rules},
    {.rule = SIPCAUSE_RULE_SHADOWED,
     .of_row = validate_shadowed,
     .of_crossing = validate_shadowed_rule,
     .of_table = validate_spaces_left_out},
    {.rule = SIPCAUSE_RULE_LOSSY_ROUNDTRIP, .of_crossing = validate_lossy_roundtrip},
    {.rule = SIPCAUSE_RULE_NEVER_OBSERVED, .of_table = validate_never_observed},
    {.rule = SIPCAUSE_RULE_UNMAPPED_OBSERVED, .of_table = validate_unmapped_observed},
    {.rule = SIPCAUSE_RULE_WRONG_SPACE_OBSERVED, .of_table = validate_wrong_space_observed},
    {.rule = SIPCAUSE_RULE_CIRCUIT_CAUSE_TO_STATUS, .of_crossing = validate_circuit_cause_to_status},
    {.rule = SIPCAUSE_RULE_NO_REQUEST_RULES, .of_table = validate_no_request_rules},
    {.rule = SIPCAUSE_RULE_LOCATION_DEFEATS_NOTICE, .of_table = validate_location_defeats_notice},
};
enum { RULES = sizeof rules / sizeof *rules };

/* ---- places ------------------------------------------------------------------------------------------------ */

bool validate_own(const validation *now, const sipcause_entry *entry)
{
    return entry->file == now->table->file || (entry->file && strcmp(entry->file, now->file) == 0);
}

finding_of validate_table_at(const validation *now, uint32_t rule)
{
    finding_of of = {.rule = rule, .table = now->table, .file = now->file};
    return of;
}

finding_of validate_at(const validation *now, uint32_t rule, const subject *about)
{
    finding_of of = validate_table_at(now, rule);
    of.at = (said_at){about->entry->line, about->entry->column};
    of.code = about->row->code;
    return of;
}

finding_of validate_crossing_at(const validation *now, uint32_t rule, const crossing *about)
{
    static const char *const others[] = {"default", "BYE", "CANCEL", "sip:3xx", "sip:4xx", "sip:5xx", "sip:6xx"};
    finding_of of = validate_table_at(now, rule);
    uint32_t from = about->rule->from;
    of.at = about->rule->said;
    if (from == SIPCAUSE_FROM_DEFAULT || (about->to_isup && from <= 6))
        of.code_text = others[from];
    else
        of.code = about->to_isup ? sipcause_status(from) : sipcause_q850(from);
    return of;
}

/* ---- the walk ---------------------------------------------------------------------------------------------- */

/* The rules that are not off, in one list, so that 10,000 rows do not ask the others. */
typedef struct wanted {
    const rule_asked *rules[RULES];
    uint32_t count;
} wanted;

static void ask_row(validation *now, const wanted *asked, const subject *of)
{
    for (uint32_t i = 0; i < asked->count; i++)
        if (asked->rules[i]->of_row)
            asked->rules[i]->of_row(now, of);
}

static void ask_rows(validation *now, const wanted *asked)
{
    const sipcause_table *table = now->table;
    for (uint32_t i = 0; i < table->row_count; i++) {
        const row *one = &table->rows[i];
        if (!validate_own(now, &one->entry))
            continue;
        subject of = {one, NULL, &one->entry, 0};
        ask_row(now, asked, &of);
        const refinement *items = one->entry.when_count ? table_refinements(table, one) : NULL;
        for (uint32_t j = 0; j < one->entry.when_count; j++) {
            subject item = {one, &items[j], &items[j].entry, j};
            if (validate_own(now, item.entry))
                ask_row(now, asked, &item);
        }
    }
}

static void ask_crossings(validation *now, const wanted *asked, bool to_isup)
{
    const interwork_rules *all = now->table->interwork;
    const interwork_rule *rules_of = to_isup ? all->to_isup : all->to_sip;
    uint32_t count = to_isup ? all->to_isup_count : all->to_sip_count;
    for (uint32_t i = 0; i < count; i++) {
        crossing of = {to_isup, &rules_of[i]};
        if (!(of.rule->flags & RULE_OWN) && !now->table->built_in)
            continue;
        for (uint32_t j = 0; j < asked->count; j++)
            if (asked->rules[j]->of_crossing)
                asked->rules[j]->of_crossing(now, &of);
    }
}

void validate_all(validation *now)
{
    wanted asked = {.count = 0};
    for (uint32_t i = 0; i < RULES; i++)
        if (report_wants(now->report, now->table, rules[i].rule))
            asked.rules[asked.count++] = &rules[i];
    ask_rows(now, &asked);
    ask_crossings(now, &asked, true);
    ask_crossings(now, &asked, false);
    for (uint32_t i = 0; i < asked.count; i++)
        if (asked.rules[i]->of_table)
            asked.rules[i]->of_table(now);
}

/* ---- the public functions ---------------------------------------------------------------------------------- */

/* The profile that the table extends is what its rows replace, unless there are rows of a file between them. */
static const sipcause_table *extended_by(const sipcause_table *table)
{
    for (uint32_t i = 0; i < table->row_count; i++)
        if (table->rows[i].entry.file != table->file && strcmp(table->rows[i].entry.file, table->file) != 0)
            return NULL;
    return table->base;
}

int sipcause_validate_table(const sipcause_table *table, sipcause_report *report)
{
    if (!report)
        return SIPCAUSE_ERROR_MISUSE;
    table = table_of(table);
    report_mark mark = report_begin(report);
    validation now = {.report = report,
                      .table = table,
                      .extended = table->file ? extended_by(table) : NULL,
                      .file = table->file ? table->file : "",
                      .whole = true};
    validate_all(&now);
    return report_end(report, mark, SIPCAUSE_OK);
}

int sipcause_validate_release(sipcause_release *release, sipcause_report *report)
{
    if (!release || !report)
        return SIPCAUSE_ERROR_MISUSE;
    report_mark mark = report_begin(report);
    bool woken = false; /* the table has a rule off, and the report has not */
    release->report = report;
    int result = sipcause_decide(release) ? SIPCAUSE_OK : SIPCAUSE_ERROR_MEMORY;
    release->report = NULL;
    size_t count = result == SIPCAUSE_OK ? sipcause_finding_count(release) : 0;
    for (size_t i = 0; i < count; i++) {
        const sipcause_finding *found = sipcause_finding_at(release, i);
        finding_of of = {.rule = found->rule, .table = release->table};
        report_add(report, &of, "%s", found->message);
        woken = woken || found->severity == SIPCAUSE_SEVERITY_OFF;
    }
    /* The release's own findings are those of its table. */
    if (woken && !sipcause_decide(release))
        result = SIPCAUSE_ERROR_MEMORY;
    return report_end(report, mark, result);
}
