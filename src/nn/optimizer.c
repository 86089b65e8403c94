/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Formulas as Keras 2 has them (keras/optimizers.py): RMSprop of Tieleman and
 * Hinton (lecture 6.5 of "Neural networks for machine learning", 2012), Adam
 * of Kingma and Ba (ICLR 2015) in the form of the end of its section 2, SGD
 * with momentum of Sutskever et al. (ICML 2013), Adagrad of Duchi, Hazan and
 * Singer (JMLR 12, 2011), Adadelta of Zeiler (arXiv 1212.5701), AdamW of
 * Loshchilov and Hutter (ICLR 2019).  RMSprop centered is Graves's (arXiv
 * 1308.0850, eq. 38 to 41).
 */
#include "nn/optimizer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "nn/setting.h"
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

/* The centered form divides by the deviation: the mean of the gradients is
   taken off.  With momentum, epsilon stands inside the root. */
MULTI_TARGET
static void rmsprop_full_step(const double *settings, int64_t n,
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
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++) {
        a[i] = rho * a[i] + rest * (g[i] * g[i]);
        mean[i] = center * (rho * mean[i] + rest * g[i]);
        float root = sqrtf(a[i] - mean[i] * mean[i] + inside) + outside;
        v[i] = momentum * v[i] + rate * g[i] / root;
        w[i] -= v[i];
    }
}

/* a = rho a + (1 - rho) g^2;  w -= rate g / (sqrt(a) + epsilon) */
MULTI_TARGET
static void rmsprop_plain_step(const double *settings, int64_t n,
                               float *restrict w, const float *restrict g,
                               float *const *slots)
{
    float rate = (float)settings[0], epsilon = (float)settings[3];
    float rho = (float)settings[1], rest = (float)(1.0 - settings[1]);
    float *restrict a = slots[0];
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++) {
        a[i] = rho * a[i] + rest * (g[i] * g[i]);
        w[i] -= rate * g[i] / (sqrtf(a[i]) + epsilon);
    }
}

static bool rmsprop_is_plain(const double *settings)
{
    return settings[2] == 0.0 && settings[4] == 0.0;
}

static void rmsprop_step(const double *settings, int64_t iteration, int64_t n,
                         float *w, const float *g, float *const *slots)
{
    (void)iteration;
    (rmsprop_is_plain(settings) ? rmsprop_plain_step
                                : rmsprop_full_step)(settings, n, w, g, slots);
}

/* a += g^2;  w -= rate g / (sqrt(a) + epsilon) */
MULTI_TARGET
static void adagrad_step(const double *settings, int64_t iteration, int64_t n,
                         float *restrict w, const float *restrict g,
                         float *const *slots)
{
    (void)iteration;
    float rate = (float)settings[0], epsilon = (float)settings[2];
    float *restrict a = slots[0];
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++) {
        a[i] += g[i] * g[i];
        w[i] -= rate * g[i] / (sqrtf(a[i]) + epsilon);
    }
}

/* a = rho a + (1 - rho) g^2;  u = g sqrt(d + epsilon) / sqrt(a + epsilon);
   d = rho d + (1 - rho) u^2;  w -= rate u */
