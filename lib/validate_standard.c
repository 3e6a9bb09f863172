/*
 * validate_standard.c - what the rules on meanings ask of the standards, and of what the file extends.
 *
 * What the standards say of a code is what the profile "default" says: its rows have their sources in data/.
 *
 * SPDX-License-Identifier: MIT
 */
#include "validate_standard.h"

#include <stdio.h>
#include <string.h>

const row *standard_row(sipcause_code code)
{
    return table_row(table_of(NULL), code);
}

const sipcause_entry *standard_entry(sipcause_code code)
{
    const row *found = standard_row(code);
    return found && found->entry.disposition ? &found->entry : NULL;
}

bool outcome_failed(uint32_t outcome)
{
    switch (outcome) {
    case SIPCAUSE_OUTCOME_UNKNOWN:
    case SIPCAUSE_OUTCOME_ANSWERED:
    case SIPCAUSE_OUTCOME_NORMAL_CLEARING:
    case SIPCAUSE_OUTCOME_ANSWERED_ELSEWHERE:
    case SIPCAUSE_OUTCOME_CANCELLED:
    case SIPCAUSE_OUTCOME_REDIRECTED: return false;
    default: return true;
    }
}

const row *extended_row(const validation *now, const row *of)
{
    if (!now->extended)
        return NULL;
    if (of->code.space == SPACE_FALLBACK)
        return table_fallback_row(now->extended, of->code.value);
    if (of->code.space != SIPCAUSE_SPACE_TOKEN)
        return table_row(now->extended, of->code);
    const char *own = sipcause_code_word(now->table, of->code);
    return own ? table_word_row(now->extended, own, strlen(own)) : NULL;
}

bool meaning_inherited(const validation *now, const row *of)
{
    const row *before = extended_row(now, of);
    const sipcause_entry *a = before ? &before->entry : NULL, *b = &of->entry;
    return a && a->disposition && a->outcome == b->outcome && a->party == b->party && a->route == b->route &&
           strcmp(a->disposition, b->disposition) == 0;
}

bool condition_tells(const condition *when)
{
    return when->part_count || when->locations || when->codings || when->diagnostic || when->notice == YES;
}

bool meant_by_code(const validation *now, const subject *of)
{
    if (!of->entry->disposition || of->entry->flags & SIPCAUSE_ENTRY_UNINFORMATIVE)
        return false;
    return of->item ? !condition_tells(&of->item->when) : !meaning_inherited(now, of->row);
}

/* "sip:404", "sip:4xx", "default", "carrier:D35". */
static void write_code(const validation *now, sipcause_code code, writer *out)
{
    const char *own = code.space == SIPCAUSE_SPACE_TOKEN ? sipcause_code_word(now->table, code) : NULL;
    code_write(out, code, own, own ? strlen(own) : 0);
}

const char *show_code(const validation *now, sipcause_code code, char text[SHOWN_CODE])
{
    writer out = {text, SHOWN_CODE, 0};
    const char *name = sipcause_code_name(code);
    write_code(now, code, &out);
    if (name) {
        write_text(&out, " \"");
        write_text(&out, name);
        write_text(&out, "\"");
    }
    write_end(&out);
    return text;
}

const char *suggest_meaning(const validation *now, const subject *of, const char *label, char text[SUGGESTED])
{
    char code[SHOWN_CODE];
    writer out = {code, sizeof code, 0};
    if (of->item) {
        snprintf(text, SUGGESTED, "disposition: %s", label);
        return text;
    }
    write_code(now, of->row->code, &out);
    write_end(&out);
    char *colon = strchr(code, ':');
    if (!colon) {
        snprintf(text, SUGGESTED, "map: {%s: %s}", code, label);
        return text;
    }
    *colon = 0;
    snprintf(text, SUGGESTED, "map: {%s: {%s: %s}}", code, colon + 1, label);
    return text;
}
