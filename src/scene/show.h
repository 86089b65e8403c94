/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The right picture of a value, as a figure: what `show X` draws.
 *
 * TITLE is what is written above it (the expression, as typed).  Returned
 * figures are owned; NULL with an error in words for what has no picture.
 */
#ifndef SCENE_SHOW_H
#define SCENE_SHOW_H

#include "nn/model.h"
#include "tensor/tensor.h"
#include "view/figure.h"

/*
 * By shape and values:
 *   (28, 28), (784,), (h, w, 3)         an image
 *   (n, 28, 28), (n, h, w, 1), (n, 784) a grid of images
 *   (784, n), and any with negative…    tiles of weights, zero in the middle
 *   (n,)                                bars; a curve when there are many
 *   (n, n) of counts                    a confusion matrix
 *   (n, m)                              a heat map, with its numbers when small
 *   (k, n, m)                           k of them
 * TypeError for a single number and for five axes or more.
 */
struct figure *show_tensor(struct tensor *x, const char *title,
                           struct error *err);

/* Its layers as boxes, with their shapes and how much they learn. */
struct figure *show_model(const struct model *model, const char *title,
                          struct error *err);

/* One value an epoch: losses on the left, the rest on the right. */
struct show_curve {
    const char *name;      /* "loss", "val_loss" */
    struct series *values; /* borrowed */
};
struct figure *show_history(size_t count, const struct show_curve *curves,
                            const char *title, struct error *err);

/* OPERANDS (with their TEXTS) and the RESULT of a binary operation as grids;
   cells that are stretched are pale.  TypeError for more than three axes,
   ValueError when there are too many cells. */
struct figure *show_broadcast(struct tensor *const operands[2],
                              const char *const texts[2],
                              const char *operator, struct tensor *result,
                              const char *title, struct error *err);

#endif
