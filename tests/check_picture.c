/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures as files, which are read again and measured; and figures that make no
 * sense, in boxes that make no sense, from two threads.
 */
#include <check.h>
#include <float.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/path.h"
#include "view/paint.h"
#include "view/picture.h"
#include "view_figures.h"

/* A curve with everything around it. */
static struct figure *curve(void)
{
    struct figure *figure = figure_new();
    struct axes *axes = cell(figure, 1, 1, 0);
    figure_set_text(&add_line(axes, steps(20, 1, 1), steps(20, 0, 0.5))->label,
                    "loss");
    figure_set_text(&axes->title, "Title");
    figure_set_text(&axes->x.label, "x");
    axes->has_legend = true;
    return figure;
}

/* ------------------------------------------------------------------ files */

static char *folder;

static void make_folder(void)
{
    folder = xstrdup("check_picture.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void remove_folder(void)
{
    ck_assert_int_eq(rmdir(folder), 0);
    free(folder);
}

static char *path_of(const char *name)
{
    return xasprintf("%s/%s", folder, name);
}

/* Saves FIGURE as NAME; returns the path. */
static char *saved(const struct figure *figure, const char *name,
                   struct picture_options options)
{
    struct error err = ERROR_INIT;
    char *path = path_of(name);
    bool ok = picture_save(figure, path, options, &err);
    ck_assert_msg(ok, "%s", ok ? "" : err.message);
    return path;
}

static void drop(char *path)
{
    ck_assert_int_eq(unlink(path), 0);
    free(path);
}

static cairo_surface_t *read_png(const char *path)
{
    cairo_surface_t *surface = cairo_image_surface_create_from_png(path);
    ck_assert_int_eq(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
    return surface;
}

static unsigned alpha_at(cairo_surface_t *surface, int x, int y)
{
    if (cairo_image_surface_get_format(surface) == CAIRO_FORMAT_RGB24)
        return 255;
    return cairo_image_surface_get_data(
        surface)[y * cairo_image_surface_get_stride(surface) + 4 * x + 3];
}

START_TEST(png_is_as_large_as_dpi_says)
{
    static const struct size_row {
        double dpi;
        int width, height;
    } rows[] = {{0, 640, 480}, {50, 320, 240}, {150, 960, 720}};
    struct figure *figure = curve();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *path = saved(figure, "a.png",
                           (struct picture_options){.dpi = rows[i].dpi});
        cairo_surface_t *surface = read_png(path);
        ck_assert_int_eq(cairo_image_surface_get_width(surface), rows[i].width);
        ck_assert_int_eq(cairo_image_surface_get_height(surface),
                         rows[i].height);
        ck_assert_uint_eq(alpha_at(surface, 0, 0), 255);
        cairo_surface_destroy(surface);
        drop(path);
    }
    figure_free(figure);
}
END_TEST

/* matplotlib's fig.savefig(…, bbox_inches='tight') has 534 by 453 pixels. */
START_TEST(tight_cuts_the_margins)
{
    struct figure *figure = curve();
    char *path =
        saved(figure, "a.png", (struct picture_options){.is_tight = true});
    cairo_surface_t *surface = read_png(path);
    ck_assert_int_le(abs(cairo_image_surface_get_width(surface) - 534), 4);
    ck_assert_int_le(abs(cairo_image_surface_get_height(surface) - 453), 4);
    cairo_surface_destroy(surface);
    drop(path);
    figure_free(figure);
}
END_TEST

START_TEST(transparent_has_no_background)
{
    struct figure *figure = curve();
    char *path = saved(figure, "a.png",
                       (struct picture_options){.is_transparent = true});
    cairo_surface_t *surface = read_png(path);
    ck_assert_uint_eq(alpha_at(surface, 2, 2), 0);
    ck_assert_uint_eq(alpha_at(surface, 400, 400), 0);
    ck_assert_uint_eq(alpha_at(surface, 328, 427), 255);
    cairo_surface_destroy(surface);
    drop(path);
    /* What was saved is as it was. */
    ck_assert_double_eq(figure->face.alpha, 1);
    figure_free(figure);
}
END_TEST

/* The file's text, to be searched for MARK and the numbers behind it. */
static void read_numbers(const char *path, const char *mark, int count,
                         double *ret)
{
    struct strbuf text = STRBUF_INIT;
    struct error err = ERROR_INIT;
    ck_assert(file_read(path, &text, &err));
    const char *place = NULL;
    for (size_t i = 0; i + strlen(mark) < text.length && !place; i++)
        if (!memcmp(text.text + i, mark, strlen(mark)))
            place = text.text + i + strlen(mark);
    ck_assert_ptr_nonnull(place);
    for (int i = 0; i < count; i++) {
        char *end;
        ret[i] = strtod(place, &end);
        ck_assert_ptr_ne(place, end);
        place = end;
    }
    strbuf_done(&text);
}

/* 6.4 by 4.8 inches are 460.8 by 345.6 points, as in matplotlib's files. */
START_TEST(svg_and_pdf_are_measured_in_points)
{
    struct figure *figure = curve();
    struct picture_options options = {.dpi = 300};
    double numbers[4];
    char *path = saved(figure, "a.svg", options);
    read_numbers(path, "viewBox=\"", 4, numbers);
    ck_assert_double_eq_tol(numbers[2], 460.8, 0.01);
    ck_assert_double_eq_tol(numbers[3], 345.6, 0.01);
    drop(path);
    path = saved(figure, "a.PDF", options);
    read_numbers(path, "/MediaBox [", 4, numbers);
    ck_assert_double_eq_tol(numbers[2], 460.8, 0.01);
    ck_assert_double_eq_tol(numbers[3], 345.6, 0.01);
    drop(path);
    figure_free(figure);
}
END_TEST

START_TEST(png_is_what_has_no_ending)
{
    struct figure *figure = curve();
    char *path = saved(figure, "plain", (struct picture_options){0});
    char *real = xasprintf("%s.png", path);
    cairo_surface_destroy(read_png(real));
    drop(real);
    free(path);
    figure_free(figure);
}
END_TEST

/* Nothing is left behind. */
START_TEST(bad_paths_are_errors)
{
    struct figure *figure = curve();
    struct picture_options none = {0};
    struct error err = ERROR_INIT;
    char *path = path_of("a.xyz");
    ck_assert(!picture_save(figure, path, none, &err));
    ck_assert_int_eq(err.kind, ERROR_VALUE);
    ck_assert_str_eq(err.message,
                     "Format 'xyz' is not supported (supported formats: pdf, "
                     "png, svg)");
    error_clear(&err);
    free(path);
    path = path_of("missing/a.png");
    ck_assert(!picture_save(figure, path, none, &err));
    ck_assert(error_kind_is(err.kind, ERROR_OS));
    error_clear(&err);
    free(path);
    path = path_of("a.png");
    ck_assert(!picture_save(figure, path, (struct picture_options){.dpi = 1e6},
                            &err));
    ck_assert_int_eq(err.kind, ERROR_VALUE);
    error_clear(&err);
    free(path);
    figure_free(figure);
}
END_TEST

START_TEST(folders_without_rights_are_errors)
{
    struct figure *figure = curve();
    struct error err = ERROR_INIT;
    char *path = path_of("a.png");
    if (geteuid() == 0) {
        /* Nothing is forbidden to root: a name that cannot be written. */
        free(path);
        path = xstrdup("/proc/a.png");
    }
    ck_assert_int_eq(chmod(folder, 0500), 0);
    ck_assert(!picture_save(figure, path, (struct picture_options){0}, &err));
    ck_assert(error_kind_is(err.kind, ERROR_OS));
    ck_assert_int_eq(chmod(folder, 0700), 0);
    error_clear(&err);
    free(path);
    figure_free(figure);
}
END_TEST

START_TEST(scenes_are_saved)
{
    struct scene *scene = scene_of_figure(curve());
    struct error err = ERROR_INIT;
    ck_assert_str_eq(scene->title, "Figure 0");
    char *path = path_of("a.png");
    ck_assert(picture_save_scene(scene, path, &err));
    cairo_surface_t *surface = read_png(path);
    ck_assert_int_eq(cairo_image_surface_get_width(surface), 640);
    cairo_surface_destroy(surface);
    drop(path);
    scene_free(scene);
}
END_TEST

/* ------------------------------------------------- what makes no sense */

static cairo_surface_t *painted(const struct figure *figure, int width,
                                int height)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    cairo_t *canvas = cairo_create(surface);
    paint_figure(canvas, figure, (struct box){0, 0, width, height}, 100);
    ck_assert_int_eq(cairo_status(canvas), CAIRO_STATUS_SUCCESS);
    cairo_destroy(canvas);
    cairo_surface_flush(surface);
    return surface;
}

START_TEST(any_box_is_painted)
{
    static const int sizes[][2] = {{0, 0},   {1, 1},     {2, 3},
                                   {30, 20}, {20000, 9}, {9, 20000}};
    struct figure *figure = curve();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        figure->is_tight = i % 2;
        cairo_surface_destroy(painted(figure, sizes[i][0], sizes[i][1]));
    }
    free(paint_layout(figure, (struct box){0, 0, 0, 0}, 100));
    figure_free(figure);
}
END_TEST

