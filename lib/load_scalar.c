/*
 * load_scalar.c - what a scalar of a mapping file means, and sentences about those that mean nothing.
 *
 * libyaml hands out texts; what YAML 1.1 would make of `010` or `off` surprises most who write it.
 * So numbers are decimal and canonical, everything else is a word, and what YAML would have read as
 * another number is refused with that number shown.
 *
 * SPDX-License-Identifier: MIT
 */
#include "load.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- errors ------------------------------------------------------------------------------------------ */

int load_fail(loader *load, place at, int code, const char *format, ...)
{
    char text[sizeof load->error->text];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return place_fail(load->error, at, code, "%s", text);
}

int load_fail_twice(loader *load, place at, place first, const char *key)
{
    int result = load_fail(load, at, SIPCAUSE_ERROR_DUPLICATE_KEY, "`%s` stands here a second time", key);
    error_second(load->error, first.line, first.column);
    return result;
}

int load_suggest(loader *load, const char *suggestion, int result)
{
    return error_suggest(load->error, result, suggestion);
}

int load_offset(loader *load, int result, place at)
{
    if (result != SIPCAUSE_OK && load->error->line)
        load->error->offset = at.offset;
    return result;
}

shown load_shown(const event *scalar)
{
    shown quoted;
    writer out = {quoted.text, sizeof quoted.text, 0};
    size_t length = scalar->length;
    if (length > 64)
        for (length = 64; length && ((unsigned char)scalar->text[length] & 0xc0) == 0x80;)
            length--; /* not in the midst of a character */
    write_shown(&out, scalar->text, length);
    if (length < scalar->length)
        write_text(&out, "...");
    write_end(&out);
    return quoted;
}

/* As text_nearness; the beginning of a name is near too: `loc`, `warn`. */
static unsigned nearness(const event *scalar, const char *name)
{
    enum { LEAST = 3, FAR = 100 };
    unsigned near = text_nearness(scalar->text, scalar->length, name);
    if (near || scalar->length < LEAST || strlen(name) <= scalar->length)
        return near;
    for (size_t i = 0; i < scalar->length; i++)
        if (text_lower(name[i]) != text_lower(scalar->text[i]))
            return 0;
    return FAR;
}

const char *load_nearer(const event *scalar, const char *nearest, const char *name)
{
    unsigned near = nearness(scalar, name);
    unsigned best = nearest ? nearness(scalar, nearest) : 0;
    return near && (!best || near < best) ? name : nearest;
}

int load_unknown_key(loader *load, const event *key, const char *where, const char *const *names, size_t count)
{
    const char *nearest = NULL;
    for (size_t i = 0; i < count; i++)
        nearest = load_nearer(key, nearest, names[i]);
    if (nearest)
        return load_suggest(load, nearest,
                            load_fail(load, key->at, SIPCAUSE_ERROR_UNKNOWN_KEY,
                                      "%s has no key `%s`; did you mean `%s`?", where, load_shown(key).text, nearest));
    char list[256];
    writer out = {list, sizeof list, 0};
    size_t listed = count < 7 ? count : 7;
    for (size_t i = 0; i < listed; i++) {
        write_text(&out, i ? ", " : "");
        write_text(&out, names[i]);
    }
    write_end(&out);
    return load_fail(load, key->at, SIPCAUSE_ERROR_UNKNOWN_KEY, "%s has no key `%s`; it has %s%s", where,
                     load_shown(key).text, list, listed < count ? " ..." : "");
}

/* ---- words -------------------------------------------------------------------------------------------- */

bool load_is(const event *scalar, const char *name)
{
    return text_same_name(scalar->text, scalar->length, name);
}

bool load_is_null(const event *scalar)
{
    if (scalar->quoted || scalar->length > 4)
        return false;
    return scalar->length == 0 || text_same_exactly(scalar->text, scalar->length, "~") || load_is(scalar, "null");
}

/* What load_shown needs of a scalar, for when the next event has been read. Most scalars are never shown. */
typedef struct remembered {
    event scalar;
    char text[72];
} remembered;

