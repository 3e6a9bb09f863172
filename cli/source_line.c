/*
 * source_line.c - the line of a file that a finding is about, with a caret below the column.
 *
 *       4 |     503: Netwrok Error
 *         |          ^
 *
 * Columns are bytes, from 1. Of a long line the part around the column is shown; a tab takes four columns.
 *
 * SPDX-License-Identifier: MIT
 */
#define _XOPEN_SOURCE 700 /* wcwidth; POSIX 2008 as well */
#include "command.h"

#include "content.h"
#include "source_line.h"
#include "utf8.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

enum {
    WIDTH_MOST = 100,  /* columns of a line */
    BEFORE_MOST = 60,  /* of them before the caret */
    BYTES_MOST = 1024, /* on either side of it: what has no width may have no end */
    TAB_WIDTH = 4
};

/* ---- the file ---------------------------------------------------------------------------------------------- */

void source_given(source *of, const char *name)
{
    of->name.length = 0;
    gather(&of->name, name, strlen(name) + 1);
    of->count = 0;
    of->there = true;
}

int source_read(source *of, const char *name)
{
    int reason = content_of_file(name, &of->bytes);
    source_given(of, name);
    of->there = reason == 0;
    return reason;
}

void source_free(source *of)
{
    free(of->bytes.bytes);
    free(of->name.bytes);
    free(of->lines);
}

static void add_line(source *of, size_t start)
{
    if (of->count == of->room) {
        of->room = of->room == 0 ? 1024 : of->room * 2;
        of->lines = need_more(of->lines, of->room, sizeof *of->lines);
    }
    of->lines[of->count++] = (uint32_t)start;
}

/* Lines end at LF, CR or CR LF; a byte order mark is in none. */
static void find_lines(source *of)
{
    const char *bytes = of->bytes.bytes;
    size_t length = of->bytes.length;
    add_line(of, length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0);
    for (size_t at = 0; at < length; at++)
        if (bytes[at] == '\n' || (bytes[at] == '\r' && (at + 1 == length || bytes[at + 1] != '\n')))
            add_line(of, at + 1);
}

static sipcause_slice line_of(source *of, uint32_t line)
{
    sipcause_slice found = {NULL, 0};
    if (of->count == 0)
        find_lines(of);
    if (line == 0 || line > of->count)
        return found;
    size_t start = of->lines[line - 1], end = line < of->count ? of->lines[line] : of->bytes.length;
    while (end > start && (of->bytes.bytes[end - 1] == '\n' || of->bytes.bytes[end - 1] == '\r'))
        end--;
    found.text = of->bytes.bytes + start;
    found.length = end - start;
    return found;
}

/* ---- what is shown of it ----------------------------------------------------------------------------------- */

/* The columns that a character takes as it is shown; where no locale tells of wide and combining ones, all take one. */
static size_t columns_of(uint32_t point)
{
    static locale_t characters;
    static bool asked;
    if (point == '\t')
        return TAB_WIDTH;
    if (point < 0x80 || !utf8_visible(point)) /* a `?` takes the place of what is not visible */
        return 1;
    if (!asked)
        characters = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    asked = true;
    if (characters == (locale_t)0)
        return 1;
    locale_t before = uselocale(characters);
    int columns = wcwidth((wchar_t)point);
    uselocale(before);
    return columns < 0 ? 1 : (size_t)columns;
}

/* Goes on by a character, if columns are left for it. Returns whether it did. */
static bool advance(sipcause_slice line, size_t *at, size_t *columns, size_t most)
{
    uint32_t point;
    size_t used = utf8_next(line.text + *at, line.length - *at, &point), wide = columns_of(point);
    if (*columns + wide > most)
        return false;
    *at += used;
    *columns += wide;
    return true;
}

/* Where to begin, so that the caret is not too far to the right; the columns from there to the caret. */
static size_t begin_at(sipcause_slice line, size_t caret, size_t *before)
{
    size_t start = caret > BYTES_MOST ? caret - BYTES_MOST : 0, at;
    for (int i = 0; i < 3 && start > 0 && start < caret && (line.text[start] & 0xC0) == 0x80; i++)
        start++; /* not in the midst of a character */
    *before = 0;
    for (at = start; at < caret;)
        advance(line, &at, before, SIZE_MAX);
    while (*before > BEFORE_MOST) {
        size_t columns = 0;
        advance(line, &start, &columns, SIZE_MAX);
        *before -= columns;
    }
    return start;
}

/* The end of what is shown: at a line's end, or where the columns or too many bytes are used up. */
static size_t end_at(sipcause_slice line, size_t start, size_t caret)
{
    size_t at = start, columns = 0;
    while (at < line.length && at < caret + BYTES_MOST && advance(line, &at, &columns, WIDTH_MOST))
        continue;
    return at;
}

static void show_part(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        const char *tab = memchr(text + at, '\t', length - at);
        size_t end = tab == NULL ? length : (size_t)(tab - text);
        out_visible(text + at, end - at);
        if (tab != NULL)
            out_format("%*s", TAB_WIDTH, "");
        at = end + (tab != NULL);
    }
}

void source_show(source *of, const char *name, uint32_t number, uint32_t column)
{
    if (of->name.length == 0 || strcmp(of->name.bytes, name) != 0)
        source_read(of, name);
    sipcause_slice line = of->there ? line_of(of, number) : (sipcause_slice){NULL, 0};
    if (line.text == NULL || column == 0 || column - 1 > line.length)
        return;
    size_t before, start = begin_at(line, column - 1, &before), end = end_at(line, start, column - 1);
    const char *left = start > 0 ? ".." : "";
    char digits[NUMBER_DIGITS];
    int margin = (int)number_digits(number, digits);
    margin = margin < 6 ? 6 : margin;
    out_format("%*u | %s", margin, (unsigned)number, left);
    show_part(line.text + start, end - start);
    out_format("%s\n%*s | %*s", end < line.length ? ".." : "", margin, "", (int)(before + strlen(left)), "");
    out_colour(GREEN);
    out_text("^");
    out_colour(PLAIN);
    out_text("\n");
}
