/*
 * corpus.c - reading what corpus.py wrote.
 *
 * SPDX-License-Identifier: MIT
 */
#include "corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 9 };

_Noreturn void fail(const char *what, const char *which)
{
    fprintf(stderr, "bench: %s%s%s\n", which ? which : "", which ? ": " : "", what);
    exit(1);
}

void *allocated(size_t count, size_t size)
{
    void *block = calloc(count ? count : 1, size);
    if (!block)
        fail("memory is short", NULL);
    return block;
}

static char *read_file(const char *folder, const char *name, size_t *length)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END))
        fail("cannot be read", path);
    long size = ftell(file);
    rewind(file);
    if (size < 0)
        fail("cannot be read", path);
    char *bytes = allocated((size_t)size + 1, 1);
    *length = fread(bytes, 1, (size_t)size, file);
    fclose(file);
    if (*length != (size_t)size)
        fail("cannot be read", path);
    return bytes;
}

/* Cuts a line at its tabs, in place. Returns what stands behind it, NULL when it has not all fields. */
static char *cut(char *line, char *fields[FIELDS])
{
    char *end = strchr(line, '\n');
    if (!end)
        return NULL;
    *end = 0;
    for (int i = 0; i < FIELDS; i++) {
        fields[i] = line;
        line = strchr(line, '\t');
        if (!line)
            return i == FIELDS - 1 ? end + 1 : NULL;
        *line++ = 0;
    }
    return NULL;
}

static void copy(char *to, size_t size, const char *from)
{
    if (strlen(from) >= size)
        fail("is longer than there is room for", from);
    memcpy(to, from, strlen(from) + 1);
}

/* PROTOCOL/CAUSE,... */
static void read_reasons(bench_answer *to, char *text)
{
    if (!strcmp(text, "-"))
        return;
    for (char *next; text; text = next) {
        next = strchr(text, ',');
        if (next)
            *next++ = 0;
        char *slash = strchr(text, '/');
        if (!slash || to->reason_count == REASONS_MOST)
            fail("is no Reason value", text);
        *slash = 0;
        copy(to->reasons[to->reason_count].protocol, sizeof to->reasons->protocol, text);
        to->reasons[to->reason_count++].cause = (unsigned)strtoul(slash + 1, NULL, 10);
    }
}

static void read_line(bench_message *to, char *fields[FIELDS])
{
    to->length = strtoul(fields[0], NULL, 10);
    to->reason_length = strtoul(fields[1], NULL, 10);
    to->awkward = *fields[2] == '1';
    to->truth.status = (unsigned)strtoul(fields[3], NULL, 10);
    if (strcmp(fields[4], "-"))
        copy(to->truth.vendor, sizeof to->truth.vendor, fields[4]);
    copy(to->decided_by, sizeof to->decided_by, fields[5]);
    copy(to->disposition, sizeof to->disposition, fields[6]);
    read_reasons(&to->truth, fields[7]);
    read_reasons(&to->reason_truth, fields[8]);
}

static size_t lines(const char *text)
{
    size_t count = 0;
    for (; (text = strchr(text, '\n')); text++)
        count++;
    return count;
}

corpus corpus_read(const char *folder)
{
    corpus made = {0};
    size_t length, message = 0, reason = 0;
    char *truth = read_file(folder, "truth.tsv", &length), *at = truth, *fields[FIELDS];
    made.count = lines(truth);
    made.messages = allocated(made.count, sizeof *made.messages);
    made.message_bytes = read_file(folder, "messages.bin", &made.message_length);
    made.reason_bytes = read_file(folder, "reasons.bin", &made.reason_length);
    made.mapping = read_file(folder, "carrier.yaml", &made.mapping_length);
    for (size_t i = 0; i < made.count; i++) {
        bench_message *to = &made.messages[i];
        at = cut(at, fields);
        if (!at)
            fail("has not all fields", "truth.tsv");
        read_line(to, fields);
        to->bytes = made.message_bytes + message;
        to->reason = made.reason_bytes + reason;
        message += to->length;
        reason += to->reason_length;
        if (message > made.message_length || reason > made.reason_length)
            fail("does not go with the messages", "truth.tsv");
    }
    made.message_length = message;
    made.reason_length = reason;
    free(truth);
    return made;
}

void corpus_free(corpus *of)
{
    free(of->messages);
    free(of->message_bytes);
    free(of->reason_bytes);
    free(of->mapping);
}
