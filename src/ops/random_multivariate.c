/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distributions of several numbers at once: the last axis of the result. */
#include <math.h>
#include <string.h>

#include "ops/random.h"
#include "tensor/distributions.h"
#include "tensor/linalg.h"
#include "tensor/product.h"

/* SIZE with one more axis of LENGTH. */
static struct tensor *new_rows(const struct arg *size, enum dtype dtype,
                               int64_t length, struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    int ndim = size->given ? size->dims.count : 0;

    if (ndim >= TENSOR_MAX_DIMS)
        return error_null(err, ERROR_VALUE,
                          "maximum supported dimension for an ndarray is %d, "
                          "found %d",
                          TENSOR_MAX_DIMS, ndim + 1);
    for (int i = 0; i < ndim; i++)
        shape[i] = size->dims.values[i];
    shape[ndim] = length;
    return tensor_new(dtype, ndim + 1, shape, err);
}

/* One try after the other among the outcomes that are left. */
static void fill_multinomial(int64_t *counts, int64_t n, const double *chances,
                             int64_t outcomes)
{
    double left = 1.0;

    memset(counts, 0, (size_t)outcomes * sizeof *counts);
    for (int64_t j = 0; j < outcomes - 1; j++) {
        if (chances[j] > 0)
            counts[j] = draw_binomial(random_source, n, chances[j] / left);
        n -= counts[j];
        if (n <= 0)
            return;
        left -= chances[j];
    }
    counts[outcomes - 1] = n;
}

static bool check_depth(const struct tensor *numbers, struct error *err)
{
    return numbers->ndim == 1 ||
           error_set(err, ERROR_VALUE,
                     numbers->ndim ? "object too deep for desired array"
                                   : "object of too small depth for desired "
                                     "array");
}

static bool check_chances(const struct tensor *chances, struct error *err)
{
    const double *p = (const double *)chances->data;
    double sum = 0;

    if (chances->ndim == 0)
        return error_set(err, ERROR_TYPE, "pvals must be a 1-d sequence");
    if (!check_depth(chances, err))
        return false;
    for (int64_t i = 0; i < chances->size; i++) {
        if (!(p[i] >= 0 && p[i] <= 1))
            return error_set(err, ERROR_VALUE,
                             "pvals < 0, pvals > 1 or pvals contains NaNs");
        sum += i + 1 < chances->size ? p[i] : 0;
    }
    return sum <= 1.0 + 1e-12 ||
           error_set(err, ERROR_VALUE, "sum(pvals[:-1]) > 1.0");
}

/* The counts of tries: one for all in the old generator. */
static bool check_tries(const struct arg *n, struct error *err)
{
    if (n->tensor->size != 1 && rng_is_legacy(random_source))
        return error_set(err, ERROR_TYPE,
                         n->array ? "only size-1 arrays can be converted to "
                                    "Python scalars"
                                  : "an integer is required");
    return true;
}

static bool check_not_negative(const struct arg *n, struct error *err)
{
    for (int64_t i = 0; i < n->tensor->size; i++)
        if (scalar_to_int(tensor_item_at(n->tensor, i)) < 0)
            return error_set(err, ERROR_VALUE, "n < 0");
    return true;
}

/* A row for each place of SIZE, or for each of the numbers of tries. */
static struct tensor *new_counts(struct tensor *n, const struct arg *size,
                                 int64_t outcomes, struct error *err)
{
    struct arg shape = {.given = true};

    if (size->given || n->ndim == 0)
        return new_rows(size, DTYPE_INT64, outcomes, err);
    shape.dims.count = n->ndim;
    shape.dims.values = n->shape;
    return new_rows(&shape, DTYPE_INT64, outcomes, err);
}

bool random_multinomial(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    struct tensor *n = args[0].tensor, *result = NULL;
    struct tensor *chances =
        tensor_contiguous(args[1].tensor, DTYPE_FLOAT64, err);

    (void)op;
    if (chances && (!args[0].array || check_tries(&args[0], err)) &&
        check_chances(chances, err) && check_tries(&args[0], err) &&
        check_not_negative(&args[0], err))
        result = new_counts(n, &args[2], chances->size, err);
    for (int64_t i = 0; result && i * chances->size < result->size; i++)
        fill_multinomial(
            (int64_t *)result->data + i * chances->size,
            scalar_to_int(tensor_item_at(n, n->size > 1 ? i % n->size : 0)),
            (const double *)chances->data, chances->size);
    tensor_unref(chances);
    return op_return_array(ret, result);
}

/* Gamma numbers over their sum; where all shapes are small, parts broken off
   a stick one after the other, as the sum could be 0 (the generators only). */
