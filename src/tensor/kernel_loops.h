/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The loops that every kernel is made of.  Each comes in a form for plain
 * memory, which the compiler vectorises, and one for any strides.
 */
#ifndef TENSOR_KERNEL_LOOPS_H
#define TENSOR_KERNEL_LOOPS_H

#include "tensor/loop.h"
#include "tensor/parallel.h"

/* Type-generic code compares unsigned numbers with 0, too. */
#pragma GCC diagnostic ignored "-Wtype-limits"

#define KERNEL_ARGUMENTS                                                       \
    int64_t n, char *const *data, const int64_t *strides, const void *context

/* EXPRESSION(x) */
#define UNARY_BODY(in_type, out_type, EXPRESSION)                              \
    (void)context;                                                             \
    if (strides[0] == sizeof(in_type) && strides[1] == sizeof(out_type)) {     \
        const in_type *in = (const in_type *)data[0];                          \
        out_type *out = (out_type *)data[1];                                   \
        VECTOR_LOOP                                                            \
        for (int64_t i = 0; i < n; i++)                                        \
            out[i] = (out_type)EXPRESSION(in[i]);                              \
        return;                                                                \
    }                                                                          \
    const char *in = data[0];                                                  \
    char *out = data[1];                                                       \
    for (int64_t i = 0; i < n; i++) {                                          \
        *(out_type *)out = (out_type)EXPRESSION(*(const in_type *)in);         \
        in += strides[0];                                                      \
        out += strides[1];                                                     \
    }

#define BINARY_CONTIGUOUS(in_type, out_type, EXPRESSION, LEFT, RIGHT)          \
    {                                                                          \
        const in_type *a = (const in_type *)data[0];                           \
        const in_type *b = (const in_type *)data[1];                           \
        out_type *out = (out_type *)data[2];                                   \
        VECTOR_LOOP                                                            \
        for (int64_t i = 0; i < n; i++)                                        \
            out[i] = (out_type)EXPRESSION(LEFT, RIGHT);                        \
        return;                                                                \
    }

/* EXPRESSION(x, y); one side may be a single repeated element. */
#define BINARY_BODY(in_type, out_type, EXPRESSION)                             \
    (void)context;                                                             \
    int64_t size = sizeof(in_type);                                            \
    if (strides[2] == sizeof(out_type)) {                                      \
        if (strides[0] == size && strides[1] == size)                          \
            BINARY_CONTIGUOUS(in_type, out_type, EXPRESSION, a[i], b[i])       \
        if (strides[0] == size && strides[1] == 0) {                           \
            const in_type y = *(const in_type *)data[1];                       \
            BINARY_CONTIGUOUS(in_type, out_type, EXPRESSION, a[i],             \
                              ((void)b, y))                                    \
        }                                                                      \
        if (strides[0] == 0 && strides[1] == size) {                           \
            const in_type x = *(const in_type *)data[0];                       \
            BINARY_CONTIGUOUS(in_type, out_type, EXPRESSION, ((void)a, x),     \
                              b[i])                                            \
        }                                                                      \
    }                                                                          \
    const char *left = data[0], *right = data[1];                              \
    char *out = data[2];                                                       \
    for (int64_t i = 0; i < n; i++) {                                          \
        *(out_type *)out = (out_type)EXPRESSION(*(const in_type *)left,        \
                                                *(const in_type *)right);      \
        left += strides[0];                                                    \
        right += strides[1];                                                   \
        out += strides[2];                                                     \
    }

/* The second form alone, for functions too long to be vectorised. */
#define BINARY_PLAIN_BODY(in_type, out_type, EXPRESSION)                       \
    (void)context;                                                             \
    const char *left = data[0], *right = data[1];                              \
    char *out = data[2];                                                       \
    for (int64_t i = 0; i < n; i++) {                                          \
        *(out_type *)out = (out_type)EXPRESSION(*(const in_type *)left,        \
                                                *(const in_type *)right);      \
        left += strides[0];                                                    \
        right += strides[1];                                                   \
        out += strides[2];                                                     \
    }

/* Lists of types, X(identifier, type, unsigned type for wrapping sums). */
#define SIGNED_TYPES(X, ...)                                                   \
    X(INT8, int8_t, uint8_t, __VA_ARGS__)                                      \
    X(INT16, int16_t, uint16_t, __VA_ARGS__)                                   \
    X(INT32, int32_t, uint32_t, __VA_ARGS__)                                   \
    X(INT64, int64_t, uint64_t, __VA_ARGS__)
#define UNSIGNED_TYPES(X, ...)                                                 \
    X(UINT8, uint8_t, uint8_t, __VA_ARGS__)                                    \
    X(UINT16, uint16_t, uint16_t, __VA_ARGS__)                                 \
    X(UINT32, uint32_t, uint32_t, __VA_ARGS__)                                 \
    X(UINT64, uint64_t, uint64_t, __VA_ARGS__)
/* In the order in which loops are tried. */
#define INTEGER_TYPES(X, ...)                                                  \
    X(INT8, int8_t, uint8_t, __VA_ARGS__)                                      \
    X(UINT8, uint8_t, uint8_t, __VA_ARGS__)                                    \
    X(INT16, int16_t, uint16_t, __VA_ARGS__)                                   \
    X(UINT16, uint16_t, uint16_t, __VA_ARGS__)                                 \
    X(INT32, int32_t, uint32_t, __VA_ARGS__)                                   \
    X(UINT32, uint32_t, uint32_t, __VA_ARGS__)                                 \
    X(INT64, int64_t, uint64_t, __VA_ARGS__)                                   \
    X(UINT64, uint64_t, uint64_t, __VA_ARGS__)
#define FLOAT_TYPES(X, ...)                                                    \
    X(FLOAT32, float, float, __VA_ARGS__)                                      \
    X(FLOAT64, double, double, __VA_ARGS__)

/* Rows of a ufunc's list of loops, for kernels named NAME_TYPE. */
#define LOOP_SAME(TYPE, type, wide, NAME)                                      \
    {DTYPE_##TYPE, DTYPE_##TYPE, DTYPE_##TYPE, NAME##_##TYPE},
#define LOOP_TO_BOOL(TYPE, type, wide, NAME)                                   \
    {DTYPE_##TYPE, DTYPE_##TYPE, DTYPE_BOOL, NAME##_##TYPE},

#define LOOP_LIST(NAME, ...)                                                   \
    static const struct ufunc_loop NAME##_loops[] = {__VA_ARGS__}
#define LOOPS(list) CHECKED_LOOPS(list, NULL)
#define CHECKED_LOOPS(list, check) \
    (int)(sizeof(list) / sizeof *(list)), list, check

#endif
