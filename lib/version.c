/*
 * version.c - which library this is.
 *
 * SPDX-License-Identifier: MIT
 */
#include "internal.h"

#define TEXT_OF(number) #number
#define TEXT(number)    TEXT_OF(number)

const char *sipcause_version(void)
{
    return TEXT(SIPCAUSE_VERSION_MAJOR) "." TEXT(SIPCAUSE_VERSION_MINOR) "." TEXT(SIPCAUSE_VERSION_PATCH);
}

uint32_t sipcause_version_number(void)
{
    return SIPCAUSE_VERSION_MAJOR * 10000 + SIPCAUSE_VERSION_MINOR * 100 + SIPCAUSE_VERSION_PATCH;
}
