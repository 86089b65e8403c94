/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/job.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/interrupt.h"
#include "nn/pass.h"
#include "repl/wake.h"
#include "tensor/parallel.h"

/* Seconds between two lines about epochs beside the prompt, at least. */
static const double news_interval = 0.25;

/* Checkpoints take this part of the time at most: epochs may be short. */
static const double checkpoint_share = 0.1;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* ------------------------------------------------------------- the thread */

static void copy_event(struct report *report, const struct train_event *event)
{
    report->event = *event;
    memcpy(report->values, event->values,
           (size_t)event->value_count * sizeof *report->values);
    report->event.values = report->values;
    report->event.model = NULL;
}

/* One line in between: the progress line of the epoch has just ended. */
static void tell_trouble(struct job *job, const char *trouble)
{
    char *line =
        xasprintf(_("no checkpoint: %s; the training goes on\n"), trouble);
    job->progress.write(job->progress.context, line, strlen(line));
    free(line);
}

/* What cannot be written is told once: here, or by whoever asks for news. */
static void note_trouble(struct job *job, const char *trouble)
{
    if (job->attached) {
        tell_trouble(job, trouble);
        return;
    }
    pthread_mutex_lock(&job->mutex);
    free(job->trouble);
    job->trouble = xstrdup(trouble);
    pthread_mutex_unlock(&job->mutex);
}

static void save_checkpoint(struct job *job)
{
    struct error err = ERROR_INIT;
    double started = now();
    if (started < job->next_checkpoint)
        return;
    bool good = checkpoint_save(&job->checkpoint, &job->recipe,
                                job->training->trainer, &err);
    job->next_checkpoint = now() + (now() - started) / checkpoint_share;
    if (!good && !job->is_troubled)
        note_trouble(job, err.message);
    job->is_troubled = !good;
    error_clear(&err);
}

/* The weights to go back to when the loss is lost. */
static void keep_model(struct job *job)
{
    struct error err = ERROR_INIT;
    model_unref(job->before);
    job->before = model_clone(job->training->trainer->model, &err);
    error_clear(&err);
}

/* Makes attached follow front. */
static void follow_front(struct job *job, const struct train_event *event)
{
    pthread_mutex_lock(&job->mutex);
    bool front = job->front, attached = job->attached;
    char *trouble = NULL;
    if (front && !attached) {
        job->attached = true;
        trouble = job->trouble;
        job->trouble = NULL;
    }
    pthread_mutex_unlock(&job->mutex);
    if (trouble)
        tell_trouble(job, trouble);
    free(trouble);
    if (front && !attached && event->kind != TRAIN_EPOCH_BEGIN) {
        struct train_event begin = *event;
        begin.kind = TRAIN_EPOCH_BEGIN;
        progress_observe(&job->progress, &begin);
    }
    if (front || !attached)
        return;
    progress_leave(&job->progress);
    pthread_mutex_lock(&job->mutex);
    job->attached = false;
    pthread_cond_broadcast(&job->changed);
    pthread_mutex_unlock(&job->mutex);
}

static void publish(struct job *job, const struct train_event *event)
{
    bool tells = event->kind == TRAIN_EPOCH_END && !job->attached &&
                 now() - job->last_news >= news_interval;
    pthread_mutex_lock(&job->mutex);
    copy_event(&job->latest, event);
    if (event->kind == TRAIN_EPOCH_END) {
        job->epoch = job->latest;
        job->epoch.event.values = job->epoch.values;
        job->has_epoch_news = tells;
        job->last_news = tells ? now() : job->last_news;
    }
    if (job->rate > 0.0)
        job->training->trainer->model->optimizer->settings[0] = job->rate;
    job->rate = 0.0;
    if (event->kind == TRAIN_BATCH && job->steps > 0 && --job->steps == 0) {
        job->wish = JOB_PAUSE;
        job->held = job->stepped = true;
    }
    pthread_mutex_unlock(&job->mutex);
    if (tells)
        wake_notify();
}

/* While its window holds it, the line that grows stands still. */
static bool is_to_be_shown(struct job *job, bool was_attached,
                           const struct train_event *event)
{
    bool begins_anew = event->kind == TRAIN_EPOCH_BEGIN && event->batch > 0;
    pthread_mutex_lock(&job->mutex);
    bool held = job->held;
    pthread_mutex_unlock(&job->mutex);
    return job->attached && !(was_attached && begins_anew) &&
           !(held && event->kind == TRAIN_STOP);
}

static bool observe(void *context, const struct train_event *event)
{
    struct job *job = context;
    bool was_attached = job->attached;
    follow_front(job, event);
    if (is_to_be_shown(job, was_attached, event))
        progress_observe(&job->progress, event);
    publish(job, event);
    training_feed_observe(job->feed, event);
    if (event->kind == TRAIN_EPOCH_BEGIN && event->batch == 0)
        keep_model(job);
    if (event->kind == TRAIN_BATCH && !isfinite(event->values[0])) {
        job->is_finite = false;
        copy_event(&job->failure, event);
    }
    pthread_mutex_lock(&job->mutex);
    bool goes_on = job->wish == JOB_RUN && job->is_finite;
    pthread_mutex_unlock(&job->mutex);
    return goes_on;
}

/* The trainer has counted the epoch when the next one begins, or at the end:
   that is when it can be saved. */
static bool observe_and_save(void *context, const struct train_event *event)
{
    struct job *job = context;
    if (event->kind == TRAIN_EPOCH_BEGIN && event->batch == 0 &&
        job->training->trainer->epoch > 0)
        save_checkpoint(job);
    return observe(context, event);
}

