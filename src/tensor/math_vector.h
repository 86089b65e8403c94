/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * exp, log, sin, cos, tanh and powers, many elements at a time.
 *
 * float64 results are within 0.6 ulp or so.  float32 exp, log, sin and cos
 * are those of NumPy on processors with fused multiply-add, to the last bit
 * where the argument is not extreme; tanh and power are rounded from float64.
 */
#ifndef TENSOR_MATH_VECTOR_H
#define TENSOR_MATH_VECTOR_H

#include "tensor/loop.h"

kernel math_exp_FLOAT32, math_exp_FLOAT64, math_log_FLOAT32, math_log_FLOAT64,
    math_sin_FLOAT32, math_sin_FLOAT64, math_cos_FLOAT32, math_cos_FLOAT64,
    math_tanh_FLOAT32, math_tanh_FLOAT64, math_power_FLOAT32,
    math_power_FLOAT64;

#endif
