/*
 * decide.c - the evidence of one call turned into one verdict.
 *
 *  0. Final evidence   answered: the BYE. Not answered: a CANCEL when the final response is 487 or absent;
 *                      else the final response, of several a 6xx first, else the last.
 *  1. Candidates       by the table's precedence. carrier: the cause headers in their order; q850: Reason, REL,
 *                      headers of that space; then the protocols that follow it; sip: the status line, then
 *                      SIP;cause=. A whole 603+ goes before Q.850: its Reason is part of it.
 *  2. No candidates    causes outside 1-127, statuses outside 100-699, what cannot be read.
 *  3. Uninformative    rows that say so (487, Q.850 31 and 127), Q.850 16 before answer: yield to any other.
 *  4. Unmapped         raises its flag and yields; a status falls to its class row, then to the default.
 *  5. Conditional rows say when SIP;cause=200 and Q.850 26 are an answer elsewhere: in a CANCEL; a text may say so too.
 *  6. Nothing informative   answered or cancelled: the no-cause row; else the first candidate; else no-cause.
 *  7. Provisional      Reasons of the same To tag are asked when the final response says 480, 487 or 500 only.
 *  8. Conflict         Q.850 and SIP differ in outcome, and interworking turns neither into the other.
 *  9. Route caps       nobody hunts on after an answer, busy or a 6xx; Retry-After turns stop into later.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decide.h"

#include <string.h>

/* ---- 0. final evidence ----------------------------------------------------------------------------- */

/* Whether a message goes before the one of its method that came before it; NULL: none did. Of several BYEs and the like
 * the first that carries something counts. */
static bool counts(const kept_message *message, const kept_message *before)
{
    if (message->method == METHOD_RESPONSE)
        return message->status >= 300 && !(before && before->status >= 600 && message->status < 600);
    return !before || (!before->first_line && message->first_line);
}

final_message release_final(const sipcause_release *release)
{
    const kept_message *of[METHOD_LOCAL] = {NULL}; /* that of each method */
    for (const kept_message *at = message_at(release, release->first_message); at; at = message_at(release, at->next))
        if (counts(at, of[at->method]))
            of[at->method] = at;
    const kept_message *bye = of[METHOD_BYE], *cancel = of[METHOD_CANCEL], *isup = of[METHOD_ANY];
    final_message final = {NULL, of[METHOD_RESPONSE], release->answered, false};
    bool unfinished = !final.response || final.response->status == 487;
    /* A BYE tells of an answer that was not seen, unless the caller may have given up with it: only a
     * caller may send BYE before the answer (RFC 3261 section 15). */
    if (bye && !final.answered && unfinished && !(release->has_invite && bye->side == SIPCAUSE_SIDE_CALLER))
        final.answered = !final.response;
    if (final.answered) {
        final.message = bye ? bye : isup;
        return final;
    }
    final.cancelled = unfinished && (cancel || bye);
    if (final.cancelled)
        final.message = cancel ? cancel : bye;
    else
        final.message = final.response ? final.response : isup;
    return final;
}

/* ---- 6. and 7. what decides ------------------------------------------------------------------------ */

const sipcause_entry decide_unknown = {.size = sizeof(sipcause_entry), .disposition = "Unknown", .file = ""};

static void begin(decision *now, sipcause_release *release, const final_message *final, const evidence *found)
{
    memset(now, 0, offsetof(decision, header_rows));
    now->release = release;
    now->final = final;
    now->found = found;
    now->next = now->candidates;
}

static bool same_dialog(const sipcause_release *release, const kept_message *a, const kept_message *b)
{
    return a->to_tag_length == b->to_tag_length &&
           (a->to_tag_length == 0 ||
            memcmp(release->arena + a->to_tag, release->arena + b->to_tag, a->to_tag_length) == 0);
}

