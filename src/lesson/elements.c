/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lesson/elements.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"

/* Relative traces of rounding: what sums leave where numbers cancel out, and
   float32's own. */
static const double traces = 1e-9, traces32 = 1e-5;

bool number_is_near(double got, double wanted, double scale, double within)
{
    if (isnan(wanted) || isnan(got))
        return isnan(wanted) && isnan(got);
    if (got == wanted)
        return true;
    if (isinf(wanted) || isinf(got))
        return false;
    return fabs(got - wanted) <=
           within * fabs(wanted) + fmin(within, traces) * scale;
}

/* Both as float64 in C order, with what is known of them. */
struct pair {
    struct tensor *got, *wanted;
    const double *a, *b;
    int64_t count;
    double scale, within;
    bool floats;
};

static struct tensor *as_doubles(struct tensor *tensor)
{
    struct error err = ERROR_INIT;
    struct tensor *doubles = tensor_contiguous(tensor, DTYPE_FLOAT64, &err);
    error_clear(&err);
    return doubles;
}

/* false when there is no memory for it. */
static bool pair_init(struct pair *pair, struct tensor *got,
                      struct tensor *wanted, struct tolerance tolerance)
{
    bool small = got->dtype == DTYPE_FLOAT32 || wanted->dtype == DTYPE_FLOAT32;
    *pair = (struct pair){.got = as_doubles(got), .wanted = as_doubles(wanted)};
    if (!pair->got || !pair->wanted)
        return false;
    pair->a = (const double *)pair->got->data;
    pair->b = (const double *)pair->wanted->data;
    pair->count = pair->wanted->size;
    pair->floats =
        dtype_is_float(got->dtype) || dtype_is_float(wanted->dtype);
    pair->within = pair->floats ? tolerance.within : 0.0;
    if (small)
        pair->within = fmax(pair->within, traces32);
    for (int64_t i = 0; i < pair->count; i++)
        if (isfinite(pair->b[i]))
            pair->scale = fmax(pair->scale, fabs(pair->b[i]));
    return true;
}

static void pair_done(struct pair *pair)
{
    tensor_unref(pair->got);
    tensor_unref(pair->wanted);
}

static bool near(const struct pair *pair, double got, double wanted)
{
    return number_is_near(got, wanted, pair->scale, pair->within);
}

static bool same_shape(const struct tensor *a, const struct tensor *b)
{
    if (a->ndim != b->ndim)
        return false;
    for (int i = 0; i < a->ndim; i++)
        if (a->shape[i] != b->shape[i])
            return false;
    return true;
}

/* Of equal size: all in order? */
static bool all_near(const struct pair *pair)
{
    for (int64_t i = 0; i < pair->count; i++)
        if (!near(pair, pair->a[i], pair->b[i]))
            return false;
    return true;
}

static bool values_match(struct tensor *got, struct tensor *wanted,
                         struct tolerance tolerance)
{
    struct pair pair;
    bool match = got->size == wanted->size &&
                 pair_init(&pair, got, wanted, tolerance);
    if (got->size != wanted->size)
        return false;
    match = match && all_near(&pair);
    pair_done(&pair);
    return match;
}

bool arrays_match(struct tensor *got, struct tensor *wanted,
                  struct tolerance tolerance)
{
    return (tolerance.any_dtype || got->dtype == wanted->dtype) &&
           same_shape(got, wanted) && values_match(got, wanted, tolerance);
}

/* ----------------------------------------------------------------- shapes */

/* Is VIEW, which passes, what is wanted? */
static bool view_matches(struct tensor *view, struct tensor *wanted,
                         struct tolerance tolerance)
{
    bool match = view && same_shape(view, wanted) &&
                 values_match(view, wanted, tolerance);
    tensor_unref(view);
    return match;
}

static bool is_transpose(struct tensor *got, struct tensor *wanted,
                         struct tolerance tolerance)
{
    struct error err = ERROR_INIT;
    if (got->ndim < 2)
        return false;
    bool match = view_matches(tensor_transpose(got, NULL, &err), wanted,
                              tolerance);
    error_clear(&err);
    return match;
}

