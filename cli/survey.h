/*
 * survey.h - what traffic really carries: surveys of traces, and saved ones.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_CLI_SURVEY_H
#define SIPCAUSE_CLI_SURVEY_H

#include "command.h"

/* The survey of a file, which is a saved survey or a trace, "-" standard input; of a trace table says which headers are
 * cause headers. Returns EXIT_DONE, or how the command is to end: all is said then. *survey is to be given to
 * sipcause_survey_free. */
int survey_open(const cli_options *options, const char *path, const sipcause_table *table, sipcause_survey **survey);

#endif
