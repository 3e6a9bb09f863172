/*
 * load_file.c - files to tables, and the files that they extend.
 *
 * A file that extends another is read before that one's rows are needed, at `extends`: the other is loaded into a table
 * of its own, which then is what the first one begins with. So a chain is as deep in calls as it has files; no more
 * than 16 are followed.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L /* fstat, O_CLOEXEC */
#include "load.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHAIN_MOST = 16 };

/* ---- reading ------------------------------------------------------------------------------------------------ */

/* The reason in our own words: strerror's depend on the locale. */
static const char *file_fault(int reason)
{
    static const struct {
        int reason;
        const char *sentence;
    } sentences[] = {
        {ENOENT, "there is no such file"},
        {EACCES, "the file may not be read"},
        {EISDIR, "this is a directory, not a file"},
        {ENOTDIR, "a part of the path is not a directory"},
        {EMFILE, "too many files are open"},
        {ENFILE, "too many files are open"},
        {ELOOP, "its symbolic links lead in a circle"},
        {ESPIPE, "this is no file: a device, a pipe or a socket"},
    };
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
        if (sentences[i].reason == reason)
            return sentences[i].sentence;
    return "the file cannot be read";
}

/* Reads what there is, and never more than one byte above the limit: a device may have no end. */
static int read_all(int descriptor, char **bytes, size_t *length)
{
    uint32_t capacity = 0, used = 0;
    while (used <= YAML_LARGEST) {
        if (used == capacity) {
            uint32_t grown = capacity ? capacity * 2 : 65536;
            grown = grown > YAML_LARGEST ? YAML_LARGEST + 1 : grown;
            char *moved = memory_resize(*bytes, grown, 1);
            if (!moved)
                return ENOMEM;
            *bytes = moved;
            capacity = grown;
        }
        ssize_t got = read(descriptor, *bytes + used, capacity - used);
        if (got < 0 && errno != EINTR)
            return errno;
        if (got == 0)
            break;
        if (got > 0)
            used += (uint32_t)got;
    }
    *length = used;
    return 0;
}

/* Opens a file and tells which one it is. One that is extended must be a file and nothing else: a mapping from others
 * must not make the library wait for a FIFO. Returns a descriptor, or -1 with errno set. */
static int open_file(load_file *file)
{
    struct stat about;
    if (file->below && stat(file->path, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode)) {
        errno = ESPIPE; /* to open a device may itself do something */
        return -1;
    }
    int descriptor = open(file->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (file->below ? O_NONBLOCK : 0));
    if (descriptor < 0)
        return -1;
    int reason = 0;
    if (fstat(descriptor, &about) != 0)
        reason = errno;
    else if (S_ISDIR(about.st_mode))
        reason = EISDIR;
    else if (file->below && !S_ISREG(about.st_mode))
        reason = ESPIPE;
    if (reason) {
        close(descriptor);
        errno = reason;
        return -1;
    }
    file->device = (uint64_t)about.st_dev;
    file->number = (uint64_t)about.st_ino;
    return descriptor;
}

/* The whole of a file; returns 0 or the errno. */
static int read_file(int descriptor, char **bytes, size_t *length)
{
    int reason = read_all(descriptor, bytes, length);
    close(descriptor);
    return reason;
}

/* ---- extends ------------------------------------------------------------------------------------------------ */

/* "a.yaml -> b.yaml -> a.yaml", from the file that was asked for. */
static void write_chain(writer *out, const load_file *file)
{
    if (file->below) {
        write_chain(out, file->below);
        write_text(out, " -> ");
    }
    write_shown(out, file->path, strlen(file->path));
}

static int refuse_chain(loader *load, const load_file *next, place at, bool circle)
{
    char chain[400];
    writer out = {chain, sizeof chain, 0};
    write_chain(&out, next);
    bool cut = write_end(&out) >= sizeof chain;
    if (circle)
        return load_fail(load, at, SIPCAUSE_ERROR_CIRCLE, "the files extend each other in a circle: %s%s", chain,
                         cut ? "..." : "");
    return load_fail(load, at, SIPCAUSE_ERROR_TOO_LARGE, "more than %d files extend each other: %s%s", (int)CHAIN_MOST,
                     chain, cut ? "..." : "");
}

/* Whether the file may be extended here. */
static int check_chain(loader *load, const load_file *next, place at)
{
    unsigned length = 1;
    for (const load_file *file = next->below; file; file = file->below) {
        if (file->device == next->device && file->number == next->number)
            return refuse_chain(load, next, at, true);
        length++;
    }
    return length > CHAIN_MOST ? refuse_chain(load, next, at, false) : SIPCAUSE_OK;
}

