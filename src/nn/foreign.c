/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/foreign.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "nn/foreign_internal.h"
#include "nn/setting.h"

struct foreign *foreign_new(const struct foreign_type *type, void *context,
                            const char *name)
{
    struct foreign *foreign = xcalloc(1, sizeof *foreign);
    foreign->refs = 1;
    foreign->type = type;
    foreign->context = context;
    foreign->name = xstrdup(name);
    return foreign;
}

struct foreign *foreign_ref(struct foreign *foreign)
{
    if (foreign)
        foreign->refs++;
    return foreign;
}

static void forget_batch(struct foreign *foreign)
{
    tape_unref(foreign->tape);
    tensor_unref(foreign->input);
    tensor_unref(foreign->output);
    foreign->tape = NULL;
    foreign->input = foreign->output = NULL;
}

void foreign_unref(struct foreign *foreign)
{
    if (!foreign || --foreign->refs)
        return;
    forget_batch(foreign);
    foreign->type->free(foreign->context);
    error_clear(&foreign->error);
    free(foreign->name);
    free(foreign->prefix);
    free(foreign);
}

bool foreign_check(struct foreign *foreign, struct error *err)
{
    if (!foreign || foreign->error.kind == ERROR_NONE)
        return true;
    error_move(err, &foreign->error);
    return false;
}

void foreign_keep_error(struct foreign *foreign, struct error *err)
{
    if (foreign->error.kind == ERROR_NONE)
        error_move(&foreign->error, err);
    error_clear(err);
}

/* -------------------------------------------------------------------- arrays
 */

struct tensor *foreign_batch_tensor(int64_t rows,
                                   const struct sample_shape *shape,
                                   const float *data, struct error *err)
{
    int64_t dims[1 + SAMPLE_MAX_DIMS] = {rows};
    memcpy(dims + 1, shape->dims, (size_t)shape->ndim * sizeof *dims);
    struct tensor *tensor =
        tensor_new(DTYPE_FLOAT32, 1 + shape->ndim, dims, err);
    if (tensor && data)
        memcpy(tensor->data, data, (size_t)tensor->size * sizeof *data);
    else if (tensor)
        memset(tensor->data, 0, (size_t)tensor->size * sizeof *data);
    return tensor;
}

bool foreign_copy_floats(struct tensor *tensor, int64_t size, float *ret,
                        struct error *err)
{
    if (!tensor) {
        memset(ret, 0, (size_t)size * sizeof *ret);
        return true;
    }
    struct tensor *flat = tensor_contiguous(tensor, DTYPE_FLOAT32, err);
    if (flat)
        memcpy(ret, flat->data, (size_t)size * sizeof *ret);
    tensor_unref(flat);
    return flat != NULL;
}

bool foreign_gradients(struct tape *tape, struct tensor *target,
                      struct tensor *seed, size_t count,
                      struct tensor *const *sources, struct tensor **ret,
                      struct error *err)
{
    struct tensor *own = seed ? tensor_astype(seed, target->dtype, err) : NULL;
    bool good =
        own && tape_gradient(tape, target, own, count, sources, ret, err);
    tensor_unref(own);
    tensor_unref(seed);
    return good;
}

/* -------------------------------------------------------------------- layers
 */

static const struct layer_setting no_settings[] = {SETTINGS_END};

static bool wrong_output(const struct layer *layer, const struct tensor *y,
                         struct error *err)
{
    struct strbuf shape = STRBUF_INIT;
    shape_format(&shape, y->ndim, y->shape);
    error_set(err, ERROR_VALUE,
              "call() of layer %s must return a row for each sample, and gave "
              "an array of shape %s",
              layer->name, shape.text);
    strbuf_done(&shape);
    return false;
}

static bool read_output_shape(struct layer *layer, const struct tensor *y,
                              struct error *err)
{
    if (y->ndim < 1 || y->shape[0] != 1 || y->ndim - 1 > SAMPLE_MAX_DIMS)
        return wrong_output(layer, y, err);
    layer->output = (struct sample_shape){.ndim = y->ndim - 1};
    memcpy(layer->output.dims, y->shape + 1,
           (size_t)layer->output.ndim * sizeof *y->shape);
    return true;
}

/* What comes out is seen when a sample of zeros goes in. */
static bool foreign_build(struct layer *layer, struct rng *rng,
                          struct error *err)
{
    (void)rng;
    struct foreign *foreign = layer->foreign;
    struct tensor *x = foreign_batch_tensor(1, &layer->input, NULL, err);
    struct tensor *y =
        x ? foreign->type->call(foreign->context, 1, &x, false, err) : NULL;
    bool good = y && read_output_shape(layer, y, err) &&
                foreign->type->weights(foreign->context, layer, err);
    tensor_unref(x);
    tensor_unref(y);
    return good;
}

