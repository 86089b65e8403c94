/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/training_feed.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "view/scene.h"

/* `middle`: the number of the newest snapshot, and whether it is news. */
enum { FRESH = 4 };

struct training_feed {
    atomic_int references;
    char *title;
    struct training_snapshot snapshots[3];
    atomic_int middle;
    atomic_bool is_asked;

    /* the writer's */
    int back;
    int64_t published;
    enum feed_state state;
    double seconds_before; /* of the epochs before this one */
    double test_value;
    struct train_event event;
    double values[HISTORY_MAX_SERIES];
    struct training_curves curves;

    _Atomic(const void *) reader;

    /* the reader's */
    int front;
    bool has_front;

    pthread_mutex_t mutex; /* of what follows */
    feed_control *control;
    void *context;
};

struct training_feed *training_feed_new(const char *title)
{
    struct training_feed *feed = xcalloc(1, sizeof *feed);
    atomic_init(&feed->references, 1);
    feed->title = xstrdup(title);
    feed->back = 0;
    atomic_init(&feed->middle, 1);
    feed->front = 2;
    feed->test_value = NAN;
    training_curves_init(&feed->curves);
    pthread_mutex_init(&feed->mutex, NULL);
    return feed;
}

struct training_feed *training_feed_ref(struct training_feed *feed)
{
    if (feed)
        atomic_fetch_add(&feed->references, 1);
    return feed;
}

void training_feed_unref(struct training_feed *feed)
{
    if (!feed || atomic_fetch_sub(&feed->references, 1) > 1)
        return;
    for (int i = 0; i < 3; i++) {
        model_unref(feed->snapshots[i].model);
        free(feed->snapshots[i].gradient);
    }
    pthread_mutex_destroy(&feed->mutex);
    free(feed->title);
    free(feed);
}

const char *training_feed_title(const struct training_feed *feed)
{
    return feed->title;
}

/* --------------------------------------------------------------- the writer */

static void copy_model(struct training_snapshot *snapshot,
                       const struct model *model)
{
    if (snapshot->model) {
        model_copy_weights(snapshot->model, model);
        return;
    }
    struct error err = ERROR_INIT;
    snapshot->model = model_clone(model, &err);
    error_clear(&err);
    if (!snapshot->model)
        return;
    optimizer_unref(snapshot->model->optimizer); /* its slots are large */
    snapshot->model->optimizer = NULL;
}

static void copy_gradient(struct training_snapshot *snapshot,
                          const struct model *model, const float *gradient)
{
    const struct layer *layer = model_first_learning(model);
    if (!layer || !gradient)
        return;
    size_t count = (size_t)layer->weights[0]->tensor->size;
    if (!snapshot->gradient)
        snapshot->gradient = xmalloc(count * sizeof *gradient);
    memcpy(snapshot->gradient, gradient, count * sizeof *gradient);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void copy_numbers(struct training_snapshot *snapshot,
                         struct training_feed *feed)
{
    const struct train_event *event = &feed->event;
    int most = 1 + MODEL_MAX_METRICS;
    snapshot->state = feed->state;
    snapshot->number = ++feed->published;
    snapshot->epoch = event->epoch;
    snapshot->epochs = event->epochs;
    snapshot->batch = event->batch;
    snapshot->batches = event->batches;
    snapshot->value_count =
        event->value_count < most ? event->value_count : most;
    memcpy(snapshot->values, feed->values, sizeof snapshot->values);
    snapshot->rate = event->rate;
    snapshot->seconds = feed->seconds_before + event->seconds;
    snapshot->test_value = feed->test_value;
    snapshot->curves = feed->curves;
}

static void publish(struct training_feed *feed, const struct model *model)
{
    struct training_snapshot *snapshot = &feed->snapshots[feed->back];
    double started = now();
    copy_numbers(snapshot, feed);
    copy_model(snapshot, model);
    copy_gradient(snapshot, model, feed->event.gradient);
    snapshot->cost = now() - started;
    feed->back = atomic_exchange(&feed->middle, feed->back | FRESH) & ~FRESH;
    scene_wake();
}

/* Within an epoch, what is told is its own; a resumed one begins at 0 again
   for nobody. */
static void count_seconds(struct training_feed *feed,
                          const struct train_event *event)
{
    bool is_next = feed->event.epoch > 0 && event->epoch > feed->event.epoch;
    if (is_next)
        feed->seconds_before += feed->event.seconds;
}

void training_feed_observe(struct training_feed *feed,
                           const struct train_event *event)
{
    size_t count = (size_t)event->value_count;
    if (event->kind == TRAIN_EVALUATED)
        return;
    count_seconds(feed, event);
    training_curves_add(&feed->curves, event);
    if (event->kind == TRAIN_END || event->kind == TRAIN_STOP)
        return; /* its values are those of no epoch */
    feed->event = *event;
    *event->keeps_gradient = atomic_load(&feed->reader) != NULL;
    memcpy(feed->values, event->values, count * sizeof *event->values);
    bool goes_on = feed->state != FEED_RUNNING; /* nobody asked for that */
    feed->state = FEED_RUNNING;
    if (atomic_exchange(&feed->is_asked, false) || goes_on)
        publish(feed, event->model);
}

void training_feed_set_state(struct training_feed *feed, enum feed_state state,
                             const struct model *model)
{
    feed->state = state;
    publish(feed, model);
}

void training_feed_set_test(struct training_feed *feed, double value)
{
    feed->test_value = value;
}

void training_feed_answer(struct training_feed *feed, const struct model *model)
{
    if (atomic_exchange(&feed->is_asked, false))
        publish(feed, model);
}

void training_feed_connect(struct training_feed *feed, feed_control *control,
                           void *context)
{
    pthread_mutex_lock(&feed->mutex);
    feed->control = control;
    feed->context = context;
    pthread_mutex_unlock(&feed->mutex);
}

/* --------------------------------------------------------------- the reader */

static bool is_reader(struct training_feed *feed, const void *reader)
{
    const void *none = NULL;
    return atomic_compare_exchange_strong(&feed->reader, &none, reader) ||
           none == reader;
}

void training_feed_leave(struct training_feed *feed, const void *reader)
{
    const void *leaving = reader;
    atomic_compare_exchange_strong(&feed->reader, &leaving, NULL);
}

const struct training_snapshot *training_feed_take(struct training_feed *feed,
                                                   const void *reader)
{
    if (!is_reader(feed, reader))
        return NULL;
    if (atomic_load(&feed->middle) & FRESH) {
        feed->front = atomic_exchange(&feed->middle, feed->front) & ~FRESH;
        feed->has_front = true;
    }
    return feed->has_front ? &feed->snapshots[feed->front] : NULL;
}

void training_feed_ask(struct training_feed *feed)
{
    if (!atomic_exchange(&feed->is_asked, true))
        training_feed_wish(feed, FEED_LOOK, 0.0);
}

bool training_feed_wish(struct training_feed *feed, enum feed_wish wish,
                        double value)
{
    pthread_mutex_lock(&feed->mutex);
    bool is_heard = feed->control != NULL;
    if (is_heard)
        feed->control(feed->context, wish, value);
    pthread_mutex_unlock(&feed->mutex);
    return is_heard;
}
