/*
 * conflict.c - the status and the Q.850 cause of one call that tell different stories (step 8 of decide.c).
 *
 * SPDX-License-Identifier: MIT
 */
#include "decide.h"

#include <string.h>

static bool interworks(const decision *now)
{
    const interwork_rules *rules = now->release->table->interwork;
    uint32_t cause = now->q850->code.value, status = now->sip->code.value;
    situation rel = {.location = now->q850->location, /* as a REL with this cause would be translated */
                     .coding = SIPCAUSE_CODING_ITU_T,
                     .diagnostic = now->found->now.diagnostic};
    const interwork_rule *there = interwork_find(rules->to_isup, rules->to_isup_count, status, &now->found->now);
    if (there && there->to == cause)
        return true;
    const interwork_rule *back = interwork_find(rules->to_sip, rules->to_sip_count, cause, &rel);
    return back && back->to == status;
}

void decide_write_code(writer *out, const sipcause_table *table, sipcause_code code)
{
    const char *name = sipcause_code_name(code), *own = sipcause_code_word(table, code);
    code_write(out, code, own, own ? strlen(own) : 0);
    if (name) {
        write_text(out, " (");
        write_text(out, name);
        write_text(out, ")");
    }
}

void conflict_find(decision *now, const candidate *decided, sipcause_verdict *verdict)
{
    const candidate *q850 = now->q850, *sip = now->sip;
    if (decided->code.space != SIPCAUSE_SPACE_Q850 && decided->code.space != SIPCAUSE_SPACE_SIP)
        return; /* a carrier's code refines, it never conflicts */
    if (q850->entry->outcome == sip->entry->outcome || decide_generic(sip->code.value) || interworks(now))
        return;
    char sentence[320];
    writer out = {sentence, sizeof sentence, 0};
    decide_write_code(&out, now->release->table, sip->code);
    write_text(&out, " and ");
    decide_write_code(&out, now->release->table, q850->code);
    write_text(&out, " tell different stories");
    finding_add(now->release, SIPCAUSE_RULE_STATUS_CONTRADICTS_REASON, sentence, write_end(&out));
    now->flags |= SIPCAUSE_FLAG_CONFLICT;
    verdict->runner_up = decided->code.space == SIPCAUSE_SPACE_Q850 ? sip->code : q850->code;
}
