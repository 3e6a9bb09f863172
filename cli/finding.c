/*
 * finding.c - what is wrong with a mapping file, for people and as JSON.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "finding.h"

#include <string.h>

static void visible(const char *text)
{
    out_visible(text, strlen(text));
}

/* "file:7:12: ", as much of it as is known */
static void print_place(const char *file, uint32_t line, uint32_t column)
{
    out_colour(BOLD);
    visible(file);
    if (line != 0)
        out_format(":%u", (unsigned)line);
    if (line != 0 && column != 0)
        out_format(":%u", (unsigned)column);
    out_text(": ");
    out_colour(PLAIN);
}

static void print_severity(uint32_t severity)
{
    out_colour(severity == SIPCAUSE_SEVERITY_ERROR ? RED : severity == SIPCAUSE_SEVERITY_WARNING ? YELLOW : BOLD);
    out_format("%s: ", sipcause_severity_name(severity));
    out_colour(PLAIN);
}

/* Where the sentence does not say it already. */
static void print_suggestion(const sipcause_finding *finding)
{
    if (finding->suggestion == NULL || strstr(finding->message, finding->suggestion) != NULL)
        return;
    out_text("       | write: ");
    visible(finding->suggestion);
    out_text("\n");
}

void finding_text(const sipcause_finding *finding, const char *file, source *of)
{
    print_place(file, finding->line, finding->column);
    print_severity(finding->severity);
    visible(finding->message);
    out_format(" [%s]\n", sipcause_rule_name(finding->rule));
    if (of != NULL && finding->line != 0)
        source_show(of, file, finding->line, finding->column);
    if (of != NULL)
        print_suggestion(finding);
    if (finding->second_line == 0)
        return;
    print_place(file, finding->second_line, finding->second_column);
    print_severity(SIPCAUSE_SEVERITY_NOTE);
    out_text(finding->rule == SIPCAUSE_RULE_DUPLICATE_KEY ? "first defined here\n" : "the other place is here\n");
    if (of != NULL)
        source_show(of, file, finding->second_line, finding->second_column);
}

void finding_json(const sipcause_finding *finding, const char *file)
{
    out_text("{\"file\":");
    json_string(file, strlen(file));
    json_number_or_null("line", finding->line);
    json_number_or_null("column", finding->column);
    json_text("rule", sipcause_rule_name(finding->rule));
    json_text("severity", sipcause_severity_name(finding->severity));
    json_text("code", finding->code_text);
    json_text("message", finding->message);
    json_text("suggestion", finding->suggestion);
    json_number_or_null("second_line", finding->second_line);
    json_number_or_null("second_column", finding->second_column);
    out_text("}\n");
}
