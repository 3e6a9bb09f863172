/*
 * peer_sofia.c - sofia-sip, asked for what a response says of its release.
 *
 * Its quickest honest use:
 *  - It has a parser for Reason, and what it parses is a matter of the message class. There are two rows: with the
 *    default class, as its stacks use it, which parses Via, From, To, Contact and all the rest, X-Cause-Code added; and
 *    with an empty copy of that, with Reason, Content-Length and X-Cause-Code put back, so that all other headers are
 *    taken apart into name and value and no further, which takes some two fifths off.
 *  - A message is a memory home and cannot be used again. Its first block is big enough for all that a message
 *    allocates (su_home_preload), so that next to none of it comes from malloc.
 *  - The parser writes into the bytes that it reads. They are copied once, into a buffer that the library is lent
 *    (msg_buf_set) rather than one that it allocates.
 *  - A Reason value alone goes to the header's own parser, with a header and a home that live on the stack.
 *
 * SPDX-License-Identifier: MIT
 */
#include "bench.h"

#include <sofia-sip/msg_buffer.h>
#include <sofia-sip/msg_mclass.h>
#include <sofia-sip/msg_mclass_hash.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_parser.h>
#include <sofia-sip/sofia_features.h>

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { WIRE_MOST = 65536, HOME_SIZE = 4096 };

static char wire[WIRE_MOST];
static msg_mclass_t *whole_class, *lean_class;

/* Only what reading asks of a class: nothing here prints or copies. */
static struct msg_hclass_s cause_code_class[1] = {{
    .hc_parse = msg_generic_d,
    .hc_name = "X-Cause-Code",
    .hc_len = sizeof "X-Cause-Code" - 1,
    .hc_size = sizeof(msg_generic_t),
    .hc_kind = msg_kind_single,
}};

static bool add_class(msg_mclass_t *to, msg_hclass_t *header, size_t offset)
{
    return msg_mclass_insert_header(to, header, (unsigned short)offset) >= 0;
}

static bool add_cause_code(msg_mclass_t *to)
{
    cause_code_class->hc_hash = msg_header_name_hash(cause_code_class->hc_name, NULL);
    return to && add_class(to, cause_code_class, 0); /* 0: behind all of sip_t */
}

static bool begin(void)
{
    whole_class = msg_mclass_clone(sip_default_mclass(), 0, msg_mclass_copy);
    return add_cause_code(whole_class);
}

static bool begin_lean(void)
{
    lean_class = msg_mclass_clone(sip_default_mclass(), 0, msg_mclass_empty);
    return add_cause_code(lean_class) && add_class(lean_class, sip_reason_class, offsetof(sip_t, sip_reason)) &&
           add_class(lean_class, sip_content_length_class, offsetof(sip_t, sip_content_length));
}

static void take_reasons(const sip_reason_t *reason, bench_answer *answer)
{
    for (; reason && answer->reason_count < REASONS_MOST; reason = reason->re_next) {
        unsigned at = answer->reason_count++;
        strncpy(answer->reasons[at].protocol, reason->re_protocol, sizeof answer->reasons[at].protocol - 1);
        if (reason->re_cause)
            answer->reasons[at].cause = (unsigned)strtoul(reason->re_cause, NULL, 10);
    }
}

static bool take_message(msg_t *message, bench_answer *answer)
{
    const sip_t *sip = sip_object(message);
    if (!sip || !sip->sip_status)
        return false;
    answer->status = (unsigned)sip->sip_status->st_status;
    take_reasons(sip->sip_reason, answer);
    const msg_header_t *header = msg_header_access(msg_object(message), cause_code_class);
    if (header)
        strncpy(answer->vendor, header->sh_generic->g_string, sizeof answer->vendor - 1);
    return true;
}

static bool read_as(msg_mclass_t *class_of_messages, const bench_message *message, bench_answer *answer)
{
    usize_t length = (usize_t)message->length;
    if (message->length >= sizeof wire)
        return false;
    msg_t *parsed = msg_create(class_of_messages, 0);
    if (!parsed)
        return false;
    su_home_preload(msg_home(parsed), 1, HOME_SIZE);
    memcpy(wire, message->bytes, message->length);
    msg_buf_set(parsed, wire, length + 1);
    msg_buf_commit(parsed, length, 1);
    bool read = msg_extract(parsed) > 0 && take_message(parsed, answer);
    msg_destroy(parsed);
    return read;
}

static bool read_message(const bench_message *message, bench_answer *answer)
{
    return read_as(whole_class, message, answer);
}

static bool read_lean(const bench_message *message, bench_answer *answer)
{
    return read_as(lean_class, message, answer);
}

static bool read_reason(const char *value, size_t length, bench_answer *answer)
{
    max_align_t area[1024 / sizeof(max_align_t)];
    sip_reason_t reason[1];
    if (length >= sizeof wire)
        return false;
    memcpy(wire, value, length);
    wire[length] = '\0';
    su_home_t *home = su_home_auto(area, sizeof area);
    sip_reason_init(reason);
    bool read = sip_reason_d(home, (msg_header_t *)reason, wire, (isize_t)length) >= 0;
    if (read)
        take_reasons(reason, answer);
    su_home_deinit(home);
    return read;
}

/* As the library allocated them: there is no call for that. */
static void end(void)
{
    free(whole_class);
}

static void end_lean(void)
{
    free(lean_class);
}

const bench_peer peer_sofia = {"sofia-sip", SOFIA_SIP_VERSION, begin, read_message, read_reason, end};
const bench_peer peer_sofia_lean = {
    "sofia-sip, three headers", SOFIA_SIP_VERSION, begin_lean, read_lean, NULL, end_lean};
