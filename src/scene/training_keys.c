/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of a training's window: what they do, and how its foot says so. */
#include <math.h>

#include "base/i18n.h"
#include "scene/training_scene.h"
#include "view/text.h"

/* ------------------------------------------------------------ what they do */

double training_rate_beside(double rate, int direction)
{
    static const double steps[] = {1.0, 2.0, 5.0};
    int power = (int)floor(log10(rate)) - 1;
    double best = rate;
    for (int i = 0; i < 9; i++, power += i % 3 == 0) {
        double next = steps[i % 3] * pow(10.0, power);
        bool is_beyond = (next - rate) * direction > 1e-6 * rate;
        if (is_beyond && (best == rate || direction < 0))
            best = next;
    }
    return best;
}

static bool change_rate(struct training_scene *scene, int direction)
{
    double rate =
        scene->wanted_rate > 0.0 ? scene->wanted_rate : scene->shown->rate;
    double next = rate > 0.0 ? training_rate_beside(rate, direction) : 0.001;
    if (training_feed_wish(scene->feed, FEED_RATE, next))
        scene->wanted_rate = next;
    return true;
}

/* The tiles that are seen, or the one that is. */
static bool turn(struct training_scene *scene, int by, bool is_page,
                 double width, double height)
{
    struct training_layout layout = training_scene_layout(scene, width, height);
    struct weight_tiles tiles = training_scene_tiles(scene);
    struct tile_grid grid = training_scene_grid(&layout, &tiles);
    int seen = grid.rows * grid.columns;
    if (scene->zoom.tile >= 0) {
        int tile = scene->zoom.tile + by;
        if (tile < 0 || tile >= tiles.count)
            return false;
        training_scene_zoom(scene, tile, layout.weights);
        return true;
    }
    int first = scene->first_tile + by * (is_page ? seen : grid.columns);
    if (seen == 0 || first >= tiles.count || scene->first_tile + by < 0)
        return false;
    scene->first_tile = first < 0 ? 0 : first;
    return true;
}

static bool wish(struct training_scene *scene, enum feed_wish wish)
{
    training_feed_wish(scene->feed, wish, 0.0);
    return false; /* it will tell when it has come true */
}

static bool pause_or_go_on(struct training_scene *scene)
{
    return wish(scene,
                scene->shown->state == FEED_PAUSED ? FEED_GO_ON : FEED_PAUSE);
}

static bool toggle(bool *what)
{
    *what = !*what;
    return true;
}

static bool leave_zoom(struct training_scene *scene)
{
    bool was = scene->zoom.tile >= 0;
    scene->zoom = (struct zoom){.tile = -1};
    return was;
}

bool training_scene_key(struct training_scene *scene, uint32_t key,
                        double width, double height)
{
    if (!scene->shown)
        return false;
    switch (key) {
    case ' ':
        return pause_or_go_on(scene);
    case 's':
        return wish(scene, FEED_STEP);
    case '+':
    case '=': /* the same key on most keyboards */
        return change_rate(scene, 1);
    case '-':
        return change_rate(scene, -1);
    case 'g':
        return toggle(&scene->shows_gradient);
    case 'l':
        return toggle(&scene->is_log);
    case 'q':
        return wish(scene, FEED_STOP);
    case '\r':
    case '\b':
        return leave_zoom(scene);
    case SCENE_KEY_LEFT:
    case SCENE_KEY_UP:
        return turn(scene, -1, false, width, height);
    case SCENE_KEY_RIGHT:
    case SCENE_KEY_DOWN:
        return turn(scene, 1, false, width, height);
    case SCENE_KEY_PAGE_UP:
        return turn(scene, -1, true, width, height);
    case SCENE_KEY_PAGE_DOWN:
        return turn(scene, 1, true, width, height);
    default:
        return false;
    }
}

/* ---------------------------------------------------------------- the foot */

static const struct hint {
    const char *key, *text;
    const char *other; /* the text while it is paused, or of the other state */
} hints[] = {
    {N_("Space"), N_("pause"), N_("go on")},
    {"s", N_("one batch"), NULL},
    {"+ −", N_("learning rate"), NULL},
    {"g", N_("gradients"), N_("weights")},
    {"l", N_("log axis"), N_("linear axis")},
    {"q", N_("stop, keep the weights"), NULL},
    {N_("click"), N_("a tile: what excites it"), N_("back to all tiles")},
};

enum { HINTS = sizeof hints / sizeof *hints };

static const double line_height = 20.0, wide = 760.0;

int training_scene_key_lines(double width)
{
    return width >= wide ? 1 : 2;
}

static bool is_other(const struct training_scene *scene, int hint)
{
    bool is_paused = scene->shown && scene->shown->state == FEED_PAUSED;
    return (hint == 0 && is_paused) || (hint == 3 && scene->shows_gradient) ||
           (hint == 4 && scene->is_log) ||
           (hint == HINTS - 1 && scene->zoom.tile >= 0);
}

static void paint_cap(cairo_t *canvas, struct box box)
{
    cairo_rectangle(canvas, box.x + 0.5, box.y + 0.5, box.width, box.height);
    cairo_set_source_rgb(canvas, 0.95, 0.95, 0.95);
    cairo_fill_preserve(canvas);
    cairo_set_source_rgb(canvas, 0.7, 0.7, 0.7);
    cairo_set_line_width(canvas, 1.0);
    cairo_stroke(canvas);
}

/* Returns where the next one begins. */
static double paint_hint(cairo_t *canvas, double x, double y, const char *key,
                         const char *text, bool is_live, double end)
{
    struct text_style style = {.size = 11.0,
                               .color = {0.2, 0.2, 0.2, is_live ? 1.0 : 0.4},
                               .vertical = ALIGN_CENTER};
    double key_width = text_measure(canvas, key, &style).width + 10.0;
    double text_width = text_measure(canvas, text, &style).width;
    if (x + key_width + 5.0 + text_width > end)
        return -1.0;
    paint_cap(canvas, (struct box){x, y + 2.0, key_width, line_height - 5.0});
    text_paint(canvas, x + 5.0, y + line_height / 2, key, &style);
    text_paint(canvas, x + key_width + 5.0, y + line_height / 2, text, &style);
    return x + key_width + text_width + 18.0;
}

void training_scene_paint_keys(const struct training_scene *scene,
                               cairo_t *canvas, struct box box)
{
    double x = box.x, y = box.y;
    bool runs = scene->shown && (scene->shown->state == FEED_RUNNING ||
                                 scene->shown->state == FEED_PAUSED);
    for (int i = 0; i < HINTS; i++) {
        const char *text = is_other(scene, i) && hints[i].other ? hints[i].other
                                                                : hints[i].text;
        bool is_live = runs || i == 3 || i == 4 || i == HINTS - 1;
        double next = paint_hint(canvas, x, y, _(hints[i].key), _(text),
                                 is_live, box.x + box.width);
        if (next < 0.0 && y + 2.0 * line_height <= box.y + box.height + 1.0) {
            x = box.x;
            y += line_height;
            next = paint_hint(canvas, x, y, _(hints[i].key), _(text), is_live,
                              box.x + box.width);
        }
        if (next < 0.0)
            return; /* there is no more room */
        x = next;
    }
}
