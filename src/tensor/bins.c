/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/bins.h"

#include <math.h>
#include <string.h>

#include "tensor/format.h"
#include "tensor/sort.h"

void bins_done(struct bins *bins)
{
    tensor_unref(bins->edges);
    tensor_unref(bins->sorted);
}

/* The range is told as Python shows its ends. */
static bool infinite_range(const struct bins *bins, const struct tensor *range,
                           struct error *err)
{
    struct strbuf text = STRBUF_INIT;

    for (int i = 0; i < 2; i++) {
        strbuf_adds(&text, i ? ", " : "");
        scalar_repr(range ? tensor_item_at(range, i)
                          : scalar_from_double(i ? bins->last : bins->first),
                    &text);
    }
    error_set(err, ERROR_VALUE, "%s range of [%s] is not finite",
              range ? "supplied" : "autodetected", text.text);
    strbuf_done(&text);
    return false;
}

static void find_extremes(const struct tensor *a, struct bins *bins)
{
    bins->first = INFINITY;
    bins->last = -INFINITY;
    for (int64_t i = 0; i < a->size; i++) {
        double x = ((const double *)a->data)[i];
        if (isnan(x)) {
            bins->first = bins->last = x;
            return;
        }
        bins->first = x < bins->first ? x : bins->first;
        bins->last = x > bins->last ? x : bins->last;
    }
}

/* From the least to the greatest value, or RANGE (may be NULL); a single
   value has a bin around it. */
static bool outer_edges(const struct tensor *a, const struct tensor *range,
                        struct bins *bins, struct error *err)
{
    if (range) {
        if (range->size != 2)
            return error_set(err, ERROR_VALUE, "range must be two numbers");
        bins->first = scalar_to_double(tensor_item_at(range, 0));
        bins->last = scalar_to_double(tensor_item_at(range, 1));
        if (bins->first > bins->last)
            return error_set(err, ERROR_VALUE,
                             "max must be larger than min in range parameter.");
    } else if (a->size == 0) {
        bins->first = 0;
        bins->last = 1;
    } else {
        find_extremes(a, bins);
    }
    if (!isfinite(bins->first) || !isfinite(bins->last))
        return infinite_range(bins, range, err);
    if (bins->first == bins->last) {
        bins->first -= 0.5;
        bins->last += 0.5;
    }
    return true;
}

/* first, …, last: COUNT + 1 evenly spaced edges. */
static struct tensor *even_edges(const struct bins *bins, enum dtype dtype,
                                 struct error *err)
{
    int64_t edges = bins->count + 1;
    struct tensor *result = tensor_new(DTYPE_FLOAT64, 1, &edges, err);
    double step = (bins->last - bins->first) / (double)bins->count;

    for (int64_t i = 0; result && i < edges; i++)
        ((double *)result->data)[i] =
            i == bins->count ? bins->last : (double)i * step + bins->first;
    if (!result || dtype == DTYPE_FLOAT64)
        return result;
    struct tensor *typed = tensor_astype(result, dtype, err);
    tensor_unref(result);
    return typed;
}

/* The edges between sorted values at FRACTION of the way (numpy.percentile's
   linear method). */
static double quantile(const double *sorted, int64_t n, double fraction)
{
    double at = fraction * (double)(n - 1);
    int64_t below = (int64_t)floor(at);
    double part = at - (double)below;

    if (below + 1 >= n)
        return sorted[n - 1];
    double step = sorted[below + 1] - sorted[below];
    return part >= 0.5 ? sorted[below + 1] - step * (1 - part)
                       : sorted[below] + step * part;
}

struct sample {
    const double *sorted;
    int64_t n;
    double extent, deviation, skew;
};

static double width_sturges(const struct sample *s)
{
    return s->extent / (log2((double)s->n) + 1);
}

static double width_sqrt(const struct sample *s)
{
    return s->extent / sqrt((double)s->n);
}

static double width_rice(const struct sample *s)
{
    return s->extent / (2 * pow((double)s->n, 1.0 / 3));
}

static double width_scott(const struct sample *s)
{
    return pow(24 * sqrt(M_PI) / (double)s->n, 1.0 / 3) * s->deviation;
}

static double width_fd(const struct sample *s)
{
    double iqr = quantile(s->sorted, s->n, 0.75) -
                 quantile(s->sorted, s->n, 0.25);
    return 2 * iqr * pow((double)s->n, -1.0 / 3);
}

static double width_doane(const struct sample *s)
{
    double n = (double)s->n;

    if (s->n <= 2 || s->deviation <= 0)
        return 0;
    double sg1 = sqrt(6 * (n - 2) / ((n + 1) * (n + 3)));
    return s->extent / (1 + log2(n) + log2(1 + fabs(s->skew) / sg1));
}

static double width_auto(const struct sample *s)
{
    double fd = width_fd(s), sturges = width_sturges(s);
    return fd != 0 && fd < sturges ? fd : sturges;
}