/* Where backward() will need it, the call is taped. */
static bool call_batch(const struct layer *layer,
                       const struct layer_batch *batch, struct error *err)
{
    struct foreign *foreign = layer->foreign;
    foreign->input =
        foreign_batch_tensor(batch->rows, &layer->input, batch->input, err);
    if (!foreign->input)
        return false;
    if (batch->training) {
        foreign->tape = tape_new(true);
        tape_watch(foreign->tape, foreign->input);
        tape_start(foreign->tape);
    }
    foreign->output = foreign->type->call(foreign->context, 1, &foreign->input,
                                          batch->training, err);
    if (batch->training)
        tape_stop(foreign->tape);
    int64_t size = batch->rows * layer->outputs;
    if (foreign->output && foreign->output->size != size)
        return wrong_output(layer, foreign->output, err);
    return foreign->output &&
           foreign_copy_floats(foreign->output, size, batch->output, err);
}

static void foreign_forward(const struct layer *layer,
                            const struct layer_batch *batch)
{
    struct error err = ERROR_INIT;
    forget_batch(layer->foreign);
    if (call_batch(layer, batch, &err))
        return;
    foreign_keep_error(layer->foreign, &err);
    forget_batch(layer->foreign);
    memset(batch->output, 0,
           (size_t)(batch->rows * layer->outputs) * sizeof *batch->output);
}

static bool pull_back(const struct layer *layer,
                      const struct layer_batch *batch, const float *gradient,
                      float *const *weight_gradients, float *input_gradient,
                      struct error *err)
{
    struct foreign *foreign = layer->foreign;
    struct tensor *sources[1 + LAYER_MAX_WEIGHTS] = {foreign->input};
    struct tensor *found[1 + LAYER_MAX_WEIGHTS] = {NULL};
    int count = 1 + layer->weight_count;
    for (int i = 1; i < count; i++)
        sources[i] = layer->weights[i - 1]->tensor;
    bool good =
        foreign_gradients(foreign->tape, foreign->output,
                  foreign_batch_tensor(batch->rows, &layer->output, gradient, err),
                  (size_t)count, sources, found, err);
    for (int i = 0; good && i < count; i++) {
        float *to = i ? weight_gradients[i - 1] : input_gradient;
        good = !to || foreign_copy_floats(found[i], sources[i]->size, to, err);
    }
    for (int i = 0; i < count; i++)
        tensor_unref(found[i]);
    return good;
}

static void no_gradients(const struct layer *layer,
                         const struct layer_batch *batch,
                         float *const *weight_gradients, float *input_gradient)
{
    for (int i = 0; i < layer->weight_count; i++)
        if (weight_gradients[i])
            memset(weight_gradients[i], 0,
                   (size_t)layer->weights[i]->tensor->size * sizeof(float));
    if (input_gradient)
        memset(input_gradient, 0,
               (size_t)(batch->rows * layer->inputs) * sizeof(float));
}

static void foreign_backward(const struct layer *layer,
                             const struct layer_batch *batch, bool fused,
                             float *gradient, float *const *weight_gradients,
                             float *input_gradient)
{
    (void)fused;
    struct error err = ERROR_INIT;
    struct foreign *foreign = layer->foreign;
    if (!foreign->tape || !pull_back(layer, batch, gradient, weight_gradients,
                                     input_gradient, &err)) {
        foreign_keep_error(foreign, &err);
        no_gradients(layer, batch, weight_gradients, input_gradient);
    }
    forget_batch(foreign);
}

struct layer *foreign_layer(struct foreign *foreign, const char *prefix)
{
    free(foreign->prefix);
    foreign->prefix = xstrdup(prefix);
    foreign->layer_type = (struct layer_type){
        .named = {foreign->name, NULL, NULL},
        .prefix = foreign->prefix,
        .settings = no_settings,
        .build = foreign_build,
        .forward = foreign_forward,
        .backward = foreign_backward,
    };
    struct layer *layer = layer_new(&foreign->layer_type);
    layer->foreign = foreign_ref(foreign);
    return layer;
}

bool foreign_add_weight(struct layer *layer, struct variable *weight,
                        const char *name, struct error *err)
{
    if (weight->tensor->dtype != DTYPE_FLOAT32)
        return error_set(err, ERROR_TYPE,
                         "the weights of a layer are float32, and %s of %s is "
                         "%s",
                         weight->name, layer->name,
                         dtype_name(weight->tensor->dtype));
    if (layer->weight_count == LAYER_MAX_WEIGHTS)
        return error_set(err, ERROR_VALUE, "layer %s has more than %d weights",
                         layer->name, LAYER_MAX_WEIGHTS);
    layer->weight_names[layer->weight_count] = name;
    layer->weights[layer->weight_count++] = variable_ref(weight);
    return true;
}
