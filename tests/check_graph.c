/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Computation graphs, the formulas beside them, and descents.  A formula is
 * held to the number it stands for: it is evaluated with the values of the
 * graph and compared with the derivative, which check_gradients.c holds to
 * differences.  Other numbers come from PyTorch 1.13 or are worked by hand,
 * as is said there.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "autograd/graph.h"
#include "base/alloc.h"
#include "bind/bind.h"
#include "bind/descent.h"
#include "ops/formula.h"

static struct error err = ERROR_INIT;

static void check_good(bool good, const char *text)
{
    ck_assert_msg(good, "%s: %s", text, err.message ? err.message : "");
}

static struct value evaluate(struct interp *interp, const char *text)
{
    struct program *program = NULL;
    struct source *source = source_new("<test>", text, strlen(text));
    struct value value = value_none();
    check_good(program_parse(source, (struct parse_options){false, false},
                             &program, &err) == PARSE_OK,
               text);
    check_good(program_evaluate(interp, program, &value, &err), text);
    program_free(program);
    source_unref(source);
    return value;
}

static struct tensor *tensor_at(struct interp *interp, const char *text)
{
    struct value value = evaluate(interp, text);
    struct tensor *tensor = value_to_tensor(value, DTYPE_COUNT, &err);
    check_good(tensor != NULL, text);
    value_unref(value);
    return tensor;
}

/* ------------------------------------------------------------------ graphs */

static const struct {
    const char *name, *text;
} leaves[] = {
    {"a", "np.array(0.6)"},
    {"b", "np.array(0.7)"},
    {"h", "np.array(1.5)"},
    {"u", "np.array([0.3, -0.8, 0.5])"},
    {"v", "np.array([0.2, 0.9, 0.4])"},
    {"M", "np.array([[0.5, -1.0, 2.0], [1.5, 0.3, -0.6]])"},
    {"N", "np.array([[1.0, 2.0], [0.5, -0.5], [3.0, 0.1]])"},
};

static struct interp *session(struct tape *tape)
{
    struct interp *interp = interp_new();
    bind_install(interp);
    for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++) {
        struct tensor *tensor = tensor_at(interp, leaves[i].text);
        tape_watch(tape, tensor);
        struct value value = value_tensor_take(tensor);
        interp_set_global(interp, leaves[i].name, value);
        value_unref(value);
    }
    return interp;
}

static struct graph *graph_of(struct interp *interp, struct tape *tape,
                              const char *text)
{
    tape_start(tape);
    struct value value = evaluate(interp, text);
    tape_stop(tape);
    ck_assert_msg(value.kind == VALUE_TENSOR, "%s: not on the tape", text);
    struct graph *graph = graph_new(tape, value.tensor, &err);
    check_good(graph != NULL, text);
    value_unref(value);
    for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++) {
        interp_get_global(interp, leaves[i].name, &value);
        graph_name(graph, value.tensor, leaves[i].name);
        value_unref(value);
    }
    graph_name_steps(graph);
    return graph;
}

static void define(struct interp *interp, const char *name,
                   struct tensor *tensor)
{
    struct value value = value_tensor_take(tensor_ref(tensor));
    interp_set_global(interp, name, value);
    value_unref(value);
}

/* Is TEXT, evaluated, WANTED? */
static void check_formula(struct interp *interp, const char *text,
                          const struct tensor *wanted)
{
    struct tensor *found = tensor_at(interp, text);
    ck_assert_msg(found->size == wanted->size || found->size == 1, "%s: shape",
                  text);
    for (int64_t i = 0; i < wanted->size; i++) {
        double x =
            scalar_to_double(tensor_item_at(found, found->size == 1 ? 0 : i));
        double y = scalar_to_double(tensor_item_at(wanted, i));
        ck_assert_msg(fabs(x - y) <= 1e-12 * (1 + fabs(y)), "%s: %g, not %g",
                      text, x, y);
    }
    tensor_unref(found);
}

static int check_edge(struct interp *interp, const struct graph_node *node,
                      const struct graph_edge *edge,
                      const struct formula_names *names)
{
    struct strbuf formula = STRBUF_INIT;
    enum formula_kind kind =
        formula_of_derivative(node->record, names, edge->operand, &formula);
    bool local = kind == FORMULA_LOCAL && edge->local;
    if (local)
        check_formula(interp, formula.text, edge->local);
    if (kind == FORMULA_WHOLE) {
        define(interp, "G", node->gradient);
        check_formula(interp, formula.text, edge->part);
    }
    strbuf_done(&formula);
    return local || kind == FORMULA_WHOLE;
}

