/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which picture an array gets. */
#include <math.h>
#include <stdio.h>

#include "base/i18n.h"
#include "scene/show.h"
#include "scene/show_parts.h"

enum {
    MOST_BARS = 64,     /* beyond, a curve */
    MOST_NUMBERS = 12,  /* rows and columns of a heat map that has them */
    MOST_IMAGES = 100,  /* of a grid */
    DIGIT = 28,         /* rows and columns of MNIST's */
    LEAST_CONFUSED = 2, /* classes of a confusion matrix */
    MOST_CONFUSED = 20
};

/* An array with these axes over X's numbers; NULL with an error. */
static struct tensor *shaped(struct tensor *x, int ndim, const int64_t *shape,
                             struct error *err)
{
    return tensor_reshape(x, ndim, shape, 'C', err);
}

/* --------------------------------------------------------------- one picture
 */

static struct figure *one_image(struct tensor *x, const char *title,
                                const struct tensor *whole, struct error *err)
{
    struct figure *figure = show_figure(title, whole, 4.8, 4.8);
    struct axes *axes = show_cell(figure, 1, 1, 0, 0);
    struct show_colors colors =
        show_has_negative(x) ? show_diverging(x) : show_colors_of(x, "binary");
    if (show_add_image(axes, x, colors, err))
        return figure;
    figure_free(figure);
    return NULL;
}

static double clamp(double x, double low, double high)
{
    return fmin(fmax(x, low), high);
}

static bool counts_only(const struct tensor *x)
{
    return (dtype_kind(x->dtype) == 'i' || dtype_kind(x->dtype) == 'u') &&
           !show_has_negative(x);
}

/* As many classes found as there are: most of them right. */
static bool is_confusion(const struct tensor *x)
{
    if (x->shape[0] != x->shape[1] || x->shape[0] < LEAST_CONFUSED ||
        x->shape[0] > MOST_CONFUSED || !counts_only(x))
        return false;
    double right = 0, all = 0;
    for (int64_t i = 0; i < x->size; i++) {
        double count = scalar_to_double(tensor_item_at(x, i));
        all += count;
        if (i / x->shape[1] == i % x->shape[1])
            right += count;
    }
    return all > 0 && right > all / 2 && x->shape[0] == 10;
}

static bool add_heat_map(struct figure *figure, struct axes *axes,
                         struct tensor *x, struct show_colors colors,
                         bool has_bar, struct error *err)
{
    struct artist *image = show_add_image(axes, x, colors, err);
    bool is_small = x->shape[0] <= MOST_NUMBERS && x->shape[1] <= MOST_NUMBERS;
    if (!image)
        return false;
    axes->x.is_integer = axes->y.is_integer = true;
    axes->is_equal =
        x->shape[0] < 8 * x->shape[1] && x->shape[1] < 8 * x->shape[0];
    if (is_small)
        show_add_numbers(axes, x, colors, 9);
    else if (has_bar)
        figure_add_colorbar(figure, axes, image);
    return true;
}

static struct show_colors heat_colors(const struct tensor *x)
{
    return show_has_negative(x) ? show_diverging(x)
                                : show_colors_of(x, "viridis");
}

static struct figure *heat_map(struct tensor *x, const char *title,
                               struct error *err)
{
    double rows = (double)x->shape[0], columns = (double)x->shape[1];
    struct figure *figure =
        show_figure(title, x, clamp(columns * 0.6 + 1.6, 4, 10),
                    clamp(rows * 0.6 + 1.6, 3, 8));
    struct axes *axes = show_cell(figure, 1, 1, 0, 0);
    bool is_confused = is_confusion(x);
    struct show_colors colors =
        is_confused ? show_colors_of(x, "Blues") : heat_colors(x);
    if (is_confused) {
        figure_set_text(&axes->x.label, _("the network's answer"));
        figure_set_text(&axes->y.label, _("the right answer"));
    }
    if (add_heat_map(figure, axes, x, colors, true, err))
        return figure;
    figure_free(figure);
    return NULL;
}

/* ------------------------------------------------------------------- one axis
 */

static struct series *indices(size_t count, struct error *err)
{
    struct series *ret = series_new(count, err);
    for (size_t i = 0; ret && i < count; i++)
        ret->values[i] = (double)i;
    return ret;
}

static struct series *constant(size_t count, double value, struct error *err)
{
    struct series *ret = series_new(count, err);
    for (size_t i = 0; ret && i < count; i++)
        ret->values[i] = value;
    return ret;
}

