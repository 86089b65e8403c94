/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Norms of vectors and matrices, and condition numbers. */
#include <math.h>
#include <string.h>

#include "tensor/lapack.h"
#include "tensor/linalg.h"
#include "tensor/product.h"
#include "tensor/reduce.h"

static bool is_word(const struct norm_order *order, const char *word)
{
    return order->given && order->word && !strcmp(order->word, word);
}

static bool is_number(const struct norm_order *order, double number)
{
    return order->given && !order->word && order->number == number;
}

static bool is_frobenius(const struct norm_order *order)
{
    return is_word(order, "fro") || is_word(order, "f");
}

static struct tensor *reduce(struct steps *s, const char *ufunc,
                             struct tensor *x, const struct axes *axes)
{
    return x ? step(s, reduce_ufunc(ufunc_find(ufunc), x, axes, false,
                                    DTYPE_COUNT, s->err))
             : NULL;
}

/* The root of the sum of squares over AXES. */
static struct tensor *euclidean(struct steps *s, struct tensor *x,
                                const struct axes *axes)
{
    struct tensor *squares = step_binary(s, "multiply", x, x);
    return step_unary(s, "sqrt", reduce(s, "add", squares, axes));
}

/* The same of all elements, by the dot product. */
static struct tensor *euclidean_of_all(struct steps *s, struct tensor *x)
{
    struct tensor *flat = step_flat(s, x);
    struct tensor *sum = flat ? step(s, tensor_dot(flat, flat, s->err)) : NULL;
    return step_unary(s, "sqrt", sum);
}

/* -------------------------------------------------------------- vectors */

static struct tensor *vector_norm(struct steps *s, struct tensor *x,
                                  const struct norm_order *order,
                                  const struct axes *axes)
{
    if (!order->given || is_number(order, 2))
        return euclidean(s, x, axes);
    if (order->word)
        return error_null(s->err, ERROR_VALUE,
                          "Invalid norm order '%s' for vectors", order->word);
    if (order->number == 0)
        return reduce(s, "add",
                      step_astype(s, step_with(s, "not_equal", x, 0), x->dtype),
                      axes);
    struct tensor *absolute = step_unary(s, "absolute", x);
    if (isinf(order->number))
        return reduce(s, order->number > 0 ? "maximum" : "minimum", absolute,
                      axes);
    if (order->number == 1)
        return reduce(s, "add", absolute, axes);
    struct tensor *powers = step_with(s, "power", absolute, order->number);
    struct tensor *sum = reduce(s, "add", powers, axes);
    /* in the sum's dtype: beside a number a 0-d float32 would become float64 */
    struct tensor *inverse =
        sum ? step_astype(s, step_number(s, 1 / order->number), sum->dtype)
            : NULL;
    return step_binary(s, "power", sum, inverse);
}

/* ------------------------------------------------------------- matrices */

/* X with axes ROW and COLUMN as its last two. */
static struct tensor *matrices_last(struct steps *s, struct tensor *x, int row,
                                    int column)
{
    int64_t axes[TENSOR_MAX_DIMS];
    int count = 0;

    for (int i = 0; i < x->ndim; i++)
        if (i != row && i != column)
            axes[count++] = i;
    axes[count++] = row;
    axes[count] = column;
    return step(s, tensor_transpose(x, axes, s->err));
}

/* The largest, smallest or summed singular value. */
static struct tensor *of_singular_values(struct steps *s, struct tensor *x,
                                         const char *ufunc)
{
    struct tensor *ret[3];

    if (!x || !linalg_svd(x, false, false, ret, s->err))
        return NULL;
    return step_reduce(s, ufunc, step(s, ret[0]), -1);
}

/* The largest or smallest of the sums of absolute values along an axis: -2
   adds up columns (ord 1), -1 rows (ord inf). */
static struct tensor *of_sums(struct steps *s, struct tensor *x, int axis,
                              const char *ufunc)
{
    return step_reduce(s, ufunc,
                       step_sum(s, step_unary(s, "absolute", x), axis), -1);
}

static struct tensor *matrix_norm(struct steps *s, struct tensor *x,
                                  const struct norm_order *order, int row,
                                  int column)
{
    double number = order->number;
    const char *ufunc = number > 0 ? "maximum" : "minimum";

    if (!order->given || is_frobenius(order)) {
        struct axes axes = {.count = 2, .axis = {row, column}};
        if (row > column)
            axes = (struct axes){.count = 2, .axis = {column, row}};
        return euclidean(s, x, &axes);
    }
    struct tensor *last = matrices_last(s, x, row, column);
    if (is_word(order, "nuc"))
        return of_singular_values(s, last, "add");
    if (!order->word && fabs(number) == 2)
        return of_singular_values(s, last, ufunc);
    if (!order->word && (fabs(number) == 1 || isinf(number)))
        return of_sums(s, last, isinf(number) ? -1 : -2, ufunc);
    return error_null(s->err, ERROR_VALUE, "Invalid norm order for matrices.");
}

/* ----------------------------------------------------------------- norm */

/* RESULT with length 1 where X had the axes that were taken away. */
static struct tensor *keep_axes(struct steps *s, struct tensor *result,
                                const struct tensor *x, int count,
                                const int *axes)
{
    int64_t shape[TENSOR_MAX_DIMS];

    memcpy(shape, x->shape, (size_t)x->ndim * sizeof *shape);
    for (int i = 0; i < count; i++)
        shape[axes[i]] = 1;
    return step(s, tensor_reshape(result, x->ndim, shape, 'C', s->err));
}

