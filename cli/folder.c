/*
 * folder.c - the files below a folder that may be mapping files.
 *
 * What is still to be looked at is a stack of paths, the next on top; those of folders end in a slash, so that paths
 * compare as the files below them do.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "character.h"
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct paths {
    char **list;
    size_t count, room;
} paths;

/* folder ends in a slash; what ends the path is "/" or "". */
static void push(paths *to, const char *folder, const char *name, const char *end)
{
    size_t before = strlen(folder), length = strlen(name);
    if (to->count == to->room) {
        to->room = to->room == 0 ? 64 : to->room * 2;
        to->list = need_more(to->list, to->room, sizeof *to->list);
    }
    char *path = need_room(before + length + strlen(end) + 1, 1);
    memcpy(path, folder, before);
    memcpy(path + before, name, length);
    memcpy(path + before + length, end, strlen(end));
    to->list[to->count++] = path;
}

static bool has_ending(const char *name)
{
    static const char *const endings[] = {".yaml", ".yml", ".json"};
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t ending = strlen(endings[i]), same = 0;
        while (same < ending && length > ending && to_lower(name[length - ending + same]) == endings[i][same])
            same++;
        if (same == ending)
            return true;
    }
    return false;
}

/* A name in a folder, if it is one to look at. What nothing can be learnt of is taken for a folder that cannot be read,
 * so that it is told of. */
static void take_name(paths *to, const char *folder, const char *name)
{
    struct stat about;
    if (name[0] == '.')
        return;
    push(to, folder, name, "");
    char *path = to->list[to->count - 1];
    bool known = lstat(path, &about) == 0, hidden = !known && errno != ENOENT;
    bool below = hidden || (known && S_ISDIR(about.st_mode)), wanted = !below && has_ending(name);
    if (wanted && known && S_ISLNK(about.st_mode))
        known = stat(path, &about) == 0;
    if (wanted && (!known || S_ISREG(about.st_mode)))
        return;
    to->count--;
    if (below)
        push(to, path, "", "/");
    free(path);
}

static int later_first(const void *a, const void *b)
{
    return strcmp(*(char *const *)b, *(char *const *)a);
}

/* What is in a folder, above what is there. Returns 0 or the errno. */
static int read_folder(paths *to, const char *folder)
{
    size_t start = to->count;
    DIR *open = opendir(folder);
    if (open == NULL)
        return errno;
    errno = 0;
    for (struct dirent *entry; (entry = readdir(open)) != NULL; errno = 0)
        take_name(to, folder, entry->d_name);
    int reason = errno;
    closedir(open);
    if (to->count > start)
        qsort(to->list + start, to->count - start, sizeof *to->list, later_first);
    return reason;
}

int folder_walk(const char *path, folder_receiver *receiver, void *context)
{
    paths left = {NULL, 0, 0};
    int status = EXIT_DONE;
    size_t length = strlen(path);
    push(&left, path, "", length > 0 && path[length - 1] == '/' ? "" : "/");
    while (left.count > 0) {
        char *next = left.list[--left.count];
        length = strlen(next);
        int reason = next[length - 1] == '/' ? read_folder(&left, next) : 0;
        if (reason != 0) {
            cli_say("%s: %s", next, strerror(reason));
            status = EXIT_FILE;
        } else if (next[length - 1] != '/') {
            receiver(context, next);
        }
        free(next);
    }
    free(left.list);
    return status;
}
