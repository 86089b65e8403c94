/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From numbers of an axis to parts of its length, and back. */
#ifndef VIEW_AXIS_MAP_H
#define VIEW_AXIS_MAP_H

#include "view/figure.h"

struct range {
    double low, high;
};

/* symlog is linear between -2 and 2, as in matplotlib. */
#define SYMLOG_THRESHOLD 2.0

struct axis_map {
    enum axis_scale scale;
    struct range limits; /* at the start and the end: falling if inverted */
    double start, end;   /* of these, scaled */
    double factor;       /* from halves of scaled numbers to parts */
};

/* LIMITS are finite and differ; positive for SCALE_LOG. */
struct axis_map axis_map_of(enum axis_scale scale, struct range limits);

/* What the scale makes of VALUE, and its inverse. */
double axis_scale_forward(enum axis_scale scale, double value);
double axis_scale_back(enum axis_scale scale, double scaled);

/* 0 at the start, 1 at the end, beyond them outside; NaN for NaN.  Numbers
   that a logarithm does not have lie far below.  Halves keep the span of the
   largest numbers finite. */
static inline double axis_map_at(const struct axis_map *map, double value)
{
    double scaled = map->scale == SCALE_LINEAR
                        ? value
                        : axis_scale_forward(map->scale, value);
    return (scaled / 2 - map->start / 2) * map->factor;
}

double axis_map_invert(const struct axis_map *map, double part);

#endif
