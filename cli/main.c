/*
 * main.c - the `sipcause` command: its command line.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"
#include "redact.h"
#include "utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Words of the command line and of files may hold what a terminal would obey. */
static void put_error(const char *bytes, size_t length)
{
    fwrite(bytes, 1, length, stderr);
}

static void say_bytes(const char *bytes, size_t length)
{
    sipcause_slice text = redact_text(bytes, length);
    utf8_show(text.text, text.length, put_error);
}

static void say_visible(const char *format, va_list arguments)
{
    char text[2048];
    int length = vsnprintf(text, sizeof text, format, arguments);
    if (length >= (int)sizeof text) {
        length = sizeof text - 1;
        memset(text + length - 3, '.', 3);
    }
    say_bytes(text, length < 0 ? 0 : (size_t)length);
}

void cli_show_lines(const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        say_bytes(text, length);
        fputc('\n', stderr);
        text += length + (text[length] == '\n');
    }
}

void cli_show_error(const sipcause_error *error)
{
    char text[1024];
    sipcause_error_format(error, text, sizeof text);
    cli_show_lines(text);
}

void cli_say(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("sipcause: ", stderr);
    say_visible(format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

int cli_usage(const char *command, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("sipcause: ", stderr);
    say_visible(format, arguments);
    fprintf(stderr, "\nTry: sipcause %s%s--help\n", command == NULL ? "" : command, command == NULL ? "" : " ");
    va_end(arguments);
    return EXIT_USAGE;
}

static bool is(const char *word, const char *one, const char *other)
{
    return strcmp(word, one) == 0 || (other != NULL && strcmp(word, other) == 0);
}

/* Before anything of the command line is quoted in a message. */
static void begin_redaction(const cli_command *command, char **words, int count)
{
    for (int at = 0; at < count && (command->takes & TAKES_REDACT) && strcmp(words[at], "--") != 0; at++)
        if (strcmp(words[at], "--redact") == 0)
            redact_begin();
}

/* Everything after the subcommand. Returns EXIT_DONE, EXIT_USAGE, or -1: help was shown. */
static int read_words(const cli_command *command, cli_options *options, char **words, int count)
{
    bool options_end = false;
    begin_redaction(command, words, count);
    for (int at = 0; at < count; at++) {
        char *word = words[at];
        if (options_end || word[0] != '-' || word[1] == '\0') {
            options->arguments[options->count++] = word;
        } else if (strcmp(word, "--") == 0) {
            options_end = true;
        } else if (is(word, "--help", "-h")) {
            help_command(command);
            return -1;
        } else {
            int status = option_read(command, options, words, count, &at);
            if (status != EXIT_DONE)
                return status;
        }
    }
    if (options->json && options->format != NULL && strcmp(options->format, "json") != 0)
        return cli_usage(command->name, "--json and --format %s contradict each other", options->format);
    if (options->format != NULL && strcmp(options->format, "json") == 0)
        options->json = true;
    if (options->count < command->least)
        return cli_usage(command->name, "an argument is missing: %s %s", command->name, command->usage);
    if (command->most >= 0 && options->count > command->most)
        return cli_usage(command->name, "%s does not know what to do with '%s'", command->name,
                         options->arguments[command->most]);
    return EXIT_DONE;
}

static int run(const char *name, char **words, int count)
{
    const cli_command *command = cli_command_find(name);
    if (command == NULL)
        return cli_usage(NULL, "there is no subcommand '%s'", name);
    cli_options options = {.command = command->name};
    options.arguments = need_room((size_t)count + 1, sizeof *options.arguments);
    int status = read_words(command, &options, words, count);
    if (status == EXIT_DONE)
        status = command->run(&options);
    free(options.arguments);
    return status < 0 ? EXIT_DONE : status;
}

static int run_help(char **words, int count)
{
    if (count > 1)
        return cli_usage(NULL, "help takes one subcommand");
    if (count == 1 && help_words(words[0]))
        return EXIT_DONE;
    const cli_command *command = count == 1 ? cli_command_find(words[0]) : NULL;
    if (count == 1 && command == NULL)
        return cli_usage(NULL, "there is no subcommand '%s'", words[0]);
    help_command(command);
    return EXIT_DONE;
}

int main(int argc, char **argv)
{
    int status;
    if (argc < 2) {
        status = cli_usage(NULL, "a subcommand is missing");
    } else if (is(argv[1], "--help", "-h")) {
        help_command(NULL);
        status = EXIT_DONE;
    } else if (is(argv[1], "--version", "-V")) {
        out_format("sipcause %s\n", sipcause_version());
        status = EXIT_DONE;
    } else if (is(argv[1], "help", NULL)) {
        status = run_help(argv + 2, argc - 2);
    } else if (argv[1][0] == '-') {
        status = cli_usage(NULL, "the subcommand comes before its options: '%s'", argv[1]);
    } else {
        status = run(argv[1], argv + 2, argc - 2);
    }
    out_flush();
    return status;
}