static void say_shape(struct tensor *got, struct tensor *wanted,
                      struct tolerance tolerance, struct strbuf *sb)
{
    struct strbuf have = STRBUF_INIT, want = STRBUF_INIT;
    const char *format = _("You got shape `%s`, this asks for `%s`.");
    shape_format(&have, got->ndim, got->shape);
    shape_format(&want, wanted->ndim, wanted->shape);
    if (is_transpose(got, wanted, tolerance))
        format = _("You got the transpose: shape `%s`, this asks for `%s`.");
    else if (values_match(got, wanted, tolerance))
        format = _("The numbers are right, but in shape `%s`; this asks for "
                   "`%s`.");
    strbuf_addf(sb, format, have.text, want.text);
    strbuf_done(&have);
    strbuf_done(&want);
}

/* ----------------------------------------------------------------- values */

/* "[0, 1]" */
static void say_place(const struct tensor *tensor, int64_t flat,
                      struct strbuf *sb)
{
    int64_t index[TENSOR_MAX_DIMS];
    for (int axis = tensor->ndim - 1; axis >= 0; axis--) {
        index[axis] = flat % tensor->shape[axis];
        flat /= tensor->shape[axis];
    }
    strbuf_addc(sb, '[');
    for (int axis = 0; axis < tensor->ndim; axis++)
        strbuf_addf(sb, axis ? ", %lld" : "%lld", (long long)index[axis]);
    strbuf_addc(sb, ']');
}

static bool all_negated(const struct pair *pair)
{
    for (int64_t i = 0; i < pair->count; i++)
        if (!near(pair, -pair->a[i], pair->b[i]))
            return false;
    return true;
}

/* got = factor * wanted, with a factor that two elements at least show. */
static bool has_factor(const struct pair *pair, double *ret)
{
    double factor = NAN;
    int shown = 0;
    for (int64_t i = 0; i < pair->count; i++) {
        if (pair->b[i] == 0.0 ? pair->a[i] != 0.0 : !isfinite(pair->b[i]))
            return false;
        if (pair->b[i] == 0.0)
            continue;
        if (isnan(factor))
            factor = pair->a[i] / pair->b[i];
        if (!number_is_near(pair->a[i], factor * pair->b[i],
                            fabs(factor) * pair->scale, 1e-6))
            return false;
        shown++;
    }
    *ret = factor;
    return shown > 1 && isfinite(factor) && factor != 0.0;
}

