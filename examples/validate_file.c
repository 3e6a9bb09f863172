/*
 * validate_file.c - what is wrong with mapping files, before a server loads them.
 *
 *     cc validate_file.c $(pkg-config --cflags --libs libsipcause) -o validate_file
 *     ./validate_file acme.yaml other.yaml
 *     ./validate_file -r redundant=off -r shadowed=error acme.yaml
 *
 * It exits with 0 when nothing worse than a note was found, 1 when something was, 2 when it could not do its work.
 *
 * Arguments: -r redundant=off acme.yaml acme-trunk.json
 *
 * SPDX-License-Identifier: MIT
 */
#include <sipcause.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Takes "rule=severity"; false when it is none. */
static bool set_severity(sipcause_report *report, const char *text)
{
    const char *equals = strchr(text, '=');
    if (equals == NULL)
        return false;

    /* Both are numbers when they are known, and negative when they are not: "off" is 0. */
    int rule = sipcause_rule_from_name(text, (size_t)(equals - text));
    int severity = sipcause_severity_from_name(equals + 1, SIPCAUSE_TEXT);
    return rule >= 0 && severity >= 0 &&
           sipcause_report_severity(report, (uint32_t)rule, (uint32_t)severity) == SIPCAUSE_OK;
}

/* "file:line:column: ": a finding on what is missing from the file has no line. */
static void show_place(const char *file, uint32_t line, uint32_t column)
{
    printf("%s:", file);
    if (line != 0)
        printf("%" PRIu32 ":", line);
    if (line != 0 && column != 0)
        printf("%" PRIu32 ":", column);
    printf(" ");
}

static void show(const sipcause_finding *finding)
{
    show_place(finding->file, finding->line, finding->column);
    printf("%s: %s [%s]\n", sipcause_severity_name(finding->severity), finding->message,
           sipcause_rule_name(finding->rule));
    if (finding->second_line != 0) {
        show_place(finding->file, finding->second_line, finding->second_column);
        printf("this is the other place\n");
    }
    if (finding->suggestion != NULL)
        printf("    write: %s\n", finding->suggestion);
}

/* Prints the findings; returns the exit status. */
static int show_all(const sipcause_report *report)
{
    size_t kept = sipcause_report_count(report);
    for (size_t i = 0; i < kept; i++)
        show(sipcause_report_at(report, i));

    /* These count what the report had no room for as well. */
    uint64_t errors = sipcause_report_count_of(report, SIPCAUSE_SEVERITY_ERROR);
    uint64_t warnings = sipcause_report_count_of(report, SIPCAUSE_SEVERITY_WARNING);
    uint64_t notes = sipcause_report_count_of(report, SIPCAUSE_SEVERITY_NOTE);
    printf("%" PRIu64 " errors, %" PRIu64 " warnings, %" PRIu64 " notes", errors, warnings, notes);
    if (errors + warnings + notes > kept)
        printf(", %" PRIu64 " of them not shown", errors + warnings + notes - kept);
    printf("\n");
    return errors + warnings != 0;
}

int main(int argc, char **argv)
{
    int status = 0, files = 0;
    sipcause_report *report = sipcause_report_new();
    for (int i = 1; report != NULL && i < argc && status == 0; i++) {
        if (strcmp(argv[i], "-r") == 0) {
            if (++i == argc || !set_severity(report, argv[i])) {
                fprintf(stderr, "-r takes RULE=SEVERITY, such as redundant=off\n");
                status = 2;
            }
            continue;
        }

        /* Whatever is wrong with the file is a finding, so is that it cannot be read: on to the next one. */
        int result = sipcause_validate_file(argv[i], report);
        if (result != SIPCAUSE_OK && result != SIPCAUSE_ERROR_FILE) {
            fprintf(stderr, "%s: %s\n", argv[i], sipcause_error_name(result));
            status = 2;
        }
        files++;
    }
    if (report == NULL || (status == 0 && files == 0)) {
        fprintf(stderr, "%s\n",
                report == NULL ? "out of memory" : "usage: validate_file [-r RULE=SEVERITY]... FILE...");
        status = 2;
    }
    if (status == 0)
        status = show_all(report);
    sipcause_report_free(report);
    return status;
}
