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

/* What an empty reduction gives, and where one starts.  Without one it starts
   at the first element; ANY_ORDER: and may go along several axes. */
enum ufunc_identity {
    IDENTITY_NONE,
    IDENTITY_ANY_ORDER,
    IDENTITY_ZERO,
    IDENTITY_ONE,
    IDENTITY_MINUS_ONE,
    IDENTITY_MINUS_INFINITY
};

struct ufunc {
    const char *name; /* "add"; for warnings "divide" */
    int inputs;       /* 1 or 2 */
    bool silent;      /* floating point events mean nothing: comparisons */
    const char *refusal; /* the TypeError of bools, or NULL: they have loops */
    enum ufunc_identity identity;
    int loop_count;
    const struct ufunc_loop *loops;
    /* Says what is wrong with the values for the loop of DTYPE; or NULL. */
    bool (*check)(struct tensor *const *inputs, enum dtype dtype,
                  struct error *err);
};

/* The families of kernels_*.c, each ended by a NULL name. */
extern const struct ufunc arithmetic_ufuncs[], comparison_ufuncs[],
    integer_ufuncs[], math_ufuncs[], neural_ufuncs[];

/* All ufuncs by name: "add", "exp"…  NULL when unknown. */
const struct ufunc *ufunc_find(const char *name);

/* The loop for these inputs, DTYPE_COUNT or the wanted result type, to which
   the inputs are converted as CASTING allows. */
const struct ufunc_loop *ufunc_resolve(const struct ufunc *ufunc,
                                       struct tensor *const *inputs,
                                       enum dtype dtype, enum casting casting,
                                       struct error *err);

/* As dtype_can_cast(), but a 0-d operand may also convert as the smallest type
   of its value does. */
bool tensor_can_cast(const struct tensor *operand, enum dtype to,
                     enum casting casting);

/* How a call may differ from the plain one; UFUNC_PLAIN is that. */
struct ufunc_options {
    struct tensor *out, *where; /* as ufunc_call()'s */
    enum dtype dtype;
    enum casting casting; /* of inputs to DTYPE's loop, and to OUT */
    int output; /* which of several results it is, among all operands; 0: the
                   only one */
};
#define UFUNC_PLAIN                                        \
    {                                                      \
        .dtype = DTYPE_COUNT, .casting = CASTING_SAME_KIND \
    }

/* OUT (borrowed, may be NULL) receives the result and is returned with one
   more reference; WHERE (bool, may be NULL) picks elements; DTYPE
   DTYPE_COUNT means by promotion, otherwise the loop of that result type.
   TypeError: "ufunc 'invert' not supported for the input types, …". */
struct tensor *ufunc_call(const struct ufunc *ufunc,
                          struct tensor *const *inputs, struct tensor *out,
                          struct tensor *where, enum dtype dtype,
                          struct error *err);
struct tensor *ufunc_call_with(const struct ufunc *ufunc,
                               struct tensor *const *inputs,
                               const struct ufunc_options *options,
                               struct error *err);

/* X where MASK (bool) holds, Y elsewhere: the three broadcast, X and Y
   converted to their common type. */
struct tensor *tensor_where(struct tensor *mask, struct tensor *x,
                            struct tensor *y, struct error *err);

/* NumPy's result_type for COUNT operands, value-based for 0-d ones beside
   arrays. */
enum dtype tensor_result_type(int count, struct tensor *const *operands);

/*
 * Floating point events: what went wrong, and in which function ("divide",
 * "reduce"; static text).  They queue up, each pair once, until the evaluator
 * takes them and turns them into NumPy's RuntimeWarnings.
 */
enum fp_kind { FP_DIVIDE, FP_OVERFLOW, FP_UNDERFLOW, FP_INVALID, FP_KINDS };
struct fp_event {
    enum fp_kind kind;
    const char *function;
};
void fp_events_begin(void);               /* of the calling thread */
void fp_events_end(const char *function); /* queues what happened since */
void fp_event_add(enum fp_kind kind, const char *function);
bool fp_event_take(struct fp_event *ret); /* the oldest; false: none */
void fp_events_forget(void);

#endif
