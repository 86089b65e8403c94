/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What figures are and where their parts lie.  Ticks, boxes and limits were
 * recorded from matplotlib 3.6.3, in figures of 640 by 480 pixels.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "view/contour.h"
#include "view/paint.h"
#include "view/ticks.h"
#include "view_figures.h"
#include "view_ticks.h"

/* ------------------------------------------------------------------ ticks */

static int compare_ticks(const void *a, const void *b)
{
    double left = ((const struct tick *)a)->value;
    double right = ((const struct tick *)b)->value;
    return left < right ? -1 : left > right;
}

/* LIST against "value=label .value=label …". */
static void compare_row(const struct tick_row *row, struct tick_list *list)
{
    char *wanted = strdup(row->ticks), *rest = wanted, *word;
    size_t i = 0;
    qsort(list->items, list->count, sizeof *list->items, compare_ticks);
    while ((word = strsep(&rest, " ")) && *word) {
        bool is_minor = word[0] == '.';
        char *label;
        double value = strtod(word + is_minor, &label);
        ck_assert_msg(i < list->count, "no tick at %g of %g to %g", value,
                      row->low, row->high);
        const struct tick *tick = &list->items[i++];
        ck_assert_msg(fabs(tick->value - value) <=
                          1e-9 * (row->high - row->low),
                      "%.17g instead of %.17g", tick->value, value);
        ck_assert_str_eq(tick->label, label + 1);
        ck_assert_int_eq(tick->is_minor, is_minor);
    }
    ck_assert_uint_eq(i, list->count);
    ck_assert_str_eq(list->offset, row->offset);
    free(wanted);
}

START_TEST(ticks_are_matplotlibs)
{
    const struct tick_row *row = &tick_rows[_i];
    struct axis axis = {.scale = row->scale};
    struct range limits = {row->low, row->high};
    struct tick_list list = ticks_of(&axis, limits, row->room);
    compare_row(row, &list);
    tick_list_done(&list);
    /* The same when the axis runs backwards. */
    limits = (struct range){row->high, row->low};
    list = ticks_of(&axis, limits, row->room);
    compare_row(row, &list);
    tick_list_done(&list);
}
END_TEST

/* MaxNLocator(nbins=9, steps=[1, 2, 5, 10], integer=True) of 0 to 2.5 */
START_TEST(ticks_may_be_whole)
{
    struct axis axis = {.is_integer = true};
    struct tick_list list = ticks_of(&axis, (struct range){-0.5, 2.5}, 9);
    ck_assert_uint_eq(list.count, 3);
    ck_assert_str_eq(list.items[2].label, "2");
    tick_list_done(&list);
}
END_TEST

/* ------------------------------------------------------- boxes and limits */

struct box_row {
    const char *name;
    double frame[4], limits[4];
};

