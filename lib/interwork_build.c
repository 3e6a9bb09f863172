/*
 * interwork_build.c - interworking rules while a table is being made.
 *
 * The inherited rules are copied when the first own one comes. Those of one code stay behind the own ones, unless one
 * of these has no condition: then it stands instead of them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "builder.h"

#include <string.h>

/* ---- inherited rules ------------------------------------------------------------------------------------- */

static bool copy_rules(sipcause_builder *builder, const interwork_rule *from, uint32_t count, draft_rules *to)
{
    if (!memory_reserve((void **)&to->rules, &to->capacity, count ? count : 1, sizeof *to->rules))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        draft_rule *new = &to->rules[i];
        new->from = from[i].from;
        new->to = from[i].to;
        new->location = from[i].location;
        new->flags = (uint8_t)(from[i].flags & TO_NOTICE);
        new->said = (said_at){0, 0};
        if (!builder_copy_condition(builder, &from[i].when, &new->condition))
            return false;
    }
    if (!to->said)
        to->said = memory_allocate(FROM_MOST, sizeof *to->said);
    return to->said != NULL;
}

bool builder_copy_interwork(sipcause_builder *builder)
{
    const interwork_rules *from = builder->interwork;
    if (builder->own_interwork)
        return true;
    if (!copy_rules(builder, from->to_isup, from->to_isup_count, &builder->to_isup) ||
        !copy_rules(builder, from->to_sip, from->to_sip_count, &builder->to_sip))
        return false;
    builder->to_isup.count = builder->to_isup.inherited = from->to_isup_count;
    builder->to_sip.count = builder->to_sip.inherited = from->to_sip_count;
    memcpy(builder->class_location, from->class_location, sizeof builder->class_location);
    builder->own_interwork = true;
    return true;
}

/* ---- own rules -------------------------------------------------------------------------------------------- */

/* What a direction takes. */
typedef struct direction {
    bool to_isup;
    uint16_t low, high; /* of `to` */
    const char *from_fault, *to_fault;
} direction;

static const direction isup_bound = {true, 1, 127, "from is a status 300-699, a class 3-6, BYE, CANCEL or the default",
                                     "a status becomes a cause value 1-127 with a location 0-15, or nothing"};
static const direction sip_bound = {false, 300, 699, "from is a cause value 1-127 or the default",
                                    "a cause value becomes a status 300-699, or nothing"};

static bool from_valid(const direction *way, uint32_t from)
{
    return way->to_isup ? from <= 6 || (from >= 300 && from <= 699) : from <= 127;
}

enum { DECLINE = 603 };

static const char *answer_fault(const direction *way, const sipcause_translation *answer)
{
    bool located = answer->has_location <= 1 && (!answer->has_location || answer->location <= 15);
    if (answer->to && (answer->to < way->low || answer->to > way->high))
        return way->to_fault;
    if (way->to_isup ? !located || answer->redress : answer->redress > 1)
        return way->to_fault;
    if (answer->redress && answer->to != DECLINE)
        return "only the status 603 becomes a 603+ with a redress contact (ATIS-1000099)";
    return NULL;
}

/* Of an ISUP cause nothing else is known. */
static bool known_of_isup(const sipcause_condition *when)
{
    return !(when->phrase_count || when->text_count || when->code_count || when->word_count || when->warning_count ||
             when->methods || when->answered || when->alerted || when->progressed || when->notice);
}

static int read_answers(sipcause_builder *builder, const direction *way, uint32_t from,
                        const sipcause_translation *answers, size_t count, draft_rule *to, sipcause_error *error,
                        const rules_said *said)
{
    for (size_t i = 0; i < count; i++) {
        const sipcause_translation *answer = &answers[i];
        const char *fault = answer_fault(way, answer);
        if (fault)
            return error_set(error, SIPCAUSE_ERROR_RANGE, said->at.line, said->at.column, "%s", fault);
        if (!answer->when && i + 1 < count)
            return error_set(error, SIPCAUSE_ERROR_VALUE, said->at.line, said->at.column,
                             "an answer without a condition comes last");
        if (answer->when && (way->to_isup ? answer->when->locations != 0 : !known_of_isup(answer->when)))
            return error_set(error, SIPCAUSE_ERROR_VALUE, said->at.line, said->at.column,
                             way->to_isup ? "towards ISUP a location is no condition: a cause that has one is copied"
                                          : "of an ISUP cause only location, coding and diagnostic are known");
        draft_rule *new = &to[i];
        memset(new, 0, sizeof *new);
        new->from = (uint16_t)from;
        new->to = answer->to;
        bool located = way->to_isup && answer->to && answer->has_location;
        new->location = located ? answer->location : (uint8_t)SIPCAUSE_LOCATION_NONE;
        new->flags = answer->redress ? TO_NOTICE | RULE_OWN : RULE_OWN;
        new->said = said->at;
        int result =
            builder_read_condition(builder, answer->when, said->at.line, said->at.column, &new->condition, error);
        if (result == SIPCAUSE_OK && answer->when && condition_empty(&new->condition.when))
            result = error_set(error, SIPCAUSE_ERROR_VALUE, said->at.line, said->at.column,
                               "the condition of an answer says nothing; NULL is for one that always holds");
        if (result != SIPCAUSE_OK)
            return result;
    }
    return SIPCAUSE_OK;
}

