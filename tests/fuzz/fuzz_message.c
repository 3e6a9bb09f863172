/*
 * fuzz_message.c - any bytes as the SIP messages of one call, and through to the verdict.
 *
 * Every message is parsed and walked over; the call is told message by message and decided. Then it is told again as
 * somebody would who has parsed already: what sipcause_message_parse and sipcause_message_header read goes to
 * sipcause_release_request, _response, _header and _body. The verdict must be the same but for what those cannot be told,
 * which comparable() lists.
 *
 * SPDX-License-Identifier: MIT
 */
#include "verdict.h"

/* ---- one message ------------------------------------------------------------------------------------------- */

static bool is_text(sipcause_slice slice, const char *text)
{
    return slice.length == strlen(text) && memcmp(slice.text, text, slice.length) == 0;
}

static void read_parts(digest *of, const sipcause_message *message)
{
    const sipcause_slice slices[] = {message->method,   message->phrase, message->call_id, message->cseq_method,
                                     message->from_tag, message->to_tag, message->branch,  message->content_type};
    for (size_t i = 0; i < sizeof slices / sizeof *slices; i++)
        digest_slice(of, slices[i]);
    const uint64_t numbers[] = {message->status,        message->cseq,     message->content_length,
                                message->header_length, message->complete, message->has_content_length};
    digest_bytes(of, numbers, sizeof numbers);
}

static void check_parts(const sipcause_message *message, sipcause_slice whole)
{
    const sipcause_slice slices[] = {message->method,   message->phrase, message->call_id, message->cseq_method,
                                     message->from_tag, message->to_tag, message->branch,  message->content_type};
    PROMISE(message->header_length <= whole.length);
    for (size_t i = 0; i < sizeof slices / sizeof *slices; i++)
        PROMISE(slice_within(slices[i], whole.text, message->header_length));
    PROMISE((message->status == 0) == (message->method.length > 0));
    PROMISE(message->status == 0 || (message->status >= 100 && message->status <= 999));
    PROMISE(message->status == 0 || message->method.length == 0);
    PROMISE(message->cseq <= INT32_MAX);
    PROMISE(message->has_content_length || message->content_length == 0);
    PROMISE(message->complete <= 1 && message->has_content_length <= 1);
    PROMISE(message->complete ? whole.text[message->header_length - 1] == '\n'
                              : message->header_length == whole.length);
}

/* Returns how many headers there are. */
static size_t check_headers(const sipcause_message *message, sipcause_slice whole)
{
    size_t position = 0, before = 0, count = 0;
    sipcause_slice name, value;
    while (sipcause_message_header(whole.text, whole.length, &position, &name, &value)) {
        PROMISE(position > before && position <= whole.length);
        PROMISE(name.length && slice_within(name, whole.text, whole.length));
        PROMISE(slice_within(value, whole.text, whole.length) && value.text > name.text);
        PROMISE(name.text == whole.text || name.text[-1] == '\n');
        PROMISE(!memchr(name.text, ':', name.length) && !wire_blank(name.text[name.length - 1]));
        PROMISE(value.length == 0 || (!wire_blank(value.text[0]) && !wire_blank(value.text[value.length - 1])));
        if (message)
            PROMISE(value.text + value.length <= whole.text + message->header_length);
        before = position;
        count++;
    }
    PROMISE(position == whole.length || whole.length == 0 || count == 0);
    PROMISE(!sipcause_message_header(whole.text, whole.length, &position, &name, &value));
    return count;
}

/* What it says does not depend on its body. */
static void check_message(digest *of, sipcause_slice whole)
{
    sipcause_message message, without_body;
    digest with = DIGEST_EMPTY, without = DIGEST_EMPTY;
    bool is_sip = sipcause_message_parse(whole.text, whole.length, &message);
    size_t count = check_headers(is_sip ? &message : NULL, whole);
    digest_number(of, is_sip);
    digest_number(of, count);
    if (!is_sip)
        return;
    check_parts(&message, whole);
    sipcause_slice head = exact_copy(whole.text, message.header_length);
    PROMISE(sipcause_message_parse(head.text, head.length, &without_body));
    PROMISE(check_headers(&without_body, head) == count);
    read_parts(&with, &message);
    read_parts(&without, &without_body);
    PROMISE(with.sum == without.sum);
    digest_number(of, with.sum);
    free((char *)(uintptr_t)head.text);
}

/* ---- told as parsed parts --------------------------------------------------------------------------------------- */

/* Who calls: what a stack knows of its dialog. */
typedef struct caller {
    bool known;
    sipcause_slice tag;
} caller;

static bool same_tag(sipcause_slice a, sipcause_slice b)
{
    enum { COMPARED = 64 }; /* a release keeps so much of the caller's */
    size_t length = a.length < COMPARED ? a.length : COMPARED;
    return a.length == b.length && (length == 0 || memcmp(a.text, b.text, length) == 0);
}

static bool is_initial(const sipcause_message *message)
{
    return is_text(message->method, "INVITE") && message->to_tag.length == 0;
}

/* Whether the calls below can tell a message as it is. They know no From tag:
 *  - an INVITE that begins a dialog is always the caller's, while sipcause_release_message sees the far side of a B2BUA
 *    by its other tag;
 *  - a response with another From tag than the caller's answers a re-INVITE of the callee;
 *  - a response without CSeq is one to INVITE, while a whole message is then malformed evidence. That is also a message
 *    that was cut in its last line. */
