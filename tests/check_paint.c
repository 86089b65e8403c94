/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is painted, looked at in the pixels of a buffer.  Places, colours and
 * legends' boxes were recorded from matplotlib 3.6.3, in figures of 640 by 480
 * pixels; glyphs are not compared.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "view/contour.h"
#include "view/paint.h"
#include "view_figures.h"

struct rgb {
    int red, green, blue;
};

static const struct rgb white = {255, 255, 255}, blue = {31, 119, 180};

static cairo_surface_t *painted(const struct figure *figure, int width,
                                int height)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    cairo_t *canvas = cairo_create(surface);
    paint_figure(canvas, figure, (struct box){0, 0, width, height}, 100);
    cairo_destroy(canvas);
    cairo_surface_flush(surface);
    return surface;
}

static uint32_t pixel_at(cairo_surface_t *surface, double x, double y)
{
    const unsigned char *row =
        cairo_image_surface_get_data(surface) +
        (ptrdiff_t)floor(y) * cairo_image_surface_get_stride(surface);
    uint32_t pixel;
    memcpy(&pixel, row + 4 * (ptrdiff_t)floor(x), sizeof pixel);
    return pixel;
}

static bool is_color(cairo_surface_t *surface, double x, double y,
                     struct rgb want, int tolerance)
{
    uint32_t pixel = pixel_at(surface, x, y);
    return abs((int)(pixel >> 16 & 255) - want.red) <= tolerance &&
           abs((int)(pixel >> 8 & 255) - want.green) <= tolerance &&
           abs((int)(pixel & 255) - want.blue) <= tolerance;
}

static void expect(cairo_surface_t *surface, double x, double y,
                   struct rgb want, int tolerance)
{
    ck_assert_msg(is_color(surface, x, y, want, tolerance),
                  "at %g, %g there is %06x instead of %02x%02x%02x", x, y,
                  pixel_at(surface, x, y) & 0xffffff, want.red, want.green,
                  want.blue);
}

/* -------------------------------------------------------------- the data */

/* ax.transData.transform() of points of plot(x, x / 2), x = 1 … 20 */
START_TEST(lines_pass_through_their_points)
{
    static const double places[][2] = {
        {102.545, 410.4}, {244.945, 304.3}, {328, 242.4}, {553.455, 74.4}};
    struct figure *figure = figure_new();
    add_line(cell(figure, 1, 1, 0), steps(20, 1, 1), steps(20, 0.5, 0.5));
    cairo_surface_t *surface = painted(figure, 640, 480);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        expect(surface, places[i][0], places[i][1], blue, 40);
        expect(surface, places[i][0], places[i][1] + 8, white, 0);
    }
    /* The frame, black on the pixels where matplotlib has it. */
    expect(surface, 80, 200, (struct rgb){0, 0, 0}, 0);
    expect(surface, 300, 427, (struct rgb){0, 0, 0}, 0);
    expect(surface, 300, 425, white, 0);
    cairo_surface_destroy(surface);
    figure_free(figure);
}
END_TEST

/* transData.transform() with a logarithmic and a symlog x axis */
START_TEST(scales_place_points)
{
    static const double log_places[][2] = {
        {102.545, 410.4}, {252.848, 343.2}, {553.455, 74.4}};
    static const double symlog_places[][2] = {
        {102.545, 410.4}, {328, 343.2}, {553.455, 74.4}};
    struct figure *figure = figure_new();
    struct axes *axes = cell(figure, 1, 1, 0);
    axes->x.scale = SCALE_LOG;
    add_line(axes, NUMBERS(1, 10, 1000), NUMBERS(0, 1, 5));
    cairo_surface_t *surface = painted(figure, 640, 480);
    for (int i = 0; i < 3; i++)
        expect(surface, log_places[i][0], log_places[i][1], blue, 40);
    cairo_surface_destroy(surface);
    axes_clear(axes);
    axes->x.scale = SCALE_SYMLOG;
    add_line(axes, NUMBERS(-100, 0, 100), NUMBERS(0, 1, 5));
    surface = painted(figure, 640, 480);
    for (int i = 0; i < 3; i++)
        expect(surface, symlog_places[i][0], symlog_places[i][1], blue, 40);
    cairo_surface_destroy(surface);
    figure_free(figure);
}
END_TEST

