/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * np.random: the session's generator, NumPy's own numbers for a seed.  The
 * same functions are RandomState's methods, and in part those of the
 * generators that default_rng makes (random_generator.c).
 */
#include "ops/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "autograd/tape.h"
#include "base/alloc.h"
#include "ops/arguments.h"
#include "ops/families.h"
#include "tensor/distributions.h"
#include "tensor/index.h"

struct rng *random_source = &session_rng;

/* ---------------------------------------------------------------- numbers */

bool random_return(struct op_result *ret, struct tensor *drawn,
                   const struct arg *size)
{
    if (!drawn || size->given || drawn->ndim > 0)
        return op_return_array(ret, drawn);
    *ret =
        (struct op_result){.form = RESULT_SCALAR, .scalar = tensor_item(drawn)};
    tensor_unref(drawn);
    return true;
}

static struct tensor *parameter(const struct op *op, const struct arg *args,
                                int i, struct error *err)
{
    if (args[i].given)
        return tensor_ref(args[i].tensor);
    return tensor_from_scalar(
        scalar_from_double(strtod(op->params[i].fallback, NULL)), err);
}

/* Numbers are cut to whole ones, arrays are to be of integers. */
static bool check_count(const struct arg *count, struct error *err)
{
    struct tensor *values = count->tensor;

    if (count->array && !check_cast(values, DTYPE_INT64, CASTING_SAFE, err))
        return false;
    for (int64_t i = 0; i < values->size; i++) {
        struct scalar x = tensor_item_at(values, i);
        if (dtype_is_float(x.dtype) && !isfinite(x.f))
            return scalar_fits(x, DTYPE_INT64, err);
    }
    return true;
}

bool random_distribution(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    const struct distribution *distribution =
        distribution_find(op->data ? (const char *)op->data : op->name);
    struct tensor *parameters[DISTRIBUTION_MAX_PARAMS] = {NULL};
    int count = distribution->parameter_count;
    const struct arg *size = &args[count];
    struct tensor *drawn = NULL;
    bool good = true;

    for (int i = 0; good && i < count; i++) {
        if (distribution->parameters[i].range >= RANGE_COUNT)
            good = check_count(&args[i], err);
        if (good)
            good = (parameters[i] = parameter(op, args, i, err)) != NULL;
    }
    if (good)
        drawn = distribution_draw(distribution, random_source, parameters,
                                  size->given ? size->dims.count : 0,
                                  size->given ? size->dims.values : NULL, err);
    for (int i = 0; i < count; i++)
        tensor_unref(parameters[i]);
    return random_return(ret, drawn, size);
}

/* rand, randn, random, standard_normal: no parameters but the size. */
static bool standard_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct arg shape = args[0], *size = &shape;
    bool normal =
        !strcmp(op->name, "randn") || !strcmp(op->name, "standard_normal");

    if (op->params[0].flags & PARAM_STAR && shape.given &&
        shape.dims.count == 0) /* rand() */
        shape.given = false;
    int ndim = size->given ? size->dims.count : 0;
    struct tensor *drawn = tensor_new(
        DTYPE_FLOAT64, ndim, size->given ? size->dims.values : NULL, err);

    for (int64_t i = 0; drawn && i < drawn->size; i++)
        ((double *)drawn->data)[i] =
            normal ? rng_gauss(random_source) : rng_double(random_source);
    return random_return(ret, drawn, size);
}

/* --------------------------------------------------------------- integers */

static bool bounds_error(const struct integer_draw *draw, int64_t low,
                         struct error *err)
{
    if (low == 0)
        return error_set(err, ERROR_VALUE,
                         draw->endpoint && !draw->legacy ? "high < 0"
                                                         : "high <= 0");
    return error_set(err, ERROR_VALUE,
                     draw->endpoint && !draw->legacy ? "low > high"
                                                     : "low >= high");
}

static bool check_bounds(int64_t low, int64_t last,
                         const struct integer_draw *draw, struct error *err)
{
    struct scalar ends[2] = {scalar_from_int(low), scalar_from_int(last)};

    for (int i = 0; i < 2; i++)
        if (scalar_cast(ends[i], draw->dtype).i != ends[i].i)
            return error_set(err, ERROR_VALUE, "%s is out of bounds for %s",
                             i ? "high" : "low", dtype_name(draw->dtype));
    return low <= last || bounds_error(draw, low, err);
}

/* HIGH as the last number that may come. */
static bool last_of(struct scalar high, const struct integer_draw *draw,
                    int64_t low, int64_t *ret, struct error *err)
{
    int64_t end = scalar_to_int(high);

    if (!draw->endpoint && end == INT64_MIN)
        return bounds_error(draw, low, err);
    *ret = draw->endpoint ? end : end - 1;
    return true;
}

