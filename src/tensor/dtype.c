/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/dtype.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *name;
    size_t size;
    char kind;
    char character;
} dtypes[] = {
#define X(identifier, name, type, kind, character)                             \
    [DTYPE_##identifier] = {name, sizeof(type), kind, character},
    DTYPES(X)
#undef X
};

/* Other spellings that np.dtype() takes. */
static const struct {
    const char *name;
    enum dtype dtype;
} spellings[] = {
    {"bool_", DTYPE_BOOL},      {"bool8", DTYPE_BOOL},
    {"b1", DTYPE_BOOL},         {"int", DTYPE_INT64},
    {"int_", DTYPE_INT64},      {"long", DTYPE_INT64},
    {"longlong", DTYPE_INT64},  {"q", DTYPE_INT64},
    {"p", DTYPE_INT64},         {"intp", DTYPE_INT64},
    {"intc", DTYPE_INT32},      {"short", DTYPE_INT16},
    {"byte", DTYPE_INT8},       {"ubyte", DTYPE_UINT8},
    {"ushort", DTYPE_UINT16},   {"uintc", DTYPE_UINT32},
    {"uint", DTYPE_UINT64},     {"ulonglong", DTYPE_UINT64},
    {"Q", DTYPE_UINT64},        {"uintp", DTYPE_UINT64},
    {"float", DTYPE_FLOAT64},   {"float_", DTYPE_FLOAT64},
    {"double", DTYPE_FLOAT64},  {"single", DTYPE_FLOAT32},
};

const char *dtype_name(enum dtype dtype)
{
    return dtypes[dtype].name;
}

size_t dtype_size(enum dtype dtype)
{
    return dtypes[dtype].size;
}

char dtype_kind(enum dtype dtype)
{
    return dtypes[dtype].kind;
}

char dtype_character(enum dtype dtype)
{
    return dtypes[dtype].character;
}

/* "f4", "u1", "i8": kind letter and bytes. */
static bool find_sized(const char *name, enum dtype *ret)
{
    if (!name[0] || name[1] < '1' || name[1] > '8' || name[2])
        return false;
    for (int i = 1; i < DTYPE_COUNT; i++) {
        if (dtypes[i].kind == name[0] &&
            dtypes[i].size == (size_t)(name[1] - '0')) {
            *ret = (enum dtype)i;
            return true;
        }
    }
    return false;
}

bool dtype_find(const char *name, enum dtype *ret)
{
    for (int i = 0; i < DTYPE_COUNT; i++) {
        if (!strcmp(name, dtypes[i].name) ||
            (name[0] == dtypes[i].character && !name[1])) {
            *ret = (enum dtype)i;
            return true;
        }
    }
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        if (!strcmp(name, spellings[i].name)) {
            *ret = spellings[i].dtype;
            return true;
        }
    }
    if (*name && strchr("<=|", *name)) /* byte order: ours, or none */
        name++;
    return find_sized(name, ret);
}

bool dtype_can_cast_safe(enum dtype from, enum dtype to)
{
    char f = dtype_kind(from), t = dtype_kind(to);
    size_t from_size = dtype_size(from), to_size = dtype_size(to);

    if (from == to || f == 'b')
        return true;
    if (t == 'b')
        return false;
    if (f == 'f')
        return t == 'f' && to_size >= from_size;
    if (t == 'f') /* the mantissa holds it; 64-bit integers go to float64 */
        return to_size > from_size || to == DTYPE_FLOAT64;
    if (f == t)
        return to_size >= from_size;
    return f == 'u' && to_size > from_size;
}

bool dtype_can_cast_same_kind(enum dtype from, enum dtype to)
{
    static const char order[] = "buif";
    if (dtype_can_cast_safe(from, to))
        return true;
    const char *f = strchr(order, dtype_kind(from));
    const char *t = strchr(order, dtype_kind(to));
    return f <= t && *f != 'b';
}

static const char *const castings[] = {"no", "equiv", "safe", "same_kind",
                                       "unsafe"};

bool casting_find(const char *name, enum casting *ret)
{
    for (int i = 0; i <= CASTING_UNSAFE; i++) {
        if (!strcmp(name, castings[i])) {
            *ret = (enum casting)i;
            return true;
        }
    }
    return false;
}

const char *casting_name(enum casting casting)
{
    return castings[casting];
}

bool dtype_can_cast(enum dtype from, enum dtype to, enum casting casting)
{
    switch (casting) {
    case CASTING_NO:
    case CASTING_EQUIV:
        return from == to;
    case CASTING_SAFE:
        return dtype_can_cast_safe(from, to);
    case CASTING_SAME_KIND:
        return dtype_can_cast_same_kind(from, to);
    case CASTING_UNSAFE:
        break;
    }
    return true;
}

enum dtype dtype_promote(enum dtype a, enum dtype b)
{
    for (int i = 0; i < DTYPE_COUNT; i++)
        if (dtype_can_cast_safe(a, (enum dtype)i) &&
            dtype_can_cast_safe(b, (enum dtype)i))
            return (enum dtype)i;
    return DTYPE_FLOAT64;
}

static enum dtype min_unsigned(uint64_t value)
{
    if (value <= UINT8_MAX)
        return DTYPE_UINT8;
    if (value <= UINT16_MAX)
        return DTYPE_UINT16;
    return value <= UINT32_MAX ? DTYPE_UINT32 : DTYPE_UINT64;
}

