/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparisons, `is` and `in`. */
#include <string.h>

#include "lang/number.h"
#include "lang/set.h"

bool value_identical(struct value a, struct value b)
{
    if (a.kind != b.kind)
        return false;
    if (a.kind == VALUE_SCALAR)
        return false; /* each is an object of its own in NumPy */
    if (a.kind == VALUE_FLOAT)
        return a.f == b.f;
    if (a.kind == VALUE_DTYPE)
        return a.dtype == b.dtype;
    if (a.kind <= VALUE_INT)
        return a.kind == VALUE_NONE || a.i == b.i;
    return a.kind < VALUE_STRING || a.object == b.object;
}

/* ---------------------------------------------------------------- order */

static int string_order(const struct string *a, const struct string *b)
{
    size_t length = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->text, b->text, length);
    if (order)
        return order;
    return (a->length > b->length) - (a->length < b->length);
}

static bool sequence_compare(struct interp *interp, int operator,
                             const struct sequence * a,
                             const struct sequence *b, struct value *ret,
                             struct error *err)
{
    size_t i = 0;
    while (i < a->count && i < b->count &&
           (value_identical(a->items[i], b->items[i]) ||
            value_equal(a->items[i], b->items[i])))
        i++;
    if (i < a->count && i < b->count)
        return compare(interp, operator, a->items[i], b->items[i], ret, err);
    *ret = value_bool(
        int_holds(operator,(a->count > b->count) - (a->count < b->count), 0));
    return true;
}

static bool order_compare(struct interp *interp, int operator, struct value a,
                          struct value b, struct value *ret, struct error *err)
{
    if ((a.kind == VALUE_STRING || a.kind == VALUE_BYTES) &&
        a.kind == b.kind) {
        *ret = value_bool(
            int_holds(operator, string_order(a.string, b.string), 0));
        return true;
    }
    if (a.kind == b.kind && (a.kind == VALUE_LIST || a.kind == VALUE_TUPLE)) {
        if (interp_stack_is_low(interp))
            return recursion_error(err);
        return sequence_compare(interp, operator, a.sequence, b.sequence, ret,
                                err);
    }
    return error_set(err, ERROR_TYPE,
                     "'%s' not supported between instances of '%s' and '%s'",
                     operator_text((enum operator) operator),
                     value_type_name(a), value_type_name(b));
}

static bool object_compare(struct interp *interp, int operator, struct value a,
                           struct value b, bool *found, struct value *ret,
                           struct error *err)
{
    static const char *const methods[][2] = {
        {"__eq__", "__eq__"}, {"__ne__", "__ne__"}, {"__lt__", "__gt__"},
        {"__le__", "__ge__"}, {"__gt__", "__lt__"}, {"__ge__", "__le__"}};
    const char *const *names = methods[operator - OPERATOR_EQUAL];
    return value_call_binary(interp, a, names[0], b, names[1], found, ret, err);
}

/* ------------------------------------------------------------------- in */

static bool string_contains(const struct string *text, struct value item,
                            bool *ret, struct error *err)
{
    if (item.kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE,
                         "'in <string>' requires string as left operand, not "
                         "%s",
                         value_type_name(item));
    *ret = memmem(text->text, text->length, item.string->text,
                  item.string->length) != NULL;
    return true;
}

static bool iterable_contains(struct interp *interp, struct value container,
                              struct value item, bool *ret, struct error *err)
{
    struct value iterator, element;
    bool done = false;
    if (!interp_iterate(interp, container, &iterator, err)) {
        if (err->kind == ERROR_TYPE)
            error_set(err, ERROR_TYPE, "argument of type '%s' is not iterable",
                      value_type_name(container));
        return false;
    }
    *ret = false;
    bool good = true;
    while (good && !*ret) {
        good = interp_next(interp, iterator, &done, &element, err);
        if (!good || done)
            break;
        *ret = value_identical(element, item) || value_equal(element, item);
        value_unref(element);
    }
    value_unref(iterator);
    return good;
}

/* (array == item).any() */
static bool tensor_contains(struct interp *interp, struct value tensor,
                            struct value item, bool *ret, struct error *err)
{
    struct value equal;
    if (!compare(interp, OPERATOR_EQUAL, tensor, item, &equal, err))
        return false;
    *ret = false;
    if (equal.kind == VALUE_TENSOR) {
        for (int64_t i = 0; i < equal.tensor->size && !*ret; i++)
            *ret = scalar_truth(tensor_item_at(equal.tensor, i));
    } else if (!value_truth(equal, ret, err)) {
        value_unref(equal);
        return false;
    }
    value_unref(equal);
    return true;
}

static bool range_contains(const struct range *range, int64_t i)
{
    if (range->step > 0)
        return i >= range->start && i < range->stop &&
               ((uint64_t)i - (uint64_t)range->start) % (uint64_t)range->step ==
                   0;
    return i <= range->start && i > range->stop &&
           ((uint64_t)range->start - (uint64_t)i) %
                   (0 - (uint64_t)range->step) ==
               0;
}

