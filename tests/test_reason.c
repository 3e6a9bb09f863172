/*
 * test_reason.c - the Reason header field.
 *
 * tests/data/reason.jsonl holds headers as systems send them: `seen` says where one was found (wire, doc,
 * test, code ...), `system` what sends it. Their rules are the least that must be found.
 * tests/data/reason_made.jsonl holds headers made for the grammar's corners; its values go on with the
 * text and the location, and its rules are exactly those that are found.
 *
 * SPDX-License-Identifier: MIT
 */
#include "json.h"

enum { HEADERS = 4, HEADER_SIZE = 1024 };

typedef struct one_case {
    char id[16];
    char headers[HEADERS][HEADER_SIZE];
    size_t lengths[HEADERS];
    unsigned header_count;
    const char *values; /* the list as JSON */
    uint64_t rules;
} one_case;

static one_case read_case(const char *line)
{
    one_case read = {.rules = 0};
    char key[32], text[64];
    json_need(&line, '{');
    while (!json_is(&line, '}')) {
        json_string(&line, key, sizeof key);
        json_need(&line, ':');
        json_blanks(&line);
        if (strcmp(key, "id") == 0) {
            json_string(&line, read.id, sizeof read.id);
        } else if (strcmp(key, "headers") == 0) {
            for (json_need(&line, '['); !json_is(&line, ']'); json_is(&line, ',')) {
                ck_assert_uint_lt(read.header_count, HEADERS);
                unsigned n = read.header_count++;
                read.lengths[n] = json_string(&line, read.headers[n], HEADER_SIZE);
            }
        } else if (strcmp(key, "rules") == 0) {
            for (json_need(&line, '['); !json_is(&line, ']'); json_is(&line, ',')) {
                json_string(&line, text, sizeof text);
                int rule = sipcause_rule_from_name(text, SIPCAUSE_TEXT);
                ck_assert_msg(rule > 0, "%s: no rule %s", read.id, text);
                read.rules |= (uint64_t)1 << rule;
            }
        } else {
            if (strcmp(key, "values") == 0)
                read.values = line;
            json_skip(&line);
        }
        json_is(&line, ',');
    }
    return read;
}

/* One value against ["Q.850", 16] or ["Q.850", 16, "text", "LN"]; null: absent. */
static void check_value(const char *id, const char **at, const sipcause_reason *reason)
{
    char text[HEADER_SIZE], read[HEADER_SIZE];
    long cause;
    json_need(at, '[');
    json_string(at, text, sizeof text);
    ck_assert_msg(text_same_name(reason->protocol.text, reason->protocol.length, text), "%s: protocol %.*s", id,
                  (int)reason->protocol.length, reason->protocol.text);
    json_need(at, ',');
    bool has_cause = json_number(at, &cause);
    ck_assert_msg(has_cause == (reason->has_cause == 1), "%s: has_cause %u", id, reason->has_cause);
    ck_assert_msg(reason->cause == (has_cause ? (uint32_t)cause : 0), "%s: cause %u", id, reason->cause);
    if (json_is(at, ',')) {
        json_blanks(at);
        bool has_text = **at == '"';
        size_t length = has_text ? json_string(at, text, sizeof text) : (json_skip(at), 0u);
        size_t read_length = sipcause_reason_text(reason, read, sizeof read);
        ck_assert_msg(has_text == (reason->text.text != NULL), "%s: has text", id);
        ck_assert_msg(length == read_length && (!length || memcmp(text, read, length) == 0), "%s: text %s", id, read);
        json_need(at, ',');
        json_blanks(at);
        int location = SIPCAUSE_LOCATION_NONE;
        if (**at == '"') {
            json_string(at, text, sizeof text);
            location = sipcause_location_from_name(text, SIPCAUSE_TEXT);
        } else {
            json_skip(at);
        }
        ck_assert_msg(reason->location == location, "%s: location %u", id, reason->location);
    }
    json_need(at, ']');
}

