/*
 * test_load.c - mapping files and trunk objects: the folders tests/valid, tests/invalid and tests/extends.
 *
 * invalid/NAME/error is one line: LINE COLUMN RULE SECOND_LINE:SECOND_COLUMN|- TEXT.
 * valid/NAME/expected has lines QUERY = ANSWER; see ask() for the queries. A row's answer is
 * DISPOSITION / OUTCOME / PARTY / ROUTE, then what else it says: uninformative, given (its route is), items N (of
 * `when`), line N, of FILE (another than the one that was asked for), name "...", note "...".
 * extends/NAME/main.yaml is loaded as a file, from its own folder, and has one or the other; its error begins with the
 * file that the error is in.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "telling.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what a table answers ------------------------------------------------------------------------------- */

/* Where a row is from. */
static size_t describe_place(uint32_t line, const char *file, char *out, size_t size)
{
    bool other = strcmp(file, "map.yaml") != 0 && strcmp(file, "main.yaml") != 0;
    if (!line)
        return 0;
    return (size_t)snprintf(out, size, " line %u%s%s", (unsigned)line, other ? " of " : "", other ? file : "");
}

/* A name that is not the standard's, and a note that is not built in. */
static void describe_words(const char *name, const char *standard, const char *note, char *out, size_t size)
{
    size_t used = 0;
    if (name && !(standard && strcmp(standard, name) == 0))
        used += (size_t)snprintf(out, size, " name \"%s\"", name);
    if (note)
        snprintf(out + used, size - used, " note \"%s\"", note);
}

static void describe(const sipcause_entry *entry, const char *standard, char *out, size_t size)
{
    if (!entry) {
        snprintf(out, size, "unmapped");
        return;
    }
    size_t used =
        (size_t)snprintf(out, size, "%s / %s / %s / %s", entry->disposition, sipcause_outcome_name(entry->outcome),
                         sipcause_party_name(entry->party), sipcause_route_name(entry->route));
    if (entry->flags & SIPCAUSE_ENTRY_UNINFORMATIVE)
        used += (size_t)snprintf(out + used, size - used, " uninformative");
    if (entry->line && entry->flags & SIPCAUSE_ENTRY_ROUTE_GIVEN)
        used += (size_t)snprintf(out + used, size - used, " given");
    if (entry->line && entry->when_count)
        used += (size_t)snprintf(out + used, size - used, " items %u", (unsigned)entry->when_count);
    used += describe_place(entry->line, entry->file, out + used, size - used);
    describe_words(entry->name, standard, entry->line ? entry->note : NULL, out + used, size - used);
}

/* ---- what it makes of calls ------------------------------------------------------------------------------ */

/* Breaks a header's line where a query says <fold>. */
static void fold(char *step)
{
    char *at = strstr(step, "<fold>");
    if (at) {
        memcpy(at, "\r\n ", 3);
        memmove(at + 3, at + 6, strlen(at + 6) + 1);
    }
}

/* Tells a new release an INVITE and the steps of a query, "180 Ringing | 503 Busy | Reason: ..."; NULL when memory
 * is short. Half of the calls are told as whole messages, half as parsed parts: both are the same to a table. */
static sipcause_release *tell_call(const sipcause_table *table, const char *query)
{
    static telling call;
    char invite[] = "INVITE", steps[2048];
    snprintf(steps, sizeof steps, "%s", query);
    memset(&call, 0, sizeof call);
    call.file = query;
    call.whole = strlen(query) % 2;
    call.release = sipcause_release_new(table);
    if (!call.release)
        return NULL;
    if (strncmp(steps, "local ", 6) != 0)
        tell(&call, invite);
    for (char *step = steps; step && !call.failed;) {
        char *end = strstr(step, " | ");
        if (end)
            *end = 0;
        fold(step);
        tell(&call, step);
        step = end ? end + 3 : NULL;
    }
    if (!call.failed)
        flush(&call);
    if (!call.failed)
        return call.release;
    sipcause_release_free(call.release);
    return NULL;
}