static void remember(remembered *kept, const event *scalar)
{
    size_t length = scalar->length < sizeof kept->text ? scalar->length : sizeof kept->text;
    memcpy(kept->text, scalar->text, length);
    kept->scalar = *scalar;
    kept->scalar.length = length;
    kept->scalar.text = kept->text;
}

int load_text(loader *load, const event *key, event *value)
{
    remembered kept;
    remember(&kept, key);
    int result = load_next(load, value);
    if (result != SIPCAUSE_OK)
        return result;
    if (value->kind != EVENT_SCALAR)
        return load_fail(load, value->at, SIPCAUSE_ERROR_TYPE, "`%s` takes one text, not a %s",
                         load_shown(&kept.scalar).text, value->kind == EVENT_LIST ? "list" : "mapping");
    if (load_is_null(value) || value->length == 0)
        return load_fail(load, key->at, SIPCAUSE_ERROR_MISSING, "`%s` is empty; give it a value or leave it out",
                         load_shown(&kept.scalar).text);
    return SIPCAUSE_OK;
}

int load_boolean(loader *load, const event *key)
{
    event value;
    remembered kept;
    remember(&kept, key);
    int result = load_next(load, &value);
    if (result != SIPCAUSE_OK)
        return result;
    if (value.kind != EVENT_SCALAR)
        return load_fail(load, value.at, SIPCAUSE_ERROR_TYPE, "`%s` is true or false, not a %s",
                         load_shown(&kept.scalar).text, value.kind == EVENT_LIST ? "list" : "mapping");
    if (load_is_null(&value) || value.length == 0)
        return load_fail(load, key->at, SIPCAUSE_ERROR_MISSING, "`%s` is empty; it is true or false",
                         load_shown(&kept.scalar).text);
    if (!value.quoted && (load_is(&value, "true") || load_is(&value, "false")))
        return load_is(&value, "true");
    bool yes = load_is(&value, "yes") || load_is(&value, "on") || load_is(&value, "y") || load_is(&value, "true");
    bool no = load_is(&value, "no") || load_is(&value, "off") || load_is(&value, "n") || load_is(&value, "false");
    return load_fail(load, value.at, SIPCAUSE_ERROR_VALUE, "`%s` is true or false, not %s%s%s%s%s",
                     load_shown(&kept.scalar).text, value.quoted ? "the text " : "", load_shown(&value).text,
                     yes || no ? "; write " : "",
                     yes  ? "true"
                     : no ? "false"
                          : "",
                     value.quoted && (yes || no) ? " without quotes" : "");
}

int load_check_word(loader *load, const event *scalar)
{
    if (scalar->length < 1 || scalar->length > 31)
        return load_fail(load, scalar->at, SIPCAUSE_ERROR_VALUE, "\"%s\": a carrier's word has 1 to 31 characters",
                         load_shown(scalar).text);
    for (size_t i = 0; i < scalar->length; i++)
        if (!text_word_character(scalar->text[i]))
            return load_fail(load, scalar->at, SIPCAUSE_ERROR_VALUE,
                             "\"%s\": a carrier's word is made of letters, digits, `_`, `.` and `-`",
                             load_shown(scalar).text);
    return SIPCAUSE_OK;
}

int load_word(loader *load, const event *scalar, const char *list, const word *words, size_t count)
{
    const char *nearest = NULL;
    for (size_t i = 0; i < count; i++)
        if (load_is(scalar, words[i].name))
            return (int)words[i].number;
    for (size_t i = 0; i < count; i++)
        nearest = load_nearer(scalar, nearest, words[i].name);
    if (nearest)
        return load_suggest(load, nearest,
                            load_fail(load, scalar->at, SIPCAUSE_ERROR_UNKNOWN_CODE,
                                      "there is no %s `%s`; did you mean `%s`?", list, load_shown(scalar).text,
                                      nearest));
    if (count > 20)
        return load_fail(load, scalar->at, SIPCAUSE_ERROR_UNKNOWN_CODE, "there is no %s `%s`; sipcause(7) lists them",
                         list, load_shown(scalar).text);
    char names[400];
    writer out = {names, sizeof names, 0};
    for (size_t i = 0; i < count; i++) {
        write_text(&out, i ? ", " : "");
        write_text(&out, words[i].name);
    }
    write_end(&out);
    return load_fail(load, scalar->at, SIPCAUSE_ERROR_UNKNOWN_CODE, "there is no %s `%s`; there are %s", list,
                     load_shown(scalar).text, names);
}

