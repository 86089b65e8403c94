/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lessons: broken files are named with their line; what is typed is judged by
 * its result; wrong results never pass and get a sentence about what differs;
 * the lesson's code writes nothing and ends; progress survives bad files.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/path.h"
#include "bind/bind.h"
#include "lesson/difference.h"
#include "lesson/limits.h"
#include "lesson/player.h"
#include "lesson/progress.h"
#include "lesson/translation.h"

/* ------------------------------------------------------------------- files */

static char folder[64];

static char *in_folder(const char *name)
{
    if (!*folder) {
        snprintf(folder, sizeof folder, "/tmp/check_lesson.XXXXXX");
        ck_assert_ptr_nonnull(mkdtemp(folder));
    }
    return xasprintf("%s/%s", folder, name);
}

static char *write_file(const char *name, const char *text)
{
    struct error err = ERROR_INIT;
    char *path = in_folder(name);
    ck_assert(file_write(path, text, strlen(text), &err));
    return path;
}

/* -------------------------------------------------------------------- host */

static struct strbuf *diverted;

static void collect(void *context, const char *text, size_t length)
{
    (void)context;
    if (diverted)
        strbuf_add(diverted, text, length);
}

static struct interp *new_interp(void *context)
{
    struct interp *interp = interp_new();
    (void)context;
    bind_install(interp);
    interp_set_output(interp, collect, NULL);
    return interp;
}

static void end_interp(void *context, struct interp *interp)
{
    (void)context;
    interp_free(interp);
}

static void divert(void *context, struct strbuf *to)
{
    (void)context;
    diverted = to;
}

static void release(void *context)
{
    (void)context;
    diverted = NULL;
}

static bool is_command(void *context, const char *line)
{
    (void)context;
    return !strncmp(line, "train ", 6);
}

static const struct host host = {.new_interp = new_interp,
                                 .end_interp = end_interp,
                                 .divert = divert,
                                 .release = release,
                                 .is_command = is_command};

/* A lesson of one step; SETUP, ANSWER and MORE as they stand in the file. */
static struct player *play(const char *setup, const char *answer,
                           const char *more)
{
    struct error err = ERROR_INIT;
    struct lesson *lesson;
    char *text = xasprintf("# Test\n\n```setup\n%s\n```\n\n## Step {#step}\n\n"
                           "Do it.\n\n%s\n\n%s\n",
                           setup, answer, more);
    char *path = write_file("01-test.md", text);
    ck_assert_msg(lesson_read(path, &lesson, &err), "%s", err.message);
    struct player *player = player_new(lesson, &host);
    ck_assert_msg(player_go(player, 0, &err), "%s", err.message);
    free(path);
    free(text);
    return player;
}

/* What a learner types, and what is said to it. */
static enum verdict type(struct player *player, const char *text,
                         struct strbuf *said)
{
    struct error err = ERROR_INIT;
    struct trial trial = {.value = value_undefined()};
    struct reply reply;
    struct program *program = trial_parse(text, &err);
    player_prepare(player);
    if (program) {
        trial_run(&host, player_interp(player), NULL, text, &trial);
        if (!trial.good)
            error_set(&err, trial.error, "%s", trial.message);
    }
    player_judge(player, text, program, trial.value,
                 program && trial.good ? NULL : &err, &reply);
    strbuf_clear(said);
    strbuf_adds(said, reply.text.text);
    enum verdict verdict = reply.verdict;
    reply_done(&reply);
    trial_done(&trial);
    program_free(program);
    error_clear(&err);
    return verdict;
}

/* ------------------------------------------------------------ broken files */

static const struct {
    const char *text, *expected;
} broken[] = {
    {"", ":1: there is no step: a heading of level 2 with an id, ## Title "
         "{#id}"},
    {"## A {#a}\n", ":1: a step before the lesson's title, a heading of level "
                    "1"},
    {"words\n", ":1: a lesson begins with its title, a heading of level 1"},
    {"# T\n\n# U\n", ":3: a lesson has one heading of level 1; steps have "
                     "level 2"},
    {"# T\n\n## A\n", ":3: a step's heading ends with its id, {#like-this}"},
    {"# T\n\n## A {#A}\n", ":3: a step's heading ends with its id, "
                           "{#like-this}"},
    {"# T\n## A {#a}\n## B {#a}\n", ":3: there is a step 'a' already"},
    {"# T\n## A {#a}\n```anwser\n1\n```\n", ":3: there is no block 'anwser'"},
    {"# T\n## A {#a}\n```answer\n1\n```\n```answer\n2\n```\n",
     ":6: the step has a block 'answer' already"},
    {"# T\n## A {#a}\n```answer must see x\n1\n```\n",
     ":3: the words after 'answer' are not understood: must see x"},
    {"# T\n## A {#a}\n```wrong\n1\n```\n", ":2: 'wrong' without an answer"},
    {"# T\n## A {#a}\n```predict\n1\n```\n",
     ":2: predict needs a block 'choices' of two to six lines"},
    {"# T\n## A {#a}\n```answer\n1\n```\n```explore\n2\n```\n",
     ":2: a step has one of answer, predict and explore"},
    {"# T\n## A {#a}\n\xff\n", ":3: this is not UTF-8 text"},
};

