/*
 * release.c - keeps what can be evidence of one call.
 *
 * Messages come whole (release_message.c) or in parts; both go the same way: a message is opened, and where
 * it counts (release_open.c) it is copied into the arena with those of its headers that may tell something.
 *
 * SPDX-License-Identifier: MIT
 */
#include "message.h"
#include "release.h"

#include <string.h>

/* ---- the arena ------------------------------------------------------------------------------------- */

enum { ARENA_FIRST = 1024, ALIGN = 8 };

/* How far a message of this kind may fill the arena: what comes last matters most, so what may come
 * again and again before it must leave room. */
static uint32_t room_for(uint8_t method, uint32_t status)
{
    if (method != METHOD_RESPONSE)
        return ARENA_MOST;
    return status < 200 ? ARENA_MOST / 2 : ARENA_MOST / 4 * 3;
}

static bool arena_grow(sipcause_release *release, uint32_t needed)
{
    bool grown = memory_reserve((void **)&release->arena, &release->arena_capacity,
                                needed < ARENA_FIRST ? ARENA_FIRST : needed, 1);
    release->memory_short = release->memory_short || !grown;
    return grown;
}

/* Room for bytes; 0 when there is none, and then either truncated or memory_short is set. */
static inline arena_at arena_take(sipcause_release *release, size_t bytes, uint32_t most)
{
    uint32_t at = (release->arena_used + ALIGN - 1) & ~(uint32_t)(ALIGN - 1);
    if (at == 0)
        at = ALIGN; /* 0 says none */
    if (bytes > most || at + bytes > most) {
        release->truncated = true;
        return 0;
    }
    uint32_t needed = at + (uint32_t)bytes;
    if (needed > release->arena_capacity && !arena_grow(release, needed))
        return 0;
    release->arena_used = needed;
    return at;
}

/* Copies a text to a place that was taken. Returns the place; 0: it is empty. */
static inline arena_at arena_copy(sipcause_release *release, arena_at to, sipcause_slice text)
{
    if (text.length == 0)
        return 0;
    memcpy(release->arena + to, text.text, text.length);
    return to;
}

/* ---- making and freeing ---------------------------------------------------------------------------- */

static void use_table(sipcause_release *release, const sipcause_table *table)
{
    release->table = sipcause_table_ref(table_of(table));
    release->cause_letters = 0;
    release->cause_spaces = 0;
    for (uint32_t i = 0; i < release->table->cause_header_count; i++) {
        release->cause_letters |= message_letter(release->table->cause_headers[i].name[0]);
        release->cause_spaces |= UINT64_C(1) << release->table->cause_headers[i].space;
    }
    memset(release->asked_at, NOT_ASKED, sizeof release->asked_at);
    for (uint8_t i = 0; i < release->table->asked_count; i++)
        release->asked_at[release->table->asked[i]] = i;
    /* CSeq, Call-Info, From, To and their compact forms; Reason, Retry-After, Warning. */
    release->letters = release->cause_letters | message_letter('c') | message_letter('f') | message_letter('t') |
                       message_letter('r') | message_letter('w');
}

sipcause_release *sipcause_release_new(const sipcause_table *table)
{
    sipcause_release *release = memory_allocate(1, sizeof *release);
    if (release)
        use_table(release, table);
    return release;
}

void sipcause_release_free(sipcause_release *release)
{
    if (!release)
        return;
    sipcause_table_unref(release->table);
    memory_free(release->arena);
    memory_free(release->notice);
    memory_free(release->findings);
    memory_free(release->sentences);
    explain_free(release);
    memory_free(release);
}

void release_forget(sipcause_release *release)
{
    release->arena_used = 0;
    release->first_message = release->last_message = release->open = 0;
    release->any_open = release->truncated = release->memory_short = release->malformed = false;
    release->has_invite = release->replied = release->answered = release->alerted = release->progressed = false;
    release->local = 0;
    release->media_status = 0;
    release->invite_cseq = 0;
    release->reinvite_cseq = 0;
}

void sipcause_release_reset(sipcause_release *release)
{
    if (!release)
        return;
    release_forget(release);
    explain_forget(release);
    release->attempts = 0;
    release->caller_tag_length = 0;
    release->finding_count = 0;
    release->sentences_used = 0;
}

