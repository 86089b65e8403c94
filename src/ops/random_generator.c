/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The methods of np.random.default_rng's generators that np.random has
   otherwise, or not at all. */
#include <string.h>

#include "autograd/tape.h"
#include "ops/families.h"
#include "ops/random.h"
#include "tensor/ziggurat.h"

/* ------------------------------------------------------------ real numbers */

struct standard {
    const char *name;
    double (*draw)(struct rng *rng);
    float (*draw_float)(struct rng *rng);
};

static const struct standard standards[] = {
    {"random", rng_double, rng_float},
    {"standard_normal", ziggurat_normal, ziggurat_normal_float},
    {"standard_exponential", ziggurat_exponential, ziggurat_exponential_float},
};

static void fill(const struct standard *standard, struct tensor *drawn)
{
    for (int64_t i = 0; i < drawn->size; i++) {
        if (drawn->dtype == DTYPE_FLOAT64)
            ((double *)drawn->data)[i] = standard->draw(random_source);
        else
            ((float *)drawn->data)[i] = standard->draw_float(random_source);
    }
}

static bool standard_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    const struct standard *standard = standards;
    const struct arg *size = &args[0];

    while (strcmp(standard->name, op->name) != 0)
        standard++;
    if (!dtype_is_float(args[1].dtype))
        return error_set(err, ERROR_TYPE,
                         "Unsupported dtype dtype('%s') for %s",
                         dtype_name(args[1].dtype), op->name);
    struct tensor *drawn =
        tensor_new(args[1].dtype, size->given ? size->dims.count : 0,
                   size->given ? size->dims.values : NULL, err);
    if (drawn)
        fill(standard, drawn);
    return random_return(ret, drawn, size);
}

/* ----------------------------------------------------------- whole numbers */

static bool integers_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    const struct arg *size = &args[2];
    struct integer_draw draw = {.dtype = args[3].dtype,
                                .endpoint = args[4].flag,
                                .ndim = size->given ? size->dims.count : 0,
                                .shape =
                                    size->given ? size->dims.values : NULL};
    struct tensor *zero = args[1].given
                              ? tensor_ref(args[0].tensor)
                              : tensor_from_scalar(scalar_from_int(0), err);

    (void)op;
    if (!zero)
        return false;
    struct tensor *drawn = random_integers(
        zero, args[1].given ? args[1].tensor : args[0].tensor, &draw, err);
    tensor_unref(zero);
    return size->given ? op_return_array(ret, drawn)
                       : op_return_tensor(ret, drawn);
}

/* ------------------------------------------------------------------- order */

static struct tensor *axis_first(struct tensor *x, int axis, struct error *err)
{
    int64_t axes[TENSOR_MAX_DIMS];

    for (int i = 0; i < x->ndim; i++)
        axes[i] = i;
    axes[0] = axis;
    axes[axis] = 0;
    return tensor_transpose(x, axes, err);
}

static bool shuffle_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct tensor *x = args[0].tensor;
    int axis;

    (void)op;
    if (!tape_may_write(x, err))
        return false;
    if (x->ndim == 0)
        return rng_shuffle(random_source, x, err);
    if (!tensor_normalize_axis(args[1].integer, x->ndim, &axis, err))
        return false;
    struct tensor *view = axis_first(x, axis, err);
    bool done = view && rng_shuffle(random_source, view, err);
    tensor_unref(view);
    return done && op_return_none(ret);
}

static bool permutation_forward(const struct op *op, const struct arg *args,
                                struct op_result *ret, struct error *err)
{
    struct tensor *x = args[0].tensor;
    int axis;

    (void)op;
    if (x->ndim == 0)
        return op_return_array(
            ret,
            rng_permutation(random_source, scalar_to_int(tensor_item(x)), err));
    if (!tensor_normalize_axis(args[1].integer, x->ndim, &axis, err))
        return false;
    return op_return_array(ret, random_rows(x, axis, err));
}

/* The next index along all axes but AXIS; false after the last one. */
static bool next_line(const struct tensor *x, int axis, int64_t *index)
{
    for (int i = x->ndim - 1; i >= 0; i--) {
        if (i == axis)
            continue;
        if (++index[i] < x->shape[i])
            return true;
        index[i] = 0;
    }
    return false;
}

/* Each line along AXIS alone. */
static bool shuffle_lines(struct tensor *x, int axis, struct error *err)
{
    int64_t index[TENSOR_MAX_DIMS] = {0};
    bool done = true;

    if (x->size == 0)
        return true;
    do {
        char *data = x->data;
        for (int i = 0; i < x->ndim; i++)
            data += index[i] * x->strides[i];
        struct tensor *line =
            tensor_view(x, 1, &x->shape[axis], &x->strides[axis], data);
        done = rng_shuffle(random_source, line, err);
        tensor_unref(line);
    } while (done && next_line(x, axis, index));
    return done;
}

