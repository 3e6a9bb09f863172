/*
 * test_extends.c - mapping files that extend files: the folder tests/extends, and what no folder can hold.
 *
 * extends/NAME/main.yaml is loaded as a file, from its own folder and from elsewhere. It has one or the other of
 * expected, lines QUERY = ANSWER, and error, one line that begins with the file that the error is in; asking.h
 * describes both.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "asking.h"
#include "folders.h"

#include <fcntl.h>
#include <sys/stat.h>

static folders extends = {.kind = "extends"};

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

/* A mapping file of that many bytes, nearly all of them a comment; it is left open at its end. */
static FILE *write_long_file(const char *name, const char *begin, size_t bytes)
{
    FILE *file = fopen(name, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(begin, file);
    for (size_t i = strlen(begin); i < bytes; i++)
        putc('x', file);
    fflush(file);
    return file;
}

enum { MIB = 1024 * 1024 };

/* The file of 16 MiB that is extended, and one of a byte more. */
START_TEST(an_extended_file_has_the_same_limit)
{
    sipcause_error error;
    if (memory_run())
        return;
    scene now = begin_scene();
    write_file("main.yaml", "extends: base.yaml");
    FILE *file = write_long_file("base.yaml", "sipcause: 1\n#", (size_t)16 * MIB);
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

/* Together they are no larger: each copies the rows of all below it. */
START_TEST(extended_files_have_a_limit_together)
{
    sipcause_error error;
    if (memory_run())
        return;
    scene now = begin_scene();
    write_file("main.yaml", "extends: base.yaml");
    fclose(write_long_file("base.yaml", "sipcause: 1\nextends: below.yaml\n#", (size_t)8 * MIB));
    FILE *file = write_long_file("below.yaml", "sipcause: 1\n#", (size_t)8 * MIB);
    const char *whole = load_main(&error);
    bool loaded = whole && !*whole;
    putc('x', file);
    fclose(file);
    const char *more = load_main(&error);
    end_scene(&now);
    ck_assert(loaded);
    SAYS(more, "the files that are extended are larger than 16 MiB together");
    ck_assert_str_eq(error.source, "base.yaml");
    ck_assert_uint_eq(error.line, 2);
}
END_TEST

START_TEST(the_folders_are_there)
{
    ck_assert_int_ge(extends.count, 20);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("extends");
    folders *const all[] = {&extends};
    begin_round(all, 1);
    add_test(suite, the_folders_are_there);
    add_loop_test(suite, every_chain_of_files_says_what_is_expected, extends.left_count);
    add_test(suite, what_is_no_file_cannot_be_extended);
    add_test(suite, a_chain_has_sixteen_files);
    add_test(suite, a_path_is_shown_in_one_line);
    add_test(suite, an_extended_file_has_the_same_limit);
    add_test(suite, extended_files_have_a_limit_together);
    return suite;
}
