/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/layer_call.h"

#include <stdlib.h>
#include <string.h>

#include "autograd/tape.h"
#include "autograd/vjp.h"
#include "base/alloc.h"
#include "nn/foreign.h"
#include "nn/layer_rows.h"
#include "nn/samples.h"

/* What the way back through one call needs, and, once it has been walked, what
   came of it: a layer computes all its gradients at once. */
struct call {
    int refs;
    struct layer *layer;
    struct tensor *weights[LAYER_MAX_WEIGHTS]; /* as they were */
    struct tensor *input, *output;
    struct storage *scratch;
    struct layer_batch batch;
    struct tensor *answered; /* the gradient that has been answered, or NULL */
    struct tensor *gradients[1 + LAYER_MAX_WEIGHTS]; /* of input and weights */
};

static void forget_answer(struct call *call)
{
    tensor_unref(call->answered);
    call->answered = NULL;
    for (int i = 0; i <= LAYER_MAX_WEIGHTS; i++) {
        tensor_unref(call->gradients[i]);
        call->gradients[i] = NULL;
    }
}

static void call_ref(void *data)
{
    struct call *call = data;
    call->refs++;
}

static void call_unref(void *data)
{
    struct call *call = data;
    if (!call || --call->refs)
        return;
    forget_answer(call);
    for (int i = 0; i < LAYER_MAX_WEIGHTS; i++)
        tensor_unref(call->weights[i]);
    layer_unref(call->layer);
    tensor_unref(call->input);
    tensor_unref(call->output);
    storage_unref(call->scratch);
    free(call);
}

static float *floats(struct tensor *tensor)
{
    return (float *)(void *)tensor->data;
}

/* --------------------------------------------------------------------- back */

static bool make_gradients(struct call *call, struct error *err)
{
    const struct layer *layer = call->layer;
    call->gradients[0] = tensor_new_like(call->input, DTYPE_FLOAT32, err);
    bool good = call->gradients[0] != NULL;
    for (int i = 0; good && i < layer->weight_count; i++) {
        call->gradients[1 + i] =
            tensor_zeros(DTYPE_FLOAT32, layer->weights[i]->tensor->ndim,
                         layer->weights[i]->tensor->shape, err);
        good = call->gradients[1 + i] != NULL;
    }
    return good;
}

/* The layer as it was, whatever has been assigned to its weights since. */
struct past {
    struct layer layer;
    struct variable weights[LAYER_MAX_WEIGHTS];
};

static void past_of(const struct call *call, struct past *past)
{
    past->layer = *call->layer;
    for (int i = 0; i < call->layer->weight_count; i++) {
        past->weights[i] = *call->layer->weights[i];
        past->weights[i].tensor = call->weights[i];
        past->layer.weights[i] = &past->weights[i];
    }
}

static bool answer(struct call *call, struct tensor *gradient,
                   struct error *err)
{
    float *weights[LAYER_MAX_WEIGHTS];
    forget_answer(call);
    /* backward() may write into what it is given */
    struct tensor *own = tensor_astype(gradient, DTYPE_FLOAT32, err);
    bool good = own && make_gradients(call, err);
    for (int i = 0; good && i < call->layer->weight_count; i++)
        weights[i] = floats(call->gradients[1 + i]);
    if (good) {
        struct past past;
        past_of(call, &past);
        call->layer->type->backward(&past.layer, &call->batch, false,
                                    floats(own), weights,
                                    floats(call->gradients[0]));
        call->answered = tensor_ref(gradient);
    }
    tensor_unref(own);
    return good;
}

/* Is a derivative of the derivative wanted? */
static bool is_watched(const struct vjp *vjp)
{
    return tape_is_recording() &&
           (tape_tracks(vjp->gradient) || tape_tracks(vjp->x));
}

static struct tensor *call_vjp(struct vjp *vjp)
{
    struct call *call = vjp->args[0].object.data;
    if (!call->layer->type->forward) /* another shape at most */
        return vjp_part(vjp, vjp->gradient, 0, vjp->x);
    if (is_watched(vjp)) {
        error_set(vjp->err, ERROR_NOT_IMPLEMENTED,
                  "second derivatives do not go through layers (%s)",
                  call->layer->name);
        return NULL;
    }
    if (call->answered != vjp->gradient &&
        !answer(call, vjp->gradient, vjp->err))
        return NULL;
    return vjp_keep(vjp, tensor_ref(call->gradients[vjp->operand]));
}

static const struct param call_params[] = {{"layer", PARAM_OBJECT, 0, NULL},
                                           {"x", PARAM_TENSOR, 0, NULL},
                                           {"weights", PARAM_TENSORS, 0, NULL},
                                           {NULL, PARAM_ANY, 0, NULL}};
static const struct op call_op = {
    .name = "layer", .module = "", .params = call_params, .vjp = call_vjp};

