/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/legend.h"

#include <math.h>

#include "view/artist_class.h"
#include "view/looks.h"
#include "view/text.h"

/* Matplotlib's measures, in sizes of the font. */
#define FONT_SIZE 10.0
#define PAD 0.4
#define ROW_GAP 0.5
#define HANDLE_LENGTH 2.0
#define HANDLE_HEIGHT 0.7
#define TEXT_GAP 0.8
#define CORNER 0.2
#define OPACITY 0.8
#define EDGE_GREY 0.8

/* Whose label makes an entry. */
static bool has_entry(const struct artist *artist)
{
    return artist->label && artist->label[0] && artist->label[0] != '_' &&
           artist_classes[artist->kind].paint_handle;
}

static struct text_style style_of(const struct painter *painter)
{
    return (struct text_style){.size = FONT_SIZE * painter->point,
                               .color = {0, 0, 0, 1},
                               .vertical = ALIGN_BASELINE};
}

struct contents {
    double width, height; /* with the pads */
    int entries;
};

static struct contents measure(const struct painter *painter)
{
    const struct axes *axes = painter->axes;
    struct text_style style = style_of(painter);
    double em = style.size, widest = 0;
    struct contents ret = {.entries = 0};
    for (int i = 0; i < axes->artist_count; i++) {
        if (!has_entry(axes->artists[i]))
            continue;
        struct text_extent extent =
            text_measure(painter->canvas, axes->artists[i]->label, &style);
        widest = fmax(widest, extent.width);
        ret.height += extent.height + (ret.entries ? ROW_GAP * em : 0);
        ret.entries++;
    }
    ret.width = (HANDLE_LENGTH + TEXT_GAP) * em + widest;
    if (axes->legend_title) {
        struct text_extent extent =
            text_measure(painter->canvas, axes->legend_title, &style);
        ret.width = fmax(ret.width, extent.width);
        ret.height += extent.height + ROW_GAP * em;
    }
    ret.width += 2 * PAD * em;
    ret.height += 2 * PAD * em;
    return ret;
}

static void paint_box(const struct painter *painter, struct box box)
{
    cairo_t *canvas = painter->canvas;
    double r = CORNER * FONT_SIZE * painter->point;
    double right = box.x + box.width, bottom = box.y + box.height;
    cairo_new_path(canvas);
    cairo_arc(canvas, box.x + r, box.y + r, r, M_PI, 1.5 * M_PI);
    cairo_arc(canvas, right - r, box.y + r, r, 1.5 * M_PI, 2 * M_PI);
    cairo_arc(canvas, right - r, bottom - r, r, 0, 0.5 * M_PI);
    cairo_arc(canvas, box.x + r, bottom - r, r, 0.5 * M_PI, M_PI);
    cairo_close_path(canvas);
    cairo_set_dash(canvas, NULL, 0, 0);
    canvas_color(canvas, (struct color){1, 1, 1, OPACITY});
    cairo_fill_preserve(canvas);
    cairo_set_line_width(canvas, painter->point);
    canvas_color(canvas,
                 (struct color){EDGE_GREY, EDGE_GREY, EDGE_GREY, OPACITY});
    cairo_stroke(canvas);
}

void legend_paint(const struct painter *painter)
{
    const struct axes *axes = painter->axes;
    struct text_style style = style_of(painter);
    struct contents contents = measure(painter);
    if (!contents.entries)
        return;
    struct box box = legend_place_box(painter, contents.width, contents.height);
    double em = style.size, x = box.x + PAD * em, y = box.y + PAD * em;
    paint_box(painter, box);
    if (axes->legend_title) {
        struct text_style title = style;
        title.horizontal = ALIGN_CENTER;
        title.vertical = ALIGN_START;
        text_paint(painter->canvas, box.x + box.width / 2, y,
                   axes->legend_title, &title);
        y += text_measure(painter->canvas, axes->legend_title, &title).height +
             ROW_GAP * em;
    }
    for (int i = 0; i < axes->artist_count; i++) {
        const struct artist *artist = axes->artists[i];
        if (!has_entry(artist))
            continue;
        struct text_extent extent =
            text_measure(painter->canvas, artist->label, &style);
        double baseline = y + extent.baseline;
        struct box handle = {x, baseline - HANDLE_HEIGHT * em,
                             HANDLE_LENGTH * em, HANDLE_HEIGHT * em};
        cairo_save(painter->canvas);
        artist_classes[artist->kind].paint_handle(artist, painter, handle);
        cairo_restore(painter->canvas);
        text_paint(painter->canvas, x + (HANDLE_LENGTH + TEXT_GAP) * em,
                   baseline, artist->label, &style);
        y += extent.height + ROW_GAP * em;
    }
}
