/*
 * interwork.c - SIP to ISUP and back.
 *
 * SIP to ISUP, the first that holds (RFC 3398 sections 7.2.3 and 8.2.6.1):
 *   1. a whole 603+, where the profile has a rule for it
 *   2. a usable Q.850 Reason, copied with its location
 *   3. the REL that the message carried
 *   4. the table's rule for the status, BYE or CANCEL; that for the class; its default
 * ISUP to SIP (section 7.2.4.1): the profile's row for the cause whose condition holds; its default.
 *
 * SPDX-License-Identifier: MIT
 */
#include "notice.h"
#include "release.h"

#include <string.h>

size_t interwork_first(const interwork_rule *rules, size_t count, uint32_t from)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rules[middle].from < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const interwork_rule *rule_from(const interwork_rule *rules, size_t count, uint32_t from, const situation *now)
{
    for (size_t i = interwork_first(rules, count, from); i < count && rules[i].from == from; i++)
        if (condition_holds(&rules[i].when, now))
            return &rules[i];
    return NULL;
}

const interwork_rule *interwork_find(const interwork_rule *rules, size_t count, uint32_t from, const situation *now)
{
    const interwork_rule *found = rule_from(rules, count, from, now);
    if (!found && from >= 300)
        found = rule_from(rules, count, from / 100, now);
    return found ? found : rule_from(rules, count, SIPCAUSE_FROM_DEFAULT, now);
}

/* ---- SIP to ISUP ----------------------------------------------------------------------------------- */

static uint32_t from_of(const kept_message *message)
{
    switch (message->method) {
    case METHOD_BYE: return SIPCAUSE_FROM_BYE;
    case METHOD_CANCEL: return SIPCAUSE_FROM_CANCEL;
    default: return message->status;
    }
}

uint8_t interwork_location(const interwork_rules *rules, const interwork_rule *rule, uint32_t status)
{
    if (rule && rule->location != SIPCAUSE_LOCATION_NONE)
        return rule->location;
    return rules->class_location[status / 100 & 7];
}

const interwork_rules interwork_none = {
    .class_location = {SIPCAUSE_LOCATION_U, SIPCAUSE_LOCATION_U, SIPCAUSE_LOCATION_U, SIPCAUSE_LOCATION_BI,
                       SIPCAUSE_LOCATION_BI, SIPCAUSE_LOCATION_BI, SIPCAUSE_LOCATION_U, SIPCAUSE_LOCATION_U},
};

static void apply_rule(const interwork_rules *rules, const interwork_rule *rule, uint32_t from, sipcause_isup *isup)
{
    isup->cause = (uint8_t)rule->to;
    isup->location = isup->cause ? interwork_location(rules, rule, from) : 0;
}

int sipcause_to_isup(const sipcause_release *release, sipcause_isup *isup)
{
    if (!release || !isup)
        return SIPCAUSE_ERROR_MISUSE;
    memset(isup, 0, sizeof *isup);
    final_message final = release_final(release);
    const interwork_rules *rules = release->table->interwork;
    if (!final.message)
        return SIPCAUSE_ERROR_MISSING;
    evidence found;
    evidence_read(release, final.message, &final, &found, NULL);
    uint32_t from = from_of(final.message);
    const interwork_rule *rule = interwork_find(rules->to_isup, rules->to_isup_count, from, &found.now);
    const found_code *q850 = evidence_code(&found, SIPCAUSE_SPACE_Q850);
    if (rule && rule->when.notice == YES) {
        apply_rule(rules, rule, from, isup);
    } else if (q850 && q850->source == SIPCAUSE_SOURCE_REASON) {
        isup->cause = (uint8_t)q850->value;
        isup->location = q850->location;
        if (isup->location == SIPCAUSE_LOCATION_NONE)
            isup->location = interwork_location(rules, rule, from);
    } else if (found.has_isup && found.isup.cause != 0) {
        *isup = found.isup;
    } else if (rule) {
        apply_rule(rules, rule, from, isup);
    } else {
        return SIPCAUSE_ERROR_UNKNOWN_CODE;
    }
    return SIPCAUSE_OK;
}

/* ---- ISUP to SIP ----------------------------------------------------------------------------------- */

/* A 603+ is known by Q.850;cause=21 or SIP;cause=603: another cause cannot carry it. */
static const char *notice_cause(const sipcause_isup *isup)
{
    return isup->coding == SIPCAUSE_CODING_ITU_T && isup->cause == 21 ? "Q.850;cause=21" : "SIP;cause=603";
}

static void write_cause(writer *out, const sipcause_isup *isup)
{
    const char *name = sipcause_code_name(sipcause_q850(isup->cause));
    write_text(out, "Q.850;cause=");
    write_number(out, isup->cause);
    if (name) {
        write_text(out, ";text=\"");
        write_text(out, name);
        write_text(out, "\"");
    }
    write_text(out, ";location=");
    write_text(out, sipcause_location_name(isup->location));
}

int sipcause_to_sip(const sipcause_table *table, const sipcause_isup *isup, const sipcause_notice *redress,
                    char *buffer, size_t size, sipcause_response *response)
{
    if (!isup || !response || (!buffer && size))
        return SIPCAUSE_ERROR_MISUSE;
    memset(response, 0, sizeof *response);
    if (isup->cause < 1 || isup->cause > 127 || isup->location > 15 || isup->coding > 3)
        return SIPCAUSE_ERROR_RANGE;
    const interwork_rules *rules = table_of(table)->interwork;
    situation now = {.location = isup->location, .coding = isup->coding, .diagnostic = isup->diagnostic_length > 0};
    uint32_t from = isup->coding == 0 ? isup->cause : 0; /* other codings are not Q.850's numbers */
    const interwork_rule *rule = interwork_find(rules->to_sip, rules->to_sip_count, from, &now);
    if (!rule)
        return SIPCAUSE_ERROR_UNKNOWN_CODE;
    if (rule->to == 0)
        return SIPCAUSE_OK;
    bool notice = redress && (rule->flags & TO_NOTICE);
    if (notice && sipcause_notice_check(redress, NULL) != SIPCAUSE_OK)
        return SIPCAUSE_ERROR_NOTICE;
    writer out = {buffer, size, 0};
    response->status = rule->to;
    response->phrase =
        notice ? notice_answer(redress, notice_cause(isup), &out) : sipcause_code_name(sipcause_status(rule->to));
    if (!buffer || (isup->coding != 0 && !notice)) /* a Q.850 Reason would lie about a cause of another coding */
        return SIPCAUSE_OK;
    if (!notice)
        write_cause(&out, isup);
    if (write_end(&out) >= size) {
        memset(response, 0, sizeof *response); /* half an answer is none */
        return SIPCAUSE_ERROR_SPACE;
    }
    response->reason = buffer;
    return SIPCAUSE_OK;
}
