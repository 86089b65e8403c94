/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls as written, with stars and keywords; def and lambda. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/interp.h"

/* Arguments while they are evaluated; few of them need no memory. */
struct arguments {
    struct value *values;
    size_t count, capacity;
    struct keyword_value *keywords;
    size_t keyword_count, keyword_capacity;
    struct value names;   /* a list that keeps **names alive */
    const char *function; /* for error messages */
    struct value room[6];
};

static void add_value(struct arguments *args, struct value value)
{
    if (args->values == args->room && args->count == args->capacity) {
        args->values =
            xreallocarray(NULL, args->capacity * 2, sizeof *args->values);
        memcpy(args->values, args->room, sizeof args->room);
        args->capacity *= 2;
    }
    VEC_PUSH(args->values, args->count, args->capacity) = value;
}

static inline void values_unref(int count, const struct value *values)
{
    for (int i = 0; i < count; i++)
        value_unref(values[i]);
}

static void arguments_done(struct arguments *args)
{
    for (size_t i = 0; i < args->count; i++)
        value_unref(args->values[i]);
    for (size_t i = 0; i < args->keyword_count; i++)
        value_unref(args->keywords[i].value);
    if (args->values != args->room)
        free(args->values);
    free(args->keywords);
    value_unref(args->names);
}

static bool add_star(struct frame *frame, struct node *node,
                     struct arguments *args, struct error *err)
{
    struct value value, *items;
    size_t count;
    if (!evaluate(frame, node->operand, &value, err))
        return false;
    bool good = interp_collect(frame->interp, value, &count, &items, err);
    if (!good && err->kind == ERROR_TYPE && err->frame_count == 0)
        error_set(err, ERROR_TYPE,
                  "%s() argument after * must be an iterable, not %s",
                  args->function, value_type_name(value));
    value_unref(value);
    if (!good)
        return false;
    for (size_t i = 0; i < count; i++)
        add_value(args, items[i]);
    free(items);
    return true;
}

static bool add_keyword(struct arguments *args, const char *name,
                        struct value value, struct error *err)
{
    for (size_t i = 0; i < args->keyword_count; i++)
        if (!strcmp(args->keywords[i].name, name))
            return error_set(
                err, ERROR_TYPE,
                "%s() got multiple values for keyword argument '%s'",
                args->function, name);
    VEC_PUSH(args->keywords, args->keyword_count, args->keyword_capacity) =
        (struct keyword_value){name, value_ref(value)};
    return true;
}

static bool add_double_star(struct frame *frame, struct node *node,
                            struct arguments *args, struct error *err)
{
    struct value mapping, key, value;
    bool good = true;
    if (!evaluate(frame, node->operand, &mapping, err))
        return false;
    struct value object = mapping;
    mapping = value_ref(value_plain(object));
    value_unref(object);
    if (mapping.kind != VALUE_DICT)
        good = error_set(err, ERROR_TYPE,
                         "%s() argument after ** must be a mapping, not %s",
                         args->function, value_type_name(mapping));
    if (args->names.kind == VALUE_UNDEFINED)
        args->names = value_list(0, NULL);
    for (size_t i = 0; good && dict_next(mapping.dict, &i, &key, &value);) {
        if (key.kind != VALUE_STRING) {
            good = error_set(err, ERROR_TYPE, "keywords must be strings");
            break;
        }
        list_append(args->names.sequence, key);
        good = add_keyword(args, key.string->text, value, err);
    }
    value_unref(mapping);
    return good;
}

static bool add_argument(struct frame *frame, struct node *node,
                         struct arguments *args, struct error *err)
{
    struct value value;
    if (node->kind == NODE_STAR)
        return add_star(frame, node, args, err);
    if (node->kind == NODE_DOUBLE_STAR)
        return add_double_star(frame, node, args, err);
    if (node->kind == NODE_KEYWORD) {
        if (!evaluate(frame, node->keyword.value, &value, err))
            return false;
        bool good = add_keyword(args, node->keyword.name, value, err);
        value_unref(value);
        return good;
    }
    if (!evaluate(frame, node, &value, err))
        return false;
    add_value(args, value);
    return true;
}

static bool evaluate_arguments(struct frame *frame, struct node *node,
                               struct arguments *args, struct error *err)
{
    const struct node_list *list = &node->call.args;
    for (int i = 0; i < list->count; i++) {
        if (!add_argument(frame, list->items[i], args, err)) {
            error_locate(frame, list->items[i]->span, err);
            return false;
        }
    }
    return true;
}

