/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Formulas as Keras 2 has them (keras/optimizers.py): RMSprop of Tieleman and
 * Hinton (lecture 6.5 of "Neural networks for machine learning", 2012), Adam
 * of Kingma and Ba (ICLR 2015) in the form of the end of its section 2, SGD
 * with momentum of Sutskever et al. (ICML 2013), Adagrad of Duchi, Hazan and
 * Singer (JMLR 12, 2011), Adadelta of Zeiler (arXiv 1212.5701), AdamW of
 * Loshchilov and Hutter (ICLR 2019), Nadam of Dozat (ICLR 2016 workshop).
 * RMSprop centered is Graves's (arXiv 1308.0850, eq. 38 to 41).
 */
#include "nn/optimizer.h"

#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "nn/setting.h"
#include "tensor/parallel.h"

/* For each number i of a block; its gradient is g[i + shift]. */
#define BLOCK_LOOP(block)                                          \
    for (int64_t row = 0, shift = 0; row < (block).rows;           \
         row++, shift += (block).gradient_stride - (block).stride) \
        VECTOR_LOOP                                                \
    for (int64_t i = row * (block).stride;                         \
         i < row * (block).stride + (block).width; i++)

/* v = momentum v - rate g;  w += v, or with Nesterov momentum v - rate g */
MULTI_TARGET
static void sgd_step(const double *settings, const double *now,
                     struct block block, float *restrict w,
                     const float *restrict g, float *const *slots)
{
    (void)now;
    float rate = (float)settings[0], momentum = (float)settings[1];
    bool nesterov = settings[2] != 0.0;
    float *restrict v = slots[0];
    if (nesterov) {
        BLOCK_LOOP(block)
        {
            v[i] = momentum * v[i] - rate * g[i + shift];
            w[i] += momentum * v[i] - rate * g[i + shift];
        }
        return;
    }
    BLOCK_LOOP(block)
    {
        v[i] = momentum * v[i] - rate * g[i + shift];
        w[i] += v[i];
    }
}

/* The centered form divides by the deviation: the mean of the gradients is
   taken off.  With momentum, epsilon stands inside the root. */
MULTI_TARGET
static void rmsprop_full_step(const double *settings, struct block block,
                              float *restrict w, const float *restrict g,
                              float *const *slots)
{
    float rate = (float)settings[0], momentum = (float)settings[2];
    float rho = (float)settings[1], rest = (float)(1.0 - settings[1]);
    float epsilon = (float)settings[3], center = settings[4] != 0.0;
    float inside = momentum > 0.0f ? epsilon : 0.0f;
    float outside = momentum > 0.0f ? 0.0f : epsilon;
    float *restrict a = slots[0], *restrict v = slots[1];
    float *restrict mean = slots[2];
    BLOCK_LOOP(block)
    {
        a[i] = rho * a[i] + rest * (g[i + shift] * g[i + shift]);
        mean[i] = center * (rho * mean[i] + rest * g[i + shift]);
        float root = sqrtf(a[i] - mean[i] * mean[i] + inside) + outside;
        v[i] = momentum * v[i] + rate * g[i + shift] / root;
        w[i] -= v[i];
    }
}

static inline bool all_zero(int64_t n, const float *g)
{
    uint32_t any = 0;
    for (int64_t i = 0; i < n; i++) {
        uint32_t bits;
        memcpy(&bits, g + i, sizeof bits);
        any |= bits;
    }
    return any << 1 == 0; /* but for the sign */
}

/* a = rho a + (1 - rho) g^2;  w -= rate g / (sqrt(a) + epsilon)
   Weights of an input that was zero in the whole batch stay as they are, and
   need no root.  (With no epsilon, their 0 / 0 is to be seen.) */
static inline void rmsprop_run(const double *settings, int64_t n,
                               float *restrict w, const float *restrict g,
                               float *restrict a)
{
    float rate = (float)settings[0], epsilon = (float)settings[3];
    float rho = (float)settings[1], rest = (float)(1.0 - settings[1]);
    if (epsilon > 0.0f && all_zero(n, g)) {
        VECTOR_LOOP
        for (int64_t i = 0; i < n; i++)
            a[i] *= rho;
        return;
    }
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++) {
        a[i] = rho * a[i] + rest * (g[i] * g[i]);
        w[i] -= rate * g[i] / (sqrtf(a[i]) + epsilon);
    }
}

MULTI_TARGET
static void rmsprop_plain_step(const double *settings, struct block block,
                               float *w, const float *g, float *const *slots)
{
    enum { RUN = 64 };
    for (int64_t row = 0; row < block.rows; row++) {
        int64_t start = row * block.stride;
        for (int64_t i = 0; i < block.width; i += RUN)
            rmsprop_run(settings, block.width - i < RUN ? block.width - i : RUN,
                        w + start + i, g + row * block.gradient_stride + i,
                        slots[0] + start + i);
    }
}

