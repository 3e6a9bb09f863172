/*
 * calls.c - joins SIP messages to calls.
 *
 * A message goes to its Call-ID's call and is, in this order:
 *
 *   late             the Call-ID has ended
 *   other            nothing that opens a call (OPTIONS, a lone ACK ...)
 *   other leg        its transaction (method, CSeq, From tag) is known under another top Via branch:
 *                    the far side of a proxy. CANCEL and ACK go with their INVITE
 *   retransmission   branch, CSeq, method or status, and To tag were seen before
 *   evidence         INVITE, CANCEL, BYE, and the responses to INVITE go to the release
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "call.h"
#include "calls.h"
#include "ended.h"
#include "hash.h"

#include <stdlib.h>
#include <string.h>

enum {
    /* 64 * T1 after the last of a failure, its ACK, a CANCEL, a BYE: timers H, F and D of RFC 3261
     * section 17 have run out by then, and section 9.1 waits no longer. In a trace of both
     * directions that is 32 s after the ACK; in one that lacks a direction calls end all the same.
     */
    LINGER_MILLISECONDS = 32000,
    LINGER_MESSAGES = 65536 /* the same where lines carry no time */
};

struct calls {
    calls_receiver *receiver;
    void *context;
    calls_counts counts;
    call_store *store;
    ended_ids *ended;
    call *oldest, *newest;            /* all open calls, in the order they came */
    call *linger_first, *linger_last; /* those that are over unless a new INVITE comes */
    hash_key key;        /* who writes a trace must not know which Call-IDs share a slot, or seem to have ended */
    int64_t time;        /* of the last message that carried one */
    uint64_t stamped_at; /* the number of the last message with a time of its own */
};

static uint64_t mix(uint64_t a, uint64_t b)
{
    uint64_t hash = (a ^ b * 0x9E3779B97F4A7C15u) * 0xFF51AFD7ED558CCDu;
    return hash ^ hash >> 32;
}

calls *calls_new(const sipcause_table *table, calls_receiver *receiver, void *context)
{
    calls *of = need_room(1, sizeof *of);
    of->receiver = receiver;
    of->context = context;
    of->store = call_store_new(table);
    of->ended = ended_new();
    of->key = hash_key_new();
    of->time = STAMP_NONE;
    return of;
}

const calls_counts *calls_counted(const calls *of)
{
    return &of->counts;
}

void calls_free(calls *of)
{
    for (call *one = of->oldest; one != NULL;) {
        call *next = one->newer;
        call_store_take_out(of->store, one);
        one = next;
    }
    call_store_free(of->store);
    ended_free(of->ended);
    free(of);
}

static void linger_stop(calls *of, call *one)
{
    if (!one->lingers)
        return;
    *(one->linger_before == NULL ? &of->linger_first : &one->linger_before->linger_after) = one->linger_after;
    *(one->linger_after == NULL ? &of->linger_last : &one->linger_after->linger_before) = one->linger_before;
    one->lingers = false;
}

/* From now on the call waits for its end; one that was waiting begins anew. */
static void linger_start(calls *of, call *one)
{
    linger_stop(of, one);
    one->lingers = true;
    one->linger_time = of->time;
    one->linger_message = of->counts.messages;
    one->linger_before = of->linger_last;
    one->linger_after = NULL;
    *(of->linger_last == NULL ? &of->linger_first : &of->linger_last->linger_after) = one;
    of->linger_last = one;
}

/* A call ends; what is still open at the end of the input makes no verdict. */
static void end_call(calls *of, call *one)
{
    linger_stop(of, one);
    *(one->older == NULL ? &of->oldest : &one->older->newer) = one->newer;
    *(one->newer == NULL ? &of->newest : &one->newer->older) = one->older;
    if (one->final || one->cancelled || one->bye) {
        calls_ended over = {{one->call_id, one->call_id_length}, one->release, one->cut};
        of->counts.ended++;
        of->counts.still_up += one->answered && !one->bye;
        of->receiver(of->context, &over);
    } else {
        of->counts.unfinished++;
    }
    ended_add(of->ended, one->hash);
    call_store_take_out(of->store, one);
}

void calls_end(calls *of)
{
    while (of->oldest != NULL)
        end_call(of, of->oldest);
}

