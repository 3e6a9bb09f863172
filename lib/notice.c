/*
 * notice.c - what a 603+ answer carries (ATIS-1000099): the attributes in the text of its Reason,
 *
 *     v=analytics1;url=https://...;tel=+...;email=...;id=...
 *
 * v comes first, the order of the others is free, and one of url, tel and email must be there.
 *
 * SPDX-License-Identifier: MIT
 */
#include "internal.h"

#include <string.h>

enum { TEL_DIGITS = 15, ID_LENGTH = 64 };

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

/* The first of a name counts. */
static void take(sipcause_slice *attribute, sipcause_slice value)
{
    if (!attribute->text)
        *attribute = value;
}

void notice_parse(const char *text, size_t length, notice_parts *parts)
{
    static const char version[] = "v=analytics1;";
    const size_t version_length = sizeof version - 1;
    memset(parts, 0, sizeof *parts);
    if (!text || length < version_length || !text_same(text, version_length, version, version_length))
        return;
    parts->begins = true;
    const char *end = text + length;
    for (const char *at = text + version_length; at < end;) {
        const char *stop = memchr(at, ';', (size_t)(end - at));
        if (!stop)
            stop = end;
        const char *equals = memchr(at, '=', (size_t)(stop - at));
        if (equals) {
            sipcause_slice name = trimmed(at, equals), value = trimmed(equals + 1, stop);
            parts->further |= name.length > 0;
            if (text_same_name(name.text, name.length, "url"))
                take(&parts->url, value);
            else if (text_same_name(name.text, name.length, "tel"))
                take(&parts->tel, value);
            else if (text_same_name(name.text, name.length, "email"))
                take(&parts->email, value);
            else if (text_same_name(name.text, name.length, "id"))
                take(&parts->id, value);
        }
        at = stop + (stop < end);
    }
    parts->contact = notice_url_valid(parts->url.text, parts->url.length) ||
                     notice_tel_valid(parts->tel.text, parts->tel.length) ||
                     notice_email_valid(parts->email.text, parts->email.length);
}

/* Neither blank nor control character, and nothing that a quoted attribute list cannot carry. */
static bool plain(char c)
{
    return c > ' ' && c < 0x7f && !strchr("\";\\<>", c);
}

static bool all_plain(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!plain(text[i]))
            return false;
    return true;
}

bool notice_url_valid(const char *text, size_t length)
{
    static const char scheme[] = "https://";
    const size_t scheme_length = sizeof scheme - 1;
    if (!text || length <= scheme_length || !text_same(text, scheme_length, scheme, scheme_length) ||
        !all_plain(text, length))
        return false;
    size_t host = scheme_length, end = scheme_length;
    for (; end < length && !strchr("/?#", text[end]); end++)
        if (text[end] == '@')
            host = end + 1;
    return host < end && text[host] != ':';
}

bool notice_tel_valid(const char *text, size_t length)
{
    if (!text || length < 2 || length > TEL_DIGITS + 1 || text[0] != '+')
        return false;
    for (size_t i = 1; i < length; i++)
        if (!text_digit(text[i]))
            return false;
    return true;
}

bool notice_email_valid(const char *text, size_t length)
{
    if (!text || !length || !all_plain(text, length))
        return false;
    const char *at = memchr(text, '@', length);
    return at && at > text && at + 1 < text + length && !memchr(at + 1, '@', (size_t)(text + length - at - 1));
}

bool notice_id_valid(const char *text, size_t length)
{
    if (!text || length < 1 || length > ID_LENGTH)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!text_word_character(text[i]) || text[i] == '.')
            return false;
    return true;
}
