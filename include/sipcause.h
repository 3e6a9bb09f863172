/*
 * sipcause.h - why a call ended.
 *
 * When a call is released, what is left is a SIP status code, Reason headers, perhaps a carrier's own
 * X-Cause-Code, perhaps an ISUP cause value. libsipcause turns that evidence into one verdict: what
 * happened, who caused it, whether another trunk may be tried, and which piece of evidence decided.
 *
 * The shortest complete use:
 *
 *     sipcause_error error;
 *     sipcause_table *table = sipcause_load_file("acme.yaml", &error);
 *     if (table == NULL)
 *         complain(error.line, error.text);                      ... or "default" would decide
 *     sipcause_release *release = sipcause_release_new(table);
 *     sipcause_release_message(release, wire, wire_length);      ... as the messages pass
 *     const sipcause_verdict *verdict = sipcause_decide(release);
 *     puts(verdict->disposition);
 *     sipcause_release_reset(release);                           ... and on to the next call
 *
 * What holds for every function here, unless its own text says otherwise:
 *  - A code is never a bare number: it is a code space and a value (503 in the status line and 503 in
 *    a carrier's header are two different things).
 *  - Functions that return int return 0 (SIPCAUSE_OK) or a negative error number of enum
 *    sipcause_error_code. Bytes from the wire are never an error, only findings.
 *  - Text is UTF-8 or whatever the wire sent; lengths count bytes. A length of SIPCAUSE_TEXT (SIZE_MAX)
 *    says that the text ends at its NUL; octets (sipcause_isup_decode, _message, sipcause_release_isup,
 *    _body) need their true length. NULL with length 0 or SIPCAUSE_TEXT is an absent text, wherever one
 *    may be absent.
 *  - Nothing prints, aborts, reads the environment or the locale, or keeps global mutable state.
 *  - Enumerations grow: handle a number you do not know. Numbers are never reused. Across the ABI they
 *    travel as fixed-width integers.
 *  - Structs that the library hands out as `const T *` begin with `size` and grow at their end; ask
 *    SIPCAUSE_HAS before using a field newer than the version you require. Structs that you allocate
 *    are fixed for ever; zero them first, so that their reserved room is zero.
 *  - Functions that take a `const sipcause_table *` accept NULL for the built-in profile "default".
 *  - An object that is NULL (release, builder, survey, report ...; a table is another matter) gives
 *    SIPCAUSE_ERROR_MISUSE where an int is returned, else 0, NULL, false or nothing. Only what the readers of Reason
 *    values and messages walk over or fill in must be there.
 *  - A function that writes into `buffer` of `size` bytes ends what it wrote with a NUL where size is not 0.
 *  - Thread safety: a table and a comparison are frozen, any number of threads may read them at once. Everything else
 *    (builder, release, survey, report, iterator, error) belongs to one thread at a time; a survey that nobody adds to
 *    may be read by several.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef SIPCAUSE_H
#define SIPCAUSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__) || defined(__clang__)
#define SIPCAUSE_API __attribute__((visibility("default")))
#else
#define SIPCAUSE_API
#endif

/* A length that says: the text ends at its NUL. Since 0.1. */
#define SIPCAUSE_TEXT SIZE_MAX

/* True when the struct that the library handed out is new enough to have the field. Since 0.1. */
#ifdef __cplusplus
#define SIPCAUSE_HAS(pointer, field)                                                   \
    ((pointer)->size >= static_cast<size_t>(reinterpret_cast<const char *>(&(pointer)->field) - \
                                            reinterpret_cast<const char *>(pointer)) + \
                            sizeof((pointer)->field))
#else
#define SIPCAUSE_HAS(pointer, field)                                                                 \
    ((size_t)(pointer)->size >= (size_t)((const char *)&(pointer)->field - (const char *)(pointer)) + \
                                    sizeof((pointer)->field))
#endif

/* ============================================================================================
 * version
 * ============================================================================================ */

#define SIPCAUSE_VERSION_MAJOR 0
#define SIPCAUSE_VERSION_MINOR 1
#define SIPCAUSE_VERSION_PATCH 0

/* The version of the library that runs, as text: "0.1.0". It may be newer than this header.
 * Returns: a static text, never NULL. Thread safety: any thread. Since 0.1. */
SIPCAUSE_API const char *sipcause_version(void);

/* The same as a number: major * 10000 + minor * 100 + patch, 100 for 0.1.0.
 * Returns: the number. Thread safety: any thread. Since 0.1. */
SIPCAUSE_API uint32_t sipcause_version_number(void);

/* ============================================================================================
 * error
 * ============================================================================================ */

/* What a function returns when it fails. Since 0.1. */
enum sipcause_error_code {
    SIPCAUSE_OK = 0,
    SIPCAUSE_ERROR_MEMORY = -1,               /* an allocation failed; the call may be made again */
    SIPCAUSE_ERROR_MISUSE = -2,               /* an argument that no caller should pass (NULL, out of its
                                                 documented range) */
    SIPCAUSE_ERROR_SPACE = -3,                /* the caller's buffer is too small ("buffer-too-small") */
    SIPCAUSE_ERROR_FILE = -10,                /* the file cannot be opened or read */
    SIPCAUSE_ERROR_TOO_LARGE = -11,           /* over 16 MiB (a survey 32), or more rows or cause headers than a table
                                                 holds, or kinds than a survey does */
    SIPCAUSE_ERROR_ENCODING = -12,            /* not UTF-8 */
    SIPCAUSE_ERROR_SYNTAX = -20,              /* not YAML, or YAML that mapping files do not use (tags, aliases ...) */
    SIPCAUSE_ERROR_NESTING = -21,             /* more than 8 levels (64 in a trunk object) */
    SIPCAUSE_ERROR_FORMAT = -22,              /* neither a mapping file nor a trunk object, or of another
                                                 format version */
    SIPCAUSE_ERROR_UNKNOWN_KEY = -30,         /* no such key */
    SIPCAUSE_ERROR_DUPLICATE_KEY = -31,       /* the same key, code or header twice; the second place is in the error */
    SIPCAUSE_ERROR_TYPE = -32,                /* a list where a text belongs, and the like */
    SIPCAUSE_ERROR_VALUE = -33,               /* a value that its key does not take */
    SIPCAUSE_ERROR_MISSING = -34,             /* something required is absent */
    SIPCAUSE_ERROR_UNKNOWN_DISPOSITION = -40, /* a disposition that is neither built in nor declared */
    SIPCAUSE_ERROR_UNKNOWN_PROFILE = -41,     /* no such built-in profile */
    SIPCAUSE_ERROR_UNKNOWN_CODE = -42,        /* no such code space, name, location or word */
    SIPCAUSE_ERROR_RANGE = -43,               /* a number that cannot be what it should be ("cause-out-of-range") */
    SIPCAUSE_ERROR_AMBIGUOUS = -44,           /* a name that two numbers share */
    SIPCAUSE_ERROR_STATUS_IN_CAUSE = -45,     /* a SIP status code where a Q.850 cause value belongs */
    SIPCAUSE_ERROR_CAUSE_IN_STATUS = -46,     /* a Q.850 cause value where a SIP status code belongs */
    SIPCAUSE_ERROR_CIRCLE = -47,              /* mapping files that extend each other in a circle ("extends-circle") */
    SIPCAUSE_ERROR_FREESWITCH_NUMBER = -48,   /* one of FreeSWITCH's own numbers where a SIP status code belongs */
    SIPCAUSE_ERROR_CAUSE_ZERO = -49,          /* 0, which is no cause, where a Q.850 cause value belongs */
    SIPCAUSE_ERROR_NOTICE = -50               /* a redress contact that a 603+ answer must not carry */
};

/*
 * One error, in the caller's memory; fixed for ever. Every function that takes a sipcause_error *
 * accepts NULL, clears the error when it begins and fills it in when it fails; the first error of a call wins.
 * Lines and columns count from 1, columns in bytes; 0 means that the error has no such place.
 * Since 0.1.
 */
typedef struct sipcause_error {
    int32_t code;           /* enum sipcause_error_code */
    uint32_t line;          /* where it is */
    uint32_t column;
    uint32_t second_line;   /* where the other place is, "first defined here"; 0: there is none */
    uint32_t second_column;
    uint32_t reserved;
    uint64_t offset;        /* bytes from the start of the input */
    char source[256];       /* the file's name as it was given; cut on the left when it is longer */
    char text[512];         /* one sentence in English, NUL-terminated, without a line end */
    char suggestion[128];   /* what to write instead of what stands at the place: the nearest name; "": none is near */
    uint64_t reserved_room[8];
} sipcause_error;

/* The stable name of an error number: its enumerator in lower case with hyphens ("unknown-key") but for the
 * three that the list above names.
 * Parameters: code: a number of enum sipcause_error_code.
 * Returns: a static text; NULL for a number that this version does not know.
 * Thread safety: any thread. Since 0.1. */
SIPCAUSE_API const char *sipcause_error_name(int code);

/* Writes "file:line:column: error: sentence [name]" and, where there is one, the second place; what is absent
 * is left out.
 * Parameters: error: a set error. buffer, size: where to write, size in bytes; may be NULL, 0.
 * Returns: the length of the whole text without its NUL, as snprintf does; the text was cut when that
 * is not less than size.
 * Thread safety: any thread. Since 0.1. */
SIPCAUSE_API size_t sipcause_error_format(const sipcause_error *error, char *buffer, size_t size);

/* ============================================================================================
 * words
 *
 * The closed lists that verdicts are made of. Every list has a _name function (NULL for a number that
 * this version does not know) and a _from_name function (the number, or SIPCAUSE_ERROR_UNKNOWN_CODE;
 * ASCII case does not matter). Names are lower case with hyphens and never change: they are what
 * JSON and mapping files carry. All are static texts; all functions may be called by any thread.
 * Since 0.1.
 * ============================================================================================ */

/* What happened. Since 0.1. */
enum sipcause_outcome {
    SIPCAUSE_OUTCOME_UNKNOWN = 0,            /* unknown */
    SIPCAUSE_OUTCOME_ANSWERED = 1,           /* answered: the call succeeded; no built-in row says it, a mapping may */
    SIPCAUSE_OUTCOME_NORMAL_CLEARING = 2,    /* normal-clearing: one of the parties hung up */
    SIPCAUSE_OUTCOME_ANSWERED_ELSEWHERE = 3, /* answered-elsewhere: another branch of a fork took the call */
    SIPCAUSE_OUTCOME_BUSY = 10,              /* busy */
    SIPCAUSE_OUTCOME_NO_ANSWER = 11,         /* no-answer: it rang, nobody answered */
    SIPCAUSE_OUTCOME_CANCELLED = 12,         /* cancelled: the caller gave up before an answer */
    SIPCAUSE_OUTCOME_REJECTED = 13,          /* rejected: the callee declined */
    SIPCAUSE_OUTCOME_UNREACHABLE = 14,       /* unreachable: the number exists, the callee cannot be reached now */
    SIPCAUSE_OUTCOME_INVALID_NUMBER = 15,    /* invalid-number: the number does not exist or is incomplete */
    SIPCAUSE_OUTCOME_REDIRECTED = 16,        /* redirected: try another address */
    SIPCAUSE_OUTCOME_BLOCKED = 20,           /* blocked: a network or its analytics refused the call */
    SIPCAUSE_OUTCOME_UNAUTHORIZED = 21,      /* unauthorized: credentials are missing or wrong */
    SIPCAUSE_OUTCOME_FORBIDDEN = 22,         /* forbidden: understood and not allowed (barring, subscription, policy) */
    SIPCAUSE_OUTCOME_PREEMPTED = 23,         /* preempted: a call of higher precedence took the resources */
    SIPCAUSE_OUTCOME_CONGESTION = 30,        /* congestion: resources or circuits were exhausted */
    SIPCAUSE_OUTCOME_NETWORK_FAILURE = 31,   /* network-failure: something between the parties is broken */
    SIPCAUSE_OUTCOME_MEDIA_MISMATCH = 40,    /* media-mismatch: no common codec or bearer */
    SIPCAUSE_OUTCOME_PROTOCOL_ERROR = 41     /* protocol-error: a message was not understood or not allowed in
                                                its state */
};
SIPCAUSE_API const char *sipcause_outcome_name(uint32_t outcome);
SIPCAUSE_API int sipcause_outcome_from_name(const char *name, size_t length);

/* Who caused it. Since 0.1. */
enum sipcause_party {
    SIPCAUSE_PARTY_UNKNOWN = 0, /* unknown */
    SIPCAUSE_PARTY_CALLER = 1,  /* caller */
    SIPCAUSE_PARTY_CALLEE = 2,  /* callee */
    SIPCAUSE_PARTY_NETWORK = 3, /* network: anything between the parties */
    SIPCAUSE_PARTY_LOCAL = 4    /* local: our own side */
};
SIPCAUSE_API const char *sipcause_party_name(uint32_t party);
SIPCAUSE_API int sipcause_party_from_name(const char *name, size_t length);

/* What may be done next. Since 0.1. */
enum sipcause_route {
    SIPCAUSE_ROUTE_NONE = 0,  /* none: there is nothing to do (the call was answered, or nothing is known) */
    SIPCAUSE_ROUTE_STOP = 1,  /* stop: do not try this call again */
    SIPCAUSE_ROUTE_NEXT = 2,  /* next: another trunk may succeed */
    SIPCAUSE_ROUTE_LATER = 3, /* later: the same trunk, after a while (retry_after) */
    SIPCAUSE_ROUTE_AMEND = 4  /* amend: the request must change first (401, 407, 415, 488 ...) */
};
SIPCAUSE_API const char *sipcause_route_name(uint32_t route);
SIPCAUSE_API int sipcause_route_from_name(const char *name, size_t length);

/* Whether the call was blocked, and by whom. Since 0.1. */
enum sipcause_block {
    SIPCAUSE_BLOCK_NONE = 0,     /* none: not blocked */
    SIPCAUSE_BLOCK_USER = 1,     /* user: the callee refuses this caller (607, RFC 8197) */
    SIPCAUSE_BLOCK_NETWORK = 2,  /* network: an analytics engine or a network refused (608, RFC 8688; 603+) */
    SIPCAUSE_BLOCK_AMBIGUOUS = 3 /* ambiguous: a decline or a block, the code does not tell (603, Q.850 21) */
};
SIPCAUSE_API const char *sipcause_block_name(uint32_t block);
SIPCAUSE_API int sipcause_block_from_name(const char *name, size_t length);

/* Where the deciding code stood. A 603+ is decided by sip 603 from its Reason:
 * that made the difference. Since 0.1. */
enum sipcause_source {
    SIPCAUSE_SOURCE_NONE = 0,        /* none: no evidence decided */
    SIPCAUSE_SOURCE_STATUS_LINE = 1, /* status-line: the SIP response's own status code */
    SIPCAUSE_SOURCE_REASON = 2,      /* reason: a Reason header (RFC 3326) */
    SIPCAUSE_SOURCE_ISUP = 3,        /* isup: cause indicators of a REL */
    SIPCAUSE_SOURCE_HEADER = 4       /* header: one of the table's cause headers */
};
SIPCAUSE_API const char *sipcause_source_name(uint32_t source);
SIPCAUSE_API int sipcause_source_from_name(const char *name, size_t length);

