/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * G. Marsaglia and W. W. Tsang, "The Ziggurat Method for Generating Random
 * Variables", Journal of Statistical Software 5 (2000): a point in one of 256
 * strips of equal area that cover the density, nearly always under its curve.
 */
#ifndef TENSOR_ZIGGURAT_H
#define TENSOR_ZIGGURAT_H

#include "tensor/random.h"

double ziggurat_normal(struct rng *rng);
double ziggurat_exponential(struct rng *rng);
float ziggurat_normal_float(struct rng *rng);
float ziggurat_exponential_float(struct rng *rng);

#endif
