/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Derivatives of the functions that work element by element; G is the
 * gradient that arrives, Y the result.  The formulas are those of Abramowitz
 * and Stegun, "Handbook of Mathematical Functions", chapters 3 and 4.
 */
#include <math.h>

#include "autograd/tape.h"
#include "ops/derive.h"

#define VJP(NAME, FORMULA)                                                    \
    struct tensor *NAME##_vjp(struct vjp *v)                                  \
    {                                                                         \
        struct tensor *x = v->x, *y = v->result, *g = v->gradient;            \
        (void)x, (void)y, (void)g;                                            \
        return kept(v, FORMULA);                                              \
    }

/* With where= the elements left out are what out= held: none of X. */
static struct tensor *kept(struct vjp *v, struct tensor *gradient)
{
    const struct arg *where = derive_arg(v, "where");
    if (!where || !gradient)
        return gradient;
    return derive_where(v, where->tensor, gradient, derive_number(v, 0));
}

/* a + NUMBER */
static struct tensor *shifted(struct vjp *v, struct tensor *a, double number)
{
    return plus(v, a, derive_number(v, number));
}

static struct tensor *square(struct vjp *v, struct tensor *a)
{
    return derive_1(v, "square", a);
}

/* 1 - a^2, and its square root */
static struct tensor *circle(struct vjp *v, struct tensor *a)
{
    return minus(v, derive_number(v, 1), square(v, a));
}

static struct tensor *root(struct vjp *v, struct tensor *a)
{
    return derive_1(v, "sqrt", a);
}

/* The operand beside X. */
static struct tensor *other(const struct vjp *v)
{
    return v->args[1 - v->operand].tensor;
}

/* ---------------------------------------------------------------- arithmetic */

VJP(add, g)
VJP(positive, g)
VJP(negative, negated(v, g))
VJP(subtract, v->operand == 0 ? g : negated(v, g))
VJP(multiply, times(v, g, other(v)))
VJP(divide, v->operand == 0
                ? over(v, g, other(v))
                : negated(v, over(v, times(v, g, y), x)))

/* d(a - b q)/db = -q with q the quotient, a whole number */
static struct tensor *quotient_of(struct vjp *v)
{
    struct tensor *q = over(v, minus(v, other(v), v->result), v->x);
    return derive_1(v, "rint", q);
}
VJP(remainder, v->operand == 0 ? g : negated(v, times(v, g, quotient_of(v))))

/* b a^(b-1), which is 0 for b = 0 also where a = 0 */
static struct tensor *power_of_base(struct vjp *v)
{
    struct tensor *b = other(v), *zero = derive_number(v, 0);
    struct tensor *none = derive_2(v, "equal", b, zero);
    struct tensor *less =
        derive_where(v, none, derive_number(v, 1), shifted(v, b, -1));
    struct tensor *slope = times(v, b, derive_2(v, "power", v->x, less));
    return times(v, v->gradient, slope);
}

/* a^b log a, taken as 0 where a is 0: that is its limit for b > 0 */
static struct tensor *power_of_exponent(struct vjp *v)
{
    struct tensor *a = other(v);
    struct tensor *none = derive_2(v, "equal", a, derive_number(v, 0));
    struct tensor *safe = derive_where(v, none, derive_number(v, 1), a);
    return times(v, v->gradient,
                 times(v, v->result, derive_1(v, "log", safe)));
}

/* x ** 2 and its like, with one constant number above. */
static bool is_plain_power(const struct vjp *v, double *ret)
{
    const struct tensor *b = v->args[1].tensor;
    if (b->ndim || tape_tracks(b))
        return false;
    *ret = scalar_to_double(tensor_item(b));
    return *ret != 0;
}

static struct tensor *plain_power(struct vjp *v, double b)
{
    struct tensor *factor = scaled(v, v->gradient, b), *y = v->result;
    if (b == 1)
        return factor;
    if (b == 0.5)
        return over(v, factor, y);
    if (b == -1)
        return times(v, factor, square(v, y));
    struct tensor *less = derive_number(v, b - 1);
    return times(v, factor,
                 b == 2 ? v->x : derive_2(v, "power", v->x, less));
}

struct tensor *power_vjp(struct vjp *v)
{
    double b;
    struct tensor *gradient = v->operand       ? power_of_exponent(v)
                              : is_plain_power(v, &b) ? plain_power(v, b)
                                                      : power_of_base(v);
    return kept(v, gradient);
}

VJP(reciprocal, negated(v, times(v, g, square(v, y))))
VJP(square, times(v, g, scaled(v, x, 2)))
VJP(sqrt, over(v, scaled(v, g, 0.5), y))
VJP(cbrt, over(v, g, scaled(v, square(v, y), 3)))
VJP(absolute, times(v, g, derive_1(v, "sign", x)))

/* -------------------------------------------------- exponentials, logarithms */

VJP(exp, times(v, g, y))
VJP(exp2, times(v, g, scaled(v, y, M_LN2)))
VJP(expm1, times(v, g, shifted(v, y, 1)))
VJP(log, over(v, g, x))
VJP(log2, over(v, g, scaled(v, x, M_LN2)))
VJP(log10, over(v, g, scaled(v, x, M_LN10)))
VJP(log1p, over(v, g, shifted(v, x, 1)))
VJP(logaddexp, times(v, g, derive_1(v, "exp", minus(v, x, y))))
VJP(logaddexp2, times(v, g, derive_1(v, "exp2", minus(v, x, y))))

