/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The language: from text to effects.
 *
 *     source ─ lexer ─ parser ─► program ─ evaluator ─► values, output
 *
 * One interp holds all variables of a session.  It knows no operation and no
 * module by name: bind gives it the built-in functions, the modules and the
 * operators of arrays.
 */
#ifndef LANG_LANG_H
#define LANG_LANG_H

#include "lang/value.h"

struct interp;
struct program; /* one parsed entry or file */

enum parse_status {
    PARSE_OK,
    PARSE_INCOMPLETE, /* more lines are wanted: an open bracket, a block */
    PARSE_ERROR       /* SyntaxError or IndentationError in ERR, with a note */
};

struct parse_options {
    bool shorthand;   /* a list display of numbers is a tensor */
    bool interactive; /* a block ends at a blank line at the end, and until
                         that line has come it is incomplete; each line typed
                         so far ends with a newline, so "if x:\n  y\n\n" is
                         done */
};

/* On PARSE_OK *RET is owned (program_free).  SOURCE gets references of its
   own.  PARSE_INCOMPLETE comes only when interactive and leaves ERR empty:
   parse again without it to learn what is missing at the end of input.
   Never fails for memory, never recurses without limit. */
enum parse_status program_parse(struct source *source,
                                struct parse_options options,
                                struct program **ret, struct error *err);
void program_free(struct program *program);

/* Has the last statement a trailing ; (its value is not shown)? */
bool program_is_silent(const struct program *program);

/* Is it one expression statement, nothing else? */
bool program_is_expression(const struct program *program);

/* The source as plain Python: every list display that was taken as a tensor
   while it ran is wrapped in np.array( ). */
void program_to_python(const struct program *program, struct strbuf *sb);

/* Operators, as bind sees them. */
enum operator {
    OPERATOR_ADD,
    OPERATOR_SUBTRACT,
    OPERATOR_MULTIPLY,
    OPERATOR_DIVIDE,
    OPERATOR_FLOOR_DIVIDE,
    OPERATOR_REMAINDER,
    OPERATOR_POWER,
    OPERATOR_MATMUL,
    OPERATOR_AND,
    OPERATOR_OR,
    OPERATOR_XOR,
    OPERATOR_LEFT_SHIFT,
    OPERATOR_RIGHT_SHIFT,
    OPERATOR_EQUAL,
    OPERATOR_NOT_EQUAL,
    OPERATOR_LESS,
    OPERATOR_LESS_EQUAL,
    OPERATOR_GREATER,
    OPERATOR_GREATER_EQUAL,
    OPERATOR_NEGATIVE, /* unary from here on */
    OPERATOR_POSITIVE,
    OPERATOR_INVERT,
    OPERATOR_ABSOLUTE, /* abs() */
    OPERATOR_COUNT
};

/* "+", "@", "==" */
const char *operator_text(enum operator operator);

/* What bind supplies.  All return false with ERR filled. */
struct interp_hooks {
    /* Operators with an array or a NumPy scalar among the operands.  OUT is
       the left operand's array for augmented assignment (x += 1), or NULL.
       For unary operators B is VALUE_UNDEFINED. */
    bool (*operate)(struct interp *interp, enum operator operator,
                    struct value a, struct value b, struct tensor *out,
                    struct value *ret, struct error *err);
    /* Attributes of arrays, NumPy scalars, dtypes and ufuncs.  AttributeError
       in NumPy's words with a did-you-mean hint. */
    bool (*get_attribute)(struct interp *interp, struct value self,
                          const char *name, struct value *ret,
                          struct error *err);
    bool (*set_attribute)(struct interp *interp, struct value self,
                          const char *name, struct value value,
                          struct error *err);
    /* Warns of the floating point events that have queued up (or, after
       np.seterr(), raises): once an array has been assigned to. */
    bool (*settle_events)(struct error *err);
    /* The value of an expression statement at the prompt. */
    bool (*display)(struct interp *interp, struct value value,
                    struct error *err);
    /* The text of a module that is written in the language, or NULL. */
    const char *(*module_text)(const char *name);
    /* An unknown name: adds more candidates for did-you-mean (commands). */
    void (*name_hint)(struct interp *interp, const char *name,
                      struct error *err);
};

/* Where printed text goes; any length, no final NUL promised. */
typedef void output_sink(void *context, const char *text, size_t length);

