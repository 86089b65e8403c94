/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a confusion matrix looks. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/i18n.h"
#include "base/strbuf.h"
#include "scene/confusion_scene.h"
#include "scene/pixels.h"
#include "view/text.h"

static const struct color dark = {0.15, 0.15, 0.15, 1.0};
static const struct color faint = {0.45, 0.45, 0.45, 1.0};
static const struct color pale = {1.0, 1.0, 1.0, 1.0};
static const struct color wrong = {0.80, 0.15, 0.15, 1.0};
static const struct color right = {0.17, 0.55, 0.25, 1.0};

static void paint_text(cairo_t *canvas, double x, double y, double size,
                       struct color color, enum text_align align,
                       const char *text)
{
    struct text_style style = {.size = size,
                               .color = color,
                               .horizontal = align,
                               .vertical = ALIGN_CENTER};
    text_paint(canvas, x, y, text, &style);
}

/* --------------------------------------------------------------- the cells */

static int64_t largest_mistake(const struct confusion_scene *scene)
{
    int classes = scene->verdicts.classes;
    int64_t largest = 1;
    for (int i = 0; i < classes * classes; i++)
        if (i / classes != i % classes && scene->counts[i] > largest)
            largest = scene->counts[i];
    return largest;
}

static int64_t row_sum(const struct confusion_scene *scene, int row)
{
    int64_t sum = 0;
    for (int k = 0; k < scene->verdicts.classes; k++)
        sum += scene->counts[row * scene->verdicts.classes + k];
    return sum > 0 ? sum : 1;
}

/* What was right is blue by its share of the row; mistakes red by their number,
   so that a few of them are seen beside a thousand that are right. */
static struct color cell_color(const struct confusion_scene *scene, int row,
                               int column, int64_t most)
{
    struct error err = ERROR_INIT;
    bool is_right = row == column;
    int64_t count = scene->counts[row * scene->verdicts.classes + column];
    double part = is_right ? (double)count / (double)row_sum(scene, row)
                           : sqrt((double)count / (double)most);
    const struct colormap *map =
        colormap_find(is_right ? "Blues" : "Reds", &err);
    error_clear(&err);
    return map && count ? colormap_at(map, 0.08 + 0.7 * part) : pale;
}

static void paint_cell(const struct confusion_scene *scene, cairo_t *canvas,
                       const struct confusion_layout *layout, int row,
                       int column, int64_t most)
{
    struct color color = cell_color(scene, row, column, most);
    int64_t count = scene->counts[row * scene->verdicts.classes + column];
    double x = layout->cells.x + column * layout->side;
    double y = layout->cells.y + row * layout->side;
    double light = 0.3 * color.red + 0.59 * color.green + 0.11 * color.blue;
    char text[24];
    cairo_set_source_rgb(canvas, color.red, color.green, color.blue);
    cairo_rectangle(canvas, x, y, layout->side, layout->side);
    cairo_fill(canvas);
    if (!count || layout->side < 12.0)
        return;
    snprintf(text, sizeof text, "%" PRId64, count);
    paint_text(canvas, x + layout->side / 2, y + layout->side / 2,
               fmin(layout->side * 0.34, 13.0), light < 0.55 ? pale : dark,
               ALIGN_CENTER, text);
}

static void paint_lines(const struct confusion_scene *scene, cairo_t *canvas,
                        const struct confusion_layout *layout)
{
    const struct box *cells = &layout->cells;
    cairo_set_source_rgba(canvas, 0.0, 0.0, 0.0, 0.12);
    cairo_set_line_width(canvas, 1.0);
    for (int i = 0; i <= scene->verdicts.classes; i++) {
        double at = floor(i * layout->side) + 0.5;
        cairo_move_to(canvas, cells->x + at, cells->y);
        cairo_rel_line_to(canvas, 0.0, cells->height);
        cairo_move_to(canvas, cells->x, cells->y + at);
        cairo_rel_line_to(canvas, cells->width, 0.0);
    }
    cairo_stroke(canvas);
    if (!scene->has_cursor)
        return;
    cairo_set_source_rgb(canvas, 0.0, 0.0, 0.0);
    cairo_set_line_width(canvas, 2.0);
    cairo_rectangle(canvas, cells->x + scene->given * layout->side,
                    cells->y + scene->expected * layout->side, layout->side,
                    layout->side);
    cairo_stroke(canvas);
}

/* Of each class at its row; at its column the number or, slanting, the name. */
static void paint_names(const struct confusion_scene *scene, cairo_t *canvas,
                        const struct confusion_layout *layout)
{
    const struct gallery *names = scene->gallery;
    bool are_words = names && names->class_names;
    for (int i = 0; i < scene->verdicts.classes && layout->side >= 9.0; i++) {
        char buffer[16];
        const char *name = gallery_class_name(names, i, buffer);
        double middle = (i + 0.5) * layout->side;
        struct text_style above = {.size = 11.0,
                                   .color = dark,
                                   .rotation = are_words ? 30.0 : 0.0,
                                   .horizontal =
                                       are_words ? ALIGN_START : ALIGN_CENTER,
                                   .vertical = ALIGN_END};
        paint_text(canvas, layout->cells.x - 6.0, layout->cells.y + middle,
                   11.0, dark, ALIGN_END, name);
        text_paint(canvas, layout->cells.x + middle - (are_words ? 8.0 : 0.0),
                   layout->cells.y - 4.0, name, &above);
    }
}

