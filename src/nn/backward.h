/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the loss back through a model, with a step of its weights.
 */
#ifndef NN_BACKWARD_H
#define NN_BACKWARD_H

#include "nn/model.h"

struct way_back {
    struct layer_batch *batches; /* as forward() has left them */
    float *gradients[2];         /* rows x the widest layer; used in turn */
    /* Of one layer at a time, the first one last; of all, where the optimizer
       waits for the last. */
    float *weight_gradients;
    /* Shall the gradient of the first layer's first weight be there at the
       end?  Is it? */
    bool keeps_last, has_last;
};

/* The first layer whose weights learn; NULL when none does. */
const struct layer *model_first_learning(const struct model *model);

/* Floats for the gradients of weights. */
int64_t way_back_floats(const struct model *model);

/* From dL/dy, which is the first of the gradients (by the input of the last
   activation when FUSED), to the first layer that learns.  A layer's weights
   step as soon as all that is needed of them is known. */
void model_backward(struct model *model, struct way_back *way, bool fused);

#endif