/* Which side sent a request: that of the INVITE (caller) or the other. Since 0.1. */
enum sipcause_side {
    SIPCAUSE_SIDE_UNKNOWN = 0, /* unknown */
    SIPCAUSE_SIDE_CALLER = 1,  /* caller */
    SIPCAUSE_SIDE_CALLEE = 2   /* callee */
};
SIPCAUSE_API const char *sipcause_side_name(uint32_t side);
SIPCAUSE_API int sipcause_side_from_name(const char *name, size_t length);

/* Our own failure, with nothing on the wire to show for it. Since 0.1. */
enum sipcause_local {
    SIPCAUSE_LOCAL_TIMEOUT = 1,   /* timeout: the peer never answered the INVITE */
    SIPCAUSE_LOCAL_TRANSPORT = 2, /* transport: the connection was refused, reset or unreachable */
    SIPCAUSE_LOCAL_TLS = 3,       /* tls: the TLS handshake failed */
    SIPCAUSE_LOCAL_NO_ROUTE = 4,  /* no-route: our own routing knows no next hop */
    SIPCAUSE_LOCAL_LIMIT = 5      /* limit: our own limit on calls or calls per second */
};
SIPCAUSE_API const char *sipcause_local_name(uint32_t local);
SIPCAUSE_API int sipcause_local_from_name(const char *name, size_t length);

/* The situations in which there may be no usable evidence; rows under `no-cause`. Since 0.1. */
enum sipcause_no_cause {
    SIPCAUSE_NO_CAUSE_ANSWERED = 1,  /* answered: an answered call without a cause, its BYE seen or not */
    SIPCAUSE_NO_CAUSE_CANCELLED = 2, /* cancelled: a CANCEL without a cause */
    SIPCAUSE_NO_CAUSE_NO_REPLY = 3,  /* no-reply: nothing ever came back */
    SIPCAUSE_NO_CAUSE_OTHERWISE = 4  /* otherwise */
};
SIPCAUSE_API const char *sipcause_no_cause_name(uint32_t situation);
SIPCAUSE_API int sipcause_no_cause_from_name(const char *name, size_t length);

/* What a verdict warns of; bits of sipcause_verdict.flags. The name function takes one bit. Since 0.1. */
enum sipcause_flag {
    SIPCAUSE_FLAG_CONFLICT = 1 << 0,              /* conflict: Q.850 and SIP tell different stories: their outcomes
                                                     differ, and interworking turns neither into the other;
                                                     the loser is runner_up */
    SIPCAUSE_FLAG_DEFAULTED = 1 << 1,             /* defaulted: the table's default row decided */
    SIPCAUSE_FLAG_UNMAPPED_CARRIER_CODE = 1 << 2, /* unmapped-carrier-code: the carrier sent a code that the table
                                                     lacks; codes of other spaces that it lacks just yield */
    SIPCAUSE_FLAG_UNMAPPED_STATUS = 1 << 3,       /* unmapped-status: the status has no row of its own */
    SIPCAUSE_FLAG_NO_CAUSE = 1 << 4,              /* no-cause: a row under no-cause decided */
    SIPCAUSE_FLAG_PROVISIONAL_ONLY = 1 << 5,      /* provisional-only: a provisional response's evidence decided */
    SIPCAUSE_FLAG_MALFORMED_EVIDENCE = 1 << 6,    /* malformed-evidence: a cause or status could not be used, or its
                                                     line was cut; a finding says which, where one can */
    SIPCAUSE_FLAG_FOREIGN_CODING = 1 << 7,        /* foreign-coding: an ISUP cause that is not of ITU-T coding */
    SIPCAUSE_FLAG_TRUNCATED = 1 << 8,             /* truncated: more evidence came than a release keeps (64
                                                     KiB, 64 findings), or cause headers named over 16
                                                     codes with conditions */
    SIPCAUSE_FLAG_MEDIA_SUSPECT = 1 << 9,         /* media-suspect: a re-INVITE was refused over media before
                                                     the call ended */
    SIPCAUSE_FLAG_JWSCARD_UNVERIFIED = 1 << 10    /* jwscard-unverified: a 608 names a jCard (jwscard); nothing was
                                                     fetched and no signature verified */
};
SIPCAUSE_API const char *sipcause_flag_name(uint32_t flag);
SIPCAUSE_API int sipcause_flag_from_name(const char *name, size_t length);

/* How much a finding matters. Since 0.1. */
enum sipcause_severity {
    SIPCAUSE_SEVERITY_OFF = 0,     /* off: it is not told at all */
    SIPCAUSE_SEVERITY_NOTE = 1,    /* note */
    SIPCAUSE_SEVERITY_WARNING = 2, /* warning */
    SIPCAUSE_SEVERITY_ERROR = 3    /* error */
};
SIPCAUSE_API const char *sipcause_severity_name(uint32_t severity);
SIPCAUSE_API int sipcause_severity_from_name(const char *name, size_t length);

/*
 * What can be wrong. Numbers below 40 are of evidence from the wire; all of it deserves a warning but location-ignored
 * and jwscard-missing, which are notes. Such a finding never changes what was read: it names how the bytes deviate from
 * RFC 3326, RFC 8606, RFC 8688, RFC 9366 or the 603+ profile. Those of a Reason value, 1 to 21, stand in masks as bit
 * 1 << rule. Since 0.1.
 */
enum sipcause_rule {
    SIPCAUSE_RULE_TEXT_NOT_QUOTED = 1,           /* text-not-quoted: text=... without quotes; read up to the
                                                    next ; or , */
    SIPCAUSE_RULE_TEXT_UNTERMINATED = 2,         /* text-unterminated: the closing quote is missing; what stood
                                                    before is kept */
    SIPCAUSE_RULE_CAUSE_QUOTED = 3,              /* cause-quoted: cause="16"; read as 16 */
    SIPCAUSE_RULE_BAD_CAUSE = 4,                 /* bad-cause: not 1*DIGIT, or over 4294967295; the value has
                                                    no cause. Also a status outside 100-699, a response
                                                    without CSeq, a line that was cut, a REL without a
                                                    readable cause */
    SIPCAUSE_RULE_CAUSE_OUT_OF_RANGE = 5,        /* cause-out-of-range: kept, and no evidence */
    SIPCAUSE_RULE_CAUSE_ZERO = 6,                /* cause-zero: 0 is no cause */
    SIPCAUSE_RULE_CAUSE_EMPTY = 7,               /* cause-empty: a cause header without a value */
    SIPCAUSE_RULE_DUPLICATE_CAUSE = 8,           /* duplicate-cause: the first counts */
    SIPCAUSE_RULE_DUPLICATE_PROTOCOL = 9,        /* duplicate-protocol: a second value of one protocol (RFC
                                                    9366); the first usable one counts */
    SIPCAUSE_RULE_EMPTY_PARAMETER = 10,          /* empty-parameter: ;; */
    SIPCAUSE_RULE_EMPTY_VALUE = 11,              /* empty-value: nothing before or behind a comma, or in the whole
                                                    header */
    SIPCAUSE_RULE_BAD_PROTOCOL = 12,             /* bad-protocol: no protocol token at the start; the value is
                                                    dropped */
    SIPCAUSE_RULE_UNKNOWN_PROTOCOL = 13,         /* unknown-protocol: not registered, and near to one that is */
    SIPCAUSE_RULE_UNKNOWN_LOCATION = 14,         /* unknown-location: not one of RFC 8606's sixteen */
    SIPCAUSE_RULE_LOCATION_IGNORED = 15,         /* location-ignored: location on another protocol than Q.850
                                                    (RFC 8606 section 4) */
    SIPCAUSE_RULE_STRAY_CHARACTER = 16,          /* stray-character: bytes that the grammar has no place for;
                                                    skipped, or left in their parameter's value; also an
                                                    empty value (x=) and quotes around a location */
    SIPCAUSE_RULE_UNASSIGNED_STATUS = 17,        /* unassigned-status: SIP;cause= a status code that is not
                                                    registered */
    SIPCAUSE_RULE_SIP_CAUSE_IS_Q850 = 18,        /* sip-cause-is-q850: SIP;cause=16 */
    SIPCAUSE_RULE_Q850_CAUSE_IS_STATUS = 19,     /* q850-cause-is-status: Q.850;cause=486 */
    SIPCAUSE_RULE_FREESWITCH_NUMBER = 20,        /* freeswitch-number: one of FreeSWITCH's own numbers, not a
                                                    SIP status code */
    SIPCAUSE_RULE_CONTROL_CHARACTER = 21,        /* control-character: a control character in a text */
    SIPCAUSE_RULE_STATUS_CONTRADICTS_REASON = 30, /* status-contradicts-reason: see SIPCAUSE_FLAG_CONFLICT */
    SIPCAUSE_RULE_NEAR_603PLUS = 31,             /* near-603plus: almost a 603+ answer; its sentence says what
                                                    is missing */
    SIPCAUSE_RULE_NOTICE_CONTACT = 32,           /* notice-contact: a 603+ answer without a usable redress contact */
    SIPCAUSE_RULE_NOTICE_ATTRIBUTE = 33,         /* notice-attribute: an attribute or the location of a 603+ answer
                                                    does not keep to its form; at most 8 a call */
    SIPCAUSE_RULE_JWSCARD_MISSING = 34,          /* jwscard-missing: a 608 answer without a usable Call-Info whose
                                                    purpose is jwscard (RFC 8688) */

    /* What can be wrong with a mapping file or a table (sipcause_validate_file); some of the above as well. `check` in
     * a file, or sipcause_builder_check, sets the severity of these and of those above (sipcause_table_severity); what
     * a file cannot be loaded with is an error whatever is set. sipcause(7) has wrong and right lines of each. */
    SIPCAUSE_RULE_STATUS_IN_CAUSE = 40,     /* status-in-cause: a SIP status code where a cause value belongs */
    SIPCAUSE_RULE_CAUSE_IN_STATUS = 41,     /* cause-in-status: a Q.850 cause value where a status code belongs */
    SIPCAUSE_RULE_UNASSIGNED_CAUSE = 42,    /* unassigned-cause: no such Q.850 cause value */
    SIPCAUSE_RULE_NAME_MISMATCH = 43,       /* name-mismatch: the number and the name beside it disagree */
    SIPCAUSE_RULE_UNKNOWN_DISPOSITION = 44, /* unknown-disposition: a label that is neither built in nor declared */
    SIPCAUSE_RULE_UNKNOWN_KEY = 45,         /* unknown-key: no such key */
    SIPCAUSE_RULE_DUPLICATE_KEY = 46,       /* duplicate-key: the same key or code twice */
    SIPCAUSE_RULE_MEDIA_AS_NETWORK = 47,    /* media-as-network: a codec mismatch counted as a network's failure */
    SIPCAUSE_RULE_SUCCESS_AS_FAILURE = 48,  /* success-as-failure: 2xx or Q.850 16 mapped to a failure */
    SIPCAUSE_RULE_FAILURE_AS_SUCCESS = 49,  /* failure-as-success: a failure mapped to Normal Clearing */
    SIPCAUSE_RULE_BLOCK_RETRIED = 50,       /* block-retried: a block with the route next or later */
    SIPCAUSE_RULE_BLOCK_AS_DECLINE = 51,    /* block-as-decline: 608 or a whole notice as the callee's act */
    SIPCAUSE_RULE_DECLINE_AS_BLOCK = 52,    /* decline-as-block: 603 as a certain block */
    SIPCAUSE_RULE_NO_DEFAULT = 53,          /* no-default: nothing that everything else falls to */
    SIPCAUSE_RULE_NO_CAUSE_ROWS = 54,       /* no-cause-rows: missing evidence left to chance */
    SIPCAUSE_RULE_STANDARD_CLEARED = 55,    /* standard-cleared: `extends: none`, and standard codes without rows */
    SIPCAUSE_RULE_REDUNDANT = 56,           /* redundant: says what the extended table says already */
    SIPCAUSE_RULE_SHADOWED = 57,            /* shadowed: a `when` item that can never count */
    SIPCAUSE_RULE_LOSSY_ROUNDTRIP = 58,     /* lossy-roundtrip: a code that does not come back through interworking */
    SIPCAUSE_RULE_NEVER_OBSERVED = 59,      /* never-observed: a mapped code that the traffic does not carry */
    SIPCAUSE_RULE_UNMAPPED_OBSERVED = 60,   /* unmapped-observed: a code that the traffic carries and nothing maps */
    SIPCAUSE_RULE_WRONG_SPACE_OBSERVED = 61, /* wrong-space-observed: a status is mapped where the carrier's code
                                               tells */
    SIPCAUSE_RULE_CIRCUIT_CAUSE_TO_STATUS = 62, /* circuit-cause-to-status: a response for cause 44, which asks for
                                                   another circuit (RFC 3398 section 7.2.4.1) */
    SIPCAUSE_RULE_NO_REQUEST_RULES = 63,    /* no-request-rules: rules to ISUP without BYE or CANCEL */
    SIPCAUSE_RULE_LOCATION_DEFEATS_NOTICE = 64, /* location-defeats-notice: a location with which a 603+ does not come
                                                   back as one (47 CFR 64.1200(k)(9)) */

    /* What a mapping file cannot be loaded with, by the names of enum sipcause_error_code. */
    SIPCAUSE_RULE_FILE = 70,            /* file: it cannot be opened or read */
    SIPCAUSE_RULE_TOO_LARGE = 71,       /* too-large: over 16 MiB, or more rows than a table holds */
    SIPCAUSE_RULE_ENCODING = 72,        /* encoding: not UTF-8 */
    SIPCAUSE_RULE_SYNTAX = 73,          /* syntax: not YAML, or YAML that mapping files do not use */
    SIPCAUSE_RULE_NESTING = 74,         /* nesting: too many levels */
    SIPCAUSE_RULE_FORMAT = 75,          /* format: neither a mapping file nor a trunk object */
    SIPCAUSE_RULE_TYPE = 76,            /* type: a list where a text belongs, and the like */
    SIPCAUSE_RULE_VALUE = 77,           /* value: a value that its key does not take */
    SIPCAUSE_RULE_MISSING = 78,         /* missing: something required is absent */
    SIPCAUSE_RULE_UNKNOWN_PROFILE = 79, /* unknown-profile: no such built-in profile */
    SIPCAUSE_RULE_UNKNOWN_CODE = 80,    /* unknown-code: no such code space, name, location or word */
    SIPCAUSE_RULE_AMBIGUOUS = 81,       /* ambiguous: a name that two numbers share */
    SIPCAUSE_RULE_EXTENDS_CIRCLE = 82   /* extends-circle: files that extend each other in a circle */
};
SIPCAUSE_API const char *sipcause_rule_name(uint32_t rule);
SIPCAUSE_API int sipcause_rule_from_name(const char *name, size_t length);

/* The severity that a rule has unless something says otherwise. Parameters: rule: enum sipcause_rule.
 * Returns: enum sipcause_severity; SIPCAUSE_SEVERITY_OFF for a rule that this version does not know. Since 0.1. */
