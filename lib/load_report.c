/*
 * load_report.c - what is wrong with a document, when all of it is wanted: reading goes on behind what was wrong.
 *
 * The row or item that is wrong is left out, so that the one behind it is looked at; what follows from its absence is
 * not told.
 *
 * SPDX-License-Identifier: MIT
 */
#include "load.h"
#include "validate.h"

uint32_t load_depth(const loader *load)
{
    return yaml_events_depth(load->events);
}

/* Puts the error into the report, under the rule of its name. */
static void tell(loader *load)
{
    const sipcause_error *error = load->error;
    const finding_of of = {
        .rule = (uint32_t)sipcause_rule_from_name(sipcause_error_name(error->code), SIPCAUSE_TEXT),
        .file = error->source[0] ? error->source : load->file,
        .at = {error->line, error->column},
        .second = {error->second_line, error->second_column},
        .suggestion = error->suggestion,
        .blocks = true,
    };
    bool own = !error->source[0]; /* and not in the file that this one extends, which is what makes it unsure */
    bool follows = own && error->code == SIPCAUSE_ERROR_UNKNOWN_DISPOSITION && load->unsure;
    load->incomplete = true;
    if (!load->silent && !follows)
        report_add(load->report, &of, "%s", error->text);
    error_clear(load->error);
}

int load_recover(loader *load, int result, uint32_t depth)
{
    bool ends = result == SIPCAUSE_ERROR_MEMORY || result == SIPCAUSE_ERROR_FORMAT || result > 0;
    if (result == SIPCAUSE_OK || !load->report || ends || yaml_events_failed(load->events))
        return result;
    tell(load);
    load->silent = false;
    return yaml_events_pass(load->events, depth, load->error);
}

int load_end(loader *load, int result)
{
    if (!load->report || result == SIPCAUSE_ERROR_MEMORY)
        return result;
    load->silent = false;
    tell(load);
    return load->builder ? SIPCAUSE_OK : result;
}

void load_validate(const loader *load, const sipcause_table *table)
{
    validation now = {
        .report = load->report,
        .table = table,
        .extended = load->extended,
        .extends = load->extends,
        .file = load->file,
        .trunk = load->trunk,
        .whole = !load->incomplete,
    };
    validate_all(&now);
}