static const struct box_row box_rows[] = {
    {"line", {80, 57.6, 496, 369.6}, {0.05, 20.95, 0.025, 10.475}},
    {"image", {143.2, 57.6, 369.6, 369.6}, {-0.5, 27.5, 27.5, -0.5}},
    {"image_from_below", {80, 159.733, 496, 165.333}, {-0.5, 29.5, -0.5, 9.5}},
    {"colorbar", {80, 176.267, 396.8, 132.267}, {-0.5, 29.5, 9.5, -0.5}},
    {"colorbar", {501.6, 57.6, 18.48, 369.6}, {0, 1, 0, 299}},
    {"grid", {80, 57.6, 145.882, 168}, {0, 1, 0, 1}},
    {"grid", {255.059, 57.6, 145.882, 168}, {0, 1, 0, 1}},
    {"grid", {430.118, 57.6, 145.882, 168}, {0, 1, 0, 1}},
    {"grid", {80, 259.2, 145.882, 168}, {0, 1, 0, 1}},
    {"grid", {255.059, 259.2, 145.882, 168}, {0, 1, 0, 1}},
    {"grid", {430.118, 259.2, 145.882, 168}, {0, 1, 0, 1}},
    {"bars", {80, 57.6, 496, 369.6}, {-0.54, 2.54, 0, 3.15}},
    {"barh", {80, 57.6, 496, 369.6}, {-1.2, 3.2, -0.54, 2.54}},
    {"loglog",
     {80, 57.6, 496, 369.6},
     {0.7079457844, 1412.537545, 0.007329114386, 6.822106652}},
    {"semilogy_zero",
     {80, 57.6, 496, 369.6},
     {-0.1, 2.1, 0.7943282347, 125.8925412}},
    {"constant", {80, 57.6, 496, 369.6}, {-0.05, 1.05, 0.945, 1.055}},
    {"point", {80, 57.6, 496, 369.6}, {2.835, 3.165, -0.055, 0.055}},
    {"empty", {80, 57.6, 496, 369.6}, {0, 1, 0, 1}},
    {"no_data", {80, 57.6, 496, 369.6}, {-0.055, 0.055, -0.055, 0.055}},
    {"nan", {80, 57.6, 496, 369.6}, {-0.1, 2.1, 4.9, 7.1}},
    {"rules", {80, 57.6, 496, 369.6}, {-3.2, 1.2, 1.65, 9.35}},
    {"fill", {80, 57.6, 496, 369.6}, {-0.1, 2.1, -1.2, 3.2}},
    {"scatter_set", {80, 57.6, 496, 369.6}, {5, -5, 0.9, 3.1}},
    {"equal", {80, 57.6, 496, 369.6}, {-0.5, 10.5, -1.598387097, 6.598387097}},
    {"equal_box", {80, 118.4, 496, 248}, {-0.5, 10.5, -0.25, 5.25}},
    {"contour", {80, 57.6, 496, 369.6}, {0, 2, 0, 5}},
    {"shared", {80, 57.6, 225.455, 168}, {-0.25, 5.25, -1.1, 1.1}},
    {"shared", {350.545, 57.6, 225.455, 168}, {6.95, 8.05, -1.1, 1.1}},
    {"shared", {80, 259.2, 225.455, 168}, {-0.25, 5.25, 1.95, 3.05}},
    {"shared", {350.545, 259.2, 225.455, 168}, {6.95, 8.05, 1.95, 3.05}},
    {"tight", {66.4028, 65.3333, 240.845, 138.889}, {-0.05, 1.05, -0.05, 1.05}},
    {"tight", {378.903, 65.3333, 240.845, 138.889}, {-0.05, 1.05, -0.05, 1.05}},
    {"tight", {66.4028, 282.833, 240.845, 138.889}, {-0.05, 1.05, -0.05, 1.05}},
    {"tight", {378.903, 282.833, 240.845, 138.889}, {-0.05, 1.05, -0.05, 1.05}},
    {"tight_one",
     {55.7222, 30.1667, 569.278, 391.556},
     {-0.05, 1.05, 3100000, 900000}},
    {"spans", {80, 57.6, 496, 168}, {0, 1, 0, 1}},
    {"spans", {80, 259.2, 225.455, 168}, {0, 1, 0, 1}},
    {"spans", {384, 288, 192, 144}, {0, 1, 0, 1}},
    {NULL, {0}, {0}},
};

static void build_line(struct figure *figure)
{
    add_line(cell(figure, 1, 1, 0), steps(20, 1, 1), steps(20, 0.5, 0.5));
}

static void build_image(struct figure *figure)
{
    add_image(cell(figure, 1, 1, 0), 28, 28, steps(784, 0, 0), "gray");
}

static void build_image_from_below(struct figure *figure)
{
    struct artist *image =
        add_image(cell(figure, 1, 1, 0), 10, 30, steps(300, 0, 0), "gray");
    image->image.from_below = true;
    image->image.extent[2] = -0.5;
    image->image.extent[3] = 9.5;
}

static void build_colorbar(struct figure *figure)
{
    struct axes *axes = cell(figure, 1, 1, 0);
    figure_add_colorbar(figure, axes,
                        add_image(axes, 10, 30, steps(300, 0, 1), "viridis"));
}

static void build_grid(struct figure *figure)
{
    for (int i = 0; i < 6; i++)
        cell(figure, 2, 3, i);
}

static void build_bars(struct figure *figure)
{
    add_bars(cell(figure, 1, 1, 0), NUMBERS(-0.4, 0.6, 1.6), NUMBERS(3, 1, 2));
}

static void build_barh(struct figure *figure)
{
    add_bars(cell(figure, 1, 1, 0), NUMBERS(-0.4, 0.6, 1.6), NUMBERS(3, -1, 2))
        ->bars.is_horizontal = true;
}

