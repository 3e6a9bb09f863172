/*
 * fuzz_load.c - any bytes as a mapping file or a trunk object, and through to the verdict.
 *
 * Loading the same bytes again must give the same answers.
 *
 * SPDX-License-Identifier: MIT
 */
#include "loading.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    digest first = load(bytes, length, true), second = load(bytes, length, false);
    PROMISE(first.sum == second.sum);
    return 0;
}
