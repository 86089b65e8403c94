/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods of list, tuple, dict and the plain numbers.  args->values[0] is the
   object itself. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/methods_bytes.h"
#include "lang/set.h"

#define METHOD(name)                                                     \
    static bool name(struct interp *interp, const struct native *native, \
                     const struct call_args *args, struct value *ret,    \
                     struct error *err)

static struct sequence *self_of(const struct call_args *args)
{
    return args->values[0].sequence;
}

/* ------------------------------------------------------------------- lists */

METHOD(list_append_method)
{
    (void)interp;
    if (!method_arity(native, args, 1, 1, err))
        return false;
    list_append(self_of(args), args->values[1]);
    *ret = value_none();
    return true;
}

METHOD(list_extend)
{
    struct value same;
    if (!method_arity(native, args, 1, 1, err) ||
        !operate_in_place(interp, OPERATOR_ADD, args->values[0],
                          args->values[1], &same, err))
        return false;
    value_unref(same);
    *ret = value_none();
    return true;
}

METHOD(list_insert)
{
    struct sequence *list = self_of(args);
    int64_t at, count = (int64_t)list->count;
    (void)interp;
    if (!method_arity(native, args, 2, 2, err))
        return false;
    if (!value_as_int(args->values[1], &at))
        return error_set(err, ERROR_TYPE,
                         "'%s' object cannot be interpreted as an integer",
                         value_type_name(args->values[1]));
    at = at < 0 ? at + count : at;
    at = at < 0 ? 0 : at > count ? count : at;
    list_append(list, args->values[2]);
    struct value item = list->items[count];
    memmove(list->items + at + 1, list->items + at,
            (size_t)(count - at) * sizeof item);
    list->items[at] = item;
    *ret = value_none();
    return true;
}

METHOD(list_pop)
{
    struct sequence *list = self_of(args);
    int64_t at = -1, count = (int64_t)list->count;
    (void)interp;
    if (!method_arity(native, args, 0, 1, err))
        return false;
    if (args->count > 1 && !value_as_int(args->values[1], &at))
        return error_set(err, ERROR_TYPE,
                         "'%s' object cannot be interpreted as an integer",
                         value_type_name(args->values[1]));
    if (count == 0)
        return error_set(err, ERROR_INDEX, "pop from empty list");
    at = at < 0 ? at + count : at;
    if (at < 0 || at >= count)
        return error_set(err, ERROR_INDEX, "pop index out of range");
    *ret = list->items[at];
    list->count--;
    memmove(list->items + at, list->items + at + 1,
            (size_t)(count - at - 1) * sizeof *list->items);
    return true;
}

static bool find_item(const struct sequence *sequence, struct value item,
                      size_t from, size_t to, size_t *ret)
{
    for (size_t i = from; i < to && i < sequence->count; i++) {
        if (value_equal(sequence->items[i], item)) {
            *ret = i;
            return true;
        }
    }
    return false;
}

METHOD(list_remove)
{
    size_t i;
    if (!method_arity(native, args, 1, 1, err))
        return false;
    if (!find_item(self_of(args), args->values[1], 0, SIZE_MAX, &i))
        return error_set(err, ERROR_VALUE, "list.remove(x): x not in list");
    *ret = value_none();
    return value_delete_item(interp, args->values[0], value_int((int64_t)i),
                             err);
}

/* Argument NUMBER as a bound of index(), from the end when negative. */
static bool bound_argument(const struct call_args *args, int number,
                           size_t *ret, struct error *err)
{
    int64_t i, count = (int64_t)self_of(args)->count;
    if (number >= args->count)
        return true;
    if (!value_as_int(args->values[number], &i))
        return error_set(err, ERROR_TYPE,
                         "slice indices must be integers or have an __index__ "
                         "method");
    i = i < 0 ? i + count : i;
    *ret = i < 0 ? 0 : (size_t)i;
    return true;
}

METHOD(sequence_index)
{
    size_t i, from = 0, to = SIZE_MAX;
    (void)interp;
    if (!method_arity(native, args, 1, 3, err) ||
        !bound_argument(args, 2, &from, err) ||
        !bound_argument(args, 3, &to, err))
        return false;
    if (!find_item(self_of(args), args->values[1], from, to, &i)) {
        if (args->values[0].kind == VALUE_TUPLE)
            return error_set(err, ERROR_VALUE,
                             "tuple.index(x): x not in tuple");
        struct strbuf text = STRBUF_INIT;
        value_repr(args->values[1], &text);
        error_set(err, ERROR_VALUE, "%s is not in list", text.text);
        strbuf_done(&text);
        return false;
    }
    *ret = value_int((int64_t)i);
    return true;
}