static bool describe_verdict(const sipcause_table *table, const sipcause_verdict *verdict, char *out, size_t size)
{
    char code[64] = "none", flags[256];
    if (!verdict)
        return false;
    if (verdict->decided_by.space != SIPCAUSE_SPACE_NONE)
        sipcause_code_format(table, verdict->decided_by, code, sizeof code);
    size_t used = (size_t)snprintf(out, size, "%s / %s / %s / %s decided %s", verdict->disposition,
                                   sipcause_outcome_name(verdict->outcome), sipcause_party_name(verdict->party),
                                   sipcause_route_name(verdict->route), code);
    list_flags(verdict->flags, flags, sizeof flags);
    used += describe_place(verdict->line, verdict->file, out + used, size - used);
    if (flags[0])
        used += (size_t)snprintf(out + used, size - used, " flags %s", flags);
    describe_words(verdict->name, sipcause_code_name(verdict->decided_by), verdict->line ? verdict->note : NULL,
                   out + used, size - used);
    return true;
}

/* call STEPS, to-isup STEPS. False: memory is short. */
static bool ask_call(const sipcause_table *table, const char *query, char *out, size_t size)
{
    bool gateway = strncmp(query, "to-isup ", 8) == 0;
    sipcause_release *release = tell_call(table, strchr(query, ' ') + 1);
    sipcause_isup isup;
    bool done = release != NULL;
    if (release && gateway) {
        int result = sipcause_to_isup(release, &isup);
        if (result != SIPCAUSE_OK || !isup.cause)
            snprintf(out, size, "%s", result != SIPCAUSE_OK ? sipcause_error_name(result) : "none");
        else
            snprintf(out, size, "%u/%s", isup.cause, sipcause_location_name(isup.location));
    } else if (release) {
        done = describe_verdict(table, sipcause_decide(release), out, size);
    }
    sipcause_release_free(release);
    return done;
}

/* to-sip CAUSE/LOCATION, then what else there is: diagnostic, redress, national. */
static void ask_to_sip(const sipcause_table *table, const char *query, char *out, size_t size)
{
    char location[16] = "", buffer[2048];
    unsigned cause = 0;
    sscanf(query, "%u/%15[^ ]", &cause, location);
    int number = sipcause_location_from_name(location, SIPCAUSE_TEXT);
    sipcause_isup isup = {.cause = (uint8_t)cause, .location = (uint8_t)number};
    sipcause_notice contact = {.url = "https://example.com/redress"};
    sipcause_response response;
    if (strstr(query, " diagnostic"))
        isup.diagnostic_length = 1;
    if (strstr(query, " national"))
        isup.coding = SIPCAUSE_CODING_NATIONAL;
    int result =
        sipcause_to_sip(table, &isup, strstr(query, " redress") ? &contact : NULL, buffer, sizeof buffer, &response);
    if (result != SIPCAUSE_OK)
        snprintf(out, size, "%s", sipcause_error_name(result));
    else if (!response.status)
        snprintf(out, size, "none");
    else
        snprintf(out, size, "%u%s", response.status,
                 strcmp(response.phrase ? response.phrase : "", "Network Blocked") == 0 ? "+" : "");
}

/* ---- queries ----------------------------------------------------------------------------------------------- */

static void describe_header(const sipcause_table *table, size_t index, char *out, size_t size)
{
    sipcause_cause_header header;
    if (sipcause_cause_header_at(table, index, &header))
        snprintf(out, size, "%s %s %s%s", header.name, header.parameter ? header.parameter : "-",
                 sipcause_space_name(header.space), header.uri_parameter ? " uri-param" : "");
    else
        snprintf(out, size, "none");
}

static size_t own_rows(const sipcause_table *table)
{
    sipcause_cursor cursor = {0, 0, 0};
    const sipcause_entry *entry;
    size_t count = 0;
    while ((entry = sipcause_table_next(table, &cursor, NULL)) != NULL)
        count += entry->line != 0;
    return count;
}

static bool has_disposition(const sipcause_table *table, const char *name)
{
    for (size_t id = 0; id < sipcause_disposition_count(table); id++)
        if (strcmp(sipcause_disposition_name(table, id), name) == 0)
            return true;
    return false;
}

/* The list of spaces that are asked. */
static void describe_precedence(const sipcause_table *table, char *out, size_t size)
{
    out[0] = 0;
    for (size_t i = 0, used = 0; i < sipcause_precedence_count(table); i++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", i ? " " : "",
                                 sipcause_space_name(sipcause_precedence_at(table, i)));
}

/* name, effective (seconds, always), rows (of files), headers, header N, precedence, disposition X, ignores N,
 * severity RULE. False: none of these. */
