/* SPDX-License-Identifier: GPL-3.0-or-later */
/* collections.Counter: a dict that counts.  args->values[0] is it. */
#include <string.h>

#include "lang/set.h"

static struct value count_of(const struct dict *dict, struct value key)
{
    struct error ignored = ERROR_INIT;
    struct value count;
    bool found;
    if (!dict_get(dict, key, &found, &count, &ignored))
        error_clear(&ignored);
    else if (found)
        return count;
    return value_int(0);
}

/* Adds (or takes away) AMOUNT of KEY. */
static bool change(struct interp *interp, struct dict *dict, struct value key,
                   enum operator operator, struct value amount,
                   struct error *err)
{
    struct value old = count_of(dict, key), sum;
    bool good = operate(interp, operator, old, amount, &sum, err);
    value_unref(old);
    if (!good)
        return false;
    good = dict_set(dict, key, sum, err);
    value_unref(sum);
    return good;
}

static bool change_all(struct interp *interp, struct dict *dict,
                       enum operator operator, struct value from,
                       struct error *err)
{
    struct value key, value, *items;
    size_t count;
    bool good = true;
    if (from.kind == VALUE_DICT) {
        for (size_t i = 0; good && dict_next(from.dict, &i, &key, &value);)
            good = change(interp, dict, key, operator, value, err);
        return good;
    }
    if (!interp_collect(interp, from, &count, &items, err))
        return false;
    for (size_t i = 0; good && i < count; i++)
        good = change(interp, dict, items[i], operator, value_int(1), err);
    values_free(items, count);
    return good;
}

/* update, subtract: from an iterable, a mapping or keywords */
bool counter_update(struct interp *interp, const struct native *native,
                    const struct call_args *args, struct value *ret,
                    struct error *err)
{
    struct dict *dict = args->values[0].dict;
    enum operator operator= native->name[0] == 's' ? OPERATOR_SUBTRACT
                                                   : OPERATOR_ADD;
    bool good = args->count < 2 || args->values[1].kind == VALUE_NONE ||
                change_all(interp, dict, operator, args->values[1], err);
    for (int i = 0; good && i < args->keyword_count; i++) {
        struct value key = value_string(args->keywords[i].name);
        good =
            change(interp, dict, key, operator, args->keywords[i].value, err);
        value_unref(key);
    }
    *ret = value_none();
    return good;
}

static bool less_count(struct interp *interp, struct value a, struct value b,
                       bool *ret, struct error *err)
{
    return value_less(interp, a.sequence->items[1], b.sequence->items[1], ret,
                      err);
}

/* Pairs, the largest count first, equal ones as they came: by insertion. */
static bool sort_pairs(struct interp *interp, struct value *pairs, size_t count,
                       struct error *err)
{
    for (size_t i = 1; i < count; i++) {
        struct value pair = pairs[i];
        size_t at = i;
        bool less = true;
        while (at > 0) {
            if (!less_count(interp, pairs[at - 1], pair, &less, err)) {
                pairs[at] = pair;
                return false;
            }
            if (!less)
                break;
            pairs[at] = pairs[at - 1];
            at--;
        }
        pairs[at] = pair;
    }
    return true;
}

bool counter_pairs(struct interp *interp, struct value counter,
                   struct value *ret, struct error *err)
{
    struct value view = value_view(counter, VIEW_ITEMS), *items;
    size_t count;
    bool good = interp_collect(interp, view, &count, &items, err);
    value_unref(view);
    if (!good)
        return false;
    good = sort_pairs(interp, items, count, err);
    if (good)
        *ret = value_list(count, items);
    values_free(items, count);
    return good;
}

#define METHOD(name)                                                     \
    static bool name(struct interp *interp, const struct native *native, \
                     const struct call_args *args, struct value *ret,    \
                     struct error *err)

METHOD(most_common)
{
    struct value list;
    int64_t wanted = INT64_MAX;
    if (!method_arity(native, args, 0, 1, err) ||
        !counter_pairs(interp, args->values[0], &list, err))
        return false;
    if (args->count > 1 && args->values[1].kind != VALUE_NONE &&
        !value_as_int(args->values[1], &wanted)) {
        value_unref(list);
        return error_set(err, ERROR_TYPE,
                         "'%s' object cannot be interpreted as an integer",
                         value_type_name(args->values[1]));
    }
    struct sequence *pairs = list.sequence;
    while (pairs->count && (int64_t)pairs->count > wanted)
        value_unref(pairs->items[--pairs->count]);
    *ret = list;
    return true;
}

METHOD(elements)
{
    struct value key, value, list = value_list(0, NULL);
    int64_t times;
    bool good = method_arity(native, args, 0, 0, err);
    for (size_t i = 0;
         good && dict_next(args->values[0].dict, &i, &key, &value);)
        for (times = 0; value_as_int(value, &times) && times-- > 0;
             value.i = times)
            list_append(list.sequence, key);
    good = good && interp_iterate(interp, list, ret, err);
    value_unref(list);
    return good;
}

METHOD(total)
{
    struct value key, value, sum = value_int(0);
    bool good = method_arity(native, args, 0, 0, err);
    for (size_t i = 0;
         good && dict_next(args->values[0].dict, &i, &key, &value);) {
        struct value next;
        good = operate(interp, OPERATOR_ADD, sum, value, &next, err);
        if (good) {
            value_unref(sum);
            sum = next;
        }
    }
    *ret = sum;
    if (!good)
        value_unref(sum);
    return good;
}

/* The others are those of dict. */
struct native counter_methods[] = {
    {.object = {1}, .name = "update", .call = counter_update},
    {.object = {1}, .name = "subtract", .call = counter_update},
    {.object = {1}, .name = "most_common", .call = most_common},
    {.object = {1}, .name = "elements", .call = elements},
    {.object = {1}, .name = "total", .call = total},
    {.name = NULL}};

/* a + b, a - b: only what is above zero stays */
bool counter_operate(struct interp *interp, enum operator operator,
                     struct value a, struct value b, struct value *ret,
                     struct error *err)
{
    struct value all = value_dict(), result = value_dict(), key, value;
    all.dict->variant = result.dict->variant = DICT_COUNTER;
    bool good = dict_merge(interp, all.dict, a, err) &&
                change_all(interp, all.dict, operator, b, err);
    for (size_t i = 0; good && dict_next(all.dict, &i, &key, &value);) {
        bool positive;
        good = value_less(interp, value_int(0), value, &positive, err) &&
               (!positive || dict_set(result.dict, key, value, err));
    }
    value_unref(all);
    *ret = result;
    if (!good)
        value_unref(result);
    return good;
}
