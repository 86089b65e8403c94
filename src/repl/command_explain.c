/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/command_explain.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "lang/trace.h"
#include "repl/hole.h"
#include "repl/lookup.h"
#include "repl/session.h"
#include "repl/text_layout.h"

const char command_explain_details[] =
    N_("Every part of the expression is shown in the order in which it is "
       "computed: its shape, its dtype, and its value when that is short. "
       "Where shapes are broadcast, both stand below each other and an arrow "
       "marks each axis that is stretched.\n"
       "A ? in the place of an operand, as in x.dot(?) or x + ?, asks which "
       "shapes fit there and which of your variables have them.");

/* ------------------------------------------------------------------- steps */

struct step {
    char *text; /* the sub-expression */
    struct value value;
    bool broadcasts;
    char *operands[2]; /* their texts, when it broadcasts */
    struct value operand_values[2];
};

struct explanation {
    struct session *session;
    const char *source;
    struct step *steps;
    size_t count, capacity;
};

static char *text_of(const struct explanation *explanation, struct span span)
{
    return xstrndup(explanation->source + span.start, span.end - span.start);
}

/* Modules, functions and types explain nothing. */
static bool is_shown(struct value value)
{
    return value.kind != VALUE_MODULE && value.kind != VALUE_NATIVE &&
           value.kind != VALUE_METHOD && value.kind != VALUE_FUNCTION &&
           value.kind != VALUE_CLASS;
}

static const struct step *find_step(const struct explanation *explanation,
                                    const char *text)
{
    for (size_t i = explanation->count; i-- > 0;)
        if (!strcmp(explanation->steps[i].text, text))
            return &explanation->steps[i];
    return NULL;
}

static bool same_shape(const struct tensor *a, const struct tensor *b)
{
    return a->ndim == b->ndim &&
           !memcmp(a->shape, b->shape, (size_t)a->ndim * sizeof *a->shape);
}

static bool is_ufunc(const struct explanation *explanation, struct span span)
{
    char *path = text_of(explanation, span);
    struct value value;
    bool found =
        lookup_path(session_interp(explanation->session), path, &value);
    free(path);
    bool good = found && value.kind == VALUE_NATIVE && value.native->type &&
                !strcmp(value.native->type, "ufunc");
    if (found)
        value_unref(value);
    return good;
}

static bool works_by_element(const struct explanation *explanation,
                             const struct trace_step *found)
{
    if (found->operator!= OPERATOR_COUNT)
        return found->operator!= OPERATOR_MATMUL;
    return found->callee.end > 0 && found->operands[1].end > 0 &&
           is_ufunc(explanation, found->callee);
}

/* Both operands are arrays of different shapes. */
static void note_broadcast(const struct explanation *explanation,
                           const struct trace_step *found, struct step *step)
{
    const struct step *operands[2];
    if (!works_by_element(explanation, found))
        return;
    for (int i = 0; i < 2; i++) {
        char *text = text_of(explanation, found->operands[i]);
        operands[i] = find_step(explanation, text);
        free(text);
        if (!operands[i] || operands[i]->value.kind != VALUE_TENSOR ||
            operands[i]->value.tensor->ndim == 0)
            return;
    }
    if (same_shape(operands[0]->value.tensor, operands[1]->value.tensor))
        return;
    step->broadcasts = true;
    for (int i = 0; i < 2; i++) {
        step->operands[i] = xstrdup(operands[i]->text);
        step->operand_values[i] = value_ref(operands[i]->value);
    }
}

static void take_step(void *context, const struct trace_step *found)
{
    struct explanation *explanation = context;
    struct step step = {.text = text_of(explanation, found->span)};
    bool known = find_step(explanation, step.text) != NULL;
    if (found->constant || known || !is_shown(found->value)) {
        free(step.text);
        return;
    }
    step.value = value_ref(found->value);
    note_broadcast(explanation, found, &step);
    VEC_PUSH(explanation->steps, explanation->count, explanation->capacity) =
        step;
}

static void explanation_done(struct explanation *explanation)
{
    for (size_t i = 0; i < explanation->count; i++) {
        struct step *step = &explanation->steps[i];
        free(step->text);
        value_unref(step->value);
        for (int k = 0; step->broadcasts && k < 2; k++) {
            free(step->operands[k]);
            value_unref(step->operand_values[k]);
        }
    }
    free(explanation->steps);
}

/* ---------------------------------------------------------------- printing */

static size_t columns_of(const char *text)
{
    return utf8_columns(text, strlen(text));
}

/* Column of the axis: lengths end below each other.  An axis of TENSOR that
   RESULT has longer is stretched. */
static void add_axis(const struct tensor *tensor, const struct tensor *result,
                     int from_end, size_t width, struct strbuf *sb)
{
    struct strbuf text = STRBUF_INIT;
    int64_t wanted = result->shape[result->ndim - from_end];
    if (from_end > tensor->ndim) {
        strbuf_addf(&text, "→%" PRId64, wanted);
    } else {
        int64_t length = tensor->shape[tensor->ndim - from_end];
        strbuf_addf(&text, "%" PRId64, length);
        if (length != wanted)
            strbuf_addf(&text, "→%" PRId64, wanted);
    }
    strbuf_repeat(sb, ' ', width - columns_of(text.text) + 2);
    strbuf_adds(sb, text.text);
    strbuf_done(&text);
}

