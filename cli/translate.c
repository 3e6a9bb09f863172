/*
 * translate.c - sipcause translate: a code from SIP to ISUP, or from ISUP to SIP.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include <stdio.h>
#include <string.h>

enum source { FROM_STATUS, FROM_BYE, FROM_CANCEL, FROM_ISUP };

/* A code to translate. */
typedef struct origin {
    enum source source;
    sipcause_code code;             /* sip or q850; space none: BYE, CANCEL */
    uint8_t location;               /* FROM_ISUP */
    const sipcause_notice *redress; /* NULL: none */
    char text[32];                  /* as it is printed */
} origin;

/* What it becomes. */
typedef struct answer {
    bool sent;   /* a REL, or a response, is to be sent at all */
    bool notice; /* the response is a 603+ */
    sipcause_isup isup;
    sipcause_response response;
    char reason[2048];
    bool lossy;
    char to[32];   /* the answer as a code */
    char back[32]; /* what that becomes; "": nothing */
} answer;

static const char blocked[] = "Network Blocked"; /* the phrase of a 603+ */

/* Whether it is a 603+. */
static bool is_notice(const origin *from)
{
    return from->redress != NULL && from->source == FROM_STATUS && from->code.value == 603;
}

static int unknown_location(const char *text)
{
    char names[160] = "";
    for (uint32_t location = 0; location < 16; location++) {
        size_t length = strlen(names);
        snprintf(names + length, sizeof names - length, "%s%s", location == 0 ? "" : " ",
                 sipcause_location_name(location));
    }
    return cli_usage("translate", "there is no location '%s': %s (RFC 8606)", text, names);
}

/* "21/TN" after "isup:" or "q850:". */
static int parse_isup(const char *argument, origin *from)
{
    char text[64];
    sipcause_error error;
    const char *slash = strchr(argument, '/');
    size_t length = slash == NULL ? strlen(argument) : (size_t)(slash - argument);
    from->source = FROM_ISUP;
    from->location = SIPCAUSE_LOCATION_U;
    snprintf(text, sizeof text, "q850:%.*s", (int)(length > 50 ? 50 : length) - 5, argument + 5);
    if (sipcause_code_parse(NULL, text, SIPCAUSE_TEXT, &from->code, &error) != SIPCAUSE_OK)
        return cli_usage("translate", "%.*s: %s", (int)length, argument, error.text);
    if (slash != NULL) {
        int location = sipcause_location_from_name(slash + 1, SIPCAUSE_TEXT);
        if (location < 0)
            return unknown_location(slash + 1);
        from->location = (uint8_t)location;
    }
    snprintf(from->text, sizeof from->text, "isup:%u/%s", (unsigned)from->code.value,
             sipcause_location_name(from->location));
    return EXIT_DONE;
}

static int parse_origin(const char *argument, origin *from)
{
    sipcause_error error;
    memset(from, 0, sizeof *from);
    if (strcmp(argument, "BYE") == 0 || strcmp(argument, "CANCEL") == 0) {
        from->source = *argument == 'B' ? FROM_BYE : FROM_CANCEL;
        snprintf(from->text, sizeof from->text, "%s", argument);
        return EXIT_DONE;
    }
    if (strncmp(argument, "isup:", 5) == 0 || strncmp(argument, "q850:", 5) == 0)
        return parse_isup(argument, from);
    from->source = FROM_STATUS;
    if (sipcause_code_parse(NULL, argument, SIPCAUSE_TEXT, &from->code, &error) != SIPCAUSE_OK)
        return cli_usage("translate", "%s: %s", argument, error.text);
    if (from->code.space != SIPCAUSE_SPACE_SIP)
        return cli_usage("translate", "%s: only sip:..., isup:..., BYE and CANCEL are translated", argument);
    if (from->code.value < 300)
        return cli_usage("translate", "%s: a status below 300 ends no call", argument);
    snprintf(from->text, sizeof from->text, "sip:%u", (unsigned)from->code.value);
    return EXIT_DONE;
}

