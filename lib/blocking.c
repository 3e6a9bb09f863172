/*
 * blocking.c - what a block says: the contacts of a 603+, what is almost one, and who blocked.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decide.h"

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

void blocking_fill_notice(sipcause_release *release, const evidence *found, sipcause_verdict *verdict)
{
    notice_parts parts;
    size_t length = found->notice_text.length;
    if (!memory_reserve((void **)&release->notice, &release->notice_capacity, (uint32_t)(2 * length + 8), 1)) {
        release->memory_short = true;
        return;
    }
    size_t plain = reason_unescape(found->notice_text.text, length, release->notice, length + 1);
    notice_parse(release->notice, plain, &parts);
    char *at = release->notice + length + 1;
    verdict->has_notice = 1;
    verdict->notice_location = found->notice_location;
    verdict->notice_url = keep_part(&at, parts.url);
    verdict->notice_tel = keep_part(&at, parts.tel);
    verdict->notice_email = keep_part(&at, parts.email);
    verdict->notice_id = keep_part(&at, parts.id);
    if (!parts.contact) {
        static const char sentence[] = "the 603+ answer carries no usable url, tel or email for redress";
        finding_add(release, SIPCAUSE_RULE_NOTICE_CONTACT, sentence, sizeof sentence - 1);
    }
}

void blocking_note_near_miss(sipcause_release *release, const evidence *found)
{
    uint8_t pieces = found->notice_pieces;
    bool near =
        (pieces & (PIECE_TEXT | PIECE_OUTSIDE | PIECE_BARE)) || (pieces & PIECES_ALL) == (PIECE_STATUS | PIECE_PHRASE);
    if (!near || found->now.notice || found->message->status == 0)
        return;
    char sentence[320];
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
        write_text(&out, found->reason_ignored    ? " the table passes over the Reason of this status;"
                         : pieces & PIECE_BARE    ? " no attribute follows v=analytics1;"
                         : pieces & PIECE_OUTSIDE ? " v=analytics1 stands outside the text;"
                                                  : " no Reason text begins with v=analytics1;");
    write_text(&out, " it is not taken for one");
    finding_add(release, SIPCAUSE_RULE_NEAR_603PLUS, sentence, write_end(&out));
}

uint16_t blocking_of(const candidate *decided, const sipcause_entry *entry, bool notice)
{
    sipcause_code code = decided->code;
    if (entry->outcome == SIPCAUSE_OUTCOME_BLOCKED)
        return entry->party == SIPCAUSE_PARTY_CALLEE ? SIPCAUSE_BLOCK_USER : SIPCAUSE_BLOCK_NETWORK;
    if (code.space == SIPCAUSE_SPACE_SIP && code.value == 607)
        return SIPCAUSE_BLOCK_USER;
    if ((code.space == SIPCAUSE_SPACE_SIP && code.value == 603 && !notice) ||
        (code.space == SIPCAUSE_SPACE_Q850 && code.value == 21))
        return SIPCAUSE_BLOCK_AMBIGUOUS;
    return SIPCAUSE_BLOCK_NONE;
}
