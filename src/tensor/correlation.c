/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correlation of vectors, covariance of variables. */
#include <math.h>

#include "base/interrupt.h"
#include "tensor/calculus.h"
#include "tensor/elementwise.h"
#include "tensor/product.h"
#include "tensor/reduce.h"
#include "tensor/steps.h"

/* ------------------------------------------------------------- correlate */

/* Up to this length NumPy adds up term by term rather than by BLAS. */
enum { SHORT_KERNEL = 11 };

static void dot_in_order(enum dtype dtype, int64_t n, const char *a,
                         const char *b, char *out)
{
    if (dtype == DTYPE_FLOAT64) {
        double sum = 0;
        for (int64_t i = 0; i < n; i++)
            sum += ((const double *)a)[i] * ((const double *)b)[i];
        *(double *)out = sum;
    } else {
        float sum = 0;
        for (int64_t i = 0; i < n; i++)
            sum += ((const float *)a)[i] * ((const float *)b)[i];
        *(float *)out = sum;
    }
}

/* Contiguous vectors of one dtype, V not longer than A: each result is the
   dot product of the parts that overlap. */
static bool correlate(struct tensor *a, struct tensor *v, int64_t first_shift,
                      struct tensor *result, struct error *err)
{
    int64_t size = (int64_t)dtype_size(a->dtype);
    bool in_order = dtype_is_float(a->dtype) && v->size <= SHORT_KERNEL;

    for (int64_t i = 0; i < result->size; i++) {
        int64_t shift = first_shift + i;
        int64_t from = shift < 0 ? -shift : 0; /* in V */
        int64_t to = a->size - shift < v->size ? a->size - shift : v->size;
        const char *x = a->data + (shift + from) * size;
        const char *y = v->data + from * size;
        if (in_order && to - from == v->size)
            dot_in_order(a->dtype, v->size, x, y, result->data + i * size);
        else if (!product_dot(a->dtype, to - from, x, y,
                              result->data + i * size, err))
            return false;
        if (i % 1024 == 0 && !interrupt_check(err))
            return false;
    }
    return true;
}

static struct tensor *reversed(struct steps *s, struct tensor *v)
{
    int64_t stride = v->size ? -v->strides[0] : v->strides[0];
    char *last = v->data + (v->size ? (v->size - 1) * v->strides[0] : 0);

    return step(s, tensor_view(v, 1, v->shape, &stride, last));
}

/* A number is a vector of one, where NUMBERS are taken. */
static struct tensor *as_vector(struct steps *s, struct tensor *t,
                                bool numbers)
{
    if (t->ndim == 0 && numbers)
        return step_flat(s, t);
    if (t->ndim == 0)
        return error_null(s->err, ERROR_VALUE,
                          "object of too small depth for desired array");
    if (t->ndim > 1)
        return error_null(s->err, ERROR_VALUE,
                          "object too deep for desired array");
    return t;
}

static struct tensor *correlate_vectors(struct steps *s, struct tensor *a,
                                        struct tensor *v,
                                        enum correlate_mode mode)
{
    enum dtype dtype = dtype_promote(a->dtype, v->dtype);
    bool swapped = a->size < v->size;
    struct tensor *longer = swapped ? v : a, *shorter = swapped ? a : v;
    int64_t n = shorter->size, length = longer->size, first = 0;

    if (mode == CORRELATE_VALID)
        length -= n - 1;
    else if (mode == CORRELATE_SAME)
        first = -(n / 2);
    else
        length += n - 1, first = 1 - n;
    longer = step(s, tensor_contiguous(longer, dtype, s->err));
    shorter = step(s, tensor_contiguous(shorter, dtype, s->err));
    struct tensor *result = step(s, tensor_zeros(dtype, 1, &length, s->err));
    if (!longer || !shorter || !result ||
        !correlate(longer, shorter, first, result, s->err))
        return NULL;
    return swapped ? reversed(s, result) : result;
}

struct tensor *tensor_correlate(struct tensor *a, struct tensor *v,
                                enum correlate_mode mode, struct error *err)
{
    struct steps s = {.err = err};

