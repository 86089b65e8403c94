/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products of many matrices. */
#include <stdlib.h>

#include "base/alloc.h"
#include "tensor/lapack.h"
#include "tensor/linalg.h"
#include "tensor/product.h"

/* ---------------------------------------------------------- matrix_power */

/* Identities in A's shape and dtype. */
static struct tensor *identities(struct steps *s, const struct tensor *a)
{
    int64_t n = a->shape[a->ndim - 1], size = (int64_t)dtype_size(a->dtype);
    struct tensor *result =
        step(s, tensor_zeros(a->dtype, a->ndim, a->shape, s->err));

    for (int64_t i = 0; result && n && i < result->size / n; i++)
        scalar_store(scalar_from_int(1), a->dtype,
                     result->data + (i * n + i % n) * size);
    return result;
}

/* By squaring, taking N's bits from the lowest. */
static struct tensor *power_by_squaring(struct steps *s, struct tensor *a,
                                        uint64_t n)
{
    struct tensor *square = a, *result = NULL;

    if (n == 3)
        return step_matmul(s, step_matmul(s, a, a), a);
    for (; n && square; n >>= 1) {
        if (n & 1)
            result = result ? step_matmul(s, result, square) : square;
        if (n > 1)
            square = step_matmul(s, square, square);
        if (n & 1 && !result)
            return NULL;
    }
    return square ? result : NULL;
}

struct tensor *linalg_matrix_power(struct tensor *a, int64_t n,
                                   struct error *err)
{
    struct steps s = {.err = err};

    if (!lapack_check_square(a, err))
        return NULL;
    if (n == 0)
        return steps_end(&s, identities(&s, a));
    if (n == 1)
        return tensor_ref(a);
    if (n < 0)
        a = step(&s, linalg_inv(a, err));
    uint64_t times = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    return steps_end(&s, a ? power_by_squaring(&s, a, times) : NULL);
}

/* ------------------------------------------------------------- multi_dot */

/* The order costs the square of it in memory, the cube in time. */
enum { CHAIN_MAX = 500 };

/* Where to split each run I … J of matrices: split[i * count + j]. */
struct order {
    int count;
    int *split;
};

/* The classic dynamic programme: Cormen, Leiserson, Rivest, Stein,
   Introduction to Algorithms, section 15.2.  SIDES has count + 1 lengths. */
static struct order cheapest_order(int count, const double *sides)
{
    size_t n = (size_t)count;
    struct order order = {count, xcalloc(n * n, sizeof *order.split)};
    double *cost = xcalloc(n * n, sizeof *cost);

    for (int length = 1; length < count; length++) {
        for (int i = 0; i + length < count; i++) {
            int j = i + length;
            double *best = &cost[i * count + j];
            for (int k = i; k < j; k++) {
                double total = cost[i * count + k] + cost[(k + 1) * count + j] +
                               sides[i] * sides[k + 1] * sides[j + 1];
                if (k == i || total < *best) {
                    *best = total;
                    order.split[i * count + j] = k;
                }
            }
        }
    }
    free(cost);
    return order;
}

static struct tensor *product_of(struct steps *s,
                                 struct tensor *const *matrices,
                                 const struct order *order, int i, int j)
{
    if (i == j)
        return matrices[i];
    int k = order->split[i * order->count + j];
    struct tensor *left = product_of(s, matrices, order, i, k);
    struct tensor *right =
        left ? product_of(s, matrices, order, k + 1, j) : NULL;
    return right ? step(s, tensor_dot(left, right, s->err)) : NULL;
}

static bool check_chain(int count, struct tensor *const *matrices,
                        struct error *err)
{
    if (count < 2)
        return error_set(err, ERROR_VALUE, "Expecting at least two arrays.");
    if (count > CHAIN_MAX)
        return error_set(err, ERROR_VALUE,
                         "at most %d arrays can be put in "
                         "the best order",
                         CHAIN_MAX);
    for (int i = 0; count > 2 && i < count; i++) {
        bool end = i == 0 || i == count - 1;
        if (matrices[i]->ndim != 2 && !(end && matrices[i]->ndim == 1))
            return error_set(err, ERROR_LINALG,
                             "%d-dimensional array given. Array must be "
                             "two-dimensional",
                             matrices[i]->ndim);
    }
    return true;
}

struct tensor *linalg_multi_dot(int count, struct tensor *const *matrices,
                                struct error *err)
{
    struct steps s = {.err = err};

    if (!check_chain(count, matrices, err))
        return NULL;
    if (count == 2)
        return tensor_dot(matrices[0], matrices[1], err);
    double *sides = xcalloc((size_t)count + 1, sizeof *sides);
    for (int i = 0; i < count; i++)
        sides[i] = matrices[i]->ndim == 2 ? (double)matrices[i]->shape[0]
                   : i == 0               ? 1
                                          : (double)matrices[i]->shape[0];
    const struct tensor *last = matrices[count - 1];
    sides[count] = last->ndim == 2 ? (double)last->shape[1] : 1;
    struct order order = cheapest_order(count, sides);
    struct tensor *result = product_of(&s, matrices, &order, 0, count - 1);
    free(order.split);
    free(sides);
    return steps_end(&s, result);
}
