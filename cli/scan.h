/*
 * scan.h - what the lines of a trace are: what trace.c, which reads them, and scan.c share.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_SCAN_H
#define SIPCAUSE_SCAN_H

#include "trace.h"

enum {
    BUFFER = 512 * 1024,
    MOST_HEADERS = 64 * 1024, /* what is kept of one message, and the longest line */
    MOST_BODY = 64 * 1024,    /* the longest body that is handed on or looked over */
    AFTER_BODY = 256          /* the bytes behind a body that tell whether it is all there */
};

enum mode { OUTSIDE, HEADERS, REST, BODY, PIECES };

struct trace {
    trace_receiver *receiver;
    trace_survey *survey; /* NULL: none is wanted */
    void *context;
    char *buffer;
    size_t at;       /* the next line */
    size_t searched; /* no line end between at and here */
    size_t end;
    enum mode mode;
    bool inside_line; /* what follows is the rest of a line too long for the buffer */
    bool ended;       /* the file has no more bytes */
    size_t message;   /* HEADERS, held: where the message begins */
    size_t indent;    /* what stands before its start line and all its lines */
    bool bracketed;   /* that is "[Nov 20 10:00:00] ", else blanks */
    bool dots;        /* a dot before each line end: what ngrep -W byline makes of CR */
    bool copying;     /* its lines are copied without either */
    char *copy;
    size_t copied;
    bool crlf;      /* its lines end in CR LF */
    uint64_t body;  /* BODY: bytes to come */
    bool whole;     /* BODY: it is all there, so that no line of it is a start line */
    bool held;      /* BODY: the message is handed on with its body */
    size_t head;    /* held: the length of the start line and the headers */
    bool multipart; /* BODY: has parts, which may be message/sipfrag */
    bool part;      /* BODY: the headers of such a part */
    bool fragment;  /* BODY: the next line is the first of a message/sipfrag: the only one in it
                       that can be a start line (RFC 3420 section 2.1) */
    bool sdp;       /* BODY: a line that is no SDP ends it */
    bool to_empty;  /* BODY: of unknown length, ends at an empty line */
    bool packet;    /* OUTSIDE: the line before was ngrep's for a packet */
    bool unsure;    /* HEADERS: the start line may be the first piece of ngrep's text */
    char *pieces;   /* PIECES: ngrep's text, put together */
    size_t pieced;
    size_t width;    /* PIECES: of the first; the last is the one that is shorter */
    uint64_t gone;   /* bytes before the buffer's first */
    uint64_t looked; /* bytes looked over for the ends of bodies: hardly more than were read, whoever wrote them */
    int64_t time;
    bool stamped;
    bool epoch;      /* that stamp was of epoch seconds */
    bool token[256]; /* whether a character may stand in a name */
};

/* One line, `whole` bytes with its line end where it has one. */
void scan_line(trace *of, size_t start, size_t whole);

/* Whether the line at of->at, which ends before `next`, says what it is only together with bytes not yet read. */
bool scan_waits(const trace *of, size_t next);

/* False for nearly every line of which scan_waits is false. */
static inline bool scan_may_wait(const trace *of, size_t next)
{
    const char *line_end = of->buffer + next - 1;
    size_t length = next - of->at;
    return of->mode == BODY || (length > 1 && line_end[-1] == '.') ||
           (length > 2 && line_end[-1] == '\r' && line_end[-2] == '.');
}

/* A line over MOST_HEADERS, or the beginning of one: that says what it is, and what follows is passed over. */
void scan_long_line(trace *of, size_t length);

/* The rest of a line whose beginning was taken already: only a body counts it. */
void scan_pass_over(trace *of, size_t length);

/* How much of a line of the message stands before the message's own text. */
size_t scan_prefix(const trace *of, const char *line, size_t length);

/* Whether a line of the message ends in the dot that stands for CR. length: without its line end. */
static inline bool scan_is_dotted(const trace *of, const char *line, size_t length)
{
    return of->dots && length > 0 && line[length - 1] == '.';
}

/* Keeps a line of a message that is copied. Returns false when there is no room. */
bool scan_copy_line(trace *of, const char *line, size_t length);

/* The length of "[Nov 20 10:00:00] " before a start line, as Asterisk's console puts it before every line; 0: none. */
size_t scan_brackets(const trace *of, const char *line, size_t length);

/* The end of a file, whose last line was taken. */
void scan_end(trace *of);

#endif
