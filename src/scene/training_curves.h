/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The course of a training, in a bounded number of points however long it
 * takes: when they are too many, two become one.
 */
#ifndef SCENE_TRAINING_CURVES_H
#define SCENE_TRAINING_CURVES_H

#include "nn/train.h"

enum { CURVE_POINTS = 1024, CURVE_MARKS = 32, CURVE_NAME = 48 };

enum curve { CURVE_LOSS, CURVE_METRIC, CURVES };

/* `at` counts epochs, from 0.  NaN: there is no such value. */
struct curve_point {
    float at;
    float values[CURVES]; /* of these batches alone */
};

struct curve_epoch {
    float at;
    float train[CURVES], validation[CURVES];
};

struct curve_mark { /* from here on the learning rate was… */
    float at, rate;
};

struct training_curves {
    int epochs;                     /* wanted */
    char names[CURVES][CURVE_NAME]; /* "loss", "acc"; empty: no such curve */
    int point_count, epoch_count, mark_count;
    struct curve_point points[CURVE_POINTS];
    struct curve_epoch by_epoch[CURVE_POINTS];
    struct curve_mark marks[CURVE_MARKS];

    /* inside */
    int64_t stride;       /* batches a point */
    int64_t pending;      /* batches of the point in the making… */
    double sums[CURVES];  /* … and their sums */
    double means[CURVES]; /* of this epoch, before the batch to come */
    int64_t samples;      /* they are of so many */
    int64_t epoch_stride, epochs_seen;
    double rate; /* the last one */
};

void training_curves_init(struct training_curves *curves);

/* Takes in what a training tells its observer. */
void training_curves_add(struct training_curves *curves,
                         const struct train_event *event);

#endif