START_TEST(broken_files_are_named)
{
    struct error err = ERROR_INIT;
    struct lesson *lesson;
    char *path = write_file("broken.md", broken[_i].text);
    ck_assert(!lesson_read(path, &lesson, &err));
    ck_assert_int_eq(strncmp(err.message, path, strlen(path)), 0);
    ck_assert_str_eq(err.message + strlen(path), broken[_i].expected);
    error_clear(&err);
    free(path);
}
END_TEST

/* Whatever bytes come, they are a lesson or an error. */
START_TEST(random_files_are_harmless)
{
    static const char *const pieces[] = {
        "# T\n",       "## A {#a}\n",  "## B {#b}\n", "```answer\n",
        "```wrong\n",  "```\n",        "> hint\n\n",  "x = 1\n",
        "words *a* `", "```predict\n", "```choices\n", "1\n2\n",
        "- a\n",       "> > > ",       "***\n\n",     "1. one\n",
        "{#",          "base=12}",     "<b>",         "\n\n"};
    uint32_t state = (uint32_t)_i * 2654435761u + 1;
    struct strbuf text = STRBUF_INIT;
    for (int i = 0; i < 40; i++) {
        state = state * 1664525u + 1013904223u;
        strbuf_adds(&text, pieces[(state >> 16) %
                                  (sizeof pieces / sizeof *pieces)]);
    }
    struct error err = ERROR_INIT;
    struct lesson *lesson;
    struct translation *translation;
    char *path = write_file("random.md", text.text);
    if (lesson_read(path, &lesson, &err))
        lesson_free(lesson);
    error_clear(&err);
    if (translation_read(path, &translation, &err))
        translation_free(translation);
    error_clear(&err);
    strbuf_done(&text);
    free(path);
}
END_TEST

START_TEST(parts_are_found)
{
    struct player *player = play(
        "x = 1",
        "```answer want y z, must use slice dot, must not use for, within "
        "1e-3, any dtype\ny, z = x, x\n```\n\nAfter *it*.\n\n> one\n\n> two",
        "```also\nz, y = x, x\n```\n\n```wrong shape\ny = 2\ny = 3\n```\n\n"
        "A sentence.\n\n> tied");
    const struct step *step = player_step(player);
    ck_assert_int_eq(step->kind, STEP_DO);
    ck_assert_str_eq(step->prose, "Do it.");
    ck_assert_str_eq(step->after, "After *it*.");
    ck_assert_uint_eq(step->demand.want.count, 2);
    ck_assert_uint_eq(step->demand.must.count, 2);
    ck_assert_str_eq(step->demand.must_not.items[0], "for");
    ck_assert(step->demand.within == 1e-3 && step->demand.any_dtype);
    ck_assert_uint_eq(step->mistakes[0].examples.count, 2);
    ck_assert_int_eq(step->mistakes[0].likeness, LIKE_SHAPE);
    ck_assert_str_eq(step->mistakes[0].sentence, "A sentence.");
    ck_assert_uint_eq(step->hint_count, 3);
    ck_assert_int_eq(step->hints[1].mistake, -1);
    ck_assert_int_eq(step->hints[2].mistake, 0);
    player_free(player);
}
END_TEST

/* ----------------------------------------------------------------- grading */

#define ANSWER(code) "```answer\n" code "\n```\n"
#define MATRIX "x = [[5, 78, 2], [6, 79, 3]]\ny = [1, 2, 3]"