MULTI_TARGET
static void adadelta_step(const double *settings, int64_t iteration, int64_t n,
                          float *restrict w, const float *restrict g,
                          float *const *slots)
{
    (void)iteration;
    float rate = (float)settings[0], epsilon = (float)settings[2];
    float rho = (float)settings[1], rest = (float)(1.0 - settings[1]);
    float *restrict a = slots[0], *restrict d = slots[1];
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++) {
        a[i] = rho * a[i] + rest * (g[i] * g[i]);
        float u = g[i] * sqrtf(d[i] + epsilon) / sqrtf(a[i] + epsilon);
        d[i] = rho * d[i] + rest * (u * u);
        w[i] -= rate * u;
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

/* w -= rate decay w, then as Adam */
static void adamw_step(const double *settings, int64_t iteration, int64_t n,
                       float *w, const float *g, float *const *slots)
{
    float kept = (float)(1.0 - settings[0] * settings[4]);
    for (int64_t i = 0; i < n; i++)
        w[i] *= kept;
    adam_step(settings, iteration, n, w, g, slots);
}

/* m as Adam's;  u = max(b2 u, |g|);  w -= rate / (1 - b1^t) m / (u + epsilon)
 */
MULTI_TARGET
static void adamax_step(const double *settings, int64_t iteration, int64_t n,
                        float *restrict w, const float *restrict g,
                        float *const *slots)
{
    float rate =
        (float)(settings[0] / (1.0 - pow(settings[1], (double)iteration)));
    float keep1 = (float)settings[1], rest1 = (float)(1.0 - settings[1]);
    float keep2 = (float)settings[2], epsilon = (float)settings[3];
    float *restrict m = slots[0], *restrict u = slots[1];
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++) {
        m[i] = keep1 * m[i] + rest1 * g[i];
        u[i] = fmaxf(keep2 * u[i], fabsf(g[i]));
        w[i] -= rate * m[i] / (u[i] + epsilon);
    }
}

#define LIMITS                                   \
    {"clipnorm", "None"}, {"clipvalue", "None"}, \
    {                                            \
        NULL, NULL                               \
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
     rmsprop_step,
     NULL,
     rmsprop_is_plain},
    {{"sgd", NULL, N_("gradient descent, with momentum if you like")},
     "SGD",
     1,
     sgd_settings,
     sgd_step,
     NULL,
     NULL},
    {{"adam", NULL, N_("momentum and a running root mean square")},
     "Adam",
     2,
     adam_settings,
     adam_step,
     NULL,
     NULL},
    {{"adamw", NULL, N_("Adam that lets weights fade")},
     "AdamW",
     2,
     adamw_settings,
     adamw_step,
     NULL,
     NULL},
    {{"adagrad", NULL, N_("steps divided by the root of all squares so far")},
     "Adagrad",
     1,
     adagrad_settings,
     adagrad_step,
     "initial_accumulator_value",
     NULL},
    {{"adadelta", NULL, N_("steps as large as those before, with no rate")},
     "Adadelta",
     2,
     adadelta_settings,
     adadelta_step,
     NULL,
     NULL},
    {{"adamax", NULL, N_("Adam by the largest gradient, not the mean square")},
     "Adamax",
     2,
     adam_settings,
     adamax_step,
     NULL,
     NULL},
    {{NULL, NULL, NULL}, NULL, 0, NULL, NULL, NULL, NULL},
};

const struct optimizer_type *optimizer_type_find(const char *name,
                                                 struct error *err)
{
    return named_find(optimizer_types, sizeof *optimizer_types, "optimizer",
                      name, err);
}

double optimizer_type_rate(const struct optimizer_type *type)
{
    double settings[OPTIMIZER_MAX_SETTINGS];
    number_settings_reset(type->settings, settings);
    return settings[0];
}

struct optimizer *optimizer_new(const struct optimizer_type *type)
{
    struct optimizer *optimizer = xcalloc(1, sizeof *optimizer);
    optimizer->refs = 1;
    optimizer->type = type;
    number_settings_reset(type->settings, optimizer->settings);
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
    for (int i = 0; i < optimizer->weights * optimizer->slot_count; i++)
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
    for (int i = 0; i < optimizer->known_count; i++)
        variable_unref(optimizer->known[i]);
    free(optimizer->known);
    free(optimizer);
}

struct optimizer *optimizer_clone(const struct optimizer *optimizer,
                                  struct error *err)
{
    struct optimizer *clone = optimizer_new(optimizer->type);
    memcpy(clone->settings, optimizer->settings, sizeof clone->settings);
    clone->schedule = optimizer->schedule;
    clone->iterations = optimizer->iterations;
    if (!optimizer->slots)
        return clone;
    int count = optimizer->weights * optimizer->slot_count;
    clone->slots = xcalloc((size_t)count, sizeof(struct tensor *));
    clone->weights = optimizer->weights;
    clone->slot_count = optimizer->slot_count;
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
    int index = number_setting_find(optimizer->type->settings, name);
    return index < 0 ? NULL : &optimizer->settings[index];
}

