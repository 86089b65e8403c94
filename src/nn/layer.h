/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Layers.  A kind of layer is one const row of functions; a layer is that row
 * with its settings and, once its input shape is known, its weights.  Layers
 * see batches: ROWS samples of `inputs` numbers each, float32, row-major.
 */
#ifndef NN_LAYER_H
#define NN_LAYER_H

#include "autograd/variable.h"
#include "nn/activation.h"
#include "nn/initializer.h"

enum { LAYER_MAX_WEIGHTS = 2, LAYER_MAX_DIMS = 4 };

/* Shape of one sample. */
struct sample_shape {
    int ndim;
    int64_t dims[LAYER_MAX_DIMS];
};

int64_t sample_size(const struct sample_shape *shape);

/* "(None, 784)" */
void sample_shape_format(struct strbuf *sb, const struct sample_shape *shape);

struct layer;

struct layer_type {
    struct named named; /* "Dense" */
    const char *prefix; /* "dense": of the names that layers get */
    /* Sets output and makes the weights; input is set. */
    bool (*build)(struct layer *layer, struct rng *rng, struct error *err);
    /* NULL: the output is the input, in another shape at most. */
    void (*forward)(const struct layer *layer, int64_t rows, const float *input,
                    float *output);
    /* GRADIENT comes in as dL/doutput (dL/dz, when FUSED) and may be
       overwritten.  Fills the weights' gradients, and INPUT_GRADIENT unless
       that is NULL. */
    void (*backward)(const struct layer *layer, bool fused, int64_t rows,
                     const float *input, const float *output, float *gradient,
                     float *const *weight_gradients, float *input_gradient);
};

extern const struct layer_type layer_dense, layer_flatten, layer_rescaling,
    layer_activation, layer_input;

struct layer {
    int refs;
    const struct layer_type *type;
    char *name; /* "dense_1" */
    bool built;
    bool has_input; /* the input shape was given, or is known by now */
    struct sample_shape input, output;
    int64_t inputs, outputs; /* numbers a sample */

    int weight_count;
    const char *weight_names[LAYER_MAX_WEIGHTS]; /* "kernel" */
    struct variable *weights[LAYER_MAX_WEIGHTS]; /* float32, contiguous */

    /* Settings; which of them mean something depends on the type. */
    int64_t units;
    bool use_bias;
    const struct activation *activation; /* NULL: none */
    const struct initializer *kernel_initializer, *bias_initializer;
    double scale, offset;
};

struct layer *layer_new(const struct layer_type *type);
struct layer *layer_ref(struct layer *layer);
void layer_unref(struct layer *layer); /* NULL is fine */

/* Deep copy; NULL with MemoryError. */
struct layer *layer_clone(const struct layer *layer, struct error *err);

/* Gives it its input shape.  Building twice with the same shape does nothing,
   with another one it is a ValueError that names the layer. */
bool layer_build(struct layer *layer, const struct sample_shape *input,
                 struct rng *rng, struct error *err);

int64_t layer_parameters(const struct layer *layer);

/* The numbers of weight number INDEX, for reading. */
const float *layer_weight(const struct layer *layer, int index);

#endif
