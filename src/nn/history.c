/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static void add_series(struct history *history, const struct model *model,
                       const char *prefix)
{
    history->names[history->series_count++] = xasprintf("%sloss", prefix);
    for (int i = 0; i < model->metric_count; i++)
        history->names[history->series_count++] =
            xasprintf("%s%s", prefix, model->metrics[i].name);
}

struct history *history_new(const struct model *model, bool validation)
{
    struct history *history = xcalloc(1, sizeof *history);
    history->refs = 1;
    add_series(history, model, "");
    if (validation)
        add_series(history, model, "val_");
    return history;
}

struct history *history_ref(struct history *history)
{
    history->refs++;
    return history;
}

void history_unref(struct history *history)
{
    if (!history || --history->refs)
        return;
    for (int i = 0; i < history->series_count; i++)
        free(history->names[i]);
    free(history->values);
    free(history);
}

struct history *history_clone(const struct history *history)
{
    struct history *clone = xcalloc(1, sizeof *clone);
    clone->refs = 1;
    clone->series_count = history->series_count;
    for (int i = 0; i < history->series_count; i++)
        clone->names[i] = xstrdup(history->names[i]);
    for (int epoch = 0; epoch < history->epochs; epoch++)
        history_append(clone, history->values + epoch * history->series_count);
    return clone;
}

void history_append(struct history *history, const double *values)
{
    size_t width = (size_t)history->series_count;
    history->values =
        vec_reserve(history->values, (size_t)history->epochs,
                    &history->capacity, width * sizeof *history->values);
    memcpy(history->values + (size_t)history->epochs * width, values,
           width * sizeof *values);
    history->epochs++;
}

double history_value(const struct history *history, int epoch, int series)
{
    return history->values[epoch * history->series_count + series];
}
