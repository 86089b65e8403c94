/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cross-entropies are Keras's (keras/backend): probabilities are divided by
 * their sum and kept within [1e-7, 1 - 1e-7].
 */
#include "tensor/neural.h"

#include <math.h>
#include <string.h>

#include "tensor/kernel_loops.h"
#include "tensor/steps.h"

double crossentropy_clip(double p)
{
    const double epsilon = 1e-7;
    return p < epsilon ? epsilon : p > 1.0 - epsilon ? 1.0 - epsilon : p;
}

#define REAL float
#define NAME(x) x##_float32
#define F(x) x##f
#include "tensor/neural_rows.h"
#undef REAL
#undef NAME
#undef F
#define REAL double
#define NAME(x) x##_float64
#define F(x) x
#include "tensor/neural_rows.h"

void softmax_row(int64_t columns, const float *x, float *y)
{
    softmax_float32(columns, x, y);
}

void softmax_row_gradient(int64_t columns, const float *y,
                          const float *gradient, float *ret)
{
    softmax_gradient_float32(columns, y, gradient, ret);
}

double crossentropy_row(int64_t columns, const float *y, const float *target,
                        int64_t label)
{
    return crossentropy_float32(columns, y, target, label);
}

void crossentropy_row_gradient(int64_t columns, const float *y,
                               const float *target, int64_t label, float scale,
                               float *ret)
{
    crossentropy_gradient_float32(columns, y, target, label, scale, ret);
}

/* ----------------------------------------------------------------- softmax */

static enum dtype float_of(const struct tensor *tensor)
{
    return tensor->dtype == DTYPE_FLOAT32 ? DTYPE_FLOAT32 : DTYPE_FLOAT64;
}

/* A with AXIS last, in plain memory of DTYPE; owned. */
static struct tensor *axis_last(struct tensor *a, int axis, enum dtype dtype,
                                struct error *err)
{
    int64_t order[TENSOR_MAX_DIMS];
    int count = 0;
    for (int i = 0; i < a->ndim; i++)
        if (i != axis)
            order[count++] = i;
    order[count] = axis;
    struct tensor *turned = tensor_transpose(a, order, err);
    struct tensor *plain =
        turned ? tensor_contiguous(turned, dtype, err) : NULL;
    tensor_unref(turned);
    return plain;
}

/* A view of A, whose last axis becomes AXIS; takes A. */
static struct tensor *axis_back(struct tensor *a, int axis, struct error *err)
{
    int64_t order[TENSOR_MAX_DIMS];
    if (!a || axis == a->ndim - 1)
        return a;
    for (int i = 0; i < a->ndim; i++)
        order[i] = i < axis ? i : i == axis ? a->ndim - 1 : i - 1;
    struct tensor *view = tensor_transpose(a, order, err);
    tensor_unref(a);
    return view;
}

struct rows {
    int64_t count, columns;
};

static struct rows rows_of(const struct tensor *a)
{
    int64_t columns = a->shape[a->ndim - 1];
    return (struct rows){columns ? a->size / columns : 0, columns};
}

/* Row I of TENSOR as float or double. */
#define ROW(type, tensor, i) \
    ((type *)(void *)(tensor)->data + (i) * rows.columns)

#define SOFTMAX_ROWS(type, suffix)                                       \
    for (int64_t i = part.first; i < part.end; i++)                      \
        (logarithm ? log_softmax_##suffix : softmax_##suffix)(           \
            rows.columns, ROW(type, x, i), ROW(type, y, i))

struct tensor *tensor_softmax(struct tensor *a, int axis, bool logarithm,
                              struct error *err)
{
    struct tensor *x = axis_last(a, axis, float_of(a), err);
    struct tensor *y = x ? tensor_new_like(x, x->dtype, err) : NULL;
    if (y) {
        struct rows rows = rows_of(x);
#pragma omp parallel num_threads(parallel_threads_for(x->size))
        {
            struct part part = parallel_part(rows.count, 1);
            if (x->dtype == DTYPE_FLOAT32)
                SOFTMAX_ROWS(float, float32);
            else
                SOFTMAX_ROWS(double, float64);
        }
    }
    tensor_unref(x);
    return axis_back(y, axis, err);
}

