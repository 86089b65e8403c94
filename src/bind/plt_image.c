/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imshow(), matshow() and the colour bar. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/plt_internal.h"

/* -------------------------------------------------------------------- pixels
 */

static bool bad_shape(const struct tensor *pixels, struct error *err)
{
    struct strbuf shape = STRBUF_INIT;
    shape_format(&shape, pixels->ndim, pixels->shape);
    error_set(err, ERROR_TYPE, "Invalid shape %s for image data", shape.text);
    strbuf_done(&shape);
    return false;
}

static struct tensor *image_numbers(struct value value, struct error *err)
{
    struct tensor *ret;
    if (value.kind == VALUE_STRING)
        return error_null(err, ERROR_TYPE,
                          "Image data of dtype <U%zu cannot be converted to "
                          "float",
                          value.string->length);
    ret = value_to_tensor(value_array(value), DTYPE_COUNT, err);
    if (ret && ret->ndim == 3 && ret->shape[2] == 1) {
        struct tensor *flat = tensor_drop_axis(ret, 2);
        tensor_unref(ret);
        ret = flat;
    }
    return ret;
}

/* 0 to 1, or bytes. */
static uint8_t to_byte(const struct tensor *pixels, int64_t at)
{
    double x = scalar_to_double(tensor_item_at(pixels, at));
    if (dtype_kind(pixels->dtype) == 'f')
        x *= 255;
    return x >= 255 ? 255 : x > 0 ? (uint8_t)(x + 0.5) : 0;
}

static bool fill_colors(struct artist *artist, struct tensor *pixels,
                        struct error *err)
{
    int64_t channels = pixels->shape[2],
            count = pixels->shape[0] * pixels->shape[1];
    uint8_t *to = malloc((size_t)count * 4 + 1);
    if (!to)
        return error_set(err, ERROR_MEMORY, "Unable to allocate an image");
    artist->image.pixels = to;
    for (int64_t i = 0; i < count; i++, to += 4) {
        for (int64_t k = 0; k < 3; k++)
            to[k] = to_byte(pixels, i * channels + k);
        to[3] = channels == 4 ? to_byte(pixels, i * 4 + 3) : 255;
    }
    return true;
}

static bool fill_image(struct plt_call *call, struct artist *artist,
                       struct tensor *pixels, struct error *err)
{
    int64_t limit = 1 << 30;
    bool is_color =
        pixels->ndim == 3 && (pixels->shape[2] == 3 || pixels->shape[2] == 4);
    if (!is_color && pixels->ndim != 2)
        return bad_shape(pixels, err);
    if (pixels->shape[0] > limit || pixels->shape[1] > limit)
        return error_set(err, ERROR_MEMORY,
                         "an image this large cannot be "
                         "shown");
    artist->image.rows = (int)pixels->shape[0];
    artist->image.columns = (int)pixels->shape[1];
    if (is_color)
        return fill_colors(artist, pixels, err);
    artist->image.values = series_of(pixels, err);
    return artist->image.values &&
           plt_read_scale(call, artist->image.values, &artist->scale, err);
}

/* ------------------------------------------------------------------ imshow()
 */

static const char *const smooth[] = {
    "antialiased", "none",     "nearest", "bilinear", "bicubic",
    "spline16",    "spline36", "hanning", "hamming",  "hermite",
    "kaiser",      "quadric",  "catrom",  "gaussian", "bessel",
    "mitchell",    "sinc",     "lanczos", "blackman", NULL};

static bool read_extent(struct plt_call *call, struct artist *artist,
                        struct error *err)
{
    struct value value;
    double columns = artist->image.columns, rows = artist->image.rows;
    double *extent = artist->image.extent;
    if (plt_given(call, "extent", &value))
        return plt_tuple(value, 4, extent, err);
    extent[0] = -0.5;
    extent[1] = columns - 0.5;
    extent[2] = artist->image.from_below ? -0.5 : rows - 0.5;
    extent[3] = artist->image.from_below ? rows - 0.5 : -0.5;
    return true;
}

static bool read_aspect(struct plt_call *call, struct error *err)
{
    struct value value;
    double ratio;
    call->axes->is_equal = true;
    if (!plt_given(call, "aspect", &value))
        return true;
    if (value.kind == VALUE_STRING && !strcmp(value.string->text, "auto"))
        call->axes->is_equal = false;
    else if (value.kind != VALUE_STRING ||
             strcmp(value.string->text, "equal") != 0)
        return plt_to_number(value, &ratio, err);
    return true;
}

