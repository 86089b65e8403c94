/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The book's network for images: one hidden layer, ready to train. */
#ifndef NN_CLASSIFIER_H
#define NN_CLASSIFIER_H

#include "nn/model.h"

/*
 * INPUTS bytes - Dense(HIDDEN, relu) - Dense(CLASSES, softmax); Glorot uniform
 * weights drawn from RNG, zero biases; compiled with RMSprop at RATE,
 * categorical cross-entropy on labels, and accuracy.  Bytes are divided by
 * 255.  Owned; NULL with MemoryError.
 */
struct model *classifier_new(int64_t inputs, int64_t hidden, int64_t classes,
                             double rate, struct rng *rng, struct error *err);

#endif
