/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Kernels that have a fast way and a right way: both must agree.  Expected
 * values come from the C library in long double, from sorting by insertion,
 * and from loops that do nothing clever.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tensor/elementwise.h"
#include "tensor/index.h"
#include "tensor/reduce.h"
#include "tensor/sort.h"

static struct error err;

/* Numbers that are the same in every run (Knuth's MMIX generator). */
static uint64_t state = 1;
static double uniform(double low, double high)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return low + (high - low) * (double)(state >> 11) * 0x1p-53;
}

static struct tensor *vector(enum dtype dtype, int64_t n, double low,
                             double high)
{
    struct tensor *wide = tensor_new(DTYPE_FLOAT64, 1, &n, &err);
    for (int64_t i = 0; i < n; i++)
        ((double *)wide->data)[i] = uniform(low, high);
    struct tensor *result = tensor_astype(wide, dtype, &err);
    tensor_unref(wide);
    return result;
}

static struct tensor *call(const char *name, struct tensor *x)
{
    struct tensor *y =
        ufunc_call(ufunc_find(name), &x, NULL, NULL, DTYPE_COUNT, &err);
    ck_assert_ptr_nonnull(y);
    return y;
}

/* ------------------------------------------------------------------ math */

static const struct {
    const char *name;
    long double (*exact)(long double);
    double low, high, ulps, ulps_float; /* NumPy's own bounds for float32 */
} functions[] = {
    {"exp", expl, -700, 700, 1, 0},     {"exp", expl, -80, 80, 1, 2.6},
    {"log", logl, 1e-30, 2, 1, 3.9},    {"log", logl, 0.5, 1e30, 1, 3.9},
    {"sin", sinl, -20, 20, 1, 1.6},     {"sin", sinl, -6e4, 6e4, 1, 1.6},
    {"cos", cosl, -20, 20, 1, 1.6},     {"cos", cosl, -6e4, 6e4, 1, 1.6},
    {"tanh", tanhl, -1, 1, 1, 1},       {"tanh", tanhl, -30, 30, 1, 1},
    {"tanh", tanhl, -1e-9, 1e-9, 1, 1},
};

static double ulps_off(double got, long double exact, bool narrow)
{
    double near = narrow ? (double)(float)exact : (double)exact;
    double ulp = narrow ? (double)(nextafterf(fabsf((float)near), INFINITY) -
                                   fabsf((float)near))
                        : nextafter(fabs(near), INFINITY) - fabs(near);
    return (double)(fabsl((long double)got - exact) / ulp);
}

START_TEST(test_math_accuracy)
{
    static const enum dtype dtypes[] = {DTYPE_FLOAT64, DTYPE_FLOAT32};
    double bound =
        _i % 2 ? functions[_i / 2].ulps_float : functions[_i / 2].ulps;
    if (bound == 0)
        return;
    struct tensor *x = vector(dtypes[_i % 2], 5000, functions[_i / 2].low,
                              functions[_i / 2].high);
    struct tensor *y = call(functions[_i / 2].name, x);
    for (int64_t i = 0; i < x->size; i++) {
        double from = tensor_item_at(x, i).f, got = tensor_item_at(y, i).f;
        double off = ulps_off(got, functions[_i / 2].exact(from), _i % 2);
        ck_assert_msg(off <= bound, "%s(%.17g) = %.17g, %g ulp off",
                      functions[_i / 2].name, from, got, off);
    }
    tensor_unref(x);
    tensor_unref(y);
}
END_TEST

/* Alone or among others, an argument gives the same; the unusual ones give
   what the C library gives. */
START_TEST(test_math_unusual)
{
    static const double unusual[] = {0.0,    -0.0,   INFINITY, -INFINITY,
                                     1e-310, -1e300, 709.9,    -745.2,
                                     -1,     1e22,   NAN};
    static double (*const library[])(double) = {exp, log, sin, cos, tanh};
    static const char *const names[] = {"exp", "log", "sin", "cos", "tanh"};
    struct tensor *x = vector(DTYPE_FLOAT64, 700, 0.5, 2);
    double *data = (double *)x->data;
    size_t count = sizeof unusual / sizeof *unusual;

    for (size_t i = 0; i < count; i++)
        data[50 * i] = unusual[i];
    struct tensor *y = call(names[_i], x);
    const double *got = (const double *)y->data;
    for (size_t i = 0; i < count; i++) {
        double wanted = library[_i](unusual[i]);
        if (isnan(wanted))
            ck_assert_double_nan(got[50 * i]);
        else
            ck_assert_double_eq(got[50 * i], wanted);
        ck_assert(isnan(wanted) || !signbit(wanted) == !signbit(got[50 * i]));
    }
    for (int64_t i = 1; i < x->size; i += 53) {
        struct tensor *one = tensor_view(x, 0, NULL, NULL, (char *)(data + i));
        struct tensor *alone = call(names[_i], one);
        if (!isnan(got[i]))
            ck_assert_double_eq(*(double *)alone->data, got[i]);
        tensor_unref(alone);
        tensor_unref(one);
    }
    fp_events_forget();
    tensor_unref(x);
    tensor_unref(y);
}
END_TEST

/* --------------------------------------------------------------- sorting */

static bool goes_before(const struct tensor *x, int64_t i, int64_t j)
{
    struct scalar a = tensor_item_at(x, i), b = tensor_item_at(x, j);
    if (dtype_is_float(x->dtype))
        return a.f < b.f || (isnan(b.f) && !isnan(a.f));
    return dtype_kind(x->dtype) == 'u' ? a.u < b.u : a.i < b.i;
}

