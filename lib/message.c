/*
 * message.c - the start line and the headers of a SIP message (RFC 3261 section 7).
 *
 * Of a message's bytes most are in headers that tell nothing about its end. So lines are found by
 * memchr, and a line is looked at further only when its first letters are those of a known name.
 *
 * SPDX-License-Identifier: MIT
 */
#include "message.h"

/* ---- start line --------------------------------------------------------------------------------- */

static const char version[] = "SIP/2.0";
enum { VERSION_LENGTH = sizeof version - 1 };

static inline bool is_version(const char *at, const char *end)
{
    if (end - at >= 8)
        return BYTES_BEGIN(bytes_load(at), "sip/2.0");
    return end - at >= VERSION_LENGTH && text_same(at, VERSION_LENGTH, version, VERSION_LENGTH);
}

/* Status-Line = SIP-Version SP Status-Code SP Reason-Phrase; what stands behind the version. */
static bool read_status_line(const char *at, const char *end, sipcause_message *message)
{
    const char *from = at;
    while (at < end && message_blank(*at))
        at++;
    if (at == from || end - at < 3 || (end - at > 3 && !message_blank(at[3])))
        return false;
    unsigned hundreds = (unsigned char)at[0] - '0', tens = (unsigned char)at[1] - '0',
             ones = (unsigned char)at[2] - '0';
    if (hundreds > 9 || tens > 9 || ones > 9)
        return false;
    message->status = hundreds * 100 + tens * 10 + ones;
    message->phrase = message_trimmed(at + 3, end);
    return message->status >= 100;
}

/* Request-Line = Method SP Request-URI SP SIP-Version */
static bool read_request_line(const char *at, const char *end, sipcause_message *message)
{
    sipcause_slice line = message_trimmed(at, end);
    const char *from = line.text, *stop = from + line.length;
    if (line.length < VERSION_LENGTH + 4 || !is_version(stop - VERSION_LENGTH, stop) ||
        !message_blank(stop[-VERSION_LENGTH - 1]))
        return false;
    const char *method_end = from;
    while (method_end < stop && text_token_character(*method_end))
        method_end++;
    if (method_end == from || !message_blank(*method_end) ||
        message_trimmed(method_end, stop - VERSION_LENGTH).length == 0)
        return false;
    message->method.text = from;
    message->method.length = (size_t)(method_end - from);
    return true;
}

bool message_start(const char *bytes, size_t length, message_walk *walk, sipcause_message *message)
{
    const char *end = bytes + length;
    while (bytes < end && (*bytes == '\r' || *bytes == '\n')) /* RFC 3261 section 7.5: skipped */
        bytes++;
    walk->at = walk->end = end;
    walk->complete = false;
    message->method = (sipcause_slice){NULL, 0};
    message->phrase = (sipcause_slice){NULL, 0};
    message->status = 0;
    if (bytes == end)
        return false;
    const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
    if (stop)
        walk->at = stop + 1;
    else
        stop = end;
    return is_version(bytes, stop) ? read_status_line(bytes + VERSION_LENGTH, stop, message)
                                   : read_request_line(bytes, stop, message);
}

/* ---- header names ---------------------------------------------------------------------------------- */

enum known_header message_line_header(sipcause_slice line, sipcause_slice *value)
{
    size_t length = 0;
    enum known_header header = message_name(line.text, line.text + line.length, UINT32_MAX, &length);
    return header != HEADER_OTHER && message_value(line, length, value) ? header : HEADER_OTHER;
}

enum known_header message_known_header(const char *name, size_t length)
{
    char line[MESSAGE_NAME_ROOM];
    sipcause_slice value;
    length = text_length(name, length);
    if (length == 0 || length + 1 > sizeof line || message_blank(name[length - 1]) || memchr(name, ':', length))
        return HEADER_OTHER;
    memcpy(line, name, length);
    line[length] = ':';
    sipcause_slice made = {line, length + 1};
    return message_line_header(made, &value);
}

/* ---- parameters of a header value --------------------------------------------------------------------- */

/* What a search for a parameter goes by. */
typedef struct search {
    const char *name;
    size_t name_length;
    bool in_uri;      /* parameters between < and > count too */
    bool first_value; /* a comma ends the search */
} search;

/* What ends a parameter's value outside quotes. */
static const bool ends_value[256] = {
    [' '] = true, ['\t'] = true, ['\r'] = true, ['\n'] = true, [';'] = true, [','] = true, ['>'] = true};

