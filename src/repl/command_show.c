/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/command_show.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/keras.h"
#include "bind/plt.h"
#include "lang/trace.h"
#include "repl/command_descend.h"
#include "repl/graphics.h"
#include "repl/lookup.h"
#include "repl/session.h"
#include "scene/show.h"
#include "view/scene.h"

const char command_show_details[] =
    N_("An image or a batch of them, a vector as bars, many numbers as a "
       "curve, a matrix as a heat map (with its numbers when it is small), "
       "weights of a first layer as tiles, a model as its layers, what fit() "
       "returned as curves, a figure of plt as it is.\n"
       "A sum, product or the like of two arrays is drawn as three grids: "
       "cells that are stretched by broadcasting are pale.\n"
       "`show descent` draws the descent that descend began.");

/* ------------------------------------------------------------- the expression */

/* The parts of the expression with their values, inner ones first. */
struct operation {
    struct session *session;
    const char *source;
    struct trace_step *steps; /* each with a reference to its value */
    size_t count, capacity;
};

static void take_step(void *context, const struct trace_step *found)
{
    struct operation *operation = context;
    struct trace_step step = *found;
    step.value = value_ref(found->value);
    VEC_PUSH(operation->steps, operation->count, operation->capacity) = step;
}

static bool find_operand(const struct operation *operation, struct span span,
                         struct value *ret)
{
    for (size_t i = operation->count; i-- > 0;)
        if (operation->steps[i].span.start == span.start &&
            operation->steps[i].span.end == span.end) {
            *ret = operation->steps[i].value;
            return true;
        }
    return false;
}

static void operation_done(struct operation *operation)
{
    for (size_t i = 0; i < operation->count; i++)
        value_unref(operation->steps[i].value);
    free(operation->steps);
}

static bool is_elementwise(enum operator operator)
{
    return operator<OPERATOR_NEGATIVE && operator!= OPERATOR_MATMUL;
}

/* ------------------------------------------------------------------ broadcasts */

/* An operand as an array; NULL when it is none. */
static struct tensor *operand_array(struct value value)
{
    struct error err = ERROR_INIT;
    double number;
    value = value_array(value);
    struct tensor *ret = NULL;
    if (value.kind == VALUE_TENSOR || value_as_double(value, &number))
        ret = value_to_tensor(value, DTYPE_COUNT, &err);
    error_clear(&err);
    return ret;
}

static bool same_shape(const struct tensor *a, const struct tensor *b)
{
    return a->ndim == b->ndim &&
           !memcmp(a->shape, b->shape, (size_t)a->ndim * sizeof *a->shape);
}

/* Small enough that every cell is seen with its number? */
static bool is_small(const struct tensor *result)
{
    return result->ndim <= 3 && result->size <= 144;
}

/* x + y as three grids.  *DRAWN stays NULL, without an error, when it is
   better shown as any other value. */
static bool draw_operation(const struct operation *operation,
                           const char *title, struct figure **drawn,
                           struct error *err)
{
    *drawn = NULL;
    if (operation->count == 0)
        return true;
    const struct trace_step *last = &operation->steps[operation->count - 1];
    struct value values[2], result = value_array(last->value);
    if (!is_elementwise(last->operator) || result.kind != VALUE_TENSOR ||
        result.tensor->ndim == 0 ||
        !find_operand(operation, last->operands[0], &values[0]) ||
        !find_operand(operation, last->operands[1], &values[1]))
        return true;
    struct tensor *operands[2] = {operand_array(values[0]),
                                  operand_array(values[1])};
    char *texts[2];
    for (int i = 0; i < 2; i++)
        texts[i] = xstrndup(operation->source + last->operands[i].start,
                            last->operands[i].end - last->operands[i].start);
    bool good = true;
    if (operands[0] && operands[1] &&
        (is_small(result.tensor) ||
         (!same_shape(operands[0], operands[1]) && operands[0]->ndim &&
          operands[1]->ndim && result.tensor->size <= 576))) {
        *drawn = show_broadcast(operands, (const char *const *)texts,
                                operator_text(last->operator), result.tensor,
                                title, err);
        good = *drawn != NULL;
    }
    for (int i = 0; i < 2; i++) {
        free(texts[i]);
        tensor_unref(operands[i]);
    }
    return good;
}

/* ---------------------------------------------------------------------- values */

/* {'loss': […], 'val_loss': […]}: lists of numbers by name. */
static struct figure *draw_dict(struct value dict, const char *title,
                                struct error *err)
{
    struct show_curve *curves = NULL;
    size_t count = 0, capacity = 0;
    struct value name, numbers;
    struct figure *figure = NULL;
    bool good = true;
    for (size_t i = 0; good && dict_next(dict.dict, &i, &name, &numbers);) {
        struct tensor *array = value_to_tensor(numbers, DTYPE_FLOAT64, err);
        struct series *series =
            array && name.kind == VALUE_STRING ? series_of(array, err) : NULL;
        if (array && name.kind != VALUE_STRING)
            error_set(err, ERROR_TYPE, _("the curves of a dict have names"));
        tensor_unref(array);
        good = series != NULL;
        if (good)
            VEC_PUSH(curves, count, capacity) =
                (struct show_curve){name.string->text, series};
    }
    if (good)
        figure = show_history(count, curves, title, err);
    for (size_t i = 0; i < count; i++)
        series_unref(curves[i].values);
    free(curves);
    return figure;
}