/* matplotlib.colormaps[name] of 0, 1/4, 1/2, 3/4, 1, and of 0.1 turned round */
static const struct map_row {
    const char *name;
    struct rgb colors[5], reversed;
} map_rows[] = {
    {"viridis",
     {{68, 1, 84},
      {59, 82, 139},
      {33, 145, 140},
      {94, 201, 98},
      {253, 231, 37}},
     {189, 223, 38}},
    {"plasma",
     {{13, 8, 135},
      {126, 3, 168},
      {204, 71, 120},
      {248, 149, 64},
      {240, 249, 33}},
     {252, 206, 37}},
    {"inferno",
     {{0, 0, 4}, {87, 16, 110}, {188, 55, 84}, {249, 142, 9}, {252, 255, 164}},
     {246, 215, 70}},
    {"magma",
     {{0, 0, 4},
      {81, 18, 124},
      {183, 55, 121},
      {252, 137, 97},
      {252, 253, 191}},
     {254, 207, 146}},
    {"cividis",
     {{0, 34, 78},
      {67, 78, 108},
      {125, 124, 120},
      {188, 174, 108},
      {254, 232, 56}},
     {229, 207, 82}},
    {"coolwarm",
     {{59, 76, 192},
      {141, 176, 254},
      {221, 220, 220},
      {244, 152, 122},
      {180, 4, 38}},
     {214, 82, 68}},
    {"RdBu",
     {{103, 0, 31},
      {229, 131, 104},
      {246, 247, 247},
      {104, 171, 208},
      {5, 48, 97}},
     {32, 101, 171}},
    {"gray",
     {{0, 0, 0},
      {64, 64, 64},
      {128, 128, 128},
      {192, 192, 192},
      {255, 255, 255}},
     {230, 230, 230}},
    {"binary",
     {{255, 255, 255},
      {191, 191, 191},
      {127, 127, 127},
      {63, 63, 63},
      {0, 0, 0}},
     {25, 25, 25}},
    {"Blues",
     {{247, 251, 255},
      {198, 219, 239},
      {106, 174, 214},
      {32, 112, 180},
      {8, 48, 107}},
     {8, 74, 145}},
    {"Reds",
     {{255, 245, 240},
      {252, 187, 161},
      {251, 105, 74},
      {202, 24, 29},
      {103, 0, 13}},
     {152, 12, 19}},
    {"jet",
     {{0, 0, 128}, {0, 128, 255}, {125, 255, 122}, {255, 148, 0}, {128, 0, 0}},
     {241, 8, 0}},
    {"hot",
     {{11, 0, 0}, {179, 0, 0}, {255, 92, 0}, {255, 255, 7}, {255, 255, 255}},
     {255, 255, 157}},
    {"tab10",
     {{31, 119, 180},
      {44, 160, 44},
      {140, 86, 75},
      {127, 127, 127},
      {23, 190, 207}},
     {188, 189, 34}},
    {"Spectral",
     {{158, 1, 66},
      {249, 142, 82},
      {255, 255, 190},
      {134, 207, 165},
      {94, 79, 162}},
     {51, 135, 188}},
    {"turbo",
     {{48, 18, 59},
      {40, 188, 235},
      {164, 252, 60},
      {251, 126, 33},
      {122, 4, 3}},
     {195, 37, 3}},
};

START_TEST(colormaps_are_matplotlibs)
{
    const struct map_row *row = &map_rows[_i];
    struct error err = ERROR_INIT;
    const struct colormap *map = colormap_find(row->name, &err);
    for (int i = 0; i < 6; i++) {
        if (i == 5) {
            char *name = xasprintf("%s_r", row->name);
            map = colormap_find(name, &err);
            free(name);
        }
        const struct rgb *want = i < 5 ? &row->colors[i] : &row->reversed;
        struct color color = colormap_at(map, i < 5 ? i / 4.0 : 0.1);
        ck_assert_double_eq_tol(color.red * 255, want->red, 4);
        ck_assert_double_eq_tol(color.green * 255, want->green, 4);
        ck_assert_double_eq_tol(color.blue * 255, want->blue, 4);
    }
}
END_TEST