static bool check_all_bounds(struct tensor *lows, struct tensor *highs,
                             const struct integer_draw *draw, struct error *err)
{
    for (int64_t i = 0; i < lows->size; i++) {
        int64_t from = scalar_to_int(tensor_item_at(lows, i)), last = 0;
        if (!last_of(tensor_item_at(highs, i), draw, from, &last, err) ||
            !check_bounds(from, last, draw, err))
            return false;
    }
    return true;
}

/* LOW and HIGH against each other, as far as they broadcast. */
static bool check_pairs(struct tensor *low, struct tensor *high,
                        const struct integer_draw *draw, struct error *err)
{
    struct tensor *pair[2] = {low, high};
    int64_t shape[TENSOR_MAX_DIMS];
    int ndim;

    if (!tensor_broadcast_shapes(2, pair, &ndim, shape, err))
        return false;
    struct tensor *lows = tensor_broadcast_to(low, ndim, shape, err);
    struct tensor *highs =
        lows ? tensor_broadcast_to(high, ndim, shape, err) : NULL;
    bool good = highs && check_all_bounds(lows, highs, draw, err);
    tensor_unref(lows);
    tensor_unref(highs);
    return good;
}

/* Numbers for RESULT, whose bounds are LOWS and HIGHS of the same shape. */
static void draw_between(struct tensor *lows, struct tensor *highs,
                         const struct integer_draw *draw, struct tensor *result)
{
    for (int64_t i = 0; i < result->size; i++) {
        int64_t from = scalar_to_int(tensor_item_at(lows, i));
        int64_t last =
            scalar_to_int(tensor_item_at(highs, i)) - (draw->endpoint ? 0 : 1);
        uint64_t value =
            rng_interval(random_source, (uint64_t)last - (uint64_t)from);
        scalar_store(scalar_from_int((int64_t)((uint64_t)from + value)),
                     draw->dtype,
                     result->data + i * (int64_t)dtype_size(draw->dtype));
    }
}

/* An array of the asked shape, or of that of the bounds. */
static struct tensor *new_between(struct tensor *low, struct tensor *high,
                                  const struct integer_draw *draw,
                                  struct error *err)
{
    struct tensor *all[3] = {low, high};
    int64_t shape[TENSOR_MAX_DIMS];
    int ndim;

    if (!draw->shape) {
        if (!tensor_broadcast_shapes(2, all, &ndim, shape, err))
            return NULL;
        return tensor_new(draw->dtype, ndim, shape, err);
    }
    struct tensor *result =
        tensor_new(draw->dtype, draw->ndim, draw->shape, err);
    all[2] = result;
    if (!result || result->size == 0 ||
        (check_pairs(low, high, draw, err) &&
         tensor_broadcast_objects(3, all, &ndim, shape, err)))
        return result;
    tensor_unref(result);
    return NULL;
}

/* Each element has bounds of its own. */
static struct tensor *integers_between(struct tensor *low, struct tensor *high,
                                       const struct integer_draw *draw,
                                       struct error *err)
{
    if (!draw->shape && !check_pairs(low, high, draw, err))
        return NULL;
    struct tensor *result = new_between(low, high, draw, err);
    if (!result || result->size == 0)
        return result;
    struct tensor *lows =
        tensor_broadcast_to(low, result->ndim, result->shape, err);
    struct tensor *highs =
        lows ? tensor_broadcast_to(high, result->ndim, result->shape, err)
             : NULL;
    if (highs) {
        draw_between(lows, highs, draw, result);
    } else {
        tensor_unref(result);
        result = NULL;
    }
    tensor_unref(lows);
    tensor_unref(highs);
    return result;
}

struct tensor *random_integers(struct tensor *low, struct tensor *high,
                               const struct integer_draw *draw,
                               struct error *err)
{
    int64_t from, last = 0;

    if (dtype_is_float(draw->dtype))
        return error_null(
            err, ERROR_TYPE, "Unsupported dtype dtype('%s') for %s",
            dtype_name(draw->dtype), draw->legacy ? "randint" : "integers");
    if (low->ndim || high->ndim)
        return integers_between(low, high, draw, err);
    from = scalar_to_int(tensor_item(low));
    if (!last_of(tensor_item(high), draw, from, &last, err) ||
        !check_bounds(from, last, draw, err))
        return NULL;
    return rng_integers(random_source, from, last, draw->dtype, draw->ndim,
                        draw->shape, err);
}

