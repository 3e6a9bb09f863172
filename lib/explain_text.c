/*
 * explain_text.c - the sentences of an explanation.
 *
 * SPDX-License-Identifier: MIT
 */
#include "explain.h"

#include <string.h>

static void write_code(const account *of, writer *out, sipcause_code code)
{
    decide_write_code(out, of->now->release->table, code);
}

static void write_table(const account *of, writer *out)
{
    write_text(out, "the table \"");
    write_shown(out, of->now->release->table->name, strlen(of->now->release->table->name));
    write_text(out, "\"");
}

/* "carrier, q850, sip" */
static void write_precedence(const account *of, writer *out)
{
    const sipcause_table *table = of->now->release->table;
    for (uint32_t i = 0; i < table->precedence_count; i++) {
        write_text(out, i ? ", " : "");
        write_text(out, sipcause_space_name(table->precedence[i]));
    }
}

/* ---- 0. the message that decides ------------------------------------------------------------------- */

static void write_status(writer *out, const account *of, const kept_message *response)
{
    write_number(out, response->status);
    if (!response->phrase)
        return;
    write_text(out, " ");
    write_quoted(out, of->now->release->arena + response->phrase, response->phrase_length);
}

static uint32_t final_responses(const sipcause_release *release)
{
    uint32_t count = 0;
    for (const kept_message *at = message_at(release, release->first_message); at; at = message_at(release, at->next))
        count += at->status >= 300;
    return count;
}

static void write_answered(const account *of, writer *out)
{
    const kept_message *message = of->now->final->message;
    write_text(out, "the call was answered: ");
    if (!message) {
        write_text(out, "only its BYE can tell how it ended, and none was seen");
    } else if (message->method != METHOD_BYE) {
        write_text(out, "no BYE was seen, and the REL of the ISUP side decides");
    } else {
        write_text(out, "its BYE decides");
        if (message->side)
            write_text(out,
                       message->side == SIPCAUSE_SIDE_CALLER ? ", which the caller sent" : ", which the callee sent");
    }
}

static void write_unanswered(const account *of, writer *out)
{
    const final_message *final = of->now->final;
    uint32_t count = final_responses(of->now->release);
    if (!final->message) {
        write_text(out, "the call was not answered, and no final response, CANCEL, BYE or REL was seen");
    } else if (of->now->own_failure) {
        write_text(out, "the call was not answered: our own side gave it up, and the ");
        write_text(out, final->cancelled ? "CANCEL is the consequence" : "487 is the consequence");
    } else if (final->cancelled) {
        write_text(out, "the call was not answered and the caller gave up: the ");
        write_text(out, final->message->method == METHOD_CANCEL ? "CANCEL" : "BYE");
        write_text(out, final->response ? " decides, for the final response is 487"
                                        : " decides, for no final response came");
    } else if (final->message != final->response) {
        write_text(out, "the call was not answered and no final response came: the REL of the ISUP side decides");
    } else {
        write_text(out, "the call was not answered: the final response ");
        write_status(out, of, final->response);
        write_text(out, count == 1                       ? " decides"
                        : final->response->status >= 600 ? " decides, for a 6xx speaks for every branch"
                                                         : " decides, the last of several");
    }
}

void explain_final_sentence(const account *of, writer *out)
{
    const sipcause_release *release = of->now->release;
    if (of->now->final->answered)
        write_answered(of, out);
    else
        write_unanswered(of, out);
    if (!of->now->final->answered && release->progressed)
        write_text(out, release->alerted ? "; it had rung (180)" : "; a provisional response had come");
    if (release->attempts) {
        write_text(out, "; what came before the ");
        write_text(out, release->invite_cseq ? "INVITE with CSeq " : "last INVITE");
        if (release->invite_cseq)
            write_number(out, release->invite_cseq);
        write_text(out, " is history (attempts before it: ");
        write_number(out, release->attempts);
        write_text(out, ")");
    }
    if (release->local) {
        write_text(out, "; our own side reported the failure ");
        write_text(out, sipcause_local_name(release->local));
    }
    if (release->media_status) {
        write_text(out, "; a re-INVITE was refused with ");
        write_number(out, release->media_status);
    }
    write_end(out);
}

/* ---- 1. to 4. codes that were asked ------------------------------------------------------------------ */

static void write_decides(const account *of, const asked_code *asked, writer *out)
{
    const decision *now = of->now;
    if (asked->message != now->found->message) {
        write_text(out, "the final response says nothing more than ");
        write_number(out, now->found->message->status);
        write_text(out, ", and so the Reason of this provisional response is asked");
    } else if (asked->fate == SIPCAUSE_FATE_OUTRANKED) {
        write_text(out, "the first that tells something, asked in the order ");
        write_precedence(of, out);
    } else if (asked->fate == SIPCAUSE_FATE_UNMAPPED) {
        write_table(of, out);
        write_text(out, of->decided->entry == &decide_unknown
                            ? " has a row neither for it nor for its class, and no default"
                        : of->now->flags & SIPCAUSE_FLAG_DEFAULTED
                            ? " has a row neither for it nor for its class, and nothing else tells: the default holds"
                            : " has no row of its own for it, and nothing else tells: that of its class holds");
    } else {
        write_text(out, "it tells little by itself, and nothing else tells more");
    }
}