static int slots_wanted(const struct optimizer *optimizer)
{
    const struct optimizer_type *type = optimizer->type;
    return type->is_plain && type->is_plain(optimizer->settings) ? 1
                                                                 : type->slots;
}

static bool slots_fit(const struct optimizer *optimizer, int weights,
                      struct variable *const *weight)
{
    if (!optimizer->slots || optimizer->weights != weights ||
        optimizer->slot_count != slots_wanted(optimizer))
        return false;
    for (int i = 0; i < weights; i++)
        if (optimizer->slots[i * optimizer->slot_count]->size !=
            weight[i]->tensor->size)
            return false;
    return true;
}

static void start_slot(struct optimizer *optimizer, struct tensor *slot)
{
    if (!optimizer->type->slot_start)
        return;
    double start = *optimizer_setting(optimizer, optimizer->type->slot_start);
    float *value = (float *)(void *)slot->data;
    for (int64_t i = 0; i < slot->size; i++)
        value[i] = (float)start;
}

/* Slots for the weights behind those that have them, up to number WEIGHTS. */
static bool add_slots(struct optimizer *optimizer, int weights,
                      struct variable *const *weight, struct error *err)
{
    int slots = optimizer->slot_count, first = optimizer->weights * slots;
    optimizer->slots =
        xreallocarray(optimizer->slots, (size_t)(weights * slots) + 1,
                      sizeof(struct tensor *));
    memset(optimizer->slots + first, 0,
           (size_t)(weights * slots - first) * sizeof(struct tensor *));
    optimizer->weights = weights;
    for (int i = first; i < weights * slots; i++) {
        const struct tensor *like = weight[i / slots]->tensor;
        optimizer->slots[i] =
            tensor_zeros(DTYPE_FLOAT32, like->ndim, like->shape, err);
        if (!optimizer->slots[i]) {
            slots_free(optimizer);
            return false;
        }
        start_slot(optimizer, optimizer->slots[i]);
    }
    return true;
}

bool optimizer_prepare(struct optimizer *optimizer, int weights,
                       struct variable *const *weight, struct error *err)
{
    if (slots_fit(optimizer, weights, weight))
        return true;
    slots_free(optimizer);
    optimizer->iterations = 0;
    optimizer->slot_count = slots_wanted(optimizer);
    return add_slots(optimizer, weights, weight, err);
}

void optimizer_begin(struct optimizer *optimizer)
{
    const struct schedule *schedule = &optimizer->schedule;
    if (schedule->type)
        optimizer->settings[0] = schedule->type->rate(
            schedule->settings, (double)optimizer->iterations);
    optimizer->iterations++;
}

/* ------------------------------------------------------------------ limits */

/* Shrinks GRADIENT to a length of at most NORM. */
static void clip_norm(int64_t n, float *gradient, double norm)
{
    double squares = 0.0;
    for (int64_t i = 0; i < n; i++)
        squares += (double)gradient[i] * (double)gradient[i];
    if (squares <= norm * norm)
        return;
    float factor = (float)(norm / sqrt(squares));
    for (int64_t i = 0; i < n; i++)
        gradient[i] *= factor;
}

static void clip_values(int64_t n, float *gradient, float limit)
{
    for (int64_t i = 0; i < n; i++)
        gradient[i] = fminf(fmaxf(gradient[i], -limit), limit);
}

static void clip(const struct optimizer *optimizer, int64_t n, float *gradient)
{
    int norm = number_setting_find(optimizer->type->settings, "clipnorm");
    const double *limits = optimizer->settings + norm;
    if (!isnan(limits[0]))
        clip_norm(n, gradient, limits[0]);
    if (!isnan(limits[1]))
        clip_values(n, gradient, (float)limits[1]);
}

