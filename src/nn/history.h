/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loss and metrics, epoch by epoch. */
#ifndef NN_HISTORY_H
#define NN_HISTORY_H

#include "nn/model.h"

/* loss, metrics, val_loss, val_ metrics */
enum { HISTORY_MAX_SERIES = 2 * (1 + MODEL_MAX_METRICS) };

struct history {
    int refs;
    int series_count;
    char *names[HISTORY_MAX_SERIES];
    int epochs; /* completed */
    size_t capacity;
    double *values; /* epochs rows of series_count */
};

struct history *history_new(const struct model *model, bool validation);
struct history *history_ref(struct history *history);
/* A copy of its own, so that the training may go on. */
struct history *history_clone(const struct history *history);
void history_unref(struct history *history); /* NULL is fine */

/* One more epoch. */
void history_append(struct history *history, const double *values);

double history_value(const struct history *history, int epoch, int series);

#endif
