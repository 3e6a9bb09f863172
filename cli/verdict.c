/*
 * verdict.c - a verdict as JSON and as a line for people.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "verdict.h"

#include <string.h>

enum {
    CALL_ID_COLUMNS = 30,
    CODE_MOST = 96 /* of a code and its NUL: 64 suffice */
};

/* "value":503, or the word of a carrier. */
static void json_value(const sipcause_table *table, sipcause_code code)
{
    if (code.space == SIPCAUSE_SPACE_TOKEN) {
        json_text("value", sipcause_code_word(table, code));
    } else {
        json_name("value", false);
        json_wire_number(code.value);
    }
}

void json_code(const char *name, const sipcause_table *table, sipcause_code code, const char *source, bool with_source)
{
    json_name(name, false);
    if (code.space == SIPCAUSE_SPACE_NONE) {
        out_text("null");
        return;
    }
    out_text("{\"space\":\"");
    out_text(code_space_printed(code.space));
    out_text("\"");
    json_value(table, code);
    if (with_source)
        json_text("source", source);
    out_text("}");
}

static void json_notice(const sipcause_verdict *verdict)
{
    json_name("notice", false);
    if (!verdict->has_notice) {
        out_text("null");
        return;
    }
    out_text("{\"url\":");
    if (verdict->notice_url == NULL)
        out_text("null");
    else
        json_string(verdict->notice_url, strlen(verdict->notice_url));
    json_text("tel", verdict->notice_tel);
    json_text("email", verdict->notice_email);
    json_text("id", verdict->notice_id);
    json_text("location", sipcause_location_name(verdict->notice_location));
    out_text("}");
}

static void json_jwscard(const char *url)
{
    json_name("jwscard", false);
    if (url == NULL) {
        out_text("null");
        return;
    }
    out_text("{\"url\":");
    json_string(url, strlen(url));
    json_bool("verified", false); /* the library fetches nothing */
    out_text("}");
}

static void json_flags(uint32_t flags)
{
    bool first = true;
    json_name("flags", false);
    out_text("[");
    for (uint32_t bit = 1; bit != 0 && bit <= flags; bit <<= 1) {
        const char *name = flags & bit ? sipcause_flag_name(bit) : NULL;
        if (name == NULL)
            continue;
        out_text(first ? "\"" : ",\"");
        out_text(name);
        out_text("\"");
        first = false;
    }
    out_text("]");
}

static void json_findings(const sipcause_release *release)
{
    size_t count = sipcause_finding_count(release);
    json_name("findings", false);
    out_text("[");
    for (size_t i = 0; i < count; i++) {
        const sipcause_finding *finding = sipcause_finding_at(release, i);
        const char *rule = sipcause_rule_name(finding->rule);
        out_text(i == 0 ? "{\"rule\":\"" : ",{\"rule\":\"");
        out_text(rule == NULL ? "unknown" : rule);
        out_text("\"");
        json_text("message", finding->message);
        out_text("}");
    }
    out_text("]");
}

void verdict_json(const sipcause_table *table, sipcause_slice call_id, const sipcause_verdict *verdict,
                  const sipcause_release *release)
{
    out_text("{\"call_id\":");
    json_string(call_id.text, call_id.length);
    json_bool("answered", verdict->answered != 0);
    json_text("disposition", verdict->disposition);
    json_text("outcome", sipcause_outcome_name(verdict->outcome));
    json_text("party", sipcause_party_name(verdict->party));
    json_text("route", sipcause_route_name(verdict->route));
    json_code("decided_by", table, verdict->decided_by, verdict->source_name, true);
    json_code("runner_up", table, verdict->runner_up, NULL, false);
    json_number_or_null("status", verdict->status);
    json_number_or_null("q850", verdict->q850);
    json_text("location", sipcause_location_name(verdict->location));
    if (verdict->carrier.space == SIPCAUSE_SPACE_CARRIER) {
        json_name("carrier", false);
        json_wire_number(verdict->carrier.value);
    } else {
        json_text("carrier", verdict->carrier_text);
    }
    json_text("block", sipcause_block_name(verdict->block));
    json_notice(verdict);
    json_jwscard(verdict->jwscard);
    json_name("retry_after", false);
    if (verdict->has_retry_after)
        json_wire_number(verdict->retry_after);
    else
        out_text("null");
    json_flags(verdict->flags);
    json_findings(release);
}