/* Cells of imshow([[0, 1], [2, 3]]), the first row at the top; then with
   origin='lower', then smoothly. */
START_TEST(images_show_their_cells)
{
    static const struct rgb viridis[4] = {
        {68, 1, 84}, {49, 104, 142}, {53, 183, 121}, {253, 231, 37}};
    struct figure *figure = figure_new();
    struct artist *image =
        add_image(cell(figure, 1, 1, 0), 2, 2, steps(4, 0, 1), "viridis");
    cairo_surface_t *surface = painted(figure, 640, 480);
    for (int i = 0; i < 4; i++) {
        double x = 143.2 + 369.6 * (i % 2 ? 0.75 : 0.25);
        double y = 57.6 + 369.6 * (i < 2 ? 0.25 : 0.75);
        expect(surface, x, y, viridis[i], 4);
        expect(surface, x + 85, y, viridis[i], 4);
    }
    cairo_surface_destroy(surface);
    image->image.from_below = true;
    image->image.extent[2] = -0.5;
    image->image.extent[3] = 1.5;
    surface = painted(figure, 640, 480);
    expect(surface, 240, 330, viridis[0], 4);
    cairo_surface_destroy(surface);
    image->image.is_smooth = true;
    surface = painted(figure, 640, 480);
    ck_assert(!is_color(surface, 290, 330, viridis[0], 8));
    cairo_surface_destroy(surface);
    figure_free(figure);
}
END_TEST

START_TEST(pixels_of_images_have_their_own_colors)
{
    struct figure *figure = figure_new();
    struct artist *image =
        add_image(cell(figure, 1, 1, 0), 1, 2, numbers(0, NULL), "gray");
    series_unref(image->image.values);
    image->image.values = NULL;
    image->image.pixels = xmalloc(8);
    memcpy(image->image.pixels, "\xff\x80\x00\xff\x00\x00\xff\x00", 8);
    cairo_surface_t *surface = painted(figure, 640, 480);
    expect(surface, 200, 240, (struct rgb){255, 128, 0}, 1);
    expect(surface, 450, 240, white, 0);
    cairo_surface_destroy(surface);
    figure_free(figure);
}
END_TEST

/* bar([0, 1, 2], [3, 1, 2]): x from -0.54 to 2.54, y from 0 to 3.15 */
START_TEST(bars_stand_on_zero)
{
    struct figure *figure = figure_new();
    add_bars(cell(figure, 1, 1, 0), NUMBERS(-0.4, 0.6, 1.6), NUMBERS(3, 1, 2));
    cairo_surface_t *surface = painted(figure, 640, 480);
    expect(surface, 167, 90, blue, 0);
    expect(surface, 328, 300, white, 0);
    expect(surface, 328, 320, blue, 0);
    expect(surface, 248, 400, white, 0);
    cairo_surface_destroy(surface);
    figure_free(figure);
}
END_TEST

/* NaN makes a hole; so do values that an axis does not have. */
START_TEST(no_number_interrupts_a_line)
{
    struct figure *figure = figure_new();
    add_line(cell(figure, 1, 1, 0), NUMBERS(0, 1, 2, 3, 4),
             NUMBERS(1, 1, NAN, 1, 1));
    cairo_surface_t *surface = painted(figure, 640, 480);
    expect(surface, 150, 242.4, blue, 30);
    expect(surface, 328, 242.4, white, 0);
    expect(surface, 500, 242.4, blue, 30);
    cairo_surface_destroy(surface);
    figure_free(figure);
}
END_TEST

/* Each point's colour from the map, the second one transparent by half. */
START_TEST(points_have_colors_and_sizes)
{
    struct figure *figure = figure_new();
    struct artist *points = artist_new(ARTIST_POINTS);
    points->x = NUMBERS(0, 1);
    points->y = NUMBERS(0, 1);
    points->points.sizes = NUMBERS(400);
    points->points.colors = xcalloc(2, sizeof *points->points.colors);
    points->points.colors[0] = (struct color){1, 0, 0, 1};
    points->points.colors[1] = (struct color){0, 0, 0, 0.5};
    points->marker.edge_is_face = true;
    axes_add(cell(figure, 1, 1, 0), points);
    cairo_surface_t *surface = painted(figure, 640, 480);
    expect(surface, 102.5, 410.4, (struct rgb){255, 0, 0}, 0);
    expect(surface, 114.5, 410.4, (struct rgb){255, 0, 0}, 0);
    expect(surface, 119.5, 410.4, white, 0);
    expect(surface, 553.4, 74.4, (struct rgb){127, 127, 127}, 2);
    cairo_surface_destroy(surface);
    figure_free(figure);
}
END_TEST

