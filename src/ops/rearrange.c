/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same elements in other places: turned round, rolled, rotated. */
#include <stdlib.h>

#include "ops/arguments.h"
#include "ops/derive.h"
#include "ops/families.h"
#include "tensor/join.h"
#include "tensor/layout.h"

static const struct param m_param[] = {{"m", PARAM_TENSOR, 0, NULL},
                                       {NULL, 0, 0, NULL}};
static const struct param flip_params[] = {{"m", PARAM_TENSOR, 0, NULL},
                                           {"axis", PARAM_DIMS, 0, "None"},
                                           {NULL, 0, 0, NULL}};
static const struct param roll_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                           {"shift", PARAM_DIMS, 0, NULL},
                                           {"axis", PARAM_DIMS, 0, "None"},
                                           {NULL, 0, 0, NULL}};
static const struct param rot90_params[] = {{"m", PARAM_TENSOR, 0, NULL},
                                            {"k", PARAM_INT, 0, "1"},
                                            {"axes", PARAM_DIMS, 0, "None"},
                                            {NULL, 0, 0, NULL}};

/* -------------------------------------------------------------------- flip */

static bool flip_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct tensor *m = args[0].tensor;
    bool flip[TENSOR_MAX_DIMS];

    (void)op;
    if (!axes_marked(&args[1], m->ndim, flip, err))
        return false;
    struct tensor *result = tensor_ref(m);
    for (int i = 0; i < m->ndim; i++) {
        if (!flip[i])
            continue;
        struct tensor *turned = tensor_flip(result, i);
        tensor_unref(result);
        result = turned;
    }
    return op_return_tensor(ret, result);
}

/* fliplr and flipud: the row's data is the axis. */
static bool flip_one_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    int axis = *(const char *)op->data - '0';

    if (args[0].tensor->ndim <= axis)
        return error_set(err, ERROR_VALUE, "Input must be >= %d-d.", axis + 1);
    return op_return_array(ret, tensor_flip(args[0].tensor, axis));
}

/* -------------------------------------------------------------------- roll */

/* A copy of A rolled by SHIFT along AXIS. */
static struct tensor *roll_axis(struct tensor *a, int64_t shift, int axis,
                                struct error *err)
{
    struct tensor *result = tensor_new_like(a, a->dtype, err);

    if (!result || !a->size)
        return result;
    int64_t n = a->shape[axis];
    shift = (shift % n + n) % n;
    if (tensor_copy_section(result, shift, a, 0, axis, n - shift, err) &&
        tensor_copy_section(result, 0, a, n - shift, axis, shift, err))
        return result;
    tensor_unref(result);
    return NULL;
}

/* Rolls along each axis of AXES in turn; one shift serves all axes, one axis
   takes all shifts. */
static struct tensor *roll_axes(struct tensor *a, const struct arg *shifts,
                                const struct arg *axes, struct error *err)
{
    int steps = shifts->dims.count > axes->dims.count && axes->dims.count
                    ? shifts->dims.count
                    : axes->dims.count;
    struct tensor *result = tensor_copy(a, err);

    if ((shifts->dims.count != 1 && shifts->dims.count != steps) ||
        (axes->dims.count != 1 && axes->dims.count != steps)) {
        tensor_unref(result);
        return error_null(err, ERROR_VALUE,
                          "shape mismatch: objects cannot be broadcast to a "
                          "single shape.  Mismatch is between arg 0 with shape "
                          "(%d,) and arg 1 with shape (%d,).",
                          shifts->dims.count, axes->dims.count);
    }
    for (int i = 0; result && i < steps; i++) {
        int axis;
        struct tensor *rolled = NULL;
        if (tensor_normalize_axis(
                axes->dims.values[axes->dims.count == 1 ? 0 : i], a->ndim,
                &axis, err))
            rolled = roll_axis(
                result, shifts->dims.values[shifts->dims.count == 1 ? 0 : i],
                axis, err);
        tensor_unref(result);
        result = rolled;
    }
    return result;
}

