/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The network that `train` makes for images: dense layers, ready to train. */
#ifndef NN_CLASSIFIER_H
#define NN_CLASSIFIER_H

#include "nn/model.h"

enum { CLASSIFIER_MAX_LAYERS = 16 };

struct classifier_options {
    int64_t inputs, classes;
    int layer_count; /* hidden ones */
    int64_t layers[CLASSIFIER_MAX_LAYERS];
    const struct activation *activation; /* of the hidden layers */
    double dropout; /* after each hidden layer; 0: none */
    const struct optimizer_type *optimizer;
    double rate;
};

/*
 * INPUTS bytes - Dense(LAYERS[i], ACTIVATION), Dropout(DROPOUT)… -
 * Dense(CLASSES, softmax);
 * Glorot uniform weights drawn from RNG, zero biases; compiled with OPTIMIZER
 * at RATE, categorical cross-entropy on labels, and accuracy.  Bytes are
 * divided by 255.  Owned; NULL with MemoryError.
 */
struct model *classifier_new(const struct classifier_options *options,
                             struct rng *rng, struct error *err);

#endif
