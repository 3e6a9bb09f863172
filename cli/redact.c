/*
 * redact.c - --redact: what is private is replaced by what says only its kind and number.
 *
 * The same value has the same placeholder in all of the output; they are numbered as they appear. Values are not
 * kept, but a hash of 64 bits of each, with a key of this run's: memory grows with the different values, not with
 * their length, and nobody can prepare two that have one hash.
 *
 * SPDX-License-Identifier: MIT
 */
#include "redact.h"

#include "command.h"
#include "hash.h"
#include "private.h"

#include <stdlib.h>
#include <string.h>

enum kind { NUMBER, URI, UUID, ADDRESS, NAME, HOST, KINDS };

static const char *const kind_names[KINDS] = {"number", "uri", "uuid", "address", "name", "host"};

/* A value that has appeared; number 0: the slot is free. */
typedef struct known_value {
    uint64_t hash;
    uint64_t number;
} known_value;

static struct {
    bool wanted;
    hash_key key;
    known_value *values;
    size_t value_count, value_room; /* the room is a power of two */
    uint64_t numbers[KINDS];        /* of each kind's last value */
    gathered out, value;
} state;

void redact_begin(void)
{
    if (state.wanted)
        return;
    state.wanted = true;
    state.key = hash_key_new();
    state.value_room = 256;
    state.values = need_room(state.value_room, sizeof *state.values);
    gather(&state.out, "", 1); /* even a text without a byte has an address */
}

bool redact_wanted(void)
{
    return state.wanted;
}

/* ---- the numbers of values --------------------------------------------------------------------------------- */

static known_value *slot_of(uint64_t hash)
{
    size_t at = (size_t)hash & (state.value_room - 1);
    while (state.values[at].number != 0 && state.values[at].hash != hash)
        at = (at + 1) & (state.value_room - 1);
    return &state.values[at];
}

static void grow(void)
{
    known_value *old = state.values;
    size_t room = state.value_room;
    state.value_room *= 2;
    state.values = need_room(state.value_room, sizeof *state.values);
    for (size_t i = 0; i < room; i++)
        if (old[i].number != 0)
            *slot_of(old[i].hash) = old[i];
    free(old);
}

/* The number of the value that stands in state.value from `start` on. */
static uint64_t number_of(enum kind kind, size_t start)
{
    char which = (char)kind;
    gather(&state.value, &which, 1);
    if (state.value_count >= state.value_room / 2)
        grow();
    uint64_t hash = hash_of(&state.key, state.value.bytes + start, state.value.length - start);
    known_value *value = slot_of(hash);
    if (value->number == 0) {
        value->hash = hash;
        value->number = ++state.numbers[kind];
        state.value_count++;
    }
    return value->number;
}

/* ---- placeholders ------------------------------------------------------------------------------------------ */

static void put(const char *text)
{
    gather(&state.out, text, strlen(text));
}

/* "number-7" for the value in state.value. */
static void put_kind(enum kind kind)
{
    char digits[NUMBER_DIGITS];
    put(kind_names[kind]);
    put("-");
    gather(&state.out, digits, number_digits(number_of(kind, 0), digits));
    state.value.length = 0;
}

static void put_placeholder(enum kind kind)
{
    put("[");
    put_kind(kind);
    put("]");
}

/* The number that a URI is for, in state.value; false: it is for something else. */
static bool subject_number(sipcause_slice subject)
{
    state.value.length = 0;
    return subject.length > 0 && private_number(subject, 0, &state.value) == subject.length;
}

/* "[uri-1]", or "[uri-1/number-1]" for a number at some host; a tel URI is a number. */
static size_t put_uri(sipcause_slice text, size_t at)
{
    private_uri uri;
    if (!private_uri_at(text, at, &uri, &state.value))
        return 0;
    if (!uri.tel) {
        put("[");
        put_kind(URI);
        if (subject_number(uri.subject)) {
            put("/");
            put_kind(NUMBER);
        }
        put("]");
    } else if (subject_number(uri.subject)) {
        put_placeholder(NUMBER);
    } else {
        state.value.length = 0;
        private_uri_at(text, at, &uri, &state.value);
        put_placeholder(URI);
    }
    return uri.length;
}

/* ---- name@host --------------------------------------------------------------------------------------------- */

static bool in_name(char c)
{
    return is_alphanumeric(c) || (unsigned char)c >= 0x80 || (c != '\0' && strchr(".!#$%&'*+-/?^_`{|}~:", c) != NULL);
}

static bool in_host(char c)
{
    return is_alphanumeric(c) || (unsigned char)c >= 0x80 || c == '.' || c == '-' || c == '_';
}

/* What stands before an "@": a number or a UUID is told as such. */
static void put_name(sipcause_slice name)
{
    if (private_uuid(name, 0, &state.value) == name.length) {
        put_placeholder(UUID);
        return;
    }
    state.value.length = 0;
    if (private_number(name, 0, &state.value) == name.length) {
        put_placeholder(NUMBER);
        return;
    }
    state.value.length = 0;
    gather(&state.value, name.text, name.length);
    put_placeholder(NAME);
}

/* The length of an "@" or, in a URL, "%40"; 0: there is none. */
static size_t at_sign(sipcause_slice text, size_t at)
{
    if (byte_at(text, at) == '%' && byte_at(text, at + 1) == '4' && byte_at(text, at + 2) == '0')
        return 3;
    return byte_at(text, at) == '@';
}

