/*
 * survey_load.c - surveys that were saved as JSON. Whoever wrote them: all of it is checked.
 *
 * SPDX-License-Identifier: MIT
 */
#include "load.h"
#include "survey.h"

#include <string.h>

/* An object whose keys stand once each. */
typedef struct object {
    const char *what; /* "a survey", for sentences */
    const char *const *keys;
    size_t count;
    place begin;
    place seen[ROW_KEYS]; /* line 0: not yet */
} object;

/* The next key of an object that has begun. Returns its number; `count` at the object's end; negative: an error. */
static int next_key(loader *load, object *of, event *key)
{
    int result = load_next(load, key);
    if (result != SIPCAUSE_OK)
        return result;
    if (key->kind == EVENT_CLOSE)
        return (int)of->count;
    for (size_t i = 0; i < of->count; i++) {
        if (!text_same_exactly(key->text, key->length, of->keys[i]))
            continue;
        if (of->seen[i].line)
            return load_fail_twice(load, key->at, of->seen[i], of->keys[i]);
        of->seen[i] = key->at;
        return (int)i;
    }
    return load_unknown_key(load, key, of->what, of->keys, of->count);
}

/* Every key must have stood there. */
static int check_whole(loader *load, const object *of)
{
    for (size_t i = 0; i < of->count; i++)
        if (!of->seen[i].line)
            return load_fail(load, of->begin, SIPCAUSE_ERROR_MISSING, "%s has no `%s`", of->what, of->keys[i]);
    return SIPCAUSE_OK;
}

/* A value that is one text, number or null. */
static int read_scalar(loader *load, const char *key, event *value)
{
    int result = load_next(load, value);
    if (result != SIPCAUSE_OK || value->kind == EVENT_SCALAR)
        return result;
    return load_fail(load, value->at, SIPCAUSE_ERROR_TYPE, "`%s` takes one value, not a %s", key,
                     value->kind == EVENT_LIST ? "list" : "mapping");
}

static int read_calls(loader *load, const char *key, uint64_t *calls)
{
    event value;
    int result = read_scalar(load, key, &value);
    if (result != SIPCAUSE_OK)
        return result;
    *calls = 0;
    bool digits = !value.quoted && value.length > 0 && (value.text[0] != '0' || value.length == 1);
    for (size_t i = 0; i < value.length && digits; i++) {
        digits = text_digit(value.text[i]);
        if (*calls <= SURVEY_CALLS_MOST)
            *calls = *calls * 10 + (uint64_t)(value.text[i] - '0');
    }
    if (!digits)
        return load_fail(load, value.at, SIPCAUSE_ERROR_VALUE, "`%s` is a number of calls, not `%s`", key,
                         load_shown(&value).text);
    if (*calls > SURVEY_CALLS_MOST)
        return load_fail(load, value.at, SIPCAUSE_ERROR_RANGE, "a survey counts up to %llu calls",
                         (unsigned long long)SURVEY_CALLS_MOST);
    return SIPCAUSE_OK;
}

/* A number in its range; null leaves it as it is, where that is allowed. */
static int read_number(loader *load, const char *key, bool or_null, uint32_t least, uint32_t most, uint32_t *number)
{
    event value;
    int result = read_scalar(load, key, &value);
    if (result != SIPCAUSE_OK || (or_null && load_is_null(&value)))
        return result;
    result = load_number(load, &value, false, number);
    if (result < 0)
        return result;
    if (result == 0)
        return load_fail(load, value.at, SIPCAUSE_ERROR_VALUE, "`%s` is a number%s, not `%s`", key,
                         or_null ? " or null" : "", load_shown(&value).text);
    if (*number < least || *number > most)
        return load_fail(load, value.at, SIPCAUSE_ERROR_RANGE, "`%s` is a number from %u to %u", key, (unsigned)least,
                         (unsigned)most);
    return SIPCAUSE_OK;
}

/* What stands for a number, an address or the like that was redacted: [number-1]. */
static bool placeholder_character(char c)
{
    return c == '[' || c == ']';
}

/* null, or a word of those characters, which is kept. */
static int read_word(loader *load, const char *key, bool (*belongs)(char c), kept_at *kept)
{
    event value;
    int result = read_scalar(load, key, &value);
    if (result != SIPCAUSE_OK || load_is_null(&value))
        return result;
    bool good = value.length >= 1 && value.length <= SURVEY_TEXT_MOST;
    for (size_t i = 0; i < value.length && good; i++)
        good = belongs(value.text[i]) || placeholder_character(value.text[i]);
    if (!good)
        return load_fail(load, value.at, SIPCAUSE_ERROR_VALUE,
                         "\"%s\" cannot be `%s`: 1 to %d characters of those that %s", load_shown(&value).text, key,
                         SURVEY_TEXT_MOST,
                         belongs == text_word_character ? "a carrier's word is made of" : "a header's name is made of");
    *kept = load_keep(load, &value);
    return *kept ? SIPCAUSE_OK : SIPCAUSE_ERROR_MEMORY;
}

