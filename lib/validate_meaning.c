/*
 * validate_meaning.c - meanings that count calls among the wrong ones: codecs as network faults, successes as failures,
 * failures as successes.
 *
 * SPDX-License-Identifier: MIT
 */
#include "validate_rules.h"
#include "validate_standard.h"

/* ---- media-as-network --------------------------------------------------------------------------------------- */

void validate_media_as_network(validation *now, const subject *of)
{
    uint32_t outcome = of->entry->outcome;
    char code[SHOWN_CODE], suggestion[SUGGESTED];
    if (outcome != SIPCAUSE_OUTCOME_NETWORK_FAILURE && outcome != SIPCAUSE_OUTCOME_CONGESTION)
        return;
    const sipcause_entry *standard = standard_entry(of->row->code);
    if (!standard || standard->outcome != SIPCAUSE_OUTCOME_MEDIA_MISMATCH || !meant_by_code(now, of))
        return;
    finding_of found = validate_at(now, SIPCAUSE_RULE_MEDIA_AS_NETWORK, of);
    found.suggestion = suggest_meaning(now, of, standard->disposition, suggestion);
    report_add(now->report, &found,
               "%s tells of a codec or bearer that does not fit; counted as %s it looks like a fault of the network, "
               "and another trunk meets the same offer. Map it to %s",
               show_code(now, of->row->code, code), sipcause_outcome_name(outcome), standard->disposition);
}

/* ---- success-as-failure ------------------------------------------------------------------------------------- */

static bool tells_success(sipcause_code code)
{
    return (code.space == SIPCAUSE_SPACE_SIP && code.value >= 200 && code.value <= 299) ||
           (code.space == SIPCAUSE_SPACE_Q850 && code.value == 16);
}

/* Whether a condition can hold of a call that was answered. */
static bool reaches_answered(const condition *when)
{
    return when->answered != NO && (!when->methods || when->methods >> METHOD_BYE & 1);
}

/* Whether another item, which comes first, takes all answered calls: the row or the item is about the others then. */
static bool answered_is_told(const validation *now, const subject *of)
{
    const refinement *items = of->row->entry.when_count ? table_refinements(now->table, of->row) : NULL;
    uint32_t before = of->item ? of->index : of->row->entry.when_count;
    for (uint32_t i = 0; i < before; i++) {
        const condition *when = &items[i].when;
        if (reaches_answered(when) && !condition_tells(when) && !when->alerted && !when->progressed)
            return true;
    }
    return false;
}

void validate_success_as_failure(validation *now, const subject *of)
{
    char code[SHOWN_CODE], suggestion[SUGGESTED];
    sipcause_code about = of->row->code;
    if (!tells_success(about) || !outcome_failed(of->entry->outcome) || !meant_by_code(now, of))
        return;
    /* Before an answer 16 tells nothing, and an item may say what is meant then. 2xx tells of an answer elsewhere. */
    bool normal = about.space == SIPCAUSE_SPACE_Q850;
    if (normal && ((of->item && !reaches_answered(&of->item->when)) || answered_is_told(now, of)))
        return;
    finding_of found = validate_at(now, SIPCAUSE_RULE_SUCCESS_AS_FAILURE, of);
    found.suggestion = normal && of->item
                           ? "answered: false"
                           : suggest_meaning(now, of, normal ? "Normal Clearing" : "Answered Elsewhere", suggestion);
    if (normal)
        report_add(now->report, &found,
                   "%s is how an answered call ends; as \"%s\" (%s) each of them counts as failed. What is meant of "
                   "unanswered calls only stands under when, with answered: false",
                   show_code(now, about, code), of->entry->disposition, sipcause_outcome_name(of->entry->outcome));
    else
        report_add(now->report, &found,
                   "%s is no failure: in a Reason it says that the call was answered, elsewhere where a CANCEL carries "
                   "it; as \"%s\" (%s) such calls count as failed",
                   show_code(now, about, code), of->entry->disposition, sipcause_outcome_name(of->entry->outcome));
}

/* ---- failure-as-success ------------------------------------------------------------------------------------- */

/* What the standards call a failure, whatever the conditions: 487, or 26 in a CANCEL, may be the end of a call that went
 * well. Other spaces tell how answered calls end, too: what is a failure there is the operator's to say. */
static bool tells_failure(sipcause_code code)
{
    bool class = code.space == SPACE_FALLBACK && code.value >= FALLBACK_CLASS + 4 && code.value <= FALLBACK_CLASS + 6;
    const row *standard = standard_row(code);
    if (class || (!standard && code.space == SIPCAUSE_SPACE_SIP && code.value >= 400))
        return true; /* RFC 3261 section 21: 4xx to 6xx are failures, registered or not */
    if (!standard || !standard->entry.disposition || !outcome_failed(standard->entry.outcome))
        return false;
    if (code.space != SIPCAUSE_SPACE_SIP && code.space != SIPCAUSE_SPACE_Q850 && code.space != SPACE_FALLBACK)
        return false;
    const refinement *items = table_refinements(table_of(NULL), standard);
    for (uint32_t i = 0; i < standard->entry.when_count; i++)
        if (!outcome_failed(items[i].entry.outcome))
            return false;
    return true;
}

void validate_failure_as_success(validation *now, const subject *of)
{
    uint32_t outcome = of->entry->outcome;
    char code[SHOWN_CODE], suggestion[SUGGESTED];
    if (outcome != SIPCAUSE_OUTCOME_ANSWERED && outcome != SIPCAUSE_OUTCOME_NORMAL_CLEARING)
        return;
    if (!tells_failure(of->row->code) || !meant_by_code(now, of))
        return;
    const condition *when = of->item ? &of->item->when : NULL;
    if (when && (when->answered == YES || when->methods == 1u << METHOD_BYE))
        return; /* a party of an answered call gave that as its reason */
    const sipcause_entry *standard = standard_entry(of->row->code);
    finding_of found = validate_at(now, SIPCAUSE_RULE_FAILURE_AS_SUCCESS, of);
    found.suggestion = suggest_meaning(now, of, standard ? standard->disposition : "Unknown", suggestion);
    report_add(now->report, &found,
               "%s is a failure; as \"%s\" (%s) calls that nobody took count among those that went well",
               show_code(now, of->row->code, code), of->entry->disposition, sipcause_outcome_name(outcome));
}
