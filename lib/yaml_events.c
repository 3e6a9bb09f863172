/*
 * yaml_events.c - libyaml's events, with its traps taken out.
 *
 * What libyaml 0.2.5 does and this file makes good:
 *   only the return value tells of an error       error may be YAML_NO_ERROR; problem may be NULL
 *   parsing on after an error "succeeds"          failed is remembered
 *   reader errors set problem_offset, no mark     see reader_error
 *   marks count characters                        see yaml_source.c
 *   there is no nesting limit                     see enter
 *   a tagged scalar may arrive empty, "!" leaves no trace in the event    see refuse_properties
 *   surrogate pairs of JSON are refused           see yaml_source.c
 * Only this file includes <yaml.h>, which makes it as long as it is.
 *
 * SPDX-License-Identifier: MIT
 */
#include "yaml_events.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* What may come next in an open collection. */
enum expected { IN_LIST = 0, KEY_NEXT = 1, VALUE_NEXT = 2 };

/* What there is to free of an event. */
enum holding { HOLDING_NOTHING = 0, HOLDING_ALL = 1, HOLDING_TEXT = 2 };

struct yaml_events {
    yaml_source source;
    yaml_parser_t parser;
    yaml_event_t raw; /* the event whose text is lent out */
    bool parsing;     /* parser is initialized */
    bool fed;         /* ... and reads our text in the place of its own buffer, */
    yaml_char_t *own; /* which is this */
    uint8_t holding;  /* enum holding: of raw */
    bool failed;
    bool document; /* one has begun */
    uint32_t depth;
    uint32_t limit;
    uint8_t expected[YAML_LEVELS_TRUNK + 1]; /* of the open collections, from 1 */
};

/* libyaml ends a last line that has no line end, and puts what follows on a line of its own. */
static place unended_line(const yaml_source *source, place at)
{
    uint32_t begin = at.offset;
    while (begin > source->start && source->bytes[begin - 1] != '\n' && source->bytes[begin - 1] != '\r')
        begin--;
    if (begin < at.offset) {
        at.line--;
        at.column = at.offset - begin + 1;
    }
    return at;
}

static inline place place_of_mark(yaml_events *events, const yaml_mark_t *mark)
{
    const yaml_source *source = &events->source;
    if (!source->ascii)
        return yaml_source_place(&events->source, mark->index);
    place at = {(uint32_t)mark->line + 1, (uint32_t)mark->column + 1, source->start + (uint32_t)mark->index};
    return at.offset == source->length && at.column == 1 ? unended_line(source, at) : at;
}

/* From the text that libyaml has just read, where it is the same: the bytes are not in the cache any more. */
static inline unsigned char byte_at(const yaml_events *events, place at)
{
    const yaml_source *source = &events->source;
    if (at.offset >= source->length)
        return 0;
    return source->join_count ? source->bytes[at.offset] : source->text[at.offset - source->start];
}

/* ---- errors ----------------------------------------------------------------------------------------- */

