/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fit() returns: losses and metrics, epoch by epoch. */
#include "bind/keras_history.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/keras_internal.h"
#include "bind/library.h"

struct keras_history {
    struct value history; /* dict of lists */
    struct value shown;   /* its copy as the language sees it, or undefined */
    struct value epoch;   /* list of numbers */
    struct value params;  /* dict */
    struct model *model;  /* or NULL */
};

static void history_free(void *data)
{
    struct keras_history *history = data;
    value_unref(history->history);
    value_unref(history->shown);
    value_unref(history->epoch);
    value_unref(history->params);
    model_unref(history->model);
    free(history);
}

static void history_repr(void *data, struct strbuf *sb)
{
    (void)data;
    strbuf_adds(sb, "<keras.callbacks.History object>");
}

/* A dict in which 'acc' is found when there is 'accuracy', and the other way
   round: programs of all editions of the book read their own name. */
static bool show(struct interp *interp, struct keras_history *history,
                 struct value *ret, struct error *err)
{
    struct call_args args = {.count = 1, .values = &history->history};
    if (history->shown.kind == VALUE_UNDEFINED &&
        !library_call(interp, "keras._callbacks", "_record", &args,
                      &history->shown, err))
        return false;
    *ret = value_ref(history->shown);
    return true;
}

static bool history_get_attribute(struct interp *interp, struct value self,
                                  const char *name, struct value *ret,
                                  struct error *err)
{
    struct keras_history *history = self.opaque->data;
    if (!strcmp(name, "history"))
        return show(interp, history, ret, err);
    if (!strcmp(name, "epoch"))
        *ret = value_ref(history->epoch);
    else if (!strcmp(name, "params"))
        *ret = value_ref(history->params);
    else if (!strcmp(name, "model") && history->model)
        *ret = keras_model_value(history->model);
    else
        return keras_no_attribute(self, name, err);
    return true;
}

static const char *const history_attributes[] = {
    "history", "epoch", "params", "model", NULL,
};

static const struct native_type history_type = {
    .name = "History",
    .free = history_free,
    .repr = history_repr,
    .get_attribute = history_get_attribute,
    .attributes = history_attributes,
};

struct value keras_history_new(struct model *model, struct value params)
{
    struct keras_history *history = xcalloc(1, sizeof *history);
    history->history = value_dict();
    history->shown = value_undefined();
    history->epoch = value_list(0, NULL);
    history->params = value_ref(params);
    history->model = model ? model_ref(model) : NULL;
    return value_opaque(&history_type, history);
}

/* The list under the key NAME, made when there is none; borrowed. */
static struct sequence *series(struct dict *dict, struct value name,
                               struct error *err)
{
    struct value list;
    bool found;
    if (!dict_get(dict, name, &found, &list, err))
        return NULL;
    if (!found) {
        list = value_list(0, NULL);
        if (!dict_set(dict, name, list, err)) {
            value_unref(list);
            return NULL;
        }
    }
    value_unref(list); /* the dict has it */
    return list.kind == VALUE_LIST ? list.sequence : NULL;
}

bool keras_history_add(struct value value, int epoch, struct value logs,
                       struct error *err)
{
    struct keras_history *history = value.opaque->data;
    struct value name, number;
    value_unref(history->shown);
    history->shown = value_undefined();
    list_append(history->epoch.sequence, value_int(epoch));
    for (size_t i = 0; dict_next(logs.dict, &i, &name, &number);) {
        struct sequence *list = series(history->history.dict, name, err);
        if (!list)
            return false;
        list_append(list, number);
    }
    return true;
}

struct value keras_history_value(struct history *history)
{
    struct error err = ERROR_INIT;
    struct value params = value_dict();
    struct value ret = keras_history_new(NULL, params);
    value_unref(params);
    for (int epoch = 0; epoch < history->epochs; epoch++) {
        struct value logs = value_dict();
        for (int i = 0; i < history->series_count; i++)
            dict_set_string(logs.dict, history->names[i],
                            value_float(history_value(history, epoch, i)));
        keras_history_add(ret, epoch, logs, &err);
        value_unref(logs);
    }
    error_clear(&err);
    return ret;
}
