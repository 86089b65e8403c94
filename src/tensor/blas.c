/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/blas.h"

#include <cblas.h>
#include <pthread.h>
#include <stdbool.h>

#include "tensor/parallel.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool callable_from_many;
static pthread_mutex_t only_one = PTHREAD_MUTEX_INITIALIZER;

static void prepare(void)
{
    callable_from_many = openblas_get_parallel() != OPENBLAS_SEQUENTIAL;
    openblas_set_num_threads(1);
}

int blas_threads(void)
{
    pthread_once(&once, prepare);
    return callable_from_many ? parallel_threads() : 1;
}

void blas_enter(void)
{
    pthread_once(&once, prepare);
    if (!callable_from_many)
        pthread_mutex_lock(&only_one);
}

void blas_leave(void)
{
    if (!callable_from_many)
        pthread_mutex_unlock(&only_one);
}
