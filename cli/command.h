/*
 * command.h - what the files of the `sipcause` command share. The command knows the library by its
 * public header only; none of these names may be one of the library's own.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_COMMAND_H
#define SIPCAUSE_COMMAND_H

#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L /* before any system header: this file comes first everywhere */
#endif

#include "gather.h"
#include "sipcause.h"

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
#else
#define PRINTF_LIKE(text, first)
#endif

/* How the command ends. */
enum {
    EXIT_DONE = 0,
    EXIT_FOUND = 1, /* lookup, translate: not mapped, not used; diff: a difference; check: a warning or an error;
                       classify, explain, survey: --fail-on; reason: --strict */
    EXIT_USAGE = 2,
    EXIT_FILE = 3 /* a file, or standard output, cannot be read, loaded or written */
};

/* ---- main.c: the command line ------------------------------------------------------------------
 */

enum { RULES_ROOM = 256, SOURCE_SHOWN = 1, SOURCE_HIDDEN = 2 };

typedef struct cli_options {
    const char *command; /* the subcommand */
    const char *mapping; /* -m; NULL: the profile "default" */
    char **arguments;    /* what is no option */
    int count;
    const char *format; /* --format: text, yaml or json; NULL: not given */
    bool json;          /* --json, or --format json */
    bool summary;
    bool strict;
    const char *call_id; /* --call-id; NULL: every call */
    uint32_t fail_flags; /* --fail-on: bits of enum sipcause_flag */
    uint64_t fail_rules; /* --fail-on: bits 1 << rule */

    sipcause_notice redress; /* --redress */
    bool redressed;          /* it is given */
    bool redress_location;   /* its location is */

    uint32_t severity;         /* --severity: the least that counts; 0: not given */
    uint8_t rules[RULES_ROOM]; /* --rule: a severity + 1; 0: not given */
    int source;                /* --source, --no-source; 0: neither */
    const char *observed;      /* --observed: a trace or a saved survey; NULL: none */
} cli_options;

/* Which options a subcommand knows. */
enum {
    TAKES_MAPPING = 1,
    TAKES_JSON = 2,
    TAKES_SUMMARY = 4,
    TAKES_FAIL_ON = 8,
    TAKES_FORMAT = 16,
    TAKES_CALL_ID = 32,
    TAKES_REDRESS = 64,
    TAKES_REDACT = 128,
    TAKES_STRICT = 256,
    TAKES_CHECK = 512 /* --severity, --rule, --observed, --source, --no-source */
};

typedef struct cli_command {
    const char *name;
    int (*run)(const cli_options *options);
    unsigned takes;
    int least, most;   /* how many arguments; most -1: any number */
    const char *line;  /* what it does, in one line */
    const char *usage; /* the arguments, for the usage line */
    const char *help;  /* the rest of its help */
} cli_command;

extern const cli_command cli_commands[];
const cli_command *cli_command_find(const char *name);

/* Says what is wrong on standard error, "sipcause: " before it and a line end after it. */
void cli_say(const char *format, ...) PRINTF_LIKE(1, 2);
/* Lines that say it all themselves, "FILE:LINE:COLUMN: error: ...", on standard error. */
void cli_show_lines(const char *text);

/* An error of the library's, which says where it is. */
void cli_show_error(const sipcause_error *error);

/* The same for a wrong command line; points at the help and returns EXIT_USAGE. */
int cli_usage(const char *command, const char *format, ...) PRINTF_LIKE(2, 3);

int run_check(const cli_options *options);
int run_classify(const cli_options *options);
int run_diff(const cli_options *options);
int run_explain(const cli_options *options);
int run_lookup(const cli_options *options);
int run_profiles(const cli_options *options);
int run_reason(const cli_options *options);
int run_show(const cli_options *options);
int run_survey(const cli_options *options);
int run_translate(const cli_options *options);

/* ---- options.c ---------------------------------------------------------------------------------
 */

