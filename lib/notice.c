/*
 * notice.c - what a 603+ answer carries (ATIS-1000099): the attributes in the text of its Reason,
 *
 *     v=analytics1;url=https://...;tel=+...;email=...;id=...
 *
 * v comes first, the order of the others is free, and one of url, tel and email must be there. The text has no blanks;
 * whether letters may be of either case, and what else may stand there, is not known for certain: so a sender is read
 * as far as what it says is clear.
 *
 * SPDX-License-Identifier: MIT
 */
#include "notice.h"

#include <string.h>

enum { TEL_DIGITS = 15, ID_LENGTH = 64 };

static const char version[] = "v=analytics1;";
enum { VERSION_LENGTH = sizeof version - 1 };

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

static sipcause_slice trimmed(const char *from, const char *to)
{
    while (from < to && blank(*from))
        from++;
    while (from < to && blank(to[-1]))
        to--;
    sipcause_slice made = {from, (size_t)(to - from)};
    return made;
}

/* In any case. */
static bool begins(const char *text, size_t length, const char *with)
{
    size_t most = strlen(with);
    return length >= most && text_same(text, most, with, most);
}

static const char *const words[NOTICE_NAMES] = {NULL, "v", "url", "tel", "email", "id"};

const char *notice_word(enum notice_name name)
{
    return words[name];
}

static enum notice_name name_of(sipcause_slice text)
{
    for (int name = NOTICE_V; name < NOTICE_NAMES; name++)
        if (text_same_name(text.text, text.length, words[name]))
            return (enum notice_name)name;
    return NOTICE_OTHER;
}

/* ---- the text -------------------------------------------------------------------------------------- */

bool notice_next(sipcause_slice *rest, notice_attribute *attribute)
{
    const char *from = rest->text;
    if (!from)
        return false;
    const char *end = from + rest->length, *stop = memchr(from, ';', rest->length), *next = stop ? stop + 1 : NULL;
    if (!stop)
        stop = end;
    rest->text = next;
    rest->length = next ? (size_t)(end - next) : 0;
    attribute->whole.text = from;
    attribute->whole.length = (size_t)(stop - from);
    const char *equals = memchr(from, '=', attribute->whole.length);
    sipcause_slice name = trimmed(from, equals ? equals : stop), none = {NULL, 0};
    attribute->value = equals ? trimmed(equals + 1, stop) : none;
    attribute->named = equals && name.length > 0;
    attribute->name = attribute->named ? name_of(name) : NOTICE_OTHER;
    attribute->blanks = name.length + attribute->value.length + (equals != NULL) < attribute->whole.length;
    return true;
}

enum notice_start notice_start_told(const char *text, size_t length)
{
    if (begins(text, length, version))
        return NOTICE_STARTS;
    sipcause_slice rest = {text, length};
    notice_attribute first;
    notice_next(&rest, &first);
    return first.name == NOTICE_V && begins(first.value.text, first.value.length, "analytics")
               ? NOTICE_STARTS_NEARLY
               : NOTICE_STARTS_OTHERWISE;
}

sipcause_slice notice_rest(const char *text, size_t length)
{
    sipcause_slice rest = {NULL, 0};
    if (notice_start_of(text, length) == NOTICE_STARTS) {
        rest.text = text + VERSION_LENGTH;
        rest.length = length - VERSION_LENGTH;
    }
    return rest;
}

static bool usable(const notice_parts *parts, enum notice_name name)
{
    sipcause_slice value = parts->values[name];
    return value.text && !notice_fault(name, value.text, value.length);
}

void notice_parse(const char *text, size_t length, notice_parts *parts)
{
    notice_attribute attribute;
    memset(parts, 0, sizeof *parts);
    sipcause_slice rest = notice_rest(text, length);
    while (notice_next(&rest, &attribute)) {
        parts->further |= attribute.named;
        if (attribute.name != NOTICE_OTHER && !parts->values[attribute.name].text)
            parts->values[attribute.name] = attribute.value; /* the first of a name counts */
    }
    parts->contact = usable(parts, NOTICE_URL) || usable(parts, NOTICE_TEL) || usable(parts, NOTICE_EMAIL);
}

/* ---- what each attribute holds --------------------------------------------------------------------- */

/* Neither blank nor control character, and nothing that a quoted attribute list cannot carry. */
static bool plain(char c)
{
    return c > ' ' && c < 0x7f && !strchr("\";\\<>", c);
}

static bool all(bool (*fits)(char), const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!fits(text[i]))
            return false;
    return true;
}

static bool id_character(char c)
{
    return text_word_character(c) && c != '.';
}

static const char *url_fault(const char *text, size_t length)
{
    static const char scheme[] = "https://";
    const size_t scheme_length = sizeof scheme - 1;
    if (!begins(text, length, scheme))
        return "does not begin with https://";
    size_t host = scheme_length, end = scheme_length;
    for (; end < length && text[end] && !strchr("/?#", text[end]); end++)
        if (text[end] == '@')
            host = end + 1;
    if (host >= end || text[host] == ':')
        return "has no host";
    return all(plain, text, length)
               ? NULL
               : "holds a blank, a quote, a semicolon or another character that cannot stand there";
}

static const char *email_fault(const char *text, size_t length)
{
    const char *at = memchr(text, '@', length);
    bool one = at && at > text && at + 1 < text + length && !memchr(at + 1, '@', (size_t)(text + length - at - 1)) &&
               !begins(text, length, "mailto:"); /* a URI is no address */
    return one && all(plain, text, length) ? NULL : "is not of the form name@host";
}

const char *notice_fault(enum notice_name name, const char *text, size_t length)
{
    if (name >= NOTICE_URL && length == 0)
        return "is empty";
    switch (name) {
    case NOTICE_URL: return url_fault(text, length);
    case NOTICE_TEL:
        return length >= 2 && length <= TEL_DIGITS + 1 && text[0] == '+' && all(text_digit, text + 1, length - 1)
                   ? NULL
                   : "is not + and 1 to 15 digits, nothing between them";
    case NOTICE_EMAIL: return email_fault(text, length);
    case NOTICE_ID:
        return length > ID_LENGTH                ? "is longer than 64 characters"
               : all(id_character, text, length) ? NULL
                                                 : "holds other characters than A-Z a-z 0-9 _ -";
    default: return NULL;
    }
}

bool notice_location_named(uint8_t location)
{
    return location == SIPCAUSE_LOCATION_LPN || location == SIPCAUSE_LOCATION_LN || location == SIPCAUSE_LOCATION_TN ||
           location == SIPCAUSE_LOCATION_RLN || location == SIPCAUSE_LOCATION_RPN;
}
