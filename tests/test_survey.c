/*
 * test_survey.c - what a survey counts, and that it comes back from its saved form.
 *
 * What is no survey: tests/data/surveys.txt, a line "TEXT => LINE:COLUMN NAME: SENTENCE" each.
 *
 * SPDX-License-Identifier: MIT
 */
#include "survey.h"

#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- help -------------------------------------------------------------------------------------------------- */

/* The saved form, to be freed; NULL: memory was short. */
static char *saved(const sipcause_survey *survey)
{
    sipcause_error error;
    size_t length = sipcause_survey_save(survey, NULL, 0, &error);
    if (!length) {
        ck_assert_int_eq(error.code, SIPCAUSE_ERROR_MEMORY);
        return NULL;
    }
    char *text = malloc(length + 1);
    ck_assert_ptr_nonnull(text);
    if (sipcause_survey_save(survey, text, length + 1, NULL) == 0) {
        free(text);
        return NULL;
    }
    ck_assert_uint_eq(strlen(text), length);
    return text;
}

/* Whether the saved form is this text; false: memory was short. */
static bool saves_as(const sipcause_survey *survey, const char *expected)
{
    char *text = saved(survey);
    if (text)
        ck_assert_str_eq(text, expected);
    free(text);
    return text != NULL;
}

static sipcause_survey *load(const char *text)
{
    sipcause_error error;
    sipcause_survey *survey = keep_survey(sipcause_survey_load(text, SIPCAUSE_TEXT, "s.json", &error));
    ck_assert_msg(survey || error.code == SIPCAUSE_ERROR_MEMORY, "%u:%u: %s", (unsigned)error.line,
                  (unsigned)error.column, error.text);
    return survey;
}

/* What is saved is loaded, and saved as the same bytes; false: memory was short. */
static bool comes_back(const sipcause_survey *survey)
{
    char *text = saved(survey);
    sipcause_survey *again = text ? load(text) : NULL;
    bool done = again && saves_as(again, text);
    free(text);
    return done;
}

/* A kind that no other number makes. */
static sipcause_observation kind_of(unsigned number, char carrier[SURVEY_TEXT_MOST + 1], size_t length)
{
    sipcause_observation seen = survey_nothing();
    memset(carrier, 'x', length);
    snprintf(carrier + length - 6, 7, "%06u", number);
    seen.method = SIPCAUSE_METHOD_INVITE;
    seen.status = 603;
    seen.carrier = carrier;
    seen.header = "X-Cause-Code";
    return seen;
}

/* A survey of so many kinds from `first` on, each of one call; NULL: memory was short. */
static sipcause_survey *of_kinds(unsigned first, unsigned count)
{
    char carrier[SURVEY_TEXT_MOST + 1];
    sipcause_survey *survey = keep_survey(sipcause_survey_new());
    for (unsigned i = 0; survey && i < count; i++) {
        sipcause_observation seen = kind_of(first + i, carrier, 10);
        int result = survey_count(survey, &seen, 1);
        if (result == SIPCAUSE_ERROR_MEMORY)
            return NULL;
        ck_assert_int_eq(result, SIPCAUSE_OK);
    }
    return survey;
}

/* ---- what is counted --------------------------------------------------------------------------------------- */