/* One option at words[*at], which is left at the last word that it uses. Returns EXIT_DONE or EXIT_USAGE. */
int option_read(const cli_command *command, cli_options *options, char **words, int count, int *at);

/* ---- help.c ------------------------------------------------------------------------------------
 */

void help_command(const cli_command *command); /* NULL: the whole command */

/* ---- words.c -----------------------------------------------------------------------------------
 */

bool help_words(const char *topic); /* "rules", "flags"; false: no such topic */

/* ---- mapping.c ---------------------------------------------------------------------------------
 */

/* The table that -m names. Returns EXIT_DONE, or how the command is to end: all is said then.
 * The table is to be given back with sipcause_table_unref. */
int mapping_open(const char *mapping, const sipcause_table **table);
/* Whether a name is a profile's or could be a file's. Returns EXIT_DONE, or EXIT_USAGE: all is said then. */
int mapping_named(const char *name);
/* All of standard input. Returns EXIT_DONE, or EXIT_FILE: all is said then. */
int mapping_input(gathered *into);

/* ---- redress.c ---------------------------------------------------------------------------------
 */

/* A NAME=VALUE after --redress. Both return EXIT_DONE or EXIT_USAGE: all is said then. */
int redress_add(cli_options *options, const char *word);
/* Whether the contact, once it is whole, may stand in a 603+ answer. */
int redress_check(const cli_options *options);

/* ---- need.c: memory, or the end ----------------------------------------------------------------
 */

_Noreturn void need_failed(void);                        /* says that memory is short, and ends the command */
void *need_room(size_t count, size_t size);              /* zeroed */
void *need_more(void *block, size_t count, size_t size); /* resized, new room not zeroed */

/* ---- output.c: standard output -----------------------------------------------------------------
 */

/* All output is gathered and written at once; a write that fails ends the command with EXIT_FILE,
 * silently when nobody reads on. */
void out_bytes(const char *bytes, size_t length);
void out_text(const char *text);
void out_number(uint64_t number);
void out_format(const char *format, ...) PRINTF_LIKE(1, 2); /* short things only: 512 bytes */
void out_flush(void);

/* The decimal digits of a number; returns how many. */
enum { NUMBER_DIGITS = 20 };
size_t number_digits(uint64_t number, char digits[NUMBER_DIGITS]);

/* Whether standard output is a terminal that wants colour: no NO_COLOR, no TERM=dumb. */
bool out_colours(void);
enum out_colour { PLAIN, BOLD, RED, GREEN, YELLOW, DIM };
void out_colour(enum out_colour colour); /* nothing without colours */

/* For people: wire bytes without anything that a terminal would obey, and without what --redact hides. */
void out_visible(const char *bytes, size_t length);
void out_wire_number(uint64_t number); /* of a message: --redact hides those that may be of a telephone */
/* The same in a column of `width`, two blanks after it; more than `most` columns are cut to `most`
 * with ".." (0: never). NULL: "-". */
void out_column(const char *text, size_t width, size_t most);
void out_column_bytes(const char *bytes, size_t length, size_t width, size_t most);

/* ---- json.c: objects, one a line ---------------------------------------------------------------
 */

void json_string(const char *wire, size_t wire_length); /* invalid UTF-8 becomes U+FFFD */
/* A number of a message; what --redact hides is a text. */
void json_wire_number(uint64_t number);
/* "name": with a comma before it unless it is the first of its object. */
void json_name(const char *name, bool first);
void json_text(const char *name, const char *text);          /* , "name":"text"; NULL: null */
void json_count(const char *name, uint64_t number);          /* , "name":7 */
void json_number_or_null(const char *name, uint64_t number); /* the same, 0: null */
void json_bool(const char *name, bool value);

/* ---- codes as text, output.c --------------------------------------------------------------------
 */

/* The space's name as it is printed: a token's is "carrier". */
const char *code_space_printed(uint32_t space);

#endif
