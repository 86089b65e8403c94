/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "view/contour.h"
#include "view/ticks.h"

static struct range range_of(const struct series *values)
{
    struct range r = {INFINITY, -INFINITY};
    for (size_t i = 0; i < values->count; i++)
        if (isfinite(values->values[i])) {
            r.low = fmin(r.low, values->values[i]);
            r.high = fmax(r.high, values->values[i]);
        }
    if (r.low > r.high)
        return (struct range){0, 1};
    if (r.low == r.high)
        return (struct range){r.low - 0.5, r.high + 0.5};
    return r;
}

struct series *contour_levels(const struct series *values, int count,
                              struct error *err)
{
    struct range range = range_of(values);
    struct tick_list ticks = {.count = 0};
    ticks_linear(&ticks, range, (count > 0 ? count : 1) + 1, TICKS_LEVELS);
    struct series *levels = series_new(ticks.count, err);
    size_t kept = 0;
    for (size_t i = 0; levels && i < ticks.count; i++) {
        /* From the last level under the values to the first over them. */
        bool is_under =
            i + 1 < ticks.count && ticks.items[i + 1].value < range.low;
        bool is_over = i > 0 && ticks.items[i - 1].value > range.high;
        if (!is_under && !is_over)
            levels->values[kept++] = ticks.items[i].value;
    }
    if (levels)
        levels->count = kept;
    tick_list_done(&ticks);
    return levels;
}