SIPCAUSE_API uint32_t sipcause_rule_severity(uint32_t rule);

/*
 * Cause location: who, seen from the called side's network, generated the cause value. The numbers are
 * those of the ISUP cause indicators, the names those of RFC 8606 figure 1 (U, LPN, LN, TN, RLN, RPN,
 * LOC-6, INTL, LOC-8, LOC-9, BI, LOC-11 ... LOC-15). Since 0.1.
 */
enum sipcause_location {
    SIPCAUSE_LOCATION_U = 0,     /* user */
    SIPCAUSE_LOCATION_LPN = 1,   /* private network serving the local user */
    SIPCAUSE_LOCATION_LN = 2,    /* public network serving the local user */
    SIPCAUSE_LOCATION_TN = 3,    /* transit network */
    SIPCAUSE_LOCATION_RLN = 4,   /* public network serving the remote user */
    SIPCAUSE_LOCATION_RPN = 5,   /* private network serving the remote user */
    SIPCAUSE_LOCATION_INTL = 7,  /* international network */
    SIPCAUSE_LOCATION_BI = 10,   /* network beyond interworking point */
    SIPCAUSE_LOCATION_NONE = 255 /* none was given */
};
SIPCAUSE_API const char *sipcause_location_name(uint32_t location); /* NULL for SIPCAUSE_LOCATION_NONE */
SIPCAUSE_API int sipcause_location_from_name(const char *name, size_t length);

/* What a location means, in words: "transit network". Parameters: location: 0-15.
 * Returns: a static text; NULL for any other number. Since 0.1. */
SIPCAUSE_API const char *sipcause_location_meaning(uint32_t location);

/* What carries the evidence that decides; conditions name it. Since 0.1. */
enum sipcause_method {
    SIPCAUSE_METHOD_INVITE = 1, /* invite: the final response to the INVITE */
    SIPCAUSE_METHOD_CANCEL = 2, /* cancel: the CANCEL of an unanswered call */
    SIPCAUSE_METHOD_BYE = 3     /* bye: the BYE of an answered one */
};
SIPCAUSE_API const char *sipcause_method_name(uint32_t method);
SIPCAUSE_API int sipcause_method_from_name(const char *name, size_t length);

/* The coding standard of ISUP cause indicators (ITU-T Q.763 clause 3.12). Since 0.1. */
enum sipcause_coding {
    SIPCAUSE_CODING_ITU_T = 0,    /* itu-t: the cause value is Q.850's */
    SIPCAUSE_CODING_ISO_IEC = 1,  /* iso-iec */
    SIPCAUSE_CODING_NATIONAL = 2, /* national: ANSI's, for one */
    SIPCAUSE_CODING_LOCATION = 3  /* location: a standard of the network at the location */
};
SIPCAUSE_API const char *sipcause_coding_name(uint32_t coding);
SIPCAUSE_API int sipcause_coding_from_name(const char *name, size_t length);

/* ============================================================================================
 * code
 * ============================================================================================ */

/*
 * The code spaces. A mapping file and a printed code use the names in lower case: sip:503, q850:34,
 * carrier:601. Numbers 16 to 63 are the Reason protocols of the IANA registry that are neither SIP nor
 * Q.850. Since 0.1.
 */
enum sipcause_space {
    SIPCAUSE_SPACE_NONE = 0,       /* no code at all */
    SIPCAUSE_SPACE_SIP = 1,        /* sip: SIP status codes, 100-699 (RFC 3261 section 7.2) */
    SIPCAUSE_SPACE_Q850 = 2,       /* q850: ITU-T Q.850 cause values, 1-127 */
    SIPCAUSE_SPACE_CARRIER = 3,    /* carrier: the carrier's own numbers, 0-4294967295 */
    SIPCAUSE_SPACE_TOKEN = 4,      /* token: the carrier's own words; printed as carrier. The value is a row of
                                      one table */
    SIPCAUSE_SPACE_FREESWITCH = 5, /* freeswitch: FreeSWITCH's internal hangup causes above 127: 142, 487, 700-825, and
                                      500-503 and 600-624 until 2022-06-07; those up to 127 are q850's, by its names */
    SIPCAUSE_SPACE_PREEMPTION = 16,    /* preemption (RFC 4411) */
    SIPCAUSE_SPACE_RELEASE_CAUSE = 17, /* release-cause (3GPP TS 24.229) */
    SIPCAUSE_SPACE_FAILURE_CAUSE = 18, /* failure-cause (3GPP TS 24.229) */
    SIPCAUSE_SPACE_STIR = 19,          /* stir (RFC 9410) */
    SIPCAUSE_SPACE_EMM = 32,           /* emm, and the other access protocols of the registry */
    SIPCAUSE_SPACE_ESM = 33,
    SIPCAUSE_SPACE_S1AP_RNL = 34,
    SIPCAUSE_SPACE_S1AP_TL = 35,
    SIPCAUSE_SPACE_S1AP_NAS = 36,
    SIPCAUSE_SPACE_S1AP_MISC = 37,
    SIPCAUSE_SPACE_S1AP_PROT = 38,
    SIPCAUSE_SPACE_DIAMETER = 39,
    SIPCAUSE_SPACE_IKEV2 = 40,
    SIPCAUSE_SPACE_5GMM = 41,
    SIPCAUSE_SPACE_5GSM = 42,
    SIPCAUSE_SPACE_NGAP_RNL = 43,
    SIPCAUSE_SPACE_NGAP_TL = 44,
    SIPCAUSE_SPACE_NGAP_NAS = 45,
    SIPCAUSE_SPACE_NGAP_MISC = 46,
    SIPCAUSE_SPACE_NGAP_PROT = 47
};
SIPCAUSE_API const char *sipcause_space_name(uint32_t space); /* "sip", "q850" ... */
SIPCAUSE_API int sipcause_space_from_name(const char *name, size_t length);

/* A code: a space and a value. Fixed for ever; reserved is 0. Two codes are the same when space and
 * value are; tokens can only be compared within one table. Since 0.1. */
typedef struct sipcause_code {
    uint16_t space; /* enum sipcause_space */
    uint16_t reserved;
    uint32_t value;
} sipcause_code;

typedef struct sipcause_table sipcause_table;

/* Makes a code of any space; what the three short makers below do, for bindings.
 * Parameters: space: enum sipcause_space. value: 0-4294967295, not checked against the space.
 * Returns: the code. Thread safety: any thread. Since 0.1. */
SIPCAUSE_API sipcause_code sipcause_code_make(uint16_t space, uint32_t value);

/* A SIP status code, 100-699. Since 0.1. */
static inline sipcause_code sipcause_status(uint32_t status)
{
    sipcause_code code = {SIPCAUSE_SPACE_SIP, 0, status};
    return code;
}

/* A Q.850 cause value, 1-127. Since 0.1. */
static inline sipcause_code sipcause_q850(uint32_t cause)
{
    sipcause_code code = {SIPCAUSE_SPACE_Q850, 0, cause};
    return code;
}

/* A number of a carrier's own, 0-4294967295. Since 0.1. */
static inline sipcause_code sipcause_carrier(uint32_t value)
{
    sipcause_code code = {SIPCAUSE_SPACE_CARRIER, 0, value};
    return code;
}

/* Whether the value can be a code of its space at all: sip 100-699, q850 1-127, any other space's any
 * value; the space must be known and not none. It need not be assigned.
 * Returns: true or false. Thread safety: any thread. Since 0.1. */
SIPCAUSE_API bool sipcause_code_valid(sipcause_code code);

/* The standard's own name: "Service Unavailable" for sip 503 (IANA registry of SIP response codes),
 * "User busy" for q850 17 (ITU-T Q.850), "UA Preemption" for preemption 1 (RFC 4411).
 * Returns: a static text; NULL where the code is not assigned or its space has no names.
 * Thread safety: any thread. Since 0.1. */
SIPCAUSE_API const char *sipcause_code_name(sipcause_code code);

/*
 * Reads "space:value": "sip:503", "q850:34", "carrier:601", "carrier:D35", and standard names with
 * one hyphen in place of each run of other characters, none at the end: "sip:busy-here",
 * "q850:user-busy"; FreeSWITCH's as it writes them too, and always for their present number:
 * "freeswitch:PROGRESS_TIMEOUT" is 807, never the 607 of before 2022-06-07. Numbers are decimal without sign or
 * leading zeros. A bare number is refused: a number without its space is no code.
 * Parameters: table: where carrier words are looked up; NULL: the profile "default", which has none.
 *   text, length: the text, length in bytes or SIPCAUSE_TEXT. code: receives the code.
 *   error: receives the reason, with a column; may be NULL.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_UNKNOWN_CODE (no such space, name or word),
 *   _RANGE (a number outside its space), _CAUSE_IN_STATUS (sip:34), _STATUS_IN_CAUSE (q850:503),
 *   _VALUE (what cannot be a carrier's word), _AMBIGUOUS (sip:not-acceptable: two codes have that name), _MISUSE;
 *   *code is then unchanged.
 * Thread safety: any thread. Since 0.1.
 */
SIPCAUSE_API int sipcause_code_parse(const sipcause_table *table, const char *text, size_t length,
                                     sipcause_code *code, sipcause_error *error);

/*
 * Writes a code as sipcause_code_parse reads it; a token as "carrier:WORD". What is no code of the
 * table still has a text, which is not read back: "carrier:#7", "none:0".
 * Parameters: table: the table that the code belongs to, for tokens; NULL: "default". code: the code.
 *   buffer, size: where to write; may be NULL, 0. 64 bytes always suffice.
 * Returns: the length of the whole text without its NUL, as snprintf does.
 * Thread safety: any thread. Since 0.1.
 */
SIPCAUSE_API size_t sipcause_code_format(const sipcause_table *table, sipcause_code code, char *buffer,
                                         size_t size);

/* The word of a token code. Parameters: table: the table that the code is of.
 * Returns: NUL-terminated text that lives as long as the table; NULL when the code is no token of it.
 * Thread safety: any thread. Since 0.1. */
SIPCAUSE_API const char *sipcause_code_word(const sipcause_table *table, sipcause_code code);

/* ============================================================================================
 * reason
 * ============================================================================================ */

/* A stretch of somebody else's bytes; not NUL-terminated; text is NULL when there is none.
 * Fixed for ever. Since 0.1. */
typedef struct sipcause_slice {
    const char *text;
    size_t length;
} sipcause_slice;

/*
 * One value of a Reason header (RFC 3326 section 2, RFC 8606 section 4). Its slices point into the
 * header value that was given to the iterator. Fixed for ever. Since 0.1.
 */
typedef struct sipcause_reason {
    sipcause_slice protocol;   /* as sent: "SIP", "q.850" */
    sipcause_slice text;       /* between the quotes, escapes not yet undone; see sipcause_reason_text */
    sipcause_slice parameters; /* everything after the protocol, for sipcause_reason_parameter */
    uint64_t findings;         /* bit 1 << rule for each finding, enum sipcause_rule */
    uint32_t cause;            /* the cause as sent, valid when has_cause */
    uint16_t space;            /* the space that the cause is of: the protocol's; under FreeSWITCH, which is no
                                  registered one, q850 up to 127, else freeswitch; that also for a SIP value whose
                                  number and text are FreeSWITCH's own (SIP;cause=607;text="PROGRESS_TIMEOUT");
                                  SIPCAUSE_SPACE_NONE: any other protocol. The cause may be none of it: SIP;cause=16 */
    uint8_t has_cause;         /* 1: cause was sent and readable. An absent cause is not 0 */
    uint8_t location;          /* enum sipcause_location; SIPCAUSE_LOCATION_NONE */
    uint64_t reserved[4];
} sipcause_reason;

/* Where an iteration stands; treat as opaque. Fixed for ever. Since 0.1. */
typedef struct sipcause_reason_iterator {
    const char *next;
    const char *end;
    uint64_t spaces_seen;
    uint64_t pending;
    uint64_t reserved[4];
} sipcause_reason_iterator;

/* Starts on the value of the first Reason header line of a message.
 * Parameters: iterator: the caller's, need not be initialized. value, length: the bytes after "Reason:",
 *   folded lines included; length in bytes or SIPCAUSE_TEXT. They are borrowed until the iteration ends.
 * Ownership: nothing is allocated. Since 0.1. */
SIPCAUSE_API void sipcause_reason_begin(sipcause_reason_iterator *iterator, const char *value, size_t length);

/* Goes on with the next Reason line of the same message, so that a second value of one protocol is
 * noticed across lines. Parameters as above. Since 0.1. */
SIPCAUSE_API void sipcause_reason_continue(sipcause_reason_iterator *iterator, const char *value, size_t length);

/*
 * The next value. Every value is read, whatever the order of its parameters; text may hold ; , = and
 * escapes; white space and folding may stand wherever RFC 3261 section 25.1 allows them. What deviates
 * is read where it can be and named in findings. Linear time, no allocation.
 * Parameters: iterator: a begun iteration. reason: receives the value.
 * Returns: true while there is a value. Since 0.1.
 */
SIPCAUSE_API bool sipcause_reason_next(sipcause_reason_iterator *iterator, sipcause_reason *reason);

/* Findings that belong to no value (an empty one, one whose protocol cannot be read), gathered since
 * sipcause_reason_begin. Returns: bits 1 << rule. Since 0.1. */
SIPCAUSE_API uint64_t sipcause_reason_findings(const sipcause_reason_iterator *iterator);

/* The text without its quotes and escapes, line folds made one blank.
 * Parameters: reason: a value. buffer, size: where to write; may be NULL, 0.
 * Returns: the length of the whole text without its NUL, as snprintf does; 0 when there is none. Since 0.1. */
SIPCAUSE_API size_t sipcause_reason_text(const sipcause_reason *reason, char *buffer, size_t size);

/* Walks over all parameters of a value as they were sent; of one that stands twice the first counts elsewhere, and only
 * a second cause is a finding.
 * Parameters: reason: a value. position: 0 at first, then as the last call left it. name, content:
 *   receive the name and what follows "=" (without quotes, escapes and folds left in; text is NULL when there
 *   is no "=").
 * Returns: true while there is a parameter. Since 0.1. */
SIPCAUSE_API bool sipcause_reason_parameter(const sipcause_reason *reason, size_t *position,
                                            sipcause_slice *name, sipcause_slice *content);

/* One sentence that tells a finding of a value to a person.
 * Parameters: reason: the value; NULL for a finding of no value. rule: enum sipcause_rule.
 *   buffer, size: where to write; may be NULL, 0.
 * Returns: the length of the whole sentence without its NUL, as snprintf does; 0 for the rules of mapping files and
 *   what is no rule. Since 0.1. */
SIPCAUSE_API size_t sipcause_reason_sentence(const sipcause_reason *reason, uint32_t rule, char *buffer,
                                             size_t size);

