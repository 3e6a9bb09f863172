/*
 * yaml_write.c - a table as the text of a mapping file that extends nothing and loads to an equal table.
 *
 * What extends none begins with is left out: no rows, no headers, no rules. The dispositions come before all that a
 * loader needs them for, so that it reads the file in one pass. Rows: yaml_rows.c; interworking: yaml_interwork.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "yaml_write.h"

void yaml_disposition(yaml *to, const disposition *own)
{
    yaml_keys keys = {to, 0, false};
    if (!own->outcome && !own->party && !own->route) {
        yaml_text(to, own->name);
        return;
    }
    write_text(&to->out, "{");
    yaml_pair(&keys, "name", own->name);
    if (own->outcome)
        yaml_word(&keys, "outcome", sipcause_outcome_name(own->outcome));
    if (own->party)
        yaml_word(&keys, "party", sipcause_party_name(own->party));
    if (own->route)
        yaml_word(&keys, "route", sipcause_route_name(own->route));
    write_text(&to->out, "}");
}

static void write_dispositions(yaml *to, const sipcause_table *table)
{
    uint32_t built_in = profiles[0].table->disposition_count; /* the same in every table */
    for (uint32_t i = built_in; i < table->disposition_count; i++) {
        write_text(&to->out, i == built_in ? "\ndispositions:\n  - " : "\n  - ");
        yaml_disposition(to, &table->dispositions[i]);
    }
}

static void write_header(yaml *to, const sipcause_cause_header *header)
{
    yaml_keys keys = {to, 0, false};
    if (!header->parameter && header->space == SIPCAUSE_SPACE_CARRIER) {
        yaml_text(to, header->name);
        return;
    }
    write_text(&to->out, "{");
    yaml_pair(&keys, "name", header->name);
    if (header->parameter)
        yaml_pair(&keys, "param", header->parameter);
    if (header->space != SIPCAUSE_SPACE_CARRIER)
        yaml_word(&keys, "space", sipcause_space_name(header->space));
    if (header->parameter && header->uri_parameter)
        yaml_truth(&keys, "uri-param", true);
    write_text(&to->out, "}");
}

static void write_headers(yaml *to, const sipcause_table *table)
{
    write_text(&to->out, table->cause_header_count ? "\ncause-headers:" : "\ncause-headers: []");
    for (uint16_t i = 0; i < table->cause_header_count; i++) {
        write_text(&to->out, "\n  - ");
        write_header(to, &table->cause_headers[i]);
    }
}

void yaml_headers(yaml *to, const sipcause_table *table)
{
    yaml_keys list = {to, 0, false};
    write_text(&to->out, "[");
    for (uint16_t i = 0; i < table->cause_header_count; i++) {
        yaml_key(&list, NULL);
        write_header(to, &table->cause_headers[i]);
    }
    write_text(&to->out, "]");
}

void yaml_precedence(yaml *to, const sipcause_table *table)
{
    yaml_keys list = {to, 0, false};
    write_text(&to->out, "[");
    for (uint16_t i = 0; i < table->precedence_count; i++)
        yaml_word(&list, NULL, sipcause_space_name(table->precedence[i]));
    write_text(&to->out, "]");
}

void yaml_ignored(yaml *to, const sipcause_table *table)
{
    yaml_keys list = {to, 0, false};
    write_text(&to->out, "[");
    for (uint16_t i = 0; i < table->ignored_count; i++) {
        yaml_key(&list, NULL);
        write_number(&to->out, table->ignored[i]);
    }
    write_text(&to->out, "]");
}

/* Only what the rule would not have by itself. */
static void write_check(yaml *to, const sipcause_table *table)
{
    yaml_keys keys = {to, 2, false};
    for (uint32_t rule = 0; rule < RULES_MOST; rule++) {
        uint32_t severity = sipcause_table_severity(table, rule);
        if (severity == sipcause_rule_severity(rule))
            continue;
        if (!keys.any)
            write_text(&to->out, "\ncheck:");
        yaml_pair(&keys, sipcause_rule_name(rule), sipcause_severity_name(severity)); /* "off" is false to others */
    }
}

/* ---- the date ---------------------------------------------------------------------------------------------- */

enum { DAY = 86400, DAYS_OF_400_YEARS = 146097, DAYS_BEFORE_1970 = 719468 /* since 0000-03-01 */ };

static void write_digits(yaml *to, uint32_t number, unsigned width)
{
    for (uint32_t least = width == 4 ? 1000 : 10; number < least && least > 1; least /= 10)
        write_text(&to->out, "0");
    write_number(&to->out, number);
}

/* Years begin in March here, so that the leap day is the last one of its year. */
static void write_date(yaml *to, uint32_t days)
{
    uint32_t era = days / DAYS_OF_400_YEARS, day = days % DAYS_OF_400_YEARS;
    uint32_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    day -= 365 * year + year / 4 - year / 100;
    uint32_t month = (5 * day + 2) / 153;
    day -= (153 * month + 2) / 5;
    month = month < 10 ? month + 3 : month - 9;
    write_digits(to, era * 400 + year + (month <= 2), 4);
    write_text(&to->out, "-");
    write_digits(to, month, 2);
    write_text(&to->out, "-");
    write_digits(to, day + 1, 2);
}

void yaml_effective(yaml *to, const sipcause_table *table)
{
    const int64_t first = -62135596800, last = 253402300799; /* 0001-01-01T00:00:00Z, 9999-12-31T23:59:59Z */
    int64_t seconds = table->effective;
    if (seconds < first || seconds > last) { /* no file can say it, but the number shows what it is */
        to->unsayable = true;
        write_text(&to->out, seconds < 0 ? "-" : "");
        write_number(&to->out, seconds < 0 ? 0 - (uint64_t)seconds : (uint64_t)seconds);
        return;
    }
    uint64_t since = (uint64_t)(seconds + (int64_t)DAYS_BEFORE_1970 * DAY);
    uint32_t of_day = (uint32_t)(since % DAY);
    write_date(to, (uint32_t)(since / DAY));
    write_text(&to->out, "T");
    write_digits(to, of_day / 3600, 2);
    write_text(&to->out, ":");
    write_digits(to, of_day / 60 % 60, 2);
    write_text(&to->out, ":");
    write_digits(to, of_day % 60, 2);
    write_text(&to->out, "Z");
}

/* ---- the whole --------------------------------------------------------------------------------------------- */

size_t sipcause_table_yaml(const sipcause_table *table, char *buffer, size_t size)
{
    yaml to = {{buffer, buffer ? size : 0, 0}, false};
    table = table_of(table);
    write_text(&to.out, "sipcause: 1");
    if (*table->name) {
        write_text(&to.out, "\nname: ");
        yaml_text(&to, table->name);
    }
    write_text(&to.out, "\nextends: none");
    if (table->effective != SIPCAUSE_ALWAYS) {
        write_text(&to.out, "\neffective: ");
        yaml_effective(&to, table);
    }
    write_dispositions(&to, table);
    write_headers(&to, table);
    write_text(&to.out, "\nprecedence: ");
    yaml_precedence(&to, table);
    if (table->ignored_count) {
        write_text(&to.out, "\nignore-reason: ");
        yaml_ignored(&to, table);
    }
    yaml_map(&to, table);
    yaml_interworking(&to, table->interwork);
    write_check(&to, table);
    write_text(&to.out, "\n");
    if (to.unsayable)
        to.out.length = 0; /* and an empty text */
    return write_end(&to.out);
}
