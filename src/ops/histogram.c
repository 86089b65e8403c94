/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting what falls between edges. */
#include "ops/arguments.h"
#include "ops/families.h"
#include "tensor/bins.h"
#include "tensor/elementwise.h"
#include "tensor/index.h"
#include "tensor/layout.h"
#include "tensor/sort.h"
#include "tensor/steps.h"

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

/* ---------------------------------------------------------------- the data */

/* The values and their weights as float64 in one axis; owned. */
struct data {
    struct tensor *values, *weights; /* no weights: NULL */
};

static void data_done(struct data *data)
{
    tensor_unref(data->values);
    tensor_unref(data->weights);
}

static struct tensor *values_line(struct tensor *a, struct error *err)
{
    struct tensor *line = tensor_ravel(a, 'C', err);
    struct tensor *plain =
        line ? tensor_contiguous(line, DTYPE_FLOAT64, err) : NULL;

    tensor_unref(line);
    return plain;
}

static bool data_init(struct data *data, const struct arg *a,
                      const struct arg *weights, struct op_result *ret,
                      struct error *err)
{
    *data = (struct data){.values = NULL};
    if (a->tensor->dtype == DTYPE_BOOL)
        ret->warning = "RuntimeWarning: Converting input from bool to <class "
                       "'numpy.uint8'> for compatibility.";
    if (weights->given && !same_shape(weights->tensor, a->tensor))
        return error_set(err, ERROR_VALUE,
                         "weights should have the same shape as a.");
    data->values = values_line(a->tensor, err);
    if (data->values && weights->given)
        data->weights = values_line(weights->tensor, err);
    if (data->values && (data->weights || !weights->given))
        return true;
    data_done(data);
    return false;
}

/* --------------------------------------------------------------- histogram */

/* BINS for the values, as histogram's arguments want them.  float32 has edges
   of float32. */
static bool bins_from_args(const struct arg *args, const struct data *data,
                           struct bins *bins, struct error *err)
{
    struct bins_wish wish = {
        .bins = args[1].given ? args[1].tensor : NULL,
        .rule = args[1].text,
        .range = args[2].given ? args[2].tensor : NULL,
        .dtype = args[0].tensor->dtype == DTYPE_FLOAT32 ? DTYPE_FLOAT32
                                                        : DTYPE_FLOAT64,
        .name = "bins"};

    if (wish.rule && data->weights)
        return error_set(err, ERROR_TYPE,
                         "Automated estimation of the number of bins is not "
                         "supported for weighted data");
    return bins_init(bins, data->values, &wish, err);
}

/* How many values fall into each bin, or (WEIGHTS) what they weigh. */
static struct tensor *count_bins(const struct bins *bins,
                                 const struct data *data, struct error *err)
{
    enum dtype dtype = data->weights ? DTYPE_FLOAT64 : DTYPE_INT64;
    struct tensor *result = tensor_zeros(dtype, 1, &bins->count, err);

    for (int64_t i = 0; result && i < data->values->size; i++) {
        int64_t k = bins_find(bins, ((const double *)data->values->data)[i]);
        if (k < 0)
            continue;
        if (data->weights)
            ((double *)result->data)[k] +=
                ((const double *)data->weights->data)[i];
        else
            ((int64_t *)result->data)[k]++;
    }
    return result;
}

/* Weights between edges that were given: differences of the sums up to each
   edge, as NumPy takes them, to the last digit. */
static struct tensor *weigh_bins(const struct bins *bins,
                                 const struct data *data, bool single,
                                 struct error *err)
{
    const double *edges = (const double *)bins->sorted->data;
    const double *values = (const double *)data->values->data;
    const double *weights = (const double *)data->weights->data;
    struct tensor *order = tensor_sort(data->values, 0, true, err);
    struct tensor *result =
        order ? tensor_zeros(DTYPE_FLOAT64, 1, &bins->count, err) : NULL;
    double sum = 0, before = 0;
    int64_t i = 0;

    for (int64_t k = 0; result && k <= bins->count; k++) {
        for (; i < order->size; i++) {
            int64_t at = ((const int64_t *)order->data)[i];
            if (!(values[at] < edges[k] ||
                  (k == bins->count && values[at] == edges[k])))
                break;
            sum += weights[at];
            sum = single ? (float)sum : sum;
        }
        if (k)
            ((double *)result->data)[k - 1] = sum - before;
        before = sum;
    }
    tensor_unref(order);
    return result;
}

/* The counts; those of weights have the weights' dtype. */
static struct tensor *histogram(const struct bins *bins,
                                const struct data *data,
                                const struct arg *weights, struct error *err)
{
    if (!data->weights)
        return count_bins(bins, data, err);
    enum dtype dtype = weights->tensor->dtype;
    struct tensor *sums =
        bins->uniform ? count_bins(bins, data, err)
                      : weigh_bins(bins, data, dtype == DTYPE_FLOAT32, err);
    if (!sums || dtype == DTYPE_FLOAT64)
        return sums;
    struct tensor *typed = tensor_astype(sums, dtype, err);
    tensor_unref(sums);
    return typed;
}

