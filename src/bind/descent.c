/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/descent.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/gradient.h"

/* ------------------------------------------------------------------ points */

static struct tensor **tensors_new(const struct descent *descent)
{
    return xcalloc((size_t)descent->count, sizeof(struct tensor *));
}

static void tensors_free(const struct descent *descent, struct tensor **tensors)
{
    for (int i = 0; tensors && i < descent->count; i++)
        tensor_unref(tensors[i]);
    free(tensors);
}

static void point_init(const struct descent *descent,
                       struct descent_point *point)
{
    *point = (struct descent_point){.x = tensors_new(descent),
                                    .gradients = tensors_new(descent),
                                    .velocities = tensors_new(descent)};
}

static void point_done(const struct descent *descent,
                       struct descent_point *point)
{
    tensors_free(descent, point->x);
    tensors_free(descent, point->gradients);
    tensors_free(descent, point->velocities);
    optimizer_unref(point->optimizer);
}

const struct descent_point *descent_now(const struct descent *descent)
{
    return &descent->points[descent->point_count - 1];
}

static bool evaluate(struct interp *interp, const struct descent *descent,
                     struct descent_point *point, struct error *err)
{
    return gradient_at(interp, descent->function, descent->count, point->x,
                       &point->loss, point->gradients, err);
}

/* --------------------------------------------------------------- beginning */

static bool read_optimizer(struct descent *descent,
                           const struct descent_settings *settings,
                           struct error *err)
{
    const char *name = settings->optimizer ? settings->optimizer : "sgd";
    bool momentum = !strcmp(name, "momentum");
    if (momentum && descent->momentum == 0.0)
        descent->momentum = 0.9;
    if (momentum || !strcmp(name, "sgd"))
        return true;
    descent->type = optimizer_type_find(name, err);
    return descent->type != NULL;
}

/* A float array; float32 where the optimizer computes in that. */
static struct tensor *start_at(const struct descent *descent,
                               struct value value, struct error *err)
{
    struct tensor *x = gradient_source_apart(value, err);
    if (!x || !descent->type)
        return x;
    struct tensor *small = tensor_astype(x, DTYPE_FLOAT32, err);
    tensor_unref(x);
    return small;
}

static bool fill_start(const struct descent *descent, struct value start,
                       struct descent_point *point, struct error *err)
{
    const struct value *values =
        descent->several ? start.sequence->items : &start;
    for (int i = 0; i < descent->count; i++) {
        point->x[i] = start_at(descent, values[i], err);
        if (!point->x[i])
            return false;
        point->velocities[i] = tensor_zeros(
            point->x[i]->dtype, point->x[i]->ndim, point->x[i]->shape, err);
        if (!point->velocities[i])
            return false;
    }
    if (descent->type)
        point->optimizer = optimizer_new(descent->type);
    return true;
}

bool descent_check_settings(const struct descent_settings *settings,
                            struct error *err)
{
    if (!(settings->rate > 0.0) || isinf(settings->rate)) {
        error_set(err, ERROR_VALUE, _("rate must be a number above 0"));
        error_hint(err, "rate=0.1");
        return false;
    }
    if (settings->momentum >= 0.0 && settings->momentum < 1.0)
        return true;
    error_set(err, ERROR_VALUE,
              _("momentum must be a number from 0 up to, not including, 1"));
    error_hint(err, "momentum=0.9");
    return false;
}

static bool check_count(size_t count, struct error *err)
{
    return (count > 0 && count <= DESCENT_MAX_ARGUMENTS) ||
           error_set(err, ERROR_VALUE,
                     _("a descent goes along 1 to %d arguments"),
                     DESCENT_MAX_ARGUMENTS);
}