static const struct {
    const char *setup, *answer, *typed;
    enum verdict verdict;
    const char *said; /* a part of it */
} judged[] = {
    {MATRIX, ANSWER("x[:, 1:]"), "x[:, 1:]", VERDICT_RIGHT, ""},
    {MATRIX, ANSWER("x[:, 1:]"), "x[:, -2:]", VERDICT_RIGHT, ""},
    {MATRIX, ANSWER("x[:, 1:]"), "x.T[1:].T", VERDICT_RIGHT, ""},
    {MATRIX, ANSWER("x[:, 1:]"), "x.T.T[0:2, 1:3]", VERDICT_RIGHT, ""},
    {MATRIX, ANSWER("x[:, 1:]"), "t = x[:, 1:]", VERDICT_RIGHT, ""},
    {MATRIX, ANSWER("x.T"), "np.transpose(x)", VERDICT_RIGHT, ""},
    {MATRIX, ANSWER("x.dot(y)"), "np.dot(x, y)", VERDICT_RIGHT, ""},
    {MATRIX, ANSWER("x.dot(y)"), "x @ y", VERDICT_RIGHT, ""},
    {MATRIX, ANSWER("x.dot(y)"), "(x * y).sum(axis=1)", VERDICT_RIGHT, ""},
    {MATRIX, ANSWER("x.shape[0]"), "np.int64(2)", VERDICT_RIGHT, ""},
    /* looks and variables of one's own are no answers */
    {MATRIX, ANSWER("x[:, 1:]"), "x", VERDICT_NONE, ""},
    {MATRIX, ANSWER("x[:, 1:]"), "x.shape", VERDICT_NONE, ""},
    {MATRIX, ANSWER("x[:, 1:]"), "print(x)", VERDICT_NONE, ""},
    {MATRIX, ANSWER("x[:, 1:]"), "t = x.T", VERDICT_NONE, ""},
    /* what differs */
    {MATRIX, ANSWER("x[:, 1:]"), "x[1]", VERDICT_WRONG,
     "You got shape `(3,)`, this asks for `(2, 2)`."},
    {MATRIX, ANSWER("x[:, :1]"), "x[:, 0]", VERDICT_WRONG,
     "The numbers are right, but in shape `(2,)`; this asks for `(2, 1)`."},
    {MATRIX, ANSWER("x"), "x.T * 1", VERDICT_WRONG,
     "You got the transpose: shape `(3, 2)`, this asks for `(2, 3)`."},
    {MATRIX, ANSWER("x * 2"), "x * -2", VERDICT_WRONG, "the wrong sign"},
    {MATRIX, ANSWER("x * 2"), "x * 6", VERDICT_WRONG,
     "Every element is 3 times what is asked for."},
    {MATRIX, ANSWER("x * 2"), "x * 2 + 1", VERDICT_WRONG,
     "Every element is too large, by 1."},
    {MATRIX, ANSWER("x * 2"), "x * 2.0", VERDICT_WRONG,
     "their dtype is `float64`; this asks for `int64`"},
    {MATRIX, ANSWER("y * 1"), "y[::-1] * 1", VERDICT_WRONG,
     "in reverse order along axis 0"},
    {MATRIX, ANSWER("y * 1"), "np.array([1, 3, 2])", VERDICT_WRONG,
     "in another order.\n2 of 3 elements differ. The first, at `[1]`: `3` is "
     "too large, by 1."},
    {MATRIX, ANSWER("y * 1"), "np.array([1, 2, 7])", VERDICT_WRONG,
     "Only the element at `[2]` differs: `7` is too large, by 4."},
    {MATRIX, ANSWER("y > 1"), "y <= 1", VERDICT_WRONG,
     "Every truth value is the other way round."},
    {MATRIX, ANSWER("y.sum()"), "y.sum() + 2", VERDICT_WRONG,
     "`8` is too large, by 2."},
    {MATRIX, ANSWER("y.sum()"), "y.sum() * 1.0", VERDICT_WRONG,
     "The value is right, but it is a float; this asks for a whole number."},
    {MATRIX, ANSWER("y.sum()"), "-y.sum()", VERDICT_WRONG,
     "`-6` has the wrong sign."},
    {MATRIX, ANSWER("y.sum()"), "y.sum", VERDICT_NONE, ""},
    {MATRIX, ANSWER("y.sum()"), "np.median(y) * 'a'", VERDICT_ERROR, ""},
    {MATRIX, ANSWER("x.shape"), "list(x.shape)", VERDICT_WRONG,
     "You got a list, this asks for a tuple."},
    {MATRIX, ANSWER("x.shape"), "(2, 4)", VERDICT_WRONG,
     "Item 1, counted from 0: `4` is too large, by 1."},
    {MATRIX, ANSWER("x.shape"), "(2,) + (3, 1)", VERDICT_WRONG,
     "You got 3 items, this asks for 2."},
    {MATRIX, ANSWER("'abc'"), "'ab' + 'd'", VERDICT_WRONG,
     "The text differs from character 3 on."},
    {MATRIX, ANSWER("{'a': 1}"), "{'b': 1}", VERDICT_WRONG,
     "The key `'a'` is missing."},
    /* variables */
    {MATRIX, ANSWER("z = x[:, 1:]"), "z = x[:, -2:]", VERDICT_RIGHT, ""},
    {MATRIX, ANSWER("z = x[:, 1:]"), "x[:, 1:]", VERDICT_WRONG,
     "That is the right value. Give it the name `z`."},
    {MATRIX, ANSWER("z = x[:, 1:]"), "Z = x[:, 1:]", VERDICT_WRONG,
     "The value is right, but it has another name than `z`."},
    {MATRIX, ANSWER("z = x[:, 1:]"), "z = x", VERDICT_WRONG,
     "You got shape `(2, 3)`, this asks for `(2, 2)`."},
    {MATRIX, "```answer\na = 1\nb = 2\n```", "b = 2", VERDICT_RIGHT, ""},
    {MATRIX, "```answer want a b\na = 1\nb = 2\n```", "b = 2", VERDICT_NONE,
     "So far so good. `a` is still to come."},
    {MATRIX, ANSWER("x[0, 0] = 7"), "x[0][0] = 7", VERDICT_RIGHT, ""},
    {MATRIX, ANSWER("x[0, 0] = 7"), "x[0, 0] = 8", VERDICT_WRONG,
     "Only the element at `[0, 0]` differs: `8` is too large, by 1."},
    /* means */
    {MATRIX, "```answer must use dot\nx.dot(y)\n```", "x @ y", VERDICT_WRONG,
     "Here it is to be got with `dot`."},
    {MATRIX, "```answer must not use T\nx.transpose()\n```", "x.T.T.T",
     VERDICT_WRONG, "without `T`"},
    {MATRIX, "```answer must use for\nsum([v for v in y])\n```", "y.sum()",
     VERDICT_WRONG, "with `for`"},
    {MATRIX, "```answer any dtype\ny\n```", "y * 1.0", VERDICT_RIGHT, ""},
    {MATRIX, "```answer within 0.1\n3.14159\n```", "22 / 7", VERDICT_RIGHT,
     ""},
    /* many right answers */
    {MATRIX, "```answer\nzeros((2, 3))\n```\n```check\n_.shape == (2, 3)\n```",
     "ones((2, 3)) * 4", VERDICT_RIGHT, ""},
    {MATRIX, "```answer\nzeros((2, 3))\n```\n```check\n_.shape == (2, 3)\n```",
     "ones((3, 2))", VERDICT_WRONG,
     "This should be true, and is not: `_.shape == (2, 3)`. The left side is "
     "`(3, 2)`."},
};

