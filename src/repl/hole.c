/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/hole.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "lang/trace.h"
#include "repl/lookup.h"
#include "repl/session.h"
#include "repl/text_layout.h"

/* ------------------------------------------------------------------ finding */

/* The end of the string that begins at TEXT. */
static const char *skip_string(const char *text)
{
    char quote = *text++;
    while (*text && *text != quote)
        text += *text == '\\' && text[1] ? 2 : 1;
    return *text ? text + 1 : text;
}

static bool is_operand_place(const char *text, const char *at)
{
    const char *before = at, *after = at + 1;
    while (before > text && isspace((unsigned char)before[-1]))
        before--;
    after += strspn(after, " \t\n");
    bool opens = before == text || strchr("([,=+-*/%@<>&|^", before[-1]);
    bool closes = !*after || strchr(")],=+-*/%@<>&|^!.;", *after);
    return opens && closes && (before > text || *after);
}

bool hole_find(const char *text, size_t *ret)
{
    for (const char *at = text; *at && *at != '#';) {
        if (*at == '\'' || *at == '"') {
            at = skip_string(at);
            continue;
        }
        if (*at == '?' && is_operand_place(text, at)) {
            *ret = (size_t)(at - text);
            return true;
        }
        at++;
    }
    return false;
}

/* ------------------------------------------------------------- which shapes */

enum hole_kind {
    HOLE_ELEMENTWISE,
    HOLE_PRODUCT, /* dot, matmul, @ */
    HOLE_RESHAPE,
    HOLE_UNKNOWN
};

struct hole {
    enum hole_kind kind;
    bool is_left;
    struct span known; /* the other operand */
};

static bool is_product(const char *name)
{
    return !strcmp(name, "dot") || !strcmp(name, "matmul");
}

static bool is_elementwise(struct session *session, const char *callee)
{
    struct value value;
    if (!lookup_path(session_interp(session), callee, &value))
        return false;
    const struct param *params = lookup_params(value);
    bool good = value.kind == VALUE_NATIVE && value.native->type &&
                !strcmp(value.native->type, "ufunc") && params &&
                params[0].name && params[1].name &&
                params[1].kind == PARAM_TENSOR;
    value_unref(value);
    return good;
}

/* Is what stands before the dot a module, as in np.dot? */
static bool is_module(struct session *session, const char *path)
{
    struct value value;
    if (!lookup_path(session_interp(session), path, &value))
        return false;
    bool module = value.kind == VALUE_MODULE;
    value_unref(value);
    return module;
}

static struct hole classify_call(struct session *session, const char *text,
                                 const struct trace_operation *operation)
{
    struct hole hole = {.kind = HOLE_UNKNOWN};
    struct span object = operation->object;
    char *before = xstrndup(text + object.start, object.end - object.start);
    char *callee = xstrndup(text + operation->callee.start,
                            operation->callee.end - operation->callee.start);
    bool is_method = *before && !is_module(session, before);
    int position = operation->position + is_method;
    bool good = position == 0 || position == 1;
    hole.is_left = position == 0;
    hole.known = is_method && position == 1
                     ? object
                     : operation->arguments[hole.is_left && !is_method];
    if (good && is_product(operation->name))
        hole.kind = HOLE_PRODUCT;
    else if (position == 1 && !strcmp(operation->name, "reshape"))
        hole.kind = HOLE_RESHAPE;
    else if (good && !is_method && is_elementwise(session, callee))
        hole.kind = HOLE_ELEMENTWISE;
    free(before);
    free(callee);
    return hole;
}

static struct hole classify(struct session *session, const char *text,
                            const struct trace_operation *operation)
{
    if (operation->operator== OPERATOR_COUNT)
        return classify_call(session, text, operation);
    return (struct hole){.kind = operation->operator== OPERATOR_MATMUL
                                     ? HOLE_PRODUCT
                                     : HOLE_ELEMENTWISE,
                         .is_left = operation->is_left,
                         .known = operation->other};
}

