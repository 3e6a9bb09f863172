/*
 * loading.h - reading all that a table says, and what loading and validating say of bytes, for the fuzz targets that
 * load.
 *
 * What makes a table is asked everything a table can be asked, and decides a few calls. What makes none
 * must say why, and where. Validating finds what loading refuses, and no error where it refuses nothing.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_FUZZ_LOADING_H
#define SIPCAUSE_FUZZ_LOADING_H

#include "verdict.h"

/* ---- what a table says -------------------------------------------------------------------------------- */

static inline void read_entry(digest *of, const sipcause_table *table, const sipcause_entry *entry)
{
    digest_number(of, entry != NULL);
    if (!entry)
        return;
    PROMISE(SIPCAUSE_HAS(entry, flags));
    PROMISE(entry->disposition_id < sipcause_disposition_count(table));
    PROMISE(strcmp(entry->disposition, sipcause_disposition_name(table, entry->disposition_id)) == 0);
    PROMISE(sipcause_outcome_name(entry->outcome) && sipcause_party_name(entry->party));
    PROMISE(sipcause_route_name(entry->route));
    PROMISE(entry->file && (entry->line == 0 || strcmp(entry->file, "built-in") != 0));
    digest_text(of, entry->disposition);
    digest_text(of, entry->name);
    digest_text(of, entry->note);
    digest_text(of, entry->file);
    digest_number(of, entry->line);
    digest_number(of, entry->outcome);
    digest_number(of, entry->party);
    digest_number(of, entry->route);
    digest_number(of, entry->flags);
}

/* Every code of the table: it is found again by itself, and its text is read back. */
static inline void read_codes(digest *of, const sipcause_table *table)
{
    sipcause_cursor cursor = {0, 0, 0};
    sipcause_code code, again;
    const sipcause_entry *entry;
    while ((entry = sipcause_table_next(table, &cursor, &code)) != NULL) {
        char text[64];
        PROMISE(sipcause_code_format(table, code, text, sizeof text) < sizeof text);
        PROMISE(sipcause_code_parse(table, text, SIPCAUSE_TEXT, &again, NULL) == SIPCAUSE_OK);
        PROMISE(again.space == code.space && again.value == code.value);
        PROMISE(sipcause_lookup(table, code) == entry);
        if (code.space == SIPCAUSE_SPACE_TOKEN)
            PROMISE(sipcause_lookup_token(table, sipcause_code_word(table, code), SIPCAUSE_TEXT) == entry);
        digest_text(of, text);
        digest_text(of, sipcause_code_name(code));
        read_entry(of, table, entry);
    }
    PROMISE(sipcause_table_next(table, &cursor, &code) == NULL);
}

static inline void read_fallbacks(digest *of, const sipcause_table *table)
{
    for (uint32_t hundreds = 0; hundreds <= 10; hundreds++)
        read_entry(of, table, sipcause_table_class(table, hundreds));
    read_entry(of, table, sipcause_table_default(table));
    for (uint32_t situation = 0; situation <= 10; situation++)
        read_entry(of, table, sipcause_table_no_cause(table, situation));
}

static inline void read_lists(digest *of, const sipcause_table *table)
{
    for (size_t id = 0; id < sipcause_disposition_count(table); id++) {
        PROMISE(is_utf8(sipcause_disposition_name(table, id)));
        digest_text(of, sipcause_disposition_name(table, id));
    }
    PROMISE(sipcause_disposition_name(table, sipcause_disposition_count(table)) == NULL);
    sipcause_cause_header header;
    for (size_t i = 0; i < sipcause_cause_header_count(table); i++) {
        PROMISE(sipcause_cause_header_at(table, i, &header));
        PROMISE(header.name && header.name[0] && sipcause_space_name(header.space));
        digest_text(of, header.name);
        digest_text(of, header.parameter);
        digest_number(of, header.space);
        digest_number(of, header.uri_parameter);
    }
    PROMISE(!sipcause_cause_header_at(table, sipcause_cause_header_count(table), &header));
    for (size_t i = 0; i < sipcause_precedence_count(table); i++) {
        PROMISE(sipcause_space_name(sipcause_precedence_at(table, i)));
        digest_number(of, sipcause_precedence_at(table, i));
    }
    PROMISE(sipcause_precedence_at(table, sipcause_precedence_count(table)) == SIPCAUSE_SPACE_NONE);
}

/* The table written as a mapping file and loaded again is the same table, and is written as the same text. Only a text
 * that is too large for a file may stay away: blocks are longer than what stood in one line. */
