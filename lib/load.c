/*
 * load.c - bytes or a file to a table.
 *
 * Events go straight into a builder; there is no tree of the document. Which of the two kinds of
 * document it is tells its first key; only a mapping file that begins otherwise, or a trunk object,
 * is looked through beforehand.
 *
 * SPDX-License-Identifier: MIT
 */
#include "load.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* ---- what the readers share ---------------------------------------------------------------------------- */

sipcause_builder *load_begin(loader *load, const sipcause_table *base)
{
    load->builder = sipcause_builder_new(base);
    if (load->builder && sipcause_builder_name(load->builder, NULL, load->file) == SIPCAUSE_OK)
        return load->builder;
    error_memory(load->error);
    return NULL;
}

sipcause_builder *load_builder(loader *load)
{
    if (load->builder)
        return load->builder;
    return load_begin(load, NULL);
}

int load_next(loader *load, event *now)
{
    return yaml_events_next(load->events, now, load->error);
}

int load_skip(loader *load)
{
    event now = {0};
    int result = load_next(load, &now);
    bool collection = result == SIPCAUSE_OK && (now.kind == EVENT_MAPPING || now.kind == EVENT_LIST);
    uint32_t depth = now.depth;
    while (result == SIPCAUSE_OK && collection && !(now.kind == EVENT_CLOSE && now.depth == depth))
        result = load_next(load, &now);
    return result;
}

int load_root(loader *load, event *first)
{
    int result = yaml_events_rewind(load->events, load->error);
    if (result == SIPCAUSE_OK)
        result = load_next(load, first);
    return result == SIPCAUSE_OK ? load_next(load, first) : result;
}

/* ---- which kind of document ------------------------------------------------------------------------------ */

enum document { DOCUMENT_NEITHER, DOCUMENT_MAPPING, DOCUMENT_TRUNK };

static int refuse_neither(loader *load, const event *root, const event *meant)
{
    if (meant->key)
        return load_fail(load, meant->at, SIPCAUSE_ERROR_FORMAT,
                         "no `sipcause: 1`, which makes a file a mapping file; did you mean `sipcause` by `%s`?",
                         load_shown(meant).text);
    return load_fail(load, root->at, SIPCAUSE_ERROR_FORMAT,
                     "no `sipcause: 1`, with which a mapping file begins, and no causeCodeMappings of a trunk object");
}

/* Looks for the keys that tell, from after the root's first event on. */
static int look_through(loader *load, const event *root, const event *first, enum document *kind)
{
    event now = *first, meant = {0};
    char written[32] = "";
    int result = SIPCAUSE_OK;
    *kind = DOCUMENT_NEITHER;
    for (; result == SIPCAUSE_OK && now.kind != EVENT_END; result = load_next(load, &now)) {
        if (!now.key)
            continue;
        if (text_same_exactly(now.text, now.length, "causeCodeMappings"))
            *kind = DOCUMENT_TRUNK;
        if (now.depth != 1)
            continue;
        if (load_is(&now, "sipcause")) {
            *kind = DOCUMENT_MAPPING;
            return load_version(load, &now);
        }
        if (!meant.key && now.length < sizeof written && load_nearer(&now, NULL, "sipcause")) {
            memcpy(written, now.text, now.length);
            meant = now;
            meant.text = written;
        }
    }
    if (result == SIPCAUSE_OK && *kind == DOCUMENT_NEITHER)
        result = refuse_neither(load, root, &meant);
    return result;
}