struct descent *descent_new(struct interp *interp, struct value function,
                            struct value start,
                            const struct descent_settings *settings,
                            struct error *err)
{
    bool several = start.kind == VALUE_TUPLE;
    size_t count = several ? start.sequence->count : 1;
    struct descent_point first;
    if (!descent_check_settings(settings, err) || !check_count(count, err))
        return NULL;
    struct descent *descent = xcalloc(1, sizeof *descent);
    descent->function = value_ref(function);
    descent->several = several;
    descent->count = (int)count;
    descent->rate = settings->rate;
    descent->momentum = settings->momentum;
    point_init(descent, &first);
    bool good = read_optimizer(descent, settings, err) &&
                fill_start(descent, start, &first, err) &&
                evaluate(interp, descent, &first, err);
    VEC_PUSH(descent->points, descent->point_count, descent->capacity) = first;
    if (good)
        return descent;
    descent_free(descent);
    return NULL;
}

void descent_free(struct descent *descent)
{
    if (!descent)
        return;
    for (size_t i = 0; i < descent->point_count; i++)
        point_done(descent, &descent->points[i]);
    free(descent->points);
    value_unref(descent->function);
    free(descent);
}

/* ---------------------------------------------------------------- stepping */

static double number_at(const struct tensor *tensor, int64_t index)
{
    return scalar_to_double(tensor_item_at(tensor, index));
}

/* v = momentum v - rate g;  x += v  (nn/optimizer.c's SGD, in double) */
static bool plain_step(const struct descent *descent, int argument,
                       const struct descent_point *from,
                       struct descent_point *to, struct error *err)
{
    const struct tensor *x = from->x[argument], *g = from->gradients[argument];
    const struct tensor *v = from->velocities[argument];
    struct tensor *new_x = tensor_new(DTYPE_FLOAT64, x->ndim, x->shape, err);
    struct tensor *new_v = tensor_new(DTYPE_FLOAT64, x->ndim, x->shape, err);
    for (int64_t i = 0; new_x && new_v && i < x->size; i++) {
        double velocity = descent->momentum * number_at(v, i) -
                          descent->rate * number_at(g, i);
        ((double *)(void *)new_v->data)[i] = velocity;
        ((double *)(void *)new_x->data)[i] = number_at(x, i) + velocity;
    }
    bool good = new_x && new_v;
    to->x[argument] = good ? tensor_astype(new_x, x->dtype, err) : NULL;
    to->velocities[argument] =
        good ? tensor_astype(new_v, x->dtype, err) : NULL;
    tensor_unref(new_x);
    tensor_unref(new_v);
    return to->x[argument] && to->velocities[argument];
}

static void set_rates(const struct descent *descent,
                      struct optimizer *optimizer)
{
    double *momentum = optimizer_setting(optimizer, "momentum");
    *optimizer_setting(optimizer, "learning_rate") = descent->rate;
    if (momentum)
        *momentum = descent->momentum;
}

/* What the step added, for whoever shows it. */
static struct tensor *difference(const struct tensor *after,
                                 const struct tensor *before, struct error *err)
{
    struct tensor *result =
        tensor_new(DTYPE_FLOAT32, after->ndim, after->shape, err);
    for (int64_t i = 0; result && i < after->size; i++)
        ((float *)(void *)result->data)[i] =
            (float)(number_at(after, i) - number_at(before, i));
    return result;
}

static bool step_variables(const struct descent *descent,
                           struct variable **variables,
                           const struct descent_point *from,
                           struct descent_point *to, struct error *err)
{
    set_rates(descent, to->optimizer);
    if (!optimizer_prepare(to->optimizer, descent->count, variables, err))
        return false;
    optimizer_begin(to->optimizer);
    for (int i = 0; i < descent->count; i++) {
        struct tensor *x = variable_writable(variables[i], err);
        struct tensor *gradient =
            x ? tensor_copy(from->gradients[i], err) : NULL;
        if (!gradient)
            return false;
        optimizer_step(to->optimizer, i, x, (float *)(void *)gradient->data);
        tensor_unref(gradient);
        to->x[i] = tensor_ref(x);
        to->velocities[i] = difference(x, from->x[i], err);
        if (!to->velocities[i])
            return false;
    }
    return true;
}

