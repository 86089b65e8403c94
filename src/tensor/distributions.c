/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing from a distribution: the parameters checked and broadcast as NumPy
   does it, then number after number. */
#include "tensor/distributions.h"

#include <math.h>
#include <string.h>

#include "base/interrupt.h"
#include "tensor/cast.h"

const struct distribution *distribution_find(const char *name)
{
    static const struct distribution *const families[] = {
        real_distributions, discrete_distributions};

    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        for (const struct distribution *d = families[i]; d->name; d++)
            if (!strcmp(d->name, name))
                return d;
    return NULL;
}

/* ----------------------------------------------------------------- drawing */

/* The largest mean whose counts fit in an int64 nearly always. */
static double poisson_limit(void)
{
    return 9223372036854775807.0 - sqrt(9223372036854775807.0) * 10;
}

/* MANY: a parameter is an array, whose errors speak of NaNs. */
static bool check_range(const char *name, enum parameter_range range, double x,
                        bool many, bool legacy, struct error *err)
{
    const char *nan = many ? "contains NaNs" : "is NaN";

    if (range == RANGE_OLD_PROBABILITY)
        range = legacy ? RANGE_PROBABILITY : RANGE_POSITIVE_PROBABILITY;
    switch (range) {
    case RANGE_OLD_PROBABILITY:
    case RANGE_ANY:
        return true;
    case RANGE_SAMPLE:
        if (legacy)
            return x >= 1 || error_set(err, ERROR_VALUE, "%s < 1 or %s %s",
                                       name, name, nan);
        return x >= 0 || error_set(err, ERROR_VALUE, "%s < 0", name);
    case RANGE_COUNT:
    case RANGE_NON_NEGATIVE:
        return isnan(x) || !signbit(x) ||
               error_set(err, ERROR_VALUE, "%s < 0", name);
    case RANGE_POSITIVE_NUMBER:
        if (isnan(x) && !legacy)
            return error_set(err, ERROR_VALUE, "%s must not be NaN", name);
        return !(x <= 0) || error_set(err, ERROR_VALUE, "%s <= 0", name);
    case RANGE_POSITIVE:
        return !(x <= 0) || error_set(err, ERROR_VALUE, "%s <= 0", name);
    case RANGE_PROBABILITY:
        return (x >= 0 && x <= 1) ||
               error_set(err, ERROR_VALUE, "%s < 0, %s > 1 or %s %s", name,
                         name, name, nan);
    case RANGE_POSITIVE_PROBABILITY:
        return (x > 0 && x <= 1) ||
               error_set(err, ERROR_VALUE,
                         "%s <= 0, %s > 1 or %s contains NaNs", name, name,
                         name);
    case RANGE_PROPER_PROBABILITY:
        return (x >= 0 && x < 1) ||
               error_set(err, ERROR_VALUE, "%s < 0, %s >= 1 or %s %s", name,
                         name, name, nan);
    case RANGE_OVER_ONE:
        return x > 1 ||
               error_set(err, ERROR_VALUE, "%s <= 1 or %s %s", name, name, nan);
    case RANGE_POISSON:
        if (!(x >= 0))
            return error_set(err, ERROR_VALUE, "%s < 0 or %s %s", name, name,
                             nan);
        return x <= poisson_limit() ||
               error_set(err, ERROR_VALUE, "%s value too large", name);
    }
    return true;
}

static bool check_parameter(const struct distribution *distribution, int i,
                            const struct tensor *values, bool many, bool legacy,
                            struct error *err)
{
    for (int64_t k = 0; k < values->size; k++)
        if (!check_range(distribution->parameters[i].name,
                         distribution->parameters[i].range,
                         scalar_to_double(tensor_item_at(values, k)), many,
                         legacy, err))
            return false;
    return true;
}

/* Together, where the distribution asks for more than ranges. */
struct joint_check {
    const char *name; /* of the distribution */
    enum { EITHER, OLD_ONLY, NEW_ONLY } generator;
    bool first; /* before the ranges are looked at */
    const char *message;
    enum error_kind kind;
    bool (*holds)(const double *p);
    int operands[3]; /* in NumPy's order: they must broadcast; -1: no more */
};

static bool left_is_not_over_mode(const double *p)
{
    return !(p[0] > p[1]);
}

static bool mode_is_not_over_right(const double *p)
{
    return !(p[1] > p[2]);
}

static bool left_is_not_right(const double *p)
{
    return p[0] != p[2];
}