static bool permuted_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct tensor *copy = tensor_copy(args[0].tensor, err);
    struct tensor *view = NULL;
    bool done = false;
    int axis;

    (void)op;
    if (!copy)
        return false;
    if (!args[1].given) {
        int64_t size = copy->size;
        view = tensor_reshape(copy, 1, &size, 'C', err);
        done = view && rng_shuffle(random_source, view, err);
    } else if (tensor_normalize_axis(args[1].integer, copy->ndim, &axis, err)) {
        done = shuffle_lines(copy, axis, err);
    }
    tensor_unref(view);
    if (done)
        return op_return_array(ret, copy);
    tensor_unref(copy);
    return false;
}

static bool choice_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    int axis = 0;

    (void)op;
    if (args[0].tensor->ndim &&
        !tensor_normalize_axis(args[4].integer, args[0].tensor->ndim, &axis,
                               err))
        return false;
    return random_choice(args, axis, args[5].flag, ret, err);
}

static const struct param random_params[] = {
    {"size", PARAM_DIMS, 0, "None"},
    {"dtype", PARAM_DTYPE, 0, "float64"},
    {NULL, 0, 0, NULL}};
static const struct param integers_params[] = {
    {"low", PARAM_TENSOR, 0, NULL},       {"high", PARAM_TENSOR, 0, "None"},
    {"size", PARAM_DIMS, 0, "None"},      {"dtype", PARAM_DTYPE, 0, "int64"},
    {"endpoint", PARAM_BOOL, 0, "False"}, {NULL, 0, 0, NULL}};
static const struct param axis_params[] = {{"x", PARAM_TENSOR, 0, NULL},
                                           {"axis", PARAM_INT, 0, "0"},
                                           {NULL, 0, 0, NULL}};
static const struct param permuted_params[] = {{"x", PARAM_TENSOR, 0, NULL},
                                               {"axis", PARAM_INT, 0, "None"},
                                               {NULL, 0, 0, NULL}};
static const struct param choice_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                             {"size", PARAM_DIMS, 0, "None"},
                                             {"replace", PARAM_BOOL, 0, "True"},
                                             {"p", PARAM_TENSOR, 0, "None"},
                                             {"axis", PARAM_INT, 0, "0"},
                                             {"shuffle", PARAM_BOOL, 0, "True"},
                                             {NULL, 0, 0, NULL}};

const struct op generator_ops[] = {
    {"random", NULL, "rng", OP_GENERATOR, random_params, standard_forward, NULL,
     NULL, "Random numbers from 0 to 1, evenly spread", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.random(2)\n"
     "array([0.63696169, 0.26978671])",
     "uniform integers"},
    {"integers", NULL, "rng", OP_GENERATOR, integers_params, integers_forward,
     NULL, NULL, "Random whole numbers from low up to but not including high",
     NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.integers(10, size=3)\n"
     "array([8, 6, 5])\n"
     ">>> rng.integers(1, 6, 3, endpoint=True)\n"
     "array([2, 2, 1])",
     "choice random"},
    {"standard_normal", NULL, "rng", OP_GENERATOR, random_params,
     standard_forward, NULL, NULL,
     "Random numbers of the normal distribution, mean 0, deviation 1", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.standard_normal(2)\n"
     "array([ 0.12573022, -0.13210486])",
     "normal"},
    {"standard_exponential", NULL, "rng", OP_GENERATOR, random_params,
     standard_forward, NULL, NULL,
     "Waiting times between events that come at random, with mean 1", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.standard_exponential(2)\n"
     "array([0.6799319, 1.0195971])",
     "exponential"},
    {"permutation", NULL, "rng", OP_GENERATOR, axis_params, permutation_forward,
     NULL, NULL,
     "The numbers 0 … n-1, or the rows of an array, in random order", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.permutation(5)\n"
     "array([2, 4, 3, 0, 1])",
     "shuffle permuted"},
    {"permuted", NULL, "rng", OP_GENERATOR, permuted_params, permuted_forward,
     NULL, NULL,
     "A copy with all elements, or those of each row alone, in random order",
     NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.permuted([[0, 1, 2], [3, 4, 5]], axis=1)\n"
     "array([[2, 0, 1],\n"
     "       [5, 4, 3]])",
     "permutation"},
    {"shuffle", NULL, "rng", OP_GENERATOR, axis_params, shuffle_forward, NULL,
     NULL, "Puts the rows of an array in random order, in place", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> x = np.arange(5)\n"
     ">>> rng.shuffle(x)\n"
     ">>> x\n"
     "array([2, 4, 3, 0, 1])",
     "permutation"},
    {"choice", NULL, "rng", OP_GENERATOR, choice_params, choice_forward, NULL,
     NULL, "Elements drawn at random, with or without taking one twice", NULL,
     ">>> rng = np.random.default_rng(0)\n"
     ">>> rng.choice([10, 20, 30], 2)\n"
     "array([30, 20])\n"
     ">>> rng.choice(6, 3, replace=False)\n"
     "array([1, 5, 2])",
     "integers permutation"},
    {.name = NULL},
};
