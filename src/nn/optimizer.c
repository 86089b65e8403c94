/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/optimizer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "nn/setting.h"
#include "tensor/parallel.h"

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
    if (optimizer->type->begin)
        optimizer->type->begin(optimizer->settings, optimizer->iterations,
                               optimizer->now);
}

/* ------------------------------------------------------------------ limits */

double sum_of_squares(int64_t n, const float *gradient)
{
    double squares = 0.0;
    for (int64_t i = 0; i < n; i++)
        squares += (double)gradient[i] * (double)gradient[i];
    return squares;
}

/* Times what makes a length of NORM of one that is longer. */
static void shrink(int64_t n, float *gradient, double squares, double norm)
{
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

enum { CLIP_NORM, CLIP_VALUE, CLIP_ALL };

static const double *gradient_limits(const struct optimizer *optimizer)
{
    return optimizer->settings +
           number_setting_find(optimizer->type->settings, "clipnorm");
}

static void clip(const struct optimizer *optimizer, int64_t n, float *gradient)
{
    const double *limits = gradient_limits(optimizer);
    if (!isnan(limits[CLIP_NORM]))
        shrink(n, gradient, sum_of_squares(n, gradient), limits[CLIP_NORM]);
    if (!isnan(limits[CLIP_VALUE]))
        clip_values(n, gradient, (float)limits[CLIP_VALUE]);
}

bool optimizer_waits(const struct optimizer *optimizer)
{
    return !isnan(gradient_limits(optimizer)[CLIP_ALL]);
}

void optimizer_limit(const struct optimizer *optimizer, double squares,
                     int64_t n, float *gradient)
{
    shrink(n, gradient, squares, gradient_limits(optimizer)[CLIP_ALL]);
}

bool optimizer_steps_in_pieces(const struct optimizer *optimizer)
{
    const double *limits = gradient_limits(optimizer);
    return isnan(limits[CLIP_NORM]) && isnan(limits[CLIP_VALUE]) &&
           isnan(limits[CLIP_ALL]);
}

void optimizer_step_piece(const struct optimizer *optimizer, int index,
                          struct tensor *weight, const float *gradient,
                          struct block block)
{
    float *slots[OPTIMIZER_MAX_SLOTS] = {NULL};
    for (int i = 0; i < optimizer->slot_count; i++) {
        struct tensor *slot =
            optimizer->slots[index * optimizer->slot_count + i];
        slots[i] = (float *)(void *)slot->data + block.first;
    }
    optimizer->type->step(optimizer->settings, optimizer->now, block,
                          (float *)(void *)weight->data + block.first, gradient,
                          slots);
}

void optimizer_step(struct optimizer *optimizer, int index,
                    struct tensor *weight, float *gradient)
{
    clip(optimizer, weight->size, gradient);
#pragma omp parallel num_threads(parallel_threads_for(weight->size))
    {
        struct part part = parallel_part(weight->size, 16);
        int64_t n = part.end - part.first;
        optimizer_step_piece(optimizer, index, weight, gradient + part.first,
                             (struct block){part.first, 1, n, n, n});
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

/* SQUARES: of all gradients. */
static bool apply_one(struct optimizer *optimizer, struct tensor *gradient,
                      struct variable *variable, double squares,
                      struct error *err)
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
        if (optimizer_waits(optimizer))
            optimizer_limit(optimizer, squares, own->size,
                            (float *)(void *)own->data);
        optimizer_step(optimizer, number, weight, (float *)(void *)own->data);
    }
    bool ok = flat != NULL;
    tensor_unref(flat);
    tensor_unref(own);
    return ok;
}

static bool squares_of_all(int count, struct tensor *const *gradients,
                           double *ret, struct error *err)
{
    *ret = 0.0;
    for (int i = 0; i < count; i++) {
        struct tensor *flat =
            gradients[i] ? tensor_contiguous(gradients[i], DTYPE_FLOAT32, err)
                         : NULL;
        if (gradients[i] && !flat)
            return false;
        *ret +=
            flat ? sum_of_squares(flat->size, (const float *)(void *)flat->data)
                 : 0.0;
        tensor_unref(flat);
    }
    return true;
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
    double squares = 0.0;
    if (optimizer_waits(optimizer) &&
        !squares_of_all(count, gradients, &squares, err))
        return false;
    optimizer_begin(optimizer);
    for (int i = 0; i < count; i++)
        if (gradients[i] &&
            !apply_one(optimizer, gradients[i], variables[i], squares, err))
            return false;
    return true;
}
