/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `train mnist`: the network of the book's first chapters, on the data set of
 * that name, with a progress line; `resume` goes on after Ctrl-C.
 */
#include "repl/command_train.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "bind/keras.h"
#include "data/dataset.h"
#include "nn/classifier.h"
#include "nn/pass.h"
#include "repl/command.h"
#include "repl/progress.h"
#include "repl/session.h"
#include "tensor/format.h"

const char command_train_details[] =
    "Trains Dense(512, relu), Dense(10, softmax) with RMSprop on the 60,000\n"
    "images of MNIST, then tests it on the 10,000 others.  Settings:\n"
    "  epochs=5     times through all images\n"
    "  batch=128    images for each step\n"
    "  rate=0.001   learning rate\n"
    "  hidden=512   units of the first layer\n"
    "  seed=N       of weights and order; printed when you give none\n"
    "Ctrl-C stops after the batch in hand; `resume` goes on.  Afterwards\n"
    "model, history, train_images, train_labels, test_images and test_labels\n"
    "are variables.  This model takes images as they are: unsigned bytes of\n"
    "any shape with 784 pixels are divided by 255 on their way in, so that\n"
    "model.predict(test_images[:3]) works; floats must be scaled already.";

const char command_resume_details[] =
    "Goes on with the training that was stopped.  The weights at the end are\n"
    "those it would have had without the stop.";

/* -------------------------------------------------------------- settings */

enum { EPOCHS, BATCH, RATE, HIDDEN, SEED, SETTING_COUNT };

static const struct train_setting {
    const char *name;
    double fallback, least, most;
    bool whole; /* a whole number */
} settings[SETTING_COUNT] = {
    [EPOCHS] = {"epochs", 5, 1, 100000, true},
    [BATCH] = {"batch", 128, 1, 60000, true},
    [RATE] = {"rate", 0.001, 1e-12, 1000, false},
    [HIDDEN] = {"hidden", 512, 1, 16384, true},
    [SEED] = {"seed", -1, 0, 4294967295.0, true},
};

static bool unknown_setting(const char *word, struct error *err)
{
    struct suggestion near = suggestion_for(word);
    for (int i = 0; i < SETTING_COUNT; i++)
        suggestion_consider(&near, settings[i].name);
    error_set(err, ERROR_VALUE, "train has no setting '%s'", word);
    if (near.best)
        error_hint(err, _("did you mean '%s'?"), near.best);
    else
        error_hint(err, _("train mnist epochs=5 batch=128 rate=0.001 "
                          "hidden=512 seed=1"));
    return false;
}

static bool bad_value(const struct train_setting *setting, const char *text,
                      struct error *err)
{
    return error_set(err, ERROR_VALUE,
                     "%s must be a %snumber from %.10g to %.10g, got '%s'",
                     setting->name, setting->whole ? "whole " : "",
                     setting->least, setting->most, text);
}

static bool read_value(const struct train_setting *setting, const char *text,
                       double *ret, struct error *err)
{
    char *end;
    errno = 0;
    double value = strtod(text, &end);
    if (end == text || *end || errno || !(value >= setting->least) ||
        value > setting->most || (setting->whole && value != floor(value)))
        return bad_value(setting, text, err);
    *ret = value;
    return true;
}

/* "epochs=3"; WORD is changed. */
static bool read_setting(char *word, double *values, struct error *err)
{
    char *equals = strchr(word, '=');
    if (equals)
        *equals = '\0';
    for (int i = 0; i < SETTING_COUNT; i++) {
        if (strcmp(settings[i].name, word))
            continue;
        if (equals)
            return read_value(&settings[i], equals + 1, &values[i], err);
        error_set(err, ERROR_VALUE, "%s needs a value", word);
        error_hint(err, _("%s=%g"), word, i == SEED ? 1 : settings[i].fallback);
        return false;
    }
    return unknown_setting(word, err);
}

static bool no_dataset(struct error *err)
{
    error_set(err, ERROR_VALUE, "train what?");
    error_hint(err, _("train mnist"));
    return false;
}

static bool read_words(char *words, const struct dataset **dataset,
                       double *values, struct error *err)
{
    char *word = command_word(&words);
    if (!word)
        return no_dataset(err);
    *dataset = dataset_find(word, err);
    if (!*dataset)
        return false;
    while ((word = command_word(&words)))
        if (!read_setting(word, values, err))
            return false;
    return true;
}

static uint32_t random_seed(void)
{
    uint32_t seed;
    if (getrandom(&seed, sizeof seed, 0) != sizeof seed)
        seed = (uint32_t)time(NULL);
    return seed % 1000000; /* short enough to be typed again */
}

static bool read_arguments(struct session *session, const char *arguments,
                           const struct dataset **dataset, double *values,
                           struct error *err)
{
    for (int i = 0; i < SETTING_COUNT; i++)
        values[i] = settings[i].fallback;
    char *words = xstrdup(arguments);
    bool ok = read_words(words, dataset, values, err);
    free(words);
    uint32_t seed;
    if (values[SEED] < 0.0)
        values[SEED] = session_seed(session, &seed) ? seed : random_seed();
    return ok;
}

/* ----------------------------------------------------------- the training */

/* What `resume` goes on with: one at a time. */
static struct training {
    struct trainer *trainer;
    struct samples test;
} * stopped;

static void training_free(struct training *training)
{
    if (!training)
        return;
    trainer_free(training->trainer);
    samples_done(&training->test);
    free(training);
}

void command_train_forget(void)
{
    training_free(stopped);
    stopped = NULL;
}

