/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * y = activation(x W + b), and backwards with z = x W + b:
 *     dL/dW = x^T dL/dz    dL/db = sum of the rows of dL/dz
 *     dL/dx = dL/dz W^T
 */
#include <inttypes.h>
#include <string.h>

#include "base/i18n.h"
#include "nn/layer.h"
#include "tensor/parallel.h"
#include "tensor/product.h"

static float *floats(struct tensor *tensor)
{
    return (float *)(void *)tensor->data;
}

static bool add_weight(struct layer *layer, const char *name, int ndim,
                       const int64_t *shape,
                       const struct initializer *initializer, struct rng *rng,
                       struct error *err)
{
    struct tensor *weight = tensor_new(DTYPE_FLOAT32, ndim, shape, err);
    if (!weight)
        return false;
    initializer->fill(initializer, rng, layer->inputs, layer->units,
                      weight->size, floats(weight));
    layer->weight_names[layer->weight_count] = name;
    layer->weights[layer->weight_count++] =
        variable_new_take(weight, name, true);
    return true;
}

static bool dense_build(struct layer *layer, struct rng *rng, struct error *err)
{
    if (layer->input.ndim != 1) {
        error_set(err, ERROR_VALUE,
                  "Input 0 is incompatible with layer %s: a Dense layer "
                  "takes samples of one axis, found %d axes",
                  layer->name, layer->input.ndim);
        error_hint(err,
                   _("put layers.Flatten() before it, or reshape the "
                     "samples: x.reshape((len(x), %" PRId64 "))"),
                   layer->inputs);
        return false;
    }
    layer->output = (struct sample_shape){1, {layer->units}};
    int64_t kernel[2] = {layer->inputs, layer->units};
    return add_weight(layer, "kernel", 2, kernel, layer->kernel_initializer,
                      rng, err) &&
           (!layer->use_bias || add_weight(layer, "bias", 1, &layer->units,
                                           layer->bias_initializer, rng, err));
}

static void dense_forward(const struct layer *layer, int64_t rows,
                          const float *input, float *output)
{
    product_float32(false, false, rows, layer->outputs, layer->inputs, input,
                    layer_weight(layer, 0), 0.0f, output);
    activation_forward(layer->activation, rows, layer->outputs,
                       layer->use_bias ? layer_weight(layer, 1) : NULL,
                       output);
}

MULTI_TARGET
static void add_row(int64_t n, const float *row, float *sum)
{
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++)
        sum[i] += row[i];
}

/* Columns are owned by threads, so that the order of the sums is fixed. */
static void sum_rows(int64_t rows, int64_t columns, const float *a, float *sum)
{
#pragma omp parallel num_threads(parallel_threads_for(rows *columns))
    {
        struct part part = parallel_part(columns, 16);
        int64_t n = part.end - part.first;
        memset(sum + part.first, 0, (size_t)n * sizeof *sum);
        for (int64_t i = 0; i < rows; i++)
            add_row(n, a + i * columns + part.first, sum + part.first);
    }
}

static void dense_backward(const struct layer *layer, bool fused, int64_t rows,
                           const float *input, const float *output,
                           float *gradient, float *const *weight_gradients,
                           float *input_gradient)
{
    int64_t inputs = layer->inputs, outputs = layer->outputs;
    if (!fused)
        activation_backward(layer->activation, rows, outputs, output, gradient);
    if (layer->use_bias)
        sum_rows(rows, outputs, gradient, weight_gradients[1]);
    product_float32(true, false, inputs, outputs, rows, input, gradient, 0.0f,
                    weight_gradients[0]);
    if (input_gradient)
        product_float32(false, true, rows, inputs, outputs, gradient,
                        layer_weight(layer, 0), 0.0f, input_gradient);
}

const struct layer_type layer_dense = {
    .named = {"Dense", NULL, "every output is a weighted sum of all inputs"},
    .prefix = "dense",
    .build = dense_build,
    .forward = dense_forward,
    .backward = dense_backward,
};
