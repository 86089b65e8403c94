/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/confusion_scene.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"

static const double wanted_width = 960.0, wanted_height = 600.0;

/* ---------------------------------------------------------------- geometry */

struct confusion_layout confusion_layout_of(const struct confusion_scene *scene,
                                            double width, double height)
{
    const double left = 86.0, top = 58.0, margin = 14.0, foot = 30.0;
    struct confusion_layout layout = {.cells = {left, top, 0.0, 0.0}};
    bool is_wide = width > 1.25 * height;
    double room_x = (is_wide ? width * 0.58 : width) - left - margin;
    double room_y = (is_wide ? height : height * 0.62) - top - foot;
    layout.side =
        floor(fmax(fmin(room_x, room_y), 10.0) / scene->verdicts.classes);
    layout.side = fmax(layout.side, 2.0);
    layout.cells.width = layout.cells.height =
        layout.side * scene->verdicts.classes;
    double right = left + layout.cells.width + 2.0 * margin;
    double below = top + layout.cells.height + foot;
    layout.images =
        is_wide ? (struct box){right, top - 26.0, width - right - margin,
                               height - top - foot + 26.0}
                : (struct box){margin, below, width - 2.0 * margin,
                               height - below - foot};
    if (layout.images.width < 60.0 || layout.images.height < 80.0)
        layout.images.width = 0.0;
    return layout;
}

struct box confusion_image_box(struct box box, int place, int *columns,
                               int *rows)
{
    const double heading = 28.0, wide = 70.0, high = 92.0;
    *columns = (int)fmax(box.width / wide, 1.0);
    *rows = (int)fmax((box.height - heading) / high, 1.0);
    double width = box.width / *columns;
    return (struct box){box.x + place % *columns * width,
                        box.y + heading + place / *columns * high, width - 6.0,
                        high - 4.0};
}

/* ------------------------------------------------------------------ events */

static void open_cell(struct confusion_scene *scene, int expected, int given)
{
    free(scene->list);
    scene->expected = expected;
    scene->given = given;
    scene->is_open = scene->has_cursor = true;
    scene->first = 0;
    scene->list =
        verdicts_list(&scene->verdicts, expected, given, &scene->list_count);
}

static bool press(struct confusion_scene *scene, double x, double y,
                  const struct confusion_layout *layout)
{
    double column = (x - layout->cells.x) / layout->side;
    double row = (y - layout->cells.y) / layout->side;
    int classes = scene->verdicts.classes;
    if (column < 0.0 || row < 0.0 || column >= classes || row >= classes)
        return false;
    open_cell(scene, (int)row, (int)column);
    return true;
}

static bool turn_page(struct confusion_scene *scene, int direction,
                      const struct confusion_layout *layout)
{
    int columns, rows;
    confusion_image_box(layout->images, 0, &columns, &rows);
    int64_t first = scene->first + (int64_t)direction * columns * rows;
    if (!scene->is_open || scene->first + direction < 0 ||
        first >= scene->list_count)
        return false;
    scene->first = first < 0 ? 0 : first;
    return true;
}

static bool move(struct confusion_scene *scene, int down, int across)
{
    int classes = scene->verdicts.classes;
    int expected = scene->expected + (scene->has_cursor ? down : 0);
    int given = scene->given + (scene->has_cursor ? across : 0);
    if (expected < 0 || given < 0 || expected >= classes || given >= classes)
        return false;
    open_cell(scene, expected, given);
    return true;
}

static bool press_key(struct confusion_scene *scene, uint32_t key,
                      const struct confusion_layout *layout)
{
    switch (key) {
    case SCENE_KEY_LEFT:
        return move(scene, 0, -1);
    case SCENE_KEY_RIGHT:
        return move(scene, 0, 1);
    case SCENE_KEY_UP:
        return move(scene, -1, 0);
    case SCENE_KEY_DOWN:
        return move(scene, 1, 0);
    case SCENE_KEY_PAGE_UP:
        return turn_page(scene, -1, layout);
    case ' ':
    case SCENE_KEY_PAGE_DOWN:
        return turn_page(scene, 1, layout);
    case 'm':
        open_cell(scene, ANY_CLASS, ANY_CLASS);
        scene->has_cursor = false;
        scene->expected = scene->given = 0;
        return true;
    default:
        return false;
    }
}

