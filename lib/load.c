/*
 * load.c - bytes to a table.
 *
 * Events go straight into a builder; there is no tree of the document. Which of the two kinds of
 * document it is tells its first key; only a mapping file that begins otherwise, or a trunk object,
 * is looked through beforehand.
 *
 * SPDX-License-Identifier: MIT
 */
#include "load.h"

#include <string.h>

/* ---- what the readers share ---------------------------------------------------------------------------- */

sipcause_builder *load_begin(loader *load, const sipcause_table *base)
{
    enum { BYTES_A_ROW = 20 }; /* or more: room that is never touched costs nothing, and growing costs copies */
    load->builder = sipcause_builder_new(base);
    if (load->builder && builder_reserve_rows(load->builder, (uint32_t)(load->length / BYTES_A_ROW)) &&
        sipcause_builder_name(load->builder, NULL, load->file) == SIPCAUSE_OK)
        return load->builder;
    error_memory(load->error);
    return NULL;
}

sipcause_builder *load_builder(loader *load)
{
    if (load->builder)
        return load->builder;
    load->extended = table_of(NULL);
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
        return load_suggest(
            load, "sipcause",
            load_fail(load, meant->at, SIPCAUSE_ERROR_FORMAT,
                      "no `sipcause: 1`, which makes a file a mapping file; did you mean `sipcause` by `%s`?",
                      load_shown(meant).text));
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

static int read_document(loader *load)
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

/* What a row or a list was read into; the builder has it by now. */
static void free_when(when_list *when)
{
    memory_free(when->items);
    memory_free(when->parts);
    memory_free(when->refinements);
    memory_free((void *)when->texts);
    memory_free(when->codes);
    memory_free(when->warnings);
    memory_free(when->translations);
}

sipcause_table *load_document(const void *bytes, size_t length, const char *name, const load_file *from,
                              sipcause_report *report, sipcause_error *error)
{
    sipcause_table *table = NULL;
    loader load = {.error = error, .file = name, .length = length, .from = from, .report = report};
    load.events = yaml_events_open(bytes, length, YAML_LARGEST, error);
    int result = load.events ? read_document(&load) : error->code;
    if (result != SIPCAUSE_OK)
        result = load_end(&load, result);
    yaml_events_close(load.events); /* before the table takes memory: what they leave can be used again */
    if (result == SIPCAUSE_OK)
        table = build(&load);
    if (table && report)
        load_validate(&load, table);
    if (!table && !error->source[0]) /* else the error is in a file that this one extends */
        error_source(error, name);
    sipcause_builder_free(load.builder);
    sipcause_table_unref(load.base);
    memory_free(load.kept.text);
    free_when(&load.when);
    return table;
}

sipcause_table *sipcause_load_bytes(const void *bytes, size_t length, const char *name, sipcause_error *error)
{
    sipcause_error unasked;
    if (!error)
        error = &unasked;
    error_clear(error);
    if (bytes || !length)
        return load_document(bytes, text_length(bytes, length), name ? name : "-", NULL, NULL, error);
    error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no bytes");
    return NULL;
}

int sipcause_validate_bytes(const void *bytes, size_t length, const char *name, sipcause_report *report)
{
    sipcause_error error;
    if (!report || (!bytes && length))
        return SIPCAUSE_ERROR_MISUSE;
    error_clear(&error);
    report_mark mark = report_begin(report);
    length = text_length(bytes, length);
    sipcause_table_unref(load_document(bytes, length, name ? name : "-", NULL, report, &error));
    return report_end(report, mark, error.code);
}
