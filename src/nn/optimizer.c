/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Formulas as Keras 2 has them (keras/optimizers.py): RMSprop of Tieleman and
 * Hinton (lecture 6.5 of "Neural networks for machine learning", 2012), Adam
 * of Kingma and Ba (ICLR 2015) in the form of the end of its section 2, SGD
 * with momentum of Sutskever et al. (ICML 2013), Adagrad of Duchi, Hazan and
 * Singer (JMLR 12, 2011).
 */
#include "nn/optimizer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "tensor/parallel.h"

/* v = momentum v - rate g;  w += v, or with Nesterov momentum v - rate g */
MULTI_TARGET
static void sgd_step(const double *settings, int64_t iteration, int64_t n,
                     float *restrict w, const float *restrict g,
                     float *const *slots)
{
    (void)iteration;
    float rate = (float)settings[0], momentum = (float)settings[1];
    bool nesterov = settings[2] != 0.0;
    float *restrict v = slots[0];
    if (nesterov) {
        VECTOR_LOOP
        for (int64_t i = 0; i < n; i++) {
            v[i] = momentum * v[i] - rate * g[i];
            w[i] += momentum * v[i] - rate * g[i];
        }
        return;
    }
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++) {
        v[i] = momentum * v[i] - rate * g[i];
        w[i] += v[i];
    }
}

/* a = rho a + (1 - rho) g^2;  w -= rate g / (sqrt(a) + epsilon) */
MULTI_TARGET
static void rmsprop_step(const double *settings, int64_t iteration, int64_t n,
                         float *restrict w, const float *restrict g,
                         float *const *slots)
{
    (void)iteration;
    float rate = (float)settings[0], epsilon = (float)settings[2];
    float rho = (float)settings[1], rest = (float)(1.0 - settings[1]);
    float *restrict a = slots[0];
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++) {
        a[i] = rho * a[i] + rest * (g[i] * g[i]);
        w[i] -= rate * g[i] / (sqrtf(a[i]) + epsilon);
    }
}

/* a += g^2;  w -= rate g / (sqrt(a) + epsilon) */
MULTI_TARGET
static void adagrad_step(const double *settings, int64_t iteration, int64_t n,
                         float *restrict w, const float *restrict g,
                         float *const *slots)
{
    (void)iteration;
    float rate = (float)settings[0], epsilon = (float)settings[1];
    float *restrict a = slots[0];
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++) {
        a[i] += g[i] * g[i];
        w[i] -= rate * g[i] / (sqrtf(a[i]) + epsilon);
    }
}

/* m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2;
   w -= rate sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + epsilon) */
MULTI_TARGET
static void adam_step(const double *settings, int64_t iteration, int64_t n,
                      float *restrict w, const float *restrict g,
                      float *const *slots)
{
    double beta1 = settings[1], beta2 = settings[2], t = (double)iteration;
    float rate = (float)(settings[0] * sqrt(1.0 - pow(beta2, t)) /
                         (1.0 - pow(beta1, t)));
    float keep1 = (float)beta1, rest1 = (float)(1.0 - beta1);
    float keep2 = (float)beta2, rest2 = (float)(1.0 - beta2);
    float epsilon = (float)settings[3];
    float *restrict m = slots[0], *restrict v = slots[1];
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++) {
        m[i] = keep1 * m[i] + rest1 * g[i];
        v[i] = keep2 * v[i] + rest2 * (g[i] * g[i]);
        w[i] -= rate * m[i] / (sqrtf(v[i]) + epsilon);
    }
}

const struct optimizer_type optimizer_types[] = {
    {{"rmsprop", NULL, "steps divided by a running root mean square"},
     "RMSprop",
     1,
     {{"learning_rate", 0.001}, {"rho", 0.9}, {"epsilon", 1e-7}},
     rmsprop_step},
    {{"sgd", NULL, "gradient descent, with momentum if you like"},
     "SGD",
     1,
     {{"learning_rate", 0.01}, {"momentum", 0.0}, {"nesterov", 0.0}},
     sgd_step},
    {{"adam", NULL, "momentum and a running root mean square"},
     "Adam",
     2,
     {{"learning_rate", 0.001},
      {"beta_1", 0.9},
      {"beta_2", 0.999},
      {"epsilon", 1e-7}},
     adam_step},
    {{"adagrad", NULL, "steps divided by the root of all squares so far"},
     "Adagrad",
     1,
     {{"learning_rate", 0.01}, {"epsilon", 1e-7}},
     adagrad_step},
    {{NULL, NULL, NULL}, NULL, 0, {{NULL, 0.0}}, NULL},
};