static const struct {
    const char *problem;  /* libyaml's words; NULL: any */
    const char *context;  /* ... and where they are meant so; NULL: anywhere */
    const char *sentence; /* ours */
    bool at_context;      /* the place to show is where the thing begins */
} sentences[] = {
    {"found unexpected end of stream", "while scanning a quoted scalar",
     "the quoted text that begins here is not closed", true},
    {"found unexpected document indicator", "while scanning a quoted scalar",
     "the quoted text that begins here is not closed", true},
    {NULL, "while scanning an alias",
     "aliases (*name) are not used in mapping files; quote a pattern that begins with *", true},
    {NULL, "while scanning an anchor", "anchors (&name) are not used in mapping files; quote a text that begins with &",
     true},
    {NULL, "while scanning a tag", "tags (!name) are not used in mapping files; quote a text that begins with !", true},
    {NULL, "while parsing a tag", "tags (!name) are not used in mapping files; quote a text that begins with !", true},
    {"found undefined tag handle", NULL, "tags (!name) are not used in mapping files; quote a text that begins with !",
     false},
    {NULL, "while scanning a directive",
     "a line that begins with % is a directive of YAML, and no directive that it knows", true},
    {NULL, "while scanning a %YAML directive", "after %YAML a version was expected, such as 1.1", true},
    {"found incompatible YAML document", NULL, "this is not YAML 1.1 or 1.2", false},
    {"mapping values are not allowed in this context", NULL,
     "a `:` cannot stand here; quote a text that holds one, or mend the indentation", false},
    {"did not find expected key", NULL, "a key was expected here; indent it like the keys above it", false},
    {"did not find expected '-' indicator", NULL, "a `-` was expected here; indent it like the items above it", false},
    {"could not find expected ':'", NULL, "a `:` and a blank are missing in the key that begins here", true},
    {"found a tab character that violates indentation", NULL, "a tab cannot indent YAML; use spaces", false},
    {"found a tab character where an indentation space is expected", NULL, "a tab cannot indent YAML; use spaces",
     false},
    {"mapping keys are not allowed in this context", NULL, "a key cannot stand here; mend the indentation", false},
    {"found unexpected ':'", NULL, "a `:` cannot stand here; quote a text that holds one", false},
    {"did not find expected comment or line break", NULL, "after `|` or `>` the text begins on the next line", false},
    {"did not find expected node content", NULL, "a value was expected here", false},
    {"block sequence entries are not allowed in this context", NULL,
     "a list cannot begin here; put its first `-` on a line of its own", false},
    {"found invalid Unicode character escape code", NULL, "this escape is no character by itself; write the character",
     false},
    {"found unknown escape character", NULL, "there is no such escape; in single quotes a backslash is itself", false},
    {"did not find expected hexdecimal number", NULL, "this escape wants hexadecimal digits", false},
    {"did not find expected <document start>", NULL,
     "the text goes on after the document's end; indent it like the line before", false},
};

static int character_error(const yaml_events *events, place at, sipcause_error *error)
{
    unsigned char found = byte_at(events, at);
    if (found == '\t')
        return place_fail(error, at, SIPCAUSE_ERROR_SYNTAX, "a tab cannot indent YAML; use spaces");
    return place_fail(error, at, SIPCAUSE_ERROR_SYNTAX, "a text cannot begin with %c; put it in quotes", found);
}

/* yaml_source.c has looked at every character, so that this is not expected to happen. */
static int reader_error(yaml_events *events, sipcause_error *error)
{
    place at = yaml_source_place_of_byte(&events->source, events->source.start + events->parser.problem_offset);
    return place_fail(error, at, SIPCAUSE_ERROR_ENCODING, "this cannot stand in YAML: %s", events->parser.problem);
}

/* Whether a comment as JavaScript has them begins here: many write them into JSON. */
static bool foreign_comment(const yaml_events *events, place at)
{
    place next = {at.line, at.column + 1, at.offset + 1};
    return events->source.flow && byte_at(events, at) == '/' &&
           (byte_at(events, next) == '/' || byte_at(events, next) == '*');
}

static int comment_error(place at, sipcause_error *error)
{
    return place_fail(error, at, SIPCAUSE_ERROR_SYNTAX, "JSON has no comments; take this one out");
}

/* A comma or a bracket is missing: where the open bracket stands says more than where the text ends. */
static int bracket_error(yaml_events *events, sipcause_error *error)
{
    place opened = place_of_mark(events, &events->parser.context_mark);
    place at = place_of_mark(events, &events->parser.problem_mark);
    if (foreign_comment(events, at))
        return comment_error(at, error);
    bool list = strchr(events->parser.problem, ']') != NULL;
    return place_fail(error, at, SIPCAUSE_ERROR_SYNTAX,
                      "a `,` or `%c` was expected here, as the `%c` of line %u, column %u is open", list ? ']' : '}',
                      list ? '[' : '{', (unsigned)opened.line, (unsigned)opened.column);
}

