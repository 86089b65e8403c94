/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/polynomial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/interrupt.h"
#include "tensor/calculus.h"
#include "tensor/elementwise.h"
#include "tensor/linalg.h"
#include "tensor/steps.h"

/* Numbers (not arrays) warn when Y * X + TERM is cut to their integer type. */
static void note_overflow(const struct tensor *y, const struct tensor *x,
                          const struct tensor *term, const struct tensor *sum)
{
    const struct tensor *all[4] = {y, x, term, sum};
    __int128 values[4];

    for (int i = 0; i < 4; i++) {
        struct scalar value = tensor_item_at(all[i], 0);
        values[i] =
            dtype_kind(value.dtype) == 'u' ? (__int128)value.u : value.i;
    }
    __int128 product = values[0] * values[1];
    enum dtype dtype = dtype_promote(y->dtype, x->dtype);
    struct scalar cut =
        scalar_cast(scalar_from_int((int64_t)product), dtype);
    __int128 kept = dtype_kind(dtype) == 'u' ? (__int128)cut.u : cut.i;
    if (kept != product)
        fp_event_add(FP_OVERFLOW, "scalar multiply");
    if (kept + values[2] != values[3])
        fp_event_add(FP_OVERFLOW, "scalar add");
}

struct tensor *polynomial_value(struct tensor *p, struct tensor *x,
                                struct error *err)
{
    struct tensor *y = tensor_zeros(x->dtype, x->ndim, x->shape, err);

    if (p->ndim == 0) {
        tensor_unref(y);
        return error_null(err, ERROR_TYPE, "iteration over a 0-d array");
    }
    for (int64_t i = 0; y && i < p->shape[0]; i++) {
        struct steps s = {.err = err};
        struct tensor *term = step_item(&s, p, 0, i);
        struct tensor *sum =
            step_binary(&s, "add", step_binary(&s, "multiply", y, x), term);
        if (sum && !sum->ndim && dtype_is_integer(sum->dtype) &&
            !dtype_is_float(x->dtype))
            note_overflow(y, x, term, sum);
        sum = steps_end(&s, sum && interrupt_check(err) ? sum : NULL);
        tensor_unref(y);
        y = sum;
    }
    return y;
}

/* A vector, in STEPS. */
static struct tensor *vector(struct steps *s, struct tensor *p)
{
    if (!p || p->ndim == 1)
        return p;
    if (p->ndim > 1)
        return error_null(s->err, ERROR_VALUE, "Polynomial must be 1d only.");
    return step_flat(s, p);
}

/* ------------------------------------------------------------ arithmetic */

/* LENGTH numbers: zeros, then P. */
static struct tensor *zeros_before(struct steps *s, struct tensor *p,
                                   int64_t length)
{
    int64_t missing = p ? length - p->size : 0;

    if (missing <= 0)
        return p;
    struct tensor *zeros = step(s, tensor_zeros(p->dtype, 1, &missing, s->err));
    return step_join(s, 2, (struct tensor *[]){zeros, p}, 0);
}

struct tensor *polynomial_add(struct tensor *a, struct tensor *b, bool subtract,
                              struct error *err)
{
    struct steps s = {.err = err};

    a = vector(&s, a);
    b = a ? vector(&s, b) : NULL;
    if (!b)
        return steps_end(&s, NULL);
    int64_t length = a->size > b->size ? a->size : b->size;
    return steps_end(&s, step_binary(&s, subtract ? "subtract" : "add",
                                     zeros_before(&s, a, length),
                                     zeros_before(&s, b, length)));
}

struct tensor *polynomial_trim(struct tensor *p, struct error *err)
{
    struct steps s = {.err = err};
    int64_t first = 0, zero = 1;

    p = vector(&s, p);
    while (p && first < p->size && !scalar_truth(tensor_item_at(p, first)))
        first++;
    if (p && first == p->size)
        return steps_end(&s, step(&s, tensor_zeros(p->dtype, 1, &zero, err)));
    return steps_end(&s,
                     p ? step_slice(&s, p, 0, first, p->size - first) : NULL);
}

struct tensor *polynomial_multiply(struct tensor *a, struct tensor *b,
                                   struct error *err)
{
    struct steps s = {.err = err};

    a = step(&s, polynomial_trim(a, err));
    b = a ? step(&s, polynomial_trim(b, err)) : NULL;
    return steps_end(
        &s, b ? step(&s, tensor_convolve(a, b, CORRELATE_FULL, err)) : NULL);
}

