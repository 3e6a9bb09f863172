/*
 * load_mapping.c - a mapping file: its root keys, in any order.
 *
 * SPDX-License-Identifier: MIT
 */
#include "load.h"

#include <string.h>

int load_version(loader *load, const event *key)
{
    event value;
    uint32_t number;
    int result = load_next(load, &value);
    if (result == SIPCAUSE_OK && value.kind != EVENT_SCALAR)
        return load_fail(load, value.at, SIPCAUSE_ERROR_TYPE, "`sipcause` takes the number 1, not a %s",
                         value.kind == EVENT_LIST ? "list" : "mapping");
    if (result == SIPCAUSE_OK && (load_is_null(&value) || value.length == 0))
        return load_fail(load, key->at, SIPCAUSE_ERROR_MISSING, "`sipcause` is empty: write `sipcause: 1`");
    int numeric = result == SIPCAUSE_OK ? load_number(load, &value, false, &number) : result;
    if (numeric < 0)
        return numeric;
    if (!numeric || number != 1)
        return load_fail(load, value.at, SIPCAUSE_ERROR_FORMAT,
                         "this version reads format 1 only: write `sipcause: 1`, not %s", load_shown(&value).text);
    return SIPCAUSE_OK;
}

static int read_name(loader *load, const event *key)
{
    event value;
    int result = load_text(load, key, &value);
    if (result != SIPCAUSE_OK)
        return result;
    load->name = load_keep(load, &value);
    return load->name ? SIPCAUSE_OK : SIPCAUSE_ERROR_MEMORY;
}

static bool is_path(const event *value)
{
    static const char *const endings[] = {".yaml", ".yml", ".json"};
    if (memchr(value->text, '/', value->length))
        return true;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t length = strlen(endings[i]);
        if (value->length > length && text_same_name(value->text + value->length - length, length, endings[i]))
            return true;
    }
    return false;
}

static int refuse_profile(loader *load, const event *value)
{
    const char *nearest = NULL;
    char names[256];
    writer out = {names, sizeof names, 0};
    for (size_t i = 0; i < profiles_count; i++) {
        nearest = load_nearer(value, nearest, profiles[i].name);
        write_text(&out, profiles[i].name);
        write_text(&out, i + 1 < profiles_count ? ", " : " and none");
    }
    write_end(&out);
    if (nearest)
        return load_suggest(load, nearest,
                            load_fail(load, value->at, SIPCAUSE_ERROR_UNKNOWN_PROFILE,
                                      "there is no profile `%s`; did you mean `%s`?", load_shown(value).text, nearest));
    return load_fail(load, value->at, SIPCAUSE_ERROR_UNKNOWN_PROFILE,
                     "there is no profile `%s`; there are %s; a file is written with its ending or a `/`",
                     load_shown(value).text, names);
}

static int read_extends(loader *load, const event *key)
{
    event value;
    int result = load_text(load, key, &value);
    if (result != SIPCAUSE_OK)
        return result;
    load->extends = (said_at){value.at.line, value.at.column};
    if (load_is(&value, "none")) {
        sipcause_builder *builder = load_builder(load);
        load->extended = NULL;
        load->unread = false;
        return builder ? sipcause_builder_clear(builder) : SIPCAUSE_ERROR_MEMORY;
    }
    const sipcause_table *base = is_path(&value) ? load_extended(load, &value) : NULL;
    if (!base && load->error->code)
        return load->error->code;
    for (size_t i = 0; i < profiles_count && !base; i++)
        if (load_is(&value, profiles[i].name))
            base = profiles[i].table;
    if (!base)
        return refuse_profile(load, &value);
    load->unread = false;
    load->extended = base;
    return load_begin(load, base) ? SIPCAUSE_OK : SIPCAUSE_ERROR_MEMORY;
}

static const load_key root_keys[] = {
    {"sipcause", load_version, STAGE_ANY},
    {"name", read_name, STAGE_ANY},
    {"extends", read_extends, STAGE_EXTENDS},
    {"dispositions", load_dispositions, STAGE_DISPOSITIONS},
    {"cause-headers", load_cause_headers, STAGE_ROWS},
    {"precedence", load_precedence, STAGE_ROWS},
    {"map", load_map, STAGE_ROWS},
    {"effective", load_effective, STAGE_ROWS},
    {"ignore-reason", load_ignore_reason, STAGE_ROWS},
    {"interworking", load_interworking, STAGE_ROWS},
    {"check", load_check, STAGE_ROWS},
};
enum { ROOT_KEYS = sizeof root_keys / sizeof *root_keys };

static int find_root_key(const event *key)
{
    for (int i = 0; i < ROOT_KEYS; i++)
        if (load_is(key, root_keys[i].name))
            return i;
    return -1;
}

/* A section of `map` that is indented too little. */
static bool is_section(const event *key)
{
    int space = sipcause_space_from_name(key->text, key->length);
    return space > SIPCAUSE_SPACE_NONE || load_is(key, "no-cause") || load_is(key, "local") || load_is(key, "default");
}

/* The stage of a root key; of one that is none, that of the key which it may be meant for. */
static enum stage stage_meant(const event *key)
{
    int found = find_root_key(key);
    const char *nearest = NULL;
    for (int i = 0; i < ROOT_KEYS && found < 0; i++)
        nearest = load_nearer(key, nearest, root_keys[i].name);
    for (int i = 0; i < ROOT_KEYS && nearest; i++)
        if (root_keys[i].name == nearest)
            found = i;
    return found < 0 ? STAGE_ANY : root_keys[found].stage;
}