static struct artist *bars_of(const struct tensor *x, struct error *err)
{
    struct artist *artist = artist_new(ARTIST_BARS);
    size_t count = (size_t)x->size;
    artist->x = indices(count, err);
    artist->y = series_ref(artist->x);
    artist->bars.heights = series_of(x, err);
    artist->bars.widths = constant(count, 0.8, err);
    artist->bars.bases = constant(count, 0, err);
    if (!artist->x || !artist->bars.heights || !artist->bars.widths ||
        !artist->bars.bases) {
        artist_free(artist);
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        artist->x->values[i] -= 0.4;
    return artist;
}

static struct artist *line_of(const struct tensor *x, struct error *err)
{
    struct artist *artist = artist_new(ARTIST_LINE);
    artist->x = indices((size_t)x->size, err);
    artist->y = artist->x ? series_of(x, err) : NULL;
    if (artist->y)
        return artist;
    artist_free(artist);
    return NULL;
}

static struct figure *vector(struct tensor *x, const char *title,
                             struct error *err)
{
    struct figure *figure = show_figure(title, x, 6.4, 4.8);
    struct axes *axes = show_cell(figure, 1, 1, 0, 0);
    bool has_bars = x->size <= MOST_BARS;
    struct artist *artist = has_bars ? bars_of(x, err) : line_of(x, err);
    if (!artist) {
        figure_free(figure);
        return NULL;
    }
    axes_add(axes, artist);
    axes->x.is_integer = true;
    return figure;
}

/* -------------------------------------------------------------- many pictures
 */

/* What the colours of all images mean, below the title. */
static void name_ends(struct figure *figure, struct show_colors colors)
{
    struct strbuf text = STRBUF_INIT;
    strbuf_addf(&text, "%s\n", figure->title);
    strbuf_addf(&text, _("from %.2g (blue) over 0 to %.2g (red)"), colors.low,
                colors.high);
    figure_set_text(&figure->title, text.text);
    strbuf_done(&text);
}

/* X has the images behind each other; COLORS are common to all. */
static struct figure *image_grid(struct tensor *x, const char *title,
                                 const struct tensor *whole,
                                 struct show_colors colors, struct error *err)
{
    int count = x->shape[0] < MOST_IMAGES ? (int)x->shape[0] : MOST_IMAGES;
    int columns = count <= 4 ? count : (int)ceil(sqrt(count));
    int rows = (count + columns - 1) / columns;
    struct figure *figure =
        show_figure(title, whole, clamp(columns * 0.9, 4, 10),
                    clamp(rows * 0.9 + 0.8, 2.4, 8));
    for (int i = 0; i < count; i++) {
        struct tensor *view = tensor_section(x, 0, i, 1);
        struct tensor *image = tensor_drop_axis(view, 0);
        struct axes *axes =
            show_cell(figure, rows, columns, i / columns, i % columns);
        struct artist *artist = show_add_image(axes, image, colors, err);
        axes->is_off = true;
        tensor_unref(image);
        tensor_unref(view);
        if (!artist) {
            figure_free(figure);
            return NULL;
        }
    }
    if (colors.low < 0)
        name_ends(figure, colors);
    return figure;
}

/* N rows of 784 as N images. */
static struct figure *flat_images(struct tensor *x, const char *title,
                                  const struct tensor *whole, struct error *err)
{
    int64_t shape[3] = {x->shape[0], DIGIT, DIGIT};
    bool is_signed = show_has_negative(x);
    struct tensor *images = shaped(x, 3, shape, err);
    struct figure *figure = NULL;
    if (images)
        figure = image_grid(
            images, title, whole,
            is_signed ? show_diverging(x) : show_colors_of(x, "binary"), err);
    tensor_unref(images);
    return figure;
}

/* What each unit of a first layer looks at: its weights as an image. */
static struct figure *weight_map(struct tensor *x, const char *title,
                                 struct error *err)
{
    struct tensor *columns = tensor_transpose(x, NULL, err);
    int64_t count = x->shape[1] < MOST_IMAGES ? x->shape[1] : MOST_IMAGES;
    struct tensor *shown =
        columns ? tensor_section(columns, 0, 0, count) : NULL;
    struct figure *figure = shown ? flat_images(shown, title, x, err) : NULL;
    tensor_unref(shown);
    tensor_unref(columns);
    return figure;
}

/* A few matrices beside each other, with their numbers. */
static struct figure *slices(struct tensor *x, const char *title,
                             struct error *err)
{
    int count = (int)x->shape[0];
    double width = (double)x->shape[2] * 0.6 + 0.8;
    struct figure *figure =
        show_figure(title, x, clamp(count * width, 4, 12),
                    clamp((double)x->shape[1] * 0.6 + 1.6, 3, 8));
    struct show_colors colors = heat_colors(x);
    for (int i = 0; i < count; i++) {
        struct axes *axes = show_cell(figure, 1, count, 0, i);
        struct tensor *view = tensor_section(x, 0, i, 1);
        struct tensor *matrix = tensor_drop_axis(view, 0);
        char name[32];
        snprintf(name, sizeof name, "[%d]", i);
        figure_set_text(&axes->title, name);
        bool good = add_heat_map(figure, axes, matrix, colors, false, err);
        tensor_unref(matrix);
        tensor_unref(view);
        if (!good) {
            figure_free(figure);
            return NULL;
        }
    }
    return figure;
}

/* ------------------------------------------------------------------ the choice
 */

static bool is_channels(int64_t count)
{
    return count == 3 || count == 4;
}

static struct figure *show_1d(struct tensor *x, const char *title,
                              struct error *err)
{
    int64_t shape[2] = {DIGIT, DIGIT};
    if (x->size != DIGIT * DIGIT)
        return vector(x, title, err);
    struct tensor *image = shaped(x, 2, shape, err);
    struct figure *figure = image ? one_image(image, title, x, err) : NULL;
    tensor_unref(image);
    return figure;
}

static struct figure *show_2d(struct tensor *x, const char *title,
                              struct error *err)
{
    if (x->shape[0] == DIGIT * DIGIT && x->shape[1] != DIGIT * DIGIT)
        return weight_map(x, title, err);
    if (x->shape[1] == DIGIT * DIGIT && x->shape[0] != DIGIT * DIGIT) {
        int64_t count = x->shape[0] < MOST_IMAGES ? x->shape[0] : MOST_IMAGES;
        struct tensor *shown = tensor_section(x, 0, 0, count);
        struct figure *figure = flat_images(shown, title, x, err);
        tensor_unref(shown);
        return figure;
    }
    if (x->shape[0] == DIGIT && x->shape[1] == DIGIT)
        return one_image(x, title, x, err);
    return heat_map(x, title, err);
}

static struct figure *show_3d(struct tensor *x, const char *title,
                              struct error *err)
{
    bool is_large = x->shape[0] > MOST_NUMBERS && x->shape[1] > MOST_NUMBERS;
    if (is_channels(x->shape[2]) && is_large)
        return one_image(x, title, x, err);
    if (x->shape[2] == 1 && is_large) {
        struct tensor *image = tensor_drop_axis(x, 2);
        struct figure *figure = one_image(image, title, x, err);
        tensor_unref(image);
        return figure;
    }
    if (x->shape[0] <= 6 && x->shape[1] <= MOST_NUMBERS &&
        x->shape[2] <= MOST_NUMBERS)
        return slices(x, title, err);
    int64_t count = x->shape[0] < MOST_IMAGES ? x->shape[0] : MOST_IMAGES;
    struct tensor *shown = tensor_section(x, 0, 0, count);
    bool is_signed = show_has_negative(shown);
    struct figure *figure = image_grid(
        shown, title, x,
        is_signed ? show_diverging(shown) : show_colors_of(shown, "binary"),
        err);
    tensor_unref(shown);
    return figure;
}

static struct figure *show_4d(struct tensor *x, const char *title,
                              struct error *err)
{
    int64_t channels = x->shape[3];
    if (channels != 1 && !is_channels(channels))
        return error_null(err, ERROR_TYPE,
                          _("four axes are images when the last one has 1, 3 "
                            "or 4 numbers"));
    int64_t count = x->shape[0] < MOST_IMAGES ? x->shape[0] : MOST_IMAGES;
    struct tensor *section = tensor_section(x, 0, 0, count);
    struct tensor *shown =
        channels == 1 ? tensor_drop_axis(section, 3) : tensor_ref(section);
    struct figure *figure =
        image_grid(shown, title, x, show_colors_of(shown, "binary"), err);
    tensor_unref(shown);
    tensor_unref(section);
    return figure;
}

struct figure *show_tensor(struct tensor *x, const char *title,
                           struct error *err)
{
    if (x->ndim == 0)
        return error_null(err, ERROR_TYPE, _("a single number has no picture"));
    if (x->size == 0)
        return error_null(err, ERROR_VALUE,
                          _("there is nothing in it to be shown"));
    switch (x->ndim) {
    case 1:
        return show_1d(x, title, err);
    case 2:
        return show_2d(x, title, err);
    case 3:
        return show_3d(x, title, err);
    case 4:
        return show_4d(x, title, err);
    default:
        error_set(err, ERROR_TYPE, _("%d axes are too many for a picture"),
                  x->ndim);
        return NULL;
    }
}
