/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Layers.  A kind of layer is one const row of functions; a layer is that row
 * with its settings and, once its input shape is known, its weights.  Layers
 * see batches: ROWS samples of `inputs` numbers each, float32, row-major.
 */
#ifndef NN_LAYER_H
#define NN_LAYER_H

#include "autograd/variable.h"
#include "nn/block.h"
#include "nn/setting.h"

enum { LAYER_MAX_WEIGHTS = 64 };

int64_t sample_size(const struct sample_shape *shape);

/* "(None, 784)" */
void sample_shape_format(struct strbuf *sb, const struct sample_shape *shape);

struct layer;
struct foreign; /* nn/foreign.h */

/* Goes on with a weight's gradient while it is made: TAKE gets each piece of
   it, by the thread that made it.  IN_PASSING: nobody wants the gradient
   afterwards. */
struct gradient_taker {
    void (*take)(void *context, struct block piece, const float *gradient);
    void *context;
    bool in_passing;
};

/* One batch on its way through a layer, there and back. */
struct layer_batch {
    int64_t rows;
    bool training;
    struct rng *rng; /* while training */
    const float *input;
    float *output;
    float *scratch; /* the layer's own: as backward() finds it, forward() has
                       left it */
    /* Not NULL: takes the gradient of the first weight, which may change with
       each piece. */
    const struct gradient_taker *taker;
};

struct layer_type {
    struct named named; /* "Dense" */
    const char *prefix; /* "dense": of the names that layers get */
    const struct layer_setting *settings;
    /* Not NULL: the name of the activation that the layer is. */
    const char *activation;
    /* Sets output and makes the weights; input is set. */
    bool (*build)(struct layer *layer, struct rng *rng, struct error *err);
    /* Floats of scratch for ROWS samples; NULL: none. */
    int64_t (*scratch)(const struct layer *layer, int64_t rows);
    /* NULL: the output is the input, in another shape at most. */
    void (*forward)(const struct layer *layer, const struct layer_batch *batch);
    /* GRADIENT comes in as dL/doutput (dL/dz, when FUSED) and may be
       overwritten.  Fills the gradients of those weights that are trainable,
       and INPUT_GRADIENT, unless they are NULL. */
    void (*backward)(const struct layer *layer, const struct layer_batch *batch,
                     bool fused, float *gradient,
                     float *const *weight_gradients, float *input_gradient);
    bool gives_pieces; /* backward() heeds the batch's taker */
};

/* All of them, ended by NULL. */
extern const struct layer_type *const layer_types[];
extern const struct layer_type layer_dense, layer_flatten, layer_reshape,
    layer_rescaling, layer_dropout, layer_activation, layer_relu, layer_softmax,
    layer_elu, layer_leaky_relu, layer_input, layer_conv2d, layer_max_pooling,
    layer_average_pooling, layer_global_max_pooling,
    layer_global_average_pooling, layer_batch_normalization;

struct layer {
    int refs;
    const struct layer_type *type;
    char *name; /* "dense_1" */
    bool built;
    bool has_input; /* the input shape was given, or is known by now */
    bool trainable; /* false: its weights stay as they are */
    struct sample_shape input, output;
    int64_t inputs, outputs; /* numbers a sample */

    int weight_count;
    const char *weight_names[LAYER_MAX_WEIGHTS]; /* "kernel" */
    struct variable *weights[LAYER_MAX_WEIGHTS]; /* float32, contiguous */

    struct layer_settings settings;
    struct foreign *foreign; /* who computes, when it is none of the types */
};

/* With the defaults of its settings. */
struct layer *layer_new(const struct layer_type *type);
struct layer *layer_ref(struct layer *layer);
void layer_unref(struct layer *layer); /* NULL is fine */

/* Deep copy; NULL with MemoryError. */
struct layer *layer_clone(const struct layer *layer, struct error *err);

/* Gives it its input shape.  Building twice with the same shape does nothing,
   with another one it is a ValueError that names the layer. */
bool layer_build(struct layer *layer, const struct sample_shape *input,
                 struct rng *rng, struct error *err);

/* The type called NAME ("Dense"); ValueError with a did-you-mean hint. */
const struct layer_type *layer_type_find(const char *name, struct error *err);

int64_t layer_parameters(const struct layer *layer);

/* Does weight number INDEX learn? */
bool layer_learns(const struct layer *layer, int index);

/* What its regularizers add to the loss. */
double layer_penalty(const struct layer *layer);

/* Has weight number INDEX a regularizer? */
bool layer_is_priced(const struct layer *layer, int index);

/* Adds the derivative of that to the gradient of weight number INDEX. */
void layer_add_penalty_gradient(const struct layer *layer, int index,
                                float *gradient);

/* For build(): makes the next weight. */
struct layer_weight {
    const char *name;
    int ndim;
    const int64_t *shape;
    const struct initializer *initializer;
    double fan_in, fan_out;
    bool trainable;
};
bool layer_add_weight(struct layer *layer, struct layer_weight weight,
                      struct rng *rng, struct error *err);

/* A ValueError that the shape of the input is not one that LAYER takes: it
   takes samples of AXES. */
bool layer_wrong_axes(const struct layer *layer, int axes, struct error *err);

/* The numbers of weight number INDEX, for reading. */
const float *layer_weight(const struct layer *layer, int index);

#endif
