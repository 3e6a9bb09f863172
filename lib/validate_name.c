/*
 * validate_name.c - the number and the name beside it disagree: 485 with the name of 482.
 *
 * The name is the row's own, or a disposition of the file's own: those that are built in are everybody's words. What a
 * `when` item names is a meaning under conditions, and nothing is held against it.
 *
 *   a name of the same space        is that of its number, or wrong
 *   a name of the other space       is wrong where the two codes stand for different ends of a call, and no rule of
 *                                   interworking makes one of the other: 486 is User busy as much as 17 is
 *   a disposition                   may gather several codes, so that it is wrong only where the codes stand for
 *                                   different ends, and the code of that name is not mapped to it
 *
 * SPDX-License-Identifier: MIT
 */
#include "validate_rules.h"

#include <string.h>

/* ---- names --------------------------------------------------------------------------------------------------- */

/* The next character that counts, in lower case; 0: the end. */
static char next_of_name(const char **at)
{
    for (;; (*at)++) {
        const char *close = **at == '(' ? strchr(*at, ')') : NULL;
        if (close)
            *at = close;
        else if (**at != ' ' && **at != '-' && **at != '_')
            break;
    }
    return **at ? text_lower(*(*at)++) : 0;
}

bool validate_same_name(const char *a, const char *b)
{
    char now;
    do {
        now = next_of_name(&a);
        if (now != next_of_name(&b))
            return false;
    } while (now);
    return true;
}

static bool built_in_label(const char *name)
{
    const sipcause_table *standard = table_of(NULL);
    for (uint32_t i = 0; i < standard->disposition_count; i++)
        if (validate_same_name(standard->dispositions[i].name, name))
            return true;
    return false;
}

/* The code of a space that has this name, of several the nearest; 0: none. */
static uint32_t number_named(uint32_t space, const char *name, uint32_t near)
{
    uint32_t found = 0, best = UINT32_MAX;
    for (size_t i = 0; i < standard_names_count; i++) {
        uint32_t value = standard_names[i].value, distance = value > near ? value - near : near - value;
        if (standard_names[i].space != space || distance >= best || !validate_same_name(standard_names[i].name, name))
            continue;
        found = value;
        best = distance;
    }
    return found;
}

static const char *unless_same(const char *text, const char *before)
{
    return text && before && strcmp(text, before) == 0 ? NULL : text;
}

own_names validate_own_names(const validation *now, const subject *of)
{
    const row *before = now->extended ? table_row(now->extended, of->row->code) : NULL;
    own_names own = {of->entry->name, of->entry->disposition};
    if (before)
        own = (own_names){unless_same(own.name, before->entry.name), unless_same(own.label, before->entry.disposition)};
    return own;
}

/* ---- meanings ------------------------------------------------------------------------------------------------ */

/* Whether the standards read both as ends of a call, and as different ones. */
static bool ends_differ(sipcause_code a, sipcause_code b)
{
    const row *one = table_row(table_of(NULL), a), *other = table_row(table_of(NULL), b);
    if (!one || !other || !one->entry.disposition || !other->entry.disposition)
        return false;
    if ((one->entry.flags | other->entry.flags) & SIPCAUSE_ENTRY_UNINFORMATIVE)
        return false;
    return one->entry.disposition_id != other->entry.disposition_id;
}

static bool leads_to(const interwork_rule *rules, uint32_t count, uint32_t from, uint32_t to)
{
    for (uint32_t i = 0; i < count; i++)
        if (rules[i].from == from && rules[i].to == to)
            return true;
    return false;
}

/* Whether interworking makes one of the other. */
static bool interworked(const sipcause_table *table, sipcause_code a, sipcause_code b)
{
    const interwork_rules *all = table->interwork;
    uint32_t status = a.space == SIPCAUSE_SPACE_SIP ? a.value : b.value;
    uint32_t cause = a.space == SIPCAUSE_SPACE_Q850 ? a.value : b.value;
    return leads_to(all->to_isup, all->to_isup_count, status, cause) ||
           leads_to(all->to_sip, all->to_sip_count, cause, status);
}

