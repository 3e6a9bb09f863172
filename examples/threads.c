/*
 * threads.c - a server of many threads that takes a new mapping file while calls go on.
 *
 * A table is frozen: any number of threads read it without a lock. A release is of one thread: each has its own. What
 * is shared and changes is only which table is in force, and that is all that the mutex is for.
 *
 *     cc threads.c $(pkg-config --cflags --libs libsipcause) -pthread -o threads
 *     ./threads acme.yaml                      the same file again and again: edit it meanwhile
 *     ./threads acme.yaml acme-trunk.json      two that take turns
 *
 * It exits with 0 when the calls that the threads counted are those that came in, 1 when they are not or something
 * failed.
 *
 * Arguments: acme.yaml acme-trunk.json
 * Libraries: -pthread
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include <sipcause.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

enum {
    THREADS = 4,
    RELOADS = 20,
    CALLS = 2000,  /* of each thread at least; they go on until the last reload is done */
    PAUSE = 2,     /* milliseconds between two reloads */
    OUTCOMES = 64, /* more than there are: what a newer library may add is counted as unknown */
};

static const char *const calls[] = {
    "SIP/2.0 486 Busy Here\r\nCSeq: 1 INVITE\r\nReason: Q.850;cause=17\r\n\r\n",
    "SIP/2.0 503 Service Unavailable\r\nCSeq: 1 INVITE\r\nX-Cause-Code: 601\r\n\r\n",
    "SIP/2.0 480 Temporarily Unavailable\r\nCSeq: 1 INVITE\r\nReason: Q.850;cause=19\r\n\r\n",
    "SIP/2.0 499 Call Failed\r\nCSeq: 1 INVITE\r\nX-Acme-Cause: D35\r\n\r\n",
};

/* What all threads see. */
typedef struct shared_state {
    pthread_mutex_t mutex;       /* of the default kind: locking it cannot fail unless it is used wrongly */
    const sipcause_table *table; /* in force, with a reference of its own; under the mutex */
    atomic_uint version;         /* counts the tables that were; written under the mutex, read by anybody */
    atomic_bool done;            /* no more calls come in */
    atomic_ulong came;           /* calls that came in */
} shared_state;

typedef struct worker {
    shared_state *shared;
    pthread_t thread;
    int error; /* why it stopped early; SIPCAUSE_OK: it did not */
    unsigned tables;
    unsigned long outcomes[OUTCOMES];
} worker;

/* Puts a table in force and gives back the one that was. Threads that still work by that one hold references of their
 * own: the last of them frees it. */
static void put_in_force(shared_state *shared, const sipcause_table *table)
{
    pthread_mutex_lock(&shared->mutex);
    const sipcause_table *old = shared->table;
    shared->table = table;
    atomic_fetch_add(&shared->version, 1);
    pthread_mutex_unlock(&shared->mutex);
    sipcause_table_unref(old);
}

/* Between two calls: goes on by the table in force. A call costs one atomic read unless there is a new one. The
 * reference must be taken under the mutex: outside, the table could be gone between reading the pointer and that. */
static void keep_up(shared_state *shared, sipcause_release *release, unsigned *version)
{
    if (atomic_load(&shared->version) == *version)
        return;
    pthread_mutex_lock(&shared->mutex);
    const sipcause_table *table = sipcause_table_ref(shared->table);
    *version = atomic_load(&shared->version);
    pthread_mutex_unlock(&shared->mutex);

    sipcause_release_table(release, table); /* takes a reference, and gives that to the old one back */
    sipcause_table_unref(table);
}

static int count_call(worker *own, sipcause_release *release, const char *message)
{
    sipcause_release_reset(release);
    int error = sipcause_release_message(release, message, SIPCAUSE_TEXT);
    if (error != SIPCAUSE_OK)
        return error;
    const sipcause_verdict *verdict = sipcause_decide(release);
    if (verdict == NULL)
        return SIPCAUSE_ERROR_MEMORY;

    /* The verdict ends with the release's next call: what is kept of it is copied here. */
    own->outcomes[verdict->outcome < OUTCOMES ? verdict->outcome : SIPCAUSE_OUTCOME_UNKNOWN]++;
    return SIPCAUSE_OK;
}

