/*
 * bytes.h - eight bytes at a time, for the two readers of wire bytes, and the bits of a set. Portable C: compilers make
 * one load, one instruction of it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_BYTES_H
#define SIPCAUSE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BYTES_ONES  (UINT64_MAX / 255)
#define BYTES_HIGHS (BYTES_ONES * 0x80)

/* The first byte in the lowest bits, whatever the machine's order. */
static inline uint64_t bytes_load(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 | (uint64_t)b[4] << 32 |
           (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 | (uint64_t)b[7] << 56;
}

/* The same of the bytes up to end, one to seven of them, with zeros behind; before end stand eight bytes. */
static inline uint64_t bytes_load_before(const char *at, const char *end)
{
    size_t missing = 8 - (size_t)(end - at);
    return bytes_load(at - missing) >> 8 * missing;
}

/* Whether loaded bytes begin with a name, a literal of at most eight characters in lower case; of letters
 * the case is ignored. Macros, because no compiler folds the loop over a literal at -O2. */
#define BYTES_AT(name, i)     ((i) < sizeof(name) - 1 ? (uint64_t)(uint8_t)(name)[(i) < sizeof(name) ? (i) : 0] : 0)
#define BYTES_LETTER(name, i) (BYTES_AT(name, i) >= 'a' && BYTES_AT(name, i) <= 'z' ? (uint64_t)0x20 : 0)
#define BYTES_ANY(name, i)    (BYTES_AT(name, i) ? (uint64_t)0xff : 0)
#define BYTES_EIGHT(what, name)                                                                                        \
    (what(name, 0) | what(name, 1) << 8 | what(name, 2) << 16 | what(name, 3) << 24 | what(name, 4) << 32 |            \
     what(name, 5) << 40 | what(name, 6) << 48 | what(name, 7) << 56)
#define BYTES_BEGIN(loaded, name)                                                                                      \
    ((((loaded) | BYTES_EIGHT(BYTES_LETTER, name)) & BYTES_EIGHT(BYTES_ANY, name)) == BYTES_EIGHT(BYTES_AT, name))

/* Marks: the high bit of each byte that is c, or below `limit` (at most 128). Behind the first mark others may be
 * false. */
static inline uint64_t bytes_equal(uint64_t loaded, unsigned char c)
{
    uint64_t zero = loaded ^ BYTES_ONES * c;
    return (zero - BYTES_ONES) & ~zero & BYTES_HIGHS;
}

static inline uint64_t bytes_below(uint64_t loaded, unsigned char limit)
{
    return (loaded - BYTES_ONES * limit) & ~loaded & BYTES_HIGHS;
}

/* Marks: the high bit of each byte that cannot stand for itself in a quoted string: a quote, a backslash, DEL, what is
 * below a blank. Behind the first mark others may be false. */
static inline uint64_t bytes_special(uint64_t loaded)
{
    uint64_t quote = loaded ^ BYTES_ONES * '"', escape = loaded ^ BYTES_ONES * '\\',
             erased = loaded ^ BYTES_ONES * 0x7f;
    return ((quote - BYTES_ONES) | (escape - BYTES_ONES) | (erased - BYTES_ONES) | (loaded - BYTES_ONES * ' ')) &
           ~loaded & BYTES_HIGHS; /* 0 underflows; so does what was above 0x7f, which stands for itself */
}

/* The number of the lowest bit that is set; bits is not 0. */
static inline unsigned bits_lowest(uint64_t bits)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_ctzll(bits);
#else
    unsigned number = 0;
    while (!(bits >> number & 1))
        number++;
    return number;
#endif
}

/* The index of the first marked byte; marks is not 0. */
static inline unsigned bytes_first(uint64_t marks)
{
    return bits_lowest(marks) / 8;
}

/* How many decimal digits loaded bytes begin with. */
static inline unsigned bytes_digits(uint64_t loaded)
{
    uint64_t each = loaded ^ BYTES_ONES * '0';
    uint64_t marks = (each | (each + BYTES_ONES * (0x80 - 10))) & BYTES_HIGHS;
    return marks ? bytes_first(marks) : 8;
}

/* The number that one to four such digits are. */
static inline uint32_t bytes_number(uint64_t loaded, unsigned digits)
{
    uint32_t each = (uint32_t)(loaded ^ BYTES_ONES * '0') << (32 - 8 * digits); /* with zeros before them */
    uint32_t pairs = each * 10 + (each >> 8);
    return (pairs & 0xff) * 100 + (pairs >> 16 & 0xff);
}

#endif
