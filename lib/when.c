/*
 * when.c - conditions and refinements while a table is being made.
 *
 * A row's own `when` items come before those that it inherits. An item begins with what the row says; like the row, it
 * takes outcome, party and route of another disposition when it names one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "builder.h"

#include <string.h>

/* ---- parts ---------------------------------------------------------------------------------------------- */

static bool add_part(sipcause_builder *builder, draft_condition *to, uint32_t kind, uint32_t space, uint32_t value,
                     const char *text)
{
    draft_part new = {(uint16_t)kind, (uint16_t)space, value, 0};
    if (!builder_copy_text(builder, text, &new.text) ||
        !memory_reserve((void **)&builder->parts, &builder->part_capacity, builder->part_count + 1, sizeof new))
        return false;
    builder->parts[builder->part_count++] = new;
    to->when.part_count++;
    return true;
}

bool builder_copy_condition(sipcause_builder *builder, const condition *from, draft_condition *to)
{
    to->when = *from;
    to->when.parts = NULL;
    to->when.part_count = 0;
    to->first_part = builder->part_count;
    for (uint16_t i = 0; i < from->part_count; i++) {
        const condition_part *part = &from->parts[i];
        if (!add_part(builder, to, part->kind, part->space, part->value, part->text))
            return false;
    }
    return true;
}

static bool add_texts(sipcause_builder *builder, draft_condition *to, uint32_t kind, const char *const *texts,
                      size_t count)
{
    uint32_t space = kind == PART_CODE ? SIPCAUSE_SPACE_TOKEN : SIPCAUSE_SPACE_NONE;
    for (size_t i = 0; i < count; i++)
        if (!add_part(builder, to, kind, space, 0, texts[i]))
            return false;
    return true;
}

/* The codes space by space, as the parts of a list stand together; the carrier's words behind its numbers. */
static bool add_codes(sipcause_builder *builder, draft_condition *to, const sipcause_condition *from)
{
    for (uint32_t space = 1; space < SPACES_MOST && from->code_count; space++)
        for (size_t i = 0; i < from->code_count; i++)
            if (from->codes[i].space == space && space != SIPCAUSE_SPACE_CARRIER &&
                !add_part(builder, to, PART_CODE, space, from->codes[i].value, NULL))
                return false;
    for (size_t i = 0; i < from->code_count; i++)
        if (from->codes[i].space == SIPCAUSE_SPACE_CARRIER &&
            !add_part(builder, to, PART_CODE, SIPCAUSE_SPACE_CARRIER, from->codes[i].value, NULL))
            return false;
    return add_texts(builder, to, PART_CODE, from->words, from->word_count);
}

static bool add_parts(sipcause_builder *builder, draft_condition *to, const sipcause_condition *from)
{
    if (!add_texts(builder, to, PART_PHRASE, from->phrases, from->phrase_count) ||
        !add_texts(builder, to, PART_TEXT, from->texts, from->text_count))
        return false;
    for (size_t i = 0; i < from->warning_count; i++)
        if (!add_part(builder, to, PART_WARNING, 0, from->warnings[i], NULL))
            return false;
    return add_codes(builder, to, from);
}

/* ---- what a caller says ----------------------------------------------------------------------------------- */

static const char *patterns_fault(const char *const *patterns, size_t count)
{
    const char *fault = NULL;
    for (size_t i = 0; i < count && !fault; i++)
        fault = patterns[i] ? glob_fault(patterns[i]) : "a pattern is missing";
    return fault;
}

static const char *words_fault(const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!words[i] || text_word_kind(words[i], strlen(words[i])) != WORD_OWN)
            return "a carrier's word has 1 to 31 of the characters A-Z a-z 0-9 _ . -, and digits alone are none";
    return NULL;
}

static bool list_missing(const sipcause_condition *from)
{
    return (from->phrase_count && !from->phrases) || (from->text_count && !from->texts) ||
           (from->warning_count && !from->warnings) || (from->code_count && !from->codes) ||
           (from->word_count && !from->words);
}

/* What is wrong with a condition beyond its codes; NULL: nothing. */
static const char *condition_fault(const sipcause_condition *from)
{
    const uint8_t tris[] = {from->answered, from->alerted, from->progressed, from->notice, from->diagnostic};
    for (size_t i = 0; i < sizeof tris; i++)
        if (tris[i] > NO)
            return "answered, alerted, progressed, notice and diagnostic are 0, 1 or 2";
    if (from->methods & ~METHODS_KNOWN || from->codings & ~0xfu)
        return "methods or codings has bits that stand for nothing";
    size_t counts[] = {from->phrase_count, from->text_count, from->warning_count, from->code_count, from->word_count};
    size_t sum = 0;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (counts[i] > UINT16_MAX || (sum += counts[i]) > UINT16_MAX)
            return "a condition lists at most 65535 things";
    }
    for (size_t i = 0; i < from->warning_count; i++)
        if (from->warnings[i] < 100 || from->warnings[i] > 999)
            return "a warn-code has three digits, 100-999";
    const char *fault = patterns_fault(from->phrases, from->phrase_count);
    if (!fault)
        fault = patterns_fault(from->texts, from->text_count);
    return fault ? fault : words_fault(from->words, from->word_count);
}

