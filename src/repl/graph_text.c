/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/graph_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "ops/formula.h"
#include "repl/short_text.h"
#include "repl/text_layout.h"
#include "tensor/format.h"

/* Of a longer graph the middle is left out. */
enum { SHOWN_MOST = 40, SHOWN_EACH_END = 15 };

/* A sum of more parts is not written out. */
enum { SUMMED_MOST = 8 };

/* A line: what is defined, what it is, which number that makes; and for the
   way back where a gradient arrives and what. */
struct row {
    char *head, *formula, *value, *target, *arrives; /* owned; NULL: none */
    bool separate; /* of the table: a remark */
};

struct sheet {
    const struct graph *graph;
    size_t columns;
    struct row *rows;
    size_t count, capacity;
};

static size_t columns_of(const char *text)
{
    return text ? utf8_columns(text, strlen(text)) : 0;
}

static size_t wider(size_t width, const char *text)
{
    size_t columns = columns_of(text);
    return columns > width ? columns : width;
}

static struct row *add_row(struct sheet *sheet)
{
    struct row *row = &VEC_PUSH(sheet->rows, sheet->count, sheet->capacity);
    *row = (struct row){0};
    return row;
}

static void sheet_done(struct sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++) {
        free(sheet->rows[i].head);
        free(sheet->rows[i].formula);
        free(sheet->rows[i].value);
        free(sheet->rows[i].target);
        free(sheet->rows[i].arrives);
    }
    free(sheet->rows);
}

/* ------------------------------------------------------------------- parts */

static char *tensor_text(struct tensor *tensor, size_t columns)
{
    struct strbuf sb = STRBUF_INIT;
    short_tensor(&sb, tensor, columns);
    return strbuf_steal(&sb);
}

static char *edge_text(const struct graph *graph, const struct graph_edge *edge)
{
    struct strbuf sb = STRBUF_INIT;
    if (!edge->constant)
        return xstrdup(graph->nodes[edge->node].name);
    if (edge->name)
        return xstrdup(edge->name);
    struct scalar value = tensor_item(edge->tensor);
    if (dtype_is_float(value.dtype))
        short_number(&sb, scalar_to_double(value));
    else
        scalar_repr(value, &sb);
    return strbuf_steal(&sb);
}

char **graph_text_operands(const struct graph *graph,
                           const struct graph_node *node)
{
    char **texts = xcalloc((size_t)node->edge_count + 1, sizeof *texts);
    for (int i = 0; i < node->edge_count; i++)
        texts[i] = edge_text(graph, &node->edges[i]);
    return texts;
}

void graph_text_operands_free(char **texts)
{
    for (int i = 0; texts[i]; i++)
        free(texts[i]);
    free(texts);
}

static bool is_left_out(const struct graph *graph, size_t index)
{
    return graph->count > SHOWN_MOST && index >= SHOWN_EACH_END &&
           index + SHOWN_EACH_END < graph->count;
}

static void add_gap(struct sheet *sheet)
{
    struct row *row = add_row(sheet);
    row->head = xasprintf(_("… %zu steps between …"),
                          sheet->graph->count - (size_t)(2 * SHOWN_EACH_END));
    row->separate = true;
}

/* ----------------------------------------------------------------- forward */

/* "w = 2.0, x = 3.0", in one paragraph; arrays get rows of their own. */
static void add_scalars(const struct sheet *sheet, struct strbuf *sb)
{
    struct strbuf line = STRBUF_INIT;
    for (size_t i = 0; i < sheet->graph->count; i++) {
        const struct graph_node *node = &sheet->graph->nodes[i];
        if (node->record || node->value->ndim)
            continue;
        strbuf_addf(&line, "%s%s = ", line.length ? ", " : "", node->name);
        short_tensor(&line, node->value, sheet->columns);
    }
    if (line.length) {
        strbuf_adds(sb, "  ");
        text_wrap(sb, line.text, 2, sheet->columns);
        strbuf_addc(sb, '\n');
    }
    strbuf_done(&line);
}

static void add_array(struct sheet *sheet, const char *name,
                      struct tensor *tensor, bool constant)
{
    struct row *row = add_row(sheet);
    size_t width = sheet->columns * 2 / 3;
    row->head = xstrdup(name);
    row->formula = tensor_text(tensor, width);
    if (constant) {
        char *text = xasprintf(_("%s, constant"), row->formula);
        free(row->formula);
        row->formula = text;
    }
}

static bool has_row(const struct sheet *sheet, const char *name)
{
    for (size_t i = 0; i < sheet->count; i++)
        if (!strcmp(sheet->rows[i].head, name))
            return true;
    return false;
}

