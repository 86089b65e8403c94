/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Built-in functions that go through things item by item. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "bind/builtins.h"
#include "bind/file_object.h"
#include "lang/number.h"
#include "lang/set.h"

const struct param iterable_params[] = {{"iterable", PARAM_ANY, 0, NULL},
                                               {NULL, 0, 0, NULL}};
const struct param start_params[] = {{"iterable", PARAM_ANY, 0, NULL},
                                            {"start", PARAM_ANY, 0, "0"},
                                            {NULL, 0, 0, NULL}};
static const struct param range_params[] = {{"start", PARAM_ANY, 0, NULL},
                                            {"stop", PARAM_ANY, 0, "None"},
                                            {"step", PARAM_ANY, 0, "1"},
                                            {NULL, 0, 0, NULL}};
static const struct param next_params[] = {
    {"iterator", PARAM_ANY, 0, NULL},
    {"default", PARAM_ANY, 0, "<no value>"},
    {NULL, 0, 0, NULL}};
const struct param several_params[] = {{"iterables", PARAM_ANY, 0, ""},
                                              {NULL, 0, 0, NULL}};

/* -------------------------------------------------------------- len, range */

/* Of what needs no code to run and cannot fail; false for anything else. */
static bool plain_length(struct value x, int64_t *ret)
{
    switch ((enum value_kind)x.kind) {
    case VALUE_BYTES:
        *ret = (int64_t)x.string->length;
        return true;
    case VALUE_STRING:
        *ret = (int64_t)utf8_count(x.string->text, x.string->length);
        return true;
    case VALUE_TUPLE:
    case VALUE_LIST:
        *ret = (int64_t)x.sequence->count;
        return true;
    case VALUE_DICT:
        *ret = (int64_t)dict_count(x.dict);
        return true;
    case VALUE_SET:
    case VALUE_FROZENSET:
        *ret = (int64_t)x.set->count;
        return true;
    case VALUE_VIEW:
        return plain_length(x.view->dict, ret);
    case VALUE_RANGE:
        *ret = range_count(x.range);
        return true;
    case VALUE_TENSOR:
        if (x.tensor->ndim)
            *ret = x.tensor->shape[0];
        return x.tensor->ndim != 0;
    default:
        return false;
    }
}

static bool len_quick(const struct value *args, struct value *ret)
{
    int64_t length;
    if (!plain_length(args[0], &length))
        return false;
    *ret = value_int(length);
    return true;
}

static bool length_of(struct interp *interp, struct value x, int64_t *ret,
                      struct error *err)
{
    struct value length;
    bool found;

    if (plain_length(x, ret))
        return true;
    switch ((enum value_kind)x.kind) {
    case VALUE_TENSOR:
        return error_set(err, ERROR_TYPE, "len() of unsized object");
    case VALUE_OPAQUE:
        if (x.opaque->type->length) {
            *ret = x.opaque->type->length(x.opaque->data);
            return true;
        }
        if (!x.opaque->type->array)
            break;
        return length_of(interp, value_array(x), ret, err);
    case VALUE_INSTANCE:
    case VALUE_CLASS:
        if (!value_call_special(interp, x, "__len__", 0, NULL, &found, &length,
                                err))
            return false;
        if (found) {
            bool whole = value_as_int(length, ret);
            value_unref(length); /* its type's name is static */
            if (whole && *ret < 0)
                return error_set(err, ERROR_VALUE,
                                 "__len__() should return >= 0");
            return whole ||
                   error_set(err, ERROR_TYPE,
                             "'%s' object cannot be interpreted as an integer",
                             value_type_name(length));
        }
        if (value_plain(x).kind != x.kind)
            return length_of(interp, value_plain(x), ret, err);
        break;
    default:
        break;
    }
    return error_set(err, ERROR_TYPE, "object of type '%s' has no len()",
                     value_type_name(x));
}

NATIVE(len_call)
{
    struct value x;
    int64_t length;

    if (!native_bind(native, args, &x, err) ||
        !length_of(interp, x, &length, err))
        return false;
    *ret = value_int(length);
    return true;
}

static bool as_integer(struct value value, int64_t *ret, struct error *err)
{
    return value_as_int(value, ret) ||
           error_set(err, ERROR_TYPE,
                     "'%s' object cannot be interpreted as an integer",
                     value_type_name(value));
}

NATIVE(range_call)
{
    struct value slots[3];
    int64_t bounds[3] = {0, 0, 1};

    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    bool lone = !slot_given(slots[1]);
    if (!as_integer(slots[0], &bounds[lone ? 1 : 0], err) ||
        (!lone && !as_integer(slots[1], &bounds[1], err)) ||
        (slot_given(slots[2]) && !as_integer(slots[2], &bounds[2], err)))
        return false;
    if (bounds[2] == 0)
        return error_set(err, ERROR_VALUE,
                         "range() arg 3 must not be zero");
    *ret = value_range(bounds[0], bounds[1], bounds[2]);
    return true;
}

