/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting what falls where. */
#include <math.h>
#include <string.h>

#include "ops/arguments.h"
#include "ops/families.h"
#include "tensor/layout.h"
#include "tensor/sort.h"

/* ---------------------------------------------------------------- bincount */

static const struct param bincount_params[] = {
    {"x", PARAM_TENSOR, 0, NULL},
    {"weights", PARAM_TENSOR, 0, "None"},
    {"minlength", PARAM_INT, 0, "0"},
    {NULL, 0, 0, NULL}};

/* The length of the counts. */
static bool bincount_length(const struct tensor *x, const struct arg *args,
                            int64_t *ret, struct error *err)
{
    *ret = args[2].integer;
    if (*ret < 0)
        return error_set(err, ERROR_VALUE, "'minlength' must not be negative");
    for (int64_t i = 0; i < x->size; i++) {
        int64_t value = ((const int64_t *)x->data)[i];
        if (value < 0)
            return error_set(err, ERROR_VALUE,
                             "'list' argument must have no negative elements");
        if (value >= *ret)
            *ret = value + 1;
    }
    return true;
}

static struct tensor *count_values(const struct tensor *x, int64_t length,
                                   struct error *err)
{
    struct tensor *result = tensor_zeros(DTYPE_INT64, 1, &length, err);
    for (int64_t i = 0; result && i < x->size; i++)
        ((int64_t *)result->data)[((const int64_t *)x->data)[i]]++;
    return result;
}

static struct tensor *add_weights(const struct tensor *x, int64_t length,
                                  struct tensor *weights, struct error *err)
{
    if (weights->size != x->size)
        return error_null(err, ERROR_VALUE,
                          "The weights and list don't have the same length.");
    struct tensor *result = tensor_zeros(DTYPE_FLOAT64, 1, &length, err);
    struct tensor *w =
        result ? tensor_contiguous(weights, DTYPE_FLOAT64, err) : NULL;
    for (int64_t i = 0; w && i < x->size; i++)
        ((double *)result->data)[((const int64_t *)x->data)[i]] +=
            ((const double *)w->data)[i];
    if (!w) {
        tensor_unref(result);
        return NULL;
    }
    tensor_unref(w);
    return result;
}

static bool bincount_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    int64_t length;

    (void)op;
    if (args[0].tensor->ndim != 1)
        return error_set(err, ERROR_VALUE,
                         args[0].tensor->ndim
                             ? "object too deep for desired array"
                             : "object of too small depth for desired array");
    struct tensor *x = integers_from(args[0].tensor, err);
    struct tensor *result = NULL;
    if (x && bincount_length(x, args, &length, err))
        result = args[1].given ? add_weights(x, length, args[1].tensor, err)
                               : count_values(x, length, err);
    tensor_unref(x);
    return op_return_array(ret, result);
}

/* ---------------------------------------------------------------- digitize */

static const struct param digitize_params[] = {
    {"x", PARAM_TENSOR, 0, NULL},
    {"bins", PARAM_TENSOR, 0, NULL},
    {"right", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};

/* 1: the vector goes up (or stays), -1: it goes down, 0: neither. */
static int direction(const struct tensor *line)
{
    bool up = true, down = true;

    for (int64_t i = 1; i < line->size; i++) {
        double a = scalar_to_double(tensor_item_at(line, i - 1));
        double b = scalar_to_double(tensor_item_at(line, i));
        up = up && a <= b;
        down = down && a >= b;
    }
    return up ? 1 : down ? -1 : 0;
}

static bool digitize_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct tensor *bins = args[1].tensor;
    int way = bins->ndim == 1 ? direction(bins) : 0;

    (void)op;
    if (bins->ndim != 1)
        return error_set(err, ERROR_VALUE,
                         bins->ndim ? "object too deep for desired array"
                                    : "object of too small depth for desired "
                                      "array");
    if (way == 0)
        return error_set(err, ERROR_VALUE, "bins must be monotonically "
                                           "increasing or decreasing");
    struct tensor *rising = way > 0 ? tensor_ref(bins) : tensor_flip(bins, 0);
    struct tensor *result = tensor_searchsorted(rising, args[0].tensor,
                                                !args[2].flag, err);
    for (int64_t i = 0; way < 0 && result && i < result->size; i++) {
        int64_t *at = (int64_t *)result->data + i;
        *at = bins->size - *at;
    }
    tensor_unref(rising);
    return op_return_tensor(ret, result);
}