static bool has_offset(const struct pair *pair, double *ret)
{
    double offset = pair->count ? pair->a[0] - pair->b[0] : 0.0;
    double scale = fmax(pair->scale, fabs(offset));
    for (int64_t i = 0; i < pair->count; i++)
        if (!number_is_near(pair->a[i], pair->b[i] + offset, scale, 1e-9))
            return false;
    *ret = offset;
    return pair->count > 1 && isfinite(offset);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double *sorted(const double *numbers, int64_t count)
{
    double *copy = xmalloc((size_t)count * sizeof *copy + 1);
    memcpy(copy, numbers, (size_t)count * sizeof *copy);
    qsort(copy, (size_t)count, sizeof *copy, by_size);
    return copy;
}

static bool has_nan(const struct pair *pair)
{
    for (int64_t i = 0; i < pair->count; i++)
        if (isnan(pair->a[i]) || isnan(pair->b[i]))
            return true;
    return false;
}

/* The same numbers in another order? */
static bool is_shuffled(const struct pair *pair)
{
    if (has_nan(pair))
        return false;
    double *a = sorted(pair->a, pair->count), *b = sorted(pair->b, pair->count);
    bool same = true;
    for (int64_t i = 0; same && i < pair->count; i++)
        same = near(pair, a[i], b[i]);
    free(a);
    free(b);
    return same;
}

/* The axis along which the elements are in reverse, or -1. */
static int reversed_axis(const struct pair *pair, struct tolerance tolerance)
{
    for (int axis = 0; axis < pair->got->ndim; axis++)
        if (view_matches(tensor_flip(pair->got, axis), pair->wanted,
                         tolerance))
            return axis;
    return -1;
}

static void say_element(const struct pair *pair, bool truth, struct strbuf *sb)
{
    int64_t first = -1, wrong = 0;
    struct strbuf place = STRBUF_INIT;
    for (int64_t i = 0; i < pair->count; i++)
        if (!near(pair, pair->a[i], pair->b[i])) {
            first = first < 0 ? i : first;
            wrong++;
        }
    if (first < 0)
        first = 0;
    double a = pair->a[first], b = pair->b[first];
    say_place(pair->wanted, first, &place);
    if (wrong == 1)
        strbuf_addf(sb, _("Only the element at `%s` differs: "), place.text);
    else
        strbuf_addf(sb, _("%lld of %lld elements differ. The first, at `%s`: "),
                    (long long)wrong, (long long)pair->count, place.text);
    if (truth)
        strbuf_addf(sb, _("`%s` is the other way round."),
                    a != 0.0 ? "True" : "False");
    else if (!isfinite(a) || !isfinite(b))
        strbuf_addf(sb, _("`%g` is not the number asked for."), a);
    else
        strbuf_addf(sb,
                    a > b ? _("`%.6g` is too large, by %.6g.")
                          : _("`%.6g` is too small, by %.6g."),
                    a, fabs(a - b));
    strbuf_done(&place);
}

static void say_truths(const struct pair *pair, struct strbuf *sb)
{
    int64_t wrong = 0;
    for (int64_t i = 0; i < pair->count; i++)
        wrong += pair->a[i] != pair->b[i];
    if (wrong == pair->count && wrong > 1)
        strbuf_adds(sb, _("Every truth value is the other way round."));
    else
        say_element(pair, true, sb);
}

static void say_numbers(const struct pair *pair, struct tolerance tolerance,
                        struct strbuf *sb)
{
    double number;
    int axis;
    if (all_negated(pair))
        strbuf_adds(sb, _("Every element has the wrong sign."));
    else if (is_transpose(pair->got, pair->wanted, tolerance))
        strbuf_adds(sb, _("You got the transpose: rows and columns are "
                          "exchanged."));
    else if (has_factor(pair, &number))
        strbuf_addf(sb, _("Every element is %.6g times what is asked for."),
                    number);
    else if (has_offset(pair, &number))
        strbuf_addf(sb,
                    number > 0 ? _("Every element is too large, by %.6g.")
                               : _("Every element is too small, by %.6g."),
                    fabs(number));
    else if ((axis = reversed_axis(pair, tolerance)) >= 0)
        strbuf_addf(sb, _("The elements are right, but in reverse order along "
                          "axis %d."),
                    axis);
    else if (is_shuffled(pair)) {
        strbuf_adds(sb, _("The numbers are right, but in another order."));
        strbuf_addc(sb, '\n');
        say_element(pair, false, sb);
    } else
        say_element(pair, false, sb);
}

static void say_dtype(const struct tensor *got, const struct tensor *wanted,
                      struct strbuf *sb)
{
    strbuf_addf(sb, _("The values are right, but their dtype is `%s`; this "
                      "asks for `%s`."),
                dtype_name(got->dtype), dtype_name(wanted->dtype));
}

void arrays_difference(struct tensor *got, struct tensor *wanted,
                       struct tolerance tolerance, struct strbuf *sb)
{
    struct pair pair;
    if (!same_shape(got, wanted)) {
        say_shape(got, wanted, tolerance, sb);
        return;
    }
    if (values_match(got, wanted, tolerance)) {
        say_dtype(got, wanted, sb);
        return;
    }
    bool good = pair_init(&pair, got, wanted, tolerance);
    if (!good)
        strbuf_adds(sb, _("The numbers differ."));
    else if (got->dtype == DTYPE_BOOL && wanted->dtype == DTYPE_BOOL)
        say_truths(&pair, sb);
    else
        say_numbers(&pair, tolerance, sb);
    pair_done(&pair);
}