int load_space(loader *load, const event *scalar)
{
    int space = sipcause_space_from_name(scalar->text, scalar->length);
    if (space > SIPCAUSE_SPACE_NONE && space != SIPCAUSE_SPACE_TOKEN)
        return space;
    if (space == SIPCAUSE_SPACE_TOKEN)
        return load_fail(load, scalar->at, SIPCAUSE_ERROR_UNKNOWN_CODE,
                         "a carrier's own words are of the space `carrier`");
    const char *nearest = NULL;
    for (size_t i = 0; i < words_space_count; i++)
        if (words_space[i].number != SIPCAUSE_SPACE_NONE && words_space[i].number != SIPCAUSE_SPACE_TOKEN)
            nearest = load_nearer(scalar, nearest, words_space[i].name);
    return load_suggest(load, nearest,
                        load_fail(load, scalar->at, SIPCAUSE_ERROR_UNKNOWN_CODE, "there is no code space `%s`; %s%s%s",
                                  load_shown(scalar).text, nearest ? "did you mean `" : "the usual ones are ",
                                  nearest ? nearest : "`sip`, `q850` and `carrier", nearest ? "`?" : "`"));
}

/* ---- numbers ------------------------------------------------------------------------------------------ */

/* Digits of a base, `_` between them passed over. False: something else is among them. */
static bool read_digits(const char *at, const char *end, unsigned base, uint64_t *value)
{
    bool any = false;
    *value = 0;
    for (; at < end; at++) {
        char c = text_lower(*at);
        if (c == '_')
            continue;
        unsigned digit = text_digit(c) ? (unsigned)(c - '0') : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10) : 16;
        if (digit >= base)
            return false;
        any = true;
        if (*value < UINT64_MAX / 32)
            *value = *value * base + digit;
    }
    return any;
}

/* `1:30` is 90. */
static bool read_sexagesimal(const char *at, const char *end, uint64_t *value)
{
    uint64_t sum = 0, part;
    bool colon = false;
    for (const char *next = at; at <= end; at = next + 1) {
        for (next = at; next < end && *next != ':';)
            next++;
        if (!read_digits(at, next, 10, &part) || (colon && part > 59))
            return false;
        colon = colon || next < end;
        sum = sum < UINT64_MAX / 64 ? sum * 60 + part : sum;
    }
    *value = sum;
    return colon;
}

/* 601.0, 1.5e3: digits around one point. */
static bool fraction(const char *at, const char *end)
{
    const char *begin = at;
    while (at < end && text_digit(*at))
        at++;
    if (at == begin || at == end || *at != '.')
        return false;
    for (at++; at < end && text_digit(*at);)
        at++;
    if (at < end && text_lower(*at) == 'e')
        for (at++; at < end && (text_digit(*at) || *at == '+' || *at == '-');)
            at++;
    return at == end;
}

/* What YAML 1.1 makes of a plain scalar that is no number of ours: the number, and how it comes to it. NULL: it is a
 * word to YAML too. */
static const char *yaml_number(const char *at, const char *end, uint64_t *value, bool *negative)
{
    *negative = at < end && *at == '-';
    if (at < end && (*at == '+' || *at == '-'))
        at++;
    if (at == end || !text_digit(*at))
        return NULL;
    if (*at == '0' && end - at > 2 && text_lower(at[1]) == 'x' && read_digits(at + 2, end, 16, value))
        return " (hexadecimal)";
    if (*at == '0' && end - at > 2 && text_lower(at[1]) == 'b' && read_digits(at + 2, end, 2, value))
        return " (binary)";
    if (*at == '0' && end - at > 1 && read_digits(at + 1, end, 8, value))
        return " (octal)";
    if (*at != '0' || end - at == 1) {
        if (read_digits(at, end, 10, value))
            return "";
        if (read_sexagesimal(at, end, value))
            return " (base 60)";
    }
    return NULL;
}

