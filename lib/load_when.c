/*
 * load_when.c - `when`: the conditions of a row's or an interworking rule's items.
 *
 * SPDX-License-Identifier: MIT
 */
#include "load.h"

#include <string.h>

/* ---- conditions ----------------------------------------------------------------------------------------- */

static int add_part(loader *load, uint16_t kind, uint16_t space, uint32_t value, kept_at text)
{
    when_list *when = &load->when;
    load_part new = {kind, space, value, text};
    if (!memory_reserve((void **)&when->parts, &when->part_capacity, when->part_count + 1, sizeof new))
        return error_memory(load->error);
    when->parts[when->part_count++] = new;
    return SIPCAUSE_OK;
}

/* The quotes that a word processor makes: U+2018 to U+201F, U+00AB. */
static bool typographic(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    return (at[0] == 0xe2 && at[1] == 0x80 && at[2] >= 0x98 && at[2] <= 0x9f) || (at[0] == 0xc2 && at[1] == 0xab);
}

static int add_pattern(loader *load, uint16_t kind, const event *value)
{
    const char *fault = glob_fault(value->text);
    if (!value->quoted && typographic(value->text))
        return load_fail(load, value->at, SIPCAUSE_ERROR_VALUE,
                         "`%s`: these are no quotes of YAML; write \" or ', and within them what is to be matched",
                         load_shown(value).text);
    if (fault)
        return load_fail(load, value->at, SIPCAUSE_ERROR_VALUE, "%s", fault);
    kept_at text = load_keep(load, value);
    return text ? add_part(load, kind, 0, 0, text) : SIPCAUSE_ERROR_MEMORY;
}

static int add_code(loader *load, uint32_t space, const event *value)
{
    row_target target;
    int result = load_code(load, space, value, &target);
    if (result != SIPCAUSE_OK)
        return result;
    if (target.kind != ROW_WORD)
        return add_part(load, PART_CODE, target.code.space, target.code.value, 0);
    kept_at text = load_keep(load, value);
    return text ? add_part(load, PART_CODE, SIPCAUSE_SPACE_TOKEN, 0, text) : SIPCAUSE_ERROR_MEMORY;
}

static int add_warning(loader *load, const event *value)
{
    uint32_t number;
    int numeric = load_number(load, value, false, &number);
    if (numeric < 0)
        return numeric;
    if (!numeric || number < 100 || number > 999)
        return load_fail(load, value->at, SIPCAUSE_ERROR_VALUE,
                         "`%s` is no warn-code: those of the Warning header have three digits, 304 for one",
                         load_shown(value).text);
    return add_part(load, PART_WARNING, 0, number, 0);
}

static int add_bit(int number, uint32_t *bits)
{
    if (number < 0)
        return number;
    *bits |= 1u << number;
    return SIPCAUSE_OK;
}

/* One value of a condition. */
static int add_value(loader *load, enum field field, uint32_t space, const event *value, item *read)
{
    uint32_t *bits = &read->value[field];
    switch (field) {
    case FIELD_PHRASE: return add_pattern(load, PART_PHRASE, value);
    case FIELD_TEXT: return add_pattern(load, PART_TEXT, value);
    case FIELD_WARNING: return add_warning(load, value);
    case FIELD_LOCATION: return add_bit(load_location(load, value), bits);
    case FIELD_METHOD: return add_bit(load_word(load, value, "method", words_method, words_method_count), bits);
    case FIELD_CODING:
        return add_bit(load_word(load, value, "coding standard", words_coding, words_coding_count), bits);
    default: return add_code(load, space, value);
    }
}

int load_condition(loader *load, enum field field, const event *key, item *read)
{
    event value;
    place at = key->at;
    shown name = load_shown(key);
    uint32_t space = field == FIELD_CODE ? (uint32_t)sipcause_space_from_name(key->text, key->length) : 0;
    int result = load_next(load, &value);
    if (result != SIPCAUSE_OK)
        return result;
    if (value.kind == EVENT_MAPPING)
        return load_fail(load, value.at, SIPCAUSE_ERROR_TYPE, "`%s` takes one value or a list of them, not a mapping",
                         name.text);
    if (value.kind == EVENT_SCALAR && (load_is_null(&value) || value.length == 0))
        return load_fail(load, at, SIPCAUSE_ERROR_MISSING, "`%s` is empty; give it a value or leave it out", name.text);
    if (value.kind == EVENT_SCALAR)
        return add_value(load, field, space, &value, read);
    bool any = false;
    while ((result = load_list_item(load, &value, "a value")) > 0) {
        if (value.kind != EVENT_SCALAR)
            return load_fail(load, value.at, SIPCAUSE_ERROR_TYPE, "a value of `%s` is a text, not a %s", name.text,
                             value.kind == EVENT_LIST ? "list" : "mapping");
        any = true;
        result = add_value(load, field, space, &value, read);
        if (result != SIPCAUSE_OK)
            return result;
    }
    if (result == SIPCAUSE_OK && !any)
        return load_fail(load, at, SIPCAUSE_ERROR_MISSING, "`%s` lists nothing, so it could never hold", name.text);
    return result;
}

