/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in a row: arange, linspace and the logarithmic ones. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ops/arguments.h"
#include "ops/derive.h"
#include "ops/families.h"
#include "tensor/elementwise.h"

/* ------------------------------------------------------------------ arange */

static const struct param arange_params[] = {
    {"start", PARAM_SCALAR, 0, NULL},
    {"stop", PARAM_SCALAR, 0, "None"},
    {"step", PARAM_SCALAR, 0, "None"},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {NULL, 0, 0, NULL}};

/* How many steps lead from START to before STOP. */
static bool arange_count(double start, double stop, double step, int64_t *ret,
                         struct error *err)
{
    double count = ceil((stop - start) / step);

    if (step == 0)
        return error_set(err, ERROR_ZERO_DIVISION, "division by zero");
    if (isnan(count))
        return error_set(err, ERROR_VALUE,
                         "arange: cannot compute length");
    if (count > 9e18)
        return error_set(err, ERROR_VALUE, "Maximum allowed size exceeded");
    *ret = count > 0 ? (int64_t)count : 0;
    return true;
}

/* NumPy computes the first two values in the result's dtype and goes on by
   their difference. */
static void fill_arange(struct tensor *result, struct scalar start,
                        struct scalar step)
{
    enum dtype dtype = result->dtype;
    size_t size = dtype_size(dtype);
    bool whole = !dtype_is_float(start.dtype) && !dtype_is_float(step.dtype);
    struct scalar second =
        whole ? scalar_from_int((int64_t)((uint64_t)scalar_to_int(start) +
                                          (uint64_t)scalar_to_int(step)))
              : scalar_from_double(scalar_to_double(start) +
                                   scalar_to_double(step));
    struct scalar first = scalar_cast(start, dtype);
    struct scalar next = scalar_cast(second, dtype);
    double difference = next.f - first.f;

    if (dtype == DTYPE_FLOAT32)
        difference = (double)((float)next.f - (float)first.f);
    for (int64_t i = 0; i < result->size; i++) {
        struct scalar value =
            dtype_is_float(dtype)
                ? scalar_from_double(first.f + (double)i * difference)
                : scalar_from_int(
                      (int64_t)(first.u + (uint64_t)i * (next.u - first.u)));
        scalar_store(value, dtype, result->data + (size_t)i * size);
    }
}

static bool arange_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    struct scalar zero = scalar_from_int(0), one = scalar_from_int(1);
    struct scalar start = args[1].given ? args[0].scalar : zero;
    struct scalar stop = args[1].given ? args[1].scalar : args[0].scalar;
    struct scalar step = args[2].given ? args[2].scalar : one;
    enum dtype dtype = dtype_promote(dtype_promote(start.dtype, stop.dtype),
                                     step.dtype);
    int64_t count;

    (void)op;
    if (dtype_is_integer(dtype) && dtype_size(dtype) < 8)
        dtype = DTYPE_INT64;
    if (!arange_count(scalar_to_double(start), scalar_to_double(stop),
                      scalar_to_double(step), &count, err))
        return false;
    dtype = dtype_or(&args[3], dtype);
    if (dtype == DTYPE_BOOL && count > 2)
        return error_set(err, ERROR_TYPE,
                         "arange() is only supported for booleans when the "
                         "result has at most length 2.");
    struct tensor *result = tensor_new(dtype, 1, &count, err);
    if (result)
        fill_arange(result, start, step);
    return op_return_array(ret, result);
}

/* ---------------------------------------------------------------- linspace */

static const struct param linspace_params[] = {
    {"start", PARAM_TENSOR, 0, NULL},
    {"stop", PARAM_TENSOR, 0, NULL},
    {"num", PARAM_INT, 0, "50"},
    {"endpoint", PARAM_BOOL, 0, "True"},
    {"retstep", PARAM_BOOL, 0, "False"},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {"axis", PARAM_INT, PARAM_NOT_NONE, "0"},
    {NULL, 0, 0, NULL}};
static const struct param logspace_params[] = {
    {"start", PARAM_TENSOR, 0, NULL},
    {"stop", PARAM_TENSOR, 0, NULL},
    {"num", PARAM_INT, 0, "50"},
    {"endpoint", PARAM_BOOL, 0, "True"},
    {"base", PARAM_FLOAT, 0, "10.0"},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {"axis", PARAM_INT, PARAM_NOT_NONE, "0"},
    {NULL, 0, 0, NULL}};
