/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which picture a value gets, and what is in it. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scene/show.h"

static struct error err;

/* 0, 1, 2… times STEP, from FIRST. */
static struct tensor *counted(int ndim, const int64_t *shape, double first,
                              double step)
{
    struct tensor *x = tensor_new(DTYPE_FLOAT64, ndim, shape, &err);
    for (int64_t i = 0; i < x->size; i++)
        ((double *)x->data)[i] = first + (double)i * step;
    return x;
}

static struct figure *show(int ndim, const int64_t *shape, double first,
                           double step)
{
    struct tensor *x = counted(ndim, shape, first, step);
    struct figure *figure = show_tensor(x, "x", &err);
    ck_assert_msg(figure != NULL, "%s", err.message);
    tensor_unref(x);
    return figure;
}

static int count_of(const struct axes *axes, enum artist_kind kind)
{
    int count = 0;
    for (int i = 0; i < axes->artist_count; i++)
        count += axes->artists[i]->kind == kind;
    return count;
}

static const struct artist *image_of(const struct figure *figure, int at)
{
    ck_assert_int_lt(at, figure->axes_count);
    const struct artist *image = figure->axes[at]->artists[0];
    ck_assert_int_eq(image->kind, ARTIST_IMAGE);
    return image;
}

static void check_image(const struct figure *figure, int at, int rows,
                        int columns, double first)
{
    const struct artist *image = image_of(figure, at);
    ck_assert_int_eq(image->image.rows, rows);
    ck_assert_int_eq(image->image.columns, columns);
    ck_assert_double_eq(image->image.values->values[0], first);
}

START_TEST(digits_are_images)
{
    struct figure *figure = show(2, (int64_t[]){28, 28}, 0, 1);
    ck_assert_int_eq(figure->axes_count, 1);
    check_image(figure, 0, 28, 28, 0);
    ck_assert_str_eq(colormap_name(image_of(figure, 0)->scale.map), "binary");
    ck_assert_str_eq(figure->title, "x   (28, 28) float64");
    figure_free(figure);
    figure = show(1, (int64_t[]){784}, 0, 1);
    check_image(figure, 0, 28, 28, 0);
    ck_assert_str_eq(figure->title, "x   (784,) float64");
    figure_free(figure);
}
END_TEST

START_TEST(batches_are_grids)
{
    struct figure *figure = show(3, (int64_t[]){7, 28, 28}, 0, 1);
    ck_assert_int_eq(figure->axes_count, 7);
    check_image(figure, 2, 28, 28, 2 * 784);
    figure_free(figure);
    figure = show(2, (int64_t[]){6, 784}, 0, 1);
    ck_assert_int_eq(figure->axes_count, 6);
    check_image(figure, 5, 28, 28, 5 * 784);
    figure_free(figure);
    figure = show(4, (int64_t[]){5, 8, 9, 1}, 0, 1);
    ck_assert_int_eq(figure->axes_count, 5);
    check_image(figure, 1, 8, 9, 72);
    figure_free(figure);
    figure = show(3, (int64_t[]){1000, 20, 20}, 0, 1);
    ck_assert_int_eq(figure->axes_count, 100);
    figure_free(figure);
}
END_TEST

/* Column j of the weights is what unit j looks at; zero is in the middle. */
START_TEST(weights_are_tiles)
{
    struct figure *figure = show(2, (int64_t[]){784, 5}, -1000, 1);
    ck_assert_int_eq(figure->axes_count, 5);
    check_image(figure, 3, 28, 28, -997);
    const struct artist *image = image_of(figure, 3);
    ck_assert_double_eq(image->image.values->values[1], -992);
    ck_assert_double_eq(image->scale.high, 784 * 5 - 1 - 1000);
    ck_assert_double_eq(image->scale.low, -image->scale.high);
    ck_assert_ptr_nonnull(strstr(figure->title, "blue"));
    figure_free(figure);
}
END_TEST

