/*
 * validate_shadowed.c - what can never count: items of a `when`, and rows of spaces that nothing is asked of.
 *
 * Only what is certain is told: a condition that holds in the rarest of calls is not shadowed.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decide.h"
#include "equal.h"
#include "validate_condition.h"
#include "validate_rules.h"
#include "validate_standard.h"

static bool is_code(const row *of, uint32_t space, uint32_t value)
{
    return of->code.space == space && of->code.value == value;
}

static bool is_fallback(const row *of, uint32_t first, uint32_t last)
{
    return of->code.space == SPACE_FALLBACK && of->code.value >= first && of->code.value <= last;
}

/* ---- what the row excludes ---------------------------------------------------------------------------------- */

/* Whether a condition needs a message to look at. */
static bool needs_message(const condition *when)
{
    return when->part_count || when->locations || when->codings || when->methods || when->answered == YES ||
           when->notice == YES || when->diagnostic == YES;
}

/* Where no code decides, which row is asked depends on how the call ended (decide.c). */
static const char *no_cause_excludes(uint32_t kind, const condition *when)
{
    bool phrase = when->part_count && when->parts[0].kind == PART_PHRASE;
    if (kind != SIPCAUSE_NO_CAUSE_ANSWERED && when->answered == YES)
        return "a call that was answered has the row no-cause: answered";
    if (kind == SIPCAUSE_NO_CAUSE_NO_REPLY && (needs_message(when) || when->alerted == YES || when->progressed == YES))
        return "where nothing ever came back there is nothing that could hold";
    if (kind == SIPCAUSE_NO_CAUSE_ANSWERED && when->answered == NO)
        return "only calls that were answered have this row";
    if (kind == SIPCAUSE_NO_CAUSE_ANSWERED && when->methods && !(when->methods >> METHOD_BYE & 1))
        return "an answered call ends with a BYE, and method names others";
    if (kind == SIPCAUSE_NO_CAUSE_CANCELLED && when->methods == 1u << METHOD_RESPONSE)
        return "a cancelled call is asked for its CANCEL, and method names INVITE";
    if ((kind == SIPCAUSE_NO_CAUSE_ANSWERED || kind == SIPCAUSE_NO_CAUSE_CANCELLED) && (phrase || when->notice == YES))
        return "what decides here is a request, which has no phrase";
    return NULL;
}

/* Whether a row has a meaning whatever the conditions, and one that tells something. */
static bool always_tells(const sipcause_table *table, const row *of)
{
    enum { LOOKED_AT = 64 }; /* items; of a row with more it is not certain */
    if (!of || of->entry.when_count > LOOKED_AT || !of->entry.disposition ||
        of->entry.flags & SIPCAUSE_ENTRY_UNINFORMATIVE ||
        is_code(of, SIPCAUSE_SPACE_Q850, 16)) /* which tells nothing before an answer */
        return false;
    const refinement *items = of->entry.when_count ? table_refinements(table, of) : NULL;
    for (uint32_t i = 0; i < of->entry.when_count; i++)
        if (items[i].entry.flags & SIPCAUSE_ENTRY_UNINFORMATIVE)
            return false;
    return true;
}

/* A whole 603+ is asked for its status before its Q.850 cause: the row for 603 decides it. */
static bool notice_goes_elsewhere(const sipcause_table *table, const row *of, const condition *when)
{
    bool behind = of->code.space == SIPCAUSE_SPACE_SIP || of->code.space == SIPCAUSE_SPACE_Q850 ||
                  is_fallback(of, FALLBACK_CLASS, FALLBACK_DEFAULT);
    return when->notice == YES && behind && !is_code(of, SIPCAUSE_SPACE_SIP, 603) &&
           candidates_ask(table, SIPCAUSE_SPACE_SIP) && always_tells(table, table_row(table, sipcause_status(603)));
}

/* Why an item's conditions cannot hold where its row is asked; NULL: they may. */
static const char *row_excludes(const validation *now, const subject *of)
{
    const condition *when = &of->item->when;
    if (is_fallback(of->row, FALLBACK_LOCAL + 1, FALLBACK_COUNT))
        return needs_message(when) ? "with a failure of our own there is no message that could be looked at" : NULL;
    if (is_fallback(of->row, FALLBACK_NO_CAUSE + 1, FALLBACK_NO_CAUSE + SIPCAUSE_NO_CAUSE_OTHERWISE))
        return no_cause_excludes(of->row->code.value - FALLBACK_NO_CAUSE, when);
    if (!now->whole) /* the rest depends on other rows and lists, which may be what was left out */
        return NULL;
    if (when->notice == YES && sipcause_table_ignores_reason(now->table, 603))
        return "ignore-reason passes over the Reason of a 603, and a 603+ is known by that";
    if (notice_goes_elsewhere(now->table, of->row, when))
        return "a whole 603+ is decided by the row for sip: 603. Write the item there";
    return NULL;
}

