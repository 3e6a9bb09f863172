/*
 * validate_refusal.c - refusals and blocks that cross between SIP and ISUP: what becomes retried, what becomes the
 * callee's act, what becomes a certain block, and the 603+ that does not come back.
 *
 * ISUP has one cause value for all of them, 21. What 603, 607 and 608 may become, and what 21 may become, is judged by
 * what the table says of the code on the other side; where that says nothing, by the profile "default".
 *
 * SPDX-License-Identifier: MIT
 */
#include "release.h"
#include "validate_rules.h"

#include <stdio.h>
#include <string.h>

static const uint16_t refusals[] = {603, 607, 608};
enum { REFUSALS = sizeof refusals / sizeof *refusals, DECLINE = 603, REFUSED = 21 };

/* ---- which refusals a rule is for -------------------------------------------------------------------------- */

/* Whether it speaks of the code as such, and not of what else its message says. */
static bool of_code(const interwork_rule *rule)
{
    condition other = rule->when;
    other.notice = ANY;
    return condition_empty(&other);
}

/* Whether a status becomes what the rule says. A class and the default are asked where the status has no rule. */
static bool asked_for(const validation *now, const interwork_rule *rule, uint32_t status)
{
    const interwork_rules *all = now->table->interwork;
    const situation plain = {.method = METHOD_RESPONSE, .location = SIPCAUSE_LOCATION_NONE, .coding = CODING_NONE};
    if (rule->from >= 300)
        return rule->from == status;
    return (rule->from == status / 100 || rule->from == SIPCAUSE_FROM_DEFAULT) &&
           interwork_find(all->to_isup, all->to_isup_count, status, &plain) == rule;
}

/* The refusals that a rule is for: "607, 608", and what to write for them, "607: 21, 608: 21". */
typedef struct refusals_of {
    char names[32], rows[48];
    uint32_t count;
} refusals_of;

static refusals_of refused_by(const validation *now, const interwork_rule *rule)
{
    refusals_of found = {.count = 0};
    writer names = {found.names, sizeof found.names, 0}, rows = {found.rows, sizeof found.rows, 0};
    for (size_t i = 0; i < REFUSALS; i++) {
        if (!asked_for(now, rule, refusals[i]))
            continue;
        write_text(&names, found.count ? ", " : "");
        write_number(&names, refusals[i]);
        write_text(&rows, found.count ? ", " : "");
        write_number(&rows, refusals[i]);
        write_text(&rows, ": 21");
        found.count++;
    }
    if (rule->when.notice == YES)
        write_text(&names, "+"); /* "603+"; no other status has a notice */
    write_end(&names);
    write_end(&rows);
    return found;
}

/* What the table says of a code, or what everybody else does. */
static const sipcause_entry *meaning(const validation *now, sipcause_code code)
{
    const sipcause_entry *entry = sipcause_lookup(now->table, code);
    return entry ? entry : sipcause_lookup(NULL, code);
}

static bool retried(const sipcause_entry *entry)
{
    return entry && (entry->route == SIPCAUSE_ROUTE_NEXT || entry->route == SIPCAUSE_ROUTE_LATER);
}

static const char *name_of(const sipcause_entry *entry)
{
    return entry && entry->name ? entry->name : "no name";
}

/* ---- block-retried ----------------------------------------------------------------------------------------- */

static void refusal_retried(const validation *now, const crossing *of)
{
    char suggestion[96];
    sipcause_code cause = sipcause_q850(of->rule->to);
    const sipcause_entry *entry = of_code(of->rule) ? meaning(now, cause) : NULL;
    refusals_of refused;
    if (!retried(entry) || (refused = refused_by(now, of->rule)).count == 0)
        return;
    finding_of found = validate_crossing_at(now, SIPCAUSE_RULE_BLOCK_RETRIED, of);
    snprintf(suggestion, sizeof suggestion, "interworking: {sip-to-isup: {%s}}", refused.rows);
    found.suggestion = of->rule->when.notice ? "cause: 21" : suggestion;
    report_add(now->report, &found,
               "%s %s cause %u (%s), after which another trunk is tried: a call that was refused is offered again. "
               "21 is the cause value of a refusal",
               refused.names, refused.count > 1 ? "become" : "becomes", (unsigned)cause.value, name_of(entry));
}

void validate_block_retried_crossing(validation *now, const crossing *of)
{
    if (of->to_isup && of->rule->to) {
        refusal_retried(now, of);
        return;
    }
    const sipcause_entry *entry = meaning(now, sipcause_status(of->rule->to));
    if (of->rule->from != REFUSED || !of->rule->to || !retried(entry))
        return;
    finding_of found = validate_crossing_at(now, SIPCAUSE_RULE_BLOCK_RETRIED, of);
    found.suggestion = "interworking: {isup-to-sip: {21: 603}}";
    report_add(
        now->report, &found,
        "Cause 21 (Call rejected) becomes %u (%s), after which another trunk is tried: a call that was refused is "
        "offered again. 603 is the status of a refusal",
        (unsigned)of->rule->to, name_of(entry));
}

