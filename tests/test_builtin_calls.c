/*
 * The built-in data: every condition, fallback and interworking rule of the CSV files in data/ answers where a call or a
 * translation meets it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "csv.h"

#include <stdlib.h>

/* ---- calls that meet a row's conditions ------------------------------------------------------------- */

static bool says(const char *conditions, const char *one)
{
    return strstr(conditions, one) != NULL;
}

/* A location that conditions ask for, "" when they ask for none; !U is any but U. */
static void asked_location(const char *conditions, char *name, size_t size)
{
    const char *at = strstr(conditions, "location=");
    size_t length = at ? strcspn(at + 9, " ") : 0;
    if (at && at[9] == '!')
        snprintf(name, size, "TN");
    else
        snprintf(name, size, "%.*s", (int)length, at ? at + 9 : "");
}

static bool respond(sipcause_release *release, uint32_t status, const char *phrase)
{
    return sipcause_release_response(release, status, phrase, SIPCAUSE_TEXT, NULL, 0, "t", 1, 1) == SIPCAUSE_OK;
}

static bool add(sipcause_release *release, const char *name, const char *value)
{
    return sipcause_release_header(release, name, SIPCAUSE_TEXT, value, SIPCAUSE_TEXT) == SIPCAUSE_OK;
}

/* A text that the first pattern asks for, "" when there is none. */
static void asked_text(const char *conditions, char *text, size_t size)
{
    const char *at = strstr(conditions, "text=\"");
    size_t used = 0;
    for (at = at ? at + 6 : ""; *at && *at != '|' && *at != '"' && used + 1 < size; at++)
        if (*at != '*')
            text[used++] = *at;
    text[used] = 0;
}