METHOD(sequence_count)
{
    int64_t count = 0;
    (void)interp;
    if (!method_arity(native, args, 1, 1, err))
        return false;
    for (size_t i = 0; i < self_of(args)->count; i++)
        count += value_equal(self_of(args)->items[i], args->values[1]);
    *ret = value_int(count);
    return true;
}

METHOD(list_clear)
{
    struct sequence *list = self_of(args);
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    while (list->count)
        value_unref(list->items[--list->count]);
    *ret = value_none();
    return true;
}

METHOD(list_copy)
{
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    *ret = value_list(self_of(args)->count, self_of(args)->items);
    return true;
}

static void reverse(struct value *items, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct value item = items[i];
        items[i] = items[count - 1 - i];
        items[count - 1 - i] = item;
    }
}

METHOD(list_reverse)
{
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    reverse(self_of(args)->items, self_of(args)->count);
    *ret = value_none();
    return true;
}

/* list.sort(key=None, reverse=False) */
METHOD(list_sort)
{
    struct value key = value_none();
    bool descending = false;
    if (args->count > 1)
        return error_set(err, ERROR_TYPE,
                         "sort() takes no positional arguments");
    for (int i = 0; i < args->keyword_count; i++) {
        const struct keyword_value *keyword = &args->keywords[i];
        if (!strcmp(keyword->name, "key"))
            key = keyword->value;
        else if (strcmp(keyword->name, "reverse"))
            return error_set(err, ERROR_TYPE,
                             "'%s' is an invalid keyword argument for %s()",
                             keyword->name, native->name);
        else if (!value_truth(keyword->value, &descending, err))
            return false;
    }
    *ret = value_none();
    return values_sort(interp, self_of(args)->items, self_of(args)->count, key,
                       descending, err);
}

/* ------------------------------------------------------------------- dicts */

METHOD(dict_view)
{
    enum view_part part = native->name[0] == 'k'   ? VIEW_KEYS
                          : native->name[0] == 'v' ? VIEW_VALUES
                                                   : VIEW_ITEMS;
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    *ret = value_view(args->values[0], part);
    return true;
}

/* get, pop, setdefault */
METHOD(dict_get_method)
{
    struct value other = args->count > 2 ? args->values[2] : value_none();
    bool found;
    (void)interp;
    if (!method_arity(native, args, 1, 2, err) ||
        !dict_get(args->values[0].dict, args->values[1], &found, ret, err))
        return false;
    if (!found)
        *ret = value_ref(other);
    return true;
}

METHOD(dict_pop)
{
    bool found;
    if (!method_arity(native, args, 1, 2, err) ||
        !dict_remove(args->values[0].dict, args->values[1], &found, ret, err))
        return false;
    if (found)
        return true;
    if (args->count > 2) {
        *ret = value_ref(args->values[2]);
        return true;
    }
    return value_get_item(interp, args->values[0], args->values[1], ret, err);
}

METHOD(dict_setdefault)
{
    struct value other = args->count > 2 ? args->values[2] : value_none();
    bool found;
    (void)interp;
    if (!method_arity(native, args, 1, 2, err) ||
        !dict_get(args->values[0].dict, args->values[1], &found, ret, err))
        return false;
    if (found)
        return true;
    *ret = value_ref(other);
    return dict_set(args->values[0].dict, args->values[1], other, err);
}

METHOD(dict_update)
{
    struct dict *dict = args->values[0].dict;
    if (args->count > 2)
        return error_set(err, ERROR_TYPE,
                         "%s expected at most 1 argument, got %d", native->name,
                         args->count - 1);
    if (args->count == 2 && !dict_merge(interp, dict, args->values[1], err))
        return false;
    for (int i = 0; i < args->keyword_count; i++)
        dict_set_string(dict, args->keywords[i].name, args->keywords[i].value);
    *ret = value_none();
    return true;
}

