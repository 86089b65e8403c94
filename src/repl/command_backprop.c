/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/command_backprop.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "repl/backprop.h"
#include "repl/graph_picture.h"
#include "repl/graph_text.h"
#include "repl/graphics.h"
#include "repl/session.h"
#include "repl/text_layout.h"

const char command_backprop_details[] =
    N_("Forward, each step of the expression with its value.  Backward, from "
       "the result: the derivative of each step with respect to what it was "
       "computed from, as a formula and as a number, and beside it the "
       "gradient that arrives there, the product of both by the chain rule.  "
       "Where a variable is used several times its parts add up.\n"
       "The gradients at the end are those of the variables that the "
       "expression names: numbers, arrays, and lists of arrays; grad computes "
       "the same.  An array as the result counts as the sum of its elements.\n"
       "With show behind the expression its graph is drawn: a box for each "
       "variable and step with its value and its gradient, an edge for each "
       "operand with the derivative.");

/* ------------------------------------------------------------------- the end
 */

static const struct graph_node *leaf_of(const struct backprop *backprop,
                                        size_t index)
{
    const struct graph *graph = backprop->graph;
    for (size_t i = 0; i < graph->count; i++)
        if (graph->nodes[i].value == backprop->tensors[index])
            return &graph->nodes[i];
    return NULL;
}

static void add_gradient(const struct backprop *backprop, size_t index,
                         size_t name_width, size_t columns, struct strbuf *sb)
{
    const struct graph_node *leaf = leaf_of(backprop, index);
    strbuf_adds(sb, "  ");
    text_pad(sb, backprop->variables[index], name_width);
    strbuf_addc(sb, ' ');
    if (leaf && leaf->gradient) {
        struct value value =
            value_tensor_or_scalar_take(tensor_ref(leaf->gradient));
        text_preview(sb, value,
                     columns > name_width + 4 ? columns - name_width - 3 : 1);
        value_unref(value);
    } else {
        strbuf_adds(sb, leaf ? _("0: no gradient comes back to it")
                             : _("0: the value does not depend on it"));
    }
    strbuf_addc(sb, '\n');
}

static void add_gradients(const struct backprop *backprop, size_t columns,
                          struct strbuf *sb)
{
    size_t width = 1;
    for (size_t i = 0; i < backprop->count; i++) {
        const char *name = backprop->variables[i];
        size_t wide = utf8_columns(name, strlen(name));
        width = wide > width ? wide : width;
    }
    for (size_t i = 0; i < backprop->count; i++)
        add_gradient(backprop, i, width, columns, sb);
}

static void print(struct session *session, const struct backprop *backprop)
{
    size_t columns = (size_t)session_columns(session) - 1;
    struct strbuf sb = STRBUF_INIT;
    if (backprop->summed) {
        text_wrap(&sb,
                  _("The value is an array; a gradient is of one number, so "
                    "its sum is taken."),
                  0, columns);
        strbuf_addc(&sb, '\n');
    }
    strbuf_addf(&sb, "%s\n", _("forward"));
    graph_text_forward(backprop->graph, columns, &sb);
    strbuf_addf(&sb, "%s\n", _("backward"));
    graph_text_backward(backprop->graph, columns, &sb);
    strbuf_addf(&sb, _("gradients of %s\n"),
                backprop->graph->nodes[backprop->graph->count - 1].name);
    add_gradients(backprop, columns, &sb);
    session_print(session, "%s", sb.text);
    strbuf_done(&sb);
}

static bool check_expression(struct session *session, const char *text,
                             struct error *err)
{
    struct program *program = NULL;
    if (!session_parse(session, text, &program, err))
        return false;
    bool good = program_is_expression(program);
    program_free(program);
    if (good)
        return true;
    error_set(err, ERROR_SYNTAX, _("backprop takes an expression"));
    error_hint(err, "backprop (3*w + 1)**2");
    return false;
}

/* "EXPR show" without the word; owned. */
static char *expression_of(const char *arguments, bool *ret_shows)
{
    static const char word[] = "show";
    size_t length = strlen(arguments), word_length = sizeof word - 1;
    *ret_shows = length > word_length &&
                 !strcmp(arguments + length - word_length, word) &&
                 strchr(" \t", arguments[length - word_length - 1]);
    return xstrndup(arguments, length - (*ret_shows ? word_length + 1 : 0));
}

static bool show(struct session *session, const struct backprop *backprop,
                 struct error *err)
{
    struct scene *scene =
        graph_picture(backprop->graph, graphics_shows_windows(session), err);
    return scene && graphics_show(session, scene, err);
}

static bool run(struct session *session, const char *expression, bool shows,
                struct error *err)
{
    struct backprop backprop;
    if (!check_expression(session, expression, err) ||
        !backprop_run(session, expression, &backprop, err))
        return false;
    bool good = true;
    if (shows)
        good = show(session, &backprop, err);
    else
        print(session, &backprop);
    backprop_done(&backprop);
    return good;
}

bool command_backprop(struct session *session, const char *arguments,
                      struct error *err)
{
    bool shows;
    if (!*arguments) {
        error_set(err, ERROR_TYPE, _("backprop what?"));
        error_hint(err, "help backprop");
        return false;
    }
    char *expression = expression_of(arguments, &shows);
    bool good = run(session, expression, shows, err);
    free(expression);
    return good;
}
