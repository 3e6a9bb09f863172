/*
 * validate_observed.c - rules that hold a table against what real traffic carries (sipcause_report_observe).
 *
 * SPDX-License-Identifier: MIT
 */
#include "observed.h"
#include "validate_rules.h"

#include <stdio.h>
#include <string.h>

/* So many findings of a kind, and so many codes in one sentence; the rest is summed: hostile traffic has no end of
 * codes. */
enum { CODES_TOLD = 32, CODES_NAMED = 3, SENTENCE_ROOM = 512 };

/* ---- words ------------------------------------------------------------------------------------------------- */

/* "3,209" */
static void write_calls(writer *out, uint64_t calls)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)calls);
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            write_text(out, ",");
        write_bytes(out, digits + i, 1);
    }
}

/* "12.1 %" */
static void write_share(writer *out, uint64_t part, uint64_t whole)
{
    uint64_t tenths = (part * 1000 + whole / 2) / whole; /* a survey counts up to 2^53 */
    if (tenths == 0) {
        write_text(out, "less than 0.1 %");
        return;
    }
    write_number(out, tenths / 10);
    write_text(out, ".");
    write_number(out, tenths % 10);
    write_text(out, " %");
}

/* "X-Cause-Code 601", "q850:52"; behind another of the same header only "601". */
static void write_unmapped(writer *out, const unmapped *one, const char *header_before)
{
    bool said = one->header && header_before && strcmp(one->header, header_before) == 0;
    if (!said) {
        write_text(out, one->header ? one->header : sipcause_space_name(one->code.space));
        write_text(out, one->header ? " " : ":");
    }
    if (one->word)
        write_text(out, one->word);
    else
        write_number(out, one->code.value);
}

/* The code as findings have it, and the row to write for it. */
static void write_row(const unmapped *one, const char *label, char code[64], char suggestion[SUGGESTED_ROW])
{
    const char *space = one->header ? "carrier" : sipcause_space_name(one->code.space);
    const char *quote = one->word ? "\"" : "";
    char value[40], key[sizeof value + 2];
    if (one->word)
        snprintf(value, sizeof value, "%s", one->word);
    else
        snprintf(value, sizeof value, "%u", (unsigned)one->code.value);
    snprintf(code, 64, "%s:%s", space, value);
    snprintf(key, sizeof key, "%s%s%s", quote, value, quote);
    validate_write_row(suggestion, space, key, label);
}

/* ---- never-observed ---------------------------------------------------------------------------------------- */

/* Whether a call could carry the row's code at all: no status below 200 ends one. */
static bool could_come(const row *of)
{
    return of->code.space != SPACE_FALLBACK && !(of->code.space == SIPCAUSE_SPACE_SIP && of->code.value < 200);
}

static void tell_unmet(validation *now, const row *of, const char *calls)
{
    char code[64];
    const subject about = {of, NULL, &of->entry, 0};
    finding_of found = validate_at(now, SIPCAUSE_RULE_NEVER_OBSERVED, &about);
    sipcause_code_format(now->table, of->code, code, sizeof code);
    report_add(
        now->report, &found,
        "%s comes in no deciding message of the %s calls observed: the row is out of date, or its code mistyped, "
        "or these calls are too few",
        code, calls);
}

/* Calls that were only counted can have carried any code. */
void validate_never_observed(validation *now)
{
    const sipcause_survey *survey = report_survey(now->report);
    const sipcause_table *table = now->table;
    char calls[32];
    writer out = {calls, sizeof calls, 0};
    if (!survey || !sipcause_survey_calls(survey) || sipcause_survey_other(survey) || !table->row_count)
        return;
    uint8_t *met = memory_allocate(table->row_count, 1);
    if (!met) {
        report_short(now->report);
        return;
    }
    for (size_t i = 0; i < sipcause_survey_count(survey); i++)
        observed_mark(table, sipcause_survey_at(survey, i), met);
    write_calls(&out, sipcause_survey_calls(survey));
    write_end(&out);
    for (uint32_t i = 0; i < table->row_count; i++)
        if (!met[i] && validate_own(now, &table->rows[i].entry) && could_come(&table->rows[i]))
            tell_unmet(now, &table->rows[i], calls);
    memory_free(met);
}

