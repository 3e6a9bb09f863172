/*
 * peer_re.c - libre, asked for what a response says of its release.
 *
 * Its quickest honest use:
 *  - sip_msg_decode reads the bytes where they are and writes none: the buffer, made once, is only pointed at them.
 *    What it decodes cannot be chosen (Via, From, To, CSeq and Content-Type always are), nor does it let memory be
 *    used again: it allocates for each header.
 *  - Reason is a header that it knows and parts at the commas, its parameters it does not know. The usual value is one
 *    re_regex, of the fewest character classes that serve; msg_param_decode makes such an expression of the name
 *    first and then searches for that, quoted texts and all. Any other value goes to fmt_param_apply, which visits
 *    all parameters and minds quotes.
 *  - fmt_param_apply is also what reads a Reason value alone, as the library's only full reader of parameters.
 *
 * SPDX-License-Identifier: MIT
 */
#include "bench.h"

/* The library's headers bring types of their own unless they are told that the system has them. */
#define HAVE_INTTYPES_H 1
#define HAVE_STDBOOL_H  1
#include <re.h>

#include <string.h>

static struct mbuf *wire;
static char version[16];

static bool begin(void)
{
    if (libre_init() != 0)
        return false;
    strncpy(version, sys_libre_version_get(), sizeof version - 1);
    wire = mem_zalloc(sizeof *wire, NULL); /* what mbuf_alloc makes, without bytes of its own */
    return wire != NULL;
}

/* ---- Reason ------------------------------------------------------------------------------------------ */

static void add_reason(const struct pl *protocol, uint32_t cause, bench_answer *answer)
{
    if (answer->reason_count == REASONS_MOST)
        return;
    unsigned at = answer->reason_count++;
    (void)pl_strcpy(protocol, answer->reasons[at].protocol, sizeof answer->reasons[at].protocol);
    answer->reasons[at].cause = cause;
}

typedef struct parts {
    struct pl protocol;
    struct pl cause;
} parts;

/* The protocol comes first, as a parameter without a value. */
static void take_parameter(const struct pl *name, const struct pl *value, void *argument)
{
    parts *found = argument;
    if (!pl_isset(&found->protocol))
        found->protocol = *name;
    else if (!pl_isset(&found->cause) && pl_strcasecmp(name, "cause") == 0)
        found->cause = *value;
}

static bool take_any_value(const struct pl *value, bench_answer *answer)
{
    parts found = {PL_INIT, PL_INIT};
    fmt_param_apply(value, take_parameter, &found);
    if (!pl_isset(&found.protocol))
        return false;
    add_reason(&found.protocol, pl_u32(&found.cause), answer);
    return true;
}

/* Returns false: the next value, please. */
static bool take_value(const struct sip_hdr *header, const struct sip_msg *message, void *argument)
{
    struct pl protocol, cause;
    (void)message;
    if (re_regex(header->val.p, header->val.l, "[^; \t]+;cause=[0-9]+", &protocol, &cause) == 0 &&
        protocol.p == header->val.p)
        add_reason(&protocol, pl_u32(&cause), argument);
    else
        take_any_value(&header->val, argument);
    return false;
}

/* ---- the peer ---------------------------------------------------------------------------------------- */

static bool read_message(const bench_message *message, bench_answer *answer)
{
    struct sip_msg *parsed;
    wire->buf = (uint8_t *)message->bytes; /* the buffer's type is for writers too */
    wire->size = wire->end = message->length;
    wire->pos = 0;
    if (sip_msg_decode(&parsed, wire) != 0)
        return false;
    answer->status = parsed->scode;
    (void)sip_msg_hdr_apply(parsed, true, SIP_HDR_REASON, take_value, answer);
    const struct sip_hdr *vendor = sip_msg_xhdr(parsed, "X-Cause-Code");
    if (vendor)
        (void)pl_strcpy(&vendor->val, answer->vendor, sizeof answer->vendor);
    mem_deref(parsed);
    return answer->status != 0;
}

static bool read_reason(const char *value, size_t length, bench_answer *answer)
{
    struct pl given = {value, length};
    return take_any_value(&given, answer);
}

static void end(void)
{
    wire = mem_deref(wire);
    libre_close();
}

const bench_peer peer_re = {"libre", version, begin, read_message, read_reason, end};
