/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies that stand for their originals: of the same layout, seen as the
   original is. */
#ifndef TENSOR_CLONE_H
#define TENSOR_CLONE_H

#include "tensor/tensor.h"

/* ROOT, which is no view, with bytes of its own: a list as it was typed stays
   one.  NULL with MemoryError. */
struct tensor *tensor_clone(const struct tensor *root, struct error *err);

/* VIEW of what is the clone of its base; NULL, with no error, when it cannot
   be made: where it looks at the bytes as another dtype. */
struct tensor *tensor_clone_view(const struct tensor *view,
                                 struct tensor *base);

/* The same dtype, shape and bytes of each element. */
bool tensor_is_same(const struct tensor *a, const struct tensor *b);

#endif