static void check_case(const one_case *wanted, bool exactly)
{
    sipcause_reason_iterator iterator;
    sipcause_reason reason;
    uint64_t findings = 0;
    const char *values = wanted->values;
    json_need(&values, '[');
    for (unsigned n = 0; n < wanted->header_count; n++) {
        if (n == 0)
            sipcause_reason_begin(&iterator, wanted->headers[n], wanted->lengths[n]);
        else
            sipcause_reason_continue(&iterator, wanted->headers[n], wanted->lengths[n]);
        while (sipcause_reason_next(&iterator, &reason)) {
            check_value(wanted->id, &values, &reason);
            json_is(&values, ',');
            findings |= reason.findings;
        }
        ck_assert(!sipcause_reason_next(&iterator, &reason)); /* an end stays an end */
    }
    findings |= sipcause_reason_findings(&iterator);
    ck_assert_msg(json_is(&values, ']'), "%s: a value is missing: %.40s", wanted->id, values);
    uint64_t differing = exactly ? findings ^ wanted->rules : wanted->rules & ~findings;
    for (unsigned rule = 1; rule < 64; rule++)
        ck_assert_msg(!(differing >> rule & 1), "%s: %s is %s", wanted->id, sipcause_rule_name(rule),
                      findings >> rule & 1 ? "found" : "not found");
}

static unsigned check_file(const char *path, bool exactly)
{
    unsigned count = 0;
    for (char *line = keep_file(path, NULL), *next; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = 0;
        one_case wanted = read_case(line);
        check_case(&wanted, exactly);
        count++;
    }
    return count;
}

START_TEST(headers_of_the_field)
{
    ck_assert_uint_eq(check_file("tests/data/reason.jsonl", false), 60);
}
END_TEST

START_TEST(headers_made)
{
    ck_assert_uint_eq(check_file("tests/data/reason_made.jsonl", true), 77);
}
END_TEST

static sipcause_reason first(const char *value)
{
    sipcause_reason_iterator iterator;
    sipcause_reason reason;
    sipcause_reason_begin(&iterator, value, SIPCAUSE_TEXT);
    ck_assert(sipcause_reason_next(&iterator, &reason));
    return reason;
}

START_TEST(spaces)
{
    static const struct {
        const char *value;
        unsigned space;
    } cases[] = {
        {"SIP;cause=486", SIPCAUSE_SPACE_SIP},
        {"sip", SIPCAUSE_SPACE_SIP},
        {"Q.850;cause=17", SIPCAUSE_SPACE_Q850},
        {"q.850;cause=999", SIPCAUSE_SPACE_Q850},
        {"Preemption;cause=1", SIPCAUSE_SPACE_PREEMPTION},
        {"release_cause;cause=1", SIPCAUSE_SPACE_RELEASE_CAUSE},
        {"NGAP-PROT;cause=1", SIPCAUSE_SPACE_NGAP_PROT},
        {"X.int;cause=1", SIPCAUSE_SPACE_NONE},
        {"FreeSWITCH;cause=127", SIPCAUSE_SPACE_Q850},
        {"FreeSWITCH;cause=128", SIPCAUSE_SPACE_FREESWITCH},
        {"FreeSWITCH", SIPCAUSE_SPACE_FREESWITCH},
        {"SIP;cause=607;text=\"Unwanted\"", SIPCAUSE_SPACE_SIP},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(first(cases[i].value).space == cases[i].space, "%s", cases[i].value);
}
END_TEST

START_TEST(parameters)
{
    static const char *const wanted[][2] = {
        {"cause", "200"},        {"sparam1", NULL}, {"sparam2", "test"}, {"sparam3", "a,b;c"},
        {"text", "x \\\"y\\\""}, {"empty", ""},     {"last", "1"},
    };
    sipcause_reason reason = first("SIP ; cause = 200; sparam1;; sparam2=test; sparam3=\"a,b;c\";"
                                   "text=\"x \\\"y\\\"\" ;empty= ; last=1 , Q.850");
    size_t position = 0;
    sipcause_slice name, content;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        ck_assert(sipcause_reason_parameter(&reason, &position, &name, &content));
        ck_assert(text_same_exactly(name.text, name.length, wanted[i][0]));
        ck_assert((content.text == NULL) == (wanted[i][1] == NULL));
        if (content.text)
            ck_assert(text_same_exactly(content.text, content.length, wanted[i][1]));
    }
    ck_assert(!sipcause_reason_parameter(&reason, &position, &name, &content));
    ck_assert(!sipcause_reason_parameter(&reason, &position, &name, &content));
    reason = first("SIP");
    position = 0;
    ck_assert(!sipcause_reason_parameter(&reason, &position, &name, &content));
}
END_TEST

