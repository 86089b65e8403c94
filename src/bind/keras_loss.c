/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keras.losses: functions of two arrays, classes whose objects keep settings,
 * and compile()'s loss from any of them.
 */
#include <stdlib.h>
#include <string.h>

#include "autograd/tape.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/eager.h"
#include "bind/keras_internal.h"
#include "bind/keras_pair.h"
#include "bind/library.h"
#include "nn/row_call.h"

/* --------------------------------------------------------------- computing */

/* The rows of src/nn compute in float32, and have first derivatives by the
   output alone. */
static bool needs_formula(const struct pair *pair)
{
    return pair->output->dtype == DTYPE_FLOAT64 ||
           (tape_is_recording() &&
            (tape_is_nested() || tape_tracks(pair->given)));
}

/* By the formula of that name in library/keras_formulas.py. */
static bool call_formula(struct interp *interp, const struct loss *loss,
                         const struct pair *pair, struct value *ret,
                         struct error *err)
{
    struct value values[3 + LOSS_MAX_SETTINGS] = {
        value_string(loss->type->named.name),
        value_tensor_take(tensor_ref(pair->given)),
        value_tensor_take(tensor_ref(pair->output)),
    };
    int count = 3;
    for (int i = 0; loss->type->settings[i].name; i++)
        values[count++] =
            keras_number_value(&loss->type->settings[i], loss->settings[i]);
    struct call_args args = {.count = count, .values = values};
    bool ok =
        library_call(interp, "keras._formulas", "losses_of", &args, ret, err);
    for (int i = 0; i < 3; i++)
        value_unref(values[i]);
    if (!ok || eager_wrap(ret, err))
        return ok;
    value_unref(*ret);
    return false;
}

static bool call_rows(const struct loss *loss, const struct pair *pair,
                      bool mean, struct value *ret, struct error *err)
{
    struct tensor *losses =
        loss_call(loss, pair->truth, pair->output, mean, err);
    if (losses)
        *ret = eager_value(losses);
    tensor_unref(losses);
    return losses != NULL;
}

/* The loss of each row, or when *MEAN their mean; unset when it is not. */
static bool call_loss(struct interp *interp, const struct loss *loss,
                      const struct value *slots, bool *mean, struct value *ret,
                      struct error *err)
{
    struct pair pair;
    bool labels = loss->type->kind == TARGET_LABELS;
    bool ok = pair_init(&pair, slots, labels, err);
    if (ok && needs_formula(&pair)) {
        *mean = false;
        ok = call_formula(interp, loss, &pair, ret, err);
    } else if (ok) {
        ok = call_rows(loss, &pair, *mean, ret, err);
    }
    pair_done(&pair);
    return ok;
}

static bool loss_function(struct interp *interp, const struct native *native,
                          const struct call_args *args, struct value *ret,
                          struct error *err)
{
    struct value slots[KERAS_MAX_PARAMS];
    struct loss loss = loss_new(native->data);
    bool mean = false;
    return keras_bind(native, args, NULL, slots, err) &&
           keras_read_numbers(loss.type->settings, slots + PAIR_SIZE,
                              loss.settings, err) &&
           call_loss(interp, &loss, slots, &mean, ret, err);
}

/* ----------------------------------------------------------------- objects */

static const char *const reductions[] = {"sum_over_batch_size", "auto", "sum",
                                         "none", NULL};
enum { REDUCTION_MEAN, REDUCTION_AUTO };

struct loss_object {
    struct loss loss;
    int reduction; /* one of reductions */
    char *name;
};

static void loss_object_free(void *data)
{
    struct loss_object *object = data;
    free(object->name);
    free(object);
}

