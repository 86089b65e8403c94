/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random numbers by both sources.  The values are NumPy 1.24's, of
 * RandomState(seed) and default_rng(seed); means are sums over so many numbers
 * that a wrong entry of a table of the ziggurats would show.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "tensor/distributions.h"
#include "tensor/ziggurat.h"

static struct rng pcg64(uint32_t seed)
{
    struct rng rng;
    rng_seed_pcg64(&rng, &seed, 1);
    return rng;
}

static struct rng mersenne(uint32_t seed)
{
    struct rng rng = {.kind = RNG_MT19937};
    rng_seed(&rng, seed);
    return rng;
}

/* default_rng(42).bit_generator.random_raw(3) */
START_TEST(pcg64_gives_raw_numbers)
{
    struct rng rng = pcg64(42);
    ck_assert_uint_eq(rng_uint64(&rng), 14276969152011380360u);
    ck_assert_uint_eq(rng_uint64(&rng), 8095878257575067585u);
    ck_assert_uint_eq(rng_uint64(&rng), 15838336090824644132u);
}
END_TEST

/* default_rng([1, 2, 3, 4, 5, 6]).random() */
START_TEST(seed_may_have_many_words)
{
    const uint32_t words[] = {1, 2, 3, 4, 5, 6};
    struct rng rng;
    rng_seed_pcg64(&rng, words, 6);
    ck_assert_double_eq(rng_double(&rng), 0.6218049217551649);
}
END_TEST

/* RandomState([1, 2, 3]).random_sample() */
START_TEST(array_seeds_the_twister)
{
    const uint32_t words[] = {1, 2, 3};
    struct rng rng = {.kind = RNG_MT19937};
    rng_seed_array(&rng, words, 3);
    ck_assert_double_eq(rng_double(&rng), 0.6098612722867289);
}
END_TEST

static double sum_of(double (*draw)(struct rng *), struct rng *rng, int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += draw(rng);
    return sum;
}

static double normal_float(struct rng *rng)
{
    return (double)ziggurat_normal_float(rng);
}

static double exponential_float(struct rng *rng)
{
    return (double)ziggurat_exponential_float(rng);
}

/* sum(float(x) for x in default_rng(1).standard_normal(100000)), and so on */
START_TEST(ziggurats_are_numpys)
{
    struct rng rng = pcg64(1);
    ck_assert_double_eq(sum_of(ziggurat_normal, &rng, 100000),
                        -459.0572042875884);
    rng = pcg64(1);
    ck_assert_double_eq(sum_of(ziggurat_exponential, &rng, 100000),
                        99599.58267444248);
    rng = pcg64(1);
    ck_assert_double_eq(sum_of(normal_float, &rng, 100000),
                        -395.11194197801296);
    rng = pcg64(1);
    ck_assert_double_eq(sum_of(exponential_float, &rng, 100000),
                        100050.51134886104);
}
END_TEST

/* RandomState(5).binomial(100, 0.4), default_rng(5).binomial(…): BTPE;
   then poisson(50): PTRS; geometric(0.1) */
START_TEST(counts_are_numpys)
{
    struct rng old = mersenne(5), new = pcg64(5);
    ck_assert_int_eq(draw_binomial(&old, 100, 0.4), 38);
    ck_assert_int_eq(draw_poisson(&old, 50), 50);
    ck_assert_int_eq(draw_geometric(&old, 0.1), 14);
    ck_assert_int_eq(draw_binomial(&new, 100, 0.4), 36);
    ck_assert_int_eq(draw_poisson(&new, 50), 35);
    ck_assert_int_eq(draw_geometric(&new, 0.1), 7);
}
END_TEST

START_TEST(bad_parameters_are_refused)
{
    struct error err = ERROR_INIT;
    struct rng rng = pcg64(0);
    struct tensor *p[2] = {tensor_from_scalar(scalar_from_double(0), &err),
                           tensor_from_scalar(scalar_from_double(-1), &err)};
    ck_assert_ptr_null(
        distribution_draw(distribution_find("normal"), &rng, p, 0, NULL, &err));
    ck_assert_str_eq(err.message, "scale < 0");
    error_clear(&err);
    tensor_unref(p[0]);
    tensor_unref(p[1]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("random");
    TCase *tcase = tcase_create("random");
    tcase_add_test(tcase, pcg64_gives_raw_numbers);
    tcase_add_test(tcase, seed_may_have_many_words);
    tcase_add_test(tcase, array_seeds_the_twister);
    tcase_add_test(tcase, ziggurats_are_numpys);
    tcase_add_test(tcase, counts_are_numpys);
    tcase_add_test(tcase, bad_parameters_are_refused);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
