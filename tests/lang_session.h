/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A small session for tests of the language alone: the built-in functions
 * that test programs need, and operators for arrays of equal shape.  What is
 * printed is collected.
 */
#ifndef TESTS_LANG_SESSION_H
#define TESTS_LANG_SESSION_H

#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "lang/lang.h"
#include "tensor/elementwise.h"
#include "tensor/product.h"

static void session_write(void *context, const char *text, size_t length)
{
    strbuf_add(context, text, length);
}

#define NATIVE(name)                                                     \
    static bool name(struct interp *interp, const struct native *native, \
                     const struct call_args *args, struct value *ret,    \
                     struct error *err)

static bool session_one(const struct native *native,
                        const struct call_args *args, struct error *err)
{
    return args->count == 1 ||
           error_set(err, ERROR_TYPE,
                     "%s() takes exactly one argument (%d given)", native->name,
                     args->count);
}

NATIVE(session_print)
{
    struct strbuf sb = STRBUF_INIT;
    (void)native;
    (void)err;
    for (int i = 0; i < args->count; i++) {
        if (i)
            strbuf_addc(&sb, ' ');
        value_str(args->values[i], &sb);
    }
    strbuf_addc(&sb, '\n');
    interp_write(interp, sb.text, sb.length);
    strbuf_done(&sb);
    *ret = value_none();
    return true;
}

NATIVE(session_range)
{
    int64_t n[3] = {0, 0, 1};
    (void)interp;
    (void)native;
    if (args->count < 1 || args->count > 3)
        return error_set(err, ERROR_TYPE, "range expected 1 to 3 arguments");
    for (int i = 0; i < args->count; i++)
        if (!value_as_int(args->values[i], &n[args->count == 1 ? 1 : i]))
            return error_set(err, ERROR_TYPE,
                             "'%s' object cannot be interpreted as an integer",
                             value_type_name(args->values[i]));
    *ret = value_range(n[0], n[1], n[2]);
    return true;
}

NATIVE(session_len)
{
    size_t count;
    struct value *items;
    if (!session_one(native, args, err))
        return false;
    if (!interp_collect(interp, args->values[0], &count, &items, err))
        return false;
    for (size_t i = 0; i < count; i++)
        value_unref(items[i]);
    free(items);
    *ret = value_int((int64_t)count);
    return true;
}

/* list, tuple: native->data is "l" or "t". */
NATIVE(session_sequence)
{
    size_t count = 0;
    struct value *items = NULL;
    if (args->count &&
        !interp_collect(interp, args->values[0], &count, &items, err))
        return false;
    *ret = *(const char *)native->data == 'l' ? value_list_take(count, items)
                                              : value_tuple_take(count, items);
    free(items);
    return true;
}

/* str, repr: native->data is "s" or "r". */
NATIVE(session_text)
{
    struct strbuf sb = STRBUF_INIT;
    (void)interp;
    if (!session_one(native, args, err))
        return false;
    if (*(const char *)native->data == 's')
        value_str(args->values[0], &sb);
    else
        value_repr(args->values[0], &sb);
    *ret = value_string_take(&sb);
    return true;
}

NATIVE(session_array)
{
    (void)interp;
    if (!session_one(native, args, err))
        return false;
    struct tensor *tensor = value_to_tensor(args->values[0], DTYPE_COUNT, err);
    if (!tensor)
        return false;
    struct tensor *copy = tensor_copy(tensor, err);
    tensor_unref(tensor);
    if (!copy)
        return false;
    *ret = value_tensor_take(copy);
    return true;
}

NATIVE(session_dot)
{
    (void)interp;
    (void)native;
    if (args->count != 2 || args->values[0].kind != VALUE_TENSOR ||
        args->values[1].kind != VALUE_TENSOR)
        return error_set(err, ERROR_TYPE, "dot() takes two arrays");
    struct tensor *result =
        tensor_dot(args->values[0].tensor, args->values[1].tensor, err);
    if (!result)
        return false;
    *ret = value_tensor_or_scalar_take(result);
    return true;
}