/* By a row of nn/optimizer.h, which changes variables of float32. */
static bool optimizer_steps(const struct descent *descent,
                            const struct descent_point *from,
                            struct descent_point *to, struct error *err)
{
    struct variable *variables[DESCENT_MAX_ARGUMENTS] = {NULL};
    bool good = true;
    to->optimizer = optimizer_clone(from->optimizer, err);
    for (int i = 0; i < descent->count && to->optimizer && good; i++) {
        struct tensor *copy = tensor_copy(from->x[i], err);
        if (copy)
            variables[i] = variable_new_take(copy, "x", true);
        good = copy != NULL;
    }
    good = good && to->optimizer &&
           step_variables(descent, variables, from, to, err);
    for (int i = 0; i < descent->count; i++)
        variable_unref(variables[i]);
    return good;
}

bool descent_step(struct interp *interp, struct descent *descent,
                  struct error *err)
{
    const struct descent_point *from = descent_now(descent);
    struct descent_point to;
    point_init(descent, &to);
    bool good = true;
    if (descent->type)
        good = optimizer_steps(descent, from, &to, err);
    for (int i = 0; !descent->type && good && i < descent->count; i++)
        good = plain_step(descent, i, from, &to, err);
    if (!good || !evaluate(interp, descent, &to, err)) {
        point_done(descent, &to);
        return false;
    }
    VEC_PUSH(descent->points, descent->point_count, descent->capacity) = to;
    return true;
}

bool descent_back(struct descent *descent)
{
    if (descent->point_count == 1)
        return false;
    point_done(descent, &descent->points[--descent->point_count]);
    return true;
}

static bool is_finite(const struct tensor *tensor)
{
    for (int64_t i = 0; i < tensor->size; i++)
        if (!isfinite(number_at(tensor, i)))
            return false;
    return true;
}

bool descent_is_finite(const struct descent *descent,
                       const struct descent_point *point)
{
    if (!isfinite(point->loss))
        return false;
    for (int i = 0; i < descent->count; i++)
        if (!is_finite(point->x[i]) || !is_finite(point->gradients[i]))
            return false;
    return true;
}

/* -------------------------------------------------------------------- path */

static struct tensor *path_of(const struct descent *descent, int argument,
                              struct error *err)
{
    const struct tensor *x = descent->points[0].x[argument];
    int64_t shape[TENSOR_MAX_DIMS] = {(int64_t)descent->point_count};
    if (x->ndim == TENSOR_MAX_DIMS)
        return error_null(err, ERROR_VALUE,
                          _("the path would have too many axes"));
    memcpy(shape + 1, x->shape, (size_t)x->ndim * sizeof *shape);
    struct tensor *path = tensor_new(x->dtype, x->ndim + 1, shape, err);
    size_t bytes = (size_t)x->size * dtype_size(x->dtype);
    for (size_t i = 0; path && bytes && i < descent->point_count; i++) {
        struct tensor *flat =
            tensor_contiguous(descent->points[i].x[argument], x->dtype, err);
        if (!flat) {
            tensor_unref(path);
            return NULL;
        }
        memcpy(path->data + i * bytes, flat->data, bytes);
        tensor_unref(flat);
    }
    return path;
}

bool descent_path(const struct descent *descent, struct value *ret,
                  struct error *err)
{
    struct value paths[DESCENT_MAX_ARGUMENTS];
    int made = 0;
    for (; made < descent->count; made++) {
        struct tensor *path = path_of(descent, made, err);
        if (!path)
            break;
        paths[made] = value_tensor_take(path);
    }
    bool good = made == descent->count;
    if (good)
        *ret = descent->several ? value_tuple((size_t)made, paths)
                                : value_ref(paths[0]);
    while (made-- > 0)
        value_unref(paths[made]);
    return good;
}
