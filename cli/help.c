/*
 * help.c - the subcommands and what --help says of them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include <string.h>

const cli_command cli_commands[] = {
    {"check", run_check, TAKES_JSON | TAKES_CHECK, 1, -1, "what is wrong with mapping files", "[OPTION...] FILE...",
     "Says what a file cannot be loaded with, all of it, and what loads and yet is wrong. A FILE is\n"
     "a mapping file or a trunk object, \"-\" for standard input, a profile's name, or a folder: of\n"
     "that all .yaml, .yml and .json files below it that are meant to be mapping files or trunk\n"
     "objects; the others are counted.\n"
     "\n"
     "      --severity SEVERITY   note, the default, warning or error: what is less is neither\n"
     "                            shown nor makes the exit status 1\n"
     "      --rule NAME=SEVERITY  off, note, warning or error for the findings of a rule, whatever\n"
     "                            the files say under check; may be repeated\n"
     "      --observed TRAFFIC    holds them against real traffic too, a trace or a saved survey\n"
     "                            (see: sipcause help survey)\n"
     "      --source              shows the lines that findings are about; without it where\n"
     "                            standard output is a terminal\n"
     "      --no-source           does not show them\n"
     "\n"
     "Exits with 1 when there is a warning or an error. With 3 when a file cannot be read, nothing\n"
     "in a FOLDER is a mapping file, or no call ended in TRAFFIC; the others are checked.\n"},
    {"classify", run_classify, TAKES_MAPPING | TAKES_JSON | TAKES_REDACT | TAKES_SUMMARY | TAKES_FAIL_ON, 0, -1,
     "a verdict for every call of a trace", "[FILE...]",
     "Reads SIP messages as text, LF or CRLF, whatever log lines stand between them; no FILE, or\n"
     "\"-\", is standard input. One Call-ID is one call. Prints a line a call and then a summary.\n"
     "\n"
     "      --summary        only the summary; with --json: the calls, then one line\n"
     "                       {\"summary\":...}\n"
     "      --fail-on WORD   exit with 1 when a call has this flag (unmapped-carrier-code ...) or\n"
     "                       finding (near-603plus ...); may be repeated\n"
     "\n"
     "Reads SIP as sipp, sngrep, ngrep, Kamailio, Asterisk and FreeSWITCH write it as text.\n"
     "A call ends with the answer to its BYE; 32 seconds of trace time after the ACK of a\n"
     "failure, or after a failure, CANCEL or BYE when nothing follows (65536 messages where\n"
     "lines carry no time); or with the input. A new INVITE before that reopens it. The last\n"
     "65536 ended Call-IDs are remembered: their later messages are counted as late. Of the\n"
     "two legs of a proxy the one seen first is the call. An INVITE still open at the end is\n"
     "unfinished: counted, without a verdict.\n"},
    {"explain", run_explain, TAKES_MAPPING | TAKES_JSON | TAKES_CALL_ID | TAKES_FAIL_ON | TAKES_REDACT, 0, -1,
     "how the verdict on a call was reached", "[FILE...]",
     "Reads traces as classify does, and tells of each call that ended, step by step: which message\n"
     "decides, every piece of evidence and where it stood, what the table says of it and in which\n"
     "line of which file, why it won or lost, and what became of the route.\n"
     "\n"
     "      --call-id ID     only the calls of this Call-ID\n"
     "      --fail-on WORD   as of classify\n"},
    {"lookup", run_lookup, TAKES_MAPPING | TAKES_JSON, 1, -1, "what a table says of codes", "CODE...",
     "A CODE is a space and a value: sip:503, q850:34, carrier:601, carrier:D35, sip:busy-here.\n"
     "Exits with 1 when one of them is not mapped, saying what it falls to.\n"},
    {"translate", run_translate, TAKES_MAPPING | TAKES_JSON | TAKES_REDRESS, 1, -1, "a code from SIP to ISUP or back",
     "[--redress NAME=VALUE]... CODE...",
     "From SIP: sip:607, BYE, CANCEL. From ISUP: isup:21/TN, also written q850:21/TN; without a\n"
     "location it is U, user. Locations: U LPN LN TN RLN RPN LOC-6 INTL LOC-8 LOC-9 BI LOC-11 ...\n"
     "LOC-15 (RFC 8606). Lossy: the same table does not bring the answer back to the same code.\n"
     "\n"
     "      --redress NAME=VALUE  a piece of the contact that a 603+ carries (ATIS-1000099): url,\n"
     "                            tel, email, id, location; at least one of the first three. Where\n"
     "                            the table allows it (redress: true) the answer is a 603+, and\n"
     "                            sip:603 is one. The table without -m is then the profile\n"
     "                            fcc-2026, the one that allows it, for isup:21/U. Exits with 1\n"
     "                            when the contact was not used.\n"},
    {"reason", run_reason, TAKES_JSON | TAKES_REDACT | TAKES_STRICT, 1, -1, "reads Reason headers", "[--] VALUE...",
     "Each VALUE is one header line of one message, with or without \"Reason:\" before it.\n"
     "\n"
     "      --strict  exit with 1 when a line has a finding of severity warning or worse, and say\n"
     "                where the first one stands\n"},
    {"show", run_show, TAKES_MAPPING | TAKES_JSON | TAKES_FORMAT, 0, 0, "the effective table", "[--format FORMAT]",
     "All rows, inherited ones too: codes, classes (sip:5xx), local:..., no-cause:... and default.\n"
     "\n"
     "      --format FORMAT  text, the default; json, as --json; yaml: the whole table as a mapping\n"
     "                       file that extends nothing, with the conditions and the interworking\n"
     "\n"
     "(+2 when) behind a row: it has two other meanings under conditions.\n"},
    {"diff", run_diff, TAKES_JSON, 2, 2, "what two tables say differently", "[--] A B",
     "A and B are profiles or mapping files, one of them may be \"-\", standard input. Prints each\n"
     "place of a mapping file where they differ, inherited rows included, with what A says there (-)\n"
     "and what B says (+). Exits with 1 when there is a difference; \"no differences\" when there is\n"
     "none, with --json nothing.\n"},
    {"survey", run_survey, TAKES_MAPPING | TAKES_JSON | TAKES_REDACT | TAKES_FAIL_ON, 0, -1,
     "what traffic really carries, counted", "[FILE...]",
     "Reads traces as classify does, and counts the calls that ended with the same evidence: status\n"
     "code, Q.850 cause value and location, the carrier's own code, and a code of another Reason\n"
     "protocol, as the message that decides carries them. What the table maps does not matter; -m\n"
     "says in which headers the carrier puts its code. A FILE may also be a survey that was kept,\n"
     "which is added:\n"
     "\n"
     "  sipcause survey --json -m acme.yaml monday.txt >monday.json\n"
     "  sipcause survey monday.json tuesday.json\n"
     "\n"
     "      --json           the survey as it can be kept: one object, a kind a line, always the\n"
     "                       same for the same calls\n"
     "      --fail-on WORD   as of classify, for the calls of traces\n"
     "\n"
     "Of 65536 different kinds of evidence each is told; what comes with another is only counted.\n"},
    {"profiles", run_profiles, TAKES_JSON, 0, 0, "the built-in tables", "", ""},
    {NULL, NULL, 0, 0, 0, NULL, NULL, NULL},
};

const cli_command *cli_command_find(const char *name)
{
    for (const cli_command *command = cli_commands; command->name != NULL; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}

static void help_all(void)
{
    out_text("Usage: sipcause SUBCOMMAND [OPTION...] [ARGUMENT...]\n"
             "Says why SIP calls ended.\n\n");
    for (const cli_command *command = cli_commands; command->name != NULL; command++) {
        out_text("  ");
        out_column(command->name, 10, 0);
        out_format("%s\n", command->line);
    }
    out_text("  help        help on a subcommand; help rules, help flags: the words that options take\n"
             "\n"
             "  -m, --mapping M   a profile (see: sipcause profiles) or a mapping file; \"-\" is "
             "standard\n"
             "                    input; the profile \"default\" without it\n"
             "      --json        one JSON object a line\n"
             "      --redact      classify, explain, survey, reason: [number-1], [uri-1], [uuid-1],\n"
             "                    [address-1], [name-1]@[host-1] in place of telephone numbers, URIs,\n"
             "                    UUIDs, network addresses and name@host; the same value has the same\n"
             "                    number in all of the output\n"
             "  -h, --help        this text, or a subcommand's\n"
             "  -V, --version     the library's version\n"
             "\n"
             "Exit status: 0 done; 1 lookup: not mapped, translate: no rule, contact not used, diff: a\n"
             "difference, check: a warning or an error, classify, explain, survey: --fail-on, reason:\n"
             "--strict; 2 wrong usage, a code that cannot be, an unknown profile; 3 a file that cannot be\n"
             "read, loaded or written.\n");
}

void help_command(const cli_command *command)
{
    if (command == NULL) {
        help_all();
        return;
    }
    out_format("Usage: sipcause %s%s%s%s%s%s\n", command->name, (command->takes & TAKES_MAPPING) ? " [-m MAPPING]" : "",
               (command->takes & TAKES_JSON) ? " [--json]" : "", (command->takes & TAKES_REDACT) ? " [--redact]" : "",
               *command->usage ? " " : "", command->usage);
    out_format("%c%s.\n", command->line[0] - 'a' + 'A', command->line + 1);
    if (*command->help != '\0') {
        out_text("\n");
        out_text(command->help);
    }
}