static bool sample_is_there(const double *p)
{
    return p[0] + p[1] >= p[2];
}

static bool width_is_positive(const double *p)
{
    return !(p[1] - p[0] < 0);
}

static bool width_is_finite(const double *p)
{
    return isfinite(p[1] - p[0]);
}

static const struct joint_check joint_checks[] = {
    {"triangular", EITHER, false, "left > mode", ERROR_VALUE,
     left_is_not_over_mode, {0, 1, -1}},
    {"triangular", EITHER, false, "mode > right", ERROR_VALUE,
     mode_is_not_over_right, {1, 2, -1}},
    {"triangular", EITHER, false, "left == right", ERROR_VALUE,
     left_is_not_right, {0, 2, -1}},
    {"hypergeometric", EITHER, true, "ngood + nbad < nsample", ERROR_VALUE,
     sample_is_there, {0, 1, 2}},
    {"uniform", OLD_ONLY, false, "Range exceeds valid bounds", ERROR_OVERFLOW,
     width_is_finite, {1, 0, -1}},
    {"uniform", NEW_ONLY, false, "high - low range exceeds valid bounds",
     ERROR_OVERFLOW, width_is_finite, {1, 0, -1}},
    {"uniform", NEW_ONLY, false, "high - low < 0", ERROR_VALUE,
     width_is_positive, {1, 0, -1}},
};

static void store(const struct distribution *distribution, struct rng *rng,
                  const double *p, struct tensor *result, int64_t i)
{
    if (distribution->draw)
        ((double *)result->data)[i] = distribution->draw(rng, p);
    else
        ((int64_t *)result->data)[i] = distribution->count(rng, p);
}

/* The parameters broadcast to one shape. */
struct parameters {
    int count;
    bool varied; /* one of them is an array */
    struct tensor *broad[DISTRIBUTION_MAX_PARAMS];
};

static void read_parameters(const struct parameters *all, int64_t i, double *p)
{
    for (int k = 0; k < all->count; k++)
        p[k] = scalar_to_double(tensor_item_at(all->broad[k], i));
}

static void parameters_done(struct parameters *all)
{
    for (int k = 0; k < all->count; k++)
        tensor_unref(all->broad[k]);
}

static bool parameters_init(struct parameters *all, int count,
                            struct tensor *const *given, int ndim,
                            const int64_t *shape, struct error *err)
{
    *all = (struct parameters){.count = count};
    for (int k = 0; k < count; k++) {
        all->varied |= given[k]->ndim > 0;
        all->broad[k] = tensor_broadcast_to(given[k], ndim, shape, err);
        if (!all->broad[k]) {
            parameters_done(all);
            return false;
        }
    }
    return true;
}

/* One check for all values of its operands, broadcast with each other. */
static bool check_together(const struct joint_check *check,
                           struct tensor *const *given, struct error *err)
{
    struct tensor *used[3], *broad[DISTRIBUTION_MAX_PARAMS] = {NULL};
    int64_t shape[TENSOR_MAX_DIMS], size = 1;
    int count = 0, ndim = 0;
    bool good = true;

    while (count < 3 && check->operands[count] >= 0) {
        used[count] = given[check->operands[count]];
        count++;
        if (count > 1 &&
            !tensor_broadcast_shapes(count, used, &ndim, shape, err))
            return false;
    }
    for (int i = 0; i < ndim; i++)
        size *= shape[i];
    for (int k = 0; good && k < count; k++)
        good = (broad[check->operands[k]] = tensor_broadcast_to(
                    used[k], ndim, shape, err)) != NULL;
    for (int64_t i = 0; good && i < size; i++) {
        double p[DISTRIBUTION_MAX_PARAMS] = {0};
        for (int k = 0; k < count; k++)
            p[check->operands[k]] =
                scalar_to_double(tensor_item_at(broad[check->operands[k]], i));
        good = check->holds(p) ||
               error_set(err, check->kind, "%s", check->message);
    }
    for (int k = 0; k < DISTRIBUTION_MAX_PARAMS; k++)
        tensor_unref(broad[k]);
    return good;
}

static bool check_jointly(const struct distribution *distribution,
                          const struct rng *rng,
                          struct tensor *const *parameters, bool first,
                          struct error *err)
{
    size_t count = sizeof joint_checks / sizeof *joint_checks;
    int other = rng_is_legacy(rng) ? NEW_ONLY : OLD_ONLY;

