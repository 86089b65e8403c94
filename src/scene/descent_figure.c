/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/descent_figure.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/i18n.h"

static const struct color curve_color = {0.35, 0.35, 0.35, 1.0};
static const struct color tangent_color = {1.0, 0.5, 0.05, 1.0}; /* C1 */
static const struct color contour_color = {0.0, 0.0, 0.0, 0.3};
static const struct color white = {1.0, 1.0, 1.0, 1.0};
static const struct color none = {0.0, 0.0, 0.0, 0.0};

/* Levels of contours; steps that the axis of the losses has at least, and how
   many of them are numbered. */
enum { LEVELS = 16, FEWEST_STEPS = 10, TICKS_MOST = 6 };

/* Of a longer way the single points are not marked. */
enum { MARKERS_MOST = 60 };

/* Losses further apart than this are seen on a log axis. */
static const double log_from = 200.0;

void descent_ground_done(struct descent_ground *ground)
{
    series_unref(ground->axes[0]);
    series_unref(ground->axes[1]);
    series_unref(ground->values);
    *ground = (struct descent_ground){0};
}

void descent_track_done(struct descent_track *track)
{
    series_unref(track->x[0]);
    series_unref(track->x[1]);
    series_unref(track->losses);
}

/* ----------------------------------------------------------------- artists */

/* NULL when memory is out: then it is not in the picture. */
static struct series *series_from(size_t count, const double *values)
{
    struct error err = ERROR_INIT;
    struct series *series = series_new(count, &err);
    for (size_t i = 0; series && i < count; i++)
        series->values[i] = values[i];
    error_clear(&err);
    return series;
}

/* Through the points of X and Y, which it shares. */
static struct artist *add_line(struct axes *axes, struct series *x,
                               struct series *y, struct color color,
                               double width)
{
    struct artist *line = artist_new(ARTIST_LINE);
    line->x = series_ref(x);
    line->y = series_ref(y);
    line->stroke = (struct stroke){color, width, LINE_SOLID};
    return axes_add(axes, line);
}

static void set_marker(struct artist *line, double size, struct color face,
                       struct color edge)
{
    line->marker = (struct marker){.shape = 'o',
                                   .size = size,
                                   .face = face,
                                   .edge = edge,
                                   .edge_width = 1.0};
}

/* Numbers of one point or two; nothing where one is not finite. */
static struct artist *add_short_line(struct axes *axes, size_t count,
                                     const double *x, const double *y,
                                     struct color color, double width)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(x[i]) || !isfinite(y[i]))
            return NULL;
    struct series *xs = series_from(count, x), *ys = series_from(count, y);
    struct artist *line =
        xs && ys ? add_line(axes, xs, ys, color, width) : NULL;
    series_unref(xs);
    series_unref(ys);
    return line;
}

/* ------------------------------------------------------------------- panels */

static size_t last_of(const struct descent_track *track)
{
    return track->losses->count - 1;
}

/* "step 3: w = 1.46, loss 2.36"; "adam: loss 2.36" */
static void set_title(const struct descent_picture *picture, int index,
                      struct axes *axes)
{
    const struct descent_track *track = &picture->tracks[index];
    size_t last = last_of(track);
    double loss = track->losses->values[last];
    char *title;
    if (picture->track_count > 1)
        title = xasprintf(_("%s: loss %.4g"), track->label, loss);
    else if (picture->ground->dimensions == 1)
        title = xasprintf(_("step %zu: %s = %.4g, loss %.4g"), last,
                          picture->names[0], track->x[0]->values[last], loss);
    else
        title = xasprintf(_("step %zu: loss %.4g"), last, loss);
    figure_set_text(&axes->title, title);
    free(title);
}

static void set_limits(struct axis *axis, double low, double high)
{
    axis->has_low = axis->has_high = true;
    axis->low = low;
    axis->high = high;
}

/* The range of the finite ones among SERIES; false when there are none. */
static bool find_range(const struct series *series, double *low, double *high)
{
    *low = DBL_MAX;
    *high = -DBL_MAX;
    for (size_t i = 0; i < series->count; i++) {
        if (!isfinite(series->values[i]))
            continue;
        *low = fmin(*low, series->values[i]);
        *high = fmax(*high, series->values[i]);
    }
    return *low <= *high;
}

/* Where it is now. */
static void add_place(struct axes *axes, double x, double y, struct color color)
{
    struct artist *place = add_short_line(axes, 1, &x, &y, none, 0.0);
    if (!place)
        return;
    place->stroke.style = LINE_NONE;
    set_marker(place, 11.0, color, white);
    place->z = 5.0;
}

static void add_path(struct axes *axes, struct series *x, struct series *y,
                     struct color color)
{
    struct artist *path = add_line(axes, x, y, color, 1.5);
    set_marker(path, 4.5, color, white);
    path->marker.edge_width = 0.6;
    if (x->count > MARKERS_MOST)
        path->marker.shape = '\0';
    path->z = 4.0;
}

