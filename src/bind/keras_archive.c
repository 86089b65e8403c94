/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whole models in files.  What a file holds is said in
 * library/keras_saving.py; here is the archive that it is written with, and
 * what compile() was given.
 */
#include <stdlib.h>

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
    struct npz *npz = npz_open(path, err);
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

static struct value numbers_dict(const struct number_setting *rows,
                                 const double *numbers)
{
    struct value dict = value_dict();
    for (int i = 0; rows[i].name; i++)
        dict_set_string(dict.dict, rows[i].name,
                        keras_number_value(&rows[i], numbers[i]));
    return dict;
}

struct value keras_described(const char *class_name,
                             const struct number_setting *rows,
                             const double *numbers)
{
    struct value dict = value_dict(), name = value_string(class_name);
    struct value config = numbers_dict(rows, numbers);
    dict_set_string(dict.dict, "class_name", name);
    dict_set_string(dict.dict, "config", config);
    value_unref(name);
    value_unref(config);
    return dict;
}

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
    struct value name = value_string(metric->name);
    dict_set_string(dict.dict, "name", name);
    value_unref(name);
    return dict;
}

static void set_taken(struct value dict, const char *name, struct value value)
{
    dict_set_string(dict.dict, name, value);
    value_unref(value);
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
    if (!model->loss.type)
        return true;
    struct value metrics = value_list(0, NULL);
    for (int i = 0; i < model->metric_count; i++) {
        struct value metric = described_metric(&model->metrics[i]);
        list_append(metrics.sequence, metric);
        value_unref(metric);
    }
    const struct optimizer *optimizer = model->optimizer;
    *ret = value_dict();
    set_taken(*ret, "optimizer",
              keras_described(optimizer->type->class_name,
                              optimizer->type->settings, optimizer->settings));
    set_taken(*ret, "loss", described_loss(&model->loss));
    set_taken(*ret, "metrics", metrics);
    return true;
}
