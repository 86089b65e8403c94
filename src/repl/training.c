/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/training.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "bind/keras.h"
#include "repl/command_draw.h"
#include "repl/session.h"

/* ---------------------------------------------------------------- the data */

/* Kept while trainings run, which share it; nobody changes it. */
static struct {
    const struct dataset *dataset;
    struct tensor *parts[DATASET_PARTS];
} loaded;

void training_forget_data(void)
{
    for (int i = 0; loaded.dataset && i < DATASET_PARTS; i++)
        tensor_unref(loaded.parts[i]);
    loaded.dataset = NULL;
}

static bool load(const struct dataset *dataset, struct error *err)
{
    if (loaded.dataset == dataset)
        return true;
    training_forget_data();
    if (!dataset_load(dataset, loaded.parts, err))
        return false;
    loaded.dataset = dataset;
    return true;
}

void training_data_take(struct training_data *ret)
{
    for (int i = 0; i < DATASET_PARTS; i++)
        ret->parts[i] = loaded.dataset ? tensor_ref(loaded.parts[i]) : NULL;
}

void training_data_done(struct training_data *data)
{
    for (int i = 0; i < DATASET_PARTS; i++)
        tensor_unref(data->parts[i]);
    *data = (struct training_data){0};
}

bool training_data_show(struct session *session,
                        const struct training_data *data, bool in_use,
                        struct error *err)
{
    static const char *const names[DATASET_PARTS] = {
        [DATASET_TRAIN_IMAGES] = "train_images",
        [DATASET_TRAIN_LABELS] = "train_labels",
        [DATASET_TEST_IMAGES] = "test_images",
        [DATASET_TEST_LABELS] = "test_labels",
    };
    for (int i = 0; i < DATASET_PARTS; i++) {
        struct tensor *part = in_use ? tensor_copy(data->parts[i], err)
                                     : tensor_ref(data->parts[i]);
        if (!part)
            return false;
        session_set_variable(session, names[i], value_tensor_take(part));
    }
    return true;
}

/* One row of zeros and a one for each label. */
static struct tensor *one_hot(const struct tensor *labels, int64_t classes,
                              struct error *err)
{
    int64_t shape[2] = {labels->size, classes};
    struct tensor *rows = tensor_zeros(DTYPE_FLOAT32, 2, shape, err);
    for (int64_t i = 0; rows && i < labels->size; i++) {
        const uint8_t *label = (const uint8_t *)labels->data;
        ((float *)(void *)rows->data)[i * classes + label[i]] = 1.0f;
    }
    return rows;
}

/* Labels as the model's loss wants them. */
static bool dataset_samples(struct model *model, const struct dataset *dataset,
                            enum dataset_part images, struct samples *ret,
                            struct error *err)
{
    struct tensor *labels = loaded.parts[images + 1];
    struct tensor *targets = model->loss.type->kind == TARGET_LABELS
                                 ? tensor_ref(labels)
                                 : one_hot(labels, dataset->classes, err);
    bool good =
        targets && samples_init(ret, model, loaded.parts[images], targets, err);
    tensor_unref(targets);
    return good;
}

/* --------------------------------------------------------------- variables */

static bool unknown_name(struct session *session, const char *name,
                         struct error *err)
{
    struct suggestion near = suggestion_for(name);
    const char *known;
    struct value value;
    for (int i = 0; datasets[i].name; i++)
        suggestion_consider(&near, datasets[i].name);
    for (size_t i = 0;
         interp_next_global(session_interp(session), &i, &known, &value);)
        suggestion_consider(&near, known);
    error_set(err, ERROR_VALUE, _("there is no data set or model called '%s'"),
              name);
    error_hint(err, _("did you mean '%s'?"), near.best ? near.best : "mnist");
    return false;
}

static bool find_model(struct session *session, const char *name,
                       struct model **ret, struct error *err)
{
    struct value value;
    if (!interp_get_global(session_interp(session), name, &value))
        return unknown_name(session, name, err);
    *ret = keras_model_get(value);
    if (*ret)
        model_ref(*ret);
    else
        error_set(err, ERROR_TYPE,
                  _("train wants a data set or a model, '%s' is of type %s"),
                  name, value_type_name(value));
    value_unref(value);
    return *ret && model_check_compiled(*ret, err);
}

