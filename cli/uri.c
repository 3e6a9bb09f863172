/*
 * uri.c - URIs that name people, in a text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include "private.h"

#include <string.h>

typedef struct scheme {
    const char *name;
    size_t length; /* with its colon */
    bool sip, tel;
} scheme;

static const scheme schemes[] = {
    {"sip:", 4, true, false},   {"sips:", 5, false, false}, {"tel:", 4, false, true},   {"mailto:", 7, false, false},
    {"h323:", 5, false, false}, {"im:", 3, false, false},   {"pres:", 5, false, false}, {"xmpp:", 5, false, false},
};

static bool ends_uri(char c)
{
    return (unsigned char)c <= ' ' || c == 0x7F || c == '"' || c == '<' || c == '>';
}

static const scheme *scheme_at(sipcause_slice text, size_t at)
{
    if (at > 0 && is_letter(text.text[at - 1]))
        return NULL;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        const char *name = schemes[i].name;
        size_t same = 0;
        while (name[same] != '\0' && to_lower(byte_at(text, at + same)) == name[same])
            same++;
        char next = byte_at(text, at + same);
        if (name[same] == '\0' && !ends_uri(next) && next != ',' && next != ';')
            return &schemes[i];
    }
    return NULL;
}

/* "sip:503" and "sip:5xx", as codes are printed. */
static bool is_code(sipcause_slice text, size_t digits)
{
    const char *at = text.text + digits;
    if (text.length - digits < 3 || at[0] < '1' || at[0] > '6')
        return false;
    if (!(is_digit(at[1]) && is_digit(at[2])) && memcmp(at + 1, "xx", 2) != 0)
        return false;
    char next = byte_at(text, digits + 3);
    if (next != '\0' && strchr(".:;?!", next) != NULL)
        next = byte_at(text, digits + 4);
    return ends_uri(next) || (!is_alphanumeric(next) && strchr(",)]}|'", next) != NULL);
}

/* The end of a URI that stands between "<" and ">"; 0: it does not. */
static size_t bracketed_end(sipcause_slice text, size_t at, size_t content)
{
    if (at == 0 || text.text[at - 1] != '<')
        return 0;
    while (content < text.length && text.text[content] != '>' && text.text[content] != '<' && text.text[content] != '"')
        content++;
    return byte_at(text, content) == '>' ? content : 0;
}

/* The end of a URI that stands bare. A comma may be in a user's name, not in a host's: RFC 3261 section 25.1. Marks
 * at the end are those of the sentence. */
static size_t bare_end(sipcause_slice text, size_t content)
{
    size_t end = content;
    bool host = false;
    while (end < text.length && !ends_uri(text.text[end])) {
        if (text.text[end] == ',' && (host || scheme_at(text, end + 1) != NULL))
            break;
        host |= text.text[end] == '@';
        end++;
    }
    while (end > content && strchr(".,;:!?)'", text.text[end - 1]) != NULL)
        end--;
    return end;
}

/* A URI is the same whatever parameters and headers follow, and in whatever case its scheme and host are. */
static void gather_uri(sipcause_slice text, size_t at, size_t content, size_t end, private_uri *uri, gathered *key)
{
    const char *user = text.text + content, *mark = memchr(user, '@', end - content);
    size_t host = mark == NULL ? content : (size_t)(mark - text.text) + 1, host_end = host;
    while (host_end < end && text.text[host_end] != ';' && text.text[host_end] != '?')
        host_end++;
    gather_lower(key, text.text + at, content - at);
    gather(key, user, host - content);
    gather_lower(key, text.text + host, host_end - host);
    size_t length = 0, most = mark == NULL ? host_end - content : host - 1 - content;
    while (length < most && user[length] != ';' && user[length] != ':')
        length++;
    uri->subject = (sipcause_slice){user, length};
}

bool private_uri_at(sipcause_slice text, size_t at, private_uri *uri, gathered *key)
{
    const scheme *found = scheme_at(text, at);
    if (found == NULL || (found->sip && is_code(text, at + found->length)))
        return false;
    size_t content = at + found->length, end = bracketed_end(text, at, content);
    if (end == 0)
        end = bare_end(text, content);
    if (end == content)
        return false;
    gather_uri(text, at, content, end, uri, key);
    uri->length = end - at;
    uri->tel = found->tel;
    return true;
}
