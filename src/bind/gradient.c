/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * grad(f) is a function: it calls f under a tape and walks back.  The names
 * and the rules are JAX's: argnums says with respect to which arguments, an
 * argument may be a list, tuple or dict of arrays, and f gives one number.
 */
#include "bind/gradient.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "autograd/item.h"
#include "autograd/tape.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/structure.h"

enum { MAX_ARGUMENTS = 32 };

/* ------------------------------------------------------------ the function */

struct gradient_function {
    struct value function;
    int argnum_count;
    int64_t argnums[MAX_ARGUMENTS];
    bool single;     /* argnums is a number, not a tuple */
    bool with_value; /* value_and_grad */
    bool has_aux;    /* f returns (number, other things) */
};

struct tensor *gradient_source(struct value value, struct error *err)
{
    struct tensor *tensor = value_to_tensor(value, DTYPE_COUNT, err);
    if (!tensor || dtype_is_float(tensor->dtype))
        return tensor;
    struct tensor *floats = tensor_astype(tensor, DTYPE_FLOAT64, err);
    tensor_unref(tensor);
    return floats;
}

/* GRADIENT (taken; NULL: f does not depend on it) as a value. */
static bool gradient_value(struct tensor *gradient, const struct tensor *source,
                           struct value *ret, struct error *err)
{
    if (!gradient)
        gradient =
            tensor_zeros(source->dtype, source->ndim, source->shape, err);
    if (gradient)
        *ret = value_tensor_or_scalar_take(gradient);
    return gradient != NULL;
}

/* The arguments of one call, with sources in the places of numbers. */
struct sources {
    struct leaves leaves; /* as given */
    struct tensor **tensors, **gradients;
    struct value values[MAX_ARGUMENTS]; /* of all arguments; owned */
    int count;
};

static void sources_done(struct sources *sources)
{
    for (size_t i = 0; i < sources->leaves.count; i++) {
        if (sources->tensors)
            tensor_unref(sources->tensors[i]);
        if (sources->gradients)
            tensor_unref(sources->gradients[i]);
    }
    free(sources->tensors);
    free(sources->gradients);
    leaves_done(&sources->leaves);
    for (int i = 0; i < sources->count; i++)
        value_unref(sources->values[i]);
}

struct tensor *gradient_source_apart(struct value value, struct error *err)
{
    static const struct index all = {.kind = INDEX_ELLIPSIS};
    struct tensor *tensor = gradient_source(value, err);
    struct tensor *apart = tensor ? tape_get(tensor, 1, &all, NULL, err) : NULL;
    tensor_unref(tensor);
    return apart;
}

static bool watch_leaves(struct sources *sources, struct tape *tape,
                         struct error *err)
{
    size_t count = sources->leaves.count;
    sources->tensors = xcalloc(count + 1, sizeof *sources->tensors);
    sources->gradients = xcalloc(count + 1, sizeof *sources->gradients);
    for (size_t i = 0; i < count; i++) {
        struct tensor *source =
            gradient_source_apart(sources->leaves.items[i], err);
        if (!source)
            return false;
        sources->tensors[i] = source;
        tape_watch(tape, source);
    }
    return true;
}

