/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/axis_map.h"

#include <math.h>

/* Where matplotlib puts the logarithms of zero and less. */
#define LOG_OF_NOTHING (-1000.0)

/* Matplotlib's symmetric logarithm of base 10: linear up to the threshold,
   where a decade is as long as the linear part on one side. */
#define SYMLOG_LINEAR (1 / (1 - 0.1))

static double symlog(double value)
{
    double size = fabs(value);
    if (size <= SYMLOG_THRESHOLD)
        return value * SYMLOG_LINEAR;
    return copysign(SYMLOG_THRESHOLD *
                        (SYMLOG_LINEAR + log10(size / SYMLOG_THRESHOLD)),
                    value);
}

static double symlog_back(double scaled)
{
    double size = fabs(scaled);
    if (size <= SYMLOG_THRESHOLD * SYMLOG_LINEAR)
        return scaled / SYMLOG_LINEAR;
    return copysign(SYMLOG_THRESHOLD *
                        pow(10, size / SYMLOG_THRESHOLD - SYMLOG_LINEAR),
                    scaled);
}

double axis_scale_forward(enum axis_scale scale, double value)
{
    switch (scale) {
    case SCALE_LOG:
        return value > 0 ? log10(value) : value <= 0 ? LOG_OF_NOTHING : value;
    case SCALE_SYMLOG:
        return symlog(value);
    default:
        return value;
    }
}

double axis_scale_back(enum axis_scale scale, double scaled)
{
    switch (scale) {
    case SCALE_LOG:
        return pow(10, scaled);
    case SCALE_SYMLOG:
        return symlog_back(scaled);
    default:
        return scaled;
    }
}

struct axis_map axis_map_of(enum axis_scale scale, struct range limits)
{
    double start = axis_scale_forward(scale, limits.low);
    double end = axis_scale_forward(scale, limits.high);
    return (struct axis_map){scale, limits, start, end,
                             1 / (end / 2 - start / 2)};
}

double axis_map_invert(const struct axis_map *map, double part)
{
    return axis_scale_back(map->scale,
                           map->start * (1 - part) + map->end * part);
}