struct interp *interp_new(void);
void interp_free(struct interp *interp);
void interp_set_hooks(struct interp *interp, const struct interp_hooks *hooks);
void interp_set_output(struct interp *interp, output_sink *sink,
                       void *context);
void interp_write(struct interp *interp, const char *text, size_t length);
/* The same for sys.stderr; without it both go to one place. */
void interp_set_error_output(struct interp *interp, output_sink *sink,
                             void *context);
void interp_write_error(struct interp *interp, const char *text,
                        size_t length);

/* Runs it.  ECHO: values of expression statements go to the display hook and
   to the variable _.  On an error the statements before it keep their
   effect. */
bool program_run(struct interp *interp, struct program *program, bool echo,
                 struct error *err);

/* Evaluates a program that is one expression; RET is owned. */
bool program_evaluate(struct interp *interp, struct program *program,
                      struct value *ret, struct error *err);

/* As at a program's end: generators that stopped inside a try or a with run
   what is left of it. */
void generators_close(struct interp *interp);

/* Global variables.  set borrows; get returns owned, false when unset. */
void interp_set_global(struct interp *interp, const char *name,
                       struct value value);
bool interp_get_global(struct interp *interp, const char *name,
                       struct value *ret);
void interp_remove_global(struct interp *interp, const char *name);
/* In order of first assignment; borrowed; false at the end. */
bool interp_next_global(struct interp *interp, size_t *position,
                        const char **name, struct value *value);

/* Built-in names, behind the globals. */
void interp_set_builtin(struct interp *interp, const char *name,
                        struct value value);
bool interp_next_builtin(struct interp *interp, size_t *position,
                         const char **name, struct value *value);

/* What `import NAME` finds: "numpy", "keras.datasets". */
void interp_add_module(struct interp *interp, const char *name,
                       struct value module);
/* What `import NAME` gives; owned. */
bool interp_import(struct interp *interp, const char *name, struct value *ret,
                   struct error *err);
bool interp_next_module(struct interp *interp, size_t *position,
                        const char **name, struct value *module);

/* The class of the exceptions of this kind; borrowed. */
struct value interp_exception_class(struct interp *interp,
                                    enum error_kind kind);

/* Did a __repr__, __str__ or __eq__ fail while text was made or values were
   compared?  Then false, with that error. */
bool interp_settle(struct interp *interp, struct error *err);

/* Calls any callable value. */
bool interp_call(struct interp *interp, struct value function,
                 const struct call_args *args, struct value *ret,
                 struct error *err);

/* Attribute of any value, as the dot does. */
bool interp_get_attribute(struct interp *interp, struct value self,
                          const char *name, struct value *ret,
                          struct error *err);

/* Names that may follow the dot, into NAMES (a NULL-ended array to free()
   with its strings); for completion. */
char **interp_attributes(struct interp *interp, struct value self);

/* Iteration as `for` does it.  interp_iterate returns an owned iterator
   value; interp_next sets *DONE at the end. */
bool interp_iterate(struct interp *interp, struct value iterable,
                    struct value *ret, struct error *err);
bool interp_next(struct interp *interp, struct value iterator, bool *done,
                 struct value *ret, struct error *err);

/* All items of an iterable, owned; free() the array. */
bool interp_collect(struct interp *interp, struct value iterable,
                    size_t *ret_count, struct value **ret_items,
                    struct error *err);

/* Matches a call's arguments to PARAMS (autograd/op.h): SLOTS has one element
   for each, borrowed, VALUE_UNDEFINED where nothing was given.  With SPREAD
   and a PARAM_SPREAD parameter, extra positional ones are collected into a
   tuple (with a PARAM_STAR one always): *RET_SPREAD is that owned tuple or VALUE_UNDEFINED (unref it).
   TypeError in Python's words: "sum() got an unexpected keyword argument
   'axes'" with a did-you-mean hint. */
bool call_bind(const char *function, const struct param *params,
               const struct call_args *args, bool spread,
               struct value *slots, struct value *ret_spread,
               struct error *err);

/*
 * The error as the learner sees it: source line, carets under the marked
 * spans with their notes, exception and message, hint.  INDENT columns stand
 * before the source on the screen (the prompt's width) when the source line
 * is not repeated (REPEAT_SOURCE false: it is right above, as typed).  Of a
 * line longer than the screen's COLUMNS (0: no screen) the part around the
 * caret is shown.
 */
void error_render(const struct error *err, bool repeat_source, int indent,
                  int columns, struct strbuf *sb);

#endif
