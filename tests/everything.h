/*
 * everything.h - a table with everything, and the same with one thing different, for the suites equal and compare.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_TEST_EVERYTHING_H
#define SIPCAUSE_TEST_EVERYTHING_H

#include "yaml.h"

enum {
    SAME,
    TABLE_NAME,
    EFFECTIVE,
    EFFECTIVE_NONE,
    SEVERITY,
    IGNORED,
    IGNORED_MORE,
    HEADER_NAME,
    HEADER_PARAMETER,
    HEADER_SPACE,
    HEADER_URI,
    HEADER_MISSING,
    PRECEDENCE_ORDER,
    PRECEDENCE_MISSING,
    LABEL_NAME,
    LABEL_OUTCOME,
    LABEL_PARTY,
    LABEL_ROUTE,
    LABEL_MORE,
    ROW_DISPOSITION,
    ROW_NAME,
    ROW_NOTE,
    ROW_NO_NOTE,
    ROW_OUTCOME,
    ROW_PARTY,
    ROW_ROUTE,
    ROW_CAPPED,
    ROW_UNINFORMATIVE,
    ROW_CODE,
    ROW_SPACE,
    ROW_MORE,
    WORD,
    WORD_CASE,
    WORD_ORDER,
    CLASS_ROW,
    DEFAULT_ROW,
    NO_CAUSE_ROW,
    NO_CAUSE_MORE,
    LOCAL_ROW,
    BARE_ROW,
    ITEM_ORDER,
    ITEM_MISSING,
    ITEM_DISPOSITION,
    ITEM_NAME,
    ITEM_NOTE,
    ITEM_ROUTE,
    ITEM_CAPPED,
    ITEM_UNINFORMATIVE,
    PHRASE,
    PHRASE_CASE,
    PHRASE_ORDER,
    TEXT,
    WARNING,
    CODE_VALUE,
    CODE_SPACE,
    CODE_WORD,
    LOCATIONS,
    METHODS,
    CODINGS,
    ANSWERED,
    ALERTED,
    PROGRESSED,
    NOTICE,
    DIAGNOSTIC,
    RULE_FROM,
    RULE_TO,
    RULE_LOCATION,
    RULE_NO_LOCATION,
    RULE_CONDITION,
    RULE_ORDER,
    RULE_MISSING,
    RULE_REDRESS,
    RULE_TO_SIP,
    CLASS_LOCATION,
    REQUEST_LOCATION,
    DIFFERENCES
};

/* What stands where difference d shall be. */
#define AT(d, otherwise, usually) (different == (d) ? (otherwise) : (usually))

static inline bool say_settings(sipcause_builder *builder, int different)
{
    const uint16_t ignored[] = {486, (uint16_t)AT(IGNORED, 600, 603), 500};
    const uint16_t spaces[] = {AT(PRECEDENCE_ORDER, SIPCAUSE_SPACE_SIP, SIPCAUSE_SPACE_CARRIER),
                               AT(PRECEDENCE_ORDER, SIPCAUSE_SPACE_CARRIER, SIPCAUSE_SPACE_SIP), SIPCAUSE_SPACE_STIR};
    const sipcause_cause_header headers[] = {
        {.name = AT(HEADER_NAME, "x-cause-code", "X-Cause-Code"), .space = SIPCAUSE_SPACE_CARRIER},
        {.name = "History-Info",
         .parameter = AT(HEADER_PARAMETER, "code", "cause"),
         .space = AT(HEADER_SPACE, SIPCAUSE_SPACE_Q850, SIPCAUSE_SPACE_SIP),
         .uri_parameter = different != HEADER_URI},
        {.name = "X-*'Odd", .space = SIPCAUSE_SPACE_FREESWITCH},
    };
    for (size_t i = 0; i < COUNT(headers) - (different == HEADER_MISSING); i++)
        if (sipcause_builder_cause_header(builder, &headers[i], 0, 0, NULL) != SIPCAUSE_OK)
            return false;
    return sipcause_builder_name(builder, AT(TABLE_NAME, "b", "a"), "f") == SIPCAUSE_OK &&
           sipcause_builder_effective(builder, AT(EFFECTIVE_NONE, SIPCAUSE_ALWAYS, AT(EFFECTIVE, 1, 951782399))) ==
               SIPCAUSE_OK &&
           sipcause_builder_check(builder, SIPCAUSE_RULE_REDUNDANT,
                                  AT(SEVERITY, SIPCAUSE_SEVERITY_ERROR, SIPCAUSE_SEVERITY_OFF), NULL) == SIPCAUSE_OK &&
           sipcause_builder_check(builder, SIPCAUSE_RULE_SHADOWED, sipcause_rule_severity(SIPCAUSE_RULE_SHADOWED),
                                  NULL) == SIPCAUSE_OK && /* says nothing */
           sipcause_builder_ignore_reason(builder, ignored, 2u + (different == IGNORED_MORE), NULL) == SIPCAUSE_OK &&
           sipcause_builder_precedence(builder, spaces, 3u - (different == PRECEDENCE_MISSING), NULL) == SIPCAUSE_OK;
}