/* How many derivatives of the step were held to their formulas. */
static int check_step(struct interp *interp, const struct graph *graph,
                      const struct graph_node *node)
{
    const char *operands[3] = {NULL};
    char numbers[3][32];
    int checked = 0;
    for (int i = 0; i < node->edge_count && i < 3; i++) {
        const struct graph_edge *edge = &node->edges[i];
        snprintf(numbers[i], sizeof numbers[i], "%g",
                 edge->tensor->ndim
                     ? 0.0
                     : scalar_to_double(tensor_item(edge->tensor)));
        operands[i] = edge->constant ? edge->name ? edge->name : numbers[i]
                                     : graph->nodes[edge->node].name;
    }
    struct formula_names names = {operands, node->name};
    struct strbuf step = STRBUF_INIT;
    formula_of_step(node->record, &names, &step);
    check_formula(interp, step.text, node->value);
    strbuf_done(&step);
    for (int i = 0; i < node->edge_count; i++)
        if (!node->edges[i].constant && node->gradient)
            checked += check_edge(interp, node, &node->edges[i], &names);
    return checked;
}

/* Each row of ops/formula.c, and how many derivatives it has. */
static const struct {
    const char *text;
    int derivatives;
} steps[] = {
    {"a + b", 2},
    {"a - b", 2},
    {"a * b", 2},
    {"a / b", 2},
    {"a ** 1", 1},
    {"a ** 2", 1},
    {"a ** 3", 1},
    {"a ** 4", 1},
    {"a ** 0.5", 1},
    {"a ** -1", 1},
    {"a ** 1.7", 1},
    {"a ** -2", 1},
    {"2 ** a", 1},
    {"a ** b", 2},
    {"a // b", 0},
    {"h % b", 2},
    {"-a", 1},
    {"+a", 1},
    {"abs(u)", 1},
    {"np.fabs(u)", 1},
    {"np.sqrt(a)", 1},
    {"np.square(a)", 1},
    {"np.cbrt(a)", 1},
    {"np.reciprocal(a)", 1},
    {"np.exp(a)", 1},
    {"np.exp2(a)", 1},
    {"np.expm1(a)", 1},
    {"np.log(a)", 1},
    {"np.log2(a)", 1},
    {"np.log10(a)", 1},
    {"np.log1p(a)", 1},
    {"np.sin(a)", 1},
    {"np.cos(a)", 1},
    {"np.tan(a)", 1},
    {"np.arcsin(a)", 1},
    {"np.arccos(a)", 1},
    {"np.arctan(a)", 1},
    {"np.arctan2(a, b)", 2},
    {"np.hypot(a, b)", 2},
    {"np.sinh(a)", 1},
    {"np.cosh(a)", 1},
    {"np.tanh(a)", 1},
    {"np.arcsinh(a)", 1},
    {"np.arccosh(h)", 1},
    {"np.arctanh(a)", 1},
    {"np.degrees(a)", 1},
    {"np.radians(a)", 1},
    {"np.maximum(u, v)", 2},
    {"np.minimum(u, v)", 2},
    {"np.logaddexp(a, b)", 2},
    {"nn.relu(u)", 1},
    {"nn.sigmoid(u)", 1},
    {"nn.silu(u)", 1},
    {"nn.softplus(u)", 1},
    {"nn.softmax(u)", 1},
    {"nn.log_softmax(u)", 1},
    {"np.sum(a)", 1},
    {"np.mean(a)", 1},
    {"np.prod(a)", 1},
    {"M.T", 1},
    {"np.transpose(M)", 1},
    {"M.reshape(3, 2)", 1},
    {"M.ravel()", 1},
    {"M.flatten()", 1},
    {"M.ravel(order='F')", 0},
    {"M @ N", 2},
    {"M @ u", 2},
    {"v @ N", 2},
    {"np.dot(a, b)", 2},
    {"np.dot(M, N)", 2},
    {"np.dot(M, u)", 2},
    {"np.dot(v, N)", 2},
    {"np.outer(u, v)", 2},
    {"1 - a", 1},
    {"2 / a", 1},
    {"a - -2", 1},
};

