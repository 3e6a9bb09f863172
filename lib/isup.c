/*
 * isup.c - ISUP cause indicators (ITU-T Q.763 clause 3.12):
 *
 *     octet 1   bit 8 extension (0: octet 1a follows), bits 7-6 coding standard, bits 4-1 location
 *     octet 1a  bit 8 extension (1), bits 7-1 recommendation
 *     octet 2   bit 8 extension (1), bits 7-1 cause value
 *     octet 3.. diagnostics
 *
 * and the REL that carries them, as application/isup has it: from the message type code on, without routing label
 * and circuit identification code (RFC 3204 section 3.1):
 *
 *     octet 1   message type, 0x0c
 *     octet 2   pointer to the cause indicators, counted from itself; they begin with their length
 *     octet 3   pointer to the optional part, which is not read
 *
 * So do Wireshark (packet-isup.c) and OpenSIPS (modules/sip_i/sip_i.c) read and write it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "internal.h"

#include <string.h>

enum {
    MESSAGE_REL = 0x0c,
    EXTENSION = 0x80,
    CODING_SHIFT = 5,
    TWO_BITS = 0x03,
    FOUR_BITS = 0x0f,
    SEVEN_BITS = 0x7f,
    DIAGNOSTIC = 32
};

int sipcause_isup_decode(const void *octets, size_t length, sipcause_isup *isup)
{
    const uint8_t *octet = octets;
    if ((!octets && length) || length == SIPCAUSE_TEXT || !isup)
        return SIPCAUSE_ERROR_MISUSE;
    if (length < 2)
        return SIPCAUSE_ERROR_VALUE;
    bool has_recommendation = !(octet[0] & EXTENSION);
    size_t cause_at = has_recommendation ? 2 : 1;
    /* Octet 1a is the last of its group: without its extension bit no cause value can be found. */
    if (has_recommendation && (length < 3 || !(octet[1] & EXTENSION)))
        return SIPCAUSE_ERROR_VALUE;
    size_t left = length - cause_at - 1;
    memset(isup, 0, sizeof *isup);
    isup->coding = (uint8_t)(octet[0] >> CODING_SHIFT & TWO_BITS);
    isup->location = octet[0] & FOUR_BITS;
    isup->has_recommendation = has_recommendation;
    isup->recommendation = has_recommendation ? octet[1] & SEVEN_BITS : 0;
    /* The extension bit of octet 2 is not asked for: gateways leave it out, and nothing else can follow. */
    isup->cause = octet[cause_at] & SEVEN_BITS;
    isup->diagnostic_length = (uint8_t)(left < DIAGNOSTIC ? left : DIAGNOSTIC);
    memcpy(isup->diagnostic, octet + cause_at + 1, isup->diagnostic_length);
    return SIPCAUSE_OK;
}

int isup_of_release(const char *octets, size_t length, sipcause_slice *cause, sipcause_isup *isup)
{
    if (length == 0 || octets[0] != MESSAGE_REL)
        return SIPCAUSE_ERROR_MISSING;
    size_t pointer = length < 2 ? 0 : (uint8_t)octets[1];
    if (pointer == 0 || pointer >= length - 1)
        return SIPCAUSE_ERROR_VALUE;
    size_t left = length - pointer - 2, own = (uint8_t)octets[pointer + 1];
    if (own > left)
        return SIPCAUSE_ERROR_VALUE;
    cause->text = octets + pointer + 2;
    cause->length = own;
    return sipcause_isup_decode(cause->text, own, isup);
}

int sipcause_isup_message(const void *octets, size_t length, sipcause_isup *isup)
{
    sipcause_slice cause;
    if ((!octets && length) || length == SIPCAUSE_TEXT || !isup)
        return SIPCAUSE_ERROR_MISUSE;
    return isup_of_release(octets, length, &cause, isup);
}

int sipcause_isup_encode(const sipcause_isup *isup, void *octets, size_t size)
{
    if (!isup || (!octets && size))
        return SIPCAUSE_ERROR_MISUSE;
    if (isup->cause < 1 || isup->cause > SEVEN_BITS || isup->location > FOUR_BITS || isup->coding > TWO_BITS ||
        isup->recommendation > SEVEN_BITS || isup->diagnostic_length > DIAGNOSTIC)
        return SIPCAUSE_ERROR_RANGE;
    size_t needed = 2u + (isup->has_recommendation ? 1u : 0u) + isup->diagnostic_length;
    if (size < needed)
        return SIPCAUSE_ERROR_SPACE;
    uint8_t *octet = octets;
    *octet++ = (uint8_t)((isup->has_recommendation ? 0 : EXTENSION) | isup->coding << CODING_SHIFT | isup->location);
    if (isup->has_recommendation)
        *octet++ = EXTENSION | isup->recommendation;
    *octet++ = EXTENSION | isup->cause;
    memcpy(octet, isup->diagnostic, isup->diagnostic_length);
    return (int)needed;
}