const struct optimizer_type *optimizer_type_find(const char *name,
                                                 struct error *err)
{
    return named_find(optimizer_types, sizeof *optimizer_types, "optimizer",
                      name, err);
}

struct optimizer *optimizer_new(const struct optimizer_type *type)
{
    struct optimizer *optimizer = xcalloc(1, sizeof *optimizer);
    optimizer->refs = 1;
    optimizer->type = type;
    for (int i = 0; type->settings[i].name; i++)
        optimizer->settings[i] = type->settings[i].value;
    return optimizer;
}

struct optimizer *optimizer_ref(struct optimizer *optimizer)
{
    optimizer->refs++;
    return optimizer;
}

static void slots_free(struct optimizer *optimizer)
{
    if (!optimizer->slots)
        return;
    for (int i = 0; i < optimizer->weights * optimizer->type->slots; i++)
        tensor_unref(optimizer->slots[i]);
    free(optimizer->slots);
    optimizer->slots = NULL;
    optimizer->weights = 0;
}

void optimizer_unref(struct optimizer *optimizer)
{
    if (!optimizer || --optimizer->refs)
        return;
    slots_free(optimizer);
    free(optimizer);
}

struct optimizer *optimizer_clone(const struct optimizer *optimizer,
                                  struct error *err)
{
    struct optimizer *clone = optimizer_new(optimizer->type);
    memcpy(clone->settings, optimizer->settings, sizeof clone->settings);
    clone->iterations = optimizer->iterations;
    if (!optimizer->slots)
        return clone;
    int count = optimizer->weights * optimizer->type->slots;
    clone->slots = xcalloc((size_t)count, sizeof(struct tensor *));
    clone->weights = optimizer->weights;
    for (int i = 0; i < count; i++) {
        clone->slots[i] = tensor_copy(optimizer->slots[i], err);
        if (!clone->slots[i]) {
            optimizer_unref(clone);
            return NULL;
        }
    }
    return clone;
}

double *optimizer_setting(struct optimizer *optimizer, const char *name)
{
    if (!strcmp(name, "lr"))
        return &optimizer->settings[0];
    const struct optimizer_setting *rows = optimizer->type->settings;
    for (int i = 0; rows[i].name; i++)
        if (!strcmp(rows[i].name, name))
            return &optimizer->settings[i];
    return NULL;
}

static bool slots_fit(const struct optimizer *optimizer, int weights,
                      struct variable *const *weight)
{
    if (!optimizer->slots || optimizer->weights != weights)
        return false;
    for (int i = 0; i < weights; i++)
        if (optimizer->slots[i * optimizer->type->slots]->size !=
            weight[i]->tensor->size)
            return false;
    return true;
}

bool optimizer_prepare(struct optimizer *optimizer, int weights,
                       struct variable *const *weight, struct error *err)
{
    if (slots_fit(optimizer, weights, weight))
        return true;
    slots_free(optimizer);
    int slots = optimizer->type->slots;
    optimizer->iterations = 0;
    optimizer->weights = weights;
    optimizer->slots =
        xcalloc((size_t)(weights * slots) + 1, sizeof(struct tensor *));
    for (int i = 0; i < weights * slots; i++) {
        const struct tensor *like = weight[i / slots]->tensor;
        optimizer->slots[i] =
            tensor_zeros(DTYPE_FLOAT32, like->ndim, like->shape, err);
        if (!optimizer->slots[i]) {
            slots_free(optimizer);
            return false;
        }
    }
    return true;
}

void optimizer_begin(struct optimizer *optimizer)
{
    optimizer->iterations++;
}

void optimizer_step(struct optimizer *optimizer, int index,
                    struct tensor *weight, const float *gradient)
{
    const struct optimizer_type *type = optimizer->type;
    float *w = (float *)(void *)weight->data;
#pragma omp parallel num_threads(parallel_threads_for(weight->size))
    {
        struct part part = parallel_part(weight->size, 16);
        float *slots[OPTIMIZER_MAX_SLOTS] = {NULL};
        for (int i = 0; i < type->slots; i++) {
            struct tensor *slot = optimizer->slots[index * type->slots + i];
            slots[i] = (float *)(void *)slot->data + part.first;
        }
        type->step(optimizer->settings, optimizer->iterations,
                   part.end - part.first, w + part.first, gradient + part.first,
                   slots);
    }
}
