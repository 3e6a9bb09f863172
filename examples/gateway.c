/*
 * gateway.c - what a gateway between SIP and ISUP sends on: a REL for a SIP response, a SIP response for a REL.
 *
 * It prints what it would hand to its two stacks. Built-in messages stand for those that they would bring.
 *
 *     cc gateway.c $(pkg-config --cflags --libs libsipcause) -o gateway
 *     ./gateway                     by the profile "default"
 *     ./gateway rfc3398             by another one: `sipcause profiles` lists them
 *     ./gateway acme.yaml           by a mapping file, its rules under `interworking`
 *
 * It exits with 0 when everything had something to be sent, or was rightly not sent on, and with 1 otherwise.
 *
 * Arguments: fcc-2026
 *
 * SPDX-License-Identifier: MIT
 */
#include <sipcause.h>

#include <stdio.h>

/* Where a caller may object to a block. Only a table that allows it makes a 603+ of it, as fcc-2026 does of cause 21
 * from the user (47 CFR 64.1200(k)(9)); the others never look at it. */
static const sipcause_notice redress = {
    .url = "https://redress.example/blocked",
    .tel = "+12025550147",
    .location = SIPCAUSE_LOCATION_TN, /* our own network; that of the REL is not what a 603+ tells */
};

typedef struct from_sip {
    const char *what, *message;
} from_sip;

static const from_sip sip_messages[] = {
    {"busy", "SIP/2.0 486 Busy Here\r\nCSeq: 1 INVITE\r\n\r\n"},
    {"no circuit further on", "SIP/2.0 503 Service Unavailable\r\nCSeq: 1 INVITE\r\n"
                              "Reason: Q.850;cause=34;text=\"No circuit available\";location=TN\r\n\r\n"},
    {"a plain decline", "SIP/2.0 603 Decline\r\nCSeq: 1 INVITE\r\n\r\n"},
    {"a block by analytics", "SIP/2.0 603 Network Blocked\r\nCSeq: 1 INVITE\r\n"
                             "Reason: SIP;cause=603;text=\"v=analytics1;url=https://analytics.example/c\";"
                             "location=LN\r\n\r\n"},
    {"the callee's own block", "SIP/2.0 607 Unwanted\r\nCSeq: 1 INVITE\r\n\r\n"},
    {"an unregistered status", "SIP/2.0 499 Call Failed\r\nCSeq: 1 INVITE\r\n\r\n"},
    {"a Reason that is no cause", "SIP/2.0 404 Not Found\r\nCSeq: 1 INVITE\r\nReason: Q.850;cause=404\r\n\r\n"},
    {"cancelled", "SIP/2.0 487 Request Terminated\r\nCSeq: 1 INVITE\r\n\r\n"},
    {"hung up", "BYE sip:gateway.example SIP/2.0\r\nCSeq: 2 BYE\r\nReason: Q.850;cause=16\r\n\r\n"},
};

/* A message as the ISUP stack has it: from the message type code on, without routing label and circuit. */
typedef struct from_isup {
    const char *what;
    size_t length;
    unsigned char octets[12];
} from_isup;

static const from_isup isup_messages[] = {
    {"busy", 6, {0x0c, 0x02, 0x00, 0x02, 0x80, 0x91}},
    {"no such number", 6, {0x0c, 0x02, 0x00, 0x02, 0x84, 0x81}},
    {"rejected by the user", 6, {0x0c, 0x02, 0x00, 0x02, 0x80, 0x95}},
    {"rejected by the network", 6, {0x0c, 0x02, 0x00, 0x02, 0x82, 0x95}},
    {"no circuit", 6, {0x0c, 0x02, 0x00, 0x02, 0x83, 0xa2}},
    {"this circuit is not there", 6, {0x0c, 0x02, 0x00, 0x02, 0x82, 0xac}},
    {"cleared before an answer", 6, {0x0c, 0x02, 0x00, 0x02, 0x80, 0x90}},
    {"a national cause", 6, {0x0c, 0x02, 0x00, 0x02, 0xc2, 0x97}},
    {"a REL that was cut", 5, {0x0c, 0x02, 0x00, 0x02, 0x80}},
};

/* Says why a piece has nothing to be sent. Numbers that a newer library returns have no name here. */
static bool complain(int result)
{
    const char *name = sipcause_error_name(result);
    printf("nothing can be sent: %s\n", name != NULL ? name : "unknown error");
    return false;
}

