/*
 * marks.h - whether a file is meant to be a mapping file or a trunk object, whatever is wrong with it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_MARKS_H
#define SIPCAUSE_MARKS_H

#include <stdbool.h>
#include <stddef.h>

bool marks_mapping(const char *bytes, size_t length);

#endif
