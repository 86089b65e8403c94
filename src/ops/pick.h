/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Elements by positions, for several families of operations. */
#ifndef OPS_PICK_H
#define OPS_PICK_H

#include "tensor/tensor.h"

/* np.take_along_axis: INDICES has A's axes and is broadcast with them. */
struct tensor *take_along(struct tensor *a, struct tensor *indices, int axis,
                          struct error *err);

/* np.lexsort along AXIS; COUNT is 1 at least. */
struct tensor *lexicographic(int count, struct tensor *const *keys, int axis,
                             struct error *err);

#endif