void sipcause_release_table(sipcause_release *release, const sipcause_table *table)
{
    if (!release)
        return;
    const sipcause_table *old = release->table;
    use_table(release, table);
    sipcause_table_unref(old);
    sipcause_release_reset(release);
}

/* ---- opening a message ----------------------------------------------------------------------------- */

void release_drop_last(sipcause_release *release)
{
    arena_at dropped = release->last_message, at = release->first_message;
    release->open = 0;
    release->arena_used = dropped;
    release->last_message = 0;
    if (at == dropped) {
        release->first_message = 0;
        return;
    }
    while (message_at(release, at)->next != dropped)
        at = message_at(release, at)->next;
    message_at(release, at)->next = 0;
    release->last_message = at;
}

/* A provisional response that turned out to carry nothing is not kept. */
static void drop_empty(sipcause_release *release)
{
    const kept_message *last = message_at(release, release->last_message);
    if (last && !last->first_line && last->status && last->status < 200)
        release_drop_last(release);
}

int release_keep_message(sipcause_release *release, const opening *opened)
{
    uint32_t most = room_for(opened->method, opened->status);
    sipcause_slice phrase = opened->phrase, to_tag = opened->to_tag;
    drop_empty(release);
    arena_at at = arena_take(release, sizeof(kept_message) + phrase.length + to_tag.length, most);
    if (!at && !release->memory_short) { /* without its texts, which no honest message has so long */
        phrase.length = to_tag.length = 0;
        at = arena_take(release, sizeof(kept_message), most);
    }
    if (!at)
        return release->memory_short ? SIPCAUSE_ERROR_MEMORY : SIPCAUSE_OK;
    arena_at text = at + (arena_at)sizeof(kept_message);
    *message_at(release, at) = (kept_message){
        .phrase = arena_copy(release, text, phrase),
        .phrase_length = (uint32_t)phrase.length,
        .to_tag = arena_copy(release, text + (arena_at)phrase.length, to_tag),
        .to_tag_length = (uint32_t)to_tag.length,
        .status = opened->status,
        .method = opened->method,
        .side = opened->side,
    };
    if (release->last_message)
        message_at(release, release->last_message)->next = at;
    else
        release->first_message = at;
    release->last_message = release->open = at;
    return SIPCAUSE_OK;
}

int sipcause_release_request(sipcause_release *release, const char *method, size_t method_length, uint32_t side,
                             const char *to_tag, size_t to_tag_length, uint32_t cseq)
{
    if (!release)
        return SIPCAUSE_ERROR_MISUSE;
    if (!method || side > SIPCAUSE_SIDE_CALLEE) {
        release->any_open = false; /* the headers that follow must not go to the message before */
        release->open = 0;
        return SIPCAUSE_ERROR_MISUSE;
    }
    sipcause_slice name = {method, text_length(method, method_length)};
    sipcause_slice tag = {to_tag, text_length(to_tag, to_tag_length)};
    return release_open_request(release, name, (uint8_t)side, tag, cseq, true);
}

int sipcause_release_response(sipcause_release *release, uint32_t status, const char *phrase, size_t phrase_length,
                              const char *cseq_method, size_t cseq_method_length, const char *to_tag,
                              size_t to_tag_length, uint32_t cseq)
{
    if (!release)
        return SIPCAUSE_ERROR_MISUSE;
    sipcause_slice text = {phrase, text_length(phrase, phrase_length)};
    sipcause_slice tag = {to_tag, text_length(to_tag, to_tag_length)};
    size_t method_length = text_length(cseq_method, cseq_method_length);
    bool to_invite = method_length == 0 || text_same_exactly(cseq_method, method_length, "INVITE");
    if (!to_invite || release_follow_cseq(release, cseq)) {
        release_open_nothing(release);
        return SIPCAUSE_OK;
    }
    bool in_dialog = release_of_dialog(release, cseq);
    return release_open_response(release, status, text, tag, in_dialog);
}

/* ---- adding to it ---------------------------------------------------------------------------------- */