/* The array in variable NAME, a copy. */
static struct tensor *copy_variable(struct session *session, const char *name,
                                    struct error *err)
{
    struct value value;
    if (!interp_get_global(session_interp(session), name, &value))
        return error_null(err, ERROR_NAME, "name '%s' is not defined", name);
    struct tensor *tensor = value_to_tensor(value, DTYPE_COUNT, err);
    struct tensor *copy = tensor ? tensor_copy(tensor, err) : NULL;
    tensor_unref(tensor);
    value_unref(value);
    return copy;
}

static bool variable_samples(struct session *session,
                             const struct recipe *recipe, struct model *model,
                             struct samples *ret, struct error *err)
{
    struct tensor *x = copy_variable(session, recipe->x, err);
    struct tensor *y = x ? copy_variable(session, recipe->y, err) : NULL;
    bool good = y && samples_init(ret, model, x, y, err);
    tensor_unref(x);
    tensor_unref(y);
    return good;
}

/* --------------------------------------------------------------- the model */

static struct model *new_classifier(const struct recipe *recipe,
                                    struct rng *rng, struct error *err)
{
    const struct tensor *images = loaded.parts[DATASET_TRAIN_IMAGES];
    struct classifier_options options = {
        .inputs = images->shape[1] * images->shape[2],
        .classes = recipe->dataset->classes,
        .layer_count = recipe->layer_count,
        .activation = recipe->activation,
        .dropout = recipe->values[RECIPE_DROPOUT],
        .optimizer = recipe->optimizer,
        .rate = recipe->values[RECIPE_RATE]};
    memcpy(options.layers, recipe->layers, sizeof options.layers);
    struct model *model = classifier_new(&options, rng, err);
    if (model)
        model->rng = &session_rng; /* for layers that are added later */
    return model;
}

/* Images as rows of numbers, unless the first layer wants them as they are. */
static bool build_for_images(struct model *model, struct error *err)
{
    const struct tensor *images = loaded.parts[DATASET_TRAIN_IMAGES];
    struct sample_shape rows = {1, {images->shape[1] * images->shape[2]}};
    struct sample_shape whole = {2, {images->shape[1], images->shape[2]}};
    bool flat =
        model->layer_count == 0 || model->layers[0]->type == &layer_dense;
    return model->built || model_build(model, flat ? &rows : &whole, err);
}

/* A copy of OWNER, which is built for the data first. */
static struct model *copy_owner(const struct recipe *recipe,
                                struct model *owner, struct error *err)
{
    if (recipe->dataset && !build_for_images(owner, err))
        return NULL;
    struct model *model = model_clone(owner, err);
    if (!model)
        return NULL;
    if (recipe->dataset && model->byte_divisor <= 0.0f)
        model->byte_divisor = 255.0f;
    if (recipe->given[RECIPE_RATE])
        model->optimizer->settings[0] = recipe->values[RECIPE_RATE];
    return model;
}

/* ------------------------------------------------------------ the training */

struct parts {
    struct model *owner, *model;
    struct samples train, validation, test;
};

static void parts_done(struct parts *parts)
{
    model_unref(parts->owner);
    model_unref(parts->model);
    samples_done(&parts->train);
    samples_done(&parts->validation);
    samples_done(&parts->test);
}

/* As Keras: the last ones, before any shuffling. */
static void split_validation(double share, struct parts *parts)
{
    int64_t count = parts->train.count;
    int64_t kept = (int64_t)((double)count * (1.0 - share));
    struct samples train = samples_slice(&parts->train, 0, kept);
    if (kept < count)
        parts->validation = samples_slice(&parts->train, kept, count - kept);
    samples_done(&parts->train);
    parts->train = train;
}

/* The model and its samples; the samples of variables may be what tells an
   unbuilt model its shape, so they come first. */
