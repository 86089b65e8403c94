/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "tensor/calculus.h"
#include "tensor/index.h"
#include "tensor/sort.h"
#include "tensor/steps.h"

/* The last of COUNT ascending points that is not above X; -1: none. */
static int64_t find_interval(const double *points, int64_t count, double x)
{
    int64_t low = -1, high = count;

    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (x < points[middle])
            high = middle;
        else
            low = middle;
    }
    return low;
}

static double interpolate(const double *xp, const double *fp, int64_t count,
                          const struct interp_ends *ends, double x)
{
    int64_t j = find_interval(xp, count, x);

    if (isnan(x))
        return x;
    if (j < 0)
        return ends->left ? *ends->left : fp[0];
    if (j == count - 1 && x > xp[j])
        return ends->right ? *ends->right : fp[j];
    if (j == count - 1 || xp[j] == x)
        return fp[j];
    double slope = (fp[j + 1] - fp[j]) / (xp[j + 1] - xp[j]);
    double result = slope * (x - xp[j]) + fp[j];
    if (isnan(result)) /* infinite points: from the other side */
        result = slope * (x - xp[j + 1]) + fp[j + 1];
    return isnan(result) && fp[j] == fp[j + 1] ? fp[j] : result;
}

static bool check_points(const struct tensor *xp, const struct tensor *fp,
                         struct error *err)
{
    const struct tensor *both[2] = {fp, xp};

    for (int i = 0; i < 2; i++)
        if (both[i]->ndim != 1)
            return error_set(err, ERROR_VALUE,
                             both[i]->ndim
                                 ? "object too deep for desired array"
                                 : "object of too small depth for desired "
                                   "array");
    if (xp->size == 0)
        return error_set(err, ERROR_VALUE, "array of sample points is empty");
    if (xp->size != fp->size)
        return error_set(err, ERROR_VALUE,
                         "fp and xp are not of the same length.");
    return true;
}

struct tensor *tensor_interp(struct tensor *x, struct tensor *xp,
                             struct tensor *fp, struct interp_ends ends,
                             struct error *err)
{
    struct steps s = {.err = err};

    if (!check_points(xp, fp, err))
        return NULL;
    x = step(&s, tensor_contiguous(x, DTYPE_FLOAT64, err));
    xp = step(&s, tensor_contiguous(xp, DTYPE_FLOAT64, err));
    fp = step(&s, tensor_contiguous(fp, DTYPE_FLOAT64, err));
    if (!x || !xp || !fp)
        return steps_end(&s, NULL);
    struct tensor *result = step(&s, tensor_new_like(x, DTYPE_FLOAT64, err));
    for (int64_t i = 0; result && i < x->size; i++)
        ((double *)result->data)[i] = interpolate(
            (const double *)xp->data, (const double *)fp->data, xp->size,
            &ends, ((const double *)x->data)[i]);
    return steps_end(&s, result);
}

/* POINTS in the order of ORDER, with its last element before the first and
   its first one behind the last, both moved by SHIFT. */
static struct tensor *wrap(struct steps *s, struct tensor *points,
                           struct tensor *order, double shift)
{
    struct tensor *sorted =
        points && order ? step(s, tensor_take(points, order, 0, s->err))
                        : NULL;

    if (!sorted)
        return NULL;
    struct tensor *parts[3] = {
        step_with(s, "subtract", step_slice(s, sorted, 0, sorted->size - 1, 1),
                  shift),
        sorted, step_with(s, "add", step_slice(s, sorted, 0, 0, 1), shift)};
    return step_join(s, 3, parts, 0);
}

struct tensor *tensor_interp_periodic(struct tensor *x, struct tensor *xp,
                                      struct tensor *fp, double period,
                                      struct error *err)
{
    struct interp_ends own = {NULL, NULL};
    struct steps s = {.err = err};

    if (period == 0)
        return error_null(err, ERROR_VALUE, "period must be a non-zero value");
    if (xp->ndim != 1 || fp->ndim != 1)
        return error_null(err, ERROR_VALUE,
                          "Data points must be 1-D sequences");
    if (!check_points(xp, fp, err))
        return NULL;
    period = fabs(period);
    x = step_with(&s, "remainder", step_astype(&s, x, DTYPE_FLOAT64), period);
    xp = step_with(&s, "remainder", step_astype(&s, xp, DTYPE_FLOAT64), period);
    struct tensor *order =
        xp ? step(&s, tensor_sort(xp, 0, true, err)) : NULL;
    xp = wrap(&s, xp, order, period);
    fp = wrap(&s, step_astype(&s, fp, DTYPE_FLOAT64), order, 0);
    return steps_end(&s, x && xp && fp
                             ? step(&s, tensor_interp(x, xp, fp, own, err))
                             : NULL);
}