static int parser_error(yaml_events *events, sipcause_error *error)
{
    const yaml_parser_t *parser = &events->parser;
    const char *problem = parser->problem;
    events->failed = true;
    if (parser->error == YAML_MEMORY_ERROR || !problem) /* short of memory for a tag it says YAML_NO_ERROR */
        return error_memory(error);
    if (parser->error == YAML_READER_ERROR)
        return reader_error(events, error);
    if (strcmp(problem, "found character that cannot start any token") == 0)
        return character_error(events, place_of_mark(events, &parser->problem_mark), error);
    if (strncmp(problem, "did not find expected ',' or", 28) == 0)
        return bracket_error(events, error);
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        if (sentences[i].problem && strcmp(problem, sentences[i].problem) != 0)
            continue;
        if (sentences[i].context && (!parser->context || strcmp(parser->context, sentences[i].context) != 0))
            continue;
        yaml_mark_t mark = sentences[i].at_context ? parser->context_mark : parser->problem_mark;
        return place_fail(error, place_of_mark(events, &mark), SIPCAUSE_ERROR_SYNTAX, "%s", sentences[i].sentence);
    }
    return place_fail(error, place_of_mark(events, &parser->problem_mark), SIPCAUSE_ERROR_SYNTAX,
                      "this is not YAML: %s%s%s", problem, parser->context ? " " : "",
                      parser->context ? parser->context : "");
}

static int refuse(yaml_events *events, place at, int code, const char *sentence, sipcause_error *error)
{
    events->failed = true;
    return place_fail(error, at, code, "%s", sentence);
}

/* Tags and anchors. The tag `!` is in no field of the event, but it is the byte that the event begins with. */
static inline int refuse_properties(yaml_events *events, const yaml_char_t *tag, const yaml_char_t *anchor, place at,
                                    sipcause_error *error)
{
    unsigned char first = byte_at(events, at);
    if (anchor || first == '&')
        return refuse(events, at, SIPCAUSE_ERROR_SYNTAX,
                      "anchors (&name) are not used in mapping files; quote a text that begins with &", error);
    if (tag || first == '!')
        return refuse(events, at, SIPCAUSE_ERROR_SYNTAX,
                      "tags (!name) are not used in mapping files; quote a text that begins with !", error);
    return SIPCAUSE_OK;
}

/* ---- events ------------------------------------------------------------------------------------------ */

/* A whole key or value has passed in the innermost collection. */
static void pass(yaml_events *events)
{
    uint8_t *now = &events->expected[events->depth];
    if (*now != IN_LIST)
        *now = *now == KEY_NEXT ? VALUE_NEXT : KEY_NEXT;
}

static int enter(yaml_events *events, enum event_kind kind, const yaml_char_t *tag, const yaml_char_t *anchor,
                 event *now, sipcause_error *error)
{
    int result = refuse_properties(events, tag, anchor, now->at, error);
    if (result != SIPCAUSE_OK)
        return result;
    if (events->expected[events->depth] == KEY_NEXT)
        return refuse(events, now->at, SIPCAUSE_ERROR_SYNTAX, "a key is a word or a number, not a list or a mapping",
                      error);
    if (events->depth >= events->limit) {
        events->failed = true;
        return place_fail(error, now->at, SIPCAUSE_ERROR_NESTING, "this is nested more than %u levels deep",
                          (unsigned)events->limit);
    }
    now->kind = kind;
    now->depth = events->depth;
    events->expected[++events->depth] = kind == EVENT_LIST ? IN_LIST : KEY_NEXT;
    return SIPCAUSE_OK;
}

static int leave(yaml_events *events, event *now)
{
    events->depth--;
    now->kind = EVENT_CLOSE;
    now->depth = events->depth;
    pass(events);
    return SIPCAUSE_OK;
}