/* The axis of KNOWN that a product sums over. */
static int64_t summed_length(const struct hole *hole,
                             const struct tensor *known)
{
    bool second_last = hole->is_left && known->ndim > 1;
    return known->shape[known->ndim - 1 - second_last];
}

static bool product_fits(const struct hole *hole, const struct tensor *known,
                         const struct tensor *tensor)
{
    if (known->ndim == 0 || tensor->ndim == 0)
        return false;
    struct hole other = {.is_left = !hole->is_left};
    return summed_length(hole, known) == summed_length(&other, tensor);
}

static bool broadcast_fits(struct tensor *known, struct tensor *tensor)
{
    struct tensor *both[] = {known, tensor};
    int64_t shape[TENSOR_MAX_DIMS];
    struct error err = ERROR_INIT;
    int ndim;
    bool good = tensor_broadcast_shapes(2, both, &ndim, shape, &err);
    error_clear(&err);
    return good;
}

static bool hole_fits(const struct hole *hole, struct tensor *known,
                      struct tensor *tensor)
{
    switch (hole->kind) {
    case HOLE_PRODUCT:
        return product_fits(hole, known, tensor);
    case HOLE_ELEMENTWISE:
        return broadcast_fits(known, tensor);
    case HOLE_RESHAPE:
        return tensor->size == known->size;
    case HOLE_UNKNOWN:
    default:
        return false;
    }
}

/* ---------------------------------------------------------------- answering */

/* "(2 or 1, 3 or 1)"; an axis of length 1 takes any length. */
static void add_pattern(const struct tensor *known, struct strbuf *sb)
{
    strbuf_addc(sb, '(');
    for (int i = 0; i < known->ndim; i++) {
        if (i)
            strbuf_adds(sb, ", ");
        if (known->shape[i] == 1)
            strbuf_addc(sb, 'n');
        else
            strbuf_addf(sb, _("%" PRId64 " or 1"), known->shape[i]);
    }
    strbuf_adds(sb, known->ndim == 1 ? ",)" : ")");
}

static void print_elementwise(struct session *session,
                              const struct tensor *known)
{
    struct strbuf shape = STRBUF_INIT;
    add_pattern(known, &shape);
    if (known->ndim == 0)
        session_print(session, _("any shape fits\n"));
    else
        session_print(session,
                      _("needs shape %s; axes may be missing on the left\n"),
                      shape.text);
    strbuf_done(&shape);
}

static bool print_product(struct session *session, const struct hole *hole,
                          const struct tensor *known, struct error *err)
{
    if (known->ndim == 0)
        return error_set(err, ERROR_VALUE,
                         _("a number has no axis to sum over"));
    int64_t k = summed_length(hole, known);
    if (hole->is_left)
        session_print(session,
                      _("needs shape (%" PRId64 ",) or (n, %" PRId64 ")\n"), k,
                      k);
    else
        session_print(session,
                      _("needs shape (%" PRId64 ",) or (%" PRId64 ", n)\n"), k,
                      k);
    return true;
}

static void print_reshape(struct session *session, const struct tensor *known)
{
    enum { MOST = 8 };
    struct strbuf sb = STRBUF_INIT;
    int listed = 0;
    strbuf_addf(&sb, "(%" PRId64 ",)", known->size);
    for (int64_t n = 2; n <= known->size / 2 && listed < MOST; n++)
        if (known->size % n == 0) {
            strbuf_addf(&sb, ", (%" PRId64 ", %" PRId64 ")", n,
                        known->size / n);
            listed++;
        }
    session_print(session,
                  ngettext("needs a shape of %" PRId64
                           " element: %s; one length may be -1\n",
                           "needs a shape of %" PRId64
                           " elements: %s; one length may be -1\n",
                           (unsigned long)known->size),
                  known->size, sb.text);
    strbuf_done(&sb);
}