static void add_arrays(struct sheet *sheet)
{
    const struct graph *graph = sheet->graph;
    for (size_t i = 0; i < graph->count; i++)
        if (!graph->nodes[i].record && graph->nodes[i].value->ndim)
            add_array(sheet, graph->nodes[i].name, graph->nodes[i].value,
                      false);
    for (size_t i = 0; i < graph->count; i++)
        for (int k = 0; k < graph->nodes[i].edge_count; k++) {
            const struct graph_edge *edge = &graph->nodes[i].edges[k];
            if (edge->constant && edge->name && !is_left_out(graph, i) &&
                !has_row(sheet, edge->name))
                add_array(sheet, edge->name, edge->tensor, true);
        }
}

static void add_step(struct sheet *sheet, const struct graph_node *node)
{
    char **operands = graph_text_operands(sheet->graph, node);
    struct formula_names names = {(const char *const *)operands, node->name};
    struct strbuf formula = STRBUF_INIT;
    formula_of_step(node->record, &names, &formula);
    struct row *row = add_row(sheet);
    row->head = xstrdup(node->name);
    row->formula = strbuf_steal(&formula);
    row->value = tensor_text(node->value, sheet->columns / 2);
    graph_text_operands_free(operands);
}

/* "  a1 = w * x   = 6.0"; the value below where it does not fit beside. */
static void write_forward(const struct sheet *sheet, struct strbuf *sb)
{
    size_t head = 1, formula = 1, value = 1;
    for (size_t i = 0; i < sheet->count; i++) {
        if (sheet->rows[i].separate)
            continue;
        head = wider(head, sheet->rows[i].head);
        value = wider(value, sheet->rows[i].value);
        if (sheet->rows[i].value)
            formula = wider(formula, sheet->rows[i].formula);
    }
    bool beside = 2 + head + 3 + formula + 3 + value <= sheet->columns;
    for (size_t i = 0; i < sheet->count; i++) {
        const struct row *row = &sheet->rows[i];
        strbuf_adds(sb, "  ");
        text_pad(sb, row->head, row->formula ? head : 0);
        if (row->formula)
            strbuf_adds(sb, " = ");
        if (row->formula)
            text_pad(sb, row->formula, row->value && beside ? formula : 0);
        if (row->value && !beside) {
            strbuf_addc(sb, '\n');
            strbuf_repeat(sb, ' ', 2 + head);
        }
        if (row->value)
            strbuf_addf(sb, " = %s", row->value);
        strbuf_addc(sb, '\n');
    }
}

void graph_text_forward(const struct graph *graph, size_t columns,
                        struct strbuf *sb)
{
    struct sheet sheet = {.graph = graph, .columns = columns};
    add_scalars(&sheet, sb);
    add_arrays(&sheet);
    for (size_t i = 0; i < graph->count; i++) {
        if (is_left_out(graph, i)) {
            if (i == SHOWN_EACH_END)
                add_gap(&sheet);
        } else if (graph->nodes[i].record) {
            add_step(&sheet, &graph->nodes[i]);
        }
    }
    write_forward(&sheet, sb);
    sheet_done(&sheet);
}

/* ---------------------------------------------------------------- backward */

/* "da4/da3" */
static char *quotient(const char *of, const char *by)
{
    return xasprintf("d%s/d%s", of, by);
}

static const char *result_name(const struct graph *graph)
{
    return graph->nodes[graph->count - 1].name;
}

/* Was the operand broadcast to the result, as elementwise operations do? */
static bool may_be_stretched(const struct tensor *operand,
                             const struct tensor *result)
{
    int missing = result->ndim - operand->ndim;
    bool may = missing >= 0 && operand->size < result->size;
    for (int axis = 0; may && axis < operand->ndim; axis++)
        may = operand->shape[axis] == 1 ||
              operand->shape[axis] == result->shape[axis + missing];
    return may;
}

/* The axes along which an operand was stretched: "0", "0, 1". */
static void stretched_axes(const struct tensor *operand,
                           const struct tensor *result, struct strbuf *sb)
{
    int missing = result->ndim - operand->ndim;
    for (int axis = 0; axis < result->ndim; axis++)
        if (axis < missing ||
            (operand->shape[axis - missing] == 1 && result->shape[axis] != 1))
            strbuf_addf(sb, "%s%d", sb->length ? ", " : "", axis);
}

static void note_stretching(const struct graph_node *node,
                            const struct graph_edge *edge,
                            struct strbuf *formula)
{
    struct strbuf axes = STRBUF_INIT;
    if (may_be_stretched(edge->tensor, node->value))
        stretched_axes(edge->tensor, node->value, &axes);
    if (axes.length)
        strbuf_addf(formula, _(", summed over axis %s"), axes.text);
    strbuf_done(&axes);
}

bool graph_text_is_number(const char *text)
{
    char *end;
    strtod(text, &end);
    return end > text && !*end;
}

