/*
 * linear.c - hostile input of a kind and a size, once through to the verdict; linear.sh counts what it costs.
 *
 *   linear              lists the kinds, with the size that each is tried with
 *   linear KIND SIZE    makes input of that many bytes (0: none) and reads it
 *
 * SPDX-License-Identifier: MIT
 */
#include "../fuzz/verdict.h"

typedef struct input {
    char *bytes;
    size_t length;
} input;

/* ---- roads to the verdict -------------------------------------------------------------------------------- */

static void decide(sipcause_release *release, const sipcause_table *table)
{
    digest of = DIGEST_EMPTY;
    digest_verdict(&of, table, release);
    digest_isup(&of, release);
    digest_survey(&of, release);
    sipcause_release_free(release);
}

static void read_values(const char *bytes, size_t length)
{
    sipcause_reason_iterator iterator;
    sipcause_reason value;
    sipcause_slice name, content;
    digest of = DIGEST_EMPTY;
    char sentence[512], *text = malloc(length + 1);
    PROMISE(text);
    sipcause_reason_begin(&iterator, bytes, length);
    while (sipcause_reason_next(&iterator, &value)) {
        size_t position = 0;
        digest_bytes(&of, text, sipcause_reason_text(&value, text, length + 1));
        while (sipcause_reason_parameter(&value, &position, &name, &content))
            digest_slice(&of, content);
        for (uint32_t rule = 1; rule < 64; rule++)
            if (value.findings >> rule & 1)
                sipcause_reason_sentence(&value, rule, sentence, sizeof sentence);
    }
    free(text);
}

/* As the value of a header of a 603, of parsed parts. */
static void header_road(const char *name, const input *from, const sipcause_table *table)
{
    sipcause_release *release = sipcause_release_new(table);
    PROMISE(release);
    PROMISE(sipcause_release_request(release, "INVITE", 6, SIPCAUSE_SIDE_CALLER, NULL, 0, 1) == SIPCAUSE_OK);
    PROMISE(sipcause_release_response(release, 603, "Network Blocked", 15, "INVITE", 6, "2", 1, 1) == SIPCAUSE_OK);
    PROMISE(sipcause_release_header(release, name, SIPCAUSE_TEXT, from->bytes, from->length) == SIPCAUSE_OK);
    decide(release, table);
}

static void message_road(const input *from, const sipcause_table *table)
{
    sipcause_release *release = sipcause_release_new(table);
    sipcause_message message;
    sipcause_slice name, value;
    size_t position = 0;
    PROMISE(release);
    sipcause_message_parse(from->bytes, from->length, &message);
    while (sipcause_message_header(from->bytes, from->length, &position, &name, &value))
        continue;
    sipcause_release_message(release, from->bytes, from->length);
    decide(release, table);
}

/* Message by message: a record separator stands behind each. */
static void call_road(const input *from, const sipcause_table *table)
{
    sipcause_release *release = sipcause_release_new(table);
    const char *at = from->bytes, *end = at + from->length, *stop;
    PROMISE(release);
    for (; at < end && (stop = memchr(at, SEPARATOR, (size_t)(end - at))) != NULL; at = stop + 1)
        sipcause_release_message(release, at, (size_t)(stop - at));
    decide(release, table);
}

static void survey_road(const input *from)
{
    sipcause_error error;
    sipcause_survey *survey = sipcause_survey_load(from->bytes, from->length, NULL, &error);
    PROMISE(!survey &&
            error.code == SIPCAUSE_ERROR_VALUE); /* `calls` says less than there are: the last thing looked at */
}

/* ---- kinds ------------------------------------------------------------------------------------------------- */

#define DIALOG    "f: <sip:a@a.example>;tag=1\r\nt: <sip:b@b.example>;tag=2\r\nCSeq: 1 INVITE\r\n"
#define FAILED    "SIP/2.0 480 No capacity\r\n" DIALOG
#define MULTIPART FAILED "Content-Type: multipart/mixed;boundary=b\r\n\r\n"

