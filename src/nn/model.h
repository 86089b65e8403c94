/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A network: layers one after another, and what they are trained with.
 */
#ifndef NN_MODEL_H
#define NN_MODEL_H

#include "nn/layer.h"
#include "nn/metric.h"
#include "nn/optimizer.h"

enum { MODEL_MAX_METRICS = 8 };

struct model {
    int refs;
    char *name; /* "sequential_1" */
    size_t layer_count, layer_capacity;
    struct layer **layers;
    bool built;
    bool has_input; /* an InputLayer gave it */
    struct layer *input_layer; /* which is shown, in a functional model; or NULL */
    struct sample_shape input;
    struct rng *rng; /* borrowed: where initial weights come from */

    /* Not 0: samples of unsigned bytes are divided by this, and samples of
       any shape with as many numbers as the input are taken.  So `train
       mnist` makes a model that can be shown the images as they are. */
    float byte_divisor;

    bool stop_training; /* set by who watches a training that is to end */

    /* What compile() sets; loss.type NULL before. */
    struct loss loss;
    struct optimizer *optimizer;
    int metric_count;
    struct metric metrics[MODEL_MAX_METRICS];
};

/* RNG is borrowed and must live as long as layers are added. */
struct model *model_new(const char *name, struct rng *rng);
struct model *model_ref(struct model *model);
void model_unref(struct model *model); /* NULL is fine */

/* The name of what is written in the language, which only the session's thread
   can compute, or NULL. */
const char *model_foreign_part(const struct model *model);

/* A deep copy, optimizer's slots included; NULL with MemoryError. */
struct model *model_clone(const struct model *model, struct error *err);

/* One more reference to LAYER, which gets a name and, as soon as the shape is
   known, its weights. */
bool model_add(struct model *model, struct layer *layer, struct error *err);

/* Drops the last layer: IndexError when there is none. */
bool model_pop(struct model *model, struct error *err);

/* Builds what waited for an input shape. */
bool model_build(struct model *model, const struct sample_shape *input,
                 struct error *err);

/* False with what went wrong in layers, losses and metrics that are written in
   the language, since the last time. */
bool model_check(const struct model *model, struct error *err);

/* RuntimeError before compile(). */
bool model_check_compiled(const struct model *model, struct error *err);

void model_compile(struct model *model, struct optimizer *optimizer,
                   const struct loss *loss, int metric_count,
                   const struct metric *metrics);

/* Of a built model. */
const struct layer *model_last(const struct model *model);
int64_t model_inputs(const struct model *model);
int64_t model_outputs(const struct model *model);
int64_t model_parameters(const struct model *model);
int64_t model_trainable_parameters(const struct model *model);

/* A loss looks at the last axis of the output; there are so many columns, and
   so many rows of them a sample. */
int64_t model_columns(const struct model *model);
int64_t model_positions(const struct model *model);

/* What the layers' regularizers add to the loss. */
double model_penalty(const struct model *model);

/* The layer called NAME; NULL when there is none. */
struct layer *model_layer(const struct model *model, const char *name);

/* All weights in order, borrowed; RET has room for model_weight_count(). */
int model_weight_count(const struct model *model);
void model_weights(const struct model *model, struct variable **ret);

/* The same for those that learn. */
int model_learning_count(const struct model *model);
void model_learning(const struct model *model, struct variable **ret);

/* Makes what the optimizer keeps for those, unless it is there. */
bool model_prepare_optimizer(struct model *model, struct error *err);

/* MODEL's weights become those of FROM, a copy of it that was trained, with
   what the optimizer keeps.  ValueError when MODEL has other weights by now. */
bool model_take_weights(struct model *model, const struct model *from,
                        struct error *err);

/* Copies the numbers alone, into the memory of MODEL's weights: both have the
   same layers, and MODEL shares its weights with nobody. */
void model_copy_weights(struct model *model, const struct model *from);

/* The table that Keras 2 prints of a built model. */
void model_summary(const struct model *model, struct strbuf *sb);

#endif
