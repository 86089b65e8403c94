/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The families of operations; each ends with a row without a name. */
#ifndef OPS_FAMILIES_H
#define OPS_FAMILIES_H

#include "autograd/op.h"

extern const struct op create_ops[];
extern const struct op range_ops[];
extern const struct op matrix_ops[];
extern const struct op grid_ops[];
extern const struct op inspect_ops[];
extern const struct op shape_ops[];
extern const struct op join_ops[];
extern const struct op rearrange_ops[];
extern const struct op edit_ops[];
extern const struct op pad_ops[];
extern const struct op elementwise_ops[];
extern const struct op numeric_ops[];
extern const struct op reduce_ops[];
extern const struct op reduce_nan_ops[];
extern const struct op statistics_ops[];
extern const struct op product_ops[];
extern const struct op neural_ops[];
extern const struct op windows_ops[];
extern const struct op einsum_ops[];
extern const struct op calculus_ops[];
extern const struct op correlation_ops[];
extern const struct op polynomial_ops[];
extern const struct op linalg_ops[];
extern const struct op sort_ops[];
extern const struct op search_ops[];
extern const struct op pick_ops[];
extern const struct op sets_ops[];
extern const struct op bincount_ops[];
extern const struct op histogram_ops[];
extern const struct op compare_ops[];
extern const struct op random_ops[];
extern const struct op distribution_ops[];
extern const struct op generator_ops[];
extern const struct op generator_distribution_ops[];

#endif
