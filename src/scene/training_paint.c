/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a training's window looks. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/strbuf.h"
#include "scene/training_figure.h"
#include "scene/training_scene.h"
#include "view/text.h"

static const struct color dark = {0.15, 0.15, 0.15, 1.0};
static const struct color faint = {0.45, 0.45, 0.45, 1.0};
static const struct color right = {0.17, 0.55, 0.25, 1.0};
static const struct color wrong = {0.80, 0.15, 0.15, 1.0};

/* Units of the canvas in an inch of the figure: its texts of 10 points become
   as high as the others. */
static const double figure_scale = 78.0;

static void set_color(cairo_t *canvas, struct color color)
{
    cairo_set_source_rgba(canvas, color.red, color.green, color.blue,
                          color.alpha);
}

/* --------------------------------------------------------------- the state
 * line */

static const char *state_text(enum feed_state state)
{
    switch (state) {
    case FEED_PAUSED:
        return _("paused");
    case FEED_STOPPED:
        return _("stopped");
    case FEED_DONE:
        return _("done");
    case FEED_RUNNING:
    default:
        return _("training");
    }
}

static void add_values(struct strbuf *sb,
                       const struct training_snapshot *snapshot)
{
    for (int k = 0; k < snapshot->value_count && k < CURVES; k++)
        if (*snapshot->curves.names[k])
            strbuf_addf(sb, "   %s %.4f", snapshot->curves.names[k],
                        snapshot->values[k]);
    if (!isnan(snapshot->test_value))
        strbuf_addf(sb, "   test_%s %.4f",
                    *snapshot->curves.names[CURVE_METRIC]
                        ? snapshot->curves.names[CURVE_METRIC]
                        : snapshot->curves.names[CURVE_LOSS],
                    snapshot->test_value);
}

/* Where there is little room, without rate and time. */
static void format_state(const struct training_scene *scene, bool is_short,
                         struct strbuf *sb)
{
    const struct training_snapshot *shown = scene->shown;
    double rate = scene->wanted_rate > 0.0 ? scene->wanted_rate : shown->rate;
    strbuf_addf(sb, _("epoch %d/%d   batch %" PRId64 "/%" PRId64), shown->epoch,
                shown->epochs, shown->batch, shown->batches);
    if (!is_short)
        strbuf_addf(sb, _("   rate %g   %.1f s"), rate, shown->seconds);
    add_values(sb, shown);
}

static void paint_state(const struct training_scene *scene, cairo_t *canvas,
                        struct box box)
{
    struct text_style bold = {
        .size = 12.0, .is_bold = true, .color = dark, .vertical = ALIGN_CENTER};
    struct text_style plain = {
        .size = 12.0, .color = dark, .vertical = ALIGN_CENTER};
    const char *state = state_text(scene->shown->state);
    double middle = box.y + box.height / 2;
    double x = box.x + text_measure(canvas, state, &bold).width + 14.0;
    struct strbuf sb = STRBUF_INIT;
    format_state(scene, false, &sb);
    if (x + text_measure(canvas, sb.text, &plain).width > box.x + box.width) {
        strbuf_clear(&sb);
        format_state(scene, true, &sb);
    }
    text_paint(canvas, box.x, middle, state, &bold);
    text_paint(canvas, x, middle, sb.text, &plain);
    strbuf_done(&sb);
}

/* ------------------------------------------------------------------- the
 * curves */

static void paint_curves(const struct training_scene *scene, cairo_t *canvas,
                         const struct training_layout *layout)
{
    if (layout->curves.width <= 0.0)
        return;
    struct figure *figure = training_figure(
        &scene->shown->curves, scene->is_log, layout->curves_beside);
    paint_figure(canvas, figure, layout->curves, figure_scale);
    figure_free(figure);
}

/* ------------------------------------------------------------------ the
 * weights */

