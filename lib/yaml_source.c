/*
 * yaml_source.c - the text of a YAML document: its encoding, its surrogate pairs, its lines and columns.
 *
 * libyaml's marks count characters, of the text it was given; people and editors look for lines that
 * end at LF, CR or CRLF, and our columns are bytes. Here one is turned into the other.
 *
 * SPDX-License-Identifier: MIT
 */
#include "yaml_events.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int place_fail(sipcause_error *error, place at, int code, const char *format, ...)
{
    char text[sizeof error->text];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (error && error->code == SIPCAUSE_OK) {
        error_set(error, code, at.line, at.column, "%s", text);
        error->offset = at.offset;
    }
    return code;
}

/* ---- places ------------------------------------------------------------------------------------- */

/* Bytes of the character that begins with this one; the text has been found to be UTF-8. */
static uint32_t width_of(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

static inline void step(const yaml_source *source, yaml_cursor *at, uint32_t width)
{
    unsigned char c = source->bytes[at->offset];
    at->offset += width;
    at->index++;
    if (c > '\r')
        return;
    if (c == '\n' || (c == '\r' && (at->offset == source->length || source->bytes[at->offset] != '\n'))) {
        at->line++;
        at->line_start = at->offset;
    }
}

static yaml_cursor beginning(const yaml_source *source)
{
    yaml_cursor at = {0, source->start, 1, source->start, 0};
    return at;
}

static place place_of(const yaml_cursor *at)
{
    place found = {at->line, at->offset - at->line_start + 1, at->offset};
    return found;
}

place yaml_source_place(yaml_source *source, size_t index)
{
    yaml_cursor *at = &source->cursor;
    size_t joins = at->joins;
    while (joins < source->join_count && source->joins[joins] <= index)
        joins++;
    /* A pair takes 12 characters, what stands for it in the text takes 10. */
    if (index + 2 * joins < at->index) {
        *at = beginning(source); /* only libyaml's errors look back */
        for (joins = 0; joins < source->join_count && source->joins[joins] <= index;)
            joins++;
    }
    at->joins = (uint32_t)joins;
    yaml_cursor moved = *at; /* in registers: this loop sees every character */
    uint32_t wanted = (uint32_t)(index + 2 * joins);
    while (moved.index < wanted && moved.offset < source->length)
        step(source, &moved, width_of(source->bytes[moved.offset]));
    *at = moved;
    return place_of(at);
}

place yaml_source_place_of_byte(const yaml_source *source, size_t offset)
{
    yaml_cursor at = beginning(source);
    while (at.offset < offset && at.offset < source->length)
        step(source, &at, 1);
    return place_of(&at);
}

/* ---- encoding ----------------------------------------------------------------------------------- */

/* What YAML 1.1 (section 4.1.1) lets stand in a document, as libyaml has it. */
static bool printable(uint32_t c)
{
    if (c < 0x20)
        return c == '\t' || c == '\n' || c == '\r';
    return c < 0x7f || c == 0x85 || (c >= 0xa0 && c != 0xfeff && c != 0xfffe && c != 0xffff);
}

static int refuse_byte(const yaml_source *source, size_t offset, sipcause_error *error)
{
    place at = yaml_source_place_of_byte(source, offset);
    unsigned byte = source->bytes[offset];
    if (byte == 0)
        return place_fail(error, at, SIPCAUSE_ERROR_ENCODING, "a NUL byte is no text: the file must be UTF-8");
    return place_fail(error, at, SIPCAUSE_ERROR_ENCODING, "the byte 0x%02X is not UTF-8 here: save the file as UTF-8",
                      byte);
}

/* Eight bytes at once, when all are printable ASCII or LF: nearly every eight of a file are. A byte beyond ASCII
 * carries into the next, but is itself found by its high bit. */
static inline bool plain_eight(const unsigned char *at)
{
    const uint64_t ones = 0x0101010101010101u, high = ones << 7;
    uint64_t eight;
    memcpy(&eight, at, sizeof eight);
    uint64_t not_control = eight + ones * 0x60, not_end = (eight ^ ones * '\n') + ones * 0x7f;
    uint64_t delete_or_beyond = (eight + ones) | eight;
    return ((not_control | ~not_end) & ~delete_or_beyond & high) == high;
}

static int check_characters(yaml_source *source, sipcause_error *error)
{
    const unsigned char *begin = source->bytes, *end = begin + source->length, *at = begin + source->start;
    source->ascii = true;
    while (at < end) {
        if (end - at >= 8 && plain_eight(at)) {
            at += 8;
            continue;
        }
        uint32_t character = *at;
        size_t width = 1;
        if (character >= 0x80) {
            source->ascii = false;
            width = text_decode(at, end, &character);
        }
        if (!width || !character)
            return refuse_byte(source, (size_t)(at - begin), error);
        if (!printable(character))
            return place_fail(error, yaml_source_place_of_byte(source, (size_t)(at - begin)), SIPCAUSE_ERROR_SYNTAX,
                              "the control character U+%04X cannot stand in YAML", (unsigned)character);
        at += width;
    }
    return SIPCAUSE_OK;
}

/* UTF-16 and UTF-32 begin with a mark of their own, or with a NUL beside an ASCII character. */
static bool wide(const unsigned char *bytes, size_t length)
{
    if (length < 2)
        return false;
    return (bytes[0] == 0xff && bytes[1] == 0xfe) || (bytes[0] == 0xfe && bytes[1] == 0xff) || !bytes[0] != !bytes[1];
}

/* Where the directives end: at the first line that is neither one nor a comment nor empty. */
static const unsigned char *directives_end(const unsigned char *begin, const unsigned char *end)
{
    bool at_start = true;
    for (const unsigned char *at = begin; at < end; at++) {
        if (at_start && !strchr("%# \t\r\n", *at))
            return at;
        at_start = *at == '\n' || *at == '\r';
    }
    return end;
}

/* Whether a line of libyaml's begins there: it breaks them at U+0085, U+2028 and U+2029 too. */
static bool line_begins(const unsigned char *begin, const unsigned char *at)
{
    if (at == begin || at[-1] == '\n' || at[-1] == '\r')
        return true;
    return (at - begin >= 2 && memcmp(at - 2, "\xc2\x85", 2) == 0) ||
           (at - begin >= 3 && memcmp(at - 3, "\xe2\x80", 2) == 0 && (at[-1] == 0xa8 || at[-1] == 0xa9));
}

/* libyaml compares each %TAG line with all before it, and tags are refused anyhow. */
static int refuse_tag_directive(const yaml_source *source, sipcause_error *error)
{
    const unsigned char *begin = source->bytes + source->start, *at = begin;
    const unsigned char *end = directives_end(begin, source->bytes + source->length);
    for (; (at = memchr(at, '%', (size_t)(end - at))) != NULL; at++)
        if (line_begins(begin, at) && end - at > 4 && memcmp(at, "%TAG", 4) == 0)
            return place_fail(error, yaml_source_place_of_byte(source, (size_t)(at - source->bytes)),
                              SIPCAUSE_ERROR_SYNTAX,
                              "tags (%%TAG, !name) are not used in mapping files; take this line out");
    return SIPCAUSE_OK;
}

/* ---- surrogate pairs ------------------------------------------------------------------------------ */

/* "\ud83d" at the place: its number; 0: something else. */
static uint32_t escape_at(const unsigned char *at, const unsigned char *end)
{
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
        return 0;
    uint32_t value = 0;
    for (int i = 2; i < 6; i++) {
        char c = text_lower((char)at[i]);
        if (!text_digit(c) && (c < 'a' || c > 'f'))
            return 0;
        value = value << 4 | (uint32_t)(text_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
}

static uint32_t pair_at(const unsigned char *at, const unsigned char *end)
{
    uint32_t first = escape_at(at, end);
    if (first < 0xd800 || first > 0xdbff)
        return 0;
    uint32_t second = escape_at(at + 6, end);
    if (second < 0xdc00 || second > 0xdfff)
        return 0;
    return 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
}

/* A document that begins as JSON does. */
static bool flow_document(const yaml_source *source)
{
    size_t at = source->start;
    while (at < source->length && memchr(" \t\r\n", source->bytes[at], 4))
        at++;
    return at < source->length && (source->bytes[at] == '{' || source->bytes[at] == '[');
}

/* Copies a quoted text from its first quote on, pairs joined. Returns the byte after it. */
static const unsigned char *copy_quoted(yaml_source *source, const unsigned char *at, const unsigned char *end,
                                        size_t *characters, bool *short_of_memory)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char quote = *at;
    unsigned char *to = source->text + source->text_length;
    for (bool first = true; at < end && (first || *at != quote); first = false) {
        uint32_t character = quote == '"' ? pair_at(at, end) : 0;
        size_t count = quote == '"' && *at == '\\' && end - at > 1 && at[1] < 0x80 ? 2 : 1;
        if (character) {
            *to++ = '\\';
            *to++ = 'U';
            for (int shift = 28; shift >= 0; shift -= 4)
                *to++ = (unsigned char)digits[character >> shift & 15];
            *characters += 10;
            at += 12;
            if (!memory_reserve((void **)&source->joins, &source->join_capacity, source->join_count + 1,
                                sizeof(uint32_t)))
                *short_of_memory = true;
            else
                source->joins[source->join_count++] = (uint32_t)*characters;
            continue;
        }
        for (; count; count--) {
            *characters += (*at & 0xc0) != 0x80;
            *to++ = *at++;
        }
    }
    source->text_length = (size_t)(to - source->text);
    return at;
}

/* JSON writes a character beyond U+FFFF as two escapes, which libyaml refuses: they become one, "\U0001f600". */
static bool join_pairs(yaml_source *source)
{
    const unsigned char *at = source->bytes + source->start, *end = source->bytes + source->length;
    size_t characters = 0;
    bool short_of_memory = false, comment = false;
    unsigned char before = '{'; /* the last byte that was no blank: a quote in the midst of a word opens nothing */
    source->text_length = 0;
    while (at < end && !short_of_memory) {
        if (!comment && (*at == '"' || *at == '\'') && strchr("{[,:", before)) {
            at = copy_quoted(source, at, end, &characters, &short_of_memory);
            before = '"';
            if (at == end)
                break;
        } else if (*at == '\n' || *at == '\r') {
            comment = false;
        } else if (*at == '#' && strchr(" \t\r\n", at[-1])) {
            comment = true;
        } else if (!comment && *at != ' ' && *at != '\t') {
            before = *at;
        }
        characters += (*at & 0xc0) != 0x80;
        source->text[source->text_length++] = *at++;
    }
    return !short_of_memory;
}

static bool has_pair(const yaml_source *source)
{
    const unsigned char *at = source->bytes + source->start, *end = source->bytes + source->length;
    while (at < end && (at = memchr(at, '\\', (size_t)(end - at))) != NULL) {
        if (pair_at(at, end))
            return true;
        at++;
    }
    return false;
}

/* The text for libyaml, and how many characters it has. */
static bool make_text(yaml_source *source)
{
    size_t length = source->length - source->start;
    source->text = memory_resize(NULL, length + YAML_PADDING, 1);
    if (!source->text)
        return false;
    if (source->flow && has_pair(source)) {
        source->ascii = false;
        if (!join_pairs(source))
            return false;
    } else {
        memcpy(source->text, source->bytes + source->start, length);
        source->text_length = length;
    }
    memset(source->text + source->text_length, 0, YAML_PADDING);
    source->characters = source->text_length;
    for (size_t i = 0; !source->ascii && i < source->text_length; i++)
        source->characters -= (source->text[i] & 0xc0) == 0x80;
    return true;
}

int yaml_source_open(yaml_source *source, const void *bytes, size_t length, size_t largest, sipcause_error *error)
{
    memset(source, 0, sizeof *source);
    source->bytes = bytes ? bytes : (const unsigned char *)"";
    source->length = length;
    if (length > largest)
        return error_set(error, SIPCAUSE_ERROR_TOO_LARGE, 0, 0, "the file is larger than %u MiB",
                         (unsigned)(largest >> 20));
    if (wide(source->bytes, length))
        return error_set(error, SIPCAUSE_ERROR_ENCODING, 1, 1, "this looks like UTF-16: save the file as UTF-8");
    if (length >= 3 && memcmp(source->bytes, "\xef\xbb\xbf", 3) == 0)
        source->start = 3;
    int result = check_characters(source, error);
    if (result != SIPCAUSE_OK)
        return result;
    source->cursor = beginning(source);
    result = refuse_tag_directive(source, error);
    if (result != SIPCAUSE_OK)
        return result;
    source->flow = flow_document(source);
    return make_text(source) ? SIPCAUSE_OK : error_memory(error);
}

void yaml_source_close(yaml_source *source)
{
    memory_free(source->text);
    memory_free(source->joins);
    memset(source, 0, sizeof *source);
}
