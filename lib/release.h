/*
 * release.h - the evidence of one call; shared by release.c, release_open.c, release_message.c and body.c (which keep
 * it), evidence.c and call_info.c (which read it), and decide.c, candidate.c, conflict.c, blocking.c, notice_findings.c,
 * explain*.c and interwork.c (which use it).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_RELEASE_H
#define SIPCAUSE_RELEASE_H

#include "internal.h"

/* A place in the release's arena; 0: none. The arena may move when it grows, so nothing in it is held
 * by pointer while evidence is added. */
typedef uint32_t arena_at;

enum { ARENA_MOST = 64 * 1024, FINDINGS_MOST = 64, NOT_ASKED = 63 };

/* A header, or the octets of a REL, of a kept message; its bytes follow it in the arena. */
typedef struct kept_line {
    arena_at next;
    uint32_t length;
    uint8_t known;        /* enum known_header; LINE_ISUP */
    uint8_t cause_header; /* the first of the table's cause headers with this name; NO_CAUSE_HEADER */
    uint8_t reserved[2];
} kept_line;
#define LINE_ISUP       100
#define NO_CAUSE_HEADER 255

/* A message that can be evidence: a CANCEL, a BYE, a response to the INVITE, a REL. */
typedef struct kept_message {
    arena_at next;
    arena_at first_line, last_line;
    arena_at phrase, to_tag;
    uint32_t phrase_length, to_tag_length;
    uint16_t status; /* 0: no response */
    uint8_t method;  /* enum method; METHOD_ANY: a REL on the ISUP side */
    uint8_t side;    /* enum sipcause_side, of a BYE */
} kept_message;

/* A code that stands in the evidence. */
typedef struct found_code {
    uint32_t value;
    uint8_t location;
    uint8_t source; /* enum sipcause_source */
} found_code;

/* What conditions ask of a Reason value. */
typedef struct told_reason {
    sipcause_slice text; /* text NULL: none */
    sipcause_code code;  /* space none: none, or of no registered protocol */
} told_reason;

static inline told_reason told_by(const sipcause_reason *value)
{
    told_reason told = {value->text, {value->has_cause ? value->space : SIPCAUSE_SPACE_NONE, 0, value->cause}};
    return told;
}

/* Of more Reason values, which no honest message has, conditions read the headers again. */
enum { REASONS_KEPT = 8 };

/* All that one kept message says. */
typedef struct evidence {
    const kept_message *message;
    uint64_t spaces; /* those of by_space: bit 1 << space */
    situation now;
    const kept_line *isup_line;   /* where isup was read; NULL: it was not */
    sipcause_code other_protocol; /* the first cause of a Reason value of another registered protocol than Q.850, of
                                     its space or not; space none: there is none */
    uint32_t flags;               /* enum sipcause_flag, of the bytes */
    uint32_t retry_after;
    uint32_t reason_count; /* Reason values, unless they are not to be trusted */
    bool has_retry_after;
    bool has_cause_header; /* a line with a cause header of the table */
    bool has_warning;
    bool has_text;       /* one of those values has a text */
    bool has_isup;       /* isup was readable, whatever its coding */
    bool reason_ignored; /* the table says that the Reason of such an answer is not to be trusted */
    uint8_t notice_location;
    uint8_t notice_pieces; /* enum notice_piece */
    uint8_t card_state;    /* enum card_state */
    /* The rest is set only where something above says so: it is most of the evidence's bytes, and seldom there. */
    sipcause_isup isup;
    sipcause_slice notice_text; /* PIECE_TEXT, PIECE_OTHER: of the 603+ Reason, or of what is nearly one; escapes not
                                   undone */
    sipcause_slice card;        /* CARD_FOUND: the URI of a 608's jCard */
    told_reason reasons[REASONS_KEPT]; /* the first of reason_count */
    found_code by_space[SPACES_MOST];  /* of Reason values and the REL, the first usable of each space */
} evidence;

/* The code of a space; NULL: there is none. */
static inline const found_code *evidence_code(const evidence *found, uint32_t space)
{
    return space < SPACES_MOST && (found->spaces >> space & 1) ? &found->by_space[space] : NULL;
}