static int refuse_root_key(loader *load, const event *key)
{
    const char *names[ROOT_KEYS];
    if (is_section(key))
        return load_fail(load, key->at, SIPCAUSE_ERROR_UNKNOWN_KEY,
                         "a mapping file has no key `%s`; it stands under `map`", load_shown(key).text);
    for (size_t i = 0; i < ROOT_KEYS; i++)
        names[i] = root_keys[i].name;
    return load_unknown_key(load, key, "a mapping file", names, ROOT_KEYS);
}

/* One root key and its value, in this pass or another. */
static int read_root_key(loader *load, const load_key *known, const event *key)
{
    enum stage stage = known->stage;
    bool now = load->only == STAGE_ANY || load->only == stage || (stage == STAGE_ANY && load->only == STAGE_EXTENDS);
    if (!now)
        return load_skip(load);
    if (stage != STAGE_ANY && stage < load->reached)
        return LOAD_AGAIN;
    if (stage > load->reached)
        load->reached = stage;
    return known->read(load, key);
}

/* A key of this stage is passed over: what is not known then. */
static void pass_over(loader *load, enum stage stage)
{
    load->unread = load->unread || stage == STAGE_EXTENDS;
    load->unsure = load->unsure || stage == STAGE_DISPOSITIONS;
}

/* A misspelt `dispositions` behind the rows is read before them, too: what they name may be declared there. */
static int pass_over_unknown(loader *load, const event *key)
{
    enum stage meant = stage_meant(key);
    pass_over(load, meant);
    if (load->only == STAGE_ANY && meant != STAGE_ANY && meant < load->reached)
        return LOAD_AGAIN;
    return refuse_root_key(load, key);
}

/* The same where it may be none, or have stood before, at seen[its number]: that is found in every pass, and told in
 * the first. */
static int read_key(loader *load, const event *key, place *seen)
{
    int found = find_root_key(key);
    load->silent = load->only > STAGE_EXTENDS;
    if (found < 0)
        return pass_over_unknown(load, key);
    if (seen[found].line) {
        pass_over(load, root_keys[found].stage);
        return load_fail_twice(load, key->at, seen[found], root_keys[found].name);
    }
    load->silent = false;
    seen[found] = key->at;
    int result = read_root_key(load, &root_keys[found], key);
    if (result < 0)
        pass_over(load, root_keys[found].stage);
    return result;
}

/* The root from its first key to the document's end. */
static int read_root(loader *load, const event *first)
{
    place seen[ROOT_KEYS] = {{0, 0, 0}};
    event key = *first;
    int result = SIPCAUSE_OK;
    load->reached = STAGE_ANY;
    for (; result == SIPCAUSE_OK && key.kind == EVENT_SCALAR; result = load_next(load, &key)) {
        result = load_recover(load, read_key(load, &key, seen), 1);
        if (result != SIPCAUSE_OK)
            return result;
    }
    return result == SIPCAUSE_OK ? load_next(load, &key) : result; /* a second document is refused here */
}

/* Whether a key stands behind one of a later stage: 1 or 0; negative: memory is short. */
static int find_disorder(loader *load)
{
    event key;
    enum stage reached = STAGE_ANY;
    int result = load_root(load, &key);
    while (result == SIPCAUSE_OK && key.kind == EVENT_SCALAR) {
        enum stage stage = stage_meant(&key);
        if (stage != STAGE_ANY && stage < reached)
            return 1;
        if (stage > reached)
            reached = stage;
        result = load_skip(load);
        if (result == SIPCAUSE_OK)
            result = load_next(load, &key);
    }
    return result == SIPCAUSE_ERROR_MEMORY ? result : 0;
}

/* An error of the one pass may be no error when the keys are taken in their order. Returns whether they
 * are out of it; memory running short meanwhile becomes the error. */
static bool out_of_order(loader *load, int *result)
{
    sipcause_error *kept = load->error, unasked;
    error_clear(&unasked);
    load->error = &unasked;
    int found = find_disorder(load);
    load->error = kept;
    if (found < 0) {
        *kept = unasked;
        *result = found;
    }
    return found > 0;
}

/* A pass a stage. With a report an error that ends one pass ends none of the others: of each stage, what stands before
 * it is wanted. */
static int read_stages(loader *load)
{
    sipcause_error first;
    int failed = SIPCAUSE_OK;
    for (int stage = STAGE_EXTENDS; stage <= STAGE_ROWS; stage++) {
        event key;
        load->only = (enum stage)stage;
        int result = load_root(load, &key);
        if (result == SIPCAUSE_OK)
            result = read_root(load, &key);
        if (result != SIPCAUSE_OK && (!load->report || result == SIPCAUSE_ERROR_MEMORY))
            return result;
        if (result != SIPCAUSE_OK && failed == SIPCAUSE_OK) {
            failed = result;
            first = *load->error;
        }
        error_clear(load->error);
    }
    if (failed != SIPCAUSE_OK)
        *load->error = first;
    return failed;
}

int load_mapping(loader *load, const event *first)
{
    report_mark mark = report_here(load->report);
    int result = read_root(load, first);
    if (result == SIPCAUSE_OK || result == SIPCAUSE_ERROR_MEMORY)
        return result;
    if (result != LOAD_AGAIN && !out_of_order(load, &result))
        return result;
    error_clear(load->error);
    report_back(load->report, mark);
    load->incomplete = load->unsure = load->unread = false;
    sipcause_builder_free(load->builder);
    load->builder = NULL;
    return read_stages(load);
}
