/*
 * yaml_text.c - texts as scalars of YAML, and the keys of mappings.
 *
 * A text stands plain only where no reader of YAML can take it for anything else: it begins with a letter, holds
 * letters, digits, single blanks and a few harmless marks, and is no word that YAML 1.1 knows. All others are in
 * double quotes.
 *
 * SPDX-License-Identifier: MIT
 */
#include "yaml_write.h"

#include <string.h>

/* ---- scalars ----------------------------------------------------------------------------------------------- */

static bool letter(char c)
{
    char lower = text_lower(c);
    return lower >= 'a' && lower <= 'z';
}

/* What YAML 1.1 reads as nothing, or as true or false. */
static bool means_more(const char *text, size_t length)
{
    static const char *const words[] = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_same_name(text, length, words[i]))
            return true;
    return false;
}

static bool plain(const char *text, size_t length)
{
    if (!letter(text[0]) || text[length - 1] == ' ' || means_more(text, length))
        return false;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == ' ' ? text[i + 1] == ' '
                           : !letter(text[i]) && !text_digit(text[i]) && !strchr("_.-/()+", text[i]))
            return false;
    }
    return true;
}

/* Controls, what libyaml takes for a line end, what yaml_source.c does not let stand, and what an editor or a terminal
 * obeys without showing it: Unicode's general category Cf. */
static bool escaped(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } unseen[] = {
        {0, 0x1f},        {0x7f, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},   {0x180e, 0x180e}, {0x200b, 0x200f},
        {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xfffe, 0xffff}, {0xe0000, 0xe007f},
    };
    for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++)
        if (c >= unseen[i].first && c <= unseen[i].last)
            return true;
    return c == '"' || c == '\\';
}

static void write_escape(writer *out, uint32_t c)
{
    static const char digits[] = "0123456789ABCDEF";
    const char *brief = c == '"' ? "\\\"" : c == '\\' ? "\\\\" : c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t";
    if (c == '"' || c == '\\' || c == '\n' || c == '\r' || c == '\t') {
        write_text(out, brief);
        return;
    }
    write_text(out, c > 0xffff ? "\\U" : c > 0xff ? "\\u" : "\\x");
    for (int shift = c > 0xffff ? 28 : c > 0xff ? 12 : 4; shift >= 0; shift -= 4)
        write_bytes(out, digits + (c >> shift & 15), 1);
}

static void write_in_quotes(yaml *to, const char *text, size_t length)
{
    const unsigned char *at = (const unsigned char *)text, *end = at + length;
    uint32_t c;
    write_text(&to->out, "\"");
    while (at < end) {
        size_t width = text_decode(at, end, &c);
        if (!width) { /* no file can say it: U+FFFD shows that something is there */
            to->unsayable = true;
            write_text(&to->out, "\xef\xbf\xbd");
            width = 1;
        } else if (escaped(c)) {
            write_escape(&to->out, c);
        } else {
            write_bytes(&to->out, (const char *)at, width);
        }
        at += width;
    }
    write_text(&to->out, "\"");
}

void yaml_text(yaml *to, const char *text)
{
    size_t length = strlen(text);
    to->unsayable |= length == 0; /* a key without a value is refused by the loader */
    if (length > 0 && plain(text, length))
        write_bytes(&to->out, text, length);
    else
        write_in_quotes(to, text, length);
}

/* ---- keys -------------------------------------------------------------------------------------------------- */

void yaml_line(yaml *to, unsigned indent)
{
    write_text(&to->out, "\n");
    for (; indent; indent--)
        write_text(&to->out, " ");
}

void yaml_key(yaml_keys *keys, const char *key)
{
    if (keys->indent)
        yaml_line(keys->to, keys->indent);
    else if (keys->any)
        write_text(&keys->to->out, ", ");
    keys->any = true;
    if (!key)
        return;
    write_text(&keys->to->out, key);
    write_text(&keys->to->out, ": ");
}

void yaml_word(yaml_keys *keys, const char *key, const char *ours)
{
    yaml_key(keys, key);
    if (ours)
        write_text(&keys->to->out, ours);
    else /* a number that no list knows */
        keys->to->unsayable = true;
}

void yaml_pair(yaml_keys *keys, const char *key, const char *text)
{
    yaml_key(keys, key);
    yaml_text(keys->to, text);
}

void yaml_truth(yaml_keys *keys, const char *key, bool value)
{
    yaml_word(keys, key, value ? "true" : "false");
}
