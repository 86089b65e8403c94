/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sharing one piece of work between OpenMP's threads, and compiling a loop
 * for several instruction sets.  There is one pool of threads in the program:
 * OpenMP's.  Between two regions its threads spin for a moment and then
 * sleep, so an idle prompt uses no CPU.  Where two threads of the program
 * compute, one may claim the pool; the others then compute alone.
 */
#ifndef TENSOR_PARALLEL_H
#define TENSOR_PARALLEL_H

#include <stdbool.h>
#include <stdint.h>

/* How many threads a region may have: what OpenMP was told, but never more
   than the cores this process may run on, nor than the limit; 1 while another
   thread has claimed the pool. */
int parallel_threads(void);

/* For long work: false when another thread was faster.  Whoever got it
   releases it. */
bool parallel_claim(void);
void parallel_release(void);

/* Ends the threads that wait for the caller's next region, which makes new
   ones.  OpenMP keeps a set for each thread that had a region, and with more
   of them than cores none spins: each region would have to wake its threads,
   which takes longer than most of ours do. */
void parallel_rest(void);

/* A limit for the calling thread from now on; 0: none.  For work that finds
   its cores taken by others: a thread that waits for one that is not running
   loses more than it gained. */
void parallel_set_limit(int threads);

/* Elements below which a loop is not worth the two microseconds that waking
   the other threads takes. */
enum { PARALLEL_MIN_ELEMENTS = 16384 };

/* The same, with 1 for work of few ELEMENTS, and where other programs use the
   cores (looked up now and then). */
int parallel_threads_for(int64_t elements);

/* The calling thread's number in its region, from 0. */
int64_t parallel_index(void);

struct part {
    int64_t first, end;
};

/* What the calling thread has to do of 0 … COUNT-1; inner bounds are
   multiples of GRAIN.  Inside a parallel region only; the split depends on
   nothing but the number of threads. */
struct part parallel_part(int64_t count, int64_t grain);

/* In front of a function without OpenMP regions: one copy for each of these
   instruction sets, chosen when the program starts: AVX-512 with its byte and
   word instructions, AVX2 with fused multiply-add, and what every processor
   has. */
#if !defined(__x86_64__) || !defined(__GNUC__) || defined(__clang__) ||        \
    !defined(__GLIBC__) || defined(__SANITIZE_THREAD__)
#define MULTI_TARGET
#elif __GNUC__ >= 12
#define HAVE_MULTI_TARGET 1
#define MULTI_TARGET                                                           \
    __attribute__((                                                            \
        target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define HAVE_MULTI_TARGET 1
#define MULTI_TARGET __attribute__((target_clones("avx512f", "fma", "default")))
#endif

/* In front of a loop whose rounds do not depend on each other. */
#if defined(_OPENMP) && !defined(__clang__)
#define VECTOR_LOOP _Pragma("omp simd")
#else
#define VECTOR_LOOP
#endif

/* In front of a short loop over an array that should stay in registers. */
#ifdef __clang__
#define UNROLL_4 _Pragma("unroll 4")
#define UNROLL_8 _Pragma("unroll 8")
#else
#define UNROLL_4 _Pragma("GCC unroll 4")
#define UNROLL_8 _Pragma("GCC unroll 8")
#endif

#endif