START_TEST(lines_are_judged)
{
    struct strbuf said = STRBUF_INIT;
    struct player *player =
        play(judged[_i].setup, judged[_i].answer, "> h\n\n> h");
    enum verdict verdict = type(player, judged[_i].typed, &said);
    ck_assert_msg(verdict == judged[_i].verdict, "'%s': verdict %d: %s",
                  judged[_i].typed, verdict, said.text);
    ck_assert_msg(strstr(said.text, judged[_i].said) != NULL, "'%s': %s",
                  judged[_i].typed, said.text);
    strbuf_done(&said);
    player_free(player);
}
END_TEST

/* Variables of one's own are fine, in several lines, and their making counts
   as means. */
START_TEST(intermediate_variables_pass)
{
    struct strbuf said = STRBUF_INIT;
    struct player *player =
        play(MATRIX, "```answer must use dot\nx.dot(y) + 1\n```", "> h\n\n> h");
    ck_assert_int_eq(type(player, "d = np.dot(x, y)", &said), VERDICT_NONE);
    ck_assert_int_eq(type(player, "one = 1", &said), VERDICT_NONE);
    ck_assert_int_eq(type(player, "d + one", &said), VERDICT_RIGHT);
    strbuf_done(&said);
    player_free(player);
}
END_TEST

