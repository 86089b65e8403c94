/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One of two, element by element: types do not matter, only their size. */
#include "tensor/elementwise.h"
#include "tensor/kernel_loops.h"

/* Operands: mask, x, y, result; x and y may each be one repeated element. */
#define CHOOSE(X, Y)                \
    VECTOR_LOOP                     \
    for (int64_t i = 0; i < n; i++) \
        out[i] = mask[i] ? X : Y;   \
    return;

#define DEFINE_CHOOSE(bits)                                            \
    MULTI_TARGET static void choose_##bits(KERNEL_ARGUMENTS)           \
    {                                                                  \
        typedef uint##bits##_t type;                                   \
        const int64_t size = sizeof(type);                             \
        bool x_repeats = strides[1] == 0, y_repeats = strides[2] == 0; \
        (void)context;                                                 \
        if (strides[0] == 1 && strides[3] == size &&                   \
            (x_repeats || strides[1] == size) &&                       \
            (y_repeats || strides[2] == size)) {                       \
            const uint8_t *mask = (const uint8_t *)data[0];            \
            const type *x = (const type *)data[1], first_x = *x;       \
            const type *y = (const type *)data[2], first_y = *y;       \
            type *out = (type *)data[3];                               \
            if (!x_repeats && !y_repeats) {                            \
                CHOOSE(x[i], y[i])                                     \
            }                                                          \
            if (!x_repeats) {                                          \
                CHOOSE(x[i], first_y)                                  \
            }                                                          \
            if (!y_repeats) {                                          \
                CHOOSE(first_x, y[i])                                  \
            }                                                          \
            CHOOSE(first_x, first_y)                                   \
        }                                                              \
        for (int64_t i = 0; i < n; i++) {                              \
            const char *from = data[0][i * strides[0]]                 \
                                   ? data[1] + i * strides[1]          \
                                   : data[2] + i * strides[2];         \
            *(type *)(data[3] + i * strides[3]) = *(const type *)from; \
        }                                                              \
    }
DEFINE_CHOOSE(8)
DEFINE_CHOOSE(16)
DEFINE_CHOOSE(32)
DEFINE_CHOOSE(64)

static kernel *choose_kernel(size_t size)
{
    return size == 1   ? choose_8
           : size == 2 ? choose_16
           : size == 4 ? choose_32
                       : choose_64;
}

static struct tensor *with_dtype(struct tensor *tensor, enum dtype dtype,
                                 struct error *err)
{
    return tensor->dtype == dtype ? tensor_ref(tensor)
                                  : tensor_astype(tensor, dtype, err);
}

struct tensor *tensor_where(struct tensor *mask, struct tensor *x,
                            struct tensor *y, struct error *err)
{
    struct tensor *given[3] = {mask, x, y}, *operands[4] = {NULL};
    int64_t shape[TENSOR_MAX_DIMS];
    struct loop loop;
    int ndim;

    if (!tensor_broadcast_shapes(3, given, &ndim, shape, err))
        return NULL;
    enum dtype dtype = tensor_result_type(2, given + 1);
    struct tensor *result = tensor_new(dtype, ndim, shape, err);
    operands[0] = result ? with_dtype(mask, DTYPE_BOOL, err) : NULL;
    operands[1] = operands[0] ? with_dtype(x, dtype, err) : NULL;
    operands[2] = operands[1] ? with_dtype(y, dtype, err) : NULL;
    operands[3] = result;
    bool done = operands[2] != NULL;
    if (done) {
        loop_init(&loop, 4, operands, ndim, shape);
        loop_tile(&loop);
        done =
            loop_run(&loop, choose_kernel(dtype_size(dtype)), NULL, true, err);
    }
    for (int k = 0; k < 3; k++)
        tensor_unref(operands[k]);
    if (done)
        return result;
    tensor_unref(result);
    return NULL;
}
