/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ufuncs and reductions below the language: what is not seen from the prompt.
 * Expected values come from NumPy 1.24 unless another source is named.
 */
#include <check.h>
#include <fenv.h>
#include <math.h>
#include <string.h>

#include "tensor/quantile.h"
#include "tensor/ufunc_methods.h"

static struct error err = ERROR_INIT;

static struct tensor *vector(enum dtype dtype, int count, const double *values)
{
    int64_t shape[1] = {count};
    struct tensor *result = tensor_new(dtype, 1, shape, &err);

    ck_assert_ptr_nonnull(result);
    for (int i = 0; i < count; i++)
        scalar_store(scalar_from_double(values[i]), dtype,
                     result->data + (size_t)i * dtype_size(dtype));
    return result;
}

/* Takes TENSOR. */
static void check_values(struct tensor *tensor, int count,
                         const double *expected)
{
    ck_assert_msg(tensor, "%s", err.message ? err.message : "");
    ck_assert_int_eq(tensor->size, count);
    for (int i = 0; i < count; i++)
        ck_assert_double_eq(scalar_to_double(tensor_item_at(tensor, i)),
                            expected[i]);
    tensor_unref(tensor);
}

#define VECTOR(dtype, ...)                                                 \
    vector(dtype, (int)(sizeof((double[]){__VA_ARGS__}) / sizeof(double)), \
           (double[]){__VA_ARGS__})
#define CHECK(tensor, ...)                                                \
    check_values(tensor,                                                  \
                 (int)(sizeof((double[]){__VA_ARGS__}) / sizeof(double)), \
                 (double[]){__VA_ARGS__})

/* Takes the text of ERR. */
static void check_error(const void *result, const char *expected)
{
    ck_assert_ptr_null(result);
    ck_assert_str_eq(err.message, expected);
    error_clear(&err);
}

/* ----------------------------------------------------------------- reductions
 */

static const struct axes all_axes = {.all = true};

START_TEST(mask_and_initial)
{
    struct tensor *x = VECTOR(DTYPE_FLOAT64, 1, 2, 4, 8);
    struct tensor *mask = VECTOR(DTYPE_BOOL, 1, 0, 0, 1);
    struct scalar initial = scalar_from_int(100);
    struct reduce_options options = {
        .dtype = DTYPE_COUNT, .where = mask, .initial = &initial};

    CHECK(reduce_ufunc_with(ufunc_find("add"), x, &all_axes, &options, &err),
          109);
    options.initial = NULL;
    CHECK(
        reduce_ufunc_with(ufunc_find("multiply"), x, &all_axes, &options, &err),
        8);
    check_error(
        reduce_ufunc_with(ufunc_find("maximum"), x, &all_axes, &options, &err),
        "reduction operation 'maximum' does not have an identity, so "
        "to use a where mask one has to specify 'initial'");
    tensor_unref(x);
    tensor_unref(mask);
}
END_TEST

/* Without an identity the first element is not taken twice. */
START_TEST(order_matters)
{
    struct tensor *x = VECTOR(DTYPE_FLOAT64, 64, 4, 2, 8, 2, 2);
    int64_t shape[2] = {2, 3};
    struct tensor *table = tensor_reshape(x, 2, shape, 'C', &err);
    struct axes rows = {.count = 1, .axis = {1}};

    CHECK(reduce_ufunc(ufunc_find("divide"), table, &rows, false, DTYPE_COUNT,
                       &err),
          8, 2);
    check_error(reduce_ufunc(ufunc_find("divide"), table, &all_axes, false,
                             DTYPE_COUNT, &err),
                "reduction operation 'divide' is not reorderable, so at most "
                "one axis may be specified");
    tensor_unref(table);
    tensor_unref(x);
}
END_TEST

START_TEST(reduceat_and_at)
{
    struct tensor *x = VECTOR(DTYPE_INT64, 0, 1, 2, 3, 4, 5, 6, 7);
    struct tensor *indices = VECTOR(DTYPE_INT64, 0, 4, 1, 5);
    struct tensor *beyond = VECTOR(DTYPE_INT64, 0, 8);
    struct tensor *twice = VECTOR(DTYPE_INT64, 2, 2, 0);
    struct tensor *ten = VECTOR(DTYPE_INT64, 10);

    CHECK(ufunc_reduceat(ufunc_find("add"), x, indices, 0, DTYPE_COUNT, &err),
          6, 4, 10, 18);
    check_error(
        ufunc_reduceat(ufunc_find("add"), x, beyond, 0, DTYPE_COUNT, &err),
        "index 8 out-of-bounds in add.reduceat [0, 8)");
    ck_assert(ufunc_at(ufunc_find("add"), x, twice, ten, &err));
    CHECK(tensor_ref(x), 10, 1, 22, 3, 4, 5, 6, 7);
    tensor_unref(x);
    tensor_unref(indices);
    tensor_unref(beyond);
    tensor_unref(twice);
    tensor_unref(ten);
}
END_TEST

