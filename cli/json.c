/*
 * json.c - writes JSON (RFC 8259).
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"
#include "redact.h"
#include "utf8.h"

#include <string.h>

static void escape(uint32_t point)
{
    switch (point) {
    case '"': out_text("\\\""); break;
    case '\\': out_text("\\\\"); break;
    case '\n': out_text("\\n"); break;
    case '\r': out_text("\\r"); break;
    case '\t': out_text("\\t"); break;
    default:
        if (point > 0xFFFF) { /* RFC 8259 section 7: two surrogates */
            out_format("\\u%04x", (unsigned)(0xD800 + ((point - 0x10000) >> 10)));
            point = 0xDC00 + ((point - 0x10000) & 0x3FF);
        }
        out_format("\\u%04x", (unsigned)point);
    }
}

/* What a terminal would obey is escaped too: JSON may be read on one. */
static bool needs_escape(uint32_t point)
{
    return point == '"' || point == '\\' || !utf8_visible(point);
}

void json_string(const char *wire, size_t wire_length)
{
    sipcause_slice text = redact_text(wire, wire_length);
    const char *bytes = text.text;
    size_t length = text.length;
    out_bytes("\"", 1);
    size_t plain = 0; /* the start of what can be written as it is */
    for (size_t at = 0; at < length;) {
        unsigned char byte = (unsigned char)bytes[at];
        if (byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\') {
            at++;
            continue;
        }
        uint32_t point;
        size_t used = utf8_next(bytes + at, length - at, &point);
        if (point == UTF8_INVALID || needs_escape(point)) {
            out_bytes(bytes + plain, at - plain);
            if (point == UTF8_INVALID)
                out_text("\xEF\xBF\xBD");
            else
                escape(point);
            plain = at + used;
        }
        at += used;
    }
    out_bytes(bytes + plain, length - plain);
    out_bytes("\"", 1);
}

void json_name(const char *name, bool first)
{
    if (!first)
        out_bytes(",", 1);
    out_bytes("\"", 1);
    out_text(name);
    out_bytes("\":", 2);
}

void json_text(const char *name, const char *text)
{
    json_name(name, false);
    if (text == NULL)
        out_text("null");
    else
        json_string(text, strlen(text));
}

void json_count(const char *name, uint64_t number)
{
    json_name(name, false);
    out_number(number);
}

void json_wire_number(uint64_t number)
{
    if (redact_hides(number)) {
        out_text("\"");
        out_wire_number(number);
        out_text("\"");
    } else {
        out_number(number);
    }
}

void json_number_or_null(const char *name, uint64_t number)
{
    json_name(name, false);
    if (number == 0)
        out_text("null");
    else
        out_number(number);
}

void json_bool(const char *name, bool value)
{
    json_name(name, false);
    out_text(value ? "true" : "false");
}
