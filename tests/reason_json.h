/*
 * reason_json.h - what `sipcause reason --json` must say of some Reason lines, put together without the command.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_REASON_JSON_H
#define SIPCAUSE_REASON_JSON_H

#include "reason_lines.h"

enum { ANSWER = 65536 };

static inline void add(char *to, const char *text)
{
    ck_assert_uint_lt(strlen(to) + strlen(text), ANSWER);
    strcat(to, text);
}

/* False: not UTF-8. What the command makes of that is seen in tests/cli. */
static inline bool add_string(char *to, const char *bytes, size_t length)
{
    const unsigned char *at = (const unsigned char *)bytes, *end = at + length;
    add(to, "\"");
    while (at < end) {
        uint32_t character;
        char text[8] = {0};
        size_t width = text_decode(at, end, &character);
        if (!width)
            return false;
        if (character == '"' || character == '\\')
            snprintf(text, sizeof text, "\\%c", (int)character);
        else if (strchr("\t\r\n", (int)character))
            snprintf(text, sizeof text, "\\%c", "trn"[strchr("\t\r\n", (int)character) - "\t\r\n"]);
        else if (character < 0x20 || (character >= 0x7f && character < 0xa0))
            snprintf(text, sizeof text, "\\u%04x", (unsigned)character);
        else
            memcpy(text, at, width);
        add(to, text);
        at += width;
    }
    add(to, "\"");
    return true;
}

static inline bool same_name(sipcause_slice a, sipcause_slice b)
{
    return text_same(a.text, a.length, b.text, b.length);
}

/* Parameters that have no place of their own in the object; of a name the first. */
static inline bool add_parameters(char *to, const sipcause_reason *value)
{
    size_t position = 0;
    sipcause_slice name, content, earlier, ignored;
    bool readable = true, first = true;
    add(to, ",\"params\":{");
    while (readable && sipcause_reason_parameter(value, &position, &name, &content)) {
        size_t before = 0;
        bool shown = (text_same_name(name.text, name.length, "cause") && value->has_cause) ||
                     (text_same_name(name.text, name.length, "text") && value->text.text) ||
                     (text_same_name(name.text, name.length, "location") && value->location != SIPCAUSE_LOCATION_NONE);
        while (sipcause_reason_parameter(value, &before, &earlier, &ignored) && earlier.text != name.text)
            shown |= same_name(earlier, name);
        if (shown)
            continue;
        add(to, first ? "" : ",");
        first = false;
        readable = add_string(to, name.text, name.length);
        add(to, ":");
        if (content.text)
            readable = readable && add_string(to, content.text, content.length);
        else
            add(to, "null");
    }
    add(to, "}");
    return readable;
}

static inline bool add_value(char *to, const sipcause_reason *value)
{
    char text[1024], cause[16];
    size_t length = sipcause_reason_text(value, text, sizeof text);
    const char *location = sipcause_location_name(value->location);
    snprintf(cause, sizeof cause, "%u", (unsigned)value->cause);
    add(to, "{\"protocol\":");
    bool readable = add_string(to, value->protocol.text, value->protocol.length);
    add(to, ",\"cause\":");
    add(to, value->has_cause ? cause : "null");
    add(to, ",\"text\":");
    if (value->text.text)
        readable = readable && add_string(to, text, length);
    else
        add(to, "null");
    add(to, ",\"location\":");
    readable = readable && (location ? add_string(to, location, strlen(location)) : (add(to, "null"), true));
    readable = readable && add_parameters(to, value);
    add(to, "}");
    return readable;
}

/* {"rule":"...","message":"..."} for each. */
static inline bool add_findings(char *to, const sipcause_reason *value, uint64_t findings)
{
    bool readable = true;
    for (uint32_t rule = 1; rule < 64 && readable; rule++) {
        char sentence[512];
        if (!(findings >> rule & 1))
            continue;
        size_t length = sipcause_reason_sentence(value, rule, sentence, sizeof sentence);
        ck_assert_uint_lt(length, sizeof sentence);
        add(to, to[strlen(to) - 1] == '[' ? "{\"rule\":\"" : ",{\"rule\":\"");
        add(to, sipcause_rule_name(rule));
        add(to, "\",\"message\":");
        readable = add_string(to, sentence, length);
        add(to, "}");
    }
    return readable;
}

/* What `sipcause reason --json` must say; false: something is not UTF-8. */
static inline bool expected_reason(const lines *of, char *to)
{
    static char findings[ANSWER];
    reading from = {.of = of};
    sipcause_reason value;
    bool readable = true;
    strcpy(findings, "],\"findings\":[");
    strcpy(to, "{\"values\":[");
    while (readable && next_value(&from, &value)) {
        add(to, to[strlen(to) - 1] == '[' ? "" : ",");
        readable = add_value(to, &value) && add_findings(findings, &value, value.findings);
    }
    readable = readable && add_findings(findings, NULL, sipcause_reason_findings(&from.iterator));
    add(to, findings);
    add(to, "]}\n");
    return readable;
}

#endif