START_TEST(formulas_are_what_the_derivatives_are)
{
    struct tape *tape = tape_new(false);
    struct interp *interp = session(tape);
    const char *text = steps[_i].text;
    struct graph *graph = graph_of(interp, tape, text);
    for (size_t i = 0; i < graph->count; i++)
        define(interp, graph->nodes[i].name, graph->nodes[i].value);
    ck_assert_int_eq(check_step(interp, graph, &graph->nodes[graph->count - 1]),
                     steps[_i].derivatives);
    graph_free(graph);
    tape_unref(tape);
    interp_free(interp);
}
END_TEST

static const struct graph_node *node_called(const struct graph *graph,
                                            const char *name)
{
    for (size_t i = 0; i < graph->count; i++)
        if (!strcmp(graph->nodes[i].name, name))
            return &graph->nodes[i];
    ck_abort_msg("no node %s", name);
    return NULL;
}

static double element(const struct tensor *tensor, int64_t index)
{
    return scalar_to_double(tensor_item_at(tensor, index));
}

/* By hand: a (a + b) with a = 0.6, b = 0.7 is 0.78; by a it is 2 a + b = 1.9,
   of which 1.3 and 0.6 arrive apart; by b it is a. */
START_TEST(parts_of_a_gradient_add_up)
{
    struct tape *tape = tape_new(false);
    struct interp *interp = session(tape);
    struct graph *graph = graph_of(interp, tape, "a * (a + b)");
    tape_unref(tape); /* the graph keeps what it needs */
    ck_assert_uint_eq(graph->count, 4);
    const struct graph_node *product = node_called(graph, "a2");
    ck_assert_ptr_eq(product, &graph->nodes[3]);
    ck_assert_double_eq_tol(element(product->value, 0), 0.78, 1e-15);
    ck_assert_double_eq(element(product->gradient, 0), 1.0);
    ck_assert_double_eq_tol(element(product->edges[0].part, 0), 1.3, 1e-15);
    ck_assert_double_eq_tol(element(product->edges[1].part, 0), 0.6, 1e-15);
    const struct graph_node *a = node_called(graph, "a");
    ck_assert_int_eq(a->uses, 2);
    ck_assert_double_eq_tol(element(a->gradient, 0), 1.9, 1e-15);
    const struct graph_node *b = node_called(graph, "b");
    ck_assert_int_eq(b->uses, 1);
    ck_assert_double_eq_tol(element(b->gradient, 0), 0.6, 1e-15);
    graph_free(graph);
    interp_free(interp);
}
END_TEST

/* PyTorch 1.13:
     X = tensor([[1, 2], [3, 4.], [5, 6]]); W = tensor([[0.5], [-1]])
     c = tensor([0.1]); t = tensor([[1.], [0], [1]])
     loss = ((torch.tanh(X @ W + c) - t)**2).mean(); loss.backward() */
START_TEST(a_network_has_the_gradients_of_pytorch)
{
    struct tape *tape = tape_new(false);
    struct interp *interp = session(tape);
    struct tensor *W = tensor_at(interp, "np.array([[0.5], [-1.0]])");
    struct tensor *c = tensor_at(interp, "np.array([0.1])");
    define(interp, "W", W);
    define(interp, "c", c);
    tape_watch(tape, W);
    tape_watch(tape, c);
    struct graph *graph =
        graph_of(interp, tape,
                 "np.mean((np.tanh(np.array([[1, 2], [3, 4.], [5, 6]]) @ W + c)"
                 " - np.array([[1.], [0], [1]]))**2)");
    const struct graph_node *loss = &graph->nodes[graph->count - 1];
    ck_assert_double_eq_tol(element(loss->value, 0), 2.8377572419068287, 1e-14);
    for (size_t i = 0; i < graph->count; i++) {
        const struct graph_node *node = &graph->nodes[i];
        if (node->value == W) {
            ck_assert_double_eq_tol(element(node->gradient, 0),
                                    -0.3649941241457492, 1e-14);
            ck_assert_double_eq_tol(element(node->gradient, 1),
                                    -0.6638334541456503, 1e-14);
        } else if (node->value == c) {
            ck_assert_double_eq_tol(element(node->gradient, 0),
                                    -0.2988393299999011, 1e-14);
        }
    }
    graph_free(graph);
    tensor_unref(W);
    tensor_unref(c);
    tape_unref(tape);
    interp_free(interp);
}
END_TEST

