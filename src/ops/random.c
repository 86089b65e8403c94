/* SPDX-License-Identifier: GPL-3.0-or-later */
/* np.random: the session's generator, NumPy's own numbers for a seed. */
#include <string.h>

#include "base/alloc.h"
#include "ops/families.h"
#include "tensor/index.h"
#include "tensor/random.h"
#include "tensor/reduce.h"
#include "tensor/sort.h"

static const struct param seed_params[] = {
    {"seed", PARAM_INT, 0, "None"}, {NULL, 0, 0, NULL}};
static const struct param spread_params[] = {
    {"size", PARAM_DIMS, PARAM_SPREAD, "None"}, {NULL, 0, 0, NULL}};
static const struct param size_params[] = {{"size", PARAM_DIMS, 0, "None"},
                                           {NULL, 0, 0, NULL}};
static const struct param uniform_params[] = {
    {"low", PARAM_FLOAT, 0, "0.0"},
    {"high", PARAM_FLOAT, 0, "1.0"},
    {"size", PARAM_DIMS, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param normal_params[] = {
    {"loc", PARAM_FLOAT, 0, "0.0"},
    {"scale", PARAM_FLOAT, 0, "1.0"},
    {"size", PARAM_DIMS, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param randint_params[] = {
    {"low", PARAM_INT, 0, NULL},
    {"high", PARAM_INT, 0, "None"},
    {"size", PARAM_DIMS, 0, "None"},
    {"dtype", PARAM_DTYPE, 0, "int64"},
    {NULL, 0, 0, NULL}};
static const struct param x_params[] = {{"x", PARAM_TENSOR, 0, NULL},
                                        {NULL, 0, 0, NULL}};
static const struct param choice_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"size", PARAM_DIMS, 0, "None"},
    {"replace", PARAM_BOOL, 0, "True"},
    {"p", PARAM_TENSOR, 0, "None"},
    {NULL, 0, 0, NULL}};

static bool seed_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    if (!args[0].given)
        rng_seed_from_system(&session_rng);
    else if (args[0].integer < 0 || args[0].integer > UINT32_MAX)
        return error_set(err, ERROR_VALUE,
                         "Seed must be between 0 and 2**32 - 1");
    else
        rng_seed(&session_rng, (uint32_t)args[0].integer);
    return op_return_none(ret);
}

/* Without a size one number, as a Python float. */
static bool return_drawn(struct op_result *ret, struct tensor *drawn,
                         const struct arg *size)
{
    if (!drawn || size->given)
        return op_return_array(ret, drawn);
    *ret = (struct op_result){.form = RESULT_SCALAR,
                              .scalar = tensor_item(drawn)};
    tensor_unref(drawn);
    return true;
}

static bool uniform_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    bool plain = strcmp(op->name, "uniform") != 0;
    const struct arg *size = plain ? &args[0] : &args[2];
    double low = plain ? 0 : args[0].number, high = plain ? 1 : args[1].number;

    return return_drawn(ret,
                        rng_uniform(&session_rng, low, high,
                                    size->given ? size->dims.count : 0,
                                    size->given ? size->dims.values : NULL,
                                    err),
                        size);
}

static bool normal_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    bool plain = strcmp(op->name, "normal") != 0;
    const struct arg *size = plain ? &args[0] : &args[2];
    double mean = plain ? 0 : args[0].number;
    double deviation = plain ? 1 : args[1].number;

    if (deviation < 0)
        return error_set(err, ERROR_VALUE, "scale < 0");
    return return_drawn(ret,
                        rng_normal(&session_rng, mean, deviation,
                                   size->given ? size->dims.count : 0,
                                   size->given ? size->dims.values : NULL,
                                   err),
                        size);
}

static bool randint_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    int64_t low = args[1].given ? args[0].integer : 0;
    int64_t high = args[1].given ? args[1].integer : args[0].integer;
    enum dtype dtype = args[3].dtype;
    const struct arg *size = &args[2];

    (void)op;
    if (dtype_is_float(dtype))
        return error_set(err, ERROR_TYPE,
                         "Unsupported dtype dtype('%s') for randint",
                         dtype_name(dtype));
    if (low >= high)
        return error_set(err, ERROR_VALUE, "low >= high");
    struct scalar ends[2] = {scalar_from_int(low), scalar_from_int(high - 1)};
    for (int i = 0; i < 2; i++)
        if (scalar_cast(ends[i], dtype).i != ends[i].i)
            return error_set(err, ERROR_VALUE, "%s is out of bounds for %s",
                             i ? "high" : "low", dtype_name(dtype));
    return return_drawn(ret,
                        rng_integers(&session_rng, low, high, dtype,
                                     size->given ? size->dims.count : 0,
                                     size->given ? size->dims.values : NULL,
                                     err),
                        size);
}

static bool shuffle_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    (void)op;
    return rng_shuffle(&session_rng, args[0].tensor, err) &&
           op_return_none(ret);
}

/* A in the order of a permutation of its first axis. */
static struct tensor *permuted_rows(struct tensor *a, struct error *err)
{
    struct tensor *order = rng_permutation(&session_rng, a->shape[0], err);
    struct tensor *result = order ? tensor_take(a, order, 0, err) : NULL;
    tensor_unref(order);
    return result;
}

static bool permutation_forward(const struct op *op, const struct arg *args,
                                struct op_result *ret, struct error *err)
{
    struct tensor *x = args[0].tensor;

    (void)op;
    if (x->ndim == 0)
        return op_return_array(
            ret, rng_permutation(&session_rng, scalar_to_int(tensor_item(x)),
                                 err));
    return op_return_array(ret, permuted_rows(x, err));
}