/* Each is one call; `row` is the kind that it is counted as. No mapping: the profile "default". */
static const struct {
    const char *what, *mapping;
    const char *wire; /* messages, a line '-' between them */
    const char *row;
} calls[] = {
    {"nothing came back", NULL, "INVITE sip:b@example.com SIP/2.0\nCSeq: 1 INVITE\n",
     "\"method\":null,\"answered\":false,\"status\":null,\"q850\":null,\"location\":null,\"carrier\":null,"
     "\"header\":null,\"reason\":null"},
    {"a failure with Q.850 and its location", NULL,
     "SIP/2.0 503 Service Unavailable\nCSeq: 1 INVITE\nReason: Q.850;cause=34;location=LN\n",
     "\"method\":\"invite\",\"answered\":false,\"status\":503,\"q850\":34,\"location\":\"LN\",\"carrier\":null,"
     "\"header\":null,\"reason\":null"},
    {"the carrier's code, mapped or not, its leading zeros dropped", NULL,
     "SIP/2.0 503 x\nCSeq: 1 INVITE\nX-Cause-Code: 0601\n",
     "\"method\":\"invite\",\"answered\":false,\"status\":503,\"q850\":null,\"location\":null,\"carrier\":601,"
     "\"header\":\"X-Cause-Code\",\"reason\":null"},
    {"a carrier's word that no table has", NULL, "SIP/2.0 503 x\nCSeq: 1 INVITE\nX-Cause-Code: D35\n",
     "\"method\":\"invite\",\"answered\":false,\"status\":503,\"q850\":null,\"location\":null,\"carrier\":\"D35\","
     "\"header\":\"X-Cause-Code\",\"reason\":null"},
    {"the best header counts, whichever has a row",
     "sipcause: 1\ncause-headers: [X-One, X-Two]\nmap: {carrier: {2: Busy}}\n",
     "SIP/2.0 503 x\nCSeq: 1 INVITE\nX-Two: 2\nX-One: 1\n",
     "\"method\":\"invite\",\"answered\":false,\"status\":503,\"q850\":null,\"location\":null,\"carrier\":1,"
     "\"header\":\"X-One\",\"reason\":null"},
    {"an empty header is passed over", "sipcause: 1\ncause-headers: [X-One, X-Two]\n",
     "SIP/2.0 503 x\nCSeq: 1 INVITE\nX-Two: 2\nX-One:\n",
     "\"method\":\"invite\",\"answered\":false,\"status\":503,\"q850\":null,\"location\":null,\"carrier\":2,"
     "\"header\":\"X-Two\",\"reason\":null"},
    {"a cause header of the space q850", "sipcause: 1\ncause-headers: [{name: X-Hangup, space: q850}]\n",
     "SIP/2.0 480 x\nCSeq: 1 INVITE\nX-Hangup: 999\nX-Hangup: 34\n",
     "\"method\":\"invite\",\"answered\":false,\"status\":480,\"q850\":34,\"location\":null,\"carrier\":null,"
     "\"header\":null,\"reason\":null"},
    {"... yields to a Reason", "sipcause: 1\ncause-headers: [{name: X-Hangup, space: q850}]\n",
     "SIP/2.0 480 x\nCSeq: 1 INVITE\nX-Hangup: 34\nReason: Q.850;cause=31\n",
     "\"method\":\"invite\",\"answered\":false,\"status\":480,\"q850\":31,\"location\":null,\"carrier\":null,"
     "\"header\":null,\"reason\":null"},
    {"a cause header of another space", "sipcause: 1\ncause-headers: [{name: X-FS, space: freeswitch}]\n",
     "SIP/2.0 480 x\nCSeq: 1 INVITE\nX-FS: 806\n",
     "\"method\":\"invite\",\"answered\":false,\"status\":480,\"q850\":null,\"location\":null,\"carrier\":null,"
     "\"header\":null,\"reason\":{\"space\":\"freeswitch\",\"value\":806}"},
    {"a Q.850 cause under SIP, which can be no code", NULL,
     "SIP/2.0 480 x\nCSeq: 1 INVITE\nReason: SIP;cause=16, Preemption;cause=1\n",
     "\"method\":\"invite\",\"answered\":false,\"status\":480,\"q850\":null,\"location\":null,\"carrier\":null,"
     "\"header\":null,\"reason\":{\"space\":\"sip\",\"value\":16}"},
    {"a Reason without a cause, and of no registered protocol", NULL,
     "SIP/2.0 480 x\nCSeq: 1 INVITE\nReason: SIP;text=\"x\", X;cause=9, Preemption;cause=1\n",
     "\"method\":\"invite\",\"answered\":false,\"status\":480,\"q850\":null,\"location\":null,\"carrier\":null,"
     "\"header\":null,\"reason\":{\"space\":\"preemption\",\"value\":1}"},
    {"a Reason that the table does not trust", "sipcause: 1\nignore-reason: [480]\n",
     "SIP/2.0 480 x\nCSeq: 1 INVITE\nReason: Q.850;cause=17\n",
     "\"method\":\"invite\",\"answered\":false,\"status\":480,\"q850\":17,\"location\":null,\"carrier\":null,"
     "\"header\":null,\"reason\":null"},
    {"a provisional response's Reason", NULL,
     "SIP/2.0 183 x\nCSeq: 1 INVITE\nReason: Q.850;cause=17\n-\nSIP/2.0 480 x\nCSeq: 1 INVITE\n",
     "\"method\":\"invite\",\"answered\":false,\"status\":480,\"q850\":null,\"location\":null,\"carrier\":null,"
     "\"header\":null,\"reason\":null"},
    {"cancelled", NULL,
     "CANCEL sip:b SIP/2.0\nCSeq: 1 CANCEL\nReason: SIP;cause=200\n-\nSIP/2.0 487 x\nCSeq: 1 INVITE\n"
     "Reason: Q.850;cause=31\n",
     "\"method\":\"cancel\",\"answered\":false,\"status\":487,\"q850\":null,\"location\":null,\"carrier\":null,"
     "\"header\":null,\"reason\":{\"space\":\"sip\",\"value\":200}"},
    {"answered, and hung up", NULL,
     "INVITE sip:b SIP/2.0\nCSeq: 1 INVITE\n-\nSIP/2.0 200 OK\nCSeq: 1 INVITE\nTo: <sip:b>;tag=t\n-\n"
     "BYE sip:a SIP/2.0\nCSeq: 2 BYE\nTo: <sip:a>;tag=u\nReason: Q.850;cause=16\nX-Cause-Code: 7\n",
     "\"method\":\"bye\",\"answered\":true,\"status\":null,\"q850\":16,\"location\":null,\"carrier\":7,"
     "\"header\":\"X-Cause-Code\",\"reason\":null"},
};
enum { CALLS = sizeof calls / sizeof *calls };

