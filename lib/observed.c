/*
 * observed.c - what surveyed traffic carries that a table does not map.
 *
 *     observations -> a list of (status, code, calls), each a few times -> sorted and merged
 *
 * The list has at most a handful of items for every observation, and sorting costs the same whatever the codes are.
 *
 * SPDX-License-Identifier: MIT
 */
#include "observed.h"
#include "release.h"

#include <string.h>

/* ---- rows -------------------------------------------------------------------------------------------------- */

/* The carrier's code of an observation; false: there is none, or it is none that a row could be for (what a saved
 * survey has redacted, what is too long). */
static bool carrier_code(const sipcause_observation *seen, sipcause_code *code)
{
    size_t length = text_length(seen->carrier, SIPCAUSE_TEXT);
    enum word_kind kind = text_word_kind(seen->carrier, length);
    *code = sipcause_carrier(0);
    if (kind == WORD_NUMBER)
        return text_number(seen->carrier, length, &code->value);
    code->space = SIPCAUSE_SPACE_TOKEN;
    return kind == WORD_OWN;
}

/* The row of a code, under whatever conditions; NULL. */
static const row *row_of(const sipcause_table *table, sipcause_code code, const char *text)
{
    return code.space == SIPCAUSE_SPACE_TOKEN ? table_word_row(table, text, strlen(text)) : table_row(table, code);
}

static bool mapped(const sipcause_table *table, sipcause_code code)
{
    return table_row(table, code) || (code.space == SIPCAUSE_SPACE_SIP && code.value >= 300 &&
                                      table_fallback_row(table, FALLBACK_CLASS + code.value / 100));
}

static bool asked(const sipcause_table *table, uint32_t space)
{
    for (uint16_t i = 0; i < table->asked_count; i++)
        if (table->asked[i] == space)
            return true;
    return false;
}

static void mark(const sipcause_table *table, const row *of, uint8_t *met)
{
    if (of >= table->rows && of < table->rows + table->row_count)
        met[of - table->rows] = 1;
}

void observed_mark(const sipcause_table *table, const sipcause_observation *seen, uint8_t *met)
{
    sipcause_code code;
    mark(table, table_row(table, sipcause_status(seen->status)), met);
    mark(table, table_row(table, sipcause_q850(seen->q850)), met);
    mark(table, table_row(table, seen->reason), met);
    if (seen->carrier && carrier_code(seen, &code))
        mark(table, row_of(table, code, seen->carrier), met);
}

/* ---- the list ---------------------------------------------------------------------------------------------- */

static bool add(tally *to, const sipcause_observation *seen, sipcause_code code, uint16_t status)
{
    if (!memory_reserve((void **)&to->items, &to->capacity, to->count + 1, sizeof *to->items))
        return false;
    bool carrier = code.space == SIPCAUSE_SPACE_CARRIER || code.space == SIPCAUSE_SPACE_TOKEN;
    to->items[to->count++] = (unmapped){
        .status = status,
        .code = code,
        .word = code.space == SIPCAUSE_SPACE_TOKEN ? seen->carrier : NULL,
        .header = carrier ? seen->header : NULL,
        .calls = seen->calls,
    };
    return true;
}

bool observed_carrier(const sipcause_table *table, const sipcause_observation *seen, uint16_t status, tally *to)
{
    sipcause_code code;
    if (!seen->carrier || !table->cause_header_count || !carrier_code(seen, &code) ||
        row_of(table, code, seen->carrier))
        return true;
    return add(to, seen, code, status);
}

bool observed_unmapped(const sipcause_table *table, const sipcause_observation *seen, tally *to)
{
    const sipcause_code codes[] = {sipcause_status(seen->status), sipcause_q850(seen->q850), seen->reason};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        bool again = i == 2 && code_same(codes[i], codes[0]);
        bool final = codes[i].space != SIPCAUSE_SPACE_SIP || codes[i].value >= 300;
        if (sipcause_code_valid(codes[i]) && final && !again && asked(table, codes[i].space) &&
            !mapped(table, codes[i]) && !add(to, seen, codes[i], 0))
            return false;
    }
    return !asked(table, SIPCAUSE_SPACE_CARRIER) || observed_carrier(table, seen, 0, to);
}

static int compare(const unmapped *a, const unmapped *b)
{
    if (a->status != b->status)
        return a->status < b->status ? -1 : 1;
    if (a->code.space != b->code.space)
        return a->code.space < b->code.space ? -1 : 1;
    if (a->code.value != b->code.value)
        return a->code.value < b->code.value ? -1 : 1;
    return a->word && b->word ? strcmp(a->word, b->word) : 0;
}

static bool by_code(const void *a, const void *b)
{
    return compare(a, b) < 0;
}

static bool by_calls(const void *a, const void *b)
{
    const unmapped *one = a, *other = b;
    return one->status != other->status ? one->status < other->status : one->calls > other->calls;
}

/* Puts the items into that order. */
static bool order(tally *of, bool (*before)(const void *a, const void *b))
{
    const void **sorted = (const void **)memory_allocate(of->count, sizeof *sorted);
    unmapped *items = memory_allocate(of->count, sizeof *items);
    bool done = sorted && items;
    for (uint32_t i = 0; i < of->count && done; i++)
        sorted[i] = &of->items[i];
    done = done && sort_stable(sorted, of->count, before);
    for (uint32_t i = 0; i < of->count && done; i++)
        items[i] = *(const unmapped *)sorted[i];
    if (done) {
        memory_free(of->items);
        of->items = items;
        of->capacity = of->count;
    } else {
        memory_free(items);
    }
    memory_free(sorted);
    return done;
}

