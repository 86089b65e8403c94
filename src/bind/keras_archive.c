/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whole models in files.  What a file holds is said in
 * library/keras_saving.py; here is the archive that it is written with, and
 * what compile() was given.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/keras_internal.h"
#include "bind/library.h"
#include "data/npz.h"

/* ------------------------------------------------------------- the archive */

/* A dict's names and arrays. */
struct members {
    int count;
    const char **names;
    struct tensor **tensors;
};

static void members_done(struct members *members)
{
    for (int i = 0; i < members->count; i++)
        tensor_unref(members->tensors[i]);
    free(members->tensors);
    free(members->names);
}

static bool members_init(struct members *members, struct dict *dict,
                         struct error *err)
{
    size_t room = 0;
    struct value name, array;
    for (size_t i = 0; dict_next(dict, &i, &name, &array);)
        room++;
    *members = (struct members){0, xcalloc(room + 1, sizeof(char *)),
                                xcalloc(room + 1, sizeof(struct tensor *))};
    for (size_t i = 0; dict_next(dict, &i, &name, &array);) {
        struct tensor *tensor = value_to_tensor(array, DTYPE_COUNT, err);
        if (!tensor)
            return false;
        members->names[members->count] = name.string->text;
        members->tensors[members->count++] = tensor;
    }
    return true;
}

static bool write_archive(struct interp *interp, const struct native *native,
                          const struct call_args *args, struct value *ret,
                          struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    const char *path = NULL;
    if (!keras_bind(native, args, NULL, slots, err) ||
        !keras_string(slots[0], "filepath", &path, err))
        return false;
    struct members members;
    keras_warn_of_name(path);
    bool ok = members_init(&members, slots[1].dict, err) &&
              npz_write(path, members.count, members.names, members.tensors,
                        false, err);
    members_done(&members);
    *ret = value_none();
    return ok;
}

static bool read_members(struct npz *npz, struct value dict, struct error *err)
{
    for (int i = 0; i < npz_count(npz); i++) {
        struct tensor *tensor = npz_read(npz, i, err);
        if (!tensor)
            return false;
        struct value array = value_tensor_take(tensor);
        dict_set_string(dict.dict, npz_name(npz, i), array);
        value_unref(array);
    }
    return true;
}

static bool read_archive(struct interp *interp, const struct native *native,
                         const struct call_args *args, struct value *ret,
                         struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    const char *path = NULL;
    if (!keras_bind(native, args, NULL, slots, err) ||
        !keras_string(slots[0], "filepath", &path, err))
        return false;
    struct npz *npz = keras_open_archive(path, err);
    if (!npz)
        return false;
    struct value dict = value_dict();
    bool ok = read_members(npz, dict, err);
    npz_close(npz);
    if (ok)
        *ret = dict;
    else
        value_unref(dict);
    return ok;
}

/* optimizer_state(model): the number of steps and a list of copies of what it
   keeps. */
static bool optimizer_state(struct interp *interp, const struct native *native,
                            const struct call_args *args, struct value *ret,
                            struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    const struct model *model = keras_model_get(slots[0]);
    const struct optimizer *optimizer = model ? model->optimizer : NULL;
    int count = optimizer && optimizer->slots
                    ? optimizer->weights * optimizer->slot_count
                    : 0;
    struct value pair[2] = {value_int(optimizer ? optimizer->iterations : 0),
                            value_list(0, NULL)};
    bool ok = true;
    for (int i = 0; ok && i < count; i++) {
        struct tensor *copy = tensor_copy(optimizer->slots[i], err);
        ok = copy != NULL;
        if (!ok)
            break;
        struct value array = value_tensor_take(copy);
        list_append(pair[1].sequence, array);
        value_unref(array);
    }
    *ret = value_tuple_take(2, pair);
    if (!ok)
        value_unref(*ret);
    return ok;
}

static bool wrong_slots(const struct model *model, struct error *err)
{
    return error_set(err, ERROR_VALUE,
                     "what the optimizer keeps does not fit the model %s",
                     model->name);
}

static bool set_slot(const struct model *model, struct tensor *slot,
                     struct value array, struct error *err)
{
    struct tensor *given = value_to_tensor(array, DTYPE_COUNT, err);
    struct tensor *flat =
        given ? tensor_contiguous(given, DTYPE_FLOAT32, err) : NULL;
    bool fits = flat && flat->size == slot->size;
    if (fits)
        memcpy(slot->data, flat->data, (size_t)flat->size * sizeof(float));
    tensor_unref(given);
    tensor_unref(flat);
    return fits || (err->kind == ERROR_NONE && wrong_slots(model, err));
}