/* All digits, but too large or with a zero before. */
static int refuse_decimal(loader *load, const event *scalar)
{
    const char *at = scalar->text, *end = at + scalar->length;
    if (*at != '0')
        return load_fail(load, scalar->at, SIPCAUSE_ERROR_RANGE, "%s is too large: no number is above 4294967295",
                         load_shown(scalar).text);
    uint64_t octal, plain;
    while (end - at > 1 && *at == '0')
        at++;
    read_digits(at, end, 10, &plain);
    shown whole = load_shown(scalar);
    const char *without = whole.text + (scalar->length > 64 ? 0 : at - scalar->text);
    if (!scalar->quoted && read_digits(scalar->text, end, 8, &octal) && octal != plain && octal <= UINT32_MAX)
        return load_fail(load, scalar->at, SIPCAUSE_ERROR_VALUE, "%s is %llu in YAML 1.1 (octal); write %llu or %s",
                         whole.text, (unsigned long long)octal, (unsigned long long)octal, without);
    return load_fail(load, scalar->at, SIPCAUSE_ERROR_VALUE, "%s begins with a zero; write %s", whole.text, without);
}

int load_number(loader *load, const event *scalar, bool words, uint32_t *number)
{
    const char *or_quoted = words ? ", or quote it if it is a word" : "";
    const char *at = scalar->text, *end = at + scalar->length;
    uint64_t read = 0;
    size_t digits = 0;
    for (; digits < scalar->length && at[digits] >= '0' && at[digits] <= '9'; digits++)
        read = read * 10 + (uint64_t)(at[digits] - '0'); /* of more than ten digits it is not asked */
    if (digits && digits == scalar->length) {
        bool canonical = (at[0] != '0' || digits == 1) && digits <= 10 && read <= UINT32_MAX;
        *number = (uint32_t)read;
        return canonical ? 1 : refuse_decimal(load, scalar);
    }
    if (scalar->quoted)
        return 0;
    uint64_t value = 0;
    bool negative;
    const char *how = yaml_number(at, end, &value, &negative);
    if (!how && !fraction(at, end))
        return 0;
    shown whole = load_shown(scalar);
    if (!how)
        return load_fail(load, scalar->at, SIPCAUSE_ERROR_VALUE,
                         "%s is a number with a fraction in YAML; write a whole number%s", whole.text, or_quoted);
    if (negative)
        return load_fail(load, scalar->at, SIPCAUSE_ERROR_VALUE,
                         "%s is a negative number in YAML%s; no code is below 0", whole.text, how);
    if (value > UINT32_MAX) /* read_digits has not kept one that is larger still */
        return load_fail(load, scalar->at, SIPCAUSE_ERROR_VALUE,
                         "%s is a number in YAML 1.1%s, and too large: no number is above 4294967295%s", whole.text,
                         how, or_quoted);
    return load_fail(load, scalar->at, SIPCAUSE_ERROR_VALUE, "%s is %llu in YAML 1.1%s; write %llu%s", whole.text,
                     (unsigned long long)value, how, (unsigned long long)value, or_quoted);
}

/* ---- texts that are kept -------------------------------------------------------------------------------- */

kept_at load_keep(loader *load, const event *scalar)
{
    scratch *kept = &load->kept;
    if (kept->length == 0)
        kept->length = 1; /* 0 says that there is none */
    kept_at at = kept->length;
    uint32_t needed = at + (uint32_t)scalar->length + 1;
    if (!memory_reserve((void **)&kept->text, &kept->capacity, needed, 1)) {
        error_memory(load->error);
        return 0;
    }
    memcpy(kept->text + at, scalar->text, scalar->length);
    kept->text[at + scalar->length] = 0;
    kept->length = needed;
    return at;
}

const char *load_kept(const loader *load, kept_at at)
{
    return at ? load->kept.text + at : NULL;
}
