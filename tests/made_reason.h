/*
 * made_reason.h - Reason headers made of the grammar's own rules, and spoilt: the same ones for the same state.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_MADE_REASON_H
#define SIPCAUSE_MADE_REASON_H

#include <stdint.h>
#include <string.h>

enum { HEADER_MOST = 900 };

typedef struct header {
    uint32_t state; /* of the generator */
    size_t length;
    char bytes[HEADER_MOST + 64];
} header;

static inline uint32_t draw(header *of, uint32_t below)
{
    of->state ^= of->state << 13;
    of->state ^= of->state >> 17;
    of->state ^= of->state << 5;
    return of->state % below;
}

static inline void put(header *of, const char *text)
{
    for (; *text && of->length < HEADER_MOST; text++)
        of->bytes[of->length++] = *text;
}

#define PUT_ONE(of, choices) put(of, (choices)[draw(of, sizeof(choices) / sizeof *(choices))])

static inline void put_blanks(header *of)
{
    static const char *const blanks[] = {" ", "\t", "  ", "\r\n ", " \r\n\t", "\n ", "\r\n \r\n "};
    if (draw(of, 6) == 0)
        PUT_ONE(of, blanks);
}

static inline void put_mark(header *of, const char *mark)
{
    put_blanks(of);
    put(of, mark);
    put_blanks(of);
}

static inline void put_token(header *of)
{
    static const char letters[] = "abcxyzABCXYZ0189-.!%*_+`'~";
    char text[2] = {0};
    for (uint32_t i = 0, length = 1 + draw(of, 9); i < length; i++) {
        text[0] = letters[draw(of, sizeof letters - 1)];
        put(of, text);
    }
}

static inline void put_quoted(header *of)
{
    static const char *const parts[] = {
        "a",     "Z",    " ",     "\t",       "; ",           ",",   "=",   "\xc3\xa9", "  ",     "\\\"",
        "\\\\",  "\\a",  "\r\n ", " \r\n \t", "\n\t",         "(x)", "{~}", "\\ ",      "\\\x01", "\\\x7f",
        "text=", "busy", "\\\t",  "[::1]",    "v=analytics1;"};
    put(of, "\"");
    for (uint32_t length = draw(of, 12); length; length--)
        PUT_ONE(of, parts);
    put(of, "\"");
}

static inline void put_parameter(header *of)
{
    static const char *const names[] = {"cause", "Cause", "text", "TEXT", "location", "LOCATION", "ppi", "v"};
    static const char *const causes[] = {"0",   "16",  "17",  "21",         "0034", "127",
                                         "128", "486", "503", "4294967295", "603"};
    static const char *const locations[] = {"U", "LN", "tn", "RLN", "LOC-6", "Intl", "BI", "LOC-15", "X", "LOC-1"};
    static const char *const hosts[] = {"[::1]", "a.example", "[2001:db8::1]:5060", "192.0.2.1"};
    uint32_t name = draw(of, 11);
    if (name < 8)
        put(of, names[name]);
    else
        put_token(of);
    if (name > 3 && draw(of, 4) == 0)
        return;
    put_mark(of, "=");
    if (name < 2)
        PUT_ONE(of, causes);
    else if (name < 4)
        put_quoted(of);
    else if (name < 6)
        PUT_ONE(of, locations);
    else if (draw(of, 3) == 0)
        PUT_ONE(of, hosts);
    else if (draw(of, 2))
        put_token(of);
    else
        put_quoted(of);
}

static inline void make_valid(header *of)
{
    static const char *const registered[] = {"SIP",        "Q.850", "sip",        "q.850",
                                             "Preemption", "STIR",  "FreeSWITCH", "Q.85"};
    of->length = 0;
    put_blanks(of);
    for (uint32_t values = 1 + draw(of, 3); values; values--) {
        if (draw(of, 8))
            PUT_ONE(of, registered);
        else
            put_token(of);
        for (uint32_t parameters = draw(of, 5); parameters; parameters--) {
            put_mark(of, ";");
            put_parameter(of);
        }
        if (values > 1)
            put_mark(of, ",");
    }
    put_blanks(of);
    of->bytes[of->length] = 0;
}

/* One to three bytes taken out, put in or replaced. */
static inline void spoil(header *of)
{
    static const char bytes[] = ";;,,==\"\"\\\\ \t\r\nax0<>@[]:/(){}\x01\x1f\x7f\x80\xc3\xa9\xff";
    for (uint32_t edits = 1 + draw(of, 3); edits; edits--) {
        size_t here = draw(of, (uint32_t)of->length + 1), kind = draw(of, 3);
        char byte = bytes[draw(of, sizeof bytes - 1)];
        if (kind == 0 && here < of->length) {
            memmove(of->bytes + here, of->bytes + here + 1, of->length - here);
            of->length--;
        } else if (kind == 1 && here < of->length) {
            of->bytes[here] = byte;
        } else {
            memmove(of->bytes + here + 1, of->bytes + here, of->length - here + 1);
            of->bytes[here] = byte;
            of->length++;
        }
    }
}

#endif
