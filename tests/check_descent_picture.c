/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The picture of a descent: what is known of the function around the way, the
 * figure that is made of it, the window that shows it.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "repl/descent_ground.h"
#include "repl/session.h"
#include "scene/descent.h"
#include "view/paint.h"

static struct error err = ERROR_INIT;
static struct session *session;
static struct descents descents;
static struct descent_ground ground;

#define OK(condition) \
    ck_assert_msg((condition), "%s", err.message ? err.message : "failed")

static void open_session(void)
{
    struct session_options options = {0};
    session = session_new(&options);
}

static void close_session(void)
{
    descent_ground_done(&ground);
    descents_done(&descents);
    session_free(session);
}

static struct value evaluate(const char *text)
{
    struct program *program;
    struct value value;
    OK(session_parse(session, text, &program, &err));
    OK(program_evaluate(session_interp(session), program, &value, &err));
    program_free(program);
    return value;
}

static void run(const char *text)
{
    value_unref(evaluate(text));
}

/* STEPS of FUNCTION from START. */
static void descend(const char *function, const char *start,
                    const char *optimizers, double rate, int steps)
{
    struct value f = evaluate(function), x = evaluate(start);
    struct descent_settings settings = {rate, 0.0, NULL};
    OK(descents_begin(session_interp(session), f, x, optimizers, settings,
                      &descents, &err));
    for (int i = 0; i < steps; i++)
        OK(descents_step(session_interp(session), &descents, &err));
    value_unref(f);
    value_unref(x);
    OK(descent_look(session, &descents, &ground, &err));
}

/* ------------------------------------------------------------------ ground */

/* Of a parabola the bottom is seen, too, before the first step. */
START_TEST(test_curve)
{
    descend("lambda w: (w - 3)**2", "0.0", NULL, 0.1, 0);
    ck_assert_int_eq(ground.dimensions, 1);
    ck_assert_double_lt(ground.low[0], -0.3);
    ck_assert_double_gt(ground.high[0], 3.3);
    ck_assert_double_lt(ground.high[0] - ground.low[0], 10.0);
    ck_assert_uint_ge(ground.values->count, 31);
    for (size_t i = 0; i < ground.values->count; i++) {
        double w = ground.axes[0]->values[i];
        ck_assert_double_eq_tol(ground.values->values[i], (w - 3) * (w - 3),
                                1e-12);
    }
    ck_assert(descent_ground_covers(&ground, &descents));
}
END_TEST

static void expect_bowl(void)
{
    size_t side = ground.axes[0]->count;
    ck_assert_int_eq(ground.dimensions, 2);
    ck_assert_uint_ge(side, 13);
    ck_assert_uint_eq(ground.values->count, side * side);
    for (size_t i = 0; i < side; i++)
        for (size_t k = 0; k < side; k++) {
            double a = ground.axes[0]->values[k], b = ground.axes[1]->values[i];
            ck_assert_double_eq_tol(ground.values->values[i * side + k],
                                    a * a + 10.0 * b * b, 1e-9);
        }
}

START_TEST(test_two_arguments)
{
    descend("lambda a, b: a*a + 10*b*b", "(2.0, 1.0)", NULL, 0.01, 3);
    expect_bowl();
}
END_TEST

START_TEST(test_array_of_two)
{
    descend("lambda p: p[0]**2 + 10*p[1]**2", "np.array([2.0, 1.0])", NULL,
            0.01, 3);
    expect_bowl();
    ck_assert_double_eq(
        descent_coordinate(descents.items[0], &descents.items[0]->points[0], 1),
        1.0);
}
END_TEST

START_TEST(test_more_numbers)
{
    descend("lambda W, b: np.sum(W*W) + b*b", "(np.ones(2), 1.0)", NULL, 0.1,
            1);
    ck_assert_int_eq(ground.dimensions, 0);
    ck_assert(descent_ground_covers(&ground, &descents));
}
END_TEST

/* What the function says while it is looked at is not asked for. */
START_TEST(test_silence)
{
    session_capture(session);
    descend("lambda w: print('here') or np.log(w)**2", "2.0", NULL, 0.5, 0);
    session_capture(session);
    descent_ground_done(&ground);
    OK(descent_look(session, &descents, &ground, &err));
    ck_assert_str_eq(session_captured(session), "");
    run("print('again')");
    ck_assert_str_eq(session_captured(session), "again\n");
}
END_TEST