static void paint_heading(const struct training_scene *scene, cairo_t *canvas,
                          const struct weight_tiles *tiles, struct box box,
                          int seen)
{
    struct text_style style = {.size = 12.0, .color = dark};
    const char *format = scene->shows_gradient ? _("gradient of %s, %s")
                                               : _("weights of %s, %s");
    struct strbuf shape = STRBUF_INIT, sb = STRBUF_INIT;
    const struct tensor *weight = tiles->layer->weights[0]->tensor;
    shape_format(&shape, weight->ndim, weight->shape);
    strbuf_addf(&sb, format, tiles->layer->name, shape.text);
    if (scene->zoom.tile >= 0)
        strbuf_addf(&sb, _(": number %d"), scene->zoom.tile);
    else if (seen > 0 && seen < tiles->count)
        strbuf_addf(&sb, _(": %d to %d of %d"), scene->first_tile + 1,
                    scene->first_tile + seen, tiles->count);
    text_paint(canvas, box.x, box.y, sb.text, &style);
    strbuf_done(&sb);
    strbuf_done(&shape);
}

/* A strip of the palette with the numbers at its ends and its middle. */
static void paint_scale(cairo_t *canvas, struct box box, double limit,
                        const struct palette *palette)
{
    struct text_style style = {.size = 10.0,
                               .color = dark,
                               .horizontal = ALIGN_CENTER,
                               .vertical = ALIGN_START};
    double width = fmin(box.width - 40.0, 240.0);
    struct box strip = {box.x + 20.0, box.y, width, 8.0};
    struct pixels pixels = pixels_new(1, 256);
    for (int i = 0; pixels.rows && i < 256; i++)
        pixels.rows[i] = palette->colors[i];
    pixels_paint(canvas, &pixels, strip);
    for (int i = -1; i <= 1; i++) {
        char text[32];
        snprintf(text, sizeof text, "%g", i * limit);
        text_paint(canvas, strip.x + (i + 1) * strip.width / 2,
                   strip.y + strip.height + 1.0, text, &style);
    }
}

static int paint_tiles(const struct training_scene *scene, cairo_t *canvas,
                       const struct weight_tiles *tiles,
                       const struct tile_grid *grid, const float *values,
                       double limit, const struct palette *palette)
{
    int left = tiles->count - scene->first_tile;
    int seen = grid->rows * grid->columns;
    seen = seen < left ? seen : left;
    for (int i = 0; values && i < seen; i++)
        weight_tiles_paint(canvas, tiles, values, scene->first_tile + i,
                           tile_grid_box(grid, i), limit, palette);
    return seen;
}

static void paint_weights(struct training_scene *scene, cairo_t *canvas,
                          const struct training_layout *layout)
{
    struct error err = ERROR_INIT;
    struct weight_tiles tiles = training_scene_tiles(scene);
    const struct colormap *map = colormap_find("coolwarm", &err);
    struct box box = layout->weights;
    if (box.width <= 0.0 || tiles.count == 0 || !map) {
        error_clear(&err);
        return;
    }
    struct tile_grid grid = training_scene_grid(layout, &tiles);
    struct palette palette = palette_of(map);
    const float *values = training_scene_values(scene, &tiles);
    double limit = values ? weight_tiles_limit(&tiles, values) : 1.0;
    int seen = 0;
    if (scene->zoom.tile >= 0)
        training_scene_paint_zoom(scene, canvas, &tiles, grid.box, limit,
                                  &palette);
    else
        seen =
            paint_tiles(scene, canvas, &tiles, &grid, values, limit, &palette);
    paint_heading(scene, canvas, &tiles, box, seen);
    if (values)
        paint_scale(canvas,
                    (struct box){box.x, grid.box.y + grid.box.height + 6.0,
                                 box.width, 24.0},
                    limit, &palette);
}

/* ------------------------------------------------------------------ the
 * answers */

