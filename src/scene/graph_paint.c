/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/graph_paint.h"

#include <math.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "view/text.h"

static const struct color title_color = {0.0, 0.0, 0.0, 1.0};
static const struct color value_color = {0.12, 0.35, 0.65, 1.0};
static const struct color gradient_color = {0.80, 0.12, 0.15, 1.0};
static const struct color local_color = {0.72, 0.38, 0.0, 1.0};
static const struct color edge_color = {0.45, 0.45, 0.45, 1.0};
static const struct color plain_color = {0.75, 0.75, 0.75, 1.0};
static const struct color variable_face = {0.90, 0.95, 0.88, 1.0};
static const struct color step_face = {0.95, 0.95, 0.97, 1.0};
static const struct color result_face = {0.99, 0.94, 0.84, 1.0};

enum { TEXT_SIZE = 13, LINE = 19, PADDING = 9, LEAST_WIDTH = 64, CORNER = 6 };
enum { GAP_X = 40, GAP_Y = 26, ARROW = 8, LABEL_ROOM = 30 };

static const struct text_style plain_style = {
    .size = TEXT_SIZE, .horizontal = ALIGN_CENTER, .vertical = ALIGN_CENTER};

static void set_color(cairo_t *canvas, struct color color)
{
    cairo_set_source_rgba(canvas, color.red, color.green, color.blue,
                          color.alpha);
}

static struct text_style style_of(struct color color)
{
    struct text_style style = plain_style;
    style.color = color;
    return style;
}

/* ------------------------------------------------------------------- sizes */

static double wider(cairo_t *canvas, double width, const char *text, bool bold)
{
    struct text_style style = plain_style;
    style.is_bold = bold;
    double needed = text ? text_measure(canvas, text, &style).width : 0.0;
    return needed > width ? needed : width;
}

static int lines_of(const struct graph_box *box)
{
    return 2 + (box->gradient != NULL);
}

static void set_size(cairo_t *canvas, const struct graph_box *box,
                     struct layout_node *node)
{
    double width = wider(canvas, LEAST_WIDTH, box->title, true);
    width = wider(canvas, width, box->value, false);
    width = wider(canvas, width, box->gradient, false);
    node->width = ceil(width) + 2.0 * PADDING;
    node->height = lines_of(box) * LINE + PADDING;
}

void graph_paint_layout(cairo_t *canvas, const struct graph_drawing *drawing,
                        struct graph_layout *ret)
{
    *ret = (struct graph_layout){
        .node_count = drawing->box_count,
        .edge_count = drawing->link_count,
        .nodes = xcalloc((size_t)drawing->box_count + 1, sizeof *ret->nodes),
        .edges = xcalloc((size_t)drawing->link_count + 1, sizeof *ret->edges),
        .gap_x = GAP_X,
        .gap_y = GAP_Y};
    for (int i = 0; i < drawing->box_count; i++)
        set_size(canvas, &drawing->boxes[i], &ret->nodes[i]);
    for (int i = 0; i < drawing->link_count; i++) {
        const struct graph_link *link = &drawing->links[i];
        ret->edges[i] = (struct layout_edge){
            .from = link->from,
            .to = link->to,
            .room = wider(canvas, 0.0, link->local, false) + LABEL_ROOM};
    }
    graph_layout_place(ret);
}

/* ------------------------------------------------------------------- boxes */

static void trace_box(cairo_t *canvas, const struct layout_node *node)
{
    double left = node->x - node->width / 2.0,
           top = node->y - node->height / 2.0;
    double right = left + node->width, bottom = top + node->height;
    cairo_new_sub_path(canvas);
    cairo_arc(canvas, right - CORNER, top + CORNER, CORNER, -M_PI_2, 0.0);
    cairo_arc(canvas, right - CORNER, bottom - CORNER, CORNER, 0.0, M_PI_2);
    cairo_arc(canvas, left + CORNER, bottom - CORNER, CORNER, M_PI_2, M_PI);
    cairo_arc(canvas, left + CORNER, top + CORNER, CORNER, M_PI, 1.5 * M_PI);
    cairo_close_path(canvas);
}