/* "4.0 * 3.0 = 12.0" where both are numbers, else the gradient alone. */
static char *arriving(const struct sheet *sheet, const struct graph_node *node,
                      const struct graph_edge *edge, const char *local)
{
    const struct graph *graph = sheet->graph;
    char *part = tensor_text(edge->part, sheet->columns / 2);
    if (node->value->ndim || edge->tensor->ndim || !local)
        return part;
    bool last = node == &graph->nodes[graph->count - 1];
    char *arrived =
        last ? xstrdup("1") : tensor_text(node->gradient, sheet->columns);
    char *text = xasprintf("%s * %s = %s", arrived, local, part);
    free(arrived);
    free(part);
    return text;
}

/* Used several times: "1.0 + 2.0 + 2.0 = 5.0" below a remark. */
static void add_sum(struct sheet *sheet, size_t index)
{
    const struct graph *graph = sheet->graph;
    const struct graph_node *node = &graph->nodes[index];
    struct strbuf sum = STRBUF_INIT;
    bool numbers = node->value->ndim == 0 && node->uses <= SUMMED_MOST;
    for (size_t i = graph->count; numbers && i-- > 0;)
        for (int k = 0; k < graph->nodes[i].edge_count; k++) {
            const struct graph_edge *edge = &graph->nodes[i].edges[k];
            if (edge->constant || edge->node != index || !edge->part)
                continue;
            strbuf_adds(&sum, sum.length ? " + " : "");
            short_tensor(&sum, edge->part, sheet->columns);
        }
    strbuf_adds(&sum, numbers ? " = " : "");
    short_tensor(&sum, node->gradient, sheet->columns / 2);
    struct row *row = add_row(sheet);
    row->separate = true;
    row->head = xasprintf(_("%s is used %d times: the parts add up"),
                          node->name, node->uses);
    row->target = quotient(result_name(graph), node->name);
    row->arrives = strbuf_steal(&sum);
}

/* All of the operand's gradient, or a part. */
static char *target_text(const struct graph *graph,
                         const struct graph_edge *edge)
{
    const struct graph_node *node = &graph->nodes[edge->node];
    return node->uses > 1 ? xstrdup(_("a part"))
                          : quotient(result_name(graph), node->name);
}

/* The derivative's own number, where it says more than the formula. */
static char *local_text(const struct sheet *sheet,
                        const struct graph_edge *edge)
{
    struct strbuf sb = STRBUF_INIT;
    if (edge->local && short_tensor(&sb, edge->local, sheet->columns / 3))
        return strbuf_steal(&sb);
    strbuf_done(&sb);
    return NULL;
}

/* da3/da2 = 2 * a2 = 4.0   da4/da2 = 1.0 * 4.0 = 4.0 */
static void fill_local(const struct sheet *sheet, const struct graph_node *node,
                       const struct graph_edge *edge, struct strbuf *formula,
                       struct row *row)
{
    char *local = local_text(sheet, edge);
    bool literal = graph_text_is_number(formula->text);
    row->head = quotient(node->name, sheet->graph->nodes[edge->node].name);
    row->arrives = arriving(sheet, node, edge, literal ? formula->text : local);
    row->value = literal ? NULL : local;
    if (literal)
        free(local);
    note_stretching(node, edge, formula);
    row->formula = strbuf_steal(formula);
}

/* G = da5/da1   da5/dW = X.T @ G = (2, 1) [[9.], [12.]] */
static void fill_whole(const struct sheet *sheet, const struct graph_node *node,
                       const struct graph_edge *edge, struct strbuf *formula,
                       struct row *row)
{
    char *part = tensor_text(edge->part, sheet->columns / 2);
    row->head = xstrdup("G");
    row->formula = quotient(result_name(sheet->graph), node->name);
    row->arrives = xasprintf("%s = %s", formula->text, part);
    free(part);
    strbuf_done(formula);
}

static void add_edge(struct sheet *sheet, const struct graph_node *node,
                     const struct graph_edge *edge,
                     const struct formula_names *names)
{
    struct strbuf formula = STRBUF_INIT;
    enum formula_kind kind =
        formula_of_derivative(node->record, names, edge->operand, &formula);
    struct row *row = add_row(sheet);
    if (!edge->part) {
        row->head = quotient(node->name, sheet->graph->nodes[edge->node].name);
        row->formula = xstrdup("0");
        strbuf_done(&formula);
        return;
    }
    row->target = target_text(sheet->graph, edge);
    if (kind == FORMULA_WHOLE)
        fill_whole(sheet, node, edge, &formula, row);
    else
        fill_local(sheet, node, edge, &formula, row);
}

