/*
 * validate_condition.c - what follows from conditions alone, whatever the call: which holds whenever another does, and
 * which never does. condition.c says when they hold.
 *
 * SPDX-License-Identifier: MIT
 */
#include "validate_condition.h"

#include <string.h>

#define METHODS_BEFORE_ANSWER (1u << METHOD_RESPONSE | 1u << METHOD_CANCEL)
#define CODINGS_ITU_T         (1u << SIPCAUSE_CODING_ITU_T)

static bool has_phrases(const condition *when)
{
    return when->part_count && when->parts[0].kind == PART_PHRASE; /* they stand first */
}

/* What a condition says in so many words, and what follows from that. */
static condition with_consequences(condition when)
{
    if (when.notice == YES || has_phrases(&when)) /* only a response has a phrase */
        when.methods = when.methods ? when.methods & 1u << METHOD_RESPONSE : 1u << METHOD_RESPONSE;
    if (!when.answered && when.methods && !(when.methods & ~METHODS_BEFORE_ANSWER))
        when.answered = NO;
    if (when.diagnostic == YES && !when.codings) /* those of other codings are not looked at */
        when.codings = CODINGS_ITU_T;
    if (when.alerted == YES && !when.progressed) /* a 180 is a provisional response */
        when.progressed = YES;
    if (when.progressed == NO && !when.alerted)
        when.alerted = NO;
    return when;
}

/* ---- which holds whenever another does ---------------------------------------------------------------------- */

static bool tri_implies(uint8_t stronger, uint8_t weaker)
{
    return !weaker || stronger == weaker;
}

static bool bits_imply(uint32_t stronger, uint32_t weaker)
{
    return !weaker || (stronger && !(stronger & ~weaker));
}

/* A pattern that matches another as if that were a text matches all that it matches: no literal of it meets a wildcard
 * there, and where it has no ? only its * do. */
static bool pattern_implies(const char *stronger, const char *weaker)
{
    size_t length = strlen(stronger);
    return text_same_name(stronger, length, weaker) || (!strchr(weaker, '?') && glob_matches(weaker, stronger, length));
}

static bool part_implies(const condition_part *stronger, const condition_part *weaker)
{
    if (stronger->kind == PART_PHRASE || stronger->kind == PART_TEXT)
        return pattern_implies(stronger->text, weaker->text);
    if (stronger->space != weaker->space || stronger->value != weaker->value)
        return false;
    return !stronger->text || strcmp(stronger->text, weaker->text) == 0;
}

uint32_t condition_list_end(const condition *when, uint32_t first)
{
    uint32_t end = first + 1;
    while (end < when->part_count && condition_same_list(&when->parts[first], &when->parts[end]))
        end++;
    return end;
}

static bool spend(uint32_t *effort, uint32_t cost)
{
    bool enough = *effort >= cost;
    *effort -= enough ? cost : *effort;
    return enough;
}

/* Whether each part of one list implies some part of another. */
static bool list_implies(const condition *stronger, uint32_t from, const condition *weaker, uint32_t first,
                         uint32_t *effort)
{
    uint32_t to = condition_list_end(stronger, from), end = condition_list_end(weaker, first);
    if (!spend(effort, (to - from) * (end - first)))
        return false;
    for (uint32_t i = from; i < to; i++) {
        bool implied = false;
        for (uint32_t j = first; j < end && !implied; j++)
            implied = part_implies(&stronger->parts[i], &weaker->parts[j]);
        if (!implied)
            return false;
    }
    return true;
}

/* Each list of the weaker one must be a list of the stronger one too. */
static bool parts_imply(const condition *stronger, const condition *weaker, uint32_t *effort)
{
    if (!spend(effort, weaker->part_count))
        return false;
    for (uint32_t first = 0; first < weaker->part_count; first = condition_list_end(weaker, first)) {
        uint32_t from = 0;
        while (from < stronger->part_count && !condition_same_list(&stronger->parts[from], &weaker->parts[first])) {
            uint32_t end = condition_list_end(stronger, from);
            if (!spend(effort, end - from))
                return false;
            from = end;
        }
        if (from == stronger->part_count || !list_implies(stronger, from, weaker, first, effort))
            return false;
    }
    return true;
}

bool condition_implies(const condition *stronger, const condition *weaker, uint32_t *effort)
{
    condition all = with_consequences(*stronger);
    return spend(effort, 1) && bits_imply(all.locations, weaker->locations) &&
           bits_imply(all.methods, weaker->methods) && bits_imply(all.codings, weaker->codings) &&
           tri_implies(all.answered, weaker->answered) && tri_implies(all.alerted, weaker->alerted) &&
           tri_implies(all.progressed, weaker->progressed) && tri_implies(all.notice, weaker->notice) &&
           tri_implies(all.diagnostic, weaker->diagnostic) && parts_imply(stronger, weaker, effort);
}

/* ---- which never holds -------------------------------------------------------------------------------------- */

/* Whether no pattern of a condition's phrases is that of a 603+. */
static bool phrase_excludes_notice(const condition *when)
{
    static const char blocked[] = "Network Blocked";
    for (uint32_t i = 0; i < when->part_count && when->parts[i].kind == PART_PHRASE; i++)
        if (glob_matches(when->parts[i].text, blocked, sizeof blocked - 1))
            return false;
    return has_phrases(when);
}

const char *condition_contradicts(const condition *when)
{
    bool response = !when->methods || when->methods >> METHOD_RESPONSE & 1;
    if (when->notice == YES && !response)
        return "notice: true is a response to the INVITE, and method names others";
    if (has_phrases(when) && !response)
        return "only a response has a phrase, and method names others";
    if (when->answered == YES && when->methods && !(when->methods & ~METHODS_BEFORE_ANSWER))
        return "what method names ends no call that was answered";
    if (when->answered == YES && (when->notice == YES || has_phrases(when)))
        return when->notice == YES ? "a call that ends with a 603+ was not answered"
                                   : "only a response has a phrase, and none ends a call that was answered";
    if (when->alerted == YES && when->progressed == NO)
        return "alerted: true is a 180, a provisional response, and progressed: false says that none came";
    if (when->diagnostic == YES && when->codings && !(when->codings & CODINGS_ITU_T))
        return "diagnostic: true looks at causes of coding itu-t only";
    if (when->notice == YES && phrase_excludes_notice(when))
        return "the phrase of a 603+ is \"Network Blocked\"";
    return NULL;
}