START_TEST(test_argsort_is_stable)
{
    static const int64_t sizes[] = {1, 2, 25, 193, 1500};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        /* few different values, so that there are equals */
        struct tensor *x =
            vector((enum dtype)_i, sizes[s],
                   dtype_kind((enum dtype)_i) == 'u' ? 0 : -40, 40);
        if (_i == DTYPE_FLOAT64 && x->size > 20) {
            ((double *)x->data)[7] = NAN;
            ((double *)x->data)[11] = -0.0;
            ((double *)x->data)[12] = 0.0;
        }
        struct tensor *order = tensor_sort(x, 0, true, &err);
        struct tensor *values = tensor_sort(x, 0, false, &err);
        const int64_t *at = (const int64_t *)order->data;
        for (int64_t i = 1; i < x->size; i++) {
            ck_assert(!goes_before(x, at[i], at[i - 1]));
            ck_assert(goes_before(x, at[i - 1], at[i]) || at[i - 1] < at[i]);
        }
        struct tensor *taken = tensor_take(x, order, 0, &err);
        if (_i != DTYPE_FLOAT64)
            ck_assert_mem_eq(taken->data, values->data,
                             (size_t)x->size * dtype_size(x->dtype));
        for (int64_t i = 0; _i == DTYPE_FLOAT64 && i < x->size; i++) {
            double a = ((double *)taken->data)[i];
            double b = ((double *)values->data)[i];
            ck_assert((isnan(a) && isnan(b)) ||
                      (a == b && !signbit(a) == !signbit(b)));
        }
        tensor_unref(taken);
        tensor_unref(order);
        tensor_unref(values);
        tensor_unref(x);
    }
}
END_TEST

/* ------------------------------------------------ tiles, masks, extremes */

START_TEST(test_transposed_copy)
{
    int64_t shape[3] = {37, 65, 19}, axes[3] = {2, 0, 1};
    struct tensor *flat = vector(DTYPE_FLOAT32, 37 * 65 * 19, -1, 1);
    struct tensor *x = tensor_reshape(flat, 3, shape, 'C', &err);
    struct tensor *turned = tensor_transpose(x, axes, &err);
    struct tensor *copy = tensor_copy(turned, &err);
    const float *from = (const float *)x->data;
    const float *to = (const float *)copy->data;

    for (int64_t i = 0; i < 19; i++)
        for (int64_t j = 0; j < 37; j++)
            for (int64_t k = 0; k < 65; k++)
                ck_assert(to[(i * 37 + j) * 65 + k] ==
                          from[(j * 65 + k) * 19 + i]);
    tensor_unref(copy);
    tensor_unref(turned);
    tensor_unref(x);
    tensor_unref(flat);
}
END_TEST

START_TEST(test_mask_and_where)
{
    struct tensor *x = vector(DTYPE_INT16, 40000, -100, 100), *places;
    struct tensor *zero = tensor_from_scalar(scalar_from_int(0), &err);
    struct tensor *inputs[2] = {x, zero};
    struct tensor *mask = ufunc_call(ufunc_find("greater"), inputs, NULL, NULL,
                                     DTYPE_COUNT, &err);
    struct index index = {.kind = INDEX_ARRAY, .array = mask};
    struct tensor *picked = tensor_get(x, 1, &index, NULL, &err);
    struct tensor *either = tensor_where(mask, x, zero, &err);
    ck_assert(tensor_nonzero(mask, &places, &err));
    int64_t done = 0;

    for (int64_t i = 0; i < x->size; i++) {
        int16_t value = ((int16_t *)x->data)[i];
        ck_assert_int_eq(((int16_t *)either->data)[i], value > 0 ? value : 0);
        if (value <= 0)
            continue;
        ck_assert_int_eq(((int16_t *)picked->data)[done], value);
        ck_assert_int_eq(((int64_t *)places->data)[done++], i);
    }
    ck_assert_int_eq(picked->size, done);
    ck_assert_int_eq(places->size, done);
    tensor_unref(places);
    tensor_unref(either);
    tensor_unref(picked);
    tensor_unref(mask);
    tensor_unref(zero);
    tensor_unref(x);
}
END_TEST

/* The largest, and a NaN before it, at every place of a long run. */
START_TEST(test_argmax_finds)
{
    struct tensor *x = vector(DTYPE_FLOAT32, 20000, -1, 1);
    struct axes all = {.all = true};
    float *data = (float *)x->data;

    for (int64_t at = 0; at < x->size; at += 613) {
        float kept = data[at];
        for (int turn = 0; turn < 2; turn++) {
            data[at] = turn ? NAN : 2;
            struct tensor *where = reduce_arg(x, true, 0, true, false, &err);
            struct tensor *most = reduce_ufunc(ufunc_find("maximum"), x, &all,
                                               false, DTYPE_COUNT, &err);
            ck_assert_int_eq(*(int64_t *)where->data, at);
            ck_assert(turn ? isnan(*(float *)most->data)
                           : *(float *)most->data == 2);
            tensor_unref(where);
            tensor_unref(most);
        }
        data[at] = kept;
    }
    tensor_unref(x);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("kernels");
    TCase *tcase = tcase_create("kernels");

    tcase_add_loop_test(tcase, test_math_accuracy, 0,
                        2 * sizeof functions / sizeof *functions);
    tcase_add_loop_test(tcase, test_math_unusual, 0, 5);
    tcase_add_loop_test(tcase, test_argsort_is_stable, 0, DTYPE_COUNT);
    tcase_add_test(tcase, test_transposed_copy);
    tcase_add_test(tcase, test_mask_and_where);
    tcase_add_test(tcase, test_argmax_finds);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
