/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings of src/nn's rows at the prompt: constructors take them as
 * parameters, objects have them as attributes.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/keras_internal.h"

/* -------------------------------------------------------------- parameters */

/* Made once for each table of settings with what stands before it, and
   kept. */
static struct made {
    const void *rows, *before;
    struct param *params;
} * made;
static size_t made_count, made_capacity;

static struct param *find_made(const void *rows, const void *before)
{
    for (size_t i = 0; i < made_count; i++)
        if (made[i].rows == rows && made[i].before == before)
            return made[i].params;
    return NULL;
}

static size_t count_params(const struct param *params)
{
    size_t count = 0;
    while (params && params[count].name)
        count++;
    return count;
}

/* BEFORE, COUNT that the caller fills in from *RET on, and AFTER. */
static struct param *make_params(const void *rows, size_t count,
                                 const struct param *before,
                                 const struct param *after, struct param **ret)
{
    size_t first = count_params(before), last = count_params(after);
    struct param *params = xcalloc(first + count + last + 1, sizeof *params);
    if (first)
        memcpy(params, before, first * sizeof *before);
    if (last)
        memcpy(params + first + count, after, last * sizeof *after);
    VEC_PUSH(made, made_count, made_capacity) =
        (struct made){rows, before, params};
    *ret = params + first;
    return params;
}

static enum param_kind kind_of_number(const struct number_setting *row)
{
    bool flag = row->fallback && (!strcmp(row->fallback, "True") ||
                                  !strcmp(row->fallback, "False"));
    return flag ? PARAM_BOOL : PARAM_FLOAT;
}

const struct param *keras_number_params(const struct param *before,
                                        const struct number_setting *rows,
                                        const struct param *after)
{
    struct param *params = find_made(rows, before), *own;
    size_t count = 0;
    if (params)
        return params;
    while (rows[count].name)
        count++;
    params = make_params(rows, count, before, after, &own);
    for (size_t i = 0; i < count; i++)
        own[i] = (struct param){rows[i].name, kind_of_number(&rows[i]), 0,
                                rows[i].fallback};
    return params;
}

const struct param *keras_layer_params(const struct layer_setting *rows,
                                       const struct param *after)
{
    static const enum param_kind kinds[] = {
        [SETTING_SIZE] = PARAM_INT,        [SETTING_NUMBER] = PARAM_FLOAT,
        [SETTING_SHARE] = PARAM_FLOAT,     [SETTING_FLAG] = PARAM_BOOL,
        [SETTING_PAIR] = PARAM_DIMS,       [SETTING_STRIDES] = PARAM_DIMS,
        [SETTING_PADDING] = PARAM_STRING,  [SETTING_SHAPE] = PARAM_DIMS,
        [SETTING_ACTIVATION] = PARAM_ANY,  [SETTING_INITIALIZER] = PARAM_ANY,
        [SETTING_REGULARIZER] = PARAM_ANY,
    };
    struct param *params = find_made(rows, NULL), *own;
    size_t count = 0;
    if (params)
        return params;
    while (rows[count].name)
        count++;
    params = make_params(rows, count, NULL, after, &own);
    for (size_t i = 0; i < count; i++)
        own[i] = (struct param){rows[i].name, kinds[rows[i].kind], 0,
                                rows[i].fallback};
    return params;
}

/* ------------------------------------------------------------------ numbers */

bool keras_read_number(const struct number_setting *row, struct value value,
                       double *ret, struct error *err)
{
    bool truth;
    if (kind_of_number(row) != PARAM_BOOL)
        return keras_double(value, row->name, ret, err);
    if (!keras_is_given(value))
        return true;
    if (!value_truth(value, &truth, err))
        return false;
    *ret = truth;
    return true;
}

bool keras_read_numbers(const struct number_setting *rows,
                        const struct value *slots, double *numbers,
                        struct error *err)
{
    for (int i = 0; rows[i].name; i++)
        if (!keras_read_number(&rows[i], slots[i], &numbers[i], err))
            return false;
    return true;
}

