/*
 * load_setting.c - keys of a mapping file beside its rows: ignore-reason, check, effective.
 *
 * SPDX-License-Identifier: MIT
 */
#include "load.h"

/* ---- ignore-reason ---------------------------------------------------------------------------------------- */

int load_ignore_reason(loader *load, const event *key)
{
    enum { MOST = 600 };
    uint16_t statuses[MOST];
    place first[700] = {{0, 0, 0}};
    size_t count = 0;
    event now;
    bool open;
    sipcause_builder *builder = load_builder(load);
    if (!builder)
        return SIPCAUSE_ERROR_MEMORY;
    int result = load_list(load, key, &open);
    while (result == SIPCAUSE_OK && open && (result = load_list_item(load, &now, "a status")) > 0) {
        row_target target;
        if (now.kind != EVENT_SCALAR)
            return load_fail(load, now.at, SIPCAUSE_ERROR_TYPE, "a status is a number or a name, not a %s",
                             now.kind == EVENT_LIST ? "list" : "mapping");
        result = load_advise(load, load_code(load, SIPCAUSE_SPACE_SIP, &now, &target), "here a status is wanted");
        if (result != SIPCAUSE_OK)
            return result;
        uint32_t status = target.code.value;
        if (first[status].line)
            return load_fail_twice(load, now.at, first[status], load_shown(&now).text);
        first[status] = now.at;
        statuses[count++] = (uint16_t)status; /* none twice, so that there are at most MOST */
    }
    return result == SIPCAUSE_OK && open ? sipcause_builder_ignore_reason(builder, statuses, count, load->error)
                                         : result;
}

/* ---- check ------------------------------------------------------------------------------------------------- */

static int read_severity(loader *load, const event *value)
{
    static const char *const offs[] = {"none", "ignore", "false", "no", "disabled", "never"};
    for (size_t i = 0; i < sizeof offs / sizeof *offs; i++)
        if (load_is(value, offs[i]))
            return load_suggest(load, "off",
                                load_fail(load, value->at, SIPCAUSE_ERROR_UNKNOWN_CODE,
                                          "there is no severity `%s`; did you mean `off`?", load_shown(value).text));
    return load_word(load, value, "severity", words_severity, words_severity_count);
}

/* One rule; first: where each stood before. */
static int put_severity(loader *load, sipcause_builder *builder, const event *key, place *first)
{
    event value;
    int rule = load_word(load, key, "rule", words_rule, words_rule_count);
    if (rule < 0)
        return rule;
    if (first[rule].line)
        return load_fail_twice(load, key->at, first[rule], load_shown(key).text);
    first[rule] = key->at;
    int result = load_text(load, key, &value);
    int severity = result == SIPCAUSE_OK ? read_severity(load, &value) : result;
    if (severity < 0)
        return severity;
    return sipcause_builder_check(builder, (uint32_t)rule, (uint32_t)severity, load->error);
}

int load_check(loader *load, const event *key)
{
    place first[RULES_MOST] = {{0, 0, 0}};
    event now;
    bool open;
    (void)key;
    sipcause_builder *builder = load_builder(load);
    if (!builder)
        return SIPCAUSE_ERROR_MEMORY;
    int result = load_open_mapping(load, "`check` takes rules and their severities, `redundant: off` for one", &open);
    uint32_t depth = load_depth(load);
    while (result == SIPCAUSE_OK && open && (result = load_next(load, &now)) == SIPCAUSE_OK && now.kind != EVENT_CLOSE)
        result = load_recover(load, put_severity(load, builder, &now, first), depth);
    return result;
}

/* ---- effective --------------------------------------------------------------------------------------------- */

/* Fixed digits, "2026"; false: something else stands there. */
static bool take_digits(const char **at, int count, int *number)
{
    *number = 0;
    for (int i = 0; i < count; i++, (*at)++) {
        if (!text_digit(**at))
            return false;
        *number = *number * 10 + (**at - '0');
    }
    return true;
}

static bool take(const char **at, char wanted)
{
    bool there = text_lower(**at) == wanted;
    *at += there;
    return there;
}

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Days from 1970-01-01 in the Gregorian calendar; years begin in March here, so that the leap day is a year's last. */
static int64_t days_since_1970(int year, int month, int day)
{
    int shifted = month > 2 ? year : year - 1;
    int era = shifted / 400, of_era = shifted % 400;
    int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t of_days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return (int64_t)era * 146097 + of_days - 719468;
}

/* "+01:00", "Z". */
static bool take_offset(const char **at, int *minutes)
{
    int hours, rest;
    *minutes = 0;
    if (take(at, 'z'))
        return true;
    int sign = take(at, '+') ? 1 : take(at, '-') ? -1 : 0;
    if (!sign || !take_digits(at, 2, &hours) || !take(at, ':') || !take_digits(at, 2, &rest) || hours > 23 || rest > 59)
        return false;
    *minutes = sign * (hours * 60 + rest);
    return true;
}

/* RFC 3339 section 5.6: a date, or a date, a time and an offset. NULL, or what is wrong. */
static const char *read_moment(const char *at, int64_t *seconds)
{
    static const char form[] = "write a date as 2026-03-25, or with a time as 2026-03-25T00:00:00Z (RFC 3339)";
    int year, month, day, hour = 0, minute = 0, second = 0, offset = 0;
    if (!take_digits(&at, 4, &year) || !take(&at, '-') || !take_digits(&at, 2, &month) || !take(&at, '-') ||
        !take_digits(&at, 2, &day))
        return form;
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_of_month(year, month))
        return "there is no such day";
    if (*at) {
        if ((!take(&at, 't') && !take(&at, ' ')) || !take_digits(&at, 2, &hour) || !take(&at, ':') ||
            !take_digits(&at, 2, &minute) || !take(&at, ':') || !take_digits(&at, 2, &second))
            return form;
        if (hour > 23 || minute > 59 || second > 59)
            return "there is no such time of day";
        if (!*at)
            return "the time has no offset: write Z behind it for UTC, or +01:00";
        if (!take_offset(&at, &offset) || *at)
            return form;
    }
    *seconds = days_since_1970(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset * 60;
    if (*seconds < days_since_1970(1, 1, 1) * 86400 || *seconds >= days_since_1970(10000, 1, 1) * 86400)
        return "in UTC this is outside the years 1 to 9999"; /* a table written as a file says it in UTC */
    return NULL;
}

int load_effective(loader *load, const event *key)
{
    event value;
    int64_t seconds;
    sipcause_builder *builder = load_builder(load);
    if (!builder)
        return SIPCAUSE_ERROR_MEMORY;
    int result = load_text(load, key, &value);
    if (result != SIPCAUSE_OK)
        return result;
    const char *fault = read_moment(value.text, &seconds);
    if (fault)
        return load_fail(load, value.at, SIPCAUSE_ERROR_VALUE, "`%s`: %s", load_shown(&value).text, fault);
    return sipcause_builder_effective(builder, seconds);
}
