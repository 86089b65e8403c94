/* SPDX-License-Identifier: GPL-3.0-or-later */
/* np.add.reduce, accumulate and outer: those of the ufuncs that have others'
   names, too. */
#include <string.h>

#include "ops/derive.h"
#include "tensor/elementwise.h"

static bool is_of(const struct vjp *v, const char *names)
{
    const struct ufunc *ufunc = v->op->data;
    size_t length = strlen(ufunc->name);
    for (const char *at = names; (at = strstr(at, ufunc->name)); at++)
        if ((at == names || at[-1] == ' ') &&
            (at[length] == ' ' || !at[length]))
            return true;
    return false;
}

struct tensor *reduce_method_vjp(struct vjp *v)
{
    return is_of(v, "add")        ? sum_vjp(v)
           : is_of(v, "multiply") ? prod_vjp(v)
           : is_of(v, "maximum minimum fmax fmin")
               ? max_vjp(v)
               : derive_unknown(v);
}

struct tensor *accumulate_method_vjp(struct vjp *v)
{
    return is_of(v, "add")        ? cumsum_vjp(v)
           : is_of(v, "multiply") ? cumprod_vjp(v)
                                  : derive_unknown(v);
}

/* The axes of A, then those of B. */
static struct tensor *outer_formula(struct vjp *v, const struct arg *args)
{
    const struct ufunc *ufunc = v->op->data;
    struct tensor *a = args[0].tensor, *b = args[1].tensor;
    int64_t shape[TENSOR_MAX_DIMS];
    for (int i = 0; i < a->ndim + b->ndim; i++)
        shape[i] = i < a->ndim ? a->shape[i] : 1;
    return derive_2(v, ufunc->name,
                    derive_reshape(v, a, a->ndim + b->ndim, shape), b);
}

struct tensor *outer_method_vjp(struct vjp *v)
{
    if (derive_arg(v, "where"))
        return derive_unknown(v);
    return vjp_through(v, outer_formula);
}
