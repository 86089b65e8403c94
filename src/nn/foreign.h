/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Layers, losses and metrics that are written in the language: functions of
 * arrays.  A tape follows what they compute, so they have no way back of their
 * own.  What goes wrong in them is kept until foreign_check() asks, since
 * layers and losses of ours cannot fail.
 */
#ifndef NN_FOREIGN_H
#define NN_FOREIGN_H

#include "autograd/tape.h"
#include "nn/layer.h"
#include "nn/loss.h"
#include "nn/metric.h"

struct foreign_type {
    /* An array from COUNT others; owned, NULL with an error. */
    struct tensor *(*call)(void *context, int count, struct tensor *const *args,
                           bool training, struct error *err);
    /* Of a layer that has been called: adds its weights, counted, by
       foreign_add_weight().  NULL for others. */
    bool (*weights)(void *context, struct layer *layer, struct error *err);
    void (*free)(void *context);
    /* Of a metric that keeps what it is told: takes targets and outputs of a
       batch in, the FIRST one after a new start; and the metric of all of
       them.  NULL: a metric is the mean of what call() gives. */
    bool (*update)(void *context, struct tensor *const *args, bool first,
                   struct error *err);
    bool (*result)(void *context, double *ret, struct error *err);
};

struct foreign {
    int refs;
    const struct foreign_type *type;
    void *context;
    char *name;         /* "my_loss", "Linear" */
    struct error error; /* the first one, until it is asked for */

    struct layer_type layer_type; /* a layer's row, which is for it alone */
    char *prefix;

    /* One batch on its way. */
    struct tape *tape;
    struct tensor *input, *output;
};

/* Takes CONTEXT over. */
struct foreign *foreign_new(const struct foreign_type *type, void *context,
                            const char *name);
struct foreign *foreign_ref(struct foreign *foreign); /* NULL is fine */
void foreign_unref(struct foreign *foreign);          /* NULL is fine */

/* False with what went wrong, which is forgotten then.  NULL is fine. */
bool foreign_check(struct foreign *foreign, struct error *err);

/* A layer over one more reference to FOREIGN, whose name is that of its class;
   PREFIX is of the names that such layers get. */
struct layer *foreign_layer(struct foreign *foreign, const char *prefix);
/* TypeError unless it is float32; at most LAYER_MAX_WEIGHTS. */
bool foreign_add_weight(struct layer *layer, struct variable *weight,
                        const char *name, struct error *err);

/* Called with targets and outputs; a loss or a metric is the mean of what comes
   back.  FOREIGN is borrowed: the model holds it. */
struct loss foreign_loss(struct foreign *foreign);
struct metric foreign_metric(struct foreign *foreign);

/* What loss_sum(), loss_gradient() and metric_update() do with such ones.
   Weights of samples count in the mean, not in metrics. */
double foreign_mean(struct foreign *foreign, int64_t rows, int64_t columns,
                    const float *y, struct targets targets);
void foreign_metric_update(struct foreign *foreign, int64_t rows,
                           int64_t columns, const float *y,
                           struct targets targets, double *state);
double foreign_metric_result(struct foreign *foreign, const double *state);
void foreign_loss_gradient(struct foreign *foreign, int64_t rows,
                           int64_t columns, const float *y,
                           struct targets targets, float *gradient);

#endif
