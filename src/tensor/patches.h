/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What windows show of images, copied side by side: for every dtype and one,
 * two or three axes, where windows.h goes over float32 images in place.
 */
#ifndef TENSOR_PATCHES_H
#define TENSOR_PATCHES_H

#include "tensor/tensor.h"

enum { PATCH_AXES = 3 };

struct patches {
    int axes; /* 1 to PATCH_AXES */
    int64_t size[PATCH_AXES], stride[PATCH_AXES];
    int64_t dilation[PATCH_AXES]; /* steps between a window's places */
    bool same;                    /* the padding; as windows.h explains */
    bool lowest; /* outside there is what is less than everything; else 0 */
};

/* Windows along AXIS of an image that is LENGTH there; 0: none fits. */
int64_t patches_count(const struct patches *patches, int axis, int64_t length);

/* IMAGES: images x lengths x channels, none of them empty, all windows fit.
   What is owned: images x counts x sizes x channels, C order. */
struct tensor *tensor_patches(struct tensor *images,
                              const struct patches *patches,
                              struct error *err);

#endif
