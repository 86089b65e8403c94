/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many threads a batch is worth.  All of them, while the machine is free.
 * When other programs hold the cores, a region waits again and again for a
 * thread that is not running, and an epoch can take fifty times as long as on
 * one thread.  So batches are timed: all threads are used as long as that is
 * faster than one.  The results are the same either way.
 */
#ifndef NN_PACE_H
#define NN_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct pace {
    bool alone;              /* on one thread */
    int64_t batches, wanted; /* of this stretch: done, and its length */
    double seconds;          /* of this stretch */
    double one;              /* seconds of a batch on one thread; 0: unknown */
    int64_t patience;        /* batches until all threads are tried again */
};

void pace_begin(struct pace *pace);
/* A batch took SECONDS: sets parallel_set_limit() for the next. */
void pace_batch(struct pace *pace, double seconds);
void pace_end(void);

#endif
