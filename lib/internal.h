/*
 * internal.h - what the files of the library share. Nothing here is exported. What only some of them share stands in
 * headers of its own; this one is long because tables and their rows are everybody's.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_INTERNAL_H
#define SIPCAUSE_INTERNAL_H

#include "sipcause.h"

#include <stdatomic.h>
#include <string.h>

/* Of a function beside the path of nearly every call: the registers that it needs are not saved on that path. */
#if defined(__GNUC__)
#define NOT_INLINED __attribute__((noinline))
#else
#define NOT_INLINED
#endif

/* ---- memory.c: the one door to the heap ------------------------------------------------------ */

/* Zeroed room for count items; NULL when memory is short or count * size overflows. */
void *memory_allocate(size_t count, size_t size);

/* Resizes; the old block stays valid when this returns NULL. New room is not zeroed. */
void *memory_resize(void *block, size_t count, size_t size);

void memory_free(void *block);

/* Makes sure that *array has room for needed items of size bytes, doubling its capacity. On failure
 * nothing has changed. */
bool memory_reserve(void **array, uint32_t *capacity, uint32_t needed, size_t size);

#ifdef SIPCAUSE_TEST_MEMORY
/* Test builds only: lets allocation number n (from 0) fail, and with `ever_after` all later ones;
 * negative: none. */
void memory_fail_at(long n, bool ever_after);
/* Whether an allocation has been refused since. */
bool memory_failed(void);
/* Blocks allocated and not yet freed. */
long memory_live(void);
/* Requests for memory since the program began, refused ones included. */
long memory_requests(void);
#endif

/* ---- text.c: ASCII without a locale ----------------------------------------------------------- */

/* The length that a (text, length) pair of the public interface means. */
static inline size_t text_length(const char *text, size_t length)
{
    if (!text)
        return 0;
    return length == SIPCAUSE_TEXT ? strlen(text) : length;
}

static inline char text_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static inline bool text_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether a character is in a set of ASCII characters, a bit each: at most 63, and above. */
static inline bool text_among(char c, uint64_t low, uint64_t high)
{
    unsigned char at = (unsigned char)c;
    return at < 128 && ((at < 64 ? low : high) >> (at & 63) & 1);
}

#define TEXT_DIGITS  (UINT64_C(0x3ff) << '0')
#define TEXT_LETTERS (UINT64_C(0x3ffffff) << ('A' - 64) | UINT64_C(0x3ffffff) << ('a' - 64))
#define TEXT_BIT(c)  (UINT64_C(1) << ((c)&63))

/* RFC 3261 section 25.1: token. */
static inline bool text_token_character(char c)
{
    return text_among(c,
                      TEXT_DIGITS | TEXT_BIT('-') | TEXT_BIT('.') | TEXT_BIT('!') | TEXT_BIT('%') | TEXT_BIT('*') |
                          TEXT_BIT('+') | TEXT_BIT('\''),
                      TEXT_LETTERS | TEXT_BIT('_') | TEXT_BIT('`') | TEXT_BIT('~'));
}

/* A carrier's own word: [A-Za-z0-9_.-]. */
static inline bool text_word_character(char c)
{
    return text_among(c, TEXT_DIGITS | TEXT_BIT('.') | TEXT_BIT('-'), TEXT_LETTERS | TEXT_BIT('_'));
}

/* What a carrier's code of up to 31 such characters is: digits alone are its number. */
enum word_kind { WORD_NONE, WORD_NUMBER, WORD_OWN };
enum word_kind text_word_kind(const char *text, size_t length);

bool text_same(const char *a, size_t a_length, const char *b, size_t b_length); /* ASCII case ignored */
bool text_same_name(const char *a, size_t a_length, const char *name);          /* the same, name NUL-terminated */
/* The same, where case matters; inline, as it is mostly asked of a literal. */
static inline bool text_same_exactly(const char *a, size_t a_length, const char *name)
{
    return a_length == strlen(name) && memcmp(a_length ? a : name, name, strlen(name)) == 0;
}

/* Digits alone, leading zeros allowed, at most 4294967295. */
bool text_number(const char *text, size_t length, uint32_t *number);

/* Decodes a character of UTF-8 (RFC 3629); at < end. Returns its width; 0: it is none. */
size_t text_decode(const unsigned char *at, const unsigned char *end, uint32_t *character);

/* Whether candidate is near enough to text to be what was meant; the smaller the better, 0: not near. */
unsigned text_nearness(const char *text, size_t length, const char *candidate);

/* Writes into a caller's buffer and counts on beyond its end, as snprintf does. */
typedef struct writer {
    char *buffer;
    size_t size;
    size_t length;
} writer;

