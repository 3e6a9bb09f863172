/*
 * setting.c - what callers say beside rows while a table is being made: cause headers, precedence, statuses whose
 * Reason is not to be trusted, severities, the date.
 *
 * SPDX-License-Identifier: MIT
 */
#include "builder.h"

#include <string.h>

static bool token_of_length(const char *text, size_t most)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++)
        if (!text_token_character(text[i]))
            return false;
    return length >= 1 && length <= most;
}

static const draft_header *same_header(const sipcause_builder *builder, const sipcause_cause_header *header)
{
    for (uint32_t i = 0; builder->headers_said && i < builder->header_count; i++) {
        const draft_header *at = &builder->headers[i];
        const char *name = text_in(builder, at->name), *parameter = text_in(builder, at->parameter);
        if (at->space == header->space && text_same_name(header->name, strlen(header->name), name) &&
            !parameter == !header->parameter &&
            (!parameter || text_same_name(parameter, strlen(parameter), header->parameter)))
            return at;
    }
    return NULL;
}

static int check_header(const sipcause_builder *builder, const sipcause_cause_header *header, uint32_t line,
                        uint32_t column, sipcause_error *error)
{
    if (!token_of_length(header->name, 64) || (header->parameter && !token_of_length(header->parameter, 64)))
        return error_set(error, SIPCAUSE_ERROR_VALUE, line, column,
                         "a header's or parameter's name has 1 to 64 token characters (RFC 3261)");
    if (!header->parameter && text_same_name(header->name, strlen(header->name), "Reason"))
        return error_set(error, SIPCAUSE_ERROR_VALUE, line, column,
                         "Reason is read by itself, value by value; its place is in the precedence");
    if (header->space == SIPCAUSE_SPACE_TOKEN || header->space == SIPCAUSE_SPACE_NONE ||
        !sipcause_space_name(header->space))
        return error_set(error, SIPCAUSE_ERROR_VALUE, line, column, "a cause header's codes cannot be of that space");
    const draft_header *first = same_header(builder, header);
    if (first) {
        int result =
            error_set(error, SIPCAUSE_ERROR_DUPLICATE_KEY, line, column, "the header %s is listed twice", header->name);
        error_second(error, first->line, first->column);
        return result;
    }
    if (builder->headers_said && builder->header_count == HEADERS_MOST)
        return error_set(error, SIPCAUSE_ERROR_TOO_LARGE, line, column, "at most %d cause headers are read",
                         (int)HEADERS_MOST);
    return SIPCAUSE_OK;
}

int sipcause_builder_no_cause_headers(sipcause_builder *builder)
{
    if (!builder)
        return SIPCAUSE_ERROR_MISUSE;
    builder->headers_said = builder->own_headers = builder->touched = true;
    builder->header_count = 0;
    return SIPCAUSE_OK;
}

static int add_header(sipcause_builder *builder, const sipcause_cause_header *header, uint32_t line, uint32_t column,
                      sipcause_error *error)
{
    int result = check_header(builder, header, line, column, error);
    if (result != SIPCAUSE_OK)
        return result;
    draft_header new = {0, 0, header->space, header->uri_parameter, line, column};
    if (!builder_copy_text(builder, header->name, &new.name) ||
        !builder_copy_text(builder, header->parameter, &new.parameter))
        return error_memory(error);
    if (!builder->headers_said)
        sipcause_builder_no_cause_headers(builder); /* the first one replaces what was inherited */
    builder->headers[builder->header_count++] = new;
    return SIPCAUSE_OK;
}

int sipcause_builder_cause_header(sipcause_builder *builder, const sipcause_cause_header *header, uint32_t line,
                                  uint32_t column, sipcause_error *error)
{
    error_clear(error);
    if (!builder || !header || !header->name)
        return error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no builder, or no name for the header");
    return builder_result(builder, add_header(builder, header, line, column, error), error);
}

static int set_precedence(sipcause_builder *builder, const uint16_t *spaces, size_t count, sipcause_error *error)
{
    for (size_t i = 0; i < count; i++) {
        const char *name = sipcause_space_name(spaces[i]);
        if (!name || spaces[i] == SIPCAUSE_SPACE_NONE || spaces[i] == SIPCAUSE_SPACE_TOKEN)
            return error_set(error, SIPCAUSE_ERROR_VALUE, 0, 0, "precedence names a space that cannot decide");
        for (size_t j = 0; j < i; j++)
            if (spaces[j] == spaces[i])
                return error_set(error, SIPCAUSE_ERROR_DUPLICATE_KEY, 0, 0, "precedence names %s twice", name);
    }
    memcpy(builder->precedence, spaces, count * sizeof *spaces);
    builder->precedence_count = (uint32_t)count;
    builder->touched = true;
    return SIPCAUSE_OK;
}

int sipcause_builder_precedence(sipcause_builder *builder, const uint16_t *spaces, size_t count, sipcause_error *error)
{
    error_clear(error);
    if (!builder || !spaces || count < 1 || count > PRECEDENCE_MOST)
        return error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no builder, or not 1 to %d spaces", (int)PRECEDENCE_MOST);
    return builder_result(builder, set_precedence(builder, spaces, count, error), error);
}

/* ---- the rest ------------------------------------------------------------------------------------------ */

static int ignore_reason(sipcause_builder *builder, const uint16_t *statuses, size_t count, sipcause_error *error)
{
    bool listed[FROM_MOST] = {false};
    for (size_t i = 0; i < count; i++) {
        if (statuses[i] < 100 || statuses[i] > 699)
            return error_set(error, SIPCAUSE_ERROR_RANGE, 0, 0, "%u is no SIP status code (100-699)",
                             (unsigned)statuses[i]);
        if (listed[statuses[i]])
            return error_set(error, SIPCAUSE_ERROR_DUPLICATE_KEY, 0, 0, "the status %u is listed twice",
                             (unsigned)statuses[i]);
        listed[statuses[i]] = true;
    }
    builder->ignored_count = 0;
    for (uint16_t status = 100; status < FROM_MOST; status++)
        if (listed[status])
            builder->ignored[builder->ignored_count++] = status;
    builder->touched = true;
    return SIPCAUSE_OK;
}

int sipcause_builder_ignore_reason(sipcause_builder *builder, const uint16_t *statuses, size_t count,
                                   sipcause_error *error)
{
    error_clear(error);
    if (!builder || (!statuses && count) || count > IGNORED_MOST)
        return error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no builder, no statuses, or more than 600 of them");
    return builder_result(builder, ignore_reason(builder, statuses, count, error), error);
}

int sipcause_builder_effective(sipcause_builder *builder, int64_t seconds)
{
    if (!builder)
        return SIPCAUSE_ERROR_MISUSE;
    builder->effective = seconds;
    return SIPCAUSE_OK;
}

int sipcause_builder_check(sipcause_builder *builder, uint32_t rule, uint32_t severity, sipcause_error *error)
{
    error_clear(error);
    if (!builder)
        return error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no builder");
    int result = SIPCAUSE_OK;
    const char *name = sipcause_rule_name(rule);
    if (!name || !sipcause_severity_name(severity))
        result = error_set(error, SIPCAUSE_ERROR_UNKNOWN_CODE, 0, 0, "there is no such rule or severity");
    else if (builder->severities[rule])
        result = error_set(error, SIPCAUSE_ERROR_DUPLICATE_KEY, 0, 0, "the rule %s is given a severity twice", name);
    else
        builder->severities[rule] = (uint8_t)(severity + 1);
    return builder_result(builder, result, error);
}
