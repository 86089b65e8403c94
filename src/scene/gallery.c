/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/gallery.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/i18n.h"

/* Less is no image but a handful of numbers. */
enum { LEAST_SIDE = 5 };

int gallery_side(int64_t size)
{
    int side =
        size > 0 && size < (1 << 24) ? (int)lround(sqrt((double)size)) : 0;
    return side >= LEAST_SIDE && (int64_t)side * side == size ? side : 0;
}

/* *CHANNELS numbers a pixel. */
static bool find_shape(const struct tensor *images, struct gallery *gallery,
                       int *channels)
{
    const int64_t *shape = images->shape;
    int ndim = images->ndim;
    *channels = ndim == 4 ? (int)shape[3] : 1;
    if (ndim < 2 || ndim > 4 || shape[0] == 0 || images->size == 0)
        return false;
    gallery->count = shape[0];
    gallery->rows = ndim > 2 ? (int)shape[1] : gallery_side(shape[1]);
    gallery->columns = ndim > 2 ? (int)shape[2] : gallery->rows;
    return gallery->rows > 0 && (*channels == 1 || *channels == 3);
}

static float pixel(const float *values, int channels)
{
    return channels == 1
               ? values[0]
               : 0.299f * values[0] + 0.587f * values[1] + 0.114f * values[2];
}

static void set_pixels(struct gallery *gallery, const struct tensor *images,
                       int channels)
{
    const float *values = (const float *)(const void *)images->data;
    int64_t count = images->size / channels;
    float low = INFINITY, high = -INFINITY;
    for (int64_t i = 0; i < images->size; i++) {
        low = fminf(low, values[i]);
        high = fmaxf(high, values[i]);
    }
    float factor = high > low ? 255.0f / (high - low) : 0.0f;
    for (int64_t i = 0; i < count; i++) {
        float value = pixel(values + i * channels, channels);
        gallery->pixels[i] =
            isfinite(value) ? (uint8_t)((value - low) * factor + 0.5f) : 0;
    }
}

static bool copy_bytes(struct gallery *gallery, struct tensor *images)
{
    struct error err = ERROR_INIT;
    struct tensor *bytes = tensor_contiguous(images, DTYPE_UINT8, &err);
    for (int64_t i = 0; bytes && i < bytes->size; i++)
        gallery->pixels[i] = ((const uint8_t *)bytes->data)[i];
    tensor_unref(bytes);
    error_clear(&err);
    return bytes != NULL;
}

static bool copy_numbers(struct gallery *gallery, struct tensor *images,
                         int channels)
{
    struct error err = ERROR_INIT;
    struct tensor *floats = tensor_contiguous(images, DTYPE_FLOAT32, &err);
    if (floats)
        set_pixels(gallery, floats, channels);
    tensor_unref(floats);
    error_clear(&err);
    return floats != NULL;
}

/* One number a sample, or the place of the largest of several. */
static int32_t class_of(const float *row, int64_t columns)
{
    int64_t best = 0;
    if (columns == 1)
        return (int32_t)row[0];
    for (int64_t i = 1; i < columns; i++)
        best = row[i] > row[best] ? i : best;
    return (int32_t)best;
}

static void copy_labels(struct gallery *gallery, struct tensor *labels)
{
    struct error err = ERROR_INIT;
    struct tensor *floats = tensor_contiguous(labels, DTYPE_FLOAT32, &err);
    int64_t columns = floats ? floats->size / gallery->count : 0;
    for (int64_t i = 0; columns > 0 && i < gallery->count; i++) {
        const float *row =
            (const float *)(const void *)floats->data + i * columns;
        gallery->classes[i] = class_of(row, columns);
        if (gallery->classes[i] >= gallery->class_count)
            gallery->class_count = gallery->classes[i] + 1;
    }
    if (columns > 1)
        gallery->class_count = (int)columns;
    tensor_unref(floats);
    error_clear(&err);
}

struct gallery *gallery_new(struct tensor *images, struct tensor *labels)
{
    struct gallery *gallery = xcalloc(1, sizeof *gallery);
    int channels;
    gallery->references = 1;
    bool good = find_shape(images, gallery, &channels);
    if (good) {
        size_t size = (size_t)gallery->rows * (size_t)gallery->columns;
        gallery->pixels = xmalloc((size_t)gallery->count * size);
        gallery->classes = xmalloc((size_t)gallery->count * sizeof(int32_t));
        good = images->dtype == DTYPE_UINT8 && channels == 1
                   ? copy_bytes(gallery, images)
                   : copy_numbers(gallery, images, channels);
    }
    if (!good) {
        gallery_unref(gallery);
        return NULL;
    }
    for (int64_t i = 0; i < gallery->count; i++)
        gallery->classes[i] = -1;
    if (labels && labels->ndim > 0 && labels->shape[0] == gallery->count)
        copy_labels(gallery, labels);
    return gallery;
}

struct gallery *gallery_ref(struct gallery *gallery)
{
    if (gallery)
        __atomic_add_fetch(&gallery->references, 1, __ATOMIC_RELAXED);
    return gallery;
}

void gallery_unref(struct gallery *gallery)
{
    if (!gallery ||
        __atomic_sub_fetch(&gallery->references, 1, __ATOMIC_ACQ_REL))
        return;
    free(gallery->pixels);
    free(gallery->classes);
    free(gallery);
}

const uint8_t *gallery_image(const struct gallery *gallery, int64_t index)
{
    return gallery->pixels + index * gallery->rows * gallery->columns;
}

const char *gallery_class_name(const struct gallery *gallery, int class,
                               char buffer[16])
{
    bool has_name = gallery && gallery->class_names && class >= 0 &&
                    class < gallery->class_count;
    if (has_name)
        return _(gallery->class_names[class]);
    snprintf(buffer, 16, "%d", class);
    return buffer;
}
