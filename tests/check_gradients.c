/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The derivatives of the operations, held to central differences in float64:
 * each case as it is, with its arguments as views (transposed, reversed,
 * strided), its second derivatives, and in float32, which it has to keep.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "autograd/vjp.h"
#include "base/alloc.h"
#include "bind/bind.h"
#include "composed_gradients.h"
#include "gradient_cases.h"
#include "ops/registry.h"
#include "ops/ufunc_methods.h"
#include "run_entry.h"

enum { CASES = sizeof cases / sizeof *cases };

static const char prelude[] =
    "import numpy as np\n"
    "def numbers(shape):\n"
    "    n = int(np.prod(shape))\n"
    "    return (np.arange(1, n + 1) * 0.6180339887498949 % 1).reshape(shape)\n"
    "def u(*shape): return 3 * numbers(shape) - 1.6\n"
    "def p(*shape): return 2 * numbers(shape) + 0.3\n"
    "def c(*shape): return 1.8 * numbers(shape) - 0.9\n"
    "def m(*shape): return (numbers(shape) > 0.4)\n"
    "N = np.array([[True, False, True], [True, True, True]])\n"
    "def W(x): return np.where(N, x, np.nan)\n"
    "H = np.array([[0., 0.7, 0.3], [1., 0., 0.]])\n"
    "def R(*shape):\n"
    "    n = shape[-1]\n"
    "    return u(*shape[:-1], n, n) + np.diag(np.arange(2., n + 2))\n"
    "def S(x): return x + np.swapaxes(x, -1, -2)\n"
    "def D(x): return x @ np.swapaxes(x, -1, -2) + np.eye(x.shape[-1])\n"
    "A, b = R(3), p(3)\n"
    "Z = np.array([[1., 0., 1.], [1., 1., 1.]])\n"
    "def check_composed(f, recorded):\n"
    "    expected = np.array([float(word) for word in recorded.split()])\n"
    "    found = grad(f)(u(2, 3)).ravel()\n"
    "    assert np.allclose(found, expected, 1e-6, 1e-8), (found, expected)\n"
    "def weighted(y):\n"
    "    parts = y if isinstance(y, (list, tuple)) else [y]\n"
    "    total = 0.0\n"
    "    for i, part in enumerate(parts):\n"
    "        w = np.cos(np.arange(np.size(part)) + i).reshape(np.shape(part))\n"
    "        total = total + np.sum(part * w)\n"
    "    return total\n"
    "views = [lambda x: x.T.copy().T, lambda x: x[::-1].copy()[::-1],\n"
    "         lambda x: np.repeat(x, 2, -1)[..., ::2]]\n"
    "def close(f, *args):\n"
    "    return gradcheck(f, *args, atol=2e-8, rtol=1e-6)\n"
    "def check(f, *args, second=True):\n"
    "    close(f, *args)\n"
    "    for view in views:\n"
    "        if all(np.ndim(x) for x in args):\n"
    "            close(lambda *a: weighted(f(*[view(x) for x in a])), *args)\n"
    "    for k in range(len(args)):\n"
    "        g = grad(lambda *a: weighted(f(*a)), k)\n"
    "        if second:\n"
    "            gradcheck(lambda *a: weighted(g(*a)), *args, atol=1e-6,\n"
    "                      rtol=1e-5)\n"
    "        args32 = [np.array(x, dtype=np.float32) for x in args]\n"
    "        assert g(*args32).dtype == np.float32, 'float32 is lost'\n"
    "        assert np.allclose(g(*args32), g(*args), 2e-2, 1e-3), 'float32'\n";

static struct interp *session(void)
{
    struct interp *interp = interp_new();
    struct strbuf output = STRBUF_INIT;
    bind_install(interp);
    run_entry(interp, prelude, &output);
    ck_assert_str_eq(output.text ? output.text : "", "");
    strbuf_done(&output);
    return interp;
}

START_TEST(gradients_agree_with_differences)
{
    const struct gradient_case *item = &cases[_i];
    struct interp *interp = session();
    struct strbuf output = STRBUF_INIT;
    char *entry = xasprintf("check(%s, second=%s)\n", item->text,
                            item->orders == BOTH ? "True" : "False");
    run_entry(interp, entry, &output);
    ck_assert_msg(!output.length, "%s: %s\n%s", item->name, item->text,
                  output.text);
    free(entry);
    strbuf_done(&output);
    interp_free(interp);
}
END_TEST

/* check_composed(f, [the gradient in C order]) */
START_TEST(composed_functions_agree_with_pytorch)
{
    const struct composed *row = &composed[_i];
    struct interp *interp = session();
    struct strbuf output = STRBUF_INIT;
    char *entry = xasprintf("check_composed(lambda x: %s, '%s')\n",
                            row->call, row->gradient);
    run_entry(interp, entry, &output);
    ck_assert_msg(!output.length, "%s\n%s", row->call, output.text);
    free(entry);
    strbuf_done(&output);
    interp_free(interp);
}
END_TEST