/* The evidence of a call that ended with this and nothing else. */
static int tell(sipcause_release *release, const origin *from)
{
    static const char invite[] = "INVITE";
    const char *method = from->source == FROM_BYE ? "BYE" : "CANCEL";
    sipcause_response told = {.status = (uint16_t)from->code.value, .phrase = sipcause_code_name(from->code)};
    char reason[2048];
    int failure = sipcause_release_request(release, invite, 6, SIPCAUSE_SIDE_CALLER, NULL, 0, 1);
    if (failure == SIPCAUSE_OK && is_notice(from))
        failure = sipcause_notice_response(from->redress, reason, sizeof reason, &told, NULL);
    if (failure == SIPCAUSE_OK && from->source == FROM_BYE)
        failure = sipcause_release_response(release, 200, "OK", 2, invite, 6, "a", 1, 1);
    if (failure == SIPCAUSE_OK && from->source != FROM_STATUS)
        return sipcause_release_request(release, method, strlen(method), SIPCAUSE_SIDE_CALLER,
                                        from->source == FROM_BYE ? "a" : NULL, from->source == FROM_BYE,
                                        from->source == FROM_BYE ? 2 : 1);
    if (failure == SIPCAUSE_OK)
        failure = sipcause_release_response(release, told.status, told.phrase, SIPCAUSE_TEXT, invite, 6, "a", 1, 1);
    if (failure == SIPCAUSE_OK && told.reason != NULL)
        failure = sipcause_release_header(release, "Reason", SIPCAUSE_TEXT, told.reason, SIPCAUSE_TEXT);
    return failure;
}

static int to_isup(const sipcause_table *table, const origin *from, sipcause_isup *isup)
{
    memset(isup, 0, sizeof *isup);
    sipcause_release *release = sipcause_release_new(table);
    if (release == NULL)
        return SIPCAUSE_ERROR_MEMORY;
    int failure = tell(release, from);
    if (failure == SIPCAUSE_OK)
        failure = sipcause_to_isup(release, isup);
    sipcause_release_free(release);
    return failure;
}

static int no_rule_is_no_way_back(int failure)
{
    return failure == SIPCAUSE_ERROR_UNKNOWN_CODE ? SIPCAUSE_OK : failure;
}

/* SIP to ISUP; lossy when the cause does not come back as the same status, or as BYE. */
static int from_sip(const sipcause_table *table, const origin *from, answer *to)
{
    sipcause_response back;
    memset(&back, 0, sizeof back);
    int failure = to_isup(table, from, &to->isup);
    to->sent = to->isup.cause != 0;
    to->lossy = true;
    if (failure != SIPCAUSE_OK || !to->sent)
        return failure;
    snprintf(to->to, sizeof to->to, "isup:%u/%s", (unsigned)to->isup.cause, sipcause_location_name(to->isup.location));
    failure = no_rule_is_no_way_back(sipcause_to_sip(table, &to->isup, from->redress, NULL, 0, &back));
    if (back.status != 0)
        snprintf(to->back, sizeof to->back, "sip:%u", (unsigned)back.status);
    to->lossy =
        from->source == FROM_STATUS ? back.status != from->code.value : from->source == FROM_CANCEL || back.status != 0;
    return failure;
}

/* ISUP to SIP; lossy when the status alone, without its Reason, does not come back as the same
 * cause. Of a 603+ the Reason belongs to it. */
static int from_isup(const sipcause_table *table, const origin *from, answer *to)
{
    to->isup.cause = (uint8_t)from->code.value;
    to->isup.location = from->location;
    int failure = sipcause_to_sip(table, &to->isup, from->redress, to->reason, sizeof to->reason, &to->response);
    to->sent = to->response.status != 0;
    to->lossy = true;
    if (failure != SIPCAUSE_OK || !to->sent)
        return failure;
    to->notice = to->response.phrase != NULL && strcmp(to->response.phrase, blocked) == 0;
    origin back = {.source = FROM_STATUS,
                   .code = sipcause_status(to->response.status),
                   .redress = to->notice ? from->redress : NULL};
    sipcause_isup isup;
    snprintf(to->to, sizeof to->to, "sip:%u", (unsigned)to->response.status);
    failure = no_rule_is_no_way_back(to_isup(table, &back, &isup));
    if (isup.cause != 0)
        snprintf(to->back, sizeof to->back, "isup:%u", (unsigned)isup.cause);
    to->lossy = isup.cause != from->code.value;
    return failure;
}