#define SOFTMAX_GRADIENT_ROWS(type, suffix)                              \
    for (int64_t i = part.first; i < part.end; i++)                      \
        (logarithm ? log_softmax_gradient_##suffix                       \
                   : softmax_gradient_##suffix)(                         \
            rows.columns, ROW(type, y, i), ROW(type, g, i),              \
            ROW(type, result, i))

struct tensor *tensor_softmax_gradient(struct tensor *result_of,
                                       struct tensor *gradient, int axis,
                                       bool logarithm, struct error *err)
{
    enum dtype dtype = float_of(result_of);
    struct tensor *y = axis_last(result_of, axis, dtype, err);
    struct tensor *g = y ? axis_last(gradient, axis, dtype, err) : NULL;
    struct tensor *result = g ? tensor_new_like(y, dtype, err) : NULL;
    if (result) {
        struct rows rows = rows_of(y);
#pragma omp parallel num_threads(parallel_threads_for(y->size))
        {
            struct part part = parallel_part(rows.count, 1);
            if (dtype == DTYPE_FLOAT32)
                SOFTMAX_GRADIENT_ROWS(float, float32);
            else
                SOFTMAX_GRADIENT_ROWS(double, float64);
        }
    }
    tensor_unref(y);
    tensor_unref(g);
    return axis_back(result, axis, err);
}

/* --------------------------------------------------------- cross-entropies */

static bool misfit(const struct tensor *target, const struct tensor *output,
                   struct error *err)
{
    struct strbuf found = STRBUF_INIT, other = STRBUF_INIT;
    shape_format(&found, target->ndim, target->shape);
    shape_format(&other, output->ndim, output->shape);
    error_set(err, ERROR_VALUE, "Shapes %s and %s are incompatible",
              found.text, other.text);
    strbuf_done(&found);
    strbuf_done(&other);
    return false;
}

/* Are there targets for each element, or for each row when SPARSE? */
static bool check_shapes(bool sparse, const struct tensor *target,
                         const struct tensor *output, struct error *err)
{
    int ndim = sparse ? output->ndim - 1 : output->ndim;
    if (!output->ndim)
        return misfit(target, output, err);
    bool column = sparse && target->ndim == output->ndim &&
                  target->shape[target->ndim - 1] == 1;
    bool good = (target->ndim == ndim || column) &&
                !memcmp(target->shape, output->shape,
                        (size_t)ndim * sizeof *output->shape);
    return good || misfit(target, output, err);
}

static bool check_labels(const struct tensor *labels, int64_t classes,
                         struct error *err)
{
    const int64_t *values = (const int64_t *)(const void *)labels->data;
    for (int64_t i = 0; i < labels->size; i++)
        if (values[i] < 0 || values[i] >= classes)
            return error_set(err, ERROR_VALUE,
                             "Received a label value of %lld which is outside "
                             "the valid range of [0, %lld).",
                             (long long)values[i], (long long)classes);
    return true;
}

/* Targets and outputs in plain memory: labels as int64, others as outputs. */
struct pairs {
    struct tensor *target, *output; /* owned */
    bool sparse, binary, logits;
    struct rows rows;
};

static void pairs_done(struct pairs *pairs)
{
    tensor_unref(pairs->target);
    tensor_unref(pairs->output);
}