/* Nor does it change what is drawn at random afterwards. */
START_TEST(test_random)
{
    run("np.random.seed(4)");
    struct value wanted = evaluate("np.random.rand()");
    run("np.random.seed(4)");
    descend("lambda w: w*w + 0*np.random.rand()", "2.0", NULL, 0.5, 0);
    run("np.random.seed(4)");
    descent_ground_done(&ground);
    OK(descent_look(session, &descents, &ground, &err));
    struct value drawn = evaluate("np.random.rand()");
    ck_assert_double_eq(drawn.f, wanted.f);
}
END_TEST

/* Where it fails, or gives no finite number, there is a gap. */
START_TEST(test_gaps)
{
    descend("lambda w: (w - 3)**2 if w < 3.5 else [][1]", "0.0", NULL, 0.1, 0);
    ck_assert_double_gt(ground.high[0], 3.6);
    for (size_t i = 0; i < ground.values->count; i++)
        ck_assert_int_eq(isnan(ground.values->values[i]) != 0,
                         ground.axes[0]->values[i] >= 3.5);
}
END_TEST

START_TEST(test_slow_function)
{
    descend("lambda w: w*w + 0*sum(1 for i in range(5 * 10**6))", "1.0", NULL,
            0.1, 0);
    ck_assert_int_eq(ground.dimensions, 0);
}
END_TEST

/* It diverges: what is seen is where it was, not where it would go. */
START_TEST(test_divergence)
{
    descend("lambda w: (w - 3)**2", "0.0", NULL, 1.1, 2);
    ck_assert_double_lt(ground.high[0] - ground.low[0], 30.0);
    OK(descents_step(session_interp(session), &descents, &err));
    for (int i = 0; i < 20; i++)
        OK(descents_step(session_interp(session), &descents, &err));
    ck_assert(!descent_ground_covers(&ground, &descents));
}
END_TEST

/* Nothing can be seen where no number is finite, or the way is too long. */
START_TEST(test_extremes)
{
    descend("lambda w: w * float('nan')", "1.0", NULL, 0.1, 0);
    ck_assert_int_eq(ground.dimensions, 0);
    descents_done(&descents);
    descend("lambda w: w / 4", "1.7e308", NULL, 0.1, 0);
    descent_ground_done(&ground);
    descents_done(&descents);
    descend("lambda w: abs(w)", "1e308", NULL, 1.7e308, 1);
    ck_assert_int_eq(ground.dimensions, 0);
}
END_TEST

/* ------------------------------------------------------------------ figure */

/* Two tracks of three points over the ground that is there. */
static struct figure *make_figure(int tracks)
{
    static const double x[3] = {1.0, 0.5, 0.25}, losses[3] = {9.0, 4.0, 1.0};
    struct descent_track made[2] = {{.label = "sgd"}, {.label = "adam"}};
    for (int i = 0; i < tracks; i++) {
        made[i].slope = -2.0;
        made[i].losses = series_new(3, &err);
        memcpy(made[i].losses->values, losses, sizeof losses);
        for (int k = 0; k < ground.dimensions; k++) {
            made[i].x[k] = series_new(3, &err);
            memcpy(made[i].x[k]->values, x, sizeof x);
        }
    }
    struct descent_picture picture = {&ground, {"w", "b"}, tracks, made};
    struct figure *figure = descent_figure(&picture);
    for (int i = 0; i < tracks; i++)
        descent_track_done(&made[i]);
    return figure;
}

static struct artist *find_artist(const struct axes *axes,
                                  enum artist_kind kind, int number)
{
    for (int i = 0; i < axes->artist_count; i++)
        if (axes->artists[i]->kind == kind && number-- == 0)
            return axes->artists[i];
    return NULL;
}

static void paint(const struct figure *figure)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, 600, 400);
    cairo_t *canvas = cairo_create(surface);
    paint_figure(canvas, figure, (struct box){0.0, 0.0, 600.0, 400.0}, 72.0);
    ck_assert_int_eq(cairo_status(canvas), CAIRO_STATUS_SUCCESS);
    cairo_destroy(canvas);
    cairo_surface_destroy(surface);
}

