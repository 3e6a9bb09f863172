/*
 * explain.c - the steps of a decision, for those who ask why.
 *
 * candidate.c notes which codes it asks the table for. Afterwards all kept messages are walked over once more: every
 * piece of evidence in them becomes a step, with what the table said of it where it was asked, and with the reason why
 * not where it was not.
 *
 * SPDX-License-Identifier: MIT
 */
#include "explain.h"
#include "yaml_write.h"

#include <string.h>

/* ---- what was asked ---------------------------------------------------------------------------------- */

/* Of more than are kept those that may decide; of a decision they are four at most. */
static bool may_decide(const decision *now, const candidate *one, uint32_t fate)
{
    switch (fate) {
    case SIPCAUSE_FATE_OUTRANKED: return !now->winner || one->source == SIPCAUSE_SOURCE_STATUS_LINE;
    case SIPCAUSE_FATE_YIELDS: return !now->first || one->source == SIPCAUSE_SOURCE_STATUS_LINE;
    default: return one->code.space == SIPCAUSE_SPACE_SIP && !now->unmapped;
    }
}

/* A status line is asked once more where nothing told (candidates_prefer_cancelled); 0: it was not asked yet. */
static uint32_t asked_again(const explanation *kept, const decision *now, const candidate *one)
{
    for (uint32_t i = 0; one->source == SIPCAUSE_SOURCE_STATUS_LINE && i < kept->asked_count; i++)
        if (kept->asked[i].one.source == one->source && kept->asked[i].message == now->found->message)
            return i + 1;
    return 0;
}

uint32_t explain_asked(decision *now, const candidate *one, uint32_t fate)
{
    explanation *kept = now->release->explanation;
    uint32_t again = asked_again(kept, now, one);
    if (again || (kept->asked_count >= STEPS_MOST && !may_decide(now, one, fate)))
        return again;
    if (!memory_reserve((void **)&kept->asked, &kept->asked_capacity, kept->asked_count + 1, sizeof *kept->asked)) {
        now->release->memory_short = true;
        return 0;
    }
    asked_code made = {.one = *one, .message = now->found->message, .fate = (uint8_t)fate};
    kept->asked[kept->asked_count++] = made;
    return kept->asked_count;
}

/* Whether that code was asked for that piece. Of RELs one is asked, with the message that decides. */
static bool is_of(const account *of, const asked_code *asked, const piece *one, uint8_t source)
{
    const candidate *code = &asked->one;
    if (code->source != source || !code_same(code->code, one->code))
        return false;
    if (source == SIPCAUSE_SOURCE_ISUP)
        return one->line == of->now->found->isup_line;
    return asked->message == one->message &&
           (source != SIPCAUSE_SOURCE_HEADER || strcmp(code->header, one->source_name) == 0);
}

/* A 603+ is asked as its status, for its Reason: another value of that code has no part in it. */
static bool beside_notice(const piece *one)
{
    const evidence *read = one->read;
    return one->reason && read->now.notice && one->code.space == SIPCAUSE_SPACE_SIP && one->code.value == 603 &&
           one->reason->text.text != read->notice_text.text;
}

/* What was asked for a piece and has not been told yet. */
static asked_code *asked_for(const account *of, const piece *one)
{
    const explanation *kept = of->now->release->explanation;
    bool notice = one->read->now.notice && one->source == SIPCAUSE_SOURCE_STATUS_LINE;
    uint8_t source = notice ? (uint8_t)SIPCAUSE_SOURCE_REASON : one->source;
    bool pass = beside_notice(one);
    for (uint32_t i = 0; i < kept->asked_count; i++) {
        if (!is_of(of, &kept->asked[i], one, source))
            continue;
        if (!pass && !kept->asked[i].told)
            return &kept->asked[i];
        pass = false; /* the status is the first */
    }
    return NULL;
}

/* ---- keeping steps ----------------------------------------------------------------------------------- */

