/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "autograd/variable.h"

#include <stdlib.h>
#include <string.h>

#include "autograd/tape.h"
#include "base/alloc.h"

struct variable *variable_new_take(struct tensor *tensor, const char *name,
                                   bool trainable)
{
    struct variable *variable = xcalloc(1, sizeof *variable);
    *variable = (struct variable){.refs = 1,
                                  .name = xstrdup(name),
                                  .trainable = trainable,
                                  .tensor = tensor};
    return variable;
}

struct variable *variable_ref(struct variable *variable)
{
    variable->refs++;
    return variable;
}

void variable_unref(struct variable *variable)
{
    if (!variable || --variable->refs)
        return;
    tensor_unref(variable->tensor);
    free(variable->name);
    free(variable);
}

struct variable *variable_clone(const struct variable *variable,
                                struct error *err)
{
    struct tensor *copy = tensor_copy(variable->tensor, err);
    return copy ? variable_new_take(copy, variable->name, variable->trainable)
                : NULL;
}

static bool is_shared(const struct tensor *tensor)
{
    return tensor->refs > 1 || tensor->storage->refs > 1;
}

/* Takes TENSOR.  Whoever holds the old one keeps it. */
static void replace(struct variable *variable, struct tensor *tensor)
{
    tapes_keep_former(variable);
    tensor_unref(variable->tensor);
    variable->tensor = tensor;
}

struct tensor *variable_writable(struct variable *variable, struct error *err)
{
    if (!is_shared(variable->tensor))
        return variable->tensor;
    struct tensor *copy = tensor_copy(variable->tensor, err);
    if (copy)
        replace(variable, copy);
    return copy;
}

static bool same_shape(const struct tensor *a, const struct tensor *b)
{
    return a->ndim == b->ndim &&
           !memcmp(a->shape, b->shape, (size_t)a->ndim * sizeof *a->shape);
}

static bool wrong_shape(const struct variable *variable,
                        const struct tensor *value, struct error *err)
{
    struct strbuf wanted = STRBUF_INIT, found = STRBUF_INIT;
    shape_format(&wanted, variable->tensor->ndim, variable->tensor->shape);
    shape_format(&found, value->ndim, value->shape);
    error_set(err, ERROR_VALUE,
              "Cannot assign value to variable '%s': Shape mismatch. The "
              "variable shape %s, and the assigned value shape %s are "
              "incompatible.",
              variable->name, wanted.text, found.text);
    strbuf_done(&wanted);
    strbuf_done(&found);
    return false;
}

bool variable_assign(struct variable *variable, const struct tensor *value,
                     struct error *err)
{
    if (!same_shape(variable->tensor, value))
        return wrong_shape(variable, value, err);
    if (!is_shared(variable->tensor))
        return tensor_assign(variable->tensor, value, err);
    struct tensor *copy = tensor_astype(value, variable->tensor->dtype, err);
    if (copy)
        replace(variable, copy);
    return copy != NULL;
}