static bool pairs_init(struct pairs *ret, enum crossentropy kind, bool logits,
                       struct tensor *target, struct tensor *output,
                       struct error *err)
{
    bool sparse = kind == CROSSENTROPY_SPARSE;
    *ret = (struct pairs){.sparse = sparse,
                          .binary = kind == CROSSENTROPY_BINARY,
                          .logits = logits};
    if (!check_shapes(sparse, target, output, err))
        return false;
    enum dtype dtype = float_of(output);
    ret->output = tensor_contiguous(output, dtype, err);
    ret->target = tensor_contiguous(target, sparse ? DTYPE_INT64 : dtype, err);
    if (ret->output)
        ret->rows = rows_of(ret->output);
    if (ret->output && ret->target &&
        (!sparse || check_labels(ret->target, ret->rows.columns, err)))
        return true;
    pairs_done(ret);
    return false;
}

#define DEFINE_ROW(type, suffix)                                               \
    static double loss_of_row_##suffix(const struct pairs *pairs, int64_t i)   \
    {                                                                          \
        struct rows rows = pairs->rows;                                        \
        const type *y = ROW(const type, pairs->output, i);                     \
        const type *target =                                                   \
            pairs->sparse ? NULL : ROW(const type, pairs->target, i);          \
        int64_t label =                                                        \
            pairs->sparse ? ((int64_t *)(void *)pairs->target->data)[i] : 0;   \
        if (pairs->binary)                                                     \
            return binary_##suffix(rows.columns, y, target, pairs->logits);    \
        return (pairs->logits ? crossentropy_logits_##suffix                   \
                              : crossentropy_##suffix)(rows.columns, y,        \
                                                       target, label);         \
    }                                                                          \
    static void gradient_of_row_##suffix(const struct pairs *pairs, int64_t i, \
                                         type scale, type *ret)                \
    {                                                                          \
        struct rows rows = pairs->rows;                                        \
        const type *y = ROW(const type, pairs->output, i);                     \
        const type *target =                                                   \
            pairs->sparse ? NULL : ROW(const type, pairs->target, i);          \
        int64_t label =                                                        \
            pairs->sparse ? ((int64_t *)(void *)pairs->target->data)[i] : 0;   \
        if (pairs->binary)                                                     \
            binary_gradient_##suffix(rows.columns, y, target, pairs->logits,   \
                                     scale, ret);                              \
        else                                                                   \
            (pairs->logits ? crossentropy_logits_gradient_##suffix             \
                           : crossentropy_gradient_##suffix)(                  \
                rows.columns, y, target, label, scale, ret);                   \
    }
DEFINE_ROW(float, float32)
DEFINE_ROW(double, float64)

struct tensor *tensor_crossentropy(enum crossentropy kind, bool logits,
                                   struct tensor *target,
                                   struct tensor *output, struct error *err)
{
    struct pairs pairs;
    if (!pairs_init(&pairs, kind, logits, target, output, err))
        return NULL;
    enum dtype dtype = pairs.output->dtype;
    struct tensor *loss =
        tensor_new(dtype, output->ndim - 1, output->shape, err);
    if (loss) {
#pragma omp parallel num_threads(parallel_threads_for(pairs.output->size))
        {
            struct part part = parallel_part(pairs.rows.count, 1);
            for (int64_t i = part.first; i < part.end; i++)
                if (dtype == DTYPE_FLOAT32)
                    ((float *)(void *)loss->data)[i] =
                        (float)loss_of_row_float32(&pairs, i);
                else
                    ((double *)(void *)loss->data)[i] =
                        loss_of_row_float64(&pairs, i);
        }
    }
    pairs_done(&pairs);
    return loss;
}

