/*
 * survey_add.c - what of a call a survey counts.
 *
 * It is read as it is for a verdict, and then not asked what a table makes of it: the same traffic is counted the same
 * way whatever is mapped, so that surveys of different mapping files can be merged and compared. Only where a carrier
 * puts its code is for the table to say.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decide.h"
#include "survey.h"

#include <string.h>

/* A carrier's own code: 0601 is 601. */
static void take_carrier(sipcause_observation *seen, const sipcause_cause_header *header, sipcause_slice text,
                         char kept[SURVEY_CARRIER_MOST + 1])
{
    uint32_t number;
    writer out = {kept, SURVEY_CARRIER_MOST + 1, 0};
    if (text_number(text.text, text.length, &number))
        write_number(&out, number);
    else
        write_bytes(&out, text.text, text.length);
    write_end(&out);
    seen->carrier = kept;
    seen->header = header->name;
}

/* What a cause header says, unless better evidence said it before. Returns whether it is a code of its space. */
static bool take_header(sipcause_observation *seen, const sipcause_cause_header *header, sipcause_slice text,
                        char kept[SURVEY_CARRIER_MOST + 1])
{
    sipcause_code code = {.space = header->space};
    if (text.length && header->space == SIPCAUSE_SPACE_CARRIER) {
        take_carrier(seen, header, text, kept);
        return true;
    }
    if (!text_number(text.text, text.length, &code.value) || !sipcause_code_valid(code))
        return false;
    if (header->space == SIPCAUSE_SPACE_Q850)
        seen->q850 = (uint16_t)code.value;
    else
        seen->reason = code;
    return true;
}

static bool has(const sipcause_observation *seen, uint32_t space)
{
    if (space == SIPCAUSE_SPACE_CARRIER)
        return seen->carrier != NULL;
    return space == SIPCAUSE_SPACE_Q850 ? seen->q850 != 0 : seen->reason.space != SIPCAUSE_SPACE_NONE;
}

static void take_headers(sipcause_observation *seen, const sipcause_release *release, const evidence *found,
                         char kept[SURVEY_CARRIER_MOST + 1])
{
    for (uint8_t i = 0; i < release->table->cause_header_count; i++) {
        const sipcause_cause_header *header = &release->table->cause_headers[i];
        const kept_line *line = line_at(release, found->message->first_line);
        sipcause_slice text;
        bool taken = has(seen, header->space);
        while (!taken && (line = candidates_header_line(release, found, i, line, &text)) != NULL) {
            taken = take_header(seen, header, text, kept);
            line = line_at(release, line->next);
        }
    }
}

int sipcause_survey_add(sipcause_survey *survey, const sipcause_release *release)
{
    static const kept_message nothing;
    char carrier[SURVEY_CARRIER_MOST + 1];
    evidence found;
    if (!survey || !release)
        return SIPCAUSE_ERROR_MISUSE;
    final_message final = release_final(release);
    evidence_read_untrusted(release, final.message ? final.message : &nothing, &final, &found);
    sipcause_observation seen = survey_nothing();
    const found_code *q850 = evidence_code(&found, SIPCAUSE_SPACE_Q850);
    seen.method = found.message->method;
    seen.answered = final.answered;
    if (!final.answered && final.response)
        seen.status = final.response->status;
    if (q850) {
        seen.q850 = (uint16_t)q850->value;
        seen.location = q850->location;
    }
    seen.reason = found.other_protocol;
    take_headers(&seen, release, &found, carrier);
    return survey_count(survey, &seen, 1);
}
