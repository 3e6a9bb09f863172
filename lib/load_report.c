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

#include <string.h>

uint32_t load_depth(const loader *load)
{
    return yaml_events_depth(load->events);
}

/* What a row is for, as a finding has it; a word in text. */
static void put_code(const row_target *about, finding_of *of, char text[64])
{
    const uint32_t before[] = {[ROW_CLASS] = FALLBACK_CLASS,
                               [ROW_DEFAULT] = FALLBACK_DEFAULT,
                               [ROW_NO_CAUSE] = FALLBACK_NO_CAUSE,
                               [ROW_LOCAL] = FALLBACK_LOCAL};
    of->code = about->code;
    if (about->kind == ROW_WORD) {
        writer out = {text, 64, 0};
        code_write(&out, sipcause_code_make(SIPCAUSE_SPACE_TOKEN, 0), about->own, strlen(about->own));
        write_end(&out);
        of->code_text = text;
    } else if (about->kind != ROW_CODE) {
        uint32_t value = about->kind == ROW_DEFAULT ? 0 : about->code.value;
        of->code = sipcause_code_make(SPACE_FALLBACK, before[about->kind] + value);
    }
}

/* Whether the error is in the file that is read, and not in one that it extends: the builder names its file, which an
 * error may have cut. */
static bool is_own(const loader *load)
{
    sipcause_error same = {.code = SIPCAUSE_OK};
    error_source(&same, load->file);
    return !load->error->source[0] || strcmp(load->error->source, same.source) == 0;
}

/* Whether the error may be there only for one that is told: what could not be read may declare any disposition. */
static bool follows(const loader *load)
{
    return load->error->code == SIPCAUSE_ERROR_UNKNOWN_DISPOSITION && (load->unsure || load->unread);
}

/* Puts the error into the report, under the rule of its name. */
static void tell(loader *load)
{
    const sipcause_error *error = load->error;
    bool own = is_own(load);
    load->incomplete = true;
    if (load->silent || (own && follows(load))) {
        error_clear(load->error);
        return;
    }
    char text[64];
    finding_of of = {
        .rule = (uint32_t)sipcause_rule_from_name(sipcause_error_name(error->code), SIPCAUSE_TEXT),
        .file = own ? load->file : error->source,
        .at = {error->line, error->column},
        .second = {error->second_line, error->second_column},
        .suggestion = error->suggestion,
        .blocks = true,
    };
    if (load->about && own)
        put_code(load->about, &of, text);
    report_add(load->report, &of, "%s", error->text);
    error_clear(load->error);
}

int load_recover_row(loader *load, int result, const row_target *about, uint32_t depth)
{
    load->about = about;
    result = load_recover(load, result, depth);
    load->about = NULL;
    return result;
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
        .extended = load->unread ? NULL : load->extended,
        .extends = load->extends,
        .file = load->file,
        .trunk = load->trunk,
        .whole = !load->incomplete,
    };
    validate_all(&now);
}
