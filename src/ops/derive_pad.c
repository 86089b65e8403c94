/* SPDX-License-Identifier: GPL-3.0-or-later */
/* np.pad: what it copies goes back; what it computes is said by other rows. */
#include <string.h>

#include "ops/derive.h"
#include "ops/pad.h"

/* A border of WIDTH as the mode makes it of PART, the area along AXIS. */
static struct tensor *statistic(struct vjp *v, const char *name,
                                struct tensor *part, int axis, int64_t width)
{
    int64_t along = axis, shape[TENSOR_MAX_DIMS];
    struct tensor *value = derive_call(
        v, name,
        NAMED({"a", arg_tensor(part)}, {"axis", arg_dims(1, &along)},
              {"keepdims", arg_flag(true)}));
    if (!value)
        return NULL;
    memcpy(shape, value->shape, (size_t)value->ndim * sizeof *shape);
    shape[axis] = width;
    return vjp_broadcast_to(v, value, value->ndim, shape);
}

/* From the end value at the outside evenly to the edge. */
static struct tensor *ramp(struct vjp *v, struct tensor *edge, int axis,
                           int64_t width, double end, bool after)
{
    int64_t shape[TENSOR_MAX_DIMS];
    if (!edge)
        return NULL;
    for (int i = 0; i < edge->ndim; i++)
        shape[i] = 1;
    shape[axis] = width;
    struct tensor *share =
        vjp_keep(v, tensor_new(DTYPE_FLOAT64, edge->ndim, shape, v->err));
    for (int64_t i = 0; share && i < width; i++)
        ((double *)(void *)share->data)[i] =
            (double)(after ? width - 1 - i : i) / (double)width;
    struct tensor *rise = plus(v, edge, derive_number(v, -end));
    return plus(v, times(v, rise, share), derive_number(v, end));
}

static struct tensor *border(struct vjp *v, const struct arg *args,
                             struct tensor *a, int axis, bool after,
                             int64_t width)
{
    static const char *const words[] = {"maximum", "minimum", "mean",
                                        "median"};
    static const char *const rows[] = {"max", "min", "mean", "median"};
    int64_t length = a->shape[axis], part = length;
    double end = 0;
    if (!strcmp(args[2].string, "linear_ramp")) {
        if (args[4].given)
            end = scalar_to_double(
                pad_side_value(args[4].tensor, axis, after));
        int64_t at = after ? length - 1 : 0;
        return ramp(v, derive_slice(v, a, axis, at, at + 1), axis, width, end,
                    after);
    }
    if (args[5].given)
        part = scalar_to_int(pad_side_value(args[5].tensor, axis, after));
    part = part > length ? length : part;
    int i = 0;
    while (strcmp(words[i], args[2].string))
        i++;
    return statistic(v, rows[i],
                     derive_slice(v, a, axis, after ? length - part : 0,
                                  after ? length : part),
                     axis, width);
}

static struct tensor *pad_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *a = args[0].tensor;
    for (int axis = 0; a && axis < v->x->ndim; axis++) {
        struct tensor *parts[3];
        int count = 0;
        for (int k = 0; k < 3; k++) {
            if (k == 1) {
                parts[count++] = a;
                continue;
            }
            int64_t width =
                scalar_to_int(pad_side_value(args[1].tensor, axis, k == 2));
            if (width)
                parts[count++] = border(v, args, a, axis, k == 2, width);
        }
        if (count > 1)
            a = derive_concatenate(v, count, parts, axis);
    }
    return a;
}

struct tensor *pad_vjp(struct vjp *v)
{
    static const char *const computed = "maximum minimum mean median linear_ramp";
    const char *mode = v->args[2].string;
    bool odd = v->args[6].given && !strcmp(v->args[6].string, "odd");
    if (odd && (!strcmp(mode, "reflect") || !strcmp(mode, "symmetric")))
        return derive_unknown(v);
    if (!*mode || !strstr(computed, mode))
        return vjp_moved(v);
    return v->operand == 0 ? vjp_through(v, pad_formula) : derive_unknown(v);
}