/* The path, seen from the folder of the file that names it. NULL: memory is short. */
static char *path_from(const char *file, const event *path)
{
    const char *slash = strrchr(file, '/');
    size_t folder = slash ? (size_t)(slash - file) + 1 : 0;
    char *joined = memory_allocate(folder + path->length + 1, 1);
    if (joined) {
        memcpy(joined, file, folder);
        memcpy(joined + folder, path->text, path->length);
    }
    return joined;
}

static void refuse_file(loader *load, const char *path, place at, int reason)
{
    char name[400];
    writer out = {name, sizeof name, 0};
    write_shown(&out, path, strlen(path));
    bool cut = write_end(&out) >= sizeof name;
    load_fail(load, at, SIPCAUSE_ERROR_FILE, "%s%s cannot be extended: %s", name, cut ? "..." : "", file_fault(reason));
}

/* Every file on the way copies the rows of all that it extends: 16 files of 16 MiB each would take minutes and GBs. */
static int check_size(loader *load, load_file *next, size_t length, place at)
{
    next->length = next->below->length + length;
    if (length > YAML_LARGEST || next->length <= YAML_LARGEST) /* a file that is too large by itself is told of there */
        return SIPCAUSE_OK;
    return load_fail(load, at, SIPCAUSE_ERROR_TOO_LARGE, "the files that are extended are larger than 16 MiB together");
}

static sipcause_table *load_next_file(loader *load, load_file *next, place at)
{
    char *bytes = NULL;
    size_t length = 0;
    sipcause_table *table = NULL;
    int descriptor = open_file(next), reason = descriptor < 0 ? errno : 0;
    if (descriptor >= 0 && check_chain(load, next, at) != SIPCAUSE_OK) {
        close(descriptor);
        return NULL;
    }
    if (descriptor >= 0)
        reason = read_file(descriptor, &bytes, &length);
    if (reason == ENOMEM)
        error_memory(load->error);
    else if (reason)
        refuse_file(load, next->path, at, reason);
    else if (check_size(load, next, length, at) == SIPCAUSE_OK)
        table = load_document(bytes, length, next->path, next, NULL, load->error);
    memory_free(bytes);
    return table;
}

const sipcause_table *load_extended(loader *load, const event *path)
{
    place at = path->at;
    if (load->base)
        return load->base;
    if (!load->from) {
        load_fail(load, at, SIPCAUSE_ERROR_FILE,
                  "only a file can extend a file: what is loaded from memory or a pipe has no folder");
        return NULL;
    }
    if (path->text[0] == '/') {
        load_fail(load, at, SIPCAUSE_ERROR_VALUE, "`%s` begins at the root; write the path from this file's folder",
                  load_shown(path).text);
        return NULL;
    }
    load_file next = {.below = load->from};
    char *joined = path_from(load->from->path, path);
    next.path = joined;
    if (joined)
        load->base = load_next_file(load, &next, at);
    else
        error_memory(load->error);
    memory_free(joined);
    return load->base;
}

/* ---- the public functions ----------------------------------------------------------------------------------- */

/* A file that nobody extends; error and report as load_document takes them. */
static sipcause_table *load_path(const char *path, sipcause_report *report, sipcause_error *error)
{
    load_file file = {.path = path};
    char *bytes = NULL;
    size_t length = 0;
    int descriptor = open_file(&file);
    int reason = descriptor < 0 ? errno : read_file(descriptor, &bytes, &length);
    sipcause_table *table = NULL;
    if (!reason) {
        table = load_document(bytes, length, path, &file, report, error);
    } else {
        int code = reason == ENOMEM ? SIPCAUSE_ERROR_MEMORY : SIPCAUSE_ERROR_FILE;
        error_set(error, code, 0, 0, "%s", reason == ENOMEM ? "memory is short" : file_fault(reason));
        error_source(error, path);
    }
    memory_free(bytes);
    return table;
}

sipcause_table *sipcause_load_file(const char *path, sipcause_error *error)
{
    sipcause_error unasked;
    if (!error)
        error = &unasked;
    error_clear(error);
    if (path)
        return load_path(path, NULL, error);
    error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no path");
    return NULL;
}

int sipcause_validate_file(const char *path, sipcause_report *report)
{
    sipcause_error error;
    if (!path || !report)
        return SIPCAUSE_ERROR_MISUSE;
    error_clear(&error);
    report_mark mark = report_begin(report);
    sipcause_table_unref(load_path(path, report, &error));
    if (error.code == SIPCAUSE_ERROR_FILE) { /* what a file says of another is a finding already */
        const finding_of of = {.rule = SIPCAUSE_RULE_FILE, .file = path, .blocks = true};
        report_add(report, &of, "%s", error.text);
    }
    return report_end(report, mark, error.code);
}