static bool show_release(const sipcause_isup *isup)
{
    unsigned char octets[64]; /* cause indicators take 35 at most: two, octet 1a, 32 of diagnostics */
    int length = sipcause_isup_encode(isup, octets, sizeof octets);
    if (length < 0)
        return complain(length);

    /* The stack puts the message type, the pointers and the parameter's length before them. */
    printf("REL");
    for (int i = 0; i < length; i++)
        printf(" %02x", octets[i]);
    const char *name = sipcause_code_name(sipcause_q850(isup->cause));
    const char *location = sipcause_location_name(isup->location);
    printf("  cause %u, %s, location %s\n", (unsigned)isup->cause, name != NULL ? name : "not assigned",
           location != NULL ? location : "not known");
    return true;
}

/* One message of the SIP side: the response to the INVITE that the gateway had sent, or a BYE. */
static bool sip_to_isup(sipcause_release *release, const char *message)
{
    sipcause_release_reset(release);
    int result = sipcause_release_message(release, message, SIPCAUSE_TEXT);
    if (result != SIPCAUSE_OK)
        return complain(result);

    sipcause_isup isup;
    result = sipcause_to_isup(release, &isup);
    if (result != SIPCAUSE_OK)
        return complain(result); /* the table has neither a rule nor a default: "blocking" alone is no gateway's */

    /* 487 answers our own CANCEL, which we sent because the ISUP side had released already. */
    if (isup.cause == 0) {
        printf("no REL: the ISUP side has released already\n");
        return true;
    }
    return show_release(&isup);
}

/* What RFC 3398 section 7.2.4.1 has for a cause without a response of its own. */
static bool send_default(void)
{
    printf("SIP/2.0 500 %s\n", sipcause_code_name(sipcause_status(500)));
    return true;
}

/* One REL that came before the call from the SIP side was answered; of an answered call it would become a BYE. */
static bool isup_to_sip(const sipcause_table *table, const from_isup *came)
{
    char reason[2048]; /* always suffices */
    sipcause_isup isup;
    sipcause_response response;

    int result = sipcause_isup_message(came->octets, came->length, &isup);

    /* Bytes from the wire must not leave an INVITE without an answer. What cannot be read has no cause, which is as
     * good as one that the table does not know. */
    if (result == SIPCAUSE_ERROR_VALUE || (result == SIPCAUSE_OK && isup.cause == 0))
        return send_default();
    if (result == SIPCAUSE_OK)
        result = sipcause_to_sip(table, &isup, &redress, reason, sizeof reason, &response);
    if (result != SIPCAUSE_OK)
        return complain(result);

    if (response.status == 0 && isup.cause == 44) {
        printf("no response yet: another circuit is to be tried\n"); /* RFC 3398 section 7.2.4.1 */
        return true;
    }
    /* Of 16 a BYE or a CANCEL is made, when it was the ISUP side that called. It was not: the caller's INVITE waits. */
    if (response.status == 0)
        return send_default();
    printf("SIP/2.0 %u %s\n", (unsigned)response.status, response.phrase != NULL ? response.phrase : "");
    if (response.reason != NULL)
        printf("%-27s Reason: %s\n", "", response.reason);
    return true;
}

static int translate_all(const sipcause_table *table)
{
    sipcause_release *release = sipcause_release_new(table);
    if (release == NULL) {
        fprintf(stderr, "out of memory\n");
        return 1;
    }
    bool all = true;
    printf("SIP to ISUP, by %s\n", sipcause_table_name(table));
    for (size_t i = 0; i < sizeof sip_messages / sizeof *sip_messages; i++) {
        printf("  %-25s ", sip_messages[i].what);
        all &= sip_to_isup(release, sip_messages[i].message);
    }
    printf("ISUP to SIP, by %s\n", sipcause_table_name(table));
    for (size_t i = 0; i < sizeof isup_messages / sizeof *isup_messages; i++) {
        printf("  %-25s ", isup_messages[i].what);
        all &= isup_to_sip(table, &isup_messages[i]);
    }
    sipcause_release_free(release);
    return all ? 0 : 1;
}

/* A profile of the library by its name, else a mapping file; NULL is the profile "default". */
static const sipcause_table *open_table(const char *name, sipcause_error *error)
{
    const sipcause_table *table = sipcause_builtin(name);
    return table != NULL ? table : sipcause_load_file(name, error);
}

int main(int argc, char **argv)
{
    char text[1024];
    sipcause_error error = {0};

    /* At the start, where somebody reads what is wrong with it: call by call it would cost the response. */
    const sipcause_table *table = NULL;
    if (sipcause_notice_check(&redress, &error) == SIPCAUSE_OK)
        table = open_table(argc > 1 ? argv[1] : NULL, &error);
    if (table == NULL) {
        sipcause_error_format(&error, text, sizeof text);
        fprintf(stderr, "%s\n", text);
        return 1;
    }
    int status = translate_all(table);
    sipcause_table_unref(table);
    return status;
}