static void fill_curve(const struct descent_picture *picture,
                       const struct descent_track *track, struct color color,
                       struct axes *axes)
{
    const struct descent_ground *ground = picture->ground;
    double low, high, x = track->x[0]->values[last_of(track)];
    double loss = track->losses->values[last_of(track)];
    double reach = 0.22 * (ground->high[0] - ground->low[0]);
    double tangent_x[2] = {x - reach, x + reach};
    double tangent_y[2] = {loss - reach * track->slope,
                           loss + reach * track->slope};
    add_line(axes, ground->axes[0], ground->values, curve_color, 2.0);
    struct artist *tangent =
        add_short_line(axes, 2, tangent_x, tangent_y, tangent_color, 1.8);
    if (tangent) {
        tangent->stroke.style = LINE_DASHED;
        tangent->z = 3.0;
    }
    add_path(axes, track->x[0], track->losses, color);
    add_place(axes, x, loss, color);
    set_limits(&axes->x, ground->low[0], ground->high[0]);
    if (find_range(ground->values, &low, &high) && high > low)
        set_limits(&axes->y, low - 0.08 * (high - low),
                   high + 0.04 * (high - low));
    figure_set_text(&axes->y.label, _("loss"));
}

/* Denser where it is low: there the way ends. */
static struct series *levels_between(double low, double high)
{
    double levels[LEVELS];
    for (int i = 0; i < LEVELS; i++)
        levels[i] = low + (high - low) * pow((double)i / (LEVELS - 1), 2.5);
    return series_from(LEVELS, levels);
}

/* One for each level, dark where it is low, and pale, so that ways of all
   colours are seen on them. */
static struct color *band_colors(void)
{
    const double paleness = 0.45;
    struct error err = ERROR_INIT;
    const struct colormap *map = colormap_find("viridis", &err);
    struct color *colors = xcalloc(LEVELS, sizeof *colors);
    for (int i = 0; map && i < LEVELS; i++) {
        struct color color = colormap_at(map, (i + 0.5) / (LEVELS - 1));
        colors[i].red = paleness + (1.0 - paleness) * color.red;
        colors[i].green = paleness + (1.0 - paleness) * color.green;
        colors[i].blue = paleness + (1.0 - paleness) * color.blue;
        colors[i].alpha = 1.0;
    }
    error_clear(&err);
    return colors;
}

static void add_contours(const struct descent_ground *ground, bool filled,
                         struct axes *axes)
{
    double low, high;
    if (!find_range(ground->values, &low, &high) || high <= low)
        return;
    struct artist *contours = artist_new(ARTIST_CONTOUR);
    contours->x = series_ref(ground->axes[0]);
    contours->y = series_ref(ground->axes[1]);
    contours->contour.rows = (int)ground->axes[1]->count;
    contours->contour.columns = (int)ground->axes[0]->count;
    contours->contour.values = series_ref(ground->values);
    contours->contour.levels = levels_between(low, high);
    contours->contour.is_filled = filled;
    if (filled)
        contours->contour.colors = band_colors();
    contours->stroke = (struct stroke){contour_color, 0.7, LINE_SOLID};
    if (contours->contour.levels)
        axes_add(axes, contours);
    else
        artist_free(contours);
}

static void fill_contours(const struct descent_picture *picture,
                          const struct descent_track *track, struct color color,
                          struct axes *axes)
{
    const struct descent_ground *ground = picture->ground;
    size_t last = last_of(track);
    add_contours(ground, true, axes);
    add_contours(ground, false, axes);
    add_path(axes, track->x[0], track->x[1], color);
    add_place(axes, track->x[0]->values[last], track->x[1]->values[last],
              color);
    set_limits(&axes->x, ground->low[0], ground->high[0]);
    set_limits(&axes->y, ground->low[1], ground->high[1]);
    figure_set_text(&axes->y.label, picture->names[1]);
}

/* Red on a curve's grey and a ground's green alike; several take turns. */
static struct color track_color(const struct descent_picture *picture,
                                int index)
{
    static const int turns[] = {3, 1, 6, 0, 8, 9};
    int count = (int)(sizeof turns / sizeof *turns);
    return picture->track_count == 1 ? color_cycle(3)
                                     : color_cycle(turns[index % count]);
}

static void fill_panel(const struct descent_picture *picture, int index,
                       struct axes *axes)
{
    const struct descent_track *track = &picture->tracks[index];
    struct color color = track_color(picture, index);
    if (picture->ground->dimensions == 1)
        fill_curve(picture, track, color, axes);
    else
        fill_contours(picture, track, color, axes);
    figure_set_text(&axes->x.label, picture->names[0]);
    set_title(picture, index, axes);
}