static bool rmsprop_is_plain(const double *settings)
{
    return settings[2] == 0.0 && settings[4] == 0.0;
}

static void rmsprop_step(const double *settings, const double *now,
                         struct block block, float *w, const float *g,
                         float *const *slots)
{
    (void)now;
    (rmsprop_is_plain(settings) ? rmsprop_plain_step : rmsprop_full_step)(
        settings, block, w, g, slots);
}

/* a += g^2;  w -= rate g / (sqrt(a) + epsilon) */
MULTI_TARGET
static void adagrad_step(const double *settings, const double *now,
                         struct block block, float *restrict w,
                         const float *restrict g, float *const *slots)
{
    (void)now;
    float rate = (float)settings[0], epsilon = (float)settings[2];
    float *restrict a = slots[0];
    BLOCK_LOOP(block)
    {
        a[i] += g[i + shift] * g[i + shift];
        w[i] -= rate * g[i + shift] / (sqrtf(a[i]) + epsilon);
    }
}

/* a = rho a + (1 - rho) g^2;  u = g sqrt(d + epsilon) / sqrt(a + epsilon);
   d = rho d + (1 - rho) u^2;  w -= rate u */
MULTI_TARGET
static void adadelta_step(const double *settings, const double *now,
                          struct block block, float *restrict w,
                          const float *restrict g, float *const *slots)
{
    (void)now;
    float rate = (float)settings[0], epsilon = (float)settings[2];
    float rho = (float)settings[1], rest = (float)(1.0 - settings[1]);
    float *restrict a = slots[0], *restrict d = slots[1];
    BLOCK_LOOP(block)
    {
        a[i] = rho * a[i] + rest * (g[i + shift] * g[i + shift]);
        float u = g[i + shift] * sqrtf(d[i] + epsilon) / sqrtf(a[i] + epsilon);
        d[i] = rho * d[i] + rest * (u * u);
        w[i] -= rate * u;
    }
}

/* m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2;
   w -= rate sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + epsilon) */
static void adam_begin(const double *settings, int64_t iteration, double *now)
{
    double t = (double)iteration;
    now[0] = settings[0] * sqrt(1.0 - pow(settings[2], t)) /
             (1.0 - pow(settings[1], t));
}

MULTI_TARGET
static void adam_step(const double *settings, const double *now,
                      struct block block, float *restrict w,
                      const float *restrict g, float *const *slots)
{
    double beta1 = settings[1], beta2 = settings[2];
    float rate = (float)now[0];
    float keep1 = (float)beta1, rest1 = (float)(1.0 - beta1);
    float keep2 = (float)beta2, rest2 = (float)(1.0 - beta2);
    float epsilon = (float)settings[3];
    float *restrict m = slots[0], *restrict v = slots[1];
    BLOCK_LOOP(block)
    {
        m[i] = keep1 * m[i] + rest1 * g[i + shift];
        v[i] = keep2 * v[i] + rest2 * (g[i + shift] * g[i + shift]);
        w[i] -= rate * m[i] / (sqrtf(v[i]) + epsilon);
    }
}

/* w -= rate decay w, then as Adam */
static void adamw_step(const double *settings, const double *now,
                       struct block block, float *w, const float *g,
                       float *const *slots)
{
    float kept = (float)(1.0 - settings[0] * settings[4]);
    BLOCK_LOOP(block)
    w[i] *= kept;
    adam_step(settings, now, block, w, g, slots);
}

/* m as Adam's;  u = max(b2 u, |g|);  w -= rate / (1 - b1^t) m / (u + epsilon)
 */
static void adamax_begin(const double *settings, int64_t iteration, double *now)
{
    now[0] = settings[0] / (1.0 - pow(settings[1], (double)iteration));
}

MULTI_TARGET
static void adamax_step(const double *settings, const double *now,
                        struct block block, float *restrict w,
                        const float *restrict g, float *const *slots)
{
    float rate = (float)now[0];
    float keep1 = (float)settings[1], rest1 = (float)(1.0 - settings[1]);
    float keep2 = (float)settings[2], epsilon = (float)settings[3];
    float *restrict m = slots[0], *restrict u = slots[1];
    BLOCK_LOOP(block)
    {
        m[i] = keep1 * m[i] + rest1 * g[i + shift];
        u[i] = fmaxf(keep2 * u[i], fabsf(g[i + shift]));
        w[i] -= rate * m[i] / (u[i] + epsilon);
    }
}

/* u(t) = b1 (1 - 0.96^t / 2), p(t) = u(1) … u(t);  m and v as Adam's;
   w -= rate (u(t+1) m / (1 - p(t+1)) + (1 - u(t)) g / (1 - p(t)))
             / (sqrt(v / (1 - b2^t)) + epsilon) */
static double nadam_momentum(double beta, double t)
{
    return beta * (1.0 - 0.5 * pow(0.96, t));
}

enum { NADAM_M, NADAM_G, NADAM_V, NADAM_PRODUCT };

