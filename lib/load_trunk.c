/*
 * load_trunk.c - a trunk object: JSON that has, somewhere, causeCodeMappings: [{sipCauseCode, disposition}].
 *
 * Its numbers are the carrier's cause values. Whatever else the object holds is passed over.
 *
 * SPDX-License-Identifier: MIT
 */
#include "load.h"

#include <string.h>

/* One item of the list. */
typedef struct mapping {
    row_target target;
    bool no_cause; /* null or "" */
    place code_key, disposition_key;
    place disposition_at;
    kept_at disposition;
    const char *meant; /* which of the two another key is near to; NULL: none is */
    place meant_at;
} mapping;

static int read_code(loader *load, mapping *read)
{
    event value;
    int result = load_next(load, &value);
    if (result != SIPCAUSE_OK)
        return result;
    if (value.kind != EVENT_SCALAR)
        return load_fail(load, value.at, SIPCAUSE_ERROR_TYPE, "sipCauseCode is a number or a word, not a %s",
                         value.kind == EVENT_LIST ? "list" : "mapping");
    read->target.at = value.at;
    read->no_cause = load_is_null(&value) || value.length == 0;
    return read->no_cause ? SIPCAUSE_OK : load_target(load, SIPCAUSE_SPACE_CARRIER, &value, &read->target);
}

static int read_disposition(loader *load, const event *key, mapping *read)
{
    event value;
    int result = load_text(load, key, &value);
    if (result != SIPCAUSE_OK)
        return result;
    read->disposition_at = value.at;
    read->disposition = load_keep(load, &value);
    return read->disposition ? SIPCAUSE_OK : SIPCAUSE_ERROR_MEMORY;
}

/* A key that is none of the two, and nearly one. */
static const char *near_key(const event *key)
{
    return load_nearer(key, load_nearer(key, NULL, "sipCauseCode"), "disposition");
}

/* An item without one of its keys: another may be meant for it. */
static int refuse_item(loader *load, place at, const mapping *read, const char *key)
{
    if (!read->meant || strcmp(read->meant, key) != 0)
        return load_fail(load, at, SIPCAUSE_ERROR_MISSING, "an item of causeCodeMappings has no %s", key);
    return load_suggest(load, key,
                        load_fail(load, read->meant_at, SIPCAUSE_ERROR_MISSING,
                                  "an item of causeCodeMappings has no %s; is this key meant?", key));
}

static int read_mapping(loader *load, place at, mapping *read)
{
    event key;
    for (;;) {
        int result = load_next(load, &key);
        if (result != SIPCAUSE_OK)
            return result;
        if (key.kind == EVENT_CLOSE)
            break;
        bool code = text_same_exactly(key.text, key.length, "sipCauseCode");
        bool label = text_same_exactly(key.text, key.length, "disposition");
        place *seen = code ? &read->code_key : &read->disposition_key;
        if ((code || label) && seen->line)
            return load_fail_twice(load, key.at, *seen, code ? "sipCauseCode" : "disposition");
        if (code || label)
            *seen = key.at;
        if (!code && !label && !read->meant) {
            read->meant = near_key(&key);
            read->meant_at = key.at;
        }
        result = code ? read_code(load, read) : label ? read_disposition(load, &key, read) : load_skip(load);
        if (result != SIPCAUSE_OK)
            return result;
    }
    if (!read->code_key.line)
        return refuse_item(load, at, read, "sipCauseCode");
    if (!read->disposition)
        return refuse_item(load, at, read, "disposition");
    return SIPCAUSE_OK;
}

/* Those who read the object elsewhere declare nothing, and a misspelt label splits a report silently. */
static void tell_new(loader *load, sipcause_builder *builder, const sipcause_row *says)
{
    const char *nearest = builder_nearest_disposition(builder, says->disposition);
    const finding_of of = {.rule = SIPCAUSE_RULE_UNKNOWN_DISPOSITION,
                           .file = load->file,
                           .at = {says->line, says->column},
                           .suggestion = nearest,
                           .severity = SIPCAUSE_SEVERITY_WARNING};
    event label = {.text = says->disposition, .length = strlen(says->disposition)};
    report_add(load->report, &of,
               "there is no disposition \"%s\" yet: it is declared by its use here, without any "
               "outcome, party or route%s%s%s",
               load_shown(&label).text, nearest ? "; did you mean \"" : "", nearest ? nearest : "",
               nearest ? "\"?" : "");
}

