/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Universal functions: one kernel per dtype, broadcast over their operands.
 *
 * A ufunc lists its type loops in NumPy's order; the first one that all
 * operands convert to safely is taken, with NumPy 1.24's value-based rule for
 * 0-d operands beside arrays.  Operands of other dtypes are converted in
 * pieces while the loop runs, so no temporary of the whole size is made.
 */
#ifndef TENSOR_ELEMENTWISE_H
#define TENSOR_ELEMENTWISE_H

#include "tensor/loop.h"

struct ufunc_loop {
    enum dtype accepts; /* inputs that convert to this safely take the loop… */
    enum dtype in;      /* … and are converted to this */
    enum dtype out;     /* of the result */
    kernel *kernel;     /* inputs first, then the output */
};

/* What an empty reduction gives, and where one starts. */
enum ufunc_identity { IDENTITY_NONE, IDENTITY_ZERO, IDENTITY_ONE, IDENTITY_MINUS_ONE };

struct ufunc {
    const char *name; /* "add"; for warnings "divide" */
    int inputs;       /* 1 or 2 */
    bool silent;      /* floating point events mean nothing: comparisons */
    const char *refusal; /* the TypeError of bools, or NULL: they have loops */
    enum ufunc_identity identity;
    int loop_count;
    const struct ufunc_loop *loops;
};

/* The families of kernels_*.c, each ended by a NULL name. */
extern const struct ufunc arithmetic_ufuncs[], comparison_ufuncs[],
    integer_ufuncs[], math_ufuncs[];

/* All ufuncs by name: "add", "exp"…  NULL when unknown. */
const struct ufunc *ufunc_find(const char *name);

/* The loop for these inputs, DTYPE_COUNT or the wanted result type. */
const struct ufunc_loop *ufunc_resolve(const struct ufunc *ufunc,
                                       struct tensor *const *inputs,
                                       enum dtype dtype, struct error *err);

/* OUT (borrowed, may be NULL) receives the result and is returned with one
   more reference; WHERE (bool, may be NULL) picks elements; DTYPE
   DTYPE_COUNT means by promotion, otherwise the loop of that result type.
   TypeError: "ufunc 'invert' not supported for the input types, …". */
struct tensor *ufunc_call(const struct ufunc *ufunc,
                          struct tensor *const *inputs, struct tensor *out,
                          struct tensor *where, enum dtype dtype,
                          struct error *err);

/* NumPy's result_type for COUNT operands, value-based for 0-d ones beside
   arrays. */
enum dtype tensor_result_type(int count, struct tensor *const *operands);

/* Which floating point events happened since the last call: the evaluator
   turns them into NumPy's RuntimeWarnings. */
enum { FP_DIVIDE = 1, FP_OVERFLOW = 2, FP_INVALID = 4 };
unsigned elementwise_fp_events(void);
void elementwise_fp_raise(unsigned events);

#endif
