/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keras.datasets and keras.utils. */
#include <inttypes.h>
#include <string.h>

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
    const struct dataset *dataset = dataset_find(native->data, err);
    if (!dataset || !dataset_load(dataset, parts, err))
        return false;
    *ret = pairs(parts);
    return true;
}

static const struct param load_params[] = {
    {"path", PARAM_STRING, 0, "None"}, /* Keras's cache; not used here */
    {NULL, PARAM_ANY, 0, NULL},
};

void keras_add_dataset(struct value module, const char *spelling)
{
    const char *name =
        !strcmp(spelling, "fashion_mnist") ? "fashion" : spelling;
    struct value load = value_native(
        "load_data", load_data, load_params, name,
        "((train_images, train_labels), (test_images, test_labels))");
    module_set(module.module, "load_data", load);
    value_unref(load);
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

const struct keras_function keras_utility_functions[] = {
    {"to_categorical", to_categorical, categorical_params,
     "class numbers as rows of 0 with one 1"},
    {NULL, NULL, NULL, NULL},
};
