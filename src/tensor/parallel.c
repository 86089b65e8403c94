/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/parallel.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#ifdef _OPENMP
#include <omp.h>
#endif

static _Thread_local int limit;

static atomic_bool claimed;
static _Thread_local bool claimed_here;

/* Nanoseconds between two looks at what else runs. */
static const int64_t look_again = 20000000;

static int cores(void)
{
#ifdef _OPENMP
    static _Atomic int known;
    if (!known)
        known = omp_get_num_procs();
    return known;
#else
    return 1;
#endif
}

/* How many threads of all processes want a core now: the fourth field of
   /proc/loadavg, "3/512".  0 where there is no such file. */
static int running_threads(void)
{
    int running = 0;
    char text[128];
    int file = open("/proc/loadavg", O_RDONLY | O_CLOEXEC);

    if (file < 0)
        return 0;
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    text[length < 0 ? 0 : length] = '\0';
    if (sscanf(text, "%*f %*f %*f %d/", &running) != 1)
        return 0;
    return running;
}

/* A region ends when its last thread has come and gone.  Where others use the
   cores, waiting for one takes longer than short work does alone. */
static bool cores_are_taken(void)
{
    static _Atomic int64_t looked;
    static _Atomic bool taken;
    struct timespec clock;

    clock_gettime(CLOCK_MONOTONIC, &clock);
    int64_t now = clock.tv_sec * (int64_t)1000000000 + clock.tv_nsec;
    if (looked == 0 || now - looked > look_again) {
        looked = now;
        taken = running_threads() > cores();
    }
    return taken;
}

void parallel_set_limit(int threads)
{
    limit = threads;
}

bool parallel_claim(void)
{
    bool none = false;
    claimed_here = atomic_compare_exchange_strong(&claimed, &none, true);
    return claimed_here;
}

void parallel_release(void)
{
    claimed_here = false;
    atomic_store(&claimed, false);
}

void parallel_rest(void)
{
#ifdef _OPENMP
    omp_pause_resource_all(omp_pause_soft);
#endif
}

int parallel_threads(void)
{
#ifdef _OPENMP
    if (atomic_load_explicit(&claimed, memory_order_relaxed) && !claimed_here)
        return 1;
    int threads = omp_get_max_threads(), allowed = limit;
    if (threads > cores())
        threads = cores();
    return allowed > 0 && threads > allowed ? allowed : threads;
#else
    return 1;
#endif
}

int parallel_threads_for(int64_t elements)
{
    if (elements < PARALLEL_MIN_ELEMENTS || cores_are_taken())
        return 1;
    return parallel_threads();
}

int64_t parallel_index(void)
{
#ifdef _OPENMP
    return omp_get_thread_num();
#else
    return 0;
#endif
}

struct part parallel_part(int64_t count, int64_t grain)
{
    int64_t index = parallel_index(), threads = 1;
#ifdef _OPENMP
    threads = omp_get_num_threads();
#endif
    int64_t grains = (count + grain - 1) / grain;
    struct part part = {grains * index / threads * grain,
                        grains * (index + 1) / threads * grain};
    if (part.end > count)
        part.end = count;
    return part;
}
