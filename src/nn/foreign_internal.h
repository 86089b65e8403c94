/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What foreign layers share with foreign losses and metrics. */
#ifndef NN_FOREIGN_INTERNAL_H
#define NN_FOREIGN_INTERNAL_H

#include "nn/foreign.h"

/* Until foreign_check(); ERR (taken) is dropped when there is one already. */
void foreign_keep_error(struct foreign *foreign, struct error *err);

/* float32 (ROWS, …SHAPE) from DATA, or zeros; owned, NULL with MemoryError. */
struct tensor *foreign_batch_tensor(int64_t rows,
                                    const struct sample_shape *shape,
                                    const float *data, struct error *err);

/* TENSOR's numbers to RET, zeros when it is NULL. */
bool foreign_copy_floats(struct tensor *tensor, int64_t size, float *ret,
                         struct error *err);

/* TARGET's gradients by SOURCES, when it is weighted by SEED (taken). */
bool foreign_gradients(struct tape *tape, struct tensor *target,
                       struct tensor *seed, size_t count,
                       struct tensor *const *sources, struct tensor **ret,
                       struct error *err);

#endif