/* Bars of all classes; the right one green, a wrong answer red. */
static void paint_bars(const struct training_scene *scene, cairo_t *canvas,
                       int example, struct box box, int expected)
{
    const struct answers *answers = &scene->answers;
    const float *row = answers->outputs + example * answers->classes;
    int best = answers_best(answers, example);
    double step = box.width / answers->classes;
    for (int i = 0; i < answers->classes; i++) {
        double value =
            isnan(row[i]) ? 0.0 : fmin(fmax((double)row[i], 0.0), 1.0);
        struct color color = i == expected ? right : i == best ? wrong : faint;
        set_color(canvas, color);
        cairo_rectangle(canvas, box.x + i * step + 0.5,
                        box.y + box.height * (1.0 - value),
                        fmax(step - 1.0, 1.0), box.height * value);
        cairo_fill(canvas);
    }
    cairo_set_source_rgba(canvas, 0.0, 0.0, 0.0, 0.3);
    cairo_rectangle(canvas, box.x, box.y + box.height, box.width, 1.0);
    cairo_fill(canvas);
}

static void paint_bar_numbers(cairo_t *canvas, struct box box, int classes)
{
    double step = box.width / classes;
    struct text_style style = {.size = fmin(step * 1.3, 9.0),
                               .color = faint,
                               .horizontal = ALIGN_CENTER,
                               .vertical = ALIGN_START};
    for (int i = 0; step >= 5.0 && i < classes; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        text_paint(canvas, box.x + (i + 0.5) * step, box.y + box.height + 2.0,
                   text, &style);
    }
}

static void paint_answer(const struct training_scene *scene, cairo_t *canvas,
                         int example, struct box box)
{
    const struct gallery *gallery = scene->gallery;
    const struct answers *answers = &scene->answers;
    int expected = gallery->classes[example];
    int best = answers_best(answers, example);
    double side = fmin(box.width * 0.75, box.height - 62.0);
    double x = box.x + box.width / 2;
    struct text_style style = {.size = 11.0,
                               .is_bold = true,
                               .color = best == expected ? right : wrong,
                               .horizontal = ALIGN_CENTER,
                               .vertical = ALIGN_START};
    char name[16];
    if (side < 10.0)
        return;
    gallery_paint(canvas, gallery, example,
                  (struct box){x - side / 2, box.y, side, side});
    text_paint(canvas, x, box.y + side + 1.0,
               gallery_class_name(gallery, best, name), &style);
    double top = box.y + side + 18.0;
    struct box bars = {box.x, top, box.width, box.y + box.height - 14.0 - top};
    paint_bars(scene, canvas, example, bars, expected);
    paint_bar_numbers(canvas, bars, answers->classes);
}

static void paint_answers(const struct training_scene *scene, cairo_t *canvas,
                          struct box box)
{
    const double least = 66.0, gap = 10.0;
    int count = scene->answers.count;
    if (box.width <= 0.0 || count == 0 || !scene->gallery)
        return;
    int room = (int)((box.width + gap) / (least + gap));
    count = count < room ? count : room;
    double width = (box.width + gap) / count - gap;
    for (int i = 0; i < count; i++)
        paint_answer(
            scene, canvas, i,
            (struct box){box.x + i * (width + gap), box.y, width, box.height});
}

/* --------------------------------------------------------------------- all of
 * it */

static void paint_waiting(cairo_t *canvas, double width, double height)
{
    struct text_style style = {.size = 13.0,
                               .color = faint,
                               .horizontal = ALIGN_CENTER,
                               .vertical = ALIGN_CENTER};
    text_paint(canvas, width / 2, height / 2, _("waiting for the first batch"),
               &style);
}

void training_scene_paint(struct scene *base, cairo_t *canvas, double width,
                          double height)
{
    struct training_scene *scene = (struct training_scene *)base;
    cairo_set_source_rgb(canvas, 1.0, 1.0, 1.0);
    cairo_paint(canvas);
    if (!scene->shown) {
        paint_waiting(canvas, width, height);
        return;
    }
    struct training_layout layout = training_scene_layout(scene, width, height);
    paint_state(scene, canvas, layout.state);
    paint_curves(scene, canvas, &layout);
    paint_weights(scene, canvas, &layout);
    paint_answers(scene, canvas, layout.answers);
    if (layout.keys.width > 0.0)
        training_scene_paint_keys(scene, canvas, layout.keys);
}
