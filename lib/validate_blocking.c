/*
 * validate_blocking.c - what 603, 603+, 607, 608 and cause value 21 are mistaken for (sipcause(7), BLOCKING).
 *
 * SPDX-License-Identifier: MIT
 */
#include "validate_rules.h"
#include "validate_standard.h"

static bool is_status(const subject *of, uint32_t status)
{
    return of->row->code.space == SIPCAUSE_SPACE_SIP && of->row->code.value == status;
}

/* Codes that tell of a decline or of a block, but not of which. */
static bool ambiguous(const subject *of)
{
    return is_status(of, 603) || (of->row->code.space == SIPCAUSE_SPACE_Q850 && of->row->code.value == 21);
}

/* ---- block-retried ------------------------------------------------------------------------------------------ */

/* Whether the route is that of a refusal: not that of some other thing which a condition has told from it. */
static bool refused(const subject *of)
{
    if (!ambiguous(of) && !is_status(of, 607) && !is_status(of, 608))
        return false;
    return !of->item || !condition_tells(&of->item->when) || of->item->when.notice == YES;
}

/* A route that only comes with the label is capped after a 6xx (sipcause_decide). */
static bool capped(const subject *of)
{
    return of->row->code.space == SIPCAUSE_SPACE_SIP && of->row->code.value >= 600 &&
           !(of->entry->flags & SIPCAUSE_ENTRY_ROUTE_GIVEN);
}

void validate_block_retried(validation *now, const subject *of)
{
    uint32_t route = of->entry->route;
    bool blocked = of->entry->outcome == SIPCAUSE_OUTCOME_BLOCKED;
    char code[SHOWN_CODE];
    if (!of->entry->disposition || (route != SIPCAUSE_ROUTE_NEXT && route != SIPCAUSE_ROUTE_LATER))
        return;
    if ((!blocked && !refused(of)) || capped(of) || (!of->item && meaning_inherited(now, of->row)) ||
        (of->item && of->item->when.answered == YES))
        return;
    finding_of found = validate_at(now, SIPCAUSE_RULE_BLOCK_RETRIED, of);
    found.suggestion = "route: stop";
    if (blocked)
        report_add(now->report, &found,
                   "%s is a block here, and with route %s the call is tried again: that leads around the block. Write "
                   "route: stop",
                   show_code(now, of->row->code, code), sipcause_route_name(route));
    else
        report_add(now->report, &found,
                   "%s is a refusal, by the callee or by a block; with route %s the call that was refused is tried "
                   "again. Write route: stop",
                   show_code(now, of->row->code, code), sipcause_route_name(route));
}

/* ---- block-as-decline --------------------------------------------------------------------------------------- */

void validate_block_as_decline(validation *now, const subject *of)
{
    const sipcause_entry *entry = of->entry;
    bool elsewhere = entry->party == SIPCAUSE_PARTY_NETWORK || entry->party == SIPCAUSE_PARTY_LOCAL;
    bool declined =
        entry->party == SIPCAUSE_PARTY_CALLEE || (entry->outcome == SIPCAUSE_OUTCOME_REJECTED && !elsewhere);
    bool notice = of->item && of->item->when.notice == YES && !of->item->when.part_count;
    char suggestion[SUGGESTED], code[SHOWN_CODE];
    if (!entry->disposition || !declined || !(notice || (is_status(of, 608) && meant_by_code(now, of))))
        return;
    finding_of found = validate_at(now, SIPCAUSE_RULE_BLOCK_AS_DECLINE, of);
    found.suggestion = suggest_meaning(now, of, "Fraud / Security Block", suggestion);
    if (notice)
        report_add(now->report, &found,
                   "notice: true is a whole 603+, with which a network tells that it blocked the call; as \"%s\" (%s, "
                   "party %s) it counts as a decline, and nobody seeks redress",
                   entry->disposition, sipcause_outcome_name(entry->outcome), sipcause_party_name(entry->party));
    else
        report_add(now->report, &found,
                   "%s is the refusal of an intermediary that blocks calls (RFC 8688); as \"%s\" (%s, party %s) it "
                   "counts as a decline, and nobody seeks redress",
                   show_code(now, of->row->code, code), entry->disposition, sipcause_outcome_name(entry->outcome),
                   sipcause_party_name(entry->party));
}

/* ---- decline-as-block --------------------------------------------------------------------------------------- */

/* Whether an item of the file tells blocks from declines, by whatever a message says. */
static bool told_apart(const validation *now, const row *of)
{
    const refinement *items = of->entry.when_count ? table_refinements(now->table, of) : NULL;
    for (uint32_t i = 0; i < of->entry.when_count; i++) {
        const condition *when = &items[i].when;
        if (validate_own(now, &items[i].entry) && (condition_tells(when) || when->notice))
            return true;
    }
    return false;
}

/* Whether it is said of the plain code: by the row, or of what is expressly no 603+. */
static bool said_of_plain(const validation *now, const subject *of)
{
    if (of->item)
        return of->item->when.notice == NO && meant_by_code(now, of);
    return meant_by_code(now, of) && !told_apart(now, of->row);
}

void validate_decline_as_block(validation *now, const subject *of)
{
    char code[SHOWN_CODE], suggestion[SUGGESTED];
    bool unwanted = is_status(of, 607) && of->entry->party != SIPCAUSE_PARTY_CALLEE && meant_by_code(now, of);
    if (of->entry->outcome != SIPCAUSE_OUTCOME_BLOCKED || !(unwanted || (ambiguous(of) && said_of_plain(now, of))))
        return;
    finding_of found = validate_at(now, SIPCAUSE_RULE_DECLINE_AS_BLOCK, of);
    found.suggestion = suggest_meaning(now, of, "Rejected", suggestion);
    show_code(now, of->row->code, code);
    if (unwanted)
        report_add(now->report, &found,
                   "%s is the callee's own refusal of this caller (RFC 8197); as \"%s\" (party %s) it counts as a "
                   "network's block",
                   code, of->entry->disposition, sipcause_party_name(of->entry->party));
    else
        report_add(now->report, &found,
                   "%s is a decline or a block, it does not tell which; as \"%s\" every callee who declines counts as "
                   "a block. %s",
                   code, of->entry->disposition,
                   is_status(of, 603) ? "What is certainly one has notice: true under when"
                                      : "Under when, location tells who refused");
}
