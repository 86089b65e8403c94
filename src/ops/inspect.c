/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an array is: its shape, dtype and size; single elements of it. */
#include <string.h>

#include "autograd/vjp.h"
#include "base/alloc.h"
#include "ops/arguments.h"
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

/* np.size(a, axis) */
static bool count_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    const struct tensor *a = args[0].tensor;
    int axis;

    (void)op;
    if (!args[1].given)
        return op_return_int(ret, a->size);
    return tensor_normalize_axis(args[1].integer, a->ndim, &axis, err) &&
           op_return_int(ret, a->shape[axis]);
}

static bool base_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct tensor *base = args[0].tensor->base;

    (void)op;
    (void)err;
    return base ? op_return_array(ret, tensor_ref(base)) : op_return_none(ret);
}

/* ------------------------------------------------------------------- view */

static const struct param size_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                           {"axis", PARAM_INT, 0, "None"},
                                           {NULL, 0, 0, NULL}};
static const struct param view_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                           {"dtype", PARAM_DTYPE, 0, "None"},
                                           {NULL, 0, 0, NULL}};

/* The same bytes as elements of another size: the last axis changes. */
static bool resize_last_axis(struct tensor *view, int64_t old_size,
                             int64_t new_size, struct error *err)
{
    if (view->ndim == 0)
        return error_set(err, ERROR_VALUE,
                         "Changing the dtype of a 0d array is only supported "
                         "if the itemsize is unchanged");
    int64_t *length = &view->shape[view->ndim - 1];
    int64_t *stride = &view->strides[view->ndim - 1];
    if (*length > 1 && *stride != old_size)
        return error_set(err, ERROR_VALUE,
                         "To change to a dtype of a different size, the last "
                         "axis must be contiguous");
    if (*length * old_size % new_size)
        return error_set(err, ERROR_VALUE,
                         "When changing to a larger dtype, its size must be a "
                         "divisor of the total size in bytes of the last axis "
                         "of the array.");
    *length = *length * old_size / new_size;
    *stride = new_size;
    view->size = 1;
    for (int i = 0; i < view->ndim; i++)
        view->size *= view->shape[i];
    return true;
}

static bool view_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    int64_t old_size = (int64_t)dtype_size(a->dtype);
    enum dtype dtype = dtype_or(&args[1], a->dtype);
    int64_t new_size = (int64_t)dtype_size(dtype);
    struct tensor *view = tensor_alias(a);

    (void)op;
    if (old_size != new_size &&
        !resize_last_axis(view, old_size, new_size, err)) {
        tensor_unref(view);
        return false;
    }
    view->dtype = dtype;
    return op_return_array(ret, view);
}

/* ---------------------------------------------------------------- elements */

static const struct param fill_params[] = {{"a", PARAM_TENSOR, PARAM_WRITTEN, NULL},
                                           {"value", PARAM_TENSOR, 0, NULL},
                                           {NULL, 0, 0, NULL}};

static bool fill_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    if (args[1].tensor->size != 1)
        return error_set(err, ERROR_VALUE,
                         "setting an array element with a sequence.");
    if (!args[0].tensor->size)
        return op_return_none(ret);
    return tensor_assign(args[0].tensor, args[1].tensor, err) &&
           op_return_none(ret);
}

static const struct param item_params[] = {
    {"a", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, NULL},
    {"index", PARAM_DIMS, PARAM_SPREAD | PARAM_POSITIONAL_ONLY, "None"},
    {NULL, 0, 0, NULL}};

/* Where the element with these indices lies: one an axis, or one for the
   flattened array; none for the only element. */
static char *find_element(const struct tensor *a, int count,
                          const int64_t *indices, struct error *err)
{
    if (count == 0 && a->size != 1)
        return error_null(err, ERROR_VALUE,
                          "can only convert an array of size 1 to a Python "
                          "scalar");
    if (count == 0)
        return a->data;
    if (count == a->ndim)
        return tensor_element(a, count, indices, err);
    if (count != 1)
        return error_null(err, ERROR_VALUE,
                          "incorrect number of indices for array");
    int64_t flat = indices[0];
    if (flat < -a->size || flat >= a->size)
        return error_null(err, ERROR_INDEX,
                          "index %lld is out of bounds for size %lld",
                          (long long)flat, (long long)a->size);
    flat += flat < 0 ? a->size : 0;
    char *at = a->data;
    for (int axis = a->ndim; axis-- > 0;) {
        at += flat % a->shape[axis] * a->strides[axis];
        flat /= a->shape[axis];
    }
    return at;
}