/* ------------------------------------------------------------------ choice */

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
        sums ? rng_uniform(&session_rng, 0, 1, 1, &count, err) : NULL;
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

    if (p->ndim != 1 || p->size != population)
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

static struct tensor *first_of_permutation(int64_t population, int64_t count,
                                           struct error *err)
{
    struct tensor *order = rng_permutation(&session_rng, population, err);
    struct index slice = {.kind = INDEX_SLICE, .has_stop = true, .stop = count,
                          .step = 1};
    struct tensor *result =
        order ? tensor_get(order, 1, &slice, NULL, err) : NULL;
    tensor_unref(order);
    return result;
}

static struct tensor *draw(const struct arg *args, int64_t population,
                           int64_t count, struct error *err)
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
        return rng_integers(&session_rng, 0, population, DTYPE_INT64, 1, &count,
                            err);
    if (count > population)
        return error_null(err, ERROR_VALUE,
                          "Cannot take a larger sample than population when "
                          "'replace=False'");
    return first_of_permutation(population, count, err);
}

static bool choice_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    int64_t population =
        a->ndim ? a->shape[0] : scalar_to_int(tensor_item(a));
    int ndim = args[1].given ? args[1].dims.count : 0;
    int64_t count = 1;

    (void)op;
    if (population <= 0)
        return error_set(err, ERROR_VALUE, "a must be greater than 0 unless no "
                                           "samples are taken");
    for (int i = 0; i < ndim; i++)
        if (args[1].dims.values[i] < 0 ||
            !size_multiply(count, args[1].dims.values[i], &count))
            return error_set(err, ERROR_VALUE,
                             "negative dimensions are not allowed");
    struct tensor *picks = draw(args, population, count, err);
    struct tensor *shaped =
        picks ? tensor_reshape(picks, ndim, args[1].dims.values, 'C', err)
              : NULL;
    struct tensor *result = shaped && a->ndim
                                ? tensor_take(a, shaped, 0, err)
                            : shaped ? tensor_ref(shaped)
                                     : NULL;
    tensor_unref(picks);
    tensor_unref(shaped);
    return op_return_tensor(ret, result);
}

#define ROW(NAME, PARAMS, FORWARD, DOC, EXAMPLE, SEE)                          \
    {NAME, NULL, "np.random", OP_FUNCTION, PARAMS, FORWARD, NULL, NULL, DOC,   \
     NULL, EXAMPLE, SEE}

const struct op random_ops[] = {
    ROW("seed", seed_params, seed_forward,
        "Starts the random numbers anew; the same seed gives the same numbers",
        ">>> np.random.seed(0)\n>>> np.random.rand()\n0.5488135039273248",
        "rand"),
    ROW("rand", spread_params, uniform_forward,
        "Random numbers from 0 to 1, evenly spread",
        ">>> np.random.seed(0)\n>>> np.random.rand(2)\n"
        "array([0.5488135 , 0.71518937])",
        "randn uniform random"),
    ROW("randn", spread_params, normal_forward,
        "Random numbers of the normal distribution, mean 0, deviation 1",
        ">>> np.random.seed(0)\n>>> np.random.randn(2)\n"
        "array([1.76405235, 0.40015721])",
        "normal rand"),
    {"random", "random_sample ranf sample", "np.random", OP_FUNCTION,
     size_params, uniform_forward, NULL, NULL,
     "Random numbers from 0 to 1; the shape is one argument", NULL,
     ">>> np.random.seed(0)\n>>> np.random.random((1, 2))\n"
     "array([[0.5488135 , 0.71518937]])",
     "rand"},
    ROW("randint", randint_params, randint_forward,
        "Random whole numbers from low up to but not including high",
        ">>> np.random.seed(0)\n>>> np.random.randint(10, size=3)\n"
        "array([5, 0, 3])",
        "choice"),
    ROW("uniform", uniform_params, uniform_forward,
        "Random numbers between low and high",
        ">>> np.random.seed(0)\n>>> np.random.uniform(-1, 1, 2)\n"
        "array([0.09762701, 0.43037873])",
        "rand"),
    ROW("normal", normal_params, normal_forward,
        "Random numbers of the normal distribution with this mean and "
        "deviation",
        ">>> np.random.seed(0)\n>>> np.random.normal(10, 2, 2)\n"
        "array([13.52810469, 10.80031442])",
        "randn"),
    ROW("standard_normal", size_params, normal_forward,
        "Random numbers of the normal distribution; the shape is one argument",
        ">>> np.random.seed(0)\n>>> np.random.standard_normal(2)\n"
        "array([1.76405235, 0.40015721])",
        "randn"),
    ROW("permutation", x_params, permutation_forward,
        "The numbers 0 … n-1, or the rows of an array, in random order",
        ">>> np.random.seed(0)\n>>> np.random.permutation(5)\n"
        "array([2, 0, 1, 3, 4])",
        "shuffle"),
    ROW("shuffle", x_params, shuffle_forward,
        "Puts the rows of an array in random order, in place",
        ">>> np.random.seed(0)\n>>> x = np.arange(5)\n"
        ">>> np.random.shuffle(x)\n>>> x\narray([2, 0, 1, 3, 4])",
        "permutation"),
    ROW("choice", choice_params, choice_forward,
        "Elements drawn at random, with or without taking one twice",
        ">>> np.random.seed(0)\n>>> np.random.choice([10, 20, 30], 2)\n"
        "array([10, 20])",
        "randint permutation"),
    {.name = NULL},
};
