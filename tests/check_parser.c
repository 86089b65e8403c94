/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parser: CPython 3.11's words for wrong programs (compile(text, '',
 * 'exec')), when more lines are wanted, and the way back to Python.
 */
#include <check.h>
#include <stdlib.h>

#include "lang_session.h"

struct row {
    const char *program, *expected;
};

static const struct row syntax_errors[] = {
    {"foo(1 2", "SyntaxError: '(' was never closed"},
    {"if x = 3: pass", "SyntaxError: invalid syntax. Maybe you meant '==' or "
                       "':=' instead of '='?"},
    {"1 = x", "SyntaxError: cannot assign to literal here. Maybe you meant "
              "'==' instead of '='?"},
    {"x +", "SyntaxError: invalid syntax"},
    {"f(a=1, 2)", "SyntaxError: positional argument follows keyword argument"},
    {"a = (1,", "SyntaxError: '(' was never closed"},
    {"print \"x\"", "SyntaxError: Missing parentheses in call to 'print'. Did "
                    "you mean print(...)?"},
    {"1abc", "SyntaxError: invalid decimal literal"},
    {"012", "SyntaxError: leading zeros in decimal integer literals are not "
            "permitted; use an 0o prefix for octal integers"},
    {"x = [1 2]", "SyntaxError: invalid syntax. Perhaps you forgot a comma?"},
    {"if x", "SyntaxError: expected ':'"},
    {"f() += 1", "SyntaxError: 'function call' is an illegal expression for "
                 "augmented assignment"},
    {"del f()", "SyntaxError: cannot delete function call"},
    {"x = 5 $ 3", "SyntaxError: invalid syntax"},
    {"for i in", "SyntaxError: invalid syntax"},
    {"a b", "SyntaxError: invalid syntax"},
    {"\"abc", "SyntaxError: unterminated string literal (detected at line 1)"},
    {"\"\"\"abc", "SyntaxError: unterminated triple-quoted string literal "
                  "(detected at line 1)"},
    {"x = )", "SyntaxError: unmatched ')'"},
    {"(]", "SyntaxError: closing parenthesis ']' does not match opening "
           "parenthesis '('"},
    {"None = 1", "SyntaxError: cannot assign to None"},
    {"f(x=1,x=2)", "SyntaxError: keyword argument repeated: x"},
    {"f(1=2)", "SyntaxError: expression cannot contain assignment, perhaps you "
               "meant \"==\"?"},
    {"a,b += 1",
     "SyntaxError: 'tuple' is an illegal expression for augmented assignment"},
    {"return 3", "SyntaxError: 'return' outside function"},
    {"break", "SyntaxError: 'break' outside loop"},
    {"continue", "SyntaxError: 'continue' not properly in loop"},
    {"x = 1 if 2", "SyntaxError: expected 'else' after 'if' expression"},
    {"{1:2, 3}", "SyntaxError: ':' expected after dictionary key"},
    {"else: pass", "SyntaxError: invalid syntax"},
    {"a = 1 = 2", "SyntaxError: cannot assign to literal"},
    {"def f(a=1, b): pass",
     "SyntaxError: non-default argument follows default argument"},
    {"def f(a,a): pass",
     "SyntaxError: duplicate argument 'a' in function definition"},
    {"f(**a, *b)", "SyntaxError: iterable argument unpacking follows keyword "
                   "argument unpacking"},
    {"f(**a, b)",
     "SyntaxError: positional argument follows keyword argument unpacking"},
    {"while True print(1)", "SyntaxError: invalid syntax"},
    {"x = 3,, 4", "SyntaxError: invalid syntax"},
    {"x := 3", "SyntaxError: invalid syntax"},
    {"1_", "SyntaxError: invalid decimal literal"},
    {"0x", "SyntaxError: invalid hexadecimal literal"},
    {"0b2", "SyntaxError: invalid digit '2' in binary literal"},
    {"try: x", "SyntaxError: expected 'except' or 'finally' block"},
    {"if 1:", "IndentationError: expected an indented block after 'if' "
              "statement on line 1"},
    {"x = *a", "SyntaxError: can't use starred expression here"},
    {"a if b else c = 3",
     "SyntaxError: cannot assign to conditional expression"},
    {"[a, 1] = 3", "SyntaxError: cannot assign to literal"},
    {"-x = 3", "SyntaxError: cannot assign to expression here. Maybe you meant "
               "'==' instead of '='?"},
    {"a < b = 3", "SyntaxError: cannot assign to comparison"},
    {"x++", "SyntaxError: invalid syntax"},
    {"== 3", "SyntaxError: invalid syntax"},
    {"，", "SyntaxError: invalid character '，' (U+FF0C)"},
    {"if 1:\n"
     "  x\n"
     " y",
     "IndentationError: unindent does not match any outer indentation level"},
    {"  x = 3", "IndentationError: unexpected indent"},
    {"x = 1\n"
     "  y = 2",
     "IndentationError: unexpected indent"},
    {"if 1:\n"
     "x = 2",
     "IndentationError: expected an indented block after 'if' statement on "
     "line 1"},
    {"def f():\n"
     "return 1",
     "IndentationError: expected an indented block after function definition "
     "on line 1"},
    {"x = 'a\n"
     "y'",
     "SyntaxError: unterminated string literal (detected at line 1)"},
    {"x = \\ 3",
     "SyntaxError: unexpected character after line continuation character"},
    {"import", "SyntaxError: invalid syntax"},
    {"nonlocal x",
     "SyntaxError: nonlocal declaration not allowed at module level"},
    {"def f():\n"
     "    nonlocal zz",
     "SyntaxError: no binding for nonlocal 'zz' found"},
    {"x y z = 3", "SyntaxError: invalid syntax"},
    {"f'{a b}'",
     "SyntaxError: f-string: invalid syntax. Perhaps you forgot a comma?"},
    {"f'{}'", "SyntaxError: f-string: empty expression not allowed"},
    {"f'{a'", "SyntaxError: f-string: expecting '}'"},
    {"f'}'", "SyntaxError: f-string: single '}' is not allowed"},
    {"class", "SyntaxError: invalid syntax"},
    {"lambda x: = 3", "SyntaxError: invalid syntax"},
    {"(x.y := 3)",
     "SyntaxError: cannot use assignment expressions with attribute"},
};