static bool ask_setting(const sipcause_table *table, const char *query, char *out, size_t size)
{
    if (strcmp(query, "name") == 0) {
        snprintf(out, size, "%s", sipcause_table_name(table));
    } else if (strcmp(query, "effective") == 0) {
        int64_t seconds = sipcause_table_effective(table);
        snprintf(out, size, seconds == SIPCAUSE_ALWAYS ? "always" : "%lld", (long long)seconds);
    } else if (strcmp(query, "rows") == 0) {
        snprintf(out, size, "%zu", own_rows(table));
    } else if (strcmp(query, "headers") == 0) {
        snprintf(out, size, "%zu", sipcause_cause_header_count(table));
    } else if (strncmp(query, "header ", 7) == 0) {
        describe_header(table, strtoul(query + 7, NULL, 10), out, size);
    } else if (strcmp(query, "precedence") == 0) {
        describe_precedence(table, out, size);
    } else if (strncmp(query, "disposition ", 12) == 0) {
        snprintf(out, size, "%s", has_disposition(table, query + 12) ? "known" : "unknown");
    } else if (strncmp(query, "ignores ", 8) == 0) {
        uint32_t status = (uint32_t)strtoul(query + 8, NULL, 10);
        snprintf(out, size, "%s", sipcause_table_ignores_reason(table, status) ? "yes" : "no");
    } else if (strncmp(query, "severity ", 9) == 0) {
        uint32_t rule = (uint32_t)sipcause_rule_from_name(query + 9, SIPCAUSE_TEXT);
        snprintf(out, size, "%s", sipcause_severity_name(sipcause_table_severity(table, rule)));
    } else {
        return false;
    }
    return true;
}

/* default, no-cause X, local X, 5xx, word X, and codes: sip:503. */
static void ask_row(const sipcause_table *table, const char *query, char *out, size_t size)
{
    sipcause_code code;
    if (strcmp(query, "default") == 0) {
        describe(sipcause_table_default(table), NULL, out, size);
    } else if (strncmp(query, "no-cause ", 9) == 0) {
        describe(sipcause_table_no_cause(table, (uint32_t)sipcause_no_cause_from_name(query + 9, SIPCAUSE_TEXT)), NULL,
                 out, size);
    } else if (strncmp(query, "local ", 6) == 0) {
        describe(sipcause_table_local(table, (uint32_t)sipcause_local_from_name(query + 6, SIPCAUSE_TEXT)), NULL, out,
                 size);
    } else if (strlen(query) == 3 && strcmp(query + 1, "xx") == 0) {
        describe(sipcause_table_class(table, (uint32_t)(query[0] - '0')), NULL, out, size);
    } else if (strncmp(query, "word ", 5) == 0) {
        describe(sipcause_lookup_token(table, query + 5, SIPCAUSE_TEXT), NULL, out, size);
    } else if (sipcause_code_parse(table, query, SIPCAUSE_TEXT, &code, NULL) == SIPCAUSE_OK) {
        describe(sipcause_lookup(table, code), sipcause_code_name(code), out, size);
    } else {
        snprintf(out, size, "no such query");
    }
}

/* All of the above. False: memory is short. */
static bool ask(const sipcause_table *table, const char *query, char *out, size_t size)
{
    if (strncmp(query, "call ", 5) == 0 || strncmp(query, "to-isup ", 8) == 0)
        return ask_call(table, query, out, size);
    if (strncmp(query, "to-sip ", 7) == 0)
        ask_to_sip(table, query + 7, out, size);
    else if (!ask_setting(table, query, out, size))
        ask_row(table, query, out, size);
    return true;
}

static void describe_error(const sipcause_error *error, char *out, size_t size)
{
    char second[32] = "-";
    if (error->second_line)
        snprintf(second, sizeof second, "%u:%u", (unsigned)error->second_line, (unsigned)error->second_column);
    snprintf(out, size, "%u %u %s %s %s", (unsigned)error->line, (unsigned)error->column,
             sipcause_error_name(error->code), second, error->text);
}

/* ---- the folders ----------------------------------------------------------------------------------------- */

/* Where allocations fail, a folder is done with once none was refused: the later ones concern longer tests. */
typedef struct folders {
    char names[1024][64];
    bool done[1024];
    int count;
    int left[1024]; /* the numbers of those to be run now */
    int left_count;
} folders;
static folders valid, invalid, extends;

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void path_of(const char *kind, const char *name, const char *file, char *path, size_t size)
{
    const char *root = getenv("SRCDIR");
    snprintf(path, size, "%s/tests/%s/%s/%s", root ? root : ".", kind, name, file);
}

