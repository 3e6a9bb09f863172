/*
 * trace.h - finds the SIP messages in a text trace.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_TRACE_H
#define SIPCAUSE_TRACE_H

#include "stamp.h"

#include "sipcause.h"

/* Nothing was read of the file: it holds packets and no text; it is compressed, or UTF-16; it is a saved survey. */
enum { TRACE_CAPTURE = -1, TRACE_PACKED = -2, TRACE_SURVEY = -3 };

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

/* Reads a saved survey: head is what was read of the file before, the rest is still in it. */
typedef void trace_survey(void *context, const char *path, int file, sipcause_slice head);

typedef struct trace trace;

/* The memory that a trace takes does not depend on its length. */
trace *trace_new(trace_receiver *receiver, void *context);
void trace_free(trace *of);
/* Saved surveys among the files are handed on; else they are TRACE_SURVEY. */
void trace_take_surveys(trace *of, trace_survey *survey);

/* Reads a file to its end, "-" is standard input; several files are one trace. progress, when it is
 * not NULL, is called after every read with the bytes so far and the file's size (0: unknown).
 * Returns: 0, errno of what went wrong, TRACE_CAPTURE, TRACE_PACKED or TRACE_SURVEY. */
int trace_read(trace *of, const char *path, void (*progress)(void *context, uint64_t bytes, uint64_t size));

#endif
