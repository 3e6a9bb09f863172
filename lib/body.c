/*
 * body.c - the REL in the body of a message: application/isup (RFC 3204), as SIP-I and SIP-T carry it.
 *
 * A body is such a message itself, or multipart/... with such a part (RFC 2046 section 5.1), at most LEVELS deep.
 * Parts are found by their delimiter lines alone, those of all open levels at once: there is no recursion, and
 * a level costs one pass over the bytes inside it.
 *
 * Read as they are: the transfer encodings binary (RFC 3204 section 3 asks for it), 8bit and 7bit. Passed over:
 * base64, quoted-printable and every Content-Encoding but identity. The parameters version and base are not asked:
 * the coding standard in the octets says whose numbers they are. A 5ESS sends ITU-T coded causes as version=ansi00
 * (Lucent 235-200-118, figure 3-15).
 *
 * SPDX-License-Identifier: MIT
 */
#include "message.h"
#include "release.h"

enum { LEVELS = 4, BOUNDARY_MOST = 70 /* RFC 2046 section 5.1.1 */ };

/* ---- what a body is ---------------------------------------------------------------------------------- */

static sipcause_slice take_token(const char **at, const char *end)
{
    while (*at < end && message_blank(**at))
        ++*at;
    sipcause_slice made = {*at, 0};
    while (*at < end && text_token_character(**at))
        ++*at;
    made.length = (size_t)(*at - made.text);
    while (*at < end && message_blank(**at))
        ++*at;
    return made;
}

/* Whether a Content-Type is type/subtype, whatever its parameters; blanks may stand around the slash (RFC 3261
 * section 25.1). subtype NULL: any. */
static bool is_media(sipcause_slice value, const char *type, const char *subtype)
{
    if (value.length == 0)
        return false;
    const char *at = value.text, *end = at + value.length;
    sipcause_slice first = take_token(&at, end);
    if (!text_same_name(first.text, first.length, type) || at == end || *at++ != '/')
        return false;
    sipcause_slice second = take_token(&at, end);
    return (at == end || *at == ';') && second.length &&
           (!subtype || text_same_name(second.text, second.length, subtype));
}

/* What the headers of a message or of a part say of its body. */
typedef struct description {
    sipcause_message parts; /* content_type and content_length */
    bool encoded;           /* its bytes are not the octets themselves */
} description;

static bool leaves_octets(sipcause_slice encoding)
{
    static const char *const names[] = {"binary", "8bit", "7bit", "identity", ""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_same_name(encoding.text, encoding.length, names[i]))
            return true;
    return false;
}

static void describe(message_walk *headers, description *to)
{
    sipcause_slice line, value;
    while (message_line(headers, &line)) {
        enum known_header known = message_line_header(line, &value);
        if (known == HEADER_CONTENT_TYPE || known == HEADER_CONTENT_LENGTH)
            message_take(&to->parts, known, value);
        else if (message_line_is(line, "content-transfer-encoding", 25, &value) ||
                 message_line_is(line, "content-encoding", 16, &value) || message_line_is(line, "e", 1, &value))
            to->encoded = to->encoded || !leaves_octets(value);
    }
}

/* ---- keeping the REL --------------------------------------------------------------------------------- */

/* What was found in a body so far. Of several RELs the first readable one counts. */
enum found { FOUND_NONE, FOUND_UNREADABLE, FOUND_REL };

/* One that cannot be read is kept too: evidence_read says so. */
static int keep_rel(sipcause_release *release, sipcause_slice message, enum found *so_far)
{
    sipcause_slice cause = {message.text, 0};
    sipcause_isup isup;
    int result = isup_of_release(message.text, message.length, &cause, &isup);
    if (result == SIPCAUSE_ERROR_MISSING || (result != SIPCAUSE_OK && *so_far == FOUND_UNREADABLE))
        return SIPCAUSE_OK;
    *so_far = result == SIPCAUSE_OK ? FOUND_REL : FOUND_UNREADABLE;
    return release_keep_line(release, LINE_ISUP, NO_CAUSE_HEADER, cause.text, cause.length);
}

/* ---- multipart --------------------------------------------------------------------------------------- */

typedef struct multipart {
    const char *end;                   /* of the whole body */
    sipcause_slice boundaries[LEVELS]; /* of the open levels, the outermost first */
    unsigned depth;
} multipart;

/* A line "--boundary" or, behind the last part, "--boundary--". */
typedef struct delimiter {
    const char *begin, *behind;
    unsigned level;
    bool last;
} delimiter;