static enum parse_status parse(const char *text, struct parse_options options,
                               char **ret_error)
{
    struct error err = ERROR_INIT;
    struct program *program = NULL;
    struct source *source = source_new("<input>", text, strlen(text));
    enum parse_status status = program_parse(source, options, &program, &err);
    *ret_error =
        status == PARSE_ERROR
            ? xasprintf("%s: %s", error_kind_name(err.kind), err.message)
            : NULL;
    ck_assert(status == PARSE_ERROR || err.kind == ERROR_NONE);
    if (status == PARSE_ERROR)
        ck_assert_int_gt(err.note_count, 0);
    program_free(program);
    source_unref(source);
    error_clear(&err);
    return status;
}

START_TEST(words_are_cpythons)
{
    const struct row *row = &syntax_errors[_i];
    char *error;
    ck_assert_int_eq(parse(row->program, (struct parse_options){0}, &error),
                     PARSE_ERROR);
    ck_assert_msg(!strcmp(error, row->expected), "%s\n%s\nwant %s",
                  row->program, error, row->expected);
    free(error);
}
END_TEST

/* Each typed line ends with a newline. */
static const struct {
    const char *text;
    enum parse_status status;
} typed[] = {
    {"1 + 1\n", PARSE_OK},
    {"", PARSE_OK},
    {"\n", PARSE_OK},
    {"# only a comment\n", PARSE_OK},
    {"x = [1,\n", PARSE_INCOMPLETE},
    {"x = [1,\n2]\n", PARSE_OK},
    {"f(\n", PARSE_INCOMPLETE},
    {"f(1 2\n", PARSE_ERROR},
    {"x = \"\"\"a\n", PARSE_INCOMPLETE},
    {"x = \"\"\"a\nb\"\"\"\n", PARSE_OK},
    {"x = 1 + \\\n", PARSE_INCOMPLETE},
    {"x = 1 + \\\n2\n", PARSE_OK},
    {"if x:\n", PARSE_INCOMPLETE},
    {"if x:\n  y\n", PARSE_INCOMPLETE},
    {"if x:\n  y\n\n", PARSE_OK},
    {"if x:\n  y\nelse:\n", PARSE_INCOMPLETE},
    {"if x:\n  y\nelse:\n  z\n", PARSE_INCOMPLETE},
    {"if x:\n  y\nelse:\n  z\n\n", PARSE_OK},
    {"if x: y\n", PARSE_INCOMPLETE},
    {"if x: y\n\n", PARSE_OK},
    {"for i in x:\n  print(i)\nz\n", PARSE_OK},
    {"def f():\n  if x:\n    y\n", PARSE_INCOMPLETE},
    {"def f():\n  return [\n", PARSE_INCOMPLETE},
    {"try:\n  x\n", PARSE_INCOMPLETE},
    {"try:\n  x\nexcept E:\n  y\n\n", PARSE_OK},
    {"@deco\n", PARSE_INCOMPLETE},
    {"class A:\n", PARSE_INCOMPLETE},
    {"if x:\n  # comment\n", PARSE_INCOMPLETE},
    {"if x\n", PARSE_ERROR},
    {"x = 'a\n", PARSE_ERROR},
    {"x = )\n", PARSE_ERROR},
};