static const double odd_numbers[] = {0,       NAN,    INFINITY, -INFINITY,
                                     1e300,   -1e300, DBL_MAX,  -DBL_MAX,
                                     DBL_MIN, 5e-324, 1e15 + 1, -3};

enum { ODD_NUMBERS = sizeof odd_numbers / sizeof *odd_numbers };

/* An artist of KIND all of whose numbers are A and B. */
static struct artist *odd_artist(enum artist_kind kind, double a, double b)
{
    struct artist *artist = artist_new(kind);
    struct error err = ERROR_INIT;
    artist->x = NUMBERS(a, b, 1);
    artist->y = NUMBERS(b, a, b);
    artist->scale =
        (struct color_scale){colormap_find("hot", &err), a, b, false};
    switch (kind) {
    case ARTIST_LINE:
        artist->marker.shape = 's';
        artist->marker.size = a;
        artist->stroke.width = b;
        break;
    case ARTIST_POINTS:
        artist->points.sizes = NUMBERS(a);
        artist->points.values = NUMBERS(b, a);
        break;
    case ARTIST_IMAGE:
        artist->image.rows = 2;
        artist->image.columns = 2;
        artist->image.values = NUMBERS(a, b);
        artist->image.extent[0] = a;
        artist->image.extent[1] = b;
        artist->image.extent[3] = 1;
        break;
    case ARTIST_BARS:
        artist->bars.heights = NUMBERS(a, b, a);
        artist->bars.bases = NUMBERS(b);
        break;
    case ARTIST_FILL:
        artist->band.other = NUMBERS(a);
        break;
    case ARTIST_CONTOUR:
        artist->contour.rows = artist->contour.columns = 2;
        artist->contour.values = NUMBERS(a, b, 0, 1);
        artist->contour.levels = NUMBERS(a, b);
        artist->contour.has_labels = true;
        break;
    case ARTIST_RULE:
        artist->rule.low = a;
        artist->rule.high = b;
        break;
    case ARTIST_TEXT:
        artist->text.text = xstrdup("\xff$^{");
        artist->text.x = artist->text.tip_y = a;
        artist->text.y = artist->text.size = b;
        artist->text.rotation = a;
        artist->text.has_arrow = true;
        break;
    default:
        artist->arrows.u = NUMBERS(a);
        artist->arrows.v = NUMBERS(b);
    }
    return artist;
}

