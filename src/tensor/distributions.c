/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Real numbers, most of them by the inverse of the distribution function
 * (L. Devroye, "Non-Uniform Random Variate Generation", 1986), gamma by
 * G. Marsaglia and W. W. Tsang, "A Simple Method for Generating Gamma
 * Variables", ACM TOMS 26 (2000), beta by M. D. Jöhnk's method (1964).
 *
 * NumPy's old and new generators differ in where the normal and exponential
 * numbers come from (random.h), and here and there in a formula.
 */
#include "tensor/distributions.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "base/interrupt.h"
#include "tensor/cast.h"

static bool is_legacy(const struct rng *rng)
{
    return rng->kind == RNG_MT19937;
}

#define DRAW(name) static double name(struct rng *rng, const double *p)

DRAW(uniform)
{
    return p[0] + (p[1] - p[0]) * rng_double(rng);
}

DRAW(normal)
{
    return p[0] + p[1] * rng_gauss(rng);
}

DRAW(lognormal)
{
    return exp(normal(rng, p));
}

DRAW(standard_exponential)
{
    (void)p;
    return rng_exponential(rng);
}

DRAW(exponential)
{
    return p[0] * rng_exponential(rng);
}

/* Below 1: J. H. Ahrens and U. Dieter's algorithm GS (1974). */
static double gamma_below_one(struct rng *rng, double shape)
{
    for (;;) {
        double u = rng_double(rng), v = rng_exponential(rng);
        if (u <= 1.0 - shape) {
            double x = pow(u, 1. / shape);
            if (x <= v)
                return x;
        } else {
            double y = -log((1 - u) / shape);
            double x = pow(1.0 - shape + shape * y, 1. / shape);
            if (x <= v + y)
                return x;
        }
    }
}

double draw_gamma(struct rng *rng, double shape)
{
    if (shape == 1.0)
        return rng_exponential(rng);
    if (shape == 0.0)
        return 0.0;
    if (shape < 1.0)
        return gamma_below_one(rng, shape);
    double b = shape - 1. / 3., c = 1. / sqrt(9 * b);
    for (;;) {
        double x, v;
        do {
            x = rng_gauss(rng);
            v = 1.0 + c * x;
        } while (v <= 0.0);
        v = v * v * v;
        double u = rng_double(rng);
        if (u < 1.0 - 0.0331 * (x * x) * (x * x) ||
            log(u) < 0.5 * x * x + b * (1. - v + log(v)))
            return b * v;
    }
}

DRAW(standard_gamma)
{
    return draw_gamma(rng, p[0]);
}

DRAW(gamma_scaled)
{
    return p[1] * draw_gamma(rng, p[0]);
}

DRAW(chisquare)
{
    return 2.0 * draw_gamma(rng, p[0] / 2.0);
}

DRAW(f_ratio)
{
    double above = 2.0 * draw_gamma(rng, p[0] / 2.0) * p[1];
    double below = 2.0 * draw_gamma(rng, p[1] / 2.0) * p[0];
    return above / below;
}

DRAW(standard_t)
{
    double above = rng_gauss(rng), below = draw_gamma(rng, p[0] / 2);
    return sqrt(p[0] / 2) * above / sqrt(below);
}

DRAW(standard_cauchy)
{
    (void)p;
    double above = rng_gauss(rng);
    return above / rng_gauss(rng);
}

/* Two powers of uniform numbers whose sum is at most 1. */
static double beta_by_powers(struct rng *rng, double a, double b)
{
    for (;;) {
        double u = rng_double(rng), v = rng_double(rng);
        double x = pow(u, 1.0 / a), y = pow(v, 1.0 / b), sum = x + y;
        if (sum > 1.0 || (u + v <= 0.0 && !is_legacy(rng)))
            continue;
        if (sum > 0)
            return x / sum;
        x = log(u) / a;
        y = log(v) / b;
        double high = x > y ? x : y;
        x -= high;
        y -= high;
        return exp(x - log(exp(x) + exp(y)));
    }
}

DRAW(beta)
{
    if (p[0] <= 1.0 && p[1] <= 1.0)
        return beta_by_powers(rng, p[0], p[1]);
    double a = draw_gamma(rng, p[0]), b = draw_gamma(rng, p[1]);
    return a / (a + b);
}

DRAW(laplace)
{
    for (;;) {
        double u = rng_double(rng);
        if (u >= 0.5)
            return p[0] - p[1] * log(2.0 - u - u);
        if (u > 0.0)
            return p[0] + p[1] * log(u + u);
    }
}

DRAW(gumbel)
{
    for (;;) {
        double u = 1.0 - rng_double(rng);
        if (u < 1.0)
            return p[0] - p[1] * log(-log(u));
    }
}

DRAW(logistic)
{
    for (;;) {
        double u = rng_double(rng);
        if (u > 0.0)
            return p[0] + p[1] * log(u / (1.0 - u));
    }
}