START_TEST(more_lines_are_wanted)
{
    char *error;
    enum parse_status status = parse(
        typed[_i].text, (struct parse_options){.interactive = true}, &error);
    ck_assert_msg(status == typed[_i].status, "%s%s", typed[_i].text,
                  error ? error : "");
    free(error);
}
END_TEST

static const struct row to_python[] = {
    {"x = [1, 2]", "x = np.array([1, 2])"},
    {"x = [[1, 2], [3, 4]] * 2", "x = np.array([[1, 2], [3, 4]]) * 2"},
    {"x = ['a', 1]", "x = ['a', 1]"},
    {"x = [[1], [2, 3]]", "x = [[1], [2, 3]]"},
    {"x = [len([1, 2]), 3]", "x = np.array([len(np.array([1, 2])), 3])"},
    {"x = [1] ; y = [2]", "x = np.array([1]) ; y = np.array([2])"},
    {"x = [i for i in [1, 2]]", "x = [i for i in np.array([1, 2])]"},
    {"array = len\nx = array([1, 2])", "array = len\nx = array([1, 2])"},
    {"an_array = len\nx = an_array([1])",
     "an_array = len\nx = an_array(np.array([1]))"},
};

START_TEST(shorthand_becomes_python)
{
    struct strbuf output = STRBUF_INIT, python = STRBUF_INIT;
    struct error err = ERROR_INIT;
    struct program *program = NULL;
    struct interp *interp = session_new(&output);
    const struct row *row = &to_python[_i];
    struct source *source =
        source_new("<input>", row->program, strlen(row->program));
    struct parse_options options = {.shorthand = true};
    ck_assert_int_eq(program_parse(source, options, &program, &err), PARSE_OK);
    ck_assert(program_run(interp, program, false, &err));
    program_to_python(program, &python);
    ck_assert_str_eq(python.text, row->expected);
    program_free(program);
    source_unref(source);
    interp_free(interp);
    strbuf_done(&output);
    strbuf_done(&python);
    error_clear(&err);
}
END_TEST

START_TEST(kinds_of_programs)
{
    static const struct {
        const char *text;
        bool silent, expression;
    } rows[] = {{"1 + 1", false, true},
                {"1 + 1;", true, true},
                {"x = 1;", true, false},
                {"1; 2", false, false},
                {"if 1: 2;\n", false, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error err = ERROR_INIT;
        struct program *program = NULL;
        struct source *source =
            source_new("<input>", rows[i].text, strlen(rows[i].text));
        ck_assert_int_eq(
            program_parse(source, (struct parse_options){0}, &program, &err),
            PARSE_OK);
        ck_assert_int_eq(program_is_silent(program), rows[i].silent);
        ck_assert_int_eq(program_is_expression(program), rows[i].expression);
        program_free(program);
        source_unref(source);
    }
}
END_TEST

/* Whatever the bytes, parsing ends with a status. */
START_TEST(random_text_is_harmless)
{
    static const char pieces[][8] = {
        "(",       ")",    "[",   "]",   "{",        "}",       ":",
        ",",       "\n",   "  ",  "if ", "for ",     "x",       "1",
        "'",       "\"",   "f'",  "{x",  "}'",       "def ",    "class ",
        "=",       "+",    "*",   "**",  ".",        "lambda ", "else",
        "in ",     "not ", "\\",  "#",   ";",        "try:",    "except",
        "import ", "as ",  "1.",  "0x",  "\xe4\xbd", "\xff",    "\t",
        "\"\"\"",  "@",    "...", ":=",  "return ",  "with ",   "del ",
        "!r"};
    unsigned state = (unsigned)_i * 2654435761u + 1;
    for (int round = 0; round < 300; round++) {
        struct strbuf text = STRBUF_INIT;
        char *error;
        for (int i = 0; i < 12; i++) {
            state = state * 1664525u + 1013904223u;
            strbuf_adds(&text, pieces[(state >> 16) % (sizeof pieces / 8)]);
        }
        parse(text.text, (struct parse_options){round & 1, round & 2}, &error);
        free(error);
        strbuf_done(&text);
    }
}
END_TEST

#define ROWS(table) (int)(sizeof table / sizeof *table)

int main(void)
{
    Suite *suite = suite_create("parser");
    TCase *tests = tcase_create("parser");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, words_are_cpythons, 0, ROWS(syntax_errors));
    tcase_add_loop_test(tests, more_lines_are_wanted, 0, ROWS(typed));
    tcase_add_loop_test(tests, shorthand_becomes_python, 0, ROWS(to_python));
    tcase_add_test(tests, kinds_of_programs);
    tcase_add_loop_test(tests, random_text_is_harmless, 0, 100);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