    for (size_t c = 0; c < count; c++) {
        const struct joint_check *check = &joint_checks[c];
        if ((int)check->generator != other && check->first == first &&
            !strcmp(check->name, distribution->name) &&
            !check_together(check, parameters, err))
            return false;
    }
    return true;
}

static bool check_parameters(const struct distribution *distribution,
                             const struct rng *rng,
                             struct tensor *const *parameters,
                             struct error *err)
{
    int count = distribution->parameter_count;
    bool backwards = !strcmp(distribution->name, "binomial");
    bool many = false;

    for (int k = 0; k < count; k++)
        many |= parameters[k]->ndim > 0;
    for (int k = 0; k < count; k++) {
        int i = backwards ? count - 1 - k : k;
        if (!check_parameter(distribution, i, parameters[i], many,
                             rng_is_legacy(rng), err))
            return false;
    }
    return true;
}

/* RESULT is to have the shape that it and the parameters have together. */
static bool check_output(int count, struct tensor *const *parameters,
                         struct tensor *result, struct error *err)
{
    struct tensor *all[DISTRIBUTION_MAX_PARAMS + 1] = {result};
    int64_t shape[TENSOR_MAX_DIMS];
    int ndim;
    bool varied = false;

    for (int k = 0; k < count; k++) {
        all[k + 1] = parameters[k];
        varied |= parameters[k]->ndim > 0;
    }
    if (!varied)
        return true;
    if (!tensor_broadcast_objects(count + 1, all, &ndim, shape, err))
        return false;
    if (ndim == result->ndim &&
        !memcmp(shape, result->shape, (size_t)ndim * sizeof *shape))
        return true;
    struct strbuf asked = STRBUF_INIT, needed = STRBUF_INIT;
    shape_format(&asked, result->ndim, result->shape);
    shape_format(&needed, ndim, shape);
    error_set(err, ERROR_VALUE,
              "Output size %s is not compatible with broadcast dimensions of "
              "inputs %s.",
              asked.text, needed.text);
    strbuf_done(&asked);
    strbuf_done(&needed);
    return false;
}

static bool fill(const struct distribution *distribution, struct rng *rng,
                 const struct parameters *all, struct tensor *result,
                 struct error *err)
{
    double p[DISTRIBUTION_MAX_PARAMS] = {0};

    for (int64_t i = 0; i < result->size; i++) {
        if (all->varied || i == 0)
            read_parameters(all, i, p);
        if (i % 4096 == 4095 && !interrupt_check(err))
            return false;
        store(distribution, rng, p, result, i);
    }
    return true;
}

/* The parameters among themselves; where a shape is asked for, it is that
   which they do not fit. */
static bool common_shape(const struct distribution *distribution,
                         const struct rng *rng,
                         struct tensor *const *parameters, bool shaped,
                         int *ret_ndim, int64_t *ret_shape, struct error *err)
{
    *ret_ndim = 0;
    if (distribution->parameter_count == 0)
        return true;
    struct error misfit = ERROR_INIT;
    bool fits =
        tensor_broadcast_objects(distribution->parameter_count, parameters,
                                 ret_ndim, ret_shape, &misfit);
    bool good = check_jointly(distribution, rng, parameters, true, err) &&
                check_parameters(distribution, rng, parameters, err) &&
                check_jointly(distribution, rng, parameters, false, err);
    if (good && !fits && !shaped) {
        *err = misfit;
        return false;
    }
    error_clear(&misfit);
    return good;
}

struct tensor *distribution_draw(const struct distribution *distribution,
                                 struct rng *rng,
                                 struct tensor *const *parameters, int ndim,
                                 const int64_t *shape, struct error *err)
{
    int count = distribution->parameter_count, own_ndim;
    int64_t own[TENSOR_MAX_DIMS];
    struct parameters all;

    if (!common_shape(distribution, rng, parameters, shape != NULL, &own_ndim,
                      own, err))
        return NULL;
    struct tensor *result =
        tensor_new(distribution->draw ? DTYPE_FLOAT64 : DTYPE_INT64,
                   shape ? ndim : own_ndim, shape ? shape : own, err);
    if (!result)
        return NULL;
    bool good = check_output(count, parameters, result, err) &&
                parameters_init(&all, count, parameters, result->ndim,
                                result->shape, err);
    if (good) {
        good = fill(distribution, rng, &all, result, err);
        parameters_done(&all);
    }
    if (good)
        return result;
    tensor_unref(result);
    return NULL;
}