void write_bytes(writer *out, const char *bytes, size_t length);
void write_text(writer *out, const char *text);
void write_number(writer *out, uint64_t number);
/* For a sentence: valid UTF-8 as it is, but controls and invisible characters as <U+00A0>. */
void write_shown(writer *out, const char *text, size_t length);
/* Wire bytes for a sentence: what is not printable ASCII becomes '?', more than 64 bytes are cut. */
void write_quoted(writer *out, const char *bytes, size_t length);
/* Ends the text with a NUL; returns its whole length. */
size_t write_end(writer *out);

/* ---- sort.c ----------------------------------------------------------------------------------- */

/* Sorts pointers; those of which neither goes before the other stay in their order. False: memory is short, and nothing
 * has changed. */
bool sort_stable(const void **items, uint32_t count, bool (*before)(const void *a, const void *b));

/* ---- error.c ---------------------------------------------------------------------------------- */

/* Fills in an error; NULL is accepted. Returns code, so that a caller can return it on. */
#if defined(__GNUC__)
__attribute__((cold, format(printf, 5, 6)))
#endif
int error_set(sipcause_error *error, int code, uint32_t line, uint32_t column, const char *format, ...);

/* What to write instead, in a set error. Returns code. */
int error_suggest(sipcause_error *error, int code, const char *suggestion);

/* The error of every allocation that failed. */
int error_memory(sipcause_error *error);

/* Names the source of an error, cut on the left. */
void error_source(sipcause_error *error, const char *source);

/* Puts the second place into a set error. */
void error_second(sipcause_error *error, uint32_t line, uint32_t column);

/* Clears an error at the start of a public call. */
void error_clear(sipcause_error *error);

/* ---- words.c, builtin.c ----------------------------------------------------------------------- */

typedef struct word {
    uint32_t number;
    const char *name;
} word;

/* The generated lists, ordered by number. */
extern const word words_outcome[], words_party[], words_route[], words_block[], words_source[], words_side[],
    words_local[], words_no_cause[], words_flag[], words_severity[], words_rule[], words_location[], words_method[],
    words_coding[], words_fate[], words_difference_kind[], words_space[], words_error[];
extern const size_t words_outcome_count, words_party_count, words_route_count, words_block_count, words_source_count,
    words_side_count, words_local_count, words_no_cause_count, words_flag_count, words_severity_count, words_rule_count,
    words_location_count, words_method_count, words_coding_count, words_fate_count, words_difference_kind_count,
    words_space_count, words_error_count;

enum { SPACES_MOST = 48 }; /* above every enum sipcause_space */

/* Reason protocols: the token as registered and its space. */
typedef struct protocol {
    const char *name;
    uint16_t space;
} protocol;
extern const protocol protocols[];
extern const size_t protocols_count;

/* Standard names of codes, ordered by space and value. */
typedef struct standard_name {
    uint16_t space;
    uint16_t value;
    const char *name; /* "User busy" */
    const char *key;  /* "user-busy"; NULL: the name is that of another number */
} standard_name;
extern const standard_name standard_names[];
extern const size_t standard_names_count;

extern const char *const location_meanings[16];
/* severity_of_rule[rule], 0 where there is none. */
enum { RULES_MOST = 96 };
extern const uint8_t rule_severities[RULES_MOST];

/* ---- table.c ---------------------------------------------------------------------------------- */

/*
 * sip, q850 and the fallback rows share one row of slots. A built-in table has the address of each slot's row, but for
 * the rare row that maps its code under conditions only: what it has there is an answer, and nothing is asked of it. An
 * overlay has a bit a slot that says whether it has a row of its own there, and so costs bytes a row and not an array:
 * as many bits as stand before that one, so many rows stand before its row.
 */
enum {
    SLOT_SIP = 0,        /* + status */
    SLOT_Q850 = 768,     /* + cause; three times a power of two is soon multiplied */
    SLOT_FALLBACK = 896, /* + enum fallback */
    SLOT_COUNT = 920,
    SLOT_BITS = 64,
    SLOT_WORDS = (SLOT_COUNT + SLOT_BITS - 1) / SLOT_BITS
};

/* Which of the standard names is that of a slot, from 1; 0: none. */
extern const uint16_t standard_slots[SLOT_FALLBACK];

/* Rows that are no code's: values of SPACE_FALLBACK. */
enum fallback {
    FALLBACK_CLASS = 0, /* + hundreds 3..6 */
    FALLBACK_DEFAULT = 7,
    FALLBACK_NO_CAUSE = 8, /* + enum sipcause_no_cause 1..4 */
    FALLBACK_LOCAL = 13,   /* + enum sipcause_local 1..5 */
    FALLBACK_COUNT = 24
};
#define SPACE_FALLBACK 255u

