/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `train mnist`: a network on a data set, or a model of your own; `again` the
 * same with other settings; `resume` after Ctrl-C, and after the worst.
 */
#include "repl/command_train.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/keras.h"
#include "repl/command_draw.h"
#include "repl/command_lesson.h"
#include "repl/jobs.h"
#include "repl/recipe_python.h"
#include "repl/session.h"
#include "repl/train_here.h"
#include "repl/training_window.h"

const char command_train_details[] =
    N_("Trains Dense(512, relu), Dense(10, softmax) with RMSprop on the 60,000 "
       "images of MNIST, then tests it on the 10,000 others.  `train fashion` "
       "takes the clothes of Fashion-MNIST.  Settings:\n"
       "  epochs=5           times through all images\n"
       "  batch=128          images for each step\n"
       "  rate=0.001         learning rate\n"
       "  layers=512         units of the hidden layers: layers=256,128\n"
       "  activation=relu    of the hidden layers\n"
       "  dropout=0.2        share of their outputs that training leaves out\n"
       "  optimizer=rmsprop  sgd, adam, adagrad, …\n"
       "  validation=0.1     part of the images to judge each epoch by\n"
       "  seed=N             of weights and order; printed when you give none\n"
       "  window=off         no window, though there is a display\n"
       "Keras's names (batch_size, learning_rate, validation_split) do, too. "
       "`train net` trains the compiled model in your variable net on MNIST, "
       "`train net x y` on your arrays.\n"
       "Ctrl-C stops after the batch in hand, resume goes on.  With & at the "
       "end, or after Ctrl-Z, it goes on in the background while you type: "
       "see help jobs.  After every epoch all is saved, so that even after a "
       "power cut resume goes on.\n"
       "Afterwards model, history, train_images, train_labels, test_images "
       "and test_labels are variables.  This model takes images as they are: "
       "unsigned bytes of any shape with 784 pixels are divided by 255 on "
       "their way in, so that model.predict(test_images[:3]) works; floats "
       "must be scaled already.");

const char command_again_details[] =
    N_("Repeats the last training with other settings, from the same first "
       "weights and with the same order of the samples, and shows both results "
       "side by side.  Settings are those of train.");

const char command_resume_details[] =
    N_("Goes on with a training that was paused, or that was cut off in an "
       "earlier session.  The weights at the end are those it would have had "
       "without the stop.  resume & goes on in the background.");

/* A trailing & is cut off TEXT. */
static bool take_ampersand(char *text)
{
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t", text[length - 1]))
        length--;
    bool found = length > 0 && text[length - 1] == '&';
    while (found && length > 0 && strchr(" \t&", text[length - 1]))
        length--;
    if (found)
        text[length] = '\0';
    return found;
}

/* So that `save` writes what has been trained. */
static void keep_as_python(struct session *session, const char *text,
                           size_t length)
{
    struct parse_options options = {.shorthand = false};
    struct source *source = source_new("<train>", text, length);
    struct program *program = NULL;
    struct error none = ERROR_INIT;
    if (length > 0 &&
        program_parse(source, options, &program, &none) == PARSE_OK)
        journal_add_loaded(session_journal(session), program);
    error_clear(&none);
    source_unref(source);
}

/* Takes RECIPE over. */
static bool start(struct session *session, struct recipe *recipe,
                  bool background, bool compared, struct error *err)
{
    struct checkpoint none = {0};
    struct strbuf python = STRBUF_INIT;
    struct training *training = training_new(session, recipe, err);
    if (!training) {
        recipe_done(recipe);
        return false;
    }
    if (!compared || !recipe->model) /* Keras's fit() would go on with it */
        recipe_to_python(recipe, &python);
    bool good = jobs_start(session, recipe, training, &none, background,
                           compared, err);
    if (good)
        keep_as_python(session, python.text, python.length);
    strbuf_done(&python);
    return good;
}

bool command_train(struct session *session, const char *arguments,
                   struct error *err)
{
    struct recipe recipe;
    char *words = xstrdup(arguments);
    bool background = take_ampersand(words);
    bool good = recipe_parse(&recipe, words, err);
    free(words);
    if (good && train_here_wanted(session, &recipe)) {
        good = train_here(session, &recipe, background, err);
        recipe_done(&recipe);
        return good;
    }
    return good && start(session, &recipe, background, false, err);
}

bool command_again(struct session *session, const char *arguments,
                   struct error *err)
{
    struct recipe recipe;
    const struct recipe *last = jobs_last();
    if (!*arguments && command_lesson_again(session))
        return true;
    if (!last) {
        error_set(err, ERROR_VALUE, _("there was no training to repeat"));
        error_hint(err, "train mnist");
        return false;
    }
    char *words = xstrdup(arguments);
    bool background = take_ampersand(words);
    bool good = recipe_change(&recipe, last, words, err);
    free(words);
    return good && start(session, &recipe, background, true, err);
}

/* What an earlier session left.  false, with or without an error: there is
   none. */
static bool resume_from_disk(struct session *session, bool background,
                             struct error *err)
{
    struct checkpoint checkpoint = {0};
    struct recipe recipe;
    if (!checkpoint_find(&checkpoint, &recipe, err))
        return false;
    struct training *training = training_new(session, &recipe, err);
    if (training && checkpoint_restore(&checkpoint, training->trainer, err))
        return jobs_start(session, &recipe, training, &checkpoint, background,
                          false, err);
    if (!training && recipe.model)
        error_hint(err,
                   _("%s and its data must be there again as they were; then "
                     "resume goes on"),
                   recipe.model);
    training_free(training);
    recipe_done(&recipe);
    checkpoint_leave(&checkpoint);
    return false;
}

static bool nothing_to_resume(struct error *err)
{
    error_set(err, ERROR_VALUE, _("there is no stopped training to resume"));
    error_hint(err, "train mnist");
    return false;
}

static bool resume(struct session *session, const char *which, bool background,
                   struct error *err)
{
    struct error none = ERROR_INIT;
    struct job *job = jobs_find(which, true, *which ? err : &none);
    error_clear(&none);
    if (!job && *which)
        return false;
    if (!job || (!*which && job_state(job) != JOB_PAUSED))
        return resume_from_disk(session, background, err) ||
               (err->kind == ERROR_NONE && nothing_to_resume(err));
    if (!background)
        return jobs_foreground(session, job, err);
    jobs_background(session, job);
    return true;
}

bool command_resume(struct session *session, const char *arguments,
                    struct error *err)
{
    char *which = xstrdup(arguments);
    bool background = take_ampersand(which);
    bool good = resume(session, which, background, err);
    free(which);
    return good;
}

/* ------------------------------------------------------------------- fit() */

static void write_output(void *session, const char *text, size_t length)
{
    interp_write(session_interp(session), text, length);
}

/* model.fit() shows its progress in the same way. */
static bool observe_fit(void *session, const struct train_event *event)
{
    static struct progress progress;
    if (event->kind == TRAIN_EPOCH_BEGIN || event->kind == TRAIN_EVALUATED)
        progress_init(&progress, write_output, session,
                      session_is_terminal(session), session_columns(session));
    progress_observe(&progress, event);
    if (!event->model) /* one whose train_step() is its own */
        return true;
    if (event->kind == TRAIN_EPOCH_END || event->kind == TRAIN_STOP)
        command_draw_renew_model(session, event->model);
    return training_window_observe_fit(session, event);
}

void command_train_watch_fit(struct session *session)
{
    keras_set_observer(observe_fit, session);
}