/* The folders of a kind; once. */
static void list_folders(const char *kind, folders *found)
{
    char path[4096];
    const struct dirent *item;
    if (found->count)
        return;
    path_of(kind, "", "", path, sizeof path);
    DIR *directory = opendir(path);
    while (directory && (item = readdir(directory)) != NULL)
        if (item->d_name[0] != '.' && found->count < 1024)
            snprintf(found->names[found->count++], sizeof found->names[0], "%.63s", item->d_name);
    if (directory)
        closedir(directory);
    qsort(found->names, (size_t)found->count, sizeof found->names[0], compare_names);
}

/* Makes out which are to be run now. */
static void list_left(folders *found)
{
    found->left_count = 0;
    for (int i = 0; i < found->count; i++)
        if (!found->done[i])
            found->left[found->left_count++] = i;
}

/* The folder of a test's number. */
static const char *begin_folder(folders *found, int number)
{
    found->done[found->left[number]] = false;
    return found->names[found->left[number]];
}

static void end_folder(folders *found, int number)
{
    found->done[found->left[number]] = memory_run() && !out_of_memory();
}

/* A file of a folder; NULL: there is none. Freed at the test's end. */
static char *read_of(const char *kind, const char *name, const char *file, size_t *length)
{
    char path[4096];
    path_of(kind, name, file, path, sizeof path);
    if (access(path, F_OK) != 0)
        return NULL;
    snprintf(path, sizeof path, "tests/%s/%s/%s", kind, name, file);
    return keep_file(path, length);
}

/* Asks all that a file of lines QUERY = ANSWER asks. */
static void check_answers(const char *name, sipcause_table *table, char *line)
{
    char found[1024];
    while (*line) {
        char *end = line + strcspn(line, "\n"), *equals = strstr(line, " = ");
        char *next = *end ? end + 1 : end;
        ck_assert_msg(equals != NULL && equals < end, "%s: a line without \" = \"", name);
        *end = *equals = 0;
        bool answered = ask(table, line, found, sizeof found);
        ck_assert_msg(answered || out_of_memory(), "%s: %s: no memory", name, line);
        ck_assert_msg(!answered || strcmp(found, equals + 3) == 0, "%s\n  %s\n  expected: %s\n  found:    %s", name,
                      line, equals + 3, found);
        line = next;
    }
}

/* What the table says of itself loads to an equal one. */
static void check_round_trip(const char *name, const sipcause_table *table)
{
    sipcause_error error;
    if (memory_run() && strlen(name) % 8) /* it takes by far the longest; some will do */
        return;
    size_t length = sipcause_table_yaml(table, NULL, 0);
    char *text = malloc(length + 1);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(sipcause_table_yaml(table, text, length + 1), length);
    sipcause_table *again = keep_table(sipcause_load_bytes(text, length, "again", &error));
    if (!again && !out_of_memory())
        fprintf(stderr, "%s\n", text);
    free(text);
    if (!again && out_of_memory())
        return;
    ck_assert_msg(again != NULL, "%s, written and read: %u:%u: %s", name, (unsigned)error.line, (unsigned)error.column,
                  error.text);
    ck_assert_msg(sipcause_table_equal(table, again), "%s, written and read, is another table", name);
}

START_TEST(every_valid_file_answers_as_expected)
{
    const char *name = begin_folder(&valid, _i);
    size_t length = 0;
    sipcause_error error;
    const char *bytes = read_of("valid", name, "map.yaml", &length);
    char *expected = read_of("valid", name, "expected", NULL);
    ck_assert_msg(bytes && expected, "%s: a file is missing", name);
    sipcause_table *table = keep_table(sipcause_load_bytes(bytes, length, "map.yaml", &error));
    if (!table && out_of_memory())
        return;
    ck_assert_msg(table != NULL, "%s:%u:%u: %s", name, (unsigned)error.line, (unsigned)error.column, error.text);
    ck_assert_int_eq(error.code, SIPCAUSE_OK);
    check_answers(name, table, expected);
    check_round_trip(name, table);
    end_folder(&valid, _i);
}
END_TEST