bool observed_merge(tally *of)
{
    uint32_t kept = 0;
    if (of->count == 0)
        return true;
    if (!order(of, by_code))
        return false;
    for (uint32_t i = 1; i < of->count; i++)
        if (compare(&of->items[kept], &of->items[i]) == 0) {
            of->items[kept].calls += of->items[i].calls;
            of->items[kept].unknown += of->items[i].unknown;
        } else {
            of->items[++kept] = of->items[i];
        }
    of->count = kept + 1;
    return order(of, by_calls);
}

/* ---- the calls again --------------------------------------------------------------------------------------- */

enum { VALUE_MOST = 256 };

static int add_reason(sipcause_release *release, const char *name, uint32_t cause, const char *location)
{
    char value[VALUE_MOST];
    writer out = {value, sizeof value, 0};
    write_text(&out, name);
    write_text(&out, ";cause=");
    write_number(&out, cause);
    if (location) {
        write_text(&out, ";location=");
        write_text(&out, location);
    }
    write_end(&out);
    return sipcause_release_header(release, "Reason", SIPCAUSE_TEXT, value, SIPCAUSE_TEXT);
}

static const char *protocol_of(uint32_t space)
{
    for (size_t i = 0; i < protocols_count; i++)
        if (protocols[i].space == space)
            return protocols[i].name;
    return space == SIPCAUSE_SPACE_FREESWITCH ? "FreeSWITCH" : "SIP";
}

const sipcause_cause_header *observed_header(const sipcause_table *table, const char *name)
{
    for (uint16_t i = 0; i < table->cause_header_count; i++)
        if (text_same_name(name, strlen(name), table->cause_headers[i].name))
            return &table->cause_headers[i];
    return NULL;
}

/* The code where the table looks for it in that header. */
static int add_carrier(sipcause_release *release, const sipcause_observation *seen)
{
    char value[VALUE_MOST];
    writer out = {value, sizeof value, 0};
    const sipcause_cause_header *header = observed_header(release->table, seen->header);
    if (header && header->parameter) {
        write_text(&out, "x;");
        write_text(&out, header->parameter);
        write_text(&out, "=");
    }
    write_text(&out, seen->carrier);
    write_end(&out);
    return sipcause_release_header(release, seen->header, SIPCAUSE_TEXT, value, SIPCAUSE_TEXT);
}

/* Opens the message that decided. */
static int open_message(sipcause_release *release, const sipcause_observation *seen)
{
    const char *phrase = sipcause_code_name(sipcause_status(seen->status));
    if (seen->method == SIPCAUSE_METHOD_CANCEL || seen->method == SIPCAUSE_METHOD_BYE) {
        const char *method = seen->method == SIPCAUSE_METHOD_BYE ? "BYE" : "CANCEL";
        return sipcause_release_request(release, method, SIPCAUSE_TEXT, SIPCAUSE_SIDE_CALLER, NULL, 0, 1);
    }
    return sipcause_release_response(release, seen->status, phrase, SIPCAUSE_TEXT, NULL, 0, NULL, 0, 1);
}

/* All that is known of the call, message by message. */
static int tell_call(sipcause_release *release, const sipcause_observation *seen)
{
    bool request = seen->method == SIPCAUSE_METHOD_CANCEL || seen->method == SIPCAUSE_METHOD_BYE;
    int result = sipcause_release_request(release, "INVITE", SIPCAUSE_TEXT, SIPCAUSE_SIDE_CALLER, NULL, 0, 1);
    if (result == SIPCAUSE_OK && seen->answered)
        result = sipcause_release_response(release, 200, "OK", SIPCAUSE_TEXT, NULL, 0, NULL, 0, 1);
    if (result == SIPCAUSE_OK && seen->method)
        result = open_message(release, seen);
    if (result == SIPCAUSE_OK && seen->method && seen->q850)
        result = add_reason(release, "Q.850", seen->q850, sipcause_location_name(seen->location));
    if (result == SIPCAUSE_OK && seen->method && seen->reason.space != SIPCAUSE_SPACE_NONE)
        result = add_reason(release, protocol_of(seen->reason.space), seen->reason.value, NULL);
    if (result == SIPCAUSE_OK && seen->method && seen->carrier)
        result = add_carrier(release, seen);
    if (result == SIPCAUSE_OK && !seen->method && seen->q850) { /* a REL alone */
        uint8_t location = seen->location > 15 ? 0 : seen->location;
        const unsigned char octets[] = {(unsigned char)(0x80 | location), (unsigned char)(0x80 | seen->q850)};
        result = sipcause_release_isup(release, octets, sizeof octets);
    }
    if (result == SIPCAUSE_OK && request && seen->status)
        result = sipcause_release_response(release, seen->status, NULL, 0, NULL, 0, NULL, 0, 1);
    return result;
}

int observed_unknown(sipcause_release *release, const sipcause_observation *seen)
{
    sipcause_release_reset(release);
    int result = tell_call(release, seen);
    const sipcause_verdict *verdict = result == SIPCAUSE_OK ? sipcause_decide(release) : NULL;
    return verdict ? verdict->outcome == SIPCAUSE_OUTCOME_UNKNOWN : SIPCAUSE_ERROR_MEMORY;
}