/* ---- unmapped-observed ------------------------------------------------------------------------------------- */

/* All that is not mapped, and how many calls with it are unknown; false: memory is short. */
static bool gather(const validation *now, sipcause_release *release, tally *all)
{
    const sipcause_survey *survey = report_survey(now->report);
    for (size_t i = 0; i < sipcause_survey_count(survey); i++) {
        const sipcause_observation *seen = sipcause_survey_at(survey, i);
        uint32_t before = all->count;
        if (!observed_unmapped(now->table, seen, all))
            return false;
        int unknown = before < all->count ? observed_unknown(release, seen) : 0;
        if (unknown < 0)
            return false;
        for (; before < all->count; before++)
            all->items[before].unknown = unknown ? seen->calls : 0;
    }
    return observed_merge(all);
}

/* "; 388 of them, 12.1 % of all, fall to Unknown for it" */
static void write_unknown(writer *out, const unmapped *one, uint64_t calls)
{
    if (one->unknown == 0) {
        write_text(out, "; what stands beside it decides");
        return;
    }
    write_text(out, "; ");
    if (one->unknown < one->calls)
        write_calls(out, one->unknown);
    else
        write_text(out, "all");
    write_text(out, " of them, ");
    write_share(out, one->unknown, calls);
    write_text(out, " of all, fall to Unknown for it");
}

static void tell_unmapped(validation *now, const unmapped *one, uint64_t calls)
{
    char sentence[SENTENCE_ROOM], code[64], suggestion[SUGGESTED_ROW];
    writer out = {sentence, sizeof sentence, 0};
    finding_of found = validate_table_at(now, SIPCAUSE_RULE_UNMAPPED_OBSERVED);
    write_row(one, NULL, code, suggestion);
    found.code = one->word ? sipcause_code_make(SIPCAUSE_SPACE_NONE, 0) : one->code;
    found.code_text = code;
    found.suggestion = suggestion;
    write_unmapped(&out, one, NULL);
    write_text(&out, " comes in ");
    write_calls(&out, one->calls);
    write_text(&out, " of ");
    write_calls(&out, calls);
    write_text(&out, " calls and is not mapped");
    write_unknown(&out, one, calls);
    if (one->header && !observed_header(now->table, one->header))
        write_text(&out, ". Its header is none of the table's cause headers either");
    write_end(&out);
    report_add(now->report, &found, "%s", sentence);
}

static void tell_others(validation *now, const tally *all, uint64_t calls)
{
    char sentence[SENTENCE_ROOM];
    writer out = {sentence, sizeof sentence, 0};
    unmapped sum = {.calls = 0};
    const finding_of found = validate_table_at(now, SIPCAUSE_RULE_UNMAPPED_OBSERVED);
    for (uint32_t i = CODES_TOLD; i < all->count; i++) {
        sum.calls += all->items[i].calls;
        sum.unknown += all->items[i].unknown;
    }
    write_calls(&out, all->count - CODES_TOLD);
    write_text(&out, " more codes that are not mapped come, none of them more often, ");
    write_calls(&out, sum.calls);
    write_text(&out, " times in ");
    write_calls(&out, calls);
    write_text(&out, " calls");
    if (sum.unknown) {
        write_text(&out, "; ");
        write_calls(&out, sum.unknown);
        write_text(&out, " times the call falls to Unknown");
    }
    write_end(&out);
    report_add(now->report, &found, "%s", sentence);
}

void validate_unmapped_observed(validation *now)
{
    const sipcause_survey *survey = report_survey(now->report);
    tally all = {NULL, 0, 0};
    if (!survey || !sipcause_survey_count(survey) || !now->whole)
        return;
    uint64_t calls = sipcause_survey_calls(survey);
    sipcause_release *release = sipcause_release_new(now->table);
    if (release && gather(now, release, &all)) {
        for (uint32_t i = 0; i < all.count && i < CODES_TOLD; i++)
            tell_unmapped(now, &all.items[i], calls);
        if (all.count > CODES_TOLD)
            tell_others(now, &all, calls);
    } else {
        report_short(now->report);
    }
    sipcause_release_free(release);
    memory_free(all.items);
}

/* ---- wrong-space-observed ---------------------------------------------------------------------------------- */

