/*
 * check.c - sipcause check: what is wrong with mapping files.
 *
 *     files, and those below folders that are meant to be mapping files -> report -> findings, exit status
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "content.h"
#include "finding.h"
#include "folder.h"
#include "marks.h"
#include "observed.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct checked {
    const cli_options *options;
    sipcause_report *report;
    observed traffic;
    source source; /* the file that is shown, or was looked at last */
    bool shows_source;
    uint32_t least;       /* severity */
    uint64_t found[4];    /* by severity, those that count */
    uint64_t left_out;    /* less severe than --severity */
    uint64_t files;       /* that could be read */
    uint64_t other;       /* passed over in folders */
    uint64_t of_folder;   /* files that were checked in the one being walked, */
    uint64_t other_there; /* and passed over there */
    int status;           /* EXIT_FILE: something cannot be read */
} checked;

/* ---- one file ---------------------------------------------------------------------------------------------- */

/* More findings than a report keeps are counted, and count. */
static void count(checked *of, const char *file, uint64_t shown)
{
    uint64_t all = 0;
    for (uint32_t severity = SIPCAUSE_SEVERITY_NOTE; severity <= SIPCAUSE_SEVERITY_ERROR; severity++) {
        uint64_t found = sipcause_report_count_of(of->report, severity);
        if (severity < of->least) {
            of->left_out += found;
            continue;
        }
        of->found[severity] += found;
        all += found;
    }
    if (all > shown)
        cli_say("%s: %llu more findings are not shown, only counted", file, (unsigned long long)(all - shown));
}

/* Tells what the report holds, and empties it: so memory does not grow with the number of files. name: what a profile
 * is called; NULL: each finding has its file's name. result: of the library's call. */
static void tell(checked *of, const char *file, const char *name, int result)
{
    uint64_t shown = 0;
    if (result == SIPCAUSE_ERROR_MEMORY)
        need_failed();
    for (size_t i = 0; i < sipcause_report_count(of->report); i++) {
        const sipcause_finding *finding = sipcause_report_at(of->report, i);
        const char *whose = name != NULL || finding->file == NULL ? file : finding->file;
        if (finding->severity < of->least)
            continue;
        shown++;
        if (of->options->json)
            finding_json(finding, whose);
        else
            finding_text(finding, whose, of->shows_source ? &of->source : NULL);
    }
    count(of, file, shown);
    if (result == SIPCAUSE_ERROR_FILE)
        of->status = EXIT_FILE;
    else
        of->files++;
    sipcause_report_clear(of->report);
}

static void check_file(checked *of, const char *path)
{
    if (of->options->observed != NULL)
        observed_file(&of->traffic, path, of->report);
    tell(of, path, NULL, sipcause_validate_file(path, of->report));
}

static void check_profile(checked *of, const char *name)
{
    if (access(name, F_OK) == 0)
        cli_say("'%s' is checked as the profile of that name; the file is ./%s", name, name);
    observed_table(&of->traffic, name, of->report, sipcause_builtin(name));
    tell(of, name, name, sipcause_validate_table(sipcause_builtin(name), of->report));
}

static void check_input(checked *of)
{
    int status = mapping_input(&of->source.bytes);
    if (status != EXIT_DONE) {
        of->status = status;
        return;
    }
    const gathered *bytes = &of->source.bytes;
    source_given(&of->source, "-");
    if (of->options->observed != NULL)
        observed_table(&of->traffic, "-", of->report, sipcause_load_bytes(bytes->bytes, bytes->length, "-", NULL));
    tell(of, "-", NULL, sipcause_validate_bytes(bytes->bytes, bytes->length, "-", of->report));
}

/* ---- folders ----------------------------------------------------------------------------------------------- */

/* UTF-16 has NULs between ASCII letters, and a mark before them: without these it is recognized, and then refused. */
static bool take_out_nuls(gathered *bytes)
{
    size_t kept = 0;
    if (bytes->length < 2 || (memchr(bytes->bytes, '\0', 2) == NULL && (bytes->bytes[0] & 0xFE) != 0xFE))
        return false;
    for (size_t i = (bytes->bytes[0] & 0xFE) == 0xFE ? 2 : 0; i < bytes->length; i++)
        if (bytes->bytes[i] != '\0')
            bytes->bytes[kept++] = bytes->bytes[i];
    bytes->length = kept;
    return true;
}