/* Which of the table's cause headers has that name. */
static uint8_t cause_header_named(const sipcause_table *table, const char *name, size_t length)
{
    for (uint8_t i = 0; i < table->cause_header_count; i++)
        if (text_same_name(name, length, table->cause_headers[i].name))
            return i;
    return NO_CAUSE_HEADER;
}

int release_keep_line(sipcause_release *release, uint8_t known, uint8_t cause_header, const void *bytes, size_t length)
{
    const kept_message *open = message_at(release, release->open);
    arena_at at = arena_take(release, sizeof(kept_line) + length, room_for(open->method, open->status));
    if (!at)
        return release->memory_short ? SIPCAUSE_ERROR_MEMORY : SIPCAUSE_OK;
    *line_at(release, at) = (kept_line){0, (uint32_t)length, known, cause_header, {0, 0}};
    if (length)
        memcpy(release->arena + at + sizeof(kept_line), bytes, length);
    kept_message *to = message_at(release, release->open);
    if (to->last_line)
        line_at(release, to->last_line)->next = at;
    else
        to->first_line = at;
    to->last_line = at;
    return SIPCAUSE_OK;
}

int sipcause_release_header(sipcause_release *release, const char *name, size_t name_length, const char *value,
                            size_t value_length)
{
    if (!release || !name || (!value && value_length && value_length != SIPCAUSE_TEXT) || !release->any_open)
        return SIPCAUSE_ERROR_MISUSE;
    if (!release->open)
        return SIPCAUSE_OK;
    release->memory_short = false;
    name_length = text_length(name, name_length);
    enum known_header known = message_known_header(name, name_length);
    uint8_t cause_header = cause_header_named(release->table, name, name_length);
    if (!release_keeps(known, message_at(release, release->open)->status) && cause_header == NO_CAUSE_HEADER)
        return SIPCAUSE_OK;
    return release_keep_line(release, (uint8_t)known, cause_header, value, text_length(value, value_length));
}

/* Only a final response and a BYE carry a REL; beside any other message it comes from the ISUP side. */
static bool may_carry_rel(const kept_message *open)
{
    return open && (open->method == METHOD_BYE || (open->method == METHOD_RESPONSE && open->status >= 300));
}

/* As a body a CANCEL carries one too: RFC 3398 section 7.2.3 speaks of encapsulated ISUP in BYE and CANCEL alike. It
 * seldom survives, because CANCEL goes hop by hop. */
bool release_body_counts(const sipcause_release *release)
{
    const kept_message *open = message_at(release, release->open);
    return may_carry_rel(open) || (open && open->method == METHOD_CANCEL);
}

int sipcause_release_body(sipcause_release *release, const char *content_type, size_t content_type_length,
                          const void *bytes, size_t length)
{
    if (!release || (!content_type && content_type_length && content_type_length != SIPCAUSE_TEXT) ||
        (!bytes && length) || length == SIPCAUSE_TEXT || !release->any_open)
        return SIPCAUSE_ERROR_MISUSE;
    release->memory_short = false;
    if (!release_body_counts(release))
        return SIPCAUSE_OK;
    sipcause_slice type = {content_type, text_length(content_type, content_type_length)}, body = {bytes, length};
    return release_keep_body(release, type, body);
}

int sipcause_release_isup(sipcause_release *release, const void *octets, size_t length)
{
    if (!release || (!octets && length) || length == SIPCAUSE_TEXT)
        return SIPCAUSE_ERROR_MISUSE;
    release->memory_short = false;
    if (!may_carry_rel(message_at(release, release->open))) {
        opening opened = {METHOD_ANY, 0, SIPCAUSE_SIDE_UNKNOWN, {NULL, 0}, {NULL, 0}};
        release_open_nothing(release);
        int result = release_keep_message(release, &opened);
        if (result != SIPCAUSE_OK || !release->open)
            return result;
    }
    return release_keep_line(release, LINE_ISUP, NO_CAUSE_HEADER, octets, length);
}

int sipcause_release_local(sipcause_release *release, uint32_t local)
{
    if (!release || !sipcause_local_name(local))
        return SIPCAUSE_ERROR_MISUSE;
    release->local = (uint8_t)local;
    release->local_first = !release_kept_already(release, METHOD_CANCEL);
    return SIPCAUSE_OK;
}
