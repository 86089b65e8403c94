/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/pad_paint.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "view/text.h"

static const struct color black = {0.0, 0.0, 0.0, 1.0};
static const struct color frame_color = {0.0, 0.0, 0.0, 0.8};
static const struct color grid_color = {0.5, 0.5, 0.5, 0.25};
static const struct color box_color = {0.84, 0.15, 0.16, 0.6};
static const struct color faint = {0.45, 0.45, 0.45, 1.0};
static const struct color bar_color = {0.68, 0.78, 0.91, 1.0};
static const struct color best_color = {0.12, 0.47, 0.71, 1.0}; /* C0 */

/* Where things are, in the pad's units. */
enum {
    TITLE_LINE = PAD_TOP - 12,
    IMAGE_LEFT = PAD_LEFT + DRAWING_SIDE + 28,
    IMAGE_CELL = 6,
    IMAGE_SIDE = IMAGE_CELL * DIGIT_SIDE,
    BARS_LEFT = IMAGE_LEFT + IMAGE_SIDE + 32,
    BARS_RIGHT = PAD_WIDTH - 24,
    SHARE_WIDTH = 52, /* "100.0 %" */
    KEYS_LINE = PAD_TOP + DRAWING_SIDE + 32
};

static void set_color(cairo_t *canvas, struct color color)
{
    cairo_set_source_rgba(canvas, color.red, color.green, color.blue,
                          color.alpha);
}

static void write_text(cairo_t *canvas, double x, double y, const char *text,
                       struct text_style style)
{
    if (style.size == 0.0)
        style.size = 12.0;
    text_paint(canvas, x, y, text, &style);
}

static void write_title(cairo_t *canvas, double x, const char *text)
{
    write_text(canvas, x, TITLE_LINE, text,
               (struct text_style){.size = 13.0,
                                   .is_bold = true,
                                   .color = black,
                                   .vertical = ALIGN_BASELINE});
}

static void stroke_frame(cairo_t *canvas, double x, double y, double side)
{
    cairo_set_line_width(canvas, 1.0);
    cairo_rectangle(canvas, x - 0.5, y - 0.5, side + 1.0, side + 1.0);
    set_color(canvas, frame_color);
    cairo_stroke(canvas);
}

/* ------------------------------------------------------------------- paper */

static void paint_paper(cairo_t *canvas, const struct pad_picture *picture)
{
    struct text_style style = {.size = 14.0,
                               .color = faint,
                               .horizontal = ALIGN_CENTER,
                               .vertical = ALIGN_CENTER};
    write_title(canvas, PAD_LEFT, _("your drawing"));
    cairo_save(canvas);
    cairo_translate(canvas, PAD_LEFT, PAD_TOP);
    cairo_rectangle(canvas, 0.0, 0.0, DRAWING_SIDE, DRAWING_SIDE);
    cairo_clip(canvas);
    set_color(canvas, black);
    drawing_paint(picture->drawing, canvas);
    if (!picture->has_ink)
        write_text(canvas, DRAWING_SIDE / 2.0, DRAWING_SIDE / 2.0,
                   _("draw here with the mouse"), style);
    cairo_restore(canvas);
    stroke_frame(canvas, PAD_LEFT, PAD_TOP, DRAWING_SIDE);
}

/* ------------------------------------------------------------------- image */

static void paint_pixels(cairo_t *canvas, const uint8_t *image)
{
    cairo_antialias_t before = cairo_get_antialias(canvas);
    cairo_set_antialias(canvas, CAIRO_ANTIALIAS_NONE);
    for (int i = 0; i < DIGIT_PIXELS; i++) {
        if (!image[i])
            continue;
        cairo_set_source_rgba(canvas, 0.0, 0.0, 0.0, image[i] / 255.0);
        cairo_rectangle(canvas, i % DIGIT_SIDE * IMAGE_CELL,
                        (double)(i / DIGIT_SIDE) * IMAGE_CELL, IMAGE_CELL,
                        IMAGE_CELL);
        cairo_fill(canvas);
    }
    cairo_set_antialias(canvas, before);
}