/* NULL with an error.  PARTS are the data set's tensors, borrowed. */
static struct training *training_new(struct model *model,
                                     struct tensor *const *parts,
                                     const double *values,
                                     const struct rng *rng, struct error *err)
{
    struct training *training = xcalloc(1, sizeof *training);
    struct train_options options = {(int)values[EPOCHS], (int64_t)values[BATCH],
                                    true};
    struct samples samples;
    if (samples_init(&samples, model, parts[DATASET_TRAIN_IMAGES],
                     parts[DATASET_TRAIN_LABELS], err)) {
        training->trainer =
            trainer_new(model, &samples, NULL, options, rng, err);
        samples_done(&samples);
    }
    if (training->trainer &&
        samples_init(&training->test, model, parts[DATASET_TEST_IMAGES],
                     parts[DATASET_TEST_LABELS], err))
        return training;
    training_free(training);
    return NULL;
}

/* ------------------------------------------------------------- variables */

static void set_variable(struct session *session, const char *name,
                         struct value value)
{
    interp_set_global(session_interp(session), name, value);
    value_unref(value);
}

static void set_data(struct session *session, struct tensor *const *parts)
{
    static const char *const names[DATASET_PARTS] = {
        [DATASET_TRAIN_IMAGES] = "train_images",
        [DATASET_TRAIN_LABELS] = "train_labels",
        [DATASET_TEST_IMAGES] = "test_images",
        [DATASET_TEST_LABELS] = "test_labels",
    };
    for (int i = 0; i < DATASET_PARTS; i++)
        set_variable(session, names[i],
                     value_tensor_take(tensor_ref(parts[i])));
}

/* ---------------------------------------------------------------- running */

static void write_output(void *session, const char *text, size_t length)
{
    interp_write(session_interp(session), text, length);
}

static bool test(struct session *session, const struct training *training,
                 struct error *err)
{
    double values[1 + MODEL_MAX_METRICS];
    if (!model_evaluate(training->trainer->model, &training->test, values, err))
        return false;
    struct strbuf text = STRBUF_INIT;
    double_repr(values[1], &text);
    session_print(session, "test_acc: %s\n", text.text);
    strbuf_done(&text);
    return true;
}

static struct progress *start_progress(struct progress *progress,
                                       struct session *session)
{
    progress_init(progress, write_output, session, session_is_terminal(session),
                  session_columns(session));
    return progress;
}

/* model.fit() shows its progress in the same way. */
static bool observe_fit(void *session, const struct train_event *event)
{
    static struct progress progress;
    if (event->kind == TRAIN_EPOCH_BEGIN)
        start_progress(&progress, session);
    return progress_observe(&progress, event);
}

void command_train_watch_fit(struct session *session)
{
    keras_set_observer(observe_fit, session);
}

/* Takes TRAINING over: it is freed, or kept for `resume`. */
static bool run(struct session *session, struct training *training,
                struct error *err)
{
    struct progress progress;
    enum train_status status =
        trainer_run(training->trainer, progress_observe,
                    start_progress(&progress, session), err);
    set_variable(session, "history",
                 keras_history_value(training->trainer->history));
    if (status == TRAIN_STOPPED) {
        session_print(
            session, "stopped at epoch %d, batch %d; resume continues\n",
            training->trainer->epoch + 1, (int)training->trainer->batch);
        stopped = training;
        return true;
    }
    bool ok = status == TRAIN_DONE && test(session, training, err);
    training_free(training);
    return ok;
}

/* The command that repeats this run. */
static void say_command(struct session *session, const struct dataset *dataset,
                        const double *values)
{
    struct strbuf text = STRBUF_INIT;
    strbuf_addf(&text, "train %s", dataset->name);
    for (int i = 0; i < SETTING_COUNT; i++)
        strbuf_addf(&text, " %s=%.10g", settings[i].name, values[i]);
    session_print(session, "%s\n", text.text);
    strbuf_done(&text);
}

static bool train_on(struct session *session, const struct dataset *dataset,
                     struct tensor *const *parts, const double *values,
                     struct error *err)
{
    struct rng rng;
    const struct tensor *images = parts[DATASET_TRAIN_IMAGES];
    rng_seed(&rng, (uint32_t)values[SEED]);
    struct model *model = classifier_new(
        images->shape[1] * images->shape[2], (int64_t)values[HIDDEN],
        dataset->classes, values[RATE], &rng, err);
    if (!model)
        return false;
    model->rng = &session_rng; /* for layers that are added later */
    struct training *training = training_new(model, parts, values, &rng, err);
    if (training) {
        set_data(session, parts);
        set_variable(session, "model", keras_model_value(model));
    }
    model_unref(model);
    if (!training)
        return false;
    say_command(session, dataset, values);
    return run(session, training, err);
}

bool command_train(struct session *session, const char *arguments,
                   struct error *err)
{
    const struct dataset *dataset;
    double values[SETTING_COUNT];
    struct tensor *parts[DATASET_PARTS];
    if (!read_arguments(session, arguments, &dataset, values, err) ||
        !dataset_load(dataset, parts, err))
        return false;
    command_train_forget();
    bool ok = train_on(session, dataset, parts, values, err);
    for (int i = 0; i < DATASET_PARTS; i++)
        tensor_unref(parts[i]);
    return ok;
}

bool command_resume(struct session *session, const char *arguments,
                    struct error *err)
{
    if (*arguments)
        return error_set(err, ERROR_VALUE, "resume takes no arguments");
    if (!stopped) {
        error_set(err, ERROR_VALUE, "there is no stopped training to resume");
        error_hint(err, _("train mnist"));
        return false;
    }
    struct training *training = stopped;
    stopped = NULL;
    set_variable(session, "model", keras_model_value(training->trainer->model));
    return run(session, training, err);
}