    a = as_vector(&s, a, false);
    v = a ? as_vector(&s, v, false) : NULL;
    if (!v)
        return steps_end(&s, NULL);
    if (a->size == 0 || v->size == 0) {
        error_set(err, ERROR_VALUE,
                  a->size ? "second array argument cannot be empty"
                          : "first array argument cannot be empty");
        return steps_end(&s, NULL);
    }
    return steps_end(&s, correlate_vectors(&s, a, v, mode));
}

struct tensor *tensor_convolve(struct tensor *a, struct tensor *v,
                               enum correlate_mode mode, struct error *err)
{
    struct steps s = {.err = err};

    a = as_vector(&s, a, true);
    v = a ? as_vector(&s, v, true) : NULL;
    if (!v)
        return steps_end(&s, NULL);
    struct tensor *longer = v->size > a->size ? v : a;
    struct tensor *shorter = longer == a ? v : a;
    if (shorter->size == 0) {
        error_set(err, ERROR_VALUE, "%s cannot be empty",
                  longer->size ? "v" : "a");
        return steps_end(&s, NULL);
    }
    return steps_end(
        &s, correlate_vectors(&s, longer, reversed(&s, shorter), mode));
}

/* ------------------------------------------------------------ covariance */

/* A matrix with a variable in each row. */
static struct tensor *variables(struct steps *s, struct tensor *m,
                                bool in_columns, const char *name)
{
    if (!m)
        return NULL;
    if (m->ndim > 2)
        return error_null(s->err, ERROR_VALUE, "%s has more than 2 dimensions",
                          name);
    m = step_astype(s, m, DTYPE_FLOAT64);
    while (m && m->ndim < 2)
        m = step(s, tensor_expand_dims(m, 0));
    return m && in_columns && m->shape[0] != 1 ? step_swapped(s, m) : m;
}

/* How much each observation counts: frequency times weight, or NULL. */
static struct tensor *all_weights(struct steps *s,
                                  const struct cov_options *options)
{
    struct tensor *f = options->frequencies, *w = options->weights;

    if (f)
        f = step_astype(s, f, DTYPE_FLOAT64);
    if (w)
        w = step_astype(s, w, DTYPE_FLOAT64);
    return f && w ? step_binary(s, "multiply", f, w) : f ? f : w;
}

static bool are_whole(const struct tensor *weights)
{
    for (int64_t i = 0; i < weights->size; i++) {
        double weight = scalar_to_double(tensor_item_at(weights, i));
        if (weight != rint(weight))
            return false;
    }
    return true;
}

static bool check_weights(const struct tensor *weights, const char *name,
                          bool whole, const struct tensor *x,
                          struct error *err)
{
    if (!weights)
        return true;
    if (whole && !are_whole(weights))
        return error_set(err, ERROR_TYPE, "%s must be integer", name);
    if (weights->ndim > 1)
        return error_set(err, ERROR_RUNTIME,
                         "cannot handle multidimensional %s", name);
    if (weights->ndim == 0 || weights->size != x->shape[1])
        return error_set(err, ERROR_RUNTIME,
                         "incompatible numbers of samples and %s", name);
    for (int64_t i = 0; i < weights->size; i++)
        if (scalar_to_double(tensor_item_at(weights, i)) < 0)
            return error_set(err, ERROR_VALUE, "%s cannot be negative", name);
    return true;
}

static double sum_of(struct steps *s, struct tensor *t)
{
    struct tensor *sum = step_sum(s, t, -1);
    return sum ? scalar_to_double(tensor_item(sum)) : 0;
}

/* The divisor of the sums of products. */
static double degrees_of_freedom(struct steps *s, const struct tensor *x,
                                 struct tensor *weights,
                                 const struct cov_options *options)
{
    if (!weights)
        return (double)x->shape[1] - options->ddof;
    double total = sum_of(s, weights);
    if (options->ddof == 0)
        return total;
    if (!options->weights)
        return total - options->ddof;
    struct tensor *squares =
        step_binary(s, "multiply", weights, options->weights);
    return total - options->ddof * sum_of(s, squares) / total;
}

static struct tensor *means(struct steps *s, struct tensor *x,
                            struct tensor *weights)
{
    if (!weights)
        return step_with(s, "divide", step_sum(s, x, 1), (double)x->shape[1]);
    double total = sum_of(s, weights);
    if (total == 0)
        return error_null(s->err, ERROR_ZERO_DIVISION,
                          "Weights sum to zero, can't be normalized");
    return step_with(s, "divide",
                     step_sum(s, step_binary(s, "multiply", x, weights), 1),
                     total);
}