static bool make_parts(struct session *session, const struct recipe *recipe,
                       struct rng *rng, struct parts *parts, struct error *err)
{
    if (recipe->model &&
        !find_model(session, recipe->model, &parts->owner, err))
        return false;
    if (recipe->dataset && !load(recipe->dataset, err))
        return false;
    if (!recipe->dataset &&
        !variable_samples(session, recipe, parts->owner, &parts->train, err))
        return false;
    parts->model = parts->owner ? copy_owner(recipe, parts->owner, err)
                                : new_classifier(recipe, rng, err);
    if (!parts->model)
        return false;
    if (!recipe->dataset)
        return true;
    return dataset_samples(parts->model, recipe->dataset, DATASET_TRAIN_IMAGES,
                           &parts->train, err) &&
           dataset_samples(parts->model, recipe->dataset, DATASET_TEST_IMAGES,
                           &parts->test, err);
}

static bool batch_fits(int64_t batch, int64_t samples, struct error *err)
{
    if (batch <= samples)
        return true;
    error_set(err, ERROR_VALUE,
              "batch=%lld is larger than the %lld samples to train on",
              (long long)batch, (long long)samples);
    error_hint(err, "batch=%lld", (long long)(samples > 128 ? 128 : samples));
    return false;
}

static struct training *join_parts(const struct recipe *recipe,
                                   const struct rng *rng, struct parts *parts,
                                   struct error *err)
{
    struct train_options options = {(int)recipe->values[RECIPE_EPOCHS],
                                    (int64_t)recipe->values[RECIPE_BATCH], true,
                                    0, 0};
    split_validation(recipe->values[RECIPE_VALIDATION], parts);
    if (recipe->given[RECIPE_BATCH] &&
        !batch_fits(options.batch_size, parts->train.count, err))
        return NULL;
    struct trainer *trainer =
        trainer_new(parts->model, &parts->train,
                    parts->validation.count > 0 ? &parts->validation : NULL,
                    options, rng, err);
    if (!trainer)
        return NULL;
    struct training *training = xcalloc(1, sizeof *training);
    *training = (struct training){trainer, parts->test, parts->owner};
    parts->test = (struct samples){0};
    parts->owner = NULL;
    return training;
}

static uint32_t random_seed(void)
{
    uint32_t seed;
    if (getrandom(&seed, sizeof seed, 0) != sizeof seed)
        seed = (uint32_t)time(NULL);
    return seed % 1000000; /* short enough to be typed again */
}

struct training *training_new(struct session *session, struct recipe *recipe,
                              struct error *err)
{
    struct parts parts = {0};
    struct rng rng = {0}; /* all of it is saved, what seeding leaves, too */
    uint32_t seed;
    double *wanted = &recipe->values[RECIPE_SEED];
    if (*wanted < 0.0)
        *wanted = session_seed(session, &seed) ? seed : random_seed();
    rng_seed(&rng, (uint32_t)*wanted);
    struct training *training = make_parts(session, recipe, &rng, &parts, err)
                                    ? join_parts(recipe, &rng, &parts, err)
                                    : NULL;
    parts_done(&parts);
    return training;
}

void training_free(struct training *training)
{
    if (!training)
        return;
    trainer_free(training->trainer);
    samples_done(&training->test);
    model_unref(training->owner);
    free(training);
}

/* ----------------------------------------------------------------- showing */

bool training_show(struct session *session, const struct recipe *recipe,
                   const struct training *training, struct error *err)
{
    const struct trainer *trainer = training->trainer;
    if (training->owner) {
        if (!model_take_weights(training->owner, trainer->model, err))
            return false;
    } else {
        struct model *model = model_clone(trainer->model, err);
        if (!model)
            return false;
        session_set_variable(session, "model", keras_model_value(model));
        model_unref(model);
    }
    struct history *history = history_clone(trainer->history);
    session_set_variable(session, "history", keras_history_value(history));
    history_unref(history);
    command_draw_renew(session, recipe->model ? recipe->model : "model");
    return true;
}
