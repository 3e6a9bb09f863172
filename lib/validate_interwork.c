/*
 * validate_interwork.c - rules between SIP and ISUP: a code that comes back as another, a response where another circuit
 * should be tried, and no rule for the call that is hung up.
 *
 * SPDX-License-Identifier: MIT
 */
#include "validate_rules.h"

#include <stdio.h>

/* ---- asking a table ---------------------------------------------------------------------------------------- */

static const interwork_rule *to_sip(const sipcause_table *table, uint32_t cause, uint8_t location)
{
    const situation now = {.location = location, .coding = SIPCAUSE_CODING_ITU_T};
    return interwork_find(table->interwork->to_sip, table->interwork->to_sip_count, cause, &now);
}

static const interwork_rule *to_isup(const sipcause_table *table, uint32_t from, uint8_t method)
{
    const situation now = {
        .method = method, .answered = method == METHOD_BYE, .location = SIPCAUSE_LOCATION_NONE, .coding = CODING_NONE};
    return interwork_find(table->interwork->to_isup, table->interwork->to_isup_count, from, &now);
}

/* ---- lossy-roundtrip --------------------------------------------------------------------------------------- */

/* Where a code goes, and what comes back from there. */
typedef struct roundtrip {
    uint32_t there; /* 0: nothing is sent, or no rule is known */
    uint8_t location;
    const interwork_rule *back; /* NULL: the table has no rule */
} roundtrip;

static roundtrip back_of(const sipcause_table *table, bool by_isup, uint32_t there, uint8_t location)
{
    roundtrip trip = {there, location, NULL};
    trip.back = by_isup ? to_sip(table, there, location) : to_isup(table, there, METHOD_RESPONSE);
    return trip;
}

static roundtrip trip_of(const sipcause_table *table, bool by_isup, uint32_t from)
{
    const interwork_rule *rule =
        by_isup ? to_isup(table, from, METHOD_RESPONSE) : to_sip(table, from, SIPCAUSE_LOCATION_NONE);
    if (!rule || !rule->to)
        return (roundtrip){0, 0, NULL};
    return back_of(table, by_isup, rule->to,
                   by_isup ? interwork_location(table->interwork, rule, from) : SIPCAUSE_LOCATION_NONE);
}

/* Whether any of the rules for a code that may hold there gives the wanted code; sure: one always holds. */
static bool rules_give(const interwork_rule *rules, uint32_t count, uint32_t from, const roundtrip *trip,
                       uint32_t wanted, bool *sure)
{
    for (size_t i = interwork_first(rules, count, from); i < count && rules[i].from == from && !*sure; i++) {
        condition other = rules[i].when;
        if (other.locations && (trip->location > 15 || !(other.locations >> trip->location & 1)))
            continue;
        other.locations = 0;
        if (rules[i].to == wanted)
            return true;
        *sure = condition_empty(&other);
    }
    return false;
}

/* Whether the code may come back: what its message says beside it (a Warning, a diagnostic) is not known here. */
static bool comes_back(const sipcause_table *table, bool by_isup, const roundtrip *trip, uint32_t from)
{
    const interwork_rules *all = table->interwork;
    const interwork_rule *rules = by_isup ? all->to_sip : all->to_isup;
    uint32_t count = by_isup ? all->to_sip_count : all->to_isup_count;
    bool sure = false;
    return rules_give(rules, count, trip->there, trip, from, &sure) ||
           (!sure && !by_isup && rules_give(rules, count, trip->there / 100, trip, from, &sure)) ||
           (!sure && rules_give(rules, count, SIPCAUSE_FROM_DEFAULT, trip, from, &sure));
}

/* Whether a table of the standard, or the one that is extended, loses the code in the same way: then the file makes
 * nothing worse. */
static bool lost_already(const validation *now, const crossing *of, const roundtrip *trip)
{
    const sipcause_table *const others[] = {now->extended, table_of(NULL)};
    for (size_t i = 0; i < sizeof others / sizeof *others && trip->back; i++) {
        roundtrip other = others[i] ? trip_of(others[i], of->to_isup, of->rule->from) : (roundtrip){0, 0, NULL};
        if (other.back && other.back->to == trip->back->to)
            return true;
    }
    return false;
}