/*
 * The strict reading, for those who refuse what deviates: whether a header's values would all be read without a finding
 * of severity warning or worse (enum sipcause_rule; unknown-protocol and unassigned-status are among them). The
 * lenient reading above is what verdicts rest on; RFC 3326 section 1 lets everybody ignore the header, refusing a
 * message for it is harsher than the standard.
 * Parameters: value, length: the bytes after "Reason:", folded lines included; length in bytes or SIPCAUSE_TEXT; not
 *   kept. error: receives the first deviation: line 1, the column in bytes from 1 of what the grammar has no place for,
 *   or of the parameter or value whose meaning is wrong, its offset, and a sentence with the rule's name in brackets;
 *   may be NULL. A second value of one protocol on another header line is not seen.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_VALUE (it deviates), _MISUSE (value is NULL).
 * Thread safety: any thread. Linear time, no allocation. RFC 3326 section 2, RFC 8606 section 4. Since 0.1.
 */
SIPCAUSE_API int sipcause_reason_check(const char *value, size_t length, sipcause_error *error);

/* ============================================================================================
 * message
 * ============================================================================================ */

/*
 * The parts of a SIP message that tell which call it belongs to. Its slices point into the message;
 * what the message lacks has length 0. Fixed for ever. Since 0.1.
 */
typedef struct sipcause_message {
    sipcause_slice method;      /* the request's method; empty in a response */
    sipcause_slice phrase;      /* the response's reason phrase */
    sipcause_slice call_id;
    sipcause_slice cseq_method;
    sipcause_slice from_tag;
    sipcause_slice to_tag;
    sipcause_slice branch;      /* the topmost Via's */
    sipcause_slice content_type;
    uint32_t status;            /* 100-999 as sent, those over 699 are none of SIP's; 0 in a request */
    uint32_t cseq;              /* the CSeq's number; 0 when absent or over 2147483647 */
    uint64_t content_length;    /* as sent */
    uint64_t header_length;     /* bytes up to and with the empty line; all of them when that is missing */
    uint8_t has_content_length;
    uint8_t complete;           /* 1: the empty line after the headers was there */
    uint8_t reserved_bytes[6];
    uint64_t reserved[4];
} sipcause_message;

/* Reads a message's start line and headers (RFC 3261 section 7): names in any case, compact forms,
 * folding, CRLF or LF.
 * Parameters: bytes, length: the message, length in bytes or SIPCAUSE_TEXT; may be cut or malformed. message:
 *   receives the parts; its slices borrow from bytes.
 * Returns: true when the start line is that of a SIP message; else the parts are zeroed. Linear time, no
 *   allocation. Since 0.1. */
SIPCAUSE_API bool sipcause_message_parse(const void *bytes, size_t length, sipcause_message *message);

/* Walks over the headers. Parameters: bytes, length: as above. position: 0 at first, then as the last
 *   call left it. name, value: receive the header; compact names as sent; the value without the blanks
 *   around it, folds left in.
 * Returns: true while there is a header. Since 0.1. */
SIPCAUSE_API bool sipcause_message_header(const void *bytes, size_t length, size_t *position,
                                          sipcause_slice *name, sipcause_slice *value);

/* ============================================================================================
 * isup
 * ============================================================================================ */

/*
 * ISUP cause indicators (ITU-T Q.763 clause 3.12, parameter 18 of a REL). Fixed for ever. Since 0.1.
 */
typedef struct sipcause_isup {
    uint8_t cause;             /* Q.850 cause value 1-127; 0: none */
    uint8_t location;          /* enum sipcause_location, 0-15 */
    uint8_t coding;            /* coding standard: 0 ITU-T, 1 ISO/IEC, 2 national, 3 of the location */
    uint8_t has_recommendation; /* 1: octet 1a is present */
    uint8_t recommendation;    /* its seven bits: 0 Q.931 ... */
    uint8_t diagnostic_length; /* octets of diagnostics, 0-32 */
    uint8_t reserved[2];
    uint8_t diagnostic[32];
    uint64_t reserved_room[2];
} sipcause_isup;

/* Reads cause indicators as they stand in a REL, without the parameter's code and length octets.
 * Parameters: octets, length: at least 2 octets; more diagnostics than 32 octets are cut. isup: receives them; its
 *   cause may be 0. Octets that keep their extension bits as Q.763 wants them are encoded back to the same.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_VALUE (too short, or octet 1a without an end), _MISUSE. Since 0.1. */
SIPCAUSE_API int sipcause_isup_decode(const void *octets, size_t length, sipcause_isup *isup);

/* Reads the cause indicators of a REL out of a whole ISUP message, as an application/isup body carries it (RFC 3204
 * section 3.1): the message type code first, no routing label and no circuit identification code. The optional part
 * is not read, nor are the causes of other messages: what an ACM or a CPG gives as a cause ends no call by itself.
 * Parameters: octets, length: the message, length in octets; any may follow it. isup: receives what
 *   sipcause_isup_decode gives; its cause may be 0. It is left alone when the call fails.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_MISSING (no octets, or not a REL), _VALUE (a REL whose cause indicators
 *   cannot be read: cut, a pointer or a length beyond the end), _MISUSE. Ownership: nothing is kept.
 * Thread safety: any thread. Since 0.1. */
SIPCAUSE_API int sipcause_isup_message(const void *octets, size_t length, sipcause_isup *isup);

/* Writes cause indicators. Parameters: isup: cause 1-127, location 0-15, coding 0-3, recommendation 0-127,
 *   diagnostic_length 0-32. octets, size: room.
 * Returns: the number of octets written. Errors: SIPCAUSE_ERROR_RANGE, SIPCAUSE_ERROR_SPACE, _MISUSE. Since 0.1. */
SIPCAUSE_API int sipcause_isup_encode(const sipcause_isup *isup, void *octets, size_t size);

/* ============================================================================================
 * table
 * ============================================================================================ */

/* Bits of sipcause_entry.flags. Since 0.1. */
enum sipcause_entry_flag {
    SIPCAUSE_ENTRY_UNINFORMATIVE = 1 << 0, /* yields to any other evidence (487, Q.850 31, 127 and a few more) */
    SIPCAUSE_ENTRY_ROUTE_GIVEN = 1 << 1    /* the row's own author wrote its route; the caps of sipcause_decide
                                              leave it alone */
};

/*
 * What a table says of one code. The library hands it out, it lives as long as its table, and it grows
 * at its end. Since 0.1.
 */
typedef struct sipcause_entry {
    uint32_t size;
    uint32_t disposition_id; /* 0-based in its table, below sipcause_disposition_count() */
    const char *disposition; /* the label for reports */
    const char *name;        /* the row's own name, else the standard's; NULL: none */
    const char *note;        /* what the row's author noted; NULL: nothing */
    const char *file;        /* the mapping file's name; "built-in" for rows of the profiles; "": none was given */
    uint32_t line;           /* the row's line in that file; 0 for built-in rows */
    uint16_t outcome;        /* enum sipcause_outcome */
    uint16_t party;          /* enum sipcause_party */
    uint16_t route;          /* enum sipcause_route */
    uint16_t flags;          /* enum sipcause_entry_flag */
    uint32_t when_count;     /* how many other meanings the row has under conditions, inherited ones too;
                                sipcause_table_yaml shows them */
    uint32_t column;         /* where it begins in that line, in bytes from 1; 0: not known */
    uint32_t reserved_number;
    uint64_t reserved[1];
} sipcause_entry;

/* A built-in profile, a table made of the standards:
 *   "default"   RFC 3398 with the blocking rules 603/607/608 <-> 21 on top
 *   "rfc3398"   RFC 3398 alone
 *   "fcc-2026"  RFC 3398 with 47 CFR 64.1200(k)(9) as in force since 2026-03-25
 *   "q1912.5"   ITU-T Q.1912.5, SIP to ISUP, as far as two public witnesses agree; ISUP to SIP is RFC 3398's
 *   "rfc4497"   RFC 4497: between SIP and QSIG
 *   "blocking"  the blocking rules alone: 603, 607, 608 and 21; it has no fallback and translates nothing else
 * All but "blocking" give the same verdicts: they differ in what sipcause_to_isup and sipcause_to_sip make of a code.
 * All but "blocking" map sip, q850, freeswitch (the numbers from before 2022-06-07 too), preemption, release-cause,
 * failure-cause and stir; rows of carriers' codes and of the access protocols are for mapping files and builders.
 * Parameters: profile: its name, exactly; NULL: "default".
 * Returns: the table; NULL when there is no such profile. Ownership: static, never freed; _ref and
 * _unref leave it alone. Thread safety: any thread. Since 0.1. */
SIPCAUSE_API const sipcause_table *sipcause_builtin(const char *profile);

/* The built-in profiles by number. Returns: how many; the name, or NULL from count on. Since 0.1. */
SIPCAUSE_API size_t sipcause_builtin_count(void);
SIPCAUSE_API const char *sipcause_builtin_name(size_t index);

/* One line on what a profile is and where it comes from (standard, clause, date).
 * Returns: static text; NULL when there is no such profile. Since 0.1. */
SIPCAUSE_API const char *sipcause_builtin_description(const char *profile);

/* Takes one more reference. Returns: the same table. Errors: none; NULL gives NULL.
 * Ownership: to be given back by sipcause_table_unref. Thread safety: any thread, lock-free. Since 0.1. */
SIPCAUSE_API sipcause_table *sipcause_table_ref(const sipcause_table *table);

/* Gives a reference back; the last one frees the table and everything it handed out. NULL and built-in
 * tables are left alone. Thread safety: any thread, lock-free. Since 0.1. */
SIPCAUSE_API void sipcause_table_unref(const sipcause_table *table);

/* The table's name: the profile's, or what its mapping file or builder says. Never NULL, may be "". Since 0.1. */
SIPCAUSE_API const char *sipcause_table_name(const sipcause_table *table);

/* How many bytes the table itself occupies, without the built-in profile under it. Since 0.1. */
SIPCAUSE_API size_t sipcause_table_bytes(const sipcause_table *table);

/* What the table says of a code by itself. Two array reads for sip and q850, one probe for the other spaces, and a
 * search among some ninety rows where the table extends a profile and has none of its own for such a code of theirs.
 * Rows of a class (5xx) and the default are not asked: see sipcause_table_class and _default. What a row
 * means under conditions (480 once it had rung, 603 with a notice) is for sipcause_decide.
 * Returns: the entry; NULL: not mapped, or under conditions only, as sip 200 is (Answered Elsewhere).
 * Ownership: lives as long as the table. Thread safety: any thread. Since 0.1. */
SIPCAUSE_API const sipcause_entry *sipcause_lookup(const sipcause_table *table, sipcause_code code);

/* The same for a carrier's own word, 1-31 of [A-Za-z0-9_.-], case-sensitive.
 * Parameters: word, length: the word, length in bytes or SIPCAUSE_TEXT. Digits alone are no word but
 *   a number: they are looked up as carrier numbers.
 * Returns: the entry; NULL: not mapped. Since 0.1. */
SIPCAUSE_API const sipcause_entry *sipcause_lookup_token(const sipcause_table *table, const char *word,
                                                         size_t length);

/* What an unmapped status of a class falls to. Parameters: hundreds: 3-6 (5: the row 5xx).
 * Returns: the entry; NULL: the table has no such row. Since 0.1. */
SIPCAUSE_API const sipcause_entry *sipcause_table_class(const sipcause_table *table, uint32_t hundreds);

/* What everything else falls to. Returns: the entry; NULL: the table has no default. Since 0.1. */
SIPCAUSE_API const sipcause_entry *sipcause_table_default(const sipcause_table *table);

/* What a call without usable evidence falls to. Parameters: situation: enum sipcause_no_cause.
 * Returns: the entry; NULL: the table has no such row. Since 0.1. */
SIPCAUSE_API const sipcause_entry *sipcause_table_no_cause(const sipcause_table *table, uint32_t situation);

/* What a failure of our own side means (sipcause_release_local). Parameters: local: enum sipcause_local.
 * Returns: the entry; NULL: the table has no such row. Since 0.1. */
SIPCAUSE_API const sipcause_entry *sipcause_table_local(const sipcause_table *table, uint32_t local);

/* Whether the Reason headers of responses with this status are passed over: they decide nothing, are not copied to
 * ISUP, make no 603+, and conditions do not see them; what is wrong with them is still a finding. Other cause headers
 * count. Parameters: status: 100-699.
 * Returns: true when the table says so; built-in tables never do. Since 0.1. */
SIPCAUSE_API bool sipcause_table_ignores_reason(const sipcause_table *table, uint32_t status);

/* From when on the table is in force, in seconds since 1970-01-01T00:00:00Z; kept for those who choose among
 * tables, nothing in the library asks it.
 * Returns: the second; SIPCAUSE_ALWAYS when the table does not say. Since 0.1. */
#define SIPCAUSE_ALWAYS INT64_MIN
SIPCAUSE_API int64_t sipcause_table_effective(const sipcause_table *table);

/* The severity that the table's author gave a rule, else that of sipcause_rule_severity. The findings of
 * sipcause_decide have it; what is off is not among them.
 * Parameters: rule: enum sipcause_rule.
 * Returns: enum sipcause_severity; SIPCAUSE_SEVERITY_OFF for a rule that this version does not know. Since 0.1. */
SIPCAUSE_API uint32_t sipcause_table_severity(const sipcause_table *table, uint32_t rule);

/*
 * Whether two tables say the same: name, date, rows with their conditions, names and notes, classes, missing causes,
 * own failures, default, dispositions and a carrier's own words in their order, cause headers, precedence,
 * interworking and severities. From which file and line a row is does not matter, nor how the rows are shared out
 * between a table and what it extends: for servers that reload only what has changed. Linear in the rows, no
 * allocation. Since 0.1.
 */
SIPCAUSE_API bool sipcause_table_equal(const sipcause_table *a, const sipcause_table *b);

/*
 * Writes the whole table, with all that it inherits, as a mapping file (sipcause(5)) that extends nothing and loads
 * to an equal table.
 * Parameters: buffer, size: where to write; may be NULL, 0.
 * Returns: the length of the whole text without its NUL, as snprintf does; 0 when a builder was told what no file can
 *   say: a text that is empty or not UTF-8; a date outside the years 1 to 9999. Since 0.1.
 */
SIPCAUSE_API size_t sipcause_table_yaml(const sipcause_table *table, char *buffer, size_t size);

/* The dispositions that the table's rows may name. An id stays valid in tables that extend this one.
 * Returns: how many; the name, or NULL from count on. Since 0.1. */
SIPCAUSE_API size_t sipcause_disposition_count(const sipcause_table *table);
SIPCAUSE_API const char *sipcause_disposition_name(const sipcause_table *table, size_t id);

/*
 * Where a carrier puts its own code, best first. Of the header's value, or of its parameter's, blanks and
 * quotes are skipped, then the run of [A-Za-z0-9_.-] is the code and the rest is ignored: digits up to
 * 4294967295 are a number (leading zeros dropped), all else is a word. Fixed for ever. Since 0.1.
 */
typedef struct sipcause_cause_header {
    const char *name;      /* the header's, as the mapping file spells it */
    const char *parameter; /* the code is in this parameter of the header; NULL: it is the header's value */
    uint16_t space;        /* SIPCAUSE_SPACE_CARRIER, or the space that its numbers are of */
    uint8_t uri_parameter; /* 1: a parameter inside a URI counts too */
    uint8_t reserved_bytes[5];
    uint64_t reserved[2];
} sipcause_cause_header;