static void paint_titles(const struct confusion_scene *scene, cairo_t *canvas,
                         const struct confusion_layout *layout)
{
    struct text_style side = {.size = 12.0,
                              .color = faint,
                              .rotation = 90.0,
                              .horizontal = ALIGN_CENTER,
                              .vertical = ALIGN_CENTER};
    const struct box *cells = &layout->cells;
    struct strbuf sb = STRBUF_INIT;
    strbuf_addf(&sb, _("%" PRId64 " of %" PRId64 " wrong"),
                verdicts_mistakes(&scene->verdicts), scene->verdicts.count);
    paint_text(canvas, 14.0, 16.0, 13.0, dark, ALIGN_START, sb.text);
    strbuf_done(&sb);
    bool are_words = scene->gallery && scene->gallery->class_names;
    paint_text(canvas, cells->x + cells->width / 2,
               are_words ? 14.0 : cells->y - 32.0, 12.0, faint, ALIGN_CENTER,
               _("the model's answer"));
    text_paint(canvas, 12.0, cells->y + cells->height / 2, _("right class"),
               &side);
}

/* -------------------------------------------------------------- the images */

static void paint_image(const struct confusion_scene *scene, cairo_t *canvas,
                        int64_t position, struct box box)
{
    const struct verdict *verdict = &scene->verdicts.rows[position];
    bool is_right = verdict->expected == verdict->given;
    double side = fmin(box.width, box.height - 30.0);
    double x = box.x + box.width / 2;
    char given[16], expected[16], text[96];
    gallery_paint(canvas, scene->gallery, position,
                  (struct box){x - side / 2, box.y, side, side});
    snprintf(text, sizeof text, "%s %.1f%%",
             gallery_class_name(scene->gallery, verdict->given, given),
             100.0 * (double)verdict->confidence);
    paint_text(canvas, x, box.y + side + 8.0, 10.0, is_right ? right : wrong,
               ALIGN_CENTER, text);
    snprintf(text, sizeof text, "[%" PRId64 "] %s", position,
             gallery_class_name(scene->gallery, verdict->expected, expected));
    paint_text(canvas, x, box.y + side + 21.0, 9.0, faint, ALIGN_CENTER, text);
}

static void add_heading(const struct confusion_scene *scene, int64_t last,
                        struct strbuf *sb)
{
    char expected[16], given[16];
    if (!scene->has_cursor)
        strbuf_adds(sb, _("the surest mistakes"));
    else
        strbuf_addf(
            sb, _("%s taken for %s"),
            gallery_class_name(scene->gallery, scene->expected, expected),
            gallery_class_name(scene->gallery, scene->given, given));
    if (scene->list_count > 0)
        strbuf_addf(sb, _(": %" PRId64 " to %" PRId64 " of %" PRId64),
                    scene->first + 1, last, scene->list_count);
    else
        strbuf_adds(sb, _(": none"));
}

static void paint_images(const struct confusion_scene *scene, cairo_t *canvas,
                         struct box box)
{
    struct strbuf heading = STRBUF_INIT;
    int columns, rows;
    if (box.width <= 0.0 || !scene->gallery)
        return;
    confusion_image_box(box, 0, &columns, &rows);
    int64_t last = scene->first + (int64_t)columns * rows;
    last = last < scene->list_count ? last : scene->list_count;
    add_heading(scene, last, &heading);
    paint_text(canvas, box.x, box.y + 10.0, 12.0, dark, ALIGN_START,
               heading.text);
    strbuf_done(&heading);
    for (int64_t i = scene->first; i < last; i++)
        paint_image(
            scene, canvas, scene->list[i],
            confusion_image_box(box, (int)(i - scene->first), &columns, &rows));
}

static void paint_keys(cairo_t *canvas, double width, double height)
{
    struct text_style style = {.size = 11.0};
    const char *text = _("click a cell or use the arrows: its images   "
                         "Page Down: more   m: all mistakes");
    if (text_measure(canvas, text, &style).width > width - 28.0)
        text = _("click: its images   m: all mistakes");
    paint_text(canvas, 14.0, height - 14.0, 11.0, faint, ALIGN_START, text);
}

void confusion_scene_paint(struct scene *base, cairo_t *canvas, double width,
                           double height)
{
    struct confusion_scene *scene = (struct confusion_scene *)base;
    struct confusion_layout layout = confusion_layout_of(scene, width, height);
    int classes = scene->verdicts.classes;
    int64_t most = largest_mistake(scene);
    cairo_set_source_rgb(canvas, 1.0, 1.0, 1.0);
    cairo_paint(canvas);
    for (int i = 0; i < classes * classes; i++)
        paint_cell(scene, canvas, &layout, i / classes, i % classes, most);
    paint_lines(scene, canvas, &layout);
    paint_names(scene, canvas, &layout);
    paint_titles(scene, canvas, &layout);
    paint_images(scene, canvas, layout.images);
    if (scene->gallery)
        paint_keys(canvas, width, height);
}
