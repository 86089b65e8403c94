/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Round numbers, evenly spaced: matplotlib's MaxNLocator. */
#include <math.h>

#include "view/ticks.h"

/* Steps that people count in, over two decades. */
static const double usual_steps[] = {0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5, 10, 20};
static const double integer_steps[] = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20};
static const double level_steps[] = {0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5,
                                     0.6, 0.8,  1,   1.5,  2,   2.5, 3,
                                     4,   5,    6,   8,    10,  15};

#define COUNT(array) (int)(sizeof(array) / sizeof *(array))

static const struct step_table {
    const double *steps;
    int count;
    int least_ticks; /* fewer never are */
} step_tables[] = {
    [TICKS_USUAL] = {usual_steps, COUNT(usual_steps), 2},
    [TICKS_INTEGER] = {integer_steps, COUNT(integer_steps), 2},
    [TICKS_LEVELS] = {level_steps, COUNT(level_steps), 1},
};

enum { MOST_TICKS = 1000 };

/* Numbers far from zero are counted from a round number near them. */
static double base_of(struct range limits)
{
    double span = limits.high - limits.low;
    double middle = limits.high / 2 + limits.low / 2;
    if (fabs(middle) / span < 100)
        return 0;
    return copysign(pow(10, floor(log10(fabs(middle)))), middle);
}

/* How near to a whole number of steps counts as one: the digits that are left
   behind BASE. */
static double tolerance_of(double step, double base)
{
    if (base == 0)
        return 1e-10;
    double digits = log10(fabs(base) / step);
    return fmin(fmax(1e-10, pow(10, digits - 12)), 0.4999);
}

struct spacing {
    double step, start; /* ticks at start + i * step … */
    double first, last; /* for these i */
};

/* From the last whole step at or below LIMITS to the first at or above. */
static struct spacing space(struct range limits, double step, double base)
{
    double tolerance = tolerance_of(step, base);
    double start = floor(limits.low / step) * step;
    double low = (limits.low - start) / step;
    double high = (limits.high - start) / step;
    double first = floor(low), last = floor(high);
    if (fabs(low - first - 1) < tolerance)
        first++;
    if (fabs(high - last) >= tolerance)
        last++;
    return (struct spacing){step, start, first, last};
}

/* Sides that are nearly the same leave steps without a meaning. */
static int tick_count(const struct spacing *s)
{
    double count = s->last - s->first + 1;
    return count >= 0 ? (int)fmin(count, MOST_TICKS) : 0;
}

static double tick_at(const struct spacing *s, int index)
{
    return (s->first + index) * s->step + s->start;
}

static int count_within(const struct spacing *s, struct range limits)
{
    int count = 0;
    for (int i = 0; i < tick_count(s); i++) {
        double value = tick_at(s, i);
        count += value >= limits.low && value <= limits.high;
    }
    return count;
}

/* The largest step that is at least a MOST-th of LIMITS, then smaller ones
   until there are enough ticks. */
static struct spacing choose(struct range limits, int most, double base,
                             enum tick_steps steps)
{
    const struct step_table *table = &step_tables[steps];
    double raw = (limits.high - limits.low) / most;
    double scale = pow(10, floor(log10(raw)));
    /* Within one whole number there are parts after all. */
    bool is_whole =
        steps == TICKS_INTEGER && floor(limits.high) - ceil(limits.low) >= 1;
    int index = 0;
    while (index < table->count - 1 && table->steps[index] * scale < raw)
        index++;
    for (;; index--) {
        double step = table->steps[index] * scale;
        if (is_whole)
            step = fmax(1, step);
        struct spacing spacing = space(limits, step, base);
        if (index == 0 || count_within(&spacing, limits) >= table->least_ticks)
            return spacing;
    }
}

void ticks_linear(struct tick_list *list, struct range limits, int most,
                  enum tick_steps steps)
{
    double base = base_of(limits);
    /* A span beyond the largest number: halves have the same ticks. */
    double factor = isfinite(limits.high - limits.low) ? 1 : 0.5;
    struct range inner = {(limits.low - base) * factor,
                          (limits.high - base) * factor};
    struct spacing s = choose(inner, most, base, steps);
    for (int i = 0; i < tick_count(&s); i++) {
        double value = tick_at(&s, i) / factor + base;
        if (isfinite(value))
            tick_list_add(list, value, false, "");
    }
}