/* The table's cause headers. Parameters: index: from 0. header: receives it; its texts live as long as the table.
 * Returns: how many; true while index is below that. Since 0.1. */
SIPCAUSE_API size_t sipcause_cause_header_count(const sipcause_table *table);
SIPCAUSE_API bool sipcause_cause_header_at(const sipcause_table *table, size_t index,
                                           sipcause_cause_header *header);

/* The order in which code spaces are asked, as the table says it: freeswitch, preemption, release-cause and
 * failure-cause come just after q850 unless they are in it. A space that is not asked never decides, though its rows
 * can be looked up: so it is with stir and the access protocols in the built-in profiles. Parameters: index: from 0.
 * Returns: how many; enum sipcause_space, or SIPCAUSE_SPACE_NONE from count on. Since 0.1. */
SIPCAUSE_API size_t sipcause_precedence_count(const sipcause_table *table);
SIPCAUSE_API uint32_t sipcause_precedence_at(const sipcause_table *table, size_t index);

/* Where an iteration over a table stands; zero it to start. Fixed for ever. Since 0.1. */
typedef struct sipcause_cursor {
    uint32_t own;
    uint32_t base;
    uint64_t reserved;
} sipcause_cursor;

/* The next mapped code: by space, then by value, tokens as they were added; not those that are mapped under
 * conditions only. Rows that are no code's have functions of their own: sipcause_table_class, _default, _no_cause,
 * _local.
 * Parameters: cursor: zeroed at first. code: receives the code; may be NULL.
 * Returns: its entry; NULL at the end. Since 0.1. */
SIPCAUSE_API const sipcause_entry *sipcause_table_next(const sipcause_table *table, sipcause_cursor *cursor,
                                                       sipcause_code *code);

/* ============================================================================================
 * builder
 * ============================================================================================ */

/* Makes a table in C, for an SBC that keeps its mapping in a database. What a mapping file may say can
 * be said here. Errors have the line and column that the row came
 * with and the file of sipcause_builder_name. */
typedef struct sipcause_builder sipcause_builder;

/*
 * What must hold of the call for a refinement or an interworking rule to count. Zero it, then fill in what matters: all
 * of it must hold, and of each list one; one that is all zero is refused. "The message" is the one that decides. What
 * is absent from the evidence never holds: a condition on the phrase, for one, in a BYE. With a failure of our own
 * (sipcause_release_local) there is no message: alerted, progressed and what is 2 (no) can hold then. Patterns are
 * anchored: * stands for any run of characters, ? for one; ASCII case does not matter in them; 1-255 bytes, at most 64
 * between two *. A code that is mapped itself and comes before this row's in the precedence decides first: put the
 * refinement on that code's row then, and name this one in codes. Fixed for ever. Since 0.1.
 */
typedef struct sipcause_condition {
    const char *const *phrases;  /* patterns of the reason phrase. Every list: NULL, 0: any or none */
    size_t phrase_count;
    const char *const *texts;    /* patterns of the text of a Reason value, escapes undone; any value's of the
                                    message */
    size_t text_count;
    const sipcause_code *codes;  /* what else the message carries, in its status line, a Reason, a REL or a cause
                                    header; of each space that is named one of its codes. Of any space but token */
    size_t code_count;
    const char *const *words;    /* the carrier's words, exactly; one list with the codes of space carrier, which are
                                    its numbers */
    size_t word_count;
    const uint16_t *warnings;    /* warn-codes of a Warning header, 100-999 (RFC 3261 section 20.43) */
    size_t warning_count;
    uint16_t locations;          /* bits 1 << enum sipcause_location, 0-15. Of a q850 row: that sent with the very cause
                                    (a cause header sends none); of other rows: that of the message's first Q.850
                                    cause; 0: any or none */
    uint16_t methods;            /* bits 1 << enum sipcause_method; 0: any */
    uint16_t codings;            /* bits 1 << enum sipcause_coding, of a REL's cause indicators; 0: any or none */
    uint8_t answered;            /* the call was answered: 0 either, 1 yes, 2 no; the same for the next four */
    uint8_t alerted;             /* a 180 was seen */
    uint8_t progressed;          /* a provisional response other than 100 was seen */
    uint8_t notice;              /* the answer is a whole 603+ */
    uint8_t diagnostic;          /* the cause indicators carry diagnostics */
    uint8_t reserved_bytes[5];
    uint64_t reserved[4];
} sipcause_condition;

struct sipcause_refinement;

/*
 * One row. Zero it, then fill in what it says. A row that names a disposition other than the inherited
 * one takes that disposition's outcome, party and route; a row that names none, or the same, keeps
 * what it inherits; its refinements go before those that it inherits, which a new disposition drops. What a row says is
 * not said of the refinements that it inherits: 480 with a route of its own keeps the built-in one once it had rung. A
 * code is mapped once: a second row for it is refused.
 * The built-in dispositions: "Network Error", "Customer Abandon", "Fraud / Security Block",
 * "Busy", "Unreachable", "Unknown", "No Answer", "Rejected", "Invalid Number", "Media Mismatch",
 * "Authentication Failure", "Answered Elsewhere", "Redirected", "Normal Clearing". Fixed for ever. Since 0.1.
 */
typedef struct sipcause_row {
    const char *disposition;  /* exactly as built in or as declared before; NULL: inherited */
    const char *name;         /* NULL: inherited, else the standard's */
    const char *note;         /* NULL: inherited */
    const char *outcome;      /* a name of enum sipcause_outcome; NULL: inherited */
    const char *party;        /* of enum sipcause_party; NULL: inherited */
    const char *route;        /* of enum sipcause_route; NULL: inherited */
    uint8_t uninformative;    /* 0: inherited, 1: yes, 2: no */
    uint8_t capped;           /* whether the caps of sipcause_decide hold for the route. 0: no where route is said
                                 here, else inherited (built-in rows: yes); 1: yes; 2: no */
    uint8_t reserved_bytes[2];
    uint32_t line;            /* where the row comes from, for messages and entries; 0: nowhere */
    uint32_t column;
    uint32_t reserved_number;
    const struct sipcause_refinement *when; /* what the code means under conditions: of those that hold the first
                                               counts, else the row itself. NULL, 0: none of its own; copied */
    size_t when_count;
    uint64_t reserved[2];
} sipcause_row;

/* What a row means when the condition holds. A disposition that is not said is the row's; another than the row's brings
 * its own outcome, party and route, and is informative and capped; else outcome, party, route, uninformative and capped
 * that are not said are the row's. A name that is not said is the row's; a note is not taken over. Its row has no
 * `when`. A row that inherits nothing may say nothing but `when`: the code is then mapped only where one of the
 * conditions holds, and each refinement needs a disposition. A line that is not said is the outer row's. Fixed for
 * ever. Since 0.1. */
typedef struct sipcause_refinement {
    sipcause_condition condition;
    sipcause_row row;
} sipcause_refinement;

/* A new builder. Parameters: base: the table to extend; NULL: "default". Its rows, dispositions, cause
 *   headers, precedence and interworking rules hold unless they are replaced;
 *   sipcause_builder_clear drops them. It is not needed any more once this has returned.
 * Returns: the builder; NULL when memory is short. Ownership: free with sipcause_builder_free. Since 0.1. */
SIPCAUSE_API sipcause_builder *sipcause_builder_new(const sipcause_table *base);

/* Frees a builder; NULL is accepted. Tables built with it live on. Since 0.1. */
SIPCAUSE_API void sipcause_builder_free(sipcause_builder *builder);

/* Names the table and its source. Parameters: name: the carrier's name; NULL: as it is. file: the name
 *   that entries and errors give as their origin, of rows that are mapped from then on; NULL: as it is. Both are
 *   copied.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_MEMORY, _MISUSE. Since 0.1. */
SIPCAUSE_API int sipcause_builder_name(sipcause_builder *builder, const char *name, const char *file);

/* Extends nothing: what the base says of codes, classes, missing causes, own failures, the default, headers,
 * interworking is dropped; only its dispositions stay, as words; precedence is that of "default" until it is set, and
 * so are the locations of classes. To be called first.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_MISUSE once anything but names, severities or the date, which are not
 * inherited, was said. Since 0.1. */
SIPCAUSE_API int sipcause_builder_clear(sipcause_builder *builder);

/* Declares a disposition of one's own. Parameters: row: its disposition is the new name (1-64 bytes, no control
 *   characters); name, note, uninformative, capped and when are not looked at; its
 *   outcome, party and route are what rows naming it take (NULL: unknown, unknown, none).
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_DUPLICATE_KEY, _VALUE, _UNKNOWN_CODE, _MISUSE, _MEMORY. Since 0.1. */
SIPCAUSE_API int sipcause_builder_disposition(sipcause_builder *builder, const sipcause_row *row,
                                              sipcause_error *error);

/* Maps a code. Parameters: code: of any space but token. row: what it means; copied.
 * Returns: SIPCAUSE_OK. Errors: _RANGE, _STATUS_IN_CAUSE, _CAUSE_IN_STATUS (a number of another space),
 *   _DUPLICATE_KEY (with both lines), _UNKNOWN_DISPOSITION (with the nearest), _UNKNOWN_CODE (space, outcome,
 *   party, route), _MISSING (no disposition, none to inherit, and not `when` alone), _VALUE (uninformative, capped, a
 *   pattern, a warn-code, a word, a condition's bits, a refinement's `when`), _TOO_LARGE (over 16777214 rows, or 4096
 *   refinements of one), _MISUSE (also a list with a count and no array), _MEMORY; nothing has changed then.
 *   Since 0.1. */
SIPCAUSE_API int sipcause_builder_map(sipcause_builder *builder, sipcause_code code, const sipcause_row *row,
                                      sipcause_error *error);

/* Maps a carrier's own word, 1-31 of [A-Za-z0-9_.-]; digits alone map the carrier number, leading zeros dropped.
 * Parameters, Returns, Errors: as sipcause_builder_map; _VALUE for what is no word. Since 0.1. */
SIPCAUSE_API int sipcause_builder_map_token(sipcause_builder *builder, const char *word, size_t length,
                                            const sipcause_row *row, sipcause_error *error);

/* The row for a whole class of unmapped statuses. Parameters: hundreds: 3-6, else _RANGE.
 * Returns, Errors: as sipcause_builder_map. Since 0.1. */
SIPCAUSE_API int sipcause_builder_map_class(sipcause_builder *builder, uint32_t hundreds,
                                            const sipcause_row *row, sipcause_error *error);

/* The row for everything else; it inherits nothing. Returns, Errors: as sipcause_builder_map. Since 0.1. */
SIPCAUSE_API int sipcause_builder_map_default(sipcause_builder *builder, const sipcause_row *row,
                                              sipcause_error *error);

/* A row for calls without usable evidence. The first call drops all inherited no-cause rows: they are
 * replaced whole. Parameters: situation: enum sipcause_no_cause, else _RANGE.
 * Returns, Errors: as sipcause_builder_map. Since 0.1. */
SIPCAUSE_API int sipcause_builder_map_no_cause(sipcause_builder *builder, uint32_t situation,
                                               const sipcause_row *row, sipcause_error *error);

/* A row for a failure of our own side; it inherits as the row of a code does. Parameters: local: enum
 * sipcause_local, else _RANGE.
 * Returns, Errors: as sipcause_builder_map. Since 0.1. */
SIPCAUSE_API int sipcause_builder_map_local(sipcause_builder *builder, uint32_t local, const sipcause_row *row,
                                            sipcause_error *error);

/* Adds a cause header, best first; the first one drops the inherited list. Parameters: header: name
 *   1-64 token characters, parameter NULL or 1-64 token characters, space any but none and token; copied.
 *   line, column: where it stands; 0, 0: nowhere.
 * Returns: SIPCAUSE_OK. Errors: _VALUE, _DUPLICATE_KEY (same header, parameter and space), _TOO_LARGE (over 16),
 *   _MISUSE, _MEMORY. Since 0.1. */
SIPCAUSE_API int sipcause_builder_cause_header(sipcause_builder *builder, const sipcause_cause_header *header,
                                               uint32_t line, uint32_t column, sipcause_error *error);

/* Says that there is no cause header at all. Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_MISUSE. Since 0.1. */
SIPCAUSE_API int sipcause_builder_no_cause_headers(sipcause_builder *builder);

/* The order in which code spaces are asked; a space left out never decides. The protocols freeswitch,
 * preemption, release-cause and failure-cause come just after q850 unless they are named themselves.
 * Parameters: spaces, count: 1-32 numbers of enum sipcause_space, none twice.
 * Returns: SIPCAUSE_OK. Errors: _VALUE, _DUPLICATE_KEY, _MISUSE (no spaces, or more than 32). Since 0.1. */
SIPCAUSE_API int sipcause_builder_precedence(sipcause_builder *builder, const uint16_t *spaces, size_t count,
                                             sipcause_error *error);

/* The statuses under which this carrier's Reason headers are passed over; replaces the inherited list.
 * Parameters: statuses, count: 0-600 status codes, 100-699, none twice; NULL, 0: none.
 * Returns: SIPCAUSE_OK. Errors: _RANGE, _DUPLICATE_KEY, _MISUSE, _MEMORY. Since 0.1. */
SIPCAUSE_API int sipcause_builder_ignore_reason(sipcause_builder *builder, const uint16_t *statuses, size_t count,
                                                sipcause_error *error);

/* What an interworking rule is for when it is for no one code. Since 0.1. */
enum sipcause_from {
    SIPCAUSE_FROM_DEFAULT = 0, /* what has no rule that holds, in either direction; causes of another coding */
    SIPCAUSE_FROM_BYE = 1,     /* to ISUP only */
    SIPCAUSE_FROM_CANCEL = 2   /* to ISUP only; 3 to 6 are the classes 3xx to 6xx */
};

/* One interworking rule's answer. Zero it, then fill it in. Fixed for ever. Since 0.1. */
typedef struct sipcause_translation {
    const sipcause_condition *when; /* NULL: always; all zero is refused. To SIP only locations, diagnostic and codings
                                       may be said (what is not ITU-T finds the default only), to ISUP no locations */
    uint16_t to;                    /* to ISUP: a cause value 1-127; to SIP: a status 300-699; 0: nothing is sent */
    uint8_t has_location;           /* to ISUP: 1: location is given; 0: it is that of the status' class, or of
                                       requests */
    uint8_t location;               /* to ISUP: 0-15, enum sipcause_location; not looked at without has_location */
    uint8_t redress;                /* to SIP: 1: with a redress contact the answer is a 603+, where `to` is 603; to
                                       ISUP 0 */
    uint8_t reserved_bytes[3];
    uint64_t reserved[2];
} sipcause_translation;