/* Tells the messages of a call; false: memory was short. */
static bool tell(sipcause_release *release, const char *wire)
{
    while (wire) {
        const char *next = strstr(wire, "\n-\n");
        int result = sipcause_release_message(release, wire, next ? (size_t)(next + 1 - wire) : strlen(wire));
        if (result == SIPCAUSE_ERROR_MEMORY)
            return false;
        ck_assert_int_eq(result, SIPCAUSE_OK);
        wire = next ? next + 3 : NULL;
    }
    return true;
}

START_TEST(calls_are_counted_as_what_they_carry)
{
    static const char any[] = "sipcause: 1\ncause-headers: [X-Cause-Code]\nmap: {carrier: {601: Busy}}\n";
    char expected[1024];
    const char *mapping = calls[_i].mapping ? calls[_i].mapping : any;
    sipcause_error error;
    sipcause_table *table = keep_table(sipcause_load_bytes(mapping, SIPCAUSE_TEXT, "m", &error));
    ck_assert_msg(table || error.code == SIPCAUSE_ERROR_MEMORY, "%s: %s", calls[_i].what, error.text);
    NEED(table);
    sipcause_release *release = keep_release(sipcause_release_new(table));
    sipcause_survey *survey = keep_survey(sipcause_survey_new());
    NEED(release && survey && tell(release, calls[_i].wire));
    NEED(sipcause_survey_add(survey, release) == SIPCAUSE_OK);
    snprintf(expected, sizeof expected, "{\"survey\":1,\"calls\":1,\"other\":0,\"rows\":[\n{\"calls\":1,%s}\n]}\n",
             calls[_i].row);
    NEED(saves_as(survey, expected));
    NEED(sipcause_survey_add(survey, release) == SIPCAUSE_OK);
    ck_assert_uint_eq(sipcause_survey_count(survey), 1);
    ck_assert_uint_eq(sipcause_survey_at(survey, 0)->calls, 2);
    ck_assert_uint_eq(sipcause_survey_at(survey, 0)->size, sizeof(sipcause_observation));
    NEED(comes_back(survey));
}
END_TEST

