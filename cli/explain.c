/*
 * explain.c - sipcause explain: how the verdict on a call was reached, step by step.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "character.h"
#include "redact.h"
#include "traffic.h"
#include "verdict.h"

#include <stdio.h>
#include <string.h>

enum {
    SHOWN_OCTETS = 24, /* "82 00 96 [diagnostics]" */
    SHOWN_TEXT = 256   /* a step has no more of the evidence */
};

typedef struct explanation {
    const cli_options *options;
    const sipcause_table *table;
    uint64_t explained;
    bool failed; /* something of --fail-on was found */
} explanation;

/* The evidence as it is shown. The diagnostics in a REL may be a telephone number in hexadecimal digits, as those of
 * "Number changed" are: --redact leaves of its octets only those up to the cause (ITU-T Q.763 clause 3.12). */
static const char *evidence(const sipcause_step *step, char shown[static SHOWN_OCTETS])
{
    if (step->source != SIPCAUSE_SOURCE_ISUP || step->text == NULL || !redact_wanted())
        return step->text;
    size_t octets = *step->text < '8' ? 3 : 2; /* octet 1a stands where octet 1 has no end */
    if (strlen(step->text) < 3 * octets)
        return step->text;
    snprintf(shown, SHOWN_OCTETS, "%.*s [diagnostics]", (int)(3 * octets - 1), step->text);
    return shown;
}

/* ---- JSON ---------------------------------------------------------------------------------------------- */

/* What a step's evidence stands in: "response", "CANCEL", "BYE" or "REL". */
static const char *place_of(const sipcause_step *step)
{
    switch (step->method) {
    case SIPCAUSE_METHOD_INVITE: return "response";
    case SIPCAUSE_METHOD_CANCEL: return "CANCEL";
    case SIPCAUSE_METHOD_BYE: return "BYE";
    default: return "REL";
    }
}

static void json_place(const sipcause_step *step)
{
    json_name("in", false);
    if (step->text == NULL) {
        out_text("null");
        return;
    }
    out_text("{\"message\":");
    json_string(place_of(step), strlen(place_of(step)));
    json_number_or_null("status", step->status);
    json_text("side", step->side == SIPCAUSE_SIDE_UNKNOWN ? NULL : sipcause_side_name(step->side));
    out_text("}");
}

static void json_row(const sipcause_entry *entry, const char *condition)
{
    json_name("row", false);
    if (entry == NULL) {
        out_text("null");
        return;
    }
    out_text("{\"disposition\":");
    json_string(entry->disposition, strlen(entry->disposition));
    json_text("name", entry->name);
    json_text("outcome", sipcause_outcome_name(entry->outcome));
    json_text("party", sipcause_party_name(entry->party));
    json_text("route", sipcause_route_name(entry->route));
    json_bool("uninformative", (entry->flags & SIPCAUSE_ENTRY_UNINFORMATIVE) != 0);
    json_text("when", condition);
    json_text("file", *entry->file == '\0' ? NULL : entry->file);
    json_number_or_null("line", entry->line);
    json_text("note", entry->note);
    out_text("}");
}

static void json_steps(const explanation *of, const sipcause_release *release)
{
    json_name("steps", false);
    out_text("[");
    for (size_t i = 0; i < sipcause_step_count(release); i++) {
        char octets[SHOWN_OCTETS];
        const sipcause_step *step = sipcause_step_at(release, i);
        out_format("%s{\"step\":%u", i == 0 ? "" : ",", (unsigned)step->number);
        json_text("fate", step->fate == SIPCAUSE_FATE_NONE ? NULL : sipcause_fate_name(step->fate));
        json_place(step);
        json_text("source", step->source_name);
        json_text("text", evidence(step, octets));
        json_code("code", of->table, step->code, NULL, false);
        json_text("location", sipcause_location_name(step->location));
        json_row(step->entry, step->condition);
        json_text("why", step->sentence);
        out_text("}");
    }
    out_text("]}\n");
}

static void explain_json(const explanation *of, sipcause_slice call_id, const sipcause_verdict *verdict,
                         const sipcause_release *release)
{
    verdict_json(of->table, call_id, verdict, release);
    json_text("file", *verdict->file == '\0' ? NULL : verdict->file);
    json_number_or_null("line", verdict->line);
    json_text("note", verdict->note);
    json_text("released_by",
              verdict->released_by == SIPCAUSE_SIDE_UNKNOWN ? NULL : sipcause_side_name(verdict->released_by));
    json_steps(of, release);
}

/* ---- prose ---------------------------------------------------------------------------------------------- */

static void visible(const char *text)
{
    out_visible(text, strlen(text));
}

/* A sentence of the library, which begins small and has no full stop. */
static void sentence(const char *text)
{
    char first = *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;
    if (first == '\0')
        return;
    out_bytes(&first, 1);
    visible(text + 1);
    out_text(".\n");
}