/* Room for "1→128" in every row. */
static size_t axis_width(const struct tensor *result, int from_end)
{
    char text[32];
    snprintf(text, sizeof text, "1>%" PRId64,
             result->shape[result->ndim - from_end]);
    return strlen(text);
}

static void print_shape_row(struct session *session, const char *label,
                            size_t label_width, const struct tensor *tensor,
                            const struct tensor *result)
{
    struct strbuf sb = STRBUF_INIT, cut = STRBUF_INIT;
    text_cut(&cut, label, label_width);
    strbuf_repeat(&sb, ' ', 6);
    text_pad(&sb, cut.text, label_width);
    for (int axis = result->ndim; axis > 0; axis--)
        add_axis(tensor, result, axis, axis_width(result, axis), &sb);
    session_print(session, "%s\n", sb.text);
    strbuf_done(&cut);
    strbuf_done(&sb);
}

static void print_broadcast(struct session *session, const struct step *step,
                            size_t name_width)
{
    size_t width = 1;
    if (step->value.kind != VALUE_TENSOR)
        return;
    for (int i = 0; i < 2; i++)
        if (columns_of(step->operands[i]) > width)
            width = columns_of(step->operands[i]);
    if (width > name_width)
        width = name_width;
    for (int i = 0; i < 2; i++)
        print_shape_row(session, step->operands[i], width,
                        step->operand_values[i].tensor, step->value.tensor);
}

/* "(2, 3) int64", or the type's name. */
static void add_kind(struct value value, struct strbuf *sb)
{
    if (value.kind == VALUE_TENSOR)
        text_kind(sb, value.tensor);
    else if (value.kind == VALUE_SCALAR)
        strbuf_adds(sb, dtype_name((enum dtype)value.dtype));
    else
        strbuf_adds(sb, value_type_name(value));
}

static void print_step(struct session *session, const struct step *step,
                       size_t name_width, size_t kind_width)
{
    enum { LEAST_VALUE = 10 };
    size_t columns = (size_t)session_columns(session) - 1;
    struct strbuf sb = STRBUF_INIT, kind = STRBUF_INIT, value = STRBUF_INIT;
    strbuf_adds(&sb, "  ");
    text_pad(&sb, step->text, name_width);
    if (columns_of(step->text) > name_width) {
        strbuf_addc(&sb, '\n');
        strbuf_repeat(&sb, ' ', name_width + 2);
    }
    add_kind(step->value, &kind);
    strbuf_adds(&sb, "  ");
    size_t used = name_width + 4 + kind_width + 2;
    if (used + LEAST_VALUE <= columns)
        text_preview(&value, step->value, columns - used);
    text_pad(&sb, kind.text, value.length ? kind_width : 0);
    if (value.length)
        strbuf_addf(&sb, "  %s", value.text);
    session_print(session, "%s\n", sb.text);
    strbuf_done(&value);
    strbuf_done(&kind);
    strbuf_done(&sb);
    if (step->broadcasts)
        print_broadcast(session, step, name_width);
}

static void print_steps(const struct explanation *explanation)
{
    struct session *session = explanation->session;
    size_t most = ((size_t)session_columns(session) - 1) * 2 / 5;
    size_t name = 1, kind = 1;
    for (size_t i = 0; i < explanation->count; i++) {
        struct strbuf sb = STRBUF_INIT;
        add_kind(explanation->steps[i].value, &sb);
        if (columns_of(sb.text) > kind)
            kind = columns_of(sb.text);
        if (columns_of(explanation->steps[i].text) > name)
            name = columns_of(explanation->steps[i].text);
        strbuf_done(&sb);
    }
    if (name > most)
        name = most;
    for (size_t i = 0; i < explanation->count; i++)
        print_step(session, &explanation->steps[i], name, kind);
}

/* ----------------------------------------------------------------- command */

static bool explain(struct session *session, const char *text,
                    struct error *err)
{
    struct explanation explanation = {.session = session, .source = text};
    struct program *program = NULL;
    struct value value = value_none();
    if (!session_parse(session, text, &program, err))
        return false;
    if (!program_is_expression(program)) {
        error_set(err, ERROR_SYNTAX, _("explain takes an expression"));
        error_hint(err, "explain (1 + 2) * 3");
        program_free(program);
        return false;
    }
    bool good = program_trace(session_interp(session), program, take_step,
                              &explanation, &value, err);
    program_free(program);
    print_steps(&explanation);
    if (good && explanation.count == 0)
        session_print(session, _("a value as written: nothing is computed\n"));
    explanation_done(&explanation);
    value_unref(value);
    return good;
}

bool command_explain(struct session *session, const char *arguments,
                     struct error *err)
{
    size_t offset;
    if (!*arguments) {
        error_set(err, ERROR_TYPE, _("explain what?"));
        error_hint(err, "explain (1 + 2) * 3");
        return false;
    }
    if (hole_find(arguments, &offset))
        return hole_answer(session, arguments, offset, err);
    return explain(session, arguments, err);
}
