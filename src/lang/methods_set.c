/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods of set and frozenset.  args->values[0] is the set itself. */
#include <string.h>

#include "lang/set.h"

#define METHOD(name)                                                     \
    static bool name(struct interp *interp, const struct native *native, \
                     const struct call_args *args, struct value *ret,    \
                     struct error *err)

METHOD(add_method)
{
    (void)interp;
    *ret = value_none();
    return method_arity(native, args, 1, 1, err) &&
           set_add(args->values[0].set, args->values[1], err);
}

/* discard, remove */
METHOD(remove_method)
{
    bool found;
    if (!method_arity(native, args, 1, 1, err) ||
        !set_remove(args->values[0].set, args->values[1], &found, err))
        return false;
    *ret = value_none();
    if (found || native->name[0] == 'd')
        return true;
    struct value exception = exception_new(
        interp, interp->exceptions[ERROR_KEY].class, 1, &args->values[1]);
    error_raise(interp, exception, err);
    value_unref(exception);
    return false;
}

METHOD(pop_method)
{
    struct set *set = args->values[0].set;
    size_t position = 0;
    struct value key;
    bool found;
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    if (!set_next(set, &position, &key))
        return error_set(err, ERROR_KEY, "'pop from an empty set'");
    *ret = value_ref(key);
    return set_remove(set, key, &found, err);
}

/* What SET holds becomes what FROM holds. */
static void take_contents(struct set *set, struct set *from)
{
    struct set old = *set;
    *set = *from;
    set->object = old.object;
    old.object = from->object;
    *from = old;
}

METHOD(clear_method)
{
    struct value empty;
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    empty = value_set(false);
    take_contents(args->values[0].set, empty.set);
    value_unref(empty);
    *ret = value_none();
    return true;
}

METHOD(copy_method)
{
    return method_arity(native, args, 0, 0, err) &&
           set_from(interp, args->values[0],
                    args->values[0].kind == VALUE_FROZENSET, ret, err);
}

/* SELF op each of the iterables in turn. */
static bool fold(struct interp *interp, int operator,
                 const struct call_args * args, struct value *ret,
                 struct error *err)
{
    struct value result;
    bool frozen = args->values[0].kind == VALUE_FROZENSET, found;
    if (args->keyword_count)
        return error_set(err, ERROR_TYPE, "it takes no keyword arguments");
    if (!set_from(interp, args->values[0], frozen, &result, err))
        return false;
    for (int i = 1; i < args->count; i++) {
        struct value other, next;
        if (!set_from(interp, args->values[i], false, &other, err)) {
            value_unref(result);
            return false;
        }
        bool good =
            set_operate(interp, operator, result, other, &found, &next, err);
        value_unref(other);
        value_unref(result);
        if (!good)
            return false;
        result = next;
    }
    *ret = result;
    return true;
}

static const struct {
    const char *name;
    int operator;
    bool in_place;
} operations[] = {
    {"union", OPERATOR_OR, false},
    {"intersection", OPERATOR_AND, false},
    {"difference", OPERATOR_SUBTRACT, false},
    {"symmetric_difference", OPERATOR_XOR, false},
    {"update", OPERATOR_OR, true},
    {"intersection_update", OPERATOR_AND, true},
    {"difference_update", OPERATOR_SUBTRACT, true},
    {"symmetric_difference_update", OPERATOR_XOR, true},
    {"issubset", OPERATOR_LESS_EQUAL, false},
    {"issuperset", OPERATOR_GREATER_EQUAL, false},
};

METHOD(operation_method)
{
    size_t i = 0;
    while (strcmp(operations[i].name, native->name) != 0)
        i++;
    bool compares = operations[i].operator>= OPERATOR_EQUAL;
    if (compares && !method_arity(native, args, 1, 1, err))
        return false;
    if (!fold(interp, operations[i].operator, args, ret, err))
        return false;
    if (operations[i].in_place) {
        take_contents(args->values[0].set, ret->set);
        value_unref(*ret);
        *ret = value_none();
    }
    return true;
}

METHOD(isdisjoint_method)
{
    struct value common;
    if (!method_arity(native, args, 1, 1, err) ||
        !fold(interp, OPERATOR_AND, args, &common, err))
        return false;
    *ret = value_bool(common.set->count == 0);
    value_unref(common);
    return true;
}

#define BOTH                                                               \
    {.object = {1}, .name = "copy", .call = copy_method},                  \
        {.object = {1}, .name = "union", .call = operation_method},        \
        {.object = {1}, .name = "intersection", .call = operation_method}, \
        {.object = {1}, .name = "difference", .call = operation_method},   \
        {.object = {1},                                                    \
         .name = "symmetric_difference",                                   \
         .call = operation_method},                                        \
        {.object = {1}, .name = "issubset", .call = operation_method},     \
        {.object = {1}, .name = "issuperset", .call = operation_method},   \
    {                                                                      \
        .object = {1}, .name = "isdisjoint", .call = isdisjoint_method     \
    }

struct native set_methods[] = {
    {.object = {1}, .name = "add", .call = add_method},
    {.object = {1}, .name = "remove", .call = remove_method},
    {.object = {1}, .name = "discard", .call = remove_method},
    {.object = {1}, .name = "pop", .call = pop_method},
    {.object = {1}, .name = "clear", .call = clear_method},
    {.object = {1}, .name = "update", .call = operation_method},
    {.object = {1}, .name = "intersection_update", .call = operation_method},
    {.object = {1}, .name = "difference_update", .call = operation_method},
    {.object = {1},
     .name = "symmetric_difference_update",
     .call = operation_method},
    BOTH,
    {.name = NULL}};

struct native frozenset_methods[] = {BOTH, {.name = NULL}};