/* ---- name-mismatch ------------------------------------------------------------------------------------------- */

enum { NAME_MOST = 128 }; /* no standard name is as long */

/* What number a name belongs to when it is none of this code's; space none: it contradicts nothing. */
static sipcause_code other_owner(const validation *now, sipcause_code code, const char *name)
{
    const sipcause_code none = {SIPCAUSE_SPACE_NONE, 0, 0};
    uint32_t space = code.space, across = space == SIPCAUSE_SPACE_SIP ? SIPCAUSE_SPACE_Q850 : SIPCAUSE_SPACE_SIP;
    if (!memchr(name, 0, NAME_MOST))
        return none;
    uint32_t value = number_named(space, name, code.value);
    if (value)
        return value == code.value ? none : sipcause_code_make((uint16_t)space, value);
    value = space == SIPCAUSE_SPACE_FREESWITCH ? 0 : number_named(across, name, code.value);
    sipcause_code other = sipcause_code_make((uint16_t)across, value);
    return value && ends_differ(code, other) && !interworked(now->table, code, other) ? other : none;
}

static void tell(const validation *now, const subject *of, const char *name, sipcause_code owner)
{
    sipcause_code code = of->row->code;
    const char *standard = sipcause_code_name(code);
    static const char *const known[] = {
        [SIPCAUSE_SPACE_SIP] = "SIP status",
        [SIPCAUSE_SPACE_Q850] = "Q.850 cause value",
        [SIPCAUSE_SPACE_FREESWITCH] = "FreeSWITCH number",
    };
    char suggestion[SUGGESTED_ROW], shown[8 * NAME_MOST]; /* a control character becomes 8 */
    writer out = {shown, sizeof shown, 0};
    finding_of found = validate_row_at(now, SIPCAUSE_RULE_NAME_MISMATCH, of, owner.space, owner.value, suggestion);
    write_shown(&out, name, strlen(name));
    write_end(&out);
    if (standard)
        report_add(now->report, &found, "%u is %s \"%s\"; \"%s\" is %s%s%u", (unsigned)code.value, known[code.space],
                   standard, shown, owner.space == code.space ? "" : known[owner.space],
                   owner.space == code.space ? "" : " ", (unsigned)owner.value);
    else
        report_add(now->report, &found, "%u is no %s; \"%s\" is %u", (unsigned)code.value, known[code.space], shown,
                   (unsigned)owner.value);
}

static bool mapped_to(const sipcause_table *table, sipcause_code code, uint32_t label)
{
    const row *mapped = table_row(table, code);
    return mapped && mapped->entry.disposition && mapped->entry.disposition_id == label;
}

void validate_name_mismatch(validation *now, const subject *of)
{
    sipcause_code code = of->row->code, owner = {SIPCAUSE_SPACE_NONE, 0, 0};
    bool asked = code.space == SIPCAUSE_SPACE_SIP || code.space == SIPCAUSE_SPACE_Q850 ||
                 code.space == SIPCAUSE_SPACE_FREESWITCH;
    if (!asked || of->item || validate_meant_for_freeswitch(now, of))
        return;
    own_names own = validate_own_names(now, of);
    if (own.name && own.name != sipcause_code_name(code) && !built_in_label(own.name))
        owner = other_owner(now, code, own.name);
    if (owner.space != SIPCAUSE_SPACE_NONE) {
        tell(now, of, own.name, owner);
        return;
    }
    if (!own.label || !now->whole || of->entry->disposition_id < table_of(NULL)->disposition_count)
        return; /* of a file that is not whole, the row of the other code may be the one that was left out */
    owner = other_owner(now, code, own.label);
    if (owner.space != SIPCAUSE_SPACE_NONE && ends_differ(code, owner) &&
        !mapped_to(now->table, owner, of->entry->disposition_id))
        tell(now, of, own.label, owner);
}
