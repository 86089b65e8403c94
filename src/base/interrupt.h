/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ctrl-C, and the end of memory.  The signal handler (repl) sets a flag;
 * whoever computes polls it: the evaluator at every statement and call,
 * kernels at every chunk, the trainer at every batch.  Async-signal-safe.
 */
#ifndef BASE_INTERRUPT_H
#define BASE_INTERRUPT_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/error.h"

/* Read through the functions. */
extern atomic_int interrupt_flag;
extern _Thread_local bool interrupt_ignored;

static inline bool interrupt_pending(void)
{
    return atomic_load_explicit(&interrupt_flag, memory_order_relaxed) != 0 &&
           !interrupt_ignored;
}

/* From now on the flag is not for the calling thread: Ctrl-C is for what was
   typed, not for a training in the background.  What such a thread calls must
   not poll inside a parallel region, whose other threads know nothing of it. */
void interrupt_ignore(void);

void interrupt_request(void);
/* The same for want of memory; Ctrl-C goes before it. */
void interrupt_request_memory(void);
/* The same for who has had its time: no handler of the program's ends it, it
   stays until interrupt_clear(). */
void interrupt_request_end(void);
void interrupt_clear(void);

/* false with KeyboardInterrupt (or MemoryError) in ERR when the flag is set;
   clears it. */
bool interrupt_check(struct error *err);

#endif
