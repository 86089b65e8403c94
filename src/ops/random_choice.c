/* SPDX-License-Identifier: GPL-3.0-or-later */
/* np.random.choice and the generators' choice. */
#include <stdlib.h>

#include "base/alloc.h"
#include "ops/random.h"
#include "tensor/elementwise.h"
#include "tensor/index.h"
#include "tensor/reduce.h"
#include "tensor/sort.h"

/* Running sums of P, the last one 1. */
static struct tensor *cumulative(struct tensor *p, struct error *err)
{
    struct tensor *sums =
        accumulate_ufunc(ufunc_find("add"), p, 0, DTYPE_FLOAT64, err);
    if (!sums)
        return NULL;
    double *values = (double *)sums->data, total = values[sums->size - 1];
    for (int64_t i = 0; i < sums->size; i++)
        values[i] /= total;
    return sums;
}

/* COUNT positions drawn by the probabilities P. */
static struct tensor *weighted(struct tensor *p, int64_t count,
                               struct error *err)
{
    struct tensor *sums = cumulative(p, err);
    struct tensor *points =
        sums ? rng_uniform(random_source, 0, 1, 1, &count, err) : NULL;
    struct tensor *result =
        points ? tensor_searchsorted(sums, points, true, err) : NULL;

    tensor_unref(sums);
    tensor_unref(points);
    return result;
}

/* The same without taking one twice: what was drawn gets probability 0, and
   the rest is drawn again. */
static struct tensor *weighted_distinct(struct tensor *p, int64_t count,
                                        struct error *err)
{
    struct tensor *left = tensor_copy(p, err);
    struct tensor *result =
        left ? tensor_new(DTYPE_INT64, 1, &count, err) : NULL;
    int64_t found = 0;

    while (result && found < count) {
        struct tensor *drawn = weighted(left, count - found, err);
        if (!drawn) {
            tensor_unref(result);
            result = NULL;
            break;
        }
        for (int64_t i = 0; i < drawn->size; i++) {
            int64_t pick = ((int64_t *)drawn->data)[i];
            double *probability = (double *)left->data + pick;
            if (*probability == 0)
                continue;
            *probability = 0;
            ((int64_t *)result->data)[found++] = pick;
        }
        tensor_unref(drawn);
    }
    tensor_unref(left);
    return result;
}

static bool check_probabilities(const struct tensor *p, int64_t population,
                                int64_t count, bool replace, struct error *err)
{
    double sum = 0;
    int64_t possible = 0;

    if (p->ndim == 0)
        return error_set(err, ERROR_TYPE, "len() of unsized object");
    if (p->ndim != 1)
        return error_set(err, ERROR_VALUE, "'p' must be 1-dimensional");
    if (p->size != population)
        return error_set(err, ERROR_VALUE, "'a' and 'p' must have same size");
    for (int64_t i = 0; i < p->size; i++) {
        double value = ((const double *)p->data)[i];
        if (value < 0)
            return error_set(err, ERROR_VALUE,
                             "probabilities are not non-negative");
        sum += value;
        possible += value > 0;
    }
    if (!(sum > 1 - 1e-8 && sum < 1 + 1e-8))
        return error_set(err, ERROR_VALUE, "probabilities do not sum to 1");
    if (!replace && possible < count)
        return error_set(err, ERROR_VALUE,
                         "Fewer non-zero entries in p than size");
    return true;
}

/* RandomState's way: shuffle all, take the first. */
static struct tensor *first_of_permutation(int64_t population, int64_t count,
                                           struct error *err)
{
    struct tensor *order = rng_permutation(random_source, population, err);
    struct index slice = {
        .kind = INDEX_SLICE, .has_stop = true, .stop = count, .step = 1};
    struct tensor *result =
        order ? tensor_get(order, 1, &slice, NULL, err) : NULL;
    tensor_unref(order);
    return result;
}

/* Fills the places from the last one down to FIRST. */
static void shuffle_down_to(int64_t *items, int64_t count, int64_t first)
{
    for (int64_t i = count - 1; i >= first; i--) {
        int64_t j = (int64_t)rng_interval(random_source, (uint64_t)i);
        int64_t saved = items[j];
        items[j] = items[i];
        items[i] = saved;
    }
}

/* The generator's way for a large part of a large population: a shuffle that
   stops when the COUNT last places are filled. */
static struct tensor *tail_of_shuffle(int64_t population, int64_t count,
                                      struct error *err)
{
    struct tensor *order = tensor_new(DTYPE_INT64, 1, &population, err);

    if (!order)
        return NULL;
    int64_t *item = (int64_t *)order->data;
    for (int64_t i = 0; i < population; i++)
        item[i] = i;
    shuffle_down_to(item, population,
                    population - count > 1 ? population - count : 1);
    struct index slice = {.kind = INDEX_SLICE,
                          .has_start = true,
                          .start = population - count,
                          .step = 1};
    struct tensor *result = tensor_get(order, 1, &slice, NULL, err);
    tensor_unref(order);
    return result;
}

