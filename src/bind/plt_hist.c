/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hist(): how many values fall into each bin. */
#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "bind/plt_internal.h"

/* ------------------------------------------------------------------- hist() */

struct histogram {
    size_t count;       /* of data sets */
    struct value *data; /* owned, 1-d arrays */
    struct value *tops; /* owned, one of each */
    struct value edges; /* owned */
    bool is_density, is_cumulative, is_stacked, is_horizontal;
    int type; /* bar, barstacked, step, stepfilled */
};

static void histogram_done(struct histogram *histogram)
{
    for (size_t i = 0; i < histogram->count; i++) {
        value_unref(histogram->data[i]);
        if (histogram->tops)
            value_unref(histogram->tops[i]);
    }
    free(histogram->data);
    free(histogram->tops);
    value_unref(histogram->edges);
}

/* A list holds data sets, an array has them in its columns. */
static bool split_data(struct plt_call *call, struct value x,
                       struct histogram *ret, struct error *err)
{
    struct error inner = ERROR_INIT;
    struct tensor *numbers = plt_numbers(x, NULL, &inner);
    bool is_list = x.kind != VALUE_TENSOR || x.tensor->from_list;
    if (numbers && (numbers->ndim == 1 || numbers->size == 0)) {
        ret->count = 1;
        ret->data = xcalloc(1, sizeof *ret->data);
        ret->data[0] = value_tensor_take(numbers);
        return true;
    }
    tensor_unref(numbers);
    if (!numbers && x.kind != VALUE_LIST && x.kind != VALUE_TUPLE) {
        error_move(err, &inner);
        return false;
    }
    error_clear(&inner);
    struct value sets;
    if (is_list)
        sets = value_ref(x);
    else if (!interp_get_attribute(call->interp, x, "T", &sets, err))
        return false;
    bool good =
        interp_collect(call->interp, sets, &ret->count, &ret->data, err);
    value_unref(sets);
    return good;
}

/* From the smallest to the largest value that is a number; None when there is
   none. */
static struct value range_of(const struct tensor *all)
{
    double low = INFINITY, high = -INFINITY;
    for (int64_t i = 0; i < all->size; i++) {
        double x = scalar_to_double(tensor_item_at(all, i));
        low = x < low ? x : low;
        high = x > high ? x : high;
    }
    struct value ends[2] = {value_float(low), value_float(high)};
    return low <= high ? value_tuple(2, ends) : value_none();
}

/* The common edges of all data sets' bins. */
static bool find_edges(struct plt_call *call, struct histogram *histogram,
                       struct error *err)
{
    struct value all, bins, range;
    struct value sets = value_list(histogram->count, histogram->data);
    bool good =
        plt_call_numpy(call->interp, "concatenate", 1, &sets, &all, err);
    value_unref(sets);
    if (!good)
        return false;
    if (!plt_given(call, "bins", &bins))
        bins = value_int(10);
    if (plt_given(call, "range", &range))
        value_ref(range);
    else
        range = range_of(all.tensor);
    struct value args[3] = {all, bins, range};
    good = plt_call_numpy(call->interp, "histogram_bin_edges", 3, args,
                          &histogram->edges, err);
    value_unref(range);
    value_unref(all);
    return good;
}

static bool count_data(struct plt_call *call, struct histogram *histogram,
                       struct error *err)
{
    histogram->tops = xcalloc(histogram->count, sizeof *histogram->tops);
    for (size_t i = 0; i < histogram->count; i++) {
        struct value weights, pair;
        if (!plt_given(call, "weights", &weights))
            weights = value_none();
        /* a, bins, range, density, weights */
        struct value args[5] = {
            histogram->data[i], histogram->edges, value_none(),
            value_bool(histogram->is_density && !histogram->is_stacked),
            weights};
        if (!plt_call_numpy(call->interp, "histogram", 5, args, &pair, err))
            return false;
        struct tensor *counts =
            value_to_tensor(pair.sequence->items[0], DTYPE_FLOAT64, err);
        struct tensor *own = counts ? tensor_copy(counts, err) : NULL;
        tensor_unref(counts);
        value_unref(pair);
        if (!own)
            return false;
        histogram->tops[i] = value_tensor_take(own);
    }
    return true;
}

static double *numbers_of(struct value array)
{
    return (double *)array.tensor->data;
}

/* The counts above each other, as densities, summed up: what was asked for. */
static void change_counts(struct histogram *histogram)
{
    const double *edges = numbers_of(histogram->edges);
    int64_t bins = histogram->edges.tensor->size - 1;
    double total = 0;
    for (size_t i = 1; histogram->is_stacked && i < histogram->count; i++)
        for (int64_t k = 0; k < bins; k++)
            numbers_of(histogram->tops[i])[k] +=
                numbers_of(histogram->tops[i - 1])[k];
    const double *last = numbers_of(histogram->tops[histogram->count - 1]);
    for (int64_t k = 0; k < bins; k++)
        total += last[k];
    for (size_t i = 0; i < histogram->count; i++) {
        double *top = numbers_of(histogram->tops[i]), sum = 0;
        for (int64_t k = 0; k < bins; k++) {
            double width = edges[k + 1] - edges[k];
            if (histogram->is_stacked && histogram->is_density)
                top[k] /= total * width;
            if (!histogram->is_cumulative)
                continue;
            sum += histogram->is_density ? top[k] * width : top[k];
            top[k] = sum;
        }
    }
}

