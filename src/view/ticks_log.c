/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Powers of ten: matplotlib's LogLocator, SymmetricalLogLocator and
   LogFormatterSciNotation. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "view/ticks.h"

/* WHOLE as an exponent of ten that a double can have. */
static int exponent(double whole)
{
    enum { LEAST = -324, MOST = 309 };
    return whole > LEAST ? (int)fmin(whole, MOST) : LEAST;
}

/* --------------------------------------------------------------- labels */

/* Multiples of powers that get a label, by how many decades are to be seen:
   a bit each. */
static unsigned labelled_multiples(double decades)
{
    if (decades > 1)
        return 1u << 1;
    if (decades > 0.4)
        return 1u << 1 | 1u << 2 | 1u << 3 | 1u << 4 | 1u << 6 | 1u << 10;
    return ~0u;
}

static bool is_whole(double value)
{
    return fabs(value - rint(value)) < 1e-10;
}

/* "10^{3}", "2\times10^{3}", or nothing when its multiple has no label. */
static void write_label(char *text, size_t size, double value,
                        unsigned multiples)
{
    text[0] = 0;
    if (!isfinite(value))
        return;
    if (value == 0) {
        snprintf(text, size, "$\\mathdefault{0}$");
        return;
    }
    const char *sign = value < 0 ? "-" : "";
    double logarithm = log10(fabs(value));
    bool is_power = is_whole(logarithm);
    double power = is_power ? rint(logarithm) : floor(logarithm);
    double multiple = pow(10, logarithm - power);
    if (!(multiples >> (int)rint(multiple) & 1))
        return;
    if (is_power)
        snprintf(text, size, "$\\mathdefault{%s10^{%d}}$", sign, (int)power);
    else
        snprintf(text, size, "$\\mathdefault{%s%g\\times10^{%d}}$", sign,
                 is_whole(multiple) ? rint(multiple) : multiple, (int)power);
}

static void label_all(struct tick_list *list, double decades)
{
    unsigned multiples = labelled_multiples(decades);
    for (size_t i = 0; i < list->count; i++) {
        char text[64];
        write_label(text, sizeof text, list->items[i].value, multiples);
        free(list->items[i].label);
        list->items[i].label = xstrdup(text);
    }
}

/* ------------------------------------------------------------ logarithmic */

/* Decades from one labelled tick to the next. */
static int stride_of(int decades, int most)
{
    int stride = (decades + 1) / most + 1;
    if (stride >= decades)
        stride = decades > 2 ? decades - 1 : 1;
    return stride;
}

static int count_minors(const struct tick_list *list, struct range limits)
{
    int count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct tick *tick = &list->items[i];
        count += tick->is_minor && tick->value >= limits.low &&
                 tick->value <= limits.high;
    }
    return count;
}

/* Within so small a part of a decade linear ticks say more. */
static void add_linear_minors(struct tick_list *list, struct range limits)
{
    struct tick_list linear = {.count = 0};
    enum { MOST = 9 };
    ticks_linear(&linear, limits, MOST, TICKS_USUAL);
    for (size_t i = 0; i < linear.count; i++)
        tick_list_add(list, linear.items[i].value, true, "");
    tick_list_done(&linear);
}

static void drop_minors(struct tick_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].is_minor)
            free(list->items[i].label);
        else
            list->items[kept++] = list->items[i];
    list->count = kept;
}

void ticks_log(struct tick_list *list, struct range limits, int most)
{
    double low = log10(limits.low), high = log10(limits.high);
    int decades = exponent(floor(high)) - exponent(ceil(low));
    int stride = stride_of(decades, most);
    bool has_minors = decades <= 10 && stride == 1;
    int last = exponent(ceil(high)) + 2 * stride;
    for (int power = exponent(floor(low)) - stride; power < last;
         power += stride) {
        double unit = pow(10, power);
        tick_list_add(list, unit, false, "");
        for (int i = 2; has_minors && i < 10; i++)
            tick_list_add(list, i * unit, true, "");
    }
    if (has_minors && count_minors(list, limits) <= 1) {
        drop_minors(list);
        add_linear_minors(list, limits);
    }
    label_all(list, high - low);
}

/* ---------------------------------------------- logarithmic on both sides */

/* The powers of ten of one side, from LOW to HIGH > 0. */
struct side {
    int first, last; /* exponents; LAST is not one of them */
};

static struct side side_of(double low, double high)
{
    return (struct side){exponent(floor(log10(low))),
                         exponent(ceil(log10(high)))};
}

static double decades_between(double low, double high)
{
    return log10(high / low);
}

void ticks_symlog(struct tick_list *list, struct range limits)
{
    enum { MOST = 15 };
    const double threshold = SYMLOG_THRESHOLD;
    double decades = 0;
    struct side below = {0, 0}, above = {0, 0};
    if (-threshold < limits.low && limits.high < threshold) {
        tick_list_add(list, limits.low, false, "");
        tick_list_add(list, limits.high, false, "");
        label_all(list, 0);
        return;
    }
    if (limits.low < -threshold) {
        double near = fmax(threshold, -limits.high);
        below = side_of(near, 1 - limits.low);
        decades += decades_between(near, -limits.low);
    }
    if (limits.high > threshold) {
        double near = fmax(threshold, limits.low);
        above = side_of(near, limits.high + 1);
        decades += decades_between(near, limits.high);
    }
    int count = below.last - below.first + above.last - above.first + 1;
    int stride = count / (MOST - 1) > 1 ? count / (MOST - 1) : 1;
    for (int power = below.first; power < below.last; power += stride)
        tick_list_add(list, -pow(10, power), false, "");
    tick_list_add(list, 0, false, "");
    for (int power = above.first; power < above.last; power += stride)
        tick_list_add(list, pow(10, power), false, "");
    label_all(list, decades);
}