/* The last provisional response of the same dialog that tells something. */
static bool ask_provisional(decision *now, evidence *provisional)
{
    const kept_message *response = now->final->response;
    bool told = false;
    if (now->release->first_message == now->release->last_message) /* as nearly always */
        return false;
    if (now->final->answered || now->final->message != response || !response || now->tells_more ||
        !decide_generic(response->status))
        return false;
    const kept_message *at = message_at(now->release, now->release->first_message);
    for (; at; at = message_at(now->release, at->next)) {
        if (at->method != METHOD_RESPONSE || at->status >= 200 || !same_dialog(now->release, at, response))
            continue;
        evidence read;
        decision asked;
        evidence_read(now->release, at, now->final, &read, NULL);
        begin(&asked, now->release, now->final, &read);
        asked.reasons_only = true;
        candidates_consider(&asked);
        if (asked.winner) {
            *now->next = *asked.winner;
            now->winner = now->next;
            *provisional = read;
            told = true;
        }
    }
    return told;
}

/* A row that is no code's. The candidate has no entry where the table has none. */
static candidate *fallback_in(decision *now, uint32_t number, const situation *how)
{
    const sipcause_table *table = now->release->table;
    const row *of = table_fallback_row(table, number);
    const sipcause_entry *entry = of ? table_entry_now(table, of, how) : NULL;
    *now->next = (candidate){.of = of, .entry = entry, .location = SIPCAUSE_LOCATION_NONE};
    return now->next;
}

static candidate *fallback(decision *now, uint32_t number, uint32_t flag)
{
    candidate *made = fallback_in(now, number, &now->found->now);
    if (made->entry)
        now->flags |= flag;
    return made;
}

uint32_t decide_no_cause(const decision *now)
{
    const sipcause_release *release = now->release;
    return now->final->answered                                               ? SIPCAUSE_NO_CAUSE_ANSWERED
           : now->final->cancelled && !now->own_failure                       ? SIPCAUSE_NO_CAUSE_CANCELLED
           : release->has_invite && !release->replied && !now->final->message ? SIPCAUSE_NO_CAUSE_NO_REPLY
                                                                              : SIPCAUSE_NO_CAUSE_OTHERWISE;
}

static const candidate *no_cause(decision *now)
{
    return fallback(now, FALLBACK_NO_CAUSE + decide_no_cause(now), SIPCAUSE_FLAG_NO_CAUSE);
}

/* Our own failure; how far the call had come still matters. */
static const candidate *local_failure(decision *now)
{
    const sipcause_release *release = now->release;
    situation how = {.method = METHOD_LOCAL,
                     .alerted = release->alerted,
                     .progressed = release->progressed,
                     .location = SIPCAUSE_LOCATION_NONE,
                     .coding = CODING_NONE};
    return fallback_in(now, FALLBACK_LOCAL + (uint32_t)release->local, &how);
}

/* Whether our own failure decides: only while nothing else ended the call but the CANCEL that followed it. */
static bool own_failure(const decision *now)
{
    const kept_message *message = now->final->message, *response = now->final->response;
    if (!now->release->local || now->final->answered)
        return false;
    if (response && !(response->status == 487 && now->release->local_first))
        return false;
    return !message || message == response || message->method == METHOD_CANCEL;
}

/* An unmapped status decides by its class: that of the status line always, SIP;cause= where nothing else tells. */
static bool by_class(const decision *now)
{
    if (!now->unmapped)
        return false;
    return now->found->message->status == now->unmapped->code.value || (!now->first && !now->final->cancelled);
}

static const candidate *class_of_unmapped(decision *now)
{
    const candidate *unmapped = now->unmapped;
    bool line = now->found->message->status == unmapped->code.value;
    candidate *made = fallback(now, FALLBACK_CLASS + unmapped->code.value / 100, 0);
    if (!made->entry)
        made = fallback(now, FALLBACK_DEFAULT, SIPCAUSE_FLAG_DEFAULTED);
    made->code = unmapped->code;
    made->asked = unmapped->asked;
    made->source = line && !now->found->now.notice ? SIPCAUSE_SOURCE_STATUS_LINE : SIPCAUSE_SOURCE_REASON;
    return made;
}

