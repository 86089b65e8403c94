/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rows of windows that slide over images share with their
   derivatives. */
#ifndef OPS_SLIDING_H
#define OPS_SLIDING_H

#include "autograd/op.h"
#include "tensor/patches.h"
#include "tensor/windows.h"

/* A call of one of the rows, understood.  Images are meant with their channels
   last: see channels_first. */
struct sliding {
    struct patches patches;
    bool channels_first;
    int64_t images, channels;
    int64_t length[PATCH_AXES], count[PATCH_AXES];
    /* Two axes of float32, for which there are kernels that copy nothing. */
    bool plain;
    struct windows windows; /* then */
};

/* ARGS are those of OP: conv, max_pool or average_pool.  ValueError when
   something does not fit together. */
bool sliding_from(const struct op *op, const struct arg *args,
                  struct sliding *ret, struct error *err);

/* The orders of axes of N axes in between that bring the channels to the end,
   and from there. */
void sliding_to_last(int ndim, int64_t *ret);
void sliding_to_first(int ndim, int64_t *ret);

/* The shape of patches with a window's places, COUNT axes of them, as one. */
int sliding_flat(const struct sliding *sliding, int64_t *ret_shape);

/* How many of a window's places lie in the image: counts x 1, float64. */
struct tensor *sliding_inside(const struct sliding *sliding,
                              struct error *err);

#endif