void optimizer_step(struct optimizer *optimizer, int index,
                    struct tensor *weight, float *gradient)
{
    const struct optimizer_type *type = optimizer->type;
    float *w = (float *)(void *)weight->data;
    clip(optimizer, weight->size, gradient);
#pragma omp parallel num_threads(parallel_threads_for(weight->size))
    {
        struct part part = parallel_part(weight->size, 16);
        float *slots[OPTIMIZER_MAX_SLOTS] = {NULL};
        for (int i = 0; i < optimizer->slot_count; i++) {
            struct tensor *slot =
                optimizer->slots[index * optimizer->slot_count + i];
            slots[i] = (float *)(void *)slot->data + part.first;
        }
        type->step(optimizer->settings, optimizer->iterations,
                   part.end - part.first, w + part.first, gradient + part.first,
                   slots);
    }
}

/* ---------------------------------------------------------- apply_gradients */

/* The number of VARIABLE, which is known from now on. */
static int known_number(struct optimizer *optimizer, struct variable *variable)
{
    int count = optimizer->known_count;
    for (int i = 0; i < count; i++)
        if (optimizer->known[i] == variable)
            return i;
    optimizer->known = xreallocarray(optimizer->known, (size_t)count + 1,
                                     sizeof(struct variable *));
    optimizer->known[count] = variable_ref(variable);
    return optimizer->known_count++;
}

static bool check_pair(const struct tensor *gradient,
                       const struct variable *variable, struct error *err)
{
    const struct tensor *weight = variable->tensor;
    if (weight->dtype != DTYPE_FLOAT32)
        return error_set(err, ERROR_TYPE,
                         "apply_gradients() changes float32 variables, and %s "
                         "is %s",
                         variable->name, dtype_name(weight->dtype));
    bool same = gradient->ndim == weight->ndim &&
                !memcmp(gradient->shape, weight->shape,
                        (size_t)weight->ndim * sizeof *weight->shape);
    if (same)
        return true;
    struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
    shape_format(&a, gradient->ndim, gradient->shape);
    shape_format(&b, weight->ndim, weight->shape);
    error_set(err, ERROR_VALUE,
              "the gradient of %s has shape %s, the variable %s",
              variable->name, a.text, b.text);
    strbuf_done(&a);
    strbuf_done(&b);
    return false;
}

static bool apply_one(struct optimizer *optimizer, struct tensor *gradient,
                      struct variable *variable, struct error *err)
{
    int number = known_number(optimizer, variable);
    struct tensor *weight = variable_writable(variable, err);
    /* stepping may write into it */
    struct tensor *own =
        weight ? tensor_zeros(DTYPE_FLOAT32, weight->ndim, weight->shape, err)
               : NULL;
    struct tensor *flat =
        own ? tensor_contiguous(gradient, DTYPE_FLOAT32, err) : NULL;
    if (flat) {
        memcpy(own->data, flat->data, (size_t)own->size * sizeof(float));
        optimizer_step(optimizer, number, weight, (float *)(void *)own->data);
    }
    bool ok = flat != NULL;
    tensor_unref(flat);
    tensor_unref(own);
    return ok;
}

bool optimizer_apply(struct optimizer *optimizer, int count,
                     struct tensor *const *gradients,
                     struct variable *const *variables, struct error *err)
{
    for (int i = 0; i < count; i++)
        if (gradients[i] && !check_pair(gradients[i], variables[i], err))
            return false;
    for (int i = 0; i < count; i++)
        if (gradients[i])
            known_number(optimizer, variables[i]);
    bool grows = optimizer->slots &&
                 optimizer->known_count > optimizer->weights &&
                 slots_fit(optimizer, optimizer->weights, optimizer->known);
    if (!(grows ? add_slots : optimizer_prepare)(
            optimizer, optimizer->known_count, optimizer->known, err))
        return false;
    optimizer_begin(optimizer);
    for (int i = 0; i < count; i++)
        if (gradients[i] &&
            !apply_one(optimizer, gradients[i], variables[i], err))
            return false;
    return true;
}