/* --------------------------------------------------------------- histogram */

static const struct param histogram_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"bins", PARAM_TENSOR, PARAM_OR_STRING, "10"},
    {"range", PARAM_TENSOR, 0, "None"},
    {"density", PARAM_BOOL, 0, "None"},
    {"weights", PARAM_TENSOR, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param edges_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"bins", PARAM_TENSOR, PARAM_OR_STRING, "10"},
    {"range", PARAM_TENSOR, 0, "None"},
    {"weights", PARAM_TENSOR, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param histogram2d_params[] = {
    {"x", PARAM_TENSOR, 0, NULL},
    {"y", PARAM_TENSOR, 0, NULL},
    {"bins", PARAM_TENSORS, PARAM_OR_ONE, "10"},
    {"range", PARAM_TENSOR, 0, "None"},
    {"density", PARAM_BOOL, 0, "None"},
    {"weights", PARAM_TENSOR, 0, "None"},
    {NULL, 0, 0, NULL}};

/* Bins of one width, or any edges. */
struct bins {
    bool uniform;
    int64_t count;
    double first, last;
    struct tensor *edges;  /* as returned; owned */
    struct tensor *sorted; /* the same as float64, contiguous; owned */
};

static void bins_done(struct bins *bins)
{
    tensor_unref(bins->edges);
    tensor_unref(bins->sorted);
}

/* From the least to the greatest value; a single one has a bin around it.
   RANGE (two numbers at RANGE, RANGE + STRIDE) comes first. */
static bool outer_edges(const struct tensor *a, const double *range,
                        struct bins *bins, struct error *err)
{
    if (range) {
        bins->first = range[0];
        bins->last = range[1];
        if (bins->first > bins->last)
            return error_set(err, ERROR_VALUE,
                             "max must be larger than min in range parameter.");
    } else if (a->size == 0) {
        bins->first = 0;
        bins->last = 1;
    } else {
        bins->first = INFINITY;
        bins->last = -INFINITY;
        for (int64_t i = 0; i < a->size; i++) {
            double x = ((const double *)a->data)[i];
            bins->first = x < bins->first || isnan(x) ? x : bins->first;
            bins->last = x > bins->last || isnan(x) ? x : bins->last;
        }
    }
    if (!isfinite(bins->first) || !isfinite(bins->last))
        return error_set(err, ERROR_VALUE,
                         "%s range of [%g, %g] is not finite",
                         range ? "supplied" : "autodetected", bins->first,
                         bins->last);
    if (bins->first == bins->last) {
        bins->first -= 0.5;
        bins->last += 0.5;
    }
    return true;
}

/* first, …, last: COUNT + 1 evenly spaced edges. */
static struct tensor *even_edges(const struct bins *bins, struct error *err)
{
    int64_t edges = bins->count + 1;
    struct tensor *result = tensor_new(DTYPE_FLOAT64, 1, &edges, err);
    double step = (bins->last - bins->first) / (double)bins->count;

    for (int64_t i = 0; result && i < edges; i++)
        ((double *)result->data)[i] =
            i == bins->count ? bins->last : (double)i * step + bins->first;
    return result;
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

static bool given_edges(struct tensor *edges, struct bins *bins,
                        struct error *err)
{
    for (int64_t i = 1; i < edges->size; i++)
        if (scalar_to_double(tensor_item_at(edges, i - 1)) >
            scalar_to_double(tensor_item_at(edges, i)))
            return error_set(err, ERROR_VALUE, "`bins` must increase "
                                               "monotonically, when an array");
    bins->uniform = false;
    bins->count = edges->size - 1;
    bins->edges = tensor_ref(edges);
    return true;
}

static bool count_given(const struct tensor *number, struct bins *bins,
                        struct error *err)
{
    if (dtype_is_float(number->dtype))
        return error_set(err, ERROR_TYPE,
                         "`bins` must be an integer, a string, or an array");
    bins->count = scalar_to_int(tensor_item(number));
    return bins->count >= 1 ||
           error_set(err, ERROR_VALUE,
                     "`bins` must be positive, when an integer");
}

/* A is float64 in one axis; BINS a number, edges or (RULE) a rule's name, or
   nothing for ten bins. */
static bool bins_init(struct bins *bins, struct tensor *a,
                      struct tensor *wanted, const char *rule,
                      const double *range, struct error *err)
{
    *bins = (struct bins){.uniform = true, .count = 10};
    if (wanted && wanted->ndim > 1)
        return error_set(err, ERROR_VALUE, "`bins` must be 1d, when an array");
    if (wanted && wanted->ndim == 1) {
        if (!given_edges(wanted, bins, err))
            return false;
    } else {
        if (wanted && !count_given(wanted, bins, err))
            return false;
        if (!outer_edges(a, range, bins, err) ||
            (rule && !count_by_rule(a, rule, bins, err)))
            return false;
        bins->edges = even_edges(bins, err);
    }
    bins->sorted = bins->edges
                       ? tensor_contiguous(bins->edges, DTYPE_FLOAT64, err)
                       : NULL;
    if (bins->sorted)
        return true;
    bins_done(bins);
    return false;
}

/* In which bin X falls, -1 for none; the last one includes its right edge. */
static int64_t bin_of(const struct bins *bins, double x)
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

/* A as float64 in one axis; owned. */
static struct tensor *values_line(struct tensor *a, struct error *err)
{
    struct tensor *line = tensor_ravel(a, 'C', err);
    struct tensor *plain =
        line ? tensor_contiguous(line, DTYPE_FLOAT64, err) : NULL;

    tensor_unref(line);
    return plain;
}

/* The two numbers of range=. */
static bool range_from(const struct arg *given, double range[2],
                       struct error *err)
{
    if (!given->given)
        return true;
    if (given->tensor->size != 2)
        return error_set(err, ERROR_VALUE, "range must be two numbers");
    range[0] = scalar_to_double(tensor_item_at(given->tensor, 0));
    range[1] = scalar_to_double(tensor_item_at(given->tensor, 1));
    return true;
}

/* BINS for the values A, as histogram's arguments want them. */
static bool bins_from_args(const struct arg *args, const struct arg *weights,
                           struct tensor *a, struct bins *bins,
                           struct error *err)
{
    double range[2];

    if (args[1].text && weights->given)
        return error_set(err, ERROR_TYPE,
                         "Automated estimation of the number of bins is not "
                         "supported for weighted data");
    if (weights->given && !same_shape(weights->tensor, args[0].tensor))
        return error_set(err, ERROR_VALUE,
                         "weights should have the same shape as a.");
    return range_from(&args[2], range, err) &&
           bins_init(bins, a, args[1].given ? args[1].tensor : NULL,
                     args[1].text, args[2].given ? range : NULL, err);
}

/* How many values (or what weights) fall into each bin. */
static struct tensor *count_bins(const struct bins *bins,
                                 const struct tensor *a,
                                 const struct tensor *weights,
                                 struct error *err)
{
    enum dtype dtype = weights ? DTYPE_FLOAT64 : DTYPE_INT64;
    struct tensor *result = tensor_zeros(dtype, 1, &bins->count, err);

    for (int64_t i = 0; result && i < a->size; i++) {
        int64_t k = bin_of(bins, ((const double *)a->data)[i]);
        if (k < 0)
            continue;
        if (weights)
            ((double *)result->data)[k] += ((const double *)weights->data)[i];
        else
            ((int64_t *)result->data)[k]++;
    }
    return result;
}

/* Takes COUNTS; divides them by widths and total. */
static struct tensor *densities(struct tensor *counts, const struct bins *bins,
                                struct error *err)
{
    struct tensor *result = tensor_astype(counts, DTYPE_FLOAT64, err);
    const double *edges = (const double *)bins->sorted->data;
    double total = 0;

    tensor_unref(counts);
    for (int64_t k = 0; result && k < result->size; k++)
        total += ((double *)result->data)[k];
    for (int64_t k = 0; result && k < result->size; k++) {
        double *x = (double *)result->data + k;
        *x = *x / (edges[k + 1] - edges[k]) / total;
    }
    return result;
}

/* Counts of weights have the weights' dtype. */
static struct tensor *as_weights(struct tensor *counts, enum dtype dtype,
                                 struct error *err)
{
    if (!counts || counts->dtype == dtype || dtype == DTYPE_BOOL)
        return counts;
    struct tensor *result = tensor_astype(counts, dtype, err);
    tensor_unref(counts);
    return result;
}

static bool histogram_forward(const struct op *op, const struct arg *args,
                              struct op_result *ret, struct error *err)
{
    struct tensor *a = values_line(args[0].tensor, err);
    struct tensor *weights = NULL, *counts = NULL;
    struct bins bins;

    (void)op;
    if (!a || !bins_from_args(args, &args[4], a, &bins, err)) {
        tensor_unref(a);
        return false;
    }
    if (args[4].given)
        weights = values_line(args[4].tensor, err);
    if (weights || !args[4].given)
        counts = count_bins(&bins, a, weights, err);
    if (counts && args[3].given && args[3].flag)
        counts = densities(counts, &bins, err);
    else if (args[4].given)
        counts = as_weights(counts, args[4].tensor->dtype, err);
    tensor_unref(a);
    tensor_unref(weights);
    if (!counts) {
        bins_done(&bins);
        return false;
    }
    struct tensor *edges = tensor_ref(bins.edges);
    bins_done(&bins);
    return return_items(ret, RESULT_TUPLE, 2,
                        (struct tensor *[]){counts, edges});
}

static bool edges_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    struct tensor *a = values_line(args[0].tensor, err);
    struct bins bins;

    (void)op;
    bool done = a && bins_from_args(args, &args[3], a, &bins, err);
    tensor_unref(a);
    if (!done)
        return false;
    struct tensor *edges = tensor_ref(bins.edges);
    bins_done(&bins);
    return op_return_array(ret, edges);
}

/* ------------------------------------------------------------- histogram2d */

/* The bins of one axis: bins=n, bins=[nx, ny], bins=edges or
   bins=[xedges, yedges]. */
static bool axis_bins(const struct arg *args, int axis, struct tensor *values,
                      struct bins *bins, struct error *err)
{
    struct tensor *wanted = NULL, *joined = NULL;
    double range[2];

    if (args[2].given && args[2].tensors.count <= 2) {
        int last = args[2].tensors.count - 1;
        wanted = last < 0 ? NULL
                          : args[2].tensors.items[axis < last ? axis : last];
    } else if (args[2].given) { /* a vector of edges, taken apart on its way */
        int64_t count = args[2].tensors.count;
        enum dtype dtype = args[2].tensors.items[0]->dtype;
        for (int64_t i = 1; i < count; i++)
            dtype = dtype_promote(dtype, args[2].tensors.items[i]->dtype);
        joined = tensor_new(dtype, 1, &count, err);
        for (int64_t i = 0; joined && i < count; i++)
            scalar_store(tensor_item(args[2].tensors.items[i]), dtype,
                         joined->data + (size_t)i * dtype_size(dtype));
        wanted = joined;
    }
    if (args[3].given && args[3].tensor->size != 4) {
        tensor_unref(joined);
        return error_set(err, ERROR_VALUE, "range argument must have one entry "
                                           "per dimension");
    }
    for (int i = 0; args[3].given && i < 2; i++)
        range[i] =
            scalar_to_double(tensor_item_at(args[3].tensor, 2 * axis + i));
    bool done = bins_init(bins, values, wanted, NULL,
                          args[3].given ? range : NULL, err);
    tensor_unref(joined);
    bins->uniform = false; /* counted by the edges themselves */
    return done;
}

static void count_pairs(const struct bins *bins, const struct tensor *x,
                        const struct tensor *y, const struct tensor *weights,
                        struct tensor *result)
{
    for (int64_t i = 0; i < x->size; i++) {
        int64_t row = bin_of(&bins[0], ((const double *)x->data)[i]);
        int64_t column = bin_of(&bins[1], ((const double *)y->data)[i]);
        if (row >= 0 && column >= 0)
            ((double *)result->data)[row * bins[1].count + column] +=
                weights ? ((const double *)weights->data)[i] : 1;
    }
}

static void make_density(const struct bins *bins, struct tensor *result)
{
    const double *x = (const double *)bins[0].sorted->data;
    const double *y = (const double *)bins[1].sorted->data;
    double *out = (double *)result->data, total = 0;

    for (int64_t i = 0; i < result->size; i++)
        total += out[i];
    for (int64_t i = 0; i < bins[0].count; i++)
        for (int64_t k = 0; k < bins[1].count; k++)
            out[i * bins[1].count + k] /=
                (x[i + 1] - x[i]) * (y[k + 1] - y[k]) * total;
}

static bool histogram2d_forward(const struct op *op, const struct arg *args,
                                struct op_result *ret, struct error *err)
{
    struct tensor *x = values_line(args[0].tensor, err);
    struct tensor *y = x ? values_line(args[1].tensor, err) : NULL;
    struct tensor *weights =
        y && args[5].given ? values_line(args[5].tensor, err) : NULL;
    struct tensor *result = NULL;
    struct bins bins[2];
    int made = 0;

    (void)op;
    if (x && y && x->size != y->size)
        error_set(err, ERROR_VALUE, "x and y must have the same length.");
    else if (y && (weights || !args[5].given))
        while (made < 2 &&
               axis_bins(args, made, made ? y : x, &bins[made], err))
            made++;
    if (made == 2) {
        int64_t shape[2] = {bins[0].count, bins[1].count};
        result = tensor_zeros(DTYPE_FLOAT64, 2, shape, err);
    }
    if (result) {
        count_pairs(bins, x, y, weights, result);
        if (args[4].given && args[4].flag)
            make_density(bins, result);
        return_items(ret, RESULT_TUPLE, 3,
                     (struct tensor *[]){result, tensor_ref(bins[0].edges),
                                         tensor_ref(bins[1].edges)});
    }
    while (made-- > 0)
        bins_done(&bins[made]);
    tensor_unref(x);
    tensor_unref(y);
    tensor_unref(weights);
    return result != NULL;
}

#define FUNCTION OP_FUNCTION

const struct op histogram_ops[] = {
    {"bincount", NULL, "np", FUNCTION, bincount_params, bincount_forward, NULL,
     NULL, "How often each of 0, 1, 2 … occurs", NULL,
     ">>> np.bincount([0, 1, 1, 3])\narray([1, 2, 0, 1])",
     "unique histogram"},
    {"digitize", NULL, "np", FUNCTION, digitize_params, digitize_forward, NULL,
     NULL, "In which bin each value falls; bins are given by their edges",
     NULL, ">>> np.digitize([0.2, 6.4, 3.0], [0, 1, 2.5, 4])\n"
           "array([1, 4, 3])",
     "searchsorted histogram"},
    {"histogram", NULL, "np", FUNCTION, histogram_params, histogram_forward,
     NULL, NULL, "How many values fall into each bin, and the bins' edges",
     "bins is a number of bins of one width, the edges, or a rule: 'auto', "
     "'doane', 'fd', 'rice', 'scott', 'sqrt', 'sturges'. The last bin includes "
     "its right edge.",
     ">>> np.histogram([1, 2, 1], bins=[0, 1, 2, 3])\n"
     "(array([0, 2, 1]), array([0, 1, 2, 3]))",
     "bincount digitize"},
    {"histogram_bin_edges", NULL, "np", FUNCTION, edges_params, edges_forward,
     NULL, NULL, "The edges of the bins that histogram would use", NULL,
     ">>> np.histogram_bin_edges([0, 1, 4], bins=4)\n"
     "array([0., 1., 2., 3., 4.])",
     "histogram"},
    {"histogram2d", NULL, "np", FUNCTION, histogram2d_params,
     histogram2d_forward, NULL, NULL,
     "How many points fall into each field of a grid, and the fields' edges",
     NULL,
     ">>> H, xedges, yedges = np.histogram2d([0, 1, 1], [0, 0, 2], bins=2)\n"
     ">>> H\narray([[1., 0.],\n       [1., 1.]])",
     "histogram"},
    {.name = NULL},
};
