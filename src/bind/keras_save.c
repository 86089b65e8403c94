/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model.save_weights() and model.load_weights(): an NPZ archive with an array
 * for each weight, by the names that numpy.load() shows: "dense/kernel".
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/path.h"
#include "bind/keras_internal.h"
#include "data/npz.h"

const struct param keras_file_params[] = {
    {"filepath", PARAM_STRING, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};

/* The model's weights in order, to be freed. */
static struct variable **weights_of(const struct model *model, int *count)
{
    *count = model_weight_count(model);
    struct variable **weights = xcalloc((size_t)*count + 1, sizeof *weights);
    model_weights(model, weights);
    return weights;
}

/* Owned; NULL with an error. */
static char *path_given(struct value value, struct error *err)
{
    const char *path = NULL;
    if (!keras_string(value, "filepath", &path, err))
        return NULL;
    if (!path)
        return error_null(err, ERROR_TYPE, "filepath must be a string");
    return path_expand(path);
}

static bool not_built(const struct model *model, struct error *err)
{
    error_set(err, ERROR_VALUE,
              "Weights for model %s have not yet been created. Weights are "
              "created when the Model is first called on inputs or `build()` "
              "is called with an `input_shape`.",
              model->name);
    return false;
}

bool keras_model_save_weights(struct interp *interp,
                              const struct native *native,
                              const struct call_args *args, struct value *ret,
                              struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    const struct model *model = keras_model_get(self);
    if (!model->built)
        return not_built(model, err);
    char *path = path_given(slots[0], err);
    if (!path)
        return false;
    int count;
    struct variable **weights = weights_of(model, &count);
    const char **names = xcalloc((size_t)count + 1, sizeof *names);
    struct tensor **tensors = xcalloc((size_t)count + 1, sizeof *tensors);
    for (int i = 0; i < count; i++) {
        names[i] = weights[i]->name;
        tensors[i] = weights[i]->tensor;
    }
    bool ok = npz_write(path, count, names, tensors, false, err);
    free(names);
    free(tensors);
    free(weights);
    free(path);
    *ret = value_none();
    return ok;
}

static bool wrong_count(const char *path, int found, const struct model *model,
                        int wanted, struct error *err)
{
    return error_set(err, ERROR_VALUE,
                     "Weight count mismatch: %s has %d weights, the model %s "
                     "has %d",
                     path, found, model->name, wanted);
}

static bool wrong_shape(const char *path, const char *name,
                        const struct tensor *found,
                        const struct variable *weight, struct error *err)
{
    struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
    shape_format(&a, weight->tensor->ndim, weight->tensor->shape);
    shape_format(&b, found->ndim, found->shape);
    error_set(err, ERROR_VALUE,
              "%s: '%s' has shape %s, the weight %s has shape %s", path, name,
              b.text, weight->name, a.text);
    strbuf_done(&a);
    strbuf_done(&b);
    return false;
}

/* A whole model's file holds more than weights. */
static bool is_weight(struct npz *npz, int index)
{
    const char *name = npz_name(npz, index);
    return strcmp(name, "config") != 0 && strncmp(name, "_optimizer/", 11) != 0;
}

static int weights_in(struct npz *npz)
{
    int count = 0;
    for (int i = 0; i < npz_count(npz); i++)
        count += is_weight(npz, i);
    return count;
}

/* All weights of the file, in order; each has its weight's shape. */
static bool read_all(struct npz *npz, const char *path, int count,
                     struct variable *const *weights, struct tensor **ret,
                     struct error *err)
{
    for (int i = 0, k = 0; i < count; i++, k++) {
        const struct tensor *like = weights[i]->tensor;
        while (!is_weight(npz, k))
            k++;
        ret[i] = npz_read(npz, k, err);
        if (!ret[i])
            return false;
        if (ret[i]->ndim != like->ndim ||
            memcmp(ret[i]->shape, like->shape,
                   (size_t)like->ndim * sizeof *like->shape) != 0)
            return wrong_shape(path, npz_name(npz, k), ret[i], weights[i], err);
    }
    return true;
}

/* Nothing changes unless all fits. */
static bool load(struct model *model, const char *path, struct error *err)
{
    struct npz *npz = npz_open(path, err);
    if (!npz)
        return false;
    int count;
    struct variable **weights = weights_of(model, &count);
    struct tensor **arrays = xcalloc((size_t)count + 1, sizeof *arrays);
    bool ok = weights_in(npz) == count
                  ? read_all(npz, path, count, weights, arrays, err)
                  : wrong_count(path, weights_in(npz), model, count, err);
    for (int i = 0; ok && i < count; i++)
        ok = variable_assign(weights[i], arrays[i], err);
    for (int i = 0; i < count; i++)
        tensor_unref(arrays[i]);
    free(arrays);
    free(weights);
    npz_close(npz);
    return ok;
}

bool keras_model_load_weights(struct interp *interp,
                              const struct native *native,
                              const struct call_args *args, struct value *ret,
                              struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    struct model *model = keras_model_get(self);
    if (!model->built)
        return not_built(model, err);
    char *path = path_given(slots[0], err);
    bool ok = path && load(model, path, err);
    free(path);
    *ret = value_none();
    return ok;
}