/*
 * The interworking rules of one code from SIP to ISUP. Of the answers the first whose condition holds counts, then the
 * inherited ones of that code; an answer without a condition leaves none of those. Where none holds, a status falls to
 * its class, then to the default. A Q.850 Reason or a REL of the message is copied before these rules are asked, but
 * for an answer whose condition says notice 1: that goes first (sipcause_to_isup). For a rule to go before the Reason
 * of its status, name the status in sipcause_builder_ignore_reason.
 * Parameters: from: a status 300-699, a class 3-6 (5: 5xx), or enum sipcause_from; each once. answers, count: at least
 *   one, copied; one without a condition comes last. line, column: where they stand; 0, 0: nowhere.
 * Returns: SIPCAUSE_OK. Errors: _RANGE (from, to, location, redress), _DUPLICATE_KEY (from was said before), _VALUE (a
 *   pattern and the like, as of sipcause_builder_map; what stands behind an answer without condition), _MISUSE,
 *   _MEMORY; nothing has changed then. Since 0.1.
 */
SIPCAUSE_API int sipcause_builder_to_isup(sipcause_builder *builder, uint32_t from, const sipcause_translation *answers,
                                          size_t count, uint32_t line, uint32_t column, sipcause_error *error);

/* The same from ISUP to SIP: from a cause value to the default. Parameters: from: a cause value 1-127 or
 *   SIPCAUSE_FROM_DEFAULT; the others as above. Returns, Errors: as above; _VALUE also for a condition on what a cause
 *   does not tell. Since 0.1. */
SIPCAUSE_API int sipcause_builder_to_sip(sipcause_builder *builder, uint32_t from, const sipcause_translation *answers,
                                         size_t count, uint32_t line, uint32_t column, sipcause_error *error);

/* The location in a REL that is made of a status of a class, where neither its rule nor its Reason has one; the last
 * call for a class counts. Parameters: hundreds: 3-6; 0: of BYE and CANCEL. location: 0-15. line, column: where it
 *   stands; 0, 0: nowhere.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_RANGE, _MISUSE. Since 0.1. */
SIPCAUSE_API int sipcause_builder_class_location(sipcause_builder *builder, uint32_t hundreds, uint32_t location,
                                                 uint32_t line, uint32_t column, sipcause_error *error);

/* From when on the table is in force; not inherited. Parameters: seconds: since 1970-01-01T00:00:00Z; SIPCAUSE_ALWAYS.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_MISUSE. Since 0.1. */
SIPCAUSE_API int sipcause_builder_effective(sipcause_builder *builder, int64_t seconds);

/* The severity of a rule for this table; not inherited. Parameters: rule: enum sipcause_rule. severity: enum
 *   sipcause_severity.
 * Returns: SIPCAUSE_OK. Errors: _UNKNOWN_CODE (no such rule or severity), _DUPLICATE_KEY, _MISUSE. Since 0.1. */
SIPCAUSE_API int sipcause_builder_check(sipcause_builder *builder, uint32_t rule, uint32_t severity,
                                        sipcause_error *error);

/* Makes the frozen table. The builder stays as it is and may go on.
 * Returns: the table with one reference; NULL on error. Errors: _MEMORY, _MISUSE.
 * Ownership: give back with sipcause_table_unref. Since 0.1. */
SIPCAUSE_API sipcause_table *sipcause_builder_table(const sipcause_builder *builder, sipcause_error *error);

/* ============================================================================================
 * load
 * ============================================================================================ */

/*
 * Loads a mapping file (sipcause(5)) or a JSON trunk object (causeCodeMappings):
 *
 *     sipcause: 1
 *     name: acme
 *     extends: default
 *     cause-headers: [X-Cause-Code]
 *     map:
 *       carrier: {601: Fraud / Security Block}
 *       sip: {480: {disposition: No Answer, when: [{phrase: "*capacity*", disposition: Network Error}]}}
 *
 * All or nothing: a file with an error makes no table. The file is read once, and not kept open; so is each file that
 * it extends, up to 16 one below the other.
 * Parameters: path: the file, at most 16 MiB. error: receives what is wrong and where, also in a file that is extended:
 *   its source is then that one; may be NULL.
 * Returns: the table with one reference; NULL on error. Errors: any but _SPACE and _NOTICE.
 * Ownership: give back with sipcause_table_unref. Thread safety: any thread. Since 0.1.
 */
SIPCAUSE_API sipcause_table *sipcause_load_file(const char *path, sipcause_error *error);

/* The same from memory. Parameters: bytes, length: the file's content, length in bytes or SIPCAUSE_TEXT; not
 * kept. name: what errors and entries give as the file's name; NULL: "-". Such a mapping can extend built-in
 * profiles only.
 * Returns, Errors, Ownership: as sipcause_load_file. Since 0.1. */
SIPCAUSE_API sipcause_table *sipcause_load_bytes(const void *bytes, size_t length, const char *name,
                                                 sipcause_error *error);

/* ============================================================================================
 * release
 * ============================================================================================ */

/*
 * A workspace for the evidence of one call. It holds one reference to its table. Use it call after
 * call: once warm it allocates nothing. What it needs of a message it copies: the message may be freed on
 * return. It keeps at most 64 KiB a call, of which provisional responses may fill half and final responses
 * three quarters, so that neither can crowd out what comes last; what does not fit is left out, and the
 * verdict has the flag truncated. A release in use must not cross a fork.
 */
typedef struct sipcause_release sipcause_release;

/* A new workspace. Parameters: table: what its verdicts are made by; NULL: "default".
 * Returns: the release; NULL when memory is short. Ownership: free with sipcause_release_free. Since 0.1. */
SIPCAUSE_API sipcause_release *sipcause_release_new(const sipcause_table *table);

/* Frees a workspace and gives its table back; NULL is accepted. Since 0.1. */
SIPCAUSE_API void sipcause_release_free(sipcause_release *release);

/* Forgets the call and keeps the memory. Since 0.1. */
SIPCAUSE_API void sipcause_release_reset(sipcause_release *release);

/* Resets, and goes on with another table: for servers that reload. Parameters: table: NULL: "default". Since 0.1. */
SIPCAUSE_API void sipcause_release_table(sipcause_release *release, const sipcause_table *table);

/*
 * Adds a whole SIP message of the call, in the order of the wire: requests and responses of either
 * side, retransmissions included; whatever is no evidence is passed over. Of a body the REL is read, as
 * sipcause_release_body does it: what follows the empty line, up to Content-Length where that is less. That all
 * messages are of one call (one Call-ID) is for the caller to see to; who sent a request is told by its From
 * tag: that of the INVITE is the caller's.
 * Parameters: bytes, length: one message, length in bytes or SIPCAUSE_TEXT (a body of octets would end at its first
 *   zero); it may be cut or malformed: a response without CSeq is taken for one to INVITE, with the flag
 *   malformed-evidence.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_MEMORY (the message was not kept; it may be given again), _VALUE (no SIP
 *   start line), _MISUSE. Since 0.1.
 */
SIPCAUSE_API int sipcause_release_message(sipcause_release *release, const void *bytes, size_t length);

/*
 * For stacks that have parsed already: opens a request. Its headers follow by sipcause_release_header.
 * INVITE, CANCEL and BYE matter; other methods are passed over.
 * Parameters: method, method_length: "BYE". side: enum sipcause_side, who sent it (a BYE of the caller before
 *   the answer gives the call up, any other proves an answer; the verdict's released_by). to_tag, to_tag_length:
 *   the To header's tag; NULL, 0: none, as in an initial INVITE. cseq: the CSeq's number; 0: not known (an
 *   INVITE without To tag is then always a new attempt).
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_MEMORY, _MISUSE. Since 0.1.
 */
SIPCAUSE_API int sipcause_release_request(sipcause_release *release, const char *method, size_t method_length,
                                          uint32_t side, const char *to_tag, size_t to_tag_length,
                                          uint32_t cseq);

/*
 * The same for a response. Only responses to INVITE matter.
 * Parameters: status: 100-699; others are noted as malformed evidence. phrase, phrase_length: the reason phrase,
 *   needed to tell 603+ from 603. cseq_method, cseq_method_length: the method of the CSeq header; NULL, 0:
 *   INVITE. to_tag, to_tag_length: the To header's tag; NULL, 0: none. cseq: the CSeq's number; 0: not known.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_MEMORY, _MISUSE. Since 0.1.
 */
SIPCAUSE_API int sipcause_release_response(sipcause_release *release, uint32_t status, const char *phrase,
                                           size_t phrase_length, const char *cseq_method,
                                           size_t cseq_method_length, const char *to_tag,
                                           size_t to_tag_length, uint32_t cseq);

/* Adds a header to the message opened last. Reason, Retry-After, Warning, of a 608 Call-Info, and the table's cause
 * headers are known by name (any case); all others are passed over, so that a stack may simply give them all.
 * Parameters: name, name_length; value, value_length: the header; lengths in bytes or SIPCAUSE_TEXT.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_MEMORY, _MISUSE (no message is open). Since 0.1. */
SIPCAUSE_API int sipcause_release_header(sipcause_release *release, const char *name, size_t name_length,
                                         const char *value, size_t value_length);

/*
 * Adds the body of the message opened last, or one part of it: for stacks that have parsed already, which may simply
 * give all of them. The cause indicators of a REL in it are kept as those of sipcause_release_isup are; a Reason
 * header of the message goes before them (RFC 3398 section 7.2.3). All else is passed over:
 *  - bodies of other messages than final responses (300-699), BYE and CANCEL, and of those that are no evidence;
 *  - other types than application/isup (RFC 3204) and multipart/... with such a part, 4 levels deep at most; names in
 *    any case, with parameters. Of several RELs in a multipart the first readable one counts;
 *  - other ISUP messages than REL (RLC, ACM ...);
 *  - parts whose Content-Transfer-Encoding is not binary, 8bit or 7bit, or whose Content-Encoding is not identity.
 * A REL that cannot be read gives the flag malformed-evidence and a finding. Whether its numbers are Q.850's is told
 * by the coding standard in the octets alone, not by the parameters version and base.
 * Parameters: content_type, content_type_length: the value of Content-Type, "application/isup;version=itu-t92+", length
 *   in bytes or SIPCAUSE_TEXT; NULL, 0: the message has none. bytes, length: the body with every content encoding
 *   undone, length in bytes; it may be cut.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_MEMORY, _MISUSE (no message is open). Ownership: what is needed is
 *   copied. Linear time. Thread safety: one thread at a time. Since 0.1.
 */
SIPCAUSE_API int sipcause_release_body(sipcause_release *release, const char *content_type,
                                       size_t content_type_length, const void *bytes, size_t length);

/* Adds the cause indicators of a REL: when the message opened last is a final response or a BYE, as its
 * encapsulated ISUP (who has the body itself gives that, to sipcause_release_body); else as the release of the call on
 * the ISUP side of a gateway.
 * Parameters: octets, length: as sipcause_isup_decode takes them; unreadable ones are a flag, not an error.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_MEMORY, _MISUSE. Since 0.1. */
SIPCAUSE_API int sipcause_release_isup(sipcause_release *release, const void *octets, size_t length);

/* Says that the call failed on our own side. It counts only while no final response, BYE or REL came; a CANCEL
 * that is told afterwards, and the 487 it draws, are its consequence and do not blame the caller. A timeout
 * is Network Error, next (RFC 3261 section 8.1.3.1: as 408), No Answer once it had rung; transport is Network Error,
 * network, next (as 503), TLS the same, but its party is unknown; no-route is Network Error, local, stop; limit is
 * congestion, local, later; unless the table says otherwise (sipcause_builder_map_local).
 * The verdict's decided_by is then none. sipcause_to_isup does not translate it: it gives _MISSING, or where a CANCEL
 * was told, what a CANCEL becomes.
 * Parameters: local: enum sipcause_local.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_MISUSE. Since 0.1. */
SIPCAUSE_API int sipcause_release_local(sipcause_release *release, uint32_t local);

/* ============================================================================================
 * decide
 * ============================================================================================ */

/*
 * The verdict on one call. It lives in its release until the next sipcause_decide, added evidence,
 * reset or free; it grows at its end. What is absent is NULL, a code of space none, 0 where 0 is no
 * value, or the constant named. Since 0.1.
 */
typedef struct sipcause_verdict {
    uint32_t size;
    uint32_t disposition_id;
    const char *disposition; /* the label for reports; never NULL ("Unknown" where the table says nothing) */
    const char *name;        /* the deciding row's name */
    const char *note;        /* its note */
    const char *file;        /* where the deciding row is from, as sipcause_entry.file */
    uint32_t line;           /* its line */
    uint16_t outcome;        /* enum sipcause_outcome */
    uint16_t party;          /* enum sipcause_party */
    uint16_t route;          /* enum sipcause_route, after the caps of Retry-After, 6xx and busy */
    uint16_t block;          /* enum sipcause_block */
    sipcause_code decided_by; /* the deciding code; space none: no evidence decided */
    sipcause_code runner_up;  /* the evidence that lost a conflict; with media-suspect the status of the refused
                                 re-INVITE; space none: none */
    uint32_t reserved_number;
    const char *source_name;  /* "status-line", "reason", "isup", or the header's name as the table spells it;
                                 NULL: none */
    uint16_t source;          /* enum sipcause_source */
    uint16_t status;          /* the failure's SIP status code, 300-699; 0: none, or the call was answered */
    uint8_t q850;             /* the Q.850 cause value that was sent; 0: none */
    uint8_t location;         /* its cause location; SIPCAUSE_LOCATION_NONE */
    uint8_t answered;         /* 1: the call was answered */
    uint8_t has_retry_after;  /* 1: retry_after is valid */
    uint32_t retry_after;     /* seconds; a Retry-After that is no number up to 4294967295 is passed over */
    uint32_t flags;           /* bits of enum sipcause_flag */
    sipcause_code carrier;    /* the carrier's number or mapped word; space none: none, or an unmapped word */
    const char *carrier_text; /* the same as text, unmapped words included; NULL: none */
    const char *notice_url;   /* the redress contacts of a 603+ answer as sent, usable or not; NULL where absent */
    const char *notice_tel;
    const char *notice_email;
    const char *notice_id;
    uint8_t has_notice;       /* 1: the answer was a 603+ */
    uint8_t notice_location;  /* the location parameter of its Reason; SIPCAUSE_LOCATION_NONE */
    uint8_t released_by;      /* enum sipcause_side: who sent the BYE; unknown when none did or nobody knows */
    uint8_t reserved_bytes[5];
    const char *jwscard;      /* where the jCard of a 608 is, as sent, not verified: the first URI in Call-Info, between
                                 < and >, whose purpose is jwscard (RFC 8688), of any scheme; NULL: none, or no 608 */
    uint64_t reserved[3];
} sipcause_verdict;