START_TEST(any_numbers_are_painted)
{
    double a = odd_numbers[_i];
    for (int j = 0; j < ODD_NUMBERS; j++)
        for (int kind = 0; kind < ARTIST_KINDS; kind++) {
            struct figure *figure = figure_new();
            struct axes *axes = cell(figure, 1, 1, 0);
            axes->x.scale = (enum axis_scale)(j % 3);
            axes->y.scale = (enum axis_scale)(kind % 3);
            axes->has_legend = axes->is_equal = j % 2;
            axes_add(axes, odd_artist(kind, a, odd_numbers[j]));
            figure_set_text(&axes->artists[0]->label, "odd");
            figure_add_colorbar(figure, axes, axes->artists[0]);
            cairo_surface_destroy(painted(figure, 100, 80));
            figure_free(figure);
        }
}
END_TEST

/* Texts of all sorts: cut-off UTF-8, formulas that do not end, Chinese. */
START_TEST(any_text_is_painted)
{
    static const char *const texts[] = {"",
                                        "\xe4\xb8",
                                        "$",
                                        "$$",
                                        "$x^{",
                                        "$\\frac{a}{b}$ $\\foo$ <b>&amp;",
                                        "训练损失\n$\\alpha_{10}$",
                                        "\n\n",
                                        "$^^^___{{{}}}$"};
    struct figure *figure = curve();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct axes *axes = figure->axes[0];
        figure_set_text(&figure->title, texts[i]);
        figure_set_text(&axes->title, texts[i]);
        figure_set_text(&axes->y.label, texts[i]);
        figure_set_text(&axes->artists[0]->label, texts[i]);
        cairo_surface_destroy(painted(figure, 300, 200));
    }
    figure_free(figure);
}
END_TEST

