/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers below 1e-38 ("denormals") make arithmetic a hundred times slower,
 * and training makes many of them: the running means of weights whose
 * gradient is zero fade away for ever.  While a model is trained they count
 * as zero, in every thread of the pool; afterwards all is as it was.
 */
#ifndef NN_DENORMALS_H
#define NN_DENORMALS_H

struct denormals {
    int threads;
    unsigned *saved; /* each thread's control register */
};

void denormals_flush(struct denormals *denormals);
void denormals_restore(struct denormals *denormals);

#endif
