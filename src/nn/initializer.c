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

#include "base/i18n.h"
#include "nn/setting.h"

/* Of Constant; ones and zeros have none, but a scale. */
static double value_of(const struct initializer *initializer)
{
    return initializer->type->settings->name ? initializer->settings[0]
                                             : initializer->type->scale;
}

static void fill_constant(const struct initializer *initializer,
                          struct rng *rng, double fan_in, double fan_out,
                          int64_t n, float *value)
{
    (void)rng, (void)fan_in, (void)fan_out;
    for (int64_t i = 0; i < n; i++)
        value[i] = (float)value_of(initializer);
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
                                 struct rng *rng, double fan_in, double fan_out,
                                 int64_t n, float *value)
{
    double fan = (fan_in + fan_out) / 2.0;
    fill_uniform_within(rng, sqrt(3.0 * initializer->type->scale / fan), n,
                        value);
}

static void fill_average_normal(const struct initializer *initializer,
                                struct rng *rng, double fan_in, double fan_out,
                                int64_t n, float *value)
{
    double fan = (fan_in + fan_out) / 2.0;
    fill_truncated(rng,
                   sqrt(initializer->type->scale / fan) / truncated_deviation,
                   n, value);
}

static void fill_inward_uniform(const struct initializer *initializer,
                                struct rng *rng, double fan_in, double fan_out,
                                int64_t n, float *value)
{
    (void)fan_out;
    fill_uniform_within(rng, sqrt(3.0 * initializer->type->scale / fan_in), n,
                        value);
}

static void fill_inward_normal(const struct initializer *initializer,
                               struct rng *rng, double fan_in, double fan_out,
                               int64_t n, float *value)
{
    (void)fan_out;
    fill_truncated(
        rng, sqrt(initializer->type->scale / fan_in) / truncated_deviation, n,
        value);
}

static void fill_plain_uniform(const struct initializer *initializer,
                               struct rng *rng, double fan_in, double fan_out,
                               int64_t n, float *value)
{
    (void)fan_in, (void)fan_out;
    double low = initializer->settings[0], high = initializer->settings[1];
    for (int64_t i = 0; i < n; i++)
        value[i] = (float)(low + (high - low) * rng_double(rng));
}

static void fill_plain_normal(const struct initializer *initializer,
                              struct rng *rng, double fan_in, double fan_out,
                              int64_t n, float *value)
{
    (void)fan_in, (void)fan_out;
    for (int64_t i = 0; i < n; i++)
        value[i] = (float)(initializer->settings[0] +
                           initializer->settings[1] * rng_gauss(rng));
}

static void fill_plain_truncated(const struct initializer *initializer,
                                 struct rng *rng, double fan_in, double fan_out,
                                 int64_t n, float *value)
{
    (void)fan_in, (void)fan_out;
    fill_truncated(rng, initializer->settings[1], n, value);
    for (int64_t i = 0; i < n; i++)
        value[i] += (float)initializer->settings[0];
}

/* The seed is always the last. */
static const struct number_setting seed_only[] = {{"seed", "None"},
                                                  {NULL, NULL}},
                                   bounds[] = {{"minval", "-0.05"},
                                               {"maxval", "0.05"},
                                               {"seed", "None"},
                                               {NULL, NULL}},
                                   moments[] = {{"mean", "0.0"},
                                                {"stddev", "0.05"},
                                                {"seed", "None"},
                                                {NULL, NULL}},
                                   constant[] = {{"value", "0.0"},
                                                 {NULL, NULL}},
                                   nothing[] = {{NULL, NULL}};

const struct initializer_type initializer_types[] = {
    {{"glorot_uniform", "xavier_uniform GlorotUniform",
      N_("uniform within sqrt(6 / (inputs + outputs))")},
     "GlorotUniform",
     seed_only,
     fill_average_uniform,
     1.0},
    {{"glorot_normal", "xavier_normal GlorotNormal",
      N_("normal of variance 2 / (inputs + outputs)")},
     "GlorotNormal",
     seed_only,
     fill_average_normal,
     1.0},
    {{"he_uniform", "HeUniform", N_("uniform within sqrt(6 / inputs)")},
     "HeUniform",
     seed_only,
     fill_inward_uniform,
     2.0},
    {{"he_normal", "HeNormal", N_("normal of variance 2 / inputs")},
     "HeNormal",
     seed_only,
     fill_inward_normal,
     2.0},
    {{"lecun_uniform", "LecunUniform", N_("uniform within sqrt(3 / inputs)")},
     "LecunUniform",
     seed_only,
     fill_inward_uniform,
     1.0},
    {{"lecun_normal", "LecunNormal", N_("normal of variance 1 / inputs")},
     "LecunNormal",
     seed_only,
     fill_inward_normal,
     1.0},
    {{"random_uniform", "uniform RandomUniform",
      N_("uniform from minval to maxval")},
     "RandomUniform",
     bounds,
     fill_plain_uniform,
     0.0},
    {{"random_normal", "normal RandomNormal",
      N_("normal of this mean and deviation")},
     "RandomNormal",
     moments,
     fill_plain_normal,
     0.0},
    {{"truncated_normal", "TruncatedNormal",
      N_("normal, drawn again beyond two deviations")},
     "TruncatedNormal",
     moments,
     fill_plain_truncated,
     0.0},
    {{"constant", "Constant", N_("all the same value")},
     "Constant",
     constant,
     fill_constant,
     0.0},
    {{"zeros", "zero Zeros", N_("all 0")},
     "Zeros",
     nothing,
     fill_constant,
     0.0},
    {{"ones", "one Ones", N_("all 1")}, "Ones", nothing, fill_constant, 1.0},
    {{NULL, NULL, NULL}, NULL, NULL, NULL, 0.0},
};

struct initializer initializer_new(const struct initializer_type *type)
{
    struct initializer initializer = {.type = type};
    number_settings_reset(type->settings, initializer.settings);
    return initializer;
}

bool initializer_find(const char *name, struct initializer *ret,
                      struct error *err)
{
    const struct initializer_type *type = named_find(
        initializer_types, sizeof *initializer_types, "initializer", name, err);
    if (type)
        *ret = initializer_new(type);
    return type != NULL;
}

void initializer_fill(const struct initializer *initializer, struct rng *rng,
                      double fan_in, double fan_out, int64_t n, float *value)
{
    int seed = number_setting_find(initializer->type->settings, "seed");
    struct rng own;
    if (seed >= 0 && !isnan(initializer->settings[seed])) {
        rng_seed(&own, (uint32_t)(int64_t)initializer->settings[seed]);
        rng = &own;
    }
    initializer->type->fill(initializer, rng, fan_in, fan_out, n, value);
}