/* What int() takes. */
static bool is_one_number(const struct arg *number, struct error *err)
{
    if (number->tensor->ndim > 0 && !number->array)
        return error_set(err, ERROR_TYPE,
                         "int() argument must be a string, a bytes-like object "
                         "or a real number, not 'list'");
    return number->tensor->size == 1 ||
           error_set(err, ERROR_TYPE,
                     "only size-1 arrays can be converted to Python scalars");
}

/* randint(high) is randint(0, high). */
/* int() of an array of one element, which counts as a number; owned. */
static struct tensor *as_number(struct tensor *t, struct error *err)
{
    if (t->size != 1)
        return tensor_ref(t);
    return tensor_from_scalar(
        scalar_from_int(scalar_to_int(tensor_item_at(t, 0))), err);
}

static bool randint_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    bool closed = !strcmp(op->name, "random_integers");
    const struct arg *size = &args[2];
    struct integer_draw draw = {.dtype = closed ? DTYPE_INT64 : args[3].dtype,
                                .legacy = true,
                                .endpoint = closed,
                                .ndim = size->given ? size->dims.count : 0,
                                .shape =
                                    size->given ? size->dims.values : NULL};
    const struct arg *high = &args[args[1].given ? 1 : 0];
    if (closed && !is_one_number(high, err))
        return false;
    struct tensor *zero =
        args[1].given ? tensor_ref(args[0].tensor)
                      : tensor_from_scalar(scalar_from_int(closed), err);
    if (!zero)
        return false;
    struct tensor *last = closed ? as_number(high->tensor, err)
                                 : tensor_ref(high->tensor);
    struct tensor *drawn =
        last ? random_integers(zero, last, &draw, err) : NULL;
    tensor_unref(zero);
    tensor_unref(last);
    return random_return(ret, drawn, size);
}

/* ------------------------------------------------------------------- order */

struct tensor *random_rows(struct tensor *a, int axis, struct error *err)
{
    struct tensor *order = rng_permutation(random_source, a->shape[axis], err);
    struct tensor *result = order ? tensor_take(a, order, axis, err) : NULL;
    tensor_unref(order);
    return result;
}

static bool shuffle_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    (void)op;
    return tape_may_write(args[0].tensor, err) &&
           rng_shuffle(random_source, args[0].tensor, err) &&
           op_return_none(ret);
}

static bool permutation_forward(const struct op *op, const struct arg *args,
                                struct op_result *ret, struct error *err)
{
    struct tensor *x = args[0].tensor;

    (void)op;
    if (x->ndim == 0 && (args[0].array || dtype_is_float(x->dtype)))
        return error_set(err, ERROR_INDEX,
                         "x must be an integer or at least 1-dimensional");
    int64_t count = x->ndim ? 0 : scalar_to_int(tensor_item(x));
    if (x->ndim == 0)
        return op_return_array(
            ret, rng_permutation(random_source, count > 0 ? count : 0, err));
    return op_return_array(ret, random_rows(x, 0, err));
}

/* -------------------------------------------------------------------- seed */

uint32_t *random_seed_words(struct tensor *seed, int *ret_count,
                            struct error *err)
{
    if (dtype_is_float(seed->dtype))
        return error_null(err, ERROR_TYPE,
                          "Cannot cast array from dtype('%s') to "
                          "dtype('int64') according to the rule 'safe'",
                          dtype_name(seed->dtype));
    if (seed->size == 0)
        return error_null(err, ERROR_VALUE, "Seed must be non-empty");
    size_t count = 0;
    uint32_t *words = xcalloc((size_t)seed->size, 2 * sizeof *words);
    for (int64_t i = 0; i < seed->size; i++) {
        int64_t number = scalar_to_int(tensor_item_at(seed, i));
        if (number < 0) {
            free(words);
            return error_null(err, ERROR_VALUE,
                              "expected non-negative integer");
        }
        words[count++] = (uint32_t)number;
        if (number > UINT32_MAX)
            words[count++] = (uint32_t)(number >> 32);
    }
    *ret_count = (int)count;
    return words;
}

bool random_seed_legacy(struct rng *rng, struct tensor *seed, struct error *err)
{
    for (int64_t i = 0; i < seed->size; i++) {
        int64_t number = scalar_to_int(tensor_item_at(seed, i));
        if (!dtype_is_float(seed->dtype) && (number < 0 || number > UINT32_MAX))
            return error_set(err, ERROR_VALUE,
                             seed->ndim
                                 ? "Seed values must be between 0 and 2**32 "
                                   "- 1"
                                 : "Seed must be between 0 and 2**32 - 1");
    }
    int count;
    uint32_t *words = random_seed_words(seed, &count, err);
    if (!words)
        return false;
    if (seed->ndim == 0)
        rng_seed(rng, words[0]);
    else
        rng_seed_array(rng, words, count);
    free(words);
    return true;
}