static const char *protocol_of(const char *space)
{
    static const char *const known[][2] = {
        {"sip", "SIP"}, {"freeswitch", "FreeSWITCH"}, {"release-cause", "RELEASE_CAUSE"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(space, known[i][0]) == 0)
            return known[i][1];
    return "Q.850";
}

/* The Reason that a code has under conditions. */
static void write_reason(const char *space, uint32_t value, const char *conditions, char *reason, size_t size)
{
    char location[16], text[64];
    asked_location(conditions, location, sizeof location);
    asked_text(conditions, text, sizeof text);
    if (says(conditions, "notice=yes"))
        snprintf(text, sizeof text, "v=analytics1;url=https://example.com");
    snprintf(reason, size, "%s;cause=%u%s%s%s%s%s", protocol_of(space), (unsigned)value, text[0] ? ";text=\"" : "",
             text, text[0] ? "\"" : "", location[0] ? ";location=" : "", location);
}

static bool request(sipcause_release *release, const char *method, bool in_dialog)
{
    return sipcause_release_request(release, method, SIPCAUSE_TEXT, SIPCAUSE_SIDE_CALLER, in_dialog ? "t" : NULL,
                                    in_dialog, in_dialog ? 2 : 1) == SIPCAUSE_OK;
}

/* Tells a call in which a code of a space comes under conditions. False when memory is short. */
static bool tell_call(sipcause_release *release, const char *space, uint32_t value, const char *conditions)
{
    char reason[160];
    bool notice = says(conditions, "notice=yes"), failure = strcmp(space, "sip") == 0 && value >= 300;
    bool cancel = says(conditions, "method=cancel") || strcmp(space, "no-cause") == 0,
         bye = !cancel && strcmp(space, "sip") == 0 && value == 200;
    uint32_t status = bye ? 200 : failure ? value : 480;
    bool done = request(release, "INVITE", false);
    if (says(conditions, "alerted=yes"))
        done = done && respond(release, 180, "Ringing");
    if (says(conditions, "progressed=yes"))
        done = done && respond(release, 183, "Session Progress");
    if (strcmp(space, "local") == 0)
        return done && sipcause_release_local(release, value) == SIPCAUSE_OK;
    done = done &&
           (cancel ? request(release, "CANCEL", false) : respond(release, status, notice ? "Network Blocked" : "x"));
    if (bye)
        done = done && request(release, "BYE", true);
    if (strcmp(space, "no-cause") == 0)
        value = 16; /* before an answer it tells nothing */
    write_reason(space, value, conditions, reason, sizeof reason);
    if (!failure || cancel || notice || says(conditions, "text="))
        done = done && add(release, "Reason", reason);
    if (says(conditions, "warning=304|305"))
        done = done && add(release, "Warning", "399 a \"x, 305\", 305 example.com \"Incompatible media format\"");
    return done;
}

START_TEST(test_every_refinement)
{
    csv file;
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    csv_open(&file, "refinements.csv");
    while (csv_next(&file)) {
        const char *space = column(&file, "space");
        uint32_t value = (uint32_t)strtoul(column(&file, "value"), NULL, 10);
        if (column(&file, "uninformative")[0])
            continue; /* something else decides; tests/calls has those */
        if (strcmp(space, "local") == 0)
            value = (uint32_t)sipcause_local_from_name(column(&file, "value"), SIPCAUSE_TEXT);
        sipcause_release_reset(release);
        NEED(tell_call(release, space, value, column(&file, "conditions")));
        const sipcause_verdict *verdict = sipcause_decide(release);
        NEED(verdict);
        ck_assert_str_eq(verdict->disposition, column(&file, "disposition"));
        ck_assert_str_eq(sipcause_outcome_name(verdict->outcome), column(&file, "outcome"));
        ck_assert_str_eq(sipcause_party_name(verdict->party), column(&file, "party"));
        ck_assert_str_eq(sipcause_route_name(verdict->route), verdict->answered ? "none" : column(&file, "route"));
    }
}
END_TEST

START_TEST(test_every_fallback)
{
    csv file;
    sipcause_release *release = keep_release(sipcause_release_new(NULL));
    NEED(release);
    csv_open(&file, "fallbacks.csv");
    while (csv_next(&file)) {
        const char *kind = column(&file, "kind"), *key = column(&file, "key");
        const sipcause_entry *entry = NULL;
        if (strcmp(kind, "class") == 0)
            entry = sipcause_table_class(NULL, (uint32_t)(key[0] - '0'));
        else if (strcmp(kind, "default") == 0)
            entry = sipcause_table_default(NULL);
        else if (strcmp(kind, "no-cause") == 0)
            entry = sipcause_table_no_cause(NULL, (uint32_t)sipcause_no_cause_from_name(key, SIPCAUSE_TEXT));
        if (strcmp(kind, "local") != 0) {
            check_entry(entry, &file, key);
            continue;
        }
        sipcause_release_reset(release);
        NEED(sipcause_release_local(release, (uint32_t)sipcause_local_from_name(key, SIPCAUSE_TEXT)) == SIPCAUSE_OK);
        const sipcause_verdict *verdict = sipcause_decide(release);
        NEED(verdict);
        ck_assert_str_eq(verdict->disposition, column(&file, "disposition"));
        ck_assert_str_eq(sipcause_outcome_name(verdict->outcome), column(&file, "outcome"));
        ck_assert_str_eq(sipcause_party_name(verdict->party), column(&file, "party"));
        ck_assert_str_eq(sipcause_route_name(verdict->route), column(&file, "route"));
    }
    ck_assert_ptr_null(sipcause_table_class(NULL, 2));
    ck_assert_ptr_null(sipcause_table_class(NULL, 7));
    ck_assert_ptr_null(sipcause_table_no_cause(NULL, 0));
    ck_assert_ptr_null(sipcause_table_no_cause(NULL, 5));
}
END_TEST

/* ---- interworking ------------------------------------------------------------------------------------ */

static const struct {
    const char *file, *profile;
} interworking[] = {
    {"rfc3398_sip_to_isup.csv", "rfc3398"},  {"blocking_sip_to_isup.csv", "blocking"},
    {"blocking_sip_to_isup.csv", "default"}, {"fcc_2026_sip_to_isup.csv", "fcc-2026"},
    {"q1912_5_sip_to_isup.csv", "q1912.5"},  {"rfc3398_isup_to_sip.csv", "rfc3398"},
    {"rfc3398_isup_to_sip.csv", "q1912.5"},  {"blocking_isup_to_sip.csv", "blocking"},
    {"blocking_isup_to_sip.csv", "default"}, {"fcc_2026_isup_to_sip.csv", "fcc-2026"},
    {"rfc4497_sip_to_isup.csv", "rfc4497"},  {"rfc4497_isup_to_sip.csv", "rfc4497"},
};

static bool tell_from(sipcause_release *release, const char *from, const char *conditions)
{
    if (strcmp(from, "BYE") == 0)
        return respond(release, 200, "OK") && request(release, "BYE", true);
    if (strcmp(from, "CANCEL") == 0)
        return tell_call(release, "sip", 0, "method=cancel"); /* its Reason has no usable cause */
    uint32_t status = strcmp(from, "default") == 0 ? 499 : strcmp(from, "3xx") == 0 ? 399 : (uint32_t)atoi(from);
    return tell_call(release, "sip", status, conditions);
}

static void check_to_isup(const csv *file, const char *profile_name)
{
    sipcause_isup isup;
    sipcause_release *release = keep_release(sipcause_release_new(sipcause_builtin(profile_name)));
    NEED(release);
    NEED(tell_from(release, column(file, "from"), column(file, "conditions")));
    ck_assert_int_eq(sipcause_to_isup(release, &isup), SIPCAUSE_OK);
    const char *to = column(file, "to");
    ck_assert_uint_eq(isup.cause, strcmp(to, "none") == 0 ? 0 : (unsigned)atoi(to));
    if (column(file, "location")[0])
        ck_assert_str_eq(sipcause_location_name(isup.location), column(file, "location"));
}

static void check_to_sip(const csv *file, const char *profile_name)
{
    const char *from = column(file, "from"), *to = column(file, "to"), *location = column(file, "location");
    char buffer[256];
    sipcause_response response;
    sipcause_isup isup = {.cause = strcmp(from, "default") == 0 ? 110 : (uint8_t)atoi(from),
                          .location = SIPCAUSE_LOCATION_TN};
    if (location[0])
        isup.location = (uint8_t)sipcause_location_from_name(location, SIPCAUSE_TEXT);
    if (says(column(file, "conditions"), "diagnostic=yes"))
        isup.diagnostic_length = 3;
    int result = sipcause_to_sip(sipcause_builtin(profile_name), &isup, NULL, buffer, sizeof buffer, &response);
    ck_assert_int_eq(result, SIPCAUSE_OK);
    ck_assert_uint_eq(response.status, strcmp(to, "none") == 0 ? 0 : (unsigned)atoi(to));
}

START_TEST(test_every_interworking_row)
{
    csv file;
    bool to_isup = says(interworking[_i].file, "sip_to_isup");
    csv_open(&file, interworking[_i].file);
    while (csv_next(&file)) {
        if (to_isup)
            check_to_isup(&file, interworking[_i].profile);
        else
            check_to_sip(&file, interworking[_i].profile);
        if (out_of_memory())
            return;
    }
}
END_TEST

/* Against a copy of the RFC's own tables: that no row of data/ has gone astray, and that none is missing. */
static void check_rfc4497(const csv *file, bool listed[2][700])
{
    const char *from = column(file, "from"), *to = column(file, "to"), *when = column(file, "when");
    const sipcause_table *table = sipcause_builtin("rfc4497");
    uint32_t wanted = (uint32_t)atoi(to), is;
    if (strcmp(column(file, "direction"), "to-sip") == 0) {
        sipcause_response response;
        bool user = strcmp(when, "user") == 0;
        sipcause_isup isup = {.cause = strcmp(from, "default") == 0 ? 126 : (uint8_t)atoi(from),
                              .location = user ? SIPCAUSE_LOCATION_U : SIPCAUSE_LOCATION_RPN,
                              .diagnostic_length = strcmp(when, "diagnostic") == 0};
        ck_assert_int_eq(sipcause_to_sip(table, &isup, NULL, NULL, 0, &response), SIPCAUSE_OK);
        listed[0][isup.cause] = true;
        is = response.status;
    } else {
        sipcause_isup isup;
        sipcause_release *release = keep_release(sipcause_release_new(table));
        NEED(release);
        NEED(tell_from(release, from, strcmp(when, "warning") == 0 ? "warning=304|305" : ""));
        ck_assert_int_eq(sipcause_to_isup(release, &isup), SIPCAUSE_OK);
        listed[1][atoi(from)] = true;
        is = isup.cause;
        if (is) /* SHOULD be the user for 6xx, else the private network that serves him */
            ck_assert_uint_eq(isup.location, from[0] == '6' || from[0] == 'B' || from[0] == 'C'
                                                 ? SIPCAUSE_LOCATION_U
                                                 : SIPCAUSE_LOCATION_RPN);
    }
    ck_assert_msg(is == wanted, "%s %s: %u, wanted %s", column(file, "direction"), from, (unsigned)is, to);
}

START_TEST(test_rfc4497)
{
    csv file;
    bool listed[2][700] = {{false}};
    csv_open_path(&file, "tests/data/rfc4497.csv");
    while (csv_next(&file)) {
        check_rfc4497(&file, listed);
        if (out_of_memory())
            return;
    }
    const sipcause_table *table = sipcause_builtin("rfc4497");
    for (uint8_t cause = 1; cause <= 127; cause++) {
        sipcause_response response;
        sipcause_isup isup = {.cause = cause, .location = SIPCAUSE_LOCATION_U};
        ck_assert_int_eq(sipcause_to_sip(table, &isup, NULL, NULL, 0, &response), SIPCAUSE_OK);
        ck_assert_msg(listed[0][cause] || response.status == 500, "%u has a rule that the RFC does not have", cause);
    }
    sipcause_release *release = keep_release(sipcause_release_new(table));
    NEED(release);
    for (uint32_t status = 300; status < 700; status++) {
        sipcause_isup isup;
        sipcause_release_reset(release);
        NEED(respond(release, status, "x"));
        ck_assert_int_eq(sipcause_to_isup(release, &isup), SIPCAUSE_OK);
        ck_assert_msg(listed[1][status] || isup.cause == 31, "%u has a rule that the RFC does not have",
                      (unsigned)status);
    }
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("builtin calls");
    add_test(suite, test_every_refinement);
    add_test(suite, test_every_fallback);
    add_loop_test(suite, test_every_interworking_row, (int)(sizeof interworking / sizeof *interworking));
    add_test(suite, test_rfc4497);
    return suite;
}