/* The verdict that somebody is looking at stays where it is. */
START_TEST(counting_leaves_the_verdict)
{
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    sipcause_survey *survey = keep_survey(sipcause_survey_new());
    NEED(release && survey && tell(release, "SIP/2.0 486 Busy Here\nCSeq: 1 INVITE\nReason: Q.850;cause=17;;\n"));
    const sipcause_verdict *verdict = sipcause_decide(release);
    NEED(verdict);
    size_t findings = sipcause_finding_count(release);
    NEED(sipcause_survey_add(survey, release) == SIPCAUSE_OK);
    ck_assert_str_eq(verdict->disposition, "Busy");
    ck_assert_uint_eq(sipcause_finding_count(release), findings);
}
END_TEST

/* A word that is longer than any that can be mapped is cut as in a verdict. */
START_TEST(a_long_word_is_cut)
{
    static const char code[] = "01234567890123456789012345678901234567890123456789012345678901234567890123456789";
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    sipcause_survey *survey = keep_survey(sipcause_survey_new());
    NEED(release && survey && tell(release, "SIP/2.0 500 x\nCSeq: 1 INVITE\n"));
    sipcause_cause_header header;
    ck_assert(sipcause_cause_header_at(NULL, 0, &header));
    NEED(sipcause_release_header(release, header.name, SIPCAUSE_TEXT, code, SIPCAUSE_TEXT) == SIPCAUSE_OK);
    NEED(sipcause_survey_add(survey, release) == SIPCAUSE_OK);
    ck_assert_uint_eq(strlen(sipcause_survey_at(survey, 0)->carrier), SURVEY_CARRIER_MOST);
    NEED(comes_back(survey));
}
END_TEST

/* ---- merging, saving, loading ------------------------------------------------------------------------------ */

START_TEST(merging_commutes)
{
    sipcause_survey *a = of_kinds(0, 300), *b = of_kinds(200, 300), *c = of_kinds(0, 300);
    NEED(a && b && c);
    NEED(sipcause_survey_merge(a, b) == SIPCAUSE_OK);
    NEED(sipcause_survey_merge(b, c) == SIPCAUSE_OK);
    ck_assert_uint_eq(sipcause_survey_count(a), 500);
    ck_assert_uint_eq(sipcause_survey_calls(a), 600);
    char *text = saved(b);
    NEED(text);
    bool same = saves_as(a, text);
    free(text);
    NEED(same && comes_back(a));
}
END_TEST

/* What could not be merged has changed nothing. */
START_TEST(merging_is_all_or_nothing)
{
    sipcause_survey *a = of_kinds(0, 10), *b = of_kinds(5, 600);
    NEED(a && b);
    int result = sipcause_survey_merge(a, b);
    if (result != SIPCAUSE_OK) {
        ck_assert_int_eq(result, SIPCAUSE_ERROR_MEMORY);
        ck_assert_uint_eq(sipcause_survey_calls(a), 10);
        ck_assert_uint_eq(sipcause_survey_count(a), 10);
    }
    NEED(result == SIPCAUSE_OK);
    sipcause_survey *most = load("{\"survey\":1,\"calls\":9007199254740991,\"other\":9007199254740991,\"rows\":[]}");
    NEED(most);
    ck_assert_int_eq(sipcause_survey_merge(a, most), SIPCAUSE_ERROR_RANGE);
    ck_assert_int_eq(sipcause_survey_merge(most, a), SIPCAUSE_ERROR_RANGE);
    ck_assert_uint_eq(sipcause_survey_calls(most), UINT64_C(9007199254740991));
    ck_assert_uint_eq(sipcause_survey_calls(a), 610);
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    ck_assert_int_eq(sipcause_survey_add(most, release), SIPCAUSE_ERROR_RANGE);
}
END_TEST

