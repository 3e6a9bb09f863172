/*
 * fuzz.h - what every fuzz target shares: broken promises, and reading all that the library hands out.
 *
 * A target is one file, fuzz_NAME.c, that defines LLVMFuzzerTestOneInput. libFuzzer drives it in `make fuzz`;
 * in `make check` replay.c gives it the files of corpus/NAME.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_FUZZ_H
#define SIPCAUSE_FUZZ_H

#include "sipcause.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* What the header promises. A trap, not an exit: libFuzzer keeps the input, and a debugger stops here. */
#define PROMISE(condition)                                                                                             \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #condition);                            \
            __builtin_trap();                                                                                          \
        }                                                                                                              \
    } while (0)

/* One input may hold several header lines or messages: ASCII's record separator stands between them. */
enum { SEPARATOR = 0x1e, PIECES_MOST = 40 };

typedef struct pieces {
    sipcause_slice piece[PIECES_MOST];
    size_t count;
} pieces;

/* Each lies in a block of just its size, so that reading past its end is seen. */
static inline sipcause_slice exact_copy(const void *bytes, size_t length)
{
    char *copy = malloc(length ? length : 1);
    PROMISE(copy);
    if (length)
        memcpy(copy, bytes, length);
    sipcause_slice made = {copy, length};
    return made;
}

static inline pieces pieces_cut(const uint8_t *bytes, size_t length)
{
    pieces cut = {.count = 0};
    for (;;) {
        const uint8_t *stop = length ? memchr(bytes, SEPARATOR, length) : NULL;
        size_t taken = stop && cut.count + 1 < PIECES_MOST ? (size_t)(stop - bytes) : length;
        cut.piece[cut.count++] = exact_copy(bytes, taken);
        if (taken == length)
            return cut;
        bytes += taken + 1;
        length -= taken + 1;
    }
}

static inline void pieces_free(pieces *cut)
{
    while (cut->count)
        free((char *)(uintptr_t)cut->piece[--cut->count].text);
}

/* Whether a slice lies within bytes; an absent or empty one always does. */
static inline bool slice_within(sipcause_slice slice, const char *bytes, size_t length)
{
    return slice.length == 0 ||
           (slice.text >= bytes && slice.length <= length && (size_t)(slice.text - bytes) <= length - slice.length);
}

static inline bool slice_same(sipcause_slice a, sipcause_slice b)
{
    return (a.text == NULL) == (b.text == NULL) && a.length == b.length &&
           (a.length == 0 || memcmp(a.text, b.text, a.length) == 0);
}

static inline bool wire_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* A sum over all that was read (FNV-1a): reading twice must give the same, and a sanitizer sees every byte. */
typedef struct digest {
    uint64_t sum;
} digest;
#define DIGEST_EMPTY ((digest){0xcbf29ce484222325u})

static inline void digest_bytes(digest *of, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < length; i++)
        of->sum = (of->sum ^ at[i]) * 0x100000001b3u;
}

static inline void digest_number(digest *of, uint64_t number)
{
    digest_bytes(of, &number, sizeof number);
}

/* A text or NULL, which are told apart. */
static inline void digest_text(digest *of, const char *text)
{
    digest_number(of, text ? strlen(text) : UINT64_MAX);
    if (text)
        digest_bytes(of, text, strlen(text));
}

static inline void digest_slice(digest *of, sipcause_slice slice)
{
    digest_number(of, slice.text ? slice.length : UINT64_MAX);
    if (slice.length)
        digest_bytes(of, slice.text, slice.length);
}

/* UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
static inline bool is_utf8(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    while (*at) {
        size_t width = *at < 0x80 ? 1 : *at < 0xc2 ? 0 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 : *at < 0xf5 ? 4 : 0;
        if (!width)
            return false;
        for (size_t i = 1; i < width; i++)
            if ((at[i] & 0xc0) != 0x80)
                return false;
        bool overlong = (*at == 0xe0 && at[1] < 0xa0) || (*at == 0xf0 && at[1] < 0x90);
        bool beyond = (*at == 0xed && at[1] > 0x9f) || (*at == 0xf4 && at[1] > 0x8f);
        if (overlong || beyond)
            return false;
        at += width;
    }
    return true;
}

#endif