/* Puts the watched tensors where the argnums say. */
static void place_sources(const struct gradient_function *self,
                          struct sources *sources)
{
    size_t count = sources->leaves.count, next = 0;
    struct value *items = xcalloc(count + 1, sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = value_tensor_take(tensor_ref(sources->tensors[i]));
    for (int k = 0; k < self->argnum_count; k++) {
        struct value *place = &sources->values[self->argnums[k]];
        struct value placed = structure_with(*place, items, &next);
        value_unref(*place);
        *place = placed;
    }
    for (size_t i = 0; i < count; i++)
        value_unref(items[i]);
    free(items);
}

static bool sources_init(const struct gradient_function *self,
                         const struct call_args *args, struct sources *sources,
                         struct tape *tape, struct error *err)
{
    *sources = (struct sources){.count = 0};
    if (args->count > MAX_ARGUMENTS)
        return error_set(err, ERROR_TYPE, "more than %d arguments",
                         MAX_ARGUMENTS);
    for (; sources->count < args->count; sources->count++)
        sources->values[sources->count] =
            value_ref(args->values[sources->count]);
    for (int k = 0; k < self->argnum_count; k++) {
        if (self->argnums[k] >= args->count)
            return error_set(err, ERROR_TYPE,
                             "differentiating with respect to argnums=%d "
                             "requires at least %d positional arguments to be "
                             "passed by the caller, but got only %d "
                             "positional arguments.",
                             (int)self->argnums[k], (int)self->argnums[k] + 1,
                             args->count);
        leaves_add(&sources->leaves, args->values[self->argnums[k]]);
    }
    if (!watch_leaves(sources, tape, err))
        return false;
    place_sources(self, sources);
    return true;
}

/* ----------------------------------------------------------------- the call */

static bool not_a_number(struct value result, struct error *err)
{
    struct strbuf shape = STRBUF_INIT;
    if (result.kind != VALUE_TENSOR) {
        error_set(err, ERROR_TYPE,
                  "Gradient only defined for scalar-output functions. Output "
                  "was: %s",
                  value_type_name(result));
        error_hint(err, _("the function has to return one number"));
        return false;
    }
    shape_format(&shape, result.tensor->ndim, result.tensor->shape);
    error_set(err, ERROR_TYPE,
              "Gradient only defined for scalar-output functions. Output had "
              "shape: %s.",
              shape.text);
    error_hint(err, _("make it one number: return np.sum(…) or np.mean(…)"));
    strbuf_done(&shape);
    return false;
}

/* Is RESULT one number? */
static bool check_result(struct value result, struct error *err)
{
    double ignored;
    bool number = result.kind == VALUE_TENSOR
                      ? result.tensor->ndim == 0
                      : value_as_double(result, &ignored);
    return number || not_a_number(result, err);
}

/* f's return value: the number, and with has_aux the rest. */
static bool split_result(const struct gradient_function *self,
                         struct value result, struct value *number,
                         struct error *err)
{
    *number = result;
    if (self->has_aux) {
        if (result.kind != VALUE_TUPLE || result.sequence->count != 2)
            return error_set(err, ERROR_TYPE,
                             "with has_aux=True the function has to return a "
                             "pair");
        *number = result.sequence->items[0];
    }
    return check_result(*number, err);
}

/* The number that f gave, once the tape has stopped. */
static struct value plain_number(struct value value)
{
    return value.kind == VALUE_TENSOR
               ? value_tensor_or_scalar_take(tensor_ref(value.tensor))
               : value_ref(value);
}

static bool gradients_value(const struct gradient_function *self,
                            const struct call_args *args,
                            struct sources *sources, struct value *ret,
                            struct error *err)
{
    size_t count = sources->leaves.count, next = 0;
    struct value *items = xcalloc(count + 1, sizeof *items);
    struct value *parts =
        xcalloc((size_t)self->argnum_count + 1, sizeof *parts);
    bool good = true;
    size_t made = 0;
    for (; good && made < count; made++) {
        struct tensor *gradient = sources->gradients[made];
        sources->gradients[made] = NULL;
        good =
            gradient_value(gradient, sources->tensors[made], &items[made], err);
    }
    for (int k = 0; good && k < self->argnum_count; k++)
        parts[k] = structure_with(args->values[self->argnums[k]], items, &next);
    if (good)
        *ret = self->single
                   ? parts[0]
                   : value_tuple_take((size_t)self->argnum_count, parts);
    for (size_t i = 0; i < made; i++)
        value_unref(items[i]);
    free(items);
    free(parts);
    return good;
}

/* What the caller gets: the gradients, f's value before them when asked for,
   and beside it or them what f returned besides. */
static struct value assemble(const struct gradient_function *self,
                             struct value number, struct value result,
                             struct value gradients)
{
    struct value aux = self->has_aux ? result.sequence->items[1] : value_none();
    struct value plain = plain_number(number);
    struct value pair[2] = {plain, aux};
    struct value first =
        self->has_aux ? value_tuple(2, pair) : value_ref(plain);
    struct value both[2] = {self->with_value ? first : gradients,
                            self->with_value ? gradients : aux};
    struct value whole = self->with_value || self->has_aux
                             ? value_tuple(2, both)
                             : value_ref(gradients);
    value_unref(plain);
    value_unref(first);
    return whole;
}

static bool differentiate(struct interp *interp,
                          const struct gradient_function *self,
                          const struct call_args *args, struct tape *tape,
                          struct sources *sources, struct value *ret,
                          struct error *err)
{
    struct call_args inner = *args;
    struct value result, number, gradients;
    inner.values = sources->values;
    tape_start(tape);
    bool good = interp_call(interp, self->function, &inner, &result, err);
    tape_stop(tape);
    if (!good)
        return false;
    good = split_result(self, result, &number, err) &&
           (number.kind != VALUE_TENSOR ||
            tape_gradient(tape, number.tensor, NULL, sources->leaves.count,
                          sources->tensors, sources->gradients, err)) &&
           gradients_value(self, args, sources, &gradients, err);
    if (good) {
        *ret = assemble(self, number, result, gradients);
        value_unref(gradients);
    }
    value_unref(result);
    return good;
}

static bool call_function(struct interp *interp, struct value self,
                          const struct call_args *args, struct value *ret,
                          struct error *err)
{
    const struct gradient_function *function = self.opaque->data;
    struct tape *tape = tape_new(false);
    struct sources sources;
    bool good = sources_init(function, args, &sources, tape, err) &&
                differentiate(interp, function, args, tape, &sources, ret, err);
    sources_done(&sources);
    tape_unref(tape);
    return good;
}

/* ------------------------------------------------------------ at one point */

/* The tape's gradients, with zeros where none has come. */
static bool gradients_or_zeros(struct tape *tape, struct value number,
                               int count, struct tensor *const *sources,
                               struct tensor **ret, struct error *err)
{
    for (int i = 0; i < count; i++)
        ret[i] = NULL;
    if (number.kind == VALUE_TENSOR &&
        !tape_gradient(tape, number.tensor, NULL, (size_t)count, sources, ret,
                       err))
        return false;
    for (int i = 0; i < count; i++) {
        if (!ret[i])
            ret[i] = tensor_zeros(sources[i]->dtype, sources[i]->ndim,
                                  sources[i]->shape, err);
        if (!ret[i])
            return false;
    }
    return true;
}

static double number_of(struct value value)
{
    double number = 0.0;
    if (value.kind == VALUE_TENSOR)
        return scalar_to_double(tensor_item(value.tensor));
    value_as_double(value, &number);
    return number;
}

static bool evaluate_at(struct interp *interp, struct value function,
                        int count, const struct value *values,
                        struct tape *tape, struct value *ret,
                        struct error *err)
{
    struct call_args args = {.count = count, .values = values};
    tape_start(tape);
    bool good = interp_call(interp, function, &args, ret, err);
    tape_stop(tape);
    return good;
}

bool gradient_at(struct interp *interp, struct value function, int count,
                 struct tensor *const *points, double *ret_value,
                 struct tensor **ret_gradients, struct error *err)
{
    struct tape *tape = tape_new(false);
    struct value values[MAX_ARGUMENTS], result = value_none();
    struct tensor *sources[MAX_ARGUMENTS];
    assert(count <= MAX_ARGUMENTS);
    for (int i = 0; i < count; i++) {
        sources[i] = tensor_alias(points[i]);
        tape_watch(tape, sources[i]);
        values[i] = value_tensor_take(sources[i]);
    }
    bool good = evaluate_at(interp, function, count, values, tape, &result,
                            err) &&
                check_result(result, err) &&
                gradients_or_zeros(tape, result, count, sources,
                                   ret_gradients, err);
    if (good)
        *ret_value = number_of(result);
    for (int i = 0; i < count; i++)
        value_unref(values[i]);
    value_unref(result);
    tape_unref(tape);
    return good;
}

bool function_at(struct interp *interp, struct value function, int count,
                 struct tensor *const *points, double *ret, struct error *err)
{
    struct value values[MAX_ARGUMENTS], result = value_none();
    struct call_args args = {.count = count, .values = values};
    assert(count <= MAX_ARGUMENTS);
    for (int i = 0; i < count; i++)
        values[i] = value_tensor_take(tensor_ref(points[i]));
    bool good = interp_call(interp, function, &args, &result, err) &&
                check_result(result, err);
    if (good)
        *ret = number_of(result);
    for (int i = 0; i < count; i++)
        value_unref(values[i]);
    value_unref(result);
    return good;
}

static void function_free(void *data)
{
    struct gradient_function *function = data;
    value_unref(function->function);
    free(function);
}

static void function_repr(void *data, struct strbuf *sb)
{
    const struct gradient_function *function = data;
    strbuf_addf(sb, "<function %s(",
                function->with_value ? "value_and_grad" : "grad");
    value_repr(function->function, sb);
    strbuf_adds(sb, ")>");
}

static const struct native_type function_type = {
    .name = "function",
    .free = function_free,
    .repr = function_repr,
    .call = call_function,
};

/* ------------------------------------------------------------ constructors */

static const struct param grad_params[] = {{"fun", PARAM_ANY, 0, NULL},
                                           {"argnums", PARAM_DIMS, 0, "0"},
                                           {"has_aux", PARAM_BOOL, 0, "False"},
                                           {NULL, PARAM_ANY, 0, NULL}};

static bool add_argnum(struct gradient_function *function, struct value value,
                       struct error *err)
{
    int64_t argnum;
    if (!value_as_int(value, &argnum) || argnum < 0 ||
        argnum >= MAX_ARGUMENTS || function->argnum_count == MAX_ARGUMENTS)
        return error_set(err, ERROR_TYPE,
                         "argnums has to be an argument's number, from 0, or "
                         "a tuple of them");
    function->argnums[function->argnum_count++] = argnum;
    return true;
}

static bool set_argnums(struct gradient_function *function, struct value value,
                        struct error *err)
{
    bool several = value.kind == VALUE_TUPLE || value.kind == VALUE_LIST;
    if (!slot_given(value))
        value = value_int(0);
    if (value.kind == VALUE_TENSOR && value.tensor->ndim == 1) {
        for (int64_t i = 0; i < value.tensor->size; i++)
            if (!add_argnum(function,
                            value_scalar(tensor_item_at(value.tensor, i)), err))
                return false;
        return true;
    }
    if (!several) {
        function->single = true;
        return add_argnum(function, value, err);
    }
    for (size_t i = 0; i < value.sequence->count; i++)
        if (!add_argnum(function, value.sequence->items[i], err))
            return false;
    return true;
}

NATIVE(make_gradient)
{
    struct value slots[3];
    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    struct gradient_function *function = xcalloc(1, sizeof *function);
    function->function = value_ref(slots[0]);
    function->with_value = !strcmp(native->name, "value_and_grad");
    if (set_argnums(function, slots[1], err) &&
        (!slot_given(slots[2]) ||
         value_truth(slots[2], &function->has_aux, err))) {
        *ret = value_opaque(&function_type, function);
        return true;
    }
    function_free(function);
    return false;
}

struct native gradient_natives[] = {
    FUNCTION_ROW("grad", make_gradient, grad_params,
                 "The function that gives the gradient of fun, which returns "
                 "one number"),
    FUNCTION_ROW("value_and_grad", make_gradient, grad_params,
                 "The same as grad, with fun's own value before it"),
    {.name = NULL}};

void gradient_install(struct interp *interp)
{
    natives_add_builtins(gradient_natives, interp);
    natives_add_builtins(tape_natives, interp);
    natives_add_builtins(descend_natives, interp);
    derivatives_install(interp);
}
