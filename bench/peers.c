/*
 * peers.c - the parsers of other projects that pkg-config found, by the time that ours takes.
 *
 * What a peer answers is held against what the generator wrote: only what it answers right is timed, for both. A Reason
 * value is answered by both alike; of a message ours makes a verdict, where a peer gives what one could be made of.
 *
 * SPDX-License-Identifier: MIT
 */
#include "sections.h"

#include <stdio.h>
#include <string.h>

static const struct known {
    const char *name;
    const bench_peer *peer; /* NULL: not installed */
} all[] = {
#ifdef BENCH_PEER_osip
    {"libosip2", &peer_osip},
#else
    {"libosip2", NULL},
#endif
#ifdef BENCH_PEER_sofia
    {"sofia-sip", &peer_sofia},
    {"sofia-sip, three headers", &peer_sofia_lean},
#else
    {"sofia-sip", NULL},
    {"sofia-sip, three headers", NULL},
#endif
#ifdef BENCH_PEER_re
    {"libre", &peer_re},
#else
    {"libre", NULL},
#endif
};

enum { PEERS = sizeof all / sizeof *all };

/* A peer at work on a set. */
typedef struct peer_reader {
    set of;
    const bench_peer *peer;
} peer_reader;

static uint64_t read_messages(void *on)
{
    const peer_reader *reads = on;
    uint64_t sum = 0;
    for (size_t i = 0; i < reads->of.count; i++) {
        bench_answer answer;
        memset(&answer, 0, sizeof answer);
        sum += reads->peer->read(reads->of.messages[i], &answer) + answer.status;
    }
    return sum;
}

static uint64_t read_values(void *on)
{
    const peer_reader *reads = on;
    uint64_t sum = 0;
    for (size_t i = 0; i < reads->of.count; i++) {
        bench_answer answer;
        memset(&answer, 0, sizeof answer);
        sum += reads->peer->read_reason(reads->of.messages[i]->reason, reads->of.messages[i]->reason_length, &answer) +
               answer.reason_count + answer.reasons[0].cause;
    }
    return sum;
}

static bool answers_right(const bench_peer *peer, const bench_message *message, bool of_reasons)
{
    bench_answer answer;
    memset(&answer, 0, sizeof answer);
    if (of_reasons)
        return peer->read_reason(message->reason, message->reason_length, &answer) &&
               answers_agree(&answer, &message->reason_truth);
    return peer->read(message, &answer) && answers_agree(&answer, &message->truth);
}

/* Those of a set that it answers right. */
static set choose(const bench_peer *peer, const set *from, bool of_reasons)
{
    const bench_message **right = allocated(from->count, sizeof *right);
    size_t count = 0;
    for (size_t i = 0; i < from->count; i++)
        if (answers_right(peer, from->messages[i], of_reasons))
            right[count++] = from->messages[i];
    return set_of(right, count);
}

/* Times one peer against ours. Returns: false, with a row that says why, where there is nothing to time. */
static bool measure(const struct known *of, const char *row, const set *on, bool of_reasons, uint64_t (*ours)(void *),
                    reader *with, rounds *timed)
{
    char base[128];
    const bench_peer *peer = of->peer;
    if (!peer || (of_reasons && !peer->read_reason) || !peer->begin()) {
        row_without(row, !peer ? "not installed" : of_reasons && !peer->read_reason ? "has none" : "did not begin");
        return false;
    }
    peer_reader reads = {choose(peer, on, of_reasons), peer};
    reader own = {reads.of, with->release};
    contender contenders[] = {
        {"ours", ours, &own, (double)reads.of.count},
        {peer->name, of_reasons ? read_values : read_messages, &reads, (double)reads.of.count},
    };
    bool enough = reads.of.count * 2 > on->count;
    if (enough) {
        rounds_run(timed, contenders, 2, ROUNDS, MILLISECONDS);
        snprintf(base, sizeof base, "ours; %s answers %zu of %zu right", peer->version, reads.of.count, on->count);
        row_ratio(row, timed, 1, 0, base, of_reasons ? "value" : "message");
    } else {
        row_without(row, "answers less than half right");
    }
    set_free(&reads.of);
    peer->end();
    return enough;
}

void measure_peers(const char *what, const set *of, bool of_reasons, uint64_t (*ours)(void *), reader *with)
{
    static rounds timed[PEERS];
    const char *fastest = NULL;
    spread least = {0, 0, 0};
    char row[128], base[128];
    size_t which = 0;
    for (size_t i = 0; i < PEERS; i++) {
        snprintf(row, sizeof row, "%s, peer %s", what, all[i].name);
        if (!measure(&all[i], row, of, of_reasons, ours, with, &timed[i]))
            continue;
        spread found = rounds_ratio(&timed[i], 1, 0);
        if (!fastest || found.median < least.median) {
            fastest = all[i].name;
            least = found;
            which = i;
        }
    }
    snprintf(row, sizeof row, "%s, the fastest peer", what);
    if (fastest) {
        snprintf(base, sizeof base, "ours; it is %s", fastest);
        row_spread(row, least, timed[which].count, base, rounds_median(&timed[which], 1),
                   rounds_median(&timed[which], 0), of_reasons ? "value" : "message");
    } else {
        row_without(row, "no peer is installed");
    }
}
