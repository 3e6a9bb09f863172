/*
 * test_validate.c - what is found wrong with mapping files, tables and calls: the folders tests/invalid and tests/valid.
 *
 * What is validated is map.yaml, a mapping file or a trunk object, or message, a SIP message of a call.
 * Where there is survey.json, as sipcause_survey_save writes it, it is held against that traffic.
 *   invalid/NAME/findings   all that is found, exactly: "LINE:COLUMN SEVERITY RULE CODE: SENTENCE", below it
 *                           "  also LINE:COLUMN" where there is a second place, "  write SUGGESTION" where there is one.
 *                           With UPDATE=1 in the environment the files that are there are written anew: read them then.
 *   invalid/NAME/error      what loading refuses (test_load.c): it is among what is found
 *   valid/NAME              nothing is found; where there is `expected` (test_load.c), no error
 * Every rule has a folder of its name in both; one that is of messages as well as of files shows the file there, and the
 * message in RULE-on-the-wire.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "asking.h"
#include "csv.h"
#include "folders.h"

#include <fcntl.h>

enum { FOUND_MOST = 65536, FOUND_LINE = 2048 };

static folders valid = {.kind = "valid"}, found = {.kind = "invalid", .with = "findings"},
               refused = {.kind = "invalid", .with = "error"};

/* ---- findings as text ---------------------------------------------------------------------------------------------- */

static sipcause_report *new_report(void)
{
    return keep_report(sipcause_report_new());
}

static void describe_finding(const sipcause_finding *one, char *text, size_t size)
{
    int used = snprintf(text, size, "%u:%u %s %s %s: %s\n", (unsigned)one->line, (unsigned)one->column,
                        sipcause_severity_name(one->severity), sipcause_rule_name(one->rule),
                        one->code_text ? one->code_text : "-", one->message);
    if (one->second_line)
        used += snprintf(text + used, size - (size_t)used, "  also %u:%u\n", (unsigned)one->second_line,
                         (unsigned)one->second_column);
    if (one->suggestion)
        snprintf(text + used, size - (size_t)used, "  write %s\n", one->suggestion);
}

static void describe_report(const sipcause_report *report, char text[FOUND_MOST])
{
    size_t used = 0;
    text[0] = 0;
    for (size_t i = 0; i < sipcause_report_count(report) && used < FOUND_MOST - 2048; i++) {
        describe_finding(sipcause_report_at(report, i), text + used, FOUND_MOST - used);
        used += strlen(text + used);
    }
}

/* From within the folder, so that the names of files are the same wherever the tests stand. */
static int validate_map(const char *kind, const char *name, sipcause_report *report)
{
    char path[4096];
    int here = open(".", O_RDONLY);
    path_of(kind, name, "", path, sizeof path);
    ck_assert(here >= 0 && chdir(path) == 0);
    int result = sipcause_validate_file("map.yaml", report);
    ck_assert(fchdir(here) == 0 && close(here) == 0);
    return result;
}

/* Loads the survey of a folder, if it has one; false when memory was short. */
static bool observe_folder(const char *kind, const char *name, sipcause_report *report)
{
    size_t length;
    sipcause_error error = {0};
    if (!has_file(kind, name, "survey.json"))
        return true;
    const char *bytes = read_of(kind, name, "survey.json", &length);
    const sipcause_survey *survey = keep_survey(sipcause_survey_load(bytes, length, name, &error));
    ck_assert_msg(survey || error.code == SIPCAUSE_ERROR_MEMORY, "%s: %s", name, error.text);
    return survey && sipcause_report_observe(report, survey) == SIPCAUSE_OK;
}

/* Validates what is in a folder; false when memory was short. */
static bool validate_folder(const char *kind, const char *name, sipcause_report *report)
{
    size_t length;
    int result;
    if (!observe_folder(kind, name, report))
        return false;
    if (has_file(kind, name, "message")) {
        const char *message = read_of(kind, name, "message", &length);
        sipcause_release *release = keep_release(sipcause_release_new(NULL));
        if (!release || sipcause_release_message(release, message, length) != SIPCAUSE_OK)
            return false;
        result = sipcause_validate_release(release, report);
    } else {
        result = validate_map(kind, name, report);
    }
    ck_assert_msg(result == SIPCAUSE_OK || (result == SIPCAUSE_ERROR_MEMORY && out_of_memory()), "%s: %d", name,
                  result);
    return result == SIPCAUSE_OK;
}

