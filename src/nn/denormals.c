/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/denormals.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "tensor/parallel.h"

#ifdef __SSE__
#include <xmmintrin.h>

/* MXCSR: results that are denormal become zero (bit 15), operands that are
   count as zero (bit 6); Intel SDM vol. 1, 10.2.3. */
enum { FLUSH_TO_ZERO = 1 << 15, DENORMALS_ARE_ZERO = 1 << 6 };

void denormals_flush(struct denormals *denormals)
{
    denormals->threads = parallel_threads();
    denormals->saved =
        xcalloc((size_t)denormals->threads, sizeof *denormals->saved);
#pragma omp parallel num_threads(denormals->threads)
    {
        struct part own = parallel_part(denormals->threads, 1);
        for (int64_t i = own.first; i < own.end; i++) {
            denormals->saved[i] = _mm_getcsr();
            _mm_setcsr(denormals->saved[i] | FLUSH_TO_ZERO |
                       DENORMALS_ARE_ZERO);
        }
    }
}

void denormals_restore(struct denormals *denormals)
{
#pragma omp parallel num_threads(denormals->threads)
    {
        struct part own = parallel_part(denormals->threads, 1);
        for (int64_t i = own.first; i < own.end; i++)
            _mm_setcsr(denormals->saved[i]);
    }
    free(denormals->saved);
    denormals->saved = NULL;
}
#else
void denormals_flush(struct denormals *denormals)
{
    *denormals = (struct denormals){0, NULL};
}

void denormals_restore(struct denormals *denormals)
{
    (void)denormals;
}
#endif
