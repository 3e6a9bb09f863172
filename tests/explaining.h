/*
 * explaining.h - what holds of the explanation of any call.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_EXPLAINING_H
#define SIPCAUSE_EXPLAINING_H

#include "telling.h"

static inline void check_step(const telling *call, const sipcause_verdict *verdict, const sipcause_step *step)
{
    bool decides = step->fate == SIPCAUSE_FATE_DECIDES;
    const char *fate = sipcause_fate_name(step->fate);
    ck_assert_msg(fate != NULL && step->number <= 9, "%s: step %u, fate %u", call->file, step->number, step->fate);
    ck_assert_uint_eq(step->size, sizeof *step);
    ck_assert_msg(step->sentence[0] != 0, "%s: no sentence, %s", call->file, fate);
    ck_assert_msg((step->source_name != NULL) == (step->text != NULL), "%s: %s", call->file, step->sentence);
    ck_assert_msg(step->fate == SIPCAUSE_FATE_NONE || decides || step->text, "%s: %s", call->file, step->sentence);
    ck_assert_msg(!step->condition || step->entry, "%s: %s", call->file, step->condition);
    if (!decides)
        return;
    bool by_code = verdict->decided_by.space != SIPCAUSE_SPACE_NONE;
    ck_assert_msg(by_code == (step->text != NULL), "%s: %s", call->file, step->sentence);
    if (by_code)
        ck_assert_msg(code_same(step->code, verdict->decided_by) &&
                          strcmp(step->source_name, verdict->source_name) == 0,
                      "%s: %s decides", call->file, step->text);
    if (!step->entry)
        return; /* the table says nothing at all */
    ck_assert_str_eq(step->entry->disposition, verdict->disposition);
    ck_assert_str_eq(step->entry->file, verdict->file);
    ck_assert_uint_eq(step->entry->line, verdict->line);
    ck_assert_uint_eq(step->entry->outcome, verdict->outcome);
}

/* The same verdict, one step that decides, and none without its reason. A 603+ is decided by its status and sourced in
 * its Reason. */
static inline void check_explanation(telling *call, const sipcause_verdict *verdict)
{
    const sipcause_verdict before = *verdict;
    const sipcause_verdict *after = sipcause_explain(call->release);
    unsigned deciding = 0;
    if (!after) {
        ck_assert_msg(out_of_memory(), "%s: no explanation", call->file);
        call->failed = true;
        return;
    }
    ck_assert_msg(memcmp(&before, after, sizeof before) == 0, "%s: the explanation changes the verdict", call->file);
    ck_assert_uint_gt(sipcause_step_count(call->release), 0);
    for (size_t i = 0; i < sipcause_step_count(call->release); i++) {
        const sipcause_step *step = sipcause_step_at(call->release, i);
        deciding += step->fate == SIPCAUSE_FATE_DECIDES;
        check_step(call, after, step);
    }
    ck_assert_msg(deciding == 1, "%s: %u steps decide", call->file, deciding);
    ck_assert_ptr_null(sipcause_step_at(call->release, sipcause_step_count(call->release)));
    ck_assert_ptr_nonnull(sipcause_decide(call->release));
    ck_assert_uint_eq(sipcause_step_count(call->release), 0);
}

#endif
