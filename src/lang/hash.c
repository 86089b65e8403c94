/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Python's hash(), as the reference describes it for numbers:
   https://docs.python.org/3/library/stdtypes.html#hashing-of-numeric-types */
#include <math.h>

#include "lang/set.h"

/* A prime; numbers are hashed modulo it. */
#define HASH_MODULUS ((INT64_C(1) << 61) - 1)

static int64_t int_hash(int64_t i)
{
    int64_t hash = i % HASH_MODULUS; /* the sign is that of i */
    return hash == -1 ? -2 : hash;
}

/* The remainder of m * 2**e, for numbers that have a fraction, too: 1/2 is
   the number that doubled gives 1. */
static int64_t double_hash(double number)
{
    int exponent;
    uint64_t hash = 0;
    if (isinf(number))
        return number > 0 ? 314159 : -314159;
    if (isnan(number))
        return 0;
    double mantissa = frexp(fabs(number), &exponent);
    while (mantissa != 0) { /* 28 bits at a time */
        hash = ((hash << 28) & (uint64_t)HASH_MODULUS) | hash >> 33;
        mantissa *= 268435456.0;
        exponent -= 28;
        double whole = floor(mantissa);
        mantissa -= whole;
        hash += (uint64_t)whole;
        if (hash >= (uint64_t)HASH_MODULUS)
            hash -= (uint64_t)HASH_MODULUS;
    }
    /* times 2**exponent: a rotation of 61 bits */
    int shift = exponent >= 0 ? exponent % 61 : 60 - (-1 - exponent) % 61;
    hash = ((hash << shift) & (uint64_t)HASH_MODULUS) | hash >> (61 - shift);
    int64_t result = number < 0 ? -(int64_t)hash : (int64_t)hash;
    return result == -1 ? -2 : result;
}

static int64_t number_hash(struct value value)
{
    int64_t i;
    double number = 0;
    if (value_as_int(value, &i))
        return int_hash(i);
    value_as_double(value, &number);
    return double_hash(number);
}

/* xxHash's mixing of the items' hashes, https://xxhash.com/doc/ (XXH64) */
static bool tuple_hash(const struct sequence *tuple, int64_t *ret,
                       struct error *err)
{
    const struct interp *interp = interp_current();
    uint64_t sum = UINT64_C(2870177450012600261);
    if (interp && interp_stack_is_low(interp))
        return recursion_error(err);
    for (size_t i = 0; i < tuple->count; i++) {
        int64_t hash;
        if (!value_hash(tuple->items[i], &hash, err))
            return false;
        sum += (uint64_t)hash * UINT64_C(14029467366897019727);
        sum = (sum << 31) | (sum >> 33);
        sum *= UINT64_C(11400714785074694791);
    }
    sum += tuple->count ^ (UINT64_C(2870177450012600261) ^ UINT64_C(3527539));
    *ret = sum == UINT64_MAX ? 1546275796 : (int64_t)sum;
    return true;
}

/* The order of the items must not count. */
static int64_t frozenset_hash(const struct set *set)
{
    uint64_t sum = 1927868237u * (set->count + 1);
    for (size_t i = 0; i < set->slots; i++) {
        uint64_t hash = (uint64_t)set->table[i].hash;
        if (set->table[i].key.kind != VALUE_UNDEFINED)
            sum ^= (hash ^ 89869747u ^ (hash << 16)) * 3644798167u;
    }
    return (int64_t)(sum * 69069u + 907133923u);
}

/* By identity, unless the class compares by value. */
static bool instance_hash(struct value value, int64_t *ret, struct error *err)
{
    struct value result;
    bool found = false;
    *ret = (int64_t)((uintptr_t)value.object >> 4);
    if (!interp_current())
        return true;
    if (!value_call_special(interp_current(), value, "__hash__", 0, NULL,
                            &found, &result, err))
        return false;
    if (found) {
        bool good = value_as_int(result, ret) ||
                    error_set(err, ERROR_TYPE,
                              "__hash__ method should return an "
                              "integer");
        value_unref(result);
        return good;
    }
    if (value_plain(value).kind != value.kind)
        return value_hash(value_plain(value), ret, err);
    if (value_has_special(value, "__eq__"))
        return error_set(err, ERROR_TYPE, "unhashable type: '%s'",
                         value_type_name(value));
    return true;
}

bool value_hash(struct value value, int64_t *ret, struct error *err)
{
    switch ((enum value_kind)value.kind) {
    case VALUE_BOOL:
    case VALUE_INT:
    case VALUE_FLOAT:
    case VALUE_SCALAR:
        *ret = number_hash(value);
        return true;
    case VALUE_STRING:
    case VALUE_BYTES:
        if (!value.string->hash)
            value.string->hash =
                string_hash(value.string->text, value.string->length);
        *ret = value.string->hash;
        return true;
    case VALUE_TUPLE:
        return tuple_hash(value.sequence, ret, err);
    case VALUE_FROZENSET:
        *ret = frozenset_hash(value.set);
        return true;
    case VALUE_NONE:
    case VALUE_ELLIPSIS:
    case VALUE_DTYPE:
        *ret = 0x5E0000 + value.kind * 256 + value.dtype;
        return true;
    case VALUE_LIST:
    case VALUE_DICT:
    case VALUE_SET:
    case VALUE_SLICE:
    case VALUE_TENSOR:
        return error_set(err, ERROR_TYPE, "unhashable type: '%s'",
                         value_type_name(value));
    case VALUE_RANGE:
        *ret = range_count(value.range);
        return true;
    case VALUE_INSTANCE:
        return instance_hash(value, ret, err);
    default:
        *ret = (int64_t)((uintptr_t)value.object >> 4);
        return true;
    }
}
