/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/descents.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "repl/descent_text.h"

void descents_done(struct descents *descents)
{
    for (int i = 0; i < descents->count; i++) {
        descent_free(descents->items[i]);
        free(descents->labels[i]);
    }
    for (int i = 0; descents->names && descents->names[i]; i++)
        free(descents->names[i]);
    free(descents->names);
    *descents = (struct descents){0};
}

/* --------------------------------------------------------------- beginning */

static int count_labels(const char *optimizers)
{
    int count = 1;
    for (; *optimizers; optimizers++)
        count += *optimizers == ',';
    return count;
}

static void cut_labels(const char *optimizers, struct descents *ret)
{
    for (int i = 0; i < ret->count; i++) {
        size_t length = strcspn(optimizers, ",");
        ret->labels[i] = xstrndup(optimizers, length);
        optimizers += length + 1;
    }
}

static bool begin_one(struct interp *interp, struct value function,
                      struct value start, struct descent_settings settings,
                      struct descents *descents, int index, struct error *err)
{
    settings.optimizer = descents->labels[index];
    if (descents->count > 1 && !strcmp(settings.optimizer, "sgd"))
        settings.momentum = 0.0;
    descents->items[index] =
        descent_new(interp, function, start, &settings, err);
    return descents->items[index] != NULL;
}

bool descents_begin(struct interp *interp, struct value function,
                    struct value start, const char *optimizers,
                    struct descent_settings settings, struct descents *ret,
                    struct error *err)
{
    const char *names = optimizers ? optimizers : "sgd";
    struct descents made = {.count = count_labels(names)};
    if (made.count > DESCENTS_MOST)
        return error_set(err, ERROR_VALUE,
                         _("at most %d optimizers go side by side"),
                         DESCENTS_MOST);
    cut_labels(names, &made);
    bool good = true;
    for (int i = 0; i < made.count && good; i++)
        good = begin_one(interp, function, start, settings, &made, i, err);
    if (!good) {
        descents_done(&made);
        return false;
    }
    made.names = descent_names(made.items[0]);
    *ret = made;
    return true;
}

struct value descents_start(const struct descents *descents)
{
    const struct descent *first = descents->items[0];
    struct value values[DESCENT_MAX_ARGUMENTS];
    for (int i = 0; i < first->count; i++)
        values[i] = value_tensor_take(tensor_ref(first->points[0].x[i]));
    return first->several ? value_tuple_take((size_t)first->count, values)
                          : values[0];
}

/* ---------------------------------------------------------------- stepping */

size_t descents_now(const struct descents *descents)
{
    size_t most = 0;
    for (int i = 0; i < descents->count; i++)
        if (descents->items[i]->point_count > most)
            most = descents->items[i]->point_count;
    return most - 1;
}

bool descents_is_current(const struct descents *descents, int index)
{
    return descents->items[index]->point_count - 1 == descents_now(descents);
}

static bool leads_on(const struct descent *descent)
{
    return descent_is_finite(descent, descent_now(descent));
}

bool descents_lead_on(const struct descents *descents)
{
    for (int i = 0; i < descents->count; i++)
        if (leads_on(descents->items[i]))
            return true;
    return false;
}

bool descents_step(struct interp *interp, struct descents *descents,
                   struct error *err)
{
    bool stepped[DESCENTS_MOST] = {false};
    for (int i = 0; i < descents->count; i++) {
        if (!leads_on(descents->items[i]))
            continue;
        stepped[i] = descent_step(interp, descents->items[i], err);
        if (stepped[i])
            continue;
        while (i-- > 0)
            if (stepped[i])
                descent_back(descents->items[i]);
        return false;
    }
    return true;
}

bool descents_back(struct descents *descents)
{
    size_t now = descents_now(descents);
    for (int i = 0; now > 0 && i < descents->count; i++)
        if (descents->items[i]->point_count - 1 == now)
            descent_back(descents->items[i]);
    return now > 0;
}

/* -------------------------------------------------------------------- path */

bool descents_path(const struct descents *descents, struct value *ret,
                   struct error *err)
{
    if (descents->count == 1)
        return descent_path(descents->items[0], ret, err);
    struct value paths = value_dict();
    for (int i = 0; i < descents->count; i++) {
        struct value path;
        if (!descent_path(descents->items[i], &path, err)) {
            value_unref(paths);
            return false;
        }
        dict_set_string(paths.dict, descents->labels[i], path);
        value_unref(path);
    }
    *ret = paths;
    return true;
}