/* The same; a number loses its leading zeros. */
static int read_carrier(loader *load, kept_at *kept)
{
    uint32_t number;
    int result = read_word(load, survey_row_keys[ROW_CARRIER], text_word_character, kept);
    if (result != SIPCAUSE_OK || !*kept)
        return result;
    char *text = load->kept.text + *kept;
    writer out = {text, strlen(text) + 1, 0};
    if (text_number(text, strlen(text), &number)) {
        write_number(&out, number);
        write_end(&out);
    }
    return SIPCAUSE_OK;
}

/* null, or a word of a list. */
static int read_listed(loader *load, const char *key, const word *words, size_t count, uint32_t *number)
{
    event value;
    int result = read_scalar(load, key, &value);
    if (result != SIPCAUSE_OK || load_is_null(&value))
        return result;
    result = load_word(load, &value, key, words, count);
    if (result < 0)
        return result;
    *number = (uint32_t)result;
    return SIPCAUSE_OK;
}

static int read_space(loader *load, uint16_t *space)
{
    event value;
    int result = read_scalar(load, survey_reason_keys[REASON_SPACE], &value);
    if (result == SIPCAUSE_OK)
        result = load_space(load, &value);
    if (result < 0)
        return result;
    if (result == SIPCAUSE_SPACE_Q850 || result == SIPCAUSE_SPACE_CARRIER)
        return load_fail(load, value.at, SIPCAUSE_ERROR_VALUE, "a code of this space stands in `%s`, not in `reason`",
                         sipcause_space_name((uint32_t)result));
    *space = (uint16_t)result;
    return SIPCAUSE_OK;
}

/* null, or the space and the value of a code. */
static int read_reason(loader *load, place at, sipcause_code *reason)
{
    object of = {"`reason`", survey_reason_keys, REASON_KEYS, at, {{0}}};
    bool open;
    event key;
    int which, result = load_open_mapping(load, "`reason` takes a mapping or null", &open);
    if (result != SIPCAUSE_OK || !open)
        return result;
    while ((which = next_key(load, &of, &key)) >= 0 && which < REASON_KEYS) {
        result = which == REASON_SPACE
                     ? read_space(load, &reason->space)
                     : read_number(load, survey_reason_keys[which], false, 0, UINT32_MAX, &reason->value);
        if (result != SIPCAUSE_OK)
            return result;
    }
    return which < 0 ? which : check_whole(load, &of);
}

/* What stands in a row until all of it is read. */
typedef struct read_row {
    uint64_t calls;
    uint32_t method, status, q850, location;
    bool answered;
    kept_at carrier, header;
    sipcause_code reason;
} read_row;

static int read_value(loader *load, enum row_key which, const event *key, read_row *of)
{
    const char *name = survey_row_keys[which];
    int result;
    switch (which) {
    case ROW_CALLS: return read_calls(load, name, &of->calls);
    case ROW_METHOD: return read_listed(load, name, words_method, words_method_count, &of->method);
    case ROW_ANSWERED:
        result = load_boolean(load, key);
        of->answered = result > 0;
        return result < 0 ? result : SIPCAUSE_OK;
    case ROW_STATUS: return read_number(load, name, true, 300, 699, &of->status);
    case ROW_Q850: return read_number(load, name, true, 1, 127, &of->q850);
    case ROW_LOCATION: return read_listed(load, name, words_location, words_location_count, &of->location);
    case ROW_CARRIER: return read_carrier(load, &of->carrier);
    case ROW_HEADER: return read_word(load, name, text_token_character, &of->header);
    default: return read_reason(load, key->at, &of->reason);
    }
}

/* Counts a row that was read, begun at a place. */
static int count_row(loader *load, place at, const read_row *of, sipcause_survey *survey)
{
    sipcause_observation seen = survey_nothing();
    seen.method = (uint16_t)of->method;
    seen.status = (uint16_t)of->status;
    seen.q850 = (uint16_t)of->q850;
    seen.location = (uint8_t)of->location;
    seen.answered = of->answered;
    seen.reason = of->reason;
    seen.carrier = load_kept(load, of->carrier);
    seen.header = load_kept(load, of->header);
    int result = survey_count(survey, &seen, of->calls);
    if (result == SIPCAUSE_ERROR_RANGE)
        return load_fail(load, at, result, "the rows come to more than %llu calls",
                         (unsigned long long)SURVEY_CALLS_MOST);
    return result == SIPCAUSE_OK ? result : error_memory(load->error);
}