static bool seed_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    if (!args[0].given)
        rng_seed_from_system(random_source);
    else if (!random_seed_legacy(random_source, args[0].tensor, err))
        return false;
    return op_return_none(ret);
}

static bool choice_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    (void)op;
    return random_choice(args, 0, true, ret, err);
}

static const struct param seed_params[] = {{"seed", PARAM_TENSOR, 0, "None"},
                                           {NULL, 0, 0, NULL}};
static const struct param spread_params[] = {
    {"d0", PARAM_DIMS, PARAM_STAR, "None"}, {NULL, 0, 0, NULL}};
static const struct param size_params[] = {{"size", PARAM_DIMS, 0, "None"},
                                           {NULL, 0, 0, NULL}};
static const struct param randint_params[] = {
    {"low", PARAM_TENSOR, 0, NULL},
    {"high", PARAM_TENSOR, 0, "None"},
    {"size", PARAM_DIMS, 0, "None"},
    {"dtype", PARAM_DTYPE, 0, "int64"},
    {NULL, 0, 0, NULL}};
static const struct param random_integers_params[] = {
    {"low", PARAM_TENSOR, 0, NULL},
    {"high", PARAM_TENSOR, 0, "None"},
    {"size", PARAM_DIMS, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param x_params[] = {{"x", PARAM_TENSOR, 0, NULL},
                                        {NULL, 0, 0, NULL}};
static const struct param choice_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                             {"size", PARAM_DIMS, 0, "None"},
                                             {"replace", PARAM_BOOL, 0, "True"},
                                             {"p", PARAM_TENSOR, 0, "None"},
                                             {NULL, 0, 0, NULL}};

const struct op random_ops[] = {
    {"seed", NULL, "np.random", OP_FUNCTION, seed_params, seed_forward, NULL,
     NULL,
     "Starts the random numbers anew; the same seed gives the same numbers",
     NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.rand()\n"
     "0.5488135039273248",
     "rand default_rng"},
    {"rand", NULL, "np.random", OP_FUNCTION, spread_params, standard_forward,
     NULL, NULL, "Random numbers from 0 to 1, evenly spread", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.rand(2)\n"
     "array([0.5488135 , 0.71518937])",
     "randn uniform random"},
    {"randn", NULL, "np.random", OP_FUNCTION, spread_params, standard_forward,
     NULL, NULL,
     "Random numbers of the normal distribution, mean 0, deviation 1", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.randn(2)\n"
     "array([1.76405235, 0.40015721])",
     "normal rand"},
    {"random", "random_sample ranf sample", "np.random", OP_FUNCTION,
     size_params, standard_forward, NULL, NULL,
     "Random numbers from 0 to 1; the shape is one argument", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.random((1, 2))\n"
     "array([[0.5488135 , 0.71518937]])",
     "rand"},
    {"standard_normal", NULL, "np.random", OP_FUNCTION, size_params,
     standard_forward, NULL, NULL,
     "Random numbers of the normal distribution; the shape is one argument",
     NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.standard_normal(2)\n"
     "array([1.76405235, 0.40015721])",
     "randn"},
    {"randint", NULL, "np.random", OP_FUNCTION, randint_params, randint_forward,
     NULL, NULL, "Random whole numbers from low up to but not including high",
     NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.randint(10, size=3)\n"
     "array([5, 0, 3])",
     "choice"},
    {"random_integers", NULL, "np.random", OP_FUNCTION, random_integers_params,
     randint_forward, NULL, NULL,
     "Random whole numbers from low to high; randint is the newer name", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.random_integers(1, 6, 3)\n"
     "array([5, 6, 1])",
     "randint"},
    {"permutation", NULL, "np.random", OP_FUNCTION, x_params,
     permutation_forward, NULL, NULL,
     "The numbers 0 … n-1, or the rows of an array, in random order", NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.permutation(5)\n"
     "array([2, 0, 1, 3, 4])",
     "shuffle"},
    {"shuffle", NULL, "np.random", OP_FUNCTION, x_params, shuffle_forward, NULL,
     NULL, "Puts the rows of an array in random order, in place", NULL,
     ">>> np.random.seed(0)\n"
     ">>> x = np.arange(5)\n"
     ">>> np.random.shuffle(x)\n"
     ">>> x\n"
     "array([2, 0, 1, 3, 4])",
     "permutation"},
    {"choice", NULL, "np.random", OP_FUNCTION, choice_params, choice_forward,
     NULL, NULL, "Elements drawn at random, with or without taking one twice",
     NULL,
     ">>> np.random.seed(0)\n"
     ">>> np.random.choice([10, 20, 30], 2)\n"
     "array([10, 20])",
     "randint permutation"},
    {.name = NULL},
};