/* ---- block-as-decline -------------------------------------------------------------------------------------- */

/* 21 is no act of the callee's: a network's refusals come as 21 as well, and ISUP has nothing nearer. */
void validate_block_as_decline_crossing(validation *now, const crossing *of)
{
    const interwork_rule *rule = of->rule;
    if (!of->to_isup || !rule->to || rule->to == REFUSED || !of_code(rule))
        return;
    bool notice = rule->from == DECLINE && rule->when.notice == YES;
    const sipcause_entry *entry = meaning(now, sipcause_q850(rule->to));
    if (!entry || entry->party != SIPCAUSE_PARTY_CALLEE || (!notice && !asked_for(now, rule, 608)))
        return;
    finding_of found = validate_crossing_at(now, SIPCAUSE_RULE_BLOCK_AS_DECLINE, of);
    found.suggestion = notice ? "cause: 21" : "interworking: {sip-to-isup: {608: 21}}";
    report_add(
        now->report, &found,
        "%s, a network's block, becomes cause %u (%s), which is the callee's act: nobody learns that the call was "
        "blocked, nor asks for redress. 21 is the cause value of a refusal",
        notice ? "603+" : "608", (unsigned)rule->to, name_of(entry));
}

/* ---- decline-as-block -------------------------------------------------------------------------------------- */

/* Silent where a location is asked for, in this answer or in one before it: that tells a block from a decline. */
void validate_decline_as_block_crossing(validation *now, const crossing *of)
{
    const interwork_rules *all = now->table->interwork;
    const situation declined = {.location = SIPCAUSE_LOCATION_U, .coding = SIPCAUSE_CODING_ITU_T};
    const interwork_rule *rule = of->rule;
    if (of->to_isup || (rule->to != 607 && rule->to != 608) || !condition_empty(&rule->when) ||
        interwork_find(all->to_sip, all->to_sip_count, REFUSED, &declined) != rule)
        return;
    finding_of found = validate_crossing_at(now, SIPCAUSE_RULE_DECLINE_AS_BLOCK, of);
    found.suggestion = "interworking: {isup-to-sip: {21: 603}}";
    report_add(now->report, &found,
               "Cause 21 (Call rejected) becomes %u, a certain block by %s: a callee who only declined comes with 21 "
               "too. 603 leaves open which it was",
               (unsigned)rule->to, rule->to == 607 ? "the callee" : "a network");
}

/* ---- location-defeats-notice ------------------------------------------------------------------------------- */

/* Whether a REL with cause 21 and that location is answered with a 603+ when there is a redress contact. */
static bool answers_notice(const sipcause_table *table, uint8_t location)
{
    const situation refused = {.location = location, .coding = SIPCAUSE_CODING_ITU_T};
    const interwork_rule *rule =
        interwork_find(table->interwork->to_sip, table->interwork->to_sip_count, REFUSED, &refused);
    return rule && rule->to == DECLINE && (rule->flags & TO_NOTICE);
}

bool validate_notice_by_location(const sipcause_table *table)
{
    uint8_t location = SIPCAUSE_LOCATION_U;
    if (!answers_notice(table, location))
        return false;
    while (location < 15 && answers_notice(table, location))
        location++;
    return !answers_notice(table, location);
}

/* An answer to send through the table's rules. The Reason of a 603+ may be of Q.850, with the location of whoever
 * blocked; that is copied where the table has no rule for a notice. */
static const struct {
    const char *name, *wire;
    bool copied;
} answers[] = {
    {"A 603+ answer",
     "SIP/2.0 603 Network Blocked\r\nCSeq: 1 INVITE\r\n"
     "Reason: SIP;cause=603;text=\"v=analytics1;url=https://example.net/redress\"\r\n\r\n",
     false},
    {"a 603+ answer",
     "SIP/2.0 603 Network Blocked\r\nCSeq: 1 INVITE\r\n"
     "Reason: Q.850;cause=21;text=\"v=analytics1;url=https://example.net/redress\";location=TN\r\n\r\n",
     true},
    {"603", "SIP/2.0 603 Decline\r\nCSeq: 1 INVITE\r\n\r\n", false},
};
enum { ANSWERS = sizeof answers / sizeof *answers };

/* The rule that holds for the answer in the release. */
static const interwork_rule *rule_of(const sipcause_release *release)
{
    const interwork_rules *all = release->table->interwork;
    final_message final = release_final(release);
    evidence found;
    if (!final.message)
        return NULL;
    evidence_read(release, final.message, &final, &found, NULL);
    return interwork_find(all->to_isup, all->to_isup_count, DECLINE, &found.now);
}

