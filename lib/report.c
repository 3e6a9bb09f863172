/*
 * report.c - findings of mapping files, tables and calls, and how much each rule matters.
 *
 * A finding and its texts are one block of memory, so that what was handed out stays where it is.
 *
 * SPDX-License-Identifier: MIT
 */
#include "report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct sipcause_report {
    sipcause_finding **findings;
    uint32_t count, capacity;
    uint64_t severities[4];         /* how many findings of each there were */
    uint8_t overridden[RULES_MOST]; /* enum sipcause_severity + 1; 0: not said */
    const sipcause_survey *survey;
    bool memory_short;
};

enum { SENTENCE_MOST = 1024, CODE_MOST = 64 };

sipcause_report *sipcause_report_new(void)
{
    return memory_allocate(1, sizeof(sipcause_report));
}

static void cut(sipcause_report *report, uint32_t count)
{
    while (report->count > count)
        memory_free(report->findings[--report->count]);
}

void sipcause_report_clear(sipcause_report *report)
{
    if (!report)
        return;
    cut(report, 0);
    memset(report->severities, 0, sizeof report->severities);
}

void sipcause_report_free(sipcause_report *report)
{
    if (!report)
        return;
    cut(report, 0);
    memory_free(report->findings);
    memory_free(report);
}

int sipcause_report_severity(sipcause_report *report, uint32_t rule, uint32_t severity)
{
    if (!report)
        return SIPCAUSE_ERROR_MISUSE;
    if (!sipcause_rule_name(rule) || !sipcause_severity_name(severity))
        return SIPCAUSE_ERROR_UNKNOWN_CODE;
    report->overridden[rule] = (uint8_t)(severity + 1);
    return SIPCAUSE_OK;
}

int sipcause_report_observe(sipcause_report *report, const sipcause_survey *survey)
{
    if (!report)
        return SIPCAUSE_ERROR_MISUSE;
    report->survey = survey;
    return SIPCAUSE_OK;
}

const sipcause_survey *report_survey(const sipcause_report *report)
{
    return report->survey;
}

size_t sipcause_report_count(const sipcause_report *report)
{
    return report ? report->count : 0;
}

const sipcause_finding *sipcause_report_at(const sipcause_report *report, size_t index)
{
    return report && index < report->count ? report->findings[index] : NULL;
}

uint64_t sipcause_report_count_of(const sipcause_report *report, uint32_t severity)
{
    return report && severity >= SIPCAUSE_SEVERITY_NOTE && severity <= SIPCAUSE_SEVERITY_ERROR
               ? report->severities[severity]
               : 0;
}

/* ---- one finding ------------------------------------------------------------------------------------------- */

/* The report goes before the file, the file before the rule; what blocks is an error to all of them. */
static uint32_t severity_of(const sipcause_report *report, const finding_of *of)
{
    uint32_t by_table = sipcause_table_severity(of->table, of->rule);
    if (of->blocks)
        return SIPCAUSE_SEVERITY_ERROR;
    if (report->overridden[of->rule])
        return report->overridden[of->rule] - 1u;
    return of->severity && by_table == sipcause_rule_severity(of->rule) ? of->severity : by_table;
}

bool report_wants(const sipcause_report *report, const sipcause_table *table, uint32_t rule)
{
    const finding_of asked = {.rule = rule, .table = table};
    return severity_of(report, &asked) != SIPCAUSE_SEVERITY_OFF;
}

/* Copies a text behind those that the block holds already; NULL stays NULL. */
static const char *put_text(char **end, const char *text)
{
    if (!text)
        return NULL;
    size_t size = strlen(text) + 1;
    char *at = *end;
    memcpy(at, text, size);
    *end += size;
    return at;
}

static size_t text_size(const char *text)
{
    return text ? strlen(text) + 1 : 0;
}

