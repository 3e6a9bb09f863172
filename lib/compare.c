/*
 * compare.c - what two tables say differently, and where: equal.c's comparisons, place by place, in the order of a
 * mapping file.
 *
 *     settings, lists, rows, interworking, severities -> difference_of -> its key and texts (yaml_*.c) -> one block
 *
 * SPDX-License-Identifier: MIT
 */
#include "compare.h"

#include "equal.h"

#include <string.h>

/* ---- one difference ---------------------------------------------------------------------------------------- */

/* Where the texts of a difference begin; SIZE_MAX: absent. */
typedef struct texts {
    size_t key, code, a, b;
} texts;

static void end_text(yaml *to)
{
    write_bytes(&to->out, "", 1);
}

static void write_code(yaml *to, const difference_of *of)
{
    code_write(&to->out, of->code, of->own, of->own ? strlen(of->own) : 0);
}

/* "map.sip.480": the code's own text, sip:480, with a point in it. */
static void write_key(yaml *to, const difference_of *of)
{
    char written[64];
    yaml code = {{written, sizeof written, 0}, false};
    write_text(&to->out, of->section);
    if (of->name) {
        write_text(&to->out, of->name);
        return;
    }
    write_code(&code, of);
    write_end(&code.out);
    for (char *at = written; *at; at++)
        write_bytes(&to->out, *at == ':' ? "." : at, 1);
}

static size_t write_side(yaml *to, const difference_of *of, const side *one, bool whole)
{
    size_t start = to->out.length;
    if (!one->table)
        return SIZE_MAX;
    of->write(to, one, whole);
    end_text(to);
    return start;
}

static texts write_texts(yaml *to, const difference_of *of, bool whole)
{
    texts at = {to->out.length, SIZE_MAX, SIZE_MAX, SIZE_MAX};
    write_key(to, of);
    end_text(to);
    if (of->code.space != SIPCAUSE_SPACE_NONE) {
        at.code = to->out.length;
        write_code(to, of);
        end_text(to);
    }
    at.a = write_side(to, of, &of->a, whole);
    at.b = write_side(to, of, &of->b, whole);
    return at;
}

static sipcause_said said_of(const side *one, const char *text)
{
    sipcause_said said = {.text = text};
    if (one->table && one->file && *one->file)
        said.file = one->file;
    if (said.file && one->said.line) {
        said.line = one->said.line;
        said.column = one->said.column;
    }
    return said;
}

static sipcause_difference *make(const difference_of *of, bool whole)
{
    yaml dry = {{NULL, 0, 0}, false};
    write_texts(&dry, of, whole);
    sipcause_difference *new = memory_allocate(1, sizeof *new + dry.out.length);
    if (!new)
        return NULL;
    char *block = (char *)(new + 1);
    yaml to = {{block, dry.out.length, 0}, false};
    texts at = write_texts(&to, of, whole);
    new->size = sizeof *new;
    new->kind = of->kind;
    new->key = block + at.key;
    new->code_text = at.code != SIZE_MAX ? block + at.code : NULL;
    if (of->code.space != SIPCAUSE_SPACE_TOKEN && of->code.space != SPACE_FALLBACK)
        new->code = of->code;
    new->a = said_of(&of->a, at.a != SIZE_MAX ? block + at.a : NULL);
    new->b = said_of(&of->b, at.b != SIZE_MAX ? block + at.b : NULL);
    return new;
}

void compare_add(sipcause_comparison *comparison, const difference_of *of)
{
    sipcause_difference *new = NULL;
    if (memory_reserve((void **)&comparison->differences, &comparison->capacity, comparison->count + 1,
                       sizeof *comparison->differences))
        new = make(of, false);
    if (new &&new->a.text &&new->b.text && strcmp(new->a.text, new->b.text) == 0) {
        memory_free(new); /* they differ in what each takes from the disposition that it names */
        new = make(of, true);
    }
    if (new)
        comparison->differences[comparison->count++] = new;
    else
        comparison->memory_short = true;
}

/* ---- settings ---------------------------------------------------------------------------------------------- */

static void write_name(yaml *to, const side *of, bool whole)
{
    (void)whole;
    yaml_text(to, of->table->name);
}