static void paint_grid(cairo_t *canvas)
{
    cairo_set_line_width(canvas, 0.5);
    set_color(canvas, grid_color);
    for (int i = 1; i < DIGIT_SIDE; i++) {
        double at = (double)i * IMAGE_CELL;
        cairo_move_to(canvas, at, 0.0);
        cairo_line_to(canvas, at, IMAGE_SIDE);
        cairo_move_to(canvas, 0.0, at);
        cairo_line_to(canvas, IMAGE_SIDE, at);
    }
    cairo_stroke(canvas);
}

/* The centre, where the mass is brought to. */
static void paint_center(cairo_t *canvas)
{
    double center = (DIGIT_SIDE / 2 + 0.5) * IMAGE_CELL, arm = 2.0 * IMAGE_CELL;
    cairo_set_line_width(canvas, 1.0);
    set_color(canvas, box_color);
    cairo_move_to(canvas, center - arm, center);
    cairo_line_to(canvas, center + arm, center);
    cairo_move_to(canvas, center, center - arm);
    cairo_line_to(canvas, center, center + arm);
    cairo_stroke(canvas);
}

static void paint_image(cairo_t *canvas, const struct pad_picture *picture)
{
    bool centered = drawing_is_centered(picture->drawing);
    struct text_style style = {.size = 11.0, .color = faint};
    write_title(canvas, IMAGE_LEFT, _("what the network gets"));
    cairo_save(canvas);
    cairo_translate(canvas, IMAGE_LEFT, PAD_TOP);
    paint_pixels(canvas, picture->image);
    paint_grid(canvas);
    if (centered)
        paint_center(canvas);
    cairo_restore(canvas);
    stroke_frame(canvas, IMAGE_LEFT, PAD_TOP, IMAGE_SIDE);
    write_text(canvas, IMAGE_LEFT, PAD_TOP + IMAGE_SIDE + 8,
               centered
                   ? _("28 × 28, as MNIST was made:\nin a box of 20 × 20,\n"
                       "its centre of mass\nin the middle (+)")
                   : _("28 × 28, the paper as it is:\nneither centred nor\n"
                       "brought to size"),
               style);
}

/* -------------------------------------------------------------------- bars */

int pad_bars(const struct pad_network *network, int64_t ret[PAD_BARS])
{
    if (network->classes <= PAD_BARS) {
        for (int i = 0; i < network->classes; i++)
            ret[i] = i;
        return (int)network->classes;
    }
    /* Those before keep their places, largest first. */
    int count = 0;
    for (int64_t i = 0; i < network->classes; i++) {
        int at = count;
        while (at > 0 && network->shares[i] > network->shares[ret[at - 1]])
            at--;
        if (at == PAD_BARS)
            continue;
        count += count < PAD_BARS;
        memmove(ret + at + 1, ret + at, (size_t)(count - 1 - at) * sizeof *ret);
        ret[at] = i;
    }
    return count;
}

/* The width that the names of the bars need. */
static double names_width(cairo_t *canvas, const struct pad_network *network,
                          const int64_t *bars, int count)
{
    struct text_style style = {.size = 12.0, .color = black};
    double width = 0.0;
    char room[PAD_CLASS_ROOM];
    for (int i = 0; i < count; i++) {
        double wide =
            text_measure(canvas, pad_network_class(network, bars[i], room),
                         &style)
                .width;
        width = wide > width ? wide : width;
    }
    return width;
}

struct bar {
    double left, middle, length, thickness;
    const char *name;
    float share;
    bool is_known, is_best;
};