static int read_one_row(loader *load, const event *begin, sipcause_survey *survey)
{
    object of = {"a row", survey_row_keys, ROW_KEYS, begin->at, {{0}}};
    read_row read = {.location = SIPCAUSE_LOCATION_NONE};
    event key;
    int which;
    if (begin->kind != EVENT_MAPPING)
        return load_fail(load, begin->at, SIPCAUSE_ERROR_TYPE, "a row is a mapping, not a %s",
                         begin->kind == EVENT_LIST ? "list" : "text");
    load->kept.length = 0;
    while ((which = next_key(load, &of, &key)) >= 0 && which < ROW_KEYS) {
        int result = read_value(load, (enum row_key)which, &key, &read);
        if (result != SIPCAUSE_OK)
            return result;
    }
    int result = which < 0 ? which : check_whole(load, &of);
    if (result == SIPCAUSE_OK && read.calls == 0)
        return load_fail(load, of.seen[ROW_CALLS], SIPCAUSE_ERROR_RANGE, "a row is of one call at least");
    if (result == SIPCAUSE_OK && !read.carrier != !read.header)
        return load_fail(load, of.seen[read.carrier ? ROW_CARRIER : ROW_HEADER], SIPCAUSE_ERROR_MISSING,
                         "`carrier` is the code that stood in `header`: neither is without the other");
    return result == SIPCAUSE_OK ? count_row(load, begin->at, &read, survey) : result;
}

static int read_rows(loader *load, const event *key, sipcause_survey *survey)
{
    event now;
    bool open;
    uint32_t count = 0;
    int result = load_list(load, key, &open);
    while (result == SIPCAUSE_OK && open && (result = load_list_item(load, &now, "a row")) > 0) {
        if (count++ == SIPCAUSE_SURVEY_MOST)
            return load_fail(load, now.at, SIPCAUSE_ERROR_TOO_LARGE, "a survey has at most %d rows",
                             SIPCAUSE_SURVEY_MOST);
        result = read_one_row(load, &now, survey);
    }
    return result;
}

/* The document, up to the value of its first key. */
static int read_version(loader *load, object *of)
{
    event root, first = {0}, version = {0};
    int result = load_next(load, &root);
    if (result == SIPCAUSE_OK && root.kind == EVENT_MAPPING)
        result = load_next(load, &first);
    if (result != SIPCAUSE_OK)
        return result;
    if (!first.key || !text_same_exactly(first.text, first.length, survey_keys[KEY_SURVEY]))
        return load_fail(load, root.at, SIPCAUSE_ERROR_FORMAT, "no saved survey: that begins with {\"survey\":%d,",
                         SURVEY_VERSION);
    of->begin = root.at;
    of->seen[KEY_SURVEY] = first.at;
    uint32_t number;
    result = read_scalar(load, survey_keys[KEY_SURVEY], &version);
    if (result == SIPCAUSE_OK && !(text_number(version.text, version.length, &number) && number == SURVEY_VERSION))
        return load_fail(load, version.at, SIPCAUSE_ERROR_FORMAT,
                         "this is format version %s of surveys; this version of sipcause reads version %d",
                         load_shown(&version).text, SURVEY_VERSION);
    return result;
}

static int read_survey(loader *load, sipcause_survey *survey)
{
    object of = {"a survey", survey_keys, SURVEY_KEYS, {0}, {{0}}};
    uint64_t calls = 0, other = 0;
    event key;
    int which, result = read_version(load, &of);
    if (result != SIPCAUSE_OK)
        return result;
    while ((which = next_key(load, &of, &key)) >= 0 && which < SURVEY_KEYS) {
        result = which == KEY_ROWS ? read_rows(load, &key, survey)
                                   : read_calls(load, survey_keys[which], which == KEY_CALLS ? &calls : &other);
        if (result != SIPCAUSE_OK)
            return result;
    }
    result = which < 0 ? which : check_whole(load, &of);
    if (result == SIPCAUSE_OK)
        result = load_next(load, &key); /* the end, or what should not stand behind it */
    if (result != SIPCAUSE_OK)
        return result;
    if (survey_count_other(survey, other) != SIPCAUSE_OK || sipcause_survey_calls(survey) != calls)
        return load_fail(load, of.seen[KEY_CALLS], SIPCAUSE_ERROR_VALUE,
                         "`calls` is not what the rows and `other` come to together");
    return SIPCAUSE_OK;
}

sipcause_survey *sipcause_survey_load(const void *bytes, size_t length, const char *name, sipcause_error *error)
{
    sipcause_error unasked;
    if (!error)
        error = &unasked;
    error_clear(error);
    if (!bytes && length) {
        error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no bytes");
        return NULL;
    }
    loader load = {.error = error, .file = name ? name : "-"};
    load.events = yaml_events_open(bytes, text_length(bytes, length), SURVEY_FILE_LARGEST, error);
    sipcause_survey *survey = load.events ? sipcause_survey_new() : NULL;
    if (load.events && !survey)
        error_memory(error);
    if (survey && read_survey(&load, survey) != SIPCAUSE_OK) {
        sipcause_survey_free(survey);
        survey = NULL;
    }
    if (!survey)
        error_source(error, load.file);
    yaml_events_close(load.events);
    memory_free(load.kept.text);
    return survey;
}