/* 487 answers a CANCEL: nobody waits for it to come back. 44 has a rule of its own here, and so has a 603 whose location
 * is wrong where that decides. No code that is not assigned can be expected back. */
static bool may_be_lost(const validation *now, const crossing *of)
{
    uint32_t from = of->rule->from;
    if (!of->rule->to || !condition_empty(&of->rule->when) || now->table->built_in)
        return false;
    if (of->to_isup)
        return from >= 300 && from != 487 && sipcause_code_name(sipcause_status(from)) &&
               !(from == 603 && of->rule->to == 21 && validate_notice_by_location(now->table));
    return from && from != 44 && sipcause_code_name(sipcause_q850(from));
}

/* What the standard, or what is extended, makes of the code, where that comes back by the file's own rules; 0: it does
 * not. */
static uint32_t better(const validation *now, const crossing *of)
{
    const sipcause_table *const others[] = {now->extended, table_of(NULL)};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        roundtrip other = others[i] ? trip_of(others[i], of->to_isup, of->rule->from) : (roundtrip){0, 0, NULL};
        if (!other.there || other.there == of->rule->to)
            continue;
        other = back_of(now->table, of->to_isup, other.there, other.location);
        if (comes_back(now->table, of->to_isup, &other, of->rule->from))
            return other.there;
    }
    return 0;
}

/* Whether the very cause comes back where its location is U: what a refusal is answered with goes by that. */
static bool by_location(const validation *now, const crossing *of, const roundtrip *trip)
{
    roundtrip other = *trip;
    other.location = SIPCAUSE_LOCATION_U;
    return of->to_isup && trip->location && comes_back(now->table, true, &other, of->rule->from);
}

/* The end of the sentence, and what to write instead. */
static void suggest_mend(const validation *now, const crossing *of, const roundtrip *trip, char mend[64],
                         char suggestion[64])
{
    unsigned from = of->rule->from, instead = better(now, of);
    if (by_location(now, of, trip)) {
        snprintf(mend, 64, ". With the location U it comes back as %u", from);
        snprintf(suggestion, 64, "location: U");
    } else if (instead) {
        snprintf(mend, 64, ". %s%u comes back as %s%u", of->to_isup ? "Cause " : "", instead,
                 of->to_isup ? "" : "cause ", from);
        snprintf(suggestion, 64, "interworking: {%s: {%u: %u}}", of->to_isup ? "sip-to-isup" : "isup-to-sip", from,
                 instead);
    }
}

static void tell_lossy(const validation *now, const crossing *of, const roundtrip *trip)
{
    char back[64], mend[64] = "", suggestion[64] = "", location[32] = "";
    unsigned from = of->rule->from, to = trip->there, again = trip->back->to;
    suggest_mend(now, of, trip, mend, suggestion);
    if (by_location(now, of, trip))
        snprintf(location, sizeof location, " with the location %s", sipcause_location_name(trip->location));
    if (again)
        snprintf(back, sizeof back, "which comes back as %s%u", of->to_isup ? "" : "cause ", again);
    else
        snprintf(back, sizeof back, "for which no %s is sent", of->to_isup ? "response" : "REL");
    finding_of found = validate_crossing_at(now, SIPCAUSE_RULE_LOSSY_ROUNDTRIP, of);
    found.suggestion = suggestion;
    if (of->to_isup)
        report_add(now->report, &found,
                   "%u becomes cause %u%s, %s: behind a second gateway the call ended for another reason%s", from, to,
                   location, back, mend);
    else
        report_add(now->report, &found, "Cause %u becomes %u, %s: where the Reason is not kept, the cause is lost%s",
                   from, to, back, mend);
}

/* Where nothing is said of the way back, nothing is lost on it. */
void validate_lossy_roundtrip(validation *now, const crossing *of)
{
    if (!now->whole || !may_be_lost(now, of))
        return;
    const interwork_rules *all = now->table->interwork;
    uint8_t location =
        of->to_isup ? interwork_location(all, of->rule, of->rule->from) : (uint8_t)SIPCAUSE_LOCATION_NONE;
    roundtrip trip = back_of(now->table, of->to_isup, of->rule->to, location);
    if (trip.back && !comes_back(now->table, of->to_isup, &trip, of->rule->from) && !lost_already(now, of, &trip))
        tell_lossy(now, of, &trip);
}

