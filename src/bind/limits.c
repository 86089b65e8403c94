/* SPDX-License-Identifier: GPL-3.0-or-later */
/* np.finfo and np.iinfo: what a dtype can hold. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "bind/natives.h"
#include "bind/op_call.h"

static const struct param type_params[] = {{"dtype", PARAM_ANY, 0, NULL},
                                           {NULL, 0, 0, NULL}};

/* What an object of either kind points to. */
static enum dtype dtypes[DTYPE_COUNT];

/* The dtype that VALUE is or has. */
static bool dtype_of(struct value value, enum dtype *ret, struct error *err)
{
    switch ((enum value_kind)value.kind) {
    case VALUE_SCALAR:
        *ret = (enum dtype)value.dtype;
        return true;
    case VALUE_TENSOR:
        *ret = value.tensor->dtype;
        return true;
    case VALUE_INT:
        *ret = DTYPE_INT64;
        return true;
    case VALUE_FLOAT:
        *ret = DTYPE_FLOAT64;
        return true;
    default:
        return dtype_convert(value, ret, err);
    }
}

static struct value limits_value(const struct native_type *type,
                                 enum dtype dtype)
{
    dtypes[dtype] = dtype;
    return value_opaque(type, &dtypes[dtype]);
}

static const char rule[] = "------------------------------------------------"
                           "---------------\n";

/* -------------------------------------------------------------------- finfo */

struct float_format {
    int bits, nexp, nmant, maxexp, precision;
    double eps, max, tiny, smallest_subnormal, resolution;
};

static const struct float_format *format_of(enum dtype dtype)
{
    static const struct float_format single = {
        32,          8,       FLT_MANT_DIG - 1, FLT_MAX_EXP, FLT_DIG,
        FLT_EPSILON, FLT_MAX, FLT_MIN,          0x1p-149,    1e-6f};
    static const struct float_format wide = {
        64,          11,      DBL_MANT_DIG - 1, DBL_MAX_EXP, DBL_DIG,
        DBL_EPSILON, DBL_MAX, DBL_MIN,          0x1p-1074,   1e-15};
    return dtype == DTYPE_FLOAT32 ? &single : &wide;
}

static bool float_number(const struct float_format *format, const char *name,
                         double *ret)
{
    const struct {
        const char *name;
        double value;
    } numbers[] = {{"eps", format->eps},
                   {"epsneg", format->eps / 2},
                   {"max", format->max},
                   {"min", -format->max},
                   {"tiny", format->tiny},
                   {"smallest_normal", format->tiny},
                   {"smallest_subnormal", format->smallest_subnormal},
                   {"resolution", format->resolution}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (!strcmp(numbers[i].name, name)) {
            *ret = numbers[i].value;
            return true;
        }
    }
    return false;
}

static bool float_integer(const struct float_format *format, const char *name,
                          int *ret)
{
    const struct {
        const char *name;
        int value;
    } integers[] = {
        {"bits", format->bits},          {"nexp", format->nexp},
        {"iexp", format->nexp},          {"nmant", format->nmant},
        {"machep", -format->nmant},      {"negep", -format->nmant - 1},
        {"maxexp", format->maxexp},      {"minexp", 2 - format->maxexp},
        {"precision", format->precision}};
    for (size_t i = 0; i < sizeof integers / sizeof *integers; i++) {
        if (!strcmp(integers[i].name, name)) {
            *ret = integers[i].value;
            return true;
        }
    }
    return false;
}

static bool finfo_get(struct interp *interp, struct value self,
                      const char *name, struct value *ret, struct error *err)
{
    enum dtype dtype = *(const enum dtype *)self.opaque->data;
    double number;
    int integer;

    (void)interp;
    if (!strcmp(name, "dtype"))
        *ret = value_dtype(dtype);
    else if (float_number(format_of(dtype), name, &number))
        *ret = value_scalar((struct scalar){dtype, {.f = number}});
    else if (float_integer(format_of(dtype), name, &integer))
        *ret = value_int(integer);
    else
        return error_set(err, ERROR_ATTRIBUTE,
                         "'finfo' object has no attribute '%s'", name);
    return true;
}

static void add_scalar(struct strbuf *sb, const char *before, enum dtype dtype,
                       double number)
{
    strbuf_adds(sb, before);
    value_repr(value_scalar((struct scalar){dtype, {.f = number}}), sb);
}

static void finfo_repr(void *data, struct strbuf *sb)
{
    enum dtype dtype = *(const enum dtype *)data;
    const struct float_format *format = format_of(dtype);

    add_scalar(sb, "finfo(resolution=", dtype, format->resolution);
    add_scalar(sb, ", min=", dtype, -format->max);
    add_scalar(sb, ", max=", dtype, format->max);
    strbuf_addf(sb, ", dtype=%s)", dtype_name(dtype));
}

static void finfo_str(void *data, struct strbuf *sb)
{
    enum dtype dtype = *(const enum dtype *)data;
    const struct float_format *f = format_of(dtype);
    int digits = dtype == DTYPE_FLOAT32 ? 7 : 16;

    strbuf_addf(sb, "Machine parameters for %s\n%s", dtype_name(dtype), rule);
    strbuf_addf(sb, "precision = %3d   resolution = %.*e\n", f->precision,
                digits, f->resolution);
    strbuf_addf(sb, "machep = %6d   eps =        %.*e\n", -f->nmant, digits,
                f->eps);
    strbuf_addf(sb, "negep =  %6d   epsneg =     %.*e\n", -f->nmant - 1, digits,
                f->eps / 2);
    strbuf_addf(sb, "minexp = %6d   tiny =       %.*e\n", 2 - f->maxexp, digits,
                f->tiny);
    strbuf_addf(sb, "maxexp = %6d   max =        %.*e\n", f->maxexp, digits,
                f->max);
    strbuf_addf(sb, "nexp =   %6d   min =        -max\n", f->nexp);
    strbuf_addf(sb, "smallest_normal = %.*e   smallest_subnormal = %.*e\n",
                digits, f->tiny, digits, f->smallest_subnormal);
    strbuf_adds(sb, rule);
}

