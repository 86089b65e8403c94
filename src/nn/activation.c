/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/activation.h"

#include <math.h>

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

const struct activation activations[] = {
    {{"linear", NULL, "z itself"}, linear_forward, NULL},
    {{"relu", NULL, "max(z, 0)"}, relu_forward, relu_backward},
    {{"softmax", NULL, "exp(z) / sum(exp(z)): probabilities of a row"},
     softmax_forward,
     softmax_backward},
    {{"sigmoid", NULL, "1 / (1 + exp(-z))"}, sigmoid_forward, sigmoid_backward},
    {{"tanh", NULL, "hyperbolic tangent"}, tanh_forward, tanh_backward},
    {{NULL, NULL, NULL}, NULL, NULL},
};

const struct activation *activation_find(const char *name, struct error *err)
{
    return named_find(activations, sizeof *activations, "activation function",
                      name, err);
}

void activation_forward(const struct activation *activation, int64_t rows,
                        int64_t columns, const float *bias, float *z)
{
#pragma omp parallel num_threads(parallel_threads_for(rows *columns))
    {
        struct part part = parallel_part(rows, 1);
        for (int64_t i = part.first; i < part.end; i++) {
            if (bias)
                add_bias(columns, bias, z + i * columns);
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
