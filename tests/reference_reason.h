/* reference_reason.h - a second reader of the Reason header: slow, strict, straight from the ABNF of RFC 3326 section 2,
 * RFC 8606 section 4 and RFC 3261 section 25.1. Bytes must end with a NUL and hold none. It is as free as the library
 * where the wire is: LF ends a line as CRLF does, a host is not told from a token, UTF-8 is not looked into.
 * SPDX-License-Identifier: MIT */
#include "reference_value.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#define WSP   " \t"
#define TOKEN "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~"

static const char *at; /* where the reader stands */
static sipcause_slice take(const char *set)
{
    sipcause_slice taken = {at, strspn(at, set)};
    at += taken.length;
    return taken;
}

/* SWS mark SWS. A value ends where its line does, so that a line end between tokens can only be a fold's. */
static bool take_mark(char mark)
{
    const char *from = at;
    take(WSP "\r\n");
    if (*at != mark)
        return at = from, false;
    at++;
    return take(WSP "\r\n"), true;
}

/* The length of a fold, *WSP CRLF 1*WSP; 0: there is none. */
static size_t fold(void)
{
    size_t blanks = strspn(at, WSP), line_end = strncmp(at + blanks, "\r\n", 2) == 0 ? 2 : at[blanks] == '\n';
    size_t after = line_end ? strspn(at + blanks + line_end, WSP) : 0;
    return after ? blanks + line_end + after : 0;
}

/* DQUOTE *(qdtext / quoted-pair) DQUOTE; a quoted-pair is of ASCII, and neither CR nor LF. */
static bool take_quoted(reference_value *value, sipcause_slice *content, char *text, size_t *length)
{
    for (content->text = ++at; *at != '"'; (*length)++) {
        size_t folded = fold();
        bool escape = !folded && *at == '\\';
        at += folded + escape;
        bool control = !folded && (((unsigned char)*at < ' ' && *at != '\t') || *at == 0x7f);
        if (escape ? !*at || *at == '\r' || *at == '\n' || (unsigned char)*at > 0x7f : control)
            return false;
        value->escapes_control |= control;
        text[*length] = folded ? ' ' : *at++;
    }
    content->length = (size_t)(at++ - content->text);
    return true;
}

#define IS(name, known) ((name).length == sizeof known - 1 && strncasecmp((name).text, known, sizeof known - 1) == 0)

static bool take_parameter(reference_value *value)
{
    char text[REFERENCE_TEXT];
    size_t n = value->parameters++, length = 0;
    sipcause_slice name = value->name[n] = take(TOKEN), *content = &value->content[n];
    bool assigned = take_mark('='), quoted = assigned && *at == '"';
    if (!name.length ||
        (quoted ? !take_quoted(value, content, text, &length) : assigned && (*content = take(TOKEN "[]:")).length == 0))
        return false;
    if (IS(name, "cause")) { /* 1*DIGIT: one beyond 32 bits is grammatical, and no cause of ours */
        uint64_t cause = assigned && !quoted ? strtoull(content->text, NULL, 10) : UINT64_MAX;
        value->cause = value->has_cause ? value->cause : cause; /* of several the first counts */
        value->has_cause = true;
        return cause <= UINT32_MAX && strspn(content->text, "0123456789") >= content->length;
    }
    if (IS(name, "text") && quoted && !value->has_text) {
        value->has_text = memcpy(value->text, text, value->text_length = length) != NULL;
    } else if (IS(name, "location") && !value->location.text) {
        value->location = assigned ? *content : name;
        return !quoted;
    }
    return quoted || !IS(name, "text");
}

/* Reads all values of a header; false: the grammar does not hold. */
static bool reference_read(const char *bytes, size_t length, reference_value *values, size_t *count)
{
    at = bytes + strspn(bytes, WSP "\r\n");
    *count = 0;
    do {
        reference_value *value = memset(&values[(*count)++], 0, sizeof *values);
        value->protocol = take(TOKEN);
        bool good = value->protocol.length > 0;
        while (good && take_mark(';'))
            good = take_parameter(value);
        if (!good)
            return false;
    } while (take_mark(','));
    return take(WSP "\r\n"), at == bytes + length;
}