/* As many kinds as there may be, with the longest texts; what then comes is counted as other. */
START_TEST(there_is_an_end_to_kinds)
{
    char carrier[SURVEY_TEXT_MOST + 1], header[SURVEY_TEXT_MOST + 1];
    if (memory_run())
        return;
    sipcause_survey *survey = keep_survey(sipcause_survey_new());
    for (unsigned i = 0; i < SIPCAUSE_SURVEY_MOST + 10; i++) {
        sipcause_observation seen = kind_of(i, carrier, SURVEY_TEXT_MOST);
        kind_of(i, header, SURVEY_TEXT_MOST);
        seen.header = header;
        seen.q850 = 127;
        seen.location = 15;
        seen.method = SIPCAUSE_METHOD_CANCEL;
        seen.reason = sipcause_code_make(SIPCAUSE_SPACE_RELEASE_CAUSE, UINT32_MAX);
        ck_assert_int_eq(survey_count(survey, &seen, UINT64_C(100000000000)), SIPCAUSE_OK);
    }
    ck_assert_uint_eq(sipcause_survey_count(survey), SIPCAUSE_SURVEY_MOST);
    ck_assert_uint_eq(sipcause_survey_other(survey), UINT64_C(1000000000000));
    ck_assert_uint_eq(sipcause_survey_calls(survey), UINT64_C(6554600000000000));
    ck_assert_uint_lt(sipcause_survey_save(survey, NULL, 0, NULL), SURVEY_FILE_LARGEST);
    ck_assert(comes_back(survey));
    sipcause_survey *more = of_kinds(0, 3);
    ck_assert_int_eq(sipcause_survey_merge(survey, more), SIPCAUSE_OK);
    ck_assert_uint_eq(sipcause_survey_other(survey), UINT64_C(1000000000003));
    ck_assert_int_eq(sipcause_survey_merge(more, survey), SIPCAUSE_OK);
    ck_assert_uint_eq(sipcause_survey_count(more), SIPCAUSE_SURVEY_MOST);
    ck_assert_uint_eq(sipcause_survey_calls(more), UINT64_C(6554600000000006));
}
END_TEST

/* What people may do to a saved survey: other white space, keys in another order, a kind twice. */
START_TEST(other_spellings_are_read)
{
    static const char written[] =
        "{\"survey\":1,\"rows\":[{\"header\":\"X-C\", \"carrier\":\"0007\", \"calls\":2, \"method\":null, "
        "\"answered\":false, \"status\":null, \"q850\":null, \"location\":null, \"reason\":null},\n"
        "{\"calls\":1,\"method\":null,\"answered\":false,\"status\":null,\"q850\":null,\"location\":null,"
        "\"carrier\":\"[number-1]\",\"header\":\"X-C\",\"reason\":null},"
        "{\"calls\":3,\"method\":null,\"answered\":false,\"status\":null,\"q850\":null,\"location\":null,"
        "\"carrier\":7,\"header\":\"X-C\",\"reason\":null}], \"other\":0,\n \"calls\":6}";
    sipcause_survey *survey = load(written);
    NEED(survey);
    NEED(saves_as(survey, "{\"survey\":1,\"calls\":6,\"other\":0,\"rows\":[\n"
                          "{\"calls\":5,\"method\":null,\"answered\":false,\"status\":null,\"q850\":null,"
                          "\"location\":null,\"carrier\":7,\"header\":\"X-C\",\"reason\":null},\n"
                          "{\"calls\":1,\"method\":null,\"answered\":false,\"status\":null,\"q850\":null,"
                          "\"location\":null,\"carrier\":\"[number-1]\",\"header\":\"X-C\",\"reason\":null}\n]}\n"));
    NEED(comes_back(survey));
}
END_TEST

START_TEST(an_empty_survey_comes_back)
{
    sipcause_survey *survey = keep_survey(sipcause_survey_new());
    NEED(survey);
    NEED(saves_as(survey, "{\"survey\":1,\"calls\":0,\"other\":0,\"rows\":[]}\n") && comes_back(survey));
}
END_TEST

