/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Formulas: elu of Clevert et al. (ICLR 2016), selu of Klambauer et al.
 * (NIPS 2017), gelu of Hendrycks and Gimpel (arXiv 1606.08415), swish of
 * Ramachandran et al. (arXiv 1710.05941), mish of Misra (BMVC 2020); constants
 * as Keras 2 has them (keras/activations.py).
 */
#include "nn/activation.h"

#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "tensor/neural.h"
#include "tensor/parallel.h"

MULTI_TARGET
static void add_bias(int64_t columns, const float *bias, float *row)
{
    VECTOR_LOOP
    for (int64_t i = 0; i < columns; i++)
        row[i] += bias[i];
}

static void linear_forward(int64_t columns, float *row)
{
    (void)columns, (void)row;
}

MULTI_TARGET
static void relu_forward(int64_t columns, float *row)
{
    VECTOR_LOOP
    for (int64_t i = 0; i < columns; i++)
        row[i] = row[i] < 0.0f ? 0.0f : row[i]; /* NaN stays NaN */
}

MULTI_TARGET
static void relu_backward(int64_t columns, const float *y, float *gradient)
{
    VECTOR_LOOP
    for (int64_t i = 0; i < columns; i++)
        gradient[i] = y[i] > 0.0f ? gradient[i] : 0.0f;
}

static void softmax_forward(int64_t columns, float *row)
{
    softmax_row(columns, row, row);
}

static void softmax_backward(int64_t columns, const float *y, float *gradient)
{
    softmax_row_gradient(columns, y, gradient, gradient);
}

static void sigmoid_forward(int64_t columns, float *row)
{
    for (int64_t i = 0; i < columns; i++)
        row[i] = 1.0f / (1.0f + expf(-row[i]));
}

static void sigmoid_backward(int64_t columns, const float *y, float *gradient)
{
    for (int64_t i = 0; i < columns; i++)
        gradient[i] *= y[i] * (1.0f - y[i]);
}

static void tanh_forward(int64_t columns, float *row)
{
    for (int64_t i = 0; i < columns; i++)
        row[i] = tanhf(row[i]);
}

static void tanh_backward(int64_t columns, const float *y, float *gradient)
{
    for (int64_t i = 0; i < columns; i++)
        gradient[i] *= 1.0f - y[i] * y[i];
}

/* z, or e^z - 1 below 0 */
static void elu_forward(int64_t columns, float *row)
{
    for (int64_t i = 0; i < columns; i++)
        row[i] = row[i] < 0.0f ? expm1f(row[i]) : row[i];
}

static void elu_backward(int64_t columns, const float *y, float *gradient)
{
    for (int64_t i = 0; i < columns; i++)
        gradient[i] *= y[i] < 0.0f ? y[i] + 1.0f : 1.0f;
}

static const float selu_alpha = 1.67326324f, selu_scale = 1.05070098f;

static void selu_forward(int64_t columns, float *row)
{
    for (int64_t i = 0; i < columns; i++)
        row[i] =
            selu_scale * (row[i] < 0.0f ? selu_alpha * expm1f(row[i]) : row[i]);
}

static void selu_backward(int64_t columns, const float *y, float *gradient)
{
    for (int64_t i = 0; i < columns; i++)
        gradient[i] *=
            y[i] < 0.0f ? y[i] + selu_scale * selu_alpha : selu_scale;
}

/* log(1 + e^z), which for large z is z */
static void softplus_forward(int64_t columns, float *row)
{
    for (int64_t i = 0; i < columns; i++)
        row[i] = fmaxf(row[i], 0.0f) + log1pf(expf(-fabsf(row[i])));
}

static void softplus_backward(int64_t columns, const float *y, float *gradient)
{
    for (int64_t i = 0; i < columns; i++)
        gradient[i] *= -expm1f(-y[i]);
}

static void softsign_forward(int64_t columns, float *row)
{
    for (int64_t i = 0; i < columns; i++)
        row[i] /= 1.0f + fabsf(row[i]);
}

static void softsign_backward(int64_t columns, const float *y, float *gradient)
{
    for (int64_t i = 0; i < columns; i++)
        gradient[i] *= (1.0f - fabsf(y[i])) * (1.0f - fabsf(y[i]));
}

static void exponential_forward(int64_t columns, float *row)
{
    for (int64_t i = 0; i < columns; i++)
        row[i] = expf(row[i]);
}

static void exponential_backward(int64_t columns, const float *y,
                                 float *gradient)
{
    for (int64_t i = 0; i < columns; i++)
        gradient[i] *= y[i];
}

static void hard_sigmoid_forward(int64_t columns, float *row)
{
    for (int64_t i = 0; i < columns; i++)
        row[i] = fminf(fmaxf(0.2f * row[i] + 0.5f, 0.0f), 1.0f);
}

static void hard_sigmoid_backward(int64_t columns, const float *y,
                                  float *gradient)
{
    for (int64_t i = 0; i < columns; i++)
        gradient[i] *= y[i] > 0.0f && y[i] < 1.0f ? 0.2f : 0.0f;
}

static const float leaky_slope = 0.2f;

static void leaky_relu_forward(int64_t columns, float *row)
{
    for (int64_t i = 0; i < columns; i++)
        row[i] *= row[i] < 0.0f ? leaky_slope : 1.0f;
}

static void leaky_relu_backward(int64_t columns, const float *y,
                                float *gradient)
{
    for (int64_t i = 0; i < columns; i++)
        gradient[i] *= y[i] > 0.0f ? 1.0f : leaky_slope;
}

static void relu6_forward(int64_t columns, float *row)
{
    for (int64_t i = 0; i < columns; i++)
        row[i] = fminf(fmaxf(row[i], 0.0f), 6.0f);
}

