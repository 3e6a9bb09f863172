/*
 * content.h - all bytes of a file, as far as a mapping file or a survey may be long.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_CONTENT_H
#define SIPCAUSE_CONTENT_H

#include "gather.h"

enum { CONTENT_OF_MAPPING = 16 * 1024 * 1024 };

/* All that a descriptor gives, behind what is there; reading ends once there are more bytes than `most`. Returns 0 or
 * the errno. */
int content_read(int descriptor, size_t most, gathered *into);

/* A regular file that may be a mapping file, in place of what is there; ESPIPE for anything else, which could be read
 * only once. */
int content_of_file(const char *path, gathered *into);

#endif