static const char *route_meaning(uint32_t route)
{
    switch (route) {
    case SIPCAUSE_ROUTE_NONE: return "there is nothing to do";
    case SIPCAUSE_ROUTE_STOP: return "no other trunk is to be tried";
    case SIPCAUSE_ROUTE_NEXT: return "another trunk may succeed";
    case SIPCAUSE_ROUTE_LATER: return "the same may succeed later";
    case SIPCAUSE_ROUTE_AMEND: return "the request must change first";
    default: return "unknown";
    }
}

/* ", acme.yaml:23" or ", built in" */
static void where(const char *file, uint32_t line)
{
    if (*file == '\0')
        return;
    out_text(", ");
    if (line == 0) {
        visible(strcmp(file, "built-in") == 0 ? "built in" : file);
        return;
    }
    visible(file);
    out_format(":%u", (unsigned)line);
}

/* A piece of what a 603+ carries. Returns whether one has been printed. */
static bool print_contact_piece(bool any, const char *name, const char *value)
{
    if (value == NULL || *value == '\0')
        return any;
    out_format("%s%s ", any ? ", " : "Contact: ", name);
    visible(value);
    return true;
}

/* Whom the caller of a blocked call may ask: evidence is cut, this is not. */
static void print_contact(const sipcause_verdict *verdict)
{
    bool any = print_contact_piece(false, "url", verdict->notice_url);
    any = print_contact_piece(any, "tel", verdict->notice_tel);
    any = print_contact_piece(any, "email", verdict->notice_email);
    any = print_contact_piece(any, "id", verdict->notice_id);
    if (any)
        out_text("\n");
}

static void print_head(const explanation *of, sipcause_slice call_id, const sipcause_verdict *verdict)
{
    char code[96];
    out_text("Call ");
    out_visible(call_id.text, call_id.length);
    out_text("\n");
    out_colour(BOLD);
    visible(verdict->disposition);
    out_colour(PLAIN);
    out_format(": %s, party %s; ", sipcause_outcome_name(verdict->outcome), sipcause_party_name(verdict->party));
    out_format("route %s: %s.\n", sipcause_route_name(verdict->route), route_meaning(verdict->route));
    out_text("Decided by ");
    if (verdict->decided_by.space == SIPCAUSE_SPACE_NONE) {
        out_text("no code");
    } else {
        sipcause_code_format(of->table, verdict->decided_by, code, sizeof code);
        visible(code);
        out_text(" in ");
        visible(verdict->source == SIPCAUSE_SOURCE_STATUS_LINE ? "the status line"
                : verdict->source == SIPCAUSE_SOURCE_REASON    ? "a Reason"
                : verdict->source == SIPCAUSE_SOURCE_ISUP      ? "a REL"
                : verdict->source_name == NULL                 ? "-"
                                                               : verdict->source_name);
    }
    where(verdict->file, verdict->line);
    out_text(".\n");
    if (verdict->has_notice)
        print_contact(verdict);
    if (verdict->note != NULL) {
        out_text("Note: ");
        visible(verdict->note);
        out_text("\n");
    }
}

/* That of a 603+ too, whose source is the Reason without which it would be a 603. */
static bool is_status_line(const sipcause_step *step)
{
    return step->source == SIPCAUSE_SOURCE_STATUS_LINE ||
           (step->code.space == SIPCAUSE_SPACE_SIP && is_digit(*step->text));
}

/* A folded header in one line: a fold stands for blanks (RFC 3261 section 7.3.1). The length stays, by which --redact
 * knows what is cut. */
static void visible_unfolded(const char *text)
{
    char line[SHOWN_TEXT];
    size_t length = 0;
    for (; text[length] != '\0' && length < sizeof line; length++)
        line[length] = text[length];
    for (size_t at = 0; at + 1 < length; at++) {
        size_t next = at + 1 + (line[at] == '\r' && line[at + 1] == '\n');
        if (line[next - 1] == '\n' && next < length && (line[next] == ' ' || line[next] == '\t'))
            memset(line + at, ' ', next + 1 - at);
    }
    out_visible(line, length);
}

/* "X-Cause-Code: 601, in the 503 response" */
static void print_evidence(const sipcause_step *step, unsigned number)
{
    char octets[SHOWN_OCTETS];
    out_format("%3u. ", number);
    visible(is_status_line(step)                     ? "Status"
            : step->source == SIPCAUSE_SOURCE_REASON ? "Reason"
            : step->source == SIPCAUSE_SOURCE_ISUP   ? "REL cause indicators"
                                                     : step->source_name);
    out_text(": ");
    visible_unfolded(evidence(step, octets));
    if (step->status != 0 && !is_status_line(step))
        out_format(", in the %u response", (unsigned)step->status);
    else if (step->status == 0)
        out_format(", in the %s%s%s", place_of(step), step->side == SIPCAUSE_SIDE_UNKNOWN ? "" : " of the ",
                   step->side == SIPCAUSE_SIDE_UNKNOWN ? "" : sipcause_side_name(step->side));
    out_text("\n");
}