/* The code as text, in written where there is none yet; NULL: it is about no code. */
static const char *code_of(const finding_of *of, char written[CODE_MOST])
{
    const char *own = sipcause_code_word(of->table, of->code);
    writer out = {written, CODE_MOST, 0};
    if (of->code_text || of->code.space == SIPCAUSE_SPACE_NONE)
        return of->code_text;
    code_write(&out, of->code, own, own ? strlen(own) : 0);
    write_end(&out);
    return written;
}

static sipcause_finding *make(const finding_of *of, uint32_t severity, const char *sentence)
{
    char written[CODE_MOST];
    const char *code = code_of(of, written), *suggestion = of->suggestion && *of->suggestion ? of->suggestion : NULL;
    bool lasting = of->code.space != SIPCAUSE_SPACE_TOKEN && of->code.space != SPACE_FALLBACK;
    size_t texts = text_size(sentence) + text_size(suggestion) + text_size(of->file) + text_size(code);
    sipcause_finding *new = memory_allocate(1, sizeof *new + texts);
    if (!new)
        return NULL;
    char *end = (char *)(new + 1);
    new->size = sizeof *new;
    new->rule = (uint16_t)of->rule;
    new->severity = (uint16_t)severity;
    new->message = put_text(&end, sentence);
    new->suggestion = put_text(&end, suggestion);
    new->file = put_text(&end, of->file);
    new->code_text = put_text(&end, code);
    new->line = of->at.line;
    new->column = of->at.line ? of->at.column : 0;
    new->second_line = of->second.line;
    new->second_column = of->second.line ? of->second.column : 0;
    new->code = lasting ? of->code : sipcause_code_make(SIPCAUSE_SPACE_NONE, 0);
    return new;
}

void report_add(sipcause_report *report, const finding_of *of, const char *sentence, ...)
{
    char written[SENTENCE_MOST];
    va_list arguments;
    uint32_t severity = severity_of(report, of);
    if (severity == SIPCAUSE_SEVERITY_OFF)
        return;
    report->severities[severity]++;
    if (report->count >= SIPCAUSE_REPORT_MOST)
        return;
    va_start(arguments, sentence);
    vsnprintf(written, sizeof written, sentence, arguments);
    va_end(arguments);
    sipcause_finding *new = NULL;
    if (memory_reserve((void **)&report->findings, &report->capacity, report->count + 1, sizeof *report->findings))
        new = make(of, severity, written);
    if (new)
        report->findings[report->count++] = new;
    else
        report->memory_short = true;
}

void report_short(sipcause_report *report)
{
    report->memory_short = true;
}

/* ---- the findings of one call ------------------------------------------------------------------------------ */

report_mark report_here(const sipcause_report *report)
{
    report_mark mark = {.count = report ? report->count : 0};
    if (report)
        memcpy(mark.severities, report->severities, sizeof mark.severities);
    return mark;
}

void report_back(sipcause_report *report, report_mark mark)
{
    if (!report)
        return;
    cut(report, mark.count);
    memcpy(report->severities, mark.severities, sizeof mark.severities);
}

report_mark report_begin(sipcause_report *report)
{
    report->memory_short = false;
    return report_here(report);
}

/* Those of no place come last. */
static bool stands_before(const void *one, const void *other)
{
    const sipcause_finding *a = one, *b = other;
    uint32_t line_a = a->line ? a->line : UINT32_MAX, line_b = b->line ? b->line : UINT32_MAX;
    return line_a != line_b ? line_a < line_b : a->column < b->column;
}

int report_end(sipcause_report *report, report_mark mark, int result)
{
    uint32_t count = report->count - mark.count;
    if (count > 1 && !report->memory_short) {
        sipcause_finding **findings = report->findings + mark.count;
        report->memory_short = !sort_stable((const void **)(void *)findings, count, stands_before);
    }
    if (result != SIPCAUSE_ERROR_MEMORY && !report->memory_short)
        return result;
    report_back(report, mark);
    return SIPCAUSE_ERROR_MEMORY;
}