METHOD(dict_popitem)
{
    struct dict *dict = args->values[0].dict;
    struct value pair[2];
    bool found;
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    size_t last = dict->used;
    while (last && dict->entries[last - 1].key.kind == VALUE_UNDEFINED)
        last--;
    if (last == 0)
        return error_set(err, ERROR_KEY, "'popitem(): dictionary is empty'");
    pair[0] = value_ref(dict->entries[last - 1].key);
    if (!dict_remove(dict, pair[0], &found, &pair[1], err)) {
        value_unref(pair[0]);
        return false;
    }
    *ret = value_tuple_take(2, pair);
    return true;
}

METHOD(dict_copy)
{
    const struct dict *dict = args->values[0].dict;
    struct value copy = value_dict(), key, value;
    (void)interp;
    copy.dict->variant = dict->variant;
    copy.dict->factory = value_ref(dict->factory);
    if (!method_arity(native, args, 0, 0, err)) {
        value_unref(copy);
        return false;
    }
    for (size_t i = 0; dict_next(args->values[0].dict, &i, &key, &value);)
        dict_set(copy.dict, key, value, err);
    *ret = copy;
    return true;
}

METHOD(dict_clear_method)
{
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    dict_clear(args->values[0].dict);
    *ret = value_none();
    return true;
}

/* ----------------------------------------------------------------- numbers */

METHOD(is_integer)
{
    double number = 0;
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    value_as_double(args->values[0], &number);
    *ret = value_bool(isfinite(number) && floor(number) == number);
    return true;
}

/* The fraction that a float is, exactly; in 64 bits. */
METHOD(as_integer_ratio)
{
    double number = 0;
    int exponent = 0;
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    value_as_double(args->values[0], &number);
    if (!isfinite(number))
        return error_set(err, ERROR_VALUE,
                         "cannot convert NaN or infinity to integer ratio");
    while (number != floor(number) && exponent < 62) {
        number *= 2;
        exponent++;
    }
    if (number != floor(number) || fabs(number) >= 9223372036854775808.0)
        return error_set(err, ERROR_OVERFLOW, "int too large for 64 bits");
    struct value pair[2] = {value_int((int64_t)number),
                            value_int(INT64_C(1) << exponent)};
    *ret = value_tuple_take(2, pair);
    return true;
}

METHOD(bit_length)
{
    int64_t number;
    int bits = 0;
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    if (!value_as_int(args->values[0], &number))
        return error_set(err, ERROR_ATTRIBUTE,
                         "'float' object has no attribute 'bit_length'");
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    for (; rest; rest >>= 1)
        bits++;
    *ret = value_int(bits);
    return true;
}

struct native list_methods[] = {
    {.object = {1}, .name = "append", .call = list_append_method},
    {.object = {1}, .name = "extend", .call = list_extend},
    {.object = {1}, .name = "insert", .call = list_insert},
    {.object = {1}, .name = "pop", .call = list_pop},
    {.object = {1}, .name = "remove", .call = list_remove},
    {.object = {1}, .name = "index", .call = sequence_index},
    {.object = {1}, .name = "count", .call = sequence_count},
    {.object = {1}, .name = "clear", .call = list_clear},
    {.object = {1}, .name = "copy", .call = list_copy},
    {.object = {1}, .name = "reverse", .call = list_reverse},
    {.object = {1}, .name = "sort", .call = list_sort},
    {.name = NULL}};

struct native tuple_methods[] = {
    {.object = {1}, .name = "index", .call = sequence_index},
    {.object = {1}, .name = "count", .call = sequence_count},
    {.name = NULL}};

struct native dict_methods[] = {
    {.object = {1}, .name = "keys", .call = dict_view},
    {.object = {1}, .name = "values", .call = dict_view},
    {.object = {1}, .name = "items", .call = dict_view},
    {.object = {1}, .name = "get", .call = dict_get_method},
    {.object = {1}, .name = "pop", .call = dict_pop},
    {.object = {1}, .name = "setdefault", .call = dict_setdefault},
    {.object = {1}, .name = "update", .call = dict_update},
    {.object = {1}, .name = "popitem", .call = dict_popitem},
    {.object = {1}, .name = "copy", .call = dict_copy},
    {.object = {1}, .name = "clear", .call = dict_clear_method},
    {.name = NULL}};

struct native number_methods[] = {
    {.object = {1}, .name = "is_integer", .call = is_integer},
    {.object = {1}, .name = "as_integer_ratio", .call = as_integer_ratio},
    {.object = {1}, .name = "bit_length", .call = bit_length},
    {.object = {1}, .name = "to_bytes", .call = int_to_bytes},
    {.name = NULL}};
