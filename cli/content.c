/*
 * content.c - all bytes of a file, as far as a mapping file or a survey may be long.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "content.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int content_read(int descriptor, size_t most, gathered *into)
{
    while (into->length <= most) {
        if (into->length == into->room) {
            size_t room = into->room == 0 ? 64 * 1024 : into->room * 2;
            into->bytes = need_more(into->bytes, room, 1);
            into->room = room;
        }
        ssize_t got = read(descriptor, into->bytes + into->length, into->room - into->length);
        if (got < 0 && errno != EINTR)
            return errno;
        if (got == 0)
            break;
        if (got > 0)
            into->length += (size_t)got;
    }
    return 0;
}

int content_of_file(const char *path, gathered *into)
{
    struct stat about;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0)
        return errno;
    int reason = fstat(descriptor, &about) != 0 ? errno : S_ISREG(about.st_mode) ? 0 : ESPIPE;
    into->length = 0;
    if (reason == 0)
        reason = content_read(descriptor, CONTENT_OF_MAPPING, into);
    close(descriptor);
    return reason;
}
