/*
 * notice_write.c - a redress contact checked, and the 603+ answer that carries it (ATIS-1000099).
 *
 * SPDX-License-Identifier: MIT
 */
#include "notice.h"

#include <string.h>

/* Bounds of ours: what is sent must fit into a Reason of 2048 bytes. */
enum { URL_MOST = 1024, EMAIL_MOST = 254 };

static int refuse(sipcause_error *error, enum notice_name name, const char *value, const char *fault)
{
    char shown[80];
    writer out = {shown, sizeof shown, 0};
    write_quoted(&out, value, strlen(value));
    write_end(&out);
    return error_set(error, SIPCAUSE_ERROR_NOTICE, 0, 0, "the %s \"%s\" %s", notice_word(name), shown, fault);
}

static int check_value(enum notice_name name, const char *value, size_t most, sipcause_error *error)
{
    if (!value)
        return SIPCAUSE_OK;
    const char *fault = notice_fault(name, value, strlen(value));
    if (!fault && strlen(value) > most)
        fault = name == NOTICE_URL ? "is longer than 1024 bytes" : "is longer than 254 bytes";
    return fault ? refuse(error, name, value, fault) : SIPCAUSE_OK;
}

int sipcause_notice_check(const sipcause_notice *notice, sipcause_error *error)
{
    error_clear(error);
    if (!notice)
        return error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no contact");
    if (!notice->url && !notice->tel && !notice->email)
        return error_set(error, SIPCAUSE_ERROR_NOTICE, 0, 0, "a 603+ answer needs at least one of url, tel and email");
    int result = check_value(NOTICE_URL, notice->url, URL_MOST, error);
    if (result == SIPCAUSE_OK)
        result = check_value(NOTICE_TEL, notice->tel, SIZE_MAX, error);
    if (result == SIPCAUSE_OK)
        result = check_value(NOTICE_EMAIL, notice->email, EMAIL_MOST, error);
    if (result == SIPCAUSE_OK)
        result = check_value(NOTICE_ID, notice->id, SIZE_MAX, error);
    bool none = notice->location == 0 || notice->location == SIPCAUSE_LOCATION_NONE;
    if (result == SIPCAUSE_OK && !none && !notice_location_named(notice->location))
        result =
            error_set(error, SIPCAUSE_ERROR_NOTICE, 0, 0, "the location of a 603+ answer is LN, TN, LPN, RLN or RPN");
    return result;
}

static void write_attribute(writer *out, enum notice_name name, const char *value)
{
    if (!value)
        return;
    write_text(out, ";");
    write_text(out, notice_word(name));
    write_text(out, "=");
    write_text(out, value);
}

const char *notice_answer(const sipcause_notice *notice, const char *cause, writer *out)
{
    write_text(out, cause);
    write_text(out, ";text=\"v=analytics1");
    write_attribute(out, NOTICE_URL, notice->url);
    write_attribute(out, NOTICE_TEL, notice->tel);
    write_attribute(out, NOTICE_EMAIL, notice->email);
    write_attribute(out, NOTICE_ID, notice->id);
    write_text(out, "\"");
    if (notice_location_named(notice->location)) {
        write_text(out, ";location=");
        write_text(out, sipcause_location_name(notice->location));
    }
    return "Network Blocked";
}

int sipcause_notice_response(const sipcause_notice *notice, char *buffer, size_t size, sipcause_response *response,
                             sipcause_error *error)
{
    if (response)
        memset(response, 0, sizeof *response);
    int result = sipcause_notice_check(notice, error);
    if (result == SIPCAUSE_OK && (!buffer || !response))
        result = error_set(error, SIPCAUSE_ERROR_MISUSE, 0, 0, "no room for the answer");
    if (result != SIPCAUSE_OK)
        return result;
    writer out = {buffer, size, 0};
    const char *phrase = notice_answer(notice, "SIP;cause=603", &out);
    if (write_end(&out) >= size)
        return error_set(error, SIPCAUSE_ERROR_SPACE, 0, 0,
                         "the buffer is too small for the Reason of the 603+ answer");
    response->status = 603;
    response->phrase = phrase;
    response->reason = buffer;
    return SIPCAUSE_OK;
}
