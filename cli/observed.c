/*
 * observed.c - the real traffic that mapping files are held against.
 *
 * SPDX-License-Identifier: MIT
 */
#include "observed.h"

#include "survey.h"

#include <string.h>
#include <sys/stat.h>

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Whether two tables have the same cause headers, all that a survey takes from a table. */
static bool same_headers(const sipcause_table *a, const sipcause_table *b)
{
    sipcause_cause_header one, other;
    size_t count = sipcause_cause_header_count(a);
    bool all = count == sipcause_cause_header_count(b);
    for (size_t i = 0; all && i < count; i++)
        all = sipcause_cause_header_at(a, i, &one) && sipcause_cause_header_at(b, i, &other) &&
              same(one.name, other.name) && same(one.parameter, other.parameter) && one.space == other.space &&
              one.uri_parameter == other.uri_parameter;
    return all;
}

/* Whether there is traffic to be held against: a gate that looks at nothing must not let all pass. */
static bool has_calls(const char *path, const sipcause_survey *survey)
{
    bool any = sipcause_survey_calls(survey) > 0;
    if (!any)
        cli_say("%s: no call ended in it: nothing can be held against it", path);
    return any;
}

/* Counts the traffic by a table's cause headers, unless it is counted so already. */
static void count(observed *of, const char *name, const sipcause_table *table)
{
    const char *path = of->options->observed;
    if (of->survey != NULL && same_headers(of->table, table))
        return;
    bool again = of->survey != NULL;
    sipcause_survey_free(of->survey);
    sipcause_table_unref(of->table);
    of->survey = NULL;
    of->table = sipcause_table_ref(table);
    if (again && strcmp(path, "-") == 0)
        cli_say("%s has other cause headers than what was checked before it, and standard input can be read only once",
                name);
    if ((again && strcmp(path, "-") == 0) || survey_open(of->options, path, table, &of->survey) != EXIT_DONE ||
        !has_calls(path, of->survey))
        of->status = EXIT_FILE;
}

void observed_table(observed *of, const char *name, sipcause_report *report, const sipcause_table *table)
{
    if (of->options->observed != NULL && table == NULL)
        cli_say("%s does not load: it is not held against the traffic", name);
    else if (of->options->observed != NULL && of->status == EXIT_DONE)
        count(of, name, table);
    sipcause_report_observe(report, table == NULL || of->status != EXIT_DONE ? NULL : of->survey);
    sipcause_table_unref(table);
}

void observed_file(observed *of, const char *path, sipcause_report *report)
{
    struct stat about;
    bool regular = stat(path, &about) == 0 && S_ISREG(about.st_mode); /* a pipe could be read only once */
    observed_table(of, path, report, regular ? sipcause_load_file(path, NULL) : NULL);
}

void observed_free(observed *of)
{
    sipcause_survey_free(of->survey);
    sipcause_table_unref(of->table);
}
