/*
 * notice_findings.c - what is wrong with the attributes of a whole 603+ (ATIS-1000099), one finding an attribute.
 *
 * It stays a 603+, and what was sent is told as it is: the findings are for whoever sends it, or relies on it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "notice.h"
#include "release.h"

enum { FAULTS_MOST = 8 }; /* of one call: a hostile text may have thousands */

static void note(sipcause_release *release, const char *which, const char *what, sipcause_slice sent, const char *fault)
{
    char sentence[320];
    writer out = {sentence, sizeof sentence, 0};
    write_text(&out, which);
    write_text(&out, what);
    write_text(&out, " \"");
    write_quoted(&out, sent.text, sent.length);
    write_text(&out, "\" of the 603+ answer ");
    write_text(&out, fault);
    finding_add(release, SIPCAUSE_RULE_NOTICE_ATTRIBUTE, sentence, write_end(&out));
}

/* What is wrong with an attribute whose name stands for nothing, or is not there. */
static const char *stranger_fault(const notice_attribute *attribute)
{
    if (attribute->whole.length == 0)
        return "is empty: a semicolon has nothing behind it";
    if (!attribute->value.text)
        return "has no \"=\"";
    return attribute->named ? "is passed over: it is none of v, url, tel, email and id"
                            : "has no name before its \"=\"";
}

/* Notes the worst fault of an attribute. Returns whether there was one. */
static bool note_attribute(sipcause_release *release, const notice_attribute *attribute, bool again)
{
    const char *name = notice_word(attribute->name);
    if (!name) {
        note(release, "the ", "attribute", attribute->whole, stranger_fault(attribute));
        return true;
    }
    if (again) {
        note(release, "a second ", name, attribute->value, "is passed over: the first counts");
        return true;
    }
    const char *fault = notice_fault(attribute->name, attribute->value.text, attribute->value.length);
    if (fault)
        note(release, "the ", name, attribute->value, fault);
    else if (attribute->blanks)
        note(release, "the ", "attribute", attribute->whole, "has blanks around its name or value: they do not count");
    return fault || attribute->blanks;
}

void notice_note_faults(sipcause_release *release, const char *text, size_t length, uint8_t location)
{
    notice_attribute attribute;
    uint32_t seen = 1u << NOTICE_V, faults = 0;
    sipcause_slice rest = notice_rest(text, length);
    if (location != SIPCAUSE_LOCATION_NONE && !notice_location_named(location)) {
        const char *name = sipcause_location_name(location);
        sipcause_slice sent = {name, text_length(name, SIPCAUSE_TEXT)};
        note(release, "the ", "location", sent, "is none that the profile names: LN, TN, LPN, RLN and RPN");
        faults++;
    }
    while (faults < FAULTS_MOST && notice_next(&rest, &attribute)) {
        faults += note_attribute(release, &attribute, seen >> attribute.name & 1);
        seen |= attribute.name == NOTICE_OTHER ? 0 : 1u << attribute.name;
    }
}
