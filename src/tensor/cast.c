/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/cast.h"

#include <fenv.h>
#include <string.h>

#include "tensor/elementwise.h"
#include "tensor/parallel.h"

/*
 * What one element becomes.  C leaves floats outside an integer's range
 * undefined; NumPy on x86-64 gives what cvttsd2si gives, the smallest int64
 * (int32 for types up to 32 bits), cut to the type's width.
 */
#define FITS_INT64(x) ((x) >= -9223372036854775808.0 && (x) < 9223372036854775808.0)
/* of float32 there is none between the two lower ends */
#define FITS_INT32(x)                                    \
    (sizeof(x) == sizeof(float)                          \
         ? (float)(x) >= -0x1p31f && (float)(x) < 0x1p31f \
         : (x) > -2147483649.0 && (x) < 2147483648.0)
#define TO_INT64(x) (FITS_INT64(x) ? (int64_t)(x) : INT64_MIN)
#define TO_INT32(x) (FITS_INT32(x) ? (int32_t)(x) : INT32_MIN)
#define TO_UINT64(x)                                                           \
    ((x) >= 9223372036854775808.0 && (x) < 18446744073709551616.0              \
         ? (uint64_t)(x)                                                       \
         : (uint64_t)TO_INT64(x))

#define CONVERT_BOOL(type, from_float, x) ((x) != 0)
#define CONVERT_INT8(type, from_float, x) CONVERT_NARROW(type, from_float, x)
#define CONVERT_UINT8(type, from_float, x) CONVERT_NARROW(type, from_float, x)
#define CONVERT_INT16(type, from_float, x) CONVERT_NARROW(type, from_float, x)
#define CONVERT_UINT16(type, from_float, x) CONVERT_NARROW(type, from_float, x)
#define CONVERT_INT32(type, from_float, x) CONVERT_NARROW(type, from_float, x)
#define CONVERT_UINT32(type, from_float, x)                                    \
    ((from_float) ? (type)TO_INT64(x) : (type)(x))
#define CONVERT_INT64(type, from_float, x)                                     \
    ((from_float) ? (type)TO_INT64(x) : (type)(x))
#define CONVERT_UINT64(type, from_float, x)                                    \
    ((from_float) ? (type)TO_UINT64(x) : (type)(x))
#define CONVERT_FLOAT32(type, from_float, x) ((type)(x))
#define CONVERT_FLOAT64(type, from_float, x) ((type)(x))
#define CONVERT_NARROW(type, from_float, x)                                    \
    ((from_float) ? (type)TO_INT32(x) : (type)(x))

/* Is a float that becomes an integer out of its range?  NumPy asks the
   processor, which sees no more than the width of the conversion. */
#define LOST_BOOL(from_float, x) false
#define LOST_INT8(from_float, x) LOST_NARROW(from_float, x)
#define LOST_UINT8(from_float, x) LOST_NARROW(from_float, x)
#define LOST_INT16(from_float, x) LOST_NARROW(from_float, x)
#define LOST_UINT16(from_float, x) LOST_NARROW(from_float, x)
#define LOST_INT32(from_float, x) LOST_NARROW(from_float, x)
#define LOST_UINT32(from_float, x) ((from_float) && !FITS_INT64(x))
#define LOST_INT64(from_float, x) ((from_float) && !FITS_INT64(x))
#define LOST_UINT64(from_float, x) \
    ((from_float) &&               \
     !((x) > -9223372036854775809.0 && (x) < 18446744073709551616.0))
#define LOST_FLOAT32(from_float, x) false
#define LOST_FLOAT64(from_float, x) false
#define LOST_NARROW(from_float, x) ((from_float) && !FITS_INT32(x))

#define DEFINE_CAST(FROM, from_type, from_float, TO, to_type)                  \
    MULTI_TARGET static void cast_##FROM##_##TO(                       \
        int64_t n, char *const *data, const int64_t *strides,                  \
        const void *context)                                                   \
    {                                                                          \
        (void)context;                                                         \
        if (strides[0] == sizeof(from_type) &&                                 \
            strides[1] == sizeof(to_type)) {                                   \
            const from_type *restrict from = (const from_type *)data[0];       \
            to_type *restrict to = (to_type *)data[1];                         \
            bool lost = false;                                                 \
            for (int64_t i = 0; i < n; i++) {                                  \
                to[i] = CONVERT_##TO(to_type, from_float, from[i]);            \
                lost |= LOST_##TO(from_float, from[i]);                        \
            }                                                                  \
            if (lost)                                                          \
                feraiseexcept(FE_INVALID);                                     \
            else if (from_float) /* lanes that were not taken raise it, too */ \
                feclearexcept(FE_INVALID);                                     \
            return;                                                            \
        }                                                                      \
        const char *from = data[0];                                            \
        char *to = data[1];                                                    \
        for (int64_t i = 0; i < n; i++) {                                      \
            from_type x = *(const from_type *)from;                            \
            *(to_type *)to = CONVERT_##TO(to_type, from_float, x);             \
            if (LOST_##TO(from_float, x))                                      \
                feraiseexcept(FE_INVALID);                                     \
            from += strides[0];                                                \
            to += strides[1];                                                  \
        }                                                                      \
    }

/* X(identifier, type, is float): a second list, since a macro cannot expand
   itself. */
#define TARGETS(X, FROM, from_type, from_float)                                \
    X(FROM, from_type, from_float, BOOL, bool)                                 \
    X(FROM, from_type, from_float, INT8, int8_t)                               \
    X(FROM, from_type, from_float, UINT8, uint8_t)                             \
    X(FROM, from_type, from_float, INT16, int16_t)                             \
    X(FROM, from_type, from_float, UINT16, uint16_t)                           \
    X(FROM, from_type, from_float, INT32, int32_t)                             \
    X(FROM, from_type, from_float, UINT32, uint32_t)                           \
    X(FROM, from_type, from_float, INT64, int64_t)                             \
    X(FROM, from_type, from_float, UINT64, uint64_t)                           \
    X(FROM, from_type, from_float, FLOAT32, float)                             \
    X(FROM, from_type, from_float, FLOAT64, double)

#define X(identifier, name, type, kind, character)                             \
    TARGETS(DEFINE_CAST, identifier, type, kind == 'f')
DTYPES(X)
#undef X

#define ENTRY(FROM, from_type, from_float, TO, to_type)                        \
    [DTYPE_##TO] = cast_##FROM##_##TO,
#define X(identifier, name, type, kind, character)                             \
    [DTYPE_##identifier] = {TARGETS(ENTRY, identifier, type, 0)},
static kernel *const kernels[DTYPE_COUNT][DTYPE_COUNT] = {DTYPES(X)};
#undef X

kernel *cast_kernel(enum dtype from, enum dtype to)
{
    return kernels[from][to];
}

static void run_plain(int64_t n, char *const *data, const int64_t *strides,
                      const void *context)
{
    kernel *const *cast = context;

    (*cast)(n, data, strides, NULL);
}

static void run_noting_events(int64_t n, char *const *data,
                              const int64_t *strides, const void *context)
{
    fp_events_begin();
    run_plain(n, data, strides, context);
    fp_events_end("cast");
}

kernel *cast_noting_events(enum dtype from, enum dtype to)
{
    bool may_lose = dtype_is_float(from) && !dtype_can_cast_safe(from, to);

    return may_lose ? run_noting_events : run_plain;
}
