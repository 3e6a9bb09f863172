/*
 * classify_response.c - why a call failed, by the response that ended it.
 *
 *     cc classify_response.c $(pkg-config --cflags --libs libsipcause) -o classify_response
 *     ./classify_response                  a 503 with a carrier's code, by the built-in profile
 *     ./classify_response acme.yaml        the same by a mapping file
 *
 * Arguments: acme.yaml
 *
 * SPDX-License-Identifier: MIT
 */
#include <sipcause.h>

#include <stdio.h>

/* As it came from the wire. 503 in the status line and 601 in the carrier's header are two different things. */
static const char wire[] = "SIP/2.0 503 Service Unavailable\r\n"
                           "Call-ID: 4711@sbc.example.net\r\n"
                           "CSeq: 1 INVITE\r\n"
                           "Reason: Q.850;cause=41;text=\"Temporary failure\"\r\n"
                           "X-Cause-Code: 601\r\n"
                           "\r\n";

static void tell(const sipcause_table *table, const sipcause_verdict *verdict, const sipcause_release *release)
{
    char code[64];
    sipcause_code_format(table, verdict->decided_by, code, sizeof code);
    printf("%s: %s, party %s, route %s\n", verdict->disposition, sipcause_outcome_name(verdict->outcome),
           sipcause_party_name(verdict->party), sipcause_route_name(verdict->route));
    printf("decided by %s in %s\n", code, verdict->source_name != NULL ? verdict->source_name : "no evidence");
    for (size_t i = 0; i < sipcause_finding_count(release); i++)
        printf("wrong with it: %s\n", sipcause_finding_at(release, i)->message);
}

int main(int argc, char **argv)
{
    sipcause_error error = {0};
    const sipcause_table *table = argc > 1 ? sipcause_load_file(argv[1], &error) : sipcause_builtin(NULL);
    if (table == NULL) {
        char text[1024];
        sipcause_error_format(&error, text, sizeof text);
        fprintf(stderr, "%s\n", text);
        return 1;
    }
    /* A release holds a reference of its own, and serves call after call: sipcause_release_reset. */
    sipcause_release *release = sipcause_release_new(table);
    const sipcause_verdict *verdict = NULL;
    if (release != NULL && sipcause_release_message(release, wire, sizeof wire - 1) == SIPCAUSE_OK)
        verdict = sipcause_decide(release);
    if (verdict != NULL)
        tell(table, verdict, release);
    else
        fputs("memory is short\n", stderr);
    sipcause_release_free(release);
    sipcause_table_unref(table);
    return verdict != NULL ? 0 : 1;
}
