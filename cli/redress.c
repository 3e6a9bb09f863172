/*
 * redress.c - the contact that --redress gives, piece by piece, for a 603+ answer.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include <string.h>

static int set_location(cli_options *options, const char *name)
{
    int location = sipcause_location_from_name(name, SIPCAUSE_TEXT);
    if (options->redress_location)
        return cli_usage(options->command, "--redress: location is given twice");
    if (location < 0)
        return cli_usage(options->command, "--redress: there is no location '%s'", name);
    if (location == SIPCAUSE_LOCATION_U) /* to the library this 0 says: not known */
        return cli_usage(options->command,
                         "--redress: the location of a 603+ answer is LN, TN, LPN, RLN or RPN, not U");
    options->redress.location = (uint8_t)location;
    options->redress_location = true;
    return EXIT_DONE;
}

int redress_add(cli_options *options, const char *word)
{
    sipcause_notice *to = &options->redress;
    const struct {
        const char *name;
        const char **value;
    } pieces[] = {{"url=", &to->url}, {"tel=", &to->tel}, {"email=", &to->email}, {"id=", &to->id}};
    options->redressed = true;
    if (strncmp(word, "location=", 9) == 0)
        return set_location(options, word + 9);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t length = strlen(pieces[i].name);
        if (strncmp(word, pieces[i].name, length) != 0)
            continue;
        if (*pieces[i].value != NULL)
            return cli_usage(options->command, "--redress: %.*s is given twice", (int)length - 1, word);
        *pieces[i].value = word + length;
        return EXIT_DONE;
    }
    return cli_usage(options->command, "--redress: '%s' is none of url=, tel=, email=, id= and location=", word);
}

int redress_check(const cli_options *options)
{
    sipcause_error error;
    if (!options->redressed || sipcause_notice_check(&options->redress, &error) == SIPCAUSE_OK)
        return EXIT_DONE;
    return cli_usage(options->command, "--redress: %s", error.text);
}