/* A new disposition is declared by its use. */
static int declare(loader *load, sipcause_builder *builder, const mapping *read)
{
    sipcause_row says = {
        .disposition = load_kept(load, read->disposition),
        .line = read->disposition_at.line,
        .column = read->disposition_at.column,
    };
    if (builder_has_disposition(builder, says.disposition))
        return SIPCAUSE_OK;
    if (load->report)
        tell_new(load, builder, &says);
    return load_offset(load, sipcause_builder_disposition(builder, &says, load->error), read->disposition_at);
}

static int put_mapping(loader *load, mapping *read)
{
    sipcause_builder *builder = load_builder(load);
    sipcause_row says = {.disposition = load_kept(load, read->disposition)};
    int result = builder ? declare(load, builder, read) : SIPCAUSE_ERROR_MEMORY;
    if (result != SIPCAUSE_OK)
        return result;
    if (!read->no_cause)
        return load_put(load, &read->target, &says, read->disposition_at);
    read->target.kind = ROW_NO_CAUSE;
    read->target.code.value = SIPCAUSE_NO_CAUSE_ANSWERED;
    result = load_put(load, &read->target, &says, read->disposition_at);
    read->target.code.value = SIPCAUSE_NO_CAUSE_OTHERWISE;
    if (result == SIPCAUSE_OK)
        result = load_put(load, &read->target, &says, read->disposition_at);
    if (result == SIPCAUSE_OK) /* a trunk object speaks of these two situations only */
        result = builder_keep_no_cause(builder, load->error);
    return result;
}

static int read_mappings(loader *load)
{
    event now;
    mapping read;
    int result = load_next(load, &now);
    if (result != SIPCAUSE_OK || (now.kind == EVENT_SCALAR && load_is_null(&now)))
        return result;
    if (now.kind != EVENT_LIST)
        return load_fail(load, now.at, SIPCAUSE_ERROR_TYPE, "causeCodeMappings takes a list, not a %s",
                         now.kind == EVENT_MAPPING ? "mapping" : "text");
    uint32_t depth = load_depth(load), before = load->kept.length;
    for (;;) {
        result = load_next(load, &now);
        if (result != SIPCAUSE_OK || now.kind == EVENT_CLOSE)
            return result;
        memset(&read, 0, sizeof read);
        if (now.kind != EVENT_MAPPING)
            result = load_fail(load, now.at, SIPCAUSE_ERROR_TYPE,
                               "an item of causeCodeMappings is a mapping of sipCauseCode and disposition");
        else
            result = read_mapping(load, now.at, &read);
        if (result == SIPCAUSE_OK)
            result = put_mapping(load, &read);
        if (result != SIPCAUSE_OK && (result = load_recover_row(load, result, &read.target, depth)) != SIPCAUSE_OK)
            return result;
        load->kept.length = before;
    }
}

int load_trunk(loader *load)
{
    event now;
    bool of_the_name = false;
    int result = yaml_events_rewind(load->events, load->error);
    load->trunk = true;
    if (result != SIPCAUSE_OK)
        return result;
    for (;;) {
        result = load_next(load, &now);
        if (result != SIPCAUSE_OK || now.kind == EVENT_END)
            return result;
        if (of_the_name && now.kind == EVENT_SCALAR && !load_is_null(&now)) {
            load->name = load_keep(load, &now);
            if (!load->name)
                return SIPCAUSE_ERROR_MEMORY;
        }
        of_the_name = now.key && now.depth == 1 && text_same_exactly(now.text, now.length, "name");
        uint32_t depth = now.depth;
        if (now.key && text_same_exactly(now.text, now.length, "causeCodeMappings"))
            result = load_recover(load, read_mappings(load), depth);
        if (result != SIPCAUSE_OK)
            return result;
    }
}
