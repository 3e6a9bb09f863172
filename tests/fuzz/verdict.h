/*
 * verdict.h - reading a whole verdict, and a table that asks for much, for the fuzz targets that go as far as that.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_FUZZ_VERDICT_H
#define SIPCAUSE_FUZZ_VERDICT_H

#include "fuzz.h"

static inline void digest_findings(digest *of, const sipcause_release *release)
{
    size_t count = sipcause_finding_count(release);
    for (size_t i = 0; i < count; i++) {
        const sipcause_finding *finding = sipcause_finding_at(release, i);
        PROMISE(finding && finding->message[0] && sipcause_rule_name(finding->rule));
        PROMISE(sipcause_severity_name(finding->severity) && finding->severity != SIPCAUSE_SEVERITY_OFF);
        digest_number(of, finding->rule);
        digest_text(of, finding->message);
    }
    PROMISE(sipcause_finding_at(release, count) == NULL);
}

static inline void digest_step(digest *of, const sipcause_step *step)
{
    PROMISE(step && step->size == sizeof *step && step->number <= 9 && sipcause_fate_name(step->fate));
    PROMISE(step->sentence && step->sentence[0]);
    PROMISE(!step->text == !step->source_name && (!step->text || strlen(step->text) <= 255));
    PROMISE(step->text || step->fate == SIPCAUSE_FATE_NONE || step->fate == SIPCAUSE_FATE_DECIDES);
    digest_text(of, step->text);
    digest_text(of, step->sentence);
    digest_text(of, step->condition);
    digest_text(of, step->source_name);
    digest_text(of, step->entry ? step->entry->disposition : NULL);
    digest_number(of, (uint64_t)step->number << 16 | step->fate);
}

/* Explains, and reads all steps: one of them decides. */
static inline void digest_explanation(digest *of, sipcause_release *release)
{
    PROMISE(sipcause_explain(release));
    size_t count = sipcause_step_count(release), deciding = 0;
    for (size_t i = 0; i < count; i++) {
        digest_step(of, sipcause_step_at(release, i));
        deciding += sipcause_step_at(release, i)->fate == SIPCAUSE_FATE_DECIDES;
    }
    PROMISE(deciding == 1 && sipcause_step_at(release, count) == NULL);
}

/* Decides, and reads all that the verdict says and how it was reached. */
static inline const sipcause_verdict *digest_verdict(digest *of, const sipcause_table *table, sipcause_release *release)
{
    digest_explanation(of, release);
    const sipcause_verdict *verdict = sipcause_decide(release);
    char text[64];
    PROMISE(verdict && verdict->disposition && SIPCAUSE_HAS(verdict, notice_location));
    PROMISE(verdict->disposition_id < sipcause_disposition_count(table));
    PROMISE(sipcause_outcome_name(verdict->outcome) && sipcause_party_name(verdict->party));
    PROMISE(sipcause_route_name(verdict->route) && sipcause_block_name(verdict->block));
    PROMISE(sipcause_source_name(verdict->source) && sipcause_side_name(verdict->released_by));
    PROMISE(sipcause_code_format(table, verdict->decided_by, text, sizeof text) < sizeof text);
    digest_text(of, text);
    const char *const texts[] = {verdict->disposition,  verdict->name,         verdict->note,       verdict->file,
                                 verdict->source_name,  verdict->carrier_text, verdict->notice_url, verdict->notice_tel,
                                 verdict->notice_email, verdict->notice_id,    verdict->jwscard};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        digest_text(of, texts[i]);
    const uint64_t numbers[] = {
        verdict->line,          verdict->outcome,         verdict->party,           verdict->route,
        verdict->block,         verdict->source,          verdict->status,          verdict->q850,
        verdict->location,      verdict->answered,        verdict->has_retry_after, verdict->retry_after,
        verdict->flags,         verdict->runner_up.space, verdict->runner_up.value, verdict->carrier.space,
        verdict->carrier.value, verdict->has_notice,      verdict->notice_location, verdict->released_by};
    digest_bytes(of, numbers, sizeof numbers);
    digest_findings(of, release);
    return verdict;
}