static bool style_image(struct plt_call *call, struct artist *artist,
                        struct error *err)
{
    static const char *const origins[] = {"upper", "lower", NULL};
    int way = 0, origin = 0;
    if (!plt_choice(call, "interpolation", smooth, &way, err) ||
        !plt_choice(call, "origin", origins, &origin, err))
        return false;
    artist->image.is_smooth = way > 2;
    artist->image.from_below = origin == 1;
    return read_extent(call, artist, err) && read_aspect(call, err) &&
           plt_read_artist(call, artist, err);
}

static bool add_image(struct plt_call *call, const char *name,
                      struct value *ret, struct error *err)
{
    struct tensor *pixels = image_numbers(plt_arg(call, name), err);
    struct artist *artist = artist_new(ARTIST_IMAGE);
    bool good = pixels && fill_image(call, artist, pixels, err) &&
                style_image(call, artist, err);
    tensor_unref(pixels);
    if (!good) {
        artist_free(artist);
        return false;
    }
    axes_add(call->axes, artist);
    call->figure->mapped = call->axes;
    call->figure->mappable = artist;
    *ret = plt_value(PLT_IMAGE, call->figure, call->axes, artist);
    return true;
}

static bool call_imshow(struct plt_call *call, struct value *ret,
                        struct error *err)
{
    return add_image(call, "X", ret, err);
}

/* ----------------------------------------------------------------- matshow()
 */

/* A figure of about the matrix's shape. */
static void shape_figure(struct figure *figure, double rows, double columns)
{
    double height = plt_settings.height, width = height * columns / rows;
    double grow = fmin(1, fmin(width / 4, height / 2));
    width /= grow;
    height /= grow;
    double shrink = fmax(1, fmax(width / 16, height / 16));
    figure->width = fmin(fmax(width / shrink, 4), 16);
    figure->height = fmin(fmax(height / shrink, 2), 16);
}

/* plt.matshow() opens a figure, with axes where matplotlib has them. */
static void open_for_matrix(struct plt_call *call, const struct tensor *matrix)
{
    static const double place[4] = {0.15, 0.09, 0.775, 0.775};
    call->figure = plt_open_figure(0);
    if (matrix->ndim == 2 && matrix->size > 0)
        shape_figure(call->figure->figure, (double)matrix->shape[0],
                     (double)matrix->shape[1]);
    call->axes = figure_add_free_axes(call->figure->figure, place);
    call->figure->current = call->axes;
}

static bool call_matshow(struct plt_call *call, struct value *ret,
                         struct error *err)
{
    struct tensor *pixels = image_numbers(plt_arg(call, "A"), err);
    if (!pixels)
        return false;
    if (call->of_pyplot)
        open_for_matrix(call, pixels);
    tensor_unref(pixels);
    if (!add_image(call, "A", ret, err))
        return false;
    call->axes->x.is_far = call->axes->x.has_both_ticks = true;
    call->axes->x.is_integer = call->axes->y.is_integer = true;
    return true;
}

/* ---------------------------------------------------------------- colorbar()
 */

static bool no_mappable(struct error *err)
{
    return error_set(err, ERROR_RUNTIME,
                     "No mappable was found to use for colorbar creation. "
                     "First define a mappable such as an image (with imshow) "
                     "or a contour set (with contourf).");
}

static bool call_colorbar(struct plt_call *call, struct value *ret,
                          struct error *err)
{
    struct value given, label;
    struct plt_figure *figure = call->figure;
    struct axes *axes = figure->mapped;
    struct artist *artist = figure->mappable;
    if (plt_given(call, "mappable", &given)) {
        struct plt_item *item = plt_get_item(given);
        if (!item)
            return error_set(err, ERROR_ATTRIBUTE,
                             "'%s' object has no attribute 'get_array'",
                             value_type_name(given));
        axes = item->axes;
        artist = item->artist;
    }
    if (!axes || !artist || !artist->scale.map)
        return no_mappable(err);
    struct axes *bar = figure_add_colorbar(figure->figure, axes, artist);
    if (plt_given(call, "label", &label)) {
        char *text = plt_to_text(label);
        figure_set_text(&bar->y.label, text);
        free(text);
    }
    *ret = plt_value(PLT_COLORBAR, figure, bar, NULL);
    return true;
}

/* --------------------------------------------------------- what maps colours
 */