static const struct param geomspace_params[] = {
    {"start", PARAM_TENSOR, 0, NULL},
    {"stop", PARAM_TENSOR, 0, NULL},
    {"num", PARAM_INT, 0, "50"},
    {"endpoint", PARAM_BOOL, 0, "True"},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {"axis", PARAM_INT, PARAM_NOT_NONE, "0"},
    {NULL, 0, 0, NULL}};

/* Start and stop, broadcast together, as float64 in C order. */
struct ends {
    struct tensor *start, *stop; /* owned */
};

static void ends_done(struct ends *ends)
{
    tensor_unref(ends->start);
    tensor_unref(ends->stop);
}

/* A as float64, broadcast and contiguous. */
static struct tensor *spread(struct tensor *a, int ndim, const int64_t *shape,
                             struct error *err)
{
    struct tensor *view = tensor_broadcast_to(a, ndim, shape, err);
    struct tensor *plain =
        view ? tensor_contiguous(view, DTYPE_FLOAT64, err) : NULL;

    tensor_unref(view);
    return plain;
}

static bool ends_init(struct ends *ends, const struct arg *args,
                      struct error *err)
{
    struct tensor *pair[2] = {args[0].tensor, args[1].tensor};
    struct tensor *difference[2] = {pair[1], pair[0]}; /* stop - start */
    int64_t shape[TENSOR_MAX_DIMS];
    int ndim;

    if (!tensor_broadcast_shapes(2, difference, &ndim, shape, err))
        return false;
    if (ndim == TENSOR_MAX_DIMS)
        return error_set(err, ERROR_VALUE, "too many dimensions");
    ends->start = spread(pair[0], ndim, shape, err);
    ends->stop = ends->start ? spread(pair[1], ndim, shape, err) : NULL;
    if (ends->stop)
        return true;
    tensor_unref(ends->start);
    return false;
}

/* The dtype of what lies between START and STOP unless one is asked for: that
   of their floats beside a number of the prompt. */
static bool between_dtype(struct tensor *start, struct tensor *stop,
                          enum dtype *ret, struct error *err)
{
    struct tensor *number = tensor_from_scalar(scalar_from_double(1), err);
    struct tensor *operands[3] = {start, stop, number};

    if (!number)
        return false;
    *ret = tensor_result_type(3, operands);
    tensor_unref(number);
    return true;
}

/* The same for linspace(), which first makes floats of integers. */
static enum dtype floats_dtype(const struct tensor *start,
                               const struct tensor *stop)
{
    const struct tensor *ends[2] = {start, stop};
    bool single = start->ndim || stop->ndim;

    for (int i = 0; i < 2; i++)
        single = single && (ends[i]->ndim ? ends[i]->dtype == DTYPE_FLOAT32
                                          : dtype_is_float(ends[i]->dtype));
    return single ? DTYPE_FLOAT32 : DTYPE_FLOAT64;
}

/* The distance of two neighbours for each pair of ends; NaN without one. */
static struct tensor *steps_of(const struct ends *ends, int64_t parts,
                               struct error *err)
{
    struct tensor *steps =
        tensor_new_like(ends->start, DTYPE_FLOAT64, err);

    fp_events_begin();
    for (int64_t i = 0; steps && i < steps->size; i++) {
        double delta = ((double *)ends->stop->data)[i] -
                       ((double *)ends->start->data)[i];
        ((double *)steps->data)[i] = parts > 0 ? delta / (double)parts : NAN;
    }
    fp_events_end("subtract");
    return steps;
}

/* Row K of the result holds the K-th number of every pair of ends: NumPy's
   k * step + start, and k / parts * delta + start where a step is zero. */
static void fill_rows(double *out, int64_t num, const struct ends *ends,
                      const struct tensor *steps, int64_t parts, bool endpoint)
{
    const double *start = (const double *)ends->start->data;
    const double *stop = (const double *)ends->stop->data;
    const double *step = (const double *)steps->data;
    int64_t width = steps->size;
    bool any_zero = false;

    for (int64_t i = 0; i < width; i++)
        any_zero |= step[i] == 0;
    fp_events_begin();
    for (int64_t k = 0; k < num; k++, out += width)
        for (int64_t i = 0; i < width; i++) {
            double delta = stop[i] - start[i];
            out[i] = (parts <= 0 ? (double)k * delta
                      : any_zero ? (double)k / (double)parts * delta
                                 : (double)k * step[i]) +
                     start[i];
            if (endpoint && num > 1 && k == num - 1)
                out[i] = stop[i];
        }
    fp_events_end("multiply");
}