static uint32_t keep_text(sipcause_release *release, const char *text, size_t length)
{
    explanation *kept = release->explanation;
    uint32_t at = kept->texts_used ? kept->texts_used : 1; /* 0 says none */
    if (!memory_reserve((void **)&kept->texts, &kept->texts_capacity, at + (uint32_t)length + 1, 1)) {
        release->memory_short = true;
        return 0;
    }
    for (size_t i = 0; i < length; i++)
        kept->texts[at + i] = text[i] ? text[i] : '?';
    kept->texts[at + length] = 0;
    kept->texts_used = at + (uint32_t)length + 1;
    return at;
}

/* The text of a piece; what is cut says so. */
static uint32_t keep_piece(sipcause_release *release, const piece *one)
{
    static const char cut[] = "...";
    char shown[STEP_TEXT];
    size_t kept = sizeof shown - (sizeof cut - 1);
    if (one->text.length <= STEP_TEXT)
        return keep_text(release, one->text.text, one->text.length);
    memcpy(shown, one->text.text, kept);
    memcpy(shown + kept, cut, sizeof cut - 1);
    return keep_text(release, shown, sizeof shown);
}

static uint32_t keep_written(sipcause_release *release, const writer *out)
{
    size_t length = out->length < out->size ? out->length : out->size - 1;
    return out->length ? keep_text(release, out->buffer, length) : 0;
}

/* A zeroed step; NULL: there are too many, or memory is short. What decides always has one, and so has the call. */
static explained *new_step(sipcause_release *release, uint32_t number, uint32_t fate)
{
    explanation *kept = release->explanation;
    if (kept->step_count >= STEPS_MOST && fate != SIPCAUSE_FATE_DECIDES && fate != SIPCAUSE_FATE_NONE) {
        kept->left_out++;
        return NULL;
    }
    if (!memory_reserve((void **)&kept->steps, &kept->step_capacity, kept->step_count + 1, sizeof *kept->steps)) {
        release->memory_short = true;
        return NULL;
    }
    explained *made = &kept->steps[kept->step_count++];
    memset(made, 0, sizeof *made);
    made->step.size = sizeof made->step;
    made->step.number = (uint16_t)number;
    made->step.fate = (uint16_t)fate;
    made->step.location = SIPCAUSE_LOCATION_NONE;
    return made;
}

/* Under which condition the table says it; nothing when it always does. */
static uint32_t keep_condition(sipcause_release *release, const row *of, const sipcause_entry *entry)
{
    char buffer[SENTENCE_ROOM];
    yaml text = {.out = {buffer, sizeof buffer, 0}};
    yaml_keys keys = {&text, 0, false};
    if (!of || !entry || entry == &of->entry)
        return 0;
    write_text(&text.out, "{");
    yaml_condition(&keys, &((const refinement *)(const void *)entry)->when); /* the entry stands first in it */
    write_text(&text.out, "}");
    return keep_written(release, &text.out);
}

/* A step of the call as a whole. */
static void say(const account *of, uint32_t number, const candidate *by,
                void (*sentence)(const account *of, writer *out))
{
    char buffer[SENTENCE_ROOM];
    writer out = {buffer, sizeof buffer, 0};
    sentence(of, &out);
    explained *made = new_step(of->now->release, number, SIPCAUSE_FATE_NONE);
    if (!made)
        return;
    made->sentence_at = keep_written(of->now->release, &out);
    if (!by)
        return;
    made->step.fate = SIPCAUSE_FATE_DECIDES;
    made->step.entry = by->of ? by->entry : NULL;
    made->condition_at = keep_condition(of->now->release, by->of, by->entry);
}

/* ---- fates ------------------------------------------------------------------------------------------- */

static uint32_t fate_of(const account *of, const asked_code *asked)
{
    const decision *now = of->now;
    uint32_t number = (uint32_t)(asked - now->release->explanation->asked) + 1;
    const candidate *lost = of->decided->code.space == SIPCAUSE_SPACE_Q850 ? now->sip : now->q850;
    if (number == of->decided->asked)
        return SIPCAUSE_FATE_DECIDES;
    if ((now->flags & SIPCAUSE_FLAG_CONFLICT) && number == lost->asked)
        return SIPCAUSE_FATE_RUNNER_UP;
    return asked->fate;
}