static void nadam_begin(const double *settings, int64_t iteration, double *now)
{
    double beta = settings[1], t = (double)iteration, product = 1.0;
    if (iteration > 1 && now[NADAM_PRODUCT] > 0.0)
        product = now[NADAM_PRODUCT];
    else /* the first batch since it was made or read */
        for (int64_t i = 1; i < iteration; i++)
            product *= nadam_momentum(beta, (double)i);
    double u = nadam_momentum(beta, t), next = nadam_momentum(beta, t + 1.0);
    product *= u;
    now[NADAM_M] = next / (1.0 - product * next);
    now[NADAM_G] = (1.0 - u) / (1.0 - product);
    now[NADAM_V] = 1.0 / (1.0 - pow(settings[2], t));
    now[NADAM_PRODUCT] = product;
}

MULTI_TARGET
static void nadam_step(const double *settings, const double *now,
                       struct block block, float *restrict w,
                       const float *restrict g, float *const *slots)
{
    float keep1 = (float)settings[1], rest1 = (float)(1.0 - settings[1]);
    float keep2 = (float)settings[2], rest2 = (float)(1.0 - settings[2]);
    float rate = (float)settings[0], epsilon = (float)settings[3];
    float by_m = (float)now[NADAM_M], by_g = (float)now[NADAM_G];
    float by_v = (float)now[NADAM_V];
    float *restrict m = slots[0], *restrict v = slots[1];
    BLOCK_LOOP(block)
    {
        m[i] = keep1 * m[i] + rest1 * g[i + shift];
        v[i] = keep2 * v[i] + rest2 * (g[i + shift] * g[i + shift]);
        w[i] -= rate * (by_m * m[i] + by_g * g[i + shift]) /
                (sqrtf(v[i] * by_v) + epsilon);
    }
}

#define LIMITS                                                                \
    {"clipnorm", "None"}, {"clipvalue", "None"}, {"global_clipnorm", "None"}, \
    {                                                                         \
        NULL, NULL                                                            \
    }

static const struct number_setting
    rmsprop_settings[] = {{"learning_rate", "0.001"}, {"rho", "0.9"},
                          {"momentum", "0.0"},        {"epsilon", "1e-07"},
                          {"centered", "False"},      LIMITS},
    sgd_settings[] = {{"learning_rate", "0.01"},
                      {"momentum", "0.0"},
                      {"nesterov", "False"},
                      LIMITS},
    adam_settings[] = {{"learning_rate", "0.001"},
                       {"beta_1", "0.9"},
                       {"beta_2", "0.999"},
                       {"epsilon", "1e-07"},
                       LIMITS},
    adamw_settings[] = {{"learning_rate", "0.001"}, {"beta_1", "0.9"},
                        {"beta_2", "0.999"},        {"epsilon", "1e-07"},
                        {"weight_decay", "0.004"},  LIMITS},
    adagrad_settings[] = {{"learning_rate", "0.001"},
                          {"initial_accumulator_value", "0.1"},
                          {"epsilon", "1e-07"},
                          LIMITS},
    adadelta_settings[] = {{"learning_rate", "0.001"},
                           {"rho", "0.95"},
                           {"epsilon", "1e-07"},
                           LIMITS};

const struct optimizer_type optimizer_types[] = {
    {{"rmsprop", NULL, N_("steps divided by a running root mean square")},
     "RMSprop",
     3,
     rmsprop_settings,
     NULL,
     rmsprop_step,
     NULL,
     rmsprop_is_plain},
    {{"sgd", NULL, N_("gradient descent, with momentum if you like")},
     "SGD",
     1,
     sgd_settings,
     NULL,
     sgd_step,
     NULL,
     NULL},
    {{"adam", NULL, N_("momentum and a running root mean square")},
     "Adam",
     2,
     adam_settings,
     adam_begin,
     adam_step,
     NULL,
     NULL},
    {{"adamw", NULL, N_("Adam that lets weights fade")},
     "AdamW",
     2,
     adamw_settings,
     adam_begin,
     adamw_step,
     NULL,
     NULL},
    {{"adagrad", NULL, N_("steps divided by the root of all squares so far")},
     "Adagrad",
     1,
     adagrad_settings,
     NULL,
     adagrad_step,
     "initial_accumulator_value",
     NULL},
    {{"adadelta", NULL, N_("steps as large as those before, with no rate")},
     "Adadelta",
     2,
     adadelta_settings,
     NULL,
     adadelta_step,
     NULL,
     NULL},
    {{"adamax", NULL, N_("Adam by the largest gradient, not the mean square")},
     "Adamax",
     2,
     adam_settings,
     adamax_begin,
     adamax_step,
     NULL,
     NULL},
    {{"nadam", NULL, N_("Adam with Nesterov's momentum")},
     "Nadam",
     2,
     adam_settings,
     nadam_begin,
     nadam_step,
     NULL,
     NULL},
    {{NULL, NULL, NULL}, NULL, 0, NULL, NULL, NULL, NULL, NULL},
};