/* Is VALUE new to the table of FULL slots less one (a mask)? */
static bool insert(int64_t *slots, uint64_t mask, int64_t value)
{
    uint64_t at = (uint64_t)value & mask;

    while (slots[at] >= 0 && slots[at] != value)
        at = (at + 1) & mask;
    bool is_new = slots[at] < 0;
    slots[at] = value;
    return is_new;
}

/* R. Floyd's sample (J. Bentley, "Programming Pearls", CACM 30, 1987): each
   draw that was there before is replaced by the new largest. */
static struct tensor *sample_by_floyd(int64_t population, int64_t count,
                                      bool shuffled, struct error *err)
{
    struct tensor *result = tensor_new(DTYPE_INT64, 1, &count, err);
    uint64_t mask = 1;

    if (!result)
        return NULL;
    while (mask <= (uint64_t)count * 2)
        mask = mask << 1 | 1;
    int64_t *slots = xcalloc((size_t)mask + 1, sizeof *slots);
    for (uint64_t i = 0; i <= mask; i++)
        slots[i] = -1;
    for (int64_t i = 0; i < count; i++) {
        int64_t largest = population - count + i;
        int64_t value = (int64_t)rng_interval(random_source, (uint64_t)largest);
        if (!insert(slots, mask, value)) {
            value = largest;
            insert(slots, mask, value);
        }
        ((int64_t *)result->data)[i] = value;
    }
    free(slots);
    if (shuffled)
        shuffle_down_to((int64_t *)result->data, count, 1);
    return result;
}

static struct tensor *sample(int64_t population, int64_t count, bool shuffled,
                             struct error *err)
{
    if (random_source->kind == RNG_MT19937)
        return first_of_permutation(population, count, err);
    if (population > 10000 && count > population / (shuffled ? 50 : 20))
        return tail_of_shuffle(population, count, err);
    return sample_by_floyd(population, count, shuffled, err);
}

static struct tensor *draw(const struct arg *args, int64_t population,
                           int64_t count, bool shuffled, struct error *err)
{
    bool replace = args[2].flag;

    if (args[3].given) {
        struct tensor *p =
            tensor_contiguous(args[3].tensor, DTYPE_FLOAT64, err);
        struct tensor *result = NULL;
        if (p && check_probabilities(p, population, count, replace, err))
            result = replace ? weighted(p, count, err)
                             : weighted_distinct(p, count, err);
        tensor_unref(p);
        return result;
    }
    if (replace)
        return rng_integers(random_source, 0, population - 1, DTYPE_INT64, 1,
                            &count, err);
    if (count > population)
        return error_null(err, ERROR_VALUE,
                          "Cannot take a larger sample than population when "
                          "'replace=False'");
    return sample(population, count, shuffled, err);
}

/* The number of elements that SIZE asks for. */
static bool count_of(const struct arg *size, int64_t *ret, struct error *err)
{
    *ret = 1;
    for (int i = 0; size->given && i < size->dims.count; i++)
        if (size->dims.values[i] < 0 ||
            !size_multiply(*ret, size->dims.values[i], ret))
            return error_set(err, ERROR_VALUE,
                             "negative dimensions are not allowed");
    return true;
}

bool random_choice(const struct arg *args, int axis, bool shuffled,
                   struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    bool legacy = random_source->kind == RNG_MT19937;
    int64_t population =
        a->ndim ? a->shape[axis] : scalar_to_int(tensor_item(a));
    int64_t count;

    if (a->ndim > 1 && legacy)
        return error_set(err, ERROR_VALUE, "a must be 1-dimensional");
    if (a->ndim == 0 && dtype_is_float(a->dtype))
        return error_set(err, ERROR_VALUE,
                         legacy ? "a must be 1-dimensional or an integer"
                                : "a must be a sequence or an integer, not "
                                  "<class '%s'>",
                         args[0].array       ? "numpy.ndarray"
                         : args[0].np_scalar ? "numpy.float64"
                                             : "float");
    if (!count_of(&args[1], &count, err))
        return false;
    if (population <= 0 && count > 0)
        return error_set(err, ERROR_VALUE,
                         a->ndim  ? "'a' cannot be empty unless no samples are "
                                    "taken"
                         : legacy ? "a must be greater than 0 unless no "
                                    "samples are taken"
                                  : "a must be a positive integer unless no "
                                    "samples are taken");
    struct tensor *picks = draw(args, population, count, shuffled, err);
    struct tensor *shaped =
        picks ? tensor_reshape(picks, args[1].given ? args[1].dims.count : 0,
                               args[1].dims.values, 'C', err)
              : NULL;
    struct tensor *result = shaped && a->ndim
                                ? tensor_take(a, shaped, axis, err)
                            : shaped ? tensor_ref(shaped)
                                     : NULL;
    tensor_unref(picks);
    tensor_unref(shaped);
    if (a->ndim == 0)
        return random_return(ret, result, &args[1]);
    return op_return_tensor(ret, result);
}
