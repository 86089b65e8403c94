/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What super().__init__(), object.__new__(cls), (5).__add__(3) lead to. */
#include "lang/methods_object.h"

#include <string.h>

#define METHOD(name)                                                     \
    static bool name(struct interp *interp, const struct native *native, \
                     const struct call_args *args, struct value *ret,    \
                     struct error *err)

static bool is_object(struct value value)
{
    return value.kind == VALUE_INSTANCE || value.kind == VALUE_EXCEPTION;
}

static bool needs_self(const struct native *native,
                       const struct call_args *args, struct error *err)
{
    return args->count ||
           error_set(err, ERROR_TYPE,
                     "unbound method object.%s() needs an argument",
                     native->name);
}

static struct call_args without_first(const struct call_args *args)
{
    struct call_args rest = *args;
    rest.count--;
    rest.values++;
    return rest;
}

/* ------------------------------------------------------------------ object */

/* An exception keeps its arguments; a list, dict… is filled anew. */
METHOD(init_method)
{
    if (!needs_self(native, args, err))
        return false;
    struct value self = args->values[0];
    struct call_args rest = without_first(args);
    *ret = value_none();
    if (self.kind == VALUE_EXCEPTION) {
        struct value old = self.instance->args;
        self.instance->args = value_tuple((size_t)rest.count, rest.values);
        value_unref(old);
    }
    struct value old = value_plain(self);
    bool fills = self.kind == VALUE_INSTANCE &&
                 (old.kind == VALUE_LIST || old.kind == VALUE_DICT ||
                  old.kind == VALUE_SET);
    if (!fills || (rest.count == 0 && rest.keyword_count == 0))
        return true;
    if (!interp_call(interp, self.instance->class->built_in, &rest,
                     &self.instance->held, err)) {
        self.instance->held = old;
        return false;
    }
    value_unref(old);
    return true;
}

METHOD(new_method)
{
    if (!args->count || args->values[0].kind != VALUE_CLASS)
        return error_set(err, ERROR_TYPE,
                         "object.%s(X): X is not a type object (%s)",
                         native->name,
                         args->count ? value_type_name(args->values[0]) : "");
    struct call_args rest = without_first(args);
    struct class *class = args->values[0].class;
    if (class->built_in.kind == VALUE_NATIVE) /* a metaclass's own __new__ */
        return metaclass_make(interp, class, &rest, ret, err);
    return class_make(interp, class, &rest, ret, err);
}

static bool name_argument(const struct native *native,
                          const struct call_args *args, int count,
                          struct error *err)
{
    if (!method_arity(native, args, count, count, err))
        return false;
    return args->values[1].kind == VALUE_STRING ||
           error_set(err, ERROR_TYPE, "attribute name must be string, not '%s'",
                     value_type_name(args->values[1]));
}

METHOD(setattr_method)
{
    *ret = value_none();
    return name_argument(native, args, 2, err) &&
           object_set_attribute(interp, args->values[0],
                                args->values[1].string->text, args->values[2],
                                err);
}

METHOD(delattr_method)
{
    *ret = value_none();
    return name_argument(native, args, 1, err) &&
           object_delete_attribute(interp, args->values[0],
                                   args->values[1].string->text, err);
}

METHOD(getattribute_method)
{
    if (!name_argument(native, args, 1, err))
        return false;
    const char *name = args->values[1].string->text;
    return is_object(args->values[0])
               ? object_get_attribute(interp, args->values[0], name, ret, err)
               : interp_get_attribute(interp, args->values[0], name, ret, err);
}

METHOD(nothing_method)
{
    (void)interp;
    (void)native;
    (void)args;
    (void)err;
    *ret = value_none();
    return true;
}

METHOD(repr_method)
{
    struct strbuf text = STRBUF_INIT;
    (void)interp;
    if (!needs_self(native, args, err))
        return false;
    if (is_object(args->values[0]))
        object_repr(args->values[0], native->name[2] == 's', &text);
    else
        value_repr(args->values[0], &text);
    *ret = value_string_take(&text);
    return true;
}

METHOD(identity_method)
{
    (void)interp;
    if (!method_arity(native, args, 1, 1, err))
        return false;
    bool same = args->values[0].kind == args->values[1].kind &&
                args->values[0].object == args->values[1].object;
    bool equal = !strcmp(native->name, "__eq__");
    *ret = same ? value_bool(equal)
                : (struct value){.kind = VALUE_NOT_IMPLEMENTED};
    return true;
}

METHOD(hash_method)
{
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    *ret = value_int((int64_t)((uintptr_t)args->values[0].object >> 4));
    return true;
}

/* type.__call__(cls, …): how a metaclass makes an object after all. */
METHOD(call_method)
{
    if (!args->count || args->values[0].kind != VALUE_CLASS)
        return error_set(err, ERROR_TYPE, "'%s' object is not callable",
                         args->count ? value_type_name(args->values[0])
                                     : native->name);
    struct call_args rest = without_first(args);
    return class_instantiate(interp, args->values[0].class, &rest, ret, err);
}

