/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A layer as a function of tensors, which a tape can write down. */
#ifndef NN_LAYER_CALL_H
#define NN_LAYER_CALL_H

#include "nn/model.h"

/*
 * The layer's output for a batch X (samples along the first axis): float32,
 * owned.  Builds the layer when it is not yet built.  RNG: where initial
 * weights and, when TRAINING, dropout come from.  First derivatives go through
 * it; others, where several tapes record, through what layer_has_rows().  NULL
 * with a ValueError that names the layer, or a MemoryError.
 */
struct tensor *layer_call(struct layer *layer, struct tensor *x, bool training,
                          struct rng *rng, struct error *err);

/* The same through all layers of MODEL, one after another. */
struct tensor *model_call(struct model *model, struct tensor *x, bool training,
                          struct rng *rng, struct error *err);

#endif