/* x² + y²: the line at 4 is the circle of radius 2, the band within it is
   coloured. */
static struct artist *paraboloid(bool is_filled)
{
    enum { SIDE = 61 };
    struct error err = ERROR_INIT;
    struct artist *contour = artist_new(ARTIST_CONTOUR);
    contour->x = steps(SIDE, -3, 0.1);
    contour->y = steps(SIDE, -3, 0.1);
    contour->contour.rows = contour->contour.columns = SIDE;
    contour->contour.values = series_new(SIDE * SIDE, &err);
    for (int i = 0; i < SIDE * SIDE; i++) {
        double x = -3 + 0.1 * (i % SIDE), y = -3 + 0.1 * (i / SIDE);
        contour->contour.values->values[i] = x * x + y * y;
    }
    contour->contour.is_filled = is_filled;
    contour->contour.levels = is_filled ? NUMBERS(0, 4) : NUMBERS(4);
    return contour;
}

START_TEST(contours_are_where_the_level_is)
{
    struct figure *figure = figure_new();
    struct axes *axes = cell(figure, 1, 1, 0);
    axes_add(axes, paraboloid(false));
    cairo_surface_t *surface = painted(figure, 640, 480);
    for (int i = 0; i < 8; i++) {
        double x = 328 + 2 * cos(i) * 496 / 6;
        double y = 242.4 - 2 * sin(i) * 369.6 / 6;
        expect(surface, x, y, blue, 90);
    }
    expect(surface, 328, 242.4, white, 0);
    cairo_surface_destroy(surface);
    axes_clear(axes);
    axes_add(axes, paraboloid(true));
    surface = painted(figure, 640, 480);
    for (double radius = 0; radius < 2.9; radius += 0.05)
        if (fabs(radius - 2) > 0.03)
            expect(surface, 328 + radius * 496 / 6, 242.4,
                   radius < 2 ? blue : white, 0);
    cairo_surface_destroy(surface);
    figure_free(figure);
}
END_TEST

/* contour(np.arange(6).reshape(2, 3)).levels, and of constants */
START_TEST(levels_are_round)
{
    static const double want[] = {0, 0.8, 1.6, 2.4, 3.2, 4, 4.8, 5.6};
    struct error err = ERROR_INIT;
    struct series *values = steps(6, 0, 1);
    struct series *levels = contour_levels(values, 7, &err);
    ck_assert_uint_eq(levels->count, sizeof want / sizeof *want);
    for (size_t i = 0; i < levels->count; i++)
        ck_assert_double_eq_tol(levels->values[i], want[i], 1e-12);
    series_unref(values);
    series_unref(levels);
}
END_TEST

/* annotate("", (1, 1), (-72, 0), textcoords="offset points"): a text 100 pixels
   to the left of its point, and an arrow between them. */
START_TEST(arrows_lead_to_their_points)
{
    struct figure *figure = figure_new();
    struct axes *axes = cell(figure, 1, 1, 0);
    set_limits(&axes->x, 0, 2);
    set_limits(&axes->y, 0, 2);
    struct artist *note = axes_add(axes, artist_new(ARTIST_TEXT));
    figure_set_text(&note->text.text, "n");
    note->text.x = -72;
    note->text.horizontal = ALIGN_END;
    note->text.vertical = ALIGN_CENTER;
    note->text.from_tip = note->text.has_arrow = true;
    note->text.arrow = ARROW_WEDGE;
    note->text.tip_x = note->text.tip_y = 1;
    cairo_surface_t *surface = painted(figure, 640, 480);
    expect(surface, 280, 242.4, (struct rgb){0, 0, 0}, 0);
    expect(surface, 317, 238.4, (struct rgb){0, 0, 0}, 60);
    expect(surface, 280, 250, white, 0);
    expect(surface, 335, 242.4, white, 0);
    cairo_surface_destroy(surface);
    figure_free(figure);
}
END_TEST

