/*
 * nearest.h - which name was meant.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_NEAREST_H
#define SIPCAUSE_NEAREST_H

#include <stddef.h>
#include <stdint.h>

/* How far a word, ASCII case aside, is from a name that is no longer than 64 bytes: how many letters differ between
 * their common beginning and their common end. 0: not near enough to be meant, or the same. */
size_t nearest_distance(const char *word, size_t length, const char *name);

/* The nearest of the names that a list has for the numbers 0 to 255; NULL: none is near. */
const char *nearest_name(const char *word, size_t length, const char *(*name_of)(uint32_t number));

#endif