/* -------------------------------------------------- iterators over iterators */

/* zip, map, filter, enumerate: their sources, and a function or a count. */
struct combined {
    size_t count;
    struct value *sources;
    struct value function;
    int64_t index; /* of enumerate; zip: strict? */
    size_t ended;  /* zip: the source that ended first */
};

static void combined_free(void *data)
{
    struct combined *combined = data;

    for (size_t i = 0; i < combined->count; i++)
        value_unref(combined->sources[i]);
    free(combined->sources);
    value_unref(combined->function);
    free(combined);
}

/* The next item of each source, owned, in ITEMS; *DONE when one ends. */
static bool next_items(struct interp *interp, struct combined *combined,
                       bool *done, struct value *items, struct error *err)
{
    *done = combined->count == 0;
    for (size_t i = 0; i < combined->count; i++) {
        bool good = interp_next(interp, combined->sources[i], done, &items[i],
                                err);
        if (good && !*done)
            continue;
        combined->ended = i;
        while (i-- > 0)
            value_unref(items[i]);
        return good;
    }
    return true;
}

/* zip(strict=True): one has ended, the others must have, too. */
static bool all_end(struct interp *interp, struct combined *combined,
                    struct error *err)
{
    size_t ended = combined->ended;
    for (size_t i = ended ? ended : 1; i < combined->count; i++) {
        struct value item;
        bool done = false;
        if (i == ended)
            return error_set(err, ERROR_VALUE,
                             "zip() argument %zu is shorter than argument%s%zu",
                             i + 1, i > 1 ? "s 1-" : " ", i);
        if (!interp_next(interp, combined->sources[i], &done, &item, err))
            return false;
        if (done)
            continue;
        value_unref(item);
        return error_set(err, ERROR_VALUE,
                         "zip() argument %zu is longer than argument%s%zu",
                         i + 1, i > 1 ? "s 1-" : " ", i);
    }
    return true;
}

static bool zip_next(struct interp *interp, void *data, bool *done,
                     struct value *ret, struct error *err)
{
    struct combined *combined = data;
    struct value *items = xcalloc(combined->count, sizeof *items);
    bool good = next_items(interp, combined, done, items, err);
    if (good && *done && combined->index && !all_end(interp, combined, err))
        good = false;

    if (good && !*done)
        *ret = value_tuple_take(combined->count, items);
    free(items);
    return good;
}

static bool map_next(struct interp *interp, void *data, bool *done,
                     struct value *ret, struct error *err)
{
    struct combined *combined = data;
    struct value *items = xcalloc(combined->count, sizeof *items);
    bool good = next_items(interp, combined, done, items, err);

    if (good && !*done) {
        struct call_args args = {.count = (int)combined->count,
                                 .values = items};
        good = interp_call(interp, combined->function, &args, ret, err);
        for (size_t i = 0; i < combined->count; i++)
            value_unref(items[i]);
    }
    free(items);
    return good;
}

static bool keeps(struct interp *interp, struct value function,
                  struct value item, bool *ret, struct error *err)
{
    struct call_args args = {.count = 1, .values = &item};
    struct value verdict;

    if (function.kind == VALUE_NONE)
        return value_truth(item, ret, err);
    if (!interp_call(interp, function, &args, &verdict, err))
        return false;
    bool good = value_truth(verdict, ret, err);
    value_unref(verdict);
    return good;
}

static bool filter_next(struct interp *interp, void *data, bool *done,
                        struct value *ret, struct error *err)
{
    struct combined *combined = data;

    for (;;) {
        bool keep = false;
        struct value item;
        if (!interp_next(interp, combined->sources[0], done, &item, err))
            return false;
        if (*done)
            return true;
        bool good = keeps(interp, combined->function, item, &keep, err);
        if (good && keep) {
            *ret = item;
            return true;
        }
        value_unref(item);
        if (!good)
            return false;
    }
}

static bool enumerate_next(struct interp *interp, void *data, bool *done,
                           struct value *ret, struct error *err)
{
    struct combined *combined = data;
    struct value pair[2];

    if (!interp_next(interp, combined->sources[0], done, &pair[1], err))
        return false;
    if (*done)
        return true;
    pair[0] = value_int(combined->index++);
    *ret = value_tuple_take(2, pair);
    return true;
}

static const struct iterator_type zip_type = {"zip", zip_next, combined_free};
static const struct iterator_type map_type = {"map", map_next, combined_free};
static const struct iterator_type filter_type = {"filter", filter_next,
                                                 combined_free};