/*
 * Decides. The evidence may grow afterwards and be decided again. Nothing tells that a call is over, so ask when it is:
 * one that is still up is Normal Clearing, and a BYE without an INVITE counts as that of an answered call.
 *
 * Answered calls are decided by their BYE; others by a CANCEL when the final response is 487 or
 * absent, else by the final response (of several, a 6xx first, else the last; a new initial INVITE
 * makes what came before it history). Codes are asked in the table's precedence: a carrier's own code,
 * Q.850, then SIP (the status line, then SIP;cause=). Codes that tell nothing (487, Q.850 31 and 127, 16
 * before answer) yield to any other; codes that the table lacks yield too. A final 480, 487 or 500 that is
 * all there is lets the Reason of an earlier provisional response of the same To tag decide.
 *
 * 603+ (ATIS-1000099): status 603, the phrase "Network Blocked" in any case, and a Reason SIP;cause=603 or
 * Q.850;cause=21 whose quoted text begins "v=analytics1;" and has one more attribute. It goes before Q.850.
 * What is nearly one gets the finding near-603plus and is not taken for one. Of a whole one each attribute that does
 * not keep to its form gets the finding notice-attribute.
 *
 * 608 (RFC 8688): jwscard is where its Call-Info says that a signed jCard is; the flag jwscard-unverified says that
 * nothing was fetched or verified. Without one it gets the finding jwscard-missing.
 *
 * Route: none once answered. 486, 6xx and a cancelled call turn next and later into stop. With Retry-After stop
 * becomes later for 404, 413 (amend too), 480, 486, 500, 600 and 603 (not 603+); next stays next. All this goes by the
 * call's status, whichever code decided. A route that the row or refinement itself says stays as it is, unless it says
 * capped; one that it has from its disposition does not. man 7 sipcause has each step.
 *
 * Parameters: release: the evidence.
 * Returns: the verdict; NULL only when release is NULL or memory is short. Ownership: the release's. Since 0.1.
 */
SIPCAUSE_API const sipcause_verdict *sipcause_decide(sipcause_release *release);

/*
 * One finding: what is wrong with a call's evidence (sipcause_finding_at), or with a mapping file or a table
 * (sipcause_report_at). Of evidence it has rule, severity and message alone. The library hands it out; it grows at its
 * end. Since 0.1.
 */
typedef struct sipcause_finding {
    uint32_t size;
    uint16_t rule;          /* enum sipcause_rule */
    uint16_t severity;      /* enum sipcause_severity: as the table or the report has it; what is off is not found */
    const char *message;    /* a sentence or two in English, in one line and without its end; never NULL */
    const char *suggestion; /* what to write instead, as a mapping file would: "Busy" for the word at the place,
                               "route: stop" in the row, "map: {sip: {488: Media Mismatch}}" in the file; "..." stands
                               for what only its author knows. NULL: nothing that could be written */
    const char *file;       /* the mapping file's name as it was given, with any bytes that a name may have; of one that
                               is extended, as it is found from there, "maps/base.yaml", cut on the left over 255 bytes;
                               "built-in": a profile; "": a table without a file's name; NULL: evidence of a call */
    uint32_t line;          /* from 1; 0: of no one place, or not known */
    uint32_t column;        /* in bytes from 1; 0: not known */
    uint32_t second_line;   /* the other place that the message speaks of, in the same file; 0: there is none */
    uint32_t second_column;
    const char *code_text;  /* the code that it is about, as sipcause_code_format writes it; "sip:5xx", "default",
                               "no-cause:answered", "local:timeout", "BYE"; NULL: none, and of what a file cannot be
                               loaded with */
    sipcause_code code;     /* the same; space none: none, or no code that holds outside its table */
    uint64_t reserved[4];
} sipcause_finding;

/* What was wrong with the evidence of the last sipcause_decide, one by one.
 * Parameters: index: from 0. Returns: how many; the finding, or NULL from count on.
 * Ownership: the release's; a finding lives as long as the verdict. Since 0.1. */
SIPCAUSE_API size_t sipcause_finding_count(const sipcause_release *release);
SIPCAUSE_API const sipcause_finding *sipcause_finding_at(const sipcause_release *release, size_t index);

/* ============================================================================================
 * explain
 * ============================================================================================ */

/* What became of a piece of evidence. Since 0.1. */
enum sipcause_fate {
    SIPCAUSE_FATE_NONE = 0,         /* none: the step is no piece of evidence but says what happened to the call */
    SIPCAUSE_FATE_DECIDES = 1,      /* decides: the verdict rests on it; where no code told, on the row in `entry`
                                       alone: text and source_name are then NULL */
    SIPCAUSE_FATE_RUNNER_UP = 2,    /* runner-up: it lost a conflict (SIPCAUSE_FLAG_CONFLICT) */
    SIPCAUSE_FATE_OUTRANKED = 3,    /* outranked: it would have told, but a code that is asked before it did */
    SIPCAUSE_FATE_YIELDS = 4,       /* yields: it tells nothing by itself (SIPCAUSE_ENTRY_UNINFORMATIVE) */
    SIPCAUSE_FATE_UNMAPPED = 5,     /* unmapped: the table has no row that holds for it */
    SIPCAUSE_FATE_NO_CANDIDATE = 6, /* no-candidate: it cannot be a code: no cause, out of range, another coding ... */
    SIPCAUSE_FATE_NOT_ASKED = 7,    /* not-asked: it could be a code, and the table does not ask it here */
    SIPCAUSE_FATE_NOT_FINAL = 8,    /* not-final: it stands in a message that does not decide */
    SIPCAUSE_FATE_NO_CODE = 9       /* no-code: Retry-After, Warning, Call-Info: no code stands in it */
};
SIPCAUSE_API const char *sipcause_fate_name(uint32_t fate);
SIPCAUSE_API int sipcause_fate_from_name(const char *name, size_t length);

/*
 * One step on the way to a verdict: a piece of evidence and what became of it, or (fate none) what happened to the call
 * as a whole. It lives as long as the verdict; it grows at its end. Since 0.1.
 */
typedef struct sipcause_step {
    uint32_t size;
    uint16_t number;         /* what settled it, as "How a verdict is reached" in sipcause(7) counts: 0 which message
                                decides, 1 the order of asking, 2 it can be no code, 3 it yields, 4 it has no row of its
                                own, 6 no code told, 7 a provisional response was asked, 8 a conflict, 9 the route */
    uint16_t fate;           /* enum sipcause_fate */
    sipcause_code code;      /* what was read; space none: no code, or of an unregistered protocol */
    const char *source_name; /* "status-line", "reason", "isup", a header's name as the table or RFC 3261 spells it;
                                NULL: no piece of evidence (fate none, and number 6: no-cause, local, default) */
    uint16_t source;         /* enum sipcause_source; of a 603+ reason, as in the verdict */
    uint16_t status;         /* it stands in the response with this status code; 0: in no response */
    uint8_t method;          /* enum sipcause_method of what it stands in: response to INVITE, CANCEL, BYE; 0: a REL on
                                the ISUP side, or source_name is NULL */
    uint8_t side;            /* enum sipcause_side: who sent that BYE or CANCEL; unknown in a response */
    uint8_t location;        /* of a Q.850 cause; SIPCAUSE_LOCATION_NONE */
    uint8_t reserved_bytes[5];
    const char *text;        /* the evidence as sent, NUL-terminated: a status and its phrase, one Reason value, a
                                header's value; of a REL its cause indicators in hexadecimal, "82 91". A NUL in it is
                                shown as "?", other control characters are left in; at most 255 bytes, "..." ends what
                                was cut; NULL where source_name is */
    const sipcause_entry *entry; /* what the table says of it in this call, with file, line and note; NULL: nothing */
    const char *condition;   /* the condition under which the table says so, as a mapping file writes it,
                                "{alerted: true}", cut at 511 bytes; NULL: it says so always */
    const char *sentence;    /* one sentence in English: why it won or lost */
    uint64_t reserved[4];
} sipcause_step;

/*
 * Decides as sipcause_decide does, to the same verdict, and keeps the steps. Slower, and takes memory that stays with
 * the release (about 400 bytes a piece of evidence, of which at most 1,024 have a step; a step tells how many more
 * there were): for the calls that somebody asks about.
 * The steps: the message that decides (number 0), the evidence in the order in which the table asks it, the evidence of
 * the other messages that were kept, then what was done where no code told (6) and the route (9).
 * Messages that can be no evidence (100, requests but CANCEL and BYE, re-INVITEs and their answers, what came before a
 * later INVITE) have no steps; the step number 0 tells of them where they matter.
 * Parameters: release: the evidence.
 * Returns: the verdict; NULL only when release is NULL or memory is short. Ownership: the release's, as that of
 * sipcause_decide. Since 0.1.
 */
SIPCAUSE_API const sipcause_verdict *sipcause_explain(sipcause_release *release);

/* The steps of the last sipcause_explain, one by one; there are none after sipcause_decide.
 * Parameters: index: from 0. Returns: how many; the step, or NULL from count on.
 * Ownership: the release's, as the verdict. Since 0.1. */
SIPCAUSE_API size_t sipcause_step_count(const sipcause_release *release);
SIPCAUSE_API const sipcause_step *sipcause_step_at(const sipcause_release *release, size_t index);

/* ============================================================================================
 * notice
 * ============================================================================================ */

/* A redress contact for a 603+ answer (ATIS-1000099). At least one of url, tel, email. Zero it, then
 * fill it in. Fixed for ever. Since 0.1. */
typedef struct sipcause_notice {
    const char *url;   /* https://..., at most 1024 bytes; NULL: none. An empty text is refused, here and below */
    const char *tel;   /* E.164: + and 1-15 digits; NULL: none */
    const char *email; /* name@host without mailto:, at most 254 bytes; NULL: none */
    const char *id;    /* 1-64 of A-Z a-z 0-9 _ -; NULL: none */
    uint8_t location;  /* which network blocked: SIPCAUSE_LOCATION_LN, _TN, _LPN, _RLN or _RPN; 0 or _NONE: not
                          known, left out */
    uint8_t reserved_bytes[7];
    uint64_t reserved[4];
} sipcause_notice;

/* Whether a redress contact may stand in a 603+ answer: when a configuration is read, not call by call.
 * Parameters: notice: the contact. error: receives which field is wrong, what it holds and why; may be NULL.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_NOTICE (no contact; a url that is not https or holds blanks,
 *   quotes or semicolons; a tel that is not + and 1-15 digits; an email, id or location of another form),
 *   _MISUSE.
 * Thread safety: any thread. Since 0.1. */
SIPCAUSE_API int sipcause_notice_check(const sipcause_notice *notice, sipcause_error *error);

/* A SIP response to send. Fixed for ever. Since 0.1. */
typedef struct sipcause_response {
    uint16_t status;    /* 300-699; 0: no response is to be sent (Q.850 44: try another circuit; 16: BYE or CANCEL) */
    uint16_t reserved_number[3];
    const char *phrase; /* the reason phrase; static; NULL: a status that is not registered, or none to be sent */
    const char *reason; /* the Reason header's value, in the caller's buffer; NULL: none */
    uint64_t reserved[4];
} sipcause_response;

/* Composes a whole 603+ answer (ATIS-1000099): status 603, the phrase "Network Blocked", and the Reason
 * SIP;cause=603;text="v=analytics1;url=...;tel=...;email=...;id=...";location=TN, with what the contact has.
 * Parameters: notice: the contact. buffer, size: room for the Reason value, size in bytes; 2048 always suffice.
 *   response: receives the answer; all zero when the call fails. error: receives what is wrong; may be NULL.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_NOTICE (as sipcause_notice_check, with the same sentence), _SPACE,
 *   _MISUSE.
 * Ownership: response->reason is the caller's buffer. Thread safety: any thread. Since 0.1. */
SIPCAUSE_API int sipcause_notice_response(const sipcause_notice *notice, char *buffer, size_t size,
                                          sipcause_response *response, sipcause_error *error);

/* ============================================================================================
 * interwork
 * ============================================================================================ */

/*
 * SIP to ISUP: what to put into the REL. In this order: the table's rule that holds, when its condition says notice
 * (the 603+ rule of the profiles); a Q.850 Reason of 1-127 (16, 31 and 127 too), copied with its location, unless the
 * table ignores the Reason of that status; the REL that the message carried; the table's rule for the status, BYE or
 * CANCEL; that for the class; its default. Nothing from a cause header, of whatever space (RFC 3398 sections 7.2.3,
 * 8.2.6.1).
 * What has no location of its own gets that of the rule, else of its message: BI for 3xx-5xx (rfc4497: RPN), U for 6xx,
 * BYE and CANCEL (q1912.5: BI), unless the table says otherwise.
 * Parameters: release: the evidence; sipcause_decide need not have been called. isup: receives the cause
 *   indicators; cause 0: no REL is to be sent (487).
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_MISSING (nothing to translate: no final response, BYE, CANCEL or
 *   REL), _UNKNOWN_CODE (the table has neither a rule nor a default for it), _MISUSE. Since 0.1.
 */
SIPCAUSE_API int sipcause_to_isup(const sipcause_release *release, sipcause_isup *isup);

/*
 * ISUP to SIP: what to answer to the INVITE (RFC 3398 section 7.2.4.1, RFC 6432 section 3).
 * Parameters: table: whose rules hold; NULL: "default". isup: cause 1-127. redress: where the profile allows it
 *   (fcc-2026), turns cause 21 with location user into a 603+ answer, else it is not looked at; NULL: none.
 *   buffer, size: room for the Reason value, 2048 bytes always suffice; NULL, 0: no Reason wanted. response:
 *   receives the answer; all zero when the call fails, so look at what is returned first.
 *   The Reason is that of the cause, with its standard name where it has one, and its location. A 603+ has
 *   Q.850;cause=21;text="v=analytics1;...", with the contact's location and not that of the REL; without room for the
 *   Reason it would be none, so give a buffer with a redress contact. The contact is looked at only where it is used:
 *   call sipcause_notice_check when it is configured, which also says which field is wrong.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_RANGE (cause, location, coding; SIPCAUSE_LOCATION_NONE is no location
 *   here), _UNKNOWN_CODE (neither a rule nor a fallback), _NOTICE (see sipcause_notice_check), _SPACE, _MISUSE.
 *   Causes of another coding standard than ITU-T get the table's default, and no Reason.
 * Since 0.1.
 */
SIPCAUSE_API int sipcause_to_sip(const sipcause_table *table, const sipcause_isup *isup,
                                 const sipcause_notice *redress, char *buffer, size_t size,
                                 sipcause_response *response);

/* ============================================================================================
 * survey
 * ============================================================================================ */

/*
 * What traffic really carries: how many calls ended with the same evidence. It is of any length of traffic in bounded
 * memory: what comes once SIPCAUSE_SURVEY_MOST kinds are known, and is none of these, is counted as other. It counts up
 * to 9007199254740991 calls (2^53 - 1: a number that every reader of JSON reads exactly). A thread may count into a
 * survey of its own, and sipcause_survey_merge bring them together. Since 0.1.
 */
typedef struct sipcause_survey sipcause_survey;

/* At most so many kinds are kept. Since 0.1. */
#define SIPCAUSE_SURVEY_MOST 65536

/*
 * A kind of evidence, as the message carries it that decides (never a provisional response), whether or not a table
 * maps, asks or trusts it, and how many calls ended so. Of the release's table it depends on one thing: which headers
 * are cause headers. The library hands it out; it grows at its end. Since 0.1.
 */