START_TEST(names_do_not_meet)
{
    struct tape *tape = tape_new(false);
    struct interp *interp = session(tape);
    struct tensor *a1 = tensor_at(interp, "np.array(2.0)");
    define(interp, "a1", a1);
    tape_watch(tape, a1);
    tape_start(tape);
    struct value value = evaluate(interp, "a1 * np.sum(u * np.ones(3))");
    tape_stop(tape);
    struct graph *graph = graph_new(tape, value.tensor, &err);
    graph_name(graph, a1, "a1");
    graph_name_steps(graph);
    ck_assert_str_eq(graph->nodes[graph->count - 1].name, "v4");
    const struct graph_node *product = node_called(graph, "v2");
    ck_assert_str_eq(product->edges[1].name, "c1");
    graph_free(graph);
    value_unref(value);
    tensor_unref(a1);
    tape_unref(tape);
    interp_free(interp);
}
END_TEST

/* ---------------------------------------------------------------- descents */

static struct descent *descent(struct interp *interp, const char *function,
                               const char *start, double rate, double momentum,
                               const char *optimizer)
{
    struct value f = evaluate(interp, function), x = evaluate(interp, start);
    struct descent_settings settings = {rate, momentum, optimizer};
    struct descent *made = descent_new(interp, f, x, &settings, &err);
    value_unref(f);
    value_unref(x);
    return made;
}

static void check_points(struct interp *interp, struct descent *descent,
                         int count, const double *wanted, double tolerance)
{
    ck_assert_msg(descent, "%s", err.message ? err.message : "");
    for (int i = 0; i < count; i++) {
        if (i > 0)
            check_good(descent_step(interp, descent, &err), "step");
        ck_assert_double_eq_tol(element(descent_now(descent)->x[0], 0),
                                wanted[i], tolerance);
    }
}

/* (w - 3)^2 has the gradient 2 (w - 3): by hand, 0 + 0.1 * 6 = 0.6,
   0.6 + 0.1 * 4.8 = 1.08, 1.08 + 0.1 * 3.84 = 1.464; with momentum 0.9 the
   velocities are 0.6, 0.9 * 0.6 + 0.48 = 1.02, 0.9 * 1.02 + 0.276 = 1.194. */
START_TEST(steps_are_those_of_a_hand_calculation)
{
    struct interp *interp = interp_new();
    bind_install(interp);
    static const double plain[] = {0.0, 0.6, 1.08, 1.464};
    static const double heavy[] = {0.0, 0.6, 1.62, 2.814};
    struct descent *made =
        descent(interp, "lambda w: (w - 3)**2", "0", 0.1, 0.0, NULL);
    check_points(interp, made, 4, plain, 1e-15);
    ck_assert_double_eq_tol(descent_now(made)->loss, 1.536 * 1.536, 1e-15);
    descent_free(made);
    made = descent(interp, "lambda w: (w - 3)**2", "0.0", 0.1, 0.0, "momentum");
    check_points(interp, made, 4, heavy, 1e-15);
    /* one back, and the same once more */
    ck_assert(descent_back(made));
    ck_assert_double_eq_tol(element(descent_now(made)->x[0], 0), 1.62, 1e-15);
    check_good(descent_step(interp, made, &err), "step");
    ck_assert_double_eq_tol(element(descent_now(made)->x[0], 0), 2.814, 1e-15);
    while (descent_back(made))
        ;
    ck_assert_uint_eq(made->point_count, 1);
    descent_free(made);
    interp_free(interp);
}
END_TEST

/* PyTorch 1.13, torch.optim.Adam([w], lr=0.1, eps=0) and Adagrad(lr=0.1,
   eps=0) from w = 0: the epsilon of Keras is 1e-7. */
