/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/rows.h"

#include <string.h>

#include "tensor/parallel.h"

MULTI_TARGET
static void add_row(int64_t n, const float *row, float *sum)
{
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++)
        sum[i] += row[i];
}

MULTI_TARGET
static void add_products(int64_t n, const float *a, const float *b, float *sum)
{
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++)
        sum[i] += a[i] * b[i];
}

void sum_rows(int64_t rows, int64_t columns, const float *a, float *sum)
{
#pragma omp parallel num_threads(parallel_threads_for(rows *columns))
    {
        struct part part = parallel_part(columns, 16);
        int64_t n = part.end - part.first;
        memset(sum + part.first, 0, (size_t)n * sizeof *sum);
        for (int64_t i = 0; i < rows; i++)
            add_row(n, a + i * columns + part.first, sum + part.first);
    }
}

void sum_row_products(int64_t rows, int64_t columns, const float *a,
                      const float *b, float *sum)
{
#pragma omp parallel num_threads(parallel_threads_for(rows *columns))
    {
        struct part part = parallel_part(columns, 16);
        int64_t n = part.end - part.first;
        memset(sum + part.first, 0, (size_t)n * sizeof *sum);
        for (int64_t i = 0; i < rows; i++)
            add_products(n, a + i * columns + part.first,
                         b + i * columns + part.first, sum + part.first);
    }
}
