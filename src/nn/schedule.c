/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keras's schedules (keras.io/api/optimizers/learning_rate_schedules). */
#include <math.h>

#include "base/i18n.h"
#include "nn/optimizer.h"
#include "nn/setting.h"

/* initial * rate^(step / steps), STAIRCASE: by whole steps */
static double exponential(const double *settings, double step)
{
    double part = step / settings[1];
    return settings[0] *
           pow(settings[2], settings[3] != 0.0 ? floor(part) : part);
}

/* initial / (1 + rate step / steps) */
static double inverse_time(const double *settings, double step)
{
    double part = step / settings[1];
    return settings[0] /
           (1.0 + settings[2] * (settings[3] != 0.0 ? floor(part) : part));
}

/* from initial to end, along (1 - step / steps)^power */
static double polynomial(const double *settings, double step)
{
    double left = 1.0 - fmin(step / settings[1], 1.0);
    return (settings[0] - settings[2]) * pow(left, settings[3]) + settings[2];
}

/* half a cosine, from initial to alpha times it */
static double cosine(const double *settings, double step)
{
    double part = fmin(step / settings[1], 1.0);
    double wave = 0.5 * (1.0 + cos(M_PI * part));
    return settings[0] * ((1.0 - settings[2]) * wave + settings[2]);
}

static const struct number_setting
    decay_settings[] = {{"initial_learning_rate", NULL},
                        {"decay_steps", NULL},
                        {"decay_rate", NULL},
                        {"staircase", "False"},
                        {NULL, NULL}},
    polynomial_settings[] = {{"initial_learning_rate", NULL},
                             {"decay_steps", NULL},
                             {"end_learning_rate", "0.0001"},
                             {"power", "1.0"},
                             {NULL, NULL}},
    cosine_settings[] = {{"initial_learning_rate", NULL},
                         {"decay_steps", NULL},
                         {"alpha", "0.0"},
                         {NULL, NULL}};

const struct schedule_type schedule_types[] = {
    {{"ExponentialDecay", NULL,
      N_("a learning rate times decay_rate every decay_steps steps")},
     decay_settings,
     exponential},
    {{"InverseTimeDecay", NULL,
      N_("a learning rate over 1 + decay_rate step / decay_steps")},
     decay_settings,
     inverse_time},
    {{"PolynomialDecay", NULL,
      N_("a learning rate that falls to its end in decay_steps steps")},
     polynomial_settings,
     polynomial},
    {{"CosineDecay", NULL,
      N_("a learning rate that falls along half a cosine")},
     cosine_settings,
     cosine},
    {{NULL, NULL, NULL}, NULL, NULL},
};