START_TEST(what_is_no_survey_is_refused)
{
    char *text = keep_file("tests/data/surveys.txt", NULL);
    unsigned lines = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        char found[1024];
        sipcause_error error;
        char *arrow = strstr(line, " => ");
        if (*line == '#')
            continue;
        ck_assert_msg(arrow != NULL, "no ' => ' in: %s", line);
        *arrow = 0;
        sipcause_survey *survey = sipcause_survey_load(line, SIPCAUSE_TEXT, "s.json", &error);
        sipcause_survey_free(survey);
        ck_assert_msg(survey == NULL, "loaded: %s", line);
        ck_assert_str_eq(error.source, "s.json");
        snprintf(found, sizeof found, "%u:%u %s: %s", (unsigned)error.line, (unsigned)error.column,
                 sipcause_error_name(error.code), error.text);
        if (error.code == SIPCAUSE_ERROR_MEMORY && out_of_memory())
            return;
        ck_assert_msg(strcmp(found, arrow + 4) == 0, "%s\n  expected: %s\n  found:    %s", line, arrow + 4, found);
        lines++;
    }
    ck_assert_uint_ge(lines, 30);
}
END_TEST

START_TEST(too_many_rows_are_refused)
{
    static const char one[] = "{\"calls\":1,\"method\":null,\"answered\":false,\"status\":null,\"q850\":null,"
                              "\"location\":null,\"carrier\":null,\"header\":null,\"reason\":null},";
    sipcause_error error;
    if (memory_run())
        return;
    char *text = malloc(sizeof one * (SIPCAUSE_SURVEY_MOST + 1) + 100), *at = text;
    ck_assert_ptr_nonnull(text);
    at += sprintf(at, "{\"survey\":1,\"calls\":65537,\"other\":0,\"rows\":[\n");
    for (int i = 0; i <= SIPCAUSE_SURVEY_MOST; i++, at += sizeof one - 1)
        memcpy(at, one, sizeof one);
    sprintf(at - 1, "]}");
    ck_assert_ptr_null(sipcause_survey_load(text, SIPCAUSE_TEXT, NULL, &error));
    ck_assert_int_eq(error.code, SIPCAUSE_ERROR_TOO_LARGE);
    ck_assert_str_eq(error.source, "-");
    free(text);
}
END_TEST

START_TEST(misuse_is_refused)
{
    sipcause_survey *survey = keep_survey(sipcause_survey_new());
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    sipcause_error error;
    NEED(survey && release);
    ck_assert_int_eq(sipcause_survey_add(NULL, release), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_survey_add(survey, NULL), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_survey_merge(NULL, survey), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_survey_merge(survey, NULL), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_survey_merge(survey, survey), SIPCAUSE_ERROR_MISUSE);
    ck_assert_uint_eq(sipcause_survey_save(NULL, NULL, 0, &error), 0);
    ck_assert_int_eq(error.code, SIPCAUSE_ERROR_MISUSE);
    size_t length = sipcause_survey_save(survey, NULL, 0, NULL);
    NEED(length);
    size_t without_buffer = sipcause_survey_save(survey, NULL, 64, NULL); /* as of every text: no buffer, no room */
    NEED(without_buffer);
    ck_assert_uint_eq(without_buffer, length);
    ck_assert_ptr_null(sipcause_survey_load(NULL, 1, NULL, &error));
    ck_assert_int_eq(error.code, SIPCAUSE_ERROR_MISUSE);
    ck_assert_uint_eq(sipcause_survey_calls(NULL) + sipcause_survey_other(NULL) + sipcause_survey_count(NULL), 0);
    ck_assert_ptr_null(sipcause_survey_at(survey, 0));
    ck_assert_ptr_null(sipcause_survey_at(NULL, 0));
    sipcause_survey_free(NULL);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("survey");
    add_loop_test(suite, calls_are_counted_as_what_they_carry, CALLS);
    add_test(suite, counting_leaves_the_verdict);
    add_test(suite, a_long_word_is_cut);
    add_test(suite, merging_commutes);
    add_test(suite, merging_is_all_or_nothing);
    add_test(suite, there_is_an_end_to_kinds);
    add_test(suite, other_spellings_are_read);
    add_test(suite, an_empty_survey_comes_back);
    add_test(suite, what_is_no_survey_is_refused);
    add_test(suite, too_many_rows_are_refused);
    add_test(suite, misuse_is_refused);
    return suite;
}