START_TEST(functions_are_tried)
{
    static const char answer[] =
        "```answer must not use maximum\ndef relu(x):\n    return x * (x > "
        "0)\n```\n\n```inputs 3\nnp.random.randn(3, 4)\nnp.array([1, -2])\n"
        "zeros((0,))\n```";
    struct strbuf said = STRBUF_INIT;
    struct player *player = play("pass", answer, "> h\n\n> h");
    ck_assert_int_eq(type(player, "def f(x):\n    return x\n", &said),
                     VERDICT_NONE);
    ck_assert(strstr(said.text, "this asks for one called `relu`"));
    ck_assert_int_eq(type(player, "def relu(x):\n    return x\n", &said),
                     VERDICT_WRONG);
    ck_assert_int_eq(type(player, "def relu(x):\n    x * (x > 0)\n", &said),
                     VERDICT_WRONG);
    ck_assert(strstr(said.text, "nothing comes back"));
    ck_assert_int_eq(type(player, "def relu(x):\n    return y\n", &said),
                     VERDICT_WRONG);
    ck_assert(strstr(said.text, "fails: NameError"));
    ck_assert_int_eq(
        type(player, "def relu(x):\n    return np.maximum(x, 0)\n", &said),
        VERDICT_WRONG);
    ck_assert(strstr(said.text, "without `maximum`"));
    ck_assert_int_eq(
        type(player, "def relu(x):\n    return np.where(x > 0, x, 0 * x)\n",
             &said),
        VERDICT_RIGHT);
    strbuf_done(&said);
    player_free(player);
}
END_TEST

START_TEST(predictions_are_computed)
{
    struct error err = ERROR_INIT;
    struct reply reply;
    struct player *player =
        play(MATRIX,
             "```predict\nx[:, 1:].shape\n```\n\n```choices\n(2, 3)\n(2, "
             "2)\nValueError\n```",
             "> h\n\n> h\n\n```wrong\n(2, 3)\n```\n\nAll of them.");
    ck_assert_int_eq(player_right_choice(player, &err), 1);
    ck_assert_int_eq(player_choice(player, "b"), 1);
    ck_assert_int_eq(player_choice(player, "c)"), 2);
    ck_assert_int_eq(player_choice(player, "(2,3)"), 0);
    ck_assert_int_eq(player_choice(player, "x"), -1);
    player_choose(player, 0, &reply);
    ck_assert_int_eq(reply.verdict, VERDICT_WRONG);
    ck_assert_str_eq(reply.text.text, "All of them.");
    reply_done(&reply);
    player_choose(player, 1, &reply);
    ck_assert_int_eq(reply.verdict, VERDICT_RIGHT);
    reply_done(&reply);
    player_free(player);
}
END_TEST

START_TEST(hints_come_one_by_one)
{
    int number, count;
    struct strbuf said = STRBUF_INIT;
    struct player *player =
        play(MATRIX, ANSWER("x[:, 1:]") "\n> vague\n\n> plain",
             "```wrong\nx[1:]\n```\n\nThose are rows.\n\n> tied");
    ck_assert_int_eq(type(player, "x[1:, :]", &said), VERDICT_WRONG);
    ck_assert_str_eq(said.text, "Those are rows.");
    ck_assert_str_eq(player_hint(player, &number, &count), "tied");
    ck_assert(number == 1 && count == 3);
    ck_assert_str_eq(player_hint(player, &number, &count), "vague");
    ck_assert_str_eq(player_hint(player, &number, &count), "plain");
    ck_assert(number == 3 && count == 3);
    ck_assert_ptr_null(player_hint(player, &number, &count));
    strbuf_done(&said);
    player_free(player);
}
END_TEST

/* --------------------------------------------------------------- variables */

static char *show(struct player *player, const char *text)
{
    struct trial trial;
    struct strbuf output = STRBUF_INIT;
    player_try(player, text, &trial, &output);
    trial_done(&trial);
    return strbuf_steal(&output);
}

START_TEST(variables_are_given_back)
{
    struct strbuf said = STRBUF_INIT;
    struct player *player =
        play("x = [1, 2, 3]\nv = x[1:]\nl = list((1, 2))", ANSWER("x * 2"),
             "> h\n\n> h");
    type(player, "mine = 5", &said);
    type(player, "x[0] = 99", &said);
    type(player, "l.append(3)", &said);
    type(player, "del v", &said);
    char *text = show(player, "print(x, v, l, mine)");
    ck_assert_str_eq(text, "[1 2 3] [2 3] [1, 2] 5\n");
    free(text);
    /* a view is still one of it */
    text = show(player, "x[1] = 7\nprint(v)");
    ck_assert_str_eq(text, "[7 3]\n");
    free(text);
    strbuf_done(&said);
    player_free(player);
}
END_TEST