void verdict_head(size_t disposition)
{
    out_colour(BOLD);
    out_column("CALL-ID", CALL_ID_COLUMNS, 0);
    out_column("STATUS", 6, 0);
    out_column("DISPOSITION", disposition, 0);
    out_column("OUTCOME", 18, 0);
    out_column("PARTY", 7, 0);
    out_column("ROUTE", 5, 0);
    out_column("DECIDED BY", 28, 0);
    out_text("FLAGS");
    out_colour(PLAIN);
    out_text("\n");
}

static enum out_colour colour_of(uint32_t outcome)
{
    switch (outcome) {
    case SIPCAUSE_OUTCOME_ANSWERED:
    case SIPCAUSE_OUTCOME_NORMAL_CLEARING:
    case SIPCAUSE_OUTCOME_ANSWERED_ELSEWHERE: return GREEN;
    case SIPCAUSE_OUTCOME_BLOCKED:
    case SIPCAUSE_OUTCOME_CONGESTION:
    case SIPCAUSE_OUTCOME_NETWORK_FAILURE: return RED;
    case SIPCAUSE_OUTCOME_UNKNOWN: return YELLOW;
    default: return PLAIN;
    }
}

static void decided_by_column(const sipcause_table *table, const sipcause_verdict *verdict)
{
    char text[CODE_MOST + 256];
    if (verdict->decided_by.space == SIPCAUSE_SPACE_NONE) {
        out_column(NULL, 28, 0);
        return;
    }
    size_t length = sipcause_code_format(table, verdict->decided_by, text, CODE_MOST);
    const char *source = verdict->source_name == NULL ? "-" : verdict->source_name;
    size_t source_length = strlen(source);
    if (source_length > sizeof text - CODE_MOST - 3)
        source_length = sizeof text - CODE_MOST - 3;
    memcpy(text + length, " (", 2);
    memcpy(text + length + 2, source, source_length);
    text[length + 2 + source_length] = ')';
    out_column_bytes(text, length + source_length + 3, 28, 0);
}

void verdict_flags(uint32_t flags)
{
    bool first = true;
    for (uint32_t bit = 1; bit != 0 && bit <= flags; bit <<= 1) {
        const char *name = flags & bit ? sipcause_flag_name(bit) : NULL;
        if (name == NULL)
            continue;
        if (!first)
            out_text(",");
        out_text(name);
        first = false;
    }
    if (first)
        out_text("-");
}

void verdict_text(const sipcause_table *table, size_t disposition, sipcause_slice call_id,
                  const sipcause_verdict *verdict)
{
    char status[NUMBER_DIGITS] = "-";
    size_t status_length = verdict->status != 0 ? number_digits(verdict->status, status) : 1;
    out_column_bytes(call_id.text, call_id.length, CALL_ID_COLUMNS, CALL_ID_COLUMNS);
    if (verdict->answered)
        out_column("2xx", 6, 0);
    else
        out_column_bytes(status, status_length, 6, 0);
    out_colour(colour_of(verdict->outcome));
    out_column(verdict->disposition, disposition, 0);
    out_column(sipcause_outcome_name(verdict->outcome), 18, 0);
    out_colour(PLAIN);
    out_column(sipcause_party_name(verdict->party), 7, 0);
    out_column(sipcause_route_name(verdict->route), 5, 0);
    decided_by_column(table, verdict);
    verdict_flags(verdict->flags);
    out_text("\n");
}