/* A pause that is none of the window's leaves the line that grows, and who was
   sent away does not wait for it. */
static void leave_front(struct job *job)
{
    if (job->attached && (!job->held || !job->front))
        progress_leave(&job->progress);
    if (!job->front)
        job->attached = false;
}

/* Behind the prompt somebody has to be told that the window's owner paused
   it. */
static void begin_pause(struct job *job)
{
    job->state = JOB_PAUSED;
    job->has_pause_news = job->held && !job->front;
    training_feed_set_state(job->feed, FEED_PAUSED,
                            job->training->trainer->model);
    if (job->has_pause_news)
        wake_notify();
}

/* Sleeps while it is to pause; true: to go on training. */
static bool rest(struct job *job)
{
    pthread_mutex_lock(&job->mutex);
    if (job->wish == JOB_PAUSE)
        begin_pause(job);
    while (job->wish == JOB_PAUSE) {
        /* again each time: it may have been told to go on and to pause */
        job->state = JOB_PAUSED;
        leave_front(job);
        training_feed_answer(job->feed, job->training->trainer->model);
        pthread_cond_broadcast(&job->changed);
        pthread_cond_wait(&job->changed, &job->mutex);
    }
    bool goes_on = job->wish == JOB_RUN;
    if (!goes_on && job->attached)
        progress_leave(&job->progress);
    pthread_mutex_unlock(&job->mutex);
    return goes_on;
}

static enum job_outcome conclude(struct job *job, enum train_status status)
{
    struct training *training = job->training;
    if (status == TRAIN_FAILED)
        return JOB_FAILED;
    if (!job->is_finite) {
        if (job->before && !model_take_weights(training->trainer->model,
                                               job->before, &job->error))
            return JOB_FAILED;
        return JOB_NOT_FINITE;
    }
    if (status == TRAIN_STOPPED)
        return JOB_STOPPED;
    job->is_tested = training->test.count > 0 &&
                     model_evaluate(training->trainer->model, &training->test,
                                    job->test, &job->error);
    return job->error.kind == ERROR_NONE ? JOB_DONE : JOB_FAILED;
}

/* What its window shows from now on. */
static void show_end(struct job *job)
{
    const struct model *model = job->training->trainer->model;
    if (job->is_tested)
        training_feed_set_test(job->feed,
                               job->test[model->metric_count > 0 ? 1 : 0]);
    training_feed_set_state(
        job->feed, job->outcome == JOB_DONE ? FEED_DONE : FEED_STOPPED, model);
}

static void *work(void *context)
{
    struct job *job = context;
    enum train_status status;
    interrupt_ignore();
    do
        status = trainer_run(job->training->trainer, observe_and_save, job,
                             &job->error);
    while (status == TRAIN_STOPPED && job->is_finite && rest(job));
    job->outcome = conclude(job, status);
    show_end(job);
    pthread_mutex_lock(&job->mutex);
    job->state = JOB_ENDED;
    pthread_cond_broadcast(&job->changed);
    pthread_mutex_unlock(&job->mutex);
    wake_notify();
    return NULL;
}

/* ---------------------------------------------------------------- from out */

/* What somebody at its window wants. */
static void obey(void *context, enum feed_wish wish, double value)
{
    struct job *job = context;
    switch (wish) {
    case FEED_LOOK:
        pthread_mutex_lock(&job->mutex);
        pthread_cond_broadcast(&job->changed);
        pthread_mutex_unlock(&job->mutex);
        break;
    case FEED_PAUSE:
        job_hold(job);
        break;
    case FEED_GO_ON:
        job_continue(job);
        break;
    case FEED_STEP:
        job_step(job, 1);
        break;
    case FEED_RATE:
        job_set_rate(job, value);
        break;
    case FEED_STOP:
        job_stop(job);
        break;
    }
}

static struct training_feed *feed_new(const struct recipe *recipe)
{
    struct strbuf title = STRBUF_INIT;
    recipe_format(recipe, &title);
    struct training_feed *feed = training_feed_new(title.text);
    strbuf_done(&title);
    return feed;
}

struct job *job_new(int number, struct recipe *recipe,
                    struct training *training, struct checkpoint *checkpoint)
{
    struct job *job = xcalloc(1, sizeof *job);
    job->number = number;
    job->recipe = *recipe;
    job->training = training;
    job->checkpoint = *checkpoint;
    job->is_finite = true;
    job->state = JOB_ENDED;
    pthread_mutex_init(&job->mutex, NULL);
    pthread_cond_init(&job->changed, NULL);
    job->feed = feed_new(&job->recipe);
    training_feed_connect(job->feed, obey, job);
    return job;
}

/* Signals are main's: the thread starts with all of them blocked. */
bool job_start(struct job *job, struct error *err)
{
    sigset_t all, before;
    sigfillset(&all);
    job->state = JOB_RUNNING;
    parallel_rest(); /* the job's thread gets the cores */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&job->thread, NULL, work, job);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    job->thread_started = !failed;
    return !failed || error_set(err, ERROR_RUNTIME, "can't start new thread");
}

void job_free(struct job *job)
{
    if (!job)
        return;
    training_feed_connect(job->feed, NULL, NULL);
    if (job->thread_started) {
        job_stop(job);
        pthread_join(job->thread, NULL);
    }
    training_feed_unref(job->feed);
    checkpoint_leave(&job->checkpoint);
    outcome_unref(job->compared);
    model_unref(job->before);
    training_free(job->training);
    recipe_done(&job->recipe);
    error_clear(&job->error);
    pthread_cond_destroy(&job->changed);
    pthread_mutex_destroy(&job->mutex);
    free(job->trouble);
    free(job);
}