static bool item_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    int count = args[1].given ? args[1].dims.count : 0;
    char *at = find_element(a, count, count ? args[1].dims.values : NULL, err);

    (void)op;
    if (!at)
        return false;
    *ret = (struct op_result){.form = RESULT_SCALAR,
                              .scalar = scalar_load(a->dtype, at)};
    return true;
}

static const struct param itemset_params[] = {
    {"a", PARAM_TENSOR, PARAM_WRITTEN, NULL},
    {"args", PARAM_TENSORS, PARAM_STAR, NULL},
    {NULL, 0, 0, NULL}};

/* The indices before the value: each an integer, or a single tuple of them. */
static bool itemset_indices(const struct arg *list, int64_t *ret,
                            int *ret_count, struct error *err)
{
    *ret_count = 0;
    for (int i = 0; i + 1 < list->tensors.count; i++) {
        const struct tensor *index = list->tensors.items[i];
        if (dtype_is_float(index->dtype))
            return error_set(err, ERROR_TYPE, "an integer is required");
        for (int64_t k = 0; k < index->size; k++) {
            if (*ret_count == TENSOR_MAX_DIMS)
                return error_set(err, ERROR_VALUE,
                                 "incorrect number of indices for array");
            ret[(*ret_count)++] = scalar_to_int(tensor_item_at(index, k));
        }
    }
    return true;
}

static bool itemset_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    int64_t indices[TENSOR_MAX_DIMS];
    int count, given = args[1].tensors.count;

    (void)op;
    if (given == 0)
        return error_set(err, ERROR_VALUE,
                         "itemset must have at least one argument");
    if (a->readonly)
        return error_set(err, ERROR_VALUE,
                         "assignment destination is read-only");
    if (!itemset_indices(&args[1], indices, &count, err))
        return false;
    char *at = find_element(a, count, indices, err);
    const struct tensor *value = args[1].tensors.items[given - 1];
    if (at && value->size != 1)
        return error_set(err, ERROR_VALUE,
                         "setting an array element with a sequence.");
    if (at)
        scalar_store(tensor_item(value), a->dtype, at);
    return at && op_return_none(ret);
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
    {"size", NULL, "np", OP_FUNCTION, size_params, count_forward, NULL, NULL,
     "The number of elements, of all or along an axis", NULL,
     ">>> np.size(np.ones((2, 3)))\n6\n>>> np.size(np.ones((2, 3)), 1)\n3",
     "shape nbytes"},
    {"size", NULL, "np", OP_PROPERTY, a_param, size_forward, NULL, NULL,
     "The number of elements", NULL, ">>> np.ones((2, 3)).size\n6",
     "shape nbytes"},
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
    {"base", NULL, "np", OP_PROPERTY, a_param, base_forward, NULL, NULL,
     "The array whose memory this is a view of, or None", NULL,
     ">>> x = np.arange(3)\n>>> x[1:].base is x\nTrue\n"
     ">>> x.base is None\nTrue",
     "view flags"},
    {"view", NULL, "np", OP_METHOD, view_params, view_forward, NULL, NULL,
     "The same memory, its bytes read as another dtype", NULL,
     ">>> np.array([1, -1], dtype='int8').view('uint8')\n"
     "array([  1, 255], dtype=uint8)",
     "astype base"},
    {"fill", NULL, "np", OP_METHOD, fill_params, fill_forward, NULL, NULL,
     "Sets every element to one value", NULL,
     ">>> x = np.zeros(3)\n>>> x.fill(7)\n>>> x\narray([7., 7., 7.])", "full"},
    {"item", NULL, "np", OP_METHOD, item_params, item_forward, vjp_none, NULL,
     "One element as a plain Python number", NULL,
     ">>> np.array([[1, 2], [3, 4]]).item(1, 0)\n3", "tolist"},
    {"itemset", NULL, "np", OP_METHOD, itemset_params, itemset_forward, NULL,
     NULL, "Sets one element", NULL,
     ">>> x = np.zeros((2, 2))\n>>> x.itemset((0, 1), 5)\n>>> x\n"
     "array([[0., 5.],\n       [0., 0.]])",
     "item"},
    {.name = NULL},
};
