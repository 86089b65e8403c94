/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How dtypes combine and convert: np.result_type, np.can_cast… */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/natives.h"
#include "bind/op_call.h"
#include "bind/types.h"
#include "tensor/elementwise.h"

static const struct param can_cast_params[] = {
    {"from_", PARAM_ANY, 0, NULL},
    {"to", PARAM_ANY, 0, NULL},
    {"casting", PARAM_ANY, 0, "'safe'"},
    {NULL, 0, 0, NULL}};
static const struct param two_params[] = {{"type1", PARAM_ANY, 0, NULL},
                                          {"type2", PARAM_ANY, 0, NULL},
                                          {NULL, 0, 0, NULL}};
static const struct param issubdtype_params[] = {{"arg1", PARAM_ANY, 0, NULL},
                                                 {"arg2", PARAM_ANY, 0, NULL},
                                                 {NULL, 0, 0, NULL}};
static const struct param find_common_params[] = {
    {"array_types", PARAM_ANY, 0, NULL},
    {"scalar_types", PARAM_ANY, 0, NULL},
    {NULL, 0, 0, NULL}};
static const struct param a_params[] = {{"a", PARAM_ANY, 0, NULL},
                                        {NULL, 0, 0, NULL}};
static const struct param arrays_params[] = {
    {"arrays_and_dtypes", PARAM_ANY, PARAM_SPREAD, ""}, {NULL, 0, 0, NULL}};

static bool is_array_or_number(struct value value)
{
    return value.kind == VALUE_TENSOR || value.kind == VALUE_SCALAR ||
           value.kind == VALUE_INT || value.kind == VALUE_FLOAT ||
           value.kind == VALUE_BOOL || value.kind == VALUE_LIST;
}

static bool read_casting(struct value slot, enum casting *ret,
                         struct error *err)
{
    *ret = CASTING_SAFE;
    if (!slot_given(slot) ||
        (slot.kind == VALUE_STRING && casting_find(slot.string->text, ret)))
        return true;
    struct strbuf text = STRBUF_INIT;
    value_repr(slot, &text);
    error_set(err, ERROR_VALUE,
              "casting must be one of 'no', 'equiv', 'safe', 'same_kind', or "
              "'unsafe' (got %s)",
              text.text);
    strbuf_done(&text);
    return false;
}

/* A number converts when its value does.  The unsigned types follow the signed
   ones of the same size. */
static bool number_can_cast(struct scalar number, enum dtype to,
                            enum casting casting)
{
    enum dtype smallest = scalar_min_dtype(number);
    bool fits_signed = dtype_kind(smallest) == 'u' &&
                       !(number.u >> (8 * dtype_size(smallest) - 1));

    return dtype_can_cast(smallest, to, casting) ||
           (fits_signed && dtype_can_cast(smallest - 1, to, casting));
}

NATIVE(can_cast_call)
{
    struct value slots[3];
    enum dtype from, to;
    enum casting casting;

    (void)interp;
    if (!native_bind(native, args, slots, err) ||
        !read_casting(slots[2], &casting, err) ||
        !dtype_convert(slots[1], &to, err))
        return false;
    if (!is_array_or_number(slots[0])) {
        if (!dtype_convert(slots[0], &from, err))
            return false;
        *ret = value_bool(dtype_can_cast(from, to, casting));
        return true;
    }
    struct tensor *tensor = value_to_tensor(slots[0], DTYPE_COUNT, err);
    if (!tensor)
        return false;
    *ret = value_bool(tensor->ndim
                          ? dtype_can_cast(tensor->dtype, to, casting)
                          : number_can_cast(tensor_item(tensor), to, casting));
    tensor_unref(tensor);
    return true;
}

NATIVE(promote_types_call)
{
    struct value slots[2];
    enum dtype a, b;

    (void)interp;
    if (!native_bind(native, args, slots, err) ||
        !dtype_convert(slots[0], &a, err) || !dtype_convert(slots[1], &b, err))
        return false;
    *ret = value_dtype(dtype_promote(a, b));
    return true;
}

/* An array, or an empty one in place of a dtype; owned. */
static struct tensor *operand(struct value value, struct error *err)
{
    static const int64_t none[1] = {0};
    enum dtype dtype;

    if (is_array_or_number(value))
        return value_to_tensor(value, DTYPE_COUNT, err);
    if (!dtype_convert(value, &dtype, err))
        return NULL;
    return tensor_new(dtype, 1, none, err);
}

static bool result_type(const struct call_args *args, enum dtype *ret,
                        struct error *err)
{
    struct tensor **operands =
        xcalloc((size_t)args->count + 1, sizeof *operands);
    int count = 0;

    while (count < args->count &&
           (operands[count] = operand(args->values[count], err)))
        count++;
    bool done = count == args->count;
    if (done && count == 0)
        done = error_set(err, ERROR_VALUE,
                         "at least one array or dtype is required");
    if (done)
        *ret = tensor_result_type(count, operands);
    while (count-- > 0)
        tensor_unref(operands[count]);
    free(operands);
    return done;
}

