/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What singular values tell: pseudo-inverse and rank. */
#include <float.h>

#include "tensor/elementwise.h"
#include "tensor/linalg.h"
#include "tensor/steps.h"

/* 1/s where s exceeds the cutoff, 0 elsewhere; without dividing by 0. */
static struct tensor *invert_large(struct steps *s, struct tensor *values,
                                   struct tensor *cutoff)
{
    struct tensor *large = step_binary(s, "greater", values, cutoff);
    struct tensor *result = large ? step(s, tensor_copy(values, s->err)) : NULL;
    int64_t size = (int64_t)dtype_size(values->dtype);

    for (int64_t i = 0; result && i < result->size; i++) {
        bool invert = scalar_truth(tensor_item_at(large, i));
        double inverse = invert ? 1 / tensor_item_at(values, i).f : 0;
        scalar_store(scalar_from_double(inverse), result->dtype,
                     result->data + i * size);
    }
    return result;
}

/* V diag(1/s) U^T */
struct tensor *linalg_pinv(struct tensor *a, struct tensor *rcond,
                           bool symmetric, struct error *err)
{
    struct steps s = {.err = err};
    struct tensor *parts[3];

    if (a->size == 0 && a->ndim >= 2) {
        struct tensor *turned = step_swapped(&s, step_as_float(&s, a));
        return steps_end(&s,
                         turned ? step(&s, tensor_copy(turned, err)) : NULL);
    }
    if (!(symmetric ? linalg_svd_symmetric(a, true, parts, err)
                    : linalg_svd(a, false, true, parts, err)))
        return NULL;
    for (int i = 0; i < 3; i++)
        step(&s, parts[i]);
    struct tensor *largest =
        step_column(&s, step_reduce(&s, "maximum", parts[1], -1));
    struct tensor *cutoff = step_binary(
        &s, "multiply", rcond->ndim ? step_column(&s, rcond) : rcond, largest);
    struct tensor *inverse =
        step_column(&s, invert_large(&s, parts[1], cutoff));
    struct tensor *scaled =
        step_binary(&s, "multiply", inverse, step_swapped(&s, parts[0]));
    struct tensor *result = step_matmul(&s, step_swapped(&s, parts[2]), scaled);
    return steps_end(&s, result);
}

/* The default tolerance: the largest value, longer side, epsilon. */
static struct tensor *tolerance(struct steps *s, const struct tensor *a,
                                struct tensor *values)
{
    int64_t m = a->shape[a->ndim - 2], n = a->shape[a->ndim - 1];
    double epsilon =
        values->dtype == DTYPE_FLOAT32 ? (double)FLT_EPSILON : DBL_EPSILON;
    struct tensor *largest =
        step_column(s, step_reduce(s, "maximum", values, -1));

    return step_with(s, "multiply",
                     step_with(s, "multiply", largest, (double)(m > n ? m : n)),
                     epsilon);
}

/* Of a vector or a number: 1 unless all of it is 0. */
static struct tensor *rank_of_vector(const struct tensor *a, struct error *err)
{
    bool some = false;

    for (int64_t i = 0; i < a->size && !some; i++)
        some = scalar_truth(tensor_item_at(a, i));
    return tensor_from_scalar(scalar_from_int(some), err);
}

struct tensor *linalg_matrix_rank(struct tensor *a, struct tensor *tol,
                                  bool symmetric, struct error *err)
{
    struct steps s = {.err = err};
    struct tensor *ret[3], *values;

    if (a->ndim < 2)
        return rank_of_vector(a, err);
    if (!(symmetric ? linalg_eigh(a, true, false, ret, err)
                    : linalg_svd(a, true, false, ret, err)))
        return NULL;
    values = step(&s, ret[0]);
    if (symmetric)
        values = step_unary(&s, "absolute", values);
    if (!values)
        return steps_end(&s, NULL);
    tol = tol ? step_column(&s, tol) : tolerance(&s, a, values);
    struct tensor *large = step_binary(&s, "greater", values, tol);
    return steps_end(&s, step_sum(&s, step_astype(&s, large, DTYPE_INT64), -1));
}
