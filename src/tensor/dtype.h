/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Element types and how they combine.  Promotion follows NumPy 1.24
 * (https://numpy.org/doc/1.24/reference/arrays.promotion.html), value-based
 * casting of 0-d operands included.
 */
#ifndef TENSOR_DTYPE_H
#define TENSOR_DTYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* X(identifier, NumPy's name, C type, kind letter, NumPy type character)
   In NumPy's order: the first type that can hold both operands wins. */
#define DTYPES(X)                                                              \
    X(BOOL, "bool", bool, 'b', '?')                                            \
    X(INT8, "int8", int8_t, 'i', 'b')                                          \
    X(UINT8, "uint8", uint8_t, 'u', 'B')                                       \
    X(INT16, "int16", int16_t, 'i', 'h')                                       \
    X(UINT16, "uint16", uint16_t, 'u', 'H')                                    \
    X(INT32, "int32", int32_t, 'i', 'i')                                       \
    X(UINT32, "uint32", uint32_t, 'u', 'I')                                    \
    X(INT64, "int64", int64_t, 'i', 'l')                                       \
    X(UINT64, "uint64", uint64_t, 'u', 'L')                                    \
    X(FLOAT32, "float32", float, 'f', 'f')                                     \
    X(FLOAT64, "float64", double, 'f', 'd')

enum dtype {
#define X(identifier, name, type, kind, character) DTYPE_##identifier,
    DTYPES(X)
#undef X
    DTYPE_COUNT
};

/* One element outside an array: NumPy's scalar, or a number on its way into
   an array.  Which member is valid follows from the dtype's kind:
   'b' and 'i' -> i, 'u' -> u, 'f' -> f (float32 held exactly). */
struct scalar {
    enum dtype dtype;
    union {
        int64_t i;
        uint64_t u;
        double f;
    };
};

const char *dtype_name(enum dtype dtype);
size_t dtype_size(enum dtype dtype); /* bytes */
char dtype_kind(enum dtype dtype);   /* 'b', 'i', 'u' or 'f' */
char dtype_character(enum dtype dtype); /* NumPy's dtype.char */

static inline bool dtype_is_float(enum dtype dtype)
{
    return dtype >= DTYPE_FLOAT32;
}

static inline bool dtype_is_integer(enum dtype dtype)
{
    return dtype > DTYPE_BOOL && dtype < DTYPE_FLOAT32;
}

/* By any spelling that np.dtype() takes: "float32", "f4", "<f4", "float",
   "int", "uint8", "u1", "?", "d", "double", "single", "long"…  false when
   unknown. */
bool dtype_find(const char *name, enum dtype *ret);

/* The smallest type that both convert to without loss (np.promote_types). */
enum dtype dtype_promote(enum dtype a, enum dtype b);

/* What a conversion may lose, as NumPy's casting= names it. */
enum casting {
    CASTING_NO,
    CASTING_EQUIV,
    CASTING_SAFE,
    CASTING_SAME_KIND,
    CASTING_UNSAFE
};
bool casting_find(const char *name, enum casting *ret);
const char *casting_name(enum casting casting);

/* np.can_cast(from, to, 'safe'), 'same_kind' and any. */
bool dtype_can_cast_safe(enum dtype from, enum dtype to);
bool dtype_can_cast_same_kind(enum dtype from, enum dtype to);
bool dtype_can_cast(enum dtype from, enum dtype to, enum casting casting);

/* np.min_scalar_type: the smallest type that holds the value.  A positive
   integer yields the unsigned type. */
enum dtype scalar_min_dtype(struct scalar value);

/* Reads and writes one element in memory, aligned or not. */
struct scalar scalar_load(enum dtype dtype, const void *memory);
void scalar_store(struct scalar value, enum dtype dtype, void *memory);

struct scalar scalar_from_int(int64_t value);    /* int64 */
struct scalar scalar_from_double(double value);  /* float64 */
struct scalar scalar_from_bool(bool value);
struct scalar scalar_cast(struct scalar value, enum dtype dtype);
double scalar_to_double(struct scalar value);
int64_t scalar_to_int(struct scalar value); /* floats are truncated */
bool scalar_truth(struct scalar value);

/* Python's int() of a float: truncated.  ValueError "cannot convert float NaN
   to integer", OverflowError "… infinity …" and beyond 64 bits. */
bool double_to_int64(double x, int64_t *ret, struct error *err);
/* The same where VALUE becomes an element of an array: of integers, or it is
   no float, and always good.  OverflowError "Python int too large to convert
   to C long". */
bool scalar_fits(struct scalar value, enum dtype dtype, struct error *err);

#endif