static int load_document(loader *load)
{
    event root = {0}, first;
    enum document kind = DOCUMENT_NEITHER;
    yaml_events_limit(load->events, YAML_LEVELS_TRUNK);
    int result = load_next(load, &root);
    if (result != SIPCAUSE_OK)
        return result;
    if (root.kind == EVENT_END)
        return load_fail(load, root.at, SIPCAUSE_ERROR_FORMAT, "the file is empty: no `sipcause: 1`");
    first = root;
    if (root.kind == EVENT_MAPPING && (result = load_next(load, &first)) != SIPCAUSE_OK)
        return result;
    if (first.key && load_is(&first, "sipcause")) {
        yaml_events_limit(load->events, YAML_LEVELS_MAPPING);
        return load_mapping(load, &first);
    }
    result = look_through(load, &root, &first, &kind);
    if (result != SIPCAUSE_OK)
        return result;
    if (kind == DOCUMENT_TRUNK)
        return load_trunk(load);
    yaml_events_limit(load->events, YAML_LEVELS_MAPPING);
    result = load_root(load, &first);
    return result == SIPCAUSE_OK ? load_mapping(load, &first) : result;
}

/* ---- the public functions ---------------------------------------------------------------------------------- */

static sipcause_table *build(loader *load)
{
    sipcause_builder *builder = load_builder(load);
    if (!builder)
        return NULL;
    const char *name = load_kept(load, load->name);
    if (sipcause_builder_name(builder, name ? name : "", NULL) != SIPCAUSE_OK) {
        error_memory(load->error);
        return NULL;
    }
    return sipcause_builder_table(builder, load->error);
}

sipcause_table *sipcause_load_bytes(const void *bytes, size_t length, const char *name, sipcause_error *error)
{
    sipcause_error unasked;
    sipcause_table *table = NULL;
    loader load = {.error = error ? error : &unasked, .file = name ? name : "-"};
    error_clear(load.error);
    if (!bytes && length) {
        error_set(load.error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no bytes");
        return NULL;
    }
    length = text_length(bytes, length);
    load.events = yaml_events_open(bytes, length, load.error);
    if (load.events && load_document(&load) == SIPCAUSE_OK)
        table = build(&load);
    if (!table)
        error_source(load.error, load.file);
    sipcause_builder_free(load.builder);
    yaml_events_close(load.events);
    memory_free(load.kept.text);
    return table;
}

/* The reason in our own words: strerror's depend on the locale. */
static int refuse_file(int reason, const char *path, sipcause_error *error)
{
    static const struct {
        int reason;
        const char *sentence;
    } sentences[] = {
        {ENOENT, "there is no such file"},           {EACCES, "the file may not be read"},
        {EISDIR, "this is a directory, not a file"}, {ENOTDIR, "a part of the path is not a directory"},
        {EMFILE, "too many files are open"},         {ENFILE, "too many files are open"},
    };
    const char *sentence = "the file cannot be read";
    int code = reason == ENOMEM ? SIPCAUSE_ERROR_MEMORY : SIPCAUSE_ERROR_FILE;
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
        if (sentences[i].reason == reason)
            sentence = sentences[i].sentence;
    error_set(error, code, 0, 0, "%s", reason == ENOMEM ? "memory is short" : sentence);
    error_source(error, path);
    return code;
}

/* Reads what there is, and never more than one byte above the limit: a device may have no end. */
static int read_all(FILE *file, char **bytes, size_t *length)
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
        errno = 0;
        size_t got = fread(*bytes + used, 1, capacity - used, file);
        used += (uint32_t)got;
        if (got)
            continue;
        if (!ferror(file))
            break;
        if (errno != EINTR)
            return errno ? errno : EIO;
        clearerr(file);
    }
    *length = used;
    return 0;
}

sipcause_table *sipcause_load_file(const char *path, sipcause_error *error)
{
    char *bytes = NULL;
    size_t length = 0;
    error_clear(error);
    if (!path) {
        error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no path");
        return NULL;
    }
    errno = 0;
    FILE *file = fopen(path, "rbe"); /* e: not for the programs that the process starts */
    int reason = file ? 0 : errno ? errno : EIO;
    if (file) {
        setvbuf(file, NULL, _IONBF, 0); /* the bytes go where they belong at once */
        reason = read_all(file, &bytes, &length);
        fclose(file);
    }
    sipcause_table *table = NULL;
    if (reason)
        refuse_file(reason, path, error);
    else
        table = sipcause_load_bytes(bytes, length, path, error);
    memory_free(bytes);
    return table;
}