START_TEST(vectors_are_bars_or_curves)
{
    struct figure *figure = show(1, (int64_t[]){3}, 5, -1);
    const struct artist *bars = figure->axes[0]->artists[0];
    ck_assert_int_eq(bars->kind, ARTIST_BARS);
    ck_assert_double_eq(bars->bars.heights->values[0], 5);
    ck_assert_double_eq(bars->bars.heights->values[2], 3);
    ck_assert_double_eq(bars->x->values[2] + 0.4, 2);
    figure_free(figure);
    figure = show(1, (int64_t[]){200}, 0, 2);
    const struct artist *line = figure->axes[0]->artists[0];
    ck_assert_int_eq(line->kind, ARTIST_LINE);
    ck_assert_double_eq(line->y->values[199], 398);
    figure_free(figure);
}
END_TEST

START_TEST(small_matrices_tell_their_numbers)
{
    struct figure *figure = show(2, (int64_t[]){2, 3}, -1.5, 1);
    ck_assert_int_eq(figure->axes_count, 1);
    ck_assert_int_eq(count_of(figure->axes[0], ARTIST_TEXT), 6);
    ck_assert_str_eq(figure->axes[0]->artists[1]->text.text, "-1.5");
    ck_assert_double_eq(figure->axes[0]->artists[3]->text.x, 2);
    ck_assert_double_eq(figure->axes[0]->artists[4]->text.y, 1);
    figure_free(figure);
    figure = show(3, (int64_t[]){2, 3, 4}, 0, 1);
    ck_assert_int_eq(figure->axes_count, 2);
    ck_assert_int_eq(count_of(figure->axes[1], ARTIST_TEXT), 12);
    figure_free(figure);
    /* a larger one has a colour bar instead */
    figure = show(2, (int64_t[]){30, 40}, 0, 1);
    ck_assert_int_eq(figure->axes_count, 2);
    ck_assert_int_eq(count_of(figure->axes[0], ARTIST_TEXT), 0);
    ck_assert_ptr_eq(figure->axes[1]->beside, figure->axes[0]);
    figure_free(figure);
}
END_TEST

START_TEST(counts_of_classes_are_confusion)
{
    int64_t shape[2] = {10, 10};
    struct tensor *x = tensor_zeros(DTYPE_INT64, 2, shape, &err);
    for (int i = 0; i < 10; i++)
        ((int64_t *)x->data)[11 * i] = 90 + i;
    ((int64_t *)x->data)[3] = 4;
    struct figure *figure = show_tensor(x, "x", &err);
    ck_assert_ptr_nonnull(figure->axes[0]->x.label);
    ck_assert_ptr_nonnull(figure->axes[0]->y.label);
    ck_assert_int_eq(count_of(figure->axes[0], ARTIST_TEXT), 100);
    figure_free(figure);
    tensor_unref(x);
}
END_TEST

static void check_refused(int ndim, const int64_t *shape, enum error_kind kind)
{
    struct tensor *x = counted(ndim, shape, 0, 1);
    ck_assert_ptr_null(show_tensor(x, "x", &err));
    ck_assert_int_eq(err.kind, kind);
    error_clear(&err);
    tensor_unref(x);
}

START_TEST(some_values_have_no_picture)
{
    check_refused(0, NULL, ERROR_TYPE);
    check_refused(1, (int64_t[]){0}, ERROR_VALUE);
    check_refused(3, (int64_t[]){0, 28, 28}, ERROR_VALUE);
    check_refused(4, (int64_t[]){2, 3, 4, 5}, ERROR_TYPE);
    check_refused(5, (int64_t[]){2, 3, 4, 5, 6}, ERROR_TYPE);
}
END_TEST

START_TEST(what_is_no_number_is_no_limit)
{
    int64_t shape[2] = {2, 2};
    struct tensor *x = counted(2, shape, 0, 1);
    ((double *)x->data)[0] = NAN;
    ((double *)x->data)[3] = INFINITY;
    struct figure *figure = show_tensor(x, "x", &err);
    ck_assert_double_eq(image_of(figure, 0)->scale.low, 1);
    ck_assert_double_eq(image_of(figure, 0)->scale.high, 2);
    figure_free(figure);
    tensor_unref(x);
}
END_TEST

