/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keras.losses and keras.metrics: functions of two arrays, classes whose
 * objects keep settings, and compile()'s loss and metrics from any of them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/eager.h"
#include "bind/keras_internal.h"
#include "nn/row_call.h"

static const struct param pair_params[] = {
    {"y_true", PARAM_ANY, 0, NULL},
    {"y_pred", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};
enum { PAIR_SIZE = 2 };
static const struct param no_params[] = {{NULL, PARAM_ANY, 0, NULL}};

/* ------------------------------------------------- targets and outputs */

/* Both arrays as rows of numbers: the last axis is a row. */
struct pair {
    struct tensor *truth, *output; /* int32 or float32; float32 */
    int64_t rows, columns;
};

static void pair_done(struct pair *pair)
{
    tensor_unref(pair->truth);
    tensor_unref(pair->output);
}

static struct tensor *converted(struct value value, enum dtype dtype,
                                struct error *err)
{
    struct tensor *given = value_to_tensor(value, DTYPE_COUNT, err);
    struct tensor *flat = given ? tensor_contiguous(given, dtype, err) : NULL;
    tensor_unref(given);
    return flat;
}

static bool wrong_pair(const struct pair *pair, bool labels, struct error *err)
{
    struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
    shape_format(&a, pair->truth->ndim, pair->truth->shape);
    shape_format(&b, pair->output->ndim, pair->output->shape);
    error_set(err, ERROR_VALUE, "Shapes %s and %s are incompatible", a.text,
              b.text);
    if (labels && pair->truth->size == pair->output->size)
        error_hint(err, _("these targets are one-hot: take the loss or metric "
                          "without sparse in its name"));
    strbuf_done(&a);
    strbuf_done(&b);
    return false;
}

static bool labels_are_classes(const struct pair *pair, struct error *err)
{
    const int32_t *labels = (const int32_t *)(const void *)pair->truth->data;
    for (int64_t i = 0; i < pair->truth->size; i++)
        if (labels[i] < 0 || labels[i] >= pair->columns)
            return error_set(err, ERROR_VALUE,
                             "Received a label value of %d which is outside "
                             "the valid range of [0, %lld)",
                             labels[i], (long long)pair->columns);
    return true;
}

static bool pair_init(struct pair *pair, struct value truth,
                      struct value output, bool labels, struct error *err)
{
    *pair = (struct pair){.output = eager_tensor(output, DTYPE_FLOAT32, err)};
    if (pair->output)
        pair->truth =
            converted(truth, labels ? DTYPE_INT32 : DTYPE_FLOAT32, err);
    if (!pair->truth)
        return false;
    const struct tensor *y = pair->output;
    pair->columns = y->ndim ? y->shape[y->ndim - 1] : 1;
    pair->rows = pair->columns ? y->size / pair->columns : 0;
    int64_t wanted = labels ? pair->rows : y->size;
    if (pair->truth->size != wanted)
        return wrong_pair(pair, labels, err);
    return !labels || labels_are_classes(pair, err);
}

static struct targets pair_targets(const struct pair *pair)
{
    const void *data = pair->truth->data;
    return pair->truth->dtype == DTYPE_INT32 ? (struct targets){.labels = data}
                                             : (struct targets){.values = data};
}

/* For metrics, which no tape follows: their rows lie one after another. */
static const float *pair_outputs(const struct pair *pair)
{
    return (const float *)(const void *)pair->output->data;
}

static bool pair_flatten(struct pair *pair, struct error *err)
{
    struct tensor *flat = tensor_contiguous(pair->output, DTYPE_FLOAT32, err);
    tensor_unref(pair->output);
    pair->output = flat;
    return flat != NULL;
}

/* ---------------------------------------------------------------- losses */

/* The loss of each row (a function's), or their mean (an object's). */
static bool call_loss(const struct loss *loss, const struct value *slots,
                      bool mean, struct value *ret, struct error *err)
{
    struct pair pair;
    bool labels = loss->type->kind == TARGET_LABELS;
    struct tensor *losses = NULL;
    if (pair_init(&pair, slots[0], slots[1], labels, err))
        losses = loss_call(loss, pair.truth, pair.output, mean, err);
    pair_done(&pair);
    if (losses)
        *ret = eager_value(losses);
    tensor_unref(losses);
    return losses != NULL;
}

static bool loss_function(struct interp *interp, const struct native *native,
                          const struct call_args *args, struct value *ret,
                          struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    struct loss loss = loss_new(native->data);
    return keras_bind(native, args, NULL, slots, err) &&
           keras_read_numbers(loss.type->settings, slots + PAIR_SIZE,
                              loss.settings, err) &&
           call_loss(&loss, slots, false, ret, err);
}

static bool call_loss_object(struct interp *interp, struct value self,
                      const struct call_args *args, struct value *ret,
                      struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS], spread;
    return call_bind("__call__", pair_params, args, false, slots, &spread,
                     err) &&
           call_loss(self.opaque->data, slots, true, ret, err);
}