/* Rules for the width of a bin, by their authors' names. */
static const struct {
    const char *name;
    double (*width)(const struct sample *);
} rules[] = {{"auto", width_auto},   {"doane", width_doane},
             {"fd", width_fd},       {"rice", width_rice},
             {"scott", width_scott}, {"sqrt", width_sqrt},
             {"sturges", width_sturges}};

static void describe(struct sample *s)
{
    double mean = 0, square = 0, cube = 0;

    for (int64_t i = 0; i < s->n; i++)
        mean += s->sorted[i] / (double)s->n;
    for (int64_t i = 0; i < s->n; i++) {
        double d = s->sorted[i] - mean;
        square += d * d / (double)s->n;
        cube += d * d * d / (double)s->n;
    }
    s->extent = s->n ? s->sorted[s->n - 1] - s->sorted[0] : 0;
    s->deviation = sqrt(square);
    s->skew = square > 0 ? cube / (square * s->deviation) : 0;
}

/* How many bins RULE wants for the values of A between the outer edges. */
static bool count_by_rule(struct tensor *a, const char *rule,
                          struct bins *bins, struct error *err)
{
    size_t k = 0, rule_count = sizeof rules / sizeof *rules;

    while (k < rule_count && strcmp(rules[k].name, rule))
        k++;
    if (k == rule_count)
        return error_set(err, ERROR_VALUE,
                         "'%s' is not a valid estimator for `bins`", rule);
    struct tensor *order = tensor_sort(a, 0, false, err);
    if (!order)
        return false;
    const double *x = (const double *)order->data;
    int64_t low = 0, high = order->size;
    while (low < high && x[low] < bins->first)
        low++;
    while (high > low && x[high - 1] > bins->last)
        high--;
    struct sample sample = {.sorted = x + low, .n = high - low};
    bins->count = 1;
    if (sample.n) {
        describe(&sample);
        double width = rules[k].width(&sample);
        if (width > 0)
            bins->count = (int64_t)ceil((bins->last - bins->first) / width);
    }
    tensor_unref(order);
    return true;
}

static bool given_edges(const struct bins_wish *wish, struct bins *bins,
                        struct error *err)
{
    struct tensor *edges = wish->bins;

    for (int64_t i = 1; i < edges->size; i++)
        if (scalar_to_double(tensor_item_at(edges, i - 1)) >
            scalar_to_double(tensor_item_at(edges, i)))
            return error_set(err, ERROR_VALUE, "`%s` must %s, when an array",
                             wish->name,
                             strchr(wish->name, '[')
                                 ? "be monotonically increasing"
                                 : "increase monotonically");
    bins->uniform = false;
    bins->count = edges->size - 1;
    bins->edges = tensor_ref(edges);
    return true;
}

static bool count_given(const struct bins_wish *wish, struct bins *bins,
                        struct error *err)
{
    bool one_of_several = strchr(wish->name, '[');

    if (dtype_is_float(wish->bins->dtype))
        return error_set(err, ERROR_TYPE, "`%s` must be an integer, %s",
                         wish->name,
                         one_of_several ? "when a scalar"
                                        : "a string, or an array");
    bins->count = scalar_to_int(tensor_item(wish->bins));
    return bins->count >= 1 ||
           error_set(err, ERROR_VALUE,
                     "`%s` must be positive, when an integer", wish->name);
}

bool bins_init(struct bins *bins, struct tensor *a,
               const struct bins_wish *wish, struct error *err)
{
    int ndim = wish->bins ? wish->bins->ndim : 0;

    *bins = (struct bins){.uniform = true, .count = 10};
    if (ndim > 1)
        return error_set(err, ERROR_VALUE, "`%s` must be %s", wish->name,
                         strchr(wish->name, '[') ? "a scalar or 1d array"
                                                 : "1d, when an array");
    if (ndim == 1) {
        if (!given_edges(wish, bins, err))
            return false;
    } else {
        if (wish->bins && !count_given(wish, bins, err))
            return false;
        if (!outer_edges(a, wish->range, bins, err) ||
            (wish->rule && !count_by_rule(a, wish->rule, bins, err)))
            return false;
        bins->edges = even_edges(bins, wish->dtype, err);
    }
    bins->sorted = bins->edges
                       ? tensor_contiguous(bins->edges, DTYPE_FLOAT64, err)
                       : NULL;
    if (bins->sorted)
        return true;
    bins_done(bins);
    return false;
}

int64_t bins_find(const struct bins *bins, double x)
{
    const double *edges = (const double *)bins->sorted->data;
    int64_t count = bins->count;

    if (count < 1 || !(x >= edges[0]) || !(x <= edges[count]))
        return -1;
    if (bins->uniform) {
        double scale = (double)count / (bins->last - bins->first);
        int64_t k = (int64_t)((x - bins->first) * scale);
        k -= k == count;
        if (x < edges[k])
            k--;
        else if (k != count - 1 && x >= edges[k + 1])
            k++;
        return k;
    }
    int64_t low = 0, high = count;
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (x >= edges[middle])
            low = middle;
        else
            high = middle;
    }
    return low;
}
