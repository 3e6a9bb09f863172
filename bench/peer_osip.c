/*
 * peer_osip.c - libosip2, asked for what a response says of its release.
 *
 * Its quickest honest use:
 *  - osip_message_parse reads a whole message and has no setting that makes it read less.
 *  - It allocates some hundred small pieces for a message. osip_set_allocators lets a program bring its own: here the
 *    pieces come one behind the other from a room that is emptied as a whole with the next message, so that nothing
 *    is freed piece by piece. That takes a quarter to a third off what malloc and osip_message_free cost.
 *  - Reason is a header without a structure of its own. The parser has parted its values at the commas; of one value
 *    osip_accept_encoding_parse, the library's parser for an element with parameters, makes protocol and parameters.
 *  - Both headers are found in one walk of the list, where osip_message_header_get_byname would take one for each
 *    value. The parser has made their names small.
 *
 * The library says its version nowhere but to pkg-config: the build gives it as LIBOSIP2_VERSION.
 *
 * SPDX-License-Identifier: MIT
 */
#include "bench.h"

#include <osipparser2/osip_parser.h>
#include <osipparser2/osip_port.h>

#include <stdalign.h>
#include <string.h>

#ifndef LIBOSIP2_VERSION
#define LIBOSIP2_VERSION "unknown"
#endif

/* ---- memory ------------------------------------------------------------------------------------------ */

enum { ROOM = 1 << 20, UNIT = alignof(max_align_t) };

/* In front of each piece stands its size, for pieces that grow. */
static alignas(max_align_t) unsigned char room[ROOM];
static size_t taken;

static void *take(size_t size)
{
    if (size > ROOM - 2 * UNIT || taken > ROOM - 2 * UNIT - size)
        return NULL;
    unsigned char *piece = room + taken + UNIT;
    memcpy(piece - UNIT, &size, sizeof size);
    taken += UNIT + (size + UNIT - 1) / UNIT * UNIT;
    return piece;
}

static void *take_more(void *piece, size_t size)
{
    void *made = take(size);
    size_t had = 0;
    if (piece)
        memcpy(&had, (unsigned char *)piece - UNIT, sizeof had);
    if (made && had)
        memcpy(made, piece, had < size ? had : size);
    return made;
}

static void give_back(void *piece)
{
    (void)piece; /* all of them with the next message */
}

/* ---- the peer ---------------------------------------------------------------------------------------- */

static bool begin(void)
{
    osip_set_allocators(take, take_more, give_back);
    return parser_init() == OSIP_SUCCESS;
}

static bool add_reason(const char *value, bench_answer *answer)
{
    osip_accept_encoding_t *reason;
    osip_generic_param_t *cause;
    char name[] = "cause";
    if (answer->reason_count == REASONS_MOST || osip_accept_encoding_init(&reason) != OSIP_SUCCESS ||
        osip_accept_encoding_parse(reason, value) != OSIP_SUCCESS)
        return false;
    unsigned at = answer->reason_count++;
    strncpy(answer->reasons[at].protocol, reason->element, sizeof answer->reasons[at].protocol - 1);
    if (osip_accept_encoding_param_get_byname(reason, name, &cause) == OSIP_SUCCESS && cause->gvalue)
        answer->reasons[at].cause = (unsigned)osip_atoi(cause->gvalue);
    return true;
}

static bool read_message(const bench_message *message, bench_answer *answer)
{
    osip_message_t *parsed;
    osip_list_iterator_t at;
    taken = 0;
    if (osip_message_init(&parsed) != OSIP_SUCCESS ||
        osip_message_parse(parsed, message->bytes, message->length) != OSIP_SUCCESS)
        return false;
    answer->status = (unsigned)osip_message_get_status_code(parsed);
    for (const osip_header_t *header = osip_list_get_first(&parsed->headers, &at); header;
         header = osip_list_get_next(&at)) {
        if (!header->hvalue)
            continue;
        if (strcmp(header->hname, "reason") == 0)
            (void)add_reason(header->hvalue, answer);
        else if (strcmp(header->hname, "x-cause-code") == 0)
            strncpy(answer->vendor, header->hvalue, sizeof answer->vendor - 1);
    }
    return answer->status != 0;
}

/* The parser wants a text that ends. */
static bool read_reason(const char *value, size_t length, bench_answer *answer)
{
    char text[1024];
    if (length >= sizeof text)
        return false;
    memcpy(text, value, length);
    text[length] = '\0';
    taken = 0;
    return add_reason(text, answer);
}

static void end(void)
{
    osip_set_allocators(NULL, NULL, NULL);
}

const bench_peer peer_osip = {"libosip2", LIBOSIP2_VERSION, begin, read_message, read_reason, end};