/* Trainable weights that are read become sources of the tapes that ask. */
static void record(struct call *call, struct tensor *x)
{
    const struct layer *layer = call->layer;
    if (!tape_is_recording())
        return;
    for (int i = 0; i < layer->weight_count; i++) {
        call->weights[i] = tensor_ref(layer->weights[i]->tensor);
        if (layer_learns(layer, i))
            for (struct tape *t = NULL; (t = tape_next_recording(t));)
                tape_watch_variable(t, call->weights[i]);
    }
    struct arg args[3] = {
        {.given = true, .object = {call, call_ref, call_unref}},
        {.given = true, .tensor = x},
        {.given = true, .tensors = {layer->weight_count, call->weights}}};
    tape_record(&call_op, args, 1, &call->output);
}

/* ------------------------------------------------------------------ forward */

static bool build_for(struct layer *layer, const struct tensor *x,
                      struct rng *rng, struct error *err)
{
    struct sample_shape shape = {.ndim = x->ndim - 1};
    if (x->ndim < 1 || shape.ndim > SAMPLE_MAX_DIMS)
        return error_set(err, ERROR_VALUE,
                         "Input 0 of layer %s is incompatible with the layer: "
                         "a batch of samples is wanted, found %d axes",
                         layer->name ? layer->name : layer->type->prefix,
                         x->ndim);
    memcpy(shape.dims, x->shape + 1, (size_t)shape.ndim * sizeof *shape.dims);
    return layer_build(layer, &shape, rng, err);
}

/* Training changes moving means: not those that others hold. */
static bool unshare_weights(const struct layer *layer, struct error *err)
{
    for (int i = 0; i < layer->weight_count; i++)
        if (!layer_learns(layer, i) &&
            !variable_writable(layer->weights[i], err))
            return false;
    return true;
}

static bool compute(struct call *call, struct error *err)
{
    struct layer *layer = call->layer;
    int64_t rows = call->input->shape[0], shape[1 + SAMPLE_MAX_DIMS] = {rows};
    memcpy(shape + 1, layer->output.dims,
           (size_t)layer->output.ndim * sizeof *shape);
    if (!layer->type->forward) {
        call->output = tensor_reshape(call->input, 1 + layer->output.ndim,
                                      shape, 'C', err);
        return call->output != NULL;
    }
    int64_t scratch =
        layer->type->scratch ? layer->type->scratch(layer, rows) : 0;
    call->output =
        tensor_new(DTYPE_FLOAT32, 1 + layer->output.ndim, shape, err);
    if (call->output && scratch)
        call->scratch = storage_new(scratch * (int64_t)sizeof(float), err);
    if (!call->output || (scratch && !call->scratch) ||
        (call->batch.training && !unshare_weights(layer, err)))
        return false;
    call->batch.rows = rows;
    call->batch.input = floats(call->input);
    call->batch.output = floats(call->output);
    call->batch.scratch =
        scratch ? (float *)(void *)call->scratch->bytes : NULL;
    layer->type->forward(layer, &call->batch);
    return true;
}

struct tensor *layer_call(struct layer *layer, struct tensor *x, bool training,
                          struct rng *rng, struct error *err)
{
    struct tensor *output = NULL;
    if (!build_for(layer, x, rng, err))
        return NULL;
    if (layer->foreign)
        return layer->foreign->type->call(layer->foreign->context, 1, &x,
                                          training, err);
    if (tape_is_nested() && x->dtype == DTYPE_FLOAT32 &&
        layer_has_rows(layer, training))
        return layer_call_rows(layer, x, err); /* for second derivatives */
    struct call *call = xcalloc(1, sizeof *call);
    call->refs = 1;
    call->layer = layer_ref(layer);
    call->batch.training = training;
    call->batch.rng = rng;
    call->input = tensor_contiguous(x, DTYPE_FLOAT32, err);
    if (call->input && compute(call, err)) {
        record(call, x);
        output = tensor_ref(call->output);
    }
    call_unref(call);
    return output;
}

/* Bytes for a model that divides them, as samples are. */
static struct tensor *divided(const struct model *model, struct tensor *x,
                              struct error *err)
{
    if (x->dtype != DTYPE_UINT8 || model->byte_divisor == 0.0f || x->ndim < 1)
        return tensor_ref(x);
    int64_t shape[2] = {x->shape[0], -1};
    struct tensor *numbers = tensor_astype(x, DTYPE_FLOAT32, err);
    for (int64_t i = 0; numbers && i < numbers->size; i++)
        floats(numbers)[i] /= model->byte_divisor;
    struct tensor *rows =
        numbers ? tensor_reshape(numbers, 2, shape, 'C', err) : NULL;
    tensor_unref(numbers);
    return rows;
}

struct tensor *model_call(struct model *model, struct tensor *x, bool training,
                          struct rng *rng, struct error *err)
{
    struct sample_shape shape;
    struct tensor *y = divided(model, x, err);
    if (y && (!samples_shape(y, &shape, err) ||
              !model_build(model, &shape, err))) {
        tensor_unref(y);
        return NULL;
    }
    for (size_t i = 0; y && i < model->layer_count; i++) {
        struct tensor *next =
            layer_call(model->layers[i], y, training, rng, err);
        tensor_unref(y);
        y = next;
    }
    return y;
}
