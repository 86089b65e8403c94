/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting integers, and finding the bins that values fall into. */
#include "ops/arguments.h"
#include "ops/derive.h"
#include "ops/families.h"
#include "tensor/layout.h"
#include "tensor/sort.h"

/* ---------------------------------------------------------------- bincount */

static const struct param bincount_params[] = {
    {"x", PARAM_TENSOR, 0, NULL},
    {"weights", PARAM_TENSOR, 0, "None"},
    {"minlength", PARAM_INT, 0, "0"},
    {NULL, 0, 0, NULL}};

/* The length of the counts. */
static bool bincount_length(const struct tensor *x, const struct arg *args,
                            int64_t *ret, struct error *err)
{
    *ret = args[2].integer;
    if (*ret < 0)
        return error_set(err, ERROR_VALUE, "'minlength' must not be negative");
    for (int64_t i = 0; i < x->size; i++) {
        int64_t value = ((const int64_t *)x->data)[i];
        if (value < 0)
            return error_set(err, ERROR_VALUE,
                             "'list' argument must have no negative elements");
        if (value >= *ret)
            *ret = value + 1;
    }
    return true;
}

static struct tensor *count_values(const struct tensor *x, int64_t length,
                                   struct error *err)
{
    struct tensor *result = tensor_zeros(DTYPE_INT64, 1, &length, err);
    for (int64_t i = 0; result && i < x->size; i++)
        ((int64_t *)result->data)[((const int64_t *)x->data)[i]]++;
    return result;
}

static struct tensor *add_weights(const struct tensor *x, int64_t length,
                                  struct tensor *weights, struct error *err)
{
    if (weights->ndim != 1)
        return error_null(err, ERROR_VALUE,
                          weights->ndim
                              ? "object too deep for desired array"
                              : "object of too small depth for desired array");
    if (weights->size != x->size)
        return error_null(err, ERROR_VALUE,
                          "The weights and list don't have the same length.");
    struct tensor *result = tensor_zeros(DTYPE_FLOAT64, 1, &length, err);
    struct tensor *w =
        result ? tensor_contiguous(weights, DTYPE_FLOAT64, err) : NULL;
    for (int64_t i = 0; w && i < x->size; i++)
        ((double *)result->data)[((const int64_t *)x->data)[i]] +=
            ((const double *)w->data)[i];
    if (!w) {
        tensor_unref(result);
        return NULL;
    }
    tensor_unref(w);
    return result;
}

static bool bincount_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    int64_t length;

    (void)op;
    if (args[0].tensor->ndim != 1)
        return error_set(err, ERROR_VALUE,
                         args[0].tensor->ndim
                             ? "object too deep for desired array"
                             : "object of too small depth for desired array");
    struct tensor *x = integers_from(args[0].tensor, err);
    struct tensor *result = NULL;
    if (x && bincount_length(x, args, &length, err))
        result = args[1].given && x->size
                     ? add_weights(x, length, args[1].tensor, err)
                     : count_values(x, length, err);
    tensor_unref(x);
    return op_return_array(ret, result);
}

/* ---------------------------------------------------------------- digitize */

static const struct param digitize_params[] = {
    {"x", PARAM_TENSOR, 0, NULL},
    {"bins", PARAM_TENSOR, 0, NULL},
    {"right", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};

/* 1: the vector goes up (or stays), -1: it goes down, 0: neither. */
static int direction(const struct tensor *line)
{
    bool up = true, down = true;

    for (int64_t i = 1; i < line->size; i++) {
        double a = scalar_to_double(tensor_item_at(line, i - 1));
        double b = scalar_to_double(tensor_item_at(line, i));
        up = up && a <= b;
        down = down && a >= b;
    }
    return up ? 1 : down ? -1 : 0;
}

static bool digitize_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct tensor *bins = args[1].tensor;
    int way = bins->ndim == 1 ? direction(bins) : 0;

    (void)op;
    if (bins->ndim != 1)
        return error_set(err, ERROR_VALUE,
                         bins->ndim ? "object too deep for desired array"
                                    : "object of too small depth for desired "
                                      "array");
    if (way == 0)
        return error_set(err, ERROR_VALUE, "bins must be monotonically "
                                           "increasing or decreasing");
    struct tensor *rising = way > 0 ? tensor_ref(bins) : tensor_flip(bins, 0);
    struct tensor *result = tensor_searchsorted(rising, args[0].tensor,
                                                !args[2].flag, err);
    for (int64_t i = 0; way < 0 && result && i < result->size; i++) {
        int64_t *at = (int64_t *)result->data + i;
        *at = bins->size - *at;
    }
    tensor_unref(rising);
    return op_return_tensor(ret, result);
}

/* ------------------------------------------------------------------- table */

const struct op bincount_ops[] = {
    {"bincount", NULL, "np", OP_FUNCTION, bincount_params, bincount_forward,
     bincount_vjp,
     NULL, "How often each of 0, 1, 2 … occurs", NULL,
     ">>> np.bincount([0, 1, 1, 3])\narray([1, 2, 0, 1])",
     "unique histogram"},
    {"digitize", NULL, "np", OP_FUNCTION, digitize_params, digitize_forward, NULL,
     NULL, "In which bin each value falls; bins are given by their edges",
     NULL, ">>> np.digitize([0.2, 6.4, 3.0], [0, 1, 2.5, 4])\n"
           "array([1, 4, 3])",
     "searchsorted histogram"},
    {.name = NULL},
};