static const struct iterator_type enumerate_type = {"enumerate",
                                                    enumerate_next,
                                                    combined_free};

static bool combine(struct interp *interp, const struct iterator_type *type,
                    int count, const struct value *iterables,
                    struct value function, int64_t index, struct value *ret,
                    struct error *err)
{
    struct combined *combined = xcalloc(1, sizeof *combined);

    combined->sources = xcalloc((size_t)count, sizeof(struct value));
    combined->function = value_ref(function);
    combined->index = index;
    for (int i = 0; i < count; i++) {
        if (!interp_iterate(interp, iterables[i], &combined->sources[i],
                            err)) {
            combined_free(combined);
            return false;
        }
        combined->count++;
    }
    *ret = value_iterator(type, combined);
    return true;
}

NATIVE(zip_call)
{
    bool strict = false;

    for (int i = 0; i < args->keyword_count; i++) {
        const struct keyword_value *keyword = &args->keywords[i];
        if (strcmp(keyword->name, "strict") != 0)
            return error_set(err, ERROR_TYPE,
                             "%s() got an unexpected keyword argument '%s'",
                             native->name, keyword->name);
        if (!value_truth(keyword->value, &strict, err))
            return false;
    }
    return combine(interp, &zip_type, args->count, args->values, value_none(),
                   strict, ret, err);
}

NATIVE(map_call)
{
    if (args->count < 2)
        return error_set(err, ERROR_TYPE,
                         "%s() must have at least two arguments.",
                         native->name);
    return combine(interp, &map_type, args->count - 1, args->values + 1,
                   args->values[0], 0, ret, err);
}

NATIVE(filter_call)
{
    if (args->count != 2)
        return error_set(err, ERROR_TYPE, "%s expected 2 arguments, got %d",
                         native->name, args->count);
    return combine(interp, &filter_type, 1, args->values + 1, args->values[0],
                   0, ret, err);
}

NATIVE(enumerate_call)
{
    struct value slots[2];
    int64_t start = 0;

    if (!native_bind(native, args, slots, err) ||
        (slot_given(slots[1]) && !as_integer(slots[1], &start, err)))
        return false;
    return combine(interp, &enumerate_type, 1, slots, value_none(), start, ret,
                   err);
}

/* ----------------------------------------------------------- iter, next */

NATIVE(iter_call)
{
    struct value x;
    return native_bind(native, args, &x, err) &&
           interp_iterate(interp, x, ret, err);
}

/* A file goes on where it stands. */
static bool next_line_of(struct interp *interp, struct value file,
                         struct value otherwise, struct value *ret,
                         struct error *err)
{
    struct value lines;
    bool done = false;

    if (!interp_iterate(interp, file, &lines, err))
        return false;
    bool good = interp_next(interp, lines, &done, ret, err);
    if (good && done && otherwise.kind == VALUE_UNDEFINED)
        good = iterator_stop(interp, lines, err);
    else if (good && done)
        *ret = value_ref(otherwise);
    value_unref(lines);
    return good;
}

NATIVE(next_call)
{
    struct value slots[2];
    bool done = false;

    if (!native_bind(native, args, slots, err))
        return false;
    if (slots[0].kind == VALUE_OPAQUE && file_object_get(slots[0]))
        return next_line_of(interp, slots[0], slots[1], ret, err);
    if (slots[0].kind != VALUE_ITERATOR && slots[0].kind != VALUE_INSTANCE)
        return error_set(err, ERROR_TYPE, "'%s' object is not an iterator",
                         value_type_name(slots[0]));
    if (!interp_next(interp, slots[0], &done, ret, err))
        return false;
    if (!done)
        return true;
    if (slots[1].kind == VALUE_UNDEFINED)
        return iterator_stop(interp, slots[0], err);
    *ret = value_ref(slots[1]);
    return true;
}

struct native iteration_builtins[] = {
    QUICK_ROW("len", len_call, len_quick, 1, iterable_params, "How many items it has"),
    FUNCTION_ROW("range", range_call, range_params,
                 "The whole numbers from start (0) up to but not including "
                 "stop"),
    FUNCTION_ROW("enumerate", enumerate_call, start_params,
                 "Items with their numbers: (0, first), (1, second)…"),
    FUNCTION_ROW("zip", zip_call, several_params,
                 "Items of several things side by side, as tuples"),
    FUNCTION_ROW("map", map_call, several_params,
                 "A function applied to each item"),
    FUNCTION_ROW("filter", filter_call, several_params,
                 "The items for which a function says yes"),
    FUNCTION_ROW("iter", iter_call, iterable_params,
                 "An iterator over the items"),
    FUNCTION_ROW("next", next_call, next_params, "An iterator's next item"),
    {.name = NULL},
};
