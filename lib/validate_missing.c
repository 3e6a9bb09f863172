/*
 * validate_missing.c - what a table lacks: a default, rows for calls without a cause, the standard codes.
 *
 * Whoever extends a table that has them inherits them, so that only what a file clears itself is missed here: with
 * `extends: none`, with a profile that maps few codes, or with no-cause rows of its own, which replace all four.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decide.h"
#include "validate_rules.h"
#include "validate_standard.h"

static bool maps(const row *of)
{
    return of && (of->entry.disposition || of->entry.when_count);
}

/* Whether the file begins with little or nothing, and maps codes: one that is for interworking only needs no rows. A
 * file that another file extends lacks what it lacks by itself. */
static bool begins_anew(const validation *now)
{
    const sipcause_table *table = now->table;
    if (!now->whole || table->built_in || (now->extended && !now->extended->built_in))
        return false;
    bool mapping = table->interwork != &table->own_interwork;
    for (uint32_t i = 0; i < table->row_count && !mapping; i++)
        mapping = validate_own(now, &table->rows[i].entry);
    return mapping;
}

/* A finding about what is missing: where the file says what it extends. */
static finding_of missing_at(const validation *now, uint32_t rule, const char *suggestion)
{
    finding_of found = validate_table_at(now, rule);
    found.at = now->extends;
    found.suggestion = suggestion;
    return found;
}

/* ---- no-default --------------------------------------------------------------------------------------------- */

void validate_no_default(validation *now)
{
    if (!begins_anew(now) || maps(table_fallback_row(now->table, FALLBACK_DEFAULT)))
        return;
    finding_of found = missing_at(now, SIPCAUSE_RULE_NO_DEFAULT, "map: {default: Unknown}");
    report_add(
        now->report, &found,
        "there is no default, and none is inherited: what no other row is for is \"Unknown\" without a row that says "
        "so. Write under map: default: what is meant then");
}

/* ---- no-cause-rows ------------------------------------------------------------------------------------------ */

enum { KINDS = SIPCAUSE_NO_CAUSE_OTHERWISE };

/* Which of the no-cause rows are missing: a bit each. What is `otherwise` may fall to the default. */
static uint32_t missing_kinds(const sipcause_table *table)
{
    uint32_t missing = 0;
    for (uint32_t kind = 1; kind <= KINDS; kind++)
        if (!maps(table_fallback_row(table, FALLBACK_NO_CAUSE + kind)))
            missing |= 1u << kind;
    if (maps(table_fallback_row(table, FALLBACK_DEFAULT)))
        missing &= ~(1u << SIPCAUSE_NO_CAUSE_OTHERWISE);
    return missing;
}

/* The first row of the file for a call without a cause; NULL: it has none. They stand together, in the order of their
 * numbers and not of their lines. */
static const row *first_own_kind(const validation *now)
{
    const row *first = NULL;
    for (uint32_t kind = 1; kind <= KINDS; kind++) {
        const row *of = table_fallback_row(now->table, FALLBACK_NO_CAUSE + kind);
        if (of && validate_own(now, &of->entry) && (!first || of->entry.line < first->entry.line))
            first = of;
    }
    return first;
}

/* "answered, cancelled and no-reply", and the rows that the standards have for them. */
static void list_kinds(uint32_t missing, writer *names, writer *rows)
{
    write_text(rows, "map: {no-cause: {");
    for (uint32_t kind = 1, left = missing; left; kind++) {
        if (!(left >> kind & 1))
            continue;
        left &= ~(1u << kind);
        const char *between = names->length == 0 ? "" : left ? ", " : " and ";
        const char *name = sipcause_no_cause_name(kind);
        const sipcause_entry *standard = standard_entry(sipcause_code_make(SPACE_FALLBACK, FALLBACK_NO_CAUSE + kind));
        write_text(names, between);
        write_text(names, name);
        write_text(rows, *between ? ", " : "");
        write_text(rows, name);
        write_text(rows, ": ");
        write_text(rows, standard->disposition);
    }
    write_text(rows, "}}");
    write_end(names);
    write_end(rows);
}

