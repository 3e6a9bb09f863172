/*
 * ended.h - the last 65,536 Call-IDs that have ended, by their hashes.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_ENDED_H
#define SIPCAUSE_ENDED_H

#include <stdbool.h>
#include <stdint.h>

typedef struct ended_ids ended_ids;

ended_ids *ended_new(void);
void ended_free(ended_ids *of);
void ended_add(ended_ids *of, uint64_t hash); /* forgets the oldest when full */
bool ended_has(const ended_ids *of, uint64_t hash);

#endif
