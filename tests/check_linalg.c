/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decompositions against their definitions, on stacks of matrices of several
 * shapes; einsum against the sum that its subscripts spell; errors against
 * NumPy 1.24's words.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "tensor/einsum.h"
#include "tensor/linalg.h"
#include "tensor/product.h"
#include "tensor/steps.h"

static struct error err = ERROR_INIT;
static struct steps s = {.err = &err};

static void teardown(void)
{
    steps_end(&s, NULL);
    error_clear(&err);
}

/* Numbers without a pattern, the same each time. */
static double number(void)
{
    static uint64_t state = 1;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 40) / (1 << 24) - 0.5;
}

/* A stack of two matrices. */
static struct tensor *stack(int64_t rows, int64_t columns)
{
    int64_t shape[3] = {2, rows, columns};
    struct tensor *t = step(&s, tensor_new(DTYPE_FLOAT64, 3, shape, &err));
    for (int64_t i = 0; i < t->size; i++)
        ((double *)t->data)[i] = number();
    return t;
}

static double at(const struct tensor *t, int64_t i)
{
    return scalar_to_double(tensor_item_at(t, i));
}

static void check_close(struct tensor *a, struct tensor *b)
{
    ck_assert_msg(a && b, "%s", err.message);
    ck_assert_int_eq(a->ndim, b->ndim);
    for (int i = 0; i < a->ndim; i++)
        ck_assert_int_eq(a->shape[i], b->shape[i]);
    for (int64_t i = 0; i < a->size; i++)
        ck_assert_msg(fabs(at(a, i) - at(b, i)) < 1e-12, "%g is not %g",
                      at(a, i), at(b, i));
}

static void check_identity(struct tensor *a)
{
    int64_t n = a->shape[a->ndim - 1];
    ck_assert_int_eq(a->shape[a->ndim - 2], n);
    for (int64_t i = 0; i < a->size; i++)
        ck_assert_msg(fabs(at(a, i) - (i / n % n == i % n)) < 1e-12,
                      "element %d is %g", (int)i, at(a, i));
}

static void check_error(const void *result, enum error_kind kind,
                        const char *message)
{
    ck_assert(!result);
    ck_assert_int_eq(err.kind, kind);
    ck_assert_str_eq(err.message, message);
    error_clear(&err);
}

static const int64_t shapes[][2] = {{3, 3}, {5, 2}, {2, 5}, {1, 4}, {4, 1}};
enum { SHAPES = sizeof shapes / sizeof *shapes };

START_TEST(test_svd)
{
    struct tensor *a = stack(shapes[_i][0], shapes[_i][1]), *ret[3];
    ck_assert(linalg_svd(a, false, true, ret, &err));
    for (int i = 0; i < 3; i++)
        step(&s, ret[i]);
    struct tensor *scaled =
        step_binary(&s, "multiply", step_column(&s, ret[1]), ret[2]);
    check_close(step_matmul(&s, ret[0], scaled), a);
    check_identity(step_matmul(&s, step_swapped(&s, ret[0]), ret[0]));
    for (int64_t i = 1; i < ret[1]->shape[1]; i++)
        ck_assert(at(ret[1], i - 1) >= at(ret[1], i));
    ck_assert(linalg_svd(a, true, true, ret, &err));
    for (int i = 0; i < 3; i++)
        step(&s, ret[i]);
    ck_assert_int_eq(ret[0]->shape[2], shapes[_i][0]);
    ck_assert_int_eq(ret[2]->shape[1], shapes[_i][1]);
    check_identity(step_matmul(&s, ret[2], step_swapped(&s, ret[2])));
}
END_TEST

START_TEST(test_qr)
{
    struct tensor *a = stack(shapes[_i][0], shapes[_i][1]), *ret[2];
    for (int mode = QR_REDUCED; mode <= QR_COMPLETE; mode++) {
        ck_assert(linalg_qr(a, (enum qr_mode)mode, ret, &err));
        struct tensor *q = step(&s, ret[0]), *r = step(&s, ret[1]);
        check_close(step_matmul(&s, q, r), a);
        check_identity(step_matmul(&s, step_swapped(&s, q), q));
        for (int64_t i = 0; i < r->size; i++)
            if (i / r->shape[2] % r->shape[1] > i % r->shape[2])
                ck_assert(at(r, i) == 0);
    }
}
END_TEST

START_TEST(test_pinv)
{
    /* a x a = a, x a x = x (Penrose) */
    struct tensor *a = stack(shapes[_i][0], shapes[_i][1]);
    struct tensor *x = step(&s, linalg_pinv(a, step_number(&s, 1e-15), false, &err));
    check_close(step_matmul(&s, step_matmul(&s, a, x), a), a);
    check_close(step_matmul(&s, step_matmul(&s, x, a), x), x);
}
END_TEST

START_TEST(test_square)
{
    struct tensor *a = stack(4, 4), *b = stack(4, 3), *ret[2];
    struct tensor *symmetric = step_matmul(&s, a, step_swapped(&s, a));
    check_close(step_matmul(&s, a, step(&s, linalg_solve(a, b, &err))), b);
    check_identity(step_matmul(&s, a, step(&s, linalg_inv(a, &err))));
    struct tensor *lower = step(&s, linalg_cholesky(symmetric, &err));
    check_close(step_matmul(&s, lower, step_swapped(&s, lower)), symmetric);
    ck_assert(linalg_eigh(symmetric, true, true, ret, &err));
    struct tensor *values = step(&s, ret[0]), *vectors = step(&s, ret[1]);
    struct tensor *row = step(&s, tensor_expand_dims(values, 1));
    check_close(step_matmul(&s, symmetric, vectors),
                step_binary(&s, "multiply", vectors, row));
    /* the determinant is the product of the eigenvalues */
    check_close(step(&s, linalg_det(symmetric, &err)),
                step_reduce(&s, "multiply", values, -1));
}
END_TEST