/* A step's operands, in order; REMAINING counts the uses not yet told. */
static void add_step_back(struct sheet *sheet, const struct graph_node *node,
                          int *remaining, bool shown)
{
    char **operands = graph_text_operands(sheet->graph, node);
    struct formula_names names = {(const char *const *)operands, node->name};
    for (int i = 0; i < node->edge_count; i++) {
        const struct graph_edge *edge = &node->edges[i];
        if (edge->constant || !node->gradient)
            continue;
        if (shown)
            add_edge(sheet, node, edge, &names);
        if (edge->part && --remaining[edge->node] == 0 &&
            sheet->graph->nodes[edge->node].uses > 1 && shown)
            add_sum(sheet, edge->node);
    }
    graph_text_operands_free(operands);
}

/* HEAD = FORMULA = VALUE, in columns. */
static char *left_text(const struct row *row, size_t head, size_t formula)
{
    struct strbuf sb = STRBUF_INIT;
    text_pad(&sb, row->head, head);
    if (row->formula && *row->formula) {
        strbuf_adds(&sb, " = ");
        text_pad(&sb, row->formula, row->value ? formula : 0);
    }
    if (row->value)
        strbuf_addf(&sb, " = %s", row->value);
    return strbuf_steal(&sb);
}

static char *right_text(const struct row *row, size_t target)
{
    struct strbuf sb = STRBUF_INIT;
    text_pad(&sb, row->target ? row->target : "", target);
    strbuf_addf(&sb, " = %s", row->arrives ? row->arrives : "");
    return strbuf_steal(&sb);
}

/* The widths of what stands below each other. */
struct widths {
    size_t head, formula, target, left;
};

static struct widths widths_of(const struct sheet *sheet)
{
    struct widths widths = {1, 1, 1, 1};
    for (size_t i = 0; i < sheet->count; i++) {
        const struct row *row = &sheet->rows[i];
        if (row->separate)
            continue;
        widths.head = wider(widths.head, row->head);
        widths.target = wider(widths.target, row->target);
        if (row->value)
            widths.formula = wider(widths.formula, row->formula);
    }
    for (size_t i = 0; i < sheet->count; i++) {
        if (sheet->rows[i].separate)
            continue;
        char *left = left_text(&sheet->rows[i], widths.head, widths.formula);
        widths.left = wider(widths.left, left);
        free(left);
    }
    return widths;
}

static bool fits_beside(const struct sheet *sheet, const struct row *row,
                        const struct widths *widths)
{
    return !row->separate && row->arrives &&
           2 + widths->left + 3 + widths->target + 3 +
                   columns_of(row->arrives) <=
               sheet->columns;
}

/* Does the right side of most rows find its place beside the left one? */
static bool is_wide(const struct sheet *sheet, const struct widths *widths)
{
    size_t all = 0, fitting = 0;
    for (size_t i = 0; i < sheet->count; i++) {
        all += sheet->rows[i].arrives && !sheet->rows[i].separate;
        fitting += fits_beside(sheet, &sheet->rows[i], widths);
    }
    return 2 * fitting >= all;
}

static void write_row(const struct sheet *sheet, const struct row *row,
                      const struct widths *widths, bool beside,
                      struct strbuf *sb)
{
    char *left =
        left_text(row, row->separate ? 0 : widths->head, widths->formula);
    char *right = right_text(row, beside ? widths->target : 0);
    strbuf_adds(sb, "  ");
    if (beside) {
        text_pad(sb, left, widths->left);
        strbuf_addf(sb, "   %s", right);
    } else {
        text_wrap(sb, left, 2, sheet->columns);
    }
    if (!beside && row->arrives) {
        strbuf_adds(sb, "\n      ");
        text_wrap(sb, right, 6, sheet->columns);
    }
    strbuf_addc(sb, '\n');
    free(left);
    free(right);
}

void graph_text_backward(const struct graph *graph, size_t columns,
                         struct strbuf *sb)
{
    struct sheet sheet = {.graph = graph, .columns = columns};
    int *remaining = xcalloc(graph->count, sizeof *remaining);
    for (size_t i = 0; i < graph->count; i++)
        remaining[i] = graph->nodes[i].uses;
    struct row *first = add_row(&sheet);
    first->head = quotient(result_name(graph), result_name(graph));
    first->formula = xstrdup("1");
    for (size_t i = graph->count; i-- > 0;) {
        if (is_left_out(graph, i) && i == SHOWN_EACH_END)
            add_gap(&sheet);
        add_step_back(&sheet, &graph->nodes[i], remaining,
                      !is_left_out(graph, i));
    }
    struct widths widths = widths_of(&sheet);
    bool wide = is_wide(&sheet, &widths);
    for (size_t i = 0; i < sheet.count; i++)
        write_row(&sheet, &sheet.rows[i], &widths,
                  wide && fits_beside(&sheet, &sheet.rows[i], &widths), sb);
    free(remaining);
    sheet_done(&sheet);
}
