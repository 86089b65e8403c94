/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The prompt's parts that need no terminal. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lang/trace.h"
#include "repl/hole.h"
#include "repl/paste.h"
#include "repl/recipe.h"
#include "repl/text_layout.h"
#include "tensor/summary.h"

/* ------------------------------------------------------------- indentation */

static void check_indent(const char *text, int wanted)
{
    int found = source_next_indent(text, strlen(text));
    ck_assert_msg(found == wanted, "%d, not %d, after:\n%s", found, wanted,
                  text);
}

START_TEST(a_new_line_begins_where_the_one_before_suggests)
{
    check_indent("", 0);
    check_indent("x = 1\n", 0);
    check_indent("def f(x):\n", 4);
    check_indent("def f(x): # text\n", 4);
    check_indent("def f(x):\n    if x:\n", 8);
    check_indent("def f(x):\n    if x:\n        return 1\n", 4);
    check_indent("for i in x:\n    y = i\n", 4);
    check_indent("for i in x:\n    break\n", 0);
    check_indent("x = [1,\n", 5);
    check_indent("x = [[1, 2],\n     [3,\n", 6);
    check_indent("f(\n", 4);
    check_indent("x = {'a': 1,\n", 5);
    check_indent("y = 'it:'\n", 0);
    check_indent("矩阵 = [1,\n", 8); /* two columns each */
}
END_TEST

/* ------------------------------------------------------------------ pasting */

static void check_paste(const char *text, const char *wanted)
{
    struct strbuf sb = STRBUF_INIT;
    paste_strip(text, &sb);
    ck_assert_str_eq(sb.text, wanted);
    strbuf_done(&sb);
}

START_TEST(prompts_and_output_are_taken_out_of_a_paste)
{
    check_paste("x = 1\ny", "x = 1\ny");
    check_paste(">>> x\n3\n", "x");
    check_paste(">>> def f():\n...     pass\n...\n>>> f()",
                "def f():\n    pass\n\nf()");
    check_paste("In [10]: x = [1,\n    ...:      2]\nOut[10]: 3\n",
                "x = [1,\n     2]");
    check_paste("tensor> x\narray([1, 2])\ntensor> y", "x\ny");
    check_paste("\n    >>> x\n    3", "x");
    /* no prompt at its start: nothing is taken out */
    check_paste("x\n>>> y", "x\n>>> y");
    check_paste(">>>x", ">>>x");
}
END_TEST

/* -------------------------------------------------------------------- holes */

START_TEST(a_hole_stands_where_an_operand_would)
{
    static const struct {
        const char *text;
        int offset; /* -1: none */
    } rows[] = {{"x + ?", 4},    {"?.dot(x)", 0}, {"? @ x", 0},
                {"f(x, ?)", 5},  {"x.dot(?)", 6}, {"x?", -1},
                {"?x", -1},      {"? x", -1},     {"?", -1},
                {"'a ? b'", -1}, {"x # + ?", -1}, {"dot(x)?", -1},
                {"'?' + ?", 6},  {"x[0]?", -1},   {"x == ?", 5}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t offset;
        bool found = hole_find(rows[i].text, &offset);
        ck_assert_msg(found == (rows[i].offset >= 0), "%s", rows[i].text);
        if (found)
            ck_assert_msg((int)offset == rows[i].offset, "%s", rows[i].text);
    }
}
END_TEST

/* ------------------------------------------------------------------- layout */

static void check_wrap(const char *text, size_t indent, size_t columns,
                       const char *wanted)
{
    struct strbuf sb = STRBUF_INIT;
    text_wrap(&sb, text, indent, columns);
    ck_assert_str_eq(sb.text, wanted);
    strbuf_done(&sb);
}

START_TEST(text_is_broken_between_words)
{
    check_wrap("one two three", 0, 8, "one two\nthree");
    check_wrap("one two three", 0, 13, "one two three");
    check_wrap("one two", 2, 6, "one\n  two");
    check_wrap("start:stop x", 0, 7, "start:stop\nx");
    check_wrap("  a    b\nc", 0, 20, "  a    b\nc");
    check_wrap("a\nb", 2, 20, "a\n  b");
    /* two columns each; a full stop does not begin a line */
    check_wrap("张量是数组。好", 0, 10, "张量是数\n组。好");
}
END_TEST

START_TEST(text_is_cut_to_columns)
{
    struct strbuf sb = STRBUF_INIT;
    text_cut(&sb, "abcdef", 6);
    ck_assert_str_eq(sb.text, "abcdef");
    strbuf_clear(&sb);
    text_cut(&sb, "abcdefg", 6);
    ck_assert_str_eq(sb.text, "abcde…");
    strbuf_clear(&sb);
    text_cut(&sb, "张量张量", 6);
    ck_assert_str_eq(sb.text, "张量…");
    strbuf_clear(&sb);
    text_cut(&sb, "a\nb", 6);
    ck_assert_str_eq(sb.text, "a…");
    strbuf_done(&sb);
}
END_TEST