static void paint_bar(cairo_t *canvas, const struct bar *bar)
{
    struct text_style style = {.size = 12.0,
                               .is_bold = bar->is_best,
                               .color = black,
                               .horizontal = ALIGN_END,
                               .vertical = ALIGN_CENTER};
    char share[32];
    write_text(canvas, bar->left - 6.0, bar->middle, bar->name, style);
    set_color(canvas, bar->is_best ? best_color : bar_color);
    if (bar->share > 0.0f) /* not when it is nan */
        cairo_rectangle(canvas, bar->left, bar->middle - bar->thickness / 2.0,
                        bar->length * fmin((double)bar->share, 1.0),
                        bar->thickness);
    cairo_fill(canvas);
    snprintf(share, sizeof share, "%.1f %%", 100.0 * (double)bar->share);
    if (!bar->is_known)
        return;
    style.size = 11.0;
    style.color = bar->is_best ? black : faint;
    write_text(canvas, BARS_RIGHT, bar->middle, share, style);
}

static void paint_bars(cairo_t *canvas, const struct pad_picture *picture)
{
    const struct pad_network *network = picture->network;
    int64_t bars[PAD_BARS];
    char room[PAD_CLASS_ROOM];
    int count = pad_bars(network, bars);
    double left = BARS_LEFT + names_width(canvas, network, bars, count) + 6.0;
    double step = (double)DRAWING_SIDE / PAD_BARS;
    for (int i = 0; i < count; i++) {
        struct bar bar = {.left = left,
                          .middle = PAD_TOP + (i + 0.5) * step,
                          .length = BARS_RIGHT - SHARE_WIDTH - left,
                          .thickness = 0.7 * step,
                          .name = pad_network_class(network, bars[i], room)};
        if (picture->has_ink) {
            bar.is_known = true;
            bar.share = network->shares[bars[i]];
            bar.is_best = bars[i] == picture->best;
        }
        paint_bar(canvas, &bar);
    }
    set_color(canvas, frame_color);
    cairo_set_line_width(canvas, 1.0);
    cairo_move_to(canvas, left - 0.5, PAD_TOP);
    cairo_line_to(canvas, left - 0.5, PAD_TOP + count * step);
    cairo_stroke(canvas);
}

static void paint_answer(cairo_t *canvas, const struct pad_picture *picture)
{
    char title[128], room[PAD_CLASS_ROOM];
    if (!picture->network) {
        write_title(canvas, BARS_LEFT, _("no network yet"));
        write_text(canvas, BARS_LEFT, PAD_TOP,
                   _("Type at the prompt:\n\n    train mnist\n\nand it answers "
                     "here."),
                   (struct text_style){.color = black});
        return;
    }
    if (picture->has_ink)
        snprintf(title, sizeof title, _("%s says: %s"), picture->network->name,
                 pad_network_class(picture->network, picture->best, room));
    else
        snprintf(title, sizeof title, _("%s waits"), picture->network->name);
    write_title(canvas, BARS_LEFT, title);
    paint_bars(canvas, picture);
}

/* --------------------------------------------------------------------- all */

struct pad_place pad_place(double width, double height)
{
    double x = width / PAD_WIDTH, y = height / PAD_HEIGHT;
    double scale = x < y ? x : y;
    if (scale < 0.01)
        scale = 0.01;
    return (struct pad_place){(width - PAD_WIDTH * scale) / 2.0,
                              (height - PAD_HEIGHT * scale) / 2.0, scale};
}

void pad_paint(cairo_t *canvas, const struct pad_picture *picture, double width,
               double height)
{
    struct pad_place place = pad_place(width, height);
    cairo_save(canvas);
    cairo_set_source_rgb(canvas, 1.0, 1.0, 1.0);
    cairo_paint(canvas);
    cairo_translate(canvas, place.x, place.y);
    cairo_scale(canvas, place.scale, place.scale);
    paint_paper(canvas, picture);
    paint_image(canvas, picture);
    paint_answer(canvas, picture);
    write_text(canvas, PAD_LEFT, KEYS_LINE,
               _("mouse: draw   right button: rub out   Backspace: clear   n: "
                 "centre or not   Esc: close"),
               (struct text_style){
                   .size = 11.0, .color = faint, .vertical = ALIGN_BASELINE});
    cairo_restore(canvas);
}