static const char *session_ufunc(enum operator operator)
{
    switch (operator) {
    case OPERATOR_ADD:
        return "add";
    case OPERATOR_SUBTRACT:
        return "subtract";
    case OPERATOR_MULTIPLY:
        return "multiply";
    case OPERATOR_DIVIDE:
        return "divide";
    case OPERATOR_EQUAL:
        return "equal";
    case OPERATOR_GREATER:
        return "greater";
    case OPERATOR_LESS:
        return "less";
    default:
        return "power";
    }
}

static bool session_operate(struct interp *interp, enum operator operator,
                            struct value a, struct value b, struct tensor *out,
                            struct value *ret, struct error *err)
{
    struct tensor *inputs[2] = {value_to_tensor(a, DTYPE_COUNT, err), NULL};
    struct tensor *result = NULL;
    (void)interp;
    inputs[1] = inputs[0] ? value_to_tensor(b, DTYPE_COUNT, err) : NULL;
    if (inputs[1])
        result = ufunc_call(ufunc_find(session_ufunc(operator)), inputs, out,
                            NULL, DTYPE_COUNT, err);
    tensor_unref(inputs[0]);
    tensor_unref(inputs[1]);
    if (!result)
        return false;
    *ret = value_tensor_or_scalar_take(result);
    return true;
}

static bool session_get_attribute(struct interp *interp, struct value self,
                                  const char *name, struct value *ret,
                                  struct error *err)
{
    static struct native dot = {
        .object = {1}, .name = "dot", .call = session_dot};
    (void)interp;
    if (self.kind == VALUE_TENSOR && !strcmp(name, "dot")) {
        *ret = value_method(
            self, (struct value){.kind = VALUE_NATIVE, .native = &dot});
        return true;
    }
    return error_set(err, ERROR_ATTRIBUTE, "'%s' object has no attribute '%s'",
                     value_type_name(self), name);
}

static bool session_display(struct interp *interp, struct value value,
                            struct error *err)
{
    struct strbuf sb = STRBUF_INIT;
    (void)err;
    if (value.kind == VALUE_NONE)
        return true;
    value_repr(value, &sb);
    strbuf_addc(&sb, '\n');
    interp_write(interp, sb.text, sb.length);
    strbuf_done(&sb);
    return true;
}

static void session_add(struct interp *interp, const char *name,
                        native_call *call, const char *data)
{
    struct value native = value_native(name, call, NULL, data, NULL);
    interp_set_builtin(interp, name, native);
    value_unref(native);
}

static struct interp *session_new(struct strbuf *output)
{
    static const struct interp_hooks hooks = {.operate = session_operate,
                                              .get_attribute =
                                                  session_get_attribute,
                                              .display = session_display};
    struct interp *interp = interp_new();
    interp_set_hooks(interp, &hooks);
    interp_set_output(interp, session_write, output);
    session_add(interp, "print", session_print, NULL);
    session_add(interp, "range", session_range, NULL);
    session_add(interp, "len", session_len, NULL);
    session_add(interp, "list", session_sequence, "l");
    session_add(interp, "tuple", session_sequence, "t");
    session_add(interp, "str", session_text, "s");
    session_add(interp, "repr", session_text, "r");
    struct value np = value_module("numpy");
    struct value array = value_native("array", session_array, NULL, NULL, NULL);
    struct value dot = value_native("dot", session_dot, NULL, NULL, NULL);
    module_set(np.module, "array", array);
    module_set(np.module, "dot", dot);
    value_unref(array);
    value_unref(dot);
    interp_set_global(interp, "np", np);
    interp_add_module(interp, "numpy", np);
    value_unref(np);
    return interp;
}

/* Parses and runs TEXT as typed; output and rendered errors go to OUTPUT. */
__attribute__((unused)) static bool
session_run(struct interp *interp, const char *text, size_t length,
            struct parse_options options, bool echo, struct strbuf *output)
{
    struct error err = ERROR_INIT;
    struct program *program = NULL;
    struct source *source = source_new("<input>", text, length);
    bool good = program_parse(source, options, &program, &err) == PARSE_OK &&
                program_run(interp, program, echo, &err);
    if (!good)
        error_render(&err, true, 0, 0, output);
    program_free(program);
    source_unref(source);
    error_clear(&err);
    return good;
}

#endif