static void *work(void *argument)
{
    worker *own = argument;
    shared_state *shared = own->shared;
    unsigned version = 0; /* of no table: the first call fetches one */

    /* Warm after a few calls, it allocates nothing more: threads do not meet in the allocator either. */
    sipcause_release *release = sipcause_release_new(NULL);
    if (release == NULL) {
        own->error = SIPCAUSE_ERROR_MEMORY;
        return NULL;
    }
    for (unsigned long i = 0; own->error == SIPCAUSE_OK && (i < CALLS || !atomic_load(&shared->done)); i++) {
        unsigned before = version;
        keep_up(shared, release, &version);
        own->tables += version != before;
        atomic_fetch_add(&shared->came, 1);
        own->error = count_call(own, release, calls[i % (sizeof calls / sizeof *calls)]);
    }
    sipcause_release_free(release);
    return NULL;
}

/* Loads a file and puts it in force. One that is broken changes nothing: the server goes on by what it has. */
static bool reload(shared_state *shared, const char *path)
{
    sipcause_error error;
    const sipcause_table *table = sipcause_load_file(path, &error);
    if (table == NULL) {
        char text[1024];
        sipcause_error_format(&error, text, sizeof text);
        fprintf(stderr, "%s\n", text);
        return false;
    }
    /* Only this thread writes shared->table, so it may read it without the mutex. */
    if (shared->table != NULL && sipcause_table_equal(shared->table, table))
        sipcause_table_unref(table); /* nothing has changed: nobody need be disturbed */
    else
        put_in_force(shared, table);
    return true;
}

/* Adds up what the threads counted; returns whether it is what came in, and no thread failed. */
static bool add_up(const shared_state *shared, const worker *workers, size_t count)
{
    bool good = count == THREADS;
    unsigned long total = 0;
    for (size_t i = 0; i < count; i++) {
        if (workers[i].error != SIPCAUSE_OK) {
            const char *name = sipcause_error_name(workers[i].error);
            fprintf(stderr, "thread %zu: %s\n", i, name != NULL ? name : "unknown error");
            good = false;
        }
        printf("thread %zu worked by %u of the tables\n", i, workers[i].tables);
    }
    for (uint32_t outcome = 0; outcome < OUTCOMES; outcome++) {
        unsigned long sum = 0;
        for (size_t i = 0; i < count; i++)
            sum += workers[i].outcomes[outcome];
        const char *name = sipcause_outcome_name(outcome);
        if (sum != 0)
            printf("%-18s %lu\n", name != NULL ? name : "not named", sum);
        total += sum;
    }
    unsigned long came = atomic_load(&shared->came);
    printf("%lu of %lu calls counted, tables in force: %u\n", total, came, atomic_load(&shared->version));
    return good && total == came;
}

/* Runs the threads, and the reloads meanwhile. */
static bool serve(shared_state *shared, char **paths, int path_count)
{
    static worker workers[THREADS];
    size_t started = 0;
    int failure = 0;
    while (started < THREADS && failure == 0) {
        workers[started].shared = shared;
        failure = pthread_create(&workers[started].thread, NULL, work, &workers[started]);
        started += failure == 0;
    }
    if (failure != 0)
        fprintf(stderr, "cannot start thread %zu\n", started);

    /* A server would do so when it is told to, by a signal for example. */
    bool good = true;
    const struct timespec pause = {.tv_nsec = PAUSE * 1000000L};
    for (int i = 1; i <= RELOADS && failure == 0; i++) {
        nanosleep(&pause, NULL); /* cut short by a signal it is as good */
        good &= reload(shared, paths[i % path_count]);
    }

    /* Those that did start are waited for in any case: they use what is freed next. */
    atomic_store(&shared->done, true);
    for (size_t i = 0; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    return add_up(shared, workers, started) && good;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: threads MAPPING...\n");
        return 1;
    }
    static shared_state shared = {.mutex = PTHREAD_MUTEX_INITIALIZER};

    /* At the start there is nothing to go on by: a broken file ends the program. */
    bool good = reload(&shared, argv[1]) && serve(&shared, argv + 1, argc - 1);
    sipcause_table_unref(shared.table);
    pthread_mutex_destroy(&shared.mutex);
    return good ? 0 : 1;
}