static inline int digest_isup(digest *of, const sipcause_release *release)
{
    sipcause_isup isup;
    int result = sipcause_to_isup(release, &isup);
    PROMISE(result == SIPCAUSE_OK || result == SIPCAUSE_ERROR_MISSING || result == SIPCAUSE_ERROR_UNKNOWN_CODE);
    PROMISE(result != SIPCAUSE_OK || (isup.cause < 128 && isup.location < 16));
    digest_number(of, (uint64_t)(int64_t)result);
    if (result == SIPCAUSE_OK)
        digest_number(of, (uint64_t)isup.cause << 8 | isup.location);
    return result;
}

/* What a survey counts of the evidence, by its saved form, which loads. */
static inline void digest_survey(digest *of, const sipcause_release *release)
{
    sipcause_survey *survey = sipcause_survey_new();
    PROMISE(survey && sipcause_survey_add(survey, release) == SIPCAUSE_OK && sipcause_survey_count(survey) == 1);
    char text[1024];
    size_t length = sipcause_survey_save(survey, text, sizeof text, NULL);
    PROMISE(length > 0 && length < sizeof text);
    sipcause_survey_free(survey);
    survey = sipcause_survey_load(text, length, NULL, NULL);
    PROMISE(survey && sipcause_survey_calls(survey) == 1);
    sipcause_survey_free(survey);
    digest_text(of, text);
}

/* A table that looks at everything that a message can carry. */
static inline const sipcause_table *rich_table(void)
{
    static const char mapping[] =
        "sipcause: 1\n"
        "name: rich\n"
        "cause-headers:\n"
        "  - X-Cause-Code\n"
        "  - {name: Reason, param: code}\n"
        "  - {name: P-Asserted-Identity, param: cause, uri-param: true}\n"
        "  - {name: X-Release, space: release-cause}\n"
        "precedence: [carrier, stir, q850, sip, preemption]\n"
        "ignore-reason: [486]\n"
        "map:\n"
        "  q850:\n"
        "    21: {when: [{text: \"*spam*\", disposition: Fraud / Security Block}, {location: [TN, LN], route: next}]}\n"
        "    16: {when: [{text: [\"*a?b*\", \"x\"], name: matched}, {method: bye, sip: [486, 487], route: later}]}\n"
        "    17: {when: [{text: \"?*\\\\\\\"*\", phrase: \"*y\", disposition: Rejected}]}\n"
        "    34: {when: [{coding: national, route: stop}, {diagnostic: true, route: later}]}\n"
        "  sip:\n"
        "    480: {when: [{phrase: \"*capacity*\", disposition: Network Error}, {warning: [305, 399], route: amend}]}\n"
        "    603: {when: [{notice: true, disposition: Fraud / Security Block}, {q850: 21, route: later}]}\n"
        "    200: {disposition: Answered Elsewhere, when: [{text: \"call completed*\", name: elsewhere}]}\n"
        "  carrier:\n"
        "    601: {disposition: Fraud / Security Block, when: [{text: \"v=*\", route: amend}, {q850: 16, route: "
        "later}]}\n"
        "    D35: {disposition: Busy, when: [{carrier: [602, D36], disposition: No Answer}]}\n"
        "  preemption:\n"
        "    1: Rejected\n"
        "  stir:\n"
        "    436: Authentication Failure\n"
        "interworking:\n"
        "  sip-to-isup: {603: {when: [{text: \"*busy*\", cause: 17}]}, 480: {when: [{phrase: \"*x*\", cause: 41}]}}\n"
        "  isup-to-sip: {22: {status: 410, when: [{diagnostic: true, status: 301}, {location: TN, status: 404}]}}\n"
        "check: {bad-cause: error, duplicate-protocol: off}\n";
    static const sipcause_table *table;
    sipcause_error error;
    if (!table)
        table = sipcause_load_bytes(mapping, sizeof mapping - 1, "rich", &error);
    if (!table)
        fprintf(stderr, "%u:%u: %s\n", error.line, error.column, error.text);
    PROMISE(table);
    return table;
}

#endif
