/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/pace.h"

#include "tensor/parallel.h"

enum {
    TRIAL = 4,      /* batches that are enough to judge by */
    STRETCH = 32,   /* batches between two judgements of all threads */
    PATIENCE = 64,  /* batches on one thread before the next trial… */
    LONGEST = 2048, /* … which doubles up to this */
};

static void start(struct pace *pace, bool alone, int64_t wanted)
{
    pace->alone = alone;
    pace->wanted = wanted;
    pace->batches = 0;
    pace->seconds = 0.0;
    parallel_set_limit(alone ? 1 : 0);
}

void pace_begin(struct pace *pace)
{
    *pace = (struct pace){.patience = PATIENCE};
    parallel_set_limit(0);
    bool single = parallel_threads() == 1;
    start(pace, !single, single ? INT64_MAX : TRIAL);
}

/* All threads have lost: one is taken for a while, each time a longer one. */
static void give_up(struct pace *pace)
{
    start(pace, true, pace->patience);
    if (pace->patience < LONGEST)
        pace->patience *= 2;
}

void pace_batch(struct pace *pace, double seconds)
{
    pace->batches++;
    pace->seconds += seconds;
    double mean = pace->seconds / (double)pace->batches;
    bool trial = !pace->alone && pace->wanted == TRIAL;
    if (trial && seconds > 4.0 * pace->one) {
        give_up(pace); /* no need to suffer to the end */
        return;
    }
    if (pace->batches < pace->wanted)
        return;
    if (pace->alone) {
        pace->one = mean;
        start(pace, false, TRIAL);
    } else if (mean < pace->one) {
        if (!trial)
            pace->patience = PATIENCE;
        start(pace, false, STRETCH);
    } else {
        give_up(pace);
    }
}

void pace_end(void)
{
    parallel_set_limit(0);
}
