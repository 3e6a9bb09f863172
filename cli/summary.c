/*
 * summary.c - what the calls of a trace come to.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "summary.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_CODES = 1024, /* different unmapped carrier codes that are told apart */
    SHOWN_CODES = 10,
    CODE_LENGTH = 64
};

typedef struct tally {
    const char *name;
    uint64_t count;
    size_t id; /* the order of those with equal counts */
} tally;

typedef struct unmapped_code {
    char text[CODE_LENGTH];
    uint64_t count;
} unmapped_code;

struct summary {
    tally *dispositions; /* by id */
    size_t disposition_count;
    uint64_t calls;
    uint64_t flags[32];
    unmapped_code *codes;
    size_t code_count;
    uint64_t further_codes; /* calls with a code beyond MOST_CODES different ones */
};

summary *summary_new(const sipcause_table *table)
{
    summary *of = need_room(1, sizeof *of);
    of->disposition_count = sipcause_disposition_count(table);
    of->dispositions = need_room(of->disposition_count + 1, sizeof *of->dispositions);
    for (size_t i = 0; i < of->disposition_count; i++) {
        of->dispositions[i].name = sipcause_disposition_name(table, i);
        of->dispositions[i].id = i;
    }
    return of;
}

void summary_free(summary *of)
{
    free(of->dispositions);
    free(of->codes);
    free(of);
}

static void add_code(summary *of, const char *text)
{
    for (size_t i = 0; i < of->code_count; i++) {
        if (strncmp(of->codes[i].text, text, CODE_LENGTH - 1) == 0) {
            of->codes[i].count++;
            return;
        }
    }
    if (of->code_count == MOST_CODES) {
        of->further_codes++;
        return;
    }
    if ((of->code_count & (of->code_count - 1)) == 0)
        of->codes = need_more(of->codes, of->code_count == 0 ? 1 : of->code_count * 2, sizeof *of->codes);
    unmapped_code *code = &of->codes[of->code_count++];
    memset(code, 0, sizeof *code);
    strncpy(code->text, text, CODE_LENGTH - 1);
    code->count = 1;
}

void summary_add(summary *of, const sipcause_verdict *verdict)
{
    of->calls++;
    if (verdict->disposition_id < of->disposition_count)
        of->dispositions[verdict->disposition_id].count++;
    uint32_t flags = verdict->flags;
    for (unsigned bit = 0; flags != 0; bit++, flags >>= 1)
        of->flags[bit] += flags & 1;
    if ((verdict->flags & SIPCAUSE_FLAG_UNMAPPED_CARRIER_CODE) && verdict->carrier_text != NULL)
        add_code(of, verdict->carrier_text);
}

static int by_count(const void *a, const void *b)
{
    const tally *one = a, *other = b;
    if (one->count != other->count)
        return one->count < other->count ? 1 : -1;
    return one->id < other->id ? -1 : one->id > other->id;
}

static int code_by_count(const void *a, const void *b)
{
    const unmapped_code *one = a, *other = b;
    if (one->count != other->count)
        return one->count < other->count ? 1 : -1;
    return strcmp(one->text, other->text);
}

/* The dispositions that calls have, most frequent first; to be freed. */
static tally *sorted(const summary *of, size_t *count)
{
    tally *all = need_room(of->disposition_count + 1, sizeof *all);
    *count = 0;
    for (size_t i = 0; i < of->disposition_count; i++)
        if (of->dispositions[i].count > 0)
            all[(*count)++] = of->dispositions[i];
    qsort(all, *count, sizeof *all, by_count);
    return all;
}

static double share(const summary *of, uint64_t count)
{
    return of->calls == 0 ? 0 : (double)count / (double)of->calls;
}

void summary_line(uint64_t count, const char *what)
{
    if (count > 0)
        out_format("%10llu  %s\n", (unsigned long long)count, what);
}

