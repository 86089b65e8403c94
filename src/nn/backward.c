/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/backward.h"

static int64_t padded(int64_t floats)
{
    return (floats + 15) / 16 * 16;
}

/* The gradients of LAYER's weights lie one after another. */
static void place_gradients(const struct layer *layer, float *memory,
                            float **ret)
{
    for (int i = 0; i < layer->weight_count; i++) {
        ret[i] = layer_learns(layer, i) ? memory : NULL;
        memory += padded(layer->weights[i]->tensor->size);
    }
}

static int learning_in(const struct layer *layer)
{
    int count = 0;
    for (int i = 0; i < layer->weight_count; i++)
        count += layer_learns(layer, i);
    return count;
}

/* The first layer whose weights learn; gradients go no further back. */
static size_t first_learning(const struct model *model)
{
    size_t i = 0;
    while (i < model->layer_count && !learning_in(model->layers[i]))
        i++;
    return i;
}

const struct layer *model_first_learning(const struct model *model)
{
    size_t first = first_learning(model);
    return first < model->layer_count ? model->layers[first] : NULL;
}

static int64_t layer_floats(const struct layer *layer)
{
    int64_t floats = 0;
    for (int i = 0; i < layer->weight_count; i++)
        floats += padded(layer->weights[i]->tensor->size);
    return floats;
}

int64_t way_back_floats(const struct model *model)
{
    int64_t largest = 0, all = 0;
    for (size_t i = 0; i < model->layer_count; i++) {
        int64_t own = layer_floats(model->layers[i]);
        largest = own > largest ? own : largest;
        all += own;
    }
    return optimizer_waits(model->optimizer) ? all : largest;
}

/* A step of one weight. */
struct weight_step {
    const struct optimizer *optimizer;
    int number;
    struct tensor *weight;
};

static void take_piece(void *context, struct block piece, const float *gradient)
{
    const struct weight_step *step = context;
    optimizer_step_piece(step->optimizer, step->number, step->weight, gradient,
                         piece);
}

/* Back through a layer whose first weight steps while its gradient is made:
   what is still in the cache needs no second way through memory. */
static void backward_stepping(struct model *model, struct layer_batch *batch,
                              const struct layer *layer, bool fused,
                              float *gradient, float *const *gradients,
                              float *input_gradient, int number,
                              bool in_passing)
{
    struct weight_step step = {model->optimizer, number,
                               layer->weights[0]->tensor};
    struct gradient_taker taker = {take_piece, &step, in_passing};
    batch->taker = &taker;
    layer->type->backward(layer, batch, fused, gradient, gradients,
                          input_gradient);
    batch->taker = NULL;
}

/* May the first weight step before its whole gradient is known? */
static bool steps_early(const struct model *model, const struct layer *layer)
{
    return layer->type->gives_pieces && layer_learns(layer, 0) &&
           !layer_is_priced(layer, 0) &&
           optimizer_steps_in_pieces(model->optimizer);
}

/* Where the gradients of layer INDEX lie: all of them begin at the same place,
   unless the step waits for the last. */
static float *memory_of(const struct model *model, const struct way_back *way,
                        size_t index)
{
    float *memory = way->weight_gradients;
    if (!optimizer_waits(model->optimizer))
        return memory;
    for (size_t i = first_learning(model); i < index; i++)
        memory += layer_floats(model->layers[i]);
    return memory;
}

/* Steps with GRADIENTS, the first of which has NUMBER in the optimizer. */
static void step_layer(const struct model *model, const struct layer *layer,
                       float *const *gradients, bool first_done, int number)
{
    for (int k = 0; k < layer->weight_count; k++) {
        if (!gradients[k])
            continue;
        if (k > 0 || !first_done)
            optimizer_step(model->optimizer, number, layer->weights[k]->tensor,
                           gradients[k]);
        number++;
    }
}

/* Back through layer number INDEX, and a step of its weights, the first of
   which that learns has NUMBER in the optimizer. */
static void backward_layer(struct model *model, struct way_back *way,
                           size_t index, bool fused, float *gradient,
                           float *input_gradient, int number)
{
    const struct layer *layer = model->layers[index];
    struct layer_batch *batch = &way->batches[index];
    float *gradients[LAYER_MAX_WEIGHTS];
    bool early = steps_early(model, layer);
    place_gradients(layer, memory_of(model, way, index), gradients);
    way->has_last = !early || way->keeps_last;
    if (early)
        backward_stepping(model, batch, layer, fused, gradient, gradients,
                          input_gradient, number, !way->keeps_last);
    else
        layer->type->backward(layer, batch, fused, gradient, gradients,
                              input_gradient);
    for (int k = 0; k < layer->weight_count; k++)
        if (gradients[k])
            layer_add_penalty_gradient(layer, k, gradients[k]);
    if (!optimizer_waits(model->optimizer))
        step_layer(model, layer, gradients, early, number);
}

/* With all gradients known: their common length is limited, then all step. */
static void step_all(struct model *model, const struct way_back *way)
{
    float *gradients[LAYER_MAX_WEIGHTS];
    double squares = 0.0;
    int number = 0;
    for (int step = 0; step < 2; step++)
        for (size_t i = first_learning(model); i < model->layer_count; i++) {
            const struct layer *layer = model->layers[i];
            place_gradients(layer, memory_of(model, way, i), gradients);
            for (int k = 0; k < layer->weight_count; k++) {
                if (!gradients[k])
                    continue;
                int64_t size = layer->weights[k]->tensor->size;
                if (step)
                    optimizer_limit(model->optimizer, squares, size,
                                    gradients[k]);
                else
                    squares += sum_of_squares(size, gradients[k]);
            }
            if (step)
                step_layer(model, layer, gradients, false, number);
            number += step ? learning_in(layer) : 0;
        }
}

void model_backward(struct model *model, struct way_back *way, bool fused)
{
    size_t first = first_learning(model);
    int number = model_learning_count(model), current = 0;
    for (size_t i = model->layer_count; i-- > first;) {
        if (!model->layers[i]->type->backward)
            continue;
        number -= learning_in(model->layers[i]);
        backward_layer(model, way, i, fused, way->gradients[current],
                       i > first ? way->gradients[!current] : NULL, number);
        current = !current;
        fused = false;
    }
    if (optimizer_waits(model->optimizer))
        step_all(model, way);
}