/* Where bars of data set AT stand within their bins. */
static void bar_place(const struct histogram *histogram, size_t at,
                      double share, double *from, double *part)
{
    bool is_beside = histogram->type == 0 && !histogram->is_stacked;
    double beside = is_beside ? (double)histogram->count : 1;
    if (share <= 0)
        share = is_beside && histogram->count > 1 ? 0.8 : 1;
    *part = share / beside;
    *from = (1 - share) / 2 + (is_beside ? (double)at * *part : 0);
}

static struct artist *histogram_bars(struct plt_call *call,
                                     const struct histogram *histogram,
                                     size_t at, struct error *err)
{
    const double *edges = numbers_of(histogram->edges);
    const double *tops = numbers_of(histogram->tops[at]);
    const double *below = histogram->is_stacked && at
                              ? numbers_of(histogram->tops[at - 1])
                              : NULL;
    size_t bins = (size_t)histogram->edges.tensor->size - 1;
    struct artist *artist = plt_new_bars(histogram->is_horizontal);
    double share = 0, from, part;
    if (!plt_number(call, "rwidth", &share, err) ||
        !(artist->x = series_new(bins, err)) ||
        !(artist->bars.widths = series_new(bins, err)) ||
        !(artist->bars.heights = series_new(bins, err)) ||
        !(artist->bars.bases = series_new(bins, err))) {
        artist_free(artist);
        return NULL;
    }
    artist->y = series_ref(artist->x);
    bar_place(histogram, at, share, &from, &part);
    for (size_t i = 0; i < bins; i++) {
        double width = edges[i + 1] - edges[i], base = below ? below[i] : 0;
        artist->x->values[i] = edges[i] + from * width;
        artist->bars.widths->values[i] = part * width;
        artist->bars.bases->values[i] = base;
        artist->bars.heights->values[i] = tops[i] - base;
    }
    return artist;
}

/* histtype='step': the outline alone. */
static struct artist *histogram_outline(const struct histogram *histogram,
                                        size_t at, struct error *err)
{
    const double *edges = numbers_of(histogram->edges);
    const double *tops = numbers_of(histogram->tops[at]);
    size_t bins = (size_t)histogram->edges.tensor->size - 1;
    struct artist *artist = artist_new(ARTIST_LINE);
    struct series *along = series_new(2 * bins + 2, err);
    struct series *across = series_new(2 * bins + 2, err);
    artist->x = histogram->is_horizontal ? across : along;
    artist->y = histogram->is_horizontal ? along : across;
    if (!along || !across) {
        artist_free(artist);
        return NULL;
    }
    for (size_t i = 0; i <= bins; i++) {
        along->values[2 * i] = along->values[2 * i + 1] = edges[i];
        across->values[2 * i] = i ? tops[i - 1] : 0;
        across->values[2 * i + 1] = i < bins ? tops[i] : 0;
    }
    artist->stroke.width = 1;
    return artist;
}

/* One label is the first data set's, a list has one for each. */
static void label_data(struct plt_call *call, struct artist *artist, size_t at)
{
    struct value label = plt_arg(call, "label");
    bool is_list = label.kind == VALUE_LIST || label.kind == VALUE_TUPLE;
    if (is_list && at < label.sequence->count) {
        char *text = plt_to_text(label.sequence->items[at]);
        figure_set_text(&artist->label, text);
        free(text);
    } else if (is_list || at > 0) {
        figure_set_text(&artist->label, NULL);
    }
}

static struct artist *add_histogram(struct plt_call *call,
                                    const struct histogram *histogram,
                                    size_t at, const struct color *color,
                                    struct error *err)
{
    struct artist *artist = histogram->type == 2
                                ? histogram_outline(histogram, at, err)
                                : histogram_bars(call, histogram, at, err);
    if (!artist)
        return NULL;
    artist->face = *color;
    if (histogram->type == 2)
        artist->stroke.color = *color;
    bool good = histogram->type == 2 ? plt_read_artist(call, artist, err)
                                     : plt_read_edges(call, artist, err) &&
                                           plt_read_artist(call, artist, err);
    if (!good) {
        artist_free(artist);
        return NULL;
    }
    label_data(call, artist, at);
    return axes_add(call->axes, artist);
}

static enum plt_class histogram_class(const struct histogram *histogram)
{
    return histogram->type < 2 ? PLT_BARS : PLT_POLYGON;
}