/* The step of sipcause(7) that settles it. */
static uint32_t number_of(const account *of, uint32_t fate, const asked_code *asked)
{
    switch (fate) {
    case SIPCAUSE_FATE_DECIDES:
        return asked->message != of->now->found->message ? 7
               : asked->fate == SIPCAUSE_FATE_OUTRANKED  ? 1
               : asked->fate == SIPCAUSE_FATE_UNMAPPED   ? 4
                                                         : 6;
    case SIPCAUSE_FATE_RUNNER_UP: return 8;
    case SIPCAUSE_FATE_YIELDS: return 3;
    case SIPCAUSE_FATE_UNMAPPED: return 4;
    default: return 1;
    }
}

/* What the table would say of a piece that it was not asked for. Conditions are asked for a few pieces only: each asks a
 * whole message, and a hostile one has a thousand pieces. */
static const sipcause_entry *entry_unasked(const account *of, const piece *one, const row **row_of)
{
    explanation *kept = of->now->release->explanation;
    const sipcause_table *table = of->now->release->table;
    situation how = one->read->now;
    if (one->code.space == SIPCAUSE_SPACE_NONE)
        return NULL;
    how.location = one->location;
    *row_of = table_row(table, one->code);
    if (!*row_of || ((*row_of)->entry.when_count && kept->conditional++ >= HEADER_ROWS_MOST))
        return NULL;
    return table_entry_now(table, *row_of, &how);
}

/* ---- pieces ------------------------------------------------------------------------------------------ */

static void fill_place(explained *made, const piece *one)
{
    made->step.code = one->code;
    if (code_same(one->code, WORD_UNKNOWN))
        made->step.code = sipcause_code_make(SIPCAUSE_SPACE_NONE, 0);
    made->step.source = one->source;
    made->step.source_name = one->source_name;
    made->step.status = one->message->status;
    made->step.method = one->message->method;
    made->step.side = one->message->side;
    made->step.location = one->code.space == SIPCAUSE_SPACE_Q850 ? one->location : (uint8_t)SIPCAUSE_LOCATION_NONE;
}

static void add_asked(const account *of, const piece *one, asked_code *asked)
{
    sipcause_release *release = of->now->release;
    char buffer[SENTENCE_ROOM];
    writer out = {buffer, sizeof buffer, 0};
    uint32_t fate = fate_of(of, asked);
    const candidate *told =
        fate == SIPCAUSE_FATE_DECIDES ? of->decided : &asked->one; /* of an unmapped one the class */
    explained *made = new_step(release, number_of(of, fate, asked), fate);
    asked->told = true;
    if (!made)
        return;
    fill_place(made, one);
    made->step.source = asked->one.source; /* a 603+ is known by its status line and by its Reason */
    made->step.source_name = candidate_source_name(&asked->one);
    made->rank = (uint32_t)(asked - release->explanation->asked);
    made->step.entry = told->of ? told->entry : NULL;
    if (one->code.space == SIPCAUSE_SPACE_Q850)
        made->step.location = asked->one.location;
    explain_asked_sentence(of, asked, fate, &out);
    made->text_at = keep_piece(release, one);
    made->condition_at = keep_condition(release, told->of, told->entry);
    made->sentence_at = keep_written(release, &out);
}

static void add_unasked(const account *of, const piece *one)
{
    sipcause_release *release = of->now->release;
    const kept_message *final = of->now->found->message;
    char buffer[SENTENCE_ROOM];
    writer out = {buffer, sizeof buffer, 0};
    const row *row_of = NULL;
    bool here = one->message == final || one->message->method == METHOD_ANY;
    uint32_t fate = one->fault     ? SIPCAUSE_FATE_NO_CANDIDATE
                    : !here        ? SIPCAUSE_FATE_NOT_FINAL
                    : one->no_code ? SIPCAUSE_FATE_NO_CODE
                                   : SIPCAUSE_FATE_NOT_ASKED;
    explained *made = new_step(release, fate == SIPCAUSE_FATE_NO_CANDIDATE ? 2 : here ? 1 : 0, fate);
    if (!made)
        return;
    fill_place(made, one);
    made->rank = STEPS_MOST;
    if (fate == SIPCAUSE_FATE_NO_CANDIDATE)
        write_text(&out, one->fault);
    else if (fate == SIPCAUSE_FATE_NOT_FINAL)
        explain_not_final_sentence(of, one, &out);
    else if (fate == SIPCAUSE_FATE_NO_CODE)
        explain_no_code_sentence(of, one, &out);
    else
        explain_unasked_sentence(of, one, &out);
    made->step.entry = fate == SIPCAUSE_FATE_NO_CANDIDATE ? NULL : entry_unasked(of, one, &row_of);
    made->text_at = keep_piece(release, one);
    made->condition_at = keep_condition(release, row_of, made->step.entry);
    made->sentence_at = keep_written(release, &out);
}