enum tri { ANY = 0, YES = 1, NO = 2 };
/* What carries the evidence; the first are those of enum sipcause_method. */
enum method {
    METHOD_ANY = 0,
    METHOD_RESPONSE = SIPCAUSE_METHOD_INVITE,
    METHOD_CANCEL = SIPCAUSE_METHOD_CANCEL,
    METHOD_BYE = SIPCAUSE_METHOD_BYE,
    METHOD_LOCAL = 4
};
#define METHODS_KNOWN (1u << METHOD_RESPONSE | 1u << METHOD_CANCEL | 1u << METHOD_BYE)

/* One of a list in a condition. */
enum part_kind { PART_PHRASE = 1, PART_TEXT = 2, PART_WARNING = 3, PART_CODE = 4 };
typedef struct condition_part {
    uint16_t kind;    /* enum part_kind */
    uint16_t space;   /* PART_CODE: the code's; of SIPCAUSE_SPACE_TOKEN text is the word */
    uint32_t value;   /* PART_CODE, PART_WARNING */
    const char *text; /* a pattern or a word; NULL: none */
} condition_part;

/* What must hold of the final message and its call; all zero: always true. Of the parts one of each list must be there;
 * the parts of a list stand together. */
typedef struct condition {
    const condition_part *parts;
    uint16_t part_count;
    uint16_t locations; /* bit 1 << location; 0: any */
    uint8_t methods;    /* bit 1 << method; 0: any */
    uint8_t codings;    /* bit 1 << coding; 0: any */
    uint8_t answered;   /* enum tri, as are the following */
    uint8_t alerted;    /* a 180 came */
    uint8_t progressed; /* a provisional response other than 100 came */
    uint8_t notice;     /* a whole 603+ */
    uint8_t diagnostic; /* the cause indicators carry diagnostics */
    uint8_t reserved[5];
} condition;

/* A row's `when` item. A hostile file must not make one row take memory without end. */
enum { REFINEMENTS_MOST = 4096 };
typedef struct refinement {
    sipcause_entry entry;
    condition when;
} refinement;

/* A row; entry.disposition is NULL when the code is mapped under conditions only. */
typedef struct row {
    sipcause_entry entry; /* its when_count says how many refinements there are */
    sipcause_code code;
    uint32_t refinement_first;
} row;

typedef struct disposition {
    const char *name;
    uint16_t outcome, party, route, reserved;
} disposition;

/* Where the file of a table says something; line 0: nowhere, or it is inherited. */
typedef struct said_at {
    uint32_t line, column;
} said_at;

/* Both directions of interworking, ordered by from; of one from, the first whose condition holds. */
enum interwork_flag {
    TO_NOTICE = 1, /* to SIP: the answer may be a 603+ when a redress contact is given */
    RULE_OWN = 2   /* the table's own and not inherited, said at a line or nowhere; it is not what is said */
};
typedef struct interwork_rule {
    uint16_t from;    /* to ISUP: a status, 3-6 for a class, enum sipcause_from; to SIP: a cause, 0: default */
    uint16_t to;      /* a cause or a status; 0: none is to be sent */
    uint8_t location; /* to ISUP: SIPCAUSE_LOCATION_NONE: that of the status' class */
    uint8_t flags;
    said_at said;
    condition when;
} interwork_rule;

typedef struct interwork_rules {
    const interwork_rule *to_isup;
    const interwork_rule *to_sip;
    uint32_t to_isup_count;
    uint32_t to_sip_count;
    uint8_t class_location[8]; /* by hundreds; 0: of BYE and CANCEL */
    said_at class_said[8];
    uint8_t class_own; /* bits 1 << hundreds: the table itself says it */
} interwork_rules;
/* No rule at all; the locations are those of "default". */
extern const interwork_rules interwork_none;

/* One slot of the hash for carrier codes, words and the sparse spaces. */
typedef struct hash_slot {
    uint32_t value; /* the code's value, or a word's hash */
    uint32_t row;   /* row number + 1 in the low 24 bits, the space in the next 7, then HASH_CONDITIONAL; 0: free */
} hash_slot;
/* In a frozen table: the row maps its code under conditions only. Who looks for an answer need not see the row. */
#define HASH_CONDITIONAL (UINT32_C(1) << 31)

