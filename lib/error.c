/*
 * error.c - one error, in the caller's memory.
 *
 * SPDX-License-Identifier: MIT
 */
#include "internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void error_clear(sipcause_error *error)
{
    if (error)
        memset(error, 0, sizeof *error);
}

/* One line that a terminal can be shown: what was quoted into it may hold anything. */
static void make_printable(char *text)
{
    unsigned char *at = (unsigned char *)text;
    while (*at) {
        size_t width = *at < 0x80 ? 1 : *at < 0xc2 ? 0 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 : *at < 0xf5 ? 4 : 0;
        size_t good = width ? 1 : 0;
        while (good && good < width && (at[good] & 0xc0) == 0x80)
            good++;
        bool control = *at < 0x20 || *at == 0x7f || (*at == 0xc2 && at[1] < 0xa0);
        if (good && good == width && !control) {
            at += width;
            continue;
        }
        for (good = good ? good : 1; good; good--)
            *at++ = '?';
    }
}

int error_set(sipcause_error *error, int code, uint32_t line, uint32_t column, const char *format, ...)
{
    if (!error || error->code != SIPCAUSE_OK)
        return code; /* the first error wins */
    error->code = code;
    error->line = line;
    error->column = column;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->text, sizeof error->text, format, arguments);
    va_end(arguments);
    make_printable(error->text);
    return code;
}

int error_suggest(sipcause_error *error, int code, const char *suggestion)
{
    if (error && suggestion)
        snprintf(error->suggestion, sizeof error->suggestion, "%s", suggestion);
    return code;
}

int error_memory(sipcause_error *error)
{
    return error_set(error, SIPCAUSE_ERROR_MEMORY, 0, 0, "memory is short");
}

void error_source(sipcause_error *error, const char *source)
{
    if (!error || !source)
        return;
    size_t length = strlen(source);
    const char *cut = "";
    if (length >= sizeof error->source) {
        cut = "...";
        source += length - (sizeof error->source - 1 - strlen("..."));
    }
    snprintf(error->source, sizeof error->source, "%s%s", cut, source);
}

void error_second(sipcause_error *error, uint32_t line, uint32_t column)
{
    if (!error)
        return;
    error->second_line = line;
    error->second_column = column;
}

static void write_place(writer *out, const char *source, uint32_t line, uint32_t column)
{
    if (source[0]) {
        write_shown(out, source, strlen(source)); /* a line end in it would feign a second error */
        write_text(out, ":");
    }
    if (line) {
        write_number(out, line);
        write_text(out, ":");
        write_number(out, column);
        write_text(out, ":");
    }
    if (source[0] || line)
        write_text(out, " ");
}

size_t sipcause_error_format(const sipcause_error *error, char *buffer, size_t size)
{
    writer out = {buffer, buffer ? size : 0, 0};
    if (!error)
        return write_end(&out);
    const char *name = sipcause_error_name(error->code);
    write_place(&out, error->source, error->line, error->column);
    write_text(&out, "error: ");
    write_text(&out, error->text);
    if (name) {
        write_text(&out, " [");
        write_text(&out, name);
        write_text(&out, "]");
    }
    if (error->second_line) {
        write_text(&out, "\n");
        write_place(&out, error->source, error->second_line, error->second_column);
        write_text(&out, "note: first defined here");
    }
    return write_end(&out);
}