/* The arrays that took part, the method's own among them, are marked with
   their shapes; a function's own error gets one more frame.  GIVEN are the
   arguments as written, COUNT 0 when they are not those of the nodes. */
static void explain_failure(struct frame *frame, struct node *node,
                            struct value function, int given_count,
                            const struct value *given, struct error *err)
{
    struct operand operands[ERROR_MAX_NOTES];
    const struct node *callee = node->call.function;
    int count = 0;
    if (frame->program->module)
        return;
    if (err->frame_count) {
        error_frame(err, frame->program->source, node->span,
                    frame->function ? frame->code->name : NULL);
        return;
    }
    if (function.kind == VALUE_METHOD && callee->kind == NODE_ATTRIBUTE &&
        function.method->self.kind == VALUE_TENSOR)
        operands[count++] = (struct operand){callee->attribute.object->span,
                                             function.method->self};
    for (int i = 0; i < given_count; i++)
        if (given[i].kind == VALUE_TENSOR && count < ERROR_MAX_NOTES)
            operands[count++] =
                (struct operand){node->call.args.items[i]->span, given[i]};
    error_mark_operands(frame, node->span, count, operands, err);
}

static const char *callable_name(struct value function)
{
    if (function.kind == VALUE_METHOD)
        function = function.method->function;
    if (function.kind == VALUE_FUNCTION)
        return function.function->code->name;
    if (function.kind == VALUE_NATIVE)
        return function.native->name;
    return function.kind == VALUE_CLASS ? function.class->name
                                        : value_type_name(function);
}

/* What is called.  A method's object becomes the first argument, *OBJECT: then
   no bound method is made. */
static bool evaluate_callee(struct frame *frame, struct node *node,
                            struct value *ret, struct value *object,
                            struct error *err)
{
    *object = value_undefined();
    if (node->kind != NODE_ATTRIBUTE)
        return evaluate(frame, node, ret, err);
    if (!evaluate(frame, node->attribute.object, object, err))
        return false;
    if (value_find_method(*object, node->attribute.name, node->attribute.hash,
                          ret))
        return true;
    bool good = interp_get_attribute(frame->interp, *object,
                                     node->attribute.name, ret, err);
    if (!good)
        error_locate(frame, node->attribute.name_span, err);
    value_unref(*object);
    *object = value_undefined();
    return good;
}

/* With stars, keywords or many arguments. */
static struct value call_any(struct frame *frame, struct node *node,
                             struct error *err)
{
    struct value function, object, ret;
    struct arguments args = {.values = args.room,
                             .capacity = sizeof args.room / sizeof *args.room,
                             .function = ""};

    if (!evaluate_callee(frame, node->call.function, &function, &object, err))
        return value_undefined();
    if (object.kind != VALUE_UNDEFINED)
        add_value(&args, object);
    args.function = callable_name(function);
    bool good = evaluate_arguments(frame, node, &args, err);
    if (good) {
        struct call_args call = {(int)args.count, args.values,
                                 (int)args.keyword_count, args.keywords};
        good = interp_call(frame->interp, function, &call, &ret, err);
        if (!good)
            explain_failure(frame, node, function, 0, NULL, err);
    }
    arguments_done(&args);
    value_unref(function);
    return good ? ret : value_undefined();
}

/* A function of the language, whose variables its arguments become. */
static struct value call_function(struct frame *frame, struct node *node,
                                  struct function *function,
                                  struct value *values, struct error *err)
{
    struct value ret = function_run(frame->interp, function, values, err);
    if (ret.kind == VALUE_UNDEFINED)
        explain_failure(frame, node, value_none(), 0, NULL, err);
    return ret;
}

/* Anything else. */
static struct value call_value(struct frame *frame, struct node *node,
                               struct value function, int count,
                               const struct value *values, struct error *err)
{
    struct call_args call = {.count = count, .values = values};
    int given = node->call.args.count;
    struct value ret;
    bool good = interp_call(frame->interp, function, &call, &ret, err);
    if (!good)
        explain_failure(frame, node, function, given, values + count - given,
                        err);
    values_unref(count, values);
    return good ? ret : value_undefined();
}

/* VALUES' references pass. */
static struct value call_with(struct frame *frame, struct node *node,
                              struct value function, int count,
                              struct value *values, struct error *err)
{
    if (function.kind == VALUE_FUNCTION &&
        function_is_ready(frame->interp, function.function, count))
        return call_function(frame, node, function.function, values, err);
    return call_value(frame, node, function, count, values, err);
}

/* The arguments, all of them positional, to VALUES; nothing is left there on
   failure. */