START_TEST(test_curve_figure)
{
    descend("lambda w: (w - 3)**2", "0.0", NULL, 0.1, 0);
    struct figure *figure = make_figure(1);
    ck_assert_int_eq(figure->axes_count, 2);
    const struct axes *axes = figure->axes[0];
    ck_assert_double_eq(axes->x.low, ground.low[0]);
    ck_assert_str_eq(axes->title, "step 2: w = 0.25, loss 1");
    ck_assert_str_eq(axes->x.label, "w");
    /* the curve, the tangent with its slope, the way */
    ck_assert_ptr_eq(find_artist(axes, ARTIST_LINE, 0)->y, ground.values);
    const struct artist *tangent = find_artist(axes, ARTIST_LINE, 1);
    ck_assert_double_eq_tol((tangent->y->values[1] - tangent->y->values[0]) /
                                (tangent->x->values[1] - tangent->x->values[0]),
                            -2.0, 1e-12);
    ck_assert_double_eq(find_artist(axes, ARTIST_LINE, 2)->x->values[1], 0.5);
    ck_assert_double_eq(find_artist(axes, ARTIST_LINE, 3)->y->values[0], 1.0);
    paint(figure);
    figure_free(figure);
}
END_TEST

START_TEST(test_contour_figure)
{
    descend("lambda a, b: a*a + 10*b*b", "(2.0, 1.0)", NULL, 0.01, 3);
    struct figure *figure = make_figure(2);
    ck_assert_int_eq(figure->axes_count, 3);
    for (int i = 0; i < 2; i++) {
        const struct axes *axes = figure->axes[i];
        const struct artist *contours = find_artist(axes, ARTIST_CONTOUR, 0);
        ck_assert(contours->contour.is_filled);
        ck_assert_ptr_eq(contours->contour.values, ground.values);
        const struct series *levels = contours->contour.levels;
        for (size_t k = 1; k < levels->count; k++)
            ck_assert_double_gt(levels->values[k], levels->values[k - 1]);
        ck_assert_double_eq(axes->y.high, ground.high[1]);
        ck_assert_str_eq(axes->y.label, "b");
    }
    ck_assert_str_eq(figure->axes[1]->title, "adam: loss 1");
    ck_assert(figure->axes[2]->has_legend);
    paint(figure);
    figure_free(figure);
}
END_TEST

START_TEST(test_losses_alone)
{
    struct figure *figure = make_figure(1);
    ck_assert_int_eq(figure->axes_count, 1);
    const struct axes *axes = figure->axes[0];
    ck_assert_double_eq(find_artist(axes, ARTIST_LINE, 0)->y->values[2], 1.0);
    ck_assert_uint_eq(axes->x.ticks->count, 6); /* 0, 2, … 10 */
    ck_assert_double_eq(axes->x.ticks->values[5], 10.0);
    paint(figure);
    figure_free(figure);
}
END_TEST

/* ------------------------------------------------------------------ window */

static char typed[64];

static void command(const char *line)
{
    strncat(typed, line, sizeof typed - strlen(typed) - 2);
    strcat(typed, ";");
}

START_TEST(test_scene)
{
    static const uint32_t keys[] = {SCENE_KEY_RIGHT, SCENE_KEY_LEFT, 'r', 'x'};
    ck_assert(!descent_scene_is_open());
    descent_scene_replace(make_figure(1)); /* nobody looks */
    struct scene *scene = descent_new_scene(make_figure(1));
    ck_assert(descent_scene_is_open());
    scene_set_commander(command);
    for (int i = 0; i < 4; i++) {
        struct scene_event event = {.kind = SCENE_KEY, .key = keys[i]};
        scene->class->handle(scene, &event, 100.0, 100.0);
    }
    scene_set_commander(NULL);
    ck_assert_str_eq(typed, "step;step back;run 20;");
    ck_assert(!scene->class->update(scene, 0.0));
    descent_scene_replace(make_figure(1));
    descent_scene_replace(make_figure(1));
    ck_assert(scene->class->update(scene, 0.0));
    ck_assert(!scene->class->update(scene, 0.0));
    descent_scene_replace(make_figure(1));
    scene_free(scene);
    ck_assert(!descent_scene_is_open());
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("descent picture");
    TCase *tcase = tcase_create("ground");
    tcase_add_checked_fixture(tcase, open_session, close_session);
    tcase_add_test(tcase, test_curve);
    tcase_add_test(tcase, test_two_arguments);
    tcase_add_test(tcase, test_array_of_two);
    tcase_add_test(tcase, test_more_numbers);
    tcase_add_test(tcase, test_silence);
    tcase_add_test(tcase, test_random);
    tcase_add_test(tcase, test_gaps);
    tcase_add_test(tcase, test_slow_function);
    tcase_add_test(tcase, test_divergence);
    tcase_add_test(tcase, test_extremes);
    tcase_add_test(tcase, test_curve_figure);
    tcase_add_test(tcase, test_contour_figure);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("scene");
    tcase_add_test(tcase, test_losses_alone);
    tcase_add_test(tcase, test_scene);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
