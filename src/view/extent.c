/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/extent.h"

struct extent extent_none(void)
{
    const struct extent_axis none = {
        .data = RANGE_EMPTY, .least_positive = INFINITY, .sticky = RANGE_EMPTY};
    return (struct extent){none, none};
}

static struct range range_with(struct range range, double value)
{
    return (struct range){fmin(range.low, value), fmax(range.high, value)};
}

void extent_add_sticky(struct extent_axis *axis, double value)
{
    if (!isfinite(value))
        return;
    extent_add(axis, value);
    axis->sticky = range_with(axis->sticky, value);
}

static struct range range_united(struct range a, struct range b)
{
    return (struct range){fmin(a.low, b.low), fmax(a.high, b.high)};
}

static void unite(struct extent_axis *axis, const struct extent_axis *other)
{
    axis->data = range_united(axis->data, other->data);
    axis->sticky = range_united(axis->sticky, other->sticky);
    axis->least_positive = fmin(axis->least_positive, other->least_positive);
    axis->is_falling |= other->is_falling;
    axis->is_present |= other->is_present;
}

void extent_unite(struct extent *extent, const struct extent *other)
{
    unite(&extent->x, &other->x);
    unite(&extent->y, &other->y);
}
