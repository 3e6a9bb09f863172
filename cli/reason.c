/*
 * reason.c - sipcause reason: reads Reason headers.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "character.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* All values of all lines, kept so that values come before findings. */
typedef struct reading {
    sipcause_reason *values;
    size_t count;
    uint64_t loose; /* findings of no value */
} reading;

static bool same_name(sipcause_slice a, const char *name, size_t length)
{
    if (a.length != length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (to_lower(a.text[i]) != to_lower(name[i]))
            return false;
    return true;
}

/* What follows "Reason:", or the whole line. */
static const char *after_name(const char *line)
{
    const char *at = line + strspn(line, " \t");
    sipcause_slice name = {at, strlen(at) < 6 ? strlen(at) : 6};
    if (!same_name(name, "reason", 6))
        return line;
    at += 6 + strspn(at + 6, " \t");
    return *at == ':' ? at + 1 : line;
}

static void read_lines(reading *of, char **lines, int count)
{
    sipcause_reason_iterator iterator = {0};
    sipcause_reason value;
    size_t room = 0;
    for (int i = 0; i < count; i++) {
        if (i == 0)
            sipcause_reason_begin(&iterator, after_name(lines[i]), SIPCAUSE_TEXT);
        else
            sipcause_reason_continue(&iterator, after_name(lines[i]), SIPCAUSE_TEXT);
        while (sipcause_reason_next(&iterator, &value)) {
            if (of->count == room) {
                room = room == 0 ? 8 : room * 2;
                of->values = need_more(of->values, room, sizeof *of->values);
            }
            of->values[of->count++] = value;
        }
    }
    of->loose = sipcause_reason_findings(&iterator);
}

/* The text with its escapes undone; to be freed. NULL: there is none. */
static char *text_of(const sipcause_reason *value, size_t *length)
{
    if (value->text.text == NULL)
        return NULL;
    *length = sipcause_reason_text(value, NULL, 0);
    char *text = need_room(*length + 1, 1);
    sipcause_reason_text(value, text, *length + 1);
    return text;
}

/* A parameter that has not been shown in a place of its own: what could not be read stays visible.
 */
static bool is_other(const sipcause_reason *value, sipcause_slice name)
{
    if (same_name(name, "cause", 5))
        return !value->has_cause;
    if (same_name(name, "text", 4))
        return value->text.text == NULL;
    return !same_name(name, "location", 8) || value->location == SIPCAUSE_LOCATION_NONE;
}

/* The name was there before: an object has each once, the first counts. */
static bool is_repeated(const sipcause_reason *value, sipcause_slice name)
{
    size_t position = 0;
    sipcause_slice earlier, content;
    while (sipcause_reason_parameter(value, &position, &earlier, &content) && earlier.text != name.text)
        if (same_name(earlier, name.text, name.length))
            return true;
    return false;
}

static void json_parameters(const sipcause_reason *value)
{
    size_t position = 0;
    bool first = true;
    sipcause_slice name, content;
    json_name("params", false);
    out_text("{");
    while (sipcause_reason_parameter(value, &position, &name, &content)) {
        if (!is_other(value, name) || is_repeated(value, name))
            continue;
        if (!first)
            out_text(",");
        first = false;
        json_string(name.text, name.length);
        out_text(":");
        if (content.text == NULL)
            out_text("null");
        else
            json_string(content.text, content.length);
    }
    out_text("}");
}

static void json_reason(const sipcause_reason *value)
{
    size_t length = 0;
    char *text = text_of(value, &length);
    out_text("{\"protocol\":");
    json_string(value->protocol.text, value->protocol.length);
    json_name("cause", false);
    if (value->has_cause)
        json_wire_number(value->cause);
    else
        out_text("null");
    json_name("text", false);
    if (text == NULL)
        out_text("null");
    else
        json_string(text, length);
    json_text("location", sipcause_location_name(value->location));
    json_parameters(value);
    out_text("}");
    free(text);
}

/* The findings of one value (NULL: of none). Returns how many were written. */
static size_t findings(const sipcause_reason *value, uint64_t rules, bool json, size_t written)
{
    for (uint32_t rule = 1; rule < 64; rule++) {
        if (!(rules >> rule & 1))
            continue;
        char sentence[512];
        const char *name = sipcause_rule_name(rule);
        sipcause_reason_sentence(value, rule, sentence, sizeof sentence);
        if (json) {
            out_text(written == 0 ? "{\"rule\":\"" : ",{\"rule\":\"");
            out_text(name == NULL ? "unknown" : name);
            out_text("\"");
            json_text("message", sentence);
            out_text("}");
        } else {
            const char *severity = sipcause_severity_name(sipcause_rule_severity(rule));
            out_format("  %s: ", severity == NULL ? "note" : severity);
            out_visible(sentence, strlen(sentence));
            out_format(" [%s]\n", name == NULL ? "unknown" : name);
        }
        written++;
    }
    return written;
}

static void print_json(const reading *of)
{
    size_t written = 0;
    out_text("{\"values\":[");
    for (size_t i = 0; i < of->count; i++) {
        out_text(i == 0 ? "" : ",");
        json_reason(&of->values[i]);
    }
    out_text("],\"findings\":[");
    for (size_t i = 0; i < of->count; i++)
        written = findings(&of->values[i], of->values[i].findings, true, written);
    findings(NULL, of->loose, true, written);
    out_text("]}\n");
}

static void print_value(const sipcause_reason *value)
{
    size_t length = 0;
    char *text = text_of(value, &length);
    out_visible(value->protocol.text, value->protocol.length);
    if (value->has_cause) {
        sipcause_code code = sipcause_code_make(value->space, value->cause);
        const char *name = sipcause_code_valid(code) ? sipcause_code_name(code) : NULL;
        out_text("  cause ");
        out_wire_number(value->cause);
        if (name != NULL)
            out_format(" (%s)", name);
    }
    if (value->location != SIPCAUSE_LOCATION_NONE)
        out_format("  location %s (%s)", sipcause_location_name(value->location),
                   sipcause_location_meaning(value->location));
    if (text != NULL) {
        out_text("  text \"");
        out_visible(text, length);
        out_text("\"");
    }
    size_t position = 0;
    sipcause_slice name, content;
    while (sipcause_reason_parameter(value, &position, &name, &content)) {
        if (!is_other(value, name))
            continue;
        out_text("  ");
        out_visible(name.text, name.length);
        if (content.text != NULL) {
            out_text("=");
            out_visible(content.text, content.length);
        }
    }
    out_text("\n");
    findings(value, value->findings, false, 0);
    free(text);
}

/* The argument that holds a value. Returns its number, from 0. */
static int line_of(const sipcause_reason *value, const cli_options *options)
{
    for (int i = 0; i < options->count; i++) {
        const char *line = options->arguments[i];
        if ((uintptr_t)value->protocol.text >= (uintptr_t)line &&
            (uintptr_t)value->protocol.text <= (uintptr_t)line + strlen(line))
            return i;
    }
    return 0;
}

/* Each line alone is as it should be: says which value does not go with those of the lines before. */
static void say_across(const reading *of, const cli_options *options)
{
    char text[512];
    for (size_t i = 0; i < of->count; i++) {
        const sipcause_reason *value = &of->values[i];
        if (!(value->findings >> SIPCAUSE_RULE_DUPLICATE_PROTOCOL & 1))
            continue;
        int line = line_of(value, options);
        sipcause_reason_sentence(value, SIPCAUSE_RULE_DUPLICATE_PROTOCOL, text, sizeof text);
        cli_say("value %d, column %u: %s [%s]", line + 1,
                (unsigned)(value->protocol.text - options->arguments[line]) + 1, text,
                sipcause_rule_name(SIPCAUSE_RULE_DUPLICATE_PROTOCOL));
        return;
    }
}

/* Says where each line deviates first. Returns whether anything deserves a warning: a protocol that is said twice may do
 * so on two lines. */
static bool deviates(const reading *of, const cli_options *options)
{
    uint64_t found = of->loose;
    bool any = false;
    for (size_t i = 0; i < of->count; i++)
        found |= of->values[i].findings;
    for (uint32_t rule = 1; rule < 64; rule++)
        any = any || ((found >> rule & 1) && sipcause_rule_severity(rule) >= SIPCAUSE_SEVERITY_WARNING);
    bool said = false;
    for (int i = 0; any && i < options->count; i++) {
        const char *line = options->arguments[i], *value = after_name(line);
        sipcause_error error;
        if (sipcause_reason_check(value, SIPCAUSE_TEXT, &error) == SIPCAUSE_OK)
            continue;
        cli_say("value %d, column %u: %s", i + 1, (unsigned)(error.column + (value - line)), error.text);
        said = true;
    }
    if (any && !said)
        say_across(of, options);
    return any;
}

int run_reason(const cli_options *options)
{
    reading of = {NULL, 0, 0};
    read_lines(&of, options->arguments, options->count);
    if (options->json) {
        print_json(&of);
    } else {
        for (size_t i = 0; i < of.count; i++)
            print_value(&of.values[i]);
        findings(NULL, of.loose, false, 0);
    }
    bool refused = options->strict && deviates(&of, options);
    free(of.values);
    return refused ? EXIT_FOUND : EXIT_DONE;
}
