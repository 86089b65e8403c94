/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Convolution of images, as networks mean it: the kernel is not turned over.
 *
 *     output[y, x, f] = sum over i, j, c of
 *         input[y * stride + i, x * stride + j, c] * kernel[i, j, c, f]
 *
 * What each window covers is copied out as one row, and the rows are
 * multiplied with the kernel as a matrix.  Images are float32 (NHWC), kernels
 * height x width x channels x filters (HWIO), all in plain memory.
 *
 * The work is cut into pieces that do not depend on the number of threads,
 * and so do the sums.
 */
#ifndef TENSOR_CONVOLUTION_H
#define TENSOR_CONVOLUTION_H

#include "tensor/windows.h"

struct convolution {
    struct windows windows;
    int64_t filters;
};

/* Floats of SCRATCH that each of these functions may overwrite. */
int64_t convolution_scratch(const struct convolution *convolution,
                            int64_t images);

/* OUTPUT: images x count[0] x count[1] x filters. */
void convolution_forward(const struct convolution *convolution, int64_t images,
                         const float *input, const float *kernel,
                         float *scratch, float *output);

/* From GRADIENT by the output: KERNEL_GRADIENT and INPUT_GRADIENT, which are
   overwritten; either may be NULL. */
void convolution_backward(const struct convolution *convolution, int64_t images,
                          const float *input, const float *kernel,
                          const float *gradient, float *scratch,
                          float *kernel_gradient, float *input_gradient);

#endif
