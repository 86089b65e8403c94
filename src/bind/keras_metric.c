/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keras.metrics: functions of two arrays, objects that gather what they are
 * told batch by batch, and compile()'s metrics from any of them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/eager.h"
#include "bind/keras_internal.h"
#include "bind/keras_pair.h"

/* ----------------------------------------------------------------- objects */

struct metric_object {
    struct metric metric;
    double state[METRIC_STATE];
};

static bool update(struct metric_object *object, const struct value *slots,
                   struct error *err)
{
    struct pair pair;
    struct metric equality = {.type = &metric_equality};
    const struct metric *metric = &object->metric;
    if (metric->type->class_name &&
        !strcmp(metric->type->class_name, "Accuracy"))
        metric = &equality;
    bool labels = !metric_takes(metric, TARGET_VALUES);
    bool ok = pair_init(&pair, slots, labels, err) &&
              pair_flatten(&pair, err) &&
              pair_weigh(&pair, slots[PAIR_WEIGHT], err);
    if (ok)
        metric_update_weighted(metric, pair.rows, pair.columns,
                               pair_outputs(&pair), pair_targets(&pair),
                               object->state);
    pair_done(&pair);
    return ok;
}

static bool current(const struct metric_object *object, struct value *ret,
                    struct error *err)
{
    struct tensor *result = tensor_new(DTYPE_FLOAT32, 0, NULL, err);
    if (!result)
        return false;
    *(float *)(void *)result->data =
        (float)metric_result(&object->metric, object->state);
    *ret = eager_value(result);
    tensor_unref(result);
    return true;
}

static bool metric_update_state(struct interp *interp,
                                const struct native *native,
                                const struct call_args *args, struct value *ret,
                                struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    *ret = value_none();
    return keras_bind(native, args, &self, slots, err) &&
           update(self.opaque->data, slots, err);
}

static bool metric_current(struct interp *interp, const struct native *native,
                           const struct call_args *args, struct value *ret,
                           struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    return keras_bind(native, args, &self, slots, err) &&
           current(self.opaque->data, ret, err);
}

static bool metric_reset_state(struct interp *interp,
                               const struct native *native,
                               const struct call_args *args, struct value *ret,
                               struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    struct metric_object *object = self.opaque->data;
    memset(object->state, 0, sizeof object->state);
    *ret = value_none();
    return true;
}

static struct value config(const void *data)
{
    const struct metric_object *object = data;
    struct value dict = value_dict();
    keras_set_take(dict, "name", value_string(object->metric.name));
    keras_set_take(dict, "dtype", value_string("float32"));
    if (!object->metric.loss.type)
        keras_set_numbers(dict, object->metric.type->settings,
                          object->metric.settings);
    return dict;
}

static const struct keras_function metric_methods[] = {
    KERAS_GET_CONFIG,
    {"update_state", metric_update_state, keras_pair_params,
     "takes these samples in"},
    {"result", metric_current, keras_no_params,
     "the metric of all samples so far"},
    {"reset_state", metric_reset_state, keras_no_params, "starts again"},
    {"reset_states", metric_reset_state, keras_no_params, "starts again"},
    {NULL, NULL, NULL, NULL},
};

static bool metric_get_attribute(struct interp *interp, struct value self,
                                 const char *name, struct value *ret,
                                 struct error *err)
{
    (void)interp;
    const struct metric_object *object = self.opaque->data;
    if (!strcmp(name, "name")) {
        *ret = value_string(object->metric.name);
        return true;
    }
    return keras_find_method(metric_methods, self, name, ret) ||
           keras_no_attribute(self, name, err);
}

/* metric(y_true, y_pred): takes them in and tells the result so far. */
static bool metric_call(struct interp *interp, struct value self,
                        const struct call_args *args, struct value *ret,
                        struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS], spread;
    return call_bind("__call__", keras_pair_params, args, false, slots, &spread,
                     err) &&
           update(self.opaque->data, slots, err) &&
           current(self.opaque->data, ret, err);
}

static void metric_repr(void *data, struct strbuf *sb)
{
    const struct metric_object *object = data;
    strbuf_addf(sb, "<Metric name=%s>", object->metric.name);
}

static const char *const metric_attributes[] = {
    "name", "update_state", "result", "reset_state", "reset_states", NULL,
};

static const struct native_type metric_object_type = {
    .name = "Metric",
    .free = free,
    .config = config,
    .repr = metric_repr,
    .get_attribute = metric_get_attribute,
    .call = metric_call,
    .attributes = metric_attributes,
};

