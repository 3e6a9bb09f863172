/*
 * survey.c - what traffic carries, counted by kind.
 *
 * Kinds and their texts lie in blocks that never move, and are found through a hash whose chains are linked lists. The
 * calls of all kinds and those counted as other always come to the calls of the survey, so that one sum tells whether a
 * number would overflow.
 *
 * SPDX-License-Identifier: MIT
 */
#include "survey.h"

#include <string.h>

/* A kind; next: the one that is in the same chain, as its number + 1, 0: none. */
typedef struct kind {
    sipcause_observation seen;
    uint32_t hash;
    uint32_t next;
} kind;

/* Texts one behind the other, NUL-terminated. */
typedef struct text_block {
    struct text_block *older;
    uint32_t used, size;
    char bytes[];
} text_block;

enum {
    KINDS_A_BLOCK = 256,
    BLOCKS_MOST = SIPCAUSE_SURVEY_MOST / KINDS_A_BLOCK,
    TEXTS_A_BLOCK = 4096,
    SLOTS_LEAST = 64
};

struct sipcause_survey {
    kind *blocks[BLOCKS_MOST];
    uint32_t *chains; /* by hash: the number + 1 of the first kind, 0: none */
    uint32_t chain_count;
    uint32_t count;
    text_block *texts;  /* the newest */
    const char *header; /* the one met last: nearly always it is the next one's too */
    uint64_t calls, other;
    uint64_t seed;
};

static kind *kind_at(const sipcause_survey *survey, uint32_t number)
{
    return &survey->blocks[number / KINDS_A_BLOCK][number % KINDS_A_BLOCK];
}

/* ---- hash -------------------------------------------------------------------------------------------------- */

/*
 * Multilinear: each 32-bit word of the key times a secret number of its own, summed modulo 2^64, of which the high half
 * counts. Two different keys have one hash with the probability 2^-32, whoever chose them, as long as the numbers are
 * not known: a carrier that sends codes on purpose cannot make chains long. The numbers follow from the seed, which
 * nobody knows beforehand where addresses are random.
 */
typedef struct hashing {
    uint64_t state, sum;
} hashing;

/* The next secret number: SplitMix64. */
static uint64_t next_secret(hashing *of)
{
    of->state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t mixed = of->state;
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ (mixed >> 31);
}

static void hash_number(hashing *of, uint32_t number)
{
    of->sum += next_secret(of) * number;
}

/* Its length goes before it, so that no two lists of texts have the same words; that of an absent one is its own. */
static void hash_text(hashing *of, const char *text)
{
    size_t length = text ? strlen(text) : 0;
    hash_number(of, text ? (uint32_t)length : UINT32_MAX);
    for (size_t at = 0; at < length; at += 4) {
        uint32_t four = 0;
        memcpy(&four, text + at, length - at < 4 ? length - at : 4);
        hash_number(of, four);
    }
}