/* The first byte that ends a value, or end. */
static const char *value_end(const char *at, const char *end)
{
    for (; end - at >= 8; at += 8) {
        uint64_t loaded = bytes_load(at);
        uint64_t marks = bytes_below(loaded, ',' + 1) | bytes_equal(loaded, ';') | bytes_equal(loaded, '>');
        if (!marks)
            continue;
        at += bytes_first(marks);
        break; /* a "+" is marked too */
    }
    while (at < end && !ends_value[(unsigned char)*at])
        at++;
    return at;
}

const char *message_behind_quoted(const char *at, const char *end)
{
    for (at++; at < end; at++) {
        if (end - at >= 8) {
            uint64_t loaded = bytes_load(at), marks = bytes_equal(loaded, '"') | bytes_equal(loaded, '\\');
            at += marks ? bytes_first(marks) : 7;
        }
        if (*at == '"')
            return at + 1;
        if (*at == '\\')
            at++;
    }
    return end;
}

/* Whether the parameter at `at` has the name that is searched for; content is then what follows "=". */
static bool matches(const char *at, const char *end, const search *wanted, sipcause_slice *content)
{
    while (at < end && message_blank(*at))
        at++;
    if (at == end || (size_t)(end - at) < wanted->name_length || (*at | 0x20) != (*wanted->name | 0x20) ||
        !text_same(at, wanted->name_length, wanted->name, wanted->name_length))
        return false;
    at += wanted->name_length;
    if (at < end && *at != '=' && text_token_character(*at))
        return false;
    while (at < end && message_blank(*at))
        at++;
    content->text = at;
    content->length = 0;
    if (at == end || *at != '=')
        return true;
    for (at++; at < end && message_blank(*at);)
        at++;
    const char *from = at;
    at = at < end && *at == '"' ? message_behind_quoted(at, end) : value_end(at, end);
    content->text = from;
    content->length = (size_t)(at - from);
    return true;
}

/* The first parameter of that name behind a ";"; quoted strings are passed over. */
static bool find_parameter(sipcause_slice value, const search *wanted, sipcause_slice *content)
{
    const char *at = value.text, *end = at + value.length;
    bool in_uri = false;
    while (at < end) {
        switch (*at) {
        case '"':
            if (!in_uri) { /* a quote in a URI is just a wrong byte */
                at = message_behind_quoted(at, end);
                continue;
            }
            break;
        case '<': in_uri = true; break;
        case '>': in_uri = false; break;
        case ',':
            if (!in_uri && wanted->first_value)
                return false;
            break;
        case ';':
            if ((!in_uri || wanted->in_uri) && matches(at + 1, end, wanted, content))
                return true;
            break;
        default: break;
        }
        at++;
    }
    return false;
}

bool message_parameter(sipcause_slice value, const char *name, sipcause_slice *content)
{
    search wanted = {name, strlen(name), false, true};
    return find_parameter(value, &wanted, content);
}

/* The longest run of word characters behind blanks and quotes. */
static sipcause_slice word_in(sipcause_slice content)
{
    const char *at = content.text, *end = at + content.length;
    while (at < end && (message_blank(*at) || *at == '"' || *at == '\''))
        at++;
    const char *from = at;
    while (at < end && text_word_character(*at))
        at++;
    sipcause_slice made = {from, (size_t)(at - from)};
    return made;
}

bool message_header_code(sipcause_slice value, const char *parameter, bool uri_parameter, sipcause_slice *code)
{
    if (!value.text)
        return false;
    if (parameter) {
        search wanted = {parameter, strlen(parameter), uri_parameter, false};
        sipcause_slice content;
        bool first = matches(value.text, value.text + value.length, &wanted, &content) && content.length;
        if (!first && !find_parameter(value, &wanted, &content)) /* first: a value that begins with cause=601 */
            return false;
        value = content;
    }
    *code = word_in(value);
    return true;
}

/* ---- what the known headers say ------------------------------------------------------------------------- */

/* CSeq = 1*DIGIT LWS Method; the number is below 2**31. */
void message_take_cseq(sipcause_message *message, sipcause_slice value)
{
    if (message->cseq_method.text)
        return;
    const char *at = value.text, *end = at + value.length;
    uint64_t number = 0;
    for (; at < end && text_digit(*at); at++)
        if (number <= INT32_MAX)
            number = number * 10 + (uint64_t)(*at - '0');
    if (at > value.text && number <= INT32_MAX)
        message->cseq = (uint32_t)number;
    while (at < end && message_blank(*at))
        at++;
    const char *from = at;
    if (end - at >= 6 && memcmp(at, "INVITE", 6) == 0) /* as nearly always */
        at += 6;
    while (at < end && text_token_character(*at))
        at++;
    message->cseq_method.text = from;
    message->cseq_method.length = (size_t)(at - from);
}