static void write_outranked(const account *of, const asked_code *asked, writer *out)
{
    const sipcause_entry *entry = asked->one.entry, *decided = of->decided->entry;
    const explanation *kept = of->now->release->explanation;
    const kept_message *there = of->decided->asked ? kept->asked[of->decided->asked - 1].message : NULL;
    if (asked->message != there) {
        write_text(out,
                   asked->message != of->now->found->message
                       ? "a later provisional response decides"
                       : "it says no more than the status line, and a provisional response tells why: that decides");
        return;
    }
    write_code(of, out, of->decided->code);
    write_text(out, " is asked before it and decides; ");
    if (entry->outcome == decided->outcome && entry->disposition_id == decided->disposition_id) {
        write_text(out, "it says the same");
    } else {
        write_text(out, "alone it would have been ");
        write_shown(out, entry->disposition, strlen(entry->disposition));
        write_text(out, ", ");
        write_text(out, sipcause_outcome_name(entry->outcome));
    }
}

static void write_runner_up(const account *of, writer *out)
{
    write_text(out, "it contradicts ");
    write_code(of, out, of->decided->code);
    write_text(out, ", which is asked before it and decides; interworking turns neither into the other");
}

static void write_yields(const asked_code *asked, writer *out)
{
    bool clearing = !(asked->one.entry->flags & SIPCAUSE_ENTRY_UNINFORMATIVE);
    write_text(out, clearing
                        ? "16 tells nothing before an answer: it yields to whatever does"
                        : "its row says that it tells nothing by itself (uninformative): it yields to whatever does");
}

static void write_unmapped(const account *of, const asked_code *asked, writer *out)
{
    write_table(of, out);
    write_text(out, asked->one.of ? " maps it under conditions only, and none of them holds" : " has no row for it");
}

void explain_asked_sentence(const account *of, const asked_code *asked, uint32_t fate, writer *out)
{
    switch (fate) {
    case SIPCAUSE_FATE_DECIDES: write_decides(of, asked, out); break;
    case SIPCAUSE_FATE_RUNNER_UP: write_runner_up(of, out); break;
    case SIPCAUSE_FATE_OUTRANKED: write_outranked(of, asked, out); break;
    case SIPCAUSE_FATE_YIELDS: write_yields(asked, out); break;
    default: write_unmapped(of, asked, out); break;
    }
    write_end(out);
}

/* ---- what was not asked -------------------------------------------------------------------------------- */

/* A 603+ is asked for as its status line; a 21 would only say less. */
static bool of_notice(const account *of, const piece *one)
{
    const evidence *found = one->read;
    const found_code *q850 = evidence_code(found, SIPCAUSE_SPACE_Q850);
    return found->now.notice && one->code.space == SIPCAUSE_SPACE_Q850 && one->code.value == 21 && q850 &&
           q850->value == 21 && candidates_ask(of->now->release->table, SIPCAUSE_SPACE_SIP);
}

/* Why a code of a space that the table asks was not asked. */
static const char *passed_over(const account *of, const piece *one)
{
    bool rel = one->source == SIPCAUSE_SOURCE_ISUP;
    if (rel && one->line != of->now->found->isup_line)
        return "another REL tells of the same end; the first readable one counts, that of the message before others";
    if (of_notice(of, one))
        return "it says no more than the 603+ does, for which the status line is asked";
    if (rel)
        return "the cause 21 of the 603+ goes before it";
    if (one->reason)
        return "a value of the same protocol stands before it; the first usable one counts";
    if (of->now->flags & SIPCAUSE_FLAG_TRUNCATED)
        return "the same code was asked already, or cause headers named too many codes with conditions before it";
    return "the same code was asked already";
}

void explain_unasked_sentence(const account *of, const piece *one, writer *out)
{
    const sipcause_table *table = of->now->release->table;
    uint32_t space = one->code.space == SIPCAUSE_SPACE_TOKEN ? SIPCAUSE_SPACE_CARRIER : one->code.space;
    if (one->reason && one->read->reason_ignored) {
        write_table(of, out);
        write_text(out, " does not trust the Reason of this status (ignore-reason)");
    } else if (!candidates_ask(table, space)) {
        write_text(out, "the precedence ");
        write_precedence(of, out);
        write_text(out, " leaves the space ");
        write_text(out, sipcause_space_name(space));
        write_text(out, " out: it is recorded and never decides");
    } else {
        write_text(out, passed_over(of, one));
    }
    write_end(out);
}

/* Of a final response of which another, or a request, decides. */
static const char *response_not_final(const account *of, uint32_t status)
{
    const final_message *final = of->now->final;
    bool cancel = final->message->method == METHOD_CANCEL;
    if (of->now->own_failure)
        return status == 487 ? "487 only tells that the CANCEL was obeyed" : "a later final response is 487";
    if (final->cancelled && status != 487)
        return cancel ? "a later final response is 487: the CANCEL decides"
                      : "a later final response is 487: the BYE with which the caller gave up decides";
    if (final->cancelled)
        return cancel ? "487 only tells that the CANCEL was obeyed: the CANCEL decides"
                      : "487 only tells that the call was given up: the BYE decides";
    return status < 600 && final->response->status >= 600 ? "a 6xx speaks for every branch and goes before it"
                                                          : "a later final response decides";
}

