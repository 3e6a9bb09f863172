/*
 * calls.h - joins SIP messages to calls.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_CALLS_H
#define SIPCAUSE_CALLS_H

#include "trace.h"

#include "sipcause.h"

/* Where every message went. */
typedef struct calls_counts {
    uint64_t messages;   /* all of them */
    uint64_t ended;      /* calls handed on */
    uint64_t still_up;   /* of these: answered, without a BYE at the end of the input */
    uint64_t unfinished; /* calls whose INVITE was open at the end of the input */
    uint64_t retransmissions;
    uint64_t other_leg; /* of a proxy's second leg with the same Call-ID */
    uint64_t late;      /* of calls that had ended */
    uint64_t other;     /* OPTIONS, REGISTER ... of no call */
    uint64_t no_call_id;
    uint64_t cut; /* messages with more than 64 KiB of headers */
} calls_counts;

/* The messages that went to a call. */
static inline uint64_t calls_messages_used(const calls_counts *counts)
{
    return counts->messages - counts->retransmissions - counts->other_leg - counts->late - counts->other -
           counts->no_call_id;
}

/* A call that has ended. */
typedef struct calls_ended {
    sipcause_slice call_id;
    sipcause_release *release;
    bool cut; /* a message of it had more headers than were read: the verdict lacks what stood behind */
} calls_ended;

/* Receives a call that has ended; all of it is valid until it returns. */
typedef void calls_receiver(void *context, const calls_ended *call);

typedef struct calls calls;

calls *calls_new(const sipcause_table *table, calls_receiver *receiver, void *context);
void calls_message(calls *of, const trace_message *message);
void calls_end(calls *of); /* the end of the input */
const calls_counts *calls_counted(const calls *of);
void calls_free(calls *of);

#endif