static void fill_dirichlet(double *parts, const double *shapes, int64_t count,
                           bool small)
{
    if (!small) {
        double sum = 0;
        for (int64_t j = 0; j < count; j++)
            sum += parts[j] = draw_gamma(random_source, shapes[j]);
        double inverse = 1 / sum;
        for (int64_t j = 0; j < count; j++)
            parts[j] *= inverse;
        return;
    }
    const struct distribution *beta = distribution_find("beta");
    double left = 1.0;
    for (int64_t j = 0; j < count - 1; j++) {
        double rest = 0;
        for (int64_t k = count - 1; k > j; k--)
            rest += shapes[k];
        double pair[] = {shapes[j], rest};
        double part = beta->draw(random_source, pair);
        parts[j] = left * part;
        left *= 1 - part;
    }
    parts[count - 1] = left;
}

bool random_dirichlet(const struct op *op, const struct arg *args,
                      struct op_result *ret, struct error *err)
{
    struct tensor *shapes =
        tensor_contiguous(args[0].tensor, DTYPE_FLOAT64, err);
    struct tensor *result = NULL;
    bool small = !rng_is_legacy(random_source);
    bool good = shapes && check_depth(shapes, err);

    (void)op;
    for (int64_t i = 0; good && i < shapes->size; i++) {
        double shape = ((double *)shapes->data)[i];
        small &= shape < 0.1;
        if (!(shape > 0))
            good = error_set(err, ERROR_VALUE, "alpha <= 0");
    }
    if (good)
        result = new_rows(&args[1], DTYPE_FLOAT64, shapes->size, err);
    for (int64_t i = 0; result && i < result->size; i += shapes->size)
        fill_dirichlet((double *)result->data + i, (double *)shapes->data,
                       shapes->size, small);
    tensor_unref(shapes);
    return op_return_array(ret, result);
}

/* ------------------------------------------------------ multivariate normal */

/* N rows that turn independent normal numbers into ones of covariance COV: from
   its singular values s, sqrt(s) times V's rows (the old generator) or U's
   columns. */
static struct tensor *covariance_factor(struct tensor *cov, struct error *err)
{
    struct tensor *parts[3], *factor = NULL;

    if (!linalg_svd(cov, true, true, parts, err))
        return NULL;
    bool legacy = random_source->kind == RNG_MT19937;
    struct tensor *turned =
        legacy ? tensor_ref(parts[2]) : tensor_transpose(parts[0], NULL, err);
    if (turned)
        factor = tensor_copy(turned, err);
    int64_t n = cov->shape[0];
    for (int64_t i = 0; factor && i < n * n; i++)
        ((double *)factor->data)[i] *=
            sqrt(scalar_to_double(tensor_item_at(parts[1], i / n)));
    tensor_unref(turned);
    for (int i = 0; i < 3; i++)
        tensor_unref(parts[i]);
    return factor;
}

static bool check_covariance(const struct tensor *mean,
                             const struct tensor *cov, struct error *err)
{
    if (mean->ndim != 1)
        return error_set(err, ERROR_VALUE, "mean must be 1 dimensional");
    if (cov->ndim != 2 || cov->shape[0] != cov->shape[1])
        return error_set(err, ERROR_VALUE,
                         "cov must be 2 dimensional and square");
    return mean->shape[0] == cov->shape[0] ||
           error_set(err, ERROR_VALUE, "mean and cov must have same length");
}

/* MEAN + normal numbers times FACTOR, a row for each place of SIZE. */
static struct tensor *normal_rows(struct tensor *mean, struct tensor *factor,
                                  const struct arg *size, struct error *err)
{
    struct tensor *drawn = new_rows(size, DTYPE_FLOAT64, mean->shape[0], err);

    for (int64_t i = 0; drawn && i < drawn->size; i++)
        ((double *)drawn->data)[i] = rng_gauss(random_source);
    struct tensor *result = drawn ? tensor_matmul(drawn, factor, err) : NULL;
    for (int64_t i = 0; result && i < result->size; i++)
        ((double *)result->data)[i] +=
            ((const double *)mean->data)[i % mean->shape[0]];
    tensor_unref(drawn);
    return result;
}

bool random_multivariate_normal(const struct op *op, const struct arg *args,
                                struct op_result *ret, struct error *err)
{
    struct tensor *mean = tensor_contiguous(args[0].tensor, DTYPE_FLOAT64, err);
    struct tensor *cov =
        mean ? tensor_contiguous(args[1].tensor, DTYPE_FLOAT64, err) : NULL;
    struct tensor *factor = NULL, *result = NULL;

    (void)op;
    if (cov && check_covariance(mean, cov, err))
        factor = covariance_factor(cov, err);
    if (factor)
        result = normal_rows(mean, factor, &args[2], err);
    tensor_unref(mean);
    tensor_unref(cov);
    tensor_unref(factor);
    return op_return_array(ret, result);
}