void explain_piece(const account *of, const piece *one)
{
    asked_code *asked = one->fault || one->no_code ? NULL : asked_for(of, one);
    if (asked)
        add_asked(of, one, asked);
    else
        add_unasked(of, one);
}

/* ---- the whole --------------------------------------------------------------------------------------- */

/* In the order in which they were asked; what was not asked comes last, as it stands in the message. */
static void order_steps(explanation *kept, uint32_t from)
{
    for (uint32_t i = from + 1; i < kept->step_count; i++) {
        explained moved = kept->steps[i];
        uint32_t at = i;
        for (; at > from && kept->steps[at - 1].rank > moved.rank; at--)
            kept->steps[at] = kept->steps[at - 1];
        kept->steps[at] = moved;
    }
}

static void resolve_texts(explanation *kept)
{
    for (uint32_t i = 0; i < kept->step_count; i++) {
        explained *at = &kept->steps[i];
        at->step.text = at->text_at ? kept->texts + at->text_at : NULL;
        at->step.condition = at->condition_at ? kept->texts + at->condition_at : NULL;
        at->step.sentence = at->sentence_at ? kept->texts + at->sentence_at : "";
    }
}

void explain_finish(decision *now, const candidate *decided, const sipcause_verdict *verdict)
{
    const sipcause_release *release = now->release;
    explanation *kept = now->release->explanation;
    account of = {now, decided, verdict};
    say(&of, 0, NULL, explain_final_sentence);
    uint32_t from = kept->step_count;
    const kept_message *at;
    for (at = message_at(release, release->first_message); at; at = message_at(release, at->next))
        if (at == now->found->message || at->method == METHOD_ANY)
            explain_message(&of, at);
    order_steps(kept, from);
    for (at = message_at(release, release->first_message); at; at = message_at(release, at->next))
        if (at != now->found->message && at->method != METHOD_ANY)
            explain_message(&of, at);
    if (decided->code.space == SIPCAUSE_SPACE_NONE)
        say(&of, 6, decided, explain_fallback_sentence);
    if (kept->left_out)
        say(&of, 1, NULL, explain_left_out_sentence);
    say(&of, 9, NULL, explain_route_sentence);
    resolve_texts(kept);
}

const sipcause_verdict *sipcause_explain(sipcause_release *release)
{
    if (!release)
        return NULL;
    if (!release->explanation)
        release->explanation = memory_allocate(1, sizeof *release->explanation);
    if (!release->explanation)
        return NULL;
    release->explaining = true;
    const sipcause_verdict *verdict = sipcause_decide(release);
    release->explaining = false;
    return verdict;
}

void explain_forget(sipcause_release *release)
{
    explanation *kept = release->explanation;
    if (kept)
        kept->step_count = kept->asked_count = kept->texts_used = kept->conditional = kept->left_out = 0;
}

void explain_free(sipcause_release *release)
{
    if (!release->explanation)
        return;
    memory_free(release->explanation->asked);
    memory_free(release->explanation->steps);
    memory_free(release->explanation->texts);
    memory_free(release->explanation);
}

size_t sipcause_step_count(const sipcause_release *release)
{
    return release && release->explanation ? release->explanation->step_count : 0;
}

const sipcause_step *sipcause_step_at(const sipcause_release *release, size_t index)
{
    return index < sipcause_step_count(release) ? &release->explanation->steps[index].step : NULL;
}
