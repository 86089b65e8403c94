/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written at linear ticks: matplotlib's ScalarFormatter. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "view/ticks.h"

/* Powers of ten from which on all labels leave them out, and how many digits
   a common summand must save. */
enum { LEAST_POWER = -5, MOST_POWER = 6, SAVED_DIGITS = 4 };

/* Of the smallest number. */
enum { LEAST_EXPONENT = -323 };

/* The least and the largest tick within LIMITS; false when there is none. */
static bool visible_range(const struct tick_list *list, struct range limits,
                          struct range *ret)
{
    struct range r = {INFINITY, -INFINITY};
    for (size_t i = 0; i < list->count; i++) {
        double value = list->items[i].value;
        if (value < limits.low || value > limits.high)
            continue;
        r.low = fmin(r.low, value);
        r.high = fmax(r.high, value);
    }
    *ret = r;
    return r.low <= r.high;
}

/* What all ticks have in common, when leaving it out saves digits; else 0. */
static double common_summand(struct range ticks)
{
    if (ticks.low == ticks.high || (ticks.low <= 0 && ticks.high >= 0))
        return 0;
    double least = fmin(fabs(ticks.low), fabs(ticks.high));
    double most = fmax(fabs(ticks.low), fabs(ticks.high));
    /* The last power of ten in which both agree. */
    double top = ceil(log10(most)), power = top;
    while (floor(least / pow(10, power)) == floor(most / pow(10, power)) &&
           power > LEAST_EXPONENT)
        power--;
    power++;
    /* A multiple of a large power may lie between them. */
    if ((most - least) / pow(10, power) <= 1e-2) {
        power = top;
        while (floor(most / pow(10, power)) - floor(least / pow(10, power)) <=
                   1 &&
               power > LEAST_EXPONENT)
            power--;
        power++;
    }
    double unit = pow(10, power), count = floor(most / unit);
    if (count < pow(10, SAVED_DIGITS - 1))
        return 0;
    return copysign(count * unit, ticks.low);
}

static int power_of_ten(struct range ticks, struct range limits, double summand)
{
    double value = fmax(fabs(ticks.low), fabs(ticks.high));
    if (summand != 0)
        value = limits.high - limits.low;
    if (value == 0 || !isfinite(value))
        return 0;
    int power = (int)floor(log10(value));
    return power <= LEAST_POWER || power >= MOST_POWER ? power : 0;
}

static double rounded(double value, int digits)
{
    double unit = pow(10, digits);
    return rint(value * unit) / unit;
}

/* Decimals that tell the LIST's VALUES apart, which span SPAN. */
static int decimals_of(const double *values, size_t count, double span)
{
    int power = (int)floor(log10(span));
    int digits = power < 3 ? 3 - power : 0;
    double threshold = 1e-3 * pow(10, power);
    for (; digits >= 0; digits--) {
        double worst = 0;
        for (size_t i = 0; i < count; i++)
            worst = fmax(worst, fabs(values[i] - rounded(values[i], digits)));
        if (worst >= threshold)
            break;
    }
    return digits + 1;
}

static double span_of(const double *values, size_t count, struct range ends)
{
    struct range r = {INFINITY, -INFINITY};
    for (size_t i = 0; i < count; i++) {
        r.low = fmin(r.low, values[i]);
        r.high = fmax(r.high, values[i]);
    }
    /* One tick says nothing of its neighbours: the limits stand in. */
    if (count < 2) {
        r.low = fmin(r.low, ends.low);
        r.high = fmax(r.high, ends.high);
    }
    double span = r.high - r.low;
    if (span == 0)
        span = fmax(fabs(r.low), fabs(r.high));
    return span > 0 && isfinite(span) ? span : 1;
}

static void describe_offset(struct tick_list *list, double summand, int power)
{
    char number[32] = "", scale[12] = "";
    if (summand != 0) {
        int exponent = (int)floor(log10(fabs(summand)));
        double digits = rounded(summand / pow(10, exponent), 10);
        snprintf(number, sizeof number, "%s%.10g", summand > 0 ? "+" : "",
                 digits);
        size_t used = strlen(number);
        if (exponent)
            snprintf(number + used, sizeof number - used, "e%d", exponent);
    }
    if (power)
        snprintf(scale, sizeof scale, "1e%d", power);
    snprintf(list->offset, sizeof list->offset, "%s%s", scale, number);
    ticks_fix_minus(list->offset, sizeof list->offset);
}

void ticks_label_linear(struct tick_list *list, struct range limits)
{
    size_t count = list->count;
    struct range ticks;
    double summand = 0;
    int power = 0;
    if (visible_range(list, limits, &ticks)) {
        summand = common_summand(ticks);
        power = power_of_ten(ticks, limits, summand);
    }
    double unit = pow(10, power);
    double *values = xcalloc(count + 1, sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = (list->items[i].value - summand) / unit;
    struct range ends = {(limits.low - summand) / unit,
                         (limits.high - summand) / unit};
    int decimals = decimals_of(values, count, span_of(values, count, ends));
    for (size_t i = 0; i < count; i++) {
        char text[400];
        double value = fabs(values[i]) < 1e-8 ? 0 : values[i];
        snprintf(text, sizeof text, "%1.*f", decimals, value);
        ticks_fix_minus(text, sizeof text);
        free(list->items[i].label);
        list->items[i].label = xstrdup(text);
    }
    describe_offset(list, summand, power);
    free(values);
}
