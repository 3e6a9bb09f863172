/*
 * asking.h - asks a table what a test's file of lines QUERY = ANSWER asks, for the suites load and extends.
 *
 * See ask() for the queries. A row's answer is DISPOSITION / OUTCOME / PARTY / ROUTE, then what else it says:
 * uninformative, given (its route is), items N (of `when`), line N, of FILE (another than the one that was asked
 * for), name "...", note "...". An error's is LINE COLUMN RULE SECOND_LINE:SECOND_COLUMN|- TEXT.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_ASKING_H
#define SIPCAUSE_ASKING_H

#include "telling.h"

/* ---- what a table answers ------------------------------------------------------------------------------- */

/* Where a row is from. */
static inline size_t describe_place(uint32_t line, const char *file, char *out, size_t size)
{
    bool other = strcmp(file, "map.yaml") != 0 && strcmp(file, "main.yaml") != 0;
    if (!line)
        return 0;
    return (size_t)snprintf(out, size, " line %u%s%s", (unsigned)line, other ? " of " : "", other ? file : "");
}

/* A name that is not the standard's, and a note that is not built in. */
static inline void describe_words(const char *name, const char *standard, const char *note, char *out, size_t size)
{
    size_t used = 0;
    if (name && !(standard && strcmp(standard, name) == 0))
        used += (size_t)snprintf(out, size, " name \"%s\"", name);
    if (note)
        snprintf(out + used, size - used, " note \"%s\"", note);
}

static inline void describe(const sipcause_entry *entry, const char *standard, char *out, size_t size)
{
    if (!entry) {
        snprintf(out, size, "unmapped");
        return;
    }
    size_t used =
        (size_t)snprintf(out, size, "%s / %s / %s / %s", entry->disposition, sipcause_outcome_name(entry->outcome),
                         sipcause_party_name(entry->party), sipcause_route_name(entry->route));
    if (entry->flags & SIPCAUSE_ENTRY_UNINFORMATIVE)
        used += (size_t)snprintf(out + used, size - used, " uninformative");
    if (entry->line && entry->flags & SIPCAUSE_ENTRY_ROUTE_GIVEN)
        used += (size_t)snprintf(out + used, size - used, " given");
    if (entry->line && entry->when_count)
        used += (size_t)snprintf(out + used, size - used, " items %u", (unsigned)entry->when_count);
    used += describe_place(entry->line, entry->file, out + used, size - used);
    describe_words(entry->name, standard, entry->line ? entry->note : NULL, out + used, size - used);
}

/* ---- what it makes of calls ------------------------------------------------------------------------------ */

/* Tells a new release an INVITE and the steps of a query, "180 Ringing | 503 Busy | Reason: ..."; NULL when memory
 * is short. Half of the calls are told as whole messages, half as parsed parts: both are the same to a table. */
static inline sipcause_release *tell_call(const sipcause_table *table, const char *query)
{
    static telling call;
    char invite[] = "INVITE", steps[2048];
    snprintf(steps, sizeof steps, "%s", query);
    memset(&call, 0, sizeof call);
    call.file = query;
    call.whole = strlen(query) % 2;
    call.release = sipcause_release_new(table);
    if (!call.release)
        return NULL;
    if (strncmp(steps, "local ", 6) != 0)
        tell(&call, invite);
    for (char *step = steps; step && !call.failed;) {
        char *end = strstr(step, " | ");
        if (end)
            *end = 0;
        tell(&call, step);
        step = end ? end + 3 : NULL;
    }
    if (!call.failed)
        flush(&call);
    if (!call.failed)
        return call.release;
    sipcause_release_free(call.release);
    return NULL;
}

static inline bool describe_verdict(const sipcause_table *table, const sipcause_verdict *verdict, char *out,
                                    size_t size)
{
    char code[64] = "none", flags[256];
    if (!verdict)
        return false;
    if (verdict->decided_by.space != SIPCAUSE_SPACE_NONE)
        sipcause_code_format(table, verdict->decided_by, code, sizeof code);
    size_t used = (size_t)snprintf(out, size, "%s / %s / %s / %s decided %s", verdict->disposition,
                                   sipcause_outcome_name(verdict->outcome), sipcause_party_name(verdict->party),
                                   sipcause_route_name(verdict->route), code);
    list_flags(verdict->flags, flags, sizeof flags);
    used += describe_place(verdict->line, verdict->file, out + used, size - used);
    if (flags[0])
        used += (size_t)snprintf(out + used, size - used, " flags %s", flags);
    describe_words(verdict->name, sipcause_code_name(verdict->decided_by), verdict->line ? verdict->note : NULL,
                   out + used, size - used);
    return true;
}