static bool find_axes(const struct tensor *x, int count, const int64_t *axes,
                      int ret[2], struct error *err)
{
    if (count != 1 && count != 2)
        return error_set(err, ERROR_VALUE,
                         "Improper number of dimensions to norm.");
    for (int i = 0; i < count; i++)
        if (!tensor_normalize_axis(axes[i], x->ndim, &ret[i], err))
            return false;
    if (count == 2 && ret[0] == ret[1])
        return error_set(err, ERROR_VALUE, "Duplicate axes given.");
    return true;
}

struct tensor *linalg_norm(struct tensor *x, struct norm_order order,
                           int axis_count, const int64_t *axes, bool keepdims,
                           struct error *err)
{
    static const int64_t all[2] = {0, 1};
    struct steps s = {.err = err};
    struct tensor *result;
    int found[TENSOR_MAX_DIMS];

    x = step_as_float(&s, x);
    if (!x)
        return steps_end(&s, NULL);
    bool whole =
        !axes && (!order.given || (is_frobenius(&order) && x->ndim == 2) ||
                  (is_number(&order, 2) && x->ndim == 1));
    if (whole) {
        result = euclidean_of_all(&s, x);
        axis_count = x->ndim;
        for (int i = 0; i < x->ndim; i++)
            found[i] = i;
    } else {
        if (!axes) {
            axis_count = x->ndim;
            axes = all;
        }
        if (!find_axes(x, axis_count, axes, found, err))
            return steps_end(&s, NULL);
        struct axes one = {.count = 1, .axis = {found[0]}};
        result = axis_count == 1
                     ? vector_norm(&s, x, &order, &one)
                     : matrix_norm(&s, x, &order, found[0], found[1]);
    }
    if (result && keepdims)
        result = keep_axes(&s, result, x, axis_count, found);
    return steps_end(&s, result);
}

/* ----------------------------------------------------- condition number */

/* The largest singular value over the smallest; for ord -2 the inverse.
   Dividing by 0 is no reason to warn. */
static struct tensor *cond_2(struct steps *s, struct tensor *x, bool inverted)
{
    struct tensor *ret[3];

    if (!linalg_svd(x, false, false, ret, s->err))
        return NULL;
    struct tensor *values = step(s, ret[0]);
    int64_t last = values->shape[values->ndim - 1] - 1;
    struct tensor *above = step_item(s, values, -1, inverted ? last : 0);
    struct tensor *below = step_item(s, values, -1, inverted ? 0 : last);
    struct tensor *result = step(s, tensor_copy(above, s->err));
    for (int64_t i = 0; result && i < result->size; i++) {
        struct scalar ratio = scalar_from_double(tensor_item_at(above, i).f /
                                                 tensor_item_at(below, i).f);
        scalar_store(ratio, result->dtype,
                     result->data + i * (int64_t)dtype_size(result->dtype));
    }
    return result;
}

/* Inverses of a stack, in float64; NaN where a matrix has none. */
static struct tensor *inverses(struct steps *s, struct tensor *x)
{
    struct error ignored = ERROR_INIT;
    struct tensor *wide = step(s, tensor_astype(x, DTYPE_FLOAT64, s->err));
    int core = x->ndim - 2;
    int64_t count = wide ? lapack_count(wide, 2) : 0;

    for (int64_t i = 0; i < count; i++) {
        struct tensor *matrix =
            step(s, tensor_view(wide, 2, x->shape + core, wide->strides + core,
                                (char *)lapack_at(wide, 2, i)));
        struct tensor *inverse = step(s, linalg_inv(matrix, &ignored));
        if (!inverse && ignored.kind == ERROR_LINALG)
            inverse = step_number(s, NAN);
        else if (!inverse)
            error_move(s->err, &ignored);
        error_clear(&ignored);
        if (!inverse || !tensor_assign(matrix, inverse, s->err))
            return NULL;
    }
    return wide;
}

/* NaN without a NaN in the matrix: it is singular. */
static void nan_is_infinite(struct tensor *result, const struct tensor *x)
{
    int64_t each = x->shape[x->ndim - 1] * x->shape[x->ndim - 2];

    for (int64_t i = 0; i < result->size; i++) {
        bool nan = false;
        if (!isnan(tensor_item_at(result, i).f))
            continue;
        for (int64_t j = 0; j < each && !nan; j++)
            nan = isnan(tensor_item_at(x, i * each + j).f);
        if (!nan)
            scalar_store(scalar_from_double(INFINITY), result->dtype,
                         result->data + i * (int64_t)dtype_size(result->dtype));
    }
}

struct tensor *linalg_cond(struct tensor *x, struct norm_order order,
                           struct error *err)
{
    static const int64_t last[2] = {-2, -1};
    struct steps s = {.err = err};

    x = step_as_float(&s, x);
    if (!x || !lapack_check_stack(x, err))
        return steps_end(&s, NULL);
    if (x->shape[x->ndim - 1] == 0 || x->shape[x->ndim - 2] == 0) {
        error_set(err, ERROR_LINALG, "cond is not defined on empty arrays");
        return steps_end(&s, NULL);
    }
    struct tensor *result;
    if (!order.given || (!order.word && fabs(order.number) == 2)) {
        result = cond_2(&s, x, order.given && order.number < 0);
    } else {
        if (!lapack_check_square(x, err))
            return steps_end(&s, NULL);
        struct tensor *inverse = inverses(&s, x);
        struct tensor *norms[2] = {NULL, NULL};
        if (inverse)
            norms[0] = step(&s, linalg_norm(x, order, 2, last, false, err));
        if (norms[0])
            norms[1] =
                step(&s, linalg_norm(inverse, order, 2, last, false, err));
        result = step_astype(
            &s, step_binary(&s, "multiply", norms[0], norms[1]), x->dtype);
    }
    if (result)
        nan_is_infinite(result, x);
    return steps_end(&s, result);
}