static void build_loglog(struct figure *figure)
{
    struct axes *axes = cell(figure, 1, 1, 0);
    axes->x.scale = axes->y.scale = SCALE_LOG;
    add_line(axes, NUMBERS(1, 10, 1000), NUMBERS(0.01, 1, 5));
}

static void build_semilogy_zero(struct figure *figure)
{
    struct axes *axes = cell(figure, 1, 1, 0);
    axes->y.scale = SCALE_LOG;
    add_line(axes, NUMBERS(0, 1, 2), NUMBERS(0, 1, 100));
}

static void build_constant(struct figure *figure)
{
    add_line(cell(figure, 1, 1, 0), NUMBERS(0, 1), NUMBERS(1, 1));
}

static void build_point(struct figure *figure)
{
    add_line(cell(figure, 1, 1, 0), NUMBERS(3), NUMBERS(0));
}

static void build_empty(struct figure *figure)
{
    cell(figure, 1, 1, 0);
}

static void build_no_data(struct figure *figure)
{
    add_line(cell(figure, 1, 1, 0), numbers(0, NULL), numbers(0, NULL));
}

static void build_nan(struct figure *figure)
{
    add_line(cell(figure, 1, 1, 0), NUMBERS(0, 1, NAN, 2),
             NUMBERS(5, INFINITY, 3, 7));
}

static void build_rules(struct figure *figure)
{
    struct axes *axes = cell(figure, 1, 1, 0);
    add_line(axes, NUMBERS(0, 1), NUMBERS(2, 4));
    struct artist *line = axes_add(axes, artist_new(ARTIST_RULE));
    line->rule.low = line->rule.high = 9;
    struct artist *span = axes_add(axes, artist_new(ARTIST_RULE));
    span->rule.is_vertical = true;
    span->rule.low = -3;
    span->rule.high = -2;
}

static void build_fill(struct figure *figure)
{
    struct artist *fill = artist_new(ARTIST_FILL);
    fill->x = NUMBERS(0, 1, 2);
    fill->y = NUMBERS(1, 2, 3);
    fill->band.other = NUMBERS(-1, 0, 1);
    axes_add(cell(figure, 1, 1, 0), fill);
}

static void build_scatter_set(struct figure *figure)
{
    struct axes *axes = cell(figure, 1, 1, 0);
    struct artist *points = artist_new(ARTIST_POINTS);
    points->x = NUMBERS(0, 2);
    points->y = NUMBERS(1, 3);
    axes_add(axes, points);
    set_limits(&axes->x, 5, -5);
}

static void build_equal(struct figure *figure)
{
    struct axes *axes = cell(figure, 1, 1, 0);
    add_line(axes, NUMBERS(0, 10), NUMBERS(0, 5));
    axes->is_equal = axes->gives_way = true;
}

static void build_equal_box(struct figure *figure)
{
    struct axes *axes = cell(figure, 1, 1, 0);
    add_line(axes, NUMBERS(0, 10), NUMBERS(0, 5));
    axes->is_equal = true;
}

static void build_contour(struct figure *figure)
{
    struct artist *contour = artist_new(ARTIST_CONTOUR);
    contour->x = NUMBERS(0, 1, 2);
    contour->y = NUMBERS(0, 5);
    contour->contour.rows = 2;
    contour->contour.columns = 3;
    contour->contour.values = steps(6, 0, 1);
    contour->contour.levels = steps(6, 0, 1);
    axes_add(cell(figure, 1, 1, 0), contour);
}

static void build_shared(struct figure *figure)
{
    for (int i = 0; i < 4; i++) {
        struct axes *axes = cell(figure, 2, 2, i);
        axes->shares_x = axes->shares_y = true;
    }
    add_line(figure->axes[0], NUMBERS(0, 1), NUMBERS(0, 1));
    add_line(figure->axes[2], NUMBERS(0, 5), NUMBERS(2, 3));
    add_line(figure->axes[1], NUMBERS(7, 8), NUMBERS(-1, 0));
}

static void build_tight(struct figure *figure)
{
    for (int i = 0; i < 4; i++) {
        struct axes *axes = cell(figure, 2, 2, i);
        add_line(axes, NUMBERS(0, 1), NUMBERS(0, 1));
        figure_set_text(&axes->title, "t");
        figure_set_text(&axes->x.label, "x");
        figure_set_text(&axes->y.label, "y");
    }
    figure_set_text(&figure->title, "all");
    figure->is_tight = true;
}