/* What of a 603+ is there. */
enum notice_piece {
    PIECE_STATUS = 1,  /* the status is 603 */
    PIECE_PHRASE = 2,  /* the phrase is Network Blocked */
    PIECE_TEXT = 4,    /* a Reason of the right code has a text that begins v=analytics1; and goes on */
    PIECE_OUTSIDE = 8, /* v=analytics1 stands in a parameter instead */
    PIECE_BARE = 16,   /* the text begins so, and no attribute follows */
    PIECE_OTHER = 32,  /* the text begins with another version, or with blanks in it */
    PIECE_NAKED = 64,  /* the text begins nearly so, and is not in quotes */
    PIECE_STRAY = 128  /* a text that begins so, beside another code */
};
#define PIECES_ALL (PIECE_STATUS | PIECE_PHRASE | PIECE_TEXT)

/* How near the Call-Info of a 608 comes to what RFC 8688 asks for. */
enum card_state {
    CARD_ABSENT,   /* there is no Call-Info */
    CARD_OTHER,    /* none has purpose=jwscard */
    CARD_UNUSABLE, /* one has, and no URI */
    CARD_FOUND
};

/* A finding; its sentence may move until the decision is done. */
typedef struct noted {
    sipcause_finding finding;
    uint32_t sentence_at;
} noted;

struct sipcause_release {
    const sipcause_table *table;
    uint32_t letters;              /* first letters of the headers that matter, as message_letter gives them */
    uint32_t cause_letters;        /* of the table's cause headers alone */
    uint64_t cause_spaces;         /* the spaces that these carry codes of: bit 1 << space */
    uint8_t asked_at[SPACES_MOST]; /* where each space stands among the table's asked; NOT_ASKED */
    char *arena;
    uint32_t arena_used, arena_capacity;
    arena_at first_message, last_message;
    arena_at open; /* the kept message that headers go to */
    bool any_open; /* a message is open, kept or not */
    bool truncated;
    bool has_invite; /* an INVITE was seen */
    bool replied;    /* any response at all was seen */
    bool answered, alerted, progressed;
    bool malformed;         /* a status outside 100-699, a response without CSeq, or a line that was cut */
    uint8_t local;          /* enum sipcause_local; 0: none */
    bool local_first;       /* it was told before any CANCEL: that one, and its 487, are its consequence */
    uint16_t media_status;  /* a re-INVITE was refused with it: 415, 488, 606 */
    uint32_t invite_cseq;   /* 0: not known */
    uint32_t reinvite_cseq; /* of the last in-dialog INVITE; 0: none was seen */
    char caller_tag[64];    /* of the INVITE's From; a longer one is compared by its beginning and length */
    size_t caller_tag_length;
    /* the last decision */
    sipcause_verdict verdict;
    char carrier_text[64];
    char *notice; /* unescaped contacts of a 603+, or the URI of a 608's jCard */
    uint32_t notice_capacity;
    struct noted *findings; /* few calls have any */
    uint32_t finding_count, finding_capacity;
    char *sentences;
    uint32_t sentences_used, sentences_capacity;
    bool memory_short;
    bool findings_cut;               /* there were more than are kept */
    const sipcause_report *report;   /* its severities go before those of the table; NULL: none */
    uint32_t attempts;               /* initial INVITEs that made what came before them history */
    bool explaining;                 /* the steps of the decision are kept */
    struct explanation *explanation; /* NULL: nobody has asked yet */
};
typedef struct explanation explanation;

static inline kept_message *message_at(const sipcause_release *release, arena_at at)
{
    return at ? (kept_message *)(void *)(release->arena + at) : NULL;
}

static inline kept_line *line_at(const sipcause_release *release, arena_at at)
{
    return at ? (kept_line *)(void *)(release->arena + at) : NULL;
}

static inline const char *line_bytes(const kept_line *line)
{
    return (const char *)(line + 1);
}

