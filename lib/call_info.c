/*
 * call_info.c - the Call-Info of a 608: where the jCard of who refused can be had, signed (RFC 8688).
 *
 *     Call-Info = info *(COMMA info)       info = LAQUOT absoluteURI RAQUOT *(SEMI info-param)
 *     info-param = "purpose" EQUAL token / generic-param           (RFC 3261 section 25.1)
 *
 * The URI is told as it was sent. Nothing is fetched, and no signature is verified.
 *
 * SPDX-License-Identifier: MIT
 */
#include "message.h"
#include "release.h"

/* Where the value that begins at `at` ends: at the next comma outside quotes and < >. */
static const char *value_end(const char *at, const char *end)
{
    bool in_uri = false;
    while (at < end && (in_uri || *at != ',')) {
        if (*at == '"' && !in_uri) {
            at = message_behind_quoted(at, end);
            continue;
        }
        in_uri = *at == '<' || (in_uri && *at != '>');
        at++;
    }
    return at;
}

/* What RFC 3986 lets stand in a URI, and some more. */
static bool uri_character(char c)
{
    return c > ' ' && c < 0x7f && c != '"' && c != '<' && c != '>' && c != '\\';
}

/* absoluteURI = scheme ":" ( hier-part / opaque-part ); scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ) */
static bool is_uri(sipcause_slice text)
{
    const char *colon = text.length ? memchr(text.text, ':', text.length) : NULL;
    size_t scheme = colon ? (size_t)(colon - text.text) : 0;
    if (scheme == 0 || scheme + 1 == text.length || text_lower(*text.text) < 'a' || text_lower(*text.text) > 'z')
        return false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.text[i];
        if (!uri_character(c) || (i < scheme && c != '+' && (c == '_' || !text_word_character(c))))
            return false;
    }
    return true;
}

static bool says_jwscard(sipcause_slice value)
{
    sipcause_slice purpose;
    if (!message_parameter(value, "purpose", &purpose))
        return false;
    purpose = message_unquoted(purpose); /* a token; read in quotes too */
    return text_same_name(purpose.text, purpose.length, "jwscard");
}

/* One info. */
static void read_info(sipcause_slice info, evidence *found)
{
    sipcause_slice uri = {NULL, 0};
    const char *close = info.length && *info.text == '<' ? memchr(info.text, '>', info.length) : NULL;
    if (close) {
        uri = message_trimmed(info.text + 1, close);
        info.length -= (size_t)(close - info.text);
        info.text = close;
    }
    uint8_t state = !says_jwscard(info) ? CARD_OTHER : is_uri(uri) ? CARD_FOUND : CARD_UNUSABLE;
    if (state > found->card_state)
        found->card_state = state;
    if (state == CARD_FOUND)
        found->card = uri;
}

void call_info_read(sipcause_slice line, evidence *found)
{
    const char *at = line.text, *end = at + line.length;
    if (found->card_state == CARD_ABSENT)
        found->card_state = CARD_OTHER;
    while (at < end && found->card_state != CARD_FOUND) {
        const char *stop = value_end(at, end);
        read_info(message_trimmed(at, stop), found);
        at = stop + (stop < end);
    }
}