static const char *const finfo_names[] = {"bits",
                                          "dtype",
                                          "eps",
                                          "epsneg",
                                          "iexp",
                                          "machep",
                                          "max",
                                          "maxexp",
                                          "min",
                                          "minexp",
                                          "negep",
                                          "nexp",
                                          "nmant",
                                          "precision",
                                          "resolution",
                                          "tiny",
                                          "smallest_normal",
                                          "smallest_subnormal",
                                          NULL};

static const struct native_type finfo_type = {.name = "numpy.finfo",
                                              .repr = finfo_repr,
                                              .str = finfo_str,
                                              .get_attribute = finfo_get,
                                              .attributes = finfo_names};

NATIVE(finfo_call)
{
    struct value slot;
    enum dtype dtype;

    (void)interp;
    if (!native_bind(native, args, &slot, err) || !dtype_of(slot, &dtype, err))
        return false;
    if (!dtype_is_float(dtype))
        return error_set(err, ERROR_VALUE,
                         "data type <class 'numpy.%s'> not inexact",
                         dtype == DTYPE_BOOL ? "bool_" : dtype_name(dtype));
    *ret = limits_value(&finfo_type, dtype);
    return true;
}

/* -------------------------------------------------------------------- iinfo */

static struct scalar largest(enum dtype dtype)
{
    int bits = 8 * (int)dtype_size(dtype);
    struct scalar all = {dtype, {.u = UINT64_MAX >> (64 - bits)}};

    if (dtype_kind(dtype) == 'i')
        all.u >>= 1;
    return all;
}

static struct scalar smallest(enum dtype dtype)
{
    struct scalar none = {dtype, {.i = 0}};

    if (dtype_kind(dtype) == 'i')
        none.i = -largest(dtype).i - 1;
    return none;
}

/* A Python int, but for those beyond 64 bits with sign. */
static struct value integer_value(struct scalar scalar)
{
    bool fits = dtype_kind(scalar.dtype) == 'i' || scalar.u <= INT64_MAX;
    return fits ? value_int(scalar.i) : value_scalar(scalar);
}

static void add_integer(struct strbuf *sb, const char *before,
                        struct scalar scalar)
{
    strbuf_adds(sb, before);
    value_repr(integer_value(scalar), sb);
}

static bool iinfo_get(struct interp *interp, struct value self,
                      const char *name, struct value *ret, struct error *err)
{
    enum dtype dtype = *(const enum dtype *)self.opaque->data;

    (void)interp;
    if (!strcmp(name, "dtype"))
        *ret = value_dtype(dtype);
    else if (!strcmp(name, "max"))
        *ret = integer_value(largest(dtype));
    else if (!strcmp(name, "min"))
        *ret = integer_value(smallest(dtype));
    else if (!strcmp(name, "bits"))
        *ret = value_int(8 * (int64_t)dtype_size(dtype));
    else if (!strcmp(name, "kind"))
        *ret = value_string_n((char[]){dtype_kind(dtype)}, 1);
    else
        return error_set(err, ERROR_ATTRIBUTE,
                         "'iinfo' object has no attribute '%s'", name);
    return true;
}

static void iinfo_repr(void *data, struct strbuf *sb)
{
    enum dtype dtype = *(const enum dtype *)data;

    add_integer(sb, "iinfo(min=", smallest(dtype));
    add_integer(sb, ", max=", largest(dtype));
    strbuf_addf(sb, ", dtype=%s)", dtype_name(dtype));
}

static void iinfo_str(void *data, struct strbuf *sb)
{
    enum dtype dtype = *(const enum dtype *)data;

    strbuf_addf(sb, "Machine parameters for %s\n%s", dtype_name(dtype), rule);
    add_integer(sb, "min = ", smallest(dtype));
    add_integer(sb, "\nmax = ", largest(dtype));
    strbuf_addf(sb, "\n%s", rule);
}

static const char *const iinfo_names[] = {"bits", "dtype", "kind",
                                          "max",  "min",   NULL};

static const struct native_type iinfo_type = {.name = "numpy.iinfo",
                                              .repr = iinfo_repr,
                                              .str = iinfo_str,
                                              .get_attribute = iinfo_get,
                                              .attributes = iinfo_names};

NATIVE(iinfo_call)
{
    struct value slot;
    enum dtype dtype;

    (void)interp;
    if (!native_bind(native, args, &slot, err) || !dtype_of(slot, &dtype, err))
        return false;
    if (!dtype_is_integer(dtype))
        return error_set(err, ERROR_VALUE, "Invalid integer data type '%c'.",
                         dtype_kind(dtype));
    *ret = limits_value(&iinfo_type, dtype);
    return true;
}

struct native limits_natives[] = {
    FUNCTION_ROW("finfo", finfo_call, type_params,
                 "What a float dtype can hold: eps, max, tiny, precision"),
    FUNCTION_ROW("iinfo", iinfo_call, type_params,
                 "What an integer dtype can hold: min and max"),
    {.name = NULL},
};