/* Takes COUNTS; divides them by widths and total. */
static struct tensor *densities(struct tensor *counts, const struct bins *bins,
                                struct error *err)
{
    struct steps s = {.err = err};
    int64_t n = bins->count;
    struct tensor *edges = bins->sorted;
    struct tensor *widths =
        step_binary(&s, "subtract", step_slice(&s, edges, 0, 1, n),
                    step_slice(&s, edges, 0, 0, n));
    struct tensor *heights = step_binary(&s, "divide", counts, widths);
    struct tensor *result = steps_end(
        &s, step_binary(&s, "divide", heights, step_sum(&s, counts, 0)));

    tensor_unref(counts);
    return result;
}

static bool histogram_forward(const struct op *op, const struct arg *args,
                              struct op_result *ret, struct error *err)
{
    struct tensor *items[2] = {NULL, NULL};
    struct data data;
    struct bins bins;

    (void)op;
    if (!data_init(&data, &args[0], &args[4], ret, err))
        return false;
    if (bins_from_args(args, &data, &bins, err)) {
        items[0] = histogram(&bins, &data, &args[4], err);
        if (items[0] && args[3].given && args[3].flag)
            items[0] = densities(items[0], &bins, err);
        items[1] = tensor_ref(bins.edges);
        bins_done(&bins);
    }
    data_done(&data);
    if (items[0])
        return return_items(ret, RESULT_TUPLE, 2, items);
    tensor_unref(items[1]);
    return false;
}

static bool edges_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    struct data data;
    struct bins bins;

    (void)op;
    if (!data_init(&data, &args[0], &args[3], ret, err))
        return false;
    bool done = bins_from_args(args, &data, &bins, err);
    data_done(&data);
    if (!done)
        return false;
    struct tensor *edges = tensor_ref(bins.edges);
    bins_done(&bins);
    return op_return_array(ret, edges);
}

/* ------------------------------------------------------------- histogram2d */

/* A vector of edges that was taken apart on its way, together again; owned. */
static struct tensor *join_edges(const struct arg *parts, struct error *err)
{
    int64_t count = parts->tensors.count;
    enum dtype dtype = parts->tensors.items[0]->dtype;

    for (int64_t i = 1; i < count; i++)
        dtype = dtype_promote(dtype, parts->tensors.items[i]->dtype);
    struct tensor *joined = tensor_new(dtype, 1, &count, err);
    for (int64_t i = 0; joined && i < count; i++)
        scalar_store(tensor_item(parts->tensors.items[i]), dtype,
                     joined->data + (size_t)i * dtype_size(dtype));
    return joined;
}

/* The bins of one axis: bins=n, bins=[nx, ny], bins=edges or
   bins=[xedges, yedges]. */
static bool axis_bins(const struct arg *args, int axis, struct tensor *values,
                      struct bins *bins, struct error *err)
{
    static const char *const names[] = {"bins[0]", "bins[1]"};
    struct bins_wish wish = {.dtype = DTYPE_FLOAT64, .name = names[axis]};
    struct tensor *joined = NULL, *range = NULL;

    if (args[2].given && args[2].tensors.count <= 2) {
        int last = args[2].tensors.count - 1;
        wish.bins = last < 0
                        ? NULL
                        : args[2].tensors.items[axis < last ? axis : last];
    } else if (args[2].given) {
        wish.bins = joined = join_edges(&args[2], err);
        if (!joined)
            return false;
    }
    if (args[3].given)
        wish.range = range = tensor_section(args[3].tensor, 0, axis, 1);
    bool done = bins_init(bins, values, &wish, err);
    tensor_unref(joined);
    tensor_unref(range);
    bins->uniform = false; /* counted by the edges themselves */
    return done;
}

static void count_pairs(const struct bins *bins, const struct data *x,
                        const struct tensor *y, struct tensor *result)
{
    for (int64_t i = 0; i < x->values->size; i++) {
        int64_t row = bins_find(&bins[0], ((double *)x->values->data)[i]);
        int64_t column = bins_find(&bins[1], ((const double *)y->data)[i]);
        if (row >= 0 && column >= 0)
            ((double *)result->data)[row * bins[1].count + column] +=
                x->weights ? ((const double *)x->weights->data)[i] : 1;
    }
}

