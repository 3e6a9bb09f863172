/*
 * fuzz_trunk.c - any bytes as a JSON trunk object (causeCodeMappings), and through to the verdict.
 *
 * Loading the same bytes again must give the same answers. Each carrier's code of the table decides a call that it
 * comes with. Blanks between the tokens of JSON (RFC 8259 section 2) change nothing but places: it is the same table,
 * or none in either form.
 *
 * SPDX-License-Identifier: MIT
 */
#include "loading.h"

/* ---- what the codes decide ------------------------------------------------------------------------------------ */

static void decide_by(const sipcause_table *table, sipcause_release *release, sipcause_code code, const char *header,
                      const sipcause_entry *entry)
{
    char text[64];
    const char *value = code.space == SIPCAUSE_SPACE_TOKEN ? sipcause_code_word(table, code) : text;
    snprintf(text, sizeof text, "%u", (unsigned)code.value);
    sipcause_release_reset(release);
    PROMISE(sipcause_release_message(release, invite, SIPCAUSE_TEXT) == SIPCAUSE_OK);
    PROMISE(sipcause_release_response(release, 503, NULL, 0, NULL, 0, "2", 1, 1) == SIPCAUSE_OK);
    PROMISE(sipcause_release_header(release, header, SIPCAUSE_TEXT, value, SIPCAUSE_TEXT) == SIPCAUSE_OK);
    digest of = DIGEST_EMPTY;
    const sipcause_verdict *verdict = digest_verdict(&of, table, release);
    PROMISE(verdict->carrier.space == code.space && verdict->carrier.value == code.value);
    PROMISE(verdict->decided_by.space == code.space && verdict->decided_by.value == code.value);
    PROMISE(verdict->source == SIPCAUSE_SOURCE_HEADER && verdict->disposition_id == entry->disposition_id);
    PROMISE(verdict->outcome == entry->outcome && verdict->line == entry->line);
}

/* Every code that the trunk's list maps. */
static void decide_by_each(const sipcause_table *table)
{
    sipcause_cause_header header;
    sipcause_cursor cursor = {0, 0, 0};
    sipcause_code code;
    const sipcause_entry *entry;
    if (!sipcause_cause_header_at(table, 0, &header))
        return;
    sipcause_release *release = sipcause_release_new(table);
    PROMISE(release && header.space == SIPCAUSE_SPACE_CARRIER);
    while ((entry = sipcause_table_next(table, &cursor, &code)) != NULL)
        if (code.space == SIPCAUSE_SPACE_CARRIER || code.space == SIPCAUSE_SPACE_TOKEN)
            decide_by(table, release, code, header.name, entry);
    sipcause_release_free(release);
}

/* ---- JSON with other blanks ------------------------------------------------------------------------------------ */

/* JSON that is read, and written with more blanks. */
typedef struct json {
    const char *at, *end;
    char *to;
} json;

static bool spread_value(json *of, unsigned depth);

static void pass_blanks(json *of)
{
    while (of->at < of->end && wire_blank(*of->at))
        of->at++;
}

/* `length` bytes as they are. */
static void keep(json *of, size_t length)
{
    memcpy(of->to, of->at, length);
    of->to += length;
    of->at += length;
}

/* A mark with blanks around it. */
static bool spread_mark(json *of, char mark)
{
    pass_blanks(of);
    if (of->at == of->end || *of->at != mark)
        return false;
    *of->to++ = ' ';
    keep(of, 1);
    *of->to++ = mark == ':' ? ' ' : '\n';
    *of->to++ = ' ';
    pass_blanks(of);
    return true;
}

static bool spread_string(json *of)
{
    size_t length = (size_t)(of->end - of->at), at = 1;
    if (length == 0 || *of->at != '"')
        return false;
    for (; at < length && of->at[at] != '"'; at++) {
        if ((unsigned char)of->at[at] < ' ')
            return false;
        at += of->at[at] == '\\';
    }
    if (at >= length)
        return false;
    keep(of, at + 1);
    return true;
}

/* A number or a word: what the loader makes of one is its own affair. */
static bool spread_plain(json *of)
{
    size_t length = 0;
    while (of->at + length < of->end && of->at[length] &&
           strchr("+-.0123456789abcdefghijklmnopqrstuvwxyzE", of->at[length]))
        length++;
    keep(of, length);
    return length > 0;
}

/* YAML, of which JSON is read as a part, wants the colon on its key's line. */
static bool on_this_line(const json *of)
{
    const char *at = of->at;
    while (at < of->end && (*at == ' ' || *at == '\t'))
        at++;
    return at < of->end && *at == ':';
}

/* What stands between two brackets; keys: it is an object. */
static bool spread_items(json *of, bool keys, unsigned depth)
{
    char end = keys ? '}' : ']';
    if (spread_mark(of, end))
        return true;
    do {
        if (keys && (!spread_string(of) || !on_this_line(of) || !spread_mark(of, ':')))
            return false;
        if (!spread_value(of, depth + 1))
            return false;
    } while (spread_mark(of, ','));
    return spread_mark(of, end);
}

static bool spread_value(json *of, unsigned depth)
{
    if (depth > 100)
        return false;
    if (spread_mark(of, '{'))
        return spread_items(of, true, depth);
    if (spread_mark(of, '['))
        return spread_items(of, false, depth);
    return spread_string(of) || spread_plain(of);
}

/* The same JSON with more blanks; to be freed. Empty: it is no object or list of JSON, or a tab stands outside of it,
 * which YAML has no place for. */
static sipcause_slice spread_out(const char *text, size_t length)
{
    char *spread = malloc(4 * length + 1);
    json of = {text, text + length, spread};
    PROMISE(spread);
    while (of.at < of.end && wire_blank(of.end[-1]) && of.end[-1] != '\t')
        of.end--;
    while (of.at < of.end && wire_blank(*of.at) && *of.at != '\t')
        of.at++;
    bool bracketed = of.at < of.end && (*of.at == '{' || *of.at == '[') && (of.end[-1] == '}' || of.end[-1] == ']');
    bool whole = bracketed && spread_value(&of, 0) && of.at == of.end;
    sipcause_slice made = {spread, whole ? (size_t)(of.to - spread) : 0};
    return made;
}

/* Of several errors the first is told, and which that is depends on lines: syntax is read ahead to a line's end. */
static void compare_blanks(const char *text, size_t length)
{
    sipcause_slice spread = spread_out(text, length);
    if (spread.length > 0) {
        sipcause_table *table = sipcause_load_bytes(text, length, "fuzz", NULL);
        sipcause_table *same = sipcause_load_bytes(spread.text, spread.length, "fuzz", NULL);
        PROMISE(!table == !same && (!table || sipcause_table_equal(table, same)));
        sipcause_table_unref(table);
        sipcause_table_unref(same);
    }
    free((char *)(uintptr_t)spread.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    digest first = load(bytes, length, true), second = load(bytes, length, false);
    PROMISE(first.sum == second.sum);
    sipcause_table *table = sipcause_load_bytes(bytes, length, "fuzz", NULL);
    if (table)
        decide_by_each(table);
    sipcause_table_unref(table);
    compare_blanks((const char *)bytes, length);
    return 0;
}