/* Ticks stand outside, on one side or on both. */
START_TEST(ticks_stand_outside)
{
    struct figure *figure = figure_new();
    struct axes *axes = cell(figure, 1, 1, 0);
    cairo_surface_t *surface = painted(figure, 640, 480);
    /* 0.2 of 0 to 1 */
    expect(surface, 179, 430, (struct rgb){0, 0, 0}, 60);
    expect(surface, 179, 55, white, 0);
    cairo_surface_destroy(surface);
    axes->x.has_both_ticks = true;
    surface = painted(figure, 640, 480);
    expect(surface, 179, 430, (struct rgb){0, 0, 0}, 60);
    expect(surface, 179, 55, (struct rgb){0, 0, 0}, 60);
    cairo_surface_destroy(surface);
    figure_free(figure);
}
END_TEST

/* --------------------------------------------------------------- legends */

/* The box in which painting with and without a legend differ. */
static struct box legend_box(struct figure *figure)
{
    cairo_surface_t *without = painted(figure, 640, 480);
    figure->axes[0]->has_legend = true;
    cairo_surface_t *with = painted(figure, 640, 480);
    int left = 640, right = 0, top = 480, bottom = 0;
    for (int y = 0; y < 480; y++)
        for (int x = 0; x < 640; x++)
            if (pixel_at(with, x, y) != pixel_at(without, x, y)) {
                left = x < left ? x : left;
                right = x > right ? x : right;
                top = y < top ? y : top;
                bottom = y > bottom ? y : bottom;
            }
    cairo_surface_destroy(with);
    cairo_surface_destroy(without);
    return (struct box){left, top, right + 1 - left, bottom + 1 - top};
}

/* legend().get_window_extent() with loc='best' */
static const struct legend_row {
    const char *formula;
    struct box box;
} legend_rows[] = {
    {"exp(-x / 5)", {492.4, 64.5, 76.6, 25.1}},
    {"x", {86.9, 64.5, 76.6, 25.1}},
    {"-(x - 9.5)²", {492.4, 64.5, 76.6, 25.1}},
    {"(x - 9.5)²", {86.9, 395.1, 76.6, 25.1}},
};

START_TEST(legends_stand_where_least_is_covered)
{
    const struct legend_row *row = &legend_rows[_i];
    struct figure *figure = figure_new();
    struct series *y = steps(20, 0, 1);
    for (int i = 0; i < 20; i++) {
        double square = (i - 9.5) * (i - 9.5);
        double values[] = {exp(-i / 5.0), i, -square, square};
        y->values[i] = values[_i];
    }
    struct artist *line = add_line(cell(figure, 1, 1, 0), steps(20, 0, 1), y);
    figure_set_text(&line->label, "loss");
    struct box box = legend_box(figure);
    ck_assert_double_eq_tol(box.x, row->box.x, 4);
    ck_assert_double_eq_tol(box.y, row->box.y, 3);
    ck_assert_double_eq_tol(box.width, row->box.width, 5);
    ck_assert_double_eq_tol(box.height, row->box.height, 3);
    figure_free(figure);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("paint");
    TCase *tcase = tcase_create("paint");
    tcase_add_test(tcase, lines_pass_through_their_points);
    tcase_add_test(tcase, scales_place_points);
    tcase_add_loop_test(tcase, colormaps_are_matplotlibs, 0,
                        (int)(sizeof map_rows / sizeof *map_rows));
    tcase_add_test(tcase, images_show_their_cells);
    tcase_add_test(tcase, pixels_of_images_have_their_own_colors);
    tcase_add_test(tcase, bars_stand_on_zero);
    tcase_add_test(tcase, no_number_interrupts_a_line);
    tcase_add_test(tcase, points_have_colors_and_sizes);
    tcase_add_test(tcase, contours_are_where_the_level_is);
    tcase_add_test(tcase, levels_are_round);
    tcase_add_test(tcase, arrows_lead_to_their_points);
    tcase_add_test(tcase, ticks_stand_outside);
    tcase_add_loop_test(tcase, legends_stand_where_least_is_covered, 0,
                        (int)(sizeof legend_rows / sizeof *legend_rows));
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