/* The numbers along the first axis of a new float64 array, and the steps. */
static struct tensor *spaced(const struct ends *ends, int64_t num,
                             bool endpoint, struct tensor **ret_steps,
                             struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS], parts = endpoint ? num - 1 : num;

    if (num < 0)
        return error_null(err, ERROR_VALUE,
                          "Number of samples, %lld, must be non-negative.",
                          (long long)num);
    shape[0] = num;
    for (int i = 0; i < ends->start->ndim; i++)
        shape[i + 1] = ends->start->shape[i];
    struct tensor *steps = steps_of(ends, parts, err);
    struct tensor *result =
        steps ? tensor_new(DTYPE_FLOAT64, ends->start->ndim + 1, shape, err)
              : NULL;
    if (result)
        fill_rows((double *)result->data, num, ends, steps, parts, endpoint);
    if (result && ret_steps)
        *ret_steps = steps;
    else
        tensor_unref(steps);
    return result;
}

/* Takes RESULT; its first axis moves to AXIS. */
static struct tensor *first_to(struct tensor *result, int64_t axis_given,
                               struct error *err)
{
    int64_t axes[TENSOR_MAX_DIMS];
    int axis;

    if (!result || axis_given == 0)
        return result;
    struct tensor *moved = NULL;
    if (tensor_normalize_axis(axis_given, result->ndim, &axis, err)) {
        for (int i = 0; i < result->ndim; i++)
            axes[i] = i < axis ? i + 1 : i == axis ? 0 : i;
        moved = tensor_transpose(result, axes, err);
    }
    tensor_unref(result);
    return moved;
}

/* Integers are rounded down. */
static void floor_for(struct tensor *result, const struct arg *dtype)
{
    if (!dtype->given || !dtype_is_integer(dtype->dtype))
        return;
    for (int64_t i = 0; i < result->size; i++)
        ((double *)result->data)[i] = floor(((double *)result->data)[i]);
}

static bool linspace_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct ends ends;
    struct tensor *steps = NULL;

    (void)op;
    if (!ends_init(&ends, args, err))
        return false;
    struct tensor *result =
        spaced(&ends, args[2].integer, args[3].flag, &steps, err);
    ends_done(&ends);
    if (result)
        floor_for(result, &args[5]);
    struct arg dtype = {.given = true,
                        .dtype = dtype_or(&args[5],
                                          floats_dtype(args[0].tensor,
                                                       args[1].tensor))};
    bool done =
        return_as(ret, first_to(result, args[6].integer, err), &dtype, err);
    if (done && args[4].flag && args[2].integer <= args[3].flag) {
        tensor_unref(steps); /* there is no step */
        steps = tensor_from_scalar(scalar_from_double(NAN), err);
        if (!steps) {
            tensor_unref(ret->tensor);
            return false;
        }
    }
    if (done && args[4].flag)
        return return_items(
            ret, RESULT_TUPLE, 2,
            (struct tensor *[]){ret->tensor, steps});
    tensor_unref(steps);
    return done;
}

static bool logspace_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct ends ends;

    (void)op;
    if (!ends_init(&ends, args, err))
        return false;
    struct tensor *result =
        spaced(&ends, args[2].integer, args[3].flag, NULL, err);
    ends_done(&ends);
    fp_events_begin();
    for (int64_t i = 0; result && i < result->size; i++) {
        double *x = (double *)result->data + i;
        *x = pow(args[4].number, *x);
    }
    fp_events_end("power");
    struct arg dtype = {.given = true,
                        .dtype = dtype_or(&args[5],
                                          floats_dtype(args[0].tensor,
                                                       args[1].tensor))};
    return return_as(ret, first_to(result, args[6].integer, err), &dtype, err);
}

static bool check_no_zero(const struct tensor *end, struct error *err)
{
    for (int64_t i = 0; i < end->size; i++)
        if (!scalar_truth(tensor_item_at(end, i)))
            return error_set(err, ERROR_VALUE,
                             "Geometric sequence cannot include zero");
    return true;
}

