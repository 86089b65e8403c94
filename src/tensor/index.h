/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * x[…] with all that NumPy allows: integers, slices with any step, …, None,
 * masks and integer arrays, mixed.
 */
#ifndef TENSOR_INDEX_H
#define TENSOR_INDEX_H

#include "tensor/tensor.h"

enum index_kind {
    INDEX_INTEGER,
    INDEX_SLICE,
    INDEX_ELLIPSIS,
    INDEX_NEWAXIS,
    INDEX_ARRAY /* of a bool or an integer dtype */
};

struct index {
    enum index_kind kind;
    bool has_start, has_stop; /* slices: absent means to the end */
    int64_t start, stop, step; /* INDEX_INTEGER uses start; step 0 is an error */
    struct tensor *array; /* borrowed */
};

/* Python's slice.indices(): start and count for an axis of LENGTH. */
bool slice_resolve(const struct index *slice, int64_t length,
                   int64_t *ret_start, int64_t *ret_step, int64_t *ret_count,
                   struct error *err);

/* A view where no INDEX_ARRAY takes part, else a copy.
   *RET_ELEMENT (may be NULL) tells that every axis was taken by an integer,
   so that the result is a NumPy scalar rather than a 0-d array.
   IndexError in NumPy's words. */
struct tensor *tensor_get(struct tensor *tensor, int count,
                          const struct index *indices, bool *ret_element,
                          struct error *err);

/* tensor[indices] = value, broadcast and converted. */
bool tensor_set(struct tensor *tensor, int count, const struct index *indices,
                const struct tensor *value, struct error *err);

/* Fast path: COUNT integers for the COUNT axes of TENSOR.  NULL with
   IndexError; no allocation. */
char *tensor_element(const struct tensor *tensor, int count,
                     const int64_t *indices, struct error *err);

/* np.take along AXIS (one of 0 … ndim-1); INDICES of an integer dtype. */
struct tensor *tensor_take(struct tensor *tensor, struct tensor *indices,
                           int axis, struct error *err);

/* Positions of the nonzero elements, one int64 vector an axis; RET has ndim
   elements (1 for a 0-d tensor), each owned by the caller. */
bool tensor_nonzero(struct tensor *tensor, struct tensor **ret,
                    struct error *err);

/* How many elements are not zero, as a 0-d int64 tensor. */
struct tensor *tensor_count_nonzero(struct tensor *tensor, struct error *err);

#endif