/* Ends the calls whose time is over: the first in the list began to wait first. */
static void end_waiting(calls *of)
{
    while (of->linger_first != NULL) {
        const call *one = of->linger_first;
        bool timed =
            one->linger_time != STAMP_NONE && of->stamped_at > one->linger_message && of->time >= one->linger_time;
        if (timed ? of->time - one->linger_time < LINGER_MILLISECONDS
                  : of->counts.messages - one->linger_message < LINGER_MESSAGES)
            return;
        end_call(of, of->linger_first);
    }
}

static bool same(sipcause_slice text, const char *word)
{
    return text.length == strlen(word) && memcmp(text.text, word, text.length) == 0;
}

static enum method method_of(sipcause_slice name)
{
    if (same(name, "INVITE"))
        return INVITE;
    if (same(name, "ACK"))
        return ACK;
    if (same(name, "CANCEL"))
        return CANCEL;
    return same(name, "BYE") ? BYE : OTHER;
}

/* What the joining needs of a message. */
typedef struct signal {
    const trace_message *message;
    enum method method;   /* the request's, or the one that the response answers */
    uint32_t status;      /* 0: a request */
    uint64_t branch;      /* hash of the top Via's branch */
    uint64_t from;        /* hash of the From tag */
    uint64_t transaction; /* hash of method, CSeq and From tag; CANCEL: that of its INVITE */
    uint64_t identity;    /* what a retransmission has in common */
} signal;

static signal read_signal(const calls *of, const trace_message *message)
{
    const sipcause_message *parts = &message->parts;
    bool request = parts->status == 0;
    sipcause_slice name = parts->cseq_method.length > 0 || !request ? parts->cseq_method : parts->method;
    signal now = {.message = message, .status = parts->status};
    now.method = name.length == 0 ? INVITE : method_of(request ? parts->method : name);
    uint64_t from = hash_of(&of->key, parts->from_tag.text, parts->from_tag.length);
    uint64_t number = (uint64_t)parts->cseq << 32;
    uint64_t method_hash = now.method == OTHER ? hash_of(&of->key, name.text, name.length) : (uint64_t)now.method;
    uint64_t transaction_method = now.method == CANCEL ? (uint64_t)INVITE : method_hash;
    now.branch = hash_of(&of->key, parts->branch.text, parts->branch.length);
    now.from = from;
    now.transaction = mix(mix(from, number), transaction_method);
    now.identity = mix(mix(now.branch, number | parts->status), method_hash);
    now.identity = mix(now.identity, hash_of(&of->key, parts->to_tag.text, parts->to_tag.length));
    return now;
}

/* INVITE, CANCEL, BYE and the answers to INVITE open a call; nothing else does. */
static bool opens_call(const signal *now)
{
    return now->method == INVITE || (now->status == 0 && (now->method == CANCEL || now->method == BYE));
}

static call *open_call(calls *of, sipcause_slice call_id, uint64_t hash)
{
    call *one = call_store_put_in(of->store, call_id, hash);
    one->older = of->newest;
    one->newer = NULL;
    *(of->newest == NULL ? &of->oldest : &of->newest->newer) = one;
    of->newest = one;
    return one;
}

/* Whose is a transaction that was not known? The far side of a B2BUA that keeps the Call-ID and changes the From
 * tag: a second initial INVITE while the first is open, or with its number; a second BYE with the first one's. */
static enum leg_kind kind_of_new(const call *one, const signal *now)
{
    const sipcause_message *parts = &now->message->parts;
    bool inside = parts->to_tag.length > 0;
    if (now->status != 0)
        return LEG_OWN;
    if (now->method == BYE)
        return one->bye && parts->cseq == one->bye_cseq ? LEG_OTHER : LEG_OWN;
    if (now->method != INVITE)
        return LEG_OWN;
    if (inside)
        return LEG_INSIDE;
    if (one->invite_transaction == 0)
        return LEG_OWN;
    bool beside = now->from != one->invite_from && !one->final;
    bool same_number = parts->cseq == one->invite_cseq && now->branch != one->invite_branch;
    return beside || same_number ? LEG_OTHER : LEG_OWN;
}

