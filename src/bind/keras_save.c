/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model.save_weights() and model.load_weights(): an NPZ archive with an array
 * for each weight, by the names that numpy.load() shows: "dense/kernel".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/path.h"
#include "bind/keras_internal.h"
#include "bind/variable_object.h"
#include "bind/warnings.h"
#include "data/npz.h"

const struct param keras_file_params[] = {
    {"filepath", PARAM_STRING, 0, NULL},
    {"overwrite", PARAM_BOOL, 0, "True"},
    {NULL, PARAM_ANY, 0, NULL},
};

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

/* ------------------------------------------------------------ Keras's files */

static bool of_keras(const char *path, struct error *err)
{
    error_set(err, ERROR_VALUE,
              "%s was written by Keras, in HDF5; tensor reads NPZ archives",
              path);
    error_hint(err, _("in Keras: np.savez('w.npz', *model.get_weights()); "
                      "here: model.load_weights('w.npz')"));
    return false;
}

static bool is_hdf5(const char *path)
{
    static const char signature[] = "\x89HDF\r\n\x1a\n";
    char start[sizeof signature] = {0};
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    size_t count = fread(start, 1, sizeof signature - 1, file);
    fclose(file);
    return count == sizeof signature - 1 && !strcmp(start, signature);
}

struct npz *keras_open_archive(const char *path, struct error *err)
{
    if (is_hdf5(path)) {
        of_keras(path, err);
        return NULL;
    }
    struct npz *npz = npz_open(path, err);
    for (int i = 0; npz && i < npz_count(npz); i++)
        if (!strcmp(npz_name(npz, i), "model.weights.h5")) {
            of_keras(path, err);
            npz_close(npz);
            return NULL;
        }
    return npz;
}

void keras_warn_of_name(const char *path)
{
    size_t length = strlen(path);
    if (length < 3 || strcmp(path + length - 3, ".h5") != 0)
        return;
    char *text = xasprintf(_("UserWarning: %s is written as an NPZ archive, "
                             "which numpy.load() reads, not as HDF5"),
                           path);
    warn(text);
    free(text);
}

/* ----------------------------------------------------------------- writing */

/* Names of an archive differ: "Variable", "Variable_1"; owned. */
static char *name_of(struct variable *const *weights, int index)
{
    int before = 0;
    for (int i = 0; i < index; i++)
        before += !strcmp(weights[i]->name, weights[index]->name);
    return before ? xasprintf("%s_%d", weights[index]->name, before)
                  : xstrdup(weights[index]->name);
}

static bool write_weights(const char *path, int count,
                          struct variable *const *weights, struct error *err)
{
    char **names = xcalloc((size_t)count + 1, sizeof *names);
    struct tensor **tensors = xcalloc((size_t)count + 1, sizeof *tensors);
    for (int i = 0; i < count; i++) {
        names[i] = name_of(weights, i);
        tensors[i] = weights[i]->tensor;
    }
    keras_warn_of_name(path);
    bool ok =
        npz_write(path, count, (const char *const *)names, tensors, false, err);
    for (int i = 0; i < count; i++)
        free(names[i]);
    free(names);
    free(tensors);
    return ok;
}

/* ----------------------------------------------------------------- reading */

static bool wrong_count(const char *path, int found, const char *owner,
                        int wanted, struct error *err)
{
    return error_set(err, ERROR_VALUE,
                     "Weight count mismatch: %s has %d weights, the model %s "
                     "has %d",
                     path, found, owner, wanted);
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
static bool read_weights(const char *path, const char *owner, int count,
                         struct variable *const *weights, struct error *err)
{
    struct npz *npz = keras_open_archive(path, err);
    if (!npz)
        return false;
    struct tensor **arrays = xcalloc((size_t)count + 1, sizeof *arrays);
    bool ok = weights_in(npz) == count
                  ? read_all(npz, path, count, weights, arrays, err)
                  : wrong_count(path, weights_in(npz), owner, count, err);
    for (int i = 0; ok && i < count; i++)
        ok = variable_assign(weights[i], arrays[i], err);
    for (int i = 0; i < count; i++)
        tensor_unref(arrays[i]);
    free(arrays);
    npz_close(npz);
    return ok;
}

/* ----------------------------------------------------------------- methods */

static bool not_built(const struct model *model, struct error *err)
{
    error_set(err, ERROR_VALUE,
              "Weights for model %s have not yet been created. Weights are "
              "created when the Model is first called on inputs or `build()` "
              "is called with an `input_shape`.",
              model->name);
    return false;
}

/* The weights of a built model are written to a file, or READ from one. */
static bool with_file(const struct native *native, const struct call_args *args,
                      bool read, struct error *err)
{
    struct value self, slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    const struct model *model = keras_model_get(self);
    if (!model->built)
        return not_built(model, err);
    char *path = path_given(slots[0], err);
    if (!path)
        return false;
    int count = model_weight_count(model);
    struct variable **weights = xcalloc((size_t)count + 1, sizeof *weights);
    model_weights(model, weights);
    bool ok = read ? read_weights(path, model->name, count, weights, err)
                   : write_weights(path, count, weights, err);
    free(weights);
    free(path);
    return ok;
}

bool keras_model_save_weights(struct interp *interp,
                              const struct native *native,
                              const struct call_args *args, struct value *ret,
                              struct error *err)
{
    (void)interp;
    *ret = value_none();
    return with_file(native, args, false, err);
}

bool keras_model_load_weights(struct interp *interp,
                              const struct native *native,
                              const struct call_args *args, struct value *ret,
                              struct error *err)
{
    (void)interp;
    *ret = value_none();
    return with_file(native, args, true, err);
}

/* -------------------------------------------- for models of one's own class */

/* The variables that VALUES are; ITEMS hold them. */
static bool collect_weights(struct interp *interp, struct value values,
                            size_t *count, struct value **items,
                            struct variable ***weights, struct error *err)
{
    if (!interp_collect(interp, values, count, items, err))
        return false;
    *weights = xcalloc(*count + 1, sizeof **weights);
    for (size_t i = 0; i < *count; i++)
        (*weights)[i] = variable_get((*items)[i]);
    return true;
}

static bool call_with_file(struct interp *interp, const struct native *native,
                           const struct call_args *args, struct value *ret,
                           struct error *err)
{
    struct value slots[KERAS_MAX_PARAMS], *items;
    struct variable **weights;
    size_t count;
    *ret = value_none();
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    char *path = path_given(slots[0], err);
    if (!path ||
        !collect_weights(interp, slots[1], &count, &items, &weights, err)) {
        free(path);
        return false;
    }
    bool ok = slots[2].kind == VALUE_STRING
                  ? read_weights(path, slots[2].string->text, (int)count,
                                 weights, err)
                  : write_weights(path, (int)count, weights, err);
    for (size_t i = 0; i < count; i++)
        value_unref(items[i]);
    free(items);
    free(weights);
    free(path);
    return ok;
}

static const struct param write_params[] = {
    {"filepath", PARAM_STRING, 0, NULL},
    {"weights", PARAM_ANY, 0, NULL},
    {"owner", PARAM_ANY, 0, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

/* For library/keras_layers.py; the owner's name tells that it reads. */
const struct keras_function keras_weight_file_functions[] = {
    {"write_weights", call_with_file, write_params, NULL},
    {"read_weights", call_with_file, write_params, NULL},
    {NULL, NULL, NULL, NULL},
};
