/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Losses and activations as functions of tensors, which a tape can write
   down.  The last axis is a row. */
#ifndef NN_ROW_CALL_H
#define NN_ROW_CALL_H

#include "nn/activation.h"
#include "nn/loss.h"
#include "tensor/tensor.h"

/*
 * The loss of each row of OUTPUT (float32), or when MEAN the mean of them all:
 * float32, owned.  TRUTH has a class number for each row, or is shaped as
 * OUTPUT: int32 or float32 as the loss wants it, contiguous, checked.  First
 * derivatives by OUTPUT go through it.  NULL with MemoryError.
 */
struct tensor *loss_call(const struct loss *loss, struct tensor *truth,
                         struct tensor *output, bool mean, struct error *err);

/* What ACTIVATION makes of X (float32): float32, shaped as X, owned.  First
   derivatives go through it.  NULL with MemoryError. */
struct tensor *activation_call(const struct activation *activation,
                               struct tensor *x, struct error *err);

#endif