/* ---- folders ------------------------------------------------------------------------------------------------ */

static void update(const char *name, const char *text)
{
    char path[4096];
    path_of("invalid", name, "findings", path, sizeof path);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

START_TEST(all_is_found)
{
    static char text[FOUND_MOST];
    const char *name = begin_folder(&found, _i);
    sipcause_report *report = new_report();
    NEED(report);
    NEED(validate_folder("invalid", name, report));
    describe_report(report, text);
    if (getenv("UPDATE") && !memory_run())
        update(name, text);
    const char *expected = read_of("invalid", name, "findings", NULL);
    ck_assert_msg(strcmp(text, expected) == 0, "%s\n--- expected:\n%s--- found:\n%s", name, expected, text);
    end_folder(&found, _i);
}
END_TEST

START_TEST(what_loading_refuses_is_found)
{
    const char *name = begin_folder(&refused, _i);
    char expected[1024], wanted[1100];
    size_t length;
    unsigned line, column;
    sipcause_error error;
    if (memory_run()) { /* the suite load has done these */
        end_folder(&refused, _i);
        return;
    }
    sipcause_report *report = new_report();
    const char *bytes = read_of("invalid", name, "map.yaml", &length);
    NEED(report);
    int result = sipcause_validate_bytes(bytes, length, "map.yaml", report);
    NEED(result != SIPCAUSE_ERROR_MEMORY);
    ck_assert_int_eq(result, SIPCAUSE_OK);
    NEED(!sipcause_load_bytes(bytes, length, "map.yaml", &error) && error.code != SIPCAUSE_ERROR_MEMORY);
    line = error.line;
    column = error.column;
    snprintf(expected, sizeof expected, "%u:%u error %s", line, column, sipcause_error_name(error.code));
    bool there = false;
    for (size_t i = 0; i < sipcause_report_count(report) && !there; i++) {
        const sipcause_finding *one = sipcause_report_at(report, i);
        snprintf(wanted, sizeof wanted, "%u:%u %s %s", (unsigned)one->line, (unsigned)one->column,
                 sipcause_severity_name(one->severity), sipcause_rule_name(one->rule));
        there = strcmp(wanted, expected) == 0 && strcmp(one->message, error.text) == 0;
        ck_assert_str_eq(one->file, "map.yaml");
    }
    ck_assert_msg(there, "%s: not found: %s %s", name, expected, error.text);
    end_folder(&refused, _i);
}
END_TEST

START_TEST(nothing_is_wrong)
{
    static char text[FOUND_MOST];
    const char *name = begin_folder(&valid, _i);
    bool loads_only = has_file("valid", name, "expected");
    if (memory_run() && loads_only) {
        end_folder(&valid, _i);
        return;
    }
    sipcause_report *report = new_report();
    NEED(report);
    NEED(validate_folder("valid", name, report));
    describe_report(report, text);
    ck_assert_msg(sipcause_report_count_of(report, SIPCAUSE_SEVERITY_ERROR) == 0, "%s\n%s", name, text);
    ck_assert_msg(loads_only || !*text, "%s\n%s", name, text);
    end_folder(&valid, _i);
}
END_TEST

/* Whether a folder's findings name the rule. */
static bool shows(const char *rule)
{
    char path[4096], line[FOUND_LINE], wanted[128];
    bool shown = false;
    path_of("invalid", rule, "findings", path, sizeof path);
    snprintf(wanted, sizeof wanted, " %s ", rule);
    FILE *file = fopen(path, "r");
    while (file && !shown && fgets(line, sizeof line, file))
        shown = strstr(line, wanted) != NULL;
    if (file)
        fclose(file);
    return shown;
}

START_TEST(every_rule_is_shown)
{
    csv file;
    if (memory_run())
        return;
    csv_open(&file, "words.csv");
    while (csv_next(&file))
        if (strcmp(column(&file, "list"), "rule") == 0) {
            const char *rule = column(&file, "name");
            ck_assert_msg(shows(rule), "%s: tests/invalid/%s does not show it", rule, rule);
            ck_assert_msg(has_file("valid", rule, NULL) && !has_file("valid", rule, "expected"),
                          "%s: tests/valid has no folder of it without findings", rule);
        }
}
END_TEST

/* ---- what must be silent ------------------------------------------------------------------------------------ */

static void validate_examples(const char *folder, sipcause_report *report)
{
    char path[4096];
    const char *root = getenv("SRCDIR");
    const struct dirent *item;
    snprintf(path, sizeof path, "%s/%s", root ? root : ".", folder);
    size_t length = strlen(path);
    DIR *directory = opendir(path);
    ck_assert_ptr_nonnull(directory);
    while ((item = readdir(directory)) != NULL) {
        if (!strstr(item->d_name, ".yaml") && !strstr(item->d_name, ".json"))
            continue;
        snprintf(path + length, sizeof path - length, "/%.255s", item->d_name);
        ck_assert_int_eq(sipcause_validate_file(path, report), SIPCAUSE_OK);
    }
    closedir(directory);
}

START_TEST(the_examples_are_right)
{
    static char text[FOUND_MOST];
    if (memory_run())
        return;
    sipcause_report *report = new_report();
    validate_examples("examples", report);
    validate_examples("examples/carriers", report);
    describe_report(report, text);
    ck_assert_msg(!*text, "%s", text);
}
END_TEST

START_TEST(the_profiles_are_right)
{
    static char text[FOUND_MOST];
    sipcause_report *report = new_report();
    NEED(report);
    for (size_t i = 0; i < sipcause_builtin_count(); i++)
        NEED(sipcause_validate_table(sipcause_builtin(sipcause_builtin_name(i)), report) == SIPCAUSE_OK);
    describe_report(report, text);
    ck_assert_msg(!*text, "%s", text);
}
END_TEST

/* What a profile is written as extends nothing and says all: nothing is missing, and nothing said in vain. What is lost
 * between SIP and ISUP is lost by the standards. */
START_TEST(the_profiles_are_right_when_written)
{
    static char text[FOUND_MOST], yaml[1 << 20];
    sipcause_report *report = new_report();
    NEED(report);
    ck_assert_int_eq(sipcause_report_severity(report, SIPCAUSE_RULE_LOSSY_ROUNDTRIP, SIPCAUSE_SEVERITY_OFF), 0);
    for (size_t i = 0; i < sipcause_builtin_count(); i++) {
        const char *name = sipcause_builtin_name(i);
        if (strcmp(name, "blocking") == 0)
            continue; /* it maps four codes */
        size_t length = sipcause_table_yaml(sipcause_builtin(name), yaml, sizeof yaml);
        NEED(length);
        ck_assert_uint_lt(length, sizeof yaml);
        NEED(sipcause_validate_bytes(yaml, length, name, report) == SIPCAUSE_OK);
    }
    describe_report(report, text);
    ck_assert_msg(!*text, "%s", text);
}
END_TEST

/* Long lists are compared as far as people write them: what they cost must not be the square of their length. */
START_TEST(long_conditions_end)
{
    enum { CODES = 4000 };
    unsigned items = sized(200, 20, 0);
    size_t size = 64 + items * (CODES * 6 + 64);
    if (memory_run())
        return;
    char *text = malloc(size), *at = text;
    ck_assert_ptr_nonnull(text);
    at += sprintf(at, "sipcause: 1\nmap:\n  sip:\n    480:\n      when:\n");
    for (int item = 0; item < (int)items; item++) {
        at += sprintf(at, "        - {disposition: Busy, carrier: [");
        for (int i = 0; i < CODES; i++)
            at += sprintf(at, "%d,", 1000 + i);
        at += sprintf(at, "%d]}\n", 9000 + item);
    }
    sipcause_report *report = new_report();
    ck_assert_int_eq(sipcause_validate_bytes(text, (size_t)(at - text), NULL, report), SIPCAUSE_OK);
    free(text);
    ck_assert_uint_eq(sipcause_report_count(report), 0);
}
END_TEST

/* Rules whose author had no line to give are looked at as all others. */
START_TEST(interworking_from_nowhere_is_looked_at)
{
    static const uint16_t expected[] = {SIPCAUSE_RULE_LOSSY_ROUNDTRIP, SIPCAUSE_RULE_CIRCUIT_CAUSE_TO_STATUS,
                                        SIPCAUSE_RULE_LOCATION_DEFEATS_NOTICE};
    const sipcause_translation unavailable = {.to = 503}, hung_up = {.to = 16};
    const sipcause_translation declined = {.to = 21, .has_location = 1, .location = SIPCAUSE_LOCATION_TN};
    for (uint32_t line = 0; line < 2; line++) {
        sipcause_report *report = new_report();
        sipcause_builder *builder = new_builder(sipcause_builtin("fcc-2026"));
        NEED(report && builder);
        NEED(sipcause_builder_to_isup(builder, 608, &hung_up, 1, line, 0, NULL) == SIPCAUSE_OK);
        NEED(sipcause_builder_to_sip(builder, 44, &unavailable, 1, 2 * line, 0, NULL) == SIPCAUSE_OK);
        NEED(sipcause_builder_to_isup(builder, 603, &declined, 1, 3 * line, 0, NULL) == SIPCAUSE_OK);
        sipcause_table *table = keep_table(sipcause_builder_table(builder, NULL));
        NEED(table);
        NEED(sipcause_validate_table(table, report) == SIPCAUSE_OK);
        uint64_t met = 0;
        for (size_t i = 0; i < sipcause_report_count(report); i++)
            met |= UINT64_C(1) << sipcause_report_at(report, i)->rule % 64;
        for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
            ck_assert_msg(met >> expected[i] % 64 & 1, "line %u: %s", line, sipcause_rule_name(expected[i]));

        /* What only extends it has said none of this itself. */
        builder = new_builder(table);
        NEED(builder);
        sipcause_table *extending = keep_table(sipcause_builder_table(builder, NULL));
        NEED(extending);
        sipcause_report_clear(report);
        NEED(sipcause_validate_table(extending, report) == SIPCAUSE_OK);
        ck_assert_uint_eq(sipcause_report_count(report), 0);
    }
}
END_TEST

/* Each declared label is compared with the new one: that of 40,000 takes minutes if it is with all of them. */
START_TEST(many_new_labels_end)
{
    unsigned items = sized(40000, 2000, 0);
    if (memory_run())
        return;
    char *text = malloc((size_t)items * 64 + 64), *at = text;
    ck_assert_ptr_nonnull(text);
    at += sprintf(at, "{\"causeCodeMappings\":[");
    for (unsigned i = 0; i < items; i++)
        at += sprintf(at, "%s\n{\"sipCauseCode\":%u,\"disposition\":\"New Label %05u\"}", i ? "," : "", 1000 + i, i);
    strcpy(at, "]}");
    sipcause_report *report = new_report();
    ck_assert_int_eq(sipcause_validate_bytes(text, SIPCAUSE_TEXT, NULL, report), SIPCAUSE_OK);
    free(text);
    ck_assert_uint_eq(sipcause_report_count(report), items);
    ck_assert_str_eq(sipcause_report_at(report, 1)->suggestion, "New Label 00000");
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("validate");
    folders *const all[] = {&valid, &found, &refused};
    begin_round(all, 3);
    add_loop_test(suite, all_is_found, found.left_count);
    add_loop_test(suite, what_loading_refuses_is_found, refused.left_count);
    add_loop_test(suite, nothing_is_wrong, valid.left_count);
    add_test(suite, every_rule_is_shown);
    add_test(suite, the_examples_are_right);
    add_test(suite, the_profiles_are_right);
    add_test(suite, the_profiles_are_right_when_written);
    add_test(suite, long_conditions_end);
    add_test(suite, interworking_from_nowhere_is_looked_at);
    add_test(suite, many_new_labels_end);
    return suite;
}
