/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Windows that slide over images, for convolution and pooling.  Images are
 * float32 in plain row-major memory: height x width x channels (NHWC).
 *
 * Padding as TensorFlow has it (tensorflow.org/api_docs/python/tf/nn, "Notes
 * on padding"): "valid" takes the windows that lie wholly inside, "same" as
 * many as make ceil(length / stride), with the odd row or column of padding
 * below and to the right.
 */
#ifndef TENSOR_WINDOWS_H
#define TENSOR_WINDOWS_H

#include <stdbool.h>
#include <stdint.h>

struct windows {
    int64_t image[2]; /* height, width */
    int64_t channels;
    int64_t size[2], stride[2]; /* of a window: down, across */
    int64_t before[2];          /* padding above, to the left */
    int64_t count[2];           /* windows down, across */
};

/* Windows of SIZE along LENGTH numbers, SAME being the padding, and the padding
   in front; 0 when not one fits ("valid" only). */
int64_t windows_along(int64_t length, int64_t size, int64_t stride, bool same,
                      int64_t *ret_before);

/* Sets BEFORE and COUNT from the other members, SAME being the padding.
   False when a window is larger than the image ("valid" only). */
bool windows_place(struct windows *windows, bool same);

/* Windows of an image. */
static inline int64_t windows_positions(const struct windows *windows)
{
    return windows->count[0] * windows->count[1];
}

/* Numbers of an image. */
static inline int64_t windows_image_size(const struct windows *windows)
{
    return windows->image[0] * windows->image[1] * windows->channels;
}

/* The part of the window number POSITION along AXIS (0: down, 1: across) that
   lies inside the image: rows or columns of the image. */
struct extent {
    int64_t first, end;
};
struct extent windows_extent(const struct windows *windows, int axis,
                             int64_t position);

#endif