/* Axes of length 1 taken away. */
static struct tensor *squeezed(struct steps *s, struct tensor *t)
{
    for (int axis = t ? t->ndim : 0; axis-- > 0;)
        if (t->shape[axis] == 1)
            t = step(s, tensor_drop_axis(t, axis));
    return t;
}

/* The mean is taken off in place, in the dtype that is asked for. */
static bool check_dtype(enum dtype dtype, struct error *err)
{
    return dtype == DTYPE_COUNT || dtype_is_float(dtype) ||
           error_set(err, ERROR_TYPE,
                     "Cannot cast ufunc 'subtract' output from "
                     "dtype('float64') to dtype('%s') with casting rule "
                     "'same_kind'",
                     dtype_name(dtype));
}

static struct tensor *covariance(struct steps *s, struct tensor *m,
                                 struct tensor *y,
                                 const struct cov_options *options,
                                 struct cov_remarks *remarks)
{
    bool in_columns = options->variables_in_columns, joined = y;
    struct tensor *x = variables(s, m, in_columns, "m");
    struct tensor *others = x ? variables(s, y, in_columns, "y") : NULL;

    *remarks = (struct cov_remarks){.no_observations = false};
    if (!x || (joined && !others))
        return NULL;
    if (x->shape[0] == 0)
        return step(s, tensor_new(DTYPE_FLOAT64, 2, (int64_t[]){0, 0}, s->err));
    if (joined)
        x = step_join(s, 2, (struct tensor *[]){x, others}, 0);
    if (!x ||
        !check_weights(options->frequencies, "fweights", true, x, s->err) ||
        !check_weights(options->weights, "aweights", false, x, s->err))
        return NULL;
    struct tensor *weights = all_weights(s, options);
    struct tensor *mean = means(s, x, weights);
    double freedom = degrees_of_freedom(s, x, weights, options);
    remarks->no_observations = !weights && x->shape[1] == 0;
    remarks->no_freedom = freedom <= 0;
    if (!mean || !check_dtype(options->dtype, s->err))
        return NULL;
    if (freedom <= 0) {
        freedom = 0;
        fp_event_add(FP_DIVIDE, "divide"); /* of 1 by it */
    }
    x = step_binary(s, "subtract", x, step_column(s, mean));
    struct tensor *weighted =
        weights ? step_binary(s, "multiply", x, weights) : x;
    struct tensor *sums = step_matmul(s, x, step_swapped(s, weighted));
    return squeezed(s, step_with(s, "multiply", sums, 1 / freedom));
}

/* Computed in float64 and given in the dtype that is asked for. */
static struct tensor *typed(struct steps *s, struct tensor *c,
                            const struct cov_options *options)
{
    return options->dtype == DTYPE_COUNT || (c && c->size == 0)
               ? c
               : step_astype(s, c, options->dtype);
}

struct tensor *tensor_cov(struct tensor *m, struct tensor *y,
                          const struct cov_options *options,
                          struct cov_remarks *remarks, struct error *err)
{
    struct steps s = {.err = err};
    struct tensor *c = covariance(&s, m, y, options, remarks);

    return steps_end(&s, typed(&s, c, options));
}

struct tensor *tensor_corrcoef(struct tensor *m, struct tensor *y,
                               const struct cov_options *options,
                               struct cov_remarks *remarks, struct error *err)
{
    struct steps s = {.err = err};
    struct tensor *c = covariance(&s, m, y, options, remarks);

    if (c && c->ndim == 0) {
        c = step_binary(&s, "divide", c, c);
        return steps_end(&s, typed(&s, c, options));
    }
    struct tensor *deviations =
        c ? step_unary(&s, "sqrt", step(&s, tensor_diagonal(c, 0, 0, 1)))
          : NULL;
    c = step_binary(&s, "divide", c, step_column(&s, deviations));
    c = step_binary(&s, "divide", c, deviations);
    c = step_with(&s, "maximum", step_with(&s, "minimum", c, 1), -1);
    return steps_end(&s, typed(&s, c, options));
}