static struct figure *no_picture(struct value value, struct error *err)
{
    error_set(err, ERROR_TYPE, _("a value of type %s has no picture"),
              value_type_name(value));
    error_hint(err, "show ones((3, 4)) * arange(4)");
    return NULL;
}

/* `history` of what fit() returned, `kernel` of a layer. */
static bool find_part(struct session *session, struct value value,
                      const char *name, struct value *ret)
{
    struct error err = ERROR_INIT;
    bool good = value.kind == VALUE_OPAQUE &&
                interp_get_attribute(session_interp(session), value, name, ret,
                                     &err);
    error_clear(&err);
    return good;
}

static struct figure *draw_numbers(struct value value, const char *title,
                                   struct error *err)
{
    struct error inner = ERROR_INIT;
    bool is_sequence = value.kind == VALUE_LIST || value.kind == VALUE_TUPLE ||
                       value.kind == VALUE_RANGE;
    if (value.kind != VALUE_TENSOR && value.kind != VALUE_SCALAR &&
        value.kind != VALUE_INT && value.kind != VALUE_FLOAT &&
        value.kind != VALUE_BOOL && !is_sequence)
        return no_picture(value, err);
    struct tensor *x = value_to_tensor(value, DTYPE_COUNT, &inner);
    if (!x) {
        error_move(err, &inner);
        return NULL;
    }
    struct figure *figure = show_tensor(x, title, err);
    tensor_unref(x);
    if (!figure && !err->hint)
        error_hint(err, "show train_images[4]");
    return figure;
}

static struct figure *draw_value(struct session *session, struct value value,
                                 const char *title, struct error *err)
{
    struct value part;
    struct figure *figure;
    const struct figure *given = plt_figure_of(value);
    if (given)
        return figure_copy(given);
    if (keras_model_get(value))
        return show_model(keras_model_get(value), title, err);
    if (value.kind == VALUE_DICT)
        return draw_dict(value, title, err);
    if (find_part(session, value, "history", &part)) {
        figure = part.kind == VALUE_DICT ? draw_dict(part, title, err)
                                         : no_picture(value, err);
        value_unref(part);
        return figure;
    }
    if (value_array(value).kind != VALUE_TENSOR &&
        find_part(session, value, "kernel", &part)) {
        figure = draw_numbers(value_array(part), title, err);
        value_unref(part);
        return figure;
    }
    return draw_numbers(value_array(value), title, err);
}

/* --------------------------------------------------------------------- command */

/* In a window of its own kind, unless it is a figure of plt's. */
static bool show_drawn(struct session *session, struct figure *figure,
                       const char *title, struct error *err)
{
    bool is_own = figure->number == 0;
    struct scene *scene = scene_of_figure(figure);
    if (is_own) {
        free(scene->kind);
        scene->kind = xstrdup("show");
        free(scene->title);
        scene->title = xstrdup(title);
    }
    return graphics_show(session, scene, err);
}

static bool show_result(const struct operation *operation, struct value value,
                        const char *title, struct error *err)
{
    struct figure *figure;
    if (!draw_operation(operation, title, &figure, err))
        return false;
    if (!figure)
        figure = draw_value(operation->session, value, title, err);
    return figure && show_drawn(operation->session, figure, title, err);
}

/* `show descent`, unless a variable has that name. */
static bool is_descent(struct session *session, const char *arguments)
{
    struct value value;
    if (strcmp(arguments, "descent") != 0)
        return false;
    bool is_variable = lookup_name(session_interp(session), arguments, &value);
    if (is_variable)
        value_unref(value);
    return !is_variable;
}

bool command_show(struct session *session, const char *arguments,
                  struct error *err)
{
    struct operation operation = {.session = session, .source = arguments};
    struct program *program = NULL;
    struct value value = value_none();
    if (!*arguments) {
        error_set(err, ERROR_TYPE, _("show what?"));
        error_hint(err, "show ones((3, 4)) * arange(4)");
        return false;
    }
    if (is_descent(session, arguments))
        return command_descend_show(session, err);
    if (!session_parse(session, arguments, &program, err))
        return false;
    if (!program_is_expression(program)) {
        error_set(err, ERROR_SYNTAX, _("show takes an expression"));
        error_hint(err, "show ones((3, 4)) * arange(4)");
        program_free(program);
        return false;
    }
    bool good = program_trace(session_interp(session), program, take_step,
                              &operation, &value, err);
    program_free(program);
    if (good)
        good = show_result(&operation, value, arguments, err);
    operation_done(&operation);
    value_unref(value);
    return good;
}

bool command_matplotlib(struct session *session, const char *arguments,
                        struct error *err)
{
    (void)session;
    (void)arguments;
    (void)err;
    return true;
}
