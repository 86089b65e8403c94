/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a legend stands. */
#include <math.h>

#include "view/artist_class.h"
#include "view/legend.h"

#define BORDER_GAP 0.5 /* in sizes of the font */
#define FONT_SIZE 10.0

/* More points than this are looked at in steps. */
enum { MOST_POINTS = 10000 };

/* Where the spare room goes, 0 left or above, 1 right or below. */
static const double anchors[][2] = {
    [LEGEND_UPPER_RIGHT] = {1, 0},    [LEGEND_UPPER_LEFT] = {0, 0},
    [LEGEND_LOWER_LEFT] = {0, 1},     [LEGEND_LOWER_RIGHT] = {1, 1},
    [LEGEND_RIGHT] = {1, 0.5},        [LEGEND_CENTER_LEFT] = {0, 0.5},
    [LEGEND_CENTER_RIGHT] = {1, 0.5}, [LEGEND_LOWER_CENTER] = {0.5, 1},
    [LEGEND_UPPER_CENTER] = {0.5, 0}, [LEGEND_CENTER] = {0.5, 0.5},
};

static struct box box_at(const struct painter *painter, enum legend_place place,
                         double width, double height)
{
    const struct box *frame = &painter->frame;
    double gap = BORDER_GAP * FONT_SIZE * painter->point;
    double spare_x = frame->width - 2 * gap - width;
    double spare_y = frame->height - 2 * gap - height;
    return (struct box){frame->x + gap + spare_x * anchors[place][0],
                        frame->y + gap + spare_y * anchors[place][1], width,
                        height};
}

/* ------------------------------------------------------- what it covers */

static bool covers_point(struct box box, double x, double y)
{
    return x > box.x && x < box.x + box.width && y > box.y &&
           y < box.y + box.height;
}

/* Does the straight line between two points meet BOX? */
static bool covers_line(struct box box, double x1, double y1, double x2,
                        double y2)
{
    double from = 0, to = 1;
    double starts[2] = {x1 - box.x, y1 - box.y};
    double steps[2] = {x2 - x1, y2 - y1};
    double sides[2] = {box.width, box.height};
    for (int i = 0; i < 2; i++) {
        if (steps[i] == 0) {
            if (starts[i] < 0 || starts[i] > sides[i])
                return false;
            continue;
        }
        double a = -starts[i] / steps[i], b = (sides[i] - starts[i]) / steps[i];
        from = fmax(from, fmin(a, b));
        to = fmin(to, fmax(a, b));
    }
    return from <= to;
}

/* Points of ARTIST in BOX, and one more when its line crosses BOX. */
static int count_points(const struct artist *artist,
                        const struct painter *painter, struct box box)
{
    size_t count = artist_count(artist), step = count / MOST_POINTS + 1;
    bool is_line = artist->kind == ARTIST_LINE, is_crossed = false;
    double last_x = NAN, last_y = NAN;
    int covered = 0;
    for (size_t i = 0; i < count; i += step) {
        double x = painter_x(painter, artist->x->values[i]);
        double y = painter_y(painter, artist->y->values[i]);
        covered += covers_point(box, x, y);
        if (is_line && !is_crossed && isfinite(x + y + last_x + last_y))
            is_crossed = covers_line(box, last_x, last_y, x, y);
        last_x = x;
        last_y = y;
    }
    return covered + is_crossed;
}

/* Bars that BOX overlaps. */
static int count_bars(const struct artist *artist,
                      const struct painter *painter, struct box box)
{
    int covered = 0;
    for (size_t i = 0; artist->x && i < artist->x->count; i++) {
        double start = artist->x->values[i];
        double base = series_at(artist->bars.bases, i, 0);
        double end = start + series_at(artist->bars.widths, i, 0.8);
        double top = base + series_at(artist->bars.heights, i, 0);
        bool lies = artist->bars.is_horizontal;
        double x1 = painter_x(painter, lies ? base : start);
        double x2 = painter_x(painter, lies ? top : end);
        double y1 = painter_y(painter, lies ? start : base);
        double y2 = painter_y(painter, lies ? end : top);
        covered += fmax(x1, x2) >= box.x && fmin(x1, x2) <= box.x + box.width &&
                   fmax(y1, y2) >= box.y && fmin(y1, y2) <= box.y + box.height;
    }
    return covered;
}

static int count_covered(const struct painter *painter, struct box box)
{
    int covered = 0;
    for (int i = 0; i < painter->axes->artist_count; i++) {
        const struct artist *artist = painter->axes->artists[i];
        if (artist->is_hidden)
            continue;
        if (artist->kind == ARTIST_BARS)
            covered += count_bars(artist, painter, box);
        else if (artist->kind == ARTIST_LINE || artist->kind == ARTIST_POINTS)
            covered += count_points(artist, painter, box);
    }
    return covered;
}

struct box legend_place_box(const struct painter *painter, double width,
                            double height)
{
    enum legend_place place = painter->axes->legend;
    if (place != LEGEND_BEST)
        return box_at(painter, place, width, height);
    struct box best = {0};
    int least = -1;
    for (place = LEGEND_UPPER_RIGHT; place <= LEGEND_CENTER && least; place++) {
        struct box box = box_at(painter, place, width, height);
        int covered = count_covered(painter, box);
        if (least < 0 || covered < least) {
            least = covered;
            best = box;
        }
    }
    return best;
}
