/*
 * answers.c - whether an answer is what the generator wrote.
 *
 * SPDX-License-Identifier: MIT
 */
#include "sections.h"

#include <string.h>
#include <strings.h>

bool answers_agree(const bench_answer *given, const bench_answer *truth)
{
    if (given->status != truth->status || given->reason_count != truth->reason_count ||
        strcmp(given->vendor, truth->vendor) != 0)
        return false;
    for (unsigned i = 0; i < truth->reason_count; i++)
        if (given->reasons[i].cause != truth->reasons[i].cause ||
            strcasecmp(given->reasons[i].protocol, truth->reasons[i].protocol) != 0)
            return false;
    return true;
}

static void copy(char *to, size_t size, sipcause_slice from)
{
    size_t length = from.length < size ? from.length : size - 1;
    if (length)
        memcpy(to, from.text, length);
    to[length] = 0;
}

static void read_values(bench_answer *to, sipcause_slice header)
{
    sipcause_reason_iterator iterator;
    sipcause_reason value;
    sipcause_reason_begin(&iterator, header.text, header.length);
    while (sipcause_reason_next(&iterator, &value) && to->reason_count < REASONS_MOST) {
        to->reasons[to->reason_count].cause = value.has_cause ? value.cause : 0;
        copy(to->reasons[to->reason_count].protocol, sizeof to->reasons->protocol, value.protocol);
        to->reason_count++;
    }
}

uint64_t answer_reasons(void *on)
{
    const reader *reads = on;
    uint64_t sum = 0;
    for (size_t i = 0; i < reads->of.count; i++) {
        bench_answer answer = {0};
        read_values(&answer, (sipcause_slice){reads->of.reasons[i].bytes, reads->of.reasons[i].length});
        sum += answer.reason_count + answer.reasons[0].cause;
    }
    return sum;
}

static bool named(sipcause_slice name, const char *wanted)
{
    return name.length == strlen(wanted) && strncasecmp(name.text, wanted, name.length) == 0;
}

/* The Reason values by the walk over the headers: the verdict tells only what it rests on. */
static void read_headers(bench_answer *to, const bench_message *message)
{
    size_t position = 0;
    sipcause_slice name, value;
    while (sipcause_message_header(message->bytes, message->length, &position, &name, &value))
        if (named(name, "Reason"))
            read_values(to, value);
}

const char *disagreement(const sipcause_table *table, sipcause_release *release, const bench_message *message)
{
    bench_answer ours = {0};
    char decided[64];
    sipcause_release_reset(release);
    if (sipcause_release_message(release, message->bytes, message->length) != SIPCAUSE_OK)
        return "message refused";
    const sipcause_verdict *verdict = sipcause_decide(release);
    if (!verdict)
        return "no verdict";
    ours.status = verdict->status;
    if (verdict->carrier_text)
        copy(ours.vendor, sizeof ours.vendor, (sipcause_slice){verdict->carrier_text, strlen(verdict->carrier_text)});
    read_headers(&ours, message);
    if (!answers_agree(&ours, &message->truth))
        return "status, Reason values or carrier's code";
    sipcause_code_format(table, verdict->decided_by, decided, sizeof decided);
    if (strcmp(decided, message->decided_by) != 0)
        return "deciding code";
    return strcmp(verdict->disposition, message->disposition) != 0 ? "disposition" : NULL;
}

const char *reason_disagreement(const bench_message *message)
{
    bench_answer ours = {0};
    read_values(&ours, (sipcause_slice){message->reason, message->reason_length});
    return answers_agree(&ours, &message->reason_truth) ? NULL : "Reason value";
}