/* "@" and the host, unless that is an address. */
static size_t put_host(sipcause_slice text, size_t at, size_t *searched)
{
    size_t sign = at_sign(text, at), start = at + sign, end = start;
    gather(&state.out, text.text + at, sign);
    size_t length = private_address(text, start, searched, &state.value);
    if (length > 0) {
        put_placeholder(ADDRESS);
        return sign + length;
    }
    while (end < text.length && in_host(text.text[end]))
        end++;
    while (end > start && (text.text[end - 1] == '.' || text.text[end - 1] == '-'))
        end--;
    if (end > start) {
        gather_lower(&state.value, text.text + start, end - start);
        put_placeholder(HOST);
    }
    return end - at;
}

/* ---- a text ------------------------------------------------------------------------------------------------ */

/* Up to where the text has been searched for what needs a look far ahead. */
typedef struct searched {
    size_t name, address, remainder;
    size_t cut, cut_end; /* the next word that the library cut */
} searched;

/* Whether the "..." at a place are the library's: behind 64 bytes of a quotation, or the last of the 255 bytes of a
 * piece of evidence. */
static bool is_cut(sipcause_slice text, size_t at)
{
    enum { QUOTED = 64, EVIDENCE = 255 };
    return memcmp(text.text + at, "...", 3) == 0 &&
           ((at > QUOTED && text.text[at - QUOTED - 1] == '"') || (at + 3 == EVIDENCE && text.length == EVIDENCE));
}

static bool in_word(char c)
{
    return is_alphanumeric(c) || (unsigned char)c >= 0x80 || (c != '\0' && strchr("._-+'%~", c) != NULL);
}

/* From where the texts have been searched: what is left of a name before its "@", or of an address, tells no kind. */
static void find_cut(sipcause_slice text, size_t from, searched *seen)
{
    for (size_t at = from; at + 3 <= text.length; at++) {
        if (text.text[at] != '.' || !is_cut(text, at))
            continue;
        seen->cut = seen->cut_end = at;
        while (seen->cut > from && in_word(text.text[seen->cut - 1]))
            seen->cut--;
        if (seen->cut < seen->cut_end)
            return;
    }
    seen->cut = seen->cut_end = text.length;
}

/* The length of what looks like a placeholder: a sender must not be able to make one. */
static size_t forged(sipcause_slice text, size_t at)
{
    if (byte_at(text, at) != '[')
        return 0;
    for (size_t kind = 0; kind < KINDS; kind++) {
        size_t length = strlen(kind_names[kind]);
        if (text.length - at > length + 2 && memcmp(text.text + at + 1, kind_names[kind], length) == 0 &&
            text.text[at + 1 + length] == '-' && is_digit(text.text[at + 2 + length])) {
            size_t end = at + 3 + length;
            while (is_digit(byte_at(text, end)))
                end++;
            return end + (byte_at(text, end) == ']') - at;
        }
    }
    return 0;
}

/* Replaces what is private at a place. Returns its length; 0: nothing is. */
static size_t replace(sipcause_slice text, size_t at, searched *seen)
{
    size_t length = put_uri(text, at);
    if (length > 0)
        return length;
    if (at >= seen->name && in_name(text.text[at]) && text.text[at] != '\'') { /* more often a quote than of a name */
        seen->name = at;
        while (seen->name < text.length && in_name(text.text[seen->name]) && at_sign(text, seen->name) == 0)
            seen->name++;
        if (seen->name > at && at_sign(text, seen->name) > 0) {
            put_name((sipcause_slice){text.text + at, seen->name - at});
            return seen->name - at;
        }
    }
    if (at_sign(text, at) > 0)
        return put_host(text, at, &seen->address);
    enum kind kind = UUID;
    if ((length = private_uuid(text, at, &state.value)) == 0) {
        kind = ADDRESS;
        length = private_address(text, at, &seen->address, &state.value);
    }
    if (length == 0) {
        kind = NUMBER;
        if ((length = private_number(text, at, &state.value)) == 0)
            length = private_remainder(text, at, &seen->remainder, &state.value);
    }
    if (length == 0) {
        kind = NAME;
        length = at == seen->cut ? seen->cut_end - at : forged(text, at);
        gather(&state.value, text.text + at, length);
    }
    if (length > 0)
        put_placeholder(kind);
    return length;
}

sipcause_slice redact_text(const char *bytes, size_t length)
{
    sipcause_slice text = {bytes, length};
    searched seen = {0};
    if (!state.wanted)
        return text;
    state.out.length = 0;
    find_cut(text, 0, &seen);
    for (size_t at = 0; at < length;) {
        state.value.length = 0;
        if (at > seen.cut)
            find_cut(text, at, &seen);
        size_t used = replace(text, at, &seen);
        if (used == 0)
            gather(&state.out, bytes + at, used = 1);
        at += used;
    }
    return (sipcause_slice){state.out.bytes, state.out.length};
}

bool redact_hides(uint64_t number)
{
    char digits[NUMBER_DIGITS];
    sipcause_slice text = {digits, number_digits(number, digits)};
    state.value.length = 0;
    return state.wanted && private_number(text, 0, &state.value) > 0;
}
