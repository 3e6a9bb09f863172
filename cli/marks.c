/*
 * marks.c - whether a file is meant to be a mapping file or a trunk object, whatever is wrong with it.
 *
 * Not by reading YAML: a file whose syntax is wrong must be recognized too, and a foreign one, which may be anything,
 * must not be. What is looked for are keys: a word at the beginning of a line or behind `{` or `,`, in quotes or not,
 * with a colon behind it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "character.h"
#include "marks.h"
#include "nearest.h"

#include <string.h>

enum {
    KEY_MOST = 32, /* longer words are no keys of ours */
    BLANKS_MOST = 64,
    HAS_EXTENDS = 1, /* both together are a mapping file's; each alone is in many a file */
    HAS_MAP = 2
};

typedef struct key {
    const char *word;
    size_t length;
    bool first; /* without blanks before it, or the first of the file */
    char value; /* what the value begins with; a line end: nothing in this line */
    char next;  /* what is behind that */
} key;

static bool is_word(char c)
{
    return is_alphanumeric(c) || c == '-' || c == '_';
}

/* Back over one quote, if there is one. */
static size_t before_quote(const char *bytes, size_t at)
{
    return at > 0 && (bytes[at - 1] == '"' || bytes[at - 1] == '\'') ? at - 1 : at;
}

static size_t before_blanks(const char *bytes, size_t at)
{
    for (int i = 0; i < BLANKS_MOST && at > 0 && is_blank(bytes[at - 1]); i++)
        at--;
    return at;
}

/* The key before the colon; start is where the first of all stands. Returns whether there is one. */
static bool key_before(const char *bytes, size_t start, size_t colon, size_t length, key *found)
{
    size_t end = before_quote(bytes, before_blanks(bytes, colon)), at = end;
    while (at > 0 && end - at <= KEY_MOST && is_word(bytes[at - 1]))
        at--;
    if (at == end || end - at > KEY_MOST)
        return false;
    size_t opens = before_quote(bytes, at), line = before_blanks(bytes, opens);
    char before = line == 0 || opens == start ? '\n' : bytes[line - 1];
    bool begins = before == '\n' || before == '\r';
    if (!begins && before != '{' && before != ',')
        return false;
    *found = (key){bytes + at, end - at, begins && (line == opens || opens == start), '\n', '\n'};
    size_t value = colon + 1;
    for (int i = 0; i < BLANKS_MOST && value < length && is_blank(bytes[value]); i++)
        value++;
    if (value < length)
        found->value = bytes[value];
    if (value + 1 < length)
        found->next = bytes[value + 1];
    return true;
}

static bool key_is(const key *found, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < length && found->length == length; i++)
        if (to_lower(found->word[i]) != to_lower(name[i]))
            return false;
    return found->length == length;
}

/* `sipcause` may name something else in a file of another kind, a package or a service: there it stands deeper, and
 * its value is no bare number. What is merely near to it is ours when its value is 1. */
static bool is_format(const key *found)
{
    if (key_is(found, "sipcause"))
        return found->first || is_digit(found->value);
    return found->first && found->value == '1' && !is_word(found->next) && found->next != '.' &&
           nearest_distance(found->word, found->length, "sipcause") > 0;
}

static bool tells(const key *found, unsigned *has)
{
    static const char *const names[] = {"causeCodeMappings", "cause-headers", "ignore-reason", "no-cause"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (key_is(found, names[i]))
            return true;
    if (nearest_distance(found->word, found->length, names[0]) > 0) /* too long to be met by chance */
        return true;
    if (found->first && key_is(found, "extends"))
        *has |= HAS_EXTENDS;
    if (found->first && key_is(found, "map"))
        *has |= HAS_MAP;
    return *has == (HAS_EXTENDS | HAS_MAP) || is_format(found);
}

static size_t after_blanks(const char *bytes, size_t at, size_t length)
{
    while (at < length && memchr(" \t\r\n", bytes[at], 4) != NULL)
        at++;
    return at;
}

/* Where the first key may stand: behind a byte order mark, and the brace with which JSON begins. */
static size_t beginning(const char *bytes, size_t length)
{
    size_t at = after_blanks(bytes, length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0, length);
    return at < length && bytes[at] == '{' ? after_blanks(bytes, at + 1, length) : at;
}

bool marks_mapping(const char *bytes, size_t length)
{
    size_t start = beginning(bytes, length);
    unsigned has = 0;
    key found;
    for (size_t at = start; at < length; at++) {
        const char *colon = memchr(bytes + at, ':', length - at);
        if (colon == NULL)
            return false;
        at = (size_t)(colon - bytes);
        if (key_before(bytes, start, at, length, &found) && tells(&found, &has))
            return true;
    }
    return false;
}