static inline bool evaluate_positional(struct frame *frame, struct node *node,
                                       struct value *values,
                                       struct error *err)
{
    const struct node_list *args = &node->call.args;
    for (int i = 0; i < args->count; i++) {
        if (!evaluate(frame, args->items[i], &values[i], err)) {
            error_locate(frame, args->items[i]->span, err);
            values_unref(i, values);
            return false;
        }
    }
    return true;
}

/* What NODE calls when it is a built-in function with a short way for so many
   arguments: those are static, so they need no counting. */
static inline const struct native *quick_native(const struct frame *frame,
                                                const struct node *node)
{
    const struct node *callee = node->call.function;
    if (callee->kind != NODE_NAME || callee->name.place != PLACE_GLOBAL)
        return NULL;
    const struct global *global = frame->program->globals[callee->name.index];
    struct value value = global->value.kind == VALUE_UNDEFINED
                             ? global->builtin
                             : global->value;
    if (value.kind != VALUE_NATIVE || !value.native->quick ||
        value.native->quick_count != node->call.args.count)
        return NULL;
    return value.native;
}

static struct value call_quick(struct frame *frame, struct node *node,
                               const struct native *native, struct error *err)
{
    struct value values[QUICK_ARGUMENTS] = {{0}}, ret;
    int count = node->call.args.count;
    if (!evaluate_positional(frame, node, values, err))
        return value_undefined();
    if (!native->quick(values, &ret)) {
        struct value function = {.kind = VALUE_NATIVE,
                                 .native = (struct native *)native};
        return call_value(frame, node, function, count, values, err);
    }
    values_unref(count, values);
    return ret;
}

/* f(x): FUNCTION's reference is held while it runs. */
static NOINLINE struct value call_positional(struct frame *frame,
                                             struct node *node,
                                             struct error *err)
{
    struct value function, ret, values[INLINE_SLOTS];
    int count = node->call.args.count;
    if (!evaluate(frame, node->call.function, &function, err))
        return value_undefined();
    ret = evaluate_positional(frame, node, values, err)
              ? call_with(frame, node, function, count, values, err)
              : value_undefined();
    value_unref(function);
    return ret;
}

/* x.f(y): the object is the first argument where f is a method of its class. */
static NOINLINE struct value call_method(struct frame *frame,
                                         struct node *node, struct error *err)
{
    struct value function, object, ret, values[INLINE_SLOTS];
    int count = node->call.args.count;
    if (!evaluate_callee(frame, node->call.function, &function, &object, err))
        return value_undefined();
    int object_count = object.kind != VALUE_UNDEFINED;
    values[0] = object;
    if (evaluate_positional(frame, node, values + object_count, err)) {
        ret = call_with(frame, node, function, object_count + count, values,
                        err);
    } else {
        value_unref(object);
        ret = value_undefined();
    }
    value_unref(function);
    return ret;
}

struct value evaluate_call(struct frame *frame, struct node *node,
                           struct error *err)
{
    const struct native *native;
    if (!node->call.simple || node->call.args.count >= INLINE_SLOTS)
        return call_any(frame, node, err);
    native = quick_native(frame, node);
    if (native)
        return call_quick(frame, node, native, err);
    if (node->call.function->kind == NODE_ATTRIBUTE)
        return call_method(frame, node, err);
    return call_positional(frame, node, err);
}

/* ------------------------------------------------------------- def, lambda */

static bool evaluate_defaults(struct frame *frame, struct function *function,
                              struct error *err)
{
    const struct code *code = function->code;
    for (int i = 0; i < code->parameter_count; i++)
        if (code->parameters[i].fallback &&
            !evaluate(frame, code->parameters[i].fallback,
                      &function->defaults[i], err))
            return false;
    return true;
}

bool function_new(struct frame *frame, const struct code *code,
                  struct value *ret, struct error *err)
{
    struct function *function = xcalloc(1, sizeof *function);
    function->object.refs = 1;
    function->code = code;
    function->program = program_ref(frame->program);
    function->defaults =
        xcalloc((size_t)code->parameter_count + 1, sizeof *function->defaults);
    function->cells =
        xcalloc((size_t)code->capture_count + 1, sizeof *function->cells);
    for (int i = 0; i < code->capture_count; i++) {
        function->cells[i] = frame->cells[code->captures[i]];
        function->cells[i]->refs++;
    }
    *ret = (struct value){.kind = VALUE_FUNCTION, .function = function};
    if (evaluate_defaults(frame, function, err))
        return true;
    value_unref(*ret);
    return false;
}

bool evaluate_function(struct frame *frame, struct node *node,
                       struct value *ret, struct error *err)
{
    return function_new(frame, node->function.code, ret, err);
}