struct value keras_number_value(const struct number_setting *row, double number)
{
    if (isnan(number))
        return value_none();
    if (kind_of_number(row) == PARAM_BOOL)
        return value_bool(number != 0.0);
    bool is_count = !strcmp(row->name, "seed") || !strcmp(row->name, "k");
    return is_count ? value_int((int64_t)number) : value_float(number);
}

void keras_numbers_repr(const char *name, const struct number_setting *rows,
                        const double *numbers, struct strbuf *sb)
{
    strbuf_addf(sb, "<%s", name);
    for (int i = 0; rows[i].name; i++) {
        if (isnan(numbers[i]))
            continue;
        strbuf_addf(sb, " %s=", rows[i].name);
        number_setting_format(&rows[i], numbers[i], sb);
    }
    strbuf_addc(sb, '>');
}

/* --------------------------------------------------------- a layer's setting
 */

static bool read_size(const struct layer_setting *row, struct value value,
                      int64_t *ret, struct error *err)
{
    if (!keras_int(value, row->name, ret, err))
        return false;
    if (*ret < 1 || *ret > INT32_MAX)
        return error_set(err, ERROR_VALUE,
                         "%s must be a positive integer, got %" PRId64,
                         row->name, *ret);
    return true;
}

/* 3 is (3, 3). */
static bool read_pair(const struct layer_setting *row, struct value value,
                      int64_t *ret, struct error *err)
{
    struct sample_shape shape;
    if (!keras_is_given(value))
        return true;
    if (!keras_sample_shape(value, row->name, &shape, err))
        return false;
    if (shape.ndim > 2) {
        error_set(err, ERROR_VALUE,
                  "%s must be an integer or a tuple of 2 integers", row->name);
        error_hint(err, "%s=(%" PRId64 ", %" PRId64 ")", row->name,
                   shape.dims[0], shape.dims[1]);
        return false;
    }
    bool one = value.kind != VALUE_TUPLE && value.kind != VALUE_LIST;
    ret[0] = shape.dims[0];
    ret[1] = one || shape.ndim == 1 ? shape.dims[0] : shape.dims[1];
    return true;
}

static bool read_padding(struct value value, bool *ret, struct error *err)
{
    const char *text = *ret ? "same" : "valid";
    if (!keras_string(value, "padding", &text, err))
        return false;
    *ret = !strcasecmp(text, "same");
    if (*ret || !strcasecmp(text, "valid"))
        return true;
    error_set(err, ERROR_VALUE,
              "The `padding` argument must be one of \"valid\", \"same\". "
              "Received: %s",
              text);
    error_hint(err, "padding='same'");
    return false;
}

static bool read_share(const struct layer_setting *row, struct value value,
                       double *ret, struct error *err)
{
    if (!keras_double(value, row->name, ret, err))
        return false;
    if (*ret >= 0.0 && *ret < 1.0)
        return true;
    return error_set(err, ERROR_VALUE,
                     "Invalid value %g received for `%s`, expected a value "
                     "between 0 and 1.",
                     *ret, row->name);
}

/* One of the lengths may be -1. */
static bool read_target_shape(const struct layer_setting *row,
                              struct value value, struct sample_shape *ret,
                              struct error *err)
{
    struct value lengths[SAMPLE_MAX_DIMS] = {{0}};
    bool is_sequence = value.kind == VALUE_TUPLE || value.kind == VALUE_LIST;
    if (!is_sequence || value.sequence->count > SAMPLE_MAX_DIMS)
        return keras_sample_shape(value, row->name, ret, err);
    size_t count = value.sequence->count;
    int64_t length, open = -1;
    for (size_t i = 0; i < count; i++) {
        lengths[i] = value.sequence->items[i];
        if (open < 0 && value_as_int(lengths[i], &length) && length == -1) {
            open = (int64_t)i;
            lengths[i] = value_int(1);
        }
    }
    struct value shape = value_tuple(count, lengths);
    bool ok = keras_sample_shape(shape, row->name, ret, err);
    value_unref(shape);
    if (ok && open >= 0)
        ret->dims[open] = -1;
    return ok;
}

