/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What text() and annotate() show. */
#include <math.h>

#include "view/arrow.h"
#include "view/artist_class.h"
#include "view/text.h"

static struct text_style style_of(const struct artist *artist, double point)
{
    return (struct text_style){.size = artist->text.size * point,
                               .is_bold = artist->text.is_bold,
                               .color = artist->stroke.color,
                               .rotation = artist->text.rotation,
                               .horizontal = artist->text.horizontal,
                               .vertical = artist->text.vertical};
}

static struct box grown(struct box box, double by)
{
    return (struct box){box.x - by, box.y - by, box.width + 2 * by,
                        box.height + 2 * by};
}

/* The point of BOX's border that is seen from its middle towards (x, y). */
static void leave_box(struct box box, double *x, double *y)
{
    double middle_x = box.x + box.width / 2, middle_y = box.y + box.height / 2;
    double dx = *x - middle_x, dy = *y - middle_y;
    double part = fmin(dx == 0 ? 1 : box.width / 2 / fabs(dx),
                       dy == 0 ? 1 : box.height / 2 / fabs(dy));
    *x = middle_x + fmin(part, 1) * dx;
    *y = middle_y + fmin(part, 1) * dy;
}

/* From the text's box to the tip, a little short of both. */
static void paint_arrow(const struct artist *artist,
                        const struct painter *painter, struct box box)
{
    enum { GAP = 2, USUAL_HEAD = 4, WEDGE_HEAD = 12 };
    bool is_wedge = artist->text.arrow == ARROW_WEDGE;
    const struct color black = {0, 0, 0, 1};
    struct arrow arrow = {
        artist->text.arrow,
        {is_wedge ? black : artist->face, artist->stroke.width, LINE_SOLID},
        artist->face,
        is_wedge ? WEDGE_HEAD : USUAL_HEAD};
    double tip_x =
        painter_clamp(painter, painter_x(painter, artist->text.tip_x));
    double tip_y =
        painter_clamp(painter, painter_y(painter, artist->text.tip_y));
    double x = tip_x, y = tip_y;
    leave_box(grown(box, (GAP + 2) * painter->point), &x, &y);
    double distance = hypot(tip_x - x, tip_y - y);
    double short_by =
        is_wedge ? artist->text.shrink * distance : GAP * painter->point;
    if (!(distance > short_by))
        return;
    double dx = (tip_x - x) * short_by / distance;
    double dy = (tip_y - y) * short_by / distance;
    double start = is_wedge ? 1 : 0;
    arrow_paint(painter, &arrow, x + start * dx, y + start * dy, tip_x - dx,
                tip_y - dy);
}

static void paint_box(const struct artist *artist,
                      const struct painter *painter, struct box box)
{
    double pad = 0.4 * artist->text.size * painter->point;
    struct box around = grown(box, pad);
    cairo_t *canvas = painter->canvas;
    struct stroke edge = {{0, 0, 0, artist->text.box.alpha}, 1, LINE_SOLID};
    cairo_rectangle(canvas, around.x, around.y, around.width, around.height);
    canvas_color(canvas, artist->text.box);
    cairo_fill_preserve(canvas);
    if (canvas_stroke_style(canvas, &edge, painter->point))
        cairo_stroke(canvas);
    cairo_new_path(canvas);
}

/* Where the text is aligned to. */
static void find_place(const struct artist *artist,
                       const struct painter *painter, double *x, double *y)
{
    const struct box *frame = &painter->frame;
    double right = artist->text.x, up = artist->text.y;
    if (artist->text.in_axes) {
        *x = frame->x + right * frame->width;
        *y = frame->y + (1 - up) * frame->height;
    } else if (artist->text.from_tip) {
        *x = painter_x(painter, artist->text.tip_x) + right * painter->point;
        *y = painter_y(painter, artist->text.tip_y) - up * painter->point;
    } else {
        *x = painter_x(painter, right);
        *y = painter_y(painter, up);
    }
}

void text_artist_paint(const struct artist *artist,
                       const struct painter *painter)
{
    double x, y;
    find_place(artist, painter, &x, &y);
    if (!artist->text.text || !isfinite(x) || !isfinite(y))
        return;
    x = painter_clamp(painter, x);
    y = painter_clamp(painter, y);
    struct text_style style = style_of(artist, painter->point);
    double bounds[4];
    text_bounds(painter->canvas, x, y, artist->text.text, &style, bounds);
    struct box box = {bounds[0], bounds[1], bounds[2], bounds[3]};
    if (artist->text.has_arrow)
        paint_arrow(artist, painter, box);
    if (artist->text.has_box)
        paint_box(artist, painter, box);
    text_paint(painter->canvas, x, y, artist->text.text, &style);
}