static void build_tight_one(struct figure *figure)
{
    struct axes *axes = cell(figure, 1, 1, 0);
    add_line(axes, NUMBERS(0, 1), NUMBERS(1e6, 3e6));
    figure_set_text(&axes->x.label, "x");
    axes->y.is_inverted = true;
    figure->is_tight = true;
}

static void build_spans(struct figure *figure)
{
    cell(figure, 2, 1, 0);
    cell(figure, 2, 2, 2);
    figure_add_free_axes(figure, (double[4]){0.6, 0.1, 0.3, 0.3});
}

static const struct builder {
    const char *name;
    void (*build)(struct figure *figure);
    double tolerance; /* of the frame, in pixels: texts differ by versions */
} builders[] = {
    {"line", build_line, 0.01},
    {"image", build_image, 0.01},
    {"image_from_below", build_image_from_below, 0.01},
    {"colorbar", build_colorbar, 0.01},
    {"grid", build_grid, 0.01},
    {"bars", build_bars, 0.01},
    {"barh", build_barh, 0.01},
    {"loglog", build_loglog, 0.01},
    {"semilogy_zero", build_semilogy_zero, 0.01},
    {"constant", build_constant, 0.01},
    {"point", build_point, 0.01},
    {"empty", build_empty, 0.01},
    {"no_data", build_no_data, 0.01},
    {"nan", build_nan, 0.01},
    {"rules", build_rules, 0.01},
    {"fill", build_fill, 0.01},
    {"scatter_set", build_scatter_set, 0.01},
    {"equal", build_equal, 0.01},
    {"equal_box", build_equal_box, 0.01},
    {"contour", build_contour, 0.01},
    {"shared", build_shared, 0.01},
    {"tight", build_tight, 5},
    {"tight_one", build_tight_one, 5},
    {"spans", build_spans, 0.01},
};

static const struct box page = {0, 0, 640, 480};

static void compare_box(const struct box_row *row,
                        const struct axes_layout *layout, double tolerance)
{
    const double frame[4] = {layout->frame.x, layout->frame.y,
                             layout->frame.width, layout->frame.height};
    const double limits[4] = {layout->x_low, layout->x_high, layout->y_low,
                              layout->y_high};
    for (int i = 0; i < 4; i++) {
        ck_assert_msg(fabs(frame[i] - row->frame[i]) <= tolerance,
                      "%s: side %d of the frame is %g instead of %g", row->name,
                      i, frame[i], row->frame[i]);
        ck_assert_msg(fabs(limits[i] - row->limits[i]) <=
                          1e-8 * fabs(row->limits[i]) + 1e-12,
                      "%s: limit %d is %g instead of %g", row->name, i,
                      limits[i], row->limits[i]);
    }
}

START_TEST(frames_and_limits_are_matplotlibs)
{
    const struct builder *builder = &builders[_i];
    struct figure *figure = figure_new();
    builder->build(figure);
    struct axes_layout *layouts = paint_layout(figure, page, 100);
    int next = 0;
    for (const struct box_row *row = box_rows; row->name; row++)
        if (!strcmp(row->name, builder->name)) {
            ck_assert_int_lt(next, figure->axes_count);
            compare_box(row, &layouts[next++], builder->tolerance);
        }
    ck_assert_int_eq(next, figure->axes_count);
    free(layouts);
    figure_free(figure);
}
END_TEST

/* ax.transData.inverted().transform((328, 480 - 242.4)) of `line` is the
   middle of both limits. */
START_TEST(mouse_finds_data)
{
    struct figure *figure = figure_new();
    build_line(figure);
    struct axes_layout *layout = paint_layout(figure, page, 100);
    double x, y;
    ck_assert(axes_layout_find(layout, figure->axes[0], 328, 242.4, &x, &y));
    ck_assert_double_eq_tol(x, 10.5, 1e-9);
    ck_assert_double_eq_tol(y, 5.25, 1e-9);
    ck_assert(!axes_layout_find(layout, figure->axes[0], 10, 242.4, &x, &y));
    free(layout);
    figure_free(figure);
}
END_TEST

/* ---------------------------------------------------- colours and formats */