START_TEST(text_into_small_room)
{
    sipcause_reason reason = first("SIP;text=\"a\\\"bc\"");
    char buffer[4];
    ck_assert_uint_eq(sipcause_reason_text(&reason, NULL, 0), 4);
    ck_assert_uint_eq(sipcause_reason_text(&reason, buffer, sizeof buffer), 4);
    ck_assert_str_eq(buffer, "a\"b");
    reason = first("SIP");
    ck_assert_uint_eq(sipcause_reason_text(&reason, buffer, sizeof buffer), 0);
    ck_assert_str_eq(buffer, "");
}
END_TEST

START_TEST(sentences)
{
    static const struct {
        const char *value;
        unsigned rule;
        const char *sentence;
    } cases[] = {
        {"Q.850;cause=486", SIPCAUSE_RULE_Q850_CAUSE_IS_STATUS,
         "Q.850;cause=486: 486 is the SIP status code \"Busy Here\", not a Q.850 cause value (1-127)"},
        {"SIP;cause=601", SIPCAUSE_RULE_UNASSIGNED_STATUS, "SIP;cause=601: 601 is no registered SIP status code"},
        {"SIP;cause=48x", SIPCAUSE_RULE_BAD_CAUSE, "SIP: the cause \"48x\" is no decimal number: it was not read"},
        {"SIP;cause", SIPCAUSE_RULE_BAD_CAUSE, "SIP: the cause has no value"},
        {"SIP;cause=99999999999", SIPCAUSE_RULE_BAD_CAUSE,
         "SIP: the cause \"99999999999\" is over 4294967295: it was not read"},
        {"SIP;cause=486;cause=487", SIPCAUSE_RULE_DUPLICATE_CAUSE,
         "SIP;cause=486: a second cause \"487\" stands in the same value; the first counts"},
        {"IP;cause=487", SIPCAUSE_RULE_UNKNOWN_PROTOCOL,
         "IP;cause=487: \"IP\" is no registered Reason protocol; did you mean SIP?"},
        {"SIP;cause=486;text=\"a\nb\"", SIPCAUSE_RULE_CONTROL_CHARACTER,
         "SIP;cause=486: the text \"a?b\" or another quoted string has a control character in it"},
        {"SIP;cause=486;location=LN", SIPCAUSE_RULE_LOCATION_IGNORED,
         "SIP;cause=486: the location \"LN\" is ignored: only a Q.850 cause has one (RFC 8606 section 4)"},
        {"SIP;;", SIPCAUSE_RULE_EMPTY_PARAMETER, "SIP: a semicolon has no parameter behind it"},
        {"FreeSWITCH;cause=607", SIPCAUSE_RULE_FREESWITCH_NUMBER, NULL},
    };
    char sentence[512];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sipcause_reason reason = first(cases[i].value);
        size_t length = sipcause_reason_sentence(&reason, cases[i].rule, sentence, sizeof sentence);
        ck_assert_msg(reason.findings >> cases[i].rule & 1, "%s", cases[i].value);
        ck_assert_uint_eq(length, strlen(sentence));
        if (cases[i].sentence)
            ck_assert_str_eq(sentence, cases[i].sentence);
    }
}
END_TEST

/* Every rule of the wire has a sentence, with a value and without one; those of mapping files, from 40 on, and what is
 * no rule have none. */
START_TEST(every_rule_has_a_sentence)
{
    sipcause_reason reason = first("SIP");
    char sentence[512];
    for (uint32_t rule = 0; rule < 70; rule++) {
        bool known = sipcause_rule_name(rule) != NULL && rule < SIPCAUSE_RULE_STATUS_IN_CAUSE;
        size_t with = sipcause_reason_sentence(&reason, rule, sentence, sizeof sentence);
        size_t without = sipcause_reason_sentence(NULL, rule, sentence, sizeof sentence);
        ck_assert_msg((with > 5) == known && (without > 5) == known, "rule %u", rule);
        ck_assert_uint_eq(sipcause_reason_sentence(&reason, rule, NULL, 0), with);
    }
}
END_TEST

