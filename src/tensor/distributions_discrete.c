/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counts: by the inverse of the distribution function where few steps are
 * expected, else by rejection from a hat.
 *
 * V. Kachitvichyanukul and B. W. Schmeiser, "Binomial Random Variate
 * Generation", Communications of the ACM 31 (1988): algorithm BTPE.
 * W. Hörmann, "The Transformed Rejection Method for Generating Poisson Random
 * Variables", Insurance: Mathematics and Economics 12 (1993): PTRS.
 */
#include <math.h>

#include "tensor/distributions.h"

/* ---------------------------------------------------------------- binomial */

static int64_t binomial_by_inversion(struct rng *rng, int64_t n, double p)
{
    double q = 1.0 - p;
    double none = exp((double)n * log(q));
    double mean = (double)n * p;
    int64_t most = (int64_t)fmin((double)n, mean + 10.0 * sqrt(mean * q + 1));
    int64_t k = 0;
    double chance = none, u = rng_double(rng);

    while (u > chance) {
        if (++k > most) {
            k = 0;
            chance = none;
            u = rng_double(rng);
        } else {
            u -= chance;
            chance = ((double)(n - k + 1) * p * chance) / ((double)k * q);
        }
    }
    return k;
}

/* The paper's names: a triangle (p1), parallelograms (p2) and exponential
   tails on the left (p3) and right (p4) of the mode m. */
struct btpe {
    int64_t n, m;
    double r, q, xm, xl, xr, c, laml, lamr, p1, p2, p3, p4;
};

static void btpe_prepare(struct btpe *b, int64_t n, double p)
{
    double size = (double)n, a;

    b->n = n;
    b->r = fmin(p, 1.0 - p);
    b->q = 1.0 - b->r;
    double fm = size * b->r + b->r;
    b->m = (int64_t)floor(fm);
    b->p1 = floor(2.195 * sqrt(size * b->r * b->q) - 4.6 * b->q) + 0.5;
    b->xm = (double)b->m + 0.5;
    b->xl = b->xm - b->p1;
    b->xr = b->xm + b->p1;
    b->c = 0.134 + 20.5 / (15.3 + (double)b->m);
    a = (fm - b->xl) / (fm - b->xl * b->r);
    b->laml = a * (1.0 + a / 2.0);
    a = (b->xr - fm) / (b->xr * b->q);
    b->lamr = a * (1.0 + a / 2.0);
    b->p2 = b->p1 * (1.0 + 2.0 * b->c);
    b->p3 = b->p2 + b->c / b->laml;
    b->p4 = b->p3 + b->c / b->lamr;
}

/* Steps 1 to 4: a candidate *Y under the hat with its height *V; false to
   draw again.  *CERTAIN: in the triangle, which is all accepted. */
static bool btpe_candidate(const struct btpe *b, struct rng *rng, int64_t *y,
                           double *v, bool *certain)
{
    double u = rng_double(rng) * b->p4;

    *v = rng_double(rng);
    *certain = u <= b->p1;
    if (*certain) {
        *y = (int64_t)floor(b->xm - b->p1 * *v + u);
        return true;
    }
    if (u <= b->p2) {
        double x = b->xl + (u - b->p1) / b->c;
        *v = *v * b->c + 1.0 - fabs((double)b->m - x + 0.5) / b->p1;
        *y = (int64_t)floor(x);
        return *v <= 1.0;
    }
    if (*v == 0.0)
        return false;
    if (u <= b->p3) {
        *y = (int64_t)floor(b->xl + log(*v) / b->laml);
        *v = *v * (u - b->p2) * b->laml;
        return *y >= 0;
    }
    *y = (int64_t)floor(b->xr - log(*v) / b->lamr);
    *v = *v * (u - b->p3) * b->lamr;
    return *y <= b->n;
}

/* Step 5.1: f(y) by recursion from the mode. */
static bool btpe_evaluate(const struct btpe *b, int64_t y, double v)
{
    double s = b->r / b->q, a = s * (double)(b->n + 1), f = 1.0;

    for (int64_t i = b->m + 1; i <= y; i++)
        f *= a / (double)i - s;
    for (int64_t i = y + 1; i <= b->m; i++)
        f /= a / (double)i - s;
    return v <= f;
}