/* Where nothing informative is there. */
static const candidate *deciding_otherwise(decision *now)
{
    bool own = now->own_failure;
    bool ended = now->final->answered || (now->final->cancelled && !own);
    const candidate *made = NULL;
    if (by_class(now))
        return class_of_unmapped(now);
    if (now->first && !ended && !own)
        return now->first;
    if (own && !ended)
        made = local_failure(now);
    if (!made || !made->entry)
        made = no_cause(now);
    return made->entry ? made : fallback(now, FALLBACK_DEFAULT, SIPCAUSE_FLAG_DEFAULTED);
}

static const candidate *deciding(decision *now)
{
    const candidate *made = now->winner ? now->winner : deciding_otherwise(now);
    if (made->entry)
        return made;
    now->next->entry = &decide_unknown; /* the table says nothing at all; it is now->next that was tried last */
    now->next->of = NULL;
    return now->next;
}

/* ---- 9. route caps --------------------------------------------------------------------------------- */

static uint16_t capped_route(const decision *now, const sipcause_entry *entry, const sipcause_verdict *verdict)
{
    uint32_t status = verdict->status;
    bool notice = now->found->now.notice;
    bool gave_up = now->final->cancelled && (now->winner || !now->own_failure);
    uint16_t route = entry->route;
    if (now->final->answered)
        return SIPCAUSE_ROUTE_NONE;
    if (entry->flags & SIPCAUSE_ENTRY_ROUTE_GIVEN)
        return route;
    if (status >= 600 && route == SIPCAUSE_ROUTE_NONE && !now->winner && by_class(now))
        route = SIPCAUSE_ROUTE_STOP; /* a 6xx speaks for every branch, whatever it means */
    if ((route == SIPCAUSE_ROUTE_NEXT || route == SIPCAUSE_ROUTE_LATER) && (status == 486 || status >= 600 || gave_up))
        route = SIPCAUSE_ROUTE_STOP;
    if (!verdict->has_retry_after)
        return route;
    bool may_wait = status == 404 || status == 413 || status == 480 || status == 486 || status == 500 ||
                    status == 600 || (status == 603 && !notice);
    bool final = route == SIPCAUSE_ROUTE_STOP || (status == 413 && route == SIPCAUSE_ROUTE_AMEND);
    return may_wait && final ? SIPCAUSE_ROUTE_LATER : route;
}

/* ---- the verdict ----------------------------------------------------------------------------------- */

static void fill_entry(const candidate *decided, sipcause_verdict *verdict)
{
    const sipcause_entry *entry = decided->entry;
    verdict->disposition = entry->disposition;
    verdict->disposition_id = entry->disposition_id;
    for (size_t id = 0; entry == &decide_unknown && id < sipcause_disposition_count(NULL); id++)
        if (strcmp(sipcause_disposition_name(NULL, id), entry->disposition) == 0)
            verdict->disposition_id = (uint32_t)id;
    verdict->name = entry->name;
    verdict->note = entry->note;
    verdict->file = entry->file;
    verdict->line = entry->line;
    verdict->outcome = entry->outcome;
    verdict->party = entry->party;
    verdict->decided_by = decided->code;
    verdict->source = decided->source;
    verdict->source_name = candidate_source_name(decided);
}

static void fill_evidence(const decision *now, const candidate *decided, sipcause_verdict *verdict)
{
    const evidence *found = now->found;
    const found_code *q850 = evidence_code(found, SIPCAUSE_SPACE_Q850);
    verdict->answered = now->final->answered;
    if (found->message->method == METHOD_BYE)
        verdict->released_by = found->message->side;
    if (!now->final->answered && now->final->response)
        verdict->status = now->final->response->status;
    verdict->location = SIPCAUSE_LOCATION_NONE;
    if (decided->code.space == SIPCAUSE_SPACE_Q850) {
        verdict->q850 = (uint8_t)decided->code.value;
        verdict->location = decided->location;
    } else if (q850) {
        verdict->q850 = (uint8_t)q850->value;
        verdict->location = q850->location;
    }
    verdict->has_retry_after = found->has_retry_after;
    verdict->retry_after = found->retry_after;
    if (now->carrier_seen) {
        verdict->carrier = now->carrier;
        verdict->carrier_text = now->release->carrier_text;
    }
    verdict->notice_location = SIPCAUSE_LOCATION_NONE;
}

