/*
 * fuzz_survey.c - any bytes as a saved survey: what loads is saved, loaded and saved again as the same bytes, and
 * merged with itself it is twice as much.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"

static char *save(const sipcause_survey *survey, size_t *length)
{
    sipcause_error error;
    *length = sipcause_survey_save(survey, NULL, 0, &error);
    PROMISE(*length > 0 && error.code == SIPCAUSE_OK);
    char *text = malloc(*length + 1);
    PROMISE(text);
    PROMISE(sipcause_survey_save(survey, text, *length + 1, NULL) == *length && strlen(text) == *length);
    return text;
}

/* What a survey hands out keeps to the header. */
static void check(const sipcause_survey *survey)
{
    uint64_t calls = sipcause_survey_other(survey);
    size_t count = sipcause_survey_count(survey);
    PROMISE(count <= SIPCAUSE_SURVEY_MOST && sipcause_survey_at(survey, count) == NULL);
    for (size_t i = 0; i < count; i++) {
        const sipcause_observation *seen = sipcause_survey_at(survey, i);
        PROMISE(seen && seen->size == sizeof *seen && seen->calls > 0);
        PROMISE(seen->status == 0 || (seen->status >= 300 && seen->status <= 699));
        PROMISE(seen->q850 <= 127 && seen->answered <= 1 && seen->reason.reserved == 0);
        PROMISE(seen->method == 0 || sipcause_method_name(seen->method));
        PROMISE(seen->location == SIPCAUSE_LOCATION_NONE || sipcause_location_name(seen->location));
        PROMISE(seen->reason.space == SIPCAUSE_SPACE_NONE ? seen->reason.value == 0
                                                          : sipcause_space_name(seen->reason.space) != NULL);
        PROMISE(!seen->carrier == !seen->header && (!seen->carrier || (*seen->carrier && *seen->header)));
        calls += seen->calls;
    }
    PROMISE(calls == sipcause_survey_calls(survey));
}

static void read_again(const char *text, size_t length, const sipcause_survey *survey)
{
    size_t saved_length;
    sipcause_survey *again = sipcause_survey_load(text, length, NULL, NULL);
    PROMISE(again);
    char *saved = save(again, &saved_length);
    PROMISE(saved_length == length && memcmp(saved, text, length) == 0);
    free(saved);
    uint64_t calls = sipcause_survey_calls(survey);
    int result = sipcause_survey_merge(again, survey);
    PROMISE(result == (calls > UINT64_C(9007199254740991) / 2 ? SIPCAUSE_ERROR_RANGE : SIPCAUSE_OK));
    PROMISE(sipcause_survey_calls(again) == (result == SIPCAUSE_OK ? 2 * calls : calls));
    PROMISE(sipcause_survey_count(again) == sipcause_survey_count(survey));
    check(again);
    sipcause_survey_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    size_t saved_length;
    sipcause_error error;
    sipcause_survey *survey = sipcause_survey_load(bytes, length, "fuzz", &error);
    PROMISE((survey == NULL) == (error.code != SIPCAUSE_OK));
    if (!survey) {
        PROMISE(sipcause_error_name(error.code) && error.text[0] && is_utf8(error.text));
        return 0;
    }
    check(survey);
    char *saved = save(survey, &saved_length);
    read_again(saved, saved_length, survey);
    free(saved);
    sipcause_survey_free(survey);
    return 0;
}