/* set_optimizer_state(model, iterations, arrays) */
static bool set_optimizer_state(struct interp *interp,
                                const struct native *native,
                                const struct call_args *args, struct value *ret,
                                struct error *err)
{
    struct value slots[KERAS_MAX_PARAMS], *items;
    int64_t iterations = 0;
    size_t count;
    *ret = value_none();
    if (!keras_bind(native, args, NULL, slots, err) ||
        !keras_int(slots[1], "iterations", &iterations, err))
        return false;
    struct model *model = keras_model_get(slots[0]);
    if (!model || !model->optimizer)
        return true;
    if (!interp_collect(interp, slots[2], &count, &items, err))
        return false;
    struct optimizer *optimizer = model->optimizer;
    bool ok = model_prepare_optimizer(model, err) &&
              ((size_t)(optimizer->weights * optimizer->slot_count) == count ||
               wrong_slots(model, err));
    for (size_t i = 0; i < count; i++) {
        ok = ok && set_slot(model, optimizer->slots[i], items[i], err);
        value_unref(items[i]);
    }
    free(items);
    optimizer->iterations = ok ? iterations : 0;
    return ok;
}

static const struct param state_params[] = {
    {"model", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};
static const struct param set_state_params[] = {
    {"model", PARAM_ANY, 0, NULL},
    {"iterations", PARAM_INT, 0, NULL},
    {"arrays", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};
static const struct param write_params[] = {
    {"filepath", PARAM_STRING, 0, NULL},
    {"arrays", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};
static const struct param read_params[] = {
    {"filepath", PARAM_STRING, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};

const struct keras_function keras_archive_functions[] = {
    {"write", write_archive, write_params, "arrays by name to an archive"},
    {"read", read_archive, read_params, "the arrays of an archive by name"},
    {"optimizer_state", optimizer_state, state_params, NULL},
    {"set_optimizer_state", set_optimizer_state, set_state_params, NULL},
    {NULL, NULL, NULL, NULL},
};

/* model.save(path) */
bool keras_model_save(struct interp *interp, const struct native *native,
                      const struct call_args *args, struct value *ret,
                      struct error *err)
{
    (void)native;
    return library_call(interp, "keras._saving", "save_model", args, ret, err);
}

/* model.export(path) */
bool keras_model_export(struct interp *interp, const struct native *native,
                        const struct call_args *args, struct value *ret,
                        struct error *err)
{
    (void)native;
    return library_call(interp, "keras._onnx", "export", args, ret, err);
}

const struct param keras_export_params[] = {
    {"filepath", PARAM_STRING, 0, NULL},
    {"format", PARAM_STRING, 0, "'onnx'"},
    {NULL, PARAM_ANY, 0, NULL},
};

const struct param keras_save_params[] = {
    {"filepath", PARAM_STRING, 0, NULL},
    {"overwrite", PARAM_BOOL, 0, "True"},
    {NULL, PARAM_ANY, 0, NULL},
};

/* ----------------------------------------------------- what compile() chose */

static struct value described_loss(const struct loss *loss)
{
    return keras_described(loss->type->class_name, loss->type->settings,
                           loss->settings);
}

/* A metric that is a loss's mean takes no settings. */
static struct value described_metric(const struct metric *metric)
{
    static const struct number_setting none[] = {{NULL, NULL}};
    const struct loss_type *loss = metric->loss.type;
    struct value dict =
        loss ? keras_described(loss->class_name, none, NULL)
             : keras_described(metric->type->class_name, metric->type->settings,
                               metric->settings);
    keras_set_take(dict, "name", value_string(metric->name));
    return dict;
}

bool keras_model_compile_config(struct interp *interp,
                                const struct native *native,
                                const struct call_args *args, struct value *ret,
                                struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    const struct model *model = keras_model_get(self);
    *ret = value_none();
    bool written = model->loss.foreign != NULL;
    for (int i = 0; i < model->metric_count; i++)
        written |= model->metrics[i].foreign != NULL;
    if (!model->loss.type || written)
        return true;
    struct value metrics = value_list(0, NULL);
    for (int i = 0; i < model->metric_count; i++) {
        struct value metric = described_metric(&model->metrics[i]);
        list_append(metrics.sequence, metric);
        value_unref(metric);
    }
    const struct optimizer *optimizer = model->optimizer;
    *ret = value_dict();
    keras_set_take(*ret, "optimizer",
              keras_described(optimizer->type->class_name,
                              optimizer->type->settings, optimizer->settings));
    if (optimizer->schedule.type)
        keras_set_take(*ret, "schedule",
                  keras_described(optimizer->schedule.type->named.name,
                                  optimizer->schedule.type->settings,
                                  optimizer->schedule.settings));
    keras_set_take(*ret, "loss", described_loss(&model->loss));
    keras_set_take(*ret, "metrics", metrics);
    return true;
}