START_TEST(optimizers_step_as_those_of_models)
{
    struct interp *interp = interp_new();
    bind_install(interp);
    static const double adam[] = {0.0, 0.09999999999999999, 0.19989729292097388,
                                  0.29961847705632966};
    /* PyTorch's, with Keras's initial_accumulator_value of 0.1 */
    static const double adagrad[] = {0.0, 0.0998613981327411,
                                     0.16931547777261519, 0.22542798822186058};
    struct descent *made =
        descent(interp, "lambda w: (w - 3)**2", "0.0", 0.1, 0.0, "adam");
    check_points(interp, made, 4, adam, 1e-6);
    ck_assert_int_eq(descent_now(made)->x[0]->dtype, DTYPE_FLOAT32);
    /* its averages are undone, too */
    descent_back(made);
    check_good(descent_step(interp, made, &err), "step");
    ck_assert_double_eq_tol(element(descent_now(made)->x[0], 0), adam[3], 1e-6);
    descent_free(made);
    made = descent(interp, "lambda w: (w - 3)**2", "0.0", 0.1, 0.0, "adagrad");
    check_points(interp, made, 4, adagrad, 1e-6);
    descent_free(made);
    interp_free(interp);
}
END_TEST

START_TEST(the_path_has_every_point)
{
    struct interp *interp = interp_new();
    struct value path;
    bind_install(interp);
    struct descent *made = descent(interp, "lambda W, b: np.sum((W + b)**2)",
                                   "(np.ones((2, 3)).T, 1.0)", 0.05, 0.0, NULL);
    for (int i = 0; i < 4; i++)
        check_good(descent_step(interp, made, &err), "step");
    check_good(descent_path(made, &path, &err), "path");
    ck_assert_int_eq(path.kind, VALUE_TUPLE);
    const struct tensor *W = path.sequence->items[0].tensor;
    const struct tensor *b = path.sequence->items[1].tensor;
    ck_assert_int_eq(W->ndim, 3);
    ck_assert_int_eq(W->shape[0], 5);
    ck_assert_int_eq(W->shape[1], 3);
    ck_assert_int_eq(b->ndim, 1);
    /* by hand: 1 - 0.05 * 2 (1 + 1) = 0.8 and 1 - 0.05 * 6 * 4 = -0.2 */
    ck_assert_double_eq_tol(element(W, 6), 0.8, 1e-15);
    ck_assert_double_eq_tol(element(b, 1), -0.2, 1e-15);
    value_unref(path);
    descent_free(made);
    interp_free(interp);
}
END_TEST

static void check_refused(struct descent *made, const char *message)
{
    ck_assert_ptr_null(made);
    ck_assert_str_eq(err.message, message);
    error_clear(&err);
}

START_TEST(what_cannot_descend_is_refused)
{
    struct interp *interp = interp_new();
    bind_install(interp);
    const char *square = "lambda w: w**2";
    check_refused(descent(interp, square, "1.0", -1.0, 0.0, NULL),
                  "rate must be a number above 0");
    check_refused(descent(interp, square, "1.0", NAN, 0.0, NULL),
                  "rate must be a number above 0");
    check_refused(descent(interp, square, "1.0", 0.1, 1.0, NULL),
                  "momentum must be a number from 0 up to, not including, 1");
    check_refused(descent(interp, square, "()", 0.1, 0.0, NULL),
                  "a descent goes along 1 to 16 arguments");
    check_refused(descent(interp, square, "1.0", 0.1, 0.0, "adm"),
                  "Unknown optimizer: 'adm'");
    check_refused(
        descent(interp, square, "np.ones(2)", 0.1, 0.0, NULL),
        "Gradient only defined for scalar-output functions. Output had "
        "shape: (2,).");
    interp_free(interp);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("graph");
    TCase *graphs = tcase_create("graphs");
    tcase_add_loop_test(graphs, formulas_are_what_the_derivatives_are, 0,
                        sizeof steps / sizeof *steps);
    tcase_add_test(graphs, parts_of_a_gradient_add_up);
    tcase_add_test(graphs, a_network_has_the_gradients_of_pytorch);
    tcase_add_test(graphs, names_do_not_meet);
    suite_add_tcase(suite, graphs);
    TCase *descents = tcase_create("descents");
    tcase_add_test(descents, steps_are_those_of_a_hand_calculation);
    tcase_add_test(descents, optimizers_step_as_those_of_models);
    tcase_add_test(descents, the_path_has_every_point);
    tcase_add_test(descents, what_cannot_descend_is_refused);
    suite_add_tcase(suite, descents);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