static void print_json(const origin *from, const answer *to)
{
    bool isup = from->source != FROM_ISUP && to->sent;
    bool sip = from->source == FROM_ISUP && to->sent;
    out_text("{\"from\":");
    json_string(from->text, strlen(from->text));
    json_text("to", to->sent ? to->to : NULL);
    json_number_or_null("cause", isup ? to->isup.cause : 0);
    json_text("location", isup ? sipcause_location_name(to->isup.location) : NULL);
    json_number_or_null("status", sip ? to->response.status : 0);
    json_text("phrase", sip ? to->response.phrase : NULL);
    json_text("reason", sip ? to->response.reason : NULL);
    json_bool("lossy", to->lossy);
    out_text("}\n");
}

static void print_name(sipcause_code code)
{
    const char *name = sipcause_code_name(code);
    if (name != NULL)
        out_format(" %s", name);
}

static void print_text(const origin *from, const answer *to)
{
    out_text(from->text);
    if (is_notice(from))
        out_format(" %s", blocked);
    else
        print_name(from->code);
    if (!to->sent) {
        out_format(" -> nothing is to be sent%s\n", from->source == FROM_ISUP ? " as an answer to the INVITE" : "");
        return;
    }
    out_format(" -> %s", to->to);
    if (from->source != FROM_ISUP) {
        print_name(sipcause_q850(to->isup.cause));
        out_format(", location %s", sipcause_location_meaning(to->isup.location));
    } else {
        out_format(" %s", to->response.phrase == NULL ? "" : to->response.phrase);
    }
    if (to->lossy)
        out_format("  (lossy: comes back as %s)", *to->back == '\0' ? "nothing" : to->back);
    out_text("\n");
    if (from->source == FROM_ISUP && to->response.reason != NULL) {
        out_text("    Reason: ");
        out_visible(to->response.reason, strlen(to->response.reason));
        out_text("\n");
    }
}

/* Says why a contact that was given stands in nothing. Returns whether it does. */
static bool redress_used(const sipcause_table *table, const origin *from, const answer *to)
{
    if (from->redress == NULL || to->notice || is_notice(from))
        return true;
    if (from->source != FROM_ISUP)
        cli_say("%s: the redress contact was not used: only a 603 carries one", from->text);
    else if (!to->sent)
        cli_say("%s: the redress contact was not used: nothing is to be sent", from->text);
    else
        cli_say("%s: the redress contact was not used: no rule of the table \"%s\" with redress: true holds for it",
                from->text, sipcause_table_name(table));
    return false;
}

static int translate(const sipcause_table *table, const char *argument, const cli_options *options)
{
    origin from;
    answer to;
    memset(&to, 0, sizeof to);
    int status = parse_origin(argument, &from);
    if (status != EXIT_DONE)
        return status;
    from.redress = options->redressed ? &options->redress : NULL;
    int failure = from.source == FROM_ISUP ? from_isup(table, &from, &to) : from_sip(table, &from, &to);
    if (failure == SIPCAUSE_ERROR_UNKNOWN_CODE) {
        cli_say("the table \"%s\" has neither a rule nor a fallback for %s", sipcause_table_name(table), from.text);
        return EXIT_FOUND;
    }
    if (failure != SIPCAUSE_OK) {
        const char *name = sipcause_error_name(failure);
        cli_say("%s cannot be translated [%s]", from.text, name == NULL ? "unknown" : name);
        return failure == SIPCAUSE_ERROR_MEMORY ? EXIT_FILE : EXIT_USAGE;
    }
    if (options->json)
        print_json(&from, &to);
    else
        print_text(&from, &to);
    return redress_used(table, &from, &to) ? EXIT_DONE : EXIT_FOUND;
}

int run_translate(const cli_options *options)
{
    const sipcause_table *table;
    const char *mapping = options->mapping;
    if (mapping == NULL && options->redressed)
        mapping = "fcc-2026"; /* the one profile whose rules answer with a 603+ */
    int status = redress_check(options);
    if (status == EXIT_DONE)
        status = mapping_open(mapping, &table);
    if (status != EXIT_DONE)
        return status;
    bool found = false;
    for (int i = 0; i < options->count && status == EXIT_DONE; i++) {
        status = translate(table, options->arguments[i], options);
        if (status == EXIT_FOUND) { /* no rule for this one, or no use for the contact; the others may have theirs */
            found = true;
            status = EXIT_DONE;
        }
    }
    sipcause_table_unref(table);
    return status == EXIT_DONE && found ? EXIT_FOUND : status;
}
