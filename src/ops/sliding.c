/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ops/sliding.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "tensor/steps.h"

static bool padding_from(const struct arg *padding, bool *ret_same,
                         struct error *err)
{
    const char *word = padding->string;
    *ret_same = !strcasecmp(word, "same");
    if (*ret_same || !*word || !strcasecmp(word, "valid"))
        return true;
    return error_set(err, ERROR_VALUE,
                     "padding must be 'valid' or 'same', got '%s'", word);
}

/* Keras's words and TensorFlow's letters: N images, C channels, D H W. */
static bool format_from(const struct arg *format, int axes,
                        bool *ret_channels_first, struct error *err)
{
    static const char *const last[] = {"NWC", "NHWC", "NDHWC"};
    static const char *const first[] = {"NCW", "NCHW", "NCDHW"};
    const char *word = format->given ? format->string : "channels_last";
    *ret_channels_first =
        !strcmp(word, "channels_first") || !strcmp(word, first[axes - 1]);
    if (*ret_channels_first || !strcmp(word, "channels_last") ||
        !strcmp(word, last[axes - 1]))
        return true;
    return error_set(err, ERROR_VALUE,
                     "data_format of images with %d axes must be "
                     "'channels_last' ('%s') or 'channels_first' ('%s'), got "
                     "'%s'",
                     axes + 2, last[axes - 1], first[axes - 1], word);
}

/* A number for all axes, one each, or TensorFlow's list that has a 1 for the
   images and one for the channels, too. */
static bool lengths_from(const char *name, const struct arg *arg,
                         const struct sliding *sliding, int64_t *ret,
                         struct error *err)
{
    int axes = sliding->patches.axes, count = arg->given ? arg->dims.count : 1;
    const int64_t one = 1, *values = arg->given ? arg->dims.values : &one;
    bool fits = count == 1 || count == axes || count == axes + 2;
    if (count == axes + 2) {
        int channels = sliding->channels_first ? 1 : axes + 1;
        fits = values[0] == 1 && values[channels] == 1;
        values += sliding->channels_first ? 2 : 1;
    }
    for (int i = 0; fits && i < axes; i++) {
        ret[i] = values[count == 1 ? 0 : i];
        fits = ret[i] > 0;
    }
    if (!fits)
        error_set(err, ERROR_VALUE,
                  "%s must be a positive number, or %d of them, one for each "
                  "axis of an image",
                  name, axes);
    return fits;
}

static bool check_images(const struct op *op, const struct tensor *images,
                         struct error *err)
{
    if (images->ndim >= 3 && images->ndim <= PATCH_AXES + 2)
        return true;
    error_set(err, ERROR_VALUE,
              "%s takes a batch of images with channels, 3 to 5 axes, not %d",
              op->name, images->ndim);
    error_hint(err, _("x[np.newaxis] is a batch of one image, "
                      "x[..., np.newaxis] has one channel"));
    return false;
}

static bool check_filters(const struct sliding *sliding,
                          const struct tensor *images,
                          const struct tensor *filters, struct error *err)
{
    if (filters->ndim == images->ndim &&
        filters->shape[filters->ndim - 2] == sliding->channels && filters->size)
        return true;
    if (filters->ndim != images->ndim) {
        error_set(err, ERROR_VALUE,
                  "images with %d axes need filters with as many, not %d",
                  images->ndim, filters->ndim);
        if (filters->ndim > images->ndim)
            error_hint(err, _("x[np.newaxis] is a batch of one image, "
                              "x[..., np.newaxis] has one channel"));
        return false;
    }
    struct strbuf shape = STRBUF_INIT;
    shape_format(&shape, filters->ndim, filters->shape);
    error_set(err, ERROR_VALUE,
              "the images have %" PRId64 " channels, the filters have shape %s",
              sliding->channels, shape.text);
    error_hint(err, sliding->patches.axes == 2
                        ? _("filters have shape (height, width, channels, "
                            "filters)")
                        : _("filters have shape (lengths…, channels, "
                            "filters)"));
    strbuf_done(&shape);
    return false;
}

static bool wrong_window(const struct sliding *sliding, struct error *err)
{
    struct strbuf size = STRBUF_INIT, length = STRBUF_INIT;
    shape_format(&size, sliding->patches.axes, sliding->patches.size);
    shape_format(&length, sliding->patches.axes, sliding->length);
    error_set(err, ERROR_VALUE, "a window of %s does not fit into images of %s",
              size.text, length.text);
    error_hint(err, _("padding='same' keeps the size of the image"));
    strbuf_done(&size);
    strbuf_done(&length);
    return false;
}

