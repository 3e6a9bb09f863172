/*
 * words.c - numbers and names of the closed lists; the lists themselves are generated (builtin.c).
 *
 * SPDX-License-Identifier: MIT
 */
#include "internal.h"

static const char *name_of(const word *list, size_t count, uint32_t number)
{
    size_t at = number - list[0].number; /* of a list without gaps, or up to its first one */
    if (number >= list[0].number && at < count && list[at].number == number)
        return list[at].name;
    for (size_t i = 0; i < count; i++)
        if (list[i].number == number)
            return list[i].name;
    return NULL;
}

static int number_of(const word *list, size_t count, const char *name, size_t length)
{
    length = text_length(name, length);
    for (size_t i = 0; i < count; i++)
        if (text_same_name(name, length, list[i].name))
            return (int)list[i].number;
    return SIPCAUSE_ERROR_UNKNOWN_CODE;
}

/* Every list has the same two functions. */
#define WORDS(list)                                                                                                    \
    const char *sipcause_##list##_name(uint32_t number)                                                                \
    {                                                                                                                  \
        return name_of(words_##list, words_##list##_count, number);                                                    \
    }                                                                                                                  \
    int sipcause_##list##_from_name(const char *name, size_t length)                                                   \
    {                                                                                                                  \
        return number_of(words_##list, words_##list##_count, name, length);                                            \
    }

WORDS(outcome)
WORDS(party)
WORDS(route)
WORDS(block)
WORDS(source)
WORDS(side)
WORDS(local)
WORDS(no_cause)
WORDS(flag)
WORDS(severity)
WORDS(rule)
WORDS(location)
WORDS(method)
WORDS(coding)
WORDS(fate)
WORDS(difference_kind)
WORDS(space)

const char *sipcause_error_name(int code)
{
    return code > 0 ? NULL : name_of(words_error, words_error_count, 0u - (uint32_t)code);
}

uint32_t sipcause_rule_severity(uint32_t rule)
{
    return rule < sizeof rule_severities ? rule_severities[rule] : 0;
}

const char *sipcause_location_meaning(uint32_t location)
{
    return location < 16 ? location_meanings[location] : NULL;
}
