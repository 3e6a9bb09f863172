/*
 * trace.h - finds the SIP messages in a text trace.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_TRACE_H
#define SIPCAUSE_TRACE_H

#include "stamp.h"

#include "sipcause.h"

/* Nothing was read of the file: it holds packets and no text; it is compressed, or UTF-16. */
enum { TRACE_CAPTURE = -1, TRACE_PACKED = -2 };

typedef struct trace_message {
    const char *bytes; /* start line and headers, with the empty line where there is one; then the body, as much of
                          it as is there, when it is application/isup or multipart, has a Content-Length up to 64 KiB
                          and no dots for its bytes */
    size_t length;
    sipcause_message parts; /* slices point into bytes */
    bool cut;               /* more than 64 KiB of headers: the rest was left out */
    int64_t time;           /* the last time stamp before it, milliseconds; STAMP_NONE */
    bool stamped;           /* a time stamp stood between this message and the one before */
} trace_message;

/* Receives message after message; what it is given is valid until it returns. */
typedef void trace_receiver(void *context, const trace_message *message);

typedef struct trace trace;

/* The memory that a trace takes does not depend on its length. */
trace *trace_new(trace_receiver *receiver, void *context);
void trace_free(trace *of);

/* Reads a file to its end, "-" is standard input; several files are one trace. progress, when it is
 * not NULL, is called after every read with the bytes so far and the file's size (0: unknown).
 * Returns: 0, errno of what went wrong, TRACE_CAPTURE or TRACE_PACKED. */
int trace_read(trace *of, const char *path, void (*progress)(void *context, uint64_t bytes, uint64_t size));

#endif