/* ---- items ------------------------------------------------------------------------------------------------ */

void load_when_clear(loader *load)
{
    load->when.count = load->when.part_count = 0;
}

bool load_when_add(loader *load, const item *said, place at, uint32_t first_part)
{
    when_list *when = &load->when;
    if (!memory_reserve((void **)&when->items, &when->capacity, when->count + 1, sizeof *when->items)) {
        error_memory(load->error);
        return false;
    }
    bool conditional = false;
    for (int field = FIELD_PHRASE; field < FIELD_COUNT; field++)
        conditional = conditional || said->key[field].line;
    when_item new = {
        .at = at,
        .said = said->at[FIELD_DISPOSITION],
        .disposition = said->text[FIELD_DISPOSITION],
        .outcome = said->text[FIELD_OUTCOME],
        .party = said->text[FIELD_PARTY],
        .route = said->text[FIELD_ROUTE],
        .name = said->text[FIELD_NAME],
        .note = said->text[FIELD_NOTE],
        .first_part = first_part,
        .part_count = when->part_count - first_part,
        .locations = (uint16_t)said->value[FIELD_LOCATION],
        .methods = (uint16_t)said->value[FIELD_METHOD],
        .codings = (uint16_t)said->value[FIELD_CODING],
        .to = (uint16_t)(said->value[FIELD_CAUSE] | said->value[FIELD_STATUS]),
        .uninformative = (uint8_t)said->value[FIELD_UNINFORMATIVE],
        .capped = (uint8_t)said->value[FIELD_CAPPED],
        .answered = (uint8_t)said->value[FIELD_ANSWERED],
        .alerted = (uint8_t)said->value[FIELD_ALERTED],
        .progressed = (uint8_t)said->value[FIELD_PROGRESSED],
        .notice = (uint8_t)said->value[FIELD_NOTICE],
        .diagnostic = (uint8_t)said->value[FIELD_DIAGNOSTIC],
        .to_location = said->key[FIELD_TO_LOCATION].line ? (uint8_t)said->value[FIELD_TO_LOCATION]
                                                         : (uint8_t)SIPCAUSE_LOCATION_NONE,
        .redress = said->value[FIELD_REDRESS] == 1,
        .conditional = conditional,
    };
    when->items[when->count++] = new;
    return true;
}

/* What an item must say beside its conditions. */
static int check_item(loader *load, const item *said, place at, uint32_t fields)
{
    bool conditional = false, meaning = false;
    for (int field = 0; field < FIELD_COUNT; field++) {
        bool here = said->key[field].line != 0;
        conditional = conditional || (here && field >= FIELD_PHRASE);
        meaning = meaning || (here && field < FIELD_PHRASE);
    }
    if (!conditional)
        return load_fail(load, at, SIPCAUSE_ERROR_MISSING, "the item has no condition; without one it is the %s itself",
                         fields & (FIELD(CAUSE) | FIELD(STATUS)) ? "rule" : "row");
    if (!meaning)
        return load_fail(load, at, SIPCAUSE_ERROR_MISSING, "the item says nothing but its conditions; %s",
                         fields & FIELD(CAUSE)    ? "name its cause"
                         : fields & FIELD(STATUS) ? "name its status"
                                                  : "name its disposition");
    if (fields & (FIELD(CAUSE) | FIELD(STATUS)) && !said->key[FIELD_CAUSE].line && !said->key[FIELD_STATUS].line)
        return load_fail(load, at, SIPCAUSE_ERROR_MISSING, "the item has no `%s`",
                         fields & FIELD(CAUSE) ? "cause" : "status");
    return SIPCAUSE_OK;
}

static int read_item(loader *load, const event *first, uint32_t fields)
{
    item said;
    place at = first->at;
    uint32_t first_part = load->when.part_count;
    if (first->kind != EVENT_MAPPING)
        return load_fail(load, at, SIPCAUSE_ERROR_TYPE,
                         "an item of `when` is a mapping of conditions and what the code then means");
    int result = load_item(load, "an item of `when`", fields, &said);
    if (result == SIPCAUSE_OK)
        result = check_item(load, &said, at, fields);
    if (result == SIPCAUSE_OK && !load_when_add(load, &said, at, first_part))
        result = SIPCAUSE_ERROR_MEMORY;
    if (result != SIPCAUSE_OK)
        load->when.part_count = first_part;
    return result;
}