/* Long division: subtracts multiples of B (of M coefficients) from A's N in
   place, keeping the factors. */
static void divide_in_place(double *a, int64_t n, const double *b, int64_t m,
                            double *quotient)
{
    double *products = xcalloc((size_t)m, sizeof *products);

    fp_events_begin();
    double scale = 1 / b[0];
    fp_events_end("scalar divide");
    for (int64_t k = 0; k + m <= n; k++) {
        fp_events_begin();
        quotient[k] = scale * a[k];
        fp_events_end("scalar multiply");
        fp_events_begin();
        for (int64_t i = 0; i < m; i++)
            products[i] = quotient[k] * b[i];
        fp_events_end("multiply");
        fp_events_begin();
        for (int64_t i = 0; i < m; i++)
            a[k + i] -= products[i];
        fp_events_end("subtract");
    }
    free(products);
}

bool polynomial_divide(struct tensor *a, struct tensor *b,
                       struct tensor *ret[2], struct error *err)
{
    struct steps s = {.err = err};
    bool single = a->dtype == DTYPE_FLOAT32 && b->dtype == DTYPE_FLOAT32;

    a = step_astype(&s, vector(&s, a), DTYPE_FLOAT64);
    b = a ? vector(&s, b) : NULL;
    b = b ? step(&s, tensor_contiguous(b, DTYPE_FLOAT64, err)) : NULL;
    if (!b || a->size == 0 || b->size == 0) {
        if (b)
            error_set(err, ERROR_INDEX,
                      "index 0 is out of bounds for axis 0 with size 0");
        return steps_end(&s, NULL) != NULL;
    }
    int64_t degrees = a->size - b->size + 1;
    if (degrees < 1)
        degrees = 1;
    struct tensor *rest = step(&s, tensor_copy(a, err));
    struct tensor *quotient =
        step(&s, tensor_zeros(DTYPE_FLOAT64, 1, &degrees, err));
    if (!rest || !quotient)
        return steps_end(&s, NULL) != NULL;
    divide_in_place((double *)rest->data, rest->size, (double *)b->data,
                    b->size, (double *)quotient->data);
    int64_t first = 0; /* what is as good as zero goes */
    while (first < rest->size - 1 &&
           fabs(((double *)rest->data)[first]) <= 1e-8)
        first++;
    rest = step_slice(&s, rest, 0, first, rest->size - first);
    if (single) {
        quotient = step_astype(&s, quotient, DTYPE_FLOAT32);
        rest = step_astype(&s, rest, DTYPE_FLOAT32);
    }
    return steps_give(&s, 2, (struct tensor *[]){quotient, rest}, ret);
}

/* -------------------------------------------------------------- calculus */

/* COUNT, COUNT - 1, … 1 */
static struct tensor *countdown(struct steps *s, int64_t count)
{
    struct tensor *numbers =
        step(s, tensor_new(DTYPE_INT64, 1, &count, s->err));

    for (int64_t i = 0; numbers && i < count; i++)
        ((int64_t *)numbers->data)[i] = count - i;
    return numbers;
}

struct tensor *polynomial_derivative(struct tensor *p, int64_t m,
                                     struct error *err)
{
    struct steps s = {.err = err};

    if (m < 0)
        return error_null(err, ERROR_VALUE,
                          "Order of derivative must be positive (see "
                          "polyint)");
    p = vector(&s, p);
    for (bool more = true; p && m > 0 && more; m--) {
        int64_t count = p->size ? p->size - 1 : 0;
        more = count > 0; /* of nothing it stays nothing */
        p = step_binary(&s, "multiply", step_slice(&s, p, 0, 0, count),
                        countdown(&s, count));
    }
    return steps_end(&s, p);
}

/* The constants: M of them, one for all when there is one. */
static struct tensor *constants(struct steps *s, struct tensor *k, int64_t m)
{
    if (!k)
        return step(s, tensor_zeros(DTYPE_FLOAT64, 1, &m, s->err));
    k = vector(s, k);
    if (k && k->size == 1 && m > 1)
        return step(s, tensor_broadcast_to(k, 1, &m, s->err));
    if (k && k->size < m)
        return error_null(s->err, ERROR_VALUE,
                          "k must be a scalar or a rank-1 array of length 1 "
                          "or >m.");
    return k;
}

struct tensor *polynomial_integral(struct tensor *p, int64_t m,
                                   struct tensor *k, struct error *err)
{
    struct steps s = {.err = err};

