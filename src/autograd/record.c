/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "autograd/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* ----------------------------------------------------- copies of arguments */

static struct tensor *shared(struct tensor *tensor)
{
    return tensor ? tensor_ref(tensor) : NULL;
}

static char *text_copy(const char *text)
{
    return text ? xstrdup(text) : NULL;
}

static void copy_tensors(struct arg *arg)
{
    size_t count = (size_t)arg->tensors.count;
    struct tensor **items = xcalloc(count + 1, sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = tensor_ref(arg->tensors.items[i]);
    arg->tensors.items = items;
}

static void copy_dims(struct arg *arg)
{
    size_t count = (size_t)arg->dims.count;
    int64_t *values = xcalloc(count + 1, sizeof *values);
    if (count)
        memcpy(values, arg->dims.values, count * sizeof *values);
    arg->dims.values = values;
}

static void copy_indices(struct arg *arg)
{
    size_t count = (size_t)arg->indices.count;
    struct index *items = xcalloc(count + 1, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        items[i] = arg->indices.items[i];
        items[i].array = shared(items[i].array);
    }
    arg->indices.items = items;
}

/* ARG, a plain copy of another, gets what it points to for its own. */
static void arg_own(const struct param *param, struct arg *arg)
{
    arg->text = text_copy(arg->text);
    if (!arg->given)
        return;
    switch (param->kind) {
    case PARAM_TENSOR:
        arg->tensor = shared(arg->tensor);
        break;
    case PARAM_TENSORS:
        copy_tensors(arg);
        break;
    case PARAM_STRING:
        arg->string = text_copy(arg->string);
        break;
    case PARAM_CHOICE:
        arg->choice.word = text_copy(arg->choice.word);
        break;
    case PARAM_DIMS:
        copy_dims(arg);
        break;
    case PARAM_INDEX:
        arg->index.array = shared(arg->index.array);
        break;
    case PARAM_INDICES:
        copy_indices(arg);
        break;
    case PARAM_OBJECT:
        arg->object.ref(arg->object.data);
        break;
    default:
        break;
    }
}

static void arg_disown(const struct param *param, struct arg *arg)
{
    free((char *)arg->text);
    if (!arg->given)
        return;
    switch (param->kind) {
    case PARAM_TENSOR:
        tensor_unref(arg->tensor);
        break;
    case PARAM_TENSORS:
        for (int i = 0; i < arg->tensors.count; i++)
            tensor_unref(arg->tensors.items[i]);
        free(arg->tensors.items);
        break;
    case PARAM_STRING:
        free((char *)arg->string);
        break;
    case PARAM_CHOICE:
        free((char *)arg->choice.word);
        break;
    case PARAM_DIMS:
        free(arg->dims.values);
        break;
    case PARAM_INDEX:
        tensor_unref(arg->index.array);
        break;
    case PARAM_INDICES:
        for (int i = 0; i < arg->indices.count; i++)
            tensor_unref(arg->indices.items[i].array);
        free(arg->indices.items);
        break;
    case PARAM_OBJECT:
        arg->object.unref(arg->object.data);
        break;
    default:
        break;
    }
}

/* ----------------------------------------------------------------- records */

struct record *record_new(const struct op *op, const struct arg *args,
                          int output_count, struct tensor *const *outputs)
{
    struct record *record = xcalloc(1, sizeof *record);
    int count = op_param_count(op);
    record->refs = 1;
    record->op = op;
    record->args = xcalloc((size_t)count + 1, sizeof *record->args);
    if (count)
        memcpy(record->args, args, (size_t)count * sizeof *args);
    for (int i = 0; i < count; i++)
        arg_own(&op->params[i], &record->args[i]);
    record->output_count = output_count;
    record->outputs =
        xcalloc((size_t)output_count + 1, sizeof *record->outputs);
    for (int i = 0; i < output_count; i++)
        record->outputs[i] = tensor_ref(outputs[i]);
    return record;
}

struct record *record_ref(struct record *record)
{
    record->refs++;
    return record;
}

void record_unref(struct record *record)
{
    if (!record || --record->refs)
        return;
    for (int i = 0; record->op->params[i].name; i++)
        arg_disown(&record->op->params[i], &record->args[i]);
    for (int i = 0; i < record->output_count; i++)
        tensor_unref(record->outputs[i]);
    free(record->args);
    free(record->outputs);
    free(record);
}

struct tensor *next_operand(const struct op *op, const struct arg *args,
                            int *at, int *k)
{
    for (; op->params[*at].name; ++*at, *k = 0) {
        const struct arg *arg = &args[*at];
        if (!arg->given)
            continue;
        if (op->params[*at].kind == PARAM_TENSORS &&
            *k < arg->tensors.count)
            return arg->tensors.items[(*k)++];
        if (op->params[*at].kind == PARAM_TENSOR && arg->tensor) {
            ++*at;
            return arg->tensor;
        }
    }
    return NULL;
}
