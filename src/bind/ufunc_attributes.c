/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/ufunc_attributes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "autograd/tape.h"
#include "base/alloc.h"
#include "base/suggest.h"
#include "bind/natives.h"
#include "bind/op_call.h"
#include "bind/warnings.h"
#include "lang/interp.h"
#include "ops/ufunc_methods.h"
#include "tensor/ufunc_methods.h"

/* The kernels behind a ufunc's row; NULL where there is more to it. */
static const struct ufunc *ufunc_of(const struct native *native)
{
    const struct op *op = native->data;
    int inputs, outputs;

    ufunc_arity(op, &inputs, &outputs);
    return outputs == 1 ? ufunc_find(op->data ? op->data : op->name) : NULL;
}

/* ------------------------------------------------------------------ methods */

static const struct ufunc *binary_ufunc(struct value self, const char *method,
                                        struct error *err)
{
    const struct ufunc *ufunc = ufunc_of(self.native);
    int inputs, outputs;

    ufunc_arity(self.native->data, &inputs, &outputs);
    if (inputs == 2 && ufunc)
        return ufunc;
    if (inputs == 2)
        return error_null(err, ERROR_VALUE,
                          "%s only supported for functions returning a single "
                          "value",
                          method);
    return error_null(err, ERROR_VALUE,
                      "%s only supported for binary functions",
                      strcmp(method, "outer") ? method : "outer product");
}

/* reduce goes along the first axis unless told otherwise; None is all. */
static bool names_axis(const struct call_args *args)
{
    for (int i = 0; i < args->keyword_count; i++)
        if (!strcmp(args->keywords[i].name, "axis"))
            return true;
    return args->count > 1;
}

static bool apply(const struct op *method, const struct call_args *args,
                  struct value *ret, struct error *err)
{
    if (strcmp(method->name, "reduce") || names_axis(args))
        return op_apply(method, args, ret, err);
    size_t count = (size_t)args->keyword_count;
    struct keyword_value *keywords = xcalloc(count + 1, sizeof *keywords);
    if (count)
        memcpy(keywords, args->keywords, count * sizeof *keywords);
    keywords[count] = (struct keyword_value){"axis", value_int(0)};
    struct call_args with_axis = *args;
    with_axis.keywords = keywords;
    with_axis.keyword_count++;
    bool done = op_apply(method, &with_axis, ret, err);
    free(keywords);
    return done;
}

/* The first argument is the ufunc. */
NATIVE(method_call)
{
    const struct op *method = native->data;
    const struct ufunc *ufunc =
        binary_ufunc(args->values[0], method->name, err);
    struct call_args rest = *args;

    (void)interp;
    if (!ufunc)
        return false;
    rest.count--;
    rest.values++;
    return apply(ufunc_method(method, ufunc), &rest, ret, err);
}

static const struct param at_params[] = {{"ufunc", PARAM_ANY, 0, NULL},
                                         {"a", PARAM_ANY, 0, NULL},
                                         {"indices", PARAM_ANY, 0, NULL},
                                         {"b", PARAM_ANY, 0, "None"},
                                         {NULL, 0, 0, NULL}};

/* The flat positions that KEY picks in A; owned. */
static struct tensor *positions_of(struct interp *interp,
                                   const struct tensor *a, struct value key,
                                   struct error *err)
{
    struct value all, picked;
    struct tensor *places = tensor_new(DTYPE_INT64, a->ndim, a->shape, err);

    if (!places)
        return NULL;
    for (int64_t i = 0; i < places->size; i++)
        ((int64_t *)places->data)[i] = i;
    all = value_tensor_take(places);
    bool done = value_get_item(interp, all, key, &picked, err);
    value_unref(all);
    if (!done)
        return NULL;
    struct tensor *positions = value_to_tensor(picked, DTYPE_COUNT, err);
    value_unref(picked);
    return positions;
}

NATIVE(at_call)
{
    struct value slots[4];
    struct tensor *b = NULL;

    if (!native_bind(native, args, slots, err))
        return false;
    const struct ufunc *ufunc = ufunc_of(slots[0].native);
    if (!ufunc)
        return error_set(err, ERROR_VALUE,
                         "at only supported for functions returning a single "
                         "value");
    if (slots[1].kind != VALUE_TENSOR)
        return error_set(err, ERROR_TYPE, "first operand must be array");
    if ((ufunc->inputs == 2) != slot_given(slots[3]))
        return error_set(err, ERROR_VALUE,
                         ufunc->inputs == 2 ? "second operand needed for "
                                              "ufunc"
                                            : "second operand provided when "
                                              "ufunc is unary");
    if (tape_is_holding() && !tape_check_write(slots[1].tensor, err))
        return false;
    if (slot_given(slots[3]) &&
        !(b = value_to_tensor(slots[3], DTYPE_COUNT, err)))
        return false;
    struct tensor *positions =
        positions_of(interp, slots[1].tensor, slots[2], err);
    fp_events_forget();
    bool done = positions &&
                ufunc_at(ufunc, slots[1].tensor, positions, b, err) &&
                warn_of_events(false, err);
    tensor_unref(b);
    tensor_unref(positions);
    *ret = value_none();
    return done;
}