static bool call_clim(struct plt_call *call, struct value *ret,
                      struct error *err)
{
    struct artist *artist = call->figure->mappable;
    (void)ret;
    if (!artist)
        return error_set(err, ERROR_RUNTIME,
                         "You must first define an image, e.g., with imshow");
    return plt_number(call, "vmin", &artist->scale.low, err) &&
           plt_number(call, "vmax", &artist->scale.high, err);
}

static bool call_get_cmap(struct plt_call *call, struct value *ret,
                          struct error *err)
{
    struct value name;
    const struct colormap *map;
    if (!plt_given(call, "name", &name))
        map = colormap_find(plt_settings.colormap, err);
    else if (!plt_to_colormap(name, "name", &map, err))
        return false;
    if (map)
        *ret = plt_colormap_value(map);
    return map != NULL;
}

static bool call_set_cmap(struct plt_call *call, struct value *ret,
                          struct error *err)
{
    const struct colormap *map;
    (void)ret;
    if (!plt_to_colormap(plt_arg(call, "cmap"), "name", &map, err))
        return false;
    char *name = xstrdup(colormap_name(map));
    free(plt_settings.colormap);
    plt_settings.colormap = name;
    struct plt_figure *figure =
        plt_figure_count() ? plt_current_figure() : NULL;
    if (figure && figure->mappable)
        figure->mappable->scale.map = map;
    return true;
}

/* -------------------------------------------------------------------- rows */

#define IMAGE_PARAMS                                                     \
    OPTIONAL("cmap", "None"), OPTIONAL("norm", "None"),                  \
        OPTIONAL("aspect", "None"), OPTIONAL("interpolation", "None"),   \
        OPTIONAL("alpha", "None"), OPTIONAL("vmin", "None"),             \
        OPTIONAL("vmax", "None"), OPTIONAL("origin", "None"),            \
        OPTIONAL("extent", "None"), KEYWORD("label"), KEYWORD("zorder"), \
        KEYWORD("visible"), KEYWORD("clip_on")

static const struct param imshow_params[] = {REQUIRED("X"), IMAGE_PARAMS,
                                             END_OF_PARAMS};
static const struct param matshow_params[] = {
    REQUIRED("A"), OPTIONAL("fignum", "None"), IMAGE_PARAMS, END_OF_PARAMS};
static const struct param colorbar_params[] = {OPTIONAL("mappable", "None"),
                                               OPTIONAL("cax", "None"),
                                               OPTIONAL("ax", "None"),
                                               KEYWORD("label"),
                                               KEYWORD("shrink"),
                                               KEYWORD("fraction"),
                                               KEYWORD("pad"),
                                               KEYWORD("aspect"),
                                               KEYWORD("orientation"),
                                               KEYWORD("ticks"),
                                               KEYWORD("extend"),
                                               KEYWORD("location"),
                                               END_OF_PARAMS};
static const struct param clim_params[] = {
    OPTIONAL("vmin", "None"), OPTIONAL("vmax", "None"), END_OF_PARAMS};
static const struct param get_cmap_params[] = {
    OPTIONAL("name", "None"), OPTIONAL("lut", "None"), END_OF_PARAMS};
static const struct param set_cmap_params[] = {REQUIRED("cmap"), END_OF_PARAMS};

const struct plt_row plt_image_rows[] = {
    {"imshow", "imshow", PLT_OF_AXES, call_imshow, imshow_params, "AxesImage",
     "An array as an image, each number a colour of the map"},
    {"matshow", "matshow", PLT_STATE, call_matshow, matshow_params, "AxesImage",
     "A matrix as an image, in a figure of its own"},
    {NULL, "matshow", PLT_OF_AXES, call_matshow, matshow_params, "AxesImage",
     "A matrix as an image"},
    {"colorbar", "colorbar", PLT_OF_FIGURE, call_colorbar, colorbar_params,
     NULL, "A bar that tells which number has which colour"},
    {"clim", NULL, PLT_OF_FIGURE, call_clim, clim_params, NULL,
     "The numbers at the ends of the image's colours"},
    {"get_cmap", NULL, PLT_STATE, call_get_cmap, get_cmap_params, NULL,
     "The colour map of that name"},
    {"set_cmap", NULL, PLT_STATE, call_set_cmap, set_cmap_params, NULL,
     "The colour map that images get from now on"},
    {.call = NULL}};

const struct plt_row plt_get_colormap_row = {"get_cmap",
                                             NULL,
                                             PLT_STATE,
                                             call_get_cmap,
                                             get_cmap_params,
                                             NULL,
                                             "The colour map of that name"};