/* A file that nobody named is checked when it is meant to be a mapping file; a folder may hold any JSON and YAML. What
 * cannot be read may be one. */
static void take_file(void *context, const char *path)
{
    checked *of = context;
    gathered *bytes = &of->source.bytes;
    bool there = source_read(&of->source, path) == 0;
    if (there && take_out_nuls(bytes))
        of->source.there = false;
    if (there && !marks_mapping(bytes->bytes, bytes->length)) {
        of->other_there++;
        return;
    }
    of->of_folder++;
    check_file(of, path);
}

/* A gate that looks at nothing must not let all pass. */
static void check_folder(checked *of, const char *path)
{
    of->of_folder = of->other_there = 0;
    int status = folder_walk(path, take_file, of);
    of->other += of->other_there;
    if (status != EXIT_DONE) {
        of->status = status;
    } else if (of->of_folder == 0) {
        cli_say("%s: no mapping file and no trunk object is in this folder; other .yaml, .yml and .json files: %llu",
                path, (unsigned long long)of->other_there);
        of->status = EXIT_FILE;
    }
}

/* ---- the subcommand ---------------------------------------------------------------------------------------- */

static void check_argument(checked *of, const char *argument)
{
    struct stat about;
    if (strcmp(argument, "-") == 0)
        check_input(of);
    else if (sipcause_builtin(argument) != NULL)
        check_profile(of, argument);
    else if (stat(argument, &about) == 0 && S_ISDIR(about.st_mode))
        check_folder(of, argument);
    else
        check_file(of, argument);
}

/* Before anything is checked: what is no file's name, and a second standard input. */
static int check_arguments(const cli_options *options)
{
    int inputs = options->observed != NULL && strcmp(options->observed, "-") == 0, status = EXIT_DONE;
    for (int i = 0; i < options->count && status == EXIT_DONE; i++) {
        bool input = strcmp(options->arguments[i], "-") == 0;
        inputs += input;
        if (inputs > 1)
            status = cli_usage(options->command, "standard input can be read only once");
        else if (!input)
            status = mapping_named(options->arguments[i]);
    }
    return status;
}

static void print_count(uint64_t number, const char *what)
{
    out_number(number);
    out_format(" %s%s", what, number == 1 ? "" : "s");
}

static void print_summary(const checked *of)
{
    print_count(of->files, "file");
    out_text(" checked: ");
    print_count(of->found[SIPCAUSE_SEVERITY_ERROR], "error");
    out_text(", ");
    print_count(of->found[SIPCAUSE_SEVERITY_WARNING], "warning");
    out_text(", ");
    print_count(of->found[SIPCAUSE_SEVERITY_NOTE], "note");
    if (of->left_out > 0)
        out_format("; left out by --severity: %llu", (unsigned long long)of->left_out);
    if (of->other > 0)
        out_format("; other files passed over: %llu", (unsigned long long)of->other);
    out_text("\n");
}

int run_check(const cli_options *options)
{
    checked of = {.options = options,
                  .traffic = {.options = options},
                  .least = options->severity,
                  .report = sipcause_report_new()};
    int status = check_arguments(options);
    if (of.report == NULL)
        need_failed();
    of.shows_source = options->source == SOURCE_SHOWN || (options->source == 0 && isatty(STDOUT_FILENO));
    for (uint32_t rule = 0; rule < RULES_ROOM; rule++)
        if (options->rules[rule] != 0)
            sipcause_report_severity(of.report, rule, options->rules[rule] - 1u);
    for (int i = 0; i < options->count && status == EXIT_DONE; i++)
        check_argument(&of, options->arguments[i]);
    if (status == EXIT_DONE && !options->json)
        print_summary(&of);
    sipcause_report_free(of.report);
    source_free(&of.source);
    observed_free(&of.traffic);
    if (of.status == EXIT_DONE)
        of.status = of.traffic.status;
    bool failed = of.found[SIPCAUSE_SEVERITY_ERROR] > 0 || of.found[SIPCAUSE_SEVERITY_WARNING] > 0;
    return status != EXIT_DONE ? status : of.status != EXIT_DONE ? of.status : failed ? EXIT_FOUND : EXIT_DONE;
}