static void take_content_length(sipcause_message *message, sipcause_slice value)
{
    uint64_t number = 0;
    if (message->has_content_length || !value.length)
        return;
    for (size_t i = 0; i < value.length; i++) {
        unsigned digit = (unsigned)(unsigned char)value.text[i] - '0';
        if (digit > 9 || number > (UINT64_MAX - digit) / 10)
            return;
        number = number * 10 + digit;
    }
    message->content_length = number;
    message->has_content_length = 1;
}

/* Where the parameters of a From, To or Via value begin, so that the bytes before are not searched one
 * by one: behind the ">" of a name-addr, which a quoted display name may hold too, or at the first ";" of
 * a sent-by. */
static sipcause_slice parameters_of(sipcause_slice value)
{
    const char *at = value.text, *end = at + value.length;
    if (at < end && *at == '"')
        at = message_behind_quoted(at, end);
    const char *close = at < end ? memchr(at, '>', (size_t)(end - at)) : NULL;
    const char *first = close || at == end ? NULL : memchr(at, ';', (size_t)(end - at));
    if (close)
        at = close + 1;
    else if (first && !memchr(at, ',', (size_t)(first - at)) && !memchr(at, '"', (size_t)(first - at)))
        at = first;
    sipcause_slice made = {at, (size_t)(end - at)};
    return made;
}

void message_take_tag(sipcause_slice *part, sipcause_slice value)
{
    static const search tag = {"tag", 3, false, true};
    if (part->text)
        return;
    sipcause_slice parameters = parameters_of(value);
    const char *at = parameters.text, *end = at + parameters.length;
    if (end - at >= 8 && BYTES_BEGIN(bytes_load(at), ";tag=") && text_token_character(at[5])) { /* as nearly always */
        part->text = at + 5;
        part->length = (size_t)(value_end(at + 5, end) - part->text);
    } else if (!find_parameter(parameters, &tag, part)) {
        *part = (sipcause_slice){value.text, 0}; /* the next header of this name must not fill it in */
    }
}

static void take_branch(sipcause_slice *part, sipcause_slice value)
{
    static const search branch = {"branch", 6, false, true};
    if (!part->text && !find_parameter(parameters_of(value), &branch, part))
        *part = (sipcause_slice){value.text, 0};
}

void message_take(sipcause_message *message, enum known_header header, sipcause_slice value)
{
    switch (header) {
    case HEADER_CALL_ID:
        if (!message->call_id.text)
            message->call_id = value;
        break;
    case HEADER_CONTENT_TYPE:
        if (!message->content_type.text)
            message->content_type = value;
        break;
    case HEADER_CSEQ: message_take_cseq(message, value); break;
    case HEADER_FROM: message_take_tag(&message->from_tag, value); break;
    case HEADER_TO: message_take_tag(&message->to_tag, value); break;
    case HEADER_VIA: take_branch(&message->branch, value); break;
    case HEADER_CONTENT_LENGTH: take_content_length(message, value); break;
    default: break;
    }
}

/* ---- the public walks -------------------------------------------------------------------------------------- */

bool sipcause_message_parse(const void *bytes, size_t length, sipcause_message *message)
{
    /* Call-ID, Content-Length, Content-Type, CSeq, From, To, Via and their compact forms. */
    const uint32_t letters = message_letter('c') | message_letter('f') | message_letter('i') | message_letter('l') |
                             message_letter('t') | message_letter('v');
    message_walk walk;
    sipcause_slice value;
    memset(message, 0, sizeof *message);
    length = text_length(bytes, length);
    if (!bytes || !message_start(bytes, length, &walk, message)) {
        memset(message, 0, sizeof *message);
        return false;
    }
    while (message_seek(&walk, letters)) {
        enum known_header header = message_line_header(message_take_line(&walk), &value);
        if (header != HEADER_OTHER)
            message_take(message, header, value);
    }
    message->header_length = (uint64_t)(walk.at - (const char *)bytes);
    message->complete = walk.complete;
    return true;
}

bool sipcause_message_header(const void *bytes, size_t length, size_t *position, sipcause_slice *name,
                             sipcause_slice *value)
{
    const char *from = bytes;
    length = text_length(from, length);
    if (!from || *position >= length)
        return false;
    message_walk walk = {from + *position, from + length, false};
    if (*position == 0) {
        sipcause_message ignored = {.status = 0};
        message_start(from, length, &walk, &ignored); /* whatever the start line is, it is no header */
    }
    sipcause_slice line;
    while (message_line(&walk, &line)) {
        const char *colon = memchr(line.text, ':', line.length);
        *position = (size_t)(walk.at - from);
        if (!colon)
            continue;
        *name = message_trimmed(line.text, colon);
        *value = message_trimmed(colon + 1, line.text + line.length);
        if (name->length)
            return true;
    }
    *position = length; /* the body is no header either */
    return false;
}
