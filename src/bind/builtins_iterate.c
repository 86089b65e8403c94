/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Built-in functions that go through things. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "bind/builtins.h"
#include "bind/file_object.h"
#include "lang/number.h"
#include "lang/set.h"

static const struct param iterable_params[] = {{"iterable", PARAM_ANY, 0, NULL},
                                               {NULL, 0, 0, NULL}};
static const struct param start_params[] = {{"iterable", PARAM_ANY, 0, NULL},
                                            {"start", PARAM_ANY, 0, "0"},
                                            {NULL, 0, 0, NULL}};
static const struct param sorted_params[] = {
    {"iterable", PARAM_ANY, 0, NULL},
    {"key", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {"reverse", PARAM_ANY, PARAM_KEYWORD_ONLY, "False"},
    {NULL, 0, 0, NULL}};
static const struct param range_params[] = {{"start", PARAM_ANY, 0, NULL},
                                            {"stop", PARAM_ANY, 0, "None"},
                                            {"step", PARAM_ANY, 0, "1"},
                                            {NULL, 0, 0, NULL}};
static const struct param next_params[] = {
    {"iterator", PARAM_ANY, 0, NULL},
    {"default", PARAM_ANY, 0, "<no value>"},
    {NULL, 0, 0, NULL}};
static const struct param several_params[] = {{"iterables", PARAM_ANY, 0, ""},
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

/* ------------------------------------------------------------ order, extremes */

NATIVE(sorted_call)
{
    struct value slots[3], *items;
    size_t count;
    bool reverse = false;

    if (!native_bind(native, args, slots, err) ||
        (slot_given(slots[2]) && !value_truth(slots[2], &reverse, err)) ||
        !interp_collect(interp, slots[0], &count, &items, err))
        return false;
    struct value key = slot_given(slots[1]) ? slots[1] : value_none();
    bool done = values_sort(interp, items, count, key, reverse, err);
    struct value list = value_list_take(count, items);
    free(items);
    if (done)
        *ret = list;
    else
        value_unref(list);
    return done;
}

NATIVE(reversed_call)
{
    struct value x, *items;
    size_t count;
    bool found;

    if (!native_bind(native, args, &x, err) ||
        !value_call_special(interp, x, "__reversed__", 0, NULL, &found, ret,
                            err))
        return false;
    if (found)
        return true;
    if (x.kind == VALUE_TENSOR && x.tensor->ndim == 0)
        return error_set(err, ERROR_TYPE, "len() of unsized object");
    if (value_is_set(x) || x.kind == VALUE_ITERATOR)
        return error_set(err, ERROR_TYPE, "'%s' object is not reversible",
                         value_type_name(x));
    if (!interp_collect(interp, x, &count, &items, err))
        return false;
    for (size_t i = 0; i < count / 2; i++) {
        struct value item = items[i];
        items[i] = items[count - 1 - i];
        items[count - 1 - i] = item;
    }
    struct value list = value_list_take(count, items);
    free(items);
    bool done = interp_iterate(interp, list, ret, err);
    value_unref(list);
    return done;
}

static bool key_of(struct interp *interp, struct value key, struct value item,
                   struct value *ret, struct error *err)
{
    struct call_args args = {.count = 1, .values = &item};

    if (!slot_given(key)) {
        *ret = value_ref(item);
        return true;
    }
    return interp_call(interp, key, &args, ret, err);
}

/* item > best for max(), item < best for min(), as Python asks. */
static bool beats(struct interp *interp, bool largest, struct value item,
                  struct value best, bool *ret, struct error *err)
{
    struct value verdict;
    if (!compare(interp, largest ? OPERATOR_GREATER : OPERATOR_LESS, item, best,
                 &verdict, err))
        return false;
    bool good = value_truth(verdict, ret, err);
    value_unref(verdict);
    return good;
}

/* Index of the extreme item; the first of equals. */
static bool find_extreme(struct interp *interp, size_t count,
                         const struct value *items, struct value key,
                         bool largest, size_t *ret, struct error *err)
{
    struct value best;

    *ret = 0;
    if (!key_of(interp, key, items[0], &best, err))
        return false;
    for (size_t i = 1; i < count; i++) {
        struct value candidate;
        bool better = false;
        if (!key_of(interp, key, items[i], &candidate, err)) {
            value_unref(best);
            return false;
        }
        bool good = beats(interp, largest, candidate, best, &better, err);
        value_unref(better ? best : candidate);
        if (better) {
            best = candidate;
            *ret = i;
        }
        if (!good) {
            value_unref(best);
            return false;
        }
    }
    value_unref(best);
    return true;
}

static bool extreme(struct interp *interp, const struct native *native,
                    const struct call_args *args, bool largest,
                    struct value *ret, struct error *err)
{
    struct value key = value_none(), otherwise = {.kind = VALUE_UNDEFINED};
    struct value *collected = NULL;
    const struct value *items = args->values;
    size_t count = (size_t)args->count, best = 0;

    if (count == 2 && args->keyword_count == 0) {
        bool second;
        if (!beats(interp, largest, items[1], items[0], &second, err))
            return false;
        *ret = value_ref(items[second]);
        return true;
    }
    for (int i = 0; i < args->keyword_count; i++) {
        if (!strcmp(args->keywords[i].name, "key"))
            key = args->keywords[i].value;
        else if (!strcmp(args->keywords[i].name, "default"))
            otherwise = args->keywords[i].value;
        else
            return error_set(err, ERROR_TYPE,
                             "'%s' is an invalid keyword argument for %s()",
                             args->keywords[i].name, native->name);
    }
    if (count == 0)
        return error_set(err, ERROR_TYPE,
                         "%s expected at least 1 argument, got 0",
                         native->name);
    if (count == 1) {
        if (!interp_collect(interp, items[0], &count, &collected, err))
            return false;
        items = collected;
    }
    bool done = true;
    if (count) {
        done = find_extreme(interp, count, items, key, largest, &best, err);
        if (done)
            *ret = value_ref(items[best]);
    } else if (otherwise.kind != VALUE_UNDEFINED) {
        *ret = value_ref(otherwise);
    } else {
        done = error_set(err, ERROR_VALUE, "%s() arg is an empty sequence",
                         native->name);
    }
    for (size_t i = 0; collected && i < count; i++)
        value_unref(collected[i]);
    free(collected);
    return done;
}

static bool extreme_quick(const struct value *args, int operator,
                          struct value *ret)
{
    bool second;
    if (!number_holds(operator, args[1], args[0], &second))
        return false;
    *ret = args[second];
    return true;
}

static bool min_quick(const struct value *args, struct value *ret)
{
    return extreme_quick(args, OPERATOR_LESS, ret);
}

static bool max_quick(const struct value *args, struct value *ret)
{
    return extreme_quick(args, OPERATOR_GREATER, ret);
}

NATIVE(min_call)
{
    return extreme(interp, native, args, false, ret, err);
}

NATIVE(max_call)
{
    return extreme(interp, native, args, true, ret, err);
}

/* ---------------------------------------------------------- sum, any, all, next */

NATIVE(sum_call)
{
    struct value slots[2], iterator, sum = value_int(0);
    bool done = false, good = true;

    if (!native_bind(native, args, slots, err) ||
        !interp_iterate(interp, slots[0], &iterator, err))
        return false;
    if (slot_given(slots[1]))
        sum = value_ref(slots[1]);
    while (good && !done) {
        struct value item, next;
        good = interp_next(interp, iterator, &done, &item, err);
        if (!good || done)
            break;
        good = operate(interp, OPERATOR_ADD, sum, item, &next, err);
        value_unref(item);
        if (good) {
            value_unref(sum);
            sum = next;
        }
    }
    value_unref(iterator);
    if (good)
        *ret = sum;
    else
        value_unref(sum);
    return good;
}

/* Is there an item whose truth is WANTED? */
static bool search_truth(struct interp *interp, const struct native *native,
                         const struct call_args *args, bool wanted, bool *ret,
                         struct error *err)
{
    struct value x, iterator;
    bool done = false, good = true;

    *ret = false;
    if (!native_bind(native, args, &x, err) ||
        !interp_iterate(interp, x, &iterator, err))
        return false;
    while (good && !*ret) {
        struct value item;
        bool truth;
        good = interp_next(interp, iterator, &done, &item, err);
        if (!good || done)
            break;
        good = value_truth(item, &truth, err);
        *ret = good && truth == wanted;
        value_unref(item);
    }
    value_unref(iterator);
    return good;
}

NATIVE(any_call)
{
    bool found;
    if (!search_truth(interp, native, args, true, &found, err))
        return false;
    *ret = value_bool(found);
    return true;
}

NATIVE(all_call)
{
    bool found;
    if (!search_truth(interp, native, args, false, &found, err))
        return false;
    *ret = value_bool(!found);
    return true;
}

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
    FUNCTION_ROW("sorted", sorted_call, sorted_params, "A sorted list"),
    FUNCTION_ROW("reversed", reversed_call, iterable_params,
                 "The items from the last to the first"),
    QUICK_ROW("min", min_call, min_quick, 2, several_params, "The smallest item"),
    QUICK_ROW("max", max_call, max_quick, 2, several_params, "The largest item"),
    FUNCTION_ROW("sum", sum_call, start_params, "The sum of all items"),
    FUNCTION_ROW("any", any_call, iterable_params, "Is any item true?"),
    FUNCTION_ROW("all", all_call, iterable_params, "Are all items true?"),
    FUNCTION_ROW("iter", iter_call, iterable_params,
                 "An iterator over the items"),
    FUNCTION_ROW("next", next_call, next_params, "An iterator's next item"),
    {.name = NULL},
};