static enum dtype min_signed(int64_t value)
{
    if (value >= INT8_MIN)
        return DTYPE_INT8;
    if (value >= INT16_MIN)
        return DTYPE_INT16;
    return value >= INT32_MIN ? DTYPE_INT32 : DTYPE_INT64;
}

enum dtype scalar_min_dtype(struct scalar value)
{
    switch (dtype_kind(value.dtype)) {
    case 'b':
        return DTYPE_BOOL;
    case 'u':
        return min_unsigned(value.u);
    case 'i':
        return value.i >= 0 ? min_unsigned((uint64_t)value.i)
                            : min_signed(value.i);
    default: /* by range, not by precision, as NumPy */
        return isfinite(value.f) && fabs(value.f) > 3.4e38 ? DTYPE_FLOAT64
                                                           : DTYPE_FLOAT32;
    }
}

struct scalar scalar_load(enum dtype dtype, const void *memory)
{
    struct scalar value = {.dtype = dtype};

    switch (dtype) {
#define X(identifier, name, type, kind, character)                             \
    case DTYPE_##identifier: {                                                 \
        type element;                                                          \
        memcpy(&element, memory, sizeof element);                              \
        if (kind == 'f')                                                       \
            value.f = (double)element;                                         \
        else if (kind == 'u')                                                  \
            value.u = (uint64_t)element;                                       \
        else                                                                   \
            value.i = (int64_t)element;                                        \
        break;                                                                 \
    }
        DTYPES(X)
#undef X
    case DTYPE_COUNT:
        break;
    }
    return value;
}

/* C leaves floats outside the range undefined; x86-64 and so NumPy give the
   smallest integer. */
static int64_t truncate(double value)
{
    if (value >= -9223372036854775808.0 && value < 9223372036854775808.0)
        return (int64_t)value;
    return INT64_MIN;
}

static uint64_t truncate_unsigned(double value)
{
    if (value >= 9223372036854775808.0 && value < 18446744073709551616.0)
        return (uint64_t)value;
    return (uint64_t)truncate(value);
}

struct scalar scalar_cast(struct scalar value, enum dtype dtype)
{
    char from = dtype_kind(value.dtype), to = dtype_kind(dtype);
    struct scalar result = {.dtype = dtype};

    if (to == 'b')
        result.i = scalar_truth(value);
    else if (to == 'f')
        result.f = scalar_to_double(value);
    else if (from == 'f' && dtype == DTYPE_UINT64)
        result.u = truncate_unsigned(value.f);
    else
        result.i = scalar_to_int(value);
    if (dtype == DTYPE_INT64 || dtype == DTYPE_UINT64 || to == 'b')
        return result;
    char element[8];
    scalar_store(result, dtype, element);
    return scalar_load(dtype, element); /* wraps around, rounds */
}

void scalar_store(struct scalar value, enum dtype dtype, void *memory)
{
    if (value.dtype != dtype &&
        (dtype_kind(value.dtype) != dtype_kind(dtype) || dtype == DTYPE_BOOL))
        value = scalar_cast(value, dtype);
    switch (dtype) {
#define X(identifier, name, type, kind, character)                             \
    case DTYPE_##identifier: {                                                 \
        type element = kind == 'f'   ? (type)value.f                           \
                       : kind == 'u' ? (type)value.u                           \
                                     : (type)value.i;                          \
        memcpy(memory, &element, sizeof element);                              \
        break;                                                                 \
    }
        DTYPES(X)
#undef X
    case DTYPE_COUNT:
        break;
    }
}

struct scalar scalar_from_int(int64_t value)
{
    return (struct scalar){DTYPE_INT64, {.i = value}};
}

struct scalar scalar_from_double(double value)
{
    return (struct scalar){DTYPE_FLOAT64, {.f = value}};
}

struct scalar scalar_from_bool(bool value)
{
    return (struct scalar){DTYPE_BOOL, {.i = value}};
}

double scalar_to_double(struct scalar value)
{
    switch (dtype_kind(value.dtype)) {
    case 'f':
        return value.f;
    case 'u':
        return (double)value.u;
    default:
        return (double)value.i;
    }
}

int64_t scalar_to_int(struct scalar value)
{
    return dtype_is_float(value.dtype) ? truncate(value.f) : value.i;
}

bool scalar_truth(struct scalar value)
{
    return dtype_is_float(value.dtype) ? value.f != 0 : value.i != 0;
}

static bool check_finite(double x, struct error *err)
{
    if (isnan(x))
        return error_set(err, ERROR_VALUE,
                         "cannot convert float NaN to integer");
    return !isinf(x) || error_set(err, ERROR_OVERFLOW,
                                  "cannot convert float infinity to integer");
}

bool double_to_int64(double x, int64_t *ret, struct error *err)
{
    if (!check_finite(x, err))
        return false;
    if (fabs(x) >= 0x1p63)
        return error_set(err, ERROR_OVERFLOW, "int too large for 64 bits");
    *ret = (int64_t)x;
    return true;
}

bool scalar_fits(struct scalar value, enum dtype dtype, struct error *err)
{
    if (!dtype_is_float(value.dtype) || !dtype_is_integer(dtype))
        return true;
    double end = dtype == DTYPE_UINT64 ? 0x1p64 : 0x1p63;
    return check_finite(value.f, err) &&
           ((value.f < end && value.f >= -0x1p63) ||
            error_set(err, ERROR_OVERFLOW,
                      "Python int too large to convert to C long"));
}
