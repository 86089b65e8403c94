/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/train_here.h"

#include "base/i18n.h"
#include "bind/keras.h"

/* An object of a class of one's own that has a fit(). */
static bool has_fit(struct interp *interp, struct value value)
{
    struct error none = ERROR_INIT;
    struct value fit;
    bool found = value.kind == VALUE_INSTANCE &&
                 interp_get_attribute(interp, value, "fit", &fit, &none);
    if (found)
        value_unref(fit);
    error_clear(&none);
    return found;
}

bool train_here_wanted(struct session *session, const struct recipe *recipe)
{
    struct value value;
    struct interp *interp = session_interp(session);
    if (!recipe->model || !interp_get_global(interp, recipe->model, &value))
        return false;
    const struct model *model = keras_model_get(value);
    bool wanted =
        model ? model_foreign_part(model) != NULL : has_fit(interp, value);
    value_unref(value);
    return wanted;
}

static bool refuse(const struct recipe *recipe, struct error *err)
{
    error_set(err, ERROR_NOT_IMPLEMENTED,
              _("%s has parts that are written in the language, which only the "
                "prompt's own thread runs"),
              recipe->model);
    if (recipe->dataset)
        error_hint(err,
                   _("(x, y), _ = %s.load_data(); %s.fit(x / 255, y) trains it "
                     "when its layers take x"),
                   recipe->dataset->name, recipe->model);
    else
        error_hint(err, "train %s %s %s", recipe->model, recipe->x, recipe->y);
    return false;
}

/* fit(x, y, …) with what was typed, or the defaults of train. */
static bool call_fit(struct session *session, const struct recipe *recipe,
                     struct value model, const struct value *data,
                     struct error *err)
{
    struct interp *interp = session_interp(session);
    const struct keyword_value keywords[] = {
        {"epochs", value_int((int64_t)recipe->values[RECIPE_EPOCHS])},
        {"batch_size", value_int((int64_t)recipe->values[RECIPE_BATCH])},
        {"validation_split", value_float(recipe->values[RECIPE_VALIDATION])},
    };
    struct call_args args = {2, data, 3, keywords};
    struct value fit, history;
    if (!interp_get_attribute(interp, model, "fit", &fit, err))
        return false;
    bool ok = interp_call(interp, fit, &args, &history, err);
    value_unref(fit);
    if (ok)
        session_set_variable(session, "history", history);
    return ok;
}

/* The value of the variable NAME, owned. */
static bool variable(struct session *session, const char *name,
                     struct value *ret, struct error *err)
{
    if (interp_get_global(session_interp(session), name, ret))
        return true;
    return error_set(err, ERROR_NAME, "name '%s' is not defined", name);
}

bool train_here(struct session *session, const struct recipe *recipe,
                bool background, struct error *err)
{
    struct value model, data[2];
    if (background || recipe->dataset)
        return refuse(recipe, err);
    if (recipe->given[RECIPE_RATE] || recipe->given[RECIPE_SEED]) {
        error_set(err, ERROR_NOT_IMPLEMENTED,
                  _("%s trains by its fit(), which takes no rate and no seed"),
                  recipe->model);
        error_hint(err, "%s.optimizer.learning_rate = 0.01", recipe->model);
        return false;
    }
    if (!variable(session, recipe->x, &data[0], err))
        return false;
    bool ok = variable(session, recipe->y, &data[1], err);
    if (ok) {
        ok = variable(session, recipe->model, &model, err);
        if (ok) {
            ok = call_fit(session, recipe, model, data, err);
            value_unref(model);
        }
        value_unref(data[1]);
    }
    value_unref(data[0]);
    return ok;
}