void validate_no_cause_rows(validation *now)
{
    uint32_t missing = missing_kinds(now->table);
    const row *own = missing && now->whole ? first_own_kind(now) : NULL;
    char names[80], rows[SUGGESTED];
    writer out = {names, sizeof names, 0}, instead = {rows, sizeof rows, 0};
    if (!missing || now->table->built_in || (!own && !begins_anew(now)))
        return;
    list_kinds(missing, &out, &instead);
    finding_of found = missing_at(now, SIPCAUSE_RULE_NO_CAUSE_ROWS, rows);
    if (!own) {
        report_add(now->report, &found,
                   "no row says what a call means that ended without any usable cause (%s), and none is inherited: an "
                   "answered call then means what an abandoned one means",
                   names);
        return;
    }
    subject of = {own, NULL, &own->entry, 0};
    found = validate_at(now, SIPCAUSE_RULE_NO_CAUSE_ROWS, &of);
    found.suggestion = rows;
    report_add(
        now->report, &found,
        "no-cause: is taken whole: nothing of it is inherited, and there is no row for %s. Such calls fall to the "
        "default. Write all four",
        names);
}

/* ---- standard-cleared --------------------------------------------------------------------------------------- */

/* What is asked for in nearly every trace; the others are counted. */
static const uint16_t frequent_statuses[] = {486, 487, 404, 480, 503, 603, 408, 403};
static const uint16_t frequent_causes[] = {16, 17, 19, 1, 31, 34, 21, 41};
enum { NAMED = 4 };

typedef struct cleared {
    const char *what; /* "status codes" */
    uint32_t space;
    const uint16_t *frequent;
    size_t frequent_count;
    uint32_t count;
} cleared;

static bool is_cleared(const sipcause_table *table, sipcause_code code)
{
    return maps(standard_row(code)) && !maps(table_row(table, code));
}

static void count_cleared(const sipcause_table *table, cleared *of)
{
    const sipcause_table *standard = table_of(NULL);
    for (uint32_t i = 0; i < standard->row_count; i++) {
        sipcause_code code = standard->rows[i].code;
        bool final = code.space != SIPCAUSE_SPACE_SIP || code.value >= 300; /* 200 is evidence beside others only */
        if (code.space == of->space && final && is_cleared(table, code))
            of->count++;
    }
}

/* "75 status codes (486, 487, 404, 480 ...)" */
static void write_cleared(const sipcause_table *table, const cleared *of, writer *out)
{
    uint32_t named = 0;
    write_number(out, of->count);
    write_text(out, of->what);
    for (size_t i = 0; i < of->frequent_count && named < NAMED; i++) {
        if (!is_cleared(table, sipcause_code_make((uint16_t)of->space, of->frequent[i])))
            continue;
        write_text(out, named++ ? ", " : " (");
        write_number(out, of->frequent[i]);
    }
    if (named)
        write_text(out, named < of->count ? " ...)" : ")");
}

void validate_standard_cleared(validation *now)
{
    cleared of[] = {
        {" status codes", SIPCAUSE_SPACE_SIP, frequent_statuses, sizeof frequent_statuses / sizeof(uint16_t), 0},
        {" cause values", SIPCAUSE_SPACE_Q850, frequent_causes, sizeof frequent_causes / sizeof(uint16_t), 0}};
    char text[200];
    writer out = {text, sizeof text, 0};
    if (!begins_anew(now))
        return;
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        if (candidates_ask(now->table, of[i].space)) /* what precedence leaves out needs no rows */
            count_cleared(now->table, &of[i]);
        if (!of[i].count)
            continue;
        write_text(&out, out.length ? " and " : "");
        write_cleared(now->table, &of[i], &out);
    }
    if (!write_end(&out))
        return;
    finding_of found = missing_at(now, SIPCAUSE_RULE_STANDARD_CLEARED, "extends: default");
    report_add(now->report, &found,
               "%s that the standards define have no row, and none is inherited: they fall to their class or to the "
               "default, where they are not told apart",
               text);
}