/* ------------------------------------------------------------------ summary */

/* np.array([0, 1, 2, 3, nan, inf]); np.std([0, 1, 2, 3]) is 1.118033988749895
 */
START_TEST(a_summary_leaves_out_what_is_not_finite)
{
    static const double values[] = {0, 1, 2, 3, NAN, INFINITY};
    const int64_t shape[] = {6};
    struct error err = ERROR_INIT;
    struct tensor_summary summary;
    struct tensor *tensor = tensor_new(DTYPE_FLOAT64, 1, shape, &err);
    ck_assert_ptr_nonnull(tensor);
    memcpy(tensor->data, values, sizeof values);
    ck_assert(tensor_summarize(tensor, &summary, &err));
    ck_assert_int_eq(summary.finite, 4);
    ck_assert_int_eq(summary.nans, 1);
    ck_assert_int_eq(summary.infinities, 1);
    ck_assert_double_eq(summary.min, 0);
    ck_assert_double_eq(summary.max, 3);
    ck_assert_double_eq(summary.mean, 1.5);
    ck_assert_double_eq_tol(summary.std, 1.118033988749895, 1e-15);
    ck_assert_int_eq(summary.bins[0], 1);
    ck_assert_int_eq(summary.bins[SUMMARY_BINS - 1], 1);
    tensor_unref(tensor);
}
END_TEST

/* What `train TYPED` understands is written as it can be typed again. */
static const struct {
    const char *typed, *written; /* written NULL: an error… */
    const char *hint;            /* … with this hint */
} recipes[] = {
    {"mnist", "train mnist layers=512 epochs=5 batch=128 rate=0.001", NULL},
    {"mnist layers=[256, 128] learning_rate = 0.01 optimizer='adam' seed=3",
     "train mnist layers=256,128 optimizer=adam epochs=5 batch=128 rate=0.01 "
     "seed=3",
     NULL},
    {"fashion hidden=64 batch_size=32 validation_split=0.1 activation=tanh",
     "train fashion layers=64 activation=tanh epochs=5 batch=32 rate=0.001 "
     "validation=0.1",
     NULL},
    {"mnist optimizer=sgd", /* whose own rate is another one */
     "train mnist layers=512 optimizer=sgd epochs=5 batch=128 rate=0.01", NULL},
    {"net", "train net mnist epochs=5 batch=128", NULL},
    {"net x y epochs=2 rate=1", "train net x y epochs=2 batch=128 rate=1",
     NULL},
    {"", NULL, "train mnist"},
    {"mnist epochs", NULL, "epochs=5"},
    {"mnist epochs=0", NULL, "epochs=5"},
    {"mnist epochs=2.5", NULL, "epochs=5"},
    {"mnist layers=", NULL, "layers=256,128"},
    {"mnist bach=3", NULL, "did you mean 'batch'?"},
    {"mnist optimizer=adm", NULL, "did you mean 'adam'?"},
    {"mnist fashion", NULL, "train mnist epochs=5"},
    {"net x y z", NULL, "train model x y epochs=5"},
    {"net layers=3", NULL, "train mnist layers=256,128"},
};

START_TEST(what_train_is_asked_for_can_be_typed_again)
{
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        struct error err = ERROR_INIT;
        struct strbuf text = STRBUF_INIT;
        struct recipe recipe, again;
        bool good = recipe_parse(&recipe, recipes[i].typed, &err);
        ck_assert_msg(good == (recipes[i].written != NULL), "train %s: %s",
                      recipes[i].typed, good ? "no error" : err.message);
        if (good) {
            recipe_format(&recipe, &text);
            ck_assert_str_eq(text.text, recipes[i].written);
            ck_assert(recipe_parse(&again, text.text + strlen("train "), &err));
            strbuf_clear(&text);
            recipe_format(&again, &text);
            ck_assert_str_eq(text.text, recipes[i].written);
            recipe_done(&again);
            recipe_done(&recipe);
        } else {
            ck_assert_str_eq(err.hint, recipes[i].hint);
        }
        strbuf_done(&text);
        error_clear(&err);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("repl");
    TCase *tcase = tcase_create("parts");
    tcase_add_test(tcase, a_new_line_begins_where_the_one_before_suggests);
    tcase_add_test(tcase, prompts_and_output_are_taken_out_of_a_paste);
    tcase_add_test(tcase, a_hole_stands_where_an_operand_would);
    tcase_add_test(tcase, text_is_broken_between_words);
    tcase_add_test(tcase, text_is_cut_to_columns);
    tcase_add_test(tcase, a_summary_leaves_out_what_is_not_finite);
    tcase_add_test(tcase, what_train_is_asked_for_can_be_typed_again);
    suite_add_tcase(suite, tcase);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
