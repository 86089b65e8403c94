/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keras.datasets and keras.utils. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "bind/keras_internal.h"
#include "data/dataset.h"

/* ((train_images, train_labels), (test_images, test_labels)) */
static struct value pairs(struct tensor *const *parts)
{
    struct value halves[2];
    for (int i = 0; i < 2; i++) {
        struct value pair[2] = {value_tensor_take(parts[2 * i]),
                                value_tensor_take(parts[2 * i + 1])};
        halves[i] = value_tuple_take(2, pair);
    }
    return value_tuple_take(2, halves);
}

static bool load_data(struct interp *interp, const struct native *native,
                      const struct call_args *args, struct value *ret,
                      struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    struct tensor *parts[DATASET_PARTS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    const struct dataset *dataset = native->data;
    if (!dataset_load(dataset, parts, err))
        return false;
    *ret = pairs(parts);
    return true;
}

static const struct param load_params[] = {
    {"path", PARAM_STRING, 0, "None"}, /* Keras's cache; not used here */
    {NULL, PARAM_ANY, 0, NULL},
};

void keras_add_dataset(struct value module, const char *name)
{
    for (const struct dataset *row = datasets; row->name; row++) {
        if (strcmp(row->name, name) != 0)
            continue;
        struct value function = value_native(
            "load_data", load_data, load_params, row,
            N_("((train_images, train_labels), (test_images, test_labels))"));
        module_set(module.module, "load_data", function);
        value_unref(function);
    }
}

/* The book's other data sets are not here, which is said when they are read. */
static bool load_missing(struct interp *interp, const struct native *native,
                         const struct call_args *args, struct value *ret,
                         struct error *err)
{
    (void)interp, (void)args, (void)ret;
    const char *name = native->data;
    error_set(err, ERROR_FILE_NOT_FOUND,
              "the data set %s is not part of tensor, and nothing is fetched "
              "from the network",
              name);
    error_hint(err, _("keras.datasets.mnist and fashion_mnist are there; "
                      "np.load() and np.loadtxt() read files of yours"));
    return false;
}

void keras_add_missing_dataset(struct value module)
{
    const char *name = strrchr(module_name(module.module), '.') + 1;
    struct value function = value_native(
        "load_data", load_missing, load_params, name,
        N_("one of the book's data sets, which is not part of tensor"));
    module_set(module.module, "load_data", function);
    value_unref(function);
}

/* -------------------------------------------------------- to_categorical */

static bool label_range(const struct tensor *labels, int64_t *classes,
                        struct error *err)
{
    const int64_t *label = (const int64_t *)(const void *)labels->data;
    int64_t largest = -1;
    for (int64_t i = 0; i < labels->size; i++) {
        if (label[i] < 0)
            return error_set(err, ERROR_VALUE,
                             "labels must not be negative, got %" PRId64,
                             label[i]);
        largest = label[i] > largest ? label[i] : largest;
    }
    if (*classes < 0)
        *classes = largest == INT64_MAX ? largest : largest + 1;
    if (largest < *classes)
        return true;
    return error_set(err, ERROR_INDEX,
                     "index %" PRId64 " is out of bounds for axis 1 with "
                     "size %" PRId64,
                     largest, *classes);
}

/* As Keras: an axis of length 1 at the end is dropped, one of length CLASSES
   is added. */
static struct tensor *one_hot(const struct tensor *labels, int64_t classes,
                              struct error *err)
{
    int ndim = labels->ndim;
    int64_t shape[TENSOR_MAX_DIMS + 1];
    if (ndim > 1 && labels->shape[ndim - 1] == 1)
        ndim--;
    memcpy(shape, labels->shape, (size_t)ndim * sizeof *shape);
    shape[ndim] = classes;
    struct tensor *ret = tensor_zeros(DTYPE_FLOAT32, ndim + 1, shape, err);
    if (!ret)
        return NULL;
    const int64_t *label = (const int64_t *)(const void *)labels->data;
    float *row = (float *)(void *)ret->data;
    for (int64_t i = 0; i < labels->size; i++, row += classes)
        row[label[i]] = 1.0f;
    return ret;
}

static bool to_categorical(struct interp *interp, const struct native *native,
                           const struct call_args *args, struct value *ret,
                           struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    int64_t classes = -1;
    if (!keras_bind(native, args, NULL, slots, err) ||
        !keras_int(slots[1], "num_classes", &classes, err))
        return false;
    struct tensor *given = value_to_tensor(slots[0], DTYPE_COUNT, err);
    if (!given)
        return false;
    struct tensor *labels = tensor_contiguous(given, DTYPE_INT64, err);
    tensor_unref(given);
    if (!labels)
        return false;
    struct tensor *result = label_range(labels, &classes, err)
                                ? one_hot(labels, classes, err)
                                : NULL;
    tensor_unref(labels);
    if (result)
        *ret = value_tensor_take(result);
    return result != NULL;
}

static const struct param categorical_params[] = {
    {"y", PARAM_ANY, 0, NULL},
    {"num_classes", PARAM_INT, 0, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

/* ------------------------------------------------------------- normalize */

/* Rows of length 1 along the last axis. */
static bool normalize(struct interp *interp, const struct native *native,
                      const struct call_args *args, struct value *ret,
                      struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    struct tensor *x = value_to_tensor(slots[0], DTYPE_COUNT, err);
    struct tensor *flat = x ? tensor_contiguous(x, DTYPE_FLOAT64, err) : NULL;
    struct tensor *result = flat ? tensor_copy(flat, err) : NULL;
    tensor_unref(flat);
    tensor_unref(x);
    if (!result)
        return false;
    int64_t columns = result->ndim ? result->shape[result->ndim - 1] : 1;
    double *row = (double *)(void *)result->data;
    for (int64_t i = 0; columns && i < result->size;
         i += columns, row += columns) {
        double squares = 0.0;
        for (int64_t k = 0; k < columns; k++)
            squares += row[k] * row[k];
        for (int64_t k = 0; squares > 0.0 && k < columns; k++)
            row[k] /= sqrt(squares);
    }
    *ret = value_tensor_take(result);
    return true;
}

static const struct param normalize_params[] = {
    {"x", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};

/* np.random.seed(seed), random.seed(seed) and tf's, in one. */
static bool set_random_seed(struct interp *interp, const struct native *native,
                            const struct call_args *args, struct value *ret,
                            struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    int64_t seed = 0;
    if (!keras_bind(native, args, NULL, slots, err) ||
        !keras_int(slots[0], "seed", &seed, err))
        return false;
    if (seed < 0 || seed > UINT32_MAX)
        return error_set(err, ERROR_VALUE,
                         "Seed must be between 0 and 2**32 - 1");
    rng_seed(&session_rng, (uint32_t)seed);
    *ret = value_none();
    return true;
}

static const struct param seed_params[] = {
    {"seed", PARAM_INT, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};

const struct keras_function keras_utility_functions[] = {
    {"to_categorical", to_categorical, categorical_params,
     N_("class numbers as rows of 0 with one 1")},
    {"normalize", normalize, normalize_params,
     N_("rows divided by their lengths")},
    {"set_random_seed", set_random_seed, seed_params,
     N_("seeds weights, shuffling and np.random")},
    {NULL, NULL, NULL, NULL},
};

/* --------------------------------------------------------------- backend */

/* Names are counted from the start again. */
static bool clear_session(struct interp *interp, const struct native *native,
                          const struct call_args *args, struct value *ret,
                          struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    keras_reset_names();
    *ret = value_none();
    return true;
}


const struct keras_function keras_backend_functions[] = {
    {"clear_session", clear_session, keras_no_params,
     N_("counts the names of layers and models from the start")},
    {NULL, NULL, NULL, NULL},
};