/* ------------------------------------------------------------------- losses */

/* The lowest and the highest of all; false when none is finite. */
static bool find_losses(const struct descent_picture *picture, double *lowest,
                        double *highest)
{
    double low, high;
    *lowest = DBL_MAX;
    *highest = -DBL_MAX;
    for (int i = 0; i < picture->track_count; i++) {
        if (!find_range(picture->tracks[i].losses, &low, &high))
            continue;
        *lowest = fmin(*lowest, low);
        *highest = fmax(*highest, high);
    }
    return *lowest <= *highest;
}

/* Whole numbers up to LAST: every one, every second, fifth, tenth, … */
static void set_step_ticks(struct axis *axis, size_t last)
{
    static const size_t factors[] = {1, 2, 5};
    size_t apart = 1, unit = 1;
    for (int i = 0; last / apart > TICKS_MOST; i++) {
        unit *= i % 3 == 2 ? 10 : 1;
        apart = unit * factors[(i + 1) % 3];
    }
    struct error err = ERROR_INIT;
    axis->ticks = series_new(last / apart + 1, &err);
    axis->has_ticks = axis->ticks != NULL;
    for (size_t i = 0; axis->ticks && i < axis->ticks->count; i++)
        axis->ticks->values[i] = (double)(i * apart);
    error_clear(&err);
}

/* Room for some steps from the start on; and where all losses are the same,
   around them. */
static void set_loss_limits(const struct descent_picture *picture,
                            struct axes *axes)
{
    size_t steps = FEWEST_STEPS;
    double lowest, highest;
    for (int i = 0; i < picture->track_count; i++)
        if (last_of(&picture->tracks[i]) > steps)
            steps = last_of(&picture->tracks[i]);
    set_limits(&axes->x, -0.03 * (double)steps, 1.03 * (double)steps);
    set_step_ticks(&axes->x, steps);
    if (!find_losses(picture, &lowest, &highest))
        return;
    double size = fmax(fabs(lowest), fabs(highest));
    if (lowest > 0.0 && highest / lowest > log_from)
        axes->y.scale = SCALE_LOG;
    else if (highest - lowest <= 1e-6 * size)
        set_limits(&axes->y, lowest - 0.1 * size, highest + 0.1 * size);
}

/* 0, 1, … COUNT - 1 */
static struct series *steps_to(size_t count)
{
    struct error err = ERROR_INIT;
    struct series *steps = series_new(count, &err);
    for (size_t i = 0; steps && i < count; i++)
        steps->values[i] = (double)i;
    error_clear(&err);
    return steps;
}

static void fill_losses(const struct descent_picture *picture,
                        struct axes *axes)
{
    for (int i = 0; i < picture->track_count; i++) {
        const struct descent_track *track = &picture->tracks[i];
        struct series *steps = steps_to(track->losses->count);
        if (!steps)
            continue;
        struct color color = track_color(picture, i);
        struct artist *line = add_line(axes, steps, track->losses, color, 1.5);
        if (track->losses->count <= MARKERS_MOST / 2)
            set_marker(line, 4.0, color, color);
        if (picture->track_count > 1)
            figure_set_text(&line->label, track->label);
        series_unref(steps);
    }
    axes->has_legend = picture->track_count > 1;
    axes->legend = LEGEND_BEST;
    set_loss_limits(picture, axes);
    figure_set_text(&axes->title, _("loss"));
    figure_set_text(&axes->x.label, _("step"));
    axes->x.has_grid = axes->y.has_grid = true;
}

/* ------------------------------------------------------------------ figure */

/* Panels in rows of at most three, the losses beside them. */
static void find_grid(int panels, int *rows, int *columns)
{
    *rows = panels > 2 ? 2 : 1;
    *columns = (panels + *rows - 1) / *rows;
}

struct figure *descent_figure(const struct descent_picture *picture)
{
    struct figure *figure = figure_new();
    int panels = picture->ground->dimensions ? picture->track_count : 0;
    int rows, columns;
    find_grid(panels, &rows, &columns);
    /* One panel is twice as wide as the losses. */
    int wide = panels == 1 ? 2 : 1;
    for (int i = 0; i < panels; i++) {
        int row = i / columns, column = i % columns;
        struct axes_span span = {rows,          wide * columns + 1,
                                 row,           row,
                                 wide * column, wide * (column + 1) - 1};
        fill_panel(picture, i, figure_add_axes(figure, span));
    }
    int last = wide * columns;
    struct axes_span span = {rows, last + 1, 0, rows - 1, last, last};
    fill_losses(picture, figure_add_axes(figure, span));
    figure->width = panels == 0 ? 6.4 : panels == 1 ? 9.0 : 3.2 * (columns + 1);
    figure->height = rows == 1 ? 4.2 : 5.6;
    figure->is_tight = true;
    return figure;
}