/* matplotlib.colors.to_hex(text, keep_alpha=True); NULL: it raises. */
static const struct color_row {
    const char *text, *hex;
} color_rows[] = {
    {"r", "ff0000ff"},
    {"g", "008000ff"},
    {"red", "ff0000ff"},
    {"Red", "ff0000ff"},
    {"tab:blue", "1f77b4ff"},
    {"C3", "d62728ff"},
    {"C12", "2ca02cff"},
    {"#1f77b4", "1f77b4ff"},
    {"#1f77b480", "1f77b480"},
    {"#12f", "1122ffff"},
    {"#12f8", "1122ff88"},
    {"0.75", "bfbfbfff"},
    {"none", "00000000"},
    {"rebeccapurple", "663399ff"},
    {"R", NULL},
    {"1.5", NULL},
    {"#12", NULL},
    {"", NULL},
    {"reed", NULL},
};

START_TEST(colors_are_matplotlibs)
{
    const struct color_row *row = &color_rows[_i];
    struct error err = ERROR_INIT;
    struct color color;
    char hex[9];
    if (color_parse(row->text, &color, &err)) {
        ck_assert_msg(row->hex, "%s is no colour", row->text);
        snprintf(hex, sizeof hex, "%02x%02x%02x%02x",
                 (unsigned)lrint(color.red * 255),
                 (unsigned)lrint(color.green * 255),
                 (unsigned)lrint(color.blue * 255),
                 (unsigned)lrint(color.alpha * 255));
        ck_assert_str_eq(hex, row->hex);
    } else {
        ck_assert_ptr_null(row->hex);
        ck_assert_int_eq(err.kind, ERROR_VALUE);
    }
    error_clear(&err);
}
END_TEST

/* plt.plot([0], [0], text): linestyle, marker and colour, or the message */
static const struct format_row {
    const char *text;
    enum line_style style;
    char marker;
    const char *color, *message;
} format_rows[] = {
    {"", LINE_SOLID, 0, NULL, NULL},
    {"bo", LINE_NONE, 'o', "b", NULL},
    {"b", LINE_SOLID, 0, "b", NULL},
    {"r--o", LINE_DASHED, 'o', "r", NULL},
    {"k-C2", LINE_SOLID, 0, "C2", NULL},
    {"C12-", LINE_SOLID, '2', "C1", NULL},
    {"C1r", 0, 0, NULL, "two color symbols"},
    {"C0x", LINE_NONE, 'x', "C0", NULL},
    {"x-.", LINE_DASHDOT, 'x', NULL, NULL},
    {"green", LINE_SOLID, 0, "green", NULL},
    {"1", LINE_NONE, '1', NULL, NULL},
    {"q", 0, 0, NULL, "unrecognized character 'q'"},
    {"b--:", 0, 0, NULL, "two linestyle symbols"},
    {"oo", 0, 0, NULL, "two marker symbols"},
};

START_TEST(formats_are_matplotlibs)
{
    const struct format_row *row = &format_rows[_i];
    struct error err = ERROR_INIT;
    struct stroke stroke;
    struct marker marker;
    struct color color;
    bool has_color;
    if (artist_parse_format(row->text, &stroke, &marker, &has_color, &err)) {
        ck_assert_ptr_null(row->message);
        ck_assert_int_eq(stroke.style, row->style);
        ck_assert_int_eq(marker.shape, row->marker);
        ck_assert_int_eq(has_color, row->color != NULL);
        ck_assert(!row->color || color_parse(row->color, &color, &err));
        ck_assert(!row->color || !memcmp(&color, &stroke.color, sizeof color));
    } else {
        char want[100];
        ck_assert_ptr_nonnull(row->message);
        snprintf(want, sizeof want, "'%s' is not a valid format string (%s)",
                 row->text, row->message);
        ck_assert_str_eq(err.message, want);
    }
    error_clear(&err);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("view");
    TCase *tcase = tcase_create("view");
    tcase_add_loop_test(tcase, ticks_are_matplotlibs, 0,
                        (int)(sizeof tick_rows / sizeof *tick_rows));
    tcase_add_test(tcase, ticks_may_be_whole);
    tcase_add_loop_test(tcase, frames_and_limits_are_matplotlibs, 0,
                        (int)(sizeof builders / sizeof *builders));
    tcase_add_test(tcase, mouse_finds_data);
    tcase_add_loop_test(tcase, colors_are_matplotlibs, 0,
                        (int)(sizeof color_rows / sizeof *color_rows));
    tcase_add_loop_test(tcase, formats_are_matplotlibs, 0,
                        (int)(sizeof format_rows / sizeof *format_rows));
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
