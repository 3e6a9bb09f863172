/*
 * notice.h - the text of a 603+, "v=analytics1;url=...;...", escapes undone; shared by notice.c (which reads it),
 * notice_write.c (which writes it), notice_findings.c and blocking.c (which say what is wrong with it), and evidence.c,
 * reason_value.c and interwork.c (which meet it).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_NOTICE_H
#define SIPCAUSE_NOTICE_H

#include "internal.h"

/* Which attribute it is. Names in any case. */
enum notice_name { NOTICE_OTHER, NOTICE_V, NOTICE_URL, NOTICE_TEL, NOTICE_EMAIL, NOTICE_ID, NOTICE_NAMES };
/* "url"; NULL of NOTICE_OTHER. */
const char *notice_word(enum notice_name name);

/* How a text begins. */
enum notice_start {
    NOTICE_STARTS_OTHERWISE,
    NOTICE_STARTS_NEARLY, /* with v=analytics and something other than 1;, or with blanks in it */
    NOTICE_STARTS         /* with v=analytics1; in any case */
};
/* Of a text that begins with a v or a blank. */
enum notice_start notice_start_told(const char *text, size_t length);
static inline enum notice_start notice_start_of(const char *text, size_t length)
{
    if (!length || (*text != 'v' && *text != 'V' && *text != ' ' && *text != '\t'))
        return NOTICE_STARTS_OTHERWISE; /* as nearly every text */
    return notice_start_told(text, length);
}

/* One attribute. Blanks around its name and its value are passed over. */
typedef struct notice_attribute {
    enum notice_name name;
    bool named;           /* something stands before the "=" */
    bool blanks;          /* blanks were passed over */
    sipcause_slice whole; /* all that stands between two semicolons */
    sipcause_slice value; /* text NULL: there is no "=" */
} notice_attribute;

/* The attributes of a text that starts as it should: the first call has rest as notice_rest gives it. */
sipcause_slice notice_rest(const char *text, size_t length);
bool notice_next(sipcause_slice *rest, notice_attribute *attribute);

typedef struct notice_parts {
    sipcause_slice values[NOTICE_NAMES]; /* the first of each; text NULL: none */
    bool further;                        /* there is an attribute behind v=analytics1; */
    bool contact;                        /* ... and a usable url, tel or email */
} notice_parts;
/* All false unless the text starts as it should. */
void notice_parse(const char *text, size_t length, notice_parts *parts);

/* What is wrong with a value, as a sentence ends: "has no host". NULL: nothing, or the attribute has no form. */
const char *notice_fault(enum notice_name name, const char *text, size_t length);
/* Whether ATIS-1000099 names that location. */
bool notice_location_named(uint8_t location);
/* notice_write.c: writes the Reason of a 603+ answer with that protocol and cause, "SIP;cause=603", for a contact that
 * sipcause_notice_check lets pass. Returns the answer's phrase. */
const char *notice_answer(const sipcause_notice *notice, const char *cause, writer *out);

#endif