    if (m < 0)
        return error_null(err, ERROR_VALUE,
                          "Order of integral must be positive (see polyder)");
    k = constants(&s, k, m);
    p = k ? vector(&s, p) : NULL;
    for (int64_t i = 0; p && i < m; i++) {
        struct tensor *parts[2] = {
            step_binary(&s, "divide", p, countdown(&s, p->size)),
            step_slice(&s, k, 0, i, 1)};
        p = interrupt_check(err) ? step_join(&s, 2, parts, 0) : NULL;
    }
    return steps_end(&s, p);
}

/* ----------------------------------------------------------------- roots */

/* Ones below the diagonal, the first row -p[1:] / p[0]. */
static struct tensor *companion(struct steps *s, struct tensor *p)
{
    int64_t n = p->size - 1, shape[2] = {n, n};
    struct tensor *matrix =
        step(s, tensor_zeros(DTYPE_FLOAT64, 2, shape, s->err));
    double *rows = matrix ? (double *)matrix->data : NULL;

    for (int64_t i = 0; rows && i < n; i++) {
        rows[i] = -tensor_item_at(p, i + 1).f / tensor_item_at(p, 0).f;
        if (i)
            rows[i * n + i - 1] = 1;
    }
    return matrix;
}

struct tensor *polynomial_roots(struct tensor *p, struct error *err)
{
    struct steps s = {.err = err};
    struct tensor *values[2];
    int64_t none = 0, last;

    if (p->ndim > 1)
        return error_null(err, ERROR_VALUE, "Input must be a rank-1 array.");
    enum dtype dtype =
        p->dtype == DTYPE_FLOAT32 ? DTYPE_FLOAT32 : DTYPE_FLOAT64;
    p = step(&s, polynomial_trim(p, err));
    p = step_astype(&s, p, DTYPE_FLOAT64);
    if (!p || !scalar_truth(tensor_item_at(p, 0)))
        return steps_end(
            &s, p ? step(&s, tensor_new(DTYPE_FLOAT64, 1, &none, err)) : NULL);
    /* zeros at the end are roots at 0 */
    for (last = p->size - 1; !scalar_truth(tensor_item_at(p, last));)
        last--;
    int64_t zeros = p->size - 1 - last;
    struct tensor *trailing =
        step(&s, tensor_zeros(DTYPE_FLOAT64, 1, &zeros, err));
    p = step_slice(&s, p, 0, 0, last + 1);
    if (!trailing || last == 0)
        return steps_end(&s, trailing);
    struct tensor *matrix = companion(&s, p);
    if (!matrix || !linalg_eig(matrix, false, values, err)) {
        if (err->kind == ERROR_NOT_IMPLEMENTED)
            error_set(
                err, ERROR_NOT_IMPLEMENTED,
                _("this polynomial has complex roots; arrays here are real"));
        return steps_end(&s, NULL);
    }
    struct tensor *parts[2] = {step_astype(&s, step(&s, values[0]), dtype),
                               trailing};
    trailing = parts[1] = step_astype(&s, trailing, dtype);
    return steps_end(&s, step_join(&s, 2, parts, 0));
}

struct tensor *polynomial_from_roots(struct tensor *roots, struct error *err)
{
    struct steps s = {.err = err};
    struct tensor *values[2];
    int64_t one = 1, two = 2;

    if (roots->ndim == 2 && roots->shape[0] == roots->shape[1] && roots->size) {
        if (!linalg_eig(roots, false, values, err))
            return NULL;
        roots = step(&s, values[0]);
    } else if (roots->ndim > 1) {
        return error_null(err, ERROR_VALUE,
                          "input must be 1d or non-empty square 2d array.");
    }
    roots = vector(&s, roots);
    if (roots && roots->size == 0)
        return steps_end(&s, step_number(&s, 1));
    roots = step_as_float(&s, roots);
    struct tensor *p = roots ? step(&s, tensor_full(scalar_from_double(1),
                                                    roots->dtype, 1, &one, err))
                             : NULL;
    for (int64_t i = 0; p && i < roots->size; i++) {
        struct tensor *factor = step(
            &s, tensor_full(scalar_from_double(1), roots->dtype, 1, &two, err));
        double zero = tensor_item_at(roots, i).f;
        if (factor)
            scalar_store(scalar_from_double(-zero), factor->dtype,
                         factor->data + dtype_size(factor->dtype));
        p = factor ? step(&s, tensor_convolve(p, factor, CORRELATE_FULL, err))
                   : NULL;
    }
    return steps_end(&s, p);
}