START_TEST(long_values)
{
    enum { LONG = 65536 };
    static char value[LONG + 64];
    sipcause_reason_iterator iterator;
    sipcause_reason reason;
    unsigned count = 0;
    int before = snprintf(value, sizeof value, "Q.850;text=\"");
    memset(value + before, 'x', LONG);
    memcpy(value + before + LONG, "\";cause=16", 11);
    reason = first(value);
    ck_assert_uint_eq(reason.cause, 16);
    ck_assert_uint_eq(reason.text.length, LONG);
    char sentence[512];
    ck_assert_uint_lt(sipcause_reason_sentence(&reason, SIPCAUSE_RULE_CONTROL_CHARACTER, sentence, 512), 512);
    for (size_t i = 0; i < LONG; i++)
        value[i] = "X,"[i % 2];
    sipcause_reason_begin(&iterator, value, LONG);
    while (sipcause_reason_next(&iterator, &reason))
        count++;
    ck_assert_uint_eq(count, LONG / 2);
    ck_assert_uint_eq(sipcause_reason_findings(&iterator), (uint64_t)1 << SIPCAUSE_RULE_EMPTY_VALUE);
}
END_TEST

static bool lies_in(sipcause_slice slice, const char *bytes, size_t length)
{
    return slice.length == 0 || (slice.text >= bytes && slice.text + slice.length <= bytes + length);
}

/* Neither an allocation nor a copy: all that is handed out lies in the header's own bytes. */
START_TEST(reading_takes_no_memory)
{
    static const char value[] =
        "SIP ;cause=\"480\";text=\"a\\\"b\";x=y, Q.850;cause=16;location=LN;text=c d, ,Q850;cause";
    sipcause_reason_iterator iterator;
    sipcause_reason reason;
    sipcause_slice name, content;
    unsigned values = 0;
#ifdef SIPCAUSE_TEST_MEMORY
    long before = memory_requests();
#endif
    sipcause_reason_begin(&iterator, value, SIPCAUSE_TEXT);
    for (; sipcause_reason_next(&iterator, &reason); values++) {
        ck_assert(lies_in(reason.protocol, value, sizeof value - 1) && lies_in(reason.text, value, sizeof value - 1));
        for (size_t at = 0; sipcause_reason_parameter(&reason, &at, &name, &content);)
            ck_assert(lies_in(name, value, sizeof value - 1) && lies_in(content, value, sizeof value - 1));
    }
    ck_assert_uint_eq(values, 3);
    ck_assert_int_eq(sipcause_reason_check(value, SIPCAUSE_TEXT, NULL), SIPCAUSE_ERROR_VALUE);
#ifdef SIPCAUSE_TEST_MEMORY
    ck_assert_int_eq(memory_requests(), before);
#endif
}
END_TEST

START_TEST(nothing_to_read)
{
    sipcause_reason_iterator iterator;
    sipcause_reason reason;
    sipcause_reason_begin(&iterator, NULL, 0);
    ck_assert(!sipcause_reason_next(&iterator, &reason));
    ck_assert_uint_eq(sipcause_reason_findings(&iterator), 0);
}
END_TEST

/* reason.c has a table of its own for speed: it must agree with text.c about tokens. */
START_TEST(token_characters)
{
    for (int c = 1; c < 256; c++) {
        char value[] = {'x', (char)c, 'x', 0};
        sipcause_reason_iterator iterator;
        sipcause_reason reason;
        sipcause_reason_begin(&iterator, value, 3);
        bool whole = sipcause_reason_next(&iterator, &reason) && reason.protocol.length == 3;
        ck_assert_msg(whole == text_token_character((char)c), "character %d", c);
    }
}
END_TEST

/* The strict reading: the column and the rule of the first deviation; 0: there is none. */
Suite *make_suite(void)
{
    Suite *suite = suite_create("reason");
    add_test(suite, headers_of_the_field);
    add_test(suite, headers_made);
    add_test(suite, spaces);
    add_test(suite, parameters);
    add_test(suite, text_into_small_room);
    add_test(suite, sentences);
    add_test(suite, every_rule_has_a_sentence);
    add_test(suite, long_values);
    add_test(suite, reading_takes_no_memory);
    add_test(suite, nothing_to_read);
    add_test(suite, token_characters);
    return suite;
}
