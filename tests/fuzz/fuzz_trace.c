/*
 * fuzz_trace.c - any bytes as a text trace, read as the command reads it, and through to the verdicts and the survey.
 *
 * The same bytes come through a pipe, as large as it takes them and in odd pieces: messages, calls, verdicts, counts
 * and survey must be the same, however the bytes were cut.
 *
 * Lines and messages have limits far above what a fuzzer comes to by itself: in an input the bytes 1f C N stand for
 * N KiB of the byte C.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "verdict.h"

#include "../../cli/calls.h"

#include <unistd.h>

enum {
    REPEAT = 0x1f,
    MOST_TEXT = 1024 * 1024,
    MOST_WRITTEN = 16 * 1024, /* any pipe takes so much at once */
    MOST_PIECES = 160         /* about so many, each is a call of the system or two */
};

/* ---- a trace in pieces ------------------------------------------------------------------------------------ */

/* What is still to be written into a pipe; to: -1: its end was told. */
typedef struct feed {
    sipcause_slice left;
    int to;
    uint32_t most; /* the longest piece */
    uint32_t state;
} feed;

static void feed_piece(feed *of)
{
    if (of->to < 0)
        return;
    if (of->left.length == 0) {
        close(of->to);
        of->to = -1;
        return;
    }
    of->state = of->state * 1664525u + 1013904223u;
    size_t piece = of->most < MOST_WRITTEN ? 1 + (of->state >> 16) % of->most : MOST_WRITTEN;
    if (piece > of->left.length)
        piece = of->left.length;
    PROMISE(write(of->to, of->left.text, piece) == (ssize_t)piece);
    of->left.text += piece;
    of->left.length -= piece;
}

/* ---- what is read of it ------------------------------------------------------------------------------------- */

typedef struct reading {
    feed feed;
    calls *joined;
    sipcause_survey *survey;
    digest messages, calls;
} reading;

static void check_message(const trace_message *message)
{
    const sipcause_message *parts = &message->parts;
    const sipcause_slice slices[] = {parts->method, parts->phrase, parts->call_id,     parts->cseq_method,
                                     parts->to_tag, parts->branch, parts->content_type};
    PROMISE(message->length > 0);
    for (size_t i = 0; i < sizeof slices / sizeof *slices; i++)
        PROMISE(slice_within(slices[i], message->bytes, message->length));
}

static void take_message(void *context, const trace_message *message)
{
    reading *of = context;
    check_message(message);
    digest_number(&of->messages, message->length);
    digest_bytes(&of->messages, message->bytes, message->length);
    digest_number(&of->messages, (uint64_t)message->time);
    digest_number(&of->messages, (uint64_t)message->cut << 1 | message->stamped);
    calls_message(of->joined, message);
}

static void take_call(void *context, const calls_ended *call)
{
    reading *of = context;
    digest_slice(&of->calls, call->call_id);
    digest_number(&of->calls, call->cut);
    digest_verdict(&of->calls, rich_table(), call->release);
    digest_isup(&of->calls, call->release);
    PROMISE(sipcause_survey_add(of->survey, call->release) == SIPCAUSE_OK);
}

/* After every read: the pipe is empty then. */
static void take_progress(void *context, uint64_t bytes, uint64_t size)
{
    reading *of = context;
    PROMISE(bytes > 0 && size == 0);
    feed_piece(&of->feed);
}

/* Saved, loaded and saved again, it is the same. */
static void read_survey(digest *of, const sipcause_survey *survey)
{
    size_t length = sipcause_survey_save(survey, NULL, 0, NULL);
    char *text = malloc(2 * (length + 1));
    PROMISE(text && length > 0 && sipcause_survey_save(survey, text, length + 1, NULL) == length);
    sipcause_survey *again = sipcause_survey_load(text, length, NULL, NULL);
    PROMISE(again && sipcause_survey_save(again, text + length + 1, length + 1, NULL) == length);
    PROMISE(strcmp(text, text + length + 1) == 0);
    sipcause_survey_free(again);
    digest_text(of, text);
    free(text);
}

static int read_pipe(reading *of, trace *by)
{
    int ends[2];
    char path[32];
    PROMISE(pipe(ends) == 0);
    of->feed.to = ends[1];
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    feed_piece(&of->feed);
    int failure = trace_read(by, path, take_progress);
    if (of->feed.to >= 0)
        close(of->feed.to); /* it is no trace: the rest was not asked for */
    close(ends[0]);
    PROMISE(failure <= 0);
    return failure;
}

static void read_trace(sipcause_slice text, uint32_t most, uint32_t state, digest sums[2])
{
    reading of = {.feed = {.left = text, .most = most, .state = state}};
    of.messages = of.calls = DIGEST_EMPTY;
    of.survey = sipcause_survey_new();
    of.joined = calls_new(rich_table(), take_call, &of);
    PROMISE(of.survey);
    trace *by = trace_new(take_message, &of);
    digest_number(&of.messages, (uint64_t)(int64_t)read_pipe(&of, by));
    trace_free(by);
    calls_end(of.joined);
    const calls_counts *counts = calls_counted(of.joined);
    PROMISE(calls_messages_used(counts) <= counts->messages && counts->still_up <= counts->ended);
    PROMISE(sipcause_survey_calls(of.survey) == counts->ended);
    digest_bytes(&of.calls, counts, sizeof *counts);
    calls_free(of.joined);
    read_survey(&of.calls, of.survey);
    sipcause_survey_free(of.survey);
    sums[0] = of.messages;
    sums[1] = of.calls;
}

/* ---- both ------------------------------------------------------------------------------------------------------ */

/* The trace that an input stands for; to be freed. */
static sipcause_slice spelt_out(const uint8_t *bytes, size_t length)
{
    size_t room = length;
    for (size_t i = 0; i + 2 < length; i++)
        room += bytes[i] == REPEAT ? bytes[i + 2] * (size_t)1024 : 0;
    room = room < MOST_TEXT ? room : MOST_TEXT;
    char *text = malloc(room + 1);
    size_t at = 0;
    PROMISE(text);
    for (size_t i = 0; i < length; i++) {
        size_t count = 1;
        char byte = (char)bytes[i];
        if (bytes[i] == REPEAT && i + 2 < length) {
            byte = (char)bytes[i + 1];
            count = bytes[i + 2] * (size_t)1024;
            i += 2;
        }
        if (count > room - at)
            count = room - at;
        memset(text + at, byte, count);
        at += count;
    }
    sipcause_slice made = {text, at};
    return made;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const uint32_t longest[] = {1, 2, 7, 40, 300};
    digest whole[2], in_pieces[2], seed = DIGEST_EMPTY;
    sipcause_slice text = spelt_out(bytes, length);
    digest_bytes(&seed, bytes, length);
    uint32_t state = (uint32_t)(seed.sum >> 32), least = (uint32_t)(2 * text.length / MOST_PIECES);
    uint32_t most = longest[seed.sum % (sizeof longest / sizeof *longest)];
    read_trace(text, MOST_WRITTEN, 0, whole);
    read_trace(text, most > least ? most : least, state, in_pieces);
    PROMISE(whole[0].sum == in_pieces[0].sum); /* the messages */
    PROMISE(whole[1].sum == in_pieces[1].sum); /* the calls */
    free((char *)(uintptr_t)text.text);
    return 0;
}
