/*
 * words.c - sipcause help rules, sipcause help flags: the words that options take, a line each.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include <string.h>

enum { RULES_END = 512, FLAGS_END = 31 }; /* beyond every number there is */

static void show_rules(void)
{
    for (uint32_t rule = 1; rule < RULES_END; rule++) {
        const char *name = sipcause_rule_name(rule);
        if (name == NULL)
            continue;
        out_column(name, 26, 0);
        out_format("%s\n", sipcause_severity_name(sipcause_rule_severity(rule)));
    }
}

static void show_flags(void)
{
    for (uint32_t bit = 0; bit < FLAGS_END; bit++) {
        const char *name = sipcause_flag_name((uint32_t)1 << bit);
        if (name != NULL)
            out_format("%s\n", name);
    }
}

bool help_words(const char *topic)
{
    if (strcmp(topic, "rules") == 0)
        show_rules();
    else if (strcmp(topic, "flags") == 0)
        show_flags();
    else
        return false;
    return true;
}