/* LOSSES (taken), each times its weight, in one number or as they are. */
static bool reduce(struct interp *interp, int reduction, struct value losses,
                   struct value weight, struct value *ret, struct error *err)
{
    struct value values[] = {losses, weight,
                             value_string(reductions[reduction])};
    if (weight.kind == VALUE_UNDEFINED)
        values[1] = value_none();
    struct call_args args = {.count = 3, .values = values};
    bool ok =
        library_call(interp, "keras._formulas", "reduced", &args, ret, err);
    value_unref(losses);
    value_unref(values[2]);
    if (!ok || eager_wrap(ret, err))
        return ok;
    value_unref(*ret);
    return false;
}

static bool call_loss_object(struct interp *interp, struct value self,
                             const struct call_args *args, struct value *ret,
                             struct error *err)
{
    const struct loss_object *object = self.opaque->data;
    struct value slots[KERAS_MAX_PARAMS], spread, losses;
    if (!call_bind("__call__", keras_pair_params, args, false, slots, &spread,
                   err))
        return false;
    bool mean = object->reduction <= REDUCTION_AUTO &&
                !keras_is_given(slots[PAIR_WEIGHT]);
    if (!call_loss(interp, &object->loss, slots, &mean, &losses, err))
        return false;
    if (!mean)
        return reduce(interp, object->reduction, losses, slots[PAIR_WEIGHT],
                      ret, err);
    *ret = losses;
    return true;
}

static void loss_repr(void *data, struct strbuf *sb)
{
    const struct loss *loss = &((const struct loss_object *)data)->loss;
    keras_numbers_repr(loss->type->class_name, loss->type->settings,
                       loss->settings, sb);
}

static struct value config(const void *data)
{
    const struct loss_object *object = data;
    struct value dict = value_dict();
    keras_set_take(dict, "reduction",
                   value_string(reductions[object->reduction]));
    keras_set_take(dict, "name", value_string(object->name));
    keras_set_numbers(dict, object->loss.type->settings, object->loss.settings);
    return dict;
}

static const struct keras_function loss_methods[] = {
    KERAS_GET_CONFIG,
    {NULL, NULL, NULL, NULL},
};

static bool loss_get_attribute(struct interp *interp, struct value self,
                               const char *name, struct value *ret,
                               struct error *err)
{
    (void)interp;
    const struct loss_object *object = self.opaque->data;
    const struct loss *loss = &object->loss;
    int index = number_setting_find(loss->type->settings, name);
    if (index >= 0)
        *ret = keras_number_value(&loss->type->settings[index],
                                  loss->settings[index]);
    else if (!strcmp(name, "name"))
        *ret = value_string(object->name);
    else if (!strcmp(name, "reduction"))
        *ret = value_string(reductions[object->reduction]);
    else
        return keras_find_method(loss_methods, self, name, ret) ||
               keras_no_attribute(self, name, err);
    return true;
}

static const char *const loss_attributes[] = {
    "name",  "reduction",  "from_logits", "label_smoothing",
    "delta", "get_config", NULL,
};

static struct value class_of(const void *data);

static const struct native_type loss_type = {
    .name = "Loss",
    .free = loss_object_free,
    .config = config,
    .repr = loss_repr,
    .get_attribute = loss_get_attribute,
    .call = call_loss_object,
    .class_of = class_of,
    .class_attribute = keras_class_attribute,
    .attributes = loss_attributes,
};

const struct loss *keras_loss_get(struct value value)
{
    const struct loss_object *object = value_opaque_data(value, &loss_type);
    return object ? &object->loss : NULL;
}

/* ------------------------------------------------------------ constructors */

