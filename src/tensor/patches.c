/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/patches.h"

#include <math.h>
#include <string.h>

#include "tensor/steps.h"
#include "tensor/windows.h"

/* From the first place of a window to its last, and one. */
static int64_t reach(const struct patches *patches, int axis)
{
    return (patches->size[axis] - 1) * patches->dilation[axis] + 1;
}

int64_t patches_count(const struct patches *patches, int axis, int64_t length)
{
    int64_t ignored;
    return windows_along(length, reach(patches, axis), patches->stride[axis],
                         patches->same, &ignored);
}

static struct scalar lowest(enum dtype dtype)
{
    if (dtype_is_float(dtype))
        return scalar_from_double(-INFINITY);
    if (dtype_kind(dtype) != 'i')
        return scalar_from_int(0);
    return scalar_from_int(INT64_MIN >> (64 - 8 * dtype_size(dtype)));
}

/* IMAGES in the middle of what the windows reach over; owned. */
static struct tensor *padded(struct tensor *images,
                             const struct patches *patches, struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS], before[PATCH_AXES];
    bool grows = false;
    memcpy(shape, images->shape, (size_t)images->ndim * sizeof *shape);
    for (int i = 0; i < patches->axes; i++) {
        int64_t length = shape[i + 1], needed = reach(patches, i);
        int64_t count = windows_along(length, needed, patches->stride[i],
                                      patches->same, &before[i]);
        int64_t covered = (count - 1) * patches->stride[i] + needed;
        shape[i + 1] = covered > length ? covered : length;
        grows |= covered > length;
    }
    if (!grows)
        return tensor_ref(images);
    struct steps s = {.err = err};
    struct tensor *wide =
        step(&s, tensor_full(patches->lowest ? lowest(images->dtype)
                                             : scalar_from_int(0),
                             images->dtype, images->ndim, shape, err));
    struct tensor *place = wide;
    for (int i = 0; i < patches->axes; i++)
        place = step_slice(&s, place, i + 1, before[i], images->shape[i + 1]);
    if (place && !tensor_assign(place, images, err))
        wide = NULL;
    return steps_end(&s, wide);
}

struct tensor *tensor_patches(struct tensor *images,
                              const struct patches *patches, struct error *err)
{
    int n = patches->axes, ndim = 2 * n + 2;
    int64_t shape[2 * PATCH_AXES + 2], strides[2 * PATCH_AXES + 2];
    struct tensor *wide = padded(images, patches, err);
    if (!wide)
        return NULL;
    shape[0] = wide->shape[0];
    strides[0] = wide->strides[0];
    for (int i = 0; i < n; i++) {
        int64_t stride = wide->strides[i + 1];
        shape[1 + i] = patches_count(patches, i, images->shape[i + 1]);
        strides[1 + i] = stride * patches->stride[i];
        shape[1 + n + i] = patches->size[i];
        strides[1 + n + i] = stride * patches->dilation[i];
    }
    shape[ndim - 1] = wide->shape[n + 1];
    strides[ndim - 1] = wide->strides[n + 1];
    struct tensor *view = tensor_view(wide, ndim, shape, strides, wide->data);
    struct tensor *copy = tensor_copy(view, err);
    tensor_unref(view);
    tensor_unref(wide);
    return copy;
}