static double stirling(double x, double square)
{
    return (13680. - (462. - (132. - (99. - 140. / square) / square) / square) /
                         square) /
           x / 166320.;
}

/* Steps 5.2 and 5.3: squeezing, then Stirling's formula. */
static bool btpe_squeeze(const struct btpe *b, int64_t y, double v,
                         double distance)
{
    double k = distance, nrq = (double)b->n * b->r * b->q;
    double rho =
        (k / nrq) * ((k * (k / 3.0 + 0.625) + 0.16666666666666666) / nrq + 0.5);
    double t = -k * k / (2 * nrq), a = log(v);

    if (a < t - rho)
        return true;
    if (a > t + rho)
        return false;
    double x1 = (double)(y + 1), f1 = (double)(b->m + 1);
    double z = (double)(b->n + 1 - b->m), w = (double)(b->n - y + 1);
    return a <= b->xm * log(f1 / x1) +
                    ((double)(b->n - b->m) + 0.5) * log(z / w) +
                    (double)(y - b->m) * log(w * b->r / (x1 * b->q)) +
                    stirling(f1, f1 * f1) + stirling(z, z * z) +
                    stirling(x1, x1 * x1) + stirling(w, w * w);
}

static int64_t binomial_by_btpe(struct rng *rng, int64_t n, double p)
{
    struct btpe b;

    btpe_prepare(&b, n, p);
    double nrq = (double)n * b.r * b.q;
    for (;;) {
        int64_t y;
        double v;
        bool certain;
        if (!btpe_candidate(&b, rng, &y, &v, &certain))
            continue;
        double k = fabs((double)(y - b.m));
        if (certain || (k > 20 && k < nrq / 2.0 - 1 ? btpe_squeeze(&b, y, v, k)
                                                    : btpe_evaluate(&b, y, v)))
            return p > 0.5 ? n - y : y;
    }
}

int64_t draw_binomial(struct rng *rng, int64_t n, double p)
{
    double q = p <= 0.5 ? p : 1.0 - p;
    int64_t k = q * (double)n <= 30.0 ? binomial_by_inversion(rng, n, q)
                                      : binomial_by_btpe(rng, n, q);
    return p <= 0.5 ? k : n - k;
}

/* ----------------------------------------------------------------- poisson */

/* S. Zhang and J. Jin, "Computation of Special Functions" (1996), 3.1.5: the
   asymptotic series for log gamma(x), from x >= 7 down by recurrence. */
double draw_log_gamma(double x)
{
    static const double terms[] = {
        8.333333333333333e-02,  -2.777777777777778e-03, 7.936507936507937e-04,
        -5.952380952380952e-04, 8.417508417508418e-04,  -1.917526917526918e-03,
        6.410256410256410e-03,  -2.955065359477124e-02, 1.796443723688307e-01,
        -1.39243221690590e+00};
    int up = x < 7.0 ? (int)(7 - x) : 0;
    double far = x + up, square = (1.0 / far) * (1.0 / far), sum = terms[9];

    if (x == 1.0 || x == 2.0)
        return 0.0;
    for (int k = 8; k >= 0; k--)
        sum = sum * square + terms[k];
    double result = sum / far + 0.5 * 1.8378770664093453 /* log 2 pi */ +
                    (far - 0.5) * log(far) - far;
    for (; up > 0; up--) {
        far -= 1.0;
        result -= log(far);
    }
    return result;
}

static int64_t poisson_by_products(struct rng *rng, double mean)
{
    double end = exp(-mean), product = rng_double(rng);
    int64_t k = 0;

    for (; product > end; k++)
        product *= rng_double(rng);
    return k;
}

/* What is too large for an int64 becomes the least one, as in NumPy. */
static int64_t count_from(double x)
{
    return x >= -9223372036854775808.0 && x < 9223372036854775808.0 ? (int64_t)x
                                                                    : INT64_MIN;
}