#define ROW(NAME, CALL)                              \
    {                                                \
        .object = {1}, .name = NAME, .call = CALL,   \
    }

/* What every object has, whatever it holds. */
static struct native own_methods[] = {
    ROW("__init__", init_method),
    ROW("__new__", new_method),
    ROW("__setattr__", setattr_method),
    ROW("__delattr__", delattr_method),
    ROW("__getattribute__", getattribute_method),
    ROW("__init_subclass__", nothing_method),
};

/* What objects have that hold no built-in value. */
static struct native default_methods[] = {
    ROW("__repr__", repr_method), ROW("__str__", repr_method),
    ROW("__eq__", identity_method), ROW("__ne__", identity_method),
    ROW("__hash__", hash_method),
};

static struct native class_methods[] = {ROW("__call__", call_method)};

static struct native *find_in(struct native *rows, size_t count,
                              const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(rows[i].name, name))
            return &rows[i];
    return NULL;
}
#define FIND(rows, name) find_in(rows, sizeof rows / sizeof *rows, name)

static struct value native_value(struct native *native)
{
    return value_ref((struct value){.kind = VALUE_NATIVE, .native = native});
}

bool object_unbound(const char *name, struct value *ret)
{
    struct native *row = FIND(own_methods, name);
    if (!row)
        row = FIND(default_methods, name);
    if (row)
        *ret = native_value(row);
    return row != NULL;
}

bool object_method(struct value self, const char *name, struct value *ret)
{
    struct native *row = NULL;
    if (name[0] == '_' && name[1] == '_') {
        row = FIND(own_methods, name);
        if (!row && self.kind == VALUE_CLASS)
            row = FIND(class_methods, name);
        if (row && row->call == new_method) {
            *ret = native_value(row);
            return true;
        }
    }
    struct value plain = value_plain(self);
    if (!row && plain.kind != self.kind)
        return plain_method(plain, name, ret);
    if (!row)
        row = FIND(default_methods, name);
    if (row)
        *ret = value_method(
            self, (struct value){.kind = VALUE_NATIVE, .native = row});
    return row != NULL;
}

/* ------------------------------------------------- values of built-in types */

/* __len__ is len(x): the built-in function does it. */
METHOD(builtin_method)
{
    struct value function;
    if (!needs_self(native, args, err) ||
        !interp_builtin(interp, native->data, &function))
        return err->kind == ERROR_NONE &&
               error_set(err, ERROR_NAME, "name '%s' is not defined",
                         (const char *)native->data);
    return interp_call(interp, function, args, ret, err);
}

/* Where an operator does not apply, its method says so. */
static bool not_implemented(struct value *ret, struct error *err)
{
    if (err->kind != ERROR_TYPE)
        return false;
    error_clear(err);
    *ret = (struct value){.kind = VALUE_NOT_IMPLEMENTED};
    return true;
}

METHOD(operator_method)
{
    enum operator operator = *(const enum operator *)native->data;
    bool reflected = native->name[2] == 'r';
    if (!method_arity(native, args, 1, 1, err))
        return false;
    struct value a = args->values[reflected], b = args->values[!reflected];
    bool good = operator>= OPERATOR_EQUAL
                    ? compare(interp, operator, a, b, ret, err)
                    : operate(interp, operator, a, b, ret, err);
    return good || not_implemented(ret, err);
}

METHOD(unary_method)
{
    enum operator operator = *(const enum operator *)native->data;
    return method_arity(native, args, 0, 0, err) &&
           operate_unary(interp, operator, args->values[0], ret, err);
}

METHOD(getitem_method)
{
    return method_arity(native, args, 1, 1, err) &&
           value_get_item(interp, args->values[0], args->values[1], ret, err);
}

METHOD(setitem_method)
{
    *ret = value_none();
    return method_arity(native, args, 2, 2, err) &&
           value_set_item(interp, args->values[0], args->values[1],
                          args->values[2], err);
}

METHOD(delitem_method)
{
    *ret = value_none();
    return method_arity(native, args, 1, 1, err) &&
           value_delete_item(interp, args->values[0], args->values[1], err);
}

METHOD(contains_method)
{
    bool has;
    if (!method_arity(native, args, 1, 1, err) ||
        !value_contains(interp, args->values[0], args->values[1], &has, err))
        return false;
    *ret = value_bool(has);
    return true;
}

METHOD(call_itself)
{
    if (!needs_self(native, args, err))
        return false;
    struct call_args rest = without_first(args);
    return interp_call(interp, args->values[0], &rest, ret, err);
}

#define KIND(kind) (UINT64_C(1) << VALUE_##kind)
static const uint64_t NUMBER = KIND(BOOL) | KIND(INT) | KIND(FLOAT),
                      WHOLE = KIND(BOOL) | KIND(INT),
                      ARRAY = KIND(TENSOR) | KIND(SCALAR),
                      SETS = KIND(SET) | KIND(FROZENSET),
                      SEQUENCE = KIND(STRING) | KIND(BYTES) | KIND(TUPLE) |
                                 KIND(LIST) | KIND(RANGE),
                      ALL = ~UINT64_C(0);

struct special {
    struct native native;
    uint64_t kinds;
};