static bool open_multipart(multipart *of, sipcause_slice type)
{
    sipcause_slice boundary;
    if (of->depth == LEVELS || !is_media(type, "multipart", NULL) || !message_parameter(type, "boundary", &boundary))
        return false;
    boundary = message_unquoted(boundary);
    if (boundary.length == 0 || boundary.length > BOUNDARY_MOST)
        return false;
    of->boundaries[of->depth++] = boundary;
    return true;
}

/* Of levels with the same boundary the innermost is meant. What merely begins with a boundary is the line of another,
 * longer one. */
static bool is_delimiter(const multipart *of, const char *line, delimiter *found)
{
    if (of->end - line < 2 || line[0] != '-' || line[1] != '-')
        return false;
    for (unsigned level = of->depth; level-- > 0;) {
        const sipcause_slice *boundary = &of->boundaries[level];
        const char *at = line + 2;
        if ((size_t)(of->end - at) < boundary->length || memcmp(at, boundary->text, boundary->length) != 0)
            continue;
        at += boundary->length;
        found->last = of->end - at >= 2 && at[0] == '-' && at[1] == '-';
        if (!found->last && at < of->end && !message_blank(*at))
            continue;
        const char *stop = memchr(at, '\n', (size_t)(of->end - at));
        found->begin = line;
        found->behind = stop ? stop + 1 : of->end;
        found->level = level;
        return true;
    }
    return false;
}

/* The first delimiter from the beginning of a line on. */
static bool find_delimiter(const multipart *of, const char *line, delimiter *found)
{
    while (line < of->end) {
        if (is_delimiter(of, line, found))
            return true;
        const char *stop = memchr(line, '\n', (size_t)(of->end - line));
        line = stop ? stop + 1 : of->end;
    }
    return false;
}

/* The line end before a delimiter belongs to that, and so does what stands at a cut end. */
static const char *before_line_end(const char *from, const char *to)
{
    if (to > from && to[-1] == '\n')
        to--;
    return to > from && to[-1] == '\r' ? to - 1 : to;
}

/* Reads the part at *at, and sets that on the place where to go on. */
static int read_part(sipcause_release *release, multipart *of, const char **at, enum found *so_far)
{
    description about = {.encoded = false};
    delimiter next;
    const char *stop = find_delimiter(of, *at, &next) ? next.begin : of->end;
    message_walk headers = {*at, before_line_end(*at, stop), false};
    *at = stop;
    describe(&headers, &about);
    if (!headers.complete || about.encoded)
        return SIPCAUSE_OK;
    sipcause_slice body = {headers.at, (size_t)(headers.end - headers.at)};
    if (is_media(about.parts.content_type, "application", "isup"))
        return keep_rel(release, body, so_far);
    if (open_multipart(of, about.parts.content_type))
        *at = body.text;
    return SIPCAUSE_OK;
}

static int read_parts(sipcause_release *release, multipart *of, const char *at, enum found *so_far)
{
    delimiter found;
    int result = SIPCAUSE_OK;
    while (result == SIPCAUSE_OK && of->depth && *so_far != FOUND_REL && find_delimiter(of, at, &found)) {
        at = found.behind;
        of->depth = found.level; /* a delimiter ends all that is inside its level */
        if (found.last)
            continue;
        of->depth++;
        result = read_part(release, of, &at, so_far);
    }
    return result;
}

/* ---- both roads -------------------------------------------------------------------------------------- */

int release_keep_body(sipcause_release *release, sipcause_slice type, sipcause_slice body)
{
    enum found so_far = FOUND_NONE;
    if (body.length == 0)
        return SIPCAUSE_OK;
    if (is_media(type, "application", "isup"))
        return keep_rel(release, body, &so_far);
    multipart of = {.end = body.text + body.length};
    return open_multipart(&of, type) ? read_parts(release, &of, body.text, &so_far) : SIPCAUSE_OK;
}

int release_keep_body_of(sipcause_release *release, const char *bytes, size_t length)
{
    description about = {.encoded = false};
    message_walk headers;
    message_start(bytes, length, &headers, &about.parts);
    describe(&headers, &about);
    if (!headers.complete || about.encoded)
        return SIPCAUSE_OK;
    sipcause_slice body = {headers.at, (size_t)(headers.end - headers.at)};
    if (about.parts.has_content_length && about.parts.content_length < body.length)
        body.length = (size_t)about.parts.content_length;
    return release_keep_body(release, about.parts.content_type, body);
}
