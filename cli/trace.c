/*
 * trace.c - reads the lines of a text trace.
 *
 * Lines are found by memchr in one buffer, where lines.c and scan.c find the messages.
 *
 * SPDX-License-Identifier: MIT
 */
#include "capture.h"
#include "command.h"
#include "line.h"
#include "lines.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_READ = 64 * 1024 }; /* at once: more would push out of the processor's caches what is known of calls */

trace *trace_new(trace_receiver *receiver, void *context)
{
    trace *of = need_room(1, sizeof *of);
    of->receiver = receiver;
    of->context = context;
    of->buffer = need_room(BUFFER, 1);
    of->copy = need_room(MOST_HEADERS + MOST_BODY, 1);
    of->pieces = need_room(MOST_HEADERS, 1);
    of->time = STAMP_NONE;
    fill_token(of->token);
    return of;
}

void trace_free(trace *of)
{
    free(of->buffer);
    free(of->copy);
    free(of->pieces);
    free(of);
}

void trace_take_surveys(trace *of, trace_survey *survey)
{
    of->survey = survey;
}

static void take_lines(trace *of)
{
    for (;;) {
        if (!of->inside_line)
            lines_take(of);
        char *line_end = memchr(of->buffer + of->searched, '\n', of->end - of->searched);
        if (line_end == NULL) {
            of->searched = of->end;
            return;
        }
        size_t next = (size_t)(line_end - of->buffer) + 1;
        if (!of->inside_line && scan_may_wait(of, next) && scan_waits(of, next)) {
            of->searched = next - 1;
            return;
        }
        if (of->inside_line)
            scan_pass_over(of, next - of->at);
        else if (next - of->at > MOST_HEADERS)
            scan_long_line(of, next - of->at);
        else
            scan_line(of, of->at, next - of->at);
        of->inside_line = false;
        of->at = of->searched = next;
    }
}

/* Makes room for the next read: what has been taken goes, and so does a line that is too long. */
static void make_room(trace *of)
{
    size_t unfinished = of->end - of->at;
    if (of->inside_line && unfinished > 0) {
        scan_pass_over(of, unfinished);
        of->at = of->end;
    } else if (unfinished > MOST_HEADERS && of->searched == of->end) {
        scan_long_line(of, unfinished);
        of->inside_line = true;
        of->at = of->end;
    }
    size_t keep = (of->mode == HEADERS || of->held) && !of->copying ? of->message : of->at;
    if (keep == 0)
        return;
    memmove(of->buffer, of->buffer + keep, of->end - keep);
    of->gone += keep;
    of->at -= keep;
    of->searched = of->searched > keep ? of->searched - keep : 0;
    of->end -= keep;
    of->message = 0;
}

/* The end of a file ends its last line and its last message. */
static void finish(trace *of)
{
    of->ended = true;
    take_lines(of);
    if (of->at < of->end && !of->inside_line)
        scan_line(of, of->at, of->end - of->at);
    scan_end(of);
    of->inside_line = of->ended = false;
    of->gone += of->end;
    of->at = of->searched = of->end = 0;
}

/* What stands at the beginning of a file, by the same bytes however many were read at once. Returns 0, or why it is not
 * text. */
static int begin(trace *of)
{
    size_t first = of->end < CAPTURE_BYTES ? of->end : CAPTURE_BYTES;
    if (capture_is(of->buffer, first))
        return TRACE_CAPTURE;
    if (capture_is_packed(of->buffer, first))
        return TRACE_PACKED;
    if (capture_is_survey(of->buffer, first))
        return TRACE_SURVEY;
    if (of->end >= 3 && memcmp(of->buffer, "\xEF\xBB\xBF", 3) == 0)
        of->at = of->searched = 3; /* a byte order mark, as some editors put it before the first line */
    return 0;
}

/* The bytes that follow. Returns how many, 0 at the end and when failure receives errno. */
static size_t read_more(trace *of, int file, int *failure)
{
    for (;;) {
        size_t room = BUFFER - of->end;
        ssize_t got = read(file, of->buffer + of->end, room < MOST_READ ? room : MOST_READ);
        if (got > 0)
            of->end += (size_t)got;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            *failure = errno;
        return got > 0 ? (size_t)got : 0;
    }
}

int trace_read(trace *of, const char *path, void (*progress)(void *context, uint64_t bytes, uint64_t size))
{
    bool input = strcmp(path, "-") == 0, begun = false;
    int file = input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC), failure = 0;
    struct stat about;
    if (file < 0)
        return errno;
    if (fstat(file, &about) != 0)
        about.st_mode = 0; /* no size, so no percentage */
    uint64_t bytes = 0, size = S_ISREG(about.st_mode) ? (uint64_t)about.st_size : 0;
    for (;;) {
        make_room(of);
        size_t got = read_more(of, file, &failure);
        bytes += got;
        if (!begun && (got == 0 || of->end >= CAPTURE_BYTES)) {
            begun = true;
            int other = begin(of);
            if (other != 0) {
                if (other == TRACE_SURVEY && of->survey != NULL)
                    of->survey(of->context, path, file, (sipcause_slice){of->buffer, of->end});
                else
                    failure = other;
                of->end = 0;
                break;
            }
        }
        if (got == 0)
            break;
        if (begun)
            take_lines(of);
        if (progress != NULL)
            progress(of->context, bytes, size);
    }
    finish(of);
    if (!input)
        close(file);
    return failure;
}