static int scalar(yaml_events *events, event *now, sipcause_error *error)
{
    const yaml_event_t *raw = &events->raw;
    int result = refuse_properties(events, raw->data.scalar.tag, raw->data.scalar.anchor, now->at, error);
    if (result != SIPCAUSE_OK)
        return result;
    now->kind = EVENT_SCALAR;
    now->text = (const char *)raw->data.scalar.value;
    now->length = raw->data.scalar.length;
    now->quoted = raw->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    now->last_line = raw->end_mark.line > raw->start_mark.line ? place_of_mark(events, &raw->end_mark).line : 0;
    now->depth = events->depth;
    now->key = events->expected[events->depth] == KEY_NEXT;
    if (events->source.flow && !now->quoted && now->length && foreign_comment(events, now->at)) {
        events->failed = true;
        return comment_error(now->at, error);
    }
    if (now->quoted && memchr(now->text, 0, now->length)) /* "\0" */
        return refuse(events, now->at, SIPCAUSE_ERROR_VALUE, "a text cannot hold a NUL character", error);
    pass(events);
    return SIPCAUSE_OK;
}

/* What an event of libyaml means. *seen: it is one for the caller. */
static int take(yaml_events *events, event *now, bool *seen, sipcause_error *error)
{
    const yaml_event_t *raw = &events->raw;
    memset(now, 0, sizeof *now);
    now->at = place_of_mark(events, &raw->start_mark);
    *seen = true;
    switch (raw->type) {
    case YAML_SCALAR_EVENT: return scalar(events, now, error);
    case YAML_MAPPING_START_EVENT:
        return enter(events, EVENT_MAPPING, raw->data.mapping_start.tag, raw->data.mapping_start.anchor, now, error);
    case YAML_SEQUENCE_START_EVENT:
        return enter(events, EVENT_LIST, raw->data.sequence_start.tag, raw->data.sequence_start.anchor, now, error);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT: return leave(events, now);
    case YAML_ALIAS_EVENT:
        return refuse(events, now->at, SIPCAUSE_ERROR_SYNTAX,
                      "aliases (*name) are not used in mapping files; quote a pattern that begins with *", error);
    case YAML_DOCUMENT_START_EVENT:
        if (events->document)
            return refuse(events, now->at, SIPCAUSE_ERROR_SYNTAX, "a file holds one document; a second one begins here",
                          error);
        events->document = true;
        *seen = false;
        return SIPCAUSE_OK;
    case YAML_STREAM_END_EVENT:
        now->kind = EVENT_END;
        events->failed = true; /* nothing comes after it */
        return SIPCAUSE_OK;
    default: /* the stream's start, the document's end */ *seen = false; return SIPCAUSE_OK;
    }
}

/* Of a plain scalar the text is all there is, and what yaml_event_delete does besides is a twentieth of what parsing
 * costs. In the version that feed knows it frees with free, and the next event is written whole. */
static inline void release_raw(yaml_events *events)
{
    if (events->holding == HOLDING_TEXT && events->fed)
        free(events->raw.data.scalar.value);
    else if (events->holding)
        yaml_event_delete(&events->raw);
    events->holding = HOLDING_NOTHING;
}

/* Takes a scalar that is plain and as long as all that stands for it, so that it has neither tag nor anchor: nearly
 * every event is one. (Escapes may be shorter than what they stand for, and marks count characters.) */
static inline bool take_plain(yaml_events *events, event *now)
{
    const yaml_event_t *raw = &events->raw;
    const yaml_mark_t *mark = &raw->start_mark;
    size_t length = raw->data.scalar.length;
    if (raw->type != YAML_SCALAR_EVENT || raw->data.scalar.style != YAML_PLAIN_SCALAR_STYLE || !length ||
        raw->end_mark.index - mark->index != length || !events->source.ascii || events->source.flow)
        return false;
    now->kind = EVENT_SCALAR;
    now->at.line = (uint32_t)mark->line + 1;
    now->at.column = (uint32_t)mark->column + 1;
    now->at.offset = events->source.start + (uint32_t)mark->index;
    now->text = (const char *)raw->data.scalar.value;
    now->length = length;
    now->depth = events->depth;
    now->key = events->expected[events->depth] == KEY_NEXT;
    now->quoted = false;
    now->last_line = 0;
    pass(events);
    return true;
}