static bool draw_histogram(struct plt_call *call,
                           const struct histogram *histogram,
                           struct value *patches, struct error *err)
{
    struct color *colors = NULL, one = {0, 0, 0, 0};
    bool given;
    *patches = value_list(0, NULL);
    if (!plt_colors(call, "color", histogram->count, &one, &given, &colors,
                    err))
        return false;
    bool good = true;
    for (size_t i = 0; good && i < histogram->count; i++) {
        struct color color = colors  ? colors[i]
                             : given ? one
                                     : plt_next_fill(call->axes);
        struct artist *artist = add_histogram(call, histogram, i, &color, err);
        good = artist != NULL;
        if (!good)
            break;
        struct value value = plt_value(histogram_class(histogram), call->figure,
                                       call->axes, artist);
        list_append(patches->sequence, value);
        value_unref(value);
    }
    free(colors);
    return good;
}

static bool read_histogram(struct plt_call *call, struct histogram *histogram,
                           struct error *err)
{
    static const char *const types[] = {"bar", "barstacked", "step",
                                        "stepfilled", NULL};
    static const char *const sides[] = {"vertical", "horizontal", NULL};
    int side = 0;
    bool is_log = false;
    if (!plt_choice(call, "histtype", types, &histogram->type, err) ||
        !plt_choice(call, "orientation", sides, &side, err) ||
        !plt_flag(call, "density", &histogram->is_density, err) ||
        !plt_flag(call, "cumulative", &histogram->is_cumulative, err) ||
        !plt_flag(call, "stacked", &histogram->is_stacked, err) ||
        !plt_flag(call, "log", &is_log, err))
        return false;
    histogram->is_horizontal = side == 1;
    histogram->is_stacked |= histogram->type == 1;
    if (is_log)
        *(side ? &call->axes->x.scale : &call->axes->y.scale) = SCALE_LOG;
    if (!split_data(call, plt_arg(call, "x"), histogram, err) ||
        !find_edges(call, histogram, err) || !count_data(call, histogram, err))
        return false;
    struct tensor *edges =
        value_to_tensor(histogram->edges, DTYPE_FLOAT64, err);
    struct tensor *own = edges ? tensor_copy(edges, err) : NULL;
    tensor_unref(edges);
    if (!own)
        return false;
    value_replace(&histogram->edges, value_tensor_take(own));
    change_counts(histogram);
    return true;
}

/* n, bins, patches: of one data set, or of several. */
static bool histogram_result(struct plt_call *call,
                             const struct histogram *histogram,
                             struct value patches, struct value *ret,
                             struct error *err)
{
    struct value parts[3];
    if (histogram->count == 1) {
        parts[0] = value_ref(histogram->tops[0]);
        parts[2] = value_ref(patches.sequence->items[0]);
    } else {
        struct value list = value_list(histogram->count, histogram->tops);
        bool good =
            plt_call_numpy(call->interp, "array", 1, &list, &parts[0], err);
        value_unref(list);
        if (!good)
            return false;
        parts[2] = value_ref(patches);
    }
    parts[1] = value_ref(histogram->edges);
    *ret = value_tuple_take(3, parts);
    return true;
}

static bool call_hist(struct plt_call *call, struct value *ret,
                      struct error *err)
{
    struct histogram histogram = {.edges = value_none()};
    struct value patches = value_none();
    bool good = read_histogram(call, &histogram, err) &&
                draw_histogram(call, &histogram, &patches, err) &&
                histogram_result(call, &histogram, patches, ret, err);
    value_unref(patches);
    histogram_done(&histogram);
    return good;
}

/* -------------------------------------------------------------------- rows */

static const struct param hist_params[] = {
    REQUIRED("x"),
    OPTIONAL("bins", "None"),
    OPTIONAL("range", "None"),
    OPTIONAL("density", "False"),
    OPTIONAL("weights", "None"),
    OPTIONAL("cumulative", "False"),
    OPTIONAL("bottom", "None"),
    OPTIONAL("histtype", "'bar'"),
    OPTIONAL("align", "'mid'"),
    OPTIONAL("orientation", "'vertical'"),
    OPTIONAL("rwidth", "None"),
    OPTIONAL("log", "False"),
    OPTIONAL("color", "None"),
    OPTIONAL("label", "None"),
    OPTIONAL("stacked", "False"),
    KEYWORD("edgecolor"),
    KEYWORD("facecolor"),
    KEYWORD("linewidth"),
    KEYWORD("linestyle"),
    KEYWORD("hatch"),
    KEYWORD("alpha"),
    KEYWORD("zorder"),
    KEYWORD("visible"),
    END_OF_PARAMS};

const struct plt_row plt_hist_rows[] = {
    {"hist", "hist", PLT_OF_AXES, call_hist, hist_params, "Rectangle",
     "A histogram: bars that count how many values fall into each bin"},
    {.call = NULL}};