/* The ends' logarithms, in place, without their sign when both are negative. */
static void take_logarithms(struct ends *ends, bool *negative)
{
    double *start = (double *)ends->start->data;
    double *stop = (double *)ends->stop->data;

    fp_events_begin();
    for (int64_t i = 0; i < ends->start->size; i++) {
        negative[i] = start[i] < 0 && stop[i] < 0;
        start[i] = log10(negative[i] ? -start[i] : start[i]);
        stop[i] = log10(negative[i] ? -stop[i] : stop[i]);
    }
    fp_events_end("log10");
}

/* The first and (ENDPOINT) the last row are the ends themselves. */
static void exact_ends(struct tensor *result, const struct ends *ends,
                       bool endpoint)
{
    int64_t num = result->shape[0], width = ends->start->size;
    double *out = (double *)result->data;

    for (int64_t i = 0; num > 0 && i < width; i++) {
        out[i] = ((const double *)ends->start->data)[i];
        if (endpoint && num > 1)
            out[(num - 1) * width + i] = ((const double *)ends->stop->data)[i];
    }
}

/* Takes RESULT; cut to the whole numbers that an integer dtype will hold. */
static void powers_of_ten(struct tensor *result, const bool *negative,
                          int64_t width)
{
    fp_events_begin();
    for (int64_t i = 0; i < result->size; i++) {
        double *x = (double *)result->data + i;
        *x = pow(10, *x);
        if (negative[i % width])
            *x = -*x;
    }
    fp_events_end("power");
}

static bool geomspace_forward(const struct op *op, const struct arg *args,
                              struct op_result *ret, struct error *err)
{
    struct ends ends, logarithms = {NULL, NULL};
    struct tensor *result = NULL;
    struct arg dtype = {.given = true};

    (void)op;
    if (!check_no_zero(args[0].tensor, err) ||
        !check_no_zero(args[1].tensor, err) ||
        !between_dtype(args[0].tensor, args[1].tensor, &dtype.dtype, err) ||
        !ends_init(&ends, args, err))
        return false;
    dtype.dtype = dtype_or(&args[4], dtype.dtype);
    int64_t width = ends.start->size;
    bool *negative = calloc((size_t)width + 1, sizeof *negative);
    logarithms.start = tensor_copy(ends.start, err);
    logarithms.stop = tensor_copy(ends.stop, err);
    if (negative && logarithms.start && logarithms.stop) {
        take_logarithms(&logarithms, negative);
        result = spaced(&logarithms, args[2].integer, args[3].flag, NULL, err);
    }
    if (result) {
        powers_of_ten(result, negative, width);
        exact_ends(result, &ends, args[3].flag);
    }
    free(negative);
    ends_done(&ends);
    ends_done(&logarithms);
    return return_as(ret, first_to(result, args[5].integer, err), &dtype, err);
}

#define FUNCTION OP_FUNCTION

const struct op range_ops[] = {
    {"arange", NULL, "np", FUNCTION, arange_params, arange_forward, NULL, NULL,
     "Numbers from start (0) up to but not including stop",
     "With one argument that is stop.",
     ">>> np.arange(5)\narray([0, 1, 2, 3, 4])\n"
     ">>> np.arange(1, 10, 3)\narray([1, 4, 7])",
     "linspace range"},
    {"linspace", NULL, "np", FUNCTION, linspace_params, linspace_forward, linspace_vjp,
     NULL, "num evenly spaced numbers from start to stop", NULL,
     ">>> np.linspace(0, 1, 5)\narray([0.  , 0.25, 0.5 , 0.75, 1.  ])",
     "arange logspace"},
    {"logspace", NULL, "np", FUNCTION, logspace_params, logspace_forward, logspace_vjp,
     NULL, "num numbers from base**start to base**stop, evenly on a log scale",
     NULL, ">>> np.logspace(0, 2, 3)\narray([  1.,  10., 100.])", "linspace geomspace"},
    {"geomspace", NULL, "np", FUNCTION, geomspace_params, geomspace_forward,
     geomspace_vjp, NULL,
     "num numbers from start to stop, each the same multiple of the one before",
     NULL,
     ">>> np.geomspace(1, 1000, 4)\narray([   1.,   10.,  100., 1000.])",
     "logspace linspace"},
    {.name = NULL},
};
