/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the keras modules share. */
#ifndef BIND_KERAS_INTERNAL_H
#define BIND_KERAS_INTERNAL_H

#include "autograd/op.h"
#include "bind/keras.h"
#include "data/npz.h"
#include "nn/foreign.h"
#include "nn/setting.h"

/* Keras 2's last, whose words and layouts are printed; both modules say it. */
#define TENSORFLOW_VERSION "2.15.0"

/* ------------------------------------------------------------ functions */

/* A function or method in C with its signature. */
struct keras_function {
    const char *name; /* NULL ends a table */
    native_call *call;
    const struct param *params; /* without self */
    const char *doc;
};

/* More parameters than any of them has. */
enum { KERAS_MAX_PARAMS = 20 };

/* The call's arguments in the order of the native's params, VALUE_UNDEFINED
   where nothing was given; for methods, *SELF (else NULL) is split off. */
bool keras_bind(const struct native *native, const struct call_args *args,
                struct value *self, struct value *slots, struct error *err);

/* FUNCTIONS' row NAME as a method of SELF, owned; false when there is none. */
bool keras_find_method(const struct keras_function *functions,
                       struct value self, const char *name, struct value *ret);

void keras_add_functions(struct value module,
                         const struct keras_function *functions);

/* Sets VALUE, whose reference passes to the module, under NAMED's name and its
   aliases. */
void keras_set_under_all_names(struct value module, const struct named *named,
                               struct value value);

/* The constructor MAKE of ROW's objects, whose type is MAKES; and what such
   types have as class_attribute. */
struct value keras_class(const char *name, native_call *make,
                         const struct param *params, const void *row,
                         const char *doc, const struct native_type *makes);
bool keras_class_attribute(struct value class, const char *name,
                           struct value *ret);

/* A function under each name of NAMED but the class's. */
void keras_set_under_function_names(struct value module,
                                    const struct named *named,
                                    native_call *call,
                                    const struct param *params);

/* "mean_squared_error" of "MeanSquaredError"; owned. */
char *keras_snake_name(const char *class_name);

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
/* The same for build(): the batch's None may be in front. */
bool keras_read_build_shape(struct value value, struct sample_shape *ret,
                            struct error *err);

/* "(None, 784)" as a value. */
struct value keras_shape_value(const struct sample_shape *shape);

/* -------------------------------------------------------------- settings */

/* The parameters BEFORE (NULL: none), those of the table, then AFTER.  Kept
   for ever, one for each table with what stands before it. */
const struct param *keras_number_params(const struct param *before,
                                        const struct number_setting *rows,
                                        const struct param *after);
const struct param *keras_layer_params(const struct layer_setting *rows,
                                       const struct param *after);

bool keras_read_number(const struct number_setting *row, struct value value,
                       double *ret, struct error *err);
bool keras_read_numbers(const struct number_setting *rows,
                        const struct value *slots, double *numbers,
                        struct error *err);
struct value keras_number_value(const struct number_setting *row,
                                double number);
/* "<RMSprop learning_rate=0.001 rho=0.9>" */
void keras_numbers_repr(const char *name, const struct number_setting *rows,
                        const double *numbers, struct strbuf *sb);

bool keras_read_setting(const struct layer_setting *row, struct value value,
                        struct layer_settings *settings, struct error *err);
struct value keras_setting_value(const struct layer_setting *row,
                                 const struct layer_settings *settings);
/* The same for get_config(): names, numbers, and dicts of a class's name and
   settings. */
struct value keras_setting_config(const struct layer_setting *row,
                                  const struct layer_settings *settings);

/* ----------------------------------------------------------- weights */

/* A weight as the prompt sees it; owned. */
struct value keras_weight_value(struct variable *weight);

/* Is NAME ("trainable_variables") an attribute for a list of weights?  Of those
   that learn, of the others, or of both. */
bool keras_is_weight_list(const char *name, bool *learning, bool *others);

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

extern const struct keras_function keras_regularizer_constructors[];
extern const struct keras_function keras_utility_functions[];
extern const struct keras_function keras_backend_functions[];

/* What the rows of src/nn are as functions and classes. */
void keras_add_models(struct value module);
void keras_add_layers(struct value module);
void keras_add_input(struct value module);
void keras_add_activations(struct value module);
void keras_add_initializers(struct value module);
void keras_add_losses(struct value module);
void keras_add_loss_functions(struct value module);
void keras_add_metrics(struct value module);
void keras_add_optimizers(struct value module);
void keras_add_schedules(struct value module);
/* load_data() of the data set called NAME. */
void keras_add_dataset(struct value module, const char *name);

/* load_data() of a data set that is not there, called as the module is. */
void keras_add_missing_dataset(struct value module);

/* "dense", "dense_1"…, counted for the session; owned. */
char *keras_next_name(const char *prefix);
void keras_reset_names(void);

/* Over one more reference, or over a copy. */
struct value keras_layer_value(struct layer *layer);
/* Name and settings as a dict. */
struct value keras_layer_config(const struct layer *layer);
struct value keras_optimizer_value(struct optimizer *optimizer);
/* In keras_rate.c.  Its learning rate or its number of steps as a variable;
   false with MemoryError. */
bool keras_number_of(struct optimizer *optimizer, bool is_rate,
                     struct value *ret, struct error *err);