/* What a release keeps is 64 KiB, three quarters of them for a response: a header of 48,000 bytes just fits, and that is
 * tried against one of half its length; a longer one is only read. Whole messages are not kept. */
enum { HEADER = 24000, LONG_HEADER = 64 * 1024, MESSAGE = 500000 };

#define SURVEY "{\"survey\":1,\"calls\":0,\"other\":1,\"rows\":["
#define ROW                                                                                                            \
    "{\"calls\":1,\"method\":null,\"answered\":false,\"status\":30#,\"q850\":null,\"location\":null,"                  \
    "\"carrier\":\"x#\",\"header\":\"X\",\"reason\":null},\n"

/* A # in what is repeated is a digit that changes. */
static const struct kind {
    const char *name;
    size_t size;
    const char *header; /* the header whose value it is; NULL: messages */
    const char *before, *repeated, *after;
} kinds[] = {
    {"commas", HEADER, "Reason", "", ",", ""},
    {"commas-in-64-kib", LONG_HEADER, "Reason", "", "a ,", ""}, /* over 20,000 */
    {"values", HEADER, "Reason", "", "a,", ""},
    {"values-of-q850", HEADER, "Reason", "", "Q.850;cause=0,", ""},
    {"semicolons", HEADER, "Reason", "Q.850", ";", ";cause=17"},
    {"parameters", HEADER, "Reason", "Q.850", ";a=\"b\"", ";v=analytics1"},
    {"causes", HEADER, "Reason", "Q.850", ";cause=x", ";code=601"},
    {"no-closing-quote", HEADER, "Reason", "Q.850;cause=21;text=\"", "x", ""},
    {"quotes", HEADER, "Reason", "Q.850;cause=21;text=", "\"", ""},
    {"backslashes", HEADER, "Reason", "Q.850;cause=21;text=\"", "\\", "\""},
    {"folds", HEADER, "Reason", "Q.850;cause=21;text=\"", "\r\n ", "\""},
    {"blanks-in-a-text", HEADER, "Reason", "Q.850;cause=21;text=\"", " ", "\""},
    {"blanks-before-an-end", HEADER, "Reason", "Q.850;cause=21;text=\"a", " \r", "\""},
    {"equals", HEADER, "Reason", "Q.850;a", "= ", ""},
    {"stray", HEADER, "Reason", "Q.850 ", "< ", ""},
    {"digits", HEADER, "Reason", "Q.850;cause=", "9", ""},
    {"attributes", HEADER, "Reason", "SIP;cause=603;text=\"v=analytics1;", "a;", "url=https://a.example\""},
    {"contacts", HEADER, "Reason", "SIP;cause=603;text=\"v=analytics1", ";url=https://u@", "\""},
    {"pattern", HEADER, "Reason", "Q.850;cause=16;text=\"", "a1", "\""},
    {"cause-header", HEADER, "X-Cause-Code", "", " '\"", "601"},
    {"header-parameters", HEADER, "P-Asserted-Identity", "<sip:a", ";caus=", ";cause=601>"},
    {"warnings", HEADER, "Warning", "", "304 a \"b\",", "305 a \"b\""},
    {"retry-after", HEADER, "Retry-After", "", "1", ""},
    {"no-line-end", MESSAGE, NULL, "SIP/2.0 480 ", "x", ""},
    {"line-ends", MESSAGE, NULL, "", "\r\n", FAILED},
    {"headers", MESSAGE, NULL, FAILED, "X-Header: value\r\n", "\r\n"},
    {"bare-lines", MESSAGE, NULL, FAILED, "x\n", "\r\n"},
    {"reason-lines", MESSAGE, NULL, FAILED, "Reason: Q.850;cause=#\r\n", "\r\n"},
    {"empty-reason-lines", MESSAGE, NULL, FAILED, "Reason:\r\n", "\r\n"},
    {"cause-header-lines", MESSAGE, NULL, FAILED, "X-Cause-Code: 601#\r\n", "\r\n"},
    {"one-folded-header", MESSAGE, NULL, FAILED "Reason: Q.850", "\r\n ;a=b", "\r\n\r\n"},
    {"parameters-of-from", MESSAGE, NULL, "SIP/2.0 480 x\r\nFrom: \"", "\\\";tag ", "\r\nCSeq: 1 INVITE\r\n\r\n"},
    {"parameters-of-via", MESSAGE, NULL, "SIP/2.0 480 x\r\nVia: x", ";branc", "\r\nCSeq: 1 INVITE\r\n\r\n"},
    {"values-of-to", MESSAGE, NULL, "SIP/2.0 480 x\r\nTo: ", "<", ";tag=2\r\nCSeq: 1 INVITE\r\n\r\n"},
    {"boundaries", MESSAGE, NULL, MULTIPART, "--b\r\n", ""},
    {"parts", MESSAGE, NULL, MULTIPART, "--b\r\nContent-Type: application/isup\r\n\r\n\x0c\x02\r\n", "--b--"},
    {"levels", MESSAGE, NULL, MULTIPART, "--b\r\nc: multipart/x;boundary=b#\r\n\r\n", "--b--"},
    {"lines-of-a-part", MESSAGE, NULL, MULTIPART "--b\r\n\r\n", "-\r\n", "--b--"},
    {"call-info", MESSAGE, NULL, "SIP/2.0 608 x\r\nCSeq: 1 INVITE\r\nCall-Info: ", "<a:b>;purpose=x,", "<a:c>\r\n\r\n"},
    {"provisional", MESSAGE, NULL, "", "SIP/2.0 18# x\r\nt: b;tag=#\r\nCSeq: 1 INVITE\r\nReason: Q.850\r\n\x1e", ""},
    {"provisional-bare", MESSAGE, NULL, "", "SIP/2.0 18# x\r\nt: b;tag=#\r\nCSeq: 1 INVITE\r\n\x1e", ""},
    {"final-responses", MESSAGE, NULL, "", "SIP/2.0 48# x\r\nt: b;tag=#\r\nCSeq: 1 INVITE\r\n\x1e", ""},
    {"requests", MESSAGE, NULL, "", "BYE sip:a SIP/2.0\r\nf: a;tag=#\r\nt: b;tag=1\r\nCSeq: # BYE\r\n\x1e", ""},
    {"attempts", MESSAGE, NULL, "", "INVITE sip:a SIP/2.0\r\nf: a;tag=#\r\nt: b\r\nCSeq: # INVITE\r\n\x1e", ""},
    {"saved-survey", MESSAGE, NULL, SURVEY, ROW, "]}"},
};

