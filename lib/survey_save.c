/*
 * survey_save.c - surveys as JSON, to be kept from one day to the next.
 *
 * One object, its format version first, and in `rows` an object a kind, each on a line of its own: people compare two
 * surveys with diff and search them with grep. What is absent is null, what has a name is written by it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "survey.h"

#include <string.h>

const char *const survey_keys[SURVEY_KEYS] = {"survey", "calls", "other", "rows"};
const char *const survey_row_keys[ROW_KEYS] = {"calls",    "method",  "answered", "status", "q850",
                                               "location", "carrier", "header",   "reason"};
const char *const survey_reason_keys[REASON_KEYS] = {"space", "value"};

/* Below 0: a goes before b. What is absent goes first. */
static int compare_texts(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) : (a != NULL) - (b != NULL);
}

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* The most frequent first; what then follows is any fixed order that puts like beside like. */
static bool goes_before(const void *one, const void *other)
{
    const sipcause_observation *a = one, *b = other;
    int order = compare_numbers(b->calls, a->calls);
    order = order ? order : compare_numbers(a->status, b->status);
    order = order ? order : compare_numbers(a->q850, b->q850);
    order = order ? order : compare_numbers(a->location, b->location);
    order = order ? order : compare_texts(a->carrier, b->carrier);
    order = order ? order : compare_texts(a->header, b->header);
    order = order ? order : compare_numbers(a->reason.space, b->reason.space);
    order = order ? order : compare_numbers(a->reason.value, b->reason.value);
    order = order ? order : compare_numbers(a->method, b->method);
    return (order ? order : compare_numbers(a->answered, b->answered)) < 0;
}

static void write_key(writer *out, const char *key, bool first)
{
    write_text(out, first ? "\"" : ",\"");
    write_text(out, key);
    write_text(out, "\":");
}

/* Names and words need no escapes. */
static void write_word(writer *out, const char *text)
{
    if (!text) {
        write_text(out, "null");
        return;
    }
    write_text(out, "\"");
    write_text(out, text);
    write_text(out, "\"");
}

static void write_number_or_null(writer *out, uint64_t number)
{
    if (number)
        write_number(out, number);
    else
        write_text(out, "null");
}

/* A number of the carrier's is one in JSON too, as in what classify writes. */
static void write_carrier(writer *out, const char *carrier)
{
    uint32_t number;
    if (carrier && text_number(carrier, strlen(carrier), &number))
        write_text(out, carrier);
    else
        write_word(out, carrier);
}

static void write_reason(writer *out, sipcause_code reason)
{
    if (reason.space == SIPCAUSE_SPACE_NONE) {
        write_text(out, "null");
        return;
    }
    write_text(out, "{");
    write_key(out, survey_reason_keys[REASON_SPACE], true);
    write_word(out, sipcause_space_name(reason.space));
    write_key(out, survey_reason_keys[REASON_VALUE], false);
    write_number(out, reason.value);
    write_text(out, "}");
}

static void write_row(writer *out, const sipcause_observation *seen)
{
    write_text(out, "{");
    write_key(out, survey_row_keys[ROW_CALLS], true);
    write_number(out, seen->calls);
    write_key(out, survey_row_keys[ROW_METHOD], false);
    write_word(out, sipcause_method_name(seen->method));
    write_key(out, survey_row_keys[ROW_ANSWERED], false);
    write_text(out, seen->answered ? "true" : "false");
    write_key(out, survey_row_keys[ROW_STATUS], false);
    write_number_or_null(out, seen->status);
    write_key(out, survey_row_keys[ROW_Q850], false);
    write_number_or_null(out, seen->q850);
    write_key(out, survey_row_keys[ROW_LOCATION], false);
    write_word(out, sipcause_location_name(seen->location));
    write_key(out, survey_row_keys[ROW_CARRIER], false);
    write_carrier(out, seen->carrier);
    write_key(out, survey_row_keys[ROW_HEADER], false);
    write_word(out, seen->header);
    write_key(out, survey_row_keys[ROW_REASON], false);
    write_reason(out, seen->reason);
    write_text(out, "}");
}

size_t sipcause_survey_save(const sipcause_survey *survey, char *buffer, size_t size, sipcause_error *error)
{
    writer out = {buffer, buffer ? size : 0, 0};
    uint32_t count = (uint32_t)sipcause_survey_count(survey);
    error_clear(error);
    if (!survey) {
        error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no survey");
        return 0;
    }
    const void **rows = (const void **)memory_resize(NULL, count, sizeof *rows);
    for (uint32_t i = 0; rows && i < count; i++)
        rows[i] = sipcause_survey_at(survey, i);
    if (!rows || !sort_stable(rows, count, goes_before)) {
        memory_free((void *)rows);
        error_memory(error);
        return 0;
    }
    write_text(&out, "{");
    write_key(&out, survey_keys[KEY_SURVEY], true);
    write_number(&out, SURVEY_VERSION);
    write_key(&out, survey_keys[KEY_CALLS], false);
    write_number(&out, sipcause_survey_calls(survey));
    write_key(&out, survey_keys[KEY_OTHER], false);
    write_number(&out, sipcause_survey_other(survey));
    write_key(&out, survey_keys[KEY_ROWS], false);
    write_text(&out, "[");
    for (uint32_t i = 0; i < count; i++) {
        write_text(&out, i ? ",\n" : "\n");
        write_row(&out, rows[i]);
    }
    write_text(&out, count ? "\n]}\n" : "]}\n");
    memory_free((void *)rows);
    return write_end(&out);
}