/* ------------------------------------------------------------------ quantiles
 */

/* np.quantile([3, 1, 4, 1, 5, 9, 2, 6], 0.37, method=…) */
START_TEST(quantile_methods)
{
    static const struct {
        const char *name;
        double expected;
    } cases[] = {{"inverted_cdf", 2},
                 {"averaged_inverted_cdf", 2},
                 {"closest_observation", 2},
                 {"interpolated_inverted_cdf", 1.96},
                 {"hazen", 2.46},
                 {"weibull", 2.33},
                 {"linear", 2.59},
                 {"median_unbiased", 2.4166666666666665},
                 {"normal_unbiased", 2.4275},
                 {"lower", 2},
                 {"higher", 3},
                 {"midpoint", 2.5},
                 {"nearest", 3}};
    struct tensor *x = VECTOR(DTYPE_INT64, 3, 1, 4, 1, 5, 9, 2, 6);
    struct tensor *q = tensor_from_scalar(scalar_from_double(0.37), &err);
    bool empty;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct quantile_options options = {.keepdims = false};
        ck_assert(quantile_method_find(cases[i].name, &options.method, &err));
        struct tensor *result =
            tensor_quantile(x, &all_axes, q, &options, &empty, &err);
        ck_assert_double_eq_tol(scalar_to_double(tensor_item(result)),
                                cases[i].expected, 1e-14);
        ck_assert(!empty);
        tensor_unref(result);
    }
    tensor_unref(x);
    tensor_unref(q);
}
END_TEST

START_TEST(median_of_nan)
{
    struct tensor *x = VECTOR(DTYPE_FLOAT32, 3, NAN, 1, 8);
    struct quantile_options options = {.skip_nan = true};
    bool empty;

    CHECK(tensor_median(x, &all_axes, &options, &empty, &err), 3);
    options.skip_nan = false;
    struct tensor *median = tensor_median(x, &all_axes, &options, &empty, &err);
    ck_assert_int_eq(median->dtype, DTYPE_FLOAT32);
    ck_assert(isnan(tensor_item(median).f));
    tensor_unref(median);
    tensor_unref(x);
}
END_TEST

/* --------------------------------------------------------------------- events
 */

START_TEST(events_are_named_once)
{
    struct tensor *pair[2] = {VECTOR(DTYPE_FLOAT64, 1, 0, 2),
                              VECTOR(DTYPE_FLOAT64, 0, 0, 0)};
    struct fp_event event;

    fp_events_forget();
    for (int i = 0; i < 2; i++)
        tensor_unref(ufunc_call(ufunc_find("divide"), pair, NULL, NULL,
                                DTYPE_COUNT, &err));
    ck_assert(fp_event_take(&event));
    ck_assert_int_eq(event.kind, FP_DIVIDE);
    ck_assert_str_eq(event.function, "divide");
    ck_assert(fp_event_take(&event));
    ck_assert_int_eq(event.kind, FP_INVALID);
    ck_assert(!fp_event_take(&event));
    tensor_unref(pair[0]);
    tensor_unref(pair[1]);
}
END_TEST

/* Converting says so when a float does not fit, and only then. */
START_TEST(casts_that_lose)
{
    static const struct {
        double from;
        enum dtype to;
        bool lost;
    } cases[] = {{-1, DTYPE_UINT8, false},     {300, DTYPE_INT8, false},
                 {1e10, DTYPE_INT32, true},    {1e10, DTYPE_INT64, false},
                 {1e20, DTYPE_INT64, true},    {NAN, DTYPE_INT16, true},
                 {NAN, DTYPE_BOOL, false},     {-1, DTYPE_UINT64, false},
                 {1e300, DTYPE_FLOAT64, false}};
    struct fp_event event;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double sixteen[16];
        for (int k = 0; k < 16; k++)
            sixteen[k] = cases[i].from;
        struct tensor *x = vector(DTYPE_FLOAT64, 16, sixteen);
        fp_events_forget();
        tensor_unref(tensor_astype(x, cases[i].to, &err));
        ck_assert_msg(fp_event_take(&event) == cases[i].lost, "%g to %s",
                      cases[i].from, dtype_name(cases[i].to));
        tensor_unref(x);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ufunc");
    TCase *reductions = tcase_create("reductions");
    TCase *events = tcase_create("events");

    tcase_add_test(reductions, mask_and_initial);
    tcase_add_test(reductions, order_matters);
    tcase_add_test(reductions, reduceat_and_at);
    tcase_add_test(reductions, quantile_methods);
    tcase_add_test(reductions, median_of_nan);
    tcase_add_test(events, events_are_named_once);
    tcase_add_test(events, casts_that_lose);
    suite_add_tcase(suite, reductions);
    suite_add_tcase(suite, events);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