/* "486", "5xx", "BYE" for messages. */
static void name_from(const direction *way, uint32_t from, char *name, size_t size)
{
    static const char *const others[] = {"the default", "BYE", "CANCEL"};
    writer out = {name, size, 0};
    if (from == SIPCAUSE_FROM_DEFAULT || (way->to_isup && from < 3))
        write_text(&out, others[from]);
    else
        write_number(&out, from);
    if (way->to_isup && from >= 3 && from <= 6)
        write_text(&out, "xx");
    write_end(&out);
}

static int add_rules(sipcause_builder *builder, const direction *way, uint32_t from,
                     const sipcause_translation *answers, size_t count, rules_said said, sipcause_error *error)
{
    draft_rules *to = way->to_isup ? &builder->to_isup : &builder->to_sip;
    if (!from_valid(way, from))
        return error_set(error, SIPCAUSE_ERROR_RANGE, said.at.line, said.at.column, "%s", way->from_fault);
    if (!builder_copy_interwork(builder) || count > UINT32_MAX - to->count ||
        !memory_reserve((void **)&to->rules, &to->capacity, to->count + (uint32_t)count, sizeof *to->rules))
        return error_memory(error);
    if (to->said[from].how != RULES_INHERITED) {
        char name[16];
        name_from(way, from, name, sizeof name);
        int result = error_set(error, SIPCAUSE_ERROR_DUPLICATE_KEY, said.at.line, said.at.column,
                               "the interworking of %s is said twice", name);
        error_second(error, to->said[from].at.line, to->said[from].at.column);
        return result;
    }
    int result = read_answers(builder, way, from, answers, count, &to->rules[to->count], error, &said);
    if (result != SIPCAUSE_OK)
        return result;
    said.how = answers[count - 1].when ? RULES_BEFORE : RULES_INSTEAD;
    to->said[from] = said;
    to->count += (uint32_t)count;
    builder->touched = true;
    return SIPCAUSE_OK;
}

static int put_rules(sipcause_builder *builder, const direction *way, uint32_t from,
                     const sipcause_translation *answers, size_t count, uint32_t line, uint32_t column,
                     sipcause_error *error)
{
    rules_said said = {{line, column}, RULES_INHERITED};
    error_clear(error);
    if (!builder || !answers || !count)
        return error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no builder or no answers");
    bool own = builder->own_interwork;
    int result = add_rules(builder, way, from, answers, count, said, error);
    if (result != SIPCAUSE_OK)
        builder->own_interwork = own; /* a refused call must not cost the table a copy of the inherited rules */
    return builder_result(builder, result, error);
}

int sipcause_builder_to_isup(sipcause_builder *builder, uint32_t from, const sipcause_translation *answers,
                             size_t count, uint32_t line, uint32_t column, sipcause_error *error)
{
    return put_rules(builder, &isup_bound, from, answers, count, line, column, error);
}

int sipcause_builder_to_sip(sipcause_builder *builder, uint32_t from, const sipcause_translation *answers, size_t count,
                            uint32_t line, uint32_t column, sipcause_error *error)
{
    return put_rules(builder, &sip_bound, from, answers, count, line, column, error);
}

int sipcause_builder_class_location(sipcause_builder *builder, uint32_t hundreds, uint32_t location, uint32_t line,
                                    uint32_t column, sipcause_error *error)
{
    error_clear(error);
    if (!builder)
        return error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no builder");
    if ((hundreds && (hundreds < 3 || hundreds > 6)) || location > 15)
        return builder_result(builder,
                              error_set(error, SIPCAUSE_ERROR_RANGE, line, column,
                                        "classes are 3 to 6, and 0 for requests; locations 0 to 15"),
                              error);
    if (!builder_copy_interwork(builder))
        return error_memory(error);
    builder->class_location[hundreds] = (uint8_t)location;
    builder->class_said[hundreds] = (said_at){line, column};
    builder->class_own |= (uint8_t)(1u << hundreds);
    builder->touched = true;
    return SIPCAUSE_OK;
}

/* ---- order ------------------------------------------------------------------------------------------------ */

static bool holds(const draft_rules *rules, uint32_t number)
{
    return number >= rules->inherited || rules->said[rules->rules[number].from].how != RULES_INSTEAD;
}

uint32_t builder_order_rules(const draft_rules *rules, uint32_t *order)
{
    uint32_t starts[FROM_MOST + 1] = {0}, total = 0;
    for (uint32_t i = 0; i < rules->count; i++)
        if (holds(rules, i)) {
            starts[rules->rules[i].from + 1]++;
            total++;
        }
    if (!order)
        return total;
    for (uint32_t from = 0; from < FROM_MOST; from++)
        starts[from + 1] += starts[from];
    for (uint32_t i = rules->inherited; i < rules->count; i++) /* the own ones first */
        order[starts[rules->rules[i].from]++] = i;
    for (uint32_t i = 0; i < rules->inherited; i++)
        if (holds(rules, i))
            order[starts[rules->rules[i].from]++] = i;
    return total;
}