int load_when(loader *load, const event *key, uint32_t fields)
{
    event now;
    bool open;
    int left_out = SIPCAUSE_OK, result = load_list(load, key, &open);
    uint32_t depth = load_depth(load);
    while (result == SIPCAUSE_OK && open && (result = load_list_item(load, &now, "an item")) != SIPCAUSE_OK) {
        if (result > 0 && load->when.count == REFINEMENTS_MOST)
            return load_fail(load, now.at, SIPCAUSE_ERROR_TOO_LARGE, "a row has at most %d items under `when`",
                             (int)REFINEMENTS_MOST);
        if (result > 0)
            result = read_item(load, &now, fields);
        if (result == SIPCAUSE_OK)
            continue;
        left_out = result;
        result = load_recover(load, result, depth);
    }
    if (result != SIPCAUSE_OK || left_out == SIPCAUSE_OK)
        return result;
    load->silent = true; /* the row is left out, for what has been told of its items */
    return left_out;
}

/* ---- as the builder takes them ------------------------------------------------------------------------------ */

static bool reserve(when_list *when)
{
    uint32_t parts = when->part_count ? when->part_count : 1, items = when->count;
    return memory_reserve((void **)&when->refinements, &when->refinement_capacity, items, sizeof *when->refinements) &&
           memory_reserve((void **)&when->texts, &when->text_capacity, parts, sizeof *when->texts) &&
           memory_reserve((void **)&when->codes, &when->code_capacity, parts, sizeof *when->codes) &&
           memory_reserve((void **)&when->warnings, &when->warning_capacity, parts, sizeof *when->warnings);
}

/* The texts of one kind; words are codes of the space token. Returns how many there are. */
static size_t fill_texts(const loader *load, const when_item *read, uint32_t kind, const char **texts)
{
    size_t count = 0;
    for (uint32_t i = 0; i < read->part_count; i++) {
        const load_part *part = &load->when.parts[read->first_part + i];
        if (part->kind == kind && part->text)
            texts[count++] = load_kept(load, part->text);
    }
    return count;
}

/* Each list of an item lies in the arrays from its first part on: no item has more of a kind than parts. */
static void fill_parts(const loader *load, const when_item *read, sipcause_condition *to)
{
    const when_list *when = &load->when;
    const char **texts = &when->texts[read->first_part];
    to->phrases = texts;
    to->phrase_count = fill_texts(load, read, PART_PHRASE, texts);
    to->texts = texts += to->phrase_count;
    to->text_count = fill_texts(load, read, PART_TEXT, texts);
    to->words = texts += to->text_count;
    to->word_count = fill_texts(load, read, PART_CODE, texts);
    to->codes = &when->codes[read->first_part];
    to->warnings = &when->warnings[read->first_part];
    for (uint32_t i = 0; i < read->part_count; i++) {
        const load_part *part = &when->parts[read->first_part + i];
        if (part->kind == PART_CODE && !part->text)
            when->codes[read->first_part + to->code_count++] = sipcause_code_make(part->space, part->value);
        if (part->kind == PART_WARNING)
            when->warnings[read->first_part + to->warning_count++] = (uint16_t)part->value;
    }
}

static void fill_refinement(const loader *load, const when_item *read, sipcause_refinement *to)
{
    memset(to, 0, sizeof *to);
    if (read->part_count)
        fill_parts(load, read, &to->condition);
    to->condition.locations = read->locations;
    to->condition.methods = read->methods;
    to->condition.codings = read->codings;
    to->condition.answered = read->answered;
    to->condition.alerted = read->alerted;
    to->condition.progressed = read->progressed;
    to->condition.notice = read->notice;
    to->condition.diagnostic = read->diagnostic;
    to->row.disposition = load_kept(load, read->disposition);
    to->row.name = load_kept(load, read->name);
    to->row.note = load_kept(load, read->note);
    to->row.outcome = load_kept(load, read->outcome);
    to->row.party = load_kept(load, read->party);
    to->row.route = load_kept(load, read->route);
    to->row.uninformative = read->uninformative;
    to->row.capped = read->capped;
    to->row.line = read->at.line;
    to->row.column = read->at.column;
}

const sipcause_refinement *load_refinements(loader *load, int *result)
{
    when_list *when = &load->when;
    *result = SIPCAUSE_OK;
    if (!when->count)
        return NULL;
    if (!reserve(when)) {
        *result = error_memory(load->error);
        return NULL;
    }
    for (uint32_t i = 0; i < when->count; i++)
        fill_refinement(load, &when->items[i], &when->refinements[i]);
    return when->refinements;
}

place load_when_place(const loader *load, const sipcause_error *error, place otherwise)
{
    for (uint32_t i = 0; i < load->when.count; i++) {
        const when_item *read = &load->when.items[i];
        if (read->at.line == error->line && read->at.column == error->column)
            return error->code == SIPCAUSE_ERROR_UNKNOWN_DISPOSITION && read->said.line ? read->said : read->at;
    }
    return otherwise;
}
