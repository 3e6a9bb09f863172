/*
 * ISUP cause indicators, and the REL around them; tests/data/isup_messages lists messages and what must come.
 *
 * SPDX-License-Identifier: MIT
 */
#include "telling.h"

static sipcause_isup decoded(const char *octets, size_t length)
{
    sipcause_isup isup;
    ck_assert_int_eq(sipcause_isup_decode(octets, length, &isup), SIPCAUSE_OK);
    return isup;
}

START_TEST(decode)
{
    sipcause_isup isup = decoded("\x80\x95", 2);
    ck_assert_uint_eq(isup.cause, 21);
    ck_assert_uint_eq(isup.location, SIPCAUSE_LOCATION_U);
    ck_assert_uint_eq(isup.coding, 0);
    ck_assert_uint_eq(isup.has_recommendation, 0);
    ck_assert_uint_eq(isup.diagnostic_length, 0);
    isup = decoded("\x8a\x90", 2);
    ck_assert_uint_eq(isup.cause, 16);
    ck_assert_uint_eq(isup.location, SIPCAUSE_LOCATION_BI);
    isup = decoded("\xc2\x9a\x01\x02", 4); /* national coding, diagnostics */
    ck_assert_uint_eq(isup.coding, 2);
    ck_assert_uint_eq(isup.location, SIPCAUSE_LOCATION_LN);
    ck_assert_uint_eq(isup.diagnostic_length, 2);
    ck_assert_mem_eq(isup.diagnostic, "\x01\x02", 2);
    isup = decoded("\x03\x83\xff", 3); /* octet 1a: X.21; the cause is one octet later */
    ck_assert_uint_eq(isup.has_recommendation, 1);
    ck_assert_uint_eq(isup.recommendation, 3);
    ck_assert_uint_eq(isup.cause, 127);
    isup = decoded("\x80\x10", 2); /* octet 2 without its extension bit */
    ck_assert_uint_eq(isup.cause, 16);
    isup = decoded("\x80\x80", 2);
    ck_assert_uint_eq(isup.cause, 0);
}
END_TEST

START_TEST(decode_refuses)
{
    sipcause_isup isup;
    ck_assert_int_eq(sipcause_isup_decode("", 0, &isup), SIPCAUSE_ERROR_VALUE);
    ck_assert_int_eq(sipcause_isup_decode("\x80", 1, &isup), SIPCAUSE_ERROR_VALUE);
    ck_assert_int_eq(sipcause_isup_decode("\x00\x80", 2, &isup), SIPCAUSE_ERROR_VALUE);
    ck_assert_int_eq(sipcause_isup_decode("\x00\x00\x95", 3, &isup), SIPCAUSE_ERROR_VALUE);
    ck_assert_int_eq(sipcause_isup_decode(NULL, 2, &isup), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_isup_decode("\x80\x90", 2, NULL), SIPCAUSE_ERROR_MISUSE);
}
END_TEST

START_TEST(long_diagnostics_are_cut)
{
    char octets[40] = {0};
    octets[0] = octets[1] = (char)0x90;
    for (size_t i = 2; i < sizeof octets; i++)
        octets[i] = (char)i;
    sipcause_isup isup = decoded(octets, sizeof octets);
    ck_assert_uint_eq(isup.diagnostic_length, 32);
    ck_assert_mem_eq(isup.diagnostic, octets + 2, 32);
}
END_TEST

/* Every cause, location, coding and recommendation, with and without diagnostics, through both directions. */
START_TEST(round_trip)
{
    for (unsigned first = 0; first < 256; first++) {
        for (unsigned cause = 1; cause < 128; cause += sized(1, 7, 7)) {
            for (unsigned diagnostics = 0; diagnostics <= 32; diagnostics += 16) {
                uint8_t octets[40] = {0}, again[40];
                size_t length = 0;
                octets[length++] = (uint8_t)(first & 0xef); /* bit 5 is spare */
                if (!(first & 0x80))
                    octets[length++] = (uint8_t)(0x80 | cause);
                octets[length++] = (uint8_t)(0x80 | cause);
                for (unsigned i = 0; i < diagnostics; i++)
                    octets[length++] = (uint8_t)(first + i);
                sipcause_isup isup = decoded((const char *)octets, length);
                ck_assert_int_eq(sipcause_isup_encode(&isup, again, sizeof again), (int)length);
                ck_assert_mem_eq(octets, again, length);
                ck_assert_int_eq(sipcause_isup_encode(&isup, again, length - 1), SIPCAUSE_ERROR_SPACE);
            }
        }
    }
}
END_TEST

