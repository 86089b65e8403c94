/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/training_figure.h"

#include <math.h>
#include <stdio.h>

#include "base/i18n.h"

/* Epochs beyond which each has a tick, or a line, no more. */
enum { MOST_TICKS = 10, MOST_LINES = 30 };

static const double batch_opacity = 0.4;

/* COUNT numbers, each STRIDE bytes behind the one before. */
static struct series *series_from(const float *first, int count, size_t stride)
{
    struct error err = ERROR_INIT;
    struct series *series = series_new((size_t)count, &err);
    const char *next = (const char *)first;
    for (int i = 0; series && i < count; i++, next += stride)
        series->values[i] = (double)*(const float *)(const void *)next;
    error_clear(&err);
    return series;
}

static struct artist *add_line(struct axes *axes, struct series *x,
                               struct series *y, struct color color,
                               const char *label)
{
    struct artist *line = artist_new(ARTIST_LINE);
    line->x = x;
    line->y = y;
    line->stroke.color = color;
    figure_set_text(&line->label, label);
    return axes_add(axes, line);
}

static void add_batches(struct axes *axes, const struct training_curves *curves,
                        int curve)
{
    const struct curve_point *first = curves->points;
    struct color color = color_cycle(0);
    color.alpha = batch_opacity;
    struct artist *line = add_line(
        axes, series_from(&first->at, curves->point_count, sizeof *first),
        series_from(&first->values[curve], curves->point_count, sizeof *first),
        color, NULL);
    line->stroke.width = 1.0;
    line->z = 1.5;
}

static void add_epochs(struct axes *axes, const struct training_curves *curves,
                       const float *values, int cycle, const char *label)
{
    const struct curve_epoch *first = curves->by_epoch;
    bool is_there = false;
    const char *next = (const char *)values;
    for (int i = 0; i < curves->epoch_count; i++, next += sizeof *first)
        is_there |= !isnan(*(const float *)(const void *)next);
    if (!is_there)
        return;
    struct artist *line = add_line(
        axes, series_from(&first->at, curves->epoch_count, sizeof *first),
        series_from(values, curves->epoch_count, sizeof *first),
        color_cycle(cycle), label);
    line->marker.shape = 'o';
    line->marker.size = curves->epoch_count > MOST_LINES ? 2.0 : 5.0;
    line->marker.face = line->marker.edge = line->stroke.color;
}

static void add_rule(struct axes *axes, double at, struct stroke stroke)
{
    struct artist *rule = artist_new(ARTIST_RULE);
    rule->rule.is_vertical = true;
    rule->rule.low = rule->rule.high = at;
    rule->rule.from = 0.0;
    rule->rule.to = 1.0;
    rule->stroke = stroke;
    rule->z = 0.5;
    axes_add(axes, rule);
}

static void mark_epochs(struct axes *axes, const struct training_curves *curves)
{
    struct stroke thin = {{0.0, 0.0, 0.0, 0.15}, 0.8, LINE_SOLID};
    for (int i = 1; curves->epochs <= MOST_LINES && i < curves->epochs; i++)
        add_rule(axes, i, thin);
}

static void mark_rates(struct axes *axes, const struct training_curves *curves,
                       bool has_texts)
{
    struct stroke dashed = {color_cycle(3), 1.0, LINE_DASHED};
    for (int i = 0; i < curves->mark_count; i++) {
        const struct curve_mark *mark = &curves->marks[i];
        char number[32];
        add_rule(axes, (double)mark->at, dashed);
        if (!has_texts)
            continue;
        struct artist *text = artist_new(ARTIST_TEXT);
        snprintf(number, sizeof number, "%g", (double)mark->rate);
        text->text.x = (double)mark->at / fmax(curves->epochs, 1.0) + 0.008;
        text->text.y = 0.03 + 0.08 * (i % 3);
        text->text.in_axes = true;
        text->text.size = 8.0;
        text->text.vertical = ALIGN_END;
        text->stroke.color = dashed.color;
        figure_set_text(&text->text.text, number);
        axes_add(axes, text);
    }
}

