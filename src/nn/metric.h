/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is watched beside the loss.  A type is a row, or a loss whose mean is
 * watched; a metric is one of them with settings and the name under which it
 * is shown.
 */
#ifndef NN_METRIC_H
#define NN_METRIC_H

#include "nn/loss.h"

enum { METRIC_STATE = 400, METRIC_MAX_SETTINGS = 2, METRIC_NAME_SIZE = 48 };

struct metric;

struct metric_type {
    struct named named;
    const char *class_name; /* "Precision" */
    const struct number_setting *settings;
    bool of_values; /* takes no class numbers */
    bool of_labels; /* takes nothing else */
    /* Adds one sample to STATE, which is zeros at first. */
    void (*update)(const struct metric *metric, int64_t columns, const float *y,
                   const float *values, int32_t label, double *state);
    double (*result)(const double *state);
};

extern const struct metric_type metric_types[];
/* What keras.metrics.Accuracy() is by itself; compile() takes it for the
   accuracy that goes with the loss. */
extern const struct metric_type metric_equality;

struct metric {
    const struct metric_type *type;
    double settings[METRIC_MAX_SETTINGS];
    struct loss loss; /* type NULL: none */
    struct foreign *foreign; /* who computes, when it is none of the types */
    bool weighted;           /* do weights of samples count in it? */
    char name[METRIC_NAME_SIZE];
};

struct metric metric_new(const struct metric_type *type);
struct metric metric_of_loss(const struct loss *loss);

/* Copied, and cut to METRIC_NAME_SIZE. */
void metric_set_name(struct metric *metric, const char *name);

/* By its name, under which it is shown, with the defaults; losses are metrics,
   too. */
bool metric_find(const char *name, struct metric *ret, struct error *err);

/* Does it need one number for each output, or class numbers? */
bool metric_takes(const struct metric *metric, enum target_kind kind);

/* Adds ROWS samples to STATE. */
void metric_update(const struct metric *metric, int64_t rows, int64_t columns,
                   const float *y, struct targets targets, double *state);

/* The same, each sample times its weight. */
void metric_update_weighted(const struct metric *metric, int64_t rows,
                            int64_t columns, const float *y,
                            struct targets targets, double *state);

/* Is its result the mean of one number a sample? */
bool metric_is_mean(const struct metric *metric);

double metric_result(const struct metric *metric, const double *state);

#endif