static void text_codes(const summary *of)
{
    if (of->code_count == 0)
        return;
    qsort(of->codes, of->code_count, sizeof *of->codes, code_by_count);
    size_t shown = of->code_count < SHOWN_CODES ? of->code_count : SHOWN_CODES;
    out_text("\nCarrier codes that the table does not map\n");
    for (size_t i = 0; i < shown; i++) {
        out_format("%10llu  carrier:", (unsigned long long)of->codes[i].count);
        out_visible(of->codes[i].text, strlen(of->codes[i].text));
        out_text("\n");
    }
    uint64_t rest = of->further_codes;
    for (size_t i = shown; i < of->code_count; i++)
        rest += of->codes[i].count;
    summary_line(rest, "with other codes");
}

void summary_messages(const calls_counts *counts)
{
    out_text("\nMessages\n");
    out_format("%10llu  in all\n", (unsigned long long)counts->messages);
    summary_line(calls_messages_used(counts), "of calls");
    summary_line(counts->retransmissions, "retransmissions");
    summary_line(counts->other_leg, "of another leg of the same Call-ID");
    summary_line(counts->late, "late: their call had ended");
    summary_line(counts->other, "other: of no call");
    summary_line(counts->no_call_id, "without Call-ID");
    summary_line(counts->cut, "of all were cut after 64 KiB of headers");
}

void summary_text(const summary *of, const calls_counts *counts)
{
    size_t count;
    tally *all = sorted(of, &count);
    out_colour(BOLD);
    out_text("Calls");
    out_colour(PLAIN);
    out_format("\n%10llu  in all\n", (unsigned long long)of->calls);
    for (size_t i = 0; i < count; i++) {
        out_format("%10llu  %5.1f %%  ", (unsigned long long)all[i].count, 100 * share(of, all[i].count));
        out_visible(all[i].name, strlen(all[i].name));
        out_text("\n");
    }
    free(all);
    summary_line(counts->unfinished, "unfinished at the end of the input: no verdict");
    summary_line(counts->still_up, "of all still up at the end of the input: answered, no BYE");
    bool any = false;
    for (unsigned bit = 0; bit < 32; bit++) {
        const char *name = sipcause_flag_name((uint32_t)1 << bit);
        if (of->flags[bit] == 0)
            continue;
        if (!any)
            out_text("\nFlags\n");
        any = true;
        summary_line(of->flags[bit], name == NULL ? "unknown" : name);
    }
    text_codes(of);
    summary_messages(counts);
}

/* Which codes the engineer must map next. */
static void json_codes(const summary *of)
{
    if (of->code_count > 0)
        qsort(of->codes, of->code_count, sizeof *of->codes, code_by_count);
    json_name("unmapped_carrier_codes", false);
    out_text("[");
    for (size_t i = 0; i < of->code_count; i++) {
        out_text(i == 0 ? "{\"code\":" : ",{\"code\":");
        json_string(of->codes[i].text, strlen(of->codes[i].text));
        json_count("count", of->codes[i].count);
        out_text("}");
    }
    out_text("]");
}

void summary_json(const summary *of, const calls_counts *counts)
{
    size_t count;
    tally *all = sorted(of, &count);
    out_text("{\"summary\":{\"calls\":");
    out_number(of->calls);
    json_name("dispositions", false);
    out_text("[");
    for (size_t i = 0; i < count; i++) {
        out_text(i == 0 ? "{\"disposition\":" : ",{\"disposition\":");
        json_string(all[i].name, strlen(all[i].name));
        json_count("count", all[i].count);
        json_name("share", false);
        out_format("%.4f}", share(of, all[i].count));
    }
    free(all);
    out_text("]");
    json_count("unfinished", counts->unfinished);
    json_count("still_up", counts->still_up);
    json_count("late", counts->late);
    json_count("retransmissions", counts->retransmissions);
    json_count("other_leg", counts->other_leg);
    json_count("other", counts->other);
    json_count("without_call_id", counts->no_call_id);
    json_count("cut", counts->cut);
    json_count("messages", counts->messages);
    json_count("of_calls", calls_messages_used(counts));
    json_codes(of);
    json_name("flags", false);
    out_text("{");
    bool first = true;
    for (unsigned bit = 0; bit < 32; bit++) {
        const char *name = sipcause_flag_name((uint32_t)1 << bit);
        if (of->flags[bit] == 0 || name == NULL)
            continue;
        json_name(name, first);
        out_number(of->flags[bit]);
        first = false;
    }
    out_text("}}}\n");
}