/* "y (3,), W (3, 4)" */
static void print_variables(struct session *session, const struct hole *hole,
                            struct tensor *known)
{
    struct strbuf sb = STRBUF_INIT, wrapped = STRBUF_INIT;
    const char *name;
    struct value value;
    for (size_t i = 0;
         interp_next_global(session_interp(session), &i, &name, &value);) {
        if (value.kind != VALUE_TENSOR || !strcmp(name, "_") ||
            !hole_fits(hole, known, value.tensor))
            continue;
        strbuf_addf(&sb, "%s%s%s ", sb.length ? ", " : "", name,
                    hole->kind == HOLE_RESHAPE ? ".shape" : "");
        shape_format(&sb, value.tensor->ndim, value.tensor->shape);
    }
    if (sb.length) {
        char *line = xasprintf(_("of your variables: %s"), sb.text);
        text_wrap(&wrapped, line, 0, (size_t)session_columns(session) - 1);
        session_print(session, "%s\n", wrapped.text);
        free(line);
    } else {
        session_print(session, _("none of your variables has it\n"));
    }
    strbuf_done(&wrapped);
    strbuf_done(&sb);
}

static bool answer(struct session *session, const struct hole *hole,
                   struct tensor *known, struct error *err)
{
    if (hole->kind == HOLE_ELEMENTWISE)
        print_elementwise(session, known);
    else if (hole->kind == HOLE_RESHAPE)
        print_reshape(session, known);
    else if (!print_product(session, hole, known, err))
        return false;
    print_variables(session, hole, known);
    return true;
}

/* The value of a part of TEXT as an array. */
static struct tensor *evaluate_part(struct session *session, const char *text,
                                    struct span span, struct error *err)
{
    char *part = xstrndup(text + span.start, span.end - span.start);
    struct program *program = NULL;
    struct tensor *tensor = NULL;
    struct value value;
    if (session_parse(session, part, &program, err) &&
        program_evaluate(session_interp(session), program, &value, err)) {
        tensor = value_to_tensor(value, DTYPE_COUNT, err);
        value_unref(value);
    }
    program_free(program);
    free(part);
    return tensor;
}

/* RET's name is of PROGRAM, which is owned, also after an error. */
static bool find_operation(struct session *session, const char *text,
                           size_t offset, struct program **program,
                           struct trace_operation *ret, struct error *err)
{
    char *filled = xstrdup(text);
    filled[offset] = '_';
    bool parsed = session_parse(session, filled, program, err);
    bool found =
        parsed && program_find_operation(*program, (uint32_t)offset, ret);
    free(filled);
    if (parsed && !found) {
        error_set(err, ERROR_SYNTAX,
                  _("? stands for an operand of an operation on arrays"));
        error_hint(err, "x + ?, x.dot(?), x.reshape(?)");
    }
    return found;
}

static bool find_hole(struct session *session, const char *text,
                      size_t offset, struct hole *ret, struct error *err)
{
    struct trace_operation operation;
    struct program *program = NULL;
    bool found =
        find_operation(session, text, offset, &program, &operation, err);
    if (found)
        *ret = classify(session, text, &operation);
    program_free(program);
    return found;
}

bool hole_answer(struct session *session, const char *text, size_t offset,
                 struct error *err)
{
    struct hole hole;
    if (!find_hole(session, text, offset, &hole, err))
        return false;
    if (hole.kind == HOLE_UNKNOWN || hole.known.end == 0) {
        error_set(err, ERROR_VALUE,
                  _("? works with operators, ufuncs, dot, matmul and "
                    "reshape"));
        error_hint(err, "x + ?, x.dot(?), x.reshape(?)");
        return false;
    }
    struct tensor *known = evaluate_part(session, text, hole.known, err);
    bool good = known && answer(session, &hole, known, err);
    tensor_unref(known);
    return good;
}