/* What the answer changes through a view is as it should be. */
START_TEST(views_follow_the_answer)
{
    struct strbuf said = STRBUF_INIT;
    struct player *player = play("x = [1, 2, 3]\nv = x[1:]",
                                 ANSWER("x[1] = 7"), "> h\n\n> h");
    ck_assert_int_eq(type(player, "x[1] = 7", &said), VERDICT_RIGHT);
    char *text = show(player, "x[2] = 8\nprint(v)");
    ck_assert_str_eq(text, "[7 8]\n");
    free(text);
    strbuf_done(&said);
    player_free(player);
}
END_TEST

/* ---------------------------------------------------------------- mutations */

static const char *const models[] = {
    "x[:, 1:]",
    "x[0]",
    "x[-1, 1:3]",
    "x.T",
    "x.T[1:]",
    "x.dot(w)",
    "x.dot(y)",
    "x + y",
    "x * 2 - 1",
    "x.sum(axis=0)",
    "x.mean()",
    "x.max(axis=1)",
    "x.reshape((3, 2))",
    "x > 5",
    "np.maximum(x, 6)",
    "y[::-1]",
    "np.exp(y) / 3",
    "x.astype('float32') / 255",
};

/* Parts of code that stand for one another. */
static const char *const swaps[][2] = {
    {"1", "2"},       {"1", "0"},      {"0", "1"},    {"2", "3"},
    {"3", "1"},       {"5", "6"},      {":", ""},     {"1:", ":1"},
    {"+", "-"},       {"*", "+"},      {"-", "+"},    {"/", "*"},
    {".T", ""},       {".T", ".T.T"},  {"x", "x.T"},  {"x", "(x + 1)"},
    {"y", "(y * 2)"}, {"y", "y[::-1]"}, {"w", "w.T"}, {"sum", "mean"},
    {"mean", "sum"},  {"max", "min"},  {">", "<"},    {">", ">="},
    {"axis=0", "axis=1"}, {"axis=1", ""}, {"axis=0", ""}, {"exp", "log"},
    {"maximum", "minimum"}, {"float32", "float64"}, {"3, 2", "2, 3"},
    {"3, 2", "-1"},   {"x", "-x"},     {"x", "x[::-1]"}, {"6", "60"},
};

/* CODE with one occurrence of a part exchanged; NULL when it has none. */
static char *mutate(const char *code, uint32_t random)
{
    const char *const *swap = swaps[random % (sizeof swaps / sizeof *swaps)];
    size_t length = strlen(swap[0]);
    const char *at = strstr(code, swap[0]);
    for (uint32_t skip = (random >> 8) % 3; at && skip; skip--) {
        const char *next = strstr(at + 1, swap[0]);
        at = next ? next : at;
    }
    return at ? xasprintf("%.*s%s%s", (int)(at - code), code, swap[1],
                          at + length)
              : NULL;
}

/* What Python prints of it, with its type: independent of the grader. */
static char *described(struct player *player, const char *code)
{
    char *line = xasprintf("_v = %s\nprint(type(_v), getattr(_v, 'dtype', ''),"
                           " getattr(_v, 'shape', ''), repr(_v))",
                           code);
    char *text = show(player, line);
    free(line);
    return text;
}

static char *part(struct player *player, const char *code, const char *name)
{
    char *line = xasprintf("print(getattr(%s, '%s', ''), end='')", code, name);
    char *text = show(player, line);
    free(line);
    return text;
}

/* Is what is said about the shapes and dtypes so? */
static void check_sentence(struct player *player, const char *model,
                           const char *mutant, const char *said)
{
    char *got = part(player, mutant, "shape");
    char *want = part(player, model, "shape");
    ck_assert_msg(*said, "nothing is said to %s", mutant);
    if (*got && *want && strcmp(got, want) && strcmp(got, "()") &&
        strcmp(want, "()")) {
        ck_assert_msg(strstr(said, got) && strstr(said, want),
                      "%s for %s: %s", mutant, model, said);
    }
    if (strstr(said, "dtype is")) {
        char *dtype = part(player, mutant, "dtype");
        ck_assert_msg(strstr(said, dtype) != NULL, "%s: %s", mutant, said);
        free(dtype);
    }
    free(got);
    free(want);
}