START_TEST(every_invalid_file_is_refused_at_its_place)
{
    const char *name = begin_folder(&invalid, _i);
    size_t length = 0;
    sipcause_error error;
    char found[1024];
    const char *bytes = read_of("invalid", name, "map.yaml", &length);
    char *expected = read_of("invalid", name, "error", NULL);
    ck_assert_msg(bytes && expected, "%s: a file is missing", name);
    expected[strcspn(expected, "\n")] = 0;
    sipcause_table *table = keep_table(sipcause_load_bytes(bytes, length, "map.yaml", &error));
    if (!table && error.code == SIPCAUSE_ERROR_MEMORY && out_of_memory())
        return;
    ck_assert_msg(table == NULL, "%s was loaded", name);
    describe_error(&error, found, sizeof found);
    ck_assert_msg(strcmp(found, expected) == 0, "%s\n  expected: %s\n  found:    %s", name, expected, found);
    ck_assert_str_eq(error.source, "map.yaml");
    for (const char *at = error.text; *at; at++)
        ck_assert_msg((unsigned char)*at >= ' ', "%s: a control character in the sentence", name);
    /* The offset is that of the line and column. */
    size_t line_start = (size_t)error.offset - (error.column ? error.column - 1 : 0);
    bool begins = line_start == 0 || bytes[line_start - 1] == '\n' || bytes[line_start - 1] == '\r' ||
                  (line_start == 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0);
    ck_assert_msg(!error.line || begins, "%s: offset %lu", name, (unsigned long)error.offset);
    ck_assert_ptr_null(sipcause_load_bytes(bytes, length, NULL, NULL));
    end_folder(&invalid, _i);
}
END_TEST

/* ---- files that extend files -------------------------------------------------------------------------------- */

/* Goes to a folder; returns the way back, -1 when there is no such folder. */
static int enter(const char *path)
{
    int back = open(".", O_RDONLY);
    ck_assert_int_ge(back, 0);
    if (chdir(path) == 0)
        return back;
    close(back);
    return -1;
}

static void leave(int back)
{
    int result = fchdir(back);
    close(back);
    ck_assert_int_eq(result, 0);
}

START_TEST(every_chain_of_files_says_what_is_expected)
{
    const char *name = begin_folder(&extends, _i);
    char path[4096], found[1024], line[1024];
    sipcause_error error, other;
    char *expected = read_of("extends", name, "expected", NULL), *refusal = read_of("extends", name, "error", NULL);
    ck_assert_msg(!expected != !refusal, "%s has both of expected and error, or none", name);
    path_of("extends", name, "", path, sizeof path);
    int back = enter(path);
    ck_assert_msg(back >= 0, "%s is no folder", path);
    sipcause_table *table = keep_table(sipcause_load_file("main.yaml", &error));
    leave(back);
    if (!table && error.code == SIPCAUSE_ERROR_MEMORY && out_of_memory())
        return;
    if (refusal) {
        refusal[strcspn(refusal, "\n")] = 0;
        ck_assert_msg(table == NULL, "%s was loaded", name);
        describe_error(&error, found, sizeof found);
        snprintf(line, sizeof line, "%.200s %.800s", error.source, found);
        ck_assert_msg(strcmp(line, refusal) == 0, "%s\n  expected: %s\n  found:    %s", name, refusal, line);
    } else {
        ck_assert_msg(table != NULL, "%s: %s:%u:%u: %s", name, error.source, (unsigned)error.line,
                      (unsigned)error.column, error.text);
        ck_assert_int_eq(error.code, SIPCAUSE_OK);
        check_answers(name, table, expected);
        check_round_trip(name, table);
    }
    /* From elsewhere it is the same. */
    path_of("extends", name, "main.yaml", path, sizeof path);
    sipcause_table *again = keep_table(sipcause_load_file(path, &other));
    if (!again && other.code == SIPCAUSE_ERROR_MEMORY && out_of_memory())
        return;
    ck_assert_int_eq(other.code, error.code);
    ck_assert_uint_eq(other.line, error.line);
    ck_assert_uint_eq(other.column, error.column);
    ck_assert(!table || sipcause_table_equal(table, again));
    end_folder(&extends, _i);
}
END_TEST

/* ---- files that no folder can hold ---------------------------------------------------------------------------- */

/* A new folder of files of one line, `sipcause: 1` before it. */
typedef struct scene {
    char path[64];
    int back;
} scene;

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "sipcause: 1\n%s\n", text);
    fclose(file);
}

