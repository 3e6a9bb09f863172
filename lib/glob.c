/*
 * glob.c - anchored patterns: * stands for any run of characters, ? for one, ASCII case does not matter.
 *
 * The pattern is cut at its * into segments, each of which is looked for from where the one before ended; the first one
 * only at the beginning of the text, the last one only at its end. Bit i of the state says that the segment's first
 * i + 1 characters have just been seen, so that every byte of the text costs the same few operations, whatever the
 * pattern: a hostile text cannot make it slow.
 *
 * SPDX-License-Identifier: MIT
 */
#include "internal.h"
#include "reason.h"

#include <string.h>

enum { SEGMENT_MOST = 64, PATTERN_MOST = 255 };

typedef struct glob {
    uint64_t reach[256]; /* by byte: where in the segment it may stand */
    uint64_t any;        /* where a ? stands */
    uint64_t state;
    uint64_t whole; /* the bit of the segment's last character; 0: an empty segment */
    const char *segment;
    size_t length;
    bool floating; /* the segment stands behind a * */
    bool final;    /* no * follows it */
    bool begun;    /* bytes were seen */
    bool matched;  /* whatever may follow */
} glob;

static unsigned char folded(char c)
{
    return (unsigned char)text_lower(c);
}

/* Looks for the segment that begins at `segment` from now on. */
static void take_segment(glob *now, const char *segment)
{
    for (size_t i = 0; i < now->length; i++) /* the one before leaves the table empty */
        now->reach[folded(now->segment[i])] = 0;
    now->segment = segment;
    now->length = strcspn(segment, "*");
    now->final = segment[now->length] == 0;
    now->any = now->state = 0;
    now->whole = now->length ? UINT64_C(1) << (now->length - 1) : 0;
    for (size_t i = 0; i < now->length; i++) {
        if (segment[i] == '?')
            now->any |= UINT64_C(1) << i;
        else
            now->reach[folded(segment[i])] |= UINT64_C(1) << i;
    }
}

static void next_segment(glob *now)
{
    do {
        now->floating = true;
        take_segment(now, now->segment + now->length + 1);
    } while (now->length == 0 && !now->final);
    now->matched = now->length == 0;
}

static void begin(glob *now, const char *pattern)
{
    memset(now, 0, sizeof *now);
    take_segment(now, pattern);
    if (now->length == 0 && !now->final)
        next_segment(now);
}

static void feed(glob *now, const char *text, size_t length)
{
    for (size_t i = 0; i < length && !now->matched; i++) {
        unsigned char c = folded(text[i]);
        uint64_t start = now->floating || !now->begun;
        bool within = (c & 0xc0) == 0x80; /* a byte within a character: the ? that took its first takes it too */
        uint64_t state = (now->state << 1 | start) & (now->reach[c] | (within ? 0 : now->any));
        now->state = state | (within ? now->state & now->any : 0);
        now->begun = true;
        if (!now->final && (now->state & now->whole))
            next_segment(now);
    }
}

static bool matches(const glob *now)
{
    return now->matched || (now->final && (now->length ? (now->state & now->whole) != 0 : !now->begun));
}

bool glob_matches(const char *pattern, const char *text, size_t length)
{
    glob now;
    begin(&now, pattern);
    feed(&now, text, length);
    return matches(&now);
}

/* Whether a quoted text cannot be what the pattern says, by its last byte: an escape or a fold before that leaves it as
 * it is. Most texts are told apart by it. */
static bool ends_otherwise(const char *pattern, const char *text, size_t length)
{
    size_t last = strlen(pattern);
    if (length == 0 || last == 0 || pattern[last - 1] == '*' || pattern[last - 1] == '?')
        return false;
    char end = text[length - 1];
    return end > ' ' && end != '\\' && folded(end) != folded(pattern[last - 1]);
}

bool glob_matches_quoted(const char *pattern, const char *text, size_t length)
{
    glob now;
    size_t position = 0;
    sipcause_slice run;
    if (ends_otherwise(pattern, text, length))
        return false;
    begin(&now, pattern);
    while (reason_plain(text, length, &position, &run))
        feed(&now, run.text, run.length);
    return matches(&now);
}

const char *glob_fault(const char *pattern)
{
    size_t length = strlen(pattern);
    if (length < 1 || length > PATTERN_MOST)
        return "a pattern has 1 to 255 bytes";
    for (const char *at = pattern; *at;) {
        size_t segment = strcspn(at, "*");
        if (segment > SEGMENT_MOST)
            return "a pattern has at most 64 bytes between two *";
        at += segment + (at[segment] == '*');
    }
    return NULL;
}