/* The rows' natives, then at. */
enum { METHODS = 5 };
static struct native methods[METHODS + 1];

static void make_methods(void)
{
    int count = 0;

    for (const struct op *op = ufunc_methods; op->name; op++)
        methods[count++] = (struct native)FUNCTION_ROW(op->name, method_call,
                                                       op->params, op->doc);
    for (int i = 0; i < count; i++)
        methods[i].data = &ufunc_methods[i];
    methods[count] = (struct native)FUNCTION_ROW(
        "at", at_call, at_params,
        "Changes a at the indices, each time one of them names it");
}

static bool method_get(struct value self, const char *name, struct value *ret)
{
    if (!methods[0].name)
        make_methods();
    for (int i = 0; i < METHODS; i++) {
        if (strcmp(methods[i].name, name))
            continue;
        *ret = value_method(
            self, (struct value){.kind = VALUE_NATIVE, .native = &methods[i]});
        return true;
    }
    return false;
}

/* --------------------------------------------------------------- properties */

static struct value identity_of(const struct ufunc *ufunc)
{
    bool truth = ufunc && ufunc->loops[0].out == DTYPE_BOOL &&
                 ufunc->loops[ufunc->loop_count - 1].out == DTYPE_BOOL;

    switch (ufunc ? ufunc->identity : IDENTITY_NONE) {
    case IDENTITY_ZERO:
        return truth ? value_bool(false) : value_int(0);
    case IDENTITY_ONE:
        return truth ? value_bool(true) : value_int(1);
    case IDENTITY_MINUS_ONE:
        return value_int(-1);
    case IDENTITY_MINUS_INFINITY:
        return value_float(-INFINITY);
    case IDENTITY_NONE:
    case IDENTITY_ANY_ORDER:
        break;
    }
    return value_none();
}

/* "dd->d" of each loop. */
static struct value types_of(const struct ufunc *ufunc)
{
    struct value list = value_list(0, NULL);

    for (int i = 0; ufunc && i < ufunc->loop_count; i++) {
        char text[8] = "";
        for (int k = 0; k < ufunc->inputs; k++)
            text[k] = dtype_character(ufunc->loops[i].in);
        memcpy(text + ufunc->inputs, "->", 2);
        text[ufunc->inputs + 2] = dtype_character(ufunc->loops[i].out);
        struct value item = value_string(text);
        list_append(list.sequence, item);
        value_unref(item);
    }
    return list;
}

static bool property_get(const struct native *native, const char *name,
                         struct value *ret)
{
    const struct ufunc *ufunc = ufunc_of(native);
    int inputs, outputs;

    ufunc_arity(native->data, &inputs, &outputs);
    if (!strcmp(name, "nin"))
        *ret = value_int(inputs);
    else if (!strcmp(name, "nout"))
        *ret = value_int(outputs);
    else if (!strcmp(name, "nargs"))
        *ret = value_int(inputs + outputs);
    else if (!strcmp(name, "ntypes"))
        *ret = value_int(ufunc ? ufunc->loop_count : 0);
    else if (!strcmp(name, "types"))
        *ret = types_of(ufunc);
    else if (!strcmp(name, "identity"))
        *ret = identity_of(ufunc);
    else if (!strcmp(name, "signature"))
        *ret = value_none();
    else if (!strcmp(name, "__name__"))
        *ret = value_string(native->name);
    else if (!strcmp(name, "__doc__"))
        *ret = value_string(native->doc);
    else
        return false;
    return true;
}

/* --------------------------------------------------------------- attributes */

static const char *const names[] = {
    "accumulate", "at",    "identity", "nargs",    "nin",   "nout",
    "ntypes",     "outer", "reduce",   "reduceat", "types", "signature"};
enum { NAMES = sizeof names / sizeof *names };

static struct value all_names(void)
{
    struct value list = value_list(0, NULL);

    for (int i = 0; i < NAMES; i++) {
        struct value text = value_string(names[i]);
        list_append(list.sequence, text);
        value_unref(text);
    }
    return list;
}

bool ufunc_get_attribute(struct value self, const char *name, struct value *ret,
                         struct error *err)
{
    if (!strcmp(name, "__dir__")) {
        *ret = all_names();
        return true;
    }
    if (method_get(self, name, ret) || property_get(self.native, name, ret))
        return true;
    struct suggestion nearest = suggestion_for(name);
    error_set(err, ERROR_ATTRIBUTE, "'%s' object has no attribute '%s'",
              value_type_name(self), name);
    for (int i = 0; i < NAMES; i++)
        suggestion_consider(&nearest, names[i]);
    if (nearest.best)
        error_hint(err, "did you mean '%s'?", nearest.best);
    return false;
}
