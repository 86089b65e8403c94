/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * x[…] taken apart: what integers, slices, … and None do is a view; what is
 * left are integer arrays for some axes of that view.
 */
#ifndef TENSOR_INDEX_PLAN_H
#define TENSOR_INDEX_PLAN_H

#include "tensor/index.h"

struct index_plan {
    struct tensor *view; /* owned */
    bool element;        /* an integer for every axis, nothing else */
    int array_count;     /* 0: the view is the result */
    int axes[TENSOR_MAX_DIMS];             /* of the view, ascending */
    int named[TENSOR_MAX_DIMS]; /* the same of the tensor, for messages */
    struct tensor *arrays[TENSOR_MAX_DIMS]; /* int64, owned */
    int place; /* where the arrays' own axes go among the view's other axes */
};

bool index_plan_init(struct index_plan *plan, struct tensor *tensor, int count,
                     const struct index *indices, struct error *err);
void index_plan_done(struct index_plan *plan);

/* The part of index_advanced.c: elements picked by the plan's arrays. */
struct tensor *index_gather(const struct index_plan *plan, struct error *err);
bool index_scatter(const struct index_plan *plan, const struct tensor *value,
                   struct error *err);

/* index_mask.c: the elements where MASK (of the same shape) is true. */
struct tensor *index_compress(struct tensor *tensor, struct tensor *mask,
                              struct error *err);

#endif