enum { MUTATIONS = 500 };

START_TEST(mutations_never_pass)
{
    struct strbuf said = STRBUF_INIT;
    uint32_t state = 20;
    int tried = 0, failing = 0, equal = 0;
    for (int round = 0; tried < MUTATIONS; round++) {
        const char *model = models[round % (int)(sizeof models / sizeof *models)];
        char *answer = xasprintf("```answer\n%s\n```", model);
        struct player *player =
            play(MATRIX "\nw = [[1, 2], [3, 4], [5, 6]]", answer, "> h\n\n> h");
        char *expected = described(player, model);
        for (int i = 0; i < 40 && tried < MUTATIONS; i++) {
            state = state * 1664525u + 1013904223u;
            char *once = mutate(model, state >> 8);
            state = state * 1664525u + 1013904223u;
            char *mutant = once && state >> 31 ? mutate(once, state >> 8)
                                               : NULL;
            if (!mutant) {
                mutant = once;
                once = NULL;
            }
            free(once);
            if (!mutant)
                continue;
            char *result = described(player, mutant);
            enum verdict verdict = type(player, mutant, &said);
            bool same = !strcmp(result, expected);
            ck_assert_msg((verdict == VERDICT_RIGHT) == same, "%s for %s: %d",
                          mutant, model, verdict);
            if (verdict == VERDICT_WRONG)
                check_sentence(player, model, mutant, said.text);
            failing += verdict == VERDICT_ERROR;
            equal += same;
            tried++;
            player_begin_again(player);
            free(result);
            free(mutant);
        }
        free(expected);
        free(answer);
        player_free(player);
    }
    ck_assert_msg(tried - failing - equal > MUTATIONS / 2,
                  "%d tried, %d fail, %d are equal", tried, failing, equal);
    strbuf_done(&said);
}
END_TEST

/* ------------------------------------------------------- code of a stranger */

START_TEST(endless_code_ends)
{
    static const char *const setups[] = {
        "while True:\n    pass",
        "while True:\n    try:\n        while True:\n            pass\n"
        "    except:\n        pass",
        "l = list((1,))\nwhile True:\n    l.append(zeros((10000,)) + 1)"};
    struct error err = ERROR_INIT;
    struct lesson *lesson;
    char *text = xasprintf("# T\n```setup\n%s\n```\n## A {#a}\nWords.\n",
                           setups[_i]);
    char *path = write_file("endless.md", text);
    limits_set(0.3, (size_t)200 << 20);
    ck_assert(lesson_read(path, &lesson, &err));
    struct player *player = player_new(lesson, &host);
    ck_assert(!player_go(player, 0, &err));
    ck_assert(strstr(err.message, "endless.md:3: it was stopped"));
    error_clear(&err);
    player_free(player);
    free(path);
    free(text);
}
END_TEST

START_TEST(files_are_out_of_reach)
{
    static const char *const codes[] = {
        "open('%s', 'w')",
        "np.save('%s', [1, 2])",
        "np.savetxt('%s', [1, 2])",
        "np.savez('%s', a=[1, 2])",
        "import os\nos.mkdir('%s')",
        "import os\nos.remove('%s')",
        "getattr(np, 'sa' + 've')('%s', [1])",
        "open('/etc/passwd').read()",
        "open('/etc/../etc/passwd').read()",
        "keras.Sequential([keras.layers.Dense(1, input_shape=(1,))])"
        ".save_weights('%s')"};
    char *path = in_folder("written");
    char *code = xasprintf(codes[_i], path);
    char *text = xasprintf("# T\n```setup\n%s\n```\n## A {#a}\nWords.\n", code);
    char *file = write_file("thief.md", text);
    struct error err = ERROR_INIT;
    struct lesson *lesson;
    ck_assert(lesson_read(file, &lesson, &err));
    struct player *player = player_new(lesson, &host);
    ck_assert(!player_go(player, 0, &err));
    ck_assert_msg(strstr(err.message, "PermissionError") != NULL, "%s",
                  err.message);
    ck_assert_int_ne(access(path, F_OK), 0);
    error_clear(&err);
    player_free(player);
    free(file);
    free(text);
    free(code);
    free(path);
}
END_TEST

/* ---------------------------------------------------------------- progress */