/* One matrix against a stack of right sides. */
START_TEST(test_solve_broadcasts)
{
    struct tensor *a = step_item(&s, stack(3, 3), 0, 0), *b = stack(3, 2);
    struct tensor *x = step(&s, linalg_solve(a, b, &err));
    check_close(step_matmul(&s, a, x), b);
}
END_TEST

START_TEST(test_multi_dot)
{
    struct tensor *parts[4];
    int64_t sides[5] = {3, 7, 2, 5, 4};
    for (int i = 0; i < 4; i++)
        parts[i] = step_item(&s, stack(sides[i], sides[i + 1]), 0, 0);
    struct tensor *product = parts[0];
    for (int i = 1; i < 4; i++)
        product = step_matmul(&s, product, parts[i]);
    check_close(step(&s, linalg_multi_dot(4, parts, &err)), product);
}
END_TEST

START_TEST(test_errors)
{
    struct tensor *wide = stack(2, 3), *number = step_number(&s, 1);
    int64_t shape[2] = {2, 2};
    struct tensor *zeros = step(&s, tensor_zeros(DTYPE_INT64, 2, shape, &err));
    check_error(linalg_inv(zeros, &err), ERROR_LINALG, "Singular matrix");
    check_error(linalg_inv(wide, &err), ERROR_LINALG,
                "Last 2 dimensions of the array must be square");
    check_error(linalg_det(number, &err), ERROR_LINALG,
                "0-dimensional array given. Array must be at least "
                "two-dimensional");
    check_error(linalg_cholesky(zeros, &err), ERROR_LINALG,
                "Matrix is not positive definite");
}
END_TEST

/* ---------------------------------------------------------------- einsum */

static const int64_t lengths[] = {['i'] = 2, ['j'] = 3, ['k'] = 4, ['l'] = 1};

static struct tensor *operand(const char *letters, int count)
{
    int64_t shape[8];
    for (int i = 0; i < count; i++)
        shape[i] = lengths[(int)letters[i]];
    struct tensor *t = step(&s, tensor_new(DTYPE_INT64, count, shape, &err));
    for (int64_t i = 0; i < t->size; i++)
        ((int64_t *)t->data)[i] = (int64_t)(number() * 20);
    return t;
}

static int64_t element(const struct tensor *t, const char *letters,
                       const int64_t *index)
{
    int64_t offset = 0;
    for (int i = 0; i < t->ndim; i++)
        offset += index[(int)letters[i]] * t->strides[i];
    return *(int64_t *)(t->data + offset);
}

/* The definition: over all values of all letters, the product of the
   operands' elements is added to the result's. */
static struct tensor *by_definition(int count, struct tensor **operands,
                                    const char **letters, const char *output)
{
    struct tensor *sum = operand(output, (int)strlen(output));
    int64_t index[128] = {0};
    memset(sum->data, 0, (size_t)sum->size * sizeof(int64_t));
    for (int64_t n = 0; n < 2 * 3 * 4; n++) {
        int64_t product = 1, offset = 0;
        index['i'] = n % 2;
        index['j'] = n / 2 % 3;
        index['k'] = n / 6;
        for (int k = 0; k < count; k++)
            product *= element(operands[k], letters[k], index);
        for (int i = 0; i < sum->ndim; i++)
            offset += index[(int)output[i]] * sum->strides[i];
        *(int64_t *)(sum->data + offset) += product;
    }
    return sum;
}

/* Every one names i, j and k, so that by_definition() sums each once. */
static const char *const subscripts[] = {
    "ijk->ijk",   "ijk->",       "ijk->kj",      "ij,jk->ik",
    "ij,jk->ki",  "ij,jk->ijk",  "ij,jk->",      "kij,kj->ik",
    "ijk,ijk->k", "ijk,kji->ji", "ij,jk,ki->",   "ij,jk,k->i",
    "i,j,k->kij", "iij,jk->ik",  "ijk,l,lk->il", "ij,kl,li->jk",
};

START_TEST(test_einsum)
{
    char text[32];
    const char *letters[4];
    struct tensor *operands[4];
    int count = 0;

    strcpy(text, subscripts[_i]);
    char *output = strstr(text, "->");
    *output = '\0';
    for (char *word = strtok(text, ","); word; word = strtok(NULL, ",")) {
        letters[count] = word;
        operands[count++] = operand(word, (int)strlen(word));
    }
    struct tensor *result = step(
        &s, tensor_einsum(subscripts[_i], count, operands, DTYPE_COUNT, &err));
    check_close(result, by_definition(count, operands, letters, output + 2));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("linalg");
    TCase *tests = tcase_create("linalg");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_loop_test(tests, test_svd, 0, SHAPES);
    tcase_add_loop_test(tests, test_qr, 0, SHAPES);
    tcase_add_loop_test(tests, test_pinv, 0, SHAPES);
    tcase_add_test(tests, test_square);
    tcase_add_test(tests, test_solve_broadcasts);
    tcase_add_test(tests, test_multi_dot);
    tcase_add_test(tests, test_errors);
    tcase_add_loop_test(tests, test_einsum, 0,
                        (int)(sizeof subscripts / sizeof *subscripts));
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
