/*
 * call.h - one open call, and the store of all of them by Call-ID.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_CALL_H
#define SIPCAUSE_CALL_H

#include "sipcause.h"

enum method { OTHER, INVITE, ACK, CANCEL, BYE };

/* A transaction of the call, and whose it is. */
enum leg_kind {
    LEG_OWN,
    LEG_INSIDE, /* an INVITE inside the dialog */
    LEG_OTHER   /* all of it is of the far side of a B2BUA that keeps the Call-ID */
};
typedef struct call_leg {
    uint64_t transaction;
    uint64_t branch; /* of the top Via, where it was seen first */
    enum leg_kind kind;
} call_leg;

typedef struct call {
    struct call *chain; /* the next in its slot of the store, or in the pool; what it is found by stands beside it */
    uint64_t hash;
    char *call_id;
    uint32_t call_id_length, call_id_room;
    struct call *older, *newer; /* belong to calls.c, as do all up to `release` */
    struct call *linger_before, *linger_after;
    int64_t linger_time;
    uint64_t linger_message;
    uint64_t invite_transaction;         /* the newest initial INVITE; 0: none yet */
    uint64_t invite_branch, invite_from; /* hashes of its top Via branch and its From tag */
    uint32_t invite_cseq, bye_cseq;
    bool final, failed, answered, cancelled, bye; /* what came to it */
    bool cut;                                     /* a message that may be evidence was cut */
    bool lingers;
    sipcause_release *release;
    call_leg *legs; /* rings once they are full */
    uint64_t *seen;
    uint32_t leg_count, leg_room, seen_count, seen_room;
} call;

typedef struct call_store call_store;

call_store *call_store_new(const sipcause_table *table);
void call_store_free(call_store *of); /* calls still in it are not freed */
call *call_store_find(const call_store *of, sipcause_slice call_id, uint64_t hash);
call *call_store_put_in(call_store *of, sipcause_slice call_id, uint64_t hash);
void call_store_take_out(call_store *of, call *one); /* and keeps its memory for the next */

/* NULL: the transaction is not known. */
call_leg *call_find_leg(const call *of, uint64_t transaction);
void call_add_leg(call *of, uint64_t transaction, uint64_t branch, enum leg_kind kind);

/* Whether a message of this identity has been seen; remembers it. */
bool call_seen(call *of, uint64_t identity);

#endif