static int64_t poisson_by_rejection(struct rng *rng, double mean)
{
    double log_mean = log(mean);
    double b = 0.931 + 2.53 * sqrt(mean), a = -0.059 + 0.02483 * b;
    double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    double squeeze = 0.9277 - 3.6224 / (b - 2);

    for (;;) {
        double u = rng_double(rng) - 0.5, v = rng_double(rng);
        double us = 0.5 - fabs(u);
        int64_t k = count_from(floor((2 * a / us + b) * u + mean + 0.43));
        if (us >= 0.07 && v <= squeeze)
            return k;
        if (k < 0 || (us < 0.013 && v > us))
            continue;
        if (log(v) + log(inverse_alpha) - log(a / (us * us) + b) <=
            -mean + (double)k * log_mean - draw_log_gamma((double)(k + 1)))
            return k;
    }
}

int64_t draw_poisson(struct rng *rng, double mean)
{
    if (mean == 0)
        return 0;
    return mean >= 10 ? poisson_by_rejection(rng, mean)
                      : poisson_by_products(rng, mean);
}

/* --------------------------------------------------------------- geometric */

int64_t draw_geometric(struct rng *rng, double p)
{
    if (p < 1.0 / 3.0) {
        double tries = rng->kind == RNG_MT19937
                           ? log1p(-rng_double(rng)) / log(1.0 - p)
                           : -rng_exponential(rng) / log1p(-p);
        tries = ceil(tries);
        return tries >= 9.223372036854775807e18 ? INT64_MAX : (int64_t)tries;
    }
    double sum = p, chance = p, u = rng_double(rng);
    int64_t k = 1;
    for (; u > sum; k++) {
        chance *= 1.0 - p;
        sum += chance;
    }
    return k;
}

/* ------------------------------------------------------------------ counts */

#define COUNT(name) static int64_t name(struct rng *rng, const double *p)

COUNT(binomial)
{
    /* The old generator draws even for what is certain. */
    if (!rng_is_legacy(rng) && (p[0] == 0 || p[1] == 0))
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

/* By rejection from the inverse of a power (Devroye's book, X.6.1). */
COUNT(zipf)
{
    double power = p[0] - 1.0, b = pow(2.0, power);

    for (;;) {
        double u = 1.0 - rng_double(rng), v = rng_double(rng);
        double x = floor(pow(u, -1.0 / power));
        if (x > 9223372036854775807.0 || x < 1.0)
            continue;
        double t = pow(1.0 + 1.0 / x, power);
        if (v * x * (t - 1.0) / (b - 1.0) <= t / b)
            return (int64_t)fmin(x, 9223372036854774784.0);
    }
}

/* A. W. Kemp, "Efficient Generation of Logarithmically Distributed
   Pseudo-Random Variables", Applied Statistics 30 (1981): algorithm LK. */
COUNT(logseries)
{
    bool legacy = rng_is_legacy(rng);
    double r = legacy ? log(1.0 - p[0]) : log1p(-p[0]);

    for (;;) {
        double v = rng_double(rng);
        if (v >= p[0])
            return 1;
        double u = rng_double(rng);
        double q = legacy ? 1.0 - exp(r * u) : -expm1(r * u);
        if (v > q * q)
            return v >= q ? 1 : 2;
        double k = floor(1 + log(v) / log(q));
        if (k >= 1 && v > 0.0)
            return (int64_t)k;
    }
}

COUNT(hypergeometric)
{
    return draw_hypergeometric(rng, (int64_t)p[0], (int64_t)p[1],
                               (int64_t)p[2]);
}

const struct distribution discrete_distributions[] = {
    {"binomial",
     NULL,
     binomial,
     2,
     {{"n", RANGE_COUNT}, {"p", RANGE_PROBABILITY}}},
    {"negative_binomial",
     NULL,
     negative_binomial,
     2,
     {{"n", RANGE_POSITIVE_NUMBER}, {"p", RANGE_OLD_PROBABILITY}}},
    {"poisson", NULL, poisson, 1, {{"lam", RANGE_POISSON}}},
    {"geometric", NULL, geometric, 1, {{"p", RANGE_POSITIVE_PROBABILITY}}},
    {"zipf", NULL, zipf, 1, {{"a", RANGE_OVER_ONE}}},
    {"logseries", NULL, logseries, 1, {{"p", RANGE_PROPER_PROBABILITY}}},
    {"hypergeometric",
     NULL,
     hypergeometric,
     3,
     {{"ngood", RANGE_COUNT}, {"nbad", RANGE_COUNT}, {"nsample", RANGE_SAMPLE}}},
    {.name = NULL},
};
