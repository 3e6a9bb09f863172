/*
 * sbc_loop.c - how an SBC decides what to do with a call that a trunk has refused: try the next
 * trunk, try later, change the request, or stop.
 *
 * The SBC has parsed the responses already, so it hands over the parts it has. One release is used
 * call after call: once warm it allocates nothing.
 *
 *     cc sbc_loop.c $(pkg-config --cflags --libs libsipcause) -o sbc_loop
 *     ./sbc_loop [MAPPING]
 *
 * SPDX-License-Identifier: MIT
 */
#include <sipcause.h>

#include <stdio.h>

typedef struct header {
    const char *name, *value;
} header;

/* What came back for one INVITE. */
typedef struct reply {
    const char *who;
    unsigned status;
    const char *phrase;
    header headers[3];
} reply;

static const reply replies[] = {
    {"no circuit", 503, "Service Unavailable", {{"Reason", "Q.850;cause=34;text=\"No circuit available\""}}},
    {"overload", 503, "Service Unavailable", {{"Retry-After", "20"}}},
    {"away for a while", 480, "Temporarily Unavailable", {{"Retry-After", "120"}}},
    {"busy", 486, "Busy Here", {{"Reason", "Q.850;cause=17"}}},
    {"the carrier's own code", 503, "Service Unavailable", {{"X-Cause-Code", "601"}}},
    {"a block by analytics",
     603,
     "Network Blocked",
     {{"Reason", "SIP;cause=603;text=\"v=analytics1;url=https://redress.example/c;id=a7-19\";location=TN"}}},
    {"a plain decline", 603, "Decline", {{NULL, NULL}}},
    {"no common codec", 488, "Not Acceptable Here", {{"Warning", "304 example.com \"No codec\""}}},
    {"credentials wanted", 407, "Proxy Authentication Required", {{NULL, NULL}}},
};

/* Tells the release what was sent and what came back. Returns SIPCAUSE_OK or an error number:
 * memory was short, or we called in the wrong order. What the trunk sent is never an error. */
static int add_call(sipcause_release *release, const reply *came)
{
    int error = sipcause_release_request(release, "INVITE", SIPCAUSE_TEXT, SIPCAUSE_SIDE_CALLER, NULL, 0, 1);
    if (error == SIPCAUSE_OK)
        error = sipcause_release_response(release, came->status, came->phrase, SIPCAUSE_TEXT, "INVITE", SIPCAUSE_TEXT,
                                          "as83f2", SIPCAUSE_TEXT, 1);
    /* All headers may be given; those that are no evidence are passed over. */
    for (const header *at = came->headers; error == SIPCAUSE_OK && at < came->headers + 3 && at->name != NULL; at++)
        error = sipcause_release_header(release, at->name, SIPCAUSE_TEXT, at->value, SIPCAUSE_TEXT);
    return error;
}

/* Acts on the verdict. Numbers that this program does not know yet are handled as "stop". */
static void act(const sipcause_verdict *verdict)
{
    switch (verdict->route) {
    case SIPCAUSE_ROUTE_NEXT: printf("try the next trunk"); break;
    case SIPCAUSE_ROUTE_LATER:
        printf("try this trunk again in %u s", verdict->has_retry_after ? (unsigned)verdict->retry_after : 60);
        break;
    case SIPCAUSE_ROUTE_AMEND: printf("change the request and send it again"); break;
    case SIPCAUSE_ROUTE_STOP:
    case SIPCAUSE_ROUTE_NONE:
    default: printf("give the failure back to the caller"); break;
    }
    if (verdict->block == SIPCAUSE_BLOCK_NETWORK && verdict->notice_url != NULL)
        printf("; the caller may object at %s", verdict->notice_url);
    if (verdict->flags & SIPCAUSE_FLAG_UNMAPPED_CARRIER_CODE)
        printf("; the mapping file lacks carrier:%s", verdict->carrier_text != NULL ? verdict->carrier_text : "?");
}

int main(int argc, char **argv)
{
    sipcause_error error = {0};
    sipcause_table *table = NULL; /* NULL: the built-in profile "default" */
    if (argc > 1) {
        table = sipcause_load_file(argv[1], &error);
        if (table == NULL) {
            char text[1024];
            sipcause_error_format(&error, text, sizeof text);
            fprintf(stderr, "%s\n", text);
            return 1;
        }
    }
    sipcause_release *release = sipcause_release_new(table);
    sipcause_table_unref(table); /* the release holds a reference of its own */

    int status = release == NULL;
    for (size_t i = 0; status == 0 && i < sizeof replies / sizeof *replies; i++) {
        const sipcause_verdict *verdict = NULL;
        int failure = add_call(release, &replies[i]);
        if (failure == SIPCAUSE_OK)
            verdict = sipcause_decide(release);
        if (verdict == NULL) {
            const char *name = sipcause_error_name(failure == SIPCAUSE_OK ? SIPCAUSE_ERROR_MEMORY : failure);
            fprintf(stderr, "no verdict: %s\n", name != NULL ? name : "unknown error");
            status = 1;
            break;
        }
        printf("%-24s %3u  %-23s ", replies[i].who, replies[i].status, verdict->disposition);
        act(verdict);
        printf("\n");
        sipcause_release_reset(release); /* the verdict and its texts end here */
    }
    sipcause_release_free(release);
    return status;
}