static scene begin_scene(void)
{
    scene now = {"/tmp/sipcause-extends-XXXXXX", -1};
    ck_assert_ptr_nonnull(mkdtemp(now.path));
    now.back = enter(now.path);
    ck_assert_int_ge(now.back, 0);
    return now;
}

static void end_scene(const scene *now)
{
    const struct dirent *item;
    DIR *directory = opendir(".");
    while (directory && (item = readdir(directory)) != NULL)
        if (item->d_name[0] != '.')
            remove(item->d_name);
    if (directory)
        closedir(directory);
    leave(now->back);
    rmdir(now->path);
}

/* Loads main.yaml; the sentence of its error, "" when it makes a table, NULL when memory is short. */
static const char *load_main(sipcause_error *error)
{
    sipcause_table *table = sipcause_load_file("main.yaml", error);
    sipcause_table_unref(table);
    if (!table && error->code == SIPCAUSE_ERROR_MEMORY && out_of_memory())
        return NULL;
    return table ? "" : error->text;
}

#define SAYS(said, expected) ck_assert_msg(!(said) || strcmp(said, expected) == 0, "found: %s", said)

START_TEST(what_is_no_file_cannot_be_extended)
{
    sipcause_error fifo, device, loop, link;
    scene now = begin_scene();
    write_file("main.yaml", "extends: base.yaml");
    bool made = mkfifo("base.yaml", 0600) == 0;
    const char *at_fifo = load_main(&fifo); /* it must not wait for a writer */
    remove("base.yaml");
    made = made && symlink("/dev/zero", "base.yaml") == 0;
    const char *at_device = load_main(&device);
    remove("base.yaml");
    made = made && symlink("base.yaml", "base.yaml") == 0;
    const char *at_loop = load_main(&loop);
    remove("base.yaml");
    made = made && symlink("main.yaml", "base.yaml") == 0;
    const char *at_link = load_main(&link);
    end_scene(&now);
    if (!made)
        return;
    SAYS(at_fifo, "base.yaml cannot be extended: this is no file: a device, a pipe or a socket");
    SAYS(at_device, "base.yaml cannot be extended: this is no file: a device, a pipe or a socket");
    SAYS(at_loop, "base.yaml cannot be extended: its symbolic links lead in a circle");
    SAYS(at_link, "the files extend each other in a circle: main.yaml -> base.yaml");
    ck_assert(!at_fifo || (fifo.code == SIPCAUSE_ERROR_FILE && fifo.line == 2 && fifo.column == 10));
    ck_assert(!at_link || link.code == SIPCAUSE_ERROR_CIRCLE);
}
END_TEST

/* A chain of files of which the last extends the profile default. */
static const char *load_chain(unsigned files, sipcause_error *error)
{
    scene now = begin_scene();
    for (unsigned i = 0; i < files; i++) {
        char name[32], next[64];
        snprintf(name, sizeof name, i ? "b%u.yaml" : "main.yaml", i);
        snprintf(next, sizeof next, i + 1 < files ? "extends: b%u.yaml" : "name: last", i + 1);
        write_file(name, next);
    }
    const char *said = load_main(error);
    end_scene(&now);
    return said;
}

START_TEST(a_chain_has_sixteen_files)
{
    sipcause_error error;
    if (memory_run()) /* the folders have chains that are long enough */
        return;
    const char *said = load_chain(16, &error);
    SAYS(said, "");
    said = load_chain(17, &error);
    SAYS(said, "more than 16 files extend each other: main.yaml -> b1.yaml -> b2.yaml -> b3.yaml -> b4.yaml -> b5.yaml "
               "-> b6.yaml -> b7.yaml -> b8.yaml -> b9.yaml -> b10.yaml -> b11.yaml -> b12.yaml -> b13.yaml -> "
               "b14.yaml -> b15.yaml -> b16.yaml");
    ck_assert(!said || (error.code == SIPCAUSE_ERROR_TOO_LARGE && strcmp(error.source, "b15.yaml") == 0));
}
END_TEST

/* A text may hold what no sentence may. */
START_TEST(a_path_is_shown_in_one_line)
{
    sipcause_error error;
    scene now = begin_scene();
    write_file("main.yaml", "extends: \"a\\nb\\x07.yaml\"");
    const char *said = load_main(&error);
    end_scene(&now);
    SAYS(said, "a<U+000A>b<U+0007>.yaml cannot be extended: there is no such file");
}
END_TEST