/* Whether the message is of the far side of a proxy; learns the branch of a new transaction. */
static bool is_other_leg(call *one, const signal *now)
{
    if (now->method == ACK && now->status == 0) {
        /* The ACK of a failure is part of its INVITE's transaction, that of a 2xx is its own. */
        uint32_t cseq = now->message->parts.cseq;
        if (cseq == one->invite_cseq && now->branch == one->invite_branch)
            return false;
        if (cseq == one->invite_cseq && one->invite_transaction != 0 && !one->answered)
            return true;
    }
    if (now->transaction == one->invite_transaction)
        return now->branch != one->invite_branch;
    const call_leg *leg = call_find_leg(one, now->transaction);
    if (leg != NULL)
        return leg->kind == LEG_OTHER || leg->branch != now->branch;
    enum leg_kind kind = kind_of_new(one, now);
    call_add_leg(one, now->transaction, now->branch, kind);
    return kind == LEG_OTHER;
}

/* An INVITE, or an answer to one, whose transaction has not been seen before: is it the first, a
 * new attempt (no To tag), or inside the dialog? */
static void follow_invite(calls *of, call *one, const signal *now)
{
    const sipcause_message *parts = &now->message->parts;
    if (now->transaction != one->invite_transaction) {
        const call_leg *leg = call_find_leg(one, now->transaction);
        if (leg != NULL && leg->kind == LEG_INSIDE && one->invite_transaction == 0)
            one->final = one->answered = true; /* the input begins inside the dialog */
        bool history =
            now->status != 0 && (one->answered || (parts->cseq_method.length > 0 && parts->cseq < one->invite_cseq));
        if ((leg != NULL && leg->kind == LEG_INSIDE) || history)
            return;
        one->invite_transaction = now->transaction;
        one->invite_branch = now->branch;
        one->invite_from = now->from;
        one->invite_cseq = parts->cseq;
        one->final = one->failed = one->answered = one->cancelled = one->bye = one->cut = false; /* history */
        linger_stop(of, one);
    }
    if (now->status >= 200)
        one->final = true;
    if (now->status >= 300 && !one->answered) {
        one->failed = true;
        linger_start(of, one);
    } else if (now->status >= 200 && now->status < 300) {
        one->answered = true;
        linger_stop(of, one);
    }
}

/* What a message of the call does to the call. Returns true when it ends it. */
static bool follow(calls *of, call *one, const signal *now)
{
    switch (now->method) {
    case INVITE: follow_invite(of, one, now); return false;
    case CANCEL:
        one->cancelled |= now->status == 0;
        if (!one->answered)
            linger_start(of, one);
        return false;
    case BYE:
        if (now->status == 0) {
            one->bye = true;
            one->bye_cseq = now->message->parts.cseq;
        }
        linger_start(of, one);
        return now->status >= 200 && now->status != 401 && now->status != 407; /* asked again */
    case ACK:
        if (one->failed && now->message->parts.cseq == one->invite_cseq)
            linger_start(of, one);
        return false;
    case OTHER: break;
    }
    return false;
}

static void take(calls *of, call *one, const signal *now)
{
    if (is_other_leg(one, now)) {
        of->counts.other_leg++;
        return;
    }
    if (call_seen(one, now->identity)) {
        of->counts.retransmissions++;
        return;
    }
    bool ends = follow(of, one, now);
    bool evidence = opens_call(now);
    if (evidence &&
        sipcause_release_message(one->release, now->message->bytes, now->message->length) == SIPCAUSE_ERROR_MEMORY)
        need_failed();
    one->cut = one->cut || (evidence && now->message->cut);
    if (ends)
        end_call(of, one);
}

void calls_message(calls *of, const trace_message *message)
{
    sipcause_slice call_id = message->parts.call_id;
    of->counts.messages++;
    of->counts.cut += message->cut;
    of->time = message->time;
    if (message->stamped)
        of->stamped_at = of->counts.messages;
    end_waiting(of);
    if (call_id.length == 0) {
        of->counts.no_call_id++;
        return;
    }
    uint64_t hash = hash_of(&of->key, call_id.text, call_id.length);
    call *one = call_store_find(of->store, call_id, hash);
    signal now = read_signal(of, message);
    if (one == NULL && ended_has(of->ended, hash))
        of->counts.late++;
    else if (one == NULL && !opens_call(&now))
        of->counts.other++;
    else
        take(of, one == NULL ? open_call(of, call_id, hash) : one, &now);
}