static void loss_repr(void *data, struct strbuf *sb)
{
    const struct loss *loss = data;
    keras_numbers_repr(loss->type->class_name, loss->type->settings,
                       loss->settings, sb);
}

static bool loss_get_attribute(struct interp *interp, struct value self,
                               const char *name, struct value *ret,
                               struct error *err)
{
    (void)interp;
    const struct loss *loss = self.opaque->data;
    int index = number_setting_find(loss->type->settings, name);
    if (index >= 0)
        *ret = keras_number_value(&loss->type->settings[index],
                                  loss->settings[index]);
    else if (!strcmp(name, "name"))
        *ret = value_string(loss->type->named.name);
    else
        return keras_no_attribute(self, name, err);
    return true;
}

static const char *const loss_attributes[] = {
    "name", "from_logits", "label_smoothing", "delta", NULL,
};

static const struct native_type loss_type = {
    .name = "Loss",
    .free = free,
    .repr = loss_repr,
    .get_attribute = loss_get_attribute,
    .call = call_loss_object,
    .attributes = loss_attributes,
};

static const struct param loss_more[] = {
    {"reduction", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {"name", PARAM_STRING, PARAM_KEYWORD_ONLY, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

static bool make_loss(struct interp *interp, const struct native *native,
                      const struct call_args *args, struct value *ret,
                      struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    struct loss loss = loss_new(native->data);
    if (!keras_bind(native, args, NULL, slots, err) ||
        !keras_read_numbers(loss.type->settings, slots, loss.settings, err))
        return false;
    struct loss *made = xmalloc(sizeof *made);
    *made = loss;
    *ret = value_opaque(&loss_type, made);
    return true;
}

static void set(struct value module, const char *name, struct value value)
{
    module_set(module.module, name, value);
    value_unref(value);
}

static bool is_class_name(const char *name)
{
    return name[0] >= 'A' && name[0] <= 'Z';
}

/* A function under each name but the class's. */
static void set_functions(struct value module, const struct named *named,
                          native_call *call, const struct param *params)
{
    char *names =
        xasprintf("%s %s", named->name, named->aliases ? named->aliases : "");
    char *rest = names, *name;
    while ((name = strsep(&rest, " ")))
        if (*name && !is_class_name(name))
            set(module, name,
                value_native(named->name, call, params, named, named->doc));
    free(names);
}

void keras_add_losses(struct value module)
{
    for (const struct loss_type *row = loss_types; row->named.name; row++) {
        set_functions(module, &row->named, loss_function,
                      keras_number_params(pair_params, row->settings, NULL));
        set(module, row->class_name,
            value_native(row->class_name, make_loss,
                         keras_number_params(NULL, row->settings, loss_more), row,
                         row->named.doc));
    }
}

/* -------------------------------------------------------------- metrics */

struct metric_object {
    struct metric metric;
    double state[METRIC_STATE];
};

static bool update(struct metric_object *object, const struct value *slots,
                   struct error *err)
{
    struct pair pair;
    const struct metric *metric = &object->metric;
    bool labels = !metric_takes(metric, TARGET_VALUES);
    bool ok = pair_init(&pair, slots[0], slots[1], labels, err) &&
              pair_flatten(&pair, err);
    if (ok)
        metric_update(metric, pair.rows, pair.columns, pair_outputs(&pair),
                      pair_targets(&pair), object->state);
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

static const struct keras_function metric_methods[] = {
    {"update_state", metric_update_state, pair_params,
     "takes these samples in"},
    {"result", metric_current, no_params, "the metric of all samples so far"},
    {"reset_state", metric_reset_state, no_params, "starts again"},
    {"reset_states", metric_reset_state, no_params, "starts again"},
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
    return call_bind("__call__", pair_params, args, false, slots, &spread,
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
    if (pair_init(&pair, slots[0], slots[1], labels, err) &&
        pair_flatten(&pair, err))
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

void keras_add_metrics(struct value module)
{
    for (const struct loss_type *row = loss_types; row->named.name; row++) {
        set_functions(module, &row->named, loss_function,
                      keras_number_params(pair_params, row->settings, NULL));
        set(module, row->class_name,
            value_native(row->class_name, make_loss_metric, metric_more, row,
                         row->named.doc));
    }
    for (const struct metric_type *row = metric_types; row->named.name; row++) {
        set_functions(module, &row->named, metric_function, pair_params);
        set(module, row->class_name,
            value_native(row->class_name, make_metric,
                         keras_number_params(NULL, row->settings, metric_more), row,
                         row->named.doc));
    }
}

/* ------------------------------------------------- compile()'s arguments */

bool keras_to_loss(struct interp *interp, struct value value, struct loss *ret,
                   struct error *err)
{
    const struct loss *object = value_opaque_data(value, &loss_type);
    const char *name = NULL;
    if (object) {
        *ret = *object;
        return true;
    }
    if (value.kind == VALUE_NATIVE && (value.native->call == loss_function ||
                                       value.native->call == make_loss)) {
        *ret = loss_new(value.native->data);
        return true;
    }
    if (keras_is_written(value)) {
        *ret = foreign_loss(keras_written_function(interp, value));
        return true;
    }
    if (!keras_string(value, "loss", &name, err))
        return false;
    if (name)
        return loss_find(name, ret, err);
    error_set(err, ERROR_VALUE, "compile() needs a loss");
    error_hint(err, _("loss='categorical_crossentropy'"));
    return false;
}

static bool read_metric(struct interp *interp, struct value item,
                        struct metric *ret, struct error *err)
{
    const struct metric_object *object =
        value_opaque_data(item, &metric_object_type);
    const struct loss *loss = value_opaque_data(item, &loss_type);
    const char *name = "accuracy";
    if (object)
        *ret = object->metric;
    else if (loss)
        *ret = metric_of_loss(loss);
    else if (keras_is_written(item))
        *ret = foreign_metric(keras_written_function(interp, item));
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

bool keras_to_metrics(struct interp *interp, struct value value,
                      const struct loss *loss, int *ret_count,
                      struct metric *ret, struct error *err)
{
    *ret_count = 0;
    if (!keras_is_given(value))
        return true;
    if (value.kind != VALUE_TUPLE && value.kind != VALUE_LIST)
        return add_metric(interp, value, loss, ret_count, ret, err);
    struct value *items;
    size_t count;
    if (!interp_collect(interp, value, &count, &items, err))
        return false;
    bool ok = true;
    for (size_t i = 0; i < count; i++) {
        ok = ok && add_metric(interp, items[i], loss, ret_count, ret, err);
        value_unref(items[i]);
    }
    free(items);
    for (int i = 0; !ok && i < *ret_count; i++)
        foreign_unref(ret[i].foreign);
    return ok;
}
