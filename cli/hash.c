/*
 * hash.c - a hash of bytes with a secret key: SipHash-1-3 (Aumasson, Bernstein: SipHash: a fast short-input PRF, 2012),
 * with the fewer rounds that hash tables take: nobody who could guess a key sees a hash.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "hash.h"

#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

hash_key hash_key_new(void)
{
    hash_key made = {{0, 0}};
    int random = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    if (random >= 0) {
        ssize_t got = read(random, &made, sizeof made);
        close(random);
        if (got == (ssize_t)sizeof made)
            return made;
    }
    struct timespec now = {0, 0};
    clock_gettime(CLOCK_REALTIME, &now);
    made.words[0] ^= (uint64_t)now.tv_nsec * 0x9E3779B97F4A7C15u ^ (uint64_t)now.tv_sec;
    made.words[1] ^= (uint64_t)getpid() << 32 ^ (uintptr_t)&made;
    return made;
}

static inline uint64_t turned(uint64_t word, unsigned bits)
{
    return word << bits | word >> (64 - bits);
}

/* One round of SipHash. */
static inline void mix(uint64_t v[static 4])
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = turned(v[1], 13) ^ v[0];
    v[3] = turned(v[3], 16) ^ v[2];
    v[0] = turned(v[0], 32) + v[3];
    v[2] += v[1];
    v[3] = turned(v[3], 21) ^ v[0];
    v[1] = turned(v[1], 17) ^ v[2];
    v[2] = turned(v[2], 32);
}

static inline void take(uint64_t v[static 4], uint64_t word)
{
    v[3] ^= word;
    mix(v);
    v[0] ^= word;
}

/* Eight bytes in the machine's order: no other machine ever sees a hash. */
static inline uint64_t word_of(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* The last bytes, fewer than eight, and how many there were in all. */
static inline uint64_t last_word(const char *bytes, size_t length)
{
    uint64_t word = (uint64_t)length << 56;
    uint32_t four = 0;
    uint16_t two = 0;
    if (length & 4)
        memcpy(&four, bytes, sizeof four);
    bytes += length & 4;
    if (length & 2)
        memcpy(&two, bytes, sizeof two);
    bytes += length & 2;
    if (length & 1)
        word |= (uint64_t)(unsigned char)*bytes << 48;
    return word | (uint64_t)two << 32 | four;
}

uint64_t hash_of(const hash_key *key, const char *bytes, size_t length)
{
    uint64_t v[4] = {
        key->words[0] ^ 0x736F6D6570736575u,
        key->words[1] ^ 0x646F72616E646F6Du,
        key->words[0] ^ 0x6C7967656E657261u,
        key->words[1] ^ 0x7465646279746573u,
    };
    if (length == 0)
        bytes = ""; /* what is absent has no address to count from */
    for (const char *end = bytes + length - length % 8; bytes < end; bytes += 8)
        take(v, word_of(bytes));
    take(v, last_word(bytes, length));
    v[2] ^= 0xFF;
    for (int i = 0; i < 3; i++)
        mix(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}
