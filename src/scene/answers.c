/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/answers.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "tensor/parallel.h"

static bool first_samples(struct model *model, struct tensor *images,
                          struct samples *ret)
{
    struct error err = ERROR_INIT;
    int64_t shape[TENSOR_MAX_DIMS];
    if (!model->built || images->ndim == 0 || images->shape[0] == 0)
        return false;
    memcpy(shape, images->shape, (size_t)images->ndim * sizeof *shape);
    shape[0] = shape[0] < ANSWERS_MOST ? shape[0] : ANSWERS_MOST;
    struct tensor *first =
        tensor_view(images, images->ndim, shape, images->strides, images->data);
    bool good = samples_init(ret, model, first, NULL, &err);
    tensor_unref(first);
    error_clear(&err);
    return good;
}

struct examples examples_of(struct model *model, struct tensor *images)
{
    struct samples samples;
    struct examples ret = {0};
    if (!first_samples(model, images, &samples))
        return ret;
    ret.count = (int)samples.count;
    ret.width = samples.width;
    size_t size = (size_t)ret.count * (size_t)ret.width;
    ret.inputs = xmalloc((size + 1) * sizeof *ret.inputs);
    const float *inputs =
        samples_inputs(&samples, NULL, 0, ret.count, ret.inputs);
    if (inputs != ret.inputs)
        memcpy(ret.inputs, inputs, size * sizeof *inputs);
    samples_done(&samples);
    return ret;
}

void examples_done(struct examples *examples)
{
    free(examples->inputs);
    *examples = (struct examples){0};
}

/* One number for each class; others are no classes. */
enum { MOST_CLASSES = 64 };

static bool prepare(struct answers *answers, struct model *model,
                    const struct examples *examples)
{
    struct error err = ERROR_INIT;
    int64_t classes = model_outputs(model);
    if (answers->has_pass)
        return true;
    if (examples->count == 0 || examples->width != model_inputs(model) ||
        classes > MOST_CLASSES || model_positions(model) != 1)
        return false;
    if (!pass_init(&answers->pass, model, examples->count, &err)) {
        error_clear(&err);
        return false;
    }
    answers->has_pass = true;
    answers->count = examples->count;
    answers->classes = (int)classes;
    answers->outputs = xcalloc((size_t)answers->count * (size_t)classes,
                               sizeof *answers->outputs);
    return true;
}

/* Alone: the other threads belong to the training. */
void answers_compute(struct answers *answers, struct model *model,
                     const struct examples *examples)
{
    if (!prepare(answers, model, examples))
        return;
    answers->pass.model = model;
    parallel_set_limit(1);
    const float *y =
        pass_forward(&answers->pass, examples->count, examples->inputs, NULL);
    parallel_set_limit(0);
    memcpy(answers->outputs, y,
           (size_t)answers->count * (size_t)answers->classes * sizeof *y);
}

void answers_done(struct answers *answers)
{
    if (answers->has_pass)
        pass_done(&answers->pass);
    free(answers->outputs);
    *answers = (struct answers){0};
}

int answers_best(const struct answers *answers, int example)
{
    const float *row = answers->outputs + example * answers->classes;
    int best = 0;
    for (int i = 1; i < answers->classes; i++)
        best = row[i] > row[best] ? i : best;
    return answers->classes == 1 ? row[0] > 0.5f : best;
}

/* --------------------------------------------------------- what excites it */

static float product(const uint8_t *image, const float *tile, int size)
{
    float sum = 0.0f;
    VECTOR_LOOP
    for (int i = 0; i < size; i++)
        sum += (float)image[i] * tile[i];
    return sum / 255.0f;
}

int strongest_images(const struct gallery *gallery, const float *tile,
                     int count, int64_t *positions, float *products)
{
    int size = gallery->rows * gallery->columns, found = 0;
    for (int64_t i = 0; i < gallery->count; i++) {
        float value = product(gallery_image(gallery, i), tile, size);
        int place = found < count ? found++ : count;
        while (place > 0 && products[place - 1] < value) {
            if (place < count) {
                products[place] = products[place - 1];
                positions[place] = positions[place - 1];
            }
            place--;
        }
        if (place < count) {
            products[place] = value;
            positions[place] = i;
        }
    }
    return found;
}
