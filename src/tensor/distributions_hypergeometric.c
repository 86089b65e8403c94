/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many of the balls drawn without putting back are good: one by one where
 * few are drawn, else by rejection.
 *
 * E. Stadlober, "The Ratio of Uniforms Approach for Generating Discrete Random
 * Variates", Journal of Computational and Applied Mathematics 31 (1990): HRUA.
 */
#include <math.h>

#include "tensor/distributions.h"

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* The old generator's way to draw SAMPLE balls. */
static int64_t one_by_one_legacy(struct rng *rng, int64_t good, int64_t bad,
                                 int64_t sample)
{
    double rest = (double)(bad + good - sample);
    double rare = (double)smaller(bad, good), left = rare;

    for (int64_t k = sample; left > 0.0 && k > 0; k--)
        left -= floor(rng_double(rng) + left / (rest + (double)k));
    int64_t drawn = (int64_t)(rare - left);
    return good > bad ? sample - drawn : drawn;
}

/* The new one's: the balls that stay are drawn when these are fewer. */
static int64_t one_by_one(struct rng *rng, int64_t good, int64_t bad,
                          int64_t sample)
{
    int64_t total = good + bad, left = total, good_left = good;
    bool turned = sample > total / 2;
    int64_t draws = turned ? total - sample : sample;

    for (; draws > 0 && good_left > 0 && left > good_left; draws--) {
        left--;
        if ((int64_t)rng_masked_interval(rng, (uint64_t)left) < good_left)
            good_left--;
    }
    if (left == good_left)
        good_left -= draws;
    return turned ? good_left : good - good_left;
}

/* log k!: Stirling's series from 126 on. */
static double log_factorial(int64_t k)
{
    if (k < 126)
        return lgamma((double)k + 1);
    double x = (double)k;
    return (x + 0.5) * log(x) - x +
           (0.9189385332046727 /* log(2 pi) / 2 */ +
            1.0 / x * (1 / 12.0 - 1 / (360.0 * x * x)));
}

/* What the ratio of uniforms compares: the logarithm of the density at K,
   but for its sign and a constant. */
static double density(const struct rng *rng, int64_t k, int64_t draws,
                      int64_t rare, int64_t common)
{
    const int64_t parts[] = {k, rare - k, draws - k, common - draws + k};
    double sum = 0;

    for (int i = 0; i < 4; i++)
        sum += rng_is_legacy(rng) ? draw_log_gamma((double)(parts[i] + 1))
                                  : log_factorial(parts[i]);
    return sum;
}

static int64_t by_rejection(struct rng *rng, int64_t good, int64_t bad,
                            int64_t sample)
{
    int64_t rare = smaller(good, bad), common = larger(good, bad);
    int64_t total = good + bad, draws = smaller(sample, total - sample), k;
    double p = (double)rare / (double)total, size = (double)draws;
    double q = rng_is_legacy(rng) ? 1.0 - p : (double)common / (double)total;
    double center = size * p + 0.5;
    double spread = sqrt((double)(total - draws) *
                             (rng_is_legacy(rng) ? (double)sample : size) * p *
                             q / (double)(total - 1) +
                         0.5);
    double width = 1.7155277699214135 * spread + 0.8989161620588988;
    int64_t mode =
        (int64_t)floor((size + 1) * (double)(rare + 1) / (double)(total + 2));
    double peak = density(rng, mode, draws, rare, common);
    double end =
        fmin((double)smaller(draws, rare) + 1.0, floor(center + 16 * spread));

    for (;;) {
        double u = rng_double(rng), v = rng_double(rng);
        double x = center + width * (v - 0.5) / u;
        if (x < 0.0 || x >= end)
            continue;
        k = (int64_t)floor(x);
        double t = peak - density(rng, k, draws, rare, common);
        if (u * (4.0 - u) - 3.0 <= t)
            break;
        if (u * (u - t) < 1 && 2.0 * log(u) <= t)
            break;
    }
    if (good > bad)
        k = draws - k;
    return draws < sample ? good - k : k;
}

int64_t draw_hypergeometric(struct rng *rng, int64_t good, int64_t bad,
                            int64_t sample)
{
    if (rng_is_legacy(rng))
        return sample > 10  ? by_rejection(rng, good, bad, sample)
               : sample > 0 ? one_by_one_legacy(rng, good, bad, sample)
                            : 0;
    if (sample >= 10 && sample <= good + bad - 10)
        return by_rejection(rng, good, bad, sample);
    return one_by_one(rng, good, bad, sample);
}