static void note_malformed(sipcause_release *release)
{
    static const char sentence[] = "a status outside 100-699, a response without CSeq or a line that was cut";
    finding_add(release, SIPCAUSE_RULE_BAD_CAUSE, sentence, sizeof sentence - 1);
}

static void finish(sipcause_release *release, decision *now, sipcause_verdict *verdict)
{
    if (release->malformed) {
        note_malformed(release);
        now->flags |= SIPCAUSE_FLAG_MALFORMED_EVIDENCE;
    }
    if (release->truncated || release->findings_cut)
        now->flags |= SIPCAUSE_FLAG_TRUNCATED;
    verdict->flags = now->flags;
    verdict->size = sizeof *verdict;
    for (uint32_t i = 0; i < release->finding_count; i++)
        release->findings[i].finding.message = release->sentences + release->findings[i].sentence_at;
}

static void lend_q850(const evidence *from, evidence *to)
{
    const found_code *q850 = evidence_code(from, SIPCAUSE_SPACE_Q850);
    if (!q850 || evidence_code(to, SIPCAUSE_SPACE_Q850))
        return;
    to->by_space[SIPCAUSE_SPACE_Q850] = *q850;
    to->spaces |= UINT64_C(1) << SIPCAUSE_SPACE_Q850;
}

const sipcause_verdict *sipcause_decide(sipcause_release *release)
{
    static const kept_message nothing;
    if (!release)
        return NULL;
    sipcause_verdict *verdict = &release->verdict;
    memset(verdict, 0, sizeof *verdict);
    release->finding_count = release->sentences_used = 0;
    explain_forget(release);
    release->memory_short = release->findings_cut = false;
    final_message final = release_final(release);
    evidence found, provisional;
    evidence_read(release, final.message ? final.message : &nothing, &final, &found, release);
    decision now;
    begin(&now, release, &final, &found);
    now.own_failure = own_failure(&now);
    candidates_consider(&now);
    if (!now.winner)
        candidates_prefer_cancelled(&now);
    if (ask_provisional(&now, &provisional)) {
        now.flags |= SIPCAUSE_FLAG_PROVISIONAL_ONLY;
        lend_q850(&provisional, &found);
    }
    const candidate *decided = deciding(&now);
    fill_entry(decided, verdict);
    fill_evidence(&now, decided, verdict);
    verdict->route = capped_route(&now, decided->entry, verdict);
    verdict->block = blocking_of(decided, decided->entry, found.now.notice);
    if (now.q850 && now.sip)
        conflict_find(&now, decided, verdict);
    if (final.answered && !now.winner && release->media_status) {
        now.flags |= SIPCAUSE_FLAG_MEDIA_SUSPECT;
        verdict->runner_up = sipcause_status(release->media_status);
    }
    if (found.notice_pieces || found.message->status == 608) /* as nearly none */
        blocking_fill(release, &found, verdict);
    if (verdict->jwscard)
        now.flags |= SIPCAUSE_FLAG_JWSCARD_UNVERIFIED;
    if (release->explaining)
        explain_finish(&now, decided, verdict);
    finish(release, &now, verdict);
    return release->memory_short ? NULL : verdict;
}

size_t sipcause_finding_count(const sipcause_release *release)
{
    return release ? release->finding_count : 0;
}

const sipcause_finding *sipcause_finding_at(const sipcause_release *release, size_t index)
{
    return release && index < release->finding_count ? &release->findings[index].finding : NULL;
}
