/*
 * test_load_memory.c - every allocation of the whole process failing in turn while something is loaded: those
 * of libyaml and of the C library too, which the memory run of the other suites does not reach.
 *
 * This program takes the allocator's place (malloc and its kin are defined here) and passes on to the next one:
 * a sanitizer's, when there is one, else the C library's. While it watches, it counts the blocks that are made
 * and freed and refuses the one it is told to. An error that is reported must be that of memory: a document
 * must not be called wrong because libyaml had no room to read it.
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include "harness.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the allocator in between ------------------------------------------------------------------------- */

static struct watch {
    bool on;
    bool ever_after;
    bool refused;
    long fail_at; /* requests that are granted before one is refused; -1: all are */
    long requests;
    long live;
} watch;

/* dlsym may allocate before it has found anything to allocate with. */
static union early {
    max_align_t align;
    char bytes[4096];
} early;
static size_t early_used;

/* AddressSanitizer's allocator, when it is linked in: there dlsym would find the C library's, behind its back. */
extern void *__interceptor_malloc(size_t) __attribute__((weak));
extern void *__interceptor_calloc(size_t, size_t) __attribute__((weak));
extern void *__interceptor_realloc(void *, size_t) __attribute__((weak));
extern void __interceptor_free(void *) __attribute__((weak));

static struct next {
    void *(*malloc)(size_t);
    void *(*calloc)(size_t, size_t);
    void *(*realloc)(void *, size_t);
    void (*free)(void *);
    bool looking;
} next;

/* What is called before a sanitizer is ready must not ask it about memory. */
#define UNSANITIZED __attribute__((no_sanitize("address"), no_sanitize("undefined")))

/* A function pointer from an object pointer, which C has no cast for. */
#define FIND(function) (*(void **)&next.function = dlsym(RTLD_NEXT, #function))

UNSANITIZED static void find_next(void)
{
    if (__interceptor_malloc && __interceptor_calloc && __interceptor_realloc && __interceptor_free) {
        next.malloc = __interceptor_malloc;
        next.calloc = __interceptor_calloc;
        next.realloc = __interceptor_realloc;
        next.free = __interceptor_free;
        return;
    }
    FIND(malloc);
    FIND(calloc);
    FIND(realloc);
    FIND(free);
}

UNSANITIZED static bool ready(void)
{
    if (next.free)
        return true;
    if (next.looking)
        return false;
    next.looking = true;
    find_next();
    next.looking = false;
    return next.free != NULL;
}