/* " is Network Error (network-failure, network, next), acme.yaml:31" */
static void print_row(const sipcause_step *step)
{
    const sipcause_entry *entry = step->entry;
    out_text(" is ");
    visible(entry->disposition);
    out_format(" (%s, %s, %s)", sipcause_outcome_name(entry->outcome), sipcause_party_name(entry->party),
               sipcause_route_name(entry->route));
    if (step->condition != NULL) {
        out_text(" when ");
        visible(step->condition);
    }
    where(entry->file, entry->line);
    out_text("\n");
    if (entry->note != NULL) {
        out_text("     Note: ");
        visible(entry->note);
        out_text("\n");
    }
}

/* "carrier:601 (its name) is ..." */
static void print_meaning(const explanation *of, const sipcause_step *step)
{
    char code[96];
    const char *name = step->entry != NULL ? step->entry->name : NULL;
    if (step->code.space == SIPCAUSE_SPACE_NONE)
        return;
    if (name == NULL)
        name = sipcause_code_name(step->code);
    sipcause_code_format(of->table, step->code, code, sizeof code);
    out_text("     ");
    visible(code);
    if (name != NULL) {
        out_text(" (");
        visible(name);
        out_text(")");
    }
    if (step->location != SIPCAUSE_LOCATION_NONE)
        out_format(", location %s (%s)", sipcause_location_name(step->location),
                   sipcause_location_meaning(step->location));
    if (step->entry != NULL)
        print_row(step);
    else
        out_text("\n");
}

static void print_step(const explanation *of, const sipcause_step *step, unsigned *number)
{
    if (step->text == NULL) {
        sentence(step->sentence);
        if (step->entry != NULL) {
            out_text("     The row");
            print_row(step);
        }
        return;
    }
    print_evidence(step, ++*number);
    print_meaning(of, step);
    out_text("     ");
    out_colour(step->fate == SIPCAUSE_FATE_DECIDES ? BOLD : PLAIN);
    out_format("%s: ", sipcause_fate_name(step->fate));
    out_colour(PLAIN);
    visible(step->sentence);
    out_text("\n");
}

static void print_findings(const sipcause_verdict *verdict, const sipcause_release *release)
{
    size_t count = sipcause_finding_count(release);
    if (verdict->flags != 0) {
        out_text("Flags: ");
        verdict_flags(verdict->flags);
        out_text("\n");
    }
    if (count > 0)
        out_text("What the evidence got wrong:\n");
    for (size_t i = 0; i < count; i++) {
        const sipcause_finding *finding = sipcause_finding_at(release, i);
        out_format("  %s: ", sipcause_severity_name(finding->severity));
        visible(finding->message);
        out_format(" [%s]\n", sipcause_rule_name(finding->rule));
    }
}

static void explain_text(const explanation *of, sipcause_slice call_id, const sipcause_verdict *verdict,
                         const sipcause_release *release)
{
    unsigned number = 0;
    if (of->explained > 0)
        out_text("\n");
    print_head(of, call_id, verdict);
    out_text("\n");
    for (size_t i = 0; i < sipcause_step_count(release); i++)
        print_step(of, sipcause_step_at(release, i), &number);
    print_findings(verdict, release);
}

/* ---- the subcommand ---------------------------------------------------------------------------------------- */

static void take_call(void *context, const calls_ended *call)
{
    explanation *of = context;
    const char *wanted = of->options->call_id;
    sipcause_slice call_id = call->call_id;
    if (wanted != NULL && (strlen(wanted) != call_id.length || memcmp(wanted, call_id.text, call_id.length) != 0))
        return;
    sipcause_verdict verdict = traffic_verdict(call, true);
    of->failed = of->failed || traffic_fails(of->options, &verdict, call->release);
    if (of->options->json)
        explain_json(of, call_id, &verdict, call->release);
    else
        explain_text(of, call_id, &verdict, call->release);
    of->explained++;
}

int run_explain(const cli_options *options)
{
    explanation of = {.options = options};
    calls_counts counts;
    int status = traffic_open(options, &of.table);
    if (status != EXIT_DONE)
        return status;
    const traffic_receiver receiver = {.call = take_call, .context = &of};
    status = traffic_read(options, of.table, true, &receiver, &counts);
    if (status == EXIT_DONE)
        traffic_say_empty(&counts);
    if (counts.messages > 0 && of.explained == 0)
        cli_say("%s; calls that ended: %llu, still open at the end: %llu",
                options->call_id == NULL ? "no call ended" : "no call of that Call-ID ended",
                (unsigned long long)counts.ended, (unsigned long long)counts.unfinished);
    sipcause_table_unref(of.table);
    return status == EXIT_DONE && of.failed ? EXIT_FOUND : status;
}
