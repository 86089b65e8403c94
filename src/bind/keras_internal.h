/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the keras modules share. */
#ifndef BIND_KERAS_INTERNAL_H
#define BIND_KERAS_INTERNAL_H

#include "autograd/op.h"
#include "bind/keras.h"

/* ------------------------------------------------------------ functions */

/* A function or method in C with its signature. */
struct keras_function {
    const char *name; /* NULL ends a table */
    native_call *call;
    const struct param *params; /* without self */
    const char *doc;
};

/* More parameters than any of them has. */
enum { KERAS_MAX_PARAMS = 12 };

/* The call's arguments in the order of the native's params, VALUE_UNDEFINED
   where nothing was given; for methods, *SELF (else NULL) is split off. */
bool keras_bind(const struct native *native, const struct call_args *args,
                struct value *self, struct value *slots, struct error *err);

/* FUNCTIONS' row NAME as a method of SELF, owned; false when there is none. */
bool keras_find_method(const struct keras_function *functions,
                       struct value self, const char *name, struct value *ret);

void keras_add_functions(struct value module,
                         const struct keras_function *functions);

/* AttributeError in Python's words, with a did-you-mean hint. */
bool keras_no_attribute(struct value self, const char *name, struct error *err);

/* ------------------------------------------------------------ arguments
   RET keeps its value when nothing, or None, was given.  TypeError with the
   argument's name otherwise. */

bool keras_is_given(struct value value);
bool keras_int(struct value value, const char *name, int64_t *ret,
               struct error *err);
bool keras_double(struct value value, const char *name, double *ret,
                  struct error *err);
bool keras_bool(struct value value, const char *name, bool *ret,
                struct error *err);
/* Borrowed from the value. */
bool keras_string(struct value value, const char *name, const char **ret,
                  struct error *err);
/* One int or a sequence of them: the shape of a sample. */
bool keras_sample_shape(struct value value, const char *name,
                        struct sample_shape *ret, struct error *err);

/* "(None, 784)" as a value. */
struct value keras_shape_value(const struct sample_shape *shape);

/* A weight as the prompt sees it; owned. */
struct value keras_weight_value(struct variable *weight);

/* The weights as a list: as they are, or as arrays that are copies. */
struct value keras_weight_list(size_t count, struct variable *const *weights);
bool keras_array_list(size_t count, struct variable *const *weights,
                      struct value *ret, struct error *err);

/* set_weights(): as many arrays of the same shapes. */
bool keras_assign_weights(struct interp *interp, struct value values,
                          size_t count, struct variable *const *weights,
                          const char *owner, struct error *err);

/* ---------------------------------------------------------- the objects */

extern const struct native_type keras_layer_type, keras_optimizer_type;

extern const struct keras_function keras_layer_constructors[];
extern const struct keras_function keras_optimizer_constructors[];
extern const struct keras_function keras_model_constructors[];
extern const struct keras_function keras_data_functions[];
extern const struct keras_function keras_utility_functions[];

/* Over one more reference. */
struct value keras_layer_value(struct layer *layer);
struct value keras_optimizer_value(struct optimizer *optimizer);

/* compile()'s three arguments: names or objects; owned or static results. */
struct optimizer *keras_to_optimizer(struct value value, struct error *err);
const struct loss *keras_to_loss(struct value value, struct error *err);
bool keras_to_metrics(struct interp *interp, struct value value, int *ret_count,
                      const struct metric **ret, struct error *err);

/* The module tensorflow, with KERAS in it; `tf` needs no import. */
void tensorflow_install(struct interp *interp, struct value keras);

/* fit() and evaluate(), in keras_fit.c. */
native_call keras_model_fit, keras_model_evaluate;
extern const struct param keras_fit_params[], keras_evaluate_params[];

#endif
