/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Module math: whole numbers. */
#include "bind/math_module.h"

static const struct param x_params[] = {{"x", PARAM_ANY, 0, NULL},
                                        {NULL, 0, 0, NULL}};
static const struct param nk_params[] = {
    {"n", PARAM_ANY, 0, NULL}, {"k", PARAM_ANY, 0, NULL}, {NULL, 0, 0, NULL}};
static const struct param perm_params[] = {
    {"n", PARAM_ANY, 0, NULL}, {"k", PARAM_ANY, 0, "None"}, {NULL, 0, 0, NULL}};

static bool whole_number(struct value slot, int64_t *ret, struct error *err)
{
    return value_as_int(slot, ret) ||
           error_set(err, ERROR_TYPE,
                     "'%s' object cannot be interpreted as an integer",
                     value_type_name(slot));
}

static bool too_large(struct error *err)
{
    return error_set(err, ERROR_OVERFLOW, "int too large for 64 bits");
}

/* FROM * (FROM + 1) * … * TO */
static bool product(int64_t from, int64_t to, struct value *ret,
                    struct error *err)
{
    int64_t result = 1;

    for (int64_t i = from; i <= to; i++)
        if (__builtin_mul_overflow(result, i, &result))
            return too_large(err);
    *ret = value_int(result);
    return true;
}

NATIVE(factorial_call)
{
    struct value slot;
    int64_t n;

    (void)interp;
    if (!native_bind(native, args, &slot, err) || !whole_number(slot, &n, err))
        return false;
    if (n < 0)
        return error_set(err, ERROR_VALUE,
                         "factorial() not defined for negative values");
    return product(2, n, ret, err);
}

static bool counts(const struct native *native, const struct call_args *args,
                   int64_t *n, int64_t *k, struct error *err)
{
    struct value slots[2];

    if (!native_bind(native, args, slots, err) ||
        !whole_number(slots[0], n, err))
        return false;
    *k = *n;
    if (slot_given(slots[1]) && !whole_number(slots[1], k, err))
        return false;
    if (*n < 0 || *k < 0)
        return error_set(err, ERROR_VALUE, "%c must be a non-negative integer",
                         *n < 0 ? 'n' : 'k');
    return true;
}

NATIVE(perm_call)
{
    int64_t n, k;

    (void)interp;
    if (!counts(native, args, &n, &k, err))
        return false;
    if (k > n) {
        *ret = value_int(0);
        return true;
    }
    return product(n - k + 1, n, ret, err);
}

NATIVE(comb_call)
{
    int64_t n, k;
    __int128 result = 1;

    (void)interp;
    if (!counts(native, args, &n, &k, err))
        return false;
    if (k > n)
        result = 0;
    else if (k > n - k)
        k = n - k;
    for (int64_t i = 1; result && i <= k; i++) { /* whole at every step */
        result = result * (n - k + i) / i;
        if (result > INT64_MAX)
            return too_large(err);
    }
    *ret = value_int((int64_t)result);
    return true;
}

static uint64_t gcd(uint64_t x, uint64_t y)
{
    while (y) {
        uint64_t rest = x % y;
        x = y;
        y = rest;
    }
    return x;
}

/* gcd, lcm: of any number of arguments */
NATIVE(divisors_call)
{
    bool least = native->name[0] == 'l';
    uint64_t all = least;

    (void)interp;
    for (int i = 0; i < args->count; i++) {
        int64_t n;
        if (!whole_number(args->values[i], &n, err))
            return false;
        uint64_t size = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
        if (!least)
            all = gcd(all, size);
        else if (size == 0)
            all = 0;
        else if (__builtin_mul_overflow(all, size / gcd(all, size), &all))
            return too_large(err);
    }
    if (all > INT64_MAX)
        return too_large(err);
    *ret = value_int((int64_t)all);
    return true;
}

NATIVE(isqrt_call)
{
    struct value slot;
    int64_t n;

    (void)interp;
    if (!native_bind(native, args, &slot, err) || !whole_number(slot, &n, err))
        return false;
    if (n < 0)
        return error_set(err, ERROR_VALUE,
                         "isqrt() argument must be nonnegative");
    int64_t low = 0, high = 3037000500; /* the square of this is too large */
    while (high - low > 1) {
        int64_t middle = (low + high) / 2;
        if (middle * middle <= n)
            low = middle;
        else
            high = middle;
    }
    *ret = value_int(low);
    return true;
}

struct native math_integer_functions[] = {
    FUNCTION_ROW("factorial", factorial_call, x_params, "1 * 2 * … * x"),
    FUNCTION_ROW("perm", perm_call, perm_params,
                 "In how many ways k of n things can be put in order"),
    FUNCTION_ROW("comb", comb_call, nk_params,
                 "In how many ways k of n things can be chosen"),
    FUNCTION_ROW("gcd", divisors_call, NULL, "The greatest common divisor"),
    FUNCTION_ROW("lcm", divisors_call, NULL, "The least common multiple"),
    FUNCTION_ROW("isqrt", isqrt_call, x_params,
                 "The whole number below the square root"),
    {.name = NULL},
};