/* Whether a line is a Reason header that the table does not trust, whatever parameter of it is a cause header. */
static inline bool line_ignored(const evidence *found, const kept_line *line)
{
    return found->reason_ignored && line->known == HEADER_REASON;
}

/* What is known of a message when it is opened. */
typedef struct opening {
    uint8_t method; /* enum method */
    uint16_t status;
    uint8_t side;
    sipcause_slice phrase, to_tag;
} opening;

/* Keeps a message, and opens it for its lines. */
int release_keep_message(sipcause_release *release, const opening *opened);
/* Whether a known header of an open message is kept: what tells of the call's end, and of a 608 where its jCard is. */
static inline bool release_keeps(enum known_header known, uint32_t status)
{
    return known == HEADER_REASON || known == HEADER_RETRY_AFTER || known == HEADER_WARNING ||
           (known == HEADER_CALL_INFO && status == 608);
}

/* Forgets the evidence; who calls stays known. */
void release_forget(sipcause_release *release);
/* Whether a message of that method is kept; a BYE that carries nothing does not stand in the way of another, which
 * may be the same one sent again with credentials. */
bool release_kept_already(const sipcause_release *release, uint8_t method);

/* What release.c and release_open.c lend to release_message.c: a message that is passed over, one that may be kept, and
 * one of its lines; drop_last takes the message kept last back. */
void release_open_nothing(sipcause_release *release);
bool release_begins_attempt(const sipcause_release *release, uint32_t cseq, bool same_caller);
int release_open_request(sipcause_release *release, sipcause_slice method, uint8_t side, sipcause_slice to_tag,
                         uint32_t cseq, bool same_caller);
int release_open_response(sipcause_release *release, uint32_t status, sipcause_slice phrase, sipcause_slice to_tag,
                          bool in_dialog);
/* Whether a response with that CSeq answers an in-dialog INVITE. */
bool release_of_dialog(const sipcause_release *release, uint32_t cseq);
/* Whether a response to the caller's INVITE of that CSeq is of an earlier attempt; one of a later attempt
 * begins it. */
bool release_follow_cseq(sipcause_release *release, uint32_t cseq);
int release_keep_line(sipcause_release *release, uint8_t known, uint8_t cause_header, const void *bytes, size_t length);
void release_drop_last(sipcause_release *release);

/* Whether a body of the open message may hold the REL of the call. */
bool release_body_counts(const sipcause_release *release);
/* body.c: keeps the REL of a body, where it holds one; of the body of a whole message. */
int release_keep_body(sipcause_release *release, sipcause_slice type, sipcause_slice body);
int release_keep_body_of(sipcause_release *release, const char *bytes, size_t length);

/* The message that decides (step 0), and how the call stands. NULL: none. */
typedef struct final_message {
    const kept_message *message;  /* what carries the deciding evidence */
    const kept_message *response; /* the final response, also when a CANCEL decides */
    bool answered;
    bool cancelled;
} final_message;
final_message release_final(const sipcause_release *release);

/* Reads all that a kept message says. findings_of: the release to note findings in; NULL: nowhere. */
void evidence_read(const sipcause_release *release, const kept_message *message, const final_message *final,
                   evidence *found, sipcause_release *findings_of);

/* The same without findings, and also a Reason that the table does not trust. */
void evidence_read_untrusted(const sipcause_release *release, const kept_message *message, const final_message *final,
                             evidence *found);

/* explain.c: the steps of the last explanation go; all of it goes. */
void explain_forget(sipcause_release *release);
void explain_free(sipcause_release *release);

/* Reads a Retry-After line; the first that can be read counts. */
void evidence_retry_after(const kept_line *line, evidence *found);
/* call_info.c: reads a Call-Info line of a 608. */
void call_info_read(sipcause_slice line, evidence *found);

/* notice_findings.c: notes what is wrong with the attributes and the location of a whole 603+; text has its escapes
 * undone. */
void notice_note_faults(sipcause_release *release, const char *text, size_t length, uint8_t location);

/* Notes a finding; release NULL: nowhere. */
void finding_add(sipcause_release *release, uint32_t rule, const char *sentence, size_t length);

#endif
