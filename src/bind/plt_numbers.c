/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays, lists and names as the numbers of a figure. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/plt_internal.h"
#include "lang/interp.h"

/* ------------------------------------------------------------- axes of names
 */

/* The place of TEXT on AXIS, which gets a tick there. */
static double place_of(struct axis *axis, const char *text)
{
    size_t count = axis->tick_labels && axis->ticks ? axis->ticks->count : 0;
    for (size_t i = 0; i < count; i++)
        if (!strcmp(axis->tick_labels[i], text))
            return axis->ticks->values[i];
    struct error err = ERROR_INIT;
    struct series *ticks = plt_indices(count + 1, &err);
    if (!ticks) {
        error_clear(&err);
        return NAN;
    }
    series_unref(axis->ticks);
    axis->ticks = ticks;
    axis->has_ticks = true;
    axis->tick_labels =
        xreallocarray(axis->tick_labels, count + 1, sizeof *axis->tick_labels);
    axis->tick_labels[count] = xstrdup(text);
    return (double)count;
}

static bool is_texts(const struct sequence *items)
{
    for (size_t i = 0; i < items->count; i++)
        if (items->items[i].kind != VALUE_STRING)
            return false;
    return items->count > 0;
}

static struct tensor *places_of(size_t count, const struct value *items,
                                struct axis *axis, struct error *err)
{
    int64_t length = (int64_t)count;
    struct tensor *ret = tensor_new(DTYPE_FLOAT64, 1, &length, err);
    for (size_t i = 0; ret && i < count; i++)
        ((double *)ret->data)[i] = place_of(axis, items[i].string->text);
    return ret;
}

/* ------------------------------------------------------------------- numbers
 */

static struct tensor *at_least_1d(struct tensor *numbers, struct error *err)
{
    int64_t one = 1;
    if (!numbers || numbers->ndim > 0)
        return numbers;
    struct tensor *ret = tensor_reshape(numbers, 1, &one, 'C', err);
    tensor_unref(numbers);
    return ret;
}

/* What keys() and values() of a dict give, as a list. */
static bool list_of_view(struct value view, struct value *ret,
                         struct error *err)
{
    size_t count;
    struct value *items;
    if (!interp_collect(interp_current(), view, &count, &items, err))
        return false;
    *ret = value_list_take(count, items);
    free(items);
    return true;
}

struct tensor *plt_numbers(struct value value, struct axis *axis,
                           struct error *err)
{
    struct tensor *ret;
    struct value list;
    if (value.kind != VALUE_VIEW)
        list = value_ref(value_array(value));
    else if (!list_of_view(value, &list, err))
        return NULL;
    bool is_sequence = list.kind == VALUE_LIST || list.kind == VALUE_TUPLE;
    if (axis && list.kind == VALUE_STRING)
        ret = places_of(1, &list, axis, err);
    else if (axis && is_sequence && is_texts(list.sequence))
        ret = places_of(list.sequence->count, list.sequence->items, axis, err);
    else
        ret = at_least_1d(value_to_tensor(list, DTYPE_COUNT, err), err);
    value_unref(list);
    return ret;
}

struct series *plt_series(struct value value, struct axis *axis,
                          struct error *err)
{
    struct tensor *numbers = plt_numbers(value, axis, err);
    struct series *ret = numbers ? series_of(numbers, err) : NULL;
    tensor_unref(numbers);
    return ret;
}

struct series *plt_stretch(struct series *series, size_t length,
                           struct error *err)
{
    if (!series || series->count != 1 || length == 1)
        return series;
    struct series *ret = series_new(length, err);
    for (size_t i = 0; ret && i < length; i++)
        ret->values[i] = series->values[0];
    series_unref(series);
    return ret;
}

struct series *plt_indices(size_t count, struct error *err)
{
    struct series *ret = series_new(count, err);
    for (size_t i = 0; ret && i < count; i++)
        ret->values[i] = (double)i;
    return ret;
}

struct value plt_series_value(const struct series *series)
{
    struct error err = ERROR_INIT;
    int64_t length = series ? (int64_t)series->count : 0;
    struct tensor *ret = tensor_new(DTYPE_FLOAT64, 1, &length, &err);
    error_clear(&err);
    if (!ret)
        return value_none();
    if (length)
        memcpy(ret->data, series->values, series->count * sizeof(double));
    return value_tensor_take(ret);
}

bool plt_call_numpy(struct interp *interp, const char *name, int count,
                    const struct value *values, struct value *ret,
                    struct error *err)
{
    struct value numpy, function;
    struct call_args args = {.count = count, .values = values};
    if (!interp_import(interp, "numpy", &numpy, err))
        return false;
    bool good = interp_get_attribute(interp, numpy, name, &function, err);
    value_unref(numpy);
    if (!good)
        return false;
    good = interp_call(interp, function, &args, ret, err);
    value_unref(function);
    return good;
}
