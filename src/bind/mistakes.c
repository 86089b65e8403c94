/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/mistakes.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "bind/keras.h"

/* GIVEN, or the variable NAME; owned. */
static bool take(struct interp *interp, struct value given, const char *name,
                 struct value *ret, struct error *err)
{
    if (slot_given(given)) {
        *ret = value_ref(given);
        return true;
    }
    if (interp_get_global(interp, name, ret))
        return true;
    error_set(err, ERROR_NAME, "name '%s' is not defined", name);
    error_hint(err, _("after train mnist it is"));
    return false;
}

static struct model *model_of(struct value value, struct error *err)
{
    struct model *model = keras_model_get(value);
    if (!model)
        error_set(err, ERROR_TYPE, "expected a model, got %s",
                  value_type_name(value));
    return model;
}

static bool judge(struct value model, struct value images, struct value labels,
                  struct judged *ret, struct error *err)
{
    struct model *judge = model_of(model, err);
    ret->images = judge ? value_to_tensor(images, DTYPE_COUNT, err) : NULL;
    struct tensor *expected =
        ret->images ? value_to_tensor(labels, DTYPE_COUNT, err) : NULL;
    bool good = expected && verdicts_init(&ret->verdicts, judge, ret->images,
                                          expected, err);
    tensor_unref(expected);
    return good;
}

bool mistakes_judge(struct interp *interp, struct value model,
                    struct value images, struct value labels,
                    struct judged *ret, struct error *err)
{
    struct value parts[3] = {value_none(), value_none(), value_none()};
    *ret = (struct judged){0};
    bool good = take(interp, model, "model", &parts[0], err) &&
                take(interp, images, "test_images", &parts[1], err) &&
                take(interp, labels, "test_labels", &parts[2], err) &&
                judge(parts[0], parts[1], parts[2], ret, err);
    for (int i = 0; i < 3; i++)
        value_unref(parts[i]);
    if (!good)
        judged_done(ret);
    return good;
}

void judged_done(struct judged *judged)
{
    tensor_unref(judged->images);
    verdicts_done(&judged->verdicts);
    judged->images = NULL;
}

/* -------------------------------------------------------------- mistakes() */

static const struct param mistakes_params[] = {{"model", PARAM_ANY, 0, "None"},
                                               {"images", PARAM_ANY, 0, "None"},
                                               {"labels", PARAM_ANY, 0, "None"},
                                               {NULL, PARAM_ANY, 0, NULL}};

NATIVE(call_mistakes)
{
    struct value slots[3];
    struct judged judged;
    int64_t count;
    if (!native_bind(native, args, slots, err) ||
        !mistakes_judge(interp, slots[0], slots[1], slots[2], &judged, err))
        return false;
    int64_t *positions =
        verdicts_list(&judged.verdicts, ANY_CLASS, ANY_CLASS, &count);
    struct tensor *tensor = tensor_new(DTYPE_INT64, 1, &count, err);
    if (tensor) {
        memcpy(tensor->data, positions, (size_t)count * sizeof *positions);
        *ret = value_tensor_take(tensor);
    }
    free(positions);
    judged_done(&judged);
    return tensor != NULL;
}

struct native mistakes_natives[] = {
    FUNCTION_ROW("mistakes", call_mistakes, mistakes_params,
                 "Positions of the test images that a model gets wrong, those "
                 "it was surest of first"),
    {.name = NULL}};