static void write_effective(yaml *to, const side *of, bool whole)
{
    (void)whole;
    yaml_effective(to, of->table);
}

static void write_headers(yaml *to, const side *of, bool whole)
{
    (void)whole;
    yaml_headers(to, of->table);
}

static void write_precedence(yaml *to, const side *of, bool whole)
{
    (void)whole;
    yaml_precedence(to, of->table);
}

static void write_ignored(yaml *to, const side *of, bool whole)
{
    (void)whole;
    yaml_ignored(to, of->table);
}

static bool says_name(const sipcause_table *table)
{
    return *table->name;
}

static bool says_effective(const sipcause_table *table)
{
    return table->effective != SIPCAUSE_ALWAYS;
}

static bool says_ignored(const sipcause_table *table)
{
    return table->ignored_count;
}

typedef struct setting {
    const char *key;
    bool (*same)(const sipcause_table *a, const sipcause_table *b);
    bool (*says)(const sipcause_table *table); /* NULL: every table does */
    side_writer *write;
} setting;

static const setting about_table[] = {
    {"name", equal_names, says_name, write_name},
    {"effective", equal_dates, says_effective, write_effective},
};
static const setting about_evidence[] = {
    {"cause-headers", equal_headers, NULL, write_headers},
    {"precedence", equal_precedence, NULL, write_precedence},
    {"ignore-reason", equal_ignored, says_ignored, write_ignored},
};

static void compare_settings(sipcause_comparison *now, const setting *settings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const setting *one = &settings[i];
        if (one->same(now->a, now->b))
            continue;
        difference_of of = {.kind = SIPCAUSE_DIFFERENCE_SETTING, .section = "", .name = one->key, .write = one->write};
        of.a.table = !one->says || one->says(now->a) ? now->a : NULL;
        of.b.table = !one->says || one->says(now->b) ? now->b : NULL;
        compare_add(now, &of);
    }
}

/* ---- severities -------------------------------------------------------------------------------------------- */

static void write_severity(yaml *to, const side *of, bool whole)
{
    const uint32_t *rule = of->what;
    (void)whole;
    yaml_text(to, sipcause_severity_name(sipcause_table_severity(of->table, *rule)));
}

static void compare_check(sipcause_comparison *now)
{
    for (uint32_t rule = 0; rule < RULES_MOST; rule++) {
        if (sipcause_table_severity(now->a, rule) == sipcause_table_severity(now->b, rule))
            continue;
        difference_of of = {.kind = SIPCAUSE_DIFFERENCE_SEVERITY, .section = "check.", .write = write_severity};
        of.name = sipcause_rule_name(rule);
        of.a = (side){.table = now->a, .what = &rule};
        of.b = (side){.table = now->b, .what = &rule};
        compare_add(now, &of);
    }
}

/* ---- the whole --------------------------------------------------------------------------------------------- */

void sipcause_comparison_free(sipcause_comparison *comparison)
{
    if (!comparison)
        return;
    while (comparison->count)
        memory_free(comparison->differences[--comparison->count]);
    memory_free(comparison->differences);
    sipcause_table_unref(comparison->a);
    sipcause_table_unref(comparison->b);
    memory_free(comparison);
}

sipcause_comparison *sipcause_compare(const sipcause_table *a, const sipcause_table *b)
{
    sipcause_comparison *new = memory_allocate(1, sizeof *new);
    if (!new)
        return NULL;
    new->a = sipcause_table_ref(table_of(a));
    new->b = sipcause_table_ref(table_of(b));
    if (new->a != new->b) {
        compare_settings(new, about_table, sizeof about_table / sizeof *about_table);
        compare_dispositions(new);
        compare_settings(new, about_evidence, sizeof about_evidence / sizeof *about_evidence);
        compare_map(new);
        compare_interworking(new);
        compare_check(new);
    }
    if (!new->memory_short)
        return new;
    sipcause_comparison_free(new);
    return NULL;
}

size_t sipcause_difference_count(const sipcause_comparison *comparison)
{
    return comparison ? comparison->count : 0;
}

const sipcause_difference *sipcause_difference_at(const sipcause_comparison *comparison, size_t index)
{
    return comparison && index < comparison->count ? comparison->differences[index] : NULL;
}
