/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/training_curves.h"

#include <math.h>
#include <stdio.h>

void training_curves_init(struct training_curves *curves)
{
    *curves = (struct training_curves){.stride = 1, .epoch_stride = 1};
}

static int curves_of(const struct train_event *event)
{
    return event->model && event->model->metric_count > 0 ? CURVES
                                                          : CURVE_METRIC;
}

static float place(const struct train_event *event)
{
    double done = event->batches > 0
                      ? (double)event->batch / (double)event->batches
                      : 0.0;
    return (float)((double)(event->epoch - 1) + done);
}

/* ------------------------------------------------------------------ batches */

/* Two points become one. */
static void halve_points(struct training_curves *curves)
{
    struct curve_point *points = curves->points;
    curves->point_count /= 2;
    curves->stride *= 2;
    for (int i = 0; i < curves->point_count; i++) {
        const struct curve_point *a = &points[2 * i], *b = &points[2 * i + 1];
        struct curve_point both = {.at = b->at};
        for (int k = 0; k < CURVES; k++)
            both.values[k] = 0.5f * (a->values[k] + b->values[k]);
        points[i] = both;
    }
}

static void end_point(struct training_curves *curves, float at)
{
    if (curves->point_count == CURVE_POINTS)
        halve_points(curves);
    if (curves->pending < curves->stride)
        return; /* the points have become longer */
    struct curve_point *point = &curves->points[curves->point_count++];
    point->at = at;
    for (int k = 0; k < CURVES; k++) {
        point->values[k] = (float)(curves->sums[k] / (double)curves->pending);
        curves->sums[k] = 0.0;
    }
    curves->pending = 0;
}

/* What is told is the mean of the epoch so far; of means, what the last batch
   alone gave is their difference. */
static double of_last_batch(const struct training_curves *curves, int curve,
                            const struct train_event *event)
{
    const struct model *model = event->model;
    bool is_mean =
        curve == CURVE_LOSS || metric_is_mean(&model->metrics[curve - 1]);
    double all = (double)event->sample, before = (double)curves->samples;
    if (!is_mean || all <= before)
        return event->values[curve];
    return (event->values[curve] * all - curves->means[curve] * before) /
           (all - before);
}

static void add_batch(struct training_curves *curves,
                      const struct train_event *event)
{
    int count = curves_of(event);
    for (int k = 0; k < CURVES; k++)
        curves->sums[k] +=
            k < count ? of_last_batch(curves, k, event) : (double)NAN;
    for (int k = 0; k < count; k++)
        curves->means[k] = event->values[k];
    curves->samples = event->sample;
    if (++curves->pending >= curves->stride)
        end_point(curves, place(event));
}

/* ------------------------------------------------------------------- epochs */

/* Every second one stays. */
static void halve_epochs(struct training_curves *curves)
{
    curves->epoch_count /= 2;
    curves->epoch_stride *= 2;
    for (int i = 0; i < curves->epoch_count; i++)
        curves->by_epoch[i] = curves->by_epoch[2 * i + 1];
}

static void add_epoch(struct training_curves *curves,
                      const struct train_event *event)
{
    int count = curves_of(event), own = 1 + event->model->metric_count;
    bool is_validated = event->value_count > own;
    if (++curves->epochs_seen % curves->epoch_stride != 0)
        return;
    if (curves->epoch_count == CURVE_POINTS)
        halve_epochs(curves);
    struct curve_epoch *epoch = &curves->by_epoch[curves->epoch_count++];
    epoch->at = (float)event->epoch;
    for (int k = 0; k < CURVES; k++) {
        epoch->train[k] = k < count ? (float)event->values[k] : NAN;
        epoch->validation[k] =
            k < count && is_validated ? (float)event->values[own + k] : NAN;
    }
}

/* ------------------------------------------------------------------ changes */

static void look_at_rate(struct training_curves *curves,
                         const struct train_event *event)
{
    bool has_changed = curves->rate > 0.0 && event->rate != curves->rate;
    const struct optimizer *optimizer = event->model->optimizer;
    curves->rate = event->rate;
    if (!has_changed || (optimizer && optimizer->schedule.type))
        return;
    if (curves->mark_count == CURVE_MARKS) /* the oldest goes */
        for (int i = 1; i < CURVE_MARKS; i++)
            curves->marks[i - 1] = curves->marks[i];
    else
        curves->mark_count++;
    curves->marks[curves->mark_count - 1] =
        (struct curve_mark){place(event), (float)event->rate};
}

static void begin(struct training_curves *curves,
                  const struct train_event *event)
{
    curves->epochs = event->epochs;
    for (int k = 0; k < curves_of(event); k++)
        snprintf(curves->names[k], CURVE_NAME, "%s", event->names[k]);
    if (event->batch == 0)
        curves->samples = 0;
}

void training_curves_add(struct training_curves *curves,
                         const struct train_event *event)
{
    look_at_rate(curves, event);
    if (event->kind == TRAIN_EPOCH_BEGIN)
        begin(curves, event);
    if (event->kind == TRAIN_BATCH)
        add_batch(curves, event);
    if (event->kind == TRAIN_EPOCH_END)
        add_epoch(curves, event);
}