/* ---- what decides before ------------------------------------------------------------------------------------ */

enum { RANK_NEVER = 255, RANK_LAST = 254 };

/* When a space is asked. */
static uint32_t rank_of(const sipcause_table *table, uint32_t space)
{
    if (space == SPACE_FALLBACK)
        return RANK_LAST;
    if (space == SIPCAUSE_SPACE_TOKEN)
        space = SIPCAUSE_SPACE_CARRIER;
    for (uint32_t i = 0; i < table->asked_count; i++)
        if (table->asked[i] == space)
            return i;
    return RANK_NEVER;
}

/* The same for an item: a whole 603+ has its status asked before its Q.850 cause. */
static uint32_t rank_of_item(const sipcause_table *table, const subject *of)
{
    uint32_t rank = rank_of(table, of->row->code.space), q850 = rank_of(table, SIPCAUSE_SPACE_Q850);
    bool may_be_notice = is_code(of->row, SIPCAUSE_SPACE_SIP, 603) && of->item->when.notice != NO;
    return may_be_notice && q850 < rank ? q850 : rank;
}

static const row *row_of_part(const sipcause_table *table, const condition_part *part)
{
    if (part->space != SIPCAUSE_SPACE_TOKEN)
        return table_row(table, sipcause_code_make(part->space, part->value));
    return table_word_row(table, part->text, text_length(part->text, SIPCAUSE_TEXT));
}

/* The row of the first code of a list when each of them has a row that decides before a space of this rank is asked. */
static const row *list_decides(const sipcause_table *table, const condition *when, uint32_t begin, uint32_t rank)
{
    uint32_t end = condition_list_end(when, begin);
    if (when->parts[begin].kind != PART_CODE || rank_of(table, when->parts[begin].space) >= rank)
        return NULL;
    for (uint32_t i = begin; i < end; i++)
        if (!always_tells(table, row_of_part(table, &when->parts[i])))
            return NULL;
    return row_of_part(table, &when->parts[begin]);
}

/* The row of a code that the item's conditions name and that decides first; NULL: none does for certain. A provisional
 * response is asked for its Reason alone, whatever its headers say: as sipcause.h says of conditions, one does not rely
 * on that. */
static const row *decides_before(const validation *now, const subject *of)
{
    const condition *when = &of->item->when;
    uint32_t rank = rank_of_item(now->table, of);
    const row *found = NULL;
    if (rank == RANK_NEVER || is_fallback(of->row, FALLBACK_LOCAL + 1, FALLBACK_COUNT))
        return NULL;
    for (uint32_t begin = 0; begin < when->part_count && !found; begin = condition_list_end(when, begin))
        found = list_decides(now->table, when, begin, rank);
    return found;
}

/* What may be compared for an item or a rule: enough for some hundred before it as people write them. */
enum { EFFORT = 1024 };

/* ---- items -------------------------------------------------------------------------------------------------- */

/* The first item before this one that holds whenever this one does; NULL: none. */
static const refinement *comes_before(const validation *now, const subject *of)
{
    const refinement *items = table_refinements(now->table, of->row);
    uint32_t effort = EFFORT;
    for (uint32_t i = 0; i < of->index && effort; i++)
        if (condition_implies(&of->item->when, &items[i].when, &effort))
            return &items[i];
    return NULL;
}

static bool lacks_header(const sipcause_table *table)
{
    for (uint32_t i = 0; i < table->cause_header_count; i++)
        if (table->cause_headers[i].space == SIPCAUSE_SPACE_CARRIER)
            return false;
    return true;
}

static bool asks_carrier(const condition *when)
{
    for (uint32_t i = 0; i < when->part_count; i++)
        if (when->parts[i].kind == PART_CODE &&
            (when->parts[i].space == SIPCAUSE_SPACE_CARRIER || when->parts[i].space == SIPCAUSE_SPACE_TOKEN))
            return true;
    return false;
}

/* Where the row that decides before stands, when that is in this file. */
static said_at place_of(const validation *now, const sipcause_entry *entry)
{
    said_at at = {entry->line, entry->column};
    return validate_own(now, entry) ? at : (said_at){0, 0};
}

static bool tell_earlier(const validation *now, const subject *of, finding_of *found)
{
    const refinement *earlier = comes_before(now, of);
    if (!earlier)
        return false;
    found->second = place_of(now, &earlier->entry);
    report_add(now->report, found,
               "never counts: item %u of the same row comes first, and its conditions hold whenever these do. The "
               "narrower item has to come first",
               (unsigned)(earlier - table_refinements(now->table, of->row)) + 1);
    return true;
}

