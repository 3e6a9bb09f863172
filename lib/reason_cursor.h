/*
 * reason_cursor.h - the cursor over a Reason header, and the tokens of its grammar: SWS, token, quoted-string, gen-value.
 * Of reason.c alone, which holds the grammar that they are of.
 *
 * Functions on the path of an ordinary value take the cursor by address and are inlined, so that it stays in
 * registers; those off that path take and return it, so that it may.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_REASON_CURSOR_H
#define SIPCAUSE_REASON_CURSOR_H

#include "bytes.h"
#include "reason.h"

#if defined(__GNUC__)
#define INLINED static inline __attribute__((always_inline))
#else
#define INLINED static inline
#endif

/* What a byte may be part of. */
enum {
    TOKEN = 1,     /* token */
    VALUE = 2,     /* token or host: also [ ] : */
    BLANK = 4,     /* SP HTAB CR LF: outside quotes a line end can only be a fold's */
    PLAIN = 8,     /* stands for itself in a quoted string: qdtext but for folds */
    DELIMITER = 16 /* ; , and the quote */
};

/* The table is read by its columns. */
/* clang-format off */
static const uint8_t classes[256] = {
    0,  0,  0,  0,  0,  0,  0,  0,  0,  12, 4,  0,  0,  4,  0,  0,  /* HTAB LF CR */
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
    12, 11, 16, 8,  8,  11, 8,  11, 8,  8,  11, 11, 24, 11, 11, 8,  /*   ! " # $ % & ' ( ) * + , - . / */
    11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 10, 24, 8,  8,  8,  8,  /* 0-9 : ; < = > ? */
    8,  11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, /* @ A-O */
    11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 10, 0,  10, 8,  11, /* P-Z [ \ ] ^ _ */
    11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, /* ` a-o */
    11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 8,  8,  8,  11, 0,  /* p-z { | } ~ DEL */
    /* UTF-8, or whatever was sent */
    8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
    8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
    8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
    8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
};
/* clang-format on */

typedef struct cursor {
    const char *at;
    const char *end;
    const char *begin; /* what stands from here on may be read */
    uint64_t findings;
    const char *deviates; /* where the first finding was made; NULL: there is none */
    uint64_t first;       /* that finding */
} cursor;

INLINED unsigned class_of(char c)
{
    return classes[(unsigned char)c];
}

/* The eight bytes at a place, zeros behind the end. False: none are left, or all are so few that they are to be read one
 * by one. */
INLINED bool load_here(const cursor *c, const char *at, uint64_t *loaded)
{
    if (c->end - at >= 8)
        *loaded = bytes_load(at);
    else if (at < c->end && c->end - c->begin >= 8)
        *loaded = bytes_load_before(at, c->end);
    else
        return false;
    return true;
}

INLINED bool here(const cursor *c, unsigned wanted)
{
    return c->at < c->end && (class_of(*c->at) & wanted);
}

INLINED bool here_is(const cursor *c, char wanted)
{
    return c->at < c->end && *c->at == wanted;
}

INLINED void note_at(cursor *c, const char *place, uint64_t finding)
{
    if (!c->deviates) {
        c->deviates = place;
        c->first = finding;
    }
    c->findings |= finding;
}

INLINED void note(cursor *c, uint64_t finding)
{
    note_at(c, c->at, finding);
}

INLINED sipcause_slice slice(const char *from, const char *to)
{
    sipcause_slice made = {from, (size_t)(to - from)};
    return made;
}

/* The same without blanks at its end. */
static sipcause_slice slice_trimmed(const char *from, const char *to)
{
    while (to > from && (class_of(to[-1]) & BLANK))
        to--;
    return slice(from, to);
}

/* ---- SWS ---------------------------------------------------------------------------------------- */

INLINED void skip_blanks(cursor *c)
{
    while (here(c, BLANK))
        c->at++;
}

/* ---- token, quoted-string, gen-value --------------------------------------------------------------- */

INLINED sipcause_slice read_token(cursor *c)
{
    const char *from = c->at;
    while (here(c, TOKEN))
        c->at++;
    return slice(from, c->at);
}

/* On from what does not stand for itself in a quoted string and is not its closing quote. */
static cursor pass_special(cursor c)
{
    size_t fold = reason_fold(c.at, c.end);
    if (fold) {
        c.at += fold;
        return c;
    }
    if (*c.at != '\\') {
        note(&c, FINDING(CONTROL_CHARACTER));
        c.at++;
        return c;
    }
    c.at++; /* quoted-pair: takes the next byte along, but for CR and LF, which cannot be escaped */
    if (c.at == c.end)
        return c;
    if (*c.at == '\r' || *c.at == '\n' || (unsigned char)*c.at > 0x7f) { /* nor what is not ASCII */
        note(&c, FINDING(STRAY_CHARACTER));
        return c;
    }
    if (!here(&c, PLAIN | DELIMITER) && *c.at != '\\')
        note(&c, FINDING(CONTROL_CHARACTER));
    c.at++;
    return c;
}

/* Up to what does not stand for itself, eight bytes at a time. */
INLINED void skip_plain(cursor *c)
{
    const char *at = c->at;
    uint64_t loaded;
    while (load_here(c, at, &loaded)) {
        uint64_t marks = bytes_special(loaded);
        if (!marks) {
            at += 8;
            continue;
        }
        c->at = at += bytes_first(marks);
        if (at == c->end || *at != '\t')
            return;
        at++;
    }
    while (at < c->end && (class_of(*at) & PLAIN))
        at++;
    c->at = at;
}

/* From its opening quote; returns what is between the quotes. */
INLINED sipcause_slice read_quoted(cursor *c)
{
    const char *from = ++c->at;
    for (;;) {
        skip_plain(c);
        if (c->at == c->end) {
            note_at(c, from - 1, FINDING(TEXT_UNTERMINATED));
            return slice_trimmed(from, c->at);
        }
        if (*c->at == '"') {
            c->at++;
            return slice(from, c->at - 1);
        }
        *c = pass_special(*c);
    }
}

/* token or host; characters of neither are taken along: they spoil this value and nothing else. */
INLINED sipcause_slice read_unquoted(cursor *c)
{
    const char *from = c->at;
    unsigned all = VALUE;
    while (c->at < c->end && !(class_of(*c->at) & (BLANK | DELIMITER)))
        all &= class_of(*c->at++);
    if (!all)
        note_at(c, from, FINDING(STRAY_CHARACTER));
    return slice(from, c->at);
}

/* Text without quotes may hold blanks: it goes on to the next parameter or value. */
static cursor pass_unquoted_text(cursor c)
{
    note(&c, FINDING(TEXT_NOT_QUOTED));
    for (; c.at < c.end && *c.at != ';' && *c.at != ','; c.at++)
        if (!here(&c, PLAIN | BLANK | DELIMITER) && *c.at != '\\')
            note(&c, FINDING(CONTROL_CHARACTER));
    return c;
}

#endif