int builder_read_condition(sipcause_builder *builder, const sipcause_condition *from, uint32_t line, uint32_t column,
                           draft_condition *to, sipcause_error *error)
{
    memset(to, 0, sizeof *to);
    to->first_part = builder->part_count;
    if (!from)
        return SIPCAUSE_OK;
    if (list_missing(from))
        return error_set(error, SIPCAUSE_ERROR_MISUSE, line, column, "a list of a condition has a count and no array");
    const char *fault = condition_fault(from);
    if (fault)
        return error_set(error, SIPCAUSE_ERROR_VALUE, line, column, "%s", fault);
    for (size_t i = 0; i < from->code_count; i++) {
        int result = from->codes[i].space == SIPCAUSE_SPACE_TOKEN
                         ? error_set(error, SIPCAUSE_ERROR_VALUE, line, column, "a condition's words are no codes")
                         : code_check(from->codes[i], line, column, error);
        if (result != SIPCAUSE_OK)
            return result;
    }
    to->when.locations = from->locations;
    to->when.methods = (uint8_t)from->methods;
    to->when.codings = (uint8_t)from->codings;
    to->when.answered = from->answered;
    to->when.alerted = from->alerted;
    to->when.progressed = from->progressed;
    to->when.notice = from->notice;
    to->when.diagnostic = from->diagnostic;
    return add_parts(builder, to, from) ? SIPCAUSE_OK : error_memory(error);
}

/* ---- refinements ------------------------------------------------------------------------------------------ */

static bool reserve(sipcause_builder *builder, size_t more)
{
    if (more > UINT32_MAX - builder->refinement_count)
        return false;
    return memory_reserve((void **)&builder->refinements, &builder->refinement_capacity,
                          builder->refinement_count + (uint32_t)more, sizeof *builder->refinements);
}

bool builder_copy_refinements(sipcause_builder *builder, const sipcause_table *table, const row *of, draft *to)
{
    const refinement *from = table_refinements(table, of);
    uint32_t count = of->entry.when_count;
    uint32_t first = builder->refinement_count;
    if (!count)
        return true; /* to has none */
    if (!reserve(builder, count))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        draft_refinement *new = &builder->refinements[first + i];
        const char *name = from[i].entry.name;
        if (!builder_copy_condition(builder, &from[i].when, &new->condition) ||
            !builder_copy_entry(builder, &from[i].entry, draft_code(to), &new->entry))
            return false;
        new->entry.name = 0; /* one that is the row's goes with the row */
        if (!(name && of->entry.name && strcmp(name, of->entry.name) == 0) &&
            !builder_copy_text(builder, name, &new->entry.name))
            return false;
    }
    builder->refinement_count += count;
    builder->refinements[first].count = count;
    to->refinements = first + 1;
    return true;
}

static int read_refinement(sipcause_builder *builder, const sipcause_refinement *from, const draft *of,
                           draft_refinement *new, sipcause_error *error)
{
    sipcause_row says = from->row;
    if (!says.line) { /* who gives the row's place only is told of that */
        says.line = of->entry.said.line;
        says.column = of->entry.said.column;
    }
    if (says.when || says.when_count)
        return error_set(error, SIPCAUSE_ERROR_VALUE, says.line, says.column,
                         "a refinement has no refinements of its own");
    new->entry = of->entry;
    new->entry.name = new->entry.note = 0;
    if (!says.disposition && of->entry.disposition == NO_DISPOSITION)
        return error_set(error, SIPCAUSE_ERROR_MISSING, says.line, says.column,
                         "the item names no disposition, and its row has none");
    int result = builder_read_condition(builder, &from->condition, says.line, says.column, &new->condition, error);
    if (result == SIPCAUSE_OK && condition_empty(&new->condition.when))
        result = error_set(error, SIPCAUSE_ERROR_VALUE, says.line, says.column,
                           "a refinement without any condition is the row itself");
    return result == SIPCAUSE_OK ? builder_read_entry(builder, &says, &new->entry, error) : result;
}

int builder_add_refinements(sipcause_builder *builder, const sipcause_row *from, draft *to, sipcause_error *error)
{
    uint32_t count = refinement_count(builder, to);
    if (!from->when_count)
        return SIPCAUSE_OK;
    if (!from->when)
        return error_set(error, SIPCAUSE_ERROR_MISUSE, from->line, from->column, "when_count without when");
    if (from->when_count > REFINEMENTS_MOST || from->when_count + count > REFINEMENTS_MOST)
        return error_set(error, SIPCAUSE_ERROR_TOO_LARGE, from->line, from->column,
                         "a row has at most %d items under `when`, inherited ones included", (int)REFINEMENTS_MOST);
    if (!reserve(builder, from->when_count + count))
        return error_memory(error);
    uint32_t first = builder->refinement_count;
    for (size_t i = 0; i < from->when_count; i++) {
        int result = read_refinement(builder, &from->when[i], to, &builder->refinements[first + i], error);
        if (result != SIPCAUSE_OK)
            return result;
    }
    draft_refinement *end = &builder->refinements[first + from->when_count];
    if (count)
        memcpy(end, refinements_in(builder, to), count * sizeof *end);
    to->refinements = first + 1;
    builder->refinements[first].count = (uint32_t)from->when_count + count;
    builder->refinement_count += builder->refinements[first].count;
    return SIPCAUSE_OK;
}