static void make_density(const struct bins *bins, struct tensor *result)
{
    const double *x = (const double *)bins[0].sorted->data;
    const double *y = (const double *)bins[1].sorted->data;
    double *out = (double *)result->data, total = 0;

    fp_events_begin();
    for (int64_t i = 0; i < result->size; i++)
        total += out[i];
    for (int64_t i = 0; i < bins[0].count; i++)
        for (int64_t k = 0; k < bins[1].count; k++)
            out[i * bins[1].count + k] = out[i * bins[1].count + k] /
                                         (x[i + 1] - x[i]) /
                                         (y[k + 1] - y[k]) / total;
    fp_events_end("divide");
}

/* len(), which numbers have not. */
static bool check_length(const struct arg *a, struct error *err)
{
    enum dtype dtype = a->tensor->dtype;

    if (a->tensor->ndim)
        return true;
    if (a->array)
        return error_set(err, ERROR_TYPE, "len() of unsized object");
    return error_set(err, ERROR_TYPE, "object of type '%s%s' has no len()",
                     a->np_scalar ? "numpy." : "",
                     a->np_scalar && dtype == DTYPE_BOOL ? "bool_"
                     : a->np_scalar || dtype == DTYPE_BOOL ? dtype_name(dtype)
                     : dtype_is_float(dtype)               ? "float"
                                                           : "int");
}

static bool check_pairs(const struct arg *args, struct error *err)
{
    const struct tensor *x = args[0].tensor, *y = args[1].tensor;

    if (!check_length(&args[0], err) || !check_length(&args[1], err))
        return false;
    if (x->shape[0] != y->shape[0])
        return error_set(err, ERROR_VALUE,
                         "x and y must have the same length.");
    if (x->ndim > 1 || y->ndim > 1)
        return error_set(err, ERROR_VALUE, "x and y must be 1d");
    if (args[3].given &&
        (args[3].tensor->ndim != 2 || args[3].tensor->shape[0] != 2))
        return error_set(err, ERROR_VALUE, "range argument must have one entry "
                                           "per dimension");
    if (args[5].given && args[5].tensor->ndim != 1)
        return error_set(err, ERROR_VALUE, "object too deep for desired array");
    return !args[5].given || args[5].tensor->size == x->size ||
           error_set(err, ERROR_VALUE,
                     "The weights and list don't have the same length.");
}

static bool histogram2d_forward(const struct op *op, const struct arg *args,
                                struct op_result *ret, struct error *err)
{
    struct data x = {.values = NULL};
    struct tensor *y = NULL, *result = NULL;
    struct bins bins[2];
    int made = 0;

    (void)op;
    if (!check_pairs(args, err))
        return false;
    x.values = values_line(args[0].tensor, err);
    y = x.values ? values_line(args[1].tensor, err) : NULL;
    if (y && args[5].given)
        x.weights = values_line(args[5].tensor, err);
    if (y && (x.weights || !args[5].given))
        while (made < 2 && axis_bins(args, made, made ? y : x.values,
                                     &bins[made], err))
            made++;
    if (made == 2) {
        int64_t shape[2] = {bins[0].count, bins[1].count};
        result = tensor_zeros(DTYPE_FLOAT64, 2, shape, err);
    }
    if (result) {
        count_pairs(bins, &x, y, result);
        if (args[4].given && args[4].flag)
            make_density(bins, result);
        return_items(ret, RESULT_TUPLE, 3,
                     (struct tensor *[]){result, tensor_ref(bins[0].edges),
                                         tensor_ref(bins[1].edges)});
    }
    while (made-- > 0)
        bins_done(&bins[made]);
    data_done(&x);
    tensor_unref(y);
    return result != NULL;
}

/* ------------------------------------------------------------------- table */

const struct op histogram_ops[] = {
    {"histogram", NULL, "np", OP_FUNCTION, histogram_params, histogram_forward,
     NULL, NULL, "How many values fall into each bin, and the bins' edges",
     "bins is a number of bins of one width, the edges, or a rule: 'auto', "
     "'doane', 'fd', 'rice', 'scott', 'sqrt', 'sturges'. The last bin includes "
     "its right edge.",
     ">>> np.histogram([1, 2, 1], bins=[0, 1, 2, 3])\n"
     "(array([0, 2, 1]), array([0, 1, 2, 3]))",
     "bincount digitize"},
    {"histogram_bin_edges", NULL, "np", OP_FUNCTION, edges_params, edges_forward,
     NULL, NULL, "The edges of the bins that histogram would use", NULL,
     ">>> np.histogram_bin_edges([0, 1, 4], bins=4)\n"
     "array([0., 1., 2., 3., 4.])",
     "histogram"},
    {"histogram2d", NULL, "np", OP_FUNCTION, histogram2d_params,
     histogram2d_forward, NULL, NULL,
     "How many points fall into each field of a grid, and the fields' edges",
     NULL,
     ">>> H, xedges, yedges = np.histogram2d([0, 1, 1], [0, 0, 2], bins=2)\n"
     ">>> H\narray([[1., 0.],\n       [1., 1.]])",
     "histogram"},
    {.name = NULL},
};