START_TEST(encode_refuses)
{
    uint8_t octets[40];
    sipcause_isup isup = {.cause = 0};
    ck_assert_int_eq(sipcause_isup_encode(&isup, octets, sizeof octets), SIPCAUSE_ERROR_RANGE);
    isup.cause = 128;
    ck_assert_int_eq(sipcause_isup_encode(&isup, octets, sizeof octets), SIPCAUSE_ERROR_RANGE);
    isup.cause = 16;
    isup.location = 16;
    ck_assert_int_eq(sipcause_isup_encode(&isup, octets, sizeof octets), SIPCAUSE_ERROR_RANGE);
    isup.location = SIPCAUSE_LOCATION_NONE;
    ck_assert_int_eq(sipcause_isup_encode(&isup, octets, sizeof octets), SIPCAUSE_ERROR_RANGE);
    isup.location = 0;
    isup.coding = 4;
    ck_assert_int_eq(sipcause_isup_encode(&isup, octets, sizeof octets), SIPCAUSE_ERROR_RANGE);
    isup.coding = 3;
    isup.diagnostic_length = 33;
    ck_assert_int_eq(sipcause_isup_encode(&isup, octets, sizeof octets), SIPCAUSE_ERROR_RANGE);
    isup.diagnostic_length = 0;
    isup.has_recommendation = 1;
    isup.recommendation = 128;
    ck_assert_int_eq(sipcause_isup_encode(&isup, octets, sizeof octets), SIPCAUSE_ERROR_RANGE);
    isup.recommendation = 0;
    ck_assert_int_eq(sipcause_isup_encode(&isup, NULL, 0), SIPCAUSE_ERROR_SPACE);
    ck_assert_int_eq(sipcause_isup_encode(NULL, octets, sizeof octets), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_isup_encode(&isup, octets, sizeof octets), 3);
}
END_TEST

/* One line of the list. The octets are on the heap, so that the sanitizers see the first one beyond them. */
static void check_message(const char *line)
{
    char *octets = malloc(strlen(line)), is[64];
    const char *equals = strchr(line, '=');
    sipcause_isup isup, untouched;
    ck_assert_msg(octets && equals, "what is %s?", line);
    size_t length = read_octets(line, octets, (size_t)(equals - line));
    char *exact = realloc(octets, length ? length : 1);
    ck_assert_ptr_nonnull(exact);
    memset(&isup, 0x5a, sizeof isup);
    untouched = isup;
    int result = sipcause_isup_message(exact, length, &isup);
    if (result == SIPCAUSE_OK)
        snprintf(is, sizeof is, "%u %s %s %u", isup.cause, sipcause_location_name(isup.location),
                 sipcause_coding_name(isup.coding), isup.diagnostic_length);
    else
        snprintf(is, sizeof is, "%s", sipcause_error_name(result));
    ck_assert_msg(strcmp(is, equals + 2) == 0, "%s: it is %s", line, is);
    ck_assert(result == SIPCAUSE_OK || memcmp(&isup, &untouched, sizeof isup) == 0);
    free(exact);
}

START_TEST(messages)
{
    unsigned count = 0;
    for (char *line = strtok(keep_file("tests/data/isup_messages", NULL), "\n"); line; line = strtok(NULL, "\n")) {
        if (line[0] == '#')
            continue;
        check_message(line);
        count++;
    }
    ck_assert_uint_ge(count, 30);
}
END_TEST

/* A REL of every cause, location and coding, behind every pointer, cut at every octet. */
START_TEST(message_cut_anywhere)
{
    for (unsigned pointer = 2; pointer < 256; pointer++) {
        uint8_t octets[300] = {0x0c, (uint8_t)pointer};
        unsigned cause = pointer % 127 + 1, first = 0x80 | (pointer % 4 << 5) | pointer % 16;
        octets[pointer + 1] = 2;
        octets[pointer + 2] = (uint8_t)first;
        octets[pointer + 3] = (uint8_t)(0x80 | cause);
        sipcause_isup isup;
        for (size_t length = 1; length < pointer + 4; length++)
            ck_assert_int_eq(sipcause_isup_message(octets, length, &isup), SIPCAUSE_ERROR_VALUE);
        ck_assert_int_eq(sipcause_isup_message(octets, pointer + 4, &isup), SIPCAUSE_OK);
        ck_assert_uint_eq(isup.cause, cause);
        ck_assert_uint_eq(isup.location, pointer % 16);
        ck_assert_uint_eq(isup.coding, pointer % 4);
    }
}
END_TEST

START_TEST(message_refuses)
{
    sipcause_isup isup;
    ck_assert_int_eq(sipcause_isup_message(NULL, 6, &isup), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_isup_message("\x0c\x02\x01\x02\x82\x90", SIPCAUSE_TEXT, &isup), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_isup_message("\x0c\x02\x01\x02\x82\x90", 6, NULL), SIPCAUSE_ERROR_MISUSE);
    ck_assert_int_eq(sipcause_isup_message(NULL, 0, &isup), SIPCAUSE_ERROR_MISSING);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("isup");
    add_test(suite, decode);
    add_test(suite, decode_refuses);
    add_test(suite, long_diagnostics_are_cut);
    add_test(suite, round_trip);
    add_test(suite, encode_refuses);
    add_test(suite, messages);
    add_test(suite, message_cut_anywhere);
    add_test(suite, message_refuses);
    return suite;
}