bool keras_read_setting(const struct layer_setting *row, struct value value,
                        struct layer_settings *settings, struct error *err)
{
    void *place = (char *)settings + row->offset;
    switch (row->kind) {
    case SETTING_SIZE:
        return read_size(row, value, place, err);
    case SETTING_NUMBER:
        return keras_double(value, row->name, place, err);
    case SETTING_SHARE:
        return read_share(row, value, place, err);
    case SETTING_FLAG:
        return keras_bool(value, row->name, place, err);
    case SETTING_PAIR:
    case SETTING_STRIDES:
        return read_pair(row, value, place, err);
    case SETTING_PADDING:
        return read_padding(value, place, err);
    case SETTING_SHAPE:
        return read_target_shape(row, value, place, err);
    case SETTING_ACTIVATION:
        return keras_to_activation(value, row->name, place, err);
    case SETTING_INITIALIZER:
        return keras_to_initializer(value, row->name, place, err);
    case SETTING_REGULARIZER:
        return keras_to_regularizer(value, row->name, place, err);
    }
    return false;
}

static struct value pair_value(const int64_t *pair)
{
    struct value items[2] = {value_int(pair[0]), value_int(pair[1])};
    return value_tuple_take(2, items);
}

struct value keras_setting_value(const struct layer_setting *row,
                                 const struct layer_settings *settings)
{
    const void *place = (const char *)settings + row->offset;
    const struct activation *const *activation = place;
    const struct sample_shape *shape = place;
    struct value items[SAMPLE_MAX_DIMS];
    switch (row->kind) {
    case SETTING_SIZE:
        return value_int(*(const int64_t *)place);
    case SETTING_NUMBER:
    case SETTING_SHARE:
        return value_float(*(const double *)place);
    case SETTING_FLAG:
        return value_bool(*(const bool *)place);
    case SETTING_STRIDES:
        return pair_value(*(const int64_t *)place ? (const int64_t *)place
                                                  : settings->window);
    case SETTING_PAIR:
        return pair_value(place);
    case SETTING_PADDING:
        return value_string(*(const bool *)place ? "same" : "valid");
    case SETTING_SHAPE:
        for (int i = 0; i < shape->ndim; i++)
            items[i] = value_int(shape->dims[i]);
        return value_tuple_take((size_t)shape->ndim, items);
    case SETTING_ACTIVATION:
        return keras_activation_value(*activation);
    case SETTING_INITIALIZER:
        return keras_initializer_value(place);
    case SETTING_REGULARIZER:
        return keras_regularizer_value(place);
    }
    return value_none();
}

struct value keras_setting_config(const struct layer_setting *row,
                                  const struct layer_settings *settings)
{
    static const struct number_setting prices[] = {
        {"l1", "0.0"}, {"l2", "0.0"}, {NULL, NULL}};
    const void *place = (const char *)settings + row->offset;
    const struct activation *const *activation = place;
    const struct initializer *initializer = place;
    const struct regularizer *regularizer = place;
    double numbers[] = {0.0, 0.0};
    switch (row->kind) {
    case SETTING_ACTIVATION:
        return *activation ? value_string((*activation)->named.name)
                           : value_none();
    case SETTING_INITIALIZER:
        return keras_described(initializer->type->class_name,
                               initializer->type->settings,
                               initializer->settings);
    case SETTING_REGULARIZER:
        numbers[0] = regularizer->l1;
        numbers[1] = regularizer->l2;
        return numbers[0] == 0.0 && numbers[1] == 0.0
                   ? value_none()
                   : keras_described("L1L2", prices, numbers);
    default:
        return keras_setting_value(row, settings);
    }
}