UNSANITIZED static void *early_block(size_t size)
{
    size_t at = (early_used + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    if (size > sizeof early.bytes - at)
        return NULL;
    early_used = at + size;
    return early.bytes + at; /* static, so zeroed */
}

UNSANITIZED static bool is_early(const void *block)
{
    uintptr_t at = (uintptr_t)block, begin = (uintptr_t)early.bytes;
    return at >= begin && at < begin + sizeof early.bytes;
}

UNSANITIZED static bool refuse(void)
{
    if (!watch.on)
        return false;
    long n = watch.requests++;
    if (watch.fail_at < 0 || (watch.ever_after ? n < watch.fail_at : n != watch.fail_at))
        return false;
    watch.refused = true;
    errno = ENOMEM;
    return true;
}

UNSANITIZED static void *made(void *block)
{
    if (watch.on && block)
        watch.live++;
    return block;
}

#pragma GCC visibility push(default) /* other libraries must find these */

UNSANITIZED void *malloc(size_t size)
{
    if (!ready())
        return early_block(size);
    return refuse() ? NULL : made(next.malloc(size));
}

UNSANITIZED void *calloc(size_t count, size_t size)
{
    if (!ready())
        return size && count > SIZE_MAX / size ? NULL : early_block(count * size);
    return refuse() ? NULL : made(next.calloc(count, size));
}

UNSANITIZED void *realloc(void *block, size_t size)
{
    if (!block)
        return malloc(size);
    if (!ready() || is_early(block))
        return NULL;
    return refuse() ? NULL : next.realloc(block, size);
}

UNSANITIZED void free(void *block)
{
    if (!block || is_early(block) || !ready())
        return;
    if (watch.on)
        watch.live--;
    next.free(block);
}

/* A sanitizer's strdup would go past the functions above. */
UNSANITIZED char *strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

#pragma GCC visibility pop

/* ---- the documents -------------------------------------------------------------------------------------- */

static const char whole[] =
    "sipcause: 1\nname: acme\nextends: default\n"
    "cause-headers:\n  - X-Cause-Code\n  - {name: P-A, param: cause, uri-param: true}\n  - {name: X-H, space: q850}\n"
    "precedence: [carrier, q850, sip]\n"
    "dispositions:\n  - Number Portability Failure\n"
    "  - {name: Toll Fraud Hold, outcome: blocked, party: network, route: stop}\n"
    "map:\n  sip:\n    403: Fraud / Security Block\n"
    "    480: {disposition: No Answer, note: ticket 4711, name: Away, uninformative: true}\n    5xx: Network Error\n"
    "  q850: {user-busy: Busy, \"21\": {route: later}}\n  freeswitch: {487: Busy}\n"
    "  carrier:\n    601: 'Fraud / Security Block'\n    602: {disposition: Network Error, route: later}\n"
    "    D35: Toll Fraud Hold\n"
    "  no-cause: {answered: Normal Clearing, cancelled: Customer Abandon, no-reply: Network Error, otherwise: Busy}\n"
    "  local: {tls: {disposition: Busy, when: [{alerted: true, disposition: No Answer, note: rang}]}}\n"
    "  default: Unknown\n"
    "ignore-reason: [486, 183]\neffective: 2026-03-25\ncheck: {redundant: off}\n"
    "interworking:\n  sip-to-isup: {608: {cause: 21, location: U}, 603: {when: [{text: '*busy*', cause: 17}]},"
    " location: {4xx: LN}}\n  isup-to-sip: {22: {status: 410, when: [{diagnostic: true, status: 301}]}, 44: none}\n";

static const char conditions[] =
    "sipcause: 1\nmap:\n  sip:\n    480:\n      disposition: No Answer\n      when:\n"
    "        - {phrase: ['*capacity*', full], text: '?x', carrier: [601, D35], q850: [21, user-busy], disposition: "
    "Busy}\n"
    "        - {location: [TN, LN], method: [INVITE, BYE], coding: national, warning: [304, 305], route: next}\n"
    "        - {answered: true, alerted: false, progressed: true, notice: false, diagnostic: true, name: x, note: y}\n"
    "  carrier: {7: {when: [{alerted: true, disposition: Busy}]}}\n";

static const struct document {
    const char *name;
    const char *text;
    int code; /* what loading it gives when there is memory */
} documents[] = {
    {"every section", whole, SIPCAUSE_OK},
    {"every condition", conditions, SIPCAUSE_OK},
    {"bad pattern", "sipcause: 1\nmap: {sip: {480: {when: [{phrase: '', disposition: Busy}]}}}\n",
     SIPCAUSE_ERROR_MISSING},
    {"item of nobody", "sipcause: 1\nmap: {carrier: {7: {when: [{alerted: true, route: next}]}}}\n",
     SIPCAUSE_ERROR_MISSING},
    {"rule twice", "sipcause: 1\ninterworking: {sip-to-isup: {486: 17, busy-here: 17}}\n",
     SIPCAUSE_ERROR_DUPLICATE_KEY},
    {"sections in another order", "map: {carrier: {1: Ours}}\ndispositions: [Ours]\nextends: none\nsipcause: 1\n",
     SIPCAUSE_OK},
    {"byte order mark", "\xef\xbb\xbfsipcause: 1\nname: \xc3\xa9\xf0\x9f\x98\x80\nmap: {carrier: {1: Busy}}\n",
     SIPCAUSE_OK},
    {"directives", "%YAML 1.1\n---\nsipcause: 1\nmap:\n...\n", SIPCAUSE_OK},
    {"folded texts",
     "? sipcause\n: 1\nname: |-\n  a\nmap:\n  default:\n    disposition: Busy\n    note: >-\n      long\n      "
     "longer\n\n      still\n    name: \"escaped \\u00e9\\x41\\\n      folded\"\n",
     SIPCAUSE_OK},
    {"trunk object",
     "{\"id\": \"x\", \"name\": \"Trunk\", \"a\": [1, {\"b\": null}], \"causeCodeMappings\": ["
     "{\"sipCauseCode\": \"601\", \"disposition\": \"Ours \\ud83d\\ude00\\ud83d\\ude01\"},"
     "{\"sipCauseCode\": null, \"disposition\": \"Busy\"}, {\"sipCauseCode\": \"D35\", \"disposition\": \"Busy\"}]}",
     SIPCAUSE_OK},
    {"anchor", "sipcause: 1\nname: &here x\n", SIPCAUSE_ERROR_SYNTAX},
    {"anchor of a list", "sipcause: 1\nprecedence: &here [sip]\n", SIPCAUSE_ERROR_SYNTAX},
    {"alias", "sipcause: 1\nname: *here\n", SIPCAUSE_ERROR_SYNTAX},
    {"tag", "sipcause: 1\nname: !!str x\n", SIPCAUSE_ERROR_SYNTAX},
    {"tag of a mapping", "sipcause: 1\nmap: !<tag:x> {}\n", SIPCAUSE_ERROR_SYNTAX},
    {"tag of one's own", "sipcause: 1\nname: !x y\n", SIPCAUSE_ERROR_SYNTAX},
    {"undefined handle", "sipcause: 1\nname: !x!y z\n", SIPCAUSE_ERROR_SYNTAX},
    {"unknown directive", "%FOO bar\n---\nsipcause: 1\n", SIPCAUSE_ERROR_SYNTAX},
    {"twice a version", "%YAML 1.1\n%YAML 1.1\n---\nsipcause: 1\n", SIPCAUSE_ERROR_SYNTAX},
    {"open quote", "sipcause: 1\nname: \"open\n", SIPCAUSE_ERROR_SYNTAX},
    {"unknown escape", "sipcause: 1\nname: \"\\q\"\n", SIPCAUSE_ERROR_SYNTAX},
    {"open bracket", "sipcause: 1\nprecedence: [sip, q850\n", SIPCAUSE_ERROR_SYNTAX},
    {"open brace", "{\"causeCodeMappings\": [{\"sipCauseCode\": 1\n", SIPCAUSE_ERROR_SYNTAX},
    {"colon in a text", "sipcause: 1\nname: a: b\n", SIPCAUSE_ERROR_SYNTAX},
    {"tab", "sipcause: 1\nmap:\n\tsip:\n", SIPCAUSE_ERROR_SYNTAX},
    {"indentation", "sipcause: 1\nmap:\n  sip:\n   486: Busy\n  - x\n", SIPCAUSE_ERROR_SYNTAX},
    {"no text begins so", "sipcause: 1\nname: @x\n", SIPCAUSE_ERROR_SYNTAX},
    {"second document", "sipcause: 1\n---\nsipcause: 1\n", SIPCAUSE_ERROR_SYNTAX},
    {"collection as key", "sipcause: 1\n? [a]\n: b\n", SIPCAUSE_ERROR_SYNTAX},
    {"not UTF-8", "sipcause: 1\nname: \xff\n", SIPCAUSE_ERROR_ENCODING},
    {"deep in a mapping file", "sipcause: 1\nmap:\n  sip:\n    486: [[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]\n",
     SIPCAUSE_ERROR_TYPE},
    {"deep", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", SIPCAUSE_ERROR_NESTING},
    {"deep in block style", "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - x",
     SIPCAUSE_ERROR_FORMAT},
    {"code twice", "sipcause: 1\nmap: {sip: {486: Busy, busy-here: Busy}}\n", SIPCAUSE_ERROR_DUPLICATE_KEY},
    {"misspelt disposition", "sipcause: 1\nmap: {sip: {486: Bussy}}\n", SIPCAUSE_ERROR_UNKNOWN_DISPOSITION},
    {"misspelt key", "sipcause: 1\npresedence: [sip]\n", SIPCAUSE_ERROR_UNKNOWN_KEY},
    {"empty", "", SIPCAUSE_ERROR_FORMAT},
};
enum { DOCUMENTS = sizeof documents / sizeof *documents };

/* ---- one after the other ---------------------------------------------------------------------------------- */

/* What a load came to: the whole error, or a word on each row. */
static void describe(const sipcause_table *table, const sipcause_error *error, char *out, size_t size)
{
    if (!table) {
        size_t used = sipcause_error_format(error, out, size);
        snprintf(out + used, size - used, " at %lu", (unsigned long)error->offset);
        return;
    }
    sipcause_cursor cursor = {0, 0, 0};
    sipcause_code code;
    const sipcause_entry *entry;
    size_t used = (size_t)snprintf(out, size, "%s %zu", sipcause_table_name(table), sipcause_table_bytes(table));
    while ((entry = sipcause_table_next(table, &cursor, &code)) != NULL)
        if (entry->line && used < size)
            used += (size_t)snprintf(out + used, size - used, ";%u:%u %s %u %s", code.space, (unsigned)code.value,
                                     entry->disposition, (unsigned)entry->line, entry->note ? entry->note : "");
}

/* Loads with request fail_at refused (-1: none) and tells what came of it. */
static int load_watched(const struct document *from, const char *path, long fail_at, bool ever_after, char *out,
                        size_t size)
{
    sipcause_error error;
    sipcause_table *table;
    watch = (struct watch){.fail_at = fail_at, .ever_after = ever_after, .on = true};
    if (path)
        table = sipcause_load_file(path, &error);
    else
        table = sipcause_load_bytes(from->text, strlen(from->text), from->name, &error);
    watch.on = false;
    describe(table, &error, out, size);
    watch.on = true;
    sipcause_table_unref(table);
    watch.on = false;
    ck_assert_msg(watch.live == 0, "%s: %ld blocks were left with request %ld refused%s", from->name, watch.live,
                  fail_at, ever_after ? " and all later ones" : "");
    return table ? SIPCAUSE_OK : error.code;
}

/* Refuses each request in turn. The same outcome as with memory is as good as the error of memory. */
static void refuse_each(const struct document *from, const char *path, long *runs, long *unharmed)
{
    static char expected[4096], found[4096];
    int code = load_watched(from, path, -1, false, expected, sizeof expected);
    ck_assert_msg(code == from->code, "%s: %s", from->name, expected);
    ck_assert_msg((watch.requests > 0 || code == SIPCAUSE_ERROR_FILE) && !watch.refused, "%s: nothing was allocated",
                  from->name);
    for (int ever_after = 0; ever_after < 2; ever_after++) {
        for (long n = 0;; n++) {
            code = load_watched(from, path, n, ever_after, found, sizeof found);
            if (!watch.refused)
                break;
            ++*runs;
            if (strcmp(found, expected) == 0)
                ++*unharmed;
            else
                ck_assert_msg(code == SIPCAUSE_ERROR_MEMORY && strstr(found, "memory is short"),
                              "%s, request %ld refused%s: %s", from->name, n, ever_after ? " and all later ones" : "",
                              found);
        }
        ck_assert_str_eq(found, expected);
    }
}

static void report(const char *name, long runs, long unharmed)
{
    printf("%s: %ld runs, %ld of them unharmed\n", name, runs, unharmed);
    fflush(stdout);
}

/* Without this the other tests could pass for want of anything to refuse: libyaml alone begins with eight. */
START_TEST(libyaml_is_watched)
{
    static const struct document least = {"least", "sipcause: 1\n", SIPCAUSE_OK};
    char found[256];
    if (memory_run())
        return;
    ck_assert_int_eq(load_watched(&least, NULL, -1, false, found, sizeof found), SIPCAUSE_OK);
    ck_assert_int_gt(watch.requests, 8);
}
END_TEST

START_TEST(no_refusal_leaks_or_lies)
{
    long runs = 0, unharmed = 0;
    if (memory_run())
        return;
    refuse_each(&documents[_i], NULL, &runs, &unharmed);
    report(documents[_i].name, runs, unharmed);
}
END_TEST

/* Larger than libyaml's first buffers, so that each of its stacks and strings grows. */
START_TEST(growing_buffers_may_fail_too)
{
    static char text[40000];
    long runs = 0, unharmed = 0;
    if (memory_run())
        return;
    size_t used =
        (size_t)snprintf(text, sizeof text, "sipcause: 1\nmap:\n  default:\n    disposition: Busy\n    note: ");
    memset(text + used, 'n', 3000);
    used += 3000;
    used += (size_t)snprintf(text + used, sizeof text - used, "\n  carrier:\n");
    for (int i = 0; i < 40; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "    %d: {disposition: Busy, note: '%d'}\n", i, i);
    const struct document large = {"large", text, SIPCAUSE_OK};
    refuse_each(&large, NULL, &runs, &unharmed);
    report(large.name, runs, unharmed);
}
END_TEST

START_TEST(files_too)
{
    static const struct document files[] = {
        {"examples/acme.yaml", NULL, SIPCAUSE_OK},
        {"examples/acme-trunk.json", NULL, SIPCAUSE_OK},
        {"examples/carriers/bandwidth.yaml", NULL, SIPCAUSE_OK}, /* extends two files */
        {"tests/invalid/tag/map.yaml", NULL, SIPCAUSE_ERROR_SYNTAX},
        {"no-such-file.yaml", NULL, SIPCAUSE_ERROR_FILE},
        {"tests", NULL, SIPCAUSE_ERROR_FILE},
    };
    const char *root = getenv("SRCDIR");
    char path[4096];
    long runs = 0, unharmed = 0;
    if (memory_run())
        return;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", root ? root : ".", files[i].name);
        refuse_each(&files[i], path, &runs, &unharmed);
    }
    report("files", runs, unharmed);
}
END_TEST

Suite *make_suite(void)
{
#ifdef __APPLE__
    puts("a program cannot take the allocator's place here: no allocation refused");
    exit(77);
#endif
    Suite *suite = suite_create("load_memory");
    add_test(suite, libyaml_is_watched);
    add_loop_test(suite, no_refusal_leaks_or_lies, DOCUMENTS);
    add_test(suite, growing_buffers_may_fail_too);
    add_test(suite, files_too);
    return suite;
}