int yaml_events_next(yaml_events *events, event *now, sipcause_error *error)
{
    bool seen = false;
    int result = SIPCAUSE_OK;
    if (events->failed)
        return place_fail(error, now->at, SIPCAUSE_ERROR_SYNTAX, "nothing can be read after the end or an error");
    while (!seen && result == SIPCAUSE_OK) {
        release_raw(events);
        if (!yaml_parser_parse(&events->parser, &events->raw))
            return parser_error(events, error);
        events->holding = HOLDING_ALL;
        if (take_plain(events, now)) {
            events->holding = HOLDING_TEXT;
            return SIPCAUSE_OK;
        }
        result = take(events, now, &seen, error);
    }
    return result;
}

uint32_t yaml_events_depth(const yaml_events *events)
{
    return events->depth;
}

bool yaml_events_failed(const yaml_events *events)
{
    return events->failed;
}

int yaml_events_pass(yaml_events *events, uint32_t depth, sipcause_error *error)
{
    event passed;
    int result = SIPCAUSE_OK;
    while (result == SIPCAUSE_OK && (events->depth > depth || events->expected[events->depth] == VALUE_NEXT))
        result = yaml_events_next(events, &passed, error);
    return result;
}

void yaml_events_limit(yaml_events *events, uint32_t levels)
{
    events->limit = levels <= YAML_LEVELS_TRUNK ? levels : YAML_LEVELS_TRUNK;
}

static void stop(yaml_events *events)
{
    release_raw(events);
    if (events->fed)
        events->parser.buffer.start = events->own; /* what the parser frees */
    if (events->parsing)
        yaml_parser_delete(&events->parser);
    events->parsing = events->fed = false;
}

/*
 * libyaml's reader would check each character of the text once more and copy it, a seventh of what parsing costs. In the
 * one version that was looked at, the scanner is therefore shown our text as if the reader had read all of it: the
 * characters that are left, and one more for the NUL with which a reader ends a text. yaml.h calls the members that are
 * set here internal; their places are part of libyaml's ABI, what they mean is not, hence the version. Any other version
 * reads as its manual says, and so do the builds in which allocations fail, for both ways to be tested.
 */
static void feed(yaml_events *events)
{
    yaml_parser_t *parser = &events->parser;
    int major, minor, patch;
    yaml_get_version(&major, &minor, &patch);
    bool known = major == 0 && minor == 2 && patch == 5;
#ifdef SIPCAUSE_TEST_MEMORY
    known = false;
#endif
    if (!known || parser->unread || parser->buffer.pointer != parser->buffer.start)
        return;
    events->own = parser->buffer.start;
    events->fed = true;
    parser->buffer.start = parser->buffer.pointer = events->source.text;
    parser->unread = events->source.characters + 1;
    parser->eof = 1;
}

int yaml_events_rewind(yaml_events *events, sipcause_error *error)
{
    stop(events);
    events->failed = events->document = false;
    events->depth = 0;
    events->expected[0] = IN_LIST;
    if (!yaml_parser_initialize(&events->parser)) {
        events->failed = true;
        return error_memory(error);
    }
    events->parsing = true;
    yaml_parser_set_encoding(&events->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&events->parser, events->source.text, events->source.text_length);
    feed(events);
    return SIPCAUSE_OK;
}

yaml_events *yaml_events_open(const void *bytes, size_t length, size_t largest, sipcause_error *error)
{
    yaml_events *events = memory_allocate(1, sizeof *events);
    if (!events) {
        error_memory(error);
        return NULL;
    }
    events->limit = YAML_LEVELS_MAPPING;
    if (yaml_source_open(&events->source, bytes, length, largest, error) != SIPCAUSE_OK ||
        yaml_events_rewind(events, error) != SIPCAUSE_OK) {
        yaml_events_close(events);
        return NULL;
    }
    return events;
}

void yaml_events_close(yaml_events *events)
{
    if (!events)
        return;
    stop(events);
    yaml_source_close(&events->source);
    memory_free(events);
}
