/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bins of a histogram: between which edges values are counted. */
#ifndef TENSOR_BINS_H
#define TENSOR_BINS_H

#include "tensor/tensor.h"

/* Bins of one width, or any edges. */
struct bins {
    bool uniform;
    int64_t count;
    double first, last;
    struct tensor *edges;  /* as returned; owned */
    struct tensor *sorted; /* the same as float64, contiguous; owned */
};
void bins_done(struct bins *bins);

/* What is wanted of them. */
struct bins_wish {
    struct tensor *bins;  /* a number, edges, or NULL for ten bins */
    const char *rule;     /* or the name of a rule for their width, or NULL */
    struct tensor *range; /* two numbers; NULL: the least and the greatest */
    enum dtype dtype;     /* of edges that are not given */
    const char *name;     /* of the argument, for errors: "bins", "bins[0]" */
};

/* Bins for the values A (float64, contiguous, one axis).  ValueError and
   TypeError in NumPy's words, for edges that fall, a range that is not finite,
   an unknown rule. */
bool bins_init(struct bins *bins, struct tensor *a,
               const struct bins_wish *wish, struct error *err);

/* In which bin X falls, -1 for none; the last one includes its right edge. */
int64_t bins_find(const struct bins *bins, double x);

#endif