/* The file of 16 MiB that is extended, and one of a byte more. */
START_TEST(an_extended_file_has_the_same_limit)
{
    sipcause_error error;
    if (memory_run())
        return;
    scene now = begin_scene();
    write_file("main.yaml", "extends: base.yaml");
    FILE *file = fopen("base.yaml", "wb");
    ck_assert_ptr_nonnull(file);
    static const char begin[] = "sipcause: 1\n#";
    fputs(begin, file);
    for (size_t i = sizeof begin - 1; i < (size_t)16 * 1024 * 1024; i++)
        putc('x', file);
    fflush(file);
    const char *whole = load_main(&error);
    bool loaded = whole && !*whole;
    putc('x', file);
    fclose(file);
    const char *more = load_main(&error);
    end_scene(&now);
    ck_assert(loaded);
    SAYS(more, "the file is larger than 16 MiB");
    ck_assert_str_eq(error.source, "base.yaml");
}
END_TEST

/* A condition lists at most 65535 things; a row has at most 4096 items. */
static char *list_of(size_t count, const char *before, const char *item, const char *after, size_t *length)
{
    size_t item_length = strlen(item);
    char *text = malloc(strlen(before) + count * item_length + strlen(after) + 1), *at = text;
    ck_assert_ptr_nonnull(text);
    at += sprintf(at, "%s", before);
    for (size_t i = 0; i < count; i++, at += item_length)
        memcpy(at, item, item_length);
    at += sprintf(at, "%s", after);
    *length = (size_t)(at - text);
    return text;
}

static const char *load_list_of(size_t count, const char *before, const char *item, const char *after,
                                sipcause_error *error)
{
    size_t length;
    char *text = list_of(count, before, item, after, &length);
    sipcause_table *table = sipcause_load_bytes(text, length, NULL, error);
    free(text);
    sipcause_table_unref(table);
    if (!table && error->code == SIPCAUSE_ERROR_MEMORY && out_of_memory())
        return NULL;
    return table ? "" : error->text;
}

START_TEST(lists_have_an_end)
{
    static const char begin[] = "sipcause: 1\nmap:\n  carrier:\n    601: {when: [";
    sipcause_error error;
    if (memory_run())
        return;
    SAYS(load_list_of(65535, "sipcause: 1\nmap: {sip: {480: {when: [{carrier: [", "7,", "], disposition: Busy}]}}}",
                      &error),
         "");
    SAYS(load_list_of(65536, "sipcause: 1\nmap: {sip: {480: {when: [{carrier: [", "7,", "], disposition: Busy}]}}}",
                      &error),
         "a condition lists at most 65535 things");
    ck_assert_uint_eq(error.line, 2);
    SAYS(load_list_of(65535, "sipcause: 1\nmap: {sip: {480: {when: [{phrase: [", "'*',", "], disposition: Busy}]}}}",
                      &error),
         "");
    SAYS(load_list_of(4096, begin, "{answered: true, disposition: Busy},", "]}\n", &error), "");
    SAYS(load_list_of(4097, begin, "{answered: true, disposition: Busy},", "]}\n", &error),
         "a row has at most 4096 items under `when`");
}
END_TEST

START_TEST(the_folders_are_there)
{
    ck_assert_int_ge(valid.count, 60);
    ck_assert_int_ge(invalid.count, 400);
    ck_assert_int_ge(extends.count, 20);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("load");
    folders *const all[] = {&valid, &invalid, &extends};
    static const char *const kinds[] = {"valid", "invalid", "extends"};
    int left = 0;
    for (int i = 0; i < 3; i++) {
        list_folders(kinds[i], all[i]);
        list_left(all[i]);
        left += all[i]->left_count;
    }
    for (int i = 0; i < 3 && !left; i++) { /* the next round of refusals */
        memset(all[i]->done, 0, sizeof all[i]->done);
        list_left(all[i]);
    }
    add_test(suite, the_folders_are_there);
    add_loop_test(suite, every_valid_file_answers_as_expected, valid.left_count);
    add_loop_test(suite, every_invalid_file_is_refused_at_its_place, invalid.left_count);
    add_loop_test(suite, every_chain_of_files_says_what_is_expected, extends.left_count);
    add_test(suite, what_is_no_file_cannot_be_extended);
    add_test(suite, a_chain_has_sixteen_files);
    add_test(suite, a_path_is_shown_in_one_line);
    add_test(suite, an_extended_file_has_the_same_limit);
    add_test(suite, lists_have_an_end);
    return suite;
}