/* What is known of the calls with a status. */
enum { STATUSES = 700 };
typedef struct by_status {
    const row *mapped[STATUSES]; /* the file's row for that number, of whatever space, one of carrier's before others */
    uint64_t calls[STATUSES];
} by_status;

static void find_rows(const validation *now, by_status *of)
{
    for (uint32_t i = 0; i < now->table->row_count; i++) {
        const row *one = &now->table->rows[i];
        bool number = one->code.space != SPACE_FALLBACK && one->code.space != SIPCAUSE_SPACE_TOKEN;
        if (!number || one->code.value < 300 || one->code.value >= STATUSES || !validate_own(now, &one->entry))
            continue;
        const row **kept = &of->mapped[one->code.value];
        if (!*kept || one->code.space == SIPCAUSE_SPACE_CARRIER)
            *kept = one;
    }
}

/* ", which is not", or of several codes the first ones and how many more there are. */
static void write_codes(writer *out, const unmapped *first, uint32_t count)
{
    if (count == 1) {
        write_unmapped(out, first, NULL);
        write_text(out, ", which is not");
        return;
    }
    write_text(out, "codes that are not: ");
    for (uint32_t i = 0; i < count && i < CODES_NAMED; i++) {
        write_text(out, i ? ", " : "");
        write_unmapped(out, &first[i], i ? first[i - 1].header : NULL);
        write_text(out, " (");
        write_calls(out, first[i].calls);
        write_text(out, ")");
    }
    if (count > CODES_NAMED) {
        write_text(out, " and ");
        write_calls(out, count - CODES_NAMED);
        write_text(out, " more");
    }
}

static void tell_wrong_space(validation *now, const by_status *known, const unmapped *first, uint32_t count)
{
    char sentence[SENTENCE_ROOM], code[64], suggestion[SUGGESTED_ROW];
    writer out = {sentence, sizeof sentence, 0};
    const row *of = known->mapped[first->status];
    const subject about = {of, NULL, &of->entry, 0};
    uint64_t calls = 0;
    finding_of found = validate_at(now, SIPCAUSE_RULE_WRONG_SPACE_OBSERVED, &about);
    for (uint32_t i = 0; i < count; i++)
        calls += first[i].calls;
    bool tells = of->entry.outcome != SIPCAUSE_OUTCOME_UNKNOWN;
    write_row(first, tells ? of->entry.disposition : NULL, code, suggestion);
    found.suggestion = suggestion;
    write_number(&out, first->status);
    write_text(&out, " is mapped; ");
    write_calls(&out, calls);
    write_text(&out, " of ");
    write_calls(&out, known->calls[first->status]);
    write_text(&out, " calls with ");
    write_number(&out, first->status);
    write_text(&out, " carry ");
    write_codes(&out, first, count);
    write_end(&out);
    report_add(now->report, &found, "%s", sentence);
}

/* The carrier's codes beside each status whose number the file maps; false: memory is short. */
static bool gather_beside(const validation *now, by_status *known, tally *all)
{
    const sipcause_survey *survey = report_survey(now->report);
    for (size_t i = 0; i < sipcause_survey_count(survey); i++) {
        const sipcause_observation *seen = sipcause_survey_at(survey, i);
        if (seen->status >= STATUSES || !known->mapped[seen->status])
            continue;
        known->calls[seen->status] += seen->calls;
        if (!observed_carrier(now->table, seen, seen->status, all))
            return false;
    }
    return observed_merge(all);
}

void validate_wrong_space_observed(validation *now)
{
    const sipcause_survey *survey = report_survey(now->report);
    tally all = {NULL, 0, 0};
    if (!survey || !sipcause_survey_count(survey) || !now->whole)
        return;
    by_status *known = memory_allocate(1, sizeof *known);
    if (known)
        find_rows(now, known);
    if (!known || !gather_beside(now, known, &all))
        report_short(now->report);
    else
        for (uint32_t first = 0, end; first < all.count; first = end) {
            for (end = first; end < all.count && all.items[end].status == all.items[first].status;)
                end++;
            tell_wrong_space(now, known, &all.items[first], end - first);
        }
    memory_free(known);
    memory_free(all.items);
}