typedef struct sipcause_observation {
    uint32_t size;
    uint16_t method;     /* enum sipcause_method: that message; 0: none decided, or a REL alone */
    uint16_t status;     /* the failure's status code, 300-699; 0: none (answered, cancelled, no reply) */
    uint16_t q850;       /* the Q.850 cause value, 1-127, of a Reason, else of a REL, else of a cause header whose space
                            it is; 0: none */
    uint8_t location;    /* its cause location; SIPCAUSE_LOCATION_NONE */
    uint8_t answered;    /* 1: the call was answered */
    uint32_t reserved_number;
    sipcause_code reason; /* the first cause of a Reason value of any other registered protocol than Q.850, usable as a
                             code or not (SIP;cause=16), or FreeSWITCH's own; else what a cause header of such a space
                             says; space none: there is none */
    const char *carrier; /* the first code in a cause header of the carrier's own, the best header first: a number
                            without leading zeros, "601", or a word, "D35", cut at 63 bytes; NULL: none */
    const char *header;  /* the cause header that it stood in, as the table spells it; NULL: none */
    uint64_t calls;      /* 1-9007199254740991 */
    uint64_t reserved[4];
} sipcause_observation;

/* A new survey. Returns: it, empty; NULL when memory is short. Ownership: free with sipcause_survey_free. Since 0.1. */
SIPCAUSE_API sipcause_survey *sipcause_survey_new(void);

/* Frees a survey; NULL is accepted. Since 0.1. */
SIPCAUSE_API void sipcause_survey_free(sipcause_survey *survey);

/* Counts a call that is over, in constant time beside what reading its evidence takes; given twice, it counts twice.
 * Parameters: survey: any. release: the call's evidence, which may be none; sipcause_decide need not have been called,
 *   and its verdict stays as it is. Where the carrier puts its code is told by the release's table, what that maps does
 *   not matter.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_MEMORY, _RANGE (there are 2^53 - 1 calls already), _MISUSE; the call is
 *   not counted then. Ownership: nothing of the release is kept. Since 0.1. */
SIPCAUSE_API int sipcause_survey_add(sipcause_survey *survey, const sipcause_release *release);

/* Adds what another survey counted, from another process or day. In whatever order surveys are merged, they come to the
 * same, unless there are more kinds than SIPCAUSE_SURVEY_MOST: those met first stay.
 * Parameters: survey: what it is added to. from: left as it is, and not needed any more; not `survey` itself.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_MEMORY, _RANGE (together they are over 2^53 - 1 calls), _MISUSE; nothing
 *   has changed then. Since 0.1. */
SIPCAUSE_API int sipcause_survey_merge(sipcause_survey *survey, const sipcause_survey *from);

/* How many calls were counted, those counted as other among them. Since 0.1. */
SIPCAUSE_API uint64_t sipcause_survey_calls(const sipcause_survey *survey);

/* How many calls came with evidence of a kind that found no room any more. Since 0.1. */
SIPCAUSE_API uint64_t sipcause_survey_other(const sipcause_survey *survey);

/* The kinds of evidence, in the order in which they were met first. Parameters: index: from 0.
 * Returns: how many; the observation, or NULL from count on. Ownership: the survey's; an observation lives until
 * something is added or merged, or the survey is freed. Since 0.1. */
SIPCAUSE_API size_t sipcause_survey_count(const sipcause_survey *survey);
SIPCAUSE_API const sipcause_observation *sipcause_survey_at(const sipcause_survey *survey, size_t index);

/*
 * Writes a survey as JSON, to be kept, loaded and merged: one object, a kind a line, the kind that most calls are of
 * first, the same bytes for the same counts whatever order the calls came in. sipcause(1) has its keys.
 * Parameters: survey: any. buffer, size: where to write, size in bytes; may be NULL, 0. error: receives what went
 *   wrong; may be NULL.
 * Returns: the length of the whole text without its NUL, as snprintf does, of an empty survey too; the text was cut
 *   when that is not less than size. 0 on error. Errors: SIPCAUSE_ERROR_MEMORY, _MISUSE (survey is NULL).
 * Since 0.1.
 */
SIPCAUSE_API size_t sipcause_survey_save(const sipcause_survey *survey, char *buffer, size_t size,
                                         sipcause_error *error);

/* Loads what sipcause_survey_save wrote, up to 32 MiB, which any survey keeps to. A kind that stands there twice counts
 * as both together.
 * Parameters: bytes, length: the text, length in bytes or SIPCAUSE_TEXT; not kept. name: what errors give as the file's
 *   name; NULL: "-". error: receives what is wrong and where; may be NULL.
 * Returns: the survey; NULL on error. Errors: SIPCAUSE_ERROR_MEMORY, _MISUSE, _TOO_LARGE (also over
 *   SIPCAUSE_SURVEY_MOST rows), _ENCODING, _SYNTAX, _FORMAT (no survey, or of another format version), _UNKNOWN_KEY,
 *   _DUPLICATE_KEY, _TYPE, _VALUE (also when `calls` is not what rows and `other` come to), _MISSING, _RANGE,
 *   _UNKNOWN_CODE. Ownership: free with sipcause_survey_free. Since 0.1. */
SIPCAUSE_API sipcause_survey *sipcause_survey_load(const void *bytes, size_t length, const char *name,
                                                   sipcause_error *error);

/* ============================================================================================
 * validate
 * ============================================================================================ */

/*
 * What is wrong with mapping files, tables and calls: findings, and which of them are wanted. It may be filled again
 * and again: a hundred files make one report, which is cleared for the next hundred. Since 0.1.
 */
typedef struct sipcause_report sipcause_report;

/* At most so many findings are kept between two clears, the first ones; more are only counted. Since 0.1. */
#define SIPCAUSE_REPORT_MOST 65536

/* A new report. Returns: it, empty; NULL when memory is short. Ownership: free with sipcause_report_free. Since 0.1. */
SIPCAUSE_API sipcause_report *sipcause_report_new(void);

/* Frees a report and its findings; NULL is accepted. Since 0.1. */
SIPCAUSE_API void sipcause_report_free(sipcause_report *report);

/* Forgets the findings; severities and survey stay. Since 0.1. */
SIPCAUSE_API void sipcause_report_clear(sipcause_report *report);

/* The severity of a rule for what is validated from then on, whatever a mapping file or a table says of it, off too. It
 * can be set again, not taken back. What a file cannot be loaded with stays an error.
 * Parameters: rule: enum sipcause_rule. severity: enum sipcause_severity.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_UNKNOWN_CODE (no such rule or severity), _MISUSE. Since 0.1. */
SIPCAUSE_API int sipcause_report_severity(sipcause_report *report, uint32_t rule, uint32_t severity);

/* Holds the mapping files and tables that are validated from then on against real traffic too: never-observed,
 * unmapped-observed, wrong-space-observed.
 * Parameters: survey: what the traffic carries; NULL: none any more. Count it by a table with the cause headers of what
 *   is validated: a carrier's code is taken for met whatever header it came in.
 * Returns: SIPCAUSE_OK. Errors: SIPCAUSE_ERROR_MISUSE. Ownership: the survey is borrowed until another takes its place
 *   or the report is freed, and read whenever something is validated; no other thread may change it meanwhile.
 *   Since 0.1. */
SIPCAUSE_API int sipcause_report_observe(sipcause_report *report, const sipcause_survey *survey);

/* The findings (sipcause_finding, under "decide"), in the order of the calls that found them, file after file, of each
 * by line and column, those of no place last.
 * Parameters: index: from 0. Returns: how many are kept; the finding, or NULL from count on.
 * Ownership: the report's; a finding lives until the report is cleared or freed, whatever is validated meanwhile and
 *   whatever becomes of the table, release or survey. Since 0.1. */
SIPCAUSE_API size_t sipcause_report_count(const sipcause_report *report);
SIPCAUSE_API const sipcause_finding *sipcause_report_at(const sipcause_report *report, size_t index);

/* How many findings of a severity there were since the last clear, those that were not kept among them.
 * Parameters: severity: SIPCAUSE_SEVERITY_NOTE, _WARNING or _ERROR; any other has none. Since 0.1. */
SIPCAUSE_API uint64_t sipcause_report_count_of(const sipcause_report *report, uint32_t severity);

/*
 * Validates a mapping file or a trunk object: whatever sipcause_load_file would refuse, all of it and not only the
 * first, and all that loads and yet is wrong: a status code where a cause value belongs, a row that can never count, a
 * block that would be retried (sipcause(7), VALIDATION, has every rule). Reading goes on with the next row or item;
 * after a syntax error, what stood before it is looked at. Where something could not be read, nothing is said of what
 * is missing. A file that it extends is not validated with it: the first error that stops that one from loading is
 * told, as a finding of that file, and again by every file that extends it.
 * Parameters: path: the file, at most 16 MiB. report: its findings are added to those that are there.
 * Returns: SIPCAUSE_OK whatever was found: sipcause_report_count_of tells. Errors: SIPCAUSE_ERROR_FILE (it cannot be
 *   opened or read; that is a finding too), _MEMORY (no finding was added), _MISUSE.
 * Ownership: nothing of the file is kept. Thread safety: any thread, a report is of one at a time. Since 0.1.
 */
SIPCAUSE_API int sipcause_validate_file(const char *path, sipcause_report *report);

/* The same from memory. Parameters: bytes, length: the file's content, length in bytes or SIPCAUSE_TEXT; not kept;
 *   NULL, 0: an empty file. name: what findings give as the file's name; NULL: "-". Such a mapping can extend built-in
 *   profiles only. report: as above.
 * Returns, Errors, Ownership, Thread safety: as sipcause_validate_file, but for _FILE. Since 0.1. */
SIPCAUSE_API int sipcause_validate_bytes(const void *bytes, size_t length, const char *name, sipcause_report *report);

/* The same of a table, whoever built it: what loading would refuse cannot be in it. The rows that are looked at are its
 * own, not those of the profile or the files that it extends; a row that came without a line is of no place.
 * Parameters: table: which the findings do not need any more; NULL: "default". report: as above.
 * Returns: SIPCAUSE_OK whatever was found. Errors: SIPCAUSE_ERROR_MEMORY (no finding was added), _MISUSE.
 * Thread safety: as sipcause_validate_file. Since 0.1. */
SIPCAUSE_API int sipcause_validate_table(const sipcause_table *table, sipcause_report *report);

/* The same of a call's evidence: the findings of sipcause_decide, which it calls: an earlier verdict, its findings and
 * the steps of sipcause_explain are gone then. They have neither file nor line, and are not held against a survey.
 * Parameters: release: any; what sipcause_finding_at hands out keeps the severities of its table. report: as above.
 * Returns: SIPCAUSE_OK whatever was found. Errors: SIPCAUSE_ERROR_MEMORY (no finding was added), _MISUSE.
 * Thread safety: release and report are each of one thread at a time. Since 0.1. */
SIPCAUSE_API int sipcause_validate_release(sipcause_release *release, sipcause_report *report);

/* ============================================================================================
 * compare
 * ============================================================================================ */

/* What differs. Since 0.1. */
enum sipcause_difference_kind {
    SIPCAUSE_DIFFERENCE_ROW = 1,          /* row: what a code, a class, an own failure, a missing cause or the default
                                             means */
    SIPCAUSE_DIFFERENCE_DISPOSITION = 2,  /* disposition: one that a table declares */
    SIPCAUSE_DIFFERENCE_ORDER = 3,        /* order: the same words of a carrier, or dispositions, in another order; it
                                             changes no verdict, only the numbers of codes of the space token and of
                                             dispositions */
    SIPCAUSE_DIFFERENCE_SETTING = 4,      /* setting: name, effective, cause-headers, precedence, ignore-reason */
    SIPCAUSE_DIFFERENCE_INTERWORKING = 5, /* interworking: the rules of one code, or a location */
    SIPCAUSE_DIFFERENCE_SEVERITY = 6      /* severity: how much a rule matters */
};
SIPCAUSE_API const char *sipcause_difference_kind_name(uint32_t kind);
SIPCAUSE_API int sipcause_difference_kind_from_name(const char *name, size_t length);

/* What one table says. Fixed for ever. Since 0.1. */
typedef struct sipcause_said {
    const char *text;  /* as a mapping file would (sipcause(5)), in one line; NULL: it says nothing. Where no mapping
                          file could say it, U+FFFD stands for bytes that are no UTF-8, and a number for a date */
    const char *file;  /* as of sipcause_finding; NULL: not known, or a builder gave none; always where text is NULL */
    uint32_t line;     /* from 1; 0: not known */
    uint32_t column;   /* in bytes from 1; 0: not known */
    uint64_t reserved[2];
} sipcause_said;

/*
 * One difference. The library hands it out; it grows at its end. Since 0.1.
 */
typedef struct sipcause_difference {
    uint32_t size;
    uint16_t kind;             /* enum sipcause_difference_kind */
    uint16_t reserved_number;
    const char *key;           /* where a mapping file says it: "map.sip.480", "map.sip.5xx", "map.carrier.D35",
                                  "map.no-cause.answered", "map.local.timeout", "map.default",
                                  "interworking.sip-to-isup.603", "interworking.sip-to-isup.location.4xx",
                                  "interworking.isup-to-sip.21", "dispositions.Toll Fraud Hold", "check.redundant",
                                  "precedence"; of an order "map.carrier", "dispositions" */
    const char *code_text;     /* the code that it is about, as sipcause_code_format writes it; "sip:5xx", "default",
                                  "no-cause:answered", "local:timeout"; NULL: none */
    sipcause_code code;        /* the same; space none: none, or no code that holds outside its table */
    sipcause_said a, b;        /* one at least has a text; where both have, the texts are not the same, unless no file
                                  could say them */
    uint64_t reserved[4];
} sipcause_difference;

/* What two tables say differently. Since 0.1. */
typedef struct sipcause_comparison sipcause_comparison;

/*
 * Compares what two tables say: their settings, dispositions, rows with all their meanings under conditions,
 * interworking and severities, inherited ones too; wherever it is said. Rows are matched by their codes, a carrier's
 * own words and dispositions by their names. It takes time in proportion to what both say.
 * Parameters: a, b: the tables, the same one too; NULL: "default".
 * Returns: the comparison, without a difference exactly where sipcause_table_equal returns true; NULL when memory is
 *   short. Ownership: free with sipcause_comparison_free; until then it holds a reference to both tables.
 * Thread safety: any thread; any number of threads may read a comparison at once. Since 0.1.
 */
SIPCAUSE_API sipcause_comparison *sipcause_compare(const sipcause_table *a, const sipcause_table *b);

/* Frees a comparison and its differences; NULL is accepted. Since 0.1. */
SIPCAUSE_API void sipcause_comparison_free(sipcause_comparison *comparison);

/* The differences in the order of a mapping file: name, effective, dispositions, cause-headers, precedence,
 * ignore-reason, map (sip with its classes, q850, carrier with its words, the other spaces, local, no-cause, default),
 * interworking, check. Parameters: index: from 0.
 * Returns: how many; the difference, or NULL from count on. Ownership: the comparison's. Since 0.1. */
SIPCAUSE_API size_t sipcause_difference_count(const sipcause_comparison *comparison);
SIPCAUSE_API const sipcause_difference *sipcause_difference_at(const sipcause_comparison *comparison, size_t index);

#ifdef __cplusplus
}
#endif

#endif