/* ------------------------------------------------------------- trigonometry */

VJP(sin, times(v, g, derive_1(v, "cos", x)))
VJP(cos, negated(v, times(v, g, derive_1(v, "sin", x))))
VJP(tan, times(v, g, shifted(v, square(v, y), 1)))
VJP(arcsin, over(v, g, root(v, circle(v, x))))
VJP(arccos, negated(v, over(v, g, root(v, circle(v, x)))))
VJP(arctan, over(v, g, shifted(v, square(v, x), 1)))
VJP(sinh, times(v, g, derive_1(v, "cosh", x)))
VJP(cosh, times(v, g, derive_1(v, "sinh", x)))
VJP(tanh, times(v, g, circle(v, y)))
VJP(arcsinh, over(v, g, root(v, shifted(v, square(v, x), 1))))
VJP(arccosh, over(v, g, root(v, shifted(v, square(v, x), -1))))
VJP(arctanh, over(v, g, circle(v, x)))
VJP(degrees, scaled(v, g, 180 / M_PI))
VJP(radians, scaled(v, g, M_PI / 180))
VJP(hypot, times(v, g, over(v, x, y)))

/* arctan2(a, b): b / (a^2 + b^2) and -a / (a^2 + b^2) */
static struct tensor *angle_slope(struct vjp *v)
{
    struct tensor *sum = plus(v, square(v, v->x), square(v, other(v)));
    return over(v, other(v), sum);
}
VJP(arctan2,
    times(v, v->operand == 0 ? g : negated(v, g), angle_slope(v)))

/* sin(pi x) / (pi x): cos(pi x) / x - y / x, and 0 at 0 */
struct tensor *sinc_vjp(struct vjp *v)
{
    struct tensor *none = derive_2(v, "equal", v->x, derive_number(v, 0));
    struct tensor *safe = derive_where(v, none, derive_number(v, 1), v->x);
    struct tensor *wave = derive_1(v, "cos", scaled(v, safe, M_PI));
    struct tensor *slope = over(v, minus(v, wave, v->result), safe);
    return times(v, v->gradient,
                 derive_where(v, none, derive_number(v, 0), slope));
}

/* ------------------------------------------------------------------- choices */

/* maximum and minimum: all to the chosen one, half each where both are. */
static struct tensor *of_chosen(struct vjp *v)
{
    bool nan_loses = v->op->name[0] == 'f'; /* fmax and fmin */
    if (!tape_is_recording() && !nan_loses)
        return extreme_kernel(v);
    struct tensor *chosen = derive_2(v, "equal", v->x, v->result);
    struct tensor *both =
        derive_2(v, "logical_and", chosen,
                 derive_2(v, "equal", other(v), v->result));
    struct tensor *share = derive_where(v, both, derive_number(v, 0.5),
                                        derive_number(v, 1));
    return derive_where(v, chosen, times(v, v->gradient, share),
                        derive_number(v, 0));
}

VJP(extreme, of_chosen(v))

VJP(copysign, v->operand == 0
                  ? times(v, times(v, g, derive_1(v, "sign", x)),
                          derive_1(v, "sign", y))
                  : NULL)

/* Where the result is what went in. */
static struct tensor *unchanged(struct vjp *v)
{
    return derive_where(v, derive_2(v, "equal", v->x, v->result), v->gradient,
                        derive_number(v, 0));
}

/* The limits get what the elements that were cut do not. */
struct tensor *clip_vjp(struct vjp *v)
{
    if (v->operand == 0)
        return unchanged(v);
    struct tensor *cut = derive_2(v, "not_equal", v->args[0].tensor, v->result);
    struct tensor *here = derive_2(v, "equal", v->x, v->result);
    return derive_where(v, derive_2(v, "logical_and", cut, here), v->gradient,
                        derive_number(v, 0));
}

struct tensor *nan_to_num_vjp(struct vjp *v)
{
    return v->operand == 0 ? unchanged(v) : NULL;
}

struct tensor *where_vjp(struct vjp *v)
{
    struct tensor *zero = derive_number(v, 0);
    if (v->operand == 0)
        return NULL;
    return v->operand == 1
               ? derive_where(v, v->args[0].tensor, v->gradient, zero)
               : derive_where(v, v->args[0].tensor, zero, v->gradient);
}

VJP(heaviside,
    v->operand == 0
        ? NULL
        : derive_where(v,
                       derive_2(v, "equal", other(v), derive_number(v, 0)), g,
                       derive_number(v, 0)))

/* --------------------------------------------------------- parts of numbers */

VJP(modf, v->output == 0 ? g : NULL)
VJP(frexp, v->output == 0
               ? times(v, g, derive_1(v, "exp2", negated(v, v->results[1])))
               : NULL)
VJP(ldexp, times(v, g, derive_1(v, "exp2", other(v))))

struct tensor *divmod_vjp(struct vjp *v)
{
    return v->output == 0 ? NULL : remainder_vjp(v);
}
