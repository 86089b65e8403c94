/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fit() runs in the session's thread; its window's keys reach it here, between
   two batches. */
#include <pthread.h>
#include <time.h>

#include "base/interrupt.h"
#include "repl/graphics.h"
#include "repl/jobs.h"
#include "repl/session.h"
#include "repl/training_window.h"

/* Nanoseconds between two looks at Ctrl-C while it is paused. */
enum { PATIENCE = 50 * 1000 * 1000 };

static struct {
    struct training_feed *feed; /* NULL: no fit() with a window runs */
    int epoch;                  /* the last one that began */
    pthread_mutex_t mutex;      /* of what follows */
    pthread_cond_t changed;
    enum job_wish wish;
    bool steps; /* one batch, then pause */
    double rate;
} fit = {.mutex = PTHREAD_MUTEX_INITIALIZER,
         .changed = PTHREAD_COND_INITIALIZER};

static void obey(void *context, enum feed_wish wish, double value)
{
    (void)context;
    pthread_mutex_lock(&fit.mutex);
    if (wish == FEED_RATE)
        fit.rate = value;
    if (wish == FEED_PAUSE)
        fit.wish = JOB_PAUSE;
    if (wish == FEED_GO_ON || wish == FEED_STEP)
        fit.wish = JOB_RUN;
    if (wish == FEED_STOP)
        fit.wish = JOB_STOP;
    if (wish != FEED_LOOK && wish != FEED_RATE)
        fit.steps = wish == FEED_STEP;
    pthread_cond_broadcast(&fit.changed);
    pthread_mutex_unlock(&fit.mutex);
}

static void begin(struct session *session, const struct train_event *event)
{
    fit.feed = training_feed_new("model.fit()");
    fit.wish = JOB_RUN;
    fit.steps = false;
    fit.rate = 0.0;
    training_feed_connect(fit.feed, obey, NULL);
    training_window_show_feed(session, fit.feed, (struct model *)event->model);
}

static void end(enum feed_state state, const struct model *model)
{
    training_feed_connect(fit.feed, NULL, NULL);
    training_feed_set_state(fit.feed, state, model);
    jobs_keep_feed(fit.feed);
    training_feed_unref(fit.feed);
    fit.feed = NULL;
}

static void wait_a_little(void)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += PATIENCE;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&fit.changed, &fit.mutex, &until);
}

/* Ctrl-C ends the pause, and then fit(). */
static void rest(const struct model *model)
{
    if (fit.wish == JOB_PAUSE)
        training_feed_set_state(fit.feed, FEED_PAUSED, model);
    while (fit.wish == JOB_PAUSE && !interrupt_pending()) {
        training_feed_answer(fit.feed, model);
        wait_a_little();
    }
}

static bool look_at_wishes(const struct train_event *event)
{
    pthread_mutex_lock(&fit.mutex);
    if (fit.steps && event->kind == TRAIN_BATCH) {
        fit.wish = JOB_PAUSE;
        fit.steps = false;
    }
    rest(event->model);
    if (fit.rate > 0.0)
        event->model->optimizer->settings[0] = fit.rate;
    fit.rate = 0.0;
    bool goes_on = fit.wish != JOB_STOP;
    pthread_mutex_unlock(&fit.mutex);
    return goes_on;
}

bool training_window_observe_fit(struct session *session,
                                 const struct train_event *event)
{
    bool begins = event->kind == TRAIN_EPOCH_BEGIN && event->batch == 0;
    if (event->kind == TRAIN_EVALUATED)
        return true;
    if (begins && fit.feed && event->epoch <= fit.epoch)
        end(FEED_STOPPED, event->model); /* an error ended the one before */
    if (begins && !fit.feed && session_is_interactive(session) &&
        graphics_shows_windows(session))
        begin(session, event);
    if (!fit.feed)
        return true;
    fit.epoch = event->epoch;
    training_feed_observe(fit.feed, event);
    if (event->kind == TRAIN_END || event->kind == TRAIN_STOP) {
        end(event->kind == TRAIN_END ? FEED_DONE : FEED_STOPPED, event->model);
        return true;
    }
    return look_at_wishes(event);
}
