/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layers computed by rows of the registry, whose derivatives have derivatives:
   for where several tapes record. */
#ifndef NN_LAYER_ROWS_H
#define NN_LAYER_ROWS_H

#include "nn/layer.h"

/* Are there rows for all that LAYER, which is built, computes? */
bool layer_has_rows(const struct layer *layer, bool training);

/* Its output for X, float32; owned, NULL with an error. */
struct tensor *layer_call_rows(const struct layer *layer, struct tensor *x,
                               struct error *err);

#endif