static inline bool say_labels(sipcause_builder *builder, int different)
{
    const sipcause_row labels[] = {
        {.disposition = "Mine"},
        {.disposition = "Ours",
         .outcome = AT(LABEL_OUTCOME, "busy", "blocked"),
         .party = AT(LABEL_PARTY, "caller", "network"),
         .route = AT(LABEL_ROUTE, "later", "stop")},
        {.disposition = AT(LABEL_NAME, "spare", "Spare")},
        {.disposition = "More"},
    };
    for (size_t i = 0; i < 3u + (different == LABEL_MORE); i++)
        if (sipcause_builder_disposition(builder, &labels[i], NULL) != SIPCAUSE_OK)
            return false;
    return true;
}

/* 480 with two items; the first has all conditions. */
static inline bool say_conditions(sipcause_builder *builder, int different)
{
    const char *phrases[] = {AT(PHRASE_ORDER, "b", AT(PHRASE_CASE, "*A*", AT(PHRASE, "*c*", "*a*"))),
                             AT(PHRASE_ORDER, "*a*", "b")};
    const char *texts[] = {AT(TEXT, "u", "t")}, *own[] = {AT(CODE_WORD, "D36", "D35"), "0x10"};
    const uint16_t warnings[] = {304, (uint16_t)AT(WARNING, 306, 305)};
    const sipcause_code codes[] = {
        sipcause_carrier(601), sipcause_q850(AT(CODE_VALUE, 22, 21)),
        sipcause_code_make(AT(CODE_SPACE, SIPCAUSE_SPACE_STIR, SIPCAUSE_SPACE_PREEMPTION), 1), sipcause_carrier(602)};
    const sipcause_condition all = {
        .phrases = phrases,
        .phrase_count = 2,
        .texts = texts,
        .text_count = 1,
        .codes = codes,
        .code_count = 4,
        .words = own,
        .word_count = 2,
        .warnings = warnings,
        .warning_count = 2,
        .locations = AT(LOCATIONS, 0xfffe, 0xffff),
        .methods = AT(METHODS, 2, 6),
        .codings = AT(CODINGS, 1, 0xf),
        .answered = AT(ANSWERED, 1, 2),
        .alerted = AT(ALERTED, 2, 1),
        .progressed = AT(PROGRESSED, 0, 1),
        .notice = AT(NOTICE, 1, 2),
        .diagnostic = AT(DIAGNOSTIC, 0, 2),
    };
    sipcause_refinement items[] = {
        {all, {.disposition = "Ours", .note = "one"}},
        {{.alerted = 1},
         {.disposition = AT(ITEM_DISPOSITION, "Busy", "Mine"),
          .name = AT(ITEM_NAME, "other", "item"),
          .note = AT(ITEM_NOTE, NULL, "two"),
          .route = AT(ITEM_ROUTE, "next", "later"),
          .capped = AT(ITEM_CAPPED, 1, 0),
          .uninformative = AT(ITEM_UNINFORMATIVE, 0, 2)}},
    };
    if (different == ITEM_ORDER) {
        sipcause_refinement first = items[0];
        items[0] = items[1];
        items[1] = first;
    }
    return map(
        builder, sipcause_status(480),
        (sipcause_row){
            .disposition = "Mine", .uninformative = 1, .when = items, .when_count = 2u - (different == ITEM_MISSING)});
}

