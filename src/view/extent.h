/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far data reaches, and the limits of axes that follow. */
#ifndef VIEW_EXTENT_H
#define VIEW_EXTENT_H

#include <math.h>

#include "view/axis_map.h"

/* Low over high: nothing. */
#define RANGE_EMPTY ((struct range){INFINITY, -INFINITY})

struct extent_axis {
    struct range data;
    double least_positive; /* what a logarithmic axis starts at */
    /* Where no margin is added behind: the feet of bars, the edges of
       images. */
    struct range sticky;
    bool is_falling; /* an image that runs downwards */
    bool is_present; /* something is to be shown, be it without data */
};

struct extent {
    struct extent_axis x, y;
};

struct extent extent_none(void);
/* NaN and infinite ones are ignored.  In a header for loops over millions. */
static inline void extent_add(struct extent_axis *axis, double value)
{
    if (!isfinite(value))
        return;
    if (value < axis->data.low)
        axis->data.low = value;
    if (value > axis->data.high)
        axis->data.high = value;
    if (value > 0 && value < axis->least_positive)
        axis->least_positive = value;
}

void extent_add_sticky(struct extent_axis *axis, double value);
void extent_unite(struct extent *extent, const struct extent *other);

/* Limits of both directions of AXES, which is FIGURE's and may share them.
   Finite, different, positive where they must be; falling when inverted. */
struct axes_limits {
    struct range x, y;
};

struct axes_limits axes_limits_of(const struct figure *figure,
                                  const struct axes *axes);

#endif
