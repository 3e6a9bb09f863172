/*
 * content.h - all bytes of a file, as far as a mapping file may be long.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_CONTENT_H
#define SIPCAUSE_CONTENT_H

#include "gather.h"

/* All that a descriptor gives, in place of what is there; a byte more than a mapping file may have ends it. Returns 0
 * or the errno. */
int content_read(int descriptor, gathered *into);

/* The same of a regular file; ESPIPE for anything else, which could be read only once. */
int content_of_file(const char *path, gathered *into);

#endif