/* call STEPS, to-isup STEPS. False: memory is short. */
static inline bool ask_call(const sipcause_table *table, const char *query, char *out, size_t size)
{
    bool gateway = strncmp(query, "to-isup ", 8) == 0;
    sipcause_release *release = tell_call(table, strchr(query, ' ') + 1);
    sipcause_isup isup;
    bool done = release != NULL;
    if (release && gateway) {
        int result = sipcause_to_isup(release, &isup);
        if (result != SIPCAUSE_OK || !isup.cause)
            snprintf(out, size, "%s", result != SIPCAUSE_OK ? sipcause_error_name(result) : "none");
        else
            snprintf(out, size, "%u/%s", isup.cause, sipcause_location_name(isup.location));
    } else if (release) {
        done = describe_verdict(table, sipcause_decide(release), out, size);
    }
    sipcause_release_free(release);
    return done;
}

/* to-sip CAUSE/LOCATION, then what else there is: diagnostic, redress, national. */
static inline void ask_to_sip(const sipcause_table *table, const char *query, char *out, size_t size)
{
    char location[16] = "", buffer[2048];
    unsigned cause = 0;
    sscanf(query, "%u/%15[^ ]", &cause, location);
    int number = sipcause_location_from_name(location, SIPCAUSE_TEXT);
    sipcause_isup isup = {.cause = (uint8_t)cause, .location = (uint8_t)number};
    sipcause_notice contact = {.url = "https://example.com/redress"};
    sipcause_response response;
    if (strstr(query, " diagnostic"))
        isup.diagnostic_length = 1;
    if (strstr(query, " national"))
        isup.coding = SIPCAUSE_CODING_NATIONAL;
    int result =
        sipcause_to_sip(table, &isup, strstr(query, " redress") ? &contact : NULL, buffer, sizeof buffer, &response);
    if (result != SIPCAUSE_OK)
        snprintf(out, size, "%s", sipcause_error_name(result));
    else if (!response.status)
        snprintf(out, size, "none");
    else
        snprintf(out, size, "%u%s", response.status,
                 strcmp(response.phrase ? response.phrase : "", "Network Blocked") == 0 ? "+" : "");
}

/* ---- queries ----------------------------------------------------------------------------------------------- */

static inline void describe_header(const sipcause_table *table, size_t index, char *out, size_t size)
{
    sipcause_cause_header header;
    if (sipcause_cause_header_at(table, index, &header))
        snprintf(out, size, "%s %s %s%s", header.name, header.parameter ? header.parameter : "-",
                 sipcause_space_name(header.space), header.uri_parameter ? " uri-param" : "");
    else
        snprintf(out, size, "none");
}

static inline size_t own_rows(const sipcause_table *table)
{
    sipcause_cursor cursor = {0, 0, 0};
    const sipcause_entry *entry;
    size_t count = 0;
    while ((entry = sipcause_table_next(table, &cursor, NULL)) != NULL)
        count += entry->line != 0;
    return count;
}

static inline bool has_disposition(const sipcause_table *table, const char *name)
{
    for (size_t id = 0; id < sipcause_disposition_count(table); id++)
        if (strcmp(sipcause_disposition_name(table, id), name) == 0)
            return true;
    return false;
}

/* The list of spaces that are asked. */
static inline void describe_precedence(const sipcause_table *table, char *out, size_t size)
{
    out[0] = 0;
    for (size_t i = 0, used = 0; i < sipcause_precedence_count(table); i++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", i ? " " : "",
                                 sipcause_space_name(sipcause_precedence_at(table, i)));
}

/* name, effective (seconds, always), rows (of files), headers, header N, precedence, disposition X, ignores N,
 * severity RULE. False: none of these. */
static inline bool ask_setting(const sipcause_table *table, const char *query, char *out, size_t size)
{
    if (strcmp(query, "name") == 0) {
        snprintf(out, size, "%s", sipcause_table_name(table));
    } else if (strcmp(query, "effective") == 0) {
        int64_t seconds = sipcause_table_effective(table);
        snprintf(out, size, seconds == SIPCAUSE_ALWAYS ? "always" : "%lld", (long long)seconds);
    } else if (strcmp(query, "rows") == 0) {
        snprintf(out, size, "%zu", own_rows(table));
    } else if (strcmp(query, "headers") == 0) {
        snprintf(out, size, "%zu", sipcause_cause_header_count(table));
    } else if (strncmp(query, "header ", 7) == 0) {
        describe_header(table, strtoul(query + 7, NULL, 10), out, size);
    } else if (strcmp(query, "precedence") == 0) {
        describe_precedence(table, out, size);
    } else if (strncmp(query, "disposition ", 12) == 0) {
        snprintf(out, size, "%s", has_disposition(table, query + 12) ? "known" : "unknown");
    } else if (strncmp(query, "ignores ", 8) == 0) {
        uint32_t status = (uint32_t)strtoul(query + 8, NULL, 10);
        snprintf(out, size, "%s", sipcause_table_ignores_reason(table, status) ? "yes" : "no");
    } else if (strncmp(query, "severity ", 9) == 0) {
        uint32_t rule = (uint32_t)sipcause_rule_from_name(query + 9, SIPCAUSE_TEXT);
        snprintf(out, size, "%s", sipcause_severity_name(sipcause_table_severity(table, rule)));
    } else {
        return false;
    }
    return true;
}