static uint32_t hash_of(const sipcause_survey *survey, const sipcause_observation *seen)
{
    hashing of = {survey->seed, 0};
    of.sum = next_secret(&of);
    hash_number(&of, (uint32_t)seen->method << 16 | seen->status);
    hash_number(&of, (uint32_t)seen->q850 << 16 | (uint32_t)seen->location << 8 | seen->answered);
    hash_number(&of, seen->reason.space);
    hash_number(&of, seen->reason.value);
    hash_text(&of, seen->carrier);
    hash_text(&of, seen->header);
    return (uint32_t)(of.sum >> 32);
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_kind(const sipcause_observation *a, const sipcause_observation *b)
{
    return a->method == b->method && a->status == b->status && a->q850 == b->q850 && a->location == b->location &&
           a->answered == b->answered && code_same(a->reason, b->reason) && same_text(a->carrier, b->carrier) &&
           same_text(a->header, b->header);
}

/* NULL: it was not met yet. */
static kind *find(const sipcause_survey *survey, const sipcause_observation *seen, uint32_t hash)
{
    uint32_t next = survey->chain_count ? survey->chains[hash & (survey->chain_count - 1)] : 0;
    while (next) {
        kind *met = kind_at(survey, next - 1);
        if (met->hash == hash && same_kind(&met->seen, seen))
            return met;
        next = met->next;
    }
    return NULL;
}

/* ---- room -------------------------------------------------------------------------------------------------- */

static void put_in_chain(const sipcause_survey *survey, uint32_t *chains, uint32_t chain_count, uint32_t number)
{
    kind *of = kind_at(survey, number);
    uint32_t *first = &chains[of->hash & (chain_count - 1)];
    of->next = *first;
    *first = number + 1;
}

/* As many chains as kinds, or more. */
static bool reserve_chains(sipcause_survey *survey, uint32_t kinds)
{
    uint32_t needed = survey->chain_count ? survey->chain_count : SLOTS_LEAST;
    while (needed < kinds)
        needed *= 2;
    if (needed == survey->chain_count)
        return true;
    uint32_t *chains = memory_allocate(needed, sizeof *chains);
    if (!chains)
        return false;
    for (uint32_t i = 0; i < survey->count; i++)
        put_in_chain(survey, chains, needed, i);
    memory_free(survey->chains);
    survey->chains = chains;
    survey->chain_count = needed;
    return true;
}

static bool reserve_kinds(sipcause_survey *survey, uint32_t kinds)
{
    for (uint32_t i = 0; i * KINDS_A_BLOCK < kinds; i++)
        if (!survey->blocks[i] && (survey->blocks[i] = memory_allocate(KINDS_A_BLOCK, sizeof(kind))) == NULL)
            return false;
    return true;
}

static bool reserve_texts(sipcause_survey *survey, uint32_t bytes)
{
    text_block *now = survey->texts;
    if (bytes == 0 || (now && now->size - now->used >= bytes))
        return true;
    uint32_t size = bytes > TEXTS_A_BLOCK ? bytes : TEXTS_A_BLOCK;
    text_block *new = memory_allocate(1, sizeof *new + size);
    if (!new)
        return false;
    new->older = now;
    new->size = size;
    survey->texts = new;
    return true;
}

/* How many bytes the texts of a kind take at most. */
static uint32_t text_bytes(const sipcause_observation *seen)
{
    return (uint32_t)((seen->carrier ? strlen(seen->carrier) + 1 : 0) + (seen->header ? strlen(seen->header) + 1 : 0));
}

/* Room for so many new kinds and the bytes of their texts; nothing that is there changes. */
static bool reserve(sipcause_survey *survey, uint32_t kinds, uint32_t bytes)
{
    return reserve_kinds(survey, survey->count + kinds) && reserve_chains(survey, survey->count + kinds) &&
           reserve_texts(survey, bytes);
}

/* Room is there. */
static const char *keep_text(sipcause_survey *survey, const char *text)
{
    if (!text)
        return NULL;
    size_t size = strlen(text) + 1;
    char *kept = survey->texts->bytes + survey->texts->used;
    memcpy(kept, text, size);
    survey->texts->used += (uint32_t)size;
    return kept;
}

/* A new kind; room is there. */
static kind *append(sipcause_survey *survey, const sipcause_observation *seen, uint32_t hash)
{
    kind *new = kind_at(survey, survey->count);
    new->seen = *seen;
    new->seen.size = sizeof new->seen;
    new->seen.calls = 0;
    new->seen.carrier = keep_text(survey, seen->carrier);
    if (seen->header && !same_text(seen->header, survey->header))
        survey->header = keep_text(survey, seen->header);
    new->seen.header = seen->header ? survey->header : NULL;
    new->hash = hash;
    put_in_chain(survey, survey->chains, survey->chain_count, survey->count);
    survey->count++;
    return new;
}

/* ---- counting ---------------------------------------------------------------------------------------------- */

sipcause_observation survey_nothing(void)
{
    return (sipcause_observation){.size = sizeof(sipcause_observation), .location = SIPCAUSE_LOCATION_NONE};
}

int survey_count_other(sipcause_survey *survey, uint64_t calls)
{
    if (calls > SURVEY_CALLS_MOST - survey->calls)
        return SIPCAUSE_ERROR_RANGE;
    survey->calls += calls;
    survey->other += calls;
    return SIPCAUSE_OK;
}

int survey_count(sipcause_survey *survey, const sipcause_observation *seen, uint64_t calls)
{
    uint32_t hash = hash_of(survey, seen);
    kind *of = find(survey, seen, hash);
    if (!of && survey->count == SIPCAUSE_SURVEY_MOST)
        return survey_count_other(survey, calls);
    if (calls > SURVEY_CALLS_MOST - survey->calls)
        return SIPCAUSE_ERROR_RANGE;
    if (!of && !reserve(survey, 1, text_bytes(seen)))
        return SIPCAUSE_ERROR_MEMORY;
    if (!of)
        of = append(survey, seen, hash);
    of->seen.calls += calls;
    survey->calls += calls;
    return SIPCAUSE_OK;
}

/* Whatever can fail is done before anything is counted. */
int sipcause_survey_merge(sipcause_survey *survey, const sipcause_survey *from)
{
    uint32_t kinds = 0, bytes = 0;
    if (!survey || !from || survey == from)
        return SIPCAUSE_ERROR_MISUSE;
    if (from->calls > SURVEY_CALLS_MOST - survey->calls)
        return SIPCAUSE_ERROR_RANGE;
    for (uint32_t i = 0; i < from->count && survey->count + kinds < SIPCAUSE_SURVEY_MOST; i++) {
        const sipcause_observation *seen = &kind_at(from, i)->seen;
        if (find(survey, seen, hash_of(survey, seen)))
            continue;
        kinds++;
        bytes += text_bytes(seen);
    }
    if (!reserve(survey, kinds, bytes))
        return SIPCAUSE_ERROR_MEMORY;
    for (uint32_t i = 0; i < from->count; i++)
        survey_count(survey, &kind_at(from, i)->seen, kind_at(from, i)->seen.calls);
    return survey_count_other(survey, from->other);
}

/* ---- making, freeing, asking ------------------------------------------------------------------------------- */

sipcause_survey *sipcause_survey_new(void)
{
    sipcause_survey *survey = memory_allocate(1, sizeof *survey);
    if (survey)
        survey->seed = (uint64_t)(uintptr_t)survey >> 4;
    return survey;
}

void sipcause_survey_free(sipcause_survey *survey)
{
    if (!survey)
        return;
    for (uint32_t i = 0; i < BLOCKS_MOST; i++)
        memory_free(survey->blocks[i]);
    while (survey->texts) {
        text_block *older = survey->texts->older;
        memory_free(survey->texts);
        survey->texts = older;
    }
    memory_free(survey->chains);
    memory_free(survey);
}

uint64_t sipcause_survey_calls(const sipcause_survey *survey)
{
    return survey ? survey->calls : 0;
}

uint64_t sipcause_survey_other(const sipcause_survey *survey)
{
    return survey ? survey->other : 0;
}

size_t sipcause_survey_count(const sipcause_survey *survey)
{
    return survey ? survey->count : 0;
}

const sipcause_observation *sipcause_survey_at(const sipcause_survey *survey, size_t index)
{
    return survey && index < survey->count ? &kind_at(survey, (uint32_t)index)->seen : NULL;
}
