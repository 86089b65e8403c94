/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The largest number, or the mean, of each window and channel.  Padding takes
 * no part: a mean is over what lies inside the image.
 */
#ifndef TENSOR_POOLING_H
#define TENSOR_POOLING_H

#include "tensor/windows.h"

/* OUTPUT: images x count[0] x count[1] x channels.  A NaN is the largest. */
void pool_max(const struct windows *windows, int64_t images, const float *input,
              float *output);
void pool_mean(const struct windows *windows, int64_t images,
               const float *input, float *output);

/* From GRADIENT by the output to INPUT_GRADIENT, which is overwritten, as
   GRADIENT may be.  The first of equal numbers is the largest. */
void pool_max_backward(const struct windows *windows, int64_t images,
                       const float *input, const float *output, float *gradient,
                       float *input_gradient);
void pool_mean_backward(const struct windows *windows, int64_t images,
                        float *gradient, float *input_gradient);

#endif