void explain_not_final_sentence(const account *of, const piece *one, writer *out)
{
    const final_message *final = of->now->final;
    const kept_message *message = one->message;
    if (final->answered)
        write_text(out, message->method == METHOD_BYE ? "another BYE decides"
                                                      : "the call was answered: only its BYE counts");
    else if (message->status && message->status < 200)
        write_text(out,
                   "a provisional response: its Reason is asked only where the final one, of the same To tag, says no "
                   "more than 480, 487 or 500; never of a cancelled call");
    else if (message->status)
        write_text(out, response_not_final(of, message->status));
    else if (message->method == METHOD_CANCEL)
        write_text(out, "the final response is not 487: the CANCEL came too late");
    else
        write_text(out, final->cancelled ? "the CANCEL decides" : "the final response decides");
    write_end(out);
}

static const char *of_retry_after(const account *of, const piece *one)
{
    const sipcause_verdict *verdict = of->verdict;
    evidence alone = {.has_retry_after = false};
    evidence_retry_after(one->line, &alone);
    if (!alone.has_retry_after)
        return "it gives no number of seconds";
    if (alone.retry_after != verdict->retry_after)
        return "another one stands before it; the first counts";
    return verdict->route == SIPCAUSE_ROUTE_LATER && of->decided->entry->route != SIPCAUSE_ROUTE_LATER
               ? "it turns the route into later"
               : "it leaves the route as it is";
}

static const char *of_call_info(const account *of, const piece *one)
{
    const char *card = of->verdict->jwscard;
    evidence alone = {.card_state = CARD_ABSENT};
    call_info_read(one->text, &alone);
    if (alone.card_state != CARD_FOUND || !card)
        return "no card that tells who blocked";
    return text_same_exactly(alone.card.text, alone.card.length, card)
               ? "where the card is that tells who blocked; it is neither fetched nor verified"
               : "another one stands before it and names a card; the first counts";
}

void explain_no_code_sentence(const account *of, const piece *one, writer *out)
{
    write_text(out, one->no_code == HEADER_RETRY_AFTER ? of_retry_after(of, one)
                    : one->no_code == HEADER_CALL_INFO ? of_call_info(of, one)
                                                       : "rows may ask for it under `when`");
    write_end(out);
}

/* ---- 6. where no code decides ---------------------------------------------------------------------------- */

void explain_fallback_sentence(const account *of, writer *out)
{
    const decision *now = of->now;
    if (now->own_failure && !(now->flags & (SIPCAUSE_FLAG_NO_CAUSE | SIPCAUSE_FLAG_DEFAULTED))) {
        write_text(out, "no evidence decides: our own failure does, by the row local: ");
        write_text(out, sipcause_local_name(now->release->local));
    } else if (now->flags & SIPCAUSE_FLAG_NO_CAUSE) {
        write_text(out, "no evidence decides: the row no-cause: ");
        write_text(out, sipcause_no_cause_name(decide_no_cause(now)));
        write_text(out, " holds");
    } else if (now->flags & SIPCAUSE_FLAG_DEFAULTED) {
        write_text(out, "no evidence decides: the default row holds");
    } else {
        write_text(out, "no evidence decides, and the table says nothing for that case");
    }
    write_end(out);
}

void explain_left_out_sentence(const account *of, writer *out)
{
    write_text(out, "more evidence than is told of here: ");
    write_number(out, of->now->release->explanation->left_out);
    write_text(out, " further pieces");
    write_end(out);
}

/* ---- 9. the route ------------------------------------------------------------------------------------------ */

void explain_route_sentence(const account *of, writer *out)
{
    const sipcause_verdict *verdict = of->verdict;
    uint32_t given = of->decided->entry->route, route = verdict->route;
    write_text(out, "the row's route is ");
    write_text(out, sipcause_route_name(given));
    if (given == route) {
        write_text(out, of->decided->entry->flags & SIPCAUSE_ENTRY_ROUTE_GIVEN
                            ? ", which its author wrote himself: it stands"
                            : " and stands");
    } else {
        write_text(out, "; it becomes ");
        write_text(out, sipcause_route_name(route));
        write_text(out, verdict->answered               ? ": the call was answered"
                        : route == SIPCAUSE_ROUTE_LATER ? ": Retry-After says when to try again"
                        : given == SIPCAUSE_ROUTE_NONE  ? ": a 6xx speaks for every branch"
                        : of->now->final->cancelled     ? ": the caller gave up"
                        : verdict->status == 486        ? ": nobody hunts on after 486"
                                                        : ": nobody hunts on after a 6xx");
    }
    if (verdict->has_retry_after) {
        write_text(out, " (Retry-After: ");
        write_number(out, verdict->retry_after);
        write_text(out, " s)");
    }
    write_end(out);
}
