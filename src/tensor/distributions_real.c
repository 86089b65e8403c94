/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Real numbers, most of them by the inverse of the distribution function
 * (L. Devroye, "Non-Uniform Random Variate Generation", 1986), gamma by
 * G. Marsaglia and W. W. Tsang, "A Simple Method for Generating Gamma
 * Variables", ACM TOMS 26 (2000), beta by M. D. Jöhnk's method (1964).
 *
 * D. J. Best and N. I. Fisher, "Efficient Simulation of the von Mises
 * Distribution", Applied Statistics 28 (1979).  J. R. Michael, W. R. Schucany
 * and R. W. Haas, "Generating Random Variates Using Transformations with
 * Multiple Roots", The American Statistician 30 (1976): wald.
 *
 * NumPy's old and new generators differ in where the normal and exponential
 * numbers come from (random.h), and here and there in a formula.
 */
#include "tensor/distributions.h"

#include <math.h>

#define PI 3.14159265358979323846

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

/* A sum of squares of normal numbers, of which one has the mean sqrt(p[1]). */
DRAW(noncentral_chisquare)
{
    if (isnan(p[1]))
        return NAN;
    if (p[1] == 0)
        return chisquare(rng, p);
    if (p[0] > 1) {
        double rest = 2.0 * draw_gamma(rng, (p[0] - 1) / 2.0);
        double one = rng_gauss(rng) + sqrt(p[1]);
        return rest + one * one;
    }
    double more = (double)draw_poisson(rng, p[1] / 2.0);
    return 2.0 * draw_gamma(rng, (p[0] + 2 * more) / 2.0);
}

DRAW(noncentral_f)
{
    const double above[] = {p[0], p[2]};
    double ratio = noncentral_chisquare(rng, above) * p[1];
    return ratio / (2.0 * draw_gamma(rng, p[1] / 2.0) * p[0]);
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
        if (sum > 1.0 || (u + v <= 0.0 && !rng_is_legacy(rng)))
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
    if (rng_is_legacy(rng))
        return p[0] * sqrt(-2.0 * log1p(-rng_double(rng)));
    return p[0] * sqrt(2.0 * rng_exponential(rng));
}

DRAW(pareto)
{
    double x = rng_exponential(rng) / p[0];
    return rng_is_legacy(rng) ? exp(x) - 1 : expm1(x);
}

DRAW(weibull)
{
    return p[0] == 0.0 ? 0.0 : pow(rng_exponential(rng), 1. / p[0]);
}

DRAW(power)
{
    double x = rng_exponential(rng);
    return pow(rng_is_legacy(rng) ? 1 - exp(-x) : -expm1(-x), 1. / p[0]);
}

DRAW(triangular)
{
    double base = p[2] - p[0], left = p[1] - p[0];
    double u = rng_double(rng);

    if (u <= left / base)
        return p[0] + sqrt(u * (left * base));
    return p[2] - sqrt((1.0 - u) * ((p[2] - p[1]) * base));
}

/* An inverse Gaussian number is one of two roots. */
DRAW(wald)
{
    double mean = p[0], scale = p[1], y = rng_gauss(rng);

    y = mean * y * y;
    double root = mean + mean / (2 * scale) * (y - sqrt(4 * scale * y + y * y));
    return rng_double(rng) <= mean / (mean + root) ? root : mean * mean / root;
}

/* The cosine of an angle from 0, by rejection from a wrapped Cauchy number. */
static double vonmises_cosine(struct rng *rng, double kappa)
{
    double s = 1. / kappa + kappa;

    if (kappa >= 1e-5) {
        double r = 1 + sqrt(1 + 4 * kappa * kappa);
        double rho = (r - sqrt(2 * r)) / (2 * kappa);
        s = (1 + rho * rho) / (2 * rho);
    }
    for (;;) {
        double z = cos(PI * rng_double(rng));
        double w = (1 + s * z) / (s + z), y = kappa * (s - w);
        double v = rng_double(rng);
        if (y * (2 - y) - v >= 0 || log(y / v) + 1 - y >= 0)
            return w;
    }
}

DRAW(vonmises)
{
    double mu = p[0], kappa = p[1];

    if (isnan(kappa))
        return NAN;
    if (kappa < 1e-8)
        return PI * (2 * rng_double(rng) - 1);
    /* nearly a normal number; NumPy's old way does not end for the largest */
    if (kappa > (rng_is_legacy(rng) ? 1e15 : 1e6)) {
        double x = mu + sqrt(1. / kappa) * rng_gauss(rng);
        return x < -PI ? x + 2 * PI : x > PI ? x - 2 * PI : x;
    }
    double angle = acos(vonmises_cosine(rng, kappa));
    angle = (rng_double(rng) < 0.5 ? -angle : angle) + mu;
    double wrapped = fmod(fabs(angle) + PI, 2 * PI) - PI;
    return angle < 0 ? -wrapped : wrapped;
}

const struct distribution real_distributions[] = {
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
    {"noncentral_chisquare",
     noncentral_chisquare,
     NULL,
     2,
     {{"df", RANGE_POSITIVE}, {"nonc", RANGE_NON_NEGATIVE}}},
    {"noncentral_f",
     noncentral_f,
     NULL,
     3,
     {{"dfnum", RANGE_POSITIVE},
      {"dfden", RANGE_POSITIVE},
      {"nonc", RANGE_NON_NEGATIVE}}},
    {"wald",
     wald,
     NULL,
     2,
     {{"mean", RANGE_POSITIVE}, {"scale", RANGE_POSITIVE}}},
    {"vonmises",
     vonmises,
     NULL,
     2,
     {{"mu", RANGE_ANY}, {"kappa", RANGE_NON_NEGATIVE}}},
    {.name = NULL},
};
