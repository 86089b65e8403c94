/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Floating point events, from the processor's flags to a queue. */
#include <fenv.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "tensor/elementwise.h"

#ifdef __x86_64__
#include <xmmintrin.h>
#endif

enum { QUEUE = 16 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct fp_event queue[QUEUE];
static _Atomic int queued;

static const int flags[FP_KINDS] = {[FP_DIVIDE] = FE_DIVBYZERO,
                                    [FP_OVERFLOW] = FE_OVERFLOW,
                                    [FP_UNDERFLOW] = FE_UNDERFLOW,
                                    [FP_INVALID] = FE_INVALID};

enum { ALL_FLAGS = FE_DIVBYZERO | FE_OVERFLOW | FE_UNDERFLOW | FE_INVALID };

/* On x86-64 numbers live in the vector unit, whose flags have the bits of
   <fenv.h>; that clears and reads the old unit's as well, which costs more
   than a small kernel. */
#ifdef __x86_64__
static int raised_flags(void)
{
    return (int)_mm_getcsr() & ALL_FLAGS;
}

static void clear_flags(void)
{
    unsigned state = _mm_getcsr();
    if (state & ALL_FLAGS)
        _mm_setcsr(state & ~(unsigned)ALL_FLAGS);
}
#else
static int raised_flags(void)
{
    return fetestexcept(ALL_FLAGS);
}

static void clear_flags(void)
{
    feclearexcept(ALL_FLAGS);
}
#endif

void fp_events_begin(void)
{
    clear_flags();
}

void fp_events_end(const char *function)
{
    int raised = raised_flags();

    for (int kind = 0; raised && kind < FP_KINDS; kind++)
        if (raised & flags[kind])
            fp_event_add((enum fp_kind)kind, function);
}

void fp_event_add(enum fp_kind kind, const char *function)
{
    bool known = false;

    pthread_mutex_lock(&lock);
    int count = atomic_load(&queued);
    for (int i = 0; i < count && !known; i++)
        known = queue[i].kind == kind && !strcmp(queue[i].function, function);
    if (!known && count < QUEUE) {
        queue[count] = (struct fp_event){kind, function};
        atomic_store(&queued, count + 1);
    }
    pthread_mutex_unlock(&lock);
}

bool fp_event_take(struct fp_event *ret)
{
    if (atomic_load(&queued) == 0)
        return false;
    pthread_mutex_lock(&lock);
    int count = atomic_load(&queued) - 1;
    *ret = queue[0];
    memmove(queue, queue + 1, (size_t)count * sizeof *queue);
    atomic_store(&queued, count);
    pthread_mutex_unlock(&lock);
    return true;
}

void fp_events_forget(void)
{
    if (atomic_load(&queued) == 0)
        return;
    pthread_mutex_lock(&lock);
    atomic_store(&queued, 0);
    pthread_mutex_unlock(&lock);
}
