/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Module math: functions of several numbers, or with several results. */
#include <math.h>

#include "bind/math_module.h"
#include "lang/interp.h"

static const struct param x_params[] = {{"x", PARAM_ANY, 0, NULL},
                                        {NULL, 0, 0, NULL}};
static const struct param pq_params[] = {
    {"p", PARAM_ANY, 0, NULL}, {"q", PARAM_ANY, 0, NULL}, {NULL, 0, 0, NULL}};
static const struct param xi_params[] = {
    {"x", PARAM_ANY, 0, NULL}, {"i", PARAM_ANY, 0, NULL}, {NULL, 0, 0, NULL}};
static const struct param prod_params[] = {
    {"iterable", PARAM_ANY, 0, NULL},
    {"start", PARAM_ANY, PARAM_KEYWORD_ONLY, "1"},
    {NULL, 0, 0, NULL}};
static const struct param isclose_params[] = {
    {"a", PARAM_ANY, 0, NULL},
    {"b", PARAM_ANY, 0, NULL},
    {"rel_tol", PARAM_ANY, PARAM_KEYWORD_ONLY, "1e-09"},
    {"abs_tol", PARAM_ANY, PARAM_KEYWORD_ONLY, "0.0"},
    {NULL, 0, 0, NULL}};

NATIVE(prod_call)
{
    struct value slots[2], *items, total = value_int(1);
    size_t count;
    bool good = true;

    if (!native_bind(native, args, slots, err) ||
        !interp_collect(interp, slots[0], &count, &items, err))
        return false;
    if (slot_given(slots[1]))
        total = value_ref(slots[1]);
    for (size_t i = 0; good && i < count; i++) {
        struct value next;
        good = operate(interp, OPERATOR_MULTIPLY, total, items[i], &next, err);
        if (good) {
            value_unref(total);
            total = next;
        }
    }
    values_free(items, count);
    *ret = total;
    if (!good)
        value_unref(total);
    return good;
}

/* Shewchuk's partial sums, each exact: "Adaptive Precision Floating-Point
   Arithmetic", 1997.  More parts than these do not occur for doubles. */
enum { MAX_PARTS = 64 };

static int add_exactly(double *parts, int count, double x)
{
    int kept = 0;
    for (int i = 0; i < count; i++) {
        double y = parts[i];
        if (fabs(x) < fabs(y)) {
            double swap = x;
            x = y;
            y = swap;
        }
        double high = x + y, low = y - (high - x);
        if (low != 0)
            parts[kept++] = low;
        x = high;
    }
    if (kept < MAX_PARTS)
        parts[kept++] = x;
    return kept;
}

/* The sum of the parts, rounded once, halves to even. */
static double sum_of_parts(const double *parts, int count)
{
    double high = 0, low = 0;
    while (count > 0) {
        double x = high, y = parts[--count];
        high = x + y;
        low = y - (high - x);
        if (low != 0)
            break;
    }
    bool tie = count > 0 && ((low < 0 && parts[count - 1] < 0) ||
                             (low > 0 && parts[count - 1] > 0));
    double twice = low * 2, up = high + twice;
    return tie && twice == up - high ? up : high;
}

NATIVE(fsum_call)
{
    struct value slot, *items;
    size_t count;
    double parts[MAX_PARTS], special = 0, x;
    int used = 0;
    bool good = true;

    if (!native_bind(native, args, &slot, err) ||
        !interp_collect(interp, slot, &count, &items, err))
        return false;
    for (size_t i = 0; good && i < count; i++) {
        good = math_number(items[i], &x, err);
        if (good && !isfinite(x))
            special += x;
        else if (good)
            used = add_exactly(parts, used, x);
    }
    values_free(items, count);
    *ret = value_float(
        special != 0 || isnan(special) ? special : sum_of_parts(parts, used));
    return good;
}

/* The length of a vector, scaled so that no square overflows. */
static double length_of(const double *x, int count)
{
    double largest = 0, sum = 0;
    for (int i = 0; i < count; i++) {
        if (isinf(x[i]))
            return INFINITY;
        if (isnan(x[i]))
            largest = NAN;
        else if (fabs(x[i]) > largest)
            largest = fabs(x[i]);
    }
    if (largest == 0 || isnan(largest))
        return largest;
    if (largest > 1e-100 && largest < 1e100)
        largest = 1;
    for (int i = 0; i < count; i++)
        sum += (x[i] / largest) * (x[i] / largest);
    return largest * sqrt(sum);
}

enum { MAX_COORDINATES = 256 };

