/*
 * options.c - the options of the subcommands.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "nearest.h"

#include <string.h>

/* A word after --fail-on: a verdict's flag or a finding's rule. */
static int add_fail_on(cli_options *options, const char *word)
{
    int flag = sipcause_flag_from_name(word, SIPCAUSE_TEXT);
    int rule = sipcause_rule_from_name(word, SIPCAUSE_TEXT);
    if (flag > 0)
        options->fail_flags |= (uint32_t)flag;
    if (rule > 0 && rule < 64)
        options->fail_rules |= (uint64_t)1 << rule;
    if (flag > 0 || rule > 0)
        return EXIT_DONE;
    return cli_usage(options->command, "--fail-on: '%s' is neither a flag nor a rule", word);
}

/* Keeps the word after an option that may be given once. */
static int set_once(cli_options *options, const char **value, const char *name, const char *word)
{
    if (*value != NULL)
        return cli_usage(options->command, "%s is given twice", name);
    *value = word;
    return EXIT_DONE;
}

static int set_format(cli_options *options, const char *word)
{
    if (strcmp(word, "text") != 0 && strcmp(word, "yaml") != 0 && strcmp(word, "json") != 0)
        return cli_usage(options->command, "--format: '%s' is none of text, yaml and json", word);
    return set_once(options, &options->format, "--format", word);
}

static int set_mapping(cli_options *options, const char *word)
{
    return set_once(options, &options->mapping, "-m", word);
}

static int set_call_id(cli_options *options, const char *word)
{
    return set_once(options, &options->call_id, "--call-id", word);
}

static int set_json(cli_options *options, const char *word)
{
    (void)word;
    options->json = true;
    return EXIT_DONE;
}

static int set_summary(cli_options *options, const char *word)
{
    (void)word;
    options->summary = true;
    return EXIT_DONE;
}

static int set_strict(cli_options *options, const char *word)
{
    (void)word;
    options->strict = true;
    return EXIT_DONE;
}

/* A severity's name after what; returns it, or -1: all is said then. */
static int read_severity(const cli_options *options, const char *what, const char *word)
{
    int severity = sipcause_severity_from_name(word, SIPCAUSE_TEXT);
    const char *nearest = severity >= 0 ? NULL : nearest_name(word, strlen(word), sipcause_severity_name);
    if (severity >= 0)
        return severity;
    if (nearest != NULL)
        cli_usage(options->command, "%s: there is no severity '%s'; did you mean '%s'?", what, word, nearest);
    else
        cli_usage(options->command, "%s: there is no severity '%s'; there are off, note, warning and error", what,
                  word);
    return -1;
}

static int set_severity(cli_options *options, const char *word)
{
    int severity = read_severity(options, "--severity", word);
    if (severity < 0)
        return EXIT_USAGE;
    if (severity == SIPCAUSE_SEVERITY_OFF)
        return cli_usage(options->command, "--severity takes note, warning or error, not off");
    if (options->severity != 0)
        return cli_usage(options->command, "--severity is given twice");
    options->severity = (uint32_t)severity;
    return EXIT_DONE;
}

/* A rule given again has the last severity: whoever calls the command for others can have severities of his own. */
static int set_rule(cli_options *options, const char *word)
{
    size_t length = strcspn(word, "=");
    int rule = sipcause_rule_from_name(word, length);
    if (rule <= 0 || rule >= RULES_ROOM) {
        const char *nearest = nearest_name(word, length, sipcause_rule_name);
        return cli_usage(options->command, "--rule: there is no rule '%.*s'; %s%s%s",
                         (int)(length < 100 ? length : 100), word,
                         nearest == NULL ? "sipcause(7) lists them" : "did you mean '", nearest == NULL ? "" : nearest,
                         nearest == NULL ? "" : "'?");
    }
    if (word[length] == '\0')
        return cli_usage(options->command, "--rule: '%s' has no severity: write %s=off, =note, =warning or =error",
                         word, word);
    int severity = read_severity(options, "--rule", word + length + 1);
    if (severity < 0)
        return EXIT_USAGE;
    options->rules[rule] = (uint8_t)(severity + 1);
    return EXIT_DONE;
}

static int set_observed(cli_options *options, const char *word)
{
    return set_once(options, &options->observed, "--observed", word);
}

static int show_source(cli_options *options, const char *word)
{
    (void)word;
    options->source = SOURCE_SHOWN;
    return EXIT_DONE;
}

static int hide_source(cli_options *options, const char *word)
{
    (void)word;
    options->source = SOURCE_HIDDEN;
    return EXIT_DONE;
}

/* main.c has seen it: it holds for messages about the command line, too. */
static int redacts_already(cli_options *options, const char *word)
{
    (void)options;
    (void)word;
    return EXIT_DONE;
}

typedef struct option {
    unsigned takes; /* which subcommands know it */
    const char *brief, *name;
    bool with_value;
    int (*take)(cli_options *options, const char *word);
} option;

static const option known[] = {
    {TAKES_MAPPING, "-m", "--mapping", true, set_mapping},  {TAKES_JSON, NULL, "--json", false, set_json},
    {TAKES_SUMMARY, NULL, "--summary", false, set_summary}, {TAKES_FAIL_ON, NULL, "--fail-on", true, add_fail_on},
    {TAKES_FORMAT, NULL, "--format", true, set_format},     {TAKES_CALL_ID, NULL, "--call-id", true, set_call_id},
    {TAKES_REDRESS, NULL, "--redress", true, redress_add},  {TAKES_REDACT, NULL, "--redact", false, redacts_already},
    {TAKES_STRICT, NULL, "--strict", false, set_strict},    {TAKES_CHECK, NULL, "--severity", true, set_severity},
    {TAKES_CHECK, NULL, "--rule", true, set_rule},          {TAKES_CHECK, NULL, "--observed", true, set_observed},
    {TAKES_CHECK, NULL, "--source", false, show_source},    {TAKES_CHECK, NULL, "--no-source", false, hide_source},
};

/* An option that takes a value: "-m V", "-mV", "--mapping V", "--mapping=V". Moves at past what it
 * uses. Returns the value; NULL: it is another option, or (missing set) the value is not there. */
static const char *option_value(const option *one, char **words, int count, int *at, bool *missing)
{
    const char *word = words[*at], *brief = one->brief, *name = one->name;
    size_t length = strlen(name);
    if (brief != NULL && strncmp(word, brief, 2) == 0 && word[2] != '\0')
        return word + 2;
    if (strncmp(word, name, length) == 0 && word[length] == '=')
        return word + length + 1;
    if (strcmp(word, name) != 0 && (brief == NULL || strcmp(word, brief) != 0))
        return NULL;
    if (*at + 1 >= count) {
        *missing = true;
        return NULL;
    }
    (*at)++;
    return words[*at];
}

int option_read(const cli_command *command, cli_options *options, char **words, int count, int *at)
{
    const char *word = words[*at];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        bool missing = false;
        if (!(command->takes & known[i].takes))
            continue;
        if (!known[i].with_value) {
            if (strcmp(word, known[i].name) == 0)
                return known[i].take(options, NULL);
            continue;
        }
        const char *value = option_value(&known[i], words, count, at, &missing);
        if (value != NULL)
            return known[i].take(options, value);
        if (missing)
            return cli_usage(command->name, "%s wants a value after it", word);
    }
    return cli_usage(command->name, "%s has no option '%s'", command->name, word);
}