static void tell_decided(const validation *now, const subject *of, finding_of *found)
{
    char earlier[SHOWN_CODE], later[SHOWN_CODE];
    const row *before = decides_before(now, of);
    if (!before)
        return;
    found->second = place_of(now, &before->entry);
    report_add(now->report, found,
               "never counts: %s has a row of its own, which is asked before %s and decides first. Put the item under "
               "that row",
               show_code(now, before->code, earlier), show_code(now, of->row->code, later));
}

void validate_shadowed(validation *now, const subject *of)
{
    if (!of->item)
        return;
    finding_of found = validate_at(now, SIPCAUSE_RULE_SHADOWED, of);
    const char *why = condition_contradicts(&of->item->when);
    if (!why)
        why = row_excludes(now, of);
    if (!why && now->whole && asks_carrier(&of->item->when) && lacks_header(now->table))
        why = "no cause header carries codes of the carrier";
    if (why)
        report_add(now->report, &found, "never counts: %s", why);
    else if (!tell_earlier(now, of, &found) && now->whole)
        tell_decided(now, of, &found);
}

/* ---- interworking rules ------------------------------------------------------------------------------------- */

/* Of the rules of one code the first that holds counts. */
static const interwork_rule *rule_before(const validation *now, const crossing *of)
{
    const interwork_rules *all = now->table->interwork;
    const interwork_rule *first = of->to_isup ? all->to_isup : all->to_sip;
    uint32_t effort = EFFORT;
    for (const interwork_rule *at = of->rule; at > first && at[-1].from == of->rule->from && effort; at--)
        if (condition_implies(&of->rule->when, &at[-1].when, &effort))
            return &at[-1];
    return NULL;
}

/* What a rule leads to; its items stand at one place. */
static const char *show_to(const interwork_rule *rule, char text[16])
{
    writer out = {text, 16, 0};
    if (rule->to)
        write_number(&out, rule->to);
    else
        write_text(&out, "none");
    write_end(&out);
    return text;
}

void validate_shadowed_rule(validation *now, const crossing *of)
{
    finding_of found = validate_crossing_at(now, SIPCAUSE_RULE_SHADOWED, of);
    const char *why = condition_contradicts(&of->rule->when);
    const interwork_rule *earlier = why ? NULL : rule_before(now, of);
    char to[16], before[16];
    if (why)
        report_add(now->report, &found, "the rule to %s never counts: %s", show_to(of->rule, to), why);
    if (!earlier)
        return;
    if (earlier->said.line != of->rule->said.line || earlier->said.column != of->rule->said.column)
        found.second = earlier->said;
    report_add(now->report, &found,
               "the rule to %s never counts: that to %s comes first, and it holds whenever this one does. The narrower "
               "rule has to come first",
               show_to(of->rule, to), show_to(earlier, before));
}

/* ---- rows --------------------------------------------------------------------------------------------------- */

/* Why no row of a space ever decides; NULL: it may. */
static const char *space_is_left_out(const sipcause_table *table, uint32_t space)
{
    if (rank_of(table, space) == RANK_NEVER)
        return "precedence leaves the space out. Name it under precedence";
    if ((space == SIPCAUSE_SPACE_CARRIER || space == SIPCAUSE_SPACE_TOKEN) && lacks_header(table))
        return "no header is named that carries such codes. Name it under cause-headers";
    return NULL;
}

/* Whether a row repeats the standards': it does not claim to decide, and a table that is written out has such rows. */
static bool is_standard(const row *of)
{
    const row *standard = standard_row(of->code);
    return standard && entry_same(&standard->entry, &of->entry);
}

/* Once a space, at the first of its rows: a file may have thousands of them. */
void validate_spaces_left_out(validation *now)
{
    const row *first[SPACES_MOST] = {NULL};
    for (uint32_t i = 0; i < now->table->row_count; i++) {
        const row *of = &now->table->rows[i];
        uint32_t space = of->code.space == SIPCAUSE_SPACE_TOKEN ? SIPCAUSE_SPACE_CARRIER : of->code.space;
        if (space < SPACES_MOST && validate_own(now, &of->entry) &&
            (!first[space] || of->entry.line < first[space]->entry.line) && !is_standard(of))
            first[space] = of;
    }
    for (uint32_t space = 0; space < SPACES_MOST && !now->table->built_in && now->whole; space++) {
        const char *why = first[space] ? space_is_left_out(now->table, space) : NULL;
        if (!why)
            continue;
        subject of = {first[space], NULL, &first[space]->entry, 0};
        finding_of found = validate_at(now, SIPCAUSE_RULE_SHADOWED, &of);
        report_add(now->report, &found, "the rows under %s: never decide: %s", sipcause_space_name(space), why);
    }
}