static bool handle(struct scene *base, const struct scene_event *event,
                   double width, double height)
{
    struct confusion_scene *scene = (struct confusion_scene *)base;
    struct confusion_layout layout = confusion_layout_of(scene, width, height);
    if (event->kind == SCENE_PRESS && event->button == 1)
        return press(scene, event->x, event->y, &layout);
    if (event->kind == SCENE_WHEEL && event->wheel != 0.0)
        return turn_page(scene, event->wheel > 0.0 ? -1 : 1, &layout);
    return event->kind == SCENE_KEY && press_key(scene, event->key, &layout);
}

/* ------------------------------------------------------------- life, death */

static void done(struct scene *base)
{
    struct confusion_scene *scene = (struct confusion_scene *)base;
    verdicts_done(&scene->verdicts);
    gallery_unref(scene->gallery);
    free(scene->counts);
    free(scene->list);
    free(scene);
}

static const struct scene_class class = {
    .paint = confusion_scene_paint, .handle = handle, .free = done};

struct scene *confusion_scene_new(const char *title, struct verdicts *verdicts,
                                  struct gallery *gallery)
{
    struct confusion_scene *scene = xcalloc(1, sizeof *scene);
    scene_init(&scene->base, &class, "confusion", title, wanted_width,
               wanted_height);
    scene->verdicts = *verdicts;
    *verdicts = (struct verdicts){0};
    scene->counts = verdicts_count(&scene->verdicts);
    scene->gallery = gallery_ref(gallery);
    press_key(scene, 'm', NULL); /* all mistakes, until a cell is chosen */
    return &scene->base;
}

/* -------------------------------------------------------------------- the
 * table */

static void add_right(struct strbuf *sb, const char *text, size_t width)
{
    size_t columns = utf8_columns(text, strlen(text));
    strbuf_repeat(sb, ' ', width > columns ? width - columns : 1);
    strbuf_adds(sb, text);
}

static size_t name_width(const struct gallery *names, int classes)
{
    size_t width = 4;
    for (int i = 0; i < classes; i++) {
        char buffer[16];
        const char *name = gallery_class_name(names, i, buffer);
        size_t columns = utf8_columns(name, strlen(name));
        width = columns > width ? columns : width;
    }
    return width;
}

static void add_row(struct strbuf *sb, const int64_t *counts, int classes,
                    size_t width)
{
    for (int k = 0; k < classes; k++) {
        char number[24];
        snprintf(number, sizeof number, "%" PRId64, counts[k]);
        add_right(sb, counts[k] ? number : ".", width);
    }
    strbuf_addc(sb, '\n');
}

void confusion_format(const struct verdicts *verdicts,
                      const struct gallery *names, struct strbuf *sb)
{
    const size_t cell = 6;
    int classes = verdicts->classes;
    bool is_named = names && names->class_names;
    size_t width = name_width(is_named ? names : NULL, classes);
    int64_t *counts = verdicts_count(verdicts);
    strbuf_repeat(sb, ' ', width + (is_named ? 3 : 0));
    for (int k = 0; k < classes; k++) {
        char number[16];
        snprintf(number, sizeof number, "%d", k);
        add_right(sb, number, cell);
    }
    strbuf_addc(sb, '\n');
    for (int i = 0; i < classes; i++) {
        char buffer[16];
        add_right(sb, gallery_class_name(is_named ? names : NULL, i, buffer),
                  width);
        if (is_named)
            strbuf_addf(sb, " %2d", i);
        add_row(sb, counts + (size_t)i * (size_t)classes, classes, cell);
    }
    free(counts);
    strbuf_addf(sb,
                _("rows: right class; columns: the model's answer; %" PRId64
                  " of %" PRId64 " wrong\n"),
                verdicts_mistakes(verdicts), verdicts->count);
}
