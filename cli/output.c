/*
 * output.c - standard output: gathered, checked, and safe for a terminal.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"
#include "redact.h"
#include "utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct {
    char bytes[64 * 1024];
    size_t length;
    int colours; /* 0: not asked yet, 1: yes, 2: no */
} out;

void out_flush(void)
{
    size_t done = 0;
    while (done < out.length) {
        ssize_t written = write(STDOUT_FILENO, out.bytes + done, out.length - done);
        if (written >= 0) {
            done += (size_t)written;
        } else if (errno != EINTR) {
            if (errno != EPIPE)
                cli_say("cannot write to standard output: %s", strerror(errno));
            exit(EXIT_FILE);
        }
    }
    out.length = 0;
}

void out_bytes(const char *bytes, size_t length)
{
    while (length > sizeof out.bytes - out.length) {
        size_t part = sizeof out.bytes - out.length;
        memcpy(out.bytes + out.length, bytes, part);
        out.length += part;
        bytes += part;
        length -= part;
        out_flush();
    }
    if (length > 0)
        memcpy(out.bytes + out.length, bytes, length);
    out.length += length;
}

void out_text(const char *text)
{
    out_bytes(text, strlen(text));
}

size_t number_digits(uint64_t number, char digits[NUMBER_DIGITS])
{
    char backwards[NUMBER_DIGITS];
    size_t count = 0;
    do {
        backwards[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    for (size_t i = 0; i < count; i++)
        digits[i] = backwards[count - 1 - i];
    return count;
}

void out_number(uint64_t number)
{
    char digits[NUMBER_DIGITS];
    out_bytes(digits, number_digits(number, digits));
}

void out_wire_number(uint64_t number)
{
    char digits[NUMBER_DIGITS];
    out_visible(digits, number_digits(number, digits));
}

void out_format(const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length > 0)
        out_bytes(text, (size_t)length < sizeof text ? (size_t)length : sizeof text - 1);
}

bool out_colours(void)
{
    if (out.colours == 0) {
        const char *no_colour = getenv("NO_COLOR");
        const char *terminal = getenv("TERM");
        bool wanted = isatty(STDOUT_FILENO) && (no_colour == NULL || *no_colour == '\0') && terminal != NULL &&
                      strcmp(terminal, "dumb") != 0;
        out.colours = wanted ? 1 : 2;
    }
    return out.colours == 1;
}

void out_colour(enum out_colour colour)
{
    static const char *const sequences[] = {
        [PLAIN] = "\033[0m",  [BOLD] = "\033[1m",    [RED] = "\033[31m",
        [GREEN] = "\033[32m", [YELLOW] = "\033[33m", [DIM] = "\033[2m",
    };
    if (out_colours())
        out_text(sequences[colour]);
}

void out_visible(const char *bytes, size_t length)
{
    sipcause_slice text = redact_text(bytes, length);
    utf8_show(text.text, text.length, out_bytes);
}

void out_column(const char *text, size_t width, size_t most)
{
    out_column_bytes(text == NULL ? "-" : text, text == NULL ? 1 : strlen(text), width, most);
}

static void out_blanks(size_t count)
{
    static const char blanks[] = "                                ";
    for (size_t most = sizeof blanks - 1; count > most; count -= most)
        out_bytes(blanks, most);
    out_bytes(blanks, count);
}

void out_column_bytes(const char *bytes, size_t length, size_t width, size_t most)
{
    sipcause_slice text = redact_text(bytes, length);
    size_t plain = utf8_plain(text.text, text.length), columns = plain;
    size_t kept = most > 2 && columns >= most - 2 ? most - 2 : 0;
    for (size_t at = plain; at < text.length; columns++) {
        uint32_t point;
        at += utf8_next(text.text + at, text.length - at, &point);
        if (most > 2 && columns + 1 == most - 2)
            kept = at;
    }
    bool cut = most > 2 && columns > most;
    size_t shown = cut ? kept : text.length;
    if (plain >= shown)
        out_bytes(text.text, shown);
    else
        utf8_show(text.text, shown, out_bytes);
    if (cut) {
        out_text("..");
        columns = most;
    }
    out_blanks((columns < width ? width - columns : 0) + 2);
}

const char *code_space_printed(uint32_t space)
{
    return sipcause_space_name(space == SIPCAUSE_SPACE_TOKEN ? SIPCAUSE_SPACE_CARRIER : space);
}
