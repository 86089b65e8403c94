/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Losses and metrics that are written in the language. */
#include <string.h>

#include "nn/foreign_internal.h"
#include "nn/setting.h"

static const struct number_setting no_numbers[] = {{NULL, NULL}};

static const struct loss_type loss_row = {
    .named = {"a loss of your own", NULL, NULL},
    .class_name = "Loss",
    .kind = TARGET_ANY,
    .settings = no_numbers,
};

struct loss foreign_loss(struct foreign *foreign)
{
    return (struct loss){.type = &loss_row, .foreign = foreign};
}

static double mean_of(const double *state)
{
    return state[1] == 0.0 ? 0.0 : state[0] / state[1];
}

static const struct metric_type metric_row = {
    .named = {"a metric of your own", NULL, NULL},
    .class_name = "Mean",
    .settings = no_numbers,
    .result = mean_of,
};

struct metric foreign_metric(struct foreign *foreign)
{
    struct metric metric = {.type = &metric_row, .foreign = foreign};
    metric_set_name(&metric, foreign->name);
    return metric;
}

/* Labels as one int a sample, as Keras hands them over. */
static struct tensor *truth_tensor(int64_t rows, int64_t columns,
                                   struct targets targets, struct error *err)
{
    struct sample_shape shape = {1, {columns}};
    if (targets.values)
        return foreign_batch_tensor(rows, &shape, targets.values, err);
    struct tensor *labels = tensor_new(DTYPE_INT32, 1, &rows, err);
    if (labels)
        memcpy(labels->data, targets.labels,
               (size_t)rows * sizeof *targets.labels);
    return labels;
}

/* ARGS: targets and outputs, owned. */
static bool pair_tensors(int64_t rows, int64_t columns, const float *y,
                         struct targets targets, struct tensor **args,
                         struct error *err)
{
    struct sample_shape shape = {1, {columns}};
    args[0] = truth_tensor(rows, columns, targets, err);
    args[1] = args[0] ? foreign_batch_tensor(rows, &shape, y, err) : NULL;
    return args[1] != NULL;
}

/* What each element of VALUES counts in their weighted mean: float64, shaped as
   they are.  WEIGHTS, of ROWS samples, may be NULL; one number for the whole
   batch counts as their mean. */
static struct tensor *shares_of(const struct tensor *values, int64_t rows,
                                const float *weights, struct error *err)
{
    struct tensor *shares =
        tensor_new(DTYPE_FLOAT64, values->ndim, values->shape, err);
    double *share = shares ? (double *)(void *)shares->data : NULL;
    double whole = 0.0;
    int64_t size = values->size;
    if (weights && size != 1 && size % rows != 0) {
        tensor_unref(shares);
        return error_null(err, ERROR_VALUE,
                          "with sample weights a loss gives one number for "
                          "each sample, not %lld for %lld",
                          (long long)size, (long long)rows);
    }
    for (int64_t i = 0; weights && size == 1 && i < rows; i++)
        whole += (double)weights[i] / (double)rows;
    for (int64_t i = 0; shares && i < size; i++)
        share[i] = (!weights    ? 1.0
                    : size == 1 ? whole
                                : (double)weights[i / (size / rows)]) /
                   (double)size;
    return shares;
}

static bool take_mean(struct tensor *values, int64_t rows, const float *weights,
                      double *ret, struct error *err)
{
    struct tensor *flat = tensor_contiguous(values, DTYPE_FLOAT64, err);
    struct tensor *shares = flat ? shares_of(values, rows, weights, err) : NULL;
    *ret = 0.0;
    for (int64_t i = 0; shares && i < flat->size; i++)
        *ret += ((const double *)(const void *)flat->data)[i] *
                ((const double *)(const void *)shares->data)[i];
    bool good = shares != NULL;
    tensor_unref(flat);
    tensor_unref(shares);
    return good;
}

double foreign_mean(struct foreign *foreign, int64_t rows, int64_t columns,
                    const float *y, struct targets targets)
{
    struct error err = ERROR_INIT;
    struct tensor *args[2] = {NULL, NULL}, *values = NULL;
    double mean = 0.0;
    bool good =
        pair_tensors(rows, columns, y, targets, args, &err) &&
        (values = foreign->type->call(foreign->context, 2, args, true, &err)) &&
        take_mean(values, rows, targets.weights, &mean, &err);
    if (!good)
        foreign_keep_error(foreign, &err);
    tensor_unref(args[0]);
    tensor_unref(args[1]);
    tensor_unref(values);
    return mean;
}

static bool loss_gradient_of(struct foreign *foreign, int64_t rows,
                             const float *weights, struct tensor *const *args,
                             float *gradient, struct error *err)
{
    struct tape *tape = tape_new(true);
    struct tensor *found = NULL;
    tape_watch(tape, args[1]);
    tape_start(tape);
    struct tensor *values =
        foreign->type->call(foreign->context, 2, args, true, err);
    tape_stop(tape);
    bool good =
        values &&
        foreign_gradients(tape, values, shares_of(values, rows, weights, err),
                          1, &args[1], &found, err) &&
        foreign_copy_floats(found, args[1]->size, gradient, err);
    tensor_unref(found);
    tensor_unref(values);
    tape_unref(tape);
    return good;
}

void foreign_loss_gradient(struct foreign *foreign, int64_t rows,
                           int64_t columns, const float *y,
                           struct targets targets, float *gradient)
{
    struct error err = ERROR_INIT;
    struct tensor *args[2] = {NULL, NULL};
    if (!pair_tensors(rows, columns, y, targets, args, &err) ||
        !loss_gradient_of(foreign, rows, targets.weights, args, gradient,
                          &err)) {
        foreign_keep_error(foreign, &err);
        memset(gradient, 0, (size_t)(rows * columns) * sizeof *gradient);
    }
    tensor_unref(args[0]);
    tensor_unref(args[1]);
}

/* STATE: the sum of the means and the samples, of which they are. */
void foreign_metric_update(struct foreign *foreign, int64_t rows,
                           int64_t columns, const float *y,
                           struct targets targets, double *state)
{
    struct error err = ERROR_INIT;
    struct tensor *args[2] = {NULL, NULL};
    bool first = state[1] == 0.0;
    targets.weights = NULL;
    state[1] += (double)rows;
    if (!foreign->type->update) {
        state[0] +=
            (double)rows * foreign_mean(foreign, rows, columns, y, targets);
        return;
    }
    if (!pair_tensors(rows, columns, y, targets, args, &err) ||
        !foreign->type->update(foreign->context, args, first, &err))
        foreign_keep_error(foreign, &err);
    tensor_unref(args[0]);
    tensor_unref(args[1]);
}

double foreign_metric_result(struct foreign *foreign, const double *state)
{
    struct error err = ERROR_INIT;
    double result = 0.0;
    if (state[1] == 0.0 || !foreign->type->result)
        return mean_of(state);
    if (!foreign->type->result(foreign->context, &result, &err))
        foreign_keep_error(foreign, &err);
    return result;
}
