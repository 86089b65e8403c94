/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/layer_rows.h"

#include <string.h>

#include "autograd/tape.h"
#include "ops/registry.h"

/* Activations that a row computes with its defaults. */
static const struct {
    const char *activation, *module, *row;
} rows[] = {
    {"relu", "nn", "relu"},       {"sigmoid", "nn", "sigmoid"},
    {"softmax", "nn", "softmax"}, {"softplus", "nn", "softplus"},
    {"selu", "nn", "selu"},       {"swish", "nn", "silu"},
    {"tanh", "np", "tanh"},       {"exponential", "np", "exp"},
    {"linear", "np", "positive"},
};

static const struct op *row_of(const struct activation *activation)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].activation, activation->named.name))
            return op_find(rows[i].module, rows[i].row, OP_FUNCTION);
    return NULL;
}

static bool is_activation(const struct layer *layer)
{
    return layer->type == &layer_activation || layer->type == &layer_relu ||
           layer->type == &layer_softmax;
}

bool layer_has_rows(const struct layer *layer, bool training)
{
    const struct activation *activation = layer->settings.activation;
    if (layer->type == &layer_dropout)
        return !training;
    return (layer->type == &layer_dense || is_activation(layer)) &&
           (!activation || row_of(activation));
}

/* OP's result for COUNT operands, in its first parameters. */
static struct tensor *call(const struct op *op, int count,
                           struct tensor *const *operands, struct error *err)
{
    struct arg args[16];
    struct op_result result = {.form = RESULT_NONE};
    for (int i = 0; op->params[i].name; i++)
        param_default(&op->params[i], &args[i]);
    for (int i = 0; i < count; i++)
        args[i] = (struct arg){.given = true, .tensor = operands[i]};
    struct tensor *tensor =
        tape_call(op, args, &result, err) ? tensor_ref(result.tensor) : NULL;
    op_result_done(&result);
    return tensor;
}

static struct tensor *call_two_take(const char *name, struct tensor *a,
                                    struct tensor *b, struct error *err)
{
    struct tensor *operands[2] = {a, b};
    struct tensor *ret =
        a ? call(op_find("np", name, OP_FUNCTION), 2, operands, err) : NULL;
    tensor_unref(a);
    return ret;
}

/* The tensor of a weight, which the tapes that ask follow. */
static struct tensor *watched(const struct layer *layer, int index)
{
    struct tensor *weight = layer->weights[index]->tensor;
    if (layer_learns(layer, index))
        for (struct tape *t = NULL; (t = tape_next_recording(t));)
            tape_watch_variable(t, weight);
    return weight;
}

struct tensor *layer_call_rows(const struct layer *layer, struct tensor *x,
                               struct error *err)
{
    const struct activation *activation = layer->settings.activation;
    struct tensor *z = tensor_ref(x);
    if (layer->type == &layer_dense) {
        z = call_two_take("matmul", z, watched(layer, 0), err);
        if (layer->settings.use_bias)
            z = call_two_take("add", z, watched(layer, 1), err);
    }
    if (!z || !activation || layer->type == &layer_dropout)
        return z;
    struct tensor *y = call(row_of(activation), 1, &z, err);
    tensor_unref(z);
    return y;
}
