/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/tape_gradients.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/eager.h"
#include "bind/gradient.h"
#include "bind/natives.h"
#include "bind/structure.h"
#include "bind/variable_object.h"
#include "tensor/elementwise.h"

struct tensor *tape_array_of(struct value value)
{
    struct variable *variable = variable_get(value);
    if (variable)
        return variable->tensor;
    value = value_array(value);
    return value.kind == VALUE_TENSOR ? value.tensor : NULL;
}

bool tape_refuse_number(struct value value, struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    value_repr(value, &text);
    error_set(err, ERROR_VALUE,
              "Passed in object %s of type '%s', not tf.Tensor or tf.Variable "
              "or ExtensionType.",
              text.text, value_type_name(value));
    error_hint(err, _("a tape can follow x = tf.constant(3.0) or "
                      "x = tf.Variable(3.0)"));
    strbuf_done(&text);
    return false;
}

static bool sum_into(struct tensor **sum, struct tensor *more,
                     struct error *err)
{
    if (!*sum || !more) {
        *sum = *sum ? *sum : more;
        return true;
    }
    struct tensor *operands[2] = {*sum, more};
    struct tensor *total = ufunc_call(ufunc_find("add"), operands, NULL, NULL,
                                      DTYPE_COUNT, err);
    tensor_unref(*sum);
    tensor_unref(more);
    *sum = total;
    return total != NULL;
}

/* Several targets: the gradient of the sum of them. */
static bool add_target(struct tape *tape, struct value target,
                       struct tensor *seed, size_t count,
                       struct tensor *const *sources,
                       struct tensor **gradients, struct error *err)
{
    struct tensor *array = tape_array_of(target);
    if (!array)
        return true;
    struct tensor **parts = xcalloc(count + 1, sizeof *parts);
    bool good =
        tape_gradient(tape, array, seed, count, sources, parts, err);
    for (size_t i = 0; i < count; i++) {
        if (good)
            good = sum_into(&gradients[i], parts[i], err);
        else
            tensor_unref(parts[i]);
    }
    free(parts);
    return good;
}

static bool compute(struct tape *tape, struct value target,
                    struct value seed, size_t count,
                    struct tensor *const *sources, struct tensor **gradients,
                    struct error *err)
{
    struct leaves targets = {0}, seeds = {0};
    bool good = true;
    leaves_add(&targets, target);
    if (slot_given(seed))
        leaves_add(&seeds, seed);
    for (size_t i = 0; good && i < targets.count; i++) {
        struct tensor *own = i < seeds.count && slot_given(seeds.items[i])
                                 ? gradient_source(seeds.items[i], err)
                                 : NULL;
        good = err->kind == ERROR_NONE &&
               add_target(tape, targets.items[i], own, count, sources,
                          gradients, err);
        tensor_unref(own);
    }
    leaves_done(&targets);
    leaves_done(&seeds);
    return good;
}

/* GRADIENT as the kind of thing that its SOURCE is; taken. */
static bool like_source(struct tensor *gradient, struct value source,
                        bool zeros, struct value *ret, struct error *err)
{
    struct value array = value_array(source);
    *ret = value_none();
    if (!gradient && zeros)
        gradient = tensor_zeros(array.tensor->dtype, array.tensor->ndim,
                                array.tensor->shape, err);
    if (!gradient)
        return !zeros;
    *ret = source.kind == VALUE_OPAQUE ? eager_value(gradient)
                                       : value_tensor_take(tensor_ref(gradient));
    tensor_unref(gradient);
    return true;
}

/* The gradients in the structure of the sources. */
static bool give(struct value structure, const struct leaves *leaves,
                 struct tensor **gradients, bool zeros, struct value *ret,
                 struct error *err)
{
    struct value *items = xcalloc(leaves->count + 1, sizeof *items);
    size_t made = 0, next = 0;
    bool good = true;
    for (; good && made < leaves->count; made++) {
        struct tensor *gradient = gradients[made];
        gradients[made] = NULL;
        good = like_source(gradient, leaves->items[made], zeros, &items[made],
                           err);
    }
    if (good)
        *ret = structure_with(structure, items, &next);
    for (size_t i = 0; i < made; i++)
        value_unref(items[i]);
    free(items);
    return good;
}

/* The arrays that gradients are asked for: one for each leaf, and behind them
   what variables among these held before. */
struct sources {
    size_t count, capacity;
    struct tensor **arrays;
    size_t *leaves; /* whose each is */
};

static void add_source(struct sources *sources, struct tensor *array,
                       size_t leaf)
{
    if (sources->count == sources->capacity) {
        sources->capacity = 2 * sources->capacity + 8;
        sources->arrays = xreallocarray(sources->arrays, sources->capacity,
                                        sizeof *sources->arrays);
        sources->leaves = xreallocarray(sources->leaves, sources->capacity,
                                        sizeof *sources->leaves);
    }
    sources->arrays[sources->count] = array;
    sources->leaves[sources->count++] = leaf;
}

static void add_formers(struct sources *sources, const struct tape *tape,
                        struct value leaf, size_t number)
{
    struct variable *variable = variable_get(leaf);
    size_t count = variable ? tape_formers(tape, variable, NULL) : 0;
    struct tensor **arrays = xcalloc(count + 1, sizeof *arrays);
    if (count)
        tape_formers(tape, variable, arrays);
    for (size_t i = 0; i < count; i++)
        add_source(sources, arrays[i], number);
    free(arrays);
}

static bool find_sources(const struct tape *tape, const struct leaves *leaves,
                         struct sources *ret, struct error *err)
{
    for (size_t i = 0; i < leaves->count; i++) {
        struct tensor *array = tape_array_of(leaves->items[i]);
        if (!array)
            return tape_refuse_number(leaves->items[i], err);
        add_source(ret, array, i);
    }
    for (size_t i = 0; i < leaves->count; i++)
        add_formers(ret, tape, leaves->items[i], i);
    return true;
}

bool tape_gradients(struct tape *tape, const struct value *slots,
                         bool zeros, struct value *ret, struct error *err)
{
    struct leaves leaves = {0};
    struct sources sources = {0};
    leaves_add(&leaves, slots[2]);
    bool good = find_sources(tape, &leaves, &sources, err);
    struct tensor **gradients = xcalloc(sources.count + 1, sizeof *gradients);
    good = good && compute(tape, slots[1], slots[3], sources.count,
                           sources.arrays, gradients, err);
    for (size_t i = leaves.count; good && i < sources.count; i++) {
        struct tensor *former = gradients[i];
        gradients[i] = NULL;
        good = sum_into(&gradients[sources.leaves[i]], former, err);
    }
    good = good && give(slots[2], &leaves, gradients, zeros, ret, err);
    for (size_t i = 0; i < sources.count; i++)
        tensor_unref(gradients[i]);
    free(sources.arrays);
    free(sources.leaves);
    free(gradients);
    leaves_done(&leaves);
    return good;
}