static bool roll_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct tensor *whole = args[0].tensor;
    int64_t shift = 0;

    (void)op;
    if (args[2].given)
        return op_return_array(ret, roll_axes(whole, &args[1], &args[2], err));
    for (int i = 0; i < args[1].dims.count; i++)
        shift += args[1].dims.values[i];
    struct tensor *line = tensor_ravel(whole, 'C', err);
    struct tensor *rolled = line ? roll_axis(line, shift, 0, err) : NULL;
    struct tensor *shaped =
        rolled ? tensor_reshape(rolled, whole->ndim, whole->shape, 'C', err)
               : NULL;
    tensor_unref(line);
    tensor_unref(rolled);
    return op_return_array(ret, shaped);
}

/* ------------------------------------------------------------------- rot90 */

/* The two axes that turn, 0 and 1 unless told. */
static bool plane(const struct arg *axes, int ndim, int *first, int *second,
                  struct error *err)
{
    int64_t a = 0, b = 1;

    if (axes->given && axes->dims.count != 2)
        return error_set(err, ERROR_VALUE, "len(axes) must be 2.");
    if (axes->given) {
        a = axes->dims.values[0];
        b = axes->dims.values[1];
    }
    if (a == b || llabs(a - b) == ndim)
        return error_set(err, ERROR_VALUE, "Axes must be different.");
    if (a >= ndim || b >= ndim || a < -ndim || b < -ndim)
        return error_set(err, ERROR_VALUE,
                         "Axes=(%lld, %lld) out of range for array of "
                         "ndim=%d.",
                         (long long)a, (long long)b, ndim);
    *first = (int)(a < 0 ? a + ndim : a);
    *second = (int)(b < 0 ? b + ndim : b);
    return true;
}

static bool rot90_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    struct tensor *m = args[0].tensor;
    int64_t axes[TENSOR_MAX_DIMS];
    int turns = (int)((args[1].integer % 4 + 4) % 4);
    int first = 0, second = 1;

    (void)op;
    if (!plane(&args[2], m->ndim, &first, &second, err))
        return false;
    if (turns == 0)
        return op_return_array(ret, tensor_alias(m));
    /* One turn: the second axis in reverse, then the two change places;
       three turns: the other way round. */
    struct tensor *turned = tensor_flip(m, turns == 3 ? first : second);
    if (turns == 2) {
        struct tensor *both = tensor_flip(turned, first);
        tensor_unref(turned);
        return op_return_array(ret, both);
    }
    for (int i = 0; i < m->ndim; i++)
        axes[i] = i == first ? second : i == second ? first : i;
    struct tensor *result = tensor_transpose(turned, axes, err);
    tensor_unref(turned);
    return op_return_array(ret, result);
}

#define FUNCTION OP_FUNCTION

const struct op rearrange_ops[] = {
    {"flip", NULL, "np", FUNCTION, flip_params, flip_forward, vjp_moved, NULL,
     "The elements in reverse along all axes, or along axis", NULL,
     ">>> np.flip([[1, 2], [3, 4]], axis=1)\narray([[2, 1],\n       [4, 3]])",
     "fliplr flipud rot90"},
    {"flipud", NULL, "np", FUNCTION, m_param, flip_one_forward, vjp_moved, "0",
     "Rows in reverse order", NULL,
     ">>> np.flipud([[1, 2], [3, 4]])\narray([[3, 4],\n       [1, 2]])",
     "fliplr flip"},
    {"fliplr", NULL, "np", FUNCTION, m_param, flip_one_forward, vjp_moved, "1",
     "Columns in reverse order", NULL,
     ">>> np.fliplr([[1, 2], [3, 4]])\narray([[2, 1],\n       [4, 3]])",
     "flipud flip"},
    {"rot90", NULL, "np", FUNCTION, rot90_params, rot90_forward, vjp_moved, NULL,
     "A matrix turned by a quarter, k times, against the clock", NULL,
     ">>> np.rot90([[1, 2], [3, 4]])\narray([[2, 4],\n       [1, 3]])",
     "flip transpose"},
    {"roll", NULL, "np", FUNCTION, roll_params, roll_forward, vjp_moved, NULL,
     "Elements moved by shift places; what falls off comes in again", NULL,
     ">>> np.roll([1, 2, 3, 4], 1)\narray([4, 1, 2, 3])", "flip"},
    {.name = NULL},
};