static bool comparable(const sipcause_message *message, sipcause_slice whole, caller *who)
{
    bool cut = !message->complete && whole.text[whole.length - 1] != '\n';
    bool of_caller = same_tag(message->from_tag, who->tag);
    if (cut || (message->status && message->cseq_method.length == 0))
        return false;
    if (who->known && !of_caller && who->tag.length && (message->status || is_initial(message)))
        return false;
    if (who->known && !of_caller && is_initial(message))
        return false;
    if (!who->known && is_initial(message)) {
        who->known = true;
        who->tag = message->from_tag;
    }
    return true;
}

static void tell_parts(sipcause_release *release, const sipcause_message *message, const caller *who)
{
    bool knows = who->known && who->tag.length;
    uint32_t side = !knows                                  ? SIPCAUSE_SIDE_UNKNOWN
                    : same_tag(message->from_tag, who->tag) ? SIPCAUSE_SIDE_CALLER
                                                            : SIPCAUSE_SIDE_CALLEE;
    int result;
    if (message->status)
        result = sipcause_release_response(release, message->status, message->phrase.text, message->phrase.length,
                                           message->cseq_method.text, message->cseq_method.length, message->to_tag.text,
                                           message->to_tag.length, message->cseq);
    else
        result = sipcause_release_request(release, message->method.text, message->method.length, side,
                                          message->to_tag.text, message->to_tag.length, message->cseq);
    PROMISE(result == SIPCAUSE_OK);
}

static void tell_headers(sipcause_release *release, sipcause_slice whole)
{
    size_t position = 0;
    sipcause_slice name, value;
    while (sipcause_message_header(whole.text, whole.length, &position, &name, &value))
        PROMISE(sipcause_release_header(release, name.text, name.length, value.text, value.length) == SIPCAUSE_OK);
}

/* Whether a header says that the body's bytes are not what they stand for: the calls below cannot be told so. */
static bool is_encoded(sipcause_slice whole)
{
    size_t position = 0;
    sipcause_slice name, value;
    while (sipcause_message_header(whole.text, whole.length, &position, &name, &value))
        if (name.length == 1 || (name.length >= 16 && name.text[name.length - 1] == 'g'))
            if (*name.text == 'e' || *name.text == 'E' || name.length > 1)
                return true;
    return false;
}

static void tell_body(sipcause_release *release, const sipcause_message *message, sipcause_slice whole)
{
    size_t length = whole.length - (size_t)message->header_length;
    if (message->has_content_length && message->content_length < length)
        length = (size_t)message->content_length;
    PROMISE(sipcause_release_body(release, message->content_type.text, message->content_type.length,
                                  whole.text + message->header_length, length) == SIPCAUSE_OK);
}

/* False: this call cannot be told so. */
static bool tell_all_parts(sipcause_release *release, const pieces *messages)
{
    caller who = {false, {NULL, 0}};
    for (size_t i = 0; i < messages->count; i++) {
        sipcause_message message;
        sipcause_slice whole = messages->piece[i];
        if (!sipcause_message_parse(whole.text, whole.length, &message))
            continue; /* no SIP message: not told at all */
        if (!comparable(&message, whole, &who) || is_encoded(whole))
            return false;
        tell_parts(release, &message, &who);
        tell_headers(release, whole);
        tell_body(release, &message, whole);
    }
    return true;
}

/* ---- decided -------------------------------------------------------------------------------------------------------- */

static void tell_all_whole(sipcause_release *release, const pieces *messages)
{
    for (size_t i = 0; i < messages->count; i++) {
        sipcause_message message;
        sipcause_slice whole = messages->piece[i];
        bool is_sip = sipcause_message_parse(whole.text, whole.length, &message);
        PROMISE(sipcause_release_message(release, whole.text, whole.length) ==
                (is_sip ? SIPCAUSE_OK : SIPCAUSE_ERROR_VALUE));
    }
}

static void decide(const sipcause_table *table, const pieces *messages)
{
    sipcause_release *release = sipcause_release_new(table);
    digest first = DIGEST_EMPTY, again = DIGEST_EMPTY, parts = DIGEST_EMPTY;
    PROMISE(release);
    tell_all_whole(release, messages);
    digest_verdict(&first, table, release);
    digest_isup(&first, release);
    digest_survey(&first, release);
    digest_verdict(&again, table, release);
    digest_isup(&again, release);
    digest_survey(&again, release);
    PROMISE(first.sum == again.sum);
    sipcause_release_reset(release);
    if (tell_all_parts(release, messages)) {
        digest_verdict(&parts, table, release);
        digest_isup(&parts, release);
        digest_survey(&parts, release);
        PROMISE(first.sum == parts.sum);
    }
    sipcause_release_free(release);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    pieces messages = pieces_cut(bytes, length);
    digest first = DIGEST_EMPTY, second = DIGEST_EMPTY;
    for (size_t i = 0; i < messages.count; i++) {
        check_message(&first, messages.piece[i]);
        check_message(&second, messages.piece[i]);
    }
    PROMISE(first.sum == second.sum);
    decide(NULL, &messages);
    decide(rich_table(), &messages);
    pieces_free(&messages);
    return 0;
}