struct sipcause_table {
    const sipcause_table *base; /* the built-in profile under an overlay; NULL: none. Never a heap table */
    const char *name;
    const char *file;
    const row *rows;           /* those with slots first, by these; then each space by value */
    const row *const *by_slot; /* a built-in table's, or those of the profile: rows that map their codes under any
                                  condition; NULL: there is no profile */
    const refinement *refinements;
    const hash_slot *slots;          /* NULL: none; a built-in table needs none, see slotted_count */
    const char *const *words;        /* of the token rows, in order */
    const disposition *dispositions; /* all of them, the base's first */
    const sipcause_cause_header *cause_headers;
    const uint16_t *precedence;       /* as written */
    const uint16_t *asked;            /* the same with the spaces that follow q850 */
    const interwork_rules *interwork; /* the built-in profile's, or own_interwork */
    const uint16_t *ignored;          /* statuses whose Reason is not to be trusted, ascending */
    const uint8_t *severities;        /* by rule: enum sipcause_severity + 1, 0: the rule's own; NULL: all are */
    int64_t effective;
    interwork_rules own_interwork;
    uint32_t row_count;
    uint32_t slotted_count; /* built-in tables: how many rows have slots; behind them the others stand in order */
    uint32_t refinement_count;
    uint32_t slot_mask;
    uint32_t seed; /* of the hash: who writes a mapping file must not know which codes share a slot */
    uint32_t token_first;
    uint32_t token_count;
    uint32_t disposition_count;
    uint16_t cause_header_count;
    uint16_t precedence_count;
    uint16_t asked_count;
    uint16_t ignored_count;
    uint8_t built_in;
    uint8_t replaces_no_cause;           /* the base's no-cause rows do not hold */
    uint16_t slotted_before[SLOT_WORDS]; /* how many bits are set in the words before */
    uint64_t slotted[SLOT_WORDS];        /* where an overlay has rows of its own */
    size_t bytes;
    atomic_uint references;
};

typedef struct profile {
    const char *name;
    const char *description;
    const sipcause_table *table;
} profile;
extern const profile profiles[];
extern const size_t profiles_count;

/* table, or the profile "default" for NULL. */
const sipcause_table *table_of(const sipcause_table *table);
/* The slot of a code of sip, q850 or SPACE_FALLBACK; SLOT_COUNT when it has none. Which of the first two spaces it is
 * is reckoned with: a branch would be foreseen wrongly for every other code of a mixture. */
static inline uint32_t table_slot(uint32_t space, uint32_t value)
{
    static const uint32_t values[] = {[SIPCAUSE_SPACE_SIP] = 700, [SIPCAUSE_SPACE_Q850] = 128};
    if (space <= SIPCAUSE_SPACE_Q850)
        return value < values[space] ? (space - SIPCAUSE_SPACE_SIP) * (SLOT_Q850 - SLOT_SIP) + value : SLOT_COUNT;
    return space == SPACE_FALLBACK && value < FALLBACK_COUNT ? SLOT_FALLBACK + value : SLOT_COUNT;
}

static inline uint32_t table_hash(uint32_t seed, uint32_t space, uint32_t value)
{
    uint32_t hash = (value ^ seed ^ (space << 27)) * 2654435761u; /* Knuth's multiplier: 2^32 / golden ratio */
    hash = (hash ^ (hash >> 15) ^ (seed >> 7)) * 2246822519u;
    return hash ^ (hash >> 13);
}

uint32_t table_hash_word(uint32_t seed, const char *text, size_t length);
/* The row of a code in the table or its base, conditional rows included; NULL. */
const row *table_row(const sipcause_table *table, sipcause_code code);
const row *table_word_row(const sipcause_table *table, const char *text, size_t length);
/* The same for a fallback row; NULL. */
const row *table_fallback_row(const sipcause_table *table, uint32_t fallback);
/* The refinements of a row: whose table owns the row. */
const refinement *table_refinements(const sipcause_table *table, const row *of);
/* The first of the cause headers with the name of this one: messages keep their lines under that. */
uint8_t table_same_header(const sipcause_table *table, uint8_t index);

/* ---- condition.c, glob.c, interwork.c, notice.c ----------------------------------------------------------------- */

/* What conditions are held against. */
struct evidence;
struct sipcause_release;
typedef struct situation {
    uint8_t method; /* enum method */
    bool answered, alerted, progressed, notice, diagnostic;
    uint8_t location;                /* SIPCAUSE_LOCATION_NONE: absent, matches no condition on location */
    uint8_t coding;                  /* CODING_NONE: absent */
    const sipcause_release *release; /* whose message it is; NULL: there is none */
    const struct evidence *found;    /* what the message says */
} situation;
#define CODING_NONE 255