/* A tick for each epoch, or for so many that there are few. */
static int tick_step(int epochs)
{
    static const int steps[] = {1, 2, 5};
    int unit = 1;
    for (;; unit *= 10)
        for (int i = 0; i < 3; i++)
            if (epochs / (steps[i] * unit) <= MOST_TICKS)
                return steps[i] * unit;
}

static void set_epoch_axis(struct axis *axis,
                           const struct training_curves *curves)
{
    struct error err = ERROR_INIT;
    int step = tick_step(curves->epochs);
    axis->has_low = axis->has_high = true;
    axis->low = 0.0;
    axis->high = fmax(curves->epochs, 1.0);
    if (curves->epochs < 2)
        return;
    axis->ticks = series_new((size_t)(curves->epochs / step) + 1, &err);
    axis->has_ticks = axis->ticks != NULL;
    for (size_t i = 0; axis->ticks && i < axis->ticks->count; i++)
        axis->ticks->values[i] = (double)i * step;
    error_clear(&err);
}

static void include(double value, double *low, double *high)
{
    if (!isfinite(value))
        return;
    *low = fmin(*low, value);
    *high = fmax(*high, value);
}

/* The first batches are far off and would press all others together; once an
   epoch has ended they need not be seen. */
static void set_value_axis(struct axis *axis,
                           const struct training_curves *curves, int curve)
{
    const float beginning = 0.1f;
    double low = INFINITY, high = -INFINITY;
    for (int i = 0; i < curves->point_count; i++)
        if (curves->points[i].at >= beginning)
            include((double)curves->points[i].values[curve], &low, &high);
    for (int i = 0; i < curves->epoch_count; i++) {
        include((double)curves->by_epoch[i].train[curve], &low, &high);
        include((double)curves->by_epoch[i].validation[curve], &low, &high);
    }
    if (curves->epoch_count == 0 || low >= high)
        return;
    double margin = 0.05 * (high - low);
    axis->has_low = axis->has_high = true;
    axis->high = high + margin;
    axis->low = low >= 0.0 && low < margin ? 0.0 : low - margin;
}

/* The corner at the right below is empty where an accuracy rises. */
static bool is_last_curve(const struct training_curves *curves, int curve)
{
    return curve == CURVE_METRIC || !*curves->names[CURVE_METRIC];
}

static void add_curve(struct figure *figure,
                      const struct training_curves *curves, int curve,
                      struct axes_span span, bool is_log)
{
    struct axes *axes = figure_add_axes(figure, span);
    bool is_last = span.last_row == span.rows - 1;
    mark_epochs(axes, curves);
    mark_rates(axes, curves, is_last_curve(curves, curve));
    if (curves->point_count > 0)
        add_batches(axes, curves, curve);
    add_epochs(axes, curves, &curves->by_epoch[0].train[curve], 0,
               _("training"));
    add_epochs(axes, curves, &curves->by_epoch[0].validation[curve], 1,
               _("validation"));
    set_epoch_axis(&axes->x, curves);
    if (is_log)
        axes->y.scale = SCALE_LOG;
    else
        set_value_axis(&axes->y, curves, curve);
    figure_set_text(&axes->y.label, curves->names[curve]);
    if (is_last)
        figure_set_text(&axes->x.label, _("epoch"));
    axes->has_legend = curves->epoch_count > 0 && curve == CURVE_LOSS;
    axes->legend = LEGEND_UPPER_RIGHT;
}

struct figure *training_figure(const struct training_curves *curves,
                               bool is_log, bool are_beside)
{
    struct figure *figure = figure_new();
    int count = *curves->names[CURVE_METRIC] ? 2 : 1;
    figure->is_tight = true;
    for (int i = 0; i < count; i++) {
        struct axes_span span = {count, 1, i, i, 0, 0};
        if (are_beside)
            span = (struct axes_span){1, count, 0, 0, i, i};
        add_curve(figure, curves, i, span, is_log && i == CURVE_LOSS);
    }
    return figure;
}
