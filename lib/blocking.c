/*
 * blocking.c - what a block says: the contacts of a 603+, what is almost one, the jCard of a 608, and who blocked.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decide.h"
#include "notice.h"

#include <string.h>

static const char *keep_part(char **at, sipcause_slice part)
{
    if (!part.text || part.length == 0)
        return NULL;
    char *kept = *at;
    memcpy(kept, part.text, part.length);
    kept[part.length] = 0;
    *at += part.length + 1;
    return kept;
}

/* Room for what the verdict tells of a 603+ or of a 608; false: memory is short. */
static bool room_for(sipcause_release *release, size_t bytes)
{
    bool room = memory_reserve((void **)&release->notice, &release->notice_capacity, (uint32_t)bytes, 1);
    release->memory_short = release->memory_short || !room;
    return room;
}

static void fill_notice(sipcause_release *release, const evidence *found, sipcause_verdict *verdict)
{
    notice_parts parts;
    size_t length = found->notice_text.length;
    if (!room_for(release, 2 * length + 8))
        return;
    size_t plain = reason_unescape(found->notice_text.text, length, release->notice, length + 1);
    notice_parse(release->notice, plain, &parts);
    char *at = release->notice + length + 1;
    verdict->has_notice = 1;
    verdict->notice_location = found->notice_location;
    verdict->notice_url = keep_part(&at, parts.values[NOTICE_URL]);
    verdict->notice_tel = keep_part(&at, parts.values[NOTICE_TEL]);
    verdict->notice_email = keep_part(&at, parts.values[NOTICE_EMAIL]);
    verdict->notice_id = keep_part(&at, parts.values[NOTICE_ID]);
    notice_note_faults(release, release->notice, plain, found->notice_location);
    if (!parts.contact) {
        static const char sentence[] = "the 603+ answer carries no usable url, tel or email for redress";
        finding_add(release, SIPCAUSE_RULE_NOTICE_CONTACT, sentence, sizeof sentence - 1);
    }
}

static void fill_card(sipcause_release *release, const evidence *found, sipcause_verdict *verdict)
{
    static const char *const sentences[] = {
        [CARD_ABSENT] = "the 608 answer has no Call-Info: nobody is named to ask for redress (RFC 8688)",
        [CARD_OTHER] = "no Call-Info of the 608 answer has purpose=jwscard, which RFC 8688 asks for",
        [CARD_UNUSABLE] = "the Call-Info of the 608 answer with purpose=jwscard has no URI between < and >"};
    if (found->card_state != CARD_FOUND) {
        const char *sentence = sentences[found->card_state];
        finding_add(release, SIPCAUSE_RULE_JWSCARD_MISSING, sentence, strlen(sentence));
    } else if (room_for(release, found->card.length + 1)) {
        char *at = release->notice;
        verdict->jwscard = keep_part(&at, found->card);
    }
}

/* What stands where the text of a 603+ should. */
static void write_text_miss(writer *out, const evidence *found)
{
    uint8_t pieces = found->notice_pieces;
    if (pieces & PIECE_OTHER) {
        const char *text = found->notice_text.text, *stop = memchr(text, ';', found->notice_text.length);
        write_text(out, " the text begins with \"");
        write_quoted(out, text, stop ? (size_t)(stop - text) : found->notice_text.length);
        write_text(out, "\", not with v=analytics1;");
        return;
    }
    write_text(out, found->reason_ignored    ? " the table passes over the Reason of this status;"
                    : pieces & PIECE_NAKED   ? " the text that begins with v=analytics is not in quotes;"
                    : pieces & PIECE_BARE    ? " no attribute follows v=analytics1;"
                    : pieces & PIECE_OUTSIDE ? " v=analytics1 stands outside the text;"
                    : pieces & PIECE_STRAY
                        ? " v=analytics1 stands beside another code than SIP;cause=603 and Q.850;cause=21;"
                        : " no Reason text begins with v=analytics1;");
}

/* The finding for what is almost a 603+. */
static void note_near_miss(sipcause_release *release, const evidence *found)
{
    uint8_t pieces = found->notice_pieces;
    char sentence[400];
    writer out = {sentence, sizeof sentence, 0};
    write_text(&out, "almost a 603+ answer:");
    if (!(pieces & PIECE_STATUS)) {
        write_text(&out, " the status is ");
        write_number(&out, found->message->status);
        write_text(&out, ", not 603;");
    }
    if (!(pieces & PIECE_PHRASE))
        write_text(&out, " the phrase is not \"Network Blocked\";");
    if (!(pieces & PIECE_TEXT))
        write_text_miss(&out, found);
    write_text(&out, " it is not taken for one");
    finding_add(release, SIPCAUSE_RULE_NEAR_603PLUS, sentence, write_end(&out));
}

void blocking_fill(sipcause_release *release, const evidence *found, sipcause_verdict *verdict)
{
    uint32_t status = found->message->status;
    uint8_t pieces = found->notice_pieces;
    if (status == 608)
        fill_card(release, found, verdict);
    if (pieces == 0 || pieces == PIECE_STATUS || pieces == PIECE_PHRASE)
        return; /* one of the two alone is nothing much */
    if (found->now.notice)
        fill_notice(release, found, verdict);
    else if (status)
        note_near_miss(release, found);
}

/* FreeSWITCH's own numbers for what a 607 and a 603 say; there are two of each, an old and a present one. */
static uint16_t freeswitch_block(sipcause_code code)
{
    const char *name = sipcause_code_name(code);
    if (!name)
        return SIPCAUSE_BLOCK_NONE;
    if (strcmp(name, "UNWANTED") == 0)
        return SIPCAUSE_BLOCK_USER;
    return strcmp(name, "DECLINE") == 0 || strcmp(name, "REJECT_ALL") == 0 ? SIPCAUSE_BLOCK_AMBIGUOUS
                                                                           : SIPCAUSE_BLOCK_NONE;
}

uint16_t blocking_of(const candidate *decided, const sipcause_entry *entry, bool notice)
{
    sipcause_code code = decided->code;
    if (entry->outcome == SIPCAUSE_OUTCOME_BLOCKED)
        return entry->party == SIPCAUSE_PARTY_CALLEE ? SIPCAUSE_BLOCK_USER : SIPCAUSE_BLOCK_NETWORK;
    if (code.space == SIPCAUSE_SPACE_FREESWITCH)
        return freeswitch_block(code);
    if (code.value == 607 && code.space == SIPCAUSE_SPACE_SIP)
        return SIPCAUSE_BLOCK_USER;
    if ((code.value == 603 && code.space == SIPCAUSE_SPACE_SIP && !notice) ||
        (code.value == 21 && code.space == SIPCAUSE_SPACE_Q850))
        return SIPCAUSE_BLOCK_AMBIGUOUS;
    return SIPCAUSE_BLOCK_NONE;
}