struct tensor *tensor_crossentropy_gradient(enum crossentropy kind,
                                            bool logits, struct tensor *target,
                                            struct tensor *output,
                                            struct tensor *gradient,
                                            struct error *err)
{
    struct pairs pairs;
    if (!pairs_init(&pairs, kind, logits, target, output, err))
        return NULL;
    enum dtype dtype = pairs.output->dtype;
    struct tensor *g = tensor_contiguous(gradient, dtype, err);
    struct tensor *ret = g ? tensor_new_like(pairs.output, dtype, err) : NULL;
    if (ret) {
        struct rows rows = pairs.rows;
#pragma omp parallel num_threads(parallel_threads_for(ret->size))
        {
            struct part part = parallel_part(rows.count, 1);
            for (int64_t i = part.first; i < part.end; i++)
                if (dtype == DTYPE_FLOAT32)
                    gradient_of_row_float32(&pairs, i,
                                            ((float *)(void *)g->data)[i],
                                            ROW(float, ret, i));
                else
                    gradient_of_row_float64(&pairs, i,
                                            ((double *)(void *)g->data)[i],
                                            ROW(double, ret, i));
        }
    }
    tensor_unref(g);
    pairs_done(&pairs);
    return ret;
}

/* ----------------------------------------------------------------- choices */

/* Operands: x, the other, the gradient, the result; the other may be one
   repeated number, as in maximum(x, 0). */
#define EXTREME(ORDER, OTHER)                                           \
    VECTOR_LOOP                                                         \
    for (int64_t i = 0; i < n; i++)                                     \
        out[i] = x[i] ORDER OTHER  ? g[i]                               \
                 : x[i] == (OTHER) ? g[i] / 2                           \
                                   : 0;                                 \
    return;

#define DEFINE_EXTREME(NAME, type, ORDER)                                      \
    MULTI_TARGET static void NAME##_##type(KERNEL_ARGUMENTS)                   \
    {                                                                          \
        const int64_t size = sizeof(type);                                     \
        (void)context;                                                         \
        if (strides[0] == size && strides[2] == size && strides[3] == size &&  \
            (strides[1] == size || !strides[1])) {                             \
            const type *x = (const type *)(const void *)data[0];               \
            const type *other = (const type *)(const void *)data[1];           \
            const type *g = (const type *)(const void *)data[2];               \
            type *out = (type *)(void *)data[3];                               \
            const type number = *other;                                        \
            if (!strides[1]) {                                                 \
                EXTREME(ORDER, number)                                         \
            }                                                                  \
            EXTREME(ORDER, other[i])                                           \
        }                                                                      \
        for (int64_t i = 0; i < n; i++) {                                      \
            type x = *(const type *)(const void *)(data[0] + i * strides[0]);  \
            type y = *(const type *)(const void *)(data[1] + i * strides[1]);  \
            type g = *(const type *)(const void *)(data[2] + i * strides[2]);  \
            *(type *)(void *)(data[3] + i * strides[3]) =                      \
                x ORDER y ? g : x == y ? g / 2 : 0;                            \
        }                                                                      \
    }
DEFINE_EXTREME(largest, float, >)
DEFINE_EXTREME(largest, double, >)
DEFINE_EXTREME(smallest, float, <)
DEFINE_EXTREME(smallest, double, <)

struct tensor *tensor_extreme_gradient(struct tensor *x, struct tensor *other,
                                       struct tensor *gradient, bool maximum,
                                       struct error *err)
{
    enum dtype dtype = float_of(gradient);
    bool narrow = dtype == DTYPE_FLOAT32;
    kernel *body = maximum ? (narrow ? largest_float : largest_double)
                           : (narrow ? smallest_float : smallest_double);
    struct steps s = {.err = err};
    struct tensor *operands[4] = {
        step(&s, tensor_contiguous(x, dtype, err)),
        step(&s, tensor_contiguous(other, dtype, err)),
        step(&s, tensor_contiguous(gradient, dtype, err)), NULL};
    struct loop loop;
    if (!operands[0] || !operands[1] || !operands[2])
        return steps_end(&s, NULL);
    operands[3] = step(&s, tensor_new_like(gradient, dtype, err));
    if (!operands[3])
        return steps_end(&s, NULL);
    loop_init(&loop, 4, operands, gradient->ndim, gradient->shape);
    loop_tile(&loop);
    return steps_end(&s, loop_run(&loop, body, NULL, true, err) ? operands[3]
                                                                : NULL);
}