DRAW(rayleigh)
{
    if (is_legacy(rng))
        return p[0] * sqrt(-2.0 * log(1.0 - rng_double(rng)));
    return p[0] * sqrt(2.0 * rng_exponential(rng));
}

DRAW(pareto)
{
    double x = rng_exponential(rng) / p[0];
    return is_legacy(rng) ? exp(x) - 1 : expm1(x);
}

DRAW(weibull)
{
    return p[0] == 0.0 ? 0.0 : pow(rng_exponential(rng), 1. / p[0]);
}

DRAW(power)
{
    double x = rng_exponential(rng);
    return pow(is_legacy(rng) ? 1 - exp(-x) : -expm1(-x), 1. / p[0]);
}

DRAW(triangular)
{
    double base = p[2] - p[0], left = p[1] - p[0];
    double u = rng_double(rng);

    if (u <= left / base)
        return p[0] + sqrt(u * (left * base));
    return p[2] - sqrt((1.0 - u) * ((p[2] - p[1]) * base));
}

/* ------------------------------------------------------------------ counts */

#define COUNT(name) static int64_t name(struct rng *rng, const double *p)

COUNT(binomial)
{
    /* The old generator draws even for what is certain. */
    if (!is_legacy(rng) && (p[0] == 0 || p[1] == 0))
        return 0;
    return draw_binomial(rng, (int64_t)p[0], p[1]);
}

COUNT(negative_binomial)
{
    return draw_poisson(rng, (1 - p[1]) / p[1] * draw_gamma(rng, p[0]));
}

COUNT(poisson)
{
    return draw_poisson(rng, p[0]);
}

COUNT(geometric)
{
    return draw_geometric(rng, p[0]);
}

/* ------------------------------------------------------------------- table */

static const struct distribution distributions[] = {
    {"uniform", uniform, NULL, 2, {{"low", RANGE_ANY}, {"high", RANGE_ANY}}},
    {"normal",
     normal,
     NULL,
     2,
     {{"loc", RANGE_ANY}, {"scale", RANGE_NON_NEGATIVE}}},
    {"lognormal",
     lognormal,
     NULL,
     2,
     {{"mean", RANGE_ANY}, {"sigma", RANGE_NON_NEGATIVE}}},
    {"standard_exponential", standard_exponential, NULL, 0, {{NULL, 0}}},
    {"exponential", exponential, NULL, 1, {{"scale", RANGE_NON_NEGATIVE}}},
    {"standard_gamma",
     standard_gamma,
     NULL,
     1,
     {{"shape", RANGE_NON_NEGATIVE}}},
    {"gamma",
     gamma_scaled,
     NULL,
     2,
     {{"shape", RANGE_NON_NEGATIVE}, {"scale", RANGE_NON_NEGATIVE}}},
    {"chisquare", chisquare, NULL, 1, {{"df", RANGE_POSITIVE}}},
    {"f",
     f_ratio,
     NULL,
     2,
     {{"dfnum", RANGE_POSITIVE}, {"dfden", RANGE_POSITIVE}}},
    {"standard_t", standard_t, NULL, 1, {{"df", RANGE_POSITIVE}}},
    {"standard_cauchy", standard_cauchy, NULL, 0, {{NULL, 0}}},
    {"beta", beta, NULL, 2, {{"a", RANGE_POSITIVE}, {"b", RANGE_POSITIVE}}},
    {"laplace",
     laplace,
     NULL,
     2,
     {{"loc", RANGE_ANY}, {"scale", RANGE_NON_NEGATIVE}}},
    {"gumbel",
     gumbel,
     NULL,
     2,
     {{"loc", RANGE_ANY}, {"scale", RANGE_NON_NEGATIVE}}},
    {"logistic",
     logistic,
     NULL,
     2,
     {{"loc", RANGE_ANY}, {"scale", RANGE_NON_NEGATIVE}}},
    {"rayleigh", rayleigh, NULL, 1, {{"scale", RANGE_NON_NEGATIVE}}},
    {"pareto", pareto, NULL, 1, {{"a", RANGE_POSITIVE}}},
    {"weibull", weibull, NULL, 1, {{"a", RANGE_NON_NEGATIVE}}},
    {"power", power, NULL, 1, {{"a", RANGE_POSITIVE}}},
    {"triangular",
     triangular,
     NULL,
     3,
     {{"left", RANGE_ANY}, {"mode", RANGE_ANY}, {"right", RANGE_ANY}}},
    {"binomial",
     NULL,
     binomial,
     2,
     {{"n", RANGE_COUNT}, {"p", RANGE_PROBABILITY}}},
    {"negative_binomial",
     NULL,
     negative_binomial,
     2,
     {{"n", RANGE_POSITIVE}, {"p", RANGE_POSITIVE_PROBABILITY}}},
    {"poisson", NULL, poisson, 1, {{"lam", RANGE_POISSON}}},
    {"geometric", NULL, geometric, 1, {{"p", RANGE_POSITIVE_PROBABILITY}}},
};