static void progress_of(const char *text, struct lesson_progress *progress,
                        struct strbuf *complaint)
{
    struct error err = ERROR_INIT;
    char *home = in_folder("state");
    setenv("XDG_STATE_HOME", home, 1);
    char *path = path_in_state("lessons");
    path_make_parents(path, &err);
    if (text)
        ck_assert(file_write(path, text, strlen(text), &err));
    progress_load(progress, complaint);
    free(path);
    free(home);
}

START_TEST(progress_is_kept)
{
    struct lesson_progress progress;
    struct strbuf complaint = STRBUF_INIT;
    struct error err = ERROR_INIT;
    progress_of("tensor-progress 1\nat 03-x b\nleft 03-x 1\n"
                "done 03-x a tries 2 hints 1 seconds 30\n",
                &progress, &complaint);
    ck_assert_str_eq(complaint.text, "");
    ck_assert_str_eq(progress.step, "b");
    ck_assert_int_eq(progress.left, 1);
    ck_assert_int_eq(progress_state(&progress, "03-x", "a"), STEP_DONE);
    progress_record(&progress, "03-x", "b", STEP_SKIPPED, 1, 0, 5);
    progress_place(&progress, "03-x", "c");
    ck_assert(progress_save(&progress, &err));
    progress_done(&progress);
    progress_of(NULL, &progress, &complaint);
    ck_assert_int_eq(progress_state(&progress, "03-x", "a"), STEP_DONE);
    ck_assert_int_eq(progress_state(&progress, "03-x", "b"), STEP_SKIPPED);
    ck_assert_str_eq(progress.step, "c");
    progress_forget(&progress, "03-x");
    ck_assert_ptr_null(progress.lesson);
    ck_assert_uint_eq(progress.count, 0);
    progress_done(&progress);
    strbuf_done(&complaint);
}
END_TEST

START_TEST(damaged_progress_is_told)
{
    struct lesson_progress progress;
    struct strbuf complaint = STRBUF_INIT;
    progress_of("tensor-progress 1\ndone 03-x a tries 2 hints 1 seconds 30\n"
                "done 03-x b tri",
                &progress, &complaint);
    ck_assert(strstr(complaint.text, "is damaged"));
    ck_assert_int_eq(progress_state(&progress, "03-x", "a"), STEP_DONE);
    progress_done(&progress);
    strbuf_done(&complaint);
}
END_TEST

START_TEST(progress_of_the_future_stays)
{
    struct lesson_progress progress;
    struct strbuf complaint = STRBUF_INIT, text = STRBUF_INIT;
    struct error err = ERROR_INIT;
    progress_of("tensor-progress 9\nstars 03-x a\n", &progress, &complaint);
    ck_assert(strstr(complaint.text, "newer tensor"));
    progress_record(&progress, "03-x", "b", STEP_DONE, 1, 0, 5);
    ck_assert(progress_save(&progress, &err));
    char *path = path_in_state("lessons");
    ck_assert(file_read(path, &text, &err));
    ck_assert_str_eq(text.text, "tensor-progress 9\nstars 03-x a\n");
    free(path);
    progress_done(&progress);
    strbuf_done(&complaint);
    strbuf_done(&text);
}
END_TEST

#define ROWS(table) (int)(sizeof table / sizeof *table)

int main(void)
{
    Suite *suite = suite_create("lesson");
    TCase *tests = tcase_create("lesson");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, broken_files_are_named, 0, ROWS(broken));
    tcase_add_loop_test(tests, random_files_are_harmless, 0, 200);
    tcase_add_test(tests, parts_are_found);
    tcase_add_loop_test(tests, lines_are_judged, 0, ROWS(judged));
    tcase_add_test(tests, intermediate_variables_pass);
    tcase_add_test(tests, functions_are_tried);
    tcase_add_test(tests, predictions_are_computed);
    tcase_add_test(tests, hints_come_one_by_one);
    tcase_add_test(tests, variables_are_given_back);
    tcase_add_test(tests, views_follow_the_answer);
    tcase_add_test(tests, mutations_never_pass);
    tcase_add_loop_test(tests, endless_code_ends, 0, 3);
    tcase_add_loop_test(tests, files_are_out_of_reach, 0, 10);
    tcase_add_test(tests, progress_is_kept);
    tcase_add_test(tests, damaged_progress_is_told);
    tcase_add_test(tests, progress_of_the_future_stays);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
