/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/hints.h"

#include <string.h>

#include "base/i18n.h"
#include "tensor/tensor.h"

static int64_t last_length(const struct tensor *t)
{
    return t->shape[t->ndim - 1];
}

/* The axis of B that a product sums over. */
static int64_t inner_length(const struct tensor *t)
{
    return t->shape[t->ndim > 1 ? t->ndim - 2 : 0];
}

static void hint_product(const struct tensor *a, const struct tensor *b,
                         struct error *err)
{
    if (a->ndim == 0 || b->ndim == 0 || a->ndim > 2 || b->ndim > 2)
        return;
    if (a->ndim == 2 && a->shape[0] == inner_length(b))
        error_hint(err, _("the last axis of the left side must match; "
                          "{0}.T.dot({1}) works"));
    else if (b->ndim == 2 && last_length(b) == last_length(a))
        error_hint(err, _("the last axis of the left side must match; "
                          "{0}.dot({1}.T) works"));
    else if (last_length(b) == inner_length(a))
        error_hint(err, _("the other order works: {1}.dot({0})"));
}

static bool fits(int a_ndim, const int64_t *a, int b_ndim, const int64_t *b)
{
    for (int i = 1; i <= a_ndim && i <= b_ndim; i++) {
        int64_t x = a[a_ndim - i], y = b[b_ndim - i];
        if (x != y && x != 1 && y != 1)
            return false;
    }
    return true;
}

/* Does a new last axis of length 1 make T fit OTHER? */
static bool column_fits(const struct tensor *t, const struct tensor *other)
{
    int64_t shape[TENSOR_MAX_DIMS + 1];

    memcpy(shape, t->shape, (size_t)t->ndim * sizeof *shape);
    shape[t->ndim] = 1;
    return t->ndim + 1 <= other->ndim &&
           fits(t->ndim + 1, shape, other->ndim, other->shape);
}

static bool transposed_fits(const struct tensor *t, const struct tensor *other)
{
    int64_t shape[TENSOR_MAX_DIMS];

    for (int i = 0; i < t->ndim; i++)
        shape[i] = t->shape[t->ndim - 1 - i];
    return t->ndim == 2 && fits(2, shape, other->ndim, other->shape);
}

static void hint_broadcast(const struct tensor *a, const struct tensor *b,
                           struct error *err)
{
    static const char rule[] = N_("shapes are compared from the right; each "
                                  "pair of lengths must be equal or hold a 1");

    if (column_fits(b, a))
        error_hint(err, "%s: {1}[..., None]", _("a column works"));
    else if (column_fits(a, b))
        error_hint(err, "%s: {0}[..., None]", _("a column works"));
    else if (transposed_fits(b, a))
        error_hint(err, "%s: {1}.T", _("the transposed works"));
    else
        error_hint(err, "%s", _(rule));
}

void hint_for_op(const struct op *op, const struct arg *args,
                 struct error *err)
{
    if (err->kind != ERROR_VALUE || err->hint || !args[0].given ||
        !op->params[1].name || op->params[0].kind != PARAM_TENSOR ||
        op->params[1].kind != PARAM_TENSOR || !args[1].given)
        return;
    if (!strcmp(op->name, "dot") || !strcmp(op->name, "matmul"))
        hint_product(args[0].tensor, args[1].tensor, err);
    else if (strstr(err->message, "broadcast together"))
        hint_broadcast(args[0].tensor, args[1].tensor, err);
}