#define BUILTIN(NAME, FUNCTION, KINDS)                      \
    {                                                       \
        {.object = {1},                                     \
         .name = NAME,                                      \
         .call = builtin_method,                            \
         .data = FUNCTION},                                 \
            KINDS                                           \
    }
#define OPERATOR(NAME, CALL, WHICH, KINDS)                  \
    {                                                       \
        {.object = {1},                                     \
         .name = NAME,                                      \
         .call = CALL,                                      \
         .data = &(const enum operator){OPERATOR_##WHICH}}, \
            KINDS                                           \
    }
#define BINARY(NAME, WHICH, KINDS)                               \
    OPERATOR("__" NAME "__", operator_method, WHICH, KINDS),     \
        OPERATOR("__r" NAME "__", operator_method, WHICH, KINDS)
#define PLAIN(NAME, CALL, KINDS)                            \
    {                                                       \
        {.object = {1}, .name = NAME, .call = CALL}, KINDS  \
    }

static struct special specials[] = {
    BUILTIN("__repr__", "repr", ALL),
    BUILTIN("__str__", "str", ALL),
    BUILTIN("__format__", "format", ALL),
    BUILTIN("__bool__", "bool", NUMBER | ARRAY),
    BUILTIN("__int__", "int", NUMBER | ARRAY),
    BUILTIN("__index__", "int", WHOLE),
    BUILTIN("__float__", "float", NUMBER | ARRAY),
    BUILTIN("__abs__", "abs", NUMBER | ARRAY),
    BUILTIN("__round__", "round", NUMBER),
    BUILTIN("__hash__", "hash",
            ALL & ~(KIND(LIST) | KIND(DICT) | KIND(SET) | KIND(TENSOR))),
    BUILTIN("__len__", "len",
            SEQUENCE | SETS | KIND(DICT) | KIND(VIEW) | KIND(TENSOR)),
    BUILTIN("__iter__", "iter",
            SEQUENCE | SETS | KIND(DICT) | KIND(VIEW) | KIND(TENSOR) |
                KIND(ITERATOR)),
    BUILTIN("__next__", "next", KIND(ITERATOR)),
    BUILTIN("__reversed__", "reversed", KIND(LIST) | KIND(DICT) | KIND(RANGE)),
    PLAIN("__contains__", contains_method,
          SEQUENCE | SETS | KIND(DICT) | KIND(VIEW) | KIND(TENSOR)),
    PLAIN("__getitem__", getitem_method,
          SEQUENCE | KIND(DICT) | KIND(TENSOR)),
    PLAIN("__setitem__", setitem_method,
          KIND(LIST) | KIND(DICT) | KIND(TENSOR)),
    PLAIN("__delitem__", delitem_method, KIND(LIST) | KIND(DICT)),
    PLAIN("__call__", call_itself,
          KIND(FUNCTION) | KIND(NATIVE) | KIND(METHOD)),
    OPERATOR("__neg__", unary_method, NEGATIVE, NUMBER | ARRAY),
    OPERATOR("__pos__", unary_method, POSITIVE, NUMBER | ARRAY),
    OPERATOR("__invert__", unary_method, INVERT, WHOLE | ARRAY),
    OPERATOR("__eq__", operator_method, EQUAL, ALL),
    OPERATOR("__ne__", operator_method, NOT_EQUAL, ALL),
    OPERATOR("__lt__", operator_method, LESS, ALL),
    OPERATOR("__le__", operator_method, LESS_EQUAL, ALL),
    OPERATOR("__gt__", operator_method, GREATER, ALL),
    OPERATOR("__ge__", operator_method, GREATER_EQUAL, ALL),
    BINARY("add", ADD, NUMBER | ARRAY | SEQUENCE),
    BINARY("mul", MULTIPLY, NUMBER | ARRAY | SEQUENCE),
    BINARY("sub", SUBTRACT, NUMBER | ARRAY | SETS),
    BINARY("truediv", DIVIDE, NUMBER | ARRAY),
    BINARY("floordiv", FLOOR_DIVIDE, NUMBER | ARRAY),
    BINARY("mod", REMAINDER, NUMBER | ARRAY | KIND(STRING)),
    BINARY("pow", POWER, NUMBER | ARRAY),
    BINARY("matmul", MATMUL, KIND(TENSOR)),
    BINARY("and", AND, WHOLE | ARRAY | SETS),
    BINARY("or", OR, WHOLE | ARRAY | SETS | KIND(DICT)),
    BINARY("xor", XOR, WHOLE | ARRAY | SETS),
    BINARY("lshift", LEFT_SHIFT, WHOLE | ARRAY),
    BINARY("rshift", RIGHT_SHIFT, WHOLE | ARRAY),
};

struct native *special_method(enum value_kind kind, const char *name)
{
    if (name[0] != '_' || name[1] != '_')
        return NULL;
    for (size_t i = 0; i < sizeof specials / sizeof *specials; i++)
        if (specials[i].kinds >> kind & 1 &&
            !strcmp(specials[i].native.name, name))
            return &specials[i].native;
    return NULL;
}