/* A colour bar whose image is gone explains nothing. */
START_TEST(colorbars_outlive_their_images)
{
    struct figure *figure = figure_new();
    struct axes *axes = cell(figure, 1, 1, 0);
    figure_add_colorbar(figure, axes,
                        add_image(axes, 2, 2, steps(4, 0, 1), "hot"));
    axes_clear(axes);
    struct figure *copy = figure_copy(figure);
    cairo_surface_destroy(painted(figure, 300, 200));
    figure_free(figure);
    cairo_surface_destroy(painted(copy, 300, 200));
    figure_free(copy);
}
END_TEST

/* ---------------------------------------------------------------- threads */

static void *paint_often(void *context)
{
    cairo_surface_t *surface = NULL;
    for (int i = 0; i < 20; i++) {
        cairo_surface_destroy(surface);
        surface = painted(context, 320, 240);
    }
    return surface;
}

/* Two threads paint copies that share their numbers. */
START_TEST(threads_paint_at_once)
{
    struct figure *figures[2] = {curve(), NULL};
    figures[1] = figure_copy(figures[0]);
    cairo_surface_t *alone = painted(figures[0], 320, 240);
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(
            pthread_create(&threads[i], NULL, paint_often, figures[i]), 0);
    for (int i = 0; i < 2; i++) {
        void *surface;
        ck_assert_int_eq(pthread_join(threads[i], &surface), 0);
        ck_assert_int_eq(
            memcmp(cairo_image_surface_get_data(surface),
                   cairo_image_surface_get_data(alone),
                   (size_t)cairo_image_surface_get_stride(alone) * 240),
            0);
        cairo_surface_destroy(surface);
        figure_free(figures[i]);
    }
    cairo_surface_destroy(alone);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("picture");
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, make_folder, remove_folder);
    tcase_add_test(files, png_is_as_large_as_dpi_says);
    tcase_add_test(files, tight_cuts_the_margins);
    tcase_add_test(files, transparent_has_no_background);
    tcase_add_test(files, svg_and_pdf_are_measured_in_points);
    tcase_add_test(files, png_is_what_has_no_ending);
    tcase_add_test(files, bad_paths_are_errors);
    tcase_add_test(files, folders_without_rights_are_errors);
    tcase_add_test(files, scenes_are_saved);
    suite_add_tcase(suite, files);
    TCase *odd = tcase_create("odd");
    tcase_add_test(odd, any_box_is_painted);
    tcase_add_loop_test(odd, any_numbers_are_painted, 0, ODD_NUMBERS);
    tcase_add_test(odd, any_text_is_painted);
    tcase_add_test(odd, colorbars_outlive_their_images);
    tcase_add_test(odd, threads_paint_at_once);
    suite_add_tcase(suite, odd);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
