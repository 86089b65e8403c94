/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Order in memory: 'C' (the last axis runs fastest), 'F' (the first does),
 * 'A' ('F' for what is laid out so and not in 'C', else 'C') and 'K' (as near
 * to what is copied as can be).
 */
#ifndef TENSOR_LAYOUT_H
#define TENSOR_LAYOUT_H

#include "tensor/tensor.h"

/* As tensor_new(), in order 'C' or 'F'. */
struct tensor *tensor_new_ordered(enum dtype dtype, int ndim,
                                  const int64_t *shape, char order,
                                  struct error *err);

/* Uninitialised, laid out as a copy of LIKE in ORDER would be. */
struct tensor *tensor_new_like_ordered(const struct tensor *like,
                                       enum dtype dtype, char order,
                                       struct error *err);

/* A converted copy of its own. */
struct tensor *tensor_copy_ordered(const struct tensor *tensor,
                                   enum dtype dtype, char order,
                                   struct error *err);

/* One axis with all elements, in ORDER; a view where that is possible. */
struct tensor *tensor_ravel(struct tensor *tensor, char order,
                            struct error *err);

#endif