struct value keras_schedule_value(const struct schedule *schedule);
/* Borrowed; NULL when it is none. */
const struct schedule *keras_schedule_get(struct value value);
struct value keras_activation_value(const struct activation *activation);
struct value keras_initializer_value(const struct initializer *initializer);
struct value keras_regularizer_value(const struct regularizer *regularizer);

/* Arguments: names or objects.  RET keeps its value when none is given. */
bool keras_to_activation(struct value value, const char *argument,
                         const struct activation **ret, struct error *err);
bool keras_to_initializer(struct value value, const char *argument,
                          struct initializer *ret, struct error *err);
bool keras_to_regularizer(struct value value, const char *argument,
                          struct regularizer *ret, struct error *err);
struct optimizer *keras_to_optimizer(struct value value, struct error *err);
/* What is written in the language comes with a reference: foreign_unref() of
   RET's when it has been handed on. */
bool keras_to_loss(struct interp *interp, struct value value, struct loss *ret,
                   struct error *err);
/* Is this REDUCTION the mean, as compile() needs it?  NotImplementedError. */
bool keras_is_mean(const char *reduction, struct error *err);
/* Of an object of keras.losses; else NULL. */
const struct loss *keras_loss_get(struct value value);
/* Behind the first COUNT in RET; their references are the caller's in any case.
   ValueError for a metric that does not go with LOSS. */
bool keras_to_metrics(struct interp *interp, struct value value, bool weighted,
                      const struct loss *loss, int *count, struct metric *ret,
                      struct error *err);

/* In keras_foreign.c.  The layer that VALUE is, or one over an object of a class
   derived from Layer or Model, or over a model; owned, NULL: none of these. */
struct layer *keras_to_layer(struct interp *interp, struct value value);
/* The object that such a layer is over; owned. */
struct value keras_layer_object(const struct layer *layer);
/* Is it something that may be called as a loss or a metric? */
bool keras_is_written(struct value value);
/* Owned; NULL with an error. */
struct foreign *keras_written_loss(struct interp *interp, struct value function,
                                   struct error *err);
/* Owned. */
struct foreign *keras_written_metric(struct interp *interp,
                                     struct value function);
extern const struct keras_function keras_written_functions[];

/* In keras_symbol.c.  Does VALUE stand for samples that are not there yet?
   What LAYER makes of them. */
bool keras_is_symbol(struct value value);
bool keras_symbol_apply(struct layer *layer, struct value input,
                        struct value *ret, struct error *err);
void keras_symbol_repr(const struct layer *layer, struct strbuf *sb);
native_call keras_make_functional;

/* The module tensorflow, with KERAS in it; `tf` needs no import. */
void tensorflow_install(struct interp *interp, struct value keras);

/* In keras_model.c and keras_model_methods.c. */
native_call keras_model_add;
extern const struct keras_function keras_model_methods[];

/* In keras_fit.c, keras_evaluate.c, keras_save.c and keras_archive.c. */
native_call keras_model_fit, keras_model_evaluate, keras_model_train_on_batch,
    keras_model_test_on_batch, keras_model_save_weights,
    keras_model_load_weights, keras_model_save, keras_model_export,
    keras_model_compile_config;
extern const struct param keras_fit_params[], keras_evaluate_params[],
    keras_batch_params[], keras_file_params[], keras_save_params[],
    keras_export_params[];

/* In keras_save.c.  As npz_open(); ValueError for a file that Keras wrote. */
struct npz *keras_open_archive(const char *path, struct error *err);
/* Warns that a file called so is no HDF5. */
void keras_warn_of_name(const char *path);
extern const struct keras_function keras_weight_file_functions[];
/* In keras_steps.c, for library/keras_fitting.py. */
extern const struct keras_function keras_step_functions[];

/* For library/keras_saving.py: the module _keras. */
extern const struct keras_function keras_archive_functions[];

/* For methods without arguments. */
extern const struct param keras_no_params[];

/* The row of get_config() for objects whose type has a config. */
#define KERAS_GET_CONFIG                                                       \
    {"get_config", keras_get_config, keras_no_params, "its settings as a dict"}
bool keras_get_config(struct interp *interp, const struct native *native,
                      const struct call_args *args, struct value *ret,
                      struct error *err);

/* Of an object that is its numbers: one of them, or get_config(). */
bool keras_number_attribute(const struct number_setting *rows,
                            const double *numbers, struct value self,
                            const char *name, struct value *ret,
                            struct error *err);

/* In keras_config.c.  Sets DICT's NAME to VALUE (taken); to all numbers. */
void keras_set_take(struct value dict, const char *name, struct value value);
void keras_set_numbers(struct value dict, const struct number_setting *rows,
                       const double *numbers);
/* {'class_name': CLASS_NAME, 'config': {…}} */
struct value keras_described(const char *class_name,
                             const struct number_setting *rows,
                             const double *numbers);

/* X and Y as samples of MODEL, each counted by WEIGHTS (or nothing) in the
   loss. */
bool keras_make_samples(struct model *model, struct value x, struct value y,
                        struct value weights, struct samples *ret,
                        struct error *err);

/* Loss and metrics as a list, as the loss alone when there are no metrics, or
   AS_DICT. */
struct value keras_results(const struct model *model, const double *values,
                           bool as_dict);

/* Tells the one who shows fit() how evaluate() went. */
void keras_tell_observer(const struct train_event *event);

#endif
