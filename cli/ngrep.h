/*
 * ngrep.h - packets as ngrep prints them when it keeps no lines.
 *
 * Without -W byline every byte that cannot be printed is a dot, CR and LF too: a message is one text with ".."
 * for each line end. -W none prints it on one line; -W single behind the line that tells the addresses; -W normal,
 * the default, breaks it after as many bytes as the terminal is wide less 5, puts two blanks before each piece and
 * fills up the last (dump_formatted and dump_unwrapped in ngrep.c).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_NGREP_H
#define SIPCAUSE_NGREP_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a line begins a packet of UDP or TCP: "U 192.0.2.1:5060 -> 192.0.2.2:5060".
 * payload: receives where -W single goes on with the packet's text, or the length. */
bool ngrep_is_head(const char *line, size_t length, size_t *payload);

/* What the line after such a head is. */
enum ngrep_form {
    NGREP_LINES,  /* nothing of this: a start line that has a line of its own, or no SIP */
    NGREP_TEXT,   /* the whole text of a message */
    NGREP_PIECE,  /* the first piece of one */
    NGREP_UNSURE, /* a start line that may be a first piece: it is, when the next line is no header */
};

enum ngrep_form ngrep_form_of(const bool *token, const char *line, size_t length);

/* Whether a text begins with a header's name and its colon. Names with a dot are not seen. */
bool ngrep_is_header(const char *text, size_t length);

/*
 * Writes the start line and the headers of a text's first message as lines that end in LF, with the empty line when
 * it is there. ".." is a line end when a header's name follows. "...." ends the headers when exactly the body that
 * Content-Length tells follows, then the text's end or a start line; if none does, the first "....".
 * Parameters: lines: room for as many bytes as the text has. written: receives how many are.
 * Returns: how much of the text the message took, 0 when the text begins with none.
 */
size_t ngrep_lines(const bool *token, const char *text, size_t length, char *lines, size_t *written);

#endif
