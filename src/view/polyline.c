/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/polyline.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "view/raster.h"

/* Fewer points are painted as they are. */
enum { MANY = 2000 };

/* Cairo's time to stroke a path grows faster than its length. */
enum { STROKED_AT_ONCE = 100 };

void polyline_begin(struct polyline *line, const struct painter *painter,
                    size_t count, const struct stroke *stroke)
{
    double spare = 2 * stroke->width * painter->point + 10;
    double pixel = 1, none = 0;
    cairo_device_to_user_distance(painter->canvas, &pixel, &none);
    *line = (struct polyline){
        .painter = painter,
        .stroke = stroke,
        .room = {painter->frame.x - spare, painter->frame.y - spare,
                 painter->frame.width + 2 * spare,
                 painter->frame.height + 2 * spare},
        .column_width = count > MANY ? pixel / 2 : 0,
    };
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

/* From line->end to POINT, the part within the room. */
static void add_piece(struct polyline *line, struct polyline_point point)
{
    struct polyline_point start = line->end;
    const struct box *room = &line->room;
    double dx = point.x - start.x, dy = point.y - start.y;
    double from = 0, to = 1;
    narrow(start.x, dx, room->x, room->x + room->width, &from, &to);
    narrow(start.y, dy, room->y, room->y + room->height, &from, &to);
    if (!(from <= to))
        return;
    struct polyline_piece piece = {start, point, false};
    if (from > 0)
        piece.from =
            (struct polyline_point){start.x + from * dx, start.y + from * dy};
    if (to < 1)
        piece.to =
            (struct polyline_point){start.x + to * dx, start.y + to * dy};
    const struct polyline_piece *before =
        line->count ? &line->pieces[line->count - 1] : NULL;
    piece.goes_on =
        before && before->to.x == piece.from.x && before->to.y == piece.from.y;
    line->length += hypot(piece.to.x - piece.from.x, piece.to.y - piece.from.y);
    VEC_PUSH(line->pieces, line->count, line->capacity) = piece;
}

static void emit(struct polyline *line, struct polyline_point point)
{
    if (line->is_started)
        add_piece(line, point);
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
        line->is_started = false;
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

/* --------------------------------------------------------------- painting */

static void stroke_pieces(const struct polyline *line)
{
    cairo_t *canvas = line->painter->canvas;
    bool is_solid = line->stroke->style == LINE_SOLID;
    cairo_new_path(canvas);
    for (size_t i = 0; i < line->count; i++) {
        const struct polyline_piece *piece = &line->pieces[i];
        bool is_first = is_solid && i % STROKED_AT_ONCE == 0;
        if (is_first)
            cairo_stroke(canvas);
        if (!piece->goes_on || is_first)
            cairo_move_to(canvas, piece->from.x, piece->from.y);
        cairo_line_to(canvas, piece->to.x, piece->to.y);
    }
    cairo_stroke(canvas);
}

/* Would the line fill the frame more than once? */
static bool is_dense(const struct polyline *line)
{
    const struct box *frame = &line->painter->frame;
    double width = line->stroke->width * line->painter->point;
    return line->count > MANY / 2 &&
           line->length * width > frame->width * frame->height;
}

void polyline_end(struct polyline *line)
{
    struct raster raster;
    flush_column(line);
    if (!canvas_stroke_style(line->painter->canvas, line->stroke,
                             line->painter->point)) {
        /* Nothing is to be seen. */
    } else if (is_dense(line) && raster_begin(&raster, line->painter)) {
        for (size_t i = 0; i < line->count; i++) {
            const struct polyline_piece *piece = &line->pieces[i];
            raster_line(&raster, piece->from.x, piece->from.y, piece->to.x,
                        piece->to.y, line->stroke->width * line->painter->point,
                        line->stroke->color);
        }
        raster_end(&raster);
    } else {
        stroke_pieces(line);
    }
    free(line->pieces);
}