/* Where the table itself says what location the answer gets; of a class that is said of the class. */
static said_at said_of(const interwork_rules *all, const interwork_rule *rule, bool copied, bool *of_class)
{
    *of_class = !copied && rule->location == SIPCAUSE_LOCATION_NONE && (all->class_own >> (DECLINE / 100) & 1);
    return *of_class ? all->class_said[DECLINE / 100] : rule->said;
}

static void tell_defeat(const validation *now, size_t answer, const sipcause_isup *isup, said_at at, bool of_class)
{
    const interwork_rules *all = now->table->interwork;
    const situation back = {.location = isup->location, .coding = SIPCAUSE_CODING_ITU_T};
    const interwork_rule *answered = interwork_find(all->to_sip, all->to_sip_count, REFUSED, &back);
    finding_of found = validate_table_at(now, SIPCAUSE_RULE_LOCATION_DEFEATS_NOTICE);
    found.at = at;
    found.code = sipcause_status(DECLINE);
    found.code_text = of_class ? "sip:6xx" : NULL;
    found.suggestion = answers[answer].copied ? "603: {cause: 21, when: [{notice: true, cause: 21, location: U}]}"
                       : of_class             ? "location: {6xx: U}"
                                              : "location: U";
    report_add(
        now->report, &found,
        "%s%s becomes cause 21 with the location %s and comes back as %u; with the location U it comes back as a "
        "603+ (47 CFR 64.1200(k)(9))",
        answers[answer].copied
            ? "This rule stands instead of the one for a notice, so that the location of a Reason is copied: "
            : "",
        answers[answer].name, sipcause_location_name(isup->location), answered ? (unsigned)answered->to : 500);
}

static void answers_defeated(validation *now, sipcause_release *release)
{
    struct {
        const interwork_rule *rule; /* NULL: the class */
        said_at at;
    } told[ANSWERS];
    size_t told_count = 0;
    for (size_t i = 0; i < ANSWERS; i++) {
        sipcause_isup isup;
        bool of_class, before = false;
        sipcause_release_reset(release);
        if (sipcause_release_message(release, answers[i].wire, SIPCAUSE_TEXT) != SIPCAUSE_OK) {
            report_short(now->report);
            return;
        }
        const interwork_rule *rule = rule_of(release);
        if (!rule || sipcause_to_isup(release, &isup) != SIPCAUSE_OK || isup.cause != REFUSED ||
            answers_notice(now->table, isup.location))
            continue;
        bool copied = answers[i].copied && rule->when.notice != YES;
        said_at at = said_of(now->table->interwork, rule, copied, &of_class);
        const interwork_rule *told_of = of_class ? NULL : rule;
        for (size_t j = 0; j < told_count; j++)
            before = before || told[j].rule == told_of ||
                     (at.line && told[j].at.line == at.line && told[j].at.column == at.column);
        if (before || !(of_class || (rule->flags & RULE_OWN)))
            continue;
        told[told_count].rule = told_of;
        told[told_count++].at = at;
        tell_defeat(now, i, &isup, at, of_class);
    }
}

/* The file's own rule for 21 with location U, where what it extends answers that with a 603+. */
static void notice_taken(validation *now)
{
    const interwork_rules *all = now->table->interwork;
    const situation refused = {.location = SIPCAUSE_LOCATION_U, .coding = SIPCAUSE_CODING_ITU_T};
    const interwork_rule *rule = interwork_find(all->to_sip, all->to_sip_count, REFUSED, &refused);
    char status[16] = "no response";
    if (!rule || !(rule->flags & RULE_OWN))
        return;
    if (rule->to)
        snprintf(status, sizeof status, "%u", (unsigned)rule->to);
    const crossing at = {false, rule};
    finding_of found = validate_crossing_at(now, SIPCAUSE_RULE_LOCATION_DEFEATS_NOTICE, &at);
    found.suggestion = "21: {status: 403, when: [{location: U, status: 603, redress: true}]}";
    report_add(now->report, &found,
               "Cause 21 with the location U becomes %s here, and never a 603+: this rule stands instead of the one "
               "that is extended, which makes it one where there is a redress contact (47 CFR 64.1200(k)(9))",
               status);
}

void validate_location_defeats_notice(validation *now)
{
    const interwork_rules *all = now->table->interwork;
    if (!now->whole || now->table->built_in || all != &now->table->own_interwork)
        return;
    if (now->extended && answers_notice(now->extended, SIPCAUSE_LOCATION_U) &&
        !answers_notice(now->table, SIPCAUSE_LOCATION_U))
        notice_taken(now);
    if (!validate_notice_by_location(now->table))
        return;
    sipcause_release *release = sipcause_release_new(now->table);
    if (release)
        answers_defeated(now, release);
    else
        report_short(now->report);
    sipcause_release_free(release);
}
