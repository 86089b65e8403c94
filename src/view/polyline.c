/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/polyline.h"

#include <math.h>

/* Fewer points are painted as they are. */
enum { MANY = 2000 };

/* Cairo's time to stroke a path grows faster than its length. */
enum { PIECE = 200 };

void polyline_begin(struct polyline *line, const struct painter *painter,
                    size_t count, const struct stroke *stroke)
{
    double spare = 2 * stroke->width * painter->point + 10;
    double pixel = 1, none = 0;
    cairo_device_to_user_distance(painter->canvas, &pixel, &none);
    *line = (struct polyline){
        .canvas = painter->canvas,
        .room = {painter->frame.x - spare, painter->frame.y - spare,
                 painter->frame.width + 2 * spare,
                 painter->frame.height + 2 * spare},
        .column_width = count > MANY ? pixel / 2 : 0,
        .is_dashed = stroke->style != LINE_SOLID,
    };
    cairo_new_path(painter->canvas);
}

/* ---------------------------------------------------------------- cutting */

/* Narrows the part FROM to TO of a line whose coordinate starts at START and
   grows by STEP to what is between LOW and HIGH. */
static void narrow(double start, double step, double low, double high,
                   double *from, double *to)
{
    if (step == 0) {
        if (start < low || start > high)
            *to = -1;
        return;
    }
    double a = (low - start) / step, b = (high - start) / step;
    *from = fmax(*from, fmin(a, b));
    *to = fmin(*to, fmax(a, b));
}

static void stroke_piece(struct polyline *line)
{
    cairo_stroke(line->canvas);
    line->segments = 0;
    line->is_open = false;
}

/* From line->end to POINT, the part within the room. */
static void add_segment(struct polyline *line, struct polyline_point point)
{
    struct polyline_point start = line->end;
    const struct box *room = &line->room;
    double dx = point.x - start.x, dy = point.y - start.y;
    double from = 0, to = 1;
    narrow(start.x, dx, room->x, room->x + room->width, &from, &to);
    narrow(start.y, dy, room->y, room->y + room->height, &from, &to);
    if (!(from <= to)) {
        line->is_open = false;
        return;
    }
    if (!line->is_open || from > 0)
        cairo_move_to(line->canvas, start.x + from * dx, start.y + from * dy);
    if (to < 1)
        cairo_line_to(line->canvas, start.x + to * dx, start.y + to * dy);
    else
        cairo_line_to(line->canvas, point.x, point.y);
    line->is_open = to >= 1;
    if (++line->segments >= PIECE && !line->is_dashed)
        stroke_piece(line);
}

static void emit(struct polyline *line, struct polyline_point point)
{
    if (line->is_started)
        add_segment(line, point);
    line->is_started = true;
    line->end = point;
}

/* ---------------------------------------------------------------- columns */

static bool is_same(struct polyline_point a, struct polyline_point b)
{
    return a.x == b.x && a.y == b.y;
}

/* The points of the column in the order they came. */
static void flush_column(struct polyline *line)
{
    if (!line->has_column)
        return;
    bool rises = line->lowest_index < line->highest_index;
    struct polyline_point early = rises ? line->lowest : line->highest;
    struct polyline_point late = rises ? line->highest : line->lowest;
    emit(line, line->first);
    if (!is_same(early, line->first))
        emit(line, early);
    if (!is_same(late, early))
        emit(line, late);
    if (!is_same(line->last, late))
        emit(line, line->last);
    line->has_column = false;
}

static void start_column(struct polyline *line, struct polyline_point point,
                         double column)
{
    line->has_column = true;
    line->column = column;
    line->first = line->lowest = line->highest = line->last = point;
    line->index = line->lowest_index = line->highest_index = 0;
}

static void continue_column(struct polyline *line, struct polyline_point point)
{
    line->index++;
    line->last = point;
    if (point.y < line->lowest.y) {
        line->lowest = point;
        line->lowest_index = line->index;
    }
    if (point.y > line->highest.y) {
        line->highest = point;
        line->highest_index = line->index;
    }
}

void polyline_add(struct polyline *line, double x, double y)
{
    struct polyline_point point = {x, y};
    if (!isfinite(x) || !isfinite(y)) {
        flush_column(line);
        line->is_started = line->is_open = false;
    } else if (line->column_width == 0) {
        emit(line, point);
    } else {
        double column = floor(x / line->column_width);
        if (line->has_column && column == line->column) {
            continue_column(line, point);
        } else {
            flush_column(line);
            start_column(line, point, column);
        }
    }
}

void polyline_end(struct polyline *line)
{
    flush_column(line);
    cairo_stroke(line->canvas);
}