static const struct param metric_more[] = {
    {"name", PARAM_STRING, 0, "None"},
    {"dtype", PARAM_ANY, 0, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

static bool give_metric(struct metric metric, struct value name,
                        struct value *ret, struct error *err)
{
    const char *text = NULL;
    if (!keras_string(name, "name", &text, err))
        return false;
    if (text)
        metric_set_name(&metric, text);
    struct metric_object *object = xcalloc(1, sizeof *object);
    object->metric = metric;
    *ret = value_opaque(&metric_object_type, object);
    return true;
}

static bool make_metric(struct interp *interp, const struct native *native,
                        const struct call_args *args, struct value *ret,
                        struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    struct metric metric = metric_new(native->data);
    int count = 0;
    while (metric.type->settings[count].name)
        count++;
    return keras_bind(native, args, NULL, slots, err) &&
           keras_read_numbers(metric.type->settings, slots, metric.settings,
                              err) &&
           give_metric(metric, slots[count], ret, err);
}

/* keras.metrics.MeanSquaredError() and the like: the mean of a loss. */
static bool make_loss_metric(struct interp *interp, const struct native *native,
                             const struct call_args *args, struct value *ret,
                             struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    struct loss loss = loss_new(native->data);
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    struct metric metric = metric_of_loss(&loss);
    const char *alias = loss.type->named.aliases;
    if (strlen(metric.name) <= 4 && alias) /* mse: by its long name */
        snprintf(metric.name, sizeof metric.name, "%.*s",
                 (int)strcspn(alias, " "), alias);
    return give_metric(metric, slots[0], ret, err);
}

/* The function of a metric: one number a row. */
static bool metric_function(struct interp *interp, const struct native *native,
                            const struct call_args *args, struct value *ret,
                            struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    struct metric metric = metric_new(native->data);
    bool labels = !metric_takes(&metric, TARGET_VALUES);
    struct pair pair;
    struct tensor *rows = NULL;
    if (pair_init(&pair, slots, labels, err) && pair_flatten(&pair, err))
        rows = tensor_new(DTYPE_FLOAT32,
                          pair.output->ndim ? pair.output->ndim - 1 : 0,
                          pair.output->shape, err);
    for (int64_t i = 0; rows && i < pair.rows; i++) {
        double state[METRIC_STATE] = {0.0};
        struct targets targets = pair_targets(&pair);
        if (targets.values)
            targets.values += i * pair.columns;
        else
            targets.labels += i;
        metric_update(&metric, 1, pair.columns,
                      pair_outputs(&pair) + i * pair.columns, targets, state);
        ((float *)(void *)rows->data)[i] = (float)metric_result(&metric, state);
    }
    pair_done(&pair);
    if (rows)
        *ret = eager_value(rows);
    tensor_unref(rows);
    return rows != NULL;
}

static const struct param function_params[] = {
    {"y_true", PARAM_ANY, 0, NULL},
    {"y_pred", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};

static void add_class(struct value module, const char *name, native_call *make,
                      const struct param *params, const struct named *row)
{
    struct value class = value_native(name, make, params, row, row->doc);
    module_set(module.module, name, class);
    value_unref(class);
}

void keras_add_metrics(struct value module)
{
    keras_add_loss_functions(module);
    for (const struct loss_type *row = loss_types; row->named.name; row++)
        add_class(module, row->class_name, make_loss_metric, metric_more,
                  &row->named);
    for (const struct metric_type *row = metric_types; row->named.name; row++) {
        keras_set_under_function_names(module, &row->named, metric_function,
                                       function_params);
        add_class(module, row->class_name, make_metric,
                  keras_number_params(NULL, row->settings, metric_more),
                  &row->named);
    }
}

/* ----------------------------------------------------- compile()'s metrics */

static bool read_metric(struct interp *interp, struct value item,
                        struct metric *ret, struct error *err)
{
    const struct metric_object *object =
        value_opaque_data(item, &metric_object_type);
    const struct loss *loss = keras_loss_get(item);
    const char *name = "accuracy";
    if (object)
        *ret = object->metric;
    else if (loss)
        *ret = metric_of_loss(loss);
    else if (keras_is_written(item))
        *ret = foreign_metric(keras_written_metric(interp, item));
    else if (item.kind == VALUE_NATIVE)
        return metric_find(item.native->name, ret, err);
    else
        return keras_string(item, "a metric", &name, err) &&
               metric_find(name, ret, err);
    return true;
}

static bool misfit(const struct metric *metric, const struct loss *loss,
                   struct error *err)
{
    bool labels = loss->type->kind == TARGET_LABELS;
    error_set(err, ERROR_VALUE, "the metric %s takes %s, the loss %s takes %s",
              metric->name,
              labels ? "one number for each output" : "class numbers",
              loss->type->named.name,
              labels ? "class numbers" : "one number for each output");
    error_hint(err, "metrics=['accuracy']");
    return false;
}

static bool add_metric(struct interp *interp, struct value item,
                       const struct loss *loss, int *count, struct metric *ret,
                       struct error *err)
{
    if (*count == MODEL_MAX_METRICS)
        return error_set(err, ERROR_VALUE, "at most %d metrics are watched",
                         MODEL_MAX_METRICS);
    if (!read_metric(interp, item, &ret[*count], err))
        return false;
    if (!metric_takes(&ret[*count], loss->type->kind))
        return misfit(&ret[*count], loss, err);
    ++*count;
    return true;
}

bool keras_to_metrics(struct interp *interp, struct value value, bool weighted,
                      const struct loss *loss, int *count, struct metric *ret,
                      struct error *err)
{
    struct value *items = &value;
    size_t given = 1;
    int first = *count;
    bool is_list = value.kind == VALUE_TUPLE || value.kind == VALUE_LIST;
    if (!keras_is_given(value))
        return true;
    if (is_list && !interp_collect(interp, value, &given, &items, err))
        return false;
    bool ok = true;
    for (size_t i = 0; i < given; i++) {
        ok = ok && add_metric(interp, items[i], loss, count, ret, err);
        if (is_list)
            value_unref(items[i]);
    }
    if (is_list)
        free(items);
    for (int i = first; i < *count; i++)
        ret[i].weighted = weighted;
    return ok;
}