static inline void round_trip(const sipcause_table *table)
{
    enum { LARGEST = 16 * 1024 * 1024 };
    sipcause_error error;
    size_t length = sipcause_table_yaml(table, NULL, 0);
    char *text = malloc(length + 1), *twice = malloc(length + 1);
    PROMISE(length > 0);
    if (text && twice && length <= LARGEST) {
        PROMISE(sipcause_table_yaml(table, text, length + 1) == length && strlen(text) == length);
        sipcause_table *again = sipcause_load_bytes(text, length, "again", &error);
        PROMISE(again != NULL);
        PROMISE(sipcause_table_equal(table, again) && sipcause_table_equal(again, table));
        PROMISE(sipcause_table_yaml(again, twice, length + 1) == length && strcmp(text, twice) == 0);
        sipcause_table_unref(again);
    }
    free(text);
    free(twice);
}

/* ---- what it decides ------------------------------------------------------------------------------------ */

#define VIA "Via: SIP/2.0/TCP a.example;branch=z9hG4bK1\r\nFrom: <sip:a@a.example>;tag=1\r\nCall-ID: 1\r\n"
#define TO  "To: <sip:b@b.example>;tag=2\r\n"

static const char invite[] = "INVITE sip:b@b.example SIP/2.0\r\n" VIA "To: <sip:b@b.example>\r\nCSeq: 1 INVITE\r\n\r\n";
static const char ringing[] = "SIP/2.0 180 Ringing\r\n" VIA TO "CSeq: 1 INVITE\r\n\r\n";
static const char blocked[] = "SIP/2.0 603 Network Blocked\r\n" VIA TO "CSeq: 1 INVITE\r\n"
                              "Reason: Q.850;cause=21;location=LN;text=\"v=analytics1;url=https://example.net/redress\""
                              "\r\n\r\n";
static const char carrier[] = "SIP/2.0 503 Service Unavailable\r\n" VIA TO "CSeq: 1 INVITE\r\nX-Cause-Code: 601\r\n"
                              "Retry-After: 5\r\nReason: Q.850;cause=34;location=TN\r\n\r\n";
static const char away[] = "SIP/2.0 480 Temporarily Unavailable\r\n" VIA TO "CSeq: 1 INVITE\r\n\r\n";
static const char cancel[] = "CANCEL sip:b@b.example SIP/2.0\r\n" VIA "To: <sip:b@b.example>\r\nCSeq: 1 CANCEL\r\n"
                             "Reason: SIP;cause=200;text=\"Call completed elsewhere\"\r\n\r\n";
static const char answered[] = "SIP/2.0 200 OK\r\n" VIA TO "CSeq: 1 INVITE\r\n\r\n";
static const char bye[] = "BYE sip:b@b.example SIP/2.0\r\n" VIA TO "CSeq: 2 BYE\r\nReason: Q.850;cause=16\r\n\r\n";

static const char *const calls[][3] = {
    {invite, blocked, NULL}, {invite, carrier, NULL}, {invite, ringing, away},
    {invite, cancel, NULL},  {invite, answered, bye},
};

static inline void read_calls(digest *of, const sipcause_table *table)
{
    sipcause_release *release = sipcause_release_new(table);
    PROMISE(release);
    for (size_t call = 0; call < sizeof calls / sizeof *calls; call++) {
        sipcause_release_reset(release);
        for (size_t i = 0; i < 3 && calls[call][i]; i++)
            PROMISE(sipcause_release_message(release, calls[call][i], SIPCAUSE_TEXT) == SIPCAUSE_OK);
        digest_verdict(of, table, release);
        digest_isup(of, release);
    }
    for (uint32_t local = SIPCAUSE_LOCAL_TIMEOUT; local <= SIPCAUSE_LOCAL_LIMIT; local++) {
        sipcause_release_reset(release);
        PROMISE(sipcause_release_local(release, local) == SIPCAUSE_OK);
        digest_verdict(of, table, release);
    }
    sipcause_release_free(release);
}

static inline void read_responses(digest *of, const sipcause_table *table)
{
    static const uint8_t causes[] = {1, 16, 17, 21, 22, 34, 44, 99, 127};
    const sipcause_notice redress = {.url = "https://example.net/redress", .location = SIPCAUSE_LOCATION_LN};
    for (size_t i = 0; i < sizeof causes; i++) {
        sipcause_isup isup = {.cause = causes[i]};
        sipcause_response response;
        char reason[2048];
        int result = sipcause_to_sip(table, &isup, &redress, reason, sizeof reason, &response);
        PROMISE(result == SIPCAUSE_OK || result == SIPCAUSE_ERROR_UNKNOWN_CODE);
        digest_number(of, (uint64_t)(int64_t)result);
        if (result != SIPCAUSE_OK)
            continue;
        PROMISE(response.status == 0 || (response.status >= 300 && response.status <= 699));
        digest_number(of, response.status);
        digest_text(of, response.phrase);
        digest_text(of, response.reason);
    }
}