static inline bool say_rows(sipcause_builder *builder, int different)
{
    const sipcause_row plain = {.disposition = "Busy"}, other = {.disposition = "Rejected"};
    const sipcause_refinement item = {{.methods = 8}, {.disposition = "Busy"}};
    const sipcause_row bare = {.when = &item, .when_count = 1, .name = AT(BARE_ROW, "y", "x")};
    const char *own[] = {AT(WORD_ORDER, "null", AT(WORD_CASE, "d35", AT(WORD, "D36", "D35"))),
                         AT(WORD_ORDER, "D35", "null")};
    const sipcause_row full = {
        .disposition = AT(ROW_DISPOSITION, "Mine", "Ours"),
        .name = AT(ROW_NAME, "other", "name"),
        .note = AT(ROW_NO_NOTE, NULL, AT(ROW_NOTE, "Note", "note")),
        .outcome = AT(ROW_OUTCOME, "busy", "rejected"),
        .party = AT(ROW_PARTY, "callee", "caller"),
        .route = AT(ROW_ROUTE, "amend", "later"),
        .capped = AT(ROW_CAPPED, 0, 1),
        .uninformative = AT(ROW_UNINFORMATIVE, 0, 1),
    };
    if (different == ROW_MORE && !map(builder, sipcause_carrier(8), plain))
        return false;
    for (size_t i = 0; i < 2; i++)
        if (sipcause_builder_map_token(builder, own[i], SIPCAUSE_TEXT, &plain, NULL) != SIPCAUSE_OK)
            return false;
    return say_conditions(builder, different) && map(builder, sipcause_carrier(AT(ROW_CODE, 8, 7)), full) &&
           map(builder, sipcause_code_make(AT(ROW_SPACE, SIPCAUSE_SPACE_EMM, SIPCAUSE_SPACE_STIR), 5), plain) &&
           map(builder, sipcause_q850(120), bare) &&
           sipcause_builder_map_class(builder, 5, AT(CLASS_ROW, &other, &plain), NULL) == SIPCAUSE_OK &&
           sipcause_builder_map_default(builder, AT(DEFAULT_ROW, &other, &plain), NULL) == SIPCAUSE_OK &&
           sipcause_builder_map_local(builder, 3, AT(LOCAL_ROW, &other, &plain), NULL) == SIPCAUSE_OK &&
           sipcause_builder_map_no_cause(builder, 1, AT(NO_CAUSE_ROW, &other, &plain), NULL) == SIPCAUSE_OK &&
           (different != NO_CAUSE_MORE || sipcause_builder_map_no_cause(builder, 2, &plain, NULL) == SIPCAUSE_OK);
}

static inline bool say_rules(sipcause_builder *builder, int different)
{
    const char *phrase = "x";
    const sipcause_condition notice = {.notice = AT(RULE_CONDITION, 2, 1)},
                             late = {.phrases = &phrase, .phrase_count = 1};
    const sipcause_condition there = {.locations = 5, .codings = 2, .diagnostic = 1};
    const sipcause_translation to_isup[] = {
        {.when = AT(RULE_ORDER, &late, &notice), .to = 21, .location = 4},
        {.when = AT(RULE_ORDER, &notice, &late), .to = 0},
        {.to = AT(RULE_TO, 22, 21),
         .has_location = different != RULE_NO_LOCATION,
         .location = AT(RULE_LOCATION, 15, 6)},
    };
    const sipcause_translation to_sip[] = {{.when = &there, .to = 603, .redress = different != RULE_REDRESS},
                                           {.to = AT(RULE_TO_SIP, 0, 480)}};
    return sipcause_builder_to_isup(builder, AT(RULE_FROM, 604, 603), to_isup, 3, 0, 0, NULL) == SIPCAUSE_OK &&
           sipcause_builder_to_isup(builder, 6, to_isup, 2, 0, 0, NULL) == SIPCAUSE_OK &&
           sipcause_builder_to_isup(builder, SIPCAUSE_FROM_BYE, &to_isup[2], 1, 0, 0, NULL) == SIPCAUSE_OK &&
           sipcause_builder_to_sip(builder, 21, to_sip, 2u - (different == RULE_MISSING), 0, 0, NULL) == SIPCAUSE_OK &&
           sipcause_builder_to_sip(builder, SIPCAUSE_FROM_DEFAULT, &to_sip[1], 1, 0, 0, NULL) == SIPCAUSE_OK &&
           sipcause_builder_class_location(builder, 4, AT(CLASS_LOCATION, 10, 9), 0, 0, NULL) == SIPCAUSE_OK &&
           sipcause_builder_class_location(builder, 0, AT(REQUEST_LOCATION, 0, 8), 0, 0, NULL) == SIPCAUSE_OK;
}

/* NULL when memory is short. */
static inline sipcause_table *everything(const sipcause_table *base, int different)
{
    sipcause_builder *builder = new_builder(base);
    if (!builder || !say_settings(builder, different) || !say_labels(builder, different) ||
        !say_rows(builder, different) || !say_rules(builder, different))
        return NULL;
    return keep_table(sipcause_builder_table(builder, NULL));
}

#endif
