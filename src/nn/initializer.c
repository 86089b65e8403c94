/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Formulas: Glorot and Bengio, "Understanding the difficulty of training deep
 * feedforward neural networks" (AISTATS 2010), eq. 16; He et al., "Delving
 * deep into rectifiers" (ICCV 2015), eq. 10; LeCun et al., "Efficient
 * backprop" (1998), sec. 4.6.  Names and the truncation of normals at two
 * deviations are Keras's (keras.io/api/layers/initializers).
 */
#include "nn/initializer.h"

#include <math.h>

static void fill_constant(const struct initializer *initializer,
                          struct rng *rng, int64_t fan_in, int64_t fan_out,
                          int64_t n, float *value)
{
    (void)rng, (void)fan_in, (void)fan_out;
    for (int64_t i = 0; i < n; i++)
        value[i] = (float)initializer->scale;
}

static void fill_uniform_within(struct rng *rng, double limit, int64_t n,
                                float *value)
{
    for (int64_t i = 0; i < n; i++)
        value[i] = (float)((2.0 * rng_double(rng) - 1.0) * limit);
}

/* A normal that is drawn again beyond two deviations. */
static void fill_truncated(struct rng *rng, double deviation, int64_t n,
                           float *value)
{
    for (int64_t i = 0; i < n; i++) {
        double draw = rng_gauss(rng);
        while (fabs(draw) > 2.0)
            draw = rng_gauss(rng);
        value[i] = (float)(draw * deviation);
    }
}

/* The deviation of a standard normal cut off at two. */
static const double truncated_deviation = 0.87962566103423978;

static void fill_average_uniform(const struct initializer *initializer,
                                 struct rng *rng, int64_t fan_in,
                                 int64_t fan_out, int64_t n, float *value)
{
    double fan = (double)(fan_in + fan_out) / 2.0;
    fill_uniform_within(rng, sqrt(3.0 * initializer->scale / fan), n, value);
}

static void fill_average_normal(const struct initializer *initializer,
                                struct rng *rng, int64_t fan_in,
                                int64_t fan_out, int64_t n, float *value)
{
    double fan = (double)(fan_in + fan_out) / 2.0;
    fill_truncated(rng, sqrt(initializer->scale / fan) / truncated_deviation, n,
                   value);
}

static void fill_inward_uniform(const struct initializer *initializer,
                                struct rng *rng, int64_t fan_in,
                                int64_t fan_out, int64_t n, float *value)
{
    (void)fan_out;
    fill_uniform_within(rng, sqrt(3.0 * initializer->scale / (double)fan_in), n,
                        value);
}

static void fill_inward_normal(const struct initializer *initializer,
                               struct rng *rng, int64_t fan_in, int64_t fan_out,
                               int64_t n, float *value)
{
    (void)fan_out;
    fill_truncated(
        rng, sqrt(initializer->scale / (double)fan_in) / truncated_deviation, n,
        value);
}

static void fill_plain_uniform(const struct initializer *initializer,
                               struct rng *rng, int64_t fan_in, int64_t fan_out,
                               int64_t n, float *value)
{
    (void)fan_in, (void)fan_out;
    fill_uniform_within(rng, initializer->scale, n, value);
}

static void fill_plain_normal(const struct initializer *initializer,
                              struct rng *rng, int64_t fan_in, int64_t fan_out,
                              int64_t n, float *value)
{
    (void)fan_in, (void)fan_out;
    for (int64_t i = 0; i < n; i++)
        value[i] = (float)(rng_gauss(rng) * initializer->scale);
}

const struct initializer initializers[] = {
    {{"glorot_uniform", "GlorotUniform",
      "uniform within sqrt(6 / (inputs + outputs))"},
     fill_average_uniform,
     1.0},
    {{"glorot_normal", "GlorotNormal",
      "normal of variance 2 / (inputs + outputs)"},
     fill_average_normal,
     1.0},
    {{"he_uniform", "HeUniform", "uniform within sqrt(6 / inputs)"},
     fill_inward_uniform,
     2.0},
    {{"he_normal", "HeNormal", "normal of variance 2 / inputs"},
     fill_inward_normal,
     2.0},
    {{"lecun_uniform", "LecunUniform", "uniform within sqrt(3 / inputs)"},
     fill_inward_uniform,
     1.0},
    {{"lecun_normal", "LecunNormal", "normal of variance 1 / inputs"},
     fill_inward_normal,
     1.0},
    {{"random_uniform", "uniform RandomUniform", "uniform within 0.05"},
     fill_plain_uniform,
     0.05},
    {{"random_normal", "normal RandomNormal", "normal of deviation 0.05"},
     fill_plain_normal,
     0.05},
    {{"zeros", "zero", "all 0"}, fill_constant, 0.0},
    {{"ones", "one", "all 1"}, fill_constant, 1.0},
    {{NULL, NULL, NULL}, NULL, 0.0},
};

const struct initializer *initializer_find(const char *name, struct error *err)
{
    return named_find(initializers, sizeof *initializers, "initializer", name,
                      err);
}