/* How many boxes have the pale colour of repeated cells. */
static int pale_count(const struct axes *axes)
{
    int count = 0;
    for (int i = 0; i < axes->artist_count; i++)
        count += axes->artists[i]->kind == ARTIST_FILL &&
                 axes->artists[i]->face.red > 0.9;
    return count;
}

static void check_broadcast(int ndim_a, const int64_t *a, int ndim_b,
                            const int64_t *b, int cells, int pale)
{
    static const char *const texts[2] = {"a", "b"};
    struct tensor *operands[2] = {counted(ndim_a, a, 0, 1),
                                  counted(ndim_b, b, 0, 1)};
    int64_t shape[TENSOR_MAX_DIMS];
    int ndim;
    ck_assert(tensor_broadcast_shapes(2, operands, &ndim, shape, &err));
    struct tensor *result = counted(ndim, shape, 0, 1);
    struct figure *figure =
        show_broadcast(operands, texts, "+", result, "a + b", &err);
    ck_assert_msg(figure != NULL, "%s", err.message);
    ck_assert_int_eq(count_of(figure->axes[0], ARTIST_FILL), 3 * cells);
    ck_assert_int_eq(pale_count(figure->axes[0]), pale);
    figure_free(figure);
    for (int i = 0; i < 2; i++)
        tensor_unref(operands[i]);
    tensor_unref(result);
}

START_TEST(stretched_cells_are_pale)
{
    check_broadcast(2, (int64_t[]){2, 3}, 2, (int64_t[]){2, 3}, 6, 0);
    check_broadcast(2, (int64_t[]){2, 3}, 2, (int64_t[]){2, 1}, 6, 4);
    check_broadcast(2, (int64_t[]){2, 3}, 1, (int64_t[]){3}, 6, 3);
    check_broadcast(2, (int64_t[]){2, 1}, 1, (int64_t[]){3}, 6, 4 + 3);
    check_broadcast(2, (int64_t[]){2, 3}, 0, NULL, 6, 5);
    check_broadcast(3, (int64_t[]){2, 2, 3}, 1, (int64_t[]){3}, 12, 9);
}
END_TEST

START_TEST(losses_are_apart_from_the_rest)
{
    struct series *values = series_new(3, &err);
    for (int i = 0; i < 3; i++)
        values->values[i] = i;
    struct show_curve curves[3] = {
        {"loss", values}, {"accuracy", values}, {"val_loss", values}};
    struct figure *figure = show_history(3, curves, "history", &err);
    ck_assert_int_eq(figure->axes_count, 2);
    ck_assert_int_eq(figure->axes[0]->artist_count, 2);
    ck_assert_int_eq(figure->axes[1]->artist_count, 1);
    ck_assert_double_eq(figure->axes[0]->artists[0]->x->values[0], 1);
    ck_assert_str_eq(figure->axes[0]->artists[1]->label, "val_loss");
    figure_free(figure);
    series_unref(values);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("show");
    TCase *tcase = tcase_create("show");
    tcase_add_test(tcase, digits_are_images);
    tcase_add_test(tcase, batches_are_grids);
    tcase_add_test(tcase, weights_are_tiles);
    tcase_add_test(tcase, vectors_are_bars_or_curves);
    tcase_add_test(tcase, small_matrices_tell_their_numbers);
    tcase_add_test(tcase, counts_of_classes_are_confusion);
    tcase_add_test(tcase, some_values_have_no_picture);
    tcase_add_test(tcase, what_is_no_number_is_no_limit);
    tcase_add_test(tcase, stretched_cells_are_pale);
    tcase_add_test(tcase, losses_are_apart_from_the_rest);
    suite_add_tcase(suite, tcase);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