static void paint_box(cairo_t *canvas, const struct graph_box *box,
                      const struct layout_node *node, struct color face)
{
    struct text_style title = style_of(title_color);
    struct text_style value = style_of(value_color);
    struct text_style gradient = style_of(gradient_color);
    double y = node->y - (lines_of(box) - 1) * LINE / 2.0;
    trace_box(canvas, node);
    set_color(canvas, face);
    cairo_fill_preserve(canvas);
    set_color(canvas, edge_color);
    cairo_set_line_width(canvas, 1.0);
    cairo_stroke(canvas);
    title.is_bold = true;
    text_paint(canvas, node->x, y, box->title, &title);
    text_paint(canvas, node->x, y + LINE, box->value, &value);
    if (box->gradient)
        text_paint(canvas, node->x, y + 2.0 * LINE, box->gradient, &gradient);
}

/* ------------------------------------------------------------------- edges */

static void trace_edge(cairo_t *canvas, const struct layout_edge *edge)
{
    const struct layout_point *points = edge->points;
    cairo_move_to(canvas, points[0].x, points[0].y);
    for (int i = 1; i < edge->point_count; i++) {
        double middle = (points[i - 1].x + points[i].x) / 2.0;
        double end = points[i].x - (i + 1 == edge->point_count ? ARROW : 0.0);
        cairo_curve_to(canvas, middle, points[i - 1].y, middle, points[i].y,
                       end, points[i].y);
    }
}

static void paint_arrow(cairo_t *canvas, const struct layout_edge *edge)
{
    struct layout_point tip = edge->points[edge->point_count - 1];
    cairo_move_to(canvas, tip.x, tip.y);
    cairo_line_to(canvas, tip.x - ARROW, tip.y - 0.45 * ARROW);
    cairo_line_to(canvas, tip.x - ARROW, tip.y + 0.45 * ARROW);
    cairo_close_path(canvas);
    cairo_fill(canvas);
}

static void paint_edge(cairo_t *canvas, const struct graph_link *link,
                       const struct layout_edge *edge)
{
    cairo_set_line_width(canvas, 1.4);
    set_color(canvas, link->is_plain ? plain_color : edge_color);
    trace_edge(canvas, edge);
    cairo_stroke(canvas);
    paint_arrow(canvas, edge);
}

/* In the middle of the edge's first part, where those of other operands are at
   other heights; on white, so that lines do not run through it. */
static void paint_local(cairo_t *canvas, const struct graph_link *link,
                        const struct layout_edge *edge)
{
    struct text_style style = style_of(local_color);
    if (!link->local)
        return;
    style.size = TEXT_SIZE - 1;
    struct text_extent extent = text_measure(canvas, link->local, &style);
    double x = (edge->points[0].x + edge->points[1].x) / 2.0;
    double y = (edge->points[0].y + edge->points[1].y) / 2.0;
    cairo_set_source_rgba(canvas, 1.0, 1.0, 1.0, 0.85);
    cairo_rectangle(canvas, x - extent.width / 2.0 - 2.0,
                    y - extent.height / 2.0, extent.width + 4.0, extent.height);
    cairo_fill(canvas);
    text_paint(canvas, x, y, link->local, &style);
}

void graph_paint(cairo_t *canvas, const struct graph_drawing *drawing,
                 const struct graph_layout *layout)
{
    for (int i = 0; i < drawing->link_count; i++)
        paint_edge(canvas, &drawing->links[i], &layout->edges[i]);
    for (int i = 0; i < drawing->link_count; i++)
        paint_local(canvas, &drawing->links[i], &layout->edges[i]);
    for (int i = 0; i < drawing->box_count; i++) {
        const struct graph_box *box = &drawing->boxes[i];
        struct color face = i + 1 == drawing->box_count ? result_face
                            : box->is_variable          ? variable_face
                                                        : step_face;
        paint_box(canvas, box, &layout->nodes[i], face);
    }
}

void graph_paint_legend(cairo_t *canvas)
{
    const struct {
        const char *text;
        struct color color;
    } entries[] = {{_("value"), value_color},
                   {_("gradient"), gradient_color},
                   {_("derivative of the step"), local_color}};
    double x = 12.0;
    for (int i = 0; i < 3; i++) {
        struct text_style style = style_of(entries[i].color);
        style.horizontal = ALIGN_START;
        style.vertical = ALIGN_START;
        text_paint(canvas, x, 8.0, entries[i].text, &style);
        x += text_measure(canvas, entries[i].text, &style).width + 18.0;
    }
}
