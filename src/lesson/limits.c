/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lesson/limits.h"

#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/confine.h"
#include "base/interrupt.h"
#include "tensor/random.h"

/* Nanoseconds between two looks at clock and memory. */
enum { LOOK = 50 * 1000 * 1000, NANOSECONDS = 1000 * 1000 * 1000 };

/* Of computing; three times that by the clock, for what sleeps and for machines
   that are busy. */
static double seconds_most = 20.0;
static const double clock_factor = 3.0;
static size_t bytes_most = (size_t)2 << 30;

static pthread_t watcher;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ended = PTHREAD_COND_INITIALIZER;
static bool is_watching, is_ending, is_over;

void limits_set(double seconds, size_t bytes)
{
    seconds_most = seconds;
    bytes_most = bytes;
}

/* Bytes of memory that the program holds; 0 where the system does not tell. */
static size_t resident(void)
{
    unsigned long long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file)
        return 0;
    if (fscanf(file, "%*u %llu", &pages) != 1)
        pages = 0;
    fclose(file);
    return (size_t)pages * (size_t)sysconf(_SC_PAGESIZE);
}

static struct timespec soon(void)
{
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    time.tv_nsec += LOOK;
    if (time.tv_nsec >= NANOSECONDS) {
        time.tv_nsec -= NANOSECONDS;
        time.tv_sec++;
    }
    return time;
}

static double now(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Interrupts again and again: what is over must come to its end. */
static void *watch(void *unused)
{
    double start = now(CLOCK_MONOTONIC);
    double computing = now(CLOCK_PROCESS_CPUTIME_ID);
    size_t before = resident();
    (void)unused;
    pthread_mutex_lock(&mutex);
    while (!is_ending) {
        struct timespec time = soon();
        pthread_cond_timedwait(&ended, &mutex, &time);
        if (is_ending)
            break;
        is_over |= now(CLOCK_PROCESS_CPUTIME_ID) - computing > seconds_most ||
                   now(CLOCK_MONOTONIC) - start >
                       clock_factor * seconds_most ||
                   resident() > before + bytes_most;
        if (is_over)
            interrupt_request_end();
    }
    pthread_mutex_unlock(&mutex);
    return NULL;
}

void limits_begin(const char *folder)
{
    confine_to(folder);
    rng_set_repeatable(true);
    is_ending = is_over = false;
    is_watching = pthread_create(&watcher, NULL, watch, NULL) == 0;
}

bool limits_end(void)
{
    confine_end();
    rng_set_repeatable(false);
    if (!is_watching)
        return false;
    pthread_mutex_lock(&mutex);
    is_ending = true;
    pthread_cond_signal(&ended);
    pthread_mutex_unlock(&mutex);
    pthread_join(watcher, NULL);
    is_watching = false;
    if (is_over)
        interrupt_clear();
    return is_over;
}