/* ---- circuit-cause-to-status ------------------------------------------------------------------------------- */

void validate_circuit_cause_to_status(validation *now, const crossing *of)
{
    if (of->to_isup || of->rule->from != 44 || !of->rule->to)
        return;
    finding_of found = validate_crossing_at(now, SIPCAUSE_RULE_CIRCUIT_CAUSE_TO_STATUS, of);
    found.suggestion = "interworking: {isup-to-sip: {44: none}}";
    report_add(now->report, &found,
               "Cause 44 (Requested circuit/channel not available) asks the gateway to try another circuit; the "
               "response %u ends the call instead (RFC 3398 section 7.2.4.1). Write none",
               (unsigned)of->rule->to);
}

/* ---- no-request-rules -------------------------------------------------------------------------------------- */

static bool has_rule(const sipcause_table *table, uint32_t from)
{
    const interwork_rules *all = table->interwork;
    size_t at = interwork_first(all->to_isup, all->to_isup_count, from);
    return at < all->to_isup_count && all->to_isup[at].from == from;
}

/* The first rule for statuses that the file says. */
static const interwork_rule *first_said(const interwork_rules *all)
{
    const interwork_rule *first = NULL;
    for (uint32_t i = 0; i < all->to_isup_count; i++) {
        const interwork_rule *rule = &all->to_isup[i];
        bool before = !first || rule->said.line < first->said.line ||
                      (rule->said.line == first->said.line && rule->said.column < first->said.column);
        if ((rule->flags & RULE_OWN) && rule->from > SIPCAUSE_FROM_CANCEL && before)
            first = rule;
    }
    return first;
}

/* What becomes of a request that has no rule, as the end of a sentence; NULL: 16 or 31, which a call that was hung up
 * may well be. */
static const char *fate_of_request(const sipcause_table *table, bool cancel, char *text, size_t size)
{
    const interwork_rule *rule =
        cancel ? to_isup(table, SIPCAUSE_FROM_CANCEL, METHOD_CANCEL) : to_isup(table, SIPCAUSE_FROM_BYE, METHOD_BYE);
    if (!rule)
        return "no cause value is known for it, and no REL can be sent";
    if (!rule->to)
        return "the default sends no REL for it, and the circuit stays seized";
    snprintf(text, size, "it falls to the default and goes out as cause %u, as if it had failed", (unsigned)rule->to);
    return rule->to == 16 || rule->to == 31 ? NULL : text;
}

void validate_no_request_rules(validation *now)
{
    const sipcause_table *table = now->table;
    char text[96];
    bool bye = has_rule(table, SIPCAUSE_FROM_BYE), cancel = has_rule(table, SIPCAUSE_FROM_CANCEL);
    const interwork_rule *first = bye && cancel ? NULL : first_said(table->interwork);
    bool by_file = now->extended && !now->extended->built_in && now->extended->interwork->to_isup_count;
    if (!first || !now->whole || by_file)
        return;
    const char *fate = fate_of_request(table, bye, text, sizeof text);
    if (!fate)
        return;
    const crossing at = {true, first};
    finding_of found = validate_crossing_at(now, SIPCAUSE_RULE_NO_REQUEST_RULES, &at);
    found.code = sipcause_code_make(SIPCAUSE_SPACE_NONE, 0);
    found.code_text = bye ? "CANCEL" : "BYE";
    found.suggestion = bye      ? "interworking: {sip-to-isup: {CANCEL: 16}}"
                       : cancel ? "interworking: {sip-to-isup: {BYE: 16}}"
                                : "interworking: {sip-to-isup: {BYE: 16, CANCEL: 16}}";
    report_add(now->report, &found, "`sip-to-isup` has rules for statuses and none for %s: when %s, %s",
               bye      ? "CANCEL"
               : cancel ? "BYE"
                        : "BYE and CANCEL",
               bye ? "the caller gives up" : "a party hangs up", fate);
}
