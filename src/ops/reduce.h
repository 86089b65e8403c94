/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the families of reductions share. */
#ifndef OPS_REDUCE_H
#define OPS_REDUCE_H

#include "autograd/op.h"
#include "tensor/reduce.h"

/* The parameters of sum, mean, max, var, argmax and cumsum. */
extern const struct param reduce_params[], mean_params[], extreme_params[],
    variance_params[], arg_params[], cumulative_params[];

/* The axes that an argument of kind PARAM_DIMS names; all when not given. */
bool reduce_axes(const struct arg *axis, const struct tensor *tensor,
                 struct axes *ret, struct error *err);
/* The same, but a number has no axis at all: means, medians. */
bool axes_given(const struct arg *axis, const struct tensor *tensor,
                struct axes *ret, struct error *err);

/* TypeError when a mask is not of bools. */
bool where_check(const struct arg *where, struct error *err);

/* op_return_into() for RESULT (owned, or NULL); OUT needs as many axes. */
bool reduce_return(struct op_result *ret, const char *operation,
                   struct tensor *result, const struct arg *out,
                   struct error *err);

/* The arguments of a reduction by their meaning; dtype, initial and where may
   be NULL. */
struct reduce_args {
    const struct arg *axis, *dtype, *out, *keepdims, *initial, *where;
};

/* The ufunc NAME's reduce. */
bool reduce_call(const char *name, struct tensor *tensor,
                 const struct reduce_args *args, struct op_result *ret,
                 struct error *err);

#endif