static bool place_windows(struct sliding *sliding, struct error *err)
{
    for (int i = 0; i < sliding->patches.axes; i++) {
        sliding->count[i] =
            patches_count(&sliding->patches, i, sliding->length[i]);
        if (!sliding->count[i] && !sliding->patches.same)
            return wrong_window(sliding, err);
    }
    return true;
}

/* The same for the kernels of float32. */
static void place_plain(struct sliding *sliding)
{
    const struct patches *patches = &sliding->patches;
    for (int i = 0; i < 2; i++) {
        sliding->windows.image[i] = sliding->length[i];
        sliding->windows.size[i] = patches->size[i];
        sliding->windows.stride[i] = patches->stride[i];
        sliding->plain &= patches->dilation[i] == 1;
    }
    sliding->windows.channels = sliding->channels;
    windows_place(&sliding->windows, patches->same);
}

bool sliding_from(const struct op *op, const struct arg *args,
                  struct sliding *ret, struct error *err)
{
    const struct tensor *images = args[0].tensor, *filters = NULL;
    struct arg none = {.given = false};
    struct sliding s = {.patches.lowest = *op->name == 'm'};
    bool convolves = *op->name == 'c';
    if (!check_images(op, images, err))
        return false;
    s.patches.axes = images->ndim - 2;
    if (!padding_from(&args[3], &s.patches.same, err) ||
        !format_from(&args[4], s.patches.axes, &s.channels_first, err) ||
        !lengths_from("dilation_rate", convolves ? &args[5] : &none, &s,
                      s.patches.dilation, err))
        return false;
    s.images = images->shape[0];
    s.channels = images->shape[s.channels_first ? 1 : images->ndim - 1];
    memcpy(s.length, images->shape + (s.channels_first ? 2 : 1),
           (size_t)s.patches.axes * sizeof *s.length);
    if (convolves) {
        filters = args[1].tensor;
        if (!check_filters(&s, images, filters, err))
            return false;
        memcpy(s.patches.size, filters->shape,
               (size_t)s.patches.axes * sizeof *s.length);
    } else if (!lengths_from("pool_size", &args[1], &s, s.patches.size, err))
        return false;
    const struct arg *strides =
        convolves || args[2].given ? &args[2] : &args[1];
    if (!lengths_from("strides", strides, &s, s.patches.stride, err) ||
        !place_windows(&s, err))
        return false;
    s.plain = s.patches.axes == 2 && images->size &&
              images->dtype == DTYPE_FLOAT32 &&
              (!filters || filters->dtype == DTYPE_FLOAT32);
    if (s.plain)
        place_plain(&s);
    *ret = s;
    return true;
}

void sliding_to_last(int ndim, int64_t *ret)
{
    for (int i = 0; i < ndim; i++)
        ret[i] = i == 0 ? 0 : i + 1;
    ret[ndim - 1] = 1;
}

void sliding_to_first(int ndim, int64_t *ret)
{
    for (int i = 0; i < ndim; i++)
        ret[i] = i - (i > 0);
    ret[1] = ndim - 1;
}

int sliding_flat(const struct sliding *sliding, int64_t *ret_shape)
{
    int axes = sliding->patches.axes;
    ret_shape[0] = sliding->images;
    memcpy(ret_shape + 1, sliding->count, (size_t)axes * sizeof *ret_shape);
    ret_shape[axes + 1] = 1;
    for (int i = 0; i < axes; i++)
        ret_shape[axes + 1] *= sliding->patches.size[i];
    ret_shape[axes + 2] = sliding->channels;
    return axes + 3;
}

struct tensor *sliding_inside(const struct sliding *sliding, struct error *err)
{
    struct sliding own = *sliding;
    struct steps s = {.err = err};
    int64_t shape[PATCH_AXES + 3];
    own.images = own.channels = 1;
    shape[0] = shape[own.patches.axes + 1] = 1;
    memcpy(shape + 1, own.length, (size_t)own.patches.axes * sizeof *shape);
    struct tensor *ones =
        step(&s, tensor_full(scalar_from_double(1), DTYPE_FLOAT64,
                             own.patches.axes + 2, shape, err));
    struct tensor *patches =
        ones ? step(&s, tensor_patches(ones, &own.patches, err)) : NULL;
    int ndim = sliding_flat(&own, shape);
    struct tensor *flat =
        patches ? step(&s, tensor_reshape(patches, ndim, shape, 'C', err))
                : NULL;
    return steps_end(&s, step_sum(&s, flat, -2));
}
