/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tensor at a glance: extremes, mean, spread, and how its values lie. */
#ifndef TENSOR_SUMMARY_H
#define TENSOR_SUMMARY_H

#include "tensor/tensor.h"

enum { SUMMARY_BINS = 10 };

/* NaN and infinities are counted, and left out of all else. */
struct tensor_summary {
    int64_t nans, infinities, finite;
    double min, max, mean, std; /* 0 when nothing is finite */
    int64_t bins[SUMMARY_BINS]; /* of equal width from min to max */
};

/* false when interrupted. */
bool tensor_summarize(struct tensor *tensor, struct tensor_summary *ret,
                      struct error *err);

#endif