NATIVE(hypot_call)
{
    double x[MAX_COORDINATES];

    (void)interp;
    if (args->count > MAX_COORDINATES)
        return error_set(err, ERROR_VALUE, "%s() takes at most %d numbers",
                         native->name, MAX_COORDINATES);
    for (int i = 0; i < args->count; i++)
        if (!math_number(args->values[i], &x[i], err))
            return false;
    *ret = value_float(args->count == 2 ? hypot(x[0], x[1])
                                        : length_of(x, args->count));
    return true;
}

NATIVE(dist_call)
{
    struct value slots[2], *p, *q;
    size_t p_count, q_count;
    double x[MAX_COORDINATES], a, b;

    if (!native_bind(native, args, slots, err) ||
        !interp_collect(interp, slots[0], &p_count, &p, err))
        return false;
    if (!interp_collect(interp, slots[1], &q_count, &q, err)) {
        values_free(p, p_count);
        return false;
    }
    bool good = p_count == q_count && p_count <= MAX_COORDINATES;
    if (!good)
        error_set(err, ERROR_VALUE,
                  "both points must have the same number of dimensions");
    for (size_t i = 0; good && i < p_count; i++) {
        good = math_number(p[i], &a, err) && math_number(q[i], &b, err);
        if (good)
            x[i] = a - b;
    }
    if (good)
        *ret = value_float(length_of(x, (int)p_count));
    values_free(p, p_count);
    values_free(q, q_count);
    return good;
}

NATIVE(isclose_call)
{
    struct value slots[4];
    double a, b, relative = 1e-9, absolute = 0;

    (void)interp;
    if (!native_bind(native, args, slots, err) ||
        !math_number(slots[0], &a, err) || !math_number(slots[1], &b, err) ||
        (slot_given(slots[2]) && !math_number(slots[2], &relative, err)) ||
        (slot_given(slots[3]) && !math_number(slots[3], &absolute, err)))
        return false;
    if (relative < 0 || absolute < 0)
        return error_set(err, ERROR_VALUE, "tolerances must be non-negative");
    double gap = fabs(a - b);
    bool close = a == b;
    if (!close && isfinite(a) && isfinite(b))
        close = gap <= relative * fabs(a) || gap <= relative * fabs(b) ||
                gap <= absolute;
    *ret = value_bool(close);
    return true;
}

/* modf, frexp: a pair */
NATIVE(split_call)
{
    struct value slot, pair[2];
    double x, whole;
    int exponent = 0;

    (void)interp;
    if (!native_bind(native, args, &slot, err) || !math_number(slot, &x, err))
        return false;
    if (native->name[0] == 'm') {
        pair[0] = value_float(modf(x, &whole));
        pair[1] = value_float(whole);
    } else {
        pair[0] = value_float(frexp(x, &exponent));
        pair[1] = value_int(isfinite(x) ? exponent : 0);
    }
    *ret = value_tuple_take(2, pair);
    return true;
}

NATIVE(ldexp_call)
{
    struct value slots[2];
    double x;
    int64_t i;

    (void)interp;
    if (!native_bind(native, args, slots, err) ||
        !math_number(slots[0], &x, err))
        return false;
    if (!value_as_int(slots[1], &i))
        return error_set(err, ERROR_TYPE,
                         "Expected an int as second argument to ldexp.");
    i = i > 10000 ? 10000 : i < -10000 ? -10000 : i;
    double result = ldexp(x, (int)i);
    if (isinf(result) && isfinite(x))
        return error_set(err, ERROR_OVERFLOW, "math range error");
    *ret = value_float(result);
    return true;
}

NATIVE(ulp_call)
{
    struct value slot;
    double x;

    (void)interp;
    if (!native_bind(native, args, &slot, err) || !math_number(slot, &x, err))
        return false;
    x = fabs(x);
    *ret = value_float(isfinite(x) ? nextafter(x, INFINITY) - x : x);
    return true;
}

struct native math_several_functions[] = {
    FUNCTION_ROW("prod", prod_call, prod_params, "The product of all items"),
    FUNCTION_ROW("fsum", fsum_call, x_params, "The sum, rounded only once"),
    FUNCTION_ROW("hypot", hypot_call, NULL, "The length of a vector"),
    FUNCTION_ROW("dist", dist_call, pq_params,
                 "The distance between two points"),
    FUNCTION_ROW("isclose", isclose_call, isclose_params,
                 "Are they nearly equal?"),
    FUNCTION_ROW("modf", split_call, x_params,
                 "What follows the point, and what stands before it"),
    FUNCTION_ROW("frexp", split_call, x_params, "m and e with x == m * 2**e"),
    FUNCTION_ROW("ldexp", ldexp_call, xi_params, "x * 2**i"),
    FUNCTION_ROW("ulp", ulp_call, x_params,
                 "The distance to the next larger float"),
    {.name = NULL},
};