static const struct param function_params[] = {
    {"y_true", PARAM_ANY, 0, NULL},
    {"y_pred", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};

enum more_slot { MORE_REDUCTION, MORE_NAME };

static const struct param loss_more[] = {
    {"reduction", PARAM_ANY, PARAM_KEYWORD_ONLY, "'sum_over_batch_size'"},
    {"name", PARAM_STRING, PARAM_KEYWORD_ONLY, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

/* None is 'none', as in Keras 3. */
static bool read_reduction(struct value value, int *ret, struct error *err)
{
    const char *name = value.kind == VALUE_NONE ? "none" : reductions[0];
    if (!keras_string(value, "reduction", &name, err))
        return false;
    for (*ret = 0; reductions[*ret]; ++*ret)
        if (!strcmp(reductions[*ret], name))
            return true;
    error_set(err, ERROR_VALUE,
              "Invalid value for argument `reduction`. Expected one of "
              "{'auto', 'none', 'sum', 'sum_over_batch_size'}. Received: "
              "reduction=%s",
              name);
    return false;
}

static bool make_loss(struct interp *interp, const struct native *native,
                      const struct call_args *args, struct value *ret,
                      struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    struct loss loss = loss_new(native->data);
    const char *name = NULL;
    int reduction, count = 0;
    while (loss.type->settings[count].name)
        count++;
    if (!keras_bind(native, args, NULL, slots, err) ||
        !keras_read_numbers(loss.type->settings, slots, loss.settings, err) ||
        !read_reduction(slots[count + MORE_REDUCTION], &reduction, err) ||
        !keras_string(slots[count + MORE_NAME], "name", &name, err))
        return false;
    struct loss_object *made = xmalloc(sizeof *made);
    *made = (struct loss_object){
        loss, reduction,
        name ? xstrdup(name) : keras_snake_name(loss.type->class_name)};
    *ret = value_opaque(&loss_type, made);
    return true;
}

static struct value class_of_type(const struct loss_type *type)
{
    return keras_class(type->class_name, make_loss,
                       keras_number_params(NULL, type->settings, loss_more),
                       type, type->named.doc, &loss_type);
}

static struct value class_of(const void *data)
{
    return class_of_type(((const struct loss_object *)data)->loss.type);
}

void keras_add_loss_functions(struct value module)
{
    for (const struct loss_type *row = loss_types; row->named.name; row++)
        keras_set_under_function_names(
            module, &row->named, loss_function,
            keras_number_params(function_params, row->settings, NULL));
}

void keras_add_losses(struct value module)
{
    keras_add_loss_functions(module);
    for (const struct loss_type *row = loss_types; row->named.name; row++) {
        struct value class = class_of_type(row);
        module_set(module.module, row->class_name, class);
        value_unref(class);
    }
}

/* -------------------------------------------------------- compile()'s loss */

/* A batch is stepped by the mean of its losses. */
bool keras_is_mean(const char *reduction, struct error *err)
{
    if (!strcmp(reduction, reductions[REDUCTION_MEAN]) ||
        !strcmp(reduction, reductions[REDUCTION_AUTO]))
        return true;
    error_set(err, ERROR_NOT_IMPLEMENTED,
              "compile() takes the mean of a batch's losses, not "
              "reduction='%s'",
              reduction);
    error_hint(err, _("leave reduction out: with SGD a learning_rate that is "
                      "batch_size times as large does the same"));
    return false;
}

bool keras_to_loss(struct interp *interp, struct value value, struct loss *ret,
                   struct error *err)
{
    const struct loss_object *object = value_opaque_data(value, &loss_type);
    const char *name = NULL;
    if (object) {
        *ret = object->loss;
        return keras_is_mean(reductions[object->reduction], err);
    }
    if (value.kind == VALUE_NATIVE && (value.native->call == loss_function ||
                                       value.native->call == make_loss)) {
        *ret = loss_new(value.native->data);
        return true;
    }
    if (keras_is_written(value)) {
        struct foreign *foreign = keras_written_loss(interp, value, err);
        if (foreign)
            *ret = foreign_loss(foreign);
        return foreign != NULL;
    }
    if (!keras_string(value, "loss", &name, err))
        return false;
    if (name)
        return loss_find(name, ret, err);
    error_set(err, ERROR_VALUE, "compile() needs a loss");
    error_hint(err, _("loss='categorical_crossentropy'"));
    return false;
}