/* default, no-cause X, local X, 5xx, word X, and codes: sip:503. */
static inline void ask_row(const sipcause_table *table, const char *query, char *out, size_t size)
{
    sipcause_code code;
    if (strcmp(query, "default") == 0) {
        describe(sipcause_table_default(table), NULL, out, size);
    } else if (strncmp(query, "no-cause ", 9) == 0) {
        describe(sipcause_table_no_cause(table, (uint32_t)sipcause_no_cause_from_name(query + 9, SIPCAUSE_TEXT)), NULL,
                 out, size);
    } else if (strncmp(query, "local ", 6) == 0) {
        describe(sipcause_table_local(table, (uint32_t)sipcause_local_from_name(query + 6, SIPCAUSE_TEXT)), NULL, out,
                 size);
    } else if (strlen(query) == 3 && strcmp(query + 1, "xx") == 0) {
        describe(sipcause_table_class(table, (uint32_t)(query[0] - '0')), NULL, out, size);
    } else if (strncmp(query, "word ", 5) == 0) {
        describe(sipcause_lookup_token(table, query + 5, SIPCAUSE_TEXT), NULL, out, size);
    } else if (sipcause_code_parse(table, query, SIPCAUSE_TEXT, &code, NULL) == SIPCAUSE_OK) {
        describe(sipcause_lookup(table, code), sipcause_code_name(code), out, size);
    } else {
        snprintf(out, size, "no such query");
    }
}

/* All of the above. False: memory is short. */
static inline bool ask(const sipcause_table *table, const char *query, char *out, size_t size)
{
    if (strncmp(query, "call ", 5) == 0 || strncmp(query, "to-isup ", 8) == 0)
        return ask_call(table, query, out, size);
    if (strncmp(query, "to-sip ", 7) == 0)
        ask_to_sip(table, query + 7, out, size);
    else if (!ask_setting(table, query, out, size))
        ask_row(table, query, out, size);
    return true;
}

static inline void describe_error(const sipcause_error *error, char *out, size_t size)
{
    char second[32] = "-";
    if (error->second_line)
        snprintf(second, sizeof second, "%u:%u", (unsigned)error->second_line, (unsigned)error->second_column);
    snprintf(out, size, "%u %u %s %s %s", (unsigned)error->line, (unsigned)error->column,
             sipcause_error_name(error->code), second, error->text);
}

/* What a load must have said; NULL: memory was short. */
#define SAYS(said, expected) ck_assert_msg(!(said) || strcmp(said, expected) == 0, "found: %s", said)

/* ---- what it must answer ------------------------------------------------------------------------------------- */

/* Asks all that a file of lines QUERY = ANSWER asks. */
static inline void check_answers(const char *name, sipcause_table *table, char *line)
{
    char found[1024];
    while (*line) {
        char *end = line + strcspn(line, "\n"), *equals = strstr(line, " = ");
        char *next = *end ? end + 1 : end;
        ck_assert_msg(equals != NULL && equals < end, "%s: a line without \" = \"", name);
        *end = *equals = 0;
        bool answered = ask(table, line, found, sizeof found);
        ck_assert_msg(answered || out_of_memory(), "%s: %s: no memory", name, line);
        ck_assert_msg(!answered || strcmp(found, equals + 3) == 0, "%s\n  %s\n  expected: %s\n  found:    %s", name,
                      line, equals + 3, found);
        line = next;
    }
}

/* What the table says of itself loads to an equal one. */
static inline void check_round_trip(const char *name, const sipcause_table *table)
{
    sipcause_error error;
    if (memory_run() && strlen(name) % 8) /* it takes by far the longest; some will do */
        return;
    size_t length = sipcause_table_yaml(table, NULL, 0);
    char *text = malloc(length + 1);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(sipcause_table_yaml(table, text, length + 1), length);
    sipcause_table *again = keep_table(sipcause_load_bytes(text, length, "again", &error));
    if (!again && !out_of_memory())
        fprintf(stderr, "%s\n", text);
    free(text);
    if (!again && out_of_memory())
        return;
    ck_assert_msg(again != NULL, "%s, written and read: %u:%u: %s", name, (unsigned)error.line, (unsigned)error.column,
                  error.text);
    ck_assert_msg(sipcause_table_equal(table, again), "%s, written and read, is another table", name);
}

#endif