bool value_contains(struct interp *interp, struct value container,
                    struct value item, bool *ret, struct error *err)
{
    struct value value;
    int64_t i;
    bool found = false;
    switch ((enum value_kind)container.kind) {
    case VALUE_STRING:
        return string_contains(container.string, item, ret, err);
    case VALUE_BYTES:
        if (item.kind != VALUE_BYTES)
            break;
        *ret = memmem(container.string->text, container.string->length,
                      item.string->text, item.string->length) != NULL;
        return true;
    case VALUE_DICT:
        if (!dict_get(container.dict, item, ret, &value, err))
            return false;
        if (*ret)
            value_unref(value);
        return true;
    case VALUE_SET:
    case VALUE_FROZENSET:
        return set_has(container.set, item, ret, err);
    case VALUE_VIEW:
        if (container.view->part != VIEW_KEYS)
            break;
        return value_contains(interp, container.view->dict, item, ret, err);
    case VALUE_RANGE:
        if (!value_as_int(item, &i))
            break;
        *ret = range_contains(container.range, i);
        return true;
    case VALUE_TENSOR:
        return tensor_contains(interp, container, item, ret, err);
    case VALUE_INSTANCE:
    case VALUE_CLASS:
        if (!value_call_special(interp, container, "__contains__", 1, &item,
                                &found, &value, err))
            return false;
        if (found) {
            bool good = value_truth(value, ret, err);
            value_unref(value);
            return good;
        }
        if (value_plain(container).kind != container.kind)
            return value_contains(interp, value_plain(container), item, ret,
                                  err);
        break;
    default:
        break;
    }
    return iterable_contains(interp, container, item, ret, err);
}

/* ------------------------------------------------------------------ all */

static bool compare_membership(struct interp *interp, int operator,
                               struct value a, struct value b,
                               struct value *ret, struct error *err)
{
    bool result;
    if (operator== COMPARE_IS || operator== COMPARE_IS_NOT) {
        *ret = value_bool(value_identical(a, b) == (operator== COMPARE_IS));
        return true;
    }
    if (!value_contains(interp, b, a, &result, err))
        return false;
    *ret = value_bool(result == (operator== COMPARE_IN));
    return true;
}

/* Is it a number whose value .i holds (*REAL false) or .f? */
static bool is_number(struct value value, bool *real)
{
    enum dtype dtype = (enum dtype)value.dtype;
    *real = value.kind == VALUE_FLOAT ||
            (value.kind == VALUE_SCALAR && dtype_is_float(dtype));
    return *real || value.kind == VALUE_INT || value.kind == VALUE_BOOL ||
           (value.kind == VALUE_SCALAR && dtype != DTYPE_UINT64);
}

/* Numbers of any two kinds: what NumPy's loops give, without them. */
static bool mixed_compare(int operator, struct value a, struct value b,
                          struct value *ret)
{
    bool a_real, b_real;
    if (!is_number(a, &a_real) || !is_number(b, &b_real))
        return false;
    bool holds = a_real || b_real
                     ? real_holds(operator, a_real ? a.f : (double)a.i,
                                  b_real ? b.f : (double)b.i)
                     : int_holds(operator, a.i, b.i);
    *ret = number_verdict(a, b, holds);
    return true;
}

bool compare(struct interp *interp, int operator, struct value a,
             struct value b, struct value *ret, struct error *err)
{
    bool verdict;
    if (operator>= OPERATOR_COUNT)
        return compare_membership(interp, operator, a, b, ret, err);
    if (number_holds(operator, a, b, &verdict)) {
        *ret = number_verdict(a, b, verdict);
        return true;
    }
    if (mixed_compare(operator, a, b, ret))
        return true;
    if (a.kind == VALUE_INSTANCE || b.kind == VALUE_INSTANCE) {
        bool found;
        if (!object_compare(interp, operator, a, b, &found, ret, err))
            return false;
        if (found)
            return true;
        if (value_plain(a).kind != a.kind || value_plain(b).kind != b.kind)
            return compare(interp, operator, value_plain(a), value_plain(b),
                           ret, err);
    } else if ((value_is_numpy(a) || value_is_numpy(b)) && interp->hooks.operate) {
        return interp->hooks.operate(interp, (enum operator) operator, a, b,
                                     NULL, ret, err);
    }
    bool found = false;
    if ((a.kind == VALUE_SET || a.kind == VALUE_FROZENSET ||
         a.kind == VALUE_VIEW) &&
        !set_operate(interp, operator, a, b, &found, ret, err))
        return false;
    if (found)
        return true;
    if (operator== OPERATOR_EQUAL || operator== OPERATOR_NOT_EQUAL) {
        bool equal = value_equal(a, b);
        *ret = value_bool(equal == (operator== OPERATOR_EQUAL));
        return interp_settle(interp, err);
    }
    return order_compare(interp, operator, a, b, ret, err);
}

bool value_less(struct interp *interp, struct value a, struct value b,
                bool *ret, struct error *err)
{
    struct value result;
    if (!compare(interp, OPERATOR_LESS, a, b, &result, err))
        return false;
    bool good = value_truth(result, ret, err);
    value_unref(result);
    return good;
}