const struct distribution *distribution_find(const char *name)
{
    for (size_t i = 0; i < sizeof distributions / sizeof *distributions; i++)
        if (!strcmp(distributions[i].name, name))
            return &distributions[i];
    return NULL;
}

/* ----------------------------------------------------------------- drawing */

/* The largest mean whose counts fit in an int64 nearly always. */
static double poisson_limit(void)
{
    return 9223372036854775807.0 - sqrt(9223372036854775807.0) * 10;
}

static bool check_range(const char *name, enum parameter_range range, double x,
                        struct error *err)
{
    switch (range) {
    case RANGE_ANY:
        return true;
    case RANGE_COUNT:
    case RANGE_NON_NEGATIVE:
        if (!isnan(x) && signbit(x))
            return error_set(err, ERROR_VALUE, "%s < 0", name);
        return true;
    case RANGE_POSITIVE:
        if (!isnan(x) && x <= 0)
            return error_set(err, ERROR_VALUE, "%s <= 0", name);
        return true;
    case RANGE_PROBABILITY:
        return (x >= 0 && x <= 1) ||
               error_set(err, ERROR_VALUE, "%s < 0, %s > 1 or %s is NaN", name,
                         name, name);
    case RANGE_POSITIVE_PROBABILITY:
        return (x > 0 && x <= 1) ||
               error_set(err, ERROR_VALUE,
                         "%s <= 0, %s > 1 or %s contains NaNs", name, name,
                         name);
    case RANGE_POISSON:
        if (!(x >= 0))
            return error_set(err, ERROR_VALUE, "%s < 0 or %s is NaN", name,
                             name);
        return x <= poisson_limit() ||
               error_set(err, ERROR_VALUE, "%s value too large", name);
    }
    return true;
}

static bool check_parameter(const struct distribution *distribution, int i,
                            const struct tensor *values, struct error *err)
{
    for (int64_t k = 0; k < values->size; k++)
        if (!check_range(distribution->parameters[i].name,
                         distribution->parameters[i].range,
                         scalar_to_double(tensor_item_at(values, k)), err))
            return false;
    return true;
}

static bool check_triangle(const double *p, struct error *err)
{
    if (p[0] > p[1])
        return error_set(err, ERROR_VALUE, "left > mode");
    if (p[1] > p[2])
        return error_set(err, ERROR_VALUE, "mode > right");
    return p[0] != p[2] || error_set(err, ERROR_VALUE, "left == right");
}

static void store(const struct distribution *distribution, struct rng *rng,
                  const double *p, struct tensor *result, int64_t i)
{
    if (distribution->draw)
        ((double *)result->data)[i] = distribution->draw(rng, p);
    else
        ((int64_t *)result->data)[i] = distribution->count(rng, p);
}

/* With the parameters broadcast to RESULT's shape. */
static bool fill(const struct distribution *distribution, struct rng *rng,
                 struct tensor *const *parameters, struct tensor *result,
                 struct error *err)
{
    struct tensor *broad[DISTRIBUTION_MAX_PARAMS] = {NULL};
    double p[DISTRIBUTION_MAX_PARAMS] = {0};
    int count = distribution->parameter_count;
    bool good = true, varied = false;

    for (int k = 0; good && k < count; k++) {
        varied |= parameters[k]->ndim > 0;
        broad[k] = tensor_broadcast_to(parameters[k], result->ndim,
                                       result->shape, err);
        good = broad[k] != NULL;
    }
    for (int64_t i = 0; good && i < result->size; i++) {
        for (int k = 0; k < count && (varied || i == 0); k++)
            p[k] = scalar_to_double(tensor_item_at(broad[k], i));
        if ((varied || i == 0) && distribution->draw == triangular)
            good = check_triangle(p, err);
        if (i % 4096 == 4095)
            good = good && interrupt_check(err);
        if (good)
            store(distribution, rng, p, result, i);
    }
    for (int k = 0; k < count; k++)
        tensor_unref(broad[k]);
    return good;
}

struct tensor *distribution_draw(const struct distribution *distribution,
                                 struct rng *rng,
                                 struct tensor *const *parameters, int ndim,
                                 const int64_t *shape, struct error *err)
{
    int64_t common[TENSOR_MAX_DIMS];
    int count = distribution->parameter_count;

    for (int k = 0; k < count; k++)
        if (!check_parameter(distribution, k, parameters[k], err))
            return NULL;
    if (!shape) {
        ndim = 0;
        if (count > 0 &&
            !tensor_broadcast_shapes(count, parameters, &ndim, common, err))
            return NULL;
    }
    struct tensor *result =
        tensor_new(distribution->draw ? DTYPE_FLOAT64 : DTYPE_INT64, ndim,
                   shape ? shape : common, err);
    if (result && !fill(distribution, rng, parameters, result, err)) {
        tensor_unref(result);
        return NULL;
    }
    return result;
}