/* "linalg.inv" for np.linalg's row inv. */
static bool is_about(const struct gradient_case *item, const struct op *op)
{
    const char *module = strrchr(op->module, '.');
    const char *name = item->name;
    if (!strcmp(op->module, "nn"))
        module = ".nn";
    if (module) {
        size_t length = strlen(++module);
        if (strncmp(name, module, length) || name[length] != '.')
            return false;
        name += length + 1;
    }
    return !strcmp(name, op->name);
}

START_TEST(every_derivative_has_a_case)
{
    const struct op *op;
    bool complete = true;
    for (int i = 0; (op = op_at(i)); i++) {
        bool found = !op->vjp;
        for (int k = 0; k < CASES && !found; k++)
            found = is_about(&cases[k], op);
        if (!found)
            fprintf(stderr, "no case in gradient_cases.h: %s.%s\n",
                    op->module, op->name);
        complete &= found;
    }
    ck_assert(complete);
}
END_TEST

/* "add.reduce" for the method reduce of ufuncs. */
START_TEST(methods_of_ufuncs_have_cases)
{
    for (const struct op *op = ufunc_methods; op->name; op++) {
        bool found = !op->vjp;
        for (int k = 0; k < CASES && !found; k++) {
            const char *dot = strchr(cases[k].name, '.');
            found = dot && !strcmp(dot + 1, op->name);
        }
        ck_assert_msg(found, "no case in gradient_cases.h: %s", op->name);
    }
}
END_TEST

/*
 * Where there is no derivative, or several: PyTorch 1.13's gradients of the
 * same functions.  Then functions of math and numbers made by np.float64, by
 * hand; and what cannot be.
 */
static const struct {
    const char *text, *shown; /* what grad(lambda x: TEXT) of v gives */
} edges[] = {
    {"np.sum(np.where(x > 0, np.sqrt(x), 0.)), np.array([4., 1.])", "[0.25 0.5 ]"},
    {"np.max(x), np.array([1., 2., 2.])", "[0.  0.5 0.5]"},
    {"np.sum(np.maximum(x, 0)), np.array([0., 2., -2.])", "[0.5 1.  0. ]"},
    {"np.sum(np.abs(x) + nn.relu(x)), np.zeros(2)", "[0. 0.]"},
    {"np.linalg.norm(x), np.zeros(2)", "[0. 0.]"},
    {"np.linalg.norm(x, 3), np.zeros(2)", "[0. 0.]"},
    {"np.prod(x), np.array([0., 2., 3.])", "[6. 0. 0.]"},
    {"np.prod(x), np.array([0., 0., 3.])", "[0. 0. 0.]"},
    {"np.sum(np.cumprod(x)), np.array([2., 0., 3.])", "[1. 8. 0.]"},
    {"np.sum(np.clip(x, 0, 1)), np.array([0., 1., 2.])", "[1. 1. 0.]"},
    {"np.sum(x ** 0 + x ** 1 + x ** 2), np.zeros(2)", "[1. 1.]"},
    {"math.pow(x, 3) + math.log(x, 2) * math.log(2), 2.0", "12.5"},
    {"math.atan2(x, 1.0) + math.degrees(x) * math.pi / 180, 1.0", "1.5"},
    {"np.float64(x[0]) * x[1] + round(x[1]), np.array([1., 2.])", "[2. 1.]"},
    {"math.gamma(x), 2.0", "no gradient is known for gamma()"},
    {"np.unique(x)[0], np.ones(2)", "no gradient is known for unique()"},
    {"np.linalg.svd(x)[2][2, 2], np.eye(2, 3)",
     "no gradient is known for svd() called like this"},
    {"gradcheck(stop_gradient, 1.5), 1.5",
     "argument 0: the gradient is 0, differences give 1"},
};

START_TEST(edges_are_as_recorded)
{
    struct interp *interp = session();
    struct strbuf output = STRBUF_INIT;
    char *entry = xasprintf("import math\n"
                            "def of(f, x):\n"
                            "    try: print(grad(f)(x))\n"
                            "    except Exception as e: print(e)\n"
                            "of(lambda x: %s)\n",
                            edges[_i].text);
    run_entry(interp, entry, &output);
    while (output.length && output.text[output.length - 1] == '\n')
        output.text[--output.length] = '\0';
    ck_assert_str_eq(output.text ? output.text : "", edges[_i].shown);
    free(entry);
    strbuf_done(&output);
    interp_free(interp);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gradients");
    TCase *each = tcase_create("each");
    tcase_set_timeout(each, 600);
    tcase_add_loop_test(each, gradients_agree_with_differences, 0, CASES);
    tcase_add_loop_test(each, composed_functions_agree_with_pytorch, 0,
                        sizeof composed / sizeof *composed);
    tcase_add_loop_test(each, edges_are_as_recorded, 0,
                        sizeof edges / sizeof *edges);
    tcase_add_test(each, every_derivative_has_a_case);
    tcase_add_test(each, methods_of_ufuncs_have_cases);
    suite_add_tcase(suite, each);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