static inline void read_table(digest *of, const sipcause_table *table)
{
    PROMISE(is_utf8(sipcause_table_name(table)));
    digest_text(of, sipcause_table_name(table));
    read_codes(of, table);
    read_fallbacks(of, table);
    read_lists(of, table);
    read_calls(of, table);
    read_responses(of, table);
}

/* ---- what an error says ---------------------------------------------------------------------------------- */

/* Lines end at LF, CR or CRLF and columns are bytes, whatever libyaml counts. */
static inline void check_place(const sipcause_error *error, const uint8_t *bytes, size_t length)
{
    uint32_t line = 1;
    size_t start = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    PROMISE(error->offset <= length && error->column);
    for (size_t i = start; i < error->offset; i++) {
        if (bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == length || bytes[i + 1] != '\n'))) {
            line++;
            start = i + 1;
        }
    }
    PROMISE(error->line == line);
    PROMISE(error->column == error->offset - start + 1);
}

static inline void read_error(digest *of, const sipcause_error *error, const uint8_t *bytes, size_t length)
{
    char whole[2048];
    PROMISE(error->code < 0 && error->code != SIPCAUSE_ERROR_MEMORY && error->code != SIPCAUSE_ERROR_MISUSE);
    PROMISE(sipcause_error_name(error->code));
    PROMISE(error->text[0] && memchr(error->text, 0, sizeof error->text));
    PROMISE(is_utf8(error->text) && !strpbrk(error->text, "\r\n"));
    PROMISE(strcmp(error->source, "fuzz") == 0);
    PROMISE((error->line == 0) == (error->column == 0));
    PROMISE((error->second_line == 0) == (error->second_column == 0));
    if (error->line)
        check_place(error, bytes, length);
    PROMISE(sipcause_error_format(error, whole, sizeof whole) < sizeof whole);
    digest_text(of, whole);
    digest_number(of, error->offset);
}

/* ---- what validating finds ------------------------------------------------------------------------------- */

static inline void check_finding(const sipcause_finding *one)
{
    PROMISE(one->severity >= SIPCAUSE_SEVERITY_NOTE && one->severity <= SIPCAUSE_SEVERITY_ERROR);
    PROMISE(sipcause_rule_name(one->rule) && strcmp(one->file, "fuzz") == 0);
    PROMISE(one->message[0] && is_utf8(one->message) && !strpbrk(one->message, "\r\n"));
    PROMISE(!one->suggestion || (one->suggestion[0] && is_utf8(one->suggestion)));
    PROMISE((one->line == 0) == (one->column == 0) && (one->second_line == 0) == (one->second_column == 0));
}

/* table: what the bytes make; NULL: nothing, and error says why. */
static inline void validate(const uint8_t *bytes, size_t length, const sipcause_table *table,
                            const sipcause_error *error)
{
    sipcause_report *report = sipcause_report_new();
    bool there = table != NULL;
    PROMISE(report && sipcause_validate_bytes(bytes, length, "fuzz", report) == SIPCAUSE_OK);
    for (size_t i = 0; i < sipcause_report_count(report); i++) {
        const sipcause_finding *one = sipcause_report_at(report, i);
        bool is_error = one->severity == SIPCAUSE_SEVERITY_ERROR;
        check_finding(one);
        if (table)
            PROMISE(!is_error || sipcause_table_severity(table, one->rule) == SIPCAUSE_SEVERITY_ERROR);
        else if (is_error && one->line == error->line && one->column == error->column)
            there = there || strcmp(one->message, error->text) == 0;
    }
    PROMISE(there || sipcause_report_count(report) == SIPCAUSE_REPORT_MOST);
    if (table) {
        sipcause_report_clear(report);
        PROMISE(sipcause_validate_table(table, report) == SIPCAUSE_OK);
    }
    sipcause_report_free(report);
}

/* ---- both ------------------------------------------------------------------------------------------------ */

static inline digest load(const uint8_t *bytes, size_t length, bool first)
{
    digest of = DIGEST_EMPTY;
    sipcause_error error;
    sipcause_table *table = sipcause_load_bytes(bytes, length, "fuzz", &error);
    if (table) {
        PROMISE(error.code == SIPCAUSE_OK);
        read_table(&of, table);
        if (first)
            round_trip(table);
    } else {
        read_error(&of, &error, bytes, length);
    }
    if (first)
        validate(bytes, length, table, &error);
    sipcause_table_unref(table);
    return of;
}

#endif
