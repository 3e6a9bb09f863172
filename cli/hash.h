/*
 * hash.h - a hash of bytes with a secret key, for which nobody can prepare two texts with one hash.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_HASH_H
#define SIPCAUSE_HASH_H

#include <stddef.h>
#include <stdint.h>

typedef struct hash_key {
    uint64_t words[2];
} hash_key;

/* Random. */
hash_key hash_key_new(void);
uint64_t hash_of(const hash_key *key, const char *bytes, size_t length);

#endif
