/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What went wrong, in the learner's words.
 *
 * A fallible function returns bool (or a pointer, NULL for failure) and fills
 * the struct error it was given.  Results are written only on success.
 * ERR may not be NULL.  A struct error starts as ERROR_INIT and ends with
 * error_clear().
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Python's exception names. X(identifier, printed name) */
#define ERROR_KINDS(X)                                                         \
    X(NONE, "")                                                                \
    X(EXCEPTION, "Exception")                                                  \
    X(SYNTAX, "SyntaxError")                                                   \
    X(INDENTATION, "IndentationError")                                         \
    X(NAME, "NameError")                                                       \
    X(UNBOUND_LOCAL, "UnboundLocalError")                                      \
    X(TYPE, "TypeError")                                                       \
    X(VALUE, "ValueError")                                                     \
    X(INDEX, "IndexError")                                                     \
    X(KEY, "KeyError")                                                         \
    X(ATTRIBUTE, "AttributeError")                                             \
    X(ARITHMETIC, "ArithmeticError")                                           \
    X(ZERO_DIVISION, "ZeroDivisionError")                                      \
    X(OVERFLOW, "OverflowError")                                               \
    X(FLOATING_POINT, "FloatingPointError")                                    \
    X(MEMORY, "MemoryError")                                                   \
    X(RECURSION, "RecursionError")                                             \
    X(RUNTIME, "RuntimeError")                                                 \
    X(NOT_IMPLEMENTED, "NotImplementedError")                                  \
    X(STOP_ITERATION, "StopIteration")                                         \
    X(ASSERTION, "AssertionError")                                             \
    X(IMPORT, "ImportError")                                                   \
    X(MODULE_NOT_FOUND, "ModuleNotFoundError")                                 \
    X(LOOKUP, "LookupError")                                                   \
    X(UNICODE, "UnicodeDecodeError")                                           \
    X(OS, "OSError")                                                           \
    X(FILE_NOT_FOUND, "FileNotFoundError")                                     \
    X(FILE_EXISTS, "FileExistsError")                                          \
    X(IS_A_DIRECTORY, "IsADirectoryError")                                     \
    X(PERMISSION, "PermissionError")                                           \
    X(EOF, "EOFError")                                                         \
    X(AXIS, "numpy.AxisError")                                                 \
    X(LINALG, "numpy.linalg.LinAlgError")                                      \
    X(WARNING, "Warning")                                                      \
    X(USER_WARNING, "UserWarning")                                             \
    X(RUNTIME_WARNING, "RuntimeWarning")                                       \
    X(DEPRECATION_WARNING, "DeprecationWarning")                               \
    X(FUTURE_WARNING, "FutureWarning")                                         \
    X(RANK_WARNING, "numpy.RankWarning")                                       \
    X(VISIBLE_DEPRECATION_WARNING, "numpy.VisibleDeprecationWarning")          \
    X(KEYBOARD_INTERRUPT, "KeyboardInterrupt")                                 \
    X(SYSTEM_EXIT, "SystemExit")                                               \
    X(GENERATOR_EXIT, "GeneratorExit")                                         \
    X(BASE_EXCEPTION, "BaseException")

enum error_kind {
#define X(identifier, name) ERROR_##identifier,
    ERROR_KINDS(X)
#undef X
    ERROR_KIND_COUNT
};

/* A piece of source text: byte offsets, END is one past the last byte. */
struct span {
    uint32_t start, end;
};

/* Source text that errors point into; counted, since functions outlive the
   line that defined them. */
struct source {
    int refs;
    char *name; /* "<input>" or the file's name */
    char *text;
    size_t length;
    int first_line; /* number of the text's first line, from 1 */
};

struct source *source_new(const char *name, const char *text, size_t length);
struct source *source_ref(struct source *source);
void source_unref(struct source *source); /* NULL is fine */

/* A mark under the source: a caret line and what stands there, "(2, 3)". */
struct error_note {
    struct span span;
    char *text;
};

/* A call that led to the error, innermost first. */
struct error_frame {
    struct source *source;
    struct span span;
    char *function; /* NULL at top level */
};

enum { ERROR_MAX_NOTES = 4, ERROR_MAX_FRAMES = 12 };

struct error {
    enum error_kind kind; /* ERROR_NONE: no error */
    char *message;        /* NumPy's or Python's wording where there is one */
    char *hint;           /* one thing to type that works, or NULL */
    int note_count;
    struct error_note notes[ERROR_MAX_NOTES];
    int frame_count; /* frames[0] is where it happened */
    struct error_frame frames[ERROR_MAX_FRAMES];
    void *payload; /* the object that was raised, when there is one */
    void (*payload_free)(void *payload);
};

#define ERROR_INIT { .kind = ERROR_NONE }

/* Fills ERR, dropping what it held.  Always returns false. */
bool error_set(struct error *err, enum error_kind kind, const char *format,
               ...) __attribute__((format(printf, 3, 4)));

/* The same for functions that return a pointer: always NULL. */
void *error_null(struct error *err, enum error_kind kind, const char *format,
                 ...) __attribute__((format(printf, 3, 4)));

/* From errno, with the file's name: "[Errno 2] No such file …: 'x'". */
bool error_set_errno(struct error *err, int number, const char *path);

/* Sets or replaces the hint. */
void error_hint(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Marks SPAN; beyond ERROR_MAX_NOTES marks are dropped. */
void error_note(struct error *err, struct span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds a call; beyond ERROR_MAX_FRAMES the outer ones are dropped. */
void error_frame(struct error *err, struct source *source, struct span span,
                 const char *function);

/* Moves FROM into TO (which is cleared first); FROM is empty after. */
void error_move(struct error *to, struct error *from);

/* Frees what ERR holds and makes it ERROR_INIT again. */
void error_clear(struct error *err);

/* "ValueError" */
const char *error_kind_name(enum error_kind kind);

/* By printed name, with or without the module; ERROR_NONE when unknown. */
enum error_kind error_kind_find(const char *name);

/* The kind right above, ERROR_NONE above BaseException. */
enum error_kind error_kind_parent(enum error_kind kind);

/* Is KIND caught by `except BASE`?  Python's class tree. */
bool error_kind_is(enum error_kind kind, enum error_kind base);

#endif