static void relu6_backward(int64_t columns, const float *y, float *gradient)
{
    for (int64_t i = 0; i < columns; i++)
        gradient[i] = y[i] > 0.0f && y[i] < 6.0f ? gradient[i] : 0.0f;
}

/* z times the share of a standard normal that lies below z */
static void gelu_forward(int64_t columns, float *row)
{
    for (int64_t i = 0; i < columns; i++)
        row[i] *= 0.5f * erfcf(-row[i] * 0.707106781f);
}

static void gelu_backward(int64_t columns, const float *z, float *gradient)
{
    for (int64_t i = 0; i < columns; i++) {
        float below = 0.5f * erfcf(-z[i] * 0.707106781f);
        float density = 0.398942280f * expf(-0.5f * z[i] * z[i]);
        gradient[i] *= below + z[i] * density;
    }
}

static void swish_forward(int64_t columns, float *row)
{
    for (int64_t i = 0; i < columns; i++)
        row[i] /= 1.0f + expf(-row[i]);
}

static void swish_backward(int64_t columns, const float *z, float *gradient)
{
    for (int64_t i = 0; i < columns; i++) {
        float sigmoid = 1.0f / (1.0f + expf(-z[i]));
        gradient[i] *= sigmoid * (1.0f + z[i] * (1.0f - sigmoid));
    }
}

/* z tanh(softplus(z)) */
static void mish_forward(int64_t columns, float *row)
{
    for (int64_t i = 0; i < columns; i++)
        row[i] *= tanhf(fmaxf(row[i], 0.0f) + log1pf(expf(-fabsf(row[i]))));
}

static void mish_backward(int64_t columns, const float *z, float *gradient)
{
    for (int64_t i = 0; i < columns; i++) {
        float softplus = fmaxf(z[i], 0.0f) + log1pf(expf(-fabsf(z[i])));
        float bent = tanhf(softplus), sigmoid = 1.0f / (1.0f + expf(-z[i]));
        gradient[i] *= bent + z[i] * (1.0f - bent * bent) * sigmoid;
    }
}

const struct activation activations[] = {
    {{"linear", NULL, N_("z itself")}, linear_forward, NULL, false},
    {{"relu", NULL, N_("max(z, 0)")}, relu_forward, relu_backward, false},
    {{"softmax", NULL, N_("exp(z) / sum(exp(z)): probabilities of a row")},
     softmax_forward,
     softmax_backward,
     false},
    {{"sigmoid", NULL, N_("1 / (1 + exp(-z))")},
     sigmoid_forward,
     sigmoid_backward,
     false},
    {{"tanh", NULL, N_("hyperbolic tangent")},
     tanh_forward,
     tanh_backward,
     false},
    {{"elu", NULL, N_("z, and exp(z) - 1 below 0")},
     elu_forward,
     elu_backward,
     false},
    {{"selu", NULL, N_("elu that keeps mean 0 and variance 1")},
     selu_forward,
     selu_backward,
     false},
    {{"softplus", NULL, N_("log(1 + exp(z))")},
     softplus_forward,
     softplus_backward,
     false},
    {{"softsign", NULL, N_("z / (1 + |z|)")},
     softsign_forward,
     softsign_backward,
     false},
    {{"exponential", NULL, N_("exp(z)")},
     exponential_forward,
     exponential_backward,
     false},
    {{"hard_sigmoid", NULL, N_("0.2 z + 0.5, kept between 0 and 1")},
     hard_sigmoid_forward,
     hard_sigmoid_backward,
     false},
    {{"leaky_relu", NULL, N_("z, and 0.2 z below 0")},
     leaky_relu_forward,
     leaky_relu_backward,
     false},
    {{"relu6", NULL, N_("z, kept between 0 and 6")},
     relu6_forward,
     relu6_backward,
     false},
    {{"gelu", NULL, N_("z times the share of a normal below z")},
     gelu_forward,
     gelu_backward,
     true},
    {{"swish", "silu", N_("z / (1 + exp(-z))")},
     swish_forward,
     swish_backward,
     true},
    {{"mish", NULL, N_("z tanh(log(1 + exp(z)))")},
     mish_forward,
     mish_backward,
     true},
    {{NULL, NULL, NULL}, NULL, NULL, false},
};

const struct activation *activation_find(const char *name, struct error *err)
{
    return named_find(activations, sizeof *activations, "activation function",
                      name, err);
}

int64_t activation_kept(const struct activation *activation, int64_t rows,
                        int64_t columns)
{
    return activation->keeps_input ? rows * columns : 0;
}

void activation_forward(const struct activation *activation, int64_t rows,
                        int64_t columns, const float *bias, float *z,
                        float *kept)
{
    size_t bytes = (size_t)columns * sizeof *z;
#pragma omp parallel num_threads(parallel_threads_for(rows *columns))
    {
        struct part part = parallel_part(rows, 1);
        for (int64_t i = part.first; i < part.end; i++) {
            if (bias)
                add_bias(columns, bias, z + i * columns);
            if (activation->keeps_input)
                memcpy(kept + i * columns, z + i * columns, bytes);
            activation->forward(columns, z + i * columns);
        }
    }
}

void activation_backward(const struct activation *activation, int64_t rows,
                         int64_t columns, const float *y, float *gradient)
{
    if (!activation->backward)
        return;
#pragma omp parallel num_threads(parallel_threads_for(rows *columns))
    {
        struct part part = parallel_part(rows, 1);
        for (int64_t i = part.first; i < part.end; i++)
            activation->backward(columns, y + i * columns,
                                 gradient + i * columns);
    }
}
