/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an array is: its shape, dtype and size. */
#include <string.h>

#include "base/alloc.h"
#include "ops/families.h"
#include "tensor/index.h"

static const struct param a_param[] = {{"a", PARAM_TENSOR, 0, NULL},
                                       {NULL, 0, 0, NULL}};

static bool ndim_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    (void)err;
    return op_return_int(ret, args[0].tensor->ndim);
}

static bool size_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    (void)err;
    return op_return_int(ret, args[0].tensor->size);
}

static bool itemsize_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    (void)op;
    (void)err;
    return op_return_int(ret, (int64_t)dtype_size(args[0].tensor->dtype));
}

static bool nbytes_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    const struct tensor *a = args[0].tensor;

    (void)op;
    (void)err;
    return op_return_int(ret, a->size * (int64_t)dtype_size(a->dtype));
}

static bool return_dims(struct op_result *ret, int count, const int64_t *dims)
{
    *ret = (struct op_result){.form = RESULT_DIMS, .count = count};
    ret->dims = xreallocarray(NULL, (size_t)count, sizeof *dims);
    if (count)
        memcpy(ret->dims, dims, (size_t)count * sizeof *dims);
    return true;
}

static bool shape_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    (void)op;
    (void)err;
    return return_dims(ret, args[0].tensor->ndim, args[0].tensor->shape);
}

static bool strides_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    (void)op;
    (void)err;
    return return_dims(ret, args[0].tensor->ndim, args[0].tensor->strides);
}

static bool dtype_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    (void)op;
    (void)err;
    *ret = (struct op_result){.form = RESULT_DTYPE,
                              .dtype = args[0].tensor->dtype};
    return true;
}

static const struct param fill_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                           {"value", PARAM_TENSOR, 0, NULL},
                                           {NULL, 0, 0, NULL}};

static bool fill_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    return tensor_assign(args[0].tensor, args[1].tensor, err) &&
           op_return_none(ret);
}

static const struct param item_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"index", PARAM_DIMS, PARAM_SPREAD, "None"},
    {NULL, 0, 0, NULL}};

static bool item_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    struct scalar value = scalar_from_int(0);
    int count = args[1].given ? args[1].dims.count : 0;

    (void)op;
    if (count == 0 && a->size != 1)
        return error_set(err, ERROR_VALUE,
                         "can only convert an array of size 1 to a Python "
                         "scalar");
    if (count == 0) {
        value = tensor_item(a);
    } else if (count == a->ndim) {
        char *at = tensor_element(a, count, args[1].dims.values, err);
        if (!at)
            return false;
        value = scalar_load(a->dtype, at);
    } else if (count == 1) {
        int64_t index = args[1].dims.values[0];
        if (index < -a->size || index >= a->size)
            return error_set(err, ERROR_INDEX,
                             "index %lld is out of bounds for size %lld",
                             (long long)index, (long long)a->size);
        value = tensor_item_at(a, index < 0 ? index + a->size : index);
    } else {
        return error_set(err, ERROR_VALUE,
                         "incorrect number of indices for array");
    }
    *ret = (struct op_result){.form = RESULT_SCALAR, .scalar = value};
    return true;
}

const struct op inspect_ops[] = {
    {"shape", NULL, "np", OP_FUNCTION | OP_PROPERTY, a_param, shape_forward,
     NULL, NULL, "The length of each axis, a tuple",
     "A matrix of two rows and three columns has the shape (2, 3), a vector of "
     "five numbers (5,), a single number ().",
     ">>> x = np.array([[5, 78, 2], [6, 79, 3]])\n>>> x.shape\n(2, 3)",
     "ndim size reshape"},
    {"ndim", NULL, "np", OP_FUNCTION | OP_PROPERTY, a_param, ndim_forward,
     NULL, NULL, "The number of axes",
     "A single number has 0 axes, a vector 1, a matrix 2.",
     ">>> np.array(12).ndim\n0\n>>> np.ones((2, 3)).ndim\n2", "shape"},
    {"size", NULL, "np", OP_FUNCTION | OP_PROPERTY, a_param, size_forward,
     NULL, NULL, "The number of elements", NULL,
     ">>> np.ones((2, 3)).size\n6", "shape nbytes"},
    {"dtype", NULL, "np", OP_PROPERTY, a_param, dtype_forward, NULL, NULL,
     "The type of the elements", NULL,
     ">>> np.array([1.5, 2]).dtype\ndtype('float64')", "astype itemsize"},
    {"itemsize", NULL, "np", OP_PROPERTY, a_param, itemsize_forward, NULL,
     NULL, "Bytes of one element", NULL, ">>> np.array([1, 2]).itemsize\n8",
     "nbytes dtype"},
    {"nbytes", NULL, "np", OP_PROPERTY, a_param, nbytes_forward, NULL, NULL,
     "Bytes of all elements", NULL, ">>> np.zeros((10, 10)).nbytes\n800",
     "itemsize size"},
    {"strides", NULL, "np", OP_PROPERTY, a_param, strides_forward, NULL, NULL,
     "Bytes from one element to the next along each axis", NULL,
     ">>> np.zeros((2, 3)).strides\n(24, 8)", "shape T"},
    {"fill", NULL, "np", OP_METHOD, fill_params, fill_forward, NULL, NULL,
     "Sets every element to one value", NULL,
     ">>> x = np.zeros(3)\n>>> x.fill(7)\n>>> x\narray([7., 7., 7.])", "full"},
    {"item", NULL, "np", OP_METHOD, item_params, item_forward, NULL, NULL,
     "One element as a plain Python number", NULL,
     ">>> np.array([[1, 2], [3, 4]]).item(1, 0)\n3", "tolist"},
    {.name = NULL},
};
