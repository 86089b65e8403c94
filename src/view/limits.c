/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The limits of axes: what the caller set, else the data with matplotlib's
   margin. */
#include <float.h>
#include <math.h>

#include "view/artist_class.h"
#include "view/extent.h"

#define MARGIN 0.05

/* Keeps LIMITS apart by EXPANDER (a part of them) when they are nearer than
   TINY. */
static struct range spread(struct range r, double expander, double tiny)
{
    if (!isfinite(r.low) || !isfinite(r.high))
        return (struct range){-expander, expander};
    double size = fmax(fabs(r.low), fabs(r.high));
    if (size < 1e6 / tiny * DBL_MIN)
        return (struct range){-expander, expander};
    if (r.high - r.low <= size * tiny)
        return (struct range){r.low - expander * fabs(r.low),
                              r.high + expander * fabs(r.high)};
    return r;
}

/* The power of ten strictly below or above VALUE. */
static double power_below(double value)
{
    double logarithm = log10(value), whole = floor(logarithm);
    return pow(10, whole == logarithm ? whole - 1 : whole);
}

static double power_above(double value)
{
    double logarithm = log10(value), whole = ceil(logarithm);
    return pow(10, whole == logarithm ? whole + 1 : whole);
}

static struct range spread_log(struct range r, double least_positive)
{
    if (!isfinite(r.low) || !isfinite(r.high) || r.high <= 0)
        return (struct range){1, 10};
    if (r.low <= 0)
        r.low = isfinite(least_positive) ? least_positive : 1e-300;
    if (r.low == r.high)
        r = (struct range){fmax(power_below(r.low), DBL_MIN),
                           fmin(power_above(r.high), DBL_MAX)};
    return r;
}

static struct range with_margin(struct range r, const struct extent_axis *data,
                                enum axis_scale scale)
{
    double low = axis_scale_forward(scale, r.low);
    double high = axis_scale_forward(scale, r.high);
    double margin = (high / 2 - low / 2) * 2 * MARGIN;
    if (!isfinite(margin))
        margin = 0;
    double wide_low = axis_scale_back(scale, low - margin);
    double wide_high = axis_scale_back(scale, high + margin);
    struct range ret = r;
    if (r.low != data->sticky.low && isfinite(wide_low))
        ret.low = wide_low;
    if (r.high != data->sticky.high && isfinite(wide_high))
        ret.high = wide_high;
    return ret;
}

/* Limits that follow from the data. */
static struct range automatic(const struct extent_axis *data,
                              enum axis_scale scale)
{
    if (!data->is_present)
        return scale == SCALE_LOG ? (struct range){1, 10}
                                  : (struct range){0, 1};
    struct range r = scale == SCALE_LOG
                         ? spread_log(data->data, data->least_positive)
                         : spread(data->data, MARGIN, 1e-15);
    r = with_margin(r, data, scale);
    return scale == SCALE_LOG ? r : spread(r, 1e-12, 1e-13);
}

/* What the caller set, where it makes sense. */
static struct range given(const struct axis *axis, struct range r)
{
    bool is_log = axis->scale == SCALE_LOG;
    if (axis->has_low && isfinite(axis->low) && !(is_log && axis->low <= 0))
        r.low = axis->low;
    if (axis->has_high && isfinite(axis->high) && !(is_log && axis->high <= 0))
        r.high = axis->high;
    if (r.low == r.high)
        r = is_log ? spread_log(r, r.low) : spread(r, MARGIN, 1e-15);
    return r;
}

static struct range limits_of(const struct axis *axis,
                              const struct extent_axis *data)
{
    struct range r = given(axis, automatic(data, axis->scale));
    bool is_set = axis->has_low && axis->has_high;
    r.low = fmin(fmax(r.low, -DBL_MAX), DBL_MAX);
    r.high = fmin(fmax(r.high, -DBL_MAX), DBL_MAX);
    if ((data->is_falling && !is_set) != axis->is_inverted)
        r = (struct range){r.high, r.low};
    return r;
}

static struct extent extent_of_axes(const struct axes *axes)
{
    struct extent all = extent_none();
    for (int i = 0; i < axes->artist_count; i++) {
        struct extent one = extent_none();
        artist_extent(axes->artists[i], &one);
        extent_unite(&all, &one);
    }
    return all;
}

/* Do A and B share the direction, x of a column or y of a row? */
static bool is_shared(const struct axes *a, const struct axes *b, bool x)
{
    if (a == b)
        return true;
    if (a->is_free || b->is_free || a->beside || b->beside)
        return false;
    if (x)
        return a->shares_x && b->shares_x &&
               a->span.first_column == b->span.first_column;
    return a->shares_y && b->shares_y && a->span.first_row == b->span.first_row;
}

/* The axes whose axis is that of all that share it: the first. */
static const struct axis *leading_axis(const struct figure *figure,
                                       const struct axes *axes, bool x)
{
    for (int i = 0; i < figure->axes_count; i++) {
        const struct axes *other = figure->axes[i];
        const struct axis *axis = x ? &other->x : &other->y;
        if (is_shared(other, axes, x) && (axis->has_low || axis->has_high))
            return axis;
    }
    return x ? &axes->x : &axes->y;
}

struct axes_limits axes_limits_of(const struct figure *figure,
                                  const struct axes *axes)
{
    struct extent data = extent_of_axes(axes);
    for (int i = 0; i < figure->axes_count; i++) {
        const struct axes *other = figure->axes[i];
        bool in_x = other != axes && is_shared(other, axes, true);
        bool in_y = other != axes && is_shared(other, axes, false);
        if (!in_x && !in_y)
            continue;
        struct extent more = extent_of_axes(other), none = extent_none();
        if (!in_x)
            more.x = none.x;
        if (!in_y)
            more.y = none.y;
        extent_unite(&data, &more);
    }
    return (struct axes_limits){
        limits_of(leading_axis(figure, axes, true), &data.x),
        limits_of(leading_axis(figure, axes, false), &data.y)};
}