bool condition_holds(const condition *when, const situation *now);
/* Whether it says nothing, and so always holds. */
bool condition_empty(const condition *when);
/* Whether two parts are of one list, of which one must hold. */
bool condition_same_list(const condition_part *a, const condition_part *b);
/* glob.c: whether a text is what an anchored pattern says: * any run of characters, ? one, ASCII case ignored. Linear
 * in the text. */
bool glob_matches(const char *pattern, const char *text, size_t length);
/* The same for a quoted text whose escapes and folds are not yet undone. */
bool glob_matches_quoted(const char *pattern, const char *text, size_t length);
/* Why a pattern cannot be used; NULL: it can. */
const char *glob_fault(const char *pattern);

/* The entry that a row means now: the first refinement that holds, else its own; NULL: nothing. */
const sipcause_entry *table_entry_now(const sipcause_table *table, const row *of, const situation *now);
/* The rule for from; NULL: not even a default. */
const interwork_rule *interwork_find(const interwork_rule *rules, size_t count, uint32_t from, const situation *now);
/* The number of the first rule for from, or of the first behind it. */
size_t interwork_first(const interwork_rule *rules, size_t count, uint32_t from);
/* The location in a REL that the rule makes of the status (of BYE and CANCEL: 0). */
uint8_t interwork_location(const interwork_rules *rules, const interwork_rule *rule, uint32_t status);

/* ---- reason_value.c, message.c, isup.c ---------------------------------------------------------------- */

/* A header value without its quotes or with escapes undone. Same contract as sipcause_reason_text. */
size_t reason_unescape(const char *text, size_t length, char *buffer, size_t size);

/* The headers that the library knows; names in any case, compact forms included. */
enum known_header {
    HEADER_OTHER = 0,
    HEADER_CALL_ID,
    HEADER_CALL_INFO,
    HEADER_CSEQ,
    HEADER_FROM,
    HEADER_TO,
    HEADER_VIA,
    HEADER_CONTENT_LENGTH,
    HEADER_CONTENT_TYPE,
    HEADER_REASON,
    HEADER_RETRY_AFTER,
    HEADER_WARNING
};
enum known_header message_known_header(const char *name, size_t length);

/* isup.c: what sipcause_isup_message gives, and the octets of the cause indicators; these are set as soon as they are
 * found, readable or not. */
int isup_of_release(const char *octets, size_t length, sipcause_slice *cause, sipcause_isup *isup);

/*
 * The one code that is in a header's value (parameter NULL) or in its parameter: blanks and quotes are
 * skipped, then the longest run of word characters counts.
 * Returns: false when the header or parameter is absent. code is empty when it is present and empty.
 */
bool message_header_code(sipcause_slice value, const char *parameter, bool uri_parameter, sipcause_slice *code);

/* ---- row.c, disposition.c: what the loader needs beyond the public calls ------------------------------------ */

/* Room for so many rows. False when memory is short. */
bool builder_reserve_rows(sipcause_builder *builder, uint32_t count);
/* Maps SPACE_FALLBACK rows and codes alike. */
int builder_map(sipcause_builder *builder, sipcause_code code, const sipcause_row *from, sipcause_error *error);
/* Takes the profile's rows for those situations back in that have none now. */
int builder_keep_no_cause(sipcause_builder *builder, sipcause_error *error);
/* Maps a carrier number that is above all others to a disposition, as nearly every row does. False: nothing was done,
 * and builder_map knows what to do. */
bool builder_map_rising(sipcause_builder *builder, uint32_t number, const char *name, uint32_t line, uint32_t column);
/* The nearest disposition, for did-you-mean; NULL. */
const char *builder_nearest_disposition(sipcause_builder *builder, const char *name);
bool builder_has_disposition(sipcause_builder *builder, const char *name);

static inline bool code_same(sipcause_code a, sipcause_code b)
{
    return a.space == b.space && a.value == b.value;
}

/* code.c: the codes of a space whose standard name has this key, in any case; returns how many, the first two in found. */
size_t code_by_key(uint32_t space, const char *key, size_t length, sipcause_code found[2]);
/* Writes a code as sipcause_code_format does, those of SPACE_FALLBACK too: "sip:5xx", "default", "no-cause:answered".
 * own: the word of a token; NULL: it is not known. */
void code_write(writer *out, sipcause_code code, const char *own, size_t own_length);
/* Refuses a number that cannot be a code of its space, naming what it is instead. */
int code_check(sipcause_code code, uint32_t line, uint32_t column, sipcause_error *error);

#endif
