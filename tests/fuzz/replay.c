/*
 * replay.c - gives a fuzz target every file of the folders named, without libFuzzer: for any compiler.
 *
 * An argument may also be a single file: the input that a run of the fuzzer left behind.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "fuzz.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

static unsigned long inputs;

static _Noreturn void stop(const char *why, const char *path)
{
    fprintf(stderr, "%s %s\n", why, path);
    exit(2);
}

/* The bytes lie in a block of just their size, so that reading past their end is seen. */
static void replay_file(const char *path, size_t size)
{
    uint8_t *bytes = malloc(size ? size : 1);
    FILE *file = fopen(path, "rb");
    if (!bytes || !file || fread(bytes, 1, size, file) != size)
        stop("cannot read", path);
    fclose(file);
    LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    inputs++;
}

static void replay(const char *path);

static void replay_folder(const char *path)
{
    char inside[4096];
    DIR *folder = opendir(path);
    if (!folder)
        stop("cannot open", path);
    const struct dirent *found;
    while ((found = readdir(folder)) != NULL) {
        if (found->d_name[0] == '.')
            continue;
        if ((size_t)snprintf(inside, sizeof inside, "%s/%s", path, found->d_name) >= sizeof inside)
            stop("the path is too long below", path);
        replay(inside);
    }
    closedir(folder);
}

static void replay(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0)
        stop("there is no", path);
    if (S_ISDIR(about.st_mode))
        replay_folder(path);
    else
        replay_file(path, (size_t)about.st_size);
}

int main(int count, char **arguments)
{
    for (int i = 1; i < count; i++)
        replay(arguments[i]);
    printf("%lu inputs\n", inputs);
    return inputs ? EXIT_SUCCESS : EXIT_FAILURE;
}