NATIVE(result_type_call)
{
    enum dtype dtype;

    (void)interp;
    (void)native;
    if (!result_type(args, &dtype, err))
        return false;
    *ret = value_dtype(dtype);
    return true;
}

/* The float type for these arrays, as a type. */
NATIVE(common_type_call)
{
    enum dtype dtype;

    (void)interp;
    (void)native;
    if (!result_type(args, &dtype, err))
        return false;
    if (!dtype_is_float(dtype))
        dtype = DTYPE_FLOAT64;
    *ret = type_of(value_scalar((struct scalar){dtype, {.i = 0}}));
    return true;
}

/* The type that all of LIST convert to; DTYPE_COUNT when it is empty. */
static bool promote_all(struct interp *interp, struct value list,
                        enum dtype *ret, struct error *err)
{
    struct value *items;
    size_t count;
    bool done = true;

    *ret = DTYPE_COUNT;
    if (!interp_collect(interp, list, &count, &items, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        enum dtype dtype;
        done = done && dtype_convert(items[i], &dtype, err);
        if (done)
            *ret = *ret == DTYPE_COUNT ? dtype : dtype_promote(*ret, dtype);
        value_unref(items[i]);
    }
    free(items);
    return done;
}

/* Scalars count only when they are of a higher kind. */
NATIVE(find_common_type_call)
{
    static const char order[] = "buif";
    struct value slots[2];
    enum dtype arrays, scalars;

    if (!native_bind(native, args, slots, err) ||
        !promote_all(interp, slots[0], &arrays, err) ||
        !promote_all(interp, slots[1], &scalars, err))
        return false;
    enum dtype result = arrays == DTYPE_COUNT ? scalars : arrays;
    if (arrays != DTYPE_COUNT && scalars != DTYPE_COUNT &&
        strchr(order, dtype_kind(scalars)) > strchr(order, dtype_kind(arrays)))
        result = dtype_promote(arrays, scalars);
    *ret = result == DTYPE_COUNT ? value_none() : value_dtype(result);
    return true;
}

NATIVE(min_scalar_type_call)
{
    struct value slot;

    (void)interp;
    if (!native_bind(native, args, &slot, err))
        return false;
    struct tensor *tensor = value_to_tensor(slot, DTYPE_COUNT, err);
    if (!tensor)
        return false;
    *ret = value_dtype(tensor->ndim ? tensor->dtype
                                    : scalar_min_dtype(tensor_item(tensor)));
    tensor_unref(tensor);
    return true;
}

/* The kinds below an abstract type; else the one of VALUE's dtype, in KIND. */
static const char *kinds_of(struct value value, char kind[2],
                            enum dtype *ret_dtype, struct error *err)
{
    const char *kinds = type_abstract_kinds(value);

    *ret_dtype = DTYPE_COUNT;
    if (kinds)
        return kinds;
    if (!dtype_convert(value, ret_dtype, err))
        return NULL;
    kind[0] = dtype_kind(*ret_dtype);
    kind[1] = '\0';
    return kind;
}

NATIVE(issubdtype_call)
{
    struct value slots[2];
    char kind[2][2];
    enum dtype own, above;

    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    const char *own_kinds = kinds_of(slots[0], kind[0], &own, err);
    const char *above_kinds =
        own_kinds ? kinds_of(slots[1], kind[1], &above, err) : NULL;
    if (!above_kinds)
        return false;
    *ret = value_bool(above == DTYPE_COUNT
                          ? strspn(own_kinds, above_kinds) == strlen(own_kinds)
                          : own == above);
    return true;
}

NATIVE(isscalar_call)
{
    struct value slot;

    (void)interp;
    if (!native_bind(native, args, &slot, err))
        return false;
    *ret = value_bool(slot.kind == VALUE_BOOL || slot.kind == VALUE_INT ||
                      slot.kind == VALUE_FLOAT || slot.kind == VALUE_SCALAR ||
                      slot.kind == VALUE_STRING);
    return true;
}

struct native dtype_natives[] = {
    FUNCTION_ROW("can_cast", can_cast_call, can_cast_params,
                 "Does a conversion lose nothing (or no more than allowed)?"),
    FUNCTION_ROW("promote_types", promote_types_call, two_params,
                 "The smallest dtype that both convert to"),
    FUNCTION_ROW("result_type", result_type_call, arrays_params,
                 "The dtype of a sum of these arrays, numbers and dtypes"),
    FUNCTION_ROW("common_type", common_type_call, arrays_params,
                 "The float type that these arrays convert to"),
    FUNCTION_ROW("find_common_type", find_common_type_call, find_common_params,
                 "The dtype of arrays and numbers of these types together"),
    FUNCTION_ROW("min_scalar_type", min_scalar_type_call, a_params,
                 "The smallest dtype that holds a number"),
    FUNCTION_ROW("issubdtype", issubdtype_call, issubdtype_params,
                 "Is a dtype of a kind: np.integer, np.floating?"),
    FUNCTION_ROW("isscalar", isscalar_call, a_params,
                 "Is it a single number or a string?"),
    {.name = NULL},
};