static input make(const struct kind *of, size_t size)
{
    size_t before = strlen(of->before), repeated = strlen(of->repeated), after = strlen(of->after);
    size_t count = size / repeated;
    input made = {malloc(before + count * repeated + after + 1), 0};
    PROMISE(made.bytes);
    memcpy(made.bytes, of->before, before);
    made.length = before;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < repeated; j++)
            made.bytes[made.length++] = of->repeated[j] == '#' ? (char)('0' + i % 10) : of->repeated[j];
    memcpy(made.bytes + made.length, of->after, after);
    made.length += after;
    return made;
}

static void run(const struct kind *of, size_t size)
{
    const sipcause_table *const tables[] = {sipcause_builtin(NULL), rich_table()};
    input made = make(of, size);
    for (size_t i = 0; i < 2; i++) {
        if (of->before[0] == '{')
            survey_road(&made);
        else if (of->header)
            header_road(of->header, &made, tables[i]);
        else if (strchr(of->repeated, SEPARATOR))
            call_road(&made, tables[i]);
        else
            message_road(&made, tables[i]);
    }
    if (of->header && strcmp(of->header, "Reason") == 0)
        read_values(made.bytes, made.length);
    free(made.bytes);
}

int main(int count, char **arguments)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (count < 3) {
            printf("%s %zu\n", kinds[i].name, kinds[i].size);
        } else if (strcmp(arguments[1], kinds[i].name) == 0) {
            run(&kinds[i], (size_t)strtoul(arguments[2], NULL, 10));
            return EXIT_SUCCESS;
        }
    }
    return count < 3 ? EXIT_SUCCESS : EXIT_FAILURE;
}
