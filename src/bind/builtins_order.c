/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Built-in functions that make something of all items: their order, the
   extremes, the sum, whether any or all are true. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/builtins.h"
#include "lang/number.h"
#include "lang/set.h"

static const struct param sorted_params[] = {
    {"iterable", PARAM_ANY, 0, NULL},
    {"key", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {"reverse", PARAM_ANY, PARAM_KEYWORD_ONLY, "False"},
    {NULL, 0, 0, NULL}};

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

struct native order_builtins[] = {
    FUNCTION_ROW("sorted", sorted_call, sorted_params, "A sorted list"),
    FUNCTION_ROW("reversed", reversed_call, iterable_params,
                 "The items from the last to the first"),
    QUICK_ROW("min", min_call, min_quick, 2, several_params, "The smallest item"),
    QUICK_ROW("max", max_call, max_quick, 2, several_params, "The largest item"),
    FUNCTION_ROW("sum", sum_call, start_params, "The sum of all items"),
    FUNCTION_ROW("any", any_call, iterable_params, "Is any item true?"),
    FUNCTION_ROW("all", all_call, iterable_params, "Are all items true?"),
    {.name = NULL},
};
