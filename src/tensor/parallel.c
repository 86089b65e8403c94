/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/parallel.h"

#ifdef _OPENMP
#include <omp.h>
#endif

static _Atomic int limit;

void parallel_set_limit(int threads)
{
    limit = threads;
}

int parallel_threads(void)
{
#ifdef _OPENMP
    int threads = omp_get_max_threads(), cores = omp_get_num_procs();
    int allowed = limit;
    if (threads > cores)
        threads = cores;
    return allowed > 0 && threads > allowed ? allowed : threads;
#else
    return 1;
#endif
}

int parallel_threads_for(int64_t elements)
{
    return elements < PARALLEL_MIN_ELEMENTS ? 1 : parallel_threads();
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
